//! The published initiatives, each as of its own act.

use super::{kommentar, om, publicerad, utfall};
use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::csv;
use crate::delar;
use crate::insatser::arstext;
use crate::las;
use crate::sidval::Sidval;
use crate::siffror::Siffror;
use crate::svar::{Fel, Lagring, Svar};
use crate::volymer;
use utfall_app::{Bok, Oppet};
use utfall_domain::id::InsatsId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::problem::Problem;
use utfall_domain::publicering::Publicerat;
use utfall_domain::tid;
use utfall_vyer::komponent::Lank;
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;

/// The published initiatives, in Swedish order. A reserve is none.
pub(super) fn publika_insatser(o: &Oppet, samlat: &Bok) -> Vec<InsatsId> {
    samlat
        .insatser
        .iter()
        .filter(|i| !i.reserv && o.akt(Publicerat::Insats(i.id)).is_some())
        .map(|i| i.id)
        .collect()
}

/// GET `/{huvudman}/insatser`.
pub async fn insatser(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    Svar::publik_sida(&listan(&a, &o, Sidval::ur(&a.fraga))?)
}

/// GET `/{huvudman}/insatser/tabell.csv`.
pub async fn insatser_csv(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    let tabell = listan(&a, &o, Sidval::Hela)?.tabell();
    let namn = format!("insatser-{}", o.huvudman().slug);
    let svar = csv::svar(&namn, tid::dag(a.nu), &[("Insatser", &tabell)])?;
    Ok(svar.lagras(Lagring::Kort))
}

fn listan(a: &Publikt, o: &Oppet, sida: Sidval) -> Result<v::PublikInsatser, Fel> {
    let samlat = o.samlat();
    let alla = publika_insatser(o, &samlat);
    let ingress = crate::siffror::antal(
        alla.len(),
        "Ingen insats är publicerad än.",
        "En insats är publicerad.",
        "insatser är publicerade.",
    );
    let bladdra = sida.lankar(alla.len(), &adress::publik_insatser(&o.huvudman().slug));
    let visade = sida.utsnitt(alla);
    let rader: Result<Vec<_>, _> = visade.into_iter().map(|id| rad(o, id)).collect();
    Ok(v::PublikInsatser {
        ram: a.ram(Some(o.huvudman())),
        huvud: Sidhuvud::ny("Insatser", ingress).overrad(super::publicerat_tillsammans(o)),
        rader: rader?,
        bladdra,
        csv_href: Some(adress::publik_insatser_csv(&o.huvudman().slug).into()),
    })
}

fn rad(o: &Oppet, id: InsatsId) -> Result<v::PublikInsatsRad, Fel> {
    let sak = Publicerat::Insats(id);
    let (akt, bok) = om(o, sak)?;
    let slug = &o.huvudman().slug;
    let s = Siffror::publika(&bok, slug, Some(sak));
    let i = bok.insats(id).ok_or_else(Problem::finns_inte)?;
    let urval = Urval::insats(id);
    let mut utforare = las::ansvariga(&bok, &i.ansvariga);
    if super::olika_dagar(o) {
        utforare = format!("{utforare}. Siffror per {}", crate::siffror::dag(akt.per.0));
    }
    Ok(v::PublikInsatsRad {
        namn: i.namn.clone(),
        href: adress::publik_insats(slug, &i.slug).into(),
        utforare,
        ar: arstext(&s, i),
        budget: s.tal(Matt::Budget, &urval),
        anvant: s.tal(Matt::AnvantInsats, &urval),
    })
}

/// GET `/{huvudman}/insatser/{insats}`.
pub async fn insats(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    let slug = &o.huvudman().slug;
    let samlat = o.samlat();
    let sokt = las::insats(&samlat, a.stig.text("insats"))?;
    if sokt.reserv {
        return Err(Problem::finns_inte().into());
    }
    let sak = Publicerat::Insats(sokt.id);
    let (akt, bok) = om(&o, sak)?;
    let i = bok.insats(sokt.id).ok_or_else(Problem::finns_inte)?;
    let s = Siffror::publika(&bok, slug, Some(sak));
    let ingress = if i.text.beskrivning.is_empty() {
        las::ansvariga(&bok, &i.ansvariga)
    } else {
        i.text.beskrivning.clone()
    };
    Svar::publik_sida(&v::PublikInsats {
        ram: a.ram(Some(o.huvudman())),
        huvud: Sidhuvud::ny(i.namn.clone(), ingress)
            .overrad(publicerad(akt))
            .under(vec![Lank::ny("Insatser", adress::publik_insatser(slug))]),
        nyckeltal: crate::insatser::nyckeltal(&s, i).into(),
        besked: Vec::new(),
        mal: i.text.malen().map(str::to_owned).collect(),
        beskrivning: delar::stycken(&i.text.resultat),
        fakta: delar::insatsfakta(&s, i)
            .into_iter()
            .chain(kommentar(akt))
            .collect(),
        pengar: delar::pengar(&s, i),
        volymer: volymer::diagram(&s, i),
        utfall: utfall::andelar(&s, i),
        resultat: delar::resultat(&s, i),
        resultat_not: "Antal visas bara när de redan står i ett offentligt papper.".into(),
    })
}
