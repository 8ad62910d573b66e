//! Huvudmän and the organisations in their registers.

use crate::faktum::kodat;
use crate::id::{HuvudmanId, OrganisationId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A tenant: its books are wholly apart from every other's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Huvudman {
    /// Its number.
    pub id: HuvudmanId,
    /// Its part of public addresses.
    pub slug: String,
    /// Its name.
    pub namn: String,
    /// Invented for the demo: every page, file and PDF says so.
    pub pahittad: bool,
}

/// First parts of addresses that pages of our own use; no huvudman may have one as slug.
pub const UPPTAGNA_SLUGGAR: &[&str] = &[
    "logga-in",
    "logga-ut",
    "start",
    "medel",
    "insatser",
    "granskning",
    "underlag",
    "harledning",
    "journal",
    "rapporter",
    "publicering",
    "rattelser",
    "registrera",
    "sok",
    "hjalp",
    "om-siffrorna",
    "behorighet",
    "tillganglighet",
    "statiskt",
    "favicon.ico",
    "halsa",
    "organisationer",
    "konton",
    "losenord",
    "deltagare",
    "deltagarmatt",
    "jobbtorg",
    "moten",
    "statistik",
    "fakta",
    "bokforing",
    "uppfoljning",
    "rekvisitioner",
    "aterbetalningar",
    "beslut",
    "utlysningar",
    "ataganden",
    "eget-kapital",
    "avgifter",
    "parametrar",
    "tjanster",
    "medfinansiering",
    "arsavslut",
    "uppdrag",
    "loggkontroll",
    "gallring",
    "api",
];

kodat! {
    /// What kind of body an organisation is.
    OrganisationSlag {
        /// A municipality.
        Kommun = "kommun", "kommun";
        /// A municipal board.
        Namnd = "namnd", "nämnd";
        /// An administration or unit under a board.
        Enhet = "enhet", "enhet";
        /// A joint board of several municipalities.
        GemensamNamnd = "gemensam_namnd", "gemensam nämnd";
        /// A company, private or not said to be a municipality's.
        Bolag = "bolag", "bolag";
        /// A company that a municipality owns.
        KommunaltBolag = "kommunalt_bolag", "kommunalt bolag";
        /// A council without decisions of its own.
        Rad = "rad", "råd";
        /// An association or economic association.
        Forening = "forening", "förening";
        /// A state agency.
        Myndighet = "myndighet", "statlig myndighet";
        /// A region.
        Region = "region", "region";
        /// A samordningsförbund (lag 2003:1210).
        Samordningsforbund = "samordningsforbund", "samordningsförbund";
        /// The European Social Fund and other funds.
        Fond = "fond", "fond";
        /// Anything else.
        Annan = "annan", "annan organisation";
    }
}

/// An organisation number as ten digits, typed with or without a hyphen; `None` unless it can
/// be one: its last digit checks the others, and its third is at least 2, which tells it from
/// a person's number (lag 1974:174, Skatteverket SKV 709).
#[must_use]
pub fn las_orgnr(text: &str) -> Option<String> {
    let nr: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    let siffror: Vec<u32> = nr.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    let summa: u32 = siffror
        .iter()
        .zip([2, 1].iter().cycle())
        .map(|(siffra, vikt)| siffra * vikt)
        .map(|v| v / 10 + v % 10)
        .sum();
    let ratt =
        siffror.len() == 10 && siffror.get(2).is_some_and(|s| *s >= 2) && summa.is_multiple_of(10);
    ratt.then_some(nr)
}

/// An organisation in a huvudman's register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its number.
    pub id: OrganisationId,
    /// Its part of addresses.
    pub slug: String,
    /// What kind of body it is.
    pub slag: OrganisationSlag,
    /// Organisation number, ten digits, when known.
    pub orgnr: Option<String>,
    /// The organisation it is a unit of.
    pub overordnad: Option<OrganisationId>,
    /// Its names over time and other spellings met in papers.
    pub namn: Vec<OrganisationsNamn>,
}

kodat! {
    /// What a name is.
    NamnArt {
        /// The name it has or had.
        Namn = "namn", "namn";
        /// Another spelling or short form met in papers.
        Alias = "alias", "annat namn";
    }
}

/// A name of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationsNamn {
    /// The name.
    pub namn: String,
    /// Name or alias.
    pub art: NamnArt,
    /// First day it was used, when known.
    pub fran: Option<Date>,
}

impl Organisation {
    /// The name on a day, or the latest: the last started among those in use by then.
    #[must_use]
    pub fn namn_den(&self, dag: Option<Date>) -> &str {
        self.namn
            .iter()
            .filter(|n| n.art == NamnArt::Namn)
            .filter(|n| dag.is_none_or(|d| n.fran.is_none_or(|fran| fran <= d)))
            .max_by_key(|n| n.fran)
            .or_else(|| self.namn.first())
            .map_or("", |n| n.namn.as_str())
    }

    /// The present name.
    #[must_use]
    pub fn namn_nu(&self) -> &str {
        self.namn_den(None)
    }

    /// Whether it is, was or is also called this.
    #[must_use]
    pub fn heter(&self, namn: &str) -> bool {
        let sokt = crate::svensk::sokform(namn.trim());
        self.namn
            .iter()
            .any(|n| crate::svensk::sokform(&n.namn) == sokt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_organisation_number_has_ten_digits_that_check_each_other() {
        for ratt in ["212000-3005", "2120003005", " 202100-5489 "] {
            assert!(las_orgnr(ratt).is_some_and(|nr| nr.len() == 10), "{ratt}");
        }
        for fel in [
            "212000-3006",
            "212000300",
            "21200030055",
            "21200O3005",
            "",
            "640823-3234",
        ] {
            assert_eq!(las_orgnr(fel), None, "{fel}");
        }
    }

    #[test]
    fn names_follow_time_and_aliases_are_found() {
        let namn = |namn: &str, art, fran| OrganisationsNamn {
            namn: namn.into(),
            art,
            fran,
        };
        let org = Organisation {
            id: OrganisationId::ny(1).unwrap(),
            slug: "valfardsforvaltningen".into(),
            slag: OrganisationSlag::Enhet,
            orgnr: None,
            overordnad: None,
            namn: vec![
                namn("Vårdförvaltningen", NamnArt::Namn, None),
                namn(
                    "Välfärdsförvaltningen",
                    NamnArt::Namn,
                    Some(date(2020, 1, 1)),
                ),
                namn("Arbetsmarknadsenheten", NamnArt::Alias, None),
            ],
        };
        assert_eq!(org.namn_nu(), "Välfärdsförvaltningen");
        assert_eq!(org.namn_den(Some(date(2019, 5, 1))), "Vårdförvaltningen");
        assert!(org.heter("ARBETSMARKNADSENHETEN"));
        assert!(!org.heter("Socialnämnden"));
    }
}
