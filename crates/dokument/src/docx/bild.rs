//! A picture in Word and in a spreadsheet: the SVG, and the same picture as pixels for readers
//! without SVG.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::typsnitt;

/// Pixels per unit of the picture: 680 units across 160 mm give about 215 per inch.
const SKALA: u8 = 2;

static TYPSNITT: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut alla = fontdb::Database::new();
    for font in (0..).map_while(|nr| typsnitt::ALLA.font(nr)) {
        alla.load_font_source(fontdb::Source::Binary(Arc::new(font.data().clone())));
    }
    Arc::new(alla)
});

/// One picture.
pub(crate) struct Bild {
    pub(crate) svg: String,
    pub(crate) png: Vec<u8>,
    /// Width and height in the picture's own units.
    pub(crate) storlek: (u32, u32),
}

impl Bild {
    /// Draws the pixels of a picture.
    pub(crate) fn ny(svg: String) -> Result<Self, String> {
        let val = Options {
            font_family: "Source Sans 3".to_owned(),
            fontdb: Arc::clone(&TYPSNITT),
            ..Options::default()
        };
        let trad = Tree::from_str(&svg, &val).map_err(|fel| fel.to_string())?;
        let storlek = trad.size().to_int_size();
        let skalad = storlek
            .scale_by(f32::from(SKALA))
            .ok_or("bilden är för stor")?;
        let mut duk = Pixmap::new(skalad.width(), skalad.height()).ok_or("bilden är tom")?;
        duk.fill(Color::WHITE);
        let skala = Transform::from_scale(f32::from(SKALA), f32::from(SKALA));
        resvg::render(&trad, skala, &mut duk.as_mut());
        let png = duk.encode_png().map_err(|fel| fel.to_string())?;
        Ok(Self {
            svg,
            png,
            storlek: (storlek.width(), storlek.height()),
        })
    }
}
