//! A file that was handed over: what it had, the file again, and taking it back.

use super::{laget, over, verifikationer};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::siffror::klockslag;
use crate::svar::Svar;
use utfall_app::Brister;
use utfall_app::bokforing::{TaTillbakaExport, Underlag, skriv_exportfil};
use utfall_domain::id::MedelspostId;
use utfall_domain::medel::export::{Exporterad, exporter};
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabellsida};

async fn hamta(a: &Inloggat) -> Result<(Underlag, Exporterad), Problem> {
    let u = a.webb.tjanst.exportunderlag(&a.session.aktor).await?;
    let id = a.stig.tal("export").and_then(MedelspostId::ny);
    let alla = exporter(&u.bokfort.bocker.medelsposter);
    let egen = alla.into_iter().find(|e| Some(e.id) == id);
    Ok((u, egen.ok_or_else(Problem::finns_inte)?))
}

/// GET `/bokforing/export/{export}`.
pub async fn en(a: Inloggat) -> Resultat {
    let (u, e) = hamta(&a).await?;
    Svar::sida(&sida(&a, &u, &e, &[])?)
}

/// GET `/bokforing/export/{export}/fil`.
pub async fn fil(a: Inloggat) -> Resultat {
    let (u, e) = hamta(&a).await?;
    let skriven = skriv_exportfil(&e.export)?;
    let namn = filnamn(&u, &e);
    Ok(Svar::fil("application/octet-stream", &namn, skriven.bytes))
}

fn filnamn(u: &Underlag, e: &Exporterad) -> String {
    let slug = &u.bokfort.bocker.huvudman.slug;
    format!("{slug}-{}-fil-{}.si", e.export.ar, e.nr)
}

fn sida(
    a: &Inloggat,
    u: &Underlag,
    e: &Exporterad,
    fel: &[Problem],
) -> Result<Tabellsida, Problem> {
    let skriven = skriv_exportfil(&e.export)?;
    let mut formular = Vec::new();
    if e.tillbaka.is_none() {
        formular.push(tillbakaformular(a, e, fel));
    }
    let mut ram = a.ram();
    let falt = formular.iter().flat_map(|d| &d.falt);
    ram.fel = sammanfattning("Filen togs inte tillbaka", falt, fel);
    let fakta = fakta(u, e, &skriven.ersatta);
    Ok(Tabellsida {
        ram,
        huvud: Sidhuvud::ny(format!("Fil {} till bokföringen", e.nr), laget(e).ord).under(vec![
            over().swap_remove(0),
            Lank::ny("Lämna över till bokföringen", adress::export()),
        ]),
        besked: besked(e),
        fakta,
        delar: vec![verifikationer(u, &e.export.verifikationer, "")],
        formular,
        ..Tabellsida::default()
    })
}

fn fakta(u: &Underlag, e: &Exporterad, ersatta: &[impl std::fmt::Display]) -> Vec<Fakta> {
    let till = adress::exportfil(&e.id.to_string());
    let namn = filnamn(u, e);
    let hamta = Text::default().lank(Lank::ny(format!("Hämta {namn}"), till));
    let x = &e.export;
    let vem = u.bokfort.bocker.anvandare.get(&e.nar.1);
    let mut fakta = vec![
        Fakta::ny("Fil", hamta),
        Fakta::ny("År", x.ar.to_string()),
        Fakta::ny("Till bokföringen för", format!("{}, {}", x.namn, x.orgnr)),
        Fakta::ny(
            "Serie",
            if x.serie.is_empty() {
                "ekonomisystemet väljer".to_owned()
            } else {
                x.serie.clone()
            },
        ),
        Fakta::ny(
            "Gjord",
            format!(
                "{}, {}",
                klockslag(e.nar.0),
                vem.cloned().unwrap_or_default()
            ),
        ),
    ];
    if !ersatta.is_empty() {
        let ord: Vec<String> = ersatta.iter().map(ToString::to_string).collect();
        fakta.push(Fakta::ny("Tecken som formatet saknar", ord.join("; ")));
    }
    fakta.extend(
        e.tillbaka
            .clone()
            .map(|orsak| Fakta::ny("Varför den togs tillbaka", orsak)),
    );
    fakta
}

fn besked(e: &Exporterad) -> Vec<Besked> {
    if e.tillbaka.is_some() {
        return vec![Besked::ny(
            Allvar::Varning,
            "filen är tagen tillbaka",
            "Läs inte in den i ekonomisystemet: det den hade kommer med i nästa fil.",
        )];
    }
    vec![Besked::ny(
        Allvar::Upplysning,
        "filen är gjord",
        "Hämta den och läs in den i ekonomisystemet.",
    )]
}

fn tillbakaformular(a: &Inloggat, e: &Exporterad, fel: &[Problem]) -> Formulardel {
    let orsak = Falt::ny("orsak", "Varför tas den tillbaka?", FaltSlag::Text)
        .varde(a.formular.som_sant("orsak").unwrap_or(""));
    let till = adress::ta_tillbaka_export(&e.id.to_string());
    Formulardel::ny(
        a.ett_formular(till).med_version(e.version),
        vec![med_fel(orsak, fel)],
        "Ta tillbaka filen",
    )
    .under(
        "tillbaka",
        "Ta tillbaka filen",
        "Om den aldrig lästes in. Det den hade kommer då med i nästa fil. Är den inläst: rätta i \
         ekonomisystemet i stället.",
    )
    .andra()
}

/// POST `/bokforing/export/{export}/tillbaka`.
pub async fn tillbaka(a: Inloggat) -> Resultat {
    let (u, e) = hamta(&a).await?;
    let fall = TaTillbakaExport {
        id: e.id,
        version: a.formular.tal("version").unwrap_or(0),
        orsak: a.formular.lang("orsak"),
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(id) => Ok(Svar::vidare(adress::en_export(&id.to_string()))),
        Err(fel) => Svar::formularfel(&sida(&a, &u, &e, &fel)?),
    }
}
