//! A version of a grant's terms.

use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_kalla;
use crate::miljo::Miljo;
use crate::namn::prova_ar;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::{BidragId, MedelspostId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::post::{Innehall, NyMedelspost, Postgaller};
use utfall_domain::medel::villkor::{Grans, Overforing, Villkor, raden};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;

/// Enters a version of the terms. What was said before stays.
#[derive(Clone, Debug)]
pub struct AndraVillkor {
    /// Which grant.
    pub bidrag: BidragId,
    /// The year they hold for; all years when `None`.
    pub ar: Option<i16>,
    /// The terms.
    pub villkor: Villkor,
    /// The version the person saw.
    pub sedd: Option<MedelspostId>,
    /// Where they come from.
    pub orsak: String,
}

impl Anvandningsfall for AndraVillkor {
    const ATGARD: Atgard = Atgard::AndraVillkor;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        let v = &self.villkor;
        if let Some(ar) = self.ar {
            fel.prova(prova_ar(ar, "ar"));
        }
        if let Some((fran, till)) = v.program_ar {
            fel.prova(prova_ar(fran, "program-fran"));
            if fel.prova(prova_ar(till, "program-till")).is_some() && till < fran {
                fel.prova::<()>(Err(Problem::ogiltigt(
                    "villkor-program",
                    format!("Programmet slutar {till}, före början {fran}."),
                    "Rätta åren.",
                )
                .i_falt("program-till")));
            }
        }
        if let (Some(fran), Some(till)) = (v.fran, v.till)
            && till < fran
        {
            let ord = utfall_domain::tid::i_ord;
            let (fran, till) = (ord(fran), ord(till));
            fel.prova::<()>(Err(Problem::ogiltigt(
                "villkor-period",
                format!("Pengarna får användas till {till}, före den första dagen {fran}."),
                format!("Skriv en sista dag efter {fran}."),
            )
            .i_falt("till")));
        }
        fel.prova(prova_grans(v));
        fel.prova(prova_kalla(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let namn = bocker
            .bidrag(self.bidrag)
            .ok_or_else(Problem::finns_inte)?
            .namn
            .clone();
        let sedd = raden(&bocker.medelsposter, self.bidrag, self.ar).map(|p| p.post.id);
        if sedd != self.sedd {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "villkor-andrade-av-annan",
                "Någon annan har ändrat villkoren medan du skrev.",
                "Läs de nya villkoren och fyll i det som skiljer.",
            ));
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let orsak = prova_kalla(&self.orsak)?;
        let id = miljo.medelspost();
        let om = Postgaller {
            bidrag: Some(self.bidrag),
            ar: self.ar,
            ..Postgaller::default()
        };
        let innehall = Innehall::Villkor(self.villkor.clone());
        let post = NyMedelspost::forsta(id, om, innehall).med_orsak(orsak);
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post))],
            handelse: Handelse {
                slag: "villkor-andrade".into(),
                objekt: format!("bidrag {}", self.bidrag),
                text: format!("Villkoren för {namn} registrerades."),
                data: serde_json::json!({ "ar": self.ar, "post": id }),
            },
            svar: id,
        })
    }
}

fn prova_grans(v: &Villkor) -> Result<(), Problem> {
    let (text, gor) = match (v.overforing, v.grans) {
        (Overforing::Nej | Overforing::Okant, Some(_)) => (
            "Det finns en gräns för överföringen, men inte att pengar får föras över.",
            "Ta bort gränsen, eller välj att pengar får föras över.",
        ),
        (_, Some(Grans::Belopp(ore))) if ore < 0 => {
            ("Gränsen är under noll.", "Skriv noll eller mer.")
        }
        (_, Some(Grans::Promille(andel))) if !(0..=1000).contains(&andel) => (
            "Gränsen är ingen andel mellan 0 och 100 procent.",
            "Skriv till exempel 10 %.",
        ),
        _ => return Ok(()),
    };
    Err(Problem::ogiltigt("villkor-grans", text, gor).i_falt("grans"))
}
