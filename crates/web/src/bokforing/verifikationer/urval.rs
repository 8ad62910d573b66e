//! The choice of a list of vouchers: all of it in the address.

use crate::adress::{self, Adress};
use crate::anrop::Inloggat;
use crate::felen::med_fel;
use crate::registrering::tal::pengar;
use crate::siffror::kort_dag;
use jiff::civil::Date;
use utfall_app::bokforing::{Sida, prova_sokt};
use utfall_app::{Bok, Brister};
use utfall_domain::id::{FaktumId, InlasningId};
use utfall_domain::medel::kontering::{las_konton, las_objekt};
use utfall_domain::medel::verifikation::Verifikationsurval;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::Filter;

/// The names in the address.
const NAMN: [&str; 12] = [
    "faktum",
    "insats",
    "bidrag",
    "fran",
    "till",
    "konto",
    "objekt",
    "serie",
    "nummer",
    "belopp",
    "inlasning",
    "manad",
];

/// The same choice at another address.
pub(super) fn adressen(a: &Inloggat, hit: Adress) -> Adress {
    NAMN.into_iter()
        .filter(|namn| !a.fraga.text(namn).is_empty())
        .fold(hit, |hit, namn| hit.fraga(namn, a.fraga.text(namn)))
}

/// What is chosen, and what of it cannot be read.
///
/// # Errors
/// An initiative or a grant that does not exist.
pub(super) fn ur(a: &Inloggat, bok: &Bok) -> Result<(Verifikationsurval, Vec<Problem>), Problem> {
    let f = &a.fraga;
    let mut fel = Brister::default();
    let nej = |falt: &str, gor: &str| {
        let text = format!("”{}” går inte att läsa.", f.text(falt));
        Problem::ogiltigt("urval-olasligt", text, gor).i_falt(falt)
    };
    let insatser = bok.insatser.iter().map(|i| (i.slug.as_str(), i.id));
    let insats = vald(f.text("insats"), insatser)?;
    let bidragen = bok.bidrag.iter().map(|b| (b.slug.as_str(), b.id));
    let bidrag = vald(f.text("bidrag"), bidragen)?;
    let mut dag = |namn: &str| match f.text(namn) {
        "" => None,
        text => fel.prova(
            text.parse::<Date>()
                .map_err(|_| nej(namn, "Skriv till exempel 2026-03-09.")),
        ),
    };
    let (mut fran, mut till) = (dag("fran"), dag("till"));
    // A link can name a whole month.
    if let Ok(forsta) = format!("{}-01", f.text("manad")).parse::<Date>() {
        (fran, till) = (fran.or(Some(forsta)), till.or(Some(forsta.last_of_month())));
    }
    let konton = las_konton(f.text("konto"));
    let konton = konton.map_err(|_| nej("konto", "Skriv till exempel 5000-5999, 6110."));
    let objekt = las_objekt(f.text("objekt"));
    let objekt = objekt
        .map_err(|_| nej("objekt", "Skriv dimension och objekt: 6:2601."))
        .and_then(|alla| prova_sokt(&alla).map(|()| alla));
    let belopp = match f.text("belopp") {
        "" => None,
        text => {
            let last = pengar(text, "kr", "belopp").map(|(varde, _)| varde.kant());
            fel.prova(last).flatten().map(i64::saturating_abs)
        }
    };
    let ord = |namn: &str| Some(f.text(namn).to_owned()).filter(|t| !t.is_empty());
    let urval = Verifikationsurval {
        faktum: f.tal("faktum").and_then(FaktumId::ny),
        insats,
        bidrag,
        fran,
        till,
        konton: fel.prova(konton).unwrap_or_default(),
        objekt: fel.prova(objekt).unwrap_or_default(),
        serie: ord("serie"),
        nummer: ord("nummer"),
        belopp,
        inlasning: f.tal("inlasning").and_then(InlasningId::ny),
        ..Verifikationsurval::default()
    };
    Ok((urval, fel.alla()))
}

/// The one that an address names, when it names one.
fn vald<'a, T>(
    slug: &str,
    alla: impl IntoIterator<Item = (&'a str, T)>,
) -> Result<Option<T>, Problem> {
    if slug.is_empty() {
        return Ok(None);
    }
    let funnen = alla.into_iter().find(|(namn, _)| *namn == slug);
    funnen
        .map(|(_, id)| Some(id))
        .ok_or_else(Problem::finns_inte)
}

/// The form of the choice.
pub(super) fn filter(a: &Inloggat, bok: &Bok, sida: &Sida, fel: &[Problem]) -> Filter {
    let f = &a.fraga;
    let manad = format!("{}-01", f.text("manad")).parse::<Date>().ok();
    let dag = |namn: &str, annars: Option<Date>| match f.text(namn) {
        "" => annars.map(|d| d.to_string()).unwrap_or_default(),
        text => text.to_owned(),
    };
    let val = |forst: &str, alla: Vec<(String, String)>| {
        let forst = std::iter::once((String::new(), forst.to_owned()));
        FaltSlag::Val(forst.chain(alla).collect())
    };
    let insatser = bok
        .insatser
        .iter()
        .map(|i| (i.slug.clone(), i.namn.clone()));
    let bidrag = bok.bidrag.iter().map(|b| (b.slug.clone(), b.namn.clone()));
    let filer = sida.inlasningar.iter().map(|i| {
        let dag = kort_dag(utfall_domain::tid::dag(i.andrad.0));
        (i.id.to_string(), format!("{}, {dag}", i.filnamn))
    });
    let text = |namn: &str, ord: &str| Falt::ny(namn, ord, FaltSlag::Text).varde(f.text(namn));
    let falt = vec![
        Falt::ny("insats", "Insats", val("Alla insatser", insatser.collect()))
            .varde(f.text("insats")),
        Falt::ny("bidrag", "Bidrag", val("Alla bidrag", bidrag.collect())).varde(f.text("bidrag")),
        Falt::ny("fran", "Från", FaltSlag::Datum).varde(dag("fran", manad)),
        Falt::ny("till", "Till", FaltSlag::Datum)
            .varde(dag("till", manad.map(Date::last_of_month))),
        text("konto", "Konto"),
        text("objekt", "Märkt med"),
        text("serie", "Serie"),
        text("nummer", "Nummer"),
        Falt::ny("belopp", "Belopp i kronor", FaltSlag::Tal).varde(f.text("belopp")),
        Falt::ny("inlasning", "Fil", val("Alla filer", filer.collect())).varde(f.text("inlasning")),
    ];
    Filter {
        mal: adress::verifikationer().into(),
        falt: falt.into_iter().map(|falt| med_fel(falt, fel)).collect(),
        knapp: "Visa".into(),
        hjalp: "Konto: 5010 eller 5000-5999, 6110. Märkt med: 6:2601 är projekt 2601, 1:210 \
                kostnadsställe 210. Ett belopp hittas på en rad, i debet eller kredit."
            .into(),
    }
}
