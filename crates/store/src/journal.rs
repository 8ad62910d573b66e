//! The journal: one append-only hash chain for the whole installation.
//!
//! The hash covers every column (`domain::journal::hash`). What is read back must be the
//! very form that was written, or a byte could be changed into another way to write the
//! same thing: that is why `data` is compared with its own canonical form.

use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::id::{AnvandareId, HuvudmanId, JournalId};
use utfall_domain::journal::{FORSTA, Handelse, Hash, Kedjebrott, Kontroll, Post, hash};

use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::mikro;
use crate::lov;

sql! {
    SISTA = "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1";
    LAGE = "SELECT COALESCE(MAX(id), 0) AS lage FROM journal WHERE huvudman = $1";
    SIDA = "SELECT id, huvudman, tid, anvandare, roll, slag, objekt, mening, data, foregaende, \
            hash FROM journal WHERE huvudman = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    KEDJA = "SELECT id, huvudman, tid, anvandare, roll, slag, objekt, mening, data, foregaende, \
             hash FROM journal WHERE id >= $1 ORDER BY id LIMIT $2";
}

infogning! {
    NY = "journal" (
        "id", "huvudman", "tid", "anvandare", "roll", "slag", "objekt", "mening", "data",
        "foregaende", "hash",
    );
}

/// Entries read at a time when the chain is checked.
const SIDA_RADER: i64 = 500;

/// An entry as it stands in the database, before anything is believed about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RaPost {
    pub(crate) id: i64,
    pub(crate) huvudman: i64,
    pub(crate) tid: i64,
    pub(crate) anvandare: i64,
    pub(crate) roll: String,
    pub(crate) slag: String,
    pub(crate) objekt: String,
    pub(crate) mening: String,
    pub(crate) data: String,
    pub(crate) foregaende: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

impl RaPost {
    fn las(r: &Rad<'_>) -> Result<Self, DbFel> {
        Ok(Self {
            id: r.tal("id")?,
            huvudman: r.tal("huvudman")?,
            tid: r.tal("tid")?,
            anvandare: r.tal("anvandare")?,
            roll: r.text("roll")?,
            slag: r.text("slag")?,
            objekt: r.text("objekt")?,
            mening: r.text("mening")?,
            data: r.text("data")?,
            foregaende: r.bytes("foregaende")?,
            hash: r.bytes("hash")?,
        })
    }

    /// The entry, or `None` if it cannot be one that was written here.
    fn tolka(&self) -> Option<Post> {
        let data: serde_json::Value = serde_json::from_str(&self.data).ok()?;
        let kanonisk = data.to_string();
        (kanonisk == self.data).then_some(())?;
        Some(Post {
            id: JournalId::ny(self.id)?,
            huvudman: HuvudmanId::ny(self.huvudman)?,
            tid: Timestamp::from_microsecond(self.tid).ok()?,
            anvandare: AnvandareId::ny(self.anvandare)?,
            roll: self.roll.clone(),
            handelse: Handelse {
                slag: self.slag.clone(),
                objekt: self.objekt.clone(),
                text: self.mening.clone(),
                data,
            },
            foregaende: Hash::try_from(self.foregaende.as_slice()).ok()?,
            hash: Hash::try_from(self.hash.as_slice()).ok()?,
        })
    }
}

/// Takes the next entry of the chain; an unreadable one is a changed one.
pub(crate) fn kontrollera(kontroll: &mut Kontroll, ra: Option<&RaPost>) -> Result<(), Kedjebrott> {
    match ra.and_then(RaPost::tolka) {
        Some(post) => kontroll.nasta(&post),
        None => Err(Kedjebrott::Andrad(kontroll.vantad())),
    }
}

/// Adds an entry in the transaction that did what it tells.
///
/// # Errors
/// [`DbFel::FelPermit`] for the public's permit.
pub fn skriv(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    handelse: &Handelse,
) -> Result<Post, DbFel> {
    let (sista, foregaende) = huvud(k)?.unwrap_or((0, FORSTA));
    let anvandare = permit.anvandare().ok_or_else(|| DbFel::FelPermit {
        detalj: "allmänheten skriver aldrig".to_owned(),
    })?;
    let omojlig = |kolumn, detalj: String| DbFel::OmojligRad {
        tabell: "journal",
        kolumn,
        id: sista,
        detalj,
    };
    let mut post = Post {
        id: sista
            .checked_add(1)
            .and_then(JournalId::ny)
            .ok_or_else(|| omojlig("id", "numren är slut".to_owned()))?,
        huvudman: permit.huvudman(),
        tid: Timestamp::from_microsecond(mikro(nu)).map_err(|e| omojlig("tid", e.to_string()))?,
        anvandare,
        roll: permit.roll().kod().to_owned(),
        handelse: handelse.clone(),
        foregaende,
        hash: FORSTA,
    };
    post.hash = hash(&post);
    let rad = p![
        post.id.nummer(),
        post.huvudman.nummer(),
        mikro(post.tid),
        post.anvandare.nummer(),
        &post.roll,
        &handelse.slag,
        &handelse.objekt,
        &handelse.text,
        handelse.data.to_string(),
        &post.foregaende,
        &post.hash,
    ];
    k.infoga(&NY, [rad.to_vec()])?;
    Ok(post)
}

/// The last entry's number and hash: what is anchored outside. `None` in an empty journal.
pub fn huvud(k: &mut Las) -> Result<Option<(i64, Hash)>, DbFel> {
    k.kanske(&SISTA, p![], |r| {
        let id = r.tal("id")?;
        let hash = Hash::try_from(r.bytes("hash")?).map_err(|b| DbFel::OmojligRad {
            tabell: "journal",
            kolumn: "hash",
            id,
            detalj: format!("{} byte", b.len()),
        })?;
        Ok((id, hash))
    })
}

/// Number of the huvudman's last entry, 0 when there is none: unchanged means that nothing
/// of the huvudman's has changed.
pub(crate) fn lage_i(k: &mut Las, huvudman: i64) -> Result<i64, DbFel> {
    k.en(&LAGE, p![huvudman], |r| r.tal("lage"))
}

/// The huvudman's entries before number `fore` (or the newest), newest first.
pub fn sida(
    k: &mut Las,
    permit: &Permit,
    fore: Option<JournalId>,
    antal: u32,
) -> Result<Vec<Post>, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::LasaJournal])?;
    let fore = fore.map_or(i64::MAX, JournalId::nummer);
    let rader = k.alla(&SIDA, p![huvudman, fore, antal], RaPost::las)?;
    rader
        .iter()
        .map(|ra| {
            ra.tolka().ok_or_else(|| DbFel::OmojligRad {
                tabell: "journal",
                kolumn: "data",
                id: ra.id,
                detalj: "posten är inte skriven så".to_owned(),
            })
        })
        .collect()
}

/// How a check of the chain ended: number of entries and the last hash, or the first break.
pub type Kedjesvar = Result<(i64, Hash), Kedjebrott>;

/// Checks the whole installation's chain, and its end against an anchor kept outside.
///
/// Run it where every statement sees the same moment (`las_samtidigt`).
pub fn verifiera_kedja(
    k: &mut Las,
    permit: &Permit,
    ankare: Option<(i64, Hash)>,
) -> Result<Kedjesvar, DbFel> {
    lov::las(permit, &[Atgard::VerifieraJournal])?;
    kedja(k, ankare)
}

fn kedja(k: &mut Las, ankare: Option<(i64, Hash)>) -> Result<Kedjesvar, DbFel> {
    let mut kontroll = Kontroll::ny(ankare);
    // From the lowest number there is: a row moved below 1 must not be passed over.
    let mut fran = i64::MIN;
    loop {
        let sida = k.alla(&KEDJA, p![fran, SIDA_RADER], |r| {
            Ok((r.tal("id")?, RaPost::las(r).ok()))
        })?;
        for (_, ra) in &sida {
            if let Err(brott) = kontrollera(&mut kontroll, ra.as_ref()) {
                return Ok(Err(brott));
            }
        }
        match sida.last().and_then(|(id, _)| id.checked_add(1)) {
            Some(nasta) => fran = nasta,
            None => return Ok(kontroll.slut()),
        }
    }
}

/// The chain as it stands, for the tests that change it.
#[cfg(test)]
pub(crate) fn raa(k: &mut Las) -> Result<Vec<RaPost>, DbFel> {
    k.alla(&KEDJA, p![i64::MIN, i64::MAX], RaPost::las)
}
