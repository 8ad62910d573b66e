//! Decisions: registered by themselves, or together with what they change.

use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::{BeslutId, BidragId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::Beslut;
use utfall_domain::problem::Problem;
use utfall_domain::svensk::sokform;
use utfall_domain::tid;
use utfall_store as store;
use utfall_store::Las;

/// The longest text of a decision, in characters.
const LANGSTA: usize = 2_000;

/// A decision as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beslutsuppgift {
    /// The body that decided.
    pub instans: String,
    /// The paragraph, with or without the sign.
    pub paragraf: String,
    /// The day.
    pub datum: Option<Date>,
    /// Diary number.
    pub diarienummer: String,
    /// What was decided, in a few words.
    pub rubrik: String,
    /// On what condition.
    pub villkor: String,
}

impl Beslutsuppgift {
    /// Whether nothing at all was typed.
    #[must_use]
    pub fn tom(&self) -> bool {
        *self == Self::default()
    }

    fn paragraf(&self) -> Option<String> {
        let utan = self.paragraf.trim().trim_start_matches('§').trim();
        let utan = utan.split('/').next().unwrap_or("").trim();
        Some(utan.to_owned()).filter(|p| !p.is_empty())
    }

    /// What is wrong with it, at fields that begin with `beslut-`.
    pub(crate) fn brister(&self, bocker: &Bocker, idag: Date, fel: &mut Brister) {
        let kravs = [
            ("beslut-instans", &self.instans, "Instansen saknas."),
            (
                "beslut-rubrik",
                &self.rubrik,
                "Det saknas vad som beslutades.",
            ),
        ];
        for (falt, text, saknas) in kravs {
            if text.trim().is_empty() {
                let gor = "Skriv det som står i protokollet.";
                fel.prova::<()>(Err(
                    Problem::ogiltigt("beslut-ofullstandigt", saknas, gor).i_falt(falt)
                ));
            }
        }
        let langt = [
            &self.instans,
            &self.rubrik,
            &self.villkor,
            &self.diarienummer,
        ]
        .iter()
        .any(|t| t.chars().count() > LANGSTA);
        if langt {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "beslut-for-langt",
                "En text i beslutet är för lång.",
                format!("Korta den till högst {LANGSTA} tecken."),
            )
            .i_falt("beslut-rubrik")));
        }
        fel.prova(self.prova_datum(idag));
        if fel.inga() {
            fel.prova(self.prova_nytt(bocker));
        }
    }

    fn prova_datum(&self, idag: Date) -> Result<(), Problem> {
        let (text, gor) = match self.datum {
            None => (
                "Beslutets dag saknas.".to_owned(),
                "Skriv dagen, till exempel 2026-03-09.".to_owned(),
            ),
            Some(dag) if dag > idag => (
                format!(
                    "Beslutet är daterat {}, en dag som inte har varit.",
                    tid::i_ord(dag)
                ),
                format!(
                    "Skriv den dag beslutet fattades, senast {}.",
                    tid::i_ord(idag)
                ),
            ),
            Some(_) => return Ok(()),
        };
        Err(Problem::ogiltigt("beslut-datum", text, gor).i_falt("beslut-datum"))
    }

    /// The same paragraph of the same body and year is the same decision.
    fn prova_nytt(&self, bocker: &Bocker) -> Result<(), Problem> {
        let (paragraf, ar) = (self.paragraf(), self.datum.map(|d| d.year()));
        let instans = sokform(self.instans.trim());
        let finns = bocker.beslut.iter().any(|b| {
            paragraf.is_some()
                && b.paragraf == paragraf
                && b.ar.or(b.datum.map(|d| d.year())) == ar
                && sokform(&b.instans) == instans
        });
        if !finns {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "beslut-finns",
            "Beslutet är redan registrerat.",
            "Välj det i listan i stället.",
        )
        .i_falt("beslut-paragraf"))
    }

    /// The decision, to be checked with [`Self::brister`] first.
    fn beslut(&self, id: BeslutId, bidrag: Option<BidragId>) -> Beslut {
        let text = |t: &str| Some(t.trim().to_owned()).filter(|t| !t.is_empty());
        Beslut {
            id,
            instans: self.instans.trim().to_owned(),
            paragraf: self.paragraf(),
            ar: self.datum.map(|d| d.year()),
            datum: self.datum,
            diarienummer: text(&self.diarienummer),
            rubrik: self.rubrik.trim().to_owned(),
            bidrag,
            villkor: text(&self.villkor),
        }
    }
}

/// The decision behind a change: one in the books, or one that is entered with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Beslutsval {
    /// None was chosen.
    #[default]
    Saknas,
    /// One in the books.
    Finns(BeslutId),
    /// A new one.
    Nytt(Beslutsuppgift),
}

impl Beslutsval {
    /// What is wrong with the choice. `vad` is what needs it, as in "En fördelning ändras".
    pub(crate) fn brister(&self, bocker: &Bocker, idag: Date, vad: &str, fel: &mut Brister) {
        match self {
            Self::Saknas => {
                fel.prova::<()>(Err(Problem::ogiltigt(
                    "beslut-saknas",
                    format!("{vad} bara genom ett beslut."),
                    "Välj beslutet i listan, eller fyll i ett nytt.",
                )
                .i_falt("beslut")));
            }
            Self::Finns(id) => {
                if !bocker.beslut.iter().any(|b| b.id == *id) {
                    fel.prova::<()>(Err(Problem::finns_inte()));
                }
            }
            Self::Nytt(uppgift) => uppgift.brister(bocker, idag, fel),
        }
    }

    /// The decision's number, and the write that enters it when it is new.
    pub(crate) fn plan(
        &self,
        bidrag: Option<BidragId>,
        miljo: &mut Miljo,
    ) -> (Option<BeslutId>, Option<Andring>) {
        match self {
            Self::Saknas => (None, None),
            Self::Finns(id) => (Some(*id), None),
            Self::Nytt(uppgift) => {
                let id = miljo.beslut();
                let beslut = uppgift.beslut(id, bidrag);
                (Some(id), Some(Andring::NyttBeslut(beslut)))
            }
        }
    }
}

/// Enters a decision by hand.
#[derive(Clone, Debug)]
pub struct RegistreraBeslut {
    /// What it says.
    pub beslut: Beslutsuppgift,
    /// The grant it concerns, when it concerns one.
    pub bidrag: Option<BidragId>,
}

impl Anvandningsfall for RegistreraBeslut {
    const ATGARD: Atgard = Atgard::RegistreraBeslut;
    type Laddat = Bocker;
    type Svar = BeslutId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        self.beslut.brister(bocker, idag, &mut fel);
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<BeslutId>, Problem> {
        if self.bidrag.is_some_and(|id| bocker.bidrag(id).is_none()) {
            return Err(Problem::finns_inte());
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let id = miljo.beslut();
        let beslut = self.beslut.beslut(id, self.bidrag);
        let dag = beslut.datum.map(tid::i_ord).unwrap_or_default();
        Ok(Plan {
            handelse: Handelse {
                slag: "beslut-registrerat".into(),
                objekt: format!("beslut {id}"),
                text: format!("Beslutet {} den {dag} registrerades.", beslut.kort()),
                data: serde_json::json!({ "bidrag": self.bidrag }),
            },
            andringar: vec![Andring::NyttBeslut(beslut)],
            svar: id,
        })
    }
}
