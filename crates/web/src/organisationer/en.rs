//! One organisation: its names over time, and what it is also called.

use super::betalning;
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::ram::stor_forst;
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::organisationer::{AndraSlag, NyttAlias, NyttNamn};
use utfall_app::{Anvandningsfall, Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::medel::betalning::laget;
use utfall_domain::organisation::{NamnArt, Organisation, OrganisationSlag, OrganisationsNamn};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// Which of the two forms was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vad {
    Namn,
    Alias,
    Slag,
}

/// GET `/organisationer/{organisation}`.
pub async fn en(a: Inloggat) -> Resultat {
    let (alla, nr) = hitta(&a).await?;
    let mut sida = sida(&a, &alla, nr, None)?;
    if a.far(Atgard::LasaMedel) {
        let aktor = &a.session.aktor;
        let bok = a.webb.tjanst.bok(aktor, Atgard::LasaMedel, None).await?;
        if let Some(o) = alla.get(nr) {
            betalningen(&bok, o, &mut sida);
        }
    }
    Svar::sida(&sida)
}

/// How it is paid, for those who see money.
fn betalningen(bok: &Bok, o: &Organisation, sida: &mut Tabellsida) {
    let l = laget(&bok.medelsposter, o.id);
    let text = l.as_ref().map_or_else(
        || "inte inskriven".to_owned(),
        |l| {
            format!(
                "{}, {}",
                l.uppgift.i_ord(),
                betalning::lage(l).ord.to_lowercase()
            )
        },
    );
    let lank = Lank::ny("Betalningsuppgiften", adress::betalning(&o.slug)).om(o.namn_nu());
    let text = Text::from(text).ord(". ").lank(lank).ord(".");
    sida.fakta.push(Fakta::ny("Betalning", text));
    sida.besked
        .extend(l.iter().filter_map(|l| betalning::varning(bok, o, l)));
}

/// The register and the place of the organisation asked for.
async fn hitta(a: &Inloggat) -> Result<(Vec<Organisation>, usize), Problem> {
    let alla = a.webb.tjanst.organisationer(&a.session.aktor).await?;
    let slug = a.stig.text("organisation");
    let nr = alla.iter().position(|o| o.slug == slug);
    Ok((alla, nr.ok_or_else(Problem::finns_inte)?))
}

fn sida(
    a: &Inloggat,
    alla: &[Organisation],
    nr: usize,
    fel: Option<(Vad, &[Problem])>,
) -> Result<Tabellsida, Problem> {
    let o = alla.get(nr).ok_or_else(Problem::finns_inte)?;
    let formular = if a.far(Atgard::HanteraOrganisationer) {
        vec![
            namnformular(a, o, fel.filter(|(vad, _)| *vad == Vad::Namn)),
            aliasformular(a, o, fel.filter(|(vad, _)| *vad == Vad::Alias)),
            slagformular(a, o, fel.filter(|(vad, _)| *vad == Vad::Slag)),
        ]
    } else {
        Vec::new()
    };
    let mut ram = a.ram();
    ram.fel = fel.and_then(|(_, fel)| {
        let falt = formular.iter().flat_map(|del| &del.falt);
        sammanfattning("Det sparades inte", falt, fel)
    });
    let mut fakta = vec![Fakta::ny("Vad den är", stor_forst(o.slag.text()))];
    fakta.extend(
        o.overordnad
            .and_then(|id| alla.iter().find(|x| x.id == id))
            .map(|x| {
                let lank = Lank::ny(x.namn_nu(), adress::organisation(&x.slug));
                Fakta::ny("Hör till", Text::default().lank(lank))
            }),
    );
    fakta.extend(
        o.orgnr
            .as_ref()
            .map(|nr| Fakta::ny("Organisationsnummer", nr.as_str())),
    );
    Ok(Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            o.namn_nu(),
            "Namnen finns kvar när de byts: gamla papper har gamla namn.",
        )
        .under(vec![Lank::ny("Organisationer", adress::organisationer())]),
        fakta,
        delar: vec![Tabelldel {
            id: "namnen".into(),
            rubrik: "Namn genom tiden".into(),
            text: Text::default(),
            tabell: namntabell(&o.namn),
        }],
        formular,
        ..Tabellsida::default()
    })
}

/// The names from the first on, then what it is also called.
fn namntabell(namn: &[OrganisationsNamn]) -> Tabell {
    let mut namn: Vec<&OrganisationsNamn> = namn.iter().collect();
    namn.sort_by_key(|n| (n.art == NamnArt::Alias, n.fran));
    let rader = namn.into_iter().map(|n| {
        let fran = n.fran.map_or_else(String::new, |dag| dag.to_string());
        Rad::ny(vec![
            Cell::rubrik(&n.namn),
            stor_forst(n.art.text()).into(),
            Cell::Kort(fran, false),
        ])
    });
    let kolumner = ["Namn", "Vad det är", "Från"].map(Kolumn::ord).to_vec();
    Tabell::ny("namn-t", "Det äldsta först", kolumner, rader.collect()).tomt("Inget namn.")
}

fn namnformular(a: &Inloggat, o: &Organisation, fel: Option<(Vad, &[Problem])>) -> Formulardel {
    let skickat = fel.is_some();
    let fel = fel.map_or(&[][..], |(_, fel)| fel);
    let ifyllt = |namn: &str, annars: String| match a.formular.som_sant(namn) {
        Some(text) if skickat => text.to_owned(),
        _ => annars,
    };
    let idag = tid::dag(a.nu).to_string();
    let falt = [
        Falt::ny("namn", "Nytt namn", FaltSlag::Text).varde(ifyllt("namn", String::new())),
        Falt::ny("fran", "Första dagen", FaltSlag::Datum).varde(ifyllt("fran", idag)),
    ];
    let falt = falt.map(|falt| med_fel(falt, fel)).to_vec();
    let till = a.ett_formular(adress::organisation_namn(&o.slug));
    Formulardel::ny(till, falt, "Spara namnet").under(
        "byt-namn",
        "Byt namn från en dag",
        "Det gamla namnet står kvar och känns igen i papper.",
    )
}

fn aliasformular(a: &Inloggat, o: &Organisation, fel: Option<(Vad, &[Problem])>) -> Formulardel {
    let varde = fel.map_or("", |_| a.formular.som_sant("namn").unwrap_or(""));
    let falt = Falt::ny("namn", "Kallas också", FaltSlag::Text)
        .med_id("alias")
        .varde(varde);
    let falt = med_fel(falt, fel.map_or(&[][..], |(_, fel)| fel));
    let till = a.ett_formular(adress::organisation_alias(&o.slug));
    Formulardel::ny(till, vec![falt], "Lägg till")
        .under(
            "fler-namn",
            "Annan stavning eller förkortning",
            "Papper som läses in känns igen på den.",
        )
        .andra()
}

fn slagformular(a: &Inloggat, o: &Organisation, fel: Option<(Vad, &[Problem])>) -> Formulardel {
    let vald = match (fel, a.formular.som_sant("slag")) {
        (Some(_), Some(vald)) => vald.to_owned(),
        _ => o.slag.kod().to_owned(),
    };
    let alla = OrganisationSlag::ALLA.iter();
    let alla = alla.map(|s| (s.kod().to_owned(), stor_forst(s.text())));
    let falt = Falt::ny("slag", "Vad den är", FaltSlag::Val(alla.collect())).varde(vald);
    let falt = med_fel(falt, fel.map_or(&[][..], |(_, fel)| fel));
    let till = a.ett_formular(adress::organisation_slag(&o.slug));
    Formulardel::ny(till, vec![falt], "Spara")
        .under(
            "vad",
            "Nämnd, bolag, råd eller något annat",
            "Fördelningen visar vad som går till varje slag.",
        )
        .andra()
}

/// POST `/organisationer/{organisation}/slag`.
pub async fn nytt_slag(a: Inloggat) -> Resultat {
    let slag = OrganisationSlag::av_kod(a.formular.text("slag")).ok_or_else(|| {
        let fel = "Det är inte valt vad organisationen är.";
        Problem::ogiltigt("organisation-slag", fel, "Välj i listan.").i_falt("slag")
    });
    let mut olasligt = Brister::default();
    let fall = AndraSlag {
        slug: a.stig.text("organisation").to_owned(),
        slag: olasligt.prova(slag).unwrap_or(OrganisationSlag::Annan),
    };
    gor(&a, Vad::Slag, fall, olasligt).await
}

async fn gor<F: Anvandningsfall>(a: &Inloggat, vad: Vad, fall: F, olasligt: Brister) -> Resultat {
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(adress::organisation(
            a.stig.text("organisation"),
        ))),
        Err(fel) => {
            let (alla, nr) = hitta(a).await?;
            Svar::formularfel(&sida(a, &alla, nr, Some((vad, &fel)))?)
        }
    }
}

/// POST `/organisationer/{organisation}/namn`.
pub async fn nytt_namn(a: Inloggat) -> Resultat {
    let fran: Result<Date, Problem> = a.formular.text("fran").parse().map_err(|_| {
        Problem::ogiltigt(
            "organisation-fran",
            "Den första dagen är inget datum.",
            "Skriv till exempel 2022-01-01.",
        )
        .i_falt("fran")
    });
    let mut olasligt = Brister::default();
    let fall = NyttNamn {
        slug: a.stig.text("organisation").to_owned(),
        namn: a.formular.text("namn").to_owned(),
        fran: olasligt.prova(fran).unwrap_or_else(|| tid::dag(a.nu)),
    };
    gor(&a, Vad::Namn, fall, olasligt).await
}

/// POST `/organisationer/{organisation}/alias`.
pub async fn nytt_alias(a: Inloggat) -> Resultat {
    let fall = NyttAlias {
        slug: a.stig.text("organisation").to_owned(),
        namn: a.formular.text("namn").to_owned(),
    };
    gor(&a, Vad::Alias, fall, Brister::default()).await
}
