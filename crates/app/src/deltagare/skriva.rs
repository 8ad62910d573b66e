//! What happens to a participant after the first day, and what was said wrong.

use super::{insatsnamn, objekt};
use crate::brister::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::deltagare::andring::{Deltagarandring, Fro};
use utfall_domain::deltagare::deltagande::{Deltagande, Deltagandesteg, Listor, Vagran};
use utfall_domain::deltagare::uppgifter::Inskrivet;
use utfall_domain::id::DeltagandeId;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;
use utfall_store::deltagare::{Deltagarbild, Insatsnamn};

/// The next step of a participation.
#[derive(Clone, Debug)]
pub struct SkrivSteg {
    /// Which.
    pub deltagande: DeltagandeId,
    /// How many steps the person who writes has seen.
    pub sedda: i64,
    /// The step.
    pub steg: Deltagandesteg,
    /// What its seal is made of.
    pub fro: Fro,
    /// Today.
    pub idag: Date,
}

/// A participation that somebody writes about.
#[derive(Debug)]
pub struct Vidskrivning {
    bild: Option<Deltagarbild>,
    insatser: Vec<Insatsnamn>,
}

impl Vidskrivning {
    fn las(
        (permit, k): (&Permit, &mut Las),
        id: DeltagandeId,
        idag: Date,
    ) -> Result<Self, Problem> {
        let oppet = store::deltagare::uppdrag::behorighet(k, permit, idag)?;
        Ok(Self {
            bild: store::deltagare::las::ett(k, &oppet, id)?,
            insatser: store::deltagare::las::insatser(k, &oppet)?,
        })
    }

    fn finns(&self) -> Result<&Deltagarbild, Problem> {
        self.bild.as_ref().ok_or_else(Problem::finns_inte)
    }
}

/// What the steps have made of it.
pub(super) fn deltagande(bild: &Deltagarbild) -> Result<Deltagande, Problem> {
    let steg: Vec<_> = bild.steg.iter().map(|s| s.vad.clone()).collect();
    Deltagande::av(&steg).map_err(|vagran| nekat(vagran, None))
}

/// A refusal in words, at the field where something else can be said.
pub(super) fn nekat(vagran: Vagran, falt: Option<&str>) -> Problem {
    let (kod, text, atgard) = match vagran {
        Vagran::InteBorjat => (
            "deltagande-inte-borjat",
            "Deltagandet har inte börjat.",
            "Ladda om sidan.",
        ),
        Vagran::Pagar => (
            "deltagande-pagar-an",
            "Deltagandet pågår fortfarande.",
            "Avsluta det först.",
        ),
        Vagran::Felregistrerat => (
            "deltagande-felregistrerat",
            "Deltagandet är felregistrerat och ändras inte mer.",
            "Registrera personen på nytt om det behövs.",
        ),
        Vagran::FelDag => (
            "deltagande-fel-dag",
            "Dagen passar inte med de andra dagarna.",
            "Kontrollera första dagen, sista dagen och när uppföljningen gjordes.",
        ),
    };
    let fel = Problem::ogiltigt(kod, text, atgard);
    falt.map_or(fel.clone(), |falt| fel.i_falt(falt))
}

/// The word for the step in the journal: what kind, and nothing of what it says.
const fn slag(steg: &Deltagandesteg) -> (&'static str, &'static str) {
    match steg {
        Deltagandesteg::Borja(_) => ("deltagare-rattad", "Starten rättades för en deltagare"),
        Deltagandesteg::Avsluta(_) => ("deltagare-avslutad", "En deltagare avslutades"),
        Deltagandesteg::FoljUpp(_) => ("deltagare-uppfoljd", "En deltagare följdes upp"),
        Deltagandesteg::Ateruppta { .. } => ("deltagare-aterupptagen", "En deltagare fortsätter"),
        Deltagandesteg::Felregistrera { .. } => (
            "deltagare-felregistrerad",
            "Ett deltagande visade sig vara fel registrerat",
        ),
    }
}

impl SkrivSteg {
    fn prova(&self, bild: &Deltagarbild, idag: Date) -> Vec<Problem> {
        let listor = Listor { egna: &[], idag };
        let d = match deltagande(bild) {
            Ok(d) => d,
            Err(fel) => return vec![fel],
        };
        let mut fel = match &self.steg {
            Deltagandesteg::Borja(i) => listor.prova_intrade(i),
            Deltagandesteg::Avsluta(u) => listor.prova_uttrade(u, d.intrade.dag),
            Deltagandesteg::FoljUpp(u) => listor.prova_uppfoljning(u),
            Deltagandesteg::Ateruppta { dag } | Deltagandesteg::Felregistrera { dag } => {
                listor.prova_dag(*dag)
            }
        };
        if fel.is_empty()
            && let Err(vagran) = d.ga(&self.steg)
        {
            fel.push(nekat(vagran, Some("dag")));
        }
        fel
    }
}

fn steg_i(bild: &Deltagarbild) -> i64 {
    i64::try_from(bild.steg.len()).unwrap_or(i64::MAX)
}

/// Refuses to write over what somebody else has written meanwhile.
fn prova_sedda(sedda: i64, finns: i64) -> Result<(), Problem> {
    if finns == sedda {
        return Ok(());
    }
    Err(Problem::nytt(
        ProblemSlag::Konflikt,
        "deltagande-andrat",
        "Någon annan har skrivit om deltagaren medan du skrev.",
        "Gå tillbaka till deltagaren, se vad som har hänt och skriv igen.",
    ))
}

impl Anvandningsfall for SkrivSteg {
    const ATGARD: Atgard = Atgard::SkrivaDeltagande;
    type Laddat = Vidskrivning;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vidskrivning, Problem> {
        Vidskrivning::las((permit, k), self.deltagande, self.idag)
    }

    fn brister(&self, laddat: &Vidskrivning, idag: Date) -> Brister {
        let fel = laddat.bild.as_ref().map(|bild| self.prova(bild, idag));
        Brister::default().med(fel.unwrap_or_default())
    }

    fn planera(&self, laddat: Vidskrivning, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let bild = laddat.finns()?;
        prova_sedda(self.sedda, steg_i(bild))?;
        self.brister(&laddat, miljo.idag()).neka()?;
        let (slag, vad) = slag(&self.steg);
        let namn = insatsnamn(&laddat.insatser, bild.insats);
        Ok(Plan {
            andringar: vec![Andring::Deltagare(Deltagarandring::Steg {
                rad: miljo.personrad(),
                deltagande: self.deltagande,
                nr: self.sedda.saturating_add(1),
                steg: Box::new(self.steg.clone()),
                fro: self.fro.clone(),
            })],
            handelse: Handelse {
                slag: slag.into(),
                objekt: objekt(self.deltagande),
                text: format!("{vad} i {namn}."),
                data: serde_json::json!({ "insats": bild.insats }),
            },
            svar: (),
        })
    }
}

/// Says anew who a participant is: a number that came later, a name that was wrong, protection
/// (dataskyddsförordningen 16).
#[derive(Clone, Debug)]
pub struct RattaUppgifter {
    /// Which participation.
    pub deltagande: DeltagandeId,
    /// The version that was seen.
    pub sedd: i64,
    /// Who, as typed.
    pub vem: Inskrivet,
    /// What its seal is made of.
    pub fro: Fro,
    /// Today.
    pub idag: Date,
}

impl Anvandningsfall for RattaUppgifter {
    const ATGARD: Atgard = Atgard::SkrivaDeltagande;
    type Laddat = Vidskrivning;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vidskrivning, Problem> {
        Vidskrivning::las((permit, k), self.deltagande, self.idag)
    }

    fn brister(&self, _: &Vidskrivning, idag: Date) -> Brister {
        let fel = self.vem.las(idag).err().unwrap_or_default();
        Brister::default().med(fel)
    }

    fn planera(&self, laddat: Vidskrivning, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let bild = laddat.finns()?;
        prova_sedda(self.sedd, bild.uppgiftsversion)?;
        self.brister(&laddat, miljo.idag()).neka()?;
        let lasta = self.vem.las(miljo.idag());
        let uppgifter = lasta.map_err(super::forsta)?;
        let namn = insatsnamn(&laddat.insatser, bild.insats);
        Ok(Plan {
            andringar: vec![Andring::Deltagare(Deltagarandring::Uppgifter {
                rad: miljo.personrad(),
                deltagande: self.deltagande,
                nr: self.sedd.saturating_add(1),
                uppgifter: Box::new(uppgifter),
                grund: Box::new(bild.grund.clone()),
                fro: self.fro.clone(),
            })],
            handelse: Handelse {
                slag: "deltagare-uppgifter".into(),
                objekt: objekt(self.deltagande),
                text: format!("Uppgifterna om vem en deltagare i {namn} är rättades."),
                data: serde_json::json!({ "insats": bild.insats }),
            },
            svar: (),
        })
    }
}
