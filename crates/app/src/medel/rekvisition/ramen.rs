//! What a requisition is held against: what there is to ask for, and what is already told of the
//! same money.

use crate::lasning::Bok;
use utfall_domain::faktum::Faktum;
use utfall_domain::id::FaktumId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::rekvisition::{Rekvisition, Riktning, alla};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;

/// Never more than what is granted, or what the initiative has got: counted with all that is
/// sent, in the same transaction.
pub(super) fn prova_ramen(bok: &Bok, r: &Rekvisition) -> Result<(), Problem> {
    let (Some(bidrag), Some(ar)) = (r.om.bidrag, r.om.ar) else {
        return Err(Problem::finns_inte());
    };
    let mut urval = Urval::bidrag(bidrag).ar(ar);
    let (matt, vad) = match r.uppgift.riktning {
        Riktning::TillFinansiar => (Matt::Tilldelat, "beviljat för bidraget"),
        Riktning::FranPart => {
            urval.insats = r.om.insats;
            (Matt::Fordelat, "fördelat till insatsen")
        }
    };
    prova_en_uppgift(bok, r, &urval)?;
    let skickat = alla(&bok.medelsposter)
        .into_iter()
        .filter(|x| x.id != r.id && x.tar_av_ramen())
        .filter(|x| x.uppgift.riktning == r.uppgift.riktning)
        .filter(|x| (x.om.bidrag, x.om.ar) == (r.om.bidrag, r.om.ar))
        .filter(|x| r.uppgift.riktning == Riktning::TillFinansiar || x.om.insats == r.om.insats)
        .map(|x| x.belopp())
        .fold(0, i64::saturating_add);
    let Varde::Kant(ram) = bok.varde(matt, &urval) else {
        return Err(Problem::ogiltigt(
            "rekvisition-utan-ram",
            format!("Det är inte känt hur mycket som är {vad} {ar}."),
            "Registrera det först.",
        ));
    };
    let efter = skickat.saturating_add(r.uppgift.belopp);
    if efter <= ram {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "rekvisition-over-taket",
        format!(
            "{}\u{a0}kr är {vad} {ar}. {}\u{a0}kr är redan rekvirerat, så {}\u{a0}kr ryms inte.",
            Ore(ram),
            Ore(skickat),
            Ore(r.uppgift.belopp)
        ),
        "Minska beloppet, eller återkalla en annan rekvisition.",
    )
    .i_falt("belopp"))
}

/// One authoritative figure: what is said of the same money without a requisition is struck
/// first, so that nothing counts twice.
pub(super) fn prova_en_uppgift(bok: &Bok, r: &Rekvisition, urval: &Urval) -> Result<(), Problem> {
    if r.uppgift.riktning != Riktning::TillFinansiar {
        return Ok(());
    }
    let egna: Vec<FaktumId> = alla(&bok.medelsposter)
        .iter()
        .filter_map(|x| x.om.faktum)
        .collect();
    let andra = bok.matt(Matt::Rekvirerat, urval).rader;
    let lost: Option<&Faktum> = andra
        .iter()
        .filter(|id| !egna.contains(id))
        .find_map(|id| bok.faktum(*id));
    match lost {
        None => Ok(()),
        Some(f) => Err(Problem::ogiltigt(
            "rekvisition-redan-sagt",
            format!(
                "Det finns redan en uppgift om att {}\u{a0}kr är rekvirerat, utan rekvisition.",
                Ore(f.varde().kant().unwrap_or(0))
            ),
            "Stryk den uppgiften först, så att beloppet inte räknas två gånger.",
        )),
    }
}
