//! The key file: the installation keys, outside the database and outside its backups.
//!
//! A text file of a few lines, so that it can be kept on paper:
//!
//! ```text
//! utfall-nyckelfil 1
//! id <32 hexadecimal digits>
//! nyckel 1 <64 hexadecimal digits>
//! summa <64: SHA-256 of every byte before this line>
//! ```
//!
//! There is one way to write a given file and only that is read. The sum finds accidents, not
//! somebody with the right to write: that person has the keys already. The last key is the
//! newest; it wraps, the others only open what they once wrapped.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::disk::{Disk, Maskinens, las_hel, skadad, skriv_hel, system};
use super::hemlig::Hemlig;
use super::{Gravstenar, Nyckelfel, hex};

const RUBRIK: &[u8] = b"utfall-nyckelfil ";
const VERSION: &[u8] = b"1";
/// Far more than a century of rotations.
const STORST: u64 = 64 << 10;

/// Which installation a key file, its tombstones and a database belong to. No secret: the
/// database keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstallationsId([u8; 16]);

impl InstallationsId {
    /// Of 16 random bytes.
    #[must_use]
    pub const fn ny(slump: [u8; 16]) -> Self {
        Self(slump)
    }

    /// From the text that the database keeps; `None` when it is not such a text.
    #[must_use]
    pub fn ur_text(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        hex::las(text.as_bytes(), &mut bytes)?;
        Some(Self(bytes))
    }

    /// The id itself.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for InstallationsId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::text(&self.0))
    }
}

/// Number of an installation key. 1 is the first, and a number is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nyckelnummer(pub(super) u32);

impl Nyckelnummer {
    /// The number as stored, 1 or more.
    #[must_use]
    pub const fn nummer(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Nyckelnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Debug)]
struct Installationsnyckel {
    nummer: Nyckelnummer,
    hemlig: Hemlig,
}

/// The installation keys, as read from their file. Not to be cloned: there is one.
pub struct Nyckelfil {
    stig: PathBuf,
    id: InstallationsId,
    /// Rising numbers, all below the newest.
    aldre: Vec<Installationsnyckel>,
    nyast: Installationsnyckel,
}

impl Nyckelfil {
    /// Opens the key file and the tombstones beside it, or makes both when neither is there.
    ///
    /// `vantad` is what the database says it belongs to. With it nothing is made: a database
    /// that has had a key file can not be given another. `slump` is 48 random bytes: 16 become
    /// the id and 32 the first key; they are cleared.
    ///
    /// # Errors
    /// A missing, damaged, readable or foreign file, or one of the two without the other. The
    /// tombstones are made first, so tombstones without a key file and without a burial are
    /// what a crash leaves; the key file is then made to go with them.
    pub fn oppna(
        stig: &Path,
        gravstenar: &Path,
        vantad: Option<InstallationsId>,
        slump: &mut [u8; 48],
    ) -> Result<(Self, Gravstenar), Nyckelfel> {
        let slump = Zeroizing::new(std::mem::replace(slump, [0; 48]));
        let svar = match (finns(stig)?, finns(gravstenar)?) {
            (true, true) => (Self::las(stig)?, Gravstenar::las(gravstenar)?),
            (true, false) => return Err(halft(stig, gravstenar)),
            (false, _) if vantad.is_some() => return Err(Nyckelfel::Saknas(stig.to_owned())),
            (false, sten) => Self::skapa_bada(stig, gravstenar, sten, &slump)?,
        };
        if let Some(vantad) = vantad {
            svar.0.hor_till(vantad)?;
        }
        svar.1.hor_till(svar.0.id)?;
        Ok(svar)
    }

    fn skapa_bada(
        stig: &Path,
        gravstenar: &Path,
        stenarna_finns: bool,
        slump: &[u8; 48],
    ) -> Result<(Self, Gravstenar), Nyckelfel> {
        let (id, nyckel) = slump.split_at(16);
        let mut hemlig = Zeroizing::new([0; 32]);
        hemlig.copy_from_slice(nyckel);
        let hemlig = Hemlig::tag(&mut hemlig)?;
        let stenar = if stenarna_finns {
            Gravstenar::las(gravstenar)?
        } else {
            let id = <[u8; 16]>::try_from(id).map_err(|_| Nyckelfel::Slump)?;
            Gravstenar::skapa(gravstenar, InstallationsId::ny(id))?
        };
        if stenar.huvud().antal > 0 {
            return Err(halft(gravstenar, stig));
        }
        let fil = Self::skapa(stig, stenar.id(), hemlig, &mut Maskinens)?;
        Ok((fil, stenar))
    }

    pub(super) fn skapa(
        stig: &Path,
        id: InstallationsId,
        hemlig: Hemlig,
        disk: &mut impl Disk,
    ) -> Result<Self, Nyckelfel> {
        let nummer = Nyckelnummer(1);
        let nyast = Installationsnyckel { nummer, hemlig };
        skriv_hel(disk, stig, &kod(id, [&nyast]), false)?;
        Ok(Self {
            stig: stig.to_owned(),
            id,
            aldre: Vec::new(),
            nyast,
        })
    }

    /// Reads the file.
    ///
    /// # Errors
    /// When it is missing, when others than its owner can read or write it, when a single byte
    /// of it is another than was written, or when a later version wrote it.
    pub fn las(stig: &Path) -> Result<Self, Nyckelfel> {
        let bytes = las_hel(stig, STORST)?;
        tolka(&bytes, stig)
    }

    /// Which installation it is for: what the database keeps of it.
    #[must_use]
    pub const fn id(&self) -> InstallationsId {
        self.id
    }

    /// That it belongs to the database.
    ///
    /// # Errors
    /// [`Nyckelfel::AnnanInstallation`] when the database is of another.
    pub fn hor_till(&self, databasen: InstallationsId) -> Result<(), Nyckelfel> {
        if self.id == databasen {
            return Ok(());
        }
        Err(Nyckelfel::AnnanInstallation(self.stig.clone()))
    }

    /// The numbers of its keys, rising.
    pub fn nummer(&self) -> impl DoubleEndedIterator<Item = Nyckelnummer> {
        self.alla().map(|n| n.nummer)
    }

    /// Adds a key from 32 random bytes, which are cleared. It wraps from now on. The file is
    /// on the disk when this returns; when it fails nothing is changed.
    ///
    /// # Errors
    /// When the file can not be written, or the bytes are not random.
    pub fn lagg_till(&mut self, slump: &mut [u8; 32]) -> Result<Nyckelnummer, Nyckelfel> {
        let hemlig = Hemlig::tag(slump)?;
        let nummer = Nyckelnummer(self.nyast.nummer.0.saturating_add(1));
        let ny = Installationsnyckel { nummer, hemlig };
        self.skriv(self.alla().chain([&ny]))?;
        self.aldre.push(std::mem::replace(&mut self.nyast, ny));
        Ok(nummer)
    }

    /// Takes away an old key. What it wrapped, also in every older backup of the database, is
    /// noise from then on to whoever has no older copy of this file. `i_bruk` is what the
    /// database still uses, of person keys and blind indexes.
    ///
    /// # Errors
    /// When the key is the newest, or in use, or the file can not be written.
    pub fn ta_bort(
        &mut self,
        nummer: Nyckelnummer,
        i_bruk: &BTreeSet<Nyckelnummer>,
    ) -> Result<(), Nyckelfel> {
        if i_bruk.contains(&nummer) || self.nyast.nummer == nummer {
            return Err(Nyckelfel::Anvands(nummer));
        }
        self.nyckel(nummer)?;
        self.skriv(self.alla().filter(|n| n.nummer != nummer))?;
        self.aldre.retain(|n| n.nummer != nummer);
        Ok(())
    }

    fn skriv<'a>(
        &self,
        nycklar: impl IntoIterator<Item = &'a Installationsnyckel>,
    ) -> Result<(), Nyckelfel> {
        let text = kod(self.id, nycklar);
        skriv_hel(&mut Maskinens, &self.stig, &text, true)
    }

    fn alla(&self) -> impl DoubleEndedIterator<Item = &Installationsnyckel> {
        self.aldre.iter().chain([&self.nyast])
    }

    /// The key that wraps.
    pub(super) const fn nyaste(&self) -> (Nyckelnummer, &Hemlig) {
        (self.nyast.nummer, &self.nyast.hemlig)
    }

    pub(super) fn nyckel(&self, nummer: Nyckelnummer) -> Result<&Hemlig, Nyckelfel> {
        let hittad = self.alla().find(|n| n.nummer == nummer);
        let hemlig = hittad.map(|n| &n.hemlig);
        hemlig.ok_or(Nyckelfel::OkandNyckel(nummer.0))
    }
}

impl fmt::Debug for Nyckelfil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nyckelfil")
            .field("stig", &self.stig)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

fn finns(fil: &Path) -> Result<bool, Nyckelfel> {
    fil.try_exists().map_err(|e| system(fil, &e))
}

fn halft(finns: &Path, saknas: &Path) -> Nyckelfel {
    Nyckelfel::Halft {
        finns: finns.to_owned(),
        saknas: saknas.to_owned(),
    }
}

/// The one way to write these keys.
fn kod<'a>(
    id: InstallationsId,
    nycklar: impl IntoIterator<Item = &'a Installationsnyckel>,
) -> Zeroizing<Vec<u8>> {
    // Room from the start: a vector that grows leaves its old bytes behind.
    let rum = usize::try_from(STORST).unwrap_or(usize::MAX);
    let mut ut = Zeroizing::new(Vec::with_capacity(rum));
    ut.extend_from_slice(RUBRIK);
    ut.extend_from_slice(VERSION);
    ut.extend_from_slice(b"\nid ");
    hex::skriv(&mut ut, id.bytes());
    for nyckel in nycklar {
        ut.extend_from_slice(b"\nnyckel ");
        ut.extend_from_slice(nyckel.nummer.to_string().as_bytes());
        ut.push(b' ');
        hex::skriv(&mut ut, nyckel.hemlig.bytes());
    }
    ut.push(b'\n');
    let summa = Sha256::digest(ut.as_slice());
    ut.extend_from_slice(b"summa ");
    hex::skriv(&mut ut, &summa);
    ut.push(b'\n');
    ut
}

/// Reads the file's bytes. What is read must be written back as the very same bytes.
fn tolka(bytes: &[u8], stig: &Path) -> Result<Nyckelfil, Nyckelfel> {
    let mut rader = bytes.split(|b| *b == b'\n');
    let version = rader.next().and_then(|rad| rad.strip_prefix(RUBRIK));
    match version {
        Some(VERSION) => {}
        Some(annan) if !annan.is_empty() && annan.iter().all(u8::is_ascii_digit) => {
            return Err(Nyckelfel::Version(stig.to_owned()));
        }
        _ => return Err(skadad(stig, "första raden")),
    }
    let mut id = [0; 16];
    rader
        .next()
        .and_then(|rad| rad.strip_prefix(b"id "))
        .and_then(|rad| hex::las(rad, &mut id))
        .ok_or_else(|| skadad(stig, "raden med id"))?;
    let mut aldre = Vec::new();
    for rad in rader {
        let Some(rad) = rad.strip_prefix(b"nyckel ") else {
            break;
        };
        aldre.push(tolka_nyckel(rad).ok_or_else(|| skadad(stig, "en rad med nyckel"))?);
    }
    let stigande = aldre.is_sorted_by(|a, b| a.nummer < b.nummer);
    let nyast = aldre.pop().filter(|_| stigande);
    let fil = Nyckelfil {
        stig: stig.to_owned(),
        id: InstallationsId(id),
        aldre,
        nyast: nyast.ok_or_else(|| skadad(stig, "nycklarnas nummer"))?,
    };
    let omskriven = kod(fil.id, fil.alla());
    if !bool::from(omskriven.as_slice().ct_eq(bytes)) {
        return Err(skadad(stig, "kontrollsumman"));
    }
    Ok(fil)
}

/// `1 <64 digits>`
fn tolka_nyckel(rad: &[u8]) -> Option<Installationsnyckel> {
    let plats = rad.iter().position(|b| *b == b' ')?;
    let (nummer, rest) = rad.split_at_checked(plats)?;
    let nummer: u32 = std::str::from_utf8(nummer).ok()?.parse().ok()?;
    let mut hemlig = Zeroizing::new([0; 32]);
    hex::las(rest.strip_prefix(b" ")?, hemlig.as_mut_slice())?;
    (nummer > 0).then(|| Installationsnyckel {
        nummer: Nyckelnummer(nummer),
        hemlig: Hemlig::ur(&mut hemlig),
    })
}
