//! The ledger: one append-only list of the facts that become figures.
//!
//! Invariant: a fact is never overwritten. It is corrected by a new fact that points at
//! the old one, so every figure can be asked *as of* a day (ARCHITECTURE.md invariant 2).
//!
//! Tillstand: faktum

use crate::id::{
    AnvandareId, BeslutId, BidragId, FaktumId, InlasningId, InsatsId, KopplingId, OrganisationId,
    UnderlagId,
};
use crate::pengar::Precision;
use crate::tid::PerDag;
use crate::varde::Varde;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

macro_rules! kodat {
    (
        $(#[$doc:meta])*
        $namn:ident {
            $($(#[$vdoc:meta])* $variant:ident = $kod:literal, $text:literal;)+
        }
    ) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $namn {
            $($(#[$vdoc])* #[serde(rename = $kod)] $variant,)+
        }

        impl $namn {
            /// Every one, in the order of the source.
            pub const ALLA: &'static [Self] = &[$(Self::$variant,)+];

            /// Stable code in the database and in addresses.
            #[must_use]
            pub const fn kod(self) -> &'static str {
                match self { $(Self::$variant => $kod,)+ }
            }

            /// Words for a person.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The one with this code.
            #[must_use]
            pub fn av_kod(kod: &str) -> Option<Self> {
                Self::ALLA.iter().copied().find(|v| v.kod() == kod)
            }
        }
    };
}
pub(crate) use kodat;

/// Category of a requisition for a part of the year, while more are to come: until the last
/// one is sent, what is granted is what there is to distribute.
pub const DELREKVISITION: &str = "delrekvisition";

/// Category of money that a decision adds to what an initiative had before.
pub const FORSTARKNING: &str = "förstärkning";

kodat! {
    /// What a fact says. Money is in öre, people and volumes in whole numbers.
    FaktumSlag {
        /// The funder has granted this for a year.
        Tilldelat = "tilldelat", "tilldelat";
        /// Requested from the funder.
        Rekvirerat = "rekvirerat", "rekvirerat";
        /// Asked for of the funder, which has not answered: the fact of a requisition that is
        /// sent, and becomes one of what is requested when it is granted.
        Begart = "begart", "begärt, inte beviljat";
        /// New money from a grant to an insats for a year.
        Fordelat = "fordelat", "fördelat till insats";
        /// A grant's money to a board for a year, as the paper states it.
        FordelatNamnd = "fordelat_namnd", "fördelat till nämnd";
        /// Spent by an insats.
        Anvant = "anvant", "använt av insats";
        /// Grant income as booked in the accounts.
        BokfortBidrag = "bokfort_bidrag", "bokförd bidragsintäkt";
        /// Spent by a board, as the board reports it.
        AnvantNamnd = "anvant_namnd", "använt enligt nämnd";
        /// Moved from one year (`fran_ar`) to another (`ar`), to an insats when it is named.
        Overfort = "overfort", "överfört mellan år";
        /// A decided or reported repayment to the funder.
        Aterbetalning = "aterbetalning", "återbetalning";
        /// Paid back to the funder.
        Aterbetalt = "aterbetalt", "återbetalt";
        /// Requested of us by a party or for an insats.
        RekvireratAvPart = "rekvirerat_av_part", "rekvirerat av part";
        /// Promised to an insats for a year.
        Atagande = "atagande", "åtagande";
        /// What a commitment comes to a year if its application is granted; binds nothing.
        VantatAtagande = "vantat_atagande", "väntat åtagande";
        /// What an insats needs to go on a year.
        Behov = "behov", "behov för fortsättning";
        /// The whole budget of an insats, whoever pays.
        Budget = "budget", "budget";
        /// A settled forecast of what an insats uses in a year, counted through the month of
        /// `period_till`. Corrected by the next one, so that the history stays.
        Prognos = "prognos", "fastställd prognos";
        /// How the rest of the year is forecast (`kategori` is the method's code); the figure
        /// is the own forecast of the whole year, and 0 for other methods.
        Prognosmetod = "prognosmetod", "vald prognosmetod";
        /// A known future cost that no method sees (`kategori` says what, minus is a saving).
        Prognospost = "prognospost", "känd post i prognosen";
        /// A deviation that has been explained: the figure is how large it was then,
        /// `kategori` its cause and the reason the words.
        Avvikelsekommentar = "avvikelsekommentar", "förklarad avvikelse";
        /// What a position costs a month, with employer's contributions, in its period.
        Tjanstekostnad = "tjanstekostnad", "månadskostnad för tjänst";
        /// Spent on a line of an organisation's budget that is no insats (`kategori`).
        AnvantRad = "anvant_rad", "använt på budgetrad";
        /// An association's own capital at the end of a year; preliminary is a forecast.
        EgetKapital = "eget_kapital", "eget kapital vid årets slut";
        /// What a party gives an association for a year; `kategori` is the part of the key.
        Partsmedel = "partsmedel", "medel från part till förbund";
        /// Staff bought from another association (minus is sold), at self-cost.
        Personalkop = "personalkop", "köpt eller såld personal";
        /// A setting in kronor that holds from a year on (`kategori` is which).
        Parameterbelopp = "parameterbelopp", "inställning i kronor";
        /// A setting in hundredths of a per cent that holds from a year on.
        Parameterandel = "parameterandel", "inställning i procent";
        /// A setting in whole days that holds from a year on.
        Parameterdagar = "parameterdagar", "inställning i dagar";
        /// What a funder pays of an insats' budget.
        Finansiering = "finansiering", "finansiering";
        /// Own contribution beside the grant: money or working time (`kategori`).
        Medfinansiering = "medfinansiering", "medfinansiering";
        /// Own contribution that has been given: money or working time (`kategori`).
        MedfinansieringLevererad = "medfinansiering_levererad", "levererad medfinansiering";
        /// Hours of working time, promised or given (`kategori`).
        Medfinansieringstimmar = "medfinansieringstimmar", "timmar i medfinansiering";
        /// A planned cost line of an insats (`kategori`).
        Kostnad = "kostnad", "kostnad";
        /// Income that an insats is budgeted to have itself: sales, fees (`kategori`).
        Intaktsbudget = "intaktsbudget", "budgeterad intäkt";
        /// A board's own budget for an insats a year: what it has beside temporary grants.
        Grundfinansiering = "grundfinansiering", "grundfinansiering ur nämndens budget";
        /// A municipality's own share of the budget of a project with several.
        Budgetandel = "budgetandel", "kommuns del av projektets budget";
        /// Applied for by an insats for a year.
        Ansokt = "ansokt", "ansökt";
        /// An income line of an organisation's budget (`kategori`).
        Intakt = "intakt", "intäkt i budget";
        /// A cost line of an organisation's budget (`kategori`).
        Budgetkostnad = "budgetkostnad", "kostnad i budget";
        /// A member's yearly contribution.
        Medlemsbidrag = "medlemsbidrag", "medlemsbidrag";
        /// People who took part.
        Deltagare = "deltagare", "deltagare";
        /// How it ended for them; each person in one category only.
        Resultat = "resultat", "resultat";
        /// Help beside the result; a person may be in several.
        Hjalp = "hjalp", "hjälp utöver resultatet";
        /// Completed, not completed or still taking part (`kategori`).
        Deltagarlage = "deltagarlage", "deltagarläge";
        /// Visits, lectures, jobs: things counted, by month when the period is a month.
        Volym = "volym", "volym";
        /// Share of the population supported all year, in tenths of a per cent.
        Helarsekvivalent = "helarsekvivalent", "helårsekvivalenter";
    }
}

kodat! {
    /// What a fact is counted in.
    Enhet {
        /// Öre.
        Ore = "ore", "kr";
        /// People.
        Personer = "personer", "personer";
        /// Things.
        Antal = "antal", "antal";
        /// Tenths of a per cent.
        Promille = "promille", "procent";
        /// Hundredths of a per cent: settings that must not be rounded.
        Hundradelsprocent = "hundradelsprocent", "procent";
    }
}

kodat! {
    /// How settled an amount is.
    Sakerhet {
        /// Final, or nothing else was said.
        Slutlig = "slutlig", "slutlig";
        /// Preliminary: totals that rest on it must say so.
        Preliminar = "preliminar", "preliminär";
    }
}

impl FaktumSlag {
    /// What this kind is counted in.
    #[must_use]
    pub const fn enhet(self) -> Enhet {
        match self {
            Self::Deltagare | Self::Resultat | Self::Hjalp | Self::Deltagarlage => Enhet::Personer,
            Self::Volym | Self::Medfinansieringstimmar | Self::Parameterdagar => Enhet::Antal,
            Self::Helarsekvivalent => Enhet::Promille,
            Self::Parameterandel => Enhet::Hundradelsprocent,
            _ => Enhet::Ore,
        }
    }

    /// The office's own working facts: settings, forecasts and what explains them. They are
    /// never shown to the public, also not of what is published.
    #[must_use]
    pub const fn inre(self) -> bool {
        matches!(
            self,
            Self::Prognos
                | Self::Prognosmetod
                | Self::Prognospost
                | Self::Avvikelsekommentar
                | Self::Tjanstekostnad
                | Self::AnvantRad
                | Self::Begart
                | Self::EgetKapital
                | Self::Partsmedel
                | Self::Personalkop
                | Self::Parameterbelopp
                | Self::Parameterandel
                | Self::Intaktsbudget
                | Self::Grundfinansiering
                | Self::Budgetandel
                | Self::Parameterdagar
                | Self::VantatAtagande
        )
    }
}

/// What a fact is about. All that is known is filled in; the rest is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Galler {
    /// The grant.
    pub bidrag: Option<BidragId>,
    /// The initiative.
    pub insats: Option<InsatsId>,
    /// The board or party; for an insats with several, `None`, so that nothing counts twice.
    pub organisation: Option<OrganisationId>,
    /// Who pays.
    pub finansiar: Option<OrganisationId>,
    /// The year it concerns.
    pub ar: Option<i16>,
    /// For carried-over money: the year it comes from.
    pub fran_ar: Option<i16>,
    /// First day of the period, when it is not a whole year.
    pub period_fran: Option<Date>,
    /// Last day of the period.
    pub period_till: Option<Date>,
    /// Category within the kind: outcome, cost line, activity.
    pub kategori: Option<String>,
    /// Which version of a budget or distribution: `justerad`, `forslag A`. `None` is the
    /// one in force.
    pub version: Option<String>,
}

/// Where in a paper a fact stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kalla {
    /// The imported paper.
    pub underlag: UnderlagId,
    /// The place as the paper's reader would say it: `bilaga 1, rad 195`.
    pub plats: String,
    /// The statement's id in the underlag, for a link to the row.
    pub uttalande: Option<String>,
}

/// That a fact is the sum of booked rows, and what made it so. Its vouchers are the rows in
/// force that the mapping leads to it (`medel::kontering`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bokforingskalla {
    /// The import that changed the sum; `None` when something else did.
    pub inlasning: Option<InlasningId>,
    /// The version of the mapping that held then; `None` before the first.
    pub koppling: Option<KopplingId>,
}

/// A fact as a use case plans it, before it has been given an id and a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NyttFaktum {
    /// What it says.
    pub slag: FaktumSlag,
    /// What it is about.
    pub galler: Galler,
    /// The figure, or why there is none.
    pub varde: Varde,
    /// How exactly it was stated (money only).
    pub precision: Precision,
    /// The paper said "cirka". Does not widen the precision.
    pub cirka: bool,
    /// How settled it is.
    pub sakerhet: Sakerhet,
    /// The decision behind it.
    pub beslut: Option<BeslutId>,
    /// The place it was read from; `None` when entered by hand.
    pub kalla: Option<Kalla>,
    /// The fact this one corrects.
    pub rattar: Option<FaktumId>,
    /// Why, for corrections and for entries by hand.
    pub orsak: Option<String>,
    /// Takes the corrected fact away instead of replacing it.
    pub struken: bool,
    /// It is the sum of booked rows. Left out when it is not, so that what was frozen before
    /// there were any keeps its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bokforing: Option<Bokforingskalla>,
    /// Made after the grant's year was closed: a correction that is shown as such wherever the
    /// year's figures are. Left out when not, so that what was frozen before keeps its bytes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub efter_avslut: bool,
}

impl NyttFaktum {
    /// A plain known fact with nothing special about it.
    #[must_use]
    pub fn nytt(slag: FaktumSlag, galler: Galler, varde: Varde) -> Self {
        Self {
            slag,
            galler,
            varde,
            precision: Precision::EXAKT,
            cirka: false,
            sakerhet: Sakerhet::Slutlig,
            beslut: None,
            kalla: None,
            rattar: None,
            orsak: None,
            struken: false,
            bokforing: None,
            efter_avslut: false,
        }
    }
}

/// A fact in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faktum {
    /// Its number.
    pub id: FaktumId,
    /// When it was registered (UTC).
    pub registrerad: Timestamp,
    /// Who registered it.
    pub registrerad_av: AnvandareId,
    /// What it says.
    #[serde(flatten)]
    pub fakta: NyttFaktum,
}

impl Faktum {
    /// The figure, or why there is none.
    #[must_use]
    pub const fn varde(&self) -> Varde {
        self.fakta.varde
    }

    /// What it is about.
    #[must_use]
    pub const fn galler(&self) -> &Galler {
        &self.fakta.galler
    }
}

/// The facts that hold as of a day (now when `None`): registered by then and not corrected
/// by then. Keeps the order given.
#[must_use]
pub fn gallande(fakta: &[Faktum], per: Option<PerDag>) -> Vec<&Faktum> {
    let kand = |f: &&Faktum| per.is_none_or(|dag| dag.omfattar(f.registrerad));
    let rattade: HashSet<FaktumId> = fakta
        .iter()
        .filter(kand)
        .filter_map(|f| f.fakta.rattar)
        .collect();
    fakta
        .iter()
        .filter(kand)
        .filter(|f| !f.fakta.struken && !rattade.contains(&f.id))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn faktum(nr: i64, dag: i8, rattar: Option<i64>, struken: bool) -> Faktum {
        let mut fakta = NyttFaktum::nytt(
            FaktumSlag::Rekvirerat,
            Galler {
                ar: Some(2021),
                ..Galler::default()
            },
            Varde::Kant(nr),
        );
        fakta.rattar = rattar.and_then(FaktumId::ny);
        fakta.struken = struken;
        Faktum {
            id: FaktumId::ny(nr).unwrap(),
            registrerad: date(2022, 2, dag)
                .at(12, 0, 0, 0)
                .in_tz("UTC")
                .unwrap()
                .timestamp(),
            registrerad_av: AnvandareId::ny(1).unwrap(),
            fakta,
        }
    }

    fn ids(fakta: &[Faktum], dag: Option<i8>) -> Vec<i64> {
        let per = dag.map(|d| PerDag(date(2022, 2, d)));
        gallande(fakta, per).iter().map(|f| f.id.nummer()).collect()
    }

    #[test]
    fn a_correction_replaces_from_the_day_it_was_registered() {
        let fakta = [faktum(1, 2, None, false), faktum(2, 5, Some(1), false)];
        assert_eq!(ids(&fakta, Some(1)), [0_i64; 0]);
        assert_eq!(ids(&fakta, Some(4)), [1]);
        assert_eq!(ids(&fakta, Some(5)), [2]);
        assert_eq!(ids(&fakta, None), [2]);
    }

    #[test]
    fn a_struck_fact_is_gone_afterwards_but_not_before() {
        let fakta = [faktum(1, 2, None, false), faktum(2, 5, Some(1), true)];
        assert_eq!(ids(&fakta, Some(4)), [1]);
        assert_eq!(ids(&fakta, None), [0_i64; 0]);
    }

    #[test]
    fn every_code_is_unique_and_read_back() {
        for slag in FaktumSlag::ALLA {
            assert_eq!(FaktumSlag::av_kod(slag.kod()), Some(*slag));
        }
    }
}
