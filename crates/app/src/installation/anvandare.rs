//! An account is created.

use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan, internt};
use crate::inloggning::losenord;
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Aktor, Atgard, Permit, Roll};
use utfall_domain::andring::{Andring, NyAnvandare};
use utfall_domain::id::{AnvandareId, HuvudmanId};
use utfall_domain::journal::Handelse;
use utfall_domain::konto::Kontolage;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;

/// A new account in the permit's huvudman.
#[derive(Clone)]
pub struct NyttKonto {
    inloggning: String,
    visningsnamn: String,
    losenord: String,
    roller: Vec<Roll>,
    lage: Kontolage,
    demo: bool,
}

impl NyttKonto {
    /// An account with its password hashed with this salt.
    ///
    /// # Errors
    /// When the roles cannot be held together, or the name or password is too short.
    pub fn ny(
        inloggning: &str,
        visningsnamn: &str,
        klartext: &str,
        salt: &[u8; 16],
        roller: &[Roll],
    ) -> Result<Self, Problem> {
        losenord::prova(klartext)?;
        let phc = losenord::hasha(klartext, salt).map_err(|e| internt(&e))?;
        let konto = Self::med_startlosenord(inloggning, visningsnamn, phc, roller)?;
        Ok(Self {
            lage: Kontolage::Aktivt,
            ..konto
        })
    }

    /// An account whose password, given as its hash, must be changed at the first sign-in.
    ///
    /// # Errors
    /// As [`NyttKonto::ny`].
    pub fn med_startlosenord(
        inloggning: &str,
        visningsnamn: &str,
        phc: String,
        roller: &[Roll],
    ) -> Result<Self, Problem> {
        let konto = Self::ifyllt(inloggning, visningsnamn, phc, roller);
        konto.prova().neka()?;
        Ok(konto)
    }

    /// The same as somebody filled it in. What is wrong is told at the door, all of it.
    #[must_use]
    pub fn ifyllt(inloggning: &str, visningsnamn: &str, phc: String, roller: &[Roll]) -> Self {
        Self {
            inloggning: inloggning.to_ascii_lowercase(),
            visningsnamn: visningsnamn.trim().to_owned(),
            losenord: phc,
            roller: roller.to_vec(),
            lage: Kontolage::Startlosenord,
            demo: false,
        }
    }

    fn prova(&self) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_namn(&self.inloggning));
        fel.prova(prova_visningsnamn(&self.visningsnamn));
        fel.prova(prova_roller(&self.roller));
        fel
    }

    /// The same password for another name and other roles, without hashing it again: the
    /// demo's forty accounts share one.
    ///
    /// # Errors
    /// As [`NyttKonto::ny`].
    pub fn som(
        &self,
        inloggning: &str,
        visningsnamn: &str,
        roller: &[Roll],
    ) -> Result<Self, Problem> {
        prova_namn(inloggning)?;
        prova_roller(roller)?;
        Ok(Self {
            inloggning: inloggning.to_lowercase(),
            visningsnamn: visningsnamn.to_owned(),
            roller: roller.to_vec(),
            ..self.clone()
        })
    }

    /// Marks it as a demo account: `serve` refuses to start with one.
    #[must_use]
    pub fn som_demo(mut self) -> Self {
        self.demo = true;
        self
    }
}

impl Anvandningsfall for NyttKonto {
    const ATGARD: Atgard = Atgard::HanteraAnvandare;
    /// Whether the name is taken, and how many accounts there are.
    type Laddat = (bool, usize);
    type Svar = AnvandareId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<(bool, usize), Problem> {
        let upptagen = store::inloggning::konto(k, &self.inloggning)?.is_some();
        Ok((upptagen, store::anvandare::alla(k, permit)?.len()))
    }

    fn brister(&self, (upptagen, _): &(bool, usize), _: Date) -> Brister {
        let upptaget = || {
            Problem::nytt(
                ProblemSlag::Konflikt,
                "konto-upptaget",
                format!("Inloggningsnamnet {} är upptaget.", self.inloggning),
                "Välj ett annat namn.",
            )
            .i_falt("inloggning")
        };
        self.prova().med(upptagen.then(upptaget))
    }

    fn planera(
        &self,
        laddat: (bool, usize),
        miljo: &mut Miljo,
    ) -> Result<Plan<AnvandareId>, Problem> {
        self.brister(&laddat, miljo.idag()).neka()?;
        let (_, antal) = laddat;
        let id = miljo.anvandare();
        let roller: Vec<String> = self.roller.iter().map(|r| r.kod().to_owned()).collect();
        Ok(Plan {
            handelse: Handelse {
                slag: "konto-skapat".into(),
                objekt: format!("konto {id}"),
                text: format!("Konto {} lades upp.", antal.saturating_add(1)),
                data: serde_json::json!({ "roller": roller }),
            },
            andringar: vec![Andring::NyAnvandare(NyAnvandare {
                id,
                inloggning: self.inloggning.clone(),
                visningsnamn: self.visningsnamn.clone(),
                losenord: self.losenord.clone(),
                roller,
                lage: self.lage,
                demo: self.demo,
            })],
            svar: id,
        })
    }
}

fn prova_namn(inloggning: &str) -> Result<(), Problem> {
    let ratt = (3..=60).contains(&inloggning.len())
        && inloggning
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-_@".contains(&b));
    if ratt {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "konto-namn",
        "Inloggningsnamnet kan inte användas.",
        "Använd 3 till 60 tecken: a–z, siffror, punkt, bindestreck och @.",
    )
    .i_falt("inloggning"))
}

fn prova_visningsnamn(visningsnamn: &str) -> Result<(), Problem> {
    let langd = visningsnamn.trim().chars().count();
    if (1..=100).contains(&langd)
        && !visningsnamn.contains(char::is_control)
        && utfall_domain::tecken::otillatet(visningsnamn).is_none()
    {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "konto-visningsnamn",
        "Namnet som visas saknas eller är för långt.",
        "Skriv 1 till 100 tecken, helst rollen: den som läser journalen ser det.",
    )
    .i_falt("visningsnamn"))
}

/// Refuses roles that one person may not hold together, and none at all.
pub(crate) fn prova_roller(roller: &[Roll]) -> Result<(), Problem> {
    if roller.is_empty() {
        return Err(Problem::ogiltigt(
            "konto-utan-roll",
            "Ingen roll är vald.",
            "Välj minst en. Ska personen inte in alls: stäng av kontot.",
        )
        .i_falt("roller"));
    }
    match Aktor::ny(AnvandareId::FORSTA, HuvudmanId::FORSTA, roller) {
        Ok(_) => Ok(()),
        Err(fel) => Err(Problem::ogiltigt(
            "konto-roller",
            fel.to_string(),
            "Ge rollerna till två olika personer.",
        )
        .i_falt("roller")),
    }
}
