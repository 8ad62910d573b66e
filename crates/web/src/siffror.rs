//! Figures on their way to a page: each from the register of measures, each leading to its
//! derivation.

use crate::adress;
use jiff::Timestamp;
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_domain::faktum::{Enhet, Faktum};
use utfall_domain::id::{FaktumId, InsatsId};
use utfall_domain::matt::{Harledning, Matt, Synlighet, Urval, Utfall};
use utfall_domain::pengar::{Ore, heltal};
use utfall_domain::publicering::Publicerat;
use utfall_domain::tid;
use utfall_domain::varde::{Tecken, Varde};
use utfall_vyer::tal::{TalVy, Tecken as Vytecken};

/// The figures of one page: the books as of its day, and whom the page is for.
pub struct Siffror<'a> {
    /// The books.
    pub bok: &'a Bok,
    fakta: Vec<&'a Faktum>,
    laget: Laget<'a>,
}

/// Where a page stands, and so where its figures lead.
#[derive(Clone, Copy)]
enum Laget<'a> {
    /// Behind sign-in.
    Inloggad,
    /// In public, about one published thing or about several.
    Publik(&'a str, Option<Publicerat>),
    /// In an issued report: in public, or behind sign-in.
    Rapport(Option<&'a str>, &'a str),
}

impl<'a> Siffror<'a> {
    /// For a page behind sign-in.
    #[must_use]
    pub fn ny(bok: &'a Bok) -> Self {
        Self {
            bok,
            fakta: bok.fakta(),
            laget: Laget::Inloggad,
        }
    }

    /// For a public page of this huvudman: about one published thing (with its own books), or
    /// about several.
    #[must_use]
    pub fn publika(bok: &'a Bok, huvudman: &'a str, sak: Option<Publicerat>) -> Self {
        Self {
            laget: Laget::Publik(huvudman, sak),
            ..Self::ny(bok)
        }
    }

    /// For the figures of an issued report, from the rows frozen in it: in public when
    /// `huvudman` says whose.
    #[must_use]
    pub fn i_rapport(bok: &'a Bok, huvudman: Option<&'a str>, rapport: &'a str) -> Self {
        Self {
            laget: Laget::Rapport(huvudman, rapport),
            ..Self::ny(bok)
        }
    }

    /// Whose public page it is; `None` behind sign-in.
    #[must_use]
    pub const fn huvudman(&self) -> Option<&'a str> {
        match self.laget {
            Laget::Inloggad => None,
            Laget::Publik(huvudman, _) => Some(huvudman),
            Laget::Rapport(huvudman, _) => huvudman,
        }
    }

    /// The facts in force.
    #[must_use]
    pub fn fakta(&self) -> &[&'a Faktum] {
        &self.fakta
    }

    /// The facts in force about an initiative.
    #[must_use]
    pub fn om_insats(&self, insats: InsatsId) -> Vec<&'a Faktum> {
        self.bok.om_insats(insats)
    }

    /// A fact in force, by its number.
    #[must_use]
    pub fn faktum(&self, id: FaktumId) -> Option<&'a Faktum> {
        self.bok.faktum(id)
    }

    /// A figure with its derivation.
    #[must_use]
    pub fn matt(&self, matt: Matt, urval: &Urval) -> Harledning {
        self.bok.matt(matt, urval)
    }

    /// The value alone, as the reader may know it.
    #[must_use]
    pub fn varde(&self, matt: Matt, urval: &Urval) -> Varde {
        let harledning = self.matt(matt, urval);
        if self.far_visas(&harledning) {
            harledning.utfall.varde
        } else {
            Varde::Sekretess
        }
    }

    /// The known number, when there is one to show.
    #[must_use]
    pub fn kant(&self, matt: Matt, urval: &Urval) -> Option<i64> {
        self.varde(matt, urval).kant()
    }

    /// Whether anything has been said about it at all.
    #[must_use]
    pub fn finns(&self, matt: Matt, urval: &Urval) -> bool {
        self.matt(matt, urval).utfall.har_fakta
    }

    /// The figure as it stands in a table, leading to its derivation. A sum of which a part is
    /// missing says so, and how much is known.
    #[must_use]
    pub fn tal(&self, matt: Matt, urval: &Urval) -> TalVy {
        let harledning = self.matt(matt, urval);
        let tal = if self.far_visas(&harledning) {
            utfall(&harledning.utfall, matt.enhet())
        } else {
            varde(Varde::Sekretess, matt.enhet())
        };
        tal.lank(self.lank(matt, urval))
    }

    /// The figure with its unit, for running text and key figures.
    #[must_use]
    pub fn med_enhet(&self, matt: Matt, urval: &Urval) -> TalVy {
        med_enhet(self.tal(matt, urval), matt.enhet())
    }

    fn lank(&self, matt: Matt, urval: &Urval) -> String {
        match self.laget {
            Laget::Inloggad => adress::harledning_av(matt, urval, self.bok.per_dag()),
            Laget::Publik(huvudman, sak) => {
                adress::publik_harledning_av(huvudman, matt, urval, sak)
            }
            Laget::Rapport(huvudman, rapport) => {
                adress::rapportharledning_av(huvudman, rapport, matt, urval)
            }
        }
        .into()
    }

    /// Behind sign-in everything. In public what is public, and of people only what an
    /// already public paper has printed (ARCHITECTURE.md invariant 9).
    #[must_use]
    pub fn far_visas(&self, harledning: &Harledning) -> bool {
        if self.huvudman().is_none() {
            return true;
        }
        match harledning.matt.definition().synlighet {
            Synlighet::Publik => true,
            // Whoever published a report published its figures, and what they are made of.
            Synlighet::Inloggad => {
                matches!(self.laget, Laget::Rapport(..)) && harledning.matt.enhet() == Enhet::Ore
            }
            Synlighet::PublikOmTryckt => self.tryckt(harledning),
        }
    }

    /// Whether the rows behind a figure may be told. In public never of what is for those who
    /// sign in, though a published report prints its sum.
    #[must_use]
    pub fn far_visa_rader(&self, harledning: &Harledning) -> bool {
        let inloggad = harledning.matt.definition().synlighet == Synlighet::Inloggad;
        self.far_visas(harledning) && !(inloggad && self.huvudman().is_some())
    }

    fn tryckt(&self, harledning: &Harledning) -> bool {
        let rader = harledning.rader.iter().all(|id| {
            let faktum = self.faktum(*id);
            let kalla = faktum.and_then(|f| f.fakta.kalla.as_ref());
            kalla
                .and_then(|kalla| self.bok.underlag(kalla.underlag))
                .is_some_and(|underlag| underlag.offentligt)
        });
        rader
            && harledning
                .led
                .iter()
                .all(|led| self.tryckt(&led.harledning))
    }
}

/// A figure as it stands in a table, without link: the only place that tells of a sum of
/// which a part is missing.
#[must_use]
pub fn utfall(utfall: &Utfall, enhet: Enhet) -> TalVy {
    TalVy {
        kand_del: utfall.kand_del.map(|del| text(del, enhet)),
        utan_obeslutat: utfall.utan_obeslutat,
        preliminar: utfall.preliminar,
        efter_avslut: utfall.efter_avslut,
        ..varde(utfall.varde, enhet)
    }
}

/// A figure with its unit; a sign has none, but what is known of it has.
#[must_use]
pub fn med_enhet(tal: TalVy, av: Enhet) -> TalVy {
    let ord = enhet(av);
    let tal = TalVy {
        kand_del: tal.kand_del.map(|del| format!("{del}\u{a0}{ord}")),
        ..tal
    };
    if tal.text.is_empty() {
        tal
    } else {
        tal.enhet(ord)
    }
}

/// A value as it stands in a table, without link.
#[must_use]
pub fn varde(varde: Varde, enhet: Enhet) -> TalVy {
    match (varde.tecken(), varde) {
        (None, Varde::Kant(tal)) => TalVy::utan_lank(text(tal, enhet)),
        (Some(Tecken::EjBeslutat), _) => TalVy::tecken(Vytecken::EjBeslutat),
        (Some(Tecken::EjInrapporterat), _) => TalVy::tecken(Vytecken::EjInrapporterat),
        (Some(Tecken::Sekretess), _) => TalVy::tecken(Vytecken::Sekretess),
        (Some(Tecken::Okant) | None, _) => TalVy::tecken(Vytecken::Okant),
    }
}

/// A number of a unit in words for Swedish readers.
#[must_use]
pub fn text(tal: i64, enhet: Enhet) -> String {
    match enhet {
        Enhet::Ore => Ore(tal).to_string(),
        Enhet::Personer | Enhet::Antal => heltal(tal),
        Enhet::Promille => {
            let tecken = if tal < 0 { "\u{2212}" } else { "" };
            format!(
                "{tecken}{},{}",
                tal.unsigned_abs() / 10,
                tal.unsigned_abs() % 10
            )
        }
        Enhet::Hundradelsprocent => {
            let tecken = if tal < 0 { "\u{2212}" } else { "" };
            let (hela, del) = (tal.unsigned_abs() / 100, tal.unsigned_abs() % 100);
            match del {
                0 => format!("{tecken}{hela}"),
                _ => format!("{tecken}{hela},{del:02}"),
            }
        }
    }
}

/// The unit after a number.
#[must_use]
pub const fn enhet(enhet: Enhet) -> &'static str {
    match enhet {
        Enhet::Ore => "kr",
        Enhet::Personer => "personer",
        Enhet::Antal => "st",
        Enhet::Promille | Enhet::Hundradelsprocent => "procent",
    }
}

/// The unit as it stands in a caption.
#[must_use]
pub const fn enhet_i_rubrik(enhet: Enhet) -> &'static str {
    match enhet {
        Enhet::Ore => "Kronor",
        Enhet::Personer => "Personer",
        Enhet::Antal => "Antal",
        Enhet::Promille | Enhet::Hundradelsprocent => "Procent",
    }
}

/// `2 februari 2022`, unbroken between day and month.
#[must_use]
pub fn dag(datum: Date) -> String {
    tid::i_ord(datum).replacen(' ', "\u{a0}", 1)
}

/// `2 februari 2022` in one piece, for a cell.
#[must_use]
pub fn kort_dag(datum: Date) -> String {
    tid::i_ord(datum).replace(' ', "\u{a0}")
}

/// `1 februari 2022 kl. 16.20`, Stockholm time.
#[must_use]
pub fn klockslag(tidpunkt: Timestamp) -> String {
    let har = tidpunkt.to_zoned(tid::stockholm());
    format!("{} kl.\u{a0}{}", kort_dag(har.date()), klockan(tidpunkt))
}

/// `16.20`, Stockholm time.
#[must_use]
pub fn klockan(tidpunkt: Timestamp) -> String {
    let har = tidpunkt.to_zoned(tid::stockholm());
    format!("{:02}.{:02}", har.hour(), har.minute())
}

/// `ett fel`, `3 fel`; `ingen insats`, `en insats`, `4 insatser`.
#[must_use]
pub fn antal(tal: usize, inget: &str, ett: &str, flera: &str) -> String {
    match tal {
        0 => inget.to_owned(),
        1 => ett.to_owned(),
        n => format!("{n}\u{a0}{flera}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn five_values_look_different_from_each_other_and_from_zero() {
        let alla = [
            Varde::Kant(0),
            Varde::Okant,
            Varde::EjBeslutat,
            Varde::EjInrapporterat,
            Varde::Sekretess,
        ];
        let sedda: std::collections::HashSet<String> = alla
            .map(|v| format!("{:?}", varde(v, Enhet::Ore)))
            .into_iter()
            .collect();
        assert_eq!(sedda.len(), 5);
        assert_eq!(
            varde(Varde::Kant(0), Enhet::Ore).tecken,
            Some(Vytecken::Noll)
        );
    }

    #[test]
    fn numbers_and_days_are_written_for_swedes() {
        assert_eq!(text(805_200_000, Enhet::Ore), "8\u{a0}052\u{a0}000");
        assert_eq!(text(-134, Enhet::Promille), "\u{2212}13,4");
        assert_eq!(kort_dag(date(2022, 2, 2)), "2\u{a0}februari\u{a0}2022");
        assert_eq!(dag(date(2022, 2, 2)), "2\u{a0}februari 2022");
        let sen: Timestamp = "2022-02-01T23:20:00Z".parse().unwrap();
        assert_eq!(klockslag(sen), "2\u{a0}februari\u{a0}2022 kl.\u{a0}00.20");
        assert_eq!(antal(0, "inget", "ett fel", "fel"), "inget");
        assert_eq!(antal(3, "inget", "ett fel", "fel"), "3\u{a0}fel");
    }
}
