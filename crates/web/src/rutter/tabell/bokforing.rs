//! The accounts, within the room Medel.

use crate::adress;
use crate::bokforing;
use crate::rutter::Avdelning;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{INGA, h, las, skriv};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    las(
        "/bokforing",
        "bokforing",
        Inloggat(A::LasaBokforing, h!(bokforing::lista)),
        |_| vec![adress::bokforing()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Bokforing),
    las(
        "/bokforing/las-in",
        "las-in-bokforing",
        Inloggat(A::ImporteraSie, h!(bokforing::formular)),
        |_| vec![adress::las_in_bokforing()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/las-in",
        "las-in-bokforing",
        Inloggat(A::ImporteraSie, h!(bokforing::ta_emot)),
        |_| vec![adress::las_in_bokforing()],
    )
    .tar_storfiler()
    .vid(Meny(Menyord::Medel)),
    // Files wait in memory and imports have numbers that the books do not tell: no examples.
    las(
        "/bokforing/granska/{fil}",
        "granska-bokforing",
        Inloggat(A::ImporteraSie, h!(bokforing::granska)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/granska/{fil}",
        "granska-bokforing",
        Inloggat(A::ImporteraSie, h!(bokforing::bekrafta)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/inlasning/{inlasning}",
        "inlasning",
        Inloggat(A::LasaBokforing, h!(bokforing::inlasning)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/inlasning/{inlasning}/avbryt",
        "avbryt-inlasning",
        Inloggat(A::ImporteraSie, h!(bokforing::avbryt)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/inlasning/{inlasning}/angra",
        "angra-inlasning",
        Inloggat(A::AngraInlasning, h!(bokforing::angra)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/koppling",
        "koppling",
        Inloggat(A::LasaBokforing, h!(bokforing::koppling)),
        |_| vec![adress::koppling()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/koppling",
        "koppling",
        Inloggat(A::AndraKoppling, h!(bokforing::andra_koppling)),
        |_| vec![adress::koppling()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/koppling/fil",
        "kopplingsfil",
        Inloggat(A::LasaBokforing, h!(bokforing::kopplingsfil)),
        |_| vec![adress::kopplingsfil()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/koppling/las-in",
        "las-in-koppling",
        Inloggat(A::AndraKoppling, h!(bokforing::las_in_koppling)),
        |_| vec![adress::las_in_koppling()],
    )
    .tar_filer()
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/verifikationer",
        "verifikationer",
        Inloggat(A::LasaBokforing, h!(bokforing::verifikationer)),
        |_| vec![adress::verifikationer()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/verifikationer/tabell.csv",
        "verifikationer-csv",
        Inloggat(A::LasaBokforing, h!(bokforing::verifikationer_csv)),
        |_| vec![adress::verifikationer_csv()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/verifikationer/{verifikation}",
        "verifikation",
        Inloggat(A::LasaBokforing, h!(bokforing::verifikation)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/for-hand",
        "for-hand",
        Inloggat(A::LasaBokforing, h!(bokforing::for_hand)),
        |_| vec![adress::for_hand()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/for-hand",
        "for-hand",
        Inloggat(A::BokforForHand, h!(bokforing::skriv_in)),
        |_| vec![adress::for_hand()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/for-hand/{nummer}",
        "ta-tillbaka",
        Inloggat(A::BokforForHand, h!(bokforing::ta_tillbaka)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/export",
        "export",
        Inloggat(A::ExporteraSie, h!(bokforing::export)),
        |_| vec![adress::export()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/export",
        "export",
        Inloggat(A::ExporteraSie, h!(bokforing::gor_export)),
        |_| vec![adress::export()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/export/{export}",
        "en-export",
        Inloggat(A::ExporteraSie, h!(bokforing::en_export)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/bokforing/export/{export}/fil",
        "exportfil",
        Inloggat(A::ExporteraSie, h!(bokforing::exportfil)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/bokforing/export/{export}/tillbaka",
        "ta-tillbaka-export",
        Inloggat(A::ExporteraSie, h!(bokforing::ta_tillbaka_export)),
        INGA,
    )
    .vid(Meny(Menyord::Medel)),
];
