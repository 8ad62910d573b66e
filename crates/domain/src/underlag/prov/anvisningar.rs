//! What the documents say about the format and about granskning is what the program does.

use crate::granskning::{Fynd, FyndVarde, REGLER, granska};
use crate::underlag::{GRANSER, Underlag, las, schema};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn rot() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn text(stig: &str) -> String {
    fs::read_to_string(rot().join(stig)).unwrap_or_else(|fel| panic!("{stig}: {fel}"))
}

fn papper(stig: &Path) -> Underlag {
    let stam = stig.file_stem().expect("namn").to_string_lossy();
    let bytes = fs::read(stig).unwrap_or_else(|fel| panic!("{}: {fel}", stig.display()));
    las(&stam, &bytes).unwrap_or_else(|p| panic!("{stam}: {p:#?}"))
}

/// The cells of the table rows in a text, headings and rulers left out.
fn rader(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .filter(|rad| rad.starts_with("| ") && !rad.starts_with("| ---"))
        .map(|rad| {
            let celler = rad.trim_matches('|').split(" | ");
            celler.map(|c| c.trim().to_owned()).collect()
        })
        .collect()
}

/// The part of a document under a heading, up to the next one.
fn under<'a>(text: &'a str, rubrik: &str) -> &'a str {
    let (_, rest) = text
        .split_once(&format!("{rubrik}\n"))
        .unwrap_or_else(|| panic!("rubriken {rubrik} saknas"));
    rest.split_once("\n#").map_or(rest, |(stycke, _)| stycke)
}

/// A finding as the documents write it: severity, rule, stated, computed, difference.
fn som_rad(f: &Fynd) -> Vec<String> {
    let tal = |v: Option<FyndVarde>| v.map_or_else(|| "–".to_owned(), |v| v.to_string());
    vec![
        f.allvar.kod().to_owned(),
        format!("`{}`", f.regel),
        tal(f.angivet),
        tal(f.beraknat),
        tal(f.skillnad),
    ]
}

const FORMAT: &str = "docs/format/underlag.md";

#[test]
fn every_field_of_the_format_is_described_with_whether_it_is_required() {
    let (dok, schema) = (text(FORMAT), schema());
    for (typ, s) in schema["$defs"].as_object().expect("typer") {
        let Some(falt) = s["properties"].as_object() else {
            continue;
        };
        let rader = rader(under(&dok, &format!("### {typ}")));
        let kravs: BTreeSet<&str> = s["required"]
            .as_array()
            .expect("lista")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        for (namn, egenskap) in falt {
            let rad = rader.iter().find(|r| r[0] == format!("`{namn}`"));
            let rad = rad.unwrap_or_else(|| panic!("{typ}.{namn} saknas i {FORMAT}"));
            let ska = if kravs.contains(namn.as_str()) {
                "ja"
            } else {
                "nej"
            };
            assert_eq!(rad[3], ska, "{typ}.{namn} krävs?");
            assert!(rad[4].len() > 2, "{typ}.{namn} saknar exempel");
            let dok = egenskap["description"].as_str().expect("beskriven");
            let ord = dok.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(rad[1], ord, "{typ}.{namn} beskrivs olika");
        }
        let beskrivna = rader.iter().filter(|r| r[0].starts_with('`')).count();
        assert_eq!(
            beskrivna,
            falt.len(),
            "{typ} har rader för fält som inte finns"
        );
    }
}

#[test]
fn every_word_that_may_be_chosen_is_explained() {
    let (dok, schema) = (text(FORMAT), schema());
    for (typ, s) in schema["$defs"].as_object().expect("typer") {
        for ord in s["oneOf"].as_array().into_iter().flatten() {
            let ord = ord["const"].as_str().expect("ord");
            let finns = dok.contains(&format!("* `{ord}`: ")) || typ == "Format";
            assert!(finns, "{typ}: {ord} saknas i {FORMAT}");
        }
    }
}

#[test]
fn the_small_example_can_be_read_and_gives_the_findings_beside_it() {
    let dok = text(FORMAT);
    let stycke = under(&dok, "## Ett litet exempel");
    let (_, rest) = stycke.split_once("```json\n").expect("exemplet");
    let (json, efter) = rest.split_once("```").expect("slut");
    let underlag = las("exempelby", json.as_bytes()).unwrap_or_else(|p| panic!("{p:#?}"));
    let fynd: Vec<_> = granska(&underlag).iter().map(som_rad).collect();
    let sagda: Vec<_> = rader(efter).into_iter().skip(1).collect();
    assert_eq!(fynd, sagda);
}

#[test]
fn every_code_that_a_file_can_be_refused_with_is_in_the_table() {
    let dok = text(FORMAT);
    let tabell = rader(under(&dok, "## Felmeddelanden"));
    let sagda: BTreeSet<String> = tabell
        .iter()
        .map(|r| r[0].trim_matches('`').to_owned())
        .filter(|kod| kod.starts_with("underlag-"))
        .collect();
    let mut finns = BTreeSet::new();
    koder(&rot().join("crates/domain/src/underlag"), &mut finns);
    koder(&rot().join("crates/domain/src/underlag.rs"), &mut finns);
    koder(&rot().join("crates/app/src/underlag"), &mut finns);
    // What the journal calls an import that went well.
    for bra in ["underlag-importerat", "underlag-ersatt"] {
        finns.remove(bra);
    }
    assert_eq!(sagda, finns);
}

/// The codes that the source writes as texts.
fn koder(stig: &Path, ut: &mut BTreeSet<String>) {
    if stig.is_dir() && !stig.ends_with("prov") {
        for post in fs::read_dir(stig).expect("läsbar") {
            koder(&post.expect("läsbar").path(), ut);
        }
        return;
    }
    let Ok(kalla) = fs::read_to_string(stig) else {
        return;
    };
    for bit in kalla.split("\"underlag-").skip(1) {
        let (kod, _) = bit.split_once('"').expect("texten tar slut");
        ut.insert(format!("underlag-{kod}"));
    }
}

#[test]
fn the_limits_are_the_ones_that_hold() {
    let dok = text(FORMAT);
    let rader = rader(under(&dok, "## Gränser"));
    let hogst = |vad: &str| {
        let rad = rader.iter().find(|r| r[0] == vad);
        let rad = rad.unwrap_or_else(|| panic!("{vad} saknas"));
        let siffror: String = rad[1].chars().filter(char::is_ascii_digit).collect();
        siffror.parse::<usize>().expect("ett tal")
    };
    assert_eq!(hogst("filens storlek") * 1024 * 1024, GRANSER.byte);
    assert_eq!(hogst("nivåer i varandra"), GRANSER.djup);
    assert_eq!(hogst("värden i hela filen"), GRANSER.varden);
    assert_eq!(hogst("poster i en lista"), GRANSER.rader);
    assert_eq!(hogst("fält i en post"), GRANSER.falt);
    assert_eq!(hogst("tecken i en text"), GRANSER.tecken);
    assert_eq!(hogst("fel som visas på en gång"), GRANSER.problem);
}

#[test]
fn an_empty_cell_is_allowed_by_the_schema_where_it_is_by_the_reader() {
    let schema = schema();
    for (typ, falt) in [
        ("VolymRad", "varden"),
        ("TabellRad", "varden"),
        ("TabellSumma", "varden"),
    ] {
        let element = &schema["$defs"][typ]["properties"][falt]["items"];
        assert_eq!(element["anyOf"][1]["type"], "null", "{typ}.{falt}");
    }
    let andra = &schema["$defs"]["Insats"]["properties"]["ansvariga"]["items"];
    assert!(andra["anyOf"].is_null(), "{andra}");
}

const GRANSKNING: &str = "docs/granskning.md";

/// The difference of a row: `47 000 kr` is 47000, `0,4` is 0.4, `–` is none.
fn skillnad(cell: &str) -> String {
    let tal: String = cell
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '−' | ','))
        .collect();
    match tal.as_str() {
        "" => "–".to_owned(),
        tal => tal.replace('−', "-").replace(',', "."),
    }
}

#[test]
fn each_row_about_the_papers_is_what_the_program_finds() {
    let dok = text(GRANSKNING);
    let rader: Vec<_> = rader(&dok).into_iter().filter(|r| r.len() == 6).collect();
    let mut sagda = BTreeSet::new();
    for rad in rader.iter().filter(|r| r[3].starts_with('`')) {
        let stig = rot().join(format!("exempel/{}.json", rad[1]));
        let fynd: Vec<_> = granska(&papper(&stig)).iter().map(som_rad).collect();
        let ska = (&rad[4], &rad[3], skillnad(&rad[5]));
        let traff = fynd.iter().any(|f| (&f[0], &f[1], f[4].clone()) == ska);
        assert!(traff, "{}: {ska:?} finns inte bland {fynd:#?}", rad[0]);
        assert!(
            REGLER.iter().any(|r| format!("`{}`", r.kod) == rad[3]),
            "{rad:?}"
        );
        sagda.insert((
            rad[1].clone(),
            rad[4].clone(),
            rad[3].clone(),
            skillnad(&rad[5]),
        ));
    }
    // And the other way round: everything that is found has its row.
    for fil in fs::read_dir(rot().join("exempel")).expect("exempel") {
        let stig = fil.expect("läsbar").path();
        if stig.extension().is_none_or(|e| e != "json") {
            continue;
        }
        for f in granska(&papper(&stig)) {
            let rad = som_rad(&f);
            let rad = (
                f.dokument.clone(),
                rad[0].clone(),
                rad[1].clone(),
                rad[4].clone(),
            );
            assert!(
                sagda.contains(&rad),
                "{rad:?} saknas i {GRANSKNING}: {}",
                f.text
            );
        }
    }
}

#[test]
fn each_noted_discrepancy_has_a_row_and_each_question_a_reason() {
    let dok = text(GRANSKNING);
    let rader = rader(under(&dok, "## D1–D26: pengar och personer"));
    let skal = under(&dok, "### Varför en fråga är en människas");
    for nr in 1..=26 {
        let nr = format!("D{nr}");
        let egna: Vec<_> = rader.iter().filter(|r| r[0] == nr).collect();
        assert!(!egna.is_empty(), "{nr} saknas");
        if egna.iter().any(|r| r[4] == "fråga") {
            assert!(skal.contains(&format!("* **{nr}.** ")), "{nr} saknar skäl");
        }
    }
}

const FRAMMANDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/underlag/prov/frammande");

/// Papers written from the documentation alone: exactly these findings and no others.
#[test]
fn a_strangers_papers_give_their_own_faults_and_nothing_false() {
    let vantat = fs::read_to_string(format!("{FRAMMANDE}/README.md")).expect("läsbar");
    for stam in ["alvnas", "bergsund", "hamnvik"] {
        let u = papper(Path::new(&format!("{FRAMMANDE}/{stam}.json")));
        let mut fynd: Vec<_> = granska(&u).iter().map(som_rad).collect();
        let mut ska: Vec<_> = rader(under(&vantat, &format!("## {stam}")))
            .into_iter()
            .filter(|r| r[1].starts_with('`'))
            .map(|r| r[..5].to_vec())
            .collect();
        fynd.sort();
        ska.sort();
        assert_eq!(fynd, ska, "{stam}");
    }
}
