//! The paper of a requisition: one press to it, and those that have been made.

use super::nya::REKVISITION;
use crate::adress;
use crate::anrop::Inloggat;
use crate::siffror::kort_dag;
use utfall_app::Bok;
use utfall_behorighet::Atgard;
use utfall_domain::id::MedelspostId;
use utfall_domain::rapporter::{Rapportlage, Rapportslag};
use utfall_domain::tid;
use utfall_vyer::komponent::{Lage, LageSlag, Text};
use utfall_vyer::sidor::{Formulardel, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// One press to the paper of a requisition. `None` for those who write no reports.
#[must_use]
pub fn till_handlingen(a: &Inloggat, sak: MedelspostId) -> Option<Formulardel> {
    if !a.far(Atgard::SkapaRapport) {
        return None;
    }
    let formular = a
        .ett_formular(adress::rapporter())
        .med_dolt("slag", REKVISITION)
        .med_dolt("rekvisition", sak.to_string());
    let del = Formulardel::ny(formular, Vec::new(), "Skriv rekvisitionshandlingen");
    let vad = "Belopp, period, underlag och intygande som PDF, Word och Excel. Den fryses när den \
               utfärdas.";
    Some(del.under("handling", "Handlingen", vad).andra())
}

/// The papers that have been made of it; drafts only for those who write them.
#[must_use]
pub fn handlingar(a: &Inloggat, bok: &Bok, sak: MedelspostId) -> Option<Tabelldel> {
    let skriver = a.far(Atgard::SparaRapport);
    let rader: Vec<Rad> = bok
        .rapporter
        .iter()
        .filter(|x| x.slag == Rapportslag::Rekvisition { sak })
        .filter(|x| skriver || matches!(x.lage, Rapportlage::Utfardad { .. }))
        .map(|x| {
            let (lage, nar) = match &x.lage {
                Rapportlage::Utkast { .. } => (Lage::ny("Utkast", LageSlag::Pagar), "–".to_owned()),
                Rapportlage::Utfardad { tid, .. } => (
                    Lage::ny("Utfärdad", LageSlag::Lugn),
                    kort_dag(tid::dag(*tid)),
                ),
            };
            Rad::ny(vec![
                Cell::rubriklank(x.titel.clone(), adress::rapport(&x.slug), None),
                Cell::Lage(lage),
                Cell::Kort(nar, false),
            ])
        })
        .collect();
    if rader.is_empty() {
        return None;
    }
    let kolumner = ["Handling", "Läge", "Utfärdad"].map(Kolumn::ord).to_vec();
    Some(Tabelldel {
        id: "handlingar".into(),
        rubrik: "Handlingar".into(),
        text: Text::default(),
        tabell: Tabell::ny("handlingar-t", "I den ordning de gjordes", kolumner, rader)
            .klass("bredd"),
    })
}
