//! The distribution is the same on the page, in the file and in the books, whatever is saved;
//! and what a paper does not tell apart is told, and split.

use super::{BESLUT, Varld};
use axum::http::StatusCode;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, gallande};
use utfall_domain::matt::{Matt, Urval};
use utfall_testkit::webb::{Svar, Webblasare, dolda};

fn rak(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// The words of the cells of the row that begins with this name.
fn rad(html: &str, namn: &str) -> Vec<String> {
    let tabell = html.split("data-rutnat").nth(1).unwrap();
    let tabell = tabell.split("</table>").next().unwrap();
    let rad = tabell
        .split("<tr")
        .find(|r| r.contains(&format!(">{namn}<")))
        .unwrap();
    let utan = |cell: &str| {
        let text = cell
            .split('<')
            .map(|d| d.split_once('>').map_or("", |(_, t)| t));
        text.collect::<String>()
    };
    rad.split("<td")
        .skip(1)
        .map(|c| rak(&utan(&format!("<td{c}"))))
        .collect()
}

/// Kronor of `1 234 567,50`; öre in all.
fn ore(text: &str) -> i64 {
    let text = text.replace([' ', '\u{a0}'], "").replace('\u{2212}', "-");
    let (kr, dec) = text.split_once(',').unwrap_or((&text, "00"));
    let dec: i64 = format!("{dec:0<2}").parse().unwrap();
    let kr: i64 = kr.parse().unwrap_or_else(|_| panic!("{text}"));
    kr * 100 + dec
}

/// The names of the cells of the form.
fn celler(html: &str) -> Vec<String> {
    let alla = html.split(" name=\"b-").skip(1);
    alla.map(|d| format!("b-{}", d.split('"').next().unwrap()))
        .collect()
}

async fn spara(b: &mut Webblasare, sida: &str, html: &str, falt: &[(String, String)]) -> Svar {
    let mut alla = dolda(html, sida);
    alla.extend(falt.iter().cloned());
    let beslut = [
        ("beslut-instans", "Kommunstyrelsen"),
        ("beslut-datum", "2022-01-10"),
        ("beslut-rubrik", "Ändrad fördelning"),
        ("orsak", "Slumpad budget"),
        ("varfor", "Slumpad budget"),
        ("steg", "spara"),
    ];
    alla.extend(beslut.map(|(n, v)| (n.to_owned(), v.to_owned())));
    let alla: Vec<(&str, &str)> = alla.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    b.posta(sida, &alla).await
}

/// Numbers that look random and are the same each time.
struct Tal(u64);

impl Tal {
    fn nasta(&mut self, till: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % till).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn page_file_and_books_have_the_same_sum_whatever_is_saved() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("ragunda", Roll::Ekonom).await;
    let bidrag = varld.exempel["ragunda"].bidrag[0].clone();
    let sida = format!("/medel/{bidrag}/fordelning");
    let mut tal = Tal(20_261_122);
    let mut sparade = 0;
    for _ in 0..20 {
        let html = b.hamta(&sida).await.text;
        // Below what the paper has to distribute a year, with öre now and then, and gaps.
        let falt: Vec<(String, String)> = celler(&html)
            .into_iter()
            .map(|namn| {
                let belopp = match tal.nasta(6) {
                    0 => String::new(),
                    1 => format!("{},{:02}", 1_000 + tal.nasta(200_000), tal.nasta(100)),
                    _ => (1_000 + tal.nasta(250_000)).to_string(),
                };
                (namn, belopp)
            })
            .collect();
        let mut svar = spara(&mut b, &sida, &html, &falt).await;
        if svar.status == StatusCode::UNPROCESSABLE_ENTITY {
            // Large leaps are asked about: each is ticked.
            let kryss = svar.text.split(" name=\"ok.").skip(1);
            let kryss = kryss.map(|d| {
                (
                    format!("ok.{}", d.split('"').next().unwrap()),
                    "ja".to_owned(),
                )
            });
            let alla: Vec<_> = falt.iter().cloned().chain(kryss).collect();
            let html = svar.text.clone();
            svar = spara(&mut b, &sida, &html, &alla).await;
        }
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
        sparade += 1;

        let html = b.hamta(&sida).await.text;
        let chef = Aktor::drift(varld.id["ragunda"]);
        let bok = varld
            .webb
            .tjanst
            .bok(&chef, Atgard::LasaMedel, None)
            .await
            .unwrap();
        let id = bok.bidrag.iter().find(|x| x.slug == bidrag).unwrap().id;
        let urval = Urval::bidrag(id);
        let matt = bok.varde(Matt::FordelatNytt, &urval).kant().unwrap();
        let i_db: i64 = gallande(&bok.fakta, None)
            .into_iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Fordelat)
            .filter(|f| f.galler().bidrag == Some(id) && f.galler().version.is_none())
            .filter_map(|f| f.varde().kant())
            .sum();
        assert_eq!(matt, i_db, "måttet är raderna i databasen");
        let falten = html.split(" name=\"b-").skip(1);
        let falten = falten.filter_map(|f| f.split(" value=\"").nth(1)?.split('"').next());
        let pa_sidan: i64 = falten.filter(|v| !v.is_empty()).map(ore).sum();
        assert_eq!(pa_sidan, i_db, "fälten på sidan");
        let fordelat = rad(&html, "Fördelat");
        for ar in &bok.bidrag(id).unwrap().ar {
            let arets = bok
                .varde(Matt::Fordelat, &urval.clone().ar(*ar))
                .kant()
                .unwrap();
            let finns = fordelat.iter().any(|c| ore_eller(c) == Some(arets));
            assert!(finns, "{ar}: {arets} {fordelat:?}");
        }
        let csv = b.hamta(&format!("{sida}/tabell.csv")).await.text;
        assert_eq!(i_filen(&csv), i_db, "{csv}");
    }
    assert_eq!(sparade, 20);
}

/// The sum of the new money of every initiative in the file.
fn i_filen(csv: &str) -> i64 {
    let mut rader = csv.lines().map(|r| r.split(';').collect::<Vec<_>>());
    let huvud = rader
        .find(|r| r.iter().any(|h| h.contains("nya medel")))
        .unwrap();
    let nya: Vec<usize> = (0..huvud.len())
        .filter(|i| huvud[*i].contains("nya medel"))
        .collect();
    rader
        .filter(|r| r.iter().take(3).any(|c| *c == "rad"))
        .flat_map(|r| {
            nya.iter()
                .filter_map(move |i| ore_eller(r.get(*i)?))
                .collect::<Vec<_>>()
        })
        .sum()
}

/// The number that a cell begins with, words after it apart.
fn ore_eller(text: &str) -> Option<i64> {
    let slut = text.rfind(|c: char| c.is_ascii_digit())?;
    let tal = &text[..=slut];
    let siffror = |c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '\u{2212}');
    tal.chars().all(siffror).then(|| ore(tal))
}

/// R35: eight and six millions in one pot. What the paper gives to neither is told as such on
/// every row, and half of a row can be given to each.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pot_of_two_sources_tells_each_ones_part_of_every_row() {
    let varld = Varld::sandviken().await;
    let mut b = varld.inloggad("sandviken", Roll::Ekonom).await;
    let bidrag = ["tillvaxtverket-inkludering", "kommunens-satsning"];
    let sida = format!("/medel/{}/fordelning", bidrag[0]);
    let html = b.hamta(&sida).await.text;
    let del = html
        .split("id=\"kallor\"")
        .nth(1)
        .unwrap_or_else(|| panic!("{html}"));
    let del = del.split("</table>").next().unwrap();
    assert!(del.contains("Inte uppdelat"), "{del}");
    let lank = del
        .split("href=\"")
        .find(|l| l.contains("/dela?insats=ungdomsbilen"))
        .unwrap();
    let lank = lank.split('"').next().unwrap().replace("&#38;", "&");
    let dela = b.hamta(&lank).await.text;
    assert!(rak(&dela).contains("100 000 kr"), "{dela}");
    let val: Vec<String> = dela
        .split("<option value=\"b")
        .skip(1)
        .take(2)
        .map(|d| format!("b{}", d.split('"').next().unwrap()))
        .collect();
    let mal = lank.split('?').next().unwrap();
    let falt = |en: &'static str, andra: &'static str| {
        [
            ("del-1-vem", val[0].clone()),
            ("del-1-storlek", en.to_owned()),
            ("del-2-vem", val[1].clone()),
            ("del-2-storlek", andra.to_owned()),
            ("orsak", "Beslut i provet".to_owned()),
        ]
    };
    let skicka =
        |falt: &[(&'static str, String); 5]| -> Vec<(&'static str, String)> { falt.to_vec() };
    let fel = skicka(&falt("50 %", "40 %"));
    let fel: Vec<(&str, &str)> = fel.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let svar = b.fyll_i(&lank, mal, &fel).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        rak(&svar.text).contains("Andelarna blir 90 % tillsammans."),
        "{}",
        svar.text
    );
    assert!(
        svar.text.contains("value=\"40 %\""),
        "det skrivna står kvar"
    );
    assert!(
        rak(&svar.text).contains("Ett belopp delas upp bara genom ett beslut."),
        "{}",
        svar.text
    );
    let ratt = skicka(&falt("50 %", "50 %"));
    let mut ratt: Vec<(&str, &str)> = ratt.iter().map(|(n, v)| (*n, v.as_str())).collect();
    ratt.extend(BESLUT);
    b.spara(&lank, mal, &ratt).await;
    for bidrag in bidrag {
        let html = b.hamta(&format!("/medel/{bidrag}/fordelning")).await.text;
        assert!(rak(&html).contains("50 000"), "{bidrag}: {html}");
    }
}

/// R11: what a full-time year costs, beside each other for every initiative whose positions are
/// known.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_time_year_is_compared_between_initiatives() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Styrelse).await;
    let html = rak(&b.hamta("/medel/unga-i-arbete/fordelning").await.text);
    let del = html
        .split("id=\"heltid\"")
        .nth(1)
        .unwrap_or_else(|| panic!("{html}"));
    let del = del.split("</table>").next().unwrap();
    // Two coaches for 1 200 000; one and a half for 1 000 000.
    for ord in ["600 000", ">1,5<", "666 667", ">1,38<", "509 091"] {
        assert!(del.contains(ord), "{ord}: {del}");
    }
}
