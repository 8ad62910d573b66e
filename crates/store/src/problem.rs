//! What a person is told when the database could not do its part.

use crate::DbFel;
use utfall_domain::problem::{Problem, ProblemSlag};

impl From<DbFel> for Problem {
    /// The database's own words go to the log, not to the person.
    fn from(fel: DbFel) -> Self {
        let (slag, kod, atgard) = match &fel {
            DbFel::Full | DbFel::Upptagen | DbFel::Konflikt | DbFel::Tidsgrans => (
                ProblemSlag::Upptaget,
                "databas-upptagen",
                "Försök igen om en stund.",
            ),
            DbFel::TappadAnslutning => (
                ProblemSlag::Upptaget,
                "databas-bruten",
                "Försök igen om en stund.",
            ),
            DbFel::FullDisk => (
                ProblemSlag::Upptaget,
                "databas-full-disk",
                "Säg till den som sköter systemet att disken är full.",
            ),
            DbFel::SkrivskyddadDisk => (
                ProblemSlag::Upptaget,
                "databas-skrivskyddad",
                "Säg till den som sköter systemet.",
            ),
            DbFel::Unik { .. } => (
                ProblemSlag::Konflikt,
                "finns-redan",
                "Kontrollera om uppgiften redan är registrerad.",
            ),
            _ => (
                ProblemSlag::Internt,
                "databas-fel",
                "Försök igen. Hjälper det inte, kontakta den som sköter systemet.",
            ),
        };
        if slag == ProblemSlag::Internt {
            tracing::error!(orsak = ?fel, "databasfel");
        }
        Self::nytt(slag, kod, fel.to_string(), atgard)
    }
}
