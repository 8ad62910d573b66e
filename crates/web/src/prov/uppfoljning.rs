//! Follow-up through the front door: settings, forecast, history, explained deviations.

use super::rum::{lagg_upp, tom};
use super::{LOSENORD, Varld, Webblasare};
use axum::http::StatusCode;
use jiff::SignedDuration;
use jiff::civil::date;
use utfall_app::fakta::{RegistreraFaktum, om_insats};
use utfall_app::installation::NyttKonto;
use utfall_app::medel::{AndraFordelning, Andrad, version};
use utfall_app::uppfoljning::saknade_kommentarer;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::varde::Varde;

const SIDA: &str = "/uppfoljning/insatser/sommarjobb?ar=2026&manad=6";

/// A huvudman with one grant, one insats with 1 200 tkr, and somebody who keeps the books.
pub(super) async fn med_budget(varld: &Varld) -> (Webblasare, Aktor) {
    let drift = tom(varld).await;
    let tjanst = &varld.webb.tjanst;
    let konto = NyttKonto::ny("bok.tomby", "Bok", LOSENORD, &[7; 16], &[Roll::Ekonom]);
    let konto = tjanst.utfor(&drift, None, konto.unwrap()).await.unwrap();
    let ekonom = Aktor::ny(konto, drift.huvudman(), &[Roll::Ekonom]).unwrap();
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let bok = tjanst.bok(&ekonom, Atgard::LasaMedel, None).await.unwrap();
    let bidrag = bok.bidrag[0].id;
    let fordela = AndraFordelning {
        bidrag,
        sedd: version(&bok, bidrag),
        celler: vec![Andrad {
            insats: bok.insatser[0].id,
            ar: 2026,
            belopp: Some(Belopp::exakt(Ore(120_000_000))),
        }],
        version: None,
        beslut: utfall_app::medel::Beslutsval::Nytt(utfall_app::medel::Beslutsuppgift {
            instans: "Styrelsen".into(),
            datum: Some(date(2022, 1, 31)),
            rubrik: "Fördelning".into(),
            ..Default::default()
        }),
        efter_avslut: false,
        orsak: "Beslut i nämnden".into(),
    };
    tjanst.utfor(&ekonom, None, fordela).await.unwrap();
    (b, ekonom)
}

/// Books a cost of a month, in kronor.
pub(super) async fn bokfor(varld: &Varld, ekonom: &Aktor, manad: i8, kr: i64) {
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(ekonom, Atgard::LasaMedel, None).await.unwrap();
    let dag = date(2026, manad, 1);
    let galler = Galler {
        ar: Some(2026),
        period_fran: Some(dag),
        period_till: Some(dag.last_of_month()),
        kategori: Some("Löner".into()),
        ..om_insats(&bok, bok.insatser[0].id)
    };
    let mut faktum = NyttFaktum::nytt(FaktumSlag::Anvant, galler, Varde::Kant(kr * 100));
    faktum.orsak = Some("Huvudboken".into());
    let fall = RegistreraFaktum {
        faktum,
        tillkommer: false,
    };
    tjanst.utfor(ekonom, None, fall).await.unwrap();
}

fn har(text: &str, delar: &[&str]) {
    for del in delar {
        assert!(text.contains(del), "{del} saknas: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_hold_from_a_year_and_what_nobody_has_set_is_called_a_proposal() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    let forst = b.hamta("/parametrar?ar=2026").await.text;
    har(
        &forst,
        &["Förslag", "50\u{a0}000", "2003:1210, 5 §", "inte bestämt"],
    );
    let andra = "/parametrar/andra";
    let fel = [
        ("fran-och-med", "2026"),
        ("po", "trettionio"),
        ("nyckel-stat", "50"),
        ("nyckel-kommun", "25"),
        ("orsak", ""),
    ];
    let svar = b.fyll_i(andra, andra, &fel).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &svar.text,
        &[
            "value=\"trettionio\"",
            "går inte att läsa",
            "inte 100 procent",
            "Källan saknas",
        ],
    );
    let ratt = [
        ("fran-och-med", "2026"),
        ("po", "39,25"),
        ("serviceavgift", "2"),
        ("nyckel-stat", "50"),
        ("nyckel-region", "0"),
        ("nyckel-kommun", "50"),
        ("schablon", "Handledartimme"),
        ("schablon-belopp", "350"),
        ("orsak", "Styrelsen § 12"),
    ];
    let svar = b.fyll_i(andra, andra, &ratt).await;
    assert_eq!(svar.till(), "/parametrar?ar=2026&sparat=6", "{}", svar.text);
    let sida = b.hamta("/parametrar?ar=2027").await.text;
    har(
        &sida,
        &[
            "39,25",
            "2\u{a0}‰",
            "Handledartimme",
            "Styrelsen § 12",
            "2026",
        ],
    );
    // The year before is as it was.
    let fore = b.hamta("/parametrar?ar=2025").await.text;
    assert!(
        !fore.contains("39,25") && !fore.contains("2\u{a0}‰"),
        "{fore}"
    );
    // A value leads to who set it; the same again is nothing new.
    let lank = "/harledning/installning-andel?ar=2026&kategori=po";
    har(
        &b.hamta(lank).await.text,
        &["Varför 39,25", "Styrelsen § 12"],
    );
    let igen = [("fran-och-med", "2026"), ("po", "39,25"), ("orsak", "Igen")];
    let svar = b.fyll_i(andra, andra, &igen).await;
    har(&svar.text, &["Ingen inställning är ändrad"]);
    // The board reads and cannot set.
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let deras = styrelse.hamta("/parametrar?ar=2026").await;
    assert!(deras.status == StatusCode::OK && !deras.text.contains(andra));
    assert_eq!(styrelse.hamta(andra).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_start_is_in_the_forecast_and_a_surplus_is_told_with_its_insats() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    let tomt = b.hamta("/uppfoljning?ar=2026").await.text;
    har(
        &tomt,
        &[
            "Inget utfall är registrerat för 2026 än",
            "ej inrapporterat",
        ],
    );
    for m in 4..=6 {
        bokfor(&varld, &ekonom, m, 50_000).await;
    }
    // 150 tkr by June at 50 tkr a month since April: 450 tkr in all, 750 tkr below the budget.
    let sida = b.hamta("/uppfoljning?ar=2026").await.text;
    har(
        &sida,
        &[
            "Till och med juni 2026",
            "pekar på ett överskott",
            "plusposter i prognosen",
            "450\u{a0}000",
            "750\u{a0}000",
            "62,5",
            "Sommarjobb",
            "kom igång senare än planerat",
            "kostnader först från april",
            "Det är okänt om pengarna får föras över",
            "en avvikelse är inte förklarad",
        ],
    );
    // 550 tkr nobody has got, and 750 tkr that are expected to be left.
    har(&sida, &["Utrymme för nya insatser", "1\u{a0}300\u{a0}000"]);
    let insats = b.hamta(SIDA).await.text;
    har(
        &insats,
        &["Takten räknas på april–juni (3 månader) och gäller de 6 som är kvar"],
    );
    // By month and by cost kind, and the same rows as a file.
    let manader = b.hamta("/uppfoljning?ar=2026&visa=manader").await.text;
    har(&manader, &["April", "100\u{a0}000", "150\u{a0}000"]);
    let slag = b.hamta("/uppfoljning?ar=2026&visa=kostnadsslag").await.text;
    har(&slag, &["Löner", "150\u{a0}000"]);
    let fil = b.hamta("/uppfoljning/tabell.csv?ar=2026").await.text;
    har(&fil, &["Sommarjobb", "450000", "750000"]);
    // The figure explains itself down to the months.
    let lank = "/harledning/prognos-helar?insats=3&ar=2026&period=2026-06-01";
    let nr = sida.split("/harledning/prognos-helar?insats=").nth(1);
    let nr = nr.unwrap().split('&').next().unwrap();
    let h = b
        .hamta(&lank.replace("insats=3", &format!("insats={nr}")))
        .await;
    har(
        &h.text,
        &[
            "Varför 450\u{a0}000",
            "Beräknat för resten av året",
            "300\u{a0}000",
            "april 2026",
        ],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deviation_above_the_limit_waits_for_a_cause_and_words_and_again_when_it_changes() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    for m in 1..=6 {
        bokfor(&varld, &ekonom, m, 80_000).await;
    }
    let tjanst = &varld.webb.tjanst;
    let saknas = async || {
        let bok = tjanst.bok(&ekonom, Atgard::LasaMedel, None).await.unwrap();
        saknade_kommentarer(&bok, 2026, 6)
    };
    // 960 of 1 200 tkr.
    let forst = saknas().await;
    assert_eq!(forst.len(), 1);
    assert_eq!(
        (forst[0].avvikelse, forst[0].inaktuell),
        (24_000_000, false)
    );
    let till = "/uppfoljning/insatser/sommarjobb/kommentar";
    let svar = b.fyll_i(SIDA, till, &[("ord", "Ja")]).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &svar.text,
        &["Orsaken är inte vald", "för kort", "Ja</textarea>"],
    );
    let falt = [
        ("avvikelseorsak", "rekrytering"),
        ("ord", "Två tjänster var tomma till mars."),
    ];
    b.spara(SIDA, till, &falt).await;
    assert!(saknas().await.is_empty());
    let sida = b.hamta("/uppfoljning?ar=2026&manad=6").await.text;
    har(
        &sida,
        &["Rekrytering: Två tjänster var tomma", "alla är förklarade"],
    );
    // Twenty more in a month is 40 tkr less left: within the limit of 50. Sixty is not.
    bokfor(&varld, &ekonom, 7, 80_000).await;
    assert!(saknas().await.is_empty());
    let galler = [
        ("fran-och-med", "2026"),
        ("avvikelse-kr", "5 000"),
        ("orsak", "Beslut § 3"),
    ];
    b.spara("/parametrar/andra", "/parametrar/andra", &galler)
        .await;
    let post = [
        ("kategori", "Nattarbete"),
        ("belopp", "60 000"),
        ("nar", "11"),
        ("orsak", "Avtal"),
    ];
    b.spara(SIDA, "/uppfoljning/insatser/sommarjobb/poster", &post)
        .await;
    let nu = saknas().await;
    assert!(nu.len() == 1 && nu[0].inaktuell, "{nu:?}");
    let insats = b.hamta(SIDA).await.text;
    har(
        &insats,
        &[
            "har ändrats sedan den förklarades",
            "Nattarbete",
            "1\u{a0}020\u{a0}000",
            // What was said is there to be added to.
            "<option value=\"rekrytering\" selected>",
            "Två tjänster var tomma till mars.</textarea>",
        ],
    );
    // The board reads, and nothing is asked of it.
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let deras = styrelse.hamta(SIDA).await.text;
    assert!(!deras.contains("<textarea"), "{deras}");
    let hela = "/uppfoljning?ar=2026&manad=6";
    let vara = b.hamta(hela).await.text;
    assert!(vara.contains("Förklara Sommarjobb"), "{vara}");
    let deras = styrelse.hamta(hela).await.text;
    har(&deras, &["inte förklarad"]);
    assert!(!deras.contains("Förklara Sommarjobb"), "{deras}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_in_april_stands_beside_what_was_said_in_august() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    for m in 1..=4 {
        bokfor(&varld, &ekonom, m, 100_000).await;
    }
    let faststall = "/uppfoljning/faststall";
    let sida = "/uppfoljning?ar=2026&manad=4";
    let tomt = b.fyll_i(sida, faststall, &[("anmarkning", "")]).await;
    assert_eq!(tomt.status, StatusCode::UNPROCESSABLE_ENTITY);
    b.spara(sida, faststall, &[("anmarkning", "Till styrelsen i maj")])
        .await;
    varld.ga(SignedDuration::from_hours(24 * 120));
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    for m in 5..=8 {
        bokfor(&varld, &ekonom, m, 50_000).await;
    }
    // An own figure below what is used is refused; with a reason it is the forecast.
    let till = "/uppfoljning/insatser/sommarjobb/metod";
    let lagt = [("metod", "egen"), ("eget", "500 000"), ("skal", "")];
    let svar = b.fyll_i(SIDA, till, &lagt).await;
    har(
        &svar.text,
        &["har redan använt 600\u{a0}000", "Skälet saknas"],
    );
    let eget = [
        ("metod", "egen"),
        ("eget", "900 000"),
        ("skal", "En tjänst är vakant"),
    ];
    b.spara(SIDA, till, &eget).await;
    let sida = "/uppfoljning?ar=2026&manad=8";
    b.spara(
        sida,
        faststall,
        &[("anmarkning", "Till styrelsen i september")],
    )
    .await;
    let text = b.hamta(sida).await.text;
    let historik = text.split("id=\"historik\"").nth(1).unwrap();
    let historik = historik.split("</section>").next().unwrap();
    har(
        historik,
        &[
            "Till styrelsen i maj",
            "april 2026",
            "1\u{a0}200\u{a0}000",
            "Till styrelsen i september",
            "augusti 2026",
            "900\u{a0}000",
        ],
    );
    // As of the day of the first it was the only one.
    let da = b
        .hamta("/harledning/prognos?ar=2026&per=2022-02-02")
        .await
        .text;
    har(&da, &["Varför 1\u{a0}200\u{a0}000"]);
    har(
        &b.hamta("/harledning/prognos?ar=2026").await.text,
        &["Varför 900\u{a0}000"],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn positions_cost_pay_and_contributions_in_the_months_that_remain() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    bokfor(&varld, &ekonom, 1, 40_000).await;
    let till = "/uppfoljning/insatser/sommarjobb/tjanster";
    let tjanst = [
        ("tjanst", "Handledare"),
        ("lon", "32 000"),
        ("andel", "75"),
        ("fran", "8"),
        ("till", "12"),
    ];
    let svar = b.fyll_i(SIDA, till, &tjanst).await;
    har(&svar.text, &["inget PO-pålägg för 2026"]);
    let po = [("fran-och-med", "2026"), ("po", "40"), ("orsak", "SKR")];
    b.fyll_i("/parametrar/andra", "/parametrar/andra", &po)
        .await;
    b.spara(SIDA, till, &tjanst).await;
    let metod = "/uppfoljning/insatser/sommarjobb/metod";
    b.spara(SIDA, metod, &[("metod", "tjanster")]).await;
    // 32 000 × 1,40 × 0,75 = 33 600 a month; five months are 168 000, and 40 000 is used.
    let sida = b.hamta(SIDA).await.text;
    har(
        &sida,
        &[
            "33\u{a0}600",
            "168\u{a0}000",
            "208\u{a0}000",
            "75 procent av heltid",
        ],
    );
}
