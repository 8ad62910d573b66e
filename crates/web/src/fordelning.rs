//! Fördelning: insats × year, with running sums and what is left.

mod angra;
mod ifyllt;
mod kallor;
mod mottagare;
mod spara;
mod tabell;
mod versioner;
mod vy;
mod yta;

use crate::adress::{self, Adress};
use crate::anrop::{Inloggat, Resultat};
use crate::felen::samlade;
use crate::las;
use crate::medelsfalt;
use crate::rutter::Metod;
use crate::sidval::Sidval;
use crate::siffror::Siffror;
use crate::svar::{Fel, Svar};
use ifyllt::Ifyllt;
use std::collections::HashSet;
use utfall_app::Bok;
use utfall_app::medel::{Fordelningsstod, andrad_av_annan, version};
use utfall_behorighet::Atgard;
use utfall_domain::id::FaktumId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use utfall_vyer::komponent::{Bit, Flik, Kvitto, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;
use utfall_vyer::tal::TalVy;
use vy::Vy;

pub use angra::{angra, visa as visa_angra};
use spara::konflikt;
pub use spara::spara;
pub use tabell::cellnamn;

/// GET `/medel/{bidrag}/fordelning`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    if a.fraga.text("steg") == "rakna" && kan_andras(&a) {
        return omraknad(&a, &bok, b, &a.fraga).await;
    }
    let stod = stod(&a).await?;
    let sida = sida(&a, &bok, (b, &stod), Skrivet::inget(&bok, b));
    las::svar_per(&sida, &sida.per)
}

/// The calculations and the explained warnings.
async fn stod(a: &Inloggat) -> Result<Fordelningsstod, Fel> {
    let atgard = a.rutt.atgard().unwrap_or(Atgard::LasaMedel);
    let aktor = &a.session.aktor;
    Ok(a.webb.tjanst.fordelningsstod(aktor, atgard).await?)
}

/// GET `/medel/{bidrag}/fordelning/tabell.csv`.
pub async fn csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let s = Siffror::ny(&bok);
    let vy = Vy::default();
    let t = tabell::Tabellen::ny(&s, b, (None, &[]), (false, Sidval::Hela, vy));
    let stod = Fordelningsstod::default();
    let sida = sidor::Fordelning {
        kolumner: t.kolumner(),
        rader: t.rader(),
        ..sida(&a, &bok, (b, &stod), Skrivet::inget(&bok, b))
    };
    let namn = format!("fordelning-{}", b.slug);
    crate::csv::svar(&namn, a.dag(&bok), &[("Fördelning", &sida.tabell())])
}

/// The page with what saving would change, from what an address or a form holds.
async fn omraknad(a: &Inloggat, bok: &Bok, b: &Bidrag, skrivet: &crate::falt::Falt) -> Resultat {
    let mut ifyllt = Ifyllt::av(skrivet, bok, b);
    if a.formular.som_sant("visa").is_some() {
        ifyllt = ifyllt.i_enhet(vyn(a));
    }
    let sedd = skrivet.tal("version").and_then(FaktumId::ny);
    if version(bok, b.id) != sedd {
        return konflikt(a, ifyllt, sedd, andrad_av_annan()).await;
    }
    let skrivet = Skrivet {
        ifyllt: Some(&ifyllt),
        fel: &[],
        sedd,
    };
    let stod = stod(a).await?;
    let sida = sida(a, bok, (b, &stod), skrivet);
    if ifyllt.fel().is_empty() {
        Svar::sida(&sida)
    } else {
        Svar::formularfel(&sida)
    }
}

fn kan_andras(a: &Inloggat) -> bool {
    a.far(Atgard::AndraFordelning) && a.per().is_none()
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Skrivet<'a> {
    ifyllt: Option<&'a Ifyllt>,
    fel: &'a [Problem],
    /// The distribution the person saw. It stays the same through previews, so that what
    /// somebody else saved meanwhile is never overwritten unseen.
    sedd: Option<FaktumId>,
}

impl Skrivet<'_> {
    fn inget(bok: &Bok, b: &Bidrag) -> Self {
        Self {
            ifyllt: None,
            fel: &[],
            sedd: version(bok, b.id),
        }
    }
}

/// Which part of the initiatives the page shows: the form's own, when one is sent.
fn delen(a: &Inloggat) -> Sidval {
    Sidval::ur(match a.rutt.metod {
        Metod::Post => &a.formular,
        Metod::Get => &a.fraga,
    })
}

/// How the table is seen: as the form or the address says.
fn vyn(a: &Inloggat) -> Vy {
    match (a.rutt.metod, a.formular.som_sant("visa")) {
        (Metod::Post, Some(visa)) => Vy::ur(&a.formular).med(visa),
        (Metod::Post, None) => Vy::ur(&a.formular),
        (Metod::Get, _) => Vy::ur(&a.fraga),
    }
}

/// The form. What is changed in other parts of the table than the one shown comes along.
fn formularet(
    a: &Inloggat,
    bok: &Bok,
    b: &Bidrag,
    (skrivet, t): (Skrivet<'_>, &tabell::Tabellen<'_>),
) -> Formular {
    let version = skrivet.sedd.map_or(0, FaktumId::nummer);
    let mut formular = a
        .ett_formular(adress::fordelning(&b.slug))
        .med_version(version);
    if let Some(kod) = delen(a).kod() {
        formular = formular.med_dolt("sida", kod);
    }
    for (namn, varde) in vyn(a).falt() {
        formular = formular.med_dolt(namn, varde);
    }
    let visade: HashSet<String> = t.falten().collect();
    let andrade = skrivet.ifyllt.into_iter().flat_map(|i| i.andrade(bok, b));
    andrade
        .filter(|(namn, _)| !visade.contains(namn))
        .fold(formular, |f, (namn, skrivet)| f.med_dolt(namn, skrivet))
}

fn sida(
    a: &Inloggat,
    bok: &Bok,
    (b, stod): (&Bidrag, &Fordelningsstod),
    skrivet: Skrivet<'_>,
) -> sidor::Fordelning {
    let Skrivet { ifyllt, fel, sedd } = skrivet;
    let s = Siffror::ny(bok);
    let del = delen(a);
    let vy = vyn(a);
    let t = tabell::Tabellen::ny(&s, b, (ifyllt, fel), (kan_andras(a), del, vy));
    // The reason is never in an address: it may name somebody.
    let orsak = Falt::ny("orsak", "Varför ändras beloppen?", FaltSlag::Text)
        .hjalp("Till exempel ett beslut med sin paragraf.")
        .varde(a.formular.text("orsak"));
    let orsak = crate::felen::med_fel(orsak, fel);
    let mut beslutsfalt = Vec::new();
    if kan_andras(a) {
        beslutsfalt = medelsfalt::beslut(a, bok, Some(b.id), fel);
        beslutsfalt.extend(medelsfalt::efter_avslut_vid_fel(a, fel));
    }
    let per = a.perdatum(bok, adress::fordelning(&b.slug), Vec::new());
    let mut ram = a.ram_per(&per);
    let yta = yta::yta(a, (&s, b), (skrivet, &t, vy), stod);
    let egna = std::iter::once(&orsak)
        .chain(&beslutsfalt)
        .chain(&yta.varfor);
    ram.fel = felen((ifyllt, &yta), fel, egna).or(ram.fel);
    let jamforelse = versioner::jamforelse(&s, b, del);
    let antal = t.antal().max(versioner::antal(&s, b));
    let hit = match ifyllt {
        Some(ifyllt) => till_omraknad(bok, b, ifyllt, sedd),
        None => adress::fordelning(&b.slug).per(bok.per_dag()),
    };
    sidor::Fordelning {
        ram,
        kvitto: ifyllt.is_none().then(|| kvitto(a, &s, b)).flatten(),
        huvud: sidhuvud(&s, b, ifyllt.is_some()),
        nyckeltal: nyckeltal(&s, b, ifyllt).into(),
        versioner: flikar(b, jamforelse.is_some()),
        jamforelse,
        csv_href: Some(adress::fordelning_csv(&b.slug).per(bok.per_dag()).into()),
        caption: caption(kan_andras(a), vy),
        kolumner: t.kolumner(),
        rader: t.rader(),
        bladdra: del.lankar(antal, &hit),
        formular: kan_andras(a).then(|| formularet(a, bok, b, (skrivet, &t))),
        orsak: kan_andras(a).then_some(orsak),
        beslutsfalt,
        forhandsvisning: ifyllt
            .filter(|i| i.fel().is_empty())
            .map(|i| i.forhandsvisning(&s, b)),
        besked: Vec::new(),
        beslut: crate::medel::beslut(&s, b).into(),
        yta,
        per,
    }
}

fn sidhuvud(s: &Siffror<'_>, b: &Bidrag, skrivet: bool) -> Sidhuvud {
    let (rubrik, mut ingress) = huvud(s, b);
    if skrivet {
        let sparat = Bit::Ord("Som det är sparat nu: ".to_owned());
        ingress.bitar.insert(0, sparat);
    }
    let finansiar = s.bok.organisationsnamn(b.finansiar);
    Sidhuvud::ny(rubrik, ingress)
        .overrad(format!("{finansiar}{}", las::som_det_var(s.bok)))
        .under(vec![
            Lank::ny("Medel", adress::medel()),
            Lank::ny(b.namn.clone(), adress::bidrag(&b.slug)),
        ])
}

fn caption(kan_andras: bool, vy: Vy) -> String {
    let enhet = if vy.ord() == "tkr" {
        "Tusental kronor (tkr), inte avrundat"
    } else {
        "Kronor"
    };
    if kan_andras {
        format!("{enhet}. Fält med ram går att ändra.")
    } else {
        enhet.to_owned()
    }
}

/// That the distribution was just changed. Nothing is said when somebody has changed it since:
/// the address is not to be believed.
fn kvitto(a: &Inloggat, s: &Siffror<'_>, b: &Bidrag) -> Option<Kvitto> {
    let senast = a.fraga.tal("sparat").and_then(FaktumId::ny)?;
    if version(s.bok, b.id) != Some(senast) {
        return None;
    }
    let senast = s.bok.fakta.iter().find(|f| f.id == senast)?;
    if Some(senast.registrerad_av) != a.session.aktor.anvandare() {
        return None;
    }
    let lank = Lank::ny(b.namn.clone(), adress::bidrag(&b.slug));
    Some(Kvitto::ny(
        Text::from("fördelningen av ").lank(lank).ord("."),
    ))
}

/// What is in force, and where the proposals stand beside it.
fn flikar(b: &Bidrag, forslag: bool) -> Vec<Flik> {
    let mut ut = vec![Flik::ny("Gällande", adress::fordelning(&b.slug), true)];
    if forslag {
        let till = adress::fordelning(&b.slug).vid("versioner");
        ut.push(Flik::ny("Förslag", till, false));
    }
    ut
}

/// What stopped the form, all of it at once: fields that cannot be read, warnings that nobody
/// has answered, and what the use case refused.
fn felen<'a>(
    (ifyllt, yta): (Option<&Ifyllt>, &sidor::Arbetsyta),
    fel: &[Problem],
    egna: impl Iterator<Item = &'a Falt>,
) -> Option<Felsammanfattning> {
    let rubrik = "Fördelningen sparades inte";
    let egna: Vec<&Falt> = egna.collect();
    let mut alla = ifyllt.map(Ifyllt::fel).unwrap_or_default();
    alla.extend(yta::oforklarade(yta, fel));
    let bara_varningar = alla.len() == fel.len() && fel.iter().all(yta::ar_varning);
    alla.extend(Felsammanfattning::av(rubrik, egna.iter().copied()).map_or(Vec::new(), |f| f.fel));
    // An unanswered warning and an unreadable cell have their row already.
    let ovriga: Vec<Problem> = fel
        .iter()
        .filter(|p| !yta::ar_varning(p))
        .cloned()
        .collect();
    let finns =
        |namn: &str| egna.iter().any(|f| f.namn == namn) || alla.iter().any(|f| f.falt == namn);
    let finns: Vec<String> = ovriga
        .iter()
        .filter_map(|p| p.falt.clone())
        .filter(|namn| finns(namn))
        .collect();
    let rubrik = if bara_varningar {
        "Svara på varningarna innan du sparar"
    } else {
        rubrik
    };
    samlade(rubrik, alla, &ovriga, |namn| {
        finns.iter().any(|f| f == namn)
    })
}

fn huvud(s: &Siffror<'_>, b: &Bidrag) -> (String, Text) {
    let rubrik = format!("Fördelning, {}", b.namn);
    let mut text = Text::default();
    let kvar = |ar: &i16| s.kant(Matt::KvarAttFordela, &Urval::bidrag(b.id).ar(*ar));
    if !b.ar.is_empty() && b.ar.iter().all(|ar| kvar(ar) == Some(0)) {
        return (rubrik, "Allt är fördelat.".into());
    }
    for ar in &b.ar {
        let urval = Urval::bidrag(b.id).ar(*ar);
        if let Some(kvar) = s.kant(Matt::KvarAttFordela, &urval) {
            let (tal, efter) = kvar_i_ord(s, &urval, kvar);
            text = text
                .ord(format!("{ar}: "))
                .tal(tal)
                .ord(format!("{efter}. "));
        }
    }
    if text.tom() {
        text = "Hur bidraget är fördelat på insatser och år.".into();
    }
    (rubrik, text)
}

/// What is left to distribute and the words after it. Nobody reads "−173 000 kr är kvar".
pub fn kvar_i_ord(s: &Siffror<'_>, urval: &Urval, kvar: i64) -> (TalVy, &'static str) {
    let mut tal = s.med_enhet(Matt::KvarAttFordela, urval);
    if kvar >= 0 {
        return (tal, " är kvar att fördela");
    }
    tal.text = tal.text.trim_start_matches('\u{2212}').to_owned();
    (tal, " för mycket är fördelat")
}

/// The grant's key figures. With amounts typed and not saved, what is distributed is what it
/// would be if they were.
fn nyckeltal(s: &Siffror<'_>, b: &Bidrag, ifyllt: Option<&Ifyllt>) -> Vec<Nyckeltal> {
    let urval = Urval::bidrag(b.id);
    let netto = ifyllt.map_or(0, |i| i.netto(s, b));
    [
        (Matt::Tillgangligt, "alla år"),
        (Matt::Fordelat, "alla år"),
        (Matt::Medfinansiering, "vid sidan av bidraget"),
    ]
    .into_iter()
    .filter(|(matt, _)| s.finns(*matt, &urval))
    .map(|(matt, villkor)| {
        let sparat = s.kant(matt, &urval).filter(|_| netto != 0);
        match sparat.filter(|_| matt == Matt::Fordelat) {
            Some(ore) => {
                let sedan = Ore(ore.saturating_add(netto)).to_string();
                let villkor = format!("om du sparar. Sparat nu: {}\u{a0}kr", Ore(ore));
                Nyckeltal::ny(matt.text(), TalVy::utan_lank(sedan).enhet("kr"), villkor)
            }
            None => Nyckeltal::ny(matt.text(), s.med_enhet(matt, &urval), villkor),
        }
    })
    .collect()
}

/// The version in force beside each proposal, whole; `None` when there is no proposal.
pub fn jamforelsetabell(s: &Siffror<'_>, b: &Bidrag) -> Option<utfall_vyer::tabell::Tabell> {
    versioner::jamforelse(s, b, Sidval::Hela).map(|j| j.tabell())
}

/// The address of the preview: the cells that differ from what is saved.
fn till_omraknad(bok: &Bok, b: &Bidrag, ifyllt: &Ifyllt, sedd: Option<FaktumId>) -> Adress {
    let version = sedd.map_or(0, FaktumId::nummer);
    let till = adress::fordelning(&b.slug)
        .fraga("steg", "rakna")
        .fraga("version", &version.to_string());
    ifyllt
        .andrade(bok, b)
        .fold(till, |till, (namn, skrivet)| till.fraga(&namn, skrivet))
}
