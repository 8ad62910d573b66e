//! How a participation began: registering a participant, and putting the beginning right.

use super::blankett::{
    dagen, dagfalt, kodval, kodval_med_hjalp, kryss, kryssade, situation, situationsdelar, valt,
};
use super::{fyll, i_formular, vagen_hit};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::registrering::{Blankett, falt, val};
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::Brister;
use utfall_app::deltagare::Deltagarpost;
use utfall_domain::deltagare::deltagande::{Bakgrund, Deltagandesteg, Intrade};
use utfall_domain::deltagare::kodlista::version::gallande;
use utfall_domain::deltagare::kodlista::{Listnamn, OKANT};
use utfall_domain::kommun;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::{Faltdel, Registrering};

/// The authorities whose status is asked for.
fn myndigheter(dag: Date) -> Vec<(String, String)> {
    let lista = gallande(Listnamn::Myndighet, &[], dag);
    let koder = lista.map_or(Vec::new(), |l| l.koder_den(dag));
    koder
        .into_iter()
        .map(|k| (k.kod.clone(), k.text.clone()))
        .collect()
}

/// Sex, municipality and first day.
pub(super) fn grunden(a: &Inloggat, idag: Date, forval: Option<Date>) -> Vec<Falt> {
    let mut hemkommun = falt(a, "kommun", "Hemkommun", FaltSlag::Forslag(kommunnamn()))
        .hjalp("Kommunen där personen är folkbokförd. Är den inte känd: skriv okänd.");
    if a.formular.som_sant("kommun").is_none()
        && let Some(egen) = kommun::las(&a.session.huvudman.namn)
    {
        hemkommun = hemkommun.varde(egen.namn.clone());
    }
    vec![
        kodval(a, ("kon", Listnamn::Kon), "Kön", idag).hjalp("Som personen själv uppger."),
        hemkommun,
        dagfalt(a, "dag", "Första dagen", forval),
    ]
}

fn kommunnamn() -> Vec<String> {
    kommun::alla().iter().map(|k| k.namn.clone()).collect()
}

/// What was so before, and directly before.
pub(super) fn bakgrunden(a: &Inloggat, idag: Date) -> Vec<Faltdel> {
    let mut delar = situationsdelar(a, "direkt före start", idag);
    delar.push(Faltdel::rad(
        "Bakgrund",
        vec![
            kodval_med_hjalp(
                a,
                ("utbildning", Listnamn::Utbildningsniva),
                "Högsta avslutade utbildning",
                idag,
            ),
            kodval_med_hjalp(
                a,
                ("tid", Listnamn::TidIForsorjning),
                "Tid i offentlig försörjning",
                idag,
            ),
            kodval_med_hjalp(
                a,
                ("startlage", Listnamn::Startlage),
                "Senast i arbete eller studier",
                idag,
            ),
            kodval(
                a,
                ("remittent", Listnamn::Remittent),
                "Vem hänvisade hit?",
                idag,
            ),
        ],
    ));
    delar.push(
        Faltdel::rad("Målgrupper", kryss(a, "malgrupp", Listnamn::Malgrupp, idag))
            .hjalp("Kryssa i alla som stämmer. Inget kryss betyder att det inte är angivet."),
    );
    let status = myndigheter(idag).into_iter().map(|(kod, namn)| {
        let namn = crate::ram::stor_forst(&namn);
        kodval(
            a,
            (&format!("status-{kod}"), Listnamn::Myndighetsstatus),
            &namn,
            idag,
        )
        .frivilligt()
    });
    delar.push(
        Faltdel::rad("Läget hos myndigheterna", status.collect())
            .hjalp("Fyll i det du vet. Då syns vem som står mellan stolarna."),
    );
    delar.push(
        Faltdel::rad(
            "Det som behöver ordnas",
            kryss(a, "behov", Listnamn::Behov, idag),
        )
        .hjalp("Bara vad som behöver ordnas för att personen ska kunna delta, aldrig varför."),
    );
    delar
}

/// What the form says of the beginning.
pub(super) fn intrade(a: &Inloggat, fel: &mut Brister, idag: Date) -> Intrade {
    let dag = dagen(a, fel, "dag");
    // A list is read as it was on the first day; an unreadable day is told of by itself.
    let listdag = if dag == Date::MIN { idag } else { dag };
    let status = myndigheter(listdag).into_iter().filter_map(|(kod, _)| {
        let lage = a.formular.text(&format!("status-{kod}"));
        (!lage.is_empty()).then(|| (kod, lage.to_owned()))
    });
    Intrade {
        dag,
        kommun: hemkommunen(a, fel),
        kon: valt(a, fel, "kon", Listnamn::Kon),
        bakgrund: Bakgrund {
            utbildning: valt(a, fel, "utbildning", Listnamn::Utbildningsniva),
            tid_i_forsorjning: valt(a, fel, "tid", Listnamn::TidIForsorjning),
            startlage: valt(a, fel, "startlage", Listnamn::Startlage),
            malgrupper: kryssade(a, "malgrupp", Listnamn::Malgrupp, listdag),
            remittent: valt(a, fel, "remittent", Listnamn::Remittent),
            behov: kryssade(a, "behov", Listnamn::Behov, listdag),
            status: status.collect(),
        },
        situation: situation(a, fel),
    }
}

fn hemkommunen(a: &Inloggat, fel: &mut Brister) -> Option<String> {
    let skrivet = a.formular.text("kommun");
    if matches!(skrivet.to_lowercase().as_str(), "okänd" | "okänt" | OKANT) {
        return None;
    }
    let funnen = kommun::las(skrivet).map(|k| k.kod.clone());
    fel.prova(funnen.ok_or_else(|| {
        let text = if skrivet.is_empty() {
            "Hemkommunen är inte ifylld."
        } else {
            "Hemkommunen finns inte i listan."
        };
        let atgard = "Välj kommunen i listan. Är den inte känd: skriv okänd.";
        Problem::ogiltigt("deltagande-hemkommun", text, atgard).i_falt("kommun")
    }))
}

/// What the fields of a form about the beginning would have, of one that is registered.
pub(super) fn falt_av(i: &Intrade) -> Vec<(String, String)> {
    let mut ut = super::blankett::falt_av(&i.situation);
    let hemkommun = i.kommun.as_deref().map_or_else(
        || "okänd".to_owned(),
        |kod| kommun::av_kod(kod).map_or_else(|| kod.to_owned(), |k| k.namn.clone()),
    );
    let b = &i.bakgrund;
    for (namn, varde) in [
        ("dag", i.dag.to_string()),
        ("kommun", hemkommun),
        ("kon", i.kon.clone()),
        ("utbildning", b.utbildning.clone()),
        ("tid", b.tid_i_forsorjning.clone()),
        ("startlage", b.startlage.clone()),
        ("remittent", b.remittent.clone()),
    ] {
        ut.push((namn.to_owned(), varde));
    }
    for (myndighet, lage) in &b.status {
        ut.push((format!("status-{myndighet}"), lage.clone()));
    }
    let kryss = |namn: &str, kod: &String| (format!("{namn}-{kod}"), "ja".to_owned());
    ut.extend(b.malgrupper.iter().map(|kod| kryss("malgrupp", kod)));
    ut.extend(b.behov.iter().map(|kod| kryss("behov", kod)));
    ut
}

/// One of the initiatives whose participants one may enter.
pub(super) fn insatsval(namn: Vec<(String, String)>) -> FaltSlag {
    val("Välj", namn)
}

/// GET `/deltagare/{deltagare}/start`.
pub async fn ratta_start(mut a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    fyll(&mut a, falt_av(&post.deltagande.intrade));
    Svar::sida(&rattningssida(&a, &post, &[]))
}

fn rattningssida(a: &Inloggat, post: &Deltagarpost, fel: &[Problem]) -> Registrering {
    let idag = tid::dag(a.nu);
    let id = post.bild.id.to_string();
    let mut delar = vec![Faltdel::rad("Start", grunden(a, idag, None))];
    delar.extend(bakgrunden(a, idag));
    let mut sida = Blankett {
        rubrik: "Rätta starten".to_owned(),
        ingress: "Det som stod förut finns kvar i historiken. Siffrorna räknas om från i dag.",
        under: vagen_hit(post),
        mal: adress::deltagare_start(&id),
        knapp: "Spara rättelsen",
        foljd: "",
        inte_sparat: "Rättelsen sparades inte",
        avbryt: adress::deltagare(&id),
    }
    .sida(a, delar, fel);
    sida.formular = sida.formular.med_dolt("sedda", super::steg::sedda(a, post));
    sida
}

/// POST `/deltagare/{deltagare}/start`.
pub async fn spara_start(a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    let mut olasligt = Brister::default();
    let intrade = intrade(&a, &mut olasligt, tid::dag(a.nu));
    let steg = Deltagandesteg::Borja(intrade);
    match super::steg::skriv(&a, &post, steg, olasligt).await? {
        Ok(svar) => Ok(svar),
        Err(fel) => Svar::formularfel(&rattningssida(&a, &post, &fel)),
    }
}
