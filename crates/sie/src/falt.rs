//! A line in its fields (4B, chapter 5), taken one after the other.

use crate::fel::{Fel, Felslag};
use crate::kodning::{Kodning, Text};
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
}

impl<'a> Falt<'a> {
    pub(crate) const fn ny(rad: &'a [u8], kodning: Kodning) -> Self {
        Self { rest: rad, kodning }
    }

    const fn inga(self) -> Self {
        Self { rest: b"", ..self }
    }

    /// Whether there are no more.
    #[must_use]
    pub fn ar_slut(self) -> bool {
        utan_blanka(self.rest).is_empty()
    }

    /// The next field; none at the end of the line or where a brace stands.
    #[inline]
    pub(crate) fn nasta(&mut self) -> Result<Option<Text<'a>>, Felslag> {
        let rest = utan_blanka(self.rest);
        self.rest = rest;
        match rest {
            [] | [b'{' | b'}', ..] => Ok(None),
            [b'"', efter @ ..] => self.citat(efter).map(Some),
            _ => {
                let slut = |b: &u8| matches!(b, b' ' | b'\t' | b'{' | b'}');
                let langd = rest.iter().position(slut).unwrap_or(rest.len());
                let (falt, efter) = rest.split_at(langd);
                self.rest = efter;
                Ok(Some(Text::ny(falt, self.kodning, false)))
            }
        }
    }

    /// The field that has begun with a quotation mark.
    #[inline]
    fn citat(&mut self, efter: &'a [u8]) -> Result<Text<'a>, Felslag> {
        let mut bakstreck = false;
        let mut nu = 0_usize;
        loop {
            let rest = efter.get(nu..).unwrap_or_default();
            let tecken = |b: &u8| matches!(b, b'"' | b'\\');
            let Some(plats) = rest.iter().position(tecken) else {
                return Err(Felslag::Citat);
            };
            nu = nu.saturating_add(plats);
            match rest.get(plats..) {
                Some([b'"', slut @ ..]) => {
                    self.rest = slut;
                    let bytes = efter.get(..nu).unwrap_or_default();
                    return Ok(Text::ny(bytes, self.kodning, bakstreck));
                }
                Some([_, b'"', ..]) => {
                    bakstreck = true;
                    nu = nu.saturating_add(2);
                }
                _ => nu = nu.saturating_add(1),
            }
        }
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

    /// What has been stepped past since this was copied, as a list of objects.
    #[inline]
    pub(crate) fn objekt_till(self, nu: Self) -> Objekt<'a> {
        let langd = self.rest.len().saturating_sub(nu.rest.len());
        let rest = self.rest.get(..langd).unwrap_or_default();
        Objekt(Self { rest, ..self })
    }

    /// A list without objects.
    pub(crate) const fn utan_objekt(self) -> Objekt<'a> {
        Objekt(self.inga())
    }

    /// The bytes that count in a checksum, of all fields; braces do not.
    pub(crate) fn for_summan(mut self, ut: &mut Vec<u8>) {
        loop {
            match self.nasta() {
                Ok(Some(text)) => text.for_summan(ut),
                Ok(None) => match self.rest {
                    [_, efter @ ..] => self.rest = efter,
                    [] => return,
                },
                // A quotation mark without its mate: the line is refused anyway.
                Err(_) => return,
            }
        }
    }
}

impl<'a> Iterator for Falt<'a> {
    type Item = Text<'a>;

    fn next(&mut self) -> Option<Text<'a>> {
        // What a brace holds is no field of the line's, but is of the label's.
        loop {
            match self.nasta() {
                Ok(Some(text)) => return Some(text),
                Ok(None) if self.klammer(b'{') || self.klammer(b'}') => {}
                Ok(None) | Err(_) => return None,
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
pub struct Objekt<'a>(Falt<'a>);

impl Objekt<'_> {
    /// Whether the row is marked with none.
    #[must_use]
    pub fn ar_tom(self) -> bool {
        self.0.ar_slut()
    }
}

impl<'a> Iterator for Objekt<'a> {
    type Item = (u32, Text<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let dim = heltal(self.0.next()?, "").ok()?;
        Some((dim, self.0.next()?))
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
