use super::*;
use crate::deltagare::deltagande::{
    Bakgrund, Deltagandesteg, Forsorjning, Intrade, Situation, Uppfoljning, Uttrade, Vag,
};
use jiff::civil::date;

fn situation() -> Situation {
    Situation {
        forsorjning: vec![Forsorjning {
            kod: "okant".into(),
            omfattning: None,
        }],
        sysselsattning: "okant".into(),
        arbete: None,
    }
}

fn borjade(dag: Date) -> Deltagandesteg {
    let okant = || "okant".to_owned();
    Deltagandesteg::Borja(Intrade {
        dag,
        kommun: None,
        kon: okant(),
        bakgrund: Bakgrund {
            utbildning: okant(),
            tid_i_forsorjning: okant(),
            startlage: okant(),
            malgrupper: Vec::new(),
            remittent: okant(),
            behov: Vec::new(),
            status: Vec::new(),
        },
        situation: situation(),
    })
}

fn slutade(dag: Date, anledning: &str) -> Deltagandesteg {
    Deltagandesteg::Avsluta(Uttrade {
        dag,
        anledning: anledning.into(),
        fullfoljande: "okant".into(),
        avbrottsorsak: None,
        sluttillstand: "okant".into(),
        stod: Vec::new(),
        situation: situation(),
    })
}

fn svar(vag: Vag, dag: Date) -> Deltagandesteg {
    Deltagandesteg::FoljUpp(Uppfoljning {
        vag,
        dag,
        svar: "ej-nadd".into(),
        situation: None,
    })
}

fn regel(id: i64, manader: u16, fran: Date, till: Option<Date>) -> Gallringsregel {
    Gallringsregel {
        id: GallringsregelId::ny(id).unwrap(),
        slag: Gallringsslag::Deltagaruppgifter,
        manader,
        beslut: Gallringsbeslut {
            dag: date(2020, 1, 1),
            beteckning: "2020/1 § 7".into(),
        },
        fran,
        till,
    }
}

fn sist(steg: &[Deltagandesteg]) -> Option<Date> {
    sista_faktum(&Deltagande::av(steg).unwrap())
}

#[test]
fn nothing_is_due_while_it_goes_on_or_is_still_to_be_followed_up() {
    let (start, slut) = (date(2020, 3, 1), date(2020, 9, 1));
    assert_eq!(sist(&[borjade(start)]), None);
    // Two years later somebody is to ask the last time, whether or not anybody did before.
    let avslutat = [borjade(start), slutade(slut, "annat")];
    assert_eq!(sist(&avslutat), Some(date(2022, 9, 1)));
    let tidigare = [
        avslutat[0].clone(),
        avslutat[1].clone(),
        svar(Vag::Tjugofyra, date(2022, 8, 20)),
    ];
    // Asked a little early: the times nobody asked have passed by then.
    assert_eq!(sist(&tidigare), Some(date(2022, 8, 20)));
    // Nobody asks who has died.
    let avliden = [borjade(start), slutade(slut, "avliden")];
    assert_eq!(sist(&avliden), Some(slut));
    let fel = [borjade(start), Deltagandesteg::Felregistrera { dag: slut }];
    assert_eq!(sist(&fel), Some(slut));
    let d = Deltagande::av(&fel).unwrap();
    let r = regel(1, 6, date(2020, 1, 1), None);
    assert_eq!(forfaller(&d, &r), Some(date(2021, 3, 1)));
}

#[test]
fn the_rule_that_began_last_holds_and_an_older_one_does_not_come_back() {
    let slag = Gallringsslag::Deltagaruppgifter;
    let gamla = regel(1, 12, date(2020, 1, 1), None);
    let nya = regel(2, 24, date(2022, 1, 1), Some(date(2022, 12, 31)));
    let alla = [gamla, nya];
    let vid = |dag| gallande(&alla, slag, dag).map(|r| r.manader);
    assert_eq!(vid(date(2019, 12, 31)), None);
    assert_eq!(vid(date(2021, 12, 31)), Some(12));
    assert_eq!(vid(date(2022, 12, 31)), Some(24));
    assert_eq!(vid(date(2023, 1, 1)), None);
    assert_eq!(gallande(&[], slag, date(2023, 1, 1)), None);
}

#[test]
fn a_rule_without_its_decision_is_refused() {
    let idag = date(2026, 1, 1);
    assert!(regel(1, 24, idag, None).brister(idag).is_empty());
    let mut fel = regel(1, 1_201, date(2019, 12, 31), Some(date(2019, 1, 1)));
    fel.beslut.beteckning = "  ".into();
    let koder: Vec<_> = fel.brister(idag).iter().map(|p| p.kod).collect();
    assert_eq!(
        koder,
        [
            "gallring-manader",
            "gallring-beslut",
            "gallring-fore-beslut",
            "gallring-dagar"
        ]
    );
    let mut sen = regel(1, 24, date(2027, 1, 1), None);
    sen.beslut.dag = date(2026, 1, 2);
    sen.beslut.beteckning = "a\nb".into();
    let koder: Vec<_> = sen.brister(idag).iter().map(|p| p.kod).collect();
    assert_eq!(koder, ["gallring-beteckning", "gallring-beslutsdag"]);
}

#[test]
fn a_proposal_is_confirmed_by_another_on_what_was_seen() {
    use Gallringsvagran as V;
    let id = |n| DeltagandeId::ny(n).unwrap();
    let rad = |n, rader| Forslagsrad {
        deltagande: id(n),
        rader,
    };
    let nu = |n, rader| Forfallet {
        deltagande: id(n),
        insats: InsatsId::FORSTA,
        borjade: 2020,
        slutade: 2021,
        forfoll: 2024,
        rader,
    };
    let regel = GallringsregelId::ny(3);
    let (en, annan) = (AnvandareId::ny(10), AnvandareId::ny(11));
    let f = Gallringsforslag {
        id: GallringsforslagId::FORSTA,
        regel: regel.unwrap(),
        rader: vec![rad(1, 3), rad(2, 4)],
        av: en.unwrap(),
        dag: date(2026, 1, 1),
        lage: Forslagslage::Forberett,
    };
    let kvar = [nu(1, 3), nu(2, 4), nu(9, 2)];
    // What has become due since is for the next proposal.
    assert_eq!(f.prova(annan, regel, &kvar), Ok(()));
    assert_eq!(f.prova(en, regel, &kvar), Err(V::SammaPerson));
    assert_eq!(f.prova(None, regel, &kvar), Err(V::SammaPerson));
    assert_eq!(f.prova(annan, None, &kvar), Err(V::AnnanRegel));
    let utan = [nu(1, 3)];
    assert_eq!(f.prova(annan, regel, &utan), Err(V::Andrat));
    let fler = [nu(1, 3), nu(2, 5)];
    assert_eq!(f.prova(annan, regel, &fler), Err(V::Andrat));
    for lage in [
        Forslagslage::Aterkallat,
        Forslagslage::Verkstallt(GallringsprotokollId::FORSTA),
    ] {
        let f = Gallringsforslag { lage, ..f.clone() };
        assert_eq!(f.prova(annan, regel, &kvar), Err(V::Slut));
    }
}

#[test]
fn a_protocol_is_fit_to_print() {
    let p = Protokoll {
        id: GallringsprotokollId::FORSTA,
        innehall: Protokollsinnehall {
            huvudman: "Forsby".into(),
            pahittad: true,
            slag: Gallringsslag::Deltagaruppgifter,
            manader: 24,
            beslut: regel(1, 24, date(2020, 1, 1), None).beslut,
            forberett_av: "Gallringsansvarig A".into(),
            forberett: date(2026, 1, 1),
            bekraftat_av: "Gallringsansvarig B".into(),
            bekraftat: "2026-01-02T09:00:00Z".parse().unwrap(),
            antal: vec![
                Antal {
                    insats: "Första jobbet".into(),
                    ar: 2021,
                    antal: 3,
                },
                Antal {
                    insats: "Första jobbet".into(),
                    ar: 2022,
                    antal: 1,
                },
            ],
        },
        klart: true,
    };
    assert_eq!(p.innehall.summa(), 4);
    assert_eq!(crate::rapport::prova(&p.dokument()), Ok(()));
}

fn underlag(id: i64, person: i64, steg: &[Deltagandesteg], registrerat: Date) -> Gallringsunderlag {
    Gallringsunderlag {
        id: DeltagandeId::ny(id).unwrap(),
        person: PersonId::ny(person).unwrap(),
        insats: InsatsId::FORSTA,
        organisation: OrganisationId::FORSTA,
        deltagande: Deltagande::av(steg).unwrap(),
        alder: Some(34),
        rader: 3,
        registrerat,
    }
}

#[test]
fn nothing_of_a_person_goes_before_everything_of_the_person_is_due() {
    let gammalt = [
        borjade(date(2018, 3, 1)),
        slutade(date(2018, 9, 1), "annat"),
    ];
    let pagar = [borjade(date(2026, 3, 1))];
    let forr = date(2021, 1, 1);
    let alla = [
        underlag(1, 1, &gammalt, forr),
        underlag(2, 2, &gammalt, forr),
        underlag(3, 2, &pagar, forr),
        // Entered this quarter: the figures of the last do not have it yet.
        underlag(4, 3, &gammalt, date(2026, 10, 1)),
    ];
    let r = regel(1, 24, date(2020, 1, 1), None);
    let vid = |dag| {
        let f = forfallna(&alla, &r, dag);
        f.iter().map(|f| f.deltagande.nummer()).collect::<Vec<_>>()
    };
    assert_eq!(vid(date(2022, 8, 31)), Vec::<i64>::new());
    assert_eq!(vid(date(2022, 9, 1)), [1]);
    assert_eq!(vid(date(2026, 11, 23)), [1]);
    assert_eq!(vid(date(2027, 1, 1)), [1, 4]);
}

#[test]
fn what_stays_has_no_number_that_was_a_persons_and_counts_each_once() {
    let tidigt = [
        borjade(date(2018, 3, 1)),
        slutade(date(2018, 9, 1), "annat"),
    ];
    let sent = [
        borjade(date(2019, 3, 1)),
        slutade(date(2019, 9, 1), "annat"),
    ];
    let dag = date(2021, 1, 1);
    let alla = [
        underlag(1, 1, &sent, dag),
        underlag(2, 2, &tidigt, dag),
        underlag(3, 2, &sent, dag),
    ];
    let mut nasta = 100;
    let ut = grova(&alla.iter().collect::<Vec<_>>(), || {
        nasta += 1;
        PersonId::ny(nasta).unwrap()
    });
    let vem: Vec<_> = ut
        .iter()
        .map(|g| (g.person.nummer(), g.grovt.borjade.ar))
        .collect();
    // Who was first in time is first, whoever was entered first.
    assert_eq!(vem, [(101, 2018), (101, 2019), (102, 2019)]);
}
