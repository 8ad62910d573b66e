//! Co-financing is entered: money or working time, promised or given, by a party.

use super::skriv;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_insats, prova_kalla};
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
use utfall_domain::problem::Problem;
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
        if let Medfinansierat::Timmar { timmar, .. } = self.vad {
            let (slag, ord) = (FaktumSlag::Medfinansieringstimmar, self.lofte.ord());
            ut.push(NyttFaktum {
                orsak,
                rattar: self.finns(bocker, slag, ord).map(|f| f.id),
                ..NyttFaktum::nytt(slag, self.galler(bocker, ord), Varde::Kant(timmar))
            });
        }
        Ok(ut)
    }
}

impl Anvandningsfall for RegistreraMedfinansiering {
    const ATGARD: Atgard = Atgard::RegistreraFaktum;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        fel.prova(self.vad.prova());
        fel.prova(self.vad.varde());
        fel.prova(prova_kalla(&self.kalla));
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
