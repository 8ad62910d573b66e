//! Härledning: how a figure comes about, and how it has changed.

mod formel;
mod historik;
mod rader;

pub use formel::{formel, formeltext, i_ord, kolumner, regel};
pub use rader::{Rader, definition, leder_till, om_faktum, som_skrivet};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::siffror::{Siffror, dag, enhet, kort_dag, text};
use crate::svar::{Fel, Svar};
use std::collections::HashMap;
use utfall_app::Bok;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::Faktum;
use utfall_domain::id::{FaktumId, UnderlagId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_domain::varde::Varde;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{self, PerDatum};

/// What an address asks for: a measure and a selection that exist in these books.
///
/// # Errors
/// When there is no such measure, or the selection names what is not in the books.
pub fn fragat(
    bocker: &Bocker,
    matt: &str,
    fraga: &crate::falt::Falt,
) -> Result<(Matt, Urval), Fel> {
    let matt = Matt::av_kod(matt).ok_or_else(Problem::finns_inte)?;
    let urval = Urval::av_fraga(fraga.alla()).map_err(|_| Problem::finns_inte())?;
    let finns = urval.bidrag.is_none_or(|id| bocker.bidrag(id).is_some())
        && urval.insats.is_none_or(|id| bocker.insats(id).is_some())
        && urval
            .organisation
            .is_none_or(|id| bocker.organisation(id).is_some())
        && urval
            .finansiar
            .is_none_or(|id| bocker.organisation(id).is_some());
    if !finns {
        return Err(Problem::finns_inte().into());
    }
    Ok((matt, urval))
}

/// What a selection is about, in words.
#[must_use]
pub fn om(bocker: &Bocker, urval: &Urval) -> String {
    let mut delar: Vec<String> = Vec::new();
    delar.extend(
        urval
            .insats
            .and_then(|id| bocker.insats(id))
            .map(|i| i.namn.clone()),
    );
    delar.extend(
        urval
            .bidrag
            .and_then(|id| bocker.bidrag(id))
            .map(|b| b.namn.clone()),
    );
    delar.extend(
        urval
            .organisation
            .map(|id| bocker.organisationsnamn(id).to_owned()),
    );
    delar.extend(
        urval
            .finansiar
            .map(|id| bocker.organisationsnamn(id).to_owned()),
    );
    delar.extend(urval.kategori.clone());
    delar.extend(urval.version.clone());
    match (urval.period, urval.ar) {
        (Some(dag), _) => delar.push(format!("{} {}", tid::manad(dag.month()), dag.year())),
        (None, Some(ar)) => delar.push(ar.to_string()),
        (None, None) => {}
    }
    if delar.is_empty() {
        "alla uppgifter".to_owned()
    } else {
        delar.join(" · ")
    }
}

/// The question a derivation answers.
#[must_use]
pub fn rubrik(s: &Siffror<'_>, matt: Matt, urval: &Urval) -> String {
    rubrik_om(s.varde(matt, urval), matt)
}

/// The question that the derivation of a value of a measure answers.
#[must_use]
pub fn rubrik_om(varde: Varde, matt: Matt) -> String {
    match (varde.kant(), varde.tecken()) {
        (Some(tal), _) => format!(
            "Varför {}\u{a0}{}?",
            text(tal, matt.enhet()),
            enhet(matt.enhet())
        ),
        (None, Some(tecken)) => format!("Varför står det {}?", tecken.ord()),
        (None, None) => "Varför?".to_owned(),
    }
}

/// GET `/harledning/{matt}`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let (matt, urval) = fragat(&bok, a.stig.text("matt"), &a.fraga)?;
    let s = Siffror::ny(&bok);
    let h = s.matt(matt, &urval);
    let rader = Rader::av(&s, &h);
    let ankare = ankare(&a, &bok, rader.kallor()).await?;
    let sida = sidor::Harledning {
        ram: a.ram(),
        huvud: Sidhuvud::ny(rubrik(&s, matt, &urval), i_ord(&s, &h))
            .overrad(format!("{} · {}", matt.text(), om(&bok, &urval)))
            .under(vec![Lank::ny(
                "Om siffrorna",
                adress::om_siffrorna().vid(matt.kod()),
            )]),
        formeltext: formeltext(&h),
        formelkolumner: kolumner(&h),
        formel: formel(&s, &h),
        besked: Vec::new(),
        underlag: rader.tabeller(&a, &ankare),
        not: crate::delar::precision(&s, &urval),
        historik: historik::historik(&s, &h, a.per()),
        per: perdatum(&a, &bok, &rader, (matt, &urval)),
        definition: definition(matt, Lank::ny("Alla mått", adress::om_siffrorna())),
        anvands: leder_till(&s, &urval),
    };
    Svar::sida(&sida)
}

/// Where in their papers' pages the rows stand.
async fn ankare(
    a: &Inloggat,
    bok: &Bok,
    kallor: Vec<(FaktumId, UnderlagId, String)>,
) -> Result<HashMap<FaktumId, String>, Fel> {
    let mut ut = HashMap::new();
    if !a.far(utfall_behorighet::Atgard::LasaUnderlag) {
        return Ok(ut);
    }
    for (faktum, underlag, uttalande) in kallor {
        let papper = a
            .webb
            .tjanst
            .papper(&a.session.aktor, bok, underlag)
            .await?;
        if let Some(ankare) = crate::underlag::ankare_for_id(&papper.underlag, &uttalande) {
            ut.insert(faktum, ankare);
        }
    }
    Ok(ut)
}

fn perdatum(a: &Inloggat, bok: &Bok, rader: &Rader<'_>, (matt, urval): (Matt, &Urval)) -> PerDatum {
    let idag = tid::dag(a.nu);
    let dolda = Urval::fraga(urval)
        .split('&')
        .filter_map(|par| par.split_once('='))
        .map(|(namn, _)| (namn.to_owned(), a.fraga.text(namn).to_owned()))
        .collect();
    PerDatum {
        mal: adress::harledning(matt.kod()).into(),
        dolda,
        varde: bok.per_dag().map_or(idag, |per| per.0).to_string(),
        senast: idag.to_string(),
        sedan_dess: sedan_dess(a, bok, rader),
    }
}

/// What was registered after the day shown, about the same figure.
fn sedan_dess(a: &Inloggat, bok: &Bok, rader: &Rader<'_>) -> Text {
    let Some(per) = a.per() else {
        return Text::default();
    };
    let senare: Vec<&Faktum> = bok
        .fakta
        .iter()
        .filter(|f| !per.omfattar(f.registrerad) && rader.hor_till(f))
        .collect();
    if senare.is_empty() {
        return Text::from(format!(
            "Inget har registrerats om siffran efter {}.",
            dag(per.0)
        ));
    }
    let dagar: Vec<String> = {
        let mut alla: Vec<_> = senare.iter().map(|f| tid::dag(f.registrerad)).collect();
        alla.sort_unstable();
        alla.dedup();
        alla.into_iter().map(kort_dag).collect()
    };
    let hur_manga = crate::siffror::antal(senare.len(), "", "En uppgift", "uppgifter");
    Text::from(format!(
        "{hur_manga} om siffran registrerades senare, den {}.",
        dagar.join(", ")
    ))
}
