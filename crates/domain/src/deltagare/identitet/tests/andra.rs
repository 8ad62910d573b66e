//! The same rules once more, written another way: text and tables in place of arithmetic, and
//! every century tried in place of one worked out.

use jiff::civil::Date;

/// What each digit is worth when it is doubled.
const DUBBLAD: [usize; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

/// The digit that checks nine others.
pub fn kontrollsiffra(nio: &str) -> char {
    ('0'..='9')
        .find(|siffra| summa(&format!("{nio}{siffra}")).is_multiple_of(10))
        .expect("en av tio")
}

/// From the right: each digit, every second one doubled.
fn summa(tio: &str) -> usize {
    let fran_hoger = tio.bytes().rev().map(|b| usize::from(b - b'0'));
    fran_hoger
        .enumerate()
        .map(|(plats, s)| if plats % 2 == 1 { DUBBLAD[s] } else { s })
        .sum()
}

fn finns(ar: i32, manad: usize, dag: i32) -> bool {
    let skottar = (ar % 4 == 0 && ar % 100 != 0) || ar % 400 == 0;
    let februari = if skottar { 29 } else { 28 };
    let dagar = [31, februari, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    (1..=12).contains(&manad) && dag >= 1 && dag <= dagar[manad - 1]
}

/// The twelve digits, or nothing. Only for text of digits, signs and spaces.
pub fn las(text: &str, dag: Date) -> Option<String> {
    let utan: String = text
        .chars()
        .filter(|t| !matches!(t, ' ' | '\u{a0}' | '\u{202f}'))
        .collect();
    let delar: Vec<&str> = utan.split(['-', '+']).collect();
    let hela = match delar.as_slice() {
        [hela] => (*hela).to_owned(),
        [fore, efter] if efter.len() == 4 => format!("{fore}{efter}"),
        _ => return None,
    };
    if hela.is_empty() || !hela.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let plus = utan.contains('+');
    let kandidater: Vec<String> = match hela.len() {
        12 => vec![hela],
        10 => (17..30).map(|sekel| format!("{sekel}{hela}")).collect(),
        _ => return None,
    };
    let tio_siffror = kandidater.len() > 1;
    let ar = |tolv: &str| tolv[..4].parse::<i32>().expect("siffror");
    let fyller = |tolv: &str| i32::from(dag.year()) - ar(tolv);
    let tolv = kandidater.into_iter().rfind(|tolv| {
        let hundra = fyller(tolv) >= 100;
        if tio_siffror {
            hundra == plus && fyller(tolv) >= 0
        } else {
            hundra || !plus
        }
    })?;
    let skriven: i32 = tolv[6..8].parse().expect("siffror");
    let dagen = if skriven > 60 { skriven - 60 } else { skriven };
    let dagens = format!("{}{:02}{:02}", dag.year(), dag.month(), dag.day());
    let ok = ar(&tolv) >= 1800
        && finns(ar(&tolv), tolv[4..6].parse().expect("siffror"), dagen)
        && format!("{}{dagen:02}", &tolv[..6]) <= dagens
        && &tolv[8..11] != "000"
        && kontrollsiffra(&tolv[2..11]) == tolv[11..].chars().next().expect("tolv");
    ok.then_some(tolv)
}

/// Age by counting birthdays one after another.
pub fn alder(fodd: Date, dag: Date) -> u16 {
    let mut alder = 0;
    for ar in fodd.year() + 1..=dag.year() {
        let finns = finns(
            i32::from(ar),
            usize::try_from(fodd.month()).expect("manad"),
            i32::from(fodd.day()),
        );
        let dagen = if finns { fodd.day() } else { 28 };
        if Date::new(ar, fodd.month(), dagen).expect("finns") <= dag {
            alder += 1;
        }
    }
    alder
}
