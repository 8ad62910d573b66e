//! A programme of many years, with money decided for a few of them.

use super::{AR, Prov, kr};
use utfall_app::fakta::{RattaFaktum, Rattelse};
use utfall_app::medel::{AndraVillkor, Bidragsar, SkapaBidrag};
use utfall_domain::faktum::Sakerhet;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::villkor::{Villkor, gallande};
use utfall_domain::pengar::Precision;
use utfall_domain::varde::Varde;
use utfall_testkit::beslut;

/// R2: the programme runs for ten years, whatever is decided of it; a year that nobody has
/// decided says so and is never nothing, and deciding it moves no end of the programme.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_programme_runs_on_where_its_years_are_not_decided() {
    let p = Prov::nytt().await;
    let aret = |rad, ar, tilldelat| Bidragsar {
        rad,
        ar,
        tilldelat,
        precision: Precision::EXAKT,
        sakerhet: Sakerhet::Slutlig,
    };
    let sist = AR + 5;
    let skapa = SkapaBidrag {
        namn: "Tioåringen".into(),
        finansiar: "Provfonden".into(),
        program: "Långa programmet".into(),
        andamal: "Prov".into(),
        diarienummer: String::new(),
        overforing: Some(true),
        ar: vec![
            aret(1, AR, kr(0)),
            aret(2, AR + 1, kr(250_000)),
            aret(3, AR + 2, Varde::EjBeslutat),
            aret(4, sist, Varde::EjBeslutat),
        ],
        orsak: "Enligt beskedet".into(),
    };
    let slug = p.gor(skapa).await.unwrap();
    let bidrag = {
        let b = p.bok().await;
        b.bidrag.iter().find(|b| b.slug == slug).unwrap().id
    };
    let villkor = AndraVillkor {
        bidrag,
        ar: None,
        villkor: Villkor {
            program: Some("Långa programmet".into()),
            program_ar: Some((AR - 4, sist)),
            ..Villkor::default()
        },
        sedd: None,
        orsak: "Förordningen".into(),
    };
    p.gor(villkor).await.unwrap();

    let urval = |ar| Urval::bidrag(bidrag).ar(ar);
    let alla = Urval::bidrag(bidrag);
    let b = p.bok().await;
    let tilldelat = |ar| b.varde(Matt::Tilldelat, &urval(ar));
    assert_eq!(tilldelat(AR), kr(0), "noll kronor är ett beslut");
    assert_eq!(tilldelat(AR + 1), kr(250_000));
    for ar in [AR - 4, AR + 2, AR + 3, sist] {
        assert_eq!(tilldelat(ar), Varde::EjBeslutat, "{ar}");
    }
    let summan = b.matt(Matt::Tilldelat, &alla).utfall;
    assert_eq!((summan.varde, summan.utan_obeslutat), (kr(250_000), true));
    let program = |b: &utfall_app::Bok| {
        let v = gallande(&b.medelsposter, b.bidrag(bidrag).unwrap(), None);
        (v.program_ar, b.bidrag(bidrag).unwrap().ar.clone())
    };
    let aren = vec![AR, AR + 1, AR + 2, sist];
    assert_eq!(program(&b), (Some((AR - 4, sist)), aren.clone()));

    // One more year is decided: it alone changes.
    let obeslutat = b.matt(Matt::Tilldelat, &urval(AR + 2)).rader[0];
    let beslutas = RattaFaktum {
        faktum: obeslutat,
        rattelse: Rattelse::NyttVarde(kr(300_000), Precision::EXAKT),
        orsak: "Beslut i juni".into(),
        beslut: beslut(),
        efter_avslut: false,
    };
    p.gor(beslutas).await.unwrap();
    let b = p.bok().await;
    assert_eq!(b.varde(Matt::Tilldelat, &urval(AR + 2)), kr(300_000));
    assert_eq!(b.varde(Matt::Tilldelat, &urval(sist)), Varde::EjBeslutat);
    let summan = b.matt(Matt::Tilldelat, &alla).utfall;
    assert_eq!((summan.varde, summan.utan_obeslutat), (kr(550_000), true));
    assert_eq!(program(&b), (Some((AR - 4, sist)), aren));
}
