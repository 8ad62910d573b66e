//! Money promised for coming years, and the calls it hangs on.

use super::{Beslutsval, efter_avslut};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_insats, prova_kalla};
use crate::miljo::Miljo;
use crate::namn::{prova_ar, prova_namn};
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum, Sakerhet, gallande};
use utfall_domain::id::{BeslutId, InsatsId, MedelspostId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::atagande::{Atagande, Atagandelage, Utlysning, utlysning};
use utfall_domain::medel::post::{Innehall, Medelspost, NyMedelspost, Postgaller, sakens};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// A row that continues a thing the person saw, or begins a new one.
pub(super) fn raden(
    bocker: &Bocker,
    fore: Option<(MedelspostId, i64)>,
    id: MedelspostId,
    (om, innehall): (Postgaller, Innehall),
) -> Result<NyMedelspost, Problem> {
    let Some((sak, version)) = fore else {
        return Ok(NyMedelspost::forsta(id, om, innehall));
    };
    let rader = sakens(&bocker.medelsposter, sak);
    let forra: &Medelspost = rader.last().copied().ok_or_else(Problem::finns_inte)?;
    if forra.post.nr != version {
        return Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "andrad-av-annan",
            "Någon annan har ändrat uppgiften medan du arbetade.",
            "Läs hur den ser ut nu och gör om det som behövs.",
        ));
    }
    Ok(NyMedelspost {
        om,
        ..NyMedelspost::efter(forra, id, innehall)
    })
}

/// Enters a commitment to an initiative, or how it stands now.
#[derive(Clone, Debug)]
pub struct RegistreraAtagande {
    /// The commitment that changes, with the version the person saw.
    pub fore: Option<(MedelspostId, i64)>,
    /// Which initiative.
    pub insats: InsatsId,
    /// How settled it is, and its amounts.
    pub atagande: Atagande,
    /// The decision; needed when the money is bound.
    pub beslut: Beslutsval,
    /// Where it comes from.
    pub orsak: String,
    /// It is said to be a correction after the year was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for RegistreraAtagande {
    const ATGARD: Atgard = Atgard::HanteraAtagande;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        self.prova_belopp(idag, &mut fel);
        self.prova_ansokan(bocker, &mut fel);
        if self.atagande.lage.binder() {
            self.beslut.brister(bocker, idag, "Pengar binds", &mut fel);
        }
        fel.prova(prova_kalla(&self.orsak));
        let kategori = self.fore.map(|(sak, _)| kategori(sak)).unwrap_or_default();
        let nya = self.fakta(bocker, &kategori, (None, ""));
        fel.prova(efter_avslut(bocker, nya, self.efter_avslut));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let namn = bocker
            .insats(self.insats)
            .ok_or_else(Problem::finns_inte)?
            .namn
            .clone();
        self.brister(&bocker, miljo.idag()).neka()?;
        let orsak = prova_kalla(&self.orsak)?;
        let (beslut, nytt_beslut) = if self.atagande.lage.binder() {
            self.beslut.plan(None, miljo)
        } else {
            (None, None)
        };
        let om = Postgaller {
            insats: Some(self.insats),
            beslut,
            ..Postgaller::default()
        };
        let innehall = Innehall::Atagande(self.atagande.clone());
        let id = miljo.medelspost();
        let post = raden(&bocker, self.fore, id, (om, innehall))?.med_orsak(orsak.clone());
        let sak = post.sak;
        let fakta = self.fakta(&bocker, &kategori(sak), (beslut, &orsak));
        let fakta = efter_avslut(&bocker, fakta, self.efter_avslut)?;
        let andringar = nytt_beslut
            .into_iter()
            .chain(fakta.into_iter().map(|f| Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(f),
            }))
            .chain([Andring::NyMedelspost(Box::new(post))])
            .collect();
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "atagande".into(),
                objekt: format!("insats {}", self.insats),
                text: format!(
                    "Ett åtagande till {namn} på {}\u{a0}kr: {}.",
                    Ore(self.atagande.totalt()),
                    self.atagande.lage.text()
                ),
                data: serde_json::json!({ "sak": sak, "beslut": beslut }),
            },
            svar: sak,
        })
    }
}

/// A refusal at a field.
pub(super) fn nej(kod: &'static str, text: &str, gor: &str, falt: &str) -> Result<(), Problem> {
    Err(Problem::ogiltigt(kod, text, gor).i_falt(falt))
}

impl RegistreraAtagande {
    /// Each year once, with something promised.
    fn prova_belopp(&self, idag: Date, fel: &mut Brister) {
        let a = &self.atagande;
        if a.belopp.is_empty() {
            fel.prova(nej(
                "atagande-utan-belopp",
                "Åtagandet har inget belopp.",
                "Skriv beloppet vid minst ett år.",
                &format!("belopp-{}", idag.year()),
            ));
        }
        let mut sedda = std::collections::BTreeSet::new();
        for (ar, ore) in &a.belopp {
            let falt = format!("belopp-{ar}");
            if fel.prova(prova_ar(*ar, &falt)).is_some() && !sedda.insert(*ar) {
                let text = format!("Året {ar} står två gånger.");
                fel.prova(nej("atagande-samma-ar", &text, "Ta bort det ena.", &falt));
            }
            if *ore <= 0 {
                let text = format!("Beloppet för {ar} är noll eller mindre.");
                let gor = "Skriv vad som är utlovat, eller lämna året tomt.";
                fel.prova(nej("atagande-belopp", &text, gor, &falt));
            }
        }
        for ar in a.fordelade.iter().filter(|ar| !sedda.contains(*ar)) {
            let text = format!("Det finns inget belopp för {ar}.");
            let gor = "Ta bort krysset, eller skriv beloppet.";
            let falt = format!("fordelat-{ar}");
            fel.prova(nej("atagande-fordelat", &text, gor, &falt));
        }
    }

    /// What is hoped for says which application it hangs on.
    fn prova_ansokan(&self, bocker: &Bocker, fel: &mut Brister) {
        let a = &self.atagande;
        if a.lage.pa_vag() || !a.ansokan.namn.trim().is_empty() {
            fel.prova(prova_namn(&a.ansokan.namn, "ansökan", "ansokan"));
        }
        let okand = |sak| utlysning(&bocker.medelsposter, sak).is_none();
        if a.ansokan.utlysning.is_some_and(okand) {
            fel.prova(nej(
                "utlysning-saknas",
                "Utlysningen finns inte.",
                "Välj en utlysning i listan.",
                "utlysning",
            ));
        }
    }

    /// One fact for each year that is not in a distribution yet. What held before is corrected
    /// where it is the same money, and struck where it is not.
    fn fakta(
        &self,
        bocker: &Bocker,
        kategori: &str,
        (beslut, orsak): (Option<BeslutId>, &str),
    ) -> Vec<NyttFaktum> {
        let fore = fakta_i_kraft(bocker, kategori);
        let sakerhet = match self.atagande.lage {
            Atagandelage::Beslutat => Sakerhet::Slutlig,
            _ => Sakerhet::Preliminar,
        };
        let a = &self.atagande;
        let nya: Vec<NyttFaktum> = a
            .lage
            .slag()
            .into_iter()
            .flat_map(|slag| a.belopp.iter().map(move |b| (slag, b)))
            .filter(|(_, (ar, _))| !a.fordelade.contains(ar))
            .map(|(slag, (ar, ore))| {
                let galler = Galler {
                    ar: Some(*ar),
                    kategori: Some(kategori.to_owned()),
                    ..om_insats(bocker, self.insats)
                };
                NyttFaktum {
                    sakerhet,
                    beslut,
                    orsak: Some(orsak.to_owned()),
                    ..NyttFaktum::nytt(slag, galler, Varde::Kant(*ore))
                }
            })
            .collect();
        let samma = |f: &Faktum, n: &NyttFaktum| f.fakta.slag == n.slag && f.galler() == &n.galler;
        let strukna = fore
            .iter()
            .filter(|f| !nya.iter().any(|n| samma(f, n)))
            .map(|f| NyttFaktum {
                rattar: Some(f.id),
                struken: true,
                orsak: Some(orsak.to_owned()),
                efter_avslut: false,
                ..f.fakta.clone()
            })
            .collect::<Vec<_>>();
        let nya = nya.iter().filter_map(|n| {
            let finns = fore.iter().find(|f| samma(f, n));
            let lika = finns.is_some_and(|f| {
                (f.varde(), f.fakta.sakerhet) == (n.varde, n.sakerhet) && f.fakta.beslut == n.beslut
            });
            (!lika).then(|| NyttFaktum {
                rattar: finns.map(|f| f.id),
                ..n.clone()
            })
        });
        strukna.into_iter().chain(nya).collect()
    }
}

/// The facts of one commitment in force.
fn fakta_i_kraft<'a>(bocker: &'a Bocker, kategori: &str) -> Vec<&'a Faktum> {
    gallande(&bocker.fakta, None)
        .into_iter()
        .filter(|f| atagandets(f.fakta.slag))
        .filter(|f| f.galler().kategori.as_deref() == Some(kategori))
        .collect()
}

/// What a commitment's facts are told apart by.
#[must_use]
pub fn kategori(sak: MedelspostId) -> String {
    format!("åtagande {sak}")
}

const fn atagandets(slag: FaktumSlag) -> bool {
    matches!(slag, FaktumSlag::Atagande | FaktumSlag::VantatAtagande)
}

/// Enters a call, or where it is now.
#[derive(Clone, Debug)]
pub struct RegistreraUtlysning {
    /// The call that changes, with the version the person saw.
    pub fore: Option<(MedelspostId, i64)>,
    /// Whose call it is.
    pub finansiar: Option<OrganisationId>,
    /// What is known of it.
    pub utlysning: Utlysning,
    /// Where it comes from.
    pub orsak: String,
}

impl Anvandningsfall for RegistreraUtlysning {
    const ATGARD: Atgard = Atgard::HanteraAtagande;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        let u = &self.utlysning;
        fel.prova(prova_namn(&u.namn, "utlysningen", "namn"));
        if let (Some(sista), Some(besked)) = (u.soks_senast, u.besked)
            && besked < sista
        {
            let ord = utfall_domain::tid::i_ord;
            let (besked, sista) = (ord(besked), ord(sista));
            fel.prova(nej(
                "utlysning-dagar",
                &format!("Beskedet väntas {besked}, före sista ansökningsdagen {sista}."),
                "Rätta den dag som är fel.",
                "besked",
            ));
        }
        fel.prova(prova_kalla(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        if self
            .finansiar
            .is_some_and(|id| bocker.organisation(id).is_none())
        {
            return Err(Problem::finns_inte());
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let om = Postgaller {
            organisation: self.finansiar,
            ..Postgaller::default()
        };
        let innehall = Innehall::Utlysning(self.utlysning.clone());
        let id = miljo.medelspost();
        let post =
            raden(&bocker, self.fore, id, (om, innehall))?.med_orsak(prova_kalla(&self.orsak)?);
        let sak = post.sak;
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post))],
            handelse: Handelse {
                slag: "utlysning".into(),
                objekt: format!("utlysning {sak}"),
                text: format!(
                    "Utlysningen {}: {}.",
                    self.utlysning.namn,
                    self.utlysning.lage.text()
                ),
                data: serde_json::json!({ "sak": sak }),
            },
            svar: sak,
        })
    }
}
