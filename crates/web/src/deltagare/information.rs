//! The sheet that a participant is given before anything is registered (dataskyddsförordningen
//! 13), and the one they sign when something may be told to another. Made to be printed, and to
//! be read by who does not often read.

use super::registrera::INFORMATIONSTEXT;
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::svar::Svar;
use utfall_domain::deltagare::samtycke::Uppgiftsslag;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Textdel, Textsida};

/// GET `/deltagare/information`.
pub async fn informationsblad(a: Inloggat) -> Resultat {
    let vem = a.session.huvudman.namn.clone();
    let sida = Textsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Till dig som ska delta",
            "Det här sparar vi om dig, och det här bestämmer du själv.",
        )
        .overrad(format!("{vem} · text {INFORMATIONSTEXT}"))
        .under(vec![Lank::ny("Deltagare", adress::deltagarna())]),
        delar: vec![sparas(), ser(), rattigheter(&vem), samtycket()],
    };
    Svar::sida(&sida)
}

fn stycken(rader: &[&str]) -> Vec<Text> {
    rader.iter().map(|rad| Text::from(*rad)).collect()
}

fn sparas() -> Textdel {
    Textdel::ny(
        "sparas",
        "Det här sparar vi",
        stycken(&[
            "Vem du är. Vill du inte lämna ditt personnummer får du en kod i stället.",
            "Vad du lever på och vad du gör när du börjar, när du slutar, och efter 3, 6, 12 \
             och 24 månader.",
            "Din utbildning, hur länge du har fått stöd och vem som tipsade dig.",
            "Vi skriver aldrig varför du behöver stöd, och aldrig vilka sjukdomar du har.",
            "Vi sparar det för att kunna visa vad insatsen gav. Grunden är en uppgift av \
             allmänt intresse (dataskyddsförordningen artikel 6.1 e).",
        ]),
    )
}

fn ser() -> Textdel {
    Textdel::ny(
        "ser",
        "De här ser det",
        stycken(&[
            "Bara de som arbetar med dig i insatsen. Varje gång någon tittar antecknas det, och \
             en annan person kontrollerar anteckningarna.",
            "Kontoret, politikerna och allmänheten får bara antal, och aldrig så små antal att \
             någon kan känna igen dig.",
            "Allt om dig är krypterat. När uppgifterna ska bort förstörs nyckeln, och då går de \
             inte att läsa någonstans.",
        ]),
    )
}

fn rattigheter(vem: &str) -> Textdel {
    let fraga = format!(
        "Fråga den du träffar i insatsen, eller dataskyddsombudet hos {vem}. Är du inte nöjd kan \
         du klaga hos Integritetsskyddsmyndigheten."
    );
    Textdel::ny(
        "rattigheter",
        "Det här har du rätt till",
        stycken(&[
            "Du får veta vad som står om dig, och du får det på papper om du vill.",
            "Är något fel ska det rättas.",
            "Du kan säga nej. Då räknas du med som en person, utan något om vem du är.",
            "Har du skyddade personuppgifter: säg det först. Då skriver vi bara en kod.",
            fraga.as_str(),
        ]),
    )
}

/// What is signed when one authority may tell another.
fn samtycket() -> Textdel {
    let slag: Vec<&str> = Uppgiftsslag::ALLA.iter().map(|s| s.text()).collect();
    let slag = format!("Ringa in vad det gäller: {}.", slag.join(" · "));
    Textdel::ny(
        "samtycke",
        "Samtycke till att en uppgift lämnas ut",
        stycken(&[
            "Jag samtycker till att ______________________ får berätta för ______________________ \
             om mig.",
            slag.as_str(),
            "Samtycket gäller som längst till insatsen slutar för mig. Jag kan ta tillbaka det \
             när jag vill, utan att säga varför. Då får den andra inte veta mer.",
            "Datum ____________   Namnteckning ______________________________",
        ]),
    )
}
