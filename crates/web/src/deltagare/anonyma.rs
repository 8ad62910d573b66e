//! Participants who are only counted: how many of each sex, in a calendar year.

use super::insatsvarde;
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::ram::stor_forst;
use crate::registrering::{falt, val};
use crate::svar::Svar;
use std::collections::BTreeMap;
use utfall_app::Brister;
use utfall_app::deltagare::ord::ord;
use utfall_app::deltagare::{Insatsnamn, RaknaAnonyma, Raknade, Raknat};
use utfall_domain::deltagare::kodlista::Listnamn;
use utfall_domain::deltagare::kodlista::version::gallande;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};
use utfall_vyer::tal::{TalVy, heltal};

/// The sexes, by code and words.
fn konen(a: &Inloggat) -> Vec<(String, String)> {
    let lista = gallande(Listnamn::Kon, &[], tid::dag(a.nu));
    let koder = lista.map_or(Vec::new(), |l| l.koder_den(tid::dag(a.nu)));
    koder
        .into_iter()
        .map(|k| (k.kod.clone(), k.text.clone()))
        .collect()
}

/// GET `/deltagare/anonyma`.
pub async fn anonyma(a: Inloggat) -> Resultat {
    let raknat = a.webb.tjanst.raknade(&a.session.aktor).await?;
    Svar::sida(&sida(&a, &raknat, &[]))
}

fn sida(a: &Inloggat, raknat: &Raknat, fel: &[Problem]) -> Tabellsida {
    let formular = if raknat.insatser.is_empty() {
        Vec::new()
    } else {
        vec![formularet(a, raknat, fel)]
    };
    let mut ram = a.ram();
    let falten: Vec<&Falt> = formular.iter().flat_map(|d| &d.falt).collect();
    ram.fel = sammanfattning("Antalet sparades inte", falten, fel);
    let mut besked = Vec::new();
    if raknat.insatser.is_empty() {
        besked.push(super::inget_uppdrag());
    }
    if a.fraga.text("gjort") == "raknat" {
        let text = "Det nya antalet gäller. Det som stod förut finns kvar i historiken.";
        besked.push(Besked::ny(Allvar::Upplysning, "antalet är sparat", text));
    }
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Deltagare utan uppgifter",
            "De som deltar men inte vill registreras räknas här: bara kön och år. Den som \
             fortsätter nästa år räknas det året också.",
        )
        .under(vec![Lank::ny("Deltagare", adress::deltagarna())]),
        besked,
        delar: vec![Tabelldel {
            id: "raknade".into(),
            rubrik: "Räknade".into(),
            text: Text::default(),
            tabell: tabell(a, raknat),
        }],
        formular,
        ..Tabellsida::default()
    }
}

fn namnet(raknat: &Raknat, r: &Raknade) -> Option<(String, String)> {
    let a = &r.anonyma;
    let mut insatser = raknat.insatser.iter();
    let insats = insatser.find(|i| (i.id, i.organisation) == (a.insats, a.organisation))?;
    Some((insats.namn.clone(), insatsvarde(insats)))
}

fn tabell(a: &Inloggat, raknat: &Raknat) -> Tabell {
    let konen = konen(a);
    let rad = |r: &Raknade| {
        let (namn, varde) = namnet(raknat, r)?;
        let ar = r.anonyma.ar.to_string();
        let andra = adress::anonyma().fraga("insats", &varde).fraga("ar", &ar);
        let antal = konen.iter().map(|(kod, _)| {
            let antal = r.anonyma.antal.get(kod);
            antal.map_or_else(
                || Cell::from(""),
                |n| TalVy::utan_lank(heltal(i64::try_from(*n).unwrap_or(i64::MAX))).into(),
            )
        });
        let mut celler = vec![Cell::rubriklank(namn, andra, None), ar.as_str().into()];
        celler.extend(antal);
        Some(Rad::ny(celler))
    };
    let rader = raknat.raknade.iter().rev().filter_map(rad).collect();
    let mut kolumner = vec![Kolumn::ord("Insats"), Kolumn::ord("År")];
    kolumner.extend(konen.iter().map(|(_, text)| Kolumn::tal(stor_forst(text))));
    Tabell::ny(
        "raknade-t",
        "Antal, det senaste året först",
        kolumner,
        rader,
    )
    .tomt("Ingen är räknad än.")
}

/// What the address or the form is about: an initiative, and a year.
fn vad<'a>(a: &Inloggat, raknat: &'a Raknat) -> (Option<&'a Insatsnamn>, String) {
    let valt = |namn: &str| {
        let skrivet = a.formular.som_sant(namn);
        skrivet.unwrap_or_else(|| a.fraga.text(namn)).to_owned()
    };
    let (varde, ar) = (valt("insats"), valt("ar"));
    let mut insatser = raknat.insatser.iter();
    let insats = insatser.find(|i| insatsvarde(i) == varde);
    let ensam = match raknat.insatser.as_slice() {
        [ensam] => Some(ensam),
        _ => None,
    };
    let ar = if ar.is_empty() {
        tid::dag(a.nu).year().to_string()
    } else {
        ar
    };
    (insats.or(ensam), ar)
}

/// What has been said of an initiative and a year.
fn sagt<'a>(raknat: &'a Raknat, insats: &Insatsnamn, ar: &str) -> Option<&'a Raknade> {
    raknat.raknade.iter().find(|r| {
        let var = (r.anonyma.insats, r.anonyma.organisation);
        var == (insats.id, insats.organisation) && r.anonyma.ar.to_string() == ar
    })
}

fn formularet(a: &Inloggat, raknat: &Raknat, fel: &[Problem]) -> Formulardel {
    let (insats, ar) = vad(a, raknat);
    let redan = insats.and_then(|i| sagt(raknat, i, &ar));
    let insatser = raknat.insatser.iter();
    let insatser = insatser.map(|i| (insatsvarde(i), i.namn.clone()));
    let mut falten = vec![
        falt(a, "insats", "Insats", val("Välj", insatser))
            .varde(insats.map(insatsvarde).unwrap_or_default()),
        falt(a, "ar", "År", FaltSlag::Tal).varde(ar),
    ];
    for (kod, text) in konen(a) {
        let forut = redan.and_then(|r| r.anonyma.antal.get(&kod));
        let mut ett = falt(a, &kod, &stor_forst(&text), FaltSlag::Tal).frivilligt();
        if a.formular.som_sant(&kod).is_none() {
            ett = ett.varde(forut.map(ToString::to_string).unwrap_or_default());
        }
        falten.push(ett);
    }
    let falten = falten.into_iter().map(|f| med_fel(f, fel)).collect();
    // What was seen of each, so that nobody writes over what somebody else has said meanwhile.
    let formular = raknat
        .raknade
        .iter()
        .filter_map(|r| {
            Some((
                seddfalt(&namnet(raknat, r)?.1, &r.anonyma.ar.to_string()),
                r.nr,
            ))
        })
        .fold(a.ett_formular(adress::anonyma()), |f, (namn, nr)| {
            let nr = a
                .formular
                .som_sant(&namn)
                .map_or_else(|| nr.to_string(), str::to_owned);
            f.med_dolt(namn, nr)
        });
    let (rubrik, knapp) = if redan.is_some() {
        ("Ändra antalet", "Spara det nya antalet")
    } else {
        ("Räkna", "Spara antalet")
    };
    Formulardel::ny(formular, falten, knapp).under(
        "rakna",
        rubrik,
        "Skriv hela årets antal. Det ersätter det som stod förut. Lämna tomt det du inte vet.",
    )
}

fn seddfalt(insats: &str, ar: &str) -> String {
    format!("sedd-{insats}-{ar}")
}

/// The whole number of a field; nothing when it is empty.
fn antalet(a: &Inloggat, fel: &mut Brister, namn: &str) -> Option<u64> {
    let skrivet = a.formular.text(namn);
    if skrivet.is_empty() {
        return None;
    }
    let last = skrivet.parse::<u64>().map_err(|_| {
        let text = format!(
            "{} är inte ett helt antal.",
            stor_forst(&ord(Listnamn::Kon, namn))
        );
        Problem::ogiltigt("anonyma-antal", text, "Skriv bara siffror.").i_falt(namn)
    });
    fel.prova(last)
}

/// POST `/deltagare/anonyma`.
pub async fn rakna(a: Inloggat) -> Resultat {
    let raknat = a.webb.tjanst.raknade(&a.session.aktor).await?;
    let mut olasligt = Brister::default();
    let (insats, ar) = vad(&a, &raknat);
    let insats = olasligt.prova(insats.ok_or_else(|| {
        let text = "Det står inte vilken insats det gäller.";
        let atgard = "Välj en av dina insatser i listan.";
        Problem::ogiltigt("anonyma-insats", text, atgard).i_falt("insats")
    }));
    let Some(insats) = insats.or_else(|| raknat.insatser.first()) else {
        return Err(Problem::finns_inte().into());
    };
    let mut antal = BTreeMap::new();
    for (kod, _) in konen(&a) {
        antal.extend(antalet(&a, &mut olasligt, &kod).map(|n| (kod.clone(), n)));
    }
    let fall = RaknaAnonyma {
        insats: insats.id,
        organisation: insats.organisation,
        ar: ar.parse().unwrap_or(0),
        antal,
        sedd: a
            .formular
            .tal(&seddfalt(&insatsvarde(insats), &ar))
            .unwrap_or(0),
        idag: tid::dag(a.nu),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(()) => Ok(Svar::vidare(adress::anonyma().fraga("gjort", "raknat"))),
        Err(fel) => Svar::formularfel(&sida(&a, &raknat, &fel)),
    }
}
