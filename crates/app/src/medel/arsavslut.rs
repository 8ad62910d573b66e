//! A grant's year is closed when everything on its list is done, and opened again with a
//! reason.

use super::Beslutsval;
use super::grund::poster;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::lasning::Bok;
use crate::miljo::Miljo;
use crate::uppfoljning::{avslutsmanad, bockerna, saknade_kommentarer, sista_anvanda};
use crate::{Brister, Tjanst};
use jiff::civil::{Date, date};
use std::sync::Arc;
use utfall_behorighet::{Aktor, Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::granskning::Allvar;
use utfall_domain::id::{AnvandareId, BidragId, InsatsId, MedelspostId};
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::arsavslut::{Avslutssteg, sista, stangt};
use utfall_domain::medel::post::{Innehall, NyMedelspost, Postgaller};
use utfall_domain::medel::rekvisition;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tid::{i_ord, manad};
use utfall_store as store;
use utfall_store::Las;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Punkt {
    /// Stable code.
    pub kod: &'static str,
    /// What shall be done.
    pub text: &'static str,
    /// Whether it is.
    pub klar: bool,
    /// How it is, in words.
    pub hur: String,
    /// The initiatives it is about, when it is about some.
    pub insatser: Vec<InsatsId>,
}

/// The line that can be answered with a reason: nothing more will be booked.
pub const DECEMBER: &str = "december";

/// The list for a grant's year, each line counted from the books. `fynd` is how many findings
/// about the grant wait for somebody; `idag` tells whether the year is over.
#[must_use]
pub fn checklista(bok: &Bok, (bidrag, ar): (BidragId, i16), fynd: usize, idag: Date) -> Vec<Punkt> {
    vec![
        rekvisitionerna(bok, bidrag, ar),
        anvandningen(bok, bidrag, ar),
        december(bok, bidrag, ar),
        overskottet(bok, bidrag, ar),
        kommentarerna(bok, (bidrag, ar), avslutsmanad(bok, ar, idag)),
        Punkt {
            kod: "fynd",
            text: "Varje fynd i granskningen är rättat eller förklarat",
            klar: fynd == 0,
            hur: match fynd {
                0 => "Inget fynd väntar.".to_owned(),
                1 => "Ett fynd väntar.".to_owned(),
                n => format!("{n} fynd väntar."),
            },
            insatser: Vec::new(),
        },
    ]
}

fn rekvisitionerna(bok: &Bok, bidrag: BidragId, ar: i16) -> Punkt {
    let oppna = rekvisition::alla(&bok.medelsposter)
        .into_iter()
        .filter(|r| (r.om.bidrag, r.om.ar) == (Some(bidrag), Some(ar)))
        .filter(|r| !r.lage.avslutad())
        .count();
    Punkt {
        kod: "rekvisitioner",
        text: "Alla rekvisitioner är avslutade",
        klar: oppna == 0,
        hur: match oppna {
            0 => "Ingen rekvisition är öppen.".to_owned(),
            1 => "En rekvisition är öppen.".to_owned(),
            n => format!("{n} rekvisitioner är öppna."),
        },
        insatser: Vec::new(),
    }
}

fn anvandningen(bok: &Bok, bidrag: BidragId, ar: i16) -> Punkt {
    let anvant = bok
        .varde(Matt::Anvant, &Urval::bidrag(bidrag).ar(ar))
        .kant();
    Punkt {
        kod: "anvant",
        text: "Det är redovisat vad som har använts",
        klar: anvant.is_some(),
        hur: anvant.map_or_else(
            || "Användningen är inte helt redovisad.".to_owned(),
            |ore| format!("{}\u{a0}kr är använda.", Ore(ore)),
        ),
        insatser: Vec::new(),
    }
}

/// Where the use is booked month by month, the books are there to the year's end: the accounts
/// that it comes from, whatever month the grant itself last cost something. Where no file is
/// read in, the last month that somebody has entered.
fn december(bok: &Bok, bidrag: BidragId, ar: i16) -> Punkt {
    let urval = Urval::bidrag(bidrag).ar(ar);
    let bockerna = bockerna(bok, &urval);
    let kvar: Vec<String> = bockerna
        .iter()
        .filter(|r| !r.hel(ar, 12))
        .map(|r| format!("{} slutar {}", r.foretag, i_ord(r.till())))
        .collect();
    let sist = sista_anvanda(bok, &urval);
    let (klar, hur) = match (bockerna.is_empty(), kvar.as_slice(), sist) {
        (false, [], _) => (true, "Bokföringen är inläst till och med december.".into()),
        (false, kvar, _) => (
            false,
            format!("Bokföringen för {}.", kvar.join(", och för ")),
        ),
        (true, _, None) => (
            true,
            "Utfallet är redovisat för året, inte månad för månad.".to_owned(),
        ),
        (true, _, Some(m)) => (m == 12, format!("Senast redovisat: {}.", manad(m))),
    };
    Punkt {
        kod: DECEMBER,
        text: "Utfallet är inläst till och med december",
        klar,
        hur,
        insatser: Vec::new(),
    }
}

fn overskottet(bok: &Bok, bidrag: BidragId, ar: i16) -> Punkt {
    let (klar, hur) = match poster(bok, bidrag, ar).map(|p| p.avrakna()) {
        None => (false, "Det går inte att räkna än.".to_owned()),
        Some(a) if a.for_mycket > 0 => (
            false,
            format!(
                "{}\u{a0}kr mer än det som finns är överfört eller ska betalas tillbaka.",
                Ore(a.for_mycket)
            ),
        ),
        Some(a) if a.kvar > 0 => (
            false,
            format!(
                "{}\u{a0}kr är varken överfört eller beslutat att betalas tillbaka.",
                Ore(a.kvar)
            ),
        ),
        Some(_) => (true, "Varje krona har sin plats.".to_owned()),
    };
    Punkt {
        kod: "overskott",
        text: "Det som blev över är beslutat: återbetalning eller överföring",
        klar,
        hur,
        insatser: Vec::new(),
    }
}

/// As the follow-up counts them, through the same month: an initiative's own words say nothing
/// of this year's deviation.
fn kommentarerna(bok: &Bok, (bidrag, ar): (BidragId, i16), manad: i8) -> Punkt {
    let saknar: Vec<InsatsId> = saknade_kommentarer(bok, ar, manad)
        .into_iter()
        .filter_map(|saknad| bok.insats(saknad.insats))
        .filter(|i| i.bidrag == Some(bidrag))
        .map(|i| i.id)
        .collect();
    Punkt {
        kod: "kommentarer",
        text: "Avvikelser över gränsen är förklarade",
        klar: saknar.is_empty(),
        hur: match saknar.len() {
            0 => "Ingen kommentar saknas.".to_owned(),
            1 => "En insats saknar kommentar.".to_owned(),
            n => format!("{n} insatser saknar kommentar."),
        },
        insatser: saknar,
    }
}

/// Closes a grant's year. Made by [`Tjanst::infor_avslut`], which knows the findings.
#[derive(Clone, Debug)]
pub struct AvslutaAr {
    /// Which grant.
    pub bidrag: BidragId,
    /// Which year.
    pub ar: i16,
    /// The decision.
    pub beslut: Beslutsval,
    /// Why nothing more will be booked of the year, where the books end before it does: the
    /// activity ended in June. Empty where they do not.
    pub fardigbokfort: String,
    /// Whoever closes has been told that the decision is older than the year's end, or about
    /// another grant, and says that it is the one.
    pub beslutet_galler: bool,
    fynd: usize,
    lage: i64,
}

impl Tjanst {
    /// The closing of a grant's year, with what the granskning says about the grant now.
    ///
    /// # Errors
    /// When the role may not read the granskning, or the database fails.
    pub async fn infor_avslut(
        &self,
        aktor: &Aktor,
        (bidrag, ar): (BidragId, i16),
        beslut: Beslutsval,
    ) -> Result<AvslutaAr, Problem> {
        let bok = self.bok(aktor, Atgard::LasaMedel, None).await?;
        let fynd = self.vantande_fynd(aktor, &bok, bidrag).await?;
        Ok(AvslutaAr {
            bidrag,
            ar,
            beslut,
            fardigbokfort: String::new(),
            beslutet_galler: false,
            fynd,
            lage: bok.lage,
        })
    }

    /// How many findings about a grant, errors and warnings, wait for somebody.
    ///
    /// # Errors
    /// As [`Tjanst::infor_avslut`].
    pub async fn vantande_fynd(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        bidrag: BidragId,
    ) -> Result<usize, Problem> {
        let slug = bok.bidrag(bidrag).map_or("", |b| b.slug.as_str());
        let funna = self.granska(aktor).await?;
        Ok(funna
            .iter()
            .filter(|f| f.kvar() && f.fynd.allvar != Allvar::Upplysning)
            .filter(|f| f.bidrag.contains(slug))
            .count())
    }
}

impl Anvandningsfall for AvslutaAr {
    const ATGARD: Atgard = Atgard::AvslutaAr;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        let bok = Bok::av(Arc::new(bocker.clone()), None);
        let skal = self.fardigbokfort.trim();
        for punkt in checklista(&bok, (self.bidrag, self.ar), self.fynd, idag) {
            if punkt.kod == DECEMBER && !punkt.klar && !skal.is_empty() {
                fel.prova(prova_orsak(skal).map_err(|p| p.i_falt("fardigbokfort")));
            } else if !punkt.klar {
                fel.prova::<()>(Err(Problem::ogiltigt(
                    "arsavslut-inte-klart",
                    format!("{} Det hindrar avslutet.", punkt.hur),
                    "Gör klart det på listan, och avsluta sedan.",
                )
                .i_falt(punkt.kod)));
            }
        }
        self.beslut
            .brister(bocker, idag, "Ett år avslutas", &mut fel);
        if let Some(fragan) = self.tveksamt(bocker).filter(|_| !self.beslutet_galler) {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "arsavslut-beslut",
                format!(
                    "{fragan} Ett år avslutas med ett beslut om bidraget, fattat när året är slut."
                ),
                "Välj ett annat beslut, eller kryssa för att det här ändå gäller avslutet.",
            )
            .i_falt("beslutet-galler")));
        }
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        if bocker.lage != self.lage {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "arsavslut-andrat",
                "Någon har ändrat i räkenskaperna medan listan lästes.",
                "Läs listan igen och avsluta sedan.",
            ));
        }
        prova_lage(&bocker, (self.bidrag, self.ar), false)?;
        self.brister(&bocker, miljo.idag()).neka()?;
        let fragan = self.tveksamt(&bocker);
        let (beslut, nytt_beslut) = self.beslut.plan(Some(self.bidrag), miljo);
        let id = miljo.medelspost();
        let mut post = raden(&bocker, (self.bidrag, self.ar), id, Avslutssteg::Stang);
        post.om.beslut = beslut;
        let bok = Bok::av(Arc::new(bocker), None);
        let skal = self.fardigbokfort.trim();
        let mut sagt = Vec::new();
        // A reason that nothing asked for is not kept.
        if !skal.is_empty() && !december(&bok, self.bidrag, self.ar).klar {
            sagt.push(med_punkt(&prova_orsak(skal)?));
        }
        sagt.extend(fragan.map(|f| format!("{f} {ANDA}")));
        post.orsak = (!sagt.is_empty()).then(|| sagt.join(" "));
        let andringar = nytt_beslut
            .into_iter()
            .chain([Andring::NyMedelspost(Box::new(post))])
            .collect();
        Ok(Plan {
            andringar,
            handelse: handelsen(&bok, (self.bidrag, self.ar), "avslutades"),
            svar: id,
        })
    }
}

/// Said with the closing when the decision was questioned and kept.
const ANDA: &str = "Den som avslutade året har sagt att det ändå gäller avslutet.";

impl AvslutaAr {
    /// Why the decision may be another one than the closing's: it is older than the end of the
    /// year, or about another grant. `None` when nothing speaks against it, or none is chosen.
    fn tveksamt(&self, bocker: &Bocker) -> Option<String> {
        let (vad, ar, dag, om) = match &self.beslut {
            Beslutsval::Saknas => return None,
            Beslutsval::Nytt(nytt) => {
                let ar = nytt.datum.map(Date::year);
                ("Beslutet".to_owned(), ar, nytt.datum, None)
            }
            Beslutsval::Finns(id) => {
                let b = bocker.beslut.iter().find(|b| b.id == *id)?;
                (b.med_datum(), b.ar, b.datum, b.bidrag)
            }
        };
        if let Some(annat) = om.filter(|id| *id != self.bidrag) {
            let namn = bocker.bidrag(annat).map_or("ett annat bidrag", |b| &b.namn);
            return Some(format!("{vad} är om {namn}."));
        }
        let tidigt = match dag {
            Some(dag) => dag < date(self.ar, 12, 31),
            None => ar.is_some_and(|ar| ar <= self.ar),
        };
        tidigt.then(|| format!("{vad} är fattat innan {} var slut.", self.ar))
    }
}

/// Opens a closed year again.
#[derive(Clone, Debug)]
pub struct OppnaAr {
    /// Which grant.
    pub bidrag: BidragId,
    /// Which year.
    pub ar: i16,
    /// Why.
    pub orsak: String,
}

impl Anvandningsfall for OppnaAr {
    const ATGARD: Atgard = Atgard::OppnaAr;
    type Laddat = Oppnare;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Oppnare, Problem> {
        Ok(Oppnare {
            bocker: store::bocker::las(k, permit)?,
            vem: permit.anvandare(),
            nagon_annan: store::anvandare::nagon_annan_far(k, permit)?,
        })
    }

    fn brister(&self, laddat: &Oppnare, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_orsak(&self.orsak));
        if self.sin_egen(laddat) && laddat.nagon_annan {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "arsavslut-egen",
                "Du avslutade året själv, och då öppnar du det inte ensam.",
                "Be någon annan som får öppna året att göra det.",
            )
            .i_falt("orsak")));
        }
        fel
    }

    fn planera(&self, laddat: Oppnare, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        prova_lage(&laddat.bocker, (self.bidrag, self.ar), true)?;
        self.brister(&laddat, miljo.idag()).neka()?;
        let mut orsak = prova_orsak(&self.orsak)?;
        let vad = if self.sin_egen(&laddat) {
            // An only employee must be able to work: then everybody sees it.
            orsak = format!("{} {ENSAM_OPPNARE}", med_punkt(&orsak));
            "öppnades igen av den som avslutade året, eftersom ingen annan får göra det"
        } else {
            "öppnades igen"
        };
        let bocker = &laddat.bocker;
        let id = miljo.medelspost();
        let post = raden(bocker, (self.bidrag, self.ar), id, Avslutssteg::Oppna).med_orsak(orsak);
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post))],
            handelse: handelsen(bocker, (self.bidrag, self.ar), vad),
            svar: id,
        })
    }
}

/// Said with the reason when one alone has both closed and opened.
const ENSAM_OPPNARE: &str = "Öppnat av den som avslutade året: ingen annan får göra det.";

fn med_punkt(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// The books, who opens, and whether somebody else could.
#[derive(Debug)]
pub struct Oppnare {
    bocker: Bocker,
    vem: Option<AnvandareId>,
    nagon_annan: bool,
}

impl OppnaAr {
    /// Whoever opens is who closed.
    fn sin_egen(&self, laddat: &Oppnare) -> bool {
        let rad = sista(&laddat.bocker.medelsposter, self.bidrag, self.ar);
        rad.is_some_and(|p| Some(p.registrerad_av) == laddat.vem)
    }
}

fn prova_lage(bocker: &Bocker, (bidrag, ar): (BidragId, i16), stangd: bool) -> Result<(), Problem> {
    if bocker.bidrag(bidrag).is_none_or(|b| !b.ar.contains(&ar)) {
        return Err(Problem::finns_inte());
    }
    if stangt(&bocker.medelsposter, bidrag, ar) == stangd {
        return Ok(());
    }
    let lage = if stangd {
        "inte avslutat"
    } else {
        "redan avslutat"
    };
    Err(Problem::ogiltigt(
        "arsavslut-redan",
        format!("Året {ar} är {lage}."),
        "Ladda om sidan.",
    ))
}

fn raden(
    bocker: &Bocker,
    (bidrag, ar): (BidragId, i16),
    id: MedelspostId,
    steg: Avslutssteg,
) -> NyMedelspost {
    match sista(&bocker.medelsposter, bidrag, ar) {
        Some(forra) => NyMedelspost::efter(forra, id, Innehall::Arsavslut(steg)),
        None => {
            let om = Postgaller {
                bidrag: Some(bidrag),
                ar: Some(ar),
                ..Postgaller::default()
            };
            NyMedelspost::forsta(id, om, Innehall::Arsavslut(steg))
        }
    }
}

fn handelsen(bocker: &Bocker, (bidrag, ar): (BidragId, i16), vad: &str) -> Handelse {
    let namn = bocker.bidrag(bidrag).map_or("", |b| &b.namn);
    Handelse {
        slag: "arsavslut".into(),
        objekt: format!("bidrag {bidrag}"),
        text: format!("{ar} för {namn} {vad}."),
        data: serde_json::json!({ "ar": ar }),
    }
}

#[cfg(test)]
mod tests;
