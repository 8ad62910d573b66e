//! How an organisation is paid: entered by one person and confirmed by another.

use super::atagande::{nej, raden};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::{AnvandareId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::betalning::{Betalningsuppgift, laget, las_bankgiro, las_plusgiro};
use utfall_domain::medel::post::{Innehall, Postgaller};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// The longest reference, in characters.
const LANGSTA_REFERENS: usize = 60;

/// Enters how an organisation is paid, as it was typed. The row that held stays in the history.
#[derive(Clone, Debug)]
pub struct AndraBetalning {
    /// The organisation's address.
    pub slug: String,
    /// The version the person saw; 0 when there was none.
    pub sedd: i64,
    /// Bankgiro.
    pub bankgiro: String,
    /// Plusgiro.
    pub plusgiro: String,
    /// Reference or cost code.
    pub referens: String,
    /// Why it changes.
    pub orsak: String,
}

fn nummer(
    skrivet: &str,
    las: fn(&str) -> Option<String>,
    falt: &'static str,
) -> Result<Option<String>, Problem> {
    if skrivet.trim().is_empty() {
        return Ok(None);
    }
    las(skrivet).map(Some).ok_or_else(|| {
        let (kod, ord, till_exempel) = match falt {
            "bankgiro" => ("bankgiro-ogiltigt", "Bankgironumret", "188-4774"),
            _ => ("plusgiro-ogiltigt", "Plusgironumret", "12 34 56-6"),
        };
        Problem::ogiltigt(
            kod,
            format!(
                "{ord} ”{skrivet}” stämmer inte: kontrollsiffran sist är fel, eller antalet \
                 siffror."
            ),
            format!("Skriv av det en gång till, till exempel {till_exempel}."),
        )
        .i_falt(falt)
    })
}

impl AndraBetalning {
    fn uppgiften(&self, fel: &mut Brister) -> Betalningsuppgift {
        let referens = self.referens.trim();
        if referens.chars().count() > LANGSTA_REFERENS {
            let text = format!("Referensen har fler än {LANGSTA_REFERENS} tecken.");
            fel.prova(nej("referens-lang", &text, "Korta den.", "referens"));
        }
        Betalningsuppgift {
            plusgiro: fel
                .prova(nummer(&self.plusgiro, las_plusgiro, "plusgiro"))
                .flatten(),
            bankgiro: fel
                .prova(nummer(&self.bankgiro, las_bankgiro, "bankgiro"))
                .flatten(),
            referens: Some(referens.to_owned()).filter(|r| !r.is_empty()),
            bekraftar: false,
        }
    }
}

fn organisation(bocker: &Bocker, slug: &str) -> Result<(OrganisationId, String), Problem> {
    let o = bocker.organisationer.iter().find(|o| o.slug == slug);
    o.map(|o| (o.id, o.namn_nu().to_owned()))
        .ok_or_else(Problem::finns_inte)
}

impl Anvandningsfall for AndraBetalning {
    const ATGARD: Atgard = Atgard::AndraBetalning;
    type Laddat = Bocker;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        let ny = self.uppgiften(&mut fel);
        fel.prova(prova_orsak(&self.orsak));
        let nu = organisation(bocker, &self.slug)
            .ok()
            .and_then(|(id, _)| laget(&bocker.medelsposter, id));
        let oandrat = nu.map_or(ny.tom(), |l| {
            l.uppgift.konton() == ny.konton() && l.uppgift.referens == ny.referens
        });
        if fel.inga() && oandrat {
            let gor = "Skriv det som är nytt, eller lämna sidan.";
            fel.prova(nej(
                "betalning-oforandrad",
                "Inget är ändrat.",
                gor,
                "bankgiro",
            ));
        }
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let (id, namn) = organisation(&bocker, &self.slug)?;
        self.brister(&bocker, miljo.idag()).neka()?;
        let ny = self.uppgiften(&mut Brister::default());
        let orsak = prova_orsak(&self.orsak)?;
        let nu = laget(&bocker.medelsposter, id);
        let nytt_konto = nu.as_ref().map(|l| l.uppgift.konton()) != Some(ny.konton());
        let text = match &nu {
            None => format!("Betalningsuppgift för {namn}: {}.", ny.i_ord()),
            Some(l) => format!(
                "Betalningsuppgiften för {namn} ändrades från {} till {}.",
                l.uppgift.i_ord(),
                ny.i_ord()
            ),
        };
        let om = Postgaller {
            organisation: Some(id),
            ..Postgaller::default()
        };
        let fore = nu.map(|l| (l.rad.post.sak, self.sedd));
        if fore.is_none() && self.sedd != 0 {
            return Err(Problem::finns_inte());
        }
        let post = raden(
            &bocker,
            fore,
            miljo.medelspost(),
            (om, Innehall::Betalning(ny)),
        )?;
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post.med_orsak(orsak)))],
            handelse: Handelse {
                slag: "betalning-andrad".into(),
                objekt: format!("organisation {id}"),
                text,
                data: serde_json::json!({ "nytt_konto": nytt_konto }),
            },
            svar: (),
        })
    }
}

/// Confirms how an organisation is paid: by somebody else than the one who changed it.
#[derive(Clone, Debug)]
pub struct BekraftaBetalning {
    /// The organisation's address.
    pub slug: String,
    /// The version the person saw.
    pub sedd: i64,
    /// How it was checked.
    pub hur: String,
}

impl Anvandningsfall for BekraftaBetalning {
    const ATGARD: Atgard = Atgard::BekraftaBetalning;
    /// The books, and who asks: the permit says, and not the form.
    type Laddat = (Bocker, Option<AnvandareId>);
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Self::Laddat, Problem> {
        Ok((store::bocker::las(k, permit)?, permit.anvandare()))
    }

    fn brister(&self, (bocker, vem): &Self::Laddat, _: Date) -> Brister {
        let mut fel = Brister::default();
        if self.hur.trim().chars().count() < 3 {
            fel.prova(nej(
                "bekraftelse-hur",
                "Det saknas hur du kontrollerade uppgiften.",
                "Skriv till exempel: ringde växeln på numret i vårt eget register.",
                "hur",
            ));
        }
        let Ok((id, _)) = organisation(bocker, &self.slug) else {
            return fel;
        };
        match laget(&bocker.medelsposter, id) {
            Some(l) if l.obekraftad() && Some(l.andrad_av) == *vem => {
                fel.prova(nej(
                    "fyra-ogon",
                    "Du ändrade uppgiften själv. Någon annan ska bekräfta den.",
                    "Be en kollega som inte har ändrat den att kontrollera och bekräfta.",
                    "hur",
                ));
            }
            Some(l) if l.obekraftad() => {}
            _ => {
                let gor = "Ladda om sidan och se hur det är nu.";
                fel.prova(nej(
                    "redan-bekraftad",
                    "Det finns inget att bekräfta.",
                    gor,
                    "hur",
                ));
            }
        }
        fel
    }

    fn planera(&self, laddat: Self::Laddat, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let bocker = &laddat.0;
        let (id, namn) = organisation(bocker, &self.slug)?;
        self.brister(&laddat, miljo.idag()).neka()?;
        let l = laget(&bocker.medelsposter, id).ok_or_else(Problem::finns_inte)?;
        let bekraftad = Betalningsuppgift {
            bekraftar: true,
            ..l.uppgift.clone()
        };
        let text = format!("{} för {namn} bekräftades.", l.uppgift.i_ord());
        let om = Postgaller {
            organisation: Some(id),
            ..Postgaller::default()
        };
        let fore = Some((l.rad.post.sak, self.sedd));
        let innehall = Innehall::Betalning(bekraftad);
        let post = raden(bocker, fore, miljo.medelspost(), (om, innehall))?;
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(
                post.med_orsak(self.hur.trim()),
            ))],
            handelse: Handelse {
                slag: "betalning-bekraftad".into(),
                objekt: format!("organisation {id}"),
                text,
                data: serde_json::Value::Null,
            },
            svar: (),
        })
    }
}
