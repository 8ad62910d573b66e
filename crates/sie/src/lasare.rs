//! The reader: a stream of records out of a stream of bytes.

use crate::falt::{self, Falt, Radform};
use crate::fel::{Fel, Felslag};
use crate::kodning::Kodning;
use crate::ksumma::{Raknad, Summa};
use crate::poster::{ORDNINGSPOSTER, Post};
use crate::rader::Rader;
use crate::tolka::{Minne, tolka};
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
    /// Among the lines of a label that is not known.
    Hoppar,
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
    kodning: Kodning,
    minne: Minne,
    lage: Lage,
    /// The last record was of a label that is passed over.
    efter_ovrig: bool,
    avsteg: Avsteg,
    /// What the checksum covers, once it has begun.
    summa: Option<Summa>,
    raknad: Option<Raknad>,
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
            kodning,
            minne: Minne::default(),
            lage: Lage::Utanfor,
            efter_ovrig: false,
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
    pub const fn raknad_summa(&self) -> Option<Raknad> {
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
        let post = tolka_rad(
            self.rader.rad(),
            self.kodning,
            &mut self.minne,
            self.summa.as_mut(),
        );
        if self.minne.komma {
            self.avsteg.komma.get_or_insert(rad);
        }
        if self.minne.utan_lista {
            self.avsteg.utan_lista.get_or_insert(rad);
        }
        self.efter_ovrig = post.as_ref().is_ok_and(ar_okand);
        let efter = match &post {
            Ok(post) => efter(self.lage, post),
            // Its rows can be read although they cannot be placed.
            Err(_) if ar_etikett(self.rader.rad(), b"#VER") => Ok(Lage::Vantar),
            Err(_) => Ok(self.lage),
        };
        let hinder = match efter {
            Ok(lage) => {
                self.lage = lage;
                None
            }
            Err((slag, lage)) => {
                self.lage = lage;
                Some(slag)
            }
        };
        match post {
            Ok(Post::Ksumma(None)) => self.summa = Some(Summa::ny(self.kodning)),
            Ok(Post::Ksumma(Some(_))) => {
                self.raknad = self.summa.take().map(Summa::klar);
            }
            _ => {}
        }
        Some(match (post, hinder) {
            (Ok(post), None) => Ok((rad, post)),
            (Err(slag), _) | (Ok(_), Some(slag)) => Err(falt::pa_rad(rad, slag)),
        })
    }

    /// Steps past blank lines, opening braces, and what belongs to an unknown label.
    fn stega(&mut self) -> Result<Steg, Fel> {
        loop {
            if !self.rader.stega()? {
                if matches!(self.lage, Lage::Utanfor | Lage::Hoppar) {
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
            if let Some(tecken) = falt::styrtecken(rad) {
                let fel = self.fel(styrtecken(self.rader.nummer(), rad, tecken));
                if fel.slag.ar_slutet() {
                    self.rader.sluta();
                    self.lage = Lage::Utanfor;
                }
                return Err(fel);
            }
            match (falt::form(rad), self.lage) {
                (Radform::Tom, _) => {}
                (Radform::Post, Lage::Hoppar) => {
                    if let Some(summa) = self.summa.as_mut() {
                        summa.ta(rad);
                    }
                }
                (Radform::Post, _) => return Ok(Steg::Post),
                (Radform::Oppnar, Lage::Vantar) => self.lage = Lage::I,
                (Radform::Oppnar, Lage::Utanfor) if self.efter_ovrig => self.lage = Lage::Hoppar,
                (Radform::Stanger, Lage::Hoppar) => {
                    self.lage = Lage::Utanfor;
                    self.efter_ovrig = false;
                }
                (Radform::Stanger, Lage::I) => {
                    self.lage = Lage::Utanfor;
                    return Ok(Steg::Slut);
                }
                _ => return Err(self.fel(Felslag::Klammer)),
            }
        }
    }

    const fn fel(&self, slag: Felslag) -> Fel {
        falt::pa_rad(self.rader.nummer(), slag)
    }
}

#[inline]
fn tolka_rad<'a>(
    rad: &'a [u8],
    kodning: Kodning,
    minne: &mut Minne,
    summa: Option<&mut Summa>,
) -> Result<Post<'a>, Felslag> {
    let mut falt = Falt::ny(rad, kodning);
    let Some(etikett) = falt.nasta().filter(|e| e.ra().starts_with(b"#")) else {
        if let Some(summa) = summa {
            summa.ta(rad);
        }
        return Err(if falt.oppet() {
            Felslag::Citat
        } else {
            Felslag::IngenEtikett
        });
    };
    let Some(summa) = summa.filter(|_| etikett.ra() != b"#KSUMMA") else {
        return tolka(etikett, falt, minne, None);
    };
    let langd = summa.buffert().len();
    summa.buffert().extend_from_slice(etikett.ra());
    let post = tolka(etikett, falt, minne, Some(summa.buffert()));
    if post.is_ok() {
        summa.radslut();
    } else {
        summa.om(langd, rad);
    }
    post
}

/// Whether the label is not the format's: what it is followed by is its own affair.
fn ar_okand(post: &Post<'_>) -> bool {
    match post {
        Post::Ovrig { etikett, .. } => ORDNINGSPOSTER
            .iter()
            .all(|kand| kand.as_bytes() != etikett.ra()),
        _ => false,
    }
}

/// Whether the line begins with this label.
fn ar_etikett(rad: &[u8], etikett: &[u8]) -> bool {
    let utan_blanka = rad.trim_ascii_start();
    let efter = utan_blanka.strip_prefix(etikett);
    efter.is_some_and(|e| matches!(e, [] | [b' ' | b'\t', ..]))
}

/// A control character; but two bytes for each sign, and the file is no text that is read here.
fn styrtecken(nummer: u64, rad: &[u8], tecken: u8) -> Felslag {
    let utf16 = matches!(rad, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    if nummer == 1 && utf16 {
        Felslag::Utf16
    } else {
        Felslag::Styrtecken(tecken)
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
