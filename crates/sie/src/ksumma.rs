//! The checksum of a file (4B, chapter 7): CRC-32 over labels and fields alone.

use crate::falt::Falt;
use crate::kodning::Kodning;

/// Bytes are gathered until there are so many: the sum is quick over many and slow over few.
const STYCKE: usize = 1 << 14;

/// What a checksum is, both ways it can have been computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raknad {
    /// Over the bytes of code page 437, as the format says.
    pub pc8: u32,
    /// Over the bytes of the file, when it is in another character set than it may be.
    pub filens: u32,
}

impl Raknad {
    /// Whether this is the sum that a file states.
    #[must_use]
    pub const fn ar(self, sagd: u32) -> bool {
        self.pc8 == sagd || self.filens == sagd
    }
}

/// A checksum under way.
#[derive(Debug)]
pub(crate) struct Summa {
    kodning: Kodning,
    pc8: crc32fast::Hasher,
    filens: crc32fast::Hasher,
    buffert: Vec<u8>,
}

impl Summa {
    pub(crate) fn ny(kodning: Kodning) -> Self {
        Self {
            kodning,
            pc8: crc32fast::Hasher::new(),
            filens: crc32fast::Hasher::new(),
            buffert: Vec::with_capacity(STYCKE),
        }
    }

    /// Takes the label and the fields of a line.
    pub(crate) fn ta(&mut self, rad: &[u8]) {
        Falt::ny(rad, self.kodning).for_summan(&mut self.buffert);
        self.radslut();
    }

    /// Where the label and the fields of a line are to be put, and then [`Self::radslut`].
    #[inline]
    pub(crate) const fn buffert(&mut self) -> &mut Vec<u8> {
        &mut self.buffert
    }

    /// The line is whole.
    #[inline]
    pub(crate) fn radslut(&mut self) {
        if self.buffert.len() >= STYCKE || self.kodning != Kodning::Cp437 {
            self.tom();
        }
    }

    /// A line could not be read: its fields are put again, from the length that was there.
    #[cold]
    pub(crate) fn om(&mut self, langd: usize, rad: &[u8]) {
        self.buffert.truncate(langd);
        self.ta(rad);
    }

    fn tom(&mut self) {
        if self.kodning == Kodning::Cp437 {
            self.pc8.update(&self.buffert);
        } else {
            // A whole line at a time, so that no character is cut.
            self.filens.update(&self.buffert);
            let text = self.kodning.avkoda(&self.buffert);
            let bytes = text.chars().map(|t| Kodning::pc8(t).unwrap_or(b'?'));
            self.pc8.update(&bytes.collect::<Vec<u8>>());
        }
        self.buffert.clear();
    }

    pub(crate) fn klar(mut self) -> Raknad {
        self.tom();
        let pc8 = self.pc8.finalize();
        let filens = if self.kodning == Kodning::Cp437 {
            pc8
        } else {
            self.filens.finalize()
        };
        Raknad { pc8, filens }
    }
}
