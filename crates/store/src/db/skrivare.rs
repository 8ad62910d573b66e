//! The one writer: a thread that gathers jobs into groups with one COMMIT.
//!
//! State machine of a group: BEGIN → (SAVEPOINT → job → RELEASE or ROLLBACK TO)* → COMMIT →
//! answers. A conflict or a lost connection before COMMIT runs the whole group again; a job
//! that panics, or that made the engine undo the transaction, is answered and left out of
//! the rerun. After a connection lost *during* COMMIT nothing is rerun: nobody knows.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::anslutning::Nycklar;
use super::ko::Ko;
use super::svar::Jobb;
use super::tidtagare::Tidtagare;
use super::{DbFel, Installningar, Mal, Skriv};

type Uppdrag = Box<dyn Jobb<Skriv>>;

pub(super) struct SkrivJobb {
    pub(super) uppdrag: Uppdrag,
    /// Alone in its transaction, with the long time limit.
    pub(super) ensam: bool,
}

pub(super) struct Skrivare {
    mal: Mal,
    inst: Installningar,
    ko: Arc<Ko<SkrivJobb>>,
    nycklar: Nycklar,
    anslutning: Option<Skriv>,
}

/// How one attempt at a group ended.
enum Forsok {
    /// Every job has its result.
    Klart,
    /// Nothing was kept; try again.
    Omigen(DbFel),
    /// Nothing was kept; this job is to blame and gets this error (its own if `None`).
    Utan(usize, Option<DbFel>),
    /// Every job gets this error.
    Alla(DbFel),
}

impl Skrivare {
    pub(super) fn ny(
        mal: Mal,
        inst: Installningar,
        ko: Arc<Ko<SkrivJobb>>,
        nycklar: Nycklar,
        forsta: Skriv,
    ) -> Self {
        Self {
            mal,
            inst,
            ko,
            nycklar,
            anslutning: Some(forsta),
        }
    }

    /// Until the queue is closed and empty.
    pub(super) fn kor(mut self) {
        while let Some(forsta) = self.ko.ta() {
            let ensam = forsta.ensam;
            let mut grupp = vec![forsta.uppdrag];
            while !ensam && grupp.len() < self.inst.grupp {
                match self.ko.ta_om(|j| !j.ensam) {
                    Some(jobb) => grupp.push(jobb.uppdrag),
                    None => break,
                }
            }
            self.kor_grupp(grupp, ensam);
        }
    }

    fn kor_grupp(&mut self, mut grupp: Vec<Uppdrag>, ensam: bool) {
        let start = Tidtagare::start();
        let mut omforsok = 0;
        while !grupp.is_empty() {
            match self.forsok(&mut grupp, ensam) {
                Forsok::Klart => break,
                Forsok::Omigen(fel) => {
                    omforsok += 1;
                    let slut = match fel {
                        DbFel::Upptagen | DbFel::TappadAnslutning => {
                            start.gatt() >= self.inst.vantan
                        }
                        _ => omforsok > self.inst.omforsok,
                    };
                    if slut {
                        let fel = if fel.ar_konflikt() {
                            DbFel::Upptagen
                        } else {
                            fel
                        };
                        return neka_alla(grupp, &fel);
                    }
                    std::thread::sleep(paus(omforsok));
                }
                Forsok::Utan(nr, fel) => {
                    let jobb = grupp.remove(nr);
                    match fel {
                        Some(fel) => jobb.neka(fel),
                        None => jobb.svara(),
                    }
                }
                Forsok::Alla(fel) => return neka_alla(grupp, &fel),
            }
        }
        for jobb in grupp {
            jobb.svara();
        }
    }

    fn forsok(&mut self, grupp: &mut [Uppdrag], ensam: bool) -> Forsok {
        let mut k = match self.anslut() {
            Ok(k) => k,
            Err(fel) => return fran_anslutning(fel),
        };
        let ut = transaktion(&mut k, grupp, ensam, &self.inst);
        // A connection that panicked or is lost is dropped, and that undoes what it did.
        let duglig = !matches!(
            ut,
            Forsok::Utan(_, Some(DbFel::Panik))
                | Forsok::Omigen(DbFel::TappadAnslutning)
                | Forsok::Alla(DbFel::OklartUtfall)
        );
        if duglig && k.ta_trasig().is_none() {
            self.anslutning = Some(k);
        }
        ut
    }

    fn anslut(&mut self) -> Result<Skriv, DbFel> {
        match self.anslutning.take() {
            Some(k) => Ok(k),
            None => Skriv::anslut(&self.mal, &self.inst, &self.nycklar),
        }
    }
}

fn fran_anslutning(fel: DbFel) -> Forsok {
    match fel {
        DbFel::TappadAnslutning | DbFel::KanInteOppna { .. } | DbFel::Full => {
            Forsok::Omigen(DbFel::TappadAnslutning)
        }
        DbFel::Konflikt | DbFel::Upptagen => Forsok::Omigen(fel),
        annat => Forsok::Alla(annat),
    }
}

/// 1, 2, 4 … up to 64 ms.
fn paus(omforsok: u32) -> Duration {
    Duration::from_millis(1 << omforsok.min(6))
}

fn neka_alla(grupp: Vec<Uppdrag>, fel: &DbFel) {
    for jobb in grupp {
        jobb.neka(fel.clone());
    }
}

fn transaktion(k: &mut Skriv, grupp: &mut [Uppdrag], ensam: bool, inst: &Installningar) -> Forsok {
    let grans = if ensam {
        inst.tidsgrans_ensam
    } else {
        inst.tidsgrans_skriv
    };
    if ensam && let Err(fel) = k.tidsgrans(grans) {
        return Forsok::Omigen(fel);
    }
    let ut = borja_och_kor(k, grupp);
    if ensam && let Err(fel) = k.tidsgrans(inst.tidsgrans_skriv) {
        // The answer stands; the connection shows its state at the next job.
        tracing::warn!(?fel, "tidsgränsen kunde inte ställas tillbaka");
    }
    ut
}

fn borja_och_kor(k: &mut Skriv, grupp: &mut [Uppdrag]) -> Forsok {
    match k.motor().borja_skriva() {
        Ok(()) => {}
        // Waiting for the lock took all the time there was: somebody else holds it.
        Err(DbFel::Konflikt | DbFel::Upptagen | DbFel::Tidsgrans) => {
            return angra(k, Forsok::Omigen(DbFel::Upptagen));
        }
        Err(DbFel::TappadAnslutning) => return Forsok::Omigen(DbFel::TappadAnslutning),
        Err(fel) => return angra(k, Forsok::Alla(fel)),
    }
    let flera = grupp.len() > 1;
    for nr in 0..grupp.len() {
        let Some(jobb) = grupp.get_mut(nr) else { break };
        if flera && let Err(fel) = k.motor().sparpunkt() {
            return angra(k, avbrott(nr, fel));
        }
        match ett_jobb(k, jobb.as_mut(), flera) {
            Steg::Nasta => {}
            Steg::Ensamt => return angra(k, Forsok::Klart),
            Steg::Slut(fel) => return angra(k, avbrott(nr, fel)),
            Steg::Borta => return angra(k, Forsok::Utan(nr, None)),
        }
    }
    match k.motor().bekrafta() {
        Ok(()) => Forsok::Klart,
        Err(DbFel::Konflikt) => angra(k, Forsok::Omigen(DbFel::Konflikt)),
        Err(DbFel::TappadAnslutning) => Forsok::Alla(DbFel::OklartUtfall),
        Err(fel) => angra(k, Forsok::Alla(fel)),
    }
}

/// How one job in a group ended.
enum Steg {
    /// Done, or refused and undone to its savepoint.
    Nasta,
    /// Refused, and it was the only one: undo everything.
    Ensamt,
    /// The whole group must be run again, or this job must leave it.
    Slut(DbFel),
    /// The engine has undone the whole transaction because of this job.
    Borta,
}

fn ett_jobb(k: &mut Skriv, jobb: &mut dyn Jobb<Skriv>, flera: bool) -> Steg {
    k.ta_trasig();
    let Ok(ja) = catch_unwind(AssertUnwindSafe(|| jobb.kor(k))) else {
        return Steg::Slut(DbFel::Panik);
    };
    match k.ta_trasig() {
        Some(fel @ (DbFel::Konflikt | DbFel::Upptagen | DbFel::TappadAnslutning)) => {
            return Steg::Slut(fel);
        }
        Some(fel) => jobb.ersatt(fel),
        None if ja => {
            let slapp = if flera {
                k.motor().slapp_sparpunkt()
            } else {
                Ok(())
            };
            return slapp.map_or_else(Steg::Slut, |()| Steg::Nasta);
        }
        None => {}
    }
    if !k.motor().i_transaktion() {
        return Steg::Borta;
    }
    if !flera {
        return Steg::Ensamt;
    }
    k.motor()
        .angra_till_sparpunkt()
        .map_or_else(Steg::Slut, |()| Steg::Nasta)
}

fn avbrott(nr: usize, fel: DbFel) -> Forsok {
    match fel {
        DbFel::Konflikt | DbFel::Upptagen | DbFel::TappadAnslutning => Forsok::Omigen(fel),
        annat => Forsok::Utan(nr, Some(annat)),
    }
}

/// Undoes what is left of the transaction before `ut`.
fn angra(k: &mut Skriv, ut: Forsok) -> Forsok {
    let bruten = matches!(ut, Forsok::Omigen(DbFel::TappadAnslutning));
    if !bruten && k.motor().i_transaktion() {
        match k.motor().angra() {
            Err(DbFel::TappadAnslutning) if matches!(ut, Forsok::Omigen(_)) => {
                return Forsok::Omigen(DbFel::TappadAnslutning);
            }
            Err(fel) => k.kassera(fel),
            Ok(()) => {}
        }
    }
    ut
}
