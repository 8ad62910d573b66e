//! What may be said of a file.

use crate::fel::Felslag;
use crate::kodning::Kodning;
use crate::poster::Sietyp;
use jiff::civil::Date;
use std::fmt;

/// How much a remark weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allvar {
    /// The figures can be relied on all the same.
    Varning,
    /// They cannot.
    Fel,
}

/// A remark at a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anmarkning {
    /// The line, from 1; 0 when it is about the file as a whole.
    pub rad: u64,
    /// What it is about.
    pub sak: Sak,
}

impl Anmarkning {
    /// How much it weighs.
    #[must_use]
    pub const fn allvar(&self) -> Allvar {
        self.sak.allvar()
    }
}

impl fmt::Display for Anmarkning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rad {
            0 => write!(f, "{}", self.sak),
            rad => write!(f, "rad {rad}: {}", self.sak),
        }
    }
}

/// What a remark is about. Shown, it is a sentence in Swedish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sak {
    /// The line itself.
    Rad(Felslag),
    /// A voucher whose rows do not sum to zero, and by how much in hundredths.
    Obalans {
        /// The sum.
        skillnad: i128,
    },
    /// A voucher without rows that count.
    UtanRader,
    /// A voucher outside the file's year.
    UtanforAret {
        /// Its day.
        datum: Date,
        /// The year's first day.
        fran: Date,
        /// The year's last day.
        till: Date,
    },
    /// A voucher with a number that another has.
    SammaNummer(String),
    /// An added row whose twin does not follow.
    TillagdUtanTvilling,
    /// An account that is used and not declared.
    OkantKonto(u32),
    /// A balance that is not what the opening balance and the vouchers make.
    Saldo {
        /// The account.
        konto: u32,
        /// Stated less computed, in hundredths.
        skillnad: i128,
    },
    /// A year that ends before it begins.
    AretBaklanges(i32),
    /// Two years with the same number or with days in common.
    ArenKrockar(i32, i32),
    /// No year has the number 0.
    AretSaknas,
    /// Another checksum than the file says.
    AnnanSumma {
        /// As stated.
        sagd: u32,
        /// As computed.
        raknad: u32,
    },
    /// More than any real file has, of something that would fill the memory.
    ForMycket {
        /// Of what, in Swedish.
        vad: &'static str,
    },
    /// A checksum that was never begun.
    SummaUtanBorjan,
    /// A checksum that was begun and never ended.
    Avbruten,
    /// The file begins with something else than `#FLAGGA`.
    FlagganInteForst,
    /// Some program has marked the file as read.
    Flaggad,
    /// A record that the format demands.
    Saknas(&'static str),
    /// Another `#FORMAT` than PC8.
    AnnatFormat(String),
    /// Another character set than the format allows.
    AnnanKodning(Kodning),
    /// The file names two companies.
    TvaForetag(String, String),
    /// Vouchers in a file that by its type has none.
    VerifikationerIFelTyp(Sietyp),
    /// Another currency than kronor.
    AnnanValuta(String),
    /// A row that is marked twice in one dimension.
    SammaDimension(u32),
    /// Labels that the format does not have; how many records were passed over.
    Okanda(u64),
    /// Amounts with a comma.
    Komma,
    /// Rows without a list of objects.
    UtanLista,
}

impl Sak {
    /// How much it weighs.
    #[must_use]
    pub const fn allvar(&self) -> Allvar {
        match self {
            Self::Rad(_)
            | Self::Obalans { .. }
            | Self::UtanforAret { .. }
            | Self::OkantKonto(_)
            | Self::AretBaklanges(_)
            | Self::ArenKrockar(..)
            | Self::AretSaknas
            | Self::AnnanSumma { .. }
            | Self::ForMycket { .. }
            | Self::TvaForetag(..)
            | Self::Avbruten => Allvar::Fel,
            Self::UtanRader
            | Self::SammaNummer(_)
            | Self::TillagdUtanTvilling
            | Self::Saldo { .. }
            | Self::SummaUtanBorjan
            | Self::FlagganInteForst
            | Self::Flaggad
            | Self::Saknas(_)
            | Self::AnnatFormat(_)
            | Self::AnnanKodning(_)
            | Self::VerifikationerIFelTyp(_)
            | Self::AnnanValuta(_)
            | Self::SammaDimension(_)
            | Self::Okanda(_)
            | Self::Komma
            | Self::UtanLista => Allvar::Varning,
        }
    }
}

impl fmt::Display for Sak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rad(slag) => write!(f, "{slag}"),
            Self::Obalans { skillnad } => write!(
                f,
                "verifikationens rader blir {} tillsammans, i stället för noll",
                Kronor(*skillnad)
            ),
            Self::UtanRader => f.write_str("verifikationen har inga rader som räknas"),
            Self::UtanforAret { datum, fran, till } => {
                write!(
                    f,
                    "verifikationen är daterad {datum}, utanför året {fran}–{till}"
                )
            }
            Self::SammaNummer(namn) => {
                write!(
                    f,
                    "numret {namn} har använts av en tidigare verifikation i filen"
                )
            }
            Self::TillagdUtanTvilling => {
                f.write_str("raden #RTRANS följs inte av samma rad som #TRANS")
            }
            Self::OkantKonto(konto) => {
                write!(
                    f,
                    "kontot {konto} används men finns inte i filens kontoplan"
                )
            }
            Self::Saldo { konto, skillnad } => write!(
                f,
                "saldot på konto {konto} skiljer sig med {} från det som ingående balans och \
                 verifikationer ger",
                Kronor(*skillnad)
            ),
            Self::SammaDimension(dim) => {
                write!(
                    f,
                    "raden har två objekt i dimension {dim}; bara ett får stå"
                )
            }
            _ => self.om_filen(f),
        }
    }
}

impl Sak {
    fn om_filen(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AretBaklanges(nr) => write!(f, "året {nr} slutar innan det börjar"),
            Self::ArenKrockar(ett, annat) => {
                write!(
                    f,
                    "åren {ett} och {annat} har samma nummer eller gemensamma dagar"
                )
            }
            Self::AretSaknas => f.write_str("filen säger inte vilket år den gäller (#RAR 0)"),
            Self::AnnanSumma { sagd, raknad } => write!(
                f,
                "kontrollsumman är {raknad} men filen säger {sagd}: filen har ändrats eller \
                 skadats"
            ),
            Self::ForMycket { vad } => {
                write!(f, "filen har fler {vad} än någon verklig fil")
            }
            Self::SummaUtanBorjan => f.write_str("kontrollsumman började aldrig; den prövas inte"),
            Self::Avbruten => {
                f.write_str("filen börjar med en kontrollsumma men slutar utan: den är avbruten")
            }
            Self::FlagganInteForst => f.write_str("filen börjar inte med #FLAGGA"),
            Self::Flaggad => f.write_str("filen är märkt som redan inläst i något program"),
            Self::Saknas(etikett) => write!(f, "{etikett} saknas"),
            Self::AnnatFormat(format) => {
                write!(f, "#FORMAT är {format}; bara PC8 är tillåtet")
            }
            Self::AnnanKodning(kodning) => write!(
                f,
                "texten är skriven i {}; bara PC8 är tillåtet",
                kodning.namn()
            ),
            Self::TvaForetag(ett, annat) => {
                write!(f, "filen har två organisationsnummer, {ett} och {annat}")
            }
            Self::VerifikationerIFelTyp(typ) => {
                write!(f, "filen är av typ {} men har verifikationer", typ.nummer())
            }
            Self::AnnanValuta(valuta) => write!(f, "beloppen är i {valuta}, inte i kronor"),
            Self::Okanda(antal) => {
                write!(
                    f,
                    "{antal} poster har etiketter som formatet inte har; de läses inte"
                )
            }
            Self::Komma => f.write_str("belopp är skrivna med komma i stället för punkt"),
            Self::UtanLista => f.write_str("rader saknar objektlista; {} skrivs när den är tom"),
            _ => Ok(()),
        }
    }
}

/// Hundredths as `−1 234,50 kr`, with spaces that do not break.
struct Kronor(i128);

impl fmt::Display for Kronor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tal = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_str("\u{2212}")?;
        }
        let siffror = (tal / 100).to_string();
        for (nr, siffra) in siffror.chars().enumerate() {
            let kvar = siffror.len().saturating_sub(nr);
            if nr > 0 && kvar % 3 == 0 {
                f.write_str("\u{a0}")?;
            }
            write!(f, "{siffra}")?;
        }
        write!(f, ",{:02}\u{a0}kr", tal % 100)
    }
}
