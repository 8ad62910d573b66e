//! A huvudman's own versions of a list, and what a new version may change.

use super::{Brist, Kod, Kodlista, Listnamn, Skal, forval};
use jiff::civil::Date;

/// The version that holds for a day: the huvudman's latest by then, or the one that ships.
/// `None` before the first.
#[must_use]
pub fn gallande(namn: Listnamn, egna: &[Kodlista], dag: Date) -> Option<&Kodlista> {
    let senast = |listor: &'_ [Kodlista]| {
        let borjat = listor.iter().enumerate();
        borjat
            .filter(|(_, lista)| lista.lista == namn && lista.galler_fran <= dag)
            .max_by_key(|(_, lista)| lista.galler_fran)
            .map(|(plats, _)| plats)
    };
    let forvalda = &forval().listor;
    match senast(egna) {
        Some(plats) => egna.get(plats),
        None => senast(forvalda).and_then(|plats| forvalda.get(plats)),
    }
}

/// What is wrong with a new version: by itself, and after the one that it takes over from. What
/// is registered with a code keeps its meaning, so a code stays, keeps its text and its groups
/// (or is said to mean the same), and can end but not earlier than the version starts.
#[must_use]
pub fn prova_ny(gammal: &Kodlista, ny: &Kodlista) -> Vec<Brist> {
    let mut svar = ny.prova();
    let brist = |skal, kod: Option<&Kod>| Brist {
        skal,
        lista: ny.lista,
        kod: kod.map(|k| k.kod.clone()),
    };
    if gammal.lista != ny.lista {
        svar.push(brist(Skal::AnnanLista, None));
        return svar;
    }
    if ny.galler_fran <= gammal.galler_fran {
        svar.push(brist(Skal::Versionsdag, None));
    }
    for fore in &gammal.koder {
        match ny.finn(&fore.kod) {
            None => svar.push(brist(Skal::Borttagen, Some(fore))),
            Some(nu) => {
                let skal = andrat(fore, nu, ny.galler_fran);
                svar.extend(skal.map(|skal| brist(skal, Some(nu))));
            }
        }
    }
    for nu in ny.koder.iter().filter(|k| gammal.finn(&k.kod).is_none()) {
        if nu.fran.is_none_or(|fran| fran < ny.galler_fran) {
            svar.push(brist(Skal::NyForut, Some(nu)));
        }
    }
    svar
}

fn andrat(fore: &Kod, nu: &Kod, galler_fran: Date) -> impl Iterator<Item = Skal> {
    let sagt = |k: &Kod| {
        (
            k.text.clone(),
            k.sus,
            k.forsorjningsmatt,
            k.resultat,
            k.ensam,
        )
    };
    let slut_forut = nu.till != fore.till
        && nu.till.is_some_and(|till| {
            galler_fran
                .yesterday()
                .is_ok_and(|dagen_fore| till < dagen_fore)
        });
    [
        (
            sagt(fore) != sagt(nu) && !nu.samma_betydelse,
            Skal::Betydelse,
        ),
        (fore.fran != nu.fran, Skal::Borjan),
        (slut_forut, Skal::SlutForut),
    ]
    .into_iter()
    .filter_map(|(fel, skal)| fel.then_some(skal))
}
