//! The reports of figures on books with months, kinds of cost and a forecast.

use super::*;
use crate::prov::{bidrag, bocker, faktum, utfardad};
use crate::rapporter::Rapportsiffra;
use jiff::civil::date;
use std::sync::Arc;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, Galler, NyttFaktum};
use utfall_domain::id::{AnvandareId, FaktumId, InsatsId, MedelspostId};
use utfall_domain::insatser::{Fortsattning, InsatsText};
use utfall_domain::medel::post::{Innehall, Medelspost, NyMedelspost, Postgaller};
use utfall_domain::medel::villkor::{Overforing, Villkor};
use utfall_domain::rapport::{Block, Dokument, Indata, Tabell};
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;

mod summor;

const AR: i16 = 2021;

fn insats(nr: i64, namn: &str, kommentar: &str) -> Insats {
    Insats {
        id: InsatsId::ny(nr).unwrap(),
        slug: namn.to_lowercase(),
        namn: namn.into(),
        bidrag: Some(BidragId::FORSTA),
        start_ar: None,
        slut_ar: None,
        ansvariga: Vec::new(),
        text: InsatsText {
            kommentar: kommentar.into(),
            ..InsatsText::default()
        },
        fortsattning: Fortsattning::Okand,
        reserv: false,
        tjanster: Vec::new(),
        version: 1,
    }
}

fn galler(nr: i64) -> Galler {
    Galler {
        bidrag: Some(BidragId::FORSTA),
        insats: InsatsId::ny(nr),
        ar: Some(AR),
        ..Galler::default()
    }
}

fn manad(nr: i64, m: i8, slag: &str) -> Galler {
    let forsta = date(AR, m, 1);
    Galler {
        period_fran: Some(forsta),
        period_till: Some(forsta.last_of_month()),
        kategori: Some(slag.into()),
        ..galler(nr)
    }
}

/// Two insatser with 1 200 kr each: one uses 100 a month, the other 200 from February on.
fn bok() -> Bok {
    bok_med(Vec::new())
}

/// The same with more said.
fn bok_med(mer: Vec<(FaktumSlag, Galler, i64)>) -> Bok {
    use FaktumSlag as F;
    let kr = |kr: i64| kr * 100;
    let mut nya: Vec<(F, Galler, i64)> = vec![
        (
            F::Rekvirerat,
            Galler {
                insats: None,
                ..galler(1)
            },
            kr(3_000),
        ),
        (F::Fordelat, galler(1), kr(1_200)),
        (F::Fordelat, galler(2), kr(1_200)),
        (
            F::Prognosmetod,
            Galler {
                bidrag: None,
                kategori: Some("linjar".into()),
                ..galler(1)
            },
            0,
        ),
    ];
    for m in 1..=3 {
        nya.push((F::Anvant, manad(1, m, "Personal"), kr(100)));
    }
    for m in 2..=3 {
        nya.push((F::Anvant, manad(2, m, "Lokaler"), kr(200)));
    }
    nya.extend(mer);
    let fakta: Vec<Faktum> = (1..)
        .zip(nya)
        .map(|(nr, (slag, galler, tal))| Faktum {
            id: FaktumId::ny(nr).unwrap(),
            ..faktum(NyttFaktum::nytt(slag, galler, Varde::Kant(tal)), utfardad())
        })
        .collect();
    let insatser = vec![
        insats(1, "Lotsen", ""),
        insats(2, "Snickeriet", "Kom igång i februari."),
    ];
    Bok::av(
        Arc::new(Bocker {
            fakta,
            insatser,
            ..bocker()
        }),
        None,
    )
}

fn rapport(slag: &Rapportslag, utfardas: Option<&str>) -> Sammanstallning {
    rapport_om(&bok(), slag, utfardas)
}

fn rapport_om(bok: &Bok, slag: &Rapportslag, utfardas: Option<&str>) -> Sammanstallning {
    let ram = Ram {
        ident: "a/r",
        per: PerDag(date(2022, 2, 2)),
        nu: utfardad(),
        adress: "http://x",
        fynd: &[],
        bokforing: None,
        utfardas,
    };
    sammanstall(bok, slag, &Utkast::default(), &ram)
}

const EKONOMI: Rapportslag = Rapportslag::Ekonomirapport {
    ar: AR,
    till_manad: 3,
    namnd: None,
};

fn tabeller(dokument: &Dokument) -> Vec<&Tabell> {
    let alla = dokument.block.iter();
    alla.filter_map(|b| match b {
        Block::Tabell(t) => Some(t),
        _ => None,
    })
    .collect()
}

/// The cells of a row, as they are read.
fn raden(tabell: &Tabell, namn: &str) -> Vec<String> {
    let rad = tabell.rader.iter().find(|r| r.rubrik[0].visas() == namn);
    let celler = rad.unwrap_or_else(|| panic!("{namn}")).celler.iter();
    celler.map(|c| c[0].visas()).collect()
}

#[test]
fn the_boards_report_has_budget_use_forecast_and_deviation_through_the_month() {
    let dokument = rapport(&EKONOMI, None).dokument();
    assert_eq!(utfall_domain::rapport::prova(&dokument), Ok(()));
    let tabeller = tabeller(&dokument);
    let med = |ord: &str| {
        let funnen = tabeller.iter().find(|t| t.rubrik.contains(ord));
        *funnen.unwrap_or_else(|| panic!("{ord}"))
    };
    let insatser = med("prognos per insats");
    let lotsen = [
        "1\u{a0}200",
        "300",
        "1\u{a0}200",
        "0",
        "0,0\u{a0}%",
        "inom gränsen",
    ];
    assert_eq!(raden(insatser, "Lotsen"), lotsen);
    let kostnadsslag = med("kostnadsslag");
    assert_eq!(raden(kostnadsslag, "Personal"), ["300", "1\u{a0}200"]);
    // From February on: two months of eleven are booked.
    assert_eq!(raden(kostnadsslag, "Lokaler"), ["400", "2\u{a0}200"]);
    let alla = ["700", "3\u{a0}400"];
    assert_eq!(raden(kostnadsslag, "Alla insatser"), alla);
    let manader = med("per månad");
    assert_eq!(raden(manader, "Januari")[..2], ["100", "100"]);
    assert_eq!(raden(manader, "Mars")[..2], ["300", "700"]);
    // Every sum, difference and share is a formula that gives it.
    for (tabell, rad, kolumn) in [(insatser, 0, 4), (insatser, 2, 1), (kostnadsslag, 2, 1)] {
        assert!(tabell.formel(rad, kolumn).is_some(), "{}", tabell.rubrik);
    }
    // The answer stands before everything else.
    let text = Indata::Sammanstallning(Box::new(rapport(&EKONOMI, None)));
    let json = text.json().unwrap();
    let plats = |ord: &str| json.find(ord).unwrap_or_else(|| panic!("{ord}"));
    assert!(plats("Så ligger vi till") < plats("Per insats"));
    // What is said of an insats in general explains no year.
    assert!(!json.contains("Kom igång i februari."), "{json}");
    assert!(json.contains(". Inom gränsen."), "{json}");
}

/// Budgets that promise more than there is are told of on the first page; a forecast below zero
/// has one sign, and no word that turns it.
#[test]
fn the_boards_report_says_that_more_is_distributed_than_there_is() {
    let json = |bok: &Bok| {
        let text = Indata::Sammanstallning(Box::new(rapport_om(bok, &EKONOMI, None)));
        text.json().unwrap()
    };
    let sagt = "för mycket är fördelat";
    assert!(
        !json(&bok()).contains(sagt),
        "3 000 finns, 2 400 är fördelat"
    );
    let mer = bok_med(vec![(FaktumSlag::Fordelat, galler(1), 100_000)]);
    let text = json(&mer);
    assert!(text.contains(sagt), "{text}");
    for matt in ["kvar-att-fordela?", "tillgangligt?", "fordelat?"] {
        assert!(text.contains(matt), "{matt}: {text}");
    }
    assert!(text.find(sagt) < text.find("Per insats"), "{text}");
    // 3 400 are expected to be used of the 3 000.
    assert!(
        text.contains("väntas bli kvar. Bidraget räcker inte"),
        "{text}"
    );
    assert!(!text.contains("fattas"), "{text}");
}

#[test]
fn the_month_of_the_report_is_the_last_one_that_counts() {
    let slag = Rapportslag::Ekonomirapport {
        ar: AR,
        till_manad: 2,
        namnd: None,
    };
    let dokument = rapport(&slag, None).dokument();
    let tabeller = tabeller(&dokument);
    let insatser = tabeller.iter().find(|t| t.rubrik.contains("per insats"));
    assert_eq!(raden(insatser.unwrap(), "Snickeriet")[1], "200");
    assert_eq!(raden(insatser.unwrap(), "Alla insatser")[1], "400");
}

#[test]
fn every_figure_is_counted_again_from_the_frozen_rows_the_forecasts_too() {
    let slagen = [
        EKONOMI,
        Rapportslag::Fordelningsmemo {
            ar: AR,
            bidrag: Vec::new(),
        },
        Rapportslag::Insatsnot { ar: AR },
    ];
    for slag in slagen {
        let fryst = rapport(&slag, Some("r"));
        let bakom = fryst.bakom.as_ref().unwrap();
        let da = Bok::av(Arc::new(bakom.bocker(bocker().huvudman)), None);
        let stallen = fryst.stallen();
        assert!(stallen.len() > 5, "{slag:?}");
        for s in stallen {
            let (matt, urval) = s.siffra.fraga().unwrap();
            let nu = da.matt(matt, &urval).utfall;
            assert_eq!(nu.varde, s.siffra.varde, "{}: {}", s.var, matt.kod());
            assert_eq!(nu.kand_del, s.siffra.kand_del, "{}", s.var);
        }
    }
}

/// What must go back, and by when: on the first page.
#[test]
fn the_first_page_says_when_what_is_left_must_be_paid_back() {
    let text = |overforing, aterbetalas| {
        let mut b = Bocker::clone(&bok());
        // Less is expected to be used than there is.
        b.fakta.retain(|f| f.galler().insats != InsatsId::ny(2));
        let om = Postgaller {
            bidrag: Some(BidragId::FORSTA),
            ..Postgaller::default()
        };
        let villkor = Innehall::Villkor(Villkor {
            overforing,
            aterbetalas,
            ..Villkor::default()
        });
        b.medelsposter.push(Medelspost {
            post: NyMedelspost::forsta(MedelspostId::FORSTA, om, villkor),
            registrerad: utfardad(),
            registrerad_av: AnvandareId::FORSTA,
        });
        let ram = Ram {
            ident: "a/r",
            per: PerDag(date(2022, 2, 2)),
            nu: utfardad(),
            adress: "http://x",
            fynd: &[],
            bokforing: None,
            utfardas: None,
        };
        let bok = Bok::av(Arc::new(b), None);
        let ut = sammanstall(&bok, &EKONOMI, &Utkast::default(), &ram);
        Indata::Sammanstallning(Box::new(ut)).json().unwrap()
    };
    let nej = text(Overforing::Nej, Some(date(2022, 3, 31)));
    assert!(nej.contains("betalas tillbaka senast den 31"), "{nej}");
    assert!(text(Overforing::Nej, None).contains("betalas tillbaka efter årets slut"));
    assert!(text(Overforing::Ja, None).contains("Får föras över till 2022."));
    assert!(text(Overforing::MedMedgivande, None).contains("om finansiären medger det"));
    assert!(text(Overforing::Okant, None).contains("okänt om pengarna får föras över"));
}

#[test]
fn the_memo_has_both_years_beside_each_other_and_the_proposals() {
    let mut b = Bocker::clone(&bok());
    let forslag = Galler {
        ar: Some(AR + 1),
        version: Some("förslag A".into()),
        ..galler(1)
    };
    let nytt = NyttFaktum::nytt(FaktumSlag::Fordelat, forslag, Varde::Kant(150_000));
    b.fakta.push(Faktum {
        id: FaktumId::ny(90).unwrap(),
        ..faktum(nytt, utfardad())
    });
    let ram = Ram {
        ident: "a/r",
        per: PerDag(date(2022, 2, 2)),
        nu: utfardad(),
        adress: "http://x",
        fynd: &[],
        bokforing: None,
        utfardas: None,
    };
    let slag = Rapportslag::Fordelningsmemo {
        ar: AR + 1,
        bidrag: Vec::new(),
    };
    let bok = Bok::av(Arc::new(b), None);
    let dokument = sammanstall(&bok, &slag, &Utkast::default(), &ram).dokument();
    let tabeller = tabeller(&dokument);
    let fordelning = tabeller
        .iter()
        .find(|t| t.rubrik.contains("bredvid"))
        .unwrap();
    let huvud: Vec<&str> = fordelning
        .kolumner
        .iter()
        .map(|k| k.rubrik.as_str())
        .collect();
    let vantat = [
        "Insats",
        "Budget 2021",
        "Använt 2021",
        "Förslag A",
        "Mot 2021",
    ];
    assert_eq!(huvud, vantat);
    let lotsen = raden(fordelning, "Lotsen");
    assert_eq!(lotsen[..2], ["1\u{a0}200", "300"]);
    assert_eq!(lotsen[2..], ["1\u{a0}500", "300"]);
    assert!(fordelning.formel(0, 4).is_some(), "skillnaden är en formel");
    // What must be decided is asked for.
    let json = utfall_domain::rapport::kanonisk::json(&dokument).unwrap();
    assert_eq!(json.matches("Saknas. Ingen har skrivit").count(), 2);
}

#[test]
fn the_suggested_month_is_the_latest_that_is_booked() {
    assert_eq!(forslag(&bok(), date(2021, 11, 22)), (AR, 3));
    assert_eq!(forslag(&bok(), date(2026, 11, 22)), (AR, 3));
    let tom = Bok::av(Arc::new(bocker()), None);
    assert_eq!(forslag(&tom, date(2026, 11, 22)), (2026, 10));
    assert_eq!(forslag(&tom, date(2026, 1, 5)), (2026, 1));
    assert_eq!(bidrag().ar, [AR]);
}

#[test]
fn a_report_that_nothing_can_be_is_refused_with_a_reason() {
    let prova = |slag: Rapportslag| skapa::prova(&bocker(), &slag).map_err(|fel| fel.kod);
    assert_eq!(prova(EKONOMI), Ok(()));
    let manad = |till_manad| Rapportslag::Ekonomirapport {
        ar: AR,
        till_manad,
        namnd: None,
    };
    assert!(prova(manad(0)).is_err() && prova(manad(13)).is_err());
    assert!(prova(Rapportslag::Insatsnot { ar: 1 }).is_err());
    assert!(prova(Rapportslag::ALLMAN).is_err());
    let okant = Rapportslag::Fordelningsmemo {
        ar: AR,
        bidrag: BidragId::ny(99).into_iter().collect(),
    };
    assert!(prova(okant).is_err());
}

/// The main figures are of the whole that the report is about, each once; a report whose first
/// figures are of its first grant or insats has none.
#[test]
fn main_figures_are_of_the_whole_and_each_once() {
    let fragor = |slag: &Rapportslag| {
        let indata = Indata::Sammanstallning(Box::new(rapport(slag, None)));
        let tal = Rapportsiffra::huvudtal(&indata);
        tal.into_iter()
            .filter_map(|s| s.fraga())
            .collect::<Vec<_>>()
    };
    let ekonomi = fragor(&EKONOMI);
    let matten: Vec<Matt> = ekonomi.iter().map(|(matt, _)| *matt).collect();
    assert_eq!(
        matten,
        [
            Matt::Budget,
            Matt::AnvantTill,
            Matt::PrognosHelar,
            Matt::PrognosAvvikelse
        ]
    );
    assert!(
        ekonomi
            .iter()
            .all(|(_, u)| (u.insats, u.bidrag) == (None, None))
    );
    let namnd = Rapportslag::Ekonomirapport {
        ar: AR,
        till_manad: 3,
        namnd: Some(utfall_domain::id::OrganisationId::FORSTA),
    };
    let memo = Rapportslag::Fordelningsmemo {
        ar: AR,
        bidrag: vec![BidragId::FORSTA],
    };
    for slag in [namnd, memo, Rapportslag::Insatsnot { ar: AR }] {
        assert_eq!(fragor(&slag), [], "{slag:?}");
    }
}
