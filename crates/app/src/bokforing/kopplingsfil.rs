//! How accounts lead to initiatives, written as JSON (docs/format/koppling.md): for the command
//! line, and for those who move from one installation to another.

use serde::Deserialize;
use std::collections::BTreeSet;
use utfall_domain::bocker::Bocker;
use utfall_domain::medel::kontering::{
    Behall, DOLT, Konteringsslag, Koppling, Regel, Till, las_konton, las_objekt, skriv_konton,
    skriv_objekt,
};
use utfall_domain::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fil {
    #[serde(default)]
    regler: Vec<Skriven>,
    #[serde(default)]
    behall: Behallet,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Behallet {
    text: bool,
    signatur: bool,
    dimensioner: BTreeSet<u32>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Skriven {
    orgnr: String,
    konton: String,
    objekt: String,
    insats: String,
    bidrag: String,
    organisation: String,
    slag: String,
    kostnadsslag: String,
    fran_ar: Option<i16>,
    till_ar: Option<i16>,
}

/// Reads a mapping. Initiatives, grants and organisations are named by their part of
/// addresses.
///
/// # Errors
/// Everything that is wrong, rule by rule.
pub fn las_koppling(json: &[u8], bocker: &Bocker) -> Result<Koppling, Vec<Problem>> {
    let fil: Fil = serde_json::from_slice(json).map_err(|e| {
        vec![Problem::ogiltigt(
            "koppling-json",
            format!("Kopplingen går inte att läsa: {e}."),
            "Skriv den som i docs/format/koppling.md.",
        )]
    })?;
    let mut regler = Vec::new();
    let mut fel = Vec::new();
    for (nr, skriven) in (1..).zip(&fil.regler) {
        match regel(skriven, bocker) {
            Ok(regel) => regler.push(regel),
            Err(vad) => fel.push(
                Problem::ogiltigt(
                    "koppling-json",
                    format!("{vad}."),
                    "Skriv den som i docs/format/koppling.md.",
                )
                .pa(format!("regel {nr}")),
            ),
        }
    }
    if !fel.is_empty() {
        return Err(fel);
    }
    Ok(Koppling {
        regler,
        behall: Behall {
            text: fil.behall.text,
            signatur: fil.behall.signatur,
            dimensioner: fil.behall.dimensioner,
        },
    })
}

fn regel(s: &Skriven, b: &Bocker) -> Result<Regel, String> {
    let ord = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let finns = |slag: &str, slug: &str, id: Option<i64>| match (ord(slug), id) {
        (Some(slug), None) => Err(format!("{slag} {slug} finns inte")),
        _ => Ok(()),
    };
    let insats = b.insatser.iter().find(|i| i.slug == s.insats).map(|i| i.id);
    let bidrag = b.bidrag.iter().find(|x| x.slug == s.bidrag).map(|x| x.id);
    let organisation = b.organisationer.iter().find(|o| o.slug == s.organisation);
    let organisation = organisation.map(|o| o.id);
    finns("Insatsen", &s.insats, insats.map(|i| i.nummer()))?;
    finns("Bidraget", &s.bidrag, bidrag.map(|i| i.nummer()))?;
    finns(
        "Organisationen",
        &s.organisation,
        organisation.map(|i| i.nummer()),
    )?;
    let slag = match ord(&s.slag) {
        None => None,
        Some(kod) => {
            let slag = Konteringsslag::av_kod(&kod);
            Some(slag.ok_or_else(|| format!("Slaget {kod} finns inte"))?)
        }
    };
    Ok(Regel {
        orgnr: ord(&s.orgnr).map(|nr| utfall_domain::medel::verifikation::orgnr(&nr)),
        konton: las_konton(&s.konton).map_err(|del| format!("»{del}« är inget konto"))?,
        objekt: objekt(&s.objekt)?,
        till: insats.map(|insats| Till {
            insats,
            bidrag,
            organisation,
        }),
        slag,
        kostnadsslag: ord(&s.kostnadsslag),
        fran_ar: s.fran_ar,
        till_ar: s.till_ar,
    })
}

fn objekt(skrivet: &str) -> Result<Vec<(u32, String)>, String> {
    let objekt = las_objekt(skrivet).map_err(|del| format!("»{del}« är inget objekt"))?;
    match objekt.iter().find(|(_, objekt)| objekt == DOLT) {
        Some((dim, _)) => Err(format!(
            "Objektet i dimension {dim} står inte i filen: den hämtades av någon som inte får se \
             det"
        )),
        None => Ok(objekt),
    }
}

/// A mapping as a file that [`las_koppling`] reads back. Initiatives, grants and organisations
/// by their part of addresses, so that it can be kept and read in elsewhere.
#[must_use]
pub fn skriv_koppling(koppling: &Koppling, bocker: &Bocker) -> String {
    let regler: Vec<serde_json::Value> = koppling
        .regler
        .iter()
        .map(|r| {
            let insats = r.till.and_then(|t| bocker.insats(t.insats));
            let bidrag = r
                .till
                .and_then(|t| t.bidrag)
                .and_then(|id| bocker.bidrag(id));
            let organisation = r.till.and_then(|t| t.organisation);
            let organisation = organisation.and_then(|id| bocker.organisation(id));
            let falt = [
                ("orgnr", r.orgnr.clone()),
                ("konton", Some(skriv_konton(&r.konton))),
                ("objekt", Some(skriv_objekt(&r.objekt))),
                ("insats", insats.map(|i| i.slug.clone())),
                ("bidrag", bidrag.map(|b| b.slug.clone())),
                ("organisation", organisation.map(|o| o.slug.clone())),
                ("slag", r.slag.map(|s| s.kod().to_owned())),
                ("kostnadsslag", r.kostnadsslag.clone()),
            ];
            let skrivna = falt.into_iter().filter_map(|(namn, varde)| {
                let varde = varde.filter(|v| !v.is_empty())?;
                Some((namn.to_owned(), serde_json::Value::String(varde)))
            });
            let aren = [("fran_ar", r.fran_ar), ("till_ar", r.till_ar)];
            let aren = aren
                .into_iter()
                .filter_map(|(namn, ar)| Some((namn.to_owned(), serde_json::Value::from(ar?))));
            serde_json::Value::Object(skrivna.chain(aren).collect())
        })
        .collect();
    let behall = &koppling.behall;
    let fil = serde_json::json!({
        "regler": regler,
        "behall": {
            "text": behall.text,
            "signatur": behall.signatur,
            "dimensioner": behall.dimensioner,
        },
    });
    format!("{fil:#}\n")
}
