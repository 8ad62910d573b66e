//! What can name people is held where it is used, and not only on the pages.

use super::hyllan::arets;
use super::*;

/// Whoever may not see employees saves no rule about one, and is not told by a preview what is
/// booked on one: by the use case itself. Somebody who has the role besides may.
#[tokio::test(flavor = "multi_thread")]
async fn rules_about_employees_are_refused_by_the_use_cases_themselves() {
    let f = Forsby::ny().await;
    f.las_in(&arets("1")).await.unwrap();
    let chef = f.varld.aktor("forsby", Roll::Forbundschef).await;
    let konto = chef.anvandare().unwrap();
    let bada = [Roll::Forbundschef, Roll::Ekonom];
    let bada = Aktor::ny(konto, chef.huvudman(), &bada).unwrap();
    let tjanst = &f.varld.tjanst;
    let insats = f.bok().await.insatser[0].id;
    let om = |dim: u32| Koppling {
        regler: vec![Regel {
            objekt: vec![(dim, "1234".into())],
            till: Some(Till {
                insats,
                bidrag: None,
                organisation: None,
            }),
            ..Regel::default()
        }],
        behall: Behall {
            dimensioner: [7].into(),
            ..Behall::default()
        },
    };
    let spara = |koppling, sedd| SparaKoppling {
        sedd,
        koppling,
        orsak: "Prov".into(),
        efter_avslut: false,
    };
    for dim in Behall::PERSONER {
        let nej = tjanst.prova_koppling(&chef, om(dim)).await.unwrap_err();
        assert_eq!(nej.kod, "koppling-namn", "{dim}");
        let nej = tjanst.utfor(&chef, None, spara(om(dim), 0)).await;
        assert_eq!(nej.unwrap_err().kod, "koppling-namn", "{dim}");
    }
    // Control: a project is for both, and the office's own may.
    tjanst.prova_koppling(&chef, om(6)).await.unwrap();
    tjanst.utfor(&bada, None, spara(om(7), 0)).await.unwrap();
    // What is there stays through the chef's changes, and is not taken away.
    let mut med = om(7);
    med.regler.extend(om(6).regler);
    tjanst.utfor(&chef, None, spara(med, 1)).await.unwrap();
    let nej = tjanst.utfor(&chef, None, spara(om(6), 2)).await;
    assert_eq!(nej.unwrap_err().kod, "koppling-namn");
    // Two rules that meet are named without the employee.
    let andra = f.bok().await.insatser[1].id;
    let mut krock = om(7);
    krock.regler[0].konton = utfall_domain::medel::kontering::las_konton("5010-5020").unwrap();
    let mut sedan = krock.clone();
    sedan.regler.extend(om(6).regler);
    sedan.regler[1].konton = krock.regler[0].konton.clone();
    sedan.regler[1].till.as_mut().unwrap().insats = andra;
    tjanst.utfor(&bada, None, spara(krock, 2)).await.unwrap();
    let nej = tjanst
        .utfor(&chef, None, spara(sedan, 3))
        .await
        .unwrap_err();
    assert_eq!(nej.kod, "koppling-krock");
    assert!(nej.text.contains("dimension 7: visas inte"), "{nej:?}");
    assert!(!format!("{nej:?}").contains("7: 1234"), "{nej:?}");
    // The preview of a file says nothing of the employee to the chef, and does to the other.
    let text = String::from_utf8_lossy(&arets("2")).into_owned();
    let text = text.replacen("{6 ", "{7 HEMLIG01 6 ", 1);
    for (aktor, syns) in [(&chef, false), (&bada, true)] {
        let (t, a, innehall) = (tjanst.clone(), aktor.clone(), text.clone());
        let analys = tokio::task::spawn_blocking(move || {
            let fil = fil(innehall.as_bytes());
            t.analysera_sie(&a, &fil).map(|analys| analys.synlig(&a))
        });
        let analys = analys.await.unwrap().unwrap();
        let allt = format!("{:?}{:?}", analys.okopplade, analys.andrade);
        assert_eq!(allt.contains("HEMLIG01"), syns, "{allt}");
    }
}
