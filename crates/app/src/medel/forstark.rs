//! Money added to an initiative by a decision of its own: what it had stays as it was.

use super::fordela::{andrad_av_annan, prova_ryms, version_av};
use super::{Beslutsval, efter_avslut};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::lasning::Bok;
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FORSTARKNING, Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BeslutId, BidragId, FaktumId, InsatsId};
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Adds to what an initiative has of a grant a year.
#[derive(Clone, Debug)]
pub struct Forstark {
    /// Which grant.
    pub bidrag: BidragId,
    /// Who gets it.
    pub insats: InsatsId,
    /// The year.
    pub ar: i16,
    /// How much, in öre, over 0.
    pub belopp: i64,
    /// Taken from this reserve; from what nobody has got when `None`.
    pub ur: Option<InsatsId>,
    /// The last fact of the distribution the person saw.
    pub sedd: Option<FaktumId>,
    /// The decision.
    pub beslut: Beslutsval,
    /// Why.
    pub orsak: String,
    /// Made after the year was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for Forstark {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        if self.belopp <= 0 {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "forstarkning-belopp",
                "Förstärkningen är noll eller mindre.",
                "Skriv hur mycket som läggs till.",
            )
            .i_falt("belopp")));
        }
        if bocker
            .bidrag(self.bidrag)
            .is_some_and(|b| !b.ar.contains(&self.ar))
        {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "ar-utanfor-bidraget",
                format!("Bidraget gäller inte {}.", self.ar),
                "Välj ett av bidragets år.",
            )
            .i_falt("ar")));
        }
        if self.ur == Some(self.insats) {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "forstarkning-samma",
                "Pengarna tas från samma rad som får dem.",
                "Välj en annan rad.",
            )
            .i_falt("ur")));
        }
        self.beslut
            .brister(bocker, idag, "En insats förstärks", &mut fel);
        fel.prova(prova_orsak(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let bok = Bok::av(Arc::new(bocker), None);
        let insats = bok.insats(self.insats).ok_or_else(Problem::finns_inte)?;
        let (namn, organisation) = (insats.namn.clone(), super::ensam(&insats.ansvariga));
        let b = bok.bidrag(self.bidrag).ok_or_else(Problem::finns_inte)?;
        let finansiar = b.finansiar;
        if version_av(&bok, self.bidrag, None) != self.sedd {
            return Err(andrad_av_annan());
        }
        self.brister(&bok, miljo.idag()).neka()?;
        let orsak = prova_orsak(&self.orsak)?;
        let (beslut, nytt_beslut) = self.beslut.plan(Some(self.bidrag), miljo);
        let (fran, kallan) = self.kallan(&bok, beslut, &orsak)?;
        let galler = Galler {
            bidrag: Some(self.bidrag),
            insats: Some(self.insats),
            organisation,
            finansiar: Some(finansiar),
            ar: Some(self.ar),
            kategori: Some(FORSTARKNING.to_owned()),
            ..Galler::default()
        };
        let forstarkning = NyttFaktum {
            beslut,
            orsak: Some(format!("{orsak} Källa: {kallan}.")),
            efter_avslut: self.efter_avslut,
            ..NyttFaktum::nytt(FaktumSlag::Fordelat, galler, Varde::Kant(self.belopp))
        };
        let mut nya: Vec<NyttFaktum> = fran;
        nya.push(forstarkning);
        prova_rum(&bok, self, &nya)?;
        let nya = efter_avslut(&bok, nya, self.efter_avslut)?;
        let mut andringar: Vec<Andring> = nytt_beslut.into_iter().collect();
        let mut id = FaktumId::FORSTA;
        for f in nya {
            id = miljo.faktum();
            andringar.push(Andring::NyttFaktum {
                id,
                faktum: Box::new(f),
            });
        }
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "insats-forstarkt".into(),
                objekt: format!("insats {}", self.insats),
                text: format!(
                    "{namn} fick {}\u{a0}kr till för {}. Källa: {kallan}.",
                    Ore(self.belopp),
                    self.ar
                ),
                data: serde_json::json!({ "bidrag": self.bidrag, "beslut": beslut }),
            },
            svar: id,
        })
    }
}

impl Forstark {
    /// What the money is taken from, in facts and in words.
    fn kallan(
        &self,
        bok: &Bok,
        beslut: Option<BeslutId>,
        orsak: &str,
    ) -> Result<(Vec<NyttFaktum>, String), Problem> {
        let urval = Urval::bidrag(self.bidrag).ar(self.ar);
        let Some(ur) = self.ur else {
            let kvar = bok.varde(Matt::KvarAttFordela, &urval).kant();
            let kvar = kvar.map(|k| k.saturating_sub(self.belopp));
            let ord = kvar.map_or_else(String::new, |k| {
                format!(", där {}\u{a0}kr blir kvar", Ore(k))
            });
            return Ok((Vec::new(), format!("kvar att fördela{ord}")));
        };
        let reserv = bok.insats(ur).ok_or_else(Problem::finns_inte)?;
        let rader: Vec<_> = bok
            .fakta()
            .into_iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
            .filter(|f| {
                let g = f.galler();
                (g.bidrag, g.insats, g.ar) == (Some(self.bidrag), Some(ur), Some(self.ar))
            })
            .collect();
        let finns = bok
            .varde(Matt::FordelatNytt, &urval.for_insats(ur))
            .kant()
            .unwrap_or(0);
        let kvar = finns.saturating_sub(self.belopp);
        let (Some(sista), true) = (rader.last(), kvar >= 0) else {
            return Err(Problem::ogiltigt(
                "forstarkning-ryms-inte",
                format!(
                    "{} har {}\u{a0}kr för {}. Det räcker inte till {}\u{a0}kr.",
                    reserv.namn,
                    Ore(finns),
                    self.ar,
                    Ore(self.belopp)
                ),
                "Minska beloppet, eller ta pengarna någon annanstans.",
            )
            .i_falt("belopp"));
        };
        let nya = self.minskad(&rader, sista, (kvar, beslut, orsak));
        let text = format!("{}, där {}\u{a0}kr blir kvar", reserv.namn, Ore(kvar));
        Ok((nya, text))
    }
}

impl Forstark {
    /// The reserve's row with what is left of it: the other parts of the row are struck, so
    /// that one fact holds it.
    fn minskad(
        &self,
        rader: &[&Faktum],
        sista: &Faktum,
        (kvar, beslut, orsak): (i64, Option<BeslutId>, &str),
    ) -> Vec<NyttFaktum> {
        let andrad = |f: &Faktum| NyttFaktum {
            rattar: Some(f.id),
            struken: f.id != sista.id,
            beslut,
            kalla: None,
            orsak: Some(orsak.to_owned()),
            efter_avslut: self.efter_avslut,
            ..f.fakta.clone()
        };
        let mut nya: Vec<NyttFaktum> = rader.iter().map(|f| andrad(f)).collect();
        if let Some(f) = nya.iter_mut().find(|f| !f.struken) {
            f.varde = Varde::Kant(kvar);
        }
        nya
    }
}

/// Nothing is added that there is no room for, and the amount that does not fit is the one to
/// mend.
fn prova_rum(bok: &Bok, f: &Forstark, nya: &[NyttFaktum]) -> Result<(), Problem> {
    prova_ryms(bok, f.bidrag, nya).map_err(|fel| Problem {
        kod: "forstarkning-ryms-inte",
        falt: Some("belopp".into()),
        ..fel
    })
}
