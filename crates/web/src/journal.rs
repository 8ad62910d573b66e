//! The journal: who did what, when, and that nothing has been changed since.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::fynd;
use crate::siffror::{antal, klockslag};
use crate::svar::{Fel, Svar};
use utfall_app::journalen::{EgenKontroll, EgenPost};
use utfall_behorighet::{Atgard, Roll};
use utfall_vyer::komponent::{Allvar, Besked, Lank};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{self, JournalRad};

/// Entries on a page.
const SIDA: u32 = 50;

/// GET `/journal`.
pub async fn visa(a: Inloggat) -> Resultat {
    Svar::sida(&sida(&a, None).await?)
}

async fn sida(a: &Inloggat, kontroll: Option<Besked>) -> Result<sidor::Journal, Fel> {
    let fore = a.fraga.tal("fore");
    let journal = a
        .webb
        .tjanst
        .journalsida(&a.session.aktor, fore, SIDA)
        .await?;
    let bok = a
        .webb
        .tjanst
        .bok(&a.session.aktor, Atgard::LasaJournal, None)
        .await?;
    let mut bladdra = Vec::new();
    if fore.is_some() {
        bladdra.push(Lank::ny("Nyaste", adress::journal()));
    }
    if let Some(sist) = journal.poster.last().filter(|sist| sist.nr > 1) {
        let href = adress::journal().fraga("fore", &sist.nr.to_string());
        bladdra.push(Lank::ny("Äldre", href));
    }
    Ok(sidor::Journal {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Journal",
            "Varje ändring hos er står här och kan inte tas bort. Posterna hänger ihop med \
             kontrollsummor, så att det syns om någon har ändrat i efterhand.",
        ),
        kontroll,
        kontrollera: a
            .far(Atgard::VerifieraJournal)
            .then(|| a.ett_formular(adress::journal())),
        filter_mal: adress::journal().into(),
        filter: Vec::new(),
        rader: journal.poster.iter().map(|p| rad(&bok, p)).collect(),
        bladdra,
    })
}

fn rad(bok: &utfall_app::Bok, egen: &EgenPost) -> JournalRad {
    let post = &egen.post;
    let roll = Roll::av_kod(&post.roll).map_or_else(|| post.roll.clone(), |r| r.namn().to_owned());
    let vem = fynd::namn(bok, post.anvandare);
    let hash: String = post
        .hash
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    JournalRad {
        nr: egen.nr.to_string(),
        nar: klockslag(post.tid),
        vem: format!("{}, {vem}", crate::ram::stor_forst(&roll)),
        vad: post.handelse.text.as_str().into(),
        hash,
    }
}

/// POST `/journal`: checks the chain now. Changes nothing.
pub async fn kontrollera(a: Inloggat) -> Resultat {
    let utslag = a.webb.tjanst.kontrollera_journal(&a.session.aktor).await?;
    let besked = match utslag {
        EgenKontroll::Hel { egna, sista } => {
            let hash: String = sista
                .iter()
                .flatten()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let antal = antal(
                usize::try_from(egna).unwrap_or(usize::MAX),
                "Ingen post är er än.",
                "Er enda post är kontrollerad.",
                "poster hos er är kontrollerade.",
            );
            let text = format!("{antal} Den senaste har kontrollsumman {hash}.");
            Besked::ny(Allvar::Upplysning, "kedjan är hel", text)
        }
        EgenKontroll::Bruten { hela } => Besked::ny(
            Allvar::Fel,
            "journalen är ändrad",
            format!(
                "Kedjan är bruten efter er post {hela}. Säg till den som sköter systemet: \
                 utfall verifiera visar var. Spara en kopia av databasen."
            ),
        ),
    };
    Svar::sida(&sida(&a, Some(besked)).await?)
}
