//! What the journal is filtered by: what was done, with what, and when.

use crate::adress::Adress;
use crate::anrop::Inloggat;
use crate::felen::mening;
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_app::journalen::Journalvillkor;
use utfall_domain::faktum::Faktum;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};

/// The kinds of entries, in words.
const SLAG: &[(&str, &str)] = &[
    ("bidrag-skapat", "Bidrag upplagda för hand"),
    ("faktum-registrerat", "Uppgifter registrerade för hand"),
    ("faktum-rattat", "Uppgifter rättade"),
    ("fordelning-andrad", "Fördelningar ändrade"),
    ("fynd-accepterat", "Fynd förklarade"),
    ("insats-skapad", "Insatser upplagda för hand"),
    ("insats-andrad", "Insatsers texter ändrade"),
    ("konto-skapat", "Konton upplagda"),
    ("konto-roller", "Roller ändrade"),
    ("konto-avstangt", "Konton avstängda"),
    ("konto-oppnat", "Konton öppnade igen"),
    ("konto-utloggat", "Konton utloggade"),
    ("konto-startlosenord", "Startlösenord utdelade"),
    ("losenord-bytt", "Lösenord bytta"),
    ("publicerat", "Publiceringar"),
    ("publicering-tillbakadragen", "Publiceringar tillbakadragna"),
    ("rapport-skapad", "Rapporter påbörjade"),
    ("rapport-sparad", "Rapportutkast sparade"),
    ("rapport-utfardad", "Rapporter utfärdade"),
    ("underlag-importerat", "Underlag inlästa"),
];

/// What was asked for, and the fields that ask.
pub struct Filter {
    /// What the entries must be.
    pub villkor: Journalvillkor,
    /// The fields, with what was asked for and what is wrong with it.
    pub falt: Vec<Falt>,
}

impl Filter {
    /// Reads the query. What cannot be read restricts nothing, and says so at its field.
    pub fn av(a: &Inloggat, bok: &Bok) -> Self {
        let saker = saker(bok);
        let mut villkor = Journalvillkor::default();
        let falt = vec![
            slagfalt(a, &mut villkor),
            sakfalt(a, bok, saker, &mut villkor),
            dagfalt(a, "fran", "Från", &mut villkor.fran),
            dagfalt(a, "till", "Till och med", &mut villkor.till),
        ];
        Self { villkor, falt }
    }

    /// Something is filtered away.
    pub fn pa(&self) -> bool {
        self.villkor != Journalvillkor::default()
    }

    /// The same filter in an address.
    pub fn i_adress(&self, till: Adress) -> Adress {
        self.falt
            .iter()
            .filter(|f| !f.varde.is_empty())
            .fold(till, |till, f| till.fraga(&f.namn, &f.varde))
    }
}

fn ogiltigt(falt: Falt, text: &str, atgard: &str) -> Falt {
    falt.fel(mening(&Problem::ogiltigt("journal-filter", text, atgard)))
}

fn slagfalt(a: &Inloggat, villkor: &mut Journalvillkor) -> Falt {
    let alla = SLAG.iter().map(|(k, o)| ((*k).to_owned(), (*o).to_owned()));
    let val = std::iter::once((String::new(), "Allt".to_owned())).chain(alla);
    let skrivet = a.fraga.text("slag");
    let falt = Falt::ny("slag", "Vad som gjordes", FaltSlag::Val(val.collect())).varde(skrivet);
    if skrivet.is_empty() {
        return falt;
    }
    if SLAG.iter().any(|(kod, _)| *kod == skrivet) {
        villkor.slag = Some(skrivet.to_owned());
        return falt;
    }
    ogiltigt(falt, "Det slaget finns inte.", "Välj i listan.")
}

/// The grants, initiatives and papers, with the word that names them in the journal.
fn saker(bok: &Bok) -> Vec<(String, String)> {
    let bidrag = bok
        .bidrag
        .iter()
        .map(|b| (format!("bidrag {}", b.id), format!("Bidrag: {}", b.namn)));
    let insatser = bok
        .insatser
        .iter()
        .map(|i| (format!("insats {}", i.id), format!("Insats: {}", i.namn)));
    let papper = bok.underlag.iter().map(|u| {
        (
            format!("underlag {}", u.id),
            format!("Underlag: {}", u.titel),
        )
    });
    bidrag.chain(insatser).chain(papper).collect()
}

fn sakfalt(
    a: &Inloggat,
    bok: &Bok,
    saker: Vec<(String, String)>,
    villkor: &mut Journalvillkor,
) -> Falt {
    let skrivet = a.fraga.text("objekt");
    let finns = saker.iter().any(|(kod, _)| kod == skrivet);
    let val = std::iter::once((String::new(), "Allt".to_owned())).chain(saker);
    let falt = Falt::ny("objekt", "Vad det gäller", FaltSlag::Val(val.collect())).varde(skrivet);
    match (skrivet.is_empty(), finns) {
        (true, _) => falt,
        (false, true) => {
            villkor.objekt = Some(med_uppgifter(bok, skrivet));
            falt
        }
        (false, false) => ogiltigt(falt, "Det finns inte i listan.", "Välj i listan."),
    }
}

/// A thing, the facts about it and the reports of it: an entry about one of them is about
/// the thing.
fn med_uppgifter(bok: &Bok, sak: &str) -> BTreeSet<String> {
    let om = |f: &&Faktum| {
        let g = f.galler();
        g.insats.is_some_and(|id| sak == format!("insats {id}"))
            || g.bidrag.is_some_and(|id| sak == format!("bidrag {id}"))
            || f.fakta
                .kalla
                .as_ref()
                .is_some_and(|k| sak == format!("underlag {}", k.underlag))
    };
    let fakta = bok
        .fakta
        .iter()
        .filter(om)
        .map(|f| format!("faktum {}", f.id));
    let rapporter = bok
        .rapporter
        .iter()
        .filter(|r| r.bidrag.is_some_and(|id| sak == format!("bidrag {id}")))
        .map(|r| format!("rapport {}", r.id));
    fakta.chain(rapporter).chain([sak.to_owned()]).collect()
}

fn dagfalt(
    a: &Inloggat,
    namn: &str,
    etikett: &str,
    villkor: &mut Option<jiff::civil::Date>,
) -> Falt {
    let skrivet = a.fraga.text(namn);
    let falt = Falt::ny(namn, etikett, FaltSlag::Datum).varde(skrivet);
    if skrivet.is_empty() {
        return falt;
    }
    if let Ok(dag) = skrivet.parse() {
        *villkor = Some(dag);
        return falt;
    }
    let text = format!("Dagen ”{skrivet}” finns inte.");
    ogiltigt(falt, &text, "Skriv den som 2022-01-20.")
}
