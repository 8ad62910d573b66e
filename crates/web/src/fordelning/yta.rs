//! What the distribution is worked with beside its table: warnings, pasting, and what has been
//! saved and can be taken back.

use super::ifyllt::Ifyllt;
use super::tabell::Tabellen;
use super::vy::Vy;
use super::{Skrivet, kan_andras};
use crate::adress;
use crate::anrop::Inloggat;
use crate::felen::med_fel;
use crate::kalkyl::heltider;
use crate::siffror::{Siffror, dag, klockan};
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_app::medel::{Fordelningsstod, Sparning, kryssnamn, sparningar, varningar_i};
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::FaktumId;
use utfall_domain::insatser::Insats;
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::klistra::{Block, OverSkal, placera};
use utfall_domain::medel::varning::Varning;
use utfall_domain::pengar::{NBSP, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltFel, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked};
use utfall_vyer::sidor::{Arbetsyta, Sparningsrad, Varningsrad};

/// How many savings are told.
const SPARNINGAR: usize = 8;

/// The parts of the page that are not its table.
pub fn yta(
    a: &Inloggat,
    (s, b): (&Siffror<'_>, &Bidrag),
    (skrivet, t, vy): (Skrivet<'_>, &Tabellen<'_>, Vy),
    stod: &Fordelningsstod,
) -> Arbetsyta {
    let kan = kan_andras(a);
    let hit = adress::fordelning(&b.slug).per(s.bok.per_dag());
    let varningar = varningsrader(a, (s, b), skrivet.ifyllt, stod);
    let varfor = kan && varningar.iter().any(|v| v.kan);
    let varfor = varfor.then(|| {
        let falt = Falt::ny(
            "varfor",
            "Varför stämmer det du kryssade för?",
            FaltSlag::Text,
        )
        .hjalp("Det syns för alla som ser fördelningen.")
        .varde(a.formular.text("varfor"))
        .frivilligt();
        med_fel(falt, skrivet.fel)
    });
    let insatser = t.visade();
    let heltider = heltider(s, insatser).map(|t| ("heltid", "Vad en heltid kostar", t));
    let mottagare =
        super::mottagare::tabell(s, b).map(|t| ("mottagare", "Vem pengarna går till", t));
    let ataganden = crate::ataganden::for_fordelning(s, b, insatser)
        .map(|t| ("ataganden", "Redan utlovat till insatserna", t));
    let kallor = super::kallor::tabell(s, (b, &med_pott(s, insatser), kan))
        .map(|t| ("kallor", "Varifrån pengarna kommer", t));
    let grund = crate::insatsbudget::grund(s, b, insatser)
        .map(|t| ("grund", "Grundfinansiering och tillfälliga bidrag", t));
    Arbetsyta {
        kvar: t.kvar_i_ord(),
        enhet: vy.ord(),
        visning: vy.visning(&hit, kan),
        varningar,
        varfor,
        klistra: if kan {
            klistrafalt(a, t, b)
        } else {
            Vec::new()
        },
        angra: angra_nyss(a, s.bok, b),
        sparat: sparade(a, s.bok, b),
        tabeller: ataganden
            .into_iter()
            .chain(kallor)
            .chain(grund)
            .chain(mottagare)
            .chain(heltider)
            .collect(),
    }
}

/// Whether this is a warning that nobody has answered.
pub fn ar_varning(fel: &Problem) -> bool {
    fel.kod == "fordelning-varning"
}

/// The warnings that must be answered before the amounts are saved, each leading to its box.
pub fn oforklarade(yta: &Arbetsyta, fel: &[Problem]) -> Vec<FaltFel> {
    let namnda = |v: &&Varningsrad| {
        let egen = |p: &Problem| ar_varning(p) && p.falt.as_deref() == Some(&v.namn);
        fel.iter().any(egen)
    };
    let rader = yta.varningar.iter().filter(namnda);
    let fel = rader.map(|v| FaltFel {
        falt: v.namn.clone(),
        text: v.text.clone(),
    });
    fel.collect()
}

/// The initiatives of the table, and those that a paper gives to a pot of several grants without
/// telling whose the money is.
fn med_pott<'a>(s: &Siffror<'a>, insatser: &[&'a Insats]) -> Vec<&'a Insats> {
    let utan = |f: &&&Faktum| {
        let g = f.galler();
        f.fakta.slag == FaktumSlag::Fordelat && g.bidrag.is_none() && g.version.is_none()
    };
    let utan: BTreeSet<_> = s
        .fakta()
        .iter()
        .filter(utan)
        .filter_map(|f| f.galler().insats)
        .collect();
    let egna: BTreeSet<_> = insatser.iter().map(|i| i.id).collect();
    let andra = s.bok.insatser.iter();
    let andra = andra.filter(|i| utan.contains(&i.id) && !egna.contains(&i.id));
    insatser
        .iter()
        .copied()
        .chain(andra)
        .take(crate::sidval::RADER)
        .collect()
}

fn varningsrader(
    a: &Inloggat,
    (s, b): (&Siffror<'_>, &Bidrag),
    ifyllt: Option<&Ifyllt>,
    stod: &Fordelningsstod,
) -> Vec<Varningsrad> {
    let andrade = ifyllt.map(Ifyllt::belopp_alla).unwrap_or_default();
    let alla = varningar_i(s.bok, stod, b.id, &andrade);
    let rad = |v: &Varning| {
        let namn = kryssnamn(v);
        let forklaring = stod.forklaring(b.id, v).map(|g| {
            let vem = s
                .bok
                .anvandare
                .get(&g.registrerad_av)
                .map_or("", String::as_str);
            format!("Förklarad av {vem}: {}", g.motivering)
        });
        Varningsrad {
            kryssad: a.formular.text(&namn) == "ja",
            kan: forklaring.is_none() && kan_andras(a),
            cell: format!("{}-{}", v.insats, v.ar),
            text: v.text.clone(),
            forklaring,
            namn,
        }
    };
    alla.iter().map(rad).collect()
}

/// The fields of pasting without scripts.
fn klistrafalt(a: &Inloggat, t: &Tabellen<'_>, b: &Bidrag) -> Vec<Falt> {
    let val = |namn: &str, etikett: &str, alla: Vec<String>| {
        let alla = alla
            .into_iter()
            .enumerate()
            .map(|(nr, ord)| (nr.to_string(), ord));
        Falt::ny(namn, etikett, FaltSlag::Val(alla.collect()))
            .varde(a.formular.text(namn))
            .ettdera()
    };
    let rader = t.visade().iter().map(|i| i.namn.clone()).collect();
    let ar = b.ar.iter().map(i16::to_string).collect();
    vec![
        Falt::ny("klistra", "Celler från kalkylbladet", FaltSlag::Lang(5))
            .varde(a.formular.som_sant("klistra").unwrap_or(""))
            .ettdera(),
        val("klistra-rad", "Blockets första rad hör till", rader),
        val("klistra-kol", "Blockets första kolumn hör till", ar),
    ]
}

/// What became of a pasted block: the table with it, and what there is to say of it.
pub fn klistrat(
    a: &Inloggat,
    (s, b): (&Siffror<'_>, &Bidrag),
    (ifyllt, t, vy): (Ifyllt, &Tabellen<'_>, Vy),
) -> (Ifyllt, Vec<Besked>) {
    let block = Block::las(a.formular.som_sant("klistra").unwrap_or(""));
    let insatser = t.visade();
    let namn: Vec<&str> = insatser.iter().map(|i| i.namn.as_str()).collect();
    let aren: Vec<String> = b.ar.iter().map(i16::to_string).collect();
    let ar: Vec<&str> = aren.iter().map(String::as_str).collect();
    let plats = |falt: &str| {
        let nr = a.formular.tal(falt).and_then(|nr| usize::try_from(nr).ok());
        nr.unwrap_or(0)
    };
    let fran = (plats("klistra-rad"), plats("klistra-kol"));
    let p = placera(&block, (&namn, &ar), fran, vy.enhet);
    let mut inga_tal = Vec::new();
    let mut celler = Vec::new();
    for ((rad, kol), text) in &p.celler {
        let (Some(i), Some(ar)) = (insatser.get(*rad), b.ar.get(*kol)) else {
            continue;
        };
        match utfall_domain::medel::klistra::belopp(text, vy.enhet) {
            Ok(_) => celler.push((i.id, *ar, text.clone())),
            Err(fel) => inga_tal.push(format!("{}, {ar}: ”{text}” ({fel})", i.namn)),
        }
    }
    let mut besked = vec![Besked::ny(
        Allvar::Upplysning,
        format!("{} belopp är inlagda i tabellen", celler.len()),
        "Inget är sparat än. Titta igenom tabellen och tryck på Spara.",
    )];
    if !inga_tal.is_empty() {
        besked.push(Besked::ny(
            Allvar::Varning,
            "en del är inte belopp, och de cellerna är som de var",
            format!("{}.", inga_tal.join(". ")),
        ));
    }
    let borta: Vec<String> = p
        .over
        .iter()
        .map(|o| format!("”{}” ({})", o.text, skal(o.skal)))
        .collect();
    if !borta.is_empty() {
        besked.push(Besked::ny(
            Allvar::Varning,
            "en del fick ingen plats i tabellen",
            format!(
                "{}. Det du klistrade in står kvar i fältet.",
                borta.join(", ")
            ),
        ));
    }
    (ifyllt.med_block((s, b), &celler, vy.enhet), besked)
}

const fn skal(skal: OverSkal) -> &'static str {
    match skal {
        OverSkal::Utanfor => "ryms inte",
        OverSkal::OkandRad => "raden finns inte",
    }
}

fn till_angra(b: &Bidrag, sparning: FaktumId) -> String {
    let till = adress::angra_fordelning(&b.slug);
    till.fraga("sparning", &sparning.to_string()).into()
}

/// Where what this person just saved is taken back.
fn angra_nyss(a: &Inloggat, bok: &Bok, b: &Bidrag) -> Option<String> {
    let nyss = a.fraga.tal("sparat").and_then(FaktumId::ny)?;
    let senaste = sparningar(bok, b.id).into_iter().next()?;
    let egen = Some(senaste.registrerad_av) == a.session.aktor.anvandare();
    let gar = egen && senaste.senast == nyss && senaste.orord && kan_andras(a);
    gar.then(|| till_angra(b, nyss))
}

fn sparade(a: &Inloggat, bok: &Bok, b: &Bidrag) -> Vec<Sparningsrad> {
    let alla = sparningar(bok, b.id);
    let rad = |s: &Sparning| {
        let efter = if s.efter_avslut {
            ", rättelse efter avslut"
        } else {
            ""
        };
        Sparningsrad {
            nar: format!("{}{efter}", nar_och_vem(bok, s)),
            orsak: s.orsak.clone(),
            byten: byten(bok, s),
            angra: (s.orord && kan_andras(a)).then(|| till_angra(b, s.senast)),
        }
    };
    alla.iter().take(SPARNINGAR).map(rad).collect()
}

/// `2 februari 2022 kl. 9.00, ekonomen`.
pub fn nar_och_vem(bok: &Bok, s: &Sparning) -> String {
    let vem = bok
        .anvandare
        .get(&s.registrerad_av)
        .map_or("", String::as_str);
    let nar = dag(tid::dag(s.registrerad));
    format!("{nar} kl. {}, {vem}", klockan(s.registrerad))
}

/// `Trampolin 2022: 400 000 → 500 000 kr`.
fn byten(bok: &Bok, s: &Sparning) -> Vec<String> {
    let kr = |ore: Option<Ore>| ore.map_or_else(|| "inget".to_owned(), |o| o.to_string());
    let ett = |c: &utfall_app::medel::Cellbyte| {
        let namn = c
            .insats
            .and_then(|i| bok.insats(i))
            .map_or("", |i| i.namn.as_str());
        let ar = c.ar.map(|ar| format!(" {ar}")).unwrap_or_default();
        format!("{namn}{ar}: {} → {}{NBSP}kr", kr(c.fore), kr(c.efter))
    };
    s.celler.iter().map(ett).collect()
}
