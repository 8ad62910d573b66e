//! Härledning: how a figure comes about, and how it has changed.

mod formel;
mod historik;
mod rader;

pub use formel::{formel, formeltext, i_ord, kolumner, regel};
pub use rader::{Rader, definition, leder_till, om_faktum, plusminus, som_skrivet};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::las;
use crate::sidval::Sidval;
use crate::siffror::{Siffror, dag, enhet, kort_dag, text};
use crate::svar::Fel;
use std::collections::HashMap;
use utfall_app::Bok;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::Faktum;
use utfall_domain::id::FaktumId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_domain::varde::Varde;
use utfall_vyer::komponent::{Lank, PerDatum, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;
use utfall_vyer::tabell::Tabell;

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
        && urval.insatser.iter().all(|id| bocker.insats(*id).is_some())
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
    let flera = urval.insatser.iter().filter_map(|id| bocker.insats(*id));
    let flera: Vec<&str> = flera.map(|i| i.namn.as_str()).collect();
    delar.extend((!flera.is_empty() && urval.insats.is_none()).then(|| flera.join(", ")));
    delar.extend(
        urval
            .bidrag
            .and_then(|id| bocker.bidrag(id))
            .map(|b| b.namn.clone()),
    );
    delar.extend(urval.utan_bidrag.then(|| "utan bidrag".to_owned()));
    delar.extend(urval.utan_insats.then(|| "utan insats".to_owned()));
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
    let per = perdatum(&a, &bok, &rader, (matt, &urval));
    let sida = delen(&a.fraga, &rader);
    let ankare = ankare(&a, &bok, &rader.visade(sida)).await?;
    let hit = adress::harledning_av(matt, &urval, bok.per_dag());
    let sida = sidor::Harledning {
        ram: a.ram_per(&per),
        csv_href: rader.finns().then(|| {
            let till = adress::harledning_csv(matt.kod()).urval(&urval);
            till.per(bok.per_dag()).into()
        }),
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
        underlag: rader.tabeller(&a, &ankare, sida),
        bladdra: sida.lankar(rader.antal(), &hit),
        not: crate::delar::precision(&s, &urval),
        historik: historik::historik(&s, &h, a.per(), &hit),
        per,
        definition: definition(matt, Lank::ny("Alla mått", adress::om_siffrorna())),
        anvands: leder_till(&s, &urval),
    };
    las::svar_per(&sida, &sida.per)
}

/// The part of the rows that is asked for: by its number, or as the one with a certain row.
fn delen(fraga: &crate::falt::Falt, rader: &Rader<'_>) -> Sidval {
    let rad = fraga.tal("rad").and_then(FaktumId::ny);
    rad.and_then(|id| rader.plats_for(id))
        .map_or_else(|| Sidval::ur(fraga), Sidval::med)
}

/// GET `/harledning/{matt}/tabell.csv`: the rows behind the figure.
pub async fn csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let (matt, urval) = fragat(&bok, a.stig.text("matt"), &a.fraga)?;
    let s = Siffror::ny(&bok);
    let h = s.matt(matt, &urval);
    let rader = Rader::av(&s, &h).tabeller(&a, &HashMap::new(), Sidval::Hela);
    let tabeller: Vec<(String, Tabell)> = rader
        .into_iter()
        .map(|mut underlag| {
            // Where a row is corrected is for the page.
            underlag.rader.iter_mut().for_each(|rad| rad.ratta = None);
            (underlag.caption.clone(), underlag.tabell())
        })
        .collect();
    let lan: Vec<(&str, &Tabell)> = tabeller.iter().map(|(n, t)| (n.as_str(), t)).collect();
    crate::csv::svar(&format!("harledning-{}", matt.kod()), a.dag(&bok), &lan)
}

/// Where in their papers' pages the rows stand.
async fn ankare(
    a: &Inloggat,
    bok: &Bok,
    fakta: &[&Faktum],
) -> Result<HashMap<FaktumId, String>, Fel> {
    if !a.far(utfall_behorighet::Atgard::LasaUnderlag) {
        return Ok(HashMap::new());
    }
    let tjanst = &a.webb.tjanst;
    let stallen = tjanst.stallen(&a.session.aktor, bok, fakta).await?;
    let ankare = |(id, sokvag): (FaktumId, String)| (id, crate::underlag::ankare(&sokvag));
    Ok(stallen.into_iter().map(ankare).collect())
}

fn perdatum(a: &Inloggat, bok: &Bok, rader: &Rader<'_>, (matt, urval): (Matt, &Urval)) -> PerDatum {
    let dolda = Urval::fraga(urval)
        .split('&')
        .filter_map(|par| par.split_once('='))
        .map(|(namn, _)| (namn.to_owned(), a.fraga.text(namn).to_owned()))
        .collect();
    let mut per = a.perdatum(bok, adress::harledning(matt.kod()), dolda);
    per.rubrik.clear();
    "Visa siffran som den var den".clone_into(&mut per.etikett);
    if per.sedan_dess.tom() {
        per.sedan_dess = sedan_dess(a, bok, rader);
    }
    per
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
