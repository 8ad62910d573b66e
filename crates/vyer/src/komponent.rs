//! The small parts of a page: links, running text with figures, notices, findings, tasks, time.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::tal::{TalVy, Tecken, Teckenrad};

/// A link. Its text says where it leads; `dold` makes it unique for those who hear it alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/lank.html")]
pub struct Lank {
    /// What is seen.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// What tells this link from others with the same text.
    pub dold: Option<String>,
}

impl HtmlSafe for Lank {}

impl Lank {
    /// A link.
    pub fn ny(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: href.into(),
            dold: None,
        }
    }

    /// The same link with hidden words that make it unique.
    #[must_use]
    pub fn om(mut self, dold: impl Into<String>) -> Self {
        self.dold = Some(dold.into());
        self
    }
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    /// Words.
    Ord(String),
    /// A figure, with its derivation.
    Tal(TalVy),
    /// A link.
    Lank(Lank),
}

/// Running text in which figures and links may stand. Made from a string, then extended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/text.html")]
pub struct Text {
    /// The pieces, in order, with the spaces they need.
    pub bitar: Vec<Bit>,
}

impl HtmlSafe for Text {}

impl Text {
    /// Adds words.
    #[must_use]
    pub fn ord(mut self, ord: impl Into<String>) -> Self {
        self.bitar.push(Bit::Ord(ord.into()));
        self
    }

    /// Adds a figure.
    #[must_use]
    pub fn tal(mut self, tal: TalVy) -> Self {
        // What a sum leaves out is said where it stands, and not in the middle of a sentence.
        let tal = TalVy {
            utan_obeslutat: false,
            ..tal
        };
        self.bitar.push(Bit::Tal(tal));
        self
    }

    /// Adds a link.
    #[must_use]
    pub fn lank(mut self, lank: Lank) -> Self {
        self.bitar.push(Bit::Lank(lank));
        self
    }

    /// The figures in the text.
    pub fn siffror(&self) -> impl Iterator<Item = &TalVy> {
        self.bitar.iter().filter_map(|b| match b {
            Bit::Tal(tal) => Some(tal),
            Bit::Ord(_) | Bit::Lank(_) => None,
        })
    }

    /// Nothing to read.
    #[must_use]
    pub fn tom(&self) -> bool {
        self.bitar.is_empty()
    }
}

impl From<&str> for Text {
    fn from(ord: &str) -> Self {
        Self::default().ord(ord)
    }
}

impl From<String> for Text {
    fn from(ord: String) -> Self {
        Self::default().ord(ord)
    }
}

/// How grave a finding is. The word comes first, then the frame, last the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allvar {
    /// Must be put right or explained.
    Fel,
    /// May be accepted with a comment.
    Varning,
    /// Needs nothing.
    Upplysning,
}

impl Allvar {
    /// The word.
    #[must_use]
    pub fn ord(self) -> &'static str {
        match self {
            Self::Fel => "Fel",
            Self::Varning => "Varning",
            Self::Upplysning => "Upplysning",
        }
    }

    /// The class in the stylesheet, also the code in query strings.
    #[must_use]
    pub fn klass(self) -> &'static str {
        match self {
            Self::Fel => "fel",
            Self::Varning => "varning",
            Self::Upplysning => "upplysning",
        }
    }
}

/// What a state looks like; the word is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LageSlag {
    /// Filled.
    Fel,
    /// Outlined.
    Varning,
    /// Underlined.
    Upplysning,
    /// Dashed: somebody works on it.
    Pagar,
    /// Plain grey: nothing has happened, or it is done.
    Lugn,
}

/// A state in one or two words: `Pågår`, `Behöver kompletteras`, `1 fel`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "komponent/lage.html")]
pub struct Lage {
    /// The words.
    pub ord: String,
    /// The form.
    pub slag: LageSlag,
}

impl HtmlSafe for Lage {}

impl Lage {
    /// A state.
    pub fn ny(ord: impl Into<String>, slag: LageSlag) -> Self {
        Self {
            ord: ord.into(),
            slag,
        }
    }

    fn klass(&self) -> &'static str {
        match self.slag {
            LageSlag::Fel => "fel",
            LageSlag::Varning => "varning",
            LageSlag::Upplysning => "upplysning",
            LageSlag::Pagar => "pagar",
            LageSlag::Lugn => "klar",
        }
    }
}

impl From<Allvar> for Lage {
    fn from(allvar: Allvar) -> Self {
        let slag = match allvar {
            Allvar::Fel => LageSlag::Fel,
            Allvar::Varning => LageSlag::Varning,
            Allvar::Upplysning => LageSlag::Upplysning,
        };
        Self::ny(allvar.ord(), slag)
    }
}

/// A notice within a page: the kind as first word, what it is about, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "komponent/besked.html")]
pub struct Besked {
    /// Kind.
    pub allvar: Allvar,
    /// What it is about, beginning with a small letter: the kind and a colon stand before it.
    pub rubrik: String,
    /// More, with the remedy.
    pub text: Text,
}

impl HtmlSafe for Besked {}

impl Besked {
    /// A notice.
    pub fn ny(allvar: Allvar, rubrik: impl Into<String>, text: impl Into<Text>) -> Self {
        Self {
            allvar,
            rubrik: rubrik.into(),
            text: text.into(),
        }
    }
}

/// The as-of form: a GET to the same page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/perdatum.html")]
pub struct PerDatum {
    /// The heading above it; empty where the form stands in a part of its own.
    pub rubrik: String,
    /// The label: `Visa siffran som den var den`.
    pub etikett: String,
    /// Address without query.
    pub mal: String,
    /// The other parameters of the address, sent along.
    pub dolda: Vec<(String, String)>,
    /// The day shown, `2022-01-20`.
    pub varde: String,
    /// Latest day that can be asked for.
    pub senast: String,
    /// Why the day asked for cannot be shown.
    pub fel: Option<String>,
    /// What was recorded after that day, in a sentence; empty when nothing was.
    pub sedan_dess: Text,
}

impl HtmlSafe for PerDatum {}

/// What was just saved, on the page one comes back to.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "komponent/kvitto.html")]
pub struct Kvitto {
    /// What was saved, and where it can be seen.
    pub text: Text,
}

impl HtmlSafe for Kvitto {}

impl Kvitto {
    /// A receipt.
    pub fn ny(text: impl Into<Text>) -> Self {
        Self { text: text.into() }
    }
}

/// One key figure: label above, condition below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nyckeltal {
    /// The label.
    pub rubrik: String,
    /// The figure or a sign.
    pub tal: TalVy,
    /// What holds for it: of what, until when.
    pub villkor: Text,
}

impl Nyckeltal {
    /// A key figure.
    pub fn ny(rubrik: impl Into<String>, tal: TalVy, villkor: impl Into<Text>) -> Self {
        Self {
            rubrik: rubrik.into(),
            tal,
            villkor: villkor.into(),
        }
    }
}

/// Two to six key figures side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/nyckeltal.html")]
pub struct Nyckeltalsrad {
    /// The figures.
    pub tal: Vec<Nyckeltal>,
}

impl HtmlSafe for Nyckeltalsrad {}

impl Nyckeltalsrad {
    /// The legend: the signs of the figures and of their conditions. A zero is a figure here.
    fn teckenrad(&self) -> Teckenrad {
        let villkor = self.tal.iter().flat_map(|t| t.villkor.siffror());
        let tal = self.tal.iter().map(|t| &t.tal).chain(villkor);
        Teckenrad::av(tal.filter(|t| t.tecken != Some(Tecken::Noll)))
    }
}

impl From<Vec<Nyckeltal>> for Nyckeltalsrad {
    fn from(tal: Vec<Nyckeltal>) -> Self {
        Self { tal }
    }
}

/// Something that happened. Newest first in a list; `nu` marks the latest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handelse {
    /// When, as read: `14 oktober 2021, § 63`.
    pub nar: String,
    /// When, for machines: `2021-10-14`; empty when not known to the day.
    pub datum: String,
    /// What happened, with a link to the paragraph.
    pub text: Text,
    /// The latest.
    pub nu: bool,
}

/// A timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/tidslinje.html")]
pub struct Tidslinje {
    /// The events, newest first.
    pub handelser: Vec<Handelse>,
}

impl HtmlSafe for Tidslinje {}

impl From<Vec<Handelse>> for Tidslinje {
    fn from(handelser: Vec<Handelse>) -> Self {
        Self { handelser }
    }
}

/// A name and what it stands for: facts about a thing, or a definition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fakta {
    /// The name.
    pub namn: String,
    /// What it stands for.
    pub text: Text,
}

impl Fakta {
    /// A fact.
    pub fn ny(namn: impl Into<String>, text: impl Into<Text>) -> Self {
        Self {
            namn: namn.into(),
            text: text.into(),
        }
    }
}

/// Facts, as a list with rules (`fakta`) or as definitions in two columns (`ordlista`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/faktalista.html")]
pub struct Faktalista {
    /// The facts.
    pub fakta: Vec<Fakta>,
    /// Wide: name and text side by side.
    pub breda: bool,
}

impl HtmlSafe for Faktalista {}

impl Faktalista {
    /// Definitions in two columns.
    #[must_use]
    pub fn bred(fakta: Vec<Fakta>) -> Self {
        Self { fakta, breda: true }
    }
}

impl From<Vec<Fakta>> for Faktalista {
    fn from(fakta: Vec<Fakta>) -> Self {
        Self {
            fakta,
            breda: false,
        }
    }
}

/// A finding of granskning, as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FyndRad {
    /// Anchor in the page; also what tells its links from others'.
    pub id: String,
    /// How grave.
    pub allvar: Allvar,
    /// One or two plain sentences.
    pub text: String,
    /// Reason and place, ending with a full stop and without link.
    pub plats: Text,
    /// Where the rows behind it are: `Visa tre rader`.
    pub lank: Option<Lank>,
    /// What the paper says.
    pub angivet: Option<TalVy>,
    /// What the rows give.
    pub beraknat: Option<TalVy>,
    /// Stated minus computed, with unit unless kronor.
    pub skillnad: Option<TalVy>,
    /// Why it waits for nobody: accepted, corrected in the books, or in a replaced paper.
    pub avklarat: Option<Avklarat>,
}

/// That a finding waits for nobody, in a word and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avklarat {
    /// The word: `Accepterad`, `Rättat i böckerna`.
    pub ord: String,
    /// By whom, when and where: a sentence without links.
    pub text: String,
}

/// Findings in columns, stacked on a phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/fynd.html")]
pub struct Fyndlista {
    /// The findings.
    pub fynd: Vec<FyndRad>,
}

impl HtmlSafe for Fyndlista {}

impl From<Vec<FyndRad>> for Fyndlista {
    fn from(fynd: Vec<FyndRad>) -> Self {
        Self { fynd }
    }
}

impl FyndRad {
    /// The three columns, by name.
    fn kolumner(&self) -> [(&'static str, Option<&TalVy>); 3] {
        [
            ("Angivet", self.angivet.as_ref()),
            ("Beräknat", self.beraknat.as_ref()),
            ("Skillnad", self.skillnad.as_ref()),
        ]
    }

    /// The three figures, where they exist.
    pub fn tal(&self) -> impl Iterator<Item = &TalVy> {
        [&self.angivet, &self.beraknat, &self.skillnad]
            .into_iter()
            .flatten()
    }
}

/// A task that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uppgift {
    /// What to do, leading to where it is done.
    pub lank: Lank,
    /// Why, in one line.
    pub under: String,
    /// Which paper, grant or part it concerns.
    pub vad: String,
    /// Deadline as a date: `14 jan`; empty without one.
    pub frist: String,
    /// Deadline in words: `19 dagar sen`.
    pub frist_ord: String,
    /// Late or due today: the words are bold.
    pub brattom: bool,
    /// State.
    pub lage: Lage,
}

/// Tasks of the same urgency.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "komponent/uppgifter.html")]
pub struct UppgiftsGrupp {
    /// Id of the heading.
    pub id: String,
    /// `Försenat`, `I dag`, `Senare i februari`.
    pub rubrik: String,
    /// The tasks.
    pub uppgifter: Vec<Uppgift>,
}

impl HtmlSafe for UppgiftsGrupp {}

/// A tab: another view or a filter of the same page, as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flik {
    /// The words, with the count for filters.
    pub text: String,
    /// The address.
    pub href: String,
    /// This is the view shown.
    pub aktuell: bool,
}

impl Flik {
    /// A tab.
    pub fn ny(text: impl Into<String>, href: impl Into<String>, aktuell: bool) -> Self {
        Self {
            text: text.into(),
            href: href.into(),
            aktuell,
        }
    }
}

/// Tabs, under a name for those who hear them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/flikar.html")]
pub struct Flikrad {
    /// What the tabs choose: `Versioner`, `Filtrera fynd`.
    pub namn: String,
    /// The tabs.
    pub flikar: Vec<Flik>,
}

impl HtmlSafe for Flikrad {}

/// Signs used by findings, for the legend under a list.
pub fn teckenrad_av_fynd<'a>(fynd: impl IntoIterator<Item = &'a FyndRad>) -> Teckenrad {
    Teckenrad::av(fynd.into_iter().flat_map(FyndRad::tal))
}
