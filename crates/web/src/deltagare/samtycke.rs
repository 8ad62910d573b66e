//! A participant's consents to that one authority tells another.

use super::blankett::{dagen, dagfalt};
use super::registrera::information;
use super::{i_formular, om_vem, ur_stigen, vagen_hit};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::registrering::{Blankett, falt, val};
use crate::svar::Svar;
use utfall_app::Brister;
use utfall_app::deltagare::{Deltagarpost, SkrivSamtycke};
use utfall_domain::deltagare::samtycke::{Informationssatt, Samtycke, Samtyckessteg, Uppgiftsslag};
use utfall_domain::id::{OrganisationId, SamtyckeId};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::FaltSlag;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// GET `/deltagare/{deltagare}/samtycke`.
pub async fn nytt_samtycke(a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    Svar::sida(&sida(&a, &post, &[]))
}

fn sida(a: &Inloggat, post: &Deltagarpost, fel: &[Problem]) -> Registrering {
    let idag = tid::dag(a.nu);
    let id = post.bild.id.to_string();
    let organisationer = || {
        let alla = post.organisationer.iter();
        let alla = alla.map(|(id, namn)| (id.to_string(), namn.clone()));
        val("Välj", alla)
    };
    let slag = Uppgiftsslag::ALLA.iter().map(|s| {
        let etikett = crate::ram::stor_forst(s.text());
        falt(a, &format!("slag-{}", s.kod()), &etikett, FaltSlag::Kryss)
    });
    let satt = Informationssatt::ALLA
        .iter()
        .map(|s| (s.kod().to_owned(), s.text().to_owned()));
    let delar = vec![
        Faltdel::rad(
            "Vem får veta?",
            vec![
                falt(a, "lamnar", "Den som får lämna ut", organisationer()),
                falt(a, "till", "Den som får veta", organisationer()),
            ],
        )
        .hjalp("Skriv ett samtycke för varje mottagare, så kan de tas tillbaka var för sig."),
        Faltdel::rad("Vad får de veta?", slag.collect()),
        Faltdel::rad(
            "När",
            vec![
                dagfalt(a, "informerad", "Fick informationen den", Some(idag)),
                falt(a, "satt", "Hur?", FaltSlag::Val(satt.collect())),
                dagfalt(a, "dag", "Samtyckte den", Some(idag)),
                dagfalt(a, "galler-till", "Gäller till och med", None).frivilligt(),
            ],
        ),
    ];
    let mut sida = Blankett {
        rubrik: "Skriv in ett samtycke".to_owned(),
        ingress: "Personen bestämmer, och kan ändra sig när som helst.",
        under: vagen_hit(post),
        mal: adress::deltagare_samtycke(&id),
        knapp: "Spara samtycket",
        foljd: "Samtycket slutar gälla senast när deltagandet slutar.",
        inte_sparat: "Samtycket sparades inte",
        avbryt: adress::deltagare(&id),
    }
    .sida(a, delar, fel);
    sida.huvud.overrad = om_vem(post);
    sida
}

fn vald(
    a: &Inloggat,
    post: &Deltagarpost,
    namn: &str,
    fel: &mut Brister,
) -> Option<OrganisationId> {
    let id = a.formular.tal(namn).and_then(OrganisationId::ny);
    let funnen = id.filter(|id| post.organisationer.iter().any(|(finns, _)| finns == id));
    fel.prova(funnen.ok_or_else(|| {
        let text = "Organisationen är inte vald.";
        let atgard = "Välj i listan. Saknas den: be administratören lägga till den.";
        Problem::ogiltigt("samtycke-organisation", text, atgard).i_falt(namn)
    }))
}

/// POST `/deltagare/{deltagare}/samtycke`.
pub async fn spara_samtycke(a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    let mut fel = Brister::default();
    let lamnar = vald(&a, &post, "lamnar", &mut fel);
    let till = vald(&a, &post, "till", &mut fel);
    if lamnar.is_some() && lamnar == till {
        let text = "Den som lämnar ut och den som får veta är samma.";
        let p = Problem::ogiltigt("samtycke-samma", text, "Välj två olika.").i_falt("till");
        fel.prova::<()>(Err(p));
    }
    let slag = Uppgiftsslag::ALLA.iter().copied();
    let slag = slag.filter(|s| a.formular.text(&format!("slag-{}", s.kod())) == "ja");
    let galler_till = match a.formular.text("galler-till") {
        "" => None,
        _ => Some(dagen(&a, &mut fel, "galler-till")),
    };
    let samtycke = Samtycke {
        lamnar: lamnar.unwrap_or(OrganisationId::FORSTA),
        till: till.into_iter().collect(),
        slag: slag.collect(),
        information: information(&a, &mut fel),
        dag: dagen(&a, &mut fel, "dag"),
        galler_till,
    };
    let fall = SkrivSamtycke {
        deltagande: post.bild.id,
        samtycke: None,
        steg: Samtyckessteg::Lamna(samtycke),
        fro: a.webb.tjanst.fro(),
        idag: tid::dag(a.nu),
    };
    match a.utfor(fall, fel).await? {
        Ok(_) => Ok(tillbaka(&post.bild.id.to_string(), "samtycke")),
        Err(fel) => Svar::formularfel(&sida(&a, &post, &fel)),
    }
}

fn tillbaka(id: &str, gjort: &str) -> Svar {
    let till = adress::deltagare(id).fraga("gjort", gjort);
    Svar::vidare(till.vid("samtycken"))
}

/// POST `/deltagare/{deltagare}/samtycke/aterkalla`.
pub async fn aterkalla_samtycke(a: Inloggat) -> Resultat {
    let id = ur_stigen(&a)?;
    let idag = tid::dag(a.nu);
    let samtycke = a.formular.tal("samtycke").and_then(SamtyckeId::ny);
    let fall = SkrivSamtycke {
        deltagande: id,
        samtycke: Some(samtycke.ok_or_else(Problem::finns_inte)?),
        steg: Samtyckessteg::Aterkalla { dag: idag },
        fro: a.webb.tjanst.fro(),
        idag,
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(_) => Ok(tillbaka(&id.to_string(), "aterkallat")),
        Err(fel) => {
            let post = i_formular(&a).await?;
            Svar::formularfel(&super::sida::sidan(&a, &post, &fel))
        }
    }
}
