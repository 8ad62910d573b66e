//! Staff that one association buys of another, or sells to it, at self-cost.

use super::{forsta_dagen, skriv};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_kalla;
use crate::miljo::Miljo;
use crate::namn::{prova_ar, prova_namn};
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{FaktumId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::parameter::{HELA, del_av};
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Enters a share of full time that is bought or sold for some months of a year.
#[derive(Clone, Debug)]
pub struct Personalkop {
    /// Of whom it is bought, or to whom it is sold.
    pub motpart: OrganisationId,
    /// Sold, and so an income.
    pub sald: bool,
    /// What the person does, never who.
    pub uppgift: String,
    /// Share of full time in hundredths of a per cent.
    pub andel: i64,
    /// What full time costs a month, all included.
    pub sjalvkostnad: Belopp,
    /// Which year.
    pub ar: i16,
    /// First month, 1–12.
    pub fran: i8,
    /// Last month, 1–12.
    pub till: i8,
    /// Where it is said.
    pub kalla: String,
}

impl Personalkop {
    /// Share × months × self-cost, below zero when it is sold.
    fn belopp(&self) -> Result<i64, Problem> {
        let fel = |falt: &str, text: &str, atgard: &str| {
            Problem::ogiltigt("personalkop-tal", text, atgard).i_falt(falt)
        };
        if !(1..=HELA).contains(&self.andel) {
            return Err(fel(
                "andel",
                "Delen av heltid är inte mellan 0 och 100 procent.",
                "Skriv till exempel 20.",
            ));
        }
        if self.sjalvkostnad.ore <= Ore::NOLL {
            return Err(fel(
                "kostnad",
                "Självkostnaden är noll eller mindre.",
                "Skriv vad heltid kostar i månaden, med allt.",
            ));
        }
        let manader = self.till.saturating_sub(self.fran).saturating_add(1);
        if manader < 1 {
            return Err(fel(
                "till",
                "Perioden slutar före den börjar.",
                "Välj en sista månad som inte är före den första.",
            ));
        }
        let belopp = self
            .sjalvkostnad
            .ore
            .0
            .checked_mul(i64::from(manader))
            .and_then(|hela| del_av(hela, self.andel))
            .ok_or_else(|| fel("kostnad", "Beloppet är för stort.", "Kontrollera talen."))?;
        Ok(if self.sald { -belopp } else { belopp })
    }

    fn period(&self) -> Result<(Date, Date), Problem> {
        let fran = forsta_dagen(self.ar, self.fran).map_err(|p| p.i_falt("fran"))?;
        let till = forsta_dagen(self.ar, self.till).map_err(|p| p.i_falt("till"))?;
        Ok((fran, till.last_of_month()))
    }

    fn procent(&self) -> String {
        match self.andel % 100 {
            0 => (self.andel / 100).to_string(),
            rest => format!("{},{rest:02}", self.andel / 100),
        }
    }
}

impl Anvandningsfall for Personalkop {
    const ATGARD: Atgard = Atgard::RegistreraFaktum;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        fel.prova(prova_namn(&self.uppgift, "uppgiften", "uppgift"));
        fel.prova(self.period());
        fel.prova(self.belopp());
        fel.prova(prova_kalla(&self.kalla));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        if bocker.organisation(self.motpart).is_none() {
            return Err(Problem::finns_inte());
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let (fran, till) = self.period()?;
        let kategori = format!(
            "{}, {} procent av heltid",
            self.uppgift.trim(),
            self.procent()
        );
        let galler = Galler {
            organisation: Some(self.motpart),
            ar: Some(self.ar),
            period_fran: Some(fran),
            period_till: Some(till),
            kategori: Some(kategori),
            ..Galler::default()
        };
        let id = miljo.faktum();
        let kop = if self.sald { "såld" } else { "köpt" };
        let faktum = NyttFaktum {
            orsak: Some(format!(
                "{}. Självkostnad {}\u{a0}kr i månaden på heltid.",
                prova_kalla(&self.kalla)?.trim_end_matches('.'),
                self.sjalvkostnad.ore
            )),
            ..NyttFaktum::nytt(FaktumSlag::Personalkop, galler, Varde::Kant(self.belopp()?))
        };
        Ok(Plan {
            andringar: vec![skriv(id, faktum)],
            handelse: Handelse {
                slag: "personalkop-registrerat".into(),
                objekt: format!("organisation {}", self.motpart),
                text: format!(
                    "{} procent av heltid registrerades som {kop}.",
                    self.procent()
                ),
                data: serde_json::json!({ "ar": self.ar, "andel": self.andel }),
            },
            svar: id,
        })
    }
}
