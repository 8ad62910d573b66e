//! `utfall exportera sie`: requisitions and distributions as a file for the accounts.

use super::rapport::skriv_fil;
use super::{drift, vald_huvudman};
use crate::kommandorad::Exportval;
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use std::path::Path;
use utfall_app::Tjanst;
use utfall_app::bokforing::{ExporteraBokforing, Underlag, skriv_exportfil};
use utfall_behorighet::Aktor;
use utfall_domain::medel::export::{Exporterad, Exportkonton, Exporturval, Verifikation, exporter};
use utfall_domain::pengar::Ore;
use utfall_store::iofel::skal;

/// Writes a file, tells what it would have, or writes an earlier one again.
pub fn kor(plats: &Plats, huvudman: Option<&str>, val: &Exportval) -> Result<Slut, Slut> {
    let tjanst = plats.tjanst()?;
    let aktor = drift(&vanta(vald_huvudman(&tjanst, huvudman))?);
    let u = vanta(async { Ok::<_, Slut>(tjanst.exportunderlag(&aktor).await?) })?;
    if let Some(nr) = val.igen {
        return igen(&u, nr, val);
    }
    let fall = fallet(&u, val)?;
    let utkast = fall.utkast(&u);
    let mut rader: Vec<String> = utkast.verifikationer.iter().map(i_ord).collect();
    for insats in &utkast.utan_objekt {
        let namn = u.bokfort.bocker.insats(*insats).map_or("", |i| &i.namn);
        rader.push(format!(
            "  utelämnad: {namn}. Kopplingen säger inte vilket projekt den har i bokföringen."
        ));
    }
    if utkast.verifikationer.is_empty() {
        rader.push(format!(
            "Det finns inget nytt för {} att lämna över. Ingen fil är skriven.",
            fall.urval.ar
        ));
        return Ok(Slut::Bra(rader.join("\n")));
    }
    let hinder = fall.hinder(&u).alla();
    if !hinder.is_empty() {
        let fel: Vec<String> = hinder.iter().map(med_flagga).collect();
        return Err(Slut::Nekad(fel.join("\n")));
    }
    if val.prova {
        rader.push("Inget är skrivet, och inget räknas som överlämnat.".to_owned());
        return Ok(Slut::Bra(rader.join("\n")));
    }
    let till = val.till.as_deref().unwrap_or(Path::new(""));
    let e = gor(&tjanst, &aktor, fall)?;
    let bytes = skriv_exportfil(&e.export)?.bytes;
    // It is remembered already: whoever could not save it is told how to get it.
    skriv_fil(till, &bytes).map_err(|fel| {
        Slut::Fel(format!(
            "Filen {} går inte att skriva: {}. Den är gjord och har nummer {}: skriv den till en \
             annan plats med --igen {}.",
            till.display(),
            skal(&fel),
            e.nr,
            e.nr
        ))
    })?;
    rader.push(format!("Skrev fil {} till {}.", e.nr, till.display()));
    Ok(Slut::Bra(rader.join("\n")))
}

fn gor(tjanst: &Tjanst, aktor: &Aktor, fall: ExporteraBokforing) -> Result<Exporterad, Slut> {
    vanta(async {
        let id = tjanst.utfor(aktor, None, fall).await?;
        let u = tjanst.exportunderlag(aktor).await?;
        let alla = exporter(&u.bokfort.bocker.medelsposter);
        let egen = alla.into_iter().find(|e| e.id == id);
        egen.ok_or_else(|| Slut::Fel("Filen finns inte.".into()))
    })
}

fn igen(u: &Underlag, nr: usize, val: &Exportval) -> Result<Slut, Slut> {
    let alla = exporter(&u.bokfort.bocker.medelsposter);
    let e = alla.iter().find(|e| e.nr == nr).ok_or_else(|| {
        Slut::Nekad(format!(
            "Fil {nr} finns inte. Det finns {}.",
            match alla.len() {
                0 => "inga filer".to_owned(),
                n => format!("fil 1 till {n}"),
            }
        ))
    })?;
    let till = val.till.as_deref().unwrap_or(Path::new(""));
    skriv_fil(till, &skriv_exportfil(&e.export)?.bytes).map_err(|fel| {
        Slut::Fel(format!(
            "Filen {} går inte att skriva: {}. Välj en annan plats.",
            till.display(),
            skal(&fel)
        ))
    })?;
    let tillbaka = match &e.tillbaka {
        Some(orsak) => format!(" Den är tagen tillbaka: {orsak}"),
        None => String::new(),
    };
    Ok(Slut::Bra(format!(
        "Skrev fil {nr} en gång till, till {}.{tillbaka}",
        till.display()
    )))
}

/// What is asked for; what is not said is proposed.
fn fallet(u: &Underlag, val: &Exportval) -> Result<ExporteraBokforing, Slut> {
    let b = &u.bokfort.bocker;
    let bidrag = match &val.bidrag {
        None => None,
        Some(slug) => {
            let finns = b.bidrag.iter().find(|x| x.slug == *slug);
            Some(finns.map(|x| x.id).ok_or_else(|| {
                Slut::Fel(format!(
                    "Bidraget {slug} finns inte. Skriv utfall bidrag för att se vilka som finns."
                ))
            })?)
        }
    };
    let forslag = u.forslag();
    let [fordran, intakt, kostnad, skuld] = val.konton;
    let forra = exporter(&b.medelsposter).pop();
    let serie = val.serie.clone().or_else(|| forra.map(|e| e.export.serie));
    Ok(ExporteraBokforing {
        urval: Exporturval {
            ar: val.ar.unwrap_or_default(),
            bidrag,
            rekvisitioner: val.bara.as_deref() != Some("fordelning"),
            fordelning: val.bara.as_deref() != Some("rekvisitioner"),
        },
        konton: Exportkonton {
            fordran: fordran.or(forslag.fordran),
            intakt: intakt.or(forslag.intakt),
            kostnad: kostnad.or(forslag.kostnad),
            skuld: skuld.or(forslag.skuld),
        },
        serie: serie.unwrap_or_default(),
        orgnr: val.orgnr.clone().unwrap_or_else(|| u.foretag().0),
        sedd: None,
    })
}

fn i_ord(v: &Verifikation) -> String {
    let rader: Vec<String> = v
        .rader
        .iter()
        .map(|r| {
            let objekt: Vec<String> = r.objekt.iter().map(|(d, o)| format!(" {d}:{o}")).collect();
            format!("\n    {}{}: {}", r.konto, objekt.concat(), Ore(r.ore))
        })
        .collect();
    format!("  {} {}{}", v.dag, v.text, rader.concat())
}

/// On the command line a field is a flag.
fn med_flagga(fel: &utfall_domain::problem::Problem) -> String {
    match &fel.falt {
        Some(falt) => format!("{fel} Ange det med --{falt}."),
        None => fel.to_string(),
    }
}
