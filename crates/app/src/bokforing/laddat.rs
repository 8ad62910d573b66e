//! What the use cases of the accounts know: the books, what is booked, and how accounts lead
//! to initiatives. From it the facts that should be, and what that changes.

use crate::miljo::Miljo;
use std::collections::BTreeSet;
use std::sync::Arc;
use utfall_behorighet::Permit;
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Bokforingskalla, gallande};
use utfall_domain::id::{BidragId, InlasningId, InsatsId};
use utfall_domain::medel::arsavslut::stangt;
use utfall_domain::medel::kontering::{
    Andrad, Faktanyckel, Hemvist, Hinder, Konteringar, Koppling, Krock, Onskade, Summa, onskade,
    skillnad,
};
use utfall_domain::medel::verifikation::{Bokforingsar, Inlasning, Inlasningslage};
use utfall_domain::medel::verifikation::{Handverifikation, Kopplingsversion};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;

/// What is booked, in one snapshot.
#[derive(Clone, Debug)]
pub struct Bokfort {
    /// The books.
    pub bocker: Arc<Bocker>,
    /// The accounts with objects.
    pub konteringar: Konteringar,
    /// What is booked on them.
    pub summor: Vec<Summa>,
    /// The vouchers by hand.
    pub for_hand: Vec<Handverifikation>,
    /// The mapping that holds.
    pub koppling: Option<Kopplingsversion>,
    /// The imports, latest first.
    pub inlasningar: Vec<Inlasning>,
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
        Self::med_bocker(k, permit, bocker, (med, utan))
    }

    /// The same beside books that have been read already, in the same moment.
    pub(super) fn med_bocker(
        k: &mut Las,
        permit: &Permit,
        bocker: Arc<Bocker>,
        (med, utan): (Option<InlasningId>, Option<InlasningId>),
    ) -> Result<Self, Problem> {
        let for_hand = store::bokforing::handverifikationer(k, permit)?;
        Ok(Self {
            bocker,
            konteringar: store::bokforing::konteringar(k, permit, (med, utan))?,
            summor: store::bokforing::summor(k, permit, (med, utan))?,
            for_hand: for_hand.into_iter().map(|(v, ..)| v).collect(),
            koppling: store::bokforing::koppling::gallande(k, permit)?,
            inlasningar: store::bokforing::inlasningar(k, permit)?,
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

    /// Where what is booked on an initiative belongs when neither rule nor voucher says: its
    /// grant, and the one board that answers for it.
    #[must_use]
    pub fn hemvist(&self, insats: InsatsId) -> Hemvist {
        let i = self.bocker.insats(insats);
        Hemvist {
            bidrag: i.and_then(|i| i.bidrag),
            organisation: i.and_then(|i| crate::medel::ensam(&i.ansvariga)),
        }
    }

    /// The facts that should be, through a mapping, and what changes then.
    ///
    /// # Errors
    /// Rules that quarrel, by their words; sums that are too large.
    pub fn andringar(&self, koppling: &Koppling) -> Result<(Onskade, Vec<Andrad>), Problem> {
        let direkta: Vec<(Faktanyckel, i64)> = self
            .for_hand
            .iter()
            .filter_map(Handverifikation::summa)
            .collect();
        let vill = onskade(
            &self.konteringar,
            &self.summor,
            &direkta,
            koppling,
            |insats| self.hemvist(insats),
        )
        .map_err(|hinder| self.hinder(hinder, koppling))?;
        let andrade = skillnad(
            &vill.fakta,
            gallande(&self.bocker.fakta, None).into_iter().cloned(),
        );
        Ok((vill, andrade))
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
                let vad = vad.map(|(k, _)| k.to_string()).unwrap_or_default();
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

/// Two rules that say different things of the same account.
pub(super) fn krockar(koppling: &Koppling, krock: Krock, mer: &str) -> Problem {
    let namn = |nr: usize| {
        let nummer = nr.saturating_add(1);
        let regel = koppling.regler.get(nr);
        let vad = regel.map(ToString::to_string).unwrap_or_default();
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
