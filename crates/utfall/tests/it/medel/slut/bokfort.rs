//! What is booked in a year that is closed: refused, or a correction that is seen.

use super::*;
use std::io::Write as _;
use utfall_app::bokforing::{AngraInlasning, Bekraftat, Inlast, NyForHand, Siefil, SparaKoppling};
use utfall_app::medel::i_perioden;
use utfall_domain::id::InlasningId;
use utfall_domain::medel::kontering::{Konteringsslag, Koppling, Regel, Till};

/// A year's accounts in one voucher of December.
fn filen(kronor: i64) -> Siefil {
    med_verifikationer(&ver(1, 1231, "P1", kronor))
}

/// A voucher of a day (month and day) on a project.
fn ver(nr: u8, dag: u16, projekt: &str, kronor: i64) -> String {
    format!(
        "#VER A {nr} {AR}{dag:04} \"\"\n{{\n#TRANS 5010 {{6 {projekt}}} {kronor}.00\n\
         #TRANS 1930 {{}} -{kronor}.00\n}}\n"
    )
}

fn med_verifikationer(ver: &str) -> Siefil {
    let text = format!(
        "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20230110\n#SIETYP 4\n\
         #ORGNR 999900-0012\n#FNAMN \"Forsby prov (pahittat)\"\n#RAR 0 {AR}0101 {AR}1231\n\
         #KONTO 1930 Bank\n#KONTO 5010 Lon\n{ver}"
    );
    let mut fil = tempfile::tempfile().unwrap();
    fil.write_all(text.as_bytes()).unwrap();
    Siefil::ny("prov.se", fil).unwrap()
}

impl Prov {
    pub async fn las_in(&self, kronor: i64, efter: Option<&str>) -> Result<Inlast, Problem> {
        self.las_in_filen(filen(kronor), efter).await
    }

    pub async fn las_in_filen(&self, fil: Siefil, efter: Option<&str>) -> Result<Inlast, Problem> {
        let (tjanst, aktor) = (self.v.tjanst.clone(), self.ekonom.clone());
        let efter_avslut = efter.map(str::to_owned);
        tokio::task::spawn_blocking(move || {
            let analys = tjanst.analysera_sie(&aktor, &fil)?;
            let svar = Bekraftat {
                ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
                efter_avslut,
                ..Bekraftat::default()
            };
            let paborjad = tjanst.paborja_sie(&aktor, &analys, &svar)?;
            tjanst.fullfolj_sie(&paborjad, &fil, |_| {})
        })
        .await
        .unwrap()
    }

    pub async fn kopplingen(&self, insats: utfall_domain::id::InsatsId) -> SparaKoppling {
        SparaKoppling {
            sedd: self.kopplingens_version().await,
            koppling: Koppling {
                regler: vec![Regel {
                    objekt: vec![(6, "P1".into())],
                    till: Some(Till {
                        insats,
                        bidrag: None,
                        organisation: None,
                    }),
                    ..Regel::default()
                }],
                ..Koppling::default()
            },
            orsak: "Enligt kodplanen".into(),
            efter_avslut: false,
        }
    }

    pub fn ta_ut(&self, id: InlasningId, efter_avslut: bool) -> AngraInlasning {
        AngraInlasning {
            id,
            orsak: "Fel fil".into(),
            efter_avslut,
        }
    }

    /// The year's booked fact in force: its öre, whether it says it is after the closing, why.
    async fn bokfort(&self) -> Vec<(i64, bool, String)> {
        let b = self.bok().await;
        let alla = b
            .fakta()
            .into_iter()
            .filter(|f| f.fakta.bokforing.is_some());
        alla.filter(|f| f.galler().bidrag == Some(self.bidrag))
            .map(|f| {
                let orsak = f.fakta.orsak.clone().unwrap_or_default();
                (f.varde().kant().unwrap(), f.fakta.efter_avslut, orsak)
            })
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_accounts_of_a_closed_year_change_only_as_a_correction_that_is_seen() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(500_000))]).await;
    p.gor(p.kopplingen(p.ett).await).await.unwrap();
    let forst = p.las_in(490_000, None).await.unwrap();
    let r = p.gor(p.utkast(500_000, true)).await.unwrap();
    p.steg(r, skicka()).await.unwrap();
    p.steg(r, H::Bevilja(50_000_000)).await.unwrap();
    p.steg(r, H::Betala).await.unwrap();
    p.besluta(10_000).await.unwrap();
    let stang = p.v.tjanst.infor_avslut(&p.ekonom, (p.bidrag, AR), beslut());
    let mut stang = stang.await.unwrap();
    stang.beslutet_galler = true;
    p.gor(stang).await.unwrap();
    let fore = p.v.db.rader();
    let innan = p.bokfort().await;
    assert_eq!(
        (innan.len(), innan[0].0, innan[0].1),
        (1, 49_000_000, false)
    );

    // A later file, taking the first back, another mapping, a voucher by hand: all refused.
    let nej = p.las_in(489_000, None).await.unwrap_err();
    assert_eq!(
        (nej.kod, nej.falt.as_deref()),
        ("aret-avslutat", Some("efter-avslut"))
    );
    assert!(nej.text.contains("2022 för Provbidraget"), "{nej}");
    let tomt = p.las_in(489_000, Some(" ")).await.unwrap_err();
    assert_eq!(tomt.falt.as_deref(), Some("efter-avslut-orsak"));
    assert_eq!(p.nej(p.ta_ut(forst.id, false)).await, "aret-avslutat");
    assert_eq!(p.nej(p.kopplingen(p.tva).await).await, "aret-avslutat");
    let for_hand = NyForHand {
        datum: date(AR, 1, 15),
        till: Till {
            insats: p.ett,
            bidrag: None,
            organisation: None,
        },
        slag: Konteringsslag::Kostnad,
        kostnadsslag: String::new(),
        ore: 100,
        vad: "Papper".into(),
        referens: String::new(),
        efter_avslut: false,
    };
    assert_eq!(p.nej(for_hand.clone()).await, "aret-avslutat");
    assert_eq!(p.v.db.rader(), fore, "inget av det sparades");
    // The same file, which changes nothing, is no correction.
    assert_eq!(
        p.las_in(490_000, None).await.unwrap_err().kod,
        "sie-redan-inlast"
    );

    // As a correction it is done, and seen: at the fact with its reason, and in the figure.
    let andra = p
        .las_in(489_000, Some("Fakturan krediterades"))
        .await
        .unwrap();
    let nu = p.bokfort().await;
    assert_eq!((nu.len(), nu[0].0, nu[0].1), (1, 48_900_000, true));
    assert!(
        nu[0]
            .2
            .contains("Rättelse efter avslut: Fakturan krediterades"),
        "{nu:?}"
    );
    let b = p.bok().await;
    assert!(b.matt(Matt::AnvantInsats, &p.urval()).utfall.efter_avslut);
    p.gor(p.ta_ut(andra.id, true)).await.unwrap();
    assert_eq!(p.bokfort().await[0].0, 49_000_000);
    p.gor(NyForHand {
        efter_avslut: true,
        ..for_hand
    })
    .await
    .unwrap();
    let fall = SparaKoppling {
        efter_avslut: true,
        ..p.kopplingen(p.tva).await
    };
    p.gor(fall).await.unwrap();
    assert!(p.bokfort().await.iter().all(|(_, efter, _)| *efter));
}

/// What decides is how far the accounts reach, not when the grant last cost something. One
/// voucher in early December is no whole year, and what ends in June can be closed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_that_ended_in_june_is_closed_when_the_accounts_reach_the_years_end() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(500_000))]).await;
    p.gor(p.kopplingen(p.ett).await).await.unwrap();
    let r = p.gor(p.utkast(500_000, true)).await.unwrap();
    p.steg(r, skicka()).await.unwrap();
    p.steg(r, H::Bevilja(50_000_000)).await.unwrap();
    p.steg(r, H::Betala).await.unwrap();
    let klart = async || {
        let lista = checklista(&p.bok().await, (p.bidrag, AR), 0, date(2023, 1, 20));
        let punkt = lista.into_iter().find(|punkt| punkt.kod == DECEMBER);
        let punkt = punkt.unwrap();
        (punkt.klar, punkt.hur)
    };
    let juni = ver(1, 615, "P1", 490_000);
    let fil = med_verifikationer(&juni);
    p.las_in_filen(fil, None).await.unwrap();
    p.besluta(10_000).await.unwrap();
    let (klar, hur) = klart().await;
    assert!(!klar && hur.contains("slutar 15 juni 2022"), "{hur}");
    // Nobody invents a voucher to get it closed: they say why nothing more comes.
    let utan = p.v.tjanst.infor_avslut(&p.ekonom, (p.bidrag, AR), beslut());
    let mut utan = utan.await.unwrap();
    assert_eq!(p.nej(utan.clone()).await, "arsavslut-inte-klart");
    utan.fardigbokfort = "Verksamheten slutade i juni".into();
    // The decision is from two years before, and whoever closes has to say that it is the one.
    assert_eq!(p.nej(utan.clone()).await, "arsavslut-beslut");
    utan.beslutet_galler = true;
    p.gor(utan).await.unwrap();
    let b = p.bok().await;
    let rad = utfall_domain::medel::arsavslut::sista(&b.medelsposter, p.bidrag, AR).unwrap();
    assert_eq!(
        rad.post.orsak.as_deref(),
        Some(
            "Verksamheten slutade i juni. Beslutet är fattat innan 2022 var slut. Den som \
             avslutade året har sagt att det ändå gäller avslutet."
        )
    );

    let q = Prov::nytt().await;
    q.gor(q.kopplingen(q.ett).await).await.unwrap();
    let lage = async |rest: &str| {
        let fil = med_verifikationer(&format!("{juni}{rest}"));
        q.las_in_filen(fil, None).await.unwrap();
        let lista = checklista(&q.bok().await, (q.bidrag, AR), 0, date(2023, 1, 20));
        lista
            .iter()
            .any(|punkt| punkt.kod == DECEMBER && punkt.klar)
    };
    assert!(!lage(&ver(2, 1201, "P1", 1)).await, "en faktura 1 december");
    // Somebody else's voucher, in the same accounts.
    assert!(
        lage(&ver(3, 1231, "P9", 1)).await,
        "böckerna når årets slut"
    );
}

/// A month that the accounts do not cover in full is not what was used in the period, and one
/// that has not been is none at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_period_is_told_in_the_months_that_are_booked_in_full() {
    let p = Prov::nytt().await;
    p.gor(p.kopplingen(p.ett).await).await.unwrap();
    let mut utkast = p.utkast(300_000, false);
    utkast.uppgift.fran = date(AR, 4, 1);
    utkast.uppgift.till = date(AR, 8, 31);
    let sak = p.gor(utkast).await.unwrap();
    let r = p.rekvisition(sak).await;
    let i = async |idag| i_perioden(&p.bok().await, &r, idag);
    let tomt = i(date(2023, 1, 20)).await;
    assert_eq!((tomt.hel, tomt.ore), (None, None));
    let mars = ver(1, 310, "P1", 40_000);
    let maj = ver(2, 510, "P1", 100_000);
    let juni = ver(3, 615, "P1", 7_000);
    let fil = med_verifikationer(&format!("{mars}{maj}{juni}"));
    p.las_in_filen(fil, None).await.unwrap();
    let halva_juni = i(date(2023, 1, 20)).await;
    assert_eq!(halva_juni.fore, Some(date(AR, 3, 1)));
    assert_eq!(halva_juni.hel, Some(date(AR, 5, 1)), "juni slutar den 15");
    assert_eq!(
        halva_juni.ore,
        Some(10_000_000),
        "mars är före, juni är halv"
    );
    // The day is in April of the year: nothing later has been.
    assert_eq!(i(date(AR, 4, 30)).await.hel, Some(date(AR, 4, 1)));
    assert_eq!(i(date(AR, 3, 30)).await.hel, None);
    // The accounts reach beyond the period.
    let december = ver(4, 1231, "P1", 9_000);
    let fil = med_verifikationer(&format!("{mars}{maj}{juni}{december}"));
    p.las_in_filen(fil, None).await.unwrap();
    let hel = i(date(2023, 1, 20)).await;
    assert_eq!(hel.hel, Some(date(AR, 8, 1)));
    assert_eq!(hel.ore, Some(10_700_000));
}
