//! Warnings about an amount of a distribution: it may be right, and somebody can say why. What
//! must not be is refused by `app::medel::fordela` and is no warning.
//!
//! An explanation holds for the amount it was given for. With another amount the warning is
//! back, without anybody having to take the explanation away.

use crate::faktum::kodat;
use crate::id::{AnvandareId, BidragId, InsatsId};
use crate::insatser::Insats;
use crate::pengar::{NBSP, Ore};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

kodat! {
    /// What an amount is warned for.
    VarningRegel {
        /// The initiative has not begun or has ended.
        UtanforAren = "utanfor-aren", "utanför insatsens år";
        /// So small that the unit may be wrong.
        Enhet = "enhet", "ovanligt litet belopp";
        /// Half or less, or twice or more, of what it got the year before.
        Hopp = "hopp", "stor skillnad mot året före";
        /// Another amount than the saved calculation comes to.
        Kalkyl = "kalkyl", "annat belopp än kalkylen";
        /// Nobody has decided how much there is that year.
        EjBeslutat = "ej-beslutat", "inget är beslutat för året";
    }
}

/// An amount below this many kronor is asked about.
const LITET_KR: i64 = 1_000;

/// A cell that is tried.
#[derive(Clone, Copy, Debug)]
pub struct Provad<'a> {
    /// The row.
    pub insats: &'a Insats,
    /// The column.
    pub ar: i16,
    /// The amount as it would be.
    pub belopp: Ore,
    /// What the initiative got the year before from the same funder; `None` when nothing is
    /// known of it.
    pub aret_fore: Option<Ore>,
    /// What the saved calculation of the initiative and year comes to.
    pub kalkyl: Option<Ore>,
    /// Whether it is decided how much the grant is that year.
    pub beslutat: bool,
}

/// A warning about a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Varning {
    /// The row.
    pub insats: InsatsId,
    /// The column.
    pub ar: i16,
    /// The amount it is about.
    pub belopp: Ore,
    /// What it is warned for.
    pub regel: VarningRegel,
    /// The sentence a person reads, with what to do.
    pub text: String,
}

/// An explained warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Godtagen {
    /// The grant of the distribution.
    pub bidrag: BidragId,
    /// The row.
    pub insats: InsatsId,
    /// The column.
    pub ar: i16,
    /// What it is warned for.
    pub regel: VarningRegel,
    /// The amount it was explained for, and no other.
    pub belopp: Ore,
    /// Why it is right.
    pub motivering: String,
    /// When.
    pub registrerad: Timestamp,
    /// By whom.
    pub registrerad_av: AnvandareId,
}

impl Godtagen {
    /// Whether it explains this warning of this grant.
    #[must_use]
    pub fn forklarar(&self, bidrag: BidragId, v: &Varning) -> bool {
        (self.bidrag, self.insats, self.ar) == (bidrag, v.insats, v.ar)
            && (self.regel, self.belopp) == (v.regel, v.belopp)
    }
}

/// The warnings about a cell, in the order of the rules. Nothing and zero warn of nothing.
#[must_use]
pub fn varningar(cell: &Provad<'_>) -> Vec<Varning> {
    if cell.belopp <= Ore::NOLL {
        return Vec::new();
    }
    [
        utanfor_aren(cell),
        enhet(cell),
        hopp(cell),
        kalkylen(cell),
        ej_beslutat(cell),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn varning(cell: &Provad<'_>, regel: VarningRegel, text: &str) -> Varning {
    Varning {
        insats: cell.insats.id,
        ar: cell.ar,
        belopp: cell.belopp,
        regel,
        text: format!("{}, {}: {text}", cell.insats.namn, cell.ar),
    }
}

fn utanfor_aren(cell: &Provad<'_>) -> Option<Varning> {
    let ord = match (cell.insats.start_ar, cell.insats.slut_ar) {
        (Some(start), _) if cell.ar < start => format!("insatsen börjar {start}"),
        (_, Some(slut)) if cell.ar > slut => format!("insatsen slutar {slut}"),
        _ => return None,
    };
    let text = format!("{ord}. Kontrollera året, eller skriv varför den får pengar ändå.");
    Some(varning(cell, VarningRegel::UtanforAren, &text))
}

fn enhet(cell: &Provad<'_>) -> Option<Varning> {
    let kronor = Ore::kronor(LITET_KR).ok()?;
    let text = format!(
        "{}{NBSP}kr är ett ovanligt litet belopp. Menade du tusental?",
        cell.belopp
    );
    (cell.belopp < kronor).then(|| varning(cell, VarningRegel::Enhet, &text))
}

fn hopp(cell: &Provad<'_>) -> Option<Varning> {
    let fore = cell.aret_fore.filter(|o| *o > Ore::NOLL)?;
    let (nu, da) = (cell.belopp.0, fore.0);
    let dubbelt = nu.checked_div(2)? >= da;
    let halften = da.checked_div(2)? >= nu;
    if !dubbelt && !halften {
        return None;
    }
    let ord = if dubbelt {
        "minst dubbelt så mycket som"
    } else {
        "högst hälften av"
    };
    let ar = cell.ar.checked_sub(1)?;
    let text = format!("{ord} {fore}{NBSP}kr året före ({ar}). Kontrollera beloppet.");
    Some(varning(cell, VarningRegel::Hopp, &text))
}

fn kalkylen(cell: &Provad<'_>) -> Option<Varning> {
    let kalkyl = cell.kalkyl.filter(|k| *k != cell.belopp)?;
    let skillnad = cell.belopp.minus(kalkyl).ok()?;
    let ord = if skillnad > Ore::NOLL {
        "mer"
    } else {
        "mindre"
    };
    let skillnad = Ore(skillnad.0.saturating_abs());
    let text = format!(
        "{skillnad}{NBSP}kr {ord} än kalkylen, som kommer till {kalkyl}{NBSP}kr. Kontrollera \
         beloppet eller kalkylen."
    );
    Some(varning(cell, VarningRegel::Kalkyl, &text))
}

fn ej_beslutat(cell: &Provad<'_>) -> Option<Varning> {
    let text = "inget belopp är beslutat för bidraget det året. Vänta med fördelningen eller lägg \
                den som ett förslag, eller skriv varför den beslutas redan nu.";
    (!cell.beslutat).then(|| varning(cell, VarningRegel::EjBeslutat, text))
}

#[cfg(test)]
mod tests;
