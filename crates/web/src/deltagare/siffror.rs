//! The exact figures of one's own participants: for the performer, who knows them anyway.

use super::insatsvarde;
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::ram::stor_forst;
use crate::svar::Svar;
use utfall_app::deltagare::ord::ord;
use utfall_app::deltagare::{Egnasiffror, Insatssiffror};
use utfall_domain::deltagare::kodlista::{Listnamn, SusGrupp};
use utfall_domain::deltagare::matt::{ArbeteEllerStudier, Fordelning, Overlapp, procent};
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Filter, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use utfall_vyer::tal::{TalVy, heltal};

/// GET `/deltagare/siffror`.
pub async fn siffror(a: Inloggat) -> Resultat {
    let ar = a.fraga.tal("ar").and_then(|ar| i16::try_from(ar).ok());
    let ar = ar.filter(|ar| (1990..=2100).contains(ar));
    let tjanst = &a.webb.tjanst;
    let egna = tjanst.egna_siffror(&a.session.aktor, ar).await?;
    Svar::sida(&sida(&a, &egna))
}

fn sida(a: &Inloggat, egna: &Egnasiffror) -> Tabellsida {
    let onskad = a.fraga.text("insats");
    let vald = egna
        .insatser
        .iter()
        .find(|s| insatsvarde(&s.insats) == onskad)
        .or_else(|| egna.insatser.first());
    Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            format!("Våra siffror {}", egna.ar),
            "Exakta tal om era egna deltagare. Kontoret och styrelsen ser bara tabeller där små \
             tal är dolda, så lämna inte de här vidare.",
        )
        .under(vec![Lank::ny("Deltagare", adress::deltagarna())]),
        filter: vald.map(|vald| filtret(egna, vald)),
        besked: besked(vald),
        fakta: vald.map_or_else(Vec::new, fakta),
        delar: vald.map_or_else(Vec::new, delar),
        ..Tabellsida::default()
    }
}

fn besked(vald: Option<&Insatssiffror>) -> Vec<Besked> {
    match vald {
        None => vec![super::inget_uppdrag()],
        Some(s) if s.tackning.alla == 0 => vec![Besked::ny(
            Allvar::Upplysning,
            "ingen deltog det året",
            "Välj ett annat år eller en annan insats.",
        )],
        Some(_) => Vec::new(),
    }
}

fn filtret(egna: &Egnasiffror, vald: &Insatssiffror) -> Filter {
    let insatser = egna.insatser.iter();
    let insatser = insatser.map(|s| (insatsvarde(&s.insats), s.insats.namn.clone()));
    let mut aren: Vec<i16> = egna.aren.clone();
    if !aren.contains(&egna.ar) {
        aren.push(egna.ar);
        aren.sort_unstable();
    }
    let aren = aren.iter().rev().map(|ar| (ar.to_string(), ar.to_string()));
    Filter {
        mal: adress::egna_siffror().into(),
        falt: vec![
            Falt::ny("insats", "Insats", FaltSlag::Val(insatser.collect()))
                .varde(insatsvarde(&vald.insats)),
            Falt::ny("ar", "År", FaltSlag::Val(aren.collect())).varde(egna.ar.to_string()),
        ],
        knapp: "Visa".into(),
        hjalp: String::new(),
    }
}

fn tal(n: u64) -> String {
    heltal(i64::try_from(n).unwrap_or(i64::MAX))
}

fn av(del: u64, hel: u64) -> String {
    match procent(del, hel) {
        Some(p) => format!("{} av {} ({p}\u{a0}%)", tal(del), tal(hel)),
        None => "Ingen än".to_owned(),
    }
}

fn fakta(s: &Insatssiffror) -> Vec<Fakta> {
    let mut ut = vec![
        Fakta::ny("Deltaganden", tal(s.antal.deltaganden)),
        Fakta::ny("Olika personer", tal(s.antal.personer)),
        Fakta::ny("Började", tal(s.antal.borjade)),
        Fakta::ny("Slutade", tal(s.antal.slutade)),
        Fakta::ny("Kvar", tal(s.antal.kvar)),
        Fakta::ny("Med uppgifter", av(s.tackning.med, s.tackning.alla)),
        Fakta::ny("I arbete eller studier efter", av(s.mal.efter, s.mal.av)),
        Fakta::ny(
            "Av dem började eller arbetar mer",
            av(s.mal.borjade_eller_okade, s.mal.efter),
        ),
        Fakta::ny("Okänt efter", av(s.mal.okant, s.mal.av)),
    ];
    if let Some((mitten, langst)) = s.dagar {
        let text = format!("{mitten} dagar i mitten, {langst} som längst");
        ut.push(Fakta::ny("Tid i insatsen", text));
    }
    ut
}

fn antalcell(n: u64) -> Cell {
    TalVy::utan_lank(tal(n)).into()
}

fn ny_del(id: &str, rubrik: &str, text: &str, tabell: Tabell) -> Tabelldel {
    Tabelldel {
        id: id.to_owned(),
        rubrik: rubrik.to_owned(),
        text: Text::from(text),
        tabell,
    }
}

/// Of those that ended, each in one.
fn fordelad(id: &str, rubrik: &str, lista: Listnamn, f: &Fordelning) -> Tabelldel {
    let rad = |(kod, n): &(String, u64)| {
        let namn = stor_forst(&ord(lista, kod));
        let andel = procent(*n, f.alla).unwrap_or(0);
        Rad::ny(vec![Cell::rubrik(namn), antalcell(*n), antalcell(andel)])
    };
    let mut rader: Vec<Rad> = f.delar.iter().map(rad).collect();
    if !rader.is_empty() {
        let celler = vec![Cell::rubrik("Alla"), antalcell(f.alla), antalcell(100)];
        rader.push(Rad::av(RadSlag::Summa, celler));
    }
    let kolumner = vec![
        Kolumn::ord("Vad"),
        Kolumn::tal("Antal"),
        Kolumn::tal("Procent"),
    ];
    let bild = format!("{rubrik}, av dem som slutade");
    let tabell = Tabell::ny(format!("{id}-t"), bild, kolumner, rader);
    ny_del(id, rubrik, "", tabell.tomt("Ingen."))
}

/// Of those that ended, several each.
fn overlappande(
    (id, rubrik, text): (&str, &str, &str),
    lista: Listnamn,
    sidor: &[(&str, &Overlapp)],
) -> Tabelldel {
    let mut koder: Vec<&String> = Vec::new();
    for (kod, _) in sidor.iter().flat_map(|(_, o)| &o.delar) {
        if !koder.contains(&kod) {
            koder.push(kod);
        }
    }
    let rad = |kod: &String| {
        let antal = sidor.iter().map(|(_, o)| {
            let funnen = o.delar.iter().find(|(k, _)| k == kod);
            antalcell(funnen.map_or(0, |(_, n)| *n))
        });
        let forst = Cell::rubrik(stor_forst(&ord(lista, kod)));
        Rad::ny(std::iter::once(forst).chain(antal).collect())
    };
    let rader = koder.into_iter().map(rad).collect();
    let kolumner = sidor.iter().map(|(namn, _)| Kolumn::tal(*namn));
    let kolumner = std::iter::once(Kolumn::ord("Vad"))
        .chain(kolumner)
        .collect();
    let bild = format!("{rubrik}, av dem som slutade");
    let tabell = Tabell::ny(format!("{id}-t"), bild, kolumner, rader);
    ny_del(id, rubrik, text, tabell.tomt("Ingen slutade."))
}

fn fran_till(s: &Insatssiffror) -> Tabelldel {
    let rad = |fran: &SusGrupp| {
        let antal = SusGrupp::ALLA
            .iter()
            .map(|till| antalcell(s.overgangar.get(&(*fran, *till)).copied().unwrap_or(0)));
        let forst = Cell::rubrik(stor_forst(fran.text()));
        Rad::ny(std::iter::once(forst).chain(antal).collect())
    };
    let rader: Vec<Rad> = if s.overgangar.is_empty() {
        Vec::new()
    } else {
        SusGrupp::ALLA.iter().map(rad).collect()
    };
    let kolumner = SusGrupp::ALLA
        .iter()
        .map(|g| Kolumn::tal(stor_forst(g.text())));
    let kolumner = std::iter::once(Kolumn::ord("Före"))
        .chain(kolumner)
        .collect();
    let tabell = Tabell::ny(
        "fran-till-t",
        "Före i raden, efter i kolumnen",
        kolumner,
        rader,
    );
    ny_del(
        "fran-till",
        "Före och efter",
        "Vad den som slutade gjorde direkt före och direkt efter, i SUS fyra grupper.",
        tabell.tomt("Ingen slutade."),
    )
}

/// How many work or study, group by group.
fn gruppvis(
    (id, rubrik, text): (&str, &str, &str),
    lista: Listnamn,
    grupper: &[(String, ArbeteEllerStudier)],
) -> Tabelldel {
    let rader = grupper.iter().map(|(kod, m)| {
        let namn = stor_forst(&ord(lista, kod));
        let andel = match procent(m.efter, m.av) {
            Some(p) => antalcell(p),
            None => Cell::from(""),
        };
        Rad::ny(vec![
            Cell::rubrik(namn),
            antalcell(m.av),
            antalcell(m.efter),
            antalcell(m.okant),
            andel,
        ])
    });
    let kolumner = ["Slutade", "I arbete eller studier", "Okänt", "Procent"].map(Kolumn::tal);
    let kolumner = std::iter::once(Kolumn::ord("Vad"))
        .chain(kolumner)
        .collect();
    let bild = format!("{rubrik}, av dem som slutade");
    let tabell = Tabell::ny(format!("{id}-t"), bild, kolumner, rader.collect());
    ny_del(id, rubrik, text, tabell.tomt("Ingen slutade."))
}

fn efterat(s: &Insatssiffror) -> Tabelldel {
    let rader = s.uppfoljt.iter().map(|(vag, u)| {
        let antal = [u.svarade, u.i_mal, u.utan_svar, u.forsenade, u.inte_an];
        let forst = Cell::rubrik(vag.text());
        Rad::ny(std::iter::once(forst).chain(antal.map(antalcell)).collect())
    });
    let kolumner = [
        "Svarade",
        "Av dem i arbete eller studier",
        "Utan svar",
        "Försenade",
        "Inte dags än",
    ];
    let kolumner = kolumner.map(Kolumn::tal);
    let kolumner = std::iter::once(Kolumn::ord("Efter"))
        .chain(kolumner)
        .collect();
    ny_del(
        "efterat",
        "Uppföljningar",
        "Den som inte gick att nå är ett svar som saknas, aldrig ett nej.",
        Tabell::ny(
            "efterat-t",
            "Av dem som slutade under året",
            kolumner,
            rader.collect(),
        ),
    )
}

fn delar(s: &Insatssiffror) -> Vec<Tabelldel> {
    let i_ett = [
        (
            "slut",
            "Vart de gick",
            Listnamn::Sluttillstand,
            &s.sluttillstand,
        ),
        (
            "langt",
            "Hur långt de kom",
            Listnamn::Fullfoljande,
            &s.fullfoljande,
        ),
        (
            "varfor",
            "Varför de slutade",
            Listnamn::Avslutsanledning,
            &s.anledningar,
        ),
        (
            "avbrott",
            "Varför de inte fullföljde",
            Listnamn::Avbrottsorsak,
            &s.avbrott,
        ),
    ];
    let i_ett = i_ett.map(|(id, rubrik, lista, f)| fordelad(id, rubrik, lista, f));
    let mut ut = Vec::from(i_ett);
    ut.push(fran_till(s));
    ut.extend(gruppernas(s));
    ut.extend(flervals(s));
    ut.push(efterat(s));
    ut
}

fn gruppernas(s: &Insatssiffror) -> [Tabelldel; 2] {
    let startlagen = (
        "startlagen",
        "Hur långt de hade till arbete",
        "När personen senast arbetade eller studerade. Jämför insatser med lika långt att gå.",
    );
    let malgrupper = (
        "malgrupper",
        "Målgrupper",
        "En person kan höra till flera, så raderna läggs aldrig ihop.",
    );
    [
        gruppvis(startlagen, Listnamn::Startlage, &s.startlagen),
        gruppvis(malgrupper, Listnamn::Malgrupp, &s.malgrupper),
    ]
}

fn flervals(s: &Insatssiffror) -> [Tabelldel; 2] {
    let forsorjning = (
        "forsorjning",
        "Försörjning",
        "En person kan ha flera, så raderna läggs aldrig ihop.",
    );
    let stod = (
        "stod",
        "Annat stöd på vägen",
        "En person kan ha fått flera sorter, så raderna läggs aldrig ihop.",
    );
    let fore_efter = [("Före", &s.forsorjning.0), ("Efter", &s.forsorjning.1)];
    [
        overlappande(forsorjning, Listnamn::Forsorjning, &fore_efter),
        overlappande(stod, Listnamn::AnnatStod, &[("Antal", &s.stod)]),
    ]
}
