//! `utfall bidrag`, `utfall insatser`, `utfall rutter`: the names other commands take.

use super::{drift, huvudman, vald_huvudman};
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use utfall_app::{Bok, Tjanst};
use utfall_behorighet::Atgard;

/// The grants, a line each: huvudman, name for commands, name.
pub fn bidrag(plats: &Plats, onskad: Option<&str>) -> Result<Slut, Slut> {
    lista(plats, onskad, |bok| {
        bok.bidrag
            .iter()
            .map(|b| (b.slug.clone(), b.namn.clone()))
            .collect()
    })
}

/// The initiatives, a line each: huvudman, name for commands, name.
pub fn insatser(plats: &Plats, onskad: Option<&str>) -> Result<Slut, Slut> {
    lista(plats, onskad, |bok| {
        bok.insatser
            .iter()
            .map(|i| (i.slug.clone(), i.namn.clone()))
            .collect()
    })
}

fn lista(
    plats: &Plats,
    onskad: Option<&str>,
    rader: fn(&Bok) -> Vec<(String, String)>,
) -> Result<Slut, Slut> {
    let tjanst: Tjanst = plats.tjanst()?;
    let onskad = onskad.map(str::to_owned);
    vanta(async move {
        let valda = match onskad.as_deref() {
            Some(slug) => vec![vald_huvudman(&tjanst, Some(slug)).await?],
            None => huvudman(&tjanst).await?,
        };
        let mut ut = Vec::new();
        for h in valda {
            let bok = tjanst.bok(&drift(&h), Atgard::LasaMedel, None).await?;
            let rader = rader(&bok);
            ut.extend(
                rader
                    .into_iter()
                    .map(|(slug, namn)| format!("{}\t{slug}\t{namn}", h.slug)),
            );
        }
        Ok(Slut::Bra(ut.join("\n")))
    })
}

/// The route table.
pub fn rutter(json: bool) -> Slut {
    let tabell = utfall_web::rutter::json();
    if json {
        return Slut::Bra(format!("{tabell:#}"));
    }
    let rader = tabell.as_array().into_iter().flatten().map(|r| {
        let falt = |namn: &str| {
            r.get(namn)
                .and_then(|v| v.as_str())
                .unwrap_or("")
                .to_owned()
        };
        let vem = match falt("atgard") {
            atgard if atgard.is_empty() => falt("atkomst"),
            atgard => atgard,
        };
        format!("{:<5} {:<40} {vem}", falt("metod"), falt("monster"))
    });
    Slut::Bra(rader.collect::<Vec<_>>().join("\n"))
}
