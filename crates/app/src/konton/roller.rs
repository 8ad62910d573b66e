//! An account gets other roles.

use super::{Konto, hitta, kvar_finns_administrator};
use crate::dorr::{Anvandningsfall, Plan};
use crate::installation::prova_roller;
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit, Roll};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;

/// Other roles for an account. They hold from the next page the person opens.
#[derive(Clone, Debug)]
pub struct AndraRoller {
    /// The account's number among the huvudman's own.
    pub nr: i64,
    /// The roles that were seen: refused if somebody has changed them since.
    pub sedda: Vec<Roll>,
    /// The roles from now on.
    pub roller: Vec<Roll>,
}

impl Anvandningsfall for AndraRoller {
    const ATGARD: Atgard = Atgard::HanteraAnvandare;
    type Laddat = Vec<Konto>;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vec<Konto>, Problem> {
        Ok(store::anvandare::alla(k, permit)?)
    }

    fn planera(&self, konton: Vec<Konto>, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let konto = hitta(&konton, self.nr)?;
        prova_roller(&self.roller)?;
        let (fore, sedda) = (koder(&konto.roller), koder(&self.sedda));
        let efter = koder(&self.roller);
        if fore != sedda && fore != efter {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "konto-andrat",
                "Någon annan har ändrat kontots roller medan du hade sidan öppen.",
                "Gå tillbaka till kontot, se vilka roller det har nu och välj på nytt.",
            ));
        }
        kvar_finns_administrator(
            &konton,
            &Konto {
                roller: self.roller.clone(),
                ..konto.clone()
            },
        )?;
        Ok(Plan {
            handelse: Handelse {
                slag: "konto-roller".into(),
                objekt: format!("konto {}", konto.id),
                text: format!("Konto {} fick andra roller.", konto.nr),
                data: serde_json::json!({ "fore": fore, "efter": efter }),
            },
            andringar: vec![Andring::SattRoller {
                konto: konto.id,
                roller: efter,
            }],
            svar: (),
        })
    }
}

/// The codes, each once, in one order.
fn koder(roller: &[Roll]) -> Vec<String> {
    let mut koder: Vec<String> = roller.iter().map(|r| r.kod().to_owned()).collect();
    koder.sort_unstable();
    koder.dedup();
    koder
}
