//! The mapping as a file: to keep, and to read in again or somewhere else.

use super::{Vad, med_vad, prov, sida};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::med_fel;
use crate::svar::Svar;
use utfall_app::bokforing::{Bokforing, SparaKoppling, las_koppling, skriv_koppling};
use utfall_domain::medel::kontering::Koppling;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::Formulardel;

/// GET `/bokforing/koppling/fil`.
pub async fn kopplingsfil(a: Inloggat) -> Resultat {
    let b = a.webb.tjanst.bokforing(&a.session.aktor).await?;
    let bocker = &b.bokfort.bocker;
    let json = skriv_koppling(&b.bokfort.regler(), bocker);
    let version = b.versioner.first().map_or(0, |v| v.version);
    let namn = format!("{}-koppling-{version}.json", bocker.huvudman.slug);
    Ok(Svar::fil("application/json", &namn, json.into_bytes()))
}

/// A mapping out of a file's bytes.
///
/// # Errors
/// The first of what is wrong, and how many more there are.
pub(super) fn las(json: &[u8], b: &Bokforing) -> Result<Koppling, Problem> {
    let ny = las_koppling(json, &b.bokfort.bocker).map_err(|alla| {
        let fler = alla.len().saturating_sub(1);
        let mut alla = alla.into_iter();
        let forst = alla.next().unwrap_or_else(Problem::finns_inte);
        let var = forst
            .plats
            .clone()
            .map_or_else(String::new, |p| format!("{p}: "));
        let fler = match fler {
            0 => String::new(),
            n => format!(" Det finns {n} fel till."),
        };
        let text = format!("{var}{}{fler}", forst.text);
        Problem::ogiltigt("koppling-json", crate::ram::stor_forst(&text), forst.atgard)
            .i_falt("fil")
    })?;
    b.prova_namn(&ny).map_err(|fel| fel.i_falt("fil"))?;
    Ok(ny)
}

/// The form for a file.
pub(super) fn filformular(a: &Inloggat, b: &Bokforing, vad: Vad, fel: &[Problem]) -> Formulardel {
    let falt = Falt::ny("fil", "Fil med regler", FaltSlag::Fil(".json".into()))
        .hjalp("Som den du hämtar ovanför tabellen. Den ersätter alla regler.");
    let falt = if vad == Vad::Fil {
        med_fel(falt, fel)
    } else {
        falt
    };
    let till = med_vad(a.ett_formular(adress::las_in_koppling()), Vad::Fil, b);
    Formulardel::ny(till.med_filer(), vec![falt], "Se vad som ändras")
        .under(
            "las-in",
            "Läs in reglerna ur en fil",
            "Till exempel den från ett annat förbund, eller en som ni har ändrat i.",
        )
        .andra()
}

/// POST `/bokforing/koppling/las-in`: what the file would change.
pub async fn las_in_koppling(mut a: Inloggat) -> Resultat {
    let b = a.webb.tjanst.bokforing(&a.session.aktor).await?;
    let nej = |a: &Inloggat, fel: Problem| {
        let fel = [fel.i_falt("fil")];
        Svar::formularfel(&sida(a, &b, Vad::Fil, &fel))
    };
    let Some(fil) = a.anrop.fil.take().filter(|f| !f.innehall.is_empty()) else {
        let text = "Ingen fil är vald.";
        return nej(
            &a,
            Problem::ogiltigt("koppling-ingen-fil", text, "Välj filen med reglerna."),
        );
    };
    let ny = match las(&fil.innehall, &b) {
        Ok(ny) => ny,
        Err(fel) => return nej(&a, fel),
    };
    let fall = SparaKoppling {
        sedd: b.versioner.first().map_or(0, |v| v.version),
        koppling: ny.clone(),
        orsak: "prövas".to_owned(),
        efter_avslut: false,
    };
    let (tjanst, aktor) = (a.webb.tjanst.clone(), a.session.aktor.clone());
    if let Some(fel) = tjanst
        .brister(&aktor, fall)
        .await?
        .alla()
        .into_iter()
        .next()
    {
        return nej(&a, fel);
    }
    match tjanst.prova_koppling(&aktor, ny).await {
        Ok((vill, andrade)) => {
            let json = String::from_utf8_lossy(&fil.innehall).into_owned();
            let _ = a.anrop.formular.lagg_till("json".to_owned(), json);
            Svar::sida(&prov(
                &a,
                &b,
                (Vad::Fil, vill.okopplade.len()),
                &andrade,
                &[],
            ))
        }
        Err(fel) => nej(&a, fel),
    }
}
