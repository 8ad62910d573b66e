//! What the last requisition of a year does to the grant, said before it is sent.

use utfall_app::Bok;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::rekvisition::{Lage, Rekvisition, Riktning, alla};
use utfall_domain::pengar::Ore;
use utfall_vyer::komponent::{Allvar, Besked};

/// What a draft to a funder would lead to that nobody sees in its amount: that the year's money
/// shrinks to what is requested, or that it cannot be sent.
pub(super) fn besked(bok: &Bok, r: &Rekvisition) -> Option<Besked> {
    let (Lage::Utkast, Riktning::TillFinansiar) = (&r.lage, r.uppgift.riktning) else {
        return None;
    };
    let (bidrag, ar) = r.om.bidrag.zip(r.om.ar)?;
    let urval = Urval::bidrag(bidrag).ar(ar);
    let Some(beviljat) = bok.varde(Matt::Tilldelat, &urval).kant() else {
        return Some(Besked::ny(
            Allvar::Varning,
            "rekvisitionen går inte att skicka än",
            format!(
                "Det är inte registrerat hur mycket finansiären har beviljat {ar}. Registrera \
                 beskedet först."
            ),
        ));
    };
    if !r.uppgift.sista {
        return None;
    }
    let skickat = alla(&bok.medelsposter)
        .into_iter()
        .filter(|x| x.id != r.id && x.tar_av_ramen())
        .filter(|x| x.uppgift.riktning == Riktning::TillFinansiar)
        .filter(|x| (x.om.bidrag, x.om.ar) == (r.om.bidrag, r.om.ar))
        .map(|x| x.belopp())
        .fold(r.uppgift.belopp, i64::saturating_add);
    let borta = beviljat.checked_sub(skickat).filter(|ore| *ore > 0)?;
    Some(Besked::ny(
        Allvar::Varning,
        format!("bidraget för {ar} blir {}\u{a0}kr mindre", Ore(borta)),
        format!(
            "Det här är årets sista rekvisition. Med den är {}\u{a0}kr rekvirerat av de \
             {}\u{a0}kr som är beviljade. När den är beviljad räknas bara det rekvirerade, och \
             {}\u{a0}kr försvinner ur det som finns att fördela och använda. Kommer det fler \
             rekvisitioner: ändra utkastet och ta bort krysset.",
            Ore(skickat),
            Ore(beviljat),
            Ore(borta)
        ),
    ))
}
