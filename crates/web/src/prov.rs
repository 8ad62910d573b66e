//! Tests through the front door, in process: a real database with two of the papers, an
//! account per role, and a browser that keeps cookies and reads forms.

mod matris;
mod rattat;
mod sakerhet;
mod sidor;

use crate::rutter::{Exempel, Metod, RUTTER, Rutt};
use crate::{Installningar, Webb};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use utfall_app::installation::{NyHuvudman, NyttKonto};
use utfall_app::publicering::Publicera;
use utfall_app::rapporter::SkapaRapport;
use utfall_app::underlag::ImporteraUnderlag;
use utfall_app::{Slump, Tjanst};
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::id::HuvudmanId;
use utfall_domain::publicering::Publicerat;
use utfall_domain::rapport::{Dokument, Format, SattFel, Sattare};
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid::{self, Klocka, PerDag};
use utfall_testkit::Testdb;

/// The password of every account here.
pub const LOSENORD: &str = "en lång hemlig fras";

struct StalldKlocka(Mutex<Timestamp>);

impl Klocka for StalldKlocka {
    fn nu(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Different bytes each time, the same in each run.
struct Rakneslump(AtomicU64);

impl Slump for Rakneslump {
    fn fyll(&self, buffert: &mut [u8]) {
        use sha2::{Digest, Sha256};
        let nr = self.0.fetch_add(1, Ordering::Relaxed);
        let summa = Sha256::digest(nr.to_be_bytes());
        for (plats, byte) in buffert.iter_mut().zip(summa.iter().cycle()) {
            *plats = *byte;
        }
    }
}

struct Attrapp;

impl Sattare for Attrapp {
    fn satt(&self, dokument: &Dokument, format: Format) -> Result<Vec<u8>, SattFel> {
        Ok(format!("{format:?} {}", dokument.titel).into_bytes())
    }
}

/// Two huvudmän, with an account for each role in both.
pub struct Varld {
    _testdb: Testdb,
    klocka: Arc<StalldKlocka>,
    pub webb: Webb,
    pub router: Router,
    pub exempel: BTreeMap<&'static str, Exempel>,
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

    /// One huvudman whose grants have no years and one distribution in common.
    pub async fn sandviken() -> Self {
        Self::av(&[("sandviken", "sandviken")], Installningar::default()).await
    }

    async fn av(huvudman: &[(&'static str, &'static str)], installningar: Installningar) -> Self {
        let testdb = Testdb::ny();
        let klocka = Arc::new(StalldKlocka(Mutex::new(
            "2022-02-02T09:00:00Z".parse().unwrap(),
        )));
        let db = testdb.oppna();
        let slump = Arc::new(Rakneslump(AtomicU64::new(1)));
        let tjanst = Tjanst::ny(db, klocka.clone(), slump, Arc::new(Attrapp));
        let mut exempel = BTreeMap::new();
        for (slug, papper) in huvudman {
            let id = fyll(&tjanst, slug, papper).await;
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
        }
    }

    pub fn ga(&self, tid: SignedDuration) {
        let mut nu = self.klocka.0.lock().unwrap();
        *nu += tid;
    }

    pub fn webblasare(&self) -> Webblasare {
        Webblasare {
            router: self.router.clone(),
            kakor: BTreeMap::new(),
        }
    }

    pub async fn inloggad(&self, huvudman: &str, roll: Roll) -> Webblasare {
        let mut b = self.webblasare();
        let svar = b.logga_in(&konto(huvudman, roll), LOSENORD).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
        b
    }
}

/// The account's name.
pub fn konto(huvudman: &str, roll: Roll) -> String {
    format!("{}.{huvudman}", roll.kod())
}

async fn fyll(tjanst: &Tjanst, slug: &str, papper: &str) -> HuvudmanId {
    let huvudman = NyHuvudman {
        slug: slug.into(),
        namn: slug.to_uppercase(),
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
    let fil = format!("{}/../../exempel/{papper}.json", env!("CARGO_MANIFEST_DIR"));
    let innehall = std::fs::read(fil).unwrap();
    let underlag = utfall_domain::underlag::las(papper, &innehall).unwrap();
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
        let ny = SkapaRapport { bidrag: b.id, ar };
        tjanst.utfor(chef, None, ny).await.unwrap();
    }
    let bok = tjanst.bok(chef, Atgard::LasaMedel, None).await.unwrap();
    let r = bok.rapporter.first().unwrap();
    let version = match &r.lage {
        Rapportlage::Utkast { version, .. } => *version,
        Rapportlage::Utfardad { .. } => panic!("redan utfärdad"),
    };
    tjanst
        .utfarda_rapport(chef, None, (r.id, version), per, "http://x")
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
    let bidrag = bok.bidrag.first().map(|b| b.id.to_string()).unwrap();
    Exempel {
        huvudman: slug.to_owned(),
        bidrag: bok.bidrag.iter().map(|b| b.slug.clone()).collect(),
        insatser: bok.insatser.iter().map(|i| i.slug.clone()).collect(),
        fynd: funna
            .iter()
            .map(|f| (f.fynd.dokument.clone(), f.nyckel.clone()))
            .collect(),
        underlag: bok.underlag.iter().map(|u| u.dokument.clone()).collect(),
        matt: vec![
            ("anvant".into(), vec![("bidrag".into(), bidrag.clone())]),
            ("kvar".into(), vec![("bidrag".into(), bidrag)]),
        ],
        fakta: bok.fakta.iter().map(|f| f.id.to_string()).take(3).collect(),
        rapporter: bok.rapporter.iter().map(|r| r.slug.clone()).collect(),
        rapportfiler: vec![
            (bok.rapporter[0].slug.clone(), "rapport.pdf".into()),
            (bok.rapporter[1].slug.clone(), "utkast.docx".into()),
        ],
        publiceringar: bok.publiceringar.iter().map(|p| p.id.to_string()).collect(),
        publika_insatser: vec![bok.insatser[0].slug.clone()],
        publika_rapporter: vec![bok.rapporter[0].slug.clone()],
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Svar {
    pub status: StatusCode,
    pub huvuden: HeaderMap,
    pub text: String,
}

impl Svar {
    pub fn till(&self) -> &str {
        self.huvuden
            .get(LOCATION)
            .map_or("", |v| v.to_str().unwrap())
    }
}

/// Keeps cookies, reads forms.
#[derive(Clone)]
pub struct Webblasare {
    router: Router,
    pub kakor: BTreeMap<String, String>,
}

impl Webblasare {
    pub fn begaran(&self, metod: Metod, adress: &str) -> axum::http::request::Builder {
        let kakor: Vec<String> = self.kakor.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let sockel: SocketAddr = "127.0.0.1:5000".parse().unwrap();
        let bygg = Request::builder()
            .method(metod.namn())
            .uri(adress)
            .header("host", "utfall.test")
            .extension(ConnectInfo(sockel));
        if kakor.is_empty() {
            bygg
        } else {
            bygg.header(COOKIE, kakor.join("; "))
        }
    }

    pub async fn sand(&mut self, begaran: Request<Body>) -> Svar {
        let svar = self.router.clone().oneshot(begaran).await.unwrap();
        let (delar, kropp) = svar.into_parts();
        for rad in delar.headers.get_all(SET_COOKIE) {
            let rad = rad.to_str().unwrap();
            let (namn, resten) = rad.split_once('=').unwrap();
            let varde = resten.split(';').next().unwrap();
            if varde.is_empty() {
                self.kakor.remove(namn);
            } else {
                self.kakor.insert(namn.to_owned(), varde.to_owned());
            }
        }
        let bytes = axum::body::to_bytes(kropp, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Svar {
            status: delar.status,
            huvuden: delar.headers,
            text,
        }
    }

    pub async fn hamta(&mut self, adress: &str) -> Svar {
        let begaran = self
            .begaran(Metod::Get, adress)
            .body(Body::empty())
            .unwrap();
        self.sand(begaran).await
    }

    pub async fn posta(&mut self, adress: &str, falt: &[(&str, &str)]) -> Svar {
        let begaran = self
            .begaran(Metod::Post, adress)
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(kodat(falt)))
            .unwrap();
        self.sand(begaran).await
    }

    /// Reads the page, finds the form that posts to `mal`, and sends it with these fields
    /// instead of its own.
    pub async fn fyll_i(&mut self, sida: &str, mal: &str, falt: &[(&str, &str)]) -> Svar {
        let svar = self.hamta(sida).await;
        assert_eq!(svar.status, StatusCode::OK, "{sida}: {}", svar.text);
        let dolda = dolda(&svar.text, mal);
        let mut alla: Vec<(&str, &str)> = falt.to_vec();
        for (namn, varde) in &dolda {
            if !falt.iter().any(|(n, _)| n == namn) {
                alla.push((namn, varde));
            }
        }
        self.posta(mal, &alla).await
    }

    pub async fn logga_in(&mut self, konto: &str, losenord: &str) -> Svar {
        let falt = [("konto", konto), ("losenord", losenord)];
        self.fyll_i("/logga-in", "/logga-in", &falt).await
    }

    /// The session's form token, off a page.
    pub async fn csrf(&mut self, sida: &str) -> String {
        let svar = self.hamta(sida).await;
        dolda(&svar.text, "/logga-ut")
            .into_iter()
            .find(|(namn, _)| namn == "csrf")
            .map(|(_, varde)| varde)
            .unwrap_or_default()
    }
}

/// The hidden fields of the form that posts to `mal`.
pub fn dolda(html: &str, mal: &str) -> Vec<(String, String)> {
    let start = format!("action=\"{mal}\" method=\"post\"");
    let fran = html
        .find(&start)
        .unwrap_or_else(|| panic!("inget formulär till {mal}: {html}"));
    let formular = html.get(fran..).unwrap().split("</form>").next().unwrap();
    formular
        .split("<input type=\"hidden\"")
        .skip(1)
        .map(|del| {
            let attribut = |namn: &str| {
                let efter = del.split(&format!("{namn}=\"")).nth(1).unwrap();
                efter.split('"').next().unwrap().to_owned()
            };
            (attribut("name"), attribut("value"))
        })
        .collect()
}

pub fn kodat(falt: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(falt)
        .finish()
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
