//! Whose accounts a file is of, beside those that have been read in.

use super::anmarkning::Radanm;
use super::laddat::Bokfort;
use std::collections::{BTreeMap, HashMap};
use utfall_domain::journal::Hash;
use utfall_domain::medel::verifikation::{
    Bokforingsar, Inlasning, Inlasningslage, Kand, NyInlasning,
};

/// Why a company must be confirmed by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NyEnhet {
    /// Its organisation number, as the file says it; empty when it does not.
    pub orgnr: String,
    /// It has been read in before, or is in the register.
    pub kand: bool,
    /// The name to write.
    pub namn: String,
    /// The companies that have been read in, in words; empty when there are none.
    pub andra: String,
    /// How many of its vouchers are booked already, to the number, day, accounts and amounts,
    /// of another company, and of which; `None` when none is.
    pub dubbla: Option<(usize, String)>,
}

impl NyEnhet {
    /// Why it is asked, in sentences.
    #[must_use]
    pub fn varfor(&self) -> String {
        let dubbelt = self.dubbla.as_ref().map(|(antal, annat)| {
            let vad = match antal {
                1 => "En av filens verifikationer finns".to_owned(),
                n => format!("{n} av filens verifikationer finns"),
            };
            format!(
                "{vad} redan inläst för {annat}, med samma nummer, dag, konton och belopp. Är \
                 det samma bokföring räknas den två gånger: ångra då den inläsningen först."
            )
        });
        if let (Some(dubbelt), true) = (&dubbelt, self.kand) {
            return dubbelt.clone();
        }
        let vem = match self.orgnr.as_str() {
            "" => "Filen säger inte vilket organisationsnummer den gäller.".to_owned(),
            nr => format!("Bokföring för {nr} har inte lästs in här förut."),
        };
        match dubbelt {
            Some(dubbelt) => format!("{vem} {dubbelt}"),
            None => vem,
        }
    }
}

/// The vouchers of the same days that other companies have in the books: what a file of this one
/// may hold once more under another number.
#[derive(Debug, Default)]
pub(super) struct Andras {
    alla: HashMap<(Hash, Hash), usize>,
    foretag: Vec<String>,
    traffar: BTreeMap<usize, usize>,
}

impl Andras {
    /// The years in force of other companies, with days in common with this one.
    pub(super) fn aren(tidigare: &[Inlasning], ar: &Bokforingsar) -> Vec<(Bokforingsar, String)> {
        let mut ut: Vec<(Bokforingsar, String)> = Vec::new();
        for i in tidigare {
            let annans = i.lage == Inlasningslage::Galler
                && i.ar.orgnr != ar.orgnr
                && i.ar.fran <= ar.till
                && ar.fran <= i.ar.till;
            if annans && !ut.iter().any(|(har, _)| *har == i.ar) {
                ut.push((i.ar.clone(), format!("{} ({})", i.foretag, i.ar.orgnr)));
            }
        }
        ut
    }

    /// Adds what is known of one of them.
    pub(super) fn lagg_till(&mut self, foretag: String, kanda: Vec<Kand>) {
        let nr = self.foretag.len();
        self.foretag.push(foretag);
        self.alla
            .extend(kanda.into_iter().map(|k| ((k.identitet, k.innehall), nr)));
    }

    /// A new or changed voucher of the file.
    pub(super) fn se(&mut self, identitet: &Hash, innehall: &Hash) {
        if let Some(nr) = self.alla.get(&(*identitet, *innehall)) {
            let antal = self.traffar.entry(*nr).or_default();
            *antal = antal.saturating_add(1);
        }
    }

    /// The company with the most of them, and how many.
    pub(super) fn flest(&self) -> Option<(usize, String)> {
        let (nr, antal) = self.traffar.iter().max_by_key(|(_, antal)| **antal)?;
        Some((*antal, self.foretag.get(*nr)?.clone()))
    }
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

/// A company is known when its accounts have been read in before, or it is in the register. Also
/// then it is asked about when what it holds is booked of another one already.
pub(super) fn ny_enhet(
    bokfort: &Bokfort,
    huvud: &NyInlasning,
    skrivet: Option<&str>,
    dubbla: Option<(usize, String)>,
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
    let kand = inlast || (registrerad && !orgnr.is_empty());
    if kand && dubbla.is_none() {
        return None;
    }
    let namn = match huvud.foretag.trim() {
        "" => bokfort.bocker.huvudman.namn.clone(),
        namn => namn.to_owned(),
    };
    Some(NyEnhet {
        orgnr: skrivet.unwrap_or(orgnr).to_owned(),
        kand,
        namn,
        andra: andra(bokfort),
        dubbla,
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
