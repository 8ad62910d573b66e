//! Persons against their parts, and outcomes against persons.

use super::fynd::{Allvar, Fynd, Rad};
use super::kontext::{Kontext, citat, rad};
use super::storhet::Storhet;
use crate::underlag::{Antal, Genomforande, Matt, PersonUppgift};

fn personer(antal: i64) -> Storhet {
    Storhet::antal(Matt::Personer, Antal(antal))
}

fn uppdelning(nr: usize, p: &PersonUppgift) -> Vec<Rad> {
    let totalt = rad(
        format!("personer[{nr}].totalt"),
        "Totalt",
        &p.totalt.0.to_string(),
        &p.plats,
    );
    let delar = p.genomforande.iter().enumerate().map(|(i, g)| {
        let sokvag = format!("personer[{nr}].genomforande[{i}]");
        rad(sokvag, g.slag.ord(), &g.antal.0.to_string(), &p.plats)
    });
    [totalt].into_iter().chain(delar).collect()
}

/// `personer-mot-delar`: everyone is accounted for once.
pub(super) fn mot_delar(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.personer.iter().enumerate();
    let ut = alla.filter_map(|(nr, p)| mot_delar_en(nr, p));
    k.signera("personer-mot-delar", ut)
}

fn mot_delar_en(nr: usize, p: &PersonUppgift) -> Option<Fynd> {
    if p.genomforande.is_empty() {
        return None;
    }
    let okant = if p.utfall.is_empty() {
        p.okant.map_or(0, |a| a.0)
    } else {
        0
    };
    let summa = p.genomforande.iter().map(|g| g.antal.0).sum::<i64>() + okant;
    let rest = p.totalt.0 - summa;
    // In a running initiative those who are not mentioned are still there.
    let kvar_namns = p.genomforande.iter().any(|g| g.slag == Genomforande::Kvar);
    if rest == 0 || (rest > 0 && p.pagar && !kvar_namns) {
        return None;
    }
    let delar: Vec<String> = p
        .genomforande
        .iter()
        .map(|g| format!("{} {}", g.antal.0, g.slag.ord()))
        .collect();
    let bas = format!(
        "{}, totalt {}: {}, tillsammans {summa}.",
        citat(&p.rubrik),
        personer(p.totalt.0),
        super::kontext::lista(&delar)
    );
    let (allvar, text, atgard) = if rest < 0 {
        let text = format!("{bas} Det är {} för många.", personer(-rest));
        (
            Allvar::Fel,
            text,
            "Kontrollera om någon räknats i två delar.",
        )
    } else if p.genomforande.len() == 1 {
        let text = format!("{bas} Hur det gick för {} sägs inte.", personer(rest));
        (
            Allvar::Varning,
            text,
            "Redovisa alla, också dem vars resultat är okänt.",
        )
    } else {
        let text = format!("{bas} {} är inte redovisade.", personer(rest));
        (
            Allvar::Fel,
            text,
            "Ta reda på vad som hände dem, eller redovisa dem som okänt.",
        )
    };
    let fynd = Fynd::tal(allvar, &p.plats, personer(p.totalt.0), personer(summa));
    let fynd = fynd.sager(text, atgard).pa(uppdelning(nr, p));
    Some(fynd.for_ar(p.ar))
}

/// `utfall-mot-personer`: exclusive outcomes against those they divide.
pub(super) fn utfall(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.personer.iter().enumerate();
    let ut = alla.filter_map(|(nr, p)| utfall_en(nr, p));
    k.signera("utfall-mot-personer", ut)
}

fn utfall_en(nr: usize, p: &PersonUppgift) -> Option<Fynd> {
    if p.utfall.is_empty() {
        return None;
    }
    let bas = match p.utfall_av {
        None => p.totalt.0,
        Some(slag) => p.genomforande.iter().find(|g| g.slag == slag)?.antal.0,
    };
    let summa = p.utfall.iter().map(|u| u.antal.0).sum::<i64>() + p.okant.map_or(0, |a| a.0);
    let rest = bas - summa;
    if rest == 0 || (rest > 0 && p.pagar && p.utfall_av.is_none()) {
        return None;
    }
    let vilka = p
        .utfall_av
        .map_or_else(String::new, |slag| format!(" som {}", slag.ord()));
    let delar: Vec<String> = p
        .utfall
        .iter()
        .map(|u| format!("{} {}", u.antal.0, u.utfall))
        .collect();
    let delar = super::kontext::lista(&delar);
    let bastext = format!(
        "{}, totalt {}{vilka}: {delar}, tillsammans {summa}.",
        citat(&p.rubrik),
        personer(bas)
    );
    let (allvar, text, atgard) = if rest > 0 {
        let text = format!("{bastext} Utfallet för {} är okänt.", personer(rest));
        (
            Allvar::Varning,
            text,
            "Följ upp dem, eller skriv ut att utfallet är okänt.",
        )
    } else {
        let text = format!(
            "{bastext} Det är {} för många; någon kan ha räknats i flera utfall.",
            personer(-rest)
        );
        (
            Allvar::Fel,
            text,
            "Räkna var och en i ett utfall, och övrig hjälp för sig.",
        )
    };
    let mut rader = uppdelning(nr, p);
    rader.extend(p.utfall.iter().enumerate().map(|(i, u)| {
        let sokvag = format!("personer[{nr}].utfall[{i}]");
        rad(sokvag, &u.utfall, &u.antal.0.to_string(), &p.plats)
    }));
    let fynd = Fynd::tal(allvar, &p.plats, personer(bas), personer(summa));
    Some(fynd.sager(text, atgard).pa(rader).for_ar(p.ar))
}
