//! Forms. A posting form cannot be built without CSRF token and idempotency key, and its start
//! tag is the only place in the crate that writes `method="post"`.

use askama::Template;
use askama::filters::HtmlSafe;

/// What every posting form carries. `{{ formular }}` writes the start tag and the hidden fields;
/// the template closes it with `</form>`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "komponent/formular.html")]
pub struct Formular {
    mal: String,
    csrf: String,
    idempotens: String,
    version: Option<i64>,
    dolda: Vec<(String, String)>,
    filer: bool,
    klass: &'static str,
}

impl HtmlSafe for Formular {}

impl Formular {
    /// A form that posts to `mal`, with the session's CSRF token and a fresh idempotency key.
    pub fn ny(
        mal: impl Into<String>,
        csrf: impl Into<String>,
        idempotens: impl Into<String>,
    ) -> Self {
        Self {
            mal: mal.into(),
            csrf: csrf.into(),
            idempotens: idempotens.into(),
            version: None,
            dolda: Vec::new(),
            filer: false,
            klass: "",
        }
    }

    /// The row version the user saw: what a person edits is saved only over that version.
    #[must_use]
    pub fn med_version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// One more hidden field.
    #[must_use]
    pub fn med_dolt(mut self, namn: impl Into<String>, varde: impl Into<String>) -> Self {
        self.dolda.push((namn.into(), varde.into()));
        self
    }

    /// The form sends files.
    #[must_use]
    pub fn med_filer(mut self) -> Self {
        self.filer = true;
        self
    }

    /// The form stands within a line of text or links.
    #[must_use]
    pub(crate) fn i_raden(&self) -> Self {
        Self {
            klass: "irad",
            ..self.clone()
        }
    }
}

/// What a field takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FaltSlag {
    /// One line of text.
    #[default]
    Text,
    /// Words about a person: the browser neither remembers them nor sends them to be spelled.
    Person,
    /// A number or an amount: digits on a phone, aligned figures.
    Tal,
    /// A civil date.
    Datum,
    /// E-mail or account name, filled in by the browser.
    Konto,
    /// A password, filled in by the browser.
    Losenord,
    /// A password that is being chosen.
    NyttLosenord,
    /// One line of text, with names already in use to choose from.
    Forslag(Vec<String>),
    /// Words to search for.
    Sok,
    /// Several lines; how many are shown.
    Lang(u8),
    /// One of several: value and words.
    Val(Vec<(String, String)>),
    /// One of several in groups with names; a group without a name stands by itself.
    Grupper(Vec<(String, Vec<(String, String)>)>),
    /// Yes or no; the label stands after the box.
    Kryss,
    /// A file; which kinds (`.json`).
    Fil(String),
}

/// A field with label, help and, when it stopped the form, what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/falt.html")]
pub struct Falt {
    /// Name in the form; also the element's id, unless it has one of its own.
    pub namn: String,
    /// The label.
    pub etikett: String,
    /// One sentence of help.
    pub hjalp: Option<String>,
    /// What is in the field. For [`FaltSlag::Kryss`]: `ja` or empty.
    pub varde: String,
    /// What is wrong and how to put it right. The same words stand in the error summary.
    pub fel: Option<String>,
    /// What the field takes.
    pub slag: FaltSlag,
    /// The field may be left empty; said after the label.
    pub frivilligt: bool,
    /// The field stands in a filter: may be left empty, and that goes without saying.
    filter: bool,
    /// Id, where several forms in a page have a field of this name.
    id: Option<String>,
    /// Id of the text that says what is wrong, where it concerns more than this field.
    fel_vid: Option<String>,
}

impl HtmlSafe for Falt {}

impl Falt {
    /// A field with name and label.
    #[must_use]
    pub fn ny(namn: impl Into<String>, etikett: impl Into<String>, slag: FaltSlag) -> Self {
        Self {
            namn: namn.into(),
            etikett: etikett.into(),
            slag,
            ..Self::default()
        }
    }

    /// With this in it.
    #[must_use]
    pub fn varde(mut self, varde: impl Into<String>) -> Self {
        self.varde = varde.into();
        self
    }

    /// With a sentence of help.
    #[must_use]
    pub fn hjalp(mut self, hjalp: impl Into<String>) -> Self {
        self.hjalp = Some(hjalp.into());
        self
    }

    /// With an id of its own, where several forms in a page have a field of this name.
    #[must_use]
    pub fn med_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The element's id, for links to the field.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.namn)
    }

    /// With what is wrong.
    #[must_use]
    pub fn fel(mut self, fel: impl Into<String>) -> Self {
        self.fel = Some(fel.into());
        self
    }

    /// Wrong together with others: the text with this id says how.
    #[must_use]
    pub(crate) fn fel_vid(mut self, id: impl Into<String>) -> Self {
        self.fel_vid = Some(id.into());
        self
    }

    /// May be left empty.
    #[must_use]
    pub fn frivilligt(mut self) -> Self {
        self.frivilligt = true;
        self
    }

    /// The same field in a filter.
    /// One of several ways to say the same: none of them is demanded, and none is marked.
    #[must_use]
    pub fn ettdera(&self) -> Self {
        self.som_filter()
    }

    pub(crate) fn som_filter(&self) -> Self {
        Self {
            filter: true,
            frivilligt: false,
            ..self.clone()
        }
    }

    /// Ids of help and error, for `aria-describedby`.
    fn beskrivs_av(&self) -> String {
        let mut ut = self.fel_vid.clone().unwrap_or_default();
        for (finns, svans) in [(self.fel.is_some(), "fel"), (self.hjalp.is_some(), "hjalp")] {
            if finns {
                if !ut.is_empty() {
                    ut.push(' ');
                }
                ut.push_str(self.id());
                ut.push('-');
                ut.push_str(svans);
            }
        }
        ut
    }

    /// The attributes that every kind of field shares.
    fn attribut(&self) -> FaltAttribut<'_> {
        FaltAttribut {
            id: self.id(),
            namn: &self.namn,
            fel: self.fel.is_some() || self.fel_vid.is_some(),
            beskrivs_av: self.beskrivs_av(),
            kravs: !self.frivilligt
                && !self.filter
                && !matches!(self.slag, FaltSlag::Kryss | FaltSlag::Sok),
        }
    }
}

#[derive(Template)]
#[template(path = "komponent/faltattribut.html")]
struct FaltAttribut<'a> {
    id: &'a str,
    namn: &'a str,
    fel: bool,
    beskrivs_av: String,
    kravs: bool,
}

impl HtmlSafe for FaltAttribut<'_> {}

/// One error: the field it concerns (id in the page) and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaltFel {
    /// Id of the field, without `#`. Empty when the whole form is concerned.
    pub falt: String,
    /// What is wrong and how to put it right.
    pub text: String,
}

/// The error summary: first in main, announced, each line leads to its field.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "komponent/felsammanfattning.html")]
pub struct Felsammanfattning {
    /// What could not be done: `Beloppet sparades inte`.
    pub rubrik: String,
    /// The errors, in page order.
    pub fel: Vec<FaltFel>,
}

impl HtmlSafe for Felsammanfattning {}

impl Felsammanfattning {
    /// Collects the errors of these fields; `None` when there are none.
    pub fn av<'a>(
        rubrik: impl Into<String>,
        falt: impl IntoIterator<Item = &'a Falt>,
    ) -> Option<Self> {
        let fel: Vec<FaltFel> = falt
            .into_iter()
            .filter_map(|f| {
                f.fel.as_ref().map(|text| FaltFel {
                    falt: f.id().to_owned(),
                    text: text.clone(),
                })
            })
            .collect();
        (!fel.is_empty()).then(|| Self {
            rubrik: rubrik.into(),
            fel,
        })
    }

    /// A summary of one error that belongs to no field.
    #[must_use]
    pub fn utan_falt(rubrik: impl Into<String>, text: impl Into<String>) -> Self {
        let fel = vec![FaltFel {
            falt: String::new(),
            text: text.into(),
        }];
        Self {
            rubrik: rubrik.into(),
            fel,
        }
    }
}
