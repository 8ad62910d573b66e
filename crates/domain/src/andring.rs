//! The writes a use case may plan. The store carries them out and nothing else.
//!
//! A plan is data, so that what a use case would do can be tested without a database.
//!
//! The door (`app::dorr`) uses the store like this, inside one write transaction:
//! `store::idempotens::hitta(k, &permit, nyckel)`, then `k.nasta_id()` (peek) so that the
//! plan can number what it makes, then for each write
//! `store::tillampa(k, &permit, nu, &andring)`, then `k.tag_id(n)`,
//! `store::journal::skriv(k, &permit, nu, &handelse)` and
//! `store::idempotens::spara(k, &permit, nu, nyckel, svar_json)`.

use crate::deltagare::andring::Deltagarandring;
use crate::faktum::NyttFaktum;
use crate::id::{
    AnvandareId, FaktumId, InlasningId, KopplingId, OrganisationId, PubliceringId, RapportId,
    UnderlagId,
};
use crate::insatser::{Fortsattning, Insats, InsatsText, Insatsbeskrivning};
use crate::journal::Hash;
use crate::konto::Kontolage;
use crate::medel::kontering::Koppling;
use crate::medel::post::NyMedelspost;
use crate::medel::varning::VarningRegel;
use crate::medel::verifikation::{Handverifikation, Inlasningsutfall};
use crate::medel::{Beslut, Bidrag, NyKalkyl};
use crate::organisation::{Huvudman, Organisation, OrganisationSlag, OrganisationsNamn};
use crate::pengar::Ore;
use crate::publicering::{Insatsinnehall, Publicerat};
use crate::rapporter::UtfardadRapport;
use crate::tid::PerDag;
use serde::{Deserialize, Serialize};

/// One write. Ids come from the plan; the store adds huvudman, time and person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Andring {
    /// A new tenant.
    NyHuvudman(Huvudman),
    /// A new register entry with its names.
    NyOrganisation(Organisation),
    /// Another name for an organisation.
    NyttNamn {
        /// Whose name.
        organisation: OrganisationId,
        /// The name.
        namn: OrganisationsNamn,
    },
    /// What kind of body an organisation is.
    SattOrganisationsslag {
        /// Which.
        organisation: OrganisationId,
        /// Its kind from now on.
        slag: OrganisationSlag,
    },
    /// A new account.
    NyAnvandare(NyAnvandare),
    /// Other roles for an account.
    SattRoller {
        /// Which.
        konto: AnvandareId,
        /// Codes of all its roles from now on.
        roller: Vec<String>,
    },
    /// An account is closed, without its password being touched.
    StangAvKonto {
        /// Which.
        konto: AnvandareId,
    },
    /// Another password for an account.
    BytLosenord {
        /// Which.
        konto: AnvandareId,
        /// The password as an argon2id hash in PHC form.
        losenord: String,
        /// Where in its life the account is with it.
        lage: Kontolage,
    },
    /// An account's sessions end at once.
    AvslutaSessioner {
        /// Which.
        konto: AnvandareId,
        /// The hash of the token of the one that goes on, if any.
        utom: Option<Hash>,
    },
    /// What happens to participants, and who may see them.
    Deltagare(Deltagarandring),
    /// A new grant.
    NyttBidrag(Bidrag),
    /// A grant is decided or expected for more years.
    NyaBidragsar {
        /// Which grant.
        bidrag: crate::id::BidragId,
        /// The years, none of which it had.
        ar: Vec<i16>,
    },
    /// A new decision.
    NyttBeslut(Beslut),
    /// A new row about what happens to a grant.
    NyMedelspost(Box<NyMedelspost>),
    /// A new cost calculation of an initiative and year.
    NyKalkyl(Box<NyKalkyl>),
    /// A warning about an amount of a distribution has been explained, for that amount.
    GodtaVarning {
        /// The grant of the distribution.
        bidrag: crate::id::BidragId,
        /// The row.
        insats: crate::id::InsatsId,
        /// The column.
        ar: i16,
        /// What it is warned for.
        regel: VarningRegel,
        /// The amount.
        belopp: Ore,
        /// Why it is right.
        motivering: String,
    },
    /// A new initiative.
    NyInsats(Insats),
    /// New texts for an initiative; refused if the version is no longer the expected one.
    AndraInsats {
        /// Which.
        insats: crate::id::InsatsId,
        /// The version the person saw.
        vantad_version: i64,
        /// The texts.
        text: InsatsText,
        /// What happens afterwards.
        fortsattning: Fortsattning,
    },
    /// An initiative is described as a new version of its paper says; refused if the version is
    /// no longer the expected one.
    BeskrivInsats {
        /// Which.
        insats: crate::id::InsatsId,
        /// The version the plan was made from.
        vantad_version: i64,
        /// All that is said of it.
        beskrivning: Box<Insatsbeskrivning>,
    },
    /// A new fact in the ledger.
    NyttFaktum {
        /// Its number.
        id: FaktumId,
        /// The fact.
        faktum: Box<NyttFaktum>,
    },
    /// An imported paper.
    NyttUnderlag(NyttUnderlag),
    /// A paper takes the place of an earlier version of it.
    ErsattUnderlag {
        /// The new version, imported in the same plan.
        underlag: UnderlagId,
        /// The version it replaces, which nothing has replaced before.
        ersatter: UnderlagId,
        /// Why.
        orsak: String,
    },
    /// The rows of an import are in the books from now on. Refused if it is not under way.
    InlasningGaller {
        /// Which.
        inlasning: InlasningId,
        /// What it does to the vouchers of its year.
        utfall: Inlasningsutfall,
    },
    /// An import is taken back.
    InlasningAngrad {
        /// Which.
        inlasning: InlasningId,
        /// Why.
        orsak: String,
    },
    /// A new version of the mapping; refused if there is one with its number.
    NyKoppling(Box<NyKoppling>),
    /// A voucher entered by hand.
    NyHandverifikation(Box<Handverifikation>),
    /// A finding has been explained and is left as it is.
    AccepteraFynd {
        /// The paper.
        underlag: UnderlagId,
        /// The finding's key (rule and place).
        nyckel: String,
        /// Why it is accepted.
        motivering: String,
    },
    /// A new draft report, as JSON of its writer's form.
    NyRapport {
        /// Its number.
        id: RapportId,
        /// Its part of addresses.
        slug: String,
        /// Its title.
        titel: String,
        /// The grant it reports, when it reports one.
        bidrag: Option<crate::id::BidragId>,
        /// What kind it is.
        slag: crate::rapporter::Rapportslag,
        /// The free-text chapters as canonical JSON.
        utkast: String,
    },
    /// A changed draft; refused if the version is no longer the expected one.
    SparaRapport {
        /// Which.
        rapport: RapportId,
        /// The version the person saw.
        vantad_version: i64,
        /// The free-text chapters as canonical JSON.
        utkast: String,
    },
    /// A report is issued: frozen with its inputs, files and hash.
    UtfardaRapport(Box<UtfardadRapport>),
    /// Something is published, as of a day.
    Publicera {
        /// The act's number.
        id: PubliceringId,
        /// What.
        vad: Publicerat,
        /// As of when.
        per: PerDag,
        /// Why, for corrections.
        kommentar: String,
        /// The texts of a published initiative, as they are shown.
        innehall: Option<Insatsinnehall>,
    },
    /// A publication is withdrawn. The act stays in the books.
    DraTillbaka {
        /// The act's number.
        id: PubliceringId,
        /// The publication withdrawn.
        publicering: PubliceringId,
        /// Why.
        skal: String,
    },
}

/// A version of how accounts lead to initiatives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NyKoppling {
    /// Its number.
    pub id: KopplingId,
    /// Which version, from 1.
    pub version: i64,
    /// The mapping.
    pub koppling: Koppling,
    /// Why it was changed.
    pub orsak: String,
}

/// A new account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NyAnvandare {
    /// Its number.
    pub id: AnvandareId,
    /// The name to sign in with.
    pub inloggning: String,
    /// The name shown.
    pub visningsnamn: String,
    /// The password as an argon2id hash in PHC form.
    pub losenord: String,
    /// Codes of the roles.
    pub roller: Vec<String>,
    /// Where in its life it begins.
    pub lage: Kontolage,
    /// A demo account: `serve` refuses to start with one.
    pub demo: bool,
}

/// An imported paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NyttUnderlag {
    /// Its number.
    pub id: UnderlagId,
    /// The file's stem: `uppsala`.
    pub dokument: String,
    /// Its title.
    pub titel: String,
    /// Already public: its stated person counts may be shown to anyone.
    pub offentligt: bool,
    /// SHA-256 of the bytes; the same paper is not imported twice.
    pub sha256: Hash,
    /// The file as it came.
    pub innehall: Vec<u8>,
}
