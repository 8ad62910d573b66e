//! Min behörighet: what one's roles allow, read from the policy itself.

use crate::anrop::{Inloggat, Resultat};
use crate::ram::stor_forst;
use crate::svar::Svar;
use utfall_behorighet::{Atgard, Nekad};
use utfall_vyer::komponent::Fakta;
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{BehorighetsRad, MinBehorighet};

/// GET `/behorighet`.
pub async fn min(a: Inloggat) -> Resultat {
    let aktor = &a.session.aktor;
    let roller: Vec<String> = aktor
        .roller()
        .iter()
        .map(|r| stor_forst(r.namn()))
        .collect();
    let roller = roller.join(", ");
    let far = Atgard::ALLA
        .iter()
        .filter(|atgard| aktor.far(**atgard))
        .count();
    let sida = MinBehorighet {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Min behörighet",
            format!(
                "{roller} hos {}: du får göra {far} av {} saker.",
                a.session.huvudman.namn,
                Atgard::ALLA.len()
            ),
        ),
        fakta: vec![
            Fakta::ny("Konto", a.session.visningsnamn.as_str()),
            Fakta::ny("Roll", roller.as_str()),
            Fakta::ny("Huvudman", a.session.huvudman.namn.as_str()),
            Fakta::ny(
                "Personer",
                "Inga roller på kontoret ser enskilda personer. Det går inte att ställa om.",
            ),
        ],
        rader: Atgard::ALLA.iter().map(|atgard| rad(&a, *atgard)).collect(),
    };
    Svar::sida(&sida)
}

fn rad(a: &Inloggat, atgard: Atgard) -> BehorighetsRad {
    let far = a.far(atgard);
    BehorighetsRad {
        vad: stor_forst(atgard.text()),
        far,
        fraga: if far {
            String::new()
        } else {
            Nekad { atgard }.vem_far()
        },
    }
}
