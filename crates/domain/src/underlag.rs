//! `utfall-underlag/1`: what a paper states, as typed statements.
//!
//! An underlag never says what is true, only what the paper says and where. Judging it is
//! [`crate::granskning`]'s work, and turning it into grants and initiatives is `app`'s.
//! The format is documented in `docs/format/underlag.md`; the JSON Schema beside it is made
//! from these types by [`schema`].

mod grund;
mod json;
mod kontroll;
mod las;
mod schema;
mod tal;
pub mod typer;

use crate::problem::Problem;
use las::{Lasare, Varde};
use serde_json::Value;

pub use grund::{
    Antal, Ar, BidragRef, Id, InsatsRef, Manad, OrgRef, RadRef, Slug, TabellRef, Tidpunkt,
    ValfriRef, Veckodag,
};
pub use schema::schema;
pub use tal::{Matt, Tal};
pub use typer::*;

/// The name and version of the format.
pub const FORMAT: &str = "utfall-underlag/1";

/// How much a file may hold.
#[derive(Debug, Clone, Copy)]
pub struct Granser {
    /// Bytes in the file.
    pub byte: usize,
    /// Levels of nesting.
    pub djup: usize,
    /// Values in all.
    pub varden: usize,
    /// Elements of one list.
    pub rader: usize,
    /// Fields of one object.
    pub falt: usize,
    /// Characters in one text.
    pub tecken: usize,
    /// Faults that are reported at a time.
    pub problem: usize,
}

/// The limits. The largest of the five papers is a hundredth of them.
pub const GRANSER: Granser = Granser {
    byte: 4 * 1024 * 1024,
    djup: 12,
    varden: 200_000,
    rader: 10_000,
    falt: 100,
    tecken: 4_000,
    problem: 50,
};

/// One paper's statements under its short name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Underlag {
    /// The file's name without `.json`: `uppsala`.
    pub stam: String,
    /// The statements.
    pub rot: Rot,
}

impl std::ops::Deref for Underlag {
    type Target = Rot;

    fn deref(&self) -> &Rot {
        &self.rot
    }
}

impl std::ops::DerefMut for Underlag {
    fn deref_mut(&mut self) -> &mut Rot {
        &mut self.rot
    }
}

/// Reads an underlag. `stam` is the file's name without `.json`.
///
/// # Errors
/// Everything that is wrong, at most [`Granser::problem`] faults, each with file, row and
/// JSON path, the broken rule and the remedy. Nothing is read in part.
pub fn las(stam: &str, bytes: &[u8]) -> Result<Underlag, Vec<Problem>> {
    let text = avkoda(stam, bytes)?;
    let nod = json::tolka(text).map_err(|f| {
        let plats = format!("{stam}.json, rad {}", f.rad);
        vec![Problem::ogiltigt(f.kod, f.text, f.atgard).pa(plats)]
    })?;
    let mut lasare = Lasare::ny(stam);
    let rot = Rot::las(&nod, &mut lasare);
    let problem = lasare.slut();
    match rot {
        Some(rot) if problem.is_empty() => Ok(Underlag {
            stam: stam.to_owned(),
            rot,
        }),
        _ => Err(problem),
    }
}

/// Writes an underlag; reading it again gives the same statements.
#[must_use]
pub fn skriv(underlag: &Underlag) -> Value {
    underlag.rot.skriv().unwrap_or_default()
}

/// Size and encoding.
fn avkoda<'a>(stam: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<Problem>> {
    if bytes.len() > GRANSER.byte {
        let mib = GRANSER.byte / 1024 / 1024;
        let text = format!(
            "Filen är {} byte; ett underlag får vara högst {mib} MiB.",
            bytes.len()
        );
        let atgard = "Dela upp papperet i flera underlag.";
        let plats = format!("{stam}.json");
        return Err(vec![
            Problem::ogiltigt("underlag-storlek", text, atgard).pa(plats),
        ]);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|fel| {
        let byte = fel.valid_up_to();
        let fore = bytes.get(..byte).unwrap_or_default();
        let rad = fore.iter().filter(|b| **b == b'\n').count() + 1;
        let text = format!("Filen är inte UTF-8: byte {} går inte att läsa.", byte + 1);
        let atgard = "Spara filen som UTF-8 i ditt textprogram och försök igen.";
        let plats = format!("{stam}.json, rad {rad}");
        vec![Problem::ogiltigt("underlag-utf8", text, atgard).pa(plats)]
    })
}

#[cfg(test)]
mod prov;
#[cfg(test)]
mod tests;
