use super::*;

fn vid(sekund: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + sekund).unwrap()
}

fn ny() -> Forsoksvakt {
    Forsoksvakt::ny([7; 32])
}

fn platser(vakt: &Forsoksvakt) -> usize {
    vakt.tabell.lock().unwrap().platser.len()
}

#[test]
fn ten_tries_from_one_address_then_wait_a_quarter() {
    let vakt = ny();
    for sekund in 0..10 {
        assert!(vakt.prova("ekonom", "10.0.0.1", vid(sekund)).is_ok());
    }
    let vanta = vakt.prova("ekonom", "10.0.0.1", vid(10)).unwrap_err();
    assert_eq!(vanta, SignedDuration::from_secs(890));
    assert!(vakt.prova("revisor", "10.0.0.1", vid(10)).is_ok());
    assert!(vakt.prova("ekonom", "10.0.0.1", vid(900)).is_ok());
}

#[test]
fn ten_thousand_guesses_from_two_hundred_addresses_give_twenty_tries_an_hour() {
    let vakt = ny();
    let slappta = (0..10_000)
        .filter(|nr| {
            let adress = format!("10.0.0.{}", nr % 200);
            vakt.prova("ekonom", &adress, vid(nr / 3)).is_ok()
        })
        .count();
    assert_eq!(slappta, PER_KONTO);
}

#[test]
fn the_owner_at_a_known_address_is_not_locked_out() {
    let vakt = ny();
    assert!(vakt.prova("ekonom", "192.0.2.7", vid(0)).is_ok());
    vakt.lyckades("ekonom", "192.0.2.7");
    for nr in 0..200 {
        let _ = vakt.prova("ekonom", &format!("10.0.0.{nr}"), vid(nr));
    }
    assert!(vakt.prova("ekonom", "10.0.1.1", vid(300)).is_err());
    assert!(vakt.prova("ekonom", "192.0.2.7", vid(300)).is_ok());
}

/// The flood that used to push the victim's count out of the memory.
#[test]
fn a_flood_of_made_up_names_resets_nobodys_count_and_forgets_no_owner() {
    let vakt = ny();
    vakt.lyckades("agaren", "192.0.2.7");
    for nr in 0..10 {
        assert!(vakt.prova("ekonom", "10.9.9.9", vid(nr)).is_ok());
    }
    for nr in 0..200_000_i64 {
        let adress = format!("10.{}.{}.{}", nr >> 16, (nr >> 8) & 255, nr & 255);
        let _ = vakt.prova(&format!("påhittat{nr}"), &adress, vid(20));
    }
    assert!(platser(&vakt) <= 65_536, "bounded");
    assert!(
        vakt.prova("ekonom", "10.9.9.9", vid(21)).is_err(),
        "still counted"
    );
    for nr in 0..30 {
        let _ = vakt.prova("agaren", &format!("10.200.0.{nr}"), vid(22));
    }
    assert!(
        vakt.prova("agaren", "192.0.2.7", vid(23)).is_ok(),
        "still known"
    );
    // Control: a name that nobody has tried, in a place of its own, is let in.
    assert!((0..20).any(|nr| vakt.prova(&format!("ny{nr}"), "10.9.9.8", vid(24)).is_ok()));
}

#[test]
fn a_subscribers_addresses_count_as_one() {
    let vakt = ny();
    for nr in 0..10 {
        let adress = format!("2001:db8:1:1::{nr:x}");
        assert!(vakt.prova("ekonom", &adress, vid(nr)).is_ok());
    }
    assert!(
        vakt.prova("ekonom", "2001:db8:1:1:ffff::1", vid(10))
            .is_err()
    );
    assert!(vakt.prova("ekonom", "2001:db8:1:2::1", vid(10)).is_ok());
    assert_eq!(vakt.fran("::ffff:10.0.0.1"), vakt.fran("10.0.0.1"));
}

#[test]
fn what_no_longer_counts_is_cleared_and_known_addresses_are_kept() {
    let vakt = ny();
    vakt.lyckades("ekonom", "192.0.2.7");
    for nr in 0..1_000 {
        let _ = vakt.prova(&format!("konto{nr}"), "10.0.0.1", vid(0));
    }
    assert!(platser(&vakt) > 900);
    let _ = vakt.prova("sist", "10.0.0.1", vid(3_601));
    assert_eq!(platser(&vakt), 2, "the owner's, and the last");
    for nr in 0..40 {
        vakt.lyckades("ekonom", &format!("10.0.0.{nr}"));
    }
    let plats = vakt.plats("ekonom");
    assert_eq!(
        vakt.tabell.lock().unwrap().platser[&plats].kanda.len(),
        KANDA
    );
}
