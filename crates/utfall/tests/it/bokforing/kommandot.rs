//! The same from the command line, and killed in the middle.

use crate::stod::{ar_frisk, program, rot, utfall_i};
use std::process::Stdio;
use std::time::Duration;
use utfall_testkit::Testdb;

fn stig(manad: &str) -> String {
    let fil = rot().join(format!("exempel/bokforing/forsby-2026-{manad}.se"));
    fil.display().to_string()
}

/// Forsby's books with nothing booked.
pub fn forsby() -> Testdb {
    let db = Testdb::ny();
    drop(db.oppna());
    let papper = crate::stod::exempel("forsby");
    utfall_i(&db, &["importera", "underlag", "--ny-huvudman", &papper]).slutar(0);
    db
}

const FORETAG: [&str; 2] = ["--foretag", "Forsby kommun (påhittad)"];

#[test]
fn the_command_tells_first_and_reads_in_once() {
    let db = forsby();
    let mapp = tempfile::tempdir().unwrap();
    let koppling = mapp.path().join("koppling.json");
    std::fs::write(
        &koppling,
        r#"{"regler":[{"objekt":"6:2601","insats":"sommarjobb-alla"},
            {"konton":"5000-5999","kostnadsslag":"Personal"}]}"#,
    )
    .unwrap();
    let koppling = koppling.display().to_string();
    let (oktober, november) = (stig("oktober"), stig("november"));
    let fore = db.rader();
    let prova = utfall_i(&db, &["importera", "sie", "--prova", &oktober]);
    let ut = prova.slutar(0).ut;
    assert!(
        ut.contains("216 nya") && ut.contains("okopplat: konto"),
        "{ut}"
    );
    assert_eq!(db.rader(), fore);
    // The company is new: it must be named.
    let nej = utfall_i(&db, &["importera", "sie", &oktober]);
    let fel = nej.slutar(1).fel;
    assert!(fel.contains("--foretag"), "{fel}");
    let med = [
        "importera",
        "sie",
        "--koppling",
        &koppling,
        FORETAG[0],
        FORETAG[1],
        &oktober,
    ];
    let ut = utfall_i(&db, &med).slutar(0).ut;
    assert!(ut.contains("216 nya, 0 ändrade"), "{ut}");
    let igen = utfall_i(&db, &["importera", "sie", &oktober]);
    assert!(igen.slutar(1).fel.contains("redan inläst"));
    let ut = utfall_i(&db, &["importera", "sie", &november]).slutar(0).ut;
    assert!(ut.contains("9 nya, 1 ändrad, 215 som förut"), "{ut}");
    utfall_i(&db, &["importera", "sie", "/finns/inte.se"]).slutar(2);
    utfall_i(&db, &["verifiera"]).slutar(0);
    ar_frisk(&db);
}

#[test]
fn what_is_distributed_is_written_once_and_again_on_demand() {
    let db = forsby();
    let mapp = tempfile::tempdir().unwrap();
    let stigen = |namn: &str| mapp.path().join(namn).display().to_string();
    let koppling = stigen("koppling.json");
    std::fs::write(
        &koppling,
        r#"{"regler":[{"objekt":"6:2602","insats":"forsta-jobbet"}]}"#,
    )
    .unwrap();
    let oktober = stig("oktober");
    let las_in = [
        "importera",
        "sie",
        "--koppling",
        &koppling,
        FORETAG[0],
        FORETAG[1],
        &oktober,
    ];
    utfall_i(&db, &las_in).slutar(0);
    let (till, igen) = (stigen("till.si"), stigen("igen.si"));
    let sie = |resten: &[&str]| {
        let ord = [&["exportera", "sie"], resten].concat();
        utfall_i(&db, &ord)
    };
    let fore = db.rader();
    let prova = sie(&["--ar", "2026", "--intakt", "3511", "--prova"])
        .slutar(0)
        .ut;
    assert!(
        prova.contains("Fördelning 2026") && prova.contains("3511 6:2602: −"),
        "{prova}"
    );
    assert!(prova.contains("utelämnad: "), "{prova}");
    assert_eq!(db.rader(), fore, "--prova minns inget");
    sie(&[
        "--ar",
        "2026",
        "--till",
        "/finns/inte/x.si",
        "--intakt",
        "3511",
    ])
    .slutar(2);
    let ut = sie(&["--ar", "2026", "--intakt", "3511", "--till", &till])
        .slutar(0)
        .ut;
    assert!(
        ut.contains("Ingen fil är skriven"),
        "den är gjord, fast den inte gick att spara: {ut}"
    );
    let ut = sie(&["--igen", "1", "--till", &igen]).slutar(0).ut;
    assert!(ut.contains("en gång till"), "{ut}");
    let bytes = std::fs::read(&igen).unwrap();
    assert!(bytes.starts_with(b"#FLAGGA 0\r\n#KSUMMA\r\n#PROGRAM Utfall"));
    sie(&["--igen", "1", "--till", &till]).slutar(0);
    assert_eq!(std::fs::read(&till).unwrap(), bytes);
    sie(&["--igen", "2", "--till", &till]).slutar(1);
    sie(&["--ar", "2026"]).slutar(2);
    sie(&["--ar", "2026", "--bidrag", "finns-inte", "--till", &till]).slutar(2);
    let hjalp = sie(&["--help"]).slutar(0).ut;
    assert!(
        hjalp.contains("Räkenskapsåret") && !hjalp.contains("Options"),
        "{hjalp}"
    );
    utfall_i(&db, &["verifiera"]).slutar(0);
}

/// A file with many vouchers, so that there is a middle to be killed in.
fn stor() -> Vec<u8> {
    let mut ut = String::from(
        "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20260401\n#SIETYP 4\n\
         #ORGNR 999900-0004\n#FNAMN \"Forsby prov\"\n#RAR 0 20260101 20261231\n\
         #KONTO 1930 Bank\n#KONTO 5010 Lon\n",
    );
    for nr in 1..=6_000 {
        let (manad, kr) = (1 + nr % 12, 100 + nr);
        ut.push_str(&format!(
            "#VER A {nr} 2026{manad:02}15 \"\"\n{{\n#TRANS 5010 {{6 2601}} {kr}.00\n\
             #TRANS 1930 {{}} -{kr}.00\n}}\n"
        ));
    }
    ut.into_bytes()
}

/// What the books are: an import that is not in them has changed nothing here.
const BOCKERNA: [&str; 9] = [
    "journal",
    "faktum",
    "faktum_bokforing",
    "koppling",
    "handverifikation",
    "organisation",
    "bidrag",
    "insats",
    "medelspost",
];

/// Killed when so many of its vouchers are written: the books are as before or as after, what
/// is left of it is cleared away by the next, and the file can be read in.
#[test]
fn a_killed_import_is_in_the_books_or_is_not() {
    let mapp = tempfile::tempdir().unwrap();
    let lagg = |namn: &str, innehall: &[u8]| {
        let fil = mapp.path().join(namn);
        std::fs::write(&fil, innehall).unwrap();
        fil.display().to_string()
    };
    let fil = lagg("stor.se", &stor());
    let db = forsby();
    // A mapping, so that what comes into the books is facts.
    let regler = r#"{"regler":[{"objekt":"6:2601","insats":"sommarjobb-alla"}]}"#;
    let koppling = lagg("koppling.json", regler.as_bytes());
    let forsta = lagg(
        "forsta.se",
        &super::dalig::sie(super::dalig::HUVUD, super::dalig::VER),
    );
    let foretag = ["importera", "sie", "--foretag", "Forsby prov (pahittat)"];
    let med = foretag
        .into_iter()
        .chain(["--koppling", &koppling, &forsta]);
    utfall_i(&db, &med.collect::<Vec<_>>()).slutar(0);

    let i_bockerna = |db: &Testdb| {
        let alla = db.avtryck();
        BOCKERNA.map(|tabell| alla[tabell])
    };
    let fore = i_bockerna(&db);
    let (mut avbrutna, mut klara) = (0, 0);
    let efter = [1, 1_500, 3_000, 4_500, 5_700, 6_000, 6_000, 6_000];
    for (varv, efter) in (0_u64..).zip(efter) {
        let paborjade = db.rader()["sie_inlasning"];
        let [val, plats] = db.ord();
        let mut barn = program(["importera", "sie", "--foretag", "Forsby prov"])
            .args([&fil, &val, &plats])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // What the one before left is cleared away before the next begins.
        let framme = |db: &Testdb| {
            let nu = db.rader();
            nu["sie_inlasning"] > paborjade && nu["verifikation"] > efter
        };
        while !framme(&db) && barn.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        if efter == 6_000 {
            // During the last steps, a little later each time.
            std::thread::sleep(Duration::from_millis(3 * (varv - 5)));
        }
        // SIGKILL: nothing can be tidied up.
        let _ = barn.kill();
        let hel = barn.wait().unwrap().success();
        utfall_i(&db, &["verifiera"]).slutar(0);
        let sedda = utfall_i(&db, &["importera", "sie", "--prova", &fil]);
        let inne = sedda.fel.contains("redan inläst");
        assert!(inne || !hel, "varv {varv}: what was acknowledged is there");
        if inne {
            klara += 1;
            break;
        }
        avbrutna += 1;
        let skrivna = db.rader()["verifikation"];
        assert!(skrivna > efter, "varv {varv}: {skrivna}: in the middle");
        assert_eq!(i_bockerna(&db), fore, "nothing of it is in the books");
        // What died holds its place for twenty seconds by the clock: no other process knows.
        db.ingrip("UPDATE sie_pagar SET senast = 0");
    }
    // How far a quick machine gets before the signal comes differs: three are far from the end.
    assert!(avbrutna >= 3, "{avbrutna} in the middle, {klara} done");
    if klara == 0 {
        let med = ["importera", "sie", "--foretag", "Forsby prov", &fil];
        utfall_i(&db, &med).slutar(0);
    }
    let rader = db.rader();
    assert_eq!(
        rader["verifikation"], 6_001,
        "and what was left before it is gone"
    );
    assert_eq!(rader["verifikationsrad"], 12_002);
    assert_eq!(rader["konteringssumma"], 26);
    assert_eq!(rader["sie_pagar"], 0);
    assert_ne!(i_bockerna(&db), fore, "control: whole, it is seen there");
    ar_frisk(&db);
}

/// Drift reads files in, and is not told of employees: the preview leaves them out.
#[test]
fn the_preview_of_the_command_names_nobody() {
    let db = forsby();
    let mapp = tempfile::tempdir().unwrap();
    let skriv = |namn: &str, text: &str| {
        let stig = mapp.path().join(namn);
        std::fs::write(&stig, text).unwrap();
        stig.display().to_string()
    };
    let koppling = skriv(
        "koppling.json",
        r#"{"regler":[],"behall":{"dimensioner":[7]}}"#,
    );
    let fil = |nr: u8| {
        let text = format!(
            "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20261101\n#SIETYP 4\n\
             #ORGNR 999900-0012\n#FNAMN \"Prov\"\n#RAR 0 20260101 20261231\n#KONTO 1930 Bank\n\
             #KONTO 5010 Lon\n#VER A {nr} 20260215 \"\"\n{{\n\
             #TRANS 5010 {{6 2601 7 HEMLIG01}} 10.00\n#TRANS 1930 {{}} -10.00\n}}\n"
        );
        skriv(&format!("{nr}.se"), &text)
    };
    let forst = fil(1);
    let las_in = [
        "importera",
        "sie",
        "--koppling",
        &koppling,
        "--foretag",
        "Prov",
        &forst,
    ];
    utfall_i(&db, &las_in).slutar(0);
    let ut = utfall_i(&db, &["importera", "sie", "--prova", &fil(2)]);
    let ut = ut.slutar(0).ut;
    assert!(ut.contains("5010") && ut.contains("2601"), "kontroll: {ut}");
    assert!(!ut.contains("HEMLIG01"), "{ut}");
}

/// An answer about one company's vouchers that stands in a script for ever answers only for a
/// file with as many of another's; the company's name answers nothing of it.
#[test]
fn a_flag_left_in_a_script_does_not_count_another_companys_vouchers_twice() {
    let db = forsby();
    let mapp = tempfile::tempdir().unwrap();
    let skriv = |orgnr: &str, antal: u8| {
        let ver = (1..=antal).map(|nr| super::dalig::VER.replace("A 1", &format!("A {nr}")));
        let huvud = super::dalig::HUVUD.replace("999900-0012", orgnr);
        let stig = mapp.path().join(format!("{orgnr}-{antal}.se"));
        std::fs::write(&stig, super::dalig::sie(&huvud, &ver.collect::<String>())).unwrap();
        stig.display().to_string()
    };
    let foretag = ["importera", "sie", "--foretag", "Forsby prov (pahittat)"];
    let las = |mer: &[&str]| utfall_i(&db, &[&foretag[..], mer].concat());
    las(&[&skriv("999900-0012", 4)]).slutar(0);
    let fyra = skriv("999900-0020", 4);
    let fore = db.rader();
    let nej = las(&[&fyra]).slutar(1).fel;
    assert!(
        nej.contains("--rakna-dubbla") && nej.contains("999900-0012"),
        "{nej}"
    );
    las(&["--rakna-dubbla", "3", &fyra]).slutar(1);
    assert_eq!(db.rader(), fore);
    let sagt = las(&["--prova", &fyra]).slutar(0).ut;
    assert!(sagt.contains("--rakna-dubbla 4"), "{sagt}");
    las(&["--rakna-dubbla", "4", &fyra]).slutar(0);
    assert_eq!(db.rader()["verifikation"], 8);
}
