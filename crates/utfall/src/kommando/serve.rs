//! `utfall serve`: the pages over HTTP, until it is told to stop.

use super::konto::forsta_kommandot;
use super::{drift, huvudman};
use crate::kommandorad::Serveval;
use crate::slut::Slut;
use crate::verklighet::{Plats, oppna_nycklar, tjanst, vanta};
use std::io::Write as _;
use std::net::SocketAddr;
use std::time::Duration;
use utfall_app::Tjanst;
use utfall_app::konton::har_administrator;
use utfall_app::stadning::Stadning;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::iofel::skal;
use utfall_web::{Granser, Installningar, Webb};

/// Between two looks at whether it is time to clear away.
const VARV: Duration = Duration::from_secs(600);

/// Serves an installation. Refuses demo accounts: their password is known to everybody.
pub fn kor(val: &Serveval) -> Result<Slut, Slut> {
    let (plats, https) = (&val.plats, val.https);
    let lyssna = val.lyssna.as_str();
    lyssna_pa(lyssna)?;
    let adress = val.adress.clone();
    let nyckelplats = plats.nyckelplats(val.nyckel.as_deref())?;
    let db = plats.oppna()?;
    let demo = db
        .las(|k| -> Result<bool, Problem> { Ok(store::installation::har_demokonton(k)?) })
        .vanta()?;
    if demo {
        return Err(Slut::Nekad(format!(
            "Databasen har demokonton med ett känt lösenord. Visa den med utfall demo {}, eller \
             välj en egen databas.",
            plats.ord()
        )));
    }
    oppna_nycklar(&db, &nyckelplats)?;
    let tjanst = tjanst(db);
    vanta(async move {
        let installningar = Installningar {
            https,
            adress: adress.unwrap_or_default(),
            granser: Granser {
                per_adress: per_adress(https, val.per_adress),
                ..Granser::default()
            },
            ..Installningar::default()
        };
        let vagledning = vagledning(&tjanst, plats).await?;
        visa(tjanst, installningar, lyssna, |adress| {
            for rad in std::iter::once(format!("Adress: {adress}")).chain(vagledning) {
                // Nobody has to listen: the server goes on.
                let _ = writeln!(std::io::stdout(), "{rad}");
            }
        })
        .await
    })
}

/// Connections from one address: what was asked for (0 is any number), else the usual, and no
/// limit behind a proxy, where all come from the proxy's address.
fn per_adress(https: bool, onskat: Option<usize>) -> Option<usize> {
    match onskat {
        Some(0) => None,
        Some(tak) => Some(tak),
        None if https => None,
        None => Granser::default().per_adress,
    }
}

/// What remains before anybody can sign in: nothing once each huvudman has an administrator.
async fn vagledning(tjanst: &Tjanst, plats: &Plats) -> Result<Vec<String>, Slut> {
    let alla = huvudman(tjanst).await?;
    if alla.is_empty() {
        return Ok(vec![
            "Här finns ingen huvudman, så ingen kan logga in ännu. Lägg upp er, med en \
             administratör, i ett annat fönster:"
                .into(),
            format!("  {}", forsta_kommandot(plats, None)),
        ]);
    }
    let mut rader = Vec::new();
    for h in alla {
        if !har_administrator(&tjanst.konton(&drift(&h)).await?) {
            rader.push(format!("{} har ingen administratör. Lägg upp en:", h.namn));
            rader.push(format!("  {}", forsta_kommandot(plats, Some(&h))));
        }
    }
    Ok(rader)
}

/// Listens and serves until interrupted.
pub async fn visa(
    tjanst: Tjanst,
    installningar: Installningar,
    lyssna: &str,
    redo: impl FnOnce(&str),
) -> Result<Slut, Slut> {
    let uttag = tokio::net::TcpListener::bind(lyssna)
        .await
        .map_err(|e| upptagen(lyssna, &e))?;
    let adress: SocketAddr = uttag.local_addr().map_err(|e| upptagen(lyssna, &e))?;
    redo(&format!("http://{adress}"));
    let mut installningar = installningar;
    if installningar.adress.is_empty() {
        installningar.adress = format!("http://{adress}");
    }
    let stadare = tokio::spawn(stada(tjanst.clone()));
    let webb = Webb::ny(tjanst, installningar);
    let svar = webb.visa(uttag, slutsignal()).await;
    stadare.abort();
    svar.map_err(|e| Slut::Fel(format!("Servern stannade: {}.", skal(&e))))?;
    Ok(Slut::Bra(String::new()))
}

/// Clears away what has had its time, now and once a day. Looks at the clock more often than
/// that: the computer may have slept.
async fn stada(tjanst: Tjanst) {
    let stadning = Stadning::default();
    loop {
        match tjanst.stada_om_dags(&stadning).await {
            Ok(Some(stadat)) => tracing::info!(?stadat, "städat"),
            Ok(None) => {}
            Err(fel) => tracing::warn!(%fel, "det gick inte att städa"),
        }
        let egen = tjanst.clone();
        let stadat = tokio::task::spawn_blocking(move || egen.stada_bokforing()).await;
        if let Ok(Err(fel)) = stadat {
            tracing::warn!(%fel, "det gick inte att städa efter en inläsning");
        }
        tokio::time::sleep(VARV).await;
    }
}

fn upptagen(lyssna: &str, fel: &std::io::Error) -> Slut {
    let skal = match fel.kind() {
        std::io::ErrorKind::PermissionDenied => "du får inte använda den porten".to_owned(),
        // The system's resolver has no kind of its own.
        _ if fel.raw_os_error().is_none() => "namnet går inte att slå upp".to_owned(),
        _ => skal(fel),
    };
    Slut::Fel(format!(
        "Det går inte att svara på {lyssna}: {skal}. Välj en annan adress eller port med --listen."
    ))
}

/// Whether it is written as an address and a port, said before anything is built.
pub fn lyssna_pa(lyssna: &str) -> Result<(), Slut> {
    let fel = |vad: String| {
        Slut::Fel(format!(
            "{vad} Skriv --listen ADRESS:PORT, till exempel --listen 127.0.0.1:8080."
        ))
    };
    let delar = lyssna.rsplit_once(':').filter(|(vard, _)| !vard.is_empty());
    let Some((vard, port)) = delar else {
        return Err(fel(format!("{lyssna} är ingen adress med port.")));
    };
    if port.parse::<u16>().is_err() {
        return Err(fel(format!(
            "Porten i {lyssna} finns inte: den är ett tal mellan 0 och 65535."
        )));
    }
    if vard.contains(':') && !(vard.starts_with('[') && vard.ends_with(']')) {
        return Err(fel(format!(
            "{lyssna} går inte att läsa: en IPv6-adress skrivs inom hakparenteser, [::1]:8080."
        )));
    }
    Ok(())
}

/// Ctrl-C, or being asked to end.
async fn slutsignal() {
    let avbrott = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut slut) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = avbrott => {}
                _ = slut.recv() => {}
            }
            return;
        }
    }
    let _ = avbrott.await;
}
