//! The session: its token, how long it lives and who it stands for.
//!
//! Invariant: only the token's hash is stored; a copy of the database opens no session.
//!
//! Tillstand: session

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use utfall_behorighet::Aktor;
use utfall_domain::id::AnvandareId;
use utfall_domain::journal::Hash;
use utfall_domain::organisation::Huvudman;

/// A session ends this long after it was last used.
pub const VILA: SignedDuration = SignedDuration::from_mins(60);
/// A session ends this long after signing in, used or not.
pub const LIVSTID: SignedDuration = SignedDuration::from_hours(10);
/// Use is written down at most this often: a page view is not worth a write each.
pub const STEG: SignedDuration = SignedDuration::from_mins(1);

/// A session's secret: 256 random bits, in the cookie as 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// The token of these random bytes.
    #[must_use]
    pub const fn ny(slump: [u8; 32]) -> Self {
        Self(slump)
    }

    /// The token as it stands in a cookie; `None` unless exactly 64 lower-case digits.
    #[must_use]
    pub fn las(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return None;
        }
        for (plats, par) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let (hog, lag) = (siffra(*par.first()?)?, siffra(*par.last()?)?);
            *plats = hog << 4 | lag;
        }
        Some(Self(bytes))
    }

    /// As it stands in a cookie.
    #[must_use]
    pub fn som_text(&self) -> String {
        hex(&self.0)
    }

    /// What the database knows it by.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.harled("session")
    }

    /// The token that each form of the session carries. Says nothing about the session's.
    #[must_use]
    pub fn csrf(&self) -> String {
        hex(&self.harled("csrf"))
    }

    /// The token that each form of the account's session carries: besides the session it says
    /// which account the form was made for, so that a form outlives the session it was made
    /// in without being sent by anybody else ([`kontomarke`]).
    #[must_use]
    pub fn csrf_for(&self, konto: AnvandareId) -> String {
        format!("{}{}", self.csrf(), marke(konto))
    }

    /// Bytes that only this session and this key give, to make a starting password of.
    #[must_use]
    pub fn fro(&self, nyckel: &str) -> [u8; 16] {
        let mut fro = [0; 16];
        for (plats, byte) in fro.iter_mut().zip(self.harled(&format!("fro-{nyckel}"))) {
            *plats = byte;
        }
        fro
    }

    fn harled(&self, syfte: &str) -> Hash {
        let mut summa = Sha256::new();
        summa.update(b"utfall-");
        summa.update(syfte.as_bytes());
        summa.update([0]);
        summa.update(self.0);
        summa.finalize().into()
    }
}

/// Digits of a form's token that say which account it was made for.
const MARKE: usize = 16;

fn marke(konto: AnvandareId) -> String {
    let mut summa = Sha256::new();
    summa.update(b"utfall-konto\0");
    summa.update(konto.nummer().to_be_bytes());
    let hash: Hash = summa.finalize().into();
    hash.iter()
        .take(MARKE / 2)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The part of a form's token that says which account it was made for, in this session or
/// an earlier one. Says nothing about who sends it; `None` for a form before sign-in.
#[must_use]
pub fn kontomarke(csrf: &str) -> Option<&str> {
    csrf.get(64..).filter(|marke| marke.len() == MARKE)
}

const fn siffra(tecken: u8) -> Option<u8> {
    match tecken {
        b'0'..=b'9' => Some(tecken - b'0'),
        b'a'..=b'f' => Some(tecken - b'a' + 10),
        _ => None,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who, with which roles, in whose books.
    pub aktor: Aktor,
    /// The name shown.
    pub visningsnamn: String,
    /// Whose books.
    pub huvudman: Huvudman,
    /// What each form must carry.
    pub csrf: String,
    /// The password must be changed before anything else.
    pub byt_losenord: bool,
}

/// Whether a session still lives.
#[must_use]
pub fn lever(skapad: Timestamp, sedd: Timestamp, nu: Timestamp) -> bool {
    // A clock that has been turned back must not lengthen a life.
    nu.duration_since(skapad) < LIVSTID && nu.duration_since(sedd) < VILA && nu >= skapad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_nothing_else_is() {
        let token = Token::ny(std::array::from_fn(|i| u8::try_from(i * 7).unwrap()));
        assert_eq!(Token::las(&token.som_text()), Some(token.clone()));
        let text = token.som_text();
        for fel in [
            &text[1..],
            &format!("{text}0"),
            &text.to_uppercase(),
            &"å".repeat(32),
            "",
        ] {
            assert_eq!(Token::las(fel), None, "{fel}");
        }
        assert_eq!(format!("{token:?}"), "Token(..)");
    }

    #[test]
    fn the_hash_the_form_token_and_the_token_are_three_things() {
        let token = Token::ny([9; 32]);
        assert_ne!(hex(&token.hash()), token.csrf());
        assert_ne!(token.csrf(), token.som_text());
        assert_ne!(token.csrf(), Token::ny([8; 32]).csrf());
    }

    #[test]
    fn a_forms_token_says_which_account_it_was_made_for() {
        let konto = |nr| AnvandareId::ny(nr).unwrap();
        let csrf = Token::ny([9; 32]).csrf_for(konto(7));
        assert!(csrf.starts_with(&Token::ny([9; 32]).csrf()));
        let marke = kontomarke(&csrf).unwrap();
        assert_eq!(
            kontomarke(&Token::ny([1; 32]).csrf_for(konto(7))),
            Some(marke)
        );
        assert_ne!(
            kontomarke(&Token::ny([9; 32]).csrf_for(konto(8))),
            Some(marke)
        );
        assert_eq!(kontomarke(&Token::ny([9; 32]).csrf()), None);
        assert_eq!(kontomarke(""), None);
    }

    #[test]
    fn a_session_ends_when_idle_and_after_ten_hours_however_used() {
        let start: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
        let om = |minuter: i64| start + SignedDuration::from_mins(minuter);
        assert!(lever(start, start, om(59)));
        assert!(!lever(start, start, om(60)));
        assert!(lever(start, om(590), om(599)));
        assert!(!lever(start, om(599), om(600)));
        assert!(!lever(start, om(-120), om(-60)));
    }
}
