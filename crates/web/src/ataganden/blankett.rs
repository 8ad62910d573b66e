//! The form of a commitment: new, and changed.

use super::ett::{insatsens_namn, valt};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::medelsfalt::{
    beslut, dag, efter_avslut_och_varfor, kalla_och_varfor, sagt_efter_avslut, valt_beslut,
};
use crate::ram::stor_forst;
use crate::registrering::{Blankett, falt, orsaksfalt, tal, val};
use crate::rutter::Metod;
use crate::svar::Svar;
use std::collections::BTreeSet;
use utfall_app::medel::RegistreraAtagande;
use utfall_app::{Bok, Brister};
use utfall_domain::id::{InsatsId, MedelspostId};
use utfall_domain::medel::atagande::{Ansokan, Atagande, Atagandelage, utlysningar};
use utfall_domain::medel::post::Medelspost;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// How many years ahead there is room for.
const AREN: i16 = 5;

/// The commitment that is changed.
type Fore<'a> = Option<(&'a Medelspost, &'a Atagande)>;

/// GET `/ataganden/nytt`.
pub async fn nytt(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&sidan(&a, &bok, None, &[]))
}

/// GET `/ataganden/{atagande}/andra`.
pub async fn andra(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let poster = bok.poster();
    let fore = valt(&a, &poster)?;
    Svar::sida(&sidan(&a, &bok, Some(fore), &[]))
}

/// POST `/ataganden/nytt`.
pub async fn skriv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    utfor(&a, &bok, None).await
}

/// POST `/ataganden/{atagande}/andra`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let poster = bok.poster();
    let fore = valt(&a, &poster)?;
    utfor(&a, &bok, Some(fore)).await
}

async fn utfor(a: &Inloggat, bok: &Bok, fore: Fore<'_>) -> Resultat {
    let mut olasligt = Brister::default();
    let f = &a.formular;
    let insats = match fore.and_then(|(p, _)| p.post.om.insats) {
        Some(id) => Ok(id),
        None => bok
            .insatser
            .iter()
            .find(|i| i.slug == f.text("insats"))
            .map(|i| i.id)
            .ok_or_else(|| {
                let fel = "Det saknas vilken insats det gäller.";
                Problem::ogiltigt("insats-vald", fel, "Välj insatsen i listan.").i_falt("insats")
            }),
    };
    let lage = Atagandelage::av_kod(f.text("lage")).ok_or_else(|| {
        let fel = "Det saknas hur säkra pengarna är.";
        Problem::ogiltigt("atagande-lage", fel, "Välj i listan.").i_falt("lage")
    });
    let mut belopp = Vec::new();
    let mut fordelade = Vec::new();
    for ar in aren(a, fore) {
        let namn = format!("belopp-{ar}");
        if !f.text(&namn).is_empty()
            && let Some((varde, _)) = olasligt.prova(tal::pengar(f.text(&namn), "kr", &namn))
        {
            belopp.push((ar, varde.kant().unwrap_or(0)));
        }
        if f.text(&format!("fordelat-{ar}")) == "ja" {
            fordelade.push(ar);
        }
    }
    // Anything may stand for what cannot be read: nothing is saved then.
    let fall = RegistreraAtagande {
        fore: fore.map(|(p, _)| (p.post.sak, f.tal("version").unwrap_or(0))),
        insats: olasligt.prova(insats).unwrap_or(InsatsId::FORSTA),
        atagande: Atagande {
            lage: olasligt.prova(lage).unwrap_or(Atagandelage::Ansokt),
            belopp,
            ansokan: Ansokan {
                namn: f.lang("ansokan"),
                lamnas_senast: olasligt.prova(dag(a, "lamnas-senast")).flatten(),
                utlysning: f.tal("utlysning").and_then(MedelspostId::ny),
            },
            fordelade,
        },
        beslut: valt_beslut(a, &mut olasligt),
        orsak: olasligt.prova(kalla_och_varfor(a)).unwrap_or_default(),
        efter_avslut: sagt_efter_avslut(a),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(sak) => Ok(Svar::vidare(adress::ett_atagande(&sak.to_string()))),
        Err(fel) => Svar::formularfel(&sidan(a, bok, fore, &fel)),
    }
}

/// The years of the form: this one and those to come, and those that something is said of.
fn aren(a: &Inloggat, fore: Fore<'_>) -> BTreeSet<i16> {
    let i_ar = tid::dag(a.nu).year();
    let mut aren: BTreeSet<i16> = (i_ar..i_ar.saturating_add(AREN)).collect();
    aren.extend(
        fore.iter()
            .flat_map(|(_, x)| x.belopp.iter().map(|(ar, _)| *ar)),
    );
    aren
}

/// A field as typed, or as it is saved when the form is opened.
fn ifyllt(a: &Inloggat, f: Falt, nu: impl Into<String>) -> Falt {
    match a.rutt.metod {
        Metod::Post => f,
        Metod::Get => f.varde(nu),
    }
}

fn sidan(a: &Inloggat, bok: &Bok, fore: Fore<'_>, fel: &[Problem]) -> Registrering {
    let (rubrik, mal, avbryt) = match fore {
        None => (
            "Skriv in ett åtagande".to_owned(),
            adress::nytt_atagande(),
            adress::ataganden(),
        ),
        Some((p, _)) => {
            let sak = p.post.sak.to_string();
            (
                format!("Ändra åtagandet till {}", insatsens_namn(bok, p)),
                adress::andra_atagande(&sak),
                adress::ett_atagande(&sak),
            )
        }
    };
    let delar = delarna(a, bok, fore, fel);
    let mut sida = Blankett {
        rubrik,
        ingress: "Pengar som är utlovade till en insats kommande år, eller som ni hoppas på.",
        under: vec![
            Lank::ny("Medel", adress::medel()),
            Lank::ny("Åtaganden", adress::ataganden()),
        ],
        mal,
        knapp: "Spara åtagandet",
        foljd: "Bara det som är godkänt eller beslutat binder pengar.",
        inte_sparat: "Åtagandet sparades inte",
        avbryt,
    }
    .sida(a, delar, fel);
    if let Some((p, _)) = fore {
        let version = match a.rutt.metod {
            Metod::Post => a.formular.tal("version").unwrap_or(0),
            Metod::Get => p.post.nr,
        };
        sida.formular = sida.formular.med_version(version);
    }
    sida
}

/// The parts of the form.
fn delarna(a: &Inloggat, bok: &Bok, fore: Fore<'_>, fel: &[Problem]) -> Vec<Faltdel> {
    let mut beslutsdel = Faltdel::ny("Beslutet", beslut(a, bok, None, fel)).hjalp(
        "Behövs när pengarna är godkända eller beslutade. För en ansökan utan svar lämnar du det \
         tomt.",
    );
    if let (Some((p, _)), Some(forst)) = (fore, beslutsdel.falt.first_mut()) {
        let nu = p.post.om.beslut.map(|id| id.to_string());
        *forst = ifyllt(a, std::mem::take(forst), nu.unwrap_or_default());
    }
    if let Some(forst) = beslutsdel.falt.first_mut() {
        *forst = std::mem::take(forst).frivilligt();
    }
    let mut delar = vec![
        Faltdel::ny("", om(a, bok, fore)),
        Faltdel::rad("Belopp i kronor, år för år", belopp(a, fore))
            .hjalp("Fyll i de år som gäller och lämna resten tomma."),
    ];
    let kryss = fordelade(a, fore);
    if !kryss.is_empty() {
        delar.push(
            Faltdel::ny("Står pengarna i fördelningen nu?", kryss)
                .hjalp("Kryssa för de år som är fördelade. Då räknas pengarna där, och inte här."),
        );
    }
    delar.push(beslutsdel);
    let mut kalla = vec![orsaksfalt(a)];
    kalla.extend(efter_avslut_och_varfor(a, fel));
    delar.push(Faltdel::ny("Källa", kalla));
    delar
}

fn om(a: &Inloggat, bok: &Bok, fore: Fore<'_>) -> Vec<Falt> {
    let mut ut = Vec::new();
    if fore.is_none() {
        let insatser = bok.insatser.iter().filter(|i| !i.reserv);
        let insatser = insatser.map(|i| (i.slug.clone(), i.namn.clone()));
        ut.push(falt(
            a,
            "insats",
            "Till vilken insats?",
            val("Välj", insatser),
        ));
    }
    let lagen = Atagandelage::ALLA.iter();
    let lagen = lagen.filter(|l| fore.is_some() || **l != Atagandelage::Utgatt);
    let lagen = lagen.map(|l| (l.kod().to_owned(), stor_forst(l.text())));
    let x = fore.map(|(_, x)| x);
    let kod = x.map_or("", |x| x.lage.kod());
    let namn = x.map_or("", |x| x.ansokan.namn.as_str());
    let senast = x.and_then(|x| x.ansokan.lamnas_senast);
    let utlysning = x.and_then(|x| x.ansokan.utlysning);
    let lage = falt(a, "lage", "Hur säkra är pengarna?", val("Välj", lagen));
    ut.push(ifyllt(a, lage, kod));
    let ansokan = falt(
        a,
        "ansokan",
        "Vilken ansökan hänger det på?",
        FaltSlag::Text,
    )
    .hjalp("Ansökans namn eller diarienummer. Behövs tills den är avgjord.")
    .frivilligt();
    ut.push(ifyllt(a, ansokan, namn));
    let dag = falt(a, "lamnas-senast", "Ska lämnas in senast", FaltSlag::Datum)
        .hjalp("Fristen visas på Start tills ansökan är inlämnad.")
        .frivilligt();
    ut.push(ifyllt(
        a,
        dag,
        senast.map(|d| d.to_string()).unwrap_or_default(),
    ));
    let poster = bok.poster();
    let alla = utlysningar(&poster);
    if !alla.is_empty() {
        let alla = alla
            .iter()
            .map(|(p, u)| (p.post.sak.to_string(), u.namn.clone()));
        let vald = falt(a, "utlysning", "Utlysning", val("Ingen", alla)).frivilligt();
        ut.push(ifyllt(
            a,
            vald,
            utlysning.map(|id| id.to_string()).unwrap_or_default(),
        ));
    }
    ut
}

fn belopp(a: &Inloggat, fore: Fore<'_>) -> Vec<Falt> {
    aren(a, fore)
        .into_iter()
        .map(|ar| {
            let nu = fore.and_then(|(_, x)| x.under(ar));
            let nu = nu.map(|ore| Ore(ore).to_string()).unwrap_or_default();
            let namn = format!("belopp-{ar}");
            ifyllt(a, falt(a, &namn, &ar.to_string(), FaltSlag::Tal), nu).frivilligt()
        })
        .collect()
}

/// The years that may stand in a distribution by now: bound, with an amount.
fn fordelade(a: &Inloggat, fore: Fore<'_>) -> Vec<Falt> {
    let Some((_, x)) = fore.filter(|(_, x)| x.lage.binder()) else {
        return Vec::new();
    };
    let mut aren: Vec<i16> = x.belopp.iter().map(|(ar, _)| *ar).collect();
    aren.sort_unstable();
    aren.into_iter()
        .map(|ar| {
            let nu = if x.fordelade.contains(&ar) { "ja" } else { "" };
            let namn = format!("fordelat-{ar}");
            let etikett = format!("{ar} års belopp är fördelat");
            ifyllt(a, falt(a, &namn, &etikett, FaltSlag::Kryss), nu).frivilligt()
        })
        .collect()
}
