//! Memory while large and hostile files are looked at and read in: at most 256 MiB over what the
//! program has when it rests. The suite takes a small share of the rows and holds what each row
//! costs against its part of that; `cargo xtask prov stora` takes a million.

use super::kommandot::forsby;
use crate::stod::{Utgang, program, server};
use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use utfall_testkit::Testdb;
use utfall_testkit::natet::Klient;
use utfall_testkit::webb::dolda;

/// What the order allows over idle, in KiB.
const TAK: u64 = 256 * 1024;
/// The rows it allows it for.
const MILJON: u64 = 1_000_000;

/// How many rows `cargo xtask prov stora` says; the suite says none.
#[expect(
    clippy::disallowed_methods,
    reason = "antalet är det långa provets enda inställning"
)]
fn sagt() -> Option<u64> {
    let sagt = std::env::var("UTFALL_STORA").ok();
    sagt.map(|n| n.parse().expect("UTFALL_STORA är ett antal rader"))
}

/// Memory of a process in KiB: `VmHWM` is the most it has had, `VmRSS` what it has now.
fn minne(pid: u32, vad: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let rad = status.lines().find_map(|rad| rad.strip_prefix(vad))?;
    rad.trim_matches([':', '\t', ' ', 'k', 'B']).parse().ok()
}

/// Runs the program and watches how much memory it comes to.
fn med_minne(db: &Testdb, ord: &[&str]) -> (Utgang, u64) {
    let plats = db.ord();
    let mut barn = program(ord.iter().copied().chain(plats.iter().map(String::as_str)))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut mest, pid) = (0, barn.id());
    let mut ror = (barn.stdout.take().unwrap(), barn.stderr.take().unwrap());
    let (ut, fel) = std::thread::scope(|trad| {
        let las = trad.spawn(move || {
            let (mut ut, mut fel) = (String::new(), String::new());
            ror.1.read_to_string(&mut fel).unwrap();
            ror.0.read_to_string(&mut ut).unwrap();
            (ut, fel)
        });
        while barn.try_wait().unwrap().is_none() {
            mest = mest.max(minne(pid, "VmHWM").unwrap_or(0));
            std::thread::sleep(Duration::from_millis(2));
        }
        las.join().unwrap()
    });
    let kod = barn.wait().unwrap().code().unwrap_or(-1);
    (Utgang { kod, ut, fel }, mest)
}

/// What the command has when it has hardly anything to do.
fn i_vila(db: &Testdb, mapp: &Path) -> u64 {
    let fil = mapp.join("liten.se");
    std::fs::write(
        &fil,
        super::dalig::sie(super::dalig::HUVUD, super::dalig::VER),
    )
    .unwrap();
    let fil = fil.display().to_string();
    let (svar, mest) = med_minne(db, &["importera", "sie", "--prova", &fil]);
    svar.slutar(0);
    assert!(mest > 1_000, "{mest}");
    mest
}

/// How a file of many rows is made.
#[derive(Clone, Copy)]
enum Form {
    /// Vouchers of four rows on a few hundred accounts with objects.
    Vanlig,
    /// The same, with a fault in each.
    Trasig,
    /// So many accounts with objects as are taken, in every month.
    Spridd,
}

fn stor(mapp: &Path, rader: u64, form: Form) -> PathBuf {
    let stig = mapp.join(format!("stor-{rader}.se"));
    let mut ut = BufWriter::new(File::create(&stig).unwrap());
    ut.write_all(&super::dalig::sie(super::dalig::HUVUD, ""))
        .unwrap();
    for nr in 1..=rader / 4 {
        // Each account with objects in month after month.
        let manad = 1 + (nr + nr / 33_000) % 12;
        write!(ut, "#VER A {nr} 2026{manad:02}15 \"Text {nr}\"\r\n{{\r\n").unwrap();
        let spridd = matches!(form, Form::Spridd);
        for r in 0..3 {
            let objekt = if spridd {
                (nr * 3 + r) % 99_000
            } else {
                (nr + r) % 300
            };
            let ore = if matches!(form, Form::Trasig) && r == 0 {
                ".001"
            } else {
                ".00"
            };
            write!(
                ut,
                "#TRANS 5010 {{6 \"P{objekt}\"}} 100{ore} \"\" \"Rad\"\r\n"
            )
            .unwrap();
        }
        write!(ut, "#TRANS 1930 {{}} -300.00\r\n}}\r\n").unwrap();
    }
    ut.into_inner().unwrap();
    stig
}

/// A file of so many bytes whose second line never ends. It takes no room on the disk.
fn en_rad(mapp: &Path, byte: u64) -> String {
    let stig = mapp.join(format!("rad-{byte}.se"));
    let mut fil = File::create(&stig).unwrap();
    fil.write_all(b"#FLAGGA 0\n#PROSA \"").unwrap();
    fil.set_len(byte).unwrap();
    fil.seek(SeekFrom::End(-1)).unwrap();
    stig.display().to_string()
}

#[test]
#[cfg(target_os = "linux")]
fn a_line_of_a_gibibyte_is_refused_in_the_memory_of_a_line() {
    let db = forsby();
    let mapp = tempfile::tempdir().unwrap();
    let vila = i_vila(&db, mapp.path());
    let fore = db.avtryck();
    // Larger than any file that is taken: not even read.
    let hel = en_rad(mapp.path(), 1 << 30);
    let (svar, mest) = med_minne(&db, &["importera", "sie", &hel]);
    let fel = svar.slutar(1).fel;
    assert!(fel.contains("större än 200 MiB"), "{fel}");
    assert!(mest < vila + 8 * 1024, "{mest} mot {vila} KiB");
    // As long a line as a file that is taken can have.
    let hel = en_rad(mapp.path(), 200 << 20);
    let (svar, mest) = med_minne(&db, &["importera", "sie", &hel]);
    let fel = svar.slutar(1).fel;
    assert!(fel.contains("fel, rad 2 [for-lang-rad]"), "{fel}");
    assert!(mest < vila + 16 * 1024, "{mest} mot {vila} KiB");
    assert_eq!(db.avtryck(), fore);
}

/// A gibibyte is refused by the length that is said of it, before it is sent; when none is
/// said, where the limit is reached.
#[test]
#[cfg(target_os = "linux")]
fn a_gibibyte_sent_to_the_page_is_refused_and_kept_nowhere() {
    let s = server(&["demo", "--listen", "127.0.0.1:0"], 0);
    let mut k = Klient::ny(&s.adress);
    k.logga_in("ekonom.forsby", "utfall-demo-2026").unwrap();
    let las_in = "/bokforing/las-in";
    let sida = k.hamta(las_in).unwrap();
    let vila = minne(s.pid(), "VmRSS").unwrap();
    let mut kropp = String::new();
    for (falt, varde) in dolda(&sida.text, las_in) {
        let huvud = format!("Content-Disposition: form-data; name=\"{falt}\"\r\n\r\n");
        kropp += &format!("--GRANS\r\n{huvud}{varde}\r\n");
    }
    kropp += "--GRANS\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"a.se\"\r\n\r\n";
    let huvud = String::from_utf8(k.begaran("GET", las_in, None)).unwrap();
    let huvud = huvud.replacen("GET", "POST", 1);
    let huvud = huvud.trim_end().to_owned()
        + "\r\nSec-Fetch-Site: same-origin\r\n\
           Content-Type: multipart/form-data; boundary=GRANS\r\n";
    // In the long form it is really sent, in pieces without a length; else only said.
    let bitar = format!(
        "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{kropp}\r\n",
        kropp.len()
    );
    let (langd, byte) = match sagt() {
        Some(_) => (bitar, 1 << 30),
        None => (format!("Content-Length: 1073741824\r\n\r\n{kropp}"), 0),
    };
    let svar = skicka(&s.adress, &format!("{huvud}{langd}"), byte);
    // Who does not listen until it has sent everything may find the connection closed.
    let avbruten = byte > 0 && svar.is_err();
    assert!(
        avbruten || svar.as_ref().is_ok_and(|s| s == "HTTP/1.1 413"),
        "{svar:?}"
    );
    let mest = minne(s.pid(), "VmHWM").unwrap();
    assert!(mest < vila + 64 * 1024, "{mest} mot {vila} KiB");
    // Control: it serves on, and the page says that nothing is read in.
    let sedan = k.hamta("/bokforing").unwrap();
    assert_eq!(sedan.status, 200);
    println!(
        "1 GiB till sidan: {} KiB över vila",
        mest.saturating_sub(vila)
    );
}

/// Sends a head and so many bytes in pieces; the first line that comes back.
fn skicka(adress: &str, huvud: &str, byte: usize) -> std::io::Result<String> {
    let mut uttag = TcpStream::connect(adress)?;
    uttag.set_read_timeout(Some(Duration::from_secs(60)))?;
    uttag.write_all(huvud.as_bytes())?;
    let bit = vec![b'x'; 1 << 20];
    for _ in 0..byte >> 20 {
        let sant = write!(uttag, "{:x}\r\n", bit.len())
            .and_then(|()| uttag.write_all(&bit))
            .and_then(|()| uttag.write_all(b"\r\n"));
        if sant.is_err() {
            break;
        }
    }
    let mut svar = [0; 12];
    uttag.read_exact(&mut svar)?;
    Ok(String::from_utf8_lossy(&svar).into_owned())
}

/// What a file came to: rows, and KiB over idle to look at it and to read it in.
struct Matt {
    namn: &'static str,
    rader: u64,
    prova: u64,
    in_: u64,
}

fn matt(rader: u64, namn: &'static str, form: Form) -> Matt {
    let db = forsby();
    let mapp = tempfile::tempdir().unwrap();
    let vila = i_vila(&db, mapp.path());
    let fil = stor(mapp.path(), rader, form).display().to_string();
    let fore = db.avtryck();
    let (svar, prova) = med_minne(&db, &["importera", "sie", "--prova", &fil]);
    let trasig = matches!(form, Form::Trasig);
    svar.slutar(i32::from(trasig));
    assert_eq!(db.avtryck(), fore);
    let foretag = [
        "importera",
        "sie",
        "--foretag",
        "Forsby prov (pahittat)",
        &fil,
    ];
    let (svar, in_) = med_minne(&db, &foretag);
    let svar = svar.slutar(i32::from(trasig));
    let verifikationer = i64::try_from(rader / 4).unwrap();
    if trasig {
        let fel = format!("och {} fel till", verifikationer - 1_000);
        assert!(
            svar.fel.contains(&fel),
            "{}",
            &svar.fel[svar.fel.len() - 300..]
        );
        assert_eq!(db.avtryck(), fore);
    } else {
        assert_eq!(db.rader()["verifikation"], verifikationer);
        assert_eq!(db.rader()["verifikationsrad"], verifikationer * 4);
    }
    let over = |mest: u64| mest.saturating_sub(vila);
    let m = Matt {
        namn,
        rader,
        prova: over(prova),
        in_: over(in_),
    };
    println!(
        "{namn}, {rader} rader: {} KiB över vila ({vila} KiB) prövad, {} KiB inläst",
        m.prova, m.in_
    );
    m
}

/// Files that are made to take memory rather than to be many: what they are, their lines, and
/// why they are refused; nothing when they are read in.
fn fientliga() -> Vec<(&'static str, String, &'static str)> {
    let ver = |nr: usize, rader: &str| format!("#VER A {nr} 20260315 \"\"\r\n{{\r\n{rader}}}\r\n");
    // Rows with as many objects as one may have, no two alike.
    let objekt = |nr: usize, antal: usize| {
        let alla = (0..antal).map(|dim| format!("{} \"o{nr}x{dim}\" ", dim + 20));
        let rad = |tecken: &str| {
            let lista: String = alla.clone().collect();
            format!("#TRANS 5010 {{{lista}}} {tecken}1.00\r\n")
        };
        rad("") + &rad("-")
    };
    let manga = |antal: usize, objekten: usize| {
        let alla = (1..=antal).map(|nr| ver(nr, &objekt(nr, objekten)));
        alla.collect::<String>()
    };
    let mut ut = vec![
        ("objekt", manga(9_000, 64), "for-manga-konteringar"),
        ("objekt som ryms", manga(7_000, 64), ""),
        (
            "fler objekt än man får",
            manga(9_000, 90),
            "for-manga-objekt",
        ),
    ];
    // More vouchers than are taken need minutes without the optimiser.
    if sagt().is_some() {
        let utan_rader = (1..=900_100).map(|nr| ver(nr, "")).collect();
        ut.push(("utan rader", utan_rader, "for-manga-verifikationer"));
    }
    ut
}

/// Not many rows, and still much: objects, and in the long form vouchers without rows.
#[test]
#[cfg(target_os = "linux")]
fn files_made_to_take_memory_fit_in_what_is_promised() {
    let db = forsby();
    let mapp = tempfile::tempdir().unwrap();
    let vila = i_vila(&db, mapp.path());
    let mut fore = db.avtryck();
    for (namn, rader, nej) in fientliga() {
        let stig = mapp.path().join("fientlig.se");
        std::fs::write(&stig, super::dalig::sie(super::dalig::HUVUD, &rader)).unwrap();
        let byte = rader.len();
        drop(rader);
        let fil = stig.display().to_string();
        let (svar, mest) = med_minne(&db, &["importera", "sie", "--prova", &fil]);
        let over = mest.saturating_sub(vila);
        println!(
            "{namn}, {byte} byte: {over} KiB över vila, slutar {}",
            svar.kod
        );
        assert!(over < TAK, "{namn}: {over} KiB");
        let visat = svar.fel.chars().take(600).collect::<String>();
        let vantat = i32::from(!nej.is_empty());
        assert!(
            svar.kod == vantat && svar.fel.contains(nej),
            "{namn}: {} {visat}",
            svar.kod
        );
        assert_eq!(db.avtryck(), fore, "{namn}");
        if namn.contains("ryms") {
            let foretag = [
                "importera",
                "sie",
                "--foretag",
                "Forsby prov (pahittat)",
                &fil,
            ];
            let (svar, mest) = med_minne(&db, &foretag);
            svar.slutar(0);
            let over = mest.saturating_sub(vila);
            println!("{namn}: {over} KiB över vila, inläst");
            assert!(over < TAK, "{namn}: {over} KiB");
            fore = db.avtryck();
        }
    }
}

/// Each row may cost its share, beyond what a small file costs.
fn haller(liten: &Matt, stor: &Matt) {
    for (vad, a, b) in [
        ("prövad", liten.prova, stor.prova),
        ("inläst", liten.in_, stor.in_),
    ] {
        let till = b.saturating_sub(a) * MILJON / (stor.rader - liten.rader);
        let (namn, rader) = (stor.namn, stor.rader);
        assert!(
            a.max(b) < TAK && till + a < TAK,
            "{namn}, {vad}: {a} och {b} KiB vid {rader} rader, {till} KiB till vid en miljon"
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_million_rows_fit_in_the_memory_that_is_promised() {
    let former = [
        ("vanlig", Form::Vanlig),
        ("trasig", Form::Trasig),
        ("spridd", Form::Spridd),
    ];
    for (namn, form) in former {
        if let Some(rader) = sagt() {
            let m = matt(rader, namn, form);
            assert!(m.prova.max(m.in_) < TAK, "{namn}: {} {}", m.prova, m.in_);
            continue;
        }
        let (liten, stor) = (matt(8_000, namn, form), matt(40_000, namn, form));
        if matches!(form, Form::Spridd) {
            // An account with objects costs more than a row, and there are at most so many: at
            // forty thousand rows nearly a third of them have been met.
            assert!(stor.prova.max(stor.in_) < TAK / 4, "{}", stor.in_);
        } else {
            haller(&liten, &stor);
        }
    }
}
