//! A new version of a year's allocation: preliminary 1, preliminary 2, final.

use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_bidrag, prova_kalla};
use crate::miljo::Miljo;
use crate::namn::prova_ar;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum, Sakerhet, gallande};
use utfall_domain::id::{BidragId, FaktumId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::post::{Innehall, NyMedelspost, Postgaller};
use utfall_domain::medel::tilldelning::Tilldelningsversion;
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Corrects what a grant gives a year, as a new version of it.
#[derive(Clone, Debug)]
pub struct NyTilldelning {
    /// Which grant.
    pub bidrag: BidragId,
    /// Which year.
    pub ar: i16,
    /// The amount in öre.
    pub belopp: i64,
    /// How exactly it was stated.
    pub precision: Precision,
    /// How settled it is.
    pub sakerhet: Sakerhet,
    /// What the version is called: `Preliminär 2`.
    pub benamning: String,
    /// The day of the letter or decision.
    pub datum: Option<Date>,
    /// The version the person saw: the fact in force, when there was one.
    pub sedd: Option<FaktumId>,
    /// Where it comes from.
    pub orsak: String,
    /// Made after the year was closed.
    pub efter_avslut: bool,
}

/// What is in force about a grant's year: nothing, one amount or several.
fn nuvarande(bocker: &Bocker, bidrag: BidragId, ar: i16) -> Vec<&Faktum> {
    gallande(&bocker.fakta, None)
        .into_iter()
        .filter(|f| {
            let g = f.galler();
            f.fakta.slag == FaktumSlag::Tilldelat
                && (g.bidrag, g.ar) == (Some(bidrag), Some(ar))
                && g.version.is_none()
        })
        .collect()
}

impl Anvandningsfall for NyTilldelning {
    const ATGARD: Atgard = Atgard::RattaFaktum;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        let nej = |kod, text: &str, gor: &str, falt| {
            Err::<(), _>(Problem::ogiltigt(kod, text, gor).i_falt(falt))
        };
        fel.prova(prova_ar(self.ar, "ar"));
        if self.belopp < 0 {
            fel.prova(nej(
                "tilldelning-negativ",
                "Beloppet är under noll.",
                "Skriv noll eller mer.",
                "belopp",
            ));
        }
        let benamning = self.benamning.trim().chars().count();
        if !(1..=80).contains(&benamning) {
            fel.prova(nej(
                "tilldelning-benamning",
                "Versionen har inget namn, eller ett för långt.",
                "Skriv till exempel Preliminär 2 eller Slutlig.",
                "benamning",
            ));
        }
        match self.datum {
            Some(dag) if dag <= idag => {}
            _ => {
                fel.prova(nej(
                    "tilldelning-datum",
                    "Dagen saknas eller har inte varit.",
                    "Skriv dagen då beskedet kom.",
                    "datum",
                ));
            }
        }
        fel.prova(self.prova_fore(bocker));
        fel.prova(prova_kalla(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let b = bocker.bidrag(self.bidrag).ok_or_else(Problem::finns_inte)?;
        let (namn, finns_ar) = (b.namn.clone(), b.ar.contains(&self.ar));
        self.brister(&bocker, miljo.idag()).neka()?;
        let fore = nuvarande(&bocker, self.bidrag, self.ar);
        let rattar = fore.first().map(|f| f.id);
        if rattar != self.sedd {
            return Err(super::fordela::andrad_av_annan());
        }
        let (id, post) = (miljo.faktum(), miljo.medelspost());
        let galler = Galler {
            ar: Some(self.ar),
            ..om_bidrag(&bocker, self.bidrag)
        };
        let faktum = NyttFaktum {
            precision: self.precision,
            sakerhet: self.sakerhet,
            rattar,
            orsak: Some(prova_kalla(&self.orsak)?),
            efter_avslut: self.efter_avslut,
            ..NyttFaktum::nytt(FaktumSlag::Tilldelat, galler, Varde::Kant(self.belopp))
        };
        let version = Tilldelningsversion {
            benamning: self.benamning.trim().to_owned(),
            datum: self.datum.unwrap_or_else(|| miljo.idag()),
        };
        let text = format!(
            "{} för {namn} {} registrerades.",
            version.benamning, self.ar
        );
        let nytt_ar = (!finns_ar).then(|| Andring::NyaBidragsar {
            bidrag: self.bidrag,
            ar: vec![self.ar],
        });
        let mut andringar: Vec<Andring> = nytt_ar.into_iter().collect();
        andringar.push(Andring::NyttFaktum {
            id,
            faktum: Box::new(faktum),
        });
        andringar.push(Andring::NyMedelspost(Box::new(NyMedelspost::forsta(
            post,
            self.om(id),
            Innehall::Tilldelning(version),
        ))));
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "tilldelning-ny".into(),
                objekt: format!("bidrag {}", self.bidrag),
                text,
                data: serde_json::json!({ "ar": self.ar, "rattar": rattar, "nytt": id }),
            },
            svar: id,
        })
    }
}

impl NyTilldelning {
    const fn om(&self, faktum: FaktumId) -> Postgaller {
        Postgaller {
            bidrag: Some(self.bidrag),
            insats: None,
            organisation: None,
            beslut: None,
            faktum: Some(faktum),
            ar: Some(self.ar),
        }
    }

    /// What is in force already: one amount, which does not become less settled than it is.
    fn prova_fore(&self, bocker: &Bocker) -> Result<(), Problem> {
        let (kod, text, gor, falt) = match nuvarande(bocker, self.bidrag, self.ar).as_slice() {
            [] => return Ok(()),
            [enda] => {
                let slutligt =
                    enda.fakta.sakerhet == Sakerhet::Slutlig && enda.varde().kant().is_some();
                if !slutligt || self.sakerhet == Sakerhet::Slutlig {
                    return Ok(());
                }
                (
                    "tilldelning-redan-slutlig",
                    "Beloppet är redan slutligt.",
                    "Välj slutlig, om det slutliga beloppet har ändrats.",
                    "sakerhet",
                )
            }
            _ => (
                "tilldelning-flera",
                "Årets pengar står i flera uppgifter.",
                "Rätta dem var för sig, från härledningen av Tilldelat.",
                "belopp",
            ),
        };
        Err(Problem::ogiltigt(kod, text, gor).i_falt(falt))
    }
}
