//! The accounts of a file: which are declared, which are used, and whether their sums agree.

use std::collections::HashMap;

/// One account.
#[derive(Clone, Copy, Debug, Default)]
struct Konto {
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

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Konton {
    konton: HashMap<u32, Konto>,
    /// Takes the place of accounts beyond what is followed.
    ovriga: Konto,
    full: bool,
}

impl Konton {
    fn konto(&mut self, konto: u32) -> &mut Konto {
        if self.konton.len() >= FLEST_KONTON && !self.konton.contains_key(&konto) {
            self.full = true;
            return &mut self.ovriga;
        }
        self.konton.entry(konto).or_default()
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

    pub(super) fn rorelse(&mut self, konto: u32, belopp: i64) {
        let konto = self.konto(konto);
        konto.rorelse = konto.rorelse.saturating_add(i128::from(belopp));
    }

    pub(super) fn saldo(&mut self, konto: u32, belopp: i64, rad: u64) {
        self.konto(konto).saldo = Some((i128::from(belopp), rad));
    }

    /// Accounts that are used and not declared, with the first line that does.
    pub(super) fn odeklarerade(&self) -> Vec<(u32, u64)> {
        let alla = self.konton.iter().filter(|(_, k)| !k.deklarerat);
        let mut alla: Vec<_> = alla.filter_map(|(nr, k)| Some((*nr, k.anvant?))).collect();
        alla.sort_unstable();
        alla
    }

    /// Accounts whose stated balance is another than opening balance and vouchers make: the
    /// line of the balance, and stated less computed.
    pub(super) fn skillnader(&self) -> Vec<(u32, u64, i128)> {
        let mut alla = Vec::new();
        for (nr, konto) in &self.konton {
            let Some((sagt, rad)) = konto.saldo else {
                continue;
            };
            let raknat = konto.ib.saturating_add(konto.rorelse);
            if sagt != raknat {
                alla.push((*nr, rad, sagt.saturating_sub(raknat)));
            }
        }
        alla.sort_unstable();
        alla
    }
}
