//! Signing in and out, and the session in between.
//!
//! The only use cases without a permit: before them nobody is anyone. What they may touch
//! is the store's few functions of accounts and sessions.

pub mod losenord;
pub mod session;
pub mod vakt;

pub use session::{Session, Token, kontomarke};
pub use vakt::Forsoksvakt;

use crate::Tjanst;
use crate::dorr::internt;
use crate::konton::BytLosenord;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::svensk::sokform;
use utfall_store::inloggning as lager;

/// Passwords checked at the same time: each takes 19 MiB and a core, and the pages of those
/// already signed in must not wait for a flood of guesses.
const SAMTIDIGA: usize = 2;

/// Sign-ins that may wait for their turn before the next is asked to come back.
const KO: usize = 32;

/// Somebody who wants in.
#[derive(Clone)]
pub struct Inloggningsforsok {
    /// The account's name as typed.
    pub konto: String,
    /// The password as typed.
    pub losenord: String,
    /// Where from.
    pub adress: String,
}

/// Somebody signed in who wants another password.
#[derive(Clone)]
pub struct Losenordsbyte {
    /// Who.
    pub aktor: Aktor,
    /// The session that goes on.
    pub token: Token,
    /// The password until now, as typed.
    pub gammalt: String,
    /// The password from now on, as typed.
    pub nytt: String,
    /// Where from.
    pub adress: String,
}

/// The door: counts the attempts and lets a few in at a time. One per server.
pub struct Dorrvakt {
    forsok: Forsoksvakt,
    ko: Semaphore,
    platser: Semaphore,
}

impl Dorrvakt {
    /// Counts attempts in places that this secret chooses; it must be random.
    #[must_use]
    pub fn ny(hemlighet: [u8; 32]) -> Self {
        Self {
            forsok: Forsoksvakt::ny(hemlighet),
            ko: Semaphore::new(KO),
            platser: Semaphore::new(SAMTIDIGA),
        }
    }
}

/// Longer than any account's name, in bytes.
const LANGSTA_NAMN: usize = 120;

impl Dorrvakt {
    /// Signs in: a new session under a new token, whatever was before.
    ///
    /// # Errors
    /// A refusal that is the same for an unknown account and a wrong password; another when
    /// there have been too many attempts, or too many at once.
    pub async fn logga_in(
        &self,
        tjanst: &Tjanst,
        forsok: Inloggningsforsok,
    ) -> Result<Token, Problem> {
        let nu = tjanst.klocka().nu();
        let namn = sokform(forsok.konto.trim());
        // No account has a longer name: nothing of it is remembered.
        if namn.len() > LANGSTA_NAMN {
            return Err(fel_namn_eller_losenord());
        }
        self.forsok
            .prova(&namn, &forsok.adress, nu)
            .map_err(for_manga)?;
        let sokt = namn.clone();
        let konto = tjanst
            .db()
            .las(move |k| -> Result<_, Problem> { Ok(lager::konto(k, &sokt)?) })
            .await?;
        let phc = konto.as_ref().map(|k| k.losenord.clone());
        if !self.stammer(forsok.losenord, phc).await? {
            tracing::info!(adress = %forsok.adress, "inloggning nekad");
            return Err(fel_namn_eller_losenord());
        }
        let Some(konto) = konto else {
            return Err(fel_namn_eller_losenord());
        };
        // Only told to somebody who knows the password.
        if !konto.lage.far_logga_in() {
            return Err(avstangt());
        }
        self.forsok.lyckades(&namn, &forsok.adress);
        let mut slump = [0; 32];
        tjanst.slump().fyll(&mut slump);
        let token = Token::ny(slump);
        let (hash, anvandare) = (token.hash(), konto.anvandare);
        tjanst
            .db()
            .skriv(move |k| -> Result<(), Problem> {
                lager::stada(k, nu - session::VILA, nu - session::LIVSTID)?;
                Ok(lager::skapa_session(k, &hash, &konto, nu)?)
            })
            .await?;
        tracing::info!(%anvandare, "inloggad");
        Ok(token)
    }

    /// The hash of a password with a salt of its own, two at a time.
    ///
    /// # Errors
    /// When there are too many at once.
    pub async fn hasha(&self, tjanst: &Tjanst, klartext: String) -> Result<String, Problem> {
        let mut salt = [0; 16];
        tjanst.slump().fyll(&mut salt);
        let _ko = self.ko.try_acquire().map_err(|_| for_manga_samtidigt())?;
        let _plats = self.platser.acquire().await.map_err(|e| internt(&e))?;
        tokio::task::spawn_blocking(move || losenord::hasha(&klartext, &salt))
            .await
            .map_err(|e| internt(&e))?
            .map_err(|e| internt(&e))
    }

    /// Changes one's own password. The attempts count as attempts to sign in: a session left
    /// open is no way to guess the password.
    ///
    /// # Errors
    /// A refusal when the old password is wrong or the new one will not do.
    pub async fn byt_losenord(&self, tjanst: &Tjanst, byte: Losenordsbyte) -> Result<(), Problem> {
        let Losenordsbyte {
            aktor,
            token,
            gammalt,
            nytt,
            adress,
        } = byte;
        let permit = prova(&aktor, Atgard::BytaLosenord)?;
        let konto = tjanst
            .db()
            .las(move |k| -> Result<_, Problem> { Ok(utfall_store::anvandare::eget(k, &permit)?) })
            .await?;
        losenord::prova(&nytt)?;
        if nytt == gammalt {
            return Err(samma_losenord());
        }
        let namn = sokform(&konto.inloggning);
        self.forsok
            .prova(&namn, &adress, tjanst.klocka().nu())
            .map_err(for_manga)?;
        if !self.stammer(gammalt, Some(konto.losenord.clone())).await? {
            return Err(fel_gammalt());
        }
        self.forsok.lyckades(&namn, &adress);
        let fall = BytLosenord {
            fore: konto.losenord,
            efter: self.hasha(tjanst, nytt).await?,
            session: token.hash(),
        };
        tjanst.utfor(&aktor, None, fall).await
    }

    /// Checks a password, two at a time.
    async fn stammer(&self, losenord: String, phc: Option<String>) -> Result<bool, Problem> {
        if losenord.len() > losenord::STORSTA_LANGD {
            return Ok(false);
        }
        let _ko = self.ko.try_acquire().map_err(|_| for_manga_samtidigt())?;
        let _plats = self.platser.acquire().await.map_err(|e| internt(&e))?;
        let arbete = move || losenord::stammer(&losenord, phc.as_deref());
        tokio::task::spawn_blocking(arbete)
            .await
            .map_err(|e| internt(&e))
    }
}

impl Tjanst {
    /// Whose session a token opens, if it lives. Roles are read anew each time, so that a
    /// changed role changes what one may do at once.
    ///
    /// # Errors
    /// What went wrong in the database.
    pub async fn session(&self, token: &Token) -> Result<Option<Session>, Problem> {
        let (nu, hash) = (self.klocka().nu(), token.hash());
        let rad = self
            .db()
            .las_samtidigt(move |k| -> Result<_, Problem> { Ok(lager::session(k, &hash)?) })
            .await?;
        let Some(rad) = rad else { return Ok(None) };
        let Some(konto) = rad.aktor.anvandare().filter(|_| rad.lage.far_logga_in()) else {
            return Ok(None);
        };
        if !session::lever(rad.skapad, rad.sedd, nu) {
            // It opens nothing any more; that the row stays a while is no reason to fail.
            if let Err(fel) = self.logga_ut(token).await {
                tracing::warn!(%fel, "utgången session kunde inte tas bort");
            }
            return Ok(None);
        }
        // Reading must work when the disk is full: then the session ends a little early.
        if let Err(fel) = self.sedd(token, rad.sedd, nu).await {
            tracing::warn!(%fel, "sessionens tid kunde inte skrivas");
        }
        Ok(Some(Session {
            aktor: rad.aktor,
            visningsnamn: rad.visningsnamn,
            huvudman: rad.huvudman,
            csrf: token.csrf_for(konto),
            byt_losenord: rad.lage.ska_byta_losenord(),
        }))
    }

    async fn sedd(&self, token: &Token, sedd: Timestamp, nu: Timestamp) -> Result<(), Problem> {
        if nu.duration_since(sedd) < session::STEG {
            return Ok(());
        }
        let hash = token.hash();
        self.db()
            .skriv(move |k| -> Result<(), Problem> { Ok(lager::sedd(k, &hash, nu)?) })
            .await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// What went wrong in the database.
    pub async fn logga_ut(&self, token: &Token) -> Result<(), Problem> {
        let hash = token.hash();
        self.db()
            .skriv(move |k| -> Result<(), Problem> { Ok(lager::avsluta(k, &hash)?) })
            .await
    }
}

fn fel_namn_eller_losenord() -> Problem {
    Problem::ogiltigt(
        "inloggning-fel",
        "Namnet eller lösenordet stämmer inte.",
        "Försök igen, eller be den som är administratör om ett nytt lösenord.",
    )
}

fn fel_gammalt() -> Problem {
    Problem::ogiltigt(
        "losenord-fel",
        "Det nuvarande lösenordet stämmer inte.",
        "Skriv det du loggade in med.",
    )
    .i_falt("losenord")
}

fn samma_losenord() -> Problem {
    Problem::ogiltigt(
        "losenord-samma",
        "Det nya lösenordet är samma som det du har.",
        "Välj ett annat.",
    )
    .i_falt("nytt-losenord")
}

fn avstangt() -> Problem {
    Problem::ogiltigt(
        "inloggning-avstangt",
        "Kontot är avstängt.",
        "Be den som är administratör öppna det igen.",
    )
}

fn for_manga(vanta: SignedDuration) -> Problem {
    let minuter = vanta.as_mins().saturating_add(1);
    let enhet = if minuter == 1 { "minut" } else { "minuter" };
    Problem::ogiltigt(
        "inloggning-for-manga",
        "Det har varit för många försök att logga in med det namnet.",
        format!("Vänta {minuter} {enhet} och försök sedan igen."),
    )
}

fn for_manga_samtidigt() -> Problem {
    Problem::nytt(
        ProblemSlag::Upptaget,
        "inloggning-upptagen",
        "Många försöker logga in just nu.",
        "Vänta en halv minut och försök igen.",
    )
}
