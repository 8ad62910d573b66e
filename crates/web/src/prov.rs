//! Tests through the front door, in process: a real database with two of the papers, an
//! account per role, and a browser that keeps cookies and reads forms.

#![expect(
    clippy::too_many_lines,
    reason = "ett prov som berättar en hel händelse läses bäst i ett stycke"
)]

mod avslutat;
mod bokforing;
mod deltagare;
mod deltagarlista;
mod deltagarsiffror;
mod deltagarutdrag;
mod delvis;
mod ekonomi;
mod for_hand;
mod fordelning;
mod formular;
mod framat;
mod gallring;
mod kalkyl;
mod konton;
mod kvar;
mod livet;
mod matris;
mod organisationer;
mod ovan;
mod papper;
mod publik;
mod rapportslag;
mod rattat;
mod redovisat;
mod rum;
mod sakerhet;
mod sidor;
mod siffrorna;
mod stora;
mod uppfoljning;
mod utfardande;
mod utkast;
mod versioner;

use crate::rutter::{Exempel, RUTTER, Rutt};
use crate::{Installningar, Webb};
use axum::Router;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::sync::Arc;
use utfall_app::Tjanst;
use utfall_app::demo::StalldKlocka;
use utfall_app::installation::{NyHuvudman, NyttKonto};
use utfall_app::publicering::Publicera;
use utfall_app::rapporter::{SkapaRapport, Utfardande};
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::id::HuvudmanId;
use utfall_domain::publicering::Publicerat;
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid::{self, Klocka as _, PerDag};
pub use utfall_testkit::webb::{Svar, Webblasare, dolda, kodat};
use utfall_testkit::{Fro, Snabbsattare, Testdb};

/// A decision as a form sends it.
const BESLUT: [(&str, &str); 3] = [
    ("beslut-instans", "Kommunstyrelsen"),
    ("beslut-datum", "2022-01-31"),
    ("beslut-rubrik", "Fördelning"),
];

/// The password of every account here.
pub const LOSENORD: &str = "en lång hemlig fras";

/// Two huvudmän, with an account for each role in both.
pub struct Varld {
    _testdb: Testdb,
    klocka: Arc<StalldKlocka>,
    pub webb: Webb,
    pub router: Router,
    pub exempel: BTreeMap<&'static str, Exempel>,
    pub id: BTreeMap<&'static str, HuvudmanId>,
}

/// The huvudmän of the world and their papers.
pub const HUVUDMAN: [(&str, &str); 2] = [("uppsala", "uppsala"), ("ragunda", "ragunda")];

/// The roles that sign in.
pub fn roller() -> impl Iterator<Item = Roll> {
    Roll::ALLA
        .iter()
        .copied()
        .filter(|roll| roll.kan_tilldelas())
}

impl Varld {
    pub async fn ny() -> Self {
        Self::med(Installningar::default()).await
    }

    pub async fn med(installningar: Installningar) -> Self {
        Self::av(&HUVUDMAN, installningar).await
    }

    /// Nobody's: a server alone.
    pub fn tom(installningar: Installningar) -> Self {
        let testdb = Testdb::ny();
        let klocka = Arc::new(StalldKlocka::ny("2022-02-02T09:00:00Z".parse().unwrap()));
        let slump = Arc::new(Fro::ny(1));
        let tjanst = Tjanst::ny(
            testdb.oppna(),
            klocka.clone(),
            slump,
            Arc::new(Snabbsattare),
        );
        let webb = Webb::ny(tjanst, installningar);
        let router = webb.router();
        Self {
            _testdb: testdb,
            klocka,
            webb,
            router,
            exempel: BTreeMap::new(),
            id: BTreeMap::new(),
        }
    }

    /// One huvudman whose grants have no years and one distribution in common.
    pub async fn sandviken() -> Self {
        Self::av(&[("sandviken", "sandviken")], Installningar::default()).await
    }

    /// One huvudman with many grants, each for several years.
    pub async fn forsby() -> Self {
        Self::av(&[("forsby", "forsby")], Installningar::default()).await
    }

    /// The invented huvudman in a year that its grants have.
    pub async fn forsby_2026() -> Self {
        let varld = Self::forsby().await;
        varld.klocka.stall("2026-02-02T09:00:00Z".parse().unwrap());
        varld
    }

    async fn av(huvudman: &[(&'static str, &'static str)], installningar: Installningar) -> Self {
        let testdb = Testdb::ny();
        let klocka = Arc::new(StalldKlocka::ny("2022-02-02T09:00:00Z".parse().unwrap()));
        let db = testdb.oppna();
        let slump = Arc::new(Fro::ny(1));
        let tjanst = Tjanst::ny(db, klocka.clone(), slump, Arc::new(Snabbsattare));
        let (mut exempel, mut idn) = (BTreeMap::new(), BTreeMap::new());
        for (slug, papper) in huvudman {
            let id = fyll(&tjanst, slug, papper).await;
            idn.insert(*slug, id);
            if HUVUDMAN.contains(&(slug, papper)) {
                exempel.insert(*slug, exempel_for(&tjanst, id, slug).await);
            }
        }
        let webb = Webb::ny(tjanst, installningar);
        let router = webb.router();
        Self {
            _testdb: testdb,
            klocka,
            webb,
            router,
            exempel,
            id: idn,
        }
    }

    pub fn ga(&self, tid: SignedDuration) {
        self.klocka.stall(self.klocka.nu() + tid);
    }

    pub fn webblasare(&self) -> Webblasare {
        Webblasare::ny(&self.router)
    }

    pub async fn inloggad(&self, huvudman: &str, roll: Roll) -> Webblasare {
        Webblasare::inloggad(&self.router, &konto(huvudman, roll), LOSENORD).await
    }
}

/// The account's name.
pub fn konto(huvudman: &str, roll: Roll) -> String {
    format!("{}.{huvudman}", roll.kod())
}

async fn fyll(tjanst: &Tjanst, slug: &str, papper: &str) -> HuvudmanId {
    let fil = format!("{}/../../exempel/{papper}.json", env!("CARGO_MANIFEST_DIR"));
    let innehall = std::fs::read(fil).unwrap();
    let underlag = utfall_domain::underlag::las(papper, &innehall).unwrap();
    let huvudman = NyHuvudman {
        slug: slug.into(),
        namn: underlag.dokument.huvudman.namn.clone(),
        pahittad: false,
    };
    let id = tjanst.skapa_huvudman(huvudman).await.unwrap();
    let drift = Aktor::drift(id);
    let mut chef = drift.clone();
    for (nr, roll) in (1_u8..).zip(roller()) {
        let salt = [nr; 16];
        let ny = NyttKonto::ny(&konto(slug, roll), roll.namn(), LOSENORD, &salt, &[roll]);
        let konto = tjanst.utfor(&drift, None, ny.unwrap()).await.unwrap();
        if roll == Roll::Forbundschef {
            chef = Aktor::ny(konto, id, &[roll]).unwrap();
        }
    }
    let fall = ImporteraUnderlag {
        underlag,
        innehall,
        offentligt: true,
    };
    tjanst.utfor(&drift, None, fall).await.unwrap();
    publicera_och_rapportera(tjanst, &chef).await;
    id
}

/// One grant, one of its initiatives and one issued report are public; one draft is not.
async fn publicera_och_rapportera(tjanst: &Tjanst, chef: &Aktor) {
    let bok = tjanst.bok(chef, Atgard::LasaMedel, None).await.unwrap();
    let per = PerDag(tid::dag(tjanst.klocka().nu()));
    let b = bok.bidrag.first().unwrap();
    let Some(ar) = b.ar.first().copied() else {
        let bidrag = bok.bidrag.iter().map(|b| Publicerat::Bidrag(b.id));
        let insatser = bok.insatser.iter().map(|i| Publicerat::Insats(i.id));
        for vad in bidrag.chain(insatser) {
            publicera(tjanst, chef, vad, per).await;
        }
        return;
    };
    for _ in 0..2 {
        let ny = SkapaRapport {
            bidrag: b.id,
            ar,
            mall: None,
        };
        tjanst.utfor(chef, None, ny).await.unwrap();
    }
    let bok = tjanst.bok(chef, Atgard::LasaMedel, None).await.unwrap();
    let r = bok.rapporter.first().unwrap();
    let version = match &r.lage {
        Rapportlage::Utkast { version, .. } => *version,
        Rapportlage::Utfardad { .. } => panic!("redan utfärdad"),
    };
    tjanst
        .utfarda_rapport(
            chef,
            None,
            Utfardande::sparat(r.id, version),
            per,
            "http://x",
        )
        .await
        .unwrap();
    let insats = bok.insatser.first().unwrap().id;
    for vad in [
        Publicerat::Bidrag(b.id),
        Publicerat::Insats(insats),
        Publicerat::Rapport(r.id),
    ] {
        publicera(tjanst, chef, vad, per).await;
    }
}

/// What the publisher here says to the reader of each thing.
pub const KOMMENTAR: &str = "Siffrorna är granskade av revisorn.";

async fn publicera(tjanst: &Tjanst, chef: &Aktor, vad: Publicerat, per: PerDag) {
    let akt = Publicera {
        vad,
        per,
        kommentar: KOMMENTAR.to_owned(),
    };
    tjanst.utfor(chef, None, akt).await.unwrap();
}

async fn exempel_for(tjanst: &Tjanst, id: HuvudmanId, slug: &str) -> Exempel {
    let drift = Aktor::drift(id);
    let bok = tjanst.bok(&drift, Atgard::LasaMedel, None).await.unwrap();
    let funna = tjanst.granska(&drift).await.unwrap();
    Exempel {
        // No address leads to another's: each counts its own from one, and has twelve.
        konton: vec![if slug == HUVUDMAN[0].0 { "1" } else { "13" }.into()],
        ..Exempel::av(&bok, &funna, slug)
    }
}

/// The routes with addresses among these things; those without any have a made-up one.
pub fn adresser(exempel: &Exempel) -> Vec<(&'static Rutt, String)> {
    RUTTER
        .iter()
        .flat_map(|rutt| {
            let mut alla: Vec<String> = (rutt.exempel)(exempel)
                .into_iter()
                .map(|a| a.to_string())
                .take(3)
                .collect();
            if alla.is_empty() {
                alla.push(rutt.monster.replace(['{', '}'], ""));
            }
            alla.into_iter().map(move |adress| (rutt, adress))
        })
        .collect()
}
