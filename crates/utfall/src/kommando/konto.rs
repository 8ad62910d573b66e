//! `utfall konto`: an account is created by the operator.

use super::{drift, vald_huvudman};
use crate::kommandorad::Kontoval;
use crate::slut::Slut;
use crate::verklighet::{Plats, Systemslump, vanta};
use std::io::BufRead as _;
use utfall_app::Slump as _;
use utfall_app::installation::NyttKonto;
use utfall_behorighet::Roll;

/// Creates an account; the password is one line on standard input, so that it stands in no
/// command history.
pub fn kor(plats: &Plats, onskad: Option<&str>, nytt: &Kontoval) -> Result<Slut, Slut> {
    let Kontoval {
        namn,
        visas,
        roller,
    } = nytt;
    let roller: Vec<Roll> = roller
        .iter()
        .map(|kod| roll(kod))
        .collect::<Result<_, _>>()?;
    let mut losenord = String::new();
    if std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        eprintln!("Skriv lösenordet och tryck Enter. Det syns medan du skriver.");
    }
    std::io::stdin()
        .lock()
        .read_line(&mut losenord)
        .map_err(|e| Slut::Fel(format!("Lösenordet gick inte att läsa: {e}.")))?;
    let losenord = losenord.trim_end_matches(['\r', '\n']);
    let mut salt = [0; 16];
    Systemslump.fyll(&mut salt);
    let konto = NyttKonto::ny(
        namn,
        visas.as_deref().unwrap_or(namn),
        losenord,
        &salt,
        &roller,
    )?;
    let tjanst = plats.tjanst()?;
    vanta(async move {
        let huvudman = vald_huvudman(&tjanst, onskad).await?;
        tjanst.utfor(&drift(&huvudman), None, konto).await?;
        Ok(Slut::Bra(format!(
            "Kontot {namn} finns nu hos {}.",
            huvudman.namn
        )))
    })
}

fn roll(kod: &str) -> Result<Roll, Slut> {
    let valbara = || Roll::ALLA.iter().filter(|r| r.kan_tilldelas());
    valbara().copied().find(|r| r.kod() == kod).ok_or_else(|| {
        let koder: Vec<&str> = valbara().map(|r| r.kod()).collect();
        Slut::Fel(format!(
            "Rollen {kod} finns inte. Välj bland: {}.",
            koder.join(", ")
        ))
    })
}
