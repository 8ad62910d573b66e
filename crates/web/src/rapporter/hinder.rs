//! What must be done before a draft can be issued, each with the way there.

use crate::adress;
use crate::siffror::Siffror;
use jiff::civil::Date;
use utfall_app::rapporter::oforklarade;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::rekvisition::{Lage, alla};
use utfall_domain::rapporter::{Rapport, Rapportslag};
use utfall_vyer::komponent::{Lank, Text};

/// A sentence each.
#[must_use]
pub(super) fn alla_hinder(s: &Siffror<'_>, r: &Rapport) -> Vec<Text> {
    match &r.slag {
        Rapportslag::Ekonomirapport { ar, till_manad, .. } => {
            forklaringar(s, r, (*ar, *till_manad))
        }
        Rapportslag::Rekvisition { sak } => {
            let poster = s.bok.poster();
            let funnen = alla(&poster).into_iter().find(|x| x.id == *sak);
            let text = match funnen.map(|x| x.lage) {
                Some(Lage::Utkast) => {
                    "Rekvisitionen är inte skickad, så ingen har intygat \
                                       uppgifterna. "
                }
                Some(Lage::Avslagen { .. }) => "Rekvisitionen är avslagen. ",
                Some(Lage::Aterkallad { .. }) => "Rekvisitionen är återkallad. ",
                _ => return Vec::new(),
            };
            let till = adress::rekvisition(&sak.to_string());
            vec![Text::from(text).lank(Lank::ny("Till rekvisitionen", till))]
        }
        Rapportslag::Aterrapport { .. }
        | Rapportslag::Fordelningsmemo { .. }
        | Rapportslag::Insatsnot { .. } => Vec::new(),
    }
}

/// The deviations that nobody has explained, insats by insats.
fn forklaringar(s: &Siffror<'_>, r: &Rapport, (ar, manad): (i16, i8)) -> Vec<Text> {
    oforklarade(s.bok, &r.slag)
        .into_iter()
        .filter_map(|saknad| {
            let i = s.bok.insats(saknad.insats)?;
            let om = Urval {
                period: Date::new(ar, manad, 1).ok(),
                ..Urval::insats(i.id).ar(ar)
            };
            let (varfor, gor) = match saknad.inaktuell {
                true => (
                    "avvikelsen har ändrats sedan den förklarades",
                    "Förklara igen",
                ),
                false => ("avvikelsen är större än gränsen", "Förklara"),
            };
            let till = adress::uppfoljning_insats(&i.slug)
                .fraga("ar", &ar.to_string())
                .fraga("manad", &manad.to_string())
                .fraga("rapport", &r.slug)
                .vid("kommentar");
            Some(
                Text::from(format!("{}: {varfor}, ", i.namn))
                    .tal(s.med_enhet(Matt::PrognosAvvikelse, &om))
                    .ord(". ")
                    .lank(Lank::ny(gor, till).om(i.namn.clone())),
            )
        })
        .collect()
}
