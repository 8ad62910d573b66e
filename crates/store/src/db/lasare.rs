//! The readers: threads with one connection each, that the engine keeps from writing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::anslutning::Nycklar;
use super::ko::Ko;
use super::svar::Jobb;
use super::tidtagare::Tidtagare;
use super::{DbFel, Installningar, Las, Mal};

pub(super) struct LasJobb {
    pub(super) uppdrag: Box<dyn Jobb<Las>>,
    /// Every statement sees the same moment.
    pub(super) samtidigt: bool,
}

pub(super) struct Lasare {
    mal: Mal,
    inst: Installningar,
    ko: Arc<Ko<LasJobb>>,
    nycklar: Nycklar,
    anslutning: Option<Las>,
}

impl Lasare {
    pub(super) fn ny(
        mal: Mal,
        inst: Installningar,
        ko: Arc<Ko<LasJobb>>,
        nycklar: Nycklar,
    ) -> Self {
        Self {
            mal,
            inst,
            ko,
            nycklar,
            anslutning: None,
        }
    }

    /// Until the queue is closed and empty.
    pub(super) fn kor(mut self) {
        // Connected before the first job, so that nobody waits for it. A failure shows
        // itself again at the first job, which is where it can be answered.
        self.anslutning = Las::anslut(&self.mal, &self.inst, &self.nycklar).ok();
        while let Some(jobb) = self.ko.ta() {
            self.kor_jobb(jobb);
        }
    }

    fn kor_jobb(&mut self, mut jobb: LasJobb) {
        let start = Tidtagare::start();
        let mut forsok = 0;
        loop {
            forsok += 1;
            match self.forsok(&mut jobb) {
                Ok(()) => return jobb.uppdrag.svara(),
                Err(fel) => {
                    let nytt = matches!(fel, DbFel::TappadAnslutning) || fel.ar_konflikt();
                    if !nytt || forsok > 2 || start.gatt() >= self.inst.vantan {
                        return jobb.uppdrag.neka(fel);
                    }
                }
            }
        }
    }

    fn forsok(&mut self, jobb: &mut LasJobb) -> Result<(), DbFel> {
        let mut k = match self.anslutning.take() {
            Some(k) => k,
            None => Las::anslut(&self.mal, &self.inst, &self.nycklar)?,
        };
        if jobb.samtidigt {
            k.motor().borja_lasa()?;
        }
        k.ta_trasig();
        let svar = catch_unwind(AssertUnwindSafe(|| jobb.uppdrag.kor(&mut k)));
        // From here an early return drops the connection, and that undoes what it did.
        if svar.is_err() {
            return Err(DbFel::Panik);
        }
        match k.ta_trasig() {
            Some(DbFel::TappadAnslutning) => return Err(DbFel::TappadAnslutning),
            Some(fel) if fel.ar_konflikt() => return Err(fel),
            Some(fel) => jobb.uppdrag.ersatt(fel),
            None => {}
        }
        if jobb.samtidigt && k.motor().i_transaktion() && k.motor().angra().is_err() {
            return Ok(());
        }
        self.anslutning = Some(k);
        Ok(())
    }
}
