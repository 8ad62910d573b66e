//! Cookies: two, both for this server only, neither readable by scripts.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kaka {
    /// The session's token.
    Session,
    /// Ties the sign-in form to the browser that asked for it.
    Forsession,
}

impl Kaka {
    /// The name. Behind https the prefix makes browsers refuse it from any other host or path.
    #[must_use]
    pub const fn namn(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Session, true) => "__Host-utfall",
            (Self::Session, false) => "utfall",
            (Self::Forsession, true) => "__Host-utfall-for",
            (Self::Forsession, false) => "utfall-for",
        }
    }

    /// Its value in a request. `None` when it is missing or stands there twice: somebody
    /// else has then set one of them.
    #[must_use]
    pub fn las(self, huvuden: &HeaderMap, https: bool) -> Option<&str> {
        let namn = self.namn(https);
        let mut varden = huvuden
            .get_all(COOKIE)
            .iter()
            .filter_map(|rad| rad.to_str().ok())
            .flat_map(|rad| rad.split(';'))
            .filter_map(|par| par.trim().split_once('='))
            .filter(|(n, _)| *n == namn)
            .map(|(_, varde)| varde);
        let forsta = varden.next()?;
        varden.next().is_none().then_some(forsta)
    }

    /// The header that sets it. Ends with the browser's session.
    #[must_use]
    pub fn satt(self, varde: &str, https: bool) -> String {
        self.rad(varde, https, "")
    }

    /// The header that takes it away.
    #[must_use]
    pub fn ta_bort(self, https: bool) -> String {
        self.rad("", https, "; Max-Age=0")
    }

    fn rad(self, varde: &str, https: bool, slut: &str) -> String {
        let saker = if https { "; Secure" } else { "" };
        format!(
            "{}={varde}; Path=/; HttpOnly; SameSite=Lax{saker}{slut}",
            self.namn(https)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn huvuden(rader: &[&'static str]) -> HeaderMap {
        rader
            .iter()
            .map(|rad| (COOKIE, HeaderValue::from_static(rad)))
            .collect()
    }

    #[test]
    fn a_cookie_is_read_once_by_its_exact_name() {
        let h = huvuden(&["a=1; utfall=x; utfall-for=y"]);
        assert_eq!(Kaka::Session.las(&h, false), Some("x"));
        assert_eq!(Kaka::Forsession.las(&h, false), Some("y"));
        assert_eq!(Kaka::Session.las(&h, true), None);
        assert_eq!(
            Kaka::Session.las(&huvuden(&["utfall=x; utfall=y"]), false),
            None
        );
        assert_eq!(
            Kaka::Session.las(&huvuden(&["utfall=x", "utfall=y"]), false),
            None
        );
    }

    #[test]
    fn cookies_are_closed_to_scripts_and_other_sites() {
        assert_eq!(
            Kaka::Session.satt("ab", true),
            "__Host-utfall=ab; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            Kaka::Session.ta_bort(false),
            "utfall=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }
}
