//! Participants: what identifies a person, how their way through an initiative is told in codes
//! and days, and who may see it. Nothing here stores or shows anybody.

pub mod aldersgrans;
pub mod andring;
pub mod deltagande;
pub mod gallring;
pub mod grovt;
pub mod identitet;
pub mod inlasning;
pub mod kodlista;
pub mod matt;
pub mod rad;
pub mod samtycke;
pub mod skydd;
pub mod tabeller;
pub mod uppdrag;
pub mod uppgifter;
