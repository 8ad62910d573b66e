//! The examples that the specification gives, and what real programs write beside it.

use crate::{
    Allvar, Felslag, Granskad, Granskare, Kodning, Lasare, Periodslag, Post, Radslag, Sak, Sietyp,
};
use jiff::civil::{Date, date};

const HUVUD: &str = "#FLAGGA 0\n#PROGRAM \"Prov\" 1\n#FORMAT PC8\n#GEN 20240101\n#SIETYP 4\n\
                     #ORGNR 222000-0000\n#RAR 0 20240101 20241231\n\
                     #KONTO 1910 Kassa\n#KONTO 2640 Moms\n#KONTO 6250 Porto\n";

fn granska(text: &str) -> Granskad {
    Granskare::granska(text.as_bytes(), Kodning::Cp437)
}

fn saker(text: &str) -> Vec<(u64, Sak)> {
    let svar = granska(text);
    svar.anmarkningar
        .into_iter()
        .map(|a| (a.rad, a.sak))
        .collect()
}

/// Rows that count, by the rule: those that are added are passed over, their twins are not.
fn rader(text: &str) -> Vec<(u32, i64)> {
    let mut lasare = Lasare::ny(text.as_bytes(), Kodning::Cp437);
    let mut rader = Vec::new();
    while let Some(post) = lasare.nasta() {
        if let (_, Post::Rad(rad)) = post.unwrap()
            && rad.slag == Radslag::Trans
        {
            rader.push((rad.konto, rad.belopp));
        }
    }
    rader
}

#[test]
fn a_voucher_has_its_rows_and_sums_to_zero() {
    let ver = "#VER A 1 20240105 \"Porto\" 20240106 \"sign\"\n{\n#TRANS 1910 {} -1000.00\n\
               #TRANS 2640 {} 200.00\n#TRANS 6250 {} 800.00\n}\n";
    assert_eq!(
        rader(ver),
        [(1910, -100_000), (2640, 20_000), (6250, 80_000)]
    );
    assert_eq!(saker(&format!("{HUVUD}{ver}")), []);
    let svar = granska(&format!("{HUVUD}{ver}"));
    assert_eq!(svar.oversikt.typ, Sietyp::Verifikationer);
    assert_eq!(
        svar.oversikt.arets(),
        Some((date(2024, 1, 1), date(2024, 12, 31)))
    );
    assert_eq!((svar.oversikt.verifikationer, svar.oversikt.rader), (1, 3));
    // Control: an öre off is seen, at the voucher's line.
    let sned = ver.replace("800.00", "800.01");
    assert_eq!(
        saker(&format!("{HUVUD}{sned}")),
        [(11, Sak::Obalans { skillnad: 1 })]
    );
    assert!(granska(&format!("{HUVUD}{sned}")).har_fel());
}

/// 4B, chapter 11: an added row is followed by its twin; a removed row counts in nothing.
#[test]
fn added_and_removed_rows_count_once_and_never() {
    let ver = "#VER A 1 20240105 \"Porto\"\n{\n#TRANS 1910 {} -1000.00\n#BTRANS 2640 {} 250.00\n\
               #RTRANS 2640 {} 200.00\n#TRANS 2640 {} 200.00\n#TRANS 6250 {} 800.00\n}\n";
    assert_eq!(
        rader(ver),
        [(1910, -100_000), (2640, 20_000), (6250, 80_000)]
    );
    assert_eq!(saker(&format!("{HUVUD}{ver}")), []);
    let utan = ver.replace("#TRANS 2640 {} 200.00\n#TRANS 6250", "#TRANS 6250");
    let utan = utan.replace("800.00", "1000.00");
    assert_eq!(
        saker(&format!("{HUVUD}{utan}")),
        [(15, Sak::TillagdUtanTvilling)]
    );
}

#[test]
fn object_lists_are_pairs_with_or_without_quotes() {
    let text = "#VER A 1 20240105\n{\n#TRANS 6250 {\"1\" \"456\" \"7\" \"47\"} 1.5 20240106 \
                \"med \\\"citat\\\"\" 3 \"ab\"\n#TRANS 1910 {1 K3} -1.50\n}\n";
    let mut lasare = Lasare::ny(text.as_bytes(), Kodning::Cp437);
    let mut sedda = Vec::new();
    while let Some(post) = lasare.nasta() {
        if let (_, Post::Rad(rad)) = post.unwrap() {
            let objekt: Vec<_> = rad.objekt.map(|(dim, o)| (dim, o.to_string())).collect();
            sedda.push((
                objekt,
                rad.belopp,
                rad.datum,
                rad.text.to_string(),
                rad.signatur.to_string(),
            ));
        }
    }
    let par = |dim, objekt: &str| (dim, objekt.to_owned());
    assert_eq!(
        sedda,
        [
            (
                vec![par(1, "456"), par(7, "47")],
                150,
                Some(date(2024, 1, 6)),
                "med \"citat\"".to_owned(),
                "ab".to_owned()
            ),
            (vec![par(1, "K3")], -150, None, String::new(), String::new()),
        ]
    );
}

#[test]
fn a_period_budget_is_of_a_month_an_account_and_an_object() {
    let text = "#PBUDGET 0 200801 5010 {1 \"0123\"} 3411.80\n#OUB -1 1930 {6 \"12\"} -7\n";
    let mut lasare = Lasare::ny(text.as_bytes(), Kodning::Cp437);
    let Some(Ok((
        1,
        Post::Period {
            slag,
            ar,
            manad,
            konto,
            mut objekt,
            belopp,
            ..
        },
    ))) = lasare.nasta()
    else {
        panic!("ingen budget");
    };
    assert_eq!(
        (slag, ar, manad, konto, belopp),
        (Periodslag::Budget, 0, date(2008, 1, 1), 5010, 341_180)
    );
    let (dim, nummer) = objekt.next().unwrap();
    assert_eq!((dim, nummer.to_string()), (1, "0123".to_owned()));
    let Some(Ok((
        2,
        Post::Saldo {
            ar, konto, belopp, ..
        },
    ))) = lasare.nasta()
    else {
        panic!("inget saldo");
    };
    assert_eq!((ar, konto, belopp), (-1, 1930, -700));
}

/// The sum is computed here by the table method that the specification prints.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[test]
fn the_checksum_is_of_labels_and_fields_alone() {
    let raknat = "#KONTO1910Kassa \"liten\"#VERA120240105Porto#TRANS19100.00";
    let summa = crc(raknat.as_bytes());
    let fil = |summa: &str| {
        format!(
            "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 1\n#RAR 0 20240101 20241231\n#KSUMMA\n\
             #KONTO\t1910   \"Kassa \\\"liten\\\"\"\r\n\r\n#VER A 1 20240105 \"Porto\"\n{{\n\
             #TRANS 1910 {{}} 0.00\n}}\n#KSUMMA {summa}\n"
        )
    };
    assert_eq!(saker(&fil(&summa.to_string())), []);
    assert_eq!(
        saker(&fil(&summa.cast_signed().to_string())),
        [],
        "med tecken"
    );
    let fel = summa.wrapping_add(1);
    let vantat = Sak::AnnanSumma {
        sagd: fel,
        raknad: summa,
    };
    assert_eq!(saker(&fil(&fel.to_string())), [(13, vantat)]);
    let avbruten = fil("1").replace("#KSUMMA 1\n", "");
    assert_eq!(saker(&avbruten), [(0, Sak::Avbruten)]);
    assert!(granska(&avbruten).har_fel());
}

/// A program that writes another character set may have summed what the format says, or what it
/// wrote.
#[test]
fn a_checksum_of_a_file_in_latin_1_is_right_in_either_set() {
    let raknat = "#FNAMNÅterväg";
    let pc8: Vec<u8> = raknat.chars().map(|t| Kodning::pc8(t).unwrap()).collect();
    let latin = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|t| u8::try_from(u32::from(t)).unwrap())
            .collect()
    };
    let raknas = |summa: u32| {
        let fil = latin(&format!(
            "#FLAGGA 0\n#KSUMMA\n#FNAMN Återväg\n#KSUMMA {summa}\n"
        ));
        let svar = Granskare::granska(&fil[..], Kodning::Latin1);
        svar.oversikt.kontrollsumma == Some(summa)
    };
    assert!(raknas(crc(&pc8)) && raknas(crc(&latin(raknat))));
    assert!(!raknas(crc(raknat.as_bytes())), "UTF-8 är varken eller");
}

#[test]
fn three_character_sets_say_the_same_and_two_are_remarked_on() {
    let text = "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 1\n#FNAMN \"Återvägen för Ärlö é\"\n";
    let cp437: Vec<u8> = text.chars().map(|t| Kodning::pc8(t).unwrap()).collect();
    let latin: Vec<u8> = text
        .chars()
        .map(|t| u8::try_from(u32::from(t)).unwrap())
        .collect();
    let med_bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (bytes, kodning) in [
        (cp437.as_slice(), Kodning::Cp437),
        (&latin, Kodning::Latin1),
        (text.as_bytes(), Kodning::Utf8),
        (&med_bom, Kodning::Utf8),
    ] {
        assert_eq!(Kodning::gissa(bytes), kodning);
        let svar = Granskare::granska(bytes, kodning);
        assert_eq!(svar.oversikt.namn.as_deref(), Some("Återvägen för Ärlö é"));
        let sagt = svar
            .anmarkningar
            .iter()
            .any(|a| a.sak == Sak::AnnanKodning(kodning));
        assert_eq!(sagt, kodning != Kodning::Cp437);
        assert!(!svar.har_fel(), "{:?}", svar.anmarkningar);
    }
    // The first Swedish letter stands far into the file.
    let langt = [&b"#PROSA x\n".repeat(20_000), &latin[..]].concat();
    assert_eq!(Kodning::gissa(&langt), Kodning::Latin1);
    assert_eq!(Kodning::gissa_ur(&langt[..]).unwrap(), Kodning::Latin1);
    // UTF-8 that is cut in the middle of a letter, as a sample of a large file is.
    assert_eq!(Kodning::gissa(&"å".as_bytes()[..1]), Kodning::Cp437);
    assert_eq!(Kodning::gissa(&"ååå".as_bytes()[..5]), Kodning::Utf8);
}

#[test]
fn lines_may_end_in_three_ways_and_a_dos_file_in_a_sign_of_its_own() {
    let rader = format!("{HUVUD}#VER A 1 20240105\n{{\n\n#TRANS 1910 {{}} 0\n}}");
    for slut in ["\n", "\r\n", "\r"] {
        let text = rader.replace('\n', slut);
        assert_eq!(saker(&text), [], "{slut:?}");
        assert_eq!(saker(&format!("{text}{slut}\x1a")), [], "{slut:?}");
    }
}

#[test]
fn the_year_and_the_accounts_are_held_to() {
    let ver = |dag: Date, konto: u32| {
        let dag = dag.strftime("%Y%m%d");
        format!("{HUVUD}#VER A 1 {dag}\n{{\n#TRANS {konto} {{}} 0\n}}\n")
    };
    assert_eq!(saker(&ver(date(2024, 12, 31), 1910)), []);
    let utanfor = Sak::UtanforAret {
        datum: date(2025, 1, 1),
        fran: date(2024, 1, 1),
        till: date(2024, 12, 31),
    };
    assert_eq!(saker(&ver(date(2025, 1, 1), 1910)), [(11, utanfor)]);
    assert_eq!(
        saker(&ver(date(2024, 2, 29), 5010)),
        [(13, Sak::OkantKonto(5010))]
    );
    let krock = format!("{HUVUD}#RAR -1 20230701 20240630\n");
    assert_eq!(saker(&krock), [(11, Sak::ArenKrockar(0, -1))]);
    let bakvant = format!("{HUVUD}#RAR -1 20231231 20230101\n");
    assert_eq!(saker(&bakvant), [(11, Sak::AretBaklanges(-1))]);
    let utan = HUVUD.replace("#RAR 0 20240101 20241231\n", "#IB -1 1910 5\n");
    assert_eq!(saker(&utan), [(0, Sak::AretSaknas)]);
}

/// A 4I has neither chart nor balances, and may leave out its year.
#[test]
fn a_file_for_import_needs_no_accounts_of_its_own() {
    let text = "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 1\n#VER \"\" \"\" 20240105 \"Ny\"\n{\n\
                #TRANS 1910 {} -5\n#TRANS 6250 {} 5\n}\n";
    assert_eq!(saker(text), []);
    // With accounts it is still one, as long as it has no balances.
    let konton = "#ORGNR 1\n#KONTO 1910 Kassa\n#KONTO 6250 Porto\n";
    let med_konton = text.replace("#ORGNR 1\n", konton);
    assert_eq!(saker(&med_konton), []);
    assert!(granska(&med_konton).oversikt.ar_4i());
    let med_saldon = med_konton.replace("#VER", "#IB 0 1910 1\n#VER");
    assert_eq!(saker(&med_saldon), [(0, Sak::AretSaknas)]);
    assert!(!granska(&med_saldon).oversikt.ar_4i());
}

#[test]
fn a_balance_that_the_vouchers_do_not_make_is_told() {
    let text = format!(
        "{HUVUD}#IB 0 1910 100\n#UB 0 1910 90\n#RES 0 6250 11\n#VER A 1 20240105\n{{\n\
         #TRANS 1910 {{}} -10\n#TRANS 6250 {{}} 10\n}}\n"
    );
    assert_eq!(
        saker(&text),
        [(
            13,
            Sak::Saldo {
                konto: 6250,
                skillnad: 100
            }
        )]
    );
    assert!(!granska(&text).har_fel());
}

/// Rows that are wrong, and how.
fn trasiga() -> Vec<(&'static str, Felslag)> {
    vec![
        ("#TRANS 1910 {} 1.234", Felslag::Decimaler("1.234".into())),
        (
            "#TRANS 1910 {} +1",
            tal("+1", "ett belopp; det skrivs som -1234.50"),
        ),
        (
            "#TRANS 1910 {} 1e5",
            tal("1e5", "ett belopp; det skrivs som -1234.50"),
        ),
        (
            "#TRANS 1910 {} -",
            tal("-", "ett belopp; det skrivs som -1234.50"),
        ),
        (
            "#TRANS 1910 {} 92233720368547758.08",
            Felslag::ForStort("92233720368547758.08".into()),
        ),
        (
            "#TRANS 1910 {}",
            Felslag::Saknas {
                etikett: "#TRANS",
                falt: "beloppet",
            },
        ),
        (
            "#TRANS 1910 {1} 5",
            Felslag::Saknas {
                etikett: "#TRANS",
                falt: "objektet i en objektlista",
            },
        ),
        ("#TRANS 1910 {x 1} 5", tal("x", "numret på en dimension")),
        ("#TRANS 1910 {1 2", Felslag::Klammer),
        ("#TRANS 1910 {1 2} 5 }", Felslag::Klammer),
        (
            "#TRANS K1 {} 5",
            tal("K1", "ett kontonummer; det skrivs med siffror"),
        ),
        (
            "#TRANS 1910 {} 5 20240230",
            Felslag::Datum("20240230".into()),
        ),
        ("#TRANS 1910 {} 5 \"\" \"öppen", Felslag::Citat),
        ("#TRANS 1910 {} 5 \"\" \"\0\"", Felslag::Styrtecken(0)),
        ("TRANS 1910 {} 5", Felslag::IngenEtikett),
        ("{", Felslag::Klammer),
    ]
}

#[test]
fn what_is_wrong_on_a_line_is_said_there_and_the_rest_is_read() {
    for (rad, slag) in trasiga() {
        let text = format!(
            "{HUVUD}#VER A 1 20240105\n{{\n#TRANS 1910 {{}} 7\n{rad}\n#TRANS 6250 {{}} -7\n}}\n"
        );
        let svar = Granskare::granska(text.as_bytes(), Kodning::Utf8);
        let (allvar, sak) = (Allvar::Fel, Sak::Rad(slag));
        let funnet: Vec<_> = svar.anmarkningar.iter().filter(|a| a.rad > 0).collect();
        assert_eq!(funnet.len(), 1, "{rad}: {funnet:?}");
        assert_eq!(
            (funnet[0].rad, funnet[0].allvar(), &funnet[0].sak),
            (14, allvar, &sak),
            "{rad}"
        );
        assert_eq!(svar.oversikt.rader, 2, "{rad}");
    }
}

fn tal(text: &str, vantat: &'static str) -> Felslag {
    Felslag::Tal {
        text: text.into(),
        vantat,
    }
}

#[test]
fn a_voucher_must_begin_and_end() {
    let utanfor = format!("{HUVUD}#TRANS 1910 {{}} 5\n");
    assert_eq!(
        saker(&utanfor),
        [(11, Sak::Rad(Felslag::Utanfor("#TRANS")))]
    );
    let oppen = format!("{HUVUD}#VER A 1 20240105\n{{\n#TRANS 1910 {{}} 0\n");
    assert_eq!(saker(&oppen), [(13, Sak::Rad(Felslag::Oavslutad))]);
    let tva =
        format!("{HUVUD}#VER A 1 20240105\n{{\n#VER A 2 20240105\n{{\n#TRANS 1910 {{}} 0\n}}\n");
    assert_eq!(saker(&tva), [(13, Sak::Rad(Felslag::Oavslutad))]);
    let samma = format!(
        "{HUVUD}{0}{0}",
        "#VER A 1 20240105\n{\n#TRANS 1910 {} 0\n}\n"
    );
    assert_eq!(saker(&samma), [(15, Sak::SammaNummer("A 1".into()))]);
}

#[test]
fn a_voucher_whose_head_or_row_cannot_be_read_is_told_of_once() {
    let ver = "#VER A 1 20241301\n{\n#TRANS 1910 {} 5\n#TRANS 6250 {} -5\n}\n";
    let datum = Sak::Rad(Felslag::Datum("20241301".into()));
    assert_eq!(saker(&format!("{HUVUD}{ver}")), [(11, datum)]);
    let ver = "#VER A 1 20241201\n{\n#TRANS 1910 {} 5,001\n#TRANS 6250 {} -5\n}\n";
    let rad = Sak::Rad(Felslag::Decimaler("5,001".into()));
    assert_eq!(saker(&format!("{HUVUD}{ver}")), [(13, rad)]);
}

/// Reads a gibibyte without keeping it.
struct Andlos(u64);

impl std::io::Read for Andlos {
    fn read(&mut self, plats: &mut [u8]) -> std::io::Result<usize> {
        let antal = plats
            .len()
            .min(usize::try_from(self.0).unwrap_or(usize::MAX));
        plats[..antal].fill(b'x');
        self.0 -= u64::try_from(antal).unwrap();
        Ok(antal)
    }
}

#[test]
fn a_line_without_end_is_refused_after_a_mebibyte() {
    let mut kalla = Andlos(1 << 30);
    let mut lasare = Lasare::ny(&mut kalla, Kodning::Cp437);
    let fel = lasare.nasta().unwrap().unwrap_err();
    assert!(fel.slag.ar_slutet());
    assert_eq!(
        (fel.rad, fel.slag),
        (
            1,
            Felslag::ForLang {
                tak: crate::LANGSTA_RAD
            }
        )
    );
    assert!(lasare.nasta().is_none());
    assert!(kalla.0 > (1 << 30) - (1 << 22), "{}", kalla.0);
}
