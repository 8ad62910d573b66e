//! The handbook's page for each rule, as Markdown, made from the registry.

use super::regler::{REGLER, Regel};

/// The page `docs/handbok/granskning/<kod>.md`.
#[must_use]
pub fn handbokssida(regel: &Regel) -> String {
    format!(
        "# {}\n\nKod: `{}`\n\n## Vad som jämförs\n\n{}\n\n## Varför det spelar roll\n\n{}\n\n\
         ## Hur allvarligt det är\n\n{}\n\n## Så läser du anmärkningen\n\n{}\n",
        regel.titel, regel.kod, regel.jamfor, regel.varfor, regel.allvar, LASNING
    )
}

const LASNING: &str = "*Angivet* är vad papperet säger, *beräknat* är vad det blir när man räknar, \
    och *skillnad* är angivet minus beräknat. Ett belopp hålls aldrig till mer än det säger: \
    680 tkr kan vara allt mellan 679 500 och 680 500 kr. Under anmärkningen står de uppgifter \
    som den bygger på och var i papperet de finns.";

/// The page `docs/handbok/granskning/README.md`: all rules.
#[must_use]
pub fn handboksindex() -> String {
    let mut ut = "# Granskningens regler\n\n\
        Granskningen läser det som har matats in eller lästs in och säger vad som inte går ihop. \
        Den säger bara det den kan visa, och ändrar ingenting. Ett **fel** är två uppgifter som \
        inte båda kan stämma. En **varning** är något som saknas eller behöver en förklaring. En \
        **upplysning** är bra att veta, men inget behöver göras. Vad du gör med ett fynd står i \
        [handboken](../index.md#granska).\n\n\
        | Regel | Vad den hittar |\n| --- | --- |\n"
        .to_owned();
    for r in REGLER {
        ut.push_str(&format!("| [{}]({}.md) | {} |\n", r.kod, r.kod, r.titel));
    }
    ut
}
