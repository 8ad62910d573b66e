//! Who a participant is, said anew.

use super::registrera::{inskrivet, personfalt};
use super::{fyll, i_formular, vagen_hit};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::registrering::Blankett;
use crate::svar::Svar;
use utfall_app::Brister;
use utfall_app::deltagare::{Deltagarpost, RattaUppgifter};
use utfall_domain::deltagare::uppgifter::{Kand, Uppgifter};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// GET `/deltagare/{deltagare}/uppgifter`.
pub async fn ratta_uppgifter(mut a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    fyll(&mut a, falt_av(&post.bild.uppgifter));
    Svar::sida(&sida(&a, &post, &[]))
}

fn falt_av(u: &Uppgifter) -> Vec<(String, String)> {
    let kand = match &u.kand {
        Kand::Nummer(nummer) => nummer.tryckt().som_str().to_owned(),
        Kand::Kod(kod) => kod.som_str().to_owned(),
    };
    let namn = u.namn.as_ref().map_or("", |n| n.som_str());
    let skyddad = if u.skyddad { "ja" } else { "" };
    [
        ("kand", kand.as_str()),
        ("namn", namn),
        ("skyddad", skyddad),
    ]
    .map(|(namn, varde)| (namn.to_owned(), varde.to_owned()))
    .to_vec()
}

fn sida(a: &Inloggat, post: &Deltagarpost, fel: &[Problem]) -> Registrering {
    let id = post.bild.id.to_string();
    let mut sida = Blankett {
        rubrik: "Rätta vem det är".to_owned(),
        ingress: "Det som stod förut sparas krypterat så länge deltagaren finns kvar.",
        under: vagen_hit(post),
        mal: adress::deltagare_uppgifter(&id),
        knapp: "Spara rättelsen",
        foljd: "",
        inte_sparat: "Rättelsen sparades inte",
        avbryt: adress::deltagare(&id),
    }
    .sida(a, vec![Faltdel::ny("Vem", personfalt(a))], fel);
    let sedd = a.formular.som_sant("sedd").map(str::to_owned);
    let sedd = sedd.unwrap_or_else(|| post.bild.uppgiftsversion.to_string());
    sida.formular = sida.formular.med_dolt("sedd", sedd);
    sida
}

/// POST `/deltagare/{deltagare}/uppgifter`.
pub async fn spara_uppgifter(a: Inloggat) -> Resultat {
    let post = i_formular(&a).await?;
    let fall = RattaUppgifter {
        deltagande: post.bild.id,
        sedd: a.formular.tal("sedd").unwrap_or(-1),
        vem: inskrivet(&a),
        fro: a.webb.tjanst.fro(),
        idag: tid::dag(a.nu),
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(()) => {
            let till = adress::deltagare(&post.bild.id.to_string());
            Ok(Svar::vidare(till.fraga("gjort", "uppgifter")))
        }
        Err(fel) => Svar::formularfel(&sida(&a, &post, &fel)),
    }
}
