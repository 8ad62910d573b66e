//! What a person's key opens, and what it does not.

use proptest::prelude::*;

use super::super::{Falt, Inslagen, Nyckelfel, Nyckelfil, Registrerad};
use super::{Plats, namnfaltet, nonce, slump, vem};

const NAMN: &str = "Östen Påhittad";

#[test]
fn a_wrapped_key_opens_for_its_person_only() {
    let plats = Plats::ny();
    let (fil, stenar) = plats.oppna(None).unwrap();
    let agare = vem(1, 2, 3);
    let (nyckel, inslagen) = fil
        .ny_personnyckel(&stenar, agare, &mut slump(5), nonce(6))
        .unwrap();
    let oppna = |fil: &Nyckelfil, vem| fil.oppna_personnyckel(&stenar, vem, &inslagen);
    let igen = oppna(&fil, agare).unwrap();
    let forseglat = nyckel
        .forsegla(namnfaltet(3), NAMN.as_bytes(), nonce(7))
        .unwrap();
    let klart = igen.oppna(namnfaltet(3), &forseglat).unwrap();
    assert_eq!(klart.text(), Some(NAMN));
    assert_eq!(
        format!("{klart:?} {nyckel:?} {inslagen:?}"),
        "Klartext(…) Personnyckel(…) Inslagen(nyckel 1, …)"
    );
    for annan in [vem(9, 2, 3), vem(1, 9, 3), vem(1, 2, 9), vem(2, 1, 3)] {
        assert_eq!(
            oppna(&fil, annan).unwrap_err(),
            Nyckelfel::OppnarInte,
            "{annan:?}"
        );
        // The same bytes of key for somebody else still open nothing of this person's.
        let (lika, _) = fil
            .ny_personnyckel(&stenar, annan, &mut slump(5), nonce(6))
            .unwrap();
        let svar = lika.oppna(namnfaltet(3), &forseglat);
        assert_eq!(svar.unwrap_err(), Nyckelfel::OppnarInte);
    }
    let annan_plats = Plats::ny();
    let mut andra = slump::<48>(9);
    // The same key under another installation's id.
    andra[16..].copy_from_slice(&slump::<48>(1)[16..]);
    let (annan, gravar) = Nyckelfil::oppna(
        &annan_plats.nyckel(),
        &annan_plats.gravar(),
        None,
        &mut andra,
    )
    .unwrap();
    let svar = annan.oppna_personnyckel(&gravar, agare, &inslagen);
    assert_eq!(svar.unwrap_err(), Nyckelfel::OppnarInte);
    // And one installation's tombstones do not speak for another's persons.
    let svar = fil.oppna_personnyckel(&gravar, agare, &inslagen);
    assert_eq!(svar.unwrap_err().kod(), "nyckel-annan-installation");
}

#[test]
fn every_bit_flip_and_every_cut_of_a_stored_form_is_refused() {
    let plats = Plats::ny();
    let (mut fil, stenar) = plats.oppna(None).unwrap();
    fil.lagg_till(&mut slump(2)).unwrap();
    let agare = vem(1, 2, 3);
    let (nyckel, inslagen) = fil
        .ny_personnyckel(&stenar, agare, &mut slump(5), nonce(6))
        .unwrap();
    let falt = namnfaltet(3);
    let forseglat = nyckel.forsegla(falt, NAMN.as_bytes(), nonce(7)).unwrap();
    let packa_upp = |bytes: &[u8]| {
        let inslagen = Inslagen::ur_bytes(bytes)?;
        fil.oppna_personnyckel(&stenar, agare, &inslagen)
    };
    let andrade = |bytes: &[u8]| {
        let mut ut: Vec<Vec<u8>> = (0..bytes.len()).map(|n| bytes[..n].to_vec()).collect();
        ut.push([bytes, &[0]].concat());
        for plats in 0..bytes.len() {
            for bit in 0..8 {
                let mut andrad = bytes.to_vec();
                andrad[plats] ^= 1 << bit;
                ut.push(andrad);
            }
        }
        ut
    };
    assert_eq!(inslagen.bytes().len(), 65);
    for bytes in andrade(inslagen.bytes()) {
        let svar = packa_upp(&bytes).unwrap_err();
        assert!(
            ["nyckel-oppnar-inte", "nyckel-okand"].contains(&svar.kod()),
            "{svar}"
        );
    }
    for bytes in andrade(&forseglat) {
        assert_eq!(
            nyckel.oppna(falt, &bytes).unwrap_err(),
            Nyckelfel::OppnarInte
        );
    }
    packa_upp(inslagen.bytes()).unwrap();
    nyckel.oppna(falt, &forseglat).unwrap();
}

#[test]
fn a_value_moved_to_another_place_does_not_open() {
    let plats = Plats::ny();
    let (fil, stenar) = plats.oppna(None).unwrap();
    let (nyckel, _) = fil
        .ny_personnyckel(&stenar, vem(1, 2, 3), &mut slump(5), nonce(6))
        .unwrap();
    let ratt = namnfaltet(3);
    let forseglat = nyckel.forsegla(ratt, NAMN.as_bytes(), nonce(7)).unwrap();
    let flyttade = [
        Falt {
            tabell: "deltagare",
            ..ratt
        },
        Falt {
            kolumn: "telefon",
            ..ratt
        },
        Falt { rad: 4, ..ratt },
        // The names one after the other read the same.
        Falt {
            tabell: "personn",
            kolumn: "amn",
            ..ratt
        },
        Falt {
            tabell: "",
            kolumn: "personnamn",
            ..ratt
        },
    ];
    for fel in flyttade {
        let svar = nyckel.oppna(fel, &forseglat);
        assert_eq!(svar.unwrap_err(), Nyckelfel::OppnarInte, "{fel:?}");
    }
    nyckel.oppna(ratt, &forseglat).unwrap();
    // A wrapped key is no value and a value no wrapped key.
    assert!(Inslagen::ur_bytes(&forseglat).is_err());
}

#[test]
fn two_seals_of_the_same_text_differ_and_short_ones_are_as_long() {
    let plats = Plats::ny();
    let (fil, stenar) = plats.oppna(None).unwrap();
    let (nyckel, _) = fil
        .ny_personnyckel(&stenar, vem(1, 2, 3), &mut slump(5), nonce(6))
        .unwrap();
    let falt = namnfaltet(3);
    let stang = |text: &str, n| nyckel.forsegla(falt, text.as_bytes(), nonce(n)).unwrap();
    assert_ne!(stang(NAMN, 1), stang(NAMN, 2));
    assert_ne!(stang(NAMN, 1)[13..], stang(NAMN, 2)[13..]);
    for text in [
        "",
        "Bo",
        NAMN,
        "200001012384",
        "Maximiliana Påhittad-Forsbyhagen",
    ] {
        assert_eq!(stang(text, 3).len(), 1 + 12 + 64 + 16, "{text}");
    }
    // In the clear there is nothing of the text.
    let ut = stang(NAMN, 4);
    assert!(
        !ut.windows(4)
            .any(|w| NAMN.as_bytes().windows(4).any(|n| n == w))
    );
    let stor = vec![7; (16 << 20) + 1];
    assert_eq!(
        nyckel.forsegla(falt, &stor, nonce(8)),
        Err(Nyckelfel::ForLang)
    );
    let precis = nyckel.forsegla(falt, &stor[1..], nonce(8)).unwrap();
    assert_eq!(nyckel.oppna(falt, &precis).unwrap().bytes(), &stor[1..]);
}

#[test]
fn rotation_moves_a_person_to_the_newest_key() {
    let plats = Plats::ny();
    let (mut fil, stenar) = plats.oppna(None).unwrap();
    let agare = vem(1, 2, 3);
    let (nyckel, forsta) = fil
        .ny_personnyckel(&stenar, agare, &mut slump(5), nonce(6))
        .unwrap();
    let forseglat = nyckel
        .forsegla(namnfaltet(3), NAMN.as_bytes(), nonce(7))
        .unwrap();
    assert_eq!(fil.rotera(&stenar, agare, &forsta, nonce(8)), Ok(None));
    let tva = fil.lagg_till(&mut slump(9)).unwrap();
    let ny = fil
        .rotera(&stenar, agare, &forsta, nonce(8))
        .unwrap()
        .unwrap();
    assert_eq!(ny.nyckel(), tva);
    let oppna = |fil: &Nyckelfil, inslagen: &Inslagen| {
        let nyckel = fil.oppna_personnyckel(&stenar, agare, inslagen)?;
        nyckel
            .oppna(namnfaltet(3), &forseglat)
            .map(|klart| klart.bytes().to_vec())
    };
    assert_eq!(oppna(&fil, &forsta).unwrap(), NAMN.as_bytes());
    assert_eq!(oppna(&fil, &ny).unwrap(), NAMN.as_bytes());
    fil.ta_bort(forsta.nyckel(), &[tva].into()).unwrap();
    assert_eq!(oppna(&fil, &forsta), Err(Nyckelfel::OkandNyckel(1)));
    assert_eq!(oppna(&fil, &ny).unwrap(), NAMN.as_bytes());
}

fn nagon() -> impl Strategy<Value = Registrerad> {
    (1..4_i64, 1..4_i64, 1..i64::MAX).prop_map(|(h, o, p)| vem(h, o, p))
}

proptest! {
    #[test]
    fn what_is_sealed_comes_back_and_only_in_its_place(
        text in proptest::collection::vec(any::<u8>(), 0..600),
        agare in nagon(),
        rad in any::<i64>(),
        annan in any::<i64>(),
        fro in any::<u64>(),
    ) {
        let plats = Plats::ny();
        let (fil, stenar) = plats.oppna(None).unwrap();
        let (nyckel, inslagen) =
            fil.ny_personnyckel(&stenar, agare, &mut slump(fro), nonce(fro)).unwrap();
        let forseglat = nyckel.forsegla(namnfaltet(rad), &text, nonce(fro)).unwrap();
        let lagrat = Inslagen::ur_bytes(inslagen.bytes()).unwrap();
        let igen = fil.oppna_personnyckel(&stenar, agare, &lagrat).unwrap();
        let klart = igen.oppna(namnfaltet(rad), &forseglat).unwrap();
        prop_assert_eq!(klart.bytes(), text.as_slice());
        prop_assert_eq!(igen.oppna(namnfaltet(annan), &forseglat).is_ok(), annan == rad);
    }
}
