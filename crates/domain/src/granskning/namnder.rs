//! `namnd-mot-insatser`: what a board states against what its initiatives give.

use super::bidrag::{Arslage, Sida};
use super::fynd::{Allvar, Fynd, Rad};
use super::kontext::{Fakta, Kontext, citat, lista, om_ar};
use super::storhet::{Storhet, Utslag};
use crate::underlag::{Insats, InsatsAr, Uppgift};
use std::collections::BTreeMap;

/// One initiative's figure: as reported, and the most exact the paper gives.
struct Del<'a> {
    namn: String,
    rapporterat: &'a Uppgift,
    exakt: &'a Uppgift,
    rader: Vec<Rad>,
}

impl Del<'_> {
    fn rapporterat(&self) -> Storhet {
        self.rapporterat.belopp.into()
    }

    fn exakt(&self) -> Storhet {
        self.exakt.belopp.into()
    }

    fn preciserad(&self) -> bool {
        self.exakt.belopp.precision < self.rapporterat.belopp.precision
    }
}

/// The rule.
pub(super) fn namnd_mot_insatser(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for lage in Arslage::alla(k) {
        let per_namnd = per_namnd(k, lage);
        for (nr, namnd) in lage.ar.namnder.iter().enumerate() {
            for sida in [Sida::Fordelat, Sida::Anvant] {
                let sokvag = format!(
                    "bidrag[{}].ar[{}].namnder[{nr}].{}",
                    lage.nr,
                    lage.arnr,
                    sida.falt_namnd()
                );
                let vad = if sida == Sida::Anvant {
                    "använt"
                } else {
                    "fått"
                };
                let etikett = format!("{} har {vad}", k.org(&namnd.organisation));
                let fakta = Fakta::ny(sida.namnd(namnd), sokvag, etikett);
                let egna = per_namnd.get(namnd.organisation.0.as_str());
                if let Some(delar) = egna.and_then(|egna| namndens(egna, sida)) {
                    let fynd = jamfor(&fakta, &delar, &om_ar(lage.ar.ar));
                    ut.extend(fynd.into_iter().map(|f| f.for_ar(lage.ar.ar)));
                }
            }
        }
    }
    k.signera("namnd-mot-insatser", ut)
}

/// An initiative with its money in the year, and where that is in the underlag.
type Insatsar<'a> = (String, &'a Insats, &'a InsatsAr);

/// The year's initiatives by each board that answers for them.
fn per_namnd<'a>(k: &Kontext<'a>, lage: Arslage<'_>) -> BTreeMap<&'a str, Vec<Insatsar<'a>>> {
    let mut ut: BTreeMap<&str, Vec<Insatsar<'_>>> = BTreeMap::new();
    if lage.ar.namnder.is_empty() {
        return ut;
    }
    for (sokvag, insats, pengar) in k.betalda_av(lage.bidrag, lage.ar.ar) {
        for ansvarig in &insats.ansvariga {
            ut.entry(&ansvarig.0)
                .or_default()
                .push((sokvag.clone(), insats, pengar));
        }
    }
    ut
}

/// The amounts of the initiatives that a board alone answers for. Nothing when the board
/// shares one of them (the split is not stated) or when one of them lacks its amount.
fn namndens<'a>(egna: &[Insatsar<'a>], sida: Sida) -> Option<Vec<Del<'a>>> {
    if egna.iter().any(|(_, insats, _)| insats.ansvariga.len() > 1) {
        return None;
    }
    egna.iter()
        .map(|(sokvag, insats, pengar)| {
            let sokvag = format!("{sokvag}.{}", sida.falt_insats());
            let fakta = Fakta::ny(sida.insats(pengar), sokvag, insats.namn.clone());
            Some(Del {
                namn: insats.namn.clone(),
                rapporterat: fakta.forsta()?,
                exakt: fakta.noggrannast()?,
                rader: fakta.rader(),
            })
        })
        .collect()
}

fn jamfor(fakta: &Fakta<'_>, delar: &[Del<'_>], om: &str) -> Vec<Fynd> {
    let Some(uppgift) = fakta.noggrannast() else {
        return Vec::new();
    };
    let angivet: Storhet = uppgift.belopp.into();
    let Some(rapporterat) = Storhet::summa(delar.iter().map(Del::rapporterat)) else {
        return Vec::new();
    };
    let Some(exakt) = Storhet::summa(delar.iter().map(Del::exakt)) else {
        return Vec::new();
    };
    let mut rader = fakta.rader();
    rader.extend(delar.iter().flat_map(|d| d.rader.iter().cloned()));
    let skillnad = angivet.minus(rapporterat);
    let bas = format!(
        "{} {angivet}{om}, men nämndens insatser ger tillsammans {rapporterat}. Skillnaden är \
         {skillnad}.",
        fakta.etikett
    );
    let fynd = Fynd::tal(Allvar::Fel, &uppgift.plats, angivet, rapporterat).pa(rader);
    match (angivet.mot(rapporterat), angivet.mot(exakt)) {
        // Rounded figures need no explanation when the exact ones beside them agree.
        (Utslag::Lika, _) | (Utslag::Avrundning, Utslag::Lika) => Vec::new(),
        (Utslag::Avrundning, _) => {
            vec![
                Fynd {
                    allvar: Allvar::Upplysning,
                    ..fynd
                }
                .sager(bas, "Inget behöver göras.")
                .kan_bero_pa("Avrundningen av insatsernas belopp förklarar den."),
            ]
        }
        (Utslag::Skiljer, Utslag::Lika | Utslag::Avrundning) => {
            preciserat(fynd, bas, angivet, delar)
        }
        (Utslag::Skiljer, Utslag::Skiljer) => {
            let atgard = "Jämför nämndens bokföring med insatsernas belopp.";
            let kan = "En insats kan saknas eller ha fel belopp.";
            vec![fynd.sager(bas, atgard).kan_bero_pa(kan)]
        }
    }
}

/// The difference disappears within rounding when the exact figures of the text are used.
fn preciserat(fynd: Fynd, bas: String, angivet: Storhet, delar: &[Del<'_>]) -> Vec<Fynd> {
    let noga: Vec<&Del<'_>> = delar.iter().filter(|d| d.preciserad()).collect();
    let grova = delar.iter().filter(|d| !d.preciserad()).map(Del::exakt);
    let ovriga = Storhet::summa(grova).unwrap_or(Storhet::noll(angivet.matt));
    let Some(exakta) = Storhet::summa(noga.iter().map(|d| d.exakt())) else {
        return Vec::new();
    };
    let namn: Vec<String> = noga
        .iter()
        .map(|d| format!("{} {}", citat(&d.namn), d.exakt()))
        .collect();
    let namn = lista(&namn);
    let utrymme = angivet.minus(ovriga);
    let rest = exakta.minus(utrymme);
    let kan = format!(
        "Texten ger också exakta belopp ({namn}); med dem skiljer bara {}, vilket ligger \
         inom avrundningen.",
        rest.absolut()
    );
    let atgard = "Skriv ut de exakta beloppen för alla insatser, så går summan att kontrollera.";
    let plats = noga
        .first()
        .map_or("", |d| d.exakt.plats.as_str())
        .to_owned();
    let rader = fynd.rader.clone();
    let mut ut = vec![
        Fynd {
            allvar: Allvar::Varning,
            ..fynd
        }
        .sager(bas, atgard)
        .kan_bero_pa(kan),
    ];
    if rest.varde != 0 {
        let text = format!(
            "Det exakta beloppet ({namn}) lämnar {} i skillnad mot nämndens {angivet}: övriga \
             insatser ger {ovriga} och lämnar {utrymme}. Avrundningen av dem förklarar det.",
            rest.absolut()
        );
        let u = Fynd::tal(Allvar::Upplysning, &plats, exakta, utrymme);
        ut.push(u.sager(text, "Inget behöver göras.").pa(rader));
    }
    ut
}
