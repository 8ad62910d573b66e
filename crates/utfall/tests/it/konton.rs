//! From an empty folder to the first sign-in, as somebody who installs it does.

use crate::stod::{self, Utgang, exempel, ord_i, program, utfall, utfall_i};
use jiff::SignedDuration;
use std::io::Write as _;
use std::process::Stdio;
use utfall_app::Idempotensnyckel;
use utfall_app::demo::LOSENORD;
use utfall_app::inloggning::{Dorrvakt, Inloggningsforsok};
use utfall_app::insatser::AndraInsats;
use utfall_app::stadning::{Stadat, Stadning};
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::insatser::InsatsText;
use utfall_testkit::natet::{Klient, Natsvar, Server};
use utfall_testkit::{Testdb, Varld, ingrip_i, nu};

/// Splits a command line as a shell would: words, and quotes of both kinds.
fn ord(rad: &str) -> Vec<String> {
    let (mut ut, mut ordet, mut citat) = (Vec::new(), None::<String>, None);
    for c in rad.trim().chars() {
        match (citat, c) {
            (Some(q), c) if q == c => citat = None,
            (None, '"' | '\'') => {
                citat = Some(c);
                ordet.get_or_insert_default();
            }
            (None, ' ') => ut.extend(ordet.take()),
            _ => ordet.get_or_insert_default().push(c),
        }
    }
    ut.extend(ordet);
    ut
}

fn logga_in(server: &Server, konto: &str, losenord: &str) -> Natsvar {
    Klient::ny(&server.adress)
        .logga_in(konto, losenord)
        .unwrap()
}

fn startlosenord(svar: &Utgang) -> String {
    let rad = svar
        .ut
        .lines()
        .find_map(|r| r.strip_prefix("Startlösenord: "));
    rad.unwrap_or_else(|| panic!("{svar:#?}")).to_owned()
}

#[test]
fn serve_on_an_empty_folder_prints_the_command_that_lets_somebody_in() {
    let mapp = tempfile::tempdir().unwrap();
    let plats = mapp.path().join("ny mapp").display().to_string();
    let serve = ["serve", "--data", &plats, "--listen", "127.0.0.1:0"].map(str::to_owned);
    let server = stod::server(&serve, 2);
    assert!(
        server.rader[0].contains("ingen huvudman"),
        "{:?}",
        server.rader
    );
    let kommando = ord(&server.rader[1]);
    assert_eq!(kommando[..2], ["utfall", "konto"], "{:?}", server.rader);

    // Typed in another window, while the server runs.
    let svar = utfall(&kommando[1..]).slutar(0);
    assert!(
        svar.ut
            .contains("Huvudmannen Er kommun finns nu, med adressen er-kommun.")
    );
    assert!(svar.ut.contains("Roll: administratör."), "{}", svar.ut);
    let svar = logga_in(&server, "admin", &startlosenord(&svar));
    assert_eq!(svar.status, 303, "{svar:?}");
    let fel = logga_in(&server, "admin", "fel lösenord här");
    assert_eq!(fel.status, 422, "{fel:?}");
    drop(server);

    // Once more nothing is missing, and the same command does not make a second of it.
    let server = stod::server(&serve, 0);
    assert_eq!(
        Klient::ny(&server.adress).hamta("/halsa").unwrap().status,
        200
    );
    drop(server);
    let igen = utfall(&kommando[1..]).slutar(1);
    assert!(igen.fel.contains("admin är upptaget"), "{}", igen.fel);
    let db = ["doktor", "--data", &plats];
    assert!(utfall(db).slutar(0).ut.contains("1 huvudm"));
}

#[test]
fn a_huvudman_made_by_a_paper_is_told_how_to_get_its_administrator() {
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
    let [_, plats] = db.ord();
    let serve = ord_i(&db, &["serve", "--listen", "127.0.0.1:0"]);
    let server = stod::server(&serve, 2);
    let mut kommando = ord(&server.rader[1]);
    // The password of the database is never printed; the operator knows it.
    for del in kommando.iter_mut().filter(|del| del.contains("LÖSENORD")) {
        del.clone_from(&plats);
    }
    let svar = utfall(&kommando[1..]).slutar(0);
    let svar = logga_in(&server, "admin.ragunda", &startlosenord(&svar));
    assert_eq!(svar.status, 303, "{svar:?}");
}

#[test]
fn accounts_at_the_command_line_follow_the_rules_of_the_page() {
    let db = Testdb::ny();
    let ny = |fler: &[&str]| {
        let mut ord = vec!["konto"];
        ord.extend(fler);
        utfall_i(&db, &ord)
    };
    let tom = ny(&["anna", "--roll", "ekonom"]).slutar(2);
    assert!(tom.fel.contains("--ny-huvudman"), "{}", tom.fel);
    let forst = ny(&["anna", "--roll", "ekonom", "--ny-huvudman", "Åby kommun"]).slutar(0);
    assert!(forst.ut.contains("adressen aby-kommun"), "{}", forst.ut);
    assert!(
        forst.ut.contains("ingen administratör ännu"),
        "{}",
        forst.ut
    );
    let fore = db.rader();
    for (ord, sager) in [
        (
            &["bosse", "--roll", "ekonom", "--roll", "deltagaransvarig"][..],
            "konto-roller",
        ),
        (&["anna", "--roll", "revisor"], "konto-upptaget"),
        (
            &["bosse", "--ny-huvudman", "Åby kommun"],
            "--huvudman aby-kommun",
        ),
        (&["anna", "--ny-huvudman", "En annan"], "konto-upptaget"),
        (&["b", "--roll", "revisor"], "konto-namn"),
    ] {
        let svar = ny(ord).slutar(1);
        assert!(svar.fel.contains(sager), "{sager}: {}", svar.fel);
    }
    assert_eq!(db.rader(), fore, "nothing half is left");
    let kejsare = ny(&["bosse", "--roll", "kejsare"]).slutar(2);
    assert!(
        kejsare.fel.contains("administrator, forbundschef"),
        "{}",
        kejsare.fel
    );
}

#[test]
fn a_password_of_ones_own_is_read_from_standard_input_and_not_printed() {
    let db = Testdb::ny();
    let [val, plats] = db.ord();
    let mut barn = program([
        "konto",
        "anna",
        "--ny-huvudman",
        "Åby",
        "--eget-losenord",
        &val,
        &plats,
    ])
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    barn.stdin
        .take()
        .unwrap()
        .write_all("en egen lång fras\n".as_bytes())
        .unwrap();
    let svar = barn.wait_with_output().unwrap();
    let text = String::from_utf8(svar.stdout).unwrap();
    assert!(svar.status.success() && !text.contains("fras"), "{text}");
    let serve = ord_i(&db, &["serve", "--listen", "127.0.0.1:0"]);
    let server = stod::server(&serve, 0);
    let svar = logga_in(&server, "anna", "en egen lång fras");
    assert!(
        svar.status == 303 && !svar.till.starts_with("/losenord"),
        "{svar:?}"
    );
}

/// Through the door, the clock and the database: keys of forms and sessions have their time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_keys_and_ended_sessions_are_cleared_once_a_day() {
    let v = Varld::demo().await;
    let chef = v.aktor("forsby", Roll::Forbundschef).await;
    let dag = |dagar: i64| nu() + SignedDuration::from_hours(24 * dagar);
    let andra = async |text: &str, nyckel: &str| {
        let bok = v
            .tjanst
            .bok(&chef, Atgard::LasaInsatser, None)
            .await
            .unwrap();
        let insats = &bok.insatser[0];
        let fall = AndraInsats {
            insats: insats.id,
            version: insats.version,
            text: InsatsText {
                kommentar: text.into(),
                ..insats.text.clone()
            },
            fortsattning: insats.fortsattning,
        };
        let nyckel = Idempotensnyckel::ny(nyckel).unwrap();
        v.tjanst.utfor(&chef, Some(nyckel), fall).await.unwrap();
    };
    let vakt = Dorrvakt::ny([7; 32]);
    let forsok = Inloggningsforsok {
        konto: "ekonom.forsby".into(),
        losenord: LOSENORD.into(),
        adress: "127.0.0.1".into(),
    };
    v.klocka.stall(dag(0));
    andra("Ett", "0000000000000000").await;
    let token = vakt.logga_in(&v.tjanst, forsok.clone()).await.unwrap();
    v.klocka.stall(dag(6));
    andra("Två", "0000000000000001").await;
    assert_eq!(
        (v.db.rader()["idempotensnyckel"], v.db.rader()["session"]),
        (2, 1)
    );

    let stadning = Stadning::default();
    let stada = async || v.tjanst.stada_om_dags(&stadning).await.unwrap();
    // At the start: the session ended days ago, and no key is a week old.
    assert_eq!(
        stada().await,
        Some(Stadat {
            sessioner: 1,
            nycklar: 0
        })
    );
    assert!(v.tjanst.session(&token).await.unwrap().is_none());
    assert_eq!(stada().await, None, "not twice a day");
    v.klocka.stall(dag(7) + SignedDuration::from_secs(1));
    vakt.logga_in(&v.tjanst, forsok).await.unwrap();
    assert_eq!(
        stada().await,
        Some(Stadat {
            sessioner: 0,
            nycklar: 1
        })
    );
    let rader = v.db.rader();
    assert_eq!(
        (rader["idempotensnyckel"], rader["session"]),
        (1, 1),
        "what lives is left"
    );
}

/// Each rule with its outcome, and what is broken on purpose is found with its remedy.
#[cfg(unix)]
#[test]
fn the_doctor_reports_each_rule_and_finds_what_is_broken() {
    use std::os::unix::fs::PermissionsExt as _;
    let mapp = tempfile::tempdir().unwrap();
    let plats = mapp.path().display().to_string();
    let satt = |fil: &std::path::Path, lage| {
        std::fs::set_permissions(fil, std::fs::Permissions::from_mode(lage)).unwrap();
    };
    satt(mapp.path(), 0o700);
    let doktor = || utfall(["doktor", "--data", &plats]);
    let tom = doktor().slutar(0).ut;
    assert!(
        tom.contains("obs  Ingen huvudman är upplagd. Lägg upp er: utfall konto"),
        "{tom}"
    );
    utfall(["konto", "admin", "--ny-huvudman", "Åby", "--data", &plats]).slutar(0);
    utfall([
        "importera",
        "underlag",
        "--ny-huvudman",
        &exempel("ragunda"),
        "--data",
        &plats,
    ])
    .slutar(0);
    let frisk = doktor().slutar(0).ut;
    for bra in [
        "Bara du kommer åt mappen.",
        "Bara du kan läsa databasfilen.",
        "Databasen går att öppna. Den har version",
        "journal_mode är wal.",
        "synchronous är 2.",
        "foreign_keys är 1.",
        "Filens sidor, index och kopplingar hänger ihop.",
        "Journalens kedja är hel.",
        "Alla räkenskaper går att läsa: 2 huvudmän.",
        "Disken har",
    ] {
        assert!(frisk.contains(&format!("bra  {bra}")), "{bra}: {frisk}");
    }
    assert!(
        frisk.contains("obs  Ragunda") && frisk.contains("admin.ragunda"),
        "{frisk}"
    );

    let fil = mapp.path().join("utfall.db");
    satt(&fil, 0o644);
    satt(mapp.path(), 0o777);
    let oppen = doktor().slutar(1).fel;
    for fel in [
        "FEL  Andra på datorn kan byta ut filerna",
        "FEL  Andra på datorn kan läsa utfall.db",
    ] {
        assert!(oppen.contains(fel), "{fel}: {oppen}");
    }
    satt(&fil, 0o600);
    satt(mapp.path(), 0o700);
    let mal = utfall_store::Mal::Sqlite(fil.clone());
    ingrip_i(&mal, "PRAGMA foreign_keys = OFF; DELETE FROM insats");
    let trasig = doktor().slutar(1).fel;
    assert!(trasig.contains("FEL  Filen är skadad: ") && trasig.contains("säkerhetskopia"));
    std::fs::write(&fil, "inte en databas").unwrap();
    let skrap = doktor().slutar(2).fel;
    assert!(
        skrap.contains("FEL  Databasen går inte att öppna."),
        "{skrap}"
    );
}
