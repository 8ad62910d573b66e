//! What must be done before a draft can be issued, each with the way there.

use crate::adress;
use crate::siffror::Siffror;
use jiff::civil::Date;
use utfall_app::rapporter::oforklarade;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::betalning::laget;
use utfall_domain::medel::rekvisition::{Lage, Rekvisition, Riktning, alla};
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
            let text = match funnen.as_ref().map(|x| &x.lage) {
                Some(Lage::Utkast) => {
                    "Rekvisitionen är inte skickad, så ingen har intygat \
                                       uppgifterna. "
                }
                Some(Lage::Avslagen { .. }) => "Rekvisitionen är avslagen. ",
                Some(Lage::Aterkallad { .. }) => "Rekvisitionen är återkallad. ",
                _ => "",
            };
            let till = adress::rekvisition(&sak.to_string());
            let om = Text::from(text).lank(Lank::ny("Till rekvisitionen", till));
            let stoppad = Some(om).filter(|_| !text.is_empty());
            let konto = funnen.and_then(|x| utan_konto(s, &x));
            stoppad.into_iter().chain(konto).collect()
        }
        Rapportslag::Aterrapport { .. }
        | Rapportslag::Fordelningsmemo { .. }
        | Rapportslag::Insatsnot { .. } => Vec::new(),
    }
}

/// That nobody has entered where the money is to be paid: the paper would say just that.
fn utan_konto(s: &Siffror<'_>, r: &Rekvisition) -> Option<Text> {
    let bok = s.bok;
    let vem = match r.uppgift.riktning {
        Riktning::TillFinansiar => {
            let namn = &bok.huvudman.namn;
            bok.organisationer.iter().find(|o| o.heter(namn))
        }
        Riktning::FranPart => r.om.organisation.and_then(|id| bok.organisation(id)),
    };
    if vem.is_some_and(|o| laget(&bok.poster(), o.id).is_some()) {
        return None;
    }
    let text = "Det är inte registrerat vart pengarna ska betalas, och det säger handlingen. ";
    let lank = match vem {
        Some(o) => Lank::ny("Registrera kontot", adress::betalning(&o.slug)).om(o.namn_nu()),
        None => Lank::ny("Till organisationerna", adress::organisationer()),
    };
    Some(Text::from(text).lank(lank))
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
