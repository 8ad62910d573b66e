//! What several grants pay, on the pages: the preview of a file and of a rule say each grant's
//! share, the list of vouchers too, and another distribution is counted when somebody says so.

use super::super::uppfoljning::med_budget;
use super::{Varld, Webblasare, dolda, klar, regel, skicka, vald};
use axum::http::StatusCode;
use jiff::civil::date;
use utfall_app::medel::{AndraFordelning, Andrad, Bidragsar, SkapaBidrag, version};
use utfall_app::medel::{Beslutsuppgift, Beslutsval};
use utfall_behorighet::{Aktor, Atgard};
use utfall_domain::faktum::Sakerhet;
use utfall_domain::pengar::{Belopp, Ore, Precision};
use utfall_domain::varde::Varde;

const KOPPLING: &str = "/bokforing/koppling";
const LISTA: &str = "/bokforing/verifikationer";
const FIL: &[u8] = b"#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20260401\n#SIETYP 4\n\
    #ORGNR 999900-0012\n#FNAMN \"Prov\"\n#RAR 0 20260101 20261231\n#KONTO 1930 Bank\n\
    #KONTO 5010 Lon\n#KONTO 6110 Papper\n\
    #VER A 1 20260115 \"\"\n{\n#TRANS 5010 {6 2601} 100.00\n#TRANS 1930 {} -100.00\n}\n\
    #VER A 2 20260120 \"\"\n{\n#TRANS 6110 {6 2601} 60.00\n#TRANS 1930 {} -60.00\n}\n";

/// The second grant distributes so many kronor to the initiative.
async fn fordela(varld: &Varld, ekonom: &Aktor, kronor: i64) {
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(ekonom, Atgard::LasaMedel, None).await.unwrap();
    let bidrag = bok.bidrag.iter().find(|b| b.namn == "Andra").unwrap().id;
    let fall = AndraFordelning {
        bidrag,
        sedd: version(&bok, bidrag),
        celler: vec![Andrad {
            insats: bok.insatser[0].id,
            ar: 2026,
            belopp: Some(Belopp::exakt(Ore(kronor * 100))),
        }],
        version: None,
        beslut: Beslutsval::Nytt(Beslutsuppgift {
            instans: "Styrelsen".into(),
            datum: Some(date(2022, 1, 31)),
            rubrik: "Fördelning".into(),
            ..Default::default()
        }),
        efter_avslut: false,
        orsak: "Beslut".into(),
    };
    tjanst.utfor(ekonom, None, fall).await.unwrap();
}

/// An initiative that two grants pay half each of, and its value in the rule's form.
async fn tva_bidrag(varld: &Varld) -> (Webblasare, Aktor, String) {
    let (mut b, ekonom) = med_budget(varld).await;
    let skapa = SkapaBidrag {
        namn: "Andra".into(),
        finansiar: "Andra fonden".into(),
        program: String::new(),
        andamal: "Prov".into(),
        diarienummer: String::new(),
        overforing: Some(true),
        ar: vec![Bidragsar {
            rad: 1,
            ar: 2026,
            tilldelat: Varde::Kant(500_000_000),
            precision: Precision::EXAKT,
            sakerhet: Sakerhet::Preliminar,
        }],
        orsak: "Enligt beskedet".into(),
    };
    let tjanst = &varld.webb.tjanst;
    tjanst.utfor(&ekonom, None, skapa).await.unwrap();
    fordela(varld, &ekonom, 1_200_000).await;
    let sida = b.hamta(KOPPLING).await.text;
    let insats = vald(&sida, "Sommarjobb");
    (b, ekonom, insats)
}

fn har(text: &str, delar: &[&str]) {
    for del in delar {
        assert!(text.contains(del), "{del} saknas: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_several_grants_pay_is_shown_share_by_share_and_counted_again_when_asked() {
    let varld = Varld::ny().await;
    let (mut b, ekonom, insats) = tva_bidrag(&varld).await;
    let falt = [("objekt", "6:2601"), ("insats", insats.as_str())];
    assert_eq!(regel(&mut b, &falt).await.till(), KOPPLING);

    // The preview of a file says whose share each figure is.
    let svar = skicka(&mut b, "prov.se", FIL).await;
    let granska = svar.till().to_owned();
    let visad = b.hamta(&granska).await.text;
    let halften = "Andra: 50 % av 160 kr, efter årets fördelning";
    har(&visad, &[halften, "80"]);
    let ja = b.fyll_i(&granska, &granska, &[("ny-enhet", "Prov")]).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
    let hit = ja.till().to_owned();
    klar(&mut b, &hit).await;

    // The list, by grant: as a whole and by account; a single voucher is not divided.
    let slug = b.hamta(LISTA).await.text;
    let slug = vald(&slug, "Andra");
    let lista = format!("{LISTA}?bidrag={slug}");
    har(
        &b.hamta(&lista).await.text,
        &["Räknas på andra bidrag", "−80<", ">80<"],
    );
    let konto = b.hamta(&format!("{lista}&konto=6110")).await.text;
    har(&konto, &["Räknas på andra bidrag", "−30<", ">30<"]);
    assert!(!konto.contains("Beloppen är hela"), "{konto}");
    let en = b.hamta(&format!("{lista}&nummer=2")).await.text;
    har(&en, &["eloppen är hela", ">60<"]);
    assert!(!en.contains("Räknas på andra bidrag"), "{en}");

    // By a figure and something else: what is of both, and no other's part of nothing.
    let bok = varld.webb.tjanst.bok(&ekonom, Atgard::LasaMedel, None);
    let bok = bok.await.unwrap();
    let av = |namn: &str| {
        bok.bidrag
            .iter()
            .find(|b| (b.namn == "Andra") == (namn == "Andra"))
    };
    let (andra, annat) = (av("Andra").unwrap(), av("").unwrap());
    let faktum = bok
        .fakta()
        .into_iter()
        .find(|f| f.fakta.bokforing.is_some() && f.galler().bidrag == Some(andra.id));
    let bakom = format!("{LISTA}?faktum={}", faktum.unwrap().id);
    har(
        &b.hamta(&bakom).await.text,
        &["hela talet", ">80<", "Räknas på andra bidrag"],
    );
    let eget = format!("{bakom}&bidrag={}", andra.slug);
    har(
        &b.hamta(&eget).await.text,
        &["Räknas på andra bidrag", ">80<"],
    );
    let inget = b
        .hamta(&format!("{bakom}&bidrag={}", annat.slug))
        .await
        .text;
    har(&inget, &["Inga verifikationer"]);
    assert!(!inget.contains("Räknas på andra bidrag"), "{inget}");
    let senare = b.hamta(&format!("{bakom}&fran=2026-01-16")).await.text;
    har(
        &senare,
        &["stämmer med allt som är valt", "En verifikation"],
    );

    // Another distribution moves nothing by itself: the page says so, and counts when asked.
    let fore = b.hamta(KOPPLING).await.text;
    assert!(!fore.contains("Räkna om efter fördelningen"), "control");
    fordela(&varld, &ekonom, 3_600_000).await;
    let sida = b.hamta(KOPPLING).await.text;
    har(
        &sida,
        &["Räkna om efter fördelningen", "står kvar tills du"],
    );
    let (_, om) = sida.split_once("Räkna om efter fördelningen").unwrap();
    let skicka_om = async |b: &mut Webblasare, alla: &[(String, String)]| {
        let alla: Vec<_> = alla.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        b.posta(KOPPLING, &alla).await
    };
    let falt = dolda(om, KOPPLING);
    assert!(falt.contains(&("vad".into(), "om".into())), "{falt:?}");
    let prov = skicka_om(&mut b, &falt).await;
    assert_eq!(prov.status, StatusCode::OK, "{}", prov.text);
    let nu = "Andra: 75 % av 160 kr, efter årets fördelning";
    har(&prov.text, &["Inget är sparat än.", "siffror ändras", nu]);
    let mut falt = dolda(&prov.text, KOPPLING);
    falt.push(("orsak".into(), "Fördelningen är ändrad".into()));
    let ja = skicka_om(&mut b, &falt).await;
    assert_eq!(ja.till(), KOPPLING, "{}", ja.text);
    let efter = b.hamta(KOPPLING).await.text;
    assert!(!efter.contains("Räkna om efter fördelningen"), "{efter}");
    har(&b.hamta(&lista).await.text, &["−40<", ">120<"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_years_of_a_rule_are_told_kept_and_refused_on_its_page() {
    let varld = Varld::ny().await;
    let (mut b, _, insats) = tva_bidrag(&varld).await;
    let grund = [("objekt", "6:2601"), ("insats", insats.as_str())];
    let med = |fran: &'static str, till: &'static str| {
        let mut falt = grund.to_vec();
        falt.extend([("fran-ar", fran), ("till-ar", till)]);
        falt
    };
    for (fran, till, fel) in [
        ("i fjol", "", "”i fjol” går inte att läsa."),
        (
            "2027",
            "2026",
            "det första året, 2027, är efter det sista, 2026",
        ),
        ("1926", "", "1926 är inget år här"),
    ] {
        let nej = regel(&mut b, &med(fran, till)).await;
        assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "{fran}");
        // What was typed stands where it was typed.
        har(&nej.text, &[fel, &format!("value=\"{fran}\"")]);
    }
    let ja = regel(&mut b, &med("2026", "2027")).await;
    assert_eq!(ja.till(), KOPPLING, "{}", ja.text);
    let sida = b.hamta(KOPPLING).await.text;
    har(&sida, &["2026–2027"]);
    // The form of a change has them filled in.
    let andra = b.hamta(&format!("{KOPPLING}?vad=andra&nr=1")).await.text;
    har(&andra, &["value=\"2026\"", "value=\"2027\""]);
}
