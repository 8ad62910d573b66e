//! Proposals for a distribution: made of what is in force, edited freely, decided as a whole.

use super::fordela::{andrad_av_annan, cellen, prova_ryms, version_av};
use super::{AndraFordelning, Andrad, Beslutsval, efter_avslut};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::lasning::Bok;
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BeslutId, BidragId, FaktumId, InsatsId};
use utfall_domain::journal::Handelse;
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// Proposals that a grant can have at once: A to Z.
const BOKSTAVER: std::ops::RangeInclusive<char> = 'A'..='Z';

/// The facts of one version of a grant's distribution; `None` is what is in force.
fn i_version<'a>(bok: &'a Bok, bidrag: BidragId, version: Option<&str>) -> Vec<&'a Faktum> {
    bok.fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().bidrag == Some(bidrag))
        .filter(|f| f.galler().version.as_deref() == version)
        .collect()
}

/// The names of a grant's proposals.
#[must_use]
pub fn forslag(bok: &Bok, bidrag: BidragId) -> BTreeSet<String> {
    bok.fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().bidrag == Some(bidrag))
        .filter_map(|f| f.galler().version.clone())
        .collect()
}

/// Makes a proposal of what is in force, or of another proposal.
#[derive(Clone, Debug)]
pub struct SkapaForslag {
    /// Which grant.
    pub bidrag: BidragId,
    /// Made of this proposal; of what is in force when `None`.
    pub fran: Option<String>,
    /// Why.
    pub orsak: String,
}

impl Anvandningsfall for SkapaForslag {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = Bocker;
    /// Its name: `förslag A`.
    type Svar = String;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_orsak(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<String>, Problem> {
        let bok = Bok::av(Arc::new(bocker), None);
        let b = bok.bidrag(self.bidrag).ok_or_else(Problem::finns_inte)?;
        let bidragsnamn = b.namn.clone();
        self.brister(&bok, miljo.idag()).neka()?;
        let orsak = prova_orsak(&self.orsak)?;
        // Names of all times: a proposal that was decided keeps its letter.
        let tagna: BTreeSet<&str> = bok
            .fakta
            .iter()
            .filter(|f| f.galler().bidrag == Some(self.bidrag))
            .filter_map(|f| f.galler().version.as_deref())
            .collect();
        let namn = BOKSTAVER
            .map(|b| format!("förslag {b}"))
            .find(|namn| !tagna.contains(namn.as_str()))
            .ok_or_else(|| {
                Problem::ogiltigt(
                    "forslag-for-manga",
                    "Alla bokstäver är använda.",
                    "Ändra i ett av förslagen i stället.",
                )
            })?;
        let fran = i_version(&bok, self.bidrag, self.fran.as_deref());
        if fran.is_empty() {
            return Err(Problem::ogiltigt(
                "forslag-utan-grund",
                "Det finns ingen fördelning att göra ett förslag av.",
                "Gör först en fördelning.",
            ));
        }
        let andringar: Vec<Andring> = fran
            .iter()
            .map(|f| Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(NyttFaktum {
                    galler: Galler {
                        version: Some(namn.clone()),
                        ..f.galler().clone()
                    },
                    beslut: None,
                    kalla: None,
                    rattar: None,
                    orsak: Some(orsak.clone()),
                    efter_avslut: false,
                    ..f.fakta.clone()
                }),
            })
            .collect();
        Ok(Plan {
            handelse: Handelse {
                slag: "forslag-skapat".into(),
                objekt: format!("bidrag {}", self.bidrag),
                text: format!("Ett {namn} till fördelning av {bidragsnamn} skapades."),
                data: serde_json::json!({ "forslag": namn, "belopp": andringar.len() }),
            },
            andringar,
            svar: namn,
        })
    }
}

/// Decides a proposal: it becomes the version in force, by one decision.
#[derive(Clone, Debug)]
pub struct BeslutaForslag {
    /// Which grant.
    pub bidrag: BidragId,
    /// Which proposal.
    pub forslag: String,
    /// The last fact of what is in force that the person saw.
    pub sedd: Option<FaktumId>,
    /// The last fact of the proposal that the person saw.
    pub sett_forslag: Option<FaktumId>,
    /// The decision.
    pub beslut: Beslutsval,
    /// Why.
    pub orsak: String,
    /// Made after a year that it touches was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for BeslutaForslag {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = Bocker;
    /// How many amounts changed.
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        self.beslut
            .brister(bocker, idag, "Ett förslag blir gällande", &mut fel);
        fel.prova(prova_orsak(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        let bok = Bok::av(Arc::new(bocker), None);
        let namn = bok
            .bidrag(self.bidrag)
            .ok_or_else(Problem::finns_inte)?
            .namn
            .clone();
        let egna = i_version(&bok, self.bidrag, Some(&self.forslag));
        if egna.is_empty() {
            return Err(Problem::finns_inte());
        }
        let sedda = (self.sedd, self.sett_forslag);
        let forslagets = version_av(&bok, self.bidrag, Some(&self.forslag));
        if (version_av(&bok, self.bidrag, None), forslagets) != sedda {
            return Err(andrad_av_annan());
        }
        self.brister(&bok, miljo.idag()).neka()?;
        let orsak = prova_orsak(&self.orsak)?;
        let (beslut, nytt_beslut) = self.beslut.plan(Some(self.bidrag), miljo);
        let fall = AndraFordelning {
            bidrag: self.bidrag,
            version: None,
            sedd: self.sedd,
            celler: celler(&bok, self.bidrag, &egna),
            beslut: self.beslut.clone(),
            orsak: orsak.clone(),
            efter_avslut: self.efter_avslut,
        };
        let mut nya = Vec::new();
        for cell in &fall.celler {
            nya.extend(fall.andra_cell(&bok, cell, (&orsak, beslut))?);
        }
        prova_ryms(&bok, self.bidrag, &nya)?;
        let mut nya = efter_avslut(&bok, nya, self.efter_avslut)?;
        let antal = nya.len();
        nya.extend(undanlagda(&egna, beslut, &orsak));
        let andringar = nytt_beslut
            .into_iter()
            .chain(nya.into_iter().map(|f| Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(f),
            }))
            .collect();
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "forslag-beslutat".into(),
                objekt: format!("bidrag {}", self.bidrag),
                text: format!(
                    "{} till fördelning av {namn} beslutades.",
                    stort(&self.forslag)
                ),
                data: serde_json::json!({ "antal": antal, "beslut": beslut }),
            },
            svar: antal,
        })
    }
}

/// What was proposed is now what is decided: the proposal itself is put away.
fn undanlagda<'a>(
    egna: &'a [&'a Faktum],
    beslut: Option<BeslutId>,
    orsak: &'a str,
) -> impl Iterator<Item = NyttFaktum> + 'a {
    egna.iter().map(move |f| NyttFaktum {
        rattar: Some(f.id),
        struken: true,
        beslut,
        orsak: Some(format!("Beslutat: {orsak}")),
        efter_avslut: false,
        ..f.fakta.clone()
    })
}

fn stort(text: &str) -> String {
    let mut tecken = text.chars();
    tecken.next().map_or_else(String::new, |forst| {
        forst.to_uppercase().chain(tecken).collect()
    })
}

/// What the distribution becomes in the years the proposal speaks of: what only is in force
/// gets nothing.
fn celler(bok: &Bok, bidrag: BidragId, egna: &[&Faktum]) -> Vec<Andrad> {
    let ar: BTreeSet<i16> = egna.iter().filter_map(|f| f.galler().ar).collect();
    let nu = i_version(bok, bidrag, None);
    let platser: BTreeSet<(InsatsId, i16)> = egna
        .iter()
        .chain(&nu)
        .filter_map(|f| Some((f.galler().insats?, f.galler().ar?)))
        .filter(|(_, a)| ar.contains(a))
        .collect();
    platser
        .into_iter()
        .map(|(insats, ar)| Andrad {
            insats,
            ar,
            belopp: belopp(&cellen(egna.iter().copied(), insats, ar)),
        })
        .collect()
}

/// The amount of a cell, as exactly as its least exact part.
fn belopp(fakta: &[&Faktum]) -> Option<Belopp> {
    let mut summa: Option<i64> = None;
    let mut precision = utfall_domain::pengar::Precision::EXAKT;
    for f in fakta {
        let tal = f.varde().kant()?;
        summa = Some(summa.unwrap_or(0).saturating_add(tal));
        if f.fakta.precision.halv() > precision.halv() {
            precision = f.fakta.precision;
        }
    }
    summa.map(|ore| Belopp {
        precision,
        ..Belopp::exakt(Ore(ore))
    })
}
