//! Passwords: argon2id in PHC form, and the same work whether the account exists or not.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};

/// The shortest password that is accepted for a new account, in characters.
pub const MINSTA_LANGD: usize = 12;

/// The longest that is hashed, in bytes; longer ones are refused before any work is done.
pub const STORSTA_LANGD: usize = 256;

/// The hash of a password that nobody has, with the parameters of [`hasha`]. Checked when
/// the account does not exist, so that the answer takes as long as for one that does.
const INGENS: &str = "$argon2id$v=19$m=19456,t=2,p=1$dXRmYWxsLWluZ2Vucy0wMQ$\
                      n5ZrJ0B7M3oYq0yq1l8m6sA0m5m3v3x0cM1xk0m7c1A";

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
