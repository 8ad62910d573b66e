//! Settings are set from a year on, with where they come from.

use super::skriv;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_kalla;
use crate::miljo::Miljo;
use crate::namn::prova_ar;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum, gallande};
use utfall_domain::id::BeslutId;
use utfall_domain::journal::Handelse;
use utfall_domain::medel::parameter::{HELA, NYCKEL, Parameter, SCHABLON};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// The longest name of a standard cost, in characters.
const LANGSTA_SCHABLON: usize = 80;

/// The longest time before a day that something can be told of it, in days.
const LANGSTA_VARSEL: i64 = 730;

/// A setting and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Satt {
    /// A setting's code, or `schablon: ` and the name of a standard cost.
    pub namn: String,
    /// Öre, hundredths of a per cent, or days.
    pub varde: i64,
}

/// Sets settings from a year on.
#[derive(Clone, Debug)]
pub struct SattParametrar {
    /// The first year they hold.
    pub ar: i16,
    /// Which, and to what. Unchanged ones are left alone.
    pub varden: Vec<Satt>,
    /// The decision behind them, when there is one.
    pub beslut: Option<BeslutId>,
    /// Where they come from.
    pub kalla: String,
}

impl Satt {
    fn slag(&self) -> Option<FaktumSlag> {
        let schablon = self.namn.strip_prefix(SCHABLON);
        match (Parameter::av_kod(&self.namn), schablon) {
            (Some(parameter), _) => Some(parameter.slag()),
            (None, Some(_)) => Some(FaktumSlag::Parameterbelopp),
            (None, None) => None,
        }
    }

    /// The field of the form it was typed in.
    fn falt(&self) -> &str {
        match Parameter::av_kod(&self.namn) {
            Some(_) => &self.namn,
            None => "schablon-belopp",
        }
    }

    fn prova(&self) -> Result<(), Problem> {
        let Some(slag) = self.slag() else {
            return Err(Problem::finns_inte());
        };
        let namn = self.namn.strip_prefix(SCHABLON).map(str::trim);
        if namn.is_some_and(|n| n.is_empty() || n.chars().count() > LANGSTA_SCHABLON) {
            return Err(Problem::ogiltigt(
                "parameter-schablon",
                "Schablonen saknar namn, eller har ett för långt.",
                format!("Skriv vad schablonen gäller, med högst {LANGSTA_SCHABLON} tecken."),
            )
            .i_falt("schablon"));
        }
        let max = match slag {
            FaktumSlag::Parameterandel => HELA,
            FaktumSlag::Parameterdagar => LANGSTA_VARSEL,
            _ => i64::MAX,
        };
        if (0..=max).contains(&self.varde) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "parameter-varde",
            "Värdet går inte att använda.",
            format!("Skriv noll eller mer, högst 100 procent och högst {LANGSTA_VARSEL} dagar."),
        )
        .i_falt(self.falt()))
    }
}

impl SattParametrar {
    /// The funding key is one thing: its parts are set together and make the whole.
    fn prova_nyckel(&self) -> Result<(), Problem> {
        let delar: Vec<i64> = NYCKEL
            .iter()
            .filter_map(|p| self.varden.iter().find(|s| s.namn == p.kod()))
            .map(|s| s.varde)
            .collect();
        let summa = delar.iter().fold(0_i64, |s, d| s.saturating_add(*d));
        if delar.is_empty() || (delar.len() == NYCKEL.len() && summa == HELA) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "parameter-nyckel",
            "Fördelningsnyckelns delar blir inte 100 procent tillsammans.",
            "Skriv statens, regionens och kommunernas del. En part som inte är med har 0.",
        )
        .i_falt(NYCKEL[0].kod()))
    }

    /// What is in force with the same name and the same first year.
    fn finns<'a>(&self, bocker: &'a Bocker, satt: &Satt) -> Option<&'a Faktum> {
        gallande(&bocker.fakta, None).into_iter().rfind(|f| {
            Some(f.fakta.slag) == satt.slag()
                && f.galler().kategori.as_deref() == Some(satt.namn.as_str())
                && f.galler().ar == Some(self.ar)
        })
    }

    fn nya(&self, bocker: &Bocker, kalla: &str) -> Vec<NyttFaktum> {
        self.varden
            .iter()
            .filter_map(|satt| {
                let finns = self.finns(bocker, satt);
                if finns.is_some_and(|f| f.varde() == Varde::Kant(satt.varde)) {
                    return None;
                }
                let galler = Galler {
                    ar: Some(self.ar),
                    kategori: Some(satt.namn.clone()),
                    ..Galler::default()
                };
                Some(NyttFaktum {
                    beslut: self.beslut,
                    rattar: finns.map(|f| f.id),
                    orsak: Some(kalla.to_owned()),
                    ..NyttFaktum::nytt(satt.slag()?, galler, Varde::Kant(satt.varde))
                })
            })
            .collect()
    }
}

impl Anvandningsfall for SattParametrar {
    const ATGARD: Atgard = Atgard::SattaParametrar;
    type Laddat = Bocker;
    /// How many changed.
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        for satt in &self.varden {
            fel.prova(satt.prova());
        }
        fel.prova(self.prova_nyckel());
        if fel.inga() && self.nya(bocker, "").is_empty() {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "parameter-oforandrad",
                "Ingen inställning är ändrad.",
                "Skriv minst ett nytt värde, eller lämna sidan.",
            )));
        }
        fel.prova(prova_kalla(&self.kalla));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        if let Some(id) = self.beslut
            && !bocker.beslut.iter().any(|b| b.id == id)
        {
            return Err(Problem::finns_inte());
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let kalla = prova_kalla(&self.kalla)?;
        let nya = self.nya(&bocker, &kalla);
        let (antal, ar) = (nya.len(), self.ar);
        let namn: Vec<String> = nya
            .iter()
            .filter_map(|f| f.galler.kategori.clone())
            .collect();
        Ok(Plan {
            andringar: nya.into_iter().map(|f| skriv(miljo.faktum(), f)).collect(),
            handelse: Handelse {
                slag: "parametrar-satta".into(),
                objekt: "parametrar".into(),
                text: format!("Inställningar sattes från {ar}: {antal}."),
                data: serde_json::json!({ "ar": ar, "namn": namn, "beslut": self.beslut }),
            },
            svar: antal,
        })
    }
}
