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
    LAGE = "SELECT COALESCE(MAX(id), 0) AS lage FROM journal WHERE huvudman = $1 \
            AND roll <> 'deltagaransvarig'";
    ANTAL = "SELECT COUNT(*) AS antal FROM journal WHERE huvudman = $1 AND id < $2 \
             AND roll <> 'deltagaransvarig'";
    SIDA = "SELECT id, huvudman, tid, anvandare, roll, slag, objekt, mening, data, foregaende, \
            hash FROM journal WHERE huvudman = $1 AND roll <> 'deltagaransvarig' \
            ORDER BY id LIMIT $2 OFFSET $3";
    SISTA_EGEN = "SELECT id, hash FROM journal WHERE huvudman = $1 \
                  AND roll <> 'deltagaransvarig' ORDER BY id DESC LIMIT 1";
    PERSONER = "SELECT id, huvudman, tid, anvandare, roll, slag, objekt, mening, data, \
                foregaende, hash FROM journal WHERE huvudman = $1 AND id < $2 \
                AND roll = 'deltagaransvarig' ORDER BY id DESC LIMIT $3";
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
    k.kanske(&SISTA, p![], nummer_och_hash)
}

fn nummer_och_hash(r: &Rad<'_>) -> Result<(i64, Hash), DbFel> {
    let id = r.tal("id")?;
    let hash = Hash::try_from(r.bytes("hash")?).map_err(|b| DbFel::OmojligRad {
        tabell: "journal",
        kolumn: "hash",
        id,
        detalj: format!("{} byte", b.len()),
    })?;
    Ok((id, hash))
}

/// Number of the huvudman's last entry, 0 when there is none: unchanged means that nothing
/// of the huvudman's has changed.
pub(crate) fn lage_i(k: &mut Las, huvudman: i64) -> Result<i64, DbFel> {
    k.en(&LAGE, p![huvudman], |r| r.tal("lage"))
}

/// An entry with its number among the huvudman's own. The number in the chain is the whole
/// installation's and would tell how much the others do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EgenPost {
    /// From 1, without gaps.
    pub nr: i64,
    /// The entry.
    pub post: Post,
}

/// Some of the huvudman's entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sida {
    /// How many there are in all.
    pub antal: i64,
    /// These, newest first.
    pub poster: Vec<EgenPost>,
}

/// The huvudman's entries but those of who sees participants, before its own number `fore` (or
/// the newest), newest first.
///
/// Run it where every statement sees the same moment (`las_samtidigt`).
pub fn sida(k: &mut Las, permit: &Permit, fore: Option<i64>, antal: u32) -> Result<Sida, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::LasaJournal])?;
    let alla = antal_fore(k, huvudman, i64::MAX)?;
    let slut = fore.map_or(alla, |nr| nr.saturating_sub(1).clamp(0, alla));
    let start = slut.saturating_sub(i64::from(antal)).max(0);
    let rader = k.alla(&SIDA, p![huvudman, slut - start, start], RaPost::las)?;
    let poster: Result<Vec<EgenPost>, DbFel> = (start.saturating_add(1)..)
        .zip(&rader)
        .map(|(nr, ra)| {
            Ok(EgenPost {
                nr,
                post: tolkad(ra)?,
            })
        })
        .collect();
    let mut poster = poster?;
    poster.reverse();
    Ok(Sida {
        antal: alla,
        poster,
    })
}

/// What those who see participants have done and read, newest first, before an entry's number.
/// Apart from the rest of the journal: it tells how many there are and when they came, which the
/// office must not know, and it is what is looked through to see who reads without reason.
///
/// # Errors
/// [`DbFel::FelPermit`] for those who do not check the reading.
pub fn personer(
    k: &mut Las,
    permit: &Permit,
    fore: Option<i64>,
    antal: u32,
) -> Result<Vec<Post>, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::LasaPersonlogg])?;
    let fore = fore.unwrap_or(i64::MAX);
    let rader = k.alla(&PERSONER, p![huvudman, fore, i64::from(antal)], RaPost::las)?;
    rader.iter().map(tolkad).collect()
}

fn tolkad(ra: &RaPost) -> Result<Post, DbFel> {
    ra.tolka().ok_or_else(|| DbFel::OmojligRad {
        tabell: "journal",
        kolumn: "data",
        id: ra.id,
        detalj: "posten är inte skriven så".to_owned(),
    })
}

fn antal_fore(k: &mut Las, huvudman: i64, id: i64) -> Result<i64, DbFel> {
    k.en(&ANTAL, p![huvudman, id], |r| r.tal("antal"))
}

/// What a huvudman may know of a check of the whole installation's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EgenKontroll {
    /// Whole.
    Hel {
        /// How many of the entries are the huvudman's own.
        egna: i64,
        /// The hash of the last of them; `None` when there is none.
        sista: Option<Hash>,
    },
    /// Broken somewhere.
    Bruten {
        /// How many of the huvudman's own entries stand before the break.
        hela: i64,
    },
}

/// Checks the whole installation's chain and tells of the huvudman's own part of it.
///
/// Run it where every statement sees the same moment (`las_samtidigt`).
pub fn kontrollera_egen(k: &mut Las, permit: &Permit) -> Result<EgenKontroll, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::VerifieraJournal])?;
    let brott = match kedja(k, None)? {
        Ok(_) => None,
        Err(Kedjebrott::Lucka { vantad: nr, .. }) => Some(nr),
        Err(Kedjebrott::Foljd(nr) | Kedjebrott::Andrad(nr)) => Some(nr),
        Err(Kedjebrott::Avklippt) => Some(i64::MAX),
    };
    let Some(nr) = brott else {
        return Ok(EgenKontroll::Hel {
            egna: antal_fore(k, huvudman, i64::MAX)?,
            sista: k
                .kanske(&SISTA_EGEN, p![huvudman], nummer_och_hash)?
                .map(|(_, hash)| hash),
        });
    };
    Ok(EgenKontroll::Bruten {
        hela: antal_fore(k, huvudman, nr)?,
    })
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
