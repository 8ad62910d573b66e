//! Rules that were once got round by another way in.

use super::*;
use utfall_behorighet::Aktor;

impl Prov {
    /// Somebody registers something about the grant's year.
    async fn registrera_som(
        &self,
        vem: &Aktor,
        (slag, insatsen): (FaktumSlag, bool),
    ) -> Result<FaktumId, Problem> {
        let b = self.bok().await;
        let om = if insatsen {
            om_insats(&b, self.ett)
        } else {
            om_bidrag(&b, self.bidrag)
        };
        let galler = Galler {
            ar: Some(AR),
            fran_ar: (slag == FaktumSlag::Overfort).then_some(AR - 1),
            ..om
        };
        let mut faktum = NyttFaktum::nytt(slag, galler, kr(1_000));
        faktum.orsak = Some("Redovisning".into());
        let fall = RegistreraFaktum {
            faktum,
            tillkommer: true,
        };
        self.v.tjanst.utfor(vem, None, fall).await
    }

    /// The person who is responsible for initiatives becomes a head too.
    async fn en_chef_till(&self) {
        let admin = self.v.aktor("forsby", Roll::Administrator).await;
        let konton = self.v.tjanst.konton(&admin).await.unwrap();
        let konto = konton
            .iter()
            .find(|k| k.roller == [Roll::Insatsansvarig])
            .unwrap();
        let fall = utfall_app::konton::AndraRoller {
            nr: konto.nr,
            sedda: konto.roller.clone(),
            roller: vec![Roll::Forbundschef, Roll::Insatsansvarig],
        };
        self.v.tjanst.utfor(&admin, None, fall).await.unwrap();
    }

    pub fn ratta(faktum: FaktumId, kronor: i64) -> RattaFaktum {
        RattaFaktum {
            faktum,
            rattelse: Rattelse::NyttVarde(kr(kronor), Precision::EXAKT),
            orsak: "Fel siffra".into(),
            beslut: utfall_testkit::beslut(),
            efter_avslut: false,
        }
    }
}

/// R6: a correction does not carry over more than terms and consent allow, and what nobody
/// has said anything of needs a consent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_carries_over_no_more_than_the_limit() {
    let p = Prov::nytt().await;
    p.villkor(Overforing::Okant, None).await;
    assert_eq!(kod(p.for_over(1).await), "overforing-utan-medgivande");
    p.villkor(Overforing::Ja, Some(Grans::Promille(100))).await;
    let id = p.for_over(1_000).await.unwrap();
    assert_eq!(
        p.nej(Prov::ratta(id, 50_001)).await,
        "overforing-over-gransen"
    );
    // Within the limit, the old amount is not counted beside the new; less is always right.
    let id = p.gor(Prov::ratta(id, 50_000)).await.unwrap();
    p.villkor(Overforing::Nej, None).await;
    p.gor(Prov::ratta(id, 10)).await.unwrap();
}

/// What is granted, requested, carried over and repaid is the office's to tell; a board tells
/// what it has used and what its initiatives did.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_registers_what_it_has_used_and_not_what_is_decided() {
    use FaktumSlag as F;
    let p = Prov::nytt().await;
    let namnd = p.v.aktor("forsby", Roll::Namndredovisare).await;
    for slag in [
        F::Tilldelat,
        F::Rekvirerat,
        F::FordelatNamnd,
        F::Overfort,
        F::Aterbetalning,
    ] {
        let svar = p.registrera_som(&namnd, (slag, false)).await;
        assert_eq!(kod(svar), "faktum-rollen", "{slag:?}");
    }
    p.registrera_som(&namnd, (F::AnvantNamnd, false))
        .await
        .unwrap();
    p.registrera_som(&namnd, (F::Anvant, true)).await.unwrap();
    // The office may, until a decision owns the figure.
    let ekonom = p.ekonom.clone();
    p.registrera_som(&ekonom, (F::Aterbetalning, false))
        .await
        .unwrap();
    p.besluta(2_000).await.unwrap();
    let svar = p.registrera_som(&ekonom, (F::Aterbetalning, false)).await;
    assert_eq!(kod(svar), "aterbetalning-finns");
}

/// R13: more than there was is a slip of the hand, and another amount than the counted one
/// has a reason.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repayment_that_is_not_the_counted_one_says_why() {
    let p = Prov::nytt().await;
    let r = p.gor(p.utkast(500_000, true)).await.unwrap();
    p.steg(r, skicka()).await.unwrap();
    p.steg(r, H::Bevilja(50_000_000)).await.unwrap();
    p.fordela(&[(p.ett, Some(500_000))]).await;
    p.anvant(423_584).await;
    let fall = |ar, kronor: i64, orsak: &str| BeslutaAterbetalning {
        bidrag: p.bidrag,
        ar,
        belopp: kronor * 100,
        forfaller: Some(date(2023, 3, 31)),
        konto: String::new(),
        beslut: beslut(),
        version: 0,
        orsak: orsak.into(),
        efter_avslut: true,
    };
    let skal = "Enligt beslutet";
    assert_eq!(
        p.nej(fall(AR, 764_160, skal)).await,
        "aterbetalning-over-mottaget"
    );
    assert_eq!(p.nej(fall(AR + 7, 1, skal)).await, "aterbetalning-ar");
    assert_eq!(p.nej(fall(AR, 76_000, "")).await, "aterbetalning-orsak");
    p.gor(fall(AR, 76_416, "")).await.unwrap();
    // The year is open: that somebody said otherwise marks nothing.
    let h = p.bok().await.matt(Matt::Aterbetalning, &p.urval());
    assert!(!h.utfall.efter_avslut, "året är öppet");
}

/// Whoever closed a year does not open it, unless nobody else may; then it is seen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_closed_a_year_opens_it_only_where_nobody_else_may() {
    let p = Prov::nytt().await;
    let chef = p.v.aktor("forsby", Roll::Forbundschef).await;
    let r = p.gor(p.utkast(500_000, true)).await.unwrap();
    p.steg(r, skicka()).await.unwrap();
    p.fordela(&[(p.ett, Some(500_000))]).await;
    p.anvant(500_000).await;
    p.steg(r, H::Bevilja(50_000_000)).await.unwrap();
    p.steg(r, H::Betala).await.unwrap();
    let oppna = OppnaAr {
        bidrag: p.bidrag,
        ar: AR,
        orsak: "Revisionen".into(),
    };
    let stang = async || {
        let om = (p.bidrag, AR);
        let mut fall = p.v.tjanst.infor_avslut(&chef, om, beslut()).await.unwrap();
        fall.beslutet_galler = true;
        p.v.tjanst.utfor(&chef, None, fall).await.unwrap();
    };
    stang().await;
    // The only head: opened, and everybody sees by whom.
    p.v.tjanst.utfor(&chef, None, oppna.clone()).await.unwrap();
    let b = p.bok().await;
    let rad = utfall_domain::medel::arsavslut::sista(&b.medelsposter, p.bidrag, AR).unwrap();
    assert_eq!(
        rad.post.orsak.as_deref(),
        Some("Revisionen. Öppnat av den som avslutade året: ingen annan får göra det.")
    );
    // With one more head it takes two.
    p.en_chef_till().await;
    stang().await;
    let svar = p.v.tjanst.utfor(&chef, None, oppna).await;
    assert_eq!(kod(svar), "arsavslut-egen");
}
