//! Use cases of money.

mod angra;
mod arsavslut;
mod atagande;
mod aterbetalning;
mod beslut;
mod betalning;
mod dela;
mod fordela;
mod forslag;
mod forstark;
mod grund;
mod i_perioden;
mod kalkyl;
mod koppling;
mod lasta;
mod overforing;
mod rekvisition;
mod reserv;
mod skapa;
mod spara;
mod stod;
mod tilldelning;
mod villkor;

pub use crate::namn::AR;
pub use angra::{AngraFordelning, Cellbyte, Sparning, sparningar};
pub use arsavslut::{AvslutaAr, DECEMBER, OppnaAr, Punkt, checklista};
pub use atagande::{RegistreraAtagande, RegistreraUtlysning, kategori};
pub(crate) use aterbetalning::prova_overforing;
pub use aterbetalning::{BeslutaAterbetalning, BetalaAterbetalning, RegistreraMedgivande};
pub use beslut::{Beslutsuppgift, Beslutsval, RegistreraBeslut};
pub use betalning::{AndraBetalning, BekraftaBetalning};
pub use dela::{Del, DelaFordelning, Delstorlek, cellens_fakta};
pub use fordela::{AndraFordelning, Andrad, andrad_av_annan, version, version_av};
pub(crate) use fordela::{ensam, prova_ryms};
pub use forslag::{BeslutaForslag, SkapaForslag, forslag};
pub use forstark::Forstark;
pub(crate) use grund::{agare, rekvirerat};
pub use grund::{helt_begart, helt_rekvirerat, poster};
pub use i_perioden::{IPerioden, i_perioden};
pub use kalkyl::{FLEST_RADER, SparaKalkyl, schablon_saknas};
pub use koppling::KopplaInsats;
pub(crate) use lasta::efter_avslut;
pub use overforing::{
    Overforingsgrans, foljd_i_ord, overforingens_granser, overforingsgrans, ryms_i_overforingen,
};
pub use rekvisition::{
    Rekvisitionshandling, SkrivRekvisition, StegRekvisition, beslutsdag, raknas_som_rekvirerat,
};
pub use reserv::SkapaReserv;
pub use skapa::{Bidragsar, SkapaBidrag};
pub use spara::{Kryssad, SparaFordelning, kryss_av, kryssnamn};
pub use stod::{Fordelningsstod, fran_finansiaren, varningar_i};
pub use tilldelning::NyTilldelning;
pub use villkor::AndraVillkor;
