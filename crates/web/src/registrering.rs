//! Entering by hand: a grant, an initiative and a fact. For those who have no paper to read
//! in, and for what comes after it.

mod bidrag;
mod insats;
mod kvitto;
pub(crate) mod tal;
mod uppgift;

pub use bidrag::{nytt_bidrag, spara_bidrag};
pub use insats::{ny_insats, spara_insats};
pub use kvitto::{kvitto, nyss_upplagd};
pub use uppgift::{om_bidrag, om_insats, spara_om_bidrag, spara_om_insats};

use crate::adress::Adress;
use crate::anrop::Inloggat;
use crate::felen::{med_fel, sammanfattning};
use utfall_app::Bok;
use utfall_domain::organisation::Organisation;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// What a form page says besides its fields.
pub(crate) struct Blankett {
    /// The heading.
    pub rubrik: String,
    /// What the page is for.
    pub ingress: &'static str,
    /// The pages above.
    pub under: Vec<Lank>,
    /// Where it posts.
    pub mal: Adress,
    /// The words of the button.
    pub knapp: &'static str,
    /// What saving does.
    pub foljd: &'static str,
    /// Said first when something stopped it.
    pub inte_sparat: &'static str,
    /// Back without saving.
    pub avbryt: Adress,
}

impl Blankett {
    /// The page, with what was typed and each error at its field.
    pub fn sida(self, a: &Inloggat, delar: Vec<Faltdel>, fel: &[Problem]) -> Registrering {
        let mut sida = Registrering {
            ram: a.ram(),
            huvud: Sidhuvud::ny(self.rubrik, self.ingress).under(self.under),
            formular: a.ett_formular(self.mal),
            delar,
            knapp: self.knapp.to_owned(),
            foljd: Text::from(self.foljd),
            avbryt_href: self.avbryt.into(),
        };
        for falt in sida.delar.iter_mut().flat_map(|del| &mut del.falt) {
            *falt = med_fel(std::mem::take(falt), fel);
        }
        sida.ram.fel = sammanfattning(self.inte_sparat, sida.falt(), fel);
        sida
    }
}

/// A field with what was typed in it.
pub(crate) fn falt(a: &Inloggat, namn: &str, etikett: &str, slag: FaltSlag) -> Falt {
    let varde = a.formular.som_sant(namn).unwrap_or("");
    Falt::ny(namn, etikett, slag).varde(varde)
}

/// A field with what was typed in it, or with what the link to the form says of it: only for
/// those that a page here links to. Anybody can write a link, and a reason, an amount or a
/// decision that came with it looks like one's own.
pub(crate) fn lankat(a: &Inloggat, namn: &str, etikett: &str, slag: FaltSlag) -> Falt {
    let falt = falt(a, namn, etikett, slag);
    match a.formular.som_sant(namn) {
        Some(_) => falt,
        None => falt.varde(a.fraga.text(namn)),
    }
}

/// Where what is entered comes from.
pub(crate) fn orsaksfalt(a: &Inloggat) -> Falt {
    falt(a, "orsak", "Varifrån kommer uppgiften?", FaltSlag::Lang(2)).hjalp(
        "Till exempel ett beslut eller ett brev. Det syns för alla som följer siffran bakåt. \
         Skriv inga namn på personer.",
    )
}

/// The names in the register, to choose from.
pub(crate) fn organisationer(bok: &Bok) -> FaltSlag {
    let namn = bok.organisationer.iter().map(Organisation::namn_nu);
    FaltSlag::Forslag(namn.map(str::to_owned).collect())
}

/// One of several, the first of which chooses nothing.
pub(crate) fn val(inget: &str, alla: impl IntoIterator<Item = (String, String)>) -> FaltSlag {
    let inget = (String::new(), inget.to_owned());
    FaltSlag::Val(std::iter::once(inget).chain(alla).collect())
}

/// A year that may be left out.
pub(crate) fn ar(a: &Inloggat, namn: &str) -> Result<Option<i16>, Problem> {
    let skrivet = a.formular.text(namn);
    if skrivet.is_empty() {
        return Ok(None);
    }
    skrivet.parse().map(Some).map_err(|_| {
        Problem::ogiltigt(
            "ar-olasligt",
            format!("Året ”{skrivet}” går inte att läsa."),
            "Skriv fyra siffror, till exempel 2026.",
        )
        .i_falt(namn)
    })
}
