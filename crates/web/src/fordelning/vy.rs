//! How the table is seen: its unit, and what its amounts are compared with.

use super::Adress;
use crate::falt::Falt;
use utfall_domain::pengar::{Belopp, Enhet, NBSP, Ore, Precision};
use utfall_vyer::sidor::Visning;
use utfall_vyer::tal::TalVy;

/// What the amounts are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Jamfor {
    /// Nothing.
    #[default]
    Inget,
    /// What the initiative got from the funder the year before.
    Ifjol,
    /// What is saved: the version in force.
    Sparat,
}

/// Unit and comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vy {
    /// Kronor or thousands.
    pub enhet: Enhet,
    /// Compared with.
    pub jamfor: Jamfor,
}

impl Default for Vy {
    fn default() -> Self {
        Self {
            enhet: Enhet::Kr,
            jamfor: Jamfor::Inget,
        }
    }
}

impl Vy {
    /// As the fields of an address or a form say.
    pub fn ur(falt: &Falt) -> Self {
        Self {
            enhet: match falt.text("enhet") {
                "tkr" => Enhet::Tkr,
                _ => Enhet::Kr,
            },
            jamfor: match falt.text("jamfor") {
                "ifjol" => Jamfor::Ifjol,
                "sparat" => Jamfor::Sparat,
                _ => Jamfor::Inget,
            },
        }
    }

    /// With what a button asks for.
    pub fn med(self, visa: &str) -> Self {
        match visa {
            "kr" => Self {
                enhet: Enhet::Kr,
                ..self
            },
            "tkr" => Self {
                enhet: Enhet::Tkr,
                ..self
            },
            "ifjol" => Self {
                jamfor: Jamfor::Ifjol,
                ..self
            },
            "sparat" => Self {
                jamfor: Jamfor::Sparat,
                ..self
            },
            _ => Self {
                jamfor: Jamfor::Inget,
                ..self
            },
        }
    }

    /// Names and values of what is not as usual.
    pub fn falt(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let enhet = (self.enhet == Enhet::Tkr).then_some(("enhet", "tkr"));
        let jamfor = match self.jamfor {
            Jamfor::Inget => None,
            Jamfor::Ifjol => Some(("jamfor", "ifjol")),
            Jamfor::Sparat => Some(("jamfor", "sparat")),
        };
        enhet.into_iter().chain(jamfor)
    }

    /// The same way of seeing, in an address.
    pub fn i(self, till: Adress) -> Adress {
        self.falt()
            .fold(till, |till, (namn, varde)| till.fraga(namn, varde))
    }

    /// `kr` or `tkr`.
    pub const fn ord(self) -> &'static str {
        match self.enhet {
            Enhet::Tkr => "tkr",
            Enhet::Kr | Enhet::Mkr => "kr",
        }
    }

    /// An amount in the unit, exactly: what is typed back gives the same öre.
    pub fn text(self, ore: i64) -> String {
        if self.enhet != Enhet::Tkr {
            return Ore(ore).to_string();
        }
        let belopp = Belopp {
            ore: Ore(ore),
            precision: Precision::EXAKT,
            enhet: Enhet::Tkr,
        };
        let skrivet = belopp.som_skrivet();
        skrivet
            .trim_end_matches("tkr")
            .trim_end_matches(NBSP)
            .to_owned()
    }

    /// A figure of the register in the unit.
    pub fn tal(self, tal: TalVy, kant: Option<i64>) -> TalVy {
        match kant {
            Some(ore) if self.enhet == Enhet::Tkr => TalVy {
                text: self.text(ore),
                ..tal
            },
            _ => tal,
        }
    }

    /// The buttons or links over the table. `hit` is the page as it is saved.
    pub fn visning(self, hit: &Adress, kan_andras: bool) -> Vec<Visning> {
        let mut ut = Vec::new();
        let mut val = |varde, text, aktuell| {
            ut.push(Visning {
                varde,
                text,
                href: self.med(varde).i(hit.clone()).into(),
                aktuell,
            });
        };
        val("kr", "Kronor", self.enhet != Enhet::Tkr);
        val("tkr", "Tusental kronor", self.enhet == Enhet::Tkr);
        val("ingen", "Utan jämförelse", self.jamfor == Jamfor::Inget);
        val(
            "ifjol",
            "Jämför med året före",
            self.jamfor == Jamfor::Ifjol,
        );
        if kan_andras {
            val(
                "sparat",
                "Jämför med det sparade",
                self.jamfor == Jamfor::Sparat,
            );
        }
        ut
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use utfall_domain::medel::klistra::belopp;

    #[test]
    fn thousands_are_exact_and_read_back_to_the_ore() {
        let tkr = Vy::default().med("tkr");
        for (ore, text) in [
            (140_000_000, "1\u{a0}400"),
            (50_358_600, "503,586"),
            (1, "0,00001"),
            (0, "0"),
            (-70_000_000, "\u{2212}700"),
        ] {
            assert_eq!(tkr.text(ore), text);
            assert_eq!(belopp(text, Enhet::Tkr), Ok(Some(Ore(ore))));
        }
        assert_eq!(Vy::default().text(50_358_600), "503\u{a0}586");
    }

    #[test]
    fn a_way_of_seeing_is_kept_in_addresses_and_forms() {
        let vy = Vy::default().med("tkr").med("ifjol");
        let till: String = vy.i(crate::adress::fordelning("b")).into();
        assert_eq!(till, "/medel/b/fordelning?enhet=tkr&jamfor=ifjol");
        let falt = Falt::las(b"enhet=tkr&jamfor=ifjol").unwrap();
        assert_eq!(Vy::ur(&falt), vy);
        assert_eq!(vy.med("kr").med("ingen"), Vy::default());
    }
}
