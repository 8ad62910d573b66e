//! The accounts of a huvudman: who may sign in, and as what.

mod ett;

pub use ett::{ett, logga_ut, roller, stang_av, startlosenord};

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::insatser::{med_fel, mening};
use crate::ram::stor_forst;
use crate::siffror::antal;
use crate::svar::Svar;
use utfall_app::inloggning::losenord;
use utfall_app::installation::NyttKonto;
use utfall_app::konton::Konto;
use utfall_behorighet::Roll;
use utfall_domain::konto::Kontolage;
use utfall_domain::problem::{Problem, ProblemSlag};
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
    let kolumner = ["Konto", "Loggar in som", "Roller", "Läge"]
        .map(Kolumn::ord)
        .to_vec();
    let tabell = Tabell::ny(
        "konton-t",
        "I bokstavsordning",
        kolumner,
        konton.iter().map(rad).collect(),
    )
    .klass("bredd smal")
    .tomt("Inget konto är upplagt.");
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Konton", ingress),
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

fn rad(konto: &Konto) -> Rad {
    let nr = konto.nr.to_string();
    Rad::ny(vec![
        Cell::rubriklank(
            &konto.visningsnamn,
            adress::ett_konto(&nr),
            konto.demo.then(|| "Demokonto".to_owned()),
        ),
        konto.inloggning.as_str().into(),
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
    Lage::ny(stor_forst(lage.text()), slag)
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
fn rollgrupp(valda: &[Roll], fel: Option<&Problem>) -> Faltgrupp {
    let falt = valbara().map(|roll| {
        let varde = if valda.contains(&roll) { "ja" } else { "" };
        let namn = format!("roll-{}", roll.kod());
        Falt::ny(namn, stor_forst(roll.namn()), FaltSlag::Kryss).varde(varde)
    });
    Faltgrupp {
        id: "roller".into(),
        etikett: "Roller".into(),
        hjalp: "Roller på kontoret och roller som ser personer (deltagaransvarig, \
                jobbtorgspart) kan inte förenas, och den som kontrollerar läsningen delar \
                inte ut roller."
            .into(),
        fel: fel
            .filter(|fel| fel.falt.as_deref() == Some("roller"))
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
    Svar::sida(&nytt_sida(&a, None))
}

fn nytt_sida(a: &Inloggat, fel: Option<&Problem>) -> Tabellsida {
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
    ram.fel = fel.map(|fel| {
        let rubrik = "Kontot lades inte upp";
        del.felsammanfattning(rubrik)
            .unwrap_or_else(|| Felsammanfattning::utan_falt(rubrik, mening(fel)))
    });
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Lägg upp ett konto",
            "Kontot får ett startlösenord, som visas en gång och byts vid första inloggningen.",
        )
        .under(vec![Lank::ny("Konton", adress::konton())]),
        formular: vec![del],
        ..Tabellsida::default()
    }
}

/// POST `/konton/nytt`.
pub async fn lagg_upp(a: Inloggat) -> Resultat {
    let (klartext, phc) = startlosenord_for(&a).await?;
    let nytt = NyttKonto::med_startlosenord(
        a.formular.text("inloggning"),
        a.formular.text("visningsnamn"),
        phc,
        &valda_roller(&a),
    );
    let svar = match nytt {
        Ok(nytt) => {
            let (nyckel, aktor) = (a.nyckel()?, &a.session.aktor);
            a.webb.tjanst.utfor(aktor, Some(nyckel), nytt).await
        }
        Err(fel) => Err(fel),
    };
    match svar {
        Ok(id) => {
            let konton = a.webb.tjanst.konton(&a.session.aktor).await?;
            let konto = konton.iter().find(|k| k.id == id);
            let konto = konto.ok_or_else(Problem::finns_inte)?;
            Svar::sida(&visa_startlosenord(&a, konto, &klartext))
        }
        Err(fel) if matches!(fel.slag, ProblemSlag::Ogiltigt | ProblemSlag::Konflikt) => {
            Svar::formularfel(&nytt_sida(&a, Some(&fel)))
        }
        Err(fel) => Err(fel.into()),
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
