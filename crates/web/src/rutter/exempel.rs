//! Things that exist in one huvudman's books, to make addresses of.

use super::Val;
use utfall_app::Bok;
use utfall_app::granskning::Funnet;
use utfall_domain::id::RapportId;
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::atagande::{ataganden, utlysningar};
use utfall_domain::medel::post::Medelspost;
use utfall_domain::publicering::{Publicerat, gallande};
use utfall_domain::rapporter::{Rapport, Rapportlage};

/// What there is to make addresses of, for probes and tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exempel {
    /// Its part of public addresses.
    pub huvudman: String,
    /// Grants.
    pub bidrag: Vec<String>,
    /// Proposals: grant and proposal.
    pub forslag: Vec<(String, String)>,
    /// Requisitions.
    pub rekvisitioner: Vec<String>,
    /// Commitments.
    pub ataganden: Vec<String>,
    /// Calls.
    pub utlysningar: Vec<String>,
    /// Grants with their years.
    pub bidragsar: Vec<(String, String)>,
    /// Initiatives.
    pub insatser: Vec<String>,
    /// Findings: paper and key.
    pub fynd: Vec<(String, String)>,
    /// Papers.
    pub underlag: Vec<String>,
    /// Measures with their choices, as `(matt, query)`.
    pub matt: Vec<(String, Val)>,
    /// Facts that can be corrected.
    pub fakta: Vec<String>,
    /// Reports.
    pub rapporter: Vec<String>,
    /// Files of reports: report and file name.
    pub rapportfiler: Vec<(String, String)>,
    /// Organisations that only this huvudman has: many registers hold the same funders.
    pub organisationer: Vec<String>,
    /// Participations. The books do not tell them.
    pub deltagare: Vec<String>,
    /// Accounts, by their number among the huvudman's own. The books do not tell them.
    pub konton: Vec<String>,
    /// Figures of issued reports: report, measure and its choices.
    pub rapportsiffror: Vec<(String, String, Val)>,
    /// Publications in force.
    pub publiceringar: Vec<String>,
    /// Published grants.
    pub publika_bidrag: Vec<String>,
    /// Published initiatives.
    pub publika_insatser: Vec<String>,
    /// Published reports.
    pub publika_rapporter: Vec<String>,
}

impl Exempel {
    /// What the books of the huvudman with this part of public addresses hold, and what the
    /// rules found in them.
    #[must_use]
    pub fn av(bok: &Bok, funna: &[Funnet], huvudman: &str) -> Self {
        let publika = gallande(&bok.publiceringar);
        let publik = |vad: Publicerat| publika.iter().any(|akt| akt.vad == vad);
        let rapporter = |med: &dyn Fn(RapportId) -> bool| {
            let alla = bok.rapporter.iter().filter(|r| med(r.id));
            alla.map(|r| r.slug.clone()).collect::<Vec<_>>()
        };
        let matten = bok.bidrag.iter().flat_map(|b| {
            let val = vec![("bidrag".to_owned(), b.id.to_string())];
            [("anvant".to_owned(), val.clone()), ("kvar".to_owned(), val)]
        });
        let rapport = bok.rapporter.iter();
        let utfardade = rapport.filter(|r| matches!(r.lage, Rapportlage::Utfardad { .. }));
        let egna = bok.organisationer.iter().map(|o| o.slug.clone());
        let insatser = bok.insatser.iter();
        let publika_insatser = insatser
            .clone()
            .filter(|i| publik(Publicerat::Insats(i.id)));
        let publika_bidrag = bok
            .bidrag
            .iter()
            .filter(|b| publik(Publicerat::Bidrag(b.id)));
        Self {
            huvudman: huvudman.to_owned(),
            bidrag: bok.bidrag.iter().map(|b| b.slug.clone()).collect(),
            forslag: bok.bidrag.iter().flat_map(|b| forslagen(bok, b)).collect(),
            rekvisitioner: utfall_domain::medel::rekvisition::alla(&bok.medelsposter)
                .iter()
                .map(|r| r.id.to_string())
                .collect(),
            ataganden: saker(&ataganden(&bok.medelsposter)),
            utlysningar: saker(&utlysningar(&bok.medelsposter)),
            bidragsar: bok
                .bidrag
                .iter()
                .filter_map(|b| Some((b.slug.clone(), b.ar.first()?.to_string())))
                .collect(),
            insatser: insatser.map(|i| i.slug.clone()).collect(),
            fynd: funna
                .iter()
                .map(|f| (f.fynd.dokument.clone(), f.nyckel.clone()))
                .collect(),
            underlag: bok.underlag.iter().map(|u| u.dokument.clone()).collect(),
            matt: matten.collect(),
            fakta: bok.fakta.iter().map(|f| f.id.to_string()).take(3).collect(),
            rapporter: rapporter(&|_| true),
            rapportfiler: bok.rapporter.iter().map(rapportfil).collect(),
            organisationer: egna.filter(|o| o.contains(huvudman)).take(1).collect(),
            deltagare: Vec::new(),
            konton: Vec::new(),
            rapportsiffror: utfardade
                .filter(|r| r.bidrag.is_some())
                .map(|r| rapportsiffra(bok, r))
                .collect(),
            publiceringar: bok.publiceringar.iter().map(|p| p.id.to_string()).collect(),
            publika_bidrag: publika_bidrag.map(|b| b.slug.clone()).collect(),
            publika_insatser: publika_insatser.map(|i| i.slug.clone()).collect(),
            publika_rapporter: rapporter(&|id| publik(Publicerat::Rapport(id))),
        }
    }
}

/// The numbers of things.
fn saker<T>(alla: &[(&Medelspost, T)]) -> Vec<String> {
    alla.iter().map(|(p, _)| p.post.sak.to_string()).collect()
}

fn forslagen(bok: &Bok, b: &Bidrag) -> Vec<(String, String)> {
    let alla = utfall_app::medel::forslag(bok, b.id);
    let adress = |namn: String| (b.slug.clone(), utfall_domain::svensk::slug(&namn));
    alla.into_iter().map(adress).collect()
}

fn rapportfil(r: &Rapport) -> (String, String) {
    let fil = match r.lage {
        Rapportlage::Utkast { .. } => "utkast.docx",
        Rapportlage::Utfardad { .. } => "rapport.pdf",
    };
    (r.slug.clone(), fil.to_owned())
}

/// The use of its grant's first year; of all years when it has none.
fn rapportsiffra(bok: &Bok, r: &Rapport) -> (String, String, Val) {
    let bidrag = r.bidrag.and_then(|id| bok.bidrag(id));
    let mut val: Vec<(String, String)> = bidrag
        .map(|b| ("bidrag".to_owned(), b.id.to_string()))
        .into_iter()
        .collect();
    let ar = bidrag.and_then(|b| b.ar.first());
    val.extend(ar.map(|ar| ("ar".to_owned(), ar.to_string())));
    (r.slug.clone(), "anvant".to_owned(), val)
}
