//! Sweden's municipalities, by the code that statistics know them by (SCB).

use crate::svensk::{slug, sorteringsnyckel};
use std::sync::LazyLock;

/// A municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kommun {
    /// SCB's four digits; the first two are the county's.
    pub kod: String,
    /// Its name, without the word kommun.
    pub namn: String,
}

static ALLA: LazyLock<Vec<Kommun>> = LazyLock::new(|| {
    let rader = include_str!("../data/kommuner.txt").lines();
    let mut alla: Vec<Kommun> = rader
        .filter(|rad| !rad.starts_with('#'))
        .filter_map(|rad| rad.split_once(' '))
        .map(|(kod, namn)| Kommun {
            kod: kod.to_owned(),
            namn: namn.to_owned(),
        })
        .collect();
    alla.sort_by_cached_key(|k| sorteringsnyckel(&k.namn));
    alla
});

/// The invented Forsby and its neighbours. Their codes are nobody's: Sweden has no county 99.
static PAHITTADE: LazyLock<[Kommun; 3]> = LazyLock::new(|| {
    [("9901", "Forsby"), ("9902", "Granvik"), ("9903", "Ekhamn")].map(|(kod, namn)| Kommun {
        kod: kod.to_owned(),
        namn: format!("{namn} (påhittad)"),
    })
});

/// The 290 there are, in Swedish order of name. The invented ones are not among them.
#[must_use]
pub fn alla() -> &'static [Kommun] {
    &ALLA
}

/// The one with a code, the invented ones too.
#[must_use]
pub fn av_kod(kod: &str) -> Option<&'static Kommun> {
    let funnen = ALLA.iter().find(|k| k.kod == kod);
    funnen.or_else(|| PAHITTADE.iter().find(|k| k.kod == kod))
}

/// The one that somebody means: by its name in capitals or not, with or without the word
/// kommun, or by its code. `None` for everything else, and for a name that could be two.
#[must_use]
pub fn las(text: &str) -> Option<&'static Kommun> {
    let text = text.trim();
    let gemener = text.to_lowercase();
    let utan = gemener
        .strip_suffix(" kommun")
        .or_else(|| gemener.strip_suffix(" stad"));
    let former = [
        Some(gemener.as_str()),
        utan,
        utan.and_then(|u| u.strip_suffix('s')),
    ];
    let lika = |k: &&Kommun| {
        let namn = k.namn.to_lowercase();
        former.iter().flatten().any(|form| *form == namn)
    };
    av_kod(text)
        .or_else(|| ALLA.iter().find(lika))
        .or_else(|| ensam(&gemener))
        .or_else(|| PAHITTADE.iter().find(|k| pahittad(&gemener, k)))
}

/// With or without that it is invented.
fn pahittad(text: &str, kommun: &Kommun) -> bool {
    let namn = kommun.namn.to_lowercase();
    let utan = namn.split(' ').next().unwrap_or_default();
    text.starts_with(utan)
}

/// Written without its dots and rings, where only one is.
fn ensam(text: &str) -> Option<&'static Kommun> {
    let form = slug(text);
    let mut lika = ALLA.iter().filter(|k| slug(&k.namn) == form);
    let funnen = lika.next()?;
    lika.next().is_none().then_some(funnen)
}

impl Kommun {
    /// The county, by the first two digits of the code; empty for the invented one.
    #[must_use]
    pub fn lan(&self) -> &'static str {
        let lan = LAN.iter().find(|(kod, _)| self.kod.starts_with(kod));
        lan.map_or("", |(_, namn)| *namn)
    }
}

/// The 21 counties.
const LAN: [(&str, &str); 21] = [
    ("01", "Stockholms län"),
    ("03", "Uppsala län"),
    ("04", "Södermanlands län"),
    ("05", "Östergötlands län"),
    ("06", "Jönköpings län"),
    ("07", "Kronobergs län"),
    ("08", "Kalmar län"),
    ("09", "Gotlands län"),
    ("10", "Blekinge län"),
    ("12", "Skåne län"),
    ("13", "Hallands län"),
    ("14", "Västra Götalands län"),
    ("17", "Värmlands län"),
    ("18", "Örebro län"),
    ("19", "Västmanlands län"),
    ("20", "Dalarnas län"),
    ("21", "Gävleborgs län"),
    ("22", "Västernorrlands län"),
    ("23", "Jämtlands län"),
    ("24", "Västerbottens län"),
    ("25", "Norrbottens län"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_290_in_21_counties() {
        assert_eq!(alla().len(), 290);
        let koder: BTreeSet<&str> = alla().iter().map(|k| k.kod.as_str()).collect();
        let namn: BTreeSet<&str> = alla().iter().map(|k| k.namn.as_str()).collect();
        assert_eq!((koder.len(), namn.len()), (290, 290));
        let siffror = |kod: &&str| kod.len() == 4 && kod.bytes().all(|b| b.is_ascii_digit());
        assert!(koder.iter().all(siffror));
        let i = |lan: &str| alla().iter().filter(|k| k.lan() == lan).count();
        assert!(LAN.iter().all(|(_, lan)| i(lan) > 0));
        assert_eq!(LAN.iter().map(|(_, lan)| i(lan)).sum::<usize>(), 290);
        let kanda = [
            ("Gotlands län", 1),
            ("Skåne län", 33),
            ("Stockholms län", 26),
            ("Västra Götalands län", 49),
        ];
        for (lan, antal) in kanda {
            assert_eq!(i(lan), antal, "{lan}");
        }
        let nycklar: Vec<_> = alla().iter().map(|k| sorteringsnyckel(&k.namn)).collect();
        assert!(nycklar.is_sorted());
    }

    #[test]
    fn each_is_found_by_what_people_write_and_nothing_else_is() {
        for k in alla() {
            for text in [
                k.namn.clone(),
                k.namn.to_uppercase(),
                k.kod.clone(),
                format!(" {} kommun ", k.namn),
                format!("{}s kommun", k.namn),
            ] {
                assert_eq!(las(&text), Some(k), "{text}");
            }
        }
        for (text, kod) in [
            ("Örnsköldsviks kommun", "2284"),
            ("strangnas", "0486"),
            ("Malmö stad", "1280"),
            ("Uppsala", "0380"),
            ("Ragunda", "2303"),
            ("sandviken", "2181"),
        ] {
            assert_eq!(las(text).map(|k| k.kod.as_str()), Some(kod), "{text}");
        }
        for text in ["", "Storstad", "0100", "kommun", "9904"] {
            assert_eq!(las(text), None, "{text}");
        }
    }

    /// Habo and Håbo are two: without the ring it is the one that is written so.
    #[test]
    fn what_could_be_two_is_the_one_that_is_written_so() {
        assert_eq!(las("habo").map(|k| k.kod.as_str()), Some("0643"));
        assert_eq!(las("håbo").map(|k| k.kod.as_str()), Some("0305"));
    }

    #[test]
    fn the_invented_one_is_found_and_counted_nowhere() {
        let forsby = las("Forsby").unwrap();
        assert_eq!(av_kod("9901"), Some(forsby));
        assert_eq!(forsby.lan(), "");
        assert!(!alla().contains(forsby));
    }
}
