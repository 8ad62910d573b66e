//! The tests' browser, and the server that it looks at.

use axum::Router;
use utfall_testkit::Varld;
pub use utfall_testkit::webb::{
    FORMULAR, Svar, Webblasare, attribut, avkodat, bara_text, fraga, kodat, lankar,
};
use utfall_web::{Installningar, Webb};

/// The server over a world's database.
pub fn router(v: &Varld) -> Router {
    Webb::ny(v.tjanst.clone(), Installningar::default()).router()
}
