//! What somebody was writing when the session ended is not lost.
//!
//! A form that meets an ended session comes back in the sign-in page as hidden fields, and
//! after signing in with the same account one presses a button to send it. Nothing is sent
//! behind anybody's back: that the form was ours is shown by the ended session's own token
//! (or, when somebody has signed in again in another window, by the browser itself), and a
//! person sees what will be saved before it is.

use crate::adress;
use crate::anrop::{Anrop, Resultat};
use crate::falt::Falt;
use crate::grind;
use crate::rutter::{Handtag, Metod, RUTTER, Rutt};
use crate::svar::{Fel, Svar};
use axum::http::StatusCode;
use utfall_app::inloggning::{Session, kontomarke};
use utfall_vyer::formular::Formular;
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabellsida};

/// The most that is kept, as a form sends it, in bytes. The sign-in form takes in more.
const MEST: usize = 384 * 1024;

/// Fields of the sign-in form: where to, whose, and before each kept field's name.
const TILL: &str = "kvar-till";
const VEM: &str = "kvar-vem";
const FORE: &str = "kvar.";

/// A form that was not received.
pub(crate) struct Kvar {
    till: String,
    vem: String,
    falt: Vec<(String, String)>,
}

/// What became of a form that met an ended session.
pub(crate) enum Rest {
    /// It was not a form of ours.
    Inget,
    /// It is too large to be kept.
    ForStort,
    /// It is kept.
    Kvar(Kvar),
}

impl Kvar {
    /// The form's fields without its token and without passwords.
    fn av(till: &str, vem: &str, falt: &Falt) -> Option<Self> {
        let falt: Vec<(String, String)> = falt
            .alla()
            .filter(|(namn, _)| *namn != "csrf" && !namn.contains("losenord"))
            .map(|(namn, varde)| (namn.to_owned(), varde.to_owned()))
            .collect();
        let langd = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&falt)
            .finish()
            .len();
        (langd <= MEST).then(|| Self {
            till: till.to_owned(),
            vem: vem.to_owned(),
            falt,
        })
    }

    /// Out of the sign-in form.
    pub(crate) fn ur(formular: &Falt) -> Option<Self> {
        let (till, vem) = (formular.text(TILL), formular.text(VEM));
        rutt_for(till)?;
        let falt = formular.alla().filter_map(|(namn, varde)| {
            let namn = namn.strip_prefix(FORE)?;
            Some((namn.to_owned(), varde.to_owned()))
        });
        Some(Self {
            till: till.to_owned(),
            vem: vem.to_owned(),
            falt: falt.collect(),
        })
    }

    /// Into the sign-in form.
    pub(crate) fn i(&self, formular: Formular) -> Formular {
        let formular = formular.med_dolt(TILL, &self.till).med_dolt(VEM, &self.vem);
        self.falt.iter().fold(formular, |f, (namn, varde)| {
            f.med_dolt(format!("{FORE}{namn}"), varde)
        })
    }

    /// Whether the form was made for the account that is signed in.
    pub(crate) fn hor_till(&self, session: &Session) -> bool {
        kontomarke(&session.csrf) == Some(self.vem.as_str())
    }

    fn falt(&self, namn: &str) -> &str {
        let funnet = self.falt.iter().find(|(n, _)| n == namn);
        funnet.map_or("", |(_, varde)| varde)
    }

    /// The page where one sends it.
    pub(crate) fn sida(&self, a: &Anrop, session: &Session, rubrik: &str) -> Tabellsida {
        let nyckel = self.falt("idempotens");
        let formular = Formular::ny(self.till.clone(), session.csrf.clone(), nyckel);
        let dolda = self.falt.iter().filter(|(namn, _)| namn != "idempotens");
        let formular = dolda.fold(formular, |f, (namn, varde)| f.med_dolt(namn, varde));
        let kasta = Lank::ny("Kasta det", crate::ram::hem(&session.aktor));
        let fakta: Vec<Fakta> = self
            .falt
            .iter()
            .map(|(_, varde)| varde.trim())
            .filter(|varde| varde.contains(char::is_whitespace))
            .take(20)
            .map(|varde| Fakta::ny("Du skrev", varde))
            .collect();
        Tabellsida {
            ram: crate::ram::for_fel(&a.webb, Some(session)),
            huvud: Sidhuvud::ny(
                rubrik,
                "Det du skrev finns kvar, men är inte sparat än. Titta igenom det och tryck på \
                 knappen.",
            ),
            fakta,
            formular: vec![
                Formulardel::ny(formular, Vec::new(), "Skicka det jag skrev").avbryt(kasta),
            ],
            ..Tabellsida::default()
        }
    }
}

/// The route a form is posted to, when it is one of ours that keeps what was written.
fn rutt_for(till: &str) -> Option<&'static Rutt> {
    RUTTER.iter().find(|rutt| {
        rutt.metod == Metod::Post
            && matches!(rutt.handtag, Handtag::Inloggat(..))
            && rutt.namn != "losenord"
            && rutt.passar(till)
    })
}

/// A form that came after its session had ended. `fran_oss`: the browser does not say that
/// it was sent from somewhere else.
pub(crate) fn av_utgangen(a: &Anrop, falt: &Falt, fran_oss: bool) -> Rest {
    let csrf = falt.text("csrf");
    let (Some(token), Some(vem)) = (&a.utgangen, kontomarke(csrf)) else {
        return Rest::Inget;
    };
    let ratt = csrf
        .strip_suffix(vem)
        .is_some_and(|fore| grind::ratt_token(fore, &token.csrf()));
    if !fran_oss || !ratt || rutt_for(&a.sokvag).is_none() {
        return Rest::Inget;
    }
    Kvar::av(&a.sokvag, vem, falt).map_or(Rest::ForStort, Rest::Kvar)
}

/// A form of an earlier session, sent by somebody who has signed in again in another window.
///
/// # Errors
/// The refusal there was before, unless the browser itself says that the form is ours and it
/// was made for the same account.
pub(crate) fn av_tidigare(a: &Anrop, sakert_var: bool) -> Resultat {
    let session = a.session.as_ref().filter(|_| sakert_var);
    let vem = kontomarke(a.formular.text("csrf"));
    let kvar = session
        .zip(vem)
        .filter(|_| rutt_for(&a.sokvag).is_some())
        .and_then(|(session, vem)| Some((session, Kvar::av(&a.sokvag, vem, &a.formular)?)))
        .filter(|(session, kvar)| kvar.hor_till(session));
    let Some((session, kvar)) = kvar else {
        return Err(Fel::gammalt_formular());
    };
    let rubrik = "Du har loggat in på nytt";
    Ok(Svar::sida(&kvar.sida(a, session, rubrik))?.med_status(StatusCode::FORBIDDEN))
}

/// The notice in the sign-in page.
pub(crate) fn besked(rest: &Rest, med_fil: bool) -> Option<Besked> {
    match rest {
        Rest::Inget => None,
        Rest::ForStort => Some(Besked::ny(
            Allvar::Varning,
            "det du skrev är inte sparat",
            "Det är för stort för att tas med härifrån. Gå tillbaka i webbläsaren, kopiera \
             texten och logga in sedan.",
        )),
        Rest::Kvar(_) => Some(Besked::ny(
            Allvar::Upplysning,
            "det du skrev finns kvar",
            if med_fil {
                "Logga in med samma konto, så kan du skicka det. Filen får du välja på nytt."
            } else {
                "Logga in med samma konto, så kan du skicka det."
            },
        )),
    }
}

/// Where a form that met an ended session leads when nothing of it is kept.
pub(crate) fn till_inloggning() -> Resultat {
    Ok(Svar::vidare(adress::logga_in()))
}
