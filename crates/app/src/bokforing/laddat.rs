//! What the use cases of the accounts know: the books, what is booked, and how accounts lead
//! to initiatives. From it the facts that should be, and what that changes.

use crate::miljo::Miljo;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use utfall_behorighet::Permit;
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Bokforingskalla, FaktumSlag, gallande};
use utfall_domain::id::{BidragId, InlasningId, InsatsId};
use utfall_domain::medel::arsavslut::stangt;
use utfall_domain::medel::kontering::{
    Andrad, Betalas, Delning, Faktanyckel, Hemvist, Hinder, Konteringar, Koppling, Krock, Onskade,
    Summa, Till, Varfor, onskade, skillnad,
};
use utfall_domain::medel::verifikation::{Bokforingsar, Inlasning, Inlasningslage};
use utfall_domain::medel::verifikation::{Handverifikation, Kopplingsversion};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;
use utfall_store::bokforing::Inbokat;

/// What is booked, in one snapshot.
#[derive(Clone, Debug)]
pub struct Bokfort {
    /// The books.
    pub bocker: Arc<Bocker>,
    /// The accounts with objects.
    pub konteringar: Arc<Konteringar>,
    /// What is booked on them.
    pub summor: Arc<Vec<Summa>>,
    /// The vouchers by hand.
    pub for_hand: Vec<Handverifikation>,
    /// The mapping that holds.
    pub koppling: Option<Kopplingsversion>,
    /// The imports, latest first.
    pub inlasningar: Vec<Inlasning>,
    /// What each grant distributes to each initiative and year.
    fordelat: Fordelat,
    /// What the imports in force have booked, to read on from.
    pub(super) inbokat: Inbokat,
}

/// What each grant distributes to an initiative in a year, in öre.
type Fordelat = BTreeMap<(InsatsId, i16), BTreeMap<BidragId, i64>>;

/// What is distributed, as it holds now: proposals are not, and money carried over is.
fn fordelat(bocker: &Bocker) -> Fordelat {
    let mut ut = Fordelat::new();
    for f in gallande(&bocker.fakta, None) {
        let g = f.galler();
        let ratt = matches!(f.fakta.slag, FaktumSlag::Fordelat | FaktumSlag::Overfort);
        let (true, None, Some(insats), Some(bidrag), Some(ar), Some(ore)) =
            (ratt, &g.version, g.insats, g.bidrag, g.ar, f.varde().kant())
        else {
            continue;
        };
        let av = ut.entry((insats, ar)).or_default().entry(bidrag);
        let summa = av.or_insert(0);
        *summa = summa.saturating_add(ore);
    }
    ut
}

impl Bokfort {
    /// Reads it, as if `med` were in force and `utan` were not.
    ///
    /// # Errors
    /// What went wrong in the database.
    pub fn las(
        k: &mut Las,
        permit: &Permit,
        (med, utan): (Option<InlasningId>, Option<InlasningId>),
    ) -> Result<Self, Problem> {
        let bocker = Arc::new(store::bocker::las(k, permit)?);
        Self::las_vidare(k, permit, bocker, (med, utan), None)
    }

    /// The same beside books that have been read already, in the same moment; of what was booked
    /// `fore`, only what has come since is read.
    pub(super) fn las_vidare(
        k: &mut Las,
        permit: &Permit,
        bocker: Arc<Bocker>,
        med_utan: (Option<InlasningId>, Option<InlasningId>),
        fore: Option<&Inbokat>,
    ) -> Result<Self, Problem> {
        let for_hand = store::bokforing::handverifikationer(k, permit)?;
        let fordelat = fordelat(&bocker);
        let inbokat = Inbokat::las(k, permit, med_utan, fore)?;
        Ok(Self {
            bocker,
            konteringar: inbokat.konteringar(),
            summor: inbokat.summor(),
            for_hand: for_hand.into_iter().map(|(v, ..)| v).collect(),
            koppling: store::bokforing::koppling::gallande(k, permit)?,
            inlasningar: store::bokforing::inlasningar(k, permit)?,
            fordelat,
            inbokat,
        })
    }

    /// The mapping that holds; the empty one before the first.
    #[must_use]
    pub fn regler(&self) -> Koppling {
        self.koppling
            .as_ref()
            .map(|v| v.koppling.clone())
            .unwrap_or_default()
    }

    /// The grant of an initiative.
    #[must_use]
    pub fn insatsens_bidrag(&self, insats: InsatsId) -> Option<BidragId> {
        self.bocker.insats(insats).and_then(|i| i.bidrag)
    }

    /// Where what is booked on an initiative belongs in a year: to the grant that is said, else
    /// to those that distribute money to it that year, else to its own; and to the one board
    /// that answers for it. A grant that does not have the year pays nothing.
    #[must_use]
    pub fn hemvist(&self, till: Till, ar: i16) -> Hemvist {
        let i = self.bocker.insats(till.insats);
        let ensam = i.and_then(|i| crate::medel::ensam(&i.ansvariga));
        let eget = i.and_then(|i| i.bidrag);
        let har_aret = |bidrag: BidragId| {
            let b = self.bocker.bidrag(bidrag);
            b.is_none_or(|b| b.ar.is_empty() || b.ar.contains(&ar))
        };
        let fordelat = self.fordelat.get(&(till.insats, ar));
        let fordelat = fordelat.into_iter().flatten();
        let delar: Vec<(BidragId, i64)> = fordelat
            .map(|(bidrag, ore)| (*bidrag, *ore))
            .filter(|(bidrag, ore)| *ore > 0 && har_aret(*bidrag))
            .collect();
        let betalas = match (till.bidrag, eget) {
            (Some(sagt), _) if har_aret(sagt) => Betalas::Av(vec![(sagt, 1)]),
            (Some(sagt), _) => Betalas::Inget(Varfor::UtanforBidraget(sagt, ar)),
            (None, _) if !delar.is_empty() => Betalas::Av(delar),
            (None, Some(eget)) if har_aret(eget) => Betalas::Av(vec![(eget, 1)]),
            (None, Some(_)) => Betalas::Inget(Varfor::IngetBidrag(till.insats, ar)),
            (None, None) => Betalas::UtanBidrag,
        };
        Hemvist {
            betalas,
            organisation: till.organisation.or(ensam),
        }
    }

    /// Why rows are counted nowhere, and what to do about it.
    #[must_use]
    pub fn varfor(&self, varfor: Varfor) -> String {
        let b = &self.bocker;
        match varfor {
            Varfor::IngenRegel => "Ingen regel säger vart det hör.".to_owned(),
            Varfor::IngetBidrag(insats, ar) => {
                let namn = b.insats(insats).map_or("", |i| i.namn.as_str());
                format!(
                    "{namn} har inget bidrag {ar}. Fördela pengar till insatsen det året, eller \
                     skriv bidraget i en regel."
                )
            }
            Varfor::UtanforBidraget(bidrag, ar) => {
                let namn = b.bidrag(bidrag).map_or("", |b| b.namn.as_str());
                format!(
                    "Regeln säger {namn}, som inte gäller {ar}. Ge regeln ett sista år, eller \
                     registrera vad bidraget ger {ar}."
                )
            }
        }
    }

    /// The facts that should be, through a mapping, and what changes then.
    ///
    /// # Errors
    /// Rules that quarrel, by their words; sums that are too large.
    pub fn andringar(&self, koppling: &Koppling) -> Result<(Onskade, Vec<Andrad>), Problem> {
        let vill = self.onskade(koppling)?;
        let andrade = self.skillnad(&vill);
        Ok((vill, andrade))
    }

    /// The facts that should be.
    pub(super) fn onskade(&self, koppling: &Koppling) -> Result<Onskade, Problem> {
        let direkta: Vec<(Faktanyckel, i64)> = self
            .for_hand
            .iter()
            .filter_map(Handverifikation::summa)
            .collect();
        onskade(
            &self.konteringar,
            &self.summor,
            &direkta,
            koppling,
            |till, ar| self.hemvist(till, ar),
        )
        .map_err(|hinder| self.hinder(hinder, koppling))
    }

    /// Whether the facts that should be are the same here, with no need to work them out again:
    /// everything that [`Self::onskade`] reads is.
    pub(super) fn samma_underlag(&self, annan: &Self) -> bool {
        Arc::ptr_eq(&self.konteringar, &annan.konteringar)
            && Arc::ptr_eq(&self.summor, &annan.summor)
            && self.koppling == annan.koppling
            && self.for_hand == annan.for_hand
            && self.fordelat == annan.fordelat
            && self.bocker.insatser == annan.bocker.insatser
            && self.bocker.bidrag == annan.bocker.bidrag
    }

    /// What changes when the facts that should be are made.
    pub(super) fn skillnad(&self, vill: &Onskade) -> Vec<Andrad> {
        let mut andrade = skillnad(&vill.fakta, gallande(&self.bocker.fakta, None));
        for a in &mut andrade {
            a.delning = vill.delningar.get(&a.nyckel).copied();
        }
        andrade
    }

    fn hinder(&self, hinder: Hinder, koppling: &Koppling) -> Problem {
        match hinder {
            Hinder::ForStort => Problem::ogiltigt(
                "bokfort-for-stort",
                "En summa i bokföringen är större än böckerna rymmer.",
                "Kontrollera beloppen i ekonomisystemet.",
            ),
            Hinder::Krock(krock, id) => {
                let vad = self.konteringar.get(&id);
                // Who may see what can name people is not known here.
                let vad = vad.map(|(k, _)| k.clone().synlig(&BTreeSet::new()).to_string());
                let vad = vad.unwrap_or_default();
                krockar(koppling, krock, &format!("Båda gäller {vad}."))
            }
        }
    }

    /// Imports in force of a company's year, in the order they came.
    #[must_use]
    pub fn av_aret(&self, ar: &Bokforingsar) -> Vec<InlasningId> {
        let mut alla: Vec<InlasningId> = self
            .inlasningar
            .iter()
            .filter(|i| i.lage == Inlasningslage::Galler && i.ar == *ar)
            .map(|i| i.id)
            .collect();
        alla.sort_unstable();
        alla
    }
}

/// A share in words: `50 % av 600 000 kr, efter årets fördelning`.
#[must_use]
pub fn delning_i_ord(d: &Delning) -> String {
    let promille = i128::from(d.vikt).saturating_mul(1_000_000);
    let promille = promille.checked_div(i128::from(d.vikter)).unwrap_or(0);
    // Tenths of a per cent, rounded to the nearest.
    let tiondelar = promille.saturating_add(500).checked_div(1_000).unwrap_or(0);
    let (hela, rest) = (tiondelar / 10, tiondelar % 10);
    let procent = match rest {
        0 => hela.to_string(),
        _ => format!("{hela},{rest}"),
    };
    format!("{procent} % av {} kr, efter årets fördelning", Ore(d.helt))
}

/// Two rules that say different things of the same account. They are named without what can
/// name people: those who may change the mapping need not be those who may see that.
pub(super) fn krockar(koppling: &Koppling, krock: Krock, mer: &str) -> Problem {
    let namn = |nr: usize| {
        let nummer = nr.saturating_add(1);
        let regel = koppling.regler.get(nr);
        let vad = regel
            .map(|r| r.clone().dold().to_string())
            .unwrap_or_default();
        format!("Regel {nummer} ({vad})")
    };
    let (en, annan) = (namn(krock.0), namn(krock.1));
    Problem::nytt(
        ProblemSlag::Ogiltigt,
        "koppling-krock",
        format!("{en} och {annan} är lika nära men säger olika. {mer}"),
        "Ändra en av dem, eller gör en av dem snävare: färre konton, eller ett objekt till.",
    )
    .i_falt("regler")
}

impl Bokfort {
    /// The closed years of grants that these changes are about.
    #[must_use]
    pub fn avslutade(&self, andrade: &[Andrad]) -> BTreeSet<(BidragId, i16)> {
        andrade.iter().filter_map(|a| self.i_avslutat(a)).collect()
    }

    fn i_avslutat(&self, a: &Andrad) -> Option<(BidragId, i16)> {
        let n = &a.nyckel;
        let bidrag = n.bidrag.or_else(|| self.insatsens_bidrag(n.insats))?;
        let ar = n.manad.year();
        stangt(&self.bocker.medelsposter, bidrag, ar).then_some((bidrag, ar))
    }

    /// Closed years in words: `2025 för Unga i arbete`.
    #[must_use]
    pub fn avslutade_i_ord(&self, avslutade: &BTreeSet<(BidragId, i16)>) -> String {
        let ord = |(bidrag, ar): &(BidragId, i16)| {
            let namn = self.bocker.bidrag(*bidrag).map_or("", |b| b.namn.as_str());
            format!("{ar} för {namn}")
        };
        avslutade.iter().map(ord).collect::<Vec<_>>().join(", ")
    }

    /// Refuses changes of closed years, unless they are made as corrections after the closing.
    ///
    /// # Errors
    /// `aret-avslutat`, with the years.
    pub(super) fn prova_avslut(&self, andrade: &[Andrad], efter: bool) -> Result<(), Problem> {
        let avslutade = self.avslutade(andrade);
        if efter || avslutade.is_empty() {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "aret-avslutat",
            format!(
                "Det här ändrar siffror i år som är avslutade: {}.",
                self.avslutade_i_ord(&avslutade)
            ),
            "Är det en rättelse efter avslutet: kryssa för det och skriv varför. Den syns då som \
             en sådan överallt där årets siffror visas.",
        )
        .i_falt("efter-avslut"))
    }

    /// The facts that make it so, each with the funder of its grant. Those of a closed year are
    /// corrections after it, and say why (`efter`).
    pub(super) fn som_fakta(
        &self,
        andrade: &[Andrad],
        kalla: Bokforingskalla,
        (orsak, efter): (&str, Option<&str>),
        miljo: &mut Miljo,
    ) -> Vec<Andring> {
        let ett = |a: &Andrad| {
            let mut faktum = a.faktum(kalla, orsak);
            let bidrag = faktum.galler.bidrag.and_then(|id| self.bocker.bidrag(id));
            faktum.galler.finansiar = bidrag.map(|b| b.finansiar);
            if let (Some(skal), true) = (efter, self.i_avslutat(a).is_some()) {
                faktum.efter_avslut = true;
                faktum.orsak = Some(format!("{orsak} Rättelse efter avslut: {skal}"));
            }
            if let Some(delning) = &a.delning {
                let skal = faktum.orsak.unwrap_or_default();
                faktum.orsak = Some(format!("{skal} Här räknas {}.", delning_i_ord(delning)));
            }
            faktum
        };
        andrade
            .iter()
            .map(|a| Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(ett(a)),
            })
            .collect()
    }
}
