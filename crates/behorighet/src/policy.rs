//! The whole policy: which roles may do what.
//!
//! One line per action, read top to bottom. `docs/behorighet.txt` is its golden copy; the
//! two are compared by a test, so that a change of policy always shows in review.

use crate::atgard::Atgard;
use crate::roll::Roll;
use Roll::{
    Administrator as Adm, Anonym, Deltagaransvarig as Delt, Driftansvarig as Drift, Ekonom as Eko,
    Forbundschef as Chef, Gallringsansvarig as Gallr, Insatsansvarig as Ins, Jobbtorgspart as Jobb,
    Loggkontrollant as Logg, Namndredovisare as Namnd, Revisor as Rev, Sokande as Sok,
    Styrelse as Styr,
};

/// The roles that may do this, in the order of the matrix.
#[must_use]
pub const fn roller(atgard: Atgard) -> &'static [Roll] {
    use Atgard as A;
    match atgard {
        A::LasaPublicerat => &[
            Adm, Chef, Eko, Ins, Namnd, Styr, Rev, Delt, Jobb, Sok, Logg, Gallr, Drift, Anonym,
        ],
        A::LasaEgenBehorighet | A::BytaLosenord => &[
            Adm, Chef, Eko, Ins, Namnd, Styr, Rev, Delt, Jobb, Sok, Logg, Gallr,
        ],

        // Reading: the office, the board and the auditor. The administrator handles people
        // and organisations and needs no money for it.
        A::LasaMedel
        | A::LasaInsatser
        | A::LasaGranskning
        | A::LasaUnderlag
        | A::LasaHarledning
        | A::LasaBokforing
        | A::LasaRapporter => &[Chef, Eko, Ins, Namnd, Styr, Rev, Drift],
        A::LasaPublicering => &[Chef, Eko, Ins, Namnd, Styr, Rev],
        A::LasaOrganisationer => &[Adm, Chef, Eko, Ins, Namnd, Styr, Rev, Drift],
        A::LasaJournal => &[Chef, Rev, Drift],
        A::VerifieraJournal => &[Chef, Rev, Drift],

        // Writing money.
        A::ImporteraUnderlag => &[Chef, Eko, Drift],
        A::ImporteraSie | A::AngraInlasning | A::AndraKoppling => &[Chef, Eko, Drift],
        A::BokforForHand => &[Chef, Eko],
        A::ExporteraSie => &[Chef, Eko, Drift],
        // The texts can name people: only who keeps the accounts and who checks them.
        A::LasaVerifikationstext => &[Eko, Rev],
        A::SkapaBidrag | A::AndraFordelning | A::RattaFaktum | A::AccepteraFynd => &[Chef, Eko],
        A::AndraVillkor
        | A::RegistreraBeslut
        | A::HanteraRekvisition
        | A::HanteraAterbetalning
        | A::HanteraAtagande
        | A::AvslutaAr => &[Chef, Eko],
        // The same two roles, and never the same person: whoever changed it is refused.
        A::AndraBetalning | A::BekraftaBetalning => &[Chef, Eko],
        // Whoever closed it does not open it, unless nobody else may: the use case sees to it.
        A::OppnaAr => &[Chef],
        A::RegistreraFaktum => &[Chef, Eko, Namnd],
        A::SattaParametrar | A::Prognostisera => &[Chef, Eko],
        A::KommenteraAvvikelse => &[Chef, Eko, Ins, Namnd],

        // Writing about initiatives. A nämndredovisare is later kept to the own board's.
        A::SkapaInsats | A::SparaKalkyl => &[Chef, Eko, Ins],
        A::AndraInsats => &[Chef, Eko, Ins, Namnd],

        // Reports and publication: who writes and who answers for it are two roles.
        A::SkapaRapport | A::SparaRapport => &[Chef, Eko],
        A::UtfardaRapport | A::Publicera | A::DraTillbaka => &[Chef],

        // Participants. Who sees them gives nobody an assignment, and who gives one sees nobody.
        A::LasaUppdrag => &[Ins, Rev, Logg],
        A::TilldelaUppdrag => &[Ins],
        A::LasaPersonlogg => &[Logg],
        // One role and two persons: whoever prepared it is refused. It opens nobody.
        A::LasaGallring | A::ForberedaGallring | A::BekraftaGallring => &[Gallr],
        // Tables only, with whoever is few hidden: the store has no way to give rows for this.
        A::LasaDeltagarmatt => &[Chef, Eko, Ins, Namnd, Styr, Rev, Drift],
        A::LasaDeltagare | A::RegistreraDeltagare | A::ImporteraDeltagare | A::SkrivaDeltagande => {
            &[Delt]
        }

        // The register, the people and the installation.
        A::HanteraOrganisationer => &[Adm],
        A::HanteraAnvandare => &[Adm, Drift],
        A::SattaUpp => &[Drift],
    }
}

/// The matrix as committed in `docs/behorighet.txt`.
#[must_use]
pub fn matris() -> String {
    let bredd = Atgard::ALLA
        .iter()
        .map(|a| a.kod().len())
        .max()
        .unwrap_or(0);
    let mut ut = String::from(
        "Behörighet: vem får vad. Skapas ur crates/behorighet/src/policy.rs och jämförs av ett \
         prov.\n✔ får, · får inte.\n\n",
    );
    for (nr, roll) in (1_u8..).zip(Roll::ALLA) {
        ut.push_str(&format!("{nr:>2} {} ({})\n", roll.namn(), roll.kod()));
    }
    ut.push('\n');
    ut.push_str(&" ".repeat(bredd));
    for (nr, _) in (1_u8..).zip(Roll::ALLA) {
        ut.push_str(&format!(" {nr:>2}"));
    }
    ut.push('\n');
    for atgard in Atgard::ALLA {
        ut.push_str(&format!("{:<bredd$}", atgard.kod()));
        for roll in Roll::ALLA {
            let far = roller(*atgard).contains(roll);
            ut.push_str(if far { "  ✔" } else { "  ·" });
        }
        ut.push('\n');
    }
    ut.push_str("\nRoller som samma person inte kan ha hos samma huvudman:\n");
    for (nr, en) in Roll::ALLA.iter().enumerate() {
        let nej: Vec<&str> = Roll::ALLA
            .iter()
            .skip(nr)
            .filter(|annan| annan.kan_tilldelas() && en.kan_tilldelas())
            .filter(|annan| !crate::far_ha_tillsammans(*en, **annan))
            .map(|annan| annan.namn())
            .collect();
        if !nej.is_empty() {
            ut.push_str(&format!("{}: {}\n", en.namn(), nej.join(", ")));
        }
    }
    ut
}

#[cfg(test)]
mod tests;
