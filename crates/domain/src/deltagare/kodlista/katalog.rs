//! The file with lists, and those that ship (docs/format/kodlistor.md).

use super::alder::Aldersband;
use super::fraga::Fraga;
use super::stodform::Stodform;
use super::{Kodlista, Listnamn};
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The name of the format.
pub const FORMAT: &str = "utfall-kodlistor/1";

/// What ships.
pub(super) const DATA: &str = include_str!("../../../data/kodlistor.json");

/// Lists, age bands, support forms and supplementary questions. A file of a huvudman has what
/// it wants to have otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Katalog {
    /// [`FORMAT`].
    pub format: String,
    /// Age bands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aldersband: Option<Aldersband>,
    /// Support forms with their rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stodformer: Vec<Stodform>,
    /// Supplementary questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fragor: Vec<Fraga>,
    /// The lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listor: Vec<Kodlista>,
}

/// What ships: the same for everybody, until they have their own. That it can be read is
/// proved by the tests; it is part of the program.
static FORVAL: LazyLock<Katalog> = LazyLock::new(|| Katalog::las(DATA).unwrap_or_default());

/// The lists that ship.
#[must_use]
pub fn forval() -> &'static Katalog {
    &FORVAL
}

impl Katalog {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// That it is no such file, or everything that is wrong with what it says.
    pub fn las(text: &str) -> Result<Self, Vec<Problem>> {
        let katalog: Self = serde_json::from_str(text).map_err(|fel| {
            let plats = format!("rad {}, tecken {}", fel.line(), fel.column());
            let text = "Filen går inte att läsa som kodlistor.";
            let atgard = "Rätta raden. Fälten står i docs/format/kodlistor.md.";
            vec![Problem::ogiltigt("kodlista-fil", text, atgard).pa(plats)]
        })?;
        let mut problem = Vec::new();
        if katalog.format != FORMAT {
            let text = "Filen säger inte att den är kodlistor i den här versionen.";
            let atgard = format!("Skriv \"format\": \"{FORMAT}\" först i filen.");
            problem.push(Problem::ogiltigt("kodlista-format", text, atgard));
        }
        let band = katalog.aldersband.iter().flat_map(Aldersband::prova);
        problem.extend(band);
        problem.extend(katalog.stodformer.iter().flat_map(Stodform::prova));
        problem.extend(super::fraga::prova(&katalog.fragor));
        for lista in &katalog.listor {
            problem.extend(lista.prova().iter().map(super::Brist::problem));
        }
        if problem.is_empty() {
            Ok(katalog)
        } else {
            Err(problem)
        }
    }

    /// The first version of a list.
    #[must_use]
    pub fn lista(&self, namn: Listnamn) -> Option<&Kodlista> {
        self.listor.iter().find(|lista| lista.lista == namn)
    }
}
