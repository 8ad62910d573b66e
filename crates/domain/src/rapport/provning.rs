//! What makes a document fit to print: the rules that accessibility and the reader demand,
//! checked before the typesetter is troubled.

use std::collections::BTreeSet;
use std::fmt;

use super::modell::{Block, Dokument, Faktaruta, Figur, Radslag, Rubrik, Tabell, Text};

/// One fault in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brist {
    /// Which block, counted from 0; `None` for the document as a whole.
    pub block: Option<usize>,
    /// Stable code, `rapport-…`.
    pub kod: &'static str,
    /// What is wrong, in Swedish.
    pub text: String,
}

impl fmt::Display for Brist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.block {
            Some(nr) => write!(f, "{} (block {nr}, {})", self.text, self.kod),
            None => write!(f, "{} ({})", self.text, self.kod),
        }
    }
}

/// Checks a document against every rule and returns the faults, in reading order.
///
/// # Errors
/// The list of faults, if there are any.
pub fn prova(dokument: &Dokument) -> Result<(), Vec<Brist>> {
    let mut provning = Provning {
        brister: Vec::new(),
        block: None,
        ankare: BTreeSet::new(),
    };
    provning.huvud(dokument);
    for block in &dokument.block {
        if let Block::Rubrik(rubrik) = block {
            provning.ankare.insert(rubrik.ankare.as_str());
        }
    }
    let mut niva = 0;
    let mut sedda = BTreeSet::new();
    for (nr, block) in dokument.block.iter().enumerate() {
        provning.block = Some(nr);
        if let Block::Rubrik(rubrik) = block {
            provning.rubrik(rubrik, niva);
            niva = rubrik.niva;
            provning.kraver(
                sedda.insert(rubrik.ankare.as_str()),
                "rapport-ankare-dubbelt",
                "Två rubriker har samma ankare.",
            );
        }
        provning.block(block);
    }
    if provning.brister.is_empty() {
        Ok(())
    } else {
        Err(provning.brister)
    }
}

struct Provning<'a> {
    brister: Vec<Brist>,
    block: Option<usize>,
    ankare: BTreeSet<&'a str>,
}

impl Provning<'_> {
    fn kraver(&mut self, uppfyllt: bool, kod: &'static str, text: &str) {
        if !uppfyllt {
            self.brister.push(Brist {
                block: self.block,
                kod,
                text: text.to_owned(),
            });
        }
    }

    fn huvud(&mut self, dokument: &Dokument) {
        self.kraver(
            !tom(&dokument.titel),
            "rapport-titel",
            "Dokumentet saknar titel.",
        );
        self.kraver(
            !tom(&dokument.sprak),
            "rapport-sprak",
            "Dokumentet saknar språk.",
        );
        self.kraver(
            !tom(&dokument.ident),
            "rapport-ident",
            "Dokumentet saknar identitet.",
        );
        self.kraver(
            !tom(&dokument.organisation),
            "rapport-organisation",
            "Dokumentet saknar organisation.",
        );
    }

    fn rubrik(&mut self, rubrik: &Rubrik, forra: u8) {
        self.kraver(
            !tom(&rubrik.text),
            "rapport-rubrik-tom",
            "En rubrik saknar text.",
        );
        self.kraver(
            (1..=4).contains(&rubrik.niva) && rubrik.niva <= forra.saturating_add(1),
            "rapport-rubrik-niva",
            "En rubrik hoppar över en nivå.",
        );
        let mut tecken = rubrik.ankare.chars();
        let ratt = tecken.next().is_some_and(|c| c.is_ascii_lowercase())
            && tecken.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        self.kraver(ratt, "rapport-ankare", "En rubrik saknar giltigt ankare.");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Rubrik(_) | Block::Sidbrytning => {}
            Block::Stycke { text } => {
                self.rad(text, "rapport-stycke-tomt", "Ett stycke saknar text.");
            }
            Block::Lista { punkter, .. } => {
                self.kraver(
                    !punkter.is_empty(),
                    "rapport-lista-tom",
                    "En lista saknar punkter.",
                );
                for punkt in punkter {
                    self.rad(
                        punkt,
                        "rapport-punkt-tom",
                        "En punkt i en lista saknar text.",
                    );
                }
            }
            Block::Tabell(tabell) => self.tabell(tabell),
            Block::Figur(figur) => self.figur(figur),
            Block::Besked(besked) => {
                self.rad(
                    &besked.text,
                    "rapport-besked-tomt",
                    "Ett besked saknar text.",
                );
            }
            Block::Faktaruta(ruta) => self.faktaruta(ruta),
            Block::Innehall { rubrik } => {
                self.kraver(
                    !tom(rubrik),
                    "rapport-innehall",
                    "Innehållet saknar rubrik.",
                );
            }
            Block::Underskrifter { namn } => self.kraver(
                !namn.is_empty() && namn.iter().all(|den| !tom(&den.roll)),
                "rapport-underskrift",
                "En underskrift saknar roll.",
            ),
        }
    }

    fn faktaruta(&mut self, ruta: &Faktaruta) {
        self.kraver(
            !tom(&ruta.rubrik) && !ruta.rader.is_empty(),
            "rapport-fakta-tom",
            "En faktaruta saknar rubrik eller rader.",
        );
        for rad in &ruta.rader {
            self.kraver(
                !tom(&rad.namn),
                "rapport-fakta-namn",
                "En faktarad saknar namn.",
            );
            self.rad(
                &rad.varde,
                "rapport-fakta-varde",
                "En faktarad saknar värde.",
            );
        }
    }

    fn figur(&mut self, figur: &Figur) {
        self.kraver(
            !tom(&figur.alt),
            "rapport-figur-alt",
            "En figur saknar alternativtext.",
        );
        self.kraver(
            !tom(&figur.rubrik),
            "rapport-figur-rubrik",
            "En figur saknar rubrik.",
        );
        self.kraver(
            !figur.bild.rader.is_empty() && figur.bild.rader.iter().all(|s| !tom(&s.namn)),
            "rapport-figur-tom",
            "En figur saknar staplar, eller en stapel saknar namn.",
        );
        if let Some(tabell) = &figur.tabell {
            self.tabell(tabell);
        }
    }

    fn tabell(&mut self, tabell: &Tabell) {
        self.kraver(
            !tom(&tabell.rubrik),
            "rapport-tabell-rubrik",
            "En tabell saknar rubrik.",
        );
        self.kraver(
            tabell.kolumner.len() >= 2 && tabell.kolumner.iter().all(|k| !tom(&k.rubrik)),
            "rapport-tabell-huvud",
            "En tabell saknar kolumner eller kolumnrubriker.",
        );
        self.kraver(
            !tabell.rader.is_empty(),
            "rapport-tabell-tom",
            "En tabell saknar rader.",
        );
        for rad in &tabell.rader {
            let bredd = match rad.slag {
                Radslag::Grupp => 0,
                _ => tabell.kolumner.len().saturating_sub(1),
            };
            self.kraver(
                rad.celler.len() == bredd,
                "rapport-tabell-bredd",
                "En rad har inte lika många celler som tabellen har kolumner.",
            );
            self.rad(
                &rad.rubrik,
                "rapport-rad-rubrik",
                "En tabellrad saknar rubrik.",
            );
            for cell in &rad.celler {
                self.rad(
                    cell,
                    "rapport-cell-tom",
                    "En tabellcell är tom. Skriv ett av tecknen för saknade tal.",
                );
            }
        }
        self.lankar(&tabell.not);
    }

    fn rad(&mut self, rad: &[Text], kod: &'static str, text: &str) {
        self.kraver(rad.iter().any(|del| !tom(&del.visas())), kod, text);
        self.lankar(rad);
    }

    fn lankar(&mut self, rad: &[Text]) {
        for del in rad {
            let (url, text) = match del {
                Text::Lank { url, text } => (Some(url), text),
                Text::Tal(tal) => (tal.url.as_ref(), &tal.text),
                Text::Ren { .. } | Text::Stark { .. } => continue,
            };
            self.kraver(
                !tom(text),
                "rapport-lank-text",
                "En länk eller ett tal saknar text.",
            );
            if let Some(url) = url {
                let ratt = self.tillaten(url);
                self.kraver(
                    ratt,
                    "rapport-lank",
                    "En länk är inte en fullständig webbadress eller ett ankare i dokumentet.",
                );
            }
        }
    }

    fn tillaten(&self, url: &str) -> bool {
        if let Some(ankare) = url.strip_prefix('#') {
            return self.ankare.contains(ankare);
        }
        let schema = ["https://", "http://", "mailto:"];
        schema
            .iter()
            .any(|s| url.len() > s.len() && url.starts_with(s))
            && url
                .chars()
                .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\'))
    }
}

fn tom(text: &str) -> bool {
    super::stada(text).trim().is_empty()
}
