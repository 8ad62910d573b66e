//! Sandviken's fifteen rows and Strängnäs' outcomes, as a public page.

use super::kr;
use crate::diagram::{Andelar, Andelsrad, Flode, Kalla, Malpunkt};
use crate::komponent::{Allvar, Besked, Lank, Nyckeltal, Text};
use crate::ram::Sidhuvud;
use crate::sidor::publik::{PengarDel, PublikPengar, PublikResultat, PublikUtfall, UtfallRad};
use crate::sidor::{InsatsGrupp, InsatsRad, InsatsTabell, TreTal};
use crate::tabell::RadSlag;
use crate::tal::{TalVy, Tecken};

const RADER: [(&str, &str, i64); 15] = [
    (
        "Fältverksamheten",
        "Individ- och familjeomsorgsnämnden",
        2_600,
    ),
    ("Språk inför yrkesutbildning", "Arbetslivsnämnden", 2_070),
    ("Koordinatorer för praktik", "Arbetslivsnämnden", 1_600),
    (
        "Platser för arbetsträning",
        "Arbetslivsnämnden med flera",
        1_500,
    ),
    (
        "Tidiga insatser mot skolfrånvaro",
        "Kunskapsnämnden med flera",
        1_400,
    ),
    ("Buffert", "Kommunstyrelsen", 1_252),
    ("Familjepedagog", "Tre nämnder", 700),
    ("Mer undervisning i svenska", "Arbetslivsnämnden", 530),
    ("Medborgardialog", "Individ- och familjeomsorgsnämnden", 500),
    (
        "Ledning av fältverksamheten",
        "Individ- och familjeomsorgsnämnden",
        300,
    ),
    (
        "Detaljplaner med socialt perspektiv",
        "Samhällsbyggnadsnämnden",
        235,
    ),
    (
        "Fritidsbanken i bostadsområden",
        "Kultur- och fritidsnämnden med flera",
        200,
    ),
    ("Kartläggning av livsvillkor", "Två nämnder", 150),
    (
        "Läsfrämjande i bostadsområden",
        "Kultur- och fritidsnämnden med flera",
        150,
    ),
    ("Ungdomsbilen", "Kommunstyrelsen", 100),
];

fn tabell() -> InsatsTabell {
    let vantar = || TalVy::tecken(Tecken::EjInrapporterat);
    let tre = |tkr: i64| TreTal {
        budget: kr(tkr * 1_000),
        anvant: vantar(),
        kvar: vantar(),
    };
    let rad = |namn: &str, under: &str, tkr, utan_rad| InsatsRad {
        namn: namn.into(),
        href: format!(
            "/sandviken/insatser/{}",
            namn.to_lowercase().replace(' ', "-")
        ),
        under: Some(under.into()),
        budget_vikt: Some(tkr),
        anvant_vikt: None,
        utan_rad,
        tal: tre(tkr),
    };
    let mut rader: Vec<InsatsRad> = RADER.iter().map(|(n, u, t)| rad(n, u, *t, false)).collect();
    rader.push(rad(
        "Ingen rad i tabellen",
        "Rubriken säger 14 miljoner",
        713,
        true,
    ));
    InsatsTabell {
        csv: None,
        id: "sandviken-t".into(),
        caption: "Budget i kronor. Inget utfall är redovisat.".into(),
        grupper: vec![InsatsGrupp {
            namn: String::new(),
            rader,
            summa: None,
        }],
        summa: Some(("Enligt rubriken".into(), tre(14_000))),
        bara_budget: true,
        bladdra: Vec::new(),
    }
}

fn flode() -> Flode {
    let mut mal: Vec<Malpunkt> = RADER
        .iter()
        .map(|(namn, _, tkr)| Malpunkt {
            namn: (*namn).into(),
            tal: kr(tkr * 1_000),
            fran: vec![(0, *tkr)],
            utan_rad: false,
        })
        .collect();
    mal.push(Malpunkt {
        namn: "Ingen rad i tabellen".into(),
        tal: kr(713_000),
        fran: vec![(0, 713)],
        utan_rad: true,
    });
    Flode {
        id: "flode".into(),
        fynd: "Fem insatser får två av tre kronor".into(),
        under: "Budget i kronor. Ju bredare band, desto mer pengar.".into(),
        titel: "Fjorton miljoner fördelade på femton rader".into(),
        beskrivning: "Störst är fältverksamheten med 2\u{a0}600\u{a0}000 kronor. \
            713\u{a0}000 kronor har ingen rad."
            .into(),
        kallor: vec![Kalla {
            namn: "Tillväxtverket och kommunen".into(),
            tal: kr(14_000_000),
        }],
        mal,
    }
}

fn andelar() -> Andelar {
    let rad = |namn: &str, under: &str, delar: &[(usize, i64)]| Andelsrad {
        namn: namn.into(),
        under: under.into(),
        delar: delar.iter().map(|(k, n)| (*k, *n, n.to_string())).collect(),
    };
    Andelar {
        id: "utfall-d".into(),
        fynd: "Av 151 deltagare fick 42 arbete. För 34 vet vi inte.".into(),
        under: "Hela stapeln är alla deltagare. Insatserna hade olika mål.".into(),
        titel: "Vad deltagarna gick till efter tre avslutade insatser".into(),
        beskrivning: "IMA: 23 av 77 till arbete, 18 till studier, 12 till annat steg, \
                20 avbröt, 4 okända. TUNA: 10 av 51 till arbete, 25 till annat steg, 16 okända. \
                Likes: 9 av 23 till arbete, 14 okända."
            .into(),
        kategorier: ["Arbete", "Studier", "Annat steg", "Avbröt", "Okänt"]
            .map(String::from)
            .to_vec(),
        rader: vec![
            rad(
                "IMA",
                "77 deltagare",
                &[(0, 23), (1, 18), (2, 12), (3, 20), (4, 4)],
            ),
            rad("TUNA", "51 deltagare", &[(0, 10), (2, 25), (4, 16)]),
            rad("Likes", "23 deltagare", &[(0, 9), (4, 14)]),
        ],
    }
}

fn utfall() -> PublikUtfall {
    let tal = |t: &str| match t {
        "–" => TalVy::tecken(Tecken::Okant),
        ".." => TalVy::tecken(Tecken::Sekretess),
        _ => TalVy::ny(t, "/strangnas/harledning/utfall"),
    };
    let tabellrad = |slag, namn: &str, under: &str, t: [&str; 6]| UtfallRad {
        slag,
        namn: namn.into(),
        under: under.into(),
        tal: t.map(tal).to_vec(),
    };
    let v = RadSlag::Vanlig;
    PublikUtfall {
        rubrik: "Vad blev det av pengarna?".into(),
        text: "Talen gäller Strängnäs. De kommer ur ett svar från den 12\u{a0}december 2022."
            .into(),
        andelar: andelar(),
        caption: "Antal personer".into(),
        helrubrik: "Deltog".into(),
        rader: vec![
            tabellrad(v, "IMA", "2016–2019", ["77", "23", "18", "12", "20", "4"]),
            tabellrad(v, "TUNA", "2018", ["51", "10", "–", "25", "–", "16"]),
            tabellrad(
                v,
                "Likes",
                "År saknas i källan",
                ["23", "9", "–", "–", "–", "14"],
            ),
            tabellrad(
                RadSlag::Summa,
                "Tre avslutade insatser",
                "",
                ["151", "42", "18", "37", "20", "34"],
            ),
            tabellrad(v, "React EU", "pågår", ["15", "..", "..", "..", "..", ".."]),
        ],
    }
}

pub(crate) fn pengar() -> PublikPengar {
    PublikPengar {
        ram: super::publik_ram("Sandviken", "Pengarna"),
        huvud: Sidhuvud::ny(
            "Vart går pengarna?",
            "Sandviken delar 14\u{a0}miljoner kronor mellan insatser mot utanförskap.",
        )
        .overrad("Publicerad 15\u{a0}december 2022 · siffror per samma dag"),
        nyckeltal: vec![
            Nyckeltal::ny(
                "Pengar",
                kr(14_000_000).enhet("kr"),
                "8 miljoner från staten",
            ),
            Nyckeltal::ny(
                "Insatser",
                TalVy::ny("15", "/sandviken/insatser"),
                "texten säger 16",
            ),
            Nyckeltal::ny("Använt", TalVy::tecken(Tecken::EjInrapporterat), "väntas"),
        ]
        .into(),
        delar: vec![PengarDel {
            id: "sandviken".into(),
            rubrik: "14 miljoner mot utanförskap".into(),
            text: "Åtta miljoner kommer från Tillväxtverket och sex från kommunen.".into(),
            flode: Some(flode()),
            insatser: tabell(),
            besked: vec![Besked::ny(
                Allvar::Upplysning,
                "713\u{a0}000\u{a0}kr har ingen rad",
                Text::from("Raderna summerar till ")
                    .tal(kr(13_287_000))
                    .ord("\u{a0}kr. Rubriken säger 14\u{a0}miljoner."),
            )],
            lank: Some(Lank::ny("Mer om bidraget", "/sandviken/pengar/tillvaxt").om("14 miljoner")),
        }],
        oversikt: None,
        csv_href: Some("/sandviken/pengar/tabell.csv".into()),
        utfall: Some(utfall()),
        resultat: Some(PublikResultat {
            rader: vec![(
                "Jobbspår".into(),
                "/sandviken/insatser/jobbspar".into(),
                Text::from("Deltagare ")
                    .tal(TalVy::ny("40", "/sandviken/harledning/deltagare"))
                    .ord(", arbete ")
                    .tal(TalVy::ny("12", "/sandviken/harledning/resultat"))
                    .ord("."),
            )],
            not: Text::from("En av femton insatser har redovisat resultat i offentliga papper."),
        }),
        rapporter: rapporter(),
        kalla: Text::from("Källa: Sandvikens kommun. ").lank(Lank::ny(
            "Så räknar vi fram talen",
            "/sandviken/sa-raknar-vi",
        )),
    }
}

fn rapporter() -> Vec<(Lank, String)> {
    let lank = Lank::ny("Ekonomirapport 2021", "/sandviken/rapporter/ekonomi-2021");
    vec![(lank, "Ekonomirapport, utfärdad 2\u{a0}februari 2022".into())]
}
