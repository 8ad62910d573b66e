//! Utfall's pages: typed structs that render themselves as plain HTML.
//!
//! A page ([`sidor`]) is a struct deriving [`askama::Template`] and implementing [`Sida`]. It
//! holds finished text: no database, no HTTP and no clock reach this crate, so that every state
//! of every page can be rendered, looked at and tested from named samples ([`exempel`]).
//!
//! Components ([`komponent`], [`tabell`], [`formular`], [`diagram`], [`tal`]) are also typed and
//! render with `{{ x }}` in a template. What a page must never forget is demanded by its types:
//! a posting form cannot be built without CSRF token and idempotency key, a table always has a
//! caption and its own scroll region, and the legend of signs is computed from the cells.

#![cfg_attr(not(test), warn(clippy::string_slice))]
#![warn(missing_docs)]

pub mod diagram;
pub mod exempel;
pub mod formular;
pub mod komponent;
pub mod ram;
pub mod sidor;
pub mod statiskt;
pub mod tabell;
pub mod tal;
pub mod texter;

/// A page: a typed struct with named samples of each state it can be in.
pub trait Sida: askama::Template + Sized {
    /// Stable name of the page, ASCII, as in file names and test reports.
    const NAMN: &'static str;

    /// Named samples: at least the filled state, and empty, error and locked where they exist.
    fn exempel() -> Vec<(&'static str, Self)>;

    /// The whole page as HTML.
    ///
    /// # Errors
    /// Only when the formatter fails, which for a `String` means out of memory.
    fn till_html(&self) -> Result<String, askama::Error> {
        self.render()
    }
}
