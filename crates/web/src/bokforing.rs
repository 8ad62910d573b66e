//! The accounts: the files that have been read in, how accounts lead to initiatives, and the
//! vouchers behind the figures.

mod export;
mod for_hand;
mod inlasning;
mod koppling;
mod las_in;
mod okopplat;
mod verifikationer;

pub use export::{
    en as en_export, export, fil as exportfil, gor as gor_export, tillbaka as ta_tillbaka_export,
};
pub use for_hand::{for_hand, skriv_in, ta_tillbaka};
pub use inlasning::{angra, avbryt, inlasning};
pub use koppling::{andra_koppling, koppling, kopplingsfil, las_in_koppling};
pub use las_in::{bekrafta, formular, granska, ta_emot};
pub use okopplat::{att_koppla, saker};
pub use verifikationer::{verifikation, verifikationer, verifikationer_csv};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::ram::stor_forst;
use crate::siffror::{klockslag, kort_dag, text};
use crate::svar::Svar;
use std::collections::HashMap;
use utfall_app::bokforing::{Bokforing, delning_i_ord, vid_sidan};
use utfall_behorighet::Atgard;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Enhet, FaktumSlag};
use utfall_domain::medel::kontering::{Andrad, Kontering};
use utfall_domain::medel::verifikation::{Bokforingsnamn, Inlasning, Inlasningslage};
use utfall_domain::pengar::heltal;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::komponent::{Allvar, Besked, Lage, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};
use utfall_vyer::tal::{TalVy, Tecken};

/// Work that blocks, off the threads that answer and after them.
async fn blockerande<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let fallit = |fel: String| {
        tracing::error!(%fel, "arbetet med en bokföringsfil föll");
        Err(Problem::nytt(
            utfall_domain::problem::ProblemSlag::Internt,
            "internt",
            "Något gick fel i systemet. Inget har sparats.",
            "Försök igen. Hjälper det inte, kontakta den som sköter systemet.",
        ))
    };
    match vid_sidan(f) {
        Ok(svar) => svar.await.unwrap_or_else(|fel| fallit(fel.to_string())),
        Err(fel) => fallit(fel.to_string()),
    }
}

fn over() -> Vec<Lank> {
    vec![
        Lank::ny("Medel", adress::medel()),
        Lank::ny("Bokföring", adress::bokforing()),
    ]
}

/// An amount that is its own source: a row of a voucher, or what would come of something.
fn kr(ore: i64) -> TalVy {
    TalVy::utan_lank(text(ore, Enhet::Ore))
}

fn hela(tal: i64) -> TalVy {
    TalVy::utan_lank(heltal(tal))
}

/// GET `/bokforing`.
pub async fn lista(a: Inloggat) -> Resultat {
    let b = a.webb.tjanst.bokforing(&a.session.aktor).await?;
    let mut text = Text::default();
    for (far, ord, till) in [
        (
            a.far(Atgard::ImporteraSie),
            "Läs in bokföring",
            adress::las_in_bokforing(),
        ),
        (true, "Koppling till insatser", adress::koppling()),
        (true, "Verifikationer", adress::verifikationer()),
        (true, "Verifikationer för hand", adress::for_hand()),
        (
            a.far(Atgard::ExporteraSie),
            "Lämna över till bokföringen",
            adress::export(),
        ),
    ] {
        if far {
            let mellan = if text.tom() { "" } else { " · " };
            text = text.ord(mellan).lank(Lank::ny(ord, till));
        }
    }
    let kolumner = vec![
        Kolumn::ord("Fil"),
        Kolumn::ord("Räkenskapsår"),
        Kolumn::ord("Företag"),
        Kolumn::tal("Verifikationer"),
        Kolumn::ord("Läge"),
        Kolumn::ord("När"),
    ];
    let rader = b.bokfort.inlasningar.iter().map(|i| rad(&b, i)).collect();
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Bokföring", ingress(&b))
            .under(vec![Lank::ny("Medel", adress::medel())]),
        besked: besked(&b),
        delar: vec![Tabelldel {
            id: "inlasningar".into(),
            rubrik: "Inlästa filer".into(),
            text,
            tabell: Tabell::ny("inlasningar-t", "Den senaste först", kolumner, rader)
                .klass("bredd")
                .tomt(
                    "Ingen fil är inläst än. Exportera SIE typ 4 ur ekonomisystemet och läs \
                         in den.",
                ),
        }],
        ..Tabellsida::default()
    };
    Svar::sida(&sida)
}

fn ingress(b: &Bokforing) -> String {
    let sist = b
        .bokfort
        .inlasningar
        .iter()
        .find(|i| i.lage == Inlasningslage::Galler);
    match sist {
        Some(i) => format!(
            "Senast inläst {}. Det använda i siffrorna följer bokföringen.",
            klockslag(i.andrad.0)
        ),
        None => "Läs in ekonomisystemets fil, så följer det använda bokföringen.".to_owned(),
    }
}

fn besked(b: &Bokforing) -> Vec<Besked> {
    let mut ut = Vec::new();
    if let Some((id, _, lever)) = b.pagar
        && lever
    {
        let till = adress::inlasning(&id.to_string());
        let text = Text::default().lank(Lank::ny("Se hur långt den har kommit", till));
        ut.push(Besked::ny(Allvar::Upplysning, "en fil läses in", text));
    }
    if !b.okopplade.is_empty() {
        let rubrik = att_koppla(saker(&b.okopplade), "").to_lowercase();
        let text = Text::from("Det räknas inte i någon siffra. ").lank(Lank::ny(
            "Välj vart det hör",
            adress::koppling().vid("okopplade"),
        ));
        ut.push(Besked::ny(Allvar::Varning, rubrik, text));
    }
    ut
}

fn rad(b: &Bokforing, i: &Inlasning) -> Rad {
    let lever = matches!(b.pagar, Some((id, _, true)) if id == i.id);
    Rad::ny(vec![
        Cell::rubriklank(&i.filnamn, adress::inlasning(&i.id.to_string()), None),
        Cell::Kort(aret(i), false),
        i.foretag.as_str().into(),
        hela(i.verifikationer).into(),
        Cell::Lage(lage(i, lever)),
        Cell::Kort(klockslag(i.andrad.0), false),
    ])
}

fn aret(i: &Inlasning) -> String {
    let (fran, till) = (i.ar.fran, i.ar.till);
    if fran.year() == till.year() && fran == fran.first_of_year() && till == till.last_of_year() {
        return fran.year().to_string();
    }
    format!("{} – {}", kort_dag(fran), kort_dag(till))
}

/// Where an import is: one that has begun and does not move is one that was stopped.
fn lage(i: &Inlasning, lever: bool) -> Lage {
    let (ord, slag) = match i.lage {
        Inlasningslage::Paborjad if lever => ("Läses in", LageSlag::Pagar),
        Inlasningslage::Paborjad | Inlasningslage::Avbruten => {
            ("Avbruten, inget sparat", LageSlag::Varning)
        }
        Inlasningslage::Galler => ("Inläst", LageSlag::Lugn),
        Inlasningslage::Angrad => ("Ångrad", LageSlag::Upplysning),
    };
    Lage::ny(ord, slag)
}

/// Names of accounts and objects, to be looked up.
struct Namnen(HashMap<(String, String, String), String>);

impl Namnen {
    fn av(namn: &[Bokforingsnamn]) -> Self {
        Self(
            namn.iter()
                .map(|n| {
                    (
                        (n.orgnr.clone(), n.slag.clone(), n.kod.clone()),
                        n.namn.clone(),
                    )
                })
                .collect(),
        )
    }

    fn namn(&self, orgnr: &str, slag: &str, kod: &str) -> &str {
        let nyckel = (orgnr.to_owned(), slag.to_owned(), kod.to_owned());
        self.0.get(&nyckel).map_or("", String::as_str)
    }

    fn konto(&self, k: &Kontering) -> String {
        let nr = k.konto.to_string();
        format!("{nr} {}", self.namn(&k.orgnr, "konto", &nr))
            .trim()
            .to_owned()
    }

    fn objekt(&self, k: &Kontering) -> String {
        let ett = |(dim, objekt): &(u32, String)| {
            let slag = match dim {
                1 => "kostnadsställe".to_owned(),
                6 => "projekt".to_owned(),
                dim => format!("dimension {dim}"),
            };
            let namn = self.namn(&k.orgnr, &dim.to_string(), objekt);
            format!("{slag} {objekt} {namn}").trim().to_owned()
        };
        let alla: Vec<String> = k.objekt.iter().map(ett).collect();
        match alla.as_slice() {
            [] => "inget".to_owned(),
            alla => stor_forst(&alla.join(", ")),
        }
    }
}

/// Facts that would change, as a table.
fn andringar(bocker: &Bocker, andrade: &[Andrad], id: &str) -> Tabell {
    const FLEST: usize = 200;
    let kolumner = vec![
        Kolumn::ord("Insats"),
        Kolumn::ord("Vad"),
        Kolumn::ord("Bidrag"),
        Kolumn::ord("Månad"),
        Kolumn::kr("Före"),
        Kolumn::kr("Efter"),
    ];
    let tal = |ore: Option<i64>| ore.map_or_else(|| TalVy::tecken(Tecken::EjInrapporterat), kr);
    let rader = andrade.iter().take(FLEST).map(|a| {
        let n = &a.nyckel;
        let insats = bocker.insats(n.insats).map_or("", |i| i.namn.as_str());
        let vad = match (&n.kategori, n.slag) {
            (_, FaktumSlag::BokfortBidrag) => "Bidragsintäkt",
            (Some(ord), _) => ord,
            (None, _) => "Kostnad",
        };
        Rad::ny(vec![
            Cell::rubrik(insats),
            vad.into(),
            bidrag_och_del(bocker, a).into(),
            Cell::Kort(manaden(n.manad), false),
            tal(a.fore).into(),
            tal(a.nu).into(),
        ])
    });
    let fler = andrade.len().saturating_sub(FLEST);
    let caption = match fler {
        0 => "Det använda per insats, slag, bidrag och månad, kronor".to_owned(),
        n => format!(
            "Det använda per insats, slag, bidrag och månad, kronor. {n} rader till visas inte."
        ),
    };
    Tabell::ny(id, caption, kolumner, rader.collect())
        .klass("bredd")
        .tomt("Inga siffror ändras.")
}

/// The grant that pays, and its share when several do.
fn bidrag_och_del(bocker: &Bocker, a: &Andrad) -> String {
    let bidrag = a.nyckel.bidrag.and_then(|id| bocker.bidrag(id));
    let namn = bidrag.map_or("Inget", |b| b.namn.as_str());
    match &a.delning {
        Some(delning) => format!("{namn}: {}", delning_i_ord(delning)),
        None => namn.to_owned(),
    }
}

fn manaden(dag: jiff::civil::Date) -> String {
    stor_forst(&format!("{} {}", tid::manad(dag.month()), dag.year()))
}
