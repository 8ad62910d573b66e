//! What would be counted twice: vouchers by hand of the same initiative and month as a file.

use super::laddat::Bokfort;
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_domain::id::{InsatsId, KonteringId, VerifikationId};
use utfall_domain::medel::kontering::Tolkning;
use utfall_domain::medel::verifikation::Handverifikation;
use utfall_domain::problem::Problem;

/// The vouchers by hand that stand, of initiatives and months that a file has new or changed
/// rows of: `rader` are its accounts and months.
pub(super) fn for_hand(
    bokfort: &Bokfort,
    rader: impl Iterator<Item = (KonteringId, Date)>,
) -> Vec<Handverifikation> {
    let tillbaka: BTreeSet<VerifikationId> =
        bokfort.for_hand.iter().filter_map(|v| v.rattar).collect();
    let mut star = bokfort
        .for_hand
        .iter()
        .filter(|v| v.rattar.is_none() && !tillbaka.contains(&v.id))
        .peekable();
    if star.peek().is_none() {
        return Vec::new();
    }
    let koppling = bokfort.regler();
    let hor = |(id, manad): (KonteringId, Date)| -> Option<(InsatsId, Date)> {
        let (k, typ) = bokfort.konteringar.get(&id)?;
        match koppling.tolka(k, *typ, manad.year()) {
            Ok(Tolkning::Raknas { till, .. }) => Some((till.insats, manad)),
            _ => None,
        }
    };
    let i_filen: BTreeSet<(InsatsId, Date)> = rader.filter_map(hor).collect();
    star.filter(|v| i_filen.contains(&(v.till.insats, v.datum.first_of_month())))
        .cloned()
        .collect()
}

/// A file is read in over vouchers by hand only when somebody says that both are to count.
pub(super) fn prova(for_hand: &[Handverifikation], bada: bool) -> Result<(), Problem> {
    if bada || for_hand.is_empty() {
        return Ok(());
    }
    let antal = for_hand.len();
    let vad = match antal {
        1 => "En verifikation för hand har samma insats och månad som filen.".to_owned(),
        n => format!("{n} verifikationer för hand har samma insatser och månader som filen."),
    };
    Err(Problem::ogiltigt(
        "sie-och-for-hand",
        format!("{vad} Finns de också i filen räknas de två gånger."),
        "Ta tillbaka dem som finns i filen, eller kryssa för att de inte finns i den.",
    )
    .i_falt("for-hand"))
}
