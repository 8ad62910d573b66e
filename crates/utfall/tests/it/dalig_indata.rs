//! Bad input and bad ground to stand on: every refusal names the file, the place, the rule and
//! the remedy, ends with 1 or 2, and leaves the database as it was.

use crate::stod::{Utgang, ar_frisk, exempel, program, rot, utfall, utfall_i};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::sync::Arc;
use utfall_app::Tjanst;
use utfall_app::demo::StalldKlocka;
use utfall_app::installation::NyHuvudman;
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::Aktor;
use utfall_domain::problem::ProblemSlag;
use utfall_domain::underlag::las;
use utfall_store::{Db, Installningar, Mal};
use utfall_testkit::{Fro, Snabbsattare, Testdb, nu};

fn komplett() -> String {
    fs::read_to_string(rot().join("crates/domain/src/underlag/tests/komplett.json")).unwrap()
}

/// The complete sample with one thing replaced.
fn andrat(fran: &str, till: &str) -> Vec<u8> {
    let text = komplett();
    assert!(text.contains(fran), "{fran} står inte i provet");
    text.replacen(fran, till, 1).into_bytes()
}

/// What is wrong with the file, its bytes, the rule, and a part of the place.
fn daliga_filer() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let mut bruten = komplett().into_bytes();
    let mitt = bruten
        .windows(8)
        .position(|w| w == "Stödmynd".get(..8).unwrap().as_bytes())
        .unwrap();
    bruten[mitt + 3] = 0xff;
    let utf16: Vec<u8> = komplett()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let miljon = format!("{{\"format\": [\n{}0]}}", "0,\n".repeat(1_000_000));
    let pengar = |belopp: &str| andrat("\"1 Mkr\"", belopp);
    let datum = |datum: &str| andrat("\"2021-03-02\"", datum);
    vec![
        (
            "avbruten",
            komplett().into_bytes()[..690].to_vec(),
            "underlag-json",
            "rad ",
        ),
        ("tom", Vec::new(), "underlag-json", "rad 1"),
        (
            "pdf",
            b"%PDF-1.7\n1 0 obj\n".to_vec(),
            "underlag-json",
            "rad 1",
        ),
        (
            "stor",
            vec![b' '; 5 * 1024 * 1024],
            "underlag-storlek",
            ".json",
        ),
        ("utf16", utf16, "underlag-utf8", "rad "),
        ("utf8", bruten, "underlag-utf8", "rad "),
        ("miljon", miljon.into_bytes(), "underlag-rader", "rad "),
        (
            "djup",
            "[".repeat(100_000).into_bytes(),
            "underlag-djup",
            "rad 1",
        ),
        (
            "enhet",
            pengar("\"1 miljard\""),
            "underlag-enhet",
            "rekvirerat[1].belopp",
        ),
        (
            "utan-enhet",
            pengar("1000000"),
            "underlag-enhet",
            "rekvirerat[1].belopp",
        ),
        (
            "flyttal",
            pengar("1.5"),
            "underlag-enhet",
            "rekvirerat[1].belopp",
        ),
        (
            "for-stort",
            pengar("\"9223372036854775808 kr\""),
            "underlag-belopp",
            "belopp",
        ),
        (
            "tkr-for-stort",
            pengar("\"9 300 000 000 000 000 tkr\""),
            "underlag-belopp",
            "belopp",
        ),
        ("ooandligt", pengar("1e999"), "underlag-enhet", "belopp"),
        (
            "skottdag",
            datum("\"2021-02-29\""),
            "underlag-datum",
            "beslut[0].datum",
        ),
        (
            "manad-13",
            datum("\"2021-13-01\""),
            "underlag-datum",
            "beslut[0].datum",
        ),
        (
            "ar-0",
            datum("\"0000-00-00\""),
            "underlag-datum",
            "beslut[0].datum",
        ),
        (
            "falt",
            andrat("\"totalt\": 30", "\"totallt\": 30"),
            "underlag-falt-okant",
            "personer[0]",
        ),
        (
            "saknas",
            andrat("\"titel\": \"Stöd till unga i Exempelby\",", ""),
            "underlag-falt-saknas",
            "dokument",
        ),
        (
            "dubblett",
            andrat("\"id\": \"samtal\"", "\"id\": \"sommarjobb\""),
            "underlag-id-dubblett",
            "insatser[1].id",
        ),
        (
            "hanvisning",
            andrat("\"instans\": \"ks\"", "\"instans\": \"kf\""),
            "underlag-hanvisning",
            "beslut[0].instans",
        ),
        (
            "negativt",
            andrat("\"totalt\": 30", "\"totalt\": -1"),
            "underlag-antal",
            "totalt",
        ),
    ]
}

#[track_caller]
fn namnger(svar: &Utgang, fil: &str, (kod, plats): (&str, &str)) {
    assert!([1, 2].contains(&svar.kod), "{fil}: {svar:#?}");
    for ord in [&format!("{fil}.json"), kod, plats] {
        assert!(svar.fel.contains(ord), "{fil}: {ord} saknas: {}", svar.fel);
    }
    for rad in svar.fel.lines() {
        // Place: what is wrong. What to do. [rule]
        let text = rad.rsplit_once(" [").map_or(rad, |(text, _)| text);
        assert!(rad.ends_with(']') && text.ends_with('.'), "{fil}: {rad}");
        assert!(
            text.matches(['.', '?']).count() >= 2,
            "{fil}: åtgärden saknas: {rad}"
        );
    }
    for ord in ["panicked", "RUST_BACKTRACE", "Error", "expected"] {
        assert!(!svar.fel.contains(ord), "{fil}: {}", svar.fel);
    }
    assert!(svar.ut.is_empty(), "{fil}: {}", svar.ut);
}

#[test]
fn a_bad_file_is_refused_by_name_and_nothing_is_stored() {
    let db = Testdb::ny();
    drop(db.oppna());
    let fore = db.rader();
    let mapp = tempfile::tempdir().unwrap();
    for (namn, bytes, kod, plats) in daliga_filer() {
        let fil = mapp.path().join(format!("{namn}.json"));
        fs::write(&fil, bytes).unwrap();
        let fil = fil.display().to_string();
        namnger(&utfall(["granska", &fil]).slutar(1), namn, (kod, plats));
        let svar = utfall_i(&db, &["importera", "underlag", "--ny-huvudman", &fil]).slutar(1);
        namnger(&svar, namn, (kod, plats));
        assert_eq!(db.rader(), fore, "{namn}");
    }
    // Control: the sample as it is, is read and stored.
    let fil = mapp.path().join("hel.json");
    fs::write(&fil, komplett()).unwrap();
    utfall_i(
        &db,
        &[
            "importera",
            "underlag",
            "--ny-huvudman",
            &fil.display().to_string(),
        ],
    )
    .slutar(0);
    assert_ne!(db.rader(), fore);
}

#[test]
fn what_is_not_a_readable_file_is_exit_code_two() {
    let mapp = tempfile::tempdir().unwrap();
    let mappen = mapp.path().display().to_string();
    for fil in [mappen.as_str(), "/finns/inte/alls.json"] {
        let svar = utfall(["granska", fil]).slutar(2);
        assert!(
            svar.fel.contains(fil) && svar.fel.contains("går inte att läsa"),
            "{}",
            svar.fel
        );
    }
}

/// Three hundred papers with bytes changed at random: each is refused by name or read, none
/// stops the program, and a refused one leaves nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hundred_mutated_papers_are_refused_by_name_or_stored_whole() {
    use utfall_app::Slump as _;
    let fro = Fro::ny(2026);
    let tal = || {
        let mut b = [0; 8];
        fro.fyll(&mut b);
        usize::try_from(u64::from_be_bytes(b) >> 1).unwrap()
    };
    let db = Testdb::ny();
    let oppen = db.oppna();
    let klocka = Arc::new(StalldKlocka::ny(nu()));
    let tjanst = Tjanst::ny(oppen, klocka, Arc::new(Fro::ny(3)), Arc::new(Snabbsattare));
    let ny = NyHuvudman {
        slug: "exempelby".into(),
        namn: "Exempelby kommun".into(),
        pahittad: true,
    };
    let aktor = Aktor::drift(tjanst.skapa_huvudman(ny).await.unwrap());
    let original = komplett().into_bytes();
    let sorter: [&[u8]; 12] = [
        b"\"",
        b"{",
        b"}",
        b",",
        b"-",
        b"9",
        b"\\u0000",
        b"\xe2\x80\xae",
        b"\xc3",
        b"null",
        b"1e9",
        b"99999999999999999999",
    ];
    let (mut nekade, mut lasta, mut vagrade) = (0, 0, 0);
    for nr in 0..320 {
        let mut bytes = original.clone();
        for _ in 0..=tal() % 3 {
            let plats = tal() % bytes.len();
            match tal() % 4 {
                0 => drop(bytes.remove(plats)),
                1 => bytes[plats] = u8::try_from(tal() % 256).unwrap(),
                2 => bytes.truncate(plats.max(1)),
                _ => drop(bytes.splice(plats..plats, sorter[tal() % sorter.len()].iter().copied())),
            }
        }
        let stam = format!("m{nr}");
        let fore = db.rader();
        match las(&stam, &bytes) {
            Err(fel) => {
                nekade += 1;
                assert!(!fel.is_empty());
                for p in fel {
                    let plats = p.plats.unwrap_or_default();
                    assert!(plats.starts_with(&format!("{stam}.json")), "{nr}: {plats}");
                    assert!(!p.text.is_empty() && !p.atgard.is_empty(), "{nr}");
                }
            }
            Ok(underlag) => {
                let fall = ImporteraUnderlag {
                    underlag,
                    innehall: bytes,
                    offentligt: false,
                };
                match tjanst.utfor(&aktor, None, fall).await {
                    Ok(_) => {
                        lasta += 1;
                        assert_eq!(db.rader()["journal"], fore["journal"] + 1, "{nr}");
                    }
                    Err(p) => {
                        vagrade += 1;
                        assert_ne!(p.slag, ProblemSlag::Internt, "{nr}: {p}");
                        assert_eq!(db.rader(), fore, "{nr}: {p}");
                    }
                }
            }
        }
    }
    println!("{nekade} nekade vid läsning, {vagrade} vid inläsning, {lasta} inlästa");
    assert!(nekade > 200 && lasta > 5, "{nekade} {vagrade} {lasta}");
}

fn ar_root() -> bool {
    let mapp = tempfile::tempdir().unwrap();
    fs::metadata(mapp.path()).unwrap().uid() == 0
}

/// Somebody who may read the folder but not write in it. Root may always, so it lends the
/// program another name.
fn utan_skrivratt(mapp: &Path, ord: &[&str]) -> Utgang {
    let plats = mapp.display().to_string();
    let mut kommando = program(ord.iter().copied().chain(["--data", plats.as_str()]));
    if ar_root() {
        kommando.uid(65534);
    }
    let svar = kommando.output().expect("programmet får köras av andra");
    Utgang {
        kod: svar.status.code().unwrap_or(-1),
        ut: String::from_utf8(svar.stdout).unwrap(),
        fel: String::from_utf8(svar.stderr).unwrap(),
    }
}

fn lage(stig: &Path, lage: u32) {
    fs::set_permissions(stig, fs::Permissions::from_mode(lage)).unwrap();
}

#[test]
fn a_read_only_folder_is_told_and_left_alone() {
    let ovan = tempfile::tempdir().unwrap();
    let mapp = ovan.path().join("data");
    let plats = mapp.display().to_string();
    let papper = ovan.path().join("ragunda.json");
    fs::copy(exempel("ragunda"), &papper).unwrap();
    utfall([
        "importera",
        "underlag",
        "--ny-huvudman",
        &exempel("nns"),
        "--data",
        &plats,
    ])
    .slutar(0);
    lage(ovan.path(), 0o755);
    lage(&mapp, 0o555);
    for fil in fs::read_dir(&mapp).unwrap() {
        lage(&fil.unwrap().path(), 0o444);
    }
    lage(&papper, 0o644);
    let fore = fs::read(mapp.join("utfall.db")).unwrap();
    let papper = papper.display().to_string();
    for ord in [
        &["importera", "underlag", "--ny-huvudman", papper.as_str()][..],
        &["migrera"],
        &["serve"],
    ] {
        let svar = utan_skrivratt(&mapp, ord);
        assert!([1, 2].contains(&svar.kod), "{ord:?}: {svar:#?}");
        assert!(svar.fel.contains("skrivskydd"), "{ord:?}: {svar:#?}");
        assert!(!svar.fel.contains("panicked"), "{svar:#?}");
    }
    assert_eq!(fs::read(mapp.join("utfall.db")).unwrap(), fore);
    // A new folder cannot be made there either.
    let ny = utan_skrivratt(&mapp.join("ny"), &["migrera"]);
    assert!(ny.kod == 2 && ny.fel.contains("skriva i"), "{ny:#?}");
    // Control: with the right to write it works.
    lage(&mapp, 0o755);
    for fil in fs::read_dir(&mapp).unwrap() {
        lage(&fil.unwrap().path(), 0o644);
    }
    utfall([
        "importera",
        "underlag",
        "--ny-huvudman",
        &papper,
        "--data",
        &plats,
    ])
    .slutar(0);
}

#[test]
fn a_file_where_the_folder_should_be_is_told() {
    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("data");
    fs::write(&fil, "inte en mapp").unwrap();
    let plats = fil.display().to_string();
    let svar = utfall(["migrera", "--data", &plats]).slutar(2);
    assert!(
        svar.fel.contains(&plats) && svar.fel.contains("Välj en mapp"),
        "{}",
        svar.fel
    );
    assert_eq!(fs::read(&fil).unwrap(), b"inte en mapp");
}

#[test]
fn a_file_that_is_no_database_is_told_and_left_alone() {
    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("utfall.db");
    let skrap = "detta är ingen databas, bara text som råkar ligga här. ".repeat(200);
    fs::write(&fil, &skrap).unwrap();
    let plats = mapp.path().display().to_string();
    for ord in [
        vec!["doktor"],
        vec!["migrera"],
        vec!["importera", "underlag"],
    ] {
        let papper = exempel("nns");
        let mut ord = ord;
        if ord.len() == 2 {
            ord.push(&papper);
        }
        ord.extend(["--data", &plats]);
        let svar = utfall(&ord).slutar(2);
        assert!(
            svar.fel.contains("inte en läsbar databas"),
            "{ord:?}: {}",
            svar.fel
        );
    }
    assert_eq!(fs::read_to_string(&fil).unwrap(), skrap);
}

#[test]
fn a_database_from_a_newer_version_is_refused_by_every_command() {
    let db = Testdb::ny();
    utfall_i(
        &db,
        &["importera", "underlag", "--ny-huvudman", &exempel("nns")],
    )
    .slutar(0);
    db.ingrip("INSERT INTO schema (version, sha256) VALUES (999, 'framtiden')");
    let fore = db.rader();
    let papper = exempel("ragunda");
    for ord in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["importera", "underlag", "--ny-huvudman", &papper],
        &["migrera"],
        &["doktor"],
        &["verifiera"],
        &["granska"],
        &["demo", "--endast-data"],
    ] {
        let svar = utfall_i(&db, ord).slutar(2);
        for sager in ["nyare version", "999", "Installera"] {
            assert!(svar.fel.contains(sager), "{ord:?}: {sager}: {}", svar.fel);
        }
    }
    assert_eq!(db.rader(), fore);
    db.ingrip("DELETE FROM schema WHERE version = 999");
    ar_frisk(&db);
}

/// A disk that fills in the middle of an import: all of it or nothing, and it goes on when
/// there is room again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stores_nothing_and_is_told() {
    // Pages are SQLite's; the server of the other engine answers for its own disk.
    let mapp = tempfile::tempdir().unwrap();
    let mal = Mal::Sqlite(mapp.path().join("utfall.db"));
    let tjanst = |sidtak: Option<u32>| {
        let installningar = Installningar {
            sidtak,
            ..Installningar::default()
        };
        let db = Db::oppna(&mal, &installningar).unwrap();
        let klocka = Arc::new(StalldKlocka::ny(nu()));
        Tjanst::ny(db, klocka, Arc::new(Fro::ny(3)), Arc::new(Snabbsattare))
    };
    let ny = NyHuvudman {
        slug: "uppsala".into(),
        namn: "Uppsala kommun".into(),
        pahittad: false,
    };
    let rymlig = tjanst(None);
    let aktor = Aktor::drift(rymlig.skapa_huvudman(ny).await.unwrap());
    drop(rymlig);
    let sidor = fs::metadata(mapp.path().join("utfall.db")).unwrap().len() / 4096;
    let innehall = fs::read(exempel("uppsala")).unwrap();
    let fall = ImporteraUnderlag {
        underlag: las("uppsala", &innehall).unwrap(),
        innehall,
        offentligt: true,
    };
    let trang = tjanst(Some(u32::try_from(sidor).unwrap() + 4));
    let lage = |t: &Tjanst| {
        let aktor = aktor.clone();
        let t = t.clone();
        async move {
            let bok = t
                .bok(&aktor, utfall_behorighet::Atgard::LasaMedel, None)
                .await
                .unwrap();
            (
                bok.lage,
                bok.fakta.len(),
                bok.underlag.len(),
                bok.organisationer.len(),
            )
        }
    };
    let fore = lage(&trang).await;
    for _ in 0..3 {
        let p = trang.utfor(&aktor, None, fall.clone()).await.unwrap_err();
        assert_eq!(p.kod, "disk-full", "{p}");
        assert!(
            p.text.contains("Disken är full") && p.atgard.contains("Frigör utrymme"),
            "{p}"
        );
        assert_eq!(lage(&trang).await, fore);
    }
    assert!(trang.verifiera_journal(&aktor, None).await.unwrap().is_ok());
    drop(trang);
    let rymlig = tjanst(None);
    rymlig.utfor(&aktor, None, fall).await.unwrap();
    assert_ne!(lage(&rymlig).await, fore);
    assert!(
        rymlig
            .verifiera_journal(&aktor, None)
            .await
            .unwrap()
            .is_ok()
    );
}
