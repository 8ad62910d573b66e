//! What holds for every sample of every page.

mod lasare;
mod sprak;

use std::collections::{BTreeMap, BTreeSet};

use lasare::{Del, las, texter, tom};

use super::*;

fn sidor() -> Vec<(String, Vec<Del>, String)> {
    let alla = alla().expect("every sample renders");
    alla.into_iter()
        .map(|e| (e.namn, las(&e.html), e.html))
        .collect()
}

#[test]
fn every_page_has_samples_with_names_of_their_own() {
    let sidor = sidor();
    let namn: BTreeSet<&str> = sidor.iter().map(|(n, ..)| n.as_str()).collect();
    assert_eq!(namn.len(), sidor.len());
    assert!(sidor.len() >= 80, "{}", sidor.len());
}

#[test]
fn elements_nest() {
    let block = [
        "div", "ul", "ol", "dl", "section", "table", "form", "h1", "h2", "h3", "p",
    ];
    for (namn, delar, _) in sidor() {
        let mut oppna: Vec<String> = Vec::new();
        for del in &delar {
            match del {
                Del::Start(t, _) => {
                    let i_p = oppna.iter().any(|o| o == "p");
                    assert!(
                        !(i_p && block.contains(&t.as_str())),
                        "{namn}: <{t}> in a <p>"
                    );
                    let i_a = oppna.iter().any(|o| o == "a");
                    assert!(
                        !(i_a && ["a", "button"].contains(&t.as_str())),
                        "{namn}: link in link"
                    );
                    assert!(
                        !(t == "form" && oppna.iter().any(|o| o == "form")),
                        "{namn}: form in form"
                    );
                    if !tom(t) {
                        oppna.push(t.clone());
                    }
                }
                Del::Slut(t) => assert_eq!(oppna.pop().as_ref(), Some(t), "{namn}: {oppna:?}"),
                Del::Text(_) => {}
            }
        }
        assert!(oppna.is_empty(), "{namn}: {oppna:?}");
    }
}

#[test]
fn references_lead_to_ids_and_ids_are_unique() {
    for (namn, delar, _) in sidor() {
        let mut id = BTreeSet::new();
        for del in &delar {
            if let Some(i) = del.attribut("id") {
                assert!(id.insert(i), "{namn}: id {i} twice");
                assert!(!i.is_empty() && !i.contains(' '), "{namn}: id {i:?}");
            }
        }
        for del in &delar {
            for attribut in ["aria-labelledby", "aria-describedby", "for"] {
                for i in del
                    .attribut(attribut)
                    .unwrap_or_default()
                    .split_whitespace()
                {
                    assert!(id.contains(i), "{namn}: {attribut} leads to no {i}");
                }
            }
            if let Some(i) = del.attribut("href").and_then(|h| h.strip_prefix('#')) {
                assert!(id.contains(i), "{namn}: link to no #{i}");
            }
        }
    }
}

#[test]
fn links_have_words_and_equal_words_lead_to_the_same_place() {
    for (namn, delar, _) in sidor() {
        let mut mal: BTreeMap<String, String> = BTreeMap::new();
        for (del, text) in texter(&delar, |d| d.ar("a")) {
            let href = del.attribut("href").unwrap_or_default();
            assert!(
                !href.is_empty() && href != "#",
                "{namn}: {text:?} leads nowhere"
            );
            assert!(!text.trim().is_empty(), "{namn}: {href} has no words");
            if del.har_klass("tal") {
                continue;
            }
            if let Some(annat) = mal.insert(text.clone(), href.to_owned()) {
                assert_eq!(annat, href, "{namn}: {text:?} leads to two places");
            }
        }
    }
}

#[test]
fn every_figure_cell_leads_on_or_shows_a_sign() {
    for (namn, delar, _) in sidor() {
        for (i, del) in delar.iter().enumerate() {
            if !(del.ar("td") && del.har_klass("n")) {
                continue;
            }
            let inre: Vec<&Del> = delar[i + 1..]
                .iter()
                .take_while(|d| **d != Del::Slut("td".into()))
                .collect();
            let visar = |d: &&&Del| d.har_klass("tal") || d.har_klass("tecken") || d.ar("input");
            let text: String = inre
                .iter()
                .filter_map(|d| {
                    if let Del::Text(t) = d {
                        Some(t.as_str())
                    } else {
                        None
                    }
                })
                .collect();
            // Uncertainties, changes and amounts that are not saved yet are their own source.
            let kort = text.is_empty() || text.starts_with(['±', '+', '\u{2212}']);
            // Words ("exakt", "saknas") are no figures.
            let kort = kort || !text.contains(|c: char| c.is_ascii_digit());
            let kort = kort || (namn == "fordelning-omraknad" && text == "255\u{a0}000");
            assert!(
                inre.iter().any(|d| visar(&d)) || kort,
                "{namn}: {text:?} leads nowhere"
            );
        }
    }
}

/// What is not there is said, with a sign or a word.
#[test]
fn no_cell_is_blank() {
    let (mut antal, mut tomma) = (0, Vec::new());
    for (namn, delar, _) in sidor() {
        for tagg in ["td", "dd", "th"] {
            for (i, _) in delar.iter().enumerate().filter(|(_, d)| d.ar(tagg)) {
                antal += 1;
                let slut = Del::Slut(tagg.into());
                let inre = delar[i + 1..].iter().take_while(|d| **d != slut);
                let sager = |d: &Del| match d {
                    Del::Text(t) => !t.trim().is_empty(),
                    Del::Start(t, _) => t == "input" || t == "svg",
                    Del::Slut(_) => false,
                };
                if !inre.clone().any(sager) {
                    tomma.push(format!(
                        "{namn}: en tom <{tagg}> efter {:?}",
                        delar.get(i - 2)
                    ));
                }
            }
        }
    }
    assert!(tomma.is_empty(), "{tomma:#?}");
    assert!(antal > 1_000, "{antal}");
}

#[test]
fn signs_are_explained_and_nothing_else_is() {
    for (namn, delar, _) in sidor() {
        let tecken = |d: &Del| d.har_klass("tecken");
        let anvanda: BTreeSet<String> =
            texter(&delar, tecken).into_iter().map(|(_, t)| t).collect();
        let rader = texter(&delar, |d| d.har_klass("teckenrad"));
        let forklarade: String = rader.iter().map(|(_, t)| t.as_str()).collect();
        for t in &anvanda {
            assert!(forklarade.contains(t), "{namn}: {t} is not explained");
        }
        for t in ["–", "◇", "□", ".."] {
            let finns = anvanda.contains(t);
            assert!(
                finns || !forklarade.contains(t),
                "{namn}: {t} is explained but not used"
            );
        }
    }
}

#[test]
fn charts_show_the_figures_of_their_tables() {
    let siffror = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let mut ritade = 0;
    for (namn, delar, _) in sidor() {
        let tabeller: String = texter(&delar, |d| d.ar("td"))
            .into_iter()
            .map(|(_, t)| format!("|{t}|"))
            .collect();
        for (_, figur) in figurer(&delar) {
            for tal in figur.iter().filter(|t| siffror(t)) {
                ritade += 1;
                assert!(
                    tabeller.contains(&format!("|{tal}|")),
                    "{namn}: {tal} is only drawn"
                );
            }
        }
    }
    assert!(ritade > 60, "{ritade}");
}

/// The numbers that each figure draws: SVG text and the amounts of a flow.
fn figurer(delar: &[Del]) -> Vec<(usize, Vec<String>)> {
    let mut ut = Vec::new();
    for (i, _) in delar.iter().enumerate().filter(|(_, d)| d.ar("figure")) {
        let slut = delar[i..]
            .iter()
            .position(|d| *d == Del::Slut("figure".into()))
            .unwrap_or(0);
        let figur = &delar[i..i + slut];
        let tal = |d: &Del| (d.ar("text") || d.ar("b")) && !d.har_klass("svag");
        let rena = texter(figur, tal).into_iter().map(|(_, t)| t);
        let utan_namn = rena.filter(|t| t.chars().all(|c| c.is_ascii_digit() || c == '\u{a0}'));
        ut.push((i, utan_namn.collect()));
    }
    ut
}

#[test]
fn posting_forms_carry_token_and_key() {
    let mut antal = 0;
    for (namn, delar, _) in sidor() {
        for (i, _) in delar
            .iter()
            .enumerate()
            .filter(|(_, d)| d.attribut("method") == Some("post"))
        {
            antal += 1;
            let dolda: Vec<_> = delar[i + 1..]
                .iter()
                .take(2)
                .map(|d| d.attribut("name"))
                .collect();
            assert_eq!(dolda, [Some("csrf"), Some("idempotens")], "{namn}");
        }
    }
    assert!(antal > 80, "{antal}");
    let mallar = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let mut skrivna = Vec::new();
    sok_mallar(mallar.as_ref(), &mut skrivna);
    assert_eq!(
        skrivna,
        ["formular.html"],
        "only one template may write a posting form"
    );
}

fn sok_mallar(mapp: &std::path::Path, ut: &mut Vec<String>) {
    for post in std::fs::read_dir(mapp)
        .expect("a folder")
        .map(|p| p.expect("an entry"))
    {
        let vag = post.path();
        if vag.is_dir() {
            sok_mallar(&vag, ut);
        } else if std::fs::read_to_string(&vag)
            .expect("text")
            .contains("method=\"post\"")
        {
            ut.push(post.file_name().to_string_lossy().into_owned());
        }
    }
}

#[test]
fn the_content_security_policy_is_kept() {
    for (namn, delar, html) in sidor() {
        assert!(html.len() <= 60_000, "{namn}: {} bytes", html.len());
        for del in &delar {
            let Del::Start(tagg, attribut) = del else {
                continue;
            };
            assert!(
                !["style", "iframe", "object", "embed"].contains(&tagg.as_str()),
                "{namn}"
            );
            for (a, varde) in attribut {
                assert!(
                    a != "style" && !a.starts_with("on"),
                    "{namn}: {a} in <{tagg}>"
                );
                let lokal = !varde.contains("://") && !varde.starts_with("//");
                assert!(lokal, "{namn}: {varde} is elsewhere");
            }
            if tagg == "script" {
                assert!(
                    del.attribut("src")
                        .is_some_and(|s| s.starts_with("/statiskt/")),
                    "{namn}"
                );
            }
        }
    }
}

#[test]
fn public_pages_have_no_scripts_tokens_or_posting_forms() {
    let publika: Vec<_> = sidor()
        .into_iter()
        .filter(|(n, ..)| n.starts_with("publik-"))
        .collect();
    assert!(publika.len() >= 14);
    for (namn, _, html) in publika {
        for spar in ["<script", "csrf", "method=\"post\"", "Logga ut", "/journal"] {
            assert!(!html.contains(spar), "{namn} has {spar}");
        }
    }
}

#[test]
fn errors_come_first_and_lead_to_their_fields() {
    let mut antal = 0;
    for (namn, delar, html) in sidor() {
        let alert: Vec<_> = delar
            .iter()
            .filter(|d| d.attribut("role") == Some("alert"))
            .collect();
        let titel = &texter(&delar, |d| d.ar("title"))[0].1;
        assert_eq!(
            titel.starts_with("Fel: "),
            !alert.is_empty(),
            "{namn}: {titel}"
        );
        if alert.is_empty() {
            assert!(
                !html.contains("aria-invalid"),
                "{namn}: an error without summary"
            );
            continue;
        }
        antal += 1;
        let main = html.find("<main").expect("main");
        let h1 = html.find("<h1").expect("a heading");
        let har = html.find("role=\"alert\"").expect("alert");
        assert!(main < har && har < h1, "{namn}: the summary is not first");
        for (del, text) in texter(&delar, |d| d.ar("a")) {
            let Some(id) = del.attribut("href").and_then(|h| h.strip_prefix('#')) else {
                continue;
            };
            if id == "innehall" {
                continue;
            }
            let falt = delar
                .iter()
                .find(|d| d.attribut("id") == Some(id))
                .expect("the field");
            assert_eq!(falt.attribut("aria-invalid"), Some("true"), "{namn}: {id}");
            let feltexter = texter(&delar, |d| d.har_klass("feltext"));
            assert!(
                feltexter.iter().any(|(_, f)| f.contains(&text)),
                "{namn}: {text}"
            );
        }
    }
    assert!(antal >= 7, "{antal}");
}

#[test]
fn the_invented_is_called_invented() {
    for (namn, _, html) in sidor() {
        if html.contains("class=\"org\">Forsby") {
            assert!(html.contains("<strong>Påhittat.</strong>"), "{namn}");
            assert!(html.contains("Forsby (påhittat)"), "{namn}: not on prints");
        }
    }
}

#[test]
fn hostile_text_stays_text() {
    let elak = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> & \u{202e}";
    let (_, mut sida) = sidor::Medel::exempel().remove(1);
    sida.ram.huvudman = elak.into();
    sida.ram.dag = elak.into();
    sida.huvud = crate::ram::Sidhuvud::ny(elak, elak).overrad(elak);
    for rad in &mut sida.bidrag {
        rad.namn = elak.into();
        rad.href = elak.into();
        rad.att_rora = TalVy::ny(elak, elak).enhet(elak);
    }
    for del in &mut sida.delar {
        del.id = "del".into();
        del.rubrik = elak.into();
        del.insatser.caption = elak.into();
    }
    let html = sida.till_html().expect("renders");
    let delar = las(&html);
    assert!(
        !html.contains("<script>") && !html.contains("<img"),
        "escaped everywhere"
    );
    assert!(
        texter(&delar, |d| d.ar("h1"))
            .iter()
            .any(|(_, t)| t == elak),
        "and readable"
    );
    assert!(delar.iter().all(|d| d.attribut("onerror").is_none()));
}

#[test]
fn a_long_name_and_a_huge_amount_are_shown_whole() {
    let (_, mut sida) = sidor::Medel::exempel().remove(1);
    let langt = "Samverkansprojektsutvecklingsledare".repeat(8);
    if let Some(rad) = sida.bidrag.first_mut() {
        rad.namn = langt.clone();
        rad.kvar = kr(i64::MIN);
        rad.anvand_andel = Some(i64::MAX);
    }
    let html = sida.till_html().expect("renders");
    assert!(html.contains(&langt) && html.contains(&heltal(i64::MIN)));
    assert!(html.contains("width=\"100.00%\""));
}
