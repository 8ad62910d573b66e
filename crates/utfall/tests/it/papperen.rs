//! What the papers ask of the product, asserted on their own figures: one test for each claim
//! in docs/krav.toml that no narrower test shows.

use crate::rapport::html_text;
use crate::stod::slatt;
use crate::webblasare::{Webblasare, bara_text, router};
use axum::http::StatusCode;
use utfall_app::Bok;
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::organisation::OrganisationSlag;
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::varde::Varde;
use utfall_testkit::Varld;

/// The books of a huvudman.
pub async fn bok(v: &Varld, slug: &str) -> Bok {
    let chef = v.aktor(slug, Roll::Forbundschef).await;
    v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap()
}

/// The initiative with this in its name.
pub fn insats<'a>(bok: &'a Bok, namn: &str) -> &'a Insats {
    bok.insatser
        .iter()
        .find(|i| i.namn.contains(namn))
        .unwrap_or_else(|| panic!("{namn} finns inte"))
}

/// Kronor.
pub const fn kr(kr: i64) -> Varde {
    Varde::Kant(kr * 100)
}

/// The words of a page.
pub async fn sida(b: &mut Webblasare, adress: &str) -> String {
    let svar = b.hamta(adress).await;
    assert_eq!(svar.status, StatusCode::OK, "{adress}");
    slatt(&bara_text(&svar.text))
}

/// R17: the system computes the deviation of each initiative, and shows it with the comment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_initiative_has_budget_outcome_comment_and_a_computed_deviation() {
    let v = Varld::demo().await;
    let b = bok(&v, "uppsala").await;
    let lovjobb = insats(&b, "Lovjobb");
    let u = Urval::insats(lovjobb.id).ar(2021);
    assert_eq!(b.varde(Matt::Budget, &u), kr(1_400_000));
    assert_eq!(b.varde(Matt::AnvantInsats, &u), kr(680_000));
    assert_eq!(b.varde(Matt::Avvikelse, &u), kr(720_000));
    let mut med_tal = 0;
    for i in &b.insatser {
        let u = Urval::insats(i.id).ar(2021);
        let tal = |m| b.varde(m, &u).kant();
        if let (Some(b), Some(a)) = (tal(Matt::Budget), tal(Matt::AnvantInsats)) {
            assert_eq!(tal(Matt::Avvikelse), Some(b - a), "{}", i.namn);
            med_tal += 1;
        }
    }
    assert_eq!(med_tal, 10);
    let mut styrelse = Webblasare::som(&router(&v), "uppsala", Roll::Styrelse).await;
    let text = sida(&mut styrelse, &format!("/insatser/{}", lovjobb.slug)).await;
    let kommentar: String = slatt(&lovjobb.text.kommentar).chars().take(40).collect();
    for ord in ["1 400 000", "680 000", "720 000", kommentar.as_str()] {
        assert!(text.contains(ord), "{ord}: {text}");
    }
}

/// R12, R24: positions are data: how many, what share, which months.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn positions_have_their_share_months_and_number_as_data() {
    let v = Varld::demo().await;
    let b = bok(&v, "uppsala").await;
    let fyra = &insats(&b, "extra förstärkning").tjanster;
    assert_eq!(fyra.iter().map(|t| t.antal).sum::<Option<i64>>(), Some(4));
    assert_eq!(fyra.len(), 2, "två slag av tjänster: vanliga och jour");
    assert!(
        fyra.iter()
            .all(|t| (t.ar, t.fran_manad, t.till_manad) == (Some(2021), Some(7), Some(12)))
    );
    assert!(fyra.iter().any(|t| t.beskrivning.contains("jour")));
    let kurator = &insats(&b, "Fokus pojkar").tjanster;
    assert_eq!(kurator[0].andel, Some(20_000));
    // Twelve months of a whole position are one full year; an unknown share makes no figure.
    assert_eq!(
        fyra[0].helarstjanster_hundradelar(),
        None,
        "andelen är inte angiven"
    );
}

/// R84, R272, R330: the report's parts for each initiative, the decision that ordered it, and
/// what is issued is locked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_issued_report_has_every_part_for_every_initiative_and_its_decision() {
    let v = crate::stod::akta().varld();
    let b = bok(&v, "uppsala").await;
    let rapport = b
        .rapporter
        .iter()
        .find(|r| matches!(r.lage, Rapportlage::Utfardad { .. }))
        .unwrap();
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let html = v
        .tjanst
        .utfardad_fil(&chef, rapport, Format::Html)
        .await
        .unwrap()
        .unwrap();
    let text = html_text(&html);
    let insatser: Vec<&Insats> = b
        .insatser
        .iter()
        .filter(|i| i.bidrag == rapport.bidrag)
        .collect();
    assert_eq!(insatser.len(), 10);
    let delar = [
        "Ansvarig nämnd",
        "Beskrivning",
        "Budget och ekonomiskt utfall",
        "Kommentar",
        "Resultat och bedömd effekt",
        "Fortsättning",
    ];
    for i in insatser {
        let start = text.rfind(&format!("{} Ansvarig", slatt(&i.namn)));
        let avsnitt = &text[start.unwrap_or_else(|| panic!("{} saknas", i.namn))..];
        let mut fran = 0;
        for del in delar {
            let plats = avsnitt[fran..].find(del);
            fran += plats.unwrap_or_else(|| panic!("{}: {del} saknas", i.namn));
        }
        let resultat: String = slatt(&i.text.resultat).chars().take(60).collect();
        assert!(avsnitt.contains(&resultat), "{}", i.namn);
    }
    // What asked for the report, and the proposal to approve it.
    for beslut in [
        "Kommunstyrelsen 12 maj 2021",
        "Kommunstyrelsens arbetsutskott § 64",
    ] {
        assert!(text.contains(beslut), "{beslut} saknas");
    }
    // Locked: the frozen file is what is given out, and the draft is no more.
    let Rapportlage::Utfardad { indata_sha256, .. } = rapport.lage else {
        panic!("hit kommer inget prov")
    };
    assert_ne!(indata_sha256, [0; 32]);
}

/// R33: the unit of each statement is kept, and amounts are whole öre whatever the paper's unit.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_are_stored_as_ore_with_their_precision_and_shown_with_their_unit() {
    let v = Varld::demo().await;
    let b = bok(&v, "sandviken").await;
    let sfi = insats(&b, "SFI");
    let f = b
        .fakta()
        .into_iter()
        .find(|f| f.galler().insats == Some(sfi.id) && f.varde().kant().is_some())
        .unwrap();
    assert_eq!(
        f.varde().kant().unwrap() % 100_000,
        0,
        "hela tusental kronor i öre"
    );
    assert_eq!(f.fakta.precision.halv(), 50_000, "680 tkr betyder ± 500 kr");
    let mut styrelse = Webblasare::som(&router(&v), "sandviken", Roll::Styrelse).await;
    let text = sida(&mut styrelse, &format!("/insatser/{}", sfi.slug)).await;
    assert!(text.contains("530 000 kr"), "{text}");
}

/// R36, R38: an initiative of several bodies counts once, and bodies are of several kinds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_initiative_of_several_boards_is_counted_once() {
    let v = Varld::demo().await;
    let b = bok(&v, "sandviken").await;
    let delade: Vec<&Insats> = b
        .insatser
        .iter()
        .filter(|i| i.ansvariga.len() > 1)
        .collect();
    assert!(delade.len() >= 5, "{}", delade.len());
    assert!(b.insatser.iter().any(|i| i.ansvariga.len() == 3));
    for i in delade {
        for f in b
            .fakta()
            .into_iter()
            .filter(|f| f.galler().insats == Some(i.id))
        {
            assert_eq!(f.galler().organisation, None, "{}", i.namn);
        }
    }
    let alla = b
        .varde(Matt::FordelatNytt, &Urval::default())
        .kant()
        .unwrap();
    let per_namnd: i64 = b
        .organisationer
        .iter()
        .filter_map(|o| {
            b.varde(Matt::FordelatNytt, &Urval::default().for_organisation(o.id))
                .kant()
        })
        .sum();
    assert!(per_namnd > 0 && per_namnd < alla, "{per_namnd} av {alla}");
    let slag: std::collections::HashSet<_> = b
        .insatser
        .iter()
        .flat_map(|i| &i.ansvariga)
        .filter_map(|id| b.organisation(*id))
        .map(|o| o.slag)
        .collect();
    assert!(slag.contains(&OrganisationSlag::Bolag) && slag.contains(&OrganisationSlag::Namnd));
}

/// R334, R336: each row of the distribution has a page that says what it does, for whom and
/// whose it is, and when that was published.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_page_of_each_initiative_says_what_it_is_for_and_whose() {
    let v = Varld::demo().await;
    let b = bok(&v, "sandviken").await;
    let mut anonym = Webblasare::ny(&router(&v));
    let lista = sida(&mut anonym, "/sandviken/insatser").await;
    let mut utan_beskrivning = Vec::new();
    for i in b.insatser.iter().filter(|i| !i.reserv) {
        assert!(
            lista.contains(&slatt(&i.namn)),
            "{} saknas i listan",
            i.namn
        );
        let egen = sida(&mut anonym, &format!("/sandviken/insatser/{}", i.slug)).await;
        let beskrivning: String = slatt(&i.text.beskrivning).chars().take(40).collect();
        if beskrivning.is_empty() {
            utan_beskrivning.push(i.namn.as_str());
        }
        assert!(egen.contains(&beskrivning), "{}: {egen}", i.namn);
        assert!(egen.contains("Publicerad "), "{}: {egen}", i.namn);
        for namnd in &i.ansvariga {
            assert!(egen.contains(b.organisationsnamn(*namnd)), "{}", i.namn);
        }
    }
    assert_eq!(utan_beskrivning, [""; 0]);
    // What nobody has got yet is a row in the table, and no initiative.
    let reserver: Vec<&str> = b
        .insatser
        .iter()
        .filter(|i| i.reserv)
        .map(|i| i.namn.as_str())
        .collect();
    assert_eq!(reserver, ["Buffert"]);
    assert!(!lista.contains("Buffert"));
    let svar = anonym.hamta("/sandviken/insatser/buffert").await;
    assert_eq!(svar.status, axum::http::StatusCode::NOT_FOUND);
}

/// R333, R335: who gets how much for what, in one public table that counts its own rows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_page_counts_the_rows_of_the_distribution_itself() {
    let v = Varld::demo().await;
    let b = bok(&v, "sandviken").await;
    let mut anonym = Webblasare::ny(&router(&v));
    let text = sida(&mut anonym, "/sandviken/pengar").await;
    assert!(
        text.contains("13 287 000"),
        "radernas summa, inte cirka 14 miljoner: {text}"
    );
    assert_eq!(b.insatser.len(), 15);
    for i in &b.insatser {
        assert!(text.contains(&slatt(&i.namn)), "{} saknas på sidan", i.namn);
    }
    for belopp in ["1 400 000", "530 000", "2 070 000", "1 252 000"] {
        assert!(text.contains(belopp), "{belopp}: {text}");
    }
}

/// R331: what the money gave, in words and figures, for anyone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_citizen_reads_what_each_initiative_cost_and_gave() {
    let v = Varld::demo().await;
    let b = bok(&v, "uppsala").await;
    let mut anonym = Webblasare::ny(&router(&v));
    for i in &b.insatser {
        let text = sida(&mut anonym, &format!("/uppsala/insatser/{}", i.slug)).await;
        let resultat: String = slatt(&i.text.resultat).chars().take(60).collect();
        assert!(
            resultat.len() > 20 && text.contains(&resultat),
            "{}: {text}",
            i.namn
        );
        let u = Urval::insats(i.id).ar(2021);
        let kronor = b.varde(Matt::AnvantInsats, &u).kant().unwrap() / 100;
        let sedda: String = text.chars().filter(|c| *c != ' ').collect();
        assert!(sedda.contains(&kronor.to_string()), "{}: {kronor}", i.namn);
    }
}

/// R280: outcomes and those whose outcome is unknown sum to all participants, per project.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outcomes_and_the_unknown_sum_to_all_participants() {
    let v = Varld::demo().await;
    let b = bok(&v, "strangnas").await;
    let facit = [("Likes", 23, 9), ("Träning", 51, 35)];
    for (namn, alla, kanda) in facit {
        let u = Urval::insats(insats(&b, namn).id);
        assert_eq!(b.varde(Matt::Deltagare, &u), Varde::Kant(alla), "{namn}");
        assert_eq!(b.varde(Matt::Resultat, &u), Varde::Kant(kanda), "{namn}");
        assert_eq!(
            b.varde(Matt::UtanResultat, &u),
            Varde::Kant(alla - kanda),
            "{namn}"
        );
    }
    // R172, R173: the outcomes keep their own names; steps on the way are not work.
    let kategorier: Vec<&str> = b
        .fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Resultat)
        .filter_map(|f| f.galler().kategori.as_deref())
        .collect();
    for k in [
        "gymnasieexamen",
        "arbetsförberedande rehabilitering",
        "daglig verksamhet",
    ] {
        assert!(kategorier.contains(&k), "{k}: {kategorier:?}");
    }
    let tuna = insats(&b, "Träning");
    let arbete = Urval::insats(tuna.id).for_kategori("arbete");
    assert_eq!(b.varde(Matt::Resultat, &arbete), Varde::Kant(10));
}

/// R352: units keep their earlier names and short forms, and are found by them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_are_known_by_earlier_names_and_aliases() {
    let v = Varld::demo().await;
    let b = bok(&v, "ornskoldsvik").await;
    let valfard = b
        .organisationer
        .iter()
        .filter(|o| o.namn.iter().any(|n| n.namn == "Vårdförvaltningen"))
        .collect::<Vec<_>>();
    assert_eq!(valfard.len(), 1, "två papper, en förvaltning");
    assert_eq!(valfard[0].namn_nu(), "Välfärdsförvaltningen");
    let mut chef = Webblasare::som(&router(&v), "ornskoldsvik", Roll::Forbundschef).await;
    let text = sida(&mut chef, "/organisationer").await;
    assert!(
        text.contains("Vårdförvaltningen") && text.contains("Välfärdsförvaltningen"),
        "{text}"
    );
}
