use super::*;
use crate::medel::angra::tests::insats;
use crate::prov::{self, bocker};
use jiff::Timestamp;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{AnvandareId, BidragId};
use utfall_domain::medel::varning::Godtagen;
use utfall_domain::pengar::Belopp;
use utfall_domain::varde::Varde;

fn laddat() -> Laddat {
    let galler = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        ..Galler::default()
    };
    let nytt = NyttFaktum::nytt(FaktumSlag::Tilldelat, galler, Varde::Kant(100_000_000));
    Laddat {
        bocker: Bocker {
            insatser: vec![insats(1)],
            fakta: vec![prov::faktum(nytt, Timestamp::UNIX_EPOCH)],
            ..bocker()
        },
        stod: Fordelningsstod::default(),
    }
}

fn cell(kr: i64) -> Andrad {
    Andrad {
        insats: InsatsId::FORSTA,
        ar: 2021,
        belopp: Some(Belopp::exakt(Ore(kr * 100))),
    }
}

fn fall(celler: Vec<Andrad>, kryss: Option<i64>, varfor: &str) -> SparaFordelning {
    SparaFordelning {
        andring: AndraFordelning {
            bidrag: BidragId::FORSTA,
            version: None,
            sedd: None,
            celler,
            beslut: crate::prov::beslut(),
            orsak: "I provet".into(),
            efter_avslut: false,
        },
        kryssade: kryss
            .map(|kr| Kryssad {
                insats: InsatsId::FORSTA,
                ar: 2021,
                regel: VarningRegel::Enhet,
                belopp: Ore(kr * 100),
            })
            .into_iter()
            .collect(),
        varfor: varfor.into(),
    }
}

fn plan(fall: &SparaFordelning, laddat: Laddat) -> Result<Plan<usize>, Problem> {
    fall.planera(
        laddat,
        &mut Miljo::ny("2026-11-22T08:00:00Z".parse().unwrap(), 50),
    )
}

fn godtagna(plan: &Plan<usize>) -> Vec<Ore> {
    let alla = plan.andringar.iter();
    alla.filter_map(|a| match a {
        Andring::GodtaVarning { belopp, .. } => Some(*belopp),
        _ => None,
    })
    .collect()
}

#[test]
fn a_warning_is_asked_about_before_it_is_saved_and_explained_with_it() {
    let fel = plan(&fall(vec![cell(900)], None, ""), laddat()).unwrap_err();
    assert_eq!(fel.kod, "fordelning-varning");
    let falt = fel.falt.unwrap();
    assert_eq!(
        kryss_av(&falt).map(|k| k.belopp),
        Some(Ore(90_000)),
        "{falt}"
    );

    let fel = plan(&fall(vec![cell(900)], Some(900), ""), laddat()).unwrap_err();
    assert_eq!(
        fel.falt.as_deref(),
        Some("varfor"),
        "ett skäl måste skrivas"
    );

    let fel = plan(&fall(vec![cell(800)], Some(900), "Bara fika"), laddat()).unwrap_err();
    assert_eq!(
        fel.kod, "fordelning-varning",
        "krysset gällde ett annat belopp"
    );

    let sparad = plan(&fall(vec![cell(900)], Some(900), "Bara fika"), laddat()).unwrap();
    assert_eq!((sparad.svar, godtagna(&sparad)), (1, vec![Ore(90_000)]));
    let stor = plan(&fall(vec![cell(90_000)], None, ""), laddat()).unwrap();
    assert_eq!(godtagna(&stor), [], "inget att förklara");
}

#[test]
fn what_is_explained_is_not_asked_again_until_the_amount_changes() {
    let mut l = laddat();
    l.stod.godtagna.push(Godtagen {
        bidrag: BidragId::FORSTA,
        insats: InsatsId::FORSTA,
        ar: 2021,
        regel: VarningRegel::Enhet,
        belopp: Ore(90_000),
        motivering: "Bara fika".into(),
        registrerad: Timestamp::UNIX_EPOCH,
        registrerad_av: AnvandareId::FORSTA,
    });
    let stod = l.stod.clone();
    assert!(plan(&fall(vec![cell(900)], None, ""), l).is_ok());
    let l = Laddat { stod, ..laddat() };
    let fel = plan(&fall(vec![cell(901)], None, ""), l).unwrap_err();
    assert_eq!(fel.kod, "fordelning-varning");
}
