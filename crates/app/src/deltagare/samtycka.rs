//! A participant agrees that one authority tells another something, and takes it back.

use super::{insatsnamn, objekt};
use crate::brister::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::collections::BTreeMap;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::deltagare::andring::{Deltagarandring, Fro};
use utfall_domain::deltagare::samtycke::{Samtyckeslage, Samtyckessteg, Samtyckesvagran};
use utfall_domain::id::{DeltagandeId, SamtyckeId};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::deltagare::{Deltagarbild, Insatsnamn};

/// A step of a consent: a new one, or that one is taken back.
#[derive(Clone, Debug)]
pub struct SkrivSamtycke {
    /// Whose participation.
    pub deltagande: DeltagandeId,
    /// Which consent; none for a new one.
    pub samtycke: Option<SamtyckeId>,
    /// The step.
    pub steg: Samtyckessteg,
    /// What its seal is made of.
    pub fro: Fro,
    /// Today.
    pub idag: Date,
}

/// A participation with its consents.
#[derive(Debug)]
pub struct Vidsamtycke {
    bild: Option<Deltagarbild>,
    insatser: Vec<Insatsnamn>,
    steg: BTreeMap<SamtyckeId, Vec<Samtyckessteg>>,
}

fn nekat(vagran: Samtyckesvagran) -> Problem {
    use Samtyckesvagran as V;
    let (kod, falt, text, atgard) = match vagran {
        V::InteLamnat => (
            "samtycke-inte-lamnat",
            None,
            "Samtycket är inte lämnat.",
            "Ladda om sidan.",
        ),
        V::Lamnat => (
            "samtycke-lamnat",
            None,
            "Samtycket är redan lämnat.",
            "Skriv in ett nytt om det ska gälla något annat.",
        ),
        V::Aterkallat => (
            "samtycke-aterkallat",
            None,
            "Samtycket är redan återkallat.",
            "Ladda om sidan.",
        ),
        V::FelDag => (
            "samtycke-dag",
            Some("dag"),
            "Dagen är före den dag då samtycket lämnades.",
            "Skriv en dag som är samma eller senare.",
        ),
        V::Tomt => (
            "samtycke-tomt",
            Some("till"),
            "Samtycket gäller ingenting.",
            "Välj minst en som får veta och minst ett slags uppgift.",
        ),
        V::InformationEfterat => (
            "samtycke-information",
            Some("informerad"),
            "Personen fick informationen först efter att ha samtyckt.",
            "Skriv dagen då personen fick informationen. Den ska vara före eller samma dag.",
        ),
    };
    let fel = Problem::ogiltigt(kod, text, atgard);
    falt.map_or(fel.clone(), |falt| fel.i_falt(falt))
}

impl SkrivSamtycke {
    fn hittills<'a>(&self, laddat: &'a Vidsamtycke) -> &'a [Samtyckessteg] {
        let steg = self.samtycke.and_then(|id| laddat.steg.get(&id));
        steg.map_or(&[], Vec::as_slice)
    }

    const fn dag(&self) -> Date {
        match &self.steg {
            Samtyckessteg::Lamna(s) => s.dag,
            Samtyckessteg::Aterkalla { dag } => *dag,
        }
    }
}

impl Anvandningsfall for SkrivSamtycke {
    const ATGARD: Atgard = Atgard::SkrivaDeltagande;
    type Laddat = Vidsamtycke;
    type Svar = SamtyckeId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vidsamtycke, Problem> {
        let oppet = store::deltagare::uppdrag::behorighet(k, permit, self.idag)?;
        let rader = store::deltagare::las::samtycken(k, &oppet, self.deltagande)?;
        let steg = rader
            .into_iter()
            .map(|(id, rader)| (id, rader.into_iter().map(|r| r.vad).collect()));
        Ok(Vidsamtycke {
            bild: store::deltagare::las::ett(k, &oppet, self.deltagande)?,
            insatser: store::deltagare::las::insatser(k, &oppet)?,
            steg: steg.collect(),
        })
    }

    fn brister(&self, laddat: &Vidsamtycke, idag: Date) -> Brister {
        let mut fel = Brister::default();
        if self.dag() > idag {
            let text = "Dagen har inte varit än.";
            let atgard = "Skriv en dag som är i dag eller tidigare.";
            let p = Problem::ogiltigt("samtycke-framtid", text, atgard).i_falt("dag");
            fel.prova::<()>(Err(p));
        }
        let mut steg = self.hittills(laddat).to_vec();
        steg.push(self.steg.clone());
        fel.prova(Samtyckeslage::av(&steg).map_err(nekat));
        fel
    }

    fn planera(&self, laddat: Vidsamtycke, miljo: &mut Miljo) -> Result<Plan<SamtyckeId>, Problem> {
        let bild = laddat.bild.as_ref().ok_or_else(Problem::finns_inte)?;
        let hittills = self.hittills(&laddat).len();
        if self.samtycke.is_some() && hittills == 0 {
            return Err(Problem::finns_inte());
        }
        self.brister(&laddat, miljo.idag()).neka()?;
        let id = self.samtycke.unwrap_or_else(|| miljo.samtycke());
        let namn = insatsnamn(&laddat.insatser, bild.insats);
        let (slag, vad) = match &self.steg {
            Samtyckessteg::Lamna(_) => ("deltagare-samtycke", "lämnade ett samtycke"),
            Samtyckessteg::Aterkalla { .. } => {
                ("deltagare-samtycke-aterkallat", "återkallade ett samtycke")
            }
        };
        Ok(Plan {
            andringar: vec![Andring::Deltagare(Deltagarandring::Samtycke {
                rad: miljo.personrad(),
                deltagande: self.deltagande,
                samtycke: id,
                nr: i64::try_from(hittills)
                    .unwrap_or(i64::MAX)
                    .saturating_add(1),
                steg: Box::new(self.steg.clone()),
                fro: self.fro.clone(),
            })],
            handelse: Handelse {
                slag: slag.into(),
                objekt: objekt(self.deltagande),
                text: format!("En deltagare i {namn} {vad}."),
                data: serde_json::json!({ "insats": bild.insats, "samtycke": id }),
            },
            svar: id,
        })
    }
}
