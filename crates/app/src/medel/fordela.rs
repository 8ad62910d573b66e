//! A grant's money is distributed over initiatives and years.

use super::{Beslutsval, efter_avslut};
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
use utfall_domain::faktum::{FORSTARKNING, Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BeslutId, BidragId, FaktumId, InsatsId};
use utfall_domain::insatser::Insats;
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::arsavslut::stangt;
use utfall_domain::medel::dela::skala;
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// One cell of the distribution table as the person left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andrad {
    /// The row.
    pub insats: InsatsId,
    /// The column.
    pub ar: i16,
    /// New money; `None` takes the amount away.
    pub belopp: Option<Belopp>,
}

/// Changes cells of a grant's distribution.
#[derive(Clone, Debug)]
pub struct AndraFordelning {
    /// Which grant.
    pub bidrag: BidragId,
    /// Which proposal; the version in force when `None`.
    pub version: Option<String>,
    /// The last fact of that version the person saw: its row version.
    pub sedd: Option<FaktumId>,
    /// The cells. Unchanged ones are left alone.
    pub celler: Vec<Andrad>,
    /// The decision behind it. What is in force changes by a decision only; a proposal is
    /// edited freely.
    pub beslut: Beslutsval,
    /// Why.
    pub orsak: String,
    /// Made after a year that it touches was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for AndraFordelning {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = Bocker;
    /// How many cells changed.
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        if self.version.is_none() {
            self.beslut
                .brister(bocker, idag, "Fördelningen ändras", &mut fel);
        }
        fel.prova(prova_orsak(&self.orsak));
        let bidrag = bocker.bidrag(self.bidrag);
        let stangt = |ar: &i16| stangt(&bocker.medelsposter, self.bidrag, *ar);
        if self.version.is_none() && bidrag.is_some_and(|b| b.ar.iter().any(stangt)) {
            let bok = Bok::av(Arc::new(bocker.clone()), None);
            let celler = self.celler.iter();
            let nya = celler.filter_map(|cell| self.andra_cell(&bok, cell, ("", None)).ok());
            let nya = nya.flatten().collect();
            fel.prova(efter_avslut(bocker, nya, self.efter_avslut));
        }
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        let bok = Bok::av(Arc::new(bocker), None);
        let bidrag = bok.bidrag(self.bidrag).ok_or_else(Problem::finns_inte)?;
        let namn = bidrag.namn.clone();
        if version_av(&bok, self.bidrag, self.version.as_deref()) != self.sedd {
            return Err(andrad_av_annan());
        }
        self.brister(&bok, miljo.idag()).neka()?;
        let orsak = prova_orsak(&self.orsak)?;
        let (beslut, nytt_beslut) = match self.version {
            None => self.beslut.plan(Some(self.bidrag), miljo),
            Some(_) => (None, None),
        };
        let mut nya = Vec::new();
        for cell in &self.celler {
            nya.extend(self.andra_cell(&bok, cell, (&orsak, beslut))?);
        }
        if nya.is_empty() {
            return Err(Problem::ogiltigt(
                "fordelning-oforandrad",
                "Inget belopp är ändrat.",
                "Ändra ett belopp eller lämna sidan.",
            ));
        }
        if self.version.is_none() {
            prova_ryms(&bok, self.bidrag, &nya)?;
        }
        let nya = efter_avslut(&bok, nya, self.efter_avslut)?;
        let antal = nya.len();
        let andringar = nytt_beslut
            .into_iter()
            .chain(nya.into_iter().map(|f| Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(f),
            }))
            .collect();
        let vad = self.version.as_deref().unwrap_or("Fördelningen");
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "fordelning-andrad".into(),
                objekt: format!("bidrag {}", self.bidrag),
                text: format!("{vad} av {namn} ändrades: {antal} belopp."),
                data: serde_json::json!({ "antal": antal, "beslut": beslut }),
            },
            svar: antal,
        })
    }
}

/// The distribution's row version: its newest fact, corrections included.
#[must_use]
pub fn version(bok: &Bok, bidrag: BidragId) -> Option<FaktumId> {
    version_av(bok, bidrag, None)
}

/// As [`version`], of a proposal when one is named.
#[must_use]
pub fn version_av(bok: &Bok, bidrag: BidragId, version: Option<&str>) -> Option<FaktumId> {
    bok.fakta
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().bidrag == Some(bidrag))
        .filter(|f| f.galler().version.as_deref() == version)
        .map(|f| f.id)
        .max()
}

/// Somebody else changed the distribution after the person saw it.
#[must_use]
pub fn andrad_av_annan() -> Problem {
    Problem::nytt(
        ProblemSlag::Konflikt,
        "fordelning-andrad-av-annan",
        "Någon annan har ändrat fördelningen medan du arbetade.",
        "Jämför beloppen nedan, välj vad som ska gälla och spara igen.",
    )
}

/// The facts about one cell.
pub(super) fn cellen<'a>(
    fakta: impl IntoIterator<Item = &'a Faktum>,
    insats: InsatsId,
    ar: i16,
) -> Vec<&'a Faktum> {
    fakta
        .into_iter()
        .filter(|f| (f.galler().insats, f.galler().ar) == (Some(insats), Some(ar)))
        .collect()
}

impl AndraFordelning {
    pub(super) fn andra_cell(
        &self,
        bok: &Bok,
        cell: &Andrad,
        (orsak, beslut): (&str, Option<BeslutId>),
    ) -> Result<Vec<NyttFaktum>, Problem> {
        let insats = bok.insats(cell.insats).ok_or_else(Problem::finns_inte)?;
        if cell.belopp.is_some_and(|b| b.ore < Ore::NOLL) {
            return Err(under_noll(insats, cell.ar));
        }
        let egna = bok
            .fakta()
            .into_iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Fordelat)
            .filter(|f| f.galler().bidrag == Some(self.bidrag))
            .filter(|f| f.galler().version == self.version);
        let nuvarande = cellen(egna, cell.insats, cell.ar);
        if summa(&nuvarande) == cell.belopp.map(|b| b.ore.0) {
            return Ok(Vec::new());
        }
        let mut nya: Vec<NyttFaktum> = nuvarande
            .iter()
            .map(|gammalt| NyttFaktum {
                rattar: Some(gammalt.id),
                orsak: Some(orsak.to_owned()),
                struken: true,
                beslut,
                efter_avslut: self.efter_avslut,
                ..gammalt.fakta.clone()
            })
            .collect();
        let Some(belopp) = cell.belopp else {
            return Ok(nya);
        };
        let nytt = self.nytt_faktum(bok, insats, (cell.ar, belopp), (orsak, beslut));
        // One known amount is replaced by one fact that points at it. Several parts keep their
        // proportions; where they have none they are struck and one takes their place.
        match (nya.as_mut_slice(), skalade(&nuvarande, belopp.ore)?) {
            ([enda], _) => {
                let kategori = enda.galler.kategori.take();
                let organisation = enda.galler.organisation;
                *enda = NyttFaktum {
                    rattar: enda.rattar,
                    ..nytt
                };
                enda.galler.kategori = kategori;
                enda.galler.organisation = organisation.or(enda.galler.organisation);
            }
            (delar, Some(belopp)) => {
                for (del, ore) in delar.iter_mut().zip(belopp) {
                    *del = NyttFaktum {
                        rattar: del.rattar,
                        galler: del.galler.clone(),
                        varde: Varde::Kant(ore.0),
                        ..nytt.clone()
                    };
                }
            }
            (_, None) => nya.push(nytt),
        }
        Ok(nya)
    }

    fn nytt_faktum(
        &self,
        bok: &Bok,
        insats: &Insats,
        (ar, belopp): (i16, Belopp),
        (orsak, beslut): (&str, Option<BeslutId>),
    ) -> NyttFaktum {
        let galler = Galler {
            bidrag: Some(self.bidrag),
            insats: Some(insats.id),
            organisation: ensam(&insats.ansvariga),
            finansiar: bok.bidrag(self.bidrag).map(|b| b.finansiar),
            ar: Some(ar),
            version: self.version.clone(),
            ..Galler::default()
        };
        NyttFaktum {
            precision: belopp.precision,
            beslut,
            orsak: Some(orsak.to_owned()),
            efter_avslut: self.efter_avslut,
            ..NyttFaktum::nytt(FaktumSlag::Fordelat, galler, Varde::Kant(belopp.ore.0))
        }
    }
}

/// What the parts of a cell become when it comes to another amount. What was added to it by a
/// decision of its own stays, as long as there is room for it.
fn skalade(nuvarande: &[&Faktum], nytt: Ore) -> Result<Option<Vec<Ore>>, Problem> {
    let alla: Option<Vec<Ore>> = nuvarande
        .iter()
        .map(|f| f.varde().kant().map(Ore))
        .collect();
    let Some(alla) = alla.filter(|a| a.len() > 1) else {
        return Ok(None);
    };
    let star: Vec<bool> = nuvarande
        .iter()
        .map(|f| f.galler().kategori.as_deref() == Some(FORSTARKNING))
        .collect();
    skala(&alla, &star, nytt).map_err(|_| {
        Problem::ogiltigt(
            "fordelning-for-stort",
            "Beloppets delar går inte att räkna.",
            "Kontrollera beloppet.",
        )
    })
}

/// Never more than there is: counted over each year that was touched, on the books as
/// they would become.
pub(crate) fn prova_ryms(bok: &Bok, bidrag: BidragId, nya: &[NyttFaktum]) -> Result<(), Problem> {
    let ar: BTreeSet<i16> = nya.iter().filter_map(|f| f.galler.ar).collect();
    for ar in ar {
        let urval = Urval::bidrag(bidrag).ar(ar);
        let Varde::Kant(finns) = bok.varde(Matt::Tillgangligt, &urval) else {
            continue;
        };
        // What is known to be handed out, also when some row has no amount yet.
        let fore = [Matt::FordelatNytt, Matt::FordelatOverfort]
            .into_iter()
            .map(|matt| bok.matt(matt, &urval).utfall)
            .filter_map(|u| u.varde.kant().or(u.kand_del))
            .fold(0, i64::saturating_add);
        let bort: i64 = rader(nya, ar)
            .filter_map(|f| f.rattar)
            .filter_map(|id| bok.fakta.iter().find(|f| f.id == id))
            // What is moved from another grant was never part of this one.
            .filter(|f| f.galler().bidrag == Some(bidrag) && !f.fakta.struken)
            .filter_map(|f| f.varde().kant())
            .fold(0, i64::saturating_add);
        let till = rader(nya, ar)
            .filter(|f| !f.struken)
            .filter_map(|f| f.varde.kant())
            .fold(0, i64::saturating_add);
        let efter = fore.saturating_sub(bort).saturating_add(till);
        if efter > finns && efter > fore {
            return Err(ryms_inte(ar, finns, efter));
        }
    }
    Ok(())
}

fn under_noll(insats: &Insats, ar: i16) -> Problem {
    Problem::ogiltigt(
        "fordelning-negativ",
        format!("{} har fått ett belopp under noll.", insats.namn),
        "Skriv noll eller mer. Pengar som förs över skrivs som en överföring.",
    )
    .i_falt(format!("b-{}-{ar}", insats.id))
}

fn rader(nya: &[NyttFaktum], ar: i16) -> impl Iterator<Item = &NyttFaktum> {
    nya.iter().filter(move |f| f.galler.ar == Some(ar))
}

fn ryms_inte(ar: i16, finns: i64, efter: i64) -> Problem {
    let over = Ore(efter.saturating_sub(finns));
    Problem::ogiltigt(
        "fordelning-overskriden",
        format!(
            "För {ar} finns {}\u{a0}kr. Du har fördelat {}\u{a0}kr, alltså {over}\u{a0}kr för \
             mycket.",
            Ore(finns),
            Ore(efter),
        ),
        "Minska något belopp, eller registrera först mer pengar på bidraget.",
    )
    .i_falt(format!("ar-{ar}"))
}

fn summa(fakta: &[&Faktum]) -> Option<i64> {
    if fakta.is_empty() {
        return None;
    }
    fakta.iter().try_fold(0_i64, |s, f| {
        f.varde().kant().and_then(|tal| s.checked_add(tal))
    })
}

/// The one responsible body; none when there are several, so that nothing counts twice.
pub(crate) fn ensam<T: Copy>(alla: &[T]) -> Option<T> {
    match alla {
        [enda] => Some(*enda),
        _ => None,
    }
}
