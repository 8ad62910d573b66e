//! JSON as a tree that remembers its lines.
//!
//! `serde_json` would stop at the first fault, speak English, let a repeated key silently
//! win and turn amounts into floats. People write these files by hand, so the reader keeps
//! the line of every value and leaves all judgement of meaning to [`super::las`].

use super::GRANSER;

/// One value and the line it begins on (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nod {
    pub rad: usize,
    pub slag: Slag,
}

/// What kind of value it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slag {
    Tomt,
    Sant(bool),
    Heltal(i64),
    /// A number that is not an integer within i64, as written.
    AnnatTal(String),
    Text(String),
    Lista(Vec<Nod>),
    Objekt(Vec<Falt>),
}

impl Nod {
    /// The value of a field, when this is an object that has it.
    pub fn falt(&self, namn: &str) -> Option<&Self> {
        match &self.slag {
            Slag::Objekt(falt) => falt.iter().find(|f| f.namn == namn).map(|f| &f.nod),
            _ => None,
        }
    }

    /// An element, when this is a list that has it.
    pub fn element(&self, nr: usize) -> Option<&Self> {
        match &self.slag {
            Slag::Lista(noder) => noder.get(nr),
            _ => None,
        }
    }
}

/// One key of an object with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Falt {
    pub namn: String,
    pub rad: usize,
    pub nod: Nod,
}

impl Slag {
    /// What it is called in a message to the writer.
    pub fn benamning(&self) -> &'static str {
        match self {
            Self::Tomt => "null",
            Self::Sant(_) => "sant eller falskt",
            Self::Heltal(_) => "ett heltal",
            Self::AnnatTal(_) => "ett tal",
            Self::Text(_) => "text",
            Self::Lista(_) => "en lista",
            Self::Objekt(_) => "ett objekt",
        }
    }
}

/// Why the text is not JSON, or is too much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonFel {
    pub kod: &'static str,
    pub rad: usize,
    pub text: String,
    pub atgard: &'static str,
}

/// Reads one JSON value that fills the whole text.
pub(super) fn tolka(text: &str) -> Result<Nod, JsonFel> {
    let mut t = Tolk {
        bytes: text.as_bytes(),
        text,
        i: 0,
        rad: 1,
        noder: 0,
    };
    t.blank();
    let nod = t.varde(0)?;
    t.blank();
    if t.kika().is_some() {
        return Err(t.fel("det finns mer text efter objektets slut"));
    }
    Ok(nod)
}

struct Tolk<'a> {
    bytes: &'a [u8],
    text: &'a str,
    i: usize,
    rad: usize,
    noder: usize,
}

impl Tolk<'_> {
    fn kika(&self) -> Option<u8> {
        self.bytes.get(self.i).copied()
    }

    fn blank(&mut self) {
        while let Some(b) = self.kika() {
            match b {
                b'\n' => self.rad += 1,
                b' ' | b'\t' | b'\r' => {}
                _ => break,
            }
            self.i += 1;
        }
    }

    fn fel(&self, vad: &str) -> JsonFel {
        JsonFel {
            kod: "underlag-json",
            rad: self.rad,
            text: format!("Filen är inte giltig JSON: {vad}."),
            atgard: "Rätta tecknet på den raden. Vanliga orsaker är ett komma för mycket \
                     eller för lite, eller ett citattecken som saknas.",
        }
    }

    fn grans(&self, kod: &'static str, text: String) -> JsonFel {
        JsonFel {
            kod,
            rad: self.rad,
            text,
            atgard: "Dela upp papperet i flera underlag.",
        }
    }

    fn vanta(&mut self, b: u8) -> Result<(), JsonFel> {
        if self.kika() == Some(b) {
            self.i += 1;
            return Ok(());
        }
        let hittat = self
            .text
            .get(self.i..)
            .and_then(|rest| rest.chars().next())
            .map_or_else(|| "slutet av filen".to_owned(), |c| format!("”{c}”"));
        Err(self.fel(&format!("väntade ”{}” men fann {hittat}", char::from(b))))
    }

    fn varde(&mut self, djup: usize) -> Result<Nod, JsonFel> {
        if djup > GRANSER.djup {
            let text = format!("Värden får ligga i högst {} nivåer.", GRANSER.djup);
            return Err(self.grans("underlag-djup", text));
        }
        self.noder += 1;
        if self.noder > GRANSER.varden {
            let text = format!("Ett underlag får ha högst {} värden.", GRANSER.varden);
            return Err(self.grans("underlag-rader", text));
        }
        let rad = self.rad;
        let slag = match self.kika() {
            Some(b'{') => self.objekt(djup)?,
            Some(b'[') => self.lista(djup)?,
            Some(b'"') => Slag::Text(self.strang()?),
            Some(b'-' | b'0'..=b'9') => self.tal()?,
            Some(b't') => self.ord("true", Slag::Sant(true))?,
            Some(b'f') => self.ord("false", Slag::Sant(false))?,
            Some(b'n') => self.ord("null", Slag::Tomt)?,
            Some(_) => return Err(self.fel("här borde ett värde stå")),
            None => return Err(self.fel("filen slutar mitt i")),
        };
        Ok(Nod { rad, slag })
    }

    fn ord(&mut self, ord: &str, slag: Slag) -> Result<Slag, JsonFel> {
        if self
            .text
            .get(self.i..)
            .is_some_and(|rest| rest.starts_with(ord))
        {
            self.i += ord.len();
            return Ok(slag);
        }
        Err(self.fel("text ska stå inom citattecken"))
    }

    fn tal(&mut self) -> Result<Slag, JsonFel> {
        let start = self.i;
        while let Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') = self.kika() {
            self.i += 1;
        }
        let skrivet = self.text.get(start..self.i).unwrap_or_default();
        let siffror = skrivet.strip_prefix('-').unwrap_or(skrivet);
        if siffror.is_empty() || (siffror.len() > 1 && siffror.starts_with('0')) {
            return Err(self.fel(&format!("”{skrivet}” är inget tal")));
        }
        Ok(skrivet
            .parse()
            .map_or_else(|_| Slag::AnnatTal(skrivet.to_owned()), Slag::Heltal))
    }

    fn lista(&mut self, djup: usize) -> Result<Slag, JsonFel> {
        self.vanta(b'[')?;
        let mut noder = Vec::new();
        self.blank();
        if self.kika() == Some(b']') {
            self.i += 1;
            return Ok(Slag::Lista(noder));
        }
        loop {
            self.blank();
            noder.push(self.varde(djup + 1)?);
            if noder.len() > GRANSER.rader {
                let text = format!("En lista får ha högst {} rader.", GRANSER.rader);
                return Err(self.grans("underlag-rader", text));
            }
            self.blank();
            if self.kika() == Some(b',') {
                self.i += 1;
                continue;
            }
            self.vanta(b']')?;
            return Ok(Slag::Lista(noder));
        }
    }

    fn objekt(&mut self, djup: usize) -> Result<Slag, JsonFel> {
        self.vanta(b'{')?;
        let mut falt: Vec<Falt> = Vec::new();
        self.blank();
        if self.kika() == Some(b'}') {
            self.i += 1;
            return Ok(Slag::Objekt(falt));
        }
        loop {
            self.blank();
            let rad = self.rad;
            if self.kika() != Some(b'"') {
                return Err(self.fel("här borde ett fältnamn inom citattecken stå"));
            }
            let namn = self.strang()?;
            if falt.iter().any(|f| f.namn == namn) {
                return Err(self.fel(&format!("fältet ”{namn}” står två gånger")));
            }
            self.blank();
            self.vanta(b':')?;
            self.blank();
            let nod = self.varde(djup + 1)?;
            falt.push(Falt { namn, rad, nod });
            if falt.len() > GRANSER.falt {
                let text = format!("Ett objekt får ha högst {} fält.", GRANSER.falt);
                return Err(self.grans("underlag-rader", text));
            }
            self.blank();
            if self.kika() == Some(b',') {
                self.i += 1;
                continue;
            }
            self.vanta(b'}')?;
            return Ok(Slag::Objekt(falt));
        }
    }

    fn strang(&mut self) -> Result<String, JsonFel> {
        self.vanta(b'"')?;
        let mut ut = String::new();
        loop {
            let start = self.i;
            while self
                .kika()
                .is_some_and(|b| b != b'"' && b != b'\\' && b >= 0x20)
            {
                self.i += 1;
            }
            ut.push_str(self.text.get(start..self.i).unwrap_or_default());
            match self.kika() {
                Some(b'"') => {
                    self.i += 1;
                    return Ok(ut);
                }
                Some(b'\\') => {
                    self.i += 1;
                    ut.push(self.flykt()?);
                }
                Some(_) => return Err(self.fel("en text får inte brytas mitt i")),
                None => return Err(self.fel("ett citattecken saknas, texten tar aldrig slut")),
            }
        }
    }

    fn flykt(&mut self) -> Result<char, JsonFel> {
        let b = self.kika();
        self.i += 1;
        match b {
            Some(b @ (b'"' | b'\\' | b'/')) => Ok(char::from(b)),
            Some(b'n') => Ok('\n'),
            Some(b't') => Ok('\t'),
            Some(b'r') => Ok('\r'),
            Some(b'b') => Ok('\u{8}'),
            Some(b'f') => Ok('\u{c}'),
            Some(b'u') => self.kodpunkt(),
            _ => Err(self.fel("okänt tecken efter \\ i en text")),
        }
    }

    fn kodpunkt(&mut self) -> Result<char, JsonFel> {
        let forst = self.hex()?;
        let kod = if (0xD800..0xDC00).contains(&forst) {
            if self
                .text
                .get(self.i..)
                .is_none_or(|rest| !rest.starts_with("\\u"))
            {
                return Err(self.fel("ett halvt tecken (surrogat) i en text"));
            }
            self.i += 2;
            let sist = self.hex()?;
            let lag = sist.checked_sub(0xDC00).filter(|lag| *lag < 0x400);
            lag.map(|lag| 0x1_0000 + ((forst - 0xD800) << 10) + lag)
        } else {
            Some(forst)
        };
        kod.and_then(char::from_u32)
            .ok_or_else(|| self.fel("ett halvt tecken (surrogat) i en text"))
    }

    fn hex(&mut self) -> Result<u32, JsonFel> {
        let siffror = self.text.get(self.i..self.i + 4).unwrap_or_default();
        let kod = Some(siffror)
            .filter(|s| s.len() == 4 && s.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|s| u32::from_str_radix(s, 16).ok())
            .ok_or_else(|| self.fel("\\u ska följas av fyra hexadecimala siffror"))?;
        self.i += 4;
        Ok(kod)
    }
}
