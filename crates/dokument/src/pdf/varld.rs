//! The world the template lives in: its own source, the data, the pictures, the fonts.

use std::sync::LazyLock;

use serde_json::{Value, json};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use utfall_domain::rapport::{Block, Dokument};
use utfall_domain::tid::i_ord;
use utfall_domain::varde::Tecken;

use crate::typsnitt;

const MALL: &str = include_str!("../mall/dokument.typ");

/// Row headings in tables (`pdf.header-cell`) are still behind this feature.
static BIBLIOTEK: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let drag = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(drag).build())
});

/// One document's world. It reads neither disk nor network nor clock.
pub(crate) struct Varld {
    mall: Source,
    filer: Vec<(FileId, Bytes)>,
}

impl Varld {
    /// The world of a document, its pictures drawn.
    pub(crate) fn ny(dokument: &Dokument) -> Result<Self, String> {
        let json = serde_json::to_vec(&indata(dokument)).map_err(|fel| fel.to_string())?;
        let mut filer = vec![(id("/dokument.json")?, Bytes::new(json))];
        let figurer = dokument.block.iter().filter_map(|block| match block {
            Block::Figur(figur) => Some(figur),
            _ => None,
        });
        for (nr, figur) in figurer.enumerate() {
            let svg = figur.bild.svg(&format!("figur-{nr}"));
            filer.push((id(&format!("/figur-{nr}.svg"))?, Bytes::from_string(svg)));
        }
        Ok(Self {
            mall: Source::new(id("/dokument.typ")?, MALL.to_owned()),
            filer,
        })
    }
}

/// What the template reads: the document, the signs with their words, the date in words.
fn indata(dokument: &Dokument) -> Value {
    let alla = [
        Tecken::Okant,
        Tecken::EjBeslutat,
        Tecken::EjInrapporterat,
        Tecken::Sekretess,
    ];
    let tecken = alla.map(|t| {
        json!({
            "kod": t, "tecken": t.tecken(), "ord": t.ord(), "forklaring": t.forklaring(),
        })
    });
    json!({ "dokument": dokument, "tecken": tecken, "datum": i_ord(dokument.datum) })
}

fn id(vag: &str) -> Result<FileId, String> {
    let vag = VirtualPath::new(vag).map_err(|_| format!("ogiltig väg {vag}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, vag).intern())
}

impl World for Varld {
    fn library(&self) -> &LazyHash<Library> {
        &BIBLIOTEK
    }

    fn book(&self) -> &LazyHash<FontBook> {
        typsnitt::ALLA.book()
    }

    fn main(&self) -> FileId {
        self.mall.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.mall.id() {
            Ok(self.mall.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let fil = self.filer.iter().find(|(denna, _)| *denna == id);
        fil.map(|(_, data)| data.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, nr: usize) -> Option<Font> {
        typsnitt::ALLA.font(nr)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
