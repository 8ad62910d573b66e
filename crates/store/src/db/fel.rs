//! What can go wrong in the database, in words a person can act on.

use crate::nycklar::Nyckelfel;

/// An error of the database layer. `Display` is the Swedish text for the person;
/// the `detalj` fields are the engine's own words, for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DbFel {
    /// The queue to the threads is full; the caller answers 503.
    #[error("Systemet har just nu för mycket att göra.")]
    Full,
    /// Another process held the write lock too long, or reruns were used up.
    #[error("Någon annan skriver i databasen just nu.")]
    Upptagen,
    /// Two transactions met; the façade reruns the group and the caller never sees this.
    #[error("Två ändringar krockade.")]
    Konflikt,
    /// A statement was stopped by its time limit.
    #[error("Frågan tog för lång tid och avbröts. Ingenting har ändrats.")]
    Tidsgrans,
    /// A row with the same key exists.
    #[error("Uppgiften finns redan.")]
    Unik {
        /// Table and column, or the constraint's name.
        detalj: String,
    },
    /// A row points at something that does not exist, or something else points at the row.
    #[error("Uppgiften hänger ihop med något som inte finns eller fortfarande används.")]
    FrammandeNyckel {
        /// The constraint's name where the engine gives it.
        detalj: String,
    },
    /// A CHECK, NOT NULL or type rule of the table refused the row.
    #[error("Uppgiften bryter mot en regel i databasen.")]
    Regel {
        /// The engine's words.
        detalj: String,
    },
    /// Someone tried to change or remove a row that may only be added.
    #[error("Uppgiften får inte ändras eller tas bort.")]
    BaraTillagg,
    /// Text with the character NUL, which PostgreSQL cannot store.
    #[error("Texten innehåller ett otillåtet tecken (NUL).")]
    OgiltigText,
    /// The database was written by a newer version of the program.
    #[error(
        "Databasen är gjord av en nyare version av Utfall (schema {databas}; den här versionen \
         kan till och med {program})."
    )]
    NyareDatabas {
        /// Schema version found.
        databas: i64,
        /// Highest version this program knows.
        program: i64,
    },
    /// A migration that has been run no longer has the text it was run with.
    #[error(
        "Databasens schema {version} stämmer inte med programmets. Programmet är ändrat i \
         efterhand eller databasen hör till ett annat program."
    )]
    AndradMigrering {
        /// The version whose checksum differs.
        version: i64,
    },
    /// The database file or its disk may not be written.
    #[error("Databasen är skrivskyddad.")]
    SkrivskyddadDisk,
    /// No room left.
    #[error("Disken är full. Ingenting har ändrats.")]
    FullDisk,
    /// The disk did not read or write as it should.
    #[error("Disken gick inte att läsa eller skriva. Ingenting har ändrats.")]
    Diskfel {
        /// The engine's words.
        detalj: String,
    },
    /// The file is not a database, or it is damaged.
    #[error("Filen är inte en läsbar databas eller är skadad.")]
    Skadad {
        /// The engine's words.
        detalj: String,
    },
    /// The database could not be opened at all.
    #[error("Det gick inte att öppna databasen. {detalj}")]
    KanInteOppna {
        /// Why.
        detalj: String,
    },
    /// The connection was lost before anything was committed.
    #[error("Anslutningen till databasen bröts. Ingenting har ändrats.")]
    TappadAnslutning,
    /// The connection was lost during COMMIT: nobody knows whether the change was kept.
    #[error("Anslutningen till databasen bröts just när ändringen skulle sparas.")]
    OklartUtfall,
    /// The job panicked; its transaction was undone.
    #[error("Ett internt fel uppstod. Ingenting har ändrats. Felet är loggat.")]
    Panik,
    /// A reader tried to write.
    #[error("Ett internt fel uppstod: en läsning försökte skriva. Ingenting har ändrats.")]
    LasareSkriver,
    /// Exactly one row was expected and none was found.
    #[error("Uppgiften finns inte.")]
    IngenRad,
    /// At most one row was expected and more were found.
    #[error("Ett internt fel uppstod: flera rader där det ska finnas en.")]
    FleraRader,
    /// A column could not be read as the type asked for (NULL in a plain read, for one).
    #[error("Ett internt fel uppstod: kolumnen {kolumn} kunde inte läsas.")]
    Kolumn {
        /// The column's name.
        kolumn: String,
        /// The engine's words.
        detalj: String,
    },
    /// A row that the domain says cannot exist.
    #[error("Databasen innehåller en omöjlig uppgift: {tabell}.{kolumn}, rad {id}. {detalj}")]
    OmojligRad {
        /// Table.
        tabell: &'static str,
        /// Column.
        kolumn: &'static str,
        /// The row's id.
        id: i64,
        /// What is impossible about it.
        detalj: String,
    },
    /// Somebody else saved the same thing after this person opened it.
    #[error("Någon annan har ändrat uppgiften sedan du öppnade den. Ingenting har sparats.")]
    Version,
    /// A fact about a grant's year that is closed.
    #[error("Året {ar} är avslutat. Ingenting har sparats.")]
    AretAvslutat {
        /// The year.
        ar: i16,
    },
    /// A permit for one thing was used for another: a fault in the program.
    #[error("Ett internt fel uppstod: behörigheten gällde något annat. Ingenting har ändrats.")]
    FelPermit {
        /// What it was for and what it was used for.
        detalj: String,
    },
    /// The keys of persons: refused, or not opened.
    #[error(transparent)]
    Nyckel(#[from] Nyckelfel),
    /// The database is being closed.
    #[error("Systemet håller på att stängas av.")]
    Stangd,
    /// Anything else the engine said.
    #[error("Ett oväntat databasfel uppstod ({kod}). Ingenting har ändrats.")]
    Ovrigt {
        /// The engine's code.
        kod: String,
        /// The engine's words.
        detalj: String,
    },
}

impl DbFel {
    /// True for errors that are cured by running the same thing again.
    pub(super) fn ar_konflikt(&self) -> bool {
        matches!(self, Self::Konflikt | Self::Upptagen)
    }
}
