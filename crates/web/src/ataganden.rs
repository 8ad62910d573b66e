//! Åtaganden: what is bound and what is hoped for, year by year, and what initiatives need to
//! go on.

mod blankett;
mod ett;
mod tabeller;

pub use blankett::{andra, nytt, skriv, spara};
pub use ett::ett;
pub use tabeller::{finansiering, for_fordelning, gap, laget_for};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::csv as csvfil;
use crate::las;
use crate::siffror::Siffror;
use crate::svar::Svar;
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Kvitto, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Ekonomisida, Filter};

/// GET `/ataganden`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sida = sidan(&a, &bok);
    match &sida.per {
        Some(per) => las::svar_per(&sida, per),
        None => Svar::sida(&sida),
    }
}

/// GET `/ataganden/tabell.csv`: what the next plan and budget have to make room for.
pub async fn csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let s = Siffror::ny(&bok);
    let delar = tabeller::alla(&s, valt_ar(&a));
    let delar: Vec<_> = delar
        .iter()
        .map(|d| (d.rubrik.as_str(), &d.tabell))
        .collect();
    csvfil::svar("ataganden", a.dag(&bok), &delar)
}

/// The year the page is about: the one asked for, or next year.
fn valt_ar(a: &Inloggat) -> i16 {
    let nasta = tid::dag(a.nu).year().saturating_add(1);
    let onskat = a.fraga.tal("ar").and_then(|ar| i16::try_from(ar).ok());
    onskat
        .filter(|ar| utfall_app::medel::AR.contains(ar))
        .unwrap_or(nasta)
}

/// The years to choose from: those around this one, and those that something is said of.
fn arsval(a: &Inloggat, s: &Siffror<'_>, ar: i16) -> Falt {
    let i_ar = tid::dag(a.nu).year();
    let framat = |f: &FaktumSlag| {
        matches!(
            f,
            FaktumSlag::Atagande | FaktumSlag::VantatAtagande | FaktumSlag::Behov
        )
    };
    let mut aren: BTreeSet<i16> = (i_ar..=i_ar.saturating_add(4)).collect();
    let kanda = s.fakta().iter().filter(|f| framat(&f.fakta.slag));
    aren.extend(kanda.filter_map(|f| f.galler().ar));
    aren.insert(ar);
    let val = aren.iter().map(|a| (a.to_string(), a.to_string()));
    Falt::ny("ar", "År", FaltSlag::Val(val.collect())).varde(ar.to_string())
}

fn sidan(a: &Inloggat, bok: &Bok) -> Ekonomisida {
    let (s, ar) = (Siffror::ny(bok), valt_ar(a));
    let per = a.perdatum(
        bok,
        adress::ataganden(),
        vec![("ar".to_owned(), ar.to_string())],
    );
    let delar = tabeller::alla(&s, ar);
    let csv_href = adress::ataganden_csv().fraga("ar", &ar.to_string());
    let mut delar = delar;
    if let Some(forst) = delar.first_mut() {
        forst.tabell = forst
            .tabell
            .clone()
            .csv(Some(csv_href.per(bok.per_dag()).into()));
    }
    Ekonomisida {
        ram: a.ram_per(&per),
        huvud: Sidhuvud::ny(format!("Åtaganden {ar}"), ingress(a, &s, ar))
            .overrad(las::som_det_var(bok).trim_start_matches(" · ").to_owned())
            .under(vec![Lank::ny("Medel", adress::medel())]),
        kvitto: (a.fraga.text("sparat") == "ja").then(|| Kvitto::ny("Åtagandet är sparat.")),
        filter: Some(Filter {
            mal: adress::ataganden().into(),
            falt: vec![arsval(a, &s, ar)],
            knapp: "Visa".into(),
            hjalp: String::new(),
        }),
        nyckeltal: nyckeltal(&s, ar).into(),
        besked: alla_besked(&s, a.dag(bok), ar),
        delar,
        lankar: vec![Lank::ny(
            "Utlysningar som pengarna hänger på",
            adress::utlysningar(),
        )],
        per: Some(per),
        ..Ekonomisida::default()
    }
}

fn ingress(a: &Inloggat, s: &Siffror<'_>, ar: i16) -> Text {
    let urval = Urval::default().ar(ar);
    let bundet = s.finns(Matt::Atagande, &urval);
    let text = match (bundet, s.finns(Matt::VantatAtagande, &urval)) {
        (true, true) => Text::from(format!("Av pengarna för {ar} är "))
            .tal(s.med_enhet(Matt::Atagande, &urval))
            .ord(" bundna. ")
            .tal(s.med_enhet(Matt::VantatAtagande, &urval))
            .ord(" till väntas om ansökningarna beviljas."),
        (true, false) => Text::from(format!("Av pengarna för {ar} är "))
            .tal(s.med_enhet(Matt::Atagande, &urval))
            .ord(" bundna."),
        (false, true) => Text::from(format!("Inget är bundet för {ar} än. "))
            .tal(s.med_enhet(Matt::VantatAtagande, &urval))
            .ord(" väntas om ansökningarna beviljas."),
        (false, false) => Text::from(format!("Inget är utlovat för {ar} än.")),
    };
    if !a.far(Atgard::HanteraAtagande) || s.bok.per_dag().is_some() {
        return text;
    }
    text.ord(" ")
        .lank(Lank::ny("Skriv in ett åtagande", adress::nytt_atagande()))
        .ord(".")
}

fn nyckeltal(s: &Siffror<'_>, ar: i16) -> Vec<Nyckeltal> {
    let urval = Urval::default().ar(ar);
    [
        (Matt::Atagande, "Bundet", "beslutat eller planerat"),
        (Matt::VantatAtagande, "Väntat", "sökt, eller ska sökas"),
        (Matt::Behov, "Behov", "för att insatser ska fortsätta"),
        (
            Matt::Finansieringsgap,
            "Saknas",
            "det som insatser ännu inte har pengar till",
        ),
    ]
    .into_iter()
    .filter(|(matt, ..)| s.finns(*matt, &urval))
    .map(|(matt, namn, ord)| Nyckeltal::ny(namn, s.med_enhet(matt, &urval), ord))
    .collect()
}

fn alla_besked(s: &Siffror<'_>, idag: jiff::civil::Date, ar: i16) -> Vec<Besked> {
    let mut ut = crate::framat::varsel::besked(&crate::framat::varsel::avtal(s.bok, idag));
    ut.extend(besked(s, ar));
    ut
}

/// Money that may be counted twice: promised, and distributed as well.
fn besked(s: &Siffror<'_>, ar: i16) -> Vec<Besked> {
    let dubbla: Vec<_> = s
        .bok
        .insatser
        .iter()
        .filter(|i| {
            let urval = Urval::insats(i.id).ar(ar);
            s.finns(Matt::Atagande, &urval) && s.finns(Matt::Fordelat, &urval)
        })
        .collect();
    if dubbla.is_empty() {
        return Vec::new();
    }
    let namn: Vec<&str> = dubbla.iter().map(|i| i.namn.as_str()).collect();
    vec![Besked::ny(
        Allvar::Varning,
        format!("både utlovat och fördelat {ar}: {}", namn.join(", ")),
        "Är det samma pengar? Öppna åtagandet, välj Ändra och kryssa för att årets belopp står i \
         fördelningen. Då räknas det en gång.",
    )]
}
