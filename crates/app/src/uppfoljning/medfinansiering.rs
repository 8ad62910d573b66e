//! Co-financing is entered: money or working time, promised or given, by a party.

use super::skriv;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_insats, prova_kalla};
use crate::medel::efter_avslut;
use crate::miljo::Miljo;
use crate::namn::prova_ar;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum, gallande};
use utfall_domain::id::{FaktumId, InsatsId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::parameter::del_av;
use utfall_domain::pengar::{Belopp, Ore, Precision};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Whether it is promised or has been given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lofte {
    /// Promised.
    Utlovad,
    /// Given.
    Levererad,
}

impl Lofte {
    /// The word, as hours are told apart by it.
    #[must_use]
    pub const fn ord(self) -> &'static str {
        match self {
            Self::Utlovad => "utlovade timmar",
            Self::Levererad => "levererade timmar",
        }
    }

    const fn slag(self) -> FaktumSlag {
        match self {
            Self::Utlovad => FaktumSlag::Medfinansiering,
            Self::Levererad => FaktumSlag::MedfinansieringLevererad,
        }
    }
}

/// What is added, and how it is valued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medfinansierat {
    /// Money.
    Pengar(Belopp),
    /// Hours of working time; without a rate they are not valued.
    Timmar {
        /// Whole hours.
        timmar: i64,
        /// Kronor an hour.
        pris: Option<Belopp>,
    },
    /// A share of somebody's working time, in hundredths of a per cent, of what the whole costs.
    Del {
        /// The share.
        andel: i64,
        /// The cost of all of it.
        kostnad: Belopp,
    },
}

/// Enters what a party adds to an insats in a year.
#[derive(Clone, Debug)]
pub struct RegistreraMedfinansiering {
    /// Which insats.
    pub insats: InsatsId,
    /// Which party.
    pub part: OrganisationId,
    /// Which year.
    pub ar: i16,
    /// Promised or given.
    pub lofte: Lofte,
    /// What.
    pub vad: Medfinansierat,
    /// Where it is said.
    pub kalla: String,
    /// The newest fact in the books when the person saw them: what somebody has said of the
    /// same thing since is not written over unseen.
    pub sedd: Option<FaktumId>,
    /// It is said to be a correction after the year was closed.
    pub efter_avslut: bool,
}

impl Medfinansierat {
    const fn kategori(self) -> &'static str {
        match self {
            Self::Pengar(_) => "pengar",
            Self::Timmar { .. } | Self::Del { .. } => "arbetstid",
        }
    }

    /// The value in öre: hours × rate, or share × cost. Unknown when it is not valued.
    fn varde(self) -> Result<Varde, Problem> {
        let for_stort = || {
            Problem::ogiltigt(
                "medfinansiering-for-stor",
                "Beloppet är för stort att räkna med.",
                "Kontrollera talen.",
            )
            .i_falt("timmar")
        };
        match self {
            Self::Pengar(b) => Ok(Varde::Kant(b.ore.0)),
            Self::Timmar { pris: None, .. } => Ok(Varde::Okant),
            Self::Timmar {
                timmar,
                pris: Some(pris),
            } => timmar
                .checked_mul(pris.ore.0)
                .map(Varde::Kant)
                .ok_or_else(for_stort),
            Self::Del { andel, kostnad } => del_av(kostnad.ore.0, andel)
                .map(Varde::Kant)
                .ok_or_else(for_stort),
        }
    }

    fn prova(self) -> Result<(), Problem> {
        let fel = |falt: &str, text: &str| {
            Err(Problem::ogiltigt(
                "medfinansiering-tal",
                text,
                "Skriv ett tal som är större än 0.",
            )
            .i_falt(falt))
        };
        match self {
            Self::Pengar(b) if b.ore <= Ore::NOLL => {
                fel("belopp", "Beloppet är noll eller mindre.")
            }
            Self::Timmar { timmar, .. } if timmar <= 0 => {
                fel("timmar", "Antalet timmar är noll eller mindre.")
            }
            Self::Timmar { pris: Some(p), .. } if p.ore <= Ore::NOLL => {
                fel("pris", "Priset per timme är noll eller mindre.")
            }
            Self::Del { andel, .. } if !(1..=10_000).contains(&andel) => {
                fel("andel", "Delen är inte mellan 0 och 100 procent.")
            }
            Self::Del { kostnad, .. } if kostnad.ore <= Ore::NOLL => {
                fel("kostnad", "Kostnaden är noll eller mindre.")
            }
            _ => Ok(()),
        }
    }

    /// How the value was made, to stand with the source.
    fn utrakning(self) -> String {
        match self {
            Self::Pengar(_) => String::new(),
            Self::Timmar { timmar, pris } => match pris {
                Some(p) => format!(" {timmar} timmar à {}\u{a0}kr.", p.ore),
                None => format!(" {timmar} timmar, ej värderade."),
            },
            Self::Del { andel, kostnad } => {
                let (hela, del) = (andel / 100, andel % 100);
                let andel = match del {
                    0 => hela.to_string(),
                    del => format!("{hela},{del:02}"),
                };
                format!(" {andel} procent av {}\u{a0}kr.", kostnad.ore)
            }
        }
    }
}

impl RegistreraMedfinansiering {
    fn galler(&self, bocker: &Bocker, kategori: &str) -> Galler {
        Galler {
            ar: Some(self.ar),
            organisation: Some(self.part),
            kategori: Some(kategori.to_owned()),
            ..om_insats(bocker, self.insats)
        }
    }

    /// What the same party has said of the same thing before.
    fn finns<'a>(
        &self,
        bocker: &'a Bocker,
        slag: FaktumSlag,
        kategori: &str,
    ) -> Option<&'a Faktum> {
        gallande(&bocker.fakta, None).into_iter().rfind(|f| {
            let g = f.galler();
            f.fakta.slag == slag
                && g.insats == Some(self.insats)
                && g.organisation == Some(self.part)
                && g.ar == Some(self.ar)
                && g.kategori.as_deref() == Some(kategori)
        })
    }

    fn nya(&self, bocker: &Bocker, kalla: &str) -> Result<Vec<NyttFaktum>, Problem> {
        let orsak = Some(format!("{kalla}.{}", self.vad.utrakning()).replace("..", "."));
        let kategori = self.vad.kategori();
        let precision = match self.vad {
            Medfinansierat::Pengar(b) => b.precision,
            _ => Precision::EXAKT,
        };
        let slag = self.lofte.slag();
        let mut ut = vec![NyttFaktum {
            precision,
            orsak: orsak.clone(),
            rattar: self.finns(bocker, slag, kategori).map(|f| f.id),
            ..NyttFaktum::nytt(slag, self.galler(bocker, kategori), self.vad.varde()?)
        }];
        let (slag, ord) = (FaktumSlag::Medfinansieringstimmar, self.lofte.ord());
        let fore = self.finns(bocker, slag, ord);
        match (self.vad, fore) {
            (Medfinansierat::Timmar { timmar, .. }, _) => ut.push(NyttFaktum {
                orsak,
                rattar: fore.map(|f| f.id),
                ..NyttFaktum::nytt(slag, self.galler(bocker, ord), Varde::Kant(timmar))
            }),
            // The working time is now said as a share: the hours it was said as hold no longer.
            (Medfinansierat::Del { .. }, Some(f)) => ut.push(NyttFaktum {
                rattar: Some(f.id),
                struken: true,
                orsak,
                ..f.fakta.clone()
            }),
            _ => {}
        }
        efter_avslut(bocker, ut, self.efter_avslut)
    }

    /// What the same party has said meanwhile is told, so that the person may save over it.
    fn prova_sedd(&self, bocker: &Bocker) -> Result<(), Problem> {
        let Some(f) = self
            .finns(bocker, self.lofte.slag(), self.vad.kategori())
            .filter(|f| Some(f.id) > self.sedd)
        else {
            return Ok(());
        };
        let nu = match f.varde() {
            Varde::Kant(ore) => format!("{}\u{a0}kr", Ore(ore)),
            _ => "utan känt belopp".to_owned(),
        };
        Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "medfinansiering-andrad-av-annan",
            format!("Någon annan har sparat samma sak medan du arbetade: {nu}."),
            "Ska ditt gälla i stället? Spara en gång till. Annars lämnar du sidan.",
        )
        .i_falt("part"))
    }
}

impl Anvandningsfall for RegistreraMedfinansiering {
    const ATGARD: Atgard = Atgard::RegistreraFaktum;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        fel.prova(self.vad.prova());
        fel.prova(prova_kalla(&self.kalla));
        fel.prova(self.nya(bocker, ""));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let namn = bocker
            .insats(self.insats)
            .ok_or_else(Problem::finns_inte)?
            .namn
            .clone();
        if bocker.organisation(self.part).is_none() {
            return Err(Problem::finns_inte());
        }
        self.prova_sedd(&bocker)?;
        self.brister(&bocker, miljo.idag()).neka()?;
        let kalla = prova_kalla(&self.kalla)?;
        let nya: Vec<(FaktumId, NyttFaktum)> = self
            .nya(&bocker, &kalla)?
            .into_iter()
            .map(|f| (miljo.faktum(), f))
            .collect();
        let svar = nya.first().map(|(id, _)| *id);
        Ok(Plan {
            andringar: nya.into_iter().map(|(id, f)| skriv(id, f)).collect(),
            handelse: Handelse {
                slag: "medfinansiering-registrerad".into(),
                objekt: format!("insats {}", self.insats),
                text: format!("Medfinansiering av {namn} {} registrerades.", self.ar),
                data: serde_json::json!({
                    "ar": self.ar,
                    "slag": self.vad.kategori(),
                    "vad": self.lofte.slag(),
                }),
            },
            svar: svar.ok_or_else(Problem::finns_inte)?,
        })
    }
}
