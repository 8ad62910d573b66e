//! The public pages: no sign-in, no cookies, no scripts, and only what has been published.
//!
//! Their types have no place for a person, a voucher's text or the journal.

mod bidrag;
mod insatser;
mod pengar;
mod siffror;

pub use bidrag::PublikBidrag;
pub use insatser::{PublikInsats, PublikInsatsRad, PublikInsatser};
pub use pengar::{
    PengarDel, PublikBidragRad, PublikOversikt, PublikPengar, PublikResultat, PublikStart,
    PublikUtfall, UtfallRad, Utgivare,
};
pub use siffror::{PublikFel, PublikHarledning, PublikRapport, PublikSaRaknarVi, PublikText};
