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
        bocker,
        rapportar: Some(2021),
    };
    fall.planera(laddat, &mut Miljo::ny(utfardad() + 2.hours(), 10))
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
