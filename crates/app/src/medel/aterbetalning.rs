//! What is left when the year is over: consent to carry it over, repayment and its payments.

use super::Beslutsval;
use super::efter_avslut;
use super::grund::{poster, prova_dag};
use super::overforing::{overforingens_granser, overforingsgrans};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_bidrag, prova_kalla};
use crate::lasning::Bok;
use crate::miljo::Miljo;
use crate::namn::prova_ar;
use jiff::civil::Date;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BeslutId, BidragId, FaktumId, MedelspostId};
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::aterbetalning::{
    Aterbetalning, Aterbetalningssteg, Medgivande, Vagran, en, medgivande,
};
use utfall_domain::medel::post::{Innehall, NyMedelspost, Postgaller, sakens};
use utfall_domain::medel::villkor::{Grans, Overforing, gallande, raden};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Enters the funder's consent to carry money over.
#[derive(Clone, Debug)]
pub struct RegistreraMedgivande {
    /// Which grant.
    pub bidrag: BidragId,
    /// The year the money comes from.
    pub fran_ar: i16,
    /// What was said.
    pub medgivande: Medgivande,
    /// Where it comes from.
    pub orsak: String,
}

impl Anvandningsfall for RegistreraMedgivande {
    const ATGARD: Atgard = Atgard::HanteraAterbetalning;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        let m = &self.medgivande;
        if m.av.trim().is_empty() {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "medgivande-av",
                "Det saknas vem som har medgett överföringen.",
                "Skriv vilken enhet eller roll hos finansiären, inte en persons namn.",
            )
            .i_falt("av")));
        }
        if fel.prova(prova_ar(m.till_ar, "till-ar")).is_some() && m.till_ar <= self.fran_ar {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "medgivande-ar",
                format!(
                    "Pengarna från {} kan inte användas {}.",
                    self.fran_ar, m.till_ar
                ),
                "Skriv ett senare år.",
            )
            .i_falt("till-ar")));
        }
        fel.prova(prova_dag(Some(m.datum), idag, "datum"));
        if let Some(b) = bocker.bidrag(self.bidrag)
            && gallande(&bocker.medelsposter, b, Some(self.fran_ar)).overforing == Overforing::Nej
        {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "overforing-nekad",
                "Villkoren säger att pengarna inte får föras över.",
                "Ändra villkoren först, om finansiären har ändrat dem.",
            )));
        }
        fel.prova(prova_kalla(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let namn = bocker
            .bidrag(self.bidrag)
            .ok_or_else(Problem::finns_inte)?
            .namn
            .clone();
        self.brister(&bocker, miljo.idag()).neka()?;
        let id = miljo.medelspost();
        let om = Postgaller {
            bidrag: Some(self.bidrag),
            ar: Some(self.fran_ar),
            ..Postgaller::default()
        };
        let post = NyMedelspost::forsta(id, om, Innehall::Medgivande(self.medgivande.clone()))
            .med_orsak(prova_kalla(&self.orsak)?);
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post))],
            handelse: Handelse {
                slag: "overforing-medgiven".into(),
                objekt: format!("bidrag {}", self.bidrag),
                text: format!(
                    "Att föra över pengar av {namn} från {} till {} medgavs.",
                    self.fran_ar, self.medgivande.till_ar
                ),
                data: serde_json::json!({ "post": id }),
            },
            svar: id,
        })
    }
}

/// Whether an amount may be carried over, by the terms that somebody has entered: what only a
/// paper says is a matter for the granskning.
pub(crate) fn prova_overforing(bocker: &Bocker, ny: &NyttFaktum) -> Result<(), Problem> {
    let g = &ny.galler;
    let (Some(bidrag), Some(fran), Some(till)) = (g.bidrag, g.fran_ar, g.ar) else {
        return Ok(());
    };
    let Some(b) = bocker.bidrag(bidrag) else {
        return Ok(());
    };
    if raden(&bocker.medelsposter, bidrag, Some(fran)).is_none() {
        return Ok(());
    }
    let nej =
        |kod, text: String, gor: &str| Err(Problem::ogiltigt(kod, text, gor).i_falt("belopp"));
    let v = gallande(&bocker.medelsposter, b, Some(fran));
    let sagt = medgivande(&bocker.medelsposter, bidrag, fran, till);
    let grans = match (v.overforing, sagt) {
        (Overforing::Nej, _) => {
            return nej(
                "overforing-nekad",
                format!("Villkoren säger att pengar från {fran} inte får föras över."),
                "Ändra villkoren först, om finansiären har ändrat dem.",
            );
        }
        (Overforing::MedMedgivande | Overforing::Okant, None) => {
            return nej(
                "overforing-utan-medgivande",
                format!(
                    "Finansiären har inte medgett att pengar förs över från {fran} till {till}."
                ),
                "Registrera medgivandet först, på sidan Årsavslut.",
            );
        }
        (_, sagt) => overforingens_granser(&v, sagt.and_then(|m| m.grans)),
    };
    inom_gransen(bocker, (bidrag, fran), &grans, ny)
}

/// With what is carried over already, it is no more than the narrowest limit.
fn inom_gransen(
    bocker: &Bocker,
    om: (BidragId, i16),
    granser: &[Grans],
    ny: &NyttFaktum,
) -> Result<(), Problem> {
    let bok = Bok::av(Arc::new(bocker.clone()), None);
    let Some(grans) = overforingsgrans(&bok, om, granser) else {
        return Ok(());
    };
    // What a correction takes the place of is carried over no more.
    let gammalt = ny.rattar.and_then(|id| bok.faktum(id));
    let gammalt = gammalt.and_then(|f| f.varde().kant()).unwrap_or(0);
    let nytt = ny.varde.kant().unwrap_or(0);
    let efter = grans.redan.saturating_sub(gammalt).saturating_add(nytt);
    if efter <= grans.hogst {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "overforing-over-gransen",
        format!(
            "Högst {}\u{a0}kr från {} får föras över. Det här blir {}\u{a0}kr.",
            Ore(grans.hogst),
            om.1,
            Ore(efter)
        ),
        "Minska beloppet, eller registrera ett nytt medgivande.",
    )
    .i_falt("belopp"))
}

/// Decides what is repaid of a grant's year, or decides it again.
#[derive(Clone, Debug)]
pub struct BeslutaAterbetalning {
    /// Which grant.
    pub bidrag: BidragId,
    /// Which year.
    pub ar: i16,
    /// The amount in öre.
    pub belopp: i64,
    /// Last day to pay.
    pub forfaller: Option<Date>,
    /// The account it is booked on.
    pub konto: String,
    /// The decision.
    pub beslut: Beslutsval,
    /// The version the person saw; 0 when none was decided.
    pub version: i64,
    /// Why it differs from what the system counts, when it does.
    pub orsak: String,
    /// Made after the year was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for BeslutaAterbetalning {
    const ATGARD: Atgard = Atgard::HanteraAterbetalning;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        if self.belopp < 0 {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "aterbetalning-belopp",
                "Beloppet är under noll.",
                "Skriv noll eller mer.",
            )
            .i_falt("belopp")));
        }
        if self.forfaller.is_none() {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "aterbetalning-forfaller",
                "Sista dagen att betala saknas.",
                "Skriv den dag som villkoren eller finansiären säger.",
            )
            .i_falt("forfaller")));
        }
        fel.prova(self.prova_mot_rakningen(bocker));
        self.beslut
            .brister(bocker, idag, "En återbetalning bestäms", &mut fel);
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let bok = Bok::av(Arc::new(bocker), None);
        let b = bok.bidrag(self.bidrag).ok_or_else(Problem::finns_inte)?;
        let namn = b.namn.clone();
        let fore = en(&bok.medelsposter, self.bidrag, self.ar);
        if fore.as_ref().map_or(0, |r| r.version) != self.version {
            return Err(andrad());
        }
        self.brister(&bok, miljo.idag()).neka()?;
        let steg = Aterbetalningssteg::Besluta {
            belopp: self.belopp,
            beraknat: poster(&bok, self.bidrag, self.ar).map(|p| p.att_aterbetala()),
            forfaller: self.forfaller.unwrap_or_else(|| miljo.idag()),
            konto: Some(self.konto.trim().to_owned()).filter(|k| !k.is_empty()),
        };
        if let Some(r) = &fore {
            r.clone().ga(&steg).map_err(vagran)?;
        }
        let rattar = self.rattar(&bok)?;
        let (beslut, nytt_beslut) = self.beslut.plan(Some(self.bidrag), miljo);
        let (faktum, id) = (miljo.faktum(), miljo.medelspost());
        let nytt = vec![self.faktum(&bok, rattar, beslut)];
        let nytt = efter_avslut(&bok, nytt, self.efter_avslut)?;
        let nytt = nytt.into_iter().next().ok_or_else(Problem::finns_inte)?;
        let om = Postgaller {
            bidrag: Some(self.bidrag),
            ar: Some(self.ar),
            beslut,
            faktum: Some(faktum),
            ..Postgaller::default()
        };
        let post = match &fore {
            None => NyMedelspost::forsta(id, om, Innehall::Aterbetalning(steg)),
            Some(r) => NyMedelspost {
                om,
                ..efter(&bok, r, id, steg)?
            },
        };
        let sak = post.sak;
        let mut andringar: Vec<Andring> = nytt_beslut.into_iter().collect();
        andringar.push(Andring::NyttFaktum {
            id: faktum,
            faktum: Box::new(nytt),
        });
        andringar.push(Andring::NyMedelspost(Box::new(post)));
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "aterbetalning-beslutad".into(),
                objekt: format!("bidrag {}", self.bidrag),
                text: format!(
                    "Att betala tillbaka {}\u{a0}kr av {namn} {} beslutades.",
                    Ore(self.belopp),
                    self.ar
                ),
                data: serde_json::json!({ "ar": self.ar, "beslut": beslut }),
            },
            svar: sak,
        })
    }
}

impl BeslutaAterbetalning {
    /// It is of a year that the grant has, no more than there was to use, and differs from
    /// what is counted only for a reason.
    fn prova_mot_rakningen(&self, bocker: &Bocker) -> Result<(), Problem> {
        let Some(b) = bocker.bidrag(self.bidrag) else {
            return Ok(());
        };
        if !b.ar.is_empty() && !b.ar.contains(&self.ar) {
            return Err(Problem::ogiltigt(
                "aterbetalning-ar",
                format!("{} har inga pengar för {}.", b.namn, self.ar),
                "Gå till bidragets rätta år under Årsavslut.",
            ));
        }
        let bok = Bok::av(Arc::new(bocker.clone()), None);
        let Some(p) = poster(&bok, self.bidrag, self.ar) else {
            return Ok(());
        };
        if self.belopp > p.finns() {
            return Err(Problem::ogiltigt(
                "aterbetalning-over-mottaget",
                format!(
                    "{}\u{a0}kr är mer än de {}\u{a0}kr som har funnits att använda {}.",
                    Ore(self.belopp),
                    Ore(p.finns()),
                    self.ar
                ),
                "Kontrollera antalet siffror. Ränta och avgifter bokförs för sig.",
            )
            .i_falt("belopp"));
        }
        let raknat = p.att_aterbetala();
        // The form proposes whole kronor.
        if self.belopp.abs_diff(raknat) < 100 || self.orsak.trim().chars().count() >= 3 {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "aterbetalning-orsak",
            format!(
                "{}\u{a0}kr är inte vad systemet räknar: {}\u{a0}kr.",
                Ore(self.belopp),
                Ore(raknat)
            ),
            "Rätta beloppet, eller skriv varför det ska vara ett annat.",
        )
        .i_falt("orsak"))
    }

    /// The decided amount.
    fn faktum(&self, bok: &Bok, rattar: Option<FaktumId>, beslut: Option<BeslutId>) -> NyttFaktum {
        let galler = Galler {
            ar: Some(self.ar),
            ..om_bidrag(bok, self.bidrag)
        };
        NyttFaktum {
            rattar,
            beslut,
            orsak: Some(self.orsak.trim().to_owned()).filter(|o| !o.is_empty()),
            ..NyttFaktum::nytt(FaktumSlag::Aterbetalning, galler, Varde::Kant(self.belopp))
        }
    }

    /// The amount that was said before and is corrected: one at most.
    fn rattar(&self, bok: &Bok) -> Result<Option<FaktumId>, Problem> {
        let urval = Urval::bidrag(self.bidrag).ar(self.ar);
        match bok.matt(Matt::Aterbetalning, &urval).rader.as_slice() {
            [] => Ok(None),
            [enda] => Ok(Some(*enda)),
            _ => Err(Problem::ogiltigt(
                "aterbetalning-flera",
                "Årets återbetalning står i flera uppgifter.",
                "Stryk dem som inte gäller, från härledningen av Återbetalning.",
            )),
        }
    }
}

/// A payment of a repayment.
#[derive(Clone, Debug)]
pub struct BetalaAterbetalning {
    /// Which repayment.
    pub sak: MedelspostId,
    /// The version the person saw.
    pub version: i64,
    /// How much, in öre.
    pub belopp: i64,
    /// The day.
    pub dag: Option<Date>,
}

impl Anvandningsfall for BetalaAterbetalning {
    const ATGARD: Atgard = Atgard::HanteraAterbetalning;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_dag(self.dag, idag, "dag"));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let r = utfall_domain::medel::aterbetalning::alla(&bocker.medelsposter)
            .into_iter()
            .find(|r| r.id == self.sak)
            .ok_or_else(Problem::finns_inte)?;
        if r.version != self.version {
            return Err(andrad());
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let dag = self.dag.unwrap_or_else(|| miljo.idag());
        let steg = Aterbetalningssteg::Betala {
            belopp: self.belopp,
            dag,
        };
        let sedan = r.clone().ga(&steg).map_err(vagran)?;
        let (faktum, id) = (miljo.faktum(), miljo.medelspost());
        let grund = r.om.bidrag.map(|id| om_bidrag(&bocker, id));
        let galler = Galler {
            ar: r.om.ar,
            period_fran: Some(dag),
            period_till: Some(dag),
            ..grund.unwrap_or_default()
        };
        let nytt = NyttFaktum {
            orsak: Some("Betalning av beslutad återbetalning".to_owned()),
            beslut: r.om.beslut,
            ..NyttFaktum::nytt(FaktumSlag::Aterbetalt, galler, Varde::Kant(self.belopp))
        };
        let mut post = efter(&bocker, &r, id, steg)?;
        post.om.faktum = Some(faktum);
        Ok(Plan {
            andringar: vec![
                Andring::NyttFaktum {
                    id: faktum,
                    faktum: Box::new(nytt),
                },
                Andring::NyMedelspost(Box::new(post)),
            ],
            handelse: Handelse {
                slag: "aterbetalning-betald".into(),
                objekt: format!("aterbetalning {}", self.sak),
                text: format!(
                    "{}\u{a0}kr betalades tillbaka. {}\u{a0}kr är kvar att betala.",
                    Ore(self.belopp),
                    Ore(sedan.kvar())
                ),
                data: serde_json::json!({ "belopp": self.belopp, "kvar": sedan.kvar() }),
            },
            svar: self.sak,
        })
    }
}

fn efter(
    bocker: &Bocker,
    r: &Aterbetalning,
    id: MedelspostId,
    steg: Aterbetalningssteg,
) -> Result<NyMedelspost, Problem> {
    let rader = sakens(&bocker.medelsposter, r.id);
    let forra = rader.last().ok_or_else(Problem::finns_inte)?;
    Ok(NyMedelspost::efter(
        forra,
        id,
        Innehall::Aterbetalning(steg),
    ))
}

fn andrad() -> Problem {
    Problem::nytt(
        ProblemSlag::Konflikt,
        "aterbetalning-andrad-av-annan",
        "Någon annan har ändrat återbetalningen medan du arbetade.",
        "Läs hur den ser ut nu och gör om det som behövs.",
    )
}

fn vagran(v: Vagran) -> Problem {
    let (kod, text, gor) = match v {
        Vagran::ForMycket(kvar) => (
            "aterbetalning-for-mycket",
            format!(
                "{}\u{a0}kr är kvar att betala. Betalningen är större.",
                Ore(kvar)
            ),
            "Skriv vad som betalades, eller besluta först ett nytt belopp.",
        ),
        Vagran::UnderBetalt(betalt) => (
            "aterbetalning-under-betalt",
            format!("{}\u{a0}kr är redan betalt.", Ore(betalt)),
            "Det beslutade beloppet kan inte bli mindre än det.",
        ),
        Vagran::IngetBelopp => (
            "aterbetalning-belopp",
            "Beloppet är noll eller mindre.".to_owned(),
            "Skriv vad som betalades.",
        ),
    };
    Problem::ogiltigt(kod, text, gor).i_falt("belopp")
}
