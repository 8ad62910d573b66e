//! Books in memory that papers are imported into and facts corrected in, by the plans of the
//! real use cases: no database, one second between each.

use super::{Ersatt, ErsattUnderlag, ImporteraUnderlag};
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{RattaFaktum, Rattelse};
use crate::granskning::{self, Funnet, Papper};
use crate::lasning::Bok;
use crate::miljo::Miljo;
use crate::prov::tomma;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeMap;
use std::sync::Arc;
use utfall_domain::andring::Andring;
use utfall_domain::bocker::{Bocker, Ersatter, UnderlagHuvud};
use utfall_domain::faktum::{Faktum, FaktumSlag, NyttFaktum};
use utfall_domain::id::{AnvandareId, FaktumId, UnderlagId};
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_domain::tid::PerDag;
use utfall_domain::underlag::las;
use utfall_domain::varde::Varde;

/// Books under way.
pub(crate) struct Minne {
    pub(crate) bocker: Bocker,
    papper: BTreeMap<UnderlagId, Arc<Papper>>,
    nu: Timestamp,
    nasta: i64,
}

impl Minne {
    pub(crate) fn ny(slug: &str) -> Self {
        Self {
            bocker: tomma(slug),
            papper: BTreeMap::new(),
            nu: "2022-02-01T09:00:00Z".parse().unwrap(),
            nasta: 10,
        }
    }

    /// The day everything was registered until now.
    pub(crate) fn nasta_dag(&mut self) -> PerDag {
        let idag = PerDag(utfall_domain::tid::dag(self.nu));
        self.nu = self.nu.checked_add(24.hours()).unwrap();
        idag
    }

    fn gor<S>(
        &mut self,
        planera: impl FnOnce(Bocker, &mut Miljo) -> Result<Plan<S>, Problem>,
    ) -> Result<S, Problem> {
        let mut miljo = Miljo::ny(self.nu, self.nasta);
        let plan = planera(self.bocker.clone(), &mut miljo)?;
        self.nasta += miljo.anvanda();
        for andring in plan.andringar {
            self.tillampa(andring);
        }
        self.bocker.lage += 1;
        Ok(plan.svar)
    }

    fn tillampa(&mut self, andring: Andring) {
        let b = &mut self.bocker;
        match andring {
            Andring::NyOrganisation(o) => b.organisationer.push(o),
            Andring::NyttBidrag(x) => b.bidrag.push(x),
            Andring::NyaBidragsar { bidrag, ar } => {
                let mut alla = b.bidrag.iter_mut();
                let bidrag = alla.find(|x| x.id == bidrag).unwrap();
                bidrag.ar.extend(ar);
                bidrag.ar.sort_unstable();
            }
            Andring::NyttBeslut(x) => b.beslut.push(x),
            Andring::NyInsats(i) => b.insatser.push(i),
            Andring::NyttFaktum { id, faktum } => b.fakta.push(Faktum {
                id,
                registrerad: self.nu,
                registrerad_av: AnvandareId::FORSTA,
                fakta: *faktum,
            }),
            Andring::BeskrivInsats {
                insats,
                vantad_version,
                beskrivning: ny,
            } => {
                let mut alla = b.insatser.iter_mut();
                let i = alla.find(|i| i.id == insats).unwrap();
                assert_eq!(i.version, vantad_version);
                (i.text, i.fortsattning) = (ny.text, ny.fortsattning);
                (i.start_ar, i.slut_ar, i.tjanster) = (ny.start_ar, ny.slut_ar, ny.tjanster);
                i.version += 1;
            }
            Andring::NyttUnderlag(ny) => {
                let huvud = UnderlagHuvud {
                    id: ny.id,
                    dokument: ny.dokument,
                    titel: ny.titel,
                    offentligt: ny.offentligt,
                    sha256: ny.sha256,
                    registrerad: self.nu,
                    registrerad_av: AnvandareId::FORSTA,
                    ersatter: None,
                };
                let papper = Papper::las(&huvud, &ny.innehall).unwrap();
                self.papper.insert(ny.id, Arc::new(papper));
                b.underlag.push(huvud);
            }
            Andring::ErsattUnderlag {
                underlag,
                ersatter,
                orsak,
            } => {
                let mut alla = b.underlag.iter_mut();
                let ny = alla.find(|u| u.id == underlag).unwrap();
                ny.ersatter = Some(Ersatter {
                    underlag: ersatter,
                    orsak,
                });
            }
            annat => panic!("oväntad ändring: {annat:?}"),
        }
    }

    pub(crate) fn importera(&mut self, stam: &str, json: &str) {
        let fall = ImporteraUnderlag {
            underlag: las(stam, json.as_bytes()).unwrap(),
            innehall: json.as_bytes().to_vec(),
            offentligt: false,
        };
        // The books are called what the first paper calls them.
        if self.bocker.underlag.is_empty() {
            let namn = &fall.underlag.dokument.huvudman.namn;
            self.bocker.huvudman.namn.clone_from(namn);
        }
        self.gor(|bocker, miljo| fall.planera(bocker, miljo))
            .unwrap();
    }

    pub(crate) fn ersatt(&mut self, stam: &str, json: &str) -> Result<Ersatt, Problem> {
        self.ersatt_sedd(stam, json, None)
    }

    pub(crate) fn ersatt_sedd(
        &mut self,
        stam: &str,
        json: &str,
        sedd: Option<UnderlagId>,
    ) -> Result<Ersatt, Problem> {
        let fall = ErsattUnderlag {
            underlag: las(stam, json.as_bytes()).unwrap(),
            innehall: json.as_bytes().to_vec(),
            offentligt: false,
            orsak: "Rättad av nämnden".into(),
            sedd,
        };
        let papper = self.papper.clone();
        self.gor(|bocker, miljo| fall.planera(fall.laddat(bocker, &papper), miljo))
    }

    /// The fact in force of this kind and value.
    pub(crate) fn faktum(&self, slag: FaktumSlag, varde: i64) -> FaktumId {
        let bok = self.bok(None);
        let fakta = bok.fakta();
        let mut alla = fakta
            .iter()
            .filter(|f| f.fakta.slag == slag && f.varde() == Varde::Kant(varde));
        alla.next().unwrap_or_else(|| panic!("{slag:?} {varde}")).id
    }

    pub(crate) fn ratta(&mut self, faktum: FaktumId, varde: Varde) {
        let rattelse = Rattelse::NyttVarde(varde, Precision::EXAKT);
        self.ratta_till(faktum, rattelse);
    }

    /// What the use case says to a correction.
    pub(crate) fn prova_ratta(&mut self, faktum: FaktumId, varde: Varde) -> Result<(), Problem> {
        let fall = RattaFaktum {
            faktum,
            rattelse: Rattelse::NyttVarde(varde, Precision::EXAKT),
            orsak: "Enligt bokföringen".into(),
            beslut: crate::prov::beslut(),
            efter_avslut: false,
        };
        self.gor(|bocker, miljo| fall.planera(bocker, miljo))
            .map(drop)
    }

    pub(crate) fn ratta_till(&mut self, faktum: FaktumId, rattelse: Rattelse) {
        let fall = RattaFaktum {
            faktum,
            rattelse,
            orsak: "Enligt bokföringen".into(),
            beslut: crate::prov::beslut(),
            efter_avslut: false,
        };
        self.gor(|bocker, miljo| fall.planera(bocker, miljo))
            .unwrap();
    }

    pub(crate) fn registrera(&mut self, faktum: NyttFaktum) {
        let id = FaktumId::ny(self.nasta).unwrap();
        self.nasta += 1;
        let faktum = Box::new(faktum);
        self.tillampa(Andring::NyttFaktum { id, faktum });
    }

    pub(crate) fn bok(&self, per: Option<PerDag>) -> Bok {
        Bok::av(Arc::new(self.bocker.clone()), per)
    }

    /// The findings in papers as of a day.
    pub(crate) fn fynd(&self, per: Option<PerDag>) -> Vec<Funnet> {
        let bok = self.bok(per);
        let papper: Vec<(&UnderlagHuvud, Arc<Papper>)> = bok
            .gallande_underlag(per)
            .into_iter()
            .map(|u| (u, Arc::clone(&self.papper[&u.id])))
            .collect();
        granskning::alla(&bok, &papper).unwrap()
    }
}

/// An example with some places changed: JSON pointer and the new value.
pub(crate) fn andrad(json: &str, andringar: &[(&str, serde_json::Value)]) -> String {
    let mut papper: serde_json::Value = serde_json::from_str(json).unwrap();
    for (pekare, varde) in andringar {
        let plats = papper.pointer_mut(pekare);
        *plats.unwrap_or_else(|| panic!("{pekare}")) = varde.clone();
    }
    papper.to_string()
}
