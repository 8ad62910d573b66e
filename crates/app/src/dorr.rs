//! The one door for change.

use crate::miljo::Miljo;
use crate::{Brister, Tjanst};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tid;
use utfall_store as store;
use utfall_store::{Las, Skriv};

/// A use case that changes something.
///
/// The steps are separate so that each can be tested alone: loading reads, validating and
/// planning are pure, and writing is the store's.
pub trait Anvandningsfall: Clone + Send + 'static {
    /// What one must be allowed to do.
    const ATGARD: Atgard;
    /// Runs alone with the long time limit instead of sharing a commit: for imports.
    const ENSAM: bool = false;
    /// What the rules need to know.
    type Laddat;
    /// What the caller is told when it is done.
    type Svar: Serialize + DeserializeOwned + Send + 'static;

    /// Reads what the rules need.
    ///
    /// # Errors
    /// A [`Problem`] when something is missing or the database fails.
    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Self::Laddat, Problem>;

    /// Everything that is wrong with what a person typed, each at its field. [`planera`]
    /// refuses with the first of it; a form tells of all. Pure, as planning is: `idag` is today.
    ///
    /// [`planera`]: Anvandningsfall::planera
    fn brister(&self, _laddat: &Self::Laddat, _idag: Date) -> Brister {
        Brister::default()
    }

    /// Checks the rules and says what shall be written. Pure: the same input gives the same
    /// plan.
    ///
    /// # Errors
    /// A named refusal.
    fn planera(&self, laddat: Self::Laddat, miljo: &mut Miljo)
    -> Result<Plan<Self::Svar>, Problem>;
}

/// What a use case wants written, and how it is told.
#[derive(Debug)]
pub struct Plan<S> {
    /// The writes, in order.
    pub andringar: Vec<Andring>,
    /// The journal's entry.
    pub handelse: Handelse,
    /// The caller's answer.
    pub svar: S,
}

/// Makes a repeated request (a double click, a resent form) have its effect once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotensnyckel(String);

impl Idempotensnyckel {
    /// A key of 16 to 64 letters, digits and hyphens.
    ///
    /// # Errors
    /// A refusal when it is anything else.
    pub fn ny(text: &str) -> Result<Self, Problem> {
        let ratt = (16..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if ratt {
            return Ok(Self(text.to_owned()));
        }
        Err(Problem::ogiltigt(
            "formular-nyckel",
            "Formuläret saknar sin engångsnyckel.",
            "Ladda om sidan och skicka formuläret igen.",
        ))
    }

    /// The key as text.
    #[must_use]
    pub fn som_text(&self) -> &str {
        &self.0
    }
}

impl Tjanst {
    /// Carries out a use case: all of it, or nothing.
    ///
    /// With a key the same request twice has one effect and the same answer.
    ///
    /// # Errors
    /// The named refusal, or what went wrong in the database.
    pub async fn utfor<F: Anvandningsfall>(
        &self,
        aktor: &Aktor,
        nyckel: Option<Idempotensnyckel>,
        fall: F,
    ) -> Result<F::Svar, Problem> {
        self.koa(aktor, nyckel, fall)?.await
    }

    /// As [`utfor`](Self::utfor), for a thread of its own: blocks until it is done. Where a
    /// future is being polled it would panic.
    ///
    /// # Errors
    /// As [`utfor`](Self::utfor).
    pub(crate) fn utfor_vanta<F: Anvandningsfall>(
        &self,
        aktor: &Aktor,
        nyckel: Option<Idempotensnyckel>,
        fall: F,
    ) -> Result<F::Svar, Problem> {
        self.koa(aktor, nyckel, fall)?.vanta()
    }

    fn koa<F: Anvandningsfall>(
        &self,
        aktor: &Aktor,
        nyckel: Option<Idempotensnyckel>,
        fall: F,
    ) -> Result<store::Svar<F::Svar, Problem>, Problem> {
        let permit = prova(aktor, F::ATGARD)?;
        let nu = self.klocka.nu();
        let jobb = move |k: &mut Skriv| genom_dorren(k, &permit, nu, nyckel.as_ref(), &fall);
        Ok(if F::ENSAM {
            self.db.skriv_ensam(jobb)
        } else {
            self.db.skriv(jobb)
        })
    }

    /// Everything that a use case finds wrong with what was typed. Changes nothing.
    ///
    /// # Errors
    /// When the role may not do it at all, or the database fails.
    pub async fn brister<F: Anvandningsfall>(
        &self,
        aktor: &Aktor,
        fall: F,
    ) -> Result<Brister, Problem> {
        let permit = prova(aktor, F::ATGARD)?;
        let idag = tid::dag(self.klocka.nu());
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                let laddat = fall.ladda(&permit, k)?;
                Ok(fall.brister(&laddat, idag))
            })
            .await
    }
}

fn genom_dorren<F: Anvandningsfall>(
    k: &mut Skriv,
    permit: &Permit,
    nu: jiff::Timestamp,
    nyckel: Option<&Idempotensnyckel>,
    fall: &F,
) -> Result<F::Svar, Problem> {
    if let Some(nyckel) = nyckel
        && let Some(svar) = store::idempotens::hitta(k, permit, nyckel.som_text())?
    {
        return serde_json::from_str(&svar).map_err(|e| internt(&e));
    }
    let laddat = fall.ladda(permit, k)?;
    let mut miljo = Miljo::ny(nu, k.nasta_id()?);
    let mut plan = fall.planera(laddat, &mut miljo)?;
    sag_efter_avslut(&mut plan);
    store::tillampa_alla(k, permit, nu, &plan.andringar)?;
    k.tag_id(miljo.anvanda())?;
    store::journal::skriv(k, permit, nu, &plan.handelse)?;
    if let Some(nyckel) = nyckel {
        let svar = serde_json::to_string(&plan.svar).map_err(|e| internt(&e))?;
        store::idempotens::spara(k, permit, nu, nyckel.som_text(), &svar)?;
    }
    Ok(plan.svar)
}

/// A correction after a year was closed says so in the journal, whichever use case made it.
fn sag_efter_avslut<S>(plan: &mut Plan<S>) {
    let ar = plan.andringar.iter().filter_map(|andring| match andring {
        Andring::NyttFaktum { faktum, .. } if faktum.efter_avslut => Some(faktum.galler.ar),
        _ => None,
    });
    let aren: BTreeSet<i16> = ar.flatten().collect();
    if aren.is_empty() {
        return;
    }
    let ord: Vec<String> = aren.iter().map(i16::to_string).collect();
    let text = &mut plan.handelse.text;
    text.push_str(&format!(" Rättelse efter avslut av {}.", ord.join(", ")));
    if let Some(data) = plan.handelse.data.as_object_mut() {
        data.insert("efter_avslut".to_owned(), serde_json::json!(aren));
    }
}

/// A fault in the program: logged with its cause, shown without it.
pub(crate) fn internt(orsak: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%orsak, "internt fel");
    Problem::nytt(
        ProblemSlag::Internt,
        "internt",
        "Något gick fel i systemet. Inget har sparats.",
        "Försök igen. Hjälper det inte, kontakta den som sköter systemet.",
    )
}
