//! Characters that no font can draw.
//!
//! PDF/A forbids a glyph that stands for "missing". Such a character is spelled out by its
//! number, so that the reader sees that something stood there and what.

use utfall_domain::rapport::Dokument;

use crate::typsnitt;

/// How much to spell out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Niva {
    /// What no font covers.
    Otackta,
    /// All that is not Latin letters, ordinary punctuation or a sign of ours.
    UtomLatin,
}

/// The document with such characters spelled out.
pub(super) fn ersatt(dokument: &Dokument, niva: Niva) -> Dokument {
    dokument.med_text(&|text| {
        if text.chars().all(|tecken| gar(tecken, niva)) {
            return text.to_owned();
        }
        let mut ut = String::with_capacity(text.len());
        for tecken in text.chars() {
            if gar(tecken, niva) {
                ut.push(tecken);
            } else {
                ut.push_str(&format!("[U+{:04X}]", u32::from(tecken)));
            }
        }
        ut
    })
}

fn gar(tecken: char, niva: Niva) -> bool {
    let latin = matches!(tecken, ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{100}'..='\u{17f}');
    let eget = matches!(
        tecken,
        '–' | '—' | '◇' | '□' | '…' | '‘'..='”' | '•' | '−' | '€'
    );
    latin || eget || (niva == Niva::Otackta && typsnitt::tackt(tecken))
}
