//! Fees of an association: what they are counted on, what a proposal means in kronor, the
//! funding key, staff that is shared, and what members give and get back.

mod former;

pub use former::spara;

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::eget_kapital::{forbunden, nyckeldel};
use crate::felen::sammanfattning;
use crate::las;
use crate::parametrar::{arsval, i_ord, valt_ar};
use crate::registrering::tal;
use crate::siffror::Siffror;
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::OrganisationId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::parameter::{self, NYCKEL, Parameter};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Besked, Kvitto, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Ekonomisida, Filter, Formulardel, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Radrubrik, Tabell};
use utfall_vyer::tal::TalVy;

/// What the page is about.
struct Valt {
    ar: i16,
    forbund: Option<OrganisationId>,
}

impl Valt {
    fn av(a: &Inloggat, s: &Siffror<'_>) -> Self {
        let onskat = a.fraga.tal("forbund").or_else(|| a.formular.tal("forbund"));
        let alla = forbunden(s);
        let onskat = onskat.and_then(OrganisationId::ny);
        Self {
            ar: valt_ar(a),
            forbund: onskat
                .filter(|id| alla.contains_key(id))
                .or_else(|| alla.keys().next().copied()),
        }
    }

    fn urval(&self) -> Urval {
        Urval {
            organisation: self.forbund,
            ..Urval::default().ar(self.ar)
        }
    }
}

/// GET `/avgifter`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sida = sidan(&a, &bok, &[]);
    las::svar_ekonomi(&sida)
}

fn sidan(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Ekonomisida {
    let s = Siffror::ny(bok);
    let valt = Valt::av(a, &s);
    let mut dolda = vec![("ar".to_owned(), valt.ar.to_string())];
    dolda.extend(
        valt.forbund
            .map(|id| ("forbund".to_owned(), id.to_string())),
    );
    let per = a.perdatum(bok, adress::avgifter(), dolda);
    let formular = if a.far(Atgard::RegistreraFaktum) && bok.per_dag().is_none() {
        let medlem = a.formular.text("vad") == "medlem";
        let (om_medlem, om_personal) = if medlem {
            (fel, &[][..])
        } else {
            (&[][..], fel)
        };
        vec![
            former::medlemsformular(a, bok, &valt, om_medlem),
            former::personalformular(a, bok, &valt, om_personal),
        ]
    } else {
        Vec::new()
    };
    let mut ram = a.ram_per(&per);
    if !fel.is_empty() {
        let falt = formular.iter().flat_map(|del: &Formulardel| &del.falt);
        ram.fel = sammanfattning("Det sparades inte", falt, fel);
    }
    let mut delar = vec![underlaget(&s, &valt), avgiften(&s, &valt)];
    delar.extend(scenario(a, &s, &valt));
    delar.extend(medlemmar(&s, &valt));
    delar.extend(personal(&s, &valt));
    Ekonomisida {
        ram,
        huvud: Sidhuvud::ny(format!("Avgifter {}", valt.ar), ingress(&s, &valt))
            .overrad(overrad(bok, &valt))
            .under(vec![Lank::ny("Medel", adress::medel())]),
        kvitto: (a.fraga.text("sparat") == "ja").then(|| Kvitto::ny("Det är sparat.")),
        filter: Some(filter(a, &s, &valt)),
        nyckeltal: nyckeltal(&s, &valt).into(),
        besked: nyckelbesked(&s, &valt),
        delar,
        formular,
        lankar: vec![
            Lank::ny("Eget kapital", adress::eget_kapital()),
            Lank::ny("Inställningar", adress::parametrar()),
        ],
        per: Some(per),
        ..Ekonomisida::default()
    }
}

fn overrad(bok: &Bok, valt: &Valt) -> String {
    let namn = valt.forbund.map_or("", |id| bok.organisationsnamn(id));
    format!("{namn}{}", las::som_det_var(bok))
}

fn ingress(s: &Siffror<'_>, valt: &Valt) -> Text {
    let urval = valt.urval();
    if s.kant(Matt::Serviceavgift, &urval).is_none() {
        return "Serviceavgiften räknas på det som stat, region och kommun ger förbundet. \
                Registrera medlen och sätt avgiften, så räknas den här."
            .into();
    }
    Text::from("Serviceavgiften är ")
        .tal(s.med_enhet(Matt::Serviceavgift, &urval))
        .ord(".")
}

fn filter(a: &Inloggat, s: &Siffror<'_>, valt: &Valt) -> Filter {
    let alla = forbunden(s)
        .into_keys()
        .map(|id| (id.to_string(), s.bok.organisationsnamn(id).to_owned()));
    let mut falten = vec![arsval(a, valt.ar)];
    let alla: Vec<(String, String)> = alla.collect();
    if !alla.is_empty() {
        let vald = valt.forbund.map(|id| id.to_string()).unwrap_or_default();
        falten.push(Falt::ny("forbund", "Förbund", FaltSlag::Val(alla)).varde(vald));
    }
    falten.push(
        Falt::ny("externt", "Om ni får externa medel, kronor", FaltSlag::Tal)
            .varde(a.fraga.text("externt"))
            .frivilligt(),
    );
    Filter {
        mal: adress::avgifter().into(),
        falt: falten,
        knapp: "Visa".into(),
        hjalp: "Externa medel är ett räkneexempel. Det sparas inte.".into(),
    }
}

fn nyckeltal(s: &Siffror<'_>, valt: &Valt) -> Vec<Nyckeltal> {
    let urval = valt.urval();
    let fast = Urval::default()
        .ar(valt.ar)
        .for_kategori(Parameter::Medlemsavgift.kod());
    vec![
        Nyckeltal::ny(
            "Medel från parterna",
            s.med_enhet(Matt::Partsmedel, &urval),
            "det som avgiften räknas på",
        ),
        Nyckeltal::ny(
            "Serviceavgift",
            s.med_enhet(Matt::Serviceavgift, &urval),
            sats(s, valt, Parameter::Serviceavgift),
        ),
        Nyckeltal::ny(
            "Fast medlemsavgift",
            s.med_enhet(Matt::InstallningKr, &fast),
            "samma för alla",
        ),
    ]
}

/// A rate in words; says when nobody has set it.
fn sats(s: &Siffror<'_>, valt: &Valt, p: Parameter) -> String {
    parameter::varde(&s.bok.index(), p, valt.ar)
        .map_or_else(|| "inte bestämd".to_owned(), |tal| i_ord(p, tal))
}

/// The base and the funding key.
fn underlaget(s: &Siffror<'_>, valt: &Valt) -> Tabelldel {
    let urval = valt.urval();
    let mut rader: Vec<Rad> = NYCKEL
        .into_iter()
        .map(|p| {
            let fran = urval.clone().for_kategori(nyckeldel(p));
            let enligt = urval.clone().for_kategori(p.kod());
            let ger = s.kant(Matt::Partsmedel, &fran);
            let ska = s.kant(Matt::EnligtNyckeln, &enligt);
            let dom = match ger.zip(ska) {
                Some((a, b)) if a == b => "stämmer",
                Some(_) => "stämmer inte",
                None => "går inte att säga",
            };
            Rad::ny(vec![
                Cell::Rubrik(Radrubrik {
                    text: crate::ram::stor_forst(nyckeldel(p)),
                    under: Some(sats(s, valt, p)),
                    ..Radrubrik::default()
                }),
                s.tal(Matt::Partsmedel, &fran).into(),
                s.tal(Matt::EnligtNyckeln, &enligt).into(),
                dom.into(),
            ])
        })
        .collect();
    rader.push(Rad::av(
        RadSlag::Summa,
        vec![
            Cell::rubrik("Alla parter"),
            s.tal(Matt::Partsmedel, &urval).into(),
            s.tal(Matt::Partsmedel, &urval).into(),
            "hela".into(),
        ],
    ));
    let kolumner = vec![
        Kolumn::ord("Part"),
        Kolumn::kr("Ger"),
        Kolumn::kr("Enligt nyckeln"),
        Kolumn::ord("Jämfört"),
    ];
    Tabelldel {
        id: "underlag".into(),
        rubrik: "Vad parterna ger, och fördelningsnyckeln".into(),
        text: "Staten hälften, region och kommuner en fjärdedel var, om inget annat är inställt \
               (2003:1210, 5 §)."
            .into(),
        tabell: Tabell::ny(
            "underlag-t",
            format!("Parterna, kronor {}", valt.ar),
            kolumner,
            rader,
        ),
    }
}

/// Parts that do not follow the key.
fn nyckelbesked(s: &Siffror<'_>, valt: &Valt) -> Vec<Besked> {
    let urval = valt.urval();
    let fel: Vec<String> = NYCKEL
        .into_iter()
        .filter(|p| {
            let ger = s.kant(Matt::Partsmedel, &urval.clone().for_kategori(nyckeldel(*p)));
            let ska = s.kant(Matt::EnligtNyckeln, &urval.clone().for_kategori(p.kod()));
            ger.zip(ska).is_some_and(|(a, b)| a != b)
        })
        .map(|p| nyckeldel(p).to_owned())
        .collect();
    if fel.is_empty() {
        return Vec::new();
    }
    vec![Besked::ny(
        utfall_vyer::komponent::Allvar::Varning,
        "parternas delar följer inte nyckeln",
        format!(
            "Det gäller {}. Kontrollera beloppen, eller nyckeln under Inställningar.",
            fel.join(", ")
        ),
    )]
}

/// The fee now and with the proposal, read in both ways.
fn avgiften(s: &Siffror<'_>, valt: &Valt) -> Tabelldel {
    let urval = valt.urval();
    let forslag = sats(s, valt, Parameter::ServiceavgiftForslag);
    let index = s.bok.index();
    let nu = parameter::varde(&index, Parameter::Serviceavgift, valt.ar);
    let ny = parameter::varde(&index, Parameter::ServiceavgiftForslag, valt.ar);
    let med = nu.zip(ny).and_then(|(a, b)| a.checked_add(b)).map_or_else(
        || "går inte att räkna".to_owned(),
        |tal| format!("blir {}", i_ord(Parameter::Serviceavgift, tal)),
    );
    let rad = |namn, under, belopp, mer| avgiftsrad(s, &urval, (namn, under), (belopp, mer));
    let rader = vec![
        rad(
            "Avgiften som den är".into(),
            sats(s, valt, Parameter::Serviceavgift),
            Matt::Serviceavgift,
            None,
        ),
        rad(
            format!("Höjd till {forslag}"),
            format!("blir {forslag}"),
            Matt::ServiceavgiftTill,
            Some(Matt::ServiceavgiftMerTill),
        ),
        rad(
            format!("Höjd med {forslag}"),
            med,
            Matt::ServiceavgiftMed,
            Some(Matt::ServiceavgiftMerMed),
        ),
    ];
    let kolumner = vec![
        Kolumn::ord("Serviceavgift"),
        Kolumn::kr("Avgift"),
        Kolumn::kr("Ändring"),
    ];
    Tabelldel {
        id: "avgift".into(),
        rubrik: "Vad förslaget betyder".into(),
        text: "Att höja till ett tal och att höja med ett tal är två olika saker. Läs förslaget \
               noga."
            .into(),
        tabell: Tabell::ny(
            "avgift-t",
            format!("Avgiften, kronor {}", valt.ar),
            kolumner,
            rader,
        ),
    }
}

/// A way to read the fee: what it becomes and how much more that is.
fn avgiftsrad(
    s: &Siffror<'_>,
    urval: &Urval,
    (namn, under): (String, String),
    (belopp, mer): (Matt, Option<Matt>),
) -> Rad {
    let andring = mer.map_or_else(
        || Cell::Kort("ingen ändring".into(), true),
        |matt| s.tal(matt, urval).into(),
    );
    Rad::ny(vec![
        Cell::Rubrik(Radrubrik {
            text: namn,
            under: Some(under),
            ..Radrubrik::default()
        }),
        s.tal(belopp, urval).into(),
        andring,
    ])
}

/// What the fee could be if external money came: counted on what was typed, and not saved.
fn scenario(a: &Inloggat, s: &Siffror<'_>, valt: &Valt) -> Option<Tabelldel> {
    let skrivet = a.fraga.text("externt");
    let (externt, _) = tal::pengar(skrivet, "kr", "externt").ok()?;
    let externt = externt.kant().filter(|tal| *tal > 0)?;
    let urval = valt.urval();
    let avgift = s.kant(Matt::Serviceavgift, &urval)?;
    let bas = s.kant(Matt::Partsmedel, &urval).filter(|tal| *tal > 0)?;
    let kvar = avgift.saturating_sub(externt).max(0);
    // In hundredths of per mille, so that small steps show; rounded down.
    let promille = i128::from(kvar)
        .checked_mul(100_000)?
        .checked_div(i128::from(bas))?;
    let promille = i64::try_from(promille).ok()?;
    let fritt = |tal: i64| Cell::from(TalVy::utan_lank(Ore(tal).to_string()));
    let rader = vec![
        Rad::ny(vec![
            Cell::rubrik("Serviceavgiften nu"),
            s.tal(Matt::Serviceavgift, &urval).into(),
        ]),
        Rad::ny(vec![
            Cell::rubrik("Externa medel som du skrev"),
            fritt(-externt),
        ]),
        Rad::av(
            RadSlag::Summa,
            vec![Cell::rubrik("Avgift som skulle räcka"), fritt(kvar)],
        ),
    ];
    let kolumner = vec![Kolumn::ord("Räkneexempel"), Kolumn::kr("Belopp")];
    Some(Tabelldel {
        id: "om".into(),
        rubrik: "Om ni får externa medel".into(),
        text: format!(
            "Avgiften skulle kunna sänkas till {},{:02}\u{a0}‰. Ett räkneexempel som inte sparas.",
            promille / 100,
            promille % 100
        )
        .into(),
        tabell: Tabell::ny("om-t", "Räkneexempel, kronor", kolumner, rader),
    })
}

/// What each member gives, and what has come back to it.
fn medlemmar(s: &Siffror<'_>, valt: &Valt) -> Option<Tabelldel> {
    let alla: BTreeSet<OrganisationId> = s
        .fakta()
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Medlemsbidrag)
        .filter(|f| f.galler().ar == Some(valt.ar))
        .filter_map(|f| f.galler().organisation)
        .collect();
    if alla.is_empty() {
        return None;
    }
    let rader = alla
        .into_iter()
        .map(|id| {
            let urval = Urval::default().ar(valt.ar).for_organisation(id);
            let insatser = s.bok.insatser.iter();
            let insatser = insatser.filter(|i| i.ansvariga.contains(&id)).count();
            Rad::ny(vec![
                Cell::rubrik(s.bok.organisationsnamn(id)),
                s.tal(Matt::Medlemsbidrag, &urval).into(),
                s.tal(Matt::Ansokt, &urval).into(),
                s.tal(Matt::Fordelat, &urval).into(),
                s.tal(Matt::AnvantInsats, &urval).into(),
                s.tal(Matt::Deltagare, &urval).into(),
                Cell::Kort(
                    crate::siffror::antal(insatser, "ingen", "en insats", "insatser"),
                    false,
                ),
            ])
        })
        .collect();
    let kolumner = vec![
        Kolumn::ord("Medlem"),
        Kolumn::kr("Ger"),
        Kolumn::kr("Har sökt"),
        Kolumn::kr("Har fått"),
        Kolumn::kr("Har använt"),
        Kolumn::tal("Deltagare"),
        Kolumn::ord("Insatser"),
    ];
    Some(Tabelldel {
        id: "medlemmar".into(),
        rubrik: "Vad medlemmarna ger och får tillbaka".into(),
        text: "Det som har kommit tillbaka är det som gått till insatser som medlemmen ansvarar \
               för."
            .into(),
        tabell: Tabell::ny(
            "medlemmar-t",
            format!("Medlemmarna, kronor {}", valt.ar),
            kolumner,
            rader,
        )
        .klass("bredd"),
    })
}

fn personal(s: &Siffror<'_>, valt: &Valt) -> Option<Tabelldel> {
    let alla: Vec<_> = s
        .fakta()
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Personalkop && f.galler().ar == Some(valt.ar))
        .collect();
    if alla.is_empty() {
        return None;
    }
    let mut rader: Vec<Rad> = alla
        .iter()
        .map(|f| {
            let g = f.galler();
            let period = g.period_fran.zip(g.period_till).map_or_else(
                || "hela året".to_owned(),
                |(a, b)| format!("{}–{}", tid::manad(a.month()), tid::manad(b.month())),
            );
            let motpart = g.organisation.map_or("", |id| s.bok.organisationsnamn(id));
            Rad::ny(vec![
                Cell::Rubrik(Radrubrik {
                    text: motpart.to_owned(),
                    under: g.kategori.clone(),
                    ..Radrubrik::default()
                }),
                Cell::Kort(period, false),
                crate::siffror::varde(f.varde(), f.fakta.slag.enhet())
                    .lank(crate::rattelse::tillbaka(f))
                    .into(),
                f.fakta.orsak.clone().unwrap_or_default().into(),
            ])
        })
        .collect();
    let urval = Urval::default().ar(valt.ar);
    rader.push(Rad::av(
        RadSlag::Summa,
        vec![
            Cell::rubrik("Summa"),
            Cell::Kort("året".into(), false),
            s.tal(Matt::Personalkop, &urval).into(),
            "minus är såld personal".into(),
        ],
    ));
    let kolumner = vec![
        Kolumn::ord("Förbund och uppgift"),
        Kolumn::ord("Månader"),
        Kolumn::kr("Kostnad"),
        Kolumn::ord("Räknad på"),
    ];
    Some(Tabelldel {
        id: "personal".into(),
        rubrik: "Köpt och såld personal".into(),
        text: "Till självkostnad: del av heltid gånger månader.".into(),
        tabell: Tabell::ny(
            "personal-t",
            format!("Personal, kronor {}", valt.ar),
            kolumner,
            rader,
        ),
    })
}
