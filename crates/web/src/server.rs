//! Serving on a socket: how many at once, how slow they may be, and how it ends.

use crate::Webb;
use axum::Router;
use axum::extract::ConnectInfo;
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

/// Connections at the same time; more wait to be let in.
const ANSLUTNINGAR: usize = 2_000;

/// How long a request's head may take to arrive, and a kept connection may be silent.
const HUVUD: Duration = Duration::from_secs(15);

/// The largest head of a request, in bytes.
const HUVUDSTORLEK: usize = 32 * 1024;

/// How long requests under way have to end when the server is told to stop.
const AVSLUT: Duration = Duration::from_secs(10);

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
        let router = self.router();
        let platser = Arc::new(Semaphore::new(ANSLUTNINGAR));
        let (sag_stopp, stopp) = watch::channel(false);
        let mut arbeten = JoinSet::new();
        let mut slut = pin!(slut);
        loop {
            let Ok(plats) = Arc::clone(&platser).acquire_owned().await else {
                break;
            };
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
            let (router, stopp) = (router.clone(), stopp.clone());
            arbeten.spawn(async move {
                svara(strom, fran, router, stopp).await;
                drop(plats);
            });
            while arbeten.try_join_next().is_some() {}
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
    mut stopp: watch::Receiver<bool>,
) {
    // Answers are small; waiting to fill a packet only makes them late.
    let _ = strom.set_nodelay(true);
    let tjanst = router.map_request(move |mut begaran: hyper::Request<hyper::body::Incoming>| {
        begaran.extensions_mut().insert(ConnectInfo(fran));
        begaran.map(axum::body::Body::new)
    });
    let mut bygg = http1::Builder::new();
    bygg.timer(TokioTimer::new())
        .header_read_timeout(HUVUD)
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
mod tests {
    use crate::prov::Varld;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::oneshot;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn it_answers_on_a_socket_refuses_huge_heads_and_stops_when_told() {
        let varld = Varld::ny().await;
        let uttag = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let adress = uttag.local_addr().unwrap();
        let (stanna, stannar) = oneshot::channel::<()>();
        let webb = varld.webb.clone();
        let server = tokio::spawn(async move {
            webb.visa(uttag, async { drop(stannar.await) })
                .await
                .unwrap();
        });
        let fraga = async |text: String| {
            let mut strom = TcpStream::connect(adress).await.unwrap();
            strom.write_all(text.as_bytes()).await.unwrap();
            let mut svar = Vec::new();
            let _ = strom.read_to_end(&mut svar).await;
            String::from_utf8_lossy(&svar).into_owned()
        };
        let svar =
            fraga("GET /halsa HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".into()).await;
        assert!(
            svar.starts_with("HTTP/1.1 200") && svar.ends_with("frisk\n"),
            "{svar}"
        );
        let stort = "a".repeat(100 * 1024);
        let svar = fraga(format!(
            "GET / HTTP/1.1\r\nhost: x\r\nx-stort: {stort}\r\n\r\n"
        ))
        .await;
        assert!(
            svar.starts_with("HTTP/1.1 431") || svar.is_empty(),
            "{svar}"
        );
        stanna.send(()).unwrap();
        server.await.unwrap();
        assert!(TcpStream::connect(adress).await.is_err());
    }
}
