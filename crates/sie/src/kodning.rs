//! The bytes of a text: which character set a file is written in, and texts that are decoded
//! only when somebody reads them.

use std::borrow::Cow;

/// A character set that SIE files come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kodning {
    /// Code page 437, "PC8": the only one that the format allows (4B, chapter 5.5).
    #[default]
    Cp437,
    /// ISO 8859-1 with the additions of Windows 1252. Not allowed, but met.
    Latin1,
    /// UTF-8, with or without a byte order mark. Not allowed, but met.
    Utf8,
}

/// `0x80..=0xff` of code page 437.
const CP437: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', 'É', 'æ', 'Æ',
    'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', '¢', '£', '¥', '₧', 'ƒ', 'á', 'í', 'ó', 'ú', 'ñ', 'Ñ',
    'ª', 'º', '¿', '⌐', '¬', '½', '¼', '¡', '«', '»', '░', '▒', '▓', '│', '┤', '╡', '╢', '╖', '╕',
    '╣', '║', '╗', '╝', '╜', '╛', '┐', '└', '┴', '┬', '├', '─', '┼', '╞', '╟', '╚', '╔', '╩', '╦',
    '╠', '═', '╬', '╧', '╨', '╤', '╥', '╙', '╘', '╒', '╓', '╫', '╪', '┘', '┌', '█', '▄', '▌', '▐',
    '▀', 'α', 'ß', 'Γ', 'π', 'Σ', 'σ', 'µ', 'τ', 'Φ', 'Θ', 'Ω', 'δ', '∞', 'φ', 'ε', '∩', '≡', '±',
    '≥', '≤', '⌠', '⌡', '÷', '≈', '°', '∙', '·', '√', 'ⁿ', '²', '■', '\u{a0}',
];
/// `0x80..=0x9f` of Windows 1252; what it leaves undefined is kept as the control character.
const CP1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];
/// The mark that some programs put first in UTF-8.
pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";

impl Kodning {
    /// How it is named to a reader.
    #[must_use]
    pub const fn namn(self) -> &'static str {
        match self {
            Self::Cp437 => "PC8 (CP437)",
            Self::Latin1 => "Latin-1",
            Self::Utf8 => "UTF-8",
        }
    }

    /// The text of these bytes. Nothing is refused: what is no UTF-8 becomes U+FFFD.
    #[must_use]
    pub fn avkoda(self, bytes: &[u8]) -> Cow<'_, str> {
        if let (true, Ok(text)) = (bytes.is_ascii(), str::from_utf8(bytes)) {
            return Cow::Borrowed(text);
        }
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes),
            Self::Cp437 => bytes.iter().map(|b| hog(*b, &CP437)).collect(),
            Self::Latin1 => bytes.iter().map(|b| hog(*b, &CP1252)).collect(),
        }
    }

    /// The byte of a character in code page 437, if it has one.
    #[must_use]
    pub fn pc8(tecken: char) -> Option<u8> {
        if tecken.is_ascii() {
            return u8::try_from(tecken).ok();
        }
        let plats = CP437.iter().position(|t| *t == tecken)?;
        u8::try_from(plats.saturating_add(128)).ok()
    }
}

fn hog(byte: u8, tabell: &[char]) -> char {
    let plats = byte.checked_sub(128).map(usize::from);
    plats
        .and_then(|p| tabell.get(p))
        .copied()
        .unwrap_or(char::from(byte))
}

/// A text of a file, still in its bytes. Comparing two compares what they say.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    bytes: &'a [u8],
    kodning: Kodning,
    bakstreck: bool,
}

impl<'a> Text<'a> {
    /// Bytes in a character set; `bakstreck` when a `\"` in them stands for `"`.
    pub(crate) const fn ny(bytes: &'a [u8], kodning: Kodning, bakstreck: bool) -> Self {
        Self {
            bytes,
            kodning,
            bakstreck,
        }
    }

    /// The empty text.
    pub(crate) const fn tom() -> Self {
        Self::ny(b"", Kodning::Cp437, false)
    }

    /// Whether it says nothing.
    #[must_use]
    pub const fn ar_tom(self) -> bool {
        self.bytes.is_empty()
    }

    /// The text. Borrowed when it is plain ASCII without escapes.
    #[must_use]
    pub fn las(self) -> Cow<'a, str> {
        let text = self.kodning.avkoda(self.bytes);
        if self.bakstreck {
            Cow::Owned(text.replace("\\\"", "\""))
        } else {
            text
        }
    }

    /// The bytes as in the file, without surrounding quotes and with their escapes.
    pub(crate) const fn ra(self) -> &'a [u8] {
        self.bytes
    }

    /// The bytes that count in a checksum: as in the file, but for the backslashes of escapes
    /// (4B, chapter 7: "separators, quotation marks that surround a field, … are left out").
    #[inline]
    pub(crate) fn for_summan(self, ut: &mut Vec<u8>) {
        if !self.bakstreck {
            return ut.extend_from_slice(self.bytes);
        }
        let mut rest = self.bytes;
        while let Some(plats) = memchr::memmem::find(rest, b"\\\"") {
            let (fore, efter) = rest.split_at(plats);
            ut.extend_from_slice(fore);
            ut.push(b'"');
            rest = efter.get(2..).unwrap_or_default();
        }
        ut.extend_from_slice(rest);
    }
}

impl std::fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.las())
    }
}

impl std::fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.las())
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, andra: &Self) -> bool {
        self.las() == andra.las()
    }
}

impl Eq for Text<'_> {}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, andra: &str) -> bool {
        self.las() == andra
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, andra: &&str) -> bool {
        self.las() == *andra
    }
}
