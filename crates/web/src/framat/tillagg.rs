//! Initiatives that are add-ons to others, and costs that may be paid twice.

use super::{Gor, andra, egna, sista_kolumnen, vagen};
use crate::adress;
use crate::siffror::Siffror;
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::atagande::{Koppling, kopplingar};
use utfall_domain::medel::post::Medelspost;
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::sidor::Tabelldel;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// The initiatives that this one is an add-on to, each with the row that says so.
fn foraldrar<'a>(
    bok: &'a Bok,
    poster: &'a [Medelspost],
    insats: &Insats,
) -> Vec<(&'a Medelspost, &'a Insats)> {
    egna(poster, insats)
        .into_iter()
        .filter_map(|(p, k)| match k {
            Koppling::Tillagg { till } => Some((p, bok.insats(*till)?)),
            _ => None,
        })
        .collect()
}

/// The add-ons to this one.
fn barn<'a>(bok: &'a Bok, poster: &[Medelspost], insats: &Insats) -> Vec<&'a Insats> {
    kopplingar(poster)
        .into_iter()
        .filter(|(_, k)| matches!(k, Koppling::Tillagg { till } if *till == insats.id))
        .filter_map(|(p, _)| bok.insats(p.post.om.insats?))
        .collect()
}

/// For the initiative's own page; empty when it is nobody's add-on and has none.
pub fn mening(bok: &Bok, poster: &[Medelspost], insats: &Insats) -> Text {
    let mut text = Text::default();
    for (_, i) in foraldrar(bok, poster, insats) {
        text = text
            .ord("Insatsen är ett tillägg till ")
            .lank(Lank::ny(i.namn.clone(), adress::insats(&i.slug)))
            .ord(". ");
    }
    for i in barn(bok, poster, insats) {
        text = text
            .ord("Till insatsen hör tillägget ")
            .lank(Lank::ny(i.namn.clone(), adress::insats(&i.slug)))
            .ord(". ");
    }
    text
}

/// The table of links, and its form.
pub fn del(bok: &Bok, poster: &[Medelspost], insats: &Insats, far: bool) -> Tabelldel {
    let mut rader: Vec<Rad> = foraldrar(bok, poster, insats)
        .into_iter()
        .map(|(p, i)| {
            Rad::ny(vec![
                Cell::rubriklank(i.namn.clone(), adress::insats(&i.slug), None),
                "Den här insatsen är ett tillägg till den".into(),
                andra(insats, Gor::Tillagg, p, (&i.namn, far)),
            ])
        })
        .collect();
    rader.extend(barn(bok, poster, insats).into_iter().map(|i| {
        Rad::ny(vec![
            Cell::rubriklank(i.namn.clone(), adress::framat(&i.slug), None),
            "Den är ett tillägg till den här insatsen".into(),
            Cell::Kort("hos tillägget".into(), false),
        ])
    }));
    let kolumner = ["Insats", "Hur de hör ihop", sista_kolumnen(far)]
        .map(Kolumn::ord)
        .to_vec();
    Tabelldel {
        id: "tillagg".into(),
        rubrik: "Tillägg till en annan insats".into(),
        text: vagen(insats, Gor::Tillagg, "Säg att den är ett tillägg", far),
        tabell: Tabell::ny("tillagg-t", "Insatser som hör ihop", kolumner, rader)
            .tomt("Insatsen är inget tillägg och har inga tillägg."),
    }
}

/// The kinds of cost that an initiative has used money on in a year.
fn kostnadsslag(s: &Siffror<'_>, insats: &Insats, ar: i16) -> BTreeSet<String> {
    s.om_insats(insats.id)
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Anvant && f.galler().ar == Some(ar))
        .filter(|f| f.varde().kant().is_some_and(|tal| tal > 0))
        .filter_map(|f| f.galler().kategori.clone())
        .collect()
}

/// The years that both get money.
fn gemensamma(s: &Siffror<'_>, a: &Insats, b: &Insats) -> BTreeSet<i16> {
    let aren = |i: &Insats| -> BTreeSet<i16> {
        let fakta = s.om_insats(i.id);
        let fakta = fakta.iter().filter(|f| {
            matches!(
                f.fakta.slag,
                FaktumSlag::Fordelat | FaktumSlag::Atagande | FaktumSlag::Finansiering
            ) && f.galler().version.is_none()
        });
        let fakta = fakta.filter(|f| f.varde().kant().is_some_and(|tal| tal > 0));
        fakta.filter_map(|f| f.galler().ar).collect()
    };
    aren(a).intersection(&aren(b)).copied().collect()
}

/// Costs that may be paid by both: the same kind in the same year. Years when both get money
/// and nothing is booked by kind are told of more quietly.
pub fn besked(s: &Siffror<'_>, poster: &[Medelspost], insats: &Insats) -> Vec<Besked> {
    let foraldrar = foraldrar(s.bok, poster, insats).into_iter();
    let par = foraldrar.map(|(_, f)| (insats, f));
    let egna = barn(s.bok, poster, insats).into_iter();
    let par = par.chain(egna.map(|b| (b, insats)));
    par.flat_map(|(tillagg, till)| om_paret(s, tillagg, till))
        .collect()
}

fn om_paret(s: &Siffror<'_>, tillagg: &Insats, till: &Insats) -> Vec<Besked> {
    let mut ut = Vec::new();
    for ar in gemensamma(s, tillagg, till) {
        let har = kostnadsslag(s, tillagg, ar);
        let samma: Vec<String> = har
            .intersection(&kostnadsslag(s, till, ar))
            .cloned()
            .collect();
        let Some(forst) = samma.first() else {
            ut.push(Besked::ny(
                Allvar::Upplysning,
                format!("{} och {} får båda pengar {ar}", tillagg.namn, till.namn),
                "Tillägget och insatsen den hör till ska inte få pengar för samma kostnad. Inget \
                 bokfört pekar på det än.",
            ));
            continue;
        };
        let tal = |i: &Insats| {
            let urval = Urval::insats(i.id).ar(ar).for_kategori(forst.as_str());
            s.med_enhet(Matt::AnvantInsats, &urval)
        };
        ut.push(Besked::ny(
            Allvar::Varning,
            format!(
                "samma slags kostnad i två finansierade insatser {ar}: {}",
                samma.join(", ")
            ),
            Text::from(format!("{forst}: {} har använt ", tillagg.namn))
                .tal(tal(tillagg))
                .ord(format!(" och {} ", till.namn))
                .tal(tal(till))
                .ord(
                    ". Kontrollera att ingen kostnad är betald två gånger med statliga pengar. \
                     Följ talen till verifikationerna.",
                ),
        ));
    }
    ut
}
