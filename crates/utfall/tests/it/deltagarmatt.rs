//! The council's two questions, answered of a world with participants since 2018: against a plain
//! count of everybody, and as files from the command line.

use crate::rapport::{docx_text, html_text, xlsx_text};
use crate::stod::{akta, slatt, utfall_i};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use utfall_app::deltagare::{Deltagarmatt, Mattabell, Mattcell, Mattfraga, Sida, TilldelaUppdrag};
use utfall_behorighet::Roll;
use utfall_domain::deltagare::deltagande::{Deltagande, Lage};
use utfall_domain::id::InsatsId;
use utfall_domain::tid::dag;
use utfall_domain::varde::Varde;
use utfall_testkit::Varld;

const AREN: std::ops::RangeInclusive<i16> = 2018..=2022;
const HEM: &str = "9901";

fn fraga(kommun: Option<&str>) -> Mattfraga {
    Mattfraga {
        kommun: kommun.map(str::to_owned),
        fran: Some(*AREN.start()),
        till: Some(*AREN.end()),
    }
}

async fn svar(v: &Varld, kommun: Option<&str>) -> Deltagarmatt {
    let aktor = v.aktor("forsby", Roll::Styrelse).await;
    let svar = v.tjanst.deltagarmatt(&aktor, fraga(kommun)).await;
    svar.unwrap()
}

/// Somebody as the plain count has them.
struct Person {
    insats: InsatsId,
    kommun: Option<String>,
    fran: Date,
    slut: Option<(Date, String)>,
}

/// Everybody, read as the performer reads them, with assignments given for this.
async fn alla(v: &Varld) -> Vec<Person> {
    let ins = v.aktor("forsby", Roll::Insatsansvarig).await;
    let delt = v.aktor("forsby", Roll::Deltagaransvarig).await;
    let idag = dag(v.tjanst.klocka().nu());
    let uppdrag = v.tjanst.uppdragen(&ins).await.unwrap();
    let var: BTreeSet<_> = uppdrag
        .uppdrag
        .iter()
        .map(|u| (u.uppdrag.insats, u.uppdrag.organisation))
        .collect();
    for (insats, organisation) in var {
        let fall = TilldelaUppdrag {
            konto: delt.anvandare(),
            insats: Some(insats),
            organisation: Some(organisation),
            fran: idag,
            till: None,
            utbildad: idag,
        };
        // The assignments that go on already are refused, and needed no more.
        let _ = v.tjanst.utfor(&ins, None, fall).await;
    }
    let lista = v.tjanst.deltagarna(&delt, Sida::Lista).await.unwrap();
    let personer = lista.insatser.into_iter().flat_map(|(_, alla)| alla);
    personer
        .map(|(bild, d): (_, Deltagande)| Person {
            insats: bild.insats,
            kommun: d.intrade.kommun.clone(),
            fran: d.intrade.dag,
            slut: match d.lage {
                Lage::Avslutat { uttrade, .. } => Some((uttrade.dag, uttrade.sluttillstand)),
                _ => None,
            },
        })
        .collect()
}

/// The column of the outcome at the end of a year.
fn kolumn(p: &Person, ar: i16) -> Option<usize> {
    let slut = p.slut.as_ref().filter(|(dag, _)| dag.year() <= ar);
    if ar < p.fran.year() || slut.is_some_and(|(dag, _)| dag.year() < ar) {
        return None;
    }
    Some(match slut.map(|(_, vart)| vart.as_str()) {
        None => 6,
        Some("arbete") => 1,
        Some("studier" | "gymnasieexamen") => 2,
        Some("oforandrat" | "annat") => 4,
        Some("okant") => 5,
        Some(_) => 3,
    })
}

fn antal(cell: Mattcell) -> Option<u64> {
    match cell {
        Mattcell::Antal(Varde::Kant(tal)) => Some(u64::try_from(tal).unwrap()),
        Mattcell::Antal(Varde::Sekretess) => None,
        annat => panic!("{annat:?}"),
    }
}

fn ur(tabell: &Mattabell, rad: &str, nr: usize) -> Option<u64> {
    let funnen = tabell.rader.iter().find(|r| r.rubrik == rad);
    let funnen = funnen.unwrap_or_else(|| panic!("{rad}: {tabell:?}"));
    antal(funnen.celler[nr])
}

/// What is shown is what the plain count gives, and what is hidden is there.
fn jamfor(visat: Option<u64>, raknat: usize, vad: &str) -> u64 {
    match visat {
        Some(tal) => {
            assert_eq!(tal, raknat as u64, "{vad}");
            assert!(tal == 0 || tal >= 5, "{vad}: {tal}");
            1
        }
        None => {
            assert!(raknat > 0, "{vad} är dolt och noll");
            0
        }
    }
}

/// R165, R166, R167, R279: of one municipality, in each initiative, each year of five.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_two_questions_are_answered_for_five_years_of_one_municipality() {
    let v = Varld::demo().await;
    let personer = alla(&v).await;
    let svar = svar(&v, Some(HEM)).await;
    let hemma = |p: &&Person| p.kommun.as_deref() == Some(HEM);
    let (aren, insatser) = (svar.ar_for_ar(), svar.insatserna());
    let (mut visade, mut celler) = (0, 0);
    for (nr, ar) in AREN.enumerate() {
        let i_ar = || {
            personer
                .iter()
                .filter(hemma)
                .filter(move |p| kolumn(p, ar).is_some())
        };
        visade += jamfor(
            ur(&aren, &ar.to_string(), 0),
            i_ar().count(),
            &format!("{ar}"),
        );
        for k in 1..=7 {
            let raknat = i_ar().filter(|p| kolumn(p, ar) == Some(k)).count();
            visade += jamfor(ur(&aren, &ar.to_string(), k), raknat, &format!("{ar} {k}"));
        }
        let mut per_insats: BTreeMap<InsatsId, usize> = BTreeMap::new();
        i_ar().for_each(|p| *per_insats.entry(p.insats).or_default() += 1);
        let visat: Vec<Option<u64>> = insatser.rader.iter().map(|r| antal(r.celler[nr])).collect();
        let mut raknat: Vec<u64> = per_insats.values().map(|n| *n as u64).collect();
        let mut visat: Vec<u64> = visat.into_iter().flatten().filter(|n| *n > 0).collect();
        raknat.sort_unstable();
        visat.sort_unstable();
        assert_eq!(visat, raknat, "{ar}");
        celler += 8;
    }
    // Little is hidden of one municipality's own figures: an answer full of dots is none.
    assert!(visade * 100 >= celler * 60, "{visade} av {celler}");
}

/// R280: the parts are all that took part, and R152: by sex. Read by the board.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_outcome_of_a_year_is_in_one_part_by_initiative_and_by_sex() {
    let v = Varld::demo().await;
    let personer = alla(&v).await;
    let svar = svar(&v, None).await;
    for ar in AREN {
        let i_ar: Vec<&Person> = personer
            .iter()
            .filter(|p| kolumn(p, ar).is_some())
            .collect();
        let tabeller = svar.aret(ar);
        for id in ["utfall", "kommuner", "kon", "alder"] {
            let t = tabeller.iter().find(|t| t.id == id).unwrap();
            jamfor(ur(t, "Alla", 0), i_ar.len(), id);
            for k in 1..=7 {
                let raknat = i_ar.iter().filter(|p| kolumn(p, ar) == Some(k)).count();
                jamfor(ur(t, "Alla", k), raknat, id);
            }
            // Each row's parts are its sum, where they are all shown, and never more.
            for rad in &t.rader {
                let delar: Vec<Option<u64>> = rad.celler[1..].iter().copied().map(antal).collect();
                let visade: u64 = delar.iter().flatten().sum();
                if let Some(alla) = antal(rad.celler[0]) {
                    let dolt = delar.contains(&None);
                    assert!(
                        if dolt { visade < alla } else { visade == alla },
                        "{ar} {rad:?}"
                    );
                }
            }
        }
    }
    let kon = svar.aret(2021);
    let kon = kon.iter().find(|t| t.id == "kon").unwrap();
    let rader: Vec<&str> = kon.rader.iter().map(|r| r.rubrik.as_str()).collect();
    assert_eq!(rader, ["Kvinna", "Man", "Alla"]);
}

/// A municipality with few: every figure of it is hidden, and its neighbour's with it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_municipality_with_few_shows_nothing_that_could_point_at_them() {
    let v = Varld::demo().await;
    let personer = alla(&v).await;
    let svar = svar(&v, Some("9903")).await;
    let mut dolda = 0;
    for ar in AREN {
        let med = |p: &&Person| p.kommun.as_deref() == Some("9903") && kolumn(p, ar).is_some();
        let raknat = personer.iter().filter(med).count();
        let visat = ur(&svar.ar_for_ar(), &ar.to_string(), 0);
        if (1..5).contains(&raknat) {
            assert_eq!(visat, None, "{ar}");
            dolda += 1;
        }
    }
    assert!(dolda > 0, "demons lilla kommun är inte liten");
}

#[test]
fn the_answer_is_written_in_four_formats_from_the_command_line() {
    let (mapp, varld) = (tempfile::tempdir().unwrap(), akta().varld());
    let skriv = |namn: &str, ord: &[&str]| {
        let fil = mapp.path().join(namn);
        let till = fil.display().to_string();
        let alla = [&["rapport", "interpellation", "--till", &till], ord].concat();
        (fil, utfall_i(&varld.db, &alla))
    };
    let val = ["--huvudman", "forsby", "--kommun", HEM, "--ar", "2018-2022"];
    let fil = |namn: &str| {
        let (fil, svar) = skriv(namn, &val);
        svar.slutar(0);
        std::fs::read(fil).unwrap()
    };
    let html = slatt(&html_text(&fil("svar.html")));
    for text in [&html, &slatt(&docx_text(&fil("svar.docx")))] {
        for ord in [
            "Deltagare från Forsby (påhittad) 2018\u{2013}2022",
            "Hur många deltog, och vad blev det av dem?",
            "Uppsökande team",
            "Fortfarande utanför",
            "Påhittade uppgifter",
        ] {
            assert!(text.contains(ord), "{ord}: {text}");
        }
    }
    assert!(xlsx_text(&fil("svar.xlsx")).contains("Coach till komvux"));
    assert!(fil("svar.pdf").starts_with(b"%PDF-"));

    let (_, fel) = skriv("fel.html", &["--huvudman", "forsby", "--kommun", "0000"]);
    assert!(fel.slutar(1).fel.contains("Kommunkoden 0000 finns inte"));
    let (_, fel) = skriv("fel.html", &["--huvudman", "forsby", "--ar", "2022-2018"]);
    assert!(fel.kod != 0, "{fel:?}");

    // Papers tell of Strängnäs' initiatives, and nobody is registered there.
    let (ut, svar) = skriv(
        "papper.html",
        &["--huvudman", "strangnas", "--kommun", "0486"],
    );
    svar.slutar(0);
    let text = slatt(&html_text(&std::fs::read(ut).unwrap()));
    assert!(
        text.contains("Ingen deltagare är registrerad de här åren"),
        "{text}"
    );
    assert!(text.contains("Individens möjlighet till arbete"), "{text}");
}
