//! How accounts lead to initiatives: each version with all its rules.

use std::collections::BTreeSet;

use utfall_behorighet::Permit;
use utfall_domain::andring::NyKoppling;
use utfall_domain::id::{AnvandareId, BidragId, InsatsId, KopplingId, OrganisationId};
use utfall_domain::medel::kontering::{Behall, Intervall, Konteringsslag, Koppling, Regel, Till};
use utfall_domain::medel::verifikation::Kopplingsversion;

use super::BOKFORING;
use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::{self, Skribent};

sql! {
    VERSIONER = "SELECT id, version, orsak, behall_text, behall_signatur, behall_dimensioner, \
                 registrerad, registrerad_av FROM koppling WHERE huvudman = $1 \
                 ORDER BY version DESC";
    REGLER = "SELECT koppling, orgnr, konton, objekt, insats, bidrag, organisation, slag, \
              kostnadsslag, fran_ar, till_ar FROM kopplingsregel \
              WHERE huvudman = $1 AND koppling = $2 ORDER BY nr";
}

infogning! {
    NY = "koppling" (
        "id", "huvudman", "version", "orsak", "behall_text", "behall_signatur",
        "behall_dimensioner", "registrerad", "registrerad_av",
    );
    NYA_REGLER = "kopplingsregel" (
        "huvudman", "koppling", "nr", "orgnr", "konton", "objekt", "insats", "bidrag",
        "organisation", "slag", "kostnadsslag", "fran_ar", "till_ar",
    );
}

/// Every version without its rules, latest first.
pub fn versioner(k: &mut Las, permit: &Permit) -> Result<Vec<Kopplingsversion>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    k.alla(&VERSIONER, p![huvudman], |rad| {
        let f = Falt::ny(rad, "koppling", "id")?;
        let dimensioner: BTreeSet<u32> = serde_json::from_str(&f.text("behall_dimensioner")?)
            .map_err(|e| f.omojlig("behall_dimensioner", &e))?;
        Ok(Kopplingsversion {
            id: f.id("id", KopplingId::ny)?,
            version: f.tal("version")?,
            koppling: Koppling {
                regler: Vec::new(),
                behall: Behall {
                    text: f.bool("behall_text")?,
                    signatur: f.bool("behall_signatur")?,
                    dimensioner,
                },
            },
            orsak: f.text("orsak")?,
            registrerad: f.tid("registrerad")?,
            registrerad_av: f.id("registrerad_av", AnvandareId::ny)?,
        })
    })
}

/// The version that holds; `None` before the first.
pub fn gallande(k: &mut Las, permit: &Permit) -> Result<Option<Kopplingsversion>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let Some(mut version) = versioner(k, permit)?.into_iter().next() else {
        return Ok(None);
    };
    version.koppling.regler = k.alla(&REGLER, p![huvudman, version.id.nummer()], regel)?;
    Ok(Some(version))
}

fn regel(rad: &Rad<'_>) -> Result<Regel, DbFel> {
    let f = Falt::ny(rad, "kopplingsregel", "koppling")?;
    let bidrag = f.id_eller_null("bidrag", BidragId::ny)?;
    let organisation = f.id_eller_null("organisation", OrganisationId::ny)?;
    let slag = match f.text_eller_null("slag")? {
        Some(_) => Some(f.kod("slag", Konteringsslag::av_kod)?),
        None => None,
    };
    Ok(Regel {
        orgnr: f.text_eller_null("orgnr")?,
        konton: intervall(&f, &f.text("konton")?)?,
        objekt: serde_json::from_str(&f.text("objekt")?).map_err(|e| f.omojlig("objekt", &e))?,
        till: f.id_eller_null("insats", InsatsId::ny)?.map(|insats| Till {
            insats,
            bidrag,
            organisation,
        }),
        slag,
        kostnadsslag: f.text_eller_null("kostnadsslag")?,
        fran_ar: f.litet_eller_null("fran_ar")?,
        till_ar: f.litet_eller_null("till_ar")?,
    })
}

fn intervall(f: &Falt<'_>, text: &str) -> Result<Vec<Intervall>, DbFel> {
    let tal = |t: &str| t.parse::<u32>().map_err(|e| f.omojlig("konton", &e));
    text.split(',')
        .filter(|del| !del.is_empty())
        .map(|del| match del.split_once('-') {
            Some((fran, till)) => Ok(Intervall {
                fran: tal(fran)?,
                till: tal(till)?,
            }),
            None => tal(del).map(|konto| Intervall {
                fran: konto,
                till: konto,
            }),
        })
        .collect()
}

fn skrivna(konton: &[Intervall]) -> String {
    let delar: Vec<String> = konton
        .iter()
        .map(|i| {
            if i.fran == i.till {
                i.fran.to_string()
            } else {
                format!("{}-{}", i.fran, i.till)
            }
        })
        .collect();
    delar.join(",")
}

fn json<T: serde::Serialize>(varde: &T) -> Result<String, DbFel> {
    serde_json::to_string(varde).map_err(|e| DbFel::Regel {
        detalj: e.to_string(),
    })
}

/// Refused with [`DbFel::Unik`] if there is a version with this number.
pub(crate) fn ny(k: &mut Skriv, av: Skribent, ny: &NyKoppling) -> Result<(), DbFel> {
    let behall = &ny.koppling.behall;
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        ny.version,
        &ny.orsak,
        behall.text,
        behall.signatur,
        json(&behall.dimensioner)?,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY, [rad])?;
    let mut rader = Vec::new();
    for (nr, r) in (1_i64..).zip(&ny.koppling.regler) {
        rader.push(
            p![
                av.huvudman,
                ny.id.nummer(),
                nr,
                r.orgnr.as_deref(),
                skrivna(&r.konton),
                json(&r.objekt)?,
                r.till.map(|t| t.insats.nummer()),
                r.till.and_then(|t| t.bidrag).map(BidragId::nummer),
                r.till
                    .and_then(|t| t.organisation)
                    .map(OrganisationId::nummer),
                r.slag.map(Konteringsslag::kod),
                r.kostnadsslag.as_deref(),
                r.fran_ar.map(i64::from),
                r.till_ar.map(i64::from),
            ]
            .to_vec(),
        );
    }
    k.infoga(&NYA_REGLER, rader).map(drop)
}
