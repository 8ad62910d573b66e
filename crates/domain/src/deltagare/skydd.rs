//! What of a year's participants is shown to those who must see no person: the office, the
//! board and the auditor.
//!
//! The tables are fixed ([`TABELLER`]) and nobody can filter them. A number from one to one below
//! the threshold is hidden, and as many more as are needed for this: **for every hidden number
//! there is another year, with other people in it, that shows exactly the same and has another
//! number there**. So nothing that is shown gives it away, in one table or by taking one from
//! another. Who reads is taken to know the rule, and that behind the sign there is at least one.
//!
//! Of three properties together the tables say nothing, but they could give it away: how many from
//! one municipality took part in an initiative and got work. Such numbers are kept in the same way
//! ([`TRIPPLAR`]). Method: rojande.md 4 (moves that are their own proof). It certifies that a
//! number is not known, not how widely it can vary, nor anything across years (ADR 0058).

use std::collections::{BTreeMap, BTreeSet};

/// Numbers from 1 to one below this are hidden.
pub const TROSKEL: u64 = 5;

/// Of each side of an exchange so many are tried.
const KANDIDATER: usize = 60;

/// What the tables tell people apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drag {
    /// Home municipality.
    Kommun,
    /// Initiative.
    Insats,
    /// Sex.
    Kon,
    /// Age on the first day, in bands.
    Alder,
    /// What came of it.
    Utfall,
}

impl Drag {
    const ALLA: [Self; 5] = [
        Self::Kommun,
        Self::Insats,
        Self::Kon,
        Self::Alder,
        Self::Utfall,
    ];
}

/// The tables: pairs of properties. Each has its margins too, and the whole.
pub const TABELLER: [(Drag, Drag); 6] = [
    (Drag::Insats, Drag::Utfall),
    (Drag::Kommun, Drag::Insats),
    (Drag::Kommun, Drag::Utfall),
    (Drag::Insats, Drag::Kon),
    (Drag::Kon, Drag::Utfall),
    (Drag::Alder, Drag::Utfall),
];

/// Three properties whose pairs are all tables: the first is linked with the two others only.
const TRIPPLAR: [(Drag, Drag, Drag); 2] = [
    (Drag::Kommun, Drag::Insats, Drag::Utfall),
    (Drag::Kon, Drag::Insats, Drag::Utfall),
];

/// One participation, as what the tables tell: places in the lists of what each property can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Post {
    /// Home municipality.
    pub kommun: u16,
    /// Initiative.
    pub insats: u16,
    /// Sex.
    pub kon: u16,
    /// Age band.
    pub alder: u16,
    /// What came of it.
    pub utfall: u16,
}

impl Post {
    const fn ar(&self, drag: Drag) -> u16 {
        match drag {
            Drag::Kommun => self.kommun,
            Drag::Insats => self.insats,
            Drag::Kon => self.kon,
            Drag::Alder => self.alder,
            Drag::Utfall => self.utfall,
        }
    }

    const fn med(mut self, drag: Drag, varde: u16) -> Self {
        match drag {
            Drag::Kommun => self.kommun = varde,
            Drag::Insats => self.insats = varde,
            Drag::Kon => self.kon = varde,
            Drag::Alder => self.alder = varde,
            Drag::Utfall => self.utfall = varde,
        }
        self
    }
}

/// A property with what it is.
pub type Varde = (Drag, u16);

/// A number of the tables: of those with one property, or with two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell(Varde, Option<Varde>);

impl Cell {
    /// Everybody with a property.
    #[must_use]
    pub const fn alla(en: Varde) -> Self {
        Self(en, None)
    }

    /// Everybody with both, in any order.
    #[must_use]
    pub fn bada(en: Varde, annan: Varde) -> Self {
        if annan < en {
            return Self(annan, Some(en));
        }
        Self(en, Some(annan))
    }

    fn bord(self) -> Bord {
        (self.0.0, self.1.map(|(drag, _)| drag))
    }
}

/// A table, or the margin of one property.
type Bord = (Drag, Option<Drag>);

/// What a number shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visat {
    /// The number.
    Tal(u64),
    /// A sign: it is from one person up, and says no more.
    Dolt,
}

impl Visat {
    /// The number, when it is shown.
    #[must_use]
    pub const fn tal(self) -> Option<u64> {
        match self {
            Self::Tal(tal) => Some(tal),
            Self::Dolt => None,
        }
    }
}

/// A year's tables with what must not be seen hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skyddad {
    alla: Visat,
    celler: BTreeMap<Cell, u64>,
    dolda: BTreeSet<Cell>,
    dolda_bord: BTreeSet<Bord>,
}

impl Skyddad {
    /// Everybody. Hidden when the year as a whole is below the threshold; then all is.
    #[must_use]
    pub const fn alla(&self) -> Visat {
        self.alla
    }

    /// One number.
    #[must_use]
    pub fn visar(&self, cell: Cell) -> Visat {
        let dolt = self.alla == Visat::Dolt
            || self.dolda_bord.contains(&cell.bord())
            || self.dolda.contains(&cell);
        if dolt {
            return Visat::Dolt;
        }
        Visat::Tal(self.celler.get(&cell).copied().unwrap_or(0))
    }

    /// Whether anything at all is hidden.
    #[must_use]
    pub fn nagot_dolt(&self) -> bool {
        self.alla == Visat::Dolt || !self.dolda.is_empty() || !self.dolda_bord.is_empty()
    }
}

/// Some people exchanged for others: who, which property, and what it becomes.
type Byte = Vec<(Post, Drag, u16)>;

/// What an exchange would cost: how many people's numbers it hides, and which.
type Pris = (u64, Vec<Cell>);

/// The tables of a year, and what is hidden so far.
struct Arbete {
    poster: BTreeSet<Post>,
    celler: BTreeMap<Cell, u64>,
    varden: BTreeMap<Drag, BTreeSet<u16>>,
    dolda: BTreeSet<Cell>,
    dolda_bord: BTreeSet<Bord>,
}

fn sma(antal: u64, troskel: u64) -> bool {
    0 < antal && antal < troskel
}

/// The numbers that somebody is in by a property.
fn celler_med(post: &Post, drag: Drag) -> impl Iterator<Item = Cell> {
    let egen = (drag, post.ar(drag));
    let post = *post;
    let par = TABELLER.iter().filter_map(move |(en, annan)| {
        let andra = if *en == drag {
            *annan
        } else if *annan == drag {
            *en
        } else {
            return None;
        };
        Some(Cell::bada(egen, (andra, post.ar(andra))))
    });
    std::iter::once(Cell::alla(egen)).chain(par)
}

fn alla_celler(post: &Post) -> impl Iterator<Item = Cell> {
    let post = *post;
    let margin = Drag::ALLA
        .into_iter()
        .map(move |d| Cell::alla((d, post.ar(d))));
    let par = TABELLER
        .into_iter()
        .map(move |(en, annan)| Cell::bada((en, post.ar(en)), (annan, post.ar(annan))));
    margin.chain(par)
}

impl Arbete {
    fn ny(poster: &[Post]) -> Self {
        let mut celler: BTreeMap<Cell, u64> = BTreeMap::new();
        let mut varden: BTreeMap<Drag, BTreeSet<u16>> = BTreeMap::new();
        for post in poster {
            for cell in alla_celler(post) {
                let plats = celler.entry(cell).or_default();
                *plats = plats.saturating_add(1);
            }
            for drag in Drag::ALLA {
                varden.entry(drag).or_default().insert(post.ar(drag));
            }
        }
        Self {
            poster: poster.iter().copied().collect(),
            celler,
            varden,
            dolda: BTreeSet::new(),
            dolda_bord: BTreeSet::new(),
        }
    }

    /// What the exchange costs; `None` when it would be seen, whatever is hidden.
    fn pris(&self, byte: &Byte) -> Option<Pris> {
        let mut skillnad: BTreeMap<Cell, i64> = BTreeMap::new();
        for (post, drag, blir) in byte {
            for cell in celler_med(post, *drag) {
                *skillnad.entry(cell).or_default() -= 1;
            }
            for cell in celler_med(&post.med(*drag, *blir), *drag) {
                *skillnad.entry(cell).or_default() += 1;
            }
        }
        let mut pris: Pris = (0, Vec::new());
        for (cell, skillnad) in skillnad {
            if skillnad == 0 {
                continue;
            }
            let nu = self.celler.get(&cell).copied().unwrap_or(0);
            let blir = nu.checked_add_signed(skillnad)?;
            if self.dolda_bord.contains(&cell.bord()) {
                continue;
            }
            // Behind the sign there is somebody: now, and in the other year too.
            if nu == 0 || blir == 0 {
                return None;
            }
            if !self.dolda.contains(&cell) {
                pris.0 = pris.0.saturating_add(nu);
                pris.1.push(cell);
            }
        }
        Some(pris)
    }

    /// The cheapest of some exchanges; the first that costs nothing.
    fn billigast(&self, alla: impl Iterator<Item = Byte>) -> Option<Pris> {
        let mut bast: Option<Pris> = None;
        for byte in alla {
            let Some(pris) = self.pris(&byte) else {
                continue;
            };
            if pris.1.is_empty() {
                return Some(pris);
            }
            if bast.as_ref().is_none_or(|b| pris.0 < b.0) {
                bast = Some(pris);
            }
        }
        bast
    }

    /// Some of those that are so, spread over all of them: a longer search finds a cheaper way,
    /// and in a large year it would take minutes.
    fn med(&self, villkor: impl Fn(&Post) -> bool) -> Vec<Post> {
        let alla: Vec<Post> = self.poster.iter().filter(|p| villkor(p)).copied().collect();
        let steg = alla.len().div_ceil(KANDIDATER).max(1);
        alla.into_iter().step_by(steg).collect()
    }

    /// One person is another: gets the property, or loses it.
    fn omskrivningar(&self, (drag, varde): Varde, sedan: Option<Varde>) -> Vec<Byte> {
        let har = |p: &Post| sedan.is_none_or(|(d, v)| p.ar(d) == v);
        let annars = self.varden.get(&drag);
        let andra = || annars.into_iter().flatten().filter(|v| **v != varde);
        let bort = self.med(|p| har(p) && p.ar(drag) == varde);
        let hit = self.med(|p| har(p) && p.ar(drag) != varde);
        let bort = bort
            .into_iter()
            .flat_map(|p| andra().map(move |v| vec![(p, drag, *v)]));
        let hit = hit.into_iter().map(|p| vec![(p, drag, varde)]);
        bort.chain(hit).collect()
    }

    /// Two exchange a property, so that one more or one less has both.
    fn vaxlingar(&self, (a, av): Varde, (b, bv): Varde) -> Vec<Byte> {
        let grupp =
            |i_a: bool, i_b: bool| self.med(|p| (p.ar(a) == av) == i_a && (p.ar(b) == bv) == i_b);
        let mut ut = Vec::new();
        for (ena, andra) in [
            (grupp(false, true), grupp(true, false)),
            (grupp(true, true), grupp(false, false)),
        ] {
            for x in &ena {
                for y in &andra {
                    for drag in [a, b] {
                        ut.push(vec![(*x, drag, y.ar(drag)), (*y, drag, x.ar(drag))]);
                    }
                }
            }
        }
        ut
    }

    /// A way to hold a number of the tables: the cheapest.
    fn vag(&self, cell: Cell) -> Option<Pris> {
        let Cell(en, annan) = cell;
        let Some(annan) = annan else {
            return self.billigast(self.omskrivningar(en, None).into_iter());
        };
        let byten = self.vaxlingar(en, annan).into_iter();
        let byten = byten
            .chain(self.omskrivningar(en, Some(annan)))
            .chain(self.omskrivningar(annan, Some(en)));
        self.billigast(byten)
    }

    /// Hides what keeps a number; the whole of its table, and at last of every table, when nothing
    /// less does.
    fn hall(&mut self, bord: &[Bord], vag: impl Fn(&Self) -> Option<Pris>) {
        for svep in bord {
            if let Some((_, nya)) = vag(self) {
                self.dolda.extend(nya);
                return;
            }
            self.dolda_bord.insert(*svep);
        }
        if let Some((_, nya)) = vag(self) {
            self.dolda.extend(nya);
            return;
        }
        self.dolda_bord.extend(alla_bord());
    }
}

fn alla_bord() -> impl Iterator<Item = Bord> {
    let par = TABELLER.into_iter().map(|(en, annan)| {
        let (en, annan) = (en.min(annan), en.max(annan));
        (en, Some(annan))
    });
    par.chain(Drag::ALLA.into_iter().map(|drag| (drag, None)))
}

/// The tables to give up for a number, one after the other: its own, those beside it, the margins.
fn i_tur(cell: Cell) -> Vec<Bord> {
    let (en, annan) = cell.bord();
    let ror = |bord: &Bord| {
        let drag = [Some(bord.0), bord.1];
        drag.contains(&Some(en)) || annan.is_some_and(|a| drag.contains(&Some(a)))
    };
    let mut ut = vec![cell.bord()];
    ut.extend(alla_bord().filter(|b| ror(b) && b.1.is_some()));
    ut.extend(alla_bord().filter(|b| ror(b) && b.1.is_none()));
    ut
}

impl Arbete {
    /// How many have three properties, of those whose pairs are all shown.
    fn tripplar(&self, (x, i, u): (Drag, Drag, Drag), poster: &[Post]) -> Trippelantal {
        let mut ut = Trippelantal::new();
        for post in poster {
            let plats = ut.entry((post.ar(x), post.ar(i), post.ar(u))).or_default();
            *plats = plats.saturating_add(1);
        }
        ut
    }

    /// A way to hold a number of three properties: eight numbers in a cube that change and no
    /// table shows it, or two who exchange the first property.
    fn trippelvag(
        &self,
        (x, i, u): (Drag, Drag, Drag),
        (xv, iv, uv): (u16, u16, u16),
        antal: &Trippelantal,
    ) -> Option<Pris> {
        if kub((xv, iv, uv), antal) {
            return Some((0, Vec::new()));
        }
        let mal = [(x, xv), (i, iv), (u, uv)];
        let byten = mal.into_iter().flat_map(|en| self.trippelbyten(en, &mal));
        let ensamma = self.omskrivningar((x, xv), Some((i, iv))).into_iter();
        let ensamma = ensamma.filter(|b| b.iter().all(|(p, ..)| p.ar(u) == uv));
        self.billigast(byten.chain(ensamma))
    }

    /// Two exchange one of three properties, so that one more or one less has all three.
    fn trippelbyten(&self, (drag, varde): Varde, mal: &[Varde; 3]) -> Vec<Byte> {
        let ovriga = |p: &Post| mal.iter().all(|(d, v)| *d == drag || p.ar(*d) == *v);
        let har = |p: &Post| p.ar(drag) == varde;
        let ut = self.med(|p| ovriga(p) && har(p));
        let hit = self.med(|p| ovriga(p) && !har(p));
        let utan = self.med(|p| !ovriga(p) && !har(p));
        let med = self.med(|p| !ovriga(p) && har(p));
        let mut byten = Vec::new();
        for (ena, andra) in [(ut, utan), (hit, med)] {
            for p in &ena {
                for q in &andra {
                    byten.push(vec![(*p, drag, q.ar(drag)), (*q, drag, p.ar(drag))]);
                }
            }
        }
        byten
    }
}

type Trippelantal = BTreeMap<(u16, u16, u16), u64>;

/// Whether one of eight numbers in a cube can be one more or one less with every pair the same:
/// the four that would be one less must have somebody.
fn kub((x, i, u): (u16, u16, u16), antal: &Trippelantal) -> bool {
    let finns = |cell: (u16, u16, u16)| antal.get(&cell).is_some_and(|n| *n > 0);
    let mer = antal.keys().any(|&(x2, i2, u2)| {
        let horn = x2 != x && i2 != i && u2 != u;
        horn && finns((x2, i, u)) && finns((x, i2, u)) && finns((x, i, u2))
    });
    let mindre = |i2: u16, u2: u16| {
        let mut andra = antal.keys().filter(|k| k.0 != x && (k.1, k.2) == (i2, u));
        andra.any(|&(x2, ..)| finns((x2, i, u2)))
    };
    let mut egna = antal.keys().filter(|k| k.0 == x && k.1 != i && k.2 != u);
    mer || egna.any(|&(_, i2, u2)| mindre(i2, u2))
}

/// A year's tables with what must not be seen hidden.
#[must_use]
pub fn skydda(poster: &[Post], troskel: u64) -> Skyddad {
    let alla = u64::try_from(poster.len()).unwrap_or(u64::MAX);
    let mut arbete = Arbete::ny(poster);
    let hel = if sma(alla, troskel) {
        Visat::Dolt
    } else {
        Visat::Tal(alla)
    };
    if hel != Visat::Dolt {
        hall_tabellernas(&mut arbete, troskel);
        hall_tripplarnas(&mut arbete, poster, troskel);
    }
    Skyddad {
        alla: hel,
        celler: arbete.celler,
        dolda: arbete.dolda,
        dolda_bord: arbete.dolda_bord,
    }
}

fn hall_tabellernas(arbete: &mut Arbete, troskel: u64) {
    let mut sma_celler: Vec<(bool, u64, Cell)> = arbete
        .celler
        .iter()
        .filter(|(_, antal)| sma(**antal, troskel))
        .map(|(cell, antal)| (cell.1.is_some(), *antal, *cell))
        .collect();
    // The margins first: what hides them hides much, and helps the others.
    sma_celler.sort_unstable();
    arbete
        .dolda
        .extend(sma_celler.iter().map(|(.., cell)| *cell));
    for (.., cell) in sma_celler {
        arbete.hall(&i_tur(cell), |a| a.vag(cell));
    }
}

fn hall_tripplarnas(arbete: &mut Arbete, poster: &[Post], troskel: u64) {
    for drag in TRIPPLAR {
        let antal = arbete.tripplar(drag, poster);
        for (varden, _) in antal.iter().filter(|(_, n)| sma(**n, troskel)) {
            let bord = [
                (drag.0.min(drag.1), Some(drag.0.max(drag.1))),
                (drag.0.min(drag.2), Some(drag.0.max(drag.2))),
                (drag.1.min(drag.2), Some(drag.1.max(drag.2))),
            ];
            arbete.hall(&bord, |a| a.trippelvag(drag, *varden, &antal));
        }
    }
}

#[cfg(test)]
mod tests;
