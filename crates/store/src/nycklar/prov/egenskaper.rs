//! Whatever is done in whatever order, nobody who is buried can be opened.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::{Gravhuvud, Gravstenar, Inslagen, Nyckelfil, Registrerad};
use super::{Plats, namnfaltet, nar, nonce, slump, vem};

/// What may happen to an installation.
#[derive(Clone, Copy, Debug)]
enum Handelse {
    Skriv(i64),
    Begrav(i64),
    /// The whole database is copied, or read back from the copy.
    Kopiera,
    LasTillbaka,
    /// The program is started anew.
    Starta,
    NyInstallationsnyckel,
    Rotera(i64),
    /// A crash in the middle of the next burial's line.
    HalvRad(u8),
}

fn handelse() -> impl Strategy<Value = Handelse> {
    let person = || 1..6_i64;
    prop_oneof![
        4 => person().prop_map(Handelse::Skriv),
        2 => person().prop_map(Handelse::Begrav),
        1 => Just(Handelse::Kopiera),
        2 => Just(Handelse::LasTillbaka),
        1 => Just(Handelse::Starta),
        1 => Just(Handelse::NyInstallationsnyckel),
        2 => person().prop_map(Handelse::Rotera),
        1 => any::<u8>().prop_map(Handelse::HalvRad),
    ]
}

/// A database of wrapped keys and sealed names.
type Databas = BTreeMap<Registrerad, (Inslagen, Vec<u8>)>;

struct Varld {
    plats: Plats,
    fil: Nyckelfil,
    stenar: Gravstenar,
    databas: Databas,
    kopia: Databas,
    begravda: BTreeSet<Registrerad>,
    minns: Gravhuvud,
    steg: u64,
}

impl Varld {
    fn ny() -> Self {
        let plats = Plats::ny();
        let (fil, stenar) = plats.oppna(None).unwrap();
        Self {
            minns: stenar.huvud(),
            plats,
            fil,
            stenar,
            databas: Databas::new(),
            kopia: Databas::new(),
            begravda: BTreeSet::new(),
            steg: 100,
        }
    }

    fn sker(&mut self, handelse: Handelse) {
        self.steg += 1;
        let n = self.steg;
        match handelse {
            Handelse::Skriv(nr) => {
                let vem = vem(1, 2, nr);
                let ny = self
                    .fil
                    .ny_personnyckel(&self.stenar, vem, &mut slump(n), nonce(n));
                assert_eq!(ny.is_ok(), !self.begravda.contains(&vem));
                if let Ok((nyckel, inslagen)) = ny {
                    let namn = nyckel.forsegla(namnfaltet(nr), &nr.to_be_bytes(), nonce(n));
                    self.databas.insert(vem, (inslagen, namn.unwrap()));
                }
            }
            Handelse::Begrav(nr) => {
                let vem = vem(1, 2, nr);
                let nar = nar(n.try_into().unwrap());
                self.stenar.begrav(vem, nar, "KS 1/26").unwrap();
                self.databas.remove(&vem);
                self.begravda.insert(vem);
                self.minns = self.stenar.huvud();
            }
            Handelse::Kopiera => self.kopia = self.databas.clone(),
            Handelse::LasTillbaka => self.databas = self.kopia.clone(),
            Handelse::Starta => {
                let id = self.fil.id();
                (self.fil, self.stenar) = self.plats.oppna(Some(id)).unwrap();
                self.stenar.prova_mot(&self.minns).unwrap();
            }
            Handelse::NyInstallationsnyckel => {
                self.fil.lagg_till(&mut slump(n)).unwrap();
            }
            Handelse::Rotera(nr) => {
                let vem = vem(1, 2, nr);
                let Some((inslagen, _)) = self.databas.get_mut(&vem) else {
                    return;
                };
                let svar = self.fil.rotera(&self.stenar, vem, inslagen, nonce(n));
                assert_eq!(svar.is_ok(), !self.begravda.contains(&vem));
                if let Ok(Some(ny)) = svar {
                    *inslagen = ny;
                }
            }
            Handelse::HalvRad(antal) => {
                let rad = &b"9\t1\t2\t5\t2026-11-23T12:00:00Z\tKS 1/26\t0011"[..];
                let antal = usize::from(antal) % rad.len();
                let mut bytes = std::fs::read(self.plats.gravar()).unwrap();
                if bytes.ends_with(b"\n") {
                    bytes.extend_from_slice(&rad[..antal]);
                    std::fs::write(self.plats.gravar(), bytes).unwrap();
                }
            }
        }
    }

    /// How many of the dead would open, through the door and past it.
    fn oppnas(&self) -> (usize, usize) {
        let (mut genom, mut forbi) = (0, 0);
        let alla = self.databas.iter().chain(&self.kopia);
        for (vem, (inslagen, namn)) in alla {
            let falt = namnfaltet(vem.person.nummer());
            let dorren = self.fil.oppna_personnyckel(&self.stenar, *vem, inslagen);
            let oppen = dorren.is_ok_and(|nyckel| nyckel.oppna(falt, namn).is_ok());
            if !self.begravda.contains(vem) {
                assert!(oppen, "the living are always opened: {vem:?}");
                continue;
            }
            genom += usize::from(oppen);
            let utan = self.fil.packa_upp(*vem, inslagen);
            forbi += usize::from(utan.is_ok_and(|nyckel| nyckel.oppna(falt, namn).is_ok()));
        }
        (genom, forbi)
    }
}

proptest! {
    #[test]
    fn a_buried_person_is_never_opened_whatever_happens(
        handelser in proptest::collection::vec(handelse(), 1..40),
    ) {
        let mut varld = Varld::ny();
        for handelse in handelser {
            varld.sker(handelse);
            prop_assert_eq!(varld.oppnas().0, 0);
            let har = varld.databas.keys().copied();
            let doda = varld.databas.keys().filter(|vem| varld.begravda.contains(vem));
            prop_assert_eq!(varld.stenar.att_forstora(har), doda.copied().collect::<Vec<_>>());
        }
    }
}

/// Positive control: the same world without the check of tombstones does open the dead, so
/// the property above has something to find.
#[test]
fn without_the_tombstones_an_older_database_opens_the_dead() {
    let mut varld = Varld::ny();
    for handelse in [
        Handelse::Skriv(1),
        Handelse::Kopiera,
        Handelse::Begrav(1),
        Handelse::LasTillbaka,
    ] {
        varld.sker(handelse);
    }
    // Both the database that was read back and the copy hold the key.
    assert_eq!(varld.oppnas(), (0, 2));
}
