//! The gate that each POST passes: sent from our own page, with the session's own token.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use subtle::ConstantTimeEq;

/// Whether a request may have been sent by our own page, as far as the browser says.
///
/// `Sec-Fetch-Site` decides where browsers send it (secure contexts and loopback), else
/// `Origin`. Without either only the token is left, which is what a script of one's own has.
#[must_use]
pub fn egen_sida(huvuden: &HeaderMap, https: bool) -> bool {
    if let Some(fran) = huvuden.get("sec-fetch-site") {
        return fran == "same-origin";
    }
    let Some(origin) = huvuden.get(ORIGIN) else {
        return true;
    };
    let schema = if https { "https://" } else { "http://" };
    let Some(fran) = origin.to_str().ok().and_then(|o| o.strip_prefix(schema)) else {
        return false;
    };
    huvuden
        .get(HOST)
        .and_then(|vard| vard.to_str().ok())
        .is_some_and(|vard| vard.eq_ignore_ascii_case(fran))
}

/// Whether the browser itself says that a request was sent by our own page.
#[must_use]
pub fn sakert_egen_sida(huvuden: &HeaderMap, https: bool) -> bool {
    let sager = huvuden.contains_key("sec-fetch-site") || huvuden.contains_key(ORIGIN);
    sager && egen_sida(huvuden, https)
}

/// Whether the form carries the token it should, compared without telling by time where
/// they differ.
#[must_use]
pub fn ratt_token(fatt: &str, vantat: &str) -> bool {
    !vantat.is_empty() && bool::from(fatt.as_bytes().ct_eq(vantat.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn egen(huvuden: &[(&'static str, &'static str)], https: bool) -> bool {
        let h = huvuden
            .iter()
            .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)))
            .collect();
        egen_sida(&h, https)
    }

    #[test]
    fn only_our_own_page_may_post() {
        assert!(egen(&[("sec-fetch-site", "same-origin")], false));
        for annan in ["cross-site", "same-site", "none", "", "SAME-ORIGIN"] {
            let h = [
                ("sec-fetch-site", annan),
                ("origin", "http://a"),
                ("host", "a"),
            ];
            assert!(!egen(&h, false), "{annan}");
        }
    }

    #[test]
    fn older_browsers_are_judged_by_origin() {
        let prov = |origin, https| egen(&[("origin", origin), ("host", "u.se:8")], https);
        assert!(prov("http://u.se:8", false));
        assert!(prov("https://U.SE:8", true));
        for annan in [
            "http://u.se",
            "https://u.se:8",
            "http://x.u.se:8",
            "null",
            "",
            "u.se:8",
        ] {
            assert!(!prov(annan, false), "{annan}");
        }
        assert!(!egen(&[("origin", "http://a")], false));
        assert!(egen(&[], false));
    }

    #[test]
    fn a_silent_browser_says_nothing_for_the_form() {
        let sakert = |namn: &'static str, varde: &'static str| {
            let h = [("host", "u.se"), (namn, varde)]
                .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)));
            sakert_egen_sida(&h.into_iter().collect(), true)
        };
        assert!(sakert("sec-fetch-site", "same-origin") && sakert("origin", "https://u.se"));
        assert!(!sakert("accept", "*/*"));
        assert!(!sakert("sec-fetch-site", "cross-site") && !sakert("origin", "null"));
    }

    #[test]
    fn a_token_must_be_the_whole_token() {
        assert!(ratt_token("abc", "abc"));
        for fel in ["", "ab", "abcd", "abd"] {
            assert!(!ratt_token(fel, "abc"));
        }
        assert!(!ratt_token("", ""));
    }
}
