//! What a command line can ask for.

use crate::verklighet::Plats;
use jiff::civil::Date;
use std::path::PathBuf;

/// What is to be done.
#[derive(Clone, Debug)]
pub enum Val {
    /// Builds the demo world and serves it.
    Demo {
        /// Where; a temporary folder when `None`.
        plats: Option<Plats>,
        /// The key file; the one beside the database when `None`.
        nyckel: Option<PathBuf>,
        /// The address to listen on.
        lyssna: String,
        /// Build and exit.
        endast_data: bool,
    },
    /// Serves a database.
    Serve(Serveval),
    /// Creates an account.
    Konto {
        /// Where the data is.
        plats: Plats,
        /// In whose books.
        huvudman: Option<String>,
        /// The account.
        nytt: Kontoval,
    },
    /// Imports papers.
    Importera {
        /// Where the data is.
        plats: Plats,
        /// The files.
        filer: Vec<PathBuf>,
        /// The papers are already public.
        offentligt: bool,
        /// A huvudman that the installation does not know may be made.
        ny_huvudman: bool,
        /// Why they replace earlier versions of papers, when they do.
        ersatter: Option<String>,
    },
    /// Reads in files of the accounts.
    ImporteraSie {
        /// Where the data is.
        plats: Plats,
        /// The files.
        filer: Vec<PathBuf>,
        /// In whose books.
        huvudman: Option<String>,
        /// How.
        sie: Sieval,
    },
    /// Writes a file for the accounts.
    ExporteraSie {
        /// Where the data is.
        plats: Plats,
        /// Out of whose books.
        huvudman: Option<String>,
        /// What and how.
        export: Exportval,
    },
    /// Finds what does not add up.
    Granska {
        /// Papers to judge without a database.
        filer: Vec<PathBuf>,
        /// A database to judge.
        plats: Option<Plats>,
        /// Whose books.
        huvudman: Option<String>,
        /// As JSON.
        json: bool,
    },
    /// Sets a report.
    Rapport {
        /// Where the data is.
        plats: Plats,
        /// Which report, and how.
        bestallning: Bestallning,
    },
    /// Checks the journal, or an issued report.
    Verifiera {
        /// Where the data is.
        plats: Plats,
        /// An issued PDF.
        fil: Option<PathBuf>,
        /// A known journal head: `number:hash`.
        ankare: Option<String>,
    },
    /// Brings a database up to date.
    Migrera(Plats),
    /// Examines an installation.
    Doktor(Plats),
    /// Lists grants.
    Bidrag(Plats, Option<String>),
    /// Lists initiatives.
    Insatser(Plats, Option<String>),
    /// Lists the routes.
    Rutter {
        /// As JSON.
        json: bool,
    },
}

/// How files of the accounts are read in.
#[derive(Clone, Debug)]
pub struct Sieval {
    /// A file that says which accounts belong to which initiatives.
    pub koppling: Option<PathBuf>,
    /// The company, confirmed by its name.
    pub foretag: Option<String>,
    /// Whose accounts, where the file does not say it.
    pub orgnr: Option<String>,
    /// Why closed years are changed, when they are.
    pub efter_avslut: Option<String>,
    /// What is not in the file is gone.
    pub hel: bool,
    /// What is booked by hand in the same months is not in the file.
    pub rakna_bada: bool,
    /// So many vouchers count though another company has them too.
    pub rakna_dubbla: Option<usize>,
    /// Say what would change, and save nothing.
    pub prova: bool,
}

/// What is handed over to the accounts.
#[derive(Clone, Debug)]
pub struct Exportval {
    /// The year.
    pub ar: Option<i16>,
    /// One grant, by its name for commands.
    pub bidrag: Option<String>,
    /// Only one of the two: `rekvisitioner` or `fordelning`.
    pub bara: Option<String>,
    /// The series.
    pub serie: Option<String>,
    /// Whose accounts.
    pub orgnr: Option<String>,
    /// The accounts: claim, income, cost and debt.
    pub konton: [Option<u32>; 4],
    /// Say what the file would have, and write nothing.
    pub prova: bool,
    /// An earlier file again, by its number.
    pub igen: Option<usize>,
    /// The file to write.
    pub till: Option<PathBuf>,
}

impl Val {
    /// The database it is about, when it is about one.
    pub fn plats(&self) -> Option<&Plats> {
        match self {
            Self::Demo { plats, .. } | Self::Granska { plats, .. } => plats.as_ref(),
            Self::Serve(Serveval { plats, .. })
            | Self::Konto { plats, .. }
            | Self::Importera { plats, .. }
            | Self::ImporteraSie { plats, .. }
            | Self::ExporteraSie { plats, .. }
            | Self::Rapport { plats, .. }
            | Self::Verifiera { plats, .. }
            | Self::Migrera(plats)
            | Self::Doktor(plats)
            | Self::Bidrag(plats, _)
            | Self::Insatser(plats, _) => Some(plats),
            Self::Rutter { .. } => None,
        }
    }
}

/// How an installation is served.
#[derive(Clone, Debug)]
pub struct Serveval {
    /// Where the data is.
    pub plats: Plats,
    /// The key file; the one beside the database when `None`.
    pub nyckel: Option<PathBuf>,
    /// The address to listen on.
    pub lyssna: String,
    /// Behind a proxy that speaks https.
    pub https: bool,
    /// Connections from one address; the usual when `None`, any number when 0.
    pub per_adress: Option<usize>,
    /// The address readers use; the socket's own when `None`.
    pub adress: Option<String>,
}

/// An account to be created.
#[derive(Clone, Debug)]
pub struct Kontoval {
    /// The name to sign in with.
    pub namn: String,
    /// The name others see.
    pub visas: Option<String>,
    /// Codes of the roles.
    pub roller: Vec<String>,
    /// The name of a huvudman to set up first.
    pub ny_huvudman: Option<String>,
    /// The password stands on standard input.
    pub eget_losenord: bool,
}

/// The report that answers how many took part and what came of them.
pub const INTERPELLATION: &str = "interpellation";

/// A year, or the first and the last of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aren {
    /// The first.
    pub fran: i16,
    /// The last.
    pub till: i16,
}

impl Aren {
    /// `2022`, or `2018-2022`.
    pub fn las(text: &str) -> Result<Self, String> {
        let (fran, till) = text.split_once(['-', '\u{2013}']).unwrap_or((text, text));
        let ar = |text: &str| text.trim().parse::<i16>().ok();
        let aren = ar(fran).zip(ar(till)).filter(|(fran, till)| fran <= till);
        let (fran, till) = aren.ok_or_else(|| "inget år".to_owned())?;
        Ok(Self { fran, till })
    }

    /// The only one, when there is one.
    pub fn ett(self) -> Option<i16> {
        (self.fran == self.till).then_some(self.fran)
    }
}

/// A report to be set.
#[derive(Clone, Debug)]
pub struct Bestallning {
    /// Whose books.
    pub huvudman: Option<String>,
    /// Which report.
    pub mall: String,
    /// The grant's name for commands; empty for reports of more than one.
    pub bidrag: String,
    /// The last month of a report to the board.
    pub manad: Option<i8>,
    /// The year or years; the latest when `None`.
    pub aren: Option<Aren>,
    /// The home municipality of participants, by its code; all when `None`.
    pub kommun: Option<String>,
    /// Where the key file is, for what counts participants.
    pub nyckel: Option<PathBuf>,
    /// As of when; the issued report, or today, when `None`.
    pub per: Option<Date>,
    /// The file to write; its ending is the format.
    pub till: PathBuf,
    /// The address that figures lead to.
    pub adress: String,
}
