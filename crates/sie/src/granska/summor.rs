//! The accounts of a file: which are declared, which are used, and whether their sums agree.

use std::collections::HashMap;

/// One account.
#[derive(Clone, Copy, Debug, Default)]
struct Konto {
    nummer: u32,
    deklarerat: bool,
    /// The first line that uses it.
    anvant: Option<u64>,
    ib: i128,
    rorelse: i128,
    /// The stated balance of the year, and its line.
    saldo: Option<(i128, u64)>,
}

/// So many accounts are followed; no chart has as many.
const FLEST_KONTON: usize = 100_000;
/// Accounts of at most four figures are found without a search.
const KORTA: usize = 10_000;

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Konton {
    konton: Vec<Konto>,
    /// The place of an account in `konton`, from 1, by its number.
    korta: Vec<u32>,
    langa: HashMap<u32, usize>,
    /// Takes the place of accounts beyond what is followed.
    ovriga: Konto,
    full: bool,
}

impl Konton {
    #[inline]
    fn konto(&mut self, nummer: u32) -> &mut Konto {
        let kort = self.korta.get(index(nummer)).copied();
        let plats = match kort.unwrap_or_default() {
            0 => self.plats(nummer),
            plats => Some(index(plats).saturating_sub(1)),
        };
        let konto = plats.and_then(|p| self.konton.get_mut(p));
        konto.unwrap_or(&mut self.ovriga)
    }

    /// The place of an account that has many figures or that is new.
    fn plats(&mut self, nummer: u32) -> Option<usize> {
        if let Some(plats) = self.langa.get(&nummer) {
            return Some(*plats);
        }
        let plats = self.konton.len();
        if plats >= FLEST_KONTON {
            self.full = true;
            return None;
        }
        self.konton.push(Konto {
            nummer,
            ..Konto::default()
        });
        if index(nummer) < KORTA {
            self.korta.resize(KORTA, 0);
            let kort = self.korta.get_mut(index(nummer))?;
            *kort = u32::try_from(self.konton.len()).ok()?;
        } else {
            self.langa.insert(nummer, plats);
        }
        Some(plats)
    }

    /// Whether there were more accounts than are followed.
    pub(super) const fn full(&self) -> bool {
        self.full
    }

    pub(super) fn deklarera(&mut self, konto: u32) {
        self.konto(konto).deklarerat = true;
    }

    pub(super) fn anvand(&mut self, konto: u32, rad: u64) {
        self.konto(konto).anvant.get_or_insert(rad);
    }

    pub(super) fn ib(&mut self, konto: u32, belopp: i64) {
        let konto = self.konto(konto);
        konto.ib = konto.ib.saturating_add(i128::from(belopp));
    }

    /// A row that counts.
    #[inline]
    pub(super) fn rorelse(&mut self, konto: u32, belopp: i64, rad: u64) {
        let konto = self.konto(konto);
        konto.anvant.get_or_insert(rad);
        konto.rorelse = konto.rorelse.saturating_add(i128::from(belopp));
    }

    pub(super) fn saldo(&mut self, konto: u32, belopp: i64, rad: u64) {
        self.konto(konto).saldo = Some((i128::from(belopp), rad));
    }

    /// Accounts that are used and not declared, with the first line that does.
    pub(super) fn odeklarerade(&self) -> Vec<(u32, u64)> {
        let alla = self.konton.iter().filter(|k| !k.deklarerat);
        let mut alla: Vec<_> = alla.filter_map(|k| Some((k.nummer, k.anvant?))).collect();
        alla.sort_unstable();
        alla
    }

    /// Accounts whose stated balance is another than opening balance and vouchers make: the
    /// line of the balance, and stated less computed.
    pub(super) fn skillnader(&self) -> Vec<(u32, u64, i128)> {
        let mut alla = Vec::new();
        for konto in &self.konton {
            let Some((sagt, rad)) = konto.saldo else {
                continue;
            };
            let raknat = konto.ib.saturating_add(konto.rorelse);
            if sagt != raknat {
                alla.push((konto.nummer, rad, sagt.saturating_sub(raknat)));
            }
        }
        alla.sort_unstable();
        alla
    }
}

fn index(tal: u32) -> usize {
    usize::try_from(tal).unwrap_or(usize::MAX)
}
