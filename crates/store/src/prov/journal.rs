//! The journal: whatever is done to it afterwards is found.

use proptest::prelude::*;
use utfall_behorighet::Atgard;
use utfall_domain::journal::{Hash, Kedjebrott, Kontroll};

use super::{A, B, Varld, baser, handelse, nu, permit, varldar};
use crate::DbFel;
use crate::journal::{self, EgenKontroll, Kedjesvar, RaPost, kontrollera};

fn fyll(v: &Varld, antal: i64) {
    let permit = permit(A, Atgard::ImporteraUnderlag);
    v.db.skriv_ensam(move |k| {
        for nr in 0..antal {
            let mut h = handelse("prov");
            h.objekt = format!("insats {nr}");
            journal::skriv(k, &permit, nu(), &h)?;
        }
        Ok::<_, DbFel>(())
    })
    .vanta()
    .unwrap();
}

fn verifiera(v: &Varld, ankare: Option<(i64, Hash)>) -> Kedjesvar {
    v.las(B, Atgard::VerifieraJournal, move |k, p| {
        journal::verifiera_kedja(k, p, ankare)
    })
    .unwrap()
}

fn huvud(v: &Varld) -> (i64, Hash) {
    v.db.las(journal::huvud).vanta().unwrap().unwrap()
}

#[test]
fn whole_chain_is_checked_page_by_page() {
    for v in varldar() {
        fyll(&v, 1_200);
        let slut = huvud(&v);
        assert_eq!(slut.0, 1_204);
        assert_eq!(verifiera(&v, None), Ok(slut));
        assert_eq!(verifiera(&v, Some(slut)), Ok(slut));
        assert_eq!(
            verifiera(&v, Some((slut.0 + 1, slut.1))),
            Err(Kedjebrott::Avklippt)
        );
        assert_eq!(
            verifiera(&v, Some((slut.0, [7; 32]))),
            Err(Kedjebrott::Avklippt)
        );
    }
}

#[test]
fn empty_chain_is_whole_and_an_anchor_in_it_is_cut_off() {
    for bas in baser() {
        let db = crate::Db::oppna(&bas.mal, &crate::Installningar::default()).unwrap();
        let prova = |ankare| {
            let permit = permit(A, Atgard::VerifieraJournal);
            db.las_samtidigt(move |k| journal::verifiera_kedja(k, &permit, ankare))
                .vanta()
                .unwrap()
        };
        assert_eq!(prova(None), Ok((0, [0; 32])));
        assert_eq!(prova(Some((1, [7; 32]))), Err(Kedjebrott::Avklippt));
    }
}

#[test]
fn page_shows_only_the_own_tenants_entries_newest_first() {
    for v in varldar() {
        fyll(&v, 30);
        let sida = v
            .las(A, Atgard::LasaJournal, |k, p| journal::sida(k, p, None, 10))
            .unwrap();
        // A has three entries of its own before the thirty, and B one between them.
        let nummer = |s: &journal::Sida| s.poster.iter().map(|p| p.nr).collect::<Vec<_>>();
        assert_eq!(sida.antal, 33);
        assert_eq!(nummer(&sida), (24..=33).rev().collect::<Vec<_>>());
        let resten = v.las(A, Atgard::LasaJournal, |k, p| {
            journal::sida(k, p, Some(24), 100)
        });
        let resten = resten.unwrap();
        assert_eq!(nummer(&resten), (1..=23).rev().collect::<Vec<_>>());
        let egna = sida.poster.iter().chain(&resten.poster);
        assert!(egna.clone().all(|p| p.post.huvudman.nummer() == A));
        let id: Vec<i64> = egna.map(|p| p.post.id.nummer()).collect();
        assert!(id.windows(2).all(|n| n[0] > n[1]));
        for fore in [Some(1), Some(0), Some(-7)] {
            let tom = v.las(A, Atgard::LasaJournal, move |k, p| {
                journal::sida(k, p, fore, 10)
            });
            assert_eq!(tom.unwrap().poster, []);
        }
        let b = v
            .las(B, Atgard::LasaJournal, |k, p| journal::sida(k, p, None, 10))
            .unwrap();
        assert_eq!(
            (b.antal, nummer(&b)),
            (1, vec![1]),
            "bara den egna uppläggningen"
        );
    }
}

/// What one huvudman sees of the check says nothing of what the others do.
#[test]
fn the_check_tells_a_tenant_of_its_own_entries_only() {
    for v in varldar() {
        let kolla = |huvudman| {
            v.las(
                huvudman,
                Atgard::VerifieraJournal,
                journal::kontrollera_egen,
            )
            .unwrap()
        };
        let fore = kolla(B);
        let EgenKontroll::Hel {
            egna: 1,
            sista: Some(_),
        } = fore
        else {
            panic!("{fore:?}");
        };
        fyll(&v, 30);
        assert_eq!(kolla(B), fore, "A's thirty are not seen");
        assert!(matches!(kolla(A), EgenKontroll::Hel { egna: 33, .. }));
        las_upp(&v);
        v.ra("UPDATE journal SET mening = 'Annat' WHERE id = 9")
            .unwrap();
        assert_eq!(kolla(B), EgenKontroll::Bruten { hela: 1 });
        assert_eq!(kolla(A), EgenKontroll::Bruten { hela: 7 });
    }
}

/// Loosens the lock as somebody with the file or the password could.
fn las_upp(v: &Varld) {
    if v.bas.ar_postgres() {
        v.ra(
            "ALTER TABLE journal DISABLE TRIGGER ALL; ALTER TABLE journal DROP CONSTRAINT \
              journal_pkey; ALTER TABLE journal DROP CONSTRAINT journal_id_check",
        )
        .unwrap();
    } else {
        v.ra("DROP TRIGGER journal_andra; DROP TRIGGER journal_ta_bort")
            .unwrap();
    }
}

/// Changed, removed, moved, doubled and cut off: in the database itself, on both engines.
#[test]
fn tampering_in_the_database_is_found() {
    let satser = [
        "UPDATE journal SET mening = 'Ingenting hände.' WHERE id = 9",
        "UPDATE journal SET data = '{\"belopp\": \"1 400 tkr\",\"ids\":[7,8]}' WHERE id = 9",
        "UPDATE journal SET data = 'inte json' WHERE id = 9",
        "UPDATE journal SET anvandare = 1 WHERE id = 9",
        "UPDATE journal SET huvudman = 3 WHERE id = 9",
        "UPDATE journal SET tid = tid + 1 WHERE id = 9",
        "UPDATE journal SET tid = 9223372036854775807 WHERE id = 9",
        "UPDATE journal SET roll = '' WHERE id = 9",
        "UPDATE journal SET hash = foregaende WHERE id = 9",
        "DELETE FROM journal WHERE id = 9",
        "DELETE FROM journal WHERE id = 1",
        "DELETE FROM journal WHERE id < 10",
        "UPDATE journal SET id = 100 WHERE id = 9",
        "UPDATE journal SET id = 1000 WHERE id = 9; UPDATE journal SET id = 9 WHERE id = 10; \
         UPDATE journal SET id = 10 WHERE id = 1000",
        "INSERT INTO journal SELECT 25, huvudman, tid, anvandare, roll, slag, objekt, mening, \
         data, foregaende, hash FROM journal WHERE id = 24",
        "UPDATE journal SET objekt = slag, slag = objekt WHERE id = 9",
    ];
    for v in varldar() {
        fyll(&v, 20);
        let hel = huvud(&v);
        assert_eq!(hel.0, 24);
        las_upp(&v);
        v.ra("CREATE TABLE kopia AS SELECT * FROM journal").unwrap();
        for sats in satser {
            v.ra(sats).unwrap();
            let svar = verifiera(&v, None);
            assert!(svar.is_err(), "{sats}: {svar:?}");
            v.ra("DELETE FROM journal; INSERT INTO journal SELECT * FROM kopia")
                .unwrap();
            assert_eq!(verifiera(&v, None), Ok(hel));
        }
    }
}

#[test]
fn cut_off_end_is_found_with_an_anchor() {
    for v in varldar() {
        fyll(&v, 20);
        let ankare = huvud(&v);
        las_upp(&v);
        v.ra("DELETE FROM journal WHERE id > 20").unwrap();
        assert!(verifiera(&v, None).is_ok(), "utan ankare syns det inte");
        assert_eq!(verifiera(&v, Some(ankare)), Err(Kedjebrott::Avklippt));
    }
}

/// Below 1 is still in the way: a row cannot be hidden by a number the check begins after.
#[test]
fn entry_moved_below_one_is_found() {
    for v in varldar() {
        fyll(&v, 20);
        las_upp(&v);
        let sats = "UPDATE journal SET id = -9 WHERE id = 24";
        let tyst = if v.bas.ar_postgres() {
            ""
        } else {
            "PRAGMA ignore_check_constraints = ON; "
        };
        v.ra(&format!("{tyst}{sats}")).unwrap();
        assert!(verifiera(&v, None).is_err());
    }
}

fn kedja(antal: i64) -> Vec<RaPost> {
    let v = Varld::ny(baser().remove(0));
    fyll(&v, antal - 4);
    v.db.las(journal::raa).vanta().unwrap()
}

/// What the check would answer for these entries, begun in the state before them.
fn prova(mut fore: Kontroll, rader: &[RaPost]) -> Result<(), Kedjebrott> {
    rader
        .iter()
        .try_for_each(|ra| kontrollera(&mut fore, Some(ra)))
}

/// Every entry with one byte of one column changed by `mask`; `None` for what is no text
/// any more, which the check answers as a changed entry.
fn vandningar(ra: &RaPost, mask: u8) -> Vec<Option<RaPost>> {
    let mut ut = Vec::new();
    for byte in 0..8 {
        let vand = |n: i64| {
            let mut b = n.to_be_bytes();
            b[byte] ^= mask;
            i64::from_be_bytes(b)
        };
        ut.push(Some(RaPost {
            id: vand(ra.id),
            ..ra.clone()
        }));
        ut.push(Some(RaPost {
            huvudman: vand(ra.huvudman),
            ..ra.clone()
        }));
        ut.push(Some(RaPost {
            tid: vand(ra.tid),
            ..ra.clone()
        }));
        ut.push(Some(RaPost {
            anvandare: vand(ra.anvandare),
            ..ra.clone()
        }));
    }
    type Satt<T> = fn(&mut RaPost) -> &mut T;
    let texter: [Satt<String>; 5] = [
        |r| &mut r.roll,
        |r| &mut r.slag,
        |r| &mut r.objekt,
        |r| &mut r.mening,
        |r| &mut r.data,
    ];
    for falt in texter {
        let mut kopia = ra.clone();
        for byte in 0..falt(&mut kopia).len() {
            let mut b = falt(&mut ra.clone()).clone().into_bytes();
            b[byte] ^= mask;
            ut.push(String::from_utf8(b).ok().map(|text| {
                let mut ny = ra.clone();
                *falt(&mut ny) = text;
                ny
            }));
        }
    }
    let summor: [Satt<Vec<u8>>; 2] = [|r| &mut r.foregaende, |r| &mut r.hash];
    for falt in summor {
        for byte in 0..32 {
            let mut ny = ra.clone();
            falt(&mut ny)[byte] ^= mask;
            ut.push(Some(ny));
        }
    }
    ut
}

/// 500 entries, every byte of every column, flipped whole and in one bit.
#[test]
fn every_byte_flip_in_a_chain_of_500_is_found() {
    let rader = kedja(500);
    assert_eq!(rader.len(), 500);
    let mut fore = Kontroll::ny(None);
    let mut provade = 0_u32;
    for ra in &rader {
        for mask in [0xff, 0x01, 0x20] {
            for vand in vandningar(ra, mask) {
                provade += 1;
                let Some(vand) = vand else { continue };
                assert_ne!(&vand, ra);
                let svar = kontrollera(&mut fore.clone(), Some(&vand));
                assert!(svar.is_err(), "post {} med {mask:#x}: {vand:?}", ra.id);
            }
        }
        kontrollera(&mut fore, Some(ra)).unwrap();
    }
    assert!(provade > 250_000, "{provade}");
    assert!(fore.slut().is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any removal, exchange, doubling or cutting out of a part of the chain.
    #[test]
    fn every_rearrangement_is_found(
        (fran, till) in (0_usize..60, 0_usize..60),
        vad in 0_u8..4,
    ) {
        static RADER: std::sync::OnceLock<Vec<RaPost>> = std::sync::OnceLock::new();
        let rader = RADER.get_or_init(|| kedja(60));
        let mut andrade = rader.clone();
        match vad {
            0 => drop(andrade.remove(fran)),
            1 => andrade.swap(fran, till),
            2 => andrade.insert(till, rader[fran].clone()),
            _ => drop(andrade.drain(fran.min(till)..=fran.max(till))),
        }
        let ankare = (60, Hash::try_from(rader[59].hash.as_slice()).unwrap());
        let mut kontroll = Kontroll::ny(Some(ankare));
        let svar = andrade
            .iter()
            .try_for_each(|ra| kontrollera(&mut kontroll, Some(ra)))
            .and_then(|()| kontroll.slut().map(drop));
        prop_assert_eq!(svar.is_ok(), andrade == *rader);
        prop_assert!(prova(Kontroll::ny(None), rader).is_ok());
    }
}
