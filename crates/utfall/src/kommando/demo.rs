//! `utfall demo`: the five papers and Forsby, built through the use cases, and served.

use super::serve::visa;
use crate::slut::Slut;
use crate::verklighet::{Plats, Systemklocka, Systemslump, tjanst, vanta};
use std::sync::Arc;
use utfall_app::demo::{Demokonto, Demovarld, LOSENORD, bygg};
use utfall_behorighet::Roll;
use utfall_dokument::Sattverk;
use utfall_domain::problem::Problem;
use utfall_domain::tid::Klocka;
use utfall_store as store;
use utfall_store::Db;
use utfall_vyer::sidor::{DemoGrupp, DemoKonto};
use utfall_web::Installningar;

/// Builds the demo world in an empty place and serves it.
pub fn kor(plats: Option<Plats>, lyssna: &str, endast_data: bool) -> Result<Slut, Slut> {
    let (plats, _tillfallig) = match plats {
        Some(plats) => (plats, None),
        None => {
            let mapp = tempfile::tempdir().map_err(|e| {
                Slut::Fel(format!("Det går inte att skapa en tillfällig mapp: {e}."))
            })?;
            (Plats::Mapp(mapp.path().to_owned()), Some(mapp))
        }
    };
    let db = plats.oppna()?;
    vanta(async move {
        let varld = bygg_om_tom(&db, lyssna).await?;
        if endast_data {
            return Ok(Slut::Bra(format!(
                "Visningsvärlden är byggd.\n{}",
                konton(&varld.konton)
            )));
        }
        let installningar = Installningar {
            demo: grupper(&varld.konton),
            demolosenord: Some(LOSENORD.to_owned()),
            adress: String::new(),
            ..Installningar::default()
        };
        let lista = konton(&varld.konton);
        visa(tjanst(db), installningar, lyssna, |adress| {
            println!("Adress: {adress}\n{lista}\nAvsluta med Ctrl-C.");
        })
        .await
    })
}

async fn bygg_om_tom(db: &Db, lyssna: &str) -> Result<Demovarld, Slut> {
    let tom = db
        .las(|k| -> Result<bool, Problem> { Ok(store::installation::huvudman(k)?.is_empty()) })
        .await?;
    if !tom {
        return Err(Slut::Nekad(
            "Mappen har redan data. Välj en tom mapp, eller använd utfall serve.".into(),
        ));
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
    Ok(varld)
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
            gor: gor(k.roll).to_owned(),
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

/// What a role does in the demo, in a few words.
const fn gor(roll: Roll) -> &'static str {
    match roll {
        Roll::Forbundschef => "utfärdar rapporter och publicerar",
        Roll::Ekonom => "läser in papper, fördelar och rättar",
        Roll::Insatsansvarig => "skriver om insatserna",
        Roll::Namndredovisare => "redovisar nämndens utfall",
        Roll::Styrelse => "läser vad pengarna gav",
        Roll::Revisor => "läser journalen och kontrollerar den",
        Roll::Administrator => "sköter organisationer och konton",
        _ => "",
    }
}
