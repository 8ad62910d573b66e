//! Long work with a file, beside the pages and after them.

use store::db::ge_vika;
use tokio::sync::oneshot::{Receiver, channel};
use utfall_store as store;

/// How far work with a file steps back for the pages that others wait for: all the way. It is
/// seconds long, and a page is milliseconds.
const STEG: i32 = 19;

/// Does long work in a thread of its own that lets pages go first. The answer fails to come when
/// the work panicked.
///
/// # Errors
/// When the machine has no thread to give: then nothing has begun.
pub fn vid_sidan<T: Send + 'static>(
    arbete: impl FnOnce() -> T + Send + 'static,
) -> std::io::Result<Receiver<T>> {
    let (klar, svar) = channel();
    let trad = std::thread::Builder::new().name("utfall-filer".into());
    trad.spawn(move || {
        ge_vika(STEG);
        // Nobody may wait for it any longer.
        let _ = klar.send(arbete());
    })?;
    Ok(svar)
}
