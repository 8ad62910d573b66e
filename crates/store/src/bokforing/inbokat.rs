//! What the imports in force have booked: the accounts with their sums and names.
//!
//! Invariant: what an import in force holds never changes, so what was read before is read again
//! only when an import has gone, and else only what has come since.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use utfall_behorighet::Permit;
use utfall_domain::id::{InlasningId, KonteringId};
use utfall_domain::medel::kontering::{Kontering, Konteringar, Kontotyp, Summa};
use utfall_domain::medel::verifikation::Bokforingsnamn;

use super::{BOKFORING, i_kraft};
use crate::db::{DbFel, Las, Rad, p, sql};
use crate::falt::Falt;
use crate::lov;

sql! {
    KONTERINGAR = "SELECT id, orgnr, konto, objekt FROM kontering WHERE huvudman = $1 \
                   AND id > $2 ORDER BY id";
    NAMN = "SELECT n.inlasning, i.orgnr, n.slag, n.kod, n.namn, n.typ FROM bokforingsnamn n \
            JOIN sie_inlasning i ON i.huvudman = n.huvudman AND i.id = n.inlasning \
            WHERE n.huvudman = $1 AND n.inlasning = $2";
    SUMMOR = "SELECT inlasning, kontering, manad, ore, antal FROM konteringssumma \
              WHERE huvudman = $1 AND inlasning = $2 ORDER BY kontering, manad";
}

/// The names of accounts and objects with the accounts' types, by company, kind and code.
type Namnen = BTreeMap<(String, String, String), (String, Option<Kontotyp>)>;

/// What is booked by the imports in force. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Inbokat {
    huvudman: i64,
    /// The imports it is of.
    kraft: BTreeSet<InlasningId>,
    /// The last account that was there.
    sist: i64,
    konteringar: Arc<Konteringar>,
    summor: Arc<Vec<Summa>>,
    namn: Arc<Namnen>,
}

impl Inbokat {
    /// Reads it, as if `med` were in force and `utan` were not; of what `fore` has, only what
    /// has come since.
    ///
    /// # Errors
    /// [`DbFel::Regel`] for a sum larger than the books hold; else as the database says.
    pub fn las(
        k: &mut Las,
        permit: &Permit,
        (med, utan): (Option<InlasningId>, Option<InlasningId>),
        fore: Option<&Self>,
    ) -> Result<Self, DbFel> {
        let huvudman = lov::las(permit, BOKFORING)?;
        let mut kraft = i_kraft(k, huvudman)?;
        kraft.extend(med);
        if let Some(utan) = utan {
            kraft.remove(&utan);
        }
        let mut ny = match fore {
            Some(fore) if fore.huvudman == huvudman && fore.ligger_under(&kraft) => fore.clone(),
            _ => Self {
                huvudman,
                ..Self::default()
            },
        };
        let nya: Vec<InlasningId> = kraft.difference(&ny.kraft).copied().collect();
        for id in &nya {
            ny.lagg_till(k, *id)?;
        }
        ny.kraft = kraft;
        ny.las_konteringar(k, !nya.is_empty())?;
        Ok(ny)
    }

    /// Whether it is of these imports, no more and no fewer.
    #[must_use]
    pub fn ar_av(&self, kraft: &BTreeSet<InlasningId>) -> bool {
        self.kraft == *kraft
    }

    /// Whether everything it is of is in force still, with nothing below it that was not: a
    /// later import's name goes before an earlier's.
    fn ligger_under(&self, kraft: &BTreeSet<InlasningId>) -> bool {
        let sist = self.kraft.last();
        self.kraft.is_subset(kraft) && kraft.difference(&self.kraft).all(|ny| Some(ny) > sist)
    }

    fn lagg_till(&mut self, k: &mut Las, inlasning: InlasningId) -> Result<(), DbFel> {
        let par = p![self.huvudman, inlasning.nummer()];
        // Straight to where they are to stand: there may be a million.
        let namnen = Arc::make_mut(&mut self.namn);
        k.alla(&NAMN, par, |rad| {
            let (nyckel, sagt) = namn(rad)?;
            namnen.insert(nyckel, sagt);
            Ok(())
        })?;
        let alla = Arc::make_mut(&mut self.summor);
        let tomt = alla.is_empty();
        k.alla(&SUMMOR, par, |rad| {
            alla.push(summa(rad)?);
            Ok(())
        })?;
        if !tomt {
            lagg_ihop(alla)?;
        }
        Ok(())
    }

    /// The accounts that have come; the types of all of them when the names have changed.
    fn las_konteringar(&mut self, k: &mut Las, nya_namn: bool) -> Result<(), DbFel> {
        let (fore, alla) = (self.sist, &mut self.konteringar);
        k.alla(&KONTERINGAR, p![self.huvudman, self.sist], |rad| {
            let (id, ny) = kontering(rad)?;
            self.sist = id.nummer();
            Arc::make_mut(alla).insert(id, (ny, None));
            Ok(())
        })?;
        if self.sist == fore && !nya_namn {
            return Ok(());
        }
        let typer = typer(&self.namn);
        let alla = Arc::make_mut(&mut self.konteringar);
        for (kontering, typ) in alla.values_mut() {
            let nyckel = (kontering.orgnr.as_str(), kontering.konto);
            *typ = typer.get(&nyckel).copied().flatten();
        }
        Ok(())
    }

    /// Every account with its objects that has ever been met, with its type as the imports say
    /// it.
    #[must_use]
    pub fn konteringar(&self) -> Arc<Konteringar> {
        Arc::clone(&self.konteringar)
    }

    /// What is booked on each account and month, in that order.
    #[must_use]
    pub fn summor(&self) -> Arc<Vec<Summa>> {
        Arc::clone(&self.summor)
    }

    /// The names of accounts and objects: a later import's goes before an earlier's.
    #[must_use]
    pub fn namn(&self) -> Vec<Bokforingsnamn> {
        let alla = self.namn.iter();
        alla.map(|((orgnr, slag, kod), (namn, _))| Bokforingsnamn {
            orgnr: orgnr.clone(),
            slag: slag.clone(),
            kod: kod.clone(),
            namn: namn.clone(),
        })
        .collect()
    }
}

/// The types of the accounts, by company and account.
fn typer(namn: &Namnen) -> HashMap<(&str, u32), Option<Kontotyp>> {
    let konton = namn.iter().filter(|((_, slag, _), _)| slag == "konto");
    konton
        .filter_map(|((orgnr, _, kod), (_, typ))| {
            let konto: u32 = kod.parse().ok()?;
            (konto.to_string() == *kod).then_some(((orgnr.as_str(), konto), *typ))
        })
        .collect()
}

/// One sum for each account and month. They are in order, one import after the other: the sort
/// only weaves them together.
fn lagg_ihop(alla: &mut Vec<Summa>) -> Result<(), DbFel> {
    alla.sort_by_key(|s| (s.kontering, s.manad));
    let mut for_stort = false;
    alla.dedup_by(|ny, kvar| {
        let samma = (ny.kontering, ny.manad) == (kvar.kontering, kvar.manad);
        if samma {
            match kvar.ore.checked_add(ny.ore) {
                Some(ore) => kvar.ore = ore,
                None => for_stort = true,
            }
            kvar.antal = kvar.antal.saturating_add(ny.antal);
        }
        samma
    });
    if for_stort {
        return Err(DbFel::Regel {
            detalj: "en summa är större än böckerna rymmer".to_owned(),
        });
    }
    Ok(())
}

type Namn = ((String, String, String), (String, Option<Kontotyp>));

fn namn(rad: &Rad<'_>) -> Result<Namn, DbFel> {
    let f = Falt::ny(rad, "bokforingsnamn", "inlasning")?;
    let typ = match f.text_eller_null("typ")? {
        Some(_) => Some(f.kod("typ", Kontotyp::av_kod)?),
        None => None,
    };
    let nyckel = (f.text("orgnr")?, f.text("slag")?, f.text("kod")?);
    Ok((nyckel, (f.text("namn")?, typ)))
}

fn summa(rad: &Rad<'_>) -> Result<Summa, DbFel> {
    let f = Falt::ny(rad, "konteringssumma", "inlasning")?;
    Ok(Summa {
        kontering: f.id("kontering", KonteringId::ny)?,
        manad: f.datum("manad")?,
        ore: f.tal("ore")?,
        antal: f.tal("antal")?,
    })
}

fn kontering(rad: &Rad<'_>) -> Result<(KonteringId, Kontering), DbFel> {
    let f = Falt::ny(rad, "kontering", "id")?;
    let konto = u32::try_from(f.tal("konto")?).map_err(|e| f.omojlig("konto", &e))?;
    let objekt = serde_json::from_str(&f.text("objekt")?).map_err(|e| f.omojlig("objekt", &e))?;
    Ok((
        f.id("id", KonteringId::ny)?,
        Kontering::ny(f.text("orgnr")?, konto, objekt),
    ))
}
