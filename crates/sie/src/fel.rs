//! What is wrong with a file, where, and how to put it right. The texts are in Swedish, for
//! the one who has exported the file.

use thiserror::Error;

/// A fault at a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("rad {rad}: {slag}")]
pub struct Fel {
    /// The line, from 1.
    pub rad: u64,
    /// What is wrong.
    pub slag: Felslag,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Felslag {
    /// The source could not be read. Nothing more is read.
    #[error("filen gick inte att läsa ({0})")]
    Las(String),
    /// A line without end. Nothing more is read.
    #[error("raden är längre än {tak} byte; det är ingen SIE-fil, eller så saknas radbrytningar")]
    ForLang {
        /// The longest that is taken.
        tak: usize,
    },
    /// A control character, NUL among them: the format forbids them.
    #[error("tecknet med nummer {0} får inte stå i en SIE-fil")]
    Styrtecken(u8),
    /// Two bytes for each sign. Nothing more is read.
    #[error("filen är skriven i UTF-16")]
    Utf16,
    /// Something other than a label first on a line.
    #[error("raden börjar inte med en etikett (#…)")]
    IngenEtikett,
    /// A quotation mark without its mate.
    #[error("ett citattecken saknar sin make; inuti en text skrivs det \\\"")]
    Citat,
    /// A brace without its mate, or where none may be.
    #[error("en klammer saknar sin make eller står på fel ställe")]
    Klammer,
    /// A field that must be there is not.
    #[error("{etikett} saknar {falt}")]
    Saknas {
        /// The label.
        etikett: &'static str,
        /// What is missing, in Swedish with its article.
        falt: &'static str,
    },
    /// A number where one must be.
    #[error("»{text}« är inte {vantat}")]
    Tal {
        /// As written, at most forty characters of it.
        text: String,
        /// What was expected, in Swedish with its article.
        vantat: &'static str,
    },
    /// An amount with more than two decimals.
    #[error("beloppet »{0}« har fler än två decimaler")]
    Decimaler(String),
    /// An amount that no account can hold.
    #[error("beloppet »{0}« är för stort")]
    ForStort(String),
    /// A day that is not in the calendar.
    #[error("»{0}« är inget datum; det skrivs ÅÅÅÅMMDD")]
    Datum(String),
    /// More objects than any accounts have: a file made to take memory, or a broken one.
    #[error("raden är märkt med fler än {tak} objekt")]
    ForMangaObjekt {
        /// The most that are taken.
        tak: usize,
    },
    /// A voucher row outside a voucher.
    #[error("{0} står utanför en verifikation")]
    Utanfor(&'static str),
    /// A voucher that has not ended when something else begins.
    #[error("verifikationen är inte avslutad med en klammer")]
    Oavslutad,
}

impl Felslag {
    /// Whether the rest of the file is out of reach.
    #[must_use]
    pub const fn ar_slutet(&self) -> bool {
        matches!(self, Self::Las(_) | Self::ForLang { .. } | Self::Utf16)
    }

    /// The rule's short name, the same from version to version.
    #[must_use]
    pub const fn regel(&self) -> &'static str {
        match self {
            Self::Las(_) => "olaslig",
            Self::ForLang { .. } => "for-lang-rad",
            Self::Styrtecken(_) => "styrtecken",
            Self::Utf16 => "utf-16",
            Self::IngenEtikett => "ingen-etikett",
            Self::Citat => "citattecken",
            Self::Klammer => "klammer",
            Self::Saknas { .. } => "falt-saknas",
            Self::Tal { .. } => "inget-tal",
            Self::Decimaler(_) => "decimaler",
            Self::ForStort(_) => "for-stort",
            Self::Datum(_) => "inget-datum",
            Self::ForMangaObjekt { .. } => "for-manga-objekt",
            Self::Utanfor(_) => "utanfor-verifikation",
            Self::Oavslutad => "oavslutad",
        }
    }

    /// What to do about it, in Swedish: a sentence to the one who has exported the file.
    #[must_use]
    pub const fn atgard(&self) -> &'static str {
        match self {
            Self::Las(_) => "Pröva igen, eller exportera filen på nytt.",
            Self::ForLang { .. } | Self::IngenEtikett => {
                "Se efter att det är SIE-filen du har valt, och att ingen har ändrat i den."
            }
            Self::Utf16 => "Exportera filen i PC8 (CP437).",
            Self::Styrtecken(_)
            | Self::Klammer
            | Self::ForMangaObjekt { .. }
            | Self::Utanfor(_)
            | Self::Oavslutad => "Exportera filen på nytt: den är skadad eller ändrad på vägen.",
            Self::Citat | Self::Saknas { .. } | Self::Tal { .. } => {
                "Rätta uppgiften i ekonomisystemet och exportera på nytt."
            }
            Self::Decimaler(_) => {
                "Rätta beloppet till hela ören i ekonomisystemet och exportera på nytt."
            }
            Self::ForStort(_) => "Rätta beloppet i ekonomisystemet och exportera på nytt.",
            Self::Datum(_) => "Rätta datumet i ekonomisystemet och exportera på nytt.",
        }
    }
}

/// The start of a text, for a message.
pub(crate) fn borjan(text: &str) -> String {
    const TAK: usize = 40;
    let mut kort: String = text.chars().take(TAK).collect();
    if text.chars().nth(TAK).is_some() {
        kort.push('…');
    }
    kort
}
