//! Who is destroyed by a decision is gone, also from an older database; the figures stay.

use super::{allt, finns, personer};
use jiff::civil::Date;
use utfall_app::deltagare::{
    BekraftaGallring, ForberedGallring, LaggGallringsregel, Mattfraga, RegistreraDeltagare,
    SkrivSteg,
};
use utfall_behorighet::{Aktor, Roll};
use utfall_domain::deltagare::deltagande::{
    Bakgrund, Deltagandesteg, Forsorjning, Intrade, Situation, Uttrade,
};
use utfall_domain::deltagare::gallring::Gallringsbeslut;
use utfall_domain::deltagare::samtycke::{Behandling, Information, Informationssatt};
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Inskrivet};
use utfall_domain::id::GallringsforslagId;
use utfall_domain::tid::{self, Klocka};
use utfall_testkit::Varld;

/// How many are entered; every other one is destroyed.
const PERSONER: usize = 20;

fn okant() -> String {
    "okant".to_owned()
}

fn situation() -> Situation {
    Situation {
        forsorjning: vec![Forsorjning {
            kod: "forsorjningsstod".to_owned(),
            omfattning: None,
        }],
        sysselsattning: okant(),
        arbete: None,
    }
}

/// A number of the tax agency's series for tests (birth numbers 980–999).
fn nummer(nr: usize) -> String {
    let utan = format!("19910{}{:02}98{}", 1 + nr / 10, 10 + nr % 10, nr % 10);
    let mut summa = 0;
    for (plats, siffra) in utan.chars().skip(2).enumerate() {
        let v = siffra.to_digit(10).unwrap() * if plats % 2 == 0 { 2 } else { 1 };
        summa += v / 10 + v % 10;
    }
    format!("{utan}{}", (10 - summa % 10) % 10)
}

fn namn(nr: usize) -> String {
    format!(
        "Påhittad Gallra{}",
        char::from(b'A' + u8::try_from(nr).unwrap())
    )
}

/// Enters them; every other one ended long ago and has nothing left to be asked.
async fn skriv_in(v: &Varld, idag: Date) {
    let aktor = v.aktor("forsby", Roll::Deltagaransvarig).await;
    let var = v.tjanst.egna_uppdrag(&aktor).await.unwrap().remove(0);
    let borjade = Date::new(2020, 3, 2).unwrap();
    for nr in 0..PERSONER {
        let ny = RegistreraDeltagare {
            insats: var.id,
            organisation: var.organisation,
            vem: Inskrivet::ny(&nummer(nr), &namn(nr), false),
            grund: Behandlingsgrund {
                grund: Behandling::AllmantIntresse,
                information: Information {
                    text: "deltagare-2026-1".to_owned(),
                    sprak: "sv".to_owned(),
                    dag: borjade,
                    satt: Informationssatt::Papper,
                },
            },
            intrade: Intrade {
                dag: borjade,
                kommun: Some("9901".to_owned()),
                kon: "kvinna".to_owned(),
                bakgrund: Bakgrund {
                    utbildning: okant(),
                    tid_i_forsorjning: okant(),
                    startlage: okant(),
                    malgrupper: Vec::new(),
                    remittent: "socialtjansten".to_owned(),
                    behov: Vec::new(),
                    status: Vec::new(),
                },
                situation: situation(),
            },
            fro: v.tjanst.fro(),
            idag,
        };
        let deltagande = v.tjanst.utfor(&aktor, None, ny).await.unwrap();
        if nr % 2 == 0 {
            let slut = Uttrade {
                dag: Date::new(2020, 9, 1).unwrap(),
                anledning: "annat".to_owned(),
                fullfoljande: okant(),
                avbrottsorsak: None,
                sluttillstand: okant(),
                stod: Vec::new(),
                situation: situation(),
            };
            let steg = SkrivSteg {
                deltagande,
                sedda: 1,
                steg: Deltagandesteg::Avsluta(slut),
                fro: v.tjanst.fro(),
                idag,
            };
            v.tjanst.utfor(&aktor, None, steg).await.unwrap();
        }
    }
}

/// Two who dispose: two accounts of Forsby.
async fn tva(v: &Varld) -> (Aktor, Aktor) {
    let en = v.aktor("forsby", Roll::Loggkontrollant).await;
    let annan = v.aktor("forsby", Roll::Revisor).await;
    let som = |a: &Aktor| {
        let konto = a.anvandare().unwrap();
        Aktor::ny(konto, a.huvudman(), &[Roll::Gallringsansvarig]).unwrap()
    };
    (som(&en), som(&annan))
}

/// A rule and a proposal, after the quarter in which they were entered.
async fn forberett(v: &Varld) -> (Aktor, Aktor, GallringsforslagId) {
    let idag = tid::dag(v.klocka.nu());
    skriv_in(v, idag).await;
    let senare = v.klocka.nu() + jiff::SignedDuration::from_hours(24 * 100);
    v.klocka.stall(senare);
    let (en, annan) = tva(v).await;
    let regel = LaggGallringsregel {
        manader: 24,
        beslut: Gallringsbeslut {
            dag: idag,
            beteckning: "2026/14 § 7".to_owned(),
        },
        fran: idag,
        till: None,
    };
    v.tjanst.utfor(&en, None, regel).await.unwrap();
    let forslag = v.tjanst.utfor(&en, None, ForberedGallring).await.unwrap();
    (en, annan, forslag)
}

async fn kvar(v: &Varld) -> Vec<String> {
    personer(v)
        .await
        .into_iter()
        .map(|(namn, ..)| namn)
        .collect()
}

fn prova_kvar(kvar: &[String], borta: bool) {
    for nr in 0..PERSONER {
        let ska = nr % 2 == 1 || !borta;
        assert_eq!(kvar.contains(&namn(nr)), ska, "{}", namn(nr));
    }
}

/// R347: half are destroyed. An older database that is read back has them no more, and no text
/// of theirs is anywhere; what came of them is counted as before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_destroyed_is_gone_from_an_older_database_and_the_figures_stay() {
    let v = Varld::demo().await;
    let (en, annan, forslag) = forberett(&v).await;
    v.db.ingrip(
        "CREATE TABLE aldre AS SELECT id AS vem, nyckel AS n, blind AS b FROM deltagarperson",
    );
    let chef = v.aktor("forsby", Roll::Forbundschef).await;
    let fore = v
        .tjanst
        .deltagarmatt(&chef, Mattfraga::default())
        .await
        .unwrap();
    assert!(fore.finns.contains(&2020));
    let alla = kvar(&v).await;
    prova_kvar(&alla, false);

    // Not by who prepared it: nothing happens.
    let nekat = v.tjanst.gallra(&en, forslag).await.unwrap_err();
    assert_eq!(nekat.kod, "gallring-samma-person");
    prova_kvar(&kvar(&v).await, false);
    let id = v.tjanst.gallra(&annan, forslag).await.unwrap();
    let levande = kvar(&v).await;
    prova_kvar(&levande, true);
    let lage = v.tjanst.gallringen(&en).await.unwrap();
    // In other initiatives of the demo world others are due too.
    let foreslaget = lage.forslag.iter().find(|f| f.id == forslag).unwrap();
    assert!(foreslaget.rader.len() >= PERSONER / 2);
    assert_eq!(alla.len() - levande.len(), PERSONER / 2);
    let protokoll = lage.protokoll.iter().find(|p| p.id == id).unwrap();
    assert!(protokoll.klart);
    assert_eq!(
        protokoll.innehall.summa(),
        i64::try_from(foreslaget.rader.len()).unwrap()
    );
    assert_eq!(
        v.tjanst.gallra(&annan, forslag).await.unwrap_err().kod,
        "gallring-slut"
    );

    let efter = v
        .tjanst
        .deltagarmatt(&chef, Mattfraga::default())
        .await
        .unwrap();
    assert_eq!((fore.aren, fore.finns), (efter.aren, efter.finns));

    // An older database: the keys are there again, and nothing says that they are to go.
    v.db.ingrip(
        "UPDATE deltagarperson SET gallras = NULL, \
         nyckel = (SELECT n FROM aldre WHERE vem = deltagarperson.id), \
         blind = (SELECT b FROM aldre WHERE vem = deltagarperson.id)",
    );
    prova_kvar(&kvar(&v).await, true);
    let fore_start = v.db.innehall();
    drop(v.db.oppna());
    assert_ne!(fore_start, v.db.innehall());
    prova_kvar(&kvar(&v).await, true);
    let bytes = allt(&v.db);
    for nr in 0..PERSONER {
        assert!(!finns(&bytes, &namn(nr)), "{}", namn(nr));
        let tolv = nummer(nr);
        assert!(!finns(&bytes, &tolv) && !finns(&bytes, tolv.get(2..).unwrap()));
    }
}

/// The control: with the key kept and no tombstone an older database does bring them back. And
/// a gallring that was cut off there is finished by the next start.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_is_kept_brings_them_back_until_the_next_start_destroys_it() {
    let v = Varld::demo().await;
    let (_, annan, forslag) = forberett(&v).await;
    let halvt = BekraftaGallring {
        forslag,
        av: annan.anvandare(),
    };
    let id = v.tjanst.utfor(&annan, None, halvt).await.unwrap();
    prova_kvar(&kvar(&v).await, true);
    v.db.ingrip("CREATE TABLE aldre AS SELECT id AS vem, gallras AS g FROM deltagarperson");
    v.db.ingrip("UPDATE deltagarperson SET gallras = NULL");
    prova_kvar(&kvar(&v).await, false);
    v.db.ingrip(
        "UPDATE deltagarperson SET gallras = (SELECT g FROM aldre WHERE vem = deltagarperson.id)",
    );
    drop(v.db.oppna());
    v.db.ingrip("UPDATE deltagarperson SET gallras = NULL");
    prova_kvar(&kvar(&v).await, true);
    let protokoll = v.tjanst.gallringen(&annan).await.unwrap().protokoll;
    assert!(protokoll.iter().any(|p| p.id == id && p.klart));
}
