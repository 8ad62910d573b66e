//! What takes long is worked out before the writer's turn, and used only if nothing has moved
//! since: what others save in between is never lost, and never counted twice.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use utfall_app::bokforing::Kopplat;
use utfall_app::fakta::{RegistreraFaktum, om_insats};
use utfall_app::{Anvandningsfall, Idempotensnyckel, Miljo, Plan};
use utfall_behorighet::{Permit, prova};
use utfall_domain::faktum::{Galler, NyttFaktum};
use utfall_domain::varde::Varde;
use utfall_store::Las;

type Beraknat = <SparaKoppling as Anvandningsfall>::Laddat;

/// Does something, and something else happens each time it has been worked out.
#[derive(Clone)]
struct Medan<F> {
    fall: F,
    raknat: Arc<AtomicUsize>,
    emellan: Arc<dyn Fn(usize) + Send + Sync>,
}

impl<F: Anvandningsfall + Sync> Anvandningsfall for Medan<F> {
    const ATGARD: Atgard = F::ATGARD;
    const I_FORVAG: bool = F::I_FORVAG;
    type Laddat = F::Laddat;
    type Svar = F::Svar;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<F::Laddat, Problem> {
        self.fall.ladda(permit, k)
    }

    fn berakna(&self, laddat: F::Laddat) -> F::Laddat {
        let klart = self.fall.berakna(laddat);
        (self.emellan)(self.raknat.fetch_add(1, Ordering::SeqCst));
        klart
    }

    fn planera(&self, laddat: F::Laddat, miljo: &mut Miljo) -> Result<Plan<F::Svar>, Problem> {
        self.fall.planera(laddat, miljo)
    }
}

/// The same without looking whether anything has moved: the control.
#[derive(Clone)]
struct UtanProvning(SparaKoppling, Arc<Mutex<Option<Beraknat>>>);

impl Anvandningsfall for UtanProvning {
    const ATGARD: Atgard = SparaKoppling::ATGARD;
    type Laddat = Beraknat;
    type Svar = Kopplat;

    fn ladda(&self, _: &Permit, _: &mut Las) -> Result<Beraknat, Problem> {
        Ok(self.1.lock().unwrap().take().unwrap())
    }

    fn planera(&self, laddat: Beraknat, miljo: &mut Miljo) -> Result<Plan<Kopplat>, Problem> {
        self.0.planera(laddat, miljo)
    }
}

const FIL: &[u8] = b"#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20261101\n#SIETYP 4\n\
    #ORGNR 999900-0012\n#FNAMN \"Prov\"\n#RAR 0 20260101 20261231\n#KONTO 1930 Bank\n\
    #KONTO 6110 Papper\n#VER A 1 20260215 \"\"\n{\n#TRANS 6110 {6 2601} 10.00\n\
    #TRANS 1930 {} -10.00\n}\n";

/// Books with 10 kr on the first project and no mapping, and the mapping to be saved.
async fn infor() -> (Forsby, SparaKoppling, NyForHand) {
    let f = Forsby::ny().await;
    f.las_in(FIL).await.unwrap();
    let insats = f.insats(PROJEKT[0].1).await;
    let koppling = Koppling {
        regler: vec![Regel {
            objekt: vec![(6, PROJEKT[0].0.to_owned())],
            till: Some(till(insats)),
            ..Regel::default()
        }],
        ..Koppling::default()
    };
    let spara = SparaKoppling {
        sedd: 0,
        koppling,
        orsak: "Enligt kodplanen".into(),
        efter_avslut: false,
    };
    let for_hand = NyForHand {
        datum: date(2026, 2, 20),
        till: till(insats),
        slag: Konteringsslag::Kostnad,
        kostnadsslag: String::new(),
        ore: 500,
        vad: "Kaffe".into(),
        referens: String::new(),
        efter_avslut: false,
    };
    (f, spara, for_hand)
}

/// What is booked on the first project, fact by fact, and how many of the facts are not what
/// they would be if they were counted again.
async fn utfall(f: &Forsby) -> (Vec<i64>, usize) {
    let b = f.varld.tjanst.bokforing(&f.ekonom).await.unwrap();
    let ore = f.bokfort().await.iter().map(|rad| rad.ore).collect();
    (ore, b.andrade.len())
}

/// Another's voucher by hand, from a thread where blocking is allowed.
fn en_annan(f: &Forsby, ny: &NyForHand) {
    let (tjanst, aktor, ny) = (&f.varld.tjanst, &f.ekonom, ny.clone());
    let handtag = tokio::runtime::Handle::current();
    handtag.block_on(tjanst.utfor(aktor, None, ny)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_saves_while_it_is_worked_out_is_counted_too() {
    let (f, spara, for_hand) = infor().await;
    let f = Arc::new(f);
    let annan = Arc::clone(&f);
    let fall = Medan {
        fall: spara,
        raknat: Arc::default(),
        emellan: Arc::new(move |nr| {
            if nr == 0 {
                en_annan(&annan, &for_hand);
            }
        }),
    };
    let raknat = Arc::clone(&fall.raknat);
    let nyckel = Idempotensnyckel::ny("emellan-0123456789").unwrap();
    let gor = || {
        f.varld
            .tjanst
            .utfor(&f.ekonom, Some(nyckel.clone()), fall.clone())
    };
    let svar = gor().await.unwrap();
    assert_eq!(raknat.load(Ordering::SeqCst), 2, "worked out again");
    assert_eq!(utfall(&f).await, (vec![1_500], 0));
    // The same request once more is answered the same, and does nothing.
    assert_eq!(gor().await.unwrap(), svar);
    assert_eq!(raknat.load(Ordering::SeqCst), 2, "and works nothing out");
    assert_eq!(utfall(&f).await, (vec![1_500], 0));
}

/// So is a voucher by hand, and the one that takes it back: beside those who save. What another
/// saves meanwhile is counted, and numbers come one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_voucher_by_hand_is_worked_out_beside_those_who_save() {
    let (f, spara, for_hand) = infor().await;
    let tjanst = &f.varld.tjanst;
    tjanst.utfor(&f.ekonom, None, spara).await.unwrap();
    let f = Arc::new(f);
    async fn medan<F: Anvandningsfall + Sync>(f: &Arc<Forsby>, fall: F, ny: &NyForHand) -> F::Svar {
        let (annan, ny) = (Arc::clone(f), ny.clone());
        let fall = Medan {
            fall,
            raknat: Arc::default(),
            emellan: Arc::new(move |nr| {
                if nr == 0 {
                    en_annan(&annan, &ny);
                }
            }),
        };
        let raknat = Arc::clone(&fall.raknat);
        let svar = f.varld.tjanst.utfor(&f.ekonom, None, fall).await.unwrap();
        assert_eq!(raknat.load(Ordering::SeqCst), 2, "worked out again");
        svar
    }
    assert_eq!(medan(&f, for_hand.clone(), &for_hand).await, 2);
    assert_eq!(utfall(&f).await, (vec![2_000], 0));
    let tillbaka = TaTillbaka {
        nummer: 1,
        orsak: "Fel insats".into(),
        efter_avslut: false,
    };
    assert_eq!(medan(&f, tillbaka, &for_hand).await, 4);
    assert_eq!(utfall(&f).await, (vec![2_000], 0));
    hyllan::som_nystartad(&f, "efter fyra").await;
}

/// The control: what was worked out before another saved would be wrong.
#[tokio::test(flavor = "multi_thread")]
async fn without_looking_whether_anything_moved_it_would_be_wrong() {
    let (f, spara, for_hand) = infor().await;
    let permit = prova(&f.ekonom, SparaKoppling::ATGARD).unwrap();
    let las = spara.clone();
    let db = f.varld.tjanst.db();
    let last = db.las_samtidigt(move |k| las.ladda(&permit, k));
    let klart = spara.berakna(last.await.unwrap());
    let tjanst = &f.varld.tjanst;
    tjanst.utfor(&f.ekonom, None, for_hand).await.unwrap();
    let fall = UtanProvning(spara, Arc::new(Mutex::new(Some(klart))));
    tjanst.utfor(&f.ekonom, None, fall).await.unwrap();
    let (ore, kvar) = utfall(&f).await;
    assert_ne!((ore.iter().sum::<i64>(), ore.len(), kvar), (1_500, 1, 0));
}

/// Others who save all the time do not keep it out: at last it is done in its turn.
#[tokio::test(flavor = "multi_thread")]
async fn others_who_save_all_the_time_do_not_keep_it_out() {
    let (f, spara, for_hand) = infor().await;
    let f = Arc::new(f);
    let annan = Arc::clone(&f);
    let fall = Medan {
        fall: spara,
        raknat: Arc::default(),
        emellan: Arc::new(move |_| en_annan(&annan, &for_hand)),
    };
    let raknat = Arc::clone(&fall.raknat);
    f.varld.tjanst.utfor(&f.ekonom, None, fall).await.unwrap();
    let antal = raknat.load(Ordering::SeqCst);
    assert!((2..=10).contains(&antal), "{antal}");
    let vantat = 1_000 + 500 * i64::try_from(antal).unwrap();
    assert_eq!(utfall(&f).await, (vec![vantat], 0));
}

/// A file is read in while somebody else saves one thing after another in the same books.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_is_read_in_while_another_saves_in_the_same_books() {
    let (f, spara, _) = infor().await;
    let f = Arc::new(f);
    let tjanst = f.varld.tjanst.clone();
    tjanst.utfor(&f.ekonom, None, spara).await.unwrap();
    let slut = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (annan, stopp) = (Arc::clone(&f), Arc::clone(&slut));
    let sparar = tokio::spawn(async move {
        let mut antal = 0;
        while !stopp.load(Ordering::SeqCst) {
            let bok = annan.bok().await;
            let insats = annan.insats(PROJEKT[1].1).await;
            let galler = Galler {
                ar: Some(2026),
                kategori: Some(format!("Post {antal}")),
                ..om_insats(&bok, insats)
            };
            let mut faktum = NyttFaktum::nytt(FaktumSlag::Budget, galler, Varde::Kant(100));
            faktum.orsak = Some("Enligt budget".into());
            let fall = RegistreraFaktum {
                faktum,
                tillkommer: true,
            };
            let svar = annan.varld.tjanst.utfor(&annan.ekonom, None, fall).await;
            svar.unwrap();
            antal += 1;
        }
        antal
    });
    for (nr, manad) in ["oktober", "november"].into_iter().enumerate() {
        f.las_in(&exempel(manad)).await.unwrap();
        let (_, kvar) = utfall(&f).await;
        assert_eq!(kvar, 0, "{nr}");
    }
    slut.store(true, Ordering::SeqCst);
    assert!(sparar.await.unwrap() > 2);
    hyllan::som_nystartad(&f, "efter båda").await;
}
