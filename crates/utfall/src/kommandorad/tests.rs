use super::*;

fn las_ord(rad: &str) -> Result<Val, Slut> {
    las(std::iter::once("utfall")
        .chain(rad.split_whitespace())
        .map(OsString::from))
}

fn fel(rad: &str) -> String {
    match las_ord(rad) {
        Err(Slut::Fel(text)) => text,
        annat => panic!("{rad}: {annat:?}"),
    }
}

#[test]
fn the_documented_lines_are_understood() {
    for rad in [
        "demo",
        "demo --data x --listen 127.0.0.1:0 --endast-data",
        "serve --data x",
        "serve --database postgres://a/b --bakom-https",
        "importera underlag a.json b.json --data x --offentligt",
        "importera underlag a.json --data x --ny-huvudman",
        "serve --data x --adress https://utfall.example",
        "konto maria --roll ekonom --roll styrelse --huvudman b --visas Maria --data x",
        "--version",
        "granska a.json --format json",
        "granska --data x --huvudman uppsala",
        "rapport aterrapport --bidrag b --till f.pdf --data x --per 2026-02-28 --ar 2021",
        "verifiera f.pdf --data x",
        "verifiera --data x --ankare 3:00",
        "migrera --data x",
        "doktor --data x",
        "bidrag --data x",
        "insatser --data x",
        "rutter --format json",
    ] {
        let svar = las_ord(rad);
        assert!(matches!(svar, Ok(_) | Err(Slut::Bra(_))), "{rad}: {svar:?}");
    }
}

#[test]
fn wrong_use_is_told_in_swedish_with_the_remedy() {
    assert!(fel("").contains("Säg vad du vill göra"));
    assert!(fel("frobba").contains("Kommandot frobba finns inte"));
    assert!(fel("demo --frobba").contains("Valet --frobba finns inte här"));
    assert!(fel("migrera").contains("Det saknas: --data"));
    assert!(fel("granska --format xml").contains("passar inte"));
    assert!(
        fel("rapport aterrapport --bidrag b --till f --data x --per 2026-02-30")
            .contains("2026-02-30")
    );
}

#[test]
fn help_is_in_swedish_everywhere() {
    let engelska = [
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Print help",
        "possible values",
        "default",
    ];
    for rad in [
        "--help",
        "demo --help",
        "serve --help",
        "importera --help",
        "importera underlag --help",
        "granska --help",
        "konto --help",
        "rapport --help",
        "verifiera --help",
        "migrera --help",
        "doktor --help",
        "bidrag --help",
        "insatser --help",
        "rutter --help",
    ] {
        let Err(Slut::Bra(hjalp)) = las_ord(rad) else {
            panic!("{rad}")
        };
        assert!(hjalp.contains("Användning: utfall"), "{rad}");
        for ord in engelska {
            assert!(!hjalp.contains(ord), "{rad}: {ord}\n{hjalp}");
        }
    }
}
