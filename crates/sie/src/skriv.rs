//! The writer: records as lines, in code page 437.

use crate::ersatt::{Ersatta, Ersattning};
use crate::poster::{Kontotyp, Periodslag, Radslag, Saldoslag, Sietyp};
use jiff::civil::Date;
use std::io::{self, Write};
use thiserror::Error;

/// Why a record was not written.
#[derive(Debug, Error)]
pub enum Skrivfel {
    /// The destination could not be written to.
    #[error("filen gick inte att skriva ({0})")]
    Mal(#[from] io::Error),
    /// A record before which another has been written that comes later in the format.
    #[error(
        "{0} skrivs för sent; ordningen är flagga, uppgifter, kontoplan, saldon, verifikationer"
    )]
    Ordning(String),
    /// Something else than a label.
    #[error("»{0}« är ingen etikett; den börjar med # och har stora bokstäver")]
    Etikett(String),
}

impl From<Skrivfel> for io::Error {
    fn from(fel: Skrivfel) -> Self {
        match fel {
            Skrivfel::Mal(fel) => fel,
            fel => Self::other(fel),
        }
    }
}

/// The groups of records, in their order (4B, chapter 5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Grupp {
    Flagga,
    Uppgifter,
    Kontoplan,
    Saldon,
    Verifikationer,
}

impl Grupp {
    /// The group of a label; `None` for those that may stand anywhere.
    fn av(etikett: &str) -> Option<Self> {
        Some(match etikett {
            "#FLAGGA" => Self::Flagga,
            "#PROGRAM" | "#FORMAT" | "#GEN" | "#SIETYP" | "#PROSA" | "#FTYP" | "#FNR"
            | "#ORGNR" | "#BKOD" | "#ADRESS" | "#FNAMN" | "#RAR" | "#TAXAR" | "#OMFATTN"
            | "#KPTYP" | "#VALUTA" => Self::Uppgifter,
            "#KONTO" | "#KTYP" | "#ENHET" | "#SRU" | "#DIM" | "#UNDERDIM" | "#OBJEKT" => {
                Self::Kontoplan
            }
            "#IB" | "#UB" | "#OIB" | "#OUB" | "#RES" | "#PSALDO" | "#PBUDGET" => Self::Saldon,
            "#VER" | "#TRANS" | "#RTRANS" | "#BTRANS" => Self::Verifikationer,
            _ => return None,
        })
    }
}

/// Writes a file record by record, in code page 437. The order is the caller's, and is held to:
/// flag, identification, chart, balances, vouchers.
///
/// A character that the code page lacks is written as what is nearest to it, and
/// [told of](Self::ersatta): a file that the receiver cannot read helps nobody.
///
/// Whether what is written holds together is not asked here; [`Exportfil`](crate::Exportfil)
/// does.
pub struct Skrivare<W> {
    mal: W,
    rad: Vec<u8>,
    grupp: Grupp,
    ersatta: Ersatta,
    summa: Option<crc32fast::Hasher>,
}

/// A voucher's head, to be written.
#[derive(Clone, Copy, Debug, Default)]
pub struct NyVer<'a> {
    /// Its series; empty lets the receiver choose.
    pub serie: &'a str,
    /// Its number; empty lets the receiver number it.
    pub nummer: &'a str,
    /// The day it is of.
    pub datum: Date,
    /// What it says.
    pub text: &'a str,
    /// The day it was registered.
    pub registrerad: Option<Date>,
    /// Who registered it.
    pub signatur: &'a str,
}

/// A voucher's row, to be written.
#[derive(Clone, Copy, Debug, Default)]
pub struct NyRad<'a> {
    /// Whether it counts. After an added row its twin must follow.
    pub slag: Radslag,
    /// The account.
    pub konto: u32,
    /// Dimensions and objects.
    pub objekt: &'a [(u32, &'a str)],
    /// Hundredths; debit is positive.
    pub belopp: i64,
    /// Its own day.
    pub datum: Option<Date>,
    /// What it says; empty says nothing.
    pub text: &'a str,
    /// A quantity; empty is none.
    pub kvantitet: &'a str,
    /// Who registered it.
    pub signatur: &'a str,
}

impl<W: Write> Skrivare<W> {
    /// Writes to a destination, which is best buffered.
    pub fn ny(mal: W) -> Self {
        Self {
            mal,
            rad: Vec::new(),
            grupp: Grupp::Flagga,
            ersatta: Ersatta::default(),
            summa: None,
        }
    }

    /// Begins the checksum over what is written from here on.
    ///
    /// # Errors
    /// When the destination cannot be written to, or it is too late for the record; so with
    /// all of these.
    pub fn borja_summa(&mut self) -> Result<(), Skrivfel> {
        self.post("#KSUMMA", |_| {})?;
        self.summa = Some(crc32fast::Hasher::new());
        Ok(())
    }

    /// A record with plain fields, for those that have no method of their own.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn falt(&mut self, etikett: &str, falt: &[&str]) -> Result<(), Skrivfel> {
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
    pub fn huvud(&mut self, program: (&str, &str), dag: Date, typ: Sietyp) -> Result<(), Skrivfel> {
        self.falt("#FLAGGA", &["0"])?;
        self.uppgifter(program, dag, typ)
    }

    /// The same without the flag, which stands before a checksum: the reader may change it.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn uppgifter(
        &mut self,
        program: (&str, &str),
        dag: Date,
        typ: Sietyp,
    ) -> Result<(), Skrivfel> {
        self.falt("#PROGRAM", &[program.0, program.1])?;
        self.falt("#FORMAT", &["PC8"])?;
        self.falt("#GEN", &[&datum(dag)])?;
        self.falt("#SIETYP", &[&typ.nummer().to_string()])
    }

    /// A financial year.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn ar(&mut self, nr: i32, fran: Date, till: Date) -> Result<(), Skrivfel> {
        self.falt("#RAR", &[&nr.to_string(), &datum(fran), &datum(till)])
    }

    /// An account and what it is.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn konto(&mut self, konto: u32, namn: &str, typ: Option<Kontotyp>) -> Result<(), Skrivfel> {
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
    ) -> Result<(), Skrivfel> {
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
    ) -> Result<(), Skrivfel> {
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
    pub fn verifikation(&mut self, ver: NyVer<'_>, rader: &[NyRad<'_>]) -> Result<(), Skrivfel> {
        let registrerad = ver.registrerad.map(datum).unwrap_or_default();
        self.post("#VER", |rad| {
            rad.text(ver.serie);
            rad.text(ver.nummer);
            rad.text(&datum(ver.datum));
            rad.valfria(&[ver.text, &registrerad, ver.signatur]);
        })?;
        self.mal.write_all(b"{\r\n")?;
        for ny in rader {
            let dag = ny.datum.map(datum).unwrap_or_default();
            self.post(ny.slag.etikett(), |rad| {
                rad.text(&ny.konto.to_string());
                rad.objekt(ny.objekt);
                rad.text(&belopp(ny.belopp));
                rad.valfria(&[&dag, ny.text, ny.kvantitet, ny.signatur]);
            })?;
        }
        self.mal.write_all(b"}\r\n")?;
        Ok(())
    }

    /// The characters that code page 437 has no sign for, and what they were written as.
    pub fn ersatta(&self) -> Vec<Ersattning> {
        self.ersatta.lista()
    }

    /// Ends the checksum if one was begun, and gives the destination back.
    ///
    /// # Errors
    /// As [`Self::borja_summa`].
    pub fn klar(mut self) -> Result<W, Skrivfel> {
        if let Some(summa) = self.summa.take() {
            // The specification's own code has the sum as a number with sign.
            let summa = summa.finalize().cast_signed();
            self.falt("#KSUMMA", &[&summa.to_string()])?;
        }
        self.mal.flush()?;
        Ok(self.mal)
    }

    fn post(&mut self, etikett: &str, fyll: impl FnOnce(&mut Falten<'_>)) -> Result<(), Skrivfel> {
        let tecken = etikett.strip_prefix('#').unwrap_or_default();
        if tecken.is_empty() || !tecken.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(Skrivfel::Etikett(etikett.to_owned()));
        }
        if let Some(grupp) = Grupp::av(etikett) {
            if grupp < self.grupp {
                return Err(Skrivfel::Ordning(etikett.to_owned()));
            }
            self.grupp = grupp;
        }
        self.rad.clear();
        let mut falten = Falten {
            rad: &mut self.rad,
            ersatta: &mut self.ersatta,
            summa: self.summa.as_mut(),
        };
        falten.ord(etikett);
        fyll(&mut falten);
        self.rad.extend_from_slice(b"\r\n");
        self.mal.write_all(&self.rad)?;
        Ok(())
    }
}

/// The fields of a line under way.
struct Falten<'a> {
    rad: &'a mut Vec<u8>,
    ersatta: &'a mut Ersatta,
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
        let mut bytes = Vec::with_capacity(text.len());
        self.ersatta.koda(text, &mut bytes);
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

    /// Fields that are left out at the end of a line when they say nothing.
    fn valfria(&mut self, texter: &[&str]) {
        let antal = texter.iter().rposition(|t| !t.is_empty());
        let antal = antal.map_or(0, |plats| plats.saturating_add(1));
        for text in texter.iter().take(antal) {
            self.text(text);
        }
    }

    /// Pairs of a dimension and an object, in braces.
    fn objekt(&mut self, objekt: &[(u32, &str)]) {
        self.rad.extend_from_slice(b" {");
        let fore = self.rad.len();
        for (dim, nummer) in objekt {
            self.text(&dim.to_string());
            self.text(nummer);
        }
        // The first has a blank before it that is not wanted here.
        if self.rad.len() > fore {
            self.rad.remove(fore);
        }
        self.rad.push(b'}');
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
