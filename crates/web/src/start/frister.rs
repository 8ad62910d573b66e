//! Deadlines of grants that are near or past, among what is to be done.

use crate::adress::{self, Adress};
use crate::anrop::Inloggat;
use crate::delar::bidragsnamn;
use crate::framat::varsel;
use crate::siffror::kort_dag;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use utfall_app::Bok;
use utfall_app::medel::helt_begart;
use utfall_behorighet::Atgard;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::arsavslut::stangt;
use utfall_domain::medel::aterbetalning::en;
use utfall_domain::medel::rekvisition::{Lage as Rekvisitionslage, Riktning, alla};
use utfall_domain::medel::villkor::{gallande, om_dagar};
use utfall_vyer::komponent::{Lage, LageSlag, Lank, Uppgift, UppgiftsGrupp};

/// How many days before a deadline it is told of.
const DAGAR_FORE: i32 = 60;

/// How many days before a deadline it is urgent.
const BRATTOM: i32 = 14;

fn dagar(idag: Date, dag: Date) -> i32 {
    idag.until((jiff::Unit::Day, dag))
        .map_or(0, |s| s.get_days())
}

/// A deadline among the tasks; `None` when it is further away than it is told of.
pub fn uppgift(
    idag: Date,
    (dag, fore): (Date, i32),
    lank: Lank,
    vad: &str,
    under: String,
) -> Option<Uppgift> {
    let kvar = dagar(idag, dag);
    if kvar > fore {
        return None;
    }
    let (ord, slag) = match kvar {
        d if d < 0 => ("Försenad", LageSlag::Fel),
        d if d <= BRATTOM => ("Brådskar", LageSlag::Varning),
        _ => ("Kommer", LageSlag::Upplysning),
    };
    Some(Uppgift {
        lank,
        under,
        vad: vad.to_owned(),
        frist: kort_dag(dag),
        frist_ord: om_dagar(idag, dag),
        brattom: kvar <= BRATTOM,
        lage: Lage::ny(ord, slag),
    })
}

/// What a funder's terms set a day for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Frist {
    Rekvirera,
    Redovisa,
    Aterbetala,
}

impl Frist {
    fn text(self) -> &'static str {
        match self {
            Self::Rekvirera => "Rekvirera pengarna",
            Self::Redovisa => "Redovisa till finansiären",
            Self::Aterbetala => "Betala tillbaka det som blev över",
        }
    }

    fn hit(self, bok: &Bok, b: &Bidrag, (ar, skriver): (i16, bool)) -> Adress {
        match self {
            Self::Rekvirera => rekvirera(bok, b, (ar, skriver)),
            Self::Redovisa => adress::rapporter(),
            Self::Aterbetala => adress::ett_arsavslut(&b.slug, &ar.to_string()),
        }
    }

    /// Which of the years with the same terms a day is about: a year is asked for while it runs,
    /// and reported and repaid after it.
    fn aret(self, dag: Date, aren: &BTreeSet<i16>) -> Option<i16> {
        let sist = match self {
            Self::Rekvirera => dag.year(),
            Self::Redovisa | Self::Aterbetala => dag.year() - 1,
        };
        let fore = aren.range(..=sist).next_back();
        fore.or_else(|| aren.first()).copied()
    }

    /// Whether what is due is done, as the books have it.
    fn gjord(self, bok: &Bok, b: &Bidrag, ar: i16) -> bool {
        stangt(&bok.medelsposter, b.id, ar)
            || match self {
                Self::Rekvirera => helt_begart(bok, b.id, ar),
                Self::Redovisa => bok
                    .rapporter
                    .iter()
                    .any(|r| r.utfardad() && r.om_bidragsaret(b.id, ar)),
                // A decided repayment has a last day of its own, and is told of by it.
                Self::Aterbetala if en(&bok.medelsposter, b.id, ar).is_some() => true,
                Self::Aterbetala => {
                    let urval = Urval::bidrag(b.id).ar(ar);
                    bok.varde(Matt::KvarAttAterbetala, &urval).kant() == Some(0)
                }
            }
    }
}

/// Where the money of a grant's year is asked for: the draft that somebody has begun, for those
/// who write them, else the grant's requisitions.
fn rekvirera(bok: &Bok, b: &Bidrag, (ar, skriver): (i16, bool)) -> Adress {
    let utkast = alla(&bok.medelsposter)
        .into_iter()
        .filter(|r| {
            r.lage == Rekvisitionslage::Utkast && r.uppgift.riktning == Riktning::TillFinansiar
        })
        .find(|r| (r.om.bidrag, r.om.ar) == (Some(b.id), Some(ar)));
    match utkast.filter(|_| skriver) {
        Some(r) => adress::rekvisition(&r.id.to_string()),
        None => adress::rekvisitioner().fraga("bidrag", &b.slug),
    }
}

/// What is due of each grant and of coming money, soonest first. What is done is not told of:
/// money that is asked for, a report that is issued, money that is paid back, a year that is
/// closed.
pub fn grupp(a: &Inloggat, bok: &Bok, idag: Date) -> UppgiftsGrupp {
    let skriver = a.far(Atgard::HanteraRekvisition);
    let mut alla: Vec<(Date, Uppgift)> = bok
        .bidrag
        .iter()
        .flat_map(|b| bidragets(bok, b, (idag, skriver)))
        .collect();
    alla.extend(varsel::frister(bok, idag).into_iter().filter_map(|f| {
        let lank = Lank::ny(f.gor, f.till).om(f.vad.clone());
        let u = uppgift(idag, (f.dag, f.fore), lank, &f.vad, f.under)?;
        Some((f.dag, u))
    }));
    alla.sort_by_key(|(dag, _)| *dag);
    UppgiftsGrupp {
        id: "frister".to_owned(),
        rubrik: "Frister".to_owned(),
        uppgifter: alla.into_iter().map(|(_, u)| u).collect(),
    }
}

fn bidragets(bok: &Bok, b: &Bidrag, (idag, skriver): (Date, bool)) -> Vec<(Date, Uppgift)> {
    // The same terms may hold for several years; each day is told once.
    let mut dagarna: BTreeMap<(Date, Frist), BTreeSet<i16>> = BTreeMap::new();
    for ar in &b.ar {
        let v = gallande(&bok.medelsposter, b, Some(*ar));
        let dagar = [
            (v.rekvireras, Frist::Rekvirera),
            (v.redovisas, Frist::Redovisa),
            (v.aterbetalas, Frist::Aterbetala),
        ];
        for (dag, frist) in dagar {
            if let Some(dag) = dag {
                dagarna.entry((dag, frist)).or_default().insert(*ar);
            }
        }
    }
    dagarna
        .into_iter()
        .filter_map(|((dag, frist), aren)| {
            let ar = frist.aret(dag, &aren)?;
            if frist.gjord(bok, b, ar) {
                return None;
            }
            let lank = Lank::ny(frist.text(), frist.hit(bok, b, (ar, skriver)))
                .om(bidragsnamn(b, Some(ar)));
            let under = format!("Senast {} enligt villkoren.", kort_dag(dag));
            Some((dag, uppgift(idag, (dag, DAGAR_FORE), lank, &b.namn, under)?))
        })
        .collect()
}
