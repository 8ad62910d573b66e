//! One row: its cells as what they say of a participant.

use super::{Kolumn, Mappning};
use crate::deltagare::deltagande::{
    Arbete, Bakgrund, Forsorjning, Intrade, Omfattning, Situation, Uttrade,
};
use crate::deltagare::kodlista::version::gallande;
use crate::deltagare::kodlista::{Listnamn, OKANT};
use crate::deltagare::samtycke::{Behandling, Information, Informationssatt};
use crate::deltagare::uppgifter::{Behandlingsgrund, Inskrivet};
use crate::kommun;
use crate::problem::Problem;
use crate::svensk::sokform;
use crate::tecken::{self, otillatet};
use jiff::civil::Date;

/// A row that could be read. Whether it holds is for the use case to say.
#[derive(Clone, Debug)]
pub struct Tolkad {
    /// Its number in the list.
    pub rad: usize,
    /// Who, as written.
    pub vem: Inskrivet,
    /// On what ground it is kept, and what the person was told.
    pub grund: Behandlingsgrund,
    /// How it began.
    pub intrade: Intrade,
    /// How it ended, when it has.
    pub uttrade: Option<Uttrade>,
}

/// The cells of a row while they are read, with what was wrong with them.
struct Lasare<'a> {
    plats: &'a Mappning,
    celler: &'a [String],
    nr: usize,
    fel: Vec<Problem>,
}

/// Cells that a spreadsheet could take for a formula.
const FORMELTECKEN: [char; 4] = ['=', '+', '-', '@'];

impl Mappning {
    /// Reads a row. `informationstext` is the version of the text that the persons were given;
    /// without a day of its own they were given it on the first day.
    ///
    /// # Errors
    /// Everything that is wrong, with row and column.
    pub fn tolka(
        &self,
        nr: usize,
        celler: &[String],
        informationstext: &str,
    ) -> Result<Tolkad, Vec<Problem>> {
        let mut l = Lasare {
            plats: self,
            celler,
            nr,
            fel: Vec::new(),
        };
        l.inga_formler();
        let dag = l.dag(Kolumn::Dag).unwrap_or_else(|| {
            if l.cell(Kolumn::Dag).is_empty() {
                l.fel(
                    Kolumn::Dag,
                    "Dagen saknas.",
                    "Skriv den dag då personen började.",
                );
            }
            Date::MIN
        });
        let informerad = l.dag(Kolumn::Informerad).unwrap_or(dag);
        let intrade = l.intrade(dag);
        let uttrade = l.uttrade();
        let skyddad = l.ja(Kolumn::Skyddad);
        let vem = Inskrivet::ny(l.cell(Kolumn::Vem), l.cell(Kolumn::Namn), skyddad);
        if !l.fel.is_empty() {
            return Err(l.fel);
        }
        Ok(Tolkad {
            rad: nr,
            vem,
            grund: Behandlingsgrund {
                grund: Behandling::AllmantIntresse,
                information: Information {
                    text: informationstext.to_owned(),
                    sprak: "sv".to_owned(),
                    dag: informerad,
                    satt: Informationssatt::Papper,
                },
            },
            intrade,
            uttrade,
        })
    }
}

impl Lasare<'_> {
    fn cell(&self, kolumn: Kolumn) -> &str {
        let nr = self.plats.plats.get(&kolumn);
        let cell = nr.and_then(|nr| self.celler.get(*nr));
        cell.map_or("", |text| text.trim())
    }

    fn fel(&mut self, kolumn: Kolumn, text: &str, atgard: &str) {
        let plats = format!("rad {}, {}", self.nr, kolumn.rubrik());
        self.fel
            .push(Problem::ogiltigt("inlasning-cell", text, atgard).pa(plats));
    }

    fn inga_formler(&mut self) {
        let traff: Vec<Kolumn> = self
            .plats
            .lases()
            .filter(|k| formel(self.cell(*k)))
            .collect();
        let plats = self.plats;
        for kolumn in plats.lases() {
            if let Some(tecken) = otillatet(self.cell(kolumn)) {
                self.fel(kolumn, &tecken::fel(tecken), tecken::ATGARD);
            }
        }
        for kolumn in traff {
            let text = "Cellen börjar med ett tecken som kalkylprogram räknar på.";
            self.fel(
                kolumn,
                text,
                "Ta bort tecknet (=, +, - eller @) först i cellen.",
            );
        }
    }

    /// A day: nothing when the cell is empty, and when it cannot be read, which is told of.
    fn dag(&mut self, kolumn: Kolumn) -> Option<Date> {
        let text = self.cell(kolumn);
        if text.is_empty() {
            return None;
        }
        // A spreadsheet's day can have a time of midnight after it.
        let utan_tid = text.split(['T', ' ']).next().unwrap_or(text);
        let siffror = utan_tid.replace(['/', '.'], "-");
        let last = siffror.parse::<Date>().ok().or_else(|| tatt(&siffror));
        if last.is_none() {
            let atgard = "Skriv år, månad och dag, till exempel 2026-03-01.";
            self.fel(kolumn, "Dagen går inte att läsa.", atgard);
        }
        last
    }

    fn ja(&mut self, kolumn: Kolumn) -> bool {
        match sokform(self.cell(kolumn)).as_str() {
            "" | "nej" | "n" | "0" | "false" | "falskt" => false,
            "ja" | "j" | "x" | "1" | "true" | "sant" => true,
            _ => {
                self.fel(
                    kolumn,
                    "Cellen är varken ja eller nej.",
                    "Skriv ja eller nej.",
                );
                true
            }
        }
    }

    /// One code of a list, by its code or its words; an empty cell is the unknown.
    fn kod(&mut self, kolumn: Kolumn, lista: Listnamn) -> String {
        let text = self.cell(kolumn).to_owned();
        self.en_kod(kolumn, lista, &text)
    }

    fn en_kod(&mut self, kolumn: Kolumn, lista: Listnamn, text: &str) -> String {
        if text.is_empty() {
            return OKANT.to_owned();
        }
        let form = sokform(text);
        let version = gallande(lista, &[], Date::MAX);
        let koder = version.map_or_else(Vec::new, |l| l.koder_den(Date::MAX));
        let lika = koder
            .into_iter()
            .find(|k| sokform(&k.kod) == form || sokform(&k.text) == form);
        if let Some(kod) = lika {
            return kod.kod.clone();
        }
        let text = format!("Det som står finns inte i listan {}.", lista.text());
        self.fel(kolumn, &text, "Skriv ett av listans ord, eller okänt.");
        OKANT.to_owned()
    }

    /// Several, with a semicolon between.
    fn koder(&mut self, kolumn: Kolumn, lista: Listnamn) -> Vec<String> {
        let text = self.cell(kolumn).to_owned();
        let delar = text.split([';', '\n']).map(str::trim);
        let mut ut = Vec::new();
        for del in delar.filter(|d| !d.is_empty()) {
            let kod = self.en_kod(kolumn, lista, del);
            if !ut.contains(&kod) {
                ut.push(kod);
            }
        }
        ut
    }

    /// Livelihoods with a semicolon between, each with its extent after it: `lön 50; a-kassa 50`.
    fn forsorjning(&mut self, kolumn: Kolumn) -> Vec<Forsorjning> {
        let text = self.cell(kolumn).to_owned();
        let mut ut: Vec<Forsorjning> = Vec::new();
        for del in text
            .split([';', '\n'])
            .map(str::trim)
            .filter(|d| !d.is_empty())
        {
            let (ord, procent) = med_procent(del);
            let omfattning = procent.and_then(Omfattning::ny);
            if procent.is_some() && omfattning.is_none() {
                let text = "Omfattningen är inte 1–100 procent.";
                self.fel(kolumn, text, "Skriv till exempel försörjningsstöd 50.");
            }
            let kod = self.en_kod(kolumn, Listnamn::Forsorjning, ord);
            ut.push(Forsorjning { kod, omfattning });
        }
        if ut.is_empty() {
            ut.push(Forsorjning {
                kod: OKANT.to_owned(),
                omfattning: None,
            });
        }
        ut
    }

    fn intrade(&mut self, dag: Date) -> Intrade {
        let sysselsattning = self.kod(Kolumn::Sysselsattning, Listnamn::Sysselsattning);
        Intrade {
            dag,
            kommun: self.kommunen(),
            kon: self.kod(Kolumn::Kon, Listnamn::Kon),
            bakgrund: Bakgrund {
                utbildning: self.kod(Kolumn::Utbildning, Listnamn::Utbildningsniva),
                tid_i_forsorjning: self.kod(Kolumn::Tid, Listnamn::TidIForsorjning),
                startlage: self.kod(Kolumn::Startlage, Listnamn::Startlage),
                malgrupper: self.koder(Kolumn::Malgrupper, Listnamn::Malgrupp),
                remittent: self.kod(Kolumn::Remittent, Listnamn::Remittent),
                behov: self.koder(Kolumn::Behov, Listnamn::Behov),
                status: Vec::new(),
            },
            situation: Situation {
                forsorjning: self.forsorjning(Kolumn::Forsorjning),
                arbete: i_arbete(&sysselsattning).then(|| Arbete {
                    typ: OKANT.to_owned(),
                    omfattning: None,
                }),
                sysselsattning,
            },
        }
    }

    fn kommunen(&mut self) -> Option<String> {
        let text = self.cell(Kolumn::Kommun).to_owned();
        if text.is_empty() || matches!(sokform(&text).as_str(), "okänd" | "okänt" | OKANT) {
            return None;
        }
        let funnen = kommun::las(&text).map(|k| k.kod.clone());
        if funnen.is_none() {
            let atgard = "Skriv kommunens namn eller kod, eller okänd.";
            self.fel(Kolumn::Kommun, "Kommunen finns inte.", atgard);
        }
        funnen
    }

    /// How it ended; nothing when it has no last day. Then what else is said of the end is too
    /// much.
    fn uttrade(&mut self) -> Option<Uttrade> {
        const SLUTETS: [Kolumn; 7] = [
            Kolumn::Anledning,
            Kolumn::Fullfoljande,
            Kolumn::Avbrott,
            Kolumn::Sluttillstand,
            Kolumn::Stod,
            Kolumn::ForsorjningEfter,
            Kolumn::SysselsattningEfter,
        ];
        let Some(dag) = self.dag(Kolumn::Slut) else {
            if self.cell(Kolumn::Slut).is_empty() {
                let over = SLUTETS.into_iter().find(|k| !self.cell(*k).is_empty());
                if let Some(kolumn) = over {
                    let text = "Det står hur det slutade, men inte vilken dag.";
                    self.fel(kolumn, text, "Fyll i sista dagen, eller töm cellen.");
                }
            }
            return None;
        };
        let sysselsattning = self.kod(Kolumn::SysselsattningEfter, Listnamn::Sysselsattning);
        let avbrott = self.cell(Kolumn::Avbrott).to_owned();
        let fullfoljande = self.kod(Kolumn::Fullfoljande, Listnamn::Fullfoljande);
        let orsak = (!avbrott.is_empty() || fullfoljande == "ej-fullfoljt")
            .then(|| self.en_kod(Kolumn::Avbrott, Listnamn::Avbrottsorsak, &avbrott));
        Some(Uttrade {
            dag,
            anledning: self.kod(Kolumn::Anledning, Listnamn::Avslutsanledning),
            fullfoljande,
            avbrottsorsak: orsak,
            sluttillstand: self.kod(Kolumn::Sluttillstand, Listnamn::Sluttillstand),
            stod: self.koder(Kolumn::Stod, Listnamn::AnnatStod),
            situation: Situation {
                forsorjning: self.forsorjning(Kolumn::ForsorjningEfter),
                arbete: i_arbete(&sysselsattning).then(|| self.arbetet()),
                sysselsattning,
            },
        })
    }

    fn arbetet(&mut self) -> Arbete {
        let text = self
            .cell(Kolumn::Arbetstid)
            .trim_end_matches([' ', '%', '\u{a0}'])
            .to_owned();
        let omfattning = text.parse::<u8>().ok().and_then(Omfattning::ny);
        if omfattning.is_none() && !text.is_empty() {
            let fel = "Arbetstiden är inte 1–100 procent.";
            self.fel(
                Kolumn::Arbetstid,
                fel,
                "Skriv bara siffror: 40 timmar i veckan är 100.",
            );
        }
        Arbete {
            typ: self.kod(Kolumn::Arbete, Listnamn::TypAvArbete),
            omfattning,
        }
    }
}

/// Whether somebody with this occupation has work to tell of.
fn i_arbete(sysselsattning: &str) -> bool {
    sysselsattning == "arbete"
}

/// `20260301`.
fn tatt(text: &str) -> Option<Date> {
    let bara_siffror = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let tal: i32 = bara_siffror.then(|| text.parse().ok()).flatten()?;
    let (ar, manad, dag) = (tal / 10_000, tal / 100 % 100, tal % 100);
    Date::new(
        i16::try_from(ar).ok()?,
        i8::try_from(manad).ok()?,
        i8::try_from(dag).ok()?,
    )
    .ok()
}

/// The words and the extent after them, when there is one.
fn med_procent(text: &str) -> (&str, Option<u8>) {
    let utan = text.trim_end_matches(['%', ' ', '\u{a0}']);
    let Some((ord, tal)) = utan.rsplit_once([' ', '\u{a0}']) else {
        return (text, None);
    };
    match tal.parse::<u16>() {
        Ok(procent) => (ord.trim(), Some(u8::try_from(procent).unwrap_or(u8::MAX))),
        Err(_) => (text, None),
    }
}

/// Whether a spreadsheet could take a cell for a formula: such a file is somebody's trick, or has
/// been saved wrong.
fn formel(cell: &str) -> bool {
    cell.starts_with(FORMELTECKEN) && cell.chars().nth(1).is_some()
}
