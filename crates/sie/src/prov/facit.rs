//! A second reader, as plain as it can be: the whole file as a text, every field a string, and
//! every rule once more. It shares no code with the first, and is what it is held against.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, PartialEq)]
pub struct Rad {
    pub konto: u32,
    pub objekt: Vec<(u32, String)>,
    pub belopp: i128,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Ver {
    pub namn: (String, String),
    /// `ÅÅÅÅMMDD`.
    pub datum: String,
    pub text: String,
    pub rader: Vec<Rad>,
}

#[derive(Debug, Default)]
pub struct Svar {
    pub ver: Vec<Ver>,
    /// Line and kind of every fault.
    pub fel: BTreeSet<(u64, &'static str)>,
    pub konton: BTreeMap<u32, String>,
    pub okanda: u64,
}

/// A field, or a brace.
#[derive(Clone, Debug, PartialEq)]
enum Tecken {
    Falt(String),
    Vanster,
    Hoger,
}

fn dela(rad: &str) -> Vec<Tecken> {
    let alla: Vec<char> = rad.chars().collect();
    let (mut ut, mut i) = (Vec::new(), 0);
    while i < alla.len() {
        match alla[i] {
            ' ' | '\t' => i += 1,
            '{' => {
                ut.push(Tecken::Vanster);
                i += 1;
            }
            '}' => {
                ut.push(Tecken::Hoger);
                i += 1;
            }
            '"' => {
                let mut falt = String::new();
                i += 1;
                while alla[i] != '"' {
                    if alla[i] == '\\' && alla[i + 1] == '"' {
                        i += 1;
                    }
                    falt.push(alla[i]);
                    i += 1;
                }
                i += 1;
                ut.push(Tecken::Falt(falt));
            }
            _ => {
                let mut falt = String::new();
                while i < alla.len() && !" \t{}".contains(alla[i]) {
                    falt.push(alla[i]);
                    i += 1;
                }
                ut.push(Tecken::Falt(falt));
            }
        }
    }
    ut
}

/// Hundredths of `-12.5`, or nothing when it has three decimals.
fn belopp(text: &str) -> Option<i128> {
    let (hela, delar) = text.split_once('.').unwrap_or((text, ""));
    if delar.len() > 2 {
        return None;
    }
    let tal: i128 = format!("{}{delar:0<2}", hela.trim_start_matches('-'))
        .parse()
        .unwrap();
    Some(if text.starts_with('-') { -tal } else { tal })
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 * (crc & 1));
        }
    }
    !crc
}

/// The checksum of a file that has begun one and not ended it.
pub fn summa(fil: &str, pc8: impl Fn(char) -> u8) -> u32 {
    let mut bytes = Vec::new();
    for rad in fil.split('\n').skip_while(|rad| *rad != "#KSUMMA").skip(1) {
        for tecken in dela(rad.trim_end_matches('\r')) {
            if let Tecken::Falt(falt) = tecken {
                bytes.extend(falt.chars().map(&pc8));
            }
        }
    }
    crc(&bytes)
}

struct Pagar {
    rad: u64,
    ver: Ver,
    hel: bool,
}

#[derive(Default)]
struct Lage {
    svar: Svar,
    pagar: Option<Pagar>,
    anvanda: BTreeMap<u32, u64>,
    ar: (String, String),
    summan: Option<Vec<u8>>,
    i_ver: bool,
    okand: bool,
}

/// Reads a text whose every line is well formed; amounts may have three decimals. `pc8` gives
/// the byte of a character.
pub fn las(fil: &str, pc8: impl Fn(char) -> u8) -> Svar {
    let mut lage = Lage::default();
    for (nr, rad) in (1_u64..).zip(fil.split('\n')) {
        let tecken = dela(rad.trim_end_matches('\r'));
        let falt: Vec<String> = tecken
            .iter()
            .filter_map(|t| match t {
                Tecken::Falt(falt) => Some(falt.clone()),
                _ => None,
            })
            .collect();
        if tecken == [Tecken::Vanster] {
            lage.i_ver = !lage.okand;
        } else if tecken == [Tecken::Hoger] {
            lage.slut();
        } else if let Some(etikett) = falt.first() {
            if etikett != "#KSUMMA"
                && let Some(summan) = lage.summan.as_mut()
            {
                summan.extend(falt.iter().flat_map(|f| f.chars()).map(&pc8));
            }
            if !lage.okand || !rad.starts_with('%') {
                lage.okand = false;
                lage.post(nr, &tecken, &falt);
            }
        }
    }
    for (konto, rad) in lage.anvanda {
        if !lage.svar.konton.contains_key(&konto) {
            lage.svar.fel.insert((rad, "konto"));
        }
    }
    lage.svar
}

impl Lage {
    fn slut(&mut self) {
        if self.i_ver
            && let Some(p) = self.pagar.take()
        {
            let summa: i128 = p.ver.rader.iter().map(|r| r.belopp).sum();
            if p.hel && summa != 0 {
                self.svar.fel.insert((p.rad, "obalans"));
            }
            self.svar.ver.push(p.ver);
        }
        (self.i_ver, self.okand) = (false, false);
    }

    fn post(&mut self, nr: u64, tecken: &[Tecken], falt: &[String]) {
        let f = |plats: usize| falt.get(plats).cloned().unwrap_or_default();
        match falt[0].as_str() {
            "#KSUMMA" if falt.len() == 1 => self.summan = Some(Vec::new()),
            "#KSUMMA" => {
                let sagd: u32 = f(1).parse().unwrap();
                if self.summan.take().is_some_and(|s| crc(&s) != sagd) {
                    self.svar.fel.insert((nr, "summa"));
                }
            }
            "#RAR" => self.ar = (f(2), f(3)),
            "#KONTO" => {
                self.svar.konton.insert(f(1).parse().unwrap(), f(2));
            }
            "#VER" => {
                if f(3) < self.ar.0 || f(3) > self.ar.1 {
                    self.svar.fel.insert((nr, "år"));
                }
                let (namn, datum, text, rader) = ((f(1), f(2)), f(3), f(4), Vec::new());
                let ver = Ver {
                    namn,
                    datum,
                    text,
                    rader,
                };
                self.pagar = Some(Pagar {
                    rad: nr,
                    ver,
                    hel: true,
                });
            }
            "#TRANS" | "#RTRANS" | "#BTRANS" => self.transaktion(nr, tecken, falt),
            "#FLAGGA" | "#PROGRAM" | "#FORMAT" | "#GEN" | "#SIETYP" | "#ORGNR" | "#FNAMN" => {}
            _ => {
                self.okand = true;
                self.svar.okanda += 1;
            }
        }
    }

    fn transaktion(&mut self, nr: u64, tecken: &[Tecken], falt: &[String]) {
        let f = |plats: usize| falt.get(plats).cloned().unwrap_or_default();
        let slut = tecken.iter().position(|t| *t == Tecken::Hoger).unwrap();
        let antal = (slut - 3) / 2;
        let mut objekt: Vec<(u32, String)> = (0..antal)
            .map(|p| (f(2 + 2 * p).parse().unwrap(), f(3 + 2 * p)))
            .collect();
        objekt.sort();
        objekt.dedup();
        let (konto, efter) = (f(1).parse().unwrap(), 2 + 2 * antal);
        let pagar = self.pagar.as_mut().unwrap();
        let Some(belopp) = belopp(&f(efter)) else {
            self.svar.fel.insert((nr, "decimaler"));
            pagar.hel = false;
            return;
        };
        self.anvanda.entry(konto).or_insert(nr);
        if falt[0] == "#TRANS" {
            let text = f(efter + 2);
            pagar.ver.rader.push(Rad {
                konto,
                objekt,
                belopp,
                text,
            });
        }
    }
}
