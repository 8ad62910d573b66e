//! Whole numbers, days and amounts as they are written in a file.

use crate::fel::{Felslag, borjan};
use crate::kodning::Text;
use jiff::civil::Date;

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

/// The whole number that these bytes begin with, of one to eight figures, and how many.
#[inline]
pub(crate) fn forst_heltal(bytes: &[u8]) -> Option<(u32, usize)> {
    let (mut tal, mut langd) = (0_u32, 0_usize);
    for byte in bytes.iter().take(9) {
        let siffra = byte.wrapping_sub(b'0');
        if siffra > 9 {
            break;
        }
        tal = tal.wrapping_mul(10).wrapping_add(u32::from(siffra));
        langd = langd.wrapping_add(1);
    }
    (1..9).contains(&langd).then_some((tal, langd))
}

/// The amount that these bytes begin with, with two decimals, and its length.
#[inline]
pub(crate) fn forst_belopp(bytes: &[u8]) -> Option<(i64, usize)> {
    let (minus, siffror) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    let (mut tal, mut langd) = (0_i64, 0_usize);
    for byte in siffror.iter().take(RYMS) {
        let siffra = byte.wrapping_sub(b'0');
        if siffra > 9 {
            break;
        }
        tal = tal.wrapping_mul(10).wrapping_add(i64::from(siffra));
        langd = langd.wrapping_add(1);
    }
    let Some([b'.', tio @ b'0'..=b'9', en @ b'0'..=b'9', ..]) = siffror.get(langd..) else {
        return None;
    };
    if langd == 0 {
        return None;
    }
    let oren = i64::from(tio.wrapping_sub(b'0')).wrapping_mul(10);
    let oren = oren.wrapping_add(i64::from(en.wrapping_sub(b'0')));
    let tal = tal.wrapping_mul(100).wrapping_add(oren);
    let langd = langd.wrapping_add(3).wrapping_add(usize::from(minus));
    Some((if minus { tal.wrapping_neg() } else { tal }, langd))
}

#[cold]
pub(crate) fn inget_tal(text: Text<'_>, vantat: &'static str) -> Felslag {
    Felslag::Tal {
        text: borjan(&text.las()),
        vantat,
    }
}

/// The day read last, as written and as understood: nearly every day in a file is the one
/// before it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dagminne {
    bytes: [u8; 8],
    dag: Date,
}

impl Dagminne {
    /// The day, if the bytes begin with the one read last.
    #[inline]
    pub(crate) fn samma(&self, bytes: &[u8]) -> Option<Date> {
        let forst = bytes.first_chunk::<8>()?;
        (*forst == self.bytes).then_some(self.dag)
    }

    /// `ÅÅÅÅMMDD`.
    pub(crate) fn dag(&mut self, text: Text<'_>) -> Result<Date, Felslag> {
        let fel = || Felslag::Datum(borjan(&text.las()));
        let bytes = <[u8; 8]>::try_from(text.ra()).map_err(|_| fel())?;
        if self.bytes != bytes {
            let tal = heltal(text, "").map_err(|_| fel())?;
            let (ar, resten) = (tal / 10_000, tal % 10_000);
            let ar = i16::try_from(ar).map_err(|_| fel())?;
            let del = |tal: u32| i8::try_from(tal).map_err(|_| fel());
            let dag = Date::new(ar, del(resten / 100)?, del(resten % 100)?);
            *self = Self {
                bytes,
                dag: dag.map_err(|_| fel())?,
            };
        }
        Ok(self.dag)
    }

    /// A day that may be left out.
    pub(crate) fn valfri(&mut self, text: Text<'_>) -> Result<Option<Date>, Felslag> {
        if text.ar_tom() {
            Ok(None)
        } else {
            self.dag(text).map(Some)
        }
    }
}

/// The first day of `ÅÅÅÅMM`.
pub(crate) fn manad(text: Text<'_>) -> Option<Date> {
    let tal = heltal(text, "").ok().filter(|_| text.ra().len() == 6)?;
    let ar = i16::try_from(tal / 100).ok()?;
    let manad = i8::try_from(tal % 100).ok()?;
    Date::new(ar, manad, 1).ok()
}

/// An amount in hundredths. The second is true when a comma stood for the point.
pub(crate) fn belopp(text: Text<'_>) -> Result<(i64, bool), Felslag> {
    let hela = text.ra();
    let (minus, siffror) = match hela.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, hela),
    };
    let (tal, komma) = utan_tecken(siffror, text)?;
    Ok((if minus { tal.saturating_neg() } else { tal }, komma))
}

/// So many digits cannot overflow, with two more.
const RYMS: usize = 16;

/// The amount without its sign, however it is written, and what is wrong when it is none.
fn utan_tecken(siffror: &[u8], text: Text<'_>) -> Result<(i64, bool), Felslag> {
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
    Ok((tal, komma))
}
