//! The life of a grant, through the door: terms, allocation, decisions, proposals and
//! reinforcements; then requisitions, repayment and the closing of the year.

use jiff::civil::date;
use utfall_app::insatser::SkapaInsats;
use utfall_app::medel::{
    AndraFordelning, AndraVillkor, Andrad, BeslutaForslag, Beslutsuppgift, Beslutsval, Bidragsar,
    Forstark, NyTilldelning, RegistreraBeslut, SkapaBidrag, SkapaForslag, SkapaReserv, forslag,
    version, version_av,
};
use utfall_app::{Anvandningsfall, Bok};
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::Sakerhet;
use utfall_domain::id::{BidragId, InsatsId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::tilldelning::versioner;
use utfall_domain::medel::villkor::{Aterkravsgrund, Grans, Overforing, Villkor, alla, gallande};
use utfall_domain::pengar::{Belopp, Ore, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_testkit::{Varld, beslut};

mod avslutat;
mod budgetar;
mod egenskaper;
mod framat;
mod handling;
mod overlamnat;
mod programmet;
mod rapporterna;
mod slut;

/// The year of the tests' grant. The test world's today is in February of it.
const AR: i16 = 2022;

/// A world with a grant of its own in Forsby: 500 000 kr in 2022, two initiatives and a
/// reserve.
struct Prov {
    v: Varld,
    ekonom: Aktor,

    bidrag: BidragId,
    ett: InsatsId,
    tva: InsatsId,
    reserv: InsatsId,
}

fn kr(kronor: i64) -> Varde {
    Varde::Kant(kronor * 100)
}

impl Prov {
    async fn nytt() -> Self {
        let v = Varld::fore_bokforingen().await;
        let ekonom = v.aktor("forsby", Roll::Ekonom).await;
        let skapa = SkapaBidrag {
            namn: "Provbidraget".into(),
            finansiar: "Provfonden".into(),
            program: "Provprogrammet".into(),
            andamal: "Prov".into(),
            diarienummer: String::new(),
            overforing: Some(true),
            ar: vec![Bidragsar {
                rad: 1,
                ar: AR,
                tilldelat: kr(500_000),
                precision: Precision::EXAKT,
                sakerhet: Sakerhet::Preliminar,
            }],
            orsak: "Enligt beskedet".into(),
        };
        let slug = v.tjanst.utfor(&ekonom, None, skapa).await.unwrap();
        let b = v
            .tjanst
            .bok(&ekonom, Atgard::LasaMedel, None)
            .await
            .unwrap();
        let bidrag = b.bidrag.iter().find(|b| b.slug == slug).unwrap().id;
        let mut ids = Vec::new();
        for namn in ["Ettan", "Tvåan"] {
            let skapa = SkapaInsats {
                namn: namn.into(),
                bidrag: Some(bidrag),
                ansvarig: "Socialnämnden".into(),
                start_ar: Some(AR),
                slut_ar: None,
                beskrivning: String::new(),
                malgrupp: String::new(),
                mal: String::new(),
            };
            let slug = v.tjanst.utfor(&ekonom, None, skapa).await.unwrap();
            let b = v
                .tjanst
                .bok(&ekonom, Atgard::LasaMedel, None)
                .await
                .unwrap();
            ids.push(b.insatser.iter().find(|i| i.slug == slug).unwrap().id);
        }
        let skapa = SkapaReserv {
            bidrag,
            namn: "Buffert".into(),
        };
        let reserv = v.tjanst.utfor(&ekonom, None, skapa).await.unwrap();
        Self {
            v,
            ekonom,

            bidrag,
            ett: ids[0],
            tva: ids[1],
            reserv,
        }
    }

    async fn gor<F: Anvandningsfall>(&self, fall: F) -> Result<F::Svar, Problem> {
        self.v.tjanst.utfor(&self.ekonom, None, fall).await
    }

    async fn nej<F: Anvandningsfall>(&self, fall: F) -> &'static str {
        match self.gor(fall).await {
            Ok(_) => "gick",
            Err(p) => p.kod,
        }
    }

    /// The version of the mapping that Forsby has.
    async fn kopplingens_version(&self) -> i64 {
        let b = self.v.tjanst.bokforing(&self.ekonom).await.unwrap();
        b.versioner.first().map_or(0, |v| v.version)
    }

    async fn bok(&self) -> Bok {
        let t = &self.v.tjanst;
        t.bok(&self.ekonom, Atgard::LasaMedel, None).await.unwrap()
    }

    fn urval(&self) -> Urval {
        Urval::bidrag(self.bidrag).ar(AR)
    }

    async fn fordelning(&self, celler: &[(InsatsId, Option<i64>)]) -> AndraFordelning {
        AndraFordelning {
            bidrag: self.bidrag,
            version: None,
            sedd: version(&self.bok().await, self.bidrag),
            celler: celler
                .iter()
                .map(|(insats, kronor)| Andrad {
                    insats: *insats,
                    ar: AR,
                    belopp: kronor.map(|k| Belopp::exakt(Ore(k * 100))),
                })
                .collect(),
            beslut: beslut(),
            orsak: "Fördelning".into(),
            efter_avslut: false,
        }
    }

    async fn fordela(&self, celler: &[(InsatsId, Option<i64>)]) {
        let fall = self.fordelning(celler).await;
        self.gor(fall).await.unwrap();
    }

    async fn har(&self, insats: InsatsId) -> Varde {
        let urval = self.urval().for_insats(insats);
        self.bok().await.varde(Matt::FordelatNytt, &urval)
    }
}

fn uppgift(paragraf: &str) -> Beslutsuppgift {
    Beslutsuppgift {
        instans: "Styrelsen".into(),
        paragraf: paragraf.into(),
        datum: Some(date(2022, 1, 20)),
        diarienummer: "KS 2022-17".into(),
        rubrik: "Fördelning av bidraget".into(),
        villkor: "Redovisas i juni.".into(),
    }
}

/// R1, R15: purpose, programme and its period, recipient, eligibility and a usable period that
/// begins before the decision; the next version keeps the first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn terms_hold_in_versions_and_begin_before_the_decision_when_they_say_so() {
    let p = Prov::nytt().await;
    let villkor = Villkor {
        program: Some("Landsbygdskommuner".into()),
        program_ar: Some((2018, 2027)),
        behorighet: Some("Gles befolkning".into()),
        mottagare: Some("Forsby kommun".into()),
        andamal: Some("Fler unga i arbete".into()),
        fran: Some(date(2022, 1, 1)),
        till: Some(date(2022, 12, 31)),
        overforing: Overforing::MedMedgivande,
        grans: Some(Grans::Promille(100)),
        redovisas: Some(date(2023, 3, 1)),
        aterbetalas: Some(date(2023, 3, 31)),
        aterkrav: vec![Aterkravsgrund::AnnatAndamal],
        lagstod: Some("Förordning (2018:152)".into()),
        ..Villkor::default()
    };
    let fall = |villkor, sedd| AndraVillkor {
        bidrag: p.bidrag,
        ar: None,
        villkor,
        sedd,
        orsak: "Beslutet den 12 maj".into(),
    };
    // Before anything is entered the grant's own words hold.
    let b = p.bok().await;
    let egna = gallande(&b.medelsposter, b.bidrag(p.bidrag).unwrap(), Some(AR));
    assert_eq!(egna.program.as_deref(), Some("Provprogrammet"));
    assert_eq!(egna.overforing, Overforing::Ja);
    let forsta = p.gor(fall(villkor.clone(), None)).await.unwrap();
    let b = p.bok().await;
    let nu = gallande(&b.medelsposter, b.bidrag(p.bidrag).unwrap(), Some(AR));
    assert_eq!(nu, villkor);
    assert_eq!(nu.program_ar, Some((2018, 2027)));
    // Two who edit the same version: the second is told.
    assert_eq!(
        p.nej(fall(villkor.clone(), None)).await,
        "villkor-andrade-av-annan"
    );
    let nya = Villkor {
        overforing: Overforing::Nej,
        grans: None,
        ..villkor.clone()
    };
    p.gor(fall(nya.clone(), Some(forsta))).await.unwrap();
    let b = p.bok().await;
    let nu = gallande(&b.medelsposter, b.bidrag(p.bidrag).unwrap(), None);
    assert_eq!(nu, nya);
    assert_eq!(alla(&b.medelsposter, p.bidrag).len(), 2, "båda finns kvar");
    let bakvant = Villkor {
        fran: Some(date(2022, 12, 31)),
        till: Some(date(2022, 1, 1)),
        grans: Some(Grans::Belopp(1)),
        overforing: Overforing::Nej,
        ..villkor
    };
    let brister = p.v.tjanst.brister(&p.ekonom, fall(bakvant, None)).await;
    let koder: Vec<_> = brister.unwrap().alla().iter().map(|p| p.kod).collect();
    assert_eq!(koder, ["villkor-period", "villkor-grans"]);
}

/// R3, R44: preliminary 1, preliminary 2 and final, with amounts, days and changes; a total
/// says that it rests on a preliminary amount until it does not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_allocation_goes_from_preliminary_to_final_and_totals_say_so() {
    let p = Prov::nytt().await;
    let ny = |benamning: &str, kronor: i64, sakerhet, sedd| NyTilldelning {
        bidrag: p.bidrag,
        ar: AR,
        belopp: kronor * 100,
        precision: Precision::EXAKT,
        sakerhet,
        benamning: benamning.into(),
        datum: Some(date(2022, 1, 20)),
        sedd,
        orsak: "Finansiärens brev".into(),
        efter_avslut: false,
    };
    let b = p.bok().await;
    let sedd = b.matt(Matt::Tilldelat, &p.urval()).rader.first().copied();
    assert!(b.matt(Matt::KvarAttFordela, &p.urval()).utfall.preliminar);
    let andra = ny("Preliminär 2", 480_000, Sakerhet::Preliminar, sedd);
    let andra = p.gor(andra).await.unwrap();
    let b = p.bok().await;
    assert!(b.matt(Matt::Tillgangligt, &p.urval()).utfall.preliminar);
    let sist = ny("Slutlig, vecka 47", 490_000, Sakerhet::Slutlig, Some(andra));
    let slutlig = p.gor(sist).await.unwrap();
    let b = p.bok().await;
    let kvar = b.matt(Matt::KvarAttFordela, &p.urval()).utfall;
    assert!(!kvar.preliminar, "inget preliminärt är kvar");
    assert_eq!(b.varde(Matt::Tilldelat, &p.urval()), kr(490_000));
    let alla = versioner(&b.fakta, &b.medelsposter, p.bidrag, AR);
    let visade: Vec<_> = alla
        .iter()
        .map(|v| (v.namn(), v.faktum.varde(), v.andring.map(|a| a / 100)))
        .collect();
    assert_eq!(
        visade,
        [
            ("Preliminär".into(), kr(500_000), None),
            ("Preliminär 2".into(), kr(480_000), Some(-20_000)),
            ("Slutlig, vecka 47".into(), kr(490_000), Some(10_000)),
        ]
    );
    let datum = alla[2].benamning.unwrap().datum;
    assert_eq!(datum, date(2022, 1, 20));
    let tillbaka = ny("Preliminär 3", 1, Sakerhet::Preliminar, Some(slutlig));
    assert_eq!(p.nej(tillbaka).await, "tilldelning-redan-slutlig");
    let gammal = ny("Slutlig 2", 1, Sakerhet::Slutlig, sedd);
    assert_eq!(p.nej(gammal).await, "fordelning-andrad-av-annan");
}

/// R10: what is in force changes by a decision only. Proposals are made of it, edited freely,
/// compared row by row and decided as a whole; the earlier decision stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_distribution_changes_by_decision_and_a_proposal_as_a_whole() {
    let p = Prov::nytt().await;
    let utan = AndraFordelning {
        beslut: Beslutsval::Saknas,
        ..p.fordelning(&[(p.ett, Some(100_000))]).await
    };
    assert_eq!(p.nej(utan).await, "beslut-saknas");
    assert_eq!(p.har(p.ett).await, Varde::EjBeslutat, "inget sparades");
    let registrera = |paragraf: &str| RegistreraBeslut {
        beslut: uppgift(paragraf),
        bidrag: Some(p.bidrag),
    };
    let forsta = p.gor(registrera("§ 220")).await.unwrap();
    assert_eq!(p.nej(registrera("220")).await, "beslut-finns");
    let med = AndraFordelning {
        beslut: Beslutsval::Finns(forsta),
        ..p.fordelning(&[(p.ett, Some(100_000)), (p.tva, Some(200_000))])
            .await
    };
    p.gor(med).await.unwrap();
    let skapa = |fran: Option<&str>| SkapaForslag {
        bidrag: p.bidrag,
        fran: fran.map(str::to_owned),
        orsak: "Inför mötet".into(),
    };
    assert_eq!(p.gor(skapa(None)).await.unwrap(), "förslag A");
    assert_eq!(p.gor(skapa(Some("förslag A"))).await.unwrap(), "förslag B");
    // A proposal may be more than there is; it changes nothing that holds.
    let b = p.bok().await;
    let i_forslag = |namn: &str, celler| AndraFordelning {
        version: Some(namn.into()),
        sedd: version_av(&b, p.bidrag, Some(namn)),
        beslut: Beslutsval::Saknas,
        celler,
        bidrag: p.bidrag,
        orsak: "Prövar".into(),
        efter_avslut: false,
    };
    let cell = |insats, kronor: Option<i64>| Andrad {
        insats,
        ar: AR,
        belopp: kronor.map(|k| Belopp::exakt(Ore(k * 100))),
    };
    let a = i_forslag(
        "förslag A",
        vec![cell(p.ett, Some(150_000)), cell(p.tva, None)],
    );
    p.gor(a).await.unwrap();
    let for_mycket = i_forslag("förslag B", vec![cell(p.ett, Some(900_000))]);
    p.gor(for_mycket).await.unwrap();
    let b = p.bok().await;
    assert_eq!(b.varde(Matt::FordelatNytt, &p.urval()), kr(300_000));
    let mut i_a = p.urval();
    i_a.version = Some("förslag A".into());
    assert_eq!(b.varde(Matt::FordelatNytt, &i_a), kr(150_000));
    let besluta = |b: &Bok, namn: &str, beslut| BeslutaForslag {
        bidrag: p.bidrag,
        forslag: namn.into(),
        sedd: version(b, p.bidrag),
        sett_forslag: version_av(b, p.bidrag, Some(namn)),
        beslut,
        orsak: "Styrelsens beslut".into(),
        efter_avslut: false,
    };
    let utan = besluta(&b, "förslag A", Beslutsval::Saknas);
    assert_eq!(p.nej(utan).await, "beslut-saknas");
    let over = besluta(&b, "förslag B", Beslutsval::Nytt(uppgift("64")));
    assert_eq!(p.nej(over).await, "fordelning-overskriden");
    let nytt = besluta(&b, "förslag A", Beslutsval::Nytt(uppgift("64")));
    p.gor(nytt).await.unwrap();
    let b = p.bok().await;
    assert_eq!(p.har(p.ett).await, kr(150_000));
    assert_eq!(p.har(p.tva).await, Varde::EjBeslutat);
    assert_eq!(
        forslag(&b, p.bidrag).into_iter().collect::<Vec<_>>(),
        ["förslag B"]
    );
    // Both decisions stand, each behind what it decided.
    let bakom = |paragraf: &str| {
        let x = b
            .beslut
            .iter()
            .find(|x| x.bidrag == Some(p.bidrag) && x.paragraf.as_deref() == Some(paragraf));
        let id = x.unwrap().id;
        b.fakta
            .iter()
            .filter(|f| f.fakta.beslut == Some(id))
            .count()
    };
    assert!(bakom("220") >= 2 && bakom("64") >= 2);
    assert_eq!(
        b.beslut
            .iter()
            .find(|x| x.id == forsta)
            .unwrap()
            .villkor
            .as_deref(),
        Some("Redovisas i juni.")
    );
    let gammalt = besluta(&b, "förslag A", beslut());
    assert_eq!(p.nej(gammalt).await, "finns-inte");
}

/// R37, R48, R49: 100 000 and 25 000 are two facts with a decision each; what does not fit is
/// refused; the source is told; a reserve gives what it has and no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reinforcement_adds_to_what_was_and_takes_from_where_it_says() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(100_000)), (p.reserv, Some(300_000))])
        .await;
    let forstark = |b: &Bok, kronor: i64, ur, beslut| Forstark {
        bidrag: p.bidrag,
        insats: p.ett,
        ar: AR,
        belopp: kronor * 100,
        ur,
        sedd: version(b, p.bidrag),
        beslut,
        orsak: "Psykeveckan".into(),
        efter_avslut: false,
    };
    let b = p.bok().await;
    assert_eq!(
        p.nej(forstark(&b, 25_000, None, Beslutsval::Saknas)).await,
        "beslut-saknas"
    );
    let for_mycket = forstark(&b, 100_001, None, beslut());
    assert_eq!(p.nej(for_mycket).await, "forstarkning-ryms-inte");
    let nytt = Beslutsval::Nytt(uppgift("67"));
    let id = p.gor(forstark(&b, 25_000, None, nytt)).await.unwrap();
    let b = p.bok().await;
    let urval = p.urval().for_insats(p.ett);
    let delar: Vec<Varde> = b
        .matt(Matt::FordelatNytt, &urval)
        .rader
        .iter()
        .map(|id| b.faktum(*id).unwrap().varde())
        .collect();
    assert_eq!(delar, [kr(100_000), kr(25_000)]);
    assert_eq!(p.har(p.ett).await, kr(125_000));
    let f = b.faktum(id).unwrap();
    let paragraf = b.beslut.iter().find(|x| Some(x.id) == f.fakta.beslut);
    assert_eq!(paragraf.unwrap().paragraf.as_deref(), Some("67"));
    let skal = f.fakta.orsak.as_deref().unwrap();
    assert!(
        skal.contains("kvar att fördela, där 75\u{a0}000\u{a0}kr blir kvar"),
        "{skal}"
    );
    // Out of the reserve: the sum of the grant is the same, and the reserve is less.
    let ur = forstark(&b, 200_000, Some(p.reserv), beslut());
    p.gor(ur).await.unwrap();
    assert_eq!(p.har(p.reserv).await, kr(100_000));
    assert_eq!(p.har(p.ett).await, kr(325_000));
    let b = p.bok().await;
    assert_eq!(b.varde(Matt::KvarAttFordela, &p.urval()), kr(75_000));
    let mer = forstark(&b, 100_001, Some(p.reserv), beslut());
    assert_eq!(p.nej(mer).await, "forstarkning-ryms-inte");
    assert!(b.insats(p.reserv).unwrap().reserv);
}
