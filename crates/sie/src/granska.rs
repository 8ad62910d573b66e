//! What does not hold together in a file: the records one by one are right, and still they
//! disagree.

mod nummer;
mod regel;
mod register;
mod sak;
mod summor;

pub use register::{Dimension, Konto, Register};
pub use sak::{Allvar, Anmarkning, Sak};

use crate::fel::{Fel, Felslag, borjan};
use crate::kodning::{Kodning, Text};
use crate::lasare::Lasare;
use crate::poster::{ORDNINGSPOSTER, Post, Radslag, Saldoslag, Sietyp, Ver, Verrad};
use jiff::civil::Date;
use nummer::{Mote, Nummer};
use std::collections::BTreeMap;
use std::io::Read;
use summor::Konton;

/// So many remarks of each weight are kept; of the others only the number. Apart, so that
/// warnings never crowd out what makes the file unfit.
pub const FLEST_ANMARKNINGAR: usize = 1_000;

/// What a file is, seen from its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oversikt {
    /// Which of the four types. Only the fourth has vouchers.
    pub typ: Sietyp,
    /// Whether the file itself says which; the first is meant when it does not.
    pub typ_sagd: bool,
    /// What wrote it, with version.
    pub program: String,
    /// Organisation number, as written.
    pub orgnr: Option<String>,
    /// Whose accounts.
    pub namn: Option<String>,
    /// Currency, when another than SEK.
    pub valuta: Option<String>,
    /// Chart of accounts.
    pub kontoplan: Option<String>,
    /// The day it was written.
    pub skriven: Option<Date>,
    /// The last day that its balances hold (`#OMFATTN`).
    pub omfattar: Option<Date>,
    /// Financial years: number, first and last day.
    pub ar: Vec<(i32, Date, Date)>,
    /// Whether some program has read it before.
    pub flaggad: bool,
    /// The checksum that the file states, when it is also what its content makes. A file need
    /// not have one.
    pub kontrollsumma: Option<u32>,
    /// Labels that the format does not have, and how many times each: they are passed over.
    /// Of a file with many kinds only some are named.
    pub okanda: BTreeMap<String, u64>,
    /// Declared accounts.
    pub konton: usize,
    /// Balances of any kind and year.
    pub saldon: u64,
    /// Vouchers.
    pub verifikationer: u64,
    /// Voucher rows that count.
    pub rader: u64,
    /// The first and the last day of its vouchers.
    pub dagar: Option<(Date, Date)>,
}

impl Oversikt {
    /// The financial year that the file is of.
    #[must_use]
    pub fn arets(&self) -> Option<(Date, Date)> {
        let arets = self.ar.iter().find(|(nr, ..)| *nr == 0);
        arets.map(|(_, fran, till)| (*fran, *till))
    }

    /// Whether the file is of type 4, with vouchers to import.
    #[must_use]
    pub fn har_verifikationer(&self) -> bool {
        self.typ == Sietyp::Verifikationer
    }

    /// How many records had a label that the format does not have.
    #[must_use]
    pub fn antal_okanda(&self) -> u64 {
        self.okanda
            .values()
            .fold(0, |s, antal| s.saturating_add(*antal))
    }

    /// Whether it is a 4I: vouchers for import into an accounting system, without its chart, or
    /// with neither year nor balances.
    #[must_use]
    pub fn ar_4i(&self) -> bool {
        let utan_ar = self.saldon == 0 && self.arets().is_none();
        self.har_verifikationer() && (self.konton == 0 || utan_ar)
    }
}

/// A file that has been read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granskad {
    /// The character set it was read in.
    pub kodning: Kodning,
    /// What it is.
    pub oversikt: Oversikt,
    /// What it declares.
    pub register: Register,
    /// What is wrong with it, line by line; of each weight at most [`FLEST_ANMARKNINGAR`].
    pub anmarkningar: Vec<Anmarkning>,
    /// How many remarks there were beyond those.
    pub fler: u64,
    fel: u64,
}

impl Granskad {
    /// Whether anything makes its figures unfit to rely on.
    #[must_use]
    pub const fn har_fel(&self) -> bool {
        self.fel > 0
    }

    /// How many such there are, also beyond those that are listed.
    #[must_use]
    pub const fn antal_fel(&self) -> u64 {
        self.fel
    }
}

/// The voucher that is being read.
#[derive(Debug)]
struct Oppen {
    rad: u64,
    /// Whether every row of it could be read.
    hel: bool,
    summa: i128,
    rader: u64,
    /// An added row that waits for its twin: account, amount and line.
    tillagd: Option<(u32, i64, u64)>,
}

/// Limits that have been reached.
#[derive(Debug, Default)]
struct Sagt {
    register: bool,
    ar: bool,
    nummer: bool,
}

/// So many years a file may be of.
const FLEST_AR: usize = 100;

/// Takes records, and says what does not hold together.
#[derive(Debug)]
pub struct Granskare {
    oversikt: Oversikt,
    anmarkningar: Vec<Anmarkning>,
    /// How many more faults and warnings there is room for.
    kvar: (usize, usize),
    fler: u64,
    fel: u64,
    register: Register,
    /// What may be said once has been said.
    sagt: Sagt,
    konton: Konton,
    oppen: Option<Oppen>,
    nummer: Nummer,
    forsta: bool,
    flagga: bool,
    format: bool,
    sagd_summa: Option<(u64, u32)>,
}

impl Default for Granskare {
    fn default() -> Self {
        Self {
            oversikt: Oversikt::default(),
            anmarkningar: Vec::new(),
            kvar: (FLEST_ANMARKNINGAR, FLEST_ANMARKNINGAR),
            fler: 0,
            fel: 0,
            register: Register::default(),
            sagt: Sagt::default(),
            konton: Konton::default(),
            oppen: None,
            nummer: Nummer::default(),
            forsta: true,
            flagga: false,
            format: false,
            sagd_summa: None,
        }
    }
}

impl Granskare {
    /// Reads a whole file, and says what it is and what is wrong with it.
    pub fn granska<R: Read>(kalla: R, kodning: Kodning) -> Granskad {
        let mut lasare = Lasare::ny(kalla, kodning);
        let mut granskare = Self::default();
        while let Some(post) = lasare.nasta() {
            match post {
                Ok((rad, post)) => granskare.ta(rad, &post),
                Err(fel) => granskare.fel(fel),
            }
        }
        granskare.klar(&lasare)
    }

    /// Takes the next record of the file.
    pub fn ta(&mut self, rad: u64, post: &Post<'_>) {
        if self.forsta {
            self.forsta = false;
            if !matches!(post, Post::Flagga(_) | Post::Ksumma(None)) {
                self.anmark(rad, Sak::FlagganInteForst);
            }
        }
        if matches!(post, Post::Saldo { .. } | Post::Period { .. }) {
            self.oversikt.saldon = self.oversikt.saldon.saturating_add(1);
        }
        match post {
            Post::Rad(r) => self.verrad(rad, r),
            Post::Slut => self.slut(rad),
            Post::Ver(ver) => self.ver(rad, ver),
            Post::Konto { konto, .. } => {
                self.konton.deklarera(*konto);
                self.oversikt.konton = self.oversikt.konton.saturating_add(1);
                self.deklaration(rad, post);
            }
            Post::Saldo {
                slag,
                ar: 0,
                konto,
                belopp,
                ..
            } => {
                self.konton.anvand(*konto, rad);
                match slag {
                    Saldoslag::Ib => self.konton.ib(*konto, *belopp),
                    Saldoslag::Ub | Saldoslag::Res => self.konton.saldo(*konto, *belopp, rad),
                    Saldoslag::Oib | Saldoslag::Oub => {}
                }
            }
            Post::Saldo { konto, .. } | Post::Period { konto, .. } => {
                self.konton.anvand(*konto, rad);
            }
            _ => self.huvud(rad, post),
        }
    }

    /// Takes a fault in the place of a record.
    pub fn fel(&mut self, fel: Fel) {
        if fel.slag == Felslag::Oavslutad {
            self.oppen = None;
        } else if let Some(oppen) = self.oppen.as_mut() {
            // A row that cannot be read is not said to leave the voucher out of balance too.
            oppen.hel = false;
        }
        self.anmark(fel.rad, Sak::Rad(fel.slag));
    }

    /// How many faults there have been.
    pub(crate) const fn antal_fel(&self) -> u64 {
        self.fel
    }

    pub(crate) const fn oversikt(&self) -> &Oversikt {
        &self.oversikt
    }

    pub(crate) const fn register(&self) -> &Register {
        &self.register
    }

    pub(crate) fn anmarkningar(&self) -> &[Anmarkning] {
        &self.anmarkningar
    }

    /// Keeps what is declared, as long as there is room.
    fn deklaration(&mut self, rad: u64, post: &Post<'_>) {
        if !self.register.ta(post) && !std::mem::replace(&mut self.sagt.register, true) {
            let vad = "konton, objekt eller namn";
            self.anmark(rad, Sak::ForMycket { vad });
        }
    }

    pub(crate) fn anmark(&mut self, rad: u64, sak: Sak) {
        if sak.allvar() == Allvar::Fel {
            self.fel = self.fel.saturating_add(1);
        }
        let kvar = match sak.allvar() {
            Allvar::Fel => &mut self.kvar.0,
            Allvar::Varning => &mut self.kvar.1,
        };
        if let Some(farre) = kvar.checked_sub(1) {
            *kvar = farre;
            self.anmarkningar.push(Anmarkning { rad, sak });
        } else {
            self.fler = self.fler.saturating_add(1);
        }
    }

    fn huvud(&mut self, rad: u64, post: &Post<'_>) {
        let o = &mut self.oversikt;
        match post {
            Post::Flagga(flagga) => {
                self.flagga = true;
                o.flaggad = *flagga;
                if *flagga {
                    self.anmark(rad, Sak::Flaggad);
                }
            }
            Post::Format(format) => {
                self.format = true;
                if *format != "PC8" {
                    self.anmark(rad, Sak::AnnatFormat(borjan(&format.las())));
                }
            }
            Post::Program { namn, version } => {
                o.program = format!("{namn} {version}").trim().to_owned();
            }
            Post::Gen { datum, .. } => o.skriven = *datum,
            Post::Omfattn(dag) => o.omfattar = Some(*dag),
            Post::Sietyp(typ) => (o.typ, o.typ_sagd) = (*typ, true),
            Post::Orgnr(nummer) => {
                let ny = nummer.las().into_owned();
                let fore = o.orgnr.replace(ny.clone()).filter(|fore| *fore != ny);
                if let Some(fore) = fore {
                    self.anmark(rad, Sak::TvaForetag(borjan(&fore), borjan(&ny)));
                }
            }
            Post::Fnamn(namn) => o.namn = Some(namn.las().into_owned()),
            Post::Valuta(valuta) => {
                o.valuta = Some(valuta.las().into_owned()).filter(|v| v != "SEK");
            }
            Post::Kptyp(typ) => o.kontoplan = Some(typ.las().into_owned()),
            Post::Rar { nr, fran, till } => self.rakenskapsar(rad, (*nr, *fran, *till)),
            Post::Ovrig { etikett, .. } => okand(&mut o.okanda, *etikett),
            Post::Ksumma(Some(summa)) => self.sagd_summa = Some((rad, *summa)),
            _ => self.deklaration(rad, post),
        }
    }

    fn rakenskapsar(&mut self, rad: u64, nytt: (i32, Date, Date)) {
        let (nr, fran, till) = nytt;
        if fran > till {
            self.anmark(rad, Sak::AretBaklanges(nr));
        }
        let krock = |(annat, f, t): &&(i32, Date, Date)| *annat == nr || (*f <= till && fran <= *t);
        if let Some((annat, ..)) = self.oversikt.ar.iter().find(krock).copied() {
            self.anmark(rad, Sak::ArenKrockar(annat, nr));
        }
        if self.oversikt.ar.len() < FLEST_AR {
            self.oversikt.ar.push(nytt);
        } else if !std::mem::replace(&mut self.sagt.ar, true) {
            self.anmark(rad, Sak::ForMycket { vad: "år" });
        }
    }

    fn ver(&mut self, rad: u64, ver: &Ver<'_>) {
        let o = &mut self.oversikt;
        o.verifikationer = o.verifikationer.saturating_add(1);
        let (fran, till) = o.dagar.unwrap_or((ver.datum, ver.datum));
        o.dagar = Some((fran.min(ver.datum), till.max(ver.datum)));
        let utanfor = o
            .arets()
            .filter(|(fran, till)| ver.datum < *fran || ver.datum > *till);
        if let Some((fran, till)) = utanfor {
            self.anmark(
                rad,
                Sak::UtanforAret {
                    datum: ver.datum,
                    fran,
                    till,
                },
            );
        }
        if !ver.nummer.ar_tom() {
            match self.nummer.ta(ver.serie.ra(), ver.nummer.ra()) {
                Mote::Nytt => {}
                Mote::Sett => self.anmark(rad, Sak::SammaNummer(namnet(ver))),
                Mote::Fullt => {
                    if !std::mem::replace(&mut self.sagt.nummer, true) {
                        let vad = "verifikationsnummer";
                        self.anmark(rad, Sak::ForMycket { vad });
                    }
                }
            }
        }
        self.oppen = Some(Oppen {
            rad,
            hel: true,
            summa: 0,
            rader: 0,
            tillagd: None,
        });
    }

    fn verrad(&mut self, rad: u64, r: &Verrad<'_>) {
        if r.slag != Radslag::Trans || self.oppen.is_none() {
            self.konton.anvand(r.konto, rad);
        }
        let Some(oppen) = self.oppen.as_mut() else {
            return;
        };
        let vantade = oppen.tillagd.take();
        match r.slag {
            Radslag::Rtrans => oppen.tillagd = Some((r.konto, r.belopp, rad)),
            Radslag::Btrans => {}
            Radslag::Trans => {
                oppen.summa = oppen.summa.saturating_add(i128::from(r.belopp));
                oppen.rader = oppen.rader.saturating_add(1);
                self.konton.rorelse(r.konto, r.belopp, rad);
                self.oversikt.rader = self.oversikt.rader.saturating_add(1);
            }
        }
        if let Some(dim) = r.objekt.dubbel_dimension() {
            self.anmark(rad, Sak::SammaDimension(dim));
        }
        let tvilling = r.slag == Radslag::Trans;
        if let Some((konto, belopp, dess)) = vantade
            && !(tvilling && (konto, belopp) == (r.konto, r.belopp))
        {
            self.anmark(dess, Sak::TillagdUtanTvilling);
        }
    }

    fn slut(&mut self, rad: u64) {
        let Some(oppen) = self.oppen.take() else {
            return;
        };
        if let Some((_, _, dess)) = oppen.tillagd {
            self.anmark(dess, Sak::TillagdUtanTvilling);
        }
        if !oppen.hel {
            return;
        }
        if oppen.summa != 0 {
            self.anmark(
                oppen.rad,
                Sak::Obalans {
                    skillnad: oppen.summa,
                },
            );
        } else if oppen.rader == 0 {
            self.anmark(rad, Sak::UtanRader);
        }
    }

    /// The file is at its end.
    pub fn klar<R: Read>(mut self, lasare: &Lasare<R>) -> Granskad {
        self.summan(lasare);
        self.saknas(lasare.kodning());
        let avsteg = lasare.avsteg();
        if let Some(rad) = avsteg.komma {
            self.anmark(rad, Sak::Komma);
        }
        if let Some(rad) = avsteg.utan_lista {
            self.anmark(rad, Sak::UtanLista);
        }
        let deklarerar = self.oversikt.konton > 0;
        let konton = std::mem::take(&mut self.konton);
        if konton.full() {
            self.anmark(0, Sak::ForMycket { vad: "konton" });
        }
        if deklarerar {
            for (konto, rad) in konton.odeklarerade() {
                self.anmark(rad, Sak::OkantKonto(konto));
            }
        }
        if self.oversikt.typ == Sietyp::Verifikationer {
            for (konto, rad, skillnad) in konton.skillnader() {
                self.anmark(rad, Sak::Saldo { konto, skillnad });
            }
        }
        self.anmarkningar.sort_by_key(|a| a.rad);
        Granskad {
            kodning: lasare.kodning(),
            oversikt: self.oversikt,
            register: self.register,
            anmarkningar: self.anmarkningar,
            fler: self.fler,
            fel: self.fel,
        }
    }

    fn summan<R: Read>(&mut self, lasare: &Lasare<R>) {
        match (self.sagd_summa, lasare.raknad_summa()) {
            (Some((rad, sagd)), Some(raknad)) if !raknad.ar(sagd) => {
                let raknad = raknad.pc8;
                self.anmark(rad, Sak::AnnanSumma { sagd, raknad });
            }
            (Some((_, sagd)), Some(_)) => self.oversikt.kontrollsumma = Some(sagd),
            (Some((rad, _)), None) => self.anmark(rad, Sak::SummaUtanBorjan),
            _ => {}
        }
        if lasare.summan_vantar() {
            self.anmark(0, Sak::Avbruten);
        }
    }

    /// What should have been said, and was not.
    fn saknas(&mut self, kodning: Kodning) {
        if !self.flagga {
            self.anmark(0, Sak::Saknas("#FLAGGA"));
        }
        if !self.format {
            self.anmark(0, Sak::Saknas("#FORMAT"));
        }
        if kodning != Kodning::Cp437 {
            self.anmark(0, Sak::AnnanKodning(kodning));
        }
        if let Some(valuta) = &self.oversikt.valuta {
            self.anmark(0, Sak::AnnanValuta(borjan(valuta)));
        }
        let okanda = self.oversikt.antal_okanda();
        if okanda > 0 {
            self.anmark(0, Sak::Okanda(okanda));
        }
        let typ = self.oversikt.typ;
        if self.oversikt.verifikationer > 0 && typ != Sietyp::Verifikationer {
            self.anmark(0, Sak::VerifikationerIFelTyp(typ));
        }
        if self.oversikt.orgnr.is_none() {
            self.anmark(0, Sak::Saknas("#ORGNR"));
        }
        // Only a 4I may leave its year out.
        if self.oversikt.arets().is_none() && !self.oversikt.ar_4i() {
            self.anmark(0, Sak::AretSaknas);
        }
    }
}

/// Counts a label that is not known; beyond so many kinds all as one.
fn okand(okanda: &mut BTreeMap<String, u64>, etikett: Text<'_>) {
    const FLEST: usize = 50;
    let mut namn = borjan(&etikett.las());
    if ORDNINGSPOSTER.contains(&namn.as_str()) {
        return;
    }
    if okanda.len() >= FLEST && !okanda.contains_key(&namn) {
        "#…".clone_into(&mut namn);
    }
    let antal = okanda.entry(namn).or_default();
    *antal = antal.saturating_add(1);
}

/// A voucher as people call it.
fn namnet(ver: &Ver<'_>) -> String {
    borjan(format!("{} {}", ver.serie, ver.nummer).trim())
}
