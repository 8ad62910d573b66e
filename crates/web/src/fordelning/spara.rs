//! What is done with the distribution: counted again, pasted in and saved.

use super::{Ifyllt, Skrivet, delen, omraknad, sida, stod, tabell, till_omraknad, vyn, yta};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::siffror::Siffror;
use crate::svar::{Fel, Svar};
use crate::{las, medelsfalt};
use utfall_app::Bok;
use utfall_app::medel::{AndraFordelning, SparaFordelning, kryss_av, version};
use utfall_domain::id::FaktumId;
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::{Problem, ProblemSlag};

/// POST `/medel/{bidrag}/fordelning`: counts again and stores nothing, lays a pasted block in
/// the table, shows it another way, or saves (`steg=spara`).
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let ifyllt = Ifyllt::av(&a.formular, &bok, b);
    let sedd = a.formular.tal("version").and_then(FaktumId::ny);
    // What is pasted and not yet in the table is not lost by a press on Spara.
    if !a.formular.text("klistra").is_empty() && a.formular.text("visa").is_empty() {
        return klistra_in(&a, &bok, b, (ifyllt, sedd)).await;
    }
    let sparar = a.formular.text("steg") == "spara" && a.formular.som_sant("visa").is_none();
    if !sparar && !ifyllt.fel().is_empty() {
        let skrivet = Skrivet {
            ifyllt: Some(&ifyllt),
            fel: &[],
            sedd,
        };
        return Svar::formularfel(&sida(&a, &bok, (b, &stod(&a).await?), skrivet));
    }
    let visas = a.formular.som_sant("visa").is_some();
    if visas || a.formular.text("steg") != "spara" {
        // A page with an address can be left and come back to. A reason has no place in one,
        // so where it is already written the page answers the form, and nothing is lost.
        let skal = ["orsak", "varfor"];
        let inga_skal = skal.iter().all(|falt| a.formular.text(falt).is_empty())
            && !medelsfalt::nagot_om_beslut(&a);
        if !(inga_skal && version(&bok, b.id) == sedd) {
            return omraknad(&a, &bok, b, &a.formular).await;
        }
        let vy = vyn(&a);
        let ifyllt = if visas { ifyllt.i_enhet(vy) } else { ifyllt };
        let till = till_omraknad(&bok, b, &ifyllt, sedd);
        return Ok(Svar::vidare(vy.i(delen(&a).i(till))));
    }
    sparas(&a, &bok, b, (ifyllt, sedd)).await
}

/// Saves what is typed, with the warnings that are ticked. All that is wrong is told at once:
/// cells that cannot be read, the decision's fields, the reason and the warnings.
async fn sparas(
    a: &Inloggat,
    bok: &Bok,
    b: &Bidrag,
    (ifyllt, sedd): (Ifyllt, Option<FaktumId>),
) -> Resultat {
    let (andring, mut olasligt) = andringen(a, b, &ifyllt, sedd);
    for fel in ifyllt.fel() {
        let fel = Problem::ogiltigt("belopp-olasligt", fel.text, "").i_falt(fel.falt);
        olasligt.prova::<()>(Err(fel));
    }
    let kryssade = a.formular.alla().filter(|(_, varde)| *varde == "ja");
    let fall = SparaFordelning {
        andring,
        kryssade: kryssade.filter_map(|(namn, _)| kryss_av(namn)).collect(),
        varfor: a.formular.lang("varfor"),
    };
    match a.utfor(fall, olasligt).await {
        Ok(Ok(_)) => {
            let senast = version(&a.bok().await?, b.id).map_or(0, FaktumId::nummer);
            let till = vyn(a).i(delen(a).i(adress::fordelning(&b.slug)));
            Ok(Svar::vidare(till.fraga("sparat", &senast.to_string())))
        }
        Ok(Err(fel)) => {
            let skrivet = Skrivet {
                ifyllt: Some(&ifyllt),
                fel: &fel,
                sedd,
            };
            Svar::formularfel(&sida(a, bok, (b, &stod(a).await?), skrivet))
        }
        Err(fel) if fel.slag == ProblemSlag::Konflikt => konflikt(a, ifyllt, sedd, fel).await,
        Err(fel) => Err(Fel::from(fel)),
    }
}

/// What the form asks for, and what of it cannot be read.
fn andringen(
    a: &Inloggat,
    b: &Bidrag,
    ifyllt: &Ifyllt,
    sedd: Option<FaktumId>,
) -> (AndraFordelning, utfall_app::Brister) {
    let mut olasligt = utfall_app::Brister::default();
    let fall = AndraFordelning {
        bidrag: b.id,
        version: None,
        sedd,
        celler: ifyllt.celler(),
        beslut: medelsfalt::valt_beslut(a, &mut olasligt),
        orsak: a.formular.lang("orsak"),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    (fall, olasligt)
}

/// A block laid in the table: seen before it is saved, with what got no place.
async fn klistra_in(
    a: &Inloggat,
    bok: &Bok,
    b: &Bidrag,
    (ifyllt, sedd): (Ifyllt, Option<FaktumId>),
) -> Resultat {
    let s = Siffror::ny(bok);
    let vy = vyn(a);
    let t = tabell::Tabellen::ny(&s, b, (None, &[]), (true, delen(a), vy));
    let (ifyllt, besked) = yta::klistrat(a, (&s, b), (ifyllt, &t, vy));
    let skrivet = Skrivet {
        ifyllt: Some(&ifyllt),
        fel: &[],
        sedd,
    };
    let mut sida = sida(a, bok, (b, &stod(a).await?), skrivet);
    let allt = besked.len() < 2;
    sida.besked.extend(besked);
    // What has its place in the table is not pasted once more.
    for falt in sida
        .yta
        .klistra
        .iter_mut()
        .filter(|f| allt && f.namn == "klistra")
    {
        falt.varde.clear();
    }
    Svar::sida(&sida)
}

/// Somebody else saved first. The page is made of the new books: cells this person left as
/// they were show what is there now, and the others what was typed, beside what they replace.
pub(super) async fn konflikt(
    a: &Inloggat,
    ifyllt: Ifyllt,
    sedd: Option<FaktumId>,
    fel: Problem,
) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let ifyllt = ifyllt.bara_andrade(&bok, b, sedd);
    let skrivet = Skrivet {
        ifyllt: Some(&ifyllt),
        fel: std::slice::from_ref(&fel),
        sedd: version(&bok, b.id),
    };
    let svar = Svar::sida(&sida(a, &bok, (b, &stod(a).await?), skrivet))?;
    Ok(svar.med_status(axum::http::StatusCode::CONFLICT))
}
