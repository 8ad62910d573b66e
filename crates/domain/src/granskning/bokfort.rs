//! `namnd-mot-bokforing`: what a board says that it has used of a grant, beside what is booked
//! of it. The books win where they are; this says when the board says otherwise.

use super::fynd::{Allvar, Fynd, Rad};
use super::storhet::Storhet;
use crate::underlag::{Ar, Matt};

/// What one board reports of a grant and a year, and what is booked of the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bokfortsagt {
    /// The short name of where it stands, in findings.
    pub dokument: String,
    /// Which grant and year, and which board: `Statsbidrag 2026, Socialnämnden`.
    pub plats: String,
    /// What the board is called.
    pub namnd: String,
    /// The year.
    pub ar: i16,
    /// What it reports, in öre, and how far the true amount may lie from it.
    pub sagt: (i64, i64),
    /// What is booked, in öre.
    pub bokfort: i64,
    /// The accounts end before the year does: how far they reach, in words.
    pub bokfort_till: Option<String>,
    /// The statement and what is booked.
    pub rader: Vec<Rad>,
}

/// The rule.
pub(super) fn namnd_mot_bokforing(alla: &[Bokfortsagt]) -> Vec<Fynd> {
    alla.iter().filter_map(ett).collect()
}

fn ett(b: &Bokfortsagt) -> Option<Fynd> {
    let (sagt, halv) = b.sagt;
    let sagt = Storhet {
        matt: Matt::Kronor,
        varde: sagt.into(),
        halv: halv.into(),
    };
    let bokfort = Storhet::exakt(Matt::Kronor, b.bokfort.into());
    if sagt.forenlig(bokfort) {
        return None;
    }
    let skillnad = sagt.minus(bokfort);
    let text = format!(
        "{} redovisar att {sagt} är använt {}, men {bokfort} är bokfört. Skillnaden är {}. \
         Siffrorna räknar med bokföringen.",
        b.namnd,
        b.ar,
        skillnad.absolut().som_skillnad(),
    );
    let atgard = "Ta reda på vilket som stämmer. Är det nämndens uppgift som är fel rättar du \
                  den. Saknas något i bokföringen läser du in det, eller ändrar vilka konton \
                  som hör till insatsen.";
    let fynd = Fynd {
        regel: "namnd-mot-bokforing",
        dokument: b.dokument.clone(),
        ..Fynd::tal(Allvar::Varning, &b.plats, sagt, bokfort)
    };
    let fynd = fynd.sager(text, atgard);
    let fynd = match &b.bokfort_till {
        Some(till) => fynd.kan_bero_pa(format!("Bokföringen är inläst bara till {till}.")),
        None => fynd,
    };
    Some(fynd.pa(b.rader.clone()).for_ar([Ar(b.ar)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fall(sagt: i64, halv: i64, bokfort: i64) -> Bokfortsagt {
        Bokfortsagt {
            dokument: "registret".into(),
            plats: "Statsbidrag 2026, Socialnämnden".into(),
            namnd: "Socialnämnden".into(),
            ar: 2026,
            sagt: (sagt, halv),
            bokfort,
            bokfort_till: None,
            rader: Vec::new(),
        }
    }

    #[test]
    fn a_board_that_reports_otherwise_than_is_booked_is_told_of() {
        let [fynd] = namnd_mot_bokforing(&[fall(143_284_100, 0, 150_000_000)])
            .try_into()
            .unwrap();
        assert_eq!(fynd.allvar, Allvar::Varning);
        let text = fynd.text.replace('\u{a0}', " ");
        assert!(
            text.contains("Socialnämnden redovisar att 1 432 841 kr"),
            "{text}"
        );
        assert!(text.contains("1 500 000 kr är bokfört"), "{text}");
        assert!(text.contains("67 159 kr"), "{text}");
        assert_eq!((fynd.ar, fynd.mojligt.len()), (vec![2026], 0));
    }

    #[test]
    fn the_same_and_what_rounding_explains_is_silent() {
        let tusental = 50_000;
        assert!(namnd_mot_bokforing(&[fall(150_000_000, 0, 150_000_000)]).is_empty());
        assert!(namnd_mot_bokforing(&[fall(150_000_000, tusental, 150_049_900)]).is_empty());
        assert_eq!(
            namnd_mot_bokforing(&[fall(150_000_000, tusental, 150_060_000)]).len(),
            1
        );
    }

    #[test]
    fn accounts_that_end_early_may_explain_it() {
        let tidigt = Bokfortsagt {
            bokfort_till: Some("2026-09-30".into()),
            ..fall(100, 0, 50)
        };
        let fynd = namnd_mot_bokforing(&[tidigt]);
        assert_eq!(
            fynd[0].mojligt,
            ["Bokföringen är inläst bara till 2026-09-30."]
        );
    }
}
