//! A browser in process: keeps cookies, reads forms, follows links.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use tower::ServiceExt as _;
use utfall_app::demo::LOSENORD;
use utfall_behorighet::Roll;
use utfall_testkit::Varld;
use utfall_web::{Installningar, Webb};

/// The media type of a form.
pub const FORMULAR: &str = "application/x-www-form-urlencoded";

/// An answer, read to its end.
#[derive(Debug)]
pub struct Svar {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub huvuden: HeaderMap,
    /// Body.
    pub text: String,
}

impl Svar {
    /// Where it leads.
    pub fn till(&self) -> &str {
        self.huvuden
            .get(LOCATION)
            .map_or("", |v| v.to_str().unwrap())
    }
}

/// Keeps cookies.
#[derive(Clone)]
pub struct Webblasare {
    router: Router,
    kakor: BTreeMap<String, String>,
}

/// The server over a world's database.
pub fn router(v: &Varld) -> Router {
    Webb::ny(v.tjanst.clone(), Installningar::default()).router()
}

impl Webblasare {
    /// Somebody who has not signed in.
    pub fn ny(router: &Router) -> Self {
        Self {
            router: router.clone(),
            kakor: BTreeMap::new(),
        }
    }

    /// Somebody signed in with a demo account.
    pub async fn som(router: &Router, huvudman: &str, roll: Roll) -> Self {
        let mut b = Self::ny(router);
        let konto = format!("{}.{huvudman}", roll.kod());
        b.logga_in(&konto, LOSENORD).await;
        b
    }

    /// Signs in.
    pub async fn logga_in(&mut self, konto: &str, losenord: &str) {
        let falt = [("konto", konto), ("losenord", losenord)];
        let svar = self.fyll_i("/logga-in", "/logga-in", &falt).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{konto}: {}", svar.text);
    }

    /// A request with the cookies.
    pub fn begaran(&self, metod: &Method, adress: &str) -> axum::http::request::Builder {
        let kakor: Vec<String> = self.kakor.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let sockel: SocketAddr = "127.0.0.1:5000".parse().unwrap();
        let bygg = Request::builder()
            .method(metod)
            .uri(adress)
            .header("host", "utfall.test")
            .extension(ConnectInfo(sockel));
        if kakor.is_empty() {
            bygg
        } else {
            bygg.header(COOKIE, kakor.join("; "))
        }
    }

    /// Sends it.
    pub async fn sand(&mut self, begaran: Request<Body>) -> Svar {
        let svar = self.router.clone().oneshot(begaran).await.unwrap();
        let (delar, kropp) = svar.into_parts();
        for rad in delar.headers.get_all(SET_COOKIE) {
            let (namn, resten) = rad.to_str().unwrap().split_once('=').unwrap();
            let varde = resten.split(';').next().unwrap();
            if varde.is_empty() {
                self.kakor.remove(namn);
            } else {
                self.kakor.insert(namn.to_owned(), varde.to_owned());
            }
        }
        let bytes = axum::body::to_bytes(kropp, usize::MAX).await.unwrap();
        Svar {
            status: delar.status,
            huvuden: delar.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Reads a page.
    pub async fn hamta(&mut self, adress: &str) -> Svar {
        let begaran = self
            .begaran(&Method::GET, adress)
            .body(Body::empty())
            .unwrap();
        self.sand(begaran).await
    }

    /// Sends a form as its own page would.
    pub async fn posta(&mut self, adress: &str, falt: &[(&str, &str)]) -> Svar {
        let begaran = self
            .begaran(&Method::POST, adress)
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, FORMULAR)
            .body(Body::from(kodat(falt)))
            .unwrap();
        self.sand(begaran).await
    }

    /// Reads the page and sends its form with these fields instead of its own.
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

    /// The session's form token.
    pub async fn csrf(&mut self) -> String {
        let svar = self.hamta("/behorighet").await;
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
    let Some(fran) = html.find(&start) else {
        panic!("inget formulär till {mal}: {html}");
    };
    let formular = html[fran..].split("</form>").next().unwrap();
    formular
        .split("<input type=\"hidden\"")
        .skip(1)
        .map(|del| (attribut(del, "name"), attribut(del, "value")))
        .collect()
}

/// An attribute's value in the first element of the text; empty when it has none.
pub fn attribut(html: &str, namn: &str) -> String {
    let element = html.split('>').next().unwrap_or_default();
    let varde = element
        .split(&format!("{namn}=\""))
        .nth(1)
        .unwrap_or_default();
    avkodat(varde.split('"').next().unwrap_or_default())
}

/// Every link of a page, without its fragment.
pub fn lankar(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .map(|del| avkodat(del.split('"').next().unwrap()))
        .map(|till| till.split('#').next().unwrap().to_owned())
        .filter(|till| till.starts_with('/') && !till.starts_with("/statiskt"))
        .collect()
}

/// HTML without entities.
pub fn avkodat(text: &str) -> String {
    text.replace("&#38;", "&")
        .replace("&amp;", "&")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

/// The text of a piece of HTML, with runs of white space as one.
pub fn bara_text(html: &str) -> String {
    let mut ut = String::new();
    let mut i_tagg = false;
    for tecken in html.chars() {
        match tecken {
            '<' => i_tagg = true,
            '>' => {
                i_tagg = false;
                ut.push(' ');
            }
            _ if !i_tagg => ut.push(tecken),
            _ => {}
        }
    }
    avkodat(&ut)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Fields as a form sends them.
pub fn kodat(falt: &[(&str, &str)]) -> String {
    let koda = |text: &str| -> String {
        text.bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                    char::from(b).to_string()
                }
                _ => format!("%{b:02X}"),
            })
            .collect()
    };
    falt.iter()
        .map(|(n, v)| format!("{}={}", koda(n), koda(v)))
        .collect::<Vec<_>>()
        .join("&")
}

/// The names and values of an address's query.
pub fn fraga(adress: &str) -> Vec<(String, String)> {
    let Some((_, fraga)) = adress.split_once('?') else {
        return Vec::new();
    };
    fraga
        .split('&')
        .filter_map(|par| par.split_once('='))
        .map(|(n, v)| (procent(n), procent(v)))
        .collect()
}

fn procent(text: &str) -> String {
    let mut ut = Vec::new();
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        match b {
            b'+' => ut.push(b' '),
            b'%' => {
                let hex: String = rest.by_ref().take(2).map(char::from).collect();
                ut.push(u8::from_str_radix(&hex, 16).unwrap());
            }
            _ => ut.push(b),
        }
    }
    String::from_utf8(ut).unwrap()
}
