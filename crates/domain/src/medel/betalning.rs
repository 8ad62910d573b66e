//! How an organisation is paid: its account, and that somebody else has looked at it.
//!
//! A changed account is how money is stolen. Two see to it: one enters what it is now, another
//! confirms it, and until then it is marked wherever somebody is about to pay.

use super::post::{Innehall, Medelspost};
use crate::id::{AnvandareId, OrganisationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How an organisation is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Betalningsuppgift {
    /// Plusgiro, digits only.
    pub plusgiro: Option<String>,
    /// Bankgiro, digits only.
    pub bankgiro: Option<String>,
    /// Reference or cost code.
    pub referens: Option<String>,
    /// The row confirms what the row before it said, and says nothing new.
    pub bekraftar: bool,
}

impl Betalningsuppgift {
    /// Where the money goes, without what it is marked with.
    #[must_use]
    pub fn konton(&self) -> (Option<&str>, Option<&str>) {
        (self.plusgiro.as_deref(), self.bankgiro.as_deref())
    }

    /// Nothing is said.
    #[must_use]
    pub fn tom(&self) -> bool {
        self.konton() == (None, None) && self.referens.is_none()
    }

    /// `bankgiro 188-4774, referens 44120000/02`.
    #[must_use]
    pub fn i_ord(&self) -> String {
        let delar = [
            self.bankgiro
                .as_ref()
                .map(|n| format!("bankgiro {}", bankgiro_i_ord(n))),
            self.plusgiro
                .as_ref()
                .map(|n| format!("plusgiro {}", plusgiro_i_ord(n))),
            self.referens.as_ref().map(|r| format!("referens {r}")),
        ];
        let delar: Vec<String> = delar.into_iter().flatten().collect();
        if delar.is_empty() {
            return "inget angivet".to_owned();
        }
        delar.join(", ")
    }
}

/// How an organisation is paid now, and who has seen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Betalningslage<'a> {
    /// The last row.
    pub rad: &'a Medelspost,
    /// What holds.
    pub uppgift: &'a Betalningsuppgift,
    /// Who last changed where the money goes.
    pub andrad_av: AnvandareId,
    /// When.
    pub andrad: Timestamp,
    /// Who confirmed it since; `None` while nobody has.
    pub bekraftad_av: Option<AnvandareId>,
    /// The accounts that were confirmed before.
    pub fore: Option<&'a Betalningsuppgift>,
}

impl Betalningslage<'_> {
    /// Nobody but the one who changed it has seen it.
    #[must_use]
    pub fn obekraftad(&self) -> bool {
        self.bekraftad_av.is_none() && self.uppgift.konton() != (None, None)
    }
}

/// The rows about how an organisation is paid, oldest first.
#[must_use]
pub fn rader(poster: &[Medelspost], o: OrganisationId) -> Vec<(&Medelspost, &Betalningsuppgift)> {
    poster
        .iter()
        .filter(|p| p.post.om.organisation == Some(o))
        .filter_map(|p| match &p.post.innehall {
            Innehall::Betalning(b) => Some((p, b)),
            _ => None,
        })
        .collect()
}

/// How an organisation is paid now; `None` when nobody has said.
#[must_use]
pub fn laget(poster: &[Medelspost], o: OrganisationId) -> Option<Betalningslage<'_>> {
    let mut nu: Option<Betalningslage<'_>> = None;
    for (rad, uppgift) in rader(poster, o) {
        let vem = rad.registrerad_av;
        nu = Some(match nu.take() {
            Some(l) if uppgift.bekraftar => Betalningslage {
                rad,
                bekraftad_av: Some(vem),
                fore: Some(uppgift),
                ..l
            },
            // A new reference is no new account: who answers for the account is the same.
            Some(l) if l.uppgift.konton() == uppgift.konton() => {
                Betalningslage { rad, uppgift, ..l }
            }
            l => Betalningslage {
                rad,
                uppgift,
                andrad_av: vem,
                andrad: rad.registrerad,
                bekraftad_av: None,
                fore: l.and_then(|l| l.fore),
            },
        });
    }
    nu
}

/// The last digit checks the others (modulus 10), as in every bankgiro and plusgiro number.
fn kontrollerat(siffror: &str) -> bool {
    let summa: u32 = siffror
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .zip([1, 2].iter().cycle())
        .map(|(siffra, vikt)| match (vikt, siffra) {
            (1, siffra) => siffra,
            // Twice the digit, and the sum of its own digits.
            (_, 9) => 9,
            (_, siffra) => siffra.saturating_mul(2).checked_rem(9).unwrap_or(0),
        })
        .fold(0, u32::saturating_add);
    summa.is_multiple_of(10) && siffror.chars().any(|c| c != '0')
}

fn siffror(text: &str) -> Option<String> {
    let nr: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    nr.chars().all(|c| c.is_ascii_digit()).then_some(nr)
}

/// A bankgiro number as seven or eight digits; `None` unless its last digit is right.
#[must_use]
pub fn las_bankgiro(text: &str) -> Option<String> {
    siffror(text).filter(|nr| (7..=8).contains(&nr.len()) && kontrollerat(nr))
}

/// A plusgiro number as two to eight digits; `None` unless its last digit is right.
#[must_use]
pub fn las_plusgiro(text: &str) -> Option<String> {
    siffror(text).filter(|nr| (2..=8).contains(&nr.len()) && kontrollerat(nr))
}

fn delat(nr: &str, sist: usize) -> String {
    match nr
        .len()
        .checked_sub(sist)
        .and_then(|n| nr.split_at_checked(n))
    {
        Some((fram, bak)) => format!("{fram}-{bak}"),
        None => nr.to_owned(),
    }
}

/// `188-4774`.
#[must_use]
pub fn bankgiro_i_ord(nr: &str) -> String {
    delat(nr, 4)
}

/// `123456-6`.
#[must_use]
pub fn plusgiro_i_ord(nr: &str) -> String {
    delat(nr, 1)
}

#[cfg(test)]
mod tests;
