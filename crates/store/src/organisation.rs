//! The register: huvudmän, organisations and their names over time.

use utfall_behorighet::{Atgard, Permit};
use utfall_domain::id::{HuvudmanId, OrganisationId};
use utfall_domain::organisation::{
    Huvudman, NamnArt, Organisation, OrganisationSlag, OrganisationsNamn,
};
use utfall_domain::svensk::{sokform, sorteringsnyckel};

use crate::db::{DbFel, Las, P, Rad, Skriv, infogning, p, sql};
use crate::falt::{Falt, datum};
use crate::lov::{self, Skribent};

sql! {
    EGEN = "SELECT id, slug, namn, pahittad FROM huvudman WHERE id = $1";
    ALLA = "SELECT id, slug, slag, orgnr, overordnad FROM organisation \
            WHERE huvudman = $1 ORDER BY sortering, id";
    ALLA_NAMN = "SELECT organisation, namn, art, fran FROM organisation_namn \
                 WHERE huvudman = $1 ORDER BY organisation, nr";
    NAMN = "SELECT organisation, namn, art, fran FROM organisation_namn \
            WHERE huvudman = $1 AND organisation = $2 ORDER BY nr";
    SATT_SLAG = "UPDATE organisation SET slag = $3 WHERE huvudman = $1 AND id = $2";
    SATT_SORTERING = "UPDATE organisation SET sortering = $3 WHERE huvudman = $1 AND id = $2";
}

infogning! {
    NY_HUVUDMAN = "huvudman" ("id", "slug", "namn", "pahittad", "sortering", "registrerad");
    NY = "organisation" (
        "id", "huvudman", "slug", "slag", "orgnr", "overordnad", "sortering",
        "registrerad", "registrerad_av",
    );
    NYTT_NAMN = "organisation_namn" (
        "huvudman", "organisation", "nr", "namn", "art", "fran", "sok",
    );
}

/// Actions that read the register.
const LASA: &[Atgard] = &[
    Atgard::LasaOrganisationer,
    Atgard::HanteraOrganisationer,
    Atgard::HanteraAnvandare,
];

pub(crate) fn huvudman_rad(rad: &Rad<'_>) -> Result<Huvudman, DbFel> {
    let f = Falt::ny(rad, "huvudman", "id")?;
    Ok(Huvudman {
        id: f.id("id", HuvudmanId::ny)?,
        slug: f.text("slug")?,
        namn: f.text("namn")?,
        pahittad: f.bool("pahittad")?,
    })
}

/// The permit's own huvudman. Any permit will do.
pub fn egen_huvudman(k: &mut Las, permit: &Permit) -> Result<Huvudman, DbFel> {
    k.en(&EGEN, p![permit.huvudman().nummer()], huvudman_rad)
}

/// The register, in Swedish order of present name.
pub fn alla(k: &mut Las, permit: &Permit) -> Result<Vec<Organisation>, DbFel> {
    let huvudman = lov::las(permit, LASA).or_else(|_| lov::las(permit, lov::BOCKER))?;
    i_huvudman(k, huvudman)
}

pub(crate) fn i_huvudman(k: &mut Las, huvudman: i64) -> Result<Vec<Organisation>, DbFel> {
    let mut alla = k.alla(&ALLA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "organisation", "id")?;
        Ok(Organisation {
            id: f.id("id", OrganisationId::ny)?,
            slug: f.text("slug")?,
            slag: f.kod("slag", OrganisationSlag::av_kod)?,
            orgnr: f.text_eller_null("orgnr")?,
            overordnad: f.id_eller_null("overordnad", OrganisationId::ny)?,
            namn: Vec::new(),
        })
    })?;
    let namn = k.alla(&ALLA_NAMN, p![huvudman], namn_rad)?;
    let mut per_organisation: std::collections::HashMap<_, Vec<_>> = Default::default();
    for (id, namn) in namn {
        per_organisation.entry(id).or_default().push(namn);
    }
    for organisation in &mut alla {
        organisation.namn = per_organisation
            .remove(&organisation.id)
            .unwrap_or_default();
    }
    Ok(alla)
}

fn namn_rad(rad: &Rad<'_>) -> Result<(OrganisationId, OrganisationsNamn), DbFel> {
    let f = Falt::ny(rad, "organisation_namn", "organisation")?;
    let namn = OrganisationsNamn {
        namn: f.text("namn")?,
        art: f.kod("art", NamnArt::av_kod)?,
        fran: f.datum_eller_null("fran")?,
    };
    Ok((f.id("organisation", OrganisationId::ny)?, namn))
}

/// Only the tenant that the permit is for can be made with it.
pub(crate) fn ny_huvudman(k: &mut Skriv, av: Skribent, ny: &Huvudman) -> Result<(), DbFel> {
    if ny.id.nummer() != av.huvudman {
        return Err(DbFel::FelPermit {
            detalj: format!("permit för huvudman {} använt för {}", av.huvudman, ny.id),
        });
    }
    let rad = p![
        ny.id.nummer(),
        &ny.slug,
        &ny.namn,
        ny.pahittad,
        sorteringsnyckel(&ny.namn)
    ];
    let mut rad = rad.to_vec();
    rad.push(P::from(av.nu));
    k.infoga(&NY_HUVUDMAN, [rad]).map(drop)
}

pub(crate) fn ny(k: &mut Skriv, av: Skribent, ny: &Organisation) -> Result<(), DbFel> {
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        &ny.slug,
        ny.slag.kod(),
        ny.orgnr.as_deref(),
        ny.overordnad.map(OrganisationId::nummer),
        sorteringsnyckel(ny.namn_nu()),
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY, [rad])?;
    let namn = (1_i64..)
        .zip(&ny.namn)
        .map(|(nr, n)| namnrad(av.huvudman, ny.id, nr, n));
    k.infoga(&NYTT_NAMN, namn).map(drop)
}

fn namnrad(huvudman: i64, id: OrganisationId, nr: i64, n: &OrganisationsNamn) -> Vec<P<'_>> {
    let fran = n.fran.map(datum);
    p![
        huvudman,
        id.nummer(),
        nr,
        &n.namn,
        n.art.kod(),
        fran,
        sokform(&n.namn)
    ]
    .to_vec()
}

/// Sets what kind of body an organisation is.
pub(crate) fn satt_slag(
    k: &mut Skriv,
    av: Skribent,
    id: OrganisationId,
    slag: OrganisationSlag,
) -> Result<(), DbFel> {
    match k.kor(&SATT_SLAG, p![av.huvudman, id.nummer(), slag.kod()])? {
        0 => Err(DbFel::IngenRad),
        _ => Ok(()),
    }
}

pub(crate) fn nytt_namn(
    k: &mut Skriv,
    av: Skribent,
    id: OrganisationId,
    nytt: &OrganisationsNamn,
) -> Result<(), DbFel> {
    let mut namn: Vec<OrganisationsNamn> = k
        .alla(&NAMN, p![av.huvudman, id.nummer()], namn_rad)?
        .into_iter()
        .map(|(_, namn)| namn)
        .collect();
    let Ok(antal) = i64::try_from(namn.len()) else {
        return Err(DbFel::FleraRader);
    };
    k.infoga(&NYTT_NAMN, [namnrad(av.huvudman, id, antal + 1, nytt)])?;
    namn.push(nytt.clone());
    let med_namn = Organisation {
        id,
        slug: String::new(),
        slag: OrganisationSlag::Annan,
        orgnr: None,
        overordnad: None,
        namn,
    };
    let nyckel = sorteringsnyckel(med_namn.namn_nu());
    match k.kor(&SATT_SORTERING, p![av.huvudman, id.nummer(), nyckel])? {
        0 => Err(DbFel::IngenRad),
        _ => Ok(()),
    }
}
