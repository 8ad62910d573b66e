//! An import shows that it is alive all the way, and another whose clock is ahead does not
//! take it for dead.

use super::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use utfall_app::Tjanst;
use utfall_app::bokforing::OVERGIVEN;
use utfall_domain::tid::Klocka;
use utfall_testkit::{Fro, Snabbsattare};

/// A clock that is ahead, and says how often it has been looked at: each step of an import
/// looks at it once, to write down that it is alive.
struct Fore {
    klocka: Arc<dyn Klocka>,
    med: jiff::SignedDuration,
    sedd: AtomicUsize,
}

impl Klocka for Fore {
    fn nu(&self) -> jiff::Timestamp {
        self.sedd.fetch_add(1, Ordering::SeqCst);
        self.klocka.nu() + self.med
    }
}

/// Another program over the same database, with a clock so far ahead.
fn annan(f: &Forsby, sekunder: i64) -> (Tjanst, Arc<Fore>) {
    let klocka = Arc::new(Fore {
        klocka: Arc::clone(&f.varld.klocka) as _,
        med: jiff::SignedDuration::from_secs(sekunder),
        sedd: AtomicUsize::new(0),
    });
    let (db, fro) = (f.varld.tjanst.db().clone(), Arc::new(Fro::ny(7)));
    let tjanst = Tjanst::ny(db, Arc::clone(&klocka) as _, fro, Arc::new(Snabbsattare));
    (tjanst, klocka)
}

/// A year of so many vouchers, each of so many kronor.
fn arets(antal: u32, kronor: u32) -> Vec<u8> {
    let mut text = String::from(
        "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20261101\n#SIETYP 4\n\
         #ORGNR 999900-0012\n#FNAMN \"Prov\"\n#RAR 0 20260101 20261231\n#KONTO 1930 Bank\n\
         #KONTO 6110 Papper\n",
    );
    for nr in 1..=antal {
        text.push_str(&format!(
            "#VER A {nr} 20260215 \"\"\n{{\n#TRANS 6110 {{}} {kronor}.00\n\
             #TRANS 1930 {{}} -{kronor}.00\n}}\n"
        ));
    }
    text.into_bytes()
}

/// Reads in a file with a program; `forlopp` is called for each voucher.
async fn las_in(
    f: &Forsby,
    tjanst: Tjanst,
    innehall: Vec<u8>,
    forlopp: impl FnMut(i64) + Send + 'static,
) -> Result<Inlast, Problem> {
    let (aktor, fil) = (f.ekonom.clone(), fil(&innehall));
    tokio::task::spawn_blocking(move || {
        let analys = tjanst.analysera_sie(&aktor, &fil)?;
        let svar = Bekraftat {
            ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
            ..Bekraftat::default()
        };
        let paborjad = tjanst.paborja_sie(&aktor, &analys, &svar)?;
        tjanst.fullfolj_sie(&paborjad, &fil, forlopp)
    })
    .await
    .unwrap()
}

/// When every voucher is written there is still what they take the place of to be read: that
/// stretch says that it is alive as well.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_stretch_of_an_import_says_that_it_is_alive() {
    let f = Forsby::ny().await;
    let mut efter = Vec::new();
    for kronor in [1, 2] {
        let (tjanst, klocka) = annan(&f, 0);
        let (vid_sista, matare) = (Arc::new(AtomicUsize::new(0)), Arc::clone(&klocka));
        let sist = Arc::clone(&vid_sista);
        let forlopp = move |_| sist.store(matare.sedd.load(Ordering::SeqCst), Ordering::SeqCst);
        let svar = las_in(&f, tjanst, arets(2_100, kronor), forlopp).await;
        let svar = svar.unwrap();
        assert_eq!(svar.utfall.andrade, if kronor == 1 { 0 } else { 2_100 });
        let alla = klocka.sedd.load(Ordering::SeqCst);
        efter.push(alla - vid_sista.load(Ordering::SeqCst));
    }
    // The first puts nothing aside; the second 2 100 vouchers, five hundred at a time.
    assert!(efter[1] >= efter[0] + 5, "{efter:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_whose_clock_is_ahead_does_not_take_an_import_for_dead() {
    for (fore, lever) in [(60, true), (OVERGIVEN.as_secs() + 60, false)] {
        let f = Forsby::ny().await;
        let (stadare, _) = annan(&f, fore);
        let forlopp = move |antal| {
            if antal % 700 == 0 {
                stadare.stada_bokforing().unwrap();
            }
        };
        let svar = las_in(&f, f.varld.tjanst.clone(), arets(2_100, 1), forlopp).await;
        // Control: one that is further ahead than anybody is waited for stops it.
        match svar {
            Ok(svar) => assert!(lever && svar.utfall.nya == 2_100),
            Err(fel) => assert!(!lever && fel.kod == "inlasning-avbruten", "{fel:?}"),
        }
    }
}
