//! Every label of the format, read as it stands; and files that no reader should be given.

use crate::{Allvar, Felslag, Granskare, Kodning, Lasare, Sak};

/// What a line is read as, in the words of `Debug`.
fn last(rader: &str) -> Vec<String> {
    let mut lasare = Lasare::ny(rader.as_bytes(), Kodning::Utf8);
    let mut ut = Vec::new();
    while let Some(post) = lasare.nasta() {
        ut.push(post.map_or_else(|fel| fel.to_string(), |(_, post)| format!("{post:?}")));
    }
    ut
}

#[test]
fn the_head_is_read() {
    let rader = "#FLAGGA 1\n#PROGRAM \"Ek onomi\" 1.0\n#FORMAT PC8\n#GEN 20240131 ab\n#SIETYP 2\n\
                 #ORGNR 222000-0000\n#FNAMN \"Namn AB\"\n#RAR -1 20230101 20231231\n\
                 #OMFATTN 20240131\n#KPTYP EUBAS97\n#VALUTA EUR\n#PROSA \"fri text\"\n\
                 #ADRESS \"a\" \"b\" \"c\" \"d\"\n#FTYP AB\n#BKOD 1\n#FNR 7\n#TAXAR 2024\n\
                 #KSUMMA\n#KSUMMA -1\n";
    let dag = |d: &str| format!("2024-01-{d}");
    let vantat = [
        "Flagga(true)".to_owned(),
        "Program { namn: \"Ek onomi\", version: \"1.0\" }".to_owned(),
        "Format(\"PC8\")".to_owned(),
        format!("Gen {{ datum: Some({}), signatur: \"ab\" }}", dag("31")),
        "Sietyp(Period)".to_owned(),
        "Orgnr(\"222000-0000\")".to_owned(),
        "Fnamn(\"Namn AB\")".to_owned(),
        "Rar { nr: -1, fran: 2023-01-01, till: 2023-12-31 }".to_owned(),
        format!("Omfattn({})", dag("31")),
        "Kptyp(\"EUBAS97\")".to_owned(),
        "Valuta(\"EUR\")".to_owned(),
        "Ovrig { etikett: \"#PROSA\", falt: [\"fri text\"] }".to_owned(),
        "Ovrig { etikett: \"#ADRESS\", falt: [\"a\", \"b\", \"c\", \"d\"] }".to_owned(),
        "Ovrig { etikett: \"#FTYP\", falt: [\"AB\"] }".to_owned(),
        "Ovrig { etikett: \"#BKOD\", falt: [\"1\"] }".to_owned(),
        "Ovrig { etikett: \"#FNR\", falt: [\"7\"] }".to_owned(),
        "Ovrig { etikett: \"#TAXAR\", falt: [\"2024\"] }".to_owned(),
        "Ksumma(None)".to_owned(),
        "Ksumma(Some(4294967295))".to_owned(),
    ];
    assert_eq!(last(rader), vantat);
}

#[test]
fn accounts_dimensions_and_balances_are_read() {
    let rader = "#KONTO 5010 \"Lokal\"\n#KTYP 5010 K\n#ENHET 5010 m2\n#SRU 5010 7513\n\
                 #DIM 6 Projekt\n#UNDERDIM 21 Del 6\n#OBJEKT 6 \"0123\" \"Väg in\"\n\
                 #IB 0 1910 1.5 3\n#UB -1 1910 -2\n#OIB 0 1910 {6 12} 3\n\
                 #OUB 0 1910 {6 \"1 2\" 1 K} 4 7\n#RES 0 5010 5.25\n\
                 #PSALDO 0 200801 5010 {} -6.1\n#PBUDGET 0 200812 5010 {1 \"0123\"} 3411.80 9\n";
    let vantat = [
        "Konto { konto: 5010, namn: \"Lokal\" }",
        "Ktyp { konto: 5010, typ: Kostnad }",
        "Enhet { konto: 5010, enhet: \"m2\" }",
        "Sru { konto: 5010, kod: \"7513\" }",
        "Dim { dim: 6, namn: \"Projekt\", over: None }",
        "Dim { dim: 21, namn: \"Del\", over: Some(6) }",
        "Objekt { dim: 6, objekt: \"0123\", namn: \"Väg in\" }",
        "Saldo { slag: Ib, ar: 0, konto: 1910, objekt: {}, belopp: 150, kvantitet: \"3\" }",
        "Saldo { slag: Ub, ar: -1, konto: 1910, objekt: {}, belopp: -200, kvantitet: \"\" }",
        "Saldo { slag: Oib, ar: 0, konto: 1910, objekt: {6: \"12\"}, belopp: 300, \
         kvantitet: \"\" }",
        "Saldo { slag: Oub, ar: 0, konto: 1910, objekt: {6: \"1 2\", 1: \"K\"}, belopp: 400, \
         kvantitet: \"7\" }",
        "Saldo { slag: Res, ar: 0, konto: 5010, objekt: {}, belopp: 525, kvantitet: \"\" }",
        "Period { slag: Saldo, ar: 0, manad: 2008-01-01, konto: 5010, objekt: {}, \
         belopp: -610, kvantitet: \"\" }",
        "Period { slag: Budget, ar: 0, manad: 2008-12-01, konto: 5010, objekt: {1: \"0123\"}, \
         belopp: 341180, kvantitet: \"9\" }",
    ];
    assert_eq!(last(rader), vantat);
}

#[test]
fn an_unknown_label_and_its_lines_are_passed_over_and_counted() {
    let text = "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 1\n#RAR 0 20240101 20241231\n\
                #KONTO 1910 Kassa\n#PROSA fri\n#EGEN 1 {2} 3\n{\n#TRANS inget alls\n}\n\
                #VER A 1 20240101\n{\n#EGEN i verifikationen\n#TRANS 1910 {} 0\n}\n#ANNAN\n";
    let svar = Granskare::granska(text.as_bytes(), Kodning::Cp437);
    let saker: Vec<_> = svar.anmarkningar.into_iter().map(|a| a.sak).collect();
    assert_eq!(saker, [Sak::Okanda(3)]);
    let okanda: Vec<_> = svar.oversikt.okanda.into_iter().collect();
    assert_eq!(okanda, [("#ANNAN".to_owned(), 1), ("#EGEN".to_owned(), 2)]);
    // Braces that belong to nothing are still wrong.
    let los = text.replace("#EGEN 1 {2} 3\n", "");
    assert!(Granskare::granska(los.as_bytes(), Kodning::Utf8).har_fel());
    let manga: String = (0..200).map(|nr| format!("#E{nr}\n")).collect();
    let svar = Granskare::granska(manga.as_bytes(), Kodning::Utf8);
    assert_eq!(
        (svar.oversikt.okanda.len(), svar.oversikt.antal_okanda()),
        (51, 200)
    );
}

/// Files that are something else or that hurt, and the reason that each is refused with.
#[test]
fn hostile_files_are_refused_with_a_reason() {
    let huvud = "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 1\n#RAR 0 20240101 20241231\n";
    let ver = |rad: &str| format!("{huvud}#VER A 1 20240101\n{{\n{rad}\n}}\n").into_bytes();
    let utf16: Vec<u8> = "\u{feff}#FLAGGA 0\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let tio_upphojt = format!("#TRANS 1 {{}} 1{}", "0".repeat(30));
    let fall: [(Vec<u8>, &str); 13] = [
        (utf16, "filen är skriven i UTF-16"),
        (
            b"PK\x03\x04\n".to_vec(),
            "tecknet med nummer 3 får inte stå",
        ),
        (b"%PDF-1.7\n".to_vec(), "raden börjar inte med en etikett"),
        (ver(&tio_upphojt), "beloppet »100000"),
        (ver("#TRANS 1 {} 1.005"), "har fler än två decimaler"),
        (ver("#TRANS 1 {} NaN"), "»NaN« är inte ett belopp"),
        (
            ver("#TRANS 99999999999 {} 1"),
            "»99999999999« är inte ett kontonummer",
        ),
        (ver("#TRANS 1 {} 1 00000000"), "»00000000« är inget datum"),
        (
            ver("#TRANS 1 {\"6\" \"x} 1"),
            "ett citattecken saknar sin make",
        ),
        (ver("#TRANS 1 {6 1 {2 3}} 1"), "en klammer saknar sin make"),
        (
            format!("{huvud}#VER A 1 \"\"\n{{\n}}\n").into(),
            "#VER saknar datum",
        ),
        (
            format!("{huvud}#ORGNR 2\n").into(),
            "filen har två organisationsnummer, 1 och 2",
        ),
        (
            format!("{huvud}#VER A 1 99991231\n{{\n}}\n").into(),
            "utanför året",
        ),
    ];
    for (bytes, skal) in fall {
        let svar = Granskare::granska(&bytes[..], Kodning::gissa(&bytes));
        let fel = svar
            .anmarkningar
            .iter()
            .filter(|a| a.allvar() == Allvar::Fel);
        let fel: Vec<String> = fel.map(ToString::to_string).collect();
        assert!(fel.iter().any(|f| f.contains(skal)), "{skal}: {fel:?}");
    }
}

#[test]
fn a_file_in_utf16_is_not_read_further() {
    let bytes: Vec<u8> = "\u{feff}#FLAGGA 0\n#A\n#B\n"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let mut lasare = Lasare::ny(&bytes[..], Kodning::gissa(&bytes));
    let fel = lasare.nasta().unwrap().unwrap_err();
    assert_eq!((fel.rad, fel.slag), (1, Felslag::Utf16));
    assert!(lasare.nasta().is_none());
}

#[test]
fn what_can_be_relied_on_all_the_same_is_only_told() {
    let fall = [
        (
            "#SIETYP 3\n#VER A 1 20240101\n{\n#TRANS 1 {} 0\n}",
            "filen är av typ 3 men",
        ),
        ("#VALUTA EUR", "beloppen är i EUR"),
        (
            "#VER A 1 20240101\n{\n#TRANS 1 {6 1 1 2 6 3} 0\n}",
            "två objekt i dimension 6",
        ),
        (
            "#VER A 1 20240101\n{\n#TRANS 1 0,00\n}",
            "belopp är skrivna med komma",
        ),
        (
            "#VER A 1 20240101\n{\n#TRANS 1 0,00\n}",
            "rader saknar objektlista",
        ),
        ("#FLAGGA 1", "märkt som redan inläst"),
        ("#FORMAT UTF8", "#FORMAT är UTF8"),
        ("#VER A 1 20240101\n{\n}", "inga rader som räknas"),
    ];
    let huvud = "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 1\n#RAR 0 20240101 20241231\n";
    for (rader, skal) in fall {
        let text = format!("{huvud}{rader}\n");
        let svar = Granskare::granska(text.as_bytes(), Kodning::Utf8);
        let sagt: Vec<String> = svar.anmarkningar.iter().map(ToString::to_string).collect();
        assert!(sagt.iter().any(|s| s.contains(skal)), "{skal}: {sagt:?}");
        assert!(!svar.har_fel(), "{skal}: {sagt:?}");
    }
    let svar = Granskare::granska(huvud.as_bytes(), Kodning::Cp437);
    assert_eq!(svar.anmarkningar, [], "och utan dem sägs inget");
}
