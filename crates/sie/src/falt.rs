//! A line in its fields (4B, chapter 5).

use crate::fel::{Fel, Felslag, borjan};
use crate::kodning::{Kodning, Text};
use jiff::civil::Date;

/// A piece of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bit {
    fran: u32,
    till: u32,
    slag: Slag,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slag {
    Falt { bakstreck: bool },
    Oppnar,
    Stanger,
}

/// What a byte is to the one who splits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Klass {
    Vanlig,
    Blank,
    Oppnar,
    Stanger,
    Styr,
}

const fn klass(byte: u8) -> Klass {
    match byte {
        b' ' | b'\t' => Klass::Blank,
        b'{' => Klass::Oppnar,
        b'}' => Klass::Stanger,
        0..=0x1f | 0x7f => Klass::Styr,
        _ => Klass::Vanlig,
    }
}

/// Splits a line into its pieces, in place of those that are there.
pub(crate) fn dela(rad: &[u8], bitar: &mut Vec<Bit>) -> Result<(), Felslag> {
    bitar.clear();
    let mut nu = 0_usize;
    while let Some(&byte) = rad.get(nu) {
        let (slag, fran, till, nasta) = match klass(byte) {
            Klass::Blank => {
                nu = nu.saturating_add(1);
                continue;
            }
            Klass::Styr => return Err(Felslag::Styrtecken(byte)),
            Klass::Oppnar => (Slag::Oppnar, nu, nu, nu.saturating_add(1)),
            Klass::Stanger => (Slag::Stanger, nu, nu, nu.saturating_add(1)),
            Klass::Vanlig if byte == b'"' => {
                let fran = nu.saturating_add(1);
                let (till, bakstreck) = citat(rad, fran)?;
                (Slag::Falt { bakstreck }, fran, till, till.saturating_add(1))
            }
            Klass::Vanlig => {
                let till = oskyddat(rad, nu);
                (Slag::Falt { bakstreck: false }, nu, till, till)
            }
        };
        // Lines are at most a mebibyte.
        let plats = |p: usize| u32::try_from(p).unwrap_or(u32::MAX);
        bitar.push(Bit {
            fran: plats(fran),
            till: plats(till),
            slag,
        });
        nu = nasta;
    }
    Ok(())
}

/// The end of a field without quotes.
fn oskyddat(rad: &[u8], fran: usize) -> usize {
    let rest = rad.get(fran..).unwrap_or_default();
    let langd = rest.iter().position(|b| klass(*b) != Klass::Vanlig);
    fran.saturating_add(langd.unwrap_or(rest.len()))
}

/// The place of the quotation mark that ends a field, and whether any inside it is escaped.
fn citat(rad: &[u8], fran: usize) -> Result<(usize, bool), Felslag> {
    let mut bakstreck = false;
    let mut nu = fran;
    while let Some(&byte) = rad.get(nu) {
        match byte {
            b'"' => return Ok((nu, bakstreck)),
            b'\\' if rad.get(nu.saturating_add(1)) == Some(&b'"') => {
                bakstreck = true;
                nu = nu.saturating_add(2);
            }
            _ if klass(byte) == Klass::Styr => return Err(Felslag::Styrtecken(byte)),
            _ => nu = nu.saturating_add(1),
        }
    }
    Err(Felslag::Citat)
}

/// The fields of a line, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Falt<'a> {
    rad: &'a [u8],
    bitar: &'a [Bit],
    kodning: Kodning,
}

impl<'a> Falt<'a> {
    pub(crate) const fn ny(rad: &'a [u8], bitar: &'a [Bit], kodning: Kodning) -> Self {
        Self {
            rad,
            bitar,
            kodning,
        }
    }

    const fn inga(self) -> Self {
        Self { bitar: &[], ..self }
    }

    /// Whether there are no more.
    #[must_use]
    pub const fn ar_slut(self) -> bool {
        self.bitar.is_empty()
    }

    fn text_av(self, bit: Bit, bakstreck: bool) -> Text<'a> {
        let plats = |p: u32| usize::try_from(p).unwrap_or(usize::MAX);
        let bytes = self.rad.get(plats(bit.fran)..plats(bit.till));
        Text::ny(bytes.unwrap_or_default(), self.kodning, bakstreck)
    }

    /// The next field; none at the end of the line or where a brace stands.
    pub(crate) fn nasta(&mut self) -> Option<Text<'a>> {
        let (bit, rest) = self.bitar.split_first()?;
        let Slag::Falt { bakstreck } = bit.slag else {
            return None;
        };
        self.bitar = rest;
        Some(self.text_av(*bit, bakstreck))
    }

    /// The next field, or the empty text: an optional field is left out at the end of a line
    /// or written as `""`.
    pub(crate) fn valfri(&mut self) -> Text<'a> {
        self.nasta().unwrap_or(Text::tom())
    }

    pub(crate) fn kravd(
        &mut self,
        etikett: &'static str,
        falt: &'static str,
    ) -> Result<Text<'a>, Felslag> {
        self.nasta().ok_or(Felslag::Saknas { etikett, falt })
    }

    /// What stands within the braces that begin here; `None` when none do.
    pub(crate) fn lista(&mut self) -> Result<Option<Self>, Felslag> {
        let Some((forsta, rest)) = self.bitar.split_first() else {
            return Ok(None);
        };
        if forsta.slag != Slag::Oppnar {
            return Ok(None);
        }
        let slut = rest
            .iter()
            .position(|b| !matches!(b.slag, Slag::Falt { .. }));
        let (inne, efter) = rest.split_at(slut.unwrap_or(rest.len()));
        match efter.split_first() {
            Some((sista, efter)) if sista.slag == Slag::Stanger => {
                self.bitar = efter;
                Ok(Some(Self {
                    bitar: inne,
                    ..*self
                }))
            }
            _ => Err(Felslag::Klammer),
        }
    }

    /// The only piece of the line, if it is an opening or a closing brace.
    pub(crate) const fn ensam_klammer(self) -> Option<bool> {
        match self.bitar {
            [
                Bit {
                    slag: Slag::Oppnar, ..
                },
            ] => Some(true),
            [
                Bit {
                    slag: Slag::Stanger,
                    ..
                },
            ] => Some(false),
            _ => None,
        }
    }

    /// Every byte that counts in a checksum, over all fields; braces do not.
    pub(crate) fn for_summan(self, mut ta: impl FnMut(&[u8])) {
        for bit in self.bitar {
            if let Slag::Falt { bakstreck } = bit.slag {
                self.text_av(*bit, bakstreck).for_summan(&mut ta);
            }
        }
    }
}

impl<'a> Iterator for Falt<'a> {
    type Item = Text<'a>;

    /// Fields only: braces are passed over.
    fn next(&mut self) -> Option<Text<'a>> {
        loop {
            if let Some(text) = self.nasta() {
                return Some(text);
            }
            let (_, rest) = self.bitar.split_first()?;
            self.bitar = rest;
        }
    }
}

/// The dimensions and objects that a row is marked with: pairs of both.
#[derive(Clone, Copy, Debug)]
pub struct Objekt<'a>(Falt<'a>);

impl<'a> Objekt<'a> {
    /// Pairs of a whole number and an object; refused when half a pair is left.
    pub(crate) fn av(
        lista: Option<Falt<'a>>,
        tom: Falt<'a>,
        etikett: &'static str,
    ) -> Result<Self, Felslag> {
        let falt = lista.unwrap_or(tom.inga());
        let mut prova = falt;
        while let Some(dim) = prova.nasta() {
            heltal(dim, "numret på en dimension")?;
            prova.kravd(etikett, "objektet i en objektlista")?;
        }
        Ok(Self(falt))
    }

    /// Whether the row is marked with none.
    #[must_use]
    pub const fn ar_tom(self) -> bool {
        self.0.ar_slut()
    }
}

impl<'a> Iterator for Objekt<'a> {
    type Item = (u32, Text<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let dim = heltal(self.0.nasta()?, "").ok()?;
        Some((dim, self.0.nasta()?))
    }
}

/// A whole number without sign.
pub(crate) fn heltal(text: Text<'_>, vantat: &'static str) -> Result<u32, Felslag> {
    let bytes = text.ra();
    let mut tal = 0_u32;
    for byte in bytes {
        let siffra = byte.wrapping_sub(b'0');
        let nytt = tal
            .checked_mul(10)
            .and_then(|t| t.checked_add(u32::from(siffra)));
        match nytt {
            Some(nytt) if siffra < 10 => tal = nytt,
            _ => return Err(inget_tal(text, vantat)),
        }
    }
    if bytes.is_empty() {
        Err(inget_tal(text, vantat))
    } else {
        Ok(tal)
    }
}

pub(crate) fn inget_tal(text: Text<'_>, vantat: &'static str) -> Felslag {
    Felslag::Tal {
        text: borjan(&text.las()),
        vantat,
    }
}

/// `ÅÅÅÅMMDD`.
pub(crate) fn datum(text: Text<'_>) -> Result<Date, Felslag> {
    let fel = || Felslag::Datum(borjan(&text.las()));
    let tal = heltal(text, "").map_err(|_| fel())?;
    if text.ra().len() != 8 {
        return Err(fel());
    }
    let (ar, resten) = (tal / 10_000, tal % 10_000);
    let ar = i16::try_from(ar).map_err(|_| fel())?;
    let del = |tal: u32| i8::try_from(tal).map_err(|_| fel());
    Date::new(ar, del(resten / 100)?, del(resten % 100)?).map_err(|_| fel())
}

/// A day that may be left out.
pub(crate) fn valfritt_datum(text: Text<'_>) -> Result<Option<Date>, Felslag> {
    if text.ar_tom() {
        Ok(None)
    } else {
        datum(text).map(Some)
    }
}

/// An amount in hundredths. The second is true when a comma stood for the point.
pub(crate) fn belopp(text: Text<'_>) -> Result<(i64, bool), Felslag> {
    let hela = text.ra();
    let (minus, siffror) = match hela.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, hela),
    };
    let punkt = siffror.iter().position(|b| matches!(b, b'.' | b','));
    let (kronor, oren) = siffror.split_at(punkt.unwrap_or(siffror.len()));
    let komma = oren.first() == Some(&b',');
    let oren = oren.get(1..).unwrap_or_default();
    let giltigt = !(kronor.is_empty() && oren.is_empty())
        && kronor.iter().chain(oren).all(u8::is_ascii_digit);
    if !giltigt {
        return Err(inget_tal(text, "ett belopp; det skrivs som -1234.50"));
    }
    let skrivet = || borjan(&text.las());
    let oren = match oren {
        [] => 0,
        [tio] => i64::from(tio.wrapping_sub(b'0')).saturating_mul(10),
        [tio, en] => {
            let tio = i64::from(tio.wrapping_sub(b'0')).saturating_mul(10);
            tio.saturating_add(i64::from(en.wrapping_sub(b'0')))
        }
        _ => return Err(Felslag::Decimaler(skrivet())),
    };
    let mut tal = 0_i64;
    for siffra in kronor {
        let siffra = i64::from(siffra.wrapping_sub(b'0'));
        let nytt = tal.checked_mul(10).and_then(|t| t.checked_add(siffra));
        tal = nytt.ok_or_else(|| Felslag::ForStort(skrivet()))?;
    }
    let tal = tal.checked_mul(100).and_then(|t| t.checked_add(oren));
    let tal = tal.ok_or_else(|| Felslag::ForStort(skrivet()))?;
    Ok((if minus { tal.saturating_neg() } else { tal }, komma))
}

/// The line's number put to what is wrong with it.
pub(crate) const fn pa_rad(rad: u64, slag: Felslag) -> Fel {
    Fel { rad, slag }
}
