//! Writes the accounts of Forsby, a municipality that does not exist, as an accounting system
//! exports them: through April, August and October 2026, each with all that came before, and
//! last through the middle of November with one earlier voucher changed.
//! `cargo run -p utfall-sie --example forsby` writes them to `exempel/bokforing/`; a test keeps
//! the committed files equal to what this writes.

#[path = "forsby/aret.rs"]
mod aret;

use aret::{Arets, Handelse, KONTON, PROJEKT};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use utfall_sie::{Kontotyp, NyRad, NyVer, Radslag, Saldoslag, Sietyp, Skrivare};

/// No legal form has a number that begins with 9: nobody can have this one.
const ORGNR: &str = "999900-0004";

/// What the accounts held when the year began, in öre; the assets are the debts.
const INGAENDE: [(u32, i64); 4] = [
    (1510, 41_250_000),
    (1930, 412_600_000),
    (2010, -396_350_000),
    (2440, -57_500_000),
];

fn main() -> io::Result<()> {
    let mapp = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exempel/bokforing");
    for (namn, fil) in filer()? {
        std::fs::write(mapp.join(namn), fil)?;
    }
    Ok(())
}

/// The files, by name.
fn filer() -> io::Result<[(&'static str, Vec<u8>); 4]> {
    Ok([
        (
            "forsby-2026-april.se",
            skriv(&Arets::till(date(2026, 4, 30), false))?,
        ),
        (
            "forsby-2026-augusti.se",
            skriv(&Arets::till(date(2026, 8, 31), false))?,
        ),
        (
            "forsby-2026-oktober.se",
            skriv(&Arets::till(date(2026, 10, 31), false))?,
        ),
        (
            "forsby-2026-november.se",
            skriv(&Arets::till(date(2026, 11, 15), true))?,
        ),
    ])
}

fn skriv(aret: &Arets) -> io::Result<Vec<u8>> {
    let mut ut = Skrivare::ny(Vec::new());
    ut.falt("#FLAGGA", &["0"])?;
    ut.borja_summa()?;
    ut.uppgifter(
        ("Påhittad ekonomi", "26.2"),
        aret.slut,
        Sietyp::Verifikationer,
    )?;
    ut.falt("#ORGNR", &[ORGNR])?;
    ut.falt("#FNAMN", &["Forsby kommun (påhittad)"])?;
    ut.ar(0, date(2026, 1, 1), date(2026, 12, 31))?;
    let slut = aret.slut.strftime("%Y%m%d").to_string();
    ut.falt("#OMFATTN", &[&slut])?;
    for (konto, namn, typ) in KONTON {
        ut.konto(*konto, namn, Some(*typ))?;
    }
    dimensioner(&mut ut)?;
    saldon(&mut ut, aret)?;
    for (nr, handelse) in numrerade(aret) {
        verifikation(&mut ut, &nr, handelse)?;
    }
    Ok(ut.klar()?)
}

fn dimensioner(ut: &mut Skrivare<Vec<u8>>) -> io::Result<()> {
    for (dim, namn) in [
        ("1", "Ansvar"),
        ("6", "Projekt"),
        ("7", "Anställd"),
        ("20", "Finansiering"),
    ] {
        ut.falt("#DIM", &[dim, namn])?;
    }
    for (ansvar, namn) in [
        ("100", "Kommunstyrelsen"),
        ("210", "Arbetsmarknadsnämnden"),
        ("220", "Utbildningsnämnden"),
        ("230", "Kulturnämnden"),
        ("240", "Socialnämnden"),
    ] {
        ut.falt("#OBJEKT", &["1", ansvar, namn])?;
    }
    for (projekt, namn) in PROJEKT {
        ut.falt("#OBJEKT", &["6", projekt, namn])?;
    }
    for (kod, namn) in [
        ("UIA", "Unga i arbete"),
        ("PSH", "Psykisk hälsa"),
        ("MEN", "Mot ensamhet"),
    ] {
        ut.falt("#OBJEKT", &["20", kod, namn])?;
    }
    Ok(())
}

/// Opening and closing balances and the results, from the vouchers themselves.
fn saldon(ut: &mut Skrivare<Vec<u8>>, aret: &Arets) -> io::Result<()> {
    let mut rorelse: BTreeMap<u32, i64> = BTreeMap::new();
    for rad in aret.handelser.iter().flat_map(|h| &h.rader) {
        *rorelse.entry(rad.konto).or_default() += rad.ore;
    }
    let typ = |konto: &u32| KONTON.iter().find(|(k, ..)| k == konto).map(|k| k.2);
    let balans = |konto: &u32| matches!(typ(konto), Some(Kontotyp::Tillgang | Kontotyp::Skuld));
    for (konto, ore) in INGAENDE {
        ut.saldo(Saldoslag::Ib, 0, konto, &[], ore)?;
        rorelse.entry(konto).or_default();
    }
    let ib: BTreeMap<u32, i64> = INGAENDE.into();
    for (konto, ore) in rorelse.iter().filter(|(k, _)| balans(k)) {
        let ub = ore + ib.get(konto).copied().unwrap_or(0);
        ut.saldo(Saldoslag::Ub, 0, *konto, &[], ub)?;
    }
    for (konto, ore) in rorelse.iter().filter(|(k, _)| !balans(k)) {
        ut.saldo(Saldoslag::Res, 0, *konto, &[], *ore)?;
    }
    Ok(())
}

/// Each series counts by itself, by day: `A 1`, `A 2`, `L 1`.
fn numrerade(aret: &Arets) -> Vec<(String, &Handelse)> {
    let mut nasta: BTreeMap<&str, u32> = BTreeMap::new();
    aret.handelser
        .iter()
        .map(|h| {
            let nr = nasta.entry(h.serie).or_default();
            *nr += 1;
            (nr.to_string(), h)
        })
        .collect()
}

fn verifikation(ut: &mut Skrivare<Vec<u8>>, nr: &str, h: &Handelse) -> io::Result<()> {
    let mut objekt: Vec<Vec<(u32, &str)>> = Vec::new();
    for rad in &h.rader {
        objekt.push(rad.objekt.iter().map(|(d, o)| (*d, o.as_str())).collect());
    }
    let mut rader = Vec::new();
    for (rad, objekt) in h.rader.iter().zip(&objekt) {
        let ny = |slag, belopp| NyRad {
            slag,
            konto: rad.konto,
            objekt,
            belopp,
            text: &rad.text,
            ..NyRad::default()
        };
        // A correction within the voucher, as systems write it: what was taken away, and what
        // was added, which stands twice (doman.md §6.1).
        if let Some(fel) = rad.rattad_fran {
            rader.push(ny(Radslag::Btrans, fel));
            rader.push(ny(Radslag::Rtrans, rad.ore));
        }
        rader.push(ny(Radslag::Trans, rad.ore));
    }
    let ver = NyVer {
        serie: h.serie,
        nummer: nr,
        datum: h.dag,
        text: &h.text,
        ..NyVer::default()
    };
    Ok(ut.verifikation(ver, &rader)?)
}

/// The last day of a month.
fn manadsslut(manad: i8) -> Date {
    date(2026, manad, 1).last_of_month()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_files_are_what_this_writes() {
        let mapp = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exempel/bokforing");
        for (namn, fil) in filer().unwrap() {
            assert_eq!(std::fs::read(mapp.join(namn)).unwrap(), fil, "{namn}");
        }
    }
}
