//! Lines out of a stream, one at a time in one buffer.

use crate::fel::{Fel, Felslag};
use crate::kodning::BOM;
use std::io::{ErrorKind, Read};
use std::ops::Range;

/// The longest line that is taken: far beyond any real one, far below what hurts.
pub const LANGSTA_RAD: usize = 1 << 20;
const STYCKE: usize = 1 << 16;

/// Reads a stream line by line. LF, CR LF and CR alone end a line.
pub(crate) struct Rader<R> {
    kalla: R,
    buffert: Vec<u8>,
    /// What is read into the buffer and not yet stepped past.
    fran: usize,
    till: usize,
    /// The line that was stepped to.
    nu: Range<usize>,
    rad: u64,
    /// Bytes that have been moved out of the buffer.
    forbi: u64,
    slut: bool,
    /// The last line ended with CR: an LF that follows belongs to it.
    efter_cr: bool,
}

impl<R: Read> Rader<R> {
    pub(crate) fn ny(kalla: R) -> Self {
        Self {
            kalla,
            buffert: vec![0; STYCKE],
            fran: 0,
            till: 0,
            nu: 0..0,
            rad: 0,
            forbi: 0,
            slut: false,
            efter_cr: false,
        }
    }

    /// The number of the line last stepped to.
    pub(crate) const fn nummer(&self) -> u64 {
        self.rad
    }

    /// How many bytes have been stepped past.
    pub(crate) const fn lasta(&self) -> u64 {
        // A buffer's length always fits.
        self.forbi.saturating_add(self.fran as u64)
    }

    /// The line last stepped to, without its end.
    pub(crate) fn rad(&self) -> &[u8] {
        self.buffert.get(self.nu.clone()).unwrap_or_default()
    }

    /// Steps to the next line; false when there are no more.
    pub(crate) fn stega(&mut self) -> Result<bool, Fel> {
        let mut sokt = 0;
        loop {
            if self.efter_cr && self.fran < self.till {
                self.efter_cr = false;
                if self.buffert.get(self.fran) == Some(&b'\n') {
                    self.fran = self.fran.saturating_add(1);
                }
            }
            let rest = self.buffert.get(self.fran..self.till).unwrap_or_default();
            let osokt = rest.get(sokt..).unwrap_or_default();
            if let Some(plats) = memchr::memchr2(b'\n', b'\r', osokt) {
                self.ta(sokt.saturating_add(plats));
                return Ok(true);
            }
            sokt = rest.len();
            if sokt > LANGSTA_RAD {
                return Err(self.fel(Felslag::ForLang { tak: LANGSTA_RAD }));
            }
            if self.slut {
                if sokt > 0 {
                    self.ta(sokt);
                }
                return Ok(sokt > 0);
            }
            self.fyll_pa()?;
        }
    }

    /// Makes so many bytes the line, and steps past the sign that ended them.
    fn ta(&mut self, langd: usize) {
        let slut = self.fran.saturating_add(langd);
        self.nu = self.fran..slut;
        if self.rad == 0 && self.rad().starts_with(BOM) {
            self.nu.start = self.nu.start.saturating_add(BOM.len());
        }
        self.rad = self.rad.saturating_add(1);
        self.efter_cr = slut < self.till && self.buffert.get(slut) == Some(&b'\r');
        self.fran = slut.saturating_add(1).min(self.till);
    }

    fn fyll_pa(&mut self) -> Result<(), Fel> {
        if self.fran > 0 {
            self.buffert.copy_within(self.fran..self.till, 0);
            self.till = self.till.saturating_sub(self.fran);
            self.forbi = self.lasta();
            self.fran = 0;
        }
        if self.buffert.len().saturating_sub(self.till) < STYCKE / 2 {
            let ny = self.buffert.len().saturating_mul(2);
            self.buffert.resize(ny, 0);
        }
        loop {
            let plats = self.buffert.get_mut(self.till..).unwrap_or_default();
            match self.kalla.read(plats) {
                Ok(0) => {
                    self.slut = true;
                    return Ok(());
                }
                Ok(antal) => {
                    self.till = self.till.saturating_add(antal).min(self.buffert.len());
                    return Ok(());
                }
                Err(fel) if fel.kind() == ErrorKind::Interrupted => {}
                Err(fel) => return Err(self.fel(Felslag::Las(fel.to_string()))),
            }
        }
    }

    /// Nothing after this is read.
    pub(crate) fn sluta(&mut self) {
        self.slut = true;
        self.fran = self.till;
    }

    fn fel(&mut self, slag: Felslag) -> Fel {
        self.sluta();
        Fel {
            rad: self.rad.saturating_add(1),
            slag,
        }
    }
}
