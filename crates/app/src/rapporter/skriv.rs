//! A report is started and written on.

use super::Utkast;
use crate::dorr::{Anvandningsfall, Plan, internt};
use crate::miljo::Miljo;
use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::{BidragId, RapportId};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::rapport::{Indata, kanonisk};
use utfall_domain::rapporter::{Aterrapportmall, Rapport, Rapportlage, Rapportslag};
use utfall_store as store;
use utfall_store::Las;

/// The longest chapter, in characters.
pub const LANGSTA_KAPITEL: usize = 20_000;

/// The report of a grant that was issued last; of those before `fore`, when given. A new one
/// begins with its texts.
#[must_use]
pub fn senast_utfardad(
    bocker: &Bocker,
    bidrag: BidragId,
    fore: Option<Timestamp>,
) -> Option<&Rapport> {
    let nar = |r: &Rapport| match r.lage {
        Rapportlage::Utfardad { tid, .. } => Some(tid),
        Rapportlage::Utkast { .. } => None,
    };
    bocker
        .rapporter
        .iter()
        .filter(|r| r.bidrag == Some(bidrag))
        .filter_map(|r| Some((nar(r)?, r)))
        .filter(|(tid, _)| fore.is_none_or(|fore| *tid < fore))
        .max_by_key(|(tid, r)| (*tid, r.id))
        .map(|(_, r)| r)
}

/// What a new report is planned from.
#[derive(Debug)]
pub struct Laddat {
    bocker: Bocker,
    /// The texts of the grant's latest issued report.
    forra: Option<Utkast>,
}

/// Starts the återrapport of a grant for a year, with the texts of the one before.
#[derive(Clone, Debug)]
pub struct SkapaRapport {
    /// Which grant.
    pub bidrag: BidragId,
    /// Which year.
    pub ar: i16,
    /// What the funder asks for; `None` takes the template of the funder's name.
    pub mall: Option<Aterrapportmall>,
}

impl Anvandningsfall for SkapaRapport {
    const ATGARD: Atgard = Atgard::SkapaRapport;
    type Laddat = Laddat;
    /// The report's address part.
    type Svar = String;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Laddat, Problem> {
        let bocker = store::bocker::las(k, permit)?;
        let forra = match senast_utfardad(&bocker, self.bidrag, None) {
            Some(r) => store::rapporter::utfardad(k, permit, r.id)?
                .map(|fryst| Indata::las(&fryst.indata))
                .transpose()
                .map_err(|e| internt(&e))?
                .map(|indata| Utkast::av(&indata)),
            None => None,
        };
        Ok(Laddat { bocker, forra })
    }

    fn planera(&self, laddat: Laddat, miljo: &mut Miljo) -> Result<Plan<String>, Problem> {
        let Laddat { bocker, forra } = laddat;
        let bidrag = bocker.bidrag(self.bidrag).ok_or_else(Problem::finns_inte)?;
        if !bidrag.ar.contains(&self.ar) {
            return Err(Problem::ogiltigt(
                "rapport-ar",
                format!("{} har inga uppgifter för {}.", bidrag.namn, self.ar),
                "Välj ett av bidragets år.",
            )
            .i_falt("ar"));
        }
        let titel = titel(&bidrag.namn, self.ar);
        let mall = self.mall.unwrap_or_else(|| {
            Aterrapportmall::av_finansiar(bocker.organisationsnamn(bidrag.finansiar))
        });
        let slug = ledig(&bocker, &slug(&bidrag.slug, self.ar))?;
        let id = miljo.rapport();
        let utkast = Utkast::borjan(&bocker, bidrag, self.ar, forra.as_ref());
        Ok(Plan {
            andringar: vec![Andring::NyRapport {
                id,
                slug: slug.clone(),
                titel: titel.clone(),
                bidrag: Some(self.bidrag),
                slag: Rapportslag::Aterrapport { mall },
                utkast: kanonisk::json(&utkast).map_err(|e| internt(&e))?,
            }],
            handelse: Handelse {
                slag: "rapport-skapad".into(),
                objekt: format!("rapport {id}"),
                text: format!("{titel} påbörjades."),
                data: serde_json::json!({ "bidrag": self.bidrag, "ar": self.ar }),
            },
            svar: slug,
        })
    }
}

/// An address part that no report has.
pub(super) fn ledig(bocker: &Bocker, grund: &str) -> Result<String, Problem> {
    let upptagen = |slug: &str| bocker.rapporter.iter().any(|r| r.slug == slug);
    std::iter::once(grund.to_owned())
        .chain((2..1000).map(|nr| format!("{grund}-{nr}")))
        .find(|slug| !upptagen(slug))
        .ok_or_else(Problem::finns_inte)
}

/// The address part of a grant's first report for a year, which is not said twice.
pub(super) fn slug(bidrag: &str, ar: i16) -> String {
    let bidrag = bidrag.strip_suffix(&format!("-{ar}")).unwrap_or(bidrag);
    format!("aterrapport-{bidrag}-{ar}")
}

/// `Återrapport: Unga i arbete 2024`: the year is not said twice.
fn titel(bidrag: &str, ar: i16) -> String {
    if bidrag.ends_with(&format!(" {ar}")) {
        format!("Återrapport: {bidrag}")
    } else if bidrag.ends_with(|c: char| c.is_ascii_digit()) {
        format!("Återrapport: {bidrag}, år {ar}")
    } else {
        format!("Återrapport: {bidrag} {ar}")
    }
}

/// Saves the chapters of a draft.
#[derive(Clone, Debug)]
pub struct SparaRapport {
    /// Which report.
    pub rapport: RapportId,
    /// The version the person saw.
    pub version: i64,
    /// The chapters.
    pub utkast: Utkast,
}

impl Anvandningsfall for SparaRapport {
    const ATGARD: Atgard = Atgard::SparaRapport;
    type Laddat = Bocker;
    /// The new version.
    type Svar = i64;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, _: &mut Miljo) -> Result<Plan<i64>, Problem> {
        let rapport = bocker
            .rapport(self.rapport)
            .ok_or_else(Problem::finns_inte)?;
        prova_utkast(rapport, self.version)?;
        Ok(Plan {
            andringar: vec![sparning((self.rapport, self.version), &self.utkast)?],
            handelse: Handelse {
                slag: "rapport-sparad".into(),
                objekt: format!("rapport {}", self.rapport),
                text: format!("Texterna i {} sparades.", rapport.titel),
                data: serde_json::json!({ "version": self.version + 1 }),
            },
            svar: self.version + 1,
        })
    }
}

/// The write that saves the chapters over the version the person saw.
pub(super) fn sparning(
    (rapport, vantad_version): (RapportId, i64),
    utkast: &Utkast,
) -> Result<Andring, Problem> {
    prova_langd(utkast)?;
    Ok(Andring::SparaRapport {
        rapport,
        vantad_version,
        utkast: kanonisk::json(utkast).map_err(|e| internt(&e))?,
    })
}

/// No chapter is longer than [`LANGSTA_KAPITEL`].
pub(super) fn prova_langd(utkast: &Utkast) -> Result<(), Problem> {
    let for_lang = |(_, text): &(&str, &str)| text.chars().count() > LANGSTA_KAPITEL;
    match utkast.kapitel().into_iter().find(for_lang) {
        None => Ok(()),
        Some((falt, _)) => Err(Problem::ogiltigt(
            "text-for-lang",
            format!("Texten får vara högst {LANGSTA_KAPITEL} tecken."),
            "Korta texten eller lägg det utförliga i en bilaga.",
        )
        .i_falt(falt)),
    }
}

/// Only a draft of the version the person saw can be changed or issued.
pub(super) fn prova_utkast(rapport: &Rapport, sedd: i64) -> Result<&str, Problem> {
    match &rapport.lage {
        Rapportlage::Utfardad { .. } => Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "rapport-utfardad",
            "Rapporten är utfärdad och kan inte ändras.",
            "Behöver något rättas: skapa en ny rapport för samma år.",
        )),
        Rapportlage::Utkast { version, .. } if *version != sedd => Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "rapport-andrad-av-annan",
            "Någon annan har ändrat rapporten medan du skrev.",
            "Jämför texterna nedan, välj vad som ska gälla och spara igen.",
        )),
        Rapportlage::Utkast { text, .. } => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_said_once() {
        assert_eq!(slug("stod-2021", 2021), "aterrapport-stod-2021");
        assert_eq!(slug("stod-2020", 2021), "aterrapport-stod-2020-2021");
        assert_eq!(slug("stod", 2021), "aterrapport-stod-2021");
    }
}
