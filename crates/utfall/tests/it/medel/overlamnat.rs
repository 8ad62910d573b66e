//! Requisitions and distributions handed over to the accounts: every file balances, a second
//! reader agrees to the öre, and nothing is handed over twice.

use super::*;
use std::collections::BTreeMap;
use utfall_app::bokforing::{
    ExporteraBokforing, SparaKoppling, TaTillbakaExport, Underlag, skriv_exportfil,
};
use utfall_app::medel::{Rekvisitionshandling, SkrivRekvisition, StegRekvisition};
use utfall_domain::id::MedelspostId;
use utfall_domain::medel::export::{Exporterad, Exportkonton, Exporturval, exporter};
use utfall_domain::medel::kontering::{Koppling, Regel, Till};
use utfall_domain::medel::rekvisition::{Riktning, Uppgift};

const KONTON: Exportkonton = Exportkonton {
    fordran: Some(1650),
    intakt: Some(3511),
    kostnad: Some(4511),
    skuld: Some(2490),
};

/// What the file says by itself: the sum of each account and project, and how many vouchers.
/// Reads the bytes with its own few lines and shares nothing with the program.
fn lasaren(bytes: &[u8]) -> (BTreeMap<(u32, String), i64>, usize) {
    // 86 is å, 84 ä, 94 ö in the code page; no other letter beyond ASCII is in the tests.
    let text: String = bytes
        .iter()
        .map(|b| match b {
            0x86 => 'å',
            0x84 => 'ä',
            0x94 => 'ö',
            0x99 => 'Ö',
            0x8e => 'Ä',
            0x8f => 'Å',
            0..=0x7f => char::from(*b),
            annat => panic!("{annat:#x} hör inte till CP437 som provet skriver det"),
        })
        .collect();
    let (mut ut, mut antal, mut summa) = (BTreeMap::new(), 0, 0_i64);
    for rad in text.split("\r\n") {
        if rad.starts_with("#VER ") {
            antal += 1;
            summa = 0;
        }
        if rad == "}" {
            assert_eq!(summa, 0, "varje verifikation är i balans");
        }
        let Some(resten) = rad.strip_prefix("#TRANS ") else {
            continue;
        };
        let (konto, resten) = resten.split_once(" {").unwrap();
        let (objekt, belopp) = resten.split_once("} ").unwrap();
        let projekt = objekt.strip_prefix("6 ").unwrap_or("").to_owned();
        let (kr, ore) = belopp.split_once('.').unwrap();
        let tal: i64 = format!("{kr}{ore}").parse().unwrap();
        summa += tal;
        *ut.entry((konto.parse().unwrap(), projekt)).or_insert(0) += tal;
    }
    (ut, antal)
}

/// CRC-32 bit by bit over labels and fields, as the format's appendix tells it.
fn kontrollsumma(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    let mut ta = |b: u8| {
        crc ^= u32::from(b);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    };
    let mut inne = false;
    for rad in bytes.split(|b| *b == b'\n') {
        if rad.starts_with(b"#KSUMMA") {
            if inne {
                break;
            }
            inne = true;
            continue;
        }
        let mut citat = false;
        for b in rad.iter().filter(|_| inne) {
            match b {
                b'"' => citat = !citat,
                // Between fields these mean nothing; within quotes they are text.
                b' ' | b'{' | b'}' | b'\r' if !citat => {}
                b => ta(*b),
            }
        }
    }
    !crc
}

impl Prov {
    async fn koppla(&self) {
        let regel = |projekt: &str, insats| Regel {
            objekt: vec![(6, projekt.into())],
            till: Some(Till {
                insats,
                bidrag: None,
                organisation: None,
            }),
            ..Regel::default()
        };
        let fall = SparaKoppling {
            sedd: self.kopplingens_version().await,
            koppling: Koppling {
                regler: vec![regel("P1", self.ett), regel("P2", self.tva)],
                ..Koppling::default()
            },
            orsak: "Enligt kodplanen".into(),
            efter_avslut: false,
        };
        self.gor(fall).await.unwrap();
    }

    /// A requisition that is sent; its number and version.
    async fn skickad(&self, riktning: Riktning, kronor: i64) -> MedelspostId {
        let part = riktning == Riktning::FranPart;
        let bok = self.bok().await;
        let socialnamnden = bok.organisationer.iter().find(|o| o.heter("Socialnämnden"));
        let skriv = SkrivRekvisition {
            utkast: None,
            bidrag: self.bidrag,
            insats: part.then_some(self.ett),
            organisation: socialnamnden.filter(|_| part).map(|o| o.id),
            uppgift: Uppgift {
                riktning,
                belopp: kronor * 100,
                fran: date(AR, 1, 1),
                till: date(AR, 1, 31),
                sista: false,
                retroaktiv: None,
                senast: None,
            },
        };
        let sak = self.gor(skriv).await.unwrap();
        let skicka = Rekvisitionshandling::Skicka {
            intygande: "Kostnaderna finns.".into(),
        };
        self.tag_steg(sak, 1, skicka).await;
        sak
    }

    async fn tag_steg(&self, sak: MedelspostId, version: i64, handling: Rekvisitionshandling) {
        let fall = StegRekvisition {
            sak,
            version,
            handling,
            dag: Some(date(AR, 2, 1)),
            orsak: "Vi behöver inte pengarna".into(),
            efter_avslut: false,
        };
        self.gor(fall).await.unwrap();
    }

    fn export(&self) -> ExporteraBokforing {
        ExporteraBokforing {
            urval: Exporturval {
                ar: AR,
                bidrag: Some(self.bidrag),
                rekvisitioner: true,
                fordelning: true,
            },
            konton: KONTON,
            serie: "U".into(),
            orgnr: "212000-3005".into(),
            sedd: None,
        }
    }

    async fn underlag(&self) -> Underlag {
        self.v.tjanst.exportunderlag(&self.ekonom).await.unwrap()
    }

    async fn filerna(&self) -> Vec<Exporterad> {
        exporter(&self.underlag().await.bokfort.bocker.medelsposter)
    }

    /// Hands over what waits, and reads the file with both readers.
    async fn lamna(&self) -> (MedelspostId, BTreeMap<(u32, String), i64>, usize) {
        let id = self.gor(self.export()).await.unwrap();
        let alla = self.filerna().await;
        let e = alla.iter().find(|e| e.id == id).unwrap();
        let bytes = skriv_exportfil(&e.export).unwrap().bytes;
        let kodning = utfall_sie::Kodning::Cp437;
        let granskad = utfall_sie::Granskare::granska(&bytes[..], kodning);
        assert_eq!(
            granskad.anmarkningar,
            [],
            "vår egen läsare har inget att säga"
        );
        assert!(granskad.oversikt.ar_4i());
        let text = kodning.avkoda(&bytes);
        let summa = text.trim_end().rsplit(' ').next().unwrap().to_owned();
        // The format writes it as a number with a sign.
        assert_eq!(summa, kontrollsumma(&bytes).cast_signed().to_string());
        let (rader, antal) = lasaren(&bytes);
        let mut vara: BTreeMap<(u32, String), i64> = BTreeMap::new();
        let mut las = utfall_sie::Inlasning::ny(&bytes[..], kodning);
        while let Some(ver) = las.nasta() {
            assert_eq!(ver.serie, "U");
            for r in &ver.rader {
                let projekt = r.objekt.first().map_or("", |(_, o)| o).to_owned();
                *vara.entry((r.konto, projekt)).or_insert(0) += r.belopp;
            }
        }
        assert_eq!(vara, rader, "två läsare säger samma ören");
        (id, rader, antal)
    }
}

fn konton(rader: &[(u32, &str, i64)]) -> BTreeMap<(u32, String), i64> {
    let alla = rader.iter();
    alla.map(|(konto, projekt, kr)| ((*konto, (*projekt).to_owned()), kr * 100))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_granted_and_distributed_is_handed_over_once_and_changes_follow() {
    let p = Prov::nytt().await;
    p.koppla().await;
    assert_eq!(p.nej(p.export()).await, "export-tom");
    p.fordela(&[
        (p.ett, Some(100_000)),
        (p.tva, Some(50_000)),
        (p.reserv, Some(9_000)),
    ])
    .await;
    let till = p.skickad(Riktning::TillFinansiar, 80_000).await;
    let fran = p.skickad(Riktning::FranPart, 7_000).await;
    // Sent is not granted: nothing is owed yet.
    let utkast = p.export().utkast(&p.underlag().await);
    assert_eq!(utkast.verifikationer.len(), 1, "bara fördelningen");
    p.tag_steg(till, 2, Rekvisitionshandling::Bevilja(6_000_000))
        .await;
    p.tag_steg(fran, 2, Rekvisitionshandling::Bevilja(700_000))
        .await;

    let (forsta, rader, antal) = p.lamna().await;
    assert_eq!(antal, 3);
    let vantat = [
        (1650, "", 60_000),
        // What came in, less what went on to the two.
        (3511, "", -60_000 + 150_000),
        (3511, "P1", -100_000),
        (3511, "P2", -50_000),
        (4511, "P1", 7_000),
        (2490, "", -7_000),
    ];
    assert_eq!(rader, konton(&vantat));
    assert_eq!(
        p.nej(p.export()).await,
        "export-tom",
        "inget lämnas över två gånger"
    );

    // Paid is not news; changed and taken back is, by the difference.
    p.tag_steg(till, 3, Rekvisitionshandling::Betala).await;
    assert_eq!(p.nej(p.export()).await, "export-tom");
    p.fordela(&[(p.ett, Some(90_000)), (p.tva, None)]).await;
    p.tag_steg(fran, 3, Rekvisitionshandling::Aterkalla).await;
    let (andra, rader, antal) = p.lamna().await;
    assert_eq!(antal, 2);
    let vantat = [
        (3511, "", -60_000),
        (3511, "P1", 10_000),
        (3511, "P2", 50_000),
        (4511, "P1", -7_000),
        (2490, "", 7_000),
    ];
    assert_eq!(rader, konton(&vantat));

    // The first lies under the second; the second is taken back, and comes again.
    let tillbaka = |id, version| TaTillbakaExport {
        id,
        version,
        orsak: "Den lästes aldrig in".into(),
    };
    assert_eq!(p.nej(tillbaka(forsta, 1)).await, "export-senare-finns");
    p.gor(tillbaka(andra, 1)).await.unwrap();
    assert_eq!(p.nej(tillbaka(andra, 2)).await, "export-redan-tillbaka");
    let (_, igen, _) = p.lamna().await;
    assert_eq!(igen, rader);
    // What an earlier file had can be written again, byte for byte.
    let alla = p.filerna().await;
    assert_eq!(
        skriv_exportfil(&alla[0].export).unwrap(),
        skriv_exportfil(&p.filerna().await[0].export).unwrap()
    );
    assert_eq!(alla.iter().filter(|e| e.tillbaka.is_some()).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stops_a_file_is_told_all_at_once_and_nothing_is_remembered() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(100_000))]).await;
    // Nobody has said which project it is: left out, and said.
    let utkast = p.export().utkast(&p.underlag().await);
    assert_eq!(utkast.utan_objekt, [p.ett]);
    assert_eq!(p.nej(p.export()).await, "export-tom");
    p.koppla().await;
    let till = p.skickad(Riktning::TillFinansiar, 80_000).await;
    p.tag_steg(till, 2, Rekvisitionshandling::Bevilja(1)).await;
    let trasig = ExporteraBokforing {
        konton: Exportkonton::default(),
        serie: "en serie".into(),
        orgnr: "12".into(),
        ..p.export()
    };
    let fel = p.v.tjanst.brister(&p.ekonom, trasig.clone()).await.unwrap();
    let falt: Vec<_> = fel.alla().into_iter().filter_map(|p| p.falt).collect();
    assert_eq!(falt, ["orgnr", "serie", "fordran", "intakt"]);
    assert_eq!(p.nej(trasig).await, "export-orgnr");
    // Somebody looked, and then it changed.
    let sedd = p.export().utkast(&p.underlag().await).avtryck();
    p.fordela(&[(p.tva, Some(1_000))]).await;
    let gammal = ExporteraBokforing {
        sedd: Some(sedd),
        ..p.export()
    };
    assert_eq!(p.nej(gammal).await, "export-andrad");
    assert!(p.filerna().await.is_empty());
    let revisor = p.v.aktor("forsby", Roll::Revisor).await;
    let nej = p.v.tjanst.utfor(&revisor, None, p.export()).await;
    assert_eq!(nej.unwrap_err().kod, "behorighet-nekad");
}
