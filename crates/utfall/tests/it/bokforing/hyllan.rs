//! What is booked is kept in memory until something is booked: what it answers with is always
//! what a program that has just started reads.

use super::*;
use std::sync::Arc;
use utfall_app::Tjanst;
use utfall_testkit::{Fro, Snabbsattare};

/// Another program over the same database, with nothing in its memory.
pub fn nystartad(f: &Forsby) -> Tjanst {
    let v = &f.varld;
    let klocka: Arc<dyn utfall_domain::tid::Klocka> = Arc::clone(&v.klocka) as _;
    let db = v.tjanst.db().clone();
    Tjanst::ny(db, klocka, Arc::new(Fro::ny(7)), Arc::new(Snabbsattare))
}

async fn allt(tjanst: &Tjanst, aktor: &Aktor) -> [String; 5] {
    let b = tjanst.bokforing(aktor).await.unwrap();
    let alla = Verifikationsurval::default();
    let sida = tjanst.verifikationer(aktor, alla, (0, 500)).await.unwrap();
    let bokfort = &b.bokfort;
    [
        format!("{:?} {:?}", bokfort.inlasningar, b.pagar),
        format!("{:?} {:?}", bokfort.konteringar, bokfort.summor),
        format!(
            "{:?} {:?} {:?} {:?}",
            bokfort.koppling, b.versioner, b.andrade, b.delningar
        ),
        format!("{:?} {:?} {:?}", bokfort.for_hand, b.namn, b.okopplade),
        format!("{:?} {:?}", bokfort.bocker.fakta.len(), sida),
    ]
}

/// What is answered from memory is what is read anew.
pub async fn som_nystartad(f: &Forsby, nar: &str) {
    let [minne, last] = [
        allt(&f.varld.tjanst, &f.ekonom).await,
        allt(&nystartad(f), &f.ekonom).await,
    ];
    assert_eq!(minne, last, "{nar}");
}

pub fn arets(verifikation: &str) -> Vec<u8> {
    format!(
        "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20261101\n#SIETYP 4\n\
         #ORGNR 999900-0012\n#FNAMN \"Prov\"\n#RAR 0 20260101 20261231\n#KONTO 1930 Bank\n\
         #KONTO 6110 Papper\n#VER A {verifikation} 20260215 \"\"\n{{\n\
         #TRANS 6110 {{6 2601}} 10.00\n#TRANS 1930 {{}} -10.00\n}}\n"
    )
    .into_bytes()
}

/// Begins an import and leaves it there.
async fn paborja(f: &Forsby, innehall: &[u8]) -> utfall_app::bokforing::Paborjad {
    let (tjanst, aktor) = (f.varld.tjanst.clone(), f.ekonom.clone());
    let fil = fil(innehall);
    let arbete = move || {
        let analys = tjanst.analysera_sie(&aktor, &fil).unwrap();
        let svar = Bekraftat {
            ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
            ..Bekraftat::default()
        };
        tjanst.paborja_sie(&aktor, &analys, &svar).unwrap()
    };
    tokio::task::spawn_blocking(arbete).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_in_memory_is_what_a_program_just_started_reads() {
    let f = Forsby::ny().await;
    som_nystartad(&f, "före allt").await;
    let journal = f.bok().await.lage;
    let paborjad = paborja(&f, &arets("1")).await;
    som_nystartad(&f, "påbörjad").await;
    // The journal alone does not tell that an import has begun, or been stopped.
    assert_eq!(f.bok().await.lage, journal);
    let (tjanst, aktor, id) = (f.varld.tjanst.clone(), f.ekonom.clone(), paborjad.id);
    tokio::task::spawn_blocking(move || tjanst.avbryt(&aktor, id, "Fel fil".into()))
        .await
        .unwrap()
        .unwrap();
    som_nystartad(&f, "avbruten").await;
    assert_eq!(f.bok().await.lage, journal);

    let inlast = f.las_in(&arets("1")).await.unwrap();
    som_nystartad(&f, "inläst").await;
    f.koppla(f.koppling().await).await.unwrap();
    som_nystartad(&f, "kopplad").await;
    // What another program does is seen too.
    let sedd = f.varld.tjanst.bokforing(&f.ekonom).await.unwrap();
    let fall = SparaKoppling {
        sedd: sedd.versioner.first().map_or(0, |v| v.version),
        koppling: Koppling::default(),
        orsak: "En annan ändrar".into(),
        efter_avslut: false,
    };
    nystartad(&f).utfor(&f.ekonom, None, fall).await.unwrap();
    som_nystartad(&f, "ändrad av en annan").await;
    f.angra(inlast.id).await.unwrap();
    som_nystartad(&f, "ångrad").await;
}

/// As many readers at once as a busy morning; what each was shown.
async fn manga(f: &Forsby) -> Vec<String> {
    let lasare: Vec<_> = (0..12)
        .map(|_| {
            let (tjanst, aktor) = (f.varld.tjanst.clone(), f.ekonom.clone());
            tokio::spawn(async move { allt(&tjanst, &aktor).await.concat() })
        })
        .collect();
    let mut ut = Vec::new();
    for en in lasare {
        ut.push(en.await.unwrap());
    }
    ut
}

/// After a change it is worked out once, however many ask; after an import the import has done
/// it, and nobody who looks does.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_booked_is_worked_out_once_and_not_by_those_who_look() {
    let f = Forsby::ny().await;
    let tjanst = &f.varld.tjanst;
    manga(&f).await;
    assert_eq!(tjanst.bokfort_omraknat(), 1, "the first time too");
    f.koppla(f.koppling().await).await.unwrap();
    let fore = tjanst.bokfort_omraknat();
    manga(&f).await;
    assert_eq!(tjanst.bokfort_omraknat(), fore + 1);

    let inlast = f.las_in(&arets("1")).await.unwrap();
    let fore = tjanst.bokfort_omraknat();
    let sedda = manga(&f).await;
    assert_eq!(tjanst.bokfort_omraknat(), fore, "the import did it");
    let anyo = allt(&nystartad(&f), &f.ekonom).await.concat();
    assert!(sedda.iter().all(|sedd| *sedd == anyo));
    assert!(anyo.contains("1000"), "{anyo}");
    // Control: what nobody has done beforehand somebody does.
    f.angra(inlast.id).await.unwrap();
    manga(&f).await;
    assert_eq!(tjanst.bokfort_omraknat(), fore + 1);
    som_nystartad(&f, "efter alla").await;
}

/// While files come and go those who look see each as a whole or not at all: the sums are of
/// as many vouchers as the imports in force have.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_looks_while_a_file_comes_sees_all_of_it_or_nothing() {
    let f = Forsby::ny().await;
    f.koppla(f.koppling().await).await.unwrap();
    let slut = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let lasare: Vec<_> = (0..4)
        .map(|_| {
            let (tjanst, aktor, slut) = (f.varld.tjanst.clone(), f.ekonom.clone(), slut.clone());
            tokio::spawn(async move {
                let mut sedda = std::collections::BTreeSet::new();
                let mut sist = 0;
                while !slut.load(std::sync::atomic::Ordering::Relaxed) {
                    let b = tjanst.bokforing(&aktor).await.unwrap();
                    let i_kraft = b
                        .bokfort
                        .inlasningar
                        .iter()
                        .filter(|i| i.lage == Inlasningslage::Galler);
                    let verifikationer: i64 = i_kraft.map(|i| i.utfall.nya).sum();
                    let rader: i64 = b.bokfort.summor.iter().map(|s| s.antal).sum();
                    assert_eq!(rader, 2 * verifikationer);
                    // The facts are those of the same moment: nothing is left to count.
                    assert_eq!(b.andrade, []);
                    assert!(b.bokfort.bocker.lage >= sist, "never back in time");
                    sist = b.bokfort.bocker.lage;
                    sedda.insert(verifikationer);
                    tokio::task::yield_now().await;
                }
                sedda
            })
        })
        .collect();
    for nr in 1..=6 {
        let inlast = f.las_in(&arets(&nr.to_string())).await.unwrap();
        if nr == 3 {
            f.angra(inlast.id).await.unwrap();
        }
    }
    slut.store(true, std::sync::atomic::Ordering::Relaxed);
    for en in lasare {
        let sedda = en.await.unwrap();
        assert!(sedda.contains(&5), "{sedda:?}");
    }
    som_nystartad(&f, "efter alla").await;
}

/// Who may not read the accounts may not have them from memory either.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_in_memory_is_for_those_who_may_read_it() {
    let f = Forsby::ny().await;
    f.varld.tjanst.bokforing(&f.ekonom).await.unwrap();
    let konto = f.ekonom.anvandare().unwrap();
    let sysadmin = Aktor::ny(konto, f.ekonom.huvudman(), &[Roll::Administrator]).unwrap();
    let nej = f.varld.tjanst.bokforing(&sysadmin).await.unwrap_err();
    assert_eq!(nej.slag, utfall_domain::problem::ProblemSlag::Nekad);
    // And another's books are another's.
    let annan = f.varld.aktor("uppsala", Roll::Ekonom).await;
    let b = f.varld.tjanst.bokforing(&annan).await.unwrap();
    assert_eq!(b.bokfort.bocker.huvudman.slug, "uppsala");
}
