//! One connection's bytes: a reader that stands still is let go, and no answer is begun
//! before the one before it has left.

use std::io;
use std::io::IoSlice;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// Reading less than this within the time is standing still, in bytes.
const MINST: usize = 8 * 1024;

/// Whether what is answered leaves; shared by the connection and those who answer on it.
#[derive(Default)]
pub(super) struct Utflode(Mutex<Lage>);

#[derive(Default)]
struct Lage {
    stangt: bool,
    vantar: Option<Waker>,
}

impl Utflode {
    fn stall(&self, stangt: bool) {
        let mut lage = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lage.stangt = stangt;
        if !stangt && let Some(vantar) = lage.vantar.take() {
            vantar.wake();
        }
    }

    /// Waits until what was answered before has left. Else a client that asks and never
    /// reads would have its answers gathered here.
    pub(super) async fn oppet(&self) {
        std::future::poll_fn(|cx| {
            let mut lage = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if !lage.stangt {
                return Poll::Ready(());
            }
            lage.vantar = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// A stream that fails when the other end does not read.
pub(super) struct Flode<S> {
    strom: S,
    utflode: Arc<Utflode>,
    tid: Duration,
    slut: Option<Pin<Box<Sleep>>>,
    sedan: usize,
}

impl<S> Flode<S> {
    /// Over a stream whose reader may stand still for so long.
    pub(super) fn ny(strom: S, utflode: Arc<Utflode>, tid: Duration) -> Self {
        Self {
            strom,
            utflode,
            tid,
            slut: None,
            sedan: 0,
        }
    }

    /// What became of writing: counts what left, and the time that nothing did.
    fn efter(
        &mut self,
        cx: &mut Context<'_>,
        skrivet: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match skrivet {
            Poll::Ready(Ok(antal)) => {
                self.sedan = self.sedan.saturating_add(antal);
                if self.sedan >= MINST {
                    self.ledig();
                }
                Poll::Ready(Ok(antal))
            }
            Poll::Ready(Err(fel)) => Poll::Ready(Err(fel)),
            Poll::Pending => {
                self.utflode.stall(true);
                if self.slut.is_none() {
                    self.sedan = 0;
                }
                let tid = self.tid;
                let slut = self.slut.get_or_insert_with(|| Box::pin(sleep(tid)));
                ready!(slut.as_mut().poll(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }

    fn ledig(&mut self) {
        self.slut = None;
        self.sedan = 0;
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Flode<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.strom).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Flode<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let skrivet = Pin::new(&mut self.strom).poll_write(cx, buf);
        self.efter(cx, skrivet)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let skrivet = Pin::new(&mut self.strom).poll_write_vectored(cx, bufs);
        self.efter(cx, skrivet)
    }

    fn is_write_vectored(&self) -> bool {
        self.strom.is_write_vectored()
    }

    /// Asked for when nothing is left to write.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let tomt = Pin::new(&mut self.strom).poll_flush(cx);
        if tomt.is_ready() {
            self.ledig();
            self.utflode.stall(false);
        }
        tomt
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.strom).poll_shutdown(cx)
    }
}
