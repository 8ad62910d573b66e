//! What happened last, for those who do not read the journal: papers and accounts that were
//! read in, reports that were issued, requisitions that were sent and years that were closed.

use crate::siffror::klockslag;
use jiff::Timestamp;
use utfall_app::Bok;
use utfall_domain::medel::arsavslut::Avslutssteg;
use utfall_domain::medel::post::{Innehall, Medelspost};
use utfall_domain::medel::rekvisition::Rekvisitionssteg as R;
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid;
use utfall_vyer::komponent::{Handelse, Text};

/// How many are told of.
const FLEST: usize = 6;

/// The latest first.
pub fn av(bok: &Bok) -> Vec<Handelse> {
    let papper = bok.underlag.iter().map(|u| {
        let text = format!("{} lästes in.", u.titel);
        (u.registrerad, text)
    });
    let filer = bok.inlasta.iter().filter(|i| i.angrad.is_none());
    let filer = filer.map(|i| {
        let text = format!("Bokföringen för {} lästes in.", i.foretag);
        (i.galler, text)
    });
    let rapporter = bok.rapporter.iter().filter_map(|r| match &r.lage {
        Rapportlage::Utfardad { tid, .. } => Some((*tid, format!("{} utfärdades.", r.titel))),
        Rapportlage::Utkast { .. } => None,
    });
    let poster = bok.medelsposter.iter();
    let poster = poster.filter_map(|p| Some((p.registrerad, steget(bok, p)?)));
    let alla = papper.chain(filer).chain(rapporter).chain(poster);
    let mut alla: Vec<(Timestamp, String)> = alla.collect();
    alla.sort_by_key(|(tid, _)| std::cmp::Reverse(*tid));
    alla.into_iter()
        .take(FLEST)
        .enumerate()
        .map(|(nr, (tid, text))| Handelse {
            nar: klockslag(tid),
            datum: tid::dag(tid).to_string(),
            text: Text::from(text),
            nu: nr == 0,
        })
        .collect()
}

/// A step that concerns others than those who took it.
fn steget(bok: &Bok, p: &Medelspost) -> Option<String> {
    let namn = &bok.bidrag(p.post.om.bidrag?)?.namn;
    let vad = match &p.post.innehall {
        Innehall::Rekvisition(R::Skicka { .. }) => "En rekvisition skickades",
        Innehall::Rekvisition(R::Bevilja { .. }) => "En rekvisition beviljades",
        Innehall::Rekvisition(R::Betala { .. }) => "En rekvisition betalades ut",
        Innehall::Arsavslut(Avslutssteg::Stang) => "Ett år avslutades",
        Innehall::Arsavslut(Avslutssteg::Oppna) => "Ett avslutat år öppnades igen",
        Innehall::Tilldelning(_) => "Ett besked om pengar kom",
        _ => return None,
    };
    Some(format!("{vad}: {namn}."))
}
