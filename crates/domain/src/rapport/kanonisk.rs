//! Canonical JSON: one value, one text, one hash.
//!
//! Keys are sorted by code point, there is no space between tokens, and numbers are integers.
//! A frozen input can thus be hashed on any machine and in any later version.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A value as canonical JSON.
///
/// # Errors
/// If the value cannot be written as JSON (a map whose keys are not texts).
pub fn json(varde: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut ut = String::new();
    skriv(&serde_json::to_value(varde)?, &mut ut)?;
    Ok(ut)
}

/// The SHA-256 of a value's canonical JSON, as 64 hexadecimal digits.
///
/// # Errors
/// As [`json`].
pub fn sha256(varde: &impl Serialize) -> Result<String, serde_json::Error> {
    use std::fmt::Write as _;
    let mut ut = String::with_capacity(64);
    for byte in Sha256::digest(json(varde)?) {
        // Writing to a String cannot fail.
        let _ = write!(ut, "{byte:02x}");
    }
    Ok(ut)
}

fn skriv(varde: &Value, ut: &mut String) -> Result<(), serde_json::Error> {
    match varde {
        Value::Object(falt) => {
            let mut falt: Vec<_> = falt.iter().collect();
            falt.sort_unstable_by_key(|(namn, _)| *namn);
            ut.push('{');
            for (i, (namn, varde)) in falt.into_iter().enumerate() {
                ut.push_str(if i == 0 { "" } else { "," });
                ut.push_str(&serde_json::to_string(namn)?);
                ut.push(':');
                skriv(varde, ut)?;
            }
            ut.push('}');
        }
        Value::Array(led) => {
            ut.push('[');
            for (i, varde) in led.iter().enumerate() {
                ut.push_str(if i == 0 { "" } else { "," });
                skriv(varde, ut)?;
            }
            ut.push(']');
        }
        enkel => ut.push_str(&serde_json::to_string(enkel)?),
    }
    Ok(())
}
