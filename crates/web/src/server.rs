//! Serving on a socket: how many at once, how slow they may be, and how it ends.
//!
//! Nobody outside can hold the server by being slow: a head, a silence and an answer that is
//! not read each have their time, an answer is not begun before the one before it has left,
//! and one address holds only so many connections.

mod adresser;
mod flode;

use crate::Webb;
use adresser::Adresser;
use axum::Router;
use axum::extract::ConnectInfo;
use flode::{Flode, Utflode};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// The largest head of a request, in bytes.
const HUVUDSTORLEK: usize = 32 * 1024;

/// How long requests under way have to end when the server is told to stop.
const AVSLUT: Duration = Duration::from_secs(10);

/// What those who are let in no further get: all that is said without reading what they ask.
const FULLT: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 30\r\n\
    content-type: text/plain; charset=utf-8\r\ncontent-length: 53\r\nconnection: close\r\n\r\n\
    F\xc3\xb6r m\xc3\xa5nga anslutningar. F\xc3\xb6rs\xc3\xb6k om en stund igen.\n";

/// How much and how slow.
#[derive(Clone, Debug)]
pub struct Granser {
    /// Connections at the same time. Below the 1 024 open files that a process usually may
    /// have, so that there are some left for the database.
    pub anslutningar: usize,
    /// Connections at the same time from one address; `None` behind a proxy, where all come
    /// from the proxy's.
    pub per_adress: Option<usize>,
    /// How long a request's head may take to arrive, and a kept connection may be silent.
    pub huvud: Duration,
    /// How long a reader may stand still while an answer waits to leave.
    pub skriv: Duration,
}

impl Default for Granser {
    fn default() -> Self {
        Self {
            anslutningar: 900,
            per_adress: Some(200),
            huvud: Duration::from_secs(15),
            skriv: Duration::from_secs(15),
        }
    }
}

impl Webb {
    /// Serves on a socket until told to stop; requests under way are answered first.
    ///
    /// # Errors
    /// When the socket fails.
    pub async fn visa(
        &self,
        uttag: TcpListener,
        slut: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let granser = &self.installningar.granser;
        let router = self.router();
        let platser = Arc::new(Semaphore::new(granser.anslutningar));
        let adresser = Adresser::ny(granser.per_adress);
        let (sag_stopp, stopp) = watch::channel(false);
        let mut arbeten = JoinSet::new();
        let mut slut = pin!(slut);
        loop {
            let (strom, fran) = tokio::select! {
                () = &mut slut => break,
                ny = uttag.accept() => match ny {
                    Ok(ny) => ny,
                    // Out of file handles: those that are open will end.
                    Err(fel) => {
                        tracing::warn!(%fel, "kunde inte ta emot en anslutning");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                },
            };
            while arbeten.try_join_next().is_some() {}
            let plats = Arc::clone(&platser).try_acquire_owned().ok();
            let Some(plats) = plats.zip(adresser.slapp_in(fran.ip())) else {
                // Best effort: who is refused may not be listening.
                let _ = strom.try_write(FULLT);
                continue;
            };
            let (router, stopp, granser) = (router.clone(), stopp.clone(), granser.clone());
            arbeten.spawn(async move {
                svara(strom, fran, router, &granser, stopp).await;
                drop(plats);
            });
        }
        // Nobody listens any more when all have ended.
        let _ = sag_stopp.send(true);
        let alla = async { while arbeten.join_next().await.is_some() {} };
        if tokio::time::timeout(AVSLUT, alla).await.is_err() {
            tracing::warn!("anslutningar avbröts när servern stannade");
        }
        Ok(())
    }
}

async fn svara(
    strom: TcpStream,
    fran: SocketAddr,
    router: Router,
    granser: &Granser,
    mut stopp: watch::Receiver<bool>,
) {
    // Answers are small; waiting to fill a packet only makes them late.
    let _ = strom.set_nodelay(true);
    let utflode = Arc::new(Utflode::default());
    let strom = Flode::ny(strom, Arc::clone(&utflode), granser.skriv);
    let tjanst = tower::service_fn(move |mut begaran: hyper::Request<hyper::body::Incoming>| {
        let (router, utflode) = (router.clone(), Arc::clone(&utflode));
        begaran.extensions_mut().insert(ConnectInfo(fran));
        async move {
            utflode.oppet().await;
            router.oneshot(begaran.map(axum::body::Body::new)).await
        }
    });
    let mut bygg = http1::Builder::new();
    bygg.timer(TokioTimer::new())
        .header_read_timeout(granser.huvud)
        .max_buf_size(HUVUDSTORLEK);
    let samtal = bygg.serve_connection(TokioIo::new(strom), TowerToHyperService::new(tjanst));
    let mut samtal = pin!(samtal);
    loop {
        tokio::select! {
            svar = samtal.as_mut() => {
                if let Err(fel) = svar {
                    tracing::debug!(%fel, "anslutningen bröts");
                }
                return;
            }
            _ = stopp.changed() => samtal.as_mut().graceful_shutdown(),
        }
    }
}

#[cfg(test)]
mod tests;
