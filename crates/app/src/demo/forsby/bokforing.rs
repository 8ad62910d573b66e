//! Forsby's accounts of 2026, read in three times as the year went. All of it invented. The
//! file with November in it is left for whoever tries the demo.

use super::{FORSBY, insats, som};
use crate::bokforing::SparaKoppling;
use crate::demo::varld::Byggare;
use jiff::civil::{Date, date};
use utfall_domain::medel::kontering::{Intervall, Koppling, Regel, Till};
use utfall_domain::problem::Problem;

/// The projects of Forsby's accounts, and the initiatives they pay for. What is common to all
/// (project 2690, and what has no project) belongs to none.
pub const PROJEKT: [(&str, &str); 11] = [
    ("2601", "Sommarjobb för alla"),
    ("2602", "Första jobbet"),
    ("2603", "Coach till komvux"),
    ("2604", "Uppsökande team"),
    ("2605", "Samtal på vårdcentralen"),
    ("2606", "Anhörigstöd"),
    ("2607", "Rörelse på recept"),
    ("2608", "Middag tillsammans"),
    ("2609", "Besök hemma"),
    ("2610", "Språk på jobbet"),
    ("2611", "Yrkessvenska"),
];

/// Accounts from and to, and what was bought for them.
const KOSTNADSSLAG: [(u32, u32, &str); 6] = [
    (4000, 4599, "Livsmedel"),
    (4600, 4999, "Köpta tjänster"),
    (5000, 5999, "Personal"),
    (6000, 6399, "Lokaler"),
    (6400, 6999, "Material"),
    (7000, 7999, "Resor, kurser och utvärdering"),
];

/// A file as it was exported: name, the last day in it, and what it holds.
type Export = (&'static str, Date, &'static [u8]);

macro_rules! export {
    ($namn:literal, $dag:expr) => {
        (
            $namn,
            $dag,
            include_bytes!(concat!("../../../../../exempel/bokforing/", $namn)),
        )
    };
}

/// Through April.
pub(super) static APRIL: Export = export!("forsby-2026-april.se", date(2026, 4, 30));
/// Through August.
pub(super) static AUGUSTI: Export = export!("forsby-2026-augusti.se", date(2026, 8, 31));
/// Through October.
pub(super) static OKTOBER: Export = export!("forsby-2026-oktober.se", date(2026, 10, 31));

/// Says where the projects belong.
pub(super) async fn koppla(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let mut regler = Vec::new();
    for (projekt, namn) in PROJEKT {
        let id = insats(&bok, namn)?;
        // The board that answers for it, so that the sums of the boards have it too.
        let ansvariga = bok.insats(id).map_or(&[][..], |i| &i.ansvariga);
        let till = Till {
            insats: id,
            bidrag: None,
            organisation: crate::medel::ensam(ansvariga),
        };
        regler.push(Regel {
            objekt: vec![(6, projekt.to_owned())],
            till: Some(till),
            ..Regel::default()
        });
    }
    for (fran, till, ord) in KOSTNADSSLAG {
        regler.push(Regel {
            konton: vec![Intervall { fran, till }],
            kostnadsslag: Some(ord.to_owned()),
            ..Regel::default()
        });
    }
    let fall = SparaKoppling {
        sedd: 0,
        koppling: Koppling {
            regler,
            ..Koppling::default()
        },
        orsak: "Enligt kodplanen 2026 (påhittad)".to_owned(),
        efter_avslut: false,
    };
    som(b, fall).await.map(drop)
}

/// Reads in a file, when the world has come so far.
pub(super) async fn las_in(b: &Byggare, (namn, sist, innehall): Export) -> Result<(), Problem> {
    if b.klockans_dag() <= sist {
        return Ok(());
    }
    b.las_in_sie(FORSBY, namn, innehall).await
}
