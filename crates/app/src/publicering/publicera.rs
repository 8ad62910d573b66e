//! Something is made public, as of a day.

use crate::dorr::{Anvandningsfall, Plan, internt};
use crate::lasning::kanda;
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Enhet, Faktum, gallande};
use utfall_domain::id::{BidragId, PubliceringId};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::{Insatsinnehall, Publicerat, gallande as oppna};
use utfall_domain::rapport::Indata;
use utfall_domain::rapport::aterrapport::{Siffra, Siffrenhet};
use utfall_domain::rapporter::{Rapportlage, Rapportslag};
use utfall_domain::tid::PerDag;
use utfall_domain::tryckt::Tryckta;
use utfall_store as store;
use utfall_store::Las;

/// What a publication is planned from.
#[derive(Debug)]
pub struct Laddat {
    /// The books.
    pub bocker: Bocker,
    /// What was frozen in an issued report.
    pub fryst: Option<Indata>,
}

/// Publishes something.
#[derive(Clone, Debug)]
pub struct Publicera {
    /// What.
    pub vad: Publicerat,
    /// As of when the figures are shown. Not after today.
    pub per: PerDag,
    /// A word to the reader; needed when it corrects an earlier publication.
    pub kommentar: String,
}

impl Anvandningsfall for Publicera {
    const ATGARD: Atgard = Atgard::Publicera;
    type Laddat = Laddat;
    type Svar = PubliceringId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Laddat, Problem> {
        let fryst = match self.vad {
            Publicerat::Rapport(id) => store::rapporter::utfardad(k, permit, id)?
                .map(|u| Indata::las(&u.indata))
                .transpose()
                .map_err(|e| internt(&e))?,
            Publicerat::Bidrag(_) | Publicerat::Insats(_) => None,
        };
        Ok(Laddat {
            bocker: store::bocker::las(k, permit)?,
            fryst,
        })
    }

    fn planera(&self, laddat: Laddat, miljo: &mut Miljo) -> Result<Plan<PubliceringId>, Problem> {
        self.plan(&laddat, miljo)
    }
}

impl Publicera {
    fn plan(&self, laddat: &Laddat, miljo: &mut Miljo) -> Result<Plan<PubliceringId>, Problem> {
        let bocker = &laddat.bocker;
        let namn = namn(self.vad, bocker).ok_or_else(Problem::finns_inte)?;
        if self.per.0 > miljo.idag() {
            return Err(Problem::ogiltigt(
                "publicering-framtid",
                "Dagen har inte varit än.",
                "Välj i dag eller en tidigare dag.",
            )
            .i_falt("per"));
        }
        self.prova_rapport(laddat)?;
        let id = miljo.publicering();
        Ok(Plan {
            andringar: vec![Andring::Publicera {
                id,
                vad: self.vad,
                per: self.per,
                kommentar: self.kommentar.trim().chars().take(500).collect(),
                innehall: self.innehall(bocker),
            }],
            handelse: Handelse {
                slag: "publicerat".into(),
                objekt: format!("{} {}", self.vad.kod(), self.vad.nummer()),
                text: format!(
                    "{namn} publicerades med siffrorna per {}.",
                    utfall_domain::tid::i_ord(self.per.0)
                ),
                data: serde_json::json!({ "publicering": id, "per": self.per }),
            },
            svar: id,
        })
    }
}

/// Publishes anew what has changed since it was published: one act for each thing, together
/// or not at all.
#[derive(Clone, Debug)]
pub struct PubliceraIgen {
    /// What: grants and initiatives that are public. A report never changes.
    pub vad: Vec<Publicerat>,
    /// As of when the figures are shown. Not after today.
    pub per: PerDag,
    /// A word to the reader of each.
    pub kommentar: String,
}

impl Anvandningsfall for PubliceraIgen {
    const ATGARD: Atgard = Atgard::Publicera;
    type Laddat = Bocker;
    /// How many acts.
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        let oppet: Vec<Publicerat> = oppna(&bocker.publiceringar)
            .into_iter()
            .map(|akt| akt.vad)
            .filter(|vad| !matches!(vad, Publicerat::Rapport(_)))
            .collect();
        if self.vad.is_empty() || self.vad.iter().any(|vad| !oppet.contains(vad)) {
            return Err(Problem::ogiltigt(
                "publicering-inte-oppet",
                "Något av det du ville publicera igen är inte öppet längre.",
                "Läs in sidan på nytt och se vad som har ändrats nu.",
            ));
        }
        let laddat = Laddat {
            bocker,
            fryst: None,
        };
        let mut andringar = Vec::new();
        let mut namnen = Vec::new();
        for vad in &self.vad {
            let ett = Publicera {
                vad: *vad,
                per: self.per,
                kommentar: self.kommentar.clone(),
            };
            namnen.extend(namn(*vad, &laddat.bocker));
            andringar.extend(ett.plan(&laddat, miljo)?.andringar);
        }
        let antal = andringar.len();
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "publicerat".into(),
                objekt: "publicering".into(),
                text: format!(
                    "Det som hade ändrats publicerades med siffrorna per {}: {}.",
                    utfall_domain::tid::i_ord(self.per.0),
                    namnen.join(", ")
                ),
                data: serde_json::json!({ "vad": self.vad, "per": self.per }),
            },
            svar: antal,
        })
    }
}

impl Publicera {
    fn innehall(&self, bocker: &Bocker) -> Option<Insatsinnehall> {
        match self.vad {
            Publicerat::Insats(id) => bocker.insats(id).map(Insatsinnehall::av),
            Publicerat::Bidrag(_) | Publicerat::Rapport(_) => None,
        }
    }

    fn prova_rapport(&self, laddat: &Laddat) -> Result<(), Problem> {
        let Publicerat::Rapport(id) = self.vad else {
            return Ok(());
        };
        let bocker = &laddat.bocker;
        let Some((rapport, per, tid)) = bocker.rapport(id).and_then(|r| match r.lage {
            Rapportlage::Utfardad { per, tid, .. } => Some((r, per, tid)),
            Rapportlage::Utkast { .. } => None,
        }) else {
            return Err(Problem::ogiltigt(
                "publicering-utkast",
                "Rapporten är inte utfärdad.",
                "Utfärda rapporten först. Ett utkast kan inte publiceras.",
            ));
        };
        prova_slaget(&rapport.titel, &rapport.slag, laddat.fryst.as_ref())?;
        let (kanda, tryckta) = (kanda(&bocker.fakta, tid), Tryckta::i(bocker));
        let ar = laddat.fryst.as_ref().and_then(Indata::aterrapport);
        let ar = ar.map(|a| a.ar);
        let dolda = match rapport.bidrag {
            Some(bidrag) => gallande(&kanda, Some(per))
                .into_iter()
                .filter(|f| av_rapporten(f, bidrag, ar, bocker))
                .any(|f| ar_personantal(f) && tryckta.kalla(f).is_none()),
            None => laddat.fryst.as_ref().is_none_or(trycker_antal),
        };
        if dolda {
            return Err(Problem::ogiltigt(
                "publicering-personantal",
                "Rapporten innehåller antal personer som inte står i något offentligt papper.",
                "Läs in det offentliga papper där antalen står och utfärda en ny rapport. \
                 Finns inget sådant papper kan rapporten inte publiceras.",
            ));
        }
        Ok(())
    }
}

/// Which kinds are for everybody: what is between two parties, and what nobody has decided, is
/// not.
fn prova_slaget(titel: &str, slag: &Rapportslag, fryst: Option<&Indata>) -> Result<(), Problem> {
    match slag {
        Rapportslag::Rekvisition { .. } => Err(Problem::ogiltigt(
            "publicering-rapportslag",
            format!("{titel} är en handling mellan er och den som betalar."),
            "Den innehåller betalningsuppgifter och ett intygande och publiceras inte. Lämna den \
             som fil till mottagaren. Det rekvirerade beloppet syns när bidraget publiceras.",
        )),
        Rapportslag::Fordelningsmemo { .. } if har_forslag(fryst) => Err(Problem::ogiltigt(
            "publicering-forslag",
            format!("{titel} innehåller förslag som ingen har beslutat."),
            "Besluta förslagen eller stryk dem, utfärda memot igen och publicera det nya.",
        )),
        Rapportslag::Aterrapport { .. }
        | Rapportslag::Ekonomirapport { .. }
        | Rapportslag::Fordelningsmemo { .. }
        | Rapportslag::Insatsnot { .. } => Ok(()),
    }
}

/// Whether what was printed rests on a proposal. Of what cannot be read it is taken to.
fn har_forslag(fryst: Option<&Indata>) -> bool {
    fryst.is_none_or(|indata| {
        let mut fragor = indata.siffror().into_iter().filter_map(Siffra::fraga);
        fragor.any(|(_, urval)| urval.version.is_some())
    })
}

/// Whether anything but money is printed in a report of many grants.
fn trycker_antal(indata: &Indata) -> bool {
    let mut siffror = indata.siffror().into_iter();
    siffror.any(|s| s.enhet != Siffrenhet::Ore)
}

/// What a report shows about people: participants, results, help, volumes. All that is not
/// money is taken for such.
fn ar_personantal(f: &Faktum) -> bool {
    f.fakta.slag.enhet() != Enhet::Ore
}

/// Whether a report of this grant and year may rest on the fact. When the year is not known
/// of either, it may.
fn av_rapporten(f: &Faktum, bidrag: BidragId, ar: Option<i16>, bocker: &Bocker) -> bool {
    let galler = f.galler();
    let insats = galler.insats.and_then(|id| bocker.insats(id));
    let ratt_bidrag =
        galler.bidrag == Some(bidrag) || insats.is_some_and(|i| i.bidrag == Some(bidrag));
    let over_ar = |ar: i16| match (galler.fran_ar, galler.ar) {
        (Some(fran), Some(till)) => (fran..=till).contains(&ar),
        (None, Some(ett)) => ett == ar,
        (_, None) => true,
    };
    ratt_bidrag && ar.is_none_or(over_ar)
}

/// The name of what is published, when it exists in these books.
pub(crate) fn namn(vad: Publicerat, bocker: &Bocker) -> Option<String> {
    match vad {
        Publicerat::Bidrag(id) => bocker.bidrag(id).map(|b| b.namn.clone()),
        Publicerat::Insats(id) => bocker.insats(id).map(|i| i.namn.clone()),
        Publicerat::Rapport(id) => bocker.rapport(id).map(|r| r.titel.clone()),
    }
}

#[cfg(test)]
mod tests;
