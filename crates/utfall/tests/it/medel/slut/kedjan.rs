//! One-year grants in a chain, and two grants that pay the same costs: what is booked goes to
//! the grant of its year, and what several pay is divided to the öre.

use super::*;
use crate::bokforing::facit::{Facit, delat};
use std::collections::BTreeMap;
use std::io::Write as _;
use utfall_app::bokforing::{
    Inlast, NyForHand, Siefil, SparaKoppling, delning_i_ord, las_koppling, skriv_koppling,
};
use utfall_app::medel::{AndraFordelning, Andrad, Bidragsar, SkapaBidrag, version};
use utfall_domain::faktum::Faktum;
use utfall_domain::id::{BidragId, InsatsId};
use utfall_domain::medel::kontering::{Konteringsslag, Koppling, Regel, Till, Varfor};
use utfall_domain::medel::verifikation::Verifikationsurval;
use utfall_domain::pengar::{Belopp, Ore};

/// A year's accounts on the project, a voucher for each: month, account and amount.
fn filen(ar: i16, rader: &[(i8, u32, &str)]) -> Vec<u8> {
    let mut text = format!(
        "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20230110\n#SIETYP 4\n\
         #ORGNR 999900-0012\n#FNAMN \"Forsby prov (pahittat)\"\n#RAR 0 {ar}0101 {ar}1231\n\
         #KONTO 1930 Bank\n#KONTO 5010 Lon\n#KONTO 6110 Papper\n"
    );
    for (nr, (manad, konto, belopp)) in (1..).zip(rader) {
        let mot = belopp
            .strip_prefix('-')
            .map_or_else(|| format!("-{belopp}"), str::to_owned);
        text.push_str(&format!(
            "#VER A {nr} {ar}{manad:02}15 \"\"\n{{\n#TRANS {konto} {{6 P1}} {belopp}\n\
             #TRANS 1930 {{}} {mot}\n}}\n"
        ));
    }
    text.into_bytes()
}

impl Prov {
    async fn las_in_arets(&self, innehall: &[u8]) -> Result<Inlast, Problem> {
        let mut fil = tempfile::tempfile().unwrap();
        fil.write_all(innehall).unwrap();
        let fil = Siefil::ny("prov.se", fil).unwrap();
        self.las_in_filen(fil, None).await
    }

    async fn med_regler(&self, regler: Vec<Regel>) -> usize {
        let fall = SparaKoppling {
            sedd: self.kopplingens_version().await,
            koppling: Koppling {
                regler,
                ..Koppling::default()
            },
            orsak: "Enligt kodplanen".into(),
            efter_avslut: false,
        };
        self.gor(fall).await.unwrap().fakta
    }

    /// Another grant of a year, that distributes this to the first initiative.
    async fn annat_bidrag(&self, ar: i16, kronor: i64) -> BidragId {
        let skapa = SkapaBidrag {
            namn: format!("Andra bidraget {ar}, {kronor}"),
            finansiar: "Andra fonden".into(),
            program: String::new(),
            andamal: "Prov".into(),
            diarienummer: String::new(),
            overforing: Some(true),
            ar: vec![Bidragsar {
                rad: 1,
                ar,
                tilldelat: kr(1_000_000),
                precision: Precision::EXAKT,
                sakerhet: Sakerhet::Preliminar,
            }],
            orsak: "Enligt beskedet".into(),
        };
        let slug = self.gor(skapa).await.unwrap();
        let b = self.bok().await;
        let bidrag = b.bidrag.iter().find(|b| b.slug == slug).unwrap().id;
        self.fordela_av(bidrag, ar, kronor).await;
        bidrag
    }

    async fn fordela_av(&self, bidrag: BidragId, ar: i16, kronor: i64) {
        let fall = AndraFordelning {
            bidrag,
            version: None,
            sedd: version(&self.bok().await, bidrag),
            celler: vec![Andrad {
                insats: self.ett,
                ar,
                belopp: Some(Belopp::exakt(Ore(kronor * 100))),
            }],
            beslut: beslut(),
            orsak: "Fördelning".into(),
            efter_avslut: false,
        };
        self.gor(fall).await.unwrap();
    }

    async fn bokforda(&self) -> Vec<Faktum> {
        let b = self.bok().await;
        let alla = b.fakta().into_iter();
        alla.filter(|f| f.fakta.bokforing.is_some())
            .cloned()
            .collect()
    }
}

fn p1(insats: InsatsId) -> Regel {
    Regel {
        objekt: vec![(6, "P1".into())],
        till: Some(Till {
            insats,
            bidrag: None,
            organisation: None,
        }),
        ..Regel::default()
    }
}

/// R27: the costs of a year go to the grant of that year, and a year without one waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_year_of_a_chain_of_grants_has_its_own_costs() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(400_000))]).await;
    let fjol = p.annat_bidrag(AR - 1, 300_000).await;
    p.med_regler(vec![p1(p.ett)]).await;
    for (ar, kronor) in [(AR - 2, "70.00"), (AR - 1, "80.00"), (AR, "90.00")] {
        p.las_in_arets(&filen(ar, &[(3, 5010, kronor)]))
            .await
            .unwrap();
    }
    let av = |fakta: &[Faktum]| -> Vec<_> {
        let en = |f: &Faktum| (f.galler().ar, f.galler().bidrag, f.varde().kant());
        let mut ut: Vec<_> = fakta.iter().map(en).collect();
        ut.sort();
        ut
    };
    let fore = p.bokforda().await;
    let vantat = [
        (Some(AR - 1), Some(fjol), Some(80_00)),
        (Some(AR), Some(p.bidrag), Some(90_00)),
    ];
    assert_eq!(av(&fore), vantat);
    // The year that no grant pays waits, and says why; nobody is charged for it.
    let b = p.v.tjanst.bokforing(&p.ekonom).await.unwrap();
    let vantar: Vec<_> = b
        .okopplade
        .iter()
        .map(|o| (o.ore, o.varfor.clone()))
        .collect();
    let varfor = Varfor::IngetBidrag(p.ett, AR - 2);
    assert_eq!(vantar, [(70_00, [varfor].into())]);
    assert!(
        b.bokfort
            .varfor(varfor)
            .contains("Ettan har inget bidrag 2020")
    );

    // A grant that is said does not get costs of a year it does not have.
    let mut sagd = p1(p.ett);
    sagd.till.as_mut().unwrap().bidrag = Some(p.bidrag);
    p.med_regler(vec![sagd.clone()]).await;
    assert_eq!(av(&p.bokforda().await), [vantat[1]]);
    let for_hand = NyForHand {
        datum: date(AR - 1, 5, 2),
        till: sagd.till.unwrap(),
        slag: Konteringsslag::Kostnad,
        kostnadsslag: String::new(),
        ore: 100,
        vad: "Papper".into(),
        referens: String::new(),
        efter_avslut: false,
    };
    assert_eq!(p.nej(for_hand).await, "ar-utanfor-bidraget");

    // Rules of certain years: the new year's changes, and last year's does not move.
    p.med_regler(vec![p1(p.ett)]).await;
    let fjolarets = |fakta: Vec<Faktum>| -> Vec<Faktum> {
        let alla = fakta.into_iter();
        alla.filter(|f| f.galler().ar == Some(AR - 1)).collect()
    };
    let innan = fjolarets(p.bokforda().await);
    let nya = vec![
        p1(p.ett),
        Regel {
            fran_ar: Some(AR),
            ..p1(p.tva)
        },
    ];
    assert_eq!(p.med_regler(nya.clone()).await, 2, "one struck, one new");
    let nu = p.bokforda().await;
    let arets = nu.iter().find(|f| f.galler().ar == Some(AR)).unwrap();
    assert_eq!(arets.galler().insats, Some(p.tva));
    assert_eq!(fjolarets(nu), innan);
    // Stored and written, they are read as they were.
    let b = p.v.tjanst.bokforing(&p.ekonom).await.unwrap();
    let sparad = b.bokfort.regler();
    assert_eq!(sparad.regler, nya);
    let fil = skriv_koppling(&sparad, &b.bokfort.bocker);
    assert_eq!(
        las_koppling(fil.as_bytes(), &b.bokfort.bocker).unwrap(),
        sparad
    );
}

/// R28 and R34: one cost, two grants. Each has its share, the shares are the whole to the öre
/// in every month, and every share leads to the vouchers with what belongs to the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_two_grants_pay_is_divided_by_the_years_distribution_to_the_ore() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(300_000))]).await;
    let andra = p.annat_bidrag(AR, 300_000).await;
    let tredje = p.annat_bidrag(AR, 100_000).await;
    p.med_regler(vec![p1(p.ett)]).await;
    let innehall = filen(
        AR,
        &[
            (1, 5010, "100.01"),
            (1, 6110, "0.02"),
            (2, 5010, "-33.33"),
            (3, 5010, "600000.00"),
        ],
    );
    p.las_in_arets(&innehall).await.unwrap();
    let vem = [p.bidrag, andra, tredje];
    // The oracle: months of the file's own lines, divided by its own arithmetic.
    let facit = |vikter: &[i64]| {
        let mut manader: BTreeMap<i8, i64> = BTreeMap::new();
        for rad in Facit::av(&innehall)
            .rader
            .iter()
            .filter(|r| r.konto >= 4000)
        {
            *manader.entry(rad.dag.month()).or_default() += rad.ore;
        }
        let mut ut = Vec::new();
        for (manad, hela) in manader {
            let delar = delat(hela, vikter);
            assert_eq!(delar.iter().sum::<i64>(), hela);
            ut.extend(
                vem.into_iter()
                    .zip(delar)
                    .map(|(vem, ore)| (manad, vem, ore)),
            );
        }
        ut.sort();
        ut
    };
    let har = |fakta: &[Faktum]| {
        let en = |f: &Faktum| {
            let g = f.galler();
            let manad = g.period_fran.unwrap().month();
            (manad, g.bidrag.unwrap(), f.varde().kant().unwrap())
        };
        let mut ut: Vec<_> = fakta.iter().map(en).collect();
        ut.sort();
        ut
    };
    let fakta = p.bokforda().await;
    assert_eq!(har(&fakta), facit(&[3, 3, 1]));

    let lista = async |urval: Verifikationsurval| {
        let t = &p.v.tjanst;
        t.verifikationer(&p.ekonom, urval, (0, 100)).await.unwrap()
    };
    for f in &fakta {
        let sida = lista(Verifikationsurval {
            faktum: Some(f.id),
            ..Verifikationsurval::default()
        });
        let sida = sida.await;
        assert_eq!(sida.summa, f.varde().kant(), "{f:?}");
        let rader: i64 = sida.rader.iter().map(|r| r.ore).sum();
        assert_eq!(rader + sida.andras.unwrap(), sida.summa.unwrap());
        assert!(!sida.inaktuell && sida.antal > 0);
        let d = sida.delning.unwrap();
        assert_eq!((d.helt, Some(d.del)), (rader, sida.summa));
        let ord = delning_i_ord(&d);
        assert!(ord.ends_with("efter årets fördelning"), "{ord}");
        let orsak = f.fakta.orsak.as_deref().unwrap();
        assert!(orsak.contains(&ord), "the figure itself says it: {orsak}");
    }
    for bidrag in vem {
        let sida = lista(Verifikationsurval {
            bidrag: Some(bidrag),
            ..Verifikationsurval::default()
        });
        let egna = fakta.iter().filter(|f| f.galler().bidrag == Some(bidrag));
        let egna: i64 = egna.filter_map(|f| f.varde().kant()).sum();
        assert_eq!(sida.await.summa, Some(egna));
        let urval = Urval::bidrag(bidrag).ar(AR);
        let b = p.bok().await;
        assert_eq!(b.varde(Matt::AnvantInsats, &urval), Varde::Kant(egna));
    }

    // Narrowed to an account it is the account's share, by the oracle's own arithmetic; of a
    // part of a month nobody can say, and the page is told that the amounts are whole.
    let konto = |nr: u32| vec![utfall_domain::medel::kontering::Intervall { fran: nr, till: nr }];
    for nr in [5010, 6110] {
        let mut manader: BTreeMap<i8, i64> = BTreeMap::new();
        for rad in Facit::av(&innehall).rader.iter().filter(|r| r.konto == nr) {
            *manader.entry(rad.dag.month()).or_default() += rad.ore;
        }
        for (plats, bidrag) in vem.into_iter().enumerate() {
            let sida = lista(Verifikationsurval {
                bidrag: Some(bidrag),
                konton: konto(nr),
                ..Verifikationsurval::default()
            });
            let sida = sida.await;
            let del: i64 = manader
                .values()
                .map(|ore| delat(*ore, &[3, 3, 1])[plats])
                .sum();
            assert_eq!(sida.summa, Some(del), "{nr} {bidrag:?}");
            assert!(!sida.hela_belopp && sida.antal > 0);
        }
    }
    let hela = Verifikationsurval {
        bidrag: Some(andra),
        ..Verifikationsurval::default()
    };
    let delar = [
        Verifikationsurval {
            fran: Some(jiff::civil::date(AR, 1, 10)),
            ..hela.clone()
        },
        Verifikationsurval {
            nummer: Some("1".into()),
            ..hela.clone()
        },
    ];
    for del in delar {
        let sida = lista(del).await;
        assert!(sida.hela_belopp && sida.andras.is_none(), "{sida:?}");
        let rader: i64 = sida.rader.iter().map(|r| r.ore).sum();
        assert_eq!(sida.summa, Some(rader));
    }
    assert!(!lista(hela).await.hela_belopp, "control");

    // Another distribution moves nothing unseen: the figures say that they would be others.
    p.fordela_av(tredje, AR, 300_000).await;
    assert_eq!(p.bokforda().await, fakta);
    let b = p.v.tjanst.bokforing(&p.ekonom).await.unwrap();
    assert!(!b.andrade.is_empty());
    let sida = lista(Verifikationsurval {
        faktum: Some(fakta[0].id),
        ..Verifikationsurval::default()
    });
    assert!(sida.await.inaktuell);
    p.med_regler(vec![p1(p.ett)]).await;
    let nu = p.bokforda().await;
    assert_eq!(har(&nu), facit(&[1, 1, 1]));
    let b = p.v.tjanst.bokforing(&p.ekonom).await.unwrap();
    assert!(b.andrade.is_empty());
}
