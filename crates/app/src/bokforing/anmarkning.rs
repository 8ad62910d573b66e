//! A remark on a file of the accounts: where, by which rule, what, and what to do.

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
