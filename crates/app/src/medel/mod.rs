//! Use cases of money.

mod angra;
mod arsavslut;
mod aterbetalning;
mod beslut;
mod dela;
mod fordela;
mod forslag;
mod forstark;
mod grund;
mod kalkyl;
mod rekvisition;
mod reserv;
mod skapa;
mod stod;
mod tilldelning;
mod villkor;

pub use crate::namn::AR;
pub use angra::{AngraFordelning, Cellbyte, Sparning, sparningar};
pub use arsavslut::{AvslutaAr, OppnaAr, Punkt, checklista};
pub(crate) use aterbetalning::prova_overforing;
pub use aterbetalning::{BeslutaAterbetalning, BetalaAterbetalning, RegistreraMedgivande};
pub use beslut::{Beslutsuppgift, Beslutsval, RegistreraBeslut};
pub use dela::{Del, DelaFordelning, Delstorlek, cellens_fakta};
pub use fordela::{AndraFordelning, Andrad, andrad_av_annan, version, version_av};
pub(crate) use fordela::{ensam, prova_ryms};
pub use forslag::{BeslutaForslag, SkapaForslag, forslag};
pub use forstark::Forstark;
pub use grund::poster;
pub(crate) use grund::{agare, rekvirerat};
pub use kalkyl::{FLEST_RADER, SparaKalkyl};
pub use rekvisition::{Rekvisitionshandling, SkrivRekvisition, StegRekvisition, beslutsdag};
pub use reserv::SkapaReserv;
pub use skapa::{Bidragsar, SkapaBidrag};
pub use stod::{Fordelningsstod, varningar_i};
pub use tilldelning::NyTilldelning;
pub use villkor::AndraVillkor;
