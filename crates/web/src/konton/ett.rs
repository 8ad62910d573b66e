//! One account and what can be done to it.

use super::{
    rollgrupp, rollnamn, sammanfattad, startlosenord_for, valda_roller, visa_startlosenord,
};
use crate::adress::{self, Adress};
use crate::anrop::{Inloggat, Resultat};
use crate::ram::stor_forst;
use crate::svar::Svar;
use utfall_app::konton::{AndraRoller, AvslutaSessioner, Konto, NyttStartlosenord, StangAv};
use utfall_app::{Anvandningsfall, Brister};
use utfall_behorighet::Roll;
use utfall_domain::problem::Problem;
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabellsida};

/// GET `/konton/{konto}`.
pub async fn ett(a: Inloggat) -> Resultat {
    let konto = hitta(&a).await?;
    let gjort = match a.fraga.text("gjort") {
        "roller" => Some((
            "rollerna är sparade",
            "De gäller från nästa sida som öppnas.",
        )),
        "avstangt" => Some(("kontot är avstängt", "Den som var inloggad är ute.")),
        "utloggat" => Some((
            "kontot är utloggat överallt",
            "Lösenordet gäller fortfarande.",
        )),
        _ => None,
    };
    let besked = gjort.map(|(rubrik, text)| Besked::ny(Allvar::Upplysning, rubrik, text));
    let sida = Tabellsida {
        besked: besked.into_iter().collect(),
        ..sida(&a, &konto, &konto.roller, &[])
    };
    Svar::sida(&sida)
}

async fn hitta(a: &Inloggat) -> Result<Konto, Problem> {
    let nr = a.stig.tal("konto").ok_or_else(Problem::finns_inte)?;
    let konton = a.webb.tjanst.konton(&a.session.aktor).await?;
    let konto = konton.into_iter().find(|k| k.nr == nr);
    konto.ok_or_else(Problem::finns_inte)
}

fn sida(a: &Inloggat, konto: &Konto, valda: &[Roll], fel: &[Problem]) -> Tabellsida {
    let formular = formulardelar(a, konto, valda, fel);
    let mut ram = a.ram();
    ram.fel = sammanfattad(&formular, "Kontot är inte ändrat", fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            &konto.visningsnamn,
            format!("Kontot är {}.", lage_i_mening(konto)),
        )
        .under(vec![Lank::ny("Konton", adress::konton())]),
        fakta: vec![
            Fakta::ny("Namn att logga in med", konto.inloggning.as_str()),
            Fakta::ny("Roller", rollnamn(&konto.roller)),
            Fakta::ny("Läge", stor_forst(konto.lage.text())),
            Fakta::ny("Nummer i journalen", format!("Konto {}", konto.nr)),
        ],
        formular,
        ..Tabellsida::default()
    }
}

fn lage_i_mening(konto: &Konto) -> &'static str {
    if konto.lage.ska_byta_losenord() {
        "öppet, men startlösenordet är inte bytt än"
    } else {
        konto.lage.text()
    }
}

fn formulardelar(a: &Inloggat, konto: &Konto, valda: &[Roll], fel: &[Problem]) -> Vec<Formulardel> {
    let nr = konto.nr.to_string();
    let tomt = |till: Adress, knapp: &str| {
        Formulardel::ny(a.ett_formular(till), Vec::new(), knapp).andra()
    };
    let mut delar = Vec::new();
    if konto.lage.far_logga_in() {
        let sedda: Vec<&str> = konto.roller.iter().map(|r| r.kod()).collect();
        let formular = a
            .ett_formular(adress::konto_roller(&nr))
            .med_dolt("sedda", sedda.join(" "));
        delar.push(
            Formulardel::ny(formular, Vec::new(), "Spara rollerna")
                .under("andra-roller", "Ändra roller", Text::default())
                .med(rollgrupp(valda, fel)),
        );
    }
    if !konto.demo {
        let (rubrik, text) = if konto.lage.far_logga_in() {
            (
                "Glömt lösenordet",
                "Det gamla lösenordet slutar gälla genast, och den som är inloggad är ute.",
            )
        } else {
            (
                "Öppna kontot igen",
                "Kontot får ett nytt startlösenord. Rollerna är de som kontot hade.",
            )
        };
        let del = tomt(
            adress::konto_startlosenord(&nr),
            "Gör ett nytt startlösenord",
        );
        delar.push(del.under("nytt-startlosenord", rubrik, text));
    }
    if konto.lage.far_logga_in() {
        delar.push(
            tomt(adress::konto_logga_ut(&nr), "Logga ut överallt").under(
                "utloggning",
                "Borttappad dator eller telefon",
                "Alla inloggningar avslutas. Lösenordet gäller fortfarande.",
            ),
        );
        delar.push(tomt(adress::konto_stang_av(&nr), "Stäng av kontot").under(
            "avstangning",
            "Personen har slutat",
            "Kontot kan inte logga in mer, och den som är inloggad är ute. Det som kontot har \
             gjort står kvar.",
        ));
    }
    delar
}

/// Carries out a use case and goes back to the account, saying what was done.
async fn gor<F: Anvandningsfall>(a: &Inloggat, fall: F, gjort: &str) -> Resultat {
    let konto = hitta(a).await?;
    match a.utfor(fall, Brister::default()).await? {
        // Whoever closed or signed out the own account is signed out.
        Ok(_) => {
            let till = adress::ett_konto(&konto.nr.to_string());
            Ok(Svar::vidare(till.fraga("gjort", gjort)))
        }
        Err(fel) => {
            let valda = if gjort == "roller" {
                valda_roller(a)
            } else {
                konto.roller.clone()
            };
            Svar::formularfel(&sida(a, &konto, &valda, &fel))
        }
    }
}

fn nr(a: &Inloggat) -> Result<i64, Problem> {
    a.stig.tal("konto").ok_or_else(Problem::finns_inte)
}

/// POST `/konton/{konto}/roller`.
pub async fn roller(a: Inloggat) -> Resultat {
    let sedda = a.formular.text("sedda").split(' ');
    let fall = AndraRoller {
        nr: nr(&a)?,
        sedda: sedda.filter_map(Roll::av_kod).collect(),
        roller: valda_roller(&a),
    };
    gor(&a, fall, "roller").await
}

/// POST `/konton/{konto}/stang-av`.
pub async fn stang_av(a: Inloggat) -> Resultat {
    let fall = StangAv { nr: nr(&a)? };
    gor(&a, fall, "avstangt").await
}

/// POST `/konton/{konto}/logga-ut`.
pub async fn logga_ut(a: Inloggat) -> Resultat {
    let fall = AvslutaSessioner { nr: nr(&a)? };
    gor(&a, fall, "utloggat").await
}

/// POST `/konton/{konto}/startlosenord`.
pub async fn startlosenord(a: Inloggat) -> Resultat {
    let konto = hitta(&a).await?;
    let (klartext, losenord) = startlosenord_for(&a).await?;
    let fall = NyttStartlosenord {
        nr: konto.nr,
        losenord,
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(()) => Svar::sida(&visa_startlosenord(&a, &konto, &klartext)),
        Err(fel) => Svar::formularfel(&sida(&a, &konto, &konto.roller, &fel)),
    }
}
