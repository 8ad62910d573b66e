//! Money that is passed on: from the funder to the grantee and on to the one who spends it,
//! with what each reports to the one before and when.

use super::{Gor, andra, egna, sista_kolumnen, vagen};
use crate::siffror::kort_dag;
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::medel::atagande::Koppling;
use utfall_domain::medel::post::Medelspost;
use utfall_domain::medel::villkor::{gallande, om_dagar};
use utfall_domain::rapporter::Rapportlage;
use utfall_vyer::komponent::{Lage, LageSlag};
use utfall_vyer::sidor::Tabelldel;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// The steps in order, each after the one whose receiver passes on.
fn leden<'a>(poster: &'a [Medelspost], insats: &Insats) -> Vec<(&'a Medelspost, &'a Koppling)> {
    let mut kvar: Vec<_> = egna(poster, insats)
        .into_iter()
        .filter(|(_, k)| matches!(k, Koppling::Vidare { .. }))
        .collect();
    let mut ut: Vec<(&Medelspost, &Koppling)> = Vec::new();
    let mut nasta: Vec<Option<OrganisationId>> = vec![None];
    while let Some(fran) = nasta.pop() {
        let (har, resten): (Vec<_>, Vec<_>) = kvar
            .into_iter()
            .partition(|(_, k)| matches!(k, Koppling::Vidare { fran: f, .. } if *f == fran));
        nasta.extend(har.iter().rev().map(|(p, _)| p.post.om.organisation));
        ut.extend(har);
        kvar = resten;
    }
    // A step whose sender is gone still has its duty.
    ut.extend(kvar);
    ut
}

fn laget(redovisas: Option<Date>, redovisat: Option<Date>, idag: Date) -> Lage {
    match (redovisas, redovisat) {
        (_, Some(dag)) => Lage::ny(format!("Redovisat {}", kort_dag(dag)), LageSlag::Lugn),
        (Some(dag), None) if dag < idag => Lage::ny("Försenad", LageSlag::Fel),
        (Some(_), None) => Lage::ny("Väntas", LageSlag::Pagar),
        (None, None) => Lage::ny("Dag saknas", LageSlag::Varning),
    }
}

/// When, with how far away it is while it is awaited.
fn nar(redovisas: Option<Date>, redovisat: Option<Date>, idag: Date) -> Cell {
    let ord = match (redovisas, redovisat) {
        (Some(dag), None) => format!("{}, {}", kort_dag(dag), om_dagar(idag, dag)),
        (Some(dag), Some(_)) => kort_dag(dag),
        (None, _) => "inte bestämt".to_owned(),
    };
    Cell::Text(ord.into())
}

/// The first step: from the funder to the one who got the grant, by the grant's terms.
fn fran_finansiaren(bok: &Bok, poster: &[Medelspost], insats: &Insats, idag: Date) -> Option<Rad> {
    let b = bok.bidrag(insats.bidrag?)?;
    let v = gallande(poster, b, b.ar.iter().max().copied());
    let rapporterat = bok
        .rapporter
        .iter()
        .any(|r| r.bidrag == Some(b.id) && matches!(r.lage, Rapportlage::Utfardad { .. }));
    let lage = match rapporterat {
        true => Lage::ny("Rapport finns", LageSlag::Lugn),
        false => laget(v.redovisas, None, idag),
    };
    Some(Rad::ny(vec![
        Cell::rubrik(bok.organisationsnamn(b.finansiar)),
        v.mottagare
            .filter(|m| !m.is_empty())
            .unwrap_or_else(|| bok.huvudman.namn.clone())
            .into(),
        "Enligt bidragets villkor".into(),
        nar(v.redovisas, None, idag),
        Cell::Lage(lage),
        Cell::Kort("i villkoren".into(), false),
    ]))
}

/// A step: from whom to whom, what is reported back and when.
fn rad(
    bok: &Bok,
    insats: &Insats,
    ((p, k), mottagare): ((&Medelspost, &Koppling), &str),
    (idag, far): (Date, bool),
) -> Option<Rad> {
    let Koppling::Vidare {
        fran,
        redovisas,
        plikt,
        redovisat,
    } = k
    else {
        return None;
    };
    let till = p
        .post
        .om
        .organisation
        .map_or("", |id| bok.organisationsnamn(id));
    let fran = fran.map_or_else(
        || mottagare.to_owned(),
        |id| bok.organisationsnamn(id).to_owned(),
    );
    Some(Rad::ny(vec![
        Cell::rubrik(fran),
        till.into(),
        plikt.as_str().into(),
        nar(*redovisas, *redovisat, idag),
        Cell::Lage(laget(*redovisas, *redovisat, idag)),
        andra(insats, Gor::Vidare, p, (till, far)),
    ]))
}

/// The table of steps, and its form.
pub fn del(
    bok: &Bok,
    poster: &[Medelspost],
    insats: &Insats,
    (idag, far): (Date, bool),
) -> Tabelldel {
    let steg = leden(poster, insats);
    let mottagare = insats
        .bidrag
        .and_then(|id| bok.bidrag(id))
        .and_then(|b| gallande(poster, b, b.ar.iter().max().copied()).mottagare)
        .filter(|m| !m.is_empty())
        .unwrap_or_else(|| bok.huvudman.namn.clone());
    let mut rader: Vec<Rad> = Vec::new();
    if !steg.is_empty() {
        rader.extend(fran_finansiaren(bok, poster, insats, idag));
    }
    let ledet = |par: (&Medelspost, &Koppling)| rad(bok, insats, (par, &mottagare), (idag, far));
    rader.extend(steg.into_iter().filter_map(ledet));
    let kolumner = [
        "Från",
        "Till",
        "Ska redovisa tillbaka",
        "Senast",
        "Läge",
        sista_kolumnen(far),
    ]
    .map(Kolumn::ord)
    .to_vec();
    Tabelldel {
        id: "fors-vidare".into(),
        rubrik: "Pengar som förs vidare".into(),
        text: vagen(insats, Gor::Vidare, "Lägg till ett led", far),
        tabell: Tabell::ny("vidare-t", "Led för led, från finansiären", kolumner, rader)
            .klass("bredd")
            .tomt("Pengarna förs inte vidare till någon annan."),
    }
}
