//! The figures of an issued report: each leads to a derivation of exactly what is printed,
//! from the rows frozen in the report. The same in public and behind sign-in.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::harledning as h;
use crate::publik::{ingress, uppstallning};
use crate::sidval::Sidval;
use crate::siffror::{Siffror, dag, med_enhet, text, varde};
use crate::svar::{Fel, Svar};
use utfall_app::Bok;
use utfall_app::rapporter::Rapportsiffra;
use utfall_domain::bocker::Bocker;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::organisation::Huvudman;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::Indata;
use utfall_domain::rapporter::{Rapport, Rapportlage, Rapportslag};
use utfall_domain::tid;
use utfall_vyer::komponent::{Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{self, Uppstallning};
use utfall_vyer::tal::TalVy;

/// A derivation as a page tells it, whichever frame it stands in.
pub struct Berattad {
    /// Which figure.
    pub siffra: Rapportsiffra,
    /// The head.
    pub huvud: Sidhuvud,
    /// How it comes about.
    pub uppstallning: Uppstallning,
}

/// The figure of a report that an address asks for.
///
/// # Errors
/// When the report prints no such figure.
pub fn beratta(
    (r, indata): (&Rapport, &Indata),
    (huvudman, publikt): (&Huvudman, bool),
    (matt, fraga): (&str, &crate::falt::Falt),
    alla: Lank,
) -> Result<Berattad, Fel> {
    let matt = Matt::av_kod(matt).ok_or_else(Problem::finns_inte)?;
    let urval = Urval::av_fraga(fraga.alla()).map_err(|_| Problem::finns_inte())?;
    let siffra = Rapportsiffra::i(indata, huvudman, matt, &urval);
    let siffra = siffra.ok_or_else(Problem::finns_inte)?;
    let vems = publikt.then_some(huvudman.slug.as_str());
    let tom = Bok::av(std::sync::Arc::new(tomma(huvudman)), None);
    let bok = siffra.bok.clone().unwrap_or(tom);
    let s = Siffror::i_rapport(&bok, vems, &r.slug);
    let harledning = s.matt(matt, &urval);
    let per = Text::from(om_rapporten(r));
    let hit = adress::rapportharledning_av(vems, &r.slug, matt, &urval);
    let del = (Sidval::ur(fraga), &hit);
    let (ord, uppstallning) = if siffra.bok.is_some() {
        let upp = uppstallning(&s, &harledning, del, alla);
        (ingress(&s, &harledning), Uppstallning { per, ..upp })
    } else {
        let upp = Uppstallning {
            formel: vec![sidor::FormelRad {
                tecken: sidor::Tecknad::Lika,
                namn: matt.text().to_owned(),
                under: None,
                tal: vec![varde(siffra.varde, matt.enhet())],
            }],
            rader: Vec::new(),
            per: per.ord(
                " Raderna bakom frystes inte när rapporten utfärdades, så här visas det tryckta \
                 talet ensamt.",
            ),
            ..uppstallning(&s, &harledning, del, alla)
        };
        (matt.definition().text.into(), upp)
    };
    let om = match siffra.bok {
        Some(_) => format!(" · {}", h::om(&bok, &urval)),
        None => String::new(),
    };
    Ok(Berattad {
        huvud: Sidhuvud::ny(h::rubrik_om(siffra.varde, matt), ord).overrad(format!(
            "{} · {}{om}",
            r.titel,
            matt.text()
        )),
        siffra,
        uppstallning,
    })
}

fn tomma(huvudman: &Huvudman) -> Bocker {
    utfall_domain::rapport::aterrapport::Bakom::default().bocker(huvudman.clone())
}

fn om_rapporten(r: &Rapport) -> String {
    match &r.lage {
        Rapportlage::Utfardad { per, tid, .. } => format!(
            "Talet är det som står i rapporten, som utfärdades {} med siffrorna per {}. Det som \
             har registrerats eller rättats senare syns inte här.",
            dag(tid::dag(*tid)),
            dag(per.0)
        ),
        Rapportlage::Utkast { .. } => String::new(),
    }
}

/// The report's main figures as printed: in public when `huvudman` says whose.
#[must_use]
pub fn huvudtal(indata: &Indata, huvudman: Option<&str>, r: &Rapport) -> Vec<Nyckeltal> {
    Rapportsiffra::huvudtal(indata)
        .into_iter()
        .filter_map(|s| Some((s.fraga()?, s)))
        .map(|((matt, urval), tryckt)| {
            let till = adress::rapportharledning_av(huvudman, &r.slug, matt, &urval);
            let tal = TalVy {
                kand_del: tryckt.kand_del.map(|del| text(del, matt.enhet())),
                ..varde(tryckt.varde, matt.enhet()).lank(till)
            };
            let tal = med_enhet(tal, matt.enhet());
            Nyckeltal::ny(namnet(r, matt, &urval), tal, "som det står i rapporten")
        })
        .collect()
}

/// What a main figure is called. The paper of a requisition has the same measure twice: its own
/// amount, and all that is requested of the year.
#[must_use]
pub(super) fn namnet(r: &Rapport, matt: Matt, urval: &Urval) -> &'static str {
    let begart = matches!(
        matt,
        Matt::BegartHittills | Matt::Rekvirerat | Matt::RekvireratAvPart
    );
    match (&r.slag, urval.period) {
        (Rapportslag::Rekvisition { .. }, Some(_)) if begart => "Den här rekvisitionen",
        _ => matt.text(),
    }
}

/// GET `/rapporter/{rapport}/harledning/{matt}`.
pub async fn harledning(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let r = super::i_adressen(&a, &bok)?;
    let indata = a.webb.tjanst.rapportindata(&a.session.aktor, r).await?;
    let indata = indata.ok_or_else(Problem::finns_inte)?;
    let alla = Lank::ny("Alla mått", adress::om_siffrorna());
    let matt = a.stig.text("matt");
    let sagt = beratta((r, &indata), (&bok.huvudman, false), (matt, &a.fraga), alla)?;
    Svar::sida(&sidor::RapportHarledning {
        ram: a.ram(),
        huvud: sagt.huvud.under(vec![
            Lank::ny("Rapporter", adress::rapporter()),
            Lank::ny(r.titel.clone(), adress::rapport(&r.slug)),
        ]),
        i_dag: i_dag(&bok, &sagt.siffra),
        uppstallning: sagt.uppstallning,
    })
}

/// What the figure is in the books of today: the same, or another and why.
fn i_dag(bok: &Bok, siffra: &Rapportsiffra) -> Text {
    let s = Siffror::ny(bok);
    let nu = s.varde(siffra.matt, &siffra.urval);
    let text = if nu == siffra.varde {
        Text::from("I dag är siffran densamma: ")
    } else {
        Text::from("I dag är siffran en annan: ")
    };
    text.tal(s.med_enhet(siffra.matt, &siffra.urval)).ord(".")
}
