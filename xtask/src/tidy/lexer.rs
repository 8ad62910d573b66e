//! Splits Rust source into code, text and comment, line for line, without a parser.
//!
//! The rules only need to know what is code, what is quoted and what is a test, so a scanner
//! of characters is enough and costs the build nothing. It knows nothing of any rule.

/// One source file, seen in layers of the same number of lines.
pub struct Kod {
    /// Code alone: comments, and what stands between quotes, are blanks.
    pub kod: Vec<String>,
    /// What stands between quotes; all else is blank.
    pub text: Vec<String>,
    /// Whether the line belongs to a test (`#[test]`, `#[cfg(test)]`).
    pub prov: Vec<bool>,
}

/// A function in a source file. Lines count from 1.
pub struct Funktion {
    pub namn: String,
    pub rad: usize,
    /// Lines that are neither blank nor comment alone, from `fn` to the closing brace.
    pub langd: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lager {
    Kod,
    Text,
    Kommentar,
}

impl Kod {
    /// Reads the source. Never fails: what is not Rust gives layers without meaning.
    pub fn las(kalla: &str) -> Self {
        let tecken: Vec<char> = kalla.chars().collect();
        let lager = lagren(&tecken);
        let kod = utan_annat(&tecken, &lager, Lager::Kod);
        let text = utan_annat(&tecken, &lager, Lager::Text);
        let prov = provrader(&kod);
        Self {
            kod: rader(&kod),
            text: rader(&text),
            prov,
        }
    }

    /// Every function that has a body, tests included.
    pub fn funktioner(&self) -> Vec<Funktion> {
        let tecken: Vec<char> = self.kod.join("\n").chars().collect();
        let mut svar = Vec::new();
        let mut plats = 0;
        while let Some(start) = nasta_ord(&tecken, plats, "fn") {
            plats = start + 2;
            let namn: String = tecken[plats..]
                .iter()
                .skip_while(|t| **t == ' ')
                .take_while(|t| i_ord(**t))
                .collect();
            if namn.is_empty() {
                continue;
            }
            let Some(oppning) = kroppens_start(&tecken, plats) else {
                continue;
            };
            let Some(slut) = matchande(&tecken, oppning) else {
                continue;
            };
            let (forsta, sista) = (radnummer(&tecken, start), radnummer(&tecken, slut));
            let langd = (forsta..=sista).filter(|rad| !self.ar_tom(*rad)).count();
            svar.push(Funktion {
                namn,
                rad: forsta,
                langd,
            });
        }
        svar
    }

    fn ar_tom(&self, rad: usize) -> bool {
        self.kod[rad - 1].trim().is_empty() && self.text[rad - 1].trim().is_empty()
    }

    /// Whether the line (from 1) belongs to a test.
    pub fn ar_prov(&self, rad: usize) -> bool {
        self.prov.get(rad - 1).copied().unwrap_or(false)
    }
}

fn rader(text: &str) -> Vec<String> {
    text.split('\n').map(str::to_owned).collect()
}

fn utan_annat(tecken: &[char], lager: &[Lager], vill: Lager) -> String {
    let par = tecken.iter().zip(lager);
    par.map(|(t, l)| if *t == '\n' || *l == vill { *t } else { ' ' })
        .collect()
}

fn lagren(tecken: &[char]) -> Vec<Lager> {
    let mut lager = vec![Lager::Kod; tecken.len()];
    let mut plats = 0;
    while plats < tecken.len() {
        let (slut, vilket) = nasta_stycke(tecken, plats);
        // The quotes themselves are code; what they enclose is text.
        let (fran, till) = if vilket == Lager::Text {
            (plats + 1, slut - 1)
        } else {
            (plats, slut)
        };
        for l in lager.iter_mut().take(till).skip(fran) {
            *l = vilket;
        }
        plats = slut;
    }
    lager
}

/// Where the piece that starts here ends, and what it is.
fn nasta_stycke(tecken: &[char], plats: usize) -> (usize, Lager) {
    let har = tecken[plats];
    let sen = tecken.get(plats + 1).copied().unwrap_or(' ');
    let fore = if plats == 0 { ' ' } else { tecken[plats - 1] };
    match (har, sen) {
        ('/', '/') => (till_radslut(tecken, plats), Lager::Kommentar),
        ('/', '*') => (efter_blockkommentar(tecken, plats), Lager::Kommentar),
        ('"', _) => (efter_strang(tecken, plats + 1, '"'), Lager::Text),
        ('\'', _) if ar_tecken(tecken, plats) => {
            (efter_strang(tecken, plats + 1, '\''), Lager::Text)
        }
        ('r', '"' | '#') if !i_ord(fore) || matches!(fore, 'b' | 'c') => {
            efter_ra_strang(tecken, plats)
                .map_or((plats + 1, Lager::Kod), |slut| (slut, Lager::Text))
        }
        _ => (plats + 1, Lager::Kod),
    }
}

fn till_radslut(tecken: &[char], plats: usize) -> usize {
    tecken[plats..]
        .iter()
        .position(|t| *t == '\n')
        .map_or(tecken.len(), |n| plats + n)
}

fn efter_blockkommentar(tecken: &[char], plats: usize) -> usize {
    let mut djup = 0_usize;
    let mut har = plats;
    while har + 1 < tecken.len() {
        match (tecken[har], tecken[har + 1]) {
            ('/', '*') => {
                djup += 1;
                har += 2;
            }
            ('*', '/') => {
                djup -= 1;
                har += 2;
                if djup == 0 {
                    return har;
                }
            }
            _ => har += 1,
        }
    }
    tecken.len()
}

fn efter_strang(tecken: &[char], fran: usize, slut: char) -> usize {
    let mut har = fran;
    while har < tecken.len() {
        match tecken[har] {
            '\\' => har += 2,
            t if t == slut => return har + 1,
            _ => har += 1,
        }
    }
    tecken.len()
}

fn efter_ra_strang(tecken: &[char], plats: usize) -> Option<usize> {
    let stangsel = tecken[plats + 1..]
        .iter()
        .take_while(|t| **t == '#')
        .count();
    let mut har = plats + 1 + stangsel;
    if tecken.get(har) != Some(&'"') {
        return None;
    }
    har += 1;
    while har < tecken.len() {
        let slut = har + 1;
        let nog = tecken.len() >= slut + stangsel
            && tecken[slut..slut + stangsel].iter().all(|t| *t == '#');
        if tecken[har] == '"' && nog {
            return Some(slut + stangsel);
        }
        har += 1;
    }
    Some(tecken.len())
}

/// A quote that opens a character, not a lifetime: `'a'` and `'\n'`, but not `'a`.
fn ar_tecken(tecken: &[char], plats: usize) -> bool {
    tecken.get(plats + 1) == Some(&'\\') || tecken.get(plats + 2) == Some(&'\'')
}

fn i_ord(tecken: char) -> bool {
    tecken == '_' || tecken.is_alphanumeric()
}

fn nasta_ord(tecken: &[char], fran: usize, ord: &str) -> Option<usize> {
    let ord: Vec<char> = ord.chars().collect();
    (fran..tecken.len().saturating_sub(ord.len())).find(|plats| {
        tecken[*plats..].starts_with(&ord)
            && (*plats == 0 || !i_ord(tecken[plats - 1]))
            && !i_ord(tecken[plats + ord.len()])
    })
}

/// The brace that opens the body; none for a declaration that ends with a semicolon.
fn kroppens_start(tecken: &[char], fran: usize) -> Option<usize> {
    let mut djup = 0_i32;
    for (plats, t) in tecken.iter().enumerate().skip(fran) {
        match t {
            '(' | '[' => djup += 1,
            ')' | ']' => djup -= 1,
            '{' if djup == 0 => return Some(plats),
            ';' if djup == 0 => return None,
            _ => {}
        }
    }
    None
}

fn matchande(tecken: &[char], oppning: usize) -> Option<usize> {
    let mut djup = 0_i32;
    for (plats, t) in tecken.iter().enumerate().skip(oppning) {
        match t {
            '{' => djup += 1,
            '}' => djup -= 1,
            _ => {}
        }
        if djup == 0 {
            return Some(plats);
        }
    }
    None
}

fn radnummer(tecken: &[char], plats: usize) -> usize {
    1 + tecken[..plats].iter().filter(|t| **t == '\n').count()
}

/// Marks each line of an item that stands after `#[test]` or `#[cfg(test)]`.
fn provrader(kod: &str) -> Vec<bool> {
    let tecken: Vec<char> = kod.chars().collect();
    let mut prov = vec![false; kod.split('\n').count()];
    for marke in ["#[test]", "#[cfg(test)]", "#[cfg(all(test"] {
        let marke: Vec<char> = marke.chars().collect();
        for start in 0..tecken.len() {
            if !tecken[start..].starts_with(&marke) {
                continue;
            }
            let efter = start + tecken[start..].iter().position(|t| *t == ']').unwrap_or(0) + 1;
            let slut = kroppens_start(&tecken, efter)
                .and_then(|oppning| matchande(&tecken, oppning))
                .unwrap_or(start);
            let (forsta, sista) = (radnummer(&tecken, start), radnummer(&tecken, slut));
            for rad in prov.iter_mut().take(sista).skip(forsta - 1) {
                *rad = true;
            }
        }
    }
    prov
}
