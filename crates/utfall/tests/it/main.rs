//! The one integration binary: the program and its parts together, from outside.
//!
//! One file per subject. Each claim of safety has a positive control beside it: something
//! that is broken on purpose, and that the test must catch.

#![expect(
    clippy::too_many_lines,
    reason = "ett prov som berättar en hel händelse läses bäst i ett stycke"
)]

#[cfg(test)]
mod behorighet;
#[cfg(test)]
mod blandade;
#[cfg(test)]
mod bokforing;
#[cfg(test)]
mod budgetar;
#[cfg(test)]
mod dalig_indata;
#[cfg(test)]
mod deltagare;
#[cfg(test)]
mod deltagarmatt;
#[cfg(test)]
mod dodad;
#[cfg(test)]
mod dodad_inlasning;
#[cfg(test)]
mod dorren;
#[cfg(test)]
mod fientligt;
#[cfg(test)]
mod granskning_frammande;
#[cfg(test)]
mod kommando;
#[cfg(test)]
mod konton;
#[cfg(test)]
mod kraven;
#[cfg(test)]
mod medel;
#[cfg(test)]
mod motstand;
#[cfg(test)]
mod oberoende;
#[cfg(test)]
mod papperen;
#[cfg(test)]
mod rapport;
#[cfg(test)]
mod rapportlankar;
#[cfg(test)]
mod rapportslag;
#[cfg(test)]
mod regler;
#[cfg(test)]
mod siffror;
#[cfg(test)]
mod stod;
#[cfg(test)]
mod webblasare;
