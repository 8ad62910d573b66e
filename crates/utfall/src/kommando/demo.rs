//! `utfall demo`: the five papers and Forsby, built through the use cases, and served.

use super::serve::{lyssna_pa, visa};
use super::{drift, huvudman};
use crate::slut::Slut;
use crate::verklighet::{Plats, Systemklocka, Systemslump, oppna_nycklar, tjanst, vanta};
use std::path::Path;
use std::sync::Arc;
use utfall_app::demo::{Demokonto, LOSENORD, bygg};
use utfall_dokument::Sattverk;
use utfall_domain::problem::Problem;
use utfall_domain::tid::Klocka;
use utfall_store as store;
use utfall_store::Db;
use utfall_store::iofel::skal;
use utfall_vyer::sidor::{DemoGrupp, DemoKonto};
use utfall_web::Installningar;

/// Builds the demo world in an empty place, or takes the one that is there, and serves it.
pub fn kor(
    plats: Option<Plats>,
    nyckel: Option<&Path>,
    lyssna: &str,
    endast_data: bool,
) -> Result<Slut, Slut> {
    lyssna_pa(lyssna)?;
    let (plats, _tillfallig) = match plats {
        Some(plats) => (plats, None),
        None => {
            let mapp = tempfile::tempdir().map_err(|e| {
                Slut::Fel(format!(
                    "Det går inte att skapa en tillfällig mapp: {}. Välj en med --data MAPP.",
                    skal(&e)
                ))
            })?;
            (Plats::Mapp(mapp.path().to_owned()), Some(mapp))
        }
    };
    let nyckelplats = plats.nyckelplats(nyckel)?;
    let db = plats.oppna()?;
    prova(&db)?;
    oppna_nycklar(&db, &nyckelplats)?;
    vanta(async move {
        let (demokonton, ny) = bygg_eller_hitta(&db, lyssna).await?;
        if endast_data {
            let rubrik = if ny {
                "Visningsvärlden är byggd."
            } else {
                "Visningsvärlden fanns redan."
            };
            return Ok(Slut::Bra(format!("{rubrik}\n{}", konton(&demokonton))));
        }
        let installningar = Installningar {
            demo: grupper(&demokonton),
            demolosenord: Some(LOSENORD.to_owned()),
            adress: String::new(),
            ..Installningar::default()
        };
        let lista = konton(&demokonton);
        let ord = plats.ord();
        visa(tjanst(db), installningar, lyssna, |adress| {
            println!(
                "Adress: {adress}\n{lista}\nSamma data från ett annat fönster: lägg till {ord}\n\
                 Avsluta med Ctrl-C."
            );
        })
        .await
    })
}

/// That the place is empty, or has the demo world: somebody's own data is left as it is.
fn prova(db: &Db) -> Result<(), Slut> {
    let (tom, demo) = db
        .las(|k| -> Result<(bool, bool), Problem> {
            let tom = store::installation::huvudman(k)?.is_empty();
            Ok((tom, store::installation::har_demokonton(k)?))
        })
        .vanta()?;
    if tom || demo {
        return Ok(());
    }
    Err(Slut::Nekad(
        "Mappen har redan egna data. Välj en tom mapp, eller visa dem med utfall serve.".into(),
    ))
}

/// The demo world: built in an empty place, or the one that is there already.
async fn bygg_eller_hitta(db: &Db, lyssna: &str) -> Result<(Vec<Demokonto>, bool), Slut> {
    let demo = db
        .las(|k| -> Result<bool, Problem> { Ok(store::installation::har_demokonton(k)?) })
        .await?;
    if demo {
        return Ok((hitta(db).await?, false));
    }
    let nu = Systemklocka.nu();
    let adress = format!("http://{lyssna}");
    let varld = bygg(
        db.clone(),
        Arc::new(Systemslump),
        Arc::new(Sattverk),
        nu,
        &adress,
    )
    .await?;
    Ok((varld.konton, true))
}

/// The demo accounts of a world that was built before. `serve` refuses them for ever, so
/// this is the way to see it again.
async fn hitta(db: &Db) -> Result<Vec<Demokonto>, Slut> {
    let tjanst = tjanst(db.clone());
    let mut ut = Vec::new();
    for h in huvudman(&tjanst).await? {
        let konton = tjanst.konton(&drift(&h)).await?;
        for konto in konton
            .into_iter()
            .filter(|k| k.demo && k.lage.far_logga_in())
        {
            let Some(roll) = konto.roller.first().copied() else {
                continue;
            };
            ut.push(Demokonto {
                inloggning: konto.inloggning,
                roll,
                huvudman: h.slug.clone(),
                huvudmansnamn: h.namn.clone(),
                pahittad: h.pahittad,
            });
        }
    }
    Ok(ut)
}

fn konton(konton: &[Demokonto]) -> String {
    let rader = konton.iter().map(|k| {
        format!(
            "Inloggning: {} {LOSENORD} {} {}",
            k.inloggning,
            k.roll.kod(),
            k.huvudman
        )
    });
    rader.collect::<Vec<_>>().join("\n")
}

fn grupper(konton: &[Demokonto]) -> Vec<DemoGrupp> {
    let mut grupper: Vec<DemoGrupp> = Vec::new();
    for k in konton {
        let konto = DemoKonto {
            varde: k.inloggning.clone(),
            roll: k.roll.namn().to_owned(),
            gor: k.roll.gor().unwrap_or_default().to_owned(),
        };
        match grupper.last_mut() {
            Some(grupp) if grupp.huvudman == k.huvudmansnamn => grupp.konton.push(konto),
            _ => grupper.push(DemoGrupp {
                huvudman: k.huvudmansnamn.clone(),
                pahittat: k.pahittad,
                konton: vec![konto],
            }),
        }
    }
    grupper
}
