//! Eight at once on the last of a grant: never more than there is.

use super::{SLUG, bok, cell, kedja};
use utfall_app::medel::{AndraFordelning, Andrad, version};
use utfall_app::{Anvandningsfall, Miljo, Plan, Tjanst};
use utfall_behorighet::{Aktor, Atgard, Permit, Roll};
use utfall_domain::andring::Andring;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BidragId, FaktumId};
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store::Las;
use utfall_testkit::{Varld, beslut};

const TUSEN: i64 = 100_000;

/// The grant's year with exactly 5 000 kr left to distribute.
async fn sista_femtusen(v: &Varld) -> (BidragId, i16) {
    let b = bok(v).await;
    let (bidrag, mut cell) = cell(&b);
    let ar = cell.ar;
    let urval = Urval::bidrag(bidrag).ar(ar);
    let kvar = b.varde(Matt::KvarAttFordela, &urval).kant().unwrap();
    let ore = cell.belopp.unwrap().ore.0 + kvar - 5 * TUSEN;
    cell.belopp = Some(Belopp::exakt(Ore(ore)));
    let ekonom = v.aktor(SLUG, Roll::Ekonom).await;
    let fall = AndraFordelning {
        bidrag,
        sedd: version(&b, bidrag),
        celler: vec![cell],
        version: None,
        beslut: beslut(),
        efter_avslut: false,
        orsak: "Inför provet".into(),
    };
    v.tjanst.utfor(&ekonom, None, fall).await.unwrap();
    let kvar = bok(v).await.varde(Matt::KvarAttFordela, &urval);
    assert_eq!(kvar, Varde::Kant(5 * TUSEN));
    (bidrag, ar)
}

/// One of several servers on the same database.
fn server(v: &Varld, fro: u64) -> Tjanst {
    Tjanst::ny(
        v.db.oppna(),
        std::sync::Arc::clone(&v.klocka) as _,
        std::sync::Arc::new(utfall_testkit::Fro::ny(fro)),
        std::sync::Arc::new(utfall_testkit::Snabbsattare),
    )
}

/// Adds a thousand to some cell until there is no room: how many times it succeeded.
async fn tar_tusen(t: Tjanst, ekonom: Aktor, (bidrag, ar): (BidragId, i16), nr: usize) -> i64 {
    let mut lyckade = 0;
    loop {
        let b = t.bok(&ekonom, Atgard::LasaMedel, None).await.unwrap();
        let insatser: Vec<_> = b
            .insatser
            .iter()
            .filter(|i| i.bidrag == Some(bidrag))
            .collect();
        let insats = insatser[nr % insatser.len()].id;
        let urval = Urval::bidrag(bidrag).ar(ar).for_insats(insats);
        let har = b.varde(Matt::FordelatNytt, &urval).kant().unwrap_or(0);
        let fall = AndraFordelning {
            bidrag,
            sedd: version(&b, bidrag),
            celler: vec![Andrad {
                insats,
                ar,
                belopp: Some(Belopp::exakt(Ore(har + TUSEN))),
            }],
            version: None,
            beslut: beslut(),
            efter_avslut: false,
            orsak: "Tusen till".into(),
        };
        match t.utfor(&ekonom, None, fall).await {
            Ok(_) => lyckade += 1,
            Err(p) if p.kod == "fordelning-andrad-av-annan" => {}
            Err(p) if p.kod == "fordelning-overskriden" => return lyckade,
            Err(p) => panic!("{p}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_writers_on_the_last_five_thousand_never_take_more() {
    let v = Varld::demo().await;
    let (bidrag, ar) = sista_femtusen(&v).await;
    let ekonom = v.aktor(SLUG, Roll::Ekonom).await;
    let fore = v.db.rader()["journal"];
    // Two servers with four writers each.
    let servrar = [server(&v, 11), server(&v, 12)];
    let mut alla = tokio::task::JoinSet::new();
    for nr in 0..8 {
        let t = servrar[nr % 2].clone();
        alla.spawn(tar_tusen(t, ekonom.clone(), (bidrag, ar), nr));
    }
    let lyckade: i64 = alla.join_all().await.into_iter().sum();
    let b = bok(&v).await;
    let urval = Urval::bidrag(bidrag).ar(ar);
    assert_eq!(lyckade, 5, "fem gånger tusen, varken fler eller färre");
    assert_eq!(b.varde(Matt::KvarAttFordela, &urval), Varde::Kant(0));
    assert_eq!(
        v.db.rader()["journal"],
        fore + 5,
        "en post för varje lyckad"
    );
    kedja(&v).await;
}

/// A use case that decides by what it saw before the door: what must not be done.
#[derive(Clone)]
struct UtanforDorren(NyttFaktum);

impl Anvandningsfall for UtanforDorren {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = ();
    type Svar = FaktumId;

    fn ladda(&self, _: &Permit, _: &mut Las) -> Result<(), Problem> {
        Ok(())
    }

    fn planera(&self, (): (), miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let id = miljo.faktum();
        Ok(Plan {
            andringar: vec![Andring::NyttFaktum {
                id,
                faktum: Box::new(self.0.clone()),
            }],
            handelse: Handelse {
                slag: "prov".into(),
                objekt: "prov".into(),
                text: "Prov.".into(),
                data: serde_json::json!({}),
            },
            svar: id,
        })
    }
}

/// Positive control: the same eight writers with the check made before the transaction take
/// more than there is. Were it not so, the test above would prove nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn control_checking_outside_the_door_overallocates() {
    let v = Varld::demo().await;
    let (bidrag, ar) = sista_femtusen(&v).await;
    let ekonom = v.aktor(SLUG, Roll::Ekonom).await;
    let urval = Urval::bidrag(bidrag).ar(ar);
    let start = std::sync::Arc::new(tokio::sync::Barrier::new(8));
    let mut alla = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (t, ekonom, urval) = (v.tjanst.clone(), ekonom.clone(), urval.clone());
        let start = std::sync::Arc::clone(&start);
        alla.spawn(async move {
            let b = t.bok(&ekonom, Atgard::LasaMedel, None).await.unwrap();
            let kvar = b.varde(Matt::KvarAttFordela, &urval).kant().unwrap();
            start.wait().await;
            if kvar >= TUSEN {
                let insats = b
                    .insatser
                    .iter()
                    .find(|i| i.bidrag == Some(bidrag))
                    .unwrap();
                let galler = Galler {
                    bidrag: Some(bidrag),
                    insats: Some(insats.id),
                    ar: Some(ar),
                    ..Galler::default()
                };
                let nytt = NyttFaktum::nytt(FaktumSlag::Fordelat, galler, Varde::Kant(TUSEN));
                t.utfor(&ekonom, None, UtanforDorren(nytt)).await.unwrap();
            }
        });
    }
    alla.join_all().await;
    let kvar = bok(&v)
        .await
        .varde(Matt::KvarAttFordela, &urval)
        .kant()
        .unwrap();
    assert!(kvar < 0, "{kvar}");
}
