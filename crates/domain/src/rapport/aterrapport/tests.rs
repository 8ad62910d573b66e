use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::rapport::{Block, prova};

fn kr(kronor: i64) -> Siffra {
    Siffra {
        kand_del: None,
        varde: Varde::Kant(kronor * 100),
        enhet: Siffrenhet::Ore,
        precision: Precision::EXAKT,
        harledning: Some(format!("/harledning/{kronor}")),
    }
}

fn saknas(varde: Varde) -> Siffra {
    Siffra { varde, ..kr(0) }
}

fn belopp(budget: i64, utfall: i64) -> Belopp {
    Belopp {
        budget: kr(budget),
        utfall: kr(utfall),
        avvikelse: kr(budget - utfall),
    }
}

fn insats(namn: &str, belopp: Belopp) -> Insats {
    Insats {
        namn: namn.into(),
        namnder: vec!["Socialnämnden".into()],
        beskrivning: vec!["Vad vi gör.".into()],
        belopp,
        kommentar: Vec::new(),
        resultattal: Vec::new(),
        resultat: vec!["Vad det gav.".into()],
        fortsattning: Vec::new(),
    }
}

fn rapport(insatser: Vec<Insats>) -> Aterrapport {
    Aterrapport {
        ident: "rapport-1".into(),
        markning: None,
        huvudman: "Forsby kommun".into(),
        finansiar: "Socialstyrelsen".into(),
        bidrag: "Trygg uppväxt".into(),
        ar: 2025,
        diarienummer: None,
        beslut: None,
        overfort_in: None,
        overfort_ut: None,
        rekvirerat: kr(1_000),
        anvant: kr(900),
        att_aterbetala: kr(100),
        aterbetalning: Vec::new(),
        namnder: vec![Namnd {
            namn: "Socialnämnden".into(),
            belopp: belopp(1_000, 900),
        }],
        summa_namnder: belopp(1_000, 900),
        insatser,
        summa_insatser: belopp(1_000, 900),
        bakgrund: vec!["Så blev det.".into()],
        slutsatser: Vec::new(),
        langsiktighet: vec![" ".into()],
        svar: vec![],
        villkor: vec![],
        delar: vec![],
        fynd: Vec::new(),
        meddelanden: Vec::new(),
        per_dag: date(2026, 2, 2),
        datum: date(2026, 2, 2),
        skapad: Timestamp::UNIX_EPOCH,
        underskrifter: Vec::new(),
        adress: "https://utfall.example/".into(),
        bakom: None,
    }
}

fn disposition(dokument: &Dokument) -> Vec<String> {
    let rubrik = |block: &Block| match block {
        Block::Rubrik(r) => Some(format!("{} {}", r.niva, r.text)),
        _ => None,
    };
    dokument.block.iter().filter_map(rubrik).collect()
}

fn text(dokument: &Dokument) -> String {
    crate::rapport::kanonisk::json(dokument).unwrap()
}

#[test]
fn the_report_has_the_parts_an_authority_expects_in_their_order() {
    let dokument = dokument(&rapport(vec![insats("Lovjobb", belopp(1_000, 900))]));
    assert_eq!(prova(&dokument), Ok(()));
    assert_eq!(
        disposition(&dokument),
        [
            "1 Ekonomi i sammandrag",
            "2 Från rekvirerat till använt",
            "2 Fördelning mellan nämnder",
            "2 Alla insatser",
            "1 Bakgrund",
            "1 Slutsatser som helhet",
            "1 Svårigheten att planera långsiktigt",
            "1 Insatserna",
            "2 Lovjobb",
            "3 Beskrivning",
            "3 Budget och ekonomiskt utfall",
            "3 Resultat och bedömd effekt",
            "3 Fortsättning",
            "1 Pengar att betala tillbaka",
            "1 Så är rapporten gjord",
        ]
    );
}

/// Headings and bold labels after the heading of each insats, insats by insats.
fn etiketter(dokument: &Dokument) -> Vec<Vec<String>> {
    let mut ut: Vec<Vec<String>> = Vec::new();
    for block in &dokument.block {
        match block {
            Block::Rubrik(r) if r.niva == 2 && r.ankare.starts_with("insats-") => {
                ut.push(Vec::new());
            }
            Block::Rubrik(r) if r.niva == 1 && !ut.is_empty() => return ut,
            Block::Rubrik(r) => ut.iter_mut().last().into_iter().for_each(|i| {
                i.push(r.text.clone());
            }),
            Block::Stycke { text } => {
                if let (Some(Text::Stark { text }), Some(i)) = (text.first(), ut.last_mut()) {
                    i.push(text.clone());
                }
            }
            _ => {}
        }
    }
    ut
}

#[test]
fn every_insats_is_laid_out_alike_with_the_same_labels() {
    let mut andra = insats("B", belopp(1_000, 400));
    andra.kommentar = vec!["löner".into(), "hyror".into()];
    let dokument = dokument(&rapport(vec![insats("A", belopp(5, 4)), andra]));
    let vantat = [
        "Ansvarig nämnd: ",
        "Beskrivning",
        "Budget och ekonomiskt utfall",
        "Kommentar: ",
        "Resultat och bedömd effekt",
        "Fortsättning",
    ];
    assert_eq!(etiketter(&dokument), [vantat, vantat]);
}

#[test]
fn the_chart_and_the_table_below_it_hold_the_same_numbers() {
    let mut okand = insats("B", belopp(1_000, 400));
    okand.belopp.utfall = saknas(Varde::EjInrapporterat);
    let dokument = dokument(&rapport(vec![insats("A", belopp(500, 503)), okand]));
    let figur = dokument.block.iter().find_map(|block| match block {
        Block::Figur(figur) => Some(figur),
        _ => None,
    });
    let figur = figur.unwrap();
    let tabell = figur.tabell.as_ref().unwrap();
    assert_eq!(tabell.rader.len(), figur.bild.rader.len() + 1);
    for (stapel, rad) in figur.bild.rader.iter().zip(&tabell.rader) {
        assert_eq!(rad.rubrik[0].visas(), stapel.namn);
        assert_eq!(
            rad.celler[1][0].visas(),
            Text::ore(stapel.budget, None).visas()
        );
        assert_eq!(
            rad.celler[2][0].visas(),
            Text::ore(stapel.utfall, None).visas()
        );
    }
}

#[test]
fn a_sum_with_a_missing_part_says_what_is_known_of_it() {
    let mut delvis = rapport(Vec::new());
    let fore = text(&dokument(&delvis));
    assert!(!fore.contains("känd del"));
    delvis.summa_namnder.utfall = Siffra {
        kand_del: Some(68_000_000),
        ..saknas(Varde::EjInrapporterat)
    };
    let efter = text(&dokument(&delvis));
    assert_eq!(efter.matches("\"kand_del\":\"680\u{a0}000\"").count(), 1);
    let visat = delvis.summa_namnder.utfall.text("").visas();
    assert_eq!(visat, "□\u{a0}ej inrapporterat, känd del\u{a0}680\u{a0}000");
    let mut json = crate::rapport::kanonisk::json(&delvis).unwrap();
    assert!(json.contains("\"kand_del\":68000000"));
    // What was frozen before this was told reads as it was.
    json = json.replacen("\"kand_del\":68000000,", "", 1);
    let utan: Aterrapport = serde_json::from_str(&json).unwrap();
    assert_eq!(utan.summa_namnder.utfall.kand_del, None);
}

#[test]
fn the_report_names_the_decision_that_asked_for_it() {
    let mut rapport = rapport(Vec::new());
    rapport.beslut = Some(Hanvisning {
        text: "Kommunstyrelsen 12 maj 2021".into(),
        url: Some("/beslut/7".into()),
    });
    let json = text(&dokument(&rapport));
    assert!(json.contains("\"text\":\"Kommunstyrelsen 12 maj 2021\""));
    assert!(json.contains("\"url\":\"https://utfall.example/beslut/7\""));
}

#[test]
fn a_report_of_nothing_is_still_a_sound_document() {
    let mut rapport = rapport(Vec::new());
    rapport.namnder.clear();
    for siffra in [
        &mut rapport.rekvirerat,
        &mut rapport.anvant,
        &mut rapport.att_aterbetala,
    ] {
        siffra.varde = Varde::EjBeslutat;
    }
    let dokument = dokument(&rapport);
    assert_eq!(prova(&dokument), Ok(()));
    assert!(text(&dokument).contains("Det finns inga insatser"));
}

#[test]
fn text_nobody_has_written_is_shown_as_missing() {
    let json = text(&dokument(&rapport(vec![insats("Lovjobb", belopp(10, 5))])));
    // Conclusions, long-term planning, continuation and reason for repayment; the comment.
    assert_eq!(json.matches("Ingen text är skriven.").count(), 4);
    assert_eq!(json.matches("\"ingen är skriven.\"").count(), 1);
    // A figure that is missing has a sign; a text has none.
    assert_eq!(json.matches("\"tecken\":\"ej_inrapporterat\"").count(), 0);
}

#[test]
fn lines_stay_lines_and_dashes_become_a_list() {
    let text = [
        "Detta hände:\n- 3 lov\n– 140 jobb\n-5 är ett tal\nSist.".to_owned(),
        "* en till".to_owned(),
    ];
    let ren = |text: &str| vec![Text::ren(text)];
    let lista = |punkter: &[&str]| Block::Lista {
        numrerad: false,
        punkter: punkter.iter().map(|p| ren(p)).collect(),
    };
    let vantat = vec![
        delar::stycke("Detta hände:"),
        lista(&["3 lov", "140 jobb"]),
        delar::stycke("-5 är ett tal"),
        delar::stycke("Sist."),
        lista(&["en till"]),
    ];
    assert_eq!(delar::fritext(&text), vantat);
    // Also in the comment of an insats, after its label, and among messages.
    let mut med = insats("Lovjobb", belopp(10, 5));
    med.kommentar = vec!["- dyrt\n- sent".into()];
    let mut rapport = rapport(vec![med]);
    rapport.meddelanden = vec!["- Mer pengar.".into()];
    let block = dokument(&rapport).block;
    assert!(block.contains(&lista(&["dyrt", "sent"])));
    assert!(block.contains(&lista(&["Mer pengar."])));
}

#[test]
fn figures_link_to_whole_addresses() {
    let json = text(&dokument(&rapport(Vec::new())));
    assert!(json.contains("\"url\":\"https://utfall.example/harledning/1000\""));
}

#[test]
fn an_address_with_swedish_letters_is_still_an_address() {
    assert_eq!(
        absolut("https://a.se/", "/b?k=Å b"),
        "https://a.se/b?k=%C3%85%20b"
    );
    assert_eq!(
        absolut("https://a.se", "https://b.se/%20"),
        "https://b.se/%20"
    );
}

#[test]
fn nothing_is_said_to_be_repaid_when_more_was_used_than_drawn() {
    let mut rapport = rapport(Vec::new());
    rapport.att_aterbetala = kr(-10);
    assert!(text(&dokument(&rapport)).contains("Inget ska betalas tillbaka."));
}

#[test]
fn the_figure_says_its_finding() {
    let slutsats = |insatser: Vec<Insats>| {
        let dokument = dokument(&rapport(insatser));
        let figur = dokument.block.into_iter().find_map(|b| match b {
            Block::Figur(figur) => Some(figur.rubrik),
            _ => None,
        });
        figur.unwrap()
    };
    let (hel, halv) = (
        insats("A", belopp(500, 500)),
        insats("B", belopp(1_000, 400)),
    );
    assert_eq!(
        slutsats(vec![hel.clone(), halv.clone()]),
        "1 av 2 insatser använde hela sin budget; mest kvar har B: 600 av 1\u{a0}000\u{a0}kronor"
    );
    assert_eq!(
        slutsats(vec![hel.clone(), hel.clone()]),
        "Alla 2 insatser använde hela sin budget"
    );
    assert_eq!(
        slutsats(vec![hel.clone()]),
        "Insatsen använde hela sin budget"
    );
    let mycket = insats("C", belopp(500, 540));
    assert_eq!(
        slutsats(vec![mycket.clone()]),
        "Insatsen använde 40\u{a0}kronor mer än sin budget på 500\u{a0}kronor"
    );
    assert_eq!(
        slutsats(vec![hel.clone(), halv.clone(), mycket.clone()]),
        "1 av 3 insatser använde mer än sin budget, mest C: 40\u{a0}kronor mer än 500; 1 \
         använde hela sin; mest kvar har B: 600 av 1\u{a0}000\u{a0}kronor"
    );
    // Amounts that are rounded so far may be the same.
    let mut kanske = mycket;
    kanske.belopp.avvikelse.precision = Precision::TUSENTAL;
    assert_eq!(slutsats(vec![kanske]), "Insatsen använde hela sin budget");
    let mut okand = halv;
    okand.belopp.utfall = saknas(Varde::EjInrapporterat);
    assert_eq!(
        slutsats(vec![hel, okand]),
        "Budget och använda pengar är kända för 1 av 2 insatser"
    );
}

#[test]
fn a_rounded_amount_and_a_sum_of_such_each_say_how_far_they_may_be_off() {
    let mut grov = belopp(440_000, 440_000);
    grov.budget.precision = Precision::TUSENTAL;
    grov.utfall.precision = Precision::TUSENTAL;
    grov.avvikelse.precision = Precision::steg(200_000);
    let json = text(&dokument(&rapport(vec![insats("A", grov)])));
    assert!(json.contains(
        "Beloppen är avrundade; vart och ett kan skilja upp till 500\u{a0}kronor. Summor \
         och skillnader av dem kan skilja upp till 1\u{a0}000\u{a0}kronor."
    ));
    // Once, of the table of all, and not again under each.
    assert_eq!(json.matches("kan skilja upp till 1\u{a0}000").count(), 1);
}

#[test]
fn a_sum_of_rounded_amounts_says_so_also_when_what_stands_beside_it_is_exact() {
    let mut grov = belopp(440_000, 440_000);
    grov.avvikelse.precision = Precision::TUSENTAL;
    let json = text(&dokument(&rapport(vec![insats("A", grov)])));
    assert!(json.contains("Det som räknas fram kan skilja upp till 500\u{a0}kronor"));
}

#[test]
fn the_frozen_input_has_one_hash_and_reads_back() {
    let rapport = rapport(vec![insats("Lovjobb", belopp(10, 5))]);
    let json = crate::rapport::kanonisk::json(&rapport).unwrap();
    let tillbaka: Aterrapport = serde_json::from_str(&json).unwrap();
    assert_eq!(tillbaka, rapport);
    assert!(
        serde_json::from_str::<Aterrapport>(&json.replacen("\"ar\":", "\"ut\":1,\"ar\":", 1))
            .is_err()
    );
}

#[test]
fn a_report_knows_which_template_set_it() {
    let mut r = rapport(Vec::new());
    let json = crate::rapport::kanonisk::json(&r).unwrap();
    assert!(!json.contains("bakom"), "utan rader är indata som förut");
    assert_eq!(r.mall(), MALL_UTAN_RADER);
    r.bakom = Some(Bakom {
        mall: MALL.into(),
        ..Bakom::default()
    });
    assert_eq!(r.mall(), dokument(&r).mallversion);
}

#[test]
fn a_report_with_its_rows_says_that_they_are_frozen() {
    let mut ny = rapport(Vec::new());
    let fore = dokument(&ny);
    ny.bakom = Some(Bakom::default());
    let efter = dokument(&ny);
    assert!(text(&fore).contains("vem som registrerade dem"));
    assert!(!text(&efter).contains("vem som registrerade dem"));
    assert!(text(&efter).contains("som de var när rapporten utfärdades"));
}

#[test]
fn a_figure_knows_what_its_link_asks_for() {
    let urval = Urval::default().ar(2021).for_kategori("i arbete, å");
    let med = |harledning: String| Siffra {
        harledning: Some(harledning),
        ..kr(1)
    };
    let ny = med(format!(
        "/a/rapporter/r/harledning/resultat?{}",
        urval.fraga()
    ));
    assert_eq!(ny.fraga(), Some((Matt::Resultat, urval.clone())));
    let gammal = med(format!(
        "/a/harledning/resultat?{}&per=2022-02-02",
        urval.fraga()
    ));
    assert_eq!(gammal.fraga(), Some((Matt::Resultat, urval)));
    for fel in [
        "/a/harledning/finns-inte?ar=2021",
        "/a/harledning/resultat?ar=x",
        "/tal/1",
    ] {
        assert_eq!(med(fel.to_owned()).fraga(), None, "{fel}");
    }
}
