//! Granskning: the findings, and one finding.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::fynd;
use crate::insatser::{med_fel, mening};
use crate::las;
use crate::siffror::{antal, dag};
use crate::svar::{Fel, Svar};
use std::collections::BTreeMap;
use utfall_app::Bok;
use utfall_app::granskning::{AccepteraFynd, Funnet};
use utfall_behorighet::Atgard;
use utfall_domain::granskning::{Allvar, Regel};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning};
use utfall_vyer::komponent::{Flik, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;
use utfall_vyer::tabell::RadSlag;
use utfall_vyer::tal::{TalVy, heltal};

const SLAG: [(Allvar, &str); 3] = [
    (Allvar::Fel, "Fel"),
    (Allvar::Varning, "Varningar"),
    (Allvar::Upplysning, "Upplysningar"),
];

/// GET `/granskning`.
pub async fn oversikt(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funna = a.webb.tjanst.granska(&a.session.aktor).await?;
    let papper = a.fraga.text("papper");
    let slag = a.fraga.text("slag");
    let i_papper: Vec<&Funnet> = funna
        .iter()
        .filter(|f| papper.is_empty() || f.fynd.dokument == papper)
        .collect();
    let visade: Vec<&Funnet> = i_papper
        .iter()
        .copied()
        .filter(|f| slag.is_empty() || f.fynd.allvar.kod() == slag)
        .collect();
    let sida = sidor::Granskning {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Granskning", ingress(&i_papper))
            .overrad(format!("Granskat den {}", dag(tid::dag(a.nu)))),
        nyckeltal: nyckeltal(&i_papper).into(),
        flikar: flikar(&i_papper, papper, slag),
        papper: pappersval(&bok, &funna, papper),
        grupper: grupper(&bok, &visade),
    };
    Svar::sida(&sida)
}

fn antal_av(funna: &[&Funnet], allvar: Allvar) -> usize {
    funna.iter().filter(|f| f.fynd.allvar == allvar).count()
}

/// What still waits for somebody: a warning with an explanation does not.
fn antal_kvar(funna: &[&Funnet], allvar: Allvar) -> usize {
    let kvar = funna.iter().filter(|f| f.accepterat.is_none());
    kvar.filter(|f| f.fynd.allvar == allvar).count()
}

fn ingress(funna: &[&Funnet]) -> String {
    if funna.is_empty() {
        return "Allt som går att räkna efter stämmer.".to_owned();
    }
    let fel = antal(antal_kvar(funna, Allvar::Fel), "Inga fel", "Ett fel", "fel");
    let varningar = antal(
        antal_kvar(funna, Allvar::Varning),
        "inga varningar",
        "en varning",
        "varningar",
    );
    format!(
        "{fel} ska rättas eller förklaras. {} kan accepteras med en förklaring.",
        crate::ram::stor_forst(&varningar)
    )
}

fn nyckeltal(funna: &[&Funnet]) -> Vec<Nyckeltal> {
    let tal = |n: usize| TalVy::utan_lank(heltal(i64::try_from(n).unwrap_or(i64::MAX)));
    SLAG.iter()
        .map(|(allvar, rubrik)| {
            let villkor = match allvar {
                Allvar::Fel => "rättas eller förklaras",
                Allvar::Varning => "kan accepteras",
                Allvar::Upplysning => "behöver inget göras åt",
            };
            let href = adress::granskning().fraga("slag", allvar.kod());
            Nyckeltal::ny(*rubrik, tal(antal_kvar(funna, *allvar)).lank(href), villkor)
        })
        .collect()
}

fn flikar(funna: &[&Funnet], papper: &str, slag: &str) -> Vec<Flik> {
    let href = |slag: &str| {
        let adress = adress::granskning();
        let adress = if slag.is_empty() {
            adress
        } else {
            adress.fraga("slag", slag)
        };
        if papper.is_empty() {
            adress
        } else {
            adress.fraga("papper", papper)
        }
    };
    let mut ut = vec![Flik::ny(
        format!("Alla {}", funna.len()),
        href(""),
        slag.is_empty(),
    )];
    ut.extend(SLAG.iter().map(|(allvar, ord)| {
        let kod = allvar.kod();
        Flik::ny(
            format!("{ord} {}", antal_av(funna, *allvar)),
            href(kod),
            slag == kod,
        )
    }));
    ut
}

fn pappersval(bok: &Bok, funna: &[Funnet], valt: &str) -> Option<(String, Falt)> {
    let mut val = vec![(String::new(), "Alla papper".to_owned())];
    for u in &bok.underlag {
        val.push((u.dokument.clone(), u.titel.clone()));
    }
    if funna.iter().any(|f| f.fynd.dokument == fynd::REGISTRET) {
        val.push((
            fynd::REGISTRET.to_owned(),
            "Registrerat för hand".to_owned(),
        ));
    }
    if val.len() < 3 {
        return None;
    }
    let falt = Falt::ny("papper", "Papper", FaltSlag::Val(val))
        .varde(valt)
        .frivilligt();
    Some((adress::granskning().into(), falt))
}

fn grupper(bok: &Bok, visade: &[&Funnet]) -> Vec<sidor::FyndGrupp> {
    let mut per_papper: BTreeMap<&str, Vec<&Funnet>> = BTreeMap::new();
    for funnet in visade {
        per_papper
            .entry(&funnet.fynd.dokument)
            .or_default()
            .push(funnet);
    }
    per_papper
        .into_iter()
        .map(|(dokument, fynd)| sidor::FyndGrupp {
            id: format!("papper-{dokument}"),
            rubrik: titel(bok, dokument),
            under: SLAG
                .iter()
                .map(|(allvar, ord)| (antal_av(&fynd, *allvar), *allvar, *ord))
                .filter(|(n, ..)| *n > 0)
                .map(|(n, allvar, ord)| match (n, allvar) {
                    (1, Allvar::Varning) => "1 varning".to_owned(),
                    (1, Allvar::Upplysning) => "1 upplysning".to_owned(),
                    _ => format!("{n} {}", ord.to_lowercase()),
                })
                .collect::<Vec<_>>()
                .join(", ")
                + ".",
            fynd: fynd.iter().map(|f| fynd::rad(bok, f)).collect(),
        })
        .collect()
}

fn titel(bok: &Bok, dokument: &str) -> String {
    las::underlag(bok, dokument)
        .map_or_else(|_| "Registrerat för hand".to_owned(), |u| u.titel.clone())
}

/// GET `/granskning/{underlag}/{nyckel}`.
pub async fn ett(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funnet = hitta(&a).await?;
    Svar::sida(&fyndsida(&a, &bok, &funnet, None))
}

async fn hitta(a: &Inloggat) -> Result<Funnet, Fel> {
    let (dokument, nyckel) = (a.stig.text("underlag"), a.stig.text("nyckel"));
    let funna = a.webb.tjanst.granska(&a.session.aktor).await?;
    let funnet = funna
        .into_iter()
        .find(|f| f.fynd.dokument == dokument && f.nyckel == nyckel);
    Ok(funnet.ok_or_else(Problem::finns_inte)?)
}

fn fyndsida(a: &Inloggat, bok: &Bok, funnet: &Funnet, fel: Option<&Problem>) -> sidor::Fynd {
    let f = &funnet.fynd;
    let papper = adress::ett_underlag(&f.dokument).to_string();
    let tal = |varde: Option<utfall_domain::granskning::FyndVarde>| {
        varde.map(|v| TalVy::utan_lank(fynd::text(v, f.enhet)).lank(format!("{papper}#fynd")))
    };
    let acceptera = acceptera_formular(a, funnet, fel);
    let mut ram = a.ram();
    if let (Some(fel), Some((_, falt))) = (fel, &acceptera) {
        let rubrik = "Fyndet accepterades inte";
        ram.fel = Felsammanfattning::av(rubrik, [falt])
            .or_else(|| Some(Felsammanfattning::utan_falt(rubrik, mening(fel))));
    }
    sidor::Fynd {
        ram,
        huvud: Sidhuvud::ny(rubrik(&f.text), f.text.clone())
            .overrad(format!("{} · {}", titel(bok, &f.dokument), f.plats))
            .under(vec![Lank::ny("Granskning", adress::granskning())]),
        allvar: fynd::allvar(f.allvar),
        angivet: tal(f.angivet),
        beraknat: tal(f.beraknat),
        skillnad: tal(f.skillnad),
        enhet: fynd::enhet(f.enhet).to_owned(),
        rader: f
            .rader
            .iter()
            .map(|rad| underlagsrad(funnet, rad))
            .collect(),
        mojligt: Vec::new(),
        atgard: vec![Text::from(f.atgard.clone())],
        varfor: varfor(f.regel),
        regel: Lank::ny(f.regel, adress::hjalp().vid(f.regel)),
        accepterad: funnet.accepterat.as_ref().map(|acc| sidor::Accepterad {
            av: format!(
                "{}, {}",
                fynd::namn(bok, acc.registrerad_av),
                dag(tid::dag(acc.registrerad))
            ),
            motivering: acc.motivering.clone(),
            aterta: None,
        }),
        acceptera,
    }
}

/// The finding's first sentence, for the heading.
fn rubrik(text: &str) -> String {
    let slut = text.find(". ").map_or(text.len(), |nr| nr);
    text.get(..slut)
        .unwrap_or(text)
        .trim_end_matches('.')
        .to_owned()
}

fn varfor(regel: &str) -> String {
    Regel::med_kod(regel).map_or_else(String::new, |r| r.varfor.to_owned())
}

fn underlagsrad(funnet: &Funnet, rad: &utfall_domain::granskning::Rad) -> sidor::FyndUnderlag {
    let href = if funnet.underlag.is_some() {
        let ankare = crate::underlag::ankare(&rad.sokvag);
        adress::underlagsrad(&funnet.fynd.dokument, &ankare).into()
    } else {
        fynd::href(funnet)
    };
    sidor::FyndUnderlag {
        slag: RadSlag::Vanlig,
        namn: rad.etikett.clone(),
        star: rad.varde.clone(),
        plats: Text::default().lank(Lank::ny(rad.plats.clone(), href.clone()).om(&rad.etikett)),
        varde: TalVy::ny(rad.varde.clone(), href),
    }
}

fn acceptera_formular(
    a: &Inloggat,
    funnet: &Funnet,
    fel: Option<&Problem>,
) -> Option<(utfall_vyer::formular::Formular, Falt)> {
    let gar = a.far(Atgard::AccepteraFynd)
        && funnet.fynd.allvar != Allvar::Fel
        && funnet.accepterat.is_none()
        && funnet.underlag.is_some();
    gar.then(|| {
        let formular = a.ett_formular(adress::fynd(&funnet.fynd.dokument, &funnet.nyckel));
        let falt = Falt::ny("motivering", "Varför kan det stå så?", FaltSlag::Lang(3))
            .hjalp("Skriv så att den som läser om ett år förstår.")
            .varde(a.formular.text("motivering"));
        (formular, med_fel(falt, fel))
    })
}

/// POST `/granskning/{underlag}/{nyckel}`.
pub async fn acceptera(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funnet = hitta(&a).await?;
    let fall = AccepteraFynd {
        underlag: funnet.underlag.ok_or_else(Problem::finns_inte)?,
        nyckel: funnet.nyckel.clone(),
        motivering: a.formular.lang("motivering"),
    };
    match a
        .webb
        .tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(()) => Ok(Svar::vidare(adress::fynd(
            &funnet.fynd.dokument,
            &funnet.nyckel,
        ))),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => {
            Svar::formularfel(&fyndsida(&a, &bok, &funnet, Some(&fel)))
        }
        Err(fel) => Err(fel.into()),
    }
}
