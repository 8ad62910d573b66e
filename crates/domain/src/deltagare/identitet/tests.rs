//! Numbers here are of the tax agency's series for tests (birth numbers 980–999), or cannot be
//! anybody's.

mod andra;
mod egenskaper;

use super::*;
use jiff::civil::date;
use std::marker::PhantomData;

/// The day that the table is read on.
fn i_dag() -> Date {
    date(2026, 11, 23)
}

fn las(text: &str) -> Result<Identitetsnummer, Nekat> {
    Identitetsnummer::las(text, i_dag())
}

fn nummer(text: &str) -> Identitetsnummer {
    las(text).unwrap_or_else(|nekat| panic!("{text}: {nekat}"))
}

/// What is typed, and the twelve digits that it is.
const GILTIGA: &[(&str, &str)] = &[
    ("850709-9805", "198507099805"),
    ("8507099805", "198507099805"),
    ("19850709-9805", "198507099805"),
    ("198507099805", "198507099805"),
    (" 850709-9805 ", "198507099805"),
    ("850709 9805", "198507099805"),
    ("1985 07 09 - 9805", "198507099805"),
    ("\u{a0}850709-9805\u{a0}", "198507099805"),
    ("19850709\u{202f}9805", "198507099805"),
    ("8 5 0 7 0 9 9 8 0 5", "198507099805"),
    ("850709+9805", "188507099805"),
    ("850709 + 9805", "188507099805"),
    ("18850709+9805", "188507099805"),
    ("18850709-9805", "188507099805"),
    ("188507099805", "188507099805"),
    ("850709-9995", "198507099995"),
    // Both sides of a hundred years: the year decides, not the day.
    ("270101-9909", "192701019909"),
    ("270101+9909", "182701019909"),
    ("260101+9850", "192601019850"),
    ("260101-9850", "202601019850"),
    ("251231+9860", "192512319860"),
    ("251231-9860", "202512319860"),
    ("261231+9877", "192612319877"),
    ("261123-9886", "202611239886"),
    ("261122-9986", "202611229986"),
    ("19261231-9877", "192612319877"),
    // Leap days.
    ("000229-9824", "200002299824"),
    ("20000229-9824", "200002299824"),
    ("040229-9838", "200402299838"),
    ("040229+9838", "190402299838"),
    // Samordningsnummer, day 61 to 91.
    ("900161-9916", "199001619916"),
    ("900191-9928", "199001919928"),
    ("640283-9937", "196402839937"),
    ("19640283-9937", "196402839937"),
    ("640283+9937", "186402839937"),
    ("000289-9946", "200002899946"),
];

const NEKADE: &[(&str, Nekat)] = &[
    ("", Nekat::Tomt),
    (" \u{a0}", Nekat::Tomt),
    ("-", Nekat::Langd),
    ("850709-980", Nekat::Langd),
    ("850709-98055", Nekat::Langd),
    ("0850709-9805", Nekat::Langd),
    ("9805", Nekat::Langd),
    ("0019850709-9805", Nekat::Langd),
    ("1985070998051985070998051985", Nekat::Langd),
    ("850709--9805", Nekat::TecknetsPlats),
    ("850709-+9805", Nekat::TecknetsPlats),
    ("1985-07-09-9805", Nekat::TecknetsPlats),
    ("-8507099805", Nekat::TecknetsPlats),
    ("8507099805-", Nekat::TecknetsPlats),
    ("19850709980-5", Nekat::TecknetsPlats),
    ("198507-099805", Nekat::TecknetsPlats),
    ("19850709+9805", Nekat::PlusForTidigt),
    ("19270101+9909", Nekat::PlusForTidigt),
    // Days that do not exist: month 0 and 13, day 0, 31 February's like, 29 February 2023 and
    // 1900, an organisation's number, and the samordning days just outside.
    ("900001-9803", Nekat::OmojligtDatum),
    ("901301-9808", Nekat::OmojligtDatum),
    ("900100-9803", Nekat::OmojligtDatum),
    ("900231-9805", Nekat::OmojligtDatum),
    ("900132-9804", Nekat::OmojligtDatum),
    ("230229-9801", Nekat::OmojligtDatum),
    ("000229+9824", Nekat::OmojligtDatum),
    ("19000229-9824", Nekat::OmojligtDatum),
    ("212000-3005", Nekat::OmojligtDatum),
    ("900160-9800", Nekat::OmojligtDatum),
    ("900192-9800", Nekat::OmojligtDatum),
    ("230289-9800", Nekat::OmojligtDatum),
    ("17850709-9805", Nekat::ForLangeSedan),
    ("00850709-9805", Nekat::ForLangeSedan),
    ("261124-9893", Nekat::DagSomInteVarit),
    ("261231-9877", Nekat::DagSomInteVarit),
    ("20270101-9909", Nekat::DagSomInteVarit),
    ("98850709-9805", Nekat::DagSomInteVarit),
    ("900101-0009", Nekat::Fodelsenummer),
    ("850709-9806", Nekat::Kontrollsiffra),
    ("850709-9085", Nekat::Kontrollsiffra),
    ("900161-9910", Nekat::Kontrollsiffra),
    ("850709-T805", Nekat::Interimsnummer),
    ("19850709t805", Nekat::Interimsnummer),
    ("850709-R98A", Nekat::Bokstav(Alfabet::Latinskt)),
    ("19850709Tf29", Nekat::TfNummer),
    ("19850709-TF19", Nekat::TfNummer),
    ("850709-tf29", Nekat::TfNummer),
    ("85O709-9805", Nekat::Bokstav(Alfabet::Latinskt)),
    ("850709-98O5", Nekat::Bokstav(Alfabet::Latinskt)),
    ("l9850709-9805", Nekat::Bokstav(Alfabet::Latinskt)),
    ("850709-O805", Nekat::Bokstav(Alfabet::Latinskt)),
    ("85ö709-9805", Nekat::Bokstav(Alfabet::Latinskt)),
    ("85\u{41e}709-9805", Nekat::Bokstav(Alfabet::Kyrilliskt)),
    ("85\u{43e}709-9805", Nekat::Bokstav(Alfabet::Kyrilliskt)),
    ("850709-98\u{417}5", Nekat::Bokstav(Alfabet::Kyrilliskt)),
    ("85\u{39f}709-9805", Nekat::Bokstav(Alfabet::Grekiskt)),
    ("85\u{3bf}709-9805", Nekat::Bokstav(Alfabet::Grekiskt)),
    ("85\u{555}709-9805", Nekat::Bokstav(Alfabet::Annat)),
    ("\u{ff18}\u{ff15}0709-9805", Nekat::Helbreddssiffra),
    ("85\u{660}709-9805", Nekat::FrammandeSiffra),
    ("85\u{966}709-9805", Nekat::FrammandeSiffra),
    ("850709-980\u{2075}", Nekat::FrammandeSiffra),
    ("85\u{1d7ce}709-9805", Nekat::FrammandeSiffra),
    ("850709\u{200b}-9805", Nekat::OsynligtTecken),
    ("\u{feff}850709-9805", Nekat::OsynligtTecken),
    ("850709\u{ad}9805", Nekat::OsynligtTecken),
    ("850709\u{2060}9805", Nekat::OsynligtTecken),
    ("850709-9805\u{fe0f}", Nekat::OsynligtTecken),
    ("850709-9805\u{0}", Nekat::OsynligtTecken),
    ("850709-9805\n", Nekat::OsynligtTecken),
    ("\u{202e}5089-907058", Nekat::Skrivriktning),
    ("850709-9805\u{200f}", Nekat::Skrivriktning),
    ("\u{2066}850709-9805\u{2069}", Nekat::Skrivriktning),
    ("850709\u{2013}9805", Nekat::AnnatStreck),
    ("850709\u{2212}9805", Nekat::AnnatStreck),
    ("850709/9805", Nekat::AnnatTecken),
    ("850709.9805", Nekat::AnnatTecken),
    ("850709-9805;", Nekat::AnnatTecken),
    ("😀850709-9805", Nekat::AnnatTecken),
];

#[test]
fn each_way_to_write_a_number_is_read_as_the_number_it_is() {
    for (skrivet, tolv) in GILTIGA {
        assert_eq!(nummer(skrivet).tolv_siffror().som_str(), *tolv, "{skrivet}");
    }
    assert!(GILTIGA.len() + NEKADE.len() >= 60);
}

#[test]
fn each_fault_is_refused_by_its_name() {
    for (skrivet, skal) in NEKADE {
        assert_eq!(las(skrivet).err(), Some(*skal), "{skrivet:?}");
    }
    for skal in Nekat::ALLA {
        assert!(
            NEKADE.iter().any(|(_, s)| s == skal),
            "{skal:?} has no case"
        );
    }
}

#[test]
fn the_printed_form_reads_back_as_the_same_number() {
    for (_, tolv) in GILTIGA {
        let ett = nummer(tolv);
        let tryckt = ett.tryckt();
        let (fore, efter) = tryckt.som_str().split_at(8);
        assert_eq!(efter.chars().next(), Some('-'));
        assert_eq!(format!("{fore}{}", &efter[1..]), *tolv);
        assert_eq!(nummer(tryckt.som_str()), ett);
    }
}

#[test]
fn ten_digits_change_century_at_new_year_and_not_on_the_birthday() {
    let tolv = |text: &str, dag| {
        let nummer = Identitetsnummer::las(text, dag).expect("läses");
        nummer.tolv_siffror().som_str().to_owned()
    };
    // Born 9 July 1985, a hundred in 2085.
    for dag in [date(2025, 1, 1), date(2084, 7, 9), date(2084, 12, 31)] {
        assert_eq!(tolv("850709-9805", dag), "198507099805");
        assert_eq!(tolv("850709+9805", dag), "188507099805");
    }
    for dag in [date(2085, 1, 1), date(2085, 7, 8), date(2085, 7, 9)] {
        assert_eq!(tolv("850709+9805", dag), "198507099805");
    }
    // Before the birthday of 2085 a hyphen can be nobody's; from it on it is a newborn's.
    let nyss = Identitetsnummer::las("850709-9805", date(2085, 7, 8));
    assert_eq!(nyss.err(), Some(Nekat::DagSomInteVarit));
    assert_eq!(tolv("850709-9805", date(2085, 7, 9)), "208507099805");
}

#[test]
fn kind_sex_series_and_day_of_birth_are_told() {
    let kvinna = nummer("850709-9805");
    assert_eq!(kvinna.kon(), Kon::Kvinna);
    assert_eq!(kvinna.slag(), Nummerslag::Personnummer);
    assert_eq!(kvinna.fodelsedatum(), date(1985, 7, 9));
    assert!(kvinna.ar_testnummer());
    let man = nummer("640283-9937");
    assert_eq!(man.kon(), Kon::Man);
    assert_eq!(man.slag(), Nummerslag::Samordningsnummer);
    assert_eq!(man.fodelsedatum(), date(1964, 2, 23));
    assert_eq!(nummer("900161-9916").fodelsedatum(), date(1990, 1, 1));
    assert_eq!(nummer("900191-9928").fodelsedatum(), date(1990, 1, 31));
    assert_eq!(nummer("000289-9946").fodelsedatum(), date(2000, 2, 29));
}

#[test]
fn the_series_for_tests_is_980_to_999_and_nothing_below() {
    // Born in the first year there is, so that nobody has it.
    let med = |fodelsenummer: u16| {
        let nio = format!("000101{fodelsenummer:03}");
        let siffra = andra::kontrollsiffra(&nio);
        nummer(&format!("18{nio}{siffra}")).ar_testnummer()
    };
    assert!(med(980) && med(989) && med(999));
    assert!(!med(979) && !med(1) && !med(98));
}

#[test]
fn age_is_in_whole_years_on_both_sides_of_the_birthday() {
    let ett = nummer("850709-9805");
    for (dag, alder) in [
        (date(1985, 7, 8), None),
        (date(1985, 7, 9), Some(0)),
        (date(1986, 7, 8), Some(0)),
        (date(1986, 7, 9), Some(1)),
        (date(2015, 7, 8), Some(29)),
        (date(2015, 7, 9), Some(30)),
        (date(2085, 7, 8), Some(99)),
        (date(2085, 7, 9), Some(100)),
        (date(2085, 6, 30), Some(99)),
        (date(2085, 8, 1), Some(100)),
    ] {
        assert_eq!(ett.alder(dag), alder, "{dag}");
    }
}

#[test]
fn who_is_born_on_a_leap_day_is_older_on_the_last_of_february() {
    let ett = nummer("000229-9824");
    for (dag, alder) in [
        (date(2001, 2, 27), 0),
        (date(2001, 2, 28), 1),
        (date(2001, 3, 1), 1),
        (date(2004, 2, 28), 3),
        (date(2004, 2, 29), 4),
        // 2100 has no leap day either.
        (date(2100, 2, 27), 99),
        (date(2100, 2, 28), 100),
    ] {
        assert_eq!(ett.alder(dag), Some(alder), "{dag}");
    }
}

/// Whether a type does something it should not: an inherent constant hides the trait's only
/// when its bound holds.
struct Har<T>(PhantomData<T>);

trait Inte {
    const VISAS: bool = false;
    const SKRIVS: bool = false;
    const RENSAS: bool = false;
}

impl<T> Inte for Har<T> {}

impl<T: fmt::Display> Har<T> {
    const VISAS: bool = true;
}

impl<T: serde::Serialize> Har<T> {
    const SKRIVS: bool = true;
}

impl<T: zeroize::ZeroizeOnDrop> Har<T> {
    const RENSAS: bool = true;
}

#[test]
fn a_number_is_neither_shown_nor_written_and_its_memory_is_cleared() {
    let visas = [
        Har::<Identitetsnummer>::VISAS,
        Har::<Klartext>::VISAS,
        Har::<Identitetsnummer>::SKRIVS,
        Har::<Klartext>::SKRIVS,
    ];
    assert_eq!(visas, [false; 4]);
    let kontroll = [Har::<String>::VISAS, Har::<String>::SKRIVS];
    assert_eq!(kontroll, [true; 2], "the question can be answered with yes");
    // What the fields are of; the types own nothing else.
    let Identitetsnummer { siffror } = nummer("850709-9805");
    let Klartext(text) = nummer("850709-9805").tolv_siffror();
    assert!(rensas(&*siffror) && rensas(&text));
    let rensas_inte = Har::<String>::RENSAS;
    assert!(!rensas_inte);
    assert_eq!(
        text.capacity(),
        13,
        "never grown, so nothing is left behind"
    );
}

fn rensas<T: zeroize::ZeroizeOnDrop>(_: &T) -> bool {
    Har::<T>::RENSAS
}

#[test]
fn every_reason_has_its_own_code_a_rule_and_a_remedy() {
    let mut koder: Vec<_> = Nekat::ALLA.iter().map(|n| (n.kod(), n.text())).collect();
    koder.sort_unstable();
    koder.dedup();
    assert_eq!(koder.len(), Nekat::ALLA.len());
    for nekat in Nekat::ALLA {
        let hela = format!("{nekat} {nekat:?} {} {}", nekat.problem(), nekat.kod());
        assert!(!hela.chars().any(char::is_numeric), "{hela}");
        assert!(nekat.text().ends_with('.') && nekat.atgard().ends_with('.'));
    }
}
