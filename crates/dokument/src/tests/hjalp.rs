//! Reading back what was set, with as little as possible of what set it.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use typst::layout::{Frame, FrameItem};
use utfall_domain::rapport::{Block, Dokument, Tabell, Text};

/// Letters, digits and signs only: lines may break, and words be divided, anywhere.
pub(super) fn ren(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{ad}'))
        .collect()
}

/// The text area of a page in points, between the running head and foot (dokument.typ).
const TEXTYTA: std::ops::Range<f64> = 76.0..774.0;

/// The text of the laid-out pages, in the order in which it is painted; heads and feet apart.
pub(super) fn pdf_text(dokument: &Dokument) -> String {
    let mut ut = String::new();
    for sida in crate::pdf::sidor(dokument).unwrap().pages() {
        ram(&sida.frame, 0.0, &mut ut);
    }
    ren(&ut)
}

/// The text of each laid-out page, heads and feet apart.
pub(super) fn pdf_sidor(dokument: &Dokument) -> Vec<String> {
    let satt = crate::pdf::sidor(dokument).unwrap();
    let sida = |frame: &Frame| {
        let mut ut = String::new();
        ram(frame, 0.0, &mut ut);
        ren(&ut)
    };
    satt.pages().iter().map(|s| sida(&s.frame)).collect()
}

fn ram(frame: &Frame, topp: f64, ut: &mut String) {
    for (plats, post) in frame.items() {
        let y = topp + plats.y.to_pt();
        match post {
            FrameItem::Group(grupp) => ram(&grupp.frame, y, ut),
            FrameItem::Text(text) if TEXTYTA.contains(&y) => ut.push_str(&text.text),
            _ => {}
        }
    }
}

/// The text of the DOCX body; fails if any part of the package is not well-formed XML.
pub(super) fn docx_text(docx: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    for nr in 0..zip.len() {
        let mut fil = zip.by_index(nr).unwrap();
        let namn = fil.name().unwrap().into_owned();
        if namn.ends_with(".png") {
            continue;
        }
        let mut xml = String::new();
        fil.read_to_string(&mut xml).unwrap();
        let funnen = ord(&xml, "w:t");
        if namn == "word/document.xml" {
            text = funnen;
        }
    }
    ren(&text)
}

/// The character data of the elements with a name, in order.
fn ord(xml: &str, element: &str) -> String {
    let mut lasare = Reader::from_str(xml);
    let (mut ut, mut inne) = (String::new(), false);
    loop {
        match lasare.read_event().unwrap() {
            Event::Start(start) => inne = start.name().as_ref() == element,
            Event::End(_) => inne = false,
            Event::Text(text) if inne => ut.push_str(&text),
            Event::GeneralRef(namn) if inne => ut.push(tecken(&namn)),
            Event::Eof => return ut,
            _ => {}
        }
    }
}

/// The text of the page between `<body>` and its end, without tags.
pub(super) fn html_text(html: &str) -> String {
    let kropp = html.split("<body>").nth(1).unwrap();
    let mut ut = String::new();
    for del in kropp.split('<').skip(1) {
        ut.push_str(del.split_once('>').unwrap().1);
    }
    let mut delar = ut.split('&');
    let mut text = delar.next().unwrap().to_owned();
    for del in delar {
        let (namn, resten) = del.split_once(';').unwrap();
        text.push(tecken(namn));
        text.push_str(resten);
    }
    ren(&text)
}

fn tecken(namn: &str) -> char {
    match namn {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "#39" => '\'',
        annat => panic!("okänt tecken &{annat};"),
    }
}

/// Every text of the blocks in reading order, as the reader sees it; pictures apart.
pub(super) fn texter(dokument: &Dokument) -> Vec<String> {
    let mut ut = vec![dokument.titel.clone(), dokument.underrubrik.clone()];
    for block in &dokument.block {
        match block {
            Block::Rubrik(rubrik) => ut.push(rubrik.text.clone()),
            Block::Stycke { text } => rad(text, &mut ut),
            Block::Lista { punkter, .. } => punkter.iter().for_each(|p| rad(p, &mut ut)),
            Block::Tabell(t) => tabell(t, &mut ut),
            Block::Figur(figur) => {
                ut.push(figur.rubrik.clone());
                figur.tabell.iter().for_each(|t| tabell(t, &mut ut));
            }
            Block::Besked(besked) => {
                ut.push(besked.slag.ord().to_owned());
                rad(&besked.text, &mut ut);
            }
            Block::Faktaruta(ruta) => {
                for fakta in &ruta.rader {
                    ut.push(fakta.namn.clone());
                    rad(&fakta.varde, &mut ut);
                }
            }
            Block::Underskrifter { namn } => {
                ut.extend(
                    namn.iter()
                        .flat_map(|den| [den.namn.clone(), den.roll.clone()]),
                );
            }
            Block::Innehall { .. } | Block::Sidbrytning => {}
        }
    }
    ut.iter()
        .map(|text| ren(text))
        .filter(|text| !text.is_empty())
        .collect()
}

fn rad(rad: &[Text], ut: &mut Vec<String>) {
    ut.extend(rad.iter().map(Text::visas));
}

fn tabell(tabell: &Tabell, ut: &mut Vec<String>) {
    ut.push(tabell.rubrik.clone());
    ut.extend(tabell.kolumner.iter().map(|kolumn| kolumn.rubrik.clone()));
    for post in &tabell.rader {
        rad(&post.rubrik, ut);
        post.celler.iter().for_each(|cell| rad(cell, ut));
    }
    rad(&tabell.not, ut);
    let tecken = tabell.tecken();
    ut.extend(
        tecken
            .iter()
            .map(|t| format!("{}{}:{}", t.tecken(), t.ord(), t.forklaring())),
    );
}

/// The first text that does not follow the ones before it, if any.
pub(super) fn saknad<'a>(texter: &'a [String], i: &str) -> Option<&'a String> {
    let mut kvar = i;
    texter
        .iter()
        .find(|text| match kvar.split_once(text.as_str()) {
            Some((_, efter)) => {
                kvar = efter;
                false
            }
            None => true,
        })
}
