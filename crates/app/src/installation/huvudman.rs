//! A huvudman is created in the installation.

use crate::Tjanst;
use serde::{Deserialize, Serialize};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::andring::Andring;
use utfall_domain::id::HuvudmanId;
use utfall_domain::journal::Handelse;
use utfall_domain::organisation::{Huvudman, UPPTAGNA_SLUGGAR};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Skriv;

/// A new tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NyHuvudman {
    /// Its part of public addresses: a–z, digits and hyphens, 2 to 40 characters.
    pub slug: String,
    /// Its name.
    pub namn: String,
    /// Invented: every page says so.
    pub pahittad: bool,
}

impl Tjanst {
    /// Creates a huvudman. This is the one change that cannot have a permit from the books
    /// it concerns, because they do not exist before it; the operator's permit is made for
    /// them as they are created.
    ///
    /// # Errors
    /// A refusal when the address is taken or malformed, or what went wrong in the database.
    pub async fn skapa_huvudman(&self, ny: NyHuvudman) -> Result<HuvudmanId, Problem> {
        prova_slug(&ny.slug)?;
        let nu = self.klocka.nu();
        self.db
            .skriv(move |k: &mut Skriv| -> Result<HuvudmanId, Problem> {
                if store::installation::huvudman_med_slug(k, &ny.slug)?.is_some() {
                    return Err(upptagen(&ny.slug));
                }
                let id = HuvudmanId::ny(k.nasta_id()?).unwrap_or(HuvudmanId::FORSTA);
                k.tag_id(1)?;
                let permit = prova(&Aktor::drift(id), Atgard::SattaUpp)?;
                let huvudman = Huvudman {
                    id,
                    slug: ny.slug.clone(),
                    namn: ny.namn.clone(),
                    pahittad: ny.pahittad,
                };
                store::tillampa(k, &permit, nu, &Andring::NyHuvudman(huvudman))?;
                let handelse = Handelse {
                    slag: "huvudman-skapad".into(),
                    objekt: format!("huvudman {id}"),
                    text: format!("{} lades upp.", ny.namn),
                    data: serde_json::json!({ "slug": ny.slug }),
                };
                store::journal::skriv(k, &permit, nu, &handelse)?;
                Ok(id)
            })
            .await
    }
}

fn prova_slug(slug: &str) -> Result<(), Problem> {
    let ratt = (2..=40).contains(&slug.len())
        && slug
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !ratt {
        return Err(Problem::ogiltigt(
            "huvudman-adress",
            format!("{slug} kan inte vara en adress."),
            "Använd 2 till 40 tecken: a–z, siffror och bindestreck.",
        ));
    }
    if UPPTAGNA_SLUGGAR.contains(&slug) {
        return Err(upptagen(slug));
    }
    Ok(())
}

fn upptagen(slug: &str) -> Problem {
    Problem::nytt(
        ProblemSlag::Konflikt,
        "huvudman-upptagen",
        format!("Adressen {slug} är upptagen."),
        "Välj en annan adress.",
    )
}
