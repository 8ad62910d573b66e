//! An initiative's budget in its parts: base funding and temporary grants, cost and income, and
//! each municipality's share. Unknown is never zero.

use super::{AR, Prov, kr};
use utfall_app::fakta::{RegistreraFaktum, om_insats};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{FaktumId, OrganisationId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;

impl Prov {
    async fn om_ettan(
        &self,
        slag: FaktumSlag,
        (vem, vad): (Option<OrganisationId>, Option<&str>),
        varde: Varde,
    ) -> Result<FaktumId, Problem> {
        let b = self.bok().await;
        let galler = Galler {
            ar: Some(AR),
            organisation: vem,
            finansiar: None,
            kategori: vad.map(str::to_owned),
            ..om_insats(&b, self.ett)
        };
        let mut faktum = NyttFaktum::nytt(slag, galler, varde);
        faktum.orsak = Some("Mål och budget".into());
        let fall = RegistreraFaktum {
            faktum,
            tillkommer: false,
        };
        self.gor(fall).await
    }

    async fn ettan(&self, matt: Matt) -> Varde {
        let urval = Urval::insats(self.ett).ar(AR);
        self.bok().await.varde(matt, &urval)
    }
}

/// R29: what the boards put in themselves stands apart from what the grant gives, per initiative
/// and year, and is added only where both are known.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn base_funding_is_apart_from_temporary_reinforcement_per_initiative_and_year() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(200_000))]).await;
    assert_eq!(
        p.ettan(Matt::Grundfinansiering).await,
        Varde::EjInrapporterat
    );
    assert_ne!(
        p.ettan(Matt::GrundOchTillfalligt).await,
        kr(200_000),
        "okänt är inte noll"
    );
    let b = p.bok().await;
    let (ena, andra) = (b.organisationer[0].id, b.organisationer[1].id);
    let slag = FaktumSlag::Grundfinansiering;
    let utan = p.om_ettan(slag, (None, None), kr(1)).await;
    assert_eq!(utan.unwrap_err().falt.as_deref(), Some("organisation"));
    p.om_ettan(slag, (Some(ena), None), kr(300_000))
        .await
        .unwrap();
    p.om_ettan(slag, (Some(andra), None), kr(50_000))
        .await
        .unwrap();
    // The same board's a second time is told, and not added.
    let igen = p.om_ettan(slag, (Some(ena), None), kr(1)).await;
    assert_eq!(igen.unwrap_err().kod, "faktum-finns-redan");
    assert_eq!(p.ettan(Matt::Grundfinansiering).await, kr(350_000));
    assert_eq!(
        p.ettan(Matt::Fordelat).await,
        kr(200_000),
        "bidraget för sig"
    );
    assert_eq!(p.ettan(Matt::GrundOchTillfalligt).await, kr(550_000));
    let b = p.bok().await;
    // In the total of the grant's initiatives, and neither distributed nor left of the grant.
    assert_eq!(b.varde(Matt::Grundfinansiering, &p.urval()), kr(350_000));
    assert_eq!(b.varde(Matt::Fordelat, &p.urval()), kr(200_000));
    assert_eq!(b.varde(Matt::KvarAttFordela, &p.urval()), kr(300_000));
    let annat = Urval::insats(p.ett).ar(AR + 1);
    assert_eq!(
        b.varde(Matt::Grundfinansiering, &annat),
        Varde::EjInrapporterat
    );
}

/// R61: cost and income are budgeted apart, the net is their difference, and income in the
/// accounts is compared with the income that was budgeted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cost_and_income_are_budgeted_apart_and_income_is_compared_with_income() {
    let p = Prov::nytt().await;
    let inget = |vad| (None, Some(vad));
    let (kostnad, intakt) = (FaktumSlag::Kostnad, FaktumSlag::Intaktsbudget);
    p.om_ettan(kostnad, inget("Personal"), kr(900_000))
        .await
        .unwrap();
    p.om_ettan(kostnad, inget("Lokal"), kr(100_000))
        .await
        .unwrap();
    assert!(
        p.ettan(Matt::Nettokostnad).await.kant().is_none(),
        "intäkten är inte känd"
    );
    let utan = p.om_ettan(intakt, (None, None), kr(1)).await.unwrap_err();
    assert_eq!(utan.falt.as_deref(), Some("kategori"));
    p.om_ettan(intakt, inget("Försäljning"), kr(150_000))
        .await
        .unwrap();
    p.om_ettan(intakt, inget("Hyror"), kr(50_000))
        .await
        .unwrap();
    assert_eq!(p.ettan(Matt::Kostnad).await, kr(1_000_000));
    assert_eq!(p.ettan(Matt::Intaktsbudget).await, kr(200_000));
    assert_eq!(p.ettan(Matt::Nettokostnad).await, kr(800_000));
    let salj = Urval::insats(p.ett).ar(AR).for_kategori("Försäljning");
    assert_eq!(p.bok().await.varde(Matt::Intaktsbudget, &salj), kr(150_000));
    // Income makes the use smaller, and is told as what came in.
    assert!(p.ettan(Matt::Intaktsavvikelse).await.kant().is_none());
    let anvant = FaktumSlag::Anvant;
    p.om_ettan(anvant, inget("Löner"), kr(880_000))
        .await
        .unwrap();
    p.om_ettan(anvant, inget("Annan intäkt"), kr(-170_000))
        .await
        .unwrap();
    assert_eq!(p.ettan(Matt::AnvantInsats).await, kr(710_000));
    assert_eq!(p.ettan(Matt::Intaktsutfall).await, kr(170_000));
    assert_eq!(p.ettan(Matt::Intaktsavvikelse).await, kr(-30_000));
}

/// R73: each municipality has its own share beside the project's total. One that nobody knows is
/// unknown, and what is left over is then unknown too; shares that are more than the whole show.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_municipalitys_share_of_a_project_is_kept_and_held_against_the_total() {
    let p = Prov::nytt().await;
    let b = p.bok().await;
    let kommun = |nr: usize| (Some(b.organisationer[nr].id), None);
    let andel = FaktumSlag::Budgetandel;
    p.om_ettan(FaktumSlag::Budget, (None, None), kr(1_000_000))
        .await
        .unwrap();
    assert!(
        p.ettan(Matt::UtanBudgetandel).await.kant().is_none(),
        "ingen del är sagd"
    );
    p.om_ettan(andel, kommun(0), kr(600_000)).await.unwrap();
    let okand = p.om_ettan(andel, kommun(1), Varde::Okant).await.unwrap();
    assert_eq!(p.ettan(Matt::Budgetandelar).await, Varde::Okant);
    let u = Urval::insats(p.ett).ar(AR);
    let bok = p.bok().await;
    assert_eq!(
        bok.matt(Matt::Budgetandelar, &u).utfall.kand_del,
        Some(60_000_000)
    );
    assert!(
        bok.varde(Matt::UtanBudgetandel, &u).kant().is_none(),
        "aldrig noll"
    );
    let egen = u.clone().for_organisation(b.organisationer[0].id);
    assert_eq!(bok.varde(Matt::Budgetandelar, &egen), kr(600_000));
    // What was awaited is filled in: the sum is held against the project's.
    let ny = p.om_ettan(andel, kommun(1), kr(300_000)).await.unwrap();
    assert_eq!(p.bok().await.faktum(ny).unwrap().fakta.rattar, Some(okand));
    assert_eq!(p.ettan(Matt::Budgetandelar).await, kr(900_000));
    assert_eq!(p.ettan(Matt::UtanBudgetandel).await, kr(100_000));
    p.om_ettan(andel, kommun(2), kr(250_000)).await.unwrap();
    assert_eq!(
        p.ettan(Matt::UtanBudgetandel).await,
        kr(-150_000),
        "mer än hela"
    );
    assert_eq!(
        p.ettan(Matt::Projektbudget).await,
        kr(1_000_000),
        "hela står för sig"
    );
}
