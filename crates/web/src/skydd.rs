//! What surrounds every answer: headers, a time limit, and a net under faults.

use crate::Webb;
use crate::rutter::{Kropp, RUTTER};
use crate::svar::Fel;
use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// Nothing is fetched, embedded, framed or posted anywhere but here. No inline styles or
/// scripts: text that became markup by mistake would still not run.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                   script-src 'self'; form-action 'self'; base-uri 'none'; \
                   frame-ancestors 'none'";

/// The referrer goes to our own pages only. Not `no-referrer`: with it older browsers send
/// `Origin: null` with our own forms, and the gate would refuse them.
const REFERRER: &str = "same-origin";

/// Headers, time limit and net, around the whole router.
pub(crate) async fn runt_om(State(webb): State<Webb>, begaran: Request, nasta: Next) -> Response {
    let mut svar = inom_tid(&webb, begaran, nasta).await;
    satt_huvuden(svar.headers_mut(), webb.installningar.https);
    svar
}

async fn inom_tid(webb: &Webb, begaran: Request, nasta: Next) -> Response {
    let (uri, metod) = (begaran.uri().clone(), begaran.method().clone());
    let arbete = fangad(nasta.run(begaran));
    let grans = webb.installningar.tidsgrans;
    let grans = if tar_storfil(&metod, uri.path()) {
        grans.saturating_mul(STORFIL)
    } else {
        grans
    };
    match tokio::time::timeout(grans, arbete).await {
        Ok(Some(svar)) => svar,
        Ok(None) => {
            let fel = Fel::internt(&format_args!("panik vid {}", uri.path()));
            fel.sida_vid(webb, &uri).till_http(webb, &[])
        }
        Err(_) => {
            tracing::warn!(stig = uri.path(), "tidsgränsen nådd");
            Fel::tog_for_lang_tid()
                .sida_vid(webb, &uri)
                .till_http(webb, &[])
        }
    }
}

/// So many times longer may a large file take: two hundred mebibytes on a slow line.
const STORFIL: u32 = 10;

fn tar_storfil(metod: &Method, stig: &str) -> bool {
    metod == Method::POST
        && RUTTER
            .iter()
            .any(|rutt| rutt.kropp == Kropp::Storfil && rutt.passar(stig))
}

/// The future's answer, or `None` if it panicked. The panic itself is printed by the hook.
async fn fangad<F: Future>(arbete: F) -> Option<F::Output> {
    let mut arbete = pin!(arbete);
    std::future::poll_fn(move |cx| {
        match catch_unwind(AssertUnwindSafe(|| arbete.as_mut().poll(cx))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(svar)) => Poll::Ready(Some(svar)),
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}

fn satt_huvuden(huvuden: &mut HeaderMap, https: bool) {
    let fasta = [
        (CONTENT_SECURITY_POLICY, CSP),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, REFERRER),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    for (namn, varde) in fasta {
        huvuden.insert(namn, HeaderValue::from_static(varde));
    }
    if https {
        huvuden.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_caught_and_an_answer_is_not() {
        assert_eq!(fangad(async { 7 }).await, Some(7));
        let trasig = async {
            tokio::task::yield_now().await;
            assert_eq!(1, 2, "provets panik");
        };
        assert_eq!(fangad(trasig).await, None);
    }

    #[test]
    fn the_policy_allows_nothing_inline_and_nothing_from_elsewhere() {
        for fel in ["unsafe", "http", "*"] {
            assert!(!CSP.contains(fel));
        }
        assert!(CSP.starts_with("default-src 'none'; "));
        let mut h = HeaderMap::new();
        satt_huvuden(&mut h, true);
        assert_eq!(h.len(), 8);
    }
}
