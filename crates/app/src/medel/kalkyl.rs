//! What an initiative costs in a year is computed, and the calculation kept.

use super::stod::Fordelningsstod;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use crate::namn::{prova_ar, prova_namn};
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::gallande;
use utfall_domain::id::{InsatsId, KalkylId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::NyKalkyl;
use utfall_domain::medel::kalkyl::{HEL, Kalkyl, Kostnadsrad, Ledningsrad, Semester, Tjanstrad};
use utfall_domain::medel::parameter;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;

/// The most rows of each kind.
pub const FLEST_RADER: usize = 40;

/// Saves a calculation.
#[derive(Clone, Debug)]
pub struct SparaKalkyl {
    /// The initiative.
    pub insats: InsatsId,
    /// The year.
    pub ar: i16,
    /// What it is made of.
    pub kalkyl: Kalkyl,
    /// The calculation the person saw: its row version.
    pub sedd: Option<KalkylId>,
}

/// The books, and the calculations there are.
#[derive(Debug)]
pub struct Laddat {
    bocker: Bocker,
    stod: Fordelningsstod,
}

impl Anvandningsfall for SparaKalkyl {
    const ATGARD: Atgard = Atgard::SparaKalkyl;
    type Laddat = Laddat;
    type Svar = KalkylId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Laddat, Problem> {
        Ok(Laddat {
            bocker: store::bocker::las(k, permit)?,
            stod: Fordelningsstod::las(k, permit)?,
        })
    }

    fn brister(&self, laddat: &Laddat, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        if self.kalkyl.tom() {
            fel.prova::<()>(Err(tom()));
        }
        for (nr, t) in (1_usize..).zip(&self.kalkyl.tjanster) {
            prova_tjanst(nr, t, &mut fel);
        }
        for (nr, l) in (1_usize..).zip(&self.kalkyl.ledning) {
            prova_ledning(nr, l, &mut fel);
        }
        for (nr, r) in (1_usize..).zip(&self.kalkyl.rader) {
            prova_rad(nr, r, &mut fel);
            fel.prova(prova_schablon(nr, r, self.ar, &laddat.bocker));
        }
        fel.prova(self.summa());
        fel
    }

    fn planera(&self, laddat: Laddat, miljo: &mut Miljo) -> Result<Plan<KalkylId>, Problem> {
        let insats = laddat.bocker.insats(self.insats);
        let namn = insats.ok_or_else(Problem::finns_inte)?.namn.clone();
        let senast = laddat.stod.kalkyl(self.insats, self.ar);
        if senast.map(|k| k.ny.id) != self.sedd {
            return Err(andrad_av_annan());
        }
        self.brister(&laddat, miljo.idag()).neka()?;
        if senast.is_some_and(|k| k.ny.kalkyl == self.kalkyl) {
            return Err(Problem::ogiltigt(
                "kalkyl-oforandrad",
                "Inget i kalkylen är ändrat.",
                "Ändra något eller lämna sidan.",
            ));
        }
        let id = miljo.kalkyl();
        let summa = self.summa()?;
        Ok(Plan {
            andringar: vec![Andring::NyKalkyl(Box::new(NyKalkyl {
                id,
                insats: self.insats,
                ar: self.ar,
                kalkyl: self.kalkyl.clone(),
                summa,
            }))],
            handelse: Handelse {
                slag: "kalkyl-sparad".into(),
                objekt: format!("insats {}", self.insats),
                text: format!("En kalkyl för {namn} {} sparades.", self.ar),
                data: serde_json::json!({ "ar": self.ar, "kalkyl": id }),
            },
            svar: id,
        })
    }
}

impl SparaKalkyl {
    fn summa(&self) -> Result<Ore, Problem> {
        let svar = self.kalkyl.rakna().map_err(|fel| {
            Problem::ogiltigt(
                "kalkyl-for-stor",
                format!("Kalkylen går inte att räkna: {fel}."),
                "Kontrollera antal, lön och belopp.",
            )
        })?;
        Ok(svar.summa)
    }
}

fn andrad_av_annan() -> Problem {
    Problem::nytt(
        ProblemSlag::Konflikt,
        "kalkyl-andrad-av-annan",
        "Någon annan har sparat en kalkyl medan du räknade.",
        "Det du skrev står kvar nedan. Jämför med den sparade och spara igen.",
    )
}

fn tom() -> Problem {
    Problem::ogiltigt(
        "kalkyl-tom",
        "Kalkylen är tom.",
        "Fyll i minst en tjänst eller en kostnad.",
    )
    .i_falt("t-1-vad")
}

fn orimligt(falt: String, text: &str, atgard: &str) -> Result<(), Problem> {
    Err(Problem::ogiltigt("kalkyl-orimlig", text, atgard).i_falt(falt))
}

fn prova_tjanst(nr: usize, t: &Tjanstrad, fel: &mut Brister) {
    fel.prova(prova_namn(&t.benamning, "tjänsten", &format!("t-{nr}-vad")));
    if !(1..=999).contains(&t.antal) {
        fel.prova(orimligt(
            format!("t-{nr}-antal"),
            "Antalet tjänster är inte rimligt.",
            "Skriv ett heltal från 1 till 999.",
        ));
    }
    if !(1..=HEL).contains(&t.andel) {
        fel.prova(orimligt(
            format!("t-{nr}-andel"),
            "Tjänstens omfattning är inte rimlig.",
            "Skriv mer än 0 och högst 100 procent. Är tjänsterna flera, skriv antalet.",
        ));
    }
    let manad = 1..=12;
    if !manad.contains(&t.fran_manad) || !manad.contains(&t.till_manad) {
        fel.prova(orimligt(
            format!("t-{nr}-fran"),
            "Månaden finns inte.",
            "Välj en månad i listan.",
        ));
    } else if t.till_manad < t.fran_manad {
        fel.prova(orimligt(
            format!("t-{nr}-till"),
            "Tjänsten slutar före den börjar.",
            "Välj en senare månad. Går den över nyåret, gör en kalkyl för varje år.",
        ));
    }
    if t.manadslon <= Ore::NOLL {
        fel.prova(orimligt(
            format!("t-{nr}-lon"),
            "Månadslönen är inte mer än noll.",
            "Skriv lönen för heltid, i kronor.",
        ));
    }
    if !(0..=HEL).contains(&t.po) {
        fel.prova(orimligt(
            format!("t-{nr}-po"),
            "PO är inte rimligt.",
            "Skriv procent på lönen, till exempel 40,15.",
        ));
    }
    let rimlig = match t.semester {
        Semester::Ingar => true,
        Semester::Dagtillagg { dagar, per_dag } => {
            (1..=60).contains(&dagar) && (1..=HEL).contains(&per_dag)
        }
        Semester::Ersattning { procent } => (1..=HEL).contains(&procent),
    };
    if !rimlig {
        fel.prova(orimligt(
            format!("t-{nr}-semester"),
            "Semestern är inte rimlig.",
            "Välj hur semesterlönen räknas.",
        ));
    }
}

fn prova_ledning(nr: usize, l: &Ledningsrad, fel: &mut Brister) {
    fel.prova(prova_namn(
        &l.benamning,
        "ledningen",
        &format!("l-{nr}-vad"),
    ));
    if l.arskostnad <= Ore::NOLL {
        fel.prova(orimligt(
            format!("l-{nr}-kostnad"),
            "Chefens årskostnad är inte mer än noll.",
            "Skriv vad chefen kostar på ett år, med PO.",
        ));
    }
    if !(1..=12).contains(&l.manader) {
        fel.prova(orimligt(
            format!("l-{nr}-manader"),
            "Antalet månader är inte rimligt.",
            "Skriv 1 till 12.",
        ));
    }
}

fn prova_rad(nr: usize, r: &Kostnadsrad, fel: &mut Brister) {
    fel.prova(prova_namn(
        &r.benamning,
        "kostnaden",
        &format!("k-{nr}-vad"),
    ));
    if let Some(ar) = r.kalla_ar {
        fel.prova(prova_ar(ar, &format!("k-{nr}-ar")));
        if r.kalla.is_empty() {
            fel.prova(orimligt(
                format!("k-{nr}-kalla"),
                "Schablonens källa saknas.",
                "Skriv varifrån schablonen kommer, eller ta bort året.",
            ));
        }
    }
    if r.kalla.chars().count() > crate::namn::LANGSTA_NAMN {
        fel.prova(orimligt(
            format!("k-{nr}-kalla"),
            "Källan är för lång.",
            "Korta den till högst 200 tecken.",
        ));
    }
}

/// The rate is the one that the settings have for the year, now.
fn prova_schablon(nr: usize, r: &Kostnadsrad, ar: i16, b: &Bocker) -> Result<(), Problem> {
    let Some(sats) = &r.schablon else {
        return Ok(());
    };
    if !r.kalla.is_empty() || r.kalla_ar.is_some() {
        return Err(Problem::ogiltigt(
            "kalkyl-tva-kallor",
            "Raden har både en schablon ur inställningarna och en egen källa.",
            "Ta bort källan och året, eller välj ingen schablon.",
        )
        .i_falt(format!("k-{nr}-kalla")));
    }
    let nu = parameter::schablonsats(gallande(&b.fakta, None).as_slice(), &sats.namn, ar);
    match nu {
        Some(nu) if &nu == sats => Ok(()),
        Some(nu) => Err(Problem::ogiltigt(
            "kalkyl-schablon-andrad",
            format!("Schablonen {} är ändrad till {} kr.", nu.namn, nu.belopp),
            "Räkna om, så används den som gäller nu.",
        )
        .i_falt(format!("k-{nr}-schablon"))),
        None => Err(schablon_saknas(nr, &sats.namn, ar)),
    }
}

/// Nobody has set the rate for the year: said, and never taken as nothing.
#[must_use]
pub fn schablon_saknas(nr: usize, namn: &str, ar: i16) -> Problem {
    Problem::ogiltigt(
        "kalkyl-schablon-saknas",
        format!("Schablonen {namn} har inget belopp för {ar}."),
        "Sätt den under Inställningar, eller skriv beloppet i uträkningen.",
    )
    .i_falt(format!("k-{nr}-schablon"))
}

#[cfg(test)]
mod tests;
