//! What the figures rest on: the files read in, and what of the accounts belongs nowhere. And what
//! must be explained before the report can be issued.

use super::super::{Byggare, ord, rubrik};
use super::Vad;
use crate::rapporter::bokfort::{Bokforingsbesked, Inlast};
use crate::rapporter::hinder::oforklarade;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::Ore;
use utfall_domain::rapport::Beskedsslag;
use utfall_domain::rapport::Text;
use utfall_domain::rapport::sammanstallning::{Del, Ord};
use utfall_domain::tid::i_ord;

/// In a draft: the deviations above the limit that nobody has explained, insats by insats.
pub(super) fn oforklarat(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    if b.ram.utfardas.is_some() {
        return Vec::new();
    }
    let saknade = oforklarade(b.bok, b.slag);
    if saknade.is_empty() {
        return Vec::new();
    }
    let punkter = saknade.iter().filter_map(|s| {
        let i = b.bok.insats(s.insats)?;
        let om = vad.till(&Urval::insats(i.id).ar(vad.ar));
        let varfor = match s.inaktuell {
            true => ". Avvikelsen har ändrats sedan den förklarades. ",
            false => ". Ingen har skrivit varför. ",
        };
        let till = format!(
            "/uppfoljning/insatser/{}?ar={}&manad={}#kommentar",
            i.slug,
            vad.ar,
            vad.manad.month()
        );
        Some(vec![
            Ord::Stark(format!("{}: ", i.namn)),
            Ord::Siffra(b.siffra(Matt::PrognosAvvikelse, &om)),
            ord(varfor),
            Ord::Lank {
                text: "Förklara avvikelsen".to_owned(),
                url: till,
            },
        ])
    });
    let text = "Rapporten går inte att utfärda förrän avvikelserna nedan är förklarade.";
    vec![
        rubrik(1, "Innan rapporten utfärdas", "innan"),
        Del::Besked {
            allvar: Beskedsslag::Varning,
            ord: vec![ord(text)],
        },
        Del::Lista {
            punkter: punkter.collect(),
        },
    ]
}

/// Which files the report is made from, and what of them is in no figure.
pub(super) fn bakom(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    let Some(besked) = b.ram.bokforing else {
        return Vec::new();
    };
    let mut ut = vec![rubrik(1, "Bokföringen bakom rapporten", "bokforingen")];
    if besked.verifikationer == 0 && besked.for_hand == 0 {
        ut.push(Del::Stycke {
            ord: vec![ord(format!(
                "Ingen bokföring är inläst för januari\u{2013}{} {}. Siffrorna är registrerade \
                 för hand eller ur handlingar.",
                vad.manadsnamn(),
                vad.ar
            ))],
        });
        return ut;
    }
    ut.extend(okopplat(besked, vad));
    let mut punkter: Vec<Vec<Ord>> = besked.inlasta.iter().map(inlast).collect();
    match besked.for_hand {
        0 => {}
        1 => punkter.push(vec![ord("En verifikation är skriven för hand.")]),
        n => punkter.push(vec![ord(format!(
            "{n} verifikationer är skrivna för hand."
        ))]),
    }
    ut.push(Del::Lista { punkter });
    ut
}

fn inlast(i: &Inlast) -> Vec<Ord> {
    let (fran, till) = (i_ord(i.ar.0), i_ord(i.ar.1));
    vec![
        Ord::Stark(i.filnamn.clone()),
        ord(format!(
            ": inläst {}, räkenskapsåret {fran} till {till}, {} verifikationer.",
            i_ord(i.dag),
            i.verifikationer
        )),
    ]
}

/// How much of the accounts is in no figure: by number and in kronor.
fn okopplat(besked: &Bokforingsbesked, vad: &Vad) -> Vec<Del> {
    let alla = besked.verifikationer;
    let period = format!("januari\u{2013}{} {}", vad.manadsnamn(), vad.ar);
    if besked.okopplade == 0 {
        let text = format!(
            "Alla {alla} verifikationer i {period} hör till en insats eller är kopplade som \
             balans. Inget i filerna är utanför rapporten därför att det saknar koppling."
        );
        return vec![Del::Stycke {
            ord: vec![ord(text)],
        }];
    }
    let andel = |del: i64, av: i64| {
        Text::andel(del, av).map_or_else(String::new, |t| format!(" ({})", t.visas()))
    };
    let i64_av = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut text = format!(
        "{} av {alla} verifikationer{} i {period} har rader som inte hör till någon insats än. \
         De kostnaderna är {}\u{a0}kr{} av {}\u{a0}kr och står inte i någon siffra i rapporten.",
        besked.okopplade,
        andel(i64_av(besked.okopplade), i64_av(alla)),
        Ore(besked.okopplat),
        andel(besked.okopplat, besked.kostnader),
        Ore(besked.kostnader),
    );
    if besked.okopplad_intakt != 0 {
        text.push_str(&format!(
            " Intäkterna på sådana konton är {}\u{a0}kr.",
            Ore(besked.okopplad_intakt)
        ));
    }
    vec![Del::Besked {
        allvar: Beskedsslag::Upplysning,
        ord: vec![
            ord(text + " "),
            Ord::Lank {
                text: "Se vilka konton".to_owned(),
                url: "/bokforing/koppling#okopplade".to_owned(),
            },
            ord("."),
        ],
    }]
}
