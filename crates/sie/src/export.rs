//! Whole files to hand over: built from data, held to the format's rules before a byte leaves,
//! and read back by our own reader after.

use crate::ersatt::Ersattning;
use crate::granska::{Allvar, Granskare};
use crate::kodning::Kodning;
use crate::poster::{Kontotyp, Saldoslag, Sietyp};
use crate::skriv::{NyRad, NyVer, Skrivare, Skrivfel};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A file of vouchers. Written as [4I](Self::skriv_4i) it is for an accounting system to read
/// in, as [4E](Self::skriv_4e) it is accounts in full.
///
/// ```
/// use jiff::civil::date;
/// use utfall_sie::{Exportfil, Handelse, Plats};
///
/// let fil = Exportfil {
///     program: ("Utfall".into(), "0.1".into()),
///     skriven: date(2026, 3, 1),
///     orgnr: "222000-0000".into(),
///     namn: "Forsby (påhittat)".into(),
///     ar: Some((date(2026, 1, 1), date(2026, 12, 31))),
///     verifikationer: vec![
///         Handelse::rekvisition(
///             date(2026, 2, 28),
///             "Rekvisition 1",
///             Plats { konto: 1510, objekt: vec![] },
///             Plats { konto: 3985, objekt: vec![(6, "12".into())] },
///             50_000_00,
///         )
///         .into(),
///     ],
///     ..Exportfil::default()
/// };
/// let skriven = fil.skriv_4i().map_err(|hinder| hinder[0].to_string())?;
/// let text = utfall_sie::Kodning::Cp437.avkoda(&skriven.bytes);
/// assert!(text.contains("#TRANS 3985 {6 12} -50000.00\r\n"), "{text}");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exportfil {
    /// What writes it: name and version.
    pub program: (String, String),
    /// The day it is written.
    pub skriven: Date,
    /// Whose accounts: organisation number, `nnnnnn-nnnn`.
    pub orgnr: String,
    /// Whose accounts: name.
    pub namn: String,
    /// The financial year, first and last day. A 4I may leave it out.
    pub ar: Option<(Date, Date)>,
    /// The chart of accounts (`#KPTYP`), such as `EUBAS97`; empty says nothing.
    pub kontoplan: String,
    /// Accounts by number, with name and type. A 4I may leave them out.
    pub konton: BTreeMap<u32, (String, Option<Kontotyp>)>,
    /// Dimensions by number, with name. Those that the format reserves need not be here.
    pub dimensioner: BTreeMap<u32, String>,
    /// Objects by dimension and number, with name.
    pub objekt: BTreeMap<(u32, String), String>,
    /// Opening balances of the year's balance accounts, in hundredths. 4E only.
    pub ingaende: BTreeMap<u32, i64>,
    /// The vouchers, in the order they are to stand.
    pub verifikationer: Vec<Exportverifikation>,
}

/// A voucher to hand over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exportverifikation {
    /// Its series; empty lets the receiver choose.
    pub serie: String,
    /// Its number; empty lets the receiver number it.
    pub nummer: String,
    /// The day it is of.
    pub datum: Date,
    /// What it says.
    pub text: String,
    /// Its rows.
    pub rader: Vec<Exportrad>,
}

/// A row of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exportrad {
    /// Where it is booked.
    pub plats: Plats,
    /// Hundredths; debit is positive.
    pub belopp: i64,
    /// What it says; empty says nothing.
    pub text: String,
}

/// Where an amount is booked: an account, and what it is marked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plats {
    /// The account.
    pub konto: u32,
    /// Dimensions and objects.
    pub objekt: Vec<(u32, String)>,
}

/// Something that happened to a grant, as the two sides of a voucher. Which accounts and
/// objects it is booked on is the caller's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handelse {
    datum: Date,
    text: String,
    rader: Vec<Exportrad>,
}

impl Handelse {
    /// A requisition: `belopp` hundredths are claimed (debit) and are income (credit). A
    /// negative amount takes one back.
    #[must_use]
    pub fn rekvisition(
        datum: Date,
        text: &str,
        fordran: Plats,
        intakt: Plats,
        belopp: i64,
    ) -> Self {
        Self::omforing(datum, text, intakt, vec![(fordran, belopp)])
    }

    /// A distribution: what is distributed leaves `fran` (credit), which is most often the
    /// grant's own object, and reaches each of `till` (debit), which are the insatser.
    /// On an income account the sides are the other way round: give the amounts as negative.
    #[must_use]
    pub fn fordelning(datum: Date, text: &str, fran: Plats, till: Vec<(Plats, i64)>) -> Self {
        Self::omforing(datum, text, fran, till)
    }

    fn omforing(datum: Date, text: &str, fran: Plats, till: Vec<(Plats, i64)>) -> Self {
        let rad = |plats, belopp| Exportrad {
            plats,
            belopp,
            text: String::new(),
        };
        // A sum that does not fit leaves the voucher out of balance, and the file is refused.
        let summa = till.iter().fold(0_i64, |s, (_, b)| s.saturating_add(*b));
        let till = till.into_iter().filter(|(_, belopp)| *belopp != 0);
        let mut rader: Vec<Exportrad> = till.map(|(plats, belopp)| rad(plats, belopp)).collect();
        if summa != 0 {
            rader.push(rad(fran, summa.saturating_neg()));
        }
        Self {
            datum,
            text: text.to_owned(),
            rader,
        }
    }
}

impl From<Handelse> for Exportverifikation {
    /// A voucher without series and number: the receiver gives it them.
    fn from(handelse: Handelse) -> Self {
        Self {
            serie: String::new(),
            nummer: String::new(),
            datum: handelse.datum,
            text: handelse.text,
            rader: handelse.rader,
        }
    }
}

/// A file that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skriven {
    /// Its bytes, in code page 437 with a checksum.
    pub bytes: Vec<u8>,
    /// Characters that were written as others.
    pub ersatta: Vec<Ersattning>,
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hinder {
    /// Something every file must say, in Swedish with its article.
    Saknas(&'static str),
    /// A voucher whose rows do not sum to zero.
    Obalans {
        /// Which, from 1.
        nr: usize,
        /// What it says.
        text: String,
        /// The sum, in hundredths.
        skillnad: i128,
    },
    /// A voucher without rows.
    UtanRader {
        /// Which, from 1.
        nr: usize,
        /// What it says.
        text: String,
    },
    /// A voucher outside the file's year.
    UtanforAret {
        /// Which, from 1.
        nr: usize,
        /// Its day.
        datum: Date,
    },
    /// An account that is used and not among the file's.
    OkantKonto(u32),
    /// A row marked twice in one dimension.
    SammaDimension {
        /// Which voucher, from 1.
        nr: usize,
        /// The dimension.
        dim: u32,
    },
    /// What the reader said of the file when it was written.
    Olast(String),
}

impl fmt::Display for Hinder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Saknas(vad) => write!(f, "filen måste ha {vad}"),
            Self::Obalans { nr, text, skillnad } => {
                let (tecken, tal) = (
                    if *skillnad < 0 { "-" } else { "" },
                    skillnad.unsigned_abs(),
                );
                let (kronor, oren) = (tal / 100, tal % 100);
                write!(
                    f,
                    "verifikation {nr} »{text}« blir {tecken}{kronor}.{oren:02}, inte 0"
                )
            }
            Self::UtanRader { nr, text } => {
                write!(f, "verifikation {nr} »{text}« har inga rader")
            }
            Self::UtanforAret { nr, datum } => {
                write!(f, "verifikation {nr} är daterad {datum}, utanför filens år")
            }
            Self::OkantKonto(konto) => write!(f, "kontot {konto} används men har inget namn"),
            Self::SammaDimension { nr, dim } => write!(
                f,
                "verifikation {nr} har en rad med två objekt i dimension {dim}; bara ett får stå"
            ),
            Self::Olast(text) => f.write_str(text),
        }
    }
}

impl Exportfil {
    /// As a file for an accounting system to read in (4I): head, what there is of accounts and
    /// objects, and the vouchers. No balances.
    ///
    /// # Errors
    /// Everything that hinders it, at once.
    pub fn skriv_4i(&self) -> Result<Skriven, Vec<Hinder>> {
        self.skriv(false)
    }

    /// As accounts in full (4E): with year, accounts, opening balances, and the closing
    /// balances and results that the vouchers make.
    ///
    /// # Errors
    /// Everything that hinders it, at once; also a year or an account that is not there.
    pub fn skriv_4e(&self) -> Result<Skriven, Vec<Hinder>> {
        self.skriv(true)
    }

    fn skriv(&self, hel: bool) -> Result<Skriven, Vec<Hinder>> {
        let hinder = self.hinder(hel);
        if !hinder.is_empty() {
            return Err(hinder);
        }
        let skriven = self.text(hel);
        let skriven = skriven.map_err(|fel| vec![Hinder::Olast(fel.to_string())])?;
        let granskad = Granskare::granska(&skriven.bytes[..], Kodning::Cp437);
        let fel = granskad.anmarkningar.iter();
        let fel: Vec<Hinder> = fel
            .filter(|a| a.allvar() == Allvar::Fel)
            .map(|a| Hinder::Olast(a.to_string()))
            .collect();
        if fel.is_empty() {
            Ok(skriven)
        } else {
            Err(fel)
        }
    }

    fn hinder(&self, hel: bool) -> Vec<Hinder> {
        let mut svar = Vec::new();
        let tomma = [
            (
                self.program.0.trim(),
                "namnet på programmet som skriver den",
            ),
            (self.orgnr.trim(), "organisationsnumret"),
            (self.namn.trim(), "namnet på den vars räkenskaper det är"),
        ];
        svar.extend(
            tomma
                .iter()
                .filter(|(t, _)| t.is_empty())
                .map(|(_, vad)| Hinder::Saknas(vad)),
        );
        if hel && self.ar.is_none() {
            svar.push(Hinder::Saknas("räkenskapsåret"));
        }
        for (plats, ver) in self.verifikationer.iter().enumerate() {
            self.prova(plats.saturating_add(1), ver, &mut svar);
        }
        if hel || !self.konton.is_empty() {
            let rader = self.verifikationer.iter().flat_map(|v| &v.rader);
            let anvanda = rader
                .map(|r| r.plats.konto)
                .chain(self.ingaende.keys().copied());
            let okanda: BTreeSet<u32> = anvanda.filter(|k| !self.konton.contains_key(k)).collect();
            svar.extend(okanda.into_iter().map(Hinder::OkantKonto));
        }
        svar
    }

    fn prova(&self, nr: usize, ver: &Exportverifikation, svar: &mut Vec<Hinder>) {
        let text = ver.text.clone();
        let skillnad: i128 = ver.rader.iter().map(|r| i128::from(r.belopp)).sum();
        if ver.rader.is_empty() {
            svar.push(Hinder::UtanRader { nr, text });
        } else if skillnad != 0 {
            svar.push(Hinder::Obalans { nr, text, skillnad });
        }
        let datum = ver.datum;
        if self
            .ar
            .is_some_and(|(fran, till)| datum < fran || datum > till)
        {
            svar.push(Hinder::UtanforAret { nr, datum });
        }
        let mut dubbla = BTreeSet::new();
        for rad in &ver.rader {
            let mut sedda = BTreeSet::new();
            let dim = rad.plats.objekt.iter().map(|(dim, _)| *dim);
            dubbla.extend(dim.filter(|dim| !sedda.insert(*dim)));
        }
        svar.extend(
            dubbla
                .into_iter()
                .map(|dim| Hinder::SammaDimension { nr, dim }),
        );
    }

    fn text(&self, hel: bool) -> Result<Skriven, Skrivfel> {
        let mut s = Skrivare::ny(Vec::new());
        s.falt("#FLAGGA", &["0"])?;
        s.borja_summa()?;
        s.uppgifter(
            (&self.program.0, &self.program.1),
            self.skriven,
            Sietyp::Verifikationer,
        )?;
        s.falt("#ORGNR", &[&self.orgnr])?;
        s.falt("#FNAMN", &[&self.namn])?;
        if let Some((fran, till)) = self.ar {
            s.ar(0, fran, till)?;
        }
        if !self.kontoplan.is_empty() {
            s.falt("#KPTYP", &[&self.kontoplan])?;
        }
        for (konto, (namn, typ)) in &self.konton {
            s.konto(*konto, namn, *typ)?;
        }
        for (dim, namn) in &self.dimensioner {
            s.falt("#DIM", &[&dim.to_string(), namn])?;
        }
        for ((dim, nummer), namn) in &self.objekt {
            s.falt("#OBJEKT", &[&dim.to_string(), nummer, namn])?;
        }
        if hel {
            self.saldon(&mut s)?;
        }
        for ver in &self.verifikationer {
            skriv_ver(&mut s, ver)?;
        }
        let ersatta = s.ersatta();
        Ok(Skriven {
            bytes: s.klar()?,
            ersatta,
        })
    }

    /// Balances: of balance accounts opening and closing, of the others the year's sum.
    fn saldon(&self, s: &mut Skrivare<Vec<u8>>) -> Result<(), Skrivfel> {
        let mut summor: BTreeMap<u32, i64> = BTreeMap::new();
        for rad in self.verifikationer.iter().flat_map(|v| &v.rader) {
            let summa = summor.entry(rad.plats.konto).or_default();
            *summa = summa.saturating_add(rad.belopp);
        }
        for (konto, (_, typ)) in &self.konton {
            let balans = match typ {
                Some(typ) => matches!(typ, Kontotyp::Tillgang | Kontotyp::Skuld),
                None => self.ingaende.contains_key(konto) || ar_balanskonto(*konto),
            };
            let summa = summor.get(konto).copied().unwrap_or_default();
            if balans {
                let ib = self.ingaende.get(konto).copied().unwrap_or_default();
                s.saldo(Saldoslag::Ib, 0, *konto, &[], ib)?;
                s.saldo(Saldoslag::Ub, 0, *konto, &[], ib.saturating_add(summa))?;
            } else {
                s.saldo(Saldoslag::Res, 0, *konto, &[], summa)?;
            }
        }
        Ok(())
    }
}

/// Whether an account that nothing is said of is of the balance sheet: its number begins with
/// 1 or 2, in BAS as in Kommun-BAS.
fn ar_balanskonto(konto: u32) -> bool {
    konto.to_string().starts_with(['1', '2'])
}

fn skriv_ver(s: &mut Skrivare<Vec<u8>>, ver: &Exportverifikation) -> Result<(), Skrivfel> {
    let objekt: Vec<Vec<(u32, &str)>> = ver
        .rader
        .iter()
        .map(|r| {
            let mut par: Vec<_> = r
                .plats
                .objekt
                .iter()
                .map(|(d, o)| (*d, o.as_str()))
                .collect();
            par.sort_unstable();
            par
        })
        .collect();
    let rader: Vec<NyRad<'_>> = ver
        .rader
        .iter()
        .zip(&objekt)
        .map(|(r, objekt)| NyRad {
            konto: r.plats.konto,
            objekt,
            belopp: r.belopp,
            text: &r.text,
            ..NyRad::default()
        })
        .collect();
    let huvud = NyVer {
        serie: &ver.serie,
        nummer: &ver.nummer,
        datum: ver.datum,
        text: &ver.text,
        ..NyVer::default()
    };
    s.verifikation(huvud, &rader)
}
