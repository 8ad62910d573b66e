//! The reader against the second one, on files made for it: every way to write a field, rows
//! added and removed, unknown labels, and one fault in a few.

use super::facit::{self, las};
use crate::{Allvar, Felslag, Inlasning, Kodning, Sak};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

struct Slump(u64);

impl Slump {
    fn under(&mut self, tak: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % tak
    }

    fn en_av(&mut self, antal: u64) -> bool {
        self.under(antal) == 0
    }

    fn val<'a>(&mut self, av: &[&'a str]) -> &'a str {
        av[usize::try_from(self.under(av.len() as u64)).unwrap()]
    }
}

const TEXTER: [&str; 9] = [
    "",
    "Hyra",
    "Lön i maj",
    "{klammer}",
    "# nej",
    "sa \"hej\"",
    "tab\tbi",
    "C:\\x",
    "åäö ÅÄÖ é",
];
const KONTON: [&str; 6] = ["1910", "1930", "3985", "5010", "7010", "123456"];

/// A field, with quotation marks when it must and sometimes when it need not.
fn falt(s: &mut Slump, text: &str) -> String {
    let maste = text.is_empty() || text.chars().any(|t| " \t{}\"".contains(t));
    if maste || s.en_av(2) {
        format!("\"{}\"", text.replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

fn rad(s: &mut Slump, ut: &mut String, delar: &[String]) {
    for (nr, del) in delar.iter().enumerate() {
        if nr > 0 {
            ut.push_str(s.val(&[" ", " ", "\t", "   "]));
        }
        ut.push_str(del);
    }
    ut.push_str(s.val(&["\r\n", "\n", " \n", "\n\n"]));
}

fn transaktion(s: &mut Slump, ore: i64, konto: &str) -> Vec<String> {
    let mut objekt = String::from("{");
    for _ in 0..s.under(3) {
        let dim = s.val(&["1", "6", "20"]);
        let nummer = s.val(&["12", "K 3", "å"]);
        let par = (falt(s, dim), falt(s, nummer));
        let _ = write!(objekt, "{} {} ", par.0, par.1);
    }
    objekt.push('}');
    let (tecken, tal) = (if ore < 0 { "-" } else { "" }, ore.unsigned_abs());
    let belopp = match tal % 100 {
        0 if s.en_av(2) => format!("{tecken}{}", tal / 100),
        oren if oren % 10 == 0 && s.en_av(2) => format!("{tecken}{}.{}", tal / 100, oren / 10),
        oren => format!("{tecken}{}.{oren:02}", tal / 100),
    };
    let text = s.val(&TEXTER);
    let mut delar = vec![falt(s, konto), objekt, falt(s, &belopp)];
    if s.en_av(2) {
        delar.push(falt(s, ""));
        delar.push(falt(s, text));
    }
    delar
}

fn verifikation(s: &mut Slump, ut: &mut String, nr: u64) {
    let dag = if s.en_av(25) {
        "20250101"
    } else {
        s.val(&["20240101", "20240229", "20241231"])
    };
    let (serie, text) = (s.val(&["A", "", "L"]), s.val(&TEXTER));
    let delar = [serie, &nr.to_string(), dag, text].map(|f| falt(s, f));
    rad(s, ut, &[vec!["#VER".to_owned()], delar.to_vec()].concat());
    rad(s, ut, &["{".to_owned()]);
    let mut summa = 0;
    for _ in 0..s.under(5) {
        let konto = if s.en_av(20) { "9999" } else { s.val(&KONTON) };
        let ore = i64::try_from(s.under(2_000_000)).unwrap() - 1_000_000;
        let mut delar = transaktion(s, ore, konto);
        if s.en_av(20) {
            delar[2] = "1.500".to_owned();
        }
        match s.under(6) {
            0 => rad(s, ut, &[vec!["#BTRANS".to_owned()], delar].concat()),
            etikett => {
                if etikett == 1 {
                    rad(s, ut, &[vec!["#RTRANS".to_owned()], delar.clone()].concat());
                }
                rad(s, ut, &[vec!["#TRANS".to_owned()], delar].concat());
                summa += ore;
            }
        }
    }
    let rest = if s.en_av(15) { 1 - summa } else { -summa };
    let sista = transaktion(s, rest, "1930");
    rad(s, ut, &[vec!["#TRANS".to_owned()], sista].concat());
    rad(s, ut, &["}".to_owned()]);
}

/// The file, and the checksum that it ends with if it has one.
fn fil(fro: u64) -> String {
    let mut s = Slump(fro | 1);
    let mut ut = String::from("#FLAGGA 0\n");
    let summa = s.en_av(2);
    if summa {
        ut.push_str("#KSUMMA\n");
    }
    ut.push_str("#PROGRAM Prov\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 1\n#RAR 0 20240101 20241231\n");
    for konto in KONTON {
        let namn = s.val(&TEXTER);
        let delar = ["#KONTO", konto, namn].map(|f| {
            if f == "#KONTO" {
                f.into()
            } else {
                falt(&mut s, f)
            }
        });
        rad(&mut s, &mut ut, &delar);
    }
    for nr in 0..s.under(8) {
        if s.en_av(4) {
            ut.push_str("#EGEN \"a b\" {1 2} x\n{\n%inre 5\n}\n");
        }
        verifikation(&mut s, &mut ut, nr + 1);
    }
    if summa {
        let facit = facit::summa(&ut, |t| Kodning::pc8(t).unwrap());
        let sagd = if s.en_av(4) { facit ^ 1 } else { facit };
        let _ = writeln!(ut, "#KSUMMA {sagd}");
    }
    ut
}

fn slag(sak: &Sak) -> &'static str {
    match sak {
        Sak::Obalans { .. } => "obalans",
        Sak::UtanforAret { .. } => "år",
        Sak::OkantKonto(_) => "konto",
        Sak::AnnanSumma { .. } => "summa",
        Sak::Rad(Felslag::Decimaler(_)) => "decimaler",
        _ => "annat",
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(512)
    })]

    #[test]
    fn two_readers_that_share_nothing_say_the_same(fro in any::<u64>()) {
        let text = fil(fro);
        let pc8 = |t: char| Kodning::pc8(t).unwrap();
        let facit = las(&text, pc8);
        let bytes: Vec<u8> = text.chars().map(pc8).collect();
        for (kodning, bytes) in [(Kodning::Cp437, &bytes[..]), (Kodning::Utf8, text.as_bytes())] {
            let mut inlasning = Inlasning::ny(bytes, kodning);
            let mut alla = Vec::new();
            while let Some(v) = inlasning.nasta() {
                let rader = v.rader.into_iter().map(|r| facit::Rad {
                    konto: r.konto,
                    objekt: r.objekt,
                    belopp: r.belopp.into(),
                    text: r.text,
                });
                alla.push(facit::Ver {
                    namn: (v.serie, v.nummer),
                    datum: v.datum.strftime("%Y%m%d").to_string(),
                    text: v.text,
                    rader: rader.collect(),
                });
            }
            prop_assert_eq!(&alla, &facit.ver, "{}", &text);
            let granskad = inlasning.klar();
            let fel = granskad.anmarkningar.iter().filter(|a| a.allvar() == Allvar::Fel);
            let fel: BTreeSet<_> = fel.map(|a| (a.rad, slag(&a.sak))).collect();
            prop_assert_eq!(&fel, &facit.fel, "{}", &text);
            let konton = granskad.register.konton.iter().map(|(nr, k)| (*nr, k.namn.clone()));
            prop_assert_eq!(konton.collect::<BTreeMap<_, _>>(), facit.konton.clone());
            prop_assert_eq!(granskad.oversikt.antal_okanda(), facit.okanda);
        }
    }
}

/// Control: the files hold every kind of fault, and files without any.
#[test]
fn control_the_files_reach_every_fault() {
    let mut sedda: BTreeMap<&str, u32> = BTreeMap::new();
    for fro in 1..400_u64 {
        let facit = las(&fil(fro.wrapping_mul(0x9e37_79b9_7f4a_7c15)), |t| {
            Kodning::pc8(t).unwrap()
        });
        for (_, slag) in &facit.fel {
            *sedda.entry(slag).or_default() += 1;
        }
        if facit.fel.is_empty() {
            *sedda.entry("inget").or_default() += 1;
        }
    }
    let slag = ["obalans", "år", "konto", "summa", "decimaler", "inget"];
    assert!(slag.iter().all(|s| sedda.get(s) > Some(&20)), "{sedda:?}");
}
