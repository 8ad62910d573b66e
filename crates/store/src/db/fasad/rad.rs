//! A row of an answer, read strictly: a wrong type or a NULL in a plain read is an error.

use super::super::DbFel;

/// One row. Columns are read by name.
pub(crate) enum Rad<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

macro_rules! las {
    ($self:ident, $kolumn:ident, $t:ty) => {
        match $self {
            Rad::Sqlite(r) => r.get::<_, $t>($kolumn).map_err(|e| fel($kolumn, &e)),
            Rad::Postgres(r) => r.try_get::<_, $t>($kolumn).map_err(|e| fel($kolumn, &e)),
        }
    };
}

impl Rad<'_> {
    /// A bigint.
    pub(crate) fn tal(&self, kolumn: &str) -> Result<i64, DbFel> {
        las!(self, kolumn, i64)
    }

    /// A bigint or NULL.
    pub(crate) fn tal_eller_null(&self, kolumn: &str) -> Result<Option<i64>, DbFel> {
        las!(self, kolumn, Option<i64>)
    }

    /// A text.
    pub(crate) fn text(&self, kolumn: &str) -> Result<String, DbFel> {
        las!(self, kolumn, String)
    }

    /// A text or NULL.
    pub(crate) fn text_eller_null(&self, kolumn: &str) -> Result<Option<String>, DbFel> {
        las!(self, kolumn, Option<String>)
    }

    /// Bytes.
    pub(crate) fn bytes(&self, kolumn: &str) -> Result<Vec<u8>, DbFel> {
        las!(self, kolumn, Vec<u8>)
    }

    /// Bytes or NULL.
    pub(crate) fn bytes_eller_null(&self, kolumn: &str) -> Result<Option<Vec<u8>>, DbFel> {
        las!(self, kolumn, Option<Vec<u8>>)
    }

    /// A bool; in SQLite 0 or 1, and nothing else.
    pub(crate) fn bool(&self, kolumn: &str) -> Result<bool, DbFel> {
        self.bool_eller_null(kolumn)?
            .ok_or_else(|| fel(kolumn, &"NULL"))
    }

    /// A bool or NULL.
    pub(crate) fn bool_eller_null(&self, kolumn: &str) -> Result<Option<bool>, DbFel> {
        match self {
            Self::Sqlite(r) => {
                match r
                    .get::<_, Option<i64>>(kolumn)
                    .map_err(|e| fel(kolumn, &e))?
                {
                    None => Ok(None),
                    Some(0) => Ok(Some(false)),
                    Some(1) => Ok(Some(true)),
                    Some(n) => Err(fel(kolumn, &n)),
                }
            }
            Self::Postgres(r) => r.try_get(kolumn).map_err(|e| fel(kolumn, &e)),
        }
    }
}

fn fel(kolumn: &str, detalj: &dyn std::fmt::Display) -> DbFel {
    DbFel::Kolumn {
        kolumn: kolumn.to_owned(),
        detalj: detalj.to_string(),
    }
}
