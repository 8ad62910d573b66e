//! Klarspråk: short sentences and words that everybody knows.

use super::lasare::texter;
use super::sidor;

/// LIX: words per sentence plus the share of words longer than six letters, in percent.
fn lix(text: &str) -> (usize, usize) {
    let ord: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|o| !o.is_empty())
        .collect();
    let meningar = text.matches(['.', '!', '?', ':']).count().max(1);
    let langa = ord.iter().filter(|o| o.chars().count() > 6).count();
    let antal = ord.len().max(1);
    (
        (ord.len() + meningar / 2) / meningar + langa * 100 / antal,
        ord.len(),
    )
}

/// Running text of a page: paragraphs and list items, each closed as a sentence.
fn lopande(namn: &str) -> Vec<(String, String)> {
    // Items of findings, tasks and publications hold paragraphs, which are counted themselves.
    let taggar = ["p", "dd"];
    sidor()
        .into_iter()
        .filter(|(n, ..)| n.starts_with(namn))
        .map(|(n, delar, _)| {
            let start = delar.iter().position(|d| d.ar("main")).expect("main");
            let delar = &delar[start..];
            let text = texter(delar, |d| taggar.iter().any(|t| d.ar(t)))
                .into_iter()
                .map(|(_, t)| t.trim().to_owned())
                .filter(|t| t.split(' ').count() >= 4)
                .map(|t| {
                    if t.ends_with(['.', '?', '!', ':']) {
                        t
                    } else {
                        format!("{t}.")
                    }
                })
                .collect::<Vec<_>>()
                .join("\n");
            (n, text)
        })
        .collect()
}

#[test]
fn running_text_is_easy_to_read() {
    // Fewer words than sixty say nothing of a page.
    let mut tal: Vec<(usize, String)> = lopande("")
        .into_iter()
        .map(|(n, t)| (lix(&t), n))
        .filter(|((_, ord), _)| *ord >= 60)
        .map(|((lix, _), n)| (lix, n))
        .collect();
    tal.sort();
    let median = tal[tal.len() / 2].0;
    assert!(median <= 40, "median {median}: {tal:?}");
    let storst = tal.last().expect("pages");
    assert!(storst.0 <= 50, "{storst:?}");
}

#[test]
fn sentences_are_short() {
    for (namn, text) in lopande("") {
        for mening in text.split(['.', '?', '!', '\n']) {
            let ord = mening.split_whitespace().count();
            assert!(ord <= 25, "{namn}: {ord} words: {mening}");
        }
    }
}

#[test]
fn no_officialese() {
    let ord = [
        "erhåll",
        "beträffande",
        "avseende",
        "samt ",
        "vänligen",
        "ogiltig",
        "därest",
    ];
    for (namn, text) in lopande("") {
        let text = text.to_lowercase();
        for o in ord {
            assert!(!text.contains(o), "{namn}: {o}");
        }
    }
}

#[test]
fn lix_counts_as_it_should() {
    assert_eq!(
        lix("Du får se siffran. Den är utrednad."),
        (4 + 2 * 100 / 7, 7)
    );
}
