//! Swedish order and search, computed here so that both engines answer alike.
//!
//! Measured: both engines sort Ä before Å and fold only ASCII, so no text column is ever
//! sorted or searched raw.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_normalizer::ComposingNormalizerBorrowed;

fn ordnare() -> Option<CollatorBorrowed<'static>> {
    let sprak = icu_locale_core::locale!("sv");
    Collator::try_new(sprak.into(), CollatorOptions::default()).ok()
}

/// The key to sort a text by: bytes in memcmp order are Swedish order.
#[must_use]
pub fn sorteringsnyckel(text: &str) -> Vec<u8> {
    let mut nyckel = Vec::new();
    match ordnare() {
        Some(ordnare) => {
            // Writing to a Vec cannot fail.
            let _ = ordnare.write_sort_key_to(text, &mut nyckel);
        }
        None => nyckel.extend_from_slice(text.to_lowercase().as_bytes()),
    }
    nyckel
}

/// The form a text is searched in: composed (NFC) and in lower case.
#[must_use]
pub fn sokform(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(text)
        .to_lowercase()
}

/// With a capital first letter.
#[must_use]
pub fn stor_forst(text: &str) -> String {
    let mut tecken = text.chars();
    tecken.next().map_or_else(String::new, |forst| {
        forst.to_uppercase().chain(tecken).collect()
    })
}

/// An address part: lower case ASCII, digits and single hyphens, å ä ö folded to a a o.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut ut = String::new();
    for tecken in sokform(text).chars() {
        let enkelt = match tecken {
            'å' | 'ä' | 'à' | 'á' => 'a',
            'ö' | 'ó' => 'o',
            'é' | 'è' | 'ë' => 'e',
            'ü' => 'u',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        };
        if enkelt != '-' || !(ut.is_empty() || ut.ends_with('-')) {
            ut.push(enkelt);
        }
    }
    ut.truncate(80);
    ut.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_order_puts_a_ring_before_a_umlaut_and_both_last() {
        let mut ord = vec!["Öppen", "Ärende", "Zeta", "ansökan", "Åtgärd", "Beslut"];
        ord.sort_by_key(|o| sorteringsnyckel(o));
        assert_eq!(
            ord,
            ["ansökan", "Beslut", "Zeta", "Åtgärd", "Ärende", "Öppen"]
        );
    }

    #[test]
    fn search_form_folds_case_and_composes() {
        assert_eq!(sokform("SPRÅKSTÖD"), sokform("spra\u{30a}ksto\u{308}d"));
    }

    #[test]
    fn slugs_are_plain_and_stable() {
        assert_eq!(
            slug("Meningsfullt lovjobb – åk 7"),
            "meningsfullt-lovjobb-ak-7"
        );
        assert_eq!(slug("  §!  "), "");
    }
}
