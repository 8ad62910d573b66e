//! The pages.

mod bidrag;
mod ekonomi;
mod felsida;
mod fordelning;
mod formularsida;
mod fynd;
mod granskning;
mod harledning;
mod insats;
mod insatslista;
mod journal;
mod kalkyl;
mod konflikt;
mod logga_in;
mod medel;
mod ovrigt;
mod publicering;
pub mod publik;
mod rapport;
mod registrering;
mod start;
mod tabellsida;
mod underlag;
mod uppstallning;

pub use bidrag::{Arsvis, Bidrag};
pub use ekonomi::{Ekonomisida, Filter};
pub use felsida::FelSida;
pub use fordelning::{
    Andring, Arbetsyta, Fordelning, FordelningCell, FordelningKolumner, FordelningRad,
    Forhandsvisning, Sparningsrad, Varningsrad, VersionsRad, Versionsjamforelse, Visning,
};
pub use formularsida::{InsatsAndra, Rattelse};
pub use fynd::{Accepterad, Fynd, FyndUnderlag};
pub use granskning::{FyndGrupp, Granskning};
pub use harledning::{
    Definition, FormelRad, Harledning, HistorikRad, Tecknad, Underlagsrad, Underlagsrader,
};
pub use insats::{Framat, Insats, InsatsAr, Resultatrad, Tjanst};
pub use insatslista::{InsatsListRad, InsatsLista};
pub use journal::{Journal, JournalRad};
pub use kalkyl::{Kalkyl, KalkylRad};
pub use konflikt::{Konflikt, KonfliktRad};
pub use logga_in::{DemoGrupp, DemoKonto, LoggaIn};
pub use medel::{BidragRad, InsatsGrupp, InsatsRad, InsatsTabell, Medel, MedelDel, TreTal};
pub use ovrigt::{
    BehorighetsRad, MattRad, MinBehorighet, OmSiffrorna, Sok, SokGrupp, Textdel, Textsida,
};
pub use publicering::{Andrat, AndratRad, Publicering, PubliceringRad};
pub use rapport::{Kapitel, NyRapport, Osparat, Rapport, RapportLista, RapportRad, Utfardad};
pub use registrering::{Delknapp, Faltdel, Registrering};
pub use start::{Forstasteg, Start};
pub use tabellsida::{Faltgrupp, Forlopp, Formulardel, Tabelldel, Tabellsida};
pub use underlag::{
    Andringsrad, Ersattningsvisning, Importvisning, Radfel, Underlag, UnderlagImport,
    UnderlagLista, UnderlagRad, UnderlagUppgift, UppgiftsDel,
};
pub use uppstallning::{PublikRad, RapportHarledning, Uppstallning};
