//! The commands, one file each.

mod demo;
mod doktor;
mod exportera;
mod granska;
mod importera;
mod importera_sie;
mod konto;
mod listor;
mod rapport;
mod serve;
mod verifiera;

use crate::kommandorad::Val;
use crate::slut::Slut;
use crate::verklighet::Plats;
use std::io::Read as _;
use std::path::Path;
use utfall_app::Tjanst;
use utfall_behorighet::Aktor;
use utfall_domain::organisation::Huvudman;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::iofel::skal;

/// The largest underlag, in bytes.
const UNDERLAG: usize = utfall_domain::underlag::GRANSER.byte;

/// Carries out what the command line asked for.
pub fn kor(val: Val) -> Slut {
    let plats = val.plats().map(Plats::var);
    let slut = utfor(val).unwrap_or_else(|slut| slut);
    match plats {
        Some(plats) => slut.vid(&plats),
        None => slut,
    }
}

fn utfor(val: Val) -> Result<Slut, Slut> {
    match val {
        Val::Demo {
            plats,
            nyckel,
            lyssna,
            endast_data,
        } => demo::kor(plats, nyckel.as_deref(), &lyssna, endast_data),
        Val::Serve(val) => serve::kor(&val),
        Val::Konto {
            plats,
            huvudman,
            nytt,
        } => konto::kor(&plats, huvudman.as_deref(), &nytt),
        Val::Importera {
            plats,
            filer,
            offentligt,
            ny_huvudman,
            ersatter,
        } => match ersatter {
            Some(orsak) => importera::ersatt(&plats, &filer, offentligt, &orsak),
            None => importera::kor(&plats, &filer, offentligt, ny_huvudman),
        },
        Val::ImporteraSie {
            plats,
            filer,
            huvudman,
            sie,
        } => importera_sie::kor(&plats, &filer, huvudman.as_deref(), &sie),
        Val::ExporteraSie {
            plats,
            huvudman,
            export,
        } => exportera::kor(&plats, huvudman.as_deref(), &export),
        Val::Granska {
            filer,
            plats,
            huvudman,
            json,
        } => granska::kor(&filer, plats.as_ref(), huvudman.as_deref(), json),
        Val::Rapport { plats, bestallning } => rapport::kor(&plats, &bestallning),
        Val::Verifiera { plats, fil, ankare } => {
            verifiera::kor(&plats, fil.as_deref(), ankare.as_deref())
        }
        Val::Migrera(plats) => plats
            .oppna()
            .map(|_| Slut::Bra("Databasen är uppdaterad till den här versionen.".into())),
        Val::Doktor(plats) => doktor::kor(&plats),
        Val::Bidrag(plats, huvudman) => listor::bidrag(&plats, huvudman.as_deref()),
        Val::Insatser(plats, huvudman) => listor::insatser(&plats, huvudman.as_deref()),
        Val::Rutter { json } => Ok(listor::rutter(json)),
    }
}

/// Reads a whole file, of at most so many bytes: what is larger is not even read.
fn las_fil(fil: &Path, tak: usize) -> Result<Vec<u8>, Slut> {
    let olaslig = |e: std::io::Error| {
        let skal = match e.kind() {
            std::io::ErrorKind::PermissionDenied => "du får inte läsa den".to_owned(),
            _ => skal(&e),
        };
        Slut::Fel(format!(
            "Filen {} går inte att läsa: {skal}. Kontrollera namnet och mappen.",
            fil.display()
        ))
    };
    let mut bytes = Vec::new();
    let grans = u64::try_from(tak).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(fil)
        .map_err(olaslig)?
        .take(grans)
        .read_to_end(&mut bytes)
        .map_err(olaslig)?;
    if bytes.len() <= tak {
        return Ok(bytes);
    }
    let mib = tak / 1024 / 1024;
    let text = format!(
        "Filen {} är större än {mib} MiB, som är det mesta som läses.",
        fil.display()
    );
    let problem = Problem::ogiltigt("underlag-storlek", text, "Dela upp den i flera.");
    Err(Slut::av(&problem))
}

/// What a file is by how it begins, when it is one that people take for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filslag {
    Pdf,
    /// Word, Excel, and anything else that is packed like it.
    Word,
    Html,
}

impl Filslag {
    fn av(bytes: &[u8]) -> Option<Self> {
        let borjan = bytes.trim_ascii_start();
        let html = |ord: &[u8]| {
            borjan
                .get(..ord.len())
                .is_some_and(|b| b.eq_ignore_ascii_case(ord))
        };
        if borjan.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if borjan.starts_with(b"PK\x03\x04") {
            Some(Self::Word)
        } else if html(b"<!doctype html") || html(b"<html") {
            Some(Self::Html)
        } else {
            None
        }
    }

    const fn ord(self) -> &'static str {
        match self {
            Self::Pdf => "en PDF",
            Self::Word => "en Word-fil, en Excel-fil eller en annan packad fil",
            Self::Html => "en webbsida",
        }
    }
}

/// The file's name without ending: a paper's short name.
fn stam(fil: &Path) -> String {
    fil.file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Every huvudman in the installation.
async fn huvudman(tjanst: &Tjanst) -> Result<Vec<Huvudman>, Slut> {
    let alla = tjanst
        .db()
        .las(|k| -> Result<Vec<Huvudman>, Problem> { Ok(store::installation::huvudman(k)?) })
        .await?;
    Ok(alla)
}

/// The huvudman asked for, or the only one there is.
async fn vald_huvudman(tjanst: &Tjanst, onskad: Option<&str>) -> Result<Huvudman, Slut> {
    let mut alla = huvudman(tjanst).await?;
    let namn: Vec<String> = alla.iter().map(|h| h.slug.clone()).collect();
    match onskad {
        Some(slug) => alla.into_iter().find(|h| h.slug == slug).ok_or_else(|| {
            Slut::Fel(format!(
                "Huvudmannen {slug} finns inte. Välj en av: {}.",
                namn.join(", ")
            ))
        }),
        None if alla.len() == 1 => alla.pop().ok_or_else(|| Slut::Fel(String::new())),
        None if alla.is_empty() => Err(Slut::Fel(
            "Databasen är tom. Läs in ett underlag (utfall importera underlag), eller lägg upp \
             er själva (utfall konto NAMN --ny-huvudman \"Er kommun\")."
                .into(),
        )),
        None => Err(Slut::Fel(format!(
            "Det finns flera huvudmän. Välj en med --huvudman: {}.",
            namn.join(", ")
        ))),
    }
}

/// The operator, acting in a huvudman's books.
fn drift(huvudman: &Huvudman) -> Aktor {
    Aktor::drift(huvudman.id)
}
