//! The writer: records as lines, in code page 437.

use crate::kodning::Kodning;
use crate::poster::{Kontotyp, Periodslag, Radslag, Saldoslag, Sietyp};
use jiff::civil::Date;
use std::io::{self, Write};

/// Writes a file record by record. The order is the caller's: flag, identification, chart,
/// balances, vouchers (4B, chapter 5.4).
///
/// What code page 437 has no sign for becomes `?`, and control characters become spaces: a
/// file that the receiver cannot read helps nobody.
pub struct Skrivare<W> {
    mal: W,
    rad: Vec<u8>,
    summa: Option<crc32fast::Hasher>,
}

/// A voucher's head, to be written.
#[derive(Clone, Copy, Debug)]
pub struct NyVer<'a> {
    /// Its series; empty lets the receiver choose.
    pub serie: &'a str,
    /// Its number; empty lets the receiver number it.
    pub nummer: &'a str,
    /// The day it is of.
    pub datum: Date,
    /// What it says.
    pub text: &'a str,
}

/// A voucher's row, to be written.
#[derive(Clone, Copy, Debug)]
pub struct NyRad<'a> {
    /// Whether it counts.
    pub slag: Radslag,
    /// The account.
    pub konto: u32,
    /// Dimensions and objects.
    pub objekt: &'a [(u32, &'a str)],
    /// Hundredths; debit is positive.
    pub belopp: i64,
    /// What it says; empty says nothing.
    pub text: &'a str,
}

impl<W: Write> Skrivare<W> {
    /// Writes to a destination, which is best buffered.
    pub const fn ny(mal: W) -> Self {
        Self {
            mal,
            rad: Vec::new(),
            summa: None,
        }
    }

    /// Begins the checksum over what is written from here on.
    ///
    /// # Errors
    /// When the destination cannot be written to; so with all of these.
    pub fn borja_summa(&mut self) -> io::Result<()> {
        self.post("#KSUMMA", |_| {})?;
        self.summa = Some(crc32fast::Hasher::new());
        Ok(())
    }

    /// A record with plain fields, for those that have no method of their own.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn falt(&mut self, etikett: &str, falt: &[&str]) -> io::Result<()> {
        self.post(etikett, |rad| {
            for text in falt {
                rad.text(text);
            }
        })
    }

    /// The head that every file has: unread, PC8, written by this program this day.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn huvud(&mut self, program: (&str, &str), dag: Date, typ: Sietyp) -> io::Result<()> {
        self.falt("#FLAGGA", &["0"])?;
        self.falt("#PROGRAM", &[program.0, program.1])?;
        self.falt("#FORMAT", &["PC8"])?;
        self.falt("#GEN", &[&datum(dag)])?;
        self.falt("#SIETYP", &[&typ.nummer().to_string()])
    }

    /// A financial year.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn ar(&mut self, nr: i32, fran: Date, till: Date) -> io::Result<()> {
        self.falt("#RAR", &[&nr.to_string(), &datum(fran), &datum(till)])
    }

    /// An account and what it is.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn konto(&mut self, konto: u32, namn: &str, typ: Option<Kontotyp>) -> io::Result<()> {
        let konto = konto.to_string();
        self.falt("#KONTO", &[&konto, namn])?;
        typ.map_or(Ok(()), |typ| self.falt("#KTYP", &[&konto, typ.bokstav()]))
    }

    /// A balance of a year.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn saldo(
        &mut self,
        slag: Saldoslag,
        ar: i32,
        konto: u32,
        objekt: &[(u32, &str)],
        ore: i64,
    ) -> io::Result<()> {
        self.post(slag.etikett(), |rad| {
            rad.text(&ar.to_string());
            rad.text(&konto.to_string());
            if slag.av_objekt() {
                rad.objekt(objekt);
            }
            rad.text(&belopp(ore));
        })
    }

    /// A sum of a month.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn period(
        &mut self,
        slag: Periodslag,
        (ar, manad): (i32, Date),
        konto: u32,
        objekt: &[(u32, &str)],
        ore: i64,
    ) -> io::Result<()> {
        self.post(slag.etikett(), |rad| {
            rad.text(&ar.to_string());
            rad.text(&format!("{:04}{:02}", manad.year(), manad.month()));
            rad.text(&konto.to_string());
            rad.objekt(objekt);
            rad.text(&belopp(ore));
        })
    }

    /// A whole voucher.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn verifikation(&mut self, ver: NyVer<'_>, rader: &[NyRad<'_>]) -> io::Result<()> {
        self.post("#VER", |rad| {
            rad.text(ver.serie);
            rad.text(ver.nummer);
            rad.text(&datum(ver.datum));
            rad.text(ver.text);
        })?;
        self.mal.write_all(b"{\r\n")?;
        for ny in rader {
            self.post(ny.slag.etikett(), |rad| {
                rad.text(&ny.konto.to_string());
                rad.objekt(ny.objekt);
                rad.text(&belopp(ny.belopp));
                if !ny.text.is_empty() {
                    rad.text("");
                    rad.text(ny.text);
                }
            })?;
        }
        self.mal.write_all(b"}\r\n")
    }

    /// Ends the checksum if one was begun, and gives the destination back.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn klar(mut self) -> io::Result<W> {
        if let Some(summa) = self.summa.take() {
            // The specification's own code has the sum as a number with sign.
            let summa = summa.finalize().cast_signed();
            self.falt("#KSUMMA", &[&summa.to_string()])?;
        }
        self.mal.flush()?;
        Ok(self.mal)
    }

    fn post(&mut self, etikett: &str, fyll: impl FnOnce(&mut Falten<'_>)) -> io::Result<()> {
        self.rad.clear();
        let mut falten = Falten {
            rad: &mut self.rad,
            summa: self.summa.as_mut(),
        };
        falten.ord(etikett);
        fyll(&mut falten);
        self.rad.extend_from_slice(b"\r\n");
        self.mal.write_all(&self.rad)
    }
}

/// The fields of a line under way.
struct Falten<'a> {
    rad: &'a mut Vec<u8>,
    summa: Option<&'a mut crc32fast::Hasher>,
}

impl Falten<'_> {
    fn rakna(&mut self, bytes: &[u8]) {
        if let Some(summa) = self.summa.as_mut() {
            summa.update(bytes);
        }
    }

    /// A label.
    fn ord(&mut self, ord: &str) {
        self.rad.extend_from_slice(ord.as_bytes());
        self.rakna(ord.as_bytes());
    }

    /// A field, with quotes when it needs them.
    fn text(&mut self, text: &str) {
        self.rad.push(b' ');
        let bytes: Vec<u8> = text.chars().map(pc8).collect();
        self.rakna(&bytes);
        let enkel = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
        if !bytes.is_empty() && bytes.iter().all(enkel) {
            self.rad.extend_from_slice(&bytes);
            return;
        }
        self.rad.push(b'"');
        for byte in bytes {
            if byte == b'"' {
                self.rad.push(b'\\');
            }
            self.rad.push(byte);
        }
        self.rad.push(b'"');
    }

    fn objekt(&mut self, objekt: &[(u32, &str)]) {
        self.rad.extend_from_slice(b" {");
        for (dim, nummer) in objekt {
            self.text(&dim.to_string());
            self.text(nummer);
        }
        self.rad.extend_from_slice(b" }");
    }
}

/// The byte of a character, or of what is written in its place.
fn pc8(tecken: char) -> u8 {
    match tecken {
        t if t.is_control() => b' ',
        // A backslash before a quotation mark would be an escape, and the format has no way
        // to write it.
        '\\' => b'/',
        '–' | '—' | '\u{2212}' => b'-',
        '\u{a0}' | '\u{202f}' => b' ',
        '”' | '“' => b'"',
        '’' | '‘' => b'\'',
        t => Kodning::pc8(t).unwrap_or(b'?'),
    }
}

fn datum(dag: Date) -> String {
    format!("{:04}{:02}{:02}", dag.year(), dag.month(), dag.day())
}

/// Hundredths as `-1234.50`.
fn belopp(ore: i64) -> String {
    let tal = ore.unsigned_abs();
    let tecken = if ore < 0 { "-" } else { "" };
    format!("{tecken}{}.{:02}", tal / 100, tal % 100)
}
