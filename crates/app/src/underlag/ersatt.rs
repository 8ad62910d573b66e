//! A corrected version of a paper takes the place of the earlier one.

use super::importera::{hex, prova_huvudman};
use super::skillnad::{NyVersion, Skillnad, Utfall, rakna};
use crate::Tjanst;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::granskning::Papper;
use crate::miljo::Miljo;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use utfall_behorighet::{Aktor, Atgard, Permit};
use utfall_domain::andring::{Andring, NyttUnderlag};
use utfall_domain::bocker::{Bocker, UnderlagHuvud};
use utfall_domain::id::UnderlagId;
use utfall_domain::journal::{Handelse, Hash};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::underlag::Underlag;
use utfall_store as store;
use utfall_store::Las;

/// Imports a corrected version of a paper that is already in the books.
#[derive(Clone, Debug)]
pub struct ErsattUnderlag {
    /// The statements; its short name is the replaced paper's.
    pub underlag: Underlag,
    /// The file as it came.
    pub innehall: Vec<u8>,
    /// The paper is already public.
    pub offentligt: bool,
    /// Why it is replaced.
    pub orsak: String,
    /// The version the person compared with; `None` for the one that holds.
    pub sedd: Option<UnderlagId>,
}

/// What a replacement made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ersatt {
    /// The new version.
    pub id: UnderlagId,
    /// The version it replaced.
    pub ersatter: UnderlagId,
    /// Its short name.
    pub dokument: String,
    /// What it changed.
    pub skillnad: Skillnad,
}

/// What a replacement would do.
#[derive(Clone, Debug)]
pub struct Forhandsvisning {
    /// The version that would be replaced.
    pub ersatter: UnderlagHuvud,
    /// What it would change.
    pub skillnad: Skillnad,
}

/// The books with the papers that hold in them.
#[derive(Debug)]
pub struct Laddat {
    bocker: Bocker,
    andra: Vec<(UnderlagId, Arc<Papper>)>,
    /// The version that holds, when there is one.
    fore: Option<Arc<Papper>>,
}

impl Anvandningsfall for ErsattUnderlag {
    const ATGARD: Atgard = Atgard::ImporteraUnderlag;
    const ENSAM: bool = true;
    type Laddat = Laddat;
    type Svar = Ersatt;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Laddat, Problem> {
        let bocker = store::bocker::las(k, permit)?;
        let mut las = |huvud: &UnderlagHuvud| -> Result<Arc<Papper>, Problem> {
            let bytes = store::underlag::innehall(k, permit, huvud.id)?;
            let papper = Papper::las(huvud, &bytes.ok_or_else(Problem::finns_inte)?)?;
            Ok(Arc::new(papper))
        };
        let mut andra = Vec::new();
        for huvud in andra_an(&bocker, &self.underlag.stam) {
            andra.push((huvud.id, las(huvud)?));
        }
        let fore = gallande_med_namn(&bocker, &self.underlag.stam);
        let fore = fore.map(&mut las).transpose()?;
        Ok(Laddat {
            bocker,
            andra,
            fore,
        })
    }

    fn planera(&self, laddat: Laddat, miljo: &mut Miljo) -> Result<Plan<Ersatt>, Problem> {
        let bocker = &laddat.bocker;
        let sha256: Hash = Sha256::digest(&self.innehall).into();
        prova_huvudman(&self.underlag, bocker)?;
        let gammal = prova_version(&self.underlag, bocker, &sha256, self.sedd)?;
        let orsak = prova_orsak(&self.orsak)?;
        let id = miljo.underlag();
        let fore = laddat.fore.as_ref().ok_or_else(Problem::finns_inte)?;
        let ny = NyVersion {
            papper: &self.underlag,
            fore: &fore.underlag,
            id,
            ersatter: gammal.id,
            orsak: &orsak,
        };
        let utfall = rakna(&ny, bocker, &som_underlag(&laddat.andra), miljo)?;
        let titel = self.underlag.dokument.titel.clone();
        let svar = Ersatt {
            id,
            ersatter: gammal.id,
            dokument: self.underlag.stam.clone(),
            skillnad: utfall.skillnad.clone(),
        };
        let handelse = handelse(&svar, &titel, &sha256, &orsak);
        let papper = NyttUnderlag {
            id,
            dokument: self.underlag.stam.clone(),
            titel,
            offentligt: self.offentligt,
            sha256,
            innehall: self.innehall.clone(),
        };
        let ersatter = Andring::ErsattUnderlag {
            underlag: id,
            ersatter: gammal.id,
            orsak,
        };
        let mut andringar = vec![Andring::NyttUnderlag(papper), ersatter];
        andringar.extend(skrivningar(utfall, miljo));
        Ok(Plan {
            andringar,
            handelse,
            svar,
        })
    }
}

fn skrivningar(utfall: Utfall, miljo: &mut Miljo) -> Vec<Andring> {
    let mut ut = utfall.objekt;
    ut.extend(utfall.fakta.into_iter().map(|f| Andring::NyttFaktum {
        id: miljo.faktum(),
        faktum: Box::new(f),
    }));
    ut
}

fn handelse(svar: &Ersatt, titel: &str, sha256: &Hash, orsak: &str) -> Handelse {
    let s = &svar.skillnad;
    Handelse {
        slag: "underlag-ersatt".into(),
        objekt: format!("underlag {}", svar.id),
        text: format!(
            "{titel} ersattes av en ny version. Nya uppgifter: {}, ändrade: {}, strukna: {}, \
             ändrade texter: {}.",
            s.nya.len(),
            s.andrade.len(),
            s.strukna.len(),
            s.texter.andrade.len()
        ),
        data: serde_json::json!({
            "dokument": svar.dokument,
            "ersatter": svar.ersatter,
            "orsak": orsak,
            "sha256": hex(sha256),
            "nya": s.nya.len(),
            "andrade": s.andrade.len(),
            "strukna": s.strukna.len(),
            "behallna": s.behallna.len(),
            "texter": s.texter.andrade.len(),
        }),
    }
}

/// The version that holds of the paper with this name.
fn gallande_med_namn<'a>(bocker: &'a Bocker, stam: &str) -> Option<&'a UnderlagHuvud> {
    let mut alla = bocker.gallande_underlag(None).into_iter();
    alla.find(|u| u.dokument == stam)
}

/// The papers that hold, but for the one with this name.
fn andra_an<'a>(bocker: &'a Bocker, stam: &str) -> Vec<&'a UnderlagHuvud> {
    let mut alla = bocker.gallande_underlag(None);
    alla.retain(|u| u.dokument != stam);
    alla
}

fn som_underlag(papper: &[(UnderlagId, Arc<Papper>)]) -> Vec<(UnderlagId, &Underlag)> {
    papper.iter().map(|(id, p)| (*id, &p.underlag)).collect()
}

/// The version that is replaced: the one that holds, and that the person has seen.
fn prova_version<'a>(
    underlag: &Underlag,
    bocker: &'a Bocker,
    sha256: &Hash,
    sedd: Option<UnderlagId>,
) -> Result<&'a UnderlagHuvud, Problem> {
    let fil = format!("{}.json", underlag.stam);
    let konflikt = |kod, text: String, atgard: &'static str| {
        Problem::nytt(ProblemSlag::Konflikt, kod, text, atgard).pa(fil.clone())
    };
    if let Some(samma) = bocker.underlag.iter().find(|u| u.sha256 == *sha256) {
        let dag = utfall_domain::tid::i_ord(utfall_domain::tid::dag(samma.registrerad));
        return Err(konflikt(
            "underlag-redan-inlast",
            format!("Just den här versionen lästes in {dag}."),
            "Har något ändrats: spara om filen och välj den. Annars behöver du inget göra.",
        ));
    }
    let Some(gammal) = gallande_med_namn(bocker, &underlag.stam) else {
        return Err(konflikt(
            "underlag-inget-att-ersatta",
            format!(
                "Det finns inget inläst papper med namnet {}.",
                underlag.stam
            ),
            "Ge filen samma namn som papperet den ersätter, eller läs in den som ett nytt papper.",
        ));
    };
    if sedd.is_some_and(|sedd| sedd != gammal.id) {
        return Err(konflikt(
            "underlag-version",
            "Någon annan har ersatt papperet medan du arbetade.".to_owned(),
            "Välj filen igen, så att du ser vad som ändras jämfört med den version som gäller nu.",
        ));
    }
    Ok(gammal)
}

impl Tjanst {
    /// What importing a paper as a new version of an earlier one would change; `None` when
    /// there is no earlier one with its name.
    ///
    /// # Errors
    /// When the role may not import, the paper is another huvudman's or has been imported
    /// before, or the database fails.
    pub async fn prova_ersattning(
        &self,
        aktor: &Aktor,
        underlag: &Underlag,
        innehall: &[u8],
    ) -> Result<Option<Forhandsvisning>, Problem> {
        let bok = self.bok(aktor, Atgard::ImporteraUnderlag, None).await?;
        prova_huvudman(underlag, &bok)?;
        let finns = bok.underlag.iter().any(|u| u.dokument == underlag.stam);
        if !finns {
            return Ok(None);
        }
        let sha256: Hash = Sha256::digest(innehall).into();
        let gammal = prova_version(underlag, &bok, &sha256, None)?;
        let mut andra = Vec::new();
        for huvud in andra_an(&bok, &underlag.stam) {
            andra.push((huvud.id, self.papper(aktor, &bok, huvud.id).await?));
        }
        let fore = self.papper(aktor, &bok, gammal.id).await?;
        // Numbers that are never kept: nothing is written.
        let mut miljo = Miljo::ny(Timestamp::UNIX_EPOCH, i64::MAX / 2);
        let ny = NyVersion {
            papper: underlag,
            fore: &fore.underlag,
            id: miljo.underlag(),
            ersatter: gammal.id,
            orsak: "",
        };
        let utfall = rakna(&ny, &bok, &som_underlag(&andra), &mut miljo)?;
        Ok(Some(Forhandsvisning {
            ersatter: gammal.clone(),
            skillnad: utfall.skillnad,
        }))
    }
}

#[cfg(test)]
impl ErsattUnderlag {
    /// As [`Anvandningsfall::ladda`], from papers in memory.
    pub(crate) fn laddat(
        &self,
        bocker: Bocker,
        papper: &std::collections::BTreeMap<UnderlagId, Arc<Papper>>,
    ) -> Laddat {
        let andra = andra_an(&bocker, &self.underlag.stam)
            .iter()
            .map(|u| (u.id, Arc::clone(&papper[&u.id])))
            .collect();
        let fore = gallande_med_namn(&bocker, &self.underlag.stam);
        let fore = fore.map(|u| Arc::clone(&papper[&u.id]));
        Laddat {
            bocker,
            andra,
            fore,
        }
    }
}

#[cfg(test)]
mod tests;
