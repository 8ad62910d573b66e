//! The blind index: the same within an organisation, unrelated between two.

use utfall_domain::id::{HuvudmanId, OrganisationId};

use super::super::{Blindvarde, Nyckelfel, Nyckelfil};
use super::{Plats, slump};

/// From the tax agency's series of test numbers.
const NUMMER: &str = "200001012384";

fn varde(fil: &Nyckelfil, huvudman: i64, organisation: i64, nummer: &str) -> Blindvarde {
    let huvudman = HuvudmanId::ny(huvudman).unwrap();
    let organisation = OrganisationId::ny(organisation).unwrap();
    fil.blindvarde(huvudman, organisation, nummer).unwrap()
}

#[test]
fn a_number_is_found_within_an_organisation_and_is_another_in_the_next() {
    let plats = Plats::ny();
    let (fil, _) = plats.oppna(None).unwrap();
    let har = varde(&fil, 1, 2, NUMMER);
    assert_eq!(har, varde(&fil, 1, 2, NUMMER));
    let bytes = har.bytes();
    assert_eq!(bytes[..4], [0, 0, 0, 1]);
    for (h, o, nummer) in [
        (1, 3, NUMMER),
        (2, 2, NUMMER),
        (2, 1, NUMMER),
        (1, 2, "200001022393"),
    ] {
        let annat = varde(&fil, h, o, nummer);
        assert_ne!(annat, har);
        // Unrelated: about half of the 128 bits differ, and never few.
        let par = annat.bytes().into_iter().zip(bytes).skip(4);
        let olika: u32 = par.map(|(a, b)| (a ^ b).count_ones()).sum();
        assert!((36..=92).contains(&olika), "{olika}");
    }
    let text = format!("{har:?}");
    assert_eq!(text, "Blindvarde(nyckel 1, …)");
}

#[test]
fn a_row_is_found_while_a_rotation_is_under_way() {
    let plats = Plats::ny();
    let (mut fil, _) = plats.oppna(None).unwrap();
    let forst = varde(&fil, 1, 2, NUMMER);
    let tva = fil.lagg_till(&mut slump(2)).unwrap();
    let nytt = varde(&fil, 1, 2, NUMMER);
    assert_ne!(nytt, forst);
    assert_eq!(nytt.nyckel(), tva);
    let sok = fil.blindvarden(HuvudmanId::FORSTA, OrganisationId::ny(2).unwrap(), NUMMER);
    assert_eq!(sok.unwrap(), [nytt, forst]);
}

#[test]
fn what_is_not_twelve_digits_has_no_value() {
    let plats = Plats::ny();
    let (fil, _) = plats.oppna(None).unwrap();
    let langre = format!("{NUMMER}1");
    for fel in [
        "",
        "0001012384",
        "20000101-2384",
        "２00001012384",
        "2000010123８",
        &langre,
    ] {
        let svar = fil.blindvarde(HuvudmanId::FORSTA, OrganisationId::FORSTA, fel);
        assert_eq!(svar, Err(Nyckelfel::Nummer), "{fel}");
    }
}
