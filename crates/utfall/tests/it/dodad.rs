//! The server killed while four people write, again and again: what somebody was told is saved
//! is there afterwards, once, and whoever did not get an answer may ask again.
//!
//! Three kills in the suite; `cargo xtask prov dodad` makes a hundred, or as many as
//! `UTFALL_DODA` says, and prints what happened.

use crate::stod::{ar_frisk, exempel, ord_i, program, utfall_i};
use std::io::Write as _;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use utfall_app::Slump as _;
use utfall_testkit::natet::{Klient, Server};
use utfall_testkit::{Fro, Testdb};

const KONTO: &str = "insatsansvarig.uppsala";
const LOSENORD: &str = "en lång hemlig fras";
/// The initiatives that are written about, one writer each.
const INSATSER: [&str; 4] = ["lovjobb", "ungdomssamtal", "sig", "boue5"];

#[expect(
    clippy::disallowed_methods,
    reason = "hur många gånger står i miljön, och provet mäter hur fort servern är tillbaka"
)]
fn gangor_och_klocka() -> (u32, impl Fn() -> Instant) {
    let sagt = std::env::var("UTFALL_DODA").ok();
    let gangor = sagt.map_or(3, |antal| antal.parse().expect("UTFALL_DODA är ett antal"));
    (gangor, Instant::now)
}

/// Uppsala's paper and one account.
fn varld() -> Testdb {
    let db = Testdb::ny();
    utfall_i(
        &db,
        &[
            "importera",
            "underlag",
            "--ny-huvudman",
            &exempel("uppsala"),
        ],
    )
    .slutar(0);
    let [val, plats] = db.ord();
    let roll = ["--roll", "insatsansvarig", "--eget-losenord"];
    let mut konto = program(
        ["konto", KONTO]
            .iter()
            .chain(&roll)
            .chain(&[&*val, &*plats]),
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::null())
    .spawn()
    .unwrap();
    writeln!(konto.stdin.take().unwrap(), "{LOSENORD}").unwrap();
    assert!(konto.wait().unwrap().success());
    db
}

fn server(db: &Testdb) -> Server {
    crate::stod::server(&ord_i(db, &["serve", "--listen", "127.0.0.1:0"]), 0)
}

/// A number on the page, after these words.
fn tal(html: &str, efter: &str) -> Option<u32> {
    let (_, rest) = html.split_once(efter)?;
    let siffror: String = rest.chars().take_while(char::is_ascii_digit).collect();
    siffror.parse().ok()
}

/// One who counts upwards in the comment of an initiative.
struct Skrivare {
    klient: Klient,
    sida: String,
    /// The last number that the server said is saved.
    kvitterat: u32,
    /// The form that was under way when the server died.
    obesvarat: Option<String>,
    /// The row's version before the first.
    version: u32,
    omsanda: u32,
}

impl Skrivare {
    fn ny(server: &Server, insats: &str) -> Self {
        let mut klient = Klient::ny(&server.adress);
        let inne = klient.logga_in(KONTO, LOSENORD).unwrap();
        assert_eq!(inne.status, 303, "{inne:?}");
        let sida = format!("/insatser/{insats}/andra");
        let html = klient.hamta(&sida).unwrap().text;
        Self {
            version: tal(&html, "name=\"version\" value=\"").unwrap(),
            klient,
            sida,
            kvitterat: 0,
            obesvarat: None,
            omsanda: 0,
        }
    }

    /// Counts until the server dies. What it answered is remembered only once it has.
    fn rakna(&mut self, kvitton: &AtomicU32) {
        loop {
            let text = format!("Varv {}.", self.kvitterat + 1);
            let falt = [("kommentar", text.as_str()), ("lage", "okand")];
            let Ok((_, kropp)) = self.klient.ifyllt(&self.sida, &falt) else {
                return;
            };
            self.obesvarat = Some(kropp.clone());
            let Ok(svar) = self.klient.posta(&self.sida, &kropp) else {
                return;
            };
            assert_eq!(svar.status, 303, "{} {}", self.sida, svar.text);
            self.kvitterat += 1;
            self.obesvarat = None;
            kvitton.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What is saved, and how many times something has been.
    fn sparat(&mut self) -> (u32, u32) {
        let svar = self.klient.hamta(&self.sida).unwrap();
        assert_eq!(svar.status, 200, "sessionen lever: {}", svar.text);
        let version = tal(&svar.text, "name=\"version\" value=\"").unwrap();
        (
            tal(&svar.text, "Varv ").unwrap_or(0),
            version - self.version,
        )
    }

    /// After a crash: nothing acknowledged is lost, nothing is half, and asking again has the
    /// effect once.
    fn prova(&mut self, adress: &str) -> Result<(), String> {
        self.klient.till(adress);
        let (sparat, ganger) = self.sparat();
        let i_luften = u32::from(self.obesvarat.is_some());
        let mojligt = self.kvitterat..=self.kvitterat + i_luften;
        if !mojligt.contains(&sparat) || ganger != sparat {
            let kvitterat = self.kvitterat;
            return Err(format!(
                "{}: {kvitterat} kvitterade, {sparat} sparat, {ganger} gånger",
                self.sida
            ));
        }
        if let Some(kropp) = self.obesvarat.take() {
            let svar = self.klient.posta(&self.sida, &kropp).unwrap();
            assert_eq!(svar.status, 303, "{}", svar.text);
            self.kvitterat += 1;
            self.omsanda += 1;
            let efter = self.sparat();
            assert_eq!(efter, (self.kvitterat, self.kvitterat), "{}", self.sida);
        }
        Ok(())
    }
}

#[test]
fn a_killed_server_has_everything_it_said_was_saved() {
    let (gangor, nu) = gangor_och_klocka();
    let slump = Fro::ny(u64::from(gangor));
    let db = varld();
    let mut levande = server(&db);
    let mut skrivare = INSATSER.map(|insats| Skrivare::ny(&levande, insats));
    let mut aterkomst = Vec::new();
    for omgang in 1..=gangor {
        let kvitton = AtomicU32::new(0);
        let mut byte = [0];
        slump.fyll(&mut byte);
        // In the middle of their work: after some receipts, and a little later.
        let (efter, paus) = (u32::from(byte[0] % 40) + 4, u64::from(byte[0]) * 37);
        std::thread::scope(|trad| {
            for s in &mut skrivare {
                trad.spawn(|| s.rakna(&kvitton));
            }
            while kvitton.load(Ordering::Relaxed) < efter {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_micros(paus));
            assert!(!levande.doda().unwrap().success());
        });
        let start = nu();
        levande = server(&db);
        assert_eq!(
            Klient::ny(&levande.adress).hamta("/halsa").unwrap().status,
            200
        );
        aterkomst.push(start.elapsed());
        for s in &mut skrivare {
            s.prova(&levande.adress)
                .unwrap_or_else(|fel| panic!("omgång {omgang}: {fel}"));
        }
    }
    // Control: a receipt for what was never sent is missed.
    let forsta = &mut skrivare[0];
    forsta.kvitterat += 1;
    let adress = levande.adress.clone();
    assert!(forsta.prova(&adress).is_err(), "kontroll");
    forsta.kvitterat -= 1;

    drop(levande);
    utfall_i(&db, &["verifiera"]).slutar(0);
    ar_frisk(&db);
    aterkomst.sort_unstable();
    let (kvitterade, omsanda) = skrivare
        .iter()
        .fold((0, 0), |(k, o), s| (k + s.kvitterat, o + s.omsanda));
    println!(
        "{gangor} gånger dödad; {kvitterade} kvitterade ändringar, 0 borta; {omsanda} utan svar \
         sändes om, 0 dubbla; tillbaka efter {:?} (median), {:?} (längst)",
        aterkomst[aterkomst.len() / 2],
        aterkomst[aterkomst.len() - 1],
    );
}
