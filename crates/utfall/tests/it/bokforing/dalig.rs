//! Files that are refused: each with its reason, and nothing of them stored.

use super::{Forsby, exempel};
use utfall_app::bokforing::Bekraftat;

/// A small file of an invented company, with a hole for what is tried.
fn sie(huvud: &str, ver: &str) -> Vec<u8> {
    format!(
        "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20260401\n#SIETYP 4\n{huvud}\
         #FNAMN \"Forsby prov (pahittat)\"\n#KONTO 1930 Bank\n#KONTO 5010 Lon\n{ver}"
    )
    .into_bytes()
}

const HUVUD: &str = "#ORGNR 999900-0012\n#RAR 0 20260101 20261231\n";
const VER: &str = "#VER A 1 20260131 \"\"\n{\n#TRANS 5010 {6 \"2601\"} 100.00\n\
                   #TRANS 1930 {} -100.00\n}\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_leaves_nothing_and_says_where_and_why() {
    let f = Forsby::ny().await;
    let fore = f.varld.db.rader();
    let fall: &[(&str, Vec<u8>, &str)] = &[
        (
            "obalans",
            sie(HUVUD, &VER.replacen("100.00", "101.00", 1)),
            "rad 11",
        ),
        (
            "tre decimaler",
            sie(HUVUD, &VER.replacen("100.00", "100.001", 1)),
            "två decimaler",
        ),
        (
            "okänt konto",
            sie(HUVUD, &VER.replace("5010 {", "5011 {")),
            "5011",
        ),
        (
            "fel år",
            sie(HUVUD, &VER.replace("20260131", "20250131")),
            "2025-01-31",
        ),
        ("inget år", sie("#ORGNR 999900-0012\n", VER), "typ 4E"),
        (
            "annan valuta",
            sie(&format!("{HUVUD}#VALUTA EUR\n"), VER),
            "EUR",
        ),
        ("typ 1", sie(HUVUD, ""), "inga verifikationer"),
        (
            "avklippt",
            sie(HUVUD, VER.trim_end_matches("}\n")),
            "avslutad",
        ),
        (
            "avklippt summa",
            [b"#KSUMMA\n".to_vec(), sie(HUVUD, VER)].concat(),
            "kontrollsumma",
        ),
        (
            "fel summa",
            [
                b"#KSUMMA\n".to_vec(),
                sie(HUVUD, &format!("{VER}#KSUMMA 1\n")),
            ]
            .concat(),
            "kontrollsumma",
        ),
        (
            "för stort",
            sie(HUVUD, &VER.replace("100.00", "99999999999999.00")),
            "miljarder",
        ),
        (
            "nollbyte",
            sie(HUVUD, &VER.replace("A 1", "A\0 1")),
            "nummer 0",
        ),
        ("en enda rad", vec![b'x'; 3 << 20], "längre än"),
        ("ingen sie", b"%PDF-1.7 hej".to_vec(), "etikett"),
        ("tom", Vec::new(), "verifikationer"),
    ];
    for (namn, innehall, ord) in fall {
        let analys = f.analys(innehall).await.unwrap();
        assert!(!analys.gar(), "{namn}");
        let sagt = format!("{:?} {:?}", analys.fel, analys.hinder());
        assert!(sagt.contains(ord), "{namn}: {sagt}");
        let nej = f.las_in(innehall).await.unwrap_err();
        assert_eq!(nej.kod, "sie-fel", "{namn}");
        assert!(!nej.atgard.is_empty());
        assert_eq!(f.varld.db.rader(), fore, "{namn}");
    }
    // Control: the file that these were made from is read in.
    let bra = f.las_in(&sie(HUVUD, VER)).await.unwrap();
    assert_eq!(bra.utfall.nya, 1);
    assert_ne!(f.varld.db.rader(), fore);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_character_sets_are_read_with_a_warning() {
    let f = Forsby::ny().await;
    let utf8 = sie(HUVUD, VER);
    let utf8 = String::from_utf8(utf8)
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
        assert!(analys.varningar.iter().any(|(_, text)| text.contains(namn)));
        let svar = f.las_in(&bytes).await.unwrap();
        let namnen = f.varld.tjanst.bokforing(&f.ekonom).await.unwrap().namn;
        assert!(namnen.iter().any(|n| n.namn == "Löner på ön"), "{namnen:?}");
        f.angra(svar.id).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_company_must_be_confirmed_by_name() {
    let f = Forsby::ny().await;
    let fore = f.varld.db.rader();
    for svar in ["", "ja", "Forsby kommun"] {
        let nej = f
            .las_in_med(&sie(HUVUD, VER), move |_| Bekraftat {
                komplett: false,
                ny_enhet: svar.to_owned(),
            })
            .await
            .unwrap_err();
        assert_eq!(nej.kod, "sie-annat-foretag");
        assert_eq!(nej.falt.as_deref(), Some("ny-enhet"));
        assert!(nej.atgard.contains("Forsby prov (pahittat)"), "{nej}");
    }
    assert_eq!(f.varld.db.rader(), fore);
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
    let brutet = "#ORGNR 999900-0012\n#RAR 0 20260701 20270630\n";
    let sent = VER.replace("20260131", "20260831");
    let nej = f.las_in(&sie(brutet, &sent)).await.unwrap_err();
    assert_eq!(nej.kod, "sie-fel");
    assert!(nej.text.contains("gemensamma"), "{nej}");
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
