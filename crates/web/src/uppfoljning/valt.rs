//! What of follow-up is shown: the year, the month and by what.

use crate::adress::{self, Adress};
use crate::anrop::Inloggat;
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_app::uppfoljning::foljd_manad;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::matt::Urval;
use utfall_domain::tid::{self, PerDag};
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::Filter;

/// By what the figures are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vy {
    /// Insats by insats.
    Insats,
    /// Board by board.
    Namnd,
    /// Funder by funder.
    Finansiar,
    /// Cost kind by cost kind.
    Kostnadsslag,
    /// Month by month.
    Manad,
}

impl Vy {
    const ALLA: [(Self, &'static str, &'static str); 5] = [
        (Self::Insats, "", "Insats för insats"),
        (Self::Namnd, "namnd", "Nämnd för nämnd"),
        (Self::Finansiar, "finansiar", "Finansiär för finansiär"),
        (Self::Kostnadsslag, "kostnadsslag", "Kostnadsslag"),
        (Self::Manad, "manader", "Månad för månad"),
    ];
}

/// What is chosen.
#[derive(Clone, Debug)]
pub struct Valt {
    /// The year.
    pub ar: i16,
    /// Through which month, 1–12.
    pub manad: i8,
    /// By what.
    pub vy: Vy,
    /// The reader may explain deviations.
    pub forklarar: bool,
    aren: BTreeSet<i16>,
    per: Option<PerDag>,
}

impl Valt {
    /// What the query asks for, or the form that was sent; what is not asked for is the latest
    /// year that something is known of, through the last month that is booked in full.
    #[must_use]
    pub fn av(a: &Inloggat, bok: &Bok) -> Self {
        let falt = |namn: &str| a.fraga.tal(namn).or_else(|| a.formular.tal(namn));
        let i_dag = tid::dag(a.nu);
        let aren = aren(bok);
        let onskat = falt("ar").and_then(|ar| i16::try_from(ar).ok());
        let senast = aren.iter().rev().find(|ar| **ar <= i_dag.year());
        let ar = onskat
            .filter(|ar| (1990..=2100).contains(ar))
            .or_else(|| senast.copied())
            .unwrap_or_else(|| i_dag.year());
        let manad = falt("manad")
            .and_then(|m| i8::try_from(m).ok())
            .filter(|m| (1..=12).contains(m))
            .unwrap_or_else(|| foljd_manad(bok, ar, i_dag));
        let vy = a.fraga.text("visa");
        let vy = Vy::ALLA.iter().find(|(_, kod, _)| *kod == vy);
        Self {
            ar,
            manad,
            vy: vy.map_or(Vy::Insats, |(vy, ..)| *vy),
            forklarar: a.far(Atgard::KommenteraAvvikelse) && bok.per_dag().is_none(),
            aren,
            per: bok.per_dag(),
        }
    }

    /// Everything of the year.
    #[must_use]
    pub fn helar(&self) -> Urval {
        Urval::default().ar(self.ar)
    }

    /// The year through the month.
    #[must_use]
    pub fn till(&self) -> Urval {
        Urval {
            period: Date::new(self.ar, self.manad, 1).ok(),
            ..self.helar()
        }
    }

    /// The same choice of another page.
    #[must_use]
    pub fn i(&self, hit: Adress) -> Adress {
        let hit = self
            .dolda()
            .into_iter()
            .fold(hit, |hit, (namn, varde)| hit.fraga(&namn, &varde));
        hit.per(self.per)
    }

    /// The same choice through another month.
    #[must_use]
    pub fn till_manad(&self, manad: i8) -> Self {
        Self {
            manad,
            ..self.clone()
        }
    }

    /// The choice as names and values.
    #[must_use]
    pub fn dolda(&self) -> Vec<(String, String)> {
        let mut ut = vec![
            ("ar".to_owned(), self.ar.to_string()),
            ("manad".to_owned(), self.manad.to_string()),
        ];
        let vy = Vy::ALLA.iter().find(|(vy, ..)| *vy == self.vy);
        ut.extend(
            vy.filter(|(_, kod, _)| !kod.is_empty())
                .map(|(_, kod, _)| ("visa".to_owned(), (*kod).to_owned())),
        );
        ut
    }

    /// The form of choices.
    #[must_use]
    pub fn filter(&self) -> Filter {
        let mut aren = self.aren.clone();
        aren.insert(self.ar);
        let aren = aren.iter().rev().map(|ar| (ar.to_string(), ar.to_string()));
        let manader = (1..=12).map(|m| (m.to_string(), tid::manad(m).to_owned()));
        let vyer = Vy::ALLA
            .iter()
            .map(|(_, kod, ord)| ((*kod).to_owned(), (*ord).to_owned()));
        let vald = Vy::ALLA.iter().find(|(vy, ..)| *vy == self.vy);
        Filter {
            mal: adress::uppfoljning().into(),
            falt: vec![
                Falt::ny("ar", "År", FaltSlag::Val(aren.collect())).varde(self.ar.to_string()),
                Falt::ny("manad", "Till och med", FaltSlag::Val(manader.collect()))
                    .varde(self.manad.to_string()),
                Falt::ny("visa", "Visa", FaltSlag::Val(vyer.collect()))
                    .varde(vald.map_or("", |(_, kod, _)| kod)),
            ],
            knapp: "Visa".into(),
            hjalp: String::new(),
        }
    }
}

/// The years that money is planned or used in.
fn aren(bok: &Bok) -> BTreeSet<i16> {
    use FaktumSlag as F;
    bok.fakta()
        .into_iter()
        .filter(|f| {
            matches!(
                f.fakta.slag,
                F::Anvant | F::Fordelat | F::Budget | F::Budgetkostnad | F::Prognos
            )
        })
        .filter_map(|f| f.galler().ar)
        .collect()
}
