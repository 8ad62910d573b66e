//! Participants: what identifies a person, and the lists that a person's situation is coded
//! with. Nothing here stores, shows or counts anybody.

pub mod deltagande;
pub mod identitet;
pub mod kodlista;
pub mod samtycke;
