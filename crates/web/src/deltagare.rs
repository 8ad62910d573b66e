//! Participants: the pages of those who have an assignment. Nobody's name or number is in any
//! address or heading, and the journal is told before anything is shown.

mod anonyma;
mod blankett;
mod fil;
mod information;
mod las_in;
mod registrera;
mod samtycke;
mod sida;
mod siffror;
mod start;
mod steg;
mod uppgifter;
mod utdrag;

pub use anonyma::{anonyma, rakna};
pub use information::informationsblad;
pub use las_in::{bekrafta, granska, las_in, mall, prova};
pub use registrera::{ny, spara};
pub use samtycke::{aterkalla_samtycke, nytt_samtycke, spara_samtycke};
pub use sida::visa;
pub use siffror::siffror;
pub use start::{ratta_start, spara_start};
pub use steg::{ateruppta, avsluta, felregistrera, folj_upp, spara_avslut, spara_uppfoljning};
pub use uppgifter::{ratta_uppgifter, spara_uppgifter};
pub use utdrag::utdrag;

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::siffror::{antal, kort_dag};
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::deltagare::{Deltagarbild, Deltagarpost, Insatsnamn, Sida};
use utfall_behorighet::Atgard;
use utfall_domain::deltagare::aldersgrans::narmar_sig;
use utfall_domain::deltagare::deltagande::{Deltagande, Lage};
use utfall_domain::deltagare::uppgifter::{Kand, Uppgifter};
use utfall_domain::id::DeltagandeId;
use utfall_domain::problem::Problem;
use utfall_domain::svensk::sorteringsnyckel;
use utfall_domain::tid;
use utfall_vyer::komponent::{Allvar, Besked, Lage as Lagevy, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// GET `/deltagare`.
pub async fn lista(a: Inloggat) -> Resultat {
    let lista = a
        .webb
        .tjanst
        .deltagarna(&a.session.aktor, Sida::Lista)
        .await?;
    let idag = tid::dag(a.nu);
    let alla: usize = lista.insatser.iter().map(|(_, d)| d.len()).sum();
    let delar = lista.insatser.iter().map(|(i, d)| del(i, d, idag));
    let delar: Vec<Tabelldel> = delar.collect();
    let mut sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Deltagare", ingress(alla, delar.len())),
        delar,
        ..Tabellsida::default()
    };
    if a.fraga.text("gjort") == "inlasta" {
        let text = "De står i listan, och räknas i siffrorna efter kvartalets slut.";
        sida.besked.push(Besked::ny(
            Allvar::Upplysning,
            "deltagarna är inlästa",
            text,
        ));
    }
    if sida.delar.is_empty() {
        sida.besked.push(inget_uppdrag());
    } else {
        let lankar = [
            ("Bladet till deltagaren", adress::informationsblad()),
            ("Läs in ur en fil", adress::las_in_deltagare()),
            ("Deltagare utan uppgifter", adress::anonyma()),
            ("Våra siffror", adress::egna_siffror()),
        ];
        for (nr, (namn, till)) in lankar.into_iter().enumerate() {
            let fore = if nr == 0 { " " } else { " · " };
            sida.huvud.ingress = sida.huvud.ingress.ord(fore).lank(Lank::ny(namn, till));
        }
    }
    Svar::sida(&sida)
}

fn ingress(alla: usize, insatser: usize) -> String {
    if insatser == 0 {
        return String::new();
    }
    let deltaganden = antal(
        alla,
        "Ingen är registrerad än",
        "En är registrerad",
        "är registrerade",
    );
    format!(
        "{deltaganden}. Du ser bara deltagarna i dina egna uppdrag, och varje visning står i \
         journalen."
    )
}

/// What to do for who has the role and nothing to use it for.
fn inget_uppdrag() -> Besked {
    Besked::ny(
        Allvar::Upplysning,
        "du har inget uppdrag i dag",
        "Rollen räcker inte. Den som är insatsansvarig ger dig ett uppdrag i en insats, med \
         dagar. Fråga den personen.",
    )
}

fn del(insats: &Insatsnamn, deltaganden: &[(Deltagarbild, Deltagande)], idag: Date) -> Tabelldel {
    let mut ordnade: Vec<_> = deltaganden.iter().collect();
    ordnade.sort_by_cached_key(|(bild, d)| {
        let slut = matches!(d.lage, Lage::Pagaende);
        (!slut, sorteringsnyckel(&kallas(&bild.uppgifter)), bild.id)
    });
    let rader = ordnade.into_iter().map(|(bild, d)| rad(bild, d, idag));
    let kolumner = ["Deltagare", "Började", "Läge", "Att göra"].map(Kolumn::ord);
    let id = format!("insats-{}-{}", insats.id, insats.organisation);
    let ny = adress::ny_deltagare().fraga("insats", &insatsvarde(insats));
    Tabelldel {
        tabell: Tabell::ny(
            format!("{id}-t"),
            "De pågående först",
            kolumner.to_vec(),
            rader.collect(),
        )
        .klass("ihop")
        .tomt("Ingen är registrerad än."),
        id,
        rubrik: insats.namn.clone(),
        text: Text::default().lank(Lank::ny("Registrera en deltagare", ny)),
    }
}

fn rad(bild: &Deltagarbild, d: &Deltagande, idag: Date) -> Rad {
    let id = bild.id.to_string();
    let under = bild
        .uppgifter
        .skyddad
        .then(|| "skyddade uppgifter".to_owned());
    Rad::ny(vec![
        Cell::rubriklank(kallas(&bild.uppgifter), adress::deltagare(&id), under),
        Cell::Kort(kort_dag(d.intrade.dag), false),
        Cell::Lage(laget(d)),
        att_gora(aldersgransen(bild, d, idag), &id, d, idag).into(),
    ])
}

/// What the person is called in a list: the name, or by what they are known.
pub(crate) fn kallas(u: &Uppgifter) -> String {
    match (&u.namn, &u.kand) {
        (Some(namn), _) => namn.som_str().to_owned(),
        (None, Kand::Kod(kod)) => kod.som_str().to_owned(),
        (None, Kand::Nummer(nummer)) => nummer.tryckt().som_str().to_owned(),
    }
}

/// Where a participation is, in a word.
fn laget(d: &Deltagande) -> Lagevy {
    match &d.lage {
        Lage::Pagaende => Lagevy::ny("Pågår", LageSlag::Pagar),
        Lage::Avslutat { uttrade, .. } => Lagevy::ny(
            format!("Avslutad {}", kort_dag(uttrade.dag)),
            LageSlag::Lugn,
        ),
        Lage::Felregistrerat { .. } => Lagevy::ny("Felregistrerad", LageSlag::Varning),
    }
}

/// The support that ends soon because of age, while there is time to do something.
pub(super) fn aldersgransen(bild: &Deltagarbild, d: &Deltagande, idag: Date) -> Text {
    let Kand::Nummer(nummer) = &bild.uppgifter.kand else {
        return Text::default();
    };
    let nara = narmar_sig(nummer.fodelsedatum(), d, idag);
    nara.map_or_else(Text::default, |g| {
        Text::from(format!(
            "Fyller {} år {}: {} slutar",
            g.alder,
            kort_dag(g.dag),
            g.stod
        ))
    })
}

/// With what is due about somebody: the follow-ups whose day has come, the oldest first.
pub(super) fn att_gora(mut ut: Text, id: &str, d: &Deltagande, idag: Date) -> Text {
    let dags = d
        .att_folja_upp()
        .into_iter()
        .filter(|(_, dag)| *dag <= idag);
    for (vag, dag) in dags {
        if !ut.tom() {
            ut = ut.ord(" · ");
        }
        let ord = format!("Följ upp efter {}", vag.text());
        let till = adress::folj_upp(id, vag.kod());
        ut = ut
            .lank(Lank::ny(ord, till))
            .ord(format!(" (sedan {})", kort_dag(dag)));
    }
    ut
}

/// How a form names an initiative at its performer.
fn insatsvarde(insats: &Insatsnamn) -> String {
    format!("{}-{}", insats.id, insats.organisation)
}

/// The participation in the address.
fn ur_stigen(a: &Inloggat) -> Result<DeltagandeId, Problem> {
    let nr = a.stig.tal("deltagare").and_then(DeltagandeId::ny);
    nr.ok_or_else(Problem::finns_inte)
}

/// The participant in the address, as a form shows them.
async fn i_formular(a: &Inloggat) -> Result<Deltagarpost, Problem> {
    let id = ur_stigen(a)?;
    let tjanst = &a.webb.tjanst;
    tjanst
        .deltagaren(&a.session.aktor, id, Sida::Formular)
        .await
}

/// The pages above a form about a participant.
fn vagen_hit(post: &Deltagarpost) -> Vec<Lank> {
    vec![
        Lank::ny("Deltagare", adress::deltagarna()),
        Lank::ny("Deltagaren", adress::deltagare(&post.bild.id.to_string())),
    ]
}

/// Who it is and in what, over a form.
fn om_vem(post: &Deltagarpost) -> String {
    format!("{}, {}.", kallas(&post.bild.uppgifter), post.insats.namn)
}

/// Fills the fields of a form that has not been sent with what is registered.
fn fyll(a: &mut Inloggat, falt: Vec<(String, String)>) {
    if a.formular.alla().next().is_some() {
        return;
    }
    for (namn, varde) in falt {
        // What was read before can be read again; what could not is left empty.
        let _ = a.anrop.formular.lagg_till(namn, varde);
    }
}

/// Whether the account may write about participants.
fn far_skriva(a: &Inloggat) -> bool {
    a.far(Atgard::SkrivaDeltagande)
}
