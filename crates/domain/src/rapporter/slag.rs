//! What kinds of reports there are, and what each asks for: the templates, as data.

use crate::faktum::kodat;
use crate::id::{BidragId, MedelspostId, OrganisationId};
use serde::{Deserialize, Serialize};

/// A kind of report, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "slag", rename_all = "snake_case")]
pub enum Rapportslag {
    /// To the funder, of one grant and year.
    Aterrapport {
        /// What the funder asks for.
        mall: Aterrapportmall,
    },
    /// To the board: the year so far.
    Ekonomirapport {
        /// The year.
        ar: i16,
        /// Through this month, 1–12.
        till_manad: i8,
        /// Only what this board answers for; `None` is the whole huvudman.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        namnd: Option<OrganisationId>,
    },
    /// To those who decide how money is shared: the coming year beside the last.
    Fordelningsmemo {
        /// The coming year.
        ar: i16,
        /// Only these grants; none named is all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bidrag: Vec<BidragId>,
    },
    /// The note about insatser in the annual accounts.
    Insatsnot {
        /// The year of the accounts.
        ar: i16,
    },
    /// The paper that asks for money: of one requisition, whichever way it goes.
    Rekvisition {
        /// The number of the requisition's first row.
        sak: MedelspostId,
    },
}

kodat! {
    /// What a funder asks to be told.
    Aterrapportmall {
        /// The parts that reports to authorities use to have.
        Allman = "allman", "Allmän återrapport";
        /// Socialstyrelsen's pattern: also how the money was used for its purpose, and the effects.
        Socialstyrelsen = "socialstyrelsen", "Socialstyrelsens återrapport";
        /// Tillväxtverket's pattern: goals and results, co-financing, what was learnt.
        Tillvaxtverket = "tillvaxtverket", "Tillväxtverkets återrapport";
    }
}

kodat! {
    /// A part of an återrapport that is counted and not written.
    Aterrapportdel {
        /// Year by year of a grant of several years.
        ArForAr = "ar-for-ar", "År för år";
        /// What was requested, requisition by requisition.
        Rekvisitioner = "rekvisitioner", "Rekvisitioner";
        /// What the money went to.
        Kostnadsslag = "kostnadsslag", "Använt per kostnadsslag";
        /// What others gave: promised and given, party by party.
        Medfinansiering = "medfinansiering", "Medfinansiering";
        /// What was decided to be repaid, and what has been.
        Aterbetalning = "aterbetalning", "Återbetalning";
    }
}

/// A chapter that somebody writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kapitelmall {
    /// The field's name.
    pub namn: &'static str,
    /// The heading.
    pub rubrik: &'static str,
    /// What belongs there.
    pub hjalp: &'static str,
    /// Whoever gets the report asks for it: where nobody has written it the report says so.
    pub kravs: bool,
}

const fn kapitel(
    namn: &'static str,
    rubrik: &'static str,
    hjalp: &'static str,
    kravs: bool,
) -> Kapitelmall {
    Kapitelmall {
        namn,
        rubrik,
        hjalp,
        kravs,
    }
}

const UNDERSKRIFTER: Kapitelmall = kapitel(
    "underskrifter",
    "Underskrifter",
    "Vilka roller som skriver under, en per rad. Inga namn.",
    false,
);

const BAKGRUND: Kapitelmall = kapitel(
    "bakgrund",
    "Bakgrund",
    "Varför finns bidraget, och hur delades det upp?",
    false,
);
const ATERBETALNING: Kapitelmall = kapitel(
    "aterbetalning",
    "Varför pengar betalas tillbaka",
    "Förklara hela beloppet.",
    false,
);
const SLUTSATSER: Kapitelmall = kapitel(
    "slutsatser",
    "Slutsatser",
    "Vad gav insatserna tillsammans?",
    false,
);
const LANGSIKTIGHET: Kapitelmall = kapitel(
    "langsiktighet",
    "Långsiktighet",
    "Vad betyder det att pengarna kommer år för år?",
    false,
);
const MEDDELANDEN: Kapitelmall = kapitel(
    "meddelanden",
    "Till myndigheten",
    "Det ni vill att myndigheten ska veta, en sak per rad.",
    false,
);

const ALLMAN: &[Kapitelmall] = &[
    BAKGRUND,
    ATERBETALNING,
    SLUTSATSER,
    LANGSIKTIGHET,
    MEDDELANDEN,
    UNDERSKRIFTER,
];

/// Funders ask how the money was used for its purpose, and what it led to (doman.md §4).
const SOCIALSTYRELSEN: &[Kapitelmall] = &[
    BAKGRUND,
    kapitel(
        "andamal",
        "Hur medlen användes för ändamålet",
        "Vad gjordes för pengarna, och hur hör det till bidragets ändamål?",
        true,
    ),
    kapitel(
        "effekter",
        "Bedömda effekter för målgruppen",
        "Vad blev annorlunda för dem insatserna är till för, och hur vet ni det?",
        true,
    ),
    ATERBETALNING,
    SLUTSATSER,
    LANGSIKTIGHET,
    MEDDELANDEN,
    UNDERSKRIFTER,
];

/// Tillväxtverket gives for years at a time: goals, co-financing and what remains afterwards.
const TILLVAXTVERKET: &[Kapitelmall] = &[
    BAKGRUND,
    kapitel(
        "maluppfyllelse",
        "Mål och uppnådda resultat",
        "Vilka mål hade ni, och hur långt kom ni i vart och ett?",
        true,
    ),
    kapitel(
        "medfinansiering",
        "Egen och andras medfinansiering",
        "Vad bidrog ni själva och era samarbetspartner med, i pengar och arbetstid?",
        true,
    ),
    kapitel(
        "larande",
        "Lärdomar",
        "Vad skulle ni göra likadant igen, och vad skulle ni göra annorlunda?",
        true,
    ),
    kapitel(
        "fortlevnad",
        "Vad som lever vidare",
        "Vilka arbetssätt fortsätter när bidraget är slut, och vem betalar då?",
        true,
    ),
    ATERBETALNING,
    SLUTSATSER,
    MEDDELANDEN,
    UNDERSKRIFTER,
];

const EKONOMIRAPPORT: &[Kapitelmall] = &[
    kapitel(
        "sammanfattning",
        "Det viktigaste",
        "Två eller tre meningar till nämnden eller styrelsen, före siffrorna.",
        false,
    ),
    kapitel(
        "orsaker",
        "Varför det blev så",
        "Det som avvikelserna beror på och som inte står hos insatserna, en sak per rad.",
        false,
    ),
    UNDERSKRIFTER,
];

const FORDELNINGSMEMO: &[Kapitelmall] = &[
    kapitel(
        "bakgrund",
        "Bakgrund",
        "Vilka medel gäller det, och vad har hänt sedan förra året?",
        false,
    ),
    kapitel(
        "motivering",
        "Motivering",
        "Varför föreslås pengarna delas så här?",
        true,
    ),
    kapitel(
        "forslag",
        "Förslag till beslut",
        "Det som ska beslutas, en att-sats per rad.",
        true,
    ),
    UNDERSKRIFTER,
];

const INSATSNOT: &[Kapitelmall] = &[
    kapitel(
        "principer",
        "Så är noten gjord",
        "Det läsaren behöver veta om hur kostnader har förts till insatser.",
        false,
    ),
    kapitel(
        "kommentar",
        "Kommentar",
        "Större skillnader mot budget och mot förra året.",
        false,
    ),
];

const REKVISITION: &[Kapitelmall] = &[
    kapitel(
        "underlag",
        "Underlag utöver bokföringen",
        "Det beloppet bygger på och som inte är bokfört, till exempel en del av en tjänst.",
        false,
    ),
    kapitel(
        "meddelanden",
        "Till mottagaren",
        "Det ni vill att mottagaren ska veta, en sak per rad.",
        false,
    ),
    UNDERSKRIFTER,
];

impl Rapportslag {
    /// What every report was before there were kinds.
    pub const ALLMAN: Self = Self::Aterrapport {
        mall: Aterrapportmall::Allman,
    };

    /// The chapters that somebody writes, in the order of the report.
    #[must_use]
    pub const fn kapitel(&self) -> &'static [Kapitelmall] {
        match self {
            Self::Aterrapport { mall } => mall.kapitel(),
            Self::Ekonomirapport { .. } => EKONOMIRAPPORT,
            Self::Fordelningsmemo { .. } => FORDELNINGSMEMO,
            Self::Insatsnot { .. } => INSATSNOT,
            Self::Rekvisition { .. } => REKVISITION,
        }
    }

    /// What a reader calls it.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        match self {
            Self::Aterrapport { .. } => "Återrapport",
            Self::Ekonomirapport { .. } => "Ekonomirapport",
            Self::Fordelningsmemo { .. } => "Fördelningsmemo",
            Self::Insatsnot { .. } => "Not om insatser",
            Self::Rekvisition { .. } => "Rekvisition",
        }
    }
}

impl Aterrapportmall {
    /// The chapters that somebody writes.
    #[must_use]
    pub const fn kapitel(self) -> &'static [Kapitelmall] {
        match self {
            Self::Allman => ALLMAN,
            Self::Socialstyrelsen => SOCIALSTYRELSEN,
            Self::Tillvaxtverket => TILLVAXTVERKET,
        }
    }

    /// The counted parts besides those that every återrapport has, and whether the funder asks
    /// for it: what is asked for and not known is said to be missing.
    #[must_use]
    pub const fn delar(self) -> &'static [(Aterrapportdel, bool)] {
        use Aterrapportdel as D;
        match self {
            Self::Allman => &[
                (D::Rekvisitioner, false),
                (D::Kostnadsslag, false),
                (D::Aterbetalning, false),
            ],
            Self::Socialstyrelsen => &[
                (D::Rekvisitioner, true),
                (D::Kostnadsslag, true),
                (D::Aterbetalning, false),
            ],
            Self::Tillvaxtverket => &[
                (D::ArForAr, true),
                (D::Rekvisitioner, true),
                (D::Kostnadsslag, true),
                (D::Medfinansiering, true),
                (D::Aterbetalning, false),
            ],
        }
    }

    /// Whether what is not registered of the terms is said to be missing: the authority asks for
    /// its own case number, the ground and the purpose.
    #[must_use]
    pub const fn fragar_efter_villkor(self) -> bool {
        !matches!(self, Self::Allman)
    }

    /// The template for a funder of this name, where it has one of its own.
    #[must_use]
    pub fn av_finansiar(namn: &str) -> Self {
        let namn = namn.to_lowercase();
        if namn.contains("socialstyrelsen") {
            Self::Socialstyrelsen
        } else if namn.contains("tillväxtverket") {
            Self::Tillvaxtverket
        } else {
            Self::Allman
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_asks_for_each_thing_once() {
        let alla = Aterrapportmall::ALLA
            .iter()
            .map(|mall| mall.kapitel())
            .chain([EKONOMIRAPPORT, FORDELNINGSMEMO, INSATSNOT, REKVISITION]);
        for kapitel in alla {
            let namn: std::collections::BTreeSet<_> = kapitel.iter().map(|k| k.namn).collect();
            assert_eq!(namn.len(), kapitel.len());
            for k in kapitel {
                assert!(k.namn.chars().all(|c| c.is_ascii_lowercase()), "{}", k.namn);
                assert!(
                    !k.rubrik.is_empty() && k.hjalp.ends_with(['.', '?']),
                    "{}",
                    k.namn
                );
            }
        }
    }

    #[test]
    fn a_funder_has_the_template_it_asks_for() {
        use Aterrapportmall as M;
        assert_eq!(M::av_finansiar("Socialstyrelsen"), M::Socialstyrelsen);
        assert_eq!(M::av_finansiar("TILLVÄXTVERKET"), M::Tillvaxtverket);
        assert_eq!(M::av_finansiar("Region Gävleborg"), M::Allman);
        let kravda = |m: M| m.kapitel().iter().filter(|k| k.kravs).count();
        assert_eq!(
            [M::Allman, M::Socialstyrelsen, M::Tillvaxtverket].map(kravda),
            [0, 2, 4]
        );
    }
}
