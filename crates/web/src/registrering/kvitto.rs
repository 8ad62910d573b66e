//! What was just saved, on the page one comes back to.

use crate::adress;
use crate::anrop::Inloggat;
use crate::harledning::om_faktum;
use crate::rattelse::tillbaka;
use crate::siffror::{Siffror, enhet, varde};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::{Faktum, Galler};
use utfall_domain::id::FaktumId;
use utfall_vyer::komponent::{Kvitto, Lank, Text};

/// The fact that was just entered here, with its derivation. Nothing is said of a fact that
/// does not exist or belongs elsewhere: the address is not to be believed.
#[must_use]
pub fn kvitto(a: &Inloggat, s: &Siffror<'_>, har: impl Fn(&Galler) -> bool) -> Option<Kvitto> {
    let id = a.fraga.tal("sparat").and_then(FaktumId::ny)?;
    let f = s.faktum(id).filter(|f| har(f.galler()))?;
    Some(Kvitto::ny(text(a, s, f)))
}

fn text(a: &Inloggat, s: &Siffror<'_>, f: &Faktum) -> Text {
    let slag = f.fakta.slag;
    let tal = varde(f.varde(), slag.enhet()).lank(tillbaka(f));
    let tal = if tal.text.is_empty() {
        tal
    } else {
        tal.enhet(enhet(slag.enhet()))
    };
    let (vad, _) = om_faktum(s.bok, f);
    let mut ut = Text::from(format!("{}, {vad}, ", slag.text()))
        .tal(tal)
        .ord(". ");
    if a.far(Atgard::RattaFaktum) {
        let ratta = Lank::ny("Rätta uppgiften", adress::ratta(&f.id.to_string()));
        ut = ut.lank(ratta).ord(".");
    }
    ut
}

/// That the thing shown was just entered.
#[must_use]
pub fn nyss_upplagd(a: &Inloggat, namn: &str, sedan: Option<Lank>) -> Option<Kvitto> {
    if a.fraga.text("sparat") != "upplagt" {
        return None;
    }
    let text = Text::from(format!("{namn} är upplagt. "));
    Some(Kvitto::ny(match sedan {
        Some(lank) => text.lank(lank).ord("."),
        None => text,
    }))
}
