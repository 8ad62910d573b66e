//! What a handler answers with, and how it becomes HTTP.

use crate::Webb;
use crate::adress::{self, Adress};
use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use utfall_app::inloggning::Session;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_vyer::Sida;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::FelSida;
use utfall_vyer::sidor::publik::PublikFel;

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lagring {
    /// Not at all: somebody's own page.
    Aldrig,
    /// A minute: a public page. A withdrawal shows within it.
    Kort,
    /// For ever: the address changes with the content.
    Alltid,
}

impl Lagring {
    const fn huvud(self) -> &'static str {
        match self {
            Self::Aldrig => "no-store",
            Self::Kort => "public, max-age=60",
            Self::Alltid => "public, max-age=31536000, immutable",
        }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Svar {
    status: StatusCode,
    typ: &'static str,
    kropp: Vec<u8>,
    lagring: Lagring,
    huvuden: Vec<(HeaderName, String)>,
}

const HTML: &str = "text/html; charset=utf-8";

impl Svar {
    /// Bytes of a media type, kept nowhere.
    #[must_use]
    pub fn bytes(typ: &'static str, kropp: impl Into<Vec<u8>>) -> Self {
        let kropp = kropp.into();
        Self {
            status: StatusCode::OK,
            typ,
            kropp,
            lagring: Lagring::Aldrig,
            huvuden: vec![],
        }
    }

    /// A page of somebody signed in, or of the open ones.
    ///
    /// # Errors
    /// When the page cannot be written, which would be a fault in the program.
    pub fn sida(sida: &impl Sida) -> Result<Self, Fel> {
        let html = sida.till_html().map_err(|fel| Fel::internt(&fel))?;
        Ok(Self::bytes(HTML, html))
    }

    /// A page for the public.
    ///
    /// # Errors
    /// As [`Svar::sida`].
    pub fn publik_sida(sida: &impl Sida) -> Result<Self, Fel> {
        Ok(Self {
            lagring: Lagring::Kort,
            ..Self::sida(sida)?
        })
    }

    /// A form again, with what stopped it. What was typed is still in it.
    ///
    /// # Errors
    /// As [`Svar::sida`].
    pub fn formularfel(sida: &impl Sida) -> Result<Self, Fel> {
        Ok(Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Self::sida(sida)?
        })
    }

    /// On to another page, read anew: after each POST that had its effect.
    #[must_use]
    pub fn vidare(till: Adress) -> Self {
        let mut svar = Self::bytes(HTML, Vec::new());
        svar.status = StatusCode::SEE_OTHER;
        svar.huvuden.push((LOCATION, till.into()));
        svar
    }

    /// On to a path that has been checked to be one of our own.
    #[must_use]
    pub(crate) fn vidare_till_egen(stig: String) -> Self {
        let mut svar = Self::vidare(adress::hem());
        svar.huvuden = vec![(LOCATION, stig)];
        svar
    }

    /// A file to save, under this name. The name is plain ASCII of our own making.
    #[must_use]
    pub fn fil(typ: &'static str, namn: &str, kropp: Vec<u8>) -> Self {
        let mut svar = Self::bytes(typ, kropp);
        let namn: String = namn
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-._".contains(*c))
            .collect();
        svar.huvuden.push((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{namn}\""),
        ));
        svar
    }

    /// May be kept this long.
    #[must_use]
    pub fn lagras(mut self, lagring: Lagring) -> Self {
        self.lagring = lagring;
        self
    }

    /// With a validator.
    #[must_use]
    pub fn etag(mut self, summa: &str) -> Self {
        self.huvuden.push((ETAG, format!("\"{summa}\"")));
        self
    }

    /// Sets a cookie.
    #[must_use]
    pub fn kaka(mut self, kaka: String) -> Self {
        self.huvuden.push((SET_COOKIE, kaka));
        self
    }

    pub(crate) fn med_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// As HTTP, with these cookies too.
    pub(crate) fn till_http(self, webb: &Webb, kakor: &[String]) -> Response {
        let mut svar = Response::new(Body::from(self.kropp));
        *svar.status_mut() = self.status;
        let huvuden = svar.headers_mut();
        huvuden.insert(CONTENT_TYPE, HeaderValue::from_static(self.typ));
        huvuden.insert(
            CACHE_CONTROL,
            HeaderValue::from_static(self.lagring.huvud()),
        );
        let kakor = kakor.iter().map(|kaka| (SET_COOKIE, kaka.clone()));
        for (namn, varde) in self.huvuden.into_iter().chain(kakor) {
            match HeaderValue::try_from(varde) {
                Ok(varde) => {
                    huvuden.append(namn, varde);
                }
                Err(_) => {
                    let fel = webb.felnummer();
                    tracing::error!(%fel, huvud = %namn, "huvud med otillåtna tecken");
                }
            }
        }
        svar
    }
}

/// A refusal that becomes a page.
#[derive(Debug)]
pub struct Fel {
    problem: Box<Problem>,
    status: StatusCode,
    lankar: Vec<Lank>,
}

impl From<Problem> for Fel {
    fn from(problem: Problem) -> Self {
        let status = match problem.slag {
            ProblemSlag::Ogiltigt => StatusCode::UNPROCESSABLE_ENTITY,
            ProblemSlag::FinnsInte => StatusCode::NOT_FOUND,
            ProblemSlag::Nekad => StatusCode::FORBIDDEN,
            ProblemSlag::Konflikt => StatusCode::CONFLICT,
            ProblemSlag::Upptaget => StatusCode::SERVICE_UNAVAILABLE,
            ProblemSlag::Internt => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self {
            problem: Box::new(problem),
            status,
            lankar: Vec::new(),
        }
    }
}

impl Fel {
    /// A refusal with a status of its own.
    #[must_use]
    pub fn med_status(problem: Problem, status: StatusCode) -> Self {
        Self {
            problem: Box::new(problem),
            status,
            lankar: Vec::new(),
        }
    }

    /// A fault in the program: its cause is logged and never shown.
    #[must_use]
    pub fn internt(orsak: &dyn std::fmt::Display) -> Self {
        tracing::error!(%orsak, "internt fel");
        Problem::nytt(
            ProblemSlag::Internt,
            "internt",
            "Felet är antecknat.",
            "Försök igen om en stund.",
        )
        .into()
    }

    /// A form sent from somewhere else than our own page.
    #[must_use]
    pub(crate) fn fran_annan_sida() -> Self {
        let problem = Problem::nytt(
            ProblemSlag::Nekad,
            "formular-fran-annan-sida",
            "Formuläret skickades inte från en sida i Utfall. Inget har sparats.",
            "Öppna sidan i Utfall och skicka formuläret därifrån.",
        );
        problem.into()
    }

    /// A form without the session's token.
    #[must_use]
    pub(crate) fn gammalt_formular() -> Self {
        let problem = Problem::nytt(
            ProblemSlag::Nekad,
            "formular-gammalt",
            "Formuläret hör till en inloggning som inte gäller längre. Inget har sparats.",
            "Ladda om sidan och skicka formuläret igen.",
        );
        problem.into()
    }

    /// More than the route takes in.
    #[must_use]
    pub(crate) fn for_stort() -> Self {
        let problem = Problem::ogiltigt(
            "for-stort",
            "Det som skickades är större än vad sidan tar emot. Inget har sparats.",
            "Dela upp det, eller för in filen med utfall importera på servern.",
        );
        Self::med_status(problem, StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// It took longer than a request may.
    #[must_use]
    pub(crate) fn tog_for_lang_tid() -> Self {
        Problem::nytt(
            ProblemSlag::Upptaget,
            "tog-for-lang-tid",
            "Det tog längre tid än vad som är rimligt.",
            "Ladda om sidan om en stund och se efter om ändringen sparades.",
        )
        .into()
    }

    /// A method the path does not know.
    #[must_use]
    pub(crate) fn fel_metod() -> Self {
        let problem = Problem::ogiltigt(
            "fel-metod",
            "Adressen kan inte användas på det sättet.",
            "Öppna sidan genom en länk eller från menyn.",
        );
        Self::med_status(problem, StatusCode::METHOD_NOT_ALLOWED)
    }

    /// The status it is told with.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// With a way on from here, for the public.
    #[must_use]
    pub fn med_lank(mut self, lank: Lank) -> Self {
        self.lankar.push(lank);
        self
    }

    /// The code that is told; a fault in the program gets a number, which is logged.
    fn kod(&self, webb: &Webb) -> String {
        let problem = &self.problem;
        if problem.slag != ProblemSlag::Internt {
            return problem.kod.to_owned();
        }
        let nummer = webb.felnummer();
        tracing::error!(%nummer, kod = %problem.kod, text = %problem.text, "felsida visad");
        format!("{} {nummer}", problem.kod)
    }

    /// The page that tells of it at this address, to somebody whom nothing is known about:
    /// in the public frame where the address is a publisher's.
    pub(crate) fn sida_vid(self, webb: &Webb, uri: &Uri) -> Svar {
        if !crate::rutter::ar_oppen(uri.path()) {
            return self.sida(webb, None);
        }
        let mut lankar = self.lankar.clone();
        lankar.push(Lank::ny("Till alla som redovisar öppet", adress::hem()));
        // Offered to everybody alike, whether there is such a page or not.
        if self.status == StatusCode::NOT_FOUND {
            let inne = crate::rutter::inloggad_motsvarighet(uri);
            lankar.extend(inne.map(|till| Lank::ny("Öppna samma sida som inloggad", till)));
        }
        let problem = &self.problem;
        let sida = PublikFel {
            ram: crate::ram::publik_for_fel(webb),
            huvud: Sidhuvud::ny(
                rubrik(self.status),
                format!("{} {}", problem.text, problem.atgard),
            ),
            lankar,
            kod: self.kod(webb),
        };
        self.som_svar(&sida)
    }

    /// The page that tells of it.
    pub(crate) fn sida(self, webb: &Webb, vem: Option<&Session>) -> Svar {
        let problem = &self.problem;
        let sida = FelSida {
            ram: crate::ram::for_fel(webb, vem),
            huvud: Sidhuvud::ny(rubrik(self.status), problem.text.clone()),
            gor_sa: vec![Text::from(problem.atgard.clone())],
            lankar: vec![vem.map_or_else(
                || Lank::ny("Till första sidan", adress::hem()),
                |vem| Lank::ny("Till startsidan", crate::ram::hem(&vem.aktor)),
            )],
            kod: self.kod(webb),
        };
        self.som_svar(&sida)
    }

    fn som_svar(&self, sida: &impl Sida) -> Svar {
        let mut svar = match sida.till_html() {
            Ok(html) => Svar::bytes(HTML, html),
            Err(_) => Svar::bytes("text/plain; charset=utf-8", "Något gick fel hos oss."),
        };
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            svar.huvuden.push((RETRY_AFTER, "30".to_owned()));
        }
        svar.med_status(self.status)
    }
}

fn rubrik(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "Sidan finns inte",
        StatusCode::FORBIDDEN => "Du får inte göra det här",
        StatusCode::CONFLICT => "Någon annan hann före",
        StatusCode::PAYLOAD_TOO_LARGE => "Det är för stort",
        StatusCode::METHOD_NOT_ALLOWED => "Det går inte att göra så",
        StatusCode::SERVICE_UNAVAILABLE => "Försök igen om en stund",
        StatusCode::INTERNAL_SERVER_ERROR => "Något gick fel hos oss",
        StatusCode::TOO_MANY_REQUESTS => "För många försök",
        _ => "Det gick inte",
    }
}
