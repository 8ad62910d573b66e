//! Tombstones: who is gone. A file that only grows, beside the key file and outside the
//! database, so that an older database that is read back does not bring anybody back.
//!
//! A line per person: number, huvudman, organisation, person, instant, the decision's
//! reference, and SHA-256 of the sum of the line before followed by this line's text. Fields
//! are parted by tabs. The first line names the installation. There are no names in it.
//!
//! The chain finds what was altered inside the file. That lines are missing at its end is
//! found by the head that the database remembers ([`Gravhuvud`]).
//!
//! Invariant: when [`Gravstenar::begrav`] has answered, the line is on the disk. The key in the
//! database is destroyed after that and never before.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use utfall_domain::id::{HuvudmanId, OrganisationId, PersonId};

use super::disk::{Hallbar, Maskinens, las_oppnad, skadad, skriv_hel, system};
use super::{InstallationsId, Nyckelfel, Registrerad, hex};

const RUBRIK: &str = "utfall-gravstenar\t";
const VERSION: &str = "1";
/// Room for some millions of persons.
const STORST: u64 = 1 << 30;
/// The longest reference, in bytes.
const REFERENS: usize = 200;

type Summa = [u8; 32];

/// A person who is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gravsten {
    /// Who.
    pub vem: Registrerad,
    /// When the key was given up.
    pub nar: Timestamp,
    /// The decision or protocol it rests on.
    pub beslut: String,
}

/// How many tombstones there are, and the sum of the last: what the database remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gravhuvud {
    /// Lines after the first.
    pub antal: usize,
    /// The chain's sum after them.
    pub summa: [u8; 32],
}

impl Gravhuvud {
    /// Of an installation where nobody is gone yet.
    #[must_use]
    pub fn tomt(id: InstallationsId) -> Self {
        let (_, summa) = rubrik(id);
        Self { antal: 0, summa }
    }
}

/// What became of a burial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begravning {
    /// Written now.
    Ny,
    /// There already; nothing was written.
    Fanns,
}

/// The tombstones of an installation.
#[derive(Debug)]
pub struct Gravstenar {
    stig: PathBuf,
    rulle: Rulle,
    /// A write has failed, and what is at the file's end is not known.
    osaker: bool,
}

/// What the file says.
#[derive(Debug)]
struct Rulle {
    id: InstallationsId,
    stenar: Vec<Gravsten>,
    /// The sum of the first line.
    forst: Summa,
    /// The sum of each stone.
    summor: Vec<Summa>,
    begravda: BTreeSet<Registrerad>,
    /// Bytes of whole lines.
    langd: usize,
    /// Bytes of a last line that a crash cut off.
    halv: usize,
}

/// Whether the person's key may be used: not when there is a tombstone.
#[must_use]
pub fn galler(gravstenar: &Gravstenar, vem: Registrerad) -> bool {
    !gravstenar.rulle.begravda.contains(&vem)
}

impl Gravstenar {
    pub(super) fn skapa(stig: &Path, id: InstallationsId) -> Result<Self, Nyckelfel> {
        let (rubrik, _) = rubrik(id);
        skriv_hel(&mut Maskinens, stig, rubrik.as_bytes(), false)?;
        Ok(Self {
            stig: stig.to_owned(),
            rulle: tolka(rubrik.as_bytes(), stig)?,
            osaker: false,
        })
    }

    /// Reads the file. A last line that was cut off by a crash was never answered for; it is
    /// left out and told by [`Gravstenar::halv_rad`].
    ///
    /// # Errors
    /// When it is missing, when others than its owner can read or write it, or when a byte of
    /// it is another than was written.
    pub fn las(stig: &Path) -> Result<Self, Nyckelfel> {
        let mut fil = File::open(stig).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Nyckelfel::Saknas(stig.to_owned()),
            _ => system(stig, &e),
        })?;
        let bytes = las_oppnad(&mut fil, stig, STORST)?;
        let rulle = tolka(&bytes, stig)?;
        // A line from a process that was killed may be in memory only.
        fil.pa_disk().map_err(|e| system(stig, &e))?;
        Ok(Self {
            stig: stig.to_owned(),
            rulle,
            osaker: false,
        })
    }

    /// Which installation they are of.
    #[must_use]
    pub const fn id(&self) -> InstallationsId {
        self.rulle.id
    }

    /// That they belong with this key file.
    ///
    /// # Errors
    /// [`Nyckelfel::AnnanInstallation`].
    pub fn hor_till(&self, id: InstallationsId) -> Result<(), Nyckelfel> {
        if self.rulle.id == id {
            return Ok(());
        }
        Err(Nyckelfel::AnnanInstallation(self.stig.clone()))
    }

    /// Bytes of a last line that was cut off, if there is one. The next burial takes it away.
    #[must_use]
    pub const fn halv_rad(&self) -> Option<usize> {
        match self.rulle.halv {
            0 => None,
            antal => Some(antal),
        }
    }

    /// What the database is to remember.
    #[must_use]
    pub fn huvud(&self) -> Gravhuvud {
        Gravhuvud {
            antal: self.rulle.summor.len(),
            summa: self.rulle.sista(),
        }
    }

    /// That everything the database remembers is here. The file may have more: the database
    /// may be the older one.
    ///
    /// # Errors
    /// [`Nyckelfel::Aldre`] when tombstones are missing or others than they were.
    pub fn prova_mot(&self, minns: &Gravhuvud) -> Result<(), Nyckelfel> {
        let har = match minns.antal.checked_sub(1) {
            None => Some(&self.rulle.forst),
            Some(plats) => self.rulle.summor.get(plats),
        };
        if har == Some(&minns.summa) {
            return Ok(());
        }
        Err(Nyckelfel::Aldre(self.stig.clone()))
    }

    /// Those who are gone, in order.
    #[must_use]
    pub fn stenar(&self) -> &[Gravsten] {
        &self.rulle.stenar
    }

    /// Of these, whose keys a database still has though they are gone. Such a database has
    /// been read back from an older copy: their keys are destroyed before anybody is served.
    pub fn att_forstora(&self, har: impl IntoIterator<Item = Registrerad>) -> Vec<Registrerad> {
        har.into_iter().filter(|vem| !galler(self, *vem)).collect()
    }

    /// The highest number of a person who is gone: the series of an older database that is
    /// read back must go on above it, or a new person gets a dead one's number.
    #[must_use]
    pub fn hogsta(&self) -> Option<PersonId> {
        self.rulle.begravda.iter().map(|vem| vem.person).max()
    }

    /// Writes a person's tombstone and waits until it is on the disk. `beslut` is the reference
    /// of the decision, at most 200 bytes on one line, and never anything about the person.
    ///
    /// # Errors
    /// A bad reference; or the file could not be written. Then the person counts as gone here
    /// (the line may be on the disk), nothing more is written, and the file must be read anew.
    pub fn begrav(
        &mut self,
        vem: Registrerad,
        nar: Timestamp,
        beslut: &str,
    ) -> Result<Begravning, Nyckelfel> {
        if self.osaker {
            return Err(Nyckelfel::Osaker(self.stig.clone()));
        }
        if beslut.trim().is_empty() || beslut.len() > REFERENS || beslut.contains(char::is_control)
        {
            return Err(Nyckelfel::Referens);
        }
        let mut fil = self.ta_filen()?;
        if !galler(self, vem) {
            return Ok(Begravning::Fanns);
        }
        self.hugg_av(&fil)?;
        let beslut = beslut.to_owned();
        self.skriv(&mut fil, Gravsten { vem, nar, beslut })?;
        Ok(Begravning::Ny)
    }

    /// Opens the file for this process alone, and reads what another has written since.
    fn ta_filen(&mut self) -> Result<File, Nyckelfel> {
        let io = |e| system(&self.stig, &e);
        let mut val = OpenOptions::new();
        let mut fil = val.read(true).append(true).open(&self.stig).map_err(io)?;
        fil.lock().map_err(io)?;
        // Read anew only when it has grown: burying a thousand must not read a thousand files.
        // After a half line always: another may have written just as many bytes in its place.
        let langd = fil.metadata().map_err(io)?.len();
        if self.rulle.halv == 0 && u64::try_from(self.rulle.langd) == Ok(langd) {
            return Ok(fil);
        }
        self.las_om(&mut fil)?;
        Ok(fil)
    }

    /// Reads what another process has written since, if the file has grown: whoever that
    /// process buried is refused here too.
    ///
    /// # Errors
    /// As [`Gravstenar::las`]; and [`Nyckelfel::Aldre`] when what is known here is no longer
    /// there. Nobody's key is opened then.
    pub fn kom_ifatt(&mut self) -> Result<(), Nyckelfel> {
        // What this process failed to write is known here only.
        if self.osaker {
            return Ok(());
        }
        let io = |e: &std::io::Error| match e.kind() {
            std::io::ErrorKind::NotFound => Nyckelfel::Saknas(self.stig.clone()),
            _ => system(&self.stig, e),
        };
        let langd = std::fs::metadata(&self.stig).map_err(|e| io(&e))?.len();
        let kand = self.rulle.langd.saturating_add(self.rulle.halv);
        if u64::try_from(kand) == Ok(langd) {
            return Ok(());
        }
        let mut fil = File::open(&self.stig).map_err(|e| io(&e))?;
        self.las_om(&mut fil)
    }

    fn las_om(&mut self, fil: &mut File) -> Result<(), Nyckelfel> {
        let bytes = las_oppnad(fil, &self.stig, STORST)?;
        let rulle = tolka(&bytes, &self.stig)?;
        // What we know must be the beginning of what is there.
        let kande = self.huvud();
        let nu = Self {
            stig: self.stig.clone(),
            rulle,
            osaker: false,
        };
        nu.hor_till(self.rulle.id)?;
        nu.prova_mot(&kande)?;
        fil.pa_disk().map_err(|e| system(&self.stig, &e))?;
        *self = nu;
        Ok(())
    }

    /// Takes away what a crash left of a line.
    fn hugg_av(&mut self, fil: &File) -> Result<(), Nyckelfel> {
        if self.rulle.halv == 0 {
            return Ok(());
        }
        let langd = u64::try_from(self.rulle.langd).unwrap_or(u64::MAX);
        fil.set_len(langd)
            .and_then(|()| fil.sync_all())
            .map_err(|e| system(&self.stig, &e))?;
        self.rulle.halv = 0;
        Ok(())
    }

    /// One line, on the disk before it counts.
    pub(super) fn skriv(&mut self, ut: &mut impl Hallbar, sten: Gravsten) -> Result<(), Nyckelfel> {
        // From here on the line may be on the disk, so the key is not used whatever happens.
        self.rulle.begravda.insert(sten.vem);
        self.osaker = true;
        let (rad, summa) = self.rulle.rad(&sten);
        ut.write_all(rad.as_bytes())
            .and_then(|()| ut.pa_disk())
            .map_err(|e| system(&self.stig, &e))?;
        self.osaker = false;
        self.rulle.langd = self.rulle.langd.saturating_add(rad.len());
        self.rulle.stenar.push(sten);
        self.rulle.summor.push(summa);
        Ok(())
    }
}

impl Rulle {
    fn sista(&self) -> Summa {
        self.summor.last().copied().unwrap_or(self.forst)
    }

    /// The next line, with its end, and its sum.
    fn rad(&self, sten: &Gravsten) -> (String, Summa) {
        let Gravsten { vem, nar, beslut } = sten;
        let nummer = self.summor.len().saturating_add(1);
        let text = format!(
            "{nummer}\t{}\t{}\t{}\t{nar}\t{beslut}",
            vem.huvudman, vem.organisation, vem.person
        );
        avsluta(self.sista(), text)
    }
}

/// The first line of the file, and its sum.
fn rubrik(id: InstallationsId) -> (String, Summa) {
    avsluta([0; 32], format!("{RUBRIK}{VERSION}\t{id}"))
}

fn avsluta(fore: Summa, mut text: String) -> (String, Summa) {
    let summa: Summa = Sha256::new()
        .chain_update(fore)
        .chain_update(text.as_bytes())
        .finalize()
        .into();
    // Writing to a string can not fail.
    let _ = writeln!(text, "\t{}", hex::text(&summa));
    (text, summa)
}

/// Reads the file's bytes. A whole line is the one that would be written, to the byte.
fn tolka(bytes: &[u8], stig: &Path) -> Result<Rulle, Nyckelfel> {
    let langd = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |p| p + 1);
    let (hela, halv) = bytes.split_at_checked(langd).unwrap_or_default();
    let mut rader = hela.split_inclusive(|b| *b == b'\n');
    let mut rulle = tolka_rubrik(rader.next().unwrap_or_default(), stig)?;
    for rad in rader {
        let nummer = rulle.summor.len().saturating_add(2);
        let last = tolka_rad(&rulle, rad);
        let (sten, summa) = last.ok_or_else(|| skadad(stig, format!("rad {nummer}")))?;
        rulle.begravda.insert(sten.vem);
        rulle.stenar.push(sten);
        rulle.summor.push(summa);
    }
    // A crash leaves less than a line. A line that is whole but for another byte where its end
    // should be was written and answered for: that is damage.
    let mut avslutad = halv
        .get(..halv.len().saturating_sub(1))
        .unwrap_or_default()
        .to_vec();
    avslutad.push(b'\n');
    if tolka_rad(&rulle, &avslutad).is_some() {
        return Err(skadad(stig, "den sista radens slut"));
    }
    rulle.langd = langd;
    rulle.halv = halv.len();
    Ok(rulle)
}

fn tolka_rubrik(rad: &[u8], stig: &Path) -> Result<Rulle, Nyckelfel> {
    let fel = || skadad(stig, "första raden");
    let text = std::str::from_utf8(rad).map_err(|_| fel())?;
    let mut falt = text.strip_prefix(RUBRIK).ok_or_else(fel)?.split('\t');
    let version = falt.next().ok_or_else(fel)?;
    if version != VERSION && version.parse::<u32>().is_ok() {
        return Err(Nyckelfel::Version(stig.to_owned()));
    }
    let id = falt
        .next()
        .and_then(InstallationsId::ur_text)
        .ok_or_else(fel)?;
    let (skriven, forst) = rubrik(id);
    if skriven != text {
        return Err(fel());
    }
    Ok(Rulle {
        id,
        stenar: Vec::new(),
        forst,
        summor: Vec::new(),
        begravda: BTreeSet::new(),
        langd: rad.len(),
        halv: 0,
    })
}

fn tolka_rad(fore: &Rulle, rad: &[u8]) -> Option<(Gravsten, Summa)> {
    let text = std::str::from_utf8(rad).ok()?;
    let falt: Vec<&str> = text.split('\t').collect();
    let [_, huvudman, organisation, person, nar, beslut, _] = falt.as_slice() else {
        return None;
    };
    let vem = Registrerad {
        huvudman: huvudman.parse().ok().and_then(HuvudmanId::ny)?,
        organisation: organisation.parse().ok().and_then(OrganisationId::ny)?,
        person: person.parse().ok().and_then(PersonId::ny)?,
    };
    let sten = Gravsten {
        vem,
        nar: nar.parse().ok()?,
        beslut: (*beslut).to_owned(),
    };
    let (skriven, summa) = fore.rad(&sten);
    (skriven == text).then_some((sten, summa))
}
