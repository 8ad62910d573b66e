//! `samma-uppgift`: one fact that the paper states with several amounts. Also
//! `overfort-mellan-ar`, where the same money leaves one year and enters the next, and
//! `rad-mot-insats`, where a distribution's row and an initiative's budget are one fact.

use super::bidrag::{Arslage, Delsumma, Sida, delsummor, stod_for_inkommet, stodd};
use super::fynd::{Allvar, Fynd};
use super::kontext::{Fakta, Kontext, Version, bidragsfakta, citat, lista, om_ar, rad};
use super::storhet::Storhet;
use super::summor::{radens, radens_delar};
use crate::underlag::{Bidrag, Fordelning, FordelningStatus, Overforing};
use std::collections::BTreeMap;

/// Every fact of the paper that may be stated more than once, with what supports it.
fn alla_fakta<'a>(k: &Kontext<'a>) -> Vec<(Fakta<'a>, Vec<Delsumma>)> {
    let mut ut = Vec::new();
    for lage in Arslage::alla(k) {
        for fakta in bidragsfakta(lage.bidrag, lage.nr, lage.arnr, lage.ar) {
            let stod = if fakta.sokvag.ends_with("rekvirerat") {
                stod_for_inkommet(k, lage)
            } else if fakta.sokvag.ends_with("anvant") {
                delsummor(k, lage, Sida::Anvant)
            } else {
                Vec::new()
            };
            ut.push((fakta, stod));
        }
        for (nr, namnd) in lage.ar.namnder.iter().enumerate() {
            for sida in [Sida::Fordelat, Sida::Anvant] {
                let falt = format!("namnder[{nr}].{}", sida.falt_namnd());
                let vad = if sida == Sida::Fordelat {
                    "Fördelat till"
                } else {
                    "Använt av"
                };
                let vad = format!("{vad} {}", k.org(&namnd.organisation));
                ut.push((lage.fakta(sida.namnd(namnd), &falt, &vad), Vec::new()));
            }
        }
    }
    for (nr, insats) in k.u.insatser.iter().enumerate() {
        for (arnr, pengar) in insats.ekonomi.iter().enumerate() {
            let bas = format!("insatser[{nr}].ekonomi[{arnr}]");
            let om = format!("{} för {}", om_ar(pengar.ar), citat(&insats.namn));
            let budget = Fakta::ny(
                &pengar.budget,
                format!("{bas}.budget"),
                format!("Budget{om}"),
            )
            .for_ar(pengar.ar);
            let utfall = Fakta::ny(
                &pengar.utfall,
                format!("{bas}.utfall"),
                format!("Utfall{om}"),
            )
            .for_ar(pengar.ar);
            let dolt = super::insatser::dolt_overskridande(&budget, &utfall).is_some();
            ut.push((budget, Vec::new()));
            // An exact figure that reveals an overspend is told by the rule about that.
            if !dolt {
                ut.push((utfall, Vec::new()));
            }
        }
    }
    for (nr, f) in k.u.finansiering.iter().enumerate() {
        let fakta = Fakta::ny(
            &f.budget,
            format!("finansiering[{nr}].budget"),
            format!("Budget för {}", citat(&f.rubrik)),
        )
        .for_ar(f.ar);
        ut.push((fakta, Vec::new()));
    }
    ut
}

/// `samma-uppgift`: one fact, several amounts.
pub(super) fn samma_uppgift(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (fakta, stod) in alla_fakta(k) {
        let versioner = fakta.versioner();
        if versioner.len() < 2 {
            continue;
        }
        let ratt = stodd(&versioner, &stod);
        let Some(grund) = ratt.or(versioner.last()) else {
            continue;
        };
        for v in versioner.iter().filter(|v| !std::ptr::eq(*v, grund)) {
            ut.push(olika(&fakta, v, grund, ratt.is_some(), &stod));
        }
    }
    for (nr, f) in k.u.fordelningar.iter().enumerate() {
        ut.extend(tilldelat_i_fordelning(k, nr, f));
    }
    k.signera("samma-uppgift", ut)
}

fn olika(
    fakta: &Fakta<'_>,
    v: &Version<'_>,
    grund: &Version<'_>,
    stodd: bool,
    stod: &[Delsumma],
) -> Fynd {
    let skillnad = v.varde.minus(grund.varde).absolut();
    let text = format!(
        "{} anges olika: {} ({}) men {} ({}). Skillnaden är {skillnad}.{}",
        fakta.etikett,
        v.varde,
        v.platser(),
        grund.varde,
        grund.platser(),
        v.varde.om_omkastad(grund.varde),
    );
    let mut fynd = Fynd::tal(Allvar::Fel, &v.platser(), v.varde, grund.varde).sager(
        text,
        "Ta reda på vilket belopp som är rätt och rätta det andra.",
    );
    let mut rader = fakta.rader();
    if stodd {
        let vilka: Vec<String> = stod
            .iter()
            .filter(|d| grund.varde.forenlig(d.summa))
            .map(|d| d.vilka.to_owned())
            .collect();
        fynd = fynd.kan_bero_pa(format!(
            "Beloppet {} stämmer med {}. Antingen är {} fel, eller så har {skillnad} inte \
             fördelats vidare.",
            grund.varde,
            lista(&vilka),
            v.varde,
        ));
        rader.extend(stod.iter().flat_map(|d| d.rader.iter().cloned()));
    }
    fynd.pa(rader).for_ar(fakta.ar)
}

/// The allocation that a distribution starts from is the grant's own.
fn tilldelat_i_fordelning(k: &Kontext<'_>, nr: usize, f: &Fordelning) -> Vec<Fynd> {
    let [bidrag] = f.bidrag.as_slice() else {
        return Vec::new();
    };
    let mut ut = Vec::new();
    let Some((bnr, b)) =
        k.u.bidrag
            .iter()
            .enumerate()
            .find(|(_, b)| b.id.0 == bidrag.0)
    else {
        return Vec::new();
    };
    let aret = |ar| b.ar.iter().enumerate().find(|(_, a)| a.ar == ar);
    for (snr, s) in f.summor.iter().enumerate() {
        let (Some(tilldelat), Some((arnr, ar))) = (s.tilldelat, aret(s.ar)) else {
            continue;
        };
        let lage = Arslage {
            bidrag: b,
            nr: bnr,
            ar,
            arnr,
        };
        let fakta = lage.fakta(&lage.ar.tilldelat, "tilldelat", "Tilldelat");
        let angivet = Storhet::from(tilldelat);
        let versioner = fakta.versioner();
        let Some(annan) = versioner.first() else {
            continue;
        };
        if versioner.iter().any(|v| v.varde.forenlig(angivet)) {
            continue;
        }
        let text = format!(
            "{} anges olika: {angivet} i {} ({}) men {} ({}). Skillnaden är {}.",
            fakta.etikett,
            citat(&f.titel),
            s.plats,
            annan.varde,
            annan.platser(),
            angivet.minus(annan.varde).absolut()
        );
        let sokvag = format!("fordelningar[{nr}].summor[{snr}].tilldelat");
        let mut rader = vec![rad(sokvag, "Tilldelat", &tilldelat.som_skrivet(), &s.plats)];
        rader.extend(fakta.rader());
        ut.push(
            Fynd::tal(Allvar::Fel, &s.plats, angivet, annan.varde)
                .sager(
                    text,
                    "Ta reda på vilket belopp som är rätt och rätta det andra.",
                )
                .pa(rader)
                .for_ar(s.ar),
        );
    }
    ut
}

/// `overfort-mellan-ar`: what leaves a year is what enters the next.
pub(super) fn overfort_mellan_ar(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.bidrag.iter().enumerate();
    let ut = alla.flat_map(|(nr, b)| overfort_i(nr, b));
    k.signera("overfort-mellan-ar", ut)
}

/// `overfort-trots-forbud`: a grant that may not be carried over, and is.
pub(super) fn overfort_trots_forbud(k: &Kontext<'_>) -> Vec<Fynd> {
    let forbjudna = Arslage::alla(k)
        .into_iter()
        .filter(|l| l.bidrag.overforing == Some(Overforing::EjTillaten));
    let ut = forbjudna.flat_map(|lage| {
        // The same money leaves one year and enters the next; it is told where it leaves.
        let sagt_fore = lage.bidrag.ar.iter().any(|x| {
            let fore = lage.ar.ar.map(|a| a.0.saturating_sub(1));
            x.ar.map(|a| a.0) == fore && !x.overfort_ut.is_empty()
        });
        let ar = lage.ar;
        let ut = lage.fakta(&ar.overfort_ut, "overfort_ut", "Överfört från");
        let in_ = lage.fakta(&ar.overfort_in, "overfort_in", "Överfört till");
        [(ut, false), (in_, sagt_fore)]
            .into_iter()
            .filter(|(_, sagt)| !sagt)
            .filter_map(|(fakta, _)| forbjudet(&fakta))
    });
    k.signera("overfort-trots-forbud", ut)
}

fn forbjudet(fakta: &Fakta<'_>) -> Option<Fynd> {
    let sagt = fakta.noggrannast()?;
    let belopp = Storhet::from(sagt.belopp);
    if belopp.varde == 0 {
        return None;
    }
    let text = format!(
        "{} anges till {belopp}, men papperet säger att bidraget inte får föras över mellan år.",
        fakta.etikett
    );
    let inget = Storhet::noll(belopp.matt);
    Some(
        Fynd::tal(Allvar::Fel, &sagt.plats, belopp, inget)
            .sager(
                text,
                "Kontrollera villkoren för bidraget. Får det inte föras över ska pengarna betalas \
                 tillbaka.",
            )
            .pa(fakta.rader())
            .for_ar(fakta.ar),
    )
}

fn overfort_i(nr: usize, bidrag: &Bidrag) -> Vec<Fynd> {
    let mut ut = Vec::new();
    let lagen = bidrag
        .ar
        .iter()
        .enumerate()
        .filter_map(|(arnr, a)| Some((a.ar?.0, arnr, a)));
    let per_ar: BTreeMap<i16, (usize, _)> = lagen.map(|(ar, arnr, a)| (ar, (arnr, a))).collect();
    for (ar, (arnr, fore)) in &per_ar {
        let Some((nastnr, nast)) = per_ar.get(&(ar + 1)) else {
            continue;
        };
        let lage = |ar, arnr| Arslage {
            bidrag,
            nr,
            ar,
            arnr,
        };
        let ut_fakta = lage(*fore, *arnr).fakta(&fore.overfort_ut, "overfort_ut", "Överfört från");
        let in_fakta =
            lage(*nast, *nastnr).fakta(&nast.overfort_in, "overfort_in", "Överfört till");
        let (Some(hit), Some(harifran)) = (in_fakta.noggrannast(), ut_fakta.noggrannast()) else {
            continue;
        };
        let (angivet, beraknat) = (Storhet::from(hit.belopp), Storhet::from(harifran.belopp));
        if angivet.forenlig(beraknat) {
            continue;
        }
        let text = format!(
            "{} anges till {angivet}, men från {ar} sägs {beraknat} ha flyttats. Skillnaden är \
             {}.{}",
            in_fakta.etikett,
            angivet.minus(beraknat),
            angivet.om_omkastad(beraknat)
        );
        let mut rader = in_fakta.rader();
        rader.extend(ut_fakta.rader());
        ut.push(
            Fynd::tal(Allvar::Fel, &hit.plats, angivet, beraknat)
                .sager(
                    text,
                    "Kontrollera vad bidragsgivaren har godkänt att flytta.",
                )
                .pa(rader)
                .for_ar(ut_fakta.ar.into_iter().chain(in_fakta.ar)),
        );
    }
    ut
}

/// `rad-mot-insats`: a row that names an initiative gives the initiative's budget.
pub(super) fn rad_mot_insats(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, f) in k.u.fordelningar.iter().enumerate() {
        // Several rows may share an initiative; then no single one is its budget.
        let mut rader: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (radnr, r) in f.rader.iter().enumerate() {
            if let Some(insats) = &r.insats {
                rader.entry(&insats.0).or_default().push(radnr);
            }
        }
        for radnr in rader
            .values()
            .filter_map(|nr| nr.first().filter(|_| nr.len() == 1))
        {
            ut.extend(rad_en(k, nr, f, *radnr));
        }
    }
    k.signera("rad-mot-insats", ut)
}

fn rad_en(k: &Kontext<'_>, nr: usize, f: &Fordelning, radnr: usize) -> Option<Fynd> {
    let r = f.rader.get(radnr)?;
    let (insatsnr, insats) = k.insats(&r.insats.as_ref()?.0)?;
    for (bnr, b) in r.belopp.iter().enumerate() {
        let Some((arnr, pengar)) = insats
            .ekonomi
            .iter()
            .enumerate()
            .find(|(_, p)| p.ar == b.ar)
        else {
            continue;
        };
        let sokvag = format!("insatser[{insatsnr}].ekonomi[{arnr}].budget");
        let etikett = format!("Budget{} för {}", om_ar(b.ar), citat(&insats.namn));
        let budget = Fakta::ny(&pengar.budget, sokvag, etikett);
        let (Some(angivet), Some(uppgift)) = (radens(b), budget.noggrannast()) else {
            continue;
        };
        // A row whose parts and total disagree is told by the rule about that.
        let mojliga = [Some(angivet), b.nytt.map(Storhet::from), radens_delar(b)];
        let versioner = budget.versioner();
        let stammer = |v: &Version<'_>| mojliga.iter().flatten().any(|m| v.varde.forenlig(*m));
        if versioner.iter().any(stammer) {
            continue;
        }
        let beraknat = Storhet::from(uppgift.belopp);
        let plats = r.plats.as_deref().unwrap_or(&f.plats);
        let text = format!(
            "{} är {beraknat} ({}), men raden i {} ger {angivet}. Skillnaden är {}.{}",
            budget.etikett,
            uppgift.plats,
            citat(&f.titel),
            angivet.minus(beraknat),
            angivet.om_omkastad(beraknat)
        );
        let sokvag = format!("fordelningar[{nr}].rader[{radnr}].belopp[{bnr}]");
        let mut rader = vec![rad(sokvag, &r.etikett, &angivet.to_string(), plats)];
        rader.extend(budget.rader());
        // A proposal may still change; a decision is what the initiative has.
        let (allvar, atgard) = match f.status {
            FordelningStatus::Forslag => (
                Allvar::Varning,
                "Kontrollera om budgeten eller förslaget är det som gäller.",
            ),
            FordelningStatus::Beslutad => (
                Allvar::Fel,
                "Rätta budgeten eller raden så att de stämmer med beslutet.",
            ),
        };
        let fynd = Fynd::tal(allvar, plats, angivet, beraknat).for_ar(b.ar);
        return Some(fynd.sager(text, atgard).pa(rader));
    }
    None
}
