//! Ragunda's distribution for 2021 and 2022, as views.

use super::kr;
use crate::formular::{Falt, FaltFel, FaltSlag, Felsammanfattning};
use crate::komponent::{
    Allvar, Besked, Flik, Handelse, Lank, Nyckeltal, Nyckeltalsrad, Text, Tidslinje,
};
use crate::ram::Sidhuvud;
use crate::sidor::{
    Andring, Arbetsyta, Fordelning, FordelningCell, FordelningKolumner, FordelningRad,
    Forhandsvisning, Sparningsrad, Varningsrad, VersionsRad, Versionsjamforelse, Visning,
};
use crate::tabell::{CellFalt, RadSlag};
use crate::tal::{TalVy, Tecken};

const AKTUELL: &str = "/medel/2/fordelning";
const FORSLAG: &str = "/medel/2/fordelning?version=2";

pub(crate) fn last() -> Fordelning {
    Fordelning {
        kvitto: None,
        ram: super::ram("Medel"),
        huvud: Sidhuvud::ny(
            "Fördelning, Ragunda 2022",
            "5\u{a0}000\u{a0}kr är kvar att fördela. Summan för 2021 stämmer inte med raderna.",
        )
        .overrad("Beslutad 2020")
        .under(vec![
            Lank::ny("Medel", "/medel"),
            Lank::ny("Socioekonomiskt arbete", "/medel/2"),
        ]),
        nyckeltal: nyckeltal(),
        versioner: vec![
            Flik::ny("Beslutad 2021", AKTUELL, true),
            Flik::ny("Förslag för 2022", FORSLAG, false),
        ],
        caption: "Ragunda, kronor".into(),
        kolumner: kolumner(),
        rader: rader(),
        formular: None,
        orsak: None,
        beslutsfalt: Vec::new(),
        forhandsvisning: None,
        besked: vec![Besked::ny(
            Allvar::Varning,
            "5\u{a0}000\u{a0}kr är inte fördelade 2022",
            Text::from("Fördela dem eller förklara varför de väntar. ")
                .lank(Lank::ny("Visa fyndet", "/granskning/r2")),
        )],
        beslut: beslut(),
        bladdra: Vec::new(),
        jamforelse: None,
        csv_href: Some("/medel/2/fordelning/tabell.csv".into()),
        yta: Arbetsyta::default(),
        per: super::per("/medel/2/fordelning"),
    }
}

pub(crate) fn andra() -> Fordelning {
    let mut sida = last();
    sida.huvud.overrad = "Förslag för 2022 · inte beslutat".into();
    sida.versioner = vec![
        Flik::ny("Beslutad 2021", AKTUELL, false),
        Flik::ny("Förslag för 2022", FORSLAG, true),
    ];
    sida.caption = "Ragunda, kronor. Fält med ram går att ändra.".into();
    sida.formular = Some(super::formular(AKTUELL).med_version(7));
    sida.orsak = Some(
        Falt::ny("orsak", "Varför ändras beloppen?", FaltSlag::Text)
            .hjalp("Orsaken står i journalen och i beslutsunderlaget."),
    );
    sida.yta = yta();
    for (i, rad) in sida.rader.iter_mut().enumerate().take(4) {
        let etikett = format!("{}, nya medel 2022, kronor", rad.namn);
        if let Some(cell) = rad.celler.get_mut(1)
            && let FordelningCell::Tal(tal) = cell
        {
            let (namn, varde) = (format!("belopp-{i}"), tal.text.clone());
            *cell = FordelningCell::Falt(CellFalt {
                namn,
                varde,
                etikett,
                fel_id: None,
                rad: i.to_string(),
                kol: "2022".into(),
                fore: String::new(),
            });
        }
    }
    sida
}

/// What the distribution is worked with: a warning to explain and one explained, and what was
/// saved.
fn yta() -> Arbetsyta {
    let varning = |namn: &str, forklaring: Option<&str>| Varningsrad {
        namn: namn.into(),
        cell: "0-2022".into(),
        text: "Trampolin, 2022: 900 kr är ett ovanligt litet belopp. Menade du tusental?".into(),
        forklaring: forklaring.map(str::to_owned),
        kryssad: false,
        kan: forklaring.is_none(),
    };
    let visning = |varde, text, aktuell| Visning {
        varde,
        text,
        href: format!("{AKTUELL}?visa={varde}"),
        aktuell,
    };
    Arbetsyta {
        kvar: "2022: 5\u{a0}000\u{a0}kr kvar att fördela.".into(),
        enhet: "kr",
        visning: vec![
            visning("kr", "Kronor", true),
            visning("tkr", "Tusental", false),
            visning("ifjol", "Jämför med i fjol", false),
        ],
        varningar: vec![
            varning("ok-enhet-0-2022-90000", None),
            varning(
                "ok-enhet-1-2022-90000",
                Some("Förklarad av ekonomen: bara fika."),
            ),
        ],
        varfor: Some(Falt::ny("varfor", "Varför stämmer det?", FaltSlag::Text).frivilligt()),
        klistra: vec![
            Falt::ny("klistra", "Celler från kalkylbladet", FaltSlag::Lang(4)).frivilligt(),
            super::val("klistra-rad", "Första raden", &[("0", "Trampolin")]),
            super::val(
                "klistra-kol",
                "Första året",
                &[("0", "2021"), ("1", "2022")],
            ),
        ],
        angra: None,
        sparat: vec![Sparningsrad {
            nar: "2 februari 2022 kl. 9.00, ekonomen".into(),
            orsak: "Kommunstyrelsen § 220".into(),
            byten: vec!["Trampolin 2022: 900\u{a0}000 → 1\u{a0}095\u{a0}000 kr".into()],
            angra: Some("/medel/2/fordelning/angra?sparning=7".into()),
        }],
        tabeller: Vec::new(),
    }
}

pub(crate) fn fel() -> Fordelning {
    let mut sida = andra();
    let text = "Årssumman för 2021 är 85\u{a0}680\u{a0}kr högre än raderna";
    if let Some(rad) = sida.rader.iter_mut().find(|r| r.namn == "Att fördela") {
        rad.fel = Some(("ars21-fel".into(), format!("{text}.")));
        rad.under = Some("Lägg till en rad eller ändra till 1\u{a0}923\u{a0}000.".into());
        if let Some(cell) = rad.celler.first_mut() {
            *cell = FordelningCell::Falt(CellFalt {
                namn: "ars21".into(),
                varde: "2\u{a0}008\u{a0}680".into(),
                etikett: "Årssumma 2021, kronor".into(),
                fel_id: Some("ars21-fel".into()),
                rad: String::new(),
                kol: String::new(),
                fore: String::new(),
            });
        }
    }
    sida.ram.fel = Some(Felsammanfattning {
        rubrik: "Ett fel hindrar beslut".into(),
        fel: vec![FaltFel {
            falt: "ars21".into(),
            text: text.into(),
        }],
    });
    sida
}

pub(crate) fn omraknad() -> Fordelning {
    let mut sida = andra();
    sida.forhandsvisning = Some(Forhandsvisning {
        text: "Alla pengar för 2022 blir fördelade.".into(),
        rader: vec![Andring {
            namn: "Handledning, AMI, nya medel 2022".into(),
            fore: kr(250_000),
            efter: TalVy::utan_lank("255\u{a0}000"),
            skillnad: TalVy::utan_lank("+5\u{a0}000"),
        }],
    });
    sida
}

fn nyckeltal() -> Nyckeltalsrad {
    let av = "av 1\u{a0}890\u{a0}000\u{a0}kr";
    vec![
        Nyckeltal::ny("Kvar att fördela 2022", kr(5_000).enhet("kr"), av),
        Nyckeltal::ny(
            "Fördelat 2022",
            kr(1_885_000).enhet("kr"),
            "varav 140\u{a0}000 överfört",
        ),
        Nyckeltal::ny(
            "Kommunens arbetstid",
            TalVy::tecken(Tecken::Okant),
            "utlovad, men inte värderad i kronor",
        ),
    ]
    .into()
}

fn kolumner() -> Vec<FordelningKolumner> {
    let rubriker = [
        "2021\nbeslutat",
        "2022\nnya medel",
        "2022\növerfört",
        "2022\ntotalt",
        "2022\nlöpande",
    ];
    vec![
        FordelningKolumner {
            finansiar: "Tillväxt\u{ad}verket".into(),
            rubriker: rubriker.map(String::from).to_vec(),
        },
        FordelningKolumner {
            finansiar: "Kommunen".into(),
            rubriker: vec!["Arbetstid\n2022".into()],
        },
    ]
}

fn beslut() -> Tidslinje {
    vec![
        Handelse {
            nar: "22\u{a0}november 2021".into(),
            datum: "2021-11-22".into(),
            text: "Arbetsgruppen föreslår ny fördelning för 2022.".into(),
            nu: true,
        },
        Handelse {
            nar: "2020".into(),
            datum: "2020".into(),
            text: Text::from("Kommunstyrelsen fördelade pengarna för 2021 och 2022. ")
                .lank(Lank::ny("Läs § 220/2020", "/beslut/220")),
            nu: false,
        },
    ]
    .into()
}

/// Name, then 2021 decided and 2022 new, carried over, total and running.
const TJANSTER: [(&str, [i64; 5]); 4] = [
    (
        "Trampolinen, socialtjänsten",
        [453_000, 460_000, 0, 460_000, 460_000],
    ),
    (
        "Trampolinen, elevhälsan",
        [630_000, 635_000, 0, 635_000, 1_095_000],
    ),
    (
        "Handledning, Anders Olovskolan",
        [420_000, 400_000, 0, 400_000, 1_495_000],
    ),
    (
        "Handledning, AMI",
        [420_000, 250_000, 140_000, 390_000, 1_885_000],
    ),
];

fn rad(slag: RadSlag, namn: &str, celler: Vec<FordelningCell>) -> FordelningRad {
    FordelningRad {
        slag,
        namn: namn.into(),
        href: None,
        under: None,
        fel: None,
        celler,
    }
}

fn rader() -> Vec<FordelningRad> {
    let tal = |t: i64| FordelningCell::Tal(kr(t));
    let okant = || FordelningCell::Tal(TalVy::tecken(Tecken::Okant));
    let tjanst = |(namn, belopp): (&str, [i64; 5])| FordelningRad {
        under: Some("En heltidstjänst".into()),
        ..rad(
            RadSlag::Vanlig,
            namn,
            belopp.map(tal).into_iter().chain([okant()]).collect(),
        )
    };
    let summor = |belopp: [i64; 4], sist| {
        let rad = belopp.map(tal).into_iter();
        rad.chain([FordelningCell::Ord("ingår ej"), sist])
            .collect::<Vec<_>>()
    };
    let mut rader: Vec<FordelningRad> = TJANSTER.into_iter().map(tjanst).collect();
    let fordelat = summor([1_923_000, 1_745_000, 140_000, 1_885_000], okant());
    rader.push(rad(RadSlag::Delsumma, "Fördelat", fordelat));
    let att = summor(
        [2_008_680, 1_750_000, 140_000, 1_890_000],
        FordelningCell::Ord("ingår ej"),
    );
    rader.push(rad(RadSlag::Vanlig, "Att fördela", att));
    let kvar = vec![
        FordelningCell::TalMedLage(kr(85_680), Allvar::Fel.into()),
        FordelningCell::TalMedLage(kr(5_000), Allvar::Varning.into()),
        tal(0),
        tal(5_000),
        FordelningCell::Ord("ingår ej"),
        FordelningCell::Ord("ingår ej"),
    ];
    rader.push(rad(RadSlag::Summa, "Kvar att fördela", kvar));
    rader
}

pub(crate) fn jamforelse() -> Versionsjamforelse {
    let rad = |slag, namn: &str, galler: i64, forslag: i64, skillnad: &str| VersionsRad {
        slag,
        namn: namn.into(),
        galler: kr(galler),
        forslag: vec![(kr(forslag), TalVy::utan_lank(skillnad))],
    };
    Versionsjamforelse {
        versioner: vec!["Förslag A".into()],
        rader: vec![
            rad(
                RadSlag::Vanlig,
                "AMI, 2022",
                250_000,
                255_000,
                "+5\u{a0}000",
            ),
            rad(
                RadSlag::Summa,
                "Alla insatser, 2022",
                1_745_000,
                1_750_000,
                "+5\u{a0}000",
            ),
        ],
    }
}
