//! The last step of an import: what it has written is put in the books, with the facts that it
//! changes.

use super::laddat::Bokfort;
use super::las_in::Inlast;
use super::mot::Mot;
use super::uppslag::{Beraknat, Raknat};
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::faktum::Bokforingskalla;
use utfall_domain::id::InlasningId;
use utfall_domain::journal::Handelse;
use utfall_domain::medel::verifikation::{Inlasning, Inlasningsutfall};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;

/// Puts an import whose rows are written in the books.
#[derive(Clone, Debug)]
pub(super) struct SlutforInlasning {
    pub(super) id: InlasningId,
    /// The imports in force of the same year when its vouchers were compared.
    pub(super) sedda: Vec<InlasningId>,
    pub(super) mot: Mot,
    pub(super) utfall: Inlasningsutfall,
    /// Why years that are closed are changed.
    pub(super) efter_avslut: Option<String>,
    /// What was worked out as if it were in force already.
    pub(super) fore: Option<Arc<Raknat>>,
}

impl SlutforInlasning {
    /// Refuses when something has come in between that the file was not looked at against.
    fn prova(&self, bokfort: &Bokfort) -> Result<(), Problem> {
        let egen = bokfort.inlasningar.iter().find(|i| i.id == self.id);
        let egen = egen.ok_or_else(Problem::finns_inte)?;
        if bokfort.av_aret(&egen.ar) != self.sedda {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "inlasning-andrad",
                "En annan fil för samma år lästes in eller ångrades emellan. Inget har sparats.",
                "Läs in filen igen.",
            ));
        }
        self.mot.prova(Mot::av(bokfort))
    }
}

impl Anvandningsfall for SlutforInlasning {
    const ATGARD: Atgard = Atgard::ImporteraSie;
    const I_FORVAG: bool = true;
    type Laddat = Beraknat;
    type Svar = Inlast;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Beraknat, Problem> {
        let nu = store::bocker::lage(k, permit)?;
        let lasta = self.fore.as_deref().map(Raknat::bocker);
        let bocker = match lasta.filter(|b| b.lage == nu) {
            Some(bocker) => Arc::clone(bocker),
            None => Arc::new(store::bocker::las(k, permit)?),
        };
        let fore = self.fore.as_deref().map(Raknat::inbokat);
        let med = (Some(self.id), None);
        Ok(Bokfort::las_vidare(k, permit, bocker, med, fore)?.into())
    }

    fn berakna(&self, laddat: Beraknat) -> Beraknat {
        let regler = laddat.bokfort.regler();
        laddat.med_andringar(&regler, self.fore.as_deref())
    }

    fn planera(&self, laddat: Beraknat, miljo: &mut Miljo) -> Result<Plan<Inlast>, Problem> {
        self.prova(&laddat.bokfort)?;
        let regler = laddat.bokfort.regler();
        let (bokfort, vill, andrade) = laddat.delar(&regler)?;
        let egen = bokfort.inlasningar.iter().find(|i| i.id == self.id);
        let egen = egen.ok_or_else(Problem::finns_inte)?;
        bokfort.prova_avslut(&andrade, self.efter_avslut.is_some())?;
        let kalla = Bokforingskalla {
            inlasning: Some(self.id),
            koppling: bokfort.koppling.as_ref().map(|v| v.id),
        };
        let orsak = format!("Bokföringen lästes in ur {}.", egen.filnamn);
        let mut andringar = vec![Andring::InlasningGaller {
            inlasning: self.id,
            utfall: self.utfall,
        }];
        let efter = self.efter_avslut.as_deref();
        andringar.extend(bokfort.som_fakta(&andrade, kalla, (&orsak, efter), miljo));
        let svar = Inlast {
            id: self.id,
            utfall: self.utfall,
            fakta: andrade.len(),
            okopplade: vill.okopplade.len(),
        };
        Ok(Plan {
            andringar,
            handelse: handelse(egen, &svar, efter),
            svar,
        })
    }
}

fn handelse(egen: &Inlasning, svar: &Inlast, efter: Option<&str>) -> Handelse {
    let u = svar.utfall;
    let efter = efter.map_or_else(String::new, |e| format!(" Rättelse efter avslut: {e}"));
    Handelse {
        slag: "bokforing-inlast".into(),
        objekt: format!("inläsning {}", egen.id),
        text: format!(
            "Bokföringen för {} lästes in. Verifikationer: {}.{efter}",
            super::aret(&egen.ar),
            u.i_ord()
        ),
        data: serde_json::json!({
            "sha256": crate::underlag::hex(&egen.sha256),
            "ar": [egen.ar.fran.to_string(), egen.ar.till.to_string()],
            "verifikationer": u,
            "komplett": egen.komplett,
            "fakta": svar.fakta,
        }),
    }
}
