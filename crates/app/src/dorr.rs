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
    /// What the rules need is read and worked out before the writer's turn, as of a moment, and
    /// used there if what is booked has not moved since: for what takes long, while others wait.
    const I_FORVAG: bool = false;
    /// What the rules need to know.
    type Laddat: Send + 'static;
    /// What the caller is told when it is done.
    type Svar: Serialize + DeserializeOwned + Send + 'static;

    /// Reads what the rules need.
    ///
    /// # Errors
    /// A [`Problem`] when something is missing or the database fails.
    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Self::Laddat, Problem>;

    /// Works out of what was read what planning takes long to work out. Pure, and done once
    /// before the writer's turn when that is asked for ([`Self::I_FORVAG`]); planning does it
    /// itself when it has not been done.
    fn berakna(&self, laddat: Self::Laddat) -> Self::Laddat {
        laddat
    }

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
        if F::I_FORVAG {
            for _ in 0..FORSOK {
                let last = match self.las_i_forvag(aktor, nyckel.as_ref(), &fall)?.await? {
                    Last::Redan(svar) => return Ok(svar),
                    Last::Nytt(last) => last,
                };
                let raknare = fall.clone();
                let rakna = tokio::task::spawn_blocking(move || last.beraknat(&raknare));
                let last = rakna.await.map_err(|e| internt(&e))?;
                let svar = self.koa_forberett(aktor, nyckel.clone(), fall.clone(), last)?;
                if let Some(svar) = svar.await? {
                    return Ok(svar);
                }
            }
        }
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
        if F::I_FORVAG {
            for _ in 0..FORSOK {
                let last = match self.las_i_forvag(aktor, nyckel.as_ref(), &fall)?.vanta()? {
                    Last::Redan(svar) => return Ok(svar),
                    Last::Nytt(last) => last.beraknat(&fall),
                };
                let svar = self.koa_forberett(aktor, nyckel.clone(), fall.clone(), last)?;
                if let Some(svar) = svar.vanta()? {
                    return Ok(svar);
                }
            }
        }
        self.koa(aktor, nyckel, fall)?.vanta()
    }

    fn las_i_forvag<F: Anvandningsfall>(
        &self,
        aktor: &Aktor,
        nyckel: Option<&Idempotensnyckel>,
        fall: &F,
    ) -> Result<store::Svar<Last<F>, Problem>, Problem> {
        let permit = prova(aktor, F::ATGARD)?;
        let (nyckel, fall) = (nyckel.cloned(), fall.clone());
        Ok(self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            // A double click is answered without working it out once more.
            if let Some(svar) = redan_gjort::<F>(k, &permit, nyckel.as_ref())? {
                return Ok(Last::Redan(svar));
            }
            Ok(Last::Nytt(Forberett {
                lage: store::bokforing::lage(k, &permit)?,
                laddat: fall.ladda(&permit, k)?,
            }))
        }))
    }

    /// Carries out what has been read and worked out, if what it was read from still stands:
    /// `None`, and nothing written, when it does not.
    fn koa_forberett<F: Anvandningsfall>(
        &self,
        aktor: &Aktor,
        nyckel: Option<Idempotensnyckel>,
        fall: F,
        last: Forberett<F::Laddat>,
    ) -> Result<store::Svar<Option<F::Svar>, Problem>, Problem> {
        let permit = prova(aktor, F::ATGARD)?;
        let nu = self.klocka.nu();
        let (lage, mut laddat) = (last.lage, Some(last.laddat));
        Ok(self.db.skriv(move |k: &mut Skriv| -> Result<_, Problem> {
            let nyckel = nyckel.as_ref();
            if let Some(svar) = redan_gjort::<F>(k, &permit, nyckel)? {
                return Ok(Some(svar));
            }
            if store::bokforing::lage(k, &permit)? != lage {
                return Ok(None);
            }
            // A group that is run again has used it: then it is read again too.
            let Some(laddat) = laddat.take() else {
                return Ok(None);
            };
            in_genom_dorren(k, &permit, (nu, nyckel), &fall, laddat).map(Some)
        }))
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

/// What was found before the writer's turn.
enum Last<F: Anvandningsfall> {
    /// It was done before, and answered this.
    Redan(F::Svar),
    /// What it needs.
    Nytt(Forberett<F::Laddat>),
}

/// What was read for a use case before the writer's turn, and the moment it was read at.
struct Forberett<L> {
    lage: store::bokforing::Bokforingslage,
    laddat: L,
}

impl<L> Forberett<L> {
    fn beraknat<F: Anvandningsfall<Laddat = L>>(self, fall: &F) -> Self {
        Self {
            lage: self.lage,
            laddat: fall.berakna(self.laddat),
        }
    }
}

/// How many times something is worked out before the writer's turn. When others have saved in
/// between every time it is done in the turn: an import is not refused for what others do.
const FORSOK: usize = 4;

fn genom_dorren<F: Anvandningsfall>(
    k: &mut Skriv,
    permit: &Permit,
    nu: jiff::Timestamp,
    nyckel: Option<&Idempotensnyckel>,
    fall: &F,
) -> Result<F::Svar, Problem> {
    if let Some(svar) = redan_gjort::<F>(k, permit, nyckel)? {
        return Ok(svar);
    }
    let laddat = fall.ladda(permit, k)?;
    in_genom_dorren(k, permit, (nu, nyckel), fall, laddat)
}

/// What the same request was answered before.
fn redan_gjort<F: Anvandningsfall>(
    k: &mut Las,
    permit: &Permit,
    nyckel: Option<&Idempotensnyckel>,
) -> Result<Option<F::Svar>, Problem> {
    let Some(nyckel) = nyckel else {
        return Ok(None);
    };
    let svar = store::idempotens::hitta(k, permit, nyckel.som_text())?;
    svar.map(|svar| serde_json::from_str(&svar).map_err(|e| internt(&e)))
        .transpose()
}

fn in_genom_dorren<F: Anvandningsfall>(
    k: &mut Skriv,
    permit: &Permit,
    (nu, nyckel): (jiff::Timestamp, Option<&Idempotensnyckel>),
    fall: &F,
    laddat: F::Laddat,
) -> Result<F::Svar, Problem> {
    let mut miljo = Miljo::ny(nu, k.nasta_id()?);
    let mut plan = fall.planera(laddat, &mut miljo)?;
    let sagda = efter_avslut(&plan);
    sag(
        &mut plan,
        &sagda,
        "efter_avslut",
        "Rättelse efter avslut av",
    );
    let oppnade = store::markera_oppnade(k, permit, &mut plan.andringar)?;
    sag(
        &mut plan,
        &oppnade,
        "oppnat_igen",
        "Ändrat efter avslut, medan året var öppnat igen:",
    );
    store::tillampa_alla(k, permit, nu, &plan.andringar)?;
    k.tag_id(miljo.anvanda())?;
    store::journal::skriv(k, permit, nu, &plan.handelse)?;
    if let Some(nyckel) = nyckel {
        let svar = serde_json::to_string(&plan.svar).map_err(|e| internt(&e))?;
        store::idempotens::spara(k, permit, nu, nyckel.som_text(), &svar)?;
    }
    Ok(plan.svar)
}

/// The years that a plan corrects after they were closed.
fn efter_avslut<S>(plan: &Plan<S>) -> BTreeSet<i16> {
    let ar = plan.andringar.iter().filter_map(|andring| match andring {
        Andring::NyttFaktum { faktum, .. } if faktum.efter_avslut => Some(faktum.galler.ar),
        _ => None,
    });
    ar.flatten().collect()
}

/// What is made after a year was closed says so in the journal, whichever use case made it.
fn sag<S>(plan: &mut Plan<S>, aren: &BTreeSet<i16>, falt: &str, mening: &str) {
    if aren.is_empty() {
        return;
    }
    let ord: Vec<String> = aren.iter().map(i16::to_string).collect();
    let text = &mut plan.handelse.text;
    text.push_str(&format!(" {mening} {}.", ord.join(", ")));
    if let Some(data) = plan.handelse.data.as_object_mut() {
        data.insert(falt.to_owned(), serde_json::json!(aren));
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
