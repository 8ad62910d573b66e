//! A browser in process: keeps cookies, reads forms, follows links. Knows only a router, so
//! that the tests of the pages and those of the whole program look through the same one.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use tower::ServiceExt as _;
use utfall_app::demo::LOSENORD;
use utfall_behorighet::Roll;

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
    /// Where it leads; empty when it leads nowhere.
    ///
    /// # Panics
    /// When the address is no text.
    #[must_use]
    pub fn till(&self) -> &str {
        let till = self.huvuden.get(LOCATION);
        till.map_or("", |v| v.to_str().expect("adressen är text"))
    }
}

/// Keeps cookies.
#[derive(Clone)]
pub struct Webblasare {
    router: Router,
    /// The cookies by name.
    pub kakor: BTreeMap<String, String>,
}

impl Webblasare {
    /// Somebody who has not signed in.
    #[must_use]
    pub fn ny(router: &Router) -> Self {
        Self {
            router: router.clone(),
            kakor: BTreeMap::new(),
        }
    }

    /// Somebody signed in with a demo account.
    ///
    /// # Panics
    /// When the account is not let in.
    pub async fn som(router: &Router, huvudman: &str, roll: Roll) -> Self {
        let konto = format!("{}.{huvudman}", roll.kod());
        Self::inloggad(router, &konto, LOSENORD).await
    }

    /// Somebody signed in with this account.
    ///
    /// # Panics
    /// When the account is not let in.
    pub async fn inloggad(router: &Router, konto: &str, losenord: &str) -> Self {
        let mut b = Self::ny(router);
        let svar = b.logga_in(konto, losenord).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{konto}: {}", svar.text);
        b
    }

    /// Fills in the form for signing in.
    pub async fn logga_in(&mut self, konto: &str, losenord: &str) -> Svar {
        let falt = [("konto", konto), ("losenord", losenord)];
        self.fyll_i("/logga-in", "/logga-in", &falt).await
    }

    /// A request with the cookies, not yet sent.
    #[must_use]
    pub fn begaran(&self, metod: &str, adress: &str) -> Builder {
        let kakor: Vec<String> = self.kakor.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let bygg = Request::builder()
            .method(metod)
            .uri(adress)
            .header("host", "utfall.test")
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 5000))));
        if kakor.is_empty() {
            bygg
        } else {
            bygg.header(COOKIE, kakor.join("; "))
        }
    }

    /// Sends it, and takes the cookies of the answer.
    ///
    /// # Panics
    /// When the answer's headers are no text.
    pub async fn sand(&mut self, begaran: Request<Body>) -> Svar {
        let svar = self.router.clone().oneshot(begaran).await;
        let (delar, kropp) = svar.expect("en router svarar alltid").into_parts();
        for rad in delar.headers.get_all(SET_COOKIE) {
            let rad = rad.to_str().expect("kakan är text");
            let (namn, resten) = rad.split_once('=').expect("kakan har namn och värde");
            match resten.split(';').next().unwrap_or_default() {
                "" => self.kakor.remove(namn),
                varde => self.kakor.insert(namn.to_owned(), varde.to_owned()),
            };
        }
        let bytes = axum::body::to_bytes(kropp, usize::MAX).await;
        let bytes = bytes.expect("svaret går att läsa");
        Svar {
            status: delar.status,
            huvuden: delar.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Reads a page.
    ///
    /// # Panics
    /// When the address is none.
    pub async fn hamta(&mut self, adress: &str) -> Svar {
        let begaran = self.begaran("GET", adress).body(Body::empty());
        self.sand(begaran.expect("en adress")).await
    }

    /// Sends a form as its own page would.
    ///
    /// # Panics
    /// When the address is none.
    pub async fn posta(&mut self, adress: &str, falt: &[(&str, &str)]) -> Svar {
        let begaran = self
            .begaran("POST", adress)
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, FORMULAR)
            .body(Body::from(kodat(falt)));
        self.sand(begaran.expect("en adress")).await
    }

    /// Reads the page, finds the form that posts to `mal`, and sends it with these fields
    /// instead of its own.
    ///
    /// # Panics
    /// When the page does not open or has no such form.
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

    /// The same, of what is to be taken: where one is sent on.
    ///
    /// # Panics
    /// When it is not taken.
    pub async fn spara(&mut self, sida: &str, mal: &str, falt: &[(&str, &str)]) -> String {
        let svar = self.fyll_i(sida, mal, falt).await;
        let fel = format_args!("{mal} {falt:?}: {}", svar.text);
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{fel}");
        svar.till().to_owned()
    }

    /// The session's form token, off a page.
    ///
    /// # Panics
    /// When the page has no way of signing out.
    pub async fn csrf(&mut self, sida: &str) -> String {
        let svar = self.hamta(sida).await;
        dolda(&svar.text, "/logga-ut")
            .into_iter()
            .find(|(namn, _)| namn == "csrf")
            .map(|(_, varde)| varde)
            .unwrap_or_default()
    }
}

/// The names and values of the hidden fields in the form that posts to `mal`, by itself or by
/// one of its buttons.
///
/// # Panics
/// When there is no such form.
#[must_use]
pub fn dolda(html: &str, mal: &str) -> Vec<(String, String)> {
    let start = format!("action=\"{mal}\" method=\"post\"");
    // A button may send the form it stands in to another address.
    let knapp = || {
        let fore = html.split_once(&format!("formaction=\"{mal}\""))?.0;
        html.get(fore.rfind("<form")?..)
    };
    let efter = html.split_once(&start).map(|(_, efter)| efter);
    let efter = efter
        .or_else(knapp)
        .unwrap_or_else(|| panic!("inget formulär till {mal}: {html}"));
    efter
        .split("</form>")
        .next()
        .unwrap_or_default()
        .split("<input type=\"hidden\"")
        .skip(1)
        .map(|del| (attribut(del, "name"), attribut(del, "value")))
        .collect()
}

/// An attribute's value in the first element of the text; empty when it has none.
#[must_use]
pub fn attribut(html: &str, namn: &str) -> String {
    let element = html.split('>').next().unwrap_or_default();
    let varde = element
        .split(&format!("{namn}=\""))
        .nth(1)
        .unwrap_or_default();
    avkodat(varde.split('"').next().unwrap_or_default())
}

/// Every link of a page to another page, without its fragment.
#[must_use]
pub fn lankar(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .map(|del| avkodat(del.split('"').next().unwrap_or_default()))
        .map(|till| till.split('#').next().unwrap_or_default().to_owned())
        .filter(|till| till.starts_with('/') && !till.starts_with("/statiskt"))
        .collect()
}

/// HTML without entities.
#[must_use]
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
#[must_use]
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
#[must_use]
pub fn kodat(falt: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(falt)
        .finish()
}

/// The names and values of an address's query.
#[must_use]
pub fn fraga(adress: &str) -> Vec<(String, String)> {
    let fraga = adress.split_once('?').map_or("", |(_, fraga)| fraga);
    form_urlencoded::parse(fraga.as_bytes())
        .into_owned()
        .collect()
}
