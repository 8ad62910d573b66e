//! The command line as scripts meet it: exit codes, the golden findings, JSON, refusals.

use crate::stod::{self, akta, ar_frisk, exempel, ord_i, program, slatt, utfall, utfall_i};
use serde_json::{Value, json};
use utfall_testkit::Testdb;
use utfall_testkit::natet::Klient;

/// What must be found in each paper: severity and stated − computed, as the JSON has them.
const GOLDEN: &[(&str, &[(&str, &str)])] = &[
    (
        "uppsala",
        &[
            ("fel", "44159"),
            ("fel", "47000"),
            ("fel", "47000"),
            ("upplysning", "745"),
            ("varning", "2841"),
            ("varning", "3586"),
            ("varning", "null"),
        ],
    ),
    (
        "sandviken",
        &[("fel", "1"), ("fel", "713000"), ("varning", "null")],
    ),
    (
        "ragunda",
        &[("fel", "85680"), ("varning", "5000"), ("varning", "null")],
    ),
    ("jobbtorg", &[("fel", "-810"), ("upplysning", "0.4")]),
    (
        "asf",
        &[
            ("fel", "-74000"),
            ("fel", "-94000"),
            ("fel", "168000"),
            ("varning", "-1"),
            ("varning", "null"),
        ],
    ),
    ("helarsekvivalenter", &[("upplysning", "0.1")]),
    ("protokoll", &[("varning", "365")]),
    ("volymer", &[("varning", "null")]),
    ("nns", &[]),
    (
        "strangnas",
        &[
            ("fel", "4"),
            ("varning", "1"),
            ("varning", "14"),
            ("varning", "16"),
            ("varning", "3910575"),
            ("varning", "5255100"),
            ("varning", "null"),
        ],
    ),
];

fn funna(json: &Value, dokument: &str) -> Vec<(String, String)> {
    let mut ut: Vec<(String, String)> = json
        .as_array()
        .expect("en lista")
        .iter()
        .filter(|f| f["dokument"] == dokument)
        .map(|f| {
            (
                f["allvar"].as_str().unwrap().to_owned(),
                f["skillnad"].to_string(),
            )
        })
        .collect();
    ut.sort();
    ut
}

fn vantade(rader: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut ut: Vec<(String, String)> = rader
        .iter()
        .map(|(a, s)| ((*a).to_owned(), (*s).to_owned()))
        .collect();
    ut.sort();
    ut
}

/// Thousandths of a JSON number as it is written, without floats.
fn tusendelar(tal: &Value) -> Option<i128> {
    let text = tal.as_number()?.to_string();
    let (hela, del) = text.split_once('.').unwrap_or((&text, ""));
    format!("{hela}{del:0<3}").parse().ok()
}

#[test]
fn each_paper_gives_exactly_the_golden_findings() {
    for (stam, rader) in GOLDEN {
        let svar = utfall(["granska", &exempel(stam), "--format", "json"]);
        let kod = i32::from(rader.iter().any(|(allvar, _)| *allvar == "fel"));
        let json = svar.slutar(kod).json();
        assert_eq!(funna(&json, stam), vantade(rader), "{json:#}");
        assert_eq!(
            json.as_array().unwrap().len(),
            rader.len(),
            "bara det egna papperet"
        );
    }
}

#[test]
fn a_finding_in_json_has_the_promised_fields_and_adds_up() {
    let alla: Vec<String> = GOLDEN.iter().map(|(stam, _)| exempel(stam)).collect();
    let ord = ["granska", "--format", "json"].into_iter();
    let svar = utfall(ord.chain(alla.iter().map(String::as_str))).slutar(1);
    let json = svar.json();
    let mut med_tal = 0;
    for f in json.as_array().unwrap() {
        for falt in [
            "regel", "allvar", "dokument", "plats", "enhet", "text", "atgard",
        ] {
            assert!(
                f[falt].as_str().is_some_and(|t| !t.is_empty()),
                "{falt}: {f:#}"
            );
        }
        assert!(["fel", "varning", "upplysning"].contains(&f["allvar"].as_str().unwrap()));
        let enhet = f["enhet"].as_str().unwrap();
        assert!(
            ["kr", "personer", "antal", "procent", "datum"].contains(&enhet),
            "{f:#}"
        );
        for falt in ["angivet", "beraknat", "skillnad"] {
            assert!(
                f.get(falt).is_some(),
                "{falt} står alltid med, som null om det saknas: {f:#}"
            );
        }
        if enhet == "datum" {
            continue;
        }
        let tal = |falt: &str| tusendelar(&f[falt]);
        if let (Some(a), Some(b), Some(s)) = (tal("angivet"), tal("beraknat"), tal("skillnad")) {
            assert_eq!(a - b, s, "{f:#}");
            med_tal += 1;
        }
    }
    assert!(med_tal >= 20, "{med_tal}");
    // The same findings as text, for a person.
    let text = utfall(["granska", &exempel("uppsala")]).slutar(1);
    let text = slatt(&text.ut);
    for ord in [
        "FEL",
        "VARNING",
        "UPPLYSNING",
        "47 000 kr",
        "3 fel, 3 varningar, 1 upplysning",
    ] {
        assert!(text.contains(ord), "{ord}: {text}");
    }
    assert_eq!(
        utfall(["granska", &exempel("nns")]).slutar(0).ut.trim(),
        "Allt som går att räkna efter stämmer."
    );
}

/// Positive control: a paper repaired in one figure is no longer reported, and a paper broken
/// in one figure is.
#[test]
fn the_findings_follow_the_figures_and_not_the_files() {
    let mapp = tempfile::tempdir().unwrap();
    let ragunda = std::fs::read_to_string(exempel("ragunda")).unwrap();
    let lagat = ragunda
        .replace("2 008 680", "1 923 000")
        .replace("2\u{a0}008\u{a0}680", "1 923 000");
    assert_ne!(ragunda, lagat, "den angivna summan står i filen");
    let fil = mapp.path().join("lagat.json");
    std::fs::write(&fil, lagat).unwrap();
    let fil = fil.display().to_string();
    let json = utfall(["granska", &fil, "--format", "json"]).json();
    assert!(
        !funna(&json, "lagat").iter().any(|(_, s)| s == "85680"),
        "{json:#}"
    );

    let nns = std::fs::read_to_string(exempel("nns")).unwrap();
    let belopp = nns
        .split("\"varden\": [\"")
        .nth(1)
        .and_then(|r| r.split('"').next())
        .unwrap();
    let brutet = nns.replacen(&format!("[\"{belopp}\""), "[\"7 kr\"", 1);
    let fil = mapp.path().join("brutet.json");
    std::fs::write(&fil, brutet).unwrap();
    utfall(["granska", &fil.display().to_string()]).slutar(1);
}

#[test]
fn findings_of_a_database_are_those_of_its_papers() {
    let db = Testdb::ny();
    let papper: Vec<String> = GOLDEN.iter().map(|(stam, _)| exempel(stam)).collect();
    let mut ord = vec!["importera", "underlag", "--ny-huvudman"];
    ord.extend(papper.iter().map(String::as_str));
    let svar = utfall_i(&db, &ord).slutar(0);
    assert_eq!(svar.ut.lines().count(), GOLDEN.len(), "{}", svar.ut);
    // Whoever reads a paper in is told at once what does not add up in it.
    for (papper, fynd) in [
        ("uppsala", "3 fel, 3 varningar, 1 upplysning"),
        ("nns", "0 fel, 0 varningar, 0 upplysningar"),
    ] {
        let vantat = format!("Granskningen: {fynd}.");
        let med = |rad: &str| rad.starts_with(papper) && rad.ends_with(&vantat);
        assert!(svar.ut.lines().any(med), "{papper}: {}", svar.ut);
    }
    let json = utfall_i(&db, &["granska", "--format", "json"])
        .slutar(1)
        .json();
    for (stam, rader) in GOLDEN {
        assert_eq!(funna(&json, stam), vantade(rader), "{stam}");
    }
    let en = utfall_i(
        &db,
        &["granska", "--format", "json", "--huvudman", "ragunda"],
    )
    .slutar(1);
    assert!(
        en.json()
            .as_array()
            .unwrap()
            .iter()
            .all(|f| f["dokument"] == "ragunda")
    );
    let okand = utfall_i(&db, &["granska", "--huvudman", "atlantis"]).slutar(2);
    assert!(
        okand.fel.contains("atlantis") && okand.fel.contains("uppsala"),
        "{}",
        okand.fel
    );
}

#[test]
fn a_paper_is_imported_once() {
    let db = Testdb::ny();
    let svar = utfall_i(
        &db,
        &[
            "importera",
            "underlag",
            "--ny-huvudman",
            &exempel("uppsala"),
        ],
    )
    .slutar(0);
    assert!(svar.ut.starts_with("uppsala: "), "{}", svar.ut);
    let fore = db.rader();
    assert!(fore["faktum"] > 20 && fore["journal"] >= 2, "{fore:?}");

    let igen = utfall_i(
        &db,
        &[
            "importera",
            "underlag",
            "--ny-huvudman",
            &exempel("uppsala"),
        ],
    )
    .slutar(1);
    for ord in ["uppsala.json", "lästes in", "underlag-redan-inlast"] {
        assert!(igen.fel.contains(ord), "{ord}: {}", igen.fel);
    }
    // The same paper with one figure changed is not taken for new.
    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("uppsala.json");
    let text = std::fs::read_to_string(exempel("uppsala")).unwrap();
    std::fs::write(&fil, format!("{text}\n")).unwrap();
    let fil = fil.display().to_string();
    let andrat = utfall_i(&db, &["importera", "underlag", "--ny-huvudman", &fil]).slutar(1);
    assert!(andrat.fel.contains("underlag-finns"), "{}", andrat.fel);
    assert_eq!(db.rader(), fore, "inget har skrivits");
}

/// A misspelt designation must not become a huvudman of its own, nor a name be forgotten.
#[test]
fn a_new_huvudman_beside_others_is_asked_for_and_its_name_kept() {
    let db = Testdb::ny();
    utfall_i(&db, &["importera", "underlag", &exempel("ragunda")]).slutar(0);
    let fore = db.rader();
    let nej = utfall_i(&db, &["importera", "underlag", &exempel("uppsala")]).slutar(2);
    for ord in ["uppsala finns inte", "ragunda", "--ny-huvudman"] {
        assert!(nej.fel.contains(ord), "{ord}: {}", nej.fel);
    }
    assert_eq!(db.rader(), fore, "inget har skrivits");
    let ja = [
        "importera",
        "underlag",
        "--ny-huvudman",
        &exempel("uppsala"),
    ];
    utfall_i(&db, &ja).slutar(0);

    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("annat.json");
    let text = std::fs::read_to_string(exempel("ragunda")).unwrap();
    let mut papper: serde_json::Value = serde_json::from_str(&text).unwrap();
    papper["dokument"]["huvudman"]["namn"] = "Storbyns kommun".into();
    std::fs::write(&fil, papper.to_string()).unwrap();
    let annat = ["importera", "underlag", &fil.display().to_string()];
    let nej = utfall_i(&db, &annat).slutar(1);
    assert!(nej.fel.contains("underlag-annat-namn"), "{}", nej.fel);
}

/// All files are read before the first is stored.
#[test]
fn one_bad_file_among_good_ones_stores_none() {
    let db = Testdb::ny();
    drop(db.oppna());
    let fore = db.rader();
    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("trasig.json");
    std::fs::write(&fil, "{\n  \"format\": \"utfall-underlag/1\",\n").unwrap();
    let (bra, dalig) = (exempel("ragunda"), fil.display().to_string());
    let svar = utfall_i(
        &db,
        &["importera", "underlag", "--ny-huvudman", &bra, &dalig],
    )
    .slutar(1);
    assert!(svar.fel.contains("trasig.json, rad 3"), "{}", svar.fel);
    assert_eq!(db.rader(), fore);
    utfall_i(&db, &["importera", "underlag", "--ny-huvudman", &bra]).slutar(0);
    assert_ne!(db.rader(), fore, "kontroll: den goda filen går att läsa in");
}

#[test]
fn help_is_swedish_and_wrong_use_is_exit_code_two() {
    for ord in [
        "demo",
        "serve",
        "granska",
        "rapport",
        "verifiera",
        "migrera",
        "doktor",
        "bidrag",
        "insatser",
        "rutter",
    ] {
        let hjalp = utfall([ord, "--help"]).slutar(0);
        assert!(
            hjalp.ut.contains("Användning: utfall "),
            "{ord}: {}",
            hjalp.ut
        );
        for engelska in [
            "Usage",
            "Options",
            "Print help",
            "[default",
            "possible values",
        ] {
            assert!(
                !hjalp.ut.contains(engelska),
                "{ord}: {engelska}: {}",
                hjalp.ut
            );
        }
    }
    utfall(["importera", "underlag", "--help"]).slutar(0);
    let fel: &[(&[&str], &str)] = &[
        (&["uppfinn"], "uppfinn"),
        (&["serve"], "--data"),
        (&["granska"], "FIL"),
        (&["granska", "/finns/inte.json"], "/finns/inte.json"),
        (&["granska", "--format", "xml", "a.json"], "xml"),
        (&["rapport", "aterrapport", "--data", "x"], "--bidrag"),
        (&["serve", "--data", "x", "--database", "y"], "--d"),
        (
            &[
                "rapport",
                "aterrapport",
                "--bidrag",
                "b",
                "--till",
                "a.pdf",
                "--data",
                "x",
                "--per",
                "2026-02-30",
            ],
            "2026-02-30",
        ),
        (
            &[
                "rapport",
                "aterrapport",
                "--bidrag",
                "b",
                "--till",
                "a.doc",
                "--data",
                "x",
            ],
            "a.doc",
        ),
        (
            &["verifiera", "--data", "x", "--ankare", "tjo"],
            "NUMMER:SUMMA",
        ),
    ];
    for (ord, sager) in fel {
        let mapp = tempfile::tempdir().unwrap();
        let svar = program(*ord).current_dir(mapp.path()).output().unwrap();
        let text = String::from_utf8(svar.stderr).unwrap();
        assert_eq!(svar.status.code(), Some(2), "{ord:?}: {text}");
        assert!(text.contains(sager), "{ord:?}: {text}");
        for engelska in ["error:", "Usage", "unexpected", "required"] {
            assert!(!text.contains(engelska), "{ord:?}: {text}");
        }
        assert!(svar.stdout.is_empty(), "{ord:?}");
    }
}

#[test]
fn the_listings_name_what_the_other_commands_take() {
    let db = akta().databas();
    let bidrag = utfall_i(&db, &["bidrag"]).slutar(0).ut;
    assert!(
        bidrag
            .lines()
            .any(|r| r.starts_with("uppsala\tsocialstyrelsen-2021\t")),
        "{bidrag}"
    );
    let insatser = utfall_i(&db, &["insatser", "--huvudman", "uppsala"])
        .slutar(0)
        .ut;
    assert!(insatser.lines().count() >= 10, "{insatser}");
    assert!(
        insatser
            .lines()
            .all(|r| r.split('\t').count() == 3 && r.starts_with("uppsala\t"))
    );
    let rutter = utfall(["rutter", "--format", "json"]).slutar(0).json();
    let rutter = rutter.as_array().unwrap();
    let text = utfall(["rutter"]).slutar(0).ut;
    assert_eq!(text.lines().count(), rutter.len());
    for rutt in rutter {
        let stig = rutt["monster"].as_str().unwrap();
        assert!(text.contains(stig), "{stig} saknas i texten");
    }
    assert!(
        text.lines()
            .any(|r| { r.split_whitespace().eq(["GET", "/medel", "lasa-medel"]) })
    );
}

#[test]
fn doctor_and_migration_say_what_they_found() {
    let db = akta().databas();
    let svar = utfall_i(&db, &["migrera"]).slutar(0);
    assert!(svar.ut.contains("uppdaterad"), "{}", svar.ut);
    let frisk = utfall_i(&db, &["doktor"]);
    // A copy made by the test is readable by all; the program's own file is not.
    assert!(frisk.ut.contains("Journalens kedja är hel.") || frisk.fel.contains("kedja är hel."));
    let text = format!("{}{}", frisk.ut, frisk.fel);
    assert!(text.contains("demokonton: serve vägrar"), "{text}");

    let eget = Testdb::ny();
    utfall_i(
        &eget,
        &[
            "importera",
            "underlag",
            "--ny-huvudman",
            &exempel("ragunda"),
        ],
    )
    .slutar(0);
    ar_frisk(&eget);
    let frisk = utfall_i(&eget, &["doktor"]);
    let frisk = format!("{}{}", frisk.ut, frisk.fel);
    assert!(frisk.contains("bra  Journalens kedja är hel."), "{frisk}");

    let hel = utfall_i(&eget, &["verifiera"]).slutar(0);
    let huvud = hel
        .ut
        .lines()
        .find_map(|r| r.strip_prefix("Huvud: "))
        .unwrap()
        .to_owned();
    utfall_i(&eget, &["verifiera", "--ankare", &huvud]).slutar(0);
    utfall_i(
        &eget,
        &["importera", "underlag", "--ny-huvudman", &exempel("nns")],
    )
    .slutar(0);
    utfall_i(&eget, &["verifiera", "--ankare", &huvud]).slutar(0);
    // Control: an anchor that never was the head is missed.
    let (nummer, summa) = huvud.split_once(':').unwrap();
    let annan = format!("{nummer}:{}", summa.chars().rev().collect::<String>());
    let brutet = utfall_i(&eget, &["verifiera", "--ankare", &annan]).slutar(1);
    assert!(
        brutet.fel.contains("Journalen är inte hel"),
        "{}",
        brutet.fel
    );
}

#[test]
fn a_journal_tampered_with_beside_the_program_is_found() {
    let db = Testdb::ny();
    utfall_i(
        &db,
        &[
            "importera",
            "underlag",
            "--ny-huvudman",
            &exempel("ragunda"),
        ],
    )
    .slutar(0);
    utfall_i(&db, &["verifiera"]).slutar(0);
    // Whoever owns the file can take the protection away; the chain tells.
    db.ingrip(&utan_skydd(
        "UPDATE journal SET mening = mening || '!' WHERE id = 2",
    ));
    let svar = utfall_i(&db, &["verifiera"]).slutar(1);
    assert!(svar.fel.contains("post 2 har ändrats"), "{}", svar.fel);
    let doktor = utfall_i(&db, &["doktor"]).slutar(1);
    assert!(
        doktor.fel.contains("FEL  Journalens kedja är bruten."),
        "{}",
        doktor.fel
    );
}

/// The statement with the journal's triggers removed first, on either engine.
fn utan_skydd(sats: &str) -> String {
    if utfall_testkit::provar_postgres() {
        format!("ALTER TABLE journal DISABLE TRIGGER USER; {sats};")
    } else {
        format!("DROP TRIGGER journal_andra; {sats};")
    }
}

#[test]
fn serve_refuses_demo_accounts_and_demo_refuses_what_is_not_empty() {
    let db = akta().databas();
    let svar = utfall_i(&db, &["serve", "--listen", "127.0.0.1:0"]).slutar(1);
    assert!(
        svar.fel.contains("demokonton") && svar.fel.contains("utfall demo"),
        "{}",
        svar.fel
    );
    let eget = Testdb::ny();
    utfall_i(&eget, &["importera", "underlag", &exempel("ragunda")]).slutar(0);
    let svar = utfall_i(&eget, &["demo", "--endast-data"]).slutar(1);
    assert!(svar.fel.contains("har redan egna data"), "{}", svar.fel);
}

/// A demo world is not built again: what was done in it is still there.
#[test]
fn a_demo_world_that_is_there_is_served_as_it_is() {
    let db = akta().databas();
    let fore = db.rader();
    let svar = utfall_i(&db, &["demo", "--endast-data"]).slutar(0);
    assert!(
        svar.ut.starts_with("Visningsvärlden fanns redan."),
        "{}",
        svar.ut
    );
    let server = stod::server(&ord_i(&db, &["demo", "--listen", "127.0.0.1:0"]), 0);
    assert_eq!(
        server
            .rader
            .iter()
            .filter(|r| r.starts_with("Inloggning: "))
            .count(),
        svar.ut
            .lines()
            .filter(|r| r.starts_with("Inloggning: "))
            .count(),
    );
    let mut klient = Klient::ny(&server.adress);
    let inne = klient
        .logga_in("ekonom.forsby", "utfall-demo-2026")
        .unwrap();
    assert_eq!(inne.status, 303, "{inne:?}");
    drop(server);
    let mut efter = db.rader();
    efter.insert("session".into(), fore["session"]);
    assert_eq!(efter, fore, "nothing was built again");
}

#[test]
fn serve_answers_and_a_port_in_use_is_told() {
    let db = Testdb::ny();
    utfall_i(
        &db,
        &[
            "importera",
            "underlag",
            "--ny-huvudman",
            &exempel("ragunda"),
        ],
    )
    .slutar(0);
    let ord = |lyssna: &str| ord_i(&db, &["serve", "--listen", lyssna]);
    let server = stod::server(&ord("127.0.0.1:0"), 0);
    assert!(server.rader.is_empty());
    let svar = Klient::ny(&server.adress).hamta("/halsa").unwrap();
    assert_eq!(svar.status, 200, "{svar:?}");
    let upptagen = utfall(ord(&server.adress)).slutar(2);
    for sager in [server.adress.as_str(), "används redan", "--listen"] {
        assert!(upptagen.fel.contains(sager), "{sager}: {}", upptagen.fel);
    }
    let fel = utfall(ord("inte en adress")).slutar(2);
    assert!(fel.fel.contains("inte en adress"), "{}", fel.fel);
}

/// The first command a newcomer runs: from nothing to a page, with logins that work.
#[test]
fn demo_builds_serves_and_prints_its_logins() {
    let server = stod::server(&["demo", "--listen", "127.0.0.1:0"].map(str::to_owned), 0);
    let konton: Vec<&String> = server
        .rader
        .iter()
        .filter(|r| r.starts_with("Inloggning: "))
        .collect();
    assert!(konton.len() >= 6 * 7, "{:?}", server.rader);
    assert!(
        konton
            .iter()
            .any(|r| r.starts_with("Inloggning: ekonom.uppsala utfall-demo-2026 "))
    );
    let svar = Klient::ny(&server.adress).hamta("/logga-in").unwrap();
    assert_eq!(svar.status, 200, "{svar:?}");
    assert!(svar.text.contains("ekonom.uppsala"), "{svar:?}");
    // The temporary folder can be reached by the other commands, as the README tries them.
    let data = server.rader.iter().find_map(|r| r.split_once("lägg till "));
    let ord: Vec<&str> = data.unwrap().1.split(' ').collect();
    let svar = stod::utfall(["verifiera"].iter().chain(&ord)).slutar(0);
    assert!(svar.ut.contains("Journalen är hel"), "{svar:?}");
}

#[test]
fn json_numbers_are_read_without_floats() {
    // The helper itself: a control of the control.
    assert_eq!(tusendelar(&json!(-810)), Some(-810_000));
    assert_eq!(tusendelar(&json!(5.6)), Some(5_600));
    assert_eq!(tusendelar(&json!(null)), None);
}

/// A corrected version replaces a paper from the command line, with its reason, and only a
/// paper that is there.
#[test]
fn a_corrected_paper_replaces_the_earlier_one_from_the_command_line() {
    let mapp = tempfile::tempdir().unwrap();
    let db = Testdb::ny();
    let fil = mapp.path().join("uppsala.json");
    let skriv = |text: &str| std::fs::write(&fil, text).unwrap();
    let papper = std::fs::read_to_string(exempel("uppsala")).unwrap();
    skriv(&papper);
    let namn = fil.to_str().unwrap();
    let importera = ["importera", "underlag", namn];
    let fel = |db: &Testdb| {
        let ut = utfall_i(db, &["granska", "--format", "json"]).json();
        let alla = ut.as_array().unwrap().iter();
        alla.filter(|f| f["allvar"] == "fel").count()
    };
    utfall_i(&db, &importera).slutar(0);
    let fore = fel(&db);
    skriv(&papper.replace("8 052 000 kr", "8 005 000 kr"));
    let nej = utfall_i(&db, &importera).slutar(1);
    assert!(nej.fel.contains("--ersatter"), "{nej:#?}");
    let ersatter = [importera.as_slice(), &["--ersatter", "Nämnden rättade"]].concat();
    let ja = utfall_i(&db, &ersatter).slutar(0);
    assert!(ja.ut.contains("1 ändrade, 0 strukna"), "{ja:#?}");
    assert!(
        ja.ut
            .contains("8\u{a0}052\u{a0}000\u{a0}kr → 8\u{a0}005\u{a0}000"),
        "{ja:#?}"
    );
    assert!(fel(&db) < fore, "{fore}");
    utfall_i(&db, &ersatter).slutar(1);
    let annan = mapp.path().join("okand.json");
    std::fs::write(&annan, format!("{papper}\n")).unwrap();
    let utan = [
        "importera",
        "underlag",
        annan.to_str().unwrap(),
        "--ersatter",
        "x y z",
    ];
    let utan = utfall_i(&db, &utan).slutar(1);
    assert!(utan.fel.contains("inget inläst papper"), "{utan:#?}");
}
