//! A request on its way through: who asks, for what, and the one path it takes.
//!
//! Every route of the table is answered by [`kor`]: session → permission → own page →
//! body → token → handler. The order is the same for all; no handler repeats any of it.

use crate::Webb;
use crate::falt::{Falt, FaltFel, Fil, Storfil};
use crate::grind;
use crate::kaka::Kaka;
use crate::platser::Vem;
use crate::rutter::{Handtag, Kropp, Metod, Rutt};
use crate::svar::{Fel, Svar};
use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{ConnectInfo, FromRequest, Multipart, RawPathParams, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use utfall_app::inloggning::{Session, Token};
use utfall_app::{Anvandningsfall, Brister, Idempotensnyckel};
use utfall_behorighet::{Atgard, prova};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tecken;

/// A handler's answer.
pub type Resultat = Result<Svar, Fel>;
/// A handler at work.
pub type Framtid = Pin<Box<dyn Future<Output = Resultat> + Send>>;

/// What a request asks for, whoever asks.
pub struct Anrop {
    /// The server.
    pub webb: Webb,
    /// The route.
    pub rutt: &'static Rutt,
    /// The path as asked for.
    pub sokvag: String,
    /// The path's parameters.
    pub stig: Falt,
    /// The query.
    pub fraga: Falt,
    /// The form's fields; empty for GET.
    pub formular: Falt,
    /// The file sent with the form.
    pub fil: Option<Fil>,
    /// The large file sent with the form, where the route takes one.
    pub storfil: Option<Storfil>,
    /// This instant.
    pub nu: Timestamp,
    /// Where from.
    pub adress: IpAddr,
    /// What each form must carry.
    pub csrf: String,
    /// Who asks, when signed in.
    pub session: Option<Session>,
    /// The session's token, when there is one.
    pub token: Option<Token>,
    /// The token of a session that has ended.
    pub utgangen: Option<Token>,
    /// Cookies to set with the answer.
    pub kakor: Vec<String>,
}

/// A request by somebody signed in whose role allows it.
pub struct Inloggat {
    /// What is asked for.
    pub anrop: Anrop,
    /// Who asks.
    pub session: Session,
}

impl std::ops::Deref for Inloggat {
    type Target = Anrop;

    fn deref(&self) -> &Anrop {
        &self.anrop
    }
}

/// A request by the public. Its cookies are not even read.
pub struct Publikt {
    /// The server.
    pub webb: Webb,
    /// The route.
    pub rutt: &'static Rutt,
    /// The path's parameters.
    pub stig: Falt,
    /// The query.
    pub fraga: Falt,
    /// This instant.
    pub nu: Timestamp,
}

impl Inloggat {
    /// The key that makes the same form sent twice have its effect once.
    ///
    /// Made of the form's own key and all it holds: a double click gives the same, while a
    /// form that was changed after going back in the browser is a new one and is not
    /// silently taken for the old.
    ///
    /// # Errors
    /// When the form has no key: it is not one of ours.
    pub fn nyckel(&self) -> Result<Idempotensnyckel, Problem> {
        let egen = Idempotensnyckel::ny(self.formular.text("idempotens"))?;
        let mut summa = Sha256::new();
        let mut ta = |bytes: &[u8]| {
            summa.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            summa.update(bytes);
        };
        ta(egen.som_text().as_bytes());
        ta(self.sokvag.as_bytes());
        for (namn, varde) in self.formular.alla().filter(|(namn, _)| *namn != "csrf") {
            ta(namn.as_bytes());
            ta(varde.as_bytes());
        }
        ta(self.fil.as_ref().map_or(&[], |fil| fil.innehall.as_slice()));
        let text: String = summa
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Idempotensnyckel::ny(&text)
    }

    /// Carries out what a form asks for. Inside are its faults, all of them, when it has any:
    /// what could not be read (`olasligt`), and what the use case refuses besides. With
    /// something unreadable nothing is carried out, so any value may stand for it in `fall`.
    ///
    /// # Errors
    /// What is no fault of the form's: a conflict, a lost permission, the database.
    pub async fn utfor<F: Anvandningsfall>(
        &self,
        fall: F,
        olasligt: Brister,
    ) -> Result<Result<F::Svar, Vec<Problem>>, Problem> {
        let (tjanst, aktor) = (&self.webb.tjanst, &self.session.aktor);
        let mut nekat = None;
        if olasligt.inga() {
            match tjanst
                .utfor(aktor, Some(self.nyckel()?), fall.clone())
                .await
            {
                Ok(svar) => return Ok(Ok(svar)),
                Err(fel) if fel.slag == ProblemSlag::Ogiltigt || fel.falt.is_some() => {
                    nekat = Some(fel);
                }
                Err(fel) => return Err(fel),
            }
        }
        let alla = tjanst.brister(aktor, fall).await?.alla();
        Ok(Err(olasligt.med(alla).med(nekat).alla()))
    }
}

/// Answers a request for a route of the table.
pub(crate) async fn kor(webb: Webb, rutt: &'static Rutt, begaran: Request) -> Response {
    let uri = begaran.uri().clone();
    let svar = match rutt.handtag {
        Handtag::Publikt(handtag) => publikt(&webb, rutt, begaran, handtag).await,
        Handtag::Oppet(_) | Handtag::Inloggat(..) => {
            return med_session(webb, rutt, begaran).await;
        }
    };
    let svar = svar.unwrap_or_else(|fel| fel.sida_vid(&webb, &uri));
    svar.till_http(&webb, &[])
}

async fn publikt(
    webb: &Webb,
    rutt: &'static Rutt,
    mut begaran: Request,
    handtag: fn(Publikt) -> Framtid,
) -> Resultat {
    let stig = stig(&mut begaran).await?;
    let fraga = falt(begaran.uri().query().unwrap_or("").as_bytes())?;
    let nu = webb.tjanst.klocka().nu();
    let huvudman = stig.som_sant("huvudman").map(str::to_owned);
    let arbete = handtag(Publikt {
        webb: webb.clone(),
        rutt,
        stig,
        fraga,
        nu,
    });
    match huvudman {
        Some(huvudman) => webb.platser.kor(Vem::Publik(huvudman), arbete).await,
        // Nobody's books: the state of the server, and what is the same for all.
        None => arbete.await,
    }
}

async fn med_session(webb: Webb, rutt: &'static Rutt, begaran: Request) -> Response {
    let (delar, kropp) = begaran.into_parts();
    let mut anrop = match forbered(&webb, rutt, &delar).await {
        Ok(anrop) => anrop,
        Err(fel) => return fel.sida(&webb, None).till_http(&webb, &[]),
    };
    let session = anrop.session.clone();
    let kakor = std::mem::take(&mut anrop.kakor);
    let svar = match slapp_in(anrop, Request::from_parts(delar, kropp)).await {
        Ok(svar) => svar,
        Err(fel) => fel.sida(&webb, session.as_ref()),
    };
    svar.till_http(&webb, &kakor)
}

/// Everything that can be known before the body is read.
async fn forbered(webb: &Webb, rutt: &'static Rutt, delar: &Parts) -> Result<Anrop, Fel> {
    let nu = webb.tjanst.klocka().nu();
    let https = webb.installningar.https;
    let token = Kaka::Session
        .las(&delar.headers, https)
        .and_then(Token::las);
    let session = match &token {
        Some(token) => webb.tjanst.session(token).await?,
        None => None,
    };
    let (token, utgangen) = match &session {
        Some(_) => (token, None),
        None => (None, token),
    };
    let mut kakor = Vec::new();
    let csrf = match &session {
        Some(session) => session.csrf.clone(),
        None => forsession(webb, &delar.headers, &mut kakor),
    };
    Ok(Anrop {
        webb: webb.clone(),
        rutt,
        sokvag: delar.uri.path().to_owned(),
        stig: Falt::default(),
        fraga: falt(delar.uri.query().unwrap_or("").as_bytes())?,
        formular: Falt::default(),
        fil: None,
        storfil: None,
        nu,
        adress: avsandare(delar, https),
        csrf,
        session,
        token,
        utgangen,
        kakor,
    })
}

/// The token of a form before sign-in, tied to a cookie that only that form's browser has.
fn forsession(webb: &Webb, huvuden: &HeaderMap, kakor: &mut Vec<String>) -> String {
    let https = webb.installningar.https;
    let fore = Kaka::Forsession.las(huvuden, https).and_then(Token::las);
    let fore = fore.unwrap_or_else(|| {
        let ny = webb.ny_token();
        kakor.push(Kaka::Forsession.satt(&ny.som_text(), https));
        ny
    });
    fore.csrf()
}

/// Session → permission → own page → body → token → handler.
async fn slapp_in(mut anrop: Anrop, mut begaran: Request) -> Resultat {
    let rutt = anrop.rutt;
    if let Handtag::Inloggat(atgard, _) = rutt.handtag {
        let Some(session) = &anrop.session else {
            return utan_session(anrop, begaran).await;
        };
        if session.byt_losenord && atgard != Atgard::BytaLosenord {
            return Ok(Svar::vidare(crate::adress::losenord()));
        }
        prova(&session.aktor, atgard).map_err(Problem::from)?;
    }
    if rutt.namn == "logga-ut" && anrop.session.is_none() {
        // Whoever is out already has nothing to be refused.
        return crate::kvar::till_inloggning();
    }
    anrop.stig = stig(&mut begaran).await?;
    if rutt.metod == Metod::Post {
        let https = anrop.webb.installningar.https;
        if !grind::egen_sida(begaran.headers(), https) {
            return Err(Fel::fran_annan_sida());
        }
        let sakert_var = grind::sakert_egen_sida(begaran.headers(), https);
        let sant = kropp(begaran, rutt.kropp).await?;
        (anrop.formular, anrop.fil, anrop.storfil) = (sant.falt, sant.fil, sant.storfil);
        if !grind::ratt_token(anrop.formular.text("csrf"), &anrop.csrf) {
            return crate::kvar::av_tidigare(&anrop, sakert_var);
        }
    }
    match rutt.handtag {
        Handtag::Oppet(handtag) => handtag(anrop).await,
        Handtag::Inloggat(_, handtag) => match anrop.session.clone() {
            Some(session) => {
                let platser = Arc::clone(&anrop.webb.platser);
                let vem = Vem::Inloggad(session.aktor.huvudman());
                platser.kor(vem, handtag(Inloggat { anrop, session })).await
            }
            None => Err(Problem::finns_inte().into()),
        },
        Handtag::Publikt(_) => Err(Problem::finns_inte().into()),
    }
}

/// Nobody is signed in: to the sign-in page, with what was being written.
async fn utan_session(anrop: Anrop, begaran: Request) -> Resultat {
    if anrop.rutt.metod == Metod::Get {
        let till = crate::konto::logga_in_och_aterkom(anrop.rutt, begaran.uri());
        return Ok(Svar::vidare(till));
    }
    let fran_oss = grind::egen_sida(begaran.headers(), anrop.webb.installningar.https);
    match kropp(begaran, anrop.rutt.kropp).await {
        Ok(Sant { falt, fil, storfil }) => {
            let rest = crate::kvar::av_utgangen(&anrop, &falt, fran_oss);
            let med_fil = fil.is_some() || storfil.is_some();
            crate::konto::logga_in_med_kvar(&anrop, &rest, med_fil)
        }
        Err(_) => crate::kvar::till_inloggning(),
    }
}

async fn stig(begaran: &mut Request) -> Result<Falt, Fel> {
    let params: RawPathParams = begaran
        .extract_parts()
        .await
        .map_err(|_| Problem::finns_inte())?;
    let mut stig = Falt::default();
    for (namn, varde) in &params {
        stig.lagg_till(namn.to_owned(), varde.to_owned())
            .map_err(|_| Problem::finns_inte())?;
    }
    Ok(stig)
}

fn falt(kodat: &[u8]) -> Result<Falt, Fel> {
    Falt::las(kodat).map_err(Fel::from)
}

impl From<FaltFel> for Fel {
    fn from(fel: FaltFel) -> Self {
        let problem = match fel {
            FaltFel::ForManga => Problem::ogiltigt(
                "formular-for-manga-falt",
                "Formuläret har fler fält än något av våra.",
                "Ladda om sidan och skicka formuläret därifrån.",
            ),
            FaltFel::Otillatet(skrivet) => {
                Problem::ogiltigt("formular-styrtecken", tecken::fel(skrivet), tecken::ATGARD)
            }
        };
        Self::med_status(problem, StatusCode::BAD_REQUEST)
    }
}

/// What came with a request.
#[derive(Default)]
struct Sant {
    falt: Falt,
    fil: Option<Fil>,
    storfil: Option<Storfil>,
}

/// As long as the sender says that it is; `None` when it does not say.
fn sagd_langd(huvuden: &HeaderMap) -> Option<usize> {
    let sagd = huvuden.get(CONTENT_LENGTH)?.to_str().ok()?;
    // What does not fit in a number is longer than any limit.
    Some(sagd.parse().unwrap_or(usize::MAX))
}

async fn kropp(begaran: Request, slag: Kropp) -> Result<Sant, Fel> {
    if sagd_langd(begaran.headers()).is_some_and(|langd| langd > slag.tak()) {
        return Err(Fel::for_stort());
    }
    let typ = begaran
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|t| t.to_str().ok())
        .unwrap_or("");
    if typ.starts_with("multipart/form-data") {
        return flerdelad(begaran, slag).await;
    }
    if !typ.starts_with("application/x-www-form-urlencoded") {
        return Err(Fel::gammalt_formular());
    }
    let bytes = Bytes::from_request(begaran, &())
        .await
        .map_err(|fel| for_stor(fel.status()))?;
    Ok(Sant {
        falt: falt(&bytes)?,
        ..Sant::default()
    })
}

async fn flerdelad(begaran: Request, slag: Kropp) -> Result<Sant, Fel> {
    let trasig = |fel: MultipartError| for_stor(fel.status());
    let mut delar = Multipart::from_request(begaran, &())
        .await
        .map_err(|_| Fel::gammalt_formular())?;
    let mut sant = Sant::default();
    while let Some(mut del) = delar.next_field().await.map_err(trasig)? {
        let namn = del.name().unwrap_or("").to_owned();
        if let Some(filnamn) = del.file_name().map(str::to_owned) {
            if slag == Kropp::Storfil {
                let mut fil = Storfil::ny(&filnamn).map_err(|e| Fel::internt(&e))?;
                while let Some(bit) = del.chunk().await.map_err(trasig)? {
                    fil.fil.write_all(&bit).map_err(|e| Fel::internt(&e))?;
                }
                if !filnamn.is_empty() {
                    sant.storfil = Some(fil);
                }
                continue;
            }
            let innehall = del.bytes().await.map_err(trasig)?;
            // A file field that was left empty is sent as a file without name or bytes.
            if !innehall.is_empty() || !filnamn.is_empty() {
                sant.fil = Some(Fil::ny(&filnamn, innehall.into()));
            }
        } else {
            let varde = del.bytes().await.map_err(trasig)?;
            let varde = String::from_utf8_lossy(&varde).into_owned();
            sant.falt.lagg_till(namn, varde)?;
        }
    }
    Ok(sant)
}

fn for_stor(status: StatusCode) -> Fel {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Fel::for_stort();
    }
    Fel::gammalt_formular()
}

/// Whose address a request comes from. Behind the https proxy of the installation it is the
/// last in `X-Forwarded-For`: the one that the proxy itself wrote.
fn avsandare(delar: &Parts, bakom_https: bool) -> IpAddr {
    let direkt = delar
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([0, 0, 0, 0]), |info| info.0.ip());
    if !bakom_https {
        return direkt;
    }
    delar
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|rad| rad.to_str().ok())
        .and_then(|rad| rad.rsplit(',').next())
        .and_then(|sist| sist.trim().parse().ok())
        .unwrap_or(direkt)
}
