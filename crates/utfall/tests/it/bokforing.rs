//! The accounts read in: every krona of a figure is a row of a voucher, the same file twice is
//! once, and what is refused leaves nothing.

mod dalig;
mod dalig_ute;
mod emellan;
pub mod facit;
mod foljder;
mod hyllan;
mod kommandot;
mod lever;
mod listan;
mod minne;
mod namn;
mod rapporten;
mod sekvenser;
mod tecken;
mod utanfor;

use crate::stod::rot;
use facit::Facit;
use jiff::civil::{Date, date};
use std::io::Write as _;
use utfall_app::bokforing::{
    Analys, AngraInlasning, Bekraftat, Inlast, Kalla, NyForHand, Siefil, SparaKoppling, TaTillbaka,
};
pub use utfall_app::demo::PROJEKT;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::InsatsId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::kontering::{Behall, Intervall, Konteringsslag, Koppling, Regel, Till};
use utfall_domain::medel::verifikation::{Inlasningslage, Verifikationsurval};
use utfall_domain::problem::Problem;
use utfall_testkit::Varld;

/// Forsby's books with an ekonom at work in them.
pub struct Forsby {
    pub varld: Varld,
    pub ekonom: Aktor,
}

impl Forsby {
    pub async fn ny() -> Self {
        let varld = Varld::fore_bokforingen().await;
        let ekonom = varld.aktor("forsby", Roll::Ekonom).await;
        Self { varld, ekonom }
    }

    pub async fn med(&self, roll: Roll) -> Aktor {
        self.varld.aktor("forsby", roll).await
    }

    pub async fn insats(&self, namn: &str) -> InsatsId {
        let bok = self.bok().await;
        bok.insatser.iter().find(|i| i.namn == namn).unwrap().id
    }

    pub async fn bok(&self) -> utfall_app::Bok {
        let tjanst = &self.varld.tjanst;
        tjanst
            .bok(&self.ekonom, Atgard::LasaMedel, None)
            .await
            .unwrap()
    }

    /// Each project to its initiative, and pay as a cost kind of its own.
    pub async fn koppling(&self) -> Koppling {
        let mut regler = Vec::new();
        for (projekt, insats) in PROJEKT {
            regler.push(Regel {
                objekt: vec![(6, projekt.to_owned())],
                till: Some(till(self.insats(insats).await)),
                ..Regel::default()
            });
        }
        regler.push(Regel {
            konton: vec![Intervall {
                fran: 5000,
                till: 5999,
            }],
            kostnadsslag: Some("Personal".into()),
            ..Regel::default()
        });
        Koppling {
            regler,
            ..Koppling::default()
        }
    }

    pub async fn koppla(&self, koppling: Koppling) -> Result<usize, Problem> {
        let tjanst = &self.varld.tjanst;
        let sedd = tjanst.bokforing(&self.ekonom).await.unwrap();
        let fall = SparaKoppling {
            sedd: sedd.versioner.first().map_or(0, |v| v.version),
            koppling,
            orsak: "Enligt kodplanen".into(),
            efter_avslut: false,
        };
        Ok(tjanst.utfor(&self.ekonom, None, fall).await?.fakta)
    }

    pub async fn analys(&self, innehall: &[u8]) -> Result<Analys, Problem> {
        let (tjanst, aktor) = (self.varld.tjanst.clone(), self.ekonom.clone());
        let fil = fil(innehall);
        tokio::task::spawn_blocking(move || tjanst.analysera_sie(&aktor, &fil))
            .await
            .unwrap()
    }

    pub async fn las_in_med(
        &self,
        innehall: &[u8],
        svar: impl FnOnce(&Analys) -> Bekraftat + Send + 'static,
    ) -> Result<Inlast, Problem> {
        let (tjanst, aktor) = (self.varld.tjanst.clone(), self.ekonom.clone());
        let fil = fil(innehall);
        tokio::task::spawn_blocking(move || {
            let analys = tjanst.analysera_sie(&aktor, &fil)?;
            let paborjad = tjanst.paborja_sie(&aktor, &analys, &svar(&analys))?;
            tjanst.fullfolj_sie(&paborjad, &fil, |_| {})
        })
        .await
        .unwrap()
    }

    pub async fn las_in(&self, innehall: &[u8]) -> Result<Inlast, Problem> {
        self.las_in_med(innehall, |analys| Bekraftat {
            komplett: false,
            ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
            ..Bekraftat::default()
        })
        .await
    }

    pub async fn angra(&self, id: utfall_domain::id::InlasningId) -> Result<usize, Problem> {
        let fall = AngraInlasning {
            id,
            orsak: "Fel fil".into(),
            efter_avslut: false,
        };
        let svar = self.varld.tjanst.utfor(&self.ekonom, None, fall).await?;
        Ok(svar.fakta)
    }

    /// The booked facts in force, as the oracle tells them.
    pub async fn bokfort(&self) -> Vec<facit::Rad> {
        let bok = self.bok().await;
        let mut ut: Vec<facit::Rad> = bok
            .fakta()
            .into_iter()
            .filter(|f| f.fakta.bokforing.is_some())
            .map(|f| som_rad(&bok, f))
            .collect();
        ut.sort();
        ut
    }
}

fn som_rad(bok: &utfall_app::Bok, f: &Faktum) -> facit::Rad {
    let g = f.galler();
    let insats = bok.insats(g.insats.unwrap()).unwrap();
    assert_eq!(g.bidrag, insats.bidrag, "the grant of the initiative");
    assert_eq!(g.ar, g.period_fran.map(Date::year));
    facit::Rad {
        insats: insats.namn.clone(),
        intakt: f.fakta.slag == FaktumSlag::BokfortBidrag,
        kategori: g.kategori.clone().unwrap_or_default(),
        manad: g.period_fran.unwrap(),
        ore: f.varde().kant().unwrap(),
    }
}

pub fn till(insats: InsatsId) -> Till {
    Till {
        insats,
        bidrag: None,
        organisation: None,
    }
}

pub fn fil(innehall: &[u8]) -> Siefil {
    let mut fil = tempfile::tempfile().unwrap();
    fil.write_all(innehall).unwrap();
    Siefil::ny("prov.se", fil).unwrap()
}

pub fn exempel(manad: &str) -> Vec<u8> {
    let stig = format!("exempel/bokforing/forsby-2026-{manad}.se");
    std::fs::read(rot().join(stig)).unwrap()
}

/// Every figure is the sum of its vouchers' rows, by an oracle that reads the file itself.
#[tokio::test(flavor = "multi_thread")]
async fn every_krona_of_a_figure_is_a_row_of_a_voucher() {
    let f = Forsby::ny().await;
    f.koppla(f.koppling().await).await.unwrap();
    let innehall = exempel("oktober");
    let facit = Facit::av(&innehall);
    let svar = f.las_in(&innehall).await.unwrap();
    assert_eq!(
        usize::try_from(svar.utfall.nya).unwrap(),
        facit.verifikationer()
    );
    let vantat = facit.rader(&PROJEKT, "Personal");
    assert!(vantat.len() > 60, "{}", vantat.len());
    assert_eq!(f.bokfort().await, vantat);

    // The measures are the facts, month by month and cost kind by cost kind.
    let bok = f.bok().await;
    for (projekt, namn) in PROJEKT {
        let insats = bok.insatser.iter().find(|i| i.namn == namn).unwrap().id;
        let egna = |rad: &&facit::Rad| rad.insats == namn && !rad.intakt;
        let aret: i64 = vantat.iter().filter(egna).map(|r| r.ore).sum();
        let urval = Urval::insats(insats).ar(2026);
        let tal = bok.matt(Matt::AnvantInsats, &urval).utfall.varde.kant();
        assert_eq!(
            tal,
            Some(aret).filter(|_| vantat.iter().any(|r| egna(&r))),
            "{projekt}"
        );
    }

    // And each fact's list of vouchers adds up to it.
    let tjanst = &f.varld.tjanst;
    let mut sedda = 0;
    for faktum in bok.fakta() {
        if faktum.fakta.bokforing.is_none() {
            continue;
        }
        let urval = Verifikationsurval {
            faktum: Some(faktum.id),
            ..Verifikationsurval::default()
        };
        let sida = tjanst
            .verifikationer(&f.ekonom, urval, (0, 1_000))
            .await
            .unwrap();
        assert_eq!(sida.summa, faktum.varde().kant(), "{faktum:?}");
        assert_eq!(sida.rader.len(), sida.antal);
        assert!(sida.antal > 0);
        assert_eq!(
            sida.rader.iter().map(|r| r.ore).sum::<i64>(),
            sida.summa.unwrap()
        );
        sedda += 1;
    }
    assert_eq!(sedda, vantat.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_twice_is_once_and_the_next_months_is_the_rest() {
    let f = Forsby::ny().await;
    f.koppla(f.koppling().await).await.unwrap();
    let (oktober, november) = (exempel("oktober"), exempel("november"));
    let forst = f.las_in(&oktober).await.unwrap();
    let fore = (f.bokfort().await, f.varld.db.rader());
    let igen = f.las_in(&oktober).await.unwrap_err();
    assert_eq!(igen.kod, "sie-redan-inlast");
    assert_eq!((f.bokfort().await, f.varld.db.rader()), fore);

    let analys = f.analys(&november).await.unwrap();
    assert_eq!(
        (
            analys.utfall.nya,
            analys.utfall.andrade,
            analys.utfall.saknas
        ),
        (9, 1, 0)
    );
    assert_eq!(analys.utfall.lika, forst.utfall.nya - 1);
    let andrad = &analys.andrade[0];
    assert_ne!(andrad.fore, andrad.nu, "before and after are shown");
    assert_eq!(f.varld.db.rader(), fore.1, "looking saves nothing");

    let sedan = f.las_in(&november).await.unwrap();
    assert_eq!(sedan.utfall, analys.utfall);
    assert_eq!(sedan.fakta, analys.fakta.len(), "as the preview said");
    let facit = Facit::av(&november);
    assert_eq!(f.bokfort().await, facit.rader(&PROJEKT, "Personal"));

    // The changed voucher shows what it was, and what is in its place.
    let gammal = f
        .varld
        .tjanst
        .verifikation(&f.ekonom, andrad.id)
        .await
        .unwrap()
        .0;
    let ny = gammal.ersatt_av.unwrap();
    let ny = f.varld.tjanst.verifikation(&f.ekonom, ny).await.unwrap().0;
    assert_eq!(ny.ersatter, Some(gammal.id));
    assert_ne!(ny.rader, gammal.rader);

    // Back the same way: the latest first, and the figures are what they were.
    let nej = f.angra(forst.id).await.unwrap_err();
    assert_eq!(nej.kod, "inlasning-senare-finns");
    f.angra(sedan.id).await.unwrap();
    assert_eq!(f.bokfort().await, fore.0);
    assert_eq!(
        f.angra(sedan.id).await.unwrap_err().kod,
        "inlasning-inte-inne"
    );
    f.angra(forst.id).await.unwrap();
    assert_eq!(f.bokfort().await, []);
    let lagen: Vec<Inlasningslage> = f
        .varld
        .tjanst
        .bokforing(&f.ekonom)
        .await
        .unwrap()
        .bokfort
        .inlasningar
        .iter()
        .map(|i| i.lage)
        .collect();
    assert_eq!(lagen, [Inlasningslage::Angrad; 2]);
    // What was taken back can be read in again.
    f.las_in(&november).await.unwrap();
    assert_eq!(f.bokfort().await, facit.rader(&PROJEKT, "Personal"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_a_later_file_stays_unless_the_file_is_whole() {
    let f = Forsby::ny().await;
    f.koppla(f.koppling().await).await.unwrap();
    let (oktober, november) = (exempel("oktober"), exempel("november"));
    f.las_in(&november).await.unwrap();
    let fore = f.bokfort().await;
    let analys = f.analys(&oktober).await.unwrap();
    assert_eq!((analys.utfall.saknas, analys.utfall.andrade), (9, 1));
    assert_eq!(analys.saknade.len(), 9);
    assert!(
        analys
            .saknade
            .iter()
            .all(|v| v.datum >= date(2026, 11, 1) && v.ore > 0)
    );
    let delen = f.las_in(&oktober).await.unwrap();
    // One voucher is as October has it; the nine that October lacks are still there.
    let efter = f.bokfort().await;
    assert_ne!(efter, fore);
    assert!(efter.iter().any(|r| r.manad == date(2026, 11, 1)));
    f.angra(delen.id).await.unwrap();
    assert_eq!(f.bokfort().await, fore);
    f.las_in_med(&oktober, |_| Bekraftat {
        komplett: true,
        ..Bekraftat::default()
    })
    .await
    .unwrap();
    let facit = Facit::av(&oktober);
    assert_eq!(f.bokfort().await, facit.rader(&PROJEKT, "Personal"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_mapping_moves_what_is_booked_and_says_so_before() {
    let f = Forsby::ny().await;
    let oktober = exempel("oktober");
    let svar = f.las_in(&oktober).await.unwrap();
    assert_eq!((svar.fakta, f.bokfort().await.len()), (0, 0));
    let tjanst = &f.varld.tjanst;
    let okopplade = tjanst.bokforing(&f.ekonom).await.unwrap().okopplade.clone();
    assert_eq!(okopplade.len(), svar.okopplade);
    assert!(okopplade.iter().all(|o| o.slag != Konteringsslag::Balans));

    let mut koppling = f.koppling().await;
    let fore = f.varld.db.rader();
    let (_, skulle) = tjanst
        .prova_koppling(&f.ekonom, koppling.clone())
        .await
        .unwrap();
    assert_eq!(f.varld.db.rader(), fore, "a look saves nothing");
    assert_eq!(f.koppla(koppling.clone()).await.unwrap(), skulle.len());
    let facit = Facit::av(&oktober);
    assert_eq!(f.bokfort().await, facit.rader(&PROJEKT, "Personal"));

    // Another initiative for a project, and pay not apart: the figures follow.
    let mut projekt = PROJEKT;
    projekt[0].1 = "Första jobbet";
    koppling.regler[0].till = Some(till(f.insats("Första jobbet").await));
    koppling.regler.pop();
    f.koppla(koppling.clone()).await.unwrap();
    assert_eq!(f.bokfort().await, facit.rader(&projekt, ""));

    // What was chosen once is never asked for again: the rest belongs nowhere on purpose.
    koppling.regler.push(Regel {
        slag: Some(Konteringsslag::Balans),
        ..Regel::default()
    });
    let nej = f.koppla(koppling.clone()).await;
    assert!(nej.is_ok(), "{nej:?}");
    let kvar = tjanst.bokforing(&f.ekonom).await.unwrap().okopplade.clone();
    assert_eq!(kvar, []);
    assert_eq!(
        f.bokfort().await,
        [],
        "the one rule for all kinds is the nearest"
    );

    let krock = Regel {
        till: Some(till(f.insats("Anhörigstöd").await)),
        ..koppling.regler[1].clone()
    };
    koppling.regler.push(krock);
    let nej = f.koppla(koppling).await.unwrap_err();
    assert_eq!(nej.kod, "koppling-krock");
    assert!(
        nej.text.contains("Regel 2") && nej.text.contains("projekt 2602"),
        "{nej}"
    );
}

/// Names in texts, signatures and dimension 7 are not even stored.
#[tokio::test(flavor = "multi_thread")]
async fn texts_are_dropped_unless_kept_and_then_for_two_roles_only() {
    const NAMN: &str = "Personsson";
    let f = Forsby::ny().await;
    let oktober = exempel("oktober");
    assert!(
        String::from_utf8_lossy(&oktober).contains(NAMN),
        "control: the file has it"
    );
    f.koppla(f.koppling().await).await.unwrap();
    let forst = f.las_in(&oktober).await.unwrap();
    let lon = async |aktor: &Aktor| {
        let urval = Verifikationsurval {
            fran: Some(date(2026, 2, 1)),
            till: Some(date(2026, 2, 28)),
            ..Verifikationsurval::default()
        };
        let tjanst = &f.varld.tjanst;
        let sida = tjanst.verifikationer(aktor, urval, (0, 500)).await.unwrap();
        let mut ut = String::new();
        for rad in sida.rader {
            let Kalla::Fil(v) = rad.kalla else { continue };
            let (v, ..) = tjanst.verifikation(aktor, v.id).await.unwrap();
            ut.push_str(&format!("{v:?}"));
        }
        ut
    };
    assert!(!lon(&f.ekonom).await.contains(NAMN));
    let konteringar = f
        .varld
        .tjanst
        .bokforing(&f.ekonom)
        .await
        .unwrap()
        .bokfort
        .konteringar
        .clone();
    let sju = |dim: u32| {
        konteringar
            .values()
            .any(|(k, _)| k.objekt.iter().any(|(d, _)| *d == dim))
    };
    assert!(!sju(7) && sju(6));
    f.angra(forst.id).await.unwrap();

    let mut koppling = f.koppling().await;
    koppling.behall = Behall {
        text: true,
        signatur: true,
        dimensioner: [7].into(),
    };
    f.koppla(koppling).await.unwrap();
    f.las_in(&oktober).await.unwrap();
    for (roll, far) in [
        (Roll::Ekonom, true),
        (Roll::Revisor, true),
        (Roll::Forbundschef, false),
        (Roll::Insatsansvarig, false),
        (Roll::Styrelse, false),
    ] {
        let ser = lon(&f.med(roll).await).await.contains(NAMN);
        assert_eq!(ser, far, "{roll:?}");
    }
    let chef = f.med(Roll::Forbundschef).await;
    let bok = f.bok().await;
    assert!(!format!("{:?}", bok.fakta).contains(NAMN), "nor in facts");
    let journal = f.varld.tjanst.journalsida(&chef, None, 1_000).await;
    assert!(!format!("{journal:?}").contains(NAMN), "nor in the journal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voucher_by_hand_counts_and_is_taken_back_by_another() {
    let f = Forsby::ny().await;
    let insats = f.insats("Middag tillsammans").await;
    let tjanst = &f.varld.tjanst;
    let ny = NyForHand {
        datum: date(2026, 5, 12),
        till: till(insats),
        slag: Konteringsslag::Kostnad,
        kostnadsslag: "Mat".into(),
        ore: 125_050,
        vad: "Mat till två middagar".into(),
        referens: "Kvitto 4".into(),
        efter_avslut: false,
    };
    let nummer = tjanst.utfor(&f.ekonom, None, ny.clone()).await.unwrap();
    assert_eq!(nummer, 1);
    let rad = facit::Rad {
        insats: "Middag tillsammans".into(),
        intakt: false,
        kategori: "Mat".into(),
        manad: date(2026, 5, 1),
        ore: 125_050,
    };
    assert_eq!(f.bokfort().await, std::slice::from_ref(&rad));
    let bok = f.bok().await;
    let faktum = bok
        .fakta()
        .into_iter()
        .find(|f| f.fakta.bokforing.is_some())
        .unwrap()
        .id;
    let urval = Verifikationsurval {
        faktum: Some(faktum),
        ..Verifikationsurval::default()
    };
    let sida = tjanst
        .verifikationer(&f.ekonom, urval, (0, 10))
        .await
        .unwrap();
    assert_eq!((sida.antal, sida.summa), (1, Some(125_050)));

    let tillbaka = TaTillbaka {
        nummer,
        orsak: "Fel insats".into(),
        efter_avslut: false,
    };
    assert_eq!(
        tjanst
            .utfor(&f.ekonom, None, tillbaka.clone())
            .await
            .unwrap(),
        2
    );
    assert_eq!(f.bokfort().await, [facit::Rad { ore: 0, ..rad }]);
    let igen = tjanst.utfor(&f.ekonom, None, tillbaka).await.unwrap_err();
    assert_eq!(igen.kod, "for-hand-redan-tillbaka");
    for (fel, falt) in [
        (
            NyForHand {
                ore: 0,
                ..ny.clone()
            },
            "belopp",
        ),
        (
            NyForHand {
                datum: date(2030, 1, 1),
                ..ny.clone()
            },
            "datum",
        ),
        (
            NyForHand {
                vad: " ".into(),
                ..ny.clone()
            },
            "vad",
        ),
        (
            NyForHand {
                slag: Konteringsslag::Balans,
                ..ny
            },
            "slag",
        ),
    ] {
        let nej = tjanst.utfor(&f.ekonom, None, fel).await.unwrap_err();
        assert_eq!(nej.falt.as_deref(), Some(falt));
    }
}
