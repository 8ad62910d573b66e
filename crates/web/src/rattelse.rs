//! Rättelse: a fact is corrected by a new one. The old stays and the new points at it.

use crate::adress::{self, Adress};
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::fynd;
use crate::harledning::{om, som_skrivet};
use crate::medelsfalt;
use crate::siffror::{enhet, kort_dag, varde};
use crate::svar::{Fel, Svar};
use std::collections::BTreeSet;
use utfall_app::fakta::{RattaFaktum, Rattelse, kraver_beslut};
use utfall_app::{Bok, Brister};
use utfall_domain::faktum::{Enhet, Faktum};
use utfall_domain::id::FaktumId;
use utfall_domain::matt::{Formel, Matt, Urval};
use utfall_domain::medel::arsavslut;
use utfall_domain::pengar::{Belopp, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_domain::varde::{Tecken, Varde};
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;

fn hitta<'a>(a: &Inloggat, bok: &'a Bok) -> Result<&'a Faktum, Fel> {
    let id = a
        .stig
        .tal("faktum")
        .and_then(FaktumId::ny)
        .ok_or_else(Problem::finns_inte)?;
    let f = bok.fakta.iter().find(|f| f.id == id && !f.fakta.struken);
    Ok(f.ok_or_else(Problem::finns_inte)?)
}

/// GET `/fakta/{faktum}/ratta`.
pub async fn formular(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let f = hitta(&a, &bok)?;
    Svar::sida(&sida(&a, &bok, f, &[]))
}

/// The derivation that adds the fact up.
fn harledning(f: &Faktum) -> Option<(Matt, Urval)> {
    let matt = Matt::ALLA.iter().copied().find(|m| {
        matches!(m.definition().formel,
            Formel::Fakta { slag, .. } | Formel::Installning(slag) if slag == f.fakta.slag)
    })?;
    let g = f.galler();
    let urval = Urval {
        utan_bidrag: false,
        utan_insats: false,
        bidrag: g.bidrag,
        insats: g.insats,
        insatser: Vec::new(),
        organisation: g.organisation,
        finansiar: None,
        ar: g.ar,
        period: g.period_fran,
        kategori: g.kategori.clone(),
        version: g.version.clone(),
    };
    Some((matt, urval))
}

/// A fact's row among those that its figure is the sum of.
#[must_use]
pub fn tillbaka(f: &Faktum) -> Adress {
    harledning(f).map_or_else(adress::medel, |(matt, urval)| med_raden(matt, &urval, f.id))
}

fn sida(a: &Inloggat, bok: &Bok, f: &Faktum, fel: &[Problem]) -> sidor::Rattelse {
    let nu = som_text(f);
    let ifyllt = |namn: &str, annars: &str| {
        a.formular
            .som_sant(namn)
            .map_or_else(|| annars.to_owned(), str::to_owned)
    };
    let nytt = Falt::ny("belopp", "Rätt värde", FaltSlag::Text)
        .hjalp(
            "Skriv ett tal, eller okänt, ej beslutat eller ej inrapporterat. Skriv stryk om \
             uppgiften aldrig borde ha funnits. Är talet rätt men papperet säger också något \
             annat: låt det stå.",
        )
        .varde(ifyllt("belopp", &nu));
    let orsak = Falt::ny("orsak", "Varför", FaltSlag::Lang(3))
        .hjalp("Skälet syns för alla som följer siffran bakåt.")
        .varde(ifyllt("orsak", ""));
    let (nytt, orsak) = (med_fel(nytt, fel), med_fel(orsak, fel));
    let mut mer = Vec::new();
    if kraver_beslut(f) {
        mer = medelsfalt::beslut(a, bok, f.galler().bidrag, fel);
    }
    let stangda = arsavslut::ror(bok, &f.fakta);
    mer.extend(medelsfalt::efter_avslut_om(a, fel, !stangda.is_empty()));
    let mut ram = a.ram();
    let falten = [&nytt, &orsak].into_iter().chain(&mer);
    ram.fel = sammanfattning("Uppgiften rättades inte", falten, fel);
    let (matt, urval) = harledning(f).unwrap_or((Matt::Anvant, Urval::default()));
    sidor::Rattelse {
        ram,
        huvud: Sidhuvud::ny(
            "Rätta en uppgift",
            "Den gamla uppgiften finns kvar. Den nya gäller från och med i dag.",
        )
        .overrad(format!(
            "{} · {}",
            crate::ram::stor_forst(f.fakta.slag.text()),
            om(bok, &urval)
        ))
        .under(vec![Lank::ny(matt.text(), tillbaka(f))]),
        nu: om_uppgiften(bok, f),
        formular: a.ett_formular(adress::ratta(&f.id.to_string())),
        nytt,
        orsak,
        mer,
        foljd: foljd(f, &stangda),
        avbryt_href: tillbaka(f).into(),
    }
}

/// What correcting it does.
fn foljd(f: &Faktum, stangda: &BTreeSet<i16>) -> Text {
    let mut ut =
        "Alla siffror som bygger på uppgiften ändras. Utfärdade rapporter ändras inte.".to_owned();
    if kraver_beslut(f) {
        ut.push_str(" Beloppet är beslutat, och ändras bara genom ett beslut.");
    }
    if let Some(ar) = stangda.first() {
        ut.push_str(&format!(
            " Året {ar} är avslutat: det här blir en rättelse efter avslut, och syns som en sådan."
        ));
    }
    Text::from(ut)
}

fn om_uppgiften(bok: &Bok, f: &Faktum) -> Vec<Fakta> {
    let e = f.fakta.slag.enhet();
    let tal = varde(f.varde(), e);
    let tal = if tal.text.is_empty() {
        tal
    } else {
        tal.enhet(enhet(e))
    };
    let plats = match &f.fakta.kalla {
        Some(kalla) => {
            let papper = bok
                .underlag(kalla.underlag)
                .map_or("", |u| u.titel.as_str());
            format!("{papper}, {}", kalla.plats)
        }
        None => "Registrerad för hand".to_owned(),
    };
    vec![
        Fakta::ny("Uppgift", crate::ram::stor_forst(f.fakta.slag.text())),
        Fakta::ny("Värde", Text::default().tal(tal)),
        Fakta::ny("Plats", plats),
        Fakta::ny(
            "Registrerad",
            format!(
                "{} av {}",
                kort_dag(tid::dag(f.registrerad)),
                fynd::namn(bok, f.registrerad_av)
            ),
        ),
    ]
}

/// As the person would write it.
fn som_text(f: &Faktum) -> String {
    match (f.varde(), f.fakta.slag.enhet()) {
        (Varde::Kant(tal), Enhet::Ore) => som_skrivet(tal, f.fakta.precision),
        (Varde::Kant(tal), e) => crate::siffror::text(tal, e),
        (annat, _) => annat
            .tecken()
            .map(|t| t.ord().to_owned())
            .unwrap_or_default(),
    }
}

/// What the person wrote, in the fact's unit.
fn tolka(text: &str, e: Enhet) -> Result<Rattelse, Problem> {
    let ord = text.trim().to_lowercase();
    if ord == "stryk" {
        return Ok(Rattelse::Stryk);
    }
    for (tecken, varde) in [
        (Tecken::Okant, Varde::Okant),
        (Tecken::EjBeslutat, Varde::EjBeslutat),
        (Tecken::EjInrapporterat, Varde::EjInrapporterat),
    ] {
        if ord == tecken.ord() {
            return Ok(Rattelse::NyttVarde(varde, Precision::EXAKT));
        }
    }
    let fel = |text: String, atgard: &str| {
        Problem::ogiltigt("rattelse-varde", text, atgard).i_falt("belopp")
    };
    match e {
        Enhet::Ore => {
            let b =
                belopp(text).map_err(|f| fel(f, "Skriv till exempel 503 586 kr eller 680 tkr."))?;
            Ok(Rattelse::NyttVarde(Varde::Kant(b.ore.0), b.precision))
        }
        Enhet::Personer | Enhet::Antal => {
            let siffror: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            match siffror.parse::<i64>() {
                Ok(tal) if tal >= 0 => Ok(Rattelse::NyttVarde(Varde::Kant(tal), Precision::EXAKT)),
                _ => Err(fel(
                    format!("Det rätta värdet ”{}” är inget antal.", text.trim()),
                    "Skriv ett helt tal, till exempel 77.",
                )),
            }
        }
        Enhet::Hundradelsprocent => crate::parametrar::hundradelsprocent(text)
            .map(|tal| Rattelse::NyttVarde(Varde::Kant(tal), Precision::EXAKT))
            .ok_or_else(|| {
                fel(
                    format!("Det rätta värdet ”{}” är ingen procentsats.", text.trim()),
                    "Skriv procent med högst två decimaler, till exempel 39,25.",
                )
            }),
        Enhet::Promille => promille(text)
            .map(|p| Rattelse::NyttVarde(Varde::Kant(p), Precision::EXAKT))
            .ok_or_else(|| {
                fel(
                    format!("Det rätta värdet ”{}” är ingen procentsats.", text.trim()),
                    "Skriv procent med högst en decimal, till exempel 13,4.",
                )
            }),
    }
}

/// Per cent with at most one decimal, in tenths of a per cent. The sign is of the whole.
fn promille(text: &str) -> Option<i64> {
    let tal = text.trim().replace(',', ".");
    let (minus, tal) = match tal.strip_prefix(['-', '\u{2212}']) {
        Some(resten) => (true, resten),
        None => (false, tal.as_str()),
    };
    let (hela, del) = tal.split_once('.').unwrap_or((tal, "0"));
    let siffror = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !siffror(hela) || !siffror(del) || del.len() != 1 {
        return None;
    }
    let tal = hela
        .parse::<i64>()
        .ok()?
        .checked_mul(10)?
        .checked_add(del.parse().ok()?)?;
    Some(if minus { -tal } else { tal })
}

/// An amount, with or without unit; without it is in kronor.
///
/// # Errors
/// What is wrong, in a sentence.
pub fn belopp(text: &str) -> Result<Belopp, String> {
    let text = text.trim();
    let bart = text.chars().next_back().is_some_and(|c| c.is_ascii_digit());
    let last = if bart {
        Belopp::las_tal(text, utfall_domain::pengar::Enhet::Kr)
    } else {
        Belopp::las(text)
    };
    last.map_err(|fel| format!("Beloppet ”{text}” går inte att läsa: {fel}."))
}

/// The row of a fact in the derivation of a figure, in whichever part of the rows it stands.
fn med_raden(matt: Matt, urval: &Urval, faktum: FaktumId) -> adress::Adress {
    adress::harledning_av(matt, urval, None)
        .fraga("rad", &faktum.to_string())
        .vid(&format!("f-{faktum}"))
}

/// POST `/fakta/{faktum}/ratta`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let f = hitta(&a, &bok)?;
    let mut olasligt = Brister::default();
    let rattelse = olasligt.prova(tolka(a.formular.text("belopp"), f.fakta.slag.enhet()));
    let fall = RattaFaktum {
        faktum: f.id,
        rattelse: rattelse.unwrap_or(Rattelse::Stryk),
        orsak: a.formular.lang("orsak"),
        beslut: medelsfalt::valt_beslut(&a, &mut olasligt),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, olasligt).await? {
        Ok(ny) => {
            let (matt, urval) = harledning(f).unwrap_or((Matt::Anvant, Urval::default()));
            let till = med_raden(matt, &urval, ny);
            Ok(Svar::vidare(till))
        }
        Err(fel) => Svar::formularfel(&sida(&a, &bok, f, &fel)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_people_write_them() {
        let kr = |text| tolka(text, Enhet::Ore).unwrap();
        let ratt = |ore, p| Rattelse::NyttVarde(Varde::Kant(ore), p);
        assert_eq!(kr("503 586"), ratt(50_358_600, Precision::EXAKT));
        assert_eq!(kr("680 tkr"), ratt(68_000_000, Precision::TUSENTAL));
        assert_eq!(
            kr("Okänt"),
            Rattelse::NyttVarde(Varde::Okant, Precision::EXAKT)
        );
        assert_eq!(kr(" stryk "), Rattelse::Stryk);
        assert_eq!(
            tolka("13,4", Enhet::Promille),
            Ok(ratt(134, Precision::EXAKT))
        );
        for (text, tal) in [
            ("-1,5", -15),
            ("\u{2212}1,5", -15),
            ("-0,4", -4),
            ("0,4", 4),
            ("12", 120),
            ("-12", -120),
        ] {
            let last = tolka(text, Enhet::Promille);
            assert_eq!(last, Ok(ratt(tal, Precision::EXAKT)), "{text}");
        }
        assert_eq!(tolka("77", Enhet::Personer), Ok(ratt(77, Precision::EXAKT)));
    }

    #[test]
    fn what_is_no_value_is_named_with_the_remedy() {
        for (text, e) in [
            ("", Enhet::Ore),
            ("tio", Enhet::Ore),
            ("-3", Enhet::Personer),
            ("13,45", Enhet::Promille),
            ("1,-5", Enhet::Promille),
            ("--1,5", Enhet::Promille),
            ("1,", Enhet::Promille),
            ("99999999999999999999", Enhet::Ore),
        ] {
            let fel = tolka(text, e).unwrap_err();
            assert_eq!(fel.falt.as_deref(), Some("belopp"), "{text}");
            assert!(fel.text.ends_with('.') && !fel.atgard.is_empty());
        }
    }
}
