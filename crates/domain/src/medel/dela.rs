//! One amount in several parts that add up to it to the öre.

use crate::pengar::{Ore, Overflow};

/// Divides by weights: each part gets its share rounded down, and what is left goes an öre at
/// a time to those that lost most (the largest remainder), the earlier first when they lost
/// alike. `None` when no weight is above nothing, or one is below.
///
/// # Errors
/// [`Overflow`] when the weights are too large to add.
pub fn efter_vikt(belopp: Ore, vikter: &[i64]) -> Result<Option<Vec<Ore>>, Overflow> {
    let summa = vikter
        .iter()
        .try_fold(0_i64, |s, v| s.checked_add(*v))
        .ok_or(Overflow)?;
    if summa <= 0 || vikter.iter().any(|v| *v < 0) {
        return Ok(None);
    }
    let (helt, tecken) = (i128::from(belopp.absolut()), belopp.0.signum());
    let mut delar = Vec::with_capacity(vikter.len());
    let mut rester = Vec::with_capacity(vikter.len());
    for (nr, vikt) in vikter.iter().enumerate() {
        let tal = helt.checked_mul(i128::from(*vikt)).ok_or(Overflow)?;
        let kvot = tal.checked_div(i128::from(summa)).ok_or(Overflow)?;
        let rest = tal.checked_rem(i128::from(summa)).ok_or(Overflow)?;
        delar.push(i64::try_from(kvot).map_err(|_| Overflow)?);
        rester.push((std::cmp::Reverse(rest), nr));
    }
    let givet = delar
        .iter()
        .fold(0_i128, |s, d| s.saturating_add(i128::from(*d)));
    let kvar = usize::try_from(helt.saturating_sub(givet)).map_err(|_| Overflow)?;
    rester.sort_unstable();
    for (_, nr) in rester.into_iter().take(kvar) {
        if let Some(del) = delar.get_mut(nr) {
            *del = del.saturating_add(1);
        }
    }
    let med_tecken = delar.into_iter().map(|d| Ore(d.saturating_mul(tecken)));
    Ok(Some(med_tecken.collect()))
}

/// As [`efter_vikt`], in whole kronor as far as the amount is whole kronor: only then does the
/// last öre of an amount with öre go to a single part.
///
/// # Errors
/// As [`efter_vikt`].
pub fn i_kronor(belopp: Ore, vikter: &[i64]) -> Result<Option<Vec<Ore>>, Overflow> {
    if belopp.0.checked_rem(100) != Some(0) {
        return efter_vikt(belopp, vikter);
    }
    let kronor = Ore(belopp.0.checked_div(100).ok_or(Overflow)?);
    let Some(delar) = efter_vikt(kronor, vikter)? else {
        return Ok(None);
    };
    delar
        .into_iter()
        .map(|d| Ore::kronor(d.0))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// The parts of an amount that becomes another: those that `star` stay as they are as long as
/// there is room for them, and the others keep their proportions. With no room for them all keep
/// theirs. `None` when there are no proportions to keep.
///
/// # Errors
/// As [`efter_vikt`].
pub fn skala(delar: &[Ore], star: &[bool], nytt: Ore) -> Result<Option<Vec<Ore>>, Overflow> {
    let stannar = |nr: usize| star.get(nr).copied().unwrap_or(false);
    let fasta = Ore::summa(
        (0..)
            .zip(delar)
            .filter(|(nr, _)| stannar(*nr))
            .map(|(_, d)| *d),
    )?;
    let rorliga: Vec<i64> = (0..)
        .zip(delar)
        .filter(|(nr, _)| !stannar(*nr))
        .map(|(_, d)| d.0)
        .collect();
    let rest = nytt.minus(fasta)?;
    let nya = match rest >= Ore::NOLL {
        true => i_kronor(rest, &rorliga)?,
        false => None,
    };
    let Some(nya) = nya else {
        let alla: Vec<i64> = delar.iter().map(|d| d.0).collect();
        return i_kronor(nytt, &alla);
    };
    let mut nya = nya.into_iter();
    let ut = (0..).zip(delar).map(|(nr, d)| match stannar(nr) {
        true => Some(*d),
        false => nya.next(),
    });
    Ok(ut.collect())
}

#[cfg(test)]
mod tests;
