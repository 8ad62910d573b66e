//! Opening the key file of a database, before anybody is served.
//!
//! The order is what matters (docs/adr/0057): the database says which installation it is
//! before any file is made, so that it never takes up another's; the tombstones must be as new
//! as the database; and keys of persons who are gone, that an older database brought back, are
//! destroyed before anything can ask for them. Two processes take turns: what is made or
//! destroyed is, while this one alone may write.
//!
//! Blocks, and is called before there is a runtime.

use crate::miljo::Slump;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use utfall_domain::problem::Problem;
use utfall_store::nycklar::{
    self, InstallationsId, Nyckelfil, Nyckelminne, Nyckelring, Registrerad,
};
use utfall_store::{Db, DbFel, Las, Skriv};

/// Where the key file and the tombstones lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nyckelplats {
    /// The installation keys.
    pub nyckelfil: PathBuf,
    /// Those who are gone; beside the key file.
    pub gravstenar: PathBuf,
}

impl Nyckelplats {
    /// In the folder of a SQLite database: `utfall.nyckel` and `utfall.gravstenar`.
    #[must_use]
    pub fn i_mapp(mapp: &Path) -> Self {
        Self::vid(mapp.join("utfall.nyckel"))
    }

    /// With the key file here. The tombstones lie beside it under the same name with the
    /// ending `.gravstenar`, instead of `.nyckel` where it has that.
    #[must_use]
    pub fn vid(nyckelfil: PathBuf) -> Self {
        let gravstenar = if nyckelfil.extension().is_some_and(|e| e == "nyckel") {
            nyckelfil.with_extension("gravstenar")
        } else {
            let mut namn = nyckelfil.clone().into_os_string();
            namn.push(".gravstenar");
            namn.into()
        };
        Self {
            nyckelfil,
            gravstenar,
        }
    }
}

/// What the tables of persons say and do.
#[derive(Clone, Copy)]
struct Inslagna {
    /// Everybody whose wrapped key the database has.
    alla: fn(&mut Las) -> Result<Vec<Registrerad>, DbFel>,
    /// Destroys the wrapped keys of these.
    forstor: fn(&mut Skriv, &[Registrerad]) -> Result<(), DbFel>,
}

/// Opens the key file of the database, or makes one for a database that has never had any,
/// and gives it to the connections. Blocks: called where there is no runtime.
///
/// # Errors
/// A named refusal (`nyckel-…`, docs/drift/nyckelfil.md): nothing may be served then. Or what
/// went wrong in the database.
pub fn oppna(
    db: &Db,
    slump: &Arc<dyn Slump>,
    plats: &Nyckelplats,
) -> Result<Arc<Nyckelring>, Problem> {
    let inslagna = Inslagna {
        alla: nycklar::personer::alla,
        forstor: nycklar::personer::forstor,
    };
    oppna_med(db, slump, plats, inslagna)
}

fn oppna_med(
    db: &Db,
    slump: &Arc<dyn Slump>,
    plats: &Nyckelplats,
    inslagna: Inslagna,
) -> Result<Arc<Nyckelring>, Problem> {
    let (var, slumpen) = (plats.clone(), Arc::clone(slump));
    // The common case writes nothing: a full disk is no reason not to start.
    let svar = db.las_samtidigt(move |k| som_den_ar(k, &slumpen, &var, inslagna));
    let ring = match svar.vanta()? {
        Some(ring) => ring,
        None => ratta(db, slump, plats, inslagna)?,
    };
    Ok(db.ge_nycklar(ring)?)
}

/// Opens what is there; `None` when something must be made, destroyed or remembered first.
fn som_den_ar(
    k: &mut Las,
    slump: &Arc<dyn Slump>,
    plats: &Nyckelplats,
    inslagna: Inslagna,
) -> Result<Option<Nyckelring>, DbFel> {
    let Some(minne) = nycklar::las_minne(k)?.filter(|m| m.skapad) else {
        return Ok(None);
    };
    let ring = filerna(slump, plats, &minne)?;
    let samma = ring.huvud()? == minne.huvud;
    let borta = ring.att_forstora((inslagna.alla)(k)?)?;
    let avbrutna = nycklar::personer::marka(k)?;
    let helt = samma && borta.is_empty() && avbrutna.is_empty();
    Ok(helt.then_some(ring))
}

fn ratta(
    db: &Db,
    slump: &Arc<dyn Slump>,
    plats: &Nyckelplats,
    inslagna: Inslagna,
) -> Result<Nyckelring, Problem> {
    let mut id = [0; 16];
    slump.fyll(&mut id);
    let id = InstallationsId::ny(id);
    let borja = db.skriv(move |k| -> Result<(), DbFel> {
        match nycklar::las_minne(k)? {
            Some(_) => Ok(()),
            None => nycklar::borja(k, id),
        }
    });
    borja.vanta()?;
    let (var, slumpen) = (plats.clone(), Arc::clone(slump));
    let svar = db.skriv_ensam(move |k| i_tur(k, &slumpen, &var, inslagna));
    Ok(svar.vanta()?)
}

/// The same while nobody else may write, with all that must be done. May be run again: files
/// that were made are then there.
fn i_tur(
    k: &mut Skriv,
    slump: &Arc<dyn Slump>,
    plats: &Nyckelplats,
    inslagna: Inslagna,
) -> Result<Nyckelring, DbFel> {
    let minne = nycklar::las_minne(k)?.ok_or(DbFel::IngenRad)?;
    let ring = filerna(slump, plats, &minne)?;
    // A gallring that was cut off: its protocol is written, and nobody is to be served before
    // it is true.
    let avbrutna = nycklar::personer::marka(k)?;
    nycklar::personer::begrav_marka(k, &ring, &avbrutna)?;
    let borta = ring.att_forstora((inslagna.alla)(k)?)?;
    if !borta.is_empty() {
        (inslagna.forstor)(k, &borta)?;
        tracing::warn!(
            antal = borta.len(),
            "nycklar till gallrade personer förstörda"
        );
    }
    if let Some(hogsta) = ring.hogsta()? {
        nycklar::hoj_serien(k, hogsta)?;
    }
    nycklar::minns(k, &ring.huvud()?)?;
    Ok(ring)
}

/// The files, tried against what the database remembers. Made when it says that they never
/// were, with the id that it has decided.
fn filerna(
    slump: &Arc<dyn Slump>,
    plats: &Nyckelplats,
    minne: &Nyckelminne,
) -> Result<Nyckelring, DbFel> {
    let mut slumptal = [0; 48];
    slump.fyll(&mut slumptal);
    for (till, fran) in slumptal.iter_mut().zip(minne.id.bytes()) {
        *till = *fran;
    }
    let vantad = minne.skapad.then_some(minne.id);
    let (fil, gravstenar) =
        Nyckelfil::oppna(&plats.nyckelfil, &plats.gravstenar, vantad, &mut slumptal)?;
    fil.hor_till(minne.id)?;
    gravstenar.prova_mot(&minne.huvud)?;
    if !minne.skapad {
        tracing::info!(fil = %plats.nyckelfil.display(), "nyckelfilen är ny");
    }
    Ok(Nyckelring::ny(fil, gravstenar)?)
}
