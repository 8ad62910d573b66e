//! Granskning: the findings, and one finding.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, mening};
use crate::fynd;
use crate::harledning::om_faktum;
use crate::las;
use crate::siffror::{antal, dag};
use crate::svar::{Fel, Svar};
use std::collections::BTreeMap;
use utfall_app::Bok;
use utfall_app::granskning::{AccepteraFynd, Funnet, Fyndlage};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::Faktum;
use utfall_domain::granskning::{Allvar, Fynd, Regel};
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

/// Facts that are named on a finding's page.
const FLEST_FAKTA: usize = 6;

/// GET `/granskning`.
pub async fn oversikt(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funna = a.webb.tjanst.granska_per(&a.session.aktor, a.per()).await?;
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
        huvud: Sidhuvud::ny("Granskning", ingress(&bok, &i_papper)).overrad(granskat(&a)),
        nyckeltal: nyckeltal(&a, &i_papper).into(),
        flikar: flikar(&a, &i_papper, papper, slag),
        papper: pappersval(&bok, &funna, papper),
        grupper: grupper(&bok, &visade),
    };
    Svar::sida(&sida)
}

/// The day the findings are of.
fn granskat(a: &Inloggat) -> String {
    match a.per() {
        Some(per) => format!("Som det var den {}", dag(per.0)),
        None => format!("Granskat den {}", dag(tid::dag(a.nu))),
    }
}

/// The list's address, as of the same day.
fn listan(a: &Inloggat) -> adress::Adress {
    match a.per() {
        Some(per) => adress::granskning().fraga("per", &per.0.to_string()),
        None => adress::granskning(),
    }
}

fn antal_av(funna: &[&Funnet], allvar: Allvar) -> usize {
    funna.iter().filter(|f| f.fynd.allvar == allvar).count()
}

/// What still waits for somebody: a warning with an explanation does not.
fn antal_kvar(funna: &[&Funnet], allvar: Allvar) -> usize {
    let kvar = funna.iter().filter(|f| f.kvar());
    kvar.filter(|f| f.fynd.allvar == allvar).count()
}

fn ingress(bok: &Bok, funna: &[&Funnet]) -> String {
    if bok.fakta.is_empty() && bok.underlag.is_empty() {
        return "Här finns inget att granska än. Granskningen läser det som läses in eller \
                registreras."
            .to_owned();
    }
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
        "{fel} ska rättas. {} kan accepteras med en förklaring.",
        crate::ram::stor_forst(&varningar)
    )
}

fn nyckeltal(a: &Inloggat, funna: &[&Funnet]) -> Vec<Nyckeltal> {
    let tal = |n: usize| TalVy::utan_lank(heltal(i64::try_from(n).unwrap_or(i64::MAX)));
    SLAG.iter()
        .map(|(allvar, rubrik)| {
            let villkor = match allvar {
                Allvar::Fel => "ska rättas",
                Allvar::Varning => "kan accepteras",
                Allvar::Upplysning => "behöver inget göras åt",
            };
            let href = listan(a).fraga("slag", allvar.kod());
            Nyckeltal::ny(*rubrik, tal(antal_kvar(funna, *allvar)).lank(href), villkor)
        })
        .collect()
}

fn flikar(a: &Inloggat, funna: &[&Funnet], papper: &str, slag: &str) -> Vec<Flik> {
    let href = |slag: &str| {
        let adress = listan(a);
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
    for u in bok.gallande_underlag(bok.per_dag()) {
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
    let funnet = hitta(&a, &bok).await?;
    Svar::sida(&fyndsida(&a, &bok, &funnet, None))
}

/// Among the papers that hold; then, for who follows an old link, in replaced versions, the
/// newest first.
async fn hitta(a: &Inloggat, bok: &Bok) -> Result<Funnet, Fel> {
    let (dokument, nyckel) = (a.stig.text("underlag"), a.stig.text("nyckel"));
    let ratt = |f: &Funnet| f.fynd.dokument == dokument && f.nyckel == nyckel;
    let tjanst = &a.webb.tjanst;
    let funna = tjanst.granska_per(&a.session.aktor, a.per()).await?;
    if let Some(funnet) = funna.into_iter().find(ratt) {
        return Ok(funnet);
    }
    let ersatta = bok
        .underlag
        .iter()
        .rev()
        .filter(|u| u.dokument == dokument && bok.ersatt_av(u.id, bok.per_dag()).is_some());
    for u in ersatta {
        let funna = tjanst.fynd_i_papper(&a.session.aktor, bok, u.id).await?;
        if let Some(funnet) = funna.into_iter().find(ratt) {
            return Ok(funnet);
        }
    }
    Err(Problem::finns_inte().into())
}

fn fyndsida(a: &Inloggat, bok: &Bok, funnet: &Funnet, fel: Option<&Problem>) -> sidor::Fynd {
    let f = &funnet.fynd;
    let papper = papperets_sida(bok, funnet);
    let tal = |varde: Option<utfall_domain::granskning::FyndVarde>| {
        varde.map(|v| TalVy::utan_lank(fynd::text(v, f.enhet)).lank(papper.clone()))
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
        huvud: Sidhuvud::ny(fynd::titel(f.regel), ingressen(f))
            .overrad(format!("{} · {}", titel(bok, &f.dokument), f.plats))
            .under(vec![Lank::ny("Granskning", adress::granskning())]),
        allvar: fynd::allvar(f.allvar),
        for_hand: funnet.underlag.is_none(),
        angivet: tal(f.angivet),
        beraknat: tal(f.beraknat),
        skillnad: tal(f.skillnad),
        enhet: fynd::enhet(f.enhet).to_owned(),
        rader: f
            .rader
            .iter()
            .enumerate()
            .map(|(nr, rad)| underlagsrad(bok, funnet, (nr, rad)))
            .collect(),
        mojligt: f.mojligt.clone(),
        atgard: atgarder(a, bok, funnet),
        varfor: varfor(f.regel),
        regel: Lank::ny(fynd::titel(f.regel), adress::hjalp().vid(f.regel)),
        avklarat: avklarat(bok, funnet),
        accepterad: match &funnet.lage {
            Fyndlage::Forklarat(acc) => Some(sidor::Accepterad {
                av: format!(
                    "{}, {}",
                    fynd::namn(bok, acc.registrerad_av),
                    dag(tid::dag(acc.registrerad))
                ),
                motivering: acc.motivering.clone(),
                aterta: None,
            }),
            _ => None,
        },
        acceptera,
    }
}

/// The findings on the page of the version that the finding is in; what stands in no paper
/// has its own page only.
fn papperets_sida(bok: &Bok, funnet: &Funnet) -> String {
    let huvud = funnet.underlag.and_then(|id| bok.underlag(id));
    huvud.map_or_else(
        || fynd::href(funnet),
        |u| format!("{}#fynd", adress::underlagets_sida(bok, u)),
    )
}

/// The finding's text without what stands by itself further down.
fn ingressen(f: &Fynd) -> String {
    let utan = |text: String, mening: &String| {
        // The list may say the same sentence with the amounts in it.
        let kort = mening.split(':').next().unwrap_or(mening);
        let text = text.replace(&format!(" {mening}"), "");
        text.replace(&format!(" {kort}."), "")
    };
    f.mojligt.iter().fold(f.text.clone(), utan)
}

/// How it was settled, with the way to what settled it.
fn avklarat(bok: &Bok, funnet: &Funnet) -> Option<(String, Text)> {
    match &funnet.lage {
        Fyndlage::Kvar | Fyndlage::Forklarat(_) => None,
        Fyndlage::Rattat(rattelser) => {
            let fakta = rattelser.iter().take(FLEST_FAKTA);
            let fakta = fakta.filter_map(|id| bok.fakta.iter().find(|f| f.id == *id));
            let mut text = Text::default();
            for f in fakta {
                let nar = dag(tid::dag(f.registrerad));
                let orsak = f.fakta.orsak.clone().unwrap_or_default();
                let av = fynd::namn(bok, f.registrerad_av);
                text = text
                    .lank(faktalank(bok, f, crate::rattelse::tillbaka(f)))
                    .ord(format!(", rättad {nar} av {av}: ”{orsak}”. "));
            }
            let text = text.ord(
                "Med det insatt i papperet går det ihop. Papperet självt är lika fel som förut.",
            );
            Some((fynd::RATTAT.to_owned(), text))
        }
        Fyndlage::Ersatt(ny) => {
            let text = bok.underlag(*ny).map_or_else(Text::default, |u| {
                let nar = dag(tid::dag(u.registrerad));
                let sida = adress::underlagets_sida(bok, u);
                Text::from(format!("Den nya versionen lästes in {nar}: "))
                    .lank(Lank::ny(u.titel.clone(), sida))
                    .ord(".")
            });
            Some((fynd::ERSATT.to_owned(), text))
        }
    }
}

/// What the person can do: what the rule says, and the ways there are in the system.
fn atgarder(a: &Inloggat, bok: &Bok, funnet: &Funnet) -> Vec<Text> {
    let mut ut = vec![Text::from(funnet.fynd.atgard.clone())];
    if !funnet.kvar() {
        return ut;
    }
    if a.far(Atgard::RattaFaktum) {
        let bakom = funnet.bakom.iter().take(FLEST_FAKTA);
        let fakta: Vec<&Faktum> = bakom.filter_map(|id| bok.faktum(*id)).collect();
        if !fakta.is_empty() {
            let mut text = Text::from(match funnet.underlag {
                Some(_) => "Går papperet inte att ändra: rätta uppgiften i böckerna. ",
                None => "Rätta den uppgift som är fel: ",
            });
            for (nr, f) in fakta.into_iter().enumerate() {
                let mellan = if nr == 0 { "" } else { ", " };
                let sida = adress::ratta(&f.id.to_string());
                text = text.ord(mellan).lank(faktalank(bok, f, sida));
            }
            ut.push(text.ord("."));
        }
    }
    if a.far(Atgard::ImporteraUnderlag) && funnet.underlag.is_some() {
        let sida = adress::importera();
        ut.push(
            Text::from("Finns papperet i en rättad version: ")
                .lank(Lank::ny("läs in den och ersätt den tidigare", sida))
                .ord("."),
        );
    }
    ut
}

fn faktalank(bok: &Bok, f: &Faktum, sida: adress::Adress) -> Lank {
    let slag = crate::ram::stor_forst(f.fakta.slag.text());
    Lank::ny(format!("{slag}, {}", om_faktum(bok, f).0), sida)
}

/// What the rule is about, in a few words.
fn varfor(regel: &str) -> String {
    Regel::med_kod(regel).map_or_else(String::new, |r| r.varfor.to_owned())
}

fn underlagsrad(
    bok: &Bok,
    funnet: &Funnet,
    (nr, rad): (usize, &utfall_domain::granskning::Rad),
) -> sidor::FyndUnderlag {
    let ankare = crate::underlag::ankare(&rad.sokvag);
    let papper = match &rad.dokument {
        Some(annat) => las::underlag(bok, annat).ok(),
        None => funnet.underlag.and_then(|id| bok.underlag(id)),
    };
    // What stands in no paper stands in the books: the first of its facts, among the others.
    let bakom = funnet.radernas.get(nr).and_then(|fakta| fakta.first());
    let faktum = bakom.and_then(|id| bok.faktum(*id));
    let href = match (papper, faktum) {
        (Some(u), _) => adress::underlagsrad(bok, u, &ankare).into(),
        (None, Some(f)) => crate::rattelse::tillbaka(f).into(),
        (None, None) => fynd::href(funnet),
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
        && funnet.kvar()
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
    let funnet = hitta(&a, &bok).await?;
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
