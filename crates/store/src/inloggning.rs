//! Signing in and sessions: the one place where nobody is anybody yet, and so without a
//! permit. It gives away nothing but what the password or the token opens.

use jiff::Timestamp;
use utfall_behorighet::Aktor;
use utfall_domain::id::{AnvandareId, HuvudmanId};
use utfall_domain::journal::Hash;
use utfall_domain::konto::Kontolage;
use utfall_domain::organisation::Huvudman;

use crate::anvandare;
use crate::db::{DbFel, Las, Skriv, infogning, p, sql};
use crate::falt::{Falt, mikro};
use crate::organisation::huvudman_rad;

sql! {
    KONTO = "SELECT id, huvudman, losenord, lage FROM anvandare \
             WHERE inloggning = $1 AND huvudman IS NOT NULL";
    SESSION = "SELECT s.anvandare AS anvandare, s.huvudman AS huvudman, s.skapad AS skapad, \
               s.sedd AS sedd, a.visningsnamn AS visningsnamn, a.lage AS lage FROM session s \
               JOIN anvandare a ON a.id = s.anvandare WHERE s.token_hash = $1";
    HUVUDMAN = "SELECT id, slug, namn, pahittad FROM huvudman WHERE id = $1";
    SEDD = "UPDATE session SET sedd = $2 WHERE token_hash = $1 AND sedd < $2";
    AVSLUTA = "DELETE FROM session WHERE token_hash = $1";
    STADA = "DELETE FROM session WHERE sedd < $1 OR skapad < $2";
}

infogning! {
    NY_SESSION = "session" ("token_hash", "huvudman", "anvandare", "skapad", "sedd");
}

/// What is needed to check a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Inloggningskonto {
    /// Whose.
    pub anvandare: AnvandareId,
    /// In whose books.
    pub huvudman: HuvudmanId,
    /// The password as an argon2id hash in PHC form.
    pub losenord: String,
    /// Where the account is in its life.
    pub lage: Kontolage,
}

impl std::fmt::Debug for Inloggningskonto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inloggningskonto")
            .field("anvandare", &self.anvandare)
            .finish()
    }
}

/// The account with this sign-in name. The operator's never is one.
pub fn konto(k: &mut Las, inloggning: &str) -> Result<Option<Inloggningskonto>, DbFel> {
    k.kanske(&KONTO, p![inloggning], |rad| {
        let f = Falt::ny(rad, "anvandare", "id")?;
        Ok(Inloggningskonto {
            anvandare: f.id("id", AnvandareId::ny)?,
            huvudman: f.id("huvudman", HuvudmanId::ny)?,
            losenord: f.text("losenord")?,
            lage: f.kod("lage", Kontolage::av_kod)?,
        })
    })
}

/// A stored session. Whether it still lives is for `app` to say.
#[derive(Debug, Clone)]
pub struct SparadSession {
    /// Who, with the roles of this moment.
    pub aktor: Aktor,
    /// The name shown.
    pub visningsnamn: String,
    /// In whose books.
    pub huvudman: Huvudman,
    /// Where the account is in its life.
    pub lage: Kontolage,
    /// When it began.
    pub skapad: Timestamp,
    /// When it was last used.
    pub sedd: Timestamp,
}

/// Begins a session. `hash` is the token's; the token itself is never stored.
///
/// Only for an account whose password has just been checked.
pub fn skapa_session(
    k: &mut Skriv,
    hash: &Hash,
    konto: &Inloggningskonto,
    nu: Timestamp,
) -> Result<(), DbFel> {
    let (nu, huvudman) = (mikro(nu), konto.huvudman.nummer());
    let rad = p![hash, huvudman, konto.anvandare.nummer(), nu, nu];
    k.infoga(&NY_SESSION, [rad.to_vec()]).map(drop)
}

/// The session with this token hash.
pub fn session(k: &mut Las, hash: &Hash) -> Result<Option<SparadSession>, DbFel> {
    let funnen = k.kanske(&SESSION, p![hash], |rad| {
        let f = Falt::ny(rad, "session", "anvandare")?;
        let vem = (
            f.id("anvandare", AnvandareId::ny)?,
            f.id("huvudman", HuvudmanId::ny)?,
        );
        Ok((
            vem,
            (f.text("visningsnamn")?, f.kod("lage", Kontolage::av_kod)?),
            f.tid("skapad")?,
            f.tid("sedd")?,
        ))
    })?;
    let Some(((anvandare, huvudman), (visningsnamn, lage), skapad, sedd)) = funnen else {
        return Ok(None);
    };
    Ok(Some(SparadSession {
        aktor: anvandare::aktor(k, anvandare, huvudman)?,
        visningsnamn,
        huvudman: k.en(&HUVUDMAN, p![huvudman.nummer()], huvudman_rad)?,
        lage,
        skapad,
        sedd,
    }))
}

/// Notes that the session was used.
pub fn sedd(k: &mut Skriv, hash: &Hash, nu: Timestamp) -> Result<(), DbFel> {
    k.kor(&SEDD, p![hash, mikro(nu)]).map(drop)
}

/// Ends a session; nothing happens if it has already ended.
pub fn avsluta(k: &mut Skriv, hash: &Hash) -> Result<(), DbFel> {
    k.kor(&AVSLUTA, p![hash]).map(drop)
}

/// Removes sessions last used before `sedd` or begun before `skapad`; how many.
pub fn stada(k: &mut Skriv, sedd: Timestamp, skapad: Timestamp) -> Result<u64, DbFel> {
    k.kor(&STADA, p![mikro(sedd), mikro(skapad)])
}
