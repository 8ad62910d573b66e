//! The protection against who reads everything that is shown and tries every year there could be.

use super::*;
use proptest::prelude::*;

/// How many values each property has, in the order of [`Drag::ALLA`].
type Rymd = [u16; 5];

fn poster_i(rymd: Rymd) -> Vec<Post> {
    let mut ut = Vec::new();
    for kommun in 0..rymd[0] {
        for insats in 0..rymd[1] {
            for kon in 0..rymd[2] {
                for alder in 0..rymd[3] {
                    for utfall in 0..rymd[4] {
                        ut.push(Post {
                            kommun,
                            insats,
                            kon,
                            alder,
                            utfall,
                        });
                    }
                }
            }
        }
    }
    ut
}

fn celler_i(rymd: Rymd) -> BTreeSet<Cell> {
    poster_i(rymd).iter().flat_map(alla_celler).collect()
}

/// What somebody can ask of a year: a shown number, or one that three properties make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fraga {
    Cell(Cell),
    Trippel(usize, (u16, u16, u16)),
}

fn fragor(poster: &[Post]) -> BTreeMap<Fraga, u64> {
    let mut ut = BTreeMap::new();
    for post in poster {
        for cell in alla_celler(post) {
            *ut.entry(Fraga::Cell(cell)).or_default() += 1;
        }
        for (nr, (x, i, u)) in TRIPPLAR.into_iter().enumerate() {
            let varden = (post.ar(x), post.ar(i), post.ar(u));
            *ut.entry(Fraga::Trippel(nr, varden)).or_default() += 1;
        }
    }
    ut
}

/// Who knows everything that is shown, the rule, and what there is to be: finds every year that
/// fits, by trying them all.
struct Angripare<'a> {
    rymd: Vec<Post>,
    celler: BTreeSet<Cell>,
    visat: &'a Skyddad,
    har: BTreeMap<Cell, u64>,
    /// Tables where something is shown: there, who is hidden is somebody.
    oppna: BTreeSet<Bord>,
    mojliga: BTreeMap<Fraga, BTreeSet<u64>>,
    sma: BTreeMap<Fraga, u64>,
}

impl Angripare<'_> {
    fn passar(&self) -> bool {
        self.celler.iter().all(|cell| {
            let n = self.har.get(cell).copied().unwrap_or(0);
            match self.visat.visar(*cell) {
                Visat::Tal(tal) => n == tal,
                Visat::Dolt => n > 0 || !self.oppna.contains(&cell.bord()),
            }
        })
    }

    fn lagg(&mut self, post: &Post) -> bool {
        let mut ryms = true;
        for cell in alla_celler(post) {
            let n = self.har.entry(cell).or_default();
            *n += 1;
            ryms &= self.visat.visar(cell).tal().is_none_or(|tal| *n <= tal);
        }
        ryms
    }

    fn prova(&mut self, fran: usize, kvar: u64, vald: &mut Vec<Post>) {
        if kvar == 0 {
            if !self.passar() {
                return;
            }
            let varden = fragor(vald);
            for fraga in self.sma.keys() {
                let n = varden.get(fraga).copied().unwrap_or(0);
                self.mojliga.entry(*fraga).or_default().insert(n);
            }
            return;
        }
        for nr in fran..self.rymd.len() {
            let post = self.rymd[nr];
            vald.push(post);
            if self.lagg(&post) {
                self.prova(nr, kvar - 1, vald);
            }
            vald.pop();
            for cell in alla_celler(&post) {
                *self.har.entry(cell).or_default() -= 1;
            }
        }
    }
}

/// The small numbers that the attacker knows for certain.
fn rojda(poster: &[Post], rymd: Rymd, troskel: u64, visat: &Skyddad) -> Vec<Fraga> {
    let celler = celler_i(rymd);
    let syns = |cell: &&Cell| visat.visar(**cell) != Visat::Dolt;
    let oppna = celler.iter().filter(syns).map(|c| c.bord()).collect();
    let sma = fragor(poster).into_iter().filter(|(_, n)| sma(*n, troskel));
    let mut angripare = Angripare {
        rymd: poster_i(rymd),
        celler,
        visat,
        har: BTreeMap::new(),
        oppna,
        mojliga: BTreeMap::new(),
        sma: sma.collect(),
    };
    angripare.prova(0, poster.len() as u64, &mut Vec::new());
    let mojliga = angripare.mojliga;
    let enda = |fraga: &Fraga| mojliga.get(fraga).is_some_and(|m| m.len() == 1);
    angripare.sma.into_keys().filter(enda).collect()
}

/// Hides the small numbers and nothing more: what a spreadsheet does.
fn bara_sma(poster: &[Post], troskel: u64) -> Skyddad {
    let arbete = Arbete::ny(poster);
    let sma = arbete.celler.iter().filter(|(_, n)| sma(**n, troskel));
    Skyddad {
        alla: Visat::Tal(poster.len() as u64),
        dolda: sma.map(|(cell, _)| *cell).collect(),
        celler: arbete.celler,
        dolda_bord: BTreeSet::new(),
    }
}

fn blandade(rymd: Rymd, antal: usize, fro: u64) -> Vec<Post> {
    let alla = poster_i(rymd);
    let mut x = fro
        .wrapping_mul(2_654_435_761)
        .wrapping_add(88_172_645_463_325_252);
    let mut nasta = || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        x
    };
    (0..antal)
        .map(|_| {
            // Two draws: some are much more common than others, as in life.
            let (a, b) = (nasta() % alla.len() as u64, nasta() % alla.len() as u64);
            alla[usize::try_from(a.min(b)).unwrap()]
        })
        .collect()
}

const SMA_RYMDER: [(Rymd, usize); 4] = [
    ([2, 2, 1, 1, 3], 7),
    ([3, 2, 1, 1, 2], 7),
    ([1, 2, 2, 1, 3], 7),
    ([2, 1, 1, 2, 3], 7),
];

#[test]
fn nobody_who_tries_every_year_there_could_be_knows_a_small_number() {
    for (rymd, antal) in SMA_RYMDER {
        for fro in 1..=4 {
            let poster = blandade(rymd, antal, fro);
            let visat = skydda(&poster, 3);
            assert_eq!(rojda(&poster, rymd, 3, &visat), [], "{rymd:?} {fro}");
        }
    }
}

/// The control: without the second hiding the attacker knows many of them.
#[test]
fn to_hide_only_the_small_numbers_hides_little() {
    let mut rojt = 0;
    for (rymd, antal) in SMA_RYMDER {
        for fro in 1..=4 {
            let poster = blandade(rymd, antal, fro);
            let visat = bara_sma(&poster, 3);
            rojt += rojda(&poster, rymd, 3, &visat).len();
        }
    }
    assert!(rojt > 30, "{rojt}");
}

#[test]
fn what_is_shown_is_true_and_never_small() {
    for fro in 1..=20 {
        let poster = blandade([4, 5, 3, 5, 7], 150, fro);
        let visat = skydda(&poster, TROSKEL);
        for (fraga, n) in fragor(&poster) {
            let Fraga::Cell(cell) = fraga else { continue };
            match visat.visar(cell) {
                Visat::Tal(tal) => assert!(tal == n && n >= TROSKEL, "{cell:?} {n}"),
                Visat::Dolt => {}
            }
        }
    }
}

#[test]
fn a_year_of_fewer_than_five_shows_nothing() {
    let poster = blandade([1, 1, 1, 1, 1], 4, 1);
    let visat = skydda(&poster, TROSKEL);
    assert_eq!(visat.alla(), Visat::Dolt);
    assert_eq!(visat.visar(Cell::alla((Drag::Utfall, 0))), Visat::Dolt);
    let ingen = skydda(&[], TROSKEL);
    assert_eq!(ingen.alla(), Visat::Tal(0));
    assert!(!ingen.nagot_dolt());
}

/// The measure of how much is lost: a protection that hides everything is no use.
#[test]
fn most_of_a_year_of_some_hundreds_is_still_there() {
    for (antal, minst) in [(100, 20), (400, 55), (1_000, 75), (10_000, 90)] {
        let poster = blandade([4, 6, 2, 5, 7], antal, 7);
        let visat = skydda(&poster, TROSKEL);
        let fragor = fragor(&poster);
        let celler = fragor.keys().filter_map(|f| match f {
            Fraga::Cell(cell) => Some(*cell),
            Fraga::Trippel(..) => None,
        });
        let (mut syns, mut alla) = (0, 0);
        for cell in celler {
            alla += 1;
            syns += u64::from(visat.visar(cell) != Visat::Dolt);
        }
        println!("{antal}: {syns} av {alla}, bord {:?}", visat.dolda_bord);
        assert!(syns * 100 >= minst * alla, "{antal}: {syns} av {alla}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_small_year_holds(
        valda in proptest::collection::vec(0_usize..12, 3..9),
        troskel in 2_u64..5,
    ) {
        let rymd = [2, 2, 1, 1, 3];
        let alla = poster_i(rymd);
        let poster: Vec<Post> = valda.iter().map(|nr| alla[*nr]).collect();
        let visat = skydda(&poster, troskel);
        if visat.alla() != Visat::Dolt {
            prop_assert_eq!(rojda(&poster, rymd, troskel, &visat), []);
        }
    }
}
