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
    let sida = html.strip_prefix("<!DOCTYPE html>").expect("doctype first");
    let mut bitar = sida.split('<');
    ut.push(Del::Text(avkoda(bitar.next().unwrap_or_default())));
    for bit in bitar {
        let (inre, text) = bit.split_once('>').expect("a tag is closed");
        match inre.strip_prefix('/') {
            Some(namn) => ut.push(Del::Slut(namn.to_owned())),
            None => ut.push(tagg(inre.strip_suffix('/').unwrap_or(inre))),
        }
        ut.push(Del::Text(avkoda(text)));
    }
    ut.retain(|d| *d != Del::Text(String::new()));
    ut
}

fn tagg(inre: &str) -> Del {
    let (namn, mut rest) = inre.split_once([' ', '\n']).unwrap_or((inre, ""));
    let mut attribut: Vec<(String, String)> = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let utan_varde = rest.split([' ', '=']).next().unwrap_or_default();
        let (n, varde) = match rest.split_once("=\"") {
            Some((n, efter)) if n == utan_varde => {
                let (varde, kvar) = efter.split_once('"').expect("an attribute is closed");
                rest = kvar;
                (n, avkoda(varde))
            }
            _ => {
                rest = rest.strip_prefix(utan_varde).unwrap_or_default();
                (utan_varde, String::new())
            }
        };
        assert!(
            attribut.iter().all(|(gammalt, _)| gammalt != n),
            "{n} twice in <{inre}>"
        );
        attribut.push((n.to_owned(), varde));
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
