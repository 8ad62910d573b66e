//! Tests of what is kept, on every engine there is, through the same permits as everyone.

mod andringar;
mod bocker;
mod bokforing;
mod journal;
mod konton;
mod mangd;
mod publik;
mod vaggar;

use jiff::Timestamp;
use jiff::civil::date;
use utfall_behorighet::{Aktor, Atgard, Permit, Roll, prova};
use utfall_domain::andring::{Andring, NyAnvandare, NyttUnderlag};
use utfall_domain::faktum::{FaktumSlag, Galler, Kalla, NyttFaktum, Sakerhet};
use utfall_domain::id::{
    AnvandareId, BeslutId, BidragId, FaktumId, HuvudmanId, InsatsId, OrganisationId, RapportId,
    UnderlagId,
};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText, Tjanst};
use utfall_domain::journal::{Handelse, Hash};
use utfall_domain::konto::Kontolage;
use utfall_domain::medel::{Beslut, Bidrag};
use utfall_domain::organisation::{
    Huvudman, NamnArt, Organisation, OrganisationSlag, OrganisationsNamn,
};
use utfall_domain::pengar::Precision;
use utfall_domain::varde::Varde;

use crate::db::prov::{Provbas, baser};
use crate::{Db, DbFel, Installningar, journal as jo, tillampa_alla};

/// A database with two tenants: A (number 2) with a little of everything, B (number 3) bare.
struct Varld {
    bas: Provbas,
    db: Db,
}

const A: i64 = 2;
const B: i64 = 3;

fn varldar() -> Vec<Varld> {
    baser().into_iter().map(Varld::ny).collect()
}

fn nu() -> Timestamp {
    "2022-02-02T08:30:00.123456Z".parse().unwrap()
}

fn huvudman_id(nr: i64) -> HuvudmanId {
    HuvudmanId::ny(nr).unwrap()
}

fn huvudman(nr: i64, slug: &str) -> Huvudman {
    let namn = format!("Huvudmannen {slug}");
    Huvudman {
        id: huvudman_id(nr),
        slug: slug.to_owned(),
        namn,
        pahittad: nr == B,
    }
}

/// A permit for the first role that may; the operator or the public where only they may.
fn permit(huvudman: i64, atgard: Atgard) -> Permit {
    let id = huvudman_id(huvudman);
    let chef = AnvandareId::ny(4).unwrap();
    let aktor = match atgard {
        Atgard::SattaUpp => Aktor::drift(id),
        Atgard::LasaPublicerat => Aktor::anonym(id),
        Atgard::HanteraOrganisationer | Atgard::HanteraAnvandare => {
            Aktor::ny(chef, id, &[Roll::Administrator]).unwrap()
        }
        _ => Aktor::ny(chef, id, &[Roll::Forbundschef]).unwrap(),
    };
    prova(&aktor, atgard).unwrap()
}

fn handelse(slag: &str) -> Handelse {
    Handelse {
        slag: slag.to_owned(),
        objekt: "bidrag 7".to_owned(),
        text: "Någon gjorde något – åäö.".to_owned(),
        data: serde_json::json!({"belopp": "1 400 tkr", "ids": [7, 8]}),
    }
}

impl Varld {
    fn ny(bas: Provbas) -> Self {
        Self::med(bas, &Installningar::default())
    }

    fn med(bas: Provbas, installningar: &Installningar) -> Self {
        let db = Db::oppna(&bas.mal, installningar).unwrap();
        let jag = Self { bas, db };
        for (nr, slug) in [(A, "a"), (B, "b")] {
            jag.gor(
                nr,
                Atgard::SattaUpp,
                vec![Andring::NyHuvudman(huvudman(nr, slug))],
            )
            .unwrap();
        }
        jag.gor(A, Atgard::SattaUpp, vec![Andring::NyAnvandare(chefen())])
            .unwrap();
        jag.gor(A, Atgard::ImporteraUnderlag, import()).unwrap();
        jag
    }

    /// Carries out a plan and its journal entry, as the door does.
    fn gor(&self, huvudman: i64, atgard: Atgard, plan: Vec<Andring>) -> Result<(), DbFel> {
        let permit = permit(huvudman, atgard);
        self.db
            .skriv(move |k| {
                tillampa_alla(k, &permit, nu(), &plan)?;
                k.tag_id(100)?;
                jo::skriv(k, &permit, nu(), &handelse(permit.atgard().kod()))?;
                Ok::<_, DbFel>(())
            })
            .vanta()
    }

    fn las<T: Send + 'static>(
        &self,
        huvudman: i64,
        atgard: Atgard,
        f: impl Fn(&mut crate::Las, &Permit) -> Result<T, DbFel> + Send + 'static,
    ) -> Result<T, DbFel> {
        let permit = permit(huvudman, atgard);
        self.db.las_samtidigt(move |k| f(k, &permit)).vanta()
    }

    /// SQL past the façade, as somebody with the file or the password could.
    fn ra(&self, sql: &str) -> Result<(), String> {
        if self.bas.ar_postgres() {
            crate::db::prov::ra_klient(self.bas.url())
                .batch_execute(sql)
                .map_err(|e| {
                    e.as_db_error()
                        .map_or_else(|| e.to_string(), |d| d.to_string())
                })
        } else {
            let c = rusqlite::Connection::open(self.bas.fil()).unwrap();
            c.execute_batch(sql).map_err(|e| e.to_string())
        }
    }
}

fn chefen() -> NyAnvandare {
    NyAnvandare {
        id: AnvandareId::ny(4).unwrap(),
        inloggning: "chef".to_owned(),
        visningsnamn: "Chefen".to_owned(),
        losenord: "$argon2id$prov".to_owned(),
        roller: vec!["forbundschef".to_owned(), "ekonom".to_owned()],
        lage: Kontolage::Aktivt,
        demo: true,
    }
}

fn org(nr: i64, slug: &str, overordnad: Option<i64>, namn: &[(&str, NamnArt)]) -> Organisation {
    let namn = namn.iter().map(|(namn, art)| OrganisationsNamn {
        namn: (*namn).to_owned(),
        art: *art,
        fran: (*art == NamnArt::Namn).then(|| date(2020, 1, 1)),
    });
    Organisation {
        id: OrganisationId::ny(nr).unwrap(),
        slug: slug.to_owned(),
        slag: OrganisationSlag::Namnd,
        orgnr: overordnad.is_none().then(|| "2120000000".to_owned()),
        overordnad: overordnad.and_then(OrganisationId::ny),
        namn: namn.collect(),
    }
}

fn bidrag(nr: i64, slug: &str, finansiar: i64) -> Bidrag {
    Bidrag {
        id: BidragId::ny(nr).unwrap(),
        slug: slug.to_owned(),
        namn: format!("Bidraget {slug}"),
        finansiar: OrganisationId::ny(finansiar).unwrap(),
        program: Some("Programmet".to_owned()),
        program_ar: Some((2020, 2023)),
        ar: vec![2021, 2022],
        andamal: None,
        overforing_tillaten: Some(false),
        diarienummer: Some("KS 2021-1".to_owned()),
    }
}

fn insats(nr: i64, namn: &str, bidrag: i64) -> Insats {
    Insats {
        id: InsatsId::ny(nr).unwrap(),
        slug: format!("insats-{nr}"),
        namn: namn.to_owned(),
        bidrag: BidragId::ny(bidrag),
        start_ar: Some(2021),
        slut_ar: None,
        ansvariga: vec![
            OrganisationId::ny(11).unwrap(),
            OrganisationId::ny(10).unwrap(),
        ],
        text: InsatsText {
            beskrivning: "Lovjobb".to_owned(),
            ..InsatsText::default()
        },
        fortsattning: Fortsattning::Okand,
        reserv: false,
        tjanster: vec![Tjanst {
            beskrivning: "handledare".to_owned(),
            antal: Some(2),
            andel: Some(37_500),
            ar: Some(2021),
            till_ar: Some(2022),
            fran_manad: Some(1),
            till_manad: None,
        }],
        version: 1,
    }
}

fn sha(bytes: &[u8]) -> Hash {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).into()
}

fn papper(nr: i64, innehall: &[u8], offentligt: bool) -> NyttUnderlag {
    NyttUnderlag {
        id: UnderlagId::ny(nr).unwrap(),
        dokument: format!("papper-{nr}"),
        titel: "Ett papper".to_owned(),
        offentligt,
        sha256: sha(innehall),
        innehall: innehall.to_vec(),
    }
}

fn faktum(
    slag: FaktumSlag,
    insats: Option<i64>,
    varde: Varde,
    underlag: Option<i64>,
) -> NyttFaktum {
    let galler = Galler {
        bidrag: BidragId::ny(20),
        insats: insats.and_then(InsatsId::ny),
        ar: Some(2021),
        ..Galler::default()
    };
    let kalla = underlag.map(|nr| Kalla {
        underlag: UnderlagId::ny(nr).unwrap(),
        plats: "bilaga 1, rad 4".to_owned(),
        uttalande: None,
    });
    NyttFaktum {
        kalla,
        ..NyttFaktum::nytt(slag, galler, varde)
    }
}

fn nytt_faktum(nr: i64, faktum: NyttFaktum) -> Andring {
    Andring::NyttFaktum {
        id: FaktumId::ny(nr).unwrap(),
        faktum: Box::new(faktum),
    }
}

/// A fact with every field used.
fn fullt_faktum() -> NyttFaktum {
    NyttFaktum {
        galler: Galler {
            bidrag: BidragId::ny(20),
            insats: InsatsId::ny(30),
            organisation: OrganisationId::ny(10),
            finansiar: OrganisationId::ny(12),
            ar: Some(2021),
            fran_ar: Some(2020),
            period_fran: Some(date(2021, 1, 1)),
            period_till: Some(date(2021, 12, 31)),
            kategori: Some("lön".to_owned()),
            version: Some("förslag A".to_owned()),
        },
        precision: Precision::TUSENTAL,
        cirka: true,
        sakerhet: Sakerhet::Preliminar,
        beslut: BeslutId::ny(25),
        kalla: Some(Kalla {
            underlag: UnderlagId::ny(40).unwrap(),
            plats: "sid 3".to_owned(),
            uttalande: Some("u17".to_owned()),
        }),
        ..NyttFaktum::nytt(
            FaktumSlag::Fordelat,
            Galler::default(),
            Varde::Kant(68_000_000),
        )
    }
}

/// One of everything that an import makes, with every field used somewhere.
fn import() -> Vec<Andring> {
    use FaktumSlag::{Anvant, Deltagare, Rekvirerat};
    let mut plan = vec![
        Andring::NyOrganisation(org(12, "fonden", None, &[("Östra fonden", NamnArt::Namn)])),
        Andring::NyOrganisation(org(10, "kommunen", None, &[("Åbyn", NamnArt::Namn)])),
        Andring::NyOrganisation(org(
            11,
            "namnden",
            Some(10),
            &[("Ärendenämnden", NamnArt::Namn), ("Än", NamnArt::Alias)],
        )),
        Andring::NyttBidrag(bidrag(20, "fonden-2021", 12)),
        Andring::NyttBidrag(Bidrag {
            program_ar: None,
            overforing_tillaten: None,
            ar: Vec::new(),
            ..bidrag(21, "andra", 12)
        }),
        Andring::NyttBeslut(Beslut {
            id: BeslutId::ny(25).unwrap(),
            instans: "Kommunstyrelsen".to_owned(),
            paragraf: Some("64".to_owned()),
            ar: Some(2021),
            datum: Some(date(2021, 3, 9)),
            diarienummer: None,
            rubrik: "Fördelning".to_owned(),
            bidrag: BidragId::ny(20),
            villkor: None,
        }),
        Andring::NyInsats(insats(30, "Östra spåret", 20)),
        Andring::NyInsats(insats(31, "Ängen", 20)),
        Andring::NyttUnderlag(papper(40, b"{\"papper\": 40}", true)),
        Andring::NyttUnderlag(papper(41, b"{\"papper\": 41}", false)),
    ];
    plan.extend([
        nytt_faktum(50, fullt_faktum()),
        nytt_faktum(51, faktum(Rekvirerat, None, Varde::Kant(0), Some(40))),
        nytt_faktum(52, faktum(Anvant, Some(30), Varde::Okant, Some(40))),
        nytt_faktum(53, faktum(Anvant, Some(31), Varde::EjInrapporterat, None)),
        nytt_faktum(54, faktum(Deltagare, Some(30), Varde::Kant(17), Some(40))),
        nytt_faktum(55, faktum(Deltagare, Some(31), Varde::Kant(4), Some(41))),
        nytt_faktum(56, faktum(Deltagare, Some(30), Varde::Sekretess, None)),
        nytt_faktum(
            57,
            faktum(Anvant, Some(30), Varde::Kant(-70_000_000), Some(41)),
        ),
    ]);
    plan
}

fn rapport_id(nr: i64) -> RapportId {
    RapportId::ny(nr).unwrap()
}
