//! An account's life: from the starting password to being closed.
//!
//! Tillstand: konto

use crate::faktum::kodat;
use crate::problem::{Problem, ProblemSlag};

kodat! {
    /// Where an account is in its life. Accounts are never removed: the journal names them.
    Kontolage {
        /// Somebody else chose the password: the first thing to do is to change it.
        Startlosenord = "startlosenord", "ska byta startlösenordet";
        /// In use.
        Aktivt = "aktivt", "öppet";
        /// Cannot sign in.
        Avstangt = "avstangt", "avstängt";
    }
}

impl Kontolage {
    /// Whether the account can sign in.
    #[must_use]
    pub const fn far_logga_in(self) -> bool {
        !matches!(self, Self::Avstangt)
    }

    /// Whether nothing else may be done before the password is changed.
    #[must_use]
    pub const fn ska_byta_losenord(self) -> bool {
        matches!(self, Self::Startlosenord)
    }

    /// Closed.
    ///
    /// # Errors
    /// When it already is.
    pub fn stang_av(self) -> Result<Self, Problem> {
        match self {
            Self::Startlosenord | Self::Aktivt => Ok(Self::Avstangt),
            Self::Avstangt => Err(nej(
                "konto-redan-avstangt",
                "Kontot är redan avstängt.",
                "Gå tillbaka till kontot och se hur det är nu.",
            )),
        }
    }

    /// With a starting password: a forgotten one is replaced, and a closed account opens.
    #[must_use]
    pub const fn med_startlosenord(self) -> Self {
        match self {
            Self::Startlosenord | Self::Aktivt | Self::Avstangt => Self::Startlosenord,
        }
    }

    /// With a password of the person's own.
    ///
    /// # Errors
    /// When the account is closed.
    pub fn med_eget_losenord(self) -> Result<Self, Problem> {
        match self {
            Self::Startlosenord | Self::Aktivt => Ok(Self::Aktivt),
            Self::Avstangt => Err(nej(
                "konto-avstangt",
                "Kontot är avstängt.",
                "Be den som är administratör öppna det igen.",
            )),
        }
    }
}

fn nej(kod: &'static str, text: &str, atgard: &str) -> Problem {
    Problem::nytt(ProblemSlag::Konflikt, kod, text, atgard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_goes_only_the_ways_there_are() {
        use Kontolage::{Aktivt, Avstangt, Startlosenord};
        assert_eq!(Startlosenord.med_eget_losenord(), Ok(Aktivt));
        assert_eq!(Aktivt.med_eget_losenord(), Ok(Aktivt));
        assert_eq!(
            Avstangt.med_eget_losenord().unwrap_err().kod,
            "konto-avstangt"
        );
        for lage in [Startlosenord, Aktivt] {
            assert_eq!(lage.stang_av(), Ok(Avstangt));
            assert!(lage.far_logga_in());
        }
        assert_eq!(Avstangt.stang_av().unwrap_err().kod, "konto-redan-avstangt");
        assert!(!Avstangt.far_logga_in());
        for lage in Kontolage::ALLA {
            assert_eq!(lage.med_startlosenord(), Startlosenord);
            assert_eq!(lage.ska_byta_losenord(), *lage == Startlosenord);
        }
    }
}
