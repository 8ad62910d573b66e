//! Small files that must be whole or not there: written beside their place, on the disk
//! before they have their name, and named so that nothing is written over by mistake.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use zeroize::Zeroizing;

use super::Nyckelfel;
use crate::iofel::skal;

/// Permission bits that the owner alone has.
const BARA_AGAREN: u32 = 0o600;
const ANDRA: u32 = 0o077;

/// Something written to that can say when it is on the disk. A test has one that fails.
pub(super) trait Hallbar: Write {
    /// Waits until what was written survives a power cut.
    fn pa_disk(&mut self) -> io::Result<()>;
}

impl Hallbar for File {
    fn pa_disk(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// The steps of putting a whole file in place. A test has one that writes down the order.
pub(super) trait Disk {
    /// Makes the file, for its owner only, writes it and waits until it is on the disk.
    fn skriv_ny(&mut self, fil: &Path, innehall: &[u8]) -> io::Result<()>;
    /// Gives it its name. With `over` it takes the place of the one that has it.
    fn byt_namn(&mut self, fran: &Path, till: &Path, over: bool) -> io::Result<()>;
    /// Waits until the folder's names are on the disk.
    fn synka_mapp(&mut self, mapp: &Path) -> io::Result<()>;
    /// Takes away what did not get its name.
    fn ta_bort(&mut self, fil: &Path) -> io::Result<()>;
}

/// The disk of the machine.
pub(super) struct Maskinens;

impl Disk for Maskinens {
    fn skriv_ny(&mut self, fil: &Path, innehall: &[u8]) -> io::Result<()> {
        let mut val = OpenOptions::new();
        val.write(true).create_new(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut val, BARA_AGAREN);
        let mut ut = val.open(fil)?;
        ut.write_all(innehall)?;
        ut.pa_disk()
    }

    fn byt_namn(&mut self, fran: &Path, till: &Path, over: bool) -> io::Result<()> {
        if over {
            return std::fs::rename(fran, till);
        }
        Ok(renameat_with(CWD, fran, CWD, till, RenameFlags::NOREPLACE)?)
    }

    fn synka_mapp(&mut self, mapp: &Path) -> io::Result<()> {
        File::open(mapp)?.sync_all()
    }

    fn ta_bort(&mut self, fil: &Path) -> io::Result<()> {
        std::fs::remove_file(fil)
    }
}

/// Puts the whole file in place, or leaves everything as it was.
pub(super) fn skriv_hel(
    disk: &mut impl Disk,
    fil: &Path,
    innehall: &[u8],
    over: bool,
) -> Result<(), Nyckelfel> {
    let bredvid = bredvid(fil);
    let svar = (|| {
        // What a crash left half written has never been in use.
        match disk.ta_bort(&bredvid) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        disk.skriv_ny(&bredvid, innehall)?;
        disk.byt_namn(&bredvid, fil, over)?;
        disk.synka_mapp(mapp(fil))
    })();
    svar.map_err(|e| {
        // The reason to tell is the first one.
        drop(disk.ta_bort(&bredvid));
        match e.kind() {
            ErrorKind::AlreadyExists => Nyckelfel::Finns(fil.to_owned()),
            _ => system(fil, &e),
        }
    })
}

/// The whole file, if nobody but its owner can read or write it.
pub(super) fn las_hel(fil: &Path, hogst: u64) -> Result<Zeroizing<Vec<u8>>, Nyckelfel> {
    let mut oppnad = File::open(fil).map_err(|e| match e.kind() {
        ErrorKind::NotFound => Nyckelfel::Saknas(fil.to_owned()),
        _ => system(fil, &e),
    })?;
    las_oppnad(&mut oppnad, fil, hogst)
}

/// As [`las_hel`], from where an opened file stands.
pub(super) fn las_oppnad(
    oppnad: &mut File,
    fil: &Path,
    hogst: u64,
) -> Result<Zeroizing<Vec<u8>>, Nyckelfel> {
    let om = oppnad.metadata().map_err(|e| system(fil, &e))?;
    let lage = std::os::unix::fs::PermissionsExt::mode(&om.permissions()) & 0o7777;
    if !om.is_file() {
        return Err(skadad(fil, "det är ingen vanlig fil"));
    }
    if lage & ANDRA != 0 {
        let fil = fil.to_owned();
        return Err(Nyckelfel::Oppen { fil, lage });
    }
    if om.len() > hogst {
        return Err(skadad(fil, "den är för stor"));
    }
    // Room for all at once: a vector that grows leaves its old bytes behind.
    let rum = usize::try_from(om.len()).unwrap_or(usize::MAX);
    let mut bytes = Zeroizing::new(Vec::with_capacity(rum.saturating_add(1)));
    let mut smalt = oppnad.take(om.len());
    smalt.read_to_end(&mut bytes).map_err(|e| system(fil, &e))?;
    Ok(bytes)
}

pub(super) fn system(fil: &Path, fel: &io::Error) -> Nyckelfel {
    Nyckelfel::System {
        fil: fil.to_owned(),
        skal: skal(fel),
    }
}

pub(super) fn skadad(fil: &Path, var: impl Into<String>) -> Nyckelfel {
    Nyckelfel::Skadad {
        fil: fil.to_owned(),
        var: var.into(),
    }
}

fn bredvid(fil: &Path) -> PathBuf {
    let mut namn = fil.as_os_str().to_owned();
    namn.push(".ny");
    PathBuf::from(namn)
}

fn mapp(fil: &Path) -> &Path {
    match fil.parent() {
        Some(mapp) if !mapp.as_os_str().is_empty() => mapp,
        _ => Path::new("."),
    }
}
