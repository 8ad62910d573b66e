//! Whole vouchers, as an importer gets them.

use crate::{FLEST_RADER, Inlasning, Kodning, Kontotyp, Sak, Sietyp, Verifikation};
use jiff::civil::date;

const HUVUD: &str = "#FLAGGA 0\n#PROGRAM \"Prov\" 1\n#FORMAT PC8\n#GEN 20250110\n#SIETYP 4\n\
                     #ORGNR 222000-0000\n#FNAMN \"Forsby\"\n#RAR 0 20240101 20241231\n\
                     #OMFATTN 20241130\n#KONTO 1910 Kassa\n#KTYP 1910 T\n#KONTO 6250 Porto\n\
                     #KTYP 6250 K\n#DIM 6 Insats\n#OBJEKT 6 12 \"Vägen in\"\n";

fn las(text: &str) -> (Vec<Verifikation>, crate::Granskad) {
    let mut inlasning = Inlasning::ny(text.as_bytes(), Kodning::Utf8);
    let mut alla = Vec::new();
    while let Some(ver) = inlasning.nasta() {
        alla.push(ver);
    }
    assert_eq!(inlasning.lasta(), u64::try_from(text.len()).unwrap());
    (alla, inlasning.klar())
}

#[test]
fn vouchers_come_with_the_rows_that_count_and_the_file_with_what_it_declares() {
    let text = format!(
        "{HUVUD}#VER A 7 20240105 \"Porto\" 20240106 ab\n{{\n#TRANS 1910 {{}} -1000.00\n\
         #BTRANS 6250 {{}} 250.00\n#RTRANS 6250 {{6 12}} 200.00\n#TRANS 6250 {{6 12}} 200.00\n\
         #TRANS 6250 {{\"6\" \"12\" \"1\" \"K\"}} 800.00 20240107 \"Brev\" 3 cd\n}}\n"
    );
    let (alla, granskad) = las(&text);
    let [ver] = alla.as_slice() else {
        panic!("{alla:?}")
    };
    assert_eq!(
        (ver.rad, ver.serie.as_str(), ver.nummer.as_str()),
        (16, "A", "7")
    );
    assert_eq!(ver.registrerad, Some(date(2024, 1, 6)));
    assert_eq!((ver.text.as_str(), ver.signatur.as_str()), ("Porto", "ab"));
    assert_eq!((ver.tillagda, ver.borttagna, ver.felfri), (1, 1, true));
    let rader: Vec<_> = ver
        .rader
        .iter()
        .map(|r| (r.rad, r.konto, r.belopp))
        .collect();
    assert_eq!(
        rader,
        [(18, 1910, -100_000), (21, 6250, 20_000), (22, 6250, 80_000)]
    );
    let sista = &ver.rader[2];
    assert_eq!(sista.objekt, [(1, "K".to_owned()), (6, "12".to_owned())]);
    assert_eq!(sista.datum, Some(date(2024, 1, 7)));
    let texter = [&sista.text, &sista.kvantitet, &sista.signatur];
    assert_eq!(texter, ["Brev", "3", "cd"]);

    assert!(!granskad.har_fel(), "{:?}", granskad.anmarkningar);
    let o = &granskad.oversikt;
    assert!(o.har_verifikationer() && o.typ_sagd && !o.ar_4i());
    assert_eq!(
        (o.orgnr.as_deref(), o.namn.as_deref()),
        (Some("222000-0000"), Some("Forsby"))
    );
    assert_eq!(
        (o.skriven, o.omfattar),
        (Some(date(2025, 1, 10)), Some(date(2024, 11, 30)))
    );
    assert_eq!(granskad.register.konton[&6250].typ, Some(Kontotyp::Kostnad));
    assert_eq!(granskad.register.dimensioner[&6].namn, "Insats");
    assert_eq!(granskad.register.objektets_namn(6, "12"), Some("Vägen in"));
    assert_eq!(granskad.register.objektets_namn(6, "13"), None);
}

#[test]
fn a_voucher_at_fault_says_so_and_the_next_does_not() {
    let ett = "#VER A 1 20240105\n{\n#TRANS 1910 {} 5\n#TRANS 6250 {} -4\n}\n";
    let tva = "#VER A 2 20240105\n{\n#TRANS 1910 {} 5\n#TRANS 6250 {} -5\n}\n";
    let (alla, granskad) = las(&format!("{HUVUD}{ett}{tva}"));
    let felfria: Vec<_> = alla.iter().map(|v| v.felfri).collect();
    assert_eq!(felfria, [false, true]);
    assert_eq!(granskad.antal_fel(), 1);
    // One that never ends is not given, and its rows are in no other.
    let (alla, granskad) = las(&format!("{HUVUD}{}{tva}", ett.replace("}\n", "")));
    assert_eq!(alla, []);
    assert!(granskad.har_fel());
}

#[test]
fn a_file_of_balances_has_no_vouchers_and_says_which_type_it_is() {
    let (alla, granskad) = las(&HUVUD.replace("#SIETYP 4", "#SIETYP 2"));
    assert_eq!((alla.len(), granskad.oversikt.typ), (0, Sietyp::Period));
    assert!(!granskad.oversikt.har_verifikationer());
    let (_, granskad) = las(&HUVUD.replace("#SIETYP 4\n", ""));
    assert!(!granskad.oversikt.typ_sagd && !granskad.oversikt.har_verifikationer());
}

#[test]
fn more_than_any_real_file_has_is_refused_by_name() {
    let rad = "#TRANS 1910 {} 0\n";
    for (antal, ryms) in [(FLEST_RADER, true), (FLEST_RADER + 1, false)] {
        let text = format!("{HUVUD}#VER A 1 20240105\n{{\n{}}}\n", rad.repeat(antal));
        let (alla, granskad) = las(&text);
        assert_eq!(alla[0].rader.len(), FLEST_RADER);
        assert_eq!((alla[0].felfri, granskad.har_fel()), (ryms, !ryms));
    }
    let ar: String = (0..200)
        .map(|nr| format!("#RAR {} 20240101 20240101\n", -nr))
        .collect();
    let (_, granskad) = las(&format!("{HUVUD}{ar}"));
    let vantat = Sak::ForMycket { vad: "år" };
    assert_eq!(
        granskad
            .anmarkningar
            .iter()
            .filter(|a| a.sak == vantat)
            .count(),
        1
    );
    let namn = "x".repeat(1 << 19);
    let konton: String = (1..80).map(|nr| format!("#KONTO {nr} {namn}\n")).collect();
    let (_, granskad) = las(&format!("{HUVUD}{konton}"));
    assert_eq!(granskad.antal_fel(), 1, "{:?}", granskad.anmarkningar);
    assert!(granskad.register.konton.len() < 70);
}

#[test]
fn dimensions_are_told_apart_however_high_and_only_the_same_twice_is_odd() {
    let rad = |lista: &str| {
        let text = format!(
            "{HUVUD}#VER A 7 20240105\n{{\n#TRANS 1910 {{}} -1.00\n\
             #TRANS 6250 {{{lista}}} 1.00\n}}\n"
        );
        las(&text).1.anmarkningar
    };
    let dubbel = |lista: &str| {
        let alla = rad(lista);
        alla.iter().any(|a| matches!(a.sak, Sak::SammaDimension(_)))
    };
    for skilda in ["1 a 65 b", "65 a 1 b", "20 a 84 b 148 c"] {
        assert!(!dubbel(skilda), "{skilda}");
    }
    for samma in ["1 a 1 b", "65 a 1 b 65 c", "20 a 84 b 84 c"] {
        assert!(dubbel(samma), "{samma}");
    }
    // So many as nobody has are a fault, not a list.
    let lista = |antal: u32| -> String { (100..100 + antal).map(|d| format!("{d} x ")).collect() };
    let mest = u32::try_from(crate::FLEST_OBJEKT).unwrap();
    let for_manga = |antal| format!("{:?}", rad(&lista(antal))).contains("ForMangaObjekt");
    assert!(!for_manga(mest) && for_manga(mest + 1));
}
