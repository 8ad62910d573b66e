//! The records of a file, typed (4B, chapters 5 and 11).

use crate::falt::{self, Falt, Objekt};
use crate::fel::Felslag;
use crate::kodning::Text;
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

    fn av(text: Text<'_>) -> Result<Self, Felslag> {
        match text.ra() {
            b"1" => Ok(Self::Bokslut),
            b"2" => Ok(Self::Period),
            b"3" => Ok(Self::Objekt),
            b"4" => Ok(Self::Verifikationer),
            _ => Err(falt::inget_tal(text, "en filtyp: 1, 2, 3 eller 4")),
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

    fn av(text: Text<'_>) -> Result<Self, Felslag> {
        match text.ra() {
            b"T" | b"t" => Ok(Self::Tillgang),
            b"S" | b"s" => Ok(Self::Skuld),
            b"K" | b"k" => Ok(Self::Kostnad),
            b"I" | b"i" => Ok(Self::Intakt),
            _ => Err(falt::inget_tal(text, "en kontotyp: T, S, K eller I")),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Radslag {
    /// `#TRANS`: counts.
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
    /// A label that means nothing to accounts (`#PROSA`, `#ADRESS`, `#FTYP`, `#BKOD`, `#FNR`,
    /// `#TAXAR`), or that is unknown: a reader passes over it (4B, chapter 7.1).
    Ovrig {
        /// The label, with its number sign.
        etikett: Text<'a>,
        /// Its fields.
        falt: Falt<'a>,
    },
}

/// What a record's writer has allowed itself that the format does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Avvek {
    pub(crate) komma: bool,
    pub(crate) utan_lista: bool,
}

/// Reads a record whose label is known, or says that it is not.
pub(crate) fn tolka<'a>(
    etikett: Text<'a>,
    f: Falt<'a>,
    avvek: &mut Avvek,
) -> Result<Post<'a>, Felslag> {
    Ok(match etikett.ra() {
        b"#TRANS" => rad(Radslag::Trans, f, avvek)?,
        b"#VER" => ver(f)?,
        b"#RTRANS" => rad(Radslag::Rtrans, f, avvek)?,
        b"#BTRANS" => rad(Radslag::Btrans, f, avvek)?,
        b"#IB" => saldo(Saldoslag::Ib, f, avvek)?,
        b"#UB" => saldo(Saldoslag::Ub, f, avvek)?,
        b"#OIB" => saldo(Saldoslag::Oib, f, avvek)?,
        b"#OUB" => saldo(Saldoslag::Oub, f, avvek)?,
        b"#RES" => saldo(Saldoslag::Res, f, avvek)?,
        b"#PSALDO" => period(Periodslag::Saldo, f, avvek)?,
        b"#PBUDGET" => period(Periodslag::Budget, f, avvek)?,
        _ => deklaration(etikett, f)?,
    })
}

/// Accounts, dimensions and objects.
fn deklaration<'a>(etikett: Text<'a>, mut f: Falt<'a>) -> Result<Post<'a>, Felslag> {
    Ok(match etikett.ra() {
        b"#KONTO" => {
            let konto = konto("#KONTO", &mut f)?;
            Post::Konto {
                konto,
                namn: f.valfri(),
            }
        }
        b"#KTYP" => {
            let konto = konto("#KTYP", &mut f)?;
            let typ = Kontotyp::av(f.kravd("#KTYP", "kontots typ")?)?;
            Post::Ktyp { konto, typ }
        }
        b"#SRU" => {
            let konto = konto("#SRU", &mut f)?;
            Post::Sru {
                konto,
                kod: f.valfri(),
            }
        }
        b"#ENHET" => {
            let konto = konto("#ENHET", &mut f)?;
            Post::Enhet {
                konto,
                enhet: f.valfri(),
            }
        }
        b"#OBJEKT" => Post::Objekt {
            dim: dimension("#OBJEKT", &mut f)?,
            objekt: f.kravd("#OBJEKT", "objektets nummer")?,
            namn: f.valfri(),
        },
        b"#DIM" => Post::Dim {
            dim: dimension("#DIM", &mut f)?,
            namn: f.valfri(),
            over: None,
        },
        b"#UNDERDIM" => {
            let (dim, namn) = (dimension("#UNDERDIM", &mut f)?, f.valfri());
            Post::Dim {
                dim,
                namn,
                over: Some(dimension("#UNDERDIM", &mut f)?),
            }
        }
        _ => huvud(etikett, f)?,
    })
}

/// The records before the accounts.
fn huvud<'a>(etikett: Text<'a>, mut f: Falt<'a>) -> Result<Post<'a>, Felslag> {
    Ok(match etikett.ra() {
        b"#FLAGGA" => match f.kravd("#FLAGGA", "0 eller 1")? {
            text if text == "0" => Post::Flagga(false),
            text if text == "1" => Post::Flagga(true),
            text => return Err(falt::inget_tal(text, "en flagga: 0 eller 1")),
        },
        b"#PROGRAM" => Post::Program {
            namn: f.valfri(),
            version: f.valfri(),
        },
        b"#FORMAT" => Post::Format(f.valfri()),
        b"#GEN" => Post::Gen {
            datum: falt::valfritt_datum(f.valfri())?,
            signatur: f.valfri(),
        },
        b"#SIETYP" => Post::Sietyp(Sietyp::av(f.kravd("#SIETYP", "filtypen")?)?),
        b"#ORGNR" => Post::Orgnr(f.kravd("#ORGNR", "organisationsnumret")?),
        b"#FNAMN" => Post::Fnamn(f.valfri()),
        b"#RAR" => Post::Rar {
            nr: arsnr("#RAR", &mut f)?,
            fran: falt::datum(f.kravd("#RAR", "årets första dag")?)?,
            till: falt::datum(f.kravd("#RAR", "årets sista dag")?)?,
        },
        b"#OMFATTN" => Post::Omfattn(falt::datum(f.kravd("#OMFATTN", "dagen")?)?),
        b"#KPTYP" => Post::Kptyp(f.valfri()),
        b"#VALUTA" => Post::Valuta(f.valfri()),
        b"#KSUMMA" => Post::Ksumma(f.nasta().map(summa).transpose()?),
        _ => Post::Ovrig { etikett, falt: f },
    })
}

/// A checksum: the 32 bits as a number with or without sign.
fn summa(text: Text<'_>) -> Result<u32, Felslag> {
    let lasbar = text.las();
    let utan_tecken = lasbar.parse::<u32>().ok();
    let med_tecken = || lasbar.parse::<i32>().ok().map(i32::cast_unsigned);
    let tal = utan_tecken.or_else(med_tecken);
    tal.ok_or_else(|| falt::inget_tal(text, "en kontrollsumma"))
}

fn konto(etikett: &'static str, f: &mut Falt<'_>) -> Result<u32, Felslag> {
    let text = f.kravd(etikett, "kontot")?;
    falt::heltal(text, "ett kontonummer; det skrivs med siffror")
}

fn dimension(etikett: &'static str, f: &mut Falt<'_>) -> Result<u32, Felslag> {
    let text = f.kravd(etikett, "dimensionens nummer")?;
    falt::heltal(text, "numret på en dimension")
}

fn arsnr(etikett: &'static str, f: &mut Falt<'_>) -> Result<i32, Felslag> {
    let text = f.kravd(etikett, "årets nummer")?;
    let tal = text.las().parse::<i32>().ok();
    tal.ok_or_else(|| falt::inget_tal(text, "numret på ett år: 0, -1, -2 …"))
}

fn belopp(etikett: &'static str, f: &mut Falt<'_>, avvek: &mut Avvek) -> Result<i64, Felslag> {
    let (belopp, komma) = falt::belopp(f.kravd(etikett, "beloppet")?)?;
    avvek.komma |= komma;
    Ok(belopp)
}

fn objekt<'a>(
    etikett: &'static str,
    f: &mut Falt<'a>,
    avvek: &mut Avvek,
) -> Result<Objekt<'a>, Felslag> {
    let lista = f.lista()?;
    avvek.utan_lista |= lista.is_none();
    Objekt::av(lista, *f, etikett)
}

fn ver(mut f: Falt<'_>) -> Result<Post<'_>, Felslag> {
    Ok(Post::Ver(Ver {
        serie: f.valfri(),
        nummer: f.valfri(),
        datum: falt::datum(f.kravd("#VER", "datum")?)?,
        text: f.valfri(),
        registrerad: falt::valfritt_datum(f.valfri())?,
        signatur: f.valfri(),
    }))
}

fn rad<'a>(slag: Radslag, mut f: Falt<'a>, avvek: &mut Avvek) -> Result<Post<'a>, Felslag> {
    let etikett = slag.etikett();
    Ok(Post::Rad(Verrad {
        slag,
        konto: konto(etikett, &mut f)?,
        objekt: objekt(etikett, &mut f, avvek)?,
        belopp: belopp(etikett, &mut f, avvek)?,
        datum: falt::valfritt_datum(f.valfri())?,
        text: f.valfri(),
        kvantitet: f.valfri(),
        signatur: f.valfri(),
    }))
}

fn saldo<'a>(slag: Saldoslag, mut f: Falt<'a>, avvek: &mut Avvek) -> Result<Post<'a>, Felslag> {
    let etikett = slag.etikett();
    let (ar, konto) = (arsnr(etikett, &mut f)?, konto(etikett, &mut f)?);
    let objekt = if slag.av_objekt() {
        objekt(etikett, &mut f, avvek)?
    } else {
        Objekt::av(None, f, etikett)?
    };
    let belopp = belopp(etikett, &mut f, avvek)?;
    Ok(Post::Saldo {
        slag,
        ar,
        konto,
        objekt,
        belopp,
        kvantitet: f.valfri(),
    })
}

fn period<'a>(slag: Periodslag, mut f: Falt<'a>, avvek: &mut Avvek) -> Result<Post<'a>, Felslag> {
    let etikett = slag.etikett();
    let ar = arsnr(etikett, &mut f)?;
    let text = f.kravd(etikett, "månaden")?;
    let manad = manad(text).ok_or_else(|| falt::inget_tal(text, "en månad; den skrivs ÅÅÅÅMM"))?;
    let konto = konto(etikett, &mut f)?;
    let objekt = objekt(etikett, &mut f, avvek)?;
    let belopp = belopp(etikett, &mut f, avvek)?;
    Ok(Post::Period {
        slag,
        ar,
        manad,
        konto,
        objekt,
        belopp,
        kvantitet: f.valfri(),
    })
}

/// The first day of `ÅÅÅÅMM`.
fn manad(text: Text<'_>) -> Option<Date> {
    let tal = falt::heltal(text, "")
        .ok()
        .filter(|_| text.ra().len() == 6)?;
    let (ar, manad) = (
        i16::try_from(tal / 100).ok()?,
        i8::try_from(tal % 100).ok()?,
    );
    Date::new(ar, manad, 1).ok()
}
