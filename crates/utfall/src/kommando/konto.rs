//! `utfall konto`: an account is created by the operator, and the huvudman it is the first of.

use super::{drift, huvudman, vald_huvudman};
use crate::kommandorad::Kontoval;
use crate::slut::Slut;
use crate::verklighet::{Plats, Systemslump, citerat, vanta};
use std::io::BufRead as _;
use utfall_app::inloggning::losenord;
use utfall_app::installation::{NyHuvudman, NyttKonto};
use utfall_app::konton::har_administrator;
use utfall_app::{Slump as _, Tjanst};
use utfall_behorighet::Roll;
use utfall_domain::organisation::Huvudman;
use utfall_domain::problem::Problem;
use utfall_domain::svensk::slug;
use utfall_store as store;

/// Creates an account. The password is made here and must be changed at the first sign-in,
/// or read as one line on standard input, so that it stands in no command history.
pub fn kor(plats: &Plats, onskad: Option<&str>, nytt: &Kontoval) -> Result<Slut, Slut> {
    let mut roller: Vec<Roll> = nytt
        .roller
        .iter()
        .map(|kod| roll(kod))
        .collect::<Result<_, _>>()?;
    if roller.is_empty() {
        roller.push(Roll::Administrator);
    }
    let (konto, startlosenord) = nytt_konto(nytt, &roller)?;
    let tjanst = plats.tjanst()?;
    vanta(async move {
        let mut rader = Vec::new();
        let huvudman = match &nytt.ny_huvudman {
            Some(namn) => {
                ledigt(&tjanst, &nytt.namn).await?;
                let ny = lagg_upp(&tjanst, onskad, namn).await?;
                rader.push(format!(
                    "Huvudmannen {} finns nu, med adressen {}.",
                    ny.namn, ny.slug
                ));
                ny
            }
            None => vald_huvudman(&tjanst, onskad).await?,
        };
        tjanst.utfor(&drift(&huvudman), None, konto).await?;
        let roller: Vec<&str> = roller.iter().map(|r| r.namn()).collect();
        rader.push(format!(
            "Kontot {} finns nu hos {}. Roll: {}.",
            nytt.namn.to_lowercase(),
            huvudman.namn,
            roller.join(", ")
        ));
        if let Some(klartext) = startlosenord {
            rader.push(format!("Startlösenord: {klartext}"));
            rader.push("Det visas bara nu och ska bytas vid första inloggningen.".into());
        }
        if !har_administrator(&tjanst.konton(&drift(&huvudman)).await?) {
            let kommando = forsta_kommandot(plats, Some(&huvudman));
            rader.push(format!(
                "{} har ingen administratör ännu. Lägg upp en:\n  {kommando}",
                huvudman.namn
            ));
        }
        Ok(Slut::Bra(rader.join("\n")))
    })
}

/// The account, and the starting password when one was made.
fn nytt_konto(nytt: &Kontoval, roller: &[Roll]) -> Result<(NyttKonto, Option<String>), Slut> {
    let visas = nytt.visas.as_deref().unwrap_or(&nytt.namn);
    let mut salt = [0; 16];
    Systemslump.fyll(&mut salt);
    if nytt.eget_losenord {
        let klartext = fran_standard_in()?;
        let konto = NyttKonto::ny(&nytt.namn, visas, &klartext, &salt, roller)?;
        return Ok((konto, None));
    }
    let mut fro = [0; 16];
    Systemslump.fyll(&mut fro);
    let klartext = losenord::startlosenord(&fro);
    let phc = losenord::hasha(&klartext, &salt)
        .map_err(|e| Slut::Fel(format!("Lösenordet gick inte att räkna om: {e}.")))?;
    let konto = NyttKonto::med_startlosenord(&nytt.namn, visas, phc, roller)?;
    Ok((konto, Some(klartext)))
}

fn fran_standard_in() -> Result<String, Slut> {
    if std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        eprintln!("Skriv lösenordet och tryck Enter. Det syns medan du skriver.");
    }
    let mut rad = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut rad)
        .map_err(|e| Slut::Fel(format!("Lösenordet gick inte att läsa: {e}.")))?;
    Ok(rad.trim_end_matches(['\r', '\n']).to_owned())
}

/// Refuses a taken name before the huvudman is made, so that nothing half is left.
async fn ledigt(tjanst: &Tjanst, namn: &str) -> Result<(), Slut> {
    let sokt = namn.to_lowercase();
    let upptaget = tjanst
        .db()
        .las(move |k| -> Result<bool, Problem> {
            Ok(store::inloggning::konto(k, &sokt)?.is_some())
        })
        .await?;
    if upptaget {
        return Err(Slut::Nekad(format!(
            "Inloggningsnamnet {namn} är upptaget. Välj ett annat namn. [konto-upptaget]"
        )));
    }
    Ok(())
}

async fn lagg_upp(tjanst: &Tjanst, onskad: Option<&str>, namn: &str) -> Result<Huvudman, Slut> {
    let ny = NyHuvudman {
        slug: onskad.map_or_else(|| slug(namn), str::to_owned),
        namn: namn.trim().to_owned(),
        pahittad: false,
    };
    if huvudman(tjanst).await?.iter().any(|h| h.slug == ny.slug) {
        return Err(Slut::Nekad(format!(
            "Det finns redan en huvudman med adressen {0}. Är det samma: skriv --huvudman {0} i \
             stället för --ny-huvudman. Annars: välj en annan adress med --huvudman. \
             [huvudman-upptagen]",
            ny.slug
        )));
    }
    let (slug, namn) = (ny.slug.clone(), ny.namn.clone());
    let id = tjanst.skapa_huvudman(ny).await?;
    Ok(Huvudman {
        id,
        slug,
        namn,
        pahittad: false,
    })
}

/// The command that gives a huvudman its first administrator, or the installation its first
/// huvudman.
pub fn forsta_kommandot(plats: &Plats, huvudman: Option<&Huvudman>) -> String {
    match huvudman {
        None => format!(
            "utfall konto admin --ny-huvudman \"Er kommun\" {}",
            plats.ord()
        ),
        Some(h) => format!(
            "utfall konto admin.{0} --roll administrator --huvudman {1} {2}",
            h.slug,
            citerat(&h.slug),
            plats.ord()
        ),
    }
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
