//! What came of the participants: tables for those who must see no person, and the same as a file.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::rapporter;
use crate::siffror;
use crate::svar::Svar;
use utfall_app::deltagare::{Deltagarmatt, Mattabell, Mattcell, Mattfraga, Mattrad};
use utfall_domain::faktum::Enhet;
use utfall_domain::kommun;
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Filter, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use utfall_vyer::tal::TalVy;

/// A year of the address. What is no year is not asked for.
fn fragat_ar(a: &Inloggat, namn: &str) -> Option<i16> {
    let ar = i16::try_from(a.fraga.tal(namn)?).ok();
    ar.filter(|ar| (1990..=2100).contains(ar))
}

/// What the address asks for.
fn fragan(a: &Inloggat) -> Mattfraga {
    let kommun = a.fraga.text("kommun");
    Mattfraga {
        kommun: (!kommun.is_empty()).then(|| kommun.to_owned()),
        fran: fragat_ar(a, "fran"),
        till: fragat_ar(a, "till"),
    }
}

/// GET `/deltagarmatt`.
pub async fn visa(a: Inloggat) -> Resultat {
    let fraga = fragan(&a);
    let tjanst = &a.webb.tjanst;
    let svar = tjanst.deltagarmatt(&a.session.aktor, fraga.clone()).await;
    let (matt, fel) = match svar {
        Ok(matt) => (matt, Vec::new()),
        Err(fel) if fel.falt.is_some() => {
            let allt = Mattfraga::default();
            let matt = tjanst.deltagarmatt(&a.session.aktor, allt).await?;
            (matt, vec![fel])
        }
        Err(fel) => return Err(fel.into()),
    };
    let sida = sidan(&a, &matt, &fraga, &fel);
    if fel.is_empty() {
        Svar::sida(&sida)
    } else {
        Svar::formularfel(&sida)
    }
}

fn sidan(a: &Inloggat, matt: &Deltagarmatt, fraga: &Mattfraga, fel: &[Problem]) -> Tabellsida {
    let falt: Vec<Falt> = valen(matt, fraga)
        .into_iter()
        .map(|f| med_fel(f, fel))
        .collect();
    let mut ram = a.ram();
    if !fel.is_empty() {
        ram.fel = sammanfattning("Frågan gick inte att svara på", &falt, fel);
    }
    let mut delar = if matt.nagon() {
        vec![
            del(&matt.ar_for_ar(), &|rad| arslank(matt, rad)),
            del(&matt.insatserna(), &insatslank),
        ]
    } else {
        Vec::new()
    };
    delar.extend(matt.ur_papper().iter().map(|t| del(t, &insatslank)));
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            format!("Vad blev det av deltagarna{}?", matt.varifran()),
            ingress(matt),
        ),
        filter: Some(Filter {
            mal: adress::deltagarmatt().into(),
            falt,
            knapp: "Visa".into(),
            hjalp: String::new(),
        }),
        besked: besked(matt),
        delar,
        ..Tabellsida::default()
    }
}

fn ingress(matt: &Deltagarmatt) -> Text {
    let text = Text::from(format!(
        "Uppgifter till och med {}.",
        siffror::dag(matt.matdag)
    ));
    let mut text = text.ord(" Svaret som fil: ");
    for (nr, (andelse, namn)) in rapporter::filnamn().enumerate() {
        if nr > 0 {
            text = text.ord(" · ");
        }
        let till = adress::deltagarmatt_fil().fraga("format", andelse);
        text = text.lank(Lank::ny(namn, med_val(till, matt)));
    }
    text
}

/// With the choices that the page shows.
fn med_val(till: adress::Adress, matt: &Deltagarmatt) -> adress::Adress {
    let aren = [("fran", matt.aren.first()), ("till", matt.aren.last())];
    let till = match &matt.kommun {
        Some(kod) => till.fraga("kommun", kod),
        None => till,
    };
    aren.into_iter()
        .filter_map(|(namn, t)| Some((namn, t?.ar)))
        .fold(till, |till, (namn, ar)| till.fraga(namn, &ar.to_string()))
}

fn besked(matt: &Deltagarmatt) -> Vec<Besked> {
    if !matt.nagon() {
        return vec![Besked::ny(
            Allvar::Upplysning,
            "ingen deltagare är registrerad de här åren",
            "Utföraren registrerar deltagarna. De syns här efter kvartalets slut.",
        )];
    }
    if !matt.nagot_dolt() {
        return Vec::new();
    }
    let forklaring = matt.tillkomst().pop().unwrap_or_default();
    vec![Besked::ny(
        Allvar::Upplysning,
        "små tal visas inte",
        forklaring,
    )]
}

fn valen(matt: &Deltagarmatt, fraga: &Mattfraga) -> Vec<Falt> {
    let mut kommuner = vec![(String::new(), "Alla kommuner".to_owned())];
    let namn = |kod: &String| {
        let namn = kommun::av_kod(kod).map_or_else(|| kod.clone(), |k| k.namn.clone());
        (kod.clone(), namn)
    };
    let vald = fraga.kommun.iter().filter(|k| !matt.kommuner.contains(k));
    kommuner.extend(matt.kommuner.iter().chain(vald).map(namn));
    let mut aren: Vec<i16> = matt.finns.clone();
    aren.extend(matt.aren.iter().map(|t| t.ar));
    aren.extend([fraga.fran, fraga.till].into_iter().flatten());
    aren.sort_unstable();
    aren.dedup();
    let ar = |namn: &str, etikett: &str, valt: Option<i16>| {
        let val = aren.iter().rev().map(|ar| (ar.to_string(), ar.to_string()));
        Falt::ny(namn, etikett, FaltSlag::Val(val.collect()))
            .varde(valt.map(|ar| ar.to_string()).unwrap_or_default())
    };
    let forsta = fraga.fran.or(matt.aren.first().map(|t| t.ar));
    let sista = fraga.till.or(matt.aren.last().map(|t| t.ar));
    vec![
        Falt::ny("kommun", "Hemkommun", FaltSlag::Val(kommuner))
            .varde(fraga.kommun.clone().unwrap_or_default())
            .frivilligt(),
        ar("fran", "Från år", forsta),
        ar("till", "Till år", sista),
    ]
}

fn arslank(matt: &Deltagarmatt, rad: &Mattrad) -> Option<String> {
    let ar = rad.rubrik.get(..4)?;
    let finns = matt.aren.iter().any(|t| t.ar.to_string() == ar);
    finns.then(|| adress::deltagarmatt_ar().fraga("ar", ar).into())
}

fn insatslank(rad: &Mattrad) -> Option<String> {
    let slug = rad.insats.as_deref()?;
    Some(adress::insats(slug).into())
}

fn tal(cell: Mattcell) -> TalVy {
    match cell {
        Mattcell::Antal(v) | Mattcell::Procent(v) => siffror::varde(v, Enhet::Antal),
        // Whole kronor: a share of a krona says nothing of a person.
        Mattcell::Ore(Varde::Kant(ore)) => {
            siffror::varde(Varde::Kant(ore.saturating_add(50) / 100), Enhet::Antal)
        }
        Mattcell::Ore(v) => siffror::varde(v, Enhet::Antal),
    }
}

fn rad(rad: &Mattrad, lank: Option<String>) -> Rad {
    let forst = match lank {
        Some(till) => Cell::rubriklank(&rad.rubrik, till, None),
        None => Cell::rubrik(&rad.rubrik),
    };
    let celler = rad.celler.iter().map(|c| tal(*c).into());
    let slag = if rad.alla {
        RadSlag::Summa
    } else {
        RadSlag::Vanlig
    };
    Rad::av(slag, std::iter::once(forst).chain(celler).collect())
}

/// What the numbers are, where they are of one kind.
fn bildtext(t: &Mattabell) -> String {
    let pengar = |r: &Mattrad| r.celler.iter().any(|c| matches!(c, Mattcell::Ore(_)));
    let vad = if t.rader.iter().any(pengar) {
        "kronor och personer"
    } else {
        "antal deltaganden"
    };
    format!("{}, {vad}", t.rubrik)
}

fn del(t: &Mattabell, lank: &dyn Fn(&Mattrad) -> Option<String>) -> Tabelldel {
    let kolumner = t.kolumner.iter().map(Kolumn::tal);
    let kolumner = std::iter::once(Kolumn::ord(t.vad)).chain(kolumner);
    let rader = t.rader.iter().map(|r| rad(r, lank(r)));
    Tabelldel {
        id: t.id.clone(),
        rubrik: t.rubrik.clone(),
        text: t.text.as_str().into(),
        tabell: Tabell::ny(
            format!("{}-t", t.id),
            bildtext(t),
            kolumner.collect(),
            rader.collect(),
        )
        .tomt("Ingen deltog."),
    }
}

/// GET `/deltagarmatt/ar`: the year that is asked for, or the last.
pub async fn aret(a: Inloggat) -> Resultat {
    let ar = fragat_ar(&a, "ar");
    let fraga = Mattfraga {
        kommun: None,
        fran: ar,
        till: ar,
    };
    let tjanst = &a.webb.tjanst;
    let matt = tjanst.deltagarmatt(&a.session.aktor, fraga).await?;
    let ar = matt
        .aren
        .last()
        .map_or_else(|| matt.matdag.year(), |t| t.ar);
    let tabeller = if matt.nagon() {
        matt.aret(ar).iter().map(|t| del(t, &insatslank)).collect()
    } else {
        Vec::new()
    };
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            format!("Deltagarna {ar}"),
            format!("Uppgifter till och med {}.", siffror::dag(matt.matdag)),
        )
        .under(vec![Lank::ny("Deltagare", adress::deltagarmatt())]),
        besked: besked(&matt),
        delar: tabeller,
        ..Tabellsida::default()
    };
    Svar::sida(&sida)
}

/// GET `/deltagarmatt/fil`.
pub async fn fil(a: Inloggat) -> Resultat {
    let namn = format!("deltagare.{}", a.fraga.text("format"));
    let (format, typ) = rapporter::typ(&namn).ok_or_else(Problem::finns_inte)?;
    let tjanst = &a.webb.tjanst;
    let fil = tjanst.deltagarmatt_fil(&a.session.aktor, fragan(&a), format);
    Ok(Svar::fil(typ, &namn, fil.await?))
}
