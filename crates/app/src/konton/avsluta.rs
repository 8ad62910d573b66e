//! An account's sessions end.

use super::{Konto, hitta};
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// Signs an account out everywhere: for a computer that was lost. The password still holds.
#[derive(Clone, Debug)]
pub struct AvslutaSessioner {
    /// The account's number among the huvudman's own.
    pub nr: i64,
}

impl Anvandningsfall for AvslutaSessioner {
    const ATGARD: Atgard = Atgard::HanteraAnvandare;
    type Laddat = Vec<Konto>;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vec<Konto>, Problem> {
        Ok(store::anvandare::alla(k, permit)?)
    }

    fn planera(&self, konton: Vec<Konto>, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let konto = hitta(&konton, self.nr)?;
        Ok(Plan {
            handelse: Handelse {
                slag: "konto-utloggat".into(),
                objekt: format!("konto {}", konto.id),
                text: format!("Konto {} loggades ut överallt.", konto.nr),
                data: serde_json::json!({}),
            },
            andringar: vec![Andring::AvslutaSessioner {
                konto: konto.id,
                utom: None,
            }],
            svar: (),
        })
    }
}
