//! A year's participants as the tables that the office and the board see: nobody in them.
//!
//! Each participation on any day of the year counts once, in one outcome: the parts are all that
//! took part (R280). What is told is what was registered by the last quarter's end ([`matdag`]): it
//! stands still until the next, so that nobody can look today and tomorrow and see who came
//! between. Who is hidden: [`skydd`].

use super::deltagande::{Deltagande, Deltagandesteg, Lage};
use super::kodlista::alder::{Aldersband, Band};
use super::kodlista::version::gallande;
use super::kodlista::{Listnamn, Resultat, forval};
use super::rad::{Anonyma, Deltagarrad, Period};
use super::skydd::{self, Cell, Drag, Post, Skyddad, Visat};
use crate::faktum::kodat;
use crate::id::InsatsId;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

kodat! {
    /// What came of a participation by the end of a year: each in one.
    Utfall {
        /// Work directly after.
        Arbete = "arbete", "arbete";
        /// Studies directly after, or the upper secondary degree (R172).
        Studier = "studier", "studier";
        /// Nearer: rehabilitation, practice, the right benefit, daily occupation (R173).
        Steg = "steg", "annat steg framåt";
        /// Ended, and still outside work and studies.
        Utanfor = "utanfor", "fortfarande utanför";
        /// Ended, and it is not known where.
        Okant = "okant", "okänt";
        /// Went on at the end of the year.
        Pagar = "pagar", "pågår";
        /// Only counted: nothing more is known (doman.md 1.2).
        UtanUppgifter = "utan-uppgifter", "utan uppgifter";
    }
}

/// The age bands that ship, and the one of those whose age is not known.
#[must_use]
pub fn aldersband() -> Vec<Option<Band>> {
    let banden = forval().aldersband.as_ref();
    let banden = banden.map_or_else(Vec::new, Aldersband::alla);
    banden.into_iter().map(Some).chain([None]).collect()
}

fn band(alder: Option<u16>) -> Option<Band> {
    Some(forval().aldersband.as_ref()?.band(alder?))
}

impl Utfall {
    /// What the steps that are known come to on a day.
    fn den(dag: Date, deltagande: &Deltagande) -> Self {
        let Lage::Avslutat { uttrade, .. } = &deltagande.lage else {
            return Self::Pagar;
        };
        if dag < uttrade.dag {
            return Self::Pagar;
        }
        let version = gallande(Listnamn::Sluttillstand, &[], Date::MAX);
        let kod = version.and_then(|l| l.finn(&uttrade.sluttillstand));
        match kod.and_then(|k| k.resultat) {
            Some(Resultat::Mal) if uttrade.sluttillstand == "arbete" => Self::Arbete,
            Some(Resultat::Mal) => Self::Studier,
            Some(Resultat::Steg) => Self::Steg,
            Some(Resultat::Oforandrat | Resultat::Annat) => Self::Utanfor,
            Some(Resultat::Okant) | None => Self::Okant,
        }
    }
}

/// The last day of the quarter that last ended: what was registered by then is in the tables.
#[must_use]
pub fn matdag(idag: Date) -> Date {
    let manad = idag.month() - (idag.month() - 1) % 3;
    Date::new(idag.year(), manad, 1)
        .and_then(|forsta| forsta.checked_sub(1.day()))
        .unwrap_or(Date::MIN)
}

/// A participation of what was registered by a day; `None` when it was not, or does not count.
#[must_use]
pub fn kant_den(dag: Date, steg: &[(Date, Deltagandesteg)]) -> Option<Deltagande> {
    let kanda: Vec<Deltagandesteg> = steg
        .iter()
        .filter(|(registrerat, _)| *registrerat <= dag)
        .map(|(_, steg)| steg.clone())
        .collect();
    let d = Deltagande::av(&kanda).ok()?;
    (!matches!(d.lage, Lage::Felregistrerat { .. })).then_some(d)
}

/// A year as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arstabell {
    /// The calendar year.
    pub ar: i16,
    /// The last day that is told of: the year's last, or [`matdag`] before.
    pub till: Date,
    /// The municipalities that somebody came from, by code; nothing for where it is not known.
    pub kommuner: Vec<Option<String>>,
    /// The initiatives that somebody took part in.
    pub insatser: Vec<InsatsId>,
    /// The sexes, by code.
    pub kon: Vec<String>,
    /// The age bands on the first day; nothing for where the age is not known.
    pub aldrar: Vec<Option<Band>>,
    skyddad: Skyddad,
}

/// The rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rad {
    /// Those from a municipality, by its place in [`Arstabell::kommuner`].
    Kommun(usize),
    /// An initiative's, by its place in [`Arstabell::insatser`].
    Insats(usize),
    /// Those of a sex, by its place in [`Arstabell::kon`].
    Kon(usize),
    /// Those of an age, by its place in [`Arstabell::aldrar`].
    Alder(usize),
}

fn plats(nr: usize) -> u16 {
    u16::try_from(nr).unwrap_or(u16::MAX)
}

impl Rad {
    fn varde(&self) -> skydd::Varde {
        match self {
            Self::Kommun(nr) => (Drag::Kommun, plats(*nr)),
            Self::Insats(nr) => (Drag::Insats, plats(*nr)),
            Self::Kon(nr) => (Drag::Kon, plats(*nr)),
            Self::Alder(nr) => (Drag::Alder, plats(*nr)),
        }
    }
}

fn utfallsplats(utfall: Utfall) -> u16 {
    plats(Utfall::ALLA.iter().position(|u| *u == utfall).unwrap_or(0))
}

impl Arstabell {
    /// Everybody.
    #[must_use]
    pub const fn alla(&self) -> Visat {
        self.skyddad.alla()
    }

    /// Everybody with an outcome.
    #[must_use]
    pub fn med(&self, utfall: Utfall) -> Visat {
        self.skyddad
            .visar(Cell::alla((Drag::Utfall, utfallsplats(utfall))))
    }

    /// A row's sum.
    #[must_use]
    pub fn rad(&self, rad: &Rad) -> Visat {
        self.skyddad.visar(Cell::alla(rad.varde()))
    }

    /// Those of a row with an outcome.
    #[must_use]
    pub fn utfall(&self, rad: &Rad, utfall: Utfall) -> Visat {
        let med = (Drag::Utfall, utfallsplats(utfall));
        self.skyddad.visar(Cell::bada(rad.varde(), med))
    }

    /// Those of an initiative from a municipality, or of a sex: only such pairs are tables.
    #[must_use]
    pub fn bada(&self, insats: usize, annan: &Rad) -> Visat {
        let insats = (Drag::Insats, plats(insats));
        match annan {
            Rad::Kommun(_) | Rad::Kon(_) => self.skyddad.visar(Cell::bada(insats, annan.varde())),
            Rad::Insats(_) | Rad::Alder(_) => Visat::Dolt,
        }
    }

    /// Whether anything is hidden.
    #[must_use]
    pub fn nagot_dolt(&self) -> bool {
        self.skyddad.nagot_dolt()
    }

    /// A municipality's row, when anybody came from there.
    #[must_use]
    pub fn fran(&self, kommun: &str) -> Option<Rad> {
        let nr = self
            .kommuner
            .iter()
            .position(|k| k.as_deref() == Some(kommun))?;
        Some(Rad::Kommun(nr))
    }

    /// How many in a hundred have data behind them, when that can be told.
    #[must_use]
    pub fn tackning(&self) -> Option<u64> {
        let (alla, utan) = (self.alla().tal()?, self.med(Utfall::UtanUppgifter).tal()?);
        super::matt::procent(alla.checked_sub(utan)?, alla)
    }
}

/// One who took part, before the lists are known.
struct Deltog {
    kommun: Option<String>,
    insats: InsatsId,
    kon: String,
    alder: Option<Band>,
    utfall: Utfall,
}

fn deltog(rader: &[Deltagarrad], anonyma: &[Anonyma], ar: i16, till: Date) -> Vec<Deltog> {
    let Some(period) = Period::ar(ar) else {
        return Vec::new();
    };
    let period = Period { till, ..period };
    let mut ut: Vec<Deltog> = rader
        .iter()
        .filter(|r| r.deltog(period))
        .map(|r| Deltog {
            kommun: r.deltagande.intrade.kommun.clone(),
            insats: r.insats,
            kon: r.deltagande.intrade.kon.clone(),
            alder: band(r.alder),
            utfall: Utfall::den(till, &r.deltagande),
        })
        .collect();
    for a in anonyma.iter().filter(|a| a.ar == ar) {
        for (kon, antal) in &a.antal {
            ut.extend((0..*antal).map(|_| Deltog {
                kommun: None,
                insats: a.insats,
                kon: kon.clone(),
                alder: None,
                utfall: Utfall::UtanUppgifter,
            }));
        }
    }
    ut
}

fn lista<T: Ord + Clone>(alla: impl Iterator<Item = T>) -> Vec<T> {
    alla.collect::<BTreeSet<T>>().into_iter().collect()
}

fn plats_i<T: PartialEq>(lista: &[T], vad: &T) -> u16 {
    plats(lista.iter().position(|v| v == vad).unwrap_or(usize::MAX))
}

/// A year's tables: of `rader` as they were known on `matdag` ([`kant_den`]), and of those only
/// counted.
#[must_use]
pub fn arstabell(rader: &[Deltagarrad], anonyma: &[Anonyma], ar: i16, matdag: Date) -> Arstabell {
    let sista = Period::ar(ar).map_or(matdag, |p| p.till.min(matdag));
    let alla = deltog(rader, anonyma, ar, sista);
    let kommuner = lista(alla.iter().map(|d| d.kommun.clone()));
    let insatser = lista(alla.iter().map(|d| d.insats));
    let kon = lista(alla.iter().map(|d| d.kon.clone()));
    let aldrar = aldersband();
    let poster: Vec<Post> = alla
        .iter()
        .map(|d| Post {
            kommun: plats_i(&kommuner, &d.kommun),
            insats: plats_i(&insatser, &d.insats),
            kon: plats_i(&kon, &d.kon),
            alder: plats_i(&aldrar, &d.alder),
            utfall: utfallsplats(d.utfall),
        })
        .collect();
    Arstabell {
        ar,
        till: sista,
        kommuner,
        insatser,
        kon,
        aldrar,
        skyddad: skydd::skydda(&poster, skydd::TROSKEL),
    }
}

/// A sum over years of what is shown; what is hidden in any of them makes it a least number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summa {
    /// At least so many.
    pub minst: u64,
    /// Whether something in it is hidden.
    pub nagot_dolt: bool,
}

/// Adds what is shown.
#[must_use]
pub fn summa(alla: impl IntoIterator<Item = Visat>) -> Summa {
    let mut ut = Summa::default();
    for visat in alla {
        match visat {
            Visat::Tal(tal) => ut.minst = ut.minst.saturating_add(tal),
            Visat::Dolt => ut.nagot_dolt = true,
        }
    }
    ut
}

#[cfg(test)]
mod tests;
