//! Where what is said of an initiative's future does not agree with its figures.

use super::varsel::aret_efter;
use super::{behovsar, egna};
use crate::adress;
use crate::anrop::Inloggat;
use crate::ataganden::laget_for;
use crate::siffror::Siffror;
use utfall_behorighet::Atgard;
use utfall_domain::insatser::{Fortsattning, Insats};
use utfall_domain::medel::atagande::{Finansieringslage, Koppling, utlysning};
use utfall_domain::medel::post::Medelspost;
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};

/// Calls that the money no longer hangs on, and a stated state that the figures contradict.
pub fn motsagelser(
    a: &Inloggat,
    s: &Siffror<'_>,
    poster: &[Medelspost],
    insats: &Insats,
) -> Vec<Besked> {
    let mut ut: Vec<Besked> = racker_anda(s, poster, insats);
    ut.extend(sagt_och_raknat(a, s, insats));
    ut
}

/// The calls without an answer, where the year after has all it needs.
fn racker_anda(s: &Siffror<'_>, poster: &[Medelspost], insats: &Insats) -> Vec<Besked> {
    let alla = egna(poster, insats).into_iter();
    alla.filter_map(|(_, k)| {
        let Koppling::Beroende {
            utlysning: sak,
            avtal_till: Some(dag),
            ..
        } = k
        else {
            return None;
        };
        let u = utlysning(poster, *sak).filter(|u| u.lage.oppen())?;
        let ar = aret_efter(*dag);
        (laget_for(s, insats, ar) == Some(Finansieringslage::Full)).then(|| {
            Besked::ny(
                Allvar::Upplysning,
                format!("pengarna för {ar} räcker utan {}", u.namn),
                "Det som är fördelat och utlovat täcker det insatsen behöver, så den behöver inte \
                 vänta på beskedet. Stämmer det inte: ändra vad den behöver.",
            )
        })
    })
    .collect()
}

/// What a person has said of the initiative, beside what its coming years come to.
fn sagt_och_raknat(a: &Inloggat, s: &Siffror<'_>, insats: &Insats) -> Option<Besked> {
    let i_ar = a.dag(s.bok).year();
    let aren = behovsar(s, insats).into_iter().filter(|ar| *ar >= i_ar);
    let laget = |ar| laget_for(s, insats, ar).map(|lage| (ar, lage));
    let raknat: Vec<(i16, Finansieringslage)> = aren.filter_map(laget).collect();
    let full = |(_, lage): &&(i16, Finansieringslage)| *lage == Finansieringslage::Full;
    let emot = match insats.fortsattning {
        Fortsattning::Finansierad => raknat.iter().find(|r| !full(r)),
        Fortsattning::Delvis | Fortsattning::VantarUtlysning | Fortsattning::SaknarFinansiering => {
            let alla = raknat.iter().all(|r| full(&r));
            raknat.first().filter(|_| alla)
        }
        Fortsattning::Okand | Fortsattning::Ordinarie | Fortsattning::Avslutad => None,
    };
    let (ar, lage) = emot?;
    let mut text = Text::from(format!(
        "På insatsens sida står att den {}. Enligt det som är fördelat och utlovat har {ar}: {}. ",
        insats.fortsattning.text(),
        lage.text()
    ));
    text = match a.far(Atgard::AndraInsats) {
        true => text
            .lank(Lank::ny(
                "Ändra insatsens läge",
                adress::andra_insats(&insats.slug),
            ))
            .ord(", eller det som är fel nedan."),
        false => text.ord("Säg till den som är ansvarig för insatsen."),
    };
    Some(Besked::ny(
        Allvar::Varning,
        "insatsens läge stämmer inte med siffrorna",
        text,
    ))
}
