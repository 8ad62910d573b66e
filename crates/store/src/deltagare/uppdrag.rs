//! Assignments: which participants an account may see on a day.

use jiff::Timestamp;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::deltagare::uppdrag::Uppdrag;
use utfall_domain::id::{AnvandareId, DeltagandeId, InsatsId, OrganisationId, UppdragId};
use utfall_domain::insatser::Insats;
use utfall_domain::organisation::Organisation;

use crate::anvandare::{self, Konto};
use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::{Falt, datum};
use crate::lov::{self, Skribent};
use crate::{insatser, organisation};

sql! {
    ALLA = "SELECT u.id, u.konto, u.insats, u.organisation, u.fran, u.till, u.utbildad, \
            u.registrerad, u.registrerad_av, s.sist FROM uppdrag u LEFT JOIN uppdragsslut s \
            ON s.huvudman = u.huvudman AND s.uppdrag = u.id WHERE u.huvudman = $1 ORDER BY u.id";
    KONTOTS = "SELECT u.id, u.konto, u.insats, u.organisation, u.fran, u.till, u.utbildad, \
               u.registrerad, u.registrerad_av, s.sist FROM uppdrag u LEFT JOIN uppdragsslut s \
               ON s.huvudman = u.huvudman AND s.uppdrag = u.id \
               WHERE u.huvudman = $1 AND u.konto = $2 ORDER BY u.id";
    VAR = "SELECT insats, organisation FROM deltagande WHERE huvudman = $1 AND id = $2";
}

infogning! {
    NYTT = "uppdrag" (
        "id", "huvudman", "konto", "insats", "organisation", "fran", "till", "utbildad",
        "registrerad", "registrerad_av",
    );
    SLUT = "uppdragsslut" ("huvudman", "uppdrag", "sist", "registrerad", "registrerad_av");
}

/// The actions that open participants.
const PERSONER: &[Atgard] = &[
    Atgard::LasaDeltagare,
    Atgard::RegistreraDeltagare,
    Atgard::ImporteraDeltagare,
    Atgard::SkrivaDeltagande,
];

/// Proof that an account may see the participants of some initiatives on a day. Made here only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behorighet {
    huvudman: i64,
    oppna: Vec<(InsatsId, OrganisationId)>,
}

impl Behorighet {
    /// The initiatives, each at its performer, in the order they were opened.
    #[must_use]
    pub fn oppna(&self) -> &[(InsatsId, OrganisationId)] {
        &self.oppna
    }

    /// Whether it opens this initiative at this performer.
    #[must_use]
    pub fn oppnar(&self, insats: InsatsId, organisation: OrganisationId) -> bool {
        self.oppna.contains(&(insats, organisation))
    }

    /// Whose books.
    pub(super) const fn huvudman(&self) -> i64 {
        self.huvudman
    }
}

/// An assignment as it was entered, with where it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uppdragsrad {
    /// The assignment; its last day is the one that holds.
    pub uppdrag: Uppdrag,
    /// When it was given.
    pub registrerad: Timestamp,
    /// By whom.
    pub registrerad_av: AnvandareId,
}

/// What the account may see today.
///
/// # Errors
/// [`DbFel::FelPermit`] for a permit that opens no participants, or that is nobody's.
pub fn behorighet(k: &mut Las, permit: &Permit, idag: Date) -> Result<Behorighet, DbFel> {
    let huvudman = lov::las(permit, PERSONER)?;
    let konto = lov::skribent(permit)?;
    let mut oppna = Vec::new();
    for rad in k.alla(&KONTOTS, p![huvudman, konto], rad)? {
        let u = rad.uppdrag;
        if u.galler(idag) && !oppna.contains(&(u.insats, u.organisation)) {
            oppna.push((u.insats, u.organisation));
        }
    }
    Ok(Behorighet { huvudman, oppna })
}

/// The assignments, and what one is made of.
#[derive(Clone, Debug)]
pub struct Uppdragslista {
    /// Every assignment there is and has been, in the order they were given.
    pub uppdrag: Vec<Uppdragsrad>,
    /// The accounts, oldest first.
    pub konton: Vec<Konto>,
    /// The initiatives, in Swedish order.
    pub insatser: Vec<Insats>,
    /// The organisations, in Swedish order.
    pub organisationer: Vec<Organisation>,
}

/// The assignments, and what one is made of.
///
/// # Errors
/// [`DbFel::FelPermit`] for those who may not see who has which.
pub fn alla(k: &mut Las, permit: &Permit) -> Result<Uppdragslista, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::LasaUppdrag, Atgard::TilldelaUppdrag])?;
    Ok(Uppdragslista {
        uppdrag: k.alla(&ALLA, p![huvudman], rad)?,
        konton: anvandare::i_huvudman(k, huvudman)?,
        insatser: insatser::i_huvudman(k, huvudman)?,
        organisationer: organisation::i_huvudman(k, huvudman)?,
    })
}

/// Whether the participation is there, and open to who asks.
pub(super) fn prova(k: &mut Las, b: &Behorighet, id: DeltagandeId) -> Result<bool, DbFel> {
    let var = k.kanske(&VAR, p![b.huvudman, id.nummer()], |rad| {
        let f = Falt::ny(rad, "deltagande", "insats")?;
        Ok((
            f.id("insats", InsatsId::ny)?,
            f.id("organisation", OrganisationId::ny)?,
        ))
    })?;
    Ok(var.is_some_and(|(insats, org)| b.oppnar(insats, org)))
}

fn rad(rad: &Rad<'_>) -> Result<Uppdragsrad, DbFel> {
    let f = Falt::ny(rad, "uppdrag", "id")?;
    let (till, sist) = (f.datum_eller_null("till")?, f.datum_eller_null("sist")?);
    Ok(Uppdragsrad {
        uppdrag: Uppdrag {
            id: f.id("id", UppdragId::ny)?,
            konto: f.id("konto", AnvandareId::ny)?,
            insats: f.id("insats", InsatsId::ny)?,
            organisation: f.id("organisation", OrganisationId::ny)?,
            fran: f.datum("fran")?,
            till: [till, sist].into_iter().flatten().min(),
            utbildad: f.datum("utbildad")?,
        },
        registrerad: f.tid("registrerad")?,
        registrerad_av: f.id("registrerad_av", AnvandareId::ny)?,
    })
}

pub(super) fn nytt(k: &mut Skriv, av: Skribent, u: &Uppdrag) -> Result<(), DbFel> {
    let mut rad = p![
        u.id.nummer(),
        av.huvudman,
        u.konto.nummer(),
        u.insats.nummer(),
        u.organisation.nummer(),
        datum(u.fran),
        u.till.map(datum),
        datum(u.utbildad),
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NYTT, [rad]).map(drop)
}

/// [`DbFel::Unik`] when it has been ended already.
pub(super) fn slut(k: &mut Skriv, av: Skribent, id: UppdragId, sist: Date) -> Result<(), DbFel> {
    let mut rad = p![av.huvudman, id.nummer(), datum(sist)].to_vec();
    rad.extend(av.stampel());
    k.infoga(&SLUT, [rad]).map(drop)
}
