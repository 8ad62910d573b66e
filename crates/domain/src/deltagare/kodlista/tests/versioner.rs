//! What a list must be, and what a new version may change.

use super::*;
use crate::deltagare::kodlista::version::{gallande, prova_ny};

/// A version of a list that ships, from 2027, as it is.
fn ny(namn: Listnamn) -> Kodlista {
    let mut ny = lista(namn).clone();
    ny.galler_fran = date(2027, 1, 1);
    ny
}

fn kod(kod: &str, text: &str, ordning: u16, fran: Option<Date>) -> Kod {
    Kod {
        kod: kod.into(),
        ordning,
        text: text.into(),
        fran,
        till: None,
        hjalp: None,
        sus: None,
        forsorjningsmatt: None,
        resultat: None,
        ensam: false,
        kanslig: false,
        forslag: false,
        samma_betydelse: false,
    }
}

fn skal(namn: Listnamn, andra: impl Fn(&mut Kodlista)) -> Vec<Skal> {
    let mut ny = ny(namn);
    andra(&mut ny);
    let brister = prova_ny(lista(namn), &ny);
    brister.into_iter().map(|b| b.skal).collect()
}

fn med<'a>(lista: &'a mut Kodlista, kod: &str) -> &'a mut Kod {
    lista
        .koder
        .iter_mut()
        .find(|k| k.kod == kod)
        .expect("finns")
}

#[test]
fn the_same_list_from_a_later_day_is_a_version() {
    for namn in Listnamn::ALLA {
        assert_eq!(skal(*namn, |_| {}), [], "{namn:?}");
    }
    let samma_dag = skal(Listnamn::Remittent, |ny| ny.galler_fran = date(2004, 1, 1));
    assert_eq!(samma_dag, [Skal::Versionsdag]);
    let annan = prova_ny(lista(Listnamn::Kon), &ny(Listnamn::Behov));
    assert_eq!(annan[0].skal, Skal::AnnanLista);
}

#[test]
fn a_code_is_ended_and_never_taken_away() {
    let remittent = Listnamn::Remittent;
    let borta = skal(remittent, |ny| ny.koder.retain(|k| k.kod != "skola"));
    assert_eq!(borta, [Skal::Borttagen]);
    let till = |dag| skal(remittent, move |ny| med(ny, "skola").till = Some(dag));
    assert_eq!(till(date(2026, 12, 31)), []);
    assert_eq!(till(date(2027, 6, 30)), []);
    assert_eq!(till(date(2026, 12, 30)), [Skal::SlutForut]);
    // Unknown cannot be ended.
    let okant = skal(remittent, |ny| {
        med(ny, OKANT).till = Some(date(2027, 6, 30))
    });
    assert_eq!(okant, [Skal::Okant]);
}

#[test]
fn a_code_keeps_its_meaning_unless_it_is_said_to_mean_the_same() {
    let omskriven = |samma| {
        skal(Listnamn::Remittent, move |ny| {
            let skola = med(ny, "skola");
            skola.text = "skola, komvux eller folkhögskola".into();
            skola.samma_betydelse = samma;
        })
    };
    assert_eq!(omskriven(false), [Skal::Betydelse]);
    assert_eq!(omskriven(true), []);
    let grupp = skal(Listnamn::Sysselsattning, |ny| {
        med(ny, "program").sus = Some(SusGrupp::Ovriga);
    });
    assert_eq!(grupp, [Skal::Betydelse]);
    let borjan = skal(Listnamn::Remittent, |ny| {
        med(ny, "skola").fran = Some(date(2027, 1, 1));
    });
    assert_eq!(borjan, [Skal::Borjan]);
    // Order, help and care are not meaning.
    let ordning = skal(Listnamn::Remittent, |ny| {
        let skola = med(ny, "skola");
        skola.ordning = 1;
        skola.hjalp = Some("Även folkhögskola.".into());
        skola.kanslig = true;
    });
    assert_eq!(ordning, []);
}

#[test]
fn a_new_code_starts_with_its_version_or_later() {
    let fran = |fran: Option<Date>| {
        skal(Listnamn::Remittent, move |ny| {
            ny.koder.push(kod("fackforbund", "fackförbund", 500, fran));
        })
    };
    assert_eq!(fran(Some(date(2027, 1, 1))), []);
    assert_eq!(fran(Some(date(2026, 12, 31))), [Skal::NyForut]);
    assert_eq!(fran(None), [Skal::NyForut]);
}

#[test]
fn each_version_holds_from_its_day_until_the_next() {
    let namn = Listnamn::Remittent;
    let mut forsta = ny(namn);
    med(&mut forsta, "skola").till = Some(date(2027, 6, 30));
    let mut andra = forsta.clone();
    andra.galler_fran = date(2029, 1, 1);
    let fran = Some(date(2029, 3, 1));
    andra.koder.push(kod("fackforbund", "fackförbund", 1, fran));
    assert_eq!(prova_ny(&forsta, &andra), []);
    // In any order, and those of other lists beside.
    let egna = [andra, ny(Listnamn::Kon), forsta];
    let galler = |dag| gallande(namn, &egna, dag).map(|l| l.galler_fran);
    assert_eq!(galler(date(2003, 12, 31)), None);
    assert_eq!(galler(date(2026, 12, 31)), Some(date(2004, 1, 1)));
    assert_eq!(galler(date(2027, 1, 1)), Some(date(2027, 1, 1)));
    assert_eq!(galler(date(2028, 12, 31)), Some(date(2027, 1, 1)));
    assert_eq!(galler(date(2029, 1, 1)), Some(date(2029, 1, 1)));
    let valbar = |kod: &str, dag| {
        let lista = gallande(namn, &egna, dag).expect("finns");
        lista.prova_val(&[kod], dag)
    };
    assert_eq!(valbar("skola", date(2027, 6, 30)), Ok(()));
    assert_eq!(valbar("skola", date(2027, 7, 1)), Err(Valfel::Dag));
    assert_eq!(valbar("fackforbund", date(2028, 1, 1)), Err(Valfel::Finns));
    assert_eq!(valbar("fackforbund", date(2029, 2, 28)), Err(Valfel::Dag));
    assert_eq!(valbar("fackforbund", date(2029, 3, 1)), Ok(()));
    let dag = date(2029, 3, 1);
    let koder = gallande(namn, &egna, dag).expect("finns").koder_den(dag);
    assert_eq!(koder[0].kod, "fackforbund");
    // What was registered with an ended code is still found.
    let lista = gallande(namn, &egna, dag).expect("finns");
    assert!(lista.finn("skola").is_some() && !koder.iter().any(|k| k.kod == "skola"));
}

#[test]
fn each_rule_of_a_list_speaks_and_the_whole_list_is_silent() {
    let brister = |andra: &dyn Fn(&mut Kodlista)| {
        let mut lista = lista(Listnamn::Remittent).clone();
        andra(&mut lista);
        lista
            .prova()
            .into_iter()
            .map(|b| b.skal)
            .collect::<Vec<_>>()
    };
    assert_eq!(brister(&|_| {}), []);
    assert_eq!(brister(&|l| l.koder.clear()), [Skal::Tom, Skal::Okant]);
    for (fel, vantat) in [
        (kod("Å", "å", 900, None), Skal::Kodform),
        (kod("", "tom", 900, None), Skal::Kodform),
        (kod("skola", "en annan skola", 900, None), Skal::Dubbel),
        (kod("ny", "ny", 10, None), Skal::Ordning),
        (kod("ny", " ", 900, None), Skal::Text),
        (kod("ny", "två\nrader", 900, None), Skal::Text),
        (kod("ny", " ANNAN ", 900, None), Skal::SammaText),
    ] {
        assert_eq!(brister(&|l| l.koder.push(fel.clone())), [vantat], "{fel:?}");
    }
    let grupp = brister(&|l| med(l, "skola").sus = Some(SusGrupp::Studier));
    assert_eq!(grupp, [Skal::Grupp]);
    let tid = brister(&|l| {
        let skola = med(l, "skola");
        (skola.fran, skola.till) = (Some(date(2026, 2, 1)), Some(date(2026, 1, 31)));
    });
    assert_eq!(tid, [Skal::Tid]);
    let mut utan = lista(Listnamn::Forsorjning).clone();
    med(&mut utan, "lon").forsorjningsmatt = None;
    assert_eq!(utan.prova()[0].skal, Skal::Grupp);
    let problem = utan.prova()[0].problem();
    assert_eq!(problem.plats.as_deref(), Some("Försörjning, lon"));
}

#[test]
fn a_text_can_come_back_when_the_code_that_had_it_has_ended() {
    let mut ny = ny(Listnamn::Remittent);
    med(&mut ny, "skola").till = Some(date(2026, 12, 31));
    let fran = Some(date(2027, 1, 1));
    ny.koder
        .push(kod("skolan", "skola eller vuxenutbildning", 500, fran));
    assert_eq!(prova_ny(lista(Listnamn::Remittent), &ny), []);
    med(&mut ny, "skola").till = Some(date(2027, 1, 1));
    let brister = prova_ny(lista(Listnamn::Remittent), &ny);
    assert_eq!(brister[0].skal, Skal::SammaText);
}
