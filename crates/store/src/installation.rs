//! What may be known of all tenants at once, without a permit: that they exist, and whether
//! demo accounts are among the accounts. Nothing of what they own.

use utfall_domain::organisation::Huvudman;

use crate::db::{DbFel, Las, p, sql};
use crate::organisation::huvudman_rad;

sql! {
    ALLA = "SELECT id, slug, namn, pahittad FROM huvudman ORDER BY sortering, id";
    MED_SLUG = "SELECT id, slug, namn, pahittad FROM huvudman WHERE slug = $1";
    SCHEMA = "SELECT MAX(version) AS version FROM schema";
    DEMOKONTON = "SELECT COUNT(*) AS antal FROM anvandare WHERE demo";
}

/// The tenants, in Swedish order: for the command line, which then asks for a permit.
pub fn huvudman(k: &mut Las) -> Result<Vec<Huvudman>, DbFel> {
    k.alla(&ALLA, p![], huvudman_rad)
}

/// The tenant with this slug.
pub fn huvudman_med_slug(k: &mut Las, slug: &str) -> Result<Option<Huvudman>, DbFel> {
    k.kanske(&MED_SLUG, p![slug], huvudman_rad)
}

/// Version of the schema: the last migration that was run.
pub fn schema(k: &mut Las) -> Result<i64, DbFel> {
    k.en(&SCHEMA, p![], |r| r.tal("version"))
}

/// Whether any account is a demo account: `serve` then refuses to start.
pub fn har_demokonton(k: &mut Las) -> Result<bool, DbFel> {
    Ok(k.en(&DEMOKONTON, p![], |r| r.tal("antal"))? > 0)
}
