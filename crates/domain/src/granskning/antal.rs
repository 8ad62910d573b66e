//! `antal-mot-rader`: a count in words against what is listed.

use super::fynd::{Allvar, Fynd};
use super::kontext::{Kontext, rad};
use super::storhet::Storhet;
use crate::underlag::{Antal, AntalUppgift, Matt};

/// How many there are to count: surely, and at most.
struct Finns {
    sakert: i64,
    hogst: i64,
    /// Fewer may also be meant: rows that are a reserve and no project.
    lagst: i64,
    vad: &'static str,
}

/// The rule.
pub(super) fn antal_mot_rader(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.antal.iter().enumerate();
    let ut = alla.filter_map(|(nr, a)| antal_en(k, nr, a));
    k.signera("antal-mot-rader", ut)
}

fn langd(antal: usize) -> i64 {
    i64::try_from(antal).unwrap_or(i64::MAX)
}

fn finns(k: &Kontext<'_>, a: &AntalUppgift) -> Option<Finns> {
    let kanske = langd(a.kanske.len());
    let Some(tabell) = &a.rader_i else {
        let sakert = langd(a.raknas.len());
        let listat = sakert > 0 || kanske > 0;
        let vad = "räknas upp";
        return listat.then_some(Finns {
            sakert,
            hogst: sakert + kanske,
            lagst: sakert,
            vad,
        });
    };
    let vad = "rader finns";
    if let Some((_, f)) = k.fordelning(tabell) {
        let sakert = langd(f.rader.len());
        let reserver = langd(f.rader.iter().filter(|r| r.reserv).count());
        return Some(Finns {
            sakert,
            hogst: sakert + kanske,
            lagst: sakert - reserver,
            vad,
        });
    }
    let t = k.tabell(tabell)?;
    let sakert = langd(t.rader.len());
    Some(Finns {
        sakert,
        hogst: sakert + kanske,
        lagst: sakert,
        vad,
    })
}

fn antal_en(k: &Kontext<'_>, nr: usize, a: &AntalUppgift) -> Option<Fynd> {
    let finns = finns(k, a)?;
    let angivet = a.angivet.0;
    if angivet == finns.sakert || angivet == finns.lagst {
        return None;
    }
    let mut kan = None;
    let mut text = format!(
        "Texten säger {angivet} {}, men {} {}.",
        a.vad, finns.sakert, finns.vad
    );
    let (allvar, atgard) = if angivet > finns.sakert && angivet <= finns.hogst {
        kan = Some(format!(
            "Det stämmer bara om {} av det som nämns vid sidan om också räknas.",
            angivet - finns.sakert
        ));
        (Allvar::Varning, "Skriv ut vilka som räknas.")
    } else {
        let skillnad = (angivet - finns.sakert).abs();
        let vad = if angivet > finns.sakert {
            "saknas"
        } else {
            "är för många"
        };
        text.push_str(&format!(" {skillnad} {vad}."));
        if let Some(rad) = saknad_rad(k, a) {
            text.push_str(&rad);
        }
        (
            Allvar::Fel,
            "Lägg till det som saknas, eller rätta antalet.",
        )
    };
    let sokvag = format!("antal[{nr}].angivet");
    let rader = vec![rad(sokvag, &a.vad, &angivet.to_string(), &a.plats)];
    let antal = |n: i64| Storhet::antal(Matt::Antal, Antal(n));
    let fynd = Fynd::tal(allvar, &a.plats, antal(angivet), antal(finns.sakert));
    let fynd = fynd.sager(text, atgard).pa(rader);
    Some(match kan {
        Some(kan) => fynd.kan_bero_pa(kan),
        None => fynd,
    })
}

/// The amount that a missing row would have, when the distribution's total is also short.
fn saknad_rad(k: &Kontext<'_>, a: &AntalUppgift) -> Option<String> {
    let tabell = a.rader_i.as_ref()?;
    let (nr, f) =
        k.u.fordelningar
            .iter()
            .enumerate()
            .find(|(_, f)| f.id.0 == tabell.0)?;
    if a.angivet.0 - langd(f.rader.len()) != 1 {
        return None;
    }
    let s = f.summor.iter().find(|s| s.summa.is_some())?;
    let rader = super::summor::arets_rader(nr, f, s.ar);
    let summa = Storhet::summa(rader.filter_map(|(_, _, b, _)| super::summor::radens(b)))?;
    let angivet = Storhet::from(s.summa?);
    let rest = angivet.minus(summa);
    (rest.varde > 0 && !angivet.forenlig(summa))
        .then(|| format!(" Med en rad på {rest} går också summan ihop."))
}
