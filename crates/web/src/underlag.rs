//! Underlag: the papers, one paper, and reading one more.

mod import;
mod uppgifter;

pub use import::{formular, las_in};
pub use uppgifter::{ankare, ankare_for_id, del_med};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::fynd;
use crate::las;
use crate::siffror::{antal, kort_dag};
use crate::svar::Svar;
use utfall_app::granskning::Funnet;
use utfall_behorighet::Atgard;
use utfall_domain::bocker::{Bocker, UnderlagHuvud};
use utfall_domain::pengar::heltal;
use utfall_domain::tid;
use utfall_vyer::komponent::{Fakta, Lank};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;
use utfall_vyer::tal::TalVy;

/// GET `/underlag`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funna = a.webb.tjanst.granska(&a.session.aktor).await?;
    let n = bok.underlag.len();
    let ingress = antal(
        n,
        "Inget papper är inläst än.",
        "Ett papper är inläst. Alla uppgifter kommer därifrån.",
        "papper är inlästa. Varje uppgift leder till sin plats i dem.",
    );
    let mut rader: Vec<&UnderlagHuvud> = bok.underlag.iter().collect();
    rader.sort_by_key(|u| std::cmp::Reverse((u.registrerad, u.id)));
    let sida = sidor::UnderlagLista {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Underlag", ingress),
        rader: rader
            .into_iter()
            .map(|u| listrad(&bok, u, &funna))
            .collect(),
        las_in_href: a
            .far(Atgard::ImporteraUnderlag)
            .then(|| adress::importera().into()),
    };
    Svar::sida(&sida)
}

fn listrad(bocker: &Bocker, u: &UnderlagHuvud, funna: &[Funnet]) -> sidor::UnderlagRad {
    let href = String::from(adress::ett_underlag(&u.dokument));
    let fakta = bocker
        .fakta
        .iter()
        .filter(|f| {
            f.fakta
                .kalla
                .as_ref()
                .is_some_and(|kalla| kalla.underlag == u.id)
        })
        .count();
    let fynd = funna.iter().filter(|f| f.underlag == Some(u.id));
    sidor::UnderlagRad {
        namn: u.titel.clone(),
        href: href.clone(),
        under: format!("{}.json", u.dokument),
        inlast: kort_dag(tid::dag(u.registrerad)),
        av: fynd::namn(bocker, u.registrerad_av),
        uppgifter: TalVy::ny(heltal(i64::try_from(fakta).unwrap_or(i64::MAX)), href),
        granskning: fynd::lage(fynd),
    }
}

/// GET `/underlag/{dokument}`.
pub async fn ett(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let huvud = las::underlag(&bok, a.stig.text("dokument"))?;
    let papper = a
        .webb
        .tjanst
        .papper(&a.session.aktor, &bok, huvud.id)
        .await?;
    let funna = a.webb.tjanst.granska(&a.session.aktor).await?;
    let mina: Vec<&Funnet> = funna
        .iter()
        .filter(|f| f.underlag == Some(huvud.id))
        .collect();
    let om = &papper.underlag.dokument;
    let sida = sidor::Underlag {
        ram: a.ram(),
        huvud: Sidhuvud::ny(huvud.titel.clone(), om.kalla.clone())
            .overrad(format!("{}.json", huvud.dokument))
            .under(vec![Lank::ny("Underlag", adress::underlag())]),
        fakta: fakta(&bok, huvud),
        grupper: uppgifter::grupper(&papper.underlag, &mina, a.fraga.text("del")),
        fynd: mina.iter().map(|f| fynd::rad(&bok, f)).collect(),
    };
    Svar::sida(&sida)
}

fn fakta(bocker: &Bocker, u: &UnderlagHuvud) -> Vec<Fakta> {
    let summa: String = u.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let offentligt = if u.offentligt {
        "Ja. Antal personer får visas öppet så som papperet skriver dem."
    } else {
        "Nej. Antal personer visas inte på de öppna sidorna."
    };
    vec![
        Fakta::ny(
            "Inläst",
            format!(
                "{} av {}",
                kort_dag(tid::dag(u.registrerad)),
                fynd::namn(bocker, u.registrerad_av)
            ),
        ),
        Fakta::ny("Redan offentligt", offentligt),
        Fakta::ny("Kontrollsumma (SHA-256)", summa),
    ]
}
