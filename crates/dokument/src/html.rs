//! One standalone, accessible page: no scripts, no outside files, one stylesheet inside.

use std::fmt::Write as _;

use utfall_domain::rapport::{
    Besked, Beskedsslag, Block, Dokument, Faktaruta, Figur, Kolumn, Kolumnslag, Rad, Radslag,
    Rubrik, Tabell, Tal, Text, Underskrift,
};
use utfall_domain::tid::i_ord;

use crate::text::xml;

const STIL: &str = include_str!("mall/dokument.css");

/// Sets the document.
pub(crate) fn satt(dokument: &Dokument) -> String {
    let mut sida = Sida {
        ut: String::new(),
        figurer: 0,
        tabeller: 0,
    };
    sida.huvud(dokument);
    for block in &dokument.block {
        sida.block(block, dokument);
    }
    sida.ut.push_str("</main>\n</body>\n</html>\n");
    sida.ut
}

struct Sida {
    ut: String,
    figurer: usize,
    tabeller: usize,
}

impl Sida {
    fn rad(&mut self, text: &str) {
        self.ut.push_str(text);
        self.ut.push('\n');
    }

    fn huvud(&mut self, dokument: &Dokument) {
        let (titel, organisation) = (xml(&dokument.titel), xml(&dokument.organisation));
        let datum = i_ord(dokument.datum);
        let _ = write!(
            self.ut,
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"author\" content=\"{organisation}\">\n\
             <meta name=\"keywords\" content=\"{}\">\n\
             <meta name=\"generator\" content=\"Utfall, {}\">\n\
             <title>{titel} – {organisation}</title>\n<style>\n{STIL}</style>\n</head>\n<body>\n\
             <header><p>{organisation}</p></header>\n<main>\n<h1>{titel}</h1>\n",
            xml(&dokument.sprak),
            xml(&dokument.nyckelord.join(", ")),
            xml(&dokument.mallversion),
        );
        if !dokument.underrubrik.is_empty() {
            self.rad(&format!(
                "<p class=\"under\">{}</p>",
                xml(&dokument.underrubrik)
            ));
        }
        self.rad(&format!("<p class=\"datum\"><time>{datum}</time></p>"));
        if let Some(markning) = &dokument.markning {
            let text = vec![Text::ren(markning.clone())];
            self.besked(&Besked {
                slag: Beskedsslag::Varning,
                text,
            });
        }
    }

    fn block(&mut self, block: &Block, dokument: &Dokument) {
        match block {
            Block::Rubrik(rubrik) => self.rubrik(rubrik),
            Block::Stycke { text } => self.rad(&format!("<p>{}</p>", inom(text))),
            Block::Lista { numrerad, punkter } => {
                let slag = if *numrerad { "ol" } else { "ul" };
                self.rad(&format!("<{slag}>"));
                for punkt in punkter {
                    self.rad(&format!("<li>{}</li>", inom(punkt)));
                }
                self.rad(&format!("</{slag}>"));
            }
            Block::Tabell(tabell) => self.tabell(tabell),
            Block::Figur(figur) => self.figur(figur),
            Block::Besked(besked) => self.besked(besked),
            Block::Faktaruta(ruta) => self.faktaruta(ruta),
            Block::Innehall { rubrik } => self.innehall(rubrik, dokument),
            Block::Underskrifter { namn } => self.underskrifter(namn),
            Block::Sidbrytning => {}
        }
    }

    fn rubrik(&mut self, rubrik: &Rubrik) {
        let niva = rubrik.niva.saturating_add(1).min(6);
        let (id, text) = (&rubrik.ankare, xml(&rubrik.text));
        self.rad(&format!("<h{niva} id=\"{id}\">{text}</h{niva}>"));
    }

    fn besked(&mut self, besked: &Besked) {
        let ord = besked.slag.ord();
        let klass = ord.to_lowercase();
        let text = inom(&besked.text);
        self.rad(&format!(
            "<p class=\"besked {klass}\"><strong>{ord}:</strong> {text}</p>"
        ));
    }

    fn faktaruta(&mut self, ruta: &Faktaruta) {
        self.rad("<dl class=\"fakta\">");
        for rad in &ruta.rader {
            let (namn, varde) = (xml(&rad.namn), inom(&rad.varde));
            self.rad(&format!("<div><dt>{namn}</dt><dd>{varde}</dd></div>"));
        }
        self.rad("</dl>");
    }

    fn innehall(&mut self, rubrik: &str, dokument: &Dokument) {
        self.rad(&format!(
            "<nav aria-labelledby=\"innehall-rubrik\">\n<h2 id=\"innehall-rubrik\">{}</h2>\n<ol>",
            xml(rubrik)
        ));
        for block in &dokument.block {
            if let Block::Rubrik(Rubrik {
                niva: niva @ 1..=2,
                text,
                ankare,
            }) = block
            {
                let text = xml(text);
                self.rad(&format!(
                    "<li class=\"n{niva}\"><a href=\"#{ankare}\">{text}</a></li>"
                ));
            }
        }
        self.rad("</ol>\n</nav>");
    }

    fn underskrifter(&mut self, namn: &[Underskrift]) {
        for den in namn {
            let rad = if den.namn.is_empty() {
                String::new()
            } else {
                xml(&den.namn) + "<br>"
            };
            self.rad(&format!(
                "<p class=\"underskrift\">{rad}<span>{}</span></p>",
                xml(&den.roll)
            ));
        }
    }

    fn figur(&mut self, figur: &Figur) {
        let id = format!("figur-{}", self.figurer);
        self.figurer += 1;
        let las = match figur.lashjalp.as_str() {
            "" => String::new(),
            text => format!(" <small>{}</small>", xml(text)),
        };
        let svg = figur.bild.svg(&id).replacen(
            "<svg ",
            &format!("<svg role=\"img\" aria-label=\"{}\" ", xml(&figur.alt)),
            1,
        );
        self.rad(&format!(
            "<figure>\n<figcaption>{}{las}</figcaption>\n{svg}\n</figure>",
            xml(&figur.rubrik)
        ));
        if let Some(tabell) = &figur.tabell {
            self.tabell(tabell);
        }
    }

    /// A wide table scrolls within its own frame, which the keyboard can reach.
    fn tabell(&mut self, tabell: &Tabell) {
        self.tabeller += 1;
        let id = format!("tabell-{}", self.tabeller);
        let klass = if tabell.kolumner.len() == 2 {
            "smal"
        } else {
            "bred"
        };
        self.rad(&format!(
            "<div class=\"rulla\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n\
             <table class=\"{klass}\">\n<caption id=\"{id}\">{}</caption>\n<thead>\n<tr>",
            xml(&tabell.rubrik)
        ));
        for kolumn in &tabell.kolumner {
            let rubrik = xml(&kolumn.rubrik);
            self.rad(&format!(
                "<th scope=\"col\"{}>{rubrik}</th>",
                talklass(kolumn)
            ));
        }
        self.rad("</tr>\n</thead>\n<tbody>");
        for rad in &tabell.rader {
            self.tabellrad(rad, tabell);
        }
        self.rad("</tbody>\n</table>\n</div>");
        self.forklaring(tabell);
    }

    fn tabellrad(&mut self, rad: &Rad, tabell: &Tabell) {
        let klass = match rad.slag {
            Radslag::Vanlig => "",
            Radslag::Grupp => " class=\"grupp\"",
            Radslag::Delsumma => " class=\"delsumma\"",
            Radslag::Summa => " class=\"summa\"",
        };
        let rubrik = inom(&rad.rubrik);
        if rad.slag == Radslag::Grupp {
            let bredd = tabell.kolumner.len();
            self.rad(&format!(
                "<tr{klass}><th scope=\"colgroup\" colspan=\"{bredd}\">{rubrik}</th></tr>"
            ));
            return;
        }
        self.rad(&format!("<tr{klass}><th scope=\"row\">{rubrik}</th>"));
        for (cell, kolumn) in rad.celler.iter().zip(tabell.kolumner.iter().skip(1)) {
            self.rad(&format!("<td{}>{}</td>", talklass(kolumn), inom(cell)));
        }
        self.rad("</tr>");
    }

    fn forklaring(&mut self, tabell: &Tabell) {
        if !tabell.not.is_empty() {
            self.rad(&format!("<p class=\"not\">{}</p>", inom(&tabell.not)));
        }
        for tecken in tabell.tecken() {
            let (sign, ord) = (tecken.tecken(), tecken.ord());
            let betyder = xml(tecken.forklaring());
            self.rad(&format!(
                "<p class=\"not\">{sign}\u{a0}{ord}: {betyder}</p>"
            ));
        }
    }
}

fn talklass(kolumn: &Kolumn) -> &'static str {
    match kolumn.slag {
        Kolumnslag::Text => "",
        Kolumnslag::Tal => " class=\"n\"",
    }
}

fn inom(delar: &[Text]) -> String {
    delar.iter().map(del).collect()
}

fn del(text: &Text) -> String {
    match text {
        Text::Ren { text } => xml(text),
        Text::Stark { text } => format!("<strong>{}</strong>", xml(text)),
        Text::Lank { text, url } => format!("<a href=\"{}\">{}</a>", xml(url), xml(text)),
        Text::Tal(tal) => siffra(tal),
    }
}

fn siffra(tal: &Tal) -> String {
    let klass = if tal.tecken.is_some() {
        "tal tecken"
    } else {
        "tal"
    };
    let synligt = xml(&tal.visas());
    let satt = match &tal.url {
        Some(url) => format!("<a class=\"{klass}\" href=\"{}\">{synligt}</a>", xml(url)),
        None => format!("<span class=\"{klass}\">{synligt}</span>"),
    };
    match tal.forbehall() {
        Some(del) => format!("{satt}, <small>{}</small>", xml(&del)),
        None => satt,
    }
}
