//! A fact is entered by hand.

use super::prova_orsak;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FaktumSlag, NyttFaktum};
use utfall_domain::id::FaktumId;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// Years that can be entered by hand.
const AR: std::ops::RangeInclusive<i16> = 1990..=2100;

/// Enters a fact.
#[derive(Clone, Debug)]
pub struct RegistreraFaktum {
    /// The fact; its `orsak` says where the figure comes from.
    pub faktum: NyttFaktum,
}

impl Anvandningsfall for RegistreraFaktum {
    const ATGARD: Atgard = Atgard::RegistreraFaktum;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let orsak = prova_orsak(self.faktum.orsak.as_deref().unwrap_or(""))?;
        prova_slag(self.faktum.slag)?;
        prova_galler(&self.faktum, &bocker)?;
        let id = miljo.faktum();
        let faktum = NyttFaktum {
            orsak: Some(orsak),
            rattar: None,
            struken: false,
            kalla: None,
            ..self.faktum.clone()
        };
        let slag = faktum.slag;
        Ok(Plan {
            andringar: vec![Andring::NyttFaktum {
                id,
                faktum: Box::new(faktum),
            }],
            handelse: Handelse {
                slag: "faktum-registrerat".into(),
                objekt: format!("faktum {id}"),
                text: format!("En uppgift registrerades: {}.", slag.text()),
                data: serde_json::json!({ "slag": slag, "ar": self.faktum.galler.ar }),
            },
            svar: id,
        })
    }
}

/// A distribution is changed as such, by those who may and never beyond what there is.
fn prova_slag(slag: FaktumSlag) -> Result<(), Problem> {
    if slag != FaktumSlag::Fordelat {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "faktum-fordelning",
        "En fördelning registreras inte som en lös uppgift.",
        "Ändra beloppet i bidragets fördelning.",
    )
    .i_falt("slag"))
}

/// What a fact is about must exist in the same books, and be enough to place it.
fn prova_galler(faktum: &NyttFaktum, bocker: &Bocker) -> Result<(), Problem> {
    let g = &faktum.galler;
    let finns = g.bidrag.is_none_or(|id| bocker.bidrag(id).is_some())
        && g.insats.is_none_or(|id| bocker.insats(id).is_some())
        && g.organisation
            .is_none_or(|id| bocker.organisation(id).is_some())
        && g.finansiar
            .is_none_or(|id| bocker.organisation(id).is_some());
    if !finns {
        return Err(Problem::finns_inte());
    }
    if g.ar.is_some_and(|ar| !AR.contains(&ar)) {
        return Err(Problem::ogiltigt(
            "ar-orimligt",
            "Året är inte rimligt.",
            format!("Skriv ett år från {} till {}.", AR.start(), AR.end()),
        )
        .i_falt("ar"));
    }
    if kraver_insats(faktum.slag) && g.insats.is_none() {
        return Err(Problem::ogiltigt(
            "insats-saknas",
            "Uppgiften måste höra till en insats.",
            "Välj vilken insats den gäller.",
        )
        .i_falt("insats"));
    }
    Ok(())
}

const fn kraver_insats(slag: FaktumSlag) -> bool {
    matches!(
        slag,
        FaktumSlag::Anvant
            | FaktumSlag::Budget
            | FaktumSlag::Deltagare
            | FaktumSlag::Resultat
            | FaktumSlag::Hjalp
            | FaktumSlag::Deltagarlage
    )
}
