//! Follow-up of a year: budget, used through a month, forecast, what deviates and why.

mod besked;
mod budgetrader;
mod former;
mod insats;
mod manader;
mod tabeller;
mod valt;

pub use former::{faststall, kommentera, ny_budgetrad, ny_post, ny_tjanst, valj_metod};
pub use insats::visa as insats;
pub use valt::Valt;

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::csv;
use crate::felen::{med_fel, sammanfattning};
use crate::las;
use crate::siffror::{Siffror, antal, dag};
use utfall_app::Bok;
use utfall_app::uppfoljning;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::InsatsId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::parameter::{self, Parameter};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Fakta, Kvitto, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Ekonomisida, Formulardel};
use utfall_vyer::tabell::Tabell;

/// GET `/uppfoljning`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sida = sidan(&a, &bok, &[]);
    las::svar_ekonomi(&sida)
}

/// GET `/uppfoljning/tabell.csv`: the table of insatser in the chosen view.
pub async fn csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let s = Siffror::ny(&bok);
    let valt = Valt::av(&a, &bok);
    let tabell = tabeller::vyn(&s, &valt).tabell;
    csv::svar("uppfoljning", a.dag(&bok), &[("Uppföljning", &tabell)])
}

/// The page, with what is wrong with the form that was sent.
pub(crate) fn sidan(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Ekonomisida {
    let s = Siffror::ny(bok);
    let valt = Valt::av(a, bok);
    let per = a.perdatum(bok, adress::uppfoljning(), valt.dolda());
    let mut formular = Vec::new();
    if a.far(Atgard::Prognostisera) && bok.per_dag().is_none() {
        formular.push(faststallformular(a, &valt, fel));
    }
    if a.far(Atgard::RegistreraFaktum) && bok.per_dag().is_none() {
        formular.push(budgetradformular(a, bok, &valt, fel));
    }
    if bok.per_dag().is_none() {
        let period = (valt.ar, valt.manad);
        formular.extend(crate::rapporter::till_rapporten(a, Some(period)));
    }
    let mut ram = a.ram_per(&per);
    if !fel.is_empty() {
        let falt = formular.iter().flat_map(|del: &Formulardel| &del.falt);
        ram.fel = sammanfattning("Det sparades inte", falt, fel);
    }
    let mut delar = vec![tabeller::vyn(&s, &valt)];
    delar.extend(tabeller::bidragen(&s, &valt));
    delar.extend(budgetrader::budgetrader(&s, &valt));
    delar.push(tabeller::utrymme(&s, &valt));
    delar.extend(tabeller::historik(&s, &valt));
    Ekonomisida {
        ram,
        huvud: Sidhuvud::ny(
            format!("Uppföljning och prognos {}", valt.ar),
            besked::ingress(&s, &valt),
        )
        .overrad(format!(
            "Till och med {} {}{}",
            tid::manad(valt.manad),
            valt.ar,
            las::som_det_var(bok)
        ))
        .under(vec![Lank::ny("Medel", adress::medel())]),
        kvitto: kvitto(a),
        filter: Some(valt.filter()),
        nyckeltal: nyckeltal(&s, &valt).into(),
        besked: besked::alla(&s, &valt),
        fakta: fakta(&s, &valt),
        delar,
        formular,
        lankar: vec![
            Lank::ny("Inställningar", adress::parametrar()),
            Lank::ny("Bidragen och vad som är kvar", adress::medel()),
        ],
        per: Some(per),
    }
}

fn kvitto(a: &Inloggat) -> Option<Kvitto> {
    if a.fraga.text("sparat") == "budgetrad" {
        return Some(Kvitto::ny("Budgetraden är sparad."));
    }
    let n = usize::try_from(a.fraga.tal("sparat")?).ok()?;
    Some(Kvitto::ny(antal(
        n,
        "Ingen prognos fastställdes.",
        "Prognosen för en insats är fastställd.",
        "insatsers prognoser är fastställda.",
    )))
}

fn nyckeltal(s: &Siffror<'_>, valt: &Valt) -> Vec<Nyckeltal> {
    let (hela, till) = (valt.helar(), valt.till());
    let manad = format!("till och med {}", tid::manad(valt.manad));
    vec![
        Nyckeltal::ny("Budget", s.med_enhet(Matt::Budget, &hela), "hela året"),
        Nyckeltal::ny("Utfall", s.med_enhet(Matt::AnvantTill, &till), manad),
        Nyckeltal::ny(
            "Prognos",
            s.med_enhet(Matt::PrognosHelar, &till),
            "hela året, enligt insatsernas metoder",
        ),
        Nyckeltal::ny(
            "Väntad avvikelse",
            s.med_enhet(Matt::PrognosAvvikelse, &till),
            "budget minus prognos",
        ),
    ]
}

fn fakta(s: &Siffror<'_>, valt: &Valt) -> Vec<Fakta> {
    let index = s.bok.index();
    let gransen = |p: Parameter| {
        let g = parameter::gallande(&index, p, valt.ar)?;
        let forslag = if g.faktum.is_none() {
            " (förslag)"
        } else {
            ""
        };
        Some(format!("{}{forslag}", crate::parametrar::i_ord(p, g.varde)))
    };
    let granser: Vec<String> = [Parameter::AvvikelseKr, Parameter::AvvikelseAndel]
        .into_iter()
        .filter_map(gransen)
        .collect();
    let mut ut = vec![Fakta::ny(
        "Avvikelse som ska förklaras",
        Text::from(format!("Större än {}. ", granser.join(" eller ")))
            .lank(Lank::ny("Inställningar", adress::parametrar())),
    )];
    let utfall = || {
        let alla = s.fakta().iter();
        alla.filter(|f| f.fakta.slag == FaktumSlag::Anvant && f.galler().ar == Some(valt.ar))
    };
    let inlast = utfall()
        .filter(|f| f.fakta.bokforing.is_some())
        .map(|f| f.registrerad)
        .max();
    let senast = utfall().map(|f| f.registrerad).max();
    let (namn, senast) = match inlast {
        Some(t) => ("Bokföringen lästes senast in", Some(t)),
        None => ("Utfallet kom senast in", senast),
    };
    ut.push(Fakta::ny(
        namn,
        senast.map_or_else(
            || "Inget utfall är registrerat för året.".to_owned(),
            |t| dag(tid::dag(t)),
        ),
    ));
    ut
}

/// A field with what was typed in it.
pub(crate) fn falt(a: &Inloggat, namn: &str, etikett: &str, slag: FaltSlag) -> Falt {
    let varde = a.formular.som_sant(namn).unwrap_or("");
    Falt::ny(namn, etikett, slag).varde(varde)
}

fn faststallformular(a: &Inloggat, valt: &Valt, fel: &[Problem]) -> Formulardel {
    let falten = vec![med_fel(
        falt(a, "anmarkning", "För vad?", FaltSlag::Text)
            .hjalp("Till exempel: Till styrelsen i september."),
        fel,
    )];
    let formular = a
        .ett_formular(adress::faststall_prognos())
        .med_dolt("ar", valt.ar.to_string())
        .med_dolt("manad", valt.manad.to_string());
    Formulardel::ny(formular, falten, "Fastställ prognosen").under(
        "faststall",
        format!("Fastställ prognosen per {}", tid::manad(valt.manad)),
        "Siffrorna sparas som de är nu, med metoden i ord, så att alla kan se senare vad som \
         sades.",
    )
}

/// A budget line that is no insats: what is budgeted, by which decision, or what is used.
fn budgetradformular(a: &Inloggat, bok: &Bok, valt: &Valt, fel: &[Problem]) -> Formulardel {
    let slag = [
        ("budgetkostnad", "Budget"),
        ("anvant_rad", "Utfall hittills"),
    ];
    let slag = slag.map(|(v, o)| (v.to_owned(), o.to_owned())).to_vec();
    let s = Siffror::ny(bok);
    let namn = budgetrader::budgetradernas_namn(&s, valt.ar);
    let beslut = bok.beslut.iter().map(|b| {
        let text = format!("{}: {}", b.med_datum(), b.rubrik);
        (b.id.to_string(), text)
    });
    let inget = (
        String::new(),
        "Inget beslut, eller inte i listan".to_owned(),
    );
    let beslut = std::iter::once(inget).chain(beslut).collect();
    let falten = [
        falt(
            a,
            "kategori",
            "Budgetrad",
            FaltSlag::Forslag(namn.into_iter().collect()),
        )
        .hjalp("Till exempel Konferenser eller Styrelsens arvoden."),
        falt(a, "slag", "Vad är det?", FaltSlag::Val(slag)),
        falt(a, "belopp", "Belopp, kronor", FaltSlag::Tal),
        falt(a, "beslut", "Beslut", FaltSlag::Val(beslut)).frivilligt(),
        falt(a, "orsak", "Varifrån kommer uppgiften?", FaltSlag::Text),
    ];
    let falten = falten.into_iter().map(|f| med_fel(f, fel)).collect();
    let formular = a
        .ett_formular(adress::budgetrad())
        .med_dolt("ar", valt.ar.to_string())
        .med_dolt("manad", valt.manad.to_string());
    Formulardel::ny(formular, falten, "Spara budgetraden")
        .under(
            "ny-budgetrad",
            format!("Lägg till en budgetrad {}", valt.ar),
            "För kostnader som inte är en insats: konferenser, resor, kompetens, arvoden.",
        )
        .andra()
}

/// The month an insats should begin in the selection's year, when its positions say so.
#[must_use]
pub fn planerad_start(bok: &Bok, urval: &Urval) -> Option<i8> {
    let (insats, ar): (InsatsId, i16) = urval.insats.zip(urval.ar)?;
    uppfoljning::planerad_start(bok, insats, ar)
}

/// With an address of its file.
fn med_fil(tabell: Tabell, valt: &Valt) -> Tabell {
    tabell.csv(Some(valt.i(adress::uppfoljning_csv()).into()))
}
