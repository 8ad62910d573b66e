//! Why a key was refused, in words for the person who looks after the machine.

use std::path::{Path, PathBuf};

use utfall_domain::problem::{Problem, ProblemSlag};

use super::Nyckelnummer;

/// A refusal. None says what a secret holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Nyckelfel {
    /// There is none, and the database says that there was.
    #[error("Filen finns inte: {}.", .0.display())]
    Saknas(PathBuf),
    /// The program was started without a key file, so it reads no persons.
    #[error("Programmet är startat utan nyckelfil.")]
    EjOppnad,
    /// Only one of the key file and the tombstones is there.
    #[error("Filen {} finns, men inte {} som hör till den.", .finns.display(), .saknas.display())]
    Halft {
        /// The one that is there.
        finns: PathBuf,
        /// The one that is not.
        saknas: PathBuf,
    },
    /// Already there, and is not written over.
    #[error("Filen finns redan: {}.", .0.display())]
    Finns(PathBuf),
    /// Others than the owner may read or write it.
    #[error(
        "Filen {} har rättigheterna {lage:04o} och kan läsas eller ändras av andra.",
        .fil.display()
    )]
    Oppen {
        /// The file.
        fil: PathBuf,
        /// Its permission bits.
        lage: u32,
    },
    /// The system did not do what was asked.
    #[error("Filen {}: {skal}.", .fil.display())]
    System {
        /// The file.
        fil: PathBuf,
        /// Why, in Swedish words.
        skal: String,
    },
    /// Cut short, altered, or something else than it should be.
    #[error("Filen {} är avhuggen eller ändrad ({var}).", .fil.display())]
    Skadad {
        /// The file.
        fil: PathBuf,
        /// What first did not hold.
        var: String,
    },
    /// Written by a later version than this.
    #[error("Filen {} har en form som den här versionen inte känner.", .0.display())]
    Version(PathBuf),
    /// Of another installation than what it is used with.
    #[error("Filen {} hör till en annan installation än databasen.", .0.display())]
    AnnanInstallation(PathBuf),
    /// The database has seen more tombstones, or others, than the file holds.
    #[error("Filen {} är äldre än databasen: gravstenar saknas.", .0.display())]
    Aldre(PathBuf),
    /// An earlier write failed, so the file's end is not known.
    #[error("Filen {} kunde inte skrivas förra gången.", .0.display())]
    Osaker(PathBuf),
    /// The person's key has been destroyed.
    #[error("Personens nyckel är förstörd. Uppgifterna går inte att läsa.")]
    Begravd,
    /// The key was wrapped by an installation key that the key file does not hold.
    #[error("Nyckelfilen har inte installationsnyckel {0}.")]
    OkandNyckel(u32),
    /// Wrong key, wrong place, or altered: which of them can not be told.
    #[error("Uppgiften går inte att öppna: den är ändrad eller ligger på fel plats.")]
    OppnarInte,
    /// An installation key that is the newest, or still in use, is not taken away.
    #[error("Installationsnyckel {0} används och kan inte tas bort.")]
    Anvands(Nyckelnummer),
    /// Not twelve digits.
    #[error("Numret är inte tolv siffror.")]
    Nummer,
    /// Longer than can be sealed in one piece.
    #[error("Uppgiften är för lång.")]
    ForLang,
    /// The random bytes were never filled.
    #[error("Slumptalen är inte slumpade.")]
    Slump,
    /// The reference of a burial is empty, too long, or holds what a line can not.
    #[error("Hänvisningen till beslutet är tom, för lång eller har otillåtna tecken.")]
    Referens,
}

impl Nyckelfel {
    /// Stable code: scripts and tests rely on it.
    #[must_use]
    pub const fn kod(&self) -> &'static str {
        match self {
            Self::Saknas(_) | Self::EjOppnad => "nyckel-saknas",
            Self::Halft { .. } => "nyckel-halft",
            Self::Finns(_) => "nyckel-finns",
            Self::Oppen { .. } => "nyckel-oppen",
            Self::System { .. } => "nyckel-system",
            Self::Skadad { .. } => "nyckel-skadad",
            Self::Version(_) => "nyckel-version",
            Self::AnnanInstallation(_) => "nyckel-annan-installation",
            Self::Aldre(_) => "nyckel-gravstenar-aldre",
            Self::Osaker(_) => "nyckel-osaker",
            Self::Begravd => "nyckel-begravd",
            Self::OkandNyckel(_) => "nyckel-okand",
            Self::OppnarInte => "nyckel-oppnar-inte",
            Self::Anvands(_) => "nyckel-anvands",
            Self::Nummer => "nyckel-nummer",
            Self::ForLang => "nyckel-for-lang",
            Self::Slump => "nyckel-slump",
            Self::Referens => "nyckel-referens",
        }
    }

    /// How to put it right.
    #[must_use]
    pub const fn atgard(&self) -> &'static str {
        match self {
            Self::Saknas(_) | Self::Halft { .. } => {
                "Lägg tillbaka filen ur er egen kopia av den. Gör aldrig en ny till en databas \
                 som redan har personer: den nya öppnar inget."
            }
            Self::EjOppnad => {
                "Starta om med nyckelfilen: den ligger bredvid databasen, eller anges med \
                 --nyckel FIL."
            }
            Self::Finns(_) => "Använd filen som finns, eller ange en annan plats.",
            Self::Oppen { .. } => {
                "Ge filen rättigheterna 0600. Kan någon annan ha läst den: lägg till en ny \
                 installationsnyckel och byt till den."
            }
            Self::System { .. } => "Rätta det och försök igen.",
            Self::Skadad { .. } => {
                "Lägg tillbaka filen ur er egen kopia av den. Ändra inte i den för hand."
            }
            Self::Version(_) => "Kör den version av Utfall som skrev filen, eller en senare.",
            Self::AnnanInstallation(_) => {
                "Ange filen som hör till databasen, med --nyckel FIL. Är databasen ny ska den ha \
                 en egen: ange en plats där ingen fil finns."
            }
            Self::Aldre(_) => {
                "Lägg tillbaka den senaste kopian av gravstenarna. Den som är gallrad får inte \
                 komma tillbaka."
            }
            Self::Osaker(_) => "Rätta disken och starta om. Gör sedan gallringen igen.",
            Self::Begravd => "Inget att göra. Gallringsprotokollet säger när och varför.",
            Self::OkandNyckel(_) => {
                "Använd en nyckelfil som är lika ny som databasen, eller nyare."
            }
            Self::OppnarInte => {
                "Läs tillbaka raden ur en säkerhetskopia, och ta reda på vad som ändrade den."
            }
            Self::Anvands(_) => "Byt alla personnycklar till den nyaste först.",
            Self::Nummer => "Ange tolv siffror, ÅÅÅÅMMDDNNNN.",
            Self::ForLang => "Dela upp uppgiften.",
            Self::Slump => "Ta nya slumptal och försök igen.",
            Self::Referens => "Ange beslutets nummer på en rad, högst 200 byte.",
        }
    }

    /// Which file it is about.
    #[must_use]
    pub fn fil(&self) -> Option<&Path> {
        match self {
            Self::Saknas(fil)
            | Self::Finns(fil)
            | Self::Version(fil)
            | Self::AnnanInstallation(fil)
            | Self::Aldre(fil)
            | Self::Osaker(fil)
            | Self::Halft { saknas: fil, .. }
            | Self::Oppen { fil, .. }
            | Self::System { fil, .. }
            | Self::Skadad { fil, .. } => Some(fil),
            _ => None,
        }
    }
}

impl From<Nyckelfel> for Problem {
    fn from(fel: Nyckelfel) -> Self {
        let slag = match fel {
            Nyckelfel::Nummer | Nyckelfel::ForLang | Nyckelfel::Referens => ProblemSlag::Ogiltigt,
            Nyckelfel::Begravd => ProblemSlag::FinnsInte,
            _ => ProblemSlag::Internt,
        };
        let problem = Self::nytt(slag, fel.kod(), fel.to_string(), fel.atgard());
        match fel.fil() {
            Some(fil) => problem.pa(fil.display().to_string()),
            None => problem,
        }
    }
}
