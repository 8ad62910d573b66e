//! The list of vouchers narrowed down, against the oracle; and that what is booked is not
//! corrected as other facts are.

use super::*;
use facit::Bokrad;
use utfall_app::bokforing::{las_koppling, skriv_koppling};
use utfall_app::fakta::{RattaFaktum, Rattelse};

fn intervall(fran: u32, till: u32) -> Vec<Intervall> {
    vec![Intervall { fran, till }]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sum_of_a_narrowed_list_is_that_of_its_rows() {
    let f = Forsby::ny().await;
    f.koppla(f.koppling().await).await.unwrap();
    let innehall = exempel("oktober");
    let facit = Facit::av(&innehall);
    let inne = f.las_in(&innehall).await.unwrap();
    let tjanst = &f.varld.tjanst;
    let lista = async |urval: Verifikationsurval| {
        let svar = tjanst.verifikationer(&f.ekonom, urval, (0, 10_000)).await;
        svar.unwrap()
    };
    let summa = |passar: &dyn Fn(&Bokrad) -> bool| -> i64 {
        facit
            .rader
            .iter()
            .filter(|r| passar(r))
            .map(|r| r.ore)
            .sum()
    };
    let allt = lista(Verifikationsurval::default()).await;
    assert_eq!((allt.antal, allt.summa), (facit.verifikationer(), None));

    let lon = Verifikationsurval {
        konton: intervall(5000, 5999),
        ..Verifikationsurval::default()
    };
    let har = lista(lon.clone()).await;
    assert_eq!(har.summa, Some(summa(&|r| (5000..6000).contains(&r.konto))));
    let rader: i64 = har.rader.iter().map(|r| r.ore).sum();
    assert_eq!(Some(rader), har.summa, "summan är radernas");
    // In parts the sum is still that of all.
    let del = tjanst
        .verifikationer(&f.ekonom, lon.clone(), (3, 2))
        .await
        .unwrap();
    assert_eq!(
        (del.rader.len(), del.summa, del.antal),
        (2, har.summa, har.antal)
    );

    let projekt = Verifikationsurval {
        objekt: vec![(6, "2602".into())],
        fran: Some(date(2026, 3, 1)),
        till: Some(date(2026, 5, 31)),
        ..lon.clone()
    };
    let facit_ore = summa(&|r| {
        (5000..6000).contains(&r.konto)
            && r.projekt.as_deref() == Some("2602")
            && (date(2026, 3, 1)..=date(2026, 5, 31)).contains(&r.dag)
    });
    assert_ne!(facit_ore, 0);
    assert_eq!(lista(projekt).await.summa, Some(facit_ore));

    // By an amount that stands on a row, debit or credit; by series and number.
    let belopp = facit.rader.iter().find(|r| r.konto == 5010).unwrap().ore;
    let med = lista(Verifikationsurval {
        belopp: Some(belopp),
        ..Verifikationsurval::default()
    })
    .await;
    assert!(med.antal >= 1 && med.antal < allt.antal, "{}", med.antal);
    let Kalla::Fil(en) = &med.rader[0].kalla else {
        panic!("ingen fil")
    };
    let (serie, nummer) = en.namn.split_once(' ').unwrap();
    let ensam = lista(Verifikationsurval {
        serie: Some(serie.into()),
        nummer: Some(nummer.into()),
        inlasning: Some(inne.id),
        ..Verifikationsurval::default()
    })
    .await;
    let Kalla::Fil(funnen) = &ensam.rader[0].kalla else {
        panic!("ingen fil")
    };
    assert_eq!((ensam.antal, funnen.id), (1, en.id));
    let ingen = lista(Verifikationsurval {
        serie: Some("FINNS INTE".into()),
        ..Verifikationsurval::default()
    })
    .await;
    assert_eq!((ingen.antal, ingen.summa), (0, Some(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_booked_is_not_corrected_by_hand() {
    let f = Forsby::ny().await;
    f.koppla(f.koppling().await).await.unwrap();
    f.las_in(&exempel("oktober")).await.unwrap();
    let fore = f.bokfort().await;
    let bok = f.bok().await;
    let bokfort = bok
        .fakta()
        .into_iter()
        .find(|f| f.fakta.bokforing.is_some());
    for rattelse in [
        Rattelse::NyttVarde(
            utfall_domain::varde::Varde::Kant(1),
            utfall_domain::pengar::Precision::EXAKT,
        ),
        Rattelse::Stryk,
    ] {
        let fall = RattaFaktum {
            faktum: bokfort.unwrap().id,
            rattelse,
            orsak: "Fel belopp".into(),
            beslut: utfall_testkit::beslut(),
            efter_avslut: false,
        };
        let nej = f
            .varld
            .tjanst
            .utfor(&f.ekonom, None, fall)
            .await
            .unwrap_err();
        assert_eq!(nej.kod, "faktum-bokfort");
        for vart in [
            "ekonomisystemet",
            "kopplingen",
            "för hand",
            "Medel, Bokföring",
        ] {
            assert!(nej.atgard.contains(vart), "{nej}");
        }
    }
    assert_eq!(f.bokfort().await, fore);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_kept_as_a_file_is_read_back_as_it_was() {
    let f = Forsby::ny().await;
    let mut koppling = f.koppling().await;
    let bok = f.bok().await;
    koppling.behall = Behall {
        text: true,
        signatur: false,
        dimensioner: [7, 9].into(),
    };
    koppling.regler.push(Regel {
        orgnr: Some("2120003005".into()),
        konton: vec![
            Intervall {
                fran: 8000,
                till: 8999,
            },
            Intervall {
                fran: 3999,
                till: 3999,
            },
        ],
        objekt: vec![(1, "K 9".into())],
        slag: Some(Konteringsslag::Balans),
        till: Some(Till {
            insats: bok.insatser[0].id,
            bidrag: Some(bok.bidrag[0].id),
            organisation: Some(bok.organisationer[0].id),
        }),
        kostnadsslag: Some("Räntor".into()),
        fran_ar: Some(2026),
        till_ar: Some(2027),
    });
    let json = skriv_koppling(&koppling, &bok);
    assert_eq!(las_koppling(json.as_bytes(), &bok).unwrap(), koppling);
    // Somebody else's initiative does not exist here: told by rule, and nothing is read.
    let fel = json.replace("forsta-jobbet", "finns-inte");
    let nej = las_koppling(fel.as_bytes(), &bok).unwrap_err();
    assert!(nej[0].text.contains("finns-inte"), "{nej:?}");
}
