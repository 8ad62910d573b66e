//! The program: where the parts are put together and the command line is read.
//!
//! The clock, randomness and the environment exist in [`verklighet`] and nowhere else.

mod kommando;
mod kommandorad;
mod slut;
mod verklighet;

use std::process::ExitCode;

fn main() -> ExitCode {
    verklighet::logga();
    let slut = match kommandorad::las(std::env::args_os()) {
        Ok(val) => kommando::kor(val),
        Err(fel) => fel,
    };
    slut.avsluta()
}
