//! Samples: the frames and figures that pages are shown with in tests and in the gallery.
//! Figures are those of the public papers; roles and dates of use are invented.

pub(crate) mod ragunda;
pub(crate) mod sandviken;
pub(crate) mod uppsala;
pub(crate) mod volymer;

use crate::Sida;
use crate::formular::{Falt, FaltSlag, Formular};
use crate::komponent::{Flikrad, Kvitto, Lank, PerDatum, Text};
use crate::ram::{Aktuell, Inloggad, MenyVal, PublikRam, Ram};
use crate::sidor;
use crate::tal::{TalVy, heltal};

/// A rendered sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exempel {
    /// Page and state: `medel-tom`.
    pub namn: String,
    /// The whole page.
    pub html: String,
}

/// Every sample of every page, rendered.
///
/// # Errors
/// When a page cannot be rendered.
pub fn alla() -> Result<Vec<Exempel>, askama::Error> {
    let mut ut = Vec::new();
    lagg::<sidor::Bidrag>(&mut ut)?;
    lagg::<sidor::Ekonomisida>(&mut ut)?;
    lagg::<sidor::FelSida>(&mut ut)?;
    lagg::<sidor::Fordelning>(&mut ut)?;
    lagg::<sidor::Fynd>(&mut ut)?;
    lagg::<sidor::Granskning>(&mut ut)?;
    lagg::<sidor::Harledning>(&mut ut)?;
    lagg::<sidor::Insats>(&mut ut)?;
    lagg::<sidor::InsatsAndra>(&mut ut)?;
    lagg::<sidor::InsatsLista>(&mut ut)?;
    lagg::<sidor::Journal>(&mut ut)?;
    lagg::<sidor::Kalkyl>(&mut ut)?;
    lagg::<sidor::Konflikt>(&mut ut)?;
    lagg::<sidor::LoggaIn>(&mut ut)?;
    lagg::<sidor::Medel>(&mut ut)?;
    lagg::<sidor::MinBehorighet>(&mut ut)?;
    lagg::<sidor::OmSiffrorna>(&mut ut)?;
    lagg::<sidor::Publicering>(&mut ut)?;
    lagg::<sidor::Rapport>(&mut ut)?;
    lagg::<sidor::RapportLista>(&mut ut)?;
    lagg::<sidor::Rattelse>(&mut ut)?;
    lagg::<sidor::Registrering>(&mut ut)?;
    lagg::<sidor::Sok>(&mut ut)?;
    lagg::<sidor::Start>(&mut ut)?;
    lagg::<sidor::Tabellsida>(&mut ut)?;
    lagg::<sidor::Textsida>(&mut ut)?;
    lagg::<sidor::Underlag>(&mut ut)?;
    lagg::<sidor::UnderlagImport>(&mut ut)?;
    lagg::<sidor::UnderlagLista>(&mut ut)?;
    lagg::<sidor::RapportHarledning>(&mut ut)?;
    lagg::<sidor::publik::PublikBidrag>(&mut ut)?;
    lagg::<sidor::publik::PublikFel>(&mut ut)?;
    lagg::<sidor::publik::PublikHarledning>(&mut ut)?;
    lagg::<sidor::publik::PublikInsats>(&mut ut)?;
    lagg::<sidor::publik::PublikInsatser>(&mut ut)?;
    lagg::<sidor::publik::PublikPengar>(&mut ut)?;
    lagg::<sidor::publik::PublikRapport>(&mut ut)?;
    lagg::<sidor::publik::PublikSaRaknarVi>(&mut ut)?;
    lagg::<sidor::publik::PublikStart>(&mut ut)?;
    lagg::<sidor::publik::PublikText>(&mut ut)?;
    Ok(ut)
}

fn lagg<S: Sida>(ut: &mut Vec<Exempel>) -> Result<(), askama::Error> {
    for (namn, sida) in S::exempel() {
        ut.push(Exempel {
            namn: format!("{}-{namn}", S::NAMN),
            html: sida.till_html()?,
        });
    }
    Ok(())
}

/// An amount in kronor that leads to a derivation.
pub(crate) fn kr(belopp: i64) -> TalVy {
    TalVy::ny(heltal(belopp), "/harledning/aterbetala")
}

/// A posting form with the sample's token and key.
pub(crate) fn formular(mal: &str) -> Formular {
    Formular::ny(mal, "c5rf", "01J9Z0000000000000000000AA")
}

/// The as-of form of a page.
pub(crate) fn per(mal: &str) -> PerDatum {
    PerDatum {
        rubrik: "Så såg det ut en annan dag".into(),
        etikett: "Visa som det var den".into(),
        mal: mal.into(),
        varde: "2022-02-02".into(),
        senast: "2022-02-02".into(),
        ..PerDatum::default()
    }
}

/// What was just saved.
pub(crate) fn kvitto() -> Kvitto {
    Kvitto::ny(
        Text::from("rekvirerat 2021, ")
            .tal(kr(8_052_000).enhet("kr"))
            .ord("."),
    )
}

/// A choice of one.
pub(crate) fn val(namn: &str, etikett: &str, val: &[(&str, &str)]) -> Falt {
    let val = val
        .iter()
        .map(|(v, o)| ((*v).to_owned(), (*o).to_owned()))
        .collect();
    Falt::ny(namn, etikett, FaltSlag::Val(val))
}

/// The frame with Uppsala's ekonom signed in.
pub(crate) fn ram(har: &str) -> Ram {
    let rum = [
        ("Start", "/"),
        ("Medel", "/medel"),
        ("Insatser", "/insatser"),
        ("Granskning", "/granskning"),
        ("Rapporter", "/rapporter"),
        ("Publicering", "/publicering"),
        ("Underlag", "/underlag"),
    ];
    let meny = rum.map(|(namn, href)| MenyVal {
        namn: namn.into(),
        href: href.into(),
        aktuell: if namn == har {
            Aktuell::Inom
        } else {
            Aktuell::Nej
        },
    });
    Ram {
        huvudman: "Uppsala".into(),
        pahittat: false,
        hem_href: "/".into(),
        inloggad: Some(Inloggad {
            roll: "Ekonom".into(),
            behorighet_href: "/min-behorighet".into(),
            logga_ut: formular("/logga-ut"),
        }),
        meny: meny.to_vec(),
        avdelningar: if har == "Medel" {
            avdelningar()
        } else {
            vec![]
        },
        flikar: Flikrad::default(),
        att_gora: Some((3, "/att-gora".into())),
        sok_href: Some("/sok".into()),
        fot: fot(),
        dag: "2 februari 2022".into(),
        fel: None,
    }
}

/// The parts of the room Medel, with the first one chosen.
fn avdelningar() -> Vec<MenyVal> {
    [
        ("Översikt", "/medel", Aktuell::Sidan),
        ("Bokföring", "/bokforing", Aktuell::Nej),
    ]
    .map(|(namn, href, aktuell)| MenyVal {
        namn: namn.into(),
        href: href.into(),
        aktuell,
    })
    .to_vec()
}

/// The frame of the invented huvudman.
pub(crate) fn ram_forsby(har: &str) -> Ram {
    Ram {
        huvudman: "Forsby".into(),
        pahittat: true,
        ..ram(har)
    }
}

/// The frame with nobody signed in.
pub(crate) fn ram_utloggad() -> Ram {
    Ram {
        huvudman: "Visningsmiljö".into(),
        inloggad: None,
        meny: vec![],
        att_gora: None,
        sok_href: None,
        ..ram("")
    }
}

/// The public frame of a publisher; of none when `huvudman` is empty.
pub(crate) fn publik_ram(huvudman: &str, har: &str) -> PublikRam {
    let rum = [
        ("Pengarna", "pengar"),
        ("Insatser", "insatser"),
        ("Rapporter", "rapporter"),
        ("Så räknar vi", "sa-raknar-vi"),
    ];
    let meny = rum.map(|(namn, del)| MenyVal {
        namn: namn.into(),
        href: format!("/{}/{del}", huvudman.to_lowercase()),
        aktuell: if namn == har {
            Aktuell::Sidan
        } else {
            Aktuell::Nej
        },
    });
    PublikRam {
        huvudman: huvudman.into(),
        pahittat: false,
        hem_href: "/".into(),
        meny: if huvudman.is_empty() {
            vec![]
        } else {
            meny.to_vec()
        },
        fot: vec![Lank::ny("Tillgänglighet", "/tillganglighet")],
        dag: "15 december 2022".into(),
    }
}

fn fot() -> Vec<Lank> {
    vec![
        Lank::ny("Hjälp", "/hjalp"),
        Lank::ny("Om siffrorna", "/om-siffrorna"),
        Lank::ny("Tillgänglighet", "/tillganglighet"),
    ]
}

#[cfg(test)]
mod tests;
