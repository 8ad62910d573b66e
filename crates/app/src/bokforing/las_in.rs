//! A file is read in: its rows in many short transactions that nobody sees, and then, through
//! the door, one that puts them in the books.

use super::analys::{Analys, Kant};
use super::dubbelt;
use super::fil::{Funnen, Genomgang, Konteringslista, Siefil, Skal, ga_igenom};
use super::laddat::Bokfort;
use super::mot::Mot;
use super::slutfor::SlutforInlasning;
use super::vid_sidan::vid_sidan;
use crate::Tjanst;
use crate::fakta::prova_orsak;
use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::id::{InlasningId, KonteringId, VerifikationId};
use utfall_domain::medel::kontering::{Kontering, Summa};
use utfall_domain::medel::verifikation::{Inlasningsutfall, NyVerifikation};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store::bokforing::{skriv, stada};
use utfall_store::{DbFel, Skriv};

/// An import that has not moved for this long is told to stand still.
pub const STILLA: SignedDuration = SignedDuration::from_secs(20);
/// An import that has not moved for this long is of a process that is no more: another may take
/// it away. Long, since clocks differ and a large file takes its time between two steps.
pub const OVERGIVEN: SignedDuration = SignedDuration::from_secs(180);
/// Rows in one transaction: a few milliseconds, so that others hardly wait.
const RADER: usize = 200;

/// What the one who imports has answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bekraftat {
    /// The file has all vouchers of its year so far: what is not in it is gone.
    pub komplett: bool,
    /// The company's name, where it is new here.
    pub ny_enhet: String,
    /// How many vouchers are to count though another company has them too; `None` when that is
    /// not answered.
    pub dubbla: Option<usize>,
    /// Why years that are closed are changed; `None` when that is not asked for.
    pub efter_avslut: Option<String>,
    /// The vouchers by hand of the same initiatives and months are not in the file: both count.
    pub for_hand_bada: bool,
}

/// An import that has begun.
#[derive(Clone, Debug)]
pub struct Paborjad {
    /// Its number.
    pub id: InlasningId,
    aktor: Aktor,
    komplett: bool,
    sedda: Vec<InlasningId>,
    mot: Mot,
    sha256: utfall_domain::journal::Hash,
    efter_avslut: Option<String>,
}

/// What an import came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inlast {
    /// Its number.
    pub id: InlasningId,
    /// What it did to the vouchers.
    pub utfall: Inlasningsutfall,
    /// How many facts changed.
    pub fakta: usize,
    /// How many accounts with objects belong to nothing yet.
    pub okopplade: usize,
}

impl Tjanst {
    /// Clears away what imports that never came into the books have left. Blocks.
    ///
    /// # Errors
    /// What went wrong in the database.
    pub fn stada_bokforing(&self) -> Result<(), Problem> {
        loop {
            let nu = self.klocka.nu();
            let mer = self
                .db
                .skriv(move |k| -> Result<bool, Problem> {
                    Ok(stada::stada(k, nu, nu - OVERGIVEN)?)
                })
                .vanta()?;
            if !mer {
                return Ok(());
            }
        }
    }

    /// Begins an import of a file that has been looked at. Blocks.
    ///
    /// # Errors
    /// What stops the file; a company that is not confirmed; another import under way.
    pub fn paborja_sie(
        &self,
        aktor: &Aktor,
        analys: &Analys,
        svar: &Bekraftat,
    ) -> Result<Paborjad, Problem> {
        let permit = prova(aktor, Atgard::ImporteraSie)?;
        if let Some(fel) = analys.hinder() {
            return Err(fel);
        }
        prova_enhet(analys, svar)?;
        if let Some(dubbla) = &analys.dubbla {
            dubbla.prova(svar.dubbla)?;
        }
        let efter_avslut = prova_efter(analys, svar)?;
        dubbelt::prova(&analys.for_hand, svar.for_hand_bada)?;
        let (mot, lov) = (analys.mot, permit.clone());
        let las = self
            .db
            .las_samtidigt(move |k| -> Result<(), Problem> { mot.prova(Mot::las(k, &lov)?) });
        las.vanta()?;
        self.stada_bokforing()?;
        let nu = self.klocka.nu();
        let mut ny = analys.huvud.clone();
        ny.komplett = svar.komplett;
        let id = self
            .db
            .skriv(move |k| -> Result<InlasningId, Problem> {
                match skriv::paborja(k, &permit, nu, &ny) {
                    Err(DbFel::Unik { .. }) => Err(pagar()),
                    svar => Ok(svar?),
                }
            })
            .vanta()?;
        Ok(Paborjad {
            id,
            aktor: aktor.clone(),
            komplett: svar.komplett,
            sedda: analys.sedda.clone(),
            mot: analys.mot,
            sha256: analys.huvud.sha256,
            efter_avslut,
        })
    }

    /// Reads in a file whose import has begun. `forlopp` is told how many vouchers are done.
    /// Blocks: for a thread of its own.
    ///
    /// # Errors
    /// Why nothing of it came into the books.
    pub fn fullfolj_sie(
        &self,
        paborjad: &Paborjad,
        fil: &Siefil,
        forlopp: impl FnMut(i64),
    ) -> Result<Inlast, Problem> {
        let svar = self.skriv_in(paborjad, fil, forlopp);
        if let Err(fel) = &svar {
            let ord = format!("{} {}", fel.text, fel.atgard);
            // It may have been stopped by somebody already: then that is why.
            let _ = self.avbryt(&paborjad.aktor, paborjad.id, ord);
            let _ = self.stada_bokforing();
        }
        svar
    }

    /// Reads it in while the one who asked for it does other things. Pages go before it.
    ///
    /// # Errors
    /// When the machine has no thread to give: then nothing has begun.
    pub fn fullfolj_i_bakgrunden(
        &self,
        paborjad: Paborjad,
        fil: Arc<Siefil>,
    ) -> std::io::Result<()> {
        let tjanst = self.clone();
        let arbete = move || {
            if let Err(fel) = tjanst.fullfolj_sie(&paborjad, &fil, |_| {}) {
                tracing::warn!(kod = fel.kod, "inläsningen avbröts");
            }
        };
        vid_sidan(arbete).map(drop)
    }

    /// Stops an import that is under way: nothing of it will be in the books. Blocks.
    ///
    /// # Errors
    /// When it is not under way.
    pub fn avbryt(&self, aktor: &Aktor, id: InlasningId, orsak: String) -> Result<(), Problem> {
        let permit = prova(aktor, Atgard::ImporteraSie)?;
        let nu = self.klocka.nu();
        self.db
            .skriv(move |k| -> Result<(), Problem> {
                match skriv::avbryt(k, &permit, nu, id, &orsak) {
                    Err(DbFel::IngenRad) => Err(avbruten()),
                    svar => Ok(svar?),
                }
            })
            .vanta()
    }

    fn skriv_in(
        &self,
        paborjad: &Paborjad,
        fil: &Siefil,
        forlopp: impl FnMut(i64),
    ) -> Result<Inlast, Problem> {
        let utfall = self.skriv_rader(paborjad, fil, forlopp)?;
        let permit = prova(&paborjad.aktor, Atgard::ImporteraSie)?;
        let slutfor = SlutforInlasning {
            id: paborjad.id,
            sedda: paborjad.sedda.clone(),
            mot: paborjad.mot,
            utfall,
            efter_avslut: paborjad.efter_avslut.clone(),
            // Rules that quarrel are told of when it is put in the books.
            fore: self.rakna_pa_vag(&permit, paborjad.id).ok(),
        };
        let svar = self.utfor_vanta(&paborjad.aktor, None, slutfor);
        if svar.is_ok()
            && let Err(fel) = self.varm(&permit)
        {
            tracing::debug!(kod = fel.kod, "det bokförda läses av den som kommer först");
        }
        self.inget_pa_vag(permit.huvudman());
        svar
    }

    /// Writes the file's rows. What they took of memory is let go before the books are read.
    fn skriv_rader(
        &self,
        paborjad: &Paborjad,
        fil: &Siefil,
        mut forlopp: impl FnMut(i64),
    ) -> Result<Inlasningsutfall, Problem> {
        let permit = prova(&paborjad.aktor, Atgard::ImporteraSie)?;
        let kant: Kant = self.kant(&paborjad.aktor, fil)?;
        let behall = kant.bokfort.regler().behall;
        let mut pa_vag = PaVag::ny(self, permit, paborjad.id, &kant.bokfort);
        let gang = ga_igenom(fil, &behall, &kant.kanda, |funnen, antal, konton| {
            pa_vag.ta(funnen, antal, konton)?;
            forlopp(antal);
            Ok(())
        })?;
        if gang.sha256 != paborjad.sha256 || gang.granskad.har_fel() || !gang.fel.is_empty() {
            return Err(Problem::ogiltigt(
                "sie-andrad",
                "Filen har ändrats sedan den prövades. Inget har sparats.",
                "Läs in den igen.",
            ));
        }
        pa_vag.skriv_ut(&gang.konteringar)?;
        pa_vag.slutfor(&gang, paborjad)
    }
}

/// A file that changes closed years is read in only as a correction after them.
fn prova_efter(analys: &Analys, svar: &Bekraftat) -> Result<Option<String>, Problem> {
    if analys.avslutade.is_empty() {
        return Ok(None);
    }
    match &svar.efter_avslut {
        Some(skal) => prova_orsak(skal)
            .map(Some)
            .map_err(|fel| fel.i_falt("efter-avslut-orsak")),
        None => Err(Problem::ogiltigt(
            "aret-avslutat",
            format!(
                "Filen ändrar siffror i år som är avslutade: {}.",
                analys.avslutade
            ),
            "Är det en rättelse efter avslutet: kryssa för det och skriv varför.",
        )
        .i_falt("efter-avslut")),
    }
}

fn prova_enhet(analys: &Analys, svar: &Bekraftat) -> Result<(), Problem> {
    let Some(ny) = &analys.ny_enhet else {
        return Ok(());
    };
    let lika = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    if lika(&ny.namn, &svar.ny_enhet) {
        return Ok(());
    }
    let vem = ny.varfor();
    let vem = match ny.andra.as_str() {
        "" => vem,
        andra => format!("{vem} Hittills är bokföringen för {andra} inläst."),
    };
    Err(Problem::ogiltigt(
        "sie-annat-foretag",
        vem,
        format!("Är det rätt bokföring: bekräfta med namnet {}.", ny.namn),
    )
    .i_falt("ny-enhet"))
}

fn pagar() -> Problem {
    Problem::nytt(
        ProblemSlag::Konflikt,
        "inlasning-pagar",
        "En annan bokföringsfil läses in just nu.",
        "Vänta tills den är klar, eller avbryt den.",
    )
}

fn avbruten() -> Problem {
    Problem::nytt(
        ProblemSlag::Konflikt,
        "inlasning-avbruten",
        "Inläsningen är avbruten. Inget av den har sparats.",
        "Läs in filen igen om den ska vara med.",
    )
}

/// Vouchers on their way into the database.
struct PaVag<'a> {
    tjanst: &'a Tjanst,
    permit: Permit,
    id: InlasningId,
    kanda: HashMap<&'a Kontering, KonteringId>,
    /// Numbers of the file's accounts, by their places; as far as they have been given.
    nummer: Vec<KonteringId>,
    vantar: Vec<Funnen>,
    rader: usize,
    klara: i64,
}

impl<'a> PaVag<'a> {
    fn ny(tjanst: &'a Tjanst, permit: Permit, id: InlasningId, bokfort: &'a Bokfort) -> Self {
        let kanda = bokfort.konteringar.iter();
        Self {
            tjanst,
            permit,
            id,
            kanda: kanda.map(|(id, (k, _))| (k, *id)).collect(),
            nummer: Vec::new(),
            vantar: Vec::new(),
            rader: 0,
            klara: 0,
        }
    }

    fn skriv(
        &self,
        f: impl Fn(&mut Skriv, &Permit, jiff::Timestamp) -> Result<(), DbFel> + Send + 'static,
    ) -> Result<(), Problem> {
        let (permit, nu) = (self.permit.clone(), self.tjanst.klocka.nu());
        self.tjanst
            .db
            .skriv(move |k| match f(k, &permit, nu) {
                Err(DbFel::IngenRad) => Err(avbruten()),
                svar => Ok(svar?),
            })
            .vanta()
    }

    fn ta(&mut self, funnen: Funnen, antal: i64, konton: &Konteringslista) -> Result<(), Problem> {
        self.rader = self.rader.saturating_add(funnen.rader.len().max(1));
        self.klara = antal;
        self.vantar.push(funnen);
        if self.rader >= RADER {
            self.skriv_ut(konton)?;
        }
        Ok(())
    }

    /// Gives numbers to accounts that have none, and writes what waits.
    fn skriv_ut(&mut self, konton: &Konteringslista) -> Result<(), Problem> {
        self.numrera(konton)?;
        if self.vantar.is_empty() {
            return Ok(());
        }
        let mut nya = Vec::with_capacity(self.vantar.len());
        for v in std::mem::take(&mut self.vantar) {
            let mut rader = Vec::with_capacity(v.rader.len());
            for (plats, ore) in v.rader {
                let nummer = self.nummer.get(plats).copied();
                rader.push((nummer.ok_or_else(super::for_stort)?, ore));
            }
            nya.push(NyVerifikation {
                identitet: v.identitet,
                innehall: v.innehall,
                serie: v.serie,
                nummer: v.nummer,
                datum: v.datum,
                ersatter: match v.skal {
                    Skal::Ny => None,
                    Skal::Andrad(id) => Some(id),
                },
                rader,
                texter: v.texter,
            });
        }
        self.rader = 0;
        let (id, klara) = (self.id, self.klara);
        self.skriv(move |k, permit, nu| skriv::verifikationer(k, permit, nu, id, (&nya, klara)))
    }

    /// Gives numbers to the accounts that have come, in their order: those that are known have
    /// theirs, and each of the others is met once.
    fn numrera(&mut self, konton: &Konteringslista) -> Result<(), Problem> {
        for del in konton
            .alla()
            .get(self.nummer.len()..)
            .unwrap_or_default()
            .chunks(RADER)
        {
            let okanda = del.iter().filter(|k| !self.kanda.contains_key(k));
            let nya: Vec<Kontering> = okanda.cloned().collect();
            let mut nummer = Vec::new();
            if !nya.is_empty() {
                let (permit, nu, id) = (self.permit.clone(), self.tjanst.klocka.nu(), self.id);
                let svar = self.tjanst.db.skriv(move |k| {
                    match skriv::konteringar(k, &permit, nu, id, &nya) {
                        Err(DbFel::IngenRad) => Err(avbruten()),
                        svar => Ok(svar?),
                    }
                });
                nummer = svar.vanta()?;
            }
            let mut nummer = nummer.into_iter();
            for k in del {
                let har = self.kanda.get(k).copied().or_else(|| nummer.next());
                self.nummer.push(har.ok_or_else(super::for_stort)?);
            }
        }
        Ok(())
    }

    /// What the vouchers come to, less those they take the place of; what is gone; and names.
    fn slutfor(&self, gang: &Genomgang, paborjad: &Paborjad) -> Result<Inlasningsutfall, Problem> {
        let (id, klara) = (self.id, self.klara);
        let mut borta: Vec<VerifikationId> = gang.ersatta.clone();
        if paborjad.komplett {
            borta.extend(&gang.saknade);
            for del in gang.saknade.chunks(RADER) {
                let del = del.to_vec();
                self.skriv(move |k, permit, nu| skriv::borta(k, permit, nu, id, (&del, klara)))?;
            }
        }
        let mut summor: BTreeMap<(KonteringId, Date), (i64, i64)> = BTreeMap::new();
        for ((plats, manad), (ore, antal)) in &gang.summor {
            let nummer = self.nummer.get(*plats).copied();
            let nyckel = (nummer.ok_or_else(super::for_stort)?, *manad);
            summor.insert(nyckel, (*ore, *antal));
        }
        let lever = || self.skriv(move |k, permit, nu| skriv::lever(k, permit, nu, id, klara));
        let gamla = self.tjanst.gamla_rader(&paborjad.aktor, &borta, lever)?;
        for (nyckel, (ore, antal)) in gamla {
            let rad = summor.entry(nyckel).or_default();
            rad.0 = rad.0.checked_sub(ore).ok_or_else(super::for_stort)?;
            rad.1 = rad.1.saturating_sub(antal);
        }
        let alla: Vec<Summa> = summor
            .into_iter()
            .map(|((kontering, manad), (ore, antal))| Summa {
                kontering,
                manad,
                ore,
                antal,
            })
            .collect();
        for del in alla.chunks(RADER) {
            let del = del.to_vec();
            self.skriv(move |k, permit, nu| skriv::summor(k, permit, nu, id, (&del, klara)))?;
        }
        for del in gang.namn().chunks(RADER) {
            let del = del.to_vec();
            self.skriv(move |k, permit, nu| skriv::namn(k, permit, nu, id, &del))?;
        }
        Ok(gang.utfall)
    }
}
