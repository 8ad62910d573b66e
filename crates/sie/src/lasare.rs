//! The reader: a stream of records out of a stream of bytes.

use crate::falt::{self, Bit, Falt};
use crate::fel::{Fel, Felslag};
use crate::kodning::Kodning;
use crate::poster::{self, Avvek, Post};
use crate::rader::Rader;
use std::io::Read;

/// Where the reader is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lage {
    /// Between records.
    Utanfor,
    /// After a `#VER`, before its brace.
    Vantar,
    /// Among a voucher's rows.
    I,
}

/// What the file's writer has allowed itself that the format does not. Each is the first line
/// where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Avsteg {
    /// An amount with a comma for a point.
    pub komma: Option<u64>,
    /// A row without its list of objects, which is `{}` when it has none.
    pub utan_lista: Option<u64>,
}

/// Reads a file record by record, with memory for one line.
///
/// A fault belongs to its line: what follows can be read, until a fault that
/// [ends it](Felslag::ar_slutet). A voucher whose head is at fault still gives its rows.
///
/// ```
/// use utfall_sie::{Kodning, Lasare, Post};
///
/// let fil = b"#VER A 1 20240131 \"Hyra\"\n{\n#TRANS 5010 {6 \"12\"} 800.00
/// #TRANS 1930 {} -800.00\n}\n";
/// let mut lasare = Lasare::ny(&fil[..], Kodning::gissa(fil));
/// let mut summa = 0;
/// while let Some(post) = lasare.nasta() {
///     if let (_, Post::Rad(rad)) = post? {
///         summa += rad.belopp;
///     }
/// }
/// assert_eq!(summa, 0);
/// # Ok::<(), utfall_sie::Fel>(())
/// ```
pub struct Lasare<R> {
    rader: Rader<R>,
    bitar: Vec<Bit>,
    kodning: Kodning,
    lage: Lage,
    avsteg: Avsteg,
    /// What the checksum covers, once it has begun.
    summa: Option<crc32fast::Hasher>,
    raknad: Option<u32>,
}

/// What was stepped to.
enum Steg {
    /// A record: its line is split.
    Post,
    /// The brace that ends a voucher.
    Slut,
    /// The end of the file.
    Filslut,
}

impl<R: Read> Lasare<R> {
    /// Reads from a source whose texts are in this character set.
    pub fn ny(kalla: R, kodning: Kodning) -> Self {
        Self {
            rader: Rader::ny(kalla),
            bitar: Vec::new(),
            kodning,
            lage: Lage::Utanfor,
            avsteg: Avsteg::default(),
            summa: None,
            raknad: None,
        }
    }

    /// The character set that texts are read in.
    pub const fn kodning(&self) -> Kodning {
        self.kodning
    }

    /// How many bytes have been read and stepped past: what a progress bar shows.
    pub const fn lasta(&self) -> u64 {
        self.rader.lasta()
    }

    /// The line last stepped to, from 1; 0 before the first.
    pub const fn rad(&self) -> u64 {
        self.rader.nummer()
    }

    /// What the writer has allowed itself so far.
    pub const fn avsteg(&self) -> Avsteg {
        self.avsteg
    }

    /// What the checksum is by what was read, when the last `#KSUMMA` has come.
    pub const fn raknad_summa(&self) -> Option<u32> {
        self.raknad
    }

    /// Whether a checksum has begun and not ended: the file is cut off.
    pub const fn summan_vantar(&self) -> bool {
        self.summa.is_some()
    }

    /// The next record with the number of its line, from 1; `None` at the end of the file.
    pub fn nasta(&mut self) -> Option<Result<(u64, Post<'_>), Fel>> {
        match self.stega() {
            Ok(Steg::Post) => {}
            Ok(Steg::Slut) => return Some(Ok((self.rader.nummer(), Post::Slut))),
            Ok(Steg::Filslut) => return None,
            Err(fel) => return Some(Err(fel)),
        }
        let rad = self.rader.nummer();
        let mut falt = Falt::ny(self.rader.rad(), &self.bitar, self.kodning);
        let Some(etikett) = falt.nasta().filter(|e| e.ra().starts_with(b"#")) else {
            return Some(Err(falt::pa_rad(rad, Felslag::IngenEtikett)));
        };
        let ksumma = etikett == "#KSUMMA";
        if let Some(summa) = self.summa.as_mut().filter(|_| !ksumma) {
            summa.update(etikett.ra());
            falt.for_summan(|bytes| summa.update(bytes));
        }
        let mut avvek = Avvek::default();
        let post = poster::tolka(etikett, falt, &mut avvek);
        notera(&mut self.avsteg, avvek, rad);
        if post.is_err() && etikett == "#VER" {
            // Its rows can be read although they cannot be placed.
            self.lage = Lage::Vantar;
        }
        let post = post.and_then(|post| {
            self.lage = efter(self.lage, &post).map_err(|(fel, lage)| {
                self.lage = lage;
                fel
            })?;
            Ok(post)
        });
        match post {
            Ok(Post::Ksumma(None)) => self.summa = Some(crc32fast::Hasher::new()),
            Ok(Post::Ksumma(Some(_))) => {
                self.raknad = self.summa.take().map(crc32fast::Hasher::finalize);
            }
            _ => {}
        }
        Some(match post {
            Ok(post) => Ok((rad, post)),
            Err(slag) => Err(falt::pa_rad(rad, slag)),
        })
    }

    /// Steps past blank lines and opening braces.
    fn stega(&mut self) -> Result<Steg, Fel> {
        loop {
            if !self.rader.stega()? {
                if self.lage == Lage::Utanfor {
                    return Ok(Steg::Filslut);
                }
                self.lage = Lage::Utanfor;
                return Err(self.fel(Felslag::Oavslutad));
            }
            let rad = self.rader.rad();
            // DOS ended a text with a control character of its own.
            if rad == [0x1a] {
                continue;
            }
            let delad = falt::dela(rad, &mut self.bitar);
            delad.map_err(|slag| self.fel(slag))?;
            let falt = Falt::ny(self.rader.rad(), &self.bitar, self.kodning);
            match (falt.ensam_klammer(), self.lage) {
                (None, _) if falt.ar_slut() => {}
                (None, _) => return Ok(Steg::Post),
                (Some(true), Lage::Vantar) => self.lage = Lage::I,
                (Some(false), Lage::I) => {
                    self.lage = Lage::Utanfor;
                    return Ok(Steg::Slut);
                }
                (Some(_), _) => return Err(self.fel(Felslag::Klammer)),
            }
        }
    }

    const fn fel(&self, slag: Felslag) -> Fel {
        falt::pa_rad(self.rader.nummer(), slag)
    }
}

/// Where the reader is after a record; or why it may not stand there, and where it then is.
fn efter(lage: Lage, post: &Post<'_>) -> Result<Lage, (Felslag, Lage)> {
    match (post, lage) {
        (Post::Ver(_), Lage::Utanfor) => Ok(Lage::Vantar),
        (Post::Ver(_), _) => Err((Felslag::Oavslutad, Lage::Vantar)),
        (Post::Rad(_), Lage::I) | (Post::Ovrig { .. }, _) => Ok(lage),
        (Post::Rad(_), Lage::Vantar) => Err((Felslag::Klammer, Lage::I)),
        (Post::Rad(rad), Lage::Utanfor) => Err((Felslag::Utanfor(rad.slag.etikett()), lage)),
        (_, Lage::Utanfor) => Ok(lage),
        (_, _) => Err((Felslag::Oavslutad, Lage::Utanfor)),
    }
}

fn notera(avsteg: &mut Avsteg, avvek: Avvek, rad: u64) {
    if avvek.komma {
        avsteg.komma.get_or_insert(rad);
    }
    if avvek.utan_lista {
        avsteg.utan_lista.get_or_insert(rad);
    }
}
