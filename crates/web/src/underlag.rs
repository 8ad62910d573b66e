//! Underlag: the papers, one paper, and reading one more.

mod import;
mod uppgifter;

pub use import::{formular, las_in};
pub use uppgifter::{ankare, del_med};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::fynd;
use crate::las;
use crate::siffror::{antal, dag, kort_dag};
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_app::granskning::Funnet;
use utfall_behorighet::Atgard;
use utfall_domain::bocker::{Bocker, UnderlagHuvud};
use utfall_domain::pengar::heltal;
use utfall_domain::tid;
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;
use utfall_vyer::tal::TalVy;

/// GET `/underlag`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funna = a.webb.tjanst.granska_per(&a.session.aktor, a.per()).await?;
    let n = bok.gallande_underlag(bok.per_dag()).len();
    let ingress = antal(
        n,
        "Inget papper är inläst än.",
        "Ett papper är inläst. Alla uppgifter kommer därifrån.",
        "papper är inlästa. Varje uppgift leder till sin plats i dem.",
    );
    let mut rader = bok.gallande_underlag(bok.per_dag());
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
    let href = String::from(adress::underlagets_sida(bocker, u));
    let versioner = bocker.versioner(u.id);
    let fakta = bocker
        .fakta
        .iter()
        .filter(|f| {
            f.fakta
                .kalla
                .as_ref()
                .is_some_and(|kalla| versioner.contains(&kalla.underlag))
        })
        .count();
    let fynd = funna.iter().filter(|f| f.underlag == Some(u.id));
    sidor::UnderlagRad {
        namn: u.titel.clone(),
        href: href.clone(),
        under: match versioner.len() {
            1 => format!("{}.json", u.dokument),
            nr => format!("{}.json, version {nr}", u.dokument),
        },
        inlast: kort_dag(tid::dag(u.registrerad)),
        av: fynd::namn(bocker, u.registrerad_av),
        uppgifter: TalVy::ny(heltal(i64::try_from(fakta).unwrap_or(i64::MAX)), href),
        granskning: fynd::lage(fynd),
    }
}

/// GET `/underlag/{dokument}`.
pub async fn ett(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let huvud = las::version(&bok, a.stig.text("dokument"), a.fraga.tal("version"))?;
    let papper = a
        .webb
        .tjanst
        .papper(&a.session.aktor, &bok, huvud.id)
        .await?;
    let funna = a
        .webb
        .tjanst
        .fynd_i_papper(&a.session.aktor, &bok, huvud.id)
        .await?;
    let mina: Vec<&Funnet> = funna.iter().collect();
    let om = &papper.underlag.dokument;
    let sida = sidor::Underlag {
        ram: a.ram(),
        huvud: Sidhuvud::ny(huvud.titel.clone(), om.kalla.clone())
            .overrad(format!("{}.json", huvud.dokument))
            .under(vec![Lank::ny("Underlag", adress::underlag())]),
        version: version(&bok, huvud),
        fakta: fakta(&bok, huvud),
        grupper: uppgifter::grupper(&papper.underlag, &mina, a.fraga.text("del")),
        fynd: mina.iter().map(|f| fynd::rad(&bok, f)).collect(),
    };
    Svar::sida(&sida)
}

/// That the paper has been replaced; or, of one that holds, what it replaced.
fn version(bok: &Bok, u: &UnderlagHuvud) -> Option<Besked> {
    let dagen = |u: &UnderlagHuvud| dag(tid::dag(u.registrerad));
    let lank = |u: &UnderlagHuvud, ord: &str| {
        Lank::ny(ord, adress::underlagets_sida(bok, u)).om(u.titel.clone())
    };
    if let Some(ny) = bok.ersatt_av(u.id, bok.per_dag()) {
        let orsak = ny.ersatter.as_ref().map(|e| e.orsak.clone());
        let text = Text::from(format!(
            "En ny version lästes in {}: ”{}”. ",
            dagen(ny),
            orsak.unwrap_or_default()
        ))
        .lank(lank(ny, "Visa den nya versionen"))
        .ord(". Siffrorna räknas inte längre på det som bara står här.");
        let rubrik = "papperet har ersatts av en ny version";
        return Some(Besked::ny(Allvar::Varning, rubrik, text));
    }
    let ersatter = u.ersatter.as_ref()?;
    let fore = bok.underlag(ersatter.underlag)?;
    let text = Text::from(format!(
        "Den här versionen lästes in {}: ”{}”. ",
        dagen(u),
        ersatter.orsak
    ))
    .lank(lank(fore, "Visa den tidigare versionen"))
    .ord(".");
    let rubrik = "papperet ersätter en tidigare version";
    Some(Besked::ny(Allvar::Upplysning, rubrik, text))
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
