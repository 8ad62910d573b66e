//! Reads files and says what is wrong with them: `cargo run -p utfall-sie --example granska FIL`.

use std::process::ExitCode;
use utfall_sie::{Granskare, Kodning};

fn main() -> ExitCode {
    let mut fel = false;
    for fil in std::env::args().skip(1) {
        let bytes = match std::fs::read(&fil) {
            Ok(bytes) => bytes,
            Err(hinder) => {
                eprintln!("{fil}: {hinder}");
                return ExitCode::from(2);
            }
        };
        let svar = Granskare::granska(&bytes[..], Kodning::gissa(&bytes));
        println!("{fil}: {:#?}", svar.oversikt);
        for a in &svar.anmarkningar {
            println!("{:?} {a}", a.allvar());
        }
        if svar.fler > 0 {
            println!("och {} till", svar.fler);
        }
        fel |= svar.har_fel();
    }
    ExitCode::from(u8::from(fel))
}
