//! Signing in and out.

use crate::adress::{self, Adress};
use crate::anrop::{Anrop, Resultat};
use crate::kaka::Kaka;
use crate::kvar::{self, Kvar, Rest};
use crate::rutter::{Handtag, Metod, RUTTER, Rutt};
use crate::svar::{Fel, Svar};
use axum::http::{StatusCode, Uri};
use utfall_app::inloggning::{Inloggningsforsok, Token};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_vyer::formular::Felsammanfattning;
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::LoggaIn;

/// The sign-in page that leads back to what was asked for. What was to be changed is not
/// done behind somebody's back afterwards, so only reading is returned to.
pub(crate) fn logga_in_och_aterkom(rutt: &Rutt, uri: &Uri) -> Adress {
    match uri.path_and_query() {
        Some(till) if rutt.metod == Metod::Get => adress::logga_in().fraga("till", till.as_str()),
        _ => adress::logga_in(),
    }
}

/// The page to return to: one of our own behind sign-in, or nothing.
fn egen(till: &str) -> Option<String> {
    let uri: Uri = till.parse().ok()?;
    let lokal = uri.scheme().is_none() && uri.authority().is_none() && till.starts_with('/');
    let finns = RUTTER.iter().any(|rutt| {
        rutt.metod == Metod::Get
            && matches!(rutt.handtag, Handtag::Inloggat(..))
            && rutt.passar(uri.path())
    });
    (lokal && finns && till.len() <= 1_000).then(|| till.to_owned())
}

/// The sign-in page for somebody whose session ended while writing.
pub(crate) fn logga_in_med_kvar(a: &Anrop, rest: &Rest, med_fil: bool) -> Resultat {
    let kvar = match rest {
        Rest::Inget => return kvar::till_inloggning(),
        Rest::ForStort => None,
        Rest::Kvar(kvar) => Some(kvar),
    };
    let mut sida = sida(a, "", kvar);
    sida.huvud = Sidhuvud::ny(
        "Logga in igen",
        "Din inloggning har gått ut. Inget är sparat.",
    );
    sida.besked = kvar::besked(rest, med_fil);
    Ok(Svar::sida(&sida)?.med_status(StatusCode::FORBIDDEN))
}

/// GET `/logga-in`.
pub async fn visa(a: Anrop) -> Resultat {
    if let Some(session) = &a.session {
        let hem = crate::ram::hem(&session.aktor);
        return Ok(Svar::vidare_till_egen(
            egen(a.fraga.text("till")).unwrap_or(hem),
        ));
    }
    Svar::sida(&sida(&a, a.fraga.text("till"), None))
}

fn sida(a: &Anrop, till: &str, kvar: Option<&Kvar>) -> LoggaIn {
    let (konto, losenord) = LoggaIn::falt();
    let formular = || {
        let formular = a.ett_formular(adress::logga_in());
        match (egen(till), kvar) {
            (_, Some(kvar)) => kvar.i(formular),
            (Some(till), None) => formular.med_dolt("till", till),
            (None, None) => formular,
        }
    };
    let demo = a.webb.installningar.demo.clone();
    let huvud = if demo.is_empty() {
        Sidhuvud::ny("Logga in", "Följ pengarna från kronan till resultatet.")
    } else {
        Sidhuvud::ny(
            "Logga in",
            "Det här är en visning. Fem huvudmän visar riktiga papper, den sjätte är påhittad.",
        )
    };
    LoggaIn {
        ram: a.ram(),
        huvud,
        besked: None,
        formular: formular(),
        konto,
        losenord,
        demoformular: (!demo.is_empty()).then(formular),
        demo,
    }
}

/// POST `/logga-in`.
pub async fn logga_in(a: Anrop) -> Resultat {
    let demokonto = a.formular.text("demokonto");
    let forsok = match a.webb.demolosenord(demokonto) {
        Some(losenord) => Inloggningsforsok {
            konto: demokonto.to_owned(),
            losenord,
            adress: a.adress.to_string(),
        },
        None => Inloggningsforsok {
            konto: a.formular.text("konto").to_owned(),
            losenord: a.formular.som_sant("losenord").unwrap_or("").to_owned(),
            adress: a.adress.to_string(),
        },
    };
    let konto = forsok.konto.clone();
    match a.webb.dorrvakt.logga_in(&a.webb.tjanst, forsok).await {
        Ok(token) => valkommen(&a, &token).await,
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => nekad(&a, &konto, &fel),
        Err(fel) => Err(fel.into()),
    }
}

/// The new session gets a new token; the one that was there before, if any, ends.
async fn valkommen(a: &Anrop, token: &Token) -> Resultat {
    if let Some(gammal) = &a.token {
        a.webb.tjanst.logga_ut(gammal).await?;
    }
    let session = a
        .webb
        .tjanst
        .session(token)
        .await?
        .ok_or_else(|| Fel::internt(&"sessionen finns inte fast den just skapades"))?;
    let https = a.webb.installningar.https;
    let kvar = Kvar::ur(&a.formular).filter(|kvar| kvar.hor_till(&session));
    let svar = match kvar {
        Some(kvar) => Svar::sida(&kvar.sida(a, &session, "Du är inloggad igen"))?,
        None => {
            let till = egen(a.formular.text("till"))
                .filter(|till| nar(till, &session.aktor))
                .unwrap_or_else(|| crate::ram::hem(&session.aktor));
            Svar::vidare_till_egen(till)
        }
    };
    Ok(svar
        .kaka(Kaka::Session.satt(&token.som_text(), https))
        .kaka(Kaka::Forsession.ta_bort(https)))
}

/// Whether somebody may open the page: another's bookmark should not greet with a refusal.
fn nar(till: &str, aktor: &utfall_behorighet::Aktor) -> bool {
    let stig = till.split(['?', '#']).next().unwrap_or("");
    RUTTER
        .iter()
        .filter(|rutt| rutt.metod == Metod::Get && rutt.passar(stig))
        .filter_map(Rutt::atgard)
        .any(|atgard| aktor.far(atgard))
}

fn nekad(a: &Anrop, konto: &str, fel: &Problem) -> Resultat {
    let kvar = Kvar::ur(&a.formular);
    let mut sida = sida(a, a.formular.text("till"), kvar.as_ref());
    let text = format!("{} {}", fel.text, fel.atgard);
    sida.konto = sida.konto.varde(konto);
    sida.losenord = sida.losenord.fel(text);
    sida.ram.fel = Felsammanfattning::av("Du är inte inloggad", [&sida.konto, &sida.losenord]);
    let svar = Svar::formularfel(&sida)?;
    if fel.kod == "inloggning-for-manga" {
        return Ok(svar.med_status(StatusCode::TOO_MANY_REQUESTS));
    }
    Ok(svar)
}

/// POST `/logga-ut`.
pub async fn logga_ut(a: Anrop) -> Resultat {
    if let Some(token) = &a.token {
        a.webb.tjanst.logga_ut(token).await?;
    }
    let https = a.webb.installningar.https;
    Ok(Svar::vidare(adress::logga_in()).kaka(Kaka::Session.ta_bort(https)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_returned_to() {
        assert_eq!(egen("/behorighet?x=1"), Some("/behorighet?x=1".to_owned()));
        for fel in [
            "//ond.se/behorighet",
            "/\\ond.se",
            "https://ond.se/behorighet",
            "javascript:alert(1)",
            "behorighet",
            "/finns-inte",
            "/logga-ut",
            "/",
            "",
            "/behorighet\r\nSet-Cookie: a=b",
            "/behorighet/../x",
            "http:///behorighet",
            "///behorighet",
        ] {
            assert_eq!(egen(fel), None, "{fel}");
        }
    }
}
