//! What a new version of a paper says of initiatives besides their figures: pure.
//!
//! What the books have as the replaced version said it follows the new version. What is
//! otherwise in the books somebody has written since, or another paper said, and it stays.

use super::oversatt::beskrivning;
use super::skillnad::Post;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::InsatsId;
use utfall_domain::insatser::{Insats, InsatsText, Insatsbeskrivning, Tjanst};
use utfall_domain::pengar::{NBSP, heltal};
use utfall_domain::underlag::Underlag;

/// Letters of a text that are shown: enough to see where it differs.
const UTDRAG: usize = 160;

/// Letters shown before the first that differs.
const SAMMANHANG: usize = 40;

/// What a new version changes of texts and positions, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Textskillnad {
    /// What follows the new version.
    pub andrade: Vec<Post>,
    /// What is otherwise in the books than the replaced version said: it stays.
    pub behallna: Vec<Post>,
}

/// The writes and the same in words. `insatser` are the initiatives by the new version's ids.
pub(super) fn folj(
    (gammal, ny): (&Underlag, &Underlag),
    bocker: &Bocker,
    insatser: &BTreeMap<String, InsatsId>,
) -> (Vec<Andring>, Textskillnad) {
    let mut skillnad = Textskillnad::default();
    let mut ut = Vec::new();
    for sagd in &ny.insatser {
        // An initiative that the version is the first to name is made as it says.
        let Some(insats) = insatser.get(&sagd.id.0).and_then(|id| bocker.insats(*id)) else {
            continue;
        };
        let fore = gammal.insatser.iter().find(|i| i.id == sagd.id);
        let fore = fore.map(beskrivning).unwrap_or_default();
        let mut f = Foljning {
            namn: &insats.namn,
            ut: insats.beskrivning(),
            skillnad: &mut skillnad,
        };
        f.allt(&fore, &beskrivning(sagd));
        if f.ut != insats.beskrivning() {
            ut.push(skriv(insats, f.ut));
        }
    }
    (ut, skillnad)
}

fn skriv(insats: &Insats, beskrivning: Insatsbeskrivning) -> Andring {
    Andring::BeskrivInsats {
        insats: insats.id,
        vantad_version: insats.version,
        beskrivning: Box::new(beskrivning),
    }
}

struct Foljning<'a> {
    namn: &'a str,
    ut: Insatsbeskrivning,
    skillnad: &'a mut Textskillnad,
}

/// A text of an initiative: its name, and where it is.
type Textfalt = (&'static str, fn(&mut InsatsText) -> &mut String);

const TEXTER: [Textfalt; 5] = [
    ("Beskrivning", |t| &mut t.beskrivning),
    ("Målgrupp", |t| &mut t.malgrupp),
    ("Kommentar", |t| &mut t.kommentar),
    ("Resultat", |t| &mut t.resultat),
    ("Fortsättning", |t| &mut t.fortsattning),
];

impl Foljning<'_> {
    fn allt(&mut self, fore: &Insatsbeskrivning, ny: &Insatsbeskrivning) {
        let (mut fore, ny) = (fore.clone(), ny.clone());
        let mut ny_text = ny.text.clone();
        for (vad, falt) in TEXTER {
            let nu = falt(&mut self.ut.text).clone();
            let (sades, sags) = (falt(&mut fore.text), falt(&mut ny_text));
            if self.foljer(vad, (&nu, sades, sags), |a, b| a == b, |t, u| utdrag(t, u)) {
                falt(&mut self.ut.text).clone_from(sags);
            }
        }
        let nu = self.ut.fortsattning;
        let led = (&nu, &fore.fortsattning, &ny.fortsattning);
        let lika = |a: &_, b: &_| a == b;
        if self.foljer("Om den fortsätter", led, lika, |f, _| f.text().to_owned()) {
            self.ut.fortsattning = ny.fortsattning;
        }
        for (vad, falt) in ARTAL {
            let nu = *falt(&mut self.ut);
            let (sades, sags) = (*falt(&mut fore), *falt(&mut ny.clone()));
            let ord = |ar: &Option<i16>, _: &_| ar.map_or_else(String::new, |ar| ar.to_string());
            if self.foljer(vad, (&nu, &sades, &sags), |a, b| a == b, ord) {
                *falt(&mut self.ut) = sags;
            }
        }
        let nu = self.ut.tjanster.clone();
        let led = (&nu, &fore.tjanster, &ny.tjanster);
        if self.foljer(
            "Tjänster",
            led,
            |a, b| samma_tjanster(a, b),
            |t, _| tjanster(t),
        ) {
            self.ut.tjanster = ny.tjanster;
        }
    }

    /// Whether a part follows the new version; what becomes of it is told.
    fn foljer<T: PartialEq>(
        &mut self,
        vad: &str,
        (nu, sades, sags): (&T, &T, &T),
        lika: impl Fn(&T, &T) -> bool,
        ord: impl Fn(&T, &T) -> String,
    ) -> bool {
        if nu == sags {
            return false;
        }
        let foljer = lika(nu, sades);
        let tyst = !foljer && sades == sags;
        let lista = if foljer {
            &mut self.skillnad.andrade
        } else {
            &mut self.skillnad.behallna
        };
        if !tyst {
            let ett = |t: &T, annat: &T| Some(ord(t, annat)).filter(|o| !o.is_empty());
            lista.push(Post {
                vad: format!("{vad}, ”{}”", self.namn.replace(['”', '“', '"'], "’")),
                fore: ett(nu, sags),
                nu: ett(sags, nu),
            });
        }
        foljer
    }
}

/// A year of an initiative: its name, and where it is.
type Arsfalt = (&'static str, fn(&mut Insatsbeskrivning) -> &mut Option<i16>);

const ARTAL: [Arsfalt; 2] = [
    ("Första året", |b| &mut b.start_ar),
    ("Sista året", |b| &mut b.slut_ar),
];

/// Whether the books have the positions as the paper said them. A count that the paper left
/// out was once registered as one.
fn samma_tjanster(nu: &[Tjanst], sades: &[Tjanst]) -> bool {
    let samma = |(nu, sades): (&Tjanst, &Tjanst)| {
        let antal = match sades.antal {
            None => nu.antal.filter(|n| *n != 1),
            Some(_) => nu.antal,
        };
        Tjanst {
            antal,
            ..nu.clone()
        } == *sades
    };
    nu.len() == sades.len() && nu.iter().zip(sades).all(samma)
}

fn tjanster(alla: &[Tjanst]) -> String {
    let en = |t: &Tjanst| match t.antal {
        Some(antal) => format!("{}{NBSP}{}", heltal(antal), t.beskrivning),
        None => t.beskrivning.clone(),
    };
    alla.iter().map(en).collect::<Vec<_>>().join(", ")
}

/// A text from a little before where it differs from another.
fn utdrag(text: &str, annan: &str) -> String {
    let tecken: Vec<char> = text.chars().collect();
    if tecken.len() <= UTDRAG {
        return text.to_owned();
    }
    let lika = text.chars().zip(annan.chars()).take_while(|(a, b)| a == b);
    let fran = lika.count().saturating_sub(SAMMANHANG);
    let fran = fran.min(tecken.len().saturating_sub(UTDRAG));
    let ut: String = tecken.iter().skip(fran).take(UTDRAG).collect();
    let fore = if fran > 0 { "…" } else { "" };
    let efter = if fran + UTDRAG < tecken.len() {
        "…"
    } else {
        ""
    };
    format!("{fore}{ut}{efter}")
}

#[cfg(test)]
mod tests;
