//! A small strict reader of the HTML that the templates write.

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Del {
    /// A start tag with its attributes.
    Start(String, Vec<(String, String)>),
    /// An end tag.
    Slut(String),
    /// Text, with references resolved.
    Text(String),
}

const TOMMA: [&str; 6] = ["meta", "link", "input", "br", "line", "rect"];
const RITADE: [&str; 2] = ["circle", "path"];

impl Del {
    pub(super) fn attribut(&self, namn: &str) -> Option<&str> {
        match self {
            Self::Start(_, attribut) => attribut
                .iter()
                .find(|(n, _)| n == namn)
                .map(|(_, v)| v.as_str()),
            _ => None,
        }
    }

    pub(super) fn ar(&self, tagg: &str) -> bool {
        matches!(self, Self::Start(t, _) if t == tagg)
    }

    pub(super) fn har_klass(&self, klass: &str) -> bool {
        self.attribut("class")
            .is_some_and(|k| k.split(' ').any(|k| k == klass))
    }
}

/// Elements without an end tag.
pub(super) fn tom(tagg: &str) -> bool {
    TOMMA.contains(&tagg) || RITADE.contains(&tagg)
}

/// Reads a page; panics where it is not well formed.
pub(super) fn las(html: &str) -> Vec<Del> {
    let mut ut = Vec::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("doctype first");
    while !rest.is_empty() {
        let start = rest.find('<').unwrap_or(rest.len());
        if start > 0 {
            ut.push(Del::Text(avkoda(&rest[..start])));
        }
        if start == rest.len() {
            break;
        }
        let slut = start + rest[start..].find('>').expect("a tag is closed");
        let inre = &rest[start + 1..slut];
        rest = &rest[slut + 1..];
        if let Some(namn) = inre.strip_prefix('/') {
            ut.push(Del::Slut(namn.to_owned()));
        } else {
            ut.push(tagg(inre.strip_suffix('/').unwrap_or(inre)));
        }
    }
    ut
}

fn tagg(inre: &str) -> Del {
    let (namn, mut rest) = inre.split_once([' ', '\n']).unwrap_or((inre, ""));
    let mut attribut: Vec<(String, String)> = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let slut = rest.find(['=', ' ']).unwrap_or(rest.len());
        let n = rest[..slut].to_owned();
        rest = &rest[slut..];
        let varde = match rest.strip_prefix("=\"") {
            Some(efter) => {
                let slut = efter.find('"').expect("an attribute is closed");
                rest = &efter[slut + 1..];
                avkoda(&efter[..slut])
            }
            None => String::new(),
        };
        assert!(
            attribut.iter().all(|(gammalt, _)| *gammalt != n),
            "{n} twice in <{inre}>"
        );
        attribut.push((n, varde));
    }
    Del::Start(namn.to_owned(), attribut)
}

fn avkoda(text: &str) -> String {
    let par = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ];
    let ut = par
        .iter()
        .fold(text.to_owned(), |t, (fran, till)| t.replace(fran, till));
    assert!(
        !text.contains('&') || text.contains("&#"),
        "a bare ampersand in {text:?}"
    );
    ut
}

/// Text of the first element that satisfies `ratt` and all within it, per element.
pub(super) fn texter(delar: &[Del], ratt: impl Fn(&Del) -> bool) -> Vec<(Del, String)> {
    let mut ut = Vec::new();
    for (i, del) in delar.iter().enumerate() {
        if !ratt(del) {
            continue;
        }
        let Del::Start(tagg, _) = del else { continue };
        let (mut djup, mut text) = (0, String::new());
        for inre in &delar[i + 1..] {
            match inre {
                Del::Start(t, _) if t == tagg => djup += 1,
                Del::Slut(t) if t == tagg && djup == 0 => break,
                Del::Slut(t) if t == tagg => djup -= 1,
                Del::Text(t) => text.push_str(t),
                Del::Start(..) | Del::Slut(_) => {}
            }
        }
        ut.push((del.clone(), text));
    }
    ut
}
