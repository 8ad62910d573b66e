use super::*;
use utfall_domain::rapport::aterrapport::Aterrapport;
use utfall_domain::rapporter::Aterrapportmall;

use crate::lasning::Bok;
use crate::prov::{bidrag, bocker, faktum, rapport, utfardad};
use crate::rapporter::bygg::{Ram, Utkast, bygg};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;
use std::sync::Arc;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BidragId, FaktumId, InsatsId, OrganisationId};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::organisation::{NamnArt, Organisation, OrganisationSlag, OrganisationsNamn};
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;

fn rekvirerat(kr: i64, registrerad: Timestamp) -> Faktum {
    let galler = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        ..Galler::default()
    };
    let varde = Varde::Kant(kr * 100);
    faktum(
        NyttFaktum::nytt(FaktumSlag::Rekvirerat, galler, varde),
        registrerad,
    )
}

fn bok(fakta: Vec<Faktum>) -> Bok {
    Bok::av(Arc::new(Bocker { fakta, ..bocker() }), None)
}

fn ram() -> Ram<'static> {
    Ram {
        ident: "x",
        per: PerDag(date(2022, 2, 2)),
        nu: utfardad(),
        adress: "http://x",
        fynd: &[],
        bokforing: None,
        utfardas: Some("r"),
    }
}

/// How many figures differ once `fakta` are in the books of a report issued without them.
fn antal_skilda(fakta: Vec<Faktum>) -> usize {
    let utkast = Utkast {
        ar: 2021,
        ..Utkast::default()
    };
    let fryst = bygg(
        &bok(Vec::new()),
        (&bidrag(), Aterrapportmall::Allman),
        &utkast,
        &ram(),
    );
    let fryst = Indata::Aterrapport(Box::new(fryst));
    skillnader(&bok(fakta), &rapport(), &fryst).len()
}

#[test]
fn what_is_registered_later_on_the_reports_day_is_no_difference() {
    assert_eq!(antal_skilda(vec![rekvirerat(7, utfardad() + 1.hours())]), 0);
    assert!(antal_skilda(vec![rekvirerat(7, utfardad() - 1.hours())]) > 0);
}

/// The facts of [`fulla`]: carried over, for the board, and for the initiative.
fn bokfort() -> Vec<NyttFaktum> {
    use FaktumSlag as F;
    let i_bidraget = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        ..Galler::default()
    };
    let overfort = Galler {
        fran_ar: Some(2020),
        ..i_bidraget.clone()
    };
    let namnd = Galler {
        organisation: OrganisationId::ny(1),
        ..i_bidraget.clone()
    };
    let till_insats = |kategori: Option<&str>| Galler {
        insats: InsatsId::ny(1),
        kategori: kategori.map(str::to_owned),
        ..i_bidraget.clone()
    };
    [
        (F::Rekvirerat, i_bidraget.clone(), 900),
        (F::Overfort, overfort, 50),
        (F::FordelatNamnd, namnd.clone(), 800),
        (F::AnvantNamnd, namnd, 700),
        (F::Fordelat, till_insats(None), 600),
        (F::Anvant, till_insats(None), 500),
        (F::Deltagare, till_insats(None), 40),
        (F::Resultat, till_insats(Some("arbete")), 30),
        (F::Volym, till_insats(Some("besök")), 20),
    ]
    .map(|(slag, galler, tal)| NyttFaktum::nytt(slag, galler, Varde::Kant(tal)))
    .into()
}

/// Books with money carried over, a board, and an initiative with participants.
fn fulla() -> Bocker {
    let fakta = (1..).zip(bokfort()).map(|(nr, nytt)| Faktum {
        id: FaktumId::ny(nr).unwrap(),
        ..faktum(nytt, utfardad() - 1.hours())
    });
    Bocker {
        fakta: fakta.collect(),
        organisationer: vec![Organisation {
            id: OrganisationId::FORSTA,
            slug: "n".into(),
            slag: OrganisationSlag::ALLA[0],
            orgnr: None,
            overordnad: None,
            namn: vec![OrganisationsNamn {
                namn: "N".into(),
                art: NamnArt::Namn,
                fran: None,
            }],
        }],
        insatser: vec![Insats {
            id: InsatsId::ny(1).unwrap(),
            slug: "i".into(),
            namn: "I".into(),
            bidrag: Some(BidragId::FORSTA),
            start_ar: None,
            slut_ar: None,
            ansvariga: Vec::new(),
            text: InsatsText::default(),
            fortsattning: Fortsattning::Okand,
            reserv: false,
            tjanster: Vec::new(),
            version: 1,
        }],
        ..bocker()
    }
}

fn fryst_av(bocker: &Bocker) -> Aterrapport {
    let bok = Bok::av(Arc::new(bocker.clone()), None);
    let utkast = Utkast {
        ar: 2021,
        ..Utkast::default()
    };
    bygg(&bok, (&bidrag(), Aterrapportmall::Allman), &utkast, &ram())
}

fn skilda(bocker: &Bocker, fryst: &Aterrapport) -> BTreeSet<String> {
    let bok = Bok::av(Arc::new(bocker.clone()), None);
    let fryst = Indata::Aterrapport(Box::new(fryst.clone()));
    let skilda = skillnader(&bok, &rapport(), &fryst);
    skilda.into_iter().map(|s| s.vad).collect()
}

#[test]
fn every_figure_is_recalculated_whichever_fact_is_changed() {
    let bocker = fulla();
    let fryst = fryst_av(&bocker);
    assert_eq!(skilda(&bocker, &fryst), BTreeSet::new());
    let vantat: [&[&str]; 9] = [
        &["Rekvirerat"],
        &["Överfört från tidigare år"],
        &[
            "Alla nämnder: Fördelat enligt nämnd",
            "Nämnd N: Fördelat enligt nämnd",
        ],
        &[
            "Nämnd N: Använt enligt nämnderna",
            "Alla nämnder: Avvikelse enligt nämnd",
        ],
        &[
            "Alla insatser: Fördelat",
            "Insats I: Fördelat",
            "Insats I: Avvikelse",
        ],
        &[
            "Alla insatser: Använt enligt insatserna",
            "Insats I: Använt enligt insatserna",
        ],
        &["Insats I, Deltagare: Deltagare"],
        &["Insats I, Varav arbete: Resultat för deltagare"],
        &["Insats I, besök: Volym"],
    ];
    for (nr, namn) in vantat.into_iter().enumerate() {
        let mut andrad = bocker.clone();
        andrad.fakta[nr].fakta.varde = Varde::Kant(1);
        let skilda = skilda(&andrad, &fryst);
        for namn in namn {
            assert!(skilda.contains(*namn), "{nr}: {namn} fattas i {skilda:?}");
        }
        // The same when the fact has gone, and when the report never had it.
        andrad.fakta.remove(nr);
        assert!(
            !self::skilda(&andrad, &fryst).is_empty(),
            "{nr}: borta ur böckerna"
        );
        assert!(
            !self::skilda(&bocker, &fryst_av(&andrad)).is_empty(),
            "{nr}: borta ur rapporten"
        );
    }
}

#[test]
fn a_row_of_something_that_does_not_exist_is_a_difference() {
    let bocker = fulla();
    let mut fryst = fryst_av(&bocker);
    fryst.insatser[0].namn = "Påhitt".into();
    fryst.namnder[0].namn = "Påhittsnämnden".into();
    let skilda = skilda(&bocker, &fryst);
    for namn in [
        "Insats Påhitt: Fördelat",
        "Insats I: Fördelat",
        "Nämnd Påhittsnämnden: Använt enligt nämnderna",
        "Nämnd N: Använt enligt nämnderna",
    ] {
        assert!(skilda.contains(namn), "{namn} fattas i {skilda:?}");
    }
}
