//! Rules about single initiatives: hidden overspends, explanations, claims, missing facts.

use super::bidrag::Arslage;
use super::fynd::{Allvar, Enhet, Fynd, FyndVarde};
use super::kontext::{Fakta, Kontext, citat, om_ar, rad};
use super::storhet::Storhet;
use crate::underlag::{Forklaring, Insats, InsatsAr, PapperSlag, PastaendeSlag, Uppgift};

/// An outcome that looks within budget as reported but is above it when stated exactly.
pub(super) struct Dolt<'a> {
    pub budget: &'a Uppgift,
    pub grovt: &'a Uppgift,
    pub exakt: &'a Uppgift,
}

/// Finds such an outcome.
pub(super) fn dolt_overskridande<'a>(budget: &Fakta<'a>, utfall: &Fakta<'a>) -> Option<Dolt<'a>> {
    let budget = budget.noggrannast()?;
    let exakt = utfall.noggrannast()?;
    let tak = Storhet::from(budget.belopp);
    let over = Storhet::from(exakt.belopp).varde > tak.varde + tak.halv;
    let grovt = utfall.uppgifter.iter().find(|u| {
        u.belopp.precision > exakt.belopp.precision && u.belopp.ore <= budget.belopp.ore
    })?;
    over.then_some(Dolt {
        budget,
        grovt,
        exakt,
    })
}

fn pengar<'a>(nr: usize, arnr: usize, i: &Insats, p: &'a InsatsAr) -> (Fakta<'a>, Fakta<'a>) {
    let bas = format!("insatser[{nr}].ekonomi[{arnr}]");
    let om = format!("{} för {}", om_ar(p.ar), citat(&i.namn));
    (
        Fakta::ny(&p.budget, format!("{bas}.budget"), format!("Budget{om}")).for_ar(p.ar),
        Fakta::ny(&p.utfall, format!("{bas}.utfall"), format!("Utfall{om}")).for_ar(p.ar),
    )
}

/// `overskridande-bakom-avrundning`.
pub(super) fn overskridande(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, insats) in k.u.insatser.iter().enumerate() {
        for (arnr, p) in insats.ekonomi.iter().enumerate() {
            let (budget, utfall) = pengar(nr, arnr, insats, p);
            let Some(dolt) = dolt_overskridande(&budget, &utfall) else {
                continue;
            };
            let (exakt, tak) = (
                Storhet::from(dolt.exakt.belopp),
                Storhet::from(dolt.budget.belopp),
            );
            let text = format!(
                "{} redovisar {} i utfall mot {} i budget{}, alltså ingen avvikelse. Det exakta \
                 utfallet är {exakt}, {} över budget.",
                citat(&insats.namn),
                dolt.grovt.belopp.som_skrivet(),
                dolt.budget.belopp.som_skrivet(),
                om_ar(p.ar),
                exakt.minus(tak),
            );
            let mut rader = budget.rader();
            rader.extend(utfall.rader());
            ut.push(
                Fynd::tal(Allvar::Varning, &dolt.exakt.plats, exakt, tak)
                    .sager(
                        text,
                        "Redovisa det exakta utfallet och förklara överskridandet.",
                    )
                    .pa(rader)
                    .for_ar(p.ar),
            );
        }
    }
    k.signera("overskridande-bakom-avrundning", ut)
}

/// `forklaring-mot-avvikelse`.
pub(super) fn forklaring(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.forklaringar.iter().enumerate();
    let ut = alla.filter_map(|(nr, f)| forklaring_en(k, nr, f));
    k.signera("forklaring-mot-avvikelse", ut)
}

fn forklaring_en(k: &Kontext<'_>, nr: usize, f: &Forklaring) -> Option<Fynd> {
    let (insatsnr, insats) = k.insats(&f.insats.0)?;
    let (arnr, p) = match f.ar {
        Some(_) => insats
            .ekonomi
            .iter()
            .enumerate()
            .find(|(_, p)| p.ar == f.ar)?,
        None if insats.ekonomi.len() == 1 => insats.ekonomi.iter().enumerate().next()?,
        None => return None,
    };
    let (budget, utfall) = pengar(insatsnr, arnr, insats, p);
    let b: Storhet = budget.noggrannast()?.belopp.into();
    let u: Storhet = utfall.noggrannast()?.belopp.into();
    let avvikelse = b.minus(u).absolut();
    let angivet = Storhet::from(f.belopp).absolut();
    if angivet.forenlig(avvikelse) {
        return None;
    }
    let skillnad = angivet.minus(avvikelse);
    let hall = if b.varde >= u.varde { "under" } else { "över" };
    let mut text = format!(
        "Förklaringen gäller {angivet}, men {} ligger {avvikelse} {hall} sin budget ({b} i budget, \
         {u} i utfall).",
        citat(&insats.namn)
    );
    if skillnad.varde > 0 {
        text.push_str(&format!(" {skillnad} är alltså inte förklarat."));
    } else {
        text.push_str(&format!(
            " Avvikelsen är {} större än så.",
            skillnad.absolut()
        ));
    }
    text.push_str(&namndens_kvar(k, insats, angivet));
    let mut rader = vec![rad(
        format!("forklaringar[{nr}].belopp"),
        &f.rubrik,
        &f.belopp.som_skrivet(),
        &f.plats,
    )];
    rader.extend(budget.rader());
    rader.extend(utfall.rader());
    let atgard = "Förklara hela avvikelsen, eller rätta beloppet i förklaringen.";
    Some(
        Fynd::tal(Allvar::Fel, &f.plats, angivet, avvikelse)
            .sager(text, atgard)
            .pa(rader)
            .for_ar(p.ar),
    )
}

/// What the responsible board has left, when that is something else than what is explained.
fn namndens_kvar(k: &Kontext<'_>, insats: &Insats, angivet: Storhet) -> String {
    let [ansvarig] = insats.ansvariga.as_slice() else {
        return String::new();
    };
    for lage in Arslage::alla(k) {
        for n in lage
            .ar
            .namnder
            .iter()
            .filter(|n| n.organisation == *ansvarig)
        {
            let fakta = |u| {
                Fakta::ny(u, String::new(), "")
                    .noggrannast()
                    .map(|u| u.belopp)
            };
            let (Some(fick), Some(anvande)) = (fakta(&n.fordelat), fakta(&n.anvant)) else {
                continue;
            };
            let kvar = Storhet::from(fick).minus(anvande.into());
            if !kvar.forenlig(angivet) {
                let namn = k.org(ansvarig);
                return format!(" {namn} har sammanlagt {kvar} kvar av det som fördelats dit.");
            }
        }
    }
    String::new()
}

/// `pastaende-mot-belopp`: "no economic consequences" beside money that goes back.
pub(super) fn pastaende(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    let aterbetalas = Arslage::alla(k).into_iter().find_map(|lage| {
        let fakta = lage.aterbetalas();
        let uppgift = fakta.noggrannast().filter(|u| u.belopp.ore.0 > 0)?;
        Some((fakta, uppgift))
    });
    let inga = |s| s == PastaendeSlag::IngaEkonomiskaKonsekvenser;
    for (nr, p) in
        k.u.pastaenden
            .iter()
            .enumerate()
            .filter(|(_, p)| inga(p.slag))
    {
        let Some((fakta, uppgift)) = &aterbetalas else {
            break;
        };
        let belopp = Storhet::from(uppgift.belopp);
        let text = format!(
            "Papperet säger att beslutet inte har några ekonomiska konsekvenser, men samma \
             papper redovisar att {belopp} ska betalas tillbaka ({}). Påståendet har inget \
             belopp, så någon skillnad räknas inte ut.",
            uppgift.plats
        );
        let sokvag = format!("pastaenden[{nr}]");
        let mut rader = vec![rad(sokvag, "Påstående", &p.text, &p.plats)];
        rader.extend(fakta.rader());
        let atgard = "Skriv att återbetalningen är en ekonomisk konsekvens.";
        let mut fynd = Fynd::utan_tal(Allvar::Varning, &p.plats, Enhet::Kr)
            .sager(text, atgard)
            .pa(rader)
            .for_ar(fakta.ar);
        fynd.beraknat = Some(FyndVarde::Tal(belopp.tusendelar()));
        ut.push(fynd);
    }
    k.signera("pastaende-mot-belopp", ut)
}

/// `obligatorisk-uppgift`: facts that a paper of its kind must give.
pub(super) fn obligatorisk(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    let papper = &k.u.dokument;
    if papper.slag == PapperSlag::Webbsida && papper.publicerad.is_none() {
        let text = "Webbsidan saknar publiceringsdatum. Läsaren kan inte veta vilken tid \
                    uppgifterna gäller. Det finns inget datum att räkna med.";
        let rader = vec![rad("dokument.publicerad", "Publicerad", "saknas", "sidan")];
        ut.push(
            Fynd::utan_tal(Allvar::Varning, "sidans datum", Enhet::Datum)
                .sager(text, "Skriv ut när sidan publicerades.")
                .pa(rader),
        );
    }
    for (nr, insats) in k.u.insatser.iter().enumerate() {
        ut.extend(slutar(nr, insats));
        if papper.slag == PapperSlag::Ansokan && insats.deltagare_planerat.is_none() {
            let text = format!(
                "Ansökan säger inte hur många deltagare {} ska ha. Utan antal går varken kostnad \
                 per deltagare eller måluppfyllelse att räkna ut.",
                citat(&insats.namn)
            );
            let sokvag = format!("insatser[{nr}].deltagare_planerat");
            ut.push(
                Fynd::utan_tal(Allvar::Varning, &insats.plats, Enhet::Personer)
                    .sager(text, "Fråga den sökande efter planerat antal deltagare.")
                    .pa(vec![rad(
                        sokvag,
                        "Antal deltagare",
                        "saknas",
                        &insats.plats,
                    )]),
            );
        }
    }
    k.signera("obligatorisk-uppgift", ut)
}

fn slutar(nr: usize, insats: &Insats) -> Option<Fynd> {
    let period = insats
        .period
        .as_ref()
        .filter(|p| p.till.is_none() && !p.pagar)?;
    let fran = period.fran?;
    let text = format!(
        "{} började {fran}, men papperet säger inte när insatsen slutade eller att den pågår. Det \
         finns inget slutår att räkna med.",
        citat(&insats.namn)
    );
    let rader = vec![rad(
        format!("insatser[{nr}].period.till"),
        "Slut",
        "saknas",
        &period.plats,
    )];
    let fynd = Fynd::utan_tal(Allvar::Varning, &period.plats, Enhet::Datum);
    Some(
        fynd.sager(text, "Skriv ut slutåret, eller att insatsen pågår.")
            .pa(rader),
    )
}
