//! Byt lösenord: one's own.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::med_fel;
use crate::svar::{Fel, Svar};
use utfall_app::inloggning::Losenordsbyte;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning};
use utfall_vyer::komponent::{Allvar, Besked};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabellsida};

/// GET `/losenord`.
pub async fn visa(a: Inloggat) -> Resultat {
    Svar::sida(&sida(&a, None))
}

fn sida(a: &Inloggat, fel: Option<&Problem>) -> Tabellsida {
    let falt = [
        Falt::ny("losenord", "Nuvarande lösenord", FaltSlag::Losenord),
        Falt::ny("nytt-losenord", "Nytt lösenord", FaltSlag::NyttLosenord)
            .hjalp("Minst 12 tecken. Fyra ord är lätt att minnas och svårt att gissa."),
        Falt::ny(
            "igen-losenord",
            "Nytt lösenord igen",
            FaltSlag::NyttLosenord,
        ),
    ];
    let falt = falt.map(|falt| med_fel(falt, fel)).to_vec();
    let del = Formulardel::ny(a.ett_formular(adress::losenord()), falt, "Byt lösenord");
    let mut ram = a.ram();
    ram.fel = fel.map(|fel| {
        let rubrik = "Lösenordet är inte bytt";
        del.felsammanfattning(rubrik)
            .unwrap_or_else(|| Felsammanfattning::utan_falt(rubrik, crate::felen::mening(fel)))
    });
    let ingress = if a.session.byt_losenord {
        "Någon annan har valt ditt startlösenord. Välj ett eget innan du går vidare."
    } else {
        "Du är kvar här. Alla andra inloggningar på ditt konto avslutas."
    };
    let klart = a.fraga.text("klart") == "ja" && fel.is_none();
    let besked = klart.then(|| {
        let text = "Logga in med det nya nästa gång.";
        Besked::ny(Allvar::Upplysning, "lösenordet är bytt", text)
    });
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny("Byt lösenord", ingress),
        besked: besked.into_iter().collect(),
        formular: vec![del],
        ..Tabellsida::default()
    }
}

/// POST `/losenord`. Has no key against being sent twice: the second time the old password
/// is not the old one any more, and what is saved under a key must not come of a password.
pub async fn byt(a: Inloggat) -> Resultat {
    let text = |namn: &str| a.formular.som_sant(namn).unwrap_or("").to_owned();
    let Some(token) = a.token.clone() else {
        return Err(Fel::gammalt_formular());
    };
    let nytt = text("nytt-losenord");
    if nytt != text("igen-losenord") {
        let fel = Problem::ogiltigt(
            "losenord-olika",
            "De två nya lösenorden är inte lika.",
            "Skriv samma en gång till.",
        );
        return Svar::formularfel(&sida(&a, Some(&fel.i_falt("igen-losenord"))));
    }
    let byte = Losenordsbyte {
        aktor: a.session.aktor.clone(),
        token,
        gammalt: text("losenord"),
        nytt,
        adress: a.adress.to_string(),
    };
    match a.webb.dorrvakt.byt_losenord(&a.webb.tjanst, byte).await {
        Ok(()) if a.session.byt_losenord => {
            Ok(Svar::vidare_till_egen(crate::ram::hem(&a.session.aktor)))
        }
        Ok(()) => Ok(Svar::vidare(adress::losenord().fraga("klart", "ja"))),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => Svar::formularfel(&sida(&a, Some(&fel))),
        Err(fel) => Err(fel.into()),
    }
}
