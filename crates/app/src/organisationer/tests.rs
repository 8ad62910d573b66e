use super::*;
use crate::dorr::Anvandningsfall;
use crate::miljo::Miljo;
use jiff::civil::date;
use utfall_domain::andring::Andring;
use utfall_domain::id::OrganisationId;
use utfall_domain::organisation::{NamnArt, OrganisationSlag, OrganisationsNamn};

fn register() -> Vec<Organisation> {
    let org = |nr, slug: &str, namn: &str, orgnr: Option<&str>| Organisation {
        id: OrganisationId::ny(nr).unwrap(),
        slug: slug.into(),
        slag: OrganisationSlag::Namnd,
        orgnr: orgnr.map(str::to_owned),
        overordnad: None,
        namn: vec![OrganisationsNamn {
            namn: namn.into(),
            art: NamnArt::Namn,
            fran: None,
        }],
    };
    vec![
        org(1, "aby", "Åby kommun", Some("2120003005")),
        org(2, "socialnamnden", "Socialnämnden", None),
    ]
}

fn miljo() -> Miljo {
    Miljo::ny("2022-02-02T09:00:00Z".parse().unwrap(), 500)
}

fn lagg_till(namn: &str, orgnr: &str, overordnad: &str) -> Result<Organisation, &'static str> {
    let fall = LaggTill {
        namn: namn.into(),
        slag: OrganisationSlag::Enhet,
        orgnr: orgnr.into(),
        overordnad: overordnad.into(),
    };
    let plan = fall
        .planera(register(), &mut miljo())
        .map_err(|fel| fel.kod)?;
    match plan.andringar.into_iter().next() {
        Some(Andring::NyOrganisation(ny)) => Ok(ny),
        annat => panic!("{annat:?}"),
    }
}

#[test]
fn an_organisation_is_added_once_with_a_number_that_can_be_right() {
    let ny = lagg_till("  Östra   enheten ", "212000-0142", "socialnamnden").unwrap();
    assert_eq!(ny.namn_nu(), "Östra enheten");
    assert_eq!(
        (ny.slug.as_str(), ny.orgnr.as_deref()),
        ("ostra-enheten", Some("2120000142"))
    );
    assert_eq!(ny.overordnad, OrganisationId::ny(2));
    for (namn, orgnr, over, kod) in [
        ("", "", "", "organisation-namn"),
        (&*"å".repeat(201), "", "", "organisation-namn"),
        ("SOCIALNÄMNDEN", "", "", "organisation-finns"),
        ("Enheten", "212000-3006", "", "organisation-orgnr"),
        ("Enheten", "12345", "", "organisation-orgnr"),
        ("Enheten", "212000-3005", "", "organisation-orgnr"),
        ("Enheten", "", "finns-inte", "organisation-overordnad"),
    ] {
        assert_eq!(
            lagg_till(namn, orgnr, over).unwrap_err(),
            kod,
            "{namn} {orgnr} {over}"
        );
    }
    // A unit of the municipality has the municipality's number.
    lagg_till("Enheten", "212000-3005", "aby").unwrap();
    assert_eq!(
        lagg_till("Ny", "", "").unwrap().slug,
        "ny-2",
        "the form's address"
    );
    assert_eq!(lagg_till("Åby", "", "").unwrap().slug, "aby-2");
}

#[test]
fn a_name_holds_from_its_day_and_never_from_a_day_to_come() {
    let byt = |namn: &str, fran| {
        let fall = NyttNamn {
            slug: "socialnamnden".into(),
            namn: namn.into(),
            fran,
        };
        fall.planera(register(), &mut miljo())
            .map_err(|fel| fel.kod)
    };
    let plan = byt("Omsorgsnämnden", date(2022, 2, 2)).unwrap();
    assert_eq!(
        plan.handelse.text,
        "Socialnämnden heter Omsorgsnämnden från 2022-02-02."
    );
    assert_eq!(
        byt("Omsorgsnämnden", date(2022, 2, 3)).unwrap_err(),
        "organisation-fran"
    );
    assert_eq!(
        byt("Socialnämnden", date(2022, 1, 1)).unwrap_err(),
        "organisation-samma-namn"
    );
    assert_eq!(
        byt("Åby kommun", date(2022, 1, 1)).unwrap_err(),
        "organisation-finns"
    );
}

#[test]
fn an_alias_is_one_organisations_only() {
    let alias = |slug: &str, namn: &str| {
        let fall = NyttAlias {
            slug: slug.into(),
            namn: namn.into(),
        };
        fall.planera(register(), &mut miljo())
            .map(drop)
            .map_err(|fel| fel.kod)
    };
    alias("socialnamnden", "SN").unwrap();
    assert_eq!(
        alias("socialnamnden", "socialnämnden"),
        Err("organisation-samma-namn")
    );
    assert_eq!(
        alias("socialnamnden", "Åby kommun"),
        Err("organisation-finns")
    );
    assert_eq!(alias("finns-inte", "X"), Err("finns-inte"));
}
