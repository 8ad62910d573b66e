//! Whose accounts a file is of, beside those that have been read in.

use super::anmarkning::Radanm;
use super::fil::Funnen;
use super::laddat::Bokfort;
use jiff::civil::Date;
use std::collections::BTreeMap;
use utfall_domain::id::InlasningId;
use utfall_domain::journal::Hash;
use utfall_domain::medel::verifikation::{
    Bokforingsar, Inlasning, Inlasningslage, NyInlasning, med_streck,
};
use utfall_domain::pengar::grupperat;
use utfall_domain::problem::Problem;

/// So many coincidences may be just that: a monthly fee of a round sum, first in the year.
const FA: usize = 3;

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

impl NyEnhet {
    /// Why it is asked, in a sentence.
    #[must_use]
    pub fn varfor(&self) -> String {
        match self.orgnr.as_str() {
            "" => "Filen säger inte vilket organisationsnummer den gäller.".to_owned(),
            nr => format!("Bokföring för {nr} har inte lästs in här förut."),
        }
    }
}

/// Vouchers of a file that are booked already, of another company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dubbla {
    /// How many.
    pub antal: usize,
    /// How many new and changed ones the file has.
    pub av: usize,
    /// The company that has the most of them.
    pub foretag: String,
}

impl Dubbla {
    /// Whether they are more than a coincidence: three, and a tenth of what the file has to say.
    pub(super) const fn ar_manga(&self) -> bool {
        self.antal >= FA && self.antal.saturating_mul(10) >= self.av
    }

    /// That they are read in `redan` or `också`.
    fn vad(&self, hur: &str) -> String {
        let foretag = &self.foretag;
        match self.antal {
            1 => format!("en av filens verifikationer är {hur} inläst för {foretag}"),
            n => {
                let n = grupperat(u64::try_from(n).unwrap_or(u64::MAX));
                format!("{n} av filens verifikationer är {hur} inlästa för {foretag}")
            }
        }
    }

    /// Why it is asked, in sentences.
    #[must_use]
    pub fn varfor(&self) -> String {
        let text = format!(
            "{}, med samma nummer, dag, konton, objekt och belopp",
            self.vad("redan")
        );
        let fortsatt = "Är det samma bokföring räknas den två gånger: ångra då den inläsningen \
                        först.";
        format!("{} {fortsatt}", super::mening(&text))
    }

    /// The same where they are few: said, and not asked.
    pub(super) fn anmarkning(&self) -> Radanm {
        let gor = "Se efter om det är samma händelse: då räknas den två gånger.";
        Radanm::ny(0, "finns-hos-annan", self.vad("också"), gor)
    }

    /// They are read in once more only when somebody says that they are others, and how many
    /// there were then: an answer that is left in a script is of that file and not of the next.
    pub(super) fn prova(&self, sagt: Option<usize>) -> Result<(), Problem> {
        if sagt == Some(self.antal) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "sie-dubbelt",
            self.varfor(),
            "Är det en annan bokföring: säg att de ska räknas ändå.",
        )
        .i_falt("dubbla"))
    }
}

/// The company of each of some imports: its number and what it is called.
type Foretag = BTreeMap<InlasningId, (String, String)>;

/// The new and changed vouchers of a file, beside what other companies have in the books of the
/// same days: what a file of this one may hold once more under another number. There may be a
/// million of those, and they are not held here.
#[derive(Debug, Default)]
pub(super) struct Andras {
    andra: Foretag,
    spar: Vec<u128>,
    dagar: Option<(Date, Date)>,
    antal: usize,
}

impl Andras {
    /// Beside the imports in force of other companies, with days in common with the file's year.
    pub(super) fn ny(tidigare: &[Inlasning], ar: Option<&Bokforingsar>) -> Self {
        let annans = |i: &&Inlasning, ar: &Bokforingsar| {
            i.lage == Inlasningslage::Galler
                && i.ar.orgnr != ar.orgnr
                && i.ar.fran <= ar.till
                && ar.fran <= i.ar.till
        };
        let andra = tidigare
            .iter()
            .filter(|i| ar.is_some_and(|ar| annans(i, ar)))
            .map(|i| {
                let namn = format!("{} ({})", i.foretag, med_streck(&i.ar.orgnr));
                (i.id, (i.ar.orgnr.clone(), namn))
            });
        Self {
            andra: andra.collect(),
            ..Self::default()
        }
    }

    /// A new or changed voucher of the file.
    pub(super) fn se(&mut self, funnen: &Funnen) {
        if self.andra.is_empty() {
            return;
        }
        self.antal = self.antal.saturating_add(1);
        self.spar.extend(
            funnen
                .kan_vara
                .iter()
                .map(|(identitet, h)| spar(identitet, h)),
        );
        let dag = funnen.datum;
        let (fran, till) = self.dagar.unwrap_or((dag, dag));
        self.dagar = Some((fran.min(dag), till.max(dag)));
    }

    /// How many it has seen.
    pub(super) const fn antal(&self) -> usize {
        self.antal
    }

    /// What to look for among the others'; `None` when there is nothing, or nowhere.
    pub(super) fn fraga(self) -> Option<Fraga> {
        let mut spar = self.spar;
        spar.sort_unstable();
        Some(Fraga {
            andra: self.andra,
            inom: self.dagar?,
            spar,
        })
    }
}

/// What to look for among other companies' vouchers.
#[derive(Debug)]
pub(super) struct Fraga {
    andra: Foretag,
    /// First and last day.
    inom: (Date, Date),
    /// In order.
    spar: Vec<u128>,
}

impl Fraga {
    pub(super) fn inlasningar(&self) -> Vec<InlasningId> {
        self.andra.keys().copied().collect()
    }

    pub(super) const fn inom(&self) -> (Date, Date) {
        self.inom
    }

    /// Whether the file has this one.
    pub(super) fn har(&self, identitet: &Hash, innehall: &Hash) -> bool {
        self.spar.binary_search(&spar(identitet, innehall)).is_ok()
    }

    /// The company with the most of those that were found, each told by its import.
    pub(super) fn flest(&self, funna: &[InlasningId], av: usize) -> Option<Dubbla> {
        let mut per: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for (orgnr, namn) in funna.iter().filter_map(|id| self.andra.get(id)) {
            let (antal, sist) = per.entry(orgnr).or_default();
            (*antal, *sist) = (antal.saturating_add(1), namn);
        }
        let (antal, foretag) = per.into_values().max_by_key(|(antal, _)| *antal)?;
        Some(Dubbla {
            antal,
            av,
            foretag: foretag.to_owned(),
        })
    }
}

/// Half a hash of both: no two of a million vouchers share it.
fn spar(identitet: &Hash, innehall: &Hash) -> u128 {
    let halva = |h: &Hash| {
        h.first_chunk()
            .map_or(0, |b: &[u8; 16]| u128::from_be_bytes(*b))
    };
    halva(identitet) ^ halva(innehall).rotate_left(64)
}

/// The same days have been read in of the same company, or of one that may be it.
pub(super) fn krock(tidigare: &[Inlasning], ar: &Bokforingsar) -> Option<Radanm> {
    let gallande = tidigare.iter().filter(|i| i.lage == Inlasningslage::Galler);
    if let Some(annan) = gallande.clone().find(|i| i.ar.kan_vara_samma(ar)) {
        return Some(utan_nummer(annan, ar));
    }
    let annan = gallande.clone().find(|i| i.ar.krockar(ar))?;
    let text = format!(
        "filens räkenskapsår, {}, har dagar gemensamma med ett annat år som är inläst, {}",
        super::aret(ar),
        super::aret(&annan.ar)
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
                med_streck(&annan.ar.orgnr)
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
        .map(|i| format!("{} ({})", i.foretag, med_streck(&i.ar.orgnr)))
        .collect();
    ut.sort();
    ut.dedup();
    ut.join(", ")
}
