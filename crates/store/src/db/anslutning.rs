//! The two handles a job is given: [`Las`] reads, [`Skriv`] reads and writes.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::fasad::{Motor, Motorregel, Uppgift};
use super::{DbFel, Infoga, Installningar, Mal, P, Rad, Sql, p, sql};
use crate::nycklar::{Nyckelfel, Nyckelring};

/// Where the keys of persons are put when they have been opened: after the database, because
/// it says which ones they must be.
pub(super) type Nycklar = Arc<OnceLock<Arc<Nyckelring>>>;

/// A reading connection, lent to a job.
pub struct Las {
    motor: Motor,
    nycklar: Nycklar,
    /// The first failed statement of the job. What follows is refused, on both engines
    /// alike: PostgreSQL would refuse it anyway, SQLite would go on with half a job.
    trasig: Option<DbFel>,
}

/// The writing connection, lent to a job inside its transaction.
pub struct Skriv(Las);

sql! {
    NASTA_ID = "SELECT sista + 1 AS nasta FROM idserie WHERE nr = 1";
    TAG_ID = "UPDATE idserie SET sista = $1 WHERE nr = 1";
}

impl Las {
    pub(super) fn anslut(
        mal: &Mal,
        inst: &Installningar,
        nycklar: &Nycklar,
    ) -> Result<Self, DbFel> {
        Ok(Self {
            motor: Motor::oppna(mal, inst, Uppgift::Lasa)?,
            nycklar: Arc::clone(nycklar),
            trasig: None,
        })
    }

    /// The keys of persons.
    ///
    /// # Errors
    /// [`DbFel::Nyckel`] with [`Nyckelfel::EjOppnad`] when the program was started without.
    pub fn nycklar(&self) -> Result<Arc<Nyckelring>, DbFel> {
        let ring = self.nycklar.get().ok_or(Nyckelfel::EjOppnad)?;
        Ok(Arc::clone(ring))
    }

    pub(super) fn motor(&mut self) -> &mut Motor {
        &mut self.motor
    }

    /// Takes the first failure since the last call and makes the handle usable again.
    pub(super) fn ta_trasig(&mut self) -> Option<DbFel> {
        self.trasig.take()
    }

    /// Marks the connection as not to be used again: its state is unknown.
    pub(super) fn kassera(&mut self, fel: DbFel) {
        tracing::warn!(?fel, "anslutningen kasseras");
        self.trasig = Some(fel);
    }

    /// Every row, parsed by `f`.
    pub(crate) fn alla<T>(
        &mut self,
        sql: &Sql,
        par: &[P<'_>],
        mut f: impl FnMut(&Rad<'_>) -> Result<T, DbFel>,
    ) -> Result<Vec<T>, DbFel> {
        let mut ut = Vec::new();
        self.fraga(sql, par, &mut |rad| {
            ut.push(f(rad)?);
            Ok(())
        })?;
        Ok(ut)
    }

    /// One row or none.
    ///
    /// # Errors
    /// [`DbFel::FleraRader`] if there are more.
    pub(crate) fn kanske<T>(
        &mut self,
        sql: &Sql,
        par: &[P<'_>],
        mut f: impl FnMut(&Rad<'_>) -> Result<T, DbFel>,
    ) -> Result<Option<T>, DbFel> {
        let mut ut = None;
        self.fraga(sql, par, &mut |rad| {
            if ut.is_some() {
                return Err(DbFel::FleraRader);
            }
            ut = Some(f(rad)?);
            Ok(())
        })?;
        Ok(ut)
    }

    /// Exactly one row.
    ///
    /// # Errors
    /// [`DbFel::IngenRad`], [`DbFel::FleraRader`].
    pub(crate) fn en<T>(
        &mut self,
        sql: &Sql,
        par: &[P<'_>],
        f: impl FnMut(&Rad<'_>) -> Result<T, DbFel>,
    ) -> Result<T, DbFel> {
        self.kanske(sql, par, f)?.ok_or(DbFel::IngenRad)
    }

    /// The id that the next new thing will get. In a write transaction nobody else can take
    /// it, so a plan may number what it makes and [`Skriv::tag_id`] be called afterwards.
    pub fn nasta_id(&mut self) -> Result<i64, DbFel> {
        self.en(&NASTA_ID, p![], |r| r.tal("nasta"))
    }

    /// How the connection and its engine are set, against the rules of this crate.
    pub fn regler(&mut self) -> Result<Vec<Motorregel>, DbFel> {
        let svar = self.motor.regler();
        self.anteckna("regler", svar)
    }

    /// What the engine finds wrong with its own file: nothing when it is sound.
    ///
    /// Reads everything, and only SQLite can do it; PostgreSQL has `pg_amcheck` for it.
    pub fn undersok(&mut self) -> Result<Vec<String>, DbFel> {
        let svar = self.motor.undersok();
        self.anteckna("undersok", svar)
    }

    fn fraga(
        &mut self,
        sql: &Sql,
        par: &[P<'_>],
        f: &mut dyn FnMut(&Rad<'_>) -> Result<(), DbFel>,
    ) -> Result<(), DbFel> {
        self.hel(par)?;
        let svar = self.motor.fraga(sql.text, par, f);
        self.anteckna(sql.namn, svar)?
    }

    fn hel(&self, par: &[P<'_>]) -> Result<(), DbFel> {
        if let Some(fel) = &self.trasig {
            return Err(fel.clone());
        }
        let nul = |p: &P<'_>| matches!(p, P::Text(Some(t)) if t.as_bytes().contains(&0));
        if par.iter().any(nul) {
            Err(DbFel::OgiltigText)
        } else {
            Ok(())
        }
    }

    fn anteckna<T>(&mut self, namn: &str, svar: Result<T, DbFel>) -> Result<T, DbFel> {
        if let Err(fel) = &svar {
            if !fel.ar_konflikt() {
                tracing::debug!(sats = namn, ?fel, "en sats misslyckades");
            }
            self.trasig = Some(fel.clone());
        }
        svar
    }
}

impl Skriv {
    pub(super) fn anslut(
        mal: &Mal,
        inst: &Installningar,
        nycklar: &Nycklar,
    ) -> Result<Self, DbFel> {
        Ok(Self(Las {
            motor: Motor::oppna(mal, inst, Uppgift::Skriva)?,
            nycklar: Arc::clone(nycklar),
            trasig: None,
        }))
    }

    pub(super) fn tidsgrans(&mut self, grans: Duration) -> Result<(), DbFel> {
        self.0.motor.tidsgrans(grans)
    }

    /// Runs a statement; the number of rows it touched.
    pub(crate) fn kor(&mut self, sql: &Sql, par: &[P<'_>]) -> Result<u64, DbFel> {
        self.0.hel(par)?;
        let svar = self.0.motor.kor(sql.text, par);
        self.0.anteckna(sql.namn, svar)
    }

    /// Inserts many rows with few statements; each row gives its columns in order.
    pub(crate) fn infoga<'a>(
        &mut self,
        till: &Infoga,
        rader: impl IntoIterator<Item = Vec<P<'a>>>,
    ) -> Result<u64, DbFel> {
        let storlekar: Vec<usize> = till.storlekar().collect();
        let bredd = till.kolumner.len();
        let hogst = storlekar.first().copied().unwrap_or(1);
        // Made when the first full statement is: one row must not pay for a thousand.
        let mut full: Option<String> = None;
        let mut antal = 0;
        let mut buffert: Vec<P<'a>> = Vec::with_capacity(bredd);
        for rad in rader {
            if rad.len() != bredd {
                return Err(DbFel::Regel {
                    detalj: format!("{}: {} värden i {bredd} kolumner", till.tabell, rad.len()),
                });
            }
            buffert.extend(rad);
            if buffert.len() == hogst * bredd {
                let text = full.get_or_insert_with(|| till.text(hogst));
                antal += self.infoga_block(till.tabell, text, &buffert)?;
                buffert.clear();
            }
        }
        let mut rest = buffert.as_slice();
        for storlek in storlekar {
            if rest.len() >= storlek * bredd {
                let (block, kvar) = rest.split_at(storlek * bredd);
                antal += self.infoga_block(till.tabell, &till.text(storlek), block)?;
                rest = kvar;
            }
        }
        Ok(antal)
    }

    fn infoga_block(&mut self, tabell: &str, text: &str, par: &[P<'_>]) -> Result<u64, DbFel> {
        self.0.hel(par)?;
        let svar = self.0.motor.kor(text, par);
        self.0.anteckna(tabell, svar)
    }

    /// Takes `antal` consecutive ids and gives the first; none when `antal` is 0.
    ///
    /// Ids come from one row in the writer's transaction, so that the same plan on the
    /// same database always gives the same ids, on both engines.
    ///
    /// # Errors
    /// [`DbFel::Regel`] if `antal` is negative or the numbers are used up.
    pub fn tag_id(&mut self, antal: i64) -> Result<i64, DbFel> {
        if antal < 0 {
            return Err(DbFel::Regel {
                detalj: format!("{antal} nya id"),
            });
        }
        let forsta = self.nasta_id()?;
        let sista = forsta
            .checked_add(antal)
            .and_then(|efter| efter.checked_sub(1))
            .ok_or_else(|| DbFel::Regel {
                detalj: "numren är slut".to_owned(),
            })?;
        self.kor(&TAG_ID, p![sista])?;
        Ok(forsta)
    }
}

impl Deref for Skriv {
    type Target = Las;

    fn deref(&self) -> &Las {
        &self.0
    }
}

impl DerefMut for Skriv {
    fn deref_mut(&mut self) -> &mut Las {
        &mut self.0
    }
}
