//! A large SIE 4E file, the same every time: vouchers with one to four rows marked with an
//! insats and a cost centre, and one that balances them.

use std::collections::BTreeMap;
use std::fmt::{Result, Write};
use utfall_sie::{Kodning, Lasare};

const TEXTER: [&str; 10] = [
    "Lön arbetsledare",
    "Köp av tjänst Jobbtorg",
    "Hyra lokal åtgärd",
    "Resor och traktamente",
    "Utbildning \\\"Våga\\\" mm",
    "Medlemsavgift",
    "Bidrag Försäkringskassan",
    "Kontorsmaterial",
    "Förbrukningsinventarier",
    "Övrigt",
];
const KONTON: [u32; 15] = [
    1930, 1510, 2440, 2640, 3041, 3985, 4010, 5010, 5410, 5800, 6110, 6540, 7010, 7510, 7690,
];
const MANADER: [u64; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Xorshift: even enough for a file, and the same everywhere.
struct Slump(u64);

impl Slump {
    fn under(&mut self, tak: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % tak
    }

    fn av<T: Copy + Default>(&mut self, val: &[T]) -> T {
        let plats = usize::try_from(self.under(val.len() as u64)).unwrap_or_default();
        val.get(plats).copied().unwrap_or_default()
    }
}

/// A file of so many vouchers, in code page 437; with a checksum over all of it or without.
#[must_use]
pub fn fil(antal: u64, ksumma: bool) -> Vec<u8> {
    let mut text = String::new();
    // Writing to a String does not fail.
    let _ = skriv(&mut text, antal);
    let mut bytes: Vec<u8> = text
        .chars()
        .map(|t| Kodning::pc8(t).unwrap_or(b'?'))
        .collect();
    if ksumma {
        let rest = bytes.split_off("#FLAGGA 0\r\n".len());
        bytes.extend_from_slice(b"#KSUMMA\r\n");
        bytes.extend_from_slice(&rest);
        let summa = summa(&bytes).map(|s| s.to_string()).unwrap_or_default();
        bytes.extend_from_slice(format!("#KSUMMA {summa}\r\n").as_bytes());
    }
    bytes
}

/// The checksum of a file that has begun one.
fn summa(bytes: &[u8]) -> Option<u32> {
    let hel = [bytes, b"#KSUMMA 0\r\n"].concat();
    let mut lasare = Lasare::ny(&hel[..], Kodning::Cp437);
    while lasare.nasta().is_some() {}
    lasare.raknad_summa().map(|raknad| raknad.pc8)
}

fn skriv(ut: &mut String, antal: u64) -> Result {
    let mut slump = Slump(0x2545_f491_4f6c_dd1d);
    let mut summor: BTreeMap<u32, i64> = BTreeMap::new();
    let mut ver = String::new();
    for nr in 1..=antal {
        verifikation(&mut ver, &mut slump, (nr, antal), &mut summor)?;
    }
    huvud(ut)?;
    for konto in KONTON {
        let summa = summor.get(&konto).copied().unwrap_or_default();
        if konto < 3000 {
            write!(
                ut,
                "#IB 0 {konto} 0.00\r\n#UB 0 {konto} {}\r\n",
                Kronor(summa)
            )?;
        } else {
            write!(ut, "#RES 0 {konto} {}\r\n", Kronor(summa))?;
        }
    }
    ut.push_str(&ver);
    Ok(())
}

fn huvud(ut: &mut String) -> Result {
    ut.push_str(
        "#FLAGGA 0\r\n#PROGRAM \"Utfallgen\" 1.0\r\n#FORMAT PC8\r\n#GEN 20241231 \"gen\"\r\n\
         #SIETYP 4\r\n#FNAMN \"Samordningsförbundet Exempel\"\r\n#ORGNR 222000-0000\r\n\
         #RAR 0 20240101 20241231\r\n#RAR -1 20230101 20231231\r\n#KPTYP EUBAS97\r\n",
    );
    for konto in KONTON {
        let typ = match konto {
            0..2000 => 'T',
            2000..3000 => 'S',
            3000..4000 => 'I',
            _ => 'K',
        };
        write!(
            ut,
            "#KONTO {konto} \"Konto {konto} å ä ö\"\r\n#KTYP {konto} {typ}\r\n"
        )?;
        write!(ut, "#SRU {konto} 7{:03}\r\n", konto % 1000)?;
    }
    ut.push_str("#DIM 1 \"Kostnadsställe\"\r\n#DIM 6 \"Insats\"\r\n");
    for nr in 0..40 {
        write!(
            ut,
            "#OBJEKT 6 \"{nr:03}\" \"Insats nr {nr} - återgång\"\r\n"
        )?;
    }
    for nr in 0..10 {
        write!(ut, "#OBJEKT 1 \"K{nr}\" \"Enhet {nr}\"\r\n")?;
    }
    Ok(())
}

fn verifikation(
    ut: &mut String,
    slump: &mut Slump,
    (nr, antal): (u64, u64),
    summor: &mut BTreeMap<u32, i64>,
) -> Result {
    let dag = datum(nr * 366 / (antal + 1));
    let serie = ["A", "B", "C", "L"].get(usize::try_from(nr % 4).unwrap_or_default());
    let (serie, text) = (serie.copied().unwrap_or_default(), slump.av(&TEXTER));
    write!(
        ut,
        "#VER \"{serie}\" {nr} {dag} \"{text} {nr}\" {dag}\r\n{{\r\n"
    )?;
    let mut summa = 0;
    for _ in 0..=slump.under(4) {
        let konto = slump.av(KONTON.get(4..).unwrap_or_default());
        let ore = i64::try_from(slump.under(25_000_001)).unwrap_or_default() - 5_000_000;
        let (insats, enhet) = (slump.under(40), slump.under(10));
        write!(
            ut,
            "#TRANS {konto} {{6 \"{insats:03}\" 1 \"K{enhet}\"}} {}",
            Kronor(ore)
        )?;
        write!(ut, " {dag} \"{text}\"\r\n")?;
        summa += ore;
        *summor.entry(konto).or_default() += ore;
    }
    let konto = slump.av(KONTON.get(..3).unwrap_or_default());
    *summor.entry(konto).or_default() -= summa;
    write!(ut, "#TRANS {konto} {{}} {}\r\n}}\r\n", Kronor(-summa))
}

/// A day of 2024 by its number from 0, as `ÅÅÅÅMMDD`.
fn datum(mut dag: u64) -> u64 {
    let mut manad = 0;
    for langd in MANADER {
        manad += 1;
        if dag < langd {
            break;
        }
        dag -= langd;
    }
    2024 * 10_000 + manad * 100 + dag + 1
}

/// Hundredths as `-1234.50`.
struct Kronor(i64);

impl std::fmt::Display for Kronor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> Result {
        let (tecken, tal) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        write!(f, "{tecken}{}.{:02}", tal / 100, tal % 100)
    }
}
