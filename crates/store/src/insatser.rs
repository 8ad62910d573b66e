//! Initiatives: responsible boards, positions, and texts that people edit.

use std::collections::HashMap;

use utfall_behorighet::Permit;
use utfall_domain::id::{BidragId, InsatsId, OrganisationId};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText, Insatsbeskrivning, Tjanst};
use utfall_domain::svensk::{sokform, sorteringsnyckel};

use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::{self, Skribent};

sql! {
    ALLA = "SELECT id, slug, namn, bidrag, start_ar, slut_ar, beskrivning, malgrupp, kommentar, \
            resultat, fortsattning_ord, fortsattning, version, slag, mal FROM insats \
            WHERE huvudman = $1 ORDER BY sortering, id";
    ALLA_ANSVARIGA = "SELECT insats, organisation FROM insats_ansvarig WHERE huvudman = $1 \
                      ORDER BY insats, nr";
    ALLA_TJANSTER = "SELECT insats, beskrivning, antal, andel, ar, till_ar, fran_manad, \
                     till_manad FROM tjanst WHERE huvudman = $1 ORDER BY insats, nr";
    VERSION = "SELECT namn, version FROM insats WHERE huvudman = $1 AND id = $2";
    SPARA = "UPDATE insats SET beskrivning = $4, malgrupp = $5, kommentar = $6, resultat = $7, \
             fortsattning_ord = $8, fortsattning = $9, sok = $10, mal = $11, version = version + 1 \
             WHERE huvudman = $1 AND id = $2 AND version = $3";
    SPARA_AREN = "UPDATE insats SET start_ar = $3, slut_ar = $4 WHERE huvudman = $1 AND id = $2";
    TA_BORT_TJANSTER = "DELETE FROM tjanst WHERE huvudman = $1 AND insats = $2";
}

infogning! {
    NY = "insats" (
        "id", "huvudman", "slug", "namn", "bidrag", "start_ar", "slut_ar", "beskrivning",
        "malgrupp", "kommentar", "resultat", "fortsattning_ord", "fortsattning", "version",
        "sortering", "sok", "slag", "mal", "registrerad", "registrerad_av",
    );
    NY_ANSVARIG = "insats_ansvarig" ("huvudman", "insats", "nr", "organisation");
    NY_TJANST = "tjanst" (
        "huvudman", "insats", "nr", "beskrivning", "antal", "andel", "ar", "till_ar",
        "fran_manad", "till_manad",
    );
}

/// The kind of a row that is a reserve; an ordinary initiative has none.
const RESERV: &str = "reserv";

/// The initiatives, in Swedish order.
pub fn alla(k: &mut Las, permit: &Permit) -> Result<Vec<Insats>, DbFel> {
    i_huvudman(k, lov::las(permit, lov::BOCKER)?)
}

pub(crate) fn i_huvudman(k: &mut Las, huvudman: i64) -> Result<Vec<Insats>, DbFel> {
    let mut alla = k.alla(&ALLA, p![huvudman], insats_rad)?;
    let ansvariga = per_insats(k.alla(&ALLA_ANSVARIGA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "insats_ansvarig", "insats")?;
        Ok((
            f.id("insats", InsatsId::ny)?,
            f.id("organisation", OrganisationId::ny)?,
        ))
    })?);
    let tjanster = per_insats(k.alla(&ALLA_TJANSTER, p![huvudman], tjanst_rad)?);
    let (mut ansvariga, mut tjanster) = (ansvariga, tjanster);
    for insats in &mut alla {
        insats.ansvariga = ansvariga.remove(&insats.id).unwrap_or_default();
        insats.tjanster = tjanster.remove(&insats.id).unwrap_or_default();
    }
    Ok(alla)
}

fn per_insats<T>(rader: Vec<(InsatsId, T)>) -> HashMap<InsatsId, Vec<T>> {
    let mut ut: HashMap<InsatsId, Vec<T>> = HashMap::new();
    for (id, sak) in rader {
        ut.entry(id).or_default().push(sak);
    }
    ut
}

fn insats_rad(rad: &Rad<'_>) -> Result<Insats, DbFel> {
    let f = Falt::ny(rad, "insats", "id")?;
    Ok(Insats {
        id: f.id("id", InsatsId::ny)?,
        slug: f.text("slug")?,
        namn: f.text("namn")?,
        bidrag: f.id_eller_null("bidrag", BidragId::ny)?,
        start_ar: f.litet_eller_null("start_ar")?,
        slut_ar: f.litet_eller_null("slut_ar")?,
        ansvariga: Vec::new(),
        text: InsatsText {
            beskrivning: f.text("beskrivning")?,
            malgrupp: f.text("malgrupp")?,
            mal: f.text("mal")?,
            kommentar: f.text("kommentar")?,
            resultat: f.text("resultat")?,
            fortsattning: f.text("fortsattning_ord")?,
        },
        fortsattning: f.kod("fortsattning", Fortsattning::av_kod)?,
        reserv: match f.text_eller_null("slag")?.as_deref() {
            None => false,
            Some(RESERV) => true,
            Some(annat) => return Err(f.omojlig("slag", &format!("okänd kod {annat:?}"))),
        },
        tjanster: Vec::new(),
        version: f.tal("version")?,
    })
}

fn tjanst_rad(rad: &Rad<'_>) -> Result<(InsatsId, Tjanst), DbFel> {
    let f = Falt::ny(rad, "tjanst", "insats")?;
    let tjanst = Tjanst {
        beskrivning: f.text("beskrivning")?,
        antal: f.tal_eller_null("antal")?,
        andel: f.tal_eller_null("andel")?,
        ar: f.litet_eller_null("ar")?,
        till_ar: f.litet_eller_null("till_ar")?,
        fran_manad: f.litet_eller_null("fran_manad")?,
        till_manad: f.litet_eller_null("till_manad")?,
    };
    Ok((f.id("insats", InsatsId::ny)?, tjanst))
}

fn sok(namn: &str, t: &InsatsText) -> String {
    let delar = [
        namn,
        &t.beskrivning,
        &t.malgrupp,
        &t.mal,
        &t.kommentar,
        &t.resultat,
        &t.fortsattning,
    ];
    sokform(&delar.join("\n"))
}

pub(crate) fn ny(k: &mut Skriv, av: Skribent, ny: &Insats) -> Result<(), DbFel> {
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        &ny.slug,
        &ny.namn,
        ny.bidrag.map(BidragId::nummer),
        ny.start_ar.map(i64::from),
        ny.slut_ar.map(i64::from),
        &ny.text.beskrivning,
        &ny.text.malgrupp,
        &ny.text.kommentar,
        &ny.text.resultat,
        &ny.text.fortsattning,
        ny.fortsattning.kod(),
        1_i64,
        sorteringsnyckel(&ny.namn),
        sok(&ny.namn, &ny.text),
        ny.reserv.then_some(RESERV),
        &ny.text.mal,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY, [rad])?;
    let id = ny.id.nummer();
    let ansvariga = (1_i64..)
        .zip(&ny.ansvariga)
        .map(|(nr, o)| p![av.huvudman, id, nr, o.nummer()].to_vec());
    k.infoga(&NY_ANSVARIG, ansvariga)?;
    nya_tjanster(k, av, id, &ny.tjanster)
}

fn nya_tjanster(k: &mut Skriv, av: Skribent, id: i64, alla: &[Tjanst]) -> Result<(), DbFel> {
    let tjanster = (1_i64..).zip(alla).map(|(nr, t)| {
        p![
            av.huvudman,
            id,
            nr,
            &t.beskrivning,
            t.antal,
            t.andel,
            t.ar.map(i64::from),
            t.till_ar.map(i64::from),
            t.fran_manad.map(i64::from),
            t.till_manad.map(i64::from),
        ]
        .to_vec()
    });
    k.infoga(&NY_TJANST, tjanster).map(drop)
}

/// New texts; refused with [`DbFel::Version`] if somebody saved in between.
pub(crate) fn spara(
    k: &mut Skriv,
    av: Skribent,
    id: InsatsId,
    vantad: i64,
    text: &InsatsText,
    fortsattning: Fortsattning,
) -> Result<(), DbFel> {
    let id = id.nummer();
    let (namn, version) = k.en(&VERSION, p![av.huvudman, id], |r| {
        Ok((r.text("namn")?, r.tal("version")?))
    })?;
    if version != vantad {
        return Err(DbFel::Version);
    }
    let par = p![
        av.huvudman,
        id,
        vantad,
        &text.beskrivning,
        &text.malgrupp,
        &text.kommentar,
        &text.resultat,
        &text.fortsattning,
        fortsattning.kod(),
        sok(&namn, text),
        &text.mal,
    ];
    match k.kor(&SPARA, par)? {
        1 => Ok(()),
        _ => Err(DbFel::Version),
    }
}

/// What a new version of its paper says of an initiative, in the place of all that was said.
pub(crate) fn beskriv(
    k: &mut Skriv,
    av: Skribent,
    id: InsatsId,
    vantad: i64,
    ny: &Insatsbeskrivning,
) -> Result<(), DbFel> {
    spara(k, av, id, vantad, &ny.text, ny.fortsattning)?;
    let id = id.nummer();
    let (start, slut) = (ny.start_ar.map(i64::from), ny.slut_ar.map(i64::from));
    k.kor(&SPARA_AREN, p![av.huvudman, id, start, slut])?;
    k.kor(&TA_BORT_TJANSTER, p![av.huvudman, id])?;
    nya_tjanster(k, av, id, &ny.tjanster)
}
