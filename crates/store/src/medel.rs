//! Grants and decisions. Their amounts are facts (`fakta`).

use std::collections::HashMap;

use jiff::Timestamp;
use utfall_behorighet::Permit;
use utfall_domain::id::{BeslutId, BidragId, OrganisationId};
use utfall_domain::medel::{Beslut, Bidrag};
use utfall_domain::svensk::{sokform, sorteringsnyckel};

use crate::db::{DbFel, Las, Skriv, infogning, p, sql};
use crate::falt::{Falt, datum};
use crate::lov::{self, Skribent};

sql! {
    ALLA_BIDRAG = "SELECT id, slug, namn, finansiar, program, program_fran, program_till, \
                   andamal, overforing_tillaten, diarienummer FROM bidrag \
                   WHERE huvudman = $1 ORDER BY sortering, id";
    ALLA_AR = "SELECT bidrag, ar FROM bidrag_ar WHERE huvudman = $1 ORDER BY bidrag, ar";
    SISTA_AR = "SELECT MAX(nr) AS nr FROM bidrag_ar WHERE huvudman = $1 AND bidrag = $2";
    ALLA_BESLUT = "SELECT id, instans, paragraf, ar, datum, diarienummer, rubrik, bidrag, \
                   villkor FROM beslut WHERE huvudman = $1";
    BESLUTSTIDER = "SELECT id, registrerad FROM beslut WHERE huvudman = $1";
}

infogning! {
    NYTT_BIDRAG = "bidrag" (
        "id", "huvudman", "slug", "namn", "finansiar", "program", "program_fran",
        "program_till", "andamal", "overforing_tillaten", "diarienummer", "sortering", "sok",
        "registrerad", "registrerad_av",
    );
    NYTT_AR = "bidrag_ar" ("huvudman", "bidrag", "nr", "ar");
    NYTT_BESLUT = "beslut" (
        "id", "huvudman", "instans", "paragraf", "ar", "datum", "diarienummer", "rubrik",
        "bidrag", "villkor", "registrerad", "registrerad_av",
    );
}

/// The grants, in Swedish order.
pub fn bidrag(k: &mut Las, permit: &Permit) -> Result<Vec<Bidrag>, DbFel> {
    bidrag_i(k, lov::las(permit, lov::BOCKER)?)
}

pub(crate) fn bidrag_i(k: &mut Las, huvudman: i64) -> Result<Vec<Bidrag>, DbFel> {
    let mut alla = k.alla(&ALLA_BIDRAG, p![huvudman], |rad| {
        let f = Falt::ny(rad, "bidrag", "id")?;
        let program_ar = f
            .litet_eller_null("program_fran")?
            .zip(f.litet_eller_null("program_till")?);
        Ok(Bidrag {
            id: f.id("id", BidragId::ny)?,
            slug: f.text("slug")?,
            namn: f.text("namn")?,
            finansiar: f.id("finansiar", OrganisationId::ny)?,
            program: f.text_eller_null("program")?,
            program_ar,
            ar: Vec::new(),
            andamal: f.text_eller_null("andamal")?,
            overforing_tillaten: f.bool_eller_null("overforing_tillaten")?,
            diarienummer: f.text_eller_null("diarienummer")?,
        })
    })?;
    let mut ar: HashMap<BidragId, Vec<i16>> = HashMap::new();
    for (id, ett) in k.alla(&ALLA_AR, p![huvudman], |rad| {
        let f = Falt::ny(rad, "bidrag_ar", "bidrag")?;
        Ok((f.id("bidrag", BidragId::ny)?, f.litet("ar")?))
    })? {
        ar.entry(id).or_default().push(ett);
    }
    for bidrag in &mut alla {
        bidrag.ar = ar.remove(&bidrag.id).unwrap_or_default();
    }
    Ok(alla)
}

/// The decisions, by date and paragraph; undated ones last.
pub fn beslut(k: &mut Las, permit: &Permit) -> Result<Vec<Beslut>, DbFel> {
    beslut_i(k, lov::las(permit, lov::BOCKER)?)
}

pub(crate) fn beslut_i(k: &mut Las, huvudman: i64) -> Result<Vec<Beslut>, DbFel> {
    let mut alla = k.alla(&ALLA_BESLUT, p![huvudman], |rad| {
        let f = Falt::ny(rad, "beslut", "id")?;
        Ok(Beslut {
            id: f.id("id", BeslutId::ny)?,
            instans: f.text("instans")?,
            paragraf: f.text_eller_null("paragraf")?,
            ar: f.litet_eller_null("ar")?,
            datum: f.datum_eller_null("datum")?,
            diarienummer: f.text_eller_null("diarienummer")?,
            rubrik: f.text("rubrik")?,
            bidrag: f.id_eller_null("bidrag", BidragId::ny)?,
            villkor: f.text_eller_null("villkor")?,
        })
    })?;
    // Here, because the engines disagree on where NULL sorts and § 9 comes before § 64.
    alla.sort_by_cached_key(|b| {
        let nummer = b.paragraf.as_deref().and_then(|p| p.parse::<u32>().ok());
        (
            b.datum.is_none(),
            b.datum,
            b.ar,
            nummer,
            b.paragraf.clone(),
            b.id,
        )
    });
    Ok(alla)
}

/// When each decision was registered.
pub(crate) fn beslutstider_i(
    k: &mut Las,
    huvudman: i64,
) -> Result<HashMap<BeslutId, Timestamp>, DbFel> {
    let alla = k.alla(&BESLUTSTIDER, p![huvudman], |rad| {
        let f = Falt::ny(rad, "beslut", "id")?;
        Ok((f.id("id", BeslutId::ny)?, f.tid("registrerad")?))
    })?;
    Ok(alla.into_iter().collect())
}

pub(crate) fn nytt_bidrag(k: &mut Skriv, av: Skribent, ny: &Bidrag) -> Result<(), DbFel> {
    let (fran, till) = ny.program_ar.unzip();
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        &ny.slug,
        &ny.namn,
        ny.finansiar.nummer(),
        ny.program.as_deref(),
        fran.map(i64::from),
        till.map(i64::from),
        ny.andamal.as_deref(),
        ny.overforing_tillaten,
        ny.diarienummer.as_deref(),
        sorteringsnyckel(&ny.namn),
        sokform(&format!(
            "{} {}",
            ny.namn,
            ny.andamal.as_deref().unwrap_or_default()
        )),
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NYTT_BIDRAG, [rad])?;
    let ar = (1_i64..)
        .zip(&ny.ar)
        .map(|(nr, ar)| p![av.huvudman, ny.id.nummer(), nr, i64::from(*ar)].to_vec());
    k.infoga(&NYTT_AR, ar).map(drop)
}

/// Refused with [`DbFel::Unik`] if the grant has one of the years.
pub(crate) fn nya_ar(k: &mut Skriv, av: Skribent, id: BidragId, ar: &[i16]) -> Result<(), DbFel> {
    let sista = k.en(&SISTA_AR, p![av.huvudman, id.nummer()], |r| {
        r.tal_eller_null("nr")
    })?;
    let ar = (1_i64..)
        .zip(ar)
        .map(|(nr, ar)| (sista.unwrap_or(0).saturating_add(nr), ar))
        .map(|(nr, ar)| p![av.huvudman, id.nummer(), nr, i64::from(*ar)].to_vec());
    k.infoga(&NYTT_AR, ar).map(drop)
}

pub(crate) fn nytt_beslut(k: &mut Skriv, av: Skribent, ny: &Beslut) -> Result<(), DbFel> {
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        &ny.instans,
        ny.paragraf.as_deref(),
        ny.ar.map(i64::from),
        ny.datum.map(datum),
        ny.diarienummer.as_deref(),
        &ny.rubrik,
        ny.bidrag.map(BidragId::nummer),
        ny.villkor.as_deref(),
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NYTT_BESLUT, [rad]).map(drop)
}
