//! Help, the measures and accessibility: open to everybody.

use crate::adress;
use crate::anrop::{Anrop, Resultat};
use crate::harledning::regel;
use crate::siffror::enhet_i_rubrik;
use crate::svar::Svar;
use utfall_domain::granskning::REGLER;
use utfall_domain::matt::{Matt, Synlighet};
use utfall_domain::varde::Tecken;
use utfall_vyer::komponent::{Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{MattRad, OmSiffrorna, Textdel, Textsida};

/// GET `/om-siffrorna`.
pub async fn om_siffrorna(a: Anrop) -> Resultat {
    let sida = OmSiffrorna {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Om siffrorna",
            "Varje siffra i Utfall kommer från ett av de här måtten. Varje mått räknas på ett \
             enda sätt.",
        ),
        matt: matt(|_| true),
    };
    Svar::sida(&sida)
}

/// The measures with their definitions.
#[must_use]
pub fn matt(visas: impl Fn(Synlighet) -> bool) -> Vec<MattRad> {
    Matt::ALLA
        .iter()
        .map(|matt| (matt, matt.definition()))
        .filter(|(_, def)| visas(def.synlighet))
        .map(|(matt, def)| MattRad {
            kod: matt.kod().to_owned(),
            namn: matt.text().to_owned(),
            definition: def.text.to_owned(),
            formel: regel(*matt),
            enhet: enhet_i_rubrik(def.enhet).to_owned(),
            synlighet: match def.synlighet {
                Synlighet::Publik => "Alla, när det är publicerat.",
                Synlighet::PublikOmTryckt => {
                    "Alla, när talet står i ett papper som redan är offentligt. Annars bara \
                     de som loggar in."
                }
                Synlighet::Inloggad => "Bara de som loggar in.",
            }
            .to_owned(),
        })
        .collect()
}

/// GET `/hjalp`.
pub async fn hjalp(a: Anrop) -> Resultat {
    let mut delar = vec![siffrordel(), teckendel()];
    for (id, rubrik, text) in HJALP {
        delar.push(Textdel::ny(id, rubrik, vec![text.into()]));
    }
    delar.extend(REGLER.iter().map(|regel| {
        let stycken = vec![regel.jamfor.into(), regel.varfor.into()];
        Textdel::ny(regel.kod, regel.titel, stycken)
    }));
    let sida = Textsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Hjälp",
            "Så läser du siffrorna, rättar dem och läser in papper.",
        ),
        delar,
    };
    Svar::sida(&sida)
}

/// Id, heading and text of the plain parts of the help.
const HJALP: [(&str, &str, &str); 7] = [
    (
        "hitta",
        "Hitta ett belopp eller ett namn",
        "Skriv ett belopp i sökrutan, med eller utan mellanrum, så får du uppgifterna med just \
         det beloppet och fynden som nämner det. Ord söker bland insatser, bidrag, beslut och \
         papper. När bidragen är många går Medel att filtrera på år, finansiär och på dem som \
         har fel eller varningar.",
    ),
    (
        "ratta",
        "Rätta en uppgift",
        "En uppgift skrivs aldrig över. Du rättar den med en ny uppgift och ett skäl. Den gamla \
         finns kvar, och det syns vad som gällde vilken dag.",
    ),
    (
        "underlag",
        "Läs in ett papper",
        "Ett underlag är det som ett papper säger, i en fil. Du ser innehållet och vad som inte \
         stämmer innan något sparas. Samma papper läses aldrig in två gånger.",
    ),
    (
        "format",
        "Hur ett underlag skrivs",
        "Ett underlag är en textfil i JSON. Det börjar med vilket papper det är och vems: \
         { \"format\": \"utfall-underlag/1\", \"dokument\": { \"titel\": …, \"huvudman\": … }. \
         Sedan följer listor: bidrag, beslut, insatser, fördelningar, volymer. Belopp skrivs som \
         i papperet, \"680 tkr\", och varje uppgift får sin plats, \"s. 3\". En tabell i Excel \
         går inte att läsa som den är; varje rad skrivs av som en uppgift. Hela formatet, med \
         exempel, följer med programmet i docs/format/underlag.md.",
    ),
    (
        "rapport",
        "Skriv en återrapport",
        "Siffrorna hämtas. Texterna börjar med dem ur den senaste utfärdade rapporten om samma \
         bidrag, annars med bidragets ändamål, och under fältet står varifrån de kommer. När \
         rapporten är utfärdad ändras den inte.",
    ),
    (
        "publicera",
        "Publicera det som har ändrats",
        "Inget syns utanför för att det är sparat. Har något ändrats sedan det publicerades står \
         det överst på sidan Publicering, och läsarna ser det gamla tills du publicerar igen. Då \
         publiceras det som listan visar och inget annat.",
    ),
    (
        "granskning",
        "Granskningens regler",
        "Granskningen jämför det som papperet säger på olika ställen. Ett fel måste rättas. En \
         varning kan du acceptera med en förklaring. Ett fynd som ingen behöver göra mer åt har \
         ett ord bredvid sig. Accepterad: någon har förklarat det. Rättat i böckerna: det rätta \
         beloppet gör att papperet går ihop. Papperet är ersatt: en ny version är inläst.",
    ),
];

fn siffrordel() -> Textdel {
    let stycken = vec![
        "Varje siffra är en länk. Den leder till en sida som visar hur siffran är uträknad, \
         vilka uppgifter som ligger bakom, var de står i papperet, vem som läste in dem och när."
            .into(),
        Text::from(
            "Där kan du också välja en dag och se vad siffran var då. Vad orden betyder står \
             under ",
        )
        .lank(Lank::ny("Om siffrorna", adress::om_siffrorna()))
        .ord("."),
    ];
    Textdel::ny("siffror", "Följ en siffra", stycken)
}

fn teckendel() -> Textdel {
    let tecken = [
        Tecken::Okant,
        Tecken::EjBeslutat,
        Tecken::EjInrapporterat,
        Tecken::Sekretess,
    ];
    let forklarade = tecken
        .iter()
        .map(|t| Fakta::ny(t.tecken(), format!("{}: {}", t.ord(), t.forklaring())));
    let fakta: Vec<Fakta> = std::iter::once(Fakta::ny("0", "noll: vi vet att det är inget"))
        .chain(forklarade)
        .collect();
    let stycken = vec![
        "Fem saker ser olika ut, för att de betyder olika saker.".into(),
        "Är bara en del av en summa känd står tecknet, och bredvid det ”känd del” med beloppet. \
         Står det ”ej beslutat ingår inte” är summan känd så när som på år som ingen har \
         beslutat om än."
            .into(),
    ];
    Textdel::ny("tecken", "När det inte finns någon siffra", stycken).med(fakta)
}

/// GET `/tillganglighet`.
pub async fn tillganglighet(a: Anrop) -> Resultat {
    let delar = vec![
        Textdel::ny(
            "kan",
            "Så ska det fungera",
            vec![
            "Alla sidor fungerar utan skript, med bara tangentbord, med skärmläsare, förstorade \
             till 400 procent och utskrivna. Varje diagram har samma tal i en tabell."
                .into(),
            "Målet är WCAG 2.2 nivå AA. Varje sida provas automatiskt i en riktig webbläsare."
                .into(),
        ],
        ),
        Textdel::ny(
            "brister",
            "Det vi vet saknas",
            vec![
                "Sidorna är inte provade av personer som använder skärmläsare till vardags. Breda \
             tabeller rullar i sidled på smala skärmar."
                    .into(),
            ],
        ),
        Textdel::ny(
            "anmal",
            "Hittar du ett hinder",
            vec![
            "Berätta det för den organisation vars sidor du läser. De har skyldighet att svara. \
             Är du inte nöjd med svaret kan du vända dig till Myndigheten för digital \
             förvaltning."
                .into(),
        ],
        ),
    ];
    let sida = Textsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Tillgänglighet", "Utfall ska gå att använda för alla."),
        delar,
    };
    Svar::sida(&sida)
}
