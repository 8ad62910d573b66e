//! How a command ends: exit codes that scripts rely on (docs/drift/felsokning.md).

use std::io::Write as _;
use std::process::ExitCode;
use utfall_domain::problem::{Problem, ProblemSlag};

/// How a command ended.
#[derive(Debug)]
pub enum Slut {
    /// Fine: 0. The text goes to standard output.
    Bra(String),
    /// There are findings of kind `fel`, or data was refused: 1.
    Nekad(String),
    /// Wrong use or unreadable input: 2.
    Fel(String),
    /// The database or its disk failed: 2. What and the remedy; where is known further out
    /// ([`Slut::vid`]).
    Databas(String, String),
}

impl Slut {
    /// A refusal as an ending.
    pub fn av(problem: &Problem) -> Self {
        let drift = ["databas-", "disk-"]
            .iter()
            .any(|led| problem.kod.starts_with(led));
        match problem.slag {
            ProblemSlag::Internt if drift => {
                Self::Databas(problem.text.clone(), problem.atgard.clone())
            }
            ProblemSlag::Internt => Self::Fel(problem.to_string()),
            _ => Self::Nekad(problem.to_string()),
        }
    }

    /// Says where it was, when it was the database.
    #[must_use]
    pub fn vid(self, plats: &str) -> Self {
        match self {
            Self::Databas(text, atgard) => {
                Self::Fel(format!("{text} Det gäller databasen i {plats}. {atgard}"))
            }
            annat => annat,
        }
    }

    /// Several refusals as one ending.
    pub fn av_alla(problem: &[Problem]) -> Self {
        let rader: Vec<String> = problem.iter().map(Problem::to_string).collect();
        Self::Nekad(rader.join("\n"))
    }

    /// Prints the ending and gives its exit code.
    pub fn avsluta(self) -> ExitCode {
        let (text, kod, fel) = match self {
            Self::Bra(text) => (text, 0, false),
            Self::Nekad(text) => (text, 1, true),
            Self::Fel(text) => (text, 2, true),
            Self::Databas(text, atgard) => (format!("{text} {atgard}"), 2, true),
        };
        if !text.is_empty() {
            // A closed pipe is no reason to fail: the reader has what it wanted.
            let _ = if fel {
                writeln!(std::io::stderr(), "{text}")
            } else {
                writeln!(std::io::stdout(), "{text}")
            };
        }
        ExitCode::from(kod)
    }
}

impl From<Problem> for Slut {
    fn from(problem: Problem) -> Self {
        Self::av(&problem)
    }
}
