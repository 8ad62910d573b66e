//! What a requisition to a funder leads to that nobody sees in its amount, said before it is
//! sent: that the year's money shrinks, below what is distributed too, or that it cannot be sent.

use crate::adress;
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_app::medel::i_perioden;
use utfall_domain::id::BidragId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::rekvisition::{Lage, Rekvisition, Riktning, alla};
use utfall_domain::pengar::Ore;
use utfall_domain::tid;
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};

/// What is to be known before it is sent, and of the year's last one before it is answered too.
pub(super) fn besked(bok: &Bok, r: &Rekvisition, idag: Date) -> Vec<Besked> {
    let mut ut = av_bidraget(bok, r);
    ut.extend(mer_an_bokfort(bok, r, idag));
    ut
}

/// That more is asked for than is booked in the period.
fn mer_an_bokfort(bok: &Bok, r: &Rekvisition, idag: Date) -> Option<Besked> {
    if r.lage != Lage::Utkast {
        return None;
    }
    let i = i_perioden(bok, r, idag);
    let begart = r.uppgift.belopp;
    let bokfort = i.ore.unwrap_or(0);
    let mer = begart.checked_sub(bokfort).filter(|ore| *ore > 0)?;
    let till = i.hel.filter(|hel| hel.month() < r.uppgift.till.month());
    let till = till.map_or_else(String::new, |hel| {
        format!(" till och med {}", tid::manad(hel.month()))
    });
    let finns = match i.ore {
        Some(ore) => format!("{}\u{a0}kr är bokfört i perioden{till}.", Ore(ore)),
        None => "Inget är bokfört i någon hel månad av perioden.".to_owned(),
    };
    Some(Besked::ny(
        Allvar::Varning,
        format!("{}\u{a0}kr mer begärs än som är bokfört", Ore(mer)),
        format!(
            "{}\u{a0}kr begärs. {finns} Begärs resten i förskott, eller styrks den på annat sätt: \
             skriv det i intygandet. Handlingen till mottagaren säger att beloppet är större än \
             det bokförda.",
            Ore(begart)
        ),
    ))
}

/// What it does to the grant, and what keeps it from being sent.
fn av_bidraget(bok: &Bok, r: &Rekvisition) -> Vec<Besked> {
    let vantar = matches!(r.lage, Lage::Utkast | Lage::Inskickad { .. });
    let om = r.om.bidrag.zip(r.om.ar);
    let (true, Riktning::TillFinansiar, Some(om)) = (vantar, r.uppgift.riktning, om) else {
        return Vec::new();
    };
    let urval = Urval::bidrag(om.0).ar(om.1);
    let utkast = r.lage == Lage::Utkast;
    let Some(beviljat) = bok.varde(Matt::Tilldelat, &urval).kant() else {
        return utkast.then(|| okant(om.1)).into_iter().collect();
    };
    if !r.uppgift.sista {
        return Vec::new();
    }
    let skickat = alla(&bok.medelsposter)
        .into_iter()
        .filter(|x| x.id != r.id && x.tar_av_ramen())
        .filter(|x| x.uppgift.riktning == Riktning::TillFinansiar)
        .filter(|x| (x.om.bidrag, x.om.ar) == (r.om.bidrag, r.om.ar))
        .map(|x| x.belopp())
        .fold(r.uppgift.belopp, i64::saturating_add);
    let Some(borta) = beviljat.checked_sub(skickat).filter(|ore| *ore > 0) else {
        return Vec::new();
    };
    let mindre = utkast.then(|| mindre(om.1, (beviljat, skickat, borta)));
    let over = for_mycket(bok, om, borta);
    mindre.into_iter().chain(over).collect()
}

fn okant(ar: i16) -> Besked {
    Besked::ny(
        Allvar::Varning,
        "rekvisitionen går inte att skicka än",
        format!(
            "Det är inte registrerat hur mycket finansiären har beviljat {ar}. Registrera beskedet \
             först."
        ),
    )
}

fn mindre(ar: i16, (beviljat, skickat, borta): (i64, i64, i64)) -> Besked {
    Besked::ny(
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
    )
}

/// That what is distributed no longer has money behind it when the year has shrunk by `borta`.
fn for_mycket(bok: &Bok, (bidrag, ar): (BidragId, i16), borta: i64) -> Option<Besked> {
    let urval = Urval::bidrag(bidrag).ar(ar);
    let kvar = bok.varde(Matt::KvarAttFordela, &urval).kant()?;
    let over = borta.checked_sub(kvar).filter(|ore| *ore > 0)?;
    let fordelat = bok.varde(Matt::Fordelat, &urval).kant()?;
    let b = bok.bidrag(bidrag)?;
    let lank = Lank::ny("Fördelning", adress::fordelning(&b.slug)).om(&b.namn);
    Some(Besked::ny(
        Allvar::Varning,
        format!("{}\u{a0}kr för mycket blir fördelat {ar}", Ore(over)),
        Text::from(format!(
            "{}\u{a0}kr är fördelat till insatser. När rekvisitionen är beviljad finns \
             {}\u{a0}kr att fördela. Minska fördelningen med {}\u{a0}kr under ",
            Ore(fordelat),
            Ore(fordelat.saturating_sub(over)),
            Ore(over)
        ))
        .lank(lank)
        .ord("."),
    ))
}
