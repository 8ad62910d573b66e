//! Charts as accessible SVG: widths in percent and text in rem, so that nothing shrinks on a
//! phone. The finding is the caption, title and description are read aloud, patterns and labels
//! do what colour does, and a table with the very same figures stands right below.

mod andelar;
mod flode;
mod manader;
mod tidsband;

pub use andelar::{Andelar, Andelsrad};
pub use flode::{Flode, Kalla, Malpunkt};
pub use manader::{Manad, Manadsserie, Manadsstaplar};
pub use tidsband::{Band, Bandrad, Bandslag, Markering, Tidsband};
