//! From what is known of a person to sealed bytes, and back.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utfall_domain::deltagare::andring::Fro;
use utfall_domain::deltagare::identitet::Identitetsnummer;
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Kand, Personord, Uppgifter};
use utfall_domain::id::PersonradId;
use zeroize::{Zeroize, Zeroizing};

use crate::db::DbFel;
use crate::nycklar::{self, Falt, NONCE, Nyckelfel, Personnyckel};

/// What is sealed of who somebody is, besides the number.
#[derive(Serialize, Deserialize)]
struct Ord<'a> {
    #[serde(borrow)]
    kod: Option<Cow<'a, str>>,
    #[serde(borrow)]
    namn: Option<Cow<'a, str>>,
    skyddad: bool,
    grund: Behandlingsgrund,
}

impl Drop for Ord<'_> {
    fn drop(&mut self) {
        for ord in [&mut self.kod, &mut self.namn] {
            if let Some(Cow::Owned(text)) = ord {
                text.zeroize();
            }
        }
    }
}

/// Who somebody is, as two columns keep it.
pub(super) struct Forseglat {
    pub(super) nummer: Option<Vec<u8>>,
    pub(super) ord: Vec<u8>,
}

/// A nonce of this seed for this use: the same plan carried out anew gives the same bytes.
pub(super) fn nonce(fro: &Fro, rad: PersonradId, kolumn: &str) -> [u8; NONCE] {
    let etikett = [&rad.nummer().to_be_bytes(), kolumn.as_bytes()].concat();
    let mut nonce = [0; NONCE];
    for (plats, b) in nonce.iter_mut().zip(nycklar::ur_fro(fro, &etikett).iter()) {
        *plats = *b;
    }
    nonce
}

/// Seals bytes for one column of one row.
fn forsegla(
    nyckel: &Personnyckel,
    falt: Falt,
    (fro, rad): (&Fro, PersonradId),
    bytes: &[u8],
) -> Result<Vec<u8>, DbFel> {
    let nonce = nonce(fro, rad, falt.kolumn);
    Ok(nyckel.forsegla(falt, bytes, nonce)?)
}

const fn falt(tabell: &'static str, kolumn: &'static str, rad: PersonradId) -> Falt {
    Falt {
        tabell,
        kolumn,
        rad: rad.nummer(),
    }
}

/// Room for what is written, so that it is not left in a vector that was outgrown.
const RUM: usize = 16 * 1024;

fn json<T: Serialize>(sak: &T) -> Result<Zeroizing<Vec<u8>>, DbFel> {
    let mut ut = Zeroizing::new(Vec::with_capacity(RUM));
    serde_json::to_writer(&mut *ut, sak).map_err(|_| DbFel::Regel {
        detalj: "en personuppgift går inte att skriva".to_owned(),
    })?;
    Ok(ut)
}

/// A step, sealed for its row.
pub(super) fn steg<T: Serialize>(
    nyckel: &Personnyckel,
    tabell: &'static str,
    vid: (&Fro, PersonradId),
    steg: &T,
) -> Result<Vec<u8>, DbFel> {
    forsegla(nyckel, falt(tabell, "innehall", vid.1), vid, &json(steg)?)
}

/// A step, opened.
pub(super) fn oppna_steg<T: DeserializeOwned>(
    nyckel: &Personnyckel,
    tabell: &'static str,
    rad: PersonradId,
    bytes: &[u8],
) -> Result<T, DbFel> {
    let klart = nyckel.oppna(falt(tabell, "innehall", rad), bytes)?;
    serde_json::from_slice(klart.bytes()).map_err(|_| DbFel::Nyckel(Nyckelfel::OppnarInte))
}

const TABELL: &str = "deltagaruppgift";

/// Who somebody is, sealed for its row.
pub(super) fn uppgifter(
    nyckel: &Personnyckel,
    vid: (&Fro, PersonradId),
    u: &Uppgifter,
    grund: &Behandlingsgrund,
) -> Result<Forseglat, DbFel> {
    let (nummer, kod) = match &u.kand {
        Kand::Nummer(nummer) => (Some(nummer.tolv_siffror()), None),
        Kand::Kod(kod) => (None, Some(kod)),
    };
    let ord = Ord {
        kod: kod.map(|k| Cow::Borrowed(k.som_str())),
        namn: u.namn.as_ref().map(|n| Cow::Borrowed(n.som_str())),
        skyddad: u.skyddad,
        grund: grund.clone(),
    };
    let nummer = nummer.map(|n| {
        let falt = falt(TABELL, "nummer", vid.1);
        forsegla(nyckel, falt, vid, n.som_str().as_bytes())
    });
    Ok(Forseglat {
        nummer: nummer.transpose()?,
        ord: forsegla(nyckel, falt(TABELL, "ord", vid.1), vid, &json(&ord)?)?,
    })
}

/// Who somebody is, opened.
pub(super) fn oppna_uppgifter(
    nyckel: &Personnyckel,
    rad: PersonradId,
    bytes: &Forseglat,
) -> Result<(Uppgifter, Behandlingsgrund), DbFel> {
    let trasig = || DbFel::Nyckel(Nyckelfel::OppnarInte);
    let ord = nyckel.oppna(falt(TABELL, "ord", rad), &bytes.ord)?;
    let ord: Ord<'_> = serde_json::from_slice(ord.bytes()).map_err(|_| trasig())?;
    let nummer = match &bytes.nummer {
        None => None,
        Some(bytes) => Some(oppna_nummer(nyckel, rad, bytes)?),
    };
    let kod = || ord.kod.as_deref().and_then(Personord::ny).map(Kand::Kod);
    let kand = nummer.map(Kand::Nummer).or_else(kod);
    let uppgifter = Uppgifter {
        kand: kand.ok_or_else(trasig)?,
        namn: ord.namn.as_deref().and_then(Personord::ny),
        skyddad: ord.skyddad,
    };
    Ok((uppgifter, ord.grund.clone()))
}

fn oppna_nummer(
    nyckel: &Personnyckel,
    rad: PersonradId,
    bytes: &[u8],
) -> Result<Identitetsnummer, DbFel> {
    let klart = nyckel.oppna(falt(TABELL, "nummer", rad), bytes)?;
    let text = klart.text().unwrap_or_default();
    // It was checked when it was entered, on a day before this one.
    Identitetsnummer::las(text, jiff::civil::Date::MAX)
        .map_err(|_| DbFel::Nyckel(Nyckelfel::OppnarInte))
}
