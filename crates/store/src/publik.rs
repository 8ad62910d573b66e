//! What the public may read: only what has been published, as of the day it was published
//! for, and nobody's name.
//!
//! Invariant 9: nothing is public by being saved. A published initiative is
//! shown with all its facts; a published grant with how its money was distributed, and no
//! more than the names of initiatives that are not published themselves. Each is shown as of
//! its own act: what another act shows does not enter its books. Counts (of people, visits,
//! shares of people: all that is not money) are shown only as statements from a paper that
//! is public already, also when a person has confirmed them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Enhet, Faktum};
use utfall_domain::id::{
    AnvandareId, BeslutId, BidragId, FaktumId, InsatsId, OrganisationId, RapportId, UnderlagId,
};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::medel::Bidrag;
use utfall_domain::organisation::Huvudman;
use utfall_domain::publicering::{Insatsinnehall, OppnaBocker, Publicerat, Publicering, gallande};
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_domain::tryckt::Tryckta;

use crate::db::{DbFel, Las, p, sql};
use crate::organisation::huvudman_rad;
use crate::{bocker, journal, lov, medel, publicering, rapporter};

sql! {
    MED_PUBLICERING = "SELECT h.id AS id, h.slug AS slug, h.namn AS namn, \
                       h.pahittad AS pahittad FROM huvudman h WHERE EXISTS \
                       (SELECT p.id FROM publicering p WHERE p.huvudman = h.id) \
                       ORDER BY h.sortering, h.id";
    MED_SLUG = "SELECT h.id AS id, h.slug AS slug, h.namn AS namn, h.pahittad AS pahittad \
                FROM huvudman h WHERE h.slug = $1";
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
    let Some(huvudman) = k.kanske(&MED_SLUG, p![slug], huvudman_rad)? else {
        return Ok(None);
    };
    let akter = publicering::i_huvudman(k, huvudman.id.nummer())?;
    Ok((!gallande(&akter).is_empty()).then_some(huvudman))
}

/// The books as the public sees them: cut down to what each act shows, without accounts.
///
/// Run it where every statement sees the same moment.
pub fn las(k: &mut Las, permit: &Permit) -> Result<OppnaBocker, DbFel> {
    let nr = lov::las(permit, &[Atgard::LasaPublicerat])?;
    let beslut = medel::beslutstider_i(k, nr)?;
    Ok(oppna(&bocker::alla(k, permit, nr)?, &beslut))
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
    match publicerad_rapport(k, permit, id)? {
        Some(nr) => rapporter::fil_i(k, nr, id, format),
        None => Ok(None),
    }
}

/// The frozen input of a published report, as canonical JSON.
pub fn rapportindata(k: &mut Las, permit: &Permit, id: RapportId) -> Result<Option<String>, DbFel> {
    match publicerad_rapport(k, permit, id)? {
        Some(nr) => rapporter::indata_i(k, nr, id),
        None => Ok(None),
    }
}

/// Whose the report is; `None` when no act in force shows it.
fn publicerad_rapport(k: &mut Las, permit: &Permit, id: RapportId) -> Result<Option<i64>, DbFel> {
    let nr = lov::las(permit, &[Atgard::LasaPublicerat])?;
    let akter = publicering::i_huvudman(k, nr)?;
    let visas = gallande(&akter)
        .iter()
        .any(|akt| akt.vad == Publicerat::Rapport(id));
    Ok(visas.then_some(nr))
}

/// What is published, and up to when each act knows.
struct Publika<'a> {
    akter: BTreeMap<Publicerat, &'a Publicering>,
    tryckta: Tryckta<'a>,
    /// When each corrected fact was corrected.
    rattade: HashMap<FaktumId, Timestamp>,
}

impl<'a> Publika<'a> {
    fn av(b: &'a Bocker) -> Self {
        let mut rattade: HashMap<FaktumId, Timestamp> = HashMap::new();
        for f in &b.fakta {
            if let Some(id) = f.fakta.rattar {
                let nar = rattade.entry(id).or_insert(f.registrerad);
                *nar = f.registrerad.min(*nar);
            }
        }
        Self {
            akter: gallande(&b.publiceringar)
                .into_iter()
                .map(|akt| (akt.vad, akt))
                .collect(),
            tryckta: Tryckta::i(b),
            rattade,
        }
    }

    /// Whether the act in force about a thing shows a fact about it: known at the act and not
    /// corrected by then. A correction that the act does not show itself (moved to another
    /// thing, a count from no public paper) still says that the old figure is wrong. A
    /// proposal or another version than the one in force is nobody's figure yet.
    fn visar(&self, vad: Publicerat, f: &Faktum) -> bool {
        let Some(senast) = self.akter.get(&vad).map(|akt| akt.senast()) else {
            return false;
        };
        let rattat = self.rattade.get(&f.id).is_some_and(|nar| *nar <= senast);
        let oppen = f.fakta.slag.enhet() == Enhet::Ore || self.tryckta.kalla(f).is_some();
        f.registrerad <= senast
            && !rattat
            && !f.fakta.struken
            && f.galler().version.is_none()
            && !f.fakta.slag.inre()
            && oppen
    }

    /// A fact as the public sees it: in force, and nobody's.
    fn rensat(&self, f: &Faktum) -> Faktum {
        let mut ut = f.clone();
        ut.registrerad_av = AnvandareId::DRIFT;
        ut.fakta.orsak = None;
        ut.fakta.rattar = None;
        // Where it stands in a paper that is not public is the paper's own matter.
        ut.fakta.kalla = self.tryckta.kalla(f).cloned();
        ut
    }

    /// The things whose acts may show a fact: its grant and its initiative. Of a published
    /// grant only money is shown initiative by initiative.
    fn saker(f: &Faktum) -> (Option<Publicerat>, Option<Publicerat>) {
        let g = f.galler();
        let pengar = f.fakta.slag.enhet() == Enhet::Ore;
        let bidrag = g.bidrag.filter(|_| pengar || g.insats.is_none());
        (
            bidrag.map(Publicerat::Bidrag),
            g.insats.map(Publicerat::Insats),
        )
    }
}

fn oppna(b: &Bocker, beslutstider: &HashMap<BeslutId, Timestamp>) -> OppnaBocker {
    let publika = Publika::av(b);
    let mut egna: BTreeMap<Publicerat, Vec<Faktum>> = publika
        .akter
        .keys()
        .filter(|vad| !matches!(vad, Publicerat::Rapport(_)))
        .map(|vad| (*vad, Vec::new()))
        .collect();
    let mut samlat = Vec::new();
    for f in &b.fakta {
        let (bidrag, insats) = Publika::saker(f);
        for vad in bidrag.into_iter().chain(insats) {
            if publika.visar(vad, f) {
                egna.entry(vad).or_default().push(publika.rensat(f));
            }
        }
        let styr = if f.galler().bidrag.is_some() {
            bidrag
        } else {
            insats
        };
        if styr.is_some_and(|vad| publika.visar(vad, f)) {
            samlat.push(publika.rensat(f));
        }
    }
    let skar = |vad, fakta| Arc::new(skuret(b, &publika, beslutstider, (vad, fakta)));
    OppnaBocker {
        huvudman: b.huvudman.clone(),
        lage: b.lage,
        akter: publika.akter.values().map(|akt| namnlos(akt)).collect(),
        samlat: skar(None, samlat),
        egna: egna
            .into_iter()
            .map(|(vad, fakta)| (vad, skar(Some(vad), fakta)))
            .collect(),
    }
}

/// An act without who made it and without the texts it took along: those stand where they
/// are shown.
fn namnlos(akt: &Publicering) -> Publicering {
    Publicering {
        av: AnvandareId::DRIFT,
        innehall: None,
        ..akt.clone()
    }
}

/// The books of one published thing, or of all (`None`), around the facts it shows.
fn skuret(
    b: &Bocker,
    publika: &Publika<'_>,
    beslutstider: &HashMap<BeslutId, Timestamp>,
    (vad, fakta): (Option<Publicerat>, Vec<Faktum>),
) -> Bocker {
    let med = |sak: Publicerat| vad.is_none_or(|vad| vad == sak);
    let oppen = |sak: Publicerat| publika.akter.contains_key(&sak);
    let namnda: HashSet<InsatsId> = fakta.iter().filter_map(|f| f.galler().insats).collect();
    let insatser: Vec<Insats> = b
        .insatser
        .iter()
        .filter(|i| {
            let sak = Publicerat::Insats(i.id);
            (med(sak) && oppen(sak)) || namnda.contains(&i.id)
        })
        .map(|i| avskalad(i, publika, vad))
        .collect();
    let insatsens = insatsens_bidrag(b, vad);
    let bidrag = b.bidrag.iter().filter(|x| {
        let sak = Publicerat::Bidrag(x.id);
        oppen(sak) && (med(sak) || insatsens == Some(x.id))
    });
    let beslut = b.beslut.iter().filter(|x| {
        let sak = x.bidrag.map(Publicerat::Bidrag).filter(|s| med(*s));
        let akt = sak.and_then(|s| publika.akter.get(&s));
        let i_tid = beslutstider.get(&x.id).zip(akt);
        i_tid.is_some_and(|(t, akt)| *t <= akt.senast())
            || fakta.iter().any(|f| f.fakta.beslut == Some(x.id))
    });
    let mut ut = Bocker {
        huvudman: b.huvudman.clone(),
        lage: b.lage,
        organisationer: b.organisationer.clone(),
        bidrag: bidrag.map(|x| med_visade_ar(x, &fakta)).collect(),
        beslut: beslut.cloned().collect(),
        // How the office works with a grant is nobody's to read until it is published.
        medelsposter: Vec::new(),
        insatser,
        underlag: b.underlag.clone(),
        accepterade: Vec::new(),
        publiceringar: Vec::new(),
        rapporter: Vec::new(),
        inlasta: Vec::new(),
        anvandare: BTreeMap::new(),
        fakta,
    };
    if vad.is_none() {
        ut.rapporter = rapporterna(b, publika);
    }
    let akter = publika.akter.values().filter(|akt| match akt.vad {
        Publicerat::Bidrag(id) => ut.bidrag(id).is_some(),
        Publicerat::Insats(id) => ut.insats(id).is_some(),
        Publicerat::Rapport(id) => ut.rapport(id).is_some(),
    });
    ut.publiceringar = akter.map(|akt| namnlos(akt)).collect();
    behall_hanvisade(&mut ut);
    ut
}

/// The grant that pays for the initiative that the books are of, when they are of one.
fn insatsens_bidrag(b: &Bocker, vad: Option<Publicerat>) -> Option<BidragId> {
    match vad {
        Some(Publicerat::Insats(id)) => b.insats(id).and_then(|i| i.bidrag),
        _ => None,
    }
}

/// A grant with the years that something is shown of. One that was added after the act waits
/// with its facts.
fn med_visade_ar(bidrag: &Bidrag, fakta: &[Faktum]) -> Bidrag {
    let egna = fakta.iter().map(Faktum::galler);
    let ar: HashSet<i16> = egna
        .filter(|g| g.bidrag == Some(bidrag.id))
        .flat_map(|g| g.ar.into_iter().chain(g.fran_ar))
        .collect();
    let mut ut = bidrag.clone();
    ut.ar.retain(|ett| ar.contains(ett));
    ut
}

/// An initiative by name; with texts and years only in its own books, and then those its act
/// took along: none if it was published before they were frozen.
fn avskalad(i: &Insats, publika: &Publika<'_>, vad: Option<Publicerat>) -> Insats {
    let sak = Publicerat::Insats(i.id);
    let akt = publika.akter.get(&sak).filter(|_| vad == Some(sak));
    let visat = akt.and_then(|akt| akt.innehall.clone());
    let visat = visat.unwrap_or_else(|| Insatsinnehall {
        text: InsatsText::default(),
        fortsattning: Fortsattning::Okand,
        start_ar: None,
        slut_ar: None,
    });
    Insats {
        // What is never edited, or nobody's secret once the initiative is named.
        id: i.id,
        slug: i.slug.clone(),
        namn: i.namn.clone(),
        bidrag: i.bidrag,
        ansvariga: i.ansvariga.clone(),
        reserv: i.reserv,
        version: i.version,
        text: visat.text,
        fortsattning: visat.fortsattning,
        start_ar: visat.start_ar,
        slut_ar: visat.slut_ar,
        tjanster: Vec::new(),
    }
}

/// The published reports, without who issued them.
fn rapporterna(b: &Bocker, publika: &Publika<'_>) -> Vec<Rapport> {
    let mut ut: Vec<Rapport> = b
        .rapporter
        .iter()
        .filter(|r| publika.akter.contains_key(&Publicerat::Rapport(r.id)))
        .cloned()
        .collect();
    for rapport in &mut ut {
        if let Rapportlage::Utfardad { av, .. } = &mut rapport.lage {
            *av = AnvandareId::DRIFT;
        }
    }
    ut
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
        // Which version it replaced, and why, is the office's own matter.
        underlag.ersatter = None;
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
