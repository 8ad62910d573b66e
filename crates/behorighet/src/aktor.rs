//! Somebody who acts: an account with its roles, the operator, or the public.

use crate::roll::{Roll, far_ha_tillsammans};
use utfall_domain::id::{AnvandareId, HuvudmanId};

/// Somebody who acts within one huvudman.
///
/// Invariant: the roles can be held together; one that may not does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aktor {
    anvandare: Option<AnvandareId>,
    huvudman: HuvudmanId,
    roller: Vec<Roll>,
}

/// Two roles that one person may not hold, or one that no account may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OforenligaRoller {
    /// The one.
    pub en: Roll,
    /// The other; the same as `en` when the role cannot be given to an account at all.
    pub annan: Roll,
}

impl std::fmt::Display for OforenligaRoller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.en == self.annan {
            return write!(f, "Rollen {} kan inte ges till ett konto.", self.en);
        }
        write!(
            f,
            "Samma person kan inte vara både {} och {}.",
            self.en, self.annan
        )
    }
}

impl std::error::Error for OforenligaRoller {}

impl Aktor {
    /// A signed-in account with its roles in a huvudman. Repeated roles count once.
    ///
    /// # Errors
    /// The first two roles that may not be held together, or a role no account may have.
    pub fn ny(
        anvandare: AnvandareId,
        huvudman: HuvudmanId,
        roller: &[Roll],
    ) -> Result<Self, OforenligaRoller> {
        let mut egna: Vec<Roll> = Vec::with_capacity(roller.len());
        for &roll in roller {
            if !roll.kan_tilldelas() {
                return Err(OforenligaRoller {
                    en: roll,
                    annan: roll,
                });
            }
            if let Some(&annan) = egna.iter().find(|&&har| !far_ha_tillsammans(har, roll)) {
                return Err(OforenligaRoller {
                    en: annan,
                    annan: roll,
                });
            }
            if !egna.contains(&roll) {
                egna.push(roll);
            }
        }
        egna.sort_unstable();
        Ok(Self {
            anvandare: Some(anvandare),
            huvudman,
            roller: egna,
        })
    }

    /// The operator at the installation's command line: acts under an account of its own,
    /// [`AnvandareId::DRIFT`], so that the journal says so.
    #[must_use]
    pub fn drift(huvudman: HuvudmanId) -> Self {
        Self {
            anvandare: Some(AnvandareId::DRIFT),
            huvudman,
            roller: vec![Roll::Driftansvarig],
        }
    }

    /// The public, reading what a huvudman has published.
    #[must_use]
    pub fn anonym(huvudman: HuvudmanId) -> Self {
        Self {
            anvandare: None,
            huvudman,
            roller: vec![Roll::Anonym],
        }
    }

    /// Whose account; `None` for the public.
    #[must_use]
    pub const fn anvandare(&self) -> Option<AnvandareId> {
        self.anvandare
    }

    /// In whose books.
    #[must_use]
    pub const fn huvudman(&self) -> HuvudmanId {
        self.huvudman
    }

    /// The roles, each once, in the order of the matrix.
    #[must_use]
    pub fn roller(&self) -> &[Roll] {
        &self.roller
    }

    /// Whether the action is allowed: for menus and buttons. Data demands a permit.
    #[must_use]
    pub fn far(&self, atgard: crate::Atgard) -> bool {
        self.roll_for(atgard).is_some()
    }

    /// The first of the roles that allows the action.
    pub(crate) fn roll_for(&self, atgard: crate::Atgard) -> Option<Roll> {
        let tillatna = crate::policy::roller(atgard);
        self.roller.iter().copied().find(|r| tillatna.contains(r))
    }
}
