//! From a row to domain values: what the domain says cannot exist is an error that names
//! table, column and row.

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use utfall_domain::journal::Hash;

use crate::db::{DbFel, Rad};

/// A row of one table, with the id that an error names.
pub(crate) struct Falt<'a> {
    rad: &'a Rad<'a>,
    tabell: &'static str,
    nr: i64,
}

impl<'a> Falt<'a> {
    /// `idkolumn` is the row's own id, or its owner's where it has none.
    pub(crate) fn ny(
        rad: &'a Rad<'a>,
        tabell: &'static str,
        idkolumn: &'static str,
    ) -> Result<Self, DbFel> {
        let nr = rad.tal(idkolumn)?;
        Ok(Self { rad, tabell, nr })
    }

    /// The error for a value that cannot be.
    pub(crate) fn omojlig(&self, kolumn: &'static str, detalj: &dyn std::fmt::Display) -> DbFel {
        DbFel::OmojligRad {
            tabell: self.tabell,
            kolumn,
            id: self.nr,
            detalj: detalj.to_string(),
        }
    }

    fn av<T>(&self, kolumn: &'static str, vad: &str, v: Option<T>) -> Result<T, DbFel> {
        v.ok_or_else(|| self.omojlig(kolumn, &vad))
    }

    /// An id: `f.id("bidrag", BidragId::ny)`.
    pub(crate) fn id<T>(
        &self,
        kolumn: &'static str,
        ny: impl Fn(i64) -> Option<T>,
    ) -> Result<T, DbFel> {
        self.av(kolumn, "id under 1", ny(self.rad.tal(kolumn)?))
    }

    pub(crate) fn id_eller_null<T>(
        &self,
        kolumn: &'static str,
        ny: impl Fn(i64) -> Option<T>,
    ) -> Result<Option<T>, DbFel> {
        let tal = self.rad.tal_eller_null(kolumn)?;
        tal.map(|n| self.av(kolumn, "id under 1", ny(n)))
            .transpose()
    }

    /// A code: `f.kod("slag", FaktumSlag::av_kod)`.
    pub(crate) fn kod<T>(
        &self,
        kolumn: &'static str,
        av_kod: impl Fn(&str) -> Option<T>,
    ) -> Result<T, DbFel> {
        let kod = self.rad.text(kolumn)?;
        av_kod(&kod).ok_or_else(|| self.omojlig(kolumn, &format!("okänd kod {kod:?}")))
    }

    /// A small whole number: a year, a month, a share.
    pub(crate) fn litet(&self, kolumn: &'static str) -> Result<i16, DbFel> {
        let tal = self.rad.tal(kolumn)?;
        i16::try_from(tal).map_err(|e| self.omojlig(kolumn, &e))
    }

    pub(crate) fn litet_eller_null(&self, kolumn: &'static str) -> Result<Option<i16>, DbFel> {
        let tal = self.rad.tal_eller_null(kolumn)?;
        tal.map(|n| i16::try_from(n).map_err(|e| self.omojlig(kolumn, &e)))
            .transpose()
    }

    /// A civil date, stored as `2022-02-02`.
    pub(crate) fn datum(&self, kolumn: &'static str) -> Result<Date, DbFel> {
        self.tolka_datum(kolumn, &self.rad.text(kolumn)?)
    }

    pub(crate) fn datum_eller_null(&self, kolumn: &'static str) -> Result<Option<Date>, DbFel> {
        let text = self.rad.text_eller_null(kolumn)?;
        text.map(|t| self.tolka_datum(kolumn, &t)).transpose()
    }

    fn tolka_datum(&self, kolumn: &'static str, text: &str) -> Result<Date, DbFel> {
        text.parse()
            .map_err(|e: jiff::Error| self.omojlig(kolumn, &e))
    }

    /// An instant, stored as microseconds after 1970 (UTC).
    pub(crate) fn tid(&self, kolumn: &'static str) -> Result<Timestamp, DbFel> {
        Timestamp::from_microsecond(self.rad.tal(kolumn)?).map_err(|e| self.omojlig(kolumn, &e))
    }

    /// A SHA-256 sum.
    pub(crate) fn hash(&self, kolumn: &'static str) -> Result<Hash, DbFel> {
        let bytes = self.rad.bytes(kolumn)?;
        Hash::try_from(bytes).map_err(|b| self.omojlig(kolumn, &format!("{} byte", b.len())))
    }

    pub(crate) fn tal_eller_null(&self, kolumn: &'static str) -> Result<Option<i64>, DbFel> {
        self.rad.tal_eller_null(kolumn)
    }

    pub(crate) fn tal(&self, kolumn: &'static str) -> Result<i64, DbFel> {
        self.rad.tal(kolumn)
    }

    pub(crate) fn text(&self, kolumn: &'static str) -> Result<String, DbFel> {
        self.rad.text(kolumn)
    }

    pub(crate) fn text_eller_null(&self, kolumn: &'static str) -> Result<Option<String>, DbFel> {
        self.rad.text_eller_null(kolumn)
    }

    pub(crate) fn bool(&self, kolumn: &'static str) -> Result<bool, DbFel> {
        self.rad.bool(kolumn)
    }

    pub(crate) fn bool_eller_null(&self, kolumn: &'static str) -> Result<Option<bool>, DbFel> {
        self.rad.bool_eller_null(kolumn)
    }
}

/// An instant as it is stored. Parts of a microsecond are dropped.
pub(crate) fn mikro(tid: Timestamp) -> i64 {
    tid.as_microsecond()
}

/// A date as it is stored.
pub(crate) fn datum(dag: Date) -> String {
    dag.to_string()
}

/// Refuses bytes that do not have the sum they are said to have.
pub(crate) fn ratt_summa(vad: &str, bytes: &[u8], sha256: &Hash) -> Result<(), DbFel> {
    if Hash::from(Sha256::digest(bytes)) == *sha256 {
        return Ok(());
    }
    Err(DbFel::Regel {
        detalj: format!("{vad}: SHA-256 är inte innehållets"),
    })
}
