//! What the keys promise, with the cases where they must speak and those where they must not.

mod blind;
mod egenskaper;
mod fil;
mod gravstenar;
mod person;
mod vektorer;

use std::path::PathBuf;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use utfall_domain::id::{HuvudmanId, OrganisationId, PersonId};

use super::{Falt, Gravstenar, InstallationsId, NONCE, Nyckelfel, Nyckelfil, Registrerad};

/// A folder with a key file and tombstones.
struct Plats {
    mapp: TempDir,
}

impl Plats {
    fn ny() -> Self {
        let mapp = tempfile::tempdir().unwrap();
        Self { mapp }
    }

    fn nyckel(&self) -> PathBuf {
        self.mapp.path().join("utfall.nyckel")
    }

    fn gravar(&self) -> PathBuf {
        self.mapp.path().join("utfall.gravstenar")
    }

    fn oppna(&self, vantad: Option<InstallationsId>) -> Result<(Nyckelfil, Gravstenar), Nyckelfel> {
        Nyckelfil::oppna(&self.nyckel(), &self.gravar(), vantad, &mut slump(1))
    }
}

/// Bytes that look random and are the same every time.
fn slump<const N: usize>(fro: u64) -> [u8; N] {
    let mut ut = [0; N];
    for (nr, del) in (0_u64..).zip(ut.chunks_mut(32)) {
        let summa = Sha256::new()
            .chain_update(fro.to_be_bytes())
            .chain_update(nr.to_be_bytes())
            .finalize();
        del.copy_from_slice(&summa[..del.len()]);
    }
    ut
}

fn nonce(fro: u64) -> [u8; NONCE] {
    slump(fro)
}

fn vem(huvudman: i64, organisation: i64, person: i64) -> Registrerad {
    Registrerad {
        huvudman: HuvudmanId::ny(huvudman).unwrap(),
        organisation: OrganisationId::ny(organisation).unwrap(),
        person: PersonId::ny(person).unwrap(),
    }
}

fn namnfaltet(rad: i64) -> Falt {
    Falt {
        tabell: "person",
        kolumn: "namn",
        rad,
    }
}

fn nar(sekund: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + sekund).unwrap()
}
