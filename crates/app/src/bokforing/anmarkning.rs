//! A remark on a file of the accounts: where, by which rule, what, and what to do.

/// What the reader says where nothing need be done.
const INGET: &str = "Du behöver inte göra något.";

/// A remark at a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radanm {
    /// The line, from 1; 0 when it is about the file as a whole.
    pub rad: u64,
    /// The rule's short name, as in docs/format/sie.md.
    pub regel: &'static str,
    /// What is wrong: a sentence's words, without capital and full stop.
    pub text: String,
    /// What to do about it: whole sentences.
    pub atgard: String,
}

impl Radanm {
    /// Whether somebody has something to do about it: the rest is for those who make the file.
    #[must_use]
    pub fn att_gora(&self) -> bool {
        self.atgard != INGET
    }

    pub(super) fn ny(
        rad: u64,
        regel: &'static str,
        text: impl Into<String>,
        atgard: impl Into<String>,
    ) -> Self {
        let (text, atgard) = (text.into(), atgard.into());
        Self {
            rad,
            regel,
            text,
            atgard,
        }
    }
}

impl From<&utfall_sie::Anmarkning> for Radanm {
    fn from(a: &utfall_sie::Anmarkning) -> Self {
        Self::ny(a.rad, a.sak.regel(), a.sak.to_string(), a.sak.atgard())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use utfall_sie::{Anmarkning, Sak};

    #[test]
    fn what_needs_nothing_is_told_from_what_does() {
        let om = |sak| Radanm::from(&Anmarkning { rad: 1, sak }).att_gora();
        assert!(!om(Sak::FlagganInteForst));
        assert!(om(Sak::AretSaknas));
    }
}
