//! What a position costs a month is entered, for the forecast by positions.

use super::{forsta_dagen, skriv};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::om_insats;
use crate::miljo::Miljo;
use crate::namn::{prova_ar, prova_namn};
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum, gallande};
use utfall_domain::id::{FaktumId, InsatsId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::parameter::{HELA, Parameter, del_av, varde};
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Enters what a position costs each month of a part of a year.
#[derive(Clone, Debug)]
pub struct Tjanstekostnad {
    /// Which insats.
    pub insats: InsatsId,
    /// Which year.
    pub ar: i16,
    /// What the person does, never who.
    pub tjanst: String,
    /// Monthly pay at full time.
    pub manadslon: Belopp,
    /// Share of full time in hundredths of a per cent, above 0.
    pub andel: i64,
    /// First month, 1–12.
    pub fran: i8,
    /// Last month, 1–12.
    pub till: i8,
}

impl Tjanstekostnad {
    /// Pay × (1 + PO) × share; `None` when the year's PO is not set.
    fn kostnad(&self, bocker: &Bocker) -> Option<(i64, i64)> {
        let fakta = gallande(&bocker.fakta, None);
        let po = varde(&fakta, Parameter::Po, self.ar)?;
        let med_po = del_av(self.manadslon.ore.0, HELA.checked_add(po)?)?;
        Some((del_av(med_po, self.andel)?, po))
    }

    fn prova_kostnad(&self, bocker: &Bocker) -> Result<(i64, i64), Problem> {
        if self.manadslon.ore <= Ore::NOLL {
            return Err(Problem::ogiltigt(
                "tjanst-lon",
                "Månadslönen är noll eller mindre.",
                "Skriv lönen för heltid.",
            )
            .i_falt("lon"));
        }
        self.kostnad(bocker).ok_or_else(|| {
            Problem::ogiltigt(
                "tjanst-po",
                format!("Det finns inget PO-pålägg för {}.", self.ar),
                "Sätt det under Inställningar först.",
            )
            .i_falt("lon")
        })
    }

    fn prova_andel(&self) -> Result<(), Problem> {
        if (1..=HELA).contains(&self.andel) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "tjanst-andel",
            "Delen av heltid går inte att använda.",
            "Skriv mer än 0 och högst 100 procent.",
        )
        .i_falt("andel"))
    }

    fn period(&self) -> Result<(Date, Date), Problem> {
        let fran = forsta_dagen(self.ar, self.fran).map_err(|p| p.i_falt("fran"))?;
        let till = forsta_dagen(self.ar, self.till).map_err(|p| p.i_falt("till"))?;
        if fran <= till {
            return Ok((fran, till.last_of_month()));
        }
        Err(Problem::ogiltigt(
            "tjanst-period",
            "Tjänsten slutar före den börjar.",
            "Välj en sista månad som inte är före den första.",
        )
        .i_falt("till"))
    }
}

impl Anvandningsfall for Tjanstekostnad {
    const ATGARD: Atgard = Atgard::Prognostisera;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        fel.prova(prova_namn(&self.tjanst, "tjänsten", "tjanst"));
        fel.prova(self.prova_kostnad(bocker));
        fel.prova(self.prova_andel());
        fel.prova(self.period());
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let insats = bocker.insats(self.insats).ok_or_else(Problem::finns_inte)?;
        self.brister(&bocker, miljo.idag()).neka()?;
        let tjanst = prova_namn(&self.tjanst, "tjänsten", "tjanst")?;
        let (kostnad, po) = self.prova_kostnad(&bocker)?;
        let (fran, till) = self.period()?;
        let galler = Galler {
            ar: Some(self.ar),
            period_fran: Some(fran),
            period_till: Some(till),
            kategori: Some(tjanst.clone()),
            ..om_insats(&bocker, self.insats)
        };
        let finns = gallande(&bocker.fakta, None)
            .into_iter()
            .rfind(|f| f.fakta.slag == FaktumSlag::Tjanstekostnad && *f.galler() == galler);
        let id = miljo.faktum();
        let faktum = NyttFaktum {
            orsak: Some(format!(
                "{}\u{a0}kr i månaden, {} procent av heltid, PO {} procent",
                self.manadslon.ore,
                hundradelar(self.andel),
                hundradelar(po)
            )),
            rattar: finns.map(|f| f.id),
            ..NyttFaktum::nytt(FaktumSlag::Tjanstekostnad, galler, Varde::Kant(kostnad))
        };
        Ok(Plan {
            handelse: Handelse {
                slag: "tjanstekostnad-registrerad".into(),
                objekt: format!("insats {}", self.insats),
                text: format!(
                    "Månadskostnad för en tjänst i {} registrerades.",
                    insats.namn
                ),
                data: serde_json::json!({ "ar": self.ar, "tjanst": tjanst }),
            },
            andringar: vec![skriv(id, faktum)],
            svar: id,
        })
    }
}

/// `39,25` of 3925; `40` of 4000.
fn hundradelar(tal: i64) -> String {
    match tal % 100 {
        0 => (tal / 100).to_string(),
        rest => format!("{},{rest:02}", tal / 100),
    }
}
