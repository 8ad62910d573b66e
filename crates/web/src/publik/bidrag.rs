//! A published grant, as of its own act.

use super::pengar::kalla;
use super::{kommentar, om, publicerad};
use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::delar;
use crate::las;
use crate::sidval::Sidval;
use crate::siffror::{Siffror, dag};
use crate::svar::Svar;
use utfall_app::{Bok, Oppet};
use utfall_domain::matt::Matt;
use utfall_domain::medel::Bidrag;
use utfall_domain::publicering::{Publicerat, Publicering};
use utfall_domain::tid;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;

/// The published grants, in Swedish order.
pub(super) fn publika_bidrag<'a>(o: &Oppet, samlat: &'a Bok) -> Vec<&'a Bidrag> {
    samlat
        .bidrag
        .iter()
        .filter(|b| o.akt(Publicerat::Bidrag(b.id)).is_some())
        .collect()
}

/// GET `/{huvudman}/pengar/{bidrag}`.
pub async fn bidrag(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    let slug = &o.huvudman().slug;
    let samlat = o.samlat();
    let sak = Publicerat::Bidrag(las::bidrag(&samlat, a.stig.text("bidrag"))?.id);
    let (akt, bok) = om(&o, sak)?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let s = Siffror::publika(&bok, slug, Some(sak));
    let ar = delar::bidragsar(b);
    let ett = match ar.as_slice() {
        [ett] => *ett,
        _ => None,
    };
    let rapporter = samlat.rapporter.iter().filter(|r| r.bidrag == Some(b.id));
    Svar::publik_sida(&v::PublikBidrag {
        ram: a.ram(Some(o.huvudman())),
        huvud: Sidhuvud::ny(b.namn.clone(), b.andamal.clone().unwrap_or_default())
            .overrad(publicerad(akt))
            .under(vec![Lank::ny("Pengarna", adress::publik_pengar(slug))]),
        nyckeltal: crate::medel::nyckeltal(&s, b, ett, tid::dag(a.nu)).into(),
        delar: ar
            .into_iter()
            .filter(|ar| s.finns(Matt::Fordelat, &delar::bidragsurval(b, *ar)))
            .map(|ar| v::PengarDel {
                text: Text::default(),
                lank: None,
                ..del(&o, &s, (b, ar), (None, vald_del(&a, b, ar)))
            })
            .collect(),
        fakta: crate::medel::fakta(&s, b, None)
            .into_iter()
            .filter(|f| f.namn != "Ändamål")
            .chain(kommentar(akt))
            .collect(),
        beslut: crate::medel::beslut(&s, b).into(),
        rapporter: rapporter
            .map(|r| Lank::ny(r.titel.clone(), adress::publik_rapport(slug, &r.slug)))
            .collect(),
        kalla: kalla(&bok, &o.huvudman().namn),
    })
}

/// Which part of a year's initiatives is shown: the one asked for, if it is of that year.
fn vald_del(a: &Publikt, b: &Bidrag, ar: Option<i16>) -> Sidval {
    let denna = b.ar.len() <= 1 || a.fraga.text("del") == delar::arsord(ar);
    if denna || a.fraga.text("sida") == "alla" {
        Sidval::ur(&a.fraga)
    } else {
        Sidval::Del(0)
    }
}

/// What became of a grant's money in a year. Among others it says what it is, and its day
/// when the others are as of other days.
pub(super) fn del(
    o: &Oppet,
    s: &Siffror<'_>,
    (b, ar): (&Bidrag, Option<i16>),
    (bland_andra, sida): (Option<&Publicering>, Sidval),
) -> v::PengarDel {
    let namn = delar::bidragsnamn(b, ar);
    let till = adress::publik_bidrag(&o.huvudman().slug, &b.slug);
    let mut insatser = delar::insatstabell(s, b, ar, &delar::arsid("t", b, ar), sida);
    let hit = till.clone().fraga("del", &delar::arsord(ar));
    let lankar = sida.lankar(delar::med_i_bidraget(s, b, ar).len(), &hit);
    insatser.bladdra = lankar.into_iter().map(|l| l.om(namn.clone())).collect();
    v::PengarDel {
        id: delar::arsid("b", b, ar),
        text: bland_andra.map_or_else(Text::default, |akt| om_bidraget(o, b, akt)),
        flode: delar::flode(s, b, ar),
        insatser,
        besked: Vec::new(),
        lank: Some(Lank::ny("Mer om bidraget", till).om(namn.clone())),
        rubrik: namn,
    }
}

/// What a grant is for, what the publisher adds, and as of when.
fn om_bidraget(o: &Oppet, b: &Bidrag, akt: &Publicering) -> Text {
    let mut ord: Vec<String> = Vec::new();
    if let Some(andamal) = b.andamal.as_deref().filter(|text| !text.is_empty()) {
        let punkt = if andamal.ends_with('.') { "" } else { "." };
        ord.push(format!("{andamal}{punkt}"));
    }
    if super::olika_dagar(o) {
        ord.push(format!("Siffror per {}.", dag(akt.per.0)));
    }
    if !akt.kommentar.trim().is_empty() {
        ord.push(format!("Kommentar: {}", akt.kommentar.trim()));
    }
    if ord.is_empty() {
        return Text::default();
    }
    ord.join(" ").into()
}
