//! What a fact is called and how it is written, for a person who compares two papers.

use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Enhet, NyttFaktum};
use utfall_domain::id::{BidragId, InsatsId, OrganisationId};
use utfall_domain::pengar::{Belopp, Enhet as Pengaenhet, NBSP, Ore, Precision, heltal};
use utfall_domain::svensk::stor_forst;
use utfall_domain::tid;
use utfall_domain::varde::Varde;

/// The names of what facts are about: in the books, or among what a plan makes.
pub(crate) struct Namn<'a> {
    pub(crate) bocker: &'a Bocker,
    pub(crate) nya: &'a [Andring],
}

impl Namn<'_> {
    fn bidrag(&self, id: BidragId) -> Option<&str> {
        let nytt = self.nya.iter().find_map(|a| match a {
            Andring::NyttBidrag(b) if b.id == id => Some(b.namn.as_str()),
            _ => None,
        });
        nytt.or_else(|| self.bocker.bidrag(id).map(|b| b.namn.as_str()))
    }

    fn insats(&self, id: InsatsId) -> Option<&str> {
        let ny = self.nya.iter().find_map(|a| match a {
            Andring::NyInsats(i) if i.id == id => Some(i.namn.as_str()),
            _ => None,
        });
        ny.or_else(|| self.bocker.insats(id).map(|i| i.namn.as_str()))
    }

    fn organisation(&self, id: OrganisationId) -> Option<&str> {
        let ny = self.nya.iter().find_map(|a| match a {
            Andring::NyOrganisation(o) if o.id == id => Some(o.namn_nu()),
            _ => None,
        });
        ny.or_else(|| self.bocker.organisation(id).map(|o| o.namn_nu()))
    }

    /// `Fördelat till insats 2021, ”Lovjobb”`: the kind, the time and what it is about.
    pub(crate) fn faktum(&self, f: &NyttFaktum) -> String {
        let g = &f.galler;
        let mut ut = stor_forst(f.slag.text());
        match (g.period_fran, g.ar) {
            (Some(dag), _) => ut.push_str(&format!(" {} {}", tid::manad(dag.month()), dag.year())),
            (None, Some(ar)) => ut.push_str(&format!(" {ar}")),
            (None, None) => {}
        }
        let insats = g.insats.and_then(|id| self.insats(id));
        let namnd = g.organisation.and_then(|id| self.organisation(id));
        let bidrag = g.bidrag.and_then(|id| self.bidrag(id));
        // The initiative says whose it is; the grant and the board only where there is none.
        let vad = match (insats, namnd, bidrag) {
            (Some(insats), ..) => vec![insats],
            (None, namnd, bidrag) => bidrag.into_iter().chain(namnd).collect(),
        };
        for namn in vad {
            let namn = namn.replace(['”', '“', '"'], "’");
            ut.push_str(&format!(", ”{namn}”"));
        }
        for mer in [&g.kategori, &g.version].into_iter().flatten() {
            ut.push_str(&format!(", {mer}"));
        }
        ut
    }
}

/// An amount in the unit it was rounded to: `680 tkr`.
pub(crate) fn belopp(ore: i64, precision: Precision) -> String {
    let enhet = match precision.enhet() {
        0..100_000 => Pengaenhet::Kr,
        100_000..100_000_000 => Pengaenhet::Tkr,
        _ => Pengaenhet::Mkr,
    };
    let belopp = Belopp {
        ore: Ore(ore),
        precision,
        enhet,
    };
    belopp.som_skrivet()
}

/// A fact's value as a paper would have it: `680 tkr`, `12 personer`, `ej beslutat`.
pub(crate) fn varde(f: &NyttFaktum) -> String {
    let Varde::Kant(tal) = f.varde else {
        let tecken = f.varde.tecken().map(|t| t.ord().to_owned());
        return tecken.unwrap_or_default();
    };
    let cirka = if f.cirka { "cirka " } else { "" };
    let tal = match f.slag.enhet() {
        Enhet::Ore => belopp(tal, f.precision),
        Enhet::Personer => format!("{}{NBSP}personer", heltal(tal)),
        Enhet::Antal => heltal(tal),
        Enhet::Hundradelsprocent => format!("{},{:02} procent", tal / 100, (tal % 100).abs()),
        Enhet::Promille => procent(tal),
    };
    format!("{cirka}{tal}")
}

/// Tenths of a per cent: `13,4 %`.
pub(crate) fn procent(tiondelar: i64) -> String {
    let minus = if tiondelar < 0 { "\u{2212}" } else { "" };
    let utan = tiondelar.unsigned_abs();
    format!("{minus}{},{}{NBSP}%", utan / 10, utan % 10)
}
