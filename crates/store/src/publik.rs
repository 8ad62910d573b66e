//! What the public may read: only what has been published, as of the day it was published
//! for, and nobody's name.
//!
//! Invariant 9: nothing is public by being saved. A published initiative is
//! shown with all its facts; a published grant with how its money was distributed, and no
//! more than the names of initiatives that are not published themselves. Counts of people
//! are shown only as statements from a paper that is public already.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Enhet, Faktum};
use utfall_domain::id::{
    AnvandareId, BeslutId, BidragId, FaktumId, InsatsId, OrganisationId, RapportId, UnderlagId,
};
use utfall_domain::insatser::{Fortsattning, InsatsText};
use utfall_domain::organisation::Huvudman;
use utfall_domain::publicering::{Insatsinnehall, Publicerat, gallande};
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::Rapportlage;

use crate::db::{DbFel, Las, p, sql};
use crate::organisation::huvudman_rad;
use crate::{bocker, journal, lov, medel, publicering, rapporter};

sql! {
    MED_PUBLICERING = "SELECT h.id AS id, h.slug AS slug, h.namn AS namn, \
                       h.pahittad AS pahittad FROM huvudman h WHERE EXISTS \
                       (SELECT p.id FROM publicering p WHERE p.huvudman = h.id) \
                       ORDER BY h.sortering, h.id";
}

/// Those who have something public now, in Swedish order.
pub fn utgivare(k: &mut Las) -> Result<Vec<Huvudman>, DbFel> {
    let mut ut = Vec::new();
    for huvudman in k.alla(&MED_PUBLICERING, p![], huvudman_rad)? {
        let akter = publicering::i_huvudman(k, huvudman.id.nummer())?;
        if !gallande(&akter).is_empty() {
            ut.push(huvudman);
        }
    }
    Ok(ut)
}

/// The publisher with this slug; `None` also for a huvudman who publishes nothing.
pub fn utgivare_med_slug(k: &mut Las, slug: &str) -> Result<Option<Huvudman>, DbFel> {
    Ok(utgivare(k)?.into_iter().find(|h| h.slug == slug))
}

/// The books as the public sees them: cut down to what is published, without accounts.
///
/// Run it where every statement sees the same moment.
pub fn las(k: &mut Las, permit: &Permit) -> Result<Bocker, DbFel> {
    let nr = lov::las(permit, &[Atgard::LasaPublicerat])?;
    let beslut = medel::beslutstider_i(k, nr)?;
    Ok(publikt(bocker::alla(k, permit, nr)?, &beslut))
}

/// As [`bocker::lage`], for the public's books.
pub fn lage(k: &mut Las, permit: &Permit) -> Result<i64, DbFel> {
    journal::lage_i(k, lov::las(permit, &[Atgard::LasaPublicerat])?)
}

/// One file of a published report.
pub fn rapportfil(
    k: &mut Las,
    permit: &Permit,
    id: RapportId,
    format: Format,
) -> Result<Option<Vec<u8>>, DbFel> {
    let nr = lov::las(permit, &[Atgard::LasaPublicerat])?;
    let akter = publicering::i_huvudman(k, nr)?;
    if gallande(&akter)
        .iter()
        .any(|a| a.vad == Publicerat::Rapport(id))
    {
        rapporter::fil_i(k, nr, id, format)
    } else {
        Ok(None)
    }
}

/// What is published, and the last instant of registration it shows.
struct Publika {
    bidrag: HashMap<BidragId, Timestamp>,
    insatser: HashMap<InsatsId, Timestamp>,
    rapporter: HashSet<RapportId>,
    offentliga: HashSet<UnderlagId>,
}

impl Publika {
    fn av(bocker: &Bocker) -> Self {
        let mut jag = Self {
            bidrag: HashMap::new(),
            insatser: HashMap::new(),
            rapporter: HashSet::new(),
            offentliga: bocker
                .underlag
                .iter()
                .filter(|u| u.offentligt)
                .map(|u| u.id)
                .collect(),
        };
        for akt in gallande(&bocker.publiceringar) {
            match akt.vad {
                Publicerat::Bidrag(id) => drop(jag.bidrag.insert(id, akt.senast())),
                Publicerat::Insats(id) => drop(jag.insatser.insert(id, akt.senast())),
                Publicerat::Rapport(id) => drop(jag.rapporter.insert(id)),
            }
        }
        jag
    }

    /// The last instant that a published thing shows this fact for, if one covers it. A
    /// proposal or another version than the one in force is nobody's figure yet.
    fn senast(&self, f: &Faktum) -> Option<Timestamp> {
        if f.galler().version.is_some() {
            return None;
        }
        let enhet = f.fakta.slag.enhet();
        let galler = f.galler();
        let for_insats = galler.insats.and_then(|id| self.insatser.get(&id));
        let for_bidrag = galler.bidrag.and_then(|id| self.bidrag.get(&id));
        let for_bidrag = for_bidrag.filter(|_| enhet == Enhet::Ore || galler.insats.is_none());
        let kalla = f.fakta.kalla.as_ref().map(|k| k.underlag);
        if enhet == Enhet::Personer && !kalla.is_some_and(|u| self.offentliga.contains(&u)) {
            return None;
        }
        for_insats.into_iter().chain(for_bidrag).max().copied()
    }

    /// The facts shown: covered by a published thing and known at its act.
    ///
    /// A fact that was corrected by then is shown only together with its correction. When
    /// that is hidden (moved to something not published, or a count of people from no public
    /// paper) the old figure is known to be wrong, and neither is shown.
    fn visade(&self, fakta: &[Faktum]) -> HashSet<FaktumId> {
        let visad = |f: &&Faktum| self.senast(f).is_some_and(|t| f.registrerad <= t);
        let mut ut: HashSet<FaktumId> = fakta.iter().filter(visad).map(|f| f.id).collect();
        let senast: HashMap<FaktumId, Timestamp> = fakta
            .iter()
            .filter_map(|f| Some((f.id, self.senast(f)?)))
            .collect();
        let dolda: Vec<FaktumId> = fakta
            .iter()
            .filter(|f| !ut.contains(&f.id))
            .filter_map(|f| Some((f.fakta.rattar?, f.registrerad)))
            .filter(|(id, nar)| senast.get(id).is_some_and(|t| *nar <= *t))
            .map(|(id, _)| id)
            .collect();
        for id in dolda {
            ut.remove(&id);
        }
        ut
    }
}

/// The texts an initiative was published with: none if it is not published itself, or was
/// published before texts were frozen.
fn frysta_texter(b: &mut Bocker) {
    let mut frysta: HashMap<InsatsId, Insatsinnehall> = HashMap::new();
    for akt in gallande(&b.publiceringar) {
        if let (Publicerat::Insats(id), Some(innehall)) = (akt.vad, &akt.innehall) {
            frysta.insert(id, innehall.clone());
        }
    }
    for insats in &mut b.insatser {
        let fryst = frysta.remove(&insats.id);
        (insats.text, insats.fortsattning) = fryst.map_or_else(
            || (InsatsText::default(), Fortsattning::Okand),
            |f| (f.text, f.fortsattning),
        );
    }
}

fn publikt(mut b: Bocker, beslutstider: &HashMap<BeslutId, Timestamp>) -> Bocker {
    let publika = Publika::av(&b);
    b.anvandare.clear();
    b.accepterade.clear();
    let visade = publika.visade(&b.fakta);
    b.fakta.retain(|f| visade.contains(&f.id));
    for f in &mut b.fakta {
        f.registrerad_av = AnvandareId::DRIFT;
        f.fakta.orsak = None;
        // Where it stands in a paper that is not public is the paper's own matter.
        f.fakta
            .kalla
            .take_if(|k| !publika.offentliga.contains(&k.underlag));
    }
    b.bidrag
        .retain(|bidrag| publika.bidrag.contains_key(&bidrag.id));
    let av_bidrag: HashSet<InsatsId> = b.fakta.iter().filter_map(|f| f.galler().insats).collect();
    b.insatser
        .retain(|i| publika.insatser.contains_key(&i.id) || av_bidrag.contains(&i.id));
    for insats in &mut b.insatser {
        if !publika.insatser.contains_key(&insats.id) {
            insats.tjanster.clear();
        }
    }
    frysta_texter(&mut b);
    b.beslut.retain(|beslut| {
        let fakta = || b.fakta.iter().any(|f| f.fakta.beslut == Some(beslut.id));
        let tid = beslutstider.get(&beslut.id);
        let senast = beslut.bidrag.and_then(|id| publika.bidrag.get(&id));
        tid.zip(senast).is_some_and(|(tid, senast)| tid <= senast) || fakta()
    });
    b.rapporter.retain(|r| publika.rapporter.contains(&r.id));
    for rapport in &mut b.rapporter {
        if let Rapportlage::Utfardad { av, .. } = &mut rapport.lage {
            *av = AnvandareId::DRIFT;
        }
    }
    for akt in &mut b.publiceringar {
        akt.av = AnvandareId::DRIFT;
        // What an earlier act showed is not shown any more.
        akt.innehall = None;
    }
    behall_hanvisade(&mut b);
    b
}

/// Organisations and papers that what is left points at, and no others.
fn behall_hanvisade(b: &mut Bocker) {
    let papper: HashSet<UnderlagId> = b
        .fakta
        .iter()
        .filter_map(|f| f.fakta.kalla.as_ref())
        .map(|k| k.underlag)
        .collect();
    b.underlag.retain(|u| papper.contains(&u.id));
    for underlag in &mut b.underlag {
        underlag.registrerad_av = AnvandareId::DRIFT;
    }
    let mut namnda: HashSet<OrganisationId> = b.bidrag.iter().map(|x| x.finansiar).collect();
    namnda.extend(b.insatser.iter().flat_map(|i| i.ansvariga.iter().copied()));
    for f in &b.fakta {
        namnda.extend(f.galler().organisation);
        namnda.extend(f.galler().finansiar);
    }
    // Upwards: a unit is shown with what it belongs to.
    let over: HashMap<OrganisationId, OrganisationId> = b
        .organisationer
        .iter()
        .filter_map(|o| Some((o.id, o.overordnad?)))
        .collect();
    for id in namnda.clone() {
        let mut nu = id;
        while let Some(&upp) = over.get(&nu) {
            if !namnda.insert(upp) {
                break;
            }
            nu = upp;
        }
    }
    b.organisationer.retain(|o| namnda.contains(&o.id));
}
