mod versioner;

use super::alder::Band;
use super::fraga::{Alternativ, Fraga, Svar, Svarsslag};
use super::*;
use crate::deltagare::identitet::Kon;
use jiff::civil::date;

fn dag() -> Date {
    date(2026, 11, 23)
}

fn lista(namn: Listnamn) -> &'static Kodlista {
    forval().lista(namn).expect("finns")
}

#[test]
fn what_ships_is_whole_and_every_list_is_there_once() {
    let katalog = Katalog::las(katalog::DATA).unwrap_or_else(|p| panic!("{p:#?}"));
    assert_eq!(&katalog, forval());
    for namn in Listnamn::ALLA {
        let antal = katalog.listor.iter().filter(|l| l.lista == *namn).count();
        assert_eq!(antal, 1, "{namn:?}");
        assert!(lista(*namn).koder_den(dag()).len() >= 3, "{namn:?}");
    }
    assert_eq!(katalog.listor.len(), Listnamn::ALLA.len());
}

#[test]
fn unknown_is_a_code_wherever_an_answer_can_be_unknown() {
    for namn in Listnamn::ALLA {
        let okant = lista(*namn).finn(OKANT);
        assert_eq!(okant.is_some(), namn.kan_vara_okant(), "{namn:?}");
        assert!(
            okant.is_none_or(|kod| !namn.flera() || kod.ensam),
            "{namn:?}"
        );
    }
}

#[test]
fn every_livelihood_has_its_group_and_the_official_ones_their_official() {
    let grupp = |kod: &str| lista(Listnamn::Forsorjning).finn(kod)?.forsorjningsmatt;
    for (kod, vantad) in [
        ("sjukpenning", Forsorjningsmatt::Ohalsa),
        ("aktivitetsersattning", Forsorjningsmatt::Ohalsa),
        ("sjukersattning", Forsorjningsmatt::Ohalsa),
        ("a-kassa", Forsorjningsmatt::Arbetsmarknadsstod),
        ("aktivitetsstod", Forsorjningsmatt::Arbetsmarknadsstod),
        (
            "etableringsersattning",
            Forsorjningsmatt::Arbetsmarknadsstod,
        ),
        ("forsorjningsstod", Forsorjningsmatt::EkonomisktBistand),
        ("foraldrapenning-pension", Forsorjningsmatt::Ingen),
        ("narstaende", Forsorjningsmatt::Ingen),
        ("ingen-inkomst", Forsorjningsmatt::Ingen),
        ("okant", Forsorjningsmatt::Okant),
    ] {
        assert_eq!(grupp(kod), Some(vantad), "{kod}");
    }
    let koder = &lista(Listnamn::Forsorjning).koder;
    assert!(koder.iter().all(|kod| kod.forsorjningsmatt.is_some()));
}

#[test]
fn every_occupation_falls_in_one_of_the_four_groups_and_the_sum_is_kept() {
    let lista = lista(Listnamn::Sysselsattning);
    // One of the first, two of the second and so on: no two parts are alike.
    let antal = || lista.koder.iter().map(|kod| kod.kod.as_str()).zip(1_u64..);
    let grupper = lista.per_sus(antal()).expect("alla har en grupp");
    assert_eq!(grupper.len(), 4);
    let summa: u64 = grupper.iter().map(|(_, n)| n).sum();
    assert_eq!(summa, antal().map(|(_, n)| n).sum::<u64>());
    assert!(grupper.iter().all(|(_, n)| *n > 0), "{grupper:?}");
    assert_eq!(
        lista.per_sus([("arbete", 3), ("hemma", 1)]),
        None,
        "never dropped"
    );
    assert_eq!(lista.per_sus([("arbete", u64::MAX), ("arbete", 1)]), None);
}

#[test]
fn the_codes_that_the_papers_ask_for_are_there() {
    for (namn, koder) in [
        (Listnamn::Kon, "kvinna man annat okant"),
        (
            Listnamn::Malgrupp,
            "langtidsbidragare fler-i-arbete sjukskrivna-arbetslosa utrikes-fodda \
             funktionsnedsattning unga-aktivitetsersattning hemmasittare unga-utan-erfarenhet \
             tidigare-sjukskrivna psykisk-ohalsa-beroende nyanlanda utanfor-malgruppen",
        ),
        (Listnamn::Fullfoljande, "fullfoljt ej-fullfoljt pagar okant"),
        (Listnamn::Avbrottsorsak, "ohalsa behandling okant"),
        (
            Listnamn::Sluttillstand,
            "arbete studier gymnasieexamen praktik utredning egenforsorjning rehabilitering \
             meningsfull okant",
        ),
        (
            Listnamn::Uppfoljningssvar,
            "svarade ej-nadd ville-inte okant",
        ),
        (Listnamn::Behov, "tolk horsel syn rorelse kognitivt annat"),
        (Listnamn::Myndighetsstatus, "pagar avslutad ingen okant"),
    ] {
        for kod in koder.split_whitespace() {
            assert!(lista(namn).finn(kod).is_some(), "{namn:?} {kod}");
        }
    }
    for kon in Kon::ALLA {
        assert!(lista(Listnamn::Kon).finn(kon.kod()).is_some());
    }
    let resultat = |kod: &str| lista(Listnamn::Sluttillstand).finn(kod)?.resultat;
    assert_eq!(resultat("gymnasieexamen"), Some(Resultat::Mal));
    assert_eq!(resultat("meningsfull"), Some(Resultat::Steg));
    assert_eq!(resultat("okant"), Some(Resultat::Okant));
}

#[test]
fn needs_of_health_are_marked_and_an_interpreter_is_none() {
    let kanslig = |kod: &str| lista(Listnamn::Behov).finn(kod).map(|k| k.kanslig);
    assert_eq!(kanslig("horsel"), Some(true));
    assert_eq!(kanslig("tolk"), Some(false));
}

#[test]
fn several_hold_at_once_only_where_they_can_and_never_beside_unknown() {
    let forsorjning = lista(Listnamn::Forsorjning);
    let prova = |lista: &Kodlista, koder: &[&str]| lista.prova_val(koder, dag());
    assert_eq!(
        prova(forsorjning, &["sjukersattning", "forsorjningsstod"]),
        Ok(())
    );
    assert_eq!(prova(forsorjning, &[]), Ok(()));
    assert_eq!(prova(forsorjning, &["okant"]), Ok(()));
    assert_eq!(prova(forsorjning, &["lon", "okant"]), Err(Valfel::Ensam));
    assert_eq!(prova(forsorjning, &["lon", "lon"]), Err(Valfel::Dubbel));
    assert_eq!(prova(forsorjning, &["tur"]), Err(Valfel::Finns));
    let slut = lista(Listnamn::Sluttillstand);
    assert_eq!(prova(slut, &["arbete", "studier"]), Err(Valfel::Flera));
    let malgrupp = lista(Listnamn::Malgrupp);
    assert_eq!(prova(malgrupp, &["utrikes-fodda", "hemmasittare"]), Ok(()));
    let utanfor = ["utanfor-malgruppen", "hemmasittare"];
    assert_eq!(prova(malgrupp, &utanfor), Err(Valfel::Ensam));
}

#[test]
fn age_bands_have_no_gaps_and_thirty_starts_one() {
    let band = forval().aldersband.as_ref().expect("finns");
    let texter: Vec<String> = band.alla().iter().map(Band::text).collect();
    let vantade = [
        "under 16", "16–19", "20–24", "25–29", "30–39", "40–49", "50–59", "60+",
    ];
    assert_eq!(texter, vantade);
    for (alder, text) in [
        (0, "under 16"),
        (15, "under 16"),
        (16, "16–19"),
        (29, "25–29"),
        (30, "30–39"),
        (59, "50–59"),
        (60, "60+"),
        (110, "60+"),
    ] {
        assert_eq!(band.band(alder).text(), text);
    }
    for alder in 0..130 {
        let min = band.band(alder);
        assert_eq!(band.alla().iter().filter(|b| **b == min).count(), 1);
    }
    for fel in [&[][..], &[20, 16], &[16, 16], &[0, 16], &[16, 130]] {
        let mut fel_band = band.clone();
        fel_band.fran = fel.to_vec();
        assert_eq!(fel_band.prova().len(), 1, "{fel:?}");
    }
}

#[test]
fn support_forms_keep_the_rule_of_their_source() {
    let form = |kod: &str| {
        let form = forval().stodformer.iter().find(|f| f.kod == kod);
        form.cloned().expect("finns")
    };
    let aktivitet = form("aktivitetsersattning");
    let ryms = [17, 18, 29, 30].map(|alder| aktivitet.ar_for(alder));
    assert_eq!(ryms, [false, true, true, false]);
    assert_eq!(aktivitet.slutar_vid(), Some(30));
    assert!(aktivitet.kalla.contains("Örnsköldsvik") && aktivitet.kalla.contains("19–29"));
    let osa = form("osa");
    assert_eq!(osa.hogst_manader, Some(12));
    assert_eq!(osa.slutar_vid(), None);
    assert!(osa.ar_for(64));
    let mut bakvand = aktivitet;
    bakvand.alder_fran = Some(40);
    assert_eq!(bakvand.prova().len(), 1);
}

fn fraga(kod: &str, ordning: u16, svar: Svarsslag) -> Fraga {
    Fraga {
        kod: kod.into(),
        ordning,
        text: format!("Fråga {kod}?"),
        svar,
        fran: date(2026, 1, 1),
        till: None,
        hjalp: None,
    }
}

fn alternativ(koder: &[&str]) -> Svarsslag {
    let alla = koder.iter().map(|kod| Alternativ {
        kod: (*kod).into(),
        text: format!("svar {kod}"),
    });
    Svarsslag::EnAv(alla.collect())
}

#[test]
fn questions_are_asked_in_order_while_they_hold_and_take_their_own_answers() {
    let mut slutad = fraga("slutad", 1, Svarsslag::JaNej);
    slutad.till = Some(date(2026, 6, 30));
    let fragor = [
        fraga("vag", 30, alternativ(&["buss", "bil"])),
        slutad,
        fraga(
            "antal",
            20,
            Svarsslag::Heltal {
                minst: 0,
                hogst: 12,
            },
        ),
        fraga("nar", 40, Svarsslag::Datum),
    ];
    assert!(fraga::prova(&fragor).is_empty());
    let koder = |dag| {
        let fragor = fraga::fragor_den(&fragor, dag).into_iter();
        fragor.map(|f| f.kod.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(koder(date(2026, 6, 30)), ["slutad", "antal", "vag", "nar"]);
    assert_eq!(koder(date(2026, 7, 1)), ["antal", "vag", "nar"]);
    assert!(koder(date(2025, 12, 31)).is_empty());
    let [vag, ja, antal, nar] = &fragor;
    assert!(vag.tar(&Svar::Kod("bil".into())) && !vag.tar(&Svar::Kod("tag".into())));
    assert!(antal.tar(&Svar::Heltal(12)) && !antal.tar(&Svar::Heltal(13)));
    assert!(nar.tar(&Svar::Datum(dag())) && !nar.tar(&Svar::JaNej(true)));
    assert!(ja.tar(&Svar::JaNej(false)) && !ja.tar(&Svar::Heltal(1)));
    assert!(fragor.iter().all(|f| f.tar(&Svar::Okant)));
}

#[test]
fn a_question_keeps_what_it_asks_and_its_answers_can_only_grow() {
    let gamla = [fraga("vag", 1, alternativ(&["buss", "bil"]))];
    let brister = |nya: &[Fraga]| {
        let problem = fraga::prova_nya(&gamla, nya).into_iter();
        problem.map(|p| p.kod).collect::<Vec<_>>()
    };
    assert!(brister(&gamla).is_empty());
    assert!(brister(&[fraga("vag", 9, alternativ(&["buss", "bil", "tag"]))]).is_empty());
    assert_eq!(brister(&[]), ["fraga-andrad"]);
    let andrad = fraga("vag", 1, alternativ(&["buss", "tag"]));
    assert_eq!(brister(&[andrad]), ["fraga-andrad"]);
    let mut omskriven = gamla[0].clone();
    omskriven.text = "Har du körkort?".into();
    assert_eq!(brister(&[omskriven]), ["fraga-andrad"]);
    for fel in [
        fraga("En Fråga", 1, Svarsslag::JaNej),
        fraga("en", 1, alternativ(&["bara"])),
        fraga("en", 1, alternativ(&["a", "a"])),
        fraga("en", 1, Svarsslag::Heltal { minst: 2, hogst: 1 }),
    ] {
        assert_eq!(fraga::prova(&[fel])[0].kod, "fraga");
    }
    let dubbel = fraga("en", 1, Svarsslag::JaNej);
    assert_eq!(
        fraga::prova(&[dubbel.clone(), dubbel])[0].kod,
        "fraga-dubbel"
    );
}

#[test]
fn a_file_says_its_format_and_a_fault_its_place() {
    let las = |text: &str| Katalog::las(text).map_err(|p| p[0].clone());
    assert!(las(r#"{ "format": "utfall-kodlistor/1" }"#).is_ok());
    let format = las(r#"{ "format": "annat/1" }"#).expect_err("fel");
    assert_eq!(format.kod, "kodlista-format");
    let okant = las("{ \"format\": \"utfall-kodlistor/1\",\n \"lista\": [] }").expect_err("fel");
    assert_eq!(okant.kod, "kodlista-fil");
    assert!(okant.plats.is_some_and(|plats| plats.starts_with("rad 2")));
    let text = serde_json::to_string(forval()).expect("skrivs");
    assert_eq!(las(&text).as_ref(), Ok(forval()));
}

/// What the format's page shows, by the fence it stands in.
fn visade() -> Vec<&'static str> {
    let sida = include_str!("../../../../../docs/format/kodlistor.md");
    let bitar = sida.split("```json\n").skip(1);
    bitar.filter_map(|bit| bit.split("```").next()).collect()
}

#[test]
fn what_the_page_of_the_format_shows_is_read_and_may_follow_what_ships() {
    let [fil, en_fraga] = visade()[..] else {
        panic!("två exempel");
    };
    let katalog = Katalog::las(fil).unwrap_or_else(|p| panic!("{p:#?}"));
    let [ny] = &katalog.listor[..] else {
        panic!("en lista");
    };
    assert_eq!(version::prova_ny(lista(ny.lista), ny), []);
    let visad: Fraga = serde_json::from_str(en_fraga).expect("en fråga");
    assert!(fraga::prova(&[visad]).is_empty());
    for svar in [
        r#""datum""#,
        r#"{ "heltal": { "minst": 0, "hogst": 40 } }"#,
        r#"{ "en-av": [ { "kod": "buss", "text": "buss" }, { "kod": "bil", "text": "bil" } ] }"#,
    ] {
        assert!(include_str!("../../../../../docs/format/kodlistor.md").contains(svar));
        let svar: Svarsslag = serde_json::from_str(svar).expect("ett slags svar");
        assert!(fraga::prova(&[fraga("prov", 1, svar)]).is_empty());
    }
}
