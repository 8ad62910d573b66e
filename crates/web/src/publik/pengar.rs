//! Where a publisher's money goes and what comes of it.

use super::{akt, publicerad};
use crate::anrop::{Publikt, Resultat};
use crate::delar;
use crate::gemensamt;
use crate::siffror::{Siffror, antal};
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::publicering::{Publicerat, gallande};
use utfall_vyer::komponent::{Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;
use utfall_vyer::tal::{TalVy, heltal};

/// GET `/{huvudman}/pengar`.
pub async fn pengar(a: Publikt) -> Resultat {
    let (h, bok) = a.utgivare().await?;
    let s = Siffror::publika(&bok, &h.slug);
    let publika = publika_bidrag(&bok);
    let delar = publika
        .iter()
        .flat_map(|b| delar::bidragsar(b).into_iter().map(move |ar| (*b, ar)))
        .filter(|(b, ar)| {
            s.finns(Matt::Fordelat, &delar::bidragsurval(b, *ar)) || !kommentar(&bok, b).is_empty()
        })
        .map(|(b, ar)| del(&s, b, ar))
        .chain(gemensamt::publik_del(&s))
        .collect();
    let senast = gallande(&bok.publiceringar)
        .into_iter()
        .max_by_key(|akt| akt.tid);
    Svar::publik_sida(&v::PublikPengar {
        ram: a.ram(Some(&h)),
        huvud: Sidhuvud::ny(
            "Vart går pengarna – och vad blir det av dem?",
            ingress(&publika),
        )
        .overrad(senast.map(publicerad).unwrap_or_default()),
        nyckeltal: nyckeltal(&s, &bok).into(),
        delar,
        utfall: None,
        kalla: kalla(&bok, &h.namn),
    })
}

fn ingress(publika: &[&Bidrag]) -> String {
    antal(
        publika.len(),
        "Inget bidrag är publicerat än.",
        "Ett bidrag är publicerat. Här ser du vad pengarna används till.",
        "bidrag är publicerade. Här ser du vad pengarna används till.",
    )
}

/// The grants that are published.
fn publika_bidrag(bok: &Bok) -> Vec<&Bidrag> {
    let publicerat = |b: &&Bidrag| akt(bok, Publicerat::Bidrag(b.id)).is_some();
    bok.bidrag.iter().filter(publicerat).collect()
}

/// A publisher's key figures.
pub fn nyckeltal(s: &Siffror<'_>, bok: &Bok) -> Vec<Nyckeltal> {
    let mut ut = Vec::new();
    if gemensamt::finns(s) {
        ut.extend(gemensamt::nyckeltal(s));
    } else if let [b] = publika_bidrag(bok).as_slice() {
        let urval = Urval::bidrag(b.id);
        for (matt, villkor) in [
            (Matt::Tillgangligt, "som bidraget ger"),
            (Matt::Anvant, "hittills"),
            (Matt::AttAterbetala, "blev över"),
        ] {
            if s.finns(matt, &urval) {
                ut.push(Nyckeltal::ny(
                    matt.text(),
                    s.med_enhet(matt, &urval),
                    villkor,
                ));
            }
        }
    }
    let n = super::publika_insatser(bok).len();
    let href = crate::adress::publik_insatser(&bok.huvudman.slug);
    let tal = TalVy::ny(heltal(i64::try_from(n).unwrap_or(i64::MAX)), href);
    ut.push(Nyckeltal::ny("Insatser", tal, "publicerade"));
    ut
}

fn del(s: &Siffror<'_>, b: &Bidrag, ar: Option<i16>) -> v::PengarDel {
    v::PengarDel {
        id: delar::arsid("b", b, ar),
        rubrik: delar::bidragsnamn(b, ar),
        text: om_bidraget(s.bok, b),
        flode: delar::flode(s, b, ar),
        insatser: delar::insatstabell(s, b, ar, &delar::arsid("t", b, ar)),
        besked: Vec::new(),
    }
}

/// What the publisher wants to say to the reader about a grant; empty when nothing.
fn kommentar(bok: &Bok, b: &Bidrag) -> String {
    akt(bok, Publicerat::Bidrag(b.id)).map_or_else(String::new, |akt| akt.kommentar)
}

/// What a grant is for, and what the publisher adds.
fn om_bidraget(bok: &Bok, b: &Bidrag) -> Text {
    let andamal = b.andamal.clone().unwrap_or_default();
    let kommentar = kommentar(bok, b);
    let kommentar = kommentar.trim();
    match (andamal.is_empty(), kommentar.is_empty()) {
        (_, true) => andamal.into(),
        (true, false) => format!("Kommentar: {kommentar}").into(),
        (false, false) => {
            let punkt = if andamal.ends_with('.') { "" } else { "." };
            format!("{andamal}{punkt} Kommentar: {kommentar}").into()
        }
    }
}

fn kalla(bok: &Bok, namn: &str) -> Text {
    let papper: Vec<&str> = bok.underlag.iter().map(|u| u.titel.as_str()).collect();
    if papper.is_empty() {
        return Text::default();
    }
    Text::from(format!("Källa: {namn}, {}.", papper.join("; ")))
}
