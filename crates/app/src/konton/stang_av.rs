//! An account is closed.

use super::{Konto, hitta, kvar_finns_administrator};
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// Closes an account: whoever is signed in with it is out at once. A new starting password
/// opens it again.
#[derive(Clone, Debug)]
pub struct StangAv {
    /// The account's number among the huvudman's own.
    pub nr: i64,
}

impl Anvandningsfall for StangAv {
    const ATGARD: Atgard = Atgard::HanteraAnvandare;
    type Laddat = Vec<Konto>;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vec<Konto>, Problem> {
        Ok(store::anvandare::alla(k, permit)?)
    }

    fn planera(&self, konton: Vec<Konto>, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let konto = hitta(&konton, self.nr)?;
        let lage = konto.lage.stang_av()?;
        kvar_finns_administrator(
            &konton,
            &Konto {
                lage,
                ..konto.clone()
            },
        )?;
        Ok(Plan {
            handelse: Handelse {
                slag: "konto-avstangt".into(),
                objekt: format!("konto {}", konto.id),
                text: format!("Konto {} stängdes av.", konto.nr),
                data: serde_json::json!({}),
            },
            andringar: vec![
                Andring::StangAvKonto { konto: konto.id },
                Andring::AvslutaSessioner {
                    konto: konto.id,
                    utom: None,
                },
            ],
            svar: (),
        })
    }
}
