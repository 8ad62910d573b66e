//! How fast persons are opened: a key unwrapped and a value opened, 100,000 times, beside
//! SHA-256 and a copy of the same bytes. The ratios are medians of the rounds.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use utfall_bench::{inom, kalibrera, kvoter, ms, rad};
use utfall_domain::id::{HuvudmanId, OrganisationId, PersonId};
use utfall_store::nycklar::{Falt, Gravstenar, Inslagen, NONCE, Nyckelfil, Registrerad};

const VARV: usize = 7;
const PERSONER: i64 = 100_000;
/// As long as a name and a number together.
const TEXT: &[u8] = b"Maximiliana Forsby-Exempelsson 200001012384";

struct Rad {
    vem: Registrerad,
    inslagen: Vec<u8>,
    forseglat: Vec<u8>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mapp = tempfile::tempdir()?;
    let stig = |namn| mapp.path().join(namn);
    let mut fro = slump(0);
    let (fil, stenar) = Nyckelfil::oppna(&stig("nyckel"), &stig("gravar"), None, &mut fro)?;
    let start = Instant::now();
    let rader: Vec<Rad> = (1..=PERSONER)
        .map(|nr| forsegla(&fil, &stenar, nr))
        .collect::<Result<_, _>>()?;
    let gjorda = start.elapsed();
    let byte: usize = rader
        .iter()
        .map(|r| r.inslagen.len() + r.forseglat.len())
        .sum();
    let fore = kalibrera();
    let (mut oppnade, mut summor, mut kopior) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..VARV {
        let start = Instant::now();
        for rad in &rader {
            black_box(oppna(&fil, &stenar, rad)?);
        }
        oppnade.push(start.elapsed());
        summor.push(tid(&rader, |bytes| {
            black_box(Sha256::digest(bytes));
        }));
        kopior.push(tid(&rader, |bytes| {
            black_box(bytes.to_vec());
        }));
    }
    let kalibrering = format!("{} {}", ms(fore), ms(kalibrera()));
    println!("Nycklar: {PERSONER} personer, {byte} byte; {VARV} varv");
    rad("kalibrering före och efter", &kalibrering, "");
    rad("nyckel och försegling, alla nya", &ms(gjorda), "");
    visa(&oppnade, &summor, &kopior);
    Ok(())
}

fn visa(oppnade: &[Duration], summor: &[Duration], kopior: &[Duration]) {
    let mitt = |tider: &[Duration]| ms(inom(&mut tider.to_vec(), 500));
    rad("nyckel och uppgift öppnad, alla", &mitt(oppnade), "");
    rad("SHA-256 av samma byte", &mitt(summor), "");
    rad("kopia av samma byte", &mitt(kopior), "");
    let kvot = |mot| format!("{:.1}", kvoter(oppnade, mot));
    rad("kvot mot SHA-256", &kvot(summor), "");
    rad("kvot mot kopia", &kvot(kopior), "");
}

fn tid(rader: &[Rad], gor: fn(&[u8])) -> Duration {
    let start = Instant::now();
    for rad in rader {
        gor(&rad.inslagen);
        gor(&rad.forseglat);
    }
    start.elapsed()
}

fn oppna(fil: &Nyckelfil, stenar: &Gravstenar, rad: &Rad) -> Result<usize, Box<dyn Error>> {
    let inslagen = Inslagen::ur_bytes(&rad.inslagen)?;
    let nyckel = fil.oppna_personnyckel(stenar, rad.vem, &inslagen)?;
    let klart = nyckel.oppna(falt(rad.vem), &rad.forseglat)?;
    Ok(klart.bytes().len())
}

fn forsegla(fil: &Nyckelfil, stenar: &Gravstenar, nr: i64) -> Result<Rad, Box<dyn Error>> {
    let vem = Registrerad {
        huvudman: HuvudmanId::FORSTA,
        organisation: OrganisationId::FORSTA,
        person: PersonId::ny(nr).ok_or("numret är inte positivt")?,
    };
    let nonce = slump::<NONCE>(nr);
    let (nyckel, inslagen) = fil.ny_personnyckel(stenar, vem, &mut slump(nr), nonce)?;
    Ok(Rad {
        vem,
        inslagen: inslagen.bytes().to_vec(),
        forseglat: nyckel.forsegla(falt(vem), TEXT, nonce)?,
    })
}

fn falt(vem: Registrerad) -> Falt {
    Falt {
        tabell: "person",
        kolumn: "namn",
        rad: vem.person.nummer(),
    }
}

/// Bytes that look random and are the same every time: nothing real is sealed here.
fn slump<const N: usize>(fro: i64) -> [u8; N] {
    let summa = Sha256::digest(fro.to_be_bytes());
    let mut ut = [0; N];
    for (plats, b) in ut.iter_mut().zip(summa.iter().cycle()) {
        *plats = *b;
    }
    ut
}
