//! What follows from one import for another: what is taken back leaves nothing, what comes again
//! is known again, and what was looked at is what is read in.

use super::dalig::{HUVUD, VER, sie};
use super::*;

/// A rule that sends everything of project 2601 to an initiative.
async fn allt_till(f: &Forsby) -> Koppling {
    Koppling {
        regler: vec![Regel {
            objekt: vec![(6, "2601".into())],
            till: Some(till(f.insats("Middag tillsammans").await)),
            ..Regel::default()
        }],
        ..Koppling::default()
    }
}

async fn summan(f: &Forsby) -> i64 {
    f.bokfort().await.iter().map(|r| r.ore).sum()
}

/// A file says by mistake that an account for debts is one for costs, and is taken back: the
/// rows of the file before are again what they were.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_taken_back_takes_what_it_said_of_the_accounts_with_it() {
    let f = Forsby::ny().await;
    f.koppla(allt_till(&f).await).await.unwrap();
    let konto = format!("{HUVUD}#KONTO 2990 Skuld\n");
    let rad = VER.replace(
        "#TRANS 1930",
        "#TRANS 2990 {6 \"2601\"} 40.00\n#TRANS 1930 {} -40.00\n#TRANS 1930",
    );
    f.las_in(&sie(&konto, &rad)).await.unwrap();
    assert_eq!(summan(&f).await, 10_000);
    let fore = f.bokfort().await;
    let fel = format!("{konto}#KTYP 2990 K\n");
    let mer = format!("{rad}{}", VER.replace("A 1", "A 2"));
    let andra = f.las_in(&sie(&fel, &mer)).await.unwrap();
    assert_eq!(summan(&f).await, 24_000, "control: it is a cost");
    f.angra(andra.id).await.unwrap();
    assert_eq!(f.bokfort().await, fore);
}

const UTAN: &str = "#RAR 0 20260101 20261231\n";

/// The same accounts with and without a number of the company are never both in the books.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_comes_later_or_goes_away_counts_nothing_twice() {
    for (forst, sedan, gor) in [(UTAN, HUVUD, "Ångra"), (HUVUD, UTAN, "skriv företagets")] {
        let f = Forsby::ny().await;
        f.koppla(allt_till(&f).await).await.unwrap();
        let inne = f.las_in(&sie(forst, VER)).await.unwrap();
        let fore = (summan(&f).await, f.varld.db.avtryck());
        let mer = format!("{VER}{}", VER.replace("A 1", "A 2"));
        let analys = f.analys(&sie(sedan, &mer)).await.unwrap();
        assert_eq!(
            analys.fel[0].regel, "utan-nummer-inlast",
            "{:?}",
            analys.fel
        );
        let nej = f.las_in(&sie(sedan, &mer)).await.unwrap_err();
        assert!(nej.atgard.contains(gor), "{nej}");
        assert_eq!((summan(&f).await, f.varld.db.avtryck()), fore);
        // A year without days in common is nobody's trouble, and taken back it is none either.
        let nasta = sedan.replace("2026", "2027");
        f.las_in(&sie(&nasta, &VER.replace("2026", "2027")))
            .await
            .unwrap();
        f.angra(inne.id).await.unwrap();
        f.las_in(&sie(sedan, &mer)).await.unwrap();
        // The grant has 2026 and not 2027: the one of 2027 waits, and is counted nowhere.
        assert_eq!(summan(&f).await, 20_000, "two of 2026");
        let b = f.varld.tjanst.bokforing(&f.ekonom).await.unwrap();
        assert_eq!(b.okopplade.len(), 1, "{:?}", b.okopplade);
        assert_eq!(b.okopplade[0].ore, 10_000, "one of 2027");
    }
}

/// Two vouchers without number that only the supplier tells apart, and one without supplier.
fn utan_nummer(fler: usize) -> Vec<u8> {
    let ett = |dim: &str| {
        VER.replace("A 1", "\"\" \"\"")
            .replace("{6 \"2601\"}", &format!("{{6 \"2601\"{dim}}}"))
    };
    let mut alla = [" 9 L1", "", " 9 L2"].map(ett).to_vec();
    alla.extend((0..fler).map(|_| ett(" 9 L3")));
    sie(HUVUD, &alla.concat())
}

fn med_nio(koppling: &Koppling) -> Koppling {
    Koppling {
        behall: Behall {
            dimensioner: [9].into(),
            ..Behall::default()
        },
        ..koppling.clone()
    }
}

/// What is kept of suppliers makes no voucher another: ticked or not, the next month's file has
/// the old ones in it and counts them once.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_of_people_makes_no_voucher_a_new_one() {
    for forst_nio in [false, true] {
        let f = Forsby::ny().await;
        let utan = allt_till(&f).await;
        let ordning = match forst_nio {
            true => [med_nio(&utan), utan.clone()],
            false => [utan.clone(), med_nio(&utan)],
        };
        f.koppla(ordning[0].clone()).await.unwrap();
        f.las_in(&utan_nummer(0)).await.unwrap();
        assert_eq!(summan(&f).await, 30_000);
        f.koppla(ordning[1].clone()).await.unwrap();
        let svar = f.las_in(&utan_nummer(1)).await.unwrap();
        assert_eq!(
            (svar.utfall.nya, svar.utfall.saknas),
            (1, 0),
            "{forst_nio}: {:?}",
            svar.utfall
        );
        assert_eq!(summan(&f).await, 40_000, "{forst_nio}");
        f.koppla(ordning[0].clone()).await.unwrap();
        let svar = f.las_in(&utan_nummer(2)).await.unwrap();
        assert_eq!((svar.utfall.nya, svar.utfall.saknas), (1, 0), "{forst_nio}");
        assert_eq!(summan(&f).await, 50_000, "{forst_nio}");
    }
}

/// Somebody changes the mapping, or books by hand, while the file waits for its yes.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_looked_at_is_what_is_read_in() {
    let f = Forsby::ny().await;
    f.koppla(allt_till(&f).await).await.unwrap();
    let innehall = sie(HUVUD, VER);
    let ja = |analys: &Analys| Bekraftat {
        ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
        ..Bekraftat::default()
    };
    let paborja = async |analys: &Analys| {
        let (tjanst, aktor) = (f.varld.tjanst.clone(), f.ekonom.clone());
        let (analys, svar) = (analys.clone(), ja(analys));
        tokio::task::spawn_blocking(move || tjanst.paborja_sie(&aktor, &analys, &svar))
            .await
            .unwrap()
    };
    let sedd = f.analys(&innehall).await.unwrap();
    f.koppla(med_nio(&allt_till(&f).await)).await.unwrap();
    assert_eq!(paborja(&sedd).await.unwrap_err().kod, "sie-se-igen");
    // And after it has begun: nothing of it comes in.
    let sedd = f.analys(&innehall).await.unwrap();
    let paborjad = paborja(&sedd).await.unwrap();
    for_hand(&f, date(2026, 5, 12)).await;
    let (tjanst, egen) = (f.varld.tjanst.clone(), fil(&innehall));
    let nej = tokio::task::spawn_blocking(move || tjanst.fullfolj_sie(&paborjad, &egen, |_| {}));
    assert_eq!(nej.await.unwrap().unwrap_err().kod, "sie-se-igen");
    assert_eq!(summan(&f).await, 7500, "only what is by hand");
    f.las_in(&innehall).await.unwrap();
    assert_eq!(summan(&f).await, 17_500, "control");
}

/// Seventy-five kronor by hand, for the initiative of project 2601; its number.
async fn for_hand(f: &Forsby, datum: Date) -> i64 {
    let ny = NyForHand {
        datum,
        till: till(f.insats("Middag tillsammans").await),
        slag: Konteringsslag::Kostnad,
        kostnadsslag: String::new(),
        ore: 7500,
        vad: "Två middagar".into(),
        referens: String::new(),
        efter_avslut: false,
    };
    f.varld.tjanst.utfor(&f.ekonom, None, ny).await.unwrap()
}

/// The first months were booked by hand, and then comes the whole year's file.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_over_vouchers_by_hand_wants_an_answer() {
    let f = Forsby::ny().await;
    f.koppla(allt_till(&f).await).await.unwrap();
    let dubbel = for_hand(&f, date(2026, 1, 12)).await;
    for_hand(&f, date(2026, 3, 12)).await;
    let innehall = sie(HUVUD, VER);
    let analys = f.analys(&innehall).await.unwrap();
    let vilka: Vec<i64> = analys.for_hand.iter().map(|v| v.nummer).collect();
    assert_eq!(vilka, [dubbel], "January's, not March's");
    let nej = f.las_in(&innehall).await.unwrap_err();
    assert_eq!(
        (nej.kod, nej.falt.as_deref()),
        ("sie-och-for-hand", Some("for-hand"))
    );
    assert_eq!(summan(&f).await, 15_000);
    // Both, when somebody says so.
    let bada = f
        .las_in_med(&innehall, |analys| Bekraftat {
            ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
            for_hand_bada: true,
            ..Bekraftat::default()
        })
        .await
        .unwrap();
    assert_eq!(summan(&f).await, 25_000);
    // The next file has nothing new of that month: nothing is asked again.
    let mer = format!("{VER}{}", VER.replace("A 1", "A 2").replace("0131", "0228"));
    assert_eq!(f.analys(&sie(HUVUD, &mer)).await.unwrap().for_hand, []);
    // Or one of them is taken back first, and nothing is asked.
    f.angra(bada.id).await.unwrap();
    let tillbaka = TaTillbaka {
        nummer: dubbel,
        orsak: "Finns i filen".into(),
        efter_avslut: false,
    };
    f.varld
        .tjanst
        .utfor(&f.ekonom, None, tillbaka)
        .await
        .unwrap();
    f.las_in(&innehall).await.unwrap();
    assert_eq!(summan(&f).await, 17_500);
}

/// Another process whose clock goes a minute fast leaves an import that is under way alone.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_under_way_is_not_taken_for_dead_by_a_clock_that_goes_fast() {
    let f = Forsby::ny().await;
    let innehall = sie(HUVUD, VER);
    let analys = f.analys(&innehall).await.unwrap();
    let annan = super::hyllan::nystartad(&f);
    let (tjanst, aktor, egen) = (f.varld.tjanst.clone(), f.ekonom.clone(), fil(&innehall));
    let klocka = std::sync::Arc::clone(&f.varld.klocka);
    let arbete = move || {
        let svar = Bekraftat {
            ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
            ..Bekraftat::default()
        };
        let paborjad = tjanst.paborja_sie(&aktor, &analys, &svar).unwrap();
        let nu = utfall_domain::tid::Klocka::nu(&*klocka);
        klocka.stall(nu + jiff::SignedDuration::from_secs(60));
        annan.stada_bokforing().unwrap();
        tjanst.fullfolj_sie(&paborjad, &egen, |_| {}).unwrap()
    };
    let svar = tokio::task::spawn_blocking(arbete).await.unwrap();
    assert_eq!(svar.utfall.nya, 1);
}

/// Files made to take memory are refused where they are looked at, and a voucher without rows
/// is nothing to write down.
#[tokio::test(flavor = "multi_thread")]
async fn what_would_take_too_much_memory_is_refused() {
    use utfall_app::bokforing::FLEST_VERIFIKATIONER;
    let f = Forsby::ny().await;
    let tom = |nr: i64| format!("#VER A {nr} 20260131\n{{\n}}\n");
    let svar = f
        .las_in(&sie(HUVUD, &format!("{VER}{}", tom(2))))
        .await
        .unwrap();
    assert_eq!(svar.utfall.nya, 1, "the empty one is not written down");
    let manga: String = (0..=FLEST_VERIFIKATIONER).map(tom).collect();
    let nej = f.analys(&sie(HUVUD, &manga)).await.unwrap_err();
    assert_eq!(nej.kod, "sie-for-manga-verifikationer");
    // Few accounts, but each with so many and so long objects that they do not fit.
    let mut text = String::new();
    for nr in 0..6_000 {
        let objekt: String = (100..164)
            .map(|dim| format!("{dim} {nr:05}{} ", "x".repeat(90)))
            .collect();
        text.push_str(&format!(
            "#VER A {nr} 20260131\n{{\n#TRANS 5010 {{{objekt}}} 1.00\n#TRANS 1930 {{}} -1.00\n}}\n"
        ));
    }
    let nej = f.analys(&sie(HUVUD, &text)).await.unwrap_err();
    assert_eq!(nej.kod, "sie-for-manga-konteringar");
}

/// Four vouchers of 10 kr in January, marked with employees, of a company.
fn fyra(orgnr: &str, fran: u8) -> Vec<u8> {
    let huvud = HUVUD.replace("999900-0012", orgnr);
    let ver = (fran..fran + 4).map(|nr| {
        format!(
            "#VER A {nr} 202601{nr:02} \"\"\n{{\n#TRANS 5010 {{6 2601 7 \"E{nr}\"}} 10.00\n\
             #TRANS 1930 {{}} -10.00\n}}\n"
        )
    });
    sie(&huvud, &ver.collect::<String>())
}

/// A file that was read in before employees were kept is known again under another number, and
/// the other way about; what has been put aside since is not counted.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_company_has_is_known_whatever_was_kept_of_people() {
    let annat = "999900-0020";
    for forst_sju in [false, true] {
        let f = Forsby::ny().await;
        let utan = allt_till(&f).await;
        let mut med = utan.clone();
        med.behall.dimensioner.insert(7);
        let [da, nu] = if forst_sju { [med, utan] } else { [utan, med] };
        f.koppla(da).await.unwrap();
        let forst = f.las_in(&fyra("999900-0012", 10)).await.unwrap();
        f.koppla(nu).await.unwrap();
        let analys = f.analys(&fyra(annat, 10)).await.unwrap();
        let dubbla = analys.dubbla.clone().unwrap();
        assert_eq!((dubbla.antal, dubbla.av), (4, 4), "{forst_sju}");
        // The name is no answer to it, nor another number than the file has.
        for sagt in [None, Some(3), Some(5)] {
            let dubblett = fyra(annat, 10);
            let nej = f.las_in_med(&dubblett, move |a| Bekraftat {
                ny_enhet: a.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
                dubbla: sagt,
                ..Bekraftat::default()
            });
            let nej = nej.await.unwrap_err();
            assert_eq!(
                (nej.kod, nej.falt.as_deref()),
                ("sie-dubbelt", Some("dubbla"))
            );
        }
        // Controls: other days are others; and so is what is taken back.
        assert_eq!(f.analys(&fyra(annat, 20)).await.unwrap().dubbla, None);
        f.angra(forst.id).await.unwrap();
        assert_eq!(f.analys(&fyra(annat, 10)).await.unwrap().dubbla, None);
    }
}
