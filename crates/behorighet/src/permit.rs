//! The proof that somebody may do something, and its refusal.

use crate::aktor::Aktor;
use crate::atgard::Atgard;
use crate::policy;
use crate::roll::Roll;
use std::fmt;
use utfall_domain::id::{AnvandareId, HuvudmanId};
use utfall_domain::problem::{Problem, ProblemSlag};

/// Proof that one actor may do one thing in one huvudman's books.
///
/// Made by [`prova`] only. A copy is for the same actor and action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    anvandare: Option<AnvandareId>,
    huvudman: HuvudmanId,
    roll: Roll,
    atgard: Atgard,
    roller: Vec<Roll>,
}

/// Asks for a permit: the one place where access is decided.
///
/// # Errors
/// [`Nekad`] with the action and the roles that may, when none of the actor's roles may.
pub fn prova(aktor: &Aktor, atgard: Atgard) -> Result<Permit, Nekad> {
    let roll = aktor.roll_for(atgard).ok_or(Nekad { atgard })?;
    Ok(Permit {
        anvandare: aktor.anvandare(),
        huvudman: aktor.huvudman(),
        roll,
        atgard,
        roller: aktor.roller().to_vec(),
    })
}

impl Permit {
    /// Whose account it was given to; `None` for the public, which never writes.
    #[must_use]
    pub const fn anvandare(&self) -> Option<AnvandareId> {
        self.anvandare
    }

    /// Whose books it opens. The store reads and writes no others with it.
    #[must_use]
    pub const fn huvudman(&self) -> HuvudmanId {
        self.huvudman
    }

    /// The role that allowed it, for the journal.
    #[must_use]
    pub const fn roll(&self) -> Roll {
        self.roll
    }

    /// What it allows.
    #[must_use]
    pub const fn atgard(&self) -> Atgard {
        self.atgard
    }

    /// Whether the same actor may do this too, in whichever of their roles: for what an action
    /// lets some of those who may do it touch, and others not.
    #[must_use]
    pub fn far_aven(&self, atgard: Atgard) -> bool {
        let far = policy::roller(atgard);
        self.roller.iter().any(|roll| far.contains(roll))
    }

    /// Checks that the permit is for this action.
    ///
    /// # Errors
    /// [`FelPermit`] when it was given for something else: a fault in the program.
    pub fn kraver(&self, atgard: Atgard) -> Result<(), FelPermit> {
        self.kraver_nagon(&[atgard])
    }

    /// Checks that the permit is for one of these actions: for rows that several pages read.
    ///
    /// # Errors
    /// [`FelPermit`] when it was given for something else: a fault in the program.
    pub fn kraver_nagon(&self, atgarder: &[Atgard]) -> Result<(), FelPermit> {
        if atgarder.contains(&self.atgard) {
            return Ok(());
        }
        Err(FelPermit {
            har: self.atgard,
            kraver: atgarder.first().copied(),
        })
    }
}

/// A permit for one action was used for another: a fault in the program, never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FelPermit {
    /// What the permit is for.
    pub har: Atgard,
    /// What it was used for (the first of them).
    pub kraver: Option<Atgard>,
}

impl fmt::Display for FelPermit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kraver = self.kraver.map_or("(ingen)", Atgard::kod);
        write!(f, "permit för {} använt till {kraver}", self.har.kod())
    }
}

impl std::error::Error for FelPermit {}

/// None of the actor's roles allows the action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nekad {
    /// What was refused.
    pub atgard: Atgard,
}

impl Nekad {
    /// The roles that may, in the order of the matrix.
    #[must_use]
    pub fn roller_som_far(&self) -> &'static [Roll] {
        policy::roller(self.atgard)
    }

    /// Whom to ask, as one sentence.
    #[must_use]
    pub fn vem_far(&self) -> String {
        let namn: Vec<&str> = self.roller_som_far().iter().map(|r| r.namn()).collect();
        match namn.split_last() {
            None => "Det får ingen roll.".to_owned(),
            Some((enda, [])) => format!("Det får bara den som är {enda}."),
            Some((sista, forsta)) => {
                format!("Det får den som är {} eller {sista}.", forsta.join(", "))
            }
        }
    }
}

impl fmt::Display for Nekad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Din roll får inte {}. {}", self.atgard, self.vem_far())
    }
}

impl std::error::Error for Nekad {}

impl From<Nekad> for Problem {
    fn from(nekad: Nekad) -> Self {
        Self::nytt(
            ProblemSlag::Nekad,
            "behorighet-nekad",
            format!("Din roll får inte {}.", nekad.atgard),
            format!(
                "{} Fråga den som är administratör hos er om du behöver rollen.",
                nekad.vem_far()
            ),
        )
    }
}
