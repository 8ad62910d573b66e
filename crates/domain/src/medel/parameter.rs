//! Settings of a huvudman: limits, rates, shares and standard costs. Each is a fact with its
//! source, holds from a year on and is corrected like any other.
//!
//! What nobody has set may have a proposal. A proposal says that it is one.

use crate::faktum::{Faktum, FaktumSlag, kodat};
use crate::matt::{Liggare, Urval};
use crate::medel::kalkyl::Schablonsats;
use crate::pengar::Ore;

kodat! {
    /// A setting. Amounts are in öre, shares in hundredths of a per cent, times in days.
    Parameter {
        /// A larger deviation from the budget than this needs a comment.
        AvvikelseKr = "avvikelse-kr", "Avvikelse som ska förklaras, kronor";
        /// A deviation that is a larger share of the budget than this needs a comment.
        AvvikelseAndel = "avvikelse-andel", "Avvikelse som ska förklaras, del av budgeten";
        /// Employer's contributions and insurances on pay.
        Po = "po", "Personalomkostnader (PO) på lön";
        /// Own capital above this share of the year's funds is warned of.
        TakEgetKapital = "tak-eget-kapital", "Tak för eget kapital, del av årets medel";
        /// What the board has decided that the own capital should be.
        MalEgetKapital = "mal-eget-kapital", "Mål för eget kapital";
        /// The state's share of an association's funds.
        NyckelStat = "nyckel-stat", "Statens del av årets medel";
        /// The region's share.
        NyckelRegion = "nyckel-region", "Regionens del av årets medel";
        /// The municipalities' share.
        NyckelKommun = "nyckel-kommun", "Kommunernas del av årets medel";
        /// Service fee on the year's funds.
        Serviceavgift = "serviceavgift", "Serviceavgift på årets medel";
        /// The number in a proposal of another service fee.
        ServiceavgiftForslag = "serviceavgift-forslag", "Föreslagen serviceavgift";
        /// Fixed fee of a member.
        Medlemsavgift = "medlemsavgift", "Fast medlemsavgift";
        /// How long before contracts end it is warned that there is no money after them.
        VarselAvtal = "varsel-avtal", "Varning innan avtal går ut, dagar";
        /// How long before a deadline of an application or a report it is told of.
        VarselFrist = "varsel-frist", "Påminnelse före ansökan och redovisning, dagar";
    }
}

/// What the name of a standard cost begins with in its fact.
pub const SCHABLON: &str = "schablon: ";

/// The parts of the funding key, which are set together.
pub const NYCKEL: [Parameter; 3] = [
    Parameter::NyckelStat,
    Parameter::NyckelRegion,
    Parameter::NyckelKommun,
];

/// The whole, in hundredths of a per cent.
pub const HELA: i64 = 10_000;

impl Parameter {
    /// The kind of fact that holds it.
    #[must_use]
    pub const fn slag(self) -> FaktumSlag {
        match self {
            Self::AvvikelseKr | Self::MalEgetKapital | Self::Medlemsavgift => {
                FaktumSlag::Parameterbelopp
            }
            Self::VarselAvtal | Self::VarselFrist => FaktumSlag::Parameterdagar,
            _ => FaktumSlag::Parameterandel,
        }
    }

    /// What is proposed until somebody has set it.
    #[must_use]
    pub const fn forslag(self) -> Option<i64> {
        match self {
            Self::AvvikelseKr => Some(5_000_000),
            Self::TakEgetKapital => Some(2_000),
            Self::NyckelStat => Some(5_000),
            Self::NyckelRegion | Self::NyckelKommun => Some(2_500),
            Self::VarselAvtal => Some(90),
            Self::VarselFrist => Some(60),
            _ => None,
        }
    }

    /// What it is for and where a proposal comes from.
    #[must_use]
    pub const fn stod(self) -> &'static str {
        match self {
            Self::AvvikelseKr | Self::AvvikelseAndel => {
                "Är avvikelsen större än någon av gränserna ska den förklaras."
            }
            Self::Po => "Arbetsgivaravgift, försäkringar och pension. Bestäms varje år.",
            Self::TakEgetKapital => {
                "Nationella rådet föreslår ungefär 20 procent, mer för små förbund."
            }
            Self::MalEgetKapital => "Det belopp som styrelsen har beslutat.",
            Self::NyckelStat | Self::NyckelRegion | Self::NyckelKommun => {
                "Staten hälften, region och kommuner en fjärdedel var (2003:1210, 5 §). En part \
                 kan bära båda fjärdedelarna."
            }
            Self::Serviceavgift => "Räknas på årets medel från stat, region och kommun.",
            Self::ServiceavgiftForslag => "Talet i ett förslag som inte är beslutat.",
            Self::Medlemsavgift => "Samma belopp för varje medlem.",
            Self::VarselAvtal => {
                "Den som inte får fortsatt anställning ska normalt få veta det minst en månad \
                 innan anställningen slutar (1982:80, 15 §). Förslaget ger tid att bestämma sig."
            }
            Self::VarselFrist => "Så lång tid före visas fristen på Start.",
        }
    }
}

/// The value of a setting for a year, and the fact that says so; none for a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gallande<'a> {
    /// Öre or hundredths of a per cent.
    pub varde: i64,
    /// Where it stands; `None` when it is only proposed.
    pub faktum: Option<&'a Faktum>,
}

/// The newest fact with this name that holds for a year: the one of the latest year not after.
#[must_use]
pub fn faktum<'a>(
    fakta: &'a (impl Liggare + ?Sized),
    slag: FaktumSlag,
    namn: &str,
    ar: i16,
) -> Option<&'a Faktum> {
    let urval = Urval::default();
    fakta
        .mojliga(slag, &urval)
        .into_iter()
        .filter(|f| f.galler().kategori.as_deref() == Some(namn))
        .filter(|f| f.varde().kant().is_some() && f.galler().ar.is_none_or(|fran| fran <= ar))
        .max_by_key(|f| (f.galler().ar, f.id))
}

/// A setting as it holds for a year; `None` when nobody has set it and nothing is proposed.
#[must_use]
pub fn gallande<'a>(
    fakta: &'a (impl Liggare + ?Sized),
    parameter: Parameter,
    ar: i16,
) -> Option<Gallande<'a>> {
    let satt = faktum(fakta, parameter.slag(), parameter.kod(), ar);
    match satt {
        Some(f) => f.varde().kant().map(|varde| Gallande {
            varde,
            faktum: Some(f),
        }),
        None => parameter.forslag().map(|varde| Gallande {
            varde,
            faktum: None,
        }),
    }
}

/// The value alone.
#[must_use]
pub fn varde(fakta: &(impl Liggare + ?Sized), parameter: Parameter, ar: i16) -> Option<i64> {
    gallande(fakta, parameter, ar).map(|g| g.varde)
}

/// A standard cost as it holds for a year, with where it comes from; `None` when nobody has
/// set it for that year, which is never the same as nothing.
#[must_use]
pub fn schablonsats(fakta: &(impl Liggare + ?Sized), namn: &str, ar: i16) -> Option<Schablonsats> {
    let hela = format!("{SCHABLON}{namn}");
    let f = faktum(fakta, FaktumSlag::Parameterbelopp, &hela, ar)?;
    Some(Schablonsats {
        namn: namn.to_owned(),
        belopp: Ore(f.varde().kant()?),
        fran_ar: f.galler().ar,
        kalla: f.fakta.orsak.clone().unwrap_or_default(),
    })
}

/// A standard cost by its name, in öre.
#[must_use]
pub fn schablon(fakta: &(impl Liggare + ?Sized), namn: &str, ar: i16) -> Option<i64> {
    let namn = format!("{SCHABLON}{namn}");
    faktum(fakta, FaktumSlag::Parameterbelopp, &namn, ar)?
        .varde()
        .kant()
}

/// The names of the standard costs, in order.
#[must_use]
pub fn schabloner(fakta: &(impl Liggare + ?Sized)) -> Vec<String> {
    let alla = fakta.mojliga(FaktumSlag::Parameterbelopp, &Urval::default());
    let mut namn: Vec<String> = alla
        .into_iter()
        .filter_map(|f| f.galler().kategori.as_deref()?.strip_prefix(SCHABLON))
        .map(str::to_owned)
        .collect();
    namn.sort_by_key(|n| crate::svensk::sorteringsnyckel(n));
    namn.dedup();
    namn
}

/// A share (hundredths of a per cent) of an amount, rounded half away from zero to the öre.
#[must_use]
pub fn del_av(belopp: i64, andel: i64) -> Option<i64> {
    let taljare = i128::from(belopp).checked_mul(i128::from(andel))?;
    let halva = if taljare < 0 { -5_000 } else { 5_000 };
    i64::try_from(taljare.checked_add(halva)?.checked_div(i128::from(HELA))?).ok()
}

/// Whether a deviation must be explained: larger than the limit in kronor, or than the limit
/// as a share of the budget when there is one.
#[must_use]
pub fn ska_forklaras(
    fakta: &(impl Liggare + ?Sized),
    ar: i16,
    avvikelse: i64,
    budget: Option<i64>,
) -> bool {
    let storlek = avvikelse.saturating_abs();
    let kr = varde(fakta, Parameter::AvvikelseKr, ar).is_some_and(|grans| storlek > grans);
    let andel = varde(fakta, Parameter::AvvikelseAndel, ar)
        .zip(budget)
        .and_then(|(andel, budget)| del_av(budget, andel))
        .is_some_and(|grans| storlek > grans);
    kr || andel
}

#[cfg(test)]
mod tests;
