//! A line in its fields (4B, chapter 5), taken one after the other.

use crate::fel::{Fel, Felslag};
use crate::kodning::{Kodning, Text};
use crate::sok::forsta;
use crate::tal::heltal;
use std::fmt;

/// The first control character of a line; the format forbids all but the tab.
pub(crate) fn styrtecken(rad: &[u8]) -> Option<u8> {
    let ar = |b: &u8| (*b < 0x20 && *b != b'\t') || *b == 0x7f;
    // Without an early way out it is done for many bytes at a time.
    if rad.iter().fold(false, |nagot, b| nagot | ar(b)) {
        rad.iter().copied().find(ar)
    } else {
        None
    }
}

/// Which bytes end a field without quotes.
#[expect(
    clippy::indexing_slicing,
    reason = "made by the compiler, which says so if it is out of bounds"
)]
static SLUTAR: [bool; 256] = {
    let mut alla = [false; 256];
    let slut = [b' ', b'\t', b'{', b'}'];
    let mut nr = 0;
    while nr < slut.len() {
        alla[slut[nr] as usize] = true;
        nr += 1;
    }
    alla
};

/// The line without blanks before it.
#[inline]
fn utan_blanka(mut rad: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = rad {
        rad = rest;
    }
    rad
}

/// The fields of a line, one after the other.
#[derive(Clone, Copy)]
pub struct Falt<'a> {
    rest: &'a [u8],
    kodning: Kodning,
    /// A quotation mark had no mate: there are no more fields.
    oppet: bool,
}

impl<'a> Falt<'a> {
    pub(crate) const fn ny(rad: &'a [u8], kodning: Kodning) -> Self {
        Self {
            rest: rad,
            kodning,
            oppet: false,
        }
    }

    const fn inga(self) -> Self {
        Self { rest: b"", ..self }
    }

    /// Whether there are no more.
    #[must_use]
    pub fn ar_slut(self) -> bool {
        utan_blanka(self.rest).is_empty()
    }

    /// Whether they ended at a quotation mark without its mate.
    #[inline]
    pub(crate) const fn oppet(self) -> bool {
        self.oppet
    }

    /// The next field; none at the end of the line, where a brace stands, and after a quotation
    /// mark [without its mate](Self::oppet).
    #[inline]
    pub(crate) fn nasta(&mut self) -> Option<Text<'a>> {
        let rest = utan_blanka(self.rest);
        self.rest = rest;
        match rest {
            [] | [b'{' | b'}', ..] => None,
            [b'"', efter @ ..] => self.citat(efter),
            _ => {
                let slut = |b: &u8| SLUTAR.get(usize::from(*b)).copied().unwrap_or_default();
                let langd = rest.iter().position(slut).unwrap_or(rest.len());
                let (falt, efter) = rest.split_at_checked(langd)?;
                self.rest = efter;
                Some(Text::ny(falt, self.kodning, false))
            }
        }
    }

    /// The field that has begun with a quotation mark.
    #[inline]
    fn citat(&mut self, efter: &'a [u8]) -> Option<Text<'a>> {
        let mut bakstreck = false;
        let mut nu = 0_usize;
        loop {
            let rest = efter.get(nu..).unwrap_or_default();
            let plats = forsta(rest, [b'"', b'\\']);
            nu = nu.wrapping_add(plats);
            match rest.get(plats..) {
                Some([b'"', slut @ ..]) => {
                    self.rest = slut;
                    let bytes = efter.get(..nu).unwrap_or_default();
                    return Some(Text::ny(bytes, self.kodning, bakstreck));
                }
                Some([_, b'"', ..]) => {
                    bakstreck = true;
                    nu = nu.wrapping_add(2);
                }
                Some([_, ..]) => nu = nu.wrapping_add(1),
                _ => {
                    self.oppet = true;
                    self.rest = b"";
                    return None;
                }
            }
        }
    }

    /// What is left, from the next field on.
    #[inline]
    pub(crate) fn vid(&mut self) -> &'a [u8] {
        self.rest = utan_blanka(self.rest);
        self.rest
    }

    /// The next field, if it is without quotes and of just this length.
    #[inline]
    pub(crate) fn av_langd(&mut self, langd: usize) -> Option<Text<'a>> {
        let (falt, efter) = self.rest.split_at_checked(langd)?;
        if !matches!(efter, [] | [b' ' | b'\t' | b'{' | b'}', ..]) {
            return None;
        }
        self.rest = efter;
        Some(Text::ny(falt, self.kodning, false))
    }

    /// Steps past this brace, if it stands here.
    #[inline]
    pub(crate) fn klammer(&mut self, klammer: u8) -> bool {
        match utan_blanka(self.rest) {
            [forst, efter @ ..] if *forst == klammer => {
                self.rest = efter;
                true
            }
            _ => false,
        }
    }

    /// What has been stepped past since this was copied, as a list of objects; `dubbel` is a
    /// dimension that stands in it twice.
    #[inline]
    pub(crate) fn objekt_till(self, nu: Self, dubbel: Option<u32>) -> Objekt<'a> {
        let langd = self.rest.len().saturating_sub(nu.rest.len());
        let rest = self.rest.get(..langd).unwrap_or_default();
        Objekt {
            falt: Self { rest, ..self },
            dubbel,
        }
    }

    /// A list without objects.
    pub(crate) const fn utan_objekt(self) -> Objekt<'a> {
        Objekt {
            falt: self.inga(),
            dubbel: None,
        }
    }

    /// The bytes that count in a checksum, of all fields; braces do not.
    pub(crate) fn for_summan(mut self, ut: &mut Vec<u8>) {
        for text in &mut self {
            text.for_summan(ut);
        }
    }
}

impl<'a> Iterator for Falt<'a> {
    type Item = Text<'a>;

    /// Braces are passed over: what they hold is no field of the line's, but is of the label's.
    fn next(&mut self) -> Option<Text<'a>> {
        loop {
            if let Some(text) = self.nasta() {
                return Some(text);
            }
            if !self.klammer(b'{') && !self.klammer(b'}') {
                return None;
            }
        }
    }
}

impl fmt::Debug for Falt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

/// The dimensions and objects that a row is marked with: pairs of both.
#[derive(Clone, Copy)]
pub struct Objekt<'a> {
    falt: Falt<'a>,
    dubbel: Option<u32>,
}

impl Objekt<'_> {
    /// Whether the row is marked with none.
    #[must_use]
    pub fn ar_tom(self) -> bool {
        self.falt.ar_slut()
    }

    /// A dimension that the row is marked with twice, which the format does not allow.
    #[must_use]
    pub const fn dubbel_dimension(self) -> Option<u32> {
        self.dubbel
    }
}

impl<'a> Iterator for Objekt<'a> {
    type Item = (u32, Text<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let dim = heltal(self.falt.nasta()?, "").ok()?;
        Some((dim, self.falt.nasta()?))
    }
}

impl fmt::Debug for Objekt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(*self).finish()
    }
}

/// What a line of one sign is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Radform {
    /// Nothing but blanks.
    Tom,
    /// A brace alone.
    Oppnar,
    /// A brace alone.
    Stanger,
    /// Something else.
    Post,
}

/// Which it is.
#[inline]
pub(crate) fn form(rad: &[u8]) -> Radform {
    let (form, efter) = match utan_blanka(rad) {
        [] => return Radform::Tom,
        [b'{', efter @ ..] => (Radform::Oppnar, efter),
        [b'}', efter @ ..] => (Radform::Stanger, efter),
        _ => return Radform::Post,
    };
    if utan_blanka(efter).is_empty() {
        form
    } else {
        Radform::Post
    }
}

/// The line's number put to what is wrong with it.
pub(crate) const fn pa_rad(rad: u64, slag: Felslag) -> Fel {
    Fel { rad, slag }
}
