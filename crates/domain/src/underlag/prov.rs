//! The papers and the documents about the format, held to the program.

mod anvisningar;
mod bannlista;
mod exempel;
