//! What the command line does with files that have no end, choices that cannot be, disks
//! that are full and addresses that are none.

use crate::stod::{akta, exempel, utfall, utfall_i};
use std::process::{Command, Stdio};
use utfall_testkit::Testdb;

const ENGELSKA: [&str; 6] = [
    "os error",
    "invalid",
    "No such",
    "No space",
    "Not a directory",
    "error ",
];

#[track_caller]
fn pa_svenska(text: &str) {
    for engelska in ENGELSKA {
        assert!(!text.contains(engelska), "{engelska}: {text}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_without_end_is_refused_and_not_read_to_it() {
    let db = Testdb::ny();
    let svar = [
        utfall(["granska", "/dev/zero"]),
        utfall_i(&db, &["importera", "underlag", "/dev/zero"]),
        utfall_i(&db, &["verifiera", "/dev/zero"]),
    ];
    for svar in svar {
        let svar = svar.slutar(1);
        assert!(svar.fel.contains("/dev/zero är större än"), "{}", svar.fel);
    }
    // The control: what is within the limit is read.
    utfall(["granska", &exempel("ragunda")]).slutar(1);
    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("stor.json");
    std::fs::write(&fil, vec![b' '; 4 * 1024 * 1024]).unwrap();
    let svar = utfall([std::ffi::OsStr::new("granska"), fil.as_os_str()]).slutar(1);
    assert!(!svar.fel.contains("större än"), "{}", svar.fel);
}

#[test]
fn choices_that_cannot_be_are_refused_and_write_no_file() {
    let db = akta().databas();
    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("r.html");
    let till = fil.display().to_string();
    let rapport = |val: [&str; 2]| {
        let fast = ["rapport", "aterrapport", "--bidrag", "socialstyrelsen-2021"];
        let ord: Vec<&str> = fast
            .into_iter()
            .chain(["--huvudman", "uppsala", "--till", &till])
            .chain(val)
            .collect();
        utfall_i(&db, &ord)
    };
    for (val, sager) in [
        (["--per", "9999-12-31"], "har inte varit än"),
        (["--ar", "1999"], "Välj ett av bidragets år: 2021"),
    ] {
        let svar = rapport(val).slutar(1);
        assert!(svar.fel.contains(sager), "{val:?}: {}", svar.fel);
        assert!(!fil.exists(), "{val:?}");
    }
    rapport(["--ar", "2021"]).slutar(0);
    assert!(fil.exists());
}

#[test]
#[cfg(target_os = "linux")]
fn a_report_that_cannot_be_written_leaves_nothing_and_what_was_there() {
    let db = akta().databas();
    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("r.pdf");
    let skriv = |tak: &str| {
        let mut skal = Command::new("sh");
        // The signal is ignored, so that a file too large is an error as a full disk is.
        let sats = format!("trap '' XFSZ; ulimit -f {tak}; exec \"$@\"");
        let svar = skal
            .args(["-c", &sats, "sh", env!("CARGO_BIN_EXE_utfall")])
            .args(["rapport", "aterrapport", "--bidrag", "socialstyrelsen-2021"])
            .args(["--huvudman", "uppsala", "--till"])
            .arg(&fil)
            .args(db.ord())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (svar.status.code(), String::from_utf8(svar.stderr).unwrap())
    };
    let namn = || -> Vec<_> {
        let mapp = std::fs::read_dir(mapp.path()).unwrap();
        mapp.map(|f| f.unwrap().file_name()).collect()
    };
    for fore in [None, Some(b"det som fanns")] {
        if let Some(fore) = fore {
            std::fs::write(&fil, fore).unwrap();
        }
        let (kod, text) = skriv("80");
        assert_eq!(kod, Some(2), "{text}");
        assert!(
            text.contains("r.pdf går inte att skriva: filen blir för stor"),
            "{text}"
        );
        assert_eq!(namn().len(), usize::from(fore.is_some()), "{:?}", namn());
        if let Some(fore) = fore {
            assert_eq!(std::fs::read(&fil).unwrap(), fore);
        }
    }
    let (kod, text) = skriv("unlimited");
    assert_eq!(kod, Some(0), "{text}");
    assert_eq!(namn(), ["r.pdf"]);
    assert!(std::fs::read(&fil).unwrap().starts_with(b"%PDF"));
}

#[test]
#[cfg(target_os = "linux")]
fn what_the_system_says_is_said_in_swedish_with_its_place() {
    let mapp = tempfile::tempdir().unwrap();
    let tom = mapp.path().display().to_string();
    let fil = mapp.path().join("fil");
    std::fs::write(&fil, "x").unwrap();
    let under_fil = fil.join("under").display().to_string();
    let fall: &[(&[&str], &str)] = &[
        (&["serve", "--data", &under_fil], &under_fil),
        (&["serve", "--data", &tom, "--listen", "nonsens"], "nonsens"),
        (
            &["serve", "--data", &tom, "--listen", "127.0.0.1:80000"],
            "mellan 0 och 65535",
        ),
        (&["demo", "--listen", "127.0.0.1:x"], "--listen"),
        (
            &["serve", "--data", &tom, "--listen", "203.0.113.9:0"],
            "ingen sådan adress",
        ),
        (&["bidrag", "--database", "hej"], "postgres://"),
        (
            &["bidrag", "--database", "postgres://a:hemligt@127.0.0.1:1/x"],
            "127.0.0.1:1/x",
        ),
        (&["granska", &tom], "det är en mapp"),
    ];
    for (ord, sager) in fall {
        let svar = utfall(*ord).slutar(2);
        assert!(svar.fel.contains(sager), "{ord:?}: {}", svar.fel);
        assert!(!svar.fel.contains("hemligt"), "{}", svar.fel);
        pa_svenska(&svar.fel);
    }
}
