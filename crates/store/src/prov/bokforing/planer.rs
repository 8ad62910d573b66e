//! How the statements that are asked often find their rows.

use super::*;
use crate::bokforing::verifikationer;

/// The plan of a statement with as many parameters.
fn plan(v: &Varld, text: &str, parametrar: usize) -> Vec<String> {
    let bas = rusqlite::Connection::open(v.bas.fil()).unwrap();
    let mut fraga = bas.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
    let varden = rusqlite::params_from_iter((1..).take(parametrar));
    let rader = fraga.query_map(varden, |rad| rad.get("detail")).unwrap();
    rader.collect::<Result<_, _>>().unwrap()
}

fn sqlite() -> impl Iterator<Item = Varld> {
    varldar().into_iter().filter(|v| !v.bas.ar_postgres())
}

/// What is taken away is found by its own first voucher: the rows of the years before come
/// before it, and are not gone through for each piece.
#[test]
fn clearing_away_goes_through_no_others_rows() {
    for v in sqlite() {
        let mut sedda = 0;
        for sats in stada::TEXTER.iter().filter(|s| s.text.contains("<= $4")) {
            let rader = plan(&v, sats.text, 4);
            let inom = |r: &String| r.contains(">? AND") && r.contains("<?");
            assert!(rader.iter().any(inom), "{}: {rader:?}", sats.text);
            sedda += 1;
        }
        assert_eq!(sedda, 3, "rows, texts and vouchers");
    }
}

/// How far the accounts reach is asked with every reading of the books: what a voucher was
/// replaced by is looked up by the voucher, not among all that was ever put aside.
#[test]
fn how_far_the_accounts_reach_is_looked_up_by_the_voucher() {
    for v in sqlite() {
        let sats = rackvidd::TEXTER.iter().find(|s| s.text.contains("AS sist"));
        let rader = plan(&v, sats.unwrap().text, 1);
        let om = |tabell: &str| rader.iter().find(|r| r.contains(tabell)).unwrap();
        assert!(om(" e ").contains("AND verifikation=?)"), "{rader:?}");
        assert!(om(" v ").contains("verifikation_sist"), "{rader:?}");
    }
}

/// What a voucher took the place of is asked for each that a preview shows.
#[test]
fn what_a_voucher_replaces_is_looked_up_by_the_voucher() {
    for v in sqlite() {
        let mut alla = verifikationer::TEXTER.iter();
        let sats = alla.find(|s| s.text.ends_with("AND av = $2"));
        let rader = plan(&v, sats.unwrap().text, 2);
        assert!(rader.iter().any(|r| r.contains("av=?)")), "{rader:?}");
    }
}

/// What other companies have of some days is read from those days, and not from all of theirs.
#[test]
fn what_other_companies_have_is_read_from_the_days_of_the_file() {
    for v in sqlite() {
        let mut alla = verifikationer::TEXTER.iter();
        let sats = alla.find(|s| s.text.starts_with("SELECT id, identitet"));
        let rader = plan(&v, sats.unwrap().text, 4);
        let inom = |r: &String| r.contains("verifikation_sist") && r.contains("datum<?");
        assert!(rader.iter().any(inom), "{rader:?}");
    }
}

/// What a re-count corrects is asked for by its numbers, many at a time, in the writer's turn.
#[test]
fn facts_that_are_corrected_are_looked_up_by_their_numbers() {
    for v in sqlite() {
        let sats = crate::fakta::TEXTER
            .iter()
            .find(|s| s.text.contains(" IN ("));
        let rader = plan(&v, sats.unwrap().text, 33);
        assert!(rader.iter().any(|r| r.contains("=?)")), "{rader:?}");
    }
}
