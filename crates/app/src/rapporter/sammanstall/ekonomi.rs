//! The report to the board (R40, R41): the answer on the first page, then what it rests on.

use super::{Byggare, Fakta, bokforda_manader, ord, rad, rubrik, versal};
use crate::uppfoljning::laget;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::villkor::{self, Overforing};
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
    delar.push(Del::NySida);
    delar.extend(per_insats(b, &vad, &insatser));
    delar.extend(orsaker(b, &vad, &insatser));
    if namnd.is_none() {
        delar.extend(per_namnd(b, &vad));
    }
    delar.extend(budgetrader(b, &vad));
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
    let celler = |urval: &Urval| {
        let till = vad.till(urval);
        vec![
            b.cell(Matt::Tillgangligt, urval),
            b.cell(Matt::AnvantTill, &till),
            b.cell(Matt::PrognosHelar, &till),
            Siffercell::Raknad,
            b.cell(Matt::AttAterbetala, urval),
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
            Kolumn::tal("Att betala tillbaka"),
        ],
        rader,
        not: "Att betala tillbaka är det som är rekvirerat eller överfört och inte använt: så \
              mycket går tillbaka om inget mer används."
            .to_owned(),
    })];
    let foljder: Vec<Vec<Ord>> = alla.iter().filter_map(|x| foljd(b, vad, x)).collect();
    if !foljder.is_empty() {
        ut.push(Del::Lista { punkter: foljder });
    }
    ut
}

/// What happens with the money that is expected to be left of a grant, or that it lacks.
fn foljd(b: &Byggare<'_>, vad: &Vad, bidrag: &Bidrag) -> Option<Vec<Ord>> {
    let urval = vad.till(&Urval::bidrag(bidrag.id).ar(vad.ar));
    let kvar = b.bok.varde(Matt::PrognosKvar, &urval).kant()?;
    let villkor = villkor::gallande(&b.bok.medelsposter, bidrag, Some(vad.ar));
    let senast = match villkor.aterbetalas {
        Some(dag) => format!("senast {}", tid::i_ord(dag)),
        None => "efter årets slut".to_owned(),
    };
    let nasta = vad.ar.saturating_add(1);
    let vad_da = match (kvar, villkor.overforing) {
        (0, _) => return None,
        (n, _) if n < 0 => "fattas. Mellanskillnaden betalar ni själva.".to_owned(),
        (_, Overforing::Ja) => format!("väntas bli kvar och får föras över till {nasta}."),
        (_, Overforing::MedMedgivande) => format!(
            "väntas bli kvar. De får föras över till {nasta} om finansiären medger det, och \
             betalas annars tillbaka {senast}."
        ),
        (_, Overforing::Nej) => {
            format!("väntas bli kvar. De får inte föras över utan betalas tillbaka {senast}.")
        }
        (_, Overforing::Okant) => {
            "väntas bli kvar. Det är inte registrerat om de får föras över.".to_owned()
        }
    };
    Some(vec![
        Ord::Stark(format!("{}: ", bidrag.namn)),
        Ord::Siffra(b.siffra(Matt::PrognosKvar, &urval)),
        ord(format!(" {vad_da}")),
    ])
}

/// The own capital against its ceiling, where an association has registered it.
fn egetkapital(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    let aret = vad.aret();
    if !b.har(Matt::EgetKapital, &aret) {
        return Vec::new();
    }
    let raden = |slag, namn: &str, matt| rad(slag, namn, vec![b.cell(matt, &aret)]);
    let mut tak = raden(Radslag::Vanlig, "\u{2212} Tak", Matt::EgetKapitalTak);
    tak.led = Led::Minus;
    vec![Del::Tabell(Siffertabell {
        rubrik: format!("Eget kapital vid slutet av {}, kronor.", vad.ar),
        kolumner: vec![Kolumn::ord("Post"), Kolumn::tal("Belopp")],
        rader: vec![
            raden(Radslag::Vanlig, "Eget kapital", Matt::EgetKapital),
            tak,
            raden(Radslag::Summa, "= Över taket", Matt::EgetKapitalOverTak),
        ],
        not: String::new(),
    })]
}

/// Budget, use, forecast and deviation of each insats.
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
        let till = vad.till(urval);
        vec![
            b.cell(Matt::Budget, urval),
            b.cell(Matt::AnvantTill, &till),
            b.cell(Matt::PrognosHelar, &till),
            b.cell(Matt::PrognosAvvikelse, &till),
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
        ],
        rader,
        not: String::new(),
    }));
    ut
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
            ord(format!(". {}", varfor(b, &om(i), i))),
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

/// Why an insats deviates: the explanation that covers it, the comment of the insats, or that
/// there is none.
fn varfor(b: &Byggare<'_>, urval: &Urval, i: &Insats) -> String {
    let laget = laget(b.bok, urval);
    if let (Some(f), true) = (laget.kommentar, laget.forklarad) {
        let orsak = f.galler().kategori.clone().unwrap_or_default();
        let ord = f.fakta.orsak.clone().unwrap_or_default();
        return format!("{}: {ord}", versal(&orsak));
    }
    let skrivet: Vec<&str> = i.text.kommentar.split_whitespace().collect();
    if skrivet.is_empty() {
        "Ingen har skrivit varför.".to_owned()
    } else {
        skrivet.join(" ")
    }
}

/// Budget lines that are no insatser: what is left of them is no surplus of any insats.
fn budgetrader(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    use FaktumSlag::{AnvantRad, Budgetkostnad};
    let namn: BTreeSet<String> = b
        .bok
        .fakta()
        .into_iter()
        .filter(|f| matches!(f.fakta.slag, AnvantRad | Budgetkostnad))
        .filter(|f| f.galler().ar == Some(vad.ar))
        .filter_map(|f| f.galler().kategori.clone())
        .collect();
    if namn.is_empty() || vad.namnd.is_some() {
        return Vec::new();
    }
    let celler = |urval: &Urval| {
        [Matt::Budgetkostnader, Matt::AnvantRad, Matt::AvvikelseRad]
            .iter()
            .map(|matt| b.cell(*matt, urval))
            .collect()
    };
    let mut rader: Vec<Sifferrad> = namn
        .into_iter()
        .map(|namn| {
            let urval = vad.aret().for_kategori(namn.clone());
            rad(Radslag::Vanlig, namn, celler(&urval))
        })
        .collect();
    rader.push(rad(Radslag::Summa, "Alla budgetrader", celler(&vad.aret())));
    vec![
        rubrik(1, "Budgetrader utanför insatserna", "budgetrader"),
        Del::Tabell(Siffertabell {
            rubrik: format!("Budget och använt {}, kronor.", vad.ar),
            kolumner: vec![
                Kolumn::ord("Budgetrad"),
                Kolumn::tal("Budget"),
                Kolumn::tal("Använt"),
                Kolumn::skillnad("Kvar", 1, 2),
            ],
            rader,
            not: String::new(),
        }),
    ]
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
    // Through the report's month, also when more is booked since.
    let mut rader: Vec<Sifferrad> = slag
        .into_iter()
        .map(|slag| (vad.till(&vad.aret().for_kategori(slag.clone())), slag))
        .filter(|(till, _)| b.har(Matt::AnvantTill, till))
        .map(|(till, slag)| rad(Radslag::Vanlig, slag, vec![b.cell(Matt::AnvantTill, &till)]))
        .collect();
    let alla = vec![b.cell(Matt::AnvantTill, &vad.till(&vad.aret()))];
    rader.push(rad(Radslag::Summa, "Allt som är använt", alla));
    vec![
        rubrik(1, "Per kostnadsslag", "kostnadsslag"),
        Del::Tabell(Siffertabell {
            rubrik: format!(
                "Använda pengar per kostnadsslag till och med {}, kronor. Intäkter är minus.",
                vad.manadsnamn()
            ),
            kolumner: vec![Kolumn::ord("Kostnadsslag"), Kolumn::tal("Använt")],
            rader,
            not: String::new(),
        }),
    ]
}

/// The use month by month, where the books tell it, beside the same month of the last year.
fn per_manad(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
    let manader: Vec<Date> = bokforda_manader(b.bok, vad.ar)
        .into_iter()
        .filter(|dag| *dag <= vad.manad)
        .collect();
    if manader.is_empty() || insatser.is_empty() || vad.namnd.is_some() {
        return Vec::new();
    }
    let rader = manader.iter().map(|dag| {
        let i_manaden = |ar: i16| Urval {
            period: date(ar, dag.month(), 1).into(),
            ..Urval::default().ar(ar)
        };
        let celler = vec![
            b.cell(Matt::AnvantInsats, &i_manaden(vad.ar)),
            b.cell(Matt::AnvantTill, &i_manaden(vad.ar)),
            b.cell(Matt::AnvantInsats, &i_manaden(vad.ar.saturating_sub(1))),
        ];
        rad(Radslag::Vanlig, versal(tid::manad(dag.month())), celler)
    });
    let rader = rader.collect();
    vec![
        rubrik(1, "Månad för månad", "manader"),
        Del::Tabell(Siffertabell {
            rubrik: "Använda pengar per månad, alla insatser, kronor.".to_owned(),
            kolumner: vec![
                Kolumn::ord("Månad"),
                Kolumn::tal("I månaden"),
                Kolumn::tal("Till och med månaden"),
                Kolumn::tal("Samma månad förra året"),
            ],
            rader,
            not: String::new(),
        }),
    ]
}
