//! Who has read and written about participants: for those who check that it was for the work.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::siffror::klockslag;
use crate::svar::Svar;
use utfall_domain::journal::Post;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// Entries on a page.
const SIDA: u32 = 100;

/// GET `/loggkontroll`.
pub async fn visa(a: Inloggat) -> Resultat {
    let fore = a.fraga.tal("fore");
    let tjanst = &a.webb.tjanst;
    let poster = tjanst.lasningar(&a.session.aktor, fore, SIDA).await?;
    let full = usize::try_from(SIDA).is_ok_and(|sida| poster.len() >= sida);
    let aldre = poster.last().filter(|_| full).map(|p| {
        let till = adress::loggkontroll().fraga("fore", &p.id.to_string());
        Lank::ny("Äldre", till)
    });
    let rader = poster.iter().map(rad).collect();
    let kolumner = ["När", "Konto", "Vad", "Vem det gällde", "Sida"].map(Kolumn::ord);
    let tabell = Tabell::ny("lasningar-t", "Det senaste först", kolumner.to_vec(), rader)
        .tomt("Ingen har läst eller skrivit om någon deltagare.")
        .bladdra(aldre.into_iter().collect());
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Loggkontroll",
            "Varje gång någon visar, söker eller skriver om deltagare står det här. Deltagarna \
             står med nummer, aldrig med namn.",
        ),
        delar: vec![Tabelldel {
            id: "lasningar".into(),
            rubrik: "Läsningar och ändringar".into(),
            text: Text::default(),
            tabell,
        }],
        ..Tabellsida::default()
    };
    Svar::sida(&sida)
}

fn rad(post: &Post) -> Rad {
    let sida = post.handelse.data.get("sida").and_then(|s| s.as_str());
    Rad::ny(vec![
        Cell::Kort(klockslag(post.tid), false),
        Cell::rubrik(format!("Konto {}", post.anvandare)),
        post.handelse.text.as_str().into(),
        post.handelse.objekt.as_str().into(),
        sida.unwrap_or("").into(),
    ])
    .id(format!("post-{}", post.id))
}
