//! Whatever the bytes: no panic, and what is written is read back.

use crate::{Granskare, Kodning, Lasare, NyRad, NyVer, Post, Radslag, Sietyp, Skrivare};
use jiff::civil::Date;
use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq)]
struct Rad {
    slag: u8,
    konto: u32,
    objekt: Vec<(u32, String)>,
    belopp: i64,
    text: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Ver {
    serie: String,
    nummer: String,
    datum: Date,
    text: String,
    rader: Vec<Rad>,
}

/// What the format can say: no backslashes and no control characters.
fn text() -> impl Strategy<Value = String> {
    "[ -\\[\\]-~åäöÅÄÖé½]{0,20}"
}

fn rad() -> impl Strategy<Value = Rad> {
    let objekt = proptest::collection::vec((0_u32..100, text()), 0..3);
    (0_u8..3, 1_u32..100_000_000, objekt, any::<i64>(), text()).prop_map(
        |(slag, konto, objekt, belopp, text)| Rad {
            slag,
            konto,
            objekt,
            belopp: belopp.max(-i64::MAX),
            text,
        },
    )
}

fn ver() -> impl Strategy<Value = Ver> {
    let dag =
        (1900_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(a, m, d)| Date::new(a, m, d).unwrap());
    let rader = proptest::collection::vec(rad(), 0..6);
    (text(), text(), dag, text(), rader).prop_map(|(serie, nummer, datum, text, rader)| Ver {
        serie,
        nummer,
        datum,
        text,
        rader,
    })
}

const SLAG: [Radslag; 3] = [Radslag::Trans, Radslag::Rtrans, Radslag::Btrans];

fn skriv(alla: &[Ver]) -> Vec<u8> {
    let mut s = Skrivare::ny(Vec::new());
    s.falt("#FLAGGA", &["0"]).unwrap();
    s.borja_summa().unwrap();
    s.uppgifter(
        ("Prov", "1"),
        Date::constant(2024, 1, 1),
        Sietyp::Verifikationer,
    )
    .unwrap();
    s.falt("#ORGNR", &["222000-0000"]).unwrap();
    for v in alla {
        let objekt: Vec<Vec<(u32, &str)>> = v
            .rader
            .iter()
            .map(|r| r.objekt.iter().map(|(d, o)| (*d, o.as_str())).collect())
            .collect();
        let rader: Vec<NyRad<'_>> = v
            .rader
            .iter()
            .zip(&objekt)
            .map(|(r, objekt)| NyRad {
                slag: SLAG[usize::from(r.slag)],
                konto: r.konto,
                objekt,
                belopp: r.belopp,
                text: &r.text,
                ..NyRad::default()
            })
            .collect();
        let huvud = NyVer {
            serie: &v.serie,
            nummer: &v.nummer,
            datum: v.datum,
            text: &v.text,
            ..NyVer::default()
        };
        s.verifikation(huvud, &rader).unwrap();
    }
    s.klar().unwrap()
}

fn las(bytes: &[u8]) -> Vec<Ver> {
    let mut lasare = Lasare::ny(bytes, Kodning::Cp437);
    let mut alla: Vec<Ver> = Vec::new();
    while let Some(post) = lasare.nasta() {
        match post.unwrap().1 {
            Post::Ver(v) => alla.push(Ver {
                serie: v.serie.to_string(),
                nummer: v.nummer.to_string(),
                datum: v.datum,
                text: v.text.to_string(),
                rader: Vec::new(),
            }),
            Post::Rad(r) => alla.last_mut().unwrap().rader.push(Rad {
                slag: u8::try_from(SLAG.iter().position(|s| *s == r.slag).unwrap()).unwrap(),
                konto: r.konto,
                objekt: r.objekt.map(|(d, o)| (d, o.to_string())).collect(),
                belopp: r.belopp,
                text: r.text.to_string(),
            }),
            _ => {}
        }
    }
    alla
}

/// Bytes that look like a file: the marks that mean something, mixed with anything.
fn nastan() -> impl Strategy<Value = Vec<u8>> {
    let bit = prop_oneof![
        Just(b"#VER A 1 20240101 \"x\"\n{\n".to_vec()),
        Just(b"#TRANS 1910 {1 \"2\"} -1.50\n".to_vec()),
        Just(b"#RTRANS 1910 {} 1\n".to_vec()),
        Just(b"}\n".to_vec()),
        Just(b"#KSUMMA\n".to_vec()),
        Just(b"#KSUMMA 1\r".to_vec()),
        Just(b"#RAR 0 20240101 20241231\r\n".to_vec()),
        Just(b"#KONTO ".to_vec()),
        Just(b"\\\"".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..12),
        proptest::collection::vec(
            proptest::sample::select(b"#{}\" \\\n\r0123456789.-".to_vec()),
            0..12
        ),
    ];
    proptest::collection::vec(bit, 0..40).prop_map(|bitar| bitar.concat())
}

/// A source that gives one byte at a time: no fault depends on where a read ends.
struct Sakta<'a>(&'a [u8]);

impl std::io::Read for Sakta<'_> {
    fn read(&mut self, plats: &mut [u8]) -> std::io::Result<usize> {
        let [ett, ..] = plats else { return Ok(0) };
        let Some((forst, rest)) = self.0.split_first() else {
            return Ok(0);
        };
        *ett = *forst;
        self.0 = rest;
        Ok(1)
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(256)
    })]

    #[test]
    fn what_is_written_is_read_back(alla in proptest::collection::vec(ver(), 0..6)) {
        let bytes = skriv(&alla);
        prop_assert_eq!(las(&bytes), alla);
        // The checksum that was written is the one that is computed.
        let svar = Granskare::granska(&bytes[..], Kodning::Cp437);
        let summa = svar.anmarkningar.iter().find(|a| a.to_string().contains("kontrollsumma"));
        prop_assert_eq!(summa, None);
    }

    /// Control: a changed byte is another checksum.
    #[test]
    fn a_changed_figure_is_another_checksum(alla in proptest::collection::vec(ver(), 1..4)) {
        let text = skriv(&alla);
        let plats = text.windows(5).position(|f| f == b"#VER ").unwrap();
        let mut andrad = text.clone();
        let siffra = andrad[plats..].iter().position(u8::is_ascii_digit).unwrap() + plats;
        andrad[siffra] = if andrad[siffra] == b'1' { b'2' } else { b'1' };
        let svar = Granskare::granska(&andrad[..], Kodning::Cp437);
        prop_assert!(svar.har_fel());
    }

    #[test]
    fn no_bytes_panic_and_no_reading_depends_on_the_pieces(bytes in nastan()) {
        let kodning = Kodning::gissa(&bytes);
        let svar = Granskare::granska(&bytes[..], kodning);
        prop_assert_eq!(&svar, &Granskare::granska(Sakta(&bytes), kodning));
        for a in &svar.anmarkningar {
            prop_assert!(!a.to_string().is_empty());
        }
    }

    /// A guess does not depend on where the pieces end.
    #[test]
    fn a_stream_is_guessed_as_the_whole_file(
        text in "[ -~åäöÅÄÖé漢]{0,40}",
        skrap in proptest::collection::vec(any::<u8>(), 0..3),
    ) {
        let latin: Vec<u8> = text.chars().filter_map(|t| u8::try_from(u32::from(t)).ok()).collect();
        let cp437: Vec<u8> = text.chars().filter_map(Kodning::pc8).collect();
        for fil in [text.as_bytes(), &latin, &cp437] {
            let fil = [fil, &skrap].concat();
            prop_assert_eq!(Kodning::gissa_ur(Sakta(&fil)).unwrap(), Kodning::gissa(&fil));
        }
    }
}
