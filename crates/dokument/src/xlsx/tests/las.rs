//! Reads a workbook back by its XML, and calculates its formulas, sharing nothing with what
//! wrote it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use resvg::usvg::roxmltree::{Document, Node};

/// A workbook.
pub(super) struct Bok {
    pub(super) delar: BTreeMap<String, String>,
    pub(super) blad: Vec<Blad>,
}

/// A sheet.
pub(super) struct Blad {
    pub(super) namn: String,
    pub(super) celler: BTreeMap<(u32, u32), Cell>,
    pub(super) xml: String,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// What stands in it: words, or digits as they are kept.
    pub(super) varde: String,
    pub(super) ar_text: bool,
    pub(super) formel: Option<String>,
    /// The number of its style.
    pub(super) stil: usize,
}

pub(super) fn las(bytes: &[u8]) -> Bok {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut delar = BTreeMap::new();
    for nr in 0..zip.len() {
        let mut fil = zip.by_index(nr).unwrap();
        let namn = fil.name().unwrap().into_owned();
        let mut innehall = Vec::new();
        fil.read_to_end(&mut innehall).unwrap();
        if namn.ends_with(".xml") || namn.ends_with(".rels") {
            let xml = String::from_utf8(innehall).unwrap();
            Document::parse(&xml).unwrap();
            delar.insert(namn, xml);
        }
    }
    let text = Document::parse(&delar["xl/sharedStrings.xml"]).unwrap();
    let ord: Vec<String> = barn(text.root_element(), "si").map(all_text).collect();
    let bok = Document::parse(&delar["xl/workbook.xml"]).unwrap();
    let alla = bok.descendants().filter(|n| n.has_tag_name_lokalt("sheet"));
    let blad = alla.enumerate().map(|(nr, n)| {
        let xml = delar[&format!("xl/worksheets/sheet{}.xml", nr + 1)].clone();
        Blad {
            namn: n.attribute("name").unwrap().to_owned(),
            celler: celler(&xml, &ord),
            xml,
        }
    });
    let blad = blad.collect();
    Bok { delar, blad }
}

trait Lokalt {
    fn has_tag_name_lokalt(&self, namn: &str) -> bool;
}

impl Lokalt for Node<'_, '_> {
    fn has_tag_name_lokalt(&self, namn: &str) -> bool {
        self.tag_name().name() == namn
    }
}

fn barn<'a>(n: Node<'a, 'a>, namn: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    n.children().filter(move |b| b.has_tag_name_lokalt(namn))
}

fn all_text(n: Node<'_, '_>) -> String {
    let text = n.descendants().filter(|d| d.has_tag_name_lokalt("t"));
    let text: String = text.filter_map(|t| t.text()).collect();
    // What looks like an escaped character is itself escaped.
    text.replace("_x005F_", "_")
}

fn celler(xml: &str, ord: &[String]) -> BTreeMap<(u32, u32), Cell> {
    let blad = Document::parse(xml).unwrap();
    let mut ut = BTreeMap::new();
    for c in blad.descendants().filter(|n| n.has_tag_name_lokalt("c")) {
        let v = barn(c, "v").next().and_then(|v| v.text()).unwrap_or("");
        let ar_text = c.attribute("t") == Some("s");
        let cell = Cell {
            varde: match ar_text {
                true => ord[v.parse::<usize>().unwrap()].clone(),
                false => v.to_owned(),
            },
            ar_text,
            formel: barn(c, "f")
                .next()
                .and_then(|f| f.text())
                .map(str::to_owned),
            stil: c.attribute("s").map_or(0, |s| s.parse().unwrap()),
        };
        ut.insert(plats(c.attribute("r").unwrap()), cell);
    }
    ut
}

/// Row and column of `B5`, from 0.
pub(super) fn plats(namn: &str) -> (u32, u32) {
    let bokstaver = namn.trim_end_matches(|c: char| c.is_ascii_digit());
    let kolumn = bokstaver
        .bytes()
        .fold(0, |nr, b| nr * 26 + u32::from(b - b'A') + 1);
    (
        namn[bokstaver.len()..].parse::<u32>().unwrap() - 1,
        kolumn - 1,
    )
}

impl Blad {
    /// A number in hundredths; words and what is empty are none.
    pub(super) fn tal(&self, plats: (u32, u32)) -> Option<i128> {
        let cell = self.celler.get(&plats).filter(|c| !c.ar_text)?;
        let (minus, siffror) = match cell.varde.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, cell.varde.as_str()),
        };
        let (hela, delar) = siffror.split_once('.').unwrap_or((siffror, ""));
        let delar = format!("{delar:0<2}");
        Some(minus * format!("{hela}{delar}").parse::<i128>().unwrap())
    }

    /// What a formula of sums, additions and subtractions gives, in hundredths.
    pub(super) fn raknat(&self, formel: &str) -> i128 {
        if let Some(inre) = formel
            .strip_prefix("SUM(")
            .and_then(|f| f.strip_suffix(')'))
        {
            return inre.split(',').map(|del| self.summa(del)).sum();
        }
        let mut summa = 0;
        let mut tecken = 1;
        let mut namn = String::new();
        for c in formel.chars().chain(['+']) {
            if c == '+' || c == '-' {
                if !namn.is_empty() {
                    summa += tecken * self.tal(plats(&namn)).expect(formel);
                }
                tecken = if c == '-' { -1 } else { 1 };
                namn.clear();
            } else {
                namn.push(c);
            }
        }
        summa
    }

    fn summa(&self, spann: &str) -> i128 {
        let (fran, till) = spann.split_once(':').unwrap_or((spann, spann));
        let ((r1, k), (r2, _)) = (plats(fran), plats(till));
        (r1..=r2).filter_map(|rad| self.tal((rad, k))).sum()
    }
}
