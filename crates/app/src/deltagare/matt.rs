//! What came of the participants, for those who must see no person: tables with whoever is few
//! hidden, as a page and as a file from the same rows (R165–R167, R279, R280).

mod dokument;
mod papper;
mod tabeller;

pub use tabeller::{Mattabell, Mattcell, Mattrad};

use crate::Tjanst;
use crate::lasning::Bok;
use jiff::Timestamp;
use jiff::civil::Date;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::deltagare::tabeller::{Arstabell, matdag};
use utfall_domain::kommun;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::Format;
use utfall_domain::tid;
use utfall_store as store;

/// At most so many years are answered for at once.
const MEST_AR: usize = 30;

/// Which years, and for which municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mattfraga {
    /// SCB's four digits; nothing for everybody.
    pub kommun: Option<String>,
    /// The first year; the fourth before the last when it is not said: five years (R279).
    pub fran: Option<i16>,
    /// The last year; the last there is when it is not said.
    pub till: Option<i16>,
}

/// The years asked for, protected, and the books that they are about.
#[derive(Clone, Debug)]
pub struct Deltagarmatt {
    /// Up to when what was registered is told.
    pub matdag: Date,
    /// The municipality that is asked about, by code.
    pub kommun: Option<String>,
    /// The years, in order.
    pub aren: Vec<Arstabell>,
    /// Every year that somebody took part in, whether asked for or not.
    pub finns: Vec<i16>,
    /// The municipalities that somebody came from in any of the years, by code.
    pub kommuner: Vec<String>,
    bok: Bok,
}

impl Mattfraga {
    fn ar(&self, finns: &[i16], matdag: Date) -> Result<Vec<i16>, Problem> {
        let sista = finns.last().copied().unwrap_or(matdag.year());
        let till = self.till.unwrap_or(sista);
        let fran = self.fran.unwrap_or(till.saturating_sub(4));
        let aren: Vec<i16> = (fran..=till).take(MEST_AR + 1).collect();
        if aren.is_empty() {
            let text = format!("Från år {fran} till år {till} går baklänges.");
            let fel = Problem::ogiltigt("matt-ar", text, "Välj ett år som är samma eller senare.");
            return Err(fel.i_falt("till"));
        }
        if aren.len() > MEST_AR {
            let text = format!("Det är fler än {MEST_AR} år.");
            return Err(Problem::ogiltigt("matt-ar", text, "Välj färre år.").i_falt("till"));
        }
        Ok(aren)
    }

    fn prova_kommun(&self) -> Result<(), Problem> {
        let Some(kod) = &self.kommun else {
            return Ok(());
        };
        if kommun::av_kod(kod).is_some() {
            return Ok(());
        }
        let text = format!("Kommunkoden {kod} finns inte.");
        let atgard = "Skriv SCB:s fyra siffror, till exempel 0486 för Strängnäs.";
        Err(Problem::ogiltigt("matt-kommun", text, atgard).i_falt("kommun"))
    }
}

impl Tjanst {
    /// What came of the participants, year by year.
    ///
    /// # Errors
    /// The refusal when the role does not allow it; years that go backwards and municipalities
    /// that are none; what went wrong in the database.
    pub async fn deltagarmatt(
        &self,
        aktor: &Aktor,
        fraga: Mattfraga,
    ) -> Result<Deltagarmatt, Problem> {
        fraga.prova_kommun()?;
        let permit = prova(aktor, Atgard::LasaDeltagarmatt)?;
        let bok = self.bok(aktor, Atgard::LasaInsatser, None).await?;
        let matdag = matdag(tid::dag(self.klocka.nu()));
        let underlag = self
            .db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::deltagare::matt::underlag(k, &permit, matdag)?)
            })
            .await?;
        let finns: Vec<i16> = underlag.aren().into_iter().collect();
        let aren = fraga.ar(&finns, matdag)?;
        let aren: Vec<Arstabell> = aren.into_iter().map(|ar| underlag.arstabell(ar)).collect();
        Ok(Deltagarmatt {
            matdag,
            kommuner: tabeller::kommuner(&aren),
            kommun: fraga.kommun,
            aren,
            finns,
            bok,
        })
    }

    /// The answer as a file.
    ///
    /// # Errors
    /// As [`Tjanst::deltagarmatt`], and what the typesetter says.
    pub async fn deltagarmatt_fil(
        &self,
        aktor: &Aktor,
        fraga: Mattfraga,
        format: Format,
    ) -> Result<Vec<u8>, Problem> {
        let nu: Timestamp = self.klocka.nu();
        let matt = self.deltagarmatt(aktor, fraga).await?;
        self.satt(matt.dokument(nu), format).await
    }
}
