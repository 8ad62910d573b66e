//! Somebody says which accounts belong to which initiatives: what is booked already follows.

use super::laddat::{Bokfort, krockar};
use super::uppslag::{Beraknat, Uppslag};
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::miljo::Miljo;
use crate::{Brister, Tjanst};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::andring::{Andring, NyKoppling};
use utfall_domain::faktum::Bokforingskalla;
use utfall_domain::id::KopplingId;
use utfall_domain::journal::Handelse;
use utfall_domain::medel::kontering::{Andrad, Behall, Koppling, Onskade, Regel};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store::Las;

/// The most rules.
const FLEST_REGLER: usize = 2_000;
/// The longest cost kind, in characters.
pub(super) const LANGSTA_KOSTNADSSLAG: usize = 60;

/// Saves a new version of the mapping.
#[derive(Clone, Debug)]
pub struct SparaKoppling {
    /// The version the person saw; 0 before the first.
    pub sedd: i64,
    /// The whole of the new one.
    pub koppling: Koppling,
    /// Why.
    pub orsak: String,
    /// Made after a year that it touches was closed.
    pub efter_avslut: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kopplat {
    /// The version.
    pub version: i64,
    /// How many facts changed.
    pub fakta: usize,
}

impl SparaKoppling {
    fn prova_version(&self, bokfort: &Bokfort) -> Result<i64, Problem> {
        let har = bokfort.koppling.as_ref().map_or(0, |v| v.version);
        if har == self.sedd {
            return Ok(har.saturating_add(1));
        }
        Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "koppling-andrad-av-annan",
            "Någon annan har ändrat kopplingen medan du arbetade.",
            "Se vad som gäller nu och gör din ändring igen.",
        ))
    }

    fn prova_regel(&self, nr: usize, regel: &Regel, bokfort: &Bokfort) -> Result<(), Problem> {
        let nej = |text: String, atgard: &str| {
            let nummer = nr.saturating_add(1);
            let text = format!("Regel {nummer} ({regel}): {text}");
            Err(Problem::ogiltigt("koppling-regel", text, atgard).i_falt("regler"))
        };
        if regel.till.is_none() && regel.slag.is_none() && regel.kostnadsslag.is_none() {
            return nej(
                "den säger varken insats, slag eller kostnadsslag.".into(),
                "Välj en insats, ett slag eller ett kostnadsslag.",
            );
        }
        if let Some(i) = regel.konton.iter().find(|i| i.fran > i.till) {
            return nej(
                format!("kontona {}–{} står i fel ordning.", i.fran, i.till),
                "Skriv det lägsta kontot först.",
            );
        }
        if let (Some(fran), Some(till)) = (regel.fran_ar, regel.till_ar)
            && fran > till
        {
            return nej(
                format!("det första året, {fran}, är efter det sista, {till}."),
                "Skriv det första året först, eller lämna ett av dem tomt.",
            );
        }
        if let Some(ar) = [regel.fran_ar, regel.till_ar]
            .into_iter()
            .flatten()
            .find(|ar| !(2000..=2100).contains(ar))
        {
            return nej(
                format!("{ar} är inget år här."),
                "Skriv året med fyra siffror.",
            );
        }
        let b = &bokfort.bocker;
        let okant = regel.till.is_some_and(|t| {
            b.insats(t.insats).is_none()
                || t.bidrag.is_some_and(|id| b.bidrag(id).is_none())
                || t.organisation
                    .is_some_and(|id| b.organisation(id).is_none())
        });
        if okant {
            return nej(
                "den pekar på något som inte finns.".into(),
                "Välj i listan.",
            );
        }
        match &regel.kostnadsslag {
            Some(ord) if ord.trim().is_empty() || ord.chars().count() > LANGSTA_KOSTNADSSLAG => {
                nej(
                    format!("kostnadsslaget ska ha 1–{LANGSTA_KOSTNADSSLAG} tecken."),
                    "Skriv vad pengarna gick till, till exempel löner.",
                )
            }
            _ => Ok(()),
        }
    }

    fn alla_brister(&self, sett: &Sett) -> Brister {
        let bokfort = &sett.laddat.bokfort;
        let mut fel = self.prova_alla(bokfort);
        fel.prova(prova_namn(sett.far_namn, &bokfort.regler(), &self.koppling));
        fel
    }

    fn prova_alla(&self, bokfort: &Bokfort) -> Brister {
        let mut fel = Brister::default();
        let regler = &self.koppling.regler;
        if regler.len() > FLEST_REGLER {
            let text = format!("Kopplingen har {} regler.", regler.len());
            let nej = Problem::ogiltigt(
                "koppling-for-manga",
                text,
                format!("Den får ha högst {FLEST_REGLER}. Slå ihop konton till intervall."),
            );
            fel.prova::<()>(Err(nej.i_falt("regler")));
            return fel;
        }
        let mut forst = None;
        for (nr, regel) in regler.iter().enumerate() {
            if let Err(nej) = self.prova_regel(nr, regel, bokfort) {
                forst = forst.or(Some(nej));
            }
        }
        let krock = self.koppling.krockar().first().copied();
        let krock = krock.map(|k| krockar(&self.koppling, k, "De möts på samma konton."));
        if let Some(nej) = forst.or(krock) {
            fel.prova::<()>(Err(nej));
        }
        let behall = &self.koppling.behall;
        if behall
            .dimensioner
            .iter()
            .any(|d| !Behall::PERSONER.contains(d))
        {
            let nej = Problem::ogiltigt(
                "koppling-dimension",
                "Bara dimension 7, 8 och 9 behöver väljas till. De andra följer alltid med.",
                "Kryssa i dem som ska behållas.",
            );
            fel.prova::<()>(Err(nej));
        }
        fel
    }
}

impl Anvandningsfall for SparaKoppling {
    const ATGARD: Atgard = Atgard::AndraKoppling;
    const I_FORVAG: bool = true;
    type Laddat = Sett;
    type Svar = Kopplat;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Sett, Problem> {
        Ok(Sett {
            laddat: Bokfort::las(k, permit, (None, None))?.into(),
            far_namn: permit.far_aven(Atgard::LasaVerifikationstext),
        })
    }

    fn berakna(&self, mut sett: Sett) -> Sett {
        let brister = self.alla_brister(&sett);
        // Rules that are wrong change nothing: as many as there may be are not gone through.
        let inga = brister.inga();
        sett.laddat.brister = Some(brister);
        if inga {
            sett.laddat = sett.laddat.med_andringar(&self.koppling, None);
        }
        sett
    }

    fn brister(&self, sett: &Sett, _: Date) -> Brister {
        let kanda = sett.laddat.brister.clone();
        let mut fel = kanda.unwrap_or_else(|| self.alla_brister(sett));
        fel.prova(prova_orsak(&self.orsak));
        fel
    }

    fn planera(&self, sett: Sett, miljo: &mut Miljo) -> Result<Plan<Kopplat>, Problem> {
        let version = self.prova_version(&sett.laddat.bokfort)?;
        self.brister(&sett, miljo.idag()).neka()?;
        let laddat = sett.laddat;
        let orsak = prova_orsak(&self.orsak)?;
        let (bokfort, _, andrade) = laddat.delar(&self.koppling)?;
        bokfort.prova_avslut(&andrade, self.efter_avslut)?;
        let id: KopplingId = miljo.koppling();
        let kalla = Bokforingskalla {
            inlasning: None,
            koppling: Some(id),
        };
        let mut andringar = vec![Andring::NyKoppling(Box::new(NyKoppling {
            id,
            version,
            koppling: self.koppling.clone(),
            orsak: orsak.clone(),
        }))];
        let skal = format!("Kopplingen ändrades: {orsak}");
        let efter = self.efter_avslut.then_some(orsak.as_str());
        andringar.extend(bokfort.som_fakta(&andrade, kalla, (&skal, efter), miljo));
        let fakta = andrade.len();
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "koppling-andrad".into(),
                objekt: format!("koppling {id}"),
                text: format!(
                    "Kopplingen av konton till insatser ändrades, version {version}: {} regler.",
                    self.koppling.regler.len()
                ),
                data: serde_json::json!({
                    "version": version,
                    "regler": self.koppling.regler.len(),
                    "behall": self.koppling.behall,
                    "fakta": fakta,
                }),
            },
            svar: Kopplat { version, fakta },
        })
    }
}

/// What is booked and what the mapping makes of it, and whether the one who asks may see what
/// can name people.
#[derive(Debug)]
pub struct Sett {
    laddat: Beraknat,
    far_namn: bool,
}

/// Refuses a mapping that changes rules about an employee, a customer or a supplier, from those
/// who may not see such. Here, so that no way in is beside it.
///
/// # Errors
/// `koppling-namn`.
pub(super) fn prova_namn(far: bool, nu: &Koppling, ny: &Koppling) -> Result<(), Problem> {
    if far || ny.namngivande().eq(nu.namngivande()) {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "koppling-namn",
        "Regler om anställda, kunder och leverantörer (dimension 7, 8 och 9) ändras bara av den \
         som får se dem.",
        "Be en ekonom om det.",
    )
    .i_falt("regler"))
}

impl Tjanst {
    /// What a mapping would change, and what would belong nowhere. Saves nothing.
    ///
    /// # Errors
    /// When the role does not allow it, `koppling-namn`, rules quarrel, or the database fails.
    pub async fn prova_koppling(
        &self,
        aktor: &Aktor,
        koppling: Koppling,
    ) -> Result<(Onskade, Vec<Andrad>), Problem> {
        let permit = prova(aktor, Atgard::AndraKoppling)?;
        let far_namn = permit.far_aven(Atgard::LasaVerifikationstext);
        let inget = |_: &mut Las, _: &Arc<Uppslag>| Ok(());
        let (uppslag, ()) = self.med_uppslag(&permit, inget).await?;
        prova_namn(far_namn, &uppslag.bokfort.regler(), &koppling)?;
        let rakna = move || uppslag.bokfort.andringar(&koppling);
        let klart = tokio::task::spawn_blocking(rakna).await;
        klart.map_err(|e| crate::dorr::internt(&e))?
    }
}
