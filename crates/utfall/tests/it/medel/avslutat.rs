//! What is decided changes by a decision only, also when it is taken back or split, and a closed
//! year only by what says that it is made after it.

use super::{AR, Prov, kr};
use utfall_app::fakta::{RattaFaktum, Rattelse, RegistreraFaktum, om_insats};
use utfall_app::medel::{
    AndraFordelning, AngraFordelning, Beslutsuppgift, Beslutsval, Del, DelaFordelning, Delstorlek,
    cellens_fakta, sparningar, version,
};
use utfall_app::{Anvandningsfall, Bok, Miljo, Plan};
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FORSTARKNING, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BeslutId, BidragId, FaktumId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::matt::Matt;
use utfall_domain::medel::arsavslut::{Avslutssteg, sista};
use utfall_domain::medel::post::{Innehall, NyMedelspost, Postgaller};
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;
use utfall_testkit::beslut;

/// Closes a year, or opens it again (`OPPNA`), without asking for its list: the lock is what
/// is tested.
#[derive(Clone)]
pub(super) struct Lock<const OPPNA: bool> {
    pub bidrag: BidragId,
    pub ar: i16,
}

impl<const OPPNA: bool> Anvandningsfall for Lock<OPPNA> {
    const ATGARD: Atgard = if OPPNA {
        Atgard::OppnaAr
    } else {
        Atgard::AvslutaAr
    };
    type Laddat = Bocker;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let id = miljo.medelspost();
        let innehall = Innehall::Arsavslut(if OPPNA {
            Avslutssteg::Oppna
        } else {
            Avslutssteg::Stang
        });
        let post = match sista(&bocker.medelsposter, self.bidrag, self.ar) {
            Some(forra) => NyMedelspost::efter(forra, id, innehall),
            None => {
                let om = Postgaller {
                    bidrag: Some(self.bidrag),
                    ar: Some(self.ar),
                    ..Postgaller::default()
                };
                NyMedelspost::forsta(id, om, innehall)
            }
        };
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post.med_orsak("Prov")))],
            handelse: handelse(),
            svar: (),
        })
    }
}

fn handelse() -> Handelse {
    Handelse {
        slag: "prov".into(),
        objekt: "prov".into(),
        text: "Prov.".into(),
        data: serde_json::json!({}),
    }
}

impl Prov {
    async fn stang(&self) {
        let fall = Lock::<false> {
            bidrag: self.bidrag,
            ar: AR,
        };
        self.gor(fall).await.unwrap();
    }

    /// The clock goes on, so that each saving is one.
    pub(super) fn ga(&self) {
        use utfall_domain::tid::Klocka;
        let nu = self.v.klocka.nu();
        self.v.klocka.stall(nu + jiff::SignedDuration::from_secs(1));
    }

    async fn angra(&self) -> AngraFordelning {
        let b = self.bok().await;
        AngraFordelning {
            bidrag: self.bidrag,
            sparning: sparningar(&b, self.bidrag)[0].senast,
            sedd: version(&b, self.bidrag),
            beslut: beslut(),
            orsak: "Fel rad".into(),
            efter_avslut: false,
        }
    }

    async fn dela(&self, delar: Vec<Del>) -> DelaFordelning {
        let b = self.bok().await;
        let nu = cellens_fakta(&b, (Some(self.bidrag), self.ett, Some(AR)));
        DelaFordelning {
            bidrag: Some(self.bidrag),
            insats: self.ett,
            ar: Some(AR),
            sedd: nu.iter().map(|f| f.id).max(),
            delar,
            beslut: beslut(),
            orsak: "Två nämnder".into(),
            efter_avslut: false,
        }
    }
}

fn senaste(b: &Bok) -> BeslutId {
    b.beslut.iter().map(|x| x.id).max().unwrap()
}

fn halva(b: &Bok, nr: usize) -> Del {
    Del {
        organisation: Some(b.organisationer[nr].id),
        bidrag: None,
        storlek: Delstorlek::Procent(50_000),
    }
}

fn delarna(b: &Bok, p: &Prov) -> Vec<(Option<OrganisationId>, i64)> {
    let alla = cellens_fakta(b, (Some(p.bidrag), p.ett, Some(AR)));
    let mut ut: Vec<_> = alla
        .iter()
        .map(|f| (f.galler().organisation, f.varde().kant().unwrap() / 100))
        .collect();
    ut.sort_unstable();
    ut
}

/// R12: a saved distribution is taken back, and a row split, by a decision of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_decided_is_taken_back_and_split_by_a_decision_only() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(300_000))]).await;
    p.ga();
    p.fordela(&[(p.ett, Some(400_000))]).await;
    p.ga();
    let fore = p.bok().await.fakta.len();
    let utan = AngraFordelning {
        beslut: Beslutsval::Saknas,
        ..p.angra().await
    };
    assert_eq!(p.nej(utan).await, "beslut-saknas");
    let b = p.bok().await;
    let halvor = vec![halva(&b, 0), halva(&b, 1)];
    let utan = DelaFordelning {
        beslut: Beslutsval::Saknas,
        ..p.dela(halvor.clone()).await
    };
    assert_eq!(p.nej(utan).await, "beslut-saknas");
    assert_eq!(p.bok().await.fakta.len(), fore, "inget är skrivet");

    // Control: with a decision both are done, and the decision stands behind each amount.
    let fall = p.dela(halvor).await;
    p.gor(fall).await.unwrap();
    p.ga();
    let b = p.bok().await;
    assert_eq!(
        delarna(&b, &p).iter().map(|d| d.1).collect::<Vec<_>>(),
        [200_000, 200_000]
    );
    let delning = senaste(&b);
    let fakta = cellens_fakta(&b, (Some(p.bidrag), p.ett, Some(AR)));
    assert!(fakta.iter().all(|f| f.fakta.beslut == Some(delning)));
    p.gor(p.angra().await).await.unwrap();
    let b = p.bok().await;
    let beslutet = senaste(&b);
    assert_ne!(beslutet, delning);
    let fakta = cellens_fakta(&b, (Some(p.bidrag), p.ett, Some(AR)));
    assert_eq!(fakta.len(), 1);
    assert_eq!(fakta[0].fakta.beslut, Some(beslutet));
    assert_eq!(fakta[0].varde(), kr(400_000));
    let orsak = fakta[0].fakta.orsak.as_deref().unwrap();
    assert_eq!(orsak, "Ångrat: Två nämnder. Skäl: Fel rad");
}

/// A decided amount is no more corrected past its decision than it is taken back past it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decided_amount_is_corrected_by_a_decision_and_one_that_is_read_is_put_right() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(300_000))]).await;
    let id = p.bok().await.matt(Matt::FordelatNytt, &p.urval()).rader[0];
    let ratta = |faktum: FaktumId, beslut: Beslutsval| RattaFaktum {
        faktum,
        rattelse: Rattelse::NyttVarde(kr(310_000), Precision::EXAKT),
        orsak: "Läst fel".into(),
        beslut,
        efter_avslut: false,
    };
    assert_eq!(p.nej(ratta(id, Beslutsval::Saknas)).await, "beslut-saknas");
    p.gor(ratta(id, beslut())).await.unwrap();
    let b = p.bok().await;
    let nytt = b.faktum(b.matt(Matt::FordelatNytt, &p.urval()).rader[0]);
    assert_eq!(nytt.unwrap().fakta.beslut, Some(senaste(&b)));
    // Control: what has no decision is corrected without one.
    let galler = Galler {
        ar: Some(AR),
        ..om_insats(&b, p.ett)
    };
    let mut faktum = NyttFaktum::nytt(FaktumSlag::Anvant, galler, kr(1));
    faktum.orsak = Some("Boken".into());
    let fall = RegistreraFaktum {
        faktum,
        tillkommer: false,
    };
    let id = p.gor(fall).await.unwrap();
    p.gor(ratta(id, Beslutsval::Saknas)).await.unwrap();
}

/// All that is wrong with a decision, the reason and the closed year is told at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_wrong_with_taking_back_and_splitting_is_told_at_once() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(300_000))]).await;
    p.ga();
    let daligt = Beslutsval::Nytt(Beslutsuppgift {
        paragraf: "4".into(),
        datum: Some(jiff::civil::date(2030, 1, 1)),
        ..Beslutsuppgift::default()
    });
    p.stang().await;
    let falten =
        |alla: Vec<Problem>| -> Vec<String> { alla.into_iter().filter_map(|f| f.falt).collect() };
    let angra = AngraFordelning {
        beslut: daligt.clone(),
        orsak: String::new(),
        ..p.angra().await
    };
    let alla = p.v.tjanst.brister(&p.ekonom, angra).await.unwrap().alla();
    let ratt = [
        "beslut-instans",
        "beslut-rubrik",
        "beslut-datum",
        "orsak",
        "efter-avslut",
    ];
    assert_eq!(falten(alla), ratt);
    let dela = DelaFordelning {
        beslut: daligt.clone(),
        orsak: String::new(),
        ..p.dela(Vec::new()).await
    };
    let alla = p.v.tjanst.brister(&p.ekonom, dela).await.unwrap().alla();
    let alla = falten(alla);
    for falt in ratt.iter().chain(&["del-1-storlek"]) {
        assert!(alla.iter().any(|f| f == falt), "{falt}: {alla:?}");
    }
    let andra = AndraFordelning {
        beslut: daligt,
        orsak: String::new(),
        ..p.fordelning(&[(p.ett, Some(1))]).await
    };
    let alla = p.v.tjanst.brister(&p.ekonom, andra).await.unwrap().alla();
    assert_eq!(falten(alla), ratt);
}

/// Taking back, splitting and correcting a correction: none of them passes the lock, not even
/// where what they copy was itself made after the closing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_year_is_not_changed_by_taking_back_splitting_or_copying() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(300_000))]).await;
    p.ga();
    p.stang().await;
    let b = p.bok().await;
    let halvor = vec![halva(&b, 0), halva(&b, 1)];
    assert_eq!(p.nej(p.angra().await).await, "aret-avslutat");
    assert_eq!(p.nej(p.dela(halvor.clone()).await).await, "aret-avslutat");

    // Control: said to be made after it, a split is done and seen as that everywhere.
    let fall = DelaFordelning {
        efter_avslut: true,
        ..p.dela(halvor).await
    };
    p.gor(fall).await.unwrap();
    p.ga();
    let b = p.bok().await;
    assert!(b.matt(Matt::Fordelat, &p.urval()).utfall.efter_avslut);
    assert!(sparningar(&b, p.bidrag)[0].efter_avslut);
    let chef =
        p.v.aktor("forsby", utfall_behorighet::Roll::Forbundschef)
            .await;
    let journal = p.v.tjanst.journalsida(&chef, None, 1).await.unwrap();
    let senast = format!("{:?}", journal.poster[0].post);
    assert!(
        senast.contains("Rättelse efter avslut av 2022."),
        "{senast}"
    );

    // What it made bears the mark, and a copy of it does not pass by that.
    assert_eq!(p.nej(p.angra().await).await, "aret-avslutat");
    let del = cellens_fakta(&b, (Some(p.bidrag), p.ett, Some(AR)))[0].id;
    let ratta = RattaFaktum {
        faktum: del,
        rattelse: Rattelse::Stryk,
        orsak: "Fel".into(),
        beslut: beslut(),
        efter_avslut: false,
    };
    assert_eq!(p.nej(ratta.clone()).await, "aret-avslutat");
    p.gor(RattaFaktum {
        efter_avslut: true,
        ..ratta
    })
    .await
    .unwrap();
    let b = p.bok().await;
    let struket = b
        .fakta
        .iter()
        .find(|f| f.fakta.rattar == Some(del))
        .unwrap();
    assert!(struket.fakta.struken && struket.fakta.efter_avslut);

    // Another year is open, and what is said of it is no correction after a closing.
    let galler = Galler {
        ar: Some(AR + 1),
        ..om_insats(&b, p.tva)
    };
    let mut faktum = NyttFaktum::nytt(FaktumSlag::Ansokt, galler, kr(5));
    faktum.orsak = Some("Ansökan".into());
    faktum.efter_avslut = true;
    let fall = RegistreraFaktum {
        faktum,
        tillkommer: false,
    };
    let id = p.gor(fall).await.unwrap();
    let b = p.bok().await;
    assert!(!b.faktum(id).unwrap().fakta.efter_avslut);
}

/// A fact that takes the place of one in a closed year, past every rule of the use cases.
#[derive(Clone)]
struct Forbi(NyttFaktum);

impl Anvandningsfall for Forbi {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = ();
    type Svar = ();

    fn ladda(&self, _: &Permit, _: &mut Las) -> Result<(), Problem> {
        Ok(())
    }

    fn planera(&self, (): (), miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        Ok(Plan {
            andringar: vec![Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(self.0.clone()),
            }],
            handelse: handelse(),
            svar: (),
        })
    }
}

/// Under the use cases the database layer looks at what a fact replaces as well as at what it
/// says: money is not moved out of a closed year by naming another grant or year.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_store_refuses_what_moves_money_out_of_a_closed_year() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(300_000))]).await;
    let b = p.bok().await;
    let gammalt = b.matt(Matt::FordelatNytt, &p.urval()).rader[0];
    let annat = b.bidrag.iter().find(|x| x.id != p.bidrag).unwrap();
    let flyttat = |rattar: Option<FaktumId>| {
        let galler = Galler {
            bidrag: Some(annat.id),
            insats: Some(p.ett),
            ar: Some(AR + 7),
            ..Galler::default()
        };
        let mut f = NyttFaktum::nytt(FaktumSlag::Fordelat, galler, kr(1));
        (f.rattar, f.orsak) = (rattar, Some("Prov".into()));
        Forbi(f)
    };
    p.stang().await;
    assert_eq!(p.nej(flyttat(Some(gammalt))).await, "aret-avslutat");
    // Control: the same fact that takes nothing away is written.
    p.gor(flyttat(None)).await.unwrap();
}

/// A split row keeps its proportions when its total changes, and what a decision of its own
/// added stays as it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_split_row_is_rescaled_when_its_total_changes() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(300_000))]).await;
    let b = p.bok().await;
    let delar = vec![
        Del {
            storlek: Delstorlek::Procent(75_000),
            ..halva(&b, 0)
        },
        Del {
            storlek: Delstorlek::Procent(25_000),
            ..halva(&b, 1)
        },
    ];
    p.gor(p.dela(delar).await).await.unwrap();
    p.fordela(&[(p.ett, Some(100_001))]).await;
    let b = p.bok().await;
    let (ena, andra) = (b.organisationer[0].id, b.organisationer[1].id);
    let mut ratt = [(Some(ena), 75_001), (Some(andra), 25_000)];
    ratt.sort_unstable();
    assert_eq!(delarna(&b, &p), ratt);
    let fall = utfall_app::medel::Forstark {
        bidrag: p.bidrag,
        insats: p.ett,
        ar: AR,
        belopp: 10_000 * 100,
        ur: None,
        sedd: version(&b, p.bidrag),
        beslut: beslut(),
        orsak: "Fler platser".into(),
        efter_avslut: false,
    };
    p.gor(fall).await.unwrap();
    p.fordela(&[(p.ett, Some(50_000))]).await;
    let b = p.bok().await;
    let fakta = cellens_fakta(&b, (Some(p.bidrag), p.ett, Some(AR)));
    let kronor = |forstarkt: bool| {
        let alla = fakta.iter();
        let alla =
            alla.filter(|f| (f.galler().kategori.as_deref() == Some(FORSTARKNING)) == forstarkt);
        let mut ut: Vec<i64> = alla.map(|f| f.varde().kant().unwrap() / 100).collect();
        ut.sort_unstable();
        ut
    };
    assert_eq!(kronor(true), [10_000], "förstärkningen står kvar");
    assert_eq!(kronor(false), [10_000, 30_000], "resten delas som förut");
    assert_eq!(p.har(p.ett).await, kr(50_000));
    // No room for it: then all of it shrinks alike.
    p.fordela(&[(p.ett, Some(5_000))]).await;
    assert_eq!(p.har(p.ett).await, kr(5_000));
    assert_eq!(delarna(&p.bok().await, &p).len(), 3);
}
