//! What a person is told when the database could not do its part.

use utfall_domain::problem::{Problem, ProblemSlag};

use super::DbFel;

const FORSOK_IGEN: &str = "Vänta en stund och försök igen.";

impl From<DbFel> for Problem {
    /// The database's own words go to the log, not to the person.
    fn from(fel: DbFel) -> Self {
        if fel == DbFel::IngenRad {
            return Self::finns_inte();
        }
        if let DbFel::Nyckel(fel) = fel {
            let problem = Self::from(fel);
            if problem.slag == ProblemSlag::Internt {
                tracing::error!(kod = problem.kod, "nyckelfel");
            }
            return problem;
        }
        let (slag, kod, atgard) = upptaget(&fel)
            .or_else(|| givet(&fel))
            .or_else(|| drift(&fel))
            .unwrap_or((
                ProblemSlag::Internt,
                "internt",
                "Försök igen. Händer det på nytt, kontakta den som sköter systemet.",
            ));
        if slag == ProblemSlag::Internt {
            tracing::error!(orsak = ?fel, "databasfel");
        }
        Self::nytt(slag, kod, fel.to_string(), atgard)
    }
}

type Svar = (ProblemSlag, &'static str, &'static str);

/// Passes by itself.
fn upptaget(fel: &DbFel) -> Option<Svar> {
    let kod = match fel {
        DbFel::Full => "databas-full-ko",
        DbFel::Upptagen | DbFel::Konflikt => "databas-upptagen",
        DbFel::Tidsgrans => "databas-tidsgrans",
        DbFel::TappadAnslutning => "databas-bruten",
        DbFel::Stangd => "databas-stangd",
        _ => return None,
    };
    Some((ProblemSlag::Upptaget, kod, FORSOK_IGEN))
}

/// The matter of the person who sent it.
fn givet(fel: &DbFel) -> Option<Svar> {
    use ProblemSlag::{Konflikt, Ogiltigt};
    Some(match fel {
        DbFel::Unik { .. } => (
            Konflikt,
            "finns-redan",
            "Använd den som finns, eller välj en annan beteckning.",
        ),
        DbFel::Version => (
            Konflikt,
            "andrad-under-tiden",
            "Öppna uppgiften på nytt, jämför med din text och spara igen.",
        ),
        DbFel::AretAvslutat { .. } => (
            Ogiltigt,
            "aret-avslutat",
            "Gör ändringen som en rättelse efter avslut, med ett skäl. Den syns då som en sådan \
             överallt där årets siffror visas.",
        ),
        DbFel::FrammandeNyckel { .. } => (
            Ogiltigt,
            "databas-koppling",
            "Kontrollera vad uppgiften hänvisar till.",
        ),
        DbFel::Regel { .. } => (
            Ogiltigt,
            "databas-regel",
            "Kontrollera värdena i det du skickade.",
        ),
        DbFel::BaraTillagg => (
            Ogiltigt,
            "databas-bara-tillagg",
            "Registrera en rättelse i stället.",
        ),
        DbFel::OgiltigText => (
            Ogiltigt,
            "ogiltigt-tecken",
            "Ta bort tecknet och försök igen.",
        ),
        _ => return None,
    })
}

/// The matter of whoever runs the installation.
fn drift(fel: &DbFel) -> Option<Svar> {
    let (kod, atgard) = match fel {
        DbFel::OklartUtfall => (
            "databas-oklart",
            "Titta efter om ändringen finns innan du gör om den.",
        ),
        DbFel::NyareDatabas { .. } => (
            "databas-nyare",
            "Installera den nyare versionen, eller läs tillbaka en säkerhetskopia från före \
                 uppgraderingen.",
        ),
        DbFel::AndradMigrering { .. } => (
            "databas-schema",
            "Kontrollera vilket program databasen hör till.",
        ),
        DbFel::SkrivskyddadDisk => (
            "databas-skrivskyddad",
            "Kontrollera att filen och mappen får ändras av den som kör programmet och att \
             disken inte är skrivskyddad.",
        ),
        DbFel::FullDisk => ("disk-full", "Frigör utrymme och försök igen."),
        DbFel::Diskfel { .. } => (
            "databas-disk",
            "Kontrollera att disken fungerar och har ledigt utrymme, och försök igen.",
        ),
        DbFel::Skadad { .. } | DbFel::OmojligRad { .. } => (
            "databas-skadad",
            "Kör utfall doktor, eller läs tillbaka en säkerhetskopia.",
        ),
        DbFel::KanInteOppna { .. } => ("databas-oppna", "Kontrollera datamappen eller adressen."),
        _ => return None,
    };
    Some((ProblemSlag::Internt, kod, atgard))
}
