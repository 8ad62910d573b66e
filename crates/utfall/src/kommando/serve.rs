//! `utfall serve`: the pages over HTTP, until it is told to stop.

use super::konto::forsta_kommandot;
use super::{drift, huvudman};
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use std::io::Write as _;
use std::net::SocketAddr;
use std::time::Duration;
use utfall_app::Tjanst;
use utfall_app::konton::har_administrator;
use utfall_app::stadning::Stadning;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_web::{Installningar, Webb};

/// Between two looks at whether it is time to clear away.
const VARV: Duration = Duration::from_secs(600);

/// Serves an installation. Refuses demo accounts: their password is known to everybody.
pub fn kor(plats: &Plats, lyssna: &str, https: bool, adress: Option<&str>) -> Result<Slut, Slut> {
    let adress = adress.map(str::to_owned);
    let tjanst = plats.tjanst()?;
    vanta(async move {
        let demo = tjanst
            .db()
            .las(|k| -> Result<bool, Problem> { Ok(store::installation::har_demokonton(k)?) })
            .await?;
        if demo {
            return Err(Slut::Nekad(format!(
                "Databasen har demokonton med ett känt lösenord. Visa den med utfall demo \
                     {}, eller välj en egen databas.",
                plats.ord()
            )));
        }
        let installningar = Installningar {
            https,
            adress: adress.unwrap_or_default(),
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
    svar.map_err(|e| Slut::Fel(format!("Servern stannade: {e}.")))?;
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
        tokio::time::sleep(VARV).await;
    }
}

fn upptagen(lyssna: &str, fel: &std::io::Error) -> Slut {
    let skal = match fel.kind() {
        std::io::ErrorKind::AddrInUse => "porten används redan av ett annat program".to_owned(),
        std::io::ErrorKind::PermissionDenied => "du får inte använda den porten".to_owned(),
        _ => fel.to_string(),
    };
    Slut::Fel(format!(
        "Det går inte att svara på {lyssna}: {skal}. Välj en annan port med --listen."
    ))
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
