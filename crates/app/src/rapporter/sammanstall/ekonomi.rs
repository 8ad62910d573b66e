//! The report to the board (R40, R41): the answer on the first page, then what it rests on.

mod bokforing;
mod tabeller;

use super::{Byggare, Fakta, finansiarer, ord, rad, rubrik, versal};
use crate::medel::foljd_i_ord;
use crate::uppfoljning::laget;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::rapport::sammanstallning::{Del, Ord, Siffercell, Sifferrad, Siffertabell};
use utfall_domain::rapport::{Kolumn, Led, Radslag};
use utfall_domain::tid;

/// What the report is about.
struct Vad {
    ar: i16,
    /// The first day of the last month.
    manad: Date,
    namnd: Option<OrganisationId>,
}

impl Vad {
    /// What the whole year's figures are about.
    fn aret(&self) -> Urval {
        Urval::default().ar(self.ar)
    }

    /// The same through the report's month.
    fn till(&self, urval: &Urval) -> Urval {
        Urval {
            period: Some(self.manad),
            ..urval.clone()
        }
    }

    /// `mars`.
    fn manadsnamn(&self) -> &'static str {
        tid::manad(self.manad.month())
    }
}

pub(super) fn ekonomi(
    b: &Byggare<'_>,
    ar: i16,
    till_manad: i8,
    namnd: Option<OrganisationId>,
) -> (Fakta, Vec<Del>) {
    let vad = Vad {
        ar,
        manad: date(ar, till_manad.clamp(1, 12), 1),
        namnd,
    };
    let insatser: Vec<&Insats> = b
        .insatser(ar)
        .into_iter()
        .filter(|i| namnd.is_none_or(|id| i.ansvariga.contains(&id)))
        .collect();
    let mut fakta = vec![(
        "Perioden".to_owned(),
        vec![ord(super::period(ar, till_manad))],
    )];
    if let Some(id) = namnd {
        let namn = b.bok.organisationsnamn(id).to_owned();
        fakta.push((
            "Gäller".to_owned(),
            vec![ord(format!("insatser som {namn} ansvarar för"))],
        ));
    }
    let mut delar = b.kapitel("sammanfattning");
    delar.extend(svaret(b, &vad));
    delar.extend(b.preliminart(ar));
    let svarets = delar.len();
    delar.extend(bokforing::oforklarat(b, &vad));
    // The answer has the first page to itself; a draft says what must be done first as well.
    if delar.len() == svarets {
        delar.push(Del::NySida);
    }
    delar.extend(per_insats(b, &vad, &insatser));
    delar.extend(orsaker(b, &vad, &insatser));
    if namnd.is_none() {
        delar.extend(tabeller::per_namnd(b, &vad));
        delar.extend(tabeller::per_finansiar(b, &vad));
        delar.extend(finansiarer::i_projekten(b));
    }
    delar.extend(tabeller::budgetrader(b, &vad));
    delar.extend(tabeller::per_kostnadsslag(b, &vad, &insatser));
    delar.extend(tabeller::per_manad(b, &vad, &insatser));
    delar.extend(bokforing::bakom(b, &vad));
    (fakta, delar)
}

/// What is left, and what must be repaid: before anything else.
fn svaret(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    let mut ut = vec![rubrik(1, "Så ligger vi till", "svaret")];
    if vad.namnd.is_some() {
        return ut;
    }
    let aret = vad.aret();
    let till = vad.till(&aret);
    let mut mening = vec![
        ord("Budgeten är "),
        Ord::Siffra(b.siffra(Matt::Budget, &aret)),
        ord(format!(". Till och med {} har ", vad.manadsnamn())),
        Ord::Siffra(b.siffra(Matt::AnvantTill, &till)),
        ord(" använts."),
    ];
    if b.bok.varde(Matt::PrognosHelar, &till).kant().is_some() {
        mening.extend([
            ord(" Hela året väntas kosta "),
            Ord::Siffra(b.siffra(Matt::PrognosHelar, &till)),
            ord(", och då återstår "),
            Ord::Siffra(b.siffra(Matt::PrognosAvvikelse, &till)),
            ord(" av budgeten."),
        ]);
    }
    ut.push(Del::Stycke { ord: mening });
    ut.extend(bidragen(b, vad));
    ut.extend(egetkapital(b, vad));
    ut
}

/// Each grant: what there is, what is used, what is expected to be left, and what is owed now.
fn bidragen(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    let slut = vad.manad.month() == 12;
    let celler = |urval: &Urval| {
        let till = vad.till(urval);
        vec![
            b.cell(Matt::Tillgangligt, urval),
            b.cell(Matt::AnvantTill, &till),
            b.cell(Matt::PrognosHelar, &till),
            Siffercell::Raknad,
            if slut {
                b.cell(Matt::AttAterbetala, urval)
            } else {
                Siffercell::Raknad
            },
        ]
    };
    let alla = b.bidrag(vad.ar);
    let mut rader: Vec<Sifferrad> = alla
        .iter()
        .map(|bidrag| {
            let urval = Urval::bidrag(bidrag.id).ar(vad.ar);
            rad(Radslag::Vanlig, bidrag.namn.clone(), celler(&urval))
        })
        .collect();
    if rader.is_empty() {
        return Vec::new();
    }
    if rader.len() > 1 {
        let celler = celler(&vad.aret());
        rader.push(rad(Radslag::Summa, "Alla bidrag", celler));
    }
    let (sist, not) = sista_kolumnen(vad);
    let mut ut = vec![Del::Tabell(Siffertabell {
        rubrik: format!(
            "Bidragen {}, kronor. Använt till och med {}.",
            vad.ar,
            vad.manadsnamn()
        ),
        kolumner: vec![
            Kolumn::ord("Bidrag"),
            Kolumn::tal("Att röra sig med"),
            Kolumn::tal("Använt"),
            Kolumn::tal("Prognos helår"),
            Kolumn::skillnad("Väntas bli kvar", 1, 3),
            sist,
        ],
        rader,
        not,
    })];
    let foljder: Vec<Vec<Ord>> = alla
        .iter()
        .flat_map(|x| [for_mycket(b, vad, x), foljd(b, vad, x)])
        .flatten()
        .collect();
    if !foljder.is_empty() {
        ut.push(Del::Lista { punkter: foljder });
    }
    ut
}

/// What is over of a grant, and how it is counted. Before the year is over nothing is to be
/// repaid yet.
fn sista_kolumnen(vad: &Vad) -> (Kolumn, String) {
    if vad.manad.month() == 12 {
        (
            Kolumn::tal("Att betala tillbaka"),
            "Att betala tillbaka är det som är rekvirerat eller överfört och inte använt."
                .to_owned(),
        )
    } else {
        (
            Kolumn::skillnad("Ännu inte använt", 1, 2),
            format!(
                "Ännu inte använt är det som finns att röra sig med, minus det som är använt till \
                 och med {}.",
                vad.manadsnamn()
            ),
        )
    }
}

/// What happens with the money that is expected to be left of a grant, or that it lacks.
fn foljd(b: &Byggare<'_>, vad: &Vad, bidrag: &Bidrag) -> Option<Vec<Ord>> {
    let urval = vad.till(&Urval::bidrag(bidrag.id).ar(vad.ar));
    let kvar = b.bok.varde(Matt::PrognosKvar, &urval).kant()?;
    if kvar == 0 {
        return None;
    }
    let foljd = foljd_i_ord(b.bok, bidrag, vad.ar, kvar);
    Some(vec![
        Ord::Stark(format!("{}: ", bidrag.namn)),
        Ord::Siffra(b.siffra(Matt::PrognosKvar, &urval)),
        ord(format!(" väntas bli kvar. {foljd}")),
    ])
}

/// That more of a grant's year is distributed than there is: the budgets above promise money
/// that nobody has.
fn for_mycket(b: &Byggare<'_>, vad: &Vad, bidrag: &Bidrag) -> Option<Vec<Ord>> {
    let urval = Urval::bidrag(bidrag.id).ar(vad.ar);
    let kvar = b.bok.varde(Matt::KvarAttFordela, &urval).kant()?;
    (kvar < 0).then(|| {
        vec![
            Ord::Stark(format!("{}, för mycket är fördelat: ", bidrag.namn)),
            Ord::Siffra(b.siffra(Matt::Fordelat, &urval)),
            ord(" är fördelat, men "),
            Ord::Siffra(b.siffra(Matt::Tillgangligt, &urval)),
            ord(" finns att röra sig med. Kvar att fördela är "),
            Ord::Siffra(b.siffra(Matt::KvarAttFordela, &urval)),
            ord(". Insatsernas budget behöver minskas."),
        ]
    })
}

/// The own capital against its ceiling, association by association: what one has over is no
/// other's.
fn egetkapital(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    let aret = vad.aret();
    let rader = b.bok.matt(Matt::EgetKapital, &aret).rader;
    let fakta = rader.into_iter().filter_map(|id| b.bok.faktum(id));
    let mut vems: BTreeSet<Option<OrganisationId>> =
        fakta.map(|f| f.galler().organisation).collect();
    // What is said of no association is not the sum of them.
    if vems.len() > 1 {
        vems.remove(&None);
    }
    vems.into_iter()
        .map(|vem| {
            let urval = match vem {
                Some(id) => aret.clone().for_organisation(id),
                None => aret.clone(),
            };
            egetkapital_av(b, vad, &urval, vem)
        })
        .collect()
}

fn egetkapital_av(b: &Byggare<'_>, vad: &Vad, urval: &Urval, vem: Option<OrganisationId>) -> Del {
    let raden = |slag, namn: &str, matt| rad(slag, namn, vec![b.cell(matt, urval)]);
    let mut tak = raden(Radslag::Vanlig, "\u{2212} Tak", Matt::EgetKapitalTak);
    tak.led = Led::Minus;
    let vem = vem.map_or_else(String::new, |id| {
        format!(", {}", b.bok.organisationsnamn(id))
    });
    Del::Tabell(Siffertabell {
        rubrik: format!("Eget kapital vid slutet av {}{vem}, kronor.", vad.ar),
        kolumner: vec![Kolumn::ord("Post"), Kolumn::tal("Belopp")],
        rader: vec![
            raden(Radslag::Vanlig, "Eget kapital", Matt::EgetKapital),
            tak,
            raden(Radslag::Summa, "= Över taket", Matt::EgetKapitalOverTak),
        ],
        not: String::new(),
    })
}

/// Budget, use, forecast and deviation of each insats, board by board where they are several.
fn per_insats(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
    let mut ut = vec![rubrik(1, "Per insats", "insatser")];
    if insatser.is_empty() {
        let text = format!("Ingen insats har budget eller använda pengar {}.", vad.ar);
        ut.push(Del::Stycke {
            ord: vec![ord(text)],
        });
        return ut;
    }
    let mut grupper: BTreeMap<(bool, String), Vec<&Insats>> = BTreeMap::new();
    for i in insatser {
        let (sist, namn) = match i.ansvariga.as_slice() {
            [en] => (false, b.bok.organisationsnamn(*en).to_owned()),
            [] => (true, "Ingen nämnd angiven".to_owned()),
            _ => (true, "Flera nämnder tillsammans".to_owned()),
        };
        grupper.entry((sist, namn)).or_default().push(i);
    }
    let delat = grupper.len() > 1;
    let mut rader = Vec::new();
    for ((_, namnd), egna) in grupper {
        if delat {
            rader.push(rad(Radslag::Grupp, namnd.clone(), Vec::new()));
        }
        rader.extend(egna.iter().map(|i| insatsrad(b, vad, i)));
        if delat && egna.len() > 1 {
            rader.push(rad(Radslag::Delsumma, namnd, summaceller()));
        }
    }
    if vad.namnd.is_none() {
        let mut celler = talen(b, vad, &vad.aret());
        celler.push(Siffercell::Text("\u{2013}".to_owned()));
        rader.push(rad(Radslag::Summa, "Alla insatser", celler));
    }
    ut.push(Del::Tabell(Siffertabell {
        rubrik: format!(
            "Budget, använt till och med {} och prognos per insats, kronor. Avvikelse är budget \
             minus prognos; minus betyder att mer väntas användas.",
            vad.manadsnamn()
        ),
        kolumner: vec![
            Kolumn::ord("Insats"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::tal("Prognos helår"),
            Kolumn::skillnad("Avvikelse", 1, 3),
            Kolumn::andel("Avvikelse, %", 4, 1),
            Kolumn::ord("Läge"),
        ],
        rader,
        not: String::new(),
    }));
    ut
}

/// Budget, use, forecast, and what the forecast leaves of the budget.
fn talen(b: &Byggare<'_>, vad: &Vad, urval: &Urval) -> Vec<Siffercell> {
    let till = vad.till(urval);
    vec![
        b.cell(Matt::Budget, urval),
        b.cell(Matt::AnvantTill, &till),
        b.cell(Matt::PrognosHelar, &till),
        b.cell(Matt::PrognosAvvikelse, &till),
        Siffercell::Raknad,
    ]
}

/// The sums of a board's insatser, counted of the rows above.
fn summaceller() -> Vec<Siffercell> {
    vec![
        Siffercell::Summerad,
        Siffercell::Summerad,
        Siffercell::Summerad,
        Siffercell::Raknad,
        Siffercell::Raknad,
        Siffercell::Text("\u{2013}".to_owned()),
    ]
}

fn insatsrad(b: &Byggare<'_>, vad: &Vad, i: &Insats) -> Sifferrad {
    let urval = Urval::insats(i.id).ar(vad.ar);
    let mut celler = talen(b, vad, &urval);
    celler.push(Siffercell::Text(flagga(b, &vad.till(&urval)).to_owned()));
    rad(Radslag::Vanlig, i.namn.clone(), celler)
}

/// A surplus or an overspend that is large enough to be explained is told as such.
fn flagga(b: &Byggare<'_>, urval: &Urval) -> &'static str {
    let laget = laget(b.bok, urval);
    match (laget.avvikelse, laget.ska_forklaras) {
        (None, _) => "okänt",
        (Some(_), false) => "inom gränsen",
        (Some(n), true) if n > 0 => "Överskott",
        (Some(_), true) => "Överdrag",
    }
}

/// Which insatser cause plus and minus, and why (R41): the largest first.
fn orsaker(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
    let om = |i: &Insats| vad.till(&Urval::insats(i.id).ar(vad.ar));
    let mut plus = Vec::new();
    let mut minus = Vec::new();
    for i in insatser {
        match b.bok.varde(Matt::PrognosAvvikelse, &om(i)).kant() {
            Some(ore) if ore > 0 => plus.push((ore, *i)),
            Some(ore) if ore < 0 => minus.push((ore, *i)),
            _ => {}
        }
    }
    plus.sort_by_key(|(ore, i)| (std::cmp::Reverse(*ore), i.id));
    minus.sort_by_key(|(ore, i)| (*ore, i.id));
    let egna = b.punkter("orsaker");
    if plus.is_empty() && minus.is_empty() && egna.is_empty() {
        return Vec::new();
    }
    let punkt = |(_, i): &(i64, &Insats)| {
        vec![
            Ord::Stark(format!("{}: ", i.namn)),
            Ord::Siffra(b.siffra(Matt::PrognosAvvikelse, &om(i))),
            ord(format!(". {}", varfor(b, &om(i)))),
        ]
    };
    let mut ut = vec![rubrik(1, "Plusposter och minusposter", "orsaker")];
    for (namn, ankare, poster) in [
        ("Plus: mindre än budgeten", "plus", &plus),
        ("Minus: mer än budgeten", "minus", &minus),
    ] {
        if !poster.is_empty() {
            ut.push(rubrik(2, namn, ankare));
            ut.push(Del::Lista {
                punkter: poster.iter().map(punkt).collect(),
            });
        }
    }
    if !egna.is_empty() {
        ut.push(rubrik(2, "Också", "ocksa"));
        ut.push(Del::Lista { punkter: egna });
    }
    ut
}

/// Why an insats deviates: the explanation that covers the deviation. One that it has outgrown
/// is told as such, with its day; what is said of the insats in general explains no year.
fn varfor(b: &Byggare<'_>, urval: &Urval) -> String {
    let laget = laget(b.bok, urval);
    let Some(f) = laget.kommentar else {
        return match laget.ska_forklaras {
            true => "Inte förklarad.".to_owned(),
            false => "Inom gränsen.".to_owned(),
        };
    };
    let orsak = f.galler().kategori.clone().unwrap_or_default();
    let ord = f.fakta.orsak.clone().unwrap_or_default();
    let forklaring = format!("{}: {ord}", versal(&orsak));
    if laget.forklarad {
        return forklaring;
    }
    format!(
        "Inte förklarad som den är nu. Förklaringen den {} gällde en annan avvikelse: {forklaring}",
        tid::i_ord(tid::dag(f.registrerad))
    )
}
