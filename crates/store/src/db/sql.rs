//! SQL texts: named, collected and prepared on both engines by a test.
//!
//! A statement can only be made by `sql!` or `infogning!`, and both also put it in their
//! module's `TEXTER`. `crate::texter` lists the modules, and a test prepares every text on
//! both engines: that is what replaces checking SQL while compiling.

/// One SQL text. `$1`, `$2` … are its parameters; no `$` or `?` inside literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sql {
    pub(crate) namn: &'static str,
    pub(crate) text: &'static str,
}

/// A bulk insert: the text is built from table and columns for fixed numbers of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Infoga {
    pub(crate) tabell: &'static str,
    pub(crate) kolumner: &'static [&'static str],
}

/// Parameters in one bulk statement, at most. Larger statements gain nothing (measured).
const TAK: usize = 2_048;

impl Infoga {
    /// The statement for `rader` rows.
    pub(crate) fn text(&self, rader: usize) -> String {
        let mut sql = format!(
            "INSERT INTO {} ({}) VALUES ",
            self.tabell,
            self.kolumner.join(", ")
        );
        let mut nr = 0_usize;
        for rad in 0..rader {
            sql.push_str(if rad == 0 { "(" } else { ", (" });
            for kolumn in 0..self.kolumner.len() {
                nr += 1;
                if kolumn > 0 {
                    sql.push_str(", ");
                }
                sql.push('$');
                sql.push_str(&nr.to_string());
            }
            sql.push(')');
        }
        sql
    }

    /// The numbers of rows a statement may have, largest first: powers of two, so that few
    /// texts are prepared whatever the number of rows is.
    pub(crate) fn storlekar(&self) -> impl Iterator<Item = usize> + use<> {
        let hogst = (TAK / self.kolumner.len().max(1)).max(1);
        (0..usize::BITS)
            .rev()
            .map(|n| 1_usize << n)
            .filter(move |n| *n <= hogst)
    }
}

/// Declares named statements and the module's `TEXTER`.
macro_rules! sql {
    ($($namn:ident = $text:expr;)*) => {
        $(const $namn: $crate::db::Sql =
            $crate::db::Sql {
                namn: concat!(module_path!(), "::", stringify!($namn)),
                text: $text,
            };)*
        /// Every statement of this module, for the test that prepares them.
        #[cfg(test)]
        pub(crate) const TEXTER: &[$crate::db::Sql] = &[$($namn),*];
    };
}
pub(crate) use sql;

/// Declares named bulk inserts and the module's `INFOGNINGAR`.
macro_rules! infogning {
    ($($namn:ident = $tabell:literal ($($kolumn:literal),* $(,)?);)*) => {
        $(const $namn: $crate::db::Infoga =
            $crate::db::Infoga { tabell: $tabell, kolumner: &[$($kolumn),*] };)*
        /// Every bulk insert of this module, for the test that prepares them.
        #[cfg(test)]
        pub(crate) const INFOGNINGAR: &[$crate::db::Infoga] = &[$($namn),*];
    };
}
pub(crate) use infogning;
