//! A grant's money in one year: what came, was used and goes back, and the parts of it.

use super::fynd::{Allvar, Fynd, Rad};
use super::kontext::{Fakta, Kontext, Version, bidragsfakta, citat, lista, om_ar};
use super::storhet::{Storhet, Utslag};
use crate::underlag::{Bidrag, BidragAr, InsatsAr, Matt, NamndAr, Overforing, Uppgift};

/// A grant's year with its place in the underlag.
#[derive(Clone, Copy)]
pub(super) struct Arslage<'a> {
    pub bidrag: &'a Bidrag,
    pub nr: usize,
    pub ar: &'a BidragAr,
    pub arnr: usize,
}

impl<'a> Arslage<'a> {
    /// Every year of every grant.
    pub fn alla(k: &Kontext<'a>) -> Vec<Self> {
        let mut ut = Vec::new();
        for (nr, bidrag) in k.u.bidrag.iter().enumerate() {
            for (arnr, ar) in bidrag.ar.iter().enumerate() {
                ut.push(Self {
                    bidrag,
                    nr,
                    ar,
                    arnr,
                });
            }
        }
        ut
    }

    /// One of the year's facts.
    pub fn fakta(self, uppgifter: &'a [Uppgift], falt: &str, vad: &str) -> Fakta<'a> {
        let sokvag = format!("bidrag[{}].ar[{}].{falt}", self.nr, self.arnr);
        Fakta::ny(
            uppgifter,
            sokvag,
            format!("{vad}{} i {}", om_ar(self.ar.ar), citat(&self.bidrag.namn)),
        )
    }

    pub fn rekvirerat(self) -> Fakta<'a> {
        self.fakta(&self.ar.rekvirerat, "rekvirerat", "Rekvirerat")
    }

    pub fn anvant(self) -> Fakta<'a> {
        self.fakta(&self.ar.anvant, "anvant", "Använt")
    }

    pub fn aterbetalas(self) -> Fakta<'a> {
        self.fakta(&self.ar.aterbetalas, "aterbetalas", "Återbetalning")
    }
}

/// Is it money handed out or money spent that is being added up?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sida {
    Fordelat,
    Anvant,
}

impl Sida {
    pub fn namnd(self, namnd: &NamndAr) -> &[Uppgift] {
        match self {
            Self::Fordelat => &namnd.fordelat,
            Self::Anvant => &namnd.anvant,
        }
    }

    pub fn insats(self, pengar: &InsatsAr) -> &[Uppgift] {
        match self {
            Self::Fordelat => &pengar.budget,
            Self::Anvant => &pengar.utfall,
        }
    }

    pub const fn falt_namnd(self) -> &'static str {
        match self {
            Self::Fordelat => "fordelat",
            Self::Anvant => "anvant",
        }
    }

    pub const fn falt_insats(self) -> &'static str {
        match self {
            Self::Fordelat => "budget",
            Self::Anvant => "utfall",
        }
    }
}

/// The sum of a grant year's parts.
pub(super) struct Delsumma {
    /// "nämndernas delar", "insatsernas budget".
    pub vilka: &'static str,
    pub summa: Storhet,
    pub rader: Vec<Rad>,
}

/// The sums that the paper's parts give, for boards and for initiatives. A sum is given only
/// when every part states its amount; a part that is missing is not zero.
pub(super) fn delsummor(k: &Kontext<'_>, lage: Arslage<'_>, sida: Sida) -> Vec<Delsumma> {
    let bas = format!("bidrag[{}].ar[{}]", lage.nr, lage.arnr);
    let namnder: Vec<Fakta<'_>> = lage
        .ar
        .namnder
        .iter()
        .enumerate()
        .map(|(nr, n)| {
            let sokvag = format!("{bas}.namnder[{nr}].{}", sida.falt_namnd());
            Fakta::ny(sida.namnd(n), sokvag, k.org(&n.organisation))
        })
        .collect();
    let insatser: Vec<Fakta<'_>> = k
        .betalda_av(lage.bidrag, lage.ar.ar)
        .into_iter()
        .map(|(sokvag, insats, pengar)| {
            let sokvag = format!("{sokvag}.{}", sida.falt_insats());
            Fakta::ny(sida.insats(pengar), sokvag, insats.namn.clone())
        })
        .collect();
    let insatsers = match sida {
        Sida::Fordelat => "insatsernas budget",
        Sida::Anvant => "insatsernas utfall",
    };
    [("nämndernas delar", namnder), (insatsers, insatser)]
        .into_iter()
        .filter_map(|(vilka, delar)| delsumma(vilka, &delar))
        .collect()
}

fn delsumma(vilka: &'static str, delar: &[Fakta<'_>]) -> Option<Delsumma> {
    let valda: Option<Vec<_>> = delar.iter().map(Fakta::noggrannast).collect();
    let summa = Storhet::summa(valda?.into_iter().map(|u| u.belopp.into()))?;
    Some(Delsumma {
        vilka,
        summa,
        rader: delar.iter().flat_map(Fakta::rader).collect(),
    })
}

/// The version that the parts support, when exactly one is supported.
fn stodd<'v, 'a>(versioner: &'v [Version<'a>], stod: &[Delsumma]) -> Option<&'v Version<'a>> {
    let mut stodda = versioner
        .iter()
        .filter(|v| stod.iter().any(|d| v.varde.forenlig(d.summa)));
    let forst = stodda.next()?;
    stodda.next().is_none().then_some(forst)
}

/// Every fact of the paper that may be stated more than once, with what supports it.
fn alla_fakta<'a>(k: &Kontext<'a>) -> Vec<(Fakta<'a>, Vec<Delsumma>)> {
    let mut ut = Vec::new();
    for lage in Arslage::alla(k) {
        for fakta in bidragsfakta(lage.bidrag, lage.nr, lage.arnr, lage.ar) {
            let stod = if fakta.sokvag.ends_with("rekvirerat") {
                delsummor(k, lage, Sida::Fordelat)
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
            );
            let utfall = Fakta::ny(
                &pengar.utfall,
                format!("{bas}.utfall"),
                format!("Utfall{om}"),
            );
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
            f.rubrik.clone(),
        );
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
    let mut text = format!(
        "{} anges olika: {} ({}) men {} ({}). Skillnaden är {skillnad}.",
        fakta.etikett,
        v.varde,
        v.platser(),
        grund.varde,
        grund.platser(),
    );
    let mut rader = fakta.rader();
    if stodd {
        let vilka: Vec<String> = stod
            .iter()
            .filter(|d| grund.varde.forenlig(d.summa))
            .map(|d| d.vilka.to_owned())
            .collect();
        text.push_str(&format!(
            " Beloppet {} stämmer med {}. Antingen är {} fel, eller så har {skillnad} inte \
             fördelats vidare.",
            grund.varde,
            lista(&vilka),
            v.varde,
        ));
        rader.extend(stod.iter().flat_map(|d| d.rader.iter().cloned()));
    }
    Fynd::tal(Allvar::Fel, &v.platser(), v.varde, grund.varde)
        .sager(
            text,
            "Ta reda på vilket belopp som är rätt och rätta det andra.",
        )
        .pa(rader)
}

/// `summa-mot-delar`: a stated total against what its parts give.
pub(super) fn summa_mot_delar(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for lage in Arslage::alla(k) {
        for (fakta, sida) in [
            (lage.rekvirerat(), Sida::Fordelat),
            (lage.anvant(), Sida::Anvant),
        ] {
            // Boards come first; when they are there, their own rule compares the initiatives.
            if let Some(delar) = delsummor(k, lage, sida).first() {
                ut.extend(mot_delar(&fakta, delar));
            }
        }
    }
    k.signera("summa-mot-delar", ut)
}

fn mot_delar(fakta: &Fakta<'_>, delar: &Delsumma) -> Option<Fynd> {
    let versioner = fakta.versioner();
    if versioner
        .iter()
        .any(|v| v.varde.mot(delar.summa) == Utslag::Lika)
    {
        return None;
    }
    let narmast = versioner
        .iter()
        .min_by_key(|v| v.varde.minus(delar.summa).varde.abs())?;
    let skillnad = narmast.varde.minus(delar.summa);
    let bas = format!(
        "{} anges till {}, men {} ger {}. Skillnaden är {skillnad}.",
        fakta.etikett, narmast.varde, delar.vilka, delar.summa
    );
    let (allvar, text, atgard) = if narmast.varde.forenlig(delar.summa) {
        let text = format!("{bas} Avrundningen av delarna förklarar den.");
        (Allvar::Upplysning, text, "Inget behöver göras.")
    } else if skillnad.varde > 0 {
        let text = format!("{bas} En del kan saknas, eller så är pengar inte fördelade.");
        (
            Allvar::Fel,
            text,
            "Leta efter en del som saknas, eller rätta totalen.",
        )
    } else {
        let text = format!("{bas} En del kan vara räknad två gånger.");
        (
            Allvar::Fel,
            text,
            "Leta efter en del som räknats dubbelt, eller rätta totalen.",
        )
    };
    let mut rader = fakta.rader();
    rader.extend(delar.rader.iter().cloned());
    let fynd = Fynd::tal(allvar, &narmast.platser(), narmast.varde, delar.summa);
    Some(fynd.sager(text, atgard).pa(rader))
}

/// `rekvirerat-anvant-aterbetalt`: what came in is used, goes back or moves on.
pub(super) fn aterbetalning(k: &Kontext<'_>) -> Vec<Fynd> {
    let ut = Arslage::alla(k)
        .into_iter()
        .filter_map(|lage| aterbetalning_ar(k, lage))
        .collect();
    k.signera("rekvirerat-anvant-aterbetalt", ut)
}

fn aterbetalning_ar(k: &Kontext<'_>, lage: Arslage<'_>) -> Option<Fynd> {
    let anvant: Storhet = lage.anvant().noggrannast()?.belopp.into();
    let fakta = lage.aterbetalas();
    let angivet: Storhet = fakta.noggrannast()?.belopp.into();
    let (flyttat_in, flyttat_ut) = flyttat(lage);
    let rekvirerat = lage.rekvirerat();
    let versioner = rekvirerat.versioner();
    let kvar = |v: &Version<'_>| v.varde.plus(flyttat_in).minus(anvant).minus(flyttat_ut);
    let stod = delsummor(k, lage, Sida::Fordelat);
    let grund = match stodd(&versioner, &stod) {
        Some(v) => v,
        // Nothing tells the versions apart: one that agrees is enough.
        None if versioner.iter().any(|v| angivet.forenlig(kvar(v))) => return None,
        None => versioner.first()?,
    };
    let beraknat = kvar(grund);
    if angivet.forenlig(beraknat) {
        return None;
    }
    let skillnad = angivet.minus(beraknat);
    let mut text = format!(
        "{} anges till {angivet}, men rekvirerat {}{} minus använt {anvant}{} ger {beraknat}. \
         Skillnaden är {skillnad}.",
        fakta.etikett,
        grund.varde,
        om_flyttat(" plus överfört hit", flyttat_in),
        om_flyttat(" och överfört härifrån", flyttat_ut),
    );
    if let Some(annan) = versioner.iter().find(|v| angivet.forenlig(kvar(v))) {
        text.push_str(&format!(
            " Återbetalningen stämmer bara om {} rekvirerats ({}).",
            annan.varde,
            annan.platser()
        ));
    }
    if namndernas_kvar(k, lage).is_some_and(|kvar| kvar.mot(beraknat) == Utslag::Lika) {
        text.push_str(&format!(
            " {beraknat} är också vad nämnderna har kvar tillsammans."
        ));
    }
    let atgard = if skillnad.varde > 0 && lage.bidrag.overforing != Some(Overforing::Tillaten) {
        "Kontrollera vad som rekvirerats innan något betalas tillbaka; annars betalas för mycket."
    } else {
        "Kontrollera de tre beloppen och rätta det som är fel."
    };
    let mut rader = fakta.rader();
    rader.extend(rekvirerat.rader());
    rader.extend(lage.anvant().rader());
    let plats = &fakta.noggrannast()?.plats;
    Some(
        Fynd::tal(Allvar::Fel, plats, angivet, beraknat)
            .sager(text, atgard)
            .pa(rader),
    )
}

/// What was carried over into the year and out of it.
fn flyttat(lage: Arslage<'_>) -> (Storhet, Storhet) {
    let belopp = |uppgifter, falt| {
        let fakta = lage.fakta(uppgifter, falt, "Överfört");
        fakta
            .noggrannast()
            .map_or(Storhet::noll(Matt::Kronor), |u| u.belopp.into())
    };
    (
        belopp(&lage.ar.overfort_in, "overfort_in"),
        belopp(&lage.ar.overfort_ut, "overfort_ut"),
    )
}

fn om_flyttat(ord: &str, belopp: Storhet) -> String {
    if belopp.varde == 0 {
        String::new()
    } else {
        format!("{ord} {belopp}")
    }
}

/// What the boards were given and did not use.
fn namndernas_kvar(k: &Kontext<'_>, lage: Arslage<'_>) -> Option<Storhet> {
    let av = |sida| {
        let summor = delsummor(k, lage, sida);
        summor
            .into_iter()
            .find(|d| d.vilka == "nämndernas delar")
            .map(|d| d.summa)
    };
    Some(av(Sida::Fordelat)?.minus(av(Sida::Anvant)?))
}
