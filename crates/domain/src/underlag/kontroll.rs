//! Rules that hold between the fields of one record, checked as it is read so that the fault
//! still knows its row.

use super::grund::Ar;
use super::json::Nod;
use super::las::Lasare;
use super::tal::{Matt, Tal};
use super::typer::{
    Andel, AntalUppgift, Avgift, Bidrag, Fordelning, FordelningRad, Insats, Tabell, Tjanst,
};
use std::collections::BTreeSet;

/// Columns, and total rows, of one table. A paper's page holds a tenth of it.
const TABELL_MAX: usize = 100;

/// Every row of a table has one value per column, and there are not absurdly many of either.
pub(super) fn tabell(t: &Tabell, nod: &Nod, l: &mut Lasare) {
    let kolumner = t.kolumner.len();
    if kolumner > TABELL_MAX || t.summor.len() > TABELL_MAX {
        let text = format!("En tabell får ha högst {TABELL_MAX} kolumner och summarader.");
        l.fel(
            "underlag-rader",
            nod.rad,
            text,
            "Dela upp tabellen i flera.",
        );
    }
    let rader = t
        .rader
        .iter()
        .map(|r| r.varden.len())
        .enumerate()
        .map(|(i, n)| ("rader", i, n));
    let summor = t
        .summor
        .iter()
        .map(|s| s.varden.len())
        .enumerate()
        .map(|(i, n)| ("summor", i, n));
    for (lista, nr, antal) in rader
        .chain(summor)
        .filter(|(_, _, antal)| *antal != kolumner)
    {
        let har = nod
            .falt(lista)
            .and_then(|n| n.element(nr))
            .map_or(nod.rad, |n| n.rad);
        let text = format!("Raden har {antal} värden, men tabellen har {kolumner} kolumner.");
        let atgard = "Skriv ett värde för varje kolumn, och null för en tom ruta.";
        let steg = [lista.to_owned(), format!("[{nr}]"), "varden".to_owned()];
        l.fel_i(&steg, "underlag-kolumner", har, text, atgard);
    }
}

/// A year stands once in a list. Several statements about it stand in its own lists.
fn ar_en_gang(ar: impl Iterator<Item = Option<Ar>>, lista: &str, nod: &Nod, l: &mut Lasare) {
    let mut sedda = BTreeSet::new();
    for (nr, ar) in ar.enumerate() {
        if sedda.insert(ar) {
            continue;
        }
        let rad = nod
            .falt(lista)
            .and_then(|n| n.element(nr))
            .map_or(nod.rad, |n| n.rad);
        let vilket = ar.map_or_else(|| "Samma år".to_owned(), |ar| format!("År {}", ar.0));
        let text = format!("{vilket} står två gånger i listan.");
        let atgard = "Slå ihop dem. Säger papperet två belopp för samma år skrivs båda i årets \
                      egen lista.";
        let steg = [lista.to_owned(), format!("[{nr}]"), "ar".to_owned()];
        l.fel_i(&steg, "underlag-ar-dubblett", rad, text, atgard);
    }
}

/// A grant's years.
pub(super) fn bidrag(b: &Bidrag, nod: &Nod, l: &mut Lasare) {
    ar_en_gang(b.ar.iter().map(|a| a.ar), "ar", nod, l);
}

/// An initiative's years.
pub(super) fn insats(i: &Insats, nod: &Nod, l: &mut Lasare) {
    ar_en_gang(i.ekonomi.iter().map(|a| a.ar), "ekonomi", nod, l);
}

/// A distribution's years.
pub(super) fn fordelning(f: &Fordelning, nod: &Nod, l: &mut Lasare) {
    ar_en_gang(f.summor.iter().map(|a| a.ar), "summor", nod, l);
}

/// The years of a distribution's row.
pub(super) fn fordelningsrad(r: &FordelningRad, nod: &Nod, l: &mut Lasare) {
    ar_en_gang(r.belopp.iter().map(|a| a.ar), "belopp", nod, l);
}

/// A share or rate is in per cent or per mille.
fn andelsenhet(tal: &Tal, falt: &str, nod: &Nod, l: &mut Lasare) {
    if matches!(tal.matt, Matt::Procent | Matt::Promille) {
        return;
    }
    let rad = nod.falt(falt).map_or(nod.rad, |n| n.rad);
    let text = format!("{tal} är ingen andel.");
    l.fel_i(
        &[falt.to_owned()],
        "underlag-enhet",
        rad,
        text,
        "Skriv enheten % eller ‰.",
    );
}

/// Nothing is a share of nothing.
pub(super) fn andel(a: &Andel, nod: &Nod, l: &mut Lasare) {
    andelsenhet(&a.andel, "andel", nod, l);
    if a.hel.0 == 0 {
        let rad = nod.falt("hel").map_or(nod.rad, |n| n.rad);
        let atgard = "Skriv hur många andelen tas av, eller ta bort uppgiften.";
        let text = "En andel kan inte tas av 0.";
        l.fel_i(&["hel".to_owned()], "underlag-antal", rad, text, atgard);
    }
}

/// The rate of a fee.
pub(super) fn avgift(a: &Avgift, nod: &Nod, l: &mut Lasare) {
    andelsenhet(&a.sats, "sats", nod, l);
}

/// The extent of a position.
pub(super) fn tjanst(t: &Tjanst, nod: &Nod, l: &mut Lasare) {
    if let Some(andel) = &t.andel {
        andelsenhet(andel, "andel", nod, l);
    }
}

/// A count is compared with a list or with the rows of a table, and not with both.
pub(super) fn antal(a: &AntalUppgift, nod: &Nod, l: &mut Lasare) {
    if a.raknas.is_empty() == a.rader_i.is_some() {
        return;
    }
    let text = "Antalet ska jämföras antingen med det som räknas upp eller med en tabells rader.";
    let atgard = "Skriv antingen raknas eller rader_i.";
    l.fel("underlag-antal-jamforelse", nod.rad, text, atgard);
}
