//! Konflikt: somebody else saved first.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::Formular;
use crate::komponent::Lank;
use crate::ram::{Ram, Sidhuvud};

/// Both values of every field that two persons changed, for the second to choose between.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/konflikt.html")]
pub struct Konflikt {
    /// Frame.
    pub ram: Ram,
    /// Head: who saved and when in the lead.
    pub huvud: Sidhuvud,
    /// The form: the new row version, and the fields that nobody else changed as hidden fields.
    pub formular: Formular,
    /// The fields that differ. Posts each field by its name with the chosen value.
    pub rader: Vec<KonfliktRad>,
    /// Back, leaving the other's values.
    pub avbryt_href: String,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KonfliktRad {
    /// Name of the field in the form.
    pub namn: String,
    /// Its label.
    pub etikett: String,
    /// What you wrote; chosen from the start.
    pub ditt: String,
    /// What the other saved.
    pub deras: String,
    /// Yours and theirs in words, where the field holds one of a list's codes.
    pub ord: Option<(String, String)>,
}

impl KonfliktRad {
    fn ditt_i_ord(&self) -> &str {
        self.ord.as_ref().map_or(&self.ditt, |(ditt, _)| ditt)
    }

    fn deras_i_ord(&self) -> &str {
        self.ord.as_ref().map_or(&self.deras, |(_, deras)| deras)
    }
}

impl Sida for Konflikt {
    const NAMN: &'static str = "konflikt";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::ram("Medel"),
            huvud: Sidhuvud::ny(
                "Någon annan har ändrat",
                "Nämndredovisaren sparade klockan 14.32, medan du skrev. Inget har gått förlorat.",
            )
            .overrad("Fördelning · Uppsala · 2022")
            .under(vec![Lank::ny("Fördelning", "/medel/1/fordelning")]),
            formular: exempel::formular("/medel/1/fordelning")
                .med_version(8)
                .med_dolt("b-1", "5"),
            rader: vec![
                KonfliktRad {
                    namn: "belopp-3".into(),
                    etikett: "Meningsfullt lovjobb, nya medel 2022".into(),
                    ditt: "700\u{a0}000".into(),
                    deras: "720\u{a0}000".into(),
                    ord: None,
                },
                KonfliktRad {
                    namn: "orsak".into(),
                    etikett: "Varför ändras beloppen?".into(),
                    ditt: "Färre unga väntas.".into(),
                    deras: "Samma nivå som i fjol.".into(),
                    ord: None,
                },
            ],
            avbryt_href: "/medel/1/fordelning".into(),
        };
        vec![("ifylld", ifylld)]
    }
}
