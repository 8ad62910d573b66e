//! Passwords: argon2id in PHC form, and the same work whether the account exists or not.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use utfall_domain::problem::Problem;

/// The shortest password that is accepted for a new account, in characters.
pub const MINSTA_LANGD: usize = 12;

/// The longest that is hashed, in bytes; longer ones are refused before any work is done.
pub const STORSTA_LANGD: usize = 256;

/// The hash of a password that nobody has, with the parameters of [`hasha`]. Checked when
/// the account does not exist, so that the answer takes as long as for one that does.
const INGENS: &str = "$argon2id$v=19$m=19456,t=2,p=1$dXRmYWxsLWluZ2Vucy0wMQ$\
                      n5ZrJ0B7M3oYq0yq1l8m6sA0m5m3v3x0cM1xk0m7c1A";

/// What a starting password is made of: nothing that is mistaken for something else when it
/// is read out or written by hand.
const TECKEN: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A starting password from random bytes: four groups of four, about 79 bits.
#[must_use]
pub fn startlosenord(slump: &[u8; 16]) -> String {
    let mut ut = String::new();
    for (nr, byte) in slump.iter().enumerate() {
        if nr > 0 && nr.is_multiple_of(4) {
            ut.push('-');
        }
        let val = TECKEN.get(usize::from(*byte) % TECKEN.len());
        ut.push(char::from(val.copied().unwrap_or(b'a')));
    }
    ut
}

/// Refuses a new password that is too short to be safe or too long to be hashed.
///
/// # Errors
/// What is wrong with it.
pub fn prova(klartext: &str) -> Result<(), Problem> {
    let (text, atgard) = if klartext.chars().count() < MINSTA_LANGD {
        (
            format!("Lösenordet är kortare än {MINSTA_LANGD} tecken."),
            "Välj en längre fras, till exempel fyra ord.",
        )
    } else if klartext.len() > STORSTA_LANGD {
        (
            format!("Lösenordet är längre än {STORSTA_LANGD} tecken."),
            "Välj en kortare fras.",
        )
    } else {
        return Ok(());
    };
    Err(Problem::ogiltigt("konto-losenord", text, atgard).i_falt("nytt-losenord"))
}

/// The argon2id hash of a password, in PHC form. Takes about 25 ms and 19 MiB.
///
/// # Errors
/// When the parameters or the salt are refused, which would be a fault in the program.
pub fn hasha(losenord: &str, salt: &[u8; 16]) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default()
        .hash_password_with_salt(losenord.as_bytes(), salt)?
        .to_string())
}

/// Whether the password is the account's. Does the same work when there is no account.
#[must_use]
pub fn stammer(losenord: &str, phc: Option<&str>) -> bool {
    let ratt = Argon2::default()
        .verify_password(losenord.as_bytes(), phc.unwrap_or(INGENS))
        .is_ok();
    ratt && phc.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_password_opens_and_no_other() {
        let phc = hasha("en lång mening här", &[7; 16]).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(stammer("en lång mening här", Some(&phc)));
        assert!(!stammer("en lång mening hä", Some(&phc)));
        assert!(!stammer("", Some(&phc)));
        assert!(!stammer("en lång mening här", Some("trasig")));
    }

    #[test]
    fn a_starting_password_is_long_readable_and_follows_the_randomness() {
        let ett = startlosenord(&[0, 30, 31, 255, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
        assert_eq!(ett.get(..4), Some("a9ah"));
        assert_eq!((ett.len(), ett.matches('-').count()), (19, 3));
        assert_ne!(ett, startlosenord(&[1; 16]));
        assert!(prova(&ett).is_ok());
        assert!(prova("för kort").is_err() && prova(&"a".repeat(257)).is_err());
    }

    #[test]
    fn an_unknown_account_costs_as_much_as_a_known_one() {
        let delar = |phc: &str| {
            let hash = argon2::PasswordHash::new(phc).unwrap();
            (
                hash.algorithm,
                hash.version,
                hash.params.to_string(),
                hash.hash.map(|h| h.len()),
            )
        };
        assert_eq!(delar(INGENS), delar(&hasha("x", &[1; 16]).unwrap()));
        assert!(!stammer("vad som helst", None));
    }
}
