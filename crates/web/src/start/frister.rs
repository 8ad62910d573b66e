//! Deadlines of grants that are near or past, among what is to be done.

use crate::adress;
use crate::siffror::kort_dag;
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_app::medel::helt_rekvirerat;
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::arsavslut::stangt;
use utfall_domain::medel::aterbetalning::en;
use utfall_domain::medel::villkor::{gallande, om_dagar};
use utfall_domain::rapporter::Rapportlage;
use utfall_vyer::komponent::{Lage, LageSlag, Lank, Uppgift, UppgiftsGrupp};

/// How many days before a deadline it is told of.
const DAGAR_FORE: i32 = 60;

/// How many days before a deadline it is urgent.
const BRATTOM: i32 = 14;

fn dagar(idag: Date, dag: Date) -> i32 {
    idag.until((jiff::Unit::Day, dag))
        .map_or(0, |s| s.get_days())
}

/// A deadline among the tasks; `None` when it is far away.
pub fn uppgift(idag: Date, dag: Date, lank: Lank, vad: &str, under: String) -> Option<Uppgift> {
    let kvar = dagar(idag, dag);
    if kvar > DAGAR_FORE {
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

/// What is due of each grant, soonest first. What is done is not told of: a report that is
/// issued, money that is requested or repaid, a year that is closed.
pub fn grupp(bok: &Bok, idag: Date) -> UppgiftsGrupp {
    let mut alla: Vec<(Date, Uppgift)> = Vec::new();
    for b in &bok.bidrag {
        for ar in &b.ar {
            if !stangt(&bok.medelsposter, b.id, *ar) {
                alla.extend(bidragsarets(bok, b, *ar, idag));
            }
        }
    }
    alla.sort_by_key(|(dag, _)| *dag);
    // The same terms may hold for several years; each day is told once for each grant.
    let mut sedda = std::collections::BTreeSet::new();
    alla.retain(|(dag, u)| sedda.insert((*dag, u.lank.text.clone(), u.vad.clone())));
    UppgiftsGrupp {
        id: "frister".to_owned(),
        rubrik: "Frister".to_owned(),
        uppgifter: alla.into_iter().map(|(_, u)| u).collect(),
    }
}

fn bidragsarets(bok: &Bok, b: &Bidrag, ar: i16, idag: Date) -> Vec<(Date, Uppgift)> {
    let v = gallande(&bok.medelsposter, b, Some(ar));
    let rapporterat = bok.rapporter.iter().any(|r| {
        r.bidrag == Some(b.id)
            && matches!(r.lage, Rapportlage::Utfardad { .. })
            && r.titel.contains(&ar.to_string())
    });
    let hit = adress::bidrag(&b.slug).fraga("ar", &ar.to_string());
    let aterbetalt = en(&bok.medelsposter, b.id, ar).is_some_and(|r| r.kvar() == 0);
    [
        (
            v.rekvireras,
            "Rekvirera pengarna",
            hit.clone(),
            helt_rekvirerat(bok, b.id, ar),
        ),
        (
            v.redovisas,
            "Redovisa till finansiären",
            adress::rapporter(),
            rapporterat,
        ),
        (
            v.aterbetalas,
            "Betala tillbaka det som blev över",
            hit,
            aterbetalt,
        ),
    ]
    .into_iter()
    .filter(|(_, _, _, gjort)| !gjort)
    .filter_map(|(dag, text, till, _)| {
        let dag = dag?;
        let lank = Lank::ny(text, till).om(format!("{} {ar}", b.namn));
        let under = format!("Senast {} enligt villkoren.", kort_dag(dag));
        Some((dag, uppgift(idag, dag, lank, &b.namn, under)?))
    })
    .collect()
}
