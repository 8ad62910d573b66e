//! The accounts of a huvudman: who may sign in, and as what.

mod ett;

pub use ett::{ett, logga_ut, roller, stang_av, startlosenord};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, mening, samlade};
use crate::ram::stor_forst;
use crate::siffror::antal;
use crate::svar::Svar;
use utfall_app::Brister;
use utfall_app::inloggning::losenord;
use utfall_app::installation::NyttKonto;
use utfall_app::konton::Konto;
use utfall_behorighet::{Atgard, Roll, policy};
use utfall_domain::konto::Kontolage;
use utfall_domain::problem::Problem;
use utfall_domain::svensk::sorteringsnyckel;
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lage, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Faltgrupp, Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// GET `/konton`.
pub async fn lista(a: Inloggat) -> Resultat {
    let mut konton = a.webb.tjanst.konton(&a.session.aktor).await?;
    konton.sort_by_cached_key(|k| (sorteringsnyckel(&k.visningsnamn), k.nr));
    let oppna = konton.iter().filter(|k| k.lage.far_logga_in()).count();
    let ingress = antal(
        oppna,
        "Inget konto är öppet.",
        "Ett konto är öppet.",
        "konton är öppna.",
    );
    let kolumner = ["Konto", "Roller", "Läge"].map(Kolumn::ord).to_vec();
    let tabell = Tabell::ny(
        "konton-t",
        "I bokstavsordning",
        kolumner,
        konton.iter().map(rad).collect(),
    )
    .klass("ihop")
    .tomt("Inget konto är upplagt.");
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Konton", ingress),
        besked: ingen_arbetar(&konton).into_iter().collect(),
        delar: vec![Tabelldel {
            id: "alla".into(),
            rubrik: "Alla konton".into(),
            text: Text::default().lank(Lank::ny("Lägg upp ett konto", adress::nytt_konto())),
            tabell,
        }],
        ..Tabellsida::default()
    };
    Svar::sida(&sida)
}

/// What to do first, while nobody who can work with money has an account.
fn ingen_arbetar(konton: &[Konto]) -> Option<Besked> {
    let arbetar = |k: &Konto| {
        let roller = policy::roller(Atgard::SkapaBidrag);
        k.lage.far_logga_in() && k.roller.iter().any(|r| roller.contains(r))
    };
    if konton.iter().any(arbetar) {
        return None;
    }
    let text = Text::default()
        .ord("En administratör ser inga pengar. ")
        .lank(Lank::ny("Lägg upp ett konto", adress::nytt_konto()))
        .ord(
            " åt den som ska sköta bidragen och ge det rollen ekonom eller förbundschef. Är du \
             ensam på kontoret öppnar du ditt eget konto här nedanför och kryssar i \
             förbundschef också.",
        );
    let rubrik = "ingen kan registrera bidrag än";
    Some(Besked::ny(Allvar::Upplysning, rubrik, text))
}

fn rad(konto: &Konto) -> Rad {
    let nr = konto.nr.to_string();
    // The name to sign in with stands under the other, so that a telephone has room for the
    // roles beside it.
    let under = if konto.demo {
        format!("{}, demokonto", konto.inloggning)
    } else {
        konto.inloggning.clone()
    };
    Rad::ny(vec![
        Cell::rubriklank(&konto.visningsnamn, adress::ett_konto(&nr), Some(under)),
        rollnamn(&konto.roller).into(),
        Cell::Lage(lage(konto.lage)),
    ])
    .id(format!("konto-{nr}"))
}

fn lage(lage: Kontolage) -> Lage {
    let slag = match lage {
        Kontolage::Startlosenord => LageSlag::Pagar,
        Kontolage::Aktivt => LageSlag::Lugn,
        Kontolage::Avstangt => LageSlag::Varning,
    };
    // The long word may break, so that the column fits beside the roles on a telephone.
    let text = lage.text().replace("startlösenord", "start\u{ad}lösenord");
    Lage::ny(stor_forst(&text), slag)
}

fn rollnamn(roller: &[Roll]) -> String {
    let namn: Vec<&str> = roller.iter().map(|r| r.namn()).collect();
    stor_forst(&namn.join(", "))
}

/// The roles that an account can have.
fn valbara() -> impl Iterator<Item = Roll> {
    Roll::ALLA.iter().copied().filter(|r| r.kan_tilldelas())
}

/// The boxes, ticked for these roles.
fn rollgrupp(valda: &[Roll], fel: &[Problem]) -> Faltgrupp {
    let falt = valbara().map(|roll| {
        let varde = if valda.contains(&roll) { "ja" } else { "" };
        let namn = format!("roll-{}", roll.kod());
        let gor = roll.gor().unwrap_or("har inget att göra i programmet än");
        Falt::ny(namn, stor_forst(roll.namn()), FaltSlag::Kryss)
            .hjalp(gor)
            .varde(varde)
    });
    Faltgrupp {
        id: "roller".into(),
        etikett: "Roller".into(),
        hjalp: "Roller på kontoret och roller som ser personer (deltagaransvarig, \
                jobbtorgspart) kan inte förenas, och den som kontrollerar läsningen delar \
                inte ut roller."
            .into(),
        fel: fel
            .iter()
            .find(|fel| fel.falt.as_deref() == Some("roller"))
            .map(mening),
        falt: falt.collect(),
    }
}

/// The roles whose boxes were ticked.
fn valda_roller(a: &Inloggat) -> Vec<Roll> {
    valbara()
        .filter(|roll| a.formular.text(&format!("roll-{}", roll.kod())) == "ja")
        .collect()
}

/// GET `/konton/nytt`.
pub async fn nytt(a: Inloggat) -> Resultat {
    Svar::sida(&nytt_sida(&a, &[]))
}

fn nytt_sida(a: &Inloggat, fel: &[Problem]) -> Tabellsida {
    let ifyllt = |namn: &str| a.formular.som_sant(namn).unwrap_or("").to_owned();
    let falt = [
        Falt::ny("inloggning", "Namn att logga in med", FaltSlag::Text)
            .hjalp("3 till 60 tecken: a–z, siffror, punkt, bindestreck och @.")
            .varde(ifyllt("inloggning")),
        Falt::ny("visningsnamn", "Namn som andra ser", FaltSlag::Text)
            .hjalp("Står i journalen. Skriv helst uppdraget, till exempel Ekonom på kontoret.")
            .varde(ifyllt("visningsnamn")),
    ];
    let falt = falt.map(|falt| med_fel(falt, fel)).to_vec();
    let del = Formulardel::ny(
        a.ett_formular(adress::nytt_konto()),
        falt,
        "Lägg upp kontot",
    )
    .med(rollgrupp(&valda_roller(a), fel))
    .avbryt(Lank::ny("Avbryt", adress::konton()));
    let mut ram = a.ram();
    let formular = vec![del];
    ram.fel = sammanfattad(&formular, "Kontot lades inte upp", fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Lägg upp ett konto",
            "Kontot får ett startlösenord, som visas en gång och byts vid första inloggningen.",
        )
        .under(vec![Lank::ny("Konton", adress::konton())]),
        formular,
        ..Tabellsida::default()
    }
}

/// The summary of forms with fields and boxes for roles.
fn sammanfattad(delar: &[Formulardel], rubrik: &str, fel: &[Problem]) -> Option<Felsammanfattning> {
    let egna = delar.iter().find_map(|del| del.felsammanfattning(rubrik));
    samlade(rubrik, egna.map_or(Vec::new(), |f| f.fel), fel, |namn| {
        namn == "roller" || delar.iter().flat_map(|d| &d.falt).any(|f| f.namn == namn)
    })
}

/// POST `/konton/nytt`.
pub async fn lagg_upp(a: Inloggat) -> Resultat {
    let (klartext, phc) = startlosenord_for(&a).await?;
    let nytt = NyttKonto::ifyllt(
        a.formular.text("inloggning"),
        a.formular.text("visningsnamn"),
        phc,
        &valda_roller(&a),
    );
    match a.utfor(nytt, Brister::default()).await? {
        Ok(id) => {
            let konton = a.webb.tjanst.konton(&a.session.aktor).await?;
            let konto = konton.iter().find(|k| k.id == id);
            let konto = konto.ok_or_else(Problem::finns_inte)?;
            Svar::sida(&visa_startlosenord(&a, konto, &klartext))
        }
        Err(fel) => Svar::formularfel(&nytt_sida(&a, &fel)),
    }
}

/// A starting password with its hash.
///
/// Made of the session's secret and the form's key, so that the same form sent twice gives
/// the page with the same password: the answer that is kept for it must not hold one.
async fn startlosenord_for(a: &Inloggat) -> Result<(String, String), Problem> {
    let nyckel = a.nyckel()?;
    let fro = a
        .token
        .as_ref()
        .map(|token| token.fro(nyckel.som_text()))
        .ok_or_else(Problem::finns_inte)?;
    let klartext = losenord::startlosenord(&fro);
    let phc = a.webb.dorrvakt.hasha(&a.webb.tjanst, klartext.clone());
    Ok((klartext, phc.await?))
}

fn visa_startlosenord(a: &Inloggat, konto: &Konto, klartext: &str) -> Tabellsida {
    let hit = adress::ett_konto(&konto.nr.to_string());
    Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Startlösenord",
            format!(
                "Kontot {} kan logga in med det här lösenordet.",
                konto.visningsnamn
            ),
        )
        .under(vec![
            Lank::ny("Konton", adress::konton()),
            Lank::ny(&konto.visningsnamn, hit),
        ]),
        besked: vec![Besked::ny(
            Allvar::Varning,
            "lösenordet visas bara nu",
            "Skriv av det och lämna det till personen själv, inte i samma brev som namnet. \
             Det första personen får göra är att välja ett eget.",
        )],
        fakta: vec![
            Fakta::ny("Namn att logga in med", konto.inloggning.as_str()),
            Fakta::ny("Startlösenord", klartext),
            Fakta::ny("Roller", rollnamn(&konto.roller)),
        ],
        ..Tabellsida::default()
    }
}
