//! Money promised for coming years, and what initiatives hang on.

use super::{AR, Prov, kr};
use jiff::civil::date;
use utfall_app::fakta::{RattaFaktum, Rattelse};
use utfall_app::medel::{Beslutsval, KopplaInsats, RegistreraAtagande, RegistreraUtlysning};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::atagande::{
    Ansokan, Atagande, Atagandelage, Koppling, Utlysning, Utlysningslage, ataganden, utlysningar,
};
use utfall_domain::varde::Varde;
use utfall_testkit::beslut;

/// R50, R51, R53: what is applied for is on its way; approved it is bound in the coming years'
/// money, amount by year and in total; what did not come about binds nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_of_several_years_binds_what_is_promised_each_year() {
    let p = Prov::nytt().await;
    let fall = |fore, lage, beslut| RegistreraAtagande {
        fore,
        insats: p.ett,
        atagande: Atagande {
            ansokan: Ansokan {
                namn: "Ansökan om medel, dnr 17".into(),
                ..Ansokan::default()
            },
            ..Atagande::ny(
                lage,
                vec![(AR, 25_000_000), (AR + 1, 30_000_000), (AR + 2, 30_000_000)],
            )
        },
        beslut,
        orsak: "Ansökan".into(),
        efter_avslut: false,
    };
    let urval = |ar| Urval::insats(p.ett).ar(ar);
    let sok = fall(None, Atagandelage::EjInlamnad, Beslutsval::Saknas);
    let sak = p.gor(sok).await.unwrap();
    let b = p.bok().await;
    assert_eq!(b.varde(Matt::Atagande, &urval(AR)), Varde::EjBeslutat);
    assert_eq!(b.varde(Matt::VantatAtagande, &urval(AR)), kr(250_000));
    let egna = ataganden(&b.medelsposter);
    let (_, a) = *egna.iter().find(|(x, _)| x.post.sak == sak).unwrap();
    assert_eq!((a.totalt(), a.lage), (85_000_000, Atagandelage::EjInlamnad));
    let utan = fall(Some((sak, 1)), Atagandelage::Planerat, Beslutsval::Saknas);
    assert_eq!(p.nej(utan).await, "beslut-saknas");
    let planerat = fall(Some((sak, 1)), Atagandelage::Planerat, beslut());
    p.gor(planerat).await.unwrap();
    let b = p.bok().await;
    for (ar, kronor) in [(AR, 250_000), (AR + 1, 300_000), (AR + 2, 300_000)] {
        assert_eq!(b.varde(Matt::Atagande, &urval(ar)), kr(kronor));
        assert!(b.matt(Matt::Atagande, &urval(ar)).utfall.preliminar);
    }
    assert_eq!(b.varde(Matt::Atagande, &Urval::insats(p.ett)), kr(850_000));
    let vantat = Urval::insats(p.ett);
    assert_eq!(b.varde(Matt::VantatAtagande, &vantat), Varde::EjBeslutat);
    // What stands in a distribution is counted there, and not here as well.
    let mut fordelat = fall(Some((sak, 2)), Atagandelage::Planerat, beslut());
    fordelat.atagande.fordelade = vec![AR];
    p.gor(fordelat).await.unwrap();
    let b = p.bok().await;
    assert_eq!(b.varde(Matt::Atagande, &urval(AR)), Varde::EjBeslutat);
    assert_eq!(b.varde(Matt::Atagande, &urval(AR + 1)), kr(300_000));
    let rader = b.matt(Matt::Atagande, &urval(AR + 1)).rader;
    let rattelse = RattaFaktum {
        faktum: rader[0],
        rattelse: Rattelse::Stryk,
        orsak: "Fel".into(),
        beslut: Beslutsval::Saknas,
        efter_avslut: false,
    };
    assert_eq!(p.nej(rattelse).await, "faktum-har-agare");
    let gammal = fall(Some((sak, 1)), Atagandelage::Beslutat, beslut());
    assert_eq!(p.nej(gammal).await, "andrad-av-annan");
    let utgatt = fall(Some((sak, 3)), Atagandelage::Utgatt, Beslutsval::Saknas);
    p.gor(utgatt).await.unwrap();
    let b = p.bok().await;
    assert_eq!(
        b.varde(Matt::Atagande, &Urval::insats(p.ett)),
        Varde::EjBeslutat
    );
    let alla = ataganden(&b.medelsposter);
    let egna = alla.iter().filter(|(x, _)| x.post.om.insats == Some(p.ett));
    assert_eq!(egna.count(), 1, "samma sak hela vägen");
}

/// What one initiative has over hides nothing of what another lacks, nor one year another's;
/// the sum is its parts, and none of them is below nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gap_is_not_hidden_by_what_another_initiative_or_year_has_over() {
    let p = Prov::nytt().await;
    let behov = |insats, ar, kronor: i64| KopplaInsats {
        fore: None,
        insats,
        koppling: Koppling::Fortsattning {
            behov: kronor * 100,
        },
        organisation: None,
        ar: Some(ar),
        orsak: "Budgeten".into(),
        efter_avslut: false,
    };
    // The paper lacks money in later years too.
    let innan = p.bok().await;
    let innan = innan.matt(Matt::Finansieringsgap, &Urval::default());
    let papperets = innan.utfall.varde.kant().unwrap_or(0);
    p.gor(behov(p.ett, AR, 400_000)).await.unwrap();
    p.gor(behov(p.tva, AR, 100_000)).await.unwrap();
    p.gor(behov(p.tva, AR + 1, 80_000)).await.unwrap();
    p.fordela(&[(p.ett, Some(150_000)), (p.tva, Some(300_000))])
        .await;
    let b = p.bok().await;
    let gap = |urval: Urval| b.matt(Matt::Finansieringsgap, &urval);
    // 200 000 more than it needs; the other lacks 250 000, and the next year 80 000.
    let tva = Urval::insats(p.tva);
    assert_eq!(gap(tva.clone().ar(AR)).utfall.varde, kr(-200_000));
    assert_eq!(gap(tva).utfall.varde, kr(80_000));
    assert_eq!(gap(Urval::default().ar(AR)).utfall.varde, kr(250_000));
    let alla = gap(Urval::default());
    assert_eq!(alla.utfall.varde, Varde::Kant(papperets + 33_000_000));
    let delarna = alla.led.iter().map(|l| l.harledning.utfall.varde.kant());
    assert_eq!(delarna.sum::<Option<i64>>(), alla.utfall.varde.kant());
    assert!(alla.utfall.har_fakta);
    let delar: Vec<_> = alla.led.iter().map(|l| &l.harledning).collect();
    let vilka: Vec<_> = delar
        .iter()
        .map(|h| (h.urval.insats, h.urval.ar, h.utfall.varde))
        .collect();
    assert!(vilka.contains(&(Some(p.ett), Some(AR), kr(250_000))));
    assert!(vilka.contains(&(Some(p.tva), Some(AR + 1), kr(80_000))));
    // All of it funded is nothing lacking, and known.
    p.fordela(&[(p.ett, Some(400_000)), (p.tva, Some(100_000))])
        .await;
    let b = p.bok().await;
    let inget = b.matt(Matt::Finansieringsgap, &Urval::default().ar(AR));
    assert_eq!(inget.utfall.varde, kr(0));
    assert!(inget.utfall.har_fakta);
}

/// R25, R26: a call whose answer is missing, the initiative that depends on it and when its
/// contracts end; what it needs to go on, and how much of that has no money.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_initiative_that_waits_for_a_call_says_what_it_needs_and_lacks() {
    let p = Prov::nytt().await;
    let utlysning = |lage| Utlysning {
        namn: "Utlysning 2023".into(),
        lage,
        besked: Some(date(2022, 11, 1)),
        soks_senast: None,
    };
    let ny = |fore, lage| RegistreraUtlysning {
        fore,
        finansiar: None,
        utlysning: utlysning(lage),
        orsak: "Finansiärens sida".into(),
    };
    let sak = p.gor(ny(None, Utlysningslage::BeskedSaknas)).await.unwrap();
    let koppla = |koppling, ar| KopplaInsats {
        fore: None,
        insats: p.ett,
        koppling,
        organisation: None,
        ar,
        orsak: "Avtalet".into(),
        efter_avslut: false,
    };
    let avtal_till = Some(date(2022, 12, 31));
    let beroende = Koppling::Beroende {
        utlysning: sak,
        avtal_till,
        omfattning: "Två tjänster".into(),
    };
    p.gor(koppla(beroende, None)).await.unwrap();
    let b = p.bok().await;
    let (_, u) = *utlysningar(&b.medelsposter).last().unwrap();
    assert_eq!(u.lage.text(), "besked saknas");
    let utan = koppla(Koppling::Fortsattning { behov: 0 }, Some(AR));
    assert_eq!(p.nej(utan).await, "behov-belopp");
    let behov = koppla(Koppling::Fortsattning { behov: 40_000_000 }, Some(AR));
    p.gor(behov).await.unwrap();
    let urval = Urval::insats(p.ett).ar(AR);
    assert_eq!(
        p.bok().await.varde(Matt::Finansieringsgap, &urval),
        kr(400_000)
    );
    p.fordela(&[(p.ett, Some(150_000))]).await;
    assert_eq!(
        p.bok().await.varde(Matt::Finansieringsgap, &urval),
        kr(250_000)
    );
    p.gor(ny(Some((sak, 1)), Utlysningslage::Nekad))
        .await
        .unwrap();
    let b = p.bok().await;
    assert_eq!(
        utlysningar(&b.medelsposter).last().unwrap().1.lage,
        Utlysningslage::Nekad
    );
    // An add-on is to another initiative, and money is passed on to somebody.
    let sjalv = koppla(Koppling::Tillagg { till: p.ett }, None);
    assert_eq!(p.nej(sjalv).await, "koppling-till-sig-sjalv");
    p.gor(koppla(Koppling::Tillagg { till: p.tva }, None))
        .await
        .unwrap();
    let vidare = Koppling::Vidare {
        fran: None,
        redovisat: None,
        redovisas: Some(date(2023, 1, 31)),
        plikt: "Bokslut och antal deltagare".into(),
    };
    assert_eq!(p.nej(koppla(vidare, None)).await, "koppling-utan-mottagare");
}
