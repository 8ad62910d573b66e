//! Who pays: sources against budget, financing against cost, months against amounts.

use super::fynd::{Allvar, Fynd, Rad};
use super::kontext::{Fakta, Kontext, citat, om_ar, rad};
use super::storhet::{Storhet, Utslag};
use crate::underlag::{Finansiering, Matt, RadSlag, Tabell, TabellRad};

/// `kallor-mot-budget`.
pub(super) fn kallor(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.finansiering.iter().enumerate();
    let ut = alla.filter_map(|(nr, f)| kallor_en(k, nr, f));
    k.signera("kallor-mot-budget", ut)
}

fn kallor_en(k: &Kontext<'_>, nr: usize, f: &Finansiering) -> Option<Fynd> {
    let budget = Fakta::ny(&f.budget, format!("finansiering[{nr}].budget"), "Budget");
    let uppgift = budget.noggrannast()?;
    let angivet: Storhet = uppgift.belopp.into();
    let summa = Storhet::summa(f.kallor.iter().map(|s| s.belopp.into()))?;
    if angivet.forenlig(summa) {
        return None;
    }
    let skillnad = angivet.minus(summa);
    let om = format!("{}{}", citat(&f.rubrik), om_ar(f.ar));
    let bas = format!("{om} har en budget på {angivet}, men de källor som nämns ger {summa}.");
    let (allvar, text, atgard) = if skillnad.varde > 0 {
        let text = format!("{bas} {skillnad} saknar källa.");
        (
            Allvar::Varning,
            text,
            "Ta reda på vem som betalar resten och skriv ut det.",
        )
    } else {
        let text = format!("{bas} Det är {} mer än budgeten.", skillnad.absolut());
        (
            Allvar::Fel,
            text,
            "Kontrollera om någon källa är med två gånger eller budgeten för låg.",
        )
    };
    let mut rader = budget.rader();
    rader.extend(f.kallor.iter().enumerate().map(|(i, s)| {
        let sokvag = format!("finansiering[{nr}].kallor[{i}].belopp");
        rad(
            sokvag,
            &k.org(&s.finansiar),
            &s.belopp.som_skrivet(),
            &s.plats,
        )
    }));
    Some(
        Fynd::tal(allvar, &uppgift.plats, angivet, summa)
            .sager(text, atgard)
            .pa(rader)
            .for_ar(f.ar),
    )
}

/// The sum of the rows of one kind in a column.
fn kolumnsumma(t: &Tabell, slag: RadSlag, kol: usize) -> Option<Storhet> {
    let rader = t.rader.iter().filter(|tr| tr.slag == Some(slag));
    Storhet::summa(
        rader
            .filter_map(|tr| tr.varden.get(kol).copied().flatten())
            .map(Storhet::from),
    )
}

/// The same rows as rows of a finding.
fn kolumnrader(nr: usize, t: &Tabell, slag: RadSlag, kol: usize) -> Vec<Rad> {
    let rader = t
        .rader
        .iter()
        .enumerate()
        .filter(|(_, tr)| tr.slag == Some(slag));
    rader
        .filter_map(|(r, tr)| {
            let tal = tr.varden.get(kol).copied().flatten()?;
            let sokvag = format!("tabeller[{nr}].rader[{r}].varden[{kol}]");
            Some(rad(sokvag, &tr.etikett, &tal.to_string(), &t.plats))
        })
        .collect()
}

/// `finansiering-mot-kostnad`: column by column, the total column too.
pub(super) fn mot_kostnad(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, t) in k.u.tabeller.iter().enumerate() {
        let ihop = over_aren(t);
        for (kol, kolumnen) in t.kolumner.iter().enumerate() {
            let (Some(angivet), Some(kostnad)) = (
                kolumnsumma(t, RadSlag::Finansiering, kol),
                kolumnsumma(t, RadSlag::Kostnad, kol),
            ) else {
                continue;
            };
            if angivet.matt != kostnad.matt || angivet.forenlig(kostnad) {
                continue;
            }
            // The years agree, so the fault is in the total column's own sums.
            if kolumnen.summa && ihop.is_some() {
                continue;
            }
            let mut rader = kolumnrader(nr, t, RadSlag::Finansiering, kol);
            rader.extend(kolumnrader(nr, t, RadSlag::Kostnad, kol));
            let skillnad = angivet.minus(kostnad);
            let hall = if skillnad.varde > 0 {
                format!("{skillnad} mer än kostnaderna")
            } else {
                format!("{} mindre än kostnaderna", skillnad.absolut())
            };
            let text = format!(
                "I {}, {}, är finansieringen {angivet} och kostnaderna {kostnad}: {hall}.{}",
                citat(&t.titel),
                citat(&kolumnen.rubrik),
                ihop.as_deref().unwrap_or_default()
            );
            ut.push(
                Fynd::tal(Allvar::Fel, &t.plats, angivet, kostnad)
                    .sager(
                        text,
                        "Fördela pengarna efter när kostnaderna kommer, eller skriv ut \
                                  vad som flyttas mellan åren.",
                    )
                    .pa(rader)
                    .for_ar(kolumnen.ar),
            );
        }
    }
    k.signera("finansiering-mot-kostnad", ut)
}

/// Says so when it evens out over all the columns that are years.
fn over_aren(t: &Tabell) -> Option<String> {
    let over = |slag| {
        let delar = (0..t.kolumner.len())
            .filter(|kol| t.kolumner.get(*kol).is_some_and(|k| !k.summa))
            .filter_map(|kol| kolumnsumma(t, slag, kol));
        Storhet::summa(delar)
    };
    let ar = t.kolumner.iter().filter(|k| !k.summa).count();
    match (over(RadSlag::Finansiering), over(RadSlag::Kostnad)) {
        (Some(f), Some(c)) if ar > 1 && f.matt == c.matt && f.mot(c) == Utslag::Lika => {
            let ihop = format!("Över alla år går det ihop ({f})");
            Some(format!(" {ihop}, så pengar måste flyttas mellan åren."))
        }
        _ => None,
    }
}

/// How many months a running cost lasts in a partial year.
struct Racker<'a> {
    rad: &'a TabellRad,
    nr: usize,
    /// Months in tenths, rounded.
    tiondelar: i128,
    helar: i128,
}

/// `manader-mot-belopp`: running costs of the same partial year last equally long.
pub(super) fn manader(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, t) in k.u.tabeller.iter().enumerate() {
        let ar: Vec<usize> = t
            .kolumner
            .iter()
            .enumerate()
            .filter(|(_, k)| k.ar.is_some())
            .map(|(i, _)| i)
            .collect();
        let (Some([forsta, nasta]), Some([nast_sist, sist])) =
            (ar.first_chunk::<2>(), ar.last_chunk::<2>())
        else {
            continue;
        };
        ut.extend(delar_av_ar(nr, t, *forsta, *nasta));
        if ar.len() > 2 {
            ut.extend(delar_av_ar(nr, t, *sist, *nast_sist));
        }
    }
    k.signera("manader-mot-belopp", ut)
}

/// How long each running cost lasts in the partial year, measured by the full one.
fn racker(t: &Tabell, del: usize, hel: usize) -> Vec<Racker<'_>> {
    let mut racker: Vec<Racker<'_>> = Vec::new();
    for (radnr, r) in t.rader.iter().enumerate().filter(|(_, r)| r.lopande) {
        let ruta = |kol: usize| {
            r.varden
                .get(kol)
                .copied()
                .flatten()
                .map(|v| i128::from(v.varde))
        };
        let (Some(delen), Some(helar)) = (ruta(del), ruta(hel)) else {
            continue;
        };
        // More than a full year is growth, not a partial year.
        if helar <= 0 || delen <= 0 || delen > helar {
            continue;
        }
        let tiondelar = (delen * 120 + helar / 2) / helar;
        racker.push(Racker {
            rad: r,
            nr: radnr,
            tiondelar,
            helar,
        });
    }
    racker
}

fn delar_av_ar(nr: usize, t: &Tabell, del: usize, hel: usize) -> Option<Fynd> {
    let racker = racker(t, del, hel);
    let stor = racker.iter().max_by_key(|r| r.helar)?;
    let annan = racker
        .iter()
        .max_by_key(|r| (r.tiondelar - stor.tiondelar).abs())?;
    if (annan.tiondelar - stor.tiondelar).abs() < 5 {
        return None;
    }
    let manader = |r: &Racker<'_>| Storhet::exakt(Matt::Antal, r.tiondelar * 100);
    let kolumnen = |kol: usize| t.kolumner.get(kol).map_or("", |k| k.rubrik.as_str());
    let text = format!(
        "I {} räcker {} till {} månader under {} men {} till {} månader, räknat på vad de kostar \
         {}.",
        citat(&t.titel),
        citat(&stor.rad.etikett),
        manader(stor),
        kolumnen(del),
        citat(&annan.rad.etikett),
        manader(annan),
        kolumnen(hel),
    );
    let rader = [stor, annan]
        .iter()
        .flat_map(|r| [(r, del), (r, hel)])
        .filter_map(|(r, kol)| {
            let tal = r.rad.varden.get(kol).copied().flatten()?;
            let sokvag = format!("tabeller[{nr}].rader[{}].varden[{kol}]", r.nr);
            let etikett = format!("{}, {}", r.rad.etikett, kolumnen(kol));
            Some(rad(sokvag, &etikett, &tal.to_string(), &t.plats))
        })
        .collect();
    let fynd = Fynd::tal(Allvar::Varning, &t.plats, manader(stor), manader(annan));
    Some(
        fynd.sager(
            text,
            "Fråga vilken månad verksamheten börjar och rätta beloppen.",
        )
        .pa(rader)
        .for_ar(t.kolumner.get(del).and_then(|k| k.ar)),
    )
}
