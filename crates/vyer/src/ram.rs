//! What surrounds a page: the frame behind sign-in and the public frame.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::formular::{Felsammanfattning, Formular};
use crate::komponent::{Flikrad, Lank, Text};

/// One word of the main menu, in the order of the route table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MenyVal {
    /// The word.
    pub namn: String,
    /// Where it leads.
    pub href: String,
    /// How this page relates to it.
    pub aktuell: Aktuell,
}

/// Whether a link is the page itself, its room, or neither (`aria-current`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aktuell {
    /// Another page.
    #[default]
    Nej,
    /// The page lies within what the link leads to.
    Inom,
    /// The link leads to this very page.
    Sidan,
}

impl Aktuell {
    /// Value of `aria-current`, if any.
    #[must_use]
    pub fn aria(self) -> Option<&'static str> {
        match self {
            Self::Nej => None,
            Self::Inom => Some("true"),
            Self::Sidan => Some("page"),
        }
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inloggad {
    /// The role as shown: `Ekonom`.
    pub roll: String,
    /// Page with what the role may do.
    pub behorighet_href: String,
    /// The sign-out form; a POST like any other.
    pub logga_ut: Formular,
}

/// The frame of every page behind sign-in (and of the sign-in page, with nobody signed in).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ram {
    /// The huvudman whose data the page shows, or the installation's name before sign-in.
    pub huvudman: String,
    /// An invented huvudman: said on every page, on screen and on paper.
    pub pahittat: bool,
    /// Where the wordmark leads.
    pub hem_href: String,
    /// Who is signed in.
    pub inloggad: Option<Inloggad>,
    /// The main menu.
    pub meny: Vec<MenyVal>,
    /// The parts of the room that the page lies in; empty where the room is one page.
    pub avdelningar: Vec<MenyVal>,
    /// The pages that share a part of the room with this one; empty where it is alone.
    pub flikar: Flikrad,
    /// Number of tasks and where they are listed.
    pub att_gora: Option<(usize, String)>,
    /// Address of the search page, for roles that may search.
    pub sok_href: Option<String>,
    /// Links at the foot of the page.
    pub fot: Vec<Lank>,
    /// The day the page was made, `2 februari 2022`; stands on prints.
    pub dag: String,
    /// What stopped the form that was sent, first in the page.
    pub fel: Option<Felsammanfattning>,
}

/// The frame of public pages: no cookies, no scripts, no sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublikRam {
    /// The publisher, empty on the page that lists publishers.
    pub huvudman: String,
    /// An invented publisher.
    pub pahittat: bool,
    /// Where the wordmark leads: the list of publishers.
    pub hem_href: String,
    /// The publisher's pages.
    pub meny: Vec<MenyVal>,
    /// Links at the foot of the page.
    pub fot: Vec<Lank>,
    /// The day the page was made; stands on prints.
    pub dag: String,
}

/// One step of the path to a page. The last has no link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/smulor.html")]
pub struct Smulor {
    /// The pages above, outermost first.
    pub ovanfor: Vec<Lank>,
    /// The page itself.
    pub har: String,
}

impl HtmlSafe for Smulor {}

impl Smulor {
    /// A path: the pages above, then this page.
    #[must_use]
    pub fn ny(ovanfor: Vec<Lank>, har: impl Into<String>) -> Self {
        Self {
            ovanfor,
            har: har.into(),
        }
    }
}

/// The head of a page: where it is, what it is, and the answer first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/sidhuvud.html")]
pub struct Sidhuvud {
    /// The path to the page, from level two.
    pub smulor: Option<Smulor>,
    /// State or as-of date, above the heading.
    pub overrad: String,
    /// The thing itself; also the page's title.
    pub rubrik: String,
    /// The answer, in one to three sentences.
    pub ingress: Text,
}

impl HtmlSafe for Sidhuvud {}

impl Sidhuvud {
    /// A head with heading and lead.
    pub fn ny(rubrik: impl Into<String>, ingress: impl Into<Text>) -> Self {
        Self {
            rubrik: rubrik.into(),
            ingress: ingress.into(),
            ..Self::default()
        }
    }

    /// With a line above the heading.
    #[must_use]
    pub fn overrad(mut self, overrad: impl Into<String>) -> Self {
        self.overrad = overrad.into();
        self
    }

    /// Below these pages.
    #[must_use]
    pub fn under(mut self, ovanfor: Vec<Lank>) -> Self {
        self.smulor = Some(Smulor::ny(ovanfor, self.rubrik.clone()));
        self
    }
}
