//! Figures on a page: a number that leads to its derivation, or one of five signs.

use askama::Template;
use askama::filters::HtmlSafe;

/// The five ways of showing that there is no amount to show. They are never blank and never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tecken {
    /// Known to be nothing.
    Noll,
    /// Cannot be found out.
    Okant,
    /// The decision has not been taken.
    EjBeslutat,
    /// Expected, but not reported yet.
    EjInrapporterat,
    /// So small that it could point somebody out.
    Sekretess,
}

impl Tecken {
    /// The mark itself, as printed.
    #[must_use]
    pub fn marke(self) -> &'static str {
        match self {
            Self::Noll => "0",
            Self::Okant => "–",
            Self::EjBeslutat => "◇",
            Self::EjInrapporterat => "□",
            Self::Sekretess => "..",
        }
    }

    /// The word a screen reader says instead of the mark.
    #[must_use]
    pub fn ord(self) -> &'static str {
        match self {
            Self::Noll => "noll",
            Self::Okant => "okänt",
            Self::EjBeslutat => "ej beslutat",
            Self::EjInrapporterat => "ej inrapporterat",
            Self::Sekretess => "sekretess",
        }
    }

    /// The legend line: word and meaning.
    #[must_use]
    pub fn forklaring(self) -> &'static str {
        match self {
            Self::Noll => "noll: vi vet att det är inget",
            Self::Okant => "okänt: uppgiften går inte att få fram",
            Self::EjBeslutat => "ej beslutat: beslutet är inte fattat",
            Self::EjInrapporterat => "ej inrapporterat: uppgiften väntas",
            Self::Sekretess => "sekretess: talet är så litet att det kan peka ut någon",
        }
    }
}

/// A figure: formatted text with an optional unit that leads to its derivation, or a sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/tal.html")]
pub struct TalVy {
    /// The formatted number, such as `1 234 567` with U+00A0 and U+2212. Empty for a sign.
    pub text: String,
    /// Unit after the number where the caption does not give it: `kr`, `personer`.
    pub enhet: Option<String>,
    /// Where the figure is derived. Only figures that are their own source may lack it.
    pub href: Option<String>,
    /// Where a sum has parts that are missing: the sum of those that are known, formatted.
    pub kand_del: Option<String>,
    /// A sum that a year is left out of, because nobody has decided it.
    pub utan_obeslutat: bool,
    /// The figure rests on a preliminary amount.
    pub preliminar: bool,
    /// The figure rests on a correction made after the grant's year was closed.
    pub efter_avslut: bool,
    /// Which sign is shown; `Noll` also when `text` is `0`.
    pub tecken: Option<Tecken>,
}

impl HtmlSafe for TalVy {}

impl From<utfall_domain::varde::Tecken> for Tecken {
    fn from(tecken: utfall_domain::varde::Tecken) -> Self {
        use utfall_domain::varde::Tecken as Fran;
        match tecken {
            Fran::Okant => Self::Okant,
            Fran::EjBeslutat => Self::EjBeslutat,
            Fran::EjInrapporterat => Self::EjInrapporterat,
            Fran::Sekretess => Self::Sekretess,
        }
    }
}

impl TalVy {
    /// A value of the ledger: the number as `format` writes it, leading to `href`, or its sign.
    pub fn av_varde(
        varde: utfall_domain::varde::Varde,
        format: impl FnOnce(i64) -> String,
        href: impl Into<String>,
    ) -> Self {
        match (varde.kant(), varde.tecken()) {
            (Some(tal), _) => Self::ny(format(tal), href),
            (None, Some(tecken)) => Self::tecken(tecken.into()).lank(href),
            (None, None) => Self::tecken(Tecken::Okant),
        }
    }

    /// A figure that leads to its derivation. A `0` counts as [`Tecken::Noll`] in legends.
    #[must_use]
    pub fn ny(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            href: Some(href.into()),
            ..Self::utan_lank(text)
        }
    }

    /// A figure that is its own source: an uncertainty, a change, a running number.
    #[must_use]
    pub fn utan_lank(text: impl Into<String>) -> Self {
        let text = text.into();
        let tecken = (text == "0").then_some(Tecken::Noll);
        Self {
            text,
            tecken,
            ..Self::default()
        }
    }

    /// A sign instead of a figure.
    #[must_use]
    pub fn tecken(tecken: Tecken) -> Self {
        match tecken {
            Tecken::Noll => Self::utan_lank("0"),
            annat => Self {
                tecken: Some(annat),
                ..Self::default()
            },
        }
    }

    /// The same figure with a unit after it.
    #[must_use]
    pub fn enhet(mut self, enhet: impl Into<String>) -> Self {
        self.enhet = Some(enhet.into());
        self
    }

    /// The sum of the known parts, where a sign stands for the whole.
    #[must_use]
    pub fn kand_del(mut self, text: impl Into<String>) -> Self {
        self.kand_del = Some(text.into());
        self
    }

    /// What a reader must know of a sum of which a part is missing, in words.
    #[must_use]
    pub fn forbehall(&self) -> Option<String> {
        let tal = self.ersattning().is_none();
        let ord: Vec<String> = [
            self.kand_del
                .as_ref()
                .map(|kand| format!("känd del {kand}")),
            (self.utan_obeslutat && tal && self.kand_del.is_none())
                .then(|| "ej beslutat ingår inte".to_owned()),
            (self.preliminar && (tal || self.kand_del.is_some())).then(|| "preliminärt".to_owned()),
            (self.efter_avslut && (tal || self.kand_del.is_some()))
                .then(|| "rättat efter avslut".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!ord.is_empty()).then(|| ord.join(", "))
    }

    /// Makes the figure, or the sign, lead somewhere.
    #[must_use]
    pub fn lank(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// The mark to draw and the word to say, unless there is a number.
    fn ersattning(&self) -> Option<Tecken> {
        self.tecken.filter(|t| *t != Tecken::Noll)
    }
}

/// The legend under a table or a list of figures: exactly the signs used there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/teckenrad.html")]
pub struct Teckenrad {
    tecken: Vec<Tecken>,
}

impl HtmlSafe for Teckenrad {}

impl Teckenrad {
    /// Collects the signs of these figures, in fixed order. Zeros alone need no legend.
    pub fn av<'a>(tal: impl IntoIterator<Item = &'a TalVy>) -> Self {
        let mut tecken: Vec<Tecken> = tal.into_iter().filter_map(|t| t.tecken).collect();
        tecken.sort_unstable();
        tecken.dedup();
        if tecken == [Tecken::Noll] {
            tecken.clear();
        }
        Self { tecken }
    }

    /// The signs, in legend order.
    #[must_use]
    pub fn tecken_i_raden(&self) -> &[Tecken] {
        &self.tecken
    }
}

/// An integer with U+00A0 between thousands and U+2212 as minus: `−1 234 567`.
#[must_use]
pub fn heltal(tal: i64) -> String {
    let siffror = tal.unsigned_abs().to_string();
    let mut ut = String::with_capacity(siffror.len() + 8);
    if tal < 0 {
        ut.push('\u{2212}');
    }
    for (i, siffra) in siffror.chars().enumerate() {
        if i > 0 && (siffror.len() - i).is_multiple_of(3) {
            ut.push('\u{a0}');
        }
        ut.push(siffra);
    }
    ut
}

#[cfg(test)]
mod tests;
