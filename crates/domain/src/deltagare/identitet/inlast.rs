//! From what was typed to twelve places and a sign, and the names of what cannot be read.

use super::nekat::{Alfabet, Nekat};
use zeroize::Zeroizing;

/// What was typed, without spaces and sign. Nothing is known of the number yet.
pub(super) struct Inlast {
    /// ASCII digits from the first place: ten (and two zeros after) or twelve.
    pub(super) siffror: Box<Zeroizing<[u8; 12]>>,
    /// Whether they are ten.
    pub(super) tio: bool,
    /// Whether there was a plus.
    pub(super) plus: bool,
}

/// Digits and ASCII letters as they come.
struct Symboler {
    platser: Box<Zeroizing<[u8; 12]>>,
    antal: usize,
    bokstaver: usize,
    /// The sign, and how many symbols came before it.
    tecken: Option<(usize, char)>,
}

impl Inlast {
    /// # Errors
    /// The reason that it cannot be a number.
    pub(super) fn av(text: &str) -> Result<Self, Nekat> {
        let symboler = Symboler::av(text)?;
        if let Some(nekat) = symboler.bokstav() {
            return Err(nekat);
        }
        let tio = match symboler.antal {
            0 if symboler.tecken.is_none() => return Err(Nekat::Tomt),
            10 => true,
            12 => false,
            _ => return Err(Nekat::Langd),
        };
        let plus = match symboler.tecken {
            None => false,
            Some((fore, tecken)) if fore.saturating_add(4) == symboler.antal => tecken == '+',
            Some(_) => return Err(Nekat::TecknetsPlats),
        };
        Ok(Self {
            siffror: symboler.platser,
            tio,
            plus,
        })
    }
}

impl Symboler {
    fn av(text: &str) -> Result<Self, Nekat> {
        let mut symboler = Self {
            platser: Box::new(Zeroizing::new([b'0'; 12])),
            antal: 0,
            bokstaver: 0,
            tecken: None,
        };
        for tecken in text.chars() {
            match tecken {
                ' ' | '\u{a0}' | '\u{202f}' => {}
                '-' | '+' => {
                    let forut = symboler.tecken.replace((symboler.antal, tecken));
                    if forut.is_some() {
                        return Err(Nekat::TecknetsPlats);
                    }
                }
                t if t.is_ascii_alphanumeric() => symboler.lagg(t),
                t => return Err(frammande(t)),
            }
        }
        Ok(symboler)
    }

    /// What does not fit is only counted: it is too long.
    fn lagg(&mut self, tecken: char) {
        if let (Some(plats), Ok(byte)) = (self.platser.get_mut(self.antal), u8::try_from(tecken)) {
            *plats = byte;
        }
        self.antal = self.antal.saturating_add(1);
        if tecken.is_ascii_alphabetic() {
            self.bokstaver = self.bokstaver.saturating_add(1);
        }
    }

    /// What the ASCII letters make it, when there are any.
    fn bokstav(&self) -> Option<Nekat> {
        if self.bokstaver == 0 {
            return None;
        }
        let hel = matches!(self.antal, 10 | 12);
        let skrivet = self.platser.get(..self.antal).filter(|_| hel);
        Some(match skrivet.and_then(|s| s.last_chunk::<4>()) {
            Some([b'T' | b't', b'F' | b'f', ..]) if self.bokstaver == 2 => Nekat::TfNummer,
            // These are typed for the digits they look like.
            Some([b'O' | b'o' | b'I' | b'l', ..]) => Nekat::Bokstav(Alfabet::Latinskt),
            Some([forsta, ..]) if self.bokstaver == 1 && forsta.is_ascii_alphabetic() => {
                Nekat::Interimsnummer
            }
            _ => Nekat::Bokstav(Alfabet::Latinskt),
        })
    }
}

/// What a character is that no number holds.
fn frammande(tecken: char) -> Nekat {
    match tecken {
        // Left-to-right marks and their like: the number would not be what it looks like.
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Nekat::Skrivriktning
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => Nekat::OsynligtTecken,
        t if t.is_control() => Nekat::OsynligtTecken,
        '\u{ff10}'..='\u{ff19}' => Nekat::Helbreddssiffra,
        t if t.is_numeric() => Nekat::FrammandeSiffra,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            Nekat::AnnatStreck
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' if tecken.is_alphabetic() => {
            Nekat::Bokstav(Alfabet::Grekiskt)
        }
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{a640}'..='\u{a69f}'
            if tecken.is_alphabetic() =>
        {
            Nekat::Bokstav(Alfabet::Kyrilliskt)
        }
        '\u{c0}'..='\u{24f}' if tecken.is_alphabetic() => Nekat::Bokstav(Alfabet::Latinskt),
        t if t.is_alphabetic() => Nekat::Bokstav(Alfabet::Annat),
        _ => Nekat::AnnatTecken,
    }
}
