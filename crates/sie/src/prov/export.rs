//! Whole files that are handed over.

use crate::{
    Exportfil, Exportrad, Exportverifikation, Granskare, Handelse, Hinder, Inlasning, Kodning,
    Kontotyp, NyVer, Plats, Skrivare, Skrivfel,
};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn plats(konto: u32, objekt: &[(u32, &str)]) -> Plats {
    let objekt = objekt.iter().map(|(d, o)| (*d, (*o).to_owned())).collect();
    Plats { konto, objekt }
}

/// A requisition of 50,000 kr, and what is left of the grant distributed over two insatser.
fn fil() -> Exportfil {
    let rekvisition = Handelse::rekvisition(
        date(2026, 2, 28),
        "Rekvisition 1 – Återvägen",
        plats(1510, &[]),
        plats(3985, &[(6, "12"), (1, "K 3")]),
        5_000_000,
    );
    let fordelning = Handelse::fordelning(
        date(2026, 3, 1),
        "Fördelning § 14",
        plats(3985, &[(6, "12")]),
        vec![
            (plats(3985, &[(6, "13")]), -3_000_000),
            (plats(3985, &[(6, "14")]), -2_000_000),
            (plats(3985, &[(6, "15")]), 0),
        ],
    );
    Exportfil {
        program: ("Utfall".into(), "0.1".into()),
        skriven: date(2026, 3, 2),
        orgnr: "222000-0000".into(),
        namn: "Forsby (påhittat)".into(),
        verifikationer: vec![rekvisition.into(), fordelning.into()],
        ..Exportfil::default()
    }
}

fn med_konton() -> Exportfil {
    Exportfil {
        ar: Some((date(2026, 1, 1), date(2026, 12, 31))),
        konton: BTreeMap::from([
            (1510, ("Kundfordringar".into(), Some(Kontotyp::Tillgang))),
            (2010, ("Eget kapital".into(), None)),
            (3985, ("Bidrag".into(), Some(Kontotyp::Intakt))),
        ]),
        dimensioner: BTreeMap::from([(6, "Insats".into())]),
        objekt: BTreeMap::from([((6, "12".into()), "Ofördelat".into())]),
        ingaende: BTreeMap::from([(1510, 100), (2010, -100)]),
        ..fil()
    }
}

fn text(bytes: &[u8]) -> String {
    Kodning::Cp437.avkoda(bytes).replace("\r\n", "\n")
}

#[test]
fn a_4i_is_written_in_the_order_of_the_format() {
    let skriven = fil().skriv_4i().unwrap();
    let vantat = "#FLAGGA 0\n#KSUMMA\n#PROGRAM Utfall 0.1\n#FORMAT PC8\n#GEN 20260302\n#SIETYP 4\n\
        #ORGNR 222000-0000\n#FNAMN \"Forsby (påhittat)\"\n\
        #VER \"\" \"\" 20260228 \"Rekvisition 1 - Återvägen\"\n{\n\
        #TRANS 1510 {} 50000.00\n#TRANS 3985 {1 \"K 3\" 6 12} -50000.00\n}\n\
        #VER \"\" \"\" 20260301 \"Fördelning par. 14\"\n{\n\
        #TRANS 3985 {6 13} -30000.00\n#TRANS 3985 {6 14} -20000.00\n\
        #TRANS 3985 {6 12} 50000.00\n}\n#KSUMMA ";
    let skrivet = text(&skriven.bytes);
    assert!(skrivet.starts_with(vantat), "{skrivet}");
    let ersatta: Vec<String> = skriven.ersatta.iter().map(ToString::to_string).collect();
    assert_eq!(
        ersatta,
        [
            "»§« (U+00A7) skrevs som »par.« 1 gånger",
            "»–« (U+2013) skrevs som »-« 1 gånger"
        ]
    );
    let granskad = Granskare::granska(&skriven.bytes[..], Kodning::gissa(&skriven.bytes));
    assert_eq!(granskad.anmarkningar, []);
    assert!(granskad.oversikt.ar_4i() && granskad.oversikt.kontrollsumma.is_some());
}

#[test]
fn a_4e_has_accounts_and_the_balances_that_its_vouchers_make() {
    let skriven = med_konton().skriv_4e().unwrap();
    let skrivet = text(&skriven.bytes);
    let saldon = "#IB 0 1510 1.00\n#UB 0 1510 50001.00\n#IB 0 2010 -1.00\n#UB 0 2010 -1.00\n\
                  #RES 0 3985 -50000.00\n#VER";
    assert!(skrivet.contains(saldon), "{skrivet}");
    assert!(
        skrivet.contains("#KONTO 3985 Bidrag\n#KTYP 3985 I\n"),
        "{skrivet}"
    );
    assert!(
        skrivet.contains("#DIM 6 Insats\n#OBJEKT 6 12 \"Ofördelat\"\n"),
        "{skrivet}"
    );
    let granskad = Granskare::granska(&skriven.bytes[..], Kodning::Cp437);
    assert_eq!(granskad.anmarkningar, []);
    assert!(!granskad.oversikt.ar_4i());
    // As a 4I it may name its accounts and still leave the year out.
    let utan_ar = Exportfil {
        ar: None,
        ..med_konton()
    };
    let skriven = utan_ar.skriv_4i().unwrap();
    assert!(text(&skriven.bytes).contains("#KONTO 1510 Kundfordringar\n"));
}

#[test]
fn what_hinders_a_file_is_told_all_at_once_and_nothing_is_written() {
    let mut trasig = fil();
    trasig.orgnr = " ".into();
    trasig.ar = Some((date(2026, 3, 1), date(2026, 12, 31)));
    trasig.konton.insert(1510, ("Kund".into(), None));
    trasig.verifikationer[0].rader[0].belopp += 1;
    trasig.verifikationer[1].rader[0]
        .plats
        .objekt
        .push((6, "12".into()));
    trasig.verifikationer.push(Exportverifikation {
        datum: date(2026, 4, 1),
        ..Exportverifikation::default()
    });
    let hinder = trasig.skriv_4i().unwrap_err();
    let text: Vec<String> = hinder.iter().map(ToString::to_string).collect();
    assert_eq!(
        text,
        [
            "filen måste ha organisationsnumret",
            "verifikation 1 »Rekvisition 1 – Återvägen« blir 0.01, inte 0",
            "verifikation 1 är daterad 2026-02-28, utanför filens år",
            "verifikation 2 har en rad med två objekt i dimension 6; bara ett får stå",
            "verifikation 3 »« har inga rader",
            "kontot 3985 används men har inget namn",
        ]
    );
    let saknas: Vec<Hinder> = fil().skriv_4e().unwrap_err();
    assert!(
        saknas.contains(&Hinder::Saknas("räkenskapsåret")),
        "{saknas:?}"
    );
    assert!(saknas.contains(&Hinder::OkantKonto(1510)), "{saknas:?}");
}

#[test]
fn a_sum_too_large_for_the_books_is_refused_and_not_wrapped() {
    let storst = vec![(plats(1, &[]), i64::MAX), (plats(2, &[]), i64::MAX)];
    let handelse = Handelse::fordelning(date(2026, 1, 1), "x", plats(3, &[]), storst);
    let fil = Exportfil {
        verifikationer: vec![handelse.into()],
        ..fil()
    };
    assert!(matches!(
        fil.skriv_4i().unwrap_err()[..],
        [Hinder::Obalans { .. }]
    ));
}

#[test]
fn records_too_late_and_labels_that_are_none_are_refused() {
    let mut s = Skrivare::ny(Vec::new());
    s.verifikation(NyVer::default(), &[]).unwrap();
    let sen = s.falt("#KONTO", &["1910", "Kassa"]);
    assert!(matches!(sen, Err(Skrivfel::Ordning(e)) if e == "#KONTO"));
    for etikett in ["KONTO", "#", "#konto", "#A B", "#\n"] {
        assert!(
            matches!(s.falt(etikett, &[]), Err(Skrivfel::Etikett(_))),
            "{etikett:?}"
        );
    }
    // Those that no order is known for may stand anywhere.
    s.falt("#EGEN", &["1"]).unwrap();
    assert_eq!(
        s.klar().unwrap(),
        b"#VER \"\" \"\" 00000101\r\n{\r\n}\r\n#EGEN 1\r\n"
    );
}

#[test]
fn what_the_code_page_lacks_becomes_what_is_nearest_and_is_counted() {
    let mut s = Skrivare::ny(Vec::new());
    s.falt("#PROSA", &["Šárka Ødegård – 5 € \\ »x«\n漢漢"])
        .unwrap();
    let ersatta: Vec<_> = s
        .ersatta()
        .iter()
        .map(|e| (e.tecken, e.med, e.antal))
        .collect();
    let vantat = [
        ('\n', " ", 1),
        ('\\', "/", 1),
        ('Ø', "O", 1),
        ('Š', "S", 1),
        ('–', "-", 1),
        ('€', "EUR", 1),
        ('漢', "?", 2),
    ];
    assert_eq!(ersatta, vantat);
    assert_eq!(
        text(&s.klar().unwrap()),
        "#PROSA \"Sárka Odegård - 5 EUR / »x« ??\"\n"
    );
}

fn verifikation() -> impl Strategy<Value = Exportverifikation> {
    let objekt = proptest::collection::btree_map(1_u32..30, "[a-zåäö0-9 \"]{1,5}", 0..3);
    let rad = (
        1000_u32..9000,
        objekt,
        -1_000_000_i64..1_000_000,
        "[ -!#-\\[\\]-~é]{0,9}",
    );
    let rader = proptest::collection::vec(rad, 1..5);
    (
        "[A-Z]?",
        "[0-9]{0,3}",
        "[ -\\[\\]-~åäöÅÄÖ]{0,20}",
        1_i8..=28,
        rader,
    )
        .prop_map(|(serie, nummer, text, dag, rader)| {
            let rad = |(konto, objekt, belopp, text): (u32, BTreeMap<_, _>, i64, String)| {
                let objekt = objekt.into_iter().collect();
                let plats = Plats { konto, objekt };
                Exportrad {
                    plats,
                    belopp,
                    text,
                }
            };
            let mut rader: Vec<Exportrad> = rader.into_iter().map(rad).collect();
            let summa: i64 = rader.iter().map(|r| r.belopp).sum();
            rader.push(Exportrad {
                plats: plats(1930, &[]),
                belopp: -summa,
                text: String::new(),
            });
            let datum = date(2026, 5, dag);
            Exportverifikation {
                serie,
                nummer,
                datum,
                text,
                rader,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(128)
    })]

    #[test]
    fn what_is_handed_over_is_what_an_importer_gets(
        alla in proptest::collection::vec(verifikation(), 0..6),
        hel in any::<bool>(),
    ) {
        let mut fil = Exportfil { verifikationer: alla.clone(), ..med_konton() };
        for rad in alla.iter().flat_map(|v| &v.rader) {
            fil.konton.insert(rad.plats.konto, (format!("Konto {}", rad.plats.konto), None));
        }
        let skriven = if hel { fil.skriv_4e() } else { fil.skriv_4i() };
        let bytes = skriven.map_err(|h| TestCaseError::fail(format!("{h:?}")))?.bytes;
        let mut inlasning = Inlasning::ny(&bytes[..], Kodning::gissa(&bytes));
        let mut lasta = Vec::new();
        while let Some(v) = inlasning.nasta() {
            let rader = v.rader.into_iter().map(|r| Exportrad {
                plats: Plats { konto: r.konto, objekt: r.objekt },
                belopp: r.belopp,
                text: r.text,
            });
            lasta.push(Exportverifikation {
                serie: v.serie,
                nummer: v.nummer,
                datum: v.datum,
                text: v.text,
                rader: rader.collect(),
            });
        }
        prop_assert_eq!(lasta, alla);
        let granskad = inlasning.klar();
        prop_assert!(!granskad.har_fel(), "{:?}", granskad.anmarkningar);
    }
}
