//! Everything that is wrong with one submission, found at once: whoever filled in a form is
//! told of all of it, and not of one field at a time.

use utfall_domain::problem::Problem;

/// What is wrong with a submission, in the order it was looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brister(Vec<Problem>);

impl Brister {
    /// The value, or `None` when it is wrong; what is wrong is kept.
    pub fn prova<T>(&mut self, svar: Result<T, Problem>) -> Option<T> {
        match svar {
            Ok(varde) => Some(varde),
            Err(fel) => {
                self.0.push(fel);
                None
            }
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn inga(&self) -> bool {
        self.0.is_empty()
    }

    /// Refuses with what was found first.
    ///
    /// # Errors
    /// That, when anything is wrong.
    pub fn neka(self) -> Result<(), Problem> {
        self.0.into_iter().next().map_or(Ok(()), Err)
    }

    /// With what others have found, except in fields that have their fault already: what
    /// could not be read is not also missing. Two places are two faults.
    #[must_use]
    pub fn med(mut self, andra: impl IntoIterator<Item = Problem>) -> Self {
        for fel in andra {
            let sagt = |p: &Problem| {
                let samma = match &p.falt {
                    Some(_) => p.falt == fel.falt,
                    None => p.kod == fel.kod,
                };
                samma && p.plats == fel.plats
            };
            if !self.0.iter().any(sagt) {
                self.0.push(fel);
            }
        }
        self
    }

    /// All of it.
    #[must_use]
    pub fn alla(self) -> Vec<Problem> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fel(kod: &'static str, falt: Option<&str>) -> Problem {
        let fel = Problem::ogiltigt(kod, "Fel.", "Rätta.");
        falt.map_or(fel.clone(), |falt| fel.i_falt(falt))
    }

    #[test]
    fn all_that_is_wrong_is_kept_and_each_field_is_told_once() {
        let mut b = Brister::default();
        assert!(b.inga());
        assert_eq!(b.prova(Ok(3)), Some(3));
        assert_eq!(b.prova::<()>(Err(fel("olasligt", Some("ar")))), None);
        assert!(!b.inga());
        let b = b.med([
            fel("saknas", Some("ar")),
            fel("namn", Some("namn")),
            fel("allt", None),
            fel("allt", None),
        ]);
        let koder: Vec<&str> = b.clone().alla().iter().map(|p| p.kod).collect();
        assert_eq!(koder, ["olasligt", "namn", "allt"]);
        assert_eq!(b.neka().unwrap_err().kod, "olasligt");
        assert_eq!(Brister::default().neka(), Ok(()));
    }
}
