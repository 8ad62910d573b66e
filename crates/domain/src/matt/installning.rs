//! Figures that a setting is part of: the setting as it holds for a year, and what is counted
//! with it.

use super::berakning::{Harledning, Led, Ledtecken, Svar, Utfall, av_led, berakna, summa};
use super::{Liggare, Matt, Urval};
use crate::faktum::FaktumSlag;
use crate::id::FaktumId;
use crate::medel::parameter::{self, Parameter};
use crate::varde::Varde;

/// The year a selection is about. Settings of no year in particular are those of the latest.
fn aret(urval: &Urval) -> i16 {
    urval.ar.unwrap_or(i16::MAX)
}

/// A setting as it holds for the selection's year.
pub(super) fn satt(slag: FaktumSlag, urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let namn = urval.kategori.as_deref();
    let funnet = namn.and_then(|namn| parameter::faktum(fakta, slag, namn, aret(urval)));
    let Some(f) = funnet else {
        let forslag = namn
            .and_then(Parameter::av_kod)
            .filter(|p| p.slag() == slag)
            .and_then(Parameter::forslag);
        let varde = forslag.map_or(Varde::EjBeslutat, Varde::Kant);
        return (Utfall::tomt(varde), Vec::new(), Vec::new());
    };
    let utfall = summa(&[f], Varde::EjBeslutat, false);
    (utfall, Vec::new(), vec![f.id])
}

/// A measure times the sum of settings, rounded half away from zero to the öre.
pub(super) fn ganger(
    bas: Matt,
    satser: &[Parameter],
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
) -> Svar {
    let vald = urval.kategori.as_deref().and_then(Parameter::av_kod);
    let satser: Vec<Parameter> = match (satser, vald) {
        ([], Some(vald)) => vec![vald],
        ([], None) => return (Utfall::tomt(Varde::Okant), Vec::new(), Vec::new()),
        (alla, _) => alla.to_vec(),
    };
    let utan = Urval {
        kategori: None,
        ..urval.clone()
    };
    let bas = berakna(bas, &utan, fakta);
    let andelar: Vec<Harledning> = satser
        .iter()
        .map(|p| berakna(Matt::InstallningAndel, &om(*p, urval), fakta))
        .collect();
    let sats = andelar
        .iter()
        .map(|h| h.utfall.varde.kant())
        .try_fold(0_i64, |s, tal| s.checked_add(tal?));
    let varde = match (bas.utfall.varde, sats) {
        (Varde::Kant(tal), Some(sats)) => {
            parameter::del_av(tal, sats).map_or(Varde::Okant, Varde::Kant)
        }
        (Varde::Kant(_), None) => Varde::EjBeslutat,
        (saknas, _) => saknas,
    };
    let utfall = Utfall {
        varde,
        kand_del: None,
        ..bas.utfall
    };
    let mut led = vec![Led {
        tecken: Ledtecken::Lika,
        harledning: bas,
    }];
    led.extend(andelar.into_iter().map(|harledning| Led {
        tecken: Ledtecken::Ganger,
        harledning,
    }));
    (utfall, led, Vec::<FaktumId>::new())
}

/// A measure less a setting in kronor.
pub(super) fn minus(
    bas: Matt,
    parameter: Parameter,
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
) -> Svar {
    let termer = [
        (Ledtecken::Plus, berakna(bas, urval, fakta)),
        (
            Ledtecken::Minus,
            berakna(Matt::InstallningKr, &om(parameter, urval), fakta),
        ),
    ];
    av_led(
        termer
            .map(|(tecken, harledning)| Led { tecken, harledning })
            .to_vec(),
    )
}

/// The selection of a setting for the same year.
fn om(parameter: Parameter, urval: &Urval) -> Urval {
    Urval {
        ar: urval.ar,
        ..Urval::default()
    }
    .for_kategori(parameter.kod())
}
