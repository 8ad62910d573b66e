//! The register of organisations, for those who handle it without seeing money.

use crate::Tjanst;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::organisation::Organisation;
use utfall_domain::problem::Problem;
use utfall_store as store;

impl Tjanst {
    /// The organisations of a huvudman, in Swedish order.
    ///
    /// # Errors
    /// When the role may not read the register, or the database fails.
    pub async fn organisationer(&self, aktor: &Aktor) -> Result<Vec<Organisation>, Problem> {
        let permit = prova(aktor, Atgard::LasaOrganisationer)?;
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::organisation::alla(k, &permit)?)
            })
            .await
    }
}
