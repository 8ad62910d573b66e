//! The form of a calculation: as typed, and as read.

use crate::falt::Falt as Skickat;
use utfall_app::Bok;
use utfall_app::Brister;
use utfall_app::medel::{FLEST_RADER, schablon_saknas};
use utfall_domain::medel::kalkyl::{
    Andelsregel, Kalkyl, Kostnadsrad, Ledningsrad, MANADSNAMN, Schablonsats, Semester, Tjanstrad,
    Utrakning, las_procent, procent,
};
use utfall_domain::medel::parameter::{self, Parameter};
use utfall_domain::pengar::{Belopp, Enhet, Ore};
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::Faltdel;

/// The ways of counting pay during holidays that the form offers.
const SEMESTER: [(&str, &str, Semester); 5] = [
    ("ingar", "Ingår i månadslönen", Semester::Ingar),
    (
        "lag-25",
        "Tillägg 25 dagar × 0,43 % (lagen)",
        Semester::Dagtillagg {
            dagar: 25,
            per_dag: 430,
        },
    ),
    (
        "avtal-25",
        "Tillägg 25 dagar × 0,605 % (AB)",
        Semester::Dagtillagg {
            dagar: 25,
            per_dag: 605,
        },
    ),
    (
        "avtal-31",
        "Tillägg 31 dagar × 0,605 % (AB, från 40 år)",
        Semester::Dagtillagg {
            dagar: 31,
            per_dag: 605,
        },
    ),
    (
        "ersattning",
        "Semesterersättning 12 %",
        Semester::Ersattning { procent: 12_000 },
    ),
];

const TJANST: [&str; 8] = [
    "vad", "antal", "andel", "fran", "till", "lon", "po", "semester",
];
const LEDNING: [&str; 4] = ["vad", "kostnad", "regel", "manader"];
const KOSTNAD: [&str; 5] = ["vad", "hur", "schablon", "kalla", "ar"];

/// The rates of the settings for the year of a calculation.
pub struct Satser {
    ar: i16,
    /// Every standard rate there is, with what it is that year when somebody has set it.
    schabloner: Vec<(String, Option<Schablonsats>)>,
    /// The employer's contributions in thousandths of a per cent, from which year and whence.
    po: Option<(i64, Option<i16>, String)>,
}

impl Satser {
    /// As the books have them.
    pub fn av(bok: &Bok, ar: i16) -> Self {
        let index = bok.index();
        let po = parameter::gallande(&index, Parameter::Po, ar).and_then(|g| {
            let f = g.faktum?;
            let kalla = f.fakta.orsak.clone().unwrap_or_default();
            Some((g.varde.checked_mul(10)?, f.galler().ar, kalla))
        });
        let namn = parameter::schabloner(&index).into_iter();
        Self {
            ar,
            schabloner: namn
                .map(|n| {
                    let sats = parameter::schablonsats(&index, &n, ar);
                    (n, sats)
                })
                .collect(),
            po,
        }
    }

    /// What a standard rate is the year of the calculation.
    pub fn schablon(&self, namn: &str) -> Option<&Schablonsats> {
        let funnen = self.schabloner.iter().find(|(n, _)| n == namn);
        funnen.and_then(|(_, sats)| sats.as_ref())
    }

    /// Where this share of contributions comes from, when it is the one of the settings.
    pub fn po_kalla(&self, andel: i64) -> Option<String> {
        let (_, fran, kalla) = self.po.as_ref().filter(|(po, ..)| *po == andel)?;
        let fran = fran.map(|ar| format!(", gäller från {ar}"));
        let kalla = kalla.trim().trim_end_matches('.');
        Some(format!(
            "PO i inställningarna{} ({kalla})",
            fran.unwrap_or_default()
        ))
    }

    /// What the form says of the contributions.
    fn po_hjalp(&self) -> String {
        match &self.po {
            Some((po, ..)) => format!(
                "PO för {} är {} enligt inställningarna.",
                self.ar,
                procent(*po)
            ),
            None => format!("PO är inte bestämt för {} under Inställningar.", self.ar),
        }
    }

    /// What the form says of the standard rates.
    fn schablonhjalp(&self) -> &'static str {
        if self.schabloner.is_empty() {
            "Inga schabloner är satta under Inställningar. Står en schablon i uträkningen, skriv \
             dess källa och år."
        } else {
            "Väljer du en schablon räcker antalet i uträkningen, till exempel 1 plats. Källa och \
             år skriver du bara för schabloner som inte finns i listan."
        }
    }

    /// The choices: each rate with its amount, or that it has none.
    fn val(&self, vald: &str) -> FaltSlag {
        let mut ut = vec![(String::new(), "Ingen schablon".to_owned())];
        ut.extend(self.schabloner.iter().map(|(namn, sats)| {
            let text = match sats {
                Some(s) => format!("{namn}, {} kr", s.belopp),
                None => format!("{namn}, inget belopp {}", self.ar),
            };
            (namn.clone(), text)
        }));
        if !ut.iter().any(|(namn, _)| namn == vald) {
            ut.push((vald.to_owned(), format!("{vald}, finns inte")));
        }
        FaltSlag::Val(ut)
    }
}

/// What the form holds, row by row, as text.
#[derive(Default)]
pub struct Blankett {
    tjanster: Vec<[String; 8]>,
    ledning: Vec<[String; 4]>,
    rader: Vec<[String; 5]>,
}

impl Blankett {
    /// A saved calculation as it would be typed.
    pub fn av_sparad(k: &Kalkyl) -> Self {
        Self {
            tjanster: k.tjanster.iter().map(tjanst_som_text).collect(),
            ledning: k
                .ledning
                .iter()
                .map(|l| {
                    [
                        l.benamning.clone(),
                        l.arskostnad.to_string(),
                        l.regel.to_string(),
                        l.manader.to_string(),
                    ]
                })
                .collect(),
            rader: k
                .rader
                .iter()
                .map(|r| {
                    [
                        r.benamning.clone(),
                        r.utrakning.to_string(),
                        r.schablon.as_ref().map_or("", |s| &s.namn).to_owned(),
                        r.kalla.clone(),
                        r.kalla_ar.map(|ar| ar.to_string()).unwrap_or_default(),
                    ]
                })
                .collect(),
        }
    }

    /// What was sent: as typed, as read, and what could not be read. Rows without anything in
    /// them are left out, and the others move up: their fields are named anew.
    pub fn av_formular(f: &Skickat, satser: &Satser) -> (Self, Kalkyl, Brister) {
        let blankett = Self {
            tjanster: rader(f, "t", TJANST, &["vad", "lon"]),
            ledning: rader(f, "l", LEDNING, &["vad", "kostnad"]),
            rader: rader(f, "k", KOSTNAD, &["vad", "hur"]),
        };
        let mut fel = Brister::default();
        let kalkyl = Kalkyl {
            tjanster: (1_usize..)
                .zip(&blankett.tjanster)
                .filter_map(|(nr, rad)| las_tjanst(nr, rad, &mut fel))
                .collect(),
            ledning: (1_usize..)
                .zip(&blankett.ledning)
                .filter_map(|(nr, rad)| las_ledning(nr, rad, &mut fel))
                .collect(),
            rader: (1_usize..)
                .zip(&blankett.rader)
                .filter_map(|(nr, rad)| las_kostnad((nr, rad), satser, &mut fel))
                .collect(),
        };
        (blankett, kalkyl, fel)
    }

    /// The parts of the form: what there is, and an empty row of each kind.
    pub fn delar(&self, satser: &Satser) -> Vec<Faltdel> {
        let mut ut = Vec::new();
        let po = satser.po.as_ref();
        let po = po.map_or_else(String::new, |(po, ..)| utan_tecken(*po));
        let tom_tjanst = ["", "1", "100", "1", "12", "", &po, "ingar"].map(str::to_owned);
        for (nr, rad) in numrerade(&self.tjanster, &tom_tjanst) {
            ut.push(tjanstdel(nr, rad, satser));
        }
        let tom_ledning = ["", "", "", "12"].map(str::to_owned);
        for (nr, rad) in numrerade(&self.ledning, &tom_ledning) {
            ut.push(ledningsdel(nr, rad));
        }
        let tom_rad = [""; 5].map(str::to_owned);
        for (nr, rad) in numrerade(&self.rader, &tom_rad) {
            ut.push(kostnadsdel(nr, rad, satser));
        }
        ut
    }
}

fn numrerade<'a, const N: usize>(
    rader: &'a [[String; N]],
    tom: &'a [String; N],
) -> impl Iterator<Item = (usize, &'a [String; N])> {
    let ny = (rader.len() < FLEST_RADER).then_some(tom);
    (1_usize..).zip(rader.iter().chain(ny))
}

fn rader<const N: usize>(
    f: &Skickat,
    slag: &str,
    falten: [&str; N],
    fyllda: &[&str],
) -> Vec<[String; N]> {
    let namn = |nr: usize, falt: &str| format!("{slag}-{nr}-{falt}");
    (1..=FLEST_RADER)
        .filter(|nr| {
            fyllda
                .iter()
                .any(|falt| !f.text(&namn(*nr, falt)).is_empty())
        })
        .map(|nr| falten.map(|falt| f.text(&namn(nr, falt)).to_owned()))
        .collect()
}

fn utan_tecken(andel: i64) -> String {
    procent(andel).trim_end_matches(['%', '\u{a0}']).to_owned()
}

fn tjanst_som_text(t: &Tjanstrad) -> [String; 8] {
    let semester = SEMESTER.iter().find(|(_, _, s)| *s == t.semester);
    [
        t.benamning.clone(),
        t.antal.to_string(),
        utan_tecken(t.andel),
        t.fran_manad.to_string(),
        t.till_manad.to_string(),
        t.manadslon.to_string(),
        utan_tecken(t.po),
        semester.map_or("ingar", |(kod, ..)| kod).to_owned(),
    ]
}

fn olasligt(falt: String, vad: &str, skrivet: &str, gor: &str) -> Problem {
    let text = if skrivet.is_empty() {
        format!("{vad} saknas.")
    } else {
        format!("{vad} ”{skrivet}” går inte att läsa.")
    };
    Problem::ogiltigt("kalkyl-olaslig", text, gor).i_falt(falt)
}

fn belopp(falt: String, vad: &str, skrivet: &str) -> Result<Ore, Problem> {
    let rent = skrivet.trim_end_matches("kr").trim_end();
    Belopp::las_tal(rent, Enhet::Kr)
        .map(|b| b.ore)
        .map_err(|_| olasligt(falt, vad, skrivet, "Skriv kronor, till exempel 38 500."))
}

fn heltal<T: std::str::FromStr>(falt: String, vad: &str, skrivet: &str) -> Result<T, Problem> {
    let gor = "Skriv ett heltal.";
    skrivet
        .parse()
        .map_err(|_| olasligt(falt, vad, skrivet, gor))
}

fn andel(falt: String, vad: &str, skrivet: &str) -> Result<i64, Problem> {
    let gor = "Skriv procent, till exempel 40,15.";
    las_procent(skrivet).ok_or_else(|| olasligt(falt, vad, skrivet, gor))
}

fn las_tjanst(nr: usize, rad: &[String; 8], fel: &mut Brister) -> Option<Tjanstrad> {
    let [vad, antal, omfattning, fran, till, lon, po, semester] = rad;
    let falt = |namn: &str| format!("t-{nr}-{namn}");
    let semester = SEMESTER.iter().find(|(kod, ..)| kod == semester);
    let semester = semester.map(|(_, _, s)| *s);
    let semester = semester.ok_or_else(|| {
        olasligt(
            falt("semester"),
            "Semesterlönen",
            "",
            "Välj ett sätt i listan.",
        )
    });
    let antal = fel.prova(heltal(falt("antal"), "Antalet", antal));
    let omfattning = fel.prova(andel(falt("andel"), "Omfattningen", omfattning));
    let fran = fel.prova(heltal(falt("fran"), "Första månaden", fran));
    let till = fel.prova(heltal(falt("till"), "Sista månaden", till));
    let lon = fel.prova(belopp(falt("lon"), "Månadslönen", lon));
    let po = fel.prova(andel(falt("po"), "PO", po));
    let semester = fel.prova(semester);
    Some(Tjanstrad {
        benamning: vad.clone(),
        antal: antal?,
        andel: omfattning?,
        fran_manad: fran?,
        till_manad: till?,
        manadslon: lon?,
        po: po?,
        semester: semester?,
    })
}

fn las_ledning(nr: usize, rad: &[String; 4], fel: &mut Brister) -> Option<Ledningsrad> {
    let [vad, kostnad, regel, manader] = rad;
    let falt = |namn: &str| format!("l-{nr}-{namn}");
    let las = Andelsregel::las(regel).ok_or_else(|| {
        let gor = "Skriv till exempel 1/18 eller 5,5 %.";
        olasligt(falt("regel"), "Andelen", regel, gor)
    });
    let kostnad = fel.prova(belopp(falt("kostnad"), "Chefens årskostnad", kostnad));
    let regel = fel.prova(las);
    let manader = fel.prova(heltal(falt("manader"), "Antalet månader", manader));
    Some(Ledningsrad {
        benamning: vad.clone(),
        arskostnad: kostnad?,
        regel: regel?,
        manader: manader?,
    })
}

fn las_kostnad(
    (nr, rad): (usize, &[String; 5]),
    satser: &Satser,
    fel: &mut Brister,
) -> Option<Kostnadsrad> {
    let [vad, hur, schablon, kalla, ar] = rad;
    let utrakning = Utrakning::las(hur).map_err(|f| {
        let gor = "Skriv till exempel 12 mån × 135 kr + 4 500 kr.";
        Problem::ogiltigt(
            "kalkyl-olaslig",
            format!("Uträkningen går inte att läsa: {f}."),
            gor,
        )
        .i_falt(format!("k-{nr}-hur"))
    });
    let utrakning = fel.prova(utrakning);
    let kalla_ar = if ar.is_empty() {
        Some(None)
    } else {
        fel.prova(heltal(format!("k-{nr}-ar"), "Schablonens år", ar))
            .map(Some)
    };
    let sats = match schablon.as_str() {
        "" => Some(None),
        namn => {
            let sats = satser.schablon(namn).cloned().map(Some);
            fel.prova(sats.ok_or_else(|| schablon_saknas(nr, namn, satser.ar)))
        }
    };
    Some(Kostnadsrad {
        benamning: vad.clone(),
        utrakning: utrakning?,
        kalla: kalla.clone(),
        kalla_ar: kalla_ar?,
        schablon: sats?,
    })
}

fn manader() -> FaltSlag {
    let alla = (1_u8..).zip(MANADSNAMN);
    FaltSlag::Val(
        alla.map(|(nr, namn)| (nr.to_string(), namn.to_owned()))
            .collect(),
    )
}

fn tjanstdel(nr: usize, rad: &[String; 8], satser: &Satser) -> Faltdel {
    let [vad, antal, andel, fran, till, lon, po, semester] = rad;
    let falt = |namn: &str, etikett: &str, slag, varde: &str| {
        let falt = Falt::ny(format!("t-{nr}-{namn}"), etikett, slag).varde(varde);
        if nr > 1 || namn != "vad" {
            falt.ettdera()
        } else {
            falt
        }
    };
    let sem = SEMESTER.map(|(kod, text, _)| (kod.to_owned(), text.to_owned()));
    let del = Faltdel::rad(
        format!("Tjänst {nr}"),
        vec![
            falt("vad", "Vad tjänsten gör", FaltSlag::Text, vad),
            falt("antal", "Antal", FaltSlag::Tal, antal),
            falt("andel", "Procent av heltid", FaltSlag::Tal, andel),
            falt("fran", "Från och med", manader(), fran),
            falt("till", "Till och med", manader(), till),
            falt("lon", "Månadslön, heltid", FaltSlag::Tal, lon),
            falt("po", "PO, procent", FaltSlag::Tal, po),
            falt(
                "semester",
                "Semesterlön",
                FaltSlag::Val(sem.to_vec()),
                semester,
            ),
        ],
    );
    if nr == 1 {
        del.hjalp(format!(
            "Skriv vad den som anställs gör, aldrig vem. Lönen är för heltid; procent, antal och \
             månader räknas av. Vikarier ingår inte. {} En rad som du lämnar tom räknas inte.",
            satser.po_hjalp()
        ))
    } else {
        del
    }
}

fn ledningsdel(nr: usize, rad: &[String; 4]) -> Faltdel {
    let [vad, kostnad, regel, manader] = rad;
    let falt = |namn: &str, etikett: &str, slag, varde: &str| {
        Falt::ny(format!("l-{nr}-{namn}"), etikett, slag)
            .varde(varde)
            .ettdera()
    };
    let del = Faltdel::rad(
        format!("Ledning {nr}"),
        vec![
            falt("vad", "Vems arbete som leds", FaltSlag::Text, vad),
            falt("kostnad", "Chefens kostnad om året", FaltSlag::Tal, kostnad),
            falt("regel", "Andel, som 1/18", FaltSlag::Text, regel),
            falt("manader", "Månader", FaltSlag::Tal, manader),
        ],
    );
    if nr == 1 {
        del.hjalp("En chef för arton medarbetare ger 1/18 för en av dem. 5,5 % går också.")
    } else {
        del
    }
}

fn kostnadsdel(nr: usize, rad: &[String; 5], satser: &Satser) -> Faltdel {
    let [vad, hur, schablon, kalla, ar] = rad;
    let falt = |namn: &str, etikett: &str, slag, varde: &str| {
        Falt::ny(format!("k-{nr}-{namn}"), etikett, slag)
            .varde(varde)
            .ettdera()
    };
    let del = Faltdel::rad(
        format!("Kostnad {nr}"),
        vec![
            falt("vad", "Vad", FaltSlag::Text, vad),
            falt("hur", "Uträkning", FaltSlag::Text, hur),
            falt(
                "schablon",
                "Gånger schablon",
                satser.val(schablon),
                schablon,
            ),
            falt("kalla", "Schablonens källa", FaltSlag::Text, kalla),
            falt("ar", "Schablonens år", FaltSlag::Tal, ar),
        ],
    );
    if nr == 1 {
        del.hjalp(format!(
            "Skriv uträkningen som du skulle säga den: 12 mån × 135 kr + 12 mån × 150 kr. Ett \
             ensamt belopp går också. {}",
            satser.schablonhjalp()
        ))
    } else {
        del
    }
}
