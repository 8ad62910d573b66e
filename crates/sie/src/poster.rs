//! The records of a file, typed (4B, chapters 5 and 11).

use crate::falt::{Falt, Objekt};
use crate::fel::Felslag;
use crate::kodning::Text;
use crate::tal::inget_tal;
use jiff::civil::Date;

/// The four kinds of file. A file without `#SIETYP` is of the first (4B, chapter 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Sietyp {
    /// Year balances.
    #[default]
    Bokslut,
    /// Period balances.
    Period,
    /// Balances of objects.
    Objekt,
    /// Vouchers: 4E when they come with their accounts and balances, 4I when they do not.
    Verifikationer,
}

impl Sietyp {
    /// As in `#SIETYP`.
    #[must_use]
    pub const fn nummer(self) -> u8 {
        match self {
            Self::Bokslut => 1,
            Self::Period => 2,
            Self::Objekt => 3,
            Self::Verifikationer => 4,
        }
    }

    pub(crate) fn av(text: Text<'_>) -> Result<Self, Felslag> {
        match text.ra() {
            b"1" => Ok(Self::Bokslut),
            b"2" => Ok(Self::Period),
            b"3" => Ok(Self::Objekt),
            b"4" => Ok(Self::Verifikationer),
            _ => Err(inget_tal(text, "en filtyp: 1, 2, 3 eller 4")),
        }
    }
}

/// What an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kontotyp {
    /// Asset (tillgång).
    Tillgang,
    /// Debt (skuld).
    Skuld,
    /// Cost (kostnad).
    Kostnad,
    /// Income (intäkt).
    Intakt,
}

impl Kontotyp {
    /// As in `#KTYP`.
    #[must_use]
    pub const fn bokstav(self) -> &'static str {
        match self {
            Self::Tillgang => "T",
            Self::Skuld => "S",
            Self::Kostnad => "K",
            Self::Intakt => "I",
        }
    }

    pub(crate) fn av(text: Text<'_>) -> Result<Self, Felslag> {
        match text.ra() {
            b"T" | b"t" => Ok(Self::Tillgang),
            b"S" | b"s" => Ok(Self::Skuld),
            b"K" | b"k" => Ok(Self::Kostnad),
            b"I" | b"i" => Ok(Self::Intakt),
            _ => Err(inget_tal(text, "en kontotyp: T, S, K eller I")),
        }
    }
}

/// A balance of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Saldoslag {
    /// `#IB`: opening balance.
    Ib,
    /// `#UB`: closing balance.
    Ub,
    /// `#OIB`: opening balance of an object.
    Oib,
    /// `#OUB`: closing balance of an object.
    Oub,
    /// `#RES`: the year's sum of an income or cost account.
    Res,
}

impl Saldoslag {
    /// The label.
    #[must_use]
    pub const fn etikett(self) -> &'static str {
        match self {
            Self::Ib => "#IB",
            Self::Ub => "#UB",
            Self::Oib => "#OIB",
            Self::Oub => "#OUB",
            Self::Res => "#RES",
        }
    }

    /// Whether it is of objects, and has their list.
    #[must_use]
    pub const fn av_objekt(self) -> bool {
        matches!(self, Self::Oib | Self::Oub)
    }
}

/// A sum of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Periodslag {
    /// `#PSALDO`: what the month changed.
    Saldo,
    /// `#PBUDGET`: what was planned for the month.
    Budget,
}

impl Periodslag {
    /// The label.
    #[must_use]
    pub const fn etikett(self) -> &'static str {
        match self {
            Self::Saldo => "#PSALDO",
            Self::Budget => "#PBUDGET",
        }
    }
}

/// A row of a voucher.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Radslag {
    /// `#TRANS`: counts.
    #[default]
    Trans,
    /// `#RTRANS`: was added afterwards. An identical `#TRANS` follows, for those who know of
    /// no additions; one of the two is to be passed over.
    Rtrans,
    /// `#BTRANS`: has been removed, and counts in no sum.
    Btrans,
}

impl Radslag {
    /// The label.
    #[must_use]
    pub const fn etikett(self) -> &'static str {
        match self {
            Self::Trans => "#TRANS",
            Self::Rtrans => "#RTRANS",
            Self::Btrans => "#BTRANS",
        }
    }
}

/// The head of a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ver<'a> {
    /// Its series; empty when the receiver is to choose.
    pub serie: Text<'a>,
    /// Its number in the series; empty when the receiver is to number it.
    pub nummer: Text<'a>,
    /// The day it is of.
    pub datum: Date,
    /// What it says.
    pub text: Text<'a>,
    /// The day it was registered.
    pub registrerad: Option<Date>,
    /// Who registered it. Names a person.
    pub signatur: Text<'a>,
}

/// A row of a voucher.
#[derive(Clone, Copy, Debug)]
pub struct Verrad<'a> {
    /// Whether it counts.
    pub slag: Radslag,
    /// The account.
    pub konto: u32,
    /// What it is marked with.
    pub objekt: Objekt<'a>,
    /// Hundredths of the currency; debit is positive.
    pub belopp: i64,
    /// Its own day, if it has one.
    pub datum: Option<Date>,
    /// What it says.
    pub text: Text<'a>,
    /// A quantity in the account's unit, as written.
    pub kvantitet: Text<'a>,
    /// Who registered it. Names a person.
    pub signatur: Text<'a>,
}

/// Labels of the format that say nothing of accounts: comment, address, kind of company, line
/// of business, number in the writing program, year of assessment.
pub const ORDNINGSPOSTER: [&str; 6] = ["#PROSA", "#ADRESS", "#FTYP", "#BKOD", "#FNR", "#TAXAR"];

/// A record.
#[derive(Clone, Copy, Debug)]
pub enum Post<'a> {
    /// `#FLAGGA`: whether the file has been read in by a program before.
    Flagga(bool),
    /// `#PROGRAM`: what wrote it.
    Program {
        /// Name.
        namn: Text<'a>,
        /// Version.
        version: Text<'a>,
    },
    /// `#FORMAT`: its character set; `PC8` is the only one that is allowed.
    Format(Text<'a>),
    /// `#GEN`: when it was written, and by whom.
    Gen {
        /// The day.
        datum: Option<Date>,
        /// Who. Names a person.
        signatur: Text<'a>,
    },
    /// `#SIETYP`.
    Sietyp(Sietyp),
    /// `#ORGNR`: whose accounts.
    Orgnr(Text<'a>),
    /// `#FNAMN`: the name of whose accounts they are.
    Fnamn(Text<'a>),
    /// `#RAR`: a financial year.
    Rar {
        /// 0 for the one the file is of, -1 for the one before it.
        nr: i32,
        /// First day.
        fran: Date,
        /// Last day.
        till: Date,
    },
    /// `#OMFATTN`: the last day that the balances hold.
    Omfattn(Date),
    /// `#KPTYP`: the chart of accounts.
    Kptyp(Text<'a>),
    /// `#VALUTA`: the currency; SEK when it is not said.
    Valuta(Text<'a>),
    /// `#KONTO`.
    Konto {
        /// Number.
        konto: u32,
        /// Name.
        namn: Text<'a>,
    },
    /// `#KTYP`.
    Ktyp {
        /// The account.
        konto: u32,
        /// What it is.
        typ: Kontotyp,
    },
    /// `#ENHET`: the unit of an account's quantities.
    Enhet {
        /// The account.
        konto: u32,
        /// The unit.
        enhet: Text<'a>,
    },
    /// `#SRU`: where an account stands in a tax return.
    Sru {
        /// The account.
        konto: u32,
        /// The code.
        kod: Text<'a>,
    },
    /// `#DIM` and `#UNDERDIM`.
    Dim {
        /// Number. 1 is cost centre, 6 project; 7, 8 and 9 can name people.
        dim: u32,
        /// Name.
        namn: Text<'a>,
        /// The dimension it is a part of (`#UNDERDIM`).
        over: Option<u32>,
    },
    /// `#OBJEKT`.
    Objekt {
        /// Its dimension.
        dim: u32,
        /// Its number: any text.
        objekt: Text<'a>,
        /// Its name.
        namn: Text<'a>,
    },
    /// A balance of a year.
    Saldo {
        /// Which.
        slag: Saldoslag,
        /// The year, as in `#RAR`.
        ar: i32,
        /// The account.
        konto: u32,
        /// The object, for those that have one.
        objekt: Objekt<'a>,
        /// Hundredths; debit is positive.
        belopp: i64,
        /// A quantity, as written.
        kvantitet: Text<'a>,
    },
    /// A sum of a month.
    Period {
        /// Which.
        slag: Periodslag,
        /// The year, as in `#RAR`.
        ar: i32,
        /// The first day of the month.
        manad: Date,
        /// The account.
        konto: u32,
        /// The object, if it is of one.
        objekt: Objekt<'a>,
        /// Hundredths; debit is positive.
        belopp: i64,
        /// A quantity, as written.
        kvantitet: Text<'a>,
    },
    /// `#VER`: a voucher begins. Its rows follow.
    Ver(Ver<'a>),
    /// A row of the voucher.
    Rad(Verrad<'a>),
    /// The voucher is whole.
    Slut,
    /// `#KSUMMA`: the checksum begins, or is this.
    Ksumma(Option<u32>),
    /// A label that means nothing to accounts ([`ORDNINGSPOSTER`]), or that is unknown: a
    /// reader passes over it and over the lines in braces that may follow.
    Ovrig {
        /// The label, with its number sign.
        etikett: Text<'a>,
        /// Its fields.
        falt: Falt<'a>,
    },
}
