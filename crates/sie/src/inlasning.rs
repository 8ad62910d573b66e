//! The importer's reader: whole vouchers, one at a time, while the file is checked.

use crate::fel::Felslag;
use crate::granska::{Anmarkning, Granskad, Granskare, Oversikt, Register, Sak};
use crate::kodning::Kodning;
use crate::lasare::Lasare;
use crate::poster::{Post, Radslag, Ver, Verrad};
use jiff::civil::Date;
use std::io::Read;

/// So many rows a voucher may have: far beyond any real one.
pub const FLEST_RADER: usize = 100_000;
/// So many bytes of text a voucher may have.
const MEST_TEXT: usize = 1 << 24;

/// A voucher with the rows that count. Removed rows (`#BTRANS`) are not among them, and an
/// added row (`#RTRANS`) is there once, as the `#TRANS` that follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifikation {
    /// The line of its `#VER`.
    pub rad: u64,
    /// Its series; empty when it has none.
    pub serie: String,
    /// Its number in the series; empty when it has none. Any text.
    pub nummer: String,
    /// The day it is of.
    pub datum: Date,
    /// What it says. Can name a person.
    pub text: String,
    /// The day it was registered.
    pub registrerad: Option<Date>,
    /// Who registered it. Names a person.
    pub signatur: String,
    /// The rows that count, as they stand.
    pub rader: Vec<Verifikationsrad>,
    /// How many of them were added afterwards.
    pub tillagda: u32,
    /// How many rows have been removed.
    pub borttagna: u32,
    /// Whether nothing in it was remarked on as [wrong](crate::Allvar::Fel).
    pub felfri: bool,
}

/// A row of a voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifikationsrad {
    /// Its line.
    pub rad: u64,
    /// The account.
    pub konto: u32,
    /// Dimensions with their objects, by dimension and then object: two rows that are marked
    /// with the same have the same list, however it was written.
    pub objekt: Vec<(u32, String)>,
    /// Hundredths of the currency; debit is positive.
    pub belopp: i64,
    /// Its own day, if it has one.
    pub datum: Option<Date>,
    /// What it says. Can name a person.
    pub text: String,
    /// A quantity in the account's unit, as written.
    pub kvantitet: String,
    /// Who registered it. Names a person.
    pub signatur: String,
}

/// Reads a file voucher by voucher with memory for one of them, and checks it on the way.
///
/// Whether the file holds together is known when it has been read to its end: a checksum
/// stands last. Keep what was read apart until [`klar`](Self::klar) has said that it has no
/// [faults](Granskad::har_fel).
///
/// ```
/// use utfall_sie::{Inlasning, Kodning};
///
/// let fil = b"#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 222000-0000\n#RAR 0 20240101 20241231
/// #KONTO 1930 Bank\n#KONTO 5010 Hyra
/// #VER A 1 20240131 \"Hyra\"\n{\n#TRANS 5010 {6 \"12\" 1 K3} 800.00\n#TRANS 1930 {} -800.00\n}\n";
/// let mut inlasning = Inlasning::ny(&fil[..], Kodning::gissa(fil));
/// while let Some(ver) = inlasning.nasta() {
///     assert_eq!((ver.serie.as_str(), ver.nummer.as_str()), ("A", "1"));
///     let hyra = &ver.rader[0];
///     assert_eq!((hyra.konto, hyra.belopp), (5010, 80_000));
///     assert_eq!(hyra.objekt, [(1, "K3".to_owned()), (6, "12".to_owned())]);
/// }
/// assert_eq!(inlasning.lasta(), fil.len() as u64);
/// let granskad = inlasning.klar();
/// assert!(!granskad.har_fel(), "{:?}", granskad.anmarkningar);
/// assert_eq!(granskad.oversikt.orgnr.as_deref(), Some("222000-0000"));
/// assert_eq!(granskad.register.konton[&5010].namn, "Hyra");
/// ```
pub struct Inlasning<R> {
    lasare: Lasare<R>,
    granskare: Granskare,
}

impl<R: Read> Inlasning<R> {
    /// Reads from a source whose texts are in this character set.
    pub fn ny(kalla: R, kodning: Kodning) -> Self {
        Self {
            lasare: Lasare::ny(kalla, kodning),
            granskare: Granskare::default(),
        }
    }

    /// The next voucher; `None` at the end of the file. What else the file holds is read on
    /// the way, and what is wrong with it is remarked on.
    pub fn nasta(&mut self) -> Option<Verifikation> {
        let mut bygge: Option<Bygge> = None;
        while let Some(post) = self.lasare.nasta() {
            let (rad, post) = match post {
                Ok(post) => post,
                Err(fel) => {
                    if fel.slag == Felslag::Oavslutad {
                        bygge = None;
                    }
                    self.granskare.fel(fel);
                    continue;
                }
            };
            let fel_fore = self.granskare.antal_fel();
            self.granskare.ta(rad, &post);
            match post {
                Post::Ver(ver) => bygge = Some(Bygge::ny(rad, &ver, fel_fore)),
                Post::Rad(verrad) => {
                    if let Some(bygge) = bygge.as_mut()
                        && !bygge.ta(rad, &verrad)
                    {
                        self.granskare.anmark(bygge.ver.rad, STOR);
                    }
                }
                Post::Slut => {
                    if let Some(bygge) = bygge.take() {
                        return Some(bygge.klar(self.granskare.antal_fel()));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// How many bytes have been read and stepped past.
    pub const fn lasta(&self) -> u64 {
        self.lasare.lasta()
    }

    /// The line last stepped to, from 1.
    pub const fn rad(&self) -> u64 {
        self.lasare.rad()
    }

    /// What the file is, as far as it has been read. The head stands before the vouchers.
    pub const fn oversikt(&self) -> &Oversikt {
        self.granskare.oversikt()
    }

    /// What the file has declared so far.
    pub const fn register(&self) -> &Register {
        self.granskare.register()
    }

    /// What has been remarked on so far.
    pub fn anmarkningar(&self) -> &[Anmarkning] {
        self.granskare.anmarkningar()
    }

    /// Reads what is left, and says what the file is and what is wrong with it.
    pub fn klar(mut self) -> Granskad {
        while let Some(post) = self.lasare.nasta() {
            match post {
                Ok((rad, post)) => self.granskare.ta(rad, &post),
                Err(fel) => self.granskare.fel(fel),
            }
        }
        self.granskare.klar(&self.lasare)
    }
}

const STOR: Sak = Sak::ForMycket {
    vad: "rader eller text i en verifikation",
};

/// A voucher under way.
struct Bygge {
    ver: Verifikation,
    text: usize,
    full: bool,
    fel_fore: u64,
    tillagd: bool,
}

impl Bygge {
    fn ny(rad: u64, ver: &Ver<'_>, fel_fore: u64) -> Self {
        Self {
            ver: Verifikation {
                rad,
                serie: ver.serie.las().into_owned(),
                nummer: ver.nummer.las().into_owned(),
                datum: ver.datum,
                text: ver.text.las().into_owned(),
                registrerad: ver.registrerad,
                signatur: ver.signatur.las().into_owned(),
                rader: Vec::new(),
                tillagda: 0,
                borttagna: 0,
                felfri: true,
            },
            text: 0,
            full: false,
            fel_fore,
            tillagd: false,
        }
    }

    /// Takes a row; false the first time that there is no more room.
    fn ta(&mut self, rad: u64, r: &Verrad<'_>) -> bool {
        let ver = &mut self.ver;
        let foljer_tillagd = std::mem::replace(&mut self.tillagd, r.slag == Radslag::Rtrans);
        match r.slag {
            Radslag::Rtrans => return true,
            Radslag::Btrans => {
                ver.borttagna = ver.borttagna.saturating_add(1);
                return true;
            }
            Radslag::Trans => {}
        }
        if foljer_tillagd {
            ver.tillagda = ver.tillagda.saturating_add(1);
        }
        if self.full {
            return true;
        }
        let mut objekt: Vec<(u32, String)> = r
            .objekt
            .map(|(dim, o)| (dim, o.las().into_owned()))
            .collect();
        objekt.sort_unstable();
        objekt.dedup();
        let kontering = Verifikationsrad {
            rad,
            konto: r.konto,
            objekt,
            belopp: r.belopp,
            datum: r.datum,
            text: r.text.las().into_owned(),
            kvantitet: r.kvantitet.las().into_owned(),
            signatur: r.signatur.las().into_owned(),
        };
        self.text = self.text.saturating_add(kontering.langd());
        if self.text > MEST_TEXT || ver.rader.len() >= FLEST_RADER {
            self.full = true;
            return false;
        }
        ver.rader.push(kontering);
        true
    }

    fn klar(self, fel: u64) -> Verifikation {
        Verifikation {
            felfri: fel == self.fel_fore,
            ..self.ver
        }
    }
}

impl Verifikationsrad {
    /// How much text it holds, in bytes.
    fn langd(&self) -> usize {
        let objekt = self.objekt.iter().map(|(_, o)| o.len().saturating_add(32));
        let texter = [&self.text, &self.kvantitet, &self.signatur];
        objekt
            .chain(texter.map(String::len))
            .fold(0, usize::saturating_add)
    }
}
