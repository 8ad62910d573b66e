//! What each measure means and how it is calculated.

use super::Matt;
use crate::faktum::{Enhet, FaktumSlag};
use crate::medel::parameter::Parameter;
use crate::varde::Varde;

/// A measure's definition.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Which measure.
    pub matt: Matt,
    /// What it means, in plain Swedish.
    pub text: &'static str,
    /// What it is counted in.
    pub enhet: Enhet,
    /// How it is calculated.
    pub formel: Formel,
    /// Who may see it.
    pub synlighet: Synlighet,
}

/// How a measure is calculated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Formel {
    /// The sum of facts of one kind.
    Fakta {
        /// The kind.
        slag: FaktumSlag,
        /// Which year of the fact the selection's year means.
        ar: Arsfalt,
        /// Only facts that name an initiative.
        med_insats: bool,
        /// What it is when there is no fact at all: never zero by itself.
        tomt: Varde,
    },
    /// The sum of other measures.
    Plus(&'static [(Matt, Krav)]),
    /// The first measure less the others.
    Minus(Matt, &'static [(Matt, Krav)]),
    /// The first measure less the others, grant by grant and then added: what is left of one
    /// grant pays for nothing of another's.
    MinusPerBidrag(Matt, &'static [(Matt, Krav)]),
    /// The first measure less the others, for each initiative and year that the first names.
    /// Over several only what is missing is added: what one has over pays for nothing of
    /// another's.
    Brist(Matt, &'static [(Matt, Krav)]),
    /// The first of these that has any fact, chosen for each of these groups by itself.
    Forsta(&'static [Matt], Grupp),
    /// The first in tenths of a per cent of the second.
    Andel(Matt, Matt),
    /// A figure about a year that is still going on: through the month of the selection's
    /// period, and what is expected after it.
    Prognos(Prognosdel),
    /// A setting as it holds for the selection's year; its category is which.
    Installning(FaktumSlag),
    /// A measure times the sum of these settings; the selection's category when none is named.
    Ganger(Matt, &'static [Parameter]),
    /// The part of a measure with this category, with the opposite sign: what makes the use
    /// smaller, told as what came in.
    Motsatt(Matt, &'static str),
    /// A measure less a setting.
    MinusInstallning(Matt, Parameter),
}

/// The parts of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prognosdel {
    /// Used through the month.
    Till,
    /// Expected for the rest of the year by the insats' method.
    Rest,
    /// Known costs to come.
    Poster,
    /// The three together, insats by insats.
    Helar,
    /// Budget less the whole year.
    Avvikelse,
    /// The same as a share of the budget.
    Andel,
    /// Available of a grant less the whole year.
    Kvar,
    /// Left to distribute and expected surplus.
    Utrymme,
}

impl Prognosdel {
    /// The kind of fact it is a sum of, when it is one.
    #[must_use]
    pub const fn slag(self) -> Option<FaktumSlag> {
        match self {
            Self::Till | Self::Rest => Some(FaktumSlag::Anvant),
            Self::Poster => Some(FaktumSlag::Prognospost),
            _ => None,
        }
    }
}

/// Within what a choice between measures is made, besides the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grupp {
    /// Each grant by itself.
    Bidrag,
    /// Each initiative by itself.
    Insats,
}

/// Whether a term must have facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Krav {
    /// Without it there is no figure.
    Kravs,
    /// Left out when nothing has been said about it.
    Frivilligt,
}

/// Which year of a fact a selection's year is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arsfalt {
    /// The year it concerns.
    Ar,
    /// The year carried-over money comes from.
    FranAr,
}

/// Who may see a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Synlighet {
    /// Anyone, when what it concerns has been published.
    Publik,
    /// Anyone, but only as a statement printed in an already public paper, until publication
    /// plans with certificates exist (ARCHITECTURE.md invariant 9).
    PublikOmTryckt,
    /// Only those who sign in.
    Inloggad,
}

pub(super) const fn fakta(slag: FaktumSlag, tomt: Varde) -> Formel {
    Formel::Fakta {
        slag,
        ar: Arsfalt::Ar,
        med_insats: false,
        tomt,
    }
}

use FaktumSlag as F;
use Krav::{Frivilligt, Kravs};
use Synlighet::{Inloggad, Publik, PublikOmTryckt};
use Varde::{EjBeslutat, EjInrapporterat, Okant};

pub(super) const fn def(
    matt: Matt,
    text: &'static str,
    formel: Formel,
    synlighet: Synlighet,
) -> Definition {
    Definition {
        matt,
        text,
        enhet: matt.enhet(),
        formel,
        synlighet,
    }
}

/// Every measure's definition; a test demands that none is missing.
static REGISTER: &[Definition] = &[
    def(
        Matt::Tilldelat,
        "Pengar som finansiären har beviljat. Ett år som programmet omfattar men ingen \
                 har beslutat om är ej beslutat, aldrig noll.",
        fakta(F::Tilldelat, EjBeslutat),
        Publik,
    ),
    def(
        Matt::Rekvirerat,
        "Pengar som har rekvirerats från finansiären. En rekvisition som är skickad räknas när \
         den är beviljad, med det som beviljades.",
        fakta(F::Rekvirerat, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::Begart,
        "Pengar som är begärda från finansiären i en rekvisition som den inte har svarat på. De \
         är inte rekvirerade än, och ingenting av dem betalas tillbaka.",
        fakta(F::Begart, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::BegartHittills,
        "Det som finansiären har beviljat av rekvisitionerna, och det som väntar på svar. Det som \
         är begärt och inte beviljat räknas inte.",
        Formel::Plus(&[(Matt::Rekvirerat, Frivilligt), (Matt::Begart, Frivilligt)]),
        Inloggad,
    ),
    def(
        Matt::OverfortIn,
        "Pengar som blev över ett tidigare år och får användas detta år.",
        fakta(F::Overfort, EjBeslutat),
        Publik,
    ),
    def(
        Matt::OverfortUt,
        "Pengar från detta år som får användas ett senare år.",
        Formel::Fakta {
            slag: F::Overfort,
            ar: Arsfalt::FranAr,
            med_insats: false,
            tomt: EjBeslutat,
        },
        Publik,
    ),
    def(
        Matt::Tillgangligt,
        "Det som finns att använda: det rekvirerade, eller det tilldelade om inget är \
                 rekvirerat, och det som förts över från tidigare år.",
        Formel::Plus(&[(Matt::Grundmedel, Kravs), (Matt::OverfortIn, Frivilligt)]),
        Publik,
    ),
    def(
        Matt::Grundmedel,
        "Det rekvirerade, eller det tilldelade om inget är rekvirerat.",
        Formel::Forsta(&[Matt::Rekvirerat, Matt::Tilldelat], Grupp::Bidrag),
        Publik,
    ),
    def(
        Matt::FordelatNytt,
        "Nya pengar från bidraget som har fördelats till insatser.",
        fakta(F::Fordelat, EjBeslutat),
        Publik,
    ),
    def(
        Matt::FordelatOverfort,
        "Överförda pengar som hör till en viss insats.",
        Formel::Fakta {
            slag: F::Overfort,
            ar: Arsfalt::Ar,
            med_insats: true,
            tomt: EjBeslutat,
        },
        Publik,
    ),
    def(
        Matt::Fordelat,
        "Allt som har fördelats till insatser: nya pengar och sådana som förts över.",
        Formel::Plus(&[
            (Matt::FordelatNytt, Frivilligt),
            (Matt::FordelatOverfort, Frivilligt),
        ]),
        Publik,
    ),
    def(
        Matt::FordelatNamnd,
        "Pengar som papperet säger att en nämnd har fått.",
        fakta(F::FordelatNamnd, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::KvarAttFordela,
        "Det som finns att använda men som ingen insats har fått.",
        Formel::MinusPerBidrag(Matt::Tillgangligt, &[(Matt::Fordelat, Kravs)]),
        Publik,
    ),
    def(
        Matt::AnvantInsats,
        "Pengar som insatserna har använt, insats för insats. Bokföringen gäller där den är \
                 inläst, annars det som har uppgetts.",
        fakta(F::Anvant, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::BokfortBidrag,
        "Bidrag som är bokförda som intäkt. De räknas inte av mot det använda.",
        fakta(F::BokfortBidrag, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::AnvantNamnd,
        "Pengar som nämnderna redovisar att de har använt.",
        fakta(F::AnvantNamnd, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::Anvant,
        "Pengar som har använts. Det som är bokfört på insatserna gäller när det finns, annars \
                 nämndernas redovisning och sist det som har uppgetts för insatserna.",
        Formel::Forsta(&[Matt::AnvantNamnd, Matt::AnvantInsats], Grupp::Bidrag),
        Publik,
    ),
    def(
        Matt::Kvar,
        "Det som finns att använda men inte har använts.",
        Formel::MinusPerBidrag(Matt::Tillgangligt, &[(Matt::Anvant, Kravs)]),
        Publik,
    ),
    def(
        Matt::RekvireratOchOverfort,
        "Det som har rekvirerats och det som förts över från tidigare år.",
        Formel::Plus(&[(Matt::Rekvirerat, Kravs), (Matt::OverfortIn, Frivilligt)]),
        Publik,
    ),
    def(
        Matt::AttAterbetala,
        "Det som har rekvirerats eller förts över hit, men varken använts eller förts över till \
         ett senare år.",
        Formel::MinusPerBidrag(
            Matt::RekvireratOchOverfort,
            &[(Matt::Anvant, Kravs), (Matt::OverfortUt, Frivilligt)],
        ),
        Publik,
    ),
    def(
        Matt::Aterbetalning,
        "Det belopp som ett beslut eller en redovisning säger ska betalas tillbaka.",
        fakta(F::Aterbetalning, EjBeslutat),
        Publik,
    ),
    def(
        Matt::Aterbetalt,
        "Pengar som har betalats tillbaka till finansiären.",
        fakta(F::Aterbetalt, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::KvarAttAterbetala,
        "Den återbetalning som är beslutad men inte betald.",
        Formel::Minus(Matt::Aterbetalning, &[(Matt::Aterbetalt, Frivilligt)]),
        Publik,
    ),
    def(
        Matt::RekvireratAvPart,
        "Pengar som parter och insatser har rekvirerat. En rekvisition som har avslagits eller \
         återkallats räknas inte.",
        fakta(F::RekvireratAvPart, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::Atagande,
        "Pengar som är beslutade eller planerade för insatser kommande år. Det som bara är sökt, \
         eller inte ens inlämnat, räknas inte.",
        fakta(F::Atagande, EjBeslutat),
        Inloggad,
    ),
    def(
        Matt::VantatAtagande,
        "Vad åtaganden kommer till om ansökningarna beviljas, också de som inte är inlämnade än. \
         Det binder inga pengar.",
        fakta(F::VantatAtagande, EjBeslutat),
        Inloggad,
    ),
    def(
        Matt::Behov,
        "Det en insats behöver för att fortsätta ett år.",
        fakta(F::Behov, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::Finansieringsgap,
        "Det en insats behöver för att fortsätta ett år, minus det som är fördelat eller utlovat \
         till den. För flera insatser eller år läggs bara det som saknas ihop: det som blir över i \
         en insats täcker inget i en annan.",
        Formel::Brist(
            Matt::Behov,
            &[(Matt::Fordelat, Frivilligt), (Matt::Atagande, Frivilligt)],
        ),
        Inloggad,
    ),
    def(
        Matt::Projektbudget,
        "Hela projektets budget, vem som än betalar.",
        fakta(F::Budget, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::Budget,
        "Det insatsen har att använda: det som fördelats till den, eller projektets \
                 budget om inget fördelats.",
        Formel::Forsta(&[Matt::Fordelat, Matt::Projektbudget], Grupp::Insats),
        Publik,
    ),
    def(
        Matt::Avvikelse,
        "Budgeten minus det använda. Minus framför talet betyder att mer har använts.",
        Formel::Minus(Matt::Budget, &[(Matt::AnvantInsats, Kravs)]),
        Publik,
    ),
    def(
        Matt::AvvikelseNamnd,
        "Det nämnden fick minus det den redovisar. Minus betyder att mer har använts.",
        Formel::Minus(Matt::FordelatNamnd, &[(Matt::AnvantNamnd, Kravs)]),
        Publik,
    ),
    def(
        Matt::Nyttjandegrad,
        "Hur stor del av det fördelade som har använts.",
        Formel::Andel(Matt::Anvant, Matt::Fordelat),
        Publik,
    ),
    def(
        Matt::Finansiering,
        "Det som namngivna finansiärer betalar av projektets budget.",
        fakta(F::Finansiering, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::Ofinansierat,
        "Den del av budgeten som ingen namngiven finansiär betalar.",
        Formel::Minus(
            Matt::Projektbudget,
            &[
                (Matt::Finansiering, Kravs),
                (Matt::Medfinansiering, Frivilligt),
            ],
        ),
        Publik,
    ),
    def(
        Matt::Medfinansiering,
        "Egna pengar eller arbetstid vid sidan av bidraget.",
        fakta(F::Medfinansiering, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::Kostnad,
        "Planerade kostnader.",
        fakta(F::Kostnad, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::Ansokt,
        "Pengar som har sökts.",
        fakta(F::Ansokt, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::Intakter,
        "Intäkter i en organisations budget.",
        fakta(F::Intakt, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::Budgetkostnader,
        "Kostnader i en organisations budget.",
        fakta(F::Budgetkostnad, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::Budgetresultat,
        "Intäkterna minus kostnaderna. Minus betyder underskott.",
        Formel::Minus(Matt::Intakter, &[(Matt::Budgetkostnader, Kravs)]),
        Inloggad,
    ),
    def(
        Matt::Medlemsbidrag,
        "Det en medlem betalar till förbundet per år.",
        fakta(F::Medlemsbidrag, EjInrapporterat),
        Publik,
    ),
    def(
        Matt::Deltagare,
        "Personer som har varit med, så som papperet anger antalet.",
        fakta(F::Deltagare, Okant),
        PublikOmTryckt,
    ),
    def(
        Matt::Resultat,
        "Hur det gick. Varje person räknas i en grupp.",
        fakta(F::Resultat, Okant),
        PublikOmTryckt,
    ),
    def(
        Matt::Hjalp,
        "Hjälp som ges utöver resultatet. En person kan räknas flera gånger.",
        fakta(F::Hjalp, Okant),
        PublikOmTryckt,
    ),
    def(
        Matt::Deltagarlage,
        "Om deltagarna fullföljde, avbröt eller är kvar.",
        fakta(F::Deltagarlage, Okant),
        PublikOmTryckt,
    ),
    def(
        Matt::UtanResultat,
        "Deltagare som ingen av resultatgrupperna räknar.",
        Formel::Minus(Matt::Deltagare, &[(Matt::Resultat, Kravs)]),
        PublikOmTryckt,
    ),
    def(
        Matt::Volym,
        "Sådant som räknas i antal, till exempel besök eller föreläsningar.",
        fakta(F::Volym, EjInrapporterat),
        PublikOmTryckt,
    ),
    def(
        Matt::Helarsekvivalent,
        "Hur många procent av invånarna 20–64 år som skulle kunna försörjas ett helt år \
                 av det som betalas ut.",
        fakta(F::Helarsekvivalent, Okant),
        PublikOmTryckt,
    ),
];

impl Matt {
    /// The measure's definition.
    #[must_use]
    pub fn definition(self) -> Definition {
        // A measure without a definition would be unknown everywhere, never wrong.
        let saknas = def(self, "", fakta(F::Volym, Okant), Inloggad);
        REGISTER
            .iter()
            .chain(super::uppfoljning::REGISTER)
            .find(|d| d.matt == self)
            .copied()
            .unwrap_or(saknas)
    }

    /// What the measure is counted in.
    #[must_use]
    pub const fn enhet(self) -> Enhet {
        match self {
            Self::Deltagare
            | Self::Resultat
            | Self::Hjalp
            | Self::Deltagarlage
            | Self::UtanResultat => Enhet::Personer,
            Self::Volym | Self::Medfinansieringstimmar | Self::InstallningDagar => Enhet::Antal,
            Self::Nyttjandegrad
            | Self::Helarsekvivalent
            | Self::PrognosAndel
            | Self::EgetKapitalAndel => Enhet::Promille,
            Self::InstallningAndel => Enhet::Hundradelsprocent,
            _ => Enhet::Ore,
        }
    }
}
