//! Where a party's money goes, and whether two have seen to the account.

use crate::adress;
use crate::organisationer::betalning;
use utfall_app::Bok;
use utfall_domain::medel::betalning::{Betalningslage, laget};
use utfall_domain::medel::rekvisition::{Rekvisition, Riktning};
use utfall_domain::organisation::Organisation;
use utfall_vyer::komponent::{Besked, Fakta, Lank, Text};

/// Who we pay, and how, when it is a party's requisition and somebody has said how.
fn mottagaren<'a>(bok: &'a Bok, r: &Rekvisition) -> Option<(&'a Organisation, Betalningslage<'a>)> {
    if r.uppgift.riktning != Riktning::FranPart {
        return None;
    }
    let o = bok.organisation(r.om.organisation?)?;
    Some((o, laget(&bok.medelsposter, o.id)?))
}

/// The account, among the facts of a requisition.
pub fn fakta(bok: &Bok, r: &Rekvisition) -> Option<Fakta> {
    let (o, l) = mottagaren(bok, r)?;
    let lage = betalning::lage(&l).ord.to_lowercase();
    let lank = Lank::ny("Betalningsuppgiften", adress::betalning(&o.slug)).om(o.namn_nu());
    let text = Text::from(format!("{}, {lage}. ", l.uppgift.i_ord()));
    Some(Fakta::ny("Betalas till", text.lank(lank).ord(".")))
}

/// The warning before it is paid.
pub fn besked(bok: &Bok, r: &Rekvisition) -> Vec<Besked> {
    mottagaren(bok, r)
        .filter(|_| !r.lage.avslutad())
        .and_then(|(o, l)| betalning::varning(bok, o, &l))
        .into_iter()
        .collect()
}
