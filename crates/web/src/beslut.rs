//! Beslut: every decision in the books, and a new one.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::medelsfalt;
use crate::registrering::{falt, val};
use crate::siffror::{antal, kort_dag};
use crate::svar::Svar;
use utfall_app::medel::RegistreraBeslut;
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::BidragId;
use utfall_domain::medel::Beslut;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// GET `/beslut`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&sida(&a, &bok, &[]))
}

/// POST `/beslut`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let mut olasligt = Brister::default();
    let slug = a.formular.text("bidrag");
    let fall = RegistreraBeslut {
        beslut: medelsfalt::ifyllt_beslut(&a, &mut olasligt),
        bidrag: bok.bidrag.iter().find(|b| b.slug == slug).map(|b| b.id),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(id) => Ok(Svar::vidare(adress::beslut().vid(&format!("b-{id}")))),
        Err(fel) => Svar::formularfel(&sida(&a, &bok, &fel)),
    }
}

fn sida(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Tabellsida {
    let mut alla: Vec<&Beslut> = bok.beslut.iter().collect();
    alla.sort_by_key(|b| std::cmp::Reverse((b.datum, b.ar, b.id)));
    let ingress = match alla.len() {
        0 => "Inga beslut är registrerade än.".to_owned(),
        n => format!(
            "{} är registrerade. En fördelning ändras bara genom ett beslut.",
            antal(n, "", "Ett beslut", "beslut")
        ),
    };
    let formular = if a.far(Atgard::RegistreraBeslut) {
        vec![formularet(a, bok, fel)]
    } else {
        Vec::new()
    };
    let mut ram = a.ram();
    let falten = formular.iter().flat_map(|f| &f.falt);
    ram.fel = sammanfattning("Beslutet sparades inte", falten, fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny("Beslut", ingress).under(vec![Lank::ny("Medel", adress::medel())]),
        delar: vec![Tabelldel {
            id: "alla".into(),
            rubrik: "Alla beslut".into(),
            text: Text::default(),
            tabell: tabell(bok, &alla),
        }],
        formular,
        ..Tabellsida::default()
    }
}

fn tabell(bok: &Bok, alla: &[&Beslut]) -> Tabell {
    let kolumner = [
        "Beslut",
        "Dag",
        "Vad som beslutades",
        "Bidrag",
        "Diarienummer",
    ];
    let rader = alla.iter().map(|b| {
        let dag = b.datum.map_or_else(|| "–".to_owned(), kort_dag);
        let mut vad = Text::from(b.rubrik.as_str());
        if let Some(villkor) = &b.villkor {
            vad = vad.ord(format!(" Villkor: {villkor}"));
        }
        let fordelat = fordelade(bok, b);
        if fordelat > 0 {
            vad = vad.ord(format!(
                " Står bakom {} i fördelningen.",
                antal(fordelat, "", "ett belopp", "belopp")
            ));
        }
        let bidrag = b.bidrag.and_then(|id| bok.bidrag(id));
        let bidrag = bidrag.map_or_else(
            || Cell::Kort("–".to_owned(), false),
            |x| Cell::Lank(Lank::ny(x.namn.clone(), adress::bidrag(&x.slug))),
        );
        Rad::ny(vec![
            Cell::rubrik(b.kort()),
            Cell::Kort(dag, false),
            Cell::Text(vad),
            bidrag,
            Cell::Kort(b.diarienummer.clone().unwrap_or_else(|| "–".into()), false),
        ])
    });
    Tabell::ny(
        "beslut-t",
        "Det senaste först",
        kolumner.map(Kolumn::ord).to_vec(),
        rader.collect(),
    )
    .klass("bredd")
    .tomt("Inga beslut är registrerade än.")
}

/// The amounts of the distribution in force that the decision stands behind.
fn fordelade(bok: &Bok, b: &Beslut) -> usize {
    bok.fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
        .filter(|f| f.fakta.beslut == Some(b.id))
        .count()
}

fn formularet(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Formulardel {
    let mut falten = medelsfalt::nytt_beslut(a);
    falten.push(
        falt(a, "beslut-villkor", "Villkor i beslutet", FaltSlag::Lang(2))
            .hjalp("Till exempel att pengarna ska redovisas före ett visst datum.")
            .frivilligt(),
    );
    let bidrag = bok.bidrag.iter().map(|b| (b.slug.clone(), b.namn.clone()));
    falten.push(falt(a, "bidrag", "Bidrag", val("Inget särskilt bidrag", bidrag)).frivilligt());
    let falten: Vec<Falt> = falten.into_iter().map(|f| med_fel(f, fel)).collect();
    Formulardel::ny(
        a.ett_formular(adress::beslut()),
        falten,
        "Registrera beslutet",
    )
    .under(
        "nytt",
        "Registrera ett beslut",
        "Skriv det som står i protokollet. Beslutet går sedan att välja när en fördelning ändras.",
    )
}

/// The grant that a page is about, for links back.
#[must_use]
pub fn till_bidrag(bok: &Bok, id: BidragId) -> Vec<Lank> {
    let mut ut = vec![Lank::ny("Medel", adress::medel())];
    ut.extend(
        bok.bidrag(id)
            .map(|b| Lank::ny(b.namn.clone(), adress::bidrag(&b.slug))),
    );
    ut
}
