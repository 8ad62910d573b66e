use super::*;
use crate::prov::{bocker, faktum, utfardad};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use utfall_domain::bocker::UnderlagHuvud;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, Kalla, NyttFaktum};
use utfall_domain::id::{AnvandareId, FaktumId, InsatsId, RapportId, UnderlagId};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::varde::Varde;

fn insats() -> Insats {
    Insats {
        id: InsatsId::FORSTA,
        slug: "i".into(),
        namn: "I".into(),
        bidrag: Some(BidragId::FORSTA),
        start_ar: None,
        slut_ar: None,
        ansvariga: Vec::new(),
        text: InsatsText {
            beskrivning: "Lovjobb".into(),
            ..InsatsText::default()
        },
        fortsattning: Fortsattning::Ordinarie,
        reserv: false,
        tjanster: Vec::new(),
        version: 3,
    }
}

fn papper(offentligt: bool) -> UnderlagHuvud {
    UnderlagHuvud {
        id: UnderlagId::FORSTA,
        dokument: "papper".into(),
        titel: "Papper".into(),
        offentligt,
        sha256: [0; 32],
        registrerad: utfardad(),
        registrerad_av: AnvandareId::FORSTA,
        ersatter: None,
    }
}

fn antal(slag: FaktumSlag, ar: i16, ur_papper: bool, registrerad: Timestamp) -> Faktum {
    let galler = Galler {
        insats: Some(InsatsId::FORSTA),
        ar: Some(ar),
        ..Galler::default()
    };
    let fakta = NyttFaktum {
        kalla: ur_papper.then(|| Kalla {
            underlag: UnderlagId::FORSTA,
            plats: "sid 3".into(),
            uttalande: None,
        }),
        ..NyttFaktum::nytt(slag, galler, Varde::Kant(3))
    };
    faktum(fakta, registrerad)
}

fn publicera(vad: Publicerat, bocker: Bocker) -> Result<Plan<PubliceringId>, Problem> {
    let fall = Publicera {
        vad,
        per: PerDag(date(2022, 2, 2)),
        kommentar: String::new(),
    };
    let laddat = Laddat {
        fryst: matches!(vad, Publicerat::Rapport(_)).then(|| fryst(&bocker)),
        bocker,
    };
    fall.planera(laddat, &mut Miljo::ny(utfardad() + 2.hours(), 10))
}

/// What was frozen in the report: an återrapport of 2021 without a figure.
fn fryst(bocker: &Bocker) -> Indata {
    let ram = crate::rapporter::Ram {
        ident: "a/r",
        per: PerDag(date(2022, 2, 2)),
        nu: utfardad(),
        adress: "http://x",
        fynd: &[],
        bokforing: None,
        utfardas: None,
    };
    let bok = crate::lasning::Bok::av(std::sync::Arc::new(bocker.clone()), None);
    let utkast = crate::rapporter::Utkast {
        ar: 2021,
        ..crate::rapporter::Utkast::default()
    };
    let mall = utfall_domain::rapporter::Aterrapportmall::Allman;
    let om = (&bocker.bidrag[0], mall);
    Indata::Aterrapport(Box::new(crate::rapporter::bygg(&bok, om, &utkast, &ram)))
}

fn publicera_rapport(fakta: Faktum, offentligt: bool) -> Result<(), String> {
    let bocker = Bocker {
        insatser: vec![insats()],
        fakta: vec![fakta],
        underlag: vec![papper(offentligt)],
        ..bocker()
    };
    let plan = publicera(Publicerat::Rapport(RapportId::FORSTA), bocker);
    plan.map(drop).map_err(|p| p.kod.to_owned())
}

#[test]
fn report_with_counts_of_people_from_no_public_paper_is_not_published() {
    use FaktumSlag::{Deltagare, Deltagarlage, Helarsekvivalent, Hjalp, Resultat, Volym};
    let nej = Err("publicering-personantal".to_owned());
    for slag in [
        Deltagare,
        Resultat,
        Hjalp,
        Deltagarlage,
        Volym,
        Helarsekvivalent,
    ] {
        let fakta = |ur_papper| antal(slag, 2021, ur_papper, utfardad());
        assert_eq!(publicera_rapport(fakta(false), true), nej, "{slag:?}");
        assert_eq!(publicera_rapport(fakta(true), false), nej, "{slag:?}");
        assert_eq!(publicera_rapport(fakta(true), true), Ok(()), "{slag:?}");
    }
}

/// A person says the same as the public paper, and then something else.
#[test]
fn a_confirmed_count_of_a_public_paper_does_not_stop_the_report() {
    let publicera_rattat = |varde: i64, offentligt: bool| {
        let i_papper = antal(FaktumSlag::Deltagare, 2021, true, utfardad());
        let mut rattat = antal(FaktumSlag::Deltagare, 2021, false, utfardad());
        rattat.id = FaktumId::ny(i_papper.id.nummer() + 1).unwrap();
        rattat.fakta.rattar = Some(i_papper.id);
        rattat.fakta.varde = Varde::Kant(varde);
        let bocker = Bocker {
            insatser: vec![insats()],
            fakta: vec![i_papper, rattat],
            underlag: vec![papper(offentligt)],
            ..bocker()
        };
        let plan = publicera(Publicerat::Rapport(RapportId::FORSTA), bocker);
        plan.map(drop).map_err(|p| p.kod.to_owned())
    };
    let nej = Err("publicering-personantal".to_owned());
    assert_eq!(publicera_rattat(3, true), Ok(()));
    assert_eq!(publicera_rattat(4, true), nej);
    assert_eq!(publicera_rattat(3, false), nej);
}

#[test]
fn counts_the_report_does_not_show_do_not_stop_it() {
    let annat_ar = antal(FaktumSlag::Deltagare, 2020, false, utfardad());
    assert_eq!(publicera_rapport(annat_ar, true), Ok(()));
    let senare = antal(FaktumSlag::Deltagare, 2021, false, utfardad() + 1.hours());
    assert_eq!(publicera_rapport(senare, true), Ok(()));
    let pengar = antal(FaktumSlag::Anvant, 2021, false, utfardad());
    assert_eq!(publicera_rapport(pengar, true), Ok(()));
}

#[test]
fn the_act_takes_the_texts_of_the_initiative_with_it() {
    let bocker = Bocker {
        insatser: vec![insats()],
        ..bocker()
    };
    let plan = publicera(Publicerat::Insats(InsatsId::FORSTA), bocker).unwrap();
    let [Andring::Publicera { innehall, .. }] = plan.andringar.as_slice() else {
        panic!("{:?}", plan.andringar);
    };
    assert_eq!(*innehall, Some(Insatsinnehall::av(&insats())));
}

/// Of many grants: money is for everybody, a proposal and a paper between two parties are not.
#[test]
fn kinds_that_are_not_for_everybody_are_refused_with_the_reason() {
    use crate::rapporter::{Ram, Utkast, sammanstall};
    let prova = |slag: Rapportslag, version: Option<&str>| {
        let galler = Galler {
            bidrag: Some(BidragId::FORSTA),
            insats: Some(InsatsId::FORSTA),
            ar: Some(2022),
            version: version.map(str::to_owned),
            ..Galler::default()
        };
        let fordelat = NyttFaktum::nytt(FaktumSlag::Fordelat, galler, Varde::Kant(100));
        let mut b = Bocker {
            insatser: vec![insats()],
            fakta: vec![faktum(fordelat, utfardad())],
            ..bocker()
        };
        b.rapporter[0].bidrag = None;
        b.rapporter[0].slag = slag.clone();
        let ram = Ram {
            ident: "a/r",
            per: PerDag(date(2022, 2, 2)),
            nu: utfardad(),
            adress: "http://x",
            fynd: &[],
            bokforing: None,
            utfardas: Some("r"),
        };
        let bok = crate::lasning::Bok::av(std::sync::Arc::new(b.clone()), None);
        let s = sammanstall(&bok, &slag, &Utkast::default(), &ram);
        let laddat = Laddat {
            bocker: b,
            fryst: Some(Indata::Sammanstallning(Box::new(s))),
        };
        let fall = Publicera {
            vad: Publicerat::Rapport(RapportId::FORSTA),
            per: PerDag(date(2022, 2, 2)),
            kommentar: String::new(),
        };
        let plan = fall.planera(laddat, &mut Miljo::ny(utfardad() + 2.hours(), 10));
        plan.map(drop).map_err(|p| p.kod)
    };
    let memo = || Rapportslag::Fordelningsmemo {
        ar: 2022,
        bidrag: Vec::new(),
    };
    let ekonomi = Rapportslag::Ekonomirapport {
        ar: 2022,
        till_manad: 1,
        namnd: None,
    };
    assert_eq!(prova(ekonomi, None), Ok(()));
    assert_eq!(prova(Rapportslag::Insatsnot { ar: 2022 }, None), Ok(()));
    assert_eq!(prova(memo(), None), Ok(()));
    assert_eq!(prova(memo(), Some("förslag A")), Err("publicering-forslag"));
    let rekvisition = Rapportslag::Rekvisition {
        sak: utfall_domain::id::MedelspostId::FORSTA,
    };
    assert_eq!(prova(rekvisition, None), Err("publicering-rapportslag"));
}
