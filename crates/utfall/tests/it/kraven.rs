//! More of what the papers ask of the product, asserted on their own figures: what is kept as
//! data row by row and year by year.

use crate::papperen::{bok, insats, kr, sida};
use crate::webblasare::{Webblasare, router};
use utfall_app::Bok;
use utfall_behorighet::Roll;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Fortsattning;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::varde::Varde;
use utfall_testkit::Varld;

fn organisation(bok: &Bok, namn: &str) -> OrganisationId {
    let funnen = bok.organisationer.iter().find(|o| o.heter(namn));
    funnen.unwrap_or_else(|| panic!("{namn} finns inte")).id
}

/// R58, R59, R109: the grid of an application: what it costs row by row, what is asked for and
/// what the applicant puts in, per year and in total. An empty row is not zero.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_applications_grid_has_each_row_and_year_and_its_totals() {
    let v = Varld::demo().await;
    let b = bok(&v, "ornskoldsvik").await;
    let asf = insats(&b, "Arbetsintegrerande socialt företag i Nätradalen");
    let alla = Urval::insats(asf.id);
    for (rad, per_ar, totalt) in [
        ("Personal", [65_000, 384_000, 384_000], 833_000),
        ("Lokal", [3_750, 15_000, 15_000], 33_750),
        ("Övrig verksamhet", [25_000, 25_000, 25_000], 75_000),
    ] {
        let u = alla.clone().for_kategori(rad);
        for (ar, belopp) in (2021..).zip(per_ar) {
            assert_eq!(
                b.varde(Matt::Kostnad, &u.clone().ar(ar)),
                kr(belopp),
                "{rad} {ar}"
            );
        }
        assert_eq!(b.varde(Matt::Kostnad, &u), kr(totalt), "{rad}");
    }
    let tom = alla.clone().for_kategori("Utvärdering");
    assert_eq!(b.varde(Matt::Kostnad, &tom), Varde::EjInrapporterat);
    assert_eq!(b.varde(Matt::Kostnad, &alla), kr(941_750));
    for (vem, per_ar, totalt) in [
        (
            "Samordningsförbundet i Örnsköldsvik",
            [250_000, 300_000, 300_000],
            850_000,
        ),
        ("Örnsköldsviks kommun", [11_750, 30_000, 50_000], 91_750),
    ] {
        let u = alla.clone().for_finansiar(organisation(&b, vem));
        for (ar, belopp) in (2021..).zip(per_ar) {
            let varde = b.varde(Matt::Finansiering, &u.clone().ar(ar));
            assert_eq!(varde, kr(belopp), "{vem} {ar}");
        }
        assert_eq!(b.varde(Matt::Finansiering, &u), kr(totalt), "{vem}");
    }
}

/// R4, R5, R7, R8: a distribution row by row and year by year, with what was carried over
/// beside the new money, and the working hours that nobody has valued.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_distribution_has_each_row_and_year_and_what_was_carried_over() {
    let v = Varld::demo().await;
    let b = bok(&v, "ragunda").await;
    for (namn, ar, nytt, overfort) in [
        ("Trampolin", 2021, 1_083_000, 0),
        ("Trampolin", 2022, 1_095_000, 0),
        ("Anders Olovskolan", 2021, 420_000, 0),
        ("Anders Olovskolan", 2022, 400_000, 0),
        ("Handledning på AMI", 2021, 420_000, 0),
        ("Handledning på AMI", 2022, 250_000, 140_000),
    ] {
        let u = Urval::insats(insats(&b, namn).id).ar(ar);
        assert_eq!(b.varde(Matt::FordelatNytt, &u), kr(nytt), "{namn} {ar}");
        assert_eq!(
            b.varde(Matt::Fordelat, &u),
            kr(nytt + overfort),
            "{namn} {ar}"
        );
        if overfort > 0 {
            assert_eq!(b.varde(Matt::FordelatOverfort, &u), kr(overfort), "{namn}");
        }
    }
    let fakta = b.fakta();
    let tid = fakta
        .iter()
        .find(|f| f.fakta.slag == FaktumSlag::Medfinansiering)
        .unwrap();
    let buf = organisation(&b, "Barn- och utbildningsförvaltningen");
    assert_eq!(tid.galler().organisation, Some(buf));
    assert_eq!(tid.galler().kategori.as_deref(), Some("arbetstid"));
    assert_eq!(tid.varde(), Varde::Okant, "inte värderad, inte noll");
}

/// R169: how it ended counts each person once; help beside it is counted apart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn help_received_is_no_outcome() {
    let v = Varld::demo().await;
    let b = bok(&v, "strangnas").await;
    let ima = Urval::insats(insats(&b, "Individens möjlighet").id);
    assert_eq!(b.varde(Matt::Deltagare, &ima), Varde::Kant(77));
    assert_eq!(b.varde(Matt::Resultat, &ima), Varde::Kant(23 + 18 + 7 + 5));
    assert_eq!(b.varde(Matt::Hjalp, &ima), Varde::Kant(23));
    assert_eq!(b.varde(Matt::UtanResultat, &ima), Varde::Kant(77 - 53));
}

/// R66: the budget as decided, as adjusted and for next year, with income, cost and result in
/// each; a line that is empty is not a line of zero.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_budget_in_three_columns_keeps_each_apart_and_zero_from_empty() {
    let v = Varld::demo().await;
    let b = bok(&v, "ornskoldsvik").await;
    let natverket = organisation(&b, "Nationella nätverket för samordningsförbund");
    let av = |ar, version: Option<&str>| Urval {
        version: version.map(str::to_owned),
        ..Urval::default().for_organisation(natverket).ar(ar)
    };
    let kolumner = [
        (av(2020, None), 4_228_465, 4_928_465, -700_000),
        (
            av(2020, Some("Justerad 2020")),
            3_398_465,
            3_963_465,
            -565_000,
        ),
        (av(2021, None), 3_499_000, 3_934_000, -435_000),
    ];
    for (u, intakt, kostnad, resultat) in &kolumner {
        assert_eq!(b.varde(Matt::Intakter, u), kr(*intakt), "{u:?}");
        assert_eq!(b.varde(Matt::Budgetkostnader, u), kr(*kostnad), "{u:?}");
        assert_eq!(b.varde(Matt::Budgetresultat, u), kr(*resultat), "{u:?}");
    }
    let (_, justerad, nasta) = (&kolumner[0].0, &kolumner[1].0, &kolumner[2].0);
    let rad = |u: &Urval, namn: &str| b.varde(Matt::Intakter, &u.clone().for_kategori(namn));
    assert_eq!(rad(justerad, "Bidrag till Almedalen"), Varde::Kant(0));
    assert_eq!(rad(justerad, "Kurser via avtal"), Varde::EjInrapporterat);
    assert_eq!(rad(nasta, "Kurser via avtal"), kr(100_000));
}

/// R72: projects that one funder pays wholly, and what each funder pays over all of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_funders_part_over_all_projects_and_those_it_pays_alone() {
    let v = Varld::demo().await;
    let b = bok(&v, "strangnas").await;
    let (esf, rar) = (organisation(&b, "ESF"), organisation(&b, "RAR"));
    let av = |vem| b.varde(Matt::Finansiering, &Urval::default().for_finansiar(vem));
    assert_eq!(av(esf), kr(16_485_598));
    assert_eq!(av(rar), kr(2_327_000));
    for (namn, vem, budget) in [
        ("React EU Ung comeback", esf, 3_100_000),
        ("Förstudie: ungas lärande", esf, 800_000),
        ("Träning, utveckling", rar, 2_027_000),
    ] {
        let u = Urval::insats(insats(&b, namn).id);
        assert_eq!(b.varde(Matt::Projektbudget, &u), kr(budget), "{namn}");
        let ensam = b.varde(Matt::Finansiering, &u.clone().for_finansiar(vem));
        assert_eq!(ensam, kr(budget), "{namn}");
        assert_eq!(b.varde(Matt::Ofinansierat, &u), kr(0), "{namn}");
    }
    let ima = Urval::insats(insats(&b, "Individens möjlighet").id);
    assert_eq!(
        b.varde(Matt::Ofinansierat, &ima),
        kr(3_910_575),
        "inte ensam"
    );
    let likes = Urval::insats(insats(&b, "Likes").id);
    assert_eq!(b.varde(Matt::Ofinansierat, &likes), kr(5_255_100));
    let mut styrelse = Webblasare::som(&router(&v), "strangnas", Roll::Styrelse).await;
    let adress = format!("/harledning/finansiering?finansiar={esf}");
    let text = sida(&mut styrelse, &adress).await;
    assert!(text.contains("16 485 598"), "{text}");
}

/// R89: what happens afterwards is a status and a text for each initiative of the report.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_initiative_says_whether_it_goes_on_and_how_it_is_paid() {
    let v = Varld::demo().await;
    let b = bok(&v, "uppsala").await;
    for (namn, lage, ord) in [
        ("mellanstadiet", Fortsattning::Finansierad, "ut juni 2022"),
        (
            "Lovjobb",
            Fortsattning::SaknarFinansiering,
            "Utan nytt bidrag",
        ),
        (
            "Generation Corona",
            Fortsattning::SaknarFinansiering,
            "Pengar saknas för 2022",
        ),
        ("Fokus pojkar", Fortsattning::Avslutad, "avslutas i juni"),
        (
            "ny enhet",
            Fortsattning::Ordinarie,
            "den vanliga verksamheten",
        ),
        (
            "extra förstärkning",
            Fortsattning::Ordinarie,
            "Kvällstiderna gör den dyrare",
        ),
        (
            "Sociala insatsgrupper",
            Fortsattning::Ordinarie,
            "den vanliga verksamheten 2022",
        ),
    ] {
        let i = insats(&b, namn);
        assert_eq!(i.fortsattning, lage, "{namn}");
        assert!(
            i.text.fortsattning.contains(ord),
            "{namn}: {}",
            i.text.fortsattning
        );
    }
    assert!(b.insatser.iter().all(|i| !i.text.fortsattning.is_empty()));
}

/// R102: projects and activities stand in one list with the boards that answer for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn projects_and_activities_stand_in_one_list_with_their_boards() {
    let v = Varld::demo().await;
    let b = bok(&v, "sandviken").await;
    let mut styrelse = Webblasare::som(&router(&v), "sandviken", Roll::Styrelse).await;
    let svar = styrelse.hamta("/insatser").await.text;
    assert_eq!(b.insatser.len(), 15);
    for i in &b.insatser {
        let lank = format!("/insatser/{}\"", i.slug);
        let rad = svar.split("<tr").find(|rad| rad.contains(&lank));
        let rad = crate::stod::slatt(&crate::webblasare::bara_text(
            rad.unwrap_or_else(|| panic!("{} saknas", i.namn)),
        ));
        for namnd in &i.ansvariga {
            let namn = b.organisationsnamn(*namnd);
            assert!(rad.contains(namn), "{}: {namn} saknas i {rad}", i.namn);
        }
    }
}

/// R285, R287: full-year equivalents by municipality, year, benefit and sex; of those aged 20
/// to 64, and from whom.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn full_year_equivalents_say_whose_of_what_for_whom_and_from_where() {
    let v = Varld::demo().await;
    let b = bok(&v, "ornskoldsvik").await;
    let kommunen = organisation(&b, "Örnsköldsviks kommun");
    let u = Urval::default().for_organisation(kommunen).ar(2020);
    for (vad, kvinnor, man) in [
        ("Arbetslöshet", 17, 21),
        ("Arbetsmarknadsåtgärder", 37, 44),
        ("Ekonomiskt bistånd", 20, 19),
        ("Sjuk- och aktivitetsersättning", 57, 36),
        ("Sjukpenning", 39, 19),
    ] {
        for (kon, tiondelar) in [("kvinnor", kvinnor), ("män", man)] {
            let u = u.clone().for_kategori(format!("{vad}, {kon}"));
            let varde = b.varde(Matt::Helarsekvivalent, &u);
            assert_eq!(varde, Varde::Kant(tiondelar), "{vad} {kon}");
        }
    }
    let fakta = b.fakta();
    let egna = fakta
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Helarsekvivalent);
    for f in egna {
        let kalla = f.fakta.kalla.as_ref().unwrap();
        let papper = b.underlag.iter().find(|p| p.id == kalla.underlag).unwrap();
        assert_eq!(papper.dokument, "helarsekvivalenter");
        assert!(!kalla.plats.is_empty());
    }
    assert!(
        Matt::Helarsekvivalent
            .definition()
            .text
            .contains("20–64 år")
    );
    let mut styrelse = Webblasare::som(&router(&v), "ornskoldsvik", Roll::Styrelse).await;
    let text = sida(&mut styrelse, "/underlag/helarsekvivalenter").await;
    assert!(text.contains("siffror från SCB"), "{text}");
}
