//! The register of organisations: those who give, get and use money.

pub mod betalning;
mod en;

pub use en::{en, nytt_alias, nytt_namn, nytt_slag};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::ram::stor_forst;
use crate::siffror::antal;
use crate::svar::Svar;
use utfall_app::Brister;
use utfall_app::organisationer::LaggTill;
use utfall_behorighet::Atgard;
use utfall_domain::organisation::{NamnArt, Organisation, OrganisationSlag};
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// GET `/organisationer`.
pub async fn lista(a: Inloggat) -> Resultat {
    let alla = a.webb.tjanst.organisationer(&a.session.aktor).await?;
    let ingress = antal(
        alla.len(),
        "Inga organisationer är registrerade.",
        "En organisation är registrerad.",
        "organisationer är registrerade: de som ger, får och använder pengar.",
    );
    let kolumner = ["Organisation", "Vad den är", "Hör till", "Kallas också"]
        .map(Kolumn::ord)
        .to_vec();
    let tabell = Tabell::ny(
        "organisationer-t",
        "I bokstavsordning",
        kolumner,
        alla.iter().map(|o| rad(&alla, o)).collect(),
    )
    .klass("bredd smal")
    .tomt("Registret är tomt.");
    let text = if a.far(Atgard::HanteraOrganisationer) {
        Text::default().lank(Lank::ny(
            "Lägg till en organisation",
            adress::ny_organisation(),
        ))
    } else {
        Text::default()
    };
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Organisationer", ingress),
        delar: vec![Tabelldel {
            id: "register".into(),
            rubrik: "Registret".into(),
            text,
            tabell,
        }],
        ..Tabellsida::default()
    };
    Svar::sida(&sida)
}

fn rad(alla: &[Organisation], o: &Organisation) -> Rad {
    let over = o
        .overordnad
        .and_then(|id| alla.iter().find(|x| x.id == id))
        .map_or("", |x| x.namn_nu());
    let andra: Vec<&str> = o
        .namn
        .iter()
        .filter(|n| n.art == NamnArt::Alias || n.namn != o.namn_nu())
        .map(|n| n.namn.as_str())
        .collect();
    Rad::ny(vec![
        Cell::rubriklank(o.namn_nu(), adress::organisation(&o.slug), None),
        stor_forst(o.slag.text()).into(),
        ord(over),
        ord(&andra.join(", ")),
    ])
}

fn ord(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Kort("inget".to_owned(), false)
    } else {
        text.into()
    }
}

/// GET `/organisationer/ny`.
pub async fn ny(a: Inloggat) -> Resultat {
    let alla = a.webb.tjanst.organisationer(&a.session.aktor).await?;
    Svar::sida(&ny_sida(&a, &alla, &[]))
}

fn ny_sida(a: &Inloggat, alla: &[Organisation], fel: &[Problem]) -> Tabellsida {
    let ifyllt = |namn: &str| a.formular.som_sant(namn).unwrap_or("").to_owned();
    let inget = (String::new(), "Välj".to_owned());
    let slag = OrganisationSlag::ALLA
        .iter()
        .map(|s| (s.kod().to_owned(), stor_forst(s.text())));
    let slag = std::iter::once(inget).chain(slag);
    let over = std::iter::once((String::new(), "Ingen".to_owned())).chain(
        alla.iter()
            .map(|o| (o.slug.clone(), o.namn_nu().to_owned())),
    );
    let falt = [
        Falt::ny("namn", "Namn", FaltSlag::Text).varde(ifyllt("namn")),
        Falt::ny("slag", "Vad den är", FaltSlag::Val(slag.collect())).varde(ifyllt("slag")),
        Falt::ny("orgnr", "Organisationsnummer", FaltSlag::Text)
            .hjalp("Tio siffror, till exempel 212000-3005.")
            .varde(ifyllt("orgnr"))
            .frivilligt(),
        Falt::ny("overordnad", "Hör till", FaltSlag::Val(over.collect()))
            .varde(ifyllt("overordnad"))
            .frivilligt(),
    ];
    let falt = falt.map(|falt| med_fel(falt, fel)).to_vec();
    let till = a.ett_formular(adress::ny_organisation());
    let del = Formulardel::ny(till, falt, "Lägg till")
        .avbryt(Lank::ny("Avbryt", adress::organisationer()));
    let mut ram = a.ram();
    ram.fel = sammanfattning("Organisationen lades inte till", &del.falt, fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Lägg till en organisation",
            "Organisationer i papper som läses in läggs till av sig själva.",
        )
        .under(vec![Lank::ny("Organisationer", adress::organisationer())]),
        formular: vec![del],
        ..Tabellsida::default()
    }
}

/// POST `/organisationer/ny`.
pub async fn lagg_till(a: Inloggat) -> Resultat {
    let slag = OrganisationSlag::av_kod(a.formular.text("slag")).ok_or_else(|| {
        Problem::ogiltigt(
            "organisation-slag",
            "Det är inte valt vad organisationen är.",
            "Välj i listan.",
        )
        .i_falt("slag")
    });
    let mut olasligt = Brister::default();
    let fall = LaggTill {
        namn: a.formular.text("namn").to_owned(),
        slag: olasligt.prova(slag).unwrap_or(OrganisationSlag::Annan),
        orgnr: a.formular.text("orgnr").to_owned(),
        overordnad: a.formular.text("overordnad").to_owned(),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(slug) => Ok(Svar::vidare(adress::organisation(&slug))),
        Err(fel) => {
            let alla = a.webb.tjanst.organisationer(&a.session.aktor).await?;
            Svar::formularfel(&ny_sida(&a, &alla, &fel))
        }
    }
}
