//! The tables after the insatser: boards, funders, budget lines, kinds of cost and months.

use super::super::{Byggare, bokforda_manader, rad, rubrik, versal};
use super::{Vad, talen};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::rapport::sammanstallning::{Del, Siffercell, Sifferrad, Siffertabell};
use utfall_domain::rapport::{Kolumn, Radslag};
use utfall_domain::tid;

/// Budget lines that are no insatser: what is left of them is no surplus of any insats.
pub(super) fn budgetrader(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
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
    // Counted of the rows: a line without a reported use is not a line that nobody used.
    let summa = vec![
        Siffercell::Summerad,
        Siffercell::Summerad,
        Siffercell::Raknad,
    ];
    rader.push(rad(Radslag::Summa, "Alla budgetrader", summa));
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
pub(super) fn per_namnd(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
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

/// The use of the insatser by kind of cost with what is expected of the year, where the books
/// tell it.
pub(super) fn per_kostnadsslag(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
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
    let celler = |urval: &Urval| {
        let till = vad.till(urval);
        vec![
            b.cell(Matt::AnvantTill, &till),
            b.cell(Matt::PrognosHelar, &till),
        ]
    };
    let mut rader: Vec<Sifferrad> = slag
        .into_iter()
        .map(|slag| (vad.aret().for_kategori(slag.clone()), slag))
        .filter(|(urval, _)| b.har(Matt::AnvantTill, &vad.till(urval)))
        .map(|(urval, slag)| rad(Radslag::Vanlig, slag, celler(&urval)))
        .collect();
    let alla = celler(&vad.aret());
    rader.push(rad(Radslag::Summa, "Alla insatser", alla));
    vec![
        rubrik(1, "Per kostnadsslag", "kostnadsslag"),
        Del::Tabell(Siffertabell {
            rubrik: format!(
                "Använt till och med {} och prognos per kostnadsslag, kronor. Intäkter är minus.",
                vad.manadsnamn()
            ),
            kolumner: vec![
                Kolumn::ord("Kostnadsslag"),
                Kolumn::tal("Använt"),
                Kolumn::tal("Prognos helår"),
            ],
            rader,
            not: "Ett kostnadsslag följer insatsens metod när den räknas ur bokföringen, annars \
                  takten hittills. Summan är insatsernas egna prognoser med kända poster, så \
                  kostnadsslagen behöver inte bli lika mycket tillsammans."
                .to_owned(),
        }),
    ]
}

/// The same by funder (R72): what each pays of, used and expected.
pub(super) fn per_finansiar(b: &Byggare<'_>, vad: &Vad) -> Vec<Del> {
    let alla: BTreeSet<OrganisationId> = b.bok.bidrag.iter().map(|x| x.finansiar).collect();
    let med = |urval: &Urval| {
        [Matt::Budget, Matt::AnvantInsats]
            .iter()
            .any(|matt| b.har(*matt, urval))
    };
    let mut rader: Vec<Sifferrad> = alla
        .into_iter()
        .map(|id| (id, vad.aret().for_finansiar(id)))
        .filter(|(_, urval)| med(urval))
        .map(|(id, urval)| {
            let namn = b.bok.organisationsnamn(id);
            rad(Radslag::Vanlig, namn, talen(b, vad, &urval))
        })
        .collect();
    let utan = Urval {
        utan_bidrag: true,
        ..vad.aret()
    };
    if med(&utan) {
        let celler = talen(b, vad, &utan);
        rader.push(rad(Radslag::Vanlig, "Utan bidrag", celler));
    }
    if rader.is_empty() {
        return Vec::new();
    }
    let alla = talen(b, vad, &vad.aret());
    rader.push(rad(Radslag::Summa, "Alla insatser", alla));
    vec![
        rubrik(1, "Per finansiär", "finansiarer"),
        Del::Tabell(Siffertabell {
            rubrik: format!(
                "Budget, använt till och med {} och prognos efter vem som betalar, kronor.",
                vad.manadsnamn()
            ),
            kolumner: vec![
                Kolumn::ord("Finansiär"),
                Kolumn::tal("Budget"),
                Kolumn::tal("Använt"),
                Kolumn::tal("Prognos helår"),
                Kolumn::skillnad("Avvikelse", 1, 3),
                Kolumn::andel("Avvikelse, %", 4, 1),
            ],
            rader,
            not: String::new(),
        }),
    ]
}

/// The use month by month, where the books tell it, beside the same month of the last year.
pub(super) fn per_manad(b: &Byggare<'_>, vad: &Vad, insatser: &[&Insats]) -> Vec<Del> {
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
            b.cell(Matt::PrognosHelar, &i_manaden(vad.ar)),
        ];
        rad(Radslag::Vanlig, versal(tid::manad(dag.month())), celler)
    });
    let rader = rader.collect();
    vec![
        rubrik(1, "Månad för månad", "manader"),
        Del::Tabell(Siffertabell {
            rubrik: "Använda pengar och prognos per månad, alla insatser, kronor.".to_owned(),
            kolumner: vec![
                Kolumn::ord("Månad"),
                Kolumn::tal("I månaden"),
                Kolumn::tal("Till och med månaden"),
                Kolumn::tal("Samma månad förra året"),
                Kolumn::tal("Prognos helår då"),
            ],
            rader,
            not: "Prognos helår då är hela året så som det beräknas med bokföringen till och \
                  med den månaden."
                .to_owned(),
        }),
    ]
}
