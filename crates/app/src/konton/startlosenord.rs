//! An account gets a new starting password.

use super::{Konto, ej_demo, hitta};
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// A starting password for somebody who has forgotten theirs, or whose account opens again.
/// Whoever is signed in with the account is out at once.
#[derive(Clone)]
pub struct NyttStartlosenord {
    /// The account's number among the huvudman's own.
    pub nr: i64,
    /// The password as an argon2id hash in PHC form.
    pub losenord: String,
}

impl Anvandningsfall for NyttStartlosenord {
    const ATGARD: Atgard = Atgard::HanteraAnvandare;
    type Laddat = Vec<Konto>;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vec<Konto>, Problem> {
        Ok(store::anvandare::alla(k, permit)?)
    }

    fn planera(&self, konton: Vec<Konto>, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let konto = hitta(&konton, self.nr)?;
        ej_demo(konto.demo)?;
        let nr = konto.nr;
        let (slag, text) = if konto.lage.far_logga_in() {
            (
                "konto-startlosenord",
                format!("Konto {nr} fick ett nytt startlösenord."),
            )
        } else {
            (
                "konto-oppnat",
                format!("Konto {nr} öppnades igen med ett nytt startlösenord."),
            )
        };
        Ok(Plan {
            handelse: Handelse {
                slag: slag.into(),
                objekt: format!("konto {}", konto.id),
                text,
                data: serde_json::json!({}),
            },
            andringar: vec![
                Andring::BytLosenord {
                    konto: konto.id,
                    losenord: self.losenord.clone(),
                    lage: konto.lage.med_startlosenord(),
                },
                Andring::AvslutaSessioner {
                    konto: konto.id,
                    utom: None,
                },
            ],
            svar: (),
        })
    }
}
