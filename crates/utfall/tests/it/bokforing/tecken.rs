//! Which sign each kind of row has in the figures, and what happens to a file that was looked
//! at before another of the same year was read in.

use super::dalig::{HUVUD, VER, sie};
use super::{Forsby, fil, till};
use jiff::civil::date;
use utfall_app::bokforing::{Bekraftat, Inlast};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::kontering::{Intervall, Konteringsslag, Koppling, Regel};
use utfall_domain::problem::Problem;

const INSATS: &str = "Sommarjobb för alla";

fn konto(nummer: u32, slag: Konteringsslag) -> Regel {
    Regel {
        konton: vec![Intervall {
            fran: nummer,
            till: nummer,
        }],
        slag: Some(slag),
        ..Regel::default()
    }
}

/// Debit is plus in the file. A cost counts as it stands, other income lowers what was used, and
/// a grant that came is money in.
#[tokio::test(flavor = "multi_thread")]
async fn a_cost_is_plus_other_income_minus_and_a_grant_that_came_is_plus() {
    let f = Forsby::ny().await;
    let insats = f.insats(INSATS).await;
    let koppling = Koppling {
        regler: vec![
            Regel {
                objekt: vec![(6, "2601".to_owned())],
                till: Some(till(insats)),
                ..Regel::default()
            },
            konto(3985, Konteringsslag::Bidragsintakt),
            konto(3041, Konteringsslag::AnnanIntakt),
        ],
        ..Koppling::default()
    };
    f.koppla(koppling).await.unwrap();
    let huvud = format!("{HUVUD}#KONTO 3041 Avgifter\n#KONTO 3985 Statsbidrag\n");
    let ver = "#VER A 1 20260331 \"\"\n{\n#TRANS 5010 {6 2601} 800.00\n\
               #TRANS 3041 {6 2601} -300.00\n#TRANS 3985 {6 2601} -1000.00\n\
               #TRANS 1930 {} 500.00\n}\n";
    f.las_in(&sie(&huvud, ver)).await.unwrap();
    let rad = |intakt, kategori: &str, ore| super::facit::Rad {
        insats: INSATS.into(),
        intakt,
        kategori: kategori.into(),
        manad: date(2026, 3, 1),
        ore,
    };
    let vantat = [
        rad(false, "", 80_000),
        rad(false, "Annan intäkt", -30_000),
        rad(true, "", 100_000),
    ];
    assert_eq!(f.bokfort().await, vantat);
    let bok = f.bok().await;
    let urval = Urval::insats(insats).ar(2026);
    let tal = |matt| bok.matt(matt, &urval).utfall.varde.kant();
    assert_eq!(
        tal(Matt::AnvantInsats),
        Some(50_000),
        "cost less other income"
    );
    assert_eq!(tal(Matt::BokfortBidrag), Some(100_000));
}

impl Forsby {
    /// Two files that are both looked at before either is read in.
    async fn las_in_efter_varandra(
        &self,
        forst: Vec<u8>,
        sedan: Vec<u8>,
    ) -> (Result<Inlast, Problem>, Result<Inlast, Problem>) {
        let (tjanst, aktor) = (self.varld.tjanst.clone(), self.ekonom.clone());
        tokio::task::spawn_blocking(move || {
            let filer = [fil(&forst), fil(&sedan)];
            let sedda = [&filer[0], &filer[1]].map(|f| tjanst.analysera_sie(&aktor, f).unwrap());
            let svar = Bekraftat {
                komplett: false,
                ny_enhet: "Forsby prov (pahittat)".into(),
                ..Bekraftat::default()
            };
            let mut ut = Vec::new();
            for (fil, analys) in filer.iter().zip(&sedda) {
                let paborjad = tjanst.paborja_sie(&aktor, analys, &svar).unwrap();
                ut.push(tjanst.fullfolj_sie(&paborjad, fil, |_| {}));
            }
            let sist = ut.pop().unwrap();
            (ut.pop().unwrap(), sist)
        })
        .await
        .unwrap()
    }
}

/// What the preview said no longer holds: nothing of it comes into the books.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_looked_at_before_another_of_the_year_came_in_is_refused() {
    let f = Forsby::ny().await;
    let en = sie(HUVUD, VER);
    let annan = sie(HUVUD, &VER.replace("100.00", "250.00"));
    let (forst, sedan) = f.las_in_efter_varandra(en, annan.clone()).await;
    assert_eq!(forst.unwrap().utfall.nya, 1);
    let nej = sedan.unwrap_err();
    assert_eq!(nej.kod, "inlasning-andrad");
    assert!(nej.text.ends_with("Inget har sparats."), "{nej}");
    assert_eq!(f.varld.db.rader()["verifikation"], 1);
    // Control: looked at again, it is a changed voucher, and comes in.
    let svar = f.las_in(&annan).await.unwrap();
    assert_eq!((svar.utfall.nya, svar.utfall.andrade), (0, 1));
    // Another company's year is nobody's business.
    let av_annat = HUVUD.replace("999900-0012", "999900-0020");
    let tredje = sie(HUVUD, &VER.replace("100.00", "300.00"));
    let (ett, tva) = f.las_in_efter_varandra(sie(&av_annat, VER), tredje).await;
    assert!(ett.is_ok() && tva.is_ok(), "{ett:?} {tva:?}");
}
