//! The register of organisations: kept by the administrator, who sees no money for it.

mod alias;
mod andra_slag;
mod lagg_till;
mod nytt_namn;
#[cfg(test)]
mod tests;

pub use alias::NyttAlias;
pub use andra_slag::AndraSlag;
pub use lagg_till::LaggTill;
pub use nytt_namn::NyttNamn;

use utfall_domain::organisation::Organisation;
use utfall_domain::problem::{Problem, ProblemSlag};

/// The longest name, in characters.
const LANGST: usize = 200;

/// A name as it is registered: without spaces around it or twice within it.
fn rent_namn(namn: &str) -> Result<String, Problem> {
    let rent = namn.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, atgard) = if rent.is_empty() {
        ("Namnet saknas.", "Skriv vad organisationen heter.")
    } else if rent.chars().count() > LANGST {
        ("Namnet är längre än 200 tecken.", "Skriv det kortare.")
    } else if rent.contains(char::is_control) {
        ("Namnet innehåller tecken som inte syns.", "Skriv om det.")
    } else {
        return Ok(rent);
    };
    Err(Problem::ogiltigt("organisation-namn", text, atgard).i_falt("namn"))
}

/// Refuses a name that another organisation has, had or is called: papers are matched by it.
fn ledigt(alla: &[Organisation], namn: &str, egen: Option<&Organisation>) -> Result<(), Problem> {
    let annan = alla
        .iter()
        .find(|o| egen.is_none_or(|egen| egen.id != o.id) && o.heter(namn));
    match annan {
        None => Ok(()),
        Some(o) => Err(Problem::nytt(
            ProblemSlag::Ogiltigt,
            "organisation-finns",
            format!("{} heter eller kallas redan så.", o.namn_nu()),
            "Använd den som finns, eller skriv ett namn som skiljer dem åt.",
        )
        .i_falt("namn")),
    }
}

fn hitta<'a>(alla: &'a [Organisation], slug: &str) -> Result<&'a Organisation, Problem> {
    let funnen = alla.iter().find(|o| o.slug == slug);
    funnen.ok_or_else(Problem::finns_inte)
}
