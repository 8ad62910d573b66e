//! Requisitions: written, sent, answered and paid.

mod ramen;

use super::efter_avslut;
use super::grund::{mellan, prova_dag};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_bidrag, om_insats};
use crate::lasning::Bok;
use crate::miljo::Miljo;
use jiff::civil::Date;
use ramen::{prova_en_uppgift, prova_ramen};
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit, Roll};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{
    DELREKVISITION, FaktumSlag, Galler, NyttFaktum, gallande as gallande_fakta,
};
use utfall_domain::id::{BidragId, InsatsId, MedelspostId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::matt::Urval;
use utfall_domain::medel::betalning::laget;
use utfall_domain::medel::post::{Innehall, NyMedelspost, Postgaller, sakens};
use utfall_domain::medel::rekvisition::{
    Intygande, Lage, Rekvisition, Rekvisitionssteg, Riktning, Uppgift, Vagran, alla,
};
use utfall_domain::medel::villkor::gallande;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Writes a requisition, or writes a draft again.
#[derive(Clone, Debug)]
pub struct SkrivRekvisition {
    /// The draft that is written again, with the version the person saw.
    pub utkast: Option<(MedelspostId, i64)>,
    /// Of which grant.
    pub bidrag: BidragId,
    /// For which initiative; needed from a party.
    pub insats: Option<InsatsId>,
    /// Which party asks; needed from a party: it is whose account is paid to.
    pub organisation: Option<OrganisationId>,
    /// What it says.
    pub uppgift: Uppgift,
}

impl Anvandningsfall for SkrivRekvisition {
    const ATGARD: Atgard = Atgard::HanteraRekvisition;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        let u = &self.uppgift;
        let nej = |kod, text: String, gor: &str, falt| {
            Err::<(), _>(Problem::ogiltigt(kod, text, gor).i_falt(falt))
        };
        if u.belopp <= 0 {
            let text = "Beloppet är noll eller mindre.".to_owned();
            fel.prova(nej(
                "rekvisition-belopp",
                text,
                "Skriv vad som begärs.",
                "belopp",
            ));
        }
        if u.till < u.fran || u.till.year() != u.fran.year() {
            fel.prova(nej(
                "rekvisition-period",
                format!("Perioden {} går inte.", mellan(u.fran, u.till)),
                "Skriv två dagar i följd inom samma år. Gör en rekvisition för varje år.",
                "till",
            ));
        }
        if u.riktning == Riktning::FranPart && self.insats.is_none() {
            fel.prova(nej(
                "insats-saknas",
                "Det saknas vilken insats pengarna gäller.".to_owned(),
                "Välj insatsen i listan.",
                "insats",
            ));
        }
        if u.riktning == Riktning::FranPart && self.organisation.is_none() {
            fel.prova(nej(
                "part-saknas",
                "Det saknas vem som begär pengarna och får dem.".to_owned(),
                "Välj parten i listan.",
                "part",
            ));
        }
        fel.prova(self.prova_perioden(bocker));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let namn = bocker
            .bidrag(self.bidrag)
            .ok_or_else(Problem::finns_inte)?
            .namn
            .clone();
        if self.insats.is_some_and(|id| bocker.insats(id).is_none())
            || self
                .organisation
                .is_some_and(|id| bocker.organisation(id).is_none())
        {
            return Err(Problem::finns_inte());
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let id = miljo.medelspost();
        let steg = Rekvisitionssteg::Utkast(self.uppgift.clone());
        let om = Postgaller {
            bidrag: Some(self.bidrag),
            insats: self.insats,
            organisation: self.organisation,
            ar: Some(self.uppgift.fran.year()),
            ..Postgaller::default()
        };
        let post = match self.utkast {
            None => NyMedelspost::forsta(id, om, Innehall::Rekvisition(steg)),
            Some((sak, version)) => {
                let r = utkastet(&bocker, sak, version)?;
                r.ga(&steg).map_err(vagran)?;
                NyMedelspost {
                    om,
                    ..efter(&bocker, sak, id, steg)?
                }
            }
        };
        let sak = post.sak;
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post))],
            handelse: Handelse {
                slag: "rekvisition-skriven".into(),
                objekt: format!("rekvisition {sak}"),
                text: format!(
                    "En rekvisition på {}\u{a0}kr för {namn} skrevs.",
                    Ore(self.uppgift.belopp)
                ),
                data: serde_json::json!({ "bidrag": self.bidrag }),
            },
            svar: sak,
        })
    }
}

impl SkrivRekvisition {
    /// Within what the terms allow; before the decision only with a reason.
    fn prova_perioden(&self, bocker: &Bocker) -> Result<(), Problem> {
        let (u, Some(b)) = (&self.uppgift, bocker.bidrag(self.bidrag)) else {
            return Ok(());
        };
        let v = gallande(&bocker.medelsposter, b, Some(u.fran.year()));
        if v.fran.is_some_and(|d| u.fran < d) || v.till.is_some_and(|d| u.till > d) {
            return Err(Problem::ogiltigt(
                "rekvisition-utanfor-villkoren",
                "Perioden ligger utanför den tid pengarna får användas.",
                "Rätta perioden, eller registrera nya villkor för bidraget.",
            )
            .i_falt("fran"));
        }
        let beslutat = beslutsdag(bocker, self.bidrag, u.fran.year());
        if beslutat.is_some_and(|d| u.fran < d) && u.retroaktiv.is_none() {
            return Err(Problem::ogiltigt(
                "rekvisition-retroaktiv",
                "Perioden börjar före beslutet om pengarna.",
                "Skriv varför det får göras, till exempel att villkoren säger det.",
            )
            .i_falt("retroaktiv"));
        }
        Ok(())
    }
}

/// The first day that is known of the money for a year: a notice, or a decision about it.
#[must_use]
pub fn beslutsdag(bocker: &Bocker, bidrag: BidragId, ar: i16) -> Option<Date> {
    let besked = bocker
        .medelsposter
        .iter()
        .filter_map(|p| match &p.post.innehall {
            Innehall::Tilldelning(t)
                if (p.post.om.bidrag, p.post.om.ar) == (Some(bidrag), Some(ar)) =>
            {
                Some(t.datum)
            }
            _ => None,
        });
    let beslut = gallande_fakta(&bocker.fakta, None)
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Tilldelat)
        .filter(|f| (f.galler().bidrag, f.galler().ar) == (Some(bidrag), Some(ar)))
        .filter_map(|f| f.fakta.beslut)
        .filter_map(|id| bocker.beslut.iter().find(|b| b.id == id)?.datum);
    besked.chain(beslut).min()
}

/// A step that somebody takes with a requisition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rekvisitionshandling {
    /// Sends it, and certifies what is said.
    Skicka {
        /// What is certified.
        intygande: String,
    },
    /// Grants this much of it, in öre.
    Bevilja(i64),
    /// Refuses it.
    Avsla,
    /// Takes it back.
    Aterkalla,
    /// The money has come or been paid.
    Betala,
    /// Counts what it asks for as asked for and not answered, where it was sent before such
    /// amounts were told apart from what has been requested.
    SomBegart,
}

/// Takes a step with a requisition.
#[derive(Clone, Debug)]
pub struct StegRekvisition {
    /// Which.
    pub sak: MedelspostId,
    /// The version the person saw.
    pub version: i64,
    /// What is done.
    pub handling: Rekvisitionshandling,
    /// The day it was done.
    pub dag: Option<Date>,
    /// Why, when it is refused or taken back.
    pub orsak: String,
    /// Made after the year was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for StegRekvisition {
    const ATGARD: Atgard = Atgard::HanteraRekvisition;
    type Laddat = (Bocker, Roll);
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<(Bocker, Roll), Problem> {
        Ok((store::bocker::las(k, permit)?, permit.roll()))
    }

    fn brister(&self, _: &(Bocker, Roll), idag: Date) -> Brister {
        use Rekvisitionshandling as H;
        let mut fel = Brister::default();
        fel.prova(prova_dag(self.dag, idag, "dag"));
        if let H::Skicka { intygande } = &self.handling
            && intygande.trim().chars().count() < 3
        {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "rekvisition-intygande",
                "Det saknas vad som intygas.",
                "Skriv till exempel att kostnaderna finns i bokföringen.",
            )
            .i_falt("intygande")));
        }
        if matches!(self.handling, H::Avsla | H::Aterkalla) {
            fel.prova(crate::fakta::prova_orsak(&self.orsak));
        }
        fel
    }

    fn planera(
        &self,
        laddat: (Bocker, Roll),
        miljo: &mut Miljo,
    ) -> Result<Plan<MedelspostId>, Problem> {
        let r = en(&laddat.0, self.sak, self.version)?;
        self.brister(&laddat, miljo.idag()).neka()?;
        let (bocker, roll) = laddat;
        if matches!(self.handling, Rekvisitionshandling::Betala) {
            prova_mottagaren(&bocker, &r)?;
        }
        if self.handling == Rekvisitionshandling::SomBegart && !raknas_som_rekvirerat(&bocker, &r) {
            return Err(Problem::ogiltigt(
                "rekvisition-raknas-ratt",
                "Beloppet räknas inte som rekvirerat, så det finns inget att rätta.",
                "Ladda om sidan.",
            ));
        }
        let steg = self.steget(roll, self.dag.unwrap_or_else(|| miljo.idag()));
        let sedan = r.clone().ga(&steg).map_err(vagran)?;
        let bok = Bok::av(Arc::new(bocker), None);
        if matches!(self.handling, Rekvisitionshandling::Skicka { .. }) {
            prova_ramen(&bok, &r)?;
        }
        if matches!(sedan.lage, Lage::Beviljad { .. }) {
            prova_svaret(&bok, &r)?;
        }
        let nytt = self.faktum(&bok, &r, &sedan).into_iter().collect();
        let faktum = efter_avslut(&bok, nytt, self.efter_avslut)?.pop();
        let mut post = efter(&bok, self.sak, miljo.medelspost(), steg)?;
        post.orsak = Some(self.orsak.trim().to_owned()).filter(|o| !o.is_empty());
        let mut andringar = Vec::new();
        if let Some(faktum) = faktum {
            let id = miljo.faktum();
            post.om.faktum = (!faktum.struken).then_some(id);
            andringar.push(Andring::NyttFaktum {
                id,
                faktum: Box::new(faktum),
            });
        }
        andringar.push(Andring::NyMedelspost(Box::new(post)));
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "rekvisition-steg".into(),
                objekt: format!("rekvisition {}", self.sak),
                text: format!(
                    "Rekvisitionen på {}\u{a0}kr är {}.",
                    Ore(sedan.belopp()),
                    sedan.lage.text()
                ),
                data: serde_json::json!({ "lage": sedan.lage.text(), "belopp": sedan.belopp() }),
            },
            svar: self.sak,
        })
    }
}

impl StegRekvisition {
    fn steget(&self, roll: Roll, dag: Date) -> Rekvisitionssteg {
        use Rekvisitionshandling as H;
        match &self.handling {
            H::Skicka { intygande } => Rekvisitionssteg::Skicka {
                dag,
                intygande: Intygande {
                    roll: roll.namn().to_owned(),
                    text: intygande.trim().to_owned(),
                },
            },
            H::Bevilja(belopp) => Rekvisitionssteg::Bevilja {
                dag,
                belopp: *belopp,
            },
            H::Avsla => Rekvisitionssteg::Avsla { dag },
            H::Aterkalla => Rekvisitionssteg::Aterkalla { dag },
            H::Betala => Rekvisitionssteg::Betala { dag },
            H::SomBegart => Rekvisitionssteg::SomBegart { dag },
        }
    }

    /// The one fact about the amount: made when it is sent, of what is asked for; corrected to
    /// what is requested when it is granted; struck when nothing comes of it.
    fn faktum(&self, bok: &Bok, fore: &Rekvisition, sedan: &Rekvisition) -> Option<NyttFaktum> {
        let gammalt = fore.om.faktum.and_then(|id| bok.faktum(id));
        let orsak = format!(
            "Rekvisition {}: {}. {}",
            sedan.nummer,
            sedan.lage.text(),
            self.orsak
        );
        let orsak = Some(orsak.trim().to_owned());
        match (&sedan.lage, gammalt) {
            (Lage::Inskickad { .. }, None) => Some(NyttFaktum {
                orsak,
                ..nytt(bok, sedan)
            }),
            // Sent by an older version: nobody has answered, so nothing has come.
            (Lage::Inskickad { .. }, Some(f)) => Some(NyttFaktum {
                slag: FaktumSlag::Begart,
                rattar: Some(f.id),
                orsak: Some(format!(
                    "Rekvisition {}: begärt, inte beviljat.",
                    sedan.nummer
                )),
                ..f.fakta.clone()
            }),
            (Lage::Avslagen { .. } | Lage::Aterkallad { .. }, Some(f)) => Some(NyttFaktum {
                rattar: Some(f.id),
                struken: true,
                orsak,
                ..f.fakta.clone()
            }),
            (Lage::Beviljad { belopp, .. }, Some(f)) => {
                let slag = match f.fakta.slag {
                    FaktumSlag::Begart => FaktumSlag::Rekvirerat,
                    annat => annat,
                };
                let nytt = (slag, Varde::Kant(*belopp));
                (nytt != (f.fakta.slag, f.varde())).then(|| NyttFaktum {
                    slag,
                    rattar: Some(f.id),
                    varde: nytt.1,
                    orsak,
                    ..f.fakta.clone()
                })
            }
            _ => None,
        }
    }
}

/// A paper may have told of the same money while the answer was waited for.
fn prova_svaret(bok: &Bok, r: &Rekvisition) -> Result<(), Problem> {
    let begart = r.om.faktum.and_then(|id| bok.faktum(id));
    if begart.is_none_or(|f| f.fakta.slag != FaktumSlag::Begart) {
        return Ok(());
    }
    let urval = Urval {
        bidrag: r.om.bidrag,
        ar: r.om.ar,
        ..Urval::default()
    };
    prova_en_uppgift(bok, r, &urval)
}

/// Whether a requisition that waits for its answer counts as money that has come: it was sent
/// before what is asked for was told apart.
#[must_use]
pub fn raknas_som_rekvirerat(bocker: &Bocker, r: &Rekvisition) -> bool {
    let faktum = r.om.faktum;
    let faktum = faktum.and_then(|id| bocker.fakta.iter().rev().find(|f| f.id == id));
    matches!(r.lage, Lage::Inskickad { .. })
        && faktum.is_some_and(|f| f.fakta.slag == FaktumSlag::Rekvirerat)
}

/// Money to a party goes to an account that two have seen to.
fn prova_mottagaren(bocker: &Bocker, r: &Rekvisition) -> Result<(), Problem> {
    if r.uppgift.riktning != Riktning::FranPart {
        return Ok(());
    }
    let Some(part) = r.om.organisation else {
        return Err(Problem::ogiltigt(
            "betalning-utan-part",
            "Det står inte vem pengarna betalas till, så kontot går inte att kontrollera.",
            "Återkalla rekvisitionen, och skriv en ny där parten är vald.",
        ));
    };
    let Some(l) = laget(&bocker.medelsposter, part) else {
        return Ok(());
    };
    if !l.obekraftad() {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "betalning-obekraftad",
        "Mottagarens konto är ändrat, och ingen annan har bekräftat det.",
        "Betala inte. Låt någon annan än den som ändrade kontot kontrollera och bekräfta det.",
    ))
}

fn nytt(bok: &Bok, r: &Rekvisition) -> NyttFaktum {
    let (slag, grund, kategori) = match r.uppgift.riktning {
        Riktning::TillFinansiar => (
            FaktumSlag::Begart,
            r.om.bidrag.map(|id| om_bidrag(bok, id)),
            (!r.uppgift.sista).then(|| DELREKVISITION.to_owned()),
        ),
        Riktning::FranPart => (
            FaktumSlag::RekvireratAvPart,
            r.om.insats.map(|id| om_insats(bok, id)),
            None,
        ),
    };
    let galler = Galler {
        bidrag: r.om.bidrag,
        organisation: r.om.organisation,
        ar: r.om.ar,
        period_fran: Some(r.uppgift.fran),
        period_till: Some(r.uppgift.till),
        kategori,
        ..grund.unwrap_or_default()
    };
    NyttFaktum::nytt(slag, galler, Varde::Kant(r.uppgift.belopp))
}

/// The requisition as the person saw it.
fn en(bocker: &Bocker, sak: MedelspostId, version: i64) -> Result<Rekvisition, Problem> {
    let r = alla(&bocker.medelsposter)
        .into_iter()
        .find(|r| r.id == sak)
        .ok_or_else(Problem::finns_inte)?;
    if r.version == version {
        return Ok(r);
    }
    Err(Problem::nytt(
        ProblemSlag::Konflikt,
        "rekvisition-andrad-av-annan",
        "Någon annan har ändrat rekvisitionen medan du arbetade.",
        "Läs hur den ser ut nu och gör om det som behövs.",
    ))
}

/// A draft that is written again. What somebody else wrote meanwhile is told, so that the
/// person may save once more over it, or leave it.
fn utkastet(bocker: &Bocker, sak: MedelspostId, version: i64) -> Result<Rekvisition, Problem> {
    let nu = alla(&bocker.medelsposter).into_iter().find(|r| r.id == sak);
    let nu = nu.ok_or_else(Problem::finns_inte)?;
    if nu.version == version {
        return Ok(nu);
    }
    let text = format!(
        "Någon annan har ändrat rekvisitionen medan du arbetade. Nu är den {}: {}\u{a0}kr för {}.",
        nu.lage.text(),
        Ore(nu.belopp()),
        mellan(nu.uppgift.fran, nu.uppgift.till),
    );
    Err(Problem::nytt(
        ProblemSlag::Konflikt,
        "rekvisition-andrad-av-annan",
        text,
        "Ska det du har skrivit gälla: spara igen.",
    )
    .i_falt("belopp"))
}

fn efter(
    bocker: &Bocker,
    sak: MedelspostId,
    id: MedelspostId,
    steg: Rekvisitionssteg,
) -> Result<NyMedelspost, Problem> {
    let rader = sakens(&bocker.medelsposter, sak);
    let forra = rader.last().ok_or_else(Problem::finns_inte)?;
    Ok(NyMedelspost::efter(forra, id, Innehall::Rekvisition(steg)))
}

fn vagran(v: Vagran) -> Problem {
    let (kod, text, atgard) = v.ord();
    let fel = Problem::ogiltigt(kod, text, atgard);
    match v {
        Vagran::FelBelopp => fel.i_falt("belopp"),
        Vagran::FelDag => fel.i_falt("dag"),
        _ => fel,
    }
}
