use super::*;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixtur {
    namn: String,
    text: String,
    #[serde(default = "kr")]
    enhet: Enhet,
    block: Vec<Vec<String>>,
    /// An amount in öre, null for an empty cell, or the code of what is wrong.
    varden: Vec<Vec<serde_json::Value>>,
    placering: Option<FixturPlacering>,
}

#[derive(Deserialize)]
struct FixturPlacering {
    rader: Vec<String>,
    kolumner: Vec<String>,
    fran: Plats,
    celler: Vec<(usize, usize, String)>,
    over: Vec<(usize, usize, OverSkal)>,
    rakt: bool,
}

const fn kr() -> Enhet {
    Enhet::Kr
}

/// The same file is read by the browser's suite, through the script
/// (`e2e/prov/fordelning.test.mjs`).
fn fixturer() -> Vec<Fixtur> {
    serde_json::from_str(include_str!("fixturer.json")).unwrap()
}

#[test]
fn every_block_of_the_shared_file_is_read_as_it_says() {
    let alla = fixturer();
    assert!(alla.len() >= 30, "{}", alla.len());
    for f in alla {
        let block = Block::las(&f.text);
        assert_eq!(block.0, f.block, "{}", f.namn);
        let varden: Vec<Vec<serde_json::Value>> = block
            .0
            .iter()
            .map(|r| r.iter().map(|c| varde(c, f.enhet)).collect())
            .collect();
        assert_eq!(varden, f.varden, "{}", f.namn);
        let Some(p) = f.placering else { continue };
        let rader: Vec<&str> = p.rader.iter().map(String::as_str).collect();
        let kolumner: Vec<&str> = p.kolumner.iter().map(String::as_str).collect();
        let fick = placera(&block, (&rader, &kolumner), p.fran, f.enhet);
        let celler: Vec<(usize, usize, String)> = fick
            .celler
            .into_iter()
            .map(|((r, k), t)| (r, k, t))
            .collect();
        assert_eq!(celler, p.celler, "{}", f.namn);
        let over: Vec<(usize, usize, OverSkal)> = fick
            .over
            .iter()
            .map(|o| (o.plats.0, o.plats.1, o.skal))
            .collect();
        assert_eq!(over, p.over, "{}", f.namn);
        assert_eq!(fick.rakt, p.rakt, "{}", f.namn);
    }
}

fn varde(cell: &str, enhet: Enhet) -> serde_json::Value {
    match belopp(cell, enhet) {
        Ok(ore) => serde_json::json!(ore.map(|o| o.0)),
        Err(fel) => serde_json::to_value(fel).unwrap(),
    }
}

#[test]
fn a_flood_is_cut_and_never_lost_in_a_loop() {
    let block = Block::las(&"1\t".repeat(FLEST + 10));
    assert_eq!(block.bredd(), FLEST);
    assert_eq!(Block::las(""), Block::default());
    let tom = placera(&Block::default(), (&["a"], &["2021"]), (0, 0), Enhet::Kr);
    assert_eq!((tom.celler.len(), tom.over.len()), (0, 0));
}

proptest! {
    /// What a spreadsheet writes is read back, and every cell is either placed or told of.
    #[test]
    fn nothing_in_a_block_is_lost(
        rader in prop::collection::vec(prop::collection::vec("[ -~\n\t\"åäö]{0,6}", 1..5), 1..6),
        fran in (0_usize..4, 0_usize..4),
    ) {
        let som_text = |c: &String| {
            if c.contains(['\n', '\t', '"']) {
                format!("\"{}\"", c.replace('"', "\"\""))
            } else {
                c.clone()
            }
        };
        let text: Vec<String> = rader
            .iter()
            .map(|r| r.iter().map(som_text).collect::<Vec<_>>().join("\t"))
            .collect();
        let block = Block::las(&format!("{}\r\n", text.join("\r\n")));
        let mut ratt = rader.clone();
        while ratt.last().is_some_and(|r| r.iter().all(|c| rent(c).is_empty())) {
            ratt.pop();
        }
        prop_assert_eq!(&block.0, &ratt);
        let (namn, ar) = (["a", "b", "c"], ["2021", "2022"]);
        let p = placera(&block, (&namn, &ar), fran, Enhet::Kr);
        let fyllda = |r: &Vec<String>| r.iter().filter(|c| !rent(c).is_empty()).count();
        let alla: usize = block.0.iter().map(fyllda).sum();
        let placerade = p.celler.iter().filter(|(_, t)| !t.is_empty()).count();
        // What is neither placed nor told of is a heading or a name: at most a row and a column.
        let borta = alla - placerade - p.over.len();
        prop_assert!(borta <= block.bredd() + block.0.len());
        prop_assert!(!p.rakt || borta == 0);
        prop_assert!(p.celler.iter().all(|((r, k), _)| *r < 3 && *k < 2));
    }

    #[test]
    fn any_text_at_all_is_an_amount_or_a_named_fault(text in ".{0,12}") {
        let _ = belopp(&text, Enhet::Tkr);
        let _ = Block::las(&text);
    }
}
