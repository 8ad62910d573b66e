//! A participant is registered, on one page.

use super::start::{bakgrunden, grunden, intrade};
use super::{insatsvarde, start};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::registrering::{Blankett, falt};
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::Brister;
use utfall_app::deltagare::{Insatsnamn, RegistreraDeltagare};
use utfall_domain::deltagare::samtycke::{Behandling, Information, Informationssatt};
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Inskrivet};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// The version of the text that the sheet of information has. Another text gets another.
pub(super) const INFORMATIONSTEXT: &str = "deltagare-2026-1";

/// GET `/deltagare/registrera`.
pub async fn ny(a: Inloggat) -> Resultat {
    let egna = a.webb.tjanst.egna_uppdrag(&a.session.aktor).await?;
    Svar::sida(&sida(&a, &egna, &[]))
}

fn sida(a: &Inloggat, egna: &[Insatsnamn], fel: &[Problem]) -> Registrering {
    let idag = tid::dag(a.nu);
    let mut vem = Vec::new();
    vem.push(insatsfalt(a, egna));
    vem.extend(personfalt(a));
    let mut delar = vec![
        Faltdel::ny("Vem", vem),
        Faltdel::rad("", grunden(a, idag, Some(idag))),
        Faltdel::rad("Information till personen", informationsfalt(a, idag)).hjalp(
            "Personen ska veta vad som sparas och varför innan du registrerar. Bladet att skriva \
             ut finns på sidan Deltagare.",
        ),
    ];
    delar.extend(bakgrunden(a, idag));
    Blankett {
        rubrik: "Registrera en deltagare".to_owned(),
        ingress: "Bara det som behövs. Det sparas krypterat, och ses av dem som har uppdrag i \
                  insatsen.",
        under: vec![Lank::ny("Deltagare", adress::deltagarna())],
        mal: adress::ny_deltagare(),
        knapp: "Spara deltagaren",
        foljd: "",
        inte_sparat: "Deltagaren sparades inte",
        avbryt: adress::deltagarna(),
    }
    .sida(a, delar, fel)
}

fn insatsfalt(a: &Inloggat, egna: &[Insatsnamn]) -> Falt {
    let alla = egna.iter().map(|i| (insatsvarde(i), i.namn.clone()));
    let mut ut = falt(a, "insats", "Insats", start::insatsval(alla.collect()));
    if a.formular.som_sant("insats").is_none() {
        let vald = a.fraga.text("insats");
        let ensam = match egna {
            [ensam] => insatsvarde(ensam),
            _ => vald.to_owned(),
        };
        ut = ut.varde(ensam);
    }
    ut
}

/// Who it is: the warning first, so that it is read before anything is typed.
pub(super) fn personfalt(a: &Inloggat) -> Vec<Falt> {
    vec![
        falt(
            a,
            "skyddad",
            "Personen har skyddade personuppgifter",
            FaltSlag::Kryss,
        )
        .hjalp(
            "Fråga först. Då skriver du bara en kod nedan, aldrig namn eller nummer, och \
             personen syns inte i sökningar eller filer.",
        ),
        falt(
            a,
            "kand",
            "Personnummer, samordningsnummer eller kod",
            FaltSlag::Person,
        )
        .hjalp(
            "10 eller 12 siffror. Vill personen inte lämna sitt nummer: skriv en kod som bara \
             ni kan läsa.",
        ),
        falt(a, "namn", "Namn", FaltSlag::Person).frivilligt(),
    ]
}

fn informationsfalt(a: &Inloggat, idag: Date) -> Vec<Falt> {
    let satt = Informationssatt::ALLA
        .iter()
        .map(|s| (s.kod().to_owned(), s.text().to_owned()))
        .collect();
    let mut hur = falt(a, "satt", "Hur?", FaltSlag::Val(satt));
    if a.formular.som_sant("satt").is_none() {
        hur = hur.varde(Informationssatt::Papper.kod());
    }
    vec![
        super::blankett::dagfalt(a, "informerad", "Fick informationen den", Some(idag)),
        hur,
    ]
}

/// Who it is, as typed.
pub(super) fn inskrivet(a: &Inloggat) -> Inskrivet {
    let skyddad = a.formular.text("skyddad") == "ja";
    Inskrivet::ny(a.formular.text("kand"), a.formular.text("namn"), skyddad)
}

/// What the form says of what the person was told.
pub(super) fn information(a: &Inloggat, fel: &mut Brister) -> Information {
    let satt = Informationssatt::av_kod(a.formular.text("satt"));
    let satt = fel.prova(satt.ok_or_else(|| {
        let text = "Det står inte hur personen fick informationen.";
        Problem::ogiltigt("deltagare-satt", text, "Välj i listan.").i_falt("satt")
    }));
    Information {
        text: INFORMATIONSTEXT.to_owned(),
        sprak: "sv".to_owned(),
        dag: super::blankett::dagen(a, fel, "informerad"),
        satt: satt.unwrap_or(Informationssatt::Papper),
    }
}

/// The initiative that was chosen among one's own.
pub(super) fn vald<'a>(a: &Inloggat, egna: &'a [Insatsnamn]) -> Result<&'a Insatsnamn, Problem> {
    let varde = a.formular.text("insats");
    let funnen = egna.iter().find(|i| insatsvarde(i) == varde);
    funnen.ok_or_else(|| {
        let text = "Det står inte vilken insats det gäller.";
        let atgard = "Välj en av dina insatser i listan.";
        Problem::ogiltigt("deltagare-insats", text, atgard).i_falt("insats")
    })
}

/// POST `/deltagare/registrera`.
pub async fn spara(a: Inloggat) -> Resultat {
    let egna = a.webb.tjanst.egna_uppdrag(&a.session.aktor).await?;
    let idag = tid::dag(a.nu);
    let mut olasligt = Brister::default();
    let insats = olasligt.prova(vald(&a, &egna)).or_else(|| egna.first());
    let Some(insats) = insats else {
        return Err(Problem::finns_inte().into());
    };
    let grund = Behandlingsgrund {
        grund: Behandling::AllmantIntresse,
        information: information(&a, &mut olasligt),
    };
    let fall = RegistreraDeltagare {
        insats: insats.id,
        organisation: insats.organisation,
        vem: inskrivet(&a),
        grund,
        intrade: intrade(&a, &mut olasligt, idag),
        fro: a.webb.tjanst.fro(),
        idag,
    };
    match a.utfor(fall, olasligt).await? {
        Ok(id) => {
            let till = adress::deltagare(&id.to_string());
            Ok(Svar::vidare(till.fraga("gjort", "registrerad")))
        }
        Err(fel) => Svar::formularfel(&sida(&a, &egna, &fel)),
    }
}
