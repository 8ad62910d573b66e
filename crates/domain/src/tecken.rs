//! Which characters a text may hold: one rule for forms, papers, accounts and print.

/// The first character of a text that no paper, page or file of ours can hold: control
/// characters other than line breaks and tabs, and the code points that Unicode says are no
/// characters. XML 1.0, which Word files are written in, has no way to write most of them
/// (<https://www.w3.org/TR/xml/#charsets>).
#[must_use]
pub fn otillatet(text: &str) -> Option<char> {
    text.chars().find(|c| ar_otillatet(*c))
}

/// Whether a character is one of those.
#[must_use]
pub fn ar_otillatet(tecken: char) -> bool {
    let nummer = u32::from(tecken);
    let inget_tecken = matches!(tecken, '\u{fdd0}'..='\u{fdef}') || nummer & 0xfffe == 0xfffe;
    inget_tecken || (tecken.is_control() && !matches!(tecken, '\n' | '\r' | '\t'))
}

/// What is wrong with a text that holds such a character, as a sentence.
#[must_use]
pub fn fel(tecken: char) -> String {
    format!(
        "Texten innehåller ett osynligt tecken som inte går att skriva ut (U+{:04X}).",
        u32::from(tecken)
    )
}

/// What to do about it.
pub const ATGARD: &str =
    "Ta bort de osynliga tecknen, eller skriv texten på nytt i stället för att klistra in den.";

#[cfg(test)]
mod tests {
    use super::*;

    /// What XML 1.0 can hold.
    fn i_xml(c: char) -> bool {
        matches!(
            c,
            '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}'
                | '\u{10000}'..='\u{10ffff}'
        )
    }

    #[test]
    fn nothing_that_xml_cannot_hold_is_let_through() {
        for c in '\0'..=char::MAX {
            assert!(i_xml(c) || ar_otillatet(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn what_people_write_is_let_through() {
        let text = "Åsa: ”hälften”, 50\u{a0}% – \u{2212}3 😀 e\u{301}\n\tnästa\r\nrad \u{feff}";
        assert_eq!(otillatet(text), None);
    }

    #[test]
    fn what_is_no_character_is_named() {
        for c in [
            '\0',
            '\u{1b}',
            '\u{85}',
            '\u{fffe}',
            '\u{ffff}',
            '\u{1ffff}',
            '\u{fdd0}',
        ] {
            assert_eq!(otillatet(&format!("hej{c}")), Some(c));
        }
        assert!(fel('\u{ffff}').contains("U+FFFF"));
    }
}
