//! What is wrong with one submission, in its page: at each field, and first of all.

use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltFel, Felsammanfattning};

/// The field with what is wrong, when it is the one concerned.
#[must_use]
pub fn med_fel<'a>(falt: Falt, fel: impl IntoIterator<Item = &'a Problem>) -> Falt {
    let eget = |p: &&Problem| p.falt.as_deref() == Some(falt.namn.as_str());
    match fel.into_iter().find(eget) {
        Some(fel) => falt.fel(mening(fel)),
        None => falt,
    }
}

/// What is wrong and how to put it right, as one text.
#[must_use]
pub fn mening(fel: &Problem) -> String {
    format!("{} {}", fel.text, fel.atgard)
}

/// The summary of these fields' errors, then of what belongs to none of them; `None` when
/// nothing is wrong.
#[must_use]
pub fn sammanfattning<'a>(
    rubrik: &str,
    falt: impl IntoIterator<Item = &'a Falt>,
    fel: &[Problem],
) -> Option<Felsammanfattning> {
    let falt: Vec<&Falt> = falt.into_iter().collect();
    let alla = Felsammanfattning::av(rubrik, falt.iter().copied()).map_or(Vec::new(), |f| f.fel);
    samlade(rubrik, alla, fel, |namn| {
        falt.iter().any(|f| f.namn == namn)
    })
}

/// As [`sammanfattning`], where the errors that stand at a field are known already.
#[must_use]
pub fn samlade(
    rubrik: &str,
    mut alla: Vec<FaltFel>,
    fel: &[Problem],
    finns: impl Fn(&str) -> bool,
) -> Option<Felsammanfattning> {
    let utan = fel
        .iter()
        .filter(|p| !p.falt.as_deref().is_some_and(&finns));
    alla.extend(utan.map(|p| FaltFel {
        falt: String::new(),
        text: mening(p),
    }));
    (!alla.is_empty()).then(|| Felsammanfattning {
        rubrik: rubrik.to_owned(),
        fel: alla,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use utfall_vyer::formular::FaltSlag;

    #[test]
    fn every_error_is_told_and_leads_to_its_field_when_it_has_one() {
        let fel = |text: &str, falt: Option<&str>| {
            let fel = Problem::ogiltigt("x", text, "Rätta.");
            falt.map_or(fel.clone(), |falt| fel.i_falt(falt))
        };
        let fel = [
            fel("Allt är fel.", None),
            fel("Två.", Some("b")),
            fel("Ett.", Some("a")),
            fel("Ett till.", Some("a")),
            fel("Borta.", Some("finns-inte")),
        ];
        let falt = ["a", "b", "c"].map(|namn| Falt::ny(namn, namn, FaltSlag::Text));
        let falt = falt.map(|f| med_fel(f, &fel));
        let summan = sammanfattning("Nej", &falt, &fel).unwrap();
        let rader: Vec<(&str, &str)> = summan
            .fel
            .iter()
            .map(|f| (f.falt.as_str(), f.text.as_str()))
            .collect();
        let ratt = [
            ("a", "Ett. Rätta."),
            ("b", "Två. Rätta."),
            ("", "Allt är fel. Rätta."),
            ("", "Borta. Rätta."),
        ];
        assert_eq!(rader, ratt);
        assert_eq!(sammanfattning("Nej", &falt[2..], &[]), None);
    }
}
