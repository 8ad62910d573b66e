//! Vouchers by hand, for those without a file of their accounts.

use super::{kr, over};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::medelsfalt::efter_avslut_vid_fel;
use crate::ram::stor_forst;
use crate::registrering::tal::pengar;
use crate::siffror::kort_dag;
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::bokforing::{NyForHand, TaTillbaka};
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::id::{BidragId, InsatsId, OrganisationId};
use utfall_domain::medel::kontering::{Konteringsslag, Till};
use utfall_domain::medel::verifikation::Handverifikation;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};

/// GET `/bokforing/for-hand`.
pub async fn for_hand(a: Inloggat) -> Resultat {
    Svar::sida(&sida(&a, &[]).await?)
}

async fn sida(a: &Inloggat, fel: &[Problem]) -> Result<Tabellsida, crate::svar::Fel> {
    let bok = a.bok().await?;
    let alla = a.webb.tjanst.for_hand(&a.session.aktor).await?;
    let alla: Vec<Handverifikation> = alla.into_iter().map(|(v, ..)| v).collect();
    let mut formular = Vec::new();
    if a.far(Atgard::BokforForHand) {
        let valt = a.fraga.tal("tillbaka").or_else(|| a.stig.tal("nummer"));
        let vald = alla.iter().find(|v| Some(v.nummer) == valt);
        formular.push(match vald {
            Some(v) => tillbakaformular(a, v, fel),
            None => nytt(a, &bok, mall(a, &alla), fel),
        });
    }
    let mut ram = a.ram();
    let falt: Vec<Falt> = formular.iter().flat_map(|d| &d.falt).cloned().collect();
    ram.fel = sammanfattning("Verifikationen sparades inte", &falt, fel);
    Ok(Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Verifikationer för hand",
            "För den som inte har någon fil ur ekonomisystemet. De räknas som det som är bokfört.",
        )
        .under(over()),
        besked: besked(a, &alla),
        delar: vec![Tabelldel {
            id: "for-hand".into(),
            rubrik: "Inskrivna".into(),
            text: Text::default(),
            tabell: tabell(a, &bok, &alla),
        }],
        formular,
        ..Tabellsida::default()
    })
}

fn tabell(a: &Inloggat, bok: &Bok, alla: &[Handverifikation]) -> Tabell {
    let far = a.far(Atgard::BokforForHand);
    let kolumner = vec![
        Kolumn::ord("Nummer"),
        Kolumn::ord("Datum"),
        Kolumn::ord("Insats"),
        Kolumn::ord("Vad"),
        Kolumn::kr("Belopp"),
        Kolumn::ord("Ta tillbaka"),
    ];
    let rader = alla.iter().rev().map(|v| {
        let tillbaka = alla.iter().any(|x| x.rattar == Some(v.id));
        let kan = far && !tillbaka && v.rattar.is_none();
        let till = adress::for_hand()
            .fraga("tillbaka", &v.nummer.to_string())
            .vid("formular");
        let sist = if kan {
            Cell::Lank(Lank::ny("Ta tillbaka", till).om(format!("nummer {}", v.nummer)))
        } else if tillbaka {
            Cell::Kort("tillbakatagen".into(), false)
        } else {
            Cell::Kort(String::new(), false)
        };
        let mut vad = stor_forst(v.kategori());
        for text in [&v.vad, &v.referens] {
            if !text.is_empty() {
                vad.push_str(&format!(", {text}"));
            }
        }
        let insats = bok.insats(v.till.insats).map_or("", |i| i.namn.as_str());
        let celler = vec![
            Cell::rubrik(v.nummer.to_string()),
            Cell::Kort(kort_dag(v.datum), false),
            insats.into(),
            vad.into(),
            kr(v.ore).into(),
            sist,
        ];
        let slag = if tillbaka {
            RadSlag::Ersatt
        } else {
            RadSlag::Vanlig
        };
        Rad::av(slag, celler).id(format!("v-{}", v.nummer))
    });
    Tabell::ny(
        "for-hand-t",
        "Den senaste först, kronor",
        kolumner,
        rader.collect(),
    )
    .klass("bredd")
    .tomt("Ingen verifikation är inskriven för hand.")
}

/// The voucher, taken back, that a new one is to be written as. One in force would be there
/// twice.
fn mall<'a>(a: &Inloggat, alla: &'a [Handverifikation]) -> Option<&'a Handverifikation> {
    let som = a.fraga.tal("som")?;
    let tagen = |v: &Handverifikation| alla.iter().any(|x| x.rattar == Some(v.id));
    alla.iter().find(|v| v.nummer == som && tagen(v))
}

/// What was just done: entered, or taken back with a way to write it anew.
fn besked(a: &Inloggat, alla: &[Handverifikation]) -> Vec<Besked> {
    // An address may say anything: a notice is of what the vouchers themselves say.
    let finns = |namn: &str| {
        let nummer = a.fraga.tal(namn)?;
        alla.iter()
            .find(|v| v.nummer == nummer && v.rattar.is_none())
    };
    let tagen = |v: &&Handverifikation| alla.iter().any(|x| x.rattar == Some(v.id));
    let inskriven = finns("inskriven").filter(|v| !tagen(v)).map(|v| {
        Besked::ny(
            Allvar::Upplysning,
            format!("nummer {} är inskrivet", v.nummer),
            "Den räknas i insatsens siffror från och med nu.",
        )
    });
    let tillbaka = finns("tillbakatagen").filter(tagen).map(|v| {
        let text = Text::from("Siffrorna är som de var innan. ");
        let igen = adress::for_hand()
            .fraga("som", &v.nummer.to_string())
            .vid("formular");
        Besked::ny(
            Allvar::Upplysning,
            format!("nummer {} är tillbakataget", v.nummer),
            text.lank(Lank::ny("Skriv in den igen med ändringar", igen))
                .ord("."),
        )
    });
    inskriven.into_iter().chain(tillbaka).collect()
}

/// A field of a voucher as it would be typed.
fn som_skriven(v: &Handverifikation, falt: &str) -> String {
    let nummer = |nr: Option<i64>| nr.map(|nr| nr.to_string()).unwrap_or_default();
    match falt {
        "datum" => v.datum.to_string(),
        "insats" => v.till.insats.nummer().to_string(),
        "slag" => v.slag.kod().to_owned(),
        "kostnadsslag" => v.kostnadsslag.clone().unwrap_or_default(),
        "belopp" => Ore(v.ore).to_string(),
        "vad" => v.vad.clone(),
        "referens" => v.referens.clone(),
        "bidrag" => nummer(v.till.bidrag.map(BidragId::nummer)),
        "organisation" => nummer(v.till.organisation.map(OrganisationId::nummer)),
        _ => String::new(),
    }
}

/// What was typed, else what the voucher says that this one is written as.
fn ifyllt(a: &Inloggat, som: Option<&Handverifikation>, namn: &str) -> String {
    match (a.formular.som_sant(namn), som) {
        (Some(skrivet), _) => skrivet.to_owned(),
        (None, Some(v)) => som_skriven(v, namn),
        (None, None) => String::new(),
    }
}

fn nytt(a: &Inloggat, bok: &Bok, som: Option<&Handverifikation>, fel: &[Problem]) -> Formulardel {
    let ifyllt = |namn: &str| ifyllt(a, som, namn);
    let valj = |forst: &str, alla: Vec<(i64, String)>| {
        let forst = std::iter::once((String::new(), forst.to_owned()));
        FaltSlag::Val(
            forst
                .chain(alla.into_iter().map(|(id, n)| (id.to_string(), n)))
                .collect(),
        )
    };
    let insatser = bok
        .insatser
        .iter()
        .map(|i| (i.id.nummer(), i.namn.clone()))
        .collect();
    let bidrag = bok
        .bidrag
        .iter()
        .map(|b| (b.id.nummer(), b.namn.clone()))
        .collect();
    let namnder = bok.organisationer.iter();
    let namnder = namnder
        .map(|o| (o.id.nummer(), o.namn_nu().to_owned()))
        .collect();
    let slagen = Konteringsslag::ALLA
        .iter()
        .filter(|s| **s != Konteringsslag::Balans)
        .map(|s| (s.kod().to_owned(), stor_forst(s.text())));
    let falt = vec![
        Falt::ny("datum", "Datum", FaltSlag::Datum).varde(ifyllt("datum")),
        Falt::ny("insats", "Insats", valj("Välj", insatser)).varde(ifyllt("insats")),
        Falt::ny("slag", "Vad det är", FaltSlag::Val(slagen.collect())).varde(ifyllt("slag")),
        Falt::ny("kostnadsslag", "Kostnadsslag", FaltSlag::Text)
            .hjalp("Vad pengarna gick till: löner, kurser, lokaler.")
            .varde(ifyllt("kostnadsslag"))
            .frivilligt(),
        Falt::ny("belopp", "Belopp i kronor", FaltSlag::Tal).varde(ifyllt("belopp")),
        Falt::ny("vad", "Vad var det?", FaltSlag::Text)
            .hjalp("Kort, och inte namn på personer. Syns för ekonom och revisor.")
            .varde(ifyllt("vad")),
        Falt::ny("referens", "Faktura eller kvitto", FaltSlag::Text)
            .varde(ifyllt("referens"))
            .frivilligt(),
        Falt::ny("bidrag", "Bidrag", valj("Insatsens eget", bidrag))
            .varde(ifyllt("bidrag"))
            .frivilligt(),
        Falt::ny("organisation", "Nämnd eller part", valj("Ingen", namnder))
            .varde(ifyllt("organisation"))
            .frivilligt(),
    ];
    let falt = falt.into_iter().chain(efter_avslut_vid_fel(a, fel));
    let falt = falt.map(|f| med_fel(f, fel)).collect();
    Formulardel::ny(a.ett_formular(adress::for_hand()), falt, "Skriv in").under(
        "formular",
        "Skriv in en verifikation",
        "Blir något fel tar du tillbaka den och skriver en ny.",
    )
}

fn tillbakaformular(a: &Inloggat, v: &Handverifikation, fel: &[Problem]) -> Formulardel {
    let orsak = Falt::ny("orsak", "Varför tas den tillbaka?", FaltSlag::Text)
        .varde(a.formular.som_sant("orsak").unwrap_or(""));
    Formulardel::ny(
        a.ett_formular(adress::ta_tillbaka(&v.nummer.to_string())),
        std::iter::once(orsak)
            .chain(efter_avslut_vid_fel(a, fel))
            .map(|f| med_fel(f, fel))
            .collect(),
        "Ta tillbaka",
    )
    .under(
        "formular",
        format!("Ta tillbaka nummer {}", v.nummer),
        "Den står kvar, och en ny verifikation med motsatt belopp tar ut den.",
    )
    .avbryt(Lank::ny("Avbryt", adress::for_hand()))
}

/// POST `/bokforing/for-hand`.
pub async fn skriv_in(a: Inloggat) -> Resultat {
    let f = &a.formular;
    let mut olasligt = Brister::default();
    let saknas = |falt: &str, text: &str, gor: &str| {
        Problem::ogiltigt("for-hand-saknas", text, gor).i_falt(falt)
    };
    let datum = f.text("datum").parse::<Date>();
    let datum = datum.map_err(|_| saknas("datum", "Datumet saknas.", "Skriv dagen: 2026-05-12."));
    let insats = f.tal("insats").and_then(InsatsId::ny);
    let insats = insats.ok_or_else(|| saknas("insats", "Ingen insats är vald.", "Välj i listan."));
    let slag = Konteringsslag::av_kod(f.text("slag"));
    let slag = slag.ok_or_else(|| saknas("slag", "Det är inte valt vad det är.", "Välj i listan."));
    let belopp = pengar(f.text("belopp"), "kr", "belopp").map(|(varde, _)| varde);
    let fall = NyForHand {
        datum: olasligt.prova(datum).unwrap_or(Date::ZERO),
        till: Till {
            insats: olasligt.prova(insats).unwrap_or(InsatsId::FORSTA),
            bidrag: f.tal("bidrag").and_then(BidragId::ny),
            organisation: f.tal("organisation").and_then(OrganisationId::ny),
        },
        slag: olasligt.prova(slag).unwrap_or(Konteringsslag::Kostnad),
        kostnadsslag: f.text("kostnadsslag").to_owned(),
        ore: olasligt.prova(belopp).and_then(|v| v.kant()).unwrap_or(0),
        vad: f.text("vad").to_owned(),
        referens: f.text("referens").to_owned(),
        efter_avslut: f.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, olasligt).await? {
        Ok(nummer) => Ok(Svar::vidare(
            adress::for_hand().fraga("inskriven", &nummer.to_string()),
        )),
        Err(fel) => Svar::formularfel(&sida(&a, &fel).await?),
    }
}

/// POST `/bokforing/for-hand/{nummer}`.
pub async fn ta_tillbaka(a: Inloggat) -> Resultat {
    let fall = TaTillbaka {
        nummer: a.stig.tal("nummer").ok_or_else(Problem::finns_inte)?,
        orsak: a.formular.lang("orsak"),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(_) => {
            let tagen = a.stig.tal("nummer").unwrap_or_default();
            Ok(Svar::vidare(
                adress::for_hand().fraga("tillbakatagen", &tagen.to_string()),
            ))
        }
        Err(fel) => Svar::formularfel(&sida(&a, &fel).await?),
    }
}
