//! A list of participants is sent, looked at, and read in after a yes. Nothing is saved before.

use super::registrera::{INFORMATIONSTEXT, vald};
use super::{fil, insatsvarde, start};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, mening, sammanfattning};
use crate::registrering::falt;
use crate::siffror::{antal, dag};
use crate::svar::Svar;
use utfall_app::deltagare::{Insatsnamn, Vantande};
use utfall_domain::deltagare::inlasning::Kolumn;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn as Tabellkolumn, Rad, Tabell};

/// At most so many faults are listed: the rest are of the same kinds.
const VISADE: usize = 100;

/// GET `/deltagare/las-in`.
pub async fn las_in(a: Inloggat) -> Resultat {
    let egna = a.webb.tjanst.egna_uppdrag(&a.session.aktor).await?;
    Svar::sida(&sida(&a, &egna, (&[], &[])))
}

fn over() -> Vec<Lank> {
    vec![Lank::ny("Deltagare", adress::deltagarna())]
}

/// The form, with what is wrong with it and with the list that was sent.
fn sida(a: &Inloggat, egna: &[Insatsnamn], (fel, listans): Felen<'_>) -> Tabellsida {
    let mut besked = Vec::new();
    let mut formular = Vec::new();
    if egna.is_empty() {
        besked.push(super::inget_uppdrag());
    } else {
        formular.push(formularet(a, egna, fel));
    }
    if !listans.is_empty() {
        let hur_manga = antal(listans.len(), "inga fel", "ett fel", "fel");
        let text = "Ingenting är sparat. Rätta filen och skicka den igen.";
        besked.push(Besked::ny(
            Allvar::Fel,
            format!("listan har {hur_manga}"),
            text,
        ));
    }
    let mut ram = a.ram();
    let falten: Vec<&Falt> = formular.iter().flat_map(|d| &d.falt).collect();
    ram.fel = sammanfattning("Filen kunde inte prövas", falten, fel);
    let delar = if listans.is_empty() {
        Vec::new()
    } else {
        vec![fellista(listans)]
    };
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Läs in deltagare",
            "Ur en CSV-fil, till exempel från ett annat register. Du ser vad som skulle läsas in \
             innan något sparas. Är en rad fel läses ingen in.",
        )
        .under(over()),
        besked,
        delar,
        formular,
        ..Tabellsida::default()
    }
}

type Felen<'a> = (&'a [Problem], &'a [Problem]);

fn formularet(a: &Inloggat, egna: &[Insatsnamn], fel: &[Problem]) -> Formulardel {
    let alla = egna.iter().map(|i| (insatsvarde(i), i.namn.clone()));
    let mut insats = falt(a, "insats", "Insats", start::insatsval(alla.collect()));
    if let ([ensam], None) = (egna, a.formular.som_sant("insats")) {
        insats = insats.varde(insatsvarde(ensam));
    }
    let filen = Falt::ny("fil", "Välj en fil", FaltSlag::Fil(".csv,.txt".into()))
        .hjalp("CSV ur Excel: Spara som, CSV UTF-8. Högst 5\u{a0}000 deltagare.");
    let falten = [insats, filen].map(|f| med_fel(f, fel)).to_vec();
    Formulardel::ny(
        a.ett_formular(adress::las_in_deltagare()).med_filer(),
        falten,
        "Pröva filen",
    )
    .under("filen", "Filen", om_filen())
    .avbryt(Lank::ny("Avbryt", adress::deltagarna()))
}

fn fellista(fel: &[Problem]) -> Tabelldel {
    let rad = |p: &Problem| {
        let plats = p.plats.clone().unwrap_or_default();
        Rad::ny(vec![
            Cell::rubrik(crate::ram::stor_forst(&plats)),
            mening(p).as_str().into(),
        ])
    };
    let rader = fel.iter().take(VISADE).map(rad).collect();
    let text = if fel.len() > VISADE {
        Text::from(format!("De {VISADE} första av {}.", fel.len()))
    } else {
        Text::default()
    };
    let kolumner = ["Var", "Vad som är fel"].map(Tabellkolumn::ord).to_vec();
    Tabelldel {
        id: "felen".into(),
        rubrik: "Det som är fel i listan".into(),
        text,
        tabell: Tabell::ny("felen-t", "I listans ordning", kolumner, rader),
    }
}

/// What the file must have, what it can have, and a template.
fn om_filen() -> Text {
    let rubriker = |kravs: bool| -> String {
        let alla = Kolumn::ALLA.iter().filter(|k| k.kravs() == kravs);
        alla.map(|k| k.rubrik()).collect::<Vec<_>>().join(", ")
    };
    Text::from(format!(
        "Filen ska ha rubriker, i vilken ordning som helst. De här måste finnas: {}. De här läses \
         också: {}. Flera ord i en cell: semikolon emellan. Tomt betyder okänt. ",
        rubriker(true),
        rubriker(false),
    ))
    .lank(Lank::ny("Hämta en tom mall", adress::deltagarmall()))
}

/// GET `/deltagare/mall.csv`: the headings, for Excel.
pub async fn mall(_: Inloggat) -> Resultat {
    let rubriker: Vec<&str> = Kolumn::ALLA.iter().map(|k| k.rubrik()).collect();
    let text = format!("\u{feff}{}\r\n", rubriker.join(";"));
    let svar = Svar::fil(
        "text/csv; charset=utf-8",
        "deltagare.csv",
        text.into_bytes(),
    );
    std::future::ready(Ok(svar)).await
}

/// POST `/deltagare/las-in`: the list is looked at and waits.
pub async fn prova(mut a: Inloggat) -> Resultat {
    let egna = a.webb.tjanst.egna_uppdrag(&a.session.aktor).await?;
    let insats = vald(&a, &egna).cloned();
    let lasta = match a.anrop.fil.take() {
        Some(sand) => fil::las(&sand.innehall),
        None => {
            let text = "Ingen fil är vald.";
            let atgard = "Välj filen med deltagarna.";
            Err(Problem::ogiltigt("inlasning-ingen-fil", text, atgard).i_falt("fil"))
        }
    };
    let (insats, lista) = match (insats, lasta) {
        (Ok(insats), Ok(lista)) => (insats, lista),
        (insats, lasta) => {
            let fel: Vec<Problem> = insats.err().into_iter().chain(lasta.err()).collect();
            return Svar::formularfel(&sida(&a, &egna, (&fel, &[])));
        }
    };
    let (tjanst, nyckel) = (&a.webb.tjanst, a.webb.ny_nyckel());
    let med = (nyckel.clone(), INFORMATIONSTEXT);
    let fel = tjanst
        .prova_deltagarlista(&a.session.aktor, insats, lista, med)
        .await?;
    if fel.is_empty() {
        return Ok(Svar::vidare(adress::granska_deltagarlista(&nyckel)));
    }
    Svar::formularfel(&sida(&a, &egna, (&[], &fel)))
}

/// GET `/deltagare/las-in/{lista}`.
pub async fn granska(a: Inloggat) -> Resultat {
    let nyckel = a.stig.text("lista").to_owned();
    let tjanst = &a.webb.tjanst;
    let vantar = tjanst.vantande_deltagarlista(&a.session.aktor, &nyckel);
    let vantar = vantar.ok_or_else(Problem::finns_inte)?;
    let svar = Svar::sida(&granskad(&a, &nyckel, &vantar));
    std::future::ready(svar).await
}

fn granskad(a: &Inloggat, nyckel: &str, v: &Vantande) -> Tabellsida {
    let hur_manga = antal(v.antal(), "Inga deltagare", "En deltagare", "deltagare");
    let mut fakta = vec![
        Fakta::ny("Insats", v.insats.namn.clone()),
        Fakta::ny("Deltagare", v.antal().to_string()),
        Fakta::ny("Av dem avslutade", v.avslutade().to_string()),
    ];
    if let Some((forsta, sista)) = v.borjade() {
        let text = format!("{}–{}", dag(forsta), dag(sista));
        fakta.push(Fakta::ny("Började", text));
    }
    let lases: Vec<&str> = v.lases.iter().map(|k| k.rubrik()).collect();
    fakta.push(Fakta::ny("Kolumner som läses", lases.join(", ")));
    if !v.lases_inte.is_empty() {
        let text = v.lases_inte.join(", ");
        fakta.push(Fakta::ny("Kolumner som inte läses", text));
    }
    let formular = a.ett_formular(adress::granska_deltagarlista(nyckel));
    Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            format!("{hur_manga} kan läsas in"),
            "Inget är sparat än. Allt i filen håller.",
        )
        .under(vec![
            Lank::ny("Deltagare", adress::deltagarna()),
            Lank::ny("Läs in deltagare", adress::las_in_deltagare()),
        ]),
        fakta,
        formular: vec![
            Formulardel::ny(formular, Vec::new(), "Läs in deltagarna")
                .avbryt(Lank::ny("Avbryt", adress::deltagarna())),
        ],
        ..Tabellsida::default()
    }
}

/// POST `/deltagare/las-in/{lista}`.
pub async fn bekrafta(a: Inloggat) -> Resultat {
    let nyckel = a.stig.text("lista").to_owned();
    let tjanst = &a.webb.tjanst;
    tjanst
        .las_in_deltagarlista(&a.session.aktor, &nyckel)
        .await?;
    Ok(Svar::vidare(adress::deltagarna().fraga("gjort", "inlasta")))
}
