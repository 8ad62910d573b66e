//! Texts that are the same in every installation: help, accessibility, what the signs mean.

use crate::komponent::{Fakta, Text};
use crate::sidor::Textdel;
use crate::tal::Tecken;

/// The help page.
#[must_use]
pub fn hjalp() -> Vec<Textdel> {
    vec![
        del(
            "borja",
            "Kom i gång",
            &[
                "Börja med att läsa in ett underlag. Underlaget är en fil som säger vad ett papper \
                    innehåller.",
                "Du ser vad filen innehåller innan något sparas. Är något fel får du veta vilken \
                    rad, och hur du rättar den.",
            ],
        ),
        del(
            "siffror",
            "Varje siffra är en länk",
            &[
                "Klicka på en siffra så ser du hur den är uträknad. Där står raderna bakom, vem \
                    som förde in dem och när.",
                "Du kan också se siffran som den var en tidigare dag. Då förstår du varför den \
                    har ändrats.",
            ],
        ),
        del(
            "granskning",
            "Det som inte stämmer",
            &[
                "Granskningen jämför uppgifterna med varandra. Ett fel måste rättas eller \
                    förklaras. En varning kan accepteras med en motivering. En upplysning kräver \
                    inget.",
                "Granskningen säger inte vem som har gjort fel. Den säger vilka uppgifter som \
                    säger emot varandra.",
            ],
        ),
        del(
            "ratta",
            "Rätta en uppgift",
            &[
                "En uppgift skrivs aldrig över. När du rättar får den gamla stå kvar, med din \
                orsak. Därför går det alltid att se vad som gällde förut.",
            ],
        ),
        del(
            "rapport",
            "Skriv en återrapport",
            &[
                "Siffrorna fylls i av sig själva. Du skriver texten.",
                "Det som inte stämmer visas innan du utfärdar. När rapporten är utfärdad går den \
                    inte att ändra.",
            ],
        ),
    ]
}

/// The accessibility page.
#[must_use]
pub fn tillganglighet() -> Vec<Textdel> {
    vec![
        del(
            "sa-gor-vi",
            "Så är sidorna byggda",
            &[
                "Utfall ska gå att använda för alla. Sidorna följer WCAG 2.2 på nivå AA.",
                "Allt går att göra med tangentbord. Inget kräver skript, mus eller färgseende.",
                "Varje diagram har en tabell med samma tal. Varje tecken har ett ord för den som \
                    lyssnar.",
            ],
        ),
        del(
            "brister",
            "Det vi vet brister",
            &[
                "Vi har inte provat sidorna med alla skärmläsare. Breda tabeller rullar i sidled \
                på små skärmar.",
            ],
        ),
        del(
            "sag-till",
            "Säg till om något hindrar dig",
            &[
                "Skriv till den som ansvarar för Utfall hos dig. Berätta vilken sida det gäller \
                och vad du ville göra.",
            ],
        ),
    ]
}

/// What the five signs mean.
#[must_use]
pub fn tecken() -> Vec<Textdel> {
    let fakta = [
        Tecken::Noll,
        Tecken::Okant,
        Tecken::EjBeslutat,
        Tecken::EjInrapporterat,
        Tecken::Sekretess,
    ]
    .map(|t| Fakta::ny(t.marke(), t.forklaring()));
    vec![
        del(
            "tecken",
            "När det inte finns något tal",
            &["Att vi inte vet är något annat än noll. Därför finns fem tecken."],
        )
        .med(fakta.to_vec()),
    ]
}

fn del(id: &str, rubrik: &str, stycken: &[&str]) -> Textdel {
    Textdel::ny(id, rubrik, stycken.iter().map(|s| Text::from(*s)).collect())
}
