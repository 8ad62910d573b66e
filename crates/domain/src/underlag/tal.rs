//! A value in a table cell or a rate: an amount, a percentage or a count, with its precision.

use super::grund::fel_belopp;
use super::json::{Nod, Slag};
use super::las::{Lasare, Typer, Varde, kort};
use super::schema;
use crate::pengar::{Belopp, BeloppFel, MINUS, NBSP, grupperat};
use serde_json::{Value, json};

/// What a value is measured in. Values of different measures are never added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matt {
    /// Money; steps of one öre.
    Kronor,
    /// Per cent; steps of a thousandth of a percentage point.
    Procent,
    /// Per mille; steps of a thousandth of a per mille.
    Promille,
    /// Persons; steps of a thousandth, though only whole ones are written.
    Personer,
    /// Other things; steps of a thousandth.
    Antal,
}

impl Matt {
    /// Steps in one whole unit.
    #[must_use]
    pub const fn steg(self) -> i64 {
        match self {
            Self::Kronor => 100,
            Self::Procent | Self::Promille | Self::Personer | Self::Antal => 1000,
        }
    }
}

/// A value as it is stated: how much, of what, and how far the truth may lie from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tal {
    /// The measure.
    pub matt: Matt,
    /// The value in steps of the measure ([`Matt::steg`]).
    pub varde: i64,
    /// Half of the last stated digit, in the same steps; 0 when it is exact.
    pub halv: i64,
    /// Present when it is money: the amount with the unit it was written in.
    pub belopp: Option<Belopp>,
}

impl Tal {
    /// An amount of money.
    #[must_use]
    pub const fn kronor(belopp: Belopp) -> Self {
        let (varde, halv) = (belopp.ore.0, belopp.precision.halv());
        Self {
            matt: Matt::Kronor,
            varde,
            halv,
            belopp: Some(belopp),
        }
    }

    /// A whole number of persons or things.
    #[must_use]
    pub const fn antal(matt: Matt, antal: i64) -> Self {
        Self {
            matt,
            varde: antal.saturating_mul(matt.steg()),
            halv: 0,
            belopp: None,
        }
    }

    /// Reads `13,4 %`, `2 ‰`, `23 personer`, `140 st`, `12 månader` or an amount.
    ///
    /// # Errors
    /// As [`Belopp::las`].
    pub fn tolka(text: &str) -> Result<Self, BeloppFel> {
        let text = text.trim();
        let Some((tal, enhet)) = dela(text) else {
            return Belopp::las(text).map(Self::kronor);
        };
        let matt = match enhet.to_lowercase().as_str() {
            "%" | "procent" => Matt::Procent,
            "‰" | "promille" => Matt::Promille,
            "personer" | "person" | "deltagare" => Matt::Personer,
            "st" | "stycken" | "månader" | "timmar" | "dagar" => Matt::Antal,
            _ => return Belopp::las(text).map(Self::kronor),
        };
        decimaltal(tal, matt)
    }
}

/// The number and the unit after it.
fn dela(text: &str) -> Option<(&str, &str)> {
    let slut = text.rfind(|c: char| c.is_ascii_digit())?;
    let (tal, enhet) = text.split_at_checked(slut.checked_add(1)?)?;
    Some((tal.trim(), enhet.trim()))
}

fn decimaltal(text: &str, matt: Matt) -> Result<Tal, BeloppFel> {
    let negativt = text.starts_with(['-', MINUS]);
    let text = text.trim_start_matches(['-', MINUS]);
    let (hela, decimaler) = text.split_once(',').unwrap_or((text, ""));
    let hela: String = hela.chars().filter(|c| !matches!(*c, ' ' | NBSP)).collect();
    let rena = !hela.is_empty()
        && hela
            .bytes()
            .chain(decimaler.bytes())
            .all(|b| b.is_ascii_digit())
        && !text.ends_with(',');
    if !rena {
        return Err(BeloppFel::Felskrivet);
    }
    let hel_rakning = matches!(matt, Matt::Personer);
    if decimaler.len() > 3 || (hel_rakning && !decimaler.is_empty()) {
        return Err(BeloppFel::Decimaler);
    }
    let varde: i64 = format!("{hela}{decimaler:0<3}")
        .parse()
        .map_err(|_| BeloppFel::ForStort)?;
    // Counts are exact; a share is rounded to its last written digit.
    let halv = match (matt, decimaler.len()) {
        (Matt::Procent | Matt::Promille, 0) => 500,
        (Matt::Procent | Matt::Promille, 1) => 50,
        (Matt::Procent | Matt::Promille, 2) => 5,
        _ => 0,
    };
    // Larger than this cannot be summed safely over the permitted number of rows.
    if varde > 1_000_000_000_000_000 {
        return Err(BeloppFel::ForStort);
    }
    let varde = if negativt { -varde } else { varde };
    Ok(Tal {
        matt,
        varde,
        halv,
        belopp: None,
    })
}

/// As it is written in Swedish: `13,4 %`, `1 400 tkr`, `23 personer`.
impl std::fmt::Display for Tal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(belopp) = self.belopp {
            return f.write_str(&belopp.som_skrivet());
        }
        let steg = self.matt.steg().unsigned_abs();
        let (hela, rest) = (
            self.varde.unsigned_abs() / steg,
            self.varde.unsigned_abs() % steg,
        );
        let tecken = if self.varde < 0 {
            MINUS.to_string()
        } else {
            String::new()
        };
        write!(f, "{tecken}{}", grupperat(hela))?;
        let decimaler = match self.matt {
            Matt::Kronor if rest == 0 => String::new(),
            Matt::Kronor => format!("{rest:02}"),
            Matt::Procent | Matt::Promille => {
                let behall = match self.halv {
                    500 => 0,
                    50 => 1,
                    5 => 2,
                    _ => 3,
                };
                format!("{rest:03}").chars().take(behall).collect()
            }
            _ => format!("{rest:03}").trim_end_matches('0').to_owned(),
        };
        if !decimaler.is_empty() {
            write!(f, ",{decimaler}")?;
        }
        f.write_str(match self.matt {
            Matt::Kronor => "\u{a0}kr",
            Matt::Procent => "\u{a0}%",
            Matt::Promille => "\u{a0}‰",
            Matt::Personer => "\u{a0}personer",
            Matt::Antal => "\u{a0}st",
        })
    }
}

impl Varde for Tal {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        let skrivet = match &nod.slag {
            Slag::Text(text) => text.trim(),
            Slag::Heltal(_) | Slag::AnnatTal(_) => {
                let atgard = "Skriv talet som text med enhet: \"31 000 kr\", \"13,4 %\", \
                              \"23 personer\" eller \"140 st\".";
                l.fel("underlag-enhet", nod.rad, "Talet måste ha enhet.", atgard);
                return None;
            }
            _ => {
                l.fel_slag(nod, "ett tal med enhet inom citattecken");
                return None;
            }
        };
        match Self::tolka(skrivet) {
            Ok(tal) => Some(tal),
            Err(BeloppFel::Enhet) => {
                let fel = format!("”{}” har en enhet som inte finns här.", kort(skrivet));
                let atgard = "Enheten ska vara kr, tkr, Mkr, %, ‰, personer eller st.";
                l.fel("underlag-enhet", nod.rad, fel, atgard);
                None
            }
            Err(fel) => {
                fel_belopp(nod, l, skrivet, fel);
                None
            }
        }
    }

    fn skriv(&self) -> Option<Value> {
        Some(self.to_string().into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = json!({ "type": "string", "description":
            "Ett tal som text med enhet: kr, tkr, Mkr, %, ‰, personer eller st.",
            "examples": ["31 000 kr", "1 400 tkr", "13,4 %", "3 ‰", "23 personer", "140 st"] });
        schema::text(typer, "Tal", schema)
    }
}
