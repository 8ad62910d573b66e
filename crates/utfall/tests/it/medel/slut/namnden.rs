//! What a board reports beside what is booked on it.

use super::*;
use utfall_app::granskning::{Funnet, REGISTER};
use utfall_domain::granskning::Allvar;

impl Prov {
    async fn namndens(&self) -> Vec<Funnet> {
        let alla = self.v.tjanst.granska(&self.ekonom).await.unwrap();
        let mut ut = alla;
        ut.retain(|f| f.fynd.regel == "namnd-mot-bokforing");
        ut
    }

    async fn redovisa(&self, kronor: i64) -> FaktumId {
        let b = self.bok().await;
        let namnd = b.insats(self.ett).unwrap().ansvariga[0];
        let galler = Galler {
            ar: Some(AR),
            organisation: Some(namnd),
            ..om_bidrag(&b, self.bidrag)
        };
        let mut faktum = NyttFaktum::nytt(FaktumSlag::AnvantNamnd, galler, kr(kronor));
        faktum.orsak = Some("Redovisning".into());
        let fall = RegistreraFaktum {
            faktum,
            tillkommer: false,
        };
        self.gor(fall).await.unwrap()
    }
}

/// The books count; that the board says otherwise is a finding with both rows, the difference
/// and what to do, until one of them is put right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_that_reports_otherwise_than_is_booked_is_a_finding_until_it_is_put_right() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(500_000))]).await;
    p.gor(p.kopplingen(p.ett).await).await.unwrap();
    let id = p.redovisa(143_284).await;
    assert!(p.namndens().await.is_empty(), "inget är bokfört");
    let inlast = p.las_in(490_000, None).await.unwrap();
    assert_eq!(p.bok().await.varde(Matt::Anvant, &p.urval()), kr(490_000));

    let [f] = p.namndens().await.try_into().unwrap();
    assert_eq!((f.fynd.allvar, f.kvar()), (Allvar::Varning, true));
    assert_eq!(f.fynd.dokument, REGISTER);
    assert_eq!(f.fynd.plats, format!("Provbidraget {AR}, Socialnämnden"));
    assert_eq!(f.bidrag.iter().collect::<Vec<_>>(), ["provbidraget"]);
    let text = f.fynd.text.replace('\u{a0}', " ");
    for del in ["143 284 kr", "490 000 kr är bokfört", "346 716 kr"] {
        assert!(text.contains(del), "{del}: {text}");
    }
    assert!(f.fynd.atgard.contains("rättar du den"));
    assert_eq!(f.radernas[0], [id], "nämndens egen uppgift");
    let b = p.bok().await;
    let bokfort = b.faktum(f.radernas[1][0]).unwrap();
    assert!(bokfort.fakta.bokforing.is_some(), "{bokfort:?}");

    // The same: silent. Otherwise again, and the accounts taken back: nothing to compare.
    let id = p.gor(Prov::ratta(id, 490_000)).await.unwrap();
    assert!(p.namndens().await.is_empty());
    p.gor(Prov::ratta(id, 490_001)).await.unwrap();
    assert_eq!(p.namndens().await.len(), 1);
    p.gor(p.ta_ut(inlast.id, false)).await.unwrap();
    assert!(p.namndens().await.is_empty());
}
