//! What was made after a year was closed, on the year's page.

use crate::siffror::{antal, kort_dag};
use utfall_app::Bok;
use utfall_domain::faktum::Faktum;
use utfall_domain::id::BidragId;
use utfall_domain::medel::arsavslut::vid_oppnat_igen;
use utfall_domain::tid;
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::sidor::Tabelldel;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// What was made after the year was closed, also what has been corrected since.
pub(super) fn sena(bok: &Bok, bidrag: BidragId, ar: i16) -> Vec<&Faktum> {
    let insatsens = |f: &Faktum| f.galler().insats.and_then(|i| bok.insats(i)?.bidrag);
    bok.fakta
        .iter()
        .filter(|f| f.fakta.efter_avslut)
        .filter(|f| f.galler().bidrag.or_else(|| insatsens(f)) == Some(bidrag))
        .filter(|f| [f.galler().ar, f.galler().fran_ar].contains(&Some(ar)))
        .collect()
}

/// That there are such, first on the page.
pub(super) fn rattelser(sena: &[&Faktum]) -> Vec<Besked> {
    if sena.is_empty() {
        return Vec::new();
    }
    let rubrik = antal(
        sena.len(),
        "",
        "En uppgift är rättad",
        "uppgifter är rättade",
    );
    vec![Besked::ny(
        Allvar::Upplysning,
        format!("{rubrik} efter avslutet"),
        Text::from("De tal som vilar på dem säger det. ").lank(Lank::ny("Visa dem", "#rattelser")),
    )]
}

/// The corrections one by one, each leading to its row in the derivation.
pub(super) fn rattelsetabell(bok: &Bok, bidrag: BidragId, sena: &[&Faktum]) -> Option<Tabelldel> {
    if sena.is_empty() {
        return None;
    }
    let rader = sena.iter().rev().take(crate::sidval::RADER).map(|f| {
        let (namn, _) = crate::harledning::om_faktum(bok, f);
        let vad = if f.fakta.struken {
            "Struken"
        } else {
            f.fakta.slag.text()
        };
        let vem = bok
            .anvandare
            .get(&f.registrerad_av)
            .map_or("", String::as_str);
        let tal = crate::siffror::varde(f.varde(), f.fakta.slag.enhet());
        Rad::ny(vec![
            Cell::rubriklank(namn, crate::rattelse::tillbaka(f), None),
            Cell::Kort(crate::ram::stor_forst(vad), false),
            tal.into(),
            Cell::Text(Text::from(f.fakta.orsak.clone().unwrap_or_default())),
            Cell::Text(Text::from(format!(
                "{}, {vem}{}",
                kort_dag(tid::dag(f.registrerad)),
                if vid_oppnat_igen(bok, bidrag, f) {
                    ", medan året var öppnat igen"
                } else {
                    ""
                }
            ))),
        ])
    });
    let kolumner = vec![
        Kolumn::ord("Uppgift"),
        Kolumn::ord("Vad"),
        Kolumn::kr("Belopp"),
        Kolumn::ord("Varför"),
        Kolumn::ord("När och av vem"),
    ];
    Some(Tabelldel {
        id: "rattelser".into(),
        rubrik: "Rättat efter avslutet".into(),
        text: Text::default(),
        tabell: Tabell::ny(
            "rattelser-t",
            "Kronor, det senaste först",
            kolumner,
            rader.collect(),
        )
        .klass("bredd"),
    })
}
