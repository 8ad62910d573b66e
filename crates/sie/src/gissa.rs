//! Which character set a file is written in, from its bytes as they come.

use crate::kodning::{BOM, Kodning};
use std::io::{self, ErrorKind, Read};

/// `å ä ö Å Ä Ö é É ü Ü` in code page 437.
const CP437_SVENSKA: [u8; 10] = [0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99, 0x82, 0x90, 0x81, 0x9a];
/// The same in Latin-1.
const LATIN1_SVENSKA: [u8; 10] = [0xe5, 0xe4, 0xf6, 0xc5, 0xc4, 0xd6, 0xe9, 0xc9, 0xfc, 0xdc];

/// What has been seen so far.
struct Gissning {
    /// The first three bytes.
    forst: Vec<u8>,
    lasta: u64,
    /// Whether any byte was beyond ASCII.
    hogt: bool,
    /// Whether everything so far is UTF-8, but for what is in `svans`.
    utf8: bool,
    /// The beginning of a character whose end has not come.
    svans: Vec<u8>,
    antal: [u64; 256],
}

impl Gissning {
    const fn ny() -> Self {
        Self {
            forst: Vec::new(),
            lasta: 0,
            hogt: false,
            utf8: true,
            svans: Vec::new(),
            antal: [0; 256],
        }
    }

    fn ta(&mut self, bytes: &[u8]) {
        let saknas = BOM.len().saturating_sub(self.forst.len());
        self.forst.extend(bytes.iter().take(saknas));
        self.lasta = self.lasta.saturating_add(bytes.len() as u64);
        if self.svans.is_empty() && bytes.is_ascii() {
            return;
        }
        self.hogt = true;
        for byte in bytes {
            if let Some(antal) = self.antal.get_mut(usize::from(*byte)) {
                *antal = antal.wrapping_add(1);
            }
        }
        if self.utf8 {
            self.prova_utf8(bytes);
        }
    }

    fn prova_utf8(&mut self, bytes: &[u8]) {
        let hela;
        let bytes = if self.svans.is_empty() {
            bytes
        } else {
            hela = [&self.svans, bytes].concat();
            &hela
        };
        let svans = match str::from_utf8(bytes) {
            Ok(_) => Some([].as_slice()),
            Err(fel) if fel.error_len().is_none() => bytes.get(fel.valid_up_to()..),
            Err(_) => None,
        };
        let svans = svans.map(<[u8]>::to_vec);
        self.utf8 = svans.is_some();
        self.svans = svans.unwrap_or_default();
    }

    fn svar(&self) -> Kodning {
        let summa = |tecken: [u8; 10]| -> u64 {
            let dess = tecken
                .iter()
                .filter_map(|t| self.antal.get(usize::from(*t)));
            dess.sum()
        };
        if self.forst == BOM {
            Kodning::Utf8
        } else if !self.hogt {
            Kodning::Cp437
        } else if self.utf8 && self.lasta > self.svans.len() as u64 {
            Kodning::Utf8
        } else if summa(LATIN1_SVENSKA) > summa(CP437_SVENSKA) {
            Kodning::Latin1
        } else {
            Kodning::Cp437
        }
    }
}

impl Kodning {
    /// The character set of a file's bytes, or of as many as there are at hand. Bytes that are
    /// valid UTF-8 beyond ASCII are UTF-8; else whichever of the other two has more of the
    /// letters that Swedish is written with. Pure ASCII is what the format says: code page 437.
    ///
    /// The first Swedish letter can stand far into a file: ask of the whole of it, or
    /// [of the stream](Self::gissa_ur).
    #[must_use]
    pub fn gissa(bytes: &[u8]) -> Self {
        let mut gissning = Gissning::ny();
        gissning.ta(bytes);
        gissning.svar()
    }

    /// The same of a stream, which is read to its end. At gigabytes a second it costs little to
    /// read a file once for this and then again.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub fn gissa_ur(mut kalla: impl Read) -> io::Result<Self> {
        let mut gissning = Gissning::ny();
        let mut stycke = vec![0; 1 << 16];
        loop {
            match kalla.read(&mut stycke) {
                Ok(0) => return Ok(gissning.svar()),
                Ok(antal) => gissning.ta(stycke.get(..antal).unwrap_or_default()),
                Err(fel) if fel.kind() == ErrorKind::Interrupted => {}
                Err(fel) => return Err(fel),
            }
        }
    }
}
