use super::*;

/// Every field of the format, filled in. The documentation shows parts of it.
pub(crate) const KOMPLETT: &str = include_str!("tests/komplett.json");

fn problem(text: &str) -> Vec<Problem> {
    las("prov", text.as_bytes()).expect_err("borde ha nekats")
}

/// The sample with one text replaced by another.
fn andrat(fran: &str, till: &str) -> String {
    assert!(KOMPLETT.contains(fran), "{fran} finns inte i provet");
    KOMPLETT.replacen(fran, till, 1)
}

#[test]
fn a_complete_file_is_read_and_written_back_the_same() {
    let underlag = las("prov", KOMPLETT.as_bytes()).unwrap_or_else(|p| panic!("{p:#?}"));
    assert_eq!(
        underlag.bidrag[0].ar[0].rekvirerat[1].belopp.ore.0,
        100_000_000
    );
    assert_eq!(
        underlag.bidrag[0].ar[0].rekvirerat[1]
            .belopp
            .precision
            .halv(),
        50_000_000
    );
    let igen = las("prov", skriv(&underlag).to_string().as_bytes());
    assert_eq!(igen, Ok(underlag));
}

/// What is replaced in the sample, by what, the code it gives, and a part of the place.
const FALL: &[(&str, &str, &str, &str)] = &[
    (
        "\"1 Mkr\"",
        "\"1 miljard\"",
        "underlag-enhet",
        "bidrag[0].ar[0].rekvirerat[1].belopp",
    ),
    (
        "\"1 Mkr\"",
        "1000000",
        "underlag-enhet",
        "bidrag[0].ar[0].rekvirerat[1].belopp",
    ),
    (
        "\"1 Mkr\"",
        "\"99999999999999999999 kr\"",
        "underlag-belopp",
        "rekvirerat[1].belopp",
    ),
    (
        "\"2021-03-02\"",
        "\"2021-02-30\"",
        "underlag-datum",
        "beslut[0].datum",
    ),
    (
        "\"totalt\": 30",
        "\"totalt\": 30.5",
        "underlag-antal",
        "personer[0].totalt",
    ),
    (
        "\"totalt\": 30",
        "\"totalt\": -1",
        "underlag-antal",
        "personer[0].totalt",
    ),
    (
        "\"totalt\": 30",
        "\"totallt\": 30",
        "underlag-falt-okant",
        "personer[0]",
    ),
    (
        "\"kalla\": \"Påhittat exempel\"",
        "\"kalla\": \"\"",
        "underlag-tomt",
        "dokument.kalla",
    ),
    (
        "\"id\": \"samtal\"",
        "\"id\": \"sommarjobb\"",
        "underlag-id-dubblett",
        "insatser[1].id",
    ),
    (
        "\"instans\": \"ks\"",
        "\"instans\": \"kf\"",
        "underlag-hanvisning",
        "beslut[0].instans",
    ),
    (
        "\"instans\": \"ks\"",
        "\"instans\": \"samtal\"",
        "underlag-hanvisning",
        "beslut[0]",
    ),
    (
        "\"slag\": \"aterrapport\"",
        "\"slag\": \"rapport\"",
        "underlag-val",
        "dokument.slag",
    ),
    (
        "\"ar\": 2021,",
        "\"ar\": 21,",
        "underlag-ar",
        "bidrag[0].ar[0].ar",
    ),
    (
        "\"id\": \"ks\"",
        "\"id\": \"Kommunstyrelsen\"",
        "underlag-id",
        "organisationer[1].id",
    ),
    (
        "[\"56 000 kr\", \"112 000 kr\", \"168 000 kr\"]",
        "[\"56 000 kr\"]",
        "underlag-kolumner",
        "tabeller[0].rader[3].varden",
    ),
    (
        "\"hel\": 28",
        "\"hel\": 0",
        "underlag-antal",
        "andelar[0].hel",
    ),
    ("\"3 ‰\"", "\"3 st\"", "underlag-enhet", "avgifter[0].sats"),
    (
        "\"rader_i\": \"fordelning\"",
        "\"kanske\": []",
        "underlag-antal-jamforelse",
        "antal[1]",
    ),
    (
        "\"ar\": 2022, \"status\"",
        "\"ar\": 2021, \"status\"",
        "underlag-ar-dubblett",
        "bidrag[0].ar[1].ar",
    ),
    (
        "utfall-underlag/1",
        "utfall-underlag/2",
        "underlag-val",
        "format",
    ),
    (
        "\"fran\": \"2021-06\"",
        "\"fran\": \"juni\"",
        "underlag-datum",
        "period.fran",
    ),
    (
        "\"50 %\"",
        "\"halvtid 50\"",
        "underlag-enhet",
        "tjanster[0].andel",
    ),
];

#[test]
fn each_fault_names_row_path_rule_and_remedy() {
    for (fran, till, kod, stalle) in FALL {
        let alla = problem(&andrat(fran, till));
        let traff = alla.iter().find(|p| p.kod == *kod);
        let p = traff.unwrap_or_else(|| panic!("{till}: {alla:#?}"));
        let plats = p.plats.as_deref().unwrap_or_default();
        assert!(
            plats.contains(stalle) && plats.starts_with("prov.json, rad "),
            "{till}: {p:?}"
        );
        assert!(
            p.text.ends_with('.') && p.atgard.ends_with(['.', '?']),
            "{p:?}"
        );
    }
}

#[test]
fn a_misspelt_field_is_answered_with_the_right_name() {
    let alla = problem(&andrat("\"totalt\": 30", "\"totallt\": 30"));
    assert!(
        alla.iter()
            .any(|p| p.atgard.contains("Menade du ”totalt”?")),
        "{alla:#?}"
    );
}

#[test]
fn every_fault_of_a_file_is_reported_at_once() {
    let text = andrat("\"1 Mkr\"", "\"1\"").replacen("\"totalt\": 30", "\"totalt\": \"30\"", 1);
    assert_eq!(problem(&text).len(), 2);
}

#[test]
fn an_amount_keeps_its_precision_when_it_is_written() {
    for skrivet in [
        "14 Mkr",
        "14,0 Mkr",
        "14,25 Mkr",
        "12,5 tkr",
        "12,00 tkr",
        "7 kr",
        "7,50 kr",
        "-3,0 Mkr",
    ] {
        let text = andrat("\"1 Mkr\"", &format!("\"{skrivet}\""));
        let forst = las("prov", text.as_bytes()).expect("giltigt");
        let igen = las("prov", skriv(&forst).to_string().as_bytes()).expect("giltigt");
        assert_eq!(igen, forst, "{skrivet}");
    }
}

#[test]
fn broken_bytes_and_broken_json_name_the_place() {
    let mut bytes = KOMPLETT.as_bytes().to_vec();
    let byte = KOMPLETT.find("Stöd").expect("finns") + 2;
    bytes[byte] = 0xff;
    let p = las("prov", &bytes).expect_err("trasig");
    assert_eq!(p[0].kod, "underlag-utf8");
    assert!(p[0].text.contains(&format!("byte {}", byte + 1)), "{p:?}");
    assert_eq!(p[0].plats.as_deref(), Some("prov.json, rad 4"));
    for text in [
        "",
        "{",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "\"\\ud800\"",
        "{\"a\" 1}",
        "nul",
        "01",
    ] {
        assert_eq!(problem(text)[0].kod, "underlag-json", "{text}");
    }
}

#[test]
fn too_much_of_anything_is_refused() {
    let djupt = "[".repeat(1_000_000);
    assert_eq!(problem(&djupt)[0].kod, "underlag-djup");
    let manga = format!("[{}{{}}]", "{},".repeat(1_000_000));
    assert_eq!(problem(&manga)[0].kod, "underlag-rader");
    let stor = format!("\"{}\"", "x".repeat(GRANSER.byte));
    assert_eq!(problem(&stor)[0].kod, "underlag-storlek");
    let lang = andrat("Påhittat exempel", &"å".repeat(GRANSER.tecken + 1));
    assert_eq!(problem(&lang)[0].kod, "underlag-langd");
}

#[test]
fn hostile_files_are_refused_quickly_and_without_end_of_faults() {
    let okanda: String = (0..2_000)
        .map(|i| {
            format!(
                "{{{}}},",
                (0..90)
                    .map(|j| format!("\"falt{i}x{j}\":1"))
                    .collect::<Vec<_>>()
                    .join(",")
            )
        })
        .collect();
    let text = andrat("\"luckor\": [", &format!("\"luckor\": [{okanda}"));
    let problem = problem(&text);
    assert_eq!(problem.len(), GRANSER.problem + 1);
    assert_eq!(problem.last().map(|p| p.kod), Some("underlag-fler-fel"));
    let losa: Vec<_> = (0..9_000)
        .map(|i| format!("\"org-med-ett-langt-namn-{i}\""))
        .collect();
    let text = andrat(
        "\"ansvariga\": [\"socialnamnden\"]",
        &format!("\"ansvariga\": [{}]", losa.join(",")),
    );
    assert_eq!(
        las("prov", text.as_bytes()).map_err(|p| p.len()),
        Err(GRANSER.problem)
    );
}

#[test]
fn the_schema_names_every_type_and_forbids_the_unknown() {
    let schema = schema();
    let typer = schema["$defs"].as_object().expect("typer");
    assert_eq!(schema["$ref"], "#/$defs/Rot");
    assert!(typer.len() > 40, "{}", typer.len());
    assert_eq!(
        typer["Uppgift"]["required"],
        serde_json::json!(["belopp", "plats"])
    );
    for (namn, typ) in typer {
        assert!(
            typ["description"].as_str().is_some_and(|d| d.len() > 5),
            "{namn}"
        );
        if typ["type"] == "object" {
            assert_eq!(typ["additionalProperties"], false, "{namn}");
        }
    }
}

const SCHEMAFIL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/format/underlag.schema.json"
);

fn schematext() -> String {
    serde_json::to_string_pretty(&schema()).expect("skrivbart") + "\n"
}

#[test]
fn the_committed_schema_is_the_one_the_types_give() {
    let fil = std::fs::read_to_string(SCHEMAFIL).unwrap_or_default();
    assert!(
        fil == schematext(),
        "docs/format/underlag.schema.json är gammal; kör \
         cargo test -p utfall-domain write_the_schema -- --ignored"
    );
}

#[test]
#[ignore = "writes docs/format/underlag.schema.json"]
fn write_the_schema() {
    std::fs::write(SCHEMAFIL, schematext()).expect("skrivbar");
}
