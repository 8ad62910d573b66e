//! A paper is imported: its statements are kept, and what they state becomes facts.

use super::oversatt::oversatt;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::{Andring, NyttUnderlag};
use utfall_domain::bocker::Bocker;
use utfall_domain::id::UnderlagId;
use utfall_domain::journal::{Handelse, Hash};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::underlag::Underlag;
use utfall_store as store;
use utfall_store::Las;

/// Imports a paper that has been read without faults.
#[derive(Clone, Debug)]
pub struct ImporteraUnderlag {
    /// The statements.
    pub underlag: Underlag,
    /// The file as it came.
    pub innehall: Vec<u8>,
    /// The paper is already public, so its person counts may be shown to anyone as the
    /// statements they are.
    pub offentligt: bool,
}

/// What an import made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Importerat {
    /// The paper.
    pub id: UnderlagId,
    /// Its short name.
    pub dokument: String,
    /// New organisations.
    pub organisationer: usize,
    /// New grants.
    pub bidrag: usize,
    /// New initiatives.
    pub insatser: usize,
    /// New facts.
    pub fakta: usize,
}

impl Anvandningsfall for ImporteraUnderlag {
    const ATGARD: Atgard = Atgard::ImporteraUnderlag;
    const ENSAM: bool = true;
    type Laddat = Bocker;
    type Svar = Importerat;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<Importerat>, Problem> {
        let sha256: Hash = Sha256::digest(&self.innehall).into();
        prova_huvudman(&self.underlag, &bocker)?;
        self.prova_ny(&bocker, &sha256)?;
        let id = miljo.underlag();
        let dokument = self.underlag.stam.clone();
        let titel = self.underlag.dokument.titel.clone();
        let mut andringar = vec![Andring::NyttUnderlag(NyttUnderlag {
            id,
            dokument: dokument.clone(),
            titel: titel.clone(),
            offentligt: self.offentligt,
            sha256,
            innehall: self.innehall.clone(),
        })];
        let oversatt = oversatt(&self.underlag, id, &bocker, miljo)?;
        let antal =
            |passar: fn(&Andring) -> bool| oversatt.andringar.iter().filter(|a| passar(a)).count();
        let svar = Importerat {
            id,
            dokument,
            organisationer: antal(|a| matches!(a, Andring::NyOrganisation(_))),
            bidrag: antal(|a| matches!(a, Andring::NyttBidrag(_))),
            insatser: antal(|a| matches!(a, Andring::NyInsats(_))),
            fakta: antal(|a| matches!(a, Andring::NyttFaktum { .. })),
        };
        andringar.extend(oversatt.andringar);
        let handelse = Handelse {
            slag: "underlag-importerat".into(),
            objekt: format!("underlag {id}"),
            text: format!("{titel} lästes in: {} uppgifter.", svar.fakta),
            data: serde_json::json!({
                "dokument": svar.dokument,
                "sha256": hex(&sha256),
                "fakta": svar.fakta,
                "insatser": svar.insatser,
                "bidrag": svar.bidrag,
            }),
        };
        Ok(Plan {
            andringar,
            handelse,
            svar,
        })
    }
}

/// A paper is read into the books of the huvudman it names.
pub(super) fn prova_huvudman(underlag: &Underlag, bocker: &Bocker) -> Result<(), Problem> {
    let papper = &underlag.dokument.huvudman;
    let vid = format!("{}.json", underlag.stam);
    if papper.slug.0 == bocker.huvudman.slug {
        return prova_namn(&papper.namn, bocker).map_err(|fel| fel.pa(vid));
    }
    Err(Problem::ogiltigt(
        "underlag-annan-huvudman",
        format!(
            "Papperet hör till {}, inte till {}.",
            papper.namn, bocker.huvudman.namn
        ),
        format!(
            "Logga in för {} och läs in det där, eller välj ett papper som hör till {}.",
            papper.namn, bocker.huvudman.namn
        ),
    )
    .pa(vid))
}

/// The name that the huvudman has, or another that the register knows it by.
fn prova_namn(namn: &str, bocker: &Bocker) -> Result<(), Problem> {
    let heter = &bocker.huvudman.namn;
    let kant = bocker
        .organisationer
        .iter()
        .any(|o| o.heter(heter) && o.heter(namn));
    if namn.trim().to_lowercase() == heter.trim().to_lowercase() || kant {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "underlag-annat-namn",
        format!("Huvudmannen heter {heter} här, men {namn} i papperet."),
        "Rätta namnet i filen, eller välj ett papper som hör hit. Har huvudmannen bytt namn: lägg \
         till det som ett namn på organisationen i registret.",
    ))
}

impl ImporteraUnderlag {
    fn prova_ny(&self, bocker: &Bocker, sha256: &Hash) -> Result<(), Problem> {
        let Some(finns) = bocker
            .underlag
            .iter()
            .find(|u| u.sha256 == *sha256 || u.dokument == self.underlag.stam)
        else {
            return Ok(());
        };
        let dag = utfall_domain::tid::i_ord(utfall_domain::tid::dag(finns.registrerad));
        let (kod, text, atgard) = if finns.sha256 == *sha256 {
            (
                "underlag-redan-inlast",
                format!("Samma papper lästes in {dag} som {}.", finns.dokument),
                "Du behöver inte läsa in det igen.",
            )
        } else {
            (
                "underlag-finns",
                format!(
                    "Ett annat papper med namnet {} lästes in {dag}.",
                    finns.dokument
                ),
                "Är det ett nytt papper: ge filen ett annat namn. Är det en rättad version av \
                 samma papper: välj att ersätta den tidigare (på kommandoraden --ersatter).",
            )
        };
        Err(Problem::nytt(ProblemSlag::Konflikt, kod, text, atgard)
            .pa(format!("{}.json", self.underlag.stam)))
    }
}

/// Bytes as lower-case hexadecimal, as `sha256sum` prints them.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
