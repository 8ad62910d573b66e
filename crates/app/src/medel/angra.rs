//! What was saved in a distribution is taken back: by new facts that give each cell what it
//! had before. Nothing is erased, and what somebody has changed since is not touched. What is in
//! force is decided, so taking back is a change that needs its own decision.

use super::fordela::{andrad_av_annan, prova_ryms, version};
use super::{Beslutsval, efter_avslut};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::lasning::Bok;
use crate::miljo::Miljo;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{AnvandareId, BeslutId, BidragId, FaktumId, InsatsId};
use utfall_domain::journal::Handelse;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// A cell that a saving changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cellbyte {
    /// The row.
    pub insats: Option<InsatsId>,
    /// The column.
    pub ar: Option<i16>,
    /// The amount before; `None` when there was none.
    pub fore: Option<Ore>,
    /// The amount after.
    pub efter: Option<Ore>,
}

/// What somebody saved at one time in the distribution of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sparning {
    /// Its last fact, which names it.
    pub senast: FaktumId,
    /// When.
    pub registrerad: Timestamp,
    /// By whom.
    pub registrerad_av: AnvandareId,
    /// Why.
    pub orsak: String,
    /// What it changed.
    pub celler: Vec<Cellbyte>,
    /// Nobody has changed any of it since.
    pub orord: bool,
    /// Some of it was made after a year was closed.
    pub efter_avslut: bool,
    /// The decision that it was saved with, when one.
    pub beslut: Option<BeslutId>,
}

/// What makes facts one saving: the same instant and person.
type Stund = (Timestamp, AnvandareId);

const fn stund(f: &Faktum) -> Stund {
    (f.registrerad, f.registrerad_av)
}

/// A fact of a distribution in force that somebody entered by hand, or that corrects one.
fn for_hand(f: &Faktum) -> bool {
    f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none() && f.fakta.orsak.is_some()
}

/// What has been saved in a grant's distribution by hand, the latest first.
#[must_use]
pub fn sparningar(bok: &Bok, bidrag: BidragId) -> Vec<Sparning> {
    let mut ut: BTreeMap<Stund, Vec<&Faktum>> = BTreeMap::new();
    for f in bok.fakta.iter().filter(|f| for_hand(f)) {
        ut.entry(stund(f)).or_default().push(f);
    }
    let ror = |alla: &Vec<&Faktum>| alla.iter().any(|f| f.galler().bidrag == Some(bidrag));
    ut.into_values()
        .rev()
        .filter(ror)
        .filter_map(|alla| sparning(bok, &alla))
        .collect()
}

fn sparning(bok: &Bok, alla: &[&Faktum]) -> Option<Sparning> {
    let (forst, sist) = (alla.first()?, alla.last()?);
    let mut celler: BTreeMap<(Option<InsatsId>, Option<i16>), Cellbyte> = BTreeMap::new();
    let summa = |till: &mut Option<Ore>, alla: &[&Faktum]| {
        for tal in alla.iter().filter_map(|f| f.varde().kant()) {
            *till = Some(Ore(till.map_or(0, |s| s.0).saturating_add(tal)));
        }
    };
    let mut orord = true;
    for cell in celler_i(bok, alla) {
        let lage = Cellage::ny(bok, cell, (forst.id, sist.id));
        orord &= lage.orord();
        let byte = celler.entry((cell.insats, cell.ar)).or_insert(Cellbyte {
            insats: cell.insats,
            ar: cell.ar,
            fore: None,
            efter: None,
        });
        summa(&mut byte.fore, &lage.fore);
        summa(&mut byte.efter, &lage.efter);
    }
    Some(Sparning {
        senast: sist.id,
        registrerad: sist.registrerad,
        registrerad_av: sist.registrerad_av,
        orsak: sist.fakta.orsak.clone().unwrap_or_default(),
        celler: celler.into_values().collect(),
        orord,
        efter_avslut: alla.iter().any(|f| f.fakta.efter_avslut),
        beslut: sist.fakta.beslut,
    })
}

/// A cell: whose money, to what and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    bidrag: Option<BidragId>,
    insats: Option<InsatsId>,
    ar: Option<i16>,
}

impl Cell {
    fn av(f: &Faktum) -> Self {
        let g = f.galler();
        Self {
            bidrag: g.bidrag,
            insats: g.insats,
            ar: g.ar,
        }
    }
}

/// The cells that these facts are of, and those that they took money from.
fn celler_i(bok: &Bok, alla: &[&Faktum]) -> BTreeSet<Cell> {
    let rattade = alla.iter().filter_map(|f| {
        let id = f.fakta.rattar?;
        bok.fakta.iter().find(|g| g.id == id)
    });
    let egna = alla.iter().copied();
    egna.chain(rattade).map(Cell::av).collect()
}

/// The facts of a cell: before a saving, after it and now.
struct Cellage<'a> {
    fore: Vec<&'a Faktum>,
    efter: Vec<&'a Faktum>,
    nu: Vec<&'a Faktum>,
}

impl<'a> Cellage<'a> {
    fn ny(bok: &'a Bok, cell: Cell, (forst, sist): (FaktumId, FaktumId)) -> Self {
        let egna: Vec<&Faktum> = bok
            .fakta
            .iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
            .filter(|f| Cell::av(f) == cell)
            .collect();
        let till = |kand: &dyn Fn(FaktumId) -> bool| {
            let rattade: HashSet<FaktumId> = bok
                .fakta
                .iter()
                .filter(|f| kand(f.id))
                .filter_map(|f| f.fakta.rattar)
                .collect();
            egna.iter()
                .copied()
                .filter(|f| kand(f.id) && !f.fakta.struken && !rattade.contains(&f.id))
                .collect::<Vec<_>>()
        };
        Self {
            fore: till(&|id| id < forst),
            efter: till(&|id| id <= sist),
            nu: till(&|_| true),
        }
    }

    /// What the cell holds now is what the saving left: nobody has changed it since, or
    /// whoever did has taken it back.
    fn orord(&self) -> bool {
        let innehall = |alla: &[&'a Faktum]| {
            let mut ut: Vec<_> = alla.iter().map(|f| (f.galler(), f.varde())).collect();
            ut.sort_by(|(a, v), (b, w)| {
                let ordning = |g: &'a Galler| (g.organisation, g.finansiar, &g.kategori);
                (ordning(a), v.kant()).cmp(&(ordning(b), w.kant()))
            });
            ut
        };
        innehall(&self.efter) == innehall(&self.nu)
    }

    /// The facts that give the cell what it had before.
    fn tillbaka(&self, (orsak, beslut): (&str, Option<BeslutId>)) -> Vec<NyttFaktum> {
        let mut nu = self.nu.iter();
        // Neither the old decision nor that it was made after a closing comes along: this is a
        // change of its own.
        let ny = |f: &Faktum, rattar: Option<FaktumId>| NyttFaktum {
            rattar,
            orsak: Some(orsak.to_owned()),
            beslut,
            efter_avslut: false,
            ..f.fakta.clone()
        };
        let mut ut = Vec::new();
        for f in &self.fore {
            ut.push(ny(f, nu.next().map(|n| n.id)));
        }
        ut.extend(nu.map(|n| NyttFaktum {
            struken: true,
            ..ny(n, Some(n.id))
        }));
        ut
    }
}

/// Takes back what was saved at one time.
#[derive(Clone, Debug)]
pub struct AngraFordelning {
    /// The grant whose page it was asked on.
    pub bidrag: BidragId,
    /// The last fact of the saving.
    pub sparning: FaktumId,
    /// The distribution the person saw: its row version.
    pub sedd: Option<FaktumId>,
    /// The decision behind it.
    pub beslut: Beslutsval,
    /// Why.
    pub orsak: String,
    /// Made after a year that it touches was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for AngraFordelning {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = Bocker;
    /// How many amounts went back.
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let bok = Bok::av(Arc::new(bocker.clone()), None);
        let mut fel = Brister::default();
        self.beslut
            .brister(bocker, idag, "En sparad fördelning ångras", &mut fel);
        fel.prova(prova_orsak(&self.orsak));
        if let Ok((nya, _)) = self.nya(&bok, None) {
            fel.prova(efter_avslut(bocker, nya, self.efter_avslut));
        }
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        let bok = Bok::av(Arc::new(bocker), None);
        let bidrag = bok.bidrag(self.bidrag).ok_or_else(Problem::finns_inte)?;
        let namn = bidrag.namn.clone();
        if version(&bok, self.bidrag) != self.sedd {
            return Err(andrad_av_annan());
        }
        let (_, orord) = self.nya(&bok, None)?;
        if !orord {
            return Err(andrat_sedan());
        }
        self.brister(&bok, miljo.idag()).neka()?;
        let (beslut, nytt_beslut) = self.beslut.plan(Some(self.bidrag), miljo);
        let (nya, _) = self.nya(&bok, beslut)?;
        let nya = efter_avslut(&bok, nya, self.efter_avslut)?;
        let antal = nya
            .iter()
            .map(|f| (f.galler.insats, f.galler.ar))
            .collect::<HashSet<_>>()
            .len();
        for bidrag in nya
            .iter()
            .filter_map(|f| f.galler.bidrag)
            .collect::<HashSet<_>>()
        {
            let egna: Vec<NyttFaktum> = nya
                .iter()
                .filter(|f| f.galler.bidrag == Some(bidrag))
                .cloned()
                .collect();
            prova_ryms(&bok, bidrag, &egna)?;
        }
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
                slag: "fordelning-angrad".into(),
                objekt: format!("bidrag {}", self.bidrag),
                text: format!("En ändring av fördelningen av {namn} ångrades: {antal} belopp."),
                data: serde_json::json!({
                    "antal": antal, "sparning": self.sparning, "beslut": beslut,
                }),
            },
            svar: antal,
        })
    }
}

impl AngraFordelning {
    /// The facts that give every cell what it had, and whether nobody has changed any since.
    fn nya(&self, bok: &Bok, beslut: Option<BeslutId>) -> Result<(Vec<NyttFaktum>, bool), Problem> {
        let alla = self.fakta(bok)?;
        let (forst, sist) = alla
            .first()
            .zip(alla.last())
            .ok_or_else(Problem::finns_inte)?;
        let orsak = angrat(sist.fakta.orsak.as_deref().unwrap_or_default(), &self.orsak);
        let lagen: Vec<Cellage<'_>> = celler_i(bok, &alla)
            .into_iter()
            .map(|cell| Cellage::ny(bok, cell, (forst.id, sist.id)))
            .collect();
        let nya = lagen.iter().flat_map(|l| l.tillbaka((&orsak, beslut)));
        Ok((nya.collect(), lagen.iter().all(Cellage::orord)))
    }

    fn fakta<'a>(&self, bok: &'a Bok) -> Result<Vec<&'a Faktum>, Problem> {
        let sist = bok.fakta.iter().find(|f| f.id == self.sparning);
        let sist = sist
            .filter(|f| for_hand(f))
            .ok_or_else(Problem::finns_inte)?;
        let alla = bok.fakta.iter();
        let alla: Vec<&Faktum> = alla
            .filter(|f| for_hand(f) && stund(f) == stund(sist))
            .collect();
        let har = alla.iter().any(|f| f.galler().bidrag == Some(self.bidrag));
        har.then_some(alla).ok_or_else(Problem::finns_inte)
    }
}

/// What is taken back and why. What is taken back twice does not say so twice.
fn angrat(vad: &str, varfor: &str) -> String {
    const FORE: &str = "Ångrat: ";
    const SKAL: &str = " Skäl: ";
    let vad = vad.strip_prefix(FORE).unwrap_or(vad);
    let vad = vad.split(SKAL).next().unwrap_or(vad).trim_end_matches('.');
    format!("{FORE}{vad}.{SKAL}{}", varfor.trim())
}

fn andrat_sedan() -> Problem {
    Problem::ogiltigt(
        "fordelning-andrad-sedan",
        "Något av beloppen har ändrats igen sedan dess.",
        "Ångra den senare ändringen först, eller skriv beloppen i tabellen.",
    )
}

#[cfg(test)]
pub(crate) mod tests;
