//! The name of the rule behind a remark, and what to do about it.

use super::sak::Sak;

impl Sak {
    /// The rule's short name, the same from version to version: for lists, tests and manuals.
    #[must_use]
    pub const fn regel(&self) -> &'static str {
        match self {
            Self::Rad(slag) => slag.regel(),
            Self::Obalans { .. } => "obalans",
            Self::UtanRader => "utan-rader",
            Self::UtanforAret { .. } => "fel-ar",
            Self::SammaNummer(_) => "samma-nummer",
            Self::TillagdUtanTvilling => "rtrans-utan-trans",
            Self::OkantKonto(_) => "okant-konto",
            Self::Saldo { .. } => "saldo",
            Self::AretBaklanges(_) => "ar-baklanges",
            Self::ArenKrockar(..) => "ar-krockar",
            Self::AretSaknas => "ar-saknas",
            Self::AnnanSumma { .. } => "kontrollsumma",
            Self::ForMycket { .. } => "for-mycket",
            Self::SummaUtanBorjan => "kontrollsumma-utan-borjan",
            Self::Avbruten => "kontrollsumma-utan-slut",
            Self::FlagganInteForst => "flaggan-inte-forst",
            Self::Flaggad => "redan-last",
            Self::Saknas(_) => "post-saknas",
            Self::AnnatFormat(_) => "format",
            Self::AnnanKodning(_) => "teckenkod",
            Self::TvaForetag(..) => "tva-foretag",
            Self::VerifikationerIFelTyp(_) => "fel-typ",
            Self::AnnanValuta(_) => "valuta",
            Self::SammaDimension(_) => "samma-dimension",
            Self::Okanda(_) => "okanda-etiketter",
            Self::Komma => "decimalkomma",
            Self::UtanLista => "utan-objektlista",
        }
    }

    /// What to do about it, in Swedish: a sentence to the one who has exported the file.
    #[must_use]
    pub const fn atgard(&self) -> &'static str {
        match self {
            Self::Rad(slag) => slag.atgard(),
            Self::Obalans { .. } => "Rätta verifikationen i ekonomisystemet och exportera på nytt.",
            Self::UtanRader => "Är alla rader strukna med flit behöver du inte göra något.",
            Self::UtanforAret { .. } => {
                "Rätta verifikationens datum, eller exportera rätt räkenskapsår."
            }
            Self::SammaNummer(_) => "Se efter om verifikationen är bokförd två gånger.",
            Self::TillagdUtanTvilling => "Se efter att raden är med som den ska.",
            Self::OkantKonto(_) => {
                "Lägg upp kontot i ekonomisystemet, eller exportera med hela kontoplanen."
            }
            Self::Saldo { .. } => "Se efter att exporten har årets alla verifikationer.",
            Self::AretBaklanges(_) | Self::ArenKrockar(..) => {
                "Rätta räkenskapsåren i ekonomisystemet och exportera på nytt."
            }
            Self::AretSaknas => "Exportera på nytt, med räkenskapsåret valt.",
            Self::AnnanSumma { .. } | Self::Avbruten => {
                "Exportera filen på nytt och öppna den inte i något annat program på vägen."
            }
            Self::ForMycket { .. } => "Dela upp exporten, eller exportera med färre uppgifter.",
            Self::TvaForetag(..) => "Exportera ett företag i taget.",
            Self::AnnatFormat(_) | Self::AnnanKodning(_) => "Se efter att å, ä och ö är rätt.",
            Self::VerifikationerIFelTyp(_) => "Exportera som typ 4.",
            Self::AnnanValuta(_) => "Exportera beloppen i svenska kronor.",
            Self::SammaDimension(_) => "Se efter i ekonomisystemet vilket av objekten som gäller.",
            Self::SummaUtanBorjan
            | Self::FlagganInteForst
            | Self::Flaggad
            | Self::Saknas(_)
            | Self::Okanda(_)
            | Self::Komma
            | Self::UtanLista => "Du behöver inte göra något.",
        }
    }
}
