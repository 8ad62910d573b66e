//! Characters that code page 437 has no sign for, and what is written in their place.

use crate::kodning::Kodning;
use std::collections::BTreeMap;

/// What was written in the place of a character that the format cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ersattning {
    /// The character.
    pub tecken: char,
    /// What was written.
    pub med: &'static str,
    /// How many times.
    pub antal: u64,
}

impl std::fmt::Display for Ersattning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let nummer = u32::from(self.tecken);
        if self.tecken.is_control() {
            write!(f, "styrtecknet U+{nummer:04X}")?;
        } else {
            write!(f, "»{}« (U+{nummer:04X})", self.tecken)?;
        }
        write!(f, " skrevs som »{}« {} gånger", self.med, self.antal)
    }
}

/// Letters that CP437 lacks, by the plain letter that is nearest.
const BOKSTAVER: &[(&str, &str)] = &[
    ("A", "ÀÁÂÃĀĂĄ"),
    ("C", "ĆČ"),
    ("D", "ĎĐÐ"),
    ("E", "ÈÊËĒĘĚ"),
    ("G", "Ğ"),
    ("I", "ÌÍÎÏĪİ"),
    ("L", "Ł"),
    ("N", "ŃŇ"),
    ("O", "ÒÓÔÕØŌŐ"),
    ("R", "Ř"),
    ("S", "ŚŞŠȘ"),
    ("T", "ŢŤȚ"),
    ("U", "ÙÚÛŪŮŰ"),
    ("Y", "ÝŸ"),
    ("Z", "ŹŻŽ"),
    ("a", "ãāăą"),
    ("c", "ćč"),
    ("d", "ďđð"),
    ("e", "ēęě"),
    ("g", "ğ"),
    ("i", "īı"),
    ("l", "ł"),
    ("n", "ńň"),
    ("o", "õøōő"),
    ("r", "ř"),
    ("s", "śşšș"),
    ("t", "ţťț"),
    ("u", "ūůű"),
    ("y", "ý"),
    ("z", "źżž"),
];

/// What a character is written as.
fn ersattning(tecken: char) -> &'static str {
    match tecken {
        t if t.is_control() => " ",
        // Before a quotation mark it would be an escape, and the format cannot escape itself.
        '\\' => "/",
        '‐' | '‑' | '‒' | '–' | '—' | '\u{2212}' => "-",
        '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => " ",
        '”' | '“' | '„' => "\"",
        '’' | '‘' | '´' => "'",
        '…' => "...",
        '€' => "EUR",
        '§' => "par.",
        '×' => "x",
        t => {
            let funnen = BOKSTAVER.iter().find(|(_, lika)| lika.contains(t));
            funnen.map_or("?", |(bokstav, _)| bokstav)
        }
    }
}

/// What has been replaced so far.
#[derive(Debug, Default)]
pub(crate) struct Ersatta(BTreeMap<char, (&'static str, u64)>);

impl Ersatta {
    /// The bytes of a text in code page 437, put last in `ut`.
    pub(crate) fn koda(&mut self, text: &str, ut: &mut Vec<u8>) {
        for tecken in text.chars() {
            let behalls = !tecken.is_control() && !matches!(tecken, '\\' | '\u{a0}');
            match Kodning::pc8(tecken).filter(|_| behalls) {
                Some(byte) => ut.push(byte),
                None => {
                    let (med, antal) = self.0.entry(tecken).or_insert((ersattning(tecken), 0));
                    *antal = antal.saturating_add(1);
                    ut.extend_from_slice(med.as_bytes());
                }
            }
        }
    }

    pub(crate) fn lista(&self) -> Vec<Ersattning> {
        let alla = self.0.iter().map(|(tecken, (med, antal))| Ersattning {
            tecken: *tecken,
            med,
            antal: *antal,
        });
        alla.collect()
    }
}
