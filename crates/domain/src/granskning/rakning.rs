//! Stated calculations, shares and fees against their results.

use super::fynd::{Allvar, Fynd};
use super::kontext::{Kontext, citat, rad};
use super::storhet::{Storhet, Utslag};
use crate::underlag::{Andel, Avgift, Kalkyl, Matt};

/// `kalkyl-mot-resultat`.
pub(super) fn kalkyl(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.kalkyler.iter().enumerate();
    let ut = alla.filter_map(|(nr, kalkyl)| kalkyl_en(k, nr, kalkyl));
    k.signera("kalkyl-mot-resultat", ut)
}

fn kalkyl_en(k: &Kontext<'_>, nr: usize, kalkyl: &Kalkyl) -> Option<Fynd> {
    let termer = kalkyl.termer.iter();
    let beraknat = Storhet::summa(termer.map(|t| Storhet::from(t.pris).ganger(t.antal.0.into())))?;
    let angivet = Storhet::from(kalkyl.angivet);
    if angivet.forenlig(beraknat) {
        return None;
    }
    let skillnad = angivet.minus(beraknat);
    let utrakning: Vec<String> = kalkyl
        .termer
        .iter()
        .map(|t| format!("{} × {}", t.antal.0, Storhet::from(t.pris)))
        .collect();
    let text = format!(
        "{} anges till {angivet}, men uträkningen {} ger {beraknat}. Skillnaden är {skillnad}.",
        citat(&kalkyl.etikett),
        utrakning.join(" + ")
    );
    let mut rader = vec![rad(
        format!("kalkyler[{nr}].angivet"),
        &kalkyl.etikett,
        &kalkyl.angivet.som_skrivet(),
        &kalkyl.plats,
    )];
    rader.extend(
        kalkyl
            .termer
            .iter()
            .zip(&utrakning)
            .enumerate()
            .map(|(i, (t, u))| {
                rad(
                    format!("kalkyler[{nr}].termer[{i}]"),
                    &t.etikett,
                    u,
                    &kalkyl.plats,
                )
            }),
    );
    if avrundad_kalkyl(kalkyl, beraknat) {
        let fynd = Fynd::tal(Allvar::Upplysning, &kalkyl.plats, angivet, beraknat);
        let kan = "Avrundning till hela kronor eller ören förklarar den.";
        let fynd = fynd.sager(text, "Inget behöver göras.").kan_bero_pa(kan);
        return Some(fynd.pa(rader));
    }
    let atgard = "Räkna om raden och summan, eller rätta priserna.";
    let mut fynd = Fynd::tal(Allvar::Fel, &kalkyl.plats, angivet, beraknat).sager(text, atgard);
    if let Some(kan) = annat_antal(kalkyl, skillnad) {
        fynd = fynd.kan_bero_pa(kan);
    }
    fynd.text.push_str(&ny_summa(k, kalkyl, skillnad));
    Some(fynd.pa(rader))
}

/// Can rounding explain the difference: the result's to kronor or öre, and a price's to öre?
/// A price in whole kronor is what it is, however many times it is paid.
fn avrundad_kalkyl(kalkyl: &Kalkyl, beraknat: Storhet) -> bool {
    let angivet = Storhet::from(kalkyl.angivet);
    let priser = kalkyl.termer.iter().map(|t| Storhet::from(t.pris));
    if Storhet::kronors_avrundning(priser.chain([angivet])).is_none() {
        return false;
    }
    let orespriser = kalkyl.termer.iter().filter(|t| t.pris.ore.0 % 100 != 0);
    let av_priser: i128 = orespriser.map(|t| i128::from(t.antal.0)).sum();
    let skillnad = angivet.minus(beraknat).absolut().varde;
    skillnad.saturating_mul(2) <= av_priser.saturating_add(angivet.minsta_steg())
}

/// Would the result be right with another count of one of the terms?
fn annat_antal(kalkyl: &Kalkyl, skillnad: Storhet) -> Option<String> {
    for t in &kalkyl.termer {
        let pris = i128::from(t.pris.ore.0);
        if pris <= 0 || skillnad.varde % pris != 0 {
            continue;
        }
        let antal = i128::from(t.antal.0) + skillnad.varde / pris;
        if (0..=1000).contains(&antal) {
            return Some(format!(
                "Beloppet stämmer om {} räknas {antal} gånger i stället för {}.",
                citat(&t.etikett),
                t.antal.0
            ));
        }
    }
    None
}

/// What the table's total would become.
fn ny_summa(k: &Kontext<'_>, kalkyl: &Kalkyl, skillnad: Storhet) -> String {
    let Some(radref) = &kalkyl.rad else {
        return String::new();
    };
    let ar_raden = |r: &crate::underlag::TabellRad| r.id.as_ref().is_some_and(|i| i.0 == radref.0);
    let Some(t) = k.tabell_med_rad(radref) else {
        return String::new();
    };
    let angivet = Storhet::from(kalkyl.angivet);
    let kolumn = t.rader.iter().filter(|r| ar_raden(r)).find_map(|r| {
        r.varden
            .iter()
            .position(|v| v.is_some_and(|v| Storhet::from(v).mot(angivet) == Utslag::Lika))
    });
    let summa = kolumn.and_then(|kol| {
        let utan_minus = t.summor.iter().filter(|s| s.minus.is_empty());
        utan_minus
            .filter_map(|s| s.varden.get(kol).copied().flatten())
            .next()
    });
    match summa {
        Some(summa) if summa.matt == Matt::Kronor => {
            let ny = Storhet::from(summa).minus(skillnad);
            format!(
                " Summan i {} skulle då bli {ny} i stället för {}.",
                citat(&t.titel),
                Storhet::from(summa)
            )
        }
        _ => String::new(),
    }
}

/// `andel-mot-antal`. Rounding is reported only when it is coarse: more than a twentieth of
/// the share itself, for then an amount computed from one differs from one computed from the
/// other.
pub(super) fn andel(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.andelar.iter().enumerate();
    let ut = alla.filter_map(|(nr, a)| andel_en(nr, a));
    k.signera("andel-mot-antal", ut)
}

fn andel_en(nr: usize, a: &Andel) -> Option<Fynd> {
    let hel = i128::from(a.hel.0);
    let angivet = Storhet::from(a.andel);
    let hundra = match angivet.matt {
        Matt::Procent => 100_000,
        Matt::Promille => 1_000_000,
        Matt::Kronor | Matt::Personer | Matt::Antal => return None,
    };
    if hel == 0 {
        return None;
    }
    // Compared exactly as a fraction; shown with one digit more than the paper's.
    let exakt = i128::from(a.del.0) * hundra;
    let avvikelse = (angivet.varde * hel - exakt).abs();
    let inom = avvikelse <= angivet.halv * hel;
    if inom && avvikelse * 20 <= exakt {
        return None;
    }
    let steg = if angivet.halv >= 500 { 100 } else { 10 };
    let beraknat = (exakt + hel * steg / 2) / (hel * steg) * steg;
    let beraknat = Storhet::exakt(angivet.matt, beraknat);
    let bas = format!(
        "{} anges till {angivet}, men {} av {} är {beraknat}.",
        citat(&a.etikett),
        a.del.0,
        a.hel.0
    );
    let (allvar, text, atgard) = if inom {
        (
            Allvar::Upplysning,
            format!("{bas} Det är avrundat, men ett belopp som räknas på andelen blir ett annat."),
            "Skriv vilket av talen som beloppet är räknat på.",
        )
    } else {
        (Allvar::Fel, bas, "Rätta andelen eller antalet.")
    };
    let rader = vec![
        rad(
            format!("andelar[{nr}].andel"),
            &a.etikett,
            &angivet.to_string(),
            &a.plats,
        ),
        rad(
            format!("andelar[{nr}]"),
            "Antal",
            &format!("{} av {}", a.del.0, a.hel.0),
            &a.plats,
        ),
    ];
    Some(
        Fynd::tal(allvar, &a.plats, angivet, beraknat)
            .sager(text, atgard)
            .pa(rader),
    )
}

/// `avgift-mot-sats`.
pub(super) fn avgift(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.avgifter.iter().enumerate();
    let ut = alla.filter_map(|(nr, a)| avgift_en(nr, a));
    k.signera("avgift-mot-sats", ut)
}

/// Does the rounding of the rate explain the fee? A whole rate is a decision; one with
/// decimals may be what a longer one was rounded to.
fn avrundad_sats(
    sats: Storhet,
    underlag: Storhet,
    namnare: i128,
    (angivet, beraknat): (Storhet, Storhet),
) -> bool {
    let av_satsen = underlag.varde.saturating_abs().saturating_mul(sats.halv) / namnare;
    let vidgat = Storhet {
        halv: beraknat.halv.saturating_add(av_satsen),
        ..beraknat
    };
    sats.varde % 1000 != 0 && angivet.forenlig(vidgat)
}

fn avgift_en(nr: usize, a: &Avgift) -> Option<Fynd> {
    let sats = Storhet::from(a.sats);
    let namnare: i128 = match sats.matt {
        Matt::Procent => 100_000,
        Matt::Promille => 1_000_000,
        Matt::Kronor | Matt::Personer | Matt::Antal => return None,
    };
    let underlag = Storhet::from(a.underlag);
    let angivet = Storhet::from(a.belopp);
    // A rate is a decision and exact; the base may be rounded, and a fee is a whole krona.
    let beraknat = Storhet {
        matt: Matt::Kronor,
        varde: underlag.varde.saturating_mul(sats.varde) / namnare,
        halv: underlag.halv.saturating_mul(sats.varde.abs()) / namnare + 50,
    };
    if angivet.forenlig(beraknat) {
        return None;
    }
    let avrundat = avrundad_sats(sats, underlag, namnare, (angivet, beraknat));
    let mut text = format!(
        "{} anges till {angivet}, men {sats} av {underlag} är {beraknat}. Skillnaden är {}.",
        citat(&a.etikett),
        angivet.minus(beraknat)
    );
    let rader = vec![
        rad(
            format!("avgifter[{nr}].belopp"),
            &a.etikett,
            &a.belopp.som_skrivet(),
            &a.plats,
        ),
        rad(
            format!("avgifter[{nr}].sats"),
            "Sats",
            &sats.to_string(),
            &a.plats,
        ),
        rad(
            format!("avgifter[{nr}].underlag"),
            "Underlag",
            &a.underlag.som_skrivet(),
            &a.plats,
        ),
    ];
    let (allvar, atgard) = if avrundat {
        text.push_str(" Satsen är avrundad, och det förklarar den.");
        (Allvar::Upplysning, "Inget behöver göras.")
    } else {
        let atgard = "Kontrollera satsen, underlaget och avgiften.";
        (Allvar::Fel, atgard)
    };
    Some(
        Fynd::tal(allvar, &a.plats, angivet, beraknat)
            .sager(text, atgard)
            .pa(rader),
    )
}
