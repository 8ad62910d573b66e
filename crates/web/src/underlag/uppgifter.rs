//! What a paper says, statement by statement, read off its JSON form: whatever the format
//! has, now or later, is shown with its place.

use crate::fynd;
use serde_json::{Map, Value};
use utfall_app::granskning::Funnet;
use utfall_domain::pengar::Belopp;
use utfall_domain::underlag::{self as u, Underlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{UnderlagUppgift, UppgiftsDel};
use utfall_vyer::tal::TalVy;

/// Parts of a paper in the order they are shown, with their headings.
const DELAR: [(&str, &str); 15] = [
    ("bidrag", "Bidrag"),
    ("beslut", "Beslut"),
    ("insatser", "Insatser"),
    ("fordelningar", "Fördelningar"),
    ("finansiering", "Finansiering"),
    ("tabeller", "Tabeller"),
    ("volymer", "Volymer per månad"),
    ("personer", "Personer"),
    ("antal", "Angivna antal"),
    ("andelar", "Andelar"),
    ("kalkyler", "Uträkningar"),
    ("forklaringar", "Förklaringar"),
    ("datum", "Datum"),
    ("protokoll", "Protokoll"),
    ("pastaenden", "Påståenden"),
];

/// Fields that hold what is stated.
const VARDEN: [&str; 14] = [
    "belopp",
    "nytt",
    "overfort",
    "totalt",
    "summa",
    "tilldelat",
    "antal",
    "angivet",
    "andel",
    "varde",
    "varden",
    "datum",
    "text",
    "paragraf",
];

/// Words for the fields that statements stand in.
const ORD: [(&str, &str); 14] = [
    ("rekvirerat", "rekvirerat"),
    ("tilldelat", "tilldelat"),
    ("anvant", "använt"),
    ("utfall", "utfall"),
    ("budget", "budget"),
    ("aterbetalas", "att betala tillbaka"),
    ("fordelat", "fördelat"),
    ("overfort_in", "överfört från tidigare år"),
    ("overfort_ut", "överfört till senare år"),
    ("medfinansiering", "medfinansiering"),
    ("tjanster", "tjänst"),
    ("summor", "summa"),
    ("genomforande", "deltagare som"),
    ("dessutom", "hjälp utöver resultatet"),
];

/// The anchor of a statement by its path in the paper: `insatser-3-ekonomi-0-utfall-1`. A
/// field of a statement, or one of its values, stands in the statement's row.
#[must_use]
pub fn ankare(sokvag: &str) -> String {
    let post = match sokvag.rsplit_once('.') {
        Some((post, falt)) if !falt.contains('[') || falt.starts_with("varden[") => post,
        _ => sokvag,
    };
    let mut ut = String::from("u-");
    for tecken in post.chars() {
        match tecken {
            '[' | '.' => ut.push('-'),
            c if c.is_ascii_alphanumeric() || c == '_' => ut.push(c),
            _ => {}
        }
    }
    ut
}

/// The part of the paper that an anchor stands in: `insatser`.
#[must_use]
pub fn del_med(ankare: &str) -> &str {
    let rot = ankare.strip_prefix("u-").unwrap_or(ankare);
    rot.split('-').next().unwrap_or(rot)
}

/// The most statements of a paper that is shown with all its parts unfolded.
const KORT: usize = 40;

/// The statements by part of the paper, with one part unfolded, or all when they are few.
/// Parts that say nothing are left out.
#[must_use]
pub fn grupper(papper: &Underlag, fynd: &[&Funnet], vald: &str) -> Vec<UppgiftsDel> {
    let mut delar = delar(papper, fynd);
    let kort = delar.iter().map(|del| del.rader.len()).sum::<usize>() <= KORT;
    for del in &mut delar {
        del.oppen = kort || del.id.strip_prefix("del-") == Some(vald);
    }
    delar
}

fn delar(papper: &Underlag, fynd: &[&Funnet]) -> Vec<UppgiftsDel> {
    let rot = u::skriv(papper);
    let kanda = DELAR
        .iter()
        .map(|(namn, rubrik)| ((*namn).to_owned(), (*rubrik).to_owned()));
    let ovriga = rot
        .as_object()
        .into_iter()
        .flat_map(Map::keys)
        .filter(|namn| {
            !matches!(namn.as_str(), "format" | "dokument" | "organisationer")
                && !DELAR.iter().any(|(kand, _)| kand == namn)
        });
    kanda
        .chain(ovriga.map(|namn| (namn.clone(), crate::ram::stor_forst(namn))))
        .filter_map(|(namn, rubrik)| {
            let mut rader = Vec::new();
            let spar = Spar {
                fynd,
                ..Spar::default()
            };
            spar.ga(rot.get(&namn)?, &namn, "", &mut rader);
            (!rader.is_empty()).then(|| UppgiftsDel {
                id: format!("del-{namn}"),
                rubrik,
                oppen: false,
                rader,
            })
        })
        .collect()
}

/// What is known on the way down to a statement.
#[derive(Clone, Default)]
struct Spar<'a> {
    fynd: &'a [&'a Funnet],
    namn: Vec<String>,
    plats: String,
}

impl Spar<'_> {
    fn ga(&self, varde: &Value, sokvag: &str, falt: &str, ut: &mut Vec<UnderlagUppgift>) {
        match varde {
            Value::Array(lista) => {
                for (nr, inre) in lista.iter().enumerate() {
                    self.ga(inre, &format!("{sokvag}[{nr}]"), falt, ut);
                }
            }
            Value::Object(objekt) => self.objekt(objekt, sokvag, falt, ut),
            _ => {}
        }
    }

    fn objekt(
        &self,
        objekt: &Map<String, Value>,
        sokvag: &str,
        falt: &str,
        ut: &mut Vec<UnderlagUppgift>,
    ) {
        let mut har = self.clone();
        if let Some((_, ord)) = ORD.iter().find(|(namn, _)| *namn == falt) {
            har.namn.push((*ord).to_owned());
        }
        let egna = [
            "namn",
            "titel",
            "rubrik",
            "etikett",
            "vad",
            "slag",
            "organisation",
            "ar",
        ];
        for egen in egna.iter().filter_map(|namn| objekt.get(*namn)) {
            let text = egen
                .as_str()
                .map_or_else(|| egen.to_string(), str::to_owned);
            if egen.is_string() || egen.is_number() {
                har.namn.push(text);
            }
        }
        if let Some(plats) = objekt.get("plats").and_then(Value::as_str) {
            plats.clone_into(&mut har.plats);
        }
        if let Some(star) = angivet(objekt) {
            ut.push(har.rad(sokvag, star));
        }
        for (namn, inre) in objekt {
            har.ga(inre, &format!("{sokvag}.{namn}"), namn, ut);
        }
    }

    fn rad(&self, sokvag: &str, star: String) -> UnderlagUppgift {
        let id = ankare(sokvag);
        let fynd = self
            .fynd
            .iter()
            .filter(|f| f.fynd.rader.iter().any(|rad| ankare(&rad.sokvag) == id))
            .map(|f| {
                let ord = fynd::allvar(f.fynd.allvar).ord();
                Lank::ny(ord, fynd::href(f)).om(f.fynd.text.clone())
            })
            .collect();
        let tal = ar_tal(&star).then(|| TalVy::ny(star.clone(), format!("#{id}")));
        UnderlagUppgift {
            namn: self.namn.join(", "),
            href: None,
            plats: self.plats.clone(),
            sakerhet: sakerhet(&star),
            star: if tal.is_some() { String::new() } else { star },
            varde: tal,
            fynd,
            id,
        }
    }
}

/// Whether what is stated is a figure with its unit, or a date; a row of figures is told in
/// words, so that it can be broken.
fn ar_tal(text: &str) -> bool {
    const LANGST: usize = 24;
    let utan = text.strip_prefix("cirka ").unwrap_or(text);
    let forst = utan.trim_start_matches(['-', '\u{2212}']).chars().next();
    forst.is_some_and(|c| c.is_ascii_digit()) && text.chars().count() <= LANGST
}

/// How exactly it is stated: what the unit rounds away, and that the paper says cirka.
fn sakerhet(star: &str) -> String {
    if star.contains("cirka") {
        return "cirka".to_owned();
    }
    Belopp::las(star).map_or_else(
        |_| "som det står".to_owned(),
        |b| crate::harledning::plusminus(b.precision.halv()),
    )
}

/// What an object states, as the paper has it.
fn angivet(objekt: &Map<String, Value>) -> Option<String> {
    let varde = VARDEN.iter().find_map(|namn| objekt.get(*namn))?;
    match varde {
        Value::String(text) => Some(text.clone()),
        Value::Number(tal) => Some(tal.to_string()),
        Value::Array(lista) => {
            let delar: Option<Vec<String>> = lista
                .iter()
                .map(|v| match v {
                    Value::String(text) => Some(text.clone()),
                    Value::Number(tal) => Some(tal.to_string()),
                    Value::Null => Some("–".to_owned()),
                    _ => None,
                })
                .collect();
            delar.filter(|d| !d.is_empty()).map(|d| d.join(" · "))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_plain_and_follow_the_path() {
        assert_eq!(
            ankare("insatser[3].ekonomi[0].utfall[1]"),
            "u-insatser-3-ekonomi-0-utfall-1"
        );
        assert_eq!(ankare("a[0].\"><script>[1]"), "u-a-0-script-1");
        assert_eq!(
            ankare("tabeller[2].rader[0].varden[4]"),
            "u-tabeller-2-rader-0"
        );
        assert_eq!(
            ankare("fordelningar[0].summor[1].summa"),
            "u-fordelningar-0-summor-1"
        );
    }

    #[test]
    fn figures_stand_in_their_column_and_words_do_not() {
        for tal in [
            "680 tkr",
            "-700 000 kr",
            "cirka 14 Mkr",
            "2022-02-01",
            "0",
            "13,4 %",
        ] {
            assert!(ar_tal(tal), "{tal}");
        }
        for ord in [
            "",
            "Vi gör bedömningen att 3 av 10 går vidare.",
            "3 av 10 ungdomar gick vidare till arbete",
            "1 · 2 · 3 · 4 · 5 · 6 · 7 · 8",
            "– · 2",
            "§ 64",
        ] {
            assert!(!ar_tal(ord), "{ord}");
        }
    }

    #[test]
    fn a_long_paper_is_folded_but_for_the_part_one_comes_for() {
        let papper = exempel("forsby");
        let alla = grupper(&papper, &[], "");
        assert!(alla.len() > 3 && alla.iter().all(|del| !del.oppen));
        let (mut oppna, mut rader) = (0, 0);
        for vald in &alla {
            let rad = &vald.rader[0];
            let delar = grupper(&papper, &[], del_med(&rad.id));
            let oppen: Vec<&UppgiftsDel> = delar.iter().filter(|del| del.oppen).collect();
            assert_eq!(oppen.len(), 1);
            assert!(oppen[0].rader.iter().any(|r| r.id == rad.id), "{}", rad.id);
            oppna += 1;
            rader += vald.rader.len();
        }
        assert!(oppna == alla.len() && rader > KORT);
        let kort = exempel("ragunda");
        let n: usize = grupper(&kort, &[], "").iter().map(|d| d.rader.len()).sum();
        assert_eq!(n <= KORT, grupper(&kort, &[], "").iter().all(|d| d.oppen));
    }

    fn exempel(stam: &str) -> Underlag {
        let mapp = concat!(env!("CARGO_MANIFEST_DIR"), "/../../exempel");
        u::las(stam, &std::fs::read(format!("{mapp}/{stam}.json")).unwrap()).unwrap()
    }

    #[test]
    fn every_row_behind_a_finding_has_its_place_on_the_papers_page() {
        let mapp = concat!(env!("CARGO_MANIFEST_DIR"), "/../../exempel");
        let mut saknas = Vec::new();
        let mut rader = 0;
        for fil in std::fs::read_dir(mapp).unwrap().map(|f| f.unwrap().path()) {
            if fil.extension().is_none_or(|andelse| andelse != "json") {
                continue;
            }
            let stam = fil.file_stem().unwrap().to_str().unwrap();
            let papper = u::las(stam, &std::fs::read(&fil).unwrap()).unwrap();
            let platser: std::collections::HashSet<String> = grupper(&papper, &[], "")
                .into_iter()
                .flat_map(|del| del.rader)
                .map(|rad| rad.id)
                .collect();
            for fynd in utfall_domain::granskning::granska(&papper) {
                let saknar = fynd.regel == "obligatorisk-uppgift";
                for rad in fynd.rader {
                    rader += 1;
                    // What is missing in the paper has no row there.
                    if !saknar && !platser.contains(&ankare(&rad.sokvag)) {
                        saknas.push(format!("{stam} {}: {}", fynd.regel, rad.sokvag));
                    }
                }
            }
        }
        assert!(rader > 100, "{rader}");
        assert!(saknas.is_empty(), "{}", saknas.join("\n"));
    }
}
