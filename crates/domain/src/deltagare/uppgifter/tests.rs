use super::*;
use jiff::civil::date;

const IDAG: Date = date(2026, 11, 23);
/// Of the tax agency's test series (birth numbers 980–999).
const TESTNUMMER: &str = "19850709-9805";

fn las(kand: &str, namn: &str, skyddad: bool) -> Result<Uppgifter, Vec<Problem>> {
    Inskrivet::ny(kand, namn, skyddad).las(IDAG)
}

fn koder(svar: Result<Uppgifter, Vec<Problem>>) -> Vec<(&'static str, Option<String>)> {
    let fel = svar.expect_err("ska nekas");
    fel.into_iter().map(|p| (p.kod, p.falt)).collect()
}

#[test]
fn a_number_is_a_number_and_anything_short_of_one_is_a_code() {
    let u = las(TESTNUMMER, "  Test   Testsson ", false).unwrap();
    assert!(matches!(u.kand, Kand::Nummer(_)));
    assert_eq!(u.namn.unwrap().som_str(), "Test Testsson");
    for kod in ["A-17", "Björken 4", "12 345"] {
        let u = las(kod, "", false).unwrap();
        assert!(
            matches!(u.kand, Kand::Kod(k) if k.som_str() == kod),
            "{kod}"
        );
        assert_eq!(u.namn, None);
    }
}

#[test]
fn what_is_meant_for_a_number_is_never_taken_for_a_code() {
    for fel in [
        "19850709-9806",
        "198513099805",
        "８５０７０９-９８０５",
        "850709-TF29",
    ] {
        let svar = koder(las(fel, "", false));
        assert!(
            matches!(svar.as_slice(), [(_, Some(falt))] if falt == "kand"),
            "{fel}"
        );
    }
}

#[test]
fn who_is_protected_is_known_by_a_code_alone() {
    assert!(las("Björken", "", true).unwrap().skyddad);
    let falt = |f: &str| ("deltagare-skyddad", Some(f.to_owned()));
    assert_eq!(koder(las(TESTNUMMER, "", true)), [falt("kand")]);
    assert_eq!(koder(las("Björken", "Test", true)), [falt("namn")]);
    let bada = koder(las(TESTNUMMER, "Test", true));
    assert_eq!(bada, [falt("kand"), falt("namn")]);
}

#[test]
fn every_field_tells_its_own_fault_and_none_repeats_what_was_typed() {
    let lang = "x".repeat(LANGSTA_ORD + 1);
    let svar = las(&lang, &lang, false).expect_err("för långt");
    let falt: Vec<_> = svar.iter().filter_map(|p| p.falt.as_deref()).collect();
    assert_eq!(falt, ["kand", "namn"]);
    let tomt = koder(las(" \u{a0} ", "", false));
    assert_eq!(tomt, [("deltagare-vem", Some("kand".to_owned()))]);
    let svar = las("19850709-9806", "", false).expect_err("kontrollsiffran");
    for p in svar {
        let allt = format!("{p:?} {p}");
        assert!(!allt.contains("9806") && !allt.contains("850709"), "{allt}");
    }
}

#[test]
fn characters_that_are_not_seen_are_refused() {
    for osynligt in ['\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{ad}'] {
        let text = format!("Te{osynligt}st");
        let fel = koder(las(&text, &text, false));
        let falt = |f: &str| ("deltagare-osynligt", Some(f.to_owned()));
        assert_eq!(fel, [falt("kand"), falt("namn")], "{osynligt:?}");
    }
    assert!(las("Åsa-Märta Ö’Test", "Åsa-Märta Ö’Test", false).is_ok());
}

#[test]
fn nothing_of_a_person_is_shown_by_mistake() {
    let u = las(TESTNUMMER, "Test Testsson", false).unwrap();
    let visat = format!("{u:?}");
    assert!(
        !visat.contains("Test") && !visat.contains("9805"),
        "{visat}"
    );
    let i = Inskrivet::ny(TESTNUMMER, "Test", false);
    assert_eq!(format!("{i:?}"), "Inskrivet(dolt)");
}
