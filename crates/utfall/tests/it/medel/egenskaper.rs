//! The invariants of a grant's year, against an oracle that shares no code with what it tests:
//! plain lists of kronor, added up again each time.
//!
//! Whatever was done or refused: allocated = distributed + left, and
//! received + carried in = used of the grant + to repay + carried out + left, with left never
//! below zero and the overspend apart. Whether each operation is done is the oracle's to say:
//! also taking back what was saved, splitting a row, and changing a year that is closed.
//! `UTFALL_BIDRAGSAR` says how many seeds; `cargo xtask prov bidragsar` runs ten thousand.

use super::avslutat::Lock;
use super::{Prov, kr};
use jiff::Timestamp;
use jiff::civil::date;
use std::sync::Arc;
use utfall_app::fakta::{RattaFaktum, Rattelse, RegistreraFaktum, om_bidrag, om_insats};
use utfall_app::medel::{
    AndraFordelning, Andrad, AngraFordelning, BeslutaAterbetalning, Beslutsval,
    BetalaAterbetalning, Del, DelaFordelning, Delstorlek, Forstark, Rekvisitionshandling as H,
    SkrivRekvisition, StegRekvisition, cellens_fakta, poster, sparningar, version,
};
use utfall_app::{Anvandningsfall, Bok, Miljo};
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{AnvandareId, BidragId, InsatsId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::arsavslut::ror;
use utfall_domain::medel::aterbetalning::en;
use utfall_domain::medel::post::Medelspost;
use utfall_domain::medel::rekvisition::{Rekvisition, Riktning, Uppgift, alla};
use utfall_domain::pengar::{Belopp, Ore, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_testkit::beslut;

pub(super) const AREN: [i16; 2] = [super::AR, super::AR + 1];
const TILLDELAT: i64 = 1_000;

/// Numbers that look random and are the same each time.
pub(super) struct Tal(pub(super) u64);

impl Tal {
    pub(super) fn nasta(&mut self, under: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % under
    }

    fn kronor(&mut self, under: u64) -> i64 {
        i64::try_from(self.nasta(under)).unwrap()
    }
}

/// A part of a cell: whether a decision of its own added it, whose it is, and its kronor.
type Bit = (bool, u8, i64);

/// What one saving did: which cell, what it held before and what it held after.
type Byte = (usize, usize, Vec<Bit>, Vec<Bit>);

/// The board of both initiatives, and the two that a row is split over.
const EGEN: u8 = 0;
const DELADE: [u8; 2] = [1, 2];

/// A requisition.
struct Begard {
    ar: usize,
    /// Asked for; what was granted once it is.
    kronor: i64,
    /// The last of the year.
    sista: bool,
    beviljad: bool,
    /// Neither refused nor taken back.
    star: bool,
}

/// What the oracle remembers: lists, in kronor.
#[derive(Default)]
pub(super) struct Facit {
    /// Year, initiative and each part of the cell.
    fordelat: Vec<(usize, usize, Bit)>,
    /// What each saving did, in order.
    sparat: Vec<Byte>,
    /// The years that are closed.
    stangt: [bool; 2],
    /// The years that have been closed at some time.
    varit_stangt: [bool; 2],
    /// What has been asked for.
    begart: Vec<Begard>,
    anvant: Vec<(usize, i64)>,
    /// From the first year to the second.
    overfort: Vec<i64>,
    aterbetalas: [Option<i64>; 2],
    betalt: Vec<(usize, i64)>,
}

impl Facit {
    /// What has been granted.
    fn rekvirerat(&self, ar: usize) -> i64 {
        let mut summa = 0;
        for r in &self.begart {
            if r.ar == ar && r.star && r.beviljad {
                summa += r.kronor;
            }
        }
        summa
    }

    /// What nobody has answered.
    fn vantar(&self, ar: usize) -> i64 {
        let mut summa = 0;
        for r in &self.begart {
            if r.ar == ar && r.star && !r.beviljad {
                summa += r.kronor;
            }
        }
        summa
    }

    /// Whether something stands that is granted, or is not.
    fn finns_begard(&self, ar: usize, beviljad: bool) -> bool {
        let mut alla = self.begart.iter();
        alla.any(|r| r.ar == ar && r.star && r.beviljad == beviljad)
    }

    fn overfort_in(&self, ar: usize) -> i64 {
        if ar == 1 {
            self.overfort.iter().sum()
        } else {
            0
        }
    }

    fn overfort_ut(&self, ar: usize) -> i64 {
        if ar == 0 {
            self.overfort.iter().sum()
        } else {
            0
        }
    }

    fn finns(&self, ar: usize) -> i64 {
        let mut alla = self.begart.iter();
        let klart = alla.any(|r| r.ar == ar && r.sista && r.star && r.beviljad);
        let grund = if klart {
            self.rekvirerat(ar)
        } else {
            TILLDELAT
        };
        grund + self.overfort_in(ar)
    }

    fn fordelat(&self, ar: usize) -> i64 {
        let mut summa = 0;
        for (a, _, (_, _, kronor)) in &self.fordelat {
            if *a == ar {
                summa += kronor;
            }
        }
        summa
    }

    /// The parts of a cell.
    fn bitar(&self, ar: usize, insats: usize) -> Vec<Bit> {
        let mut ut = Vec::new();
        for (a, i, bit) in &self.fordelat {
            if *a == ar && *i == insats {
                ut.push(*bit);
            }
        }
        ut
    }

    /// The cell becomes this, and it is remembered as one saving.
    fn satt(&mut self, ar: usize, insats: usize, bitar: Vec<Bit>) {
        let fore = self.bitar(ar, insats);
        self.fordelat.retain(|(a, i, _)| (*a, *i) != (ar, insats));
        for bit in &bitar {
            self.fordelat.push((ar, insats, *bit));
        }
        self.sparat.push((ar, insats, fore, bitar));
    }

    /// A closed year is changed only by what says so.
    fn far(&self, ar: usize, sagt: bool) -> bool {
        !self.stangt[ar] || sagt
    }

    fn anvant(&self, ar: usize) -> Option<i64> {
        let egna: Vec<i64> = self
            .anvant
            .iter()
            .filter(|(a, _)| *a == ar)
            .map(|(_, k)| *k)
            .collect();
        (!egna.is_empty()).then(|| egna.iter().sum())
    }

    fn betalt(&self, ar: usize) -> i64 {
        let mut summa = 0;
        for (a, kronor) in &self.betalt {
            if *a == ar {
                summa += kronor;
            }
        }
        summa
    }
}

/// What an operation is carried out on: books in memory, or a database through the door.
pub(super) enum Motor {
    Ren(Arc<Bocker>, usize),
    Dorr(Box<Prov>),
}

/// What the rules load, made of books in memory.
trait Laddbar {
    fn av(b: Bocker) -> Self;
}

impl Laddbar for Bocker {
    fn av(b: Bocker) -> Self {
        b
    }
}

impl Laddbar for (Bocker, Roll) {
    fn av(b: Bocker) -> Self {
        (b, Roll::Ekonom)
    }
}

impl Motor {
    async fn gor<F>(&mut self, fall: F) -> Result<F::Svar, Problem>
    where
        F: Anvandningsfall,
        F::Laddat: Laddbar,
    {
        match self {
            Self::Dorr(p) => {
                p.ga();
                if F::ATGARD == Atgard::OppnaAr {
                    // Only the head of the federation opens a closed year.
                    let chef = p.v.aktor("forsby", Roll::Forbundschef).await;
                    return p.v.tjanst.utfor(&chef, None, fall).await;
                }
                p.gor(fall).await
            }
            Self::Ren(b, timme) => {
                *timme += 1;
                let start: Timestamp = "2022-02-02T00:00:00Z".parse().unwrap();
                let nu = start + jiff::SignedDuration::from_secs(i64::try_from(*timme).unwrap());
                let nasta = i64::try_from(1_000_000 + *timme * 20).unwrap();
                let laddat = F::Laddat::av((**b).clone());
                let plan = fall.planera(laddat, &mut Miljo::ny(nu, nasta))?;
                // As the store does, under every use case.
                let stangt = plan.andringar.iter().any(|a| match a {
                    Andring::NyttFaktum { faktum, .. } => {
                        !faktum.efter_avslut && !ror(b, faktum).is_empty()
                    }
                    _ => false,
                });
                if stangt {
                    return Err(Problem::ogiltigt("aret-avslutat", "Avslutat.", ""));
                }
                for andring in plan.andringar {
                    skriv(Arc::make_mut(b), andring, nu);
                }
                Ok(plan.svar)
            }
        }
    }

    async fn bok(&self) -> Bok {
        match self {
            Self::Dorr(p) => p.bok().await,
            Self::Ren(b, _) => Bok::av(Arc::clone(b), None),
        }
    }
}

/// The books as the store would leave them.
fn skriv(b: &mut Bocker, andring: Andring, nu: Timestamp) {
    let av = AnvandareId::FORSTA;
    match andring {
        Andring::NyttFaktum { id, faktum } => b.fakta.push(Faktum {
            id,
            registrerad: nu,
            registrerad_av: av,
            fakta: *faktum,
        }),
        Andring::NyttBeslut(beslut) => b.beslut.push(beslut),
        Andring::NyMedelspost(post) => b.medelsposter.push(Medelspost {
            registrerad: nu,
            registrerad_av: av,
            post: *post,
        }),
        Andring::NyaBidragsar { bidrag, ar } => {
            let b = b.bidrag.iter_mut().find(|b| b.id == bidrag).unwrap();
            b.ar.extend(ar);
        }
        annat => panic!("{annat:?}"),
    }
}

/// A grant with two years of [`TILLDELAT`] and two initiatives.
pub(super) struct Lek {
    pub(super) motor: Motor,
    pub(super) bidrag: BidragId,
    pub(super) insatser: [InsatsId; 2],
    pub(super) facit: Facit,
}

fn ore(kronor: i64) -> i64 {
    kronor * 100
}

/// Kronor by weights: whole kronor down, and what is left a krona at a time to who lost most.
fn fordelat(kronor: i64, vikter: &[i64]) -> Vec<i64> {
    let alla: i64 = vikter.iter().sum();
    let mut ut: Vec<i64> = vikter.iter().map(|v| kronor * v / alla).collect();
    let mut tur: Vec<usize> = (0..vikter.len()).collect();
    tur.sort_by_key(|nr| (-(kronor * vikter[*nr] % alla), *nr));
    let kvar = kronor - ut.iter().sum::<i64>();
    for nr in tur.into_iter().take(usize::try_from(kvar).unwrap()) {
        ut[nr] += 1;
    }
    ut
}

/// What a cell's parts become with another total.
fn skalat(bitar: &[Bit], kronor: i64) -> Vec<Bit> {
    let summa: i64 = bitar.iter().map(|b| b.2).sum();
    match bitar {
        [] => return vec![(false, EGEN, kronor)],
        [(forst, vem, _)] => return vec![(*forst, *vem, kronor)],
        // Nothing to keep the proportions of.
        _ if summa == 0 => return vec![(false, EGEN, kronor)],
        _ => {}
    }
    let star: i64 = bitar.iter().filter(|b| b.0).map(|b| b.2).sum();
    let ror_sig = |b: &Bit| !b.0 || star > kronor || summa == star;
    let rorliga: Vec<i64> = bitar.iter().filter(|b| ror_sig(b)).map(|b| b.2).collect();
    let fast: i64 = bitar.iter().filter(|b| !ror_sig(b)).map(|b| b.2).sum();
    let mut nya = fordelat(kronor - fast, &rorliga).into_iter();
    let ny = |b: &Bit, nya: &mut std::vec::IntoIter<i64>| {
        if ror_sig(b) {
            (b.0, b.1, nya.next().unwrap())
        } else {
            *b
        }
    };
    bitar.iter().map(|b| ny(b, &mut nya)).collect()
}

fn i_ordning(bitar: &[Bit]) -> Vec<Bit> {
    let mut ut = bitar.to_vec();
    ut.sort_unstable();
    ut
}

impl Lek {
    fn urval(&self, ar: usize) -> Urval {
        Urval::bidrag(self.bidrag).ar(AREN[ar])
    }

    /// One operation: what it was, whether it was done, and whether the oracle says so.
    pub(super) async fn op(&mut self, t: &mut Tal) -> (String, bool, bool) {
        let ar = usize::try_from(t.nasta(2)).unwrap();
        match t.nasta(14) {
            0..=2 => self.fordela(ar, t).await,
            3 => self.forstark(ar, t).await,
            4 => self.rekvirera(ar, t).await,
            5 => self.ta_tillbaka(t).await,
            6 => self.anvand(ar, t).await,
            7 => self.for_over(t).await,
            8 => self.aterbetala(ar, t).await,
            9 | 10 => self.angra(t).await,
            11 => self.dela(ar, t).await,
            12 => self.ratta(ar, t).await,
            _ => self.stang_eller_oppna(ar).await,
        }
    }

    /// What is new in the books says that it was made after a closing exactly when it was.
    async fn prova_markta(&self, fran: usize, ar: usize, vad: &str) {
        let b = self.motor.bok().await;
        for f in b.fakta.iter().skip(fran) {
            // The store marks what is made while a closed year is open again.
            let oppnat = self.facit.varit_stangt[ar] && matches!(self.motor, Motor::Dorr(_));
            let markt = self.facit.stangt[ar] || oppnat;
            assert_eq!(f.fakta.efter_avslut, markt, "{vad}: märkt");
            assert!(
                f.fakta.slag != FaktumSlag::Fordelat || f.fakta.beslut.is_some(),
                "{vad}"
            );
        }
    }

    async fn fordela(&mut self, ar: usize, t: &mut Tal) -> (String, bool, bool) {
        let nr = usize::try_from(t.nasta(2)).unwrap();
        let (kronor, sagt, utan) = (t.kronor(900), t.nasta(2) == 0, t.nasta(12) == 0);
        let b = self.motor.bok().await;
        let fall = AndraFordelning {
            bidrag: self.bidrag,
            version: None,
            sedd: version(&b, self.bidrag),
            celler: vec![Andrad {
                insats: self.insatser[nr],
                ar: AREN[ar],
                belopp: Some(Belopp::exakt(Ore(ore(kronor)))),
            }],
            beslut: if utan { Beslutsval::Saknas } else { beslut() },
            orsak: "Prov".into(),
            efter_avslut: sagt,
        };
        let gick = self.motor.gor(fall).await.is_ok();
        let f = &mut self.facit;
        let bitar = f.bitar(ar, nr);
        let nu: i64 = bitar.iter().map(|b| b.2).sum();
        let fore = f.fordelat(ar);
        let efter = fore - nu + kronor;
        let ska = !utan
            && f.far(ar, sagt)
            && (efter <= f.finns(ar) || efter <= fore)
            && (nu != kronor || bitar.is_empty());
        let vad = format!("fördela {kronor} till {nr} {ar}, sagt {sagt}");
        if ska {
            f.satt(ar, nr, skalat(&bitar, kronor));
            self.prova_markta(b.fakta.len(), ar, &vad).await;
        }
        (vad, gick, ska)
    }

    async fn forstark(&mut self, ar: usize, t: &mut Tal) -> (String, bool, bool) {
        let nr = usize::try_from(t.nasta(2)).unwrap();
        let (kronor, sagt) = (t.kronor(300), t.nasta(2) == 0);
        let b = self.motor.bok().await;
        let fall = Forstark {
            bidrag: self.bidrag,
            insats: self.insatser[nr],
            ar: AREN[ar],
            belopp: ore(kronor),
            ur: None,
            sedd: version(&b, self.bidrag),
            beslut: beslut(),
            orsak: "Prov".into(),
            efter_avslut: sagt,
        };
        let gick = self.motor.gor(fall).await.is_ok();
        let f = &mut self.facit;
        let ska = kronor > 0 && f.far(ar, sagt) && f.fordelat(ar) + kronor <= f.finns(ar);
        let vad = format!("förstärk {nr} {ar} med {kronor}, sagt {sagt}");
        if ska {
            let mut bitar = f.bitar(ar, nr);
            bitar.push((true, EGEN, kronor));
            f.satt(ar, nr, bitar);
            self.prova_markta(b.fakta.len(), ar, &vad).await;
        }
        (vad, gick, ska)
    }

    /// A cell is split over two boards.
    async fn dela(&mut self, ar: usize, t: &mut Tal) -> (String, bool, bool) {
        let nr = usize::try_from(t.nasta(2)).unwrap();
        let (fjardedelar, sagt) = (t.kronor(3) + 1, t.nasta(2) == 0);
        let b = self.motor.bok().await;
        let nu = cellens_fakta(&b, (Some(self.bidrag), self.insatser[nr], Some(AREN[ar])));
        let del = |plats: usize, fjardedelar: i64| Del {
            organisation: Some(b.organisationer[plats].id),
            bidrag: None,
            storlek: Delstorlek::Procent(fjardedelar * 25_000),
        };
        let fall = DelaFordelning {
            bidrag: Some(self.bidrag),
            insats: self.insatser[nr],
            ar: Some(AREN[ar]),
            sedd: nu.iter().map(|f| f.id).max(),
            delar: vec![del(0, fjardedelar), del(1, 4 - fjardedelar)],
            beslut: beslut(),
            orsak: "Prov".into(),
            efter_avslut: sagt,
        };
        let gick = self.motor.gor(fall).await.is_ok();
        let f = &mut self.facit;
        let bitar = f.bitar(ar, nr);
        let ska = !bitar.is_empty() && f.far(ar, sagt);
        let vad = format!("dela {nr} {ar} i {fjardedelar} av 4, sagt {sagt}");
        if ska {
            let summa: i64 = bitar.iter().map(|b| b.2).sum();
            let forst = bitar.iter().all(|b| b.0);
            let delar = fordelat(summa, &[fjardedelar, 4 - fjardedelar]);
            let nya = (0..2).map(|nr| (forst, DELADE[nr], delar[nr])).collect();
            f.satt(ar, nr, nya);
            self.prova_markta(b.fakta.len(), ar, &vad).await;
        }
        (vad, gick, ska)
    }

    /// One of the savings is taken back.
    async fn angra(&mut self, t: &mut Tal) -> (String, bool, bool) {
        let b = self.motor.bok().await;
        let mut alla = sparningar(&b, self.bidrag);
        alla.reverse();
        assert_eq!(
            alla.len(),
            self.facit.sparat.len(),
            "varje sparning för sig"
        );
        if alla.is_empty() {
            return ("inget att ångra".into(), true, true);
        }
        // Mostly one of the latest: the others have been changed since.
        let langd = u64::try_from(alla.len()).unwrap();
        let plats = alla.len() - 1 - usize::try_from(t.nasta(langd.min(3))).unwrap();
        let (sagt, utan) = (t.nasta(2) == 0, t.nasta(8) == 0);
        let fall = AngraFordelning {
            bidrag: self.bidrag,
            sparning: alla[plats].senast,
            sedd: version(&b, self.bidrag),
            beslut: if utan { Beslutsval::Saknas } else { beslut() },
            orsak: "Prov".into(),
            efter_avslut: sagt,
        };
        let gick = self.motor.gor(fall).await.is_ok();
        let f = &mut self.facit;
        let (ar, nr, fore, sedan) = f.sparat[plats].clone();
        let nu = f.bitar(ar, nr);
        let summa = |bitar: &[Bit]| bitar.iter().map(|b| b.2).sum::<i64>();
        let (aret, efter) = (f.fordelat(ar), f.fordelat(ar) - summa(&nu) + summa(&fore));
        let ska = !utan
            && f.far(ar, sagt)
            && i_ordning(&nu) == i_ordning(&sedan)
            && (efter <= f.finns(ar) || efter <= aret);
        let vad = format!("ångra {plats} av {}, sagt {sagt}", alla.len());
        assert_eq!(
            alla[plats].orord,
            i_ordning(&nu) == i_ordning(&sedan),
            "{vad}"
        );
        if ska {
            f.satt(ar, nr, fore);
            self.prova_markta(b.fakta.len(), ar, &vad).await;
        }
        (vad, gick, ska)
    }

    /// The first of the year's costs gets another amount.
    async fn ratta(&mut self, ar: usize, t: &mut Tal) -> (String, bool, bool) {
        let (kronor, sagt) = (t.kronor(500), t.nasta(2) == 0);
        let b = self.motor.bok().await;
        let rader = b.matt(Matt::Anvant, &self.urval(ar)).rader;
        let Some(faktum) = rader.into_iter().min() else {
            return ("inget att rätta".into(), true, true);
        };
        let fall = RattaFaktum {
            faktum,
            rattelse: Rattelse::NyttVarde(kr(kronor), Precision::EXAKT),
            orsak: "Prov".into(),
            beslut: Beslutsval::Saknas,
            efter_avslut: sagt,
        };
        let gick = self.motor.gor(fall).await.is_ok();
        let f = &mut self.facit;
        let plats = f.anvant.iter().position(|(a, _)| *a == ar).unwrap();
        let ska = f.anvant[plats].1 != kronor && f.far(ar, sagt);
        let vad = format!("rätta till {kronor} {ar}, sagt {sagt}");
        if ska {
            // The new fact is the last.
            f.anvant.remove(plats);
            f.anvant.push((ar, kronor));
            self.prova_markta(b.fakta.len(), ar, &vad).await;
        }
        (vad, gick, ska)
    }

    async fn stang_eller_oppna(&mut self, ar: usize) -> (String, bool, bool) {
        let stangt = &mut self.facit.stangt[ar];
        *stangt = !*stangt;
        self.facit.varit_stangt[ar] = true;
        let (bidrag, stang, aret) = (self.bidrag, *stangt, AREN[ar]);
        let gick = if stang {
            self.motor.gor(Lock::<false> { bidrag, ar: aret }).await
        } else {
            self.motor.gor(Lock::<true> { bidrag, ar: aret }).await
        };
        let vad = if stang { "stäng" } else { "öppna" };
        (format!("{vad} {ar}"), gick.is_ok(), true)
    }

    async fn rekvirera(&mut self, ar: usize, t: &mut Tal) -> (String, bool, bool) {
        let (kronor, sista) = (t.kronor(700) + 1, t.nasta(3) == 0);
        let sagt = t.nasta(2) == 0;
        let skriv = SkrivRekvisition {
            utkast: None,
            bidrag: self.bidrag,
            insats: None,
            organisation: None,
            uppgift: Uppgift {
                riktning: Riktning::TillFinansiar,
                belopp: ore(kronor),
                fran: date(AREN[ar], 1, 1),
                till: date(AREN[ar], 12, 31),
                sista,
                retroaktiv: None,
                senast: None,
            },
        };
        let sak = self.motor.gor(skriv).await.unwrap();
        let skicka = StegRekvisition {
            sak,
            version: 1,
            handling: H::Skicka {
                intygande: "Kostnaderna finns.".into(),
            },
            dag: Some(date(2022, 2, 1)),
            orsak: String::new(),
            efter_avslut: sagt,
        };
        let gick = self.motor.gor(skicka).await.is_ok();
        let f = &self.facit;
        let ska = f.rekvirerat(ar) + f.vantar(ar) + kronor <= TILLDELAT && f.far(ar, sagt);
        if ska {
            self.facit.begart.push(Begard {
                ar,
                kronor,
                sista,
                beviljad: false,
                star: true,
            });
        }
        let vad = format!("rekvirera {kronor} {ar} {sista}");
        if ska && gick && t.nasta(3) > 0 {
            let (sagt, gick, ska) = self.svara(sagt, t).await;
            return (format!("{vad}, {sagt}"), gick, ska);
        }
        (vad, gick, ska)
    }

    /// The last requisition that stands is granted, in whole or in part; where it is already,
    /// that is refused.
    async fn svara(&mut self, sagt: bool, t: &mut Tal) -> (String, bool, bool) {
        let Some(r) = self.sist_begard().await else {
            return ("inget att svara på".into(), true, true);
        };
        let belopp = r.uppgift.belopp / 100;
        let kronor = t.kronor(700) % belopp + 1;
        let ska = self.facit.far(self.aret(&r), sagt) && r.lage.text() == "inskickad";
        let gick = self.steg(&r, H::Bevilja(ore(kronor)), sagt).await;
        let rad = self.facit.begart.iter_mut().rfind(|r| r.star).unwrap();
        assert!(rad.beviljad || rad.kronor == belopp);
        if ska {
            (rad.kronor, rad.beviljad) = (kronor, true);
        }
        (format!("bevilja {kronor}"), gick, ska)
    }

    async fn sist_begard(&self) -> Option<Rekvisition> {
        let b = self.motor.bok().await;
        let star = alla(&b.medelsposter).into_iter();
        let mut star = star.filter(|r| r.om.bidrag == Some(self.bidrag) && r.tar_av_ramen());
        star.next_back()
    }

    fn aret(&self, r: &Rekvisition) -> usize {
        AREN.iter().position(|ar| Some(*ar) == r.om.ar).unwrap()
    }

    async fn steg(&mut self, r: &Rekvisition, handling: H, sagt: bool) -> bool {
        let fall = StegRekvisition {
            sak: r.id,
            version: r.version,
            handling,
            dag: Some(date(2022, 2, 1)),
            orsak: "Fel period".into(),
            efter_avslut: sagt,
        };
        self.motor.gor(fall).await.is_ok()
    }

    /// The last requisition that stands is taken back, or answered.
    async fn ta_tillbaka(&mut self, t: &mut Tal) -> (String, bool, bool) {
        let (sagt, svar) = (t.nasta(2) == 0, t.nasta(2) == 0);
        if svar {
            return self.svara(sagt, t).await;
        }
        let Some(r) = self.sist_begard().await else {
            return ("inget att ta tillbaka".into(), true, true);
        };
        let gick = self.steg(&r, H::Aterkalla, sagt).await;
        let ska = self.facit.far(self.aret(&r), sagt);
        let rader = &mut self.facit.begart;
        if let (true, Some(rad)) = (ska, rader.iter_mut().rfind(|r| r.star)) {
            rad.star = false;
        }
        ("ta tillbaka".into(), gick, ska)
    }

    async fn fakta(
        &mut self,
        slag: FaktumSlag,
        galler: Galler,
        (kronor, sagt): (i64, bool),
    ) -> bool {
        let mut faktum = NyttFaktum::nytt(slag, galler, kr(kronor));
        faktum.orsak = Some("Prov".into());
        faktum.efter_avslut = sagt;
        let fall = RegistreraFaktum {
            faktum,
            tillkommer: true,
        };
        self.motor.gor(fall).await.is_ok()
    }

    async fn anvand(&mut self, ar: usize, t: &mut Tal) -> (String, bool, bool) {
        let (nr, kronor) = (usize::try_from(t.nasta(2)).unwrap(), t.kronor(500));
        let b = self.motor.bok().await;
        let galler = Galler {
            ar: Some(AREN[ar]),
            ..om_insats(&b, self.insatser[nr])
        };
        let sagt = t.nasta(2) == 0;
        let gick = self.fakta(FaktumSlag::Anvant, galler, (kronor, sagt)).await;
        let ska = self.facit.far(ar, sagt);
        if ska {
            self.facit.anvant.push((ar, kronor));
        }
        (format!("använd {kronor} {ar}"), gick, ska)
    }

    async fn for_over(&mut self, t: &mut Tal) -> (String, bool, bool) {
        let kronor = t.kronor(100);
        let b = self.motor.bok().await;
        let galler = Galler {
            ar: Some(AREN[1]),
            fran_ar: Some(AREN[0]),
            ..om_bidrag(&b, self.bidrag)
        };
        let sagt = t.nasta(2) == 0;
        let gick = self
            .fakta(FaktumSlag::Overfort, galler, (kronor, sagt))
            .await;
        let ska = self.facit.far(0, sagt) && self.facit.far(1, sagt);
        if ska {
            self.facit.overfort.push(kronor);
        }
        (format!("för över {kronor}"), gick, ska)
    }

    /// Decides a repayment, or pays of it.
    async fn aterbetala(&mut self, ar: usize, t: &mut Tal) -> (String, bool, bool) {
        let kronor = t.kronor(200);
        let b = self.motor.bok().await;
        let fore = en(&b.medelsposter, self.bidrag, AREN[ar]);
        let f = &mut self.facit;
        if let (Some(r), 0) = (&fore, t.nasta(2)) {
            let fall = BetalaAterbetalning {
                sak: r.id,
                version: r.version,
                belopp: ore(kronor),
                dag: Some(date(2022, 2, 1)),
            };
            let ska = kronor > 0 && f.betalt(ar) + kronor <= f.aterbetalas[ar].unwrap();
            if ska {
                f.betalt.push((ar, kronor));
            }
            let gick = self.motor.gor(fall).await.is_ok();
            return (format!("betala {kronor} {ar}"), gick, ska);
        }
        let sagt = t.nasta(2) == 0;
        // No more than there was to use, once that is known.
        let star = f.finns_begard(ar, true);
        let finns = (star && f.anvant(ar).is_some()).then(|| f.rekvirerat(ar) + f.overfort_in(ar));
        let ska =
            kronor >= f.betalt(ar) && f.far(ar, sagt) && finns.is_none_or(|finns| kronor <= finns);
        if ska {
            f.aterbetalas[ar] = Some(kronor);
        }
        let fall = BeslutaAterbetalning {
            bidrag: self.bidrag,
            ar: AREN[ar],
            belopp: ore(kronor),
            forfaller: Some(date(2023, 3, 31)),
            konto: String::new(),
            beslut: beslut(),
            version: fore.map_or(0, |r| r.version),
            orsak: "Prov".into(),
            efter_avslut: sagt,
        };
        let gick = self.motor.gor(fall).await.is_ok();
        (format!("besluta {kronor} {ar}"), gick, ska)
    }

    async fn prova(&self, vad: &str) {
        let b = self.motor.bok().await;
        for ar in 0..2 {
            let (f, u) = (&self.facit, self.urval(ar));
            let kanda = |m| b.varde(m, &u).kant();
            let lika =
                |m: Matt, ratt: i64| assert_eq!(kanda(m), Some(ore(ratt)), "{vad}: {m:?} {ar}");
            lika(Matt::Tillgangligt, f.finns(ar));
            if f.fordelat.iter().any(|(a, ..)| *a == ar) {
                lika(Matt::Fordelat, f.fordelat(ar));
                // Allocated = distributed + left.
                lika(Matt::KvarAttFordela, f.finns(ar) - f.fordelat(ar));
            }
            // What nobody has answered is neither there to use nor to repay.
            if f.finns_begard(ar, false) {
                lika(Matt::Begart, f.vantar(ar));
                lika(Matt::BegartHittills, f.vantar(ar) + f.rekvirerat(ar));
            }
            if f.finns_begard(ar, true) {
                lika(Matt::Rekvirerat, f.rekvirerat(ar));
            } else {
                assert_eq!(
                    b.varde(Matt::Rekvirerat, &u),
                    Varde::EjInrapporterat,
                    "{vad}"
                );
            }
            if let Some(belopp) = f.aterbetalas[ar] {
                lika(Matt::KvarAttAterbetala, belopp - f.betalt(ar));
                assert!(belopp >= f.betalt(ar), "{vad}: för mycket betalt");
            }
            self.avrakna(&b, ar, vad);
        }
    }

    /// Received + carried in = used of the grant + to repay + carried out + left.
    fn avrakna(&self, b: &Bok, ar: usize, vad: &str) {
        let f = &self.facit;
        let Some(p) = poster(b, self.bidrag, AREN[ar]) else {
            let star = f.finns_begard(ar, true);
            assert!(!star || f.anvant(ar).is_none(), "{vad}: går att räkna");
            return;
        };
        let anvant = f.anvant(ar).unwrap();
        let in_ = f.rekvirerat(ar) + f.overfort_in(ar);
        let bundet = f.aterbetalas[ar].unwrap_or(0) + f.overfort_ut(ar);
        let a = p.avrakna();
        let (av_bidraget, kvar) = (a.av_bidraget / 100, a.kvar / 100);
        assert!(
            kvar >= 0 && a.egen_kostnad >= 0 && a.for_mycket >= 0,
            "{vad}: {a:?}"
        );
        assert_eq!(
            in_ + a.for_mycket / 100,
            av_bidraget + bundet + kvar,
            "{vad} {ar}: {p:?} {a:?}"
        );
        assert_eq!(anvant, av_bidraget + a.egen_kostnad / 100, "{vad}");
        // Nobody is left with money and an own cost at once, and too much is bound only when
        // nothing is left.
        assert!(
            kvar == 0 || (a.egen_kostnad == 0 && a.for_mycket == 0),
            "{vad}: {a:?}"
        );
    }

    async fn spela(&mut self, fro: u64, steg: usize) {
        let mut t = Tal(fro);
        for nr in 0..steg {
            let (vad, gick, ska) = self.op(&mut t).await;
            assert_eq!(gick, ska, "frö {fro}, steg {nr}: {vad}");
            // Every operation's answer is held against the lists; the sums now and then, and
            // always last.
            if nr % 8 == 0 || nr + 1 == steg {
                self.prova(&format!("frö {fro}, steg {nr}: {vad}")).await;
            }
        }
    }
}

/// The door's world with two years and no more than the tests' two initiatives.
pub(super) async fn varlden() -> (Prov, BidragId, [InsatsId; 2]) {
    let p = Prov::nytt().await;
    let sedd = p.bok().await.matt(Matt::Tilldelat, &p.urval()).rader[0];
    for (ar, sedd) in [(AREN[0], Some(sedd)), (AREN[1], None)] {
        let fall = utfall_app::medel::NyTilldelning {
            bidrag: p.bidrag,
            ar,
            belopp: ore(TILLDELAT),
            precision: utfall_domain::pengar::Precision::EXAKT,
            sakerhet: utfall_domain::faktum::Sakerhet::Slutlig,
            benamning: "Slutlig".into(),
            datum: Some(date(2021, 12, 1)),
            sedd,
            orsak: "Prov".into(),
            efter_avslut: false,
        };
        p.gor(fall).await.unwrap();
    }
    let (bidrag, insatser) = (p.bidrag, [p.ett, p.tva]);
    (p, bidrag, insatser)
}

/// Two hundred in the suite, or as many as `UTFALL_BIDRAGSAR` says.
#[expect(
    clippy::disallowed_methods,
    reason = "antalet är det långa provets enda inställning"
)]
fn antal() -> u64 {
    let sagt = std::env::var("UTFALL_BIDRAGSAR").ok();
    sagt.map_or(200, |n| n.parse().expect("UTFALL_BIDRAGSAR är ett antal"))
}

/// The books with nothing but the tests' grant, so that each step is quick.
fn bara(b: &Bocker, bidrag: BidragId) -> Bocker {
    let mut b = b.clone();
    b.bidrag.retain(|x| x.id == bidrag);
    b.insatser.retain(|i| i.bidrag == Some(bidrag));
    b.fakta.retain(|f| f.galler().bidrag == Some(bidrag));
    b.medelsposter.retain(|p| p.post.om.bidrag == Some(bidrag));
    b.beslut.clear();
    b.underlag.clear();
    b.publiceringar.clear();
    b.rapporter.clear();
    b
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grants_years_add_up_after_any_operations() {
    let (p, bidrag, insatser) = varlden().await;
    let bok = p.bok().await;
    let start = bara(&bok, bidrag);
    for fro in 0..antal() {
        let mut lek = Lek {
            motor: Motor::Ren(Arc::new(start.clone()), 0),
            bidrag,
            insatser,
            facit: Facit::default(),
        };
        lek.spela(fro, 200).await;
    }
}

/// The same through the door, on the engine under test.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grants_years_add_up_through_the_door() {
    for fro in [1_000_001, 1_000_002] {
        let (p, bidrag, insatser) = varlden().await;
        let mut lek = Lek {
            motor: Motor::Dorr(Box::new(p)),
            bidrag,
            insatser,
            facit: Facit::default(),
        };
        lek.spela(fro, 60).await;
    }
}

/// Positive control: an oracle that thinks a closed year is open is found out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "left == right")]
async fn control_an_oracle_that_forgets_the_lock_is_found_out() {
    let (p, bidrag, insatser) = varlden().await;
    let bok = p.bok().await;
    let start = Arc::new(bara(&bok, bidrag));
    for fro in 0..10 {
        let mut lek = Lek {
            motor: Motor::Ren(Arc::clone(&start), 0),
            bidrag,
            insatser,
            facit: Facit::default(),
        };
        lek.stang_eller_oppna(0).await;
        lek.facit.stangt = [false; 2];
        lek.spela(fro, 20).await;
    }
}

/// Positive control: an oracle that forgets one carried krona is found out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "Tillgangligt")]
async fn control_an_oracle_that_forgets_is_found_out() {
    let (p, bidrag, insatser) = varlden().await;
    let bok = p.bok().await;
    let start = bara(&bok, bidrag);
    let facit = Facit {
        overfort: vec![1],
        ..Facit::default()
    };
    let mut lek = Lek {
        motor: Motor::Ren(Arc::new(start), 0),
        bidrag,
        insatser,
        facit,
    };
    lek.spela(7, 1).await;
}
