//! A grant's money in one year: what came, was used and goes back, and the parts of it.
//! `summa-mot-delar`, `rekvirerat-anvant-aterbetalt`, `rekvirerat-mot-tilldelat`.

use super::fynd::{Allvar, Fynd, Rad};
use super::kontext::{Fakta, Kontext, Version, citat, om_ar};
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
        .for_ar(self.ar.ar)
    }

    pub fn rekvirerat(self) -> Fakta<'a> {
        self.fakta(&self.ar.rekvirerat, "rekvirerat", "Rekvirerat")
    }

    /// What came: requisitioned or, where nothing is said of that, allocated.
    pub fn inkommet(self) -> (Fakta<'a>, &'static str) {
        if self.ar.rekvirerat.is_empty() {
            return (
                self.fakta(&self.ar.tilldelat, "tilldelat", "Tilldelat"),
                "tilldelat",
            );
        }
        (self.rekvirerat(), "rekvirerat")
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
    /// The amounts that were added.
    pub delar: Vec<Storhet>,
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
    let delarna: Vec<Storhet> = valda?.into_iter().map(|u| u.belopp.into()).collect();
    Some(Delsumma {
        vilka,
        summa: Storhet::summa(delarna.iter().copied())?,
        delar: delarna,
        rader: delar.iter().flat_map(Fakta::rader).collect(),
    })
}

/// The version that the parts support, when exactly one is supported.
pub(super) fn stodd<'v, 'a>(
    versioner: &'v [Version<'a>],
    stod: &[Delsumma],
) -> Option<&'v Version<'a>> {
    let mut stodda = versioner
        .iter()
        .filter(|v| stod.iter().any(|d| v.varde.forenlig(d.summa)));
    let forst = stodda.next()?;
    stodda.next().is_none().then_some(forst)
}

/// What supports a statement of how much came in. Where money was carried over too, the parts
/// hold both and support neither alone.
pub(super) fn stod_for_inkommet(k: &Kontext<'_>, lage: Arslage<'_>) -> Vec<Delsumma> {
    if lage.ar.overfort_in.is_empty() {
        delsummor(k, lage, Sida::Fordelat)
    } else {
        Vec::new()
    }
}

/// `summa-mot-delar`: a stated total against what its parts give.
pub(super) fn summa_mot_delar(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for lage in Arslage::alla(k) {
        for (fakta, sida) in [
            (lage.rekvirerat(), Sida::Fordelat),
            (lage.anvant(), Sida::Anvant),
        ] {
            let delar = delsummor(k, lage, sida);
            // What was carried over into the year may have been handed out with the rest.
            let till = match sida {
                Sida::Fordelat => flyttat(lage).0,
                Sida::Anvant => Storhet::noll(Matt::Kronor),
            };
            // Boards come first; where they cover the initiatives, their own rule compares those.
            let forst = delar.first().and_then(|d| mot_delar(&fakta, d, till));
            let ofullstandigt = || !namnder_tacker(k, lage);
            let sedan = || delar.get(1).and_then(|d| mot_delar(&fakta, d, till));
            let fynd = forst.or_else(|| if ofullstandigt() { sedan() } else { None });
            let mindre = sida == Sida::Fordelat && bara_rekvirerat_mindre(lage, &delar);
            ut.extend(fynd.map(|f| if mindre { rekvirera_resten(f) } else { f }));
        }
    }
    k.signera("summa-mot-delar", ut)
}

/// Whether the parts are what was allocated, and less than that was requisitioned: no part is
/// counted twice, the year's last requisition was sent too early.
fn bara_rekvirerat_mindre(lage: Arslage<'_>, delar: &[Delsumma]) -> bool {
    let tilldelat = lage.fakta(&lage.ar.tilldelat, "tilldelat", "Tilldelat");
    let rekvirerat = lage.rekvirerat().versioner();
    tilldelat.versioner().iter().any(|t| {
        let ryms = |d: &Delsumma| t.varde.varde >= d.summa.varde || t.varde.forenlig(d.summa);
        let mindre = rekvirerat.iter().all(|r| r.varde.varde < t.varde.varde);
        delar
            .iter()
            .any(|d| ryms(d) && mindre && rekvirerat.iter().all(|r| r.varde.varde < d.summa.varde))
    })
}

fn rekvirera_resten(fynd: Fynd) -> Fynd {
    Fynd {
        mojligt: vec![
            "Mindre är rekvirerat än vad som är tilldelat, och rekvisitionen är årets sista."
                .to_owned(),
        ],
        atgard: "Rekvirera resten, eller fördela inte mer än det rekvirerade.".to_owned(),
        ..fynd
    }
}

/// Is every initiative of the year answered for by exactly one board that states its share?
fn namnder_tacker(k: &Kontext<'_>, lage: Arslage<'_>) -> bool {
    k.betalda_av(lage.bidrag, lage.ar.ar)
        .iter()
        .all(|(_, insats, _)| {
            let [ansvarig] = insats.ansvariga.as_slice() else {
                return false;
            };
            lage.ar.namnder.iter().any(|n| n.organisation == *ansvarig)
        })
}

fn mot_delar(fakta: &Fakta<'_>, delar: &Delsumma, till: Storhet) -> Option<Fynd> {
    let versioner = fakta.versioner();
    let lika = |v: &Version<'_>| v.varde.mot(delar.summa) == Utslag::Lika;
    let med_overfort =
        |v: &Version<'_>| till.varde != 0 && v.varde.plus(till).forenlig(delar.summa);
    if versioner.iter().any(|v| lika(v) || med_overfort(v)) {
        return None;
    }
    let narmast = versioner
        .iter()
        .min_by_key(|v| v.varde.minus(delar.summa).varde.abs())?;
    let skillnad = narmast.varde.minus(delar.summa);
    let text = format!(
        "{} anges till {}, men {} ger {}. Skillnaden är {skillnad}.{}",
        fakta.etikett,
        narmast.varde,
        delar.vilka,
        delar.summa,
        narmast.varde.om_omkastad(delar.summa)
    );
    let (allvar, mojligt, atgard) = if narmast.varde.forenlig(delar.summa) {
        (
            Allvar::Upplysning,
            "Avrundningen av delarna förklarar den.",
            "Inget behöver göras.",
        )
    } else if narmast.varde.avrundad_summa(delar.summa, &delar.delar) {
        (
            Allvar::Upplysning,
            "Avrundning till hela kronor eller ören kan förklara den.",
            "Inget behöver göras.",
        )
    } else if skillnad.varde > 0 {
        (
            Allvar::Fel,
            "En del kan saknas, eller så är pengar inte fördelade.",
            "Leta efter en del som saknas, eller rätta totalen.",
        )
    } else {
        (
            Allvar::Fel,
            "En del kan vara räknad två gånger.",
            "Leta efter en del som räknats dubbelt, eller rätta totalen.",
        )
    };
    let mut rader = fakta.rader();
    rader.extend(delar.rader.iter().cloned());
    let fynd = Fynd::tal(allvar, &narmast.platser(), narmast.varde, delar.summa);
    let fynd = fynd.for_ar(fakta.ar);
    Some(fynd.sager(text, atgard).kan_bero_pa(mojligt).pa(rader))
}

/// `rekvirerat-anvant-aterbetalt`: what came in is used, goes back or moves on.
pub(super) fn aterbetalning(k: &Kontext<'_>) -> Vec<Fynd> {
    let ut = Arslage::alla(k)
        .into_iter()
        .filter_map(|lage| aterbetalning_ar(k, lage));
    k.signera("rekvirerat-anvant-aterbetalt", ut)
}

fn aterbetalning_ar(k: &Kontext<'_>, lage: Arslage<'_>) -> Option<Fynd> {
    let anvant: Storhet = lage.anvant().noggrannast()?.belopp.into();
    let fakta = lage.aterbetalas();
    let angivet: Storhet = fakta.noggrannast()?.belopp.into();
    let (flyttat_in, flyttat_ut) = flyttat(lage);
    let (rekvirerat, ord) = lage.inkommet();
    let versioner = rekvirerat.versioner();
    let kvar = |v: &Version<'_>| v.varde.plus(flyttat_in).minus(anvant).minus(flyttat_ut);
    let stod = stod_for_inkommet(k, lage);
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
    let text = format!(
        "{} anges till {angivet}, men {ord} {}{} minus använt {anvant}{} ger {beraknat}. \
         Skillnaden är {skillnad}.{}",
        fakta.etikett,
        grund.varde,
        om_flyttat(" plus överfört hit", flyttat_in),
        om_flyttat(" och överfört härifrån", flyttat_ut),
        angivet.om_omkastad(beraknat),
    );
    let atgard = if skillnad.varde > 0 && lage.bidrag.overforing != Some(Overforing::Tillaten) {
        "Kontrollera vad som rekvirerats innan något betalas tillbaka; annars betalas för mycket."
    } else {
        "Kontrollera de tre beloppen och rätta det som är fel."
    };
    let mut rader = fakta.rader();
    rader.extend(rekvirerat.rader());
    rader.extend(lage.anvant().rader());
    let plats = &fakta.noggrannast()?.plats;
    let mut fynd = Fynd::tal(Allvar::Fel, plats, angivet, beraknat).sager(text, atgard);
    if let Some(annan) = versioner.iter().find(|v| angivet.forenlig(kvar(v))) {
        fynd = fynd.kan_bero_pa(format!(
            "Återbetalningen stämmer bara om {} är {ord} ({}).",
            annan.varde,
            annan.platser()
        ));
    }
    if namndernas_kvar(k, lage).is_some_and(|kvar| kvar.mot(beraknat) == Utslag::Lika) {
        fynd = fynd.kan_bero_pa(format!(
            "{beraknat} är också vad nämnderna har kvar tillsammans."
        ));
    }
    Some(fynd.pa(rader).for_ar(lage.ar.ar))
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

/// `rekvirerat-mot-tilldelat`: no more can be requisitioned than has been granted.
pub(super) fn rekvirerat(k: &Kontext<'_>) -> Vec<Fynd> {
    let ut = Arslage::alla(k).into_iter().filter_map(rekvirerat_ar);
    k.signera("rekvirerat-mot-tilldelat", ut)
}

fn rekvirerat_ar(lage: Arslage<'_>) -> Option<Fynd> {
    let tilldelat = lage.fakta(&lage.ar.tilldelat, "tilldelat", "Tilldelat");
    let (flyttat_in, _) = flyttat(lage);
    let fakta = lage.rekvirerat();
    // The smallest of several versions: the rest is for the rule about contradictions.
    let minst = fakta
        .versioner()
        .into_iter()
        .min_by_key(|v| v.varde.varde)?;
    let mest = tilldelat
        .versioner()
        .into_iter()
        .max_by_key(|v| v.varde.varde)?;
    let tak = mest.varde.plus(flyttat_in);
    if minst.varde.varde <= tak.varde || minst.varde.forenlig(tak) {
        return None;
    }
    let text = format!(
        "{} anges till {}, men bara {}{} är tilldelat. Det är {} för mycket.",
        fakta.etikett,
        minst.varde,
        mest.varde,
        om_flyttat(" plus överfört hit", flyttat_in),
        minst.varde.minus(tak)
    );
    let mut rader = fakta.rader();
    rader.extend(tilldelat.rader());
    let fynd = Fynd::tal(Allvar::Fel, &minst.platser(), minst.varde, tak);
    Some(
        fynd.sager(text, "Kontrollera beslutet om bidraget och rekvisitionen.")
            .pa(rader)
            .for_ar(lage.ar.ar),
    )
}
