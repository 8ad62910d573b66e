//! What a permit allows in the store: whose rows, and for which actions.
//!
//! Invariant: no function reads or writes owned rows without a permit, and each filters on
//! [`Permit::huvudman`]. The exceptions are two files: `inloggning` (nobody is anybody yet)
//! and `installation` (what the operator and the public may know of all tenants).

use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};

use crate::db::{DbFel, P};
use crate::falt::mikro;

/// Actions whose pages and use cases rest on the books: everything but the public's reading,
/// one's own access, and what the administrator does without seeing money.
pub(crate) const BOCKER: &[Atgard] = &[
    Atgard::LasaMedel,
    Atgard::LasaInsatser,
    Atgard::LasaGranskning,
    Atgard::LasaUnderlag,
    Atgard::LasaHarledning,
    Atgard::LasaJournal,
    Atgard::LasaRapporter,
    Atgard::LasaPublicering,
    Atgard::ImporteraUnderlag,
    Atgard::LasaBokforing,
    Atgard::ImporteraSie,
    Atgard::AngraInlasning,
    Atgard::AndraKoppling,
    Atgard::BokforForHand,
    Atgard::ExporteraSie,
    Atgard::SkapaBidrag,
    Atgard::SkapaInsats,
    Atgard::RegistreraBeslut,
    Atgard::AndraVillkor,
    Atgard::AndraFordelning,
    Atgard::SparaKalkyl,
    Atgard::HanteraRekvisition,
    Atgard::HanteraAterbetalning,
    Atgard::AvslutaAr,
    Atgard::OppnaAr,
    Atgard::HanteraAtagande,
    Atgard::AndraBetalning,
    Atgard::BekraftaBetalning,
    Atgard::RegistreraFaktum,
    Atgard::SattaParametrar,
    Atgard::Prognostisera,
    Atgard::KommenteraAvvikelse,
    Atgard::RattaFaktum,
    Atgard::AndraInsats,
    Atgard::AccepteraFynd,
    Atgard::SkapaRapport,
    Atgard::SparaRapport,
    Atgard::UtfardaRapport,
    Atgard::Publicera,
    Atgard::DraTillbaka,
    Atgard::VerifieraJournal,
];

/// Whose rows a permit for one of `atgarder` opens.
///
/// # Errors
/// [`DbFel::FelPermit`] when it was given for something else.
pub(crate) fn las(permit: &Permit, atgarder: &[Atgard]) -> Result<i64, DbFel> {
    permit
        .kraver_nagon(atgarder)
        .map_err(|e| DbFel::FelPermit {
            detalj: e.to_string(),
        })?;
    Ok(permit.huvudman().nummer())
}

/// Who writes, in whose books, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Skribent {
    pub(crate) huvudman: i64,
    pub(crate) anvandare: i64,
    pub(crate) atgard: Atgard,
    pub(crate) nu: i64,
}

impl Skribent {
    /// # Errors
    /// [`DbFel::FelPermit`] when the permit was given for something else, or to the public.
    pub(crate) fn ny(permit: &Permit, atgarder: &[Atgard], nu: Timestamp) -> Result<Self, DbFel> {
        let huvudman = las(permit, atgarder)?;
        let anvandare = skribent(permit)?;
        Ok(Self {
            huvudman,
            anvandare,
            atgard: permit.atgard(),
            nu: mikro(nu),
        })
    }

    /// The instant of the write.
    ///
    /// # Errors
    /// [`DbFel::Regel`] beyond the last instant there is, which no clock gives.
    pub(crate) fn tid(&self) -> Result<Timestamp, DbFel> {
        Timestamp::from_microsecond(self.nu).map_err(|e| DbFel::Regel {
            detalj: e.to_string(),
        })
    }

    /// The last two columns of every owned table: `registrerad`, `registrerad_av`.
    pub(crate) fn stampel<'a>(&self) -> [P<'a>; 2] {
        [P::from(self.nu), P::from(self.anvandare)]
    }
}

/// The account that writes.
pub(crate) fn skribent(permit: &Permit) -> Result<i64, DbFel> {
    permit
        .anvandare()
        .map(|a| a.nummer())
        .ok_or_else(|| DbFel::FelPermit {
            detalj: "allmänheten skriver aldrig".to_owned(),
        })
}
