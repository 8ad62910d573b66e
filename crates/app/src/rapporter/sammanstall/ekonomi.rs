//! The report to the board (R40, R41): the answer on the first page, then what it rests on.

use super::{Byggare, Fakta, bokforda_manader, manad, ord, rad, rubrik};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::rapport::sammanstallning::{Del, Ord, Siffercell, Sifferrad, Siffertabell};
use utfall_domain::rapport::{Kolumn, Radslag};

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
    delar.push(Del::NySida);
    delar.extend(per_insats(b, &vad, &insatser));
    delar.extend(orsaker(b, &vad, &insatser));
    if namnd.is_none() {
        delar.extend(per_namnd(b, &vad));
    }
    delar.extend(per_kostnadsslag(b, &vad, &insatser));
    delar.extend(per_manad(b, &vad, &insatser));
    (fakta, delar)
}

/// What is left, and what must be repaid: before anything else.
fn svaret(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    let mut ut = vec![rubrik(1, "Så ligger vi till", "svaret")];
    if vad.namnd.is_some() {
        return ut;
    }
    let aret = vad.aret();
    let siffra = |matt| Ord::Siffra(b.siffra(matt, &aret));
    ut.push(Del::Stycke {
        ord: vec![
            ord("Av "),
            siffra(Matt::Tillgangligt),
            ord(" att röra sig med är "),
            siffra(Matt::Anvant),
            ord(" använda. Kvar är "),
            siffra(Matt::Kvar),
            ord("."),
        ],
    });
    ut.extend(bidragen(b, vad));
    ut
}

/// Each grant: what there is, what is used, what goes back.
fn bidragen(b: &Byggare<'_>, vad: &Vad) -> Option<Del> {
    const MATT: [Matt; 4] = [
        Matt::Tillgangligt,
        Matt::Anvant,
        Matt::Kvar,
        Matt::AttAterbetala,
    ];
    let celler = |urval: &Urval| MATT.iter().map(|matt| b.cell(*matt, urval)).collect();
    let mut rader: Vec<Sifferrad> = b
        .bidrag(vad.ar)
        .into_iter()
        .map(|bidrag| {
            let urval = Urval::bidrag(bidrag.id).ar(vad.ar);
            rad(Radslag::Vanlig, bidrag.namn.clone(), celler(&urval))
        })
        .collect();
    if rader.is_empty() {
        return None;
    }
    rader.push(rad(Radslag::Summa, "Alla bidrag", celler(&vad.aret())));
    Some(Del::Tabell(Siffertabell {
        rubrik: format!("Bidragen {}, kronor.", vad.ar),
        kolumner: vec![
            Kolumn::ord("Bidrag"),
            Kolumn::tal("Att röra sig med"),
            Kolumn::tal("Använt"),
            Kolumn::skillnad("Kvar", 1, 2),
            Kolumn::tal("Att betala tillbaka"),
        ],
        rader,
        not: "Att betala tillbaka är det som är rekvirerat eller överfört och inte använt än: \
              så mycket går tillbaka om inget mer används."
            .to_owned(),
    }))
}

/// Budget, use and what is left of each insats.
fn per_insats(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
    let mut ut = vec![rubrik(1, "Per insats", "insatser")];
    if insatser.is_empty() {
        let text = format!("Ingen insats har budget eller använda pengar {}.", vad.ar);
        ut.push(Del::Stycke {
            ord: vec![ord(text)],
        });
        return ut;
    }
    let celler = |urval: &Urval| {
        vec![
            b.cell(Matt::Budget, urval),
            b.cell(Matt::AnvantInsats, urval),
            b.cell(Matt::Avvikelse, urval),
            Siffercell::Raknad,
        ]
    };
    let mut rader: Vec<Sifferrad> = insatser
        .iter()
        .map(|i| {
            let urval = Urval::insats(i.id).ar(vad.ar);
            rad(Radslag::Vanlig, i.namn.clone(), celler(&urval))
        })
        .collect();
    if vad.namnd.is_none() {
        rader.push(rad(Radslag::Summa, "Alla insatser", celler(&vad.aret())));
    }
    ut.push(Del::Tabell(Siffertabell {
        rubrik: "Budget för hela året och använt hittills per insats, kronor. Minus betyder att \
                 mer har använts än budgeten."
            .to_owned(),
        kolumner: vec![
            Kolumn::ord("Insats"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::skillnad("Avvikelse", 1, 2),
            Kolumn::andel("Avvikelse, del av budget", 3, 1),
        ],
        rader,
        not: String::new(),
    }));
    ut
}

/// Which insatser cause plus and minus, and why (R41): the largest first.
fn orsaker(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
    let mut plus = Vec::new();
    let mut minus = Vec::new();
    for i in insatser {
        let urval = Urval::insats(i.id).ar(vad.ar);
        match b.bok.varde(Matt::Avvikelse, &urval).kant() {
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
        let urval = Urval::insats(i.id).ar(vad.ar);
        let varfor = match i.text.kommentar.split_whitespace().collect::<Vec<_>>() {
            ord if ord.is_empty() => "Ingen förklaring är skriven.".to_owned(),
            ord => ord.join(" "),
        };
        vec![
            Ord::Stark(format!("{}: ", i.namn)),
            Ord::Siffra(b.siffra(Matt::Avvikelse, &urval)),
            ord(format!(". {varfor}")),
        ]
    };
    let mut ut = vec![rubrik(1, "Plusposter och minusposter", "orsaker")];
    for (namn, ankare, poster) in [
        ("Plus: mindre använt än budgeten", "plus", &plus),
        ("Minus: mer använt än budgeten", "minus", &minus),
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

/// What the boards themselves have reported.
fn per_namnd(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    let aret = vad.aret();
    let mut namnder: BTreeSet<OrganisationId> = BTreeSet::new();
    for matt in [Matt::AnvantNamnd, Matt::FordelatNamnd] {
        let rader = b.bok.matt(matt, &aret).rader;
        let fakta = rader.into_iter().filter_map(|id| b.bok.faktum(id));
        namnder.extend(fakta.filter_map(|f| f.galler().organisation));
    }
    if namnder.is_empty() {
        return Vec::new();
    }
    let celler = |urval: &Urval| {
        [Matt::FordelatNamnd, Matt::AnvantNamnd, Matt::AvvikelseNamnd]
            .iter()
            .map(|matt| b.cell(*matt, urval))
            .collect()
    };
    let mut rader: Vec<Sifferrad> = namnder
        .into_iter()
        .map(|id| {
            let urval = vad.aret().for_organisation(id);
            rad(Radslag::Vanlig, b.bok.organisationsnamn(id), celler(&urval))
        })
        .collect();
    rader.push(rad(Radslag::Summa, "Alla nämnder", celler(&aret)));
    vec![
        rubrik(1, "Per nämnd", "namnder"),
        Del::Tabell(Siffertabell {
            rubrik: "Budget och använda pengar som nämnderna redovisar dem, kronor.".to_owned(),
            kolumner: vec![
                Kolumn::ord("Nämnd"),
                Kolumn::tal("Budget"),
                Kolumn::tal("Använt"),
                Kolumn::skillnad("Avvikelse", 1, 2),
            ],
            rader,
            not: String::new(),
        }),
    ]
}

/// The use of the insatser by kind of cost, where the books tell it.
fn per_kostnadsslag(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
    let mut slag: BTreeSet<String> = BTreeSet::new();
    for i in insatser {
        let urval = Urval::insats(i.id).ar(vad.ar);
        let rader = b.bok.matt(Matt::AnvantInsats, &urval).rader;
        let fakta = rader.into_iter().filter_map(|id| b.bok.faktum(id));
        slag.extend(fakta.filter_map(|f| f.galler().kategori.clone()));
    }
    if slag.is_empty() || vad.namnd.is_some() {
        return Vec::new();
    }
    let mut rader: Vec<Sifferrad> = slag
        .into_iter()
        .map(|slag| {
            let urval = vad.aret().for_kategori(slag.clone());
            rad(
                Radslag::Vanlig,
                slag,
                vec![b.cell(Matt::AnvantInsats, &urval)],
            )
        })
        .collect();
    let alla = vec![b.cell(Matt::AnvantInsats, &vad.aret())];
    rader.push(rad(Radslag::Summa, "Allt som är använt", alla));
    vec![
        rubrik(1, "Per kostnadsslag", "kostnadsslag"),
        Del::Tabell(Siffertabell {
            rubrik: "Använda pengar per kostnadsslag, kronor. Intäkter är minus.".to_owned(),
            kolumner: vec![Kolumn::ord("Kostnadsslag"), Kolumn::tal("Använt")],
            rader,
            not: String::new(),
        }),
    ]
}

/// The use of each insats, month by month, where the books tell it.
fn per_manad(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
    let manader: Vec<Date> = bokforda_manader(b.bok, vad.ar)
        .into_iter()
        .filter(|dag| *dag <= vad.manad)
        .collect();
    if manader.is_empty() {
        return Vec::new();
    }
    let i_manaden = |urval: Urval, dag: Date| Urval {
        period: Some(dag),
        ..urval
    };
    let celler = |dag: Date| -> Vec<Siffercell> {
        let per_insats = insatser.iter().map(|i| Urval::insats(i.id).ar(vad.ar));
        let alla = vad.namnd.is_none().then(|| vad.aret());
        per_insats
            .chain(alla)
            .map(|urval| b.cell(Matt::AnvantInsats, &i_manaden(urval, dag)))
            .collect()
    };
    // A few insatser are columns beside each other; of many, only all of them together.
    let fa = insatser.len() <= 4;
    let rader = manader.iter().map(|dag| {
        let mut celler = celler(*dag);
        if !fa {
            celler = celler.split_off(celler.len().saturating_sub(1));
        }
        rad(Radslag::Vanlig, manad(dag.month()), celler)
    });
    let rader: Vec<Sifferrad> = rader.collect();
    let mut kolumner = vec![Kolumn::ord("Månad")];
    if fa {
        kolumner.extend(insatser.iter().map(|i| Kolumn::tal(i.namn.clone())));
    }
    if vad.namnd.is_none() {
        kolumner.push(Kolumn::tal("Alla insatser"));
    }
    if kolumner.len() < 2 {
        return Vec::new();
    }
    vec![
        rubrik(1, "Månad för månad", "manader"),
        Del::Tabell(Siffertabell {
            rubrik: "Använda pengar per månad, kronor.".to_owned(),
            kolumner,
            rader,
            not: String::new(),
        }),
    ]
}
