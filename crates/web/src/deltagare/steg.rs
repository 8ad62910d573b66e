//! What happens to a participant: the end, what came of it, and that it was registered wrong.

use super::blankett::{
    dagen, dagfalt, falt_av, kodval, kodval_med_hjalp, kryss, kryssade, situation, situationsdelar,
    valt,
};
use super::{fyll, i_formular, om_vem, vagen_hit};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::registrering::Blankett;
use crate::svar::{Fel, Svar};
use jiff::civil::Date;
use utfall_app::Brister;
use utfall_app::deltagare::{Deltagarpost, SkrivSteg};
use utfall_domain::deltagare::deltagande::{Deltagandesteg, Lage, Uppfoljning, Uttrade, Vag};
use utfall_domain::deltagare::kodlista::Listnamn;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::Falt;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// How many steps the form was made after: those that were sent with it, or those there are.
pub(super) fn sedda(a: &Inloggat, post: &Deltagarpost) -> String {
    let sant = a.formular.som_sant("sedda").map(str::to_owned);
    sant.unwrap_or_else(|| post.bild.steg.len().to_string())
}

/// Carries out a step and goes back to the participant; inside are the faults of the form.
pub(super) async fn skriv(
    a: &Inloggat,
    post: &Deltagarpost,
    steg: Deltagandesteg,
    olasligt: Brister,
) -> Result<Result<Svar, Vec<Problem>>, Fel> {
    let gjort = match steg {
        Deltagandesteg::Borja(_) => "rattad",
        Deltagandesteg::Avsluta(_) => "avslutad",
        Deltagandesteg::FoljUpp(_) => "uppfoljd",
        Deltagandesteg::Ateruppta { .. } => "aterupptagen",
        Deltagandesteg::Felregistrera { .. } => "felregistrerad",
    };
    let fall = SkrivSteg {
        deltagande: post.bild.id,
        sedda: a.formular.tal("sedda").unwrap_or(-1),
        steg,
        fro: a.webb.tjanst.fro(),
        idag: tid::dag(a.nu),
    };
    let till = adress::deltagare(&post.bild.id.to_string()).fraga("gjort", gjort);
    Ok(a.utfor(fall, olasligt).await?.map(|()| Svar::vidare(till)))
}

/// GET `/deltagare/{deltagare}/avsluta`.
pub async fn avsluta(mut a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    if let Lage::Avslutat { uttrade, .. } = &post.deltagande.lage {
        fyll(&mut a, uttradets_falt(uttrade));
    }
    Svar::sida(&avslutssida(&a, &post, &[]))
}

fn avslutssida(a: &Inloggat, post: &Deltagarpost, fel: &[Problem]) -> Registrering {
    let idag = tid::dag(a.nu);
    let id = post.bild.id.to_string();
    let redan = matches!(post.deltagande.lage, Lage::Avslutat { .. });
    let mut sida = Blankett {
        rubrik: if redan {
            "Rätta avslutet"
        } else {
            "Avsluta deltagandet"
        }
        .to_owned(),
        ingress: "Direkt efter är inom en vecka. Det du inte vet är okänt, aldrig nej.",
        under: vagen_hit(post),
        mal: adress::avsluta_deltagare(&id),
        knapp: "Spara avslutet",
        foljd: "Sedan är det dags att följa upp efter 3, 6, 12 och 24 månader.",
        inte_sparat: "Avslutet sparades inte",
        avbryt: adress::deltagare(&id),
    }
    .sida(a, avslutets_delar(a, idag), fel);
    sida.huvud.overrad = om_vem(post);
    sida.formular = sida.formular.med_dolt("sedda", sedda(a, post));
    sida
}

fn avslutets_delar(a: &Inloggat, idag: Date) -> Vec<Faltdel> {
    let enkel =
        |namn: &str, lista: Listnamn, etikett: &str| kodval(a, (namn, lista), etikett, idag);
    let mut delar = vec![
        Faltdel::rad(
            "Avslutet",
            vec![
                dagfalt(a, "dag", "Sista dagen", Some(idag)),
                enkel(
                    "anledning",
                    Listnamn::Avslutsanledning,
                    "Varför slutar personen?",
                ),
                enkel(
                    "fullfoljande",
                    Listnamn::Fullfoljande,
                    "Fullföljdes insatsen?",
                ),
                enkel("avbrottsorsak", Listnamn::Avbrottsorsak, "Om inte, varför?").frivilligt(),
            ],
        ),
        Faltdel::ny(
            "Resultatet",
            vec![kodval_med_hjalp(
                a,
                ("sluttillstand", Listnamn::Sluttillstand),
                "Vart gick personen?",
                idag,
            )],
        ),
    ];
    delar.extend(situationsdelar(a, "direkt efter", idag));
    delar.push(
        Faltdel::rad(
            "Annat stöd på vägen",
            kryss(a, "stod", Listnamn::AnnatStod, idag),
        )
        .hjalp("Kryssa i alla som stämmer. De räknas för sig och aldrig ihop med resultatet."),
    );
    delar
}

fn uttradets_falt(u: &Uttrade) -> Vec<(String, String)> {
    let mut ut = falt_av(&u.situation);
    let orsak = u.avbrottsorsak.clone().unwrap_or_default();
    for (namn, varde) in [
        ("dag", u.dag.to_string()),
        ("anledning", u.anledning.clone()),
        ("fullfoljande", u.fullfoljande.clone()),
        ("avbrottsorsak", orsak),
        ("sluttillstand", u.sluttillstand.clone()),
    ] {
        ut.push((namn.to_owned(), varde));
    }
    ut.extend(
        u.stod
            .iter()
            .map(|kod| (format!("stod-{kod}"), "ja".to_owned())),
    );
    ut
}

/// POST `/deltagare/{deltagare}/avsluta`.
pub async fn spara_avslut(a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    let mut fel = Brister::default();
    let dag = dagen(&a, &mut fel, "dag");
    let listdag = if dag == Date::MIN {
        tid::dag(a.nu)
    } else {
        dag
    };
    let orsak = a.formular.text("avbrottsorsak");
    let uttrade = Uttrade {
        dag,
        anledning: valt(&a, &mut fel, "anledning", Listnamn::Avslutsanledning),
        fullfoljande: valt(&a, &mut fel, "fullfoljande", Listnamn::Fullfoljande),
        avbrottsorsak: (!orsak.is_empty()).then(|| orsak.to_owned()),
        sluttillstand: valt(&a, &mut fel, "sluttillstand", Listnamn::Sluttillstand),
        stod: kryssade(&a, "stod", Listnamn::AnnatStod, listdag),
        situation: situation(&a, &mut fel),
    };
    match skriv(&a, &post, Deltagandesteg::Avsluta(uttrade), fel).await? {
        Ok(svar) => Ok(svar),
        Err(fel) => Svar::formularfel(&avslutssida(&a, &post, &fel)),
    }
}

fn vagen(a: &Inloggat) -> Result<Vag, Problem> {
    Vag::av_kod(a.stig.text("vag")).ok_or_else(Problem::finns_inte)
}

/// GET `/deltagare/{deltagare}/folj-upp/{vag}`.
pub async fn folj_upp(mut a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    let vag = vagen(&a)?;
    if let Lage::Avslutat { uppfoljt, .. } = &post.deltagande.lage
        && let Some(svar) = uppfoljt.get(&vag)
    {
        fyll(&mut a, svarets_falt(svar));
    }
    Svar::sida(&uppfoljningssida(&a, (&post, vag), &[]))
}

fn svarets_falt(u: &Uppfoljning) -> Vec<(String, String)> {
    let mut ut = u.situation.as_ref().map_or_else(Vec::new, falt_av);
    ut.push(("dag".to_owned(), u.dag.to_string()));
    ut.push(("svar".to_owned(), u.svar.clone()));
    ut
}

fn uppfoljningssida(
    a: &Inloggat,
    (post, vag): (&Deltagarpost, Vag),
    fel: &[Problem],
) -> Registrering {
    let idag = tid::dag(a.nu);
    let id = post.bild.id.to_string();
    let forst: Vec<Falt> = vec![
        dagfalt(a, "dag", "Dagen det gäller", Some(idag)),
        kodval(
            a,
            ("svar", Listnamn::Uppfoljningssvar),
            "Svarade personen?",
            idag,
        ),
    ];
    let mut delar = vec![Faltdel::rad("Svaret", forst)];
    let mut efter = situationsdelar(a, "nu", idag);
    for del in &mut efter {
        for falt in &mut del.falt {
            falt.frivilligt = true;
        }
    }
    delar.extend(efter);
    let mut sida = Blankett {
        rubrik: format!("Följ upp efter {}", vag.text()),
        ingress: "Fyll i försörjning och sysselsättning bara om personen svarade.",
        under: vagen_hit(post),
        mal: adress::folj_upp(&id, vag.kod()),
        knapp: "Spara uppföljningen",
        foljd: "",
        inte_sparat: "Uppföljningen sparades inte",
        avbryt: adress::deltagare(&id),
    }
    .sida(a, delar, fel);
    sida.huvud.overrad = om_vem(post);
    sida.formular = sida.formular.med_dolt("sedda", sedda(a, post));
    sida
}

/// POST `/deltagare/{deltagare}/folj-upp/{vag}`.
pub async fn spara_uppfoljning(a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    let vag = vagen(&a)?;
    let mut fel = Brister::default();
    let dag = dagen(&a, &mut fel, "dag");
    let svar = valt(&a, &mut fel, "svar", Listnamn::Uppfoljningssvar);
    let ifyllt = [
        "forsorjning",
        "omfattning",
        "sysselsattning",
        "typ",
        "arbetstid",
    ]
    .iter()
    .any(|namn| !a.formular.text(namn).is_empty());
    // Without an answer there is nothing to read: what is filled in anyway is refused.
    let situation = (ifyllt || svar == SVARADE).then(|| situation(&a, &mut fel));
    let steg = Deltagandesteg::FoljUpp(Uppfoljning {
        vag,
        dag,
        svar,
        situation,
    });
    match skriv(&a, &post, steg, fel).await? {
        Ok(svar) => Ok(svar),
        Err(fel) => Svar::formularfel(&uppfoljningssida(&a, (&post, vag), &fel)),
    }
}

/// The code for that the person answered.
const SVARADE: &str = "svarade";

/// POST `/deltagare/{deltagare}/ateruppta`.
pub async fn ateruppta(a: Inloggat) -> Resultat {
    enkelt(a, |dag| Deltagandesteg::Ateruppta { dag }).await
}

/// POST `/deltagare/{deltagare}/felregistrera`.
pub async fn felregistrera(a: Inloggat) -> Resultat {
    enkelt(a, |dag| Deltagandesteg::Felregistrera { dag }).await
}

/// A step that is only a day.
async fn enkelt(a: Inloggat, steg: fn(Date) -> Deltagandesteg) -> Resultat {
    let post = i_formular(&a).await?;
    let mut fel = Brister::default();
    let dag = dagen(&a, &mut fel, "dag");
    match skriv(&a, &post, steg(dag), fel).await? {
        Ok(svar) => Ok(svar),
        Err(fel) => Svar::formularfel(&super::sida::sidan(&a, &post, &fel)),
    }
}
