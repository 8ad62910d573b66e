//! The fonts: one sans for text and figures, one serif for headings, both in the binary.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;
use typst_kit::fonts::{FontStore, embedded};

/// Source Sans 3 (SIL Open Font License 1.1, `typsnitt/OFL-SourceSans3.md`), unmodified.
const SANS: [&[u8]; 3] = [
    include_bytes!("../typsnitt/SourceSans3-Regular.ttf"),
    include_bytes!("../typsnitt/SourceSans3-Semibold.ttf"),
    include_bytes!("../typsnitt/SourceSans3-It.ttf"),
];

/// Every font a document may use: the sans, and the serif and monospace that Typst brings.
pub(crate) static ALLA: LazyLock<FontStore> = LazyLock::new(|| {
    let mut alla = FontStore::new();
    for data in SANS {
        for font in Font::iter(Bytes::new(data)) {
            let info = font.info().clone();
            alla.push((font, info));
        }
    }
    alla.extend(embedded());
    alla
});

/// Whether some font has a shape for the character.
pub(crate) fn tackt(tecken: char) -> bool {
    let bok = ALLA.book();
    (0..)
        .map_while(|nr| bok.info(nr))
        .any(|info| info.coverage.contains(u32::from(tecken)))
}
