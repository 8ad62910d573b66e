//! The register of organisations.

use crate::anrop::{Inloggat, Resultat};
use crate::siffror::antal;
use crate::svar::Svar;
use utfall_domain::organisation::{NamnArt, Organisation, OrganisationSlag};
use utfall_vyer::komponent::Fakta;
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Textdel, Textsida};

/// GET `/organisationer`.
pub async fn lista(a: Inloggat) -> Resultat {
    let alla = a.webb.tjanst.organisationer(&a.session.aktor).await?;
    let delar = OrganisationSlag::ALLA
        .iter()
        .map(|slag| {
            (
                slag,
                alla.iter().filter(|o| o.slag == *slag).collect::<Vec<_>>(),
            )
        })
        .filter(|(_, egna)| !egna.is_empty())
        .map(|(slag, egna)| {
            Textdel::ny(slag.kod(), &crate::ram::stor_forst(slag.text()), Vec::new())
                .med(egna.into_iter().map(|o| fakta(&alla, o)).collect())
        })
        .collect();
    let ingress = antal(
        alla.len(),
        "Inga organisationer är registrerade.",
        "En organisation är registrerad.",
        "organisationer är registrerade: de som ger, får och använder pengar.",
    );
    let sida = Textsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Organisationer", ingress),
        delar,
    };
    Svar::sida(&sida)
}

fn fakta(alla: &[Organisation], o: &Organisation) -> Fakta {
    let over = o.overordnad.and_then(|id| alla.iter().find(|x| x.id == id));
    let mut om: Vec<String> = Vec::new();
    om.extend(over.map(|x| format!("Hör till {}", x.namn_nu())));
    om.extend(
        o.orgnr
            .as_ref()
            .map(|nr| format!("organisationsnummer {nr}")),
    );
    let andra: Vec<&str> = o
        .namn
        .iter()
        .filter(|n| n.art == NamnArt::Alias || n.namn != o.namn_nu())
        .map(|n| n.namn.as_str())
        .collect();
    if !andra.is_empty() {
        om.push(format!("kallas också {}", andra.join(", ")));
    }
    let text = if om.is_empty() {
        "Inget mer är registrerat".to_owned()
    } else {
        om.join(", ")
    };
    Fakta::ny(o.namn_nu(), format!("{}.", crate::ram::stor_forst(&text)))
}
