//! The route table: the only list of what can be reached.
//!
//! Invariant: the router is made from [`RUTTER`] and from nothing else, and each row says
//! who may come in. So do the menus, the permission matrix, the probes and
//! `utfall rutter`: a route that is not declared does not exist (ARCHITECTURE.md invariant 5).

mod byggsten;
mod exempel;
mod tabell;

use crate::adress::Adress;
use crate::anrop::{Anrop, Framtid, Inloggat, Publikt};
use axum::http::Uri;
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::organisation::UPPTAGNA_SLUGGAR;

pub use exempel::Exempel;
pub use tabell::RUTTER;

/// HTTP methods in use. Anything else answers 405.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metod {
    /// Reads.
    Get,
    /// Changes.
    Post,
}

impl Metod {
    /// As on the wire.
    #[must_use]
    pub const fn namn(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Who may come in, and the function that answers.
#[derive(Clone, Copy)]
pub enum Handtag {
    /// Anyone, without cookies: reads only what is published.
    Publikt(fn(Publikt) -> Framtid),
    /// Anyone, signed in or not: sign-in itself and the pages of help.
    Oppet(fn(Anrop) -> Framtid),
    /// Those signed in whose role allows the action.
    Inloggat(Atgard, fn(Inloggat) -> Framtid),
}

/// The words of the main menu, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menyord {
    /// What needs attention.
    Start,
    /// Money.
    Medel,
    /// Initiatives.
    Insatser,
    /// Participants.
    Deltagare,
    /// Cases of Jobbtorg.
    Jobbtorg,
    /// Meetings.
    Moten,
    /// What does not add up.
    Granskning,
    /// Reports to those who gave the money.
    Rapporter,
    /// What is open to all.
    Publicering,
    /// What was read in.
    Underlag,
}

impl Menyord {
    /// All of them, in order.
    pub const ALLA: [Self; 10] = [
        Self::Start,
        Self::Medel,
        Self::Insatser,
        Self::Deltagare,
        Self::Jobbtorg,
        Self::Moten,
        Self::Granskning,
        Self::Rapporter,
        Self::Publicering,
        Self::Underlag,
    ];

    /// The word.
    #[must_use]
    pub const fn ord(self) -> &'static str {
        match self {
            Self::Start => "Start",
            Self::Medel => "Medel",
            Self::Insatser => "Insatser",
            Self::Deltagare => "Deltagare",
            Self::Jobbtorg => "Jobbtorg",
            Self::Moten => "Möten",
            Self::Granskning => "Granskning",
            Self::Rapporter => "Rapporter",
            Self::Publicering => "Publicering",
            Self::Underlag => "Underlag",
        }
    }
}

/// The parts of the room Medel, in the order of a grant's year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Avdelning {
    /// All grants.
    Oversikt,
    /// Decisions.
    Beslut,
    /// Money asked for.
    Rekvisitioner,
    /// Actual spending, from the accounts.
    Bokforing,
    /// Budget, spending and forecast.
    Uppfoljning,
    /// What the parties of an association give, owe and have left.
    Parternas,
    /// What is promised and hoped for in coming years.
    Kommande,
    /// Closing.
    Arsavslut,
    /// Limits and rates.
    Installningar,
}

impl Avdelning {
    /// All of them, in order.
    pub const ALLA: [Self; 9] = [
        Self::Oversikt,
        Self::Beslut,
        Self::Rekvisitioner,
        Self::Bokforing,
        Self::Uppfoljning,
        Self::Parternas,
        Self::Kommande,
        Self::Arsavslut,
        Self::Installningar,
    ];

    /// The words in the second row of the menu.
    #[must_use]
    pub const fn ord(self) -> &'static str {
        match self {
            Self::Oversikt => "Översikt",
            Self::Beslut => "Beslut",
            Self::Rekvisitioner => "Rekvisitioner",
            Self::Bokforing => "Bokföring",
            Self::Uppfoljning => "Uppföljning",
            Self::Parternas => "Parternas medel",
            Self::Kommande => "Kommande år",
            Self::Arsavslut => "Årsavslut",
            Self::Installningar => "Inställningar",
        }
    }
}

/// How much a request may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kropp {
    /// A form.
    Formular,
    /// A form with a file.
    Fil,
    /// A form with a file so large that it goes to the disk on its way in.
    Storfil,
}

impl Kropp {
    /// The limit in bytes.
    #[must_use]
    pub const fn tak(self) -> usize {
        match self {
            Self::Formular => 512 * 1024,
            Self::Fil => 32 * 1024 * 1024,
            // The file and the fields beside it.
            Self::Storfil => 201 * 1024 * 1024,
        }
    }
}

/// Where a route is linked from besides other pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plats {
    /// Within a room of the main menu; the first route of a room is what its word leads to.
    Meny(Menyord),
    /// At the foot of each page, under this text.
    Fot(&'static str),
    /// Only from other pages.
    Ingen,
}

impl Plats {
    /// The room it lies in.
    #[must_use]
    pub const fn meny(self) -> Option<Menyord> {
        match self {
            Self::Meny(ord) => Some(ord),
            Self::Fot(_) | Self::Ingen => None,
        }
    }

    /// Its text at the foot of each page.
    #[must_use]
    pub const fn fot(self) -> Option<&'static str> {
        match self {
            Self::Fot(text) => Some(text),
            Self::Meny(_) | Self::Ingen => None,
        }
    }
}

/// What an address asks for beside its path: names and values.
pub type Val = Vec<(String, String)>;

/// A route.
#[derive(Clone, Copy)]
pub struct Rutt {
    /// Method.
    pub metod: Metod,
    /// Path with its parameters in braces.
    pub monster: &'static str,
    /// Stable name, unique with the method.
    pub namn: &'static str,
    /// Who may come in, and what answers.
    pub handtag: Handtag,
    /// Where it is linked from.
    pub plats: Plats,
    /// The part of its room that it is a way in to. The first way in is the one in the menu.
    pub avdelning: Option<Avdelning>,
    /// Its words among the tabs, where a part has more than one way in.
    pub flik: Option<&'static str>,
    /// How much it takes in.
    pub kropp: Kropp,
    /// Addresses of it among these things.
    pub exempel: fn(&Exempel) -> Vec<Adress>,
}

impl std::fmt::Debug for Rutt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.metod.namn(), self.monster)
    }
}

impl Rutt {
    /// The action that is demanded; `None` when anyone may come in.
    #[must_use]
    pub const fn atgard(&self) -> Option<Atgard> {
        match self.handtag {
            Handtag::Inloggat(atgard, _) => Some(atgard),
            Handtag::Publikt(_) | Handtag::Oppet(_) => None,
        }
    }

    /// The roles that may come in; all of them when anyone may.
    #[must_use]
    pub const fn roller(&self) -> &'static [Roll] {
        match self.atgard() {
            Some(atgard) => utfall_behorighet::policy::roller(atgard),
            None => Roll::ALLA,
        }
    }

    /// Who may come in, as a code.
    #[must_use]
    pub const fn atkomst(&self) -> &'static str {
        match self.handtag {
            Handtag::Publikt(_) => "publik",
            Handtag::Oppet(_) => "oppen",
            Handtag::Inloggat(..) => "inloggad",
        }
    }

    /// Whether the path has no parameters, so that it can be linked from anywhere.
    #[must_use]
    pub fn fast(&self) -> bool {
        !self.monster.contains('{')
    }

    /// Whether this path is one of the route's.
    #[must_use]
    pub fn passar(&self, stig: &str) -> bool {
        let mut delar = stig.split('/');
        let passar = self.monster.split('/').all(|del| {
            delar.next().is_some_and(|d| {
                if del.starts_with('{') {
                    !d.is_empty()
                } else {
                    d == del
                }
            })
        });
        passar && delar.next().is_none()
    }
}

/// Whether an address is the public's: the list of publishers, or below a publisher's name.
#[must_use]
pub fn ar_oppen(stig: &str) -> bool {
    let forst = stig.split('/').nth(1).unwrap_or_default();
    !UPPTAGNA_SLUGGAR.contains(&forst)
}

/// The address behind sign-in of what a public address names: the same without the publisher.
/// `None` where there is no such route. Says nothing of whether the thing exists.
#[must_use]
pub fn inloggad_motsvarighet(uri: &Uri) -> Option<String> {
    let (_, inre) = uri.path().strip_prefix('/')?.split_once('/')?;
    let stig = format!("/{inre}");
    let finns = RUTTER.iter().any(|rutt| {
        rutt.metod == Metod::Get
            && matches!(rutt.handtag, Handtag::Inloggat(..))
            && rutt.passar(&stig)
    });
    finns.then(|| match uri.query() {
        Some(fraga) => format!("{stig}?{fraga}"),
        None => stig,
    })
}

/// The table as JSON: an array with one object per route.
#[must_use]
pub fn json() -> serde_json::Value {
    RUTTER
        .iter()
        .map(|rutt| {
            let (meny, fot) = (rutt.plats.meny().map(Menyord::ord), rutt.plats.fot());
            serde_json::json!({
                "metod": rutt.metod.namn(),
                "monster": rutt.monster,
                "namn": rutt.namn,
                "atkomst": rutt.atkomst(),
                "atgard": rutt.atgard().map(Atgard::kod),
                "roller": rutt.roller().iter().map(|roll| roll.kod()).collect::<Vec<_>>(),
                "meny": meny,
                "fot": fot,
                "kropp": rutt.kropp.tak(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
