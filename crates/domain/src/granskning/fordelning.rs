//! Distributions: what there is to hand out against what is handed out.

use super::fynd::{Allvar, Fynd, Rad};
use super::kontext::{Kontext, citat, om_ar, rad};
use super::storhet::{Storhet, Utslag};
use super::summor::{alla_rader, arets_rader, radens, radens_delar};
use crate::pengar::Belopp;
use crate::underlag::{Fordelning, FordelningSumma, Matt, RadBelopp};

/// `fordelat-mot-tillgangligt`: allocated and carried over against the rows. Where the paper
/// prints a total for the rows, `rader-mot-summa` answers instead.
pub(super) fn fordelat(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, f) in k.u.fordelningar.iter().enumerate() {
        for (snr, s) in f
            .summor
            .iter()
            .enumerate()
            .filter(|(_, s)| s.summa.is_none())
        {
            ut.extend(fordelat_ar(nr, f, snr, s).map(|fynd| fynd.for_ar(s.ar)));
        }
    }
    k.signera("fordelat-mot-tillgangligt", ut)
}

fn fordelat_ar(nr: usize, f: &Fordelning, snr: usize, s: &FordelningSumma) -> Option<Fynd> {
    let tilldelat = s.tilldelat?;
    let alla: Vec<_> = arets_rader(nr, f, s.ar).collect();
    let noll = Storhet::noll(Matt::Kronor);
    let totalt = Storhet::summa(alla.iter().filter_map(|(_, _, b, _)| radens(b)))?;
    let flyttat = Storhet::summa(
        alla.iter()
            .filter_map(|(_, _, b, _)| b.overfort.map(Storhet::from)),
    )
    .unwrap_or(noll);
    let in_flyttat = s.overfort.map_or(noll, Storhet::from);
    // The same amount carried over on both sides is left out, so that the figures in the
    // finding are the ones the paper prints.
    let lika_flyttat = flyttat.mot(in_flyttat) == Utslag::Lika;
    let (angivet, beraknat) = if lika_flyttat {
        (Storhet::from(tilldelat), totalt.minus(flyttat))
    } else {
        (Storhet::from(tilldelat).plus(in_flyttat), totalt)
    };
    // A row whose parts and total disagree is told by the rule about that, and only there.
    let delar = Storhet::summa(alla.iter().filter_map(|(_, _, b, _)| radens_delar(b)));
    let finns = Storhet::from(tilldelat).plus(in_flyttat);
    if angivet.forenlig(beraknat) || delar.is_some_and(|d| finns.forenlig(d)) {
        return None;
    }
    let skillnad = angivet.minus(beraknat);
    let vad = match (lika_flyttat, s.overfort) {
        (false, Some(_)) => "tilldelat och överfört",
        _ => "tilldelat",
    };
    let mut text = format!(
        "I {}{} är {angivet} {vad}, men raderna fördelar {beraknat}.",
        citat(&f.titel),
        om_ar(s.ar)
    );
    if lika_flyttat && flyttat.varde != 0 {
        text.push_str(&format!(" Överförda {flyttat} kommer till på båda sidor."));
    }
    let (allvar, atgard) = if skillnad.varde > 0 {
        text.push_str(&format!(" {skillnad} är inte fördelat."));
        (
            Allvar::Varning,
            "Fördela resten eller visa den på en egen rad.",
        )
    } else {
        text.push_str(&format!(
            " Det är {} mer än vad som finns.",
            skillnad.absolut()
        ));
        (
            Allvar::Fel,
            "Minska någon rad eller ange varifrån resten kommer.",
        )
    };
    let sokvag = format!("fordelningar[{nr}].summor[{snr}].tilldelat");
    let mut rader = vec![rad(sokvag, "Tilldelat", &tilldelat.som_skrivet(), &s.plats)];
    rader.extend(alla.into_iter().filter_map(fordelad));
    Some(
        Fynd::tal(allvar, &s.plats, angivet, beraknat)
            .sager(text, atgard)
            .pa(rader),
    )
}

/// A row of the distribution as a row of the finding.
fn fordelad((sokvag, etikett, b, plats): (String, &str, &RadBelopp, &str)) -> Option<Rad> {
    Some(rad(sokvag, etikett, &radens(b)?.to_string(), plats))
}

/// `nytt-och-overfort-mot-totalt`: two parts and their stated total.
pub(super) fn nytt_och_overfort(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, f) in k.u.fordelningar.iter().enumerate() {
        for (sokvag, etikett, b, plats) in alla_rader(nr, f) {
            let om = format!("{}{}", citat(etikett), om_ar(b.ar));
            let fynd = delar(&sokvag, &om, plats, [b.nytt, b.overfort], b.totalt);
            ut.extend(fynd.map(|f| f.for_ar(b.ar)));
        }
        for (snr, s) in f.summor.iter().enumerate() {
            let sokvag = format!("fordelningar[{nr}].summor[{snr}]");
            let om = format!("{}{}", citat(&f.titel), om_ar(s.ar));
            let fynd = delar(&sokvag, &om, &s.plats, [s.tilldelat, s.overfort], s.summa);
            ut.extend(fynd.map(|f| f.for_ar(s.ar)));
        }
    }
    k.signera("nytt-och-overfort-mot-totalt", ut)
}

/// Speaks only when all three are stated.
fn delar(
    sokvag: &str,
    om: &str,
    plats: &str,
    delar: [Option<Belopp>; 2],
    totalt: Option<Belopp>,
) -> Option<Fynd> {
    let [nytt, overfort] = delar;
    let (nytt, overfort, totalt) = (nytt?, overfort?, totalt?);
    let beraknat = Storhet::from(nytt).plus(overfort.into());
    let angivet = Storhet::from(totalt);
    if angivet.forenlig(beraknat) {
        return None;
    }
    let text = format!(
        "{om}: {} i nya pengar och {} överfört blir {beraknat}, men totalen anges till {angivet}. \
         Skillnaden är {}.",
        Storhet::from(nytt),
        Storhet::from(overfort),
        angivet.minus(beraknat)
    );
    let rader = [("Nytt", nytt), ("Överfört", overfort), ("Totalt", totalt)]
        .map(|(vad, b)| rad(sokvag, vad, &b.som_skrivet(), plats));
    let fynd = Fynd::tal(Allvar::Fel, plats, angivet, beraknat);
    Some(
        fynd.sager(text, "Rätta det av de tre beloppen som är fel.")
            .pa(rader.to_vec()),
    )
}
