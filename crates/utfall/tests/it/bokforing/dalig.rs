//! Files that are refused: each with its rows, rules and remedies, and nothing of them stored.

use super::{Forsby, exempel};
use utfall_app::bokforing::{Bekraftat, Radanm};

/// A small file of an invented company, with a hole for what is tried.
pub fn sie(huvud: &str, ver: &str) -> Vec<u8> {
    format!(
        "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20260401\n#SIETYP 4\n{huvud}\
         #FNAMN \"Forsby prov (pahittat)\"\n#KONTO 1930 Bank\n#KONTO 5010 Lon\n{ver}"
    )
    .into_bytes()
}

pub const HUVUD: &str = "#ORGNR 999900-0012\n#RAR 0 20260101 20261231\n";
pub const VER: &str = "#VER A 1 20260131 \"\"\n{\n#TRANS 5010 {6 \"2601\"} 100.00\n\
                       #TRANS 1930 {} -100.00\n}\n";

/// A file, what it is called here, and its faults: line and rule.
pub struct Fall {
    pub namn: &'static str,
    pub innehall: Vec<u8>,
    pub fel: Vec<(u64, &'static str)>,
    /// A part of what is said of the first of them.
    pub ord: &'static str,
}

fn fall(
    namn: &'static str,
    innehall: Vec<u8>,
    fel: &[(u64, &'static str)],
    ord: &'static str,
) -> Fall {
    let fel = fel.to_vec();
    Fall {
        namn,
        innehall,
        fel,
        ord,
    }
}

/// The vouchers begin at line 11; the amounts of the first are at 13 and 14.
fn om_verifikationer() -> Vec<Fall> {
    let med = |fran: &str, till: &str| sie(HUVUD, &VER.replacen(fran, till, 1));
    let flera = [
        VER.replacen("100.00", "101.00", 1),
        VER.replacen("A 1", "A 2", 1).replacen("100.00", "1.005", 1),
        VER.replacen("A 1", "A 3", 1),
        VER.replacen("A 1", "A 4", 1).replace("5010 {", "5011 {"),
        VER.replacen("A 1", "A 5", 1).replacen("2026", "2025", 1),
    ];
    vec![
        fall(
            "obalans",
            med("100.00", "101.00"),
            &[(11, "obalans")],
            "tillsammans, i stället för noll",
        ),
        fall(
            "tre decimaler",
            med("100.00", "100.001"),
            &[(13, "decimaler")],
            "»100.001« har fler än två decimaler",
        ),
        fall(
            "okänt konto",
            med("5010 {", "5011 {"),
            &[(13, "okant-konto")],
            "kontot 5011 används",
        ),
        fall(
            "fel år",
            med("20260131", "20250131"),
            &[(11, "fel-ar")],
            "2025-01-31, utanför året 2026-01-01–2026-12-31",
        ),
        fall(
            "flera fel på en gång",
            sie(HUVUD, &flera.concat()),
            &[
                (11, "obalans"),
                (18, "decimaler"),
                (28, "okant-konto"),
                (31, "fel-ar"),
            ],
            "i stället för noll",
        ),
        fall(
            "för stort",
            sie(HUVUD, &VER.replace("100.00", "99999999999999.00")),
            &[(13, "for-stort"), (14, "for-stort")],
            "tusen miljarder",
        ),
        fall(
            "avklippt",
            sie(HUVUD, VER.trim_end_matches("}\n")),
            &[(14, "oavslutad")],
            "inte avslutad",
        ),
        fall(
            "nollbyte",
            med("A 1", "A\0 1"),
            &[
                (11, "styrtecken"),
                (12, "klammer"),
                (13, "utanfor-verifikation"),
                (14, "utanfor-verifikation"),
                (15, "klammer"),
            ],
            "nummer 0",
        ),
    ]
}

fn om_filen() -> Vec<Fall> {
    let krockar = format!("{HUVUD}#RAR -1 20250101 20260131\n");
    let summa = |slut: &str| {
        let rest = sie(HUVUD, &format!("{VER}{slut}"));
        [b"#KSUMMA\n".to_vec(), rest].concat()
    };
    let utf16: Vec<u8> = String::from_utf8(sie(HUVUD, VER))
        .unwrap()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let utf16 = [vec![0xff, 0xfe], utf16].concat();
    vec![
        fall(
            "inget år",
            sie("#ORGNR 999900-0012\n", VER),
            &[(0, "inte-4e")],
            "inga verifikationer från en bokföring",
        ),
        fall(
            "åren krockar i filen",
            sie(&krockar, VER),
            &[(8, "ar-krockar")],
            "gemensamma dagar",
        ),
        fall(
            "två företag",
            sie(&format!("{HUVUD}#ORGNR 999900-0020\n"), VER),
            &[(8, "tva-foretag")],
            "två organisationsnummer",
        ),
        fall(
            "annan valuta",
            sie(&format!("{HUVUD}#VALUTA EUR\n"), VER),
            &[(0, "annan-valuta")],
            "EUR",
        ),
        fall(
            "utan verifikationer",
            sie(HUVUD, ""),
            &[(0, "utan-verifikationer")],
            "inga verifikationer",
        ),
        fall(
            "avklippt summa",
            summa(""),
            &[(0, "kontrollsumma-utan-slut")],
            "avbruten",
        ),
        fall(
            "fel summa",
            summa("#KSUMMA 1\n"),
            &[(17, "kontrollsumma")],
            "men filen säger 1",
        ),
        fall(
            "en enda rad",
            vec![b'x'; 3 << 20],
            &[(1, "for-lang-rad"), (0, "ar-saknas"), (0, "inte-4e")],
            "längre än 1048576 byte",
        ),
        fall(
            "utf-16",
            utf16,
            &[(1, "utf-16"), (0, "ar-saknas"), (0, "inte-4e")],
            "UTF-16",
        ),
        fall(
            "ingen sie",
            b"%PDF-1.7 hej".to_vec(),
            &[(1, "ingen-etikett"), (0, "ar-saknas"), (0, "inte-4e")],
            "börjar inte med en etikett",
        ),
        fall("tom", Vec::new(), &[(0, "tom-fil")], "filen är tom"),
    ]
}

/// Every file that is refused, with what is to be said of it.
pub fn alla() -> Vec<Fall> {
    om_verifikationer().into_iter().chain(om_filen()).collect()
}

fn platser(fel: &[Radanm]) -> Vec<(u64, &'static str)> {
    fel.iter().map(|f| (f.rad, f.regel)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_says_row_by_row_what_is_wrong_and_leaves_nothing() {
    let f = Forsby::ny().await;
    let fore = f.varld.db.avtryck();
    for Fall {
        namn,
        innehall,
        fel,
        ord,
    } in alla()
    {
        let analys = f.analys(&innehall).await.unwrap();
        assert!(!analys.gar(), "{namn}");
        assert_eq!(platser(&analys.fel), fel, "{namn}: {:#?}", analys.fel);
        assert!(analys.fel[0].text.contains(ord), "{namn}: {:?}", analys.fel);
        for sagt in &analys.fel {
            // A rule, a reason, and whole sentences on what to do.
            assert!(!sagt.regel.is_empty() && sagt.text.len() > 10, "{sagt:?}");
            assert!(
                sagt.atgard.ends_with('.') && sagt.atgard.len() > 15,
                "{sagt:?}"
            );
        }
        let nej = f.las_in(&innehall).await.unwrap_err();
        assert_eq!(nej.kod, "sie-fel", "{namn}");
        assert_eq!(nej.atgard, analys.fel[0].atgard, "{namn}");
        assert!(nej.text.ends_with("Inget har sparats."), "{nej}");
        let till = format!("Det finns {} fel till.", fel.len() - 1);
        assert_eq!(nej.text.contains(&till), fel.len() > 1, "{nej}");
        assert_eq!(f.varld.db.avtryck(), fore, "{namn}");
    }
    // Control: the file that these were made from is read in, and that is seen in the tables.
    let bra = f.las_in(&sie(HUVUD, VER)).await.unwrap();
    assert_eq!(bra.utfall.nya, 1);
    assert_ne!(f.varld.db.avtryck(), fore);
}

/// The page of the format names each rule that a file is refused by.
#[test]
fn every_rule_that_refuses_stands_in_the_manual() {
    let sida = std::fs::read_to_string(crate::stod::rot().join("docs/format/sie.md")).unwrap();
    let mut sedda = 0;
    for fall in alla() {
        for (_, regel) in fall.fel {
            assert!(sida.contains(&format!("`{regel}`")), "{regel}");
            sedda += 1;
        }
    }
    assert!(sedda > 25, "{sedda}");
    assert!(!sida.contains("`obalanserad`"), "control");
}

/// A thousand warnings first do not hide the one fault, and of many faults the first are told
/// and the others counted.
#[tokio::test(flavor = "multi_thread")]
async fn many_remarks_hide_no_fault_and_none_is_uncounted() {
    let f = Forsby::ny().await;
    let fore = f.varld.db.avtryck();
    let dubbletter = VER.repeat(1_201);
    let sist = VER.replacen("A 1", "A 2", 1).replacen("100.00", "1.00", 1);
    let analys = f
        .analys(&sie(HUVUD, &format!("{dubbletter}{sist}")))
        .await
        .unwrap();
    let rad = 11 + 5 * 1_201;
    assert_eq!(platser(&analys.fel), [(rad, "obalans")]);
    assert_eq!((analys.antal_fel, analys.antal_varningar), (1, 1_200));
    assert_eq!(analys.varningar.len(), 1_000);
    assert!(!analys.gar());

    let manga = sie(HUVUD, &VER.replacen("100.00", "1.00", 1).repeat(2_500));
    let analys = f.analys(&manga).await.unwrap();
    assert_eq!((analys.fel.len(), analys.antal_fel), (1_000, 2_500));
    assert_eq!(analys.antal_varningar, 2_499);
    let nej = f.las_in(&manga).await.unwrap_err();
    assert!(nej.text.contains("Det finns 2499 fel till."), "{nej}");
    // What only the books cannot hold is counted with the rest.
    let stora = sie(
        HUVUD,
        &VER.replace("100.00", "99999999999999.00").repeat(600),
    );
    let analys = f.analys(&stora).await.unwrap();
    assert!(analys.fel.len() <= 2_000);
    assert_eq!(analys.antal_fel, 1_200, "{:?}", analys.fel.last());
    assert_eq!(f.varld.db.avtryck(), fore);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_character_sets_are_read_with_a_warning() {
    let f = Forsby::ny().await;
    // The first letter outside ASCII stands far into the file.
    let langt = "#PROSA \"utan\"\n".repeat(100_000);
    for fore in ["", &langt] {
        let utf8 = String::from_utf8(sie(&format!("{fore}{HUVUD}"), VER))
            .unwrap()
            .replace("Lon", "\"Löner på ön\"");
        let latin: Vec<u8> = utf8
            .chars()
            .map(|t| u8::try_from(u32::from(t)).unwrap())
            .collect();
        for (bytes, namn) in [(utf8.clone().into_bytes(), "UTF-8"), (latin, "Latin-1")] {
            let analys = f.analys(&bytes).await.unwrap();
            assert!(analys.gar(), "{:?}", analys.fel);
            assert_eq!(analys.huvud.kodning, namn);
            let sagt = analys.varningar.iter().find(|v| v.regel == "teckenkod");
            assert!(sagt.unwrap().text.contains(namn));
            assert!(sagt.unwrap().atgard.contains("å, ä och ö"));
            let svar = f.las_in(&bytes).await.unwrap();
            let namnen = f
                .varld
                .tjanst
                .bokforing(&f.ekonom)
                .await
                .unwrap()
                .namn
                .clone();
            assert!(namnen.iter().any(|n| n.namn == "Löner på ön"), "{namnen:?}");
            f.angra(svar.id).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_company_must_be_confirmed_by_name() {
    let f = Forsby::ny().await;
    let fore = f.varld.db.avtryck();
    for svar in ["", "ja", "Forsby kommun"] {
        let nej = f
            .las_in_med(&sie(HUVUD, VER), move |_| Bekraftat {
                komplett: false,
                ny_enhet: svar.to_owned(),
                ..Bekraftat::default()
            })
            .await
            .unwrap_err();
        assert_eq!(nej.kod, "sie-annat-foretag");
        assert_eq!(nej.falt.as_deref(), Some("ny-enhet"));
        assert!(nej.text.contains("999900-0012"), "{nej}");
        assert!(nej.atgard.contains("Forsby prov (pahittat)"), "{nej}");
    }
    assert_eq!(f.varld.db.avtryck(), fore);
    f.las_in(&sie(HUVUD, VER)).await.unwrap();
    // Known from then on; yet another is not.
    let mer = VER.replace("A 1", "A 2");
    assert_eq!(f.analys(&sie(HUVUD, &mer)).await.unwrap().ny_enhet, None);
    assert!(
        f.analys(&exempel("oktober"))
            .await
            .unwrap()
            .ny_enhet
            .is_some()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn years_that_overlap_are_refused_and_numbers_may_be_missing() {
    let f = Forsby::ny().await;
    f.las_in(&sie(HUVUD, VER)).await.unwrap();
    let fore = f.varld.db.avtryck();
    let brutet = "#ORGNR 999900-0012\n#RAR 0 20260701 20270630\n";
    let sent = sie(brutet, &VER.replace("20260131", "20260831"));
    let analys = f.analys(&sent).await.unwrap();
    assert_eq!(platser(&analys.fel), [(0, "annat-ar-inlast")]);
    let nej = f.las_in(&sent).await.unwrap_err();
    assert_eq!(nej.kod, "sie-fel");
    assert!(nej.text.contains("gemensamma"), "{nej}");
    assert!(nej.atgard.contains("ångra"), "{nej}");
    assert_eq!(f.varld.db.avtryck(), fore);
    // The year after is another year.
    let nasta = "#ORGNR 999900-0012\n#RAR 0 20270101 20271231\n";
    f.las_in(&sie(nasta, &VER.replace("2026", "2027")))
        .await
        .unwrap();

    // Without numbers two that are alike are two, and coming again they are the same two.
    let utan = VER
        .replace("A 1", "\"\" \"\"")
        .replace("20260131", "20260228");
    let tva = sie(HUVUD, &format!("{VER}{utan}{utan}"));
    let svar = f.las_in(&tva).await.unwrap();
    assert_eq!((svar.utfall.nya, svar.utfall.lika), (2, 1));
    let tre = sie(HUVUD, &format!("{VER}{utan}{utan}{utan}"));
    let svar = f.las_in(&tre).await.unwrap();
    assert_eq!((svar.utfall.nya, svar.utfall.lika), (1, 3));
}
