//! What papers say of participants, beside what is registered: never added to it.

use super::Deltagarmatt;
use super::tabeller::{Mattabell, Mattcell, Mattrad};
use std::collections::BTreeSet;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::varde::Varde;

/// What a paper's word for a result is among the others.
fn grupp(kategori: &str) -> usize {
    match kategori {
        "arbete" | "anställning" => 0,
        "studier" | "gymnasieexamen" => 1,
        _ => 2,
    }
}

impl Deltagarmatt {
    /// The initiatives that a paper says had participants; nothing when none does.
    #[must_use]
    pub fn ur_papper(&self) -> Option<Mattabell> {
        let insatser = self.bok.insatser.iter();
        let rader: Vec<Mattrad> = insatser.filter_map(|i| self.papperets(i)).collect();
        let kolumner = ["Deltagare", "Arbete", "Studier", "Annat", "Inte känt"];
        (!rader.is_empty()).then(|| Mattabell {
            id: "papper".to_owned(),
            rubrik: "Det som papperen anger".to_owned(),
            text: "Tal ur inlästa papper, för hela insatsen. Papperen anger inte hemkommun, och \
                   talen är inte med i tabellerna ovanför."
                .to_owned(),
            vad: "Insats",
            kolumner: kolumner.map(str::to_owned).to_vec(),
            rader,
        })
    }

    fn papperets(&self, insats: &Insats) -> Option<Mattrad> {
        let urval = Urval::insats(insats.id);
        let deltagare = self.bok.varde(Matt::Deltagare, &urval);
        deltagare.kant()?;
        let kategorier: BTreeSet<String> = self
            .bok
            .om_insats(insats.id)
            .into_iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Resultat)
            .filter_map(|f| f.galler().kategori.clone())
            .collect();
        let mut grupper = [Varde::Okant; 3];
        for kategori in &kategorier {
            let antal = self
                .bok
                .varde(Matt::Resultat, &urval.clone().for_kategori(kategori));
            if let (Some(plats), Some(antal)) = (grupper.get_mut(grupp(kategori)), antal.kant()) {
                *plats = Varde::Kant(plats.kant().unwrap_or(0).saturating_add(antal));
            }
        }
        let mut celler = vec![deltagare];
        celler.extend(grupper);
        celler.push(self.bok.varde(Matt::UtanResultat, &urval));
        Some(Mattrad {
            rubrik: insats.namn.clone(),
            insats: Some(insats.slug.clone()),
            alla: false,
            celler: celler.into_iter().map(Mattcell::Antal).collect(),
        })
    }
}
