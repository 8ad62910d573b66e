//! The one door for change: who may, once, never half, never over each other.

use crate::stod::rot;
use std::sync::atomic::{AtomicUsize, Ordering};
use utfall_app::fakta::{RattaFaktum, Rattelse, RegistreraFaktum};
use utfall_app::granskning::AccepteraFynd;
use utfall_app::insatser::{AndraInsats, SkapaInsats};
use utfall_app::installation::NyttKonto;
use utfall_app::medel::{AndraFordelning, Andrad, Bidragsar, SkapaBidrag, version};
use utfall_app::publicering::{DraTillbaka, Publicera};
use utfall_app::rapporter::{SkapaRapport, SparaRapport, Utfardande, Utkast};
use utfall_app::underlag::ImporteraUnderlag;
use utfall_app::{Anvandningsfall, Bok, Idempotensnyckel};
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum, Sakerhet};
use utfall_domain::granskning::Allvar;
use utfall_domain::id::{BidragId, RapportId};
use utfall_domain::insatser::Fortsattning;
use utfall_domain::pengar::{Belopp, Ore, Precision};
use utfall_domain::publicering::{Publicerat, gallande};
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid::{PerDag, dag};
use utfall_domain::underlag::las;
use utfall_domain::varde::Varde;
use utfall_testkit::{Varld, beslut, nu};

mod sista_kronan;

const SLUG: &str = "uppsala";

/// The committed matrix is the oracle, not the code.
fn far(roll: Roll, atgard: Atgard) -> bool {
    let facit = std::fs::read_to_string(rot().join("docs/behorighet.txt")).unwrap();
    let rad = facit
        .lines()
        .find(|r| r.split(' ').next() == Some(atgard.kod()))
        .expect("åtgärden står i matrisen");
    let nr = Roll::ALLA.iter().position(|r| *r == roll).unwrap();
    rad.split_whitespace().nth(nr + 1) == Some("✔")
}

/// An actor in Uppsala's books with any role there is.
async fn med_roll(v: &Varld, roll: Roll) -> Aktor {
    let chef = v.aktor(SLUG, Roll::Forbundschef).await;
    match roll {
        Roll::Driftansvarig => Aktor::drift(chef.huvudman()),
        Roll::Anonym => Aktor::anonym(chef.huvudman()),
        _ => Aktor::ny(chef.anvandare().unwrap(), chef.huvudman(), &[roll]).unwrap(),
    }
}

async fn bok(v: &Varld) -> Bok {
    let chef = v.aktor(SLUG, Roll::Forbundschef).await;
    v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap()
}

/// A distribution cell of the books that is known: the grant, the cell and its öre.
fn cell(bok: &Bok) -> (BidragId, Andrad) {
    let f = bok
        .fakta()
        .into_iter()
        .find(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
        .expect("en fördelning");
    let g = f.galler();
    let cell = Andrad {
        insats: g.insats.unwrap(),
        ar: g.ar.unwrap(),
        belopp: Some(Belopp::exakt(Ore(f.varde().kant().unwrap()))),
    };
    (g.bidrag.unwrap(), cell)
}

fn fordela(bok: &Bok, minska: i64) -> AndraFordelning {
    let (bidrag, mut cell) = cell(bok);
    let ore = cell.belopp.unwrap().ore.0;
    cell.belopp = Some(Belopp::exakt(Ore(ore - minska)));
    AndraFordelning {
        bidrag,
        sedd: version(bok, bidrag),
        celler: vec![cell],
        version: None,
        beslut: beslut(),
        efter_avslut: false,
        orsak: "Nytt beslut".into(),
    }
}

fn registrera(bok: &Bok) -> RegistreraFaktum {
    let galler = Galler {
        insats: Some(bok.insatser[0].id),
        ar: Some(2021),
        kategori: Some("pengar".into()),
        ..Galler::default()
    };
    let mut faktum = NyttFaktum::nytt(FaktumSlag::Medfinansiering, galler, Varde::Kant(100));
    faktum.orsak = Some("Enligt bokslutet".into());
    RegistreraFaktum {
        faktum,
        tillkommer: true,
    }
}

fn nytt_bidrag(nr: usize) -> SkapaBidrag {
    SkapaBidrag {
        namn: format!("Bidrag {nr}"),
        finansiar: format!("Finansiär {nr}"),
        program: String::new(),
        andamal: String::new(),
        diarienummer: String::new(),
        overforing: None,
        ar: vec![Bidragsar {
            rad: 1,
            ar: 2027,
            tilldelat: Varde::EjBeslutat,
            precision: Precision::EXAKT,
            sakerhet: Sakerhet::Preliminar,
        }],
        orsak: "Enligt programmet".into(),
    }
}

fn ny_insats(bok: &Bok, nr: usize) -> SkapaInsats {
    SkapaInsats {
        namn: format!("Insats {nr}"),
        bidrag: bok.bidrag.first().map(|b| b.id),
        ansvarig: format!("Nämnd {nr}"),
        start_ar: Some(2027),
        slut_ar: None,
        beskrivning: String::new(),
        malgrupp: String::new(),
        mal: String::new(),
    }
}

fn ratta(bok: &Bok) -> RattaFaktum {
    let f = bok
        .fakta()
        .into_iter()
        .find(|f| f.fakta.slag == FaktumSlag::Anvant && f.varde().kant().is_some())
        .expect("en uppgift att rätta");
    RattaFaktum {
        faktum: f.id,
        rattelse: Rattelse::NyttVarde(
            Varde::Kant(f.varde().kant().unwrap() + 100),
            Precision::EXAKT,
        ),
        orsak: "Felläst".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    }
}

fn andra_insats(bok: &Bok, text: &str) -> AndraInsats {
    let insats = &bok.insatser[0];
    let mut ny = insats.text.clone();
    text.clone_into(&mut ny.kommentar);
    AndraInsats {
        insats: insats.id,
        version: insats.version,
        text: ny,
        fortsattning: Fortsattning::Delvis,
    }
}

fn utkast(bok: &Bok) -> (RapportId, i64) {
    bok.rapporter
        .iter()
        .find_map(|r| match r.lage {
            Rapportlage::Utkast { version, .. } => Some((r.id, version)),
            Rapportlage::Utfardad { .. } => None,
        })
        .expect("ett utkast")
}

fn spara(bok: &Bok, text: &str) -> SparaRapport {
    let (rapport, version) = utkast(bok);
    let utkast = Utkast {
        ar: 2021,
        bakgrund: text.to_owned(),
        ..Utkast::default()
    };
    SparaRapport {
        rapport,
        version,
        utkast,
    }
}

fn skapa(bok: &Bok) -> SkapaRapport {
    SkapaRapport {
        bidrag: bok.bidrag[0].id,
        ar: bok.bidrag[0].ar[0],
        mall: None,
    }
}

fn publicera(bok: &Bok) -> Publicera {
    Publicera {
        vad: Publicerat::Insats(bok.insatser[1].id),
        per: PerDag(dag(nu())),
        kommentar: String::new(),
    }
}

fn papper(nr: usize) -> ImporteraUnderlag {
    let fil = rot().join("crates/domain/src/underlag/tests/komplett.json");
    let text = std::fs::read_to_string(fil)
        .unwrap()
        .replace("exempelby", SLUG)
        .replace("Exempelby kommun", "Uppsala kommun");
    let innehall = format!("{text}{}", "\n".repeat(nr)).into_bytes();
    ImporteraUnderlag {
        underlag: las(&format!("papper-{nr}"), &innehall).unwrap(),
        innehall,
        offentligt: false,
    }
}

static NUMMER: AtomicUsize = AtomicUsize::new(1);

fn nummer() -> usize {
    NUMMER.fetch_add(1, Ordering::Relaxed)
}

fn nyckel() -> Idempotensnyckel {
    Idempotensnyckel::ny(&format!("prov-nyckel-{:08}", nummer())).unwrap()
}

async fn kedja(v: &Varld) -> i64 {
    let chef = v.aktor(SLUG, Roll::Forbundschef).await;
    let (antal, _) = v
        .tjanst
        .verifiera_journal(&chef, None)
        .await
        .unwrap()
        .expect("kedjan är hel");
    antal
}

/// Every role tries: those the matrix allows succeed with one journal entry each, the others
/// are refused by name and nothing is written. Then once more with one key twice.
async fn alla_roller<F, G>(v: &Varld, gor: G)
where
    F: Anvandningsfall,
    G: Fn(&Bok) -> F,
{
    let namn = F::ATGARD.kod();
    let (mut lyckade, mut nekade) = (0, 0);
    for &roll in Roll::ALLA {
        let aktor = med_roll(v, roll).await;
        let fall = gor(&bok(v).await);
        let fore = v.db.rader();
        let svar = v.tjanst.utfor(&aktor, None, fall).await;
        let efter = v.db.rader();
        if far(roll, F::ATGARD) {
            lyckade += 1;
            assert!(svar.is_ok(), "{namn} som {roll}: {:?}", svar.err());
            assert_eq!(efter["journal"], fore["journal"] + 1, "{namn} som {roll}");
            assert_eq!(kedja(v).await, efter["journal"], "{namn}");
        } else {
            nekade += 1;
            let p = svar
                .err()
                .unwrap_or_else(|| panic!("{namn} som {roll} släpptes in"));
            assert_eq!(p.kod, "behorighet-nekad", "{namn} som {roll}: {p}");
            assert!(p.text.contains(F::ATGARD.text()), "{namn}: {p}");
            let vem = utfall_behorighet::policy::roller(F::ATGARD)[0].namn();
            assert!(p.atgard.contains(vem), "{namn}: säger vem som får: {p}");
            assert_eq!(efter, fore, "{namn} som {roll}: inget får skrivas");
        }
    }
    assert!(
        lyckade > 0 && nekade > 0,
        "{namn}: {lyckade} fick, {nekade} nekades"
    );
    en_nyckel(v, gor).await;
}

async fn en_nyckel<F: Anvandningsfall>(v: &Varld, gor: impl Fn(&Bok) -> F) {
    let namn = F::ATGARD.kod();
    let roll = utfall_behorighet::policy::roller(F::ATGARD)[0];
    let aktor = med_roll(v, roll).await;
    let (fall, nyckel) = (gor(&bok(v).await), nyckel());
    let fore = v.db.rader();
    let ett = v
        .tjanst
        .utfor(&aktor, Some(nyckel.clone()), fall.clone())
        .await;
    let ett = ett.unwrap_or_else(|p| panic!("{namn}: {p}"));
    let efter = v.db.rader();
    assert_eq!(efter["journal"], fore["journal"] + 1, "{namn}");
    let (a, b) = tokio::join!(
        v.tjanst.utfor(&aktor, Some(nyckel.clone()), fall.clone()),
        v.tjanst.utfor(&aktor, Some(nyckel), fall)
    );
    let json = |s: &F::Svar| serde_json::to_string(s).unwrap();
    for svar in [a, b] {
        let svar = svar.unwrap_or_else(|p| panic!("{namn} igen: {p}"));
        assert_eq!(json(&svar), json(&ett), "{namn}: samma svar");
    }
    assert_eq!(v.db.rader(), efter, "{namn}: en verkan");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_use_case_lets_in_those_who_may_once_and_nobody_else() {
    let v = Varld::demo().await;
    let ekonom = v.aktor(SLUG, Roll::Ekonom).await;
    v.tjanst
        .utfor(&ekonom, None, skapa(&bok(&v).await))
        .await
        .unwrap();

    alla_roller(&v, |_| papper(nummer())).await;
    alla_roller(&v, |b| fordela(b, 100)).await;
    alla_roller(&v, registrera).await;
    alla_roller(&v, |_| nytt_bidrag(nummer())).await;
    alla_roller(&v, |b| ny_insats(b, nummer())).await;
    alla_roller(&v, ratta).await;
    alla_roller(&v, |b| andra_insats(b, &format!("Kommentar {}", nummer()))).await;
    alla_roller(&v, skapa).await;
    alla_roller(&v, |b| spara(b, &format!("Bakgrund {}", nummer()))).await;
    alla_roller(&v, publicera).await;
    alla_roller(&v, |b| DraTillbaka {
        publicering: gallande(&b.publiceringar)[0].id,
        skal: "Fel siffra".into(),
    })
    .await;
    let mall = NyttKonto::ny(
        "mall",
        "Mall",
        "en lång hemlig fras",
        &[7; 16],
        &[Roll::Ekonom],
    );
    let mall = mall.unwrap();
    alla_roller(&v, |_| {
        mall.som(&format!("konto{}", nummer()), "Ny", &[Roll::Styrelse])
            .unwrap()
    })
    .await;
    let funna = v.tjanst.granska(&ekonom).await.unwrap();
    alla_roller(&v, |b| {
        let kvar = funna.iter().find(|f| {
            f.fynd.allvar != Allvar::Fel
                && f.underlag.is_some()
                && !b.accepterade.iter().any(|a| a.nyckel == f.nyckel)
        });
        AccepteraFynd {
            underlag: kvar.unwrap().underlag.unwrap(),
            nyckel: kvar.unwrap().nyckel.clone(),
            motivering: "Förklarat i protokollet".into(),
        }
    })
    .await;
}

/// Issuing sets the files before the door is asked, so it has its own test.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_head_issues_and_only_once() {
    let v = Varld::demo().await;
    let ekonom = v.aktor(SLUG, Roll::Ekonom).await;
    v.tjanst
        .utfor(&ekonom, None, skapa(&bok(&v).await))
        .await
        .unwrap();
    let bok_fore = bok(&v).await;
    let (rapport, version) = utkast(&bok_fore);
    // What the head has typed is saved by the same act.
    let vad = || Utfardande {
        rapport,
        version,
        skrivet: Some(spara(&bok_fore, "Skrivet i formuläret.").utkast),
    };
    let per = PerDag(dag(nu()));
    let adress = "http://127.0.0.1:8080";
    let fore = v.db.rader();
    for &roll in Roll::ALLA
        .iter()
        .filter(|r| !far(**r, Atgard::UtfardaRapport))
    {
        let aktor = med_roll(&v, roll).await;
        let p = v
            .tjanst
            .utfarda_rapport(&aktor, None, vad(), per, adress)
            .await
            .unwrap_err();
        assert_eq!(p.kod, "behorighet-nekad", "{roll}: {p}");
    }
    assert_eq!(v.db.rader(), fore);
    let chef = v.aktor(SLUG, Roll::Forbundschef).await;
    let nyckel = nyckel();
    let ett = v
        .tjanst
        .utfarda_rapport(&chef, Some(nyckel.clone()), vad(), per, adress)
        .await;
    let efter = v.db.rader();
    assert_eq!(efter["journal"], fore["journal"] + 1);
    let igen = v
        .tjanst
        .utfarda_rapport(&chef, Some(nyckel), vad(), per, adress)
        .await;
    assert_eq!(ett.unwrap(), igen.unwrap(), "samma nyckel, samma svar");
    assert_eq!(v.db.rader(), efter);
    let bok_efter = bok(&v).await;
    let utfardad = bok_efter.rapport(rapport).unwrap();
    let fryst = v.tjanst.rapportindata(&chef, utfardad).await.unwrap();
    assert_eq!(
        fryst.unwrap().aterrapport().unwrap().bakgrund,
        ["Skrivet i formuläret."]
    );
    let p = v
        .tjanst
        .utfarda_rapport(&chef, None, vad(), per, adress)
        .await
        .unwrap_err();
    assert_eq!(p.kod, "rapport-utfardad", "{p}");
    let p = v
        .tjanst
        .utfor(
            &ekonom,
            None,
            SparaRapport {
                rapport,
                version,
                utkast: Utkast::default(),
            },
        )
        .await
        .unwrap_err();
    assert_eq!(p.kod, "rapport-utfardad", "{p}");
    assert_eq!(v.db.rader(), efter);
}

/// Positive control of the key: without one, the same request twice has two effects; with a
/// key of somebody else's, or for another action, it is another request.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_key_twice_is_twice_and_a_key_is_ones_own() {
    let v = Varld::demo().await;
    let (ekonom, chef) = (
        v.aktor(SLUG, Roll::Ekonom).await,
        v.aktor(SLUG, Roll::Forbundschef).await,
    );
    let fall = registrera(&bok(&v).await);
    let fakta = || v.db.rader()["faktum"];
    let fore = fakta();
    for _ in 0..2 {
        v.tjanst.utfor(&ekonom, None, fall.clone()).await.unwrap();
    }
    assert_eq!(fakta(), fore + 2);
    let nyckel = nyckel();
    let en = v
        .tjanst
        .utfor(&ekonom, Some(nyckel.clone()), fall.clone())
        .await
        .unwrap();
    let annan = v
        .tjanst
        .utfor(&chef, Some(nyckel.clone()), fall)
        .await
        .unwrap();
    assert_ne!(en, annan);
    let slug = v
        .tjanst
        .utfor(&ekonom, Some(nyckel), skapa(&bok(&v).await))
        .await
        .unwrap();
    assert!(slug.starts_with("aterrapport-"));
    assert_eq!(fakta(), fore + 4);
    for dalig in ["", "kort", "mellanslag i nyckeln!", &"x".repeat(65)] {
        assert_eq!(
            Idempotensnyckel::ny(dalig).unwrap_err().kod,
            "formular-nyckel"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_else_changed_meanwhile_is_a_named_conflict() {
    let v = Varld::demo().await;
    let ekonom = v.aktor(SLUG, Roll::Ekonom).await;
    v.tjanst
        .utfor(&ekonom, None, skapa(&bok(&v).await))
        .await
        .unwrap();
    let sett = bok(&v).await;
    v.tjanst
        .utfor(&ekonom, None, fordela(&sett, 200))
        .await
        .unwrap();
    v.tjanst
        .utfor(&ekonom, None, andra_insats(&sett, "Den ena"))
        .await
        .unwrap();
    v.tjanst
        .utfor(&ekonom, None, spara(&sett, "Den ena"))
        .await
        .unwrap();
    v.tjanst.utfor(&ekonom, None, ratta(&sett)).await.unwrap();
    let fore = v.db.rader();
    let koder = [
        v.tjanst
            .utfor(&ekonom, None, fordela(&sett, 300))
            .await
            .unwrap_err()
            .kod,
        v.tjanst
            .utfor(&ekonom, None, andra_insats(&sett, "Den andra"))
            .await
            .unwrap_err()
            .kod,
        v.tjanst
            .utfor(&ekonom, None, spara(&sett, "Den andra"))
            .await
            .unwrap_err()
            .kod,
        v.tjanst
            .utfor(&ekonom, None, ratta(&sett))
            .await
            .unwrap_err()
            .kod,
    ];
    assert_eq!(
        koder,
        [
            "fordelning-andrad-av-annan",
            "insats-andrad-av-annan",
            "rapport-andrad-av-annan",
            "faktum-redan-rattat",
        ]
    );
    assert_eq!(v.db.rader(), fore, "en vägrad ändring skriver inget");
    assert_eq!(bok(&v).await.insatser[0].text.kommentar, "Den ena");
    // Control: with what holds now it goes through.
    let nytt = bok(&v).await;
    v.tjanst
        .utfor(&ekonom, None, andra_insats(&nytt, "Den andra"))
        .await
        .unwrap();
}

/// A distribution is changed by those who may, and never beyond what there is: not by a loose
/// fact, and not by correcting one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_other_way_leads_to_the_distribution() {
    let v = Varld::demo().await;
    let b = bok(&v).await;
    let (bidrag, cell) = cell(&b);
    let galler = Galler {
        bidrag: Some(bidrag),
        insats: Some(cell.insats),
        ar: Some(cell.ar),
        ..Galler::default()
    };
    let mut faktum = NyttFaktum::nytt(FaktumSlag::Fordelat, galler, Varde::Kant(10_000_000_000));
    faktum.orsak = Some("Bakvägen".into());
    let namnd = v.aktor(SLUG, Roll::Namndredovisare).await;
    let fore = v.db.rader();
    let p = v
        .tjanst
        .utfor(
            &namnd,
            None,
            RegistreraFaktum {
                faktum,
                tillkommer: false,
            },
        )
        .await
        .unwrap_err();
    assert_eq!(p.kod, "faktum-fordelning", "{p}");
    let f = b
        .fakta()
        .into_iter()
        .find(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
        .unwrap()
        .id;
    let hoj = RattaFaktum {
        faktum: f,
        rattelse: Rattelse::NyttVarde(Varde::Kant(10_000_000_000), Precision::EXAKT),
        orsak: "Bakvägen".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    let ekonom = v.aktor(SLUG, Roll::Ekonom).await;
    let p = v.tjanst.utfor(&ekonom, None, hoj).await.unwrap_err();
    assert_eq!(p.kod, "fordelning-overskriden", "{p}");
    assert_eq!(v.db.rader(), fore);
}
