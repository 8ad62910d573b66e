//! The words of migrations in each engine's dialect.
//!
//! A migration is written once, one column per line:
//!
//! ```text
//! CREATE TABLE insats (
//!   id {ID},
//!   namn text NOT NULL,
//!   publik bool NOT NULL,
//!   FOREIGN KEY (huvudman) REFERENCES huvudman (id)
//! );
//! {BARA_TILLAGG faktum}
//! ```
//!
//! For SQLite every table becomes STRICT and `bool` becomes an INTEGER that is 0 or 1.
//! `{BARA_TILLAGG t}` makes the engine refuse UPDATE, DELETE and TRUNCATE of `t`.
//! `{BARA_TILLAGG_I_BOCKERNA t}` does the same, but lets rows go whose `inlasning` never came
//! into the books: what an import that was stopped has left.

/// To SQLite's words.
pub(super) fn till_sqlite(text: &str) -> String {
    let mut ut = String::new();
    let mut i_tabell = false;
    for rad in text.lines() {
        if let Some(tabell) = bara_tillagg(rad) {
            ut.push_str(&format!(
                "CREATE TRIGGER {tabell}_andra BEFORE UPDATE ON {tabell} \
                 BEGIN SELECT RAISE(ABORT, 'UT001'); END;\n\
                 CREATE TRIGGER {tabell}_ta_bort BEFORE DELETE ON {tabell} \
                 BEGIN SELECT RAISE(ABORT, 'UT001'); END;\n"
            ));
            continue;
        }
        if let Some(tabell) = tillagg_i_bockerna(rad) {
            ut.push_str(&format!(
                "CREATE TRIGGER {tabell}_andra BEFORE UPDATE ON {tabell} \
                 BEGIN SELECT RAISE(ABORT, 'UT001'); END;\n\
                 CREATE TRIGGER {tabell}_ta_bort BEFORE DELETE ON {tabell} \
                 WHEN {I_BOCKERNA} BEGIN SELECT RAISE(ABORT, 'UT001'); END;\n"
            ));
            continue;
        }
        i_tabell |= rad.starts_with("CREATE TABLE");
        if i_tabell && rad.trim_end() == ");" {
            i_tabell = false;
            ut.push_str(") STRICT;\n");
        } else if i_tabell {
            ut.push_str(&kolumn(rad));
            ut.push('\n');
        } else {
            // A column that is added later has the same types as one that was there at first.
            match rad.split_once(" ADD COLUMN ") {
                Some((tabell, ny)) => ut.push_str(&format!("{tabell} ADD COLUMN {}", kolumn(ny))),
                None => ut.push_str(rad),
            }
            ut.push('\n');
        }
    }
    ut
}

/// To PostgreSQL's words.
pub(super) fn till_postgres(text: &str) -> String {
    let mut ut = String::new();
    for rad in text.lines() {
        if let Some(tabell) = bara_tillagg(rad) {
            ut.push_str(&format!(
                "CREATE OR REPLACE FUNCTION bara_tillagg() RETURNS trigger LANGUAGE plpgsql AS \
                 $f$ BEGIN RAISE EXCEPTION 'UT001' USING ERRCODE = 'UT001'; END $f$;\n\
                 CREATE TRIGGER {tabell}_andra BEFORE UPDATE OR DELETE ON {tabell} \
                 FOR EACH ROW EXECUTE FUNCTION bara_tillagg();\n\
                 CREATE TRIGGER {tabell}_tom BEFORE TRUNCATE ON {tabell} \
                 FOR EACH STATEMENT EXECUTE FUNCTION bara_tillagg();\n"
            ));
        } else if let Some(tabell) = tillagg_i_bockerna(rad) {
            ut.push_str(&format!(
                "CREATE OR REPLACE FUNCTION tillagg_i_bockerna() RETURNS trigger LANGUAGE plpgsql \
                 AS $f$ BEGIN IF TG_OP = 'DELETE' AND NOT ({I_BOCKERNA}) THEN RETURN OLD; END IF; \
                 RAISE EXCEPTION 'UT001' USING ERRCODE = 'UT001'; END $f$;\n\
                 CREATE TRIGGER {tabell}_andra BEFORE UPDATE OR DELETE ON {tabell} \
                 FOR EACH ROW EXECUTE FUNCTION tillagg_i_bockerna();\n\
                 CREATE TRIGGER {tabell}_tom BEFORE TRUNCATE ON {tabell} \
                 FOR EACH STATEMENT EXECUTE FUNCTION bara_tillagg();\n"
            ));
        } else {
            ut.push_str(&rad.replace("{ID}", "bigint PRIMARY KEY"));
            ut.push('\n');
        }
    }
    ut
}

/// The table of a line `{BARA_TILLAGG tabell}`.
fn bara_tillagg(rad: &str) -> Option<&str> {
    rad.trim().strip_prefix("{BARA_TILLAGG ")?.strip_suffix('}')
}

/// Whether a row's import has ever been in the books.
const I_BOCKERNA: &str = "EXISTS (SELECT 1 FROM sie_lage WHERE sie_lage.huvudman = OLD.huvudman \
                          AND sie_lage.inlasning = OLD.inlasning AND sie_lage.lage = 'galler')";

/// The table of a line `{BARA_TILLAGG_I_BOCKERNA tabell}`.
fn tillagg_i_bockerna(rad: &str) -> Option<&str> {
    rad.trim()
        .strip_prefix("{BARA_TILLAGG_I_BOCKERNA ")?
        .strip_suffix('}')
}

/// One column line: the second word is its type.
fn kolumn(rad: &str) -> String {
    let rad = rad.replace("{ID}", "INTEGER PRIMARY KEY NOT NULL");
    let indrag = rad.len() - rad.trim_start().len();
    let mut ord = rad.split_whitespace();
    let (Some(namn), Some(typ)) = (ord.next(), ord.next()) else {
        return rad;
    };
    let ren = typ.trim_end_matches([',', ';']);
    let nytt = match ren {
        "bigint" => "INTEGER".to_owned(),
        "text" => "TEXT".to_owned(),
        "bytea" => "BLOB".to_owned(),
        "bool" => format!("INTEGER CHECK ({namn} IN (0, 1))"),
        _ => return rad,
    };
    // Only after the name: a column may be called what a type is called.
    let (fore, efter) = rad.split_at(indrag + namn.len());
    format!("{fore}{}", efter.replacen(ren, &nytt, 1))
}

#[cfg(test)]
mod tests {
    use super::{till_postgres, till_sqlite};

    const TEXT: &str = "-- Kommentar om bool.
CREATE TABLE a (
  id {ID},
  text text NOT NULL,
  publik bool NOT NULL,
  slut bool,
  hash bytea,
  antal bigint,
  CHECK (antal > 0)
);
{BARA_TILLAGG a}
ALTER TABLE a ADD COLUMN sen bool NOT NULL DEFAULT FALSE;
UPDATE a SET publik = TRUE;
";

    #[test]
    fn sqlite_gets_strict_tables_and_its_own_types() {
        let ut = till_sqlite(TEXT);
        let start = "-- Kommentar om bool.
CREATE TABLE a (
  id INTEGER PRIMARY KEY NOT NULL,
  text TEXT NOT NULL,
  publik INTEGER CHECK (publik IN (0, 1)) NOT NULL,
  slut INTEGER CHECK (slut IN (0, 1)),
  hash BLOB,
  antal INTEGER,
  CHECK (antal > 0)
) STRICT;
CREATE TRIGGER a_andra BEFORE UPDATE ON a";
        assert!(ut.starts_with(start), "{ut}");
        let slut = "ALTER TABLE a ADD COLUMN sen INTEGER CHECK (sen IN (0, 1)) NOT NULL DEFAULT \
                    FALSE;\nUPDATE a SET publik = TRUE;\n";
        assert!(ut.ends_with(slut), "{ut}");
    }

    #[test]
    fn postgres_keeps_the_words() {
        let ut = till_postgres(TEXT);
        assert!(
            ut.contains("  id bigint PRIMARY KEY,\n  text text NOT NULL,\n"),
            "{ut}"
        );
        assert!(ut.contains("BEFORE TRUNCATE ON a"), "{ut}");
    }
}
