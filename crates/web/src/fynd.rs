//! Findings on their way to a page.

use crate::adress;
use crate::siffror::antal;
use std::collections::BTreeSet;
use utfall_app::granskning::{Funnet, Fyndlage, med_versioner, papper_om_bidrag};
use utfall_domain::bocker::Bocker;
use utfall_domain::granskning::{Allvar, Enhet, Fynd, FyndVarde, Regel};
use utfall_domain::id::{FaktumId, InsatsId, UnderlagId};
use utfall_domain::medel::Bidrag;
use utfall_domain::pengar::heltal;
use utfall_vyer::komponent::{self as k, Avklarat, FyndRad, Lage, LageSlag, Lank, Text};
use utfall_vyer::tal::TalVy;

/// The word for a finding whose facts have been corrected.
pub const RATTAT: &str = "Rättat i böckerna";

/// The word for a finding in a paper that has a newer version.
pub const ERSATT: &str = "Papperet är ersatt";

/// The address part of findings about what was entered by hand.
pub const REGISTRET: &str = utfall_app::granskning::REGISTER;

/// A finding as a row that leads to its page.
#[must_use]
pub fn rad(bocker: &Bocker, funnet: &Funnet) -> FyndRad {
    FyndRad {
        avklarat: avklarat(bocker, funnet),
        ..rad_utan_bok(funnet)
    }
}

/// Why a finding waits for nobody, as a word and a sentence.
fn avklarat(bocker: &Bocker, funnet: &Funnet) -> Option<Avklarat> {
    let dag = |tid| crate::siffror::dag(utfall_domain::tid::dag(tid));
    let (ord, text) = match &funnet.lage {
        Fyndlage::Kvar => return None,
        Fyndlage::Forklarat(a) => {
            let av = namn(bocker, a.registrerad_av);
            let text = format!("Accepterad av {av}, {}.", dag(a.registrerad));
            ("Accepterad", text)
        }
        Fyndlage::Rattat(rattelser) => {
            let senast = rattelser.iter().max();
            let senast = senast.and_then(|id| bocker.fakta.iter().find(|f| f.id == *id));
            let nar = senast.map(|f| format!(" {}", dag(f.registrerad)));
            let text = format!(
                "Uppgiften rättades i böckerna{}. Papperet är oförändrat.",
                nar.unwrap_or_default()
            );
            (RATTAT, text)
        }
        Fyndlage::Ersatt(ny) => {
            let nar = bocker.underlag(*ny).map(|u| dag(u.registrerad));
            let text = format!(
                "En ny version lästes in {}.",
                nar.as_deref().unwrap_or("senare")
            );
            (ERSATT, text)
        }
    };
    Some(Avklarat {
        ord: ord.to_owned(),
        text,
    })
}

/// The same without the books: nobody has accepted it.
#[must_use]
pub fn rad_utan_bok(funnet: &Funnet) -> FyndRad {
    let fynd = &funnet.fynd;
    let href = href(funnet);
    let tal = |varde: Option<FyndVarde>| {
        varde.map(|v| TalVy {
            href: Some(href.clone()),
            ..TalVy::utan_lank(text(v, fynd.enhet))
        })
    };
    let skillnad = tal(fynd.skillnad).map(|tal| match fynd.enhet {
        Enhet::Kr | Enhet::Antal => tal,
        annan => tal.enhet(skillnadens_enhet(annan)),
    });
    FyndRad {
        id: format!("fynd-{}", funnet.nyckel),
        allvar: allvar(fynd.allvar),
        text: fynd.text.clone(),
        plats: Text::from(mening(&fynd.plats)),
        lank: Some(Lank::ny(lanktext(fynd.rader.len()), href.clone())),
        angivet: tal(fynd.angivet),
        beraknat: tal(fynd.beraknat),
        skillnad,
        avklarat: None,
    }
}

/// What a difference is counted in; nothing where the finding's sentence says it.
const fn skillnadens_enhet(enhet: Enhet) -> &'static str {
    match enhet {
        Enhet::Kr => "kr",
        Enhet::Antal => "",
        Enhet::Personer => "personer",
        Enhet::Procent => "procentenheter",
        Enhet::Datum => "dagar",
    }
}

/// The short title of a rule: what a finding is about, in a few words.
#[must_use]
pub fn titel(regel: &str) -> &str {
    Regel::med_kod(regel).map_or(regel, |r| r.titel)
}

/// How large a finding is and where it stands, in a line: what one needs to choose where to
/// begin. Its sentence is told on its own page.
#[must_use]
pub fn i_korthet(fynd: &Fynd) -> String {
    let skillnad = fynd.skillnad.map(|varde| {
        let tal = text(varde, fynd.enhet);
        let hela = format!("Skillnad {tal}\u{a0}{}", skillnadens_enhet(fynd.enhet));
        hela.trim_end().to_owned()
    });
    let plats = fynd.plats.trim();
    let delar = skillnad.into_iter().chain([crate::ram::stor_forst(plats)]);
    let delar: Vec<String> = delar.filter(|del| !del.is_empty()).collect();
    delar.join(" · ")
}

fn lanktext(rader: usize) -> String {
    match rader {
        0 => "Visa fyndet".to_owned(),
        n => format!("Visa {}", antal(n, "", "raden", "rader")),
    }
}

/// The finding's page.
#[must_use]
pub fn href(funnet: &Funnet) -> String {
    adress::fynd(&funnet.fynd.dokument, &funnet.nyckel).into()
}

/// Ends with a full stop.
fn mening(plats: &str) -> String {
    let plats = plats.trim();
    if plats.is_empty() || plats.ends_with('.') {
        return plats.to_owned();
    }
    format!("{plats}.")
}

/// Who did something, by the name shown.
#[must_use]
pub fn namn(bocker: &Bocker, vem: utfall_domain::id::AnvandareId) -> String {
    bocker
        .anvandare
        .get(&vem)
        .cloned()
        .unwrap_or_else(|| "okänd".to_owned())
}

/// How grave, in the page's own terms.
#[must_use]
pub const fn allvar(allvar: Allvar) -> k::Allvar {
    match allvar {
        Allvar::Fel => k::Allvar::Fel,
        Allvar::Varning => k::Allvar::Varning,
        Allvar::Upplysning => k::Allvar::Upplysning,
    }
}

/// A number or date of a finding, as Swedes write it.
#[must_use]
pub fn text(varde: FyndVarde, enhet: Enhet) -> String {
    match varde {
        FyndVarde::Dag(dag) => dag.to_string(),
        FyndVarde::Ar(ar) => ar.to_string(),
        FyndVarde::Tal(tusendelar) => tal(tusendelar, enhet),
    }
}

fn tal(tusendelar: i128, enhet: Enhet) -> String {
    let hela = i64::try_from(tusendelar / 1000).unwrap_or(i64::MAX);
    let rest = (tusendelar % 1000).unsigned_abs();
    let minus = if tusendelar < 0 && hela == 0 {
        "\u{2212}"
    } else {
        ""
    };
    if rest == 0 {
        return heltal(hela);
    }
    let siffror = format!("{rest:03}");
    let siffror = match enhet {
        Enhet::Kr => siffror.get(..2).unwrap_or(&siffror),
        _ => siffror.trim_end_matches('0'),
    };
    format!("{minus}{},{siffror}", heltal(hela))
}

/// The unit of a finding's numbers, as it stands in a caption.
#[must_use]
pub const fn enhet(enhet: Enhet) -> &'static str {
    match enhet {
        Enhet::Kr => "Kronor",
        Enhet::Personer => "Personer",
        Enhet::Antal => "Antal",
        Enhet::Procent => "Procent",
        Enhet::Datum => "Datum",
    }
}

/// Whether somebody has an error or a warning to put right or explain: what is counted on
/// each page.
#[must_use]
pub fn vantar(funnet: &Funnet) -> bool {
    funnet.kvar() && funnet.fynd.allvar != Allvar::Upplysning
}

/// What granskning says in one or two words, gravest first; `None` when there is nothing
/// that waits for somebody.
#[must_use]
pub fn lage<'a>(fynd: impl IntoIterator<Item = &'a Funnet>) -> Option<Lage> {
    let (mut fel, mut varningar, mut upplysningar) = (0, 0, 0);
    for funnet in fynd.into_iter().filter(|f| f.kvar()) {
        match funnet.fynd.allvar {
            Allvar::Fel => fel += 1,
            Allvar::Varning => varningar += 1,
            Allvar::Upplysning => upplysningar += 1,
        }
    }
    if fel > 0 {
        return Some(Lage::ny(antal(fel, "", "1\u{a0}fel", "fel"), LageSlag::Fel));
    }
    if varningar > 0 {
        let ord = antal(varningar, "", "1\u{a0}varning", "varningar");
        return Some(Lage::ny(ord, LageSlag::Varning));
    }
    (upplysningar > 0).then(|| {
        let ord = antal(upplysningar, "", "1\u{a0}upplysning", "upplysningar");
        Lage::ny(ord, LageSlag::Upplysning)
    })
}

/// The findings that concern a grant.
#[must_use]
pub fn om_bidrag<'a>(bocker: &Bocker, funna: &'a [Funnet], bidrag: &Bidrag) -> Vec<&'a Funnet> {
    let papper = papper_om_bidrag(bocker, bidrag.id);
    funna
        .iter()
        .filter(|f| f.ror(&bidrag.slug, &papper))
        .collect()
}

/// The findings about a grant that concern a year of it: those of other years do not.
#[must_use]
pub fn om_bidragsar<'a>(
    bocker: &Bocker,
    funna: &'a [Funnet],
    bidrag: &Bidrag,
    ar: Option<i16>,
) -> Vec<&'a Funnet> {
    let mut ut = om_bidrag(bocker, funna, bidrag);
    if let Some(ar) = ar {
        ut.retain(|f| f.fynd.ar.is_empty() || f.fynd.ar.contains(&ar));
    }
    ut
}

/// The papers that facts about an initiative were read from.
#[must_use]
pub fn papper_om_insats(bocker: &Bocker, insats: InsatsId) -> BTreeSet<UnderlagId> {
    let papper = papper(bocker, |galler| galler.insats == Some(insats));
    med_versioner(bocker, papper)
}

fn papper(
    bocker: &Bocker,
    passar: impl Fn(&utfall_domain::faktum::Galler) -> bool,
) -> BTreeSet<UnderlagId> {
    bocker
        .fakta
        .iter()
        .filter(|f| passar(f.galler()))
        .filter_map(|f| f.fakta.kalla.as_ref().map(|kalla| kalla.underlag))
        .collect()
}

/// The findings of an initiative's papers that speak of it by name, and those of what has
/// been entered about it.
#[must_use]
pub fn om_insats<'a>(
    bocker: &Bocker,
    funna: &'a [Funnet],
    insats: &utfall_domain::insatser::Insats,
) -> Vec<&'a Funnet> {
    let papper = papper_om_insats(bocker, insats.id);
    let fakta: BTreeSet<FaktumId> = bocker
        .fakta
        .iter()
        .filter(|f| f.galler().insats == Some(insats.id))
        .map(|f| f.id)
        .collect();
    let namnd = |f: &Funnet| {
        f.fynd.plats.contains(&insats.namn)
            || f.fynd.text.contains(&insats.namn)
            || f.fynd
                .rader
                .iter()
                .any(|rad| rad.etikett.contains(&insats.namn))
    };
    let rakt = |f: &&Funnet| match f.underlag {
        Some(id) => papper.contains(&id) && namnd(f),
        None => f.bakom.iter().any(|id| fakta.contains(id)),
    };
    funna.iter().filter(rakt).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_in_short_is_its_difference_and_its_place() {
        let fynd = |skillnad, enhet, plats: &str| Fynd {
            regel: "samma-uppgift",
            allvar: Allvar::Fel,
            dokument: "papper".to_owned(),
            plats: plats.to_owned(),
            angivet: None,
            beraknat: None,
            skillnad,
            enhet,
            text: "En lång mening.".to_owned(),
            atgard: "Rätta.".to_owned(),
            ar: Vec::new(),
            rader: Vec::new(),
            mojligt: Vec::new(),
        };
        let kort = |skillnad, enhet, plats| i_korthet(&fynd(skillnad, enhet, plats));
        let tal = |t| Some(FyndVarde::Tal(t));
        assert_eq!(
            kort(tal(-54_000_000), Enhet::Kr, "sida 2"),
            "Skillnad \u{2212}54\u{a0}000\u{a0}kr · Sida 2"
        );
        assert_eq!(kort(tal(3_000), Enhet::Antal, ""), "Skillnad 3");
        assert_eq!(kort(None, Enhet::Kr, "§ 64"), "§ 64");
    }

    #[test]
    fn numbers_keep_their_sign_and_decimals() {
        let skriv = |t, e| text(FyndVarde::Tal(t), e);
        assert_eq!(skriv(47_000_000, Enhet::Kr), "47\u{a0}000");
        assert_eq!(skriv(-810_000, Enhet::Kr), "\u{2212}810");
        assert_eq!(skriv(-500, Enhet::Procent), "\u{2212}0,5");
        assert_eq!(skriv(13_300, Enhet::Procent), "13,3");
        assert_eq!(skriv(1_500, Enhet::Kr), "1,50");
    }
}
