//! Money that waits for somebody, among what is to be done: repayments that are decided and not
//! paid, requisitions without an answer, deviations without an explanation and accounts that
//! belong nowhere.

use super::frister::uppgift;
use crate::adress;
use crate::anrop::Inloggat;
use crate::bokforing::{att_koppla, saker};
use crate::delar::bidragsnamn;
use crate::siffror::{antal, kort_dag};
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_app::medel::raknas_som_rekvirerat;
use utfall_app::uppfoljning::{foljd_manad, saknade_kommentarer};
use utfall_behorighet::Atgard;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::aterbetalning;
use utfall_domain::medel::rekvisition::{self, Lage as Rekvisitionslage, Rekvisition};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::tid::manad;
use utfall_vyer::komponent::{Lage, LageSlag, Lank, Uppgift, UppgiftsGrupp};

/// What waits, for those who can do something about it.
pub async fn grupp(a: &Inloggat, bok: &Bok, idag: Date) -> Result<UppgiftsGrupp, Problem> {
    let mut uppgifter = Vec::new();
    if a.far(Atgard::HanteraAterbetalning) {
        uppgifter.extend(aterbetalningar(bok, idag));
        uppgifter.extend(utan_beslut(bok));
    }
    if a.far(Atgard::HanteraRekvisition) {
        uppgifter.extend(
            rekvisition::alla(&bok.poster())
                .iter()
                .filter_map(|r| rekvirerat(bok, r)),
        );
    }
    if a.far(Atgard::KommenteraAvvikelse) {
        uppgifter.extend(avvikelser(bok, idag));
    }
    if a.far(Atgard::AndraKoppling) {
        let bokfort = a.webb.tjanst.bokforing(&a.session.aktor).await?;
        uppgifter.extend(okopplat(saker(&bokfort.okopplade)));
    }
    Ok(UppgiftsGrupp {
        id: "pengar".to_owned(),
        rubrik: "Pengar som väntar på dig".to_owned(),
        uppgifter,
    })
}

fn utan_frist(lank: Lank, under: String, vad: String, lage: Lage) -> Uppgift {
    Uppgift {
        lank,
        under,
        vad,
        frist: String::new(),
        frist_ord: String::new(),
        brattom: false,
        lage,
    }
}

/// Each repayment that is decided and not paid, by its own last day: a closed year owes it too.
fn aterbetalningar(bok: &Bok, idag: Date) -> Vec<Uppgift> {
    let mut alla = aterbetalning::alla(&bok.poster());
    alla.retain(|r| r.kvar() > 0);
    alla.sort_by_key(|r| r.forfaller);
    alla.iter()
        .filter_map(|r| {
            let (b, ar) = (bok.bidrag(r.om.bidrag?)?, r.om.ar?);
            let till = adress::ett_arsavslut(&b.slug, &ar.to_string()).vid("betala");
            let lank = Lank::ny("Betala tillbaka", till).om(bidragsnamn(b, Some(ar)));
            let under = format!(
                "{}\u{a0}kr är kvar att betala enligt beslut.",
                Ore(r.kvar())
            );
            uppgift(
                idag,
                (r.forfaller, i32::MAX),
                lank,
                &bidragsnamn(b, Some(ar)),
                under,
            )
        })
        .collect()
}

/// What a paper or a registered figure says is to be paid back, without a decision here.
fn utan_beslut(bok: &Bok) -> Vec<Uppgift> {
    let aren = bok
        .bidrag
        .iter()
        .flat_map(|b| b.ar.iter().map(move |ar| (b, *ar)));
    aren.filter(|(b, ar)| aterbetalning::en(&bok.medelsposter, b.id, *ar).is_none())
        .filter_map(|(b, ar)| {
            let urval = Urval::bidrag(b.id).ar(ar);
            let kvar = bok.varde(Matt::KvarAttAterbetala, &urval).kant();
            let kvar = kvar.filter(|ore| *ore > 0)?;
            let till = adress::ett_arsavslut(&b.slug, &ar.to_string());
            Some(utan_frist(
                Lank::ny("Betala tillbaka", till).om(bidragsnamn(b, Some(ar))),
                format!(
                    "{}\u{a0}kr är kvar att betala. Ingen sista dag är registrerad.",
                    Ore(kvar)
                ),
                bidragsnamn(b, Some(ar)),
                Lage::ny("Inte betalt", LageSlag::Varning),
            ))
        })
        .collect()
}

/// A requisition that is sent and not answered, or granted and not paid.
fn rekvirerat(bok: &Bok, r: &Rekvisition) -> Option<Uppgift> {
    let (gor, sedan, dag) = match &r.lage {
        Rekvisitionslage::Inskickad { dag, .. } => ("Registrera svaret", "skickad", *dag),
        Rekvisitionslage::Beviljad { dag, .. } => ("Registrera utbetalningen", "beviljad", *dag),
        _ => return None,
    };
    let b = bok.bidrag(r.om.bidrag?)?;
    let till = adress::rekvisition(&r.id.to_string());
    let kommet = match raknas_som_rekvirerat(bok, r) {
        true => " Beloppet räknas ännu som rekvirerat: rätta det på rekvisitionens sida.",
        false => "",
    };
    Some(utan_frist(
        Lank::ny(gor, till).om(format!("rekvisition {}", r.nummer)),
        format!(
            "{}\u{a0}kr, {sedan} {}.{kommet}",
            Ore(r.belopp()),
            kort_dag(dag)
        ),
        b.namn.clone(),
        Lage::ny("Väntar", LageSlag::Upplysning),
    ))
}

/// The deviations of this year and the last that nobody has explained, as the follow-up counts.
fn avvikelser(bok: &Bok, idag: Date) -> Vec<Uppgift> {
    [idag.year(), idag.year() - 1]
        .into_iter()
        .filter_map(|ar| {
            let m = foljd_manad(bok, ar, idag);
            let n = saknade_kommentarer(bok, ar, m).len();
            let ord = antal(n, "", "Förklara en avvikelse", "avvikelser att förklara");
            let till = adress::uppfoljning()
                .fraga("ar", &ar.to_string())
                .fraga("manad", &m.to_string());
            (n > 0).then(|| {
                utan_frist(
                    Lank::ny(ord, till).om(ar.to_string()),
                    "Rapporten till styrelsen är inte klar förrän de är förklarade.".to_owned(),
                    format!("Till och med {} {ar}", manad(m)),
                    Lage::ny("Inte förklarat", LageSlag::Varning),
                )
            })
        })
        .collect()
}

/// What no rule of the mapping speaks of: its vouchers are in no figure.
fn okopplat(n: usize) -> Option<Uppgift> {
    let ord = att_koppla(n, "");
    let till = adress::koppling().vid("okopplade");
    (n > 0).then(|| {
        utan_frist(
            Lank::ny(ord, till).om("bokföringen"),
            "Det räknas inte i någon siffra.".to_owned(),
            "Bokföring".to_owned(),
            Lage::ny("Okopplat", LageSlag::Varning),
        )
    })
}
