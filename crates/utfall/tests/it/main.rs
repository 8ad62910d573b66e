//! The one integration binary: the program and its parts together, from outside.
//!
//! One file per subject. Each claim of safety has a positive control beside it: something
//! that is broken on purpose, and that the test must catch.

#[cfg(test)]
mod dalig_indata;
#[cfg(test)]
mod kommando;
#[cfg(test)]
mod stod;
