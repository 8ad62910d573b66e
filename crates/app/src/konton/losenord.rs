//! A person changes the own password.

use super::ej_demo;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::journal::{Handelse, Hash};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;
use utfall_store::anvandare::EgetKonto;

/// A new password of one's own. The old one has been checked: `Dorrvakt::byt_losenord`.
/// Every other session of the account ends.
#[derive(Clone)]
pub struct BytLosenord {
    /// The hash that the old password was checked against.
    pub fore: String,
    /// The new password as an argon2id hash in PHC form.
    pub efter: String,
    /// The hash of the token of the session that goes on.
    pub session: Hash,
}

impl Anvandningsfall for BytLosenord {
    const ATGARD: Atgard = Atgard::BytaLosenord;
    type Laddat = EgetKonto;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<EgetKonto, Problem> {
        Ok(store::anvandare::eget(k, permit)?)
    }

    fn planera(&self, konto: EgetKonto, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        ej_demo(konto.demo)?;
        if konto.losenord != self.fore {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "losenord-andrat",
                "Kontot har fått ett annat lösenord medan du hade sidan öppen.",
                "Logga in på nytt med det lösenord som gäller.",
            ));
        }
        Ok(Plan {
            handelse: Handelse {
                slag: "losenord-bytt".into(),
                objekt: format!("konto {}", konto.id),
                text: "Lösenordet till det egna kontot byttes.".into(),
                data: serde_json::json!({}),
            },
            andringar: vec![
                Andring::BytLosenord {
                    konto: konto.id,
                    losenord: self.efter.clone(),
                    lage: konto.lage.med_eget_losenord()?,
                },
                Andring::AvslutaSessioner {
                    konto: konto.id,
                    utom: Some(self.session),
                },
            ],
            svar: (),
        })
    }
}
