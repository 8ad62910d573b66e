//! `utfall verifiera`: the journal's chain, and issued reports.

use super::{Filslag, drift, huvudman, las_fil};
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use std::path::Path;
use utfall_app::Tjanst;
use utfall_app::rapporter::{Rapportprov, Rapportutslag, Skillnad};
use utfall_domain::faktum::Enhet;
use utfall_domain::journal::Hash;
use utfall_domain::pengar::{Ore, heltal};
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::varde::{Tecken, Varde};

/// No report is larger, in bytes.
const RAPPORT: usize = 64 * 1024 * 1024;

/// Checks an issued PDF, or the whole journal.
pub fn kor(plats: &Plats, fil: Option<&Path>, ankare: Option<&str>) -> Result<Slut, Slut> {
    let ankare = ankare.map(las_ankare).transpose()?;
    let bytes = fil.map(|fil| las_fil(fil, RAPPORT)).transpose()?;
    let tjanst = plats.tjanst()?;
    vanta(async move {
        match bytes {
            Some(bytes) => rapport(&tjanst, &bytes)
                .await
                .map_err(|slut| om_annat_slag(slut, fil, &bytes)),
            None => journal(&tjanst, ankare).await,
        }
    })
}

async fn journal(tjanst: &Tjanst, ankare: Option<(i64, Hash)>) -> Result<Slut, Slut> {
    let Some(forsta) = huvudman(tjanst).await?.into_iter().next() else {
        return Ok(Slut::Bra("Journalen är tom.".into()));
    };
    let utslag = tjanst.verifiera_journal(&drift(&forsta), ankare).await?;
    match utslag {
        Ok((antal, hash)) => Ok(Slut::Bra(format!(
            "Journalen är hel: {antal} poster.\nHuvud: {antal}:{}\nSpara huvudet utanför \
             systemet, till exempel i ett protokoll.",
            hex(&hash)
        ))),
        Err(brott) => Err(Slut::Nekad(format!(
            "Journalen är inte hel: {brott}. Läs tillbaka en säkerhetskopia och ta reda på vem \
             som har haft tillgång till databasen."
        ))),
    }
}

async fn rapport(tjanst: &Tjanst, bytes: &[u8]) -> Result<Slut, Slut> {
    for h in huvudman(tjanst).await? {
        if let Rapportutslag::Utfardad(prov) = tjanst.verifiera_rapport(&drift(&h), bytes).await? {
            return om_rapport(&h.namn, &prov);
        }
    }
    Err(Slut::Nekad(
        "Filen är inte en rapport som har utfärdats här, eller så har den ändrats. Begär en ny \
         kopia från den som utfärdade den."
            .into(),
    ))
}

/// A report as Word or as a page is no proof, however it was come by: what to check instead.
fn om_annat_slag(slut: Slut, fil: Option<&Path>, bytes: &[u8]) -> Slut {
    match (slut, Filslag::av(bytes), fil) {
        (Slut::Nekad(_), Some(slag @ (Filslag::Word | Filslag::Html)), Some(fil)) => {
            Slut::Nekad(format!(
                "{} är {}. Bara PDF-filen av en utfärdad rapport bär beviset för att den är \
                 oförändrad. Hämta rapporten som PDF, eller begär den av den som utfärdade den, \
                 och kör utfall verifiera på PDF-filen.",
                fil.display(),
                slag.ord()
            ))
        }
        (slut, ..) => slut,
    }
}

fn om_rapport(huvudman: &str, prov: &Rapportprov) -> Result<Slut, Slut> {
    let mut rader = vec![format!("{} från {huvudman} är äkta.", prov.rapport.titel)];
    if let Rapportlage::Utfardad {
        per,
        tid,
        pdf_sha256,
        ..
    } = &prov.rapport.lage
    {
        let dag = utfall_domain::tid::dag(*tid);
        rader.push(format!("Utfärdad {dag} med siffrorna per {}.", per.0));
        rader.push(format!("SHA-256: {}", hex(pdf_sha256)));
    }
    let mut fel = Vec::new();
    if !prov.indata_hel {
        fel.push("Det frysta underlaget har ändrats i databasen.".to_owned());
    }
    match prov.samma_satt {
        Some(true) => {}
        Some(false) => fel.push("Underlaget ger inte längre samma fil.".to_owned()),
        None => rader.push(
            "Rapporten sattes med en annan version av mallen och sätts inte om. Kontrollsumman \
             visar att filen är den som utfärdades."
                .to_owned(),
        ),
    }
    fel.extend(prov.skiljer.iter().map(skillnad));
    if fel.is_empty() {
        rader.push("Underlaget är oförändrat och varje siffra går att räkna fram igen.".into());
        return Ok(Slut::Bra(rader.join("\n")));
    }
    Err(Slut::Nekad(format!(
        "{}\n{}",
        rader.join("\n"),
        fel.join("\n")
    )))
}

fn las_ankare(text: &str) -> Result<(i64, Hash), Slut> {
    let fel = || {
        Slut::Fel("Ankaret går inte att läsa. Skriv NUMMER:SUMMA som verifiera skrev det.".into())
    };
    let (nummer, summa) = text.split_once(':').ok_or_else(fel)?;
    let nummer = nummer.parse().map_err(|_| fel())?;
    if summa.len() != 64 || !summa.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(fel());
    }
    let mut hash: Hash = [0; 32];
    for (byte, plats) in hash.iter_mut().zip((0..64).step_by(2)) {
        let par = summa.get(plats..plats + 2).ok_or_else(fel)?;
        *byte = u8::from_str_radix(par, 16).map_err(|_| fel())?;
    }
    Ok((nummer, hash))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn skillnad(s: &Skillnad) -> String {
    let i_ord = |varde| i_ord(varde, s.enhet);
    let rapporten = s.rapporterat.map_or_else(
        || "saknar den".to_owned(),
        |v| format!("säger {}", i_ord(v)),
    );
    let bocker = s.nu.map_or_else(
        || "saknar den".to_owned(),
        |v| format!("säger {}", i_ord(v)),
    );
    format!("{}: rapporten {rapporten}, räkenskaperna {bocker}.", s.vad)
}

/// A number with its unit, or the word for why there is none.
fn i_ord(varde: Varde, enhet: Enhet) -> String {
    match (varde.kant(), varde.tecken()) {
        (Some(ore), _) if enhet == Enhet::Ore => format!("{}\u{a0}kr", Ore(ore)),
        (Some(tal), _) => format!("{}\u{a0}{}", heltal(tal), enhet.text()),
        (None, tecken) => tecken.map_or("", Tecken::ord).to_owned(),
    }
}
