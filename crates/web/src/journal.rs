//! The journal: who did what, when, and that nothing has been changed since.

mod filter;

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::fynd;
use crate::siffror::{antal, klockslag};
use crate::svar::{Fel, Svar};
use filter::Filter;
use utfall_app::journalen::{EgenKontroll, EgenPost};
use utfall_behorighet::{Atgard, Roll};
use utfall_vyer::formular::Felsammanfattning;
use utfall_vyer::komponent::{Allvar, Besked, Lank};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{self, JournalRad};

/// Entries on a page.
const SIDA: usize = 50;

/// What an address asks for to have the chain checked.
const KONTROLL: (&str, &str) = ("kontroll", "nu");

/// GET `/journal`. Checks the chain too, when that is asked for.
pub async fn visa(a: Inloggat) -> Resultat {
    let (namn, varde) = KONTROLL;
    let begard = a.fraga.text(namn) == varde && a.far(Atgard::VerifieraJournal);
    let kontroll = if begard {
        Some(utslag(&a).await?)
    } else {
        None
    };
    let sida = sida(&a, kontroll).await?;
    if sida.ram.fel.is_some() {
        return Svar::formularfel(&sida);
    }
    Svar::sida(&sida)
}

async fn sida(a: &Inloggat, kontroll: Option<Besked>) -> Result<sidor::Journal, Fel> {
    let bok = a
        .webb
        .tjanst
        .bok(&a.session.aktor, Atgard::LasaJournal, None)
        .await?;
    let filter = Filter::av(a, &bok);
    let fore = a.fraga.tal("fore");
    let traffar = a
        .webb
        .tjanst
        .sok_i_journalen(&a.session.aktor, &filter.villkor, fore, SIDA)
        .await?;
    let mut ram = a.ram();
    ram.fel = Felsammanfattning::av("Filtret används inte helt", &filter.falt);
    Ok(sidor::Journal {
        ram,
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
        rader: traffar.poster.iter().map(|p| rad(&bok, p)).collect(),
        bladdra: bladdra(&filter, fore, traffar.fortsatt),
        filter: filter.falt,
    })
}

/// To newer and older entries of the same filter, and out of it.
fn bladdra(filter: &Filter, fore: Option<i64>, fortsatt: Option<i64>) -> Vec<Lank> {
    let mut ut = Vec::new();
    if fore.is_some() {
        ut.push(Lank::ny("Nyaste", filter.i_adress(adress::journal())));
    }
    if let Some(nr) = fortsatt {
        let till = filter.i_adress(adress::journal());
        ut.push(Lank::ny("Äldre", till.fraga("fore", &nr.to_string())));
    }
    if filter.pa() {
        ut.push(Lank::ny("Visa alla poster", adress::journal()));
    }
    ut
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

/// POST `/journal`: leads to the page that checks the chain now. Changes nothing, and what
/// comes of it has an address: it can be loaded again without being sent again.
pub async fn kontrollera(_: Inloggat) -> Resultat {
    let (namn, varde) = KONTROLL;
    Ok(Svar::vidare(adress::journal().fraga(namn, varde)))
}

/// What the check of the chain says.
async fn utslag(a: &Inloggat) -> Result<Besked, Fel> {
    let utslag = a.webb.tjanst.kontrollera_journal(&a.session.aktor).await?;
    Ok(match utslag {
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
    })
}
