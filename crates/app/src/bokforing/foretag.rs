//! Whose accounts a file is of, beside those that have been read in.

use super::anmarkning::Radanm;
use super::laddat::Bokfort;
use utfall_domain::medel::verifikation::{Bokforingsar, Inlasning, Inlasningslage, NyInlasning};

/// Why a company must be confirmed by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NyEnhet {
    /// Its organisation number, as the file says it; empty when it does not.
    pub orgnr: String,
    /// The name to write.
    pub namn: String,
    /// The companies that have been read in, in words; empty when there are none.
    pub andra: String,
}

/// The same days have been read in of the same company, or of one that may be it.
pub(super) fn krock(tidigare: &[Inlasning], ar: &Bokforingsar) -> Option<Radanm> {
    let gallande = tidigare.iter().filter(|i| i.lage == Inlasningslage::Galler);
    if let Some(annan) = gallande.clone().find(|i| i.ar.kan_vara_samma(ar)) {
        return Some(utan_nummer(annan, ar));
    }
    let annan = gallande.clone().find(|i| i.ar.krockar(ar))?;
    let text = format!(
        "filens räkenskapsår {}–{} har dagar gemensamma med ett annat år som är inläst, {}–{}",
        ar.fran, ar.till, annan.ar.fran, annan.ar.till
    );
    let gor = "Exportera samma räkenskapsår som förut. Är räkenskapsåret omlagt: ångra den \
               tidigare inläsningen först.";
    Some(Radanm::ny(0, "annat-ar-inlast", text, gor))
}

/// The same days are there, of a company that may be this one: one of the two has no number.
fn utan_nummer(annan: &Inlasning, ar: &Bokforingsar) -> Radanm {
    let (text, gor) = if ar.orgnr.is_empty() {
        (
            format!(
                "filen säger inte vilket organisationsnummer den gäller, och för samma dagar är \
                 bokföringen för {} redan inläst",
                annan.ar.orgnr
            ),
            "Välj filen igen och skriv företagets organisationsnummer.",
        )
    } else {
        (
            format!(
                "för samma dagar är {} redan inläst, utan organisationsnummer: är det samma \
                 företag räknas allt två gånger",
                annan.filnamn
            ),
            "Ångra den inläsningen först. Gäller den ett annat företag: läs in den igen och skriv \
             det företagets organisationsnummer.",
        )
    };
    Radanm::ny(0, "utan-nummer-inlast", text, gor)
}

/// A company is known when its accounts have been read in before, or it is in the register.
pub(super) fn ny_enhet(
    bokfort: &Bokfort,
    huvud: &NyInlasning,
    skrivet: Option<&str>,
) -> Option<NyEnhet> {
    let orgnr = &huvud.ar.orgnr;
    let inlast = bokfort.inlasningar.iter().any(|i| {
        i.ar.orgnr == *orgnr && matches!(i.lage, Inlasningslage::Galler | Inlasningslage::Angrad)
    });
    let registrerad = bokfort.bocker.organisationer.iter().any(|o| {
        o.orgnr
            .as_deref()
            .is_some_and(|nr| utfall_domain::medel::verifikation::orgnr(nr) == *orgnr)
    });
    if inlast || (registrerad && !orgnr.is_empty()) {
        return None;
    }
    let namn = match huvud.foretag.trim() {
        "" => bokfort.bocker.huvudman.namn.clone(),
        namn => namn.to_owned(),
    };
    Some(NyEnhet {
        orgnr: skrivet.unwrap_or(orgnr).to_owned(),
        namn,
        andra: andra(bokfort),
    })
}

/// The companies whose accounts are in the books.
fn andra(bokfort: &Bokfort) -> String {
    let gallande = bokfort.inlasningar.iter();
    let mut ut: Vec<String> = gallande
        .filter(|i| i.lage == Inlasningslage::Galler)
        .map(|i| format!("{} ({})", i.foretag, i.ar.orgnr))
        .collect();
    ut.sort();
    ut.dedup();
    ut.join(", ")
}
