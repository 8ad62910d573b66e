//! The roles, and which of them one person may hold together.

use std::fmt;

macro_rules! roller {
    ($($(#[$doc:meta])* $namn:ident = $kod:literal, $text:literal, $slag:ident;)+) => {
        /// What somebody is within a huvudman (ARCHITECTURE.md invariant 6).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Roll {
            $($(#[$doc])* $namn,)+
        }

        impl Roll {
            /// Every one, in the order of the matrix.
            pub const ALLA: &'static [Self] = &[$(Self::$namn,)+];

            /// Stable code in the database, the journal and the matrix.
            #[must_use]
            pub const fn kod(self) -> &'static str {
                match self { $(Self::$namn => $kod,)+ }
            }

            /// The Swedish name, in lower case.
            #[must_use]
            pub const fn namn(self) -> &'static str {
                match self { $(Self::$namn => $text,)+ }
            }

            const fn slag(self) -> Rollslag {
                match self { $(Self::$namn => Rollslag::$slag,)+ }
            }
        }
    };
}

/// What kind of access a role is about; decides what can be combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rollslag {
    /// Works with money, initiatives and decisions. Sees no persons.
    Kontor,
    /// Sees the persons of its own initiatives or cases.
    Person,
    /// Applies for money from outside.
    Utifran,
    /// Checks those who see persons.
    Kontroll,
    /// Not a person with an assignment: always alone.
    Ensam,
}

roller! {
    /// Organisations, people and roles. No money.
    Administrator = "administrator", "administratör", Kontor;
    /// Head of the samordningsförbund, or of the municipality's office: issues and publishes.
    Forbundschef = "forbundschef", "förbundschef", Kontor;
    /// Imports, allocates, corrects and drafts reports.
    Ekonom = "ekonom", "ekonom", Kontor;
    /// Responsible for initiatives.
    Insatsansvarig = "insatsansvarig", "insatsansvarig", Kontor;
    /// Reports outcomes for a board.
    Namndredovisare = "namndredovisare", "nämndredovisare", Kontor;
    /// Member of the board. Reads.
    Styrelse = "styrelse", "styrelse", Kontor;
    /// Auditor. Reads everything but persons, and the journal.
    Revisor = "revisor", "revisor", Kontor;
    /// Registers the participants of the performer's own initiatives.
    Deltagaransvarig = "deltagaransvarig", "deltagaransvarig", Person;
    /// Works with cases in Jobbtorg on behalf of a party.
    Jobbtorgspart = "jobbtorgspart", "jobbtorgspart", Person;
    /// Applies for money for an initiative.
    Sokande = "sokande", "sökande", Utifran;
    /// Checks who has read about persons, and why.
    Loggkontrollant = "loggkontrollant", "loggkontrollant", Kontroll;
    /// Carries out decided gallring.
    Gallringsansvarig = "gallringsansvarig", "gallringsansvarig", Kontroll;
    /// The person at the command line of the installation. Never signs in.
    Driftansvarig = "driftansvarig", "driftansvarig", Ensam;
    /// Somebody who has not signed in: the public.
    Anonym = "anonym", "anonym", Ensam;
}

impl Roll {
    /// The role with this code.
    #[must_use]
    pub fn av_kod(kod: &str) -> Option<Self> {
        Self::ALLA.iter().copied().find(|roll| roll.kod() == kod)
    }

    /// Whether an account can be given this role.
    #[must_use]
    pub fn kan_tilldelas(self) -> bool {
        self.slag() != Rollslag::Ensam
    }

    /// What somebody with the role does, in a few words; `None` while there is nothing for it
    /// to do in the program.
    #[must_use]
    pub const fn gor(self) -> Option<&'static str> {
        Some(match self {
            Self::Administrator => "sköter organisationer och konton, men ser inga pengar",
            Self::Forbundschef => "gör allt som ekonomen gör, utfärdar rapporter och publicerar",
            Self::Ekonom => "läser in papper, fördelar och rättar",
            Self::Insatsansvarig => "skriver om insatserna och ger uppdrag att se deltagare",
            Self::Namndredovisare => "redovisar nämndens utfall",
            Self::Styrelse => "läser vad pengarna gav",
            Self::Revisor => "läser journalen och kontrollerar den",
            Self::Loggkontrollant => "kontrollerar vem som har läst om deltagare",
            Self::Deltagaransvarig => "registrerar deltagare i de insatser som uppdraget gäller",
            Self::Gallringsansvarig => "förbereder gallring, eller bekräftar den andra förberett",
            _ => return None,
        })
    }

    /// Whether the role can see persons. The office's roles never do.
    #[must_use]
    pub fn ser_personer(self) -> bool {
        self.slag() == Rollslag::Person
    }
}

impl fmt::Display for Roll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.namn())
    }
}

/// Whether one natural person may hold both roles within a huvudman. Symmetric.
///
/// The office's roles and those that see persons are never combined: whoever steers the
/// money must not see whom it helped (ARCHITECTURE.md invariant 6). Whoever checks the reading of
/// persons neither reads about them nor hands out the roles.
#[must_use]
pub fn far_ha_tillsammans(en: Roll, annan: Roll) -> bool {
    use Rollslag::{Ensam, Kontor, Kontroll, Person};
    if en == annan {
        return true;
    }
    if matches!(
        (en, annan),
        (Roll::Administrator, Roll::Loggkontrollant) | (Roll::Loggkontrollant, Roll::Administrator)
    ) {
        return false;
    }
    !matches!(
        (en.slag(), annan.slag()),
        (Ensam, _)
            | (_, Ensam)
            | (Kontor, Person)
            | (Person, Kontor)
            | (Kontroll, Person)
            | (Person, Kontroll)
    )
}
