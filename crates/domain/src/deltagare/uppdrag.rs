//! Who may see whom: the second of the two steps of access.
//!
//! A role says what somebody may do; an assignment (*uppdrag*) says with whose participants, and
//! when. The role is given by who administers accounts and the assignment by who answers for the
//! initiative, so that no one person can open the door alone (doman.md 1.1).

use crate::id::{AnvandareId, InsatsId, OrganisationId, UppdragId};
use crate::organisation::OrganisationSlag;
use crate::problem::Problem;
use jiff::civil::Date;

/// That an account works with the participants of an initiative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uppdrag {
    /// Its number.
    pub id: UppdragId,
    /// Whose.
    pub konto: AnvandareId,
    /// With which initiative.
    pub insats: InsatsId,
    /// The performer that employs the person, and answers for the participants' data
    /// (personuppgiftsansvarig).
    pub organisation: OrganisationId,
    /// First day.
    pub fran: Date,
    /// Last day; none: until further.
    pub till: Option<Date>,
    /// The day the person had been taught what secrecy and the register demand.
    pub utbildad: Date,
}

impl Uppdrag {
    /// Whether it opens anything on a day.
    #[must_use]
    pub fn galler(&self, dag: Date) -> bool {
        self.fran <= dag && self.till.is_none_or(|sist| dag <= sist)
    }

    /// Everything that is wrong with it today, when the organisation it names is of this kind.
    #[must_use]
    pub fn brister(&self, slag: OrganisationSlag, idag: Date) -> Vec<Problem> {
        let mut fel = Vec::new();
        if slag == OrganisationSlag::Samordningsforbund {
            // The office finances and follows up; it does not serve individuals (lag 2003:1210,
            // 7 §), and whom it has helped is nothing it may see.
            let text = "Den som är anställd av ett samordningsförbund kan inte se deltagare.";
            let atgard = "Välj den verksamhet som möter deltagarna och som personen arbetar för.";
            fel.push(Problem::ogiltigt("uppdrag-forbund", text, atgard).i_falt("organisation"));
        }
        if self.till.is_some_and(|sist| sist < self.fran) {
            let text = "Uppdraget slutar innan det börjar.";
            let atgard = "Skriv en sista dag som är samma som den första eller senare.";
            fel.push(Problem::ogiltigt("uppdrag-dagar", text, atgard).i_falt("till"));
        }
        if self.utbildad > idag {
            let text = "Utbildningen är inte gjord än.";
            let atgard = "Ge uppdraget när personen har gått utbildningen.";
            fel.push(Problem::ogiltigt("uppdrag-utbildning", text, atgard).i_falt("utbildad"));
        }
        fel
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn uppdrag() -> Uppdrag {
        Uppdrag {
            id: UppdragId::FORSTA,
            konto: AnvandareId::FORSTA,
            insats: InsatsId::FORSTA,
            organisation: OrganisationId::FORSTA,
            fran: date(2026, 1, 10),
            till: Some(date(2026, 6, 30)),
            utbildad: date(2026, 1, 9),
        }
    }

    #[test]
    fn it_opens_from_its_first_day_to_its_last() {
        let u = uppdrag();
        let dagar = [(1, 9), (1, 10), (6, 30), (7, 1)].map(|(m, d)| u.galler(date(2026, m, d)));
        assert_eq!(dagar, [false, true, true, false]);
        assert!(Uppdrag { till: None, ..u }.galler(date(2099, 1, 1)));
    }

    #[test]
    fn nobody_employed_by_an_association_sees_participants() {
        let koder = |u: &Uppdrag, slag| -> Vec<&'static str> {
            let fel = u.brister(slag, date(2026, 1, 9));
            fel.iter().map(|p| p.kod).collect()
        };
        let u = uppdrag();
        assert!(koder(&u, OrganisationSlag::Namnd).is_empty());
        let forbund = OrganisationSlag::Samordningsforbund;
        assert_eq!(koder(&u, forbund), ["uppdrag-forbund"]);
        let fel = Uppdrag {
            till: Some(date(2026, 1, 9)),
            utbildad: date(2026, 1, 10),
            ..u
        };
        let namnd = OrganisationSlag::Namnd;
        assert_eq!(koder(&fel, namnd), ["uppdrag-dagar", "uppdrag-utbildning"]);
    }
}
