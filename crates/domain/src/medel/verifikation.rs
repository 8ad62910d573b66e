//! Vouchers, and the files they come in.
//!
//! Tillstand: inlasning

use crate::faktum::kodat;
use crate::id::{
    AnvandareId, BidragId, FaktumId, InlasningId, InsatsId, KonteringId, KopplingId,
    OrganisationId, VerifikationId,
};
use crate::journal::Hash;
use crate::medel::kontering::{
    ANNAN_INTAKT, Faktanyckel, Intervall, Kontering, Konteringsslag, Koppling, Till, Tolkning,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The most that a row may be, in öre: a thousand billion kronor. A sum of as many rows as a
/// year can have then fits.
pub const STORSTA_RAD: i64 = 100_000_000_000_000;

kodat! {
    /// Where in its life an import is. It only goes forward.
    Inlasningslage {
        /// Rows go in; none of them can be seen.
        Paborjad = "paborjad", "läses in";
        /// Its rows are in the books.
        Galler = "galler", "inläst";
        /// It was in the books, and was taken back.
        Angrad = "angrad", "ångrad";
        /// It never came into the books.
        Avbruten = "avbruten", "avbruten";
    }
}

impl Inlasningslage {
    /// Whether an import may go from here to there.
    #[must_use]
    pub const fn far_bli(self, nytt: Self) -> bool {
        matches!(
            (self, nytt),
            (Self::Paborjad, Self::Galler | Self::Avbruten) | (Self::Galler, Self::Angrad)
        )
    }
}

/// Whose accounts of which financial year: what a voucher's number is unique within.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Bokforingsar {
    /// Organisation number: ten digits, or empty when the file does not say.
    pub orgnr: String,
    /// First day.
    pub fran: Date,
    /// Last day.
    pub till: Date,
}

impl Bokforingsar {
    /// Whether it is another year of the same company with days in common.
    #[must_use]
    pub fn krockar(&self, annat: &Self) -> bool {
        self.orgnr == annat.orgnr && self != annat && self.har_dagar_med(annat)
    }

    /// Whether it can be the same company's without anybody knowing: they have days in common,
    /// and just one of them says whose it is.
    #[must_use]
    pub fn kan_vara_samma(&self, annat: &Self) -> bool {
        self.orgnr.is_empty() != annat.orgnr.is_empty() && self.har_dagar_med(annat)
    }

    fn har_dagar_med(&self, annat: &Self) -> bool {
        self.fran <= annat.till && annat.fran <= self.till
    }
}

/// An organisation number in digits: `212000-3005` and `162120003005` are `2120003005`.
#[must_use]
pub fn orgnr(skrivet: &str) -> String {
    let siffror: String = skrivet.chars().filter(char::is_ascii_digit).collect();
    match (siffror.len(), siffror.get(..2), siffror.get(2..)) {
        (12, Some("16"), Some(resten)) => resten.to_owned(),
        _ => siffror,
    }
}

/// An organisation number as people write it: `2120003005` is `212000-3005`. What is not ten
/// digits is as it stands.
#[must_use]
pub fn med_streck(orgnr: &str) -> String {
    let siffror = orgnr.len() == 10 && orgnr.bytes().all(|b| b.is_ascii_digit());
    match orgnr.split_at_checked(6) {
        Some((forst, sist)) if siffror => format!("{forst}-{sist}"),
        _ => orgnr.to_owned(),
    }
}

/// A file that was read in, or was to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inlasning {
    /// Its number.
    pub id: InlasningId,
    /// SHA-256 of the file.
    pub sha256: Hash,
    /// The file's name, without folders.
    pub filnamn: String,
    /// Whose accounts of which year.
    pub ar: Bokforingsar,
    /// The company's name, as the file says it.
    pub foretag: String,
    /// What wrote the file.
    pub program: String,
    /// The character set it was read in.
    pub kodning: String,
    /// Vouchers in the file.
    pub verifikationer: i64,
    /// Rows in the file.
    pub rader: i64,
    /// The file holds all vouchers of its year so far: what is not in it is gone.
    pub komplett: bool,
    /// Where in its life it is.
    pub lage: Inlasningslage,
    /// What it did; empty until it is in the books.
    pub utfall: Inlasningsutfall,
    /// When it began.
    pub registrerad: Timestamp,
    /// Who read it in.
    pub registrerad_av: AnvandareId,
    /// When it came to where it is, and who saw to it.
    pub andrad: (Timestamp, AnvandareId),
    /// Why it was taken back or stopped.
    pub orsak: Option<String>,
}

/// What an import did to the vouchers of its year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inlasningsutfall {
    /// New.
    pub nya: i64,
    /// Were there, and are as they were.
    pub lika: i64,
    /// Were there, and are now otherwise.
    pub andrade: i64,
    /// Were there, and are not in the file.
    pub saknas: i64,
}

impl Inlasningsutfall {
    /// In words: `1 ny, 2 ändrade, 3 som förut`.
    #[must_use]
    pub fn i_ord(&self) -> String {
        let ord = |antal: i64, en: &str, flera: &str| {
            let vad = if antal == 1 { en } else { flera };
            format!("{} {vad}", crate::pengar::heltal(antal))
        };
        let (nya, andrade) = (
            ord(self.nya, "ny", "nya"),
            ord(self.andrade, "ändrad", "ändrade"),
        );
        format!(
            "{nya}, {andrade}, {} som förut",
            crate::pengar::heltal(self.lika)
        )
    }
}

/// What a voucher is known by within its year: series and number, or, without number, what it
/// holds; and which of those that share it.
#[must_use]
pub fn identitet(serie: &str, nummer: &str, innehall: &Hash, forekomst: u32) -> Hash {
    let mut summa = Sha256::new();
    langd(&mut summa, serie.as_bytes());
    langd(&mut summa, nummer.as_bytes());
    if nummer.is_empty() {
        summa.update(innehall);
    }
    summa.update(forekomst.to_be_bytes());
    summa.finalize().into()
}

/// What a voucher holds: its day and its rows, in order. Texts and signatures are no part of
/// it: they can be kept or dropped without making it another voucher.
#[derive(Clone, Debug)]
pub struct Innehall(Sha256);

impl Innehall {
    /// Of a voucher of this day.
    #[must_use]
    pub fn ny(datum: Date) -> Self {
        let mut summa = Sha256::new();
        langd(&mut summa, datum.to_string().as_bytes());
        Self(summa)
    }

    /// With one more row.
    pub fn rad(&mut self, konto: u32, objekt: &[(u32, String)], ore: i64) {
        self.0.update(konto.to_be_bytes());
        let antal = u64::try_from(objekt.len()).unwrap_or(u64::MAX);
        self.0.update(antal.to_be_bytes());
        for (dim, objekt) in objekt {
            self.0.update(dim.to_be_bytes());
            langd(&mut self.0, objekt.as_bytes());
        }
        self.0.update(ore.to_be_bytes());
    }

    /// The sum.
    #[must_use]
    pub fn klart(self) -> Hash {
        self.0.finalize().into()
    }
}

fn langd(summa: &mut Sha256, bytes: &[u8]) {
    let antal = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    summa.update(antal.to_be_bytes());
    summa.update(bytes);
}

/// A row of a voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// The account with what the row is marked with.
    pub kontering: KonteringId,
    /// Öre, debit positive.
    pub ore: i64,
    /// What it says, when that is kept and may be seen.
    pub text: Option<String>,
}

/// A voucher as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verifikation {
    /// Its number here.
    pub id: VerifikationId,
    /// The import it came with.
    pub inlasning: InlasningId,
    /// Its series.
    pub serie: String,
    /// Its number in the accounts; empty when it has none.
    pub nummer: String,
    /// Its day.
    pub datum: Date,
    /// The voucher it took the place of.
    pub ersatter: Option<VerifikationId>,
    /// The voucher in its place; itself when it is gone and nothing is.
    pub ersatt_av: Option<VerifikationId>,
    /// What it says, when that is kept and may be seen.
    pub text: Option<String>,
    /// Who signed, when that is kept and may be seen.
    pub signatur: Option<String>,
    /// Its rows.
    pub rader: Vec<Rad>,
}

impl Verifikation {
    /// As people call it: `A 17`.
    #[must_use]
    pub fn namn(&self) -> String {
        Self::namn_av(&self.serie, &self.nummer)
    }

    /// The same of a series and a number.
    #[must_use]
    pub fn namn_av(serie: &str, nummer: &str) -> String {
        let namn = format!("{serie} {nummer}");
        match namn.trim() {
            "" => "utan nummer".to_owned(),
            namn => namn.to_owned(),
        }
    }
}

/// A voucher entered by hand, for those without a file of their accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handverifikation {
    /// Its number here.
    pub id: VerifikationId,
    /// Its number in the series of its own, from 1.
    pub nummer: i64,
    /// Its day.
    pub datum: Date,
    /// Where it belongs.
    pub till: Till,
    /// What it is; never [`Konteringsslag::Balans`].
    pub slag: Konteringsslag,
    /// What it went to.
    pub kostnadsslag: Option<String>,
    /// Öre: what was spent, or what came in. Below zero when it takes back.
    pub ore: i64,
    /// What for, in a few words. Can name people.
    pub vad: String,
    /// Invoice or voucher it refers to.
    pub referens: String,
    /// The voucher that this takes back.
    pub rattar: Option<VerifikationId>,
}

impl Handverifikation {
    /// The fact it is a part of, and with what.
    #[must_use]
    pub fn summa(&self) -> Option<(Faktanyckel, i64)> {
        let tolkning = Tolkning::Raknas {
            till: self.till,
            slag: self.slag,
            kostnadsslag: self.kostnadsslag.clone(),
        };
        let manad = self.datum.first_of_month();
        let (nyckel, _) = Faktanyckel::for_rader(&tolkning, manad)?;
        let ore = match self.slag {
            Konteringsslag::AnnanIntakt => self.ore.checked_neg()?,
            _ => self.ore,
        };
        Some((nyckel, ore))
    }

    /// The voucher that takes it back: the same with the opposite amount.
    #[must_use]
    pub fn motsatt(&self, id: VerifikationId, nummer: i64, skal: &str) -> Option<Self> {
        Some(Self {
            id,
            nummer,
            ore: self.ore.checked_neg()?,
            vad: skal.to_owned(),
            rattar: Some(self.id),
            ..self.clone()
        })
    }

    /// What it is counted as.
    #[must_use]
    pub fn kategori(&self) -> &str {
        match (&self.kostnadsslag, self.slag) {
            (Some(ord), _) => ord,
            (None, Konteringsslag::AnnanIntakt) => ANNAN_INTAKT,
            (None, slag) => slag.text(),
        }
    }
}

/// A version of the mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kopplingsversion {
    /// Its number.
    pub id: KopplingId,
    /// Which version, from 1.
    pub version: i64,
    /// The mapping.
    pub koppling: Koppling,
    /// Why it was changed.
    pub orsak: String,
    /// When.
    pub registrerad: Timestamp,
    /// By whom.
    pub registrerad_av: AnvandareId,
}

/// An import as it begins: what the file says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NyInlasning {
    /// SHA-256 of the file.
    pub sha256: Hash,
    /// The file's name, without folders.
    pub filnamn: String,
    /// Whose accounts of which year.
    pub ar: Bokforingsar,
    /// The company's name.
    pub foretag: String,
    /// What wrote the file.
    pub program: String,
    /// The character set it was read in.
    pub kodning: String,
    /// Vouchers in the file.
    pub verifikationer: i64,
    /// Rows in the file.
    pub rader: i64,
    /// What is not in it is gone.
    pub komplett: bool,
}

/// A voucher on its way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NyVerifikation {
    /// What it is known by.
    pub identitet: Hash,
    /// What it holds.
    pub innehall: Hash,
    /// Series.
    pub serie: String,
    /// Number.
    pub nummer: String,
    /// Its day.
    pub datum: Date,
    /// The voucher in force that it takes the place of.
    pub ersatter: Option<VerifikationId>,
    /// The accounts and amounts of its rows.
    pub rader: Vec<(KonteringId, i64)>,
    /// What is kept of its texts: place (0 is the voucher, -1 its signature, else the row
    /// from 1) and words.
    pub texter: Vec<(i64, String)>,
}

/// A voucher that is known already: what it is known by, what it holds and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kand {
    /// What it is known by.
    pub identitet: Hash,
    /// What it holds.
    pub innehall: Hash,
    /// Its number.
    pub id: VerifikationId,
}

/// A name in a chart of accounts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bokforingsnamn {
    /// Whose chart.
    pub orgnr: String,
    /// `konto` or the number of a dimension.
    pub slag: String,
    /// The account or the object.
    pub kod: String,
    /// Its name.
    pub namn: String,
}

/// What a list of vouchers is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verifikationsurval {
    /// Those of a booked fact.
    pub faktum: Option<FaktumId>,
    /// Those of an initiative.
    pub insats: Option<InsatsId>,
    /// Of a grant.
    pub bidrag: Option<BidragId>,
    /// Of a board or party.
    pub organisation: Option<OrganisationId>,
    /// Of this day or later.
    pub fran: Option<Date>,
    /// Of this day or earlier.
    pub till: Option<Date>,
    /// With a row on any of these accounts.
    pub konton: Vec<Intervall>,
    /// With a row that is marked with all of these.
    pub objekt: Vec<(u32, String)>,
    /// Of a series.
    pub serie: Option<String>,
    /// With a number.
    pub nummer: Option<String>,
    /// With a row of this amount, in öre, debit or credit: above zero.
    pub belopp: Option<i64>,
    /// Of an import.
    pub inlasning: Option<InlasningId>,
}

/// A voucher from a file, as a list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listad {
    /// Its number here.
    pub id: VerifikationId,
    /// Its series and number, as people say them.
    pub namn: String,
    /// Its day.
    pub datum: Date,
    /// How many rows it has within the choice.
    pub rader: i64,
}

/// An account with its objects as it is written down.
pub type Skriven = (KonteringId, Kontering);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_organisation_number_is_its_digits() {
        for skrivet in ["212000-3005", "2120003005", "162120003005", " 212000 3005"] {
            assert_eq!(orgnr(skrivet), "2120003005", "{skrivet}");
        }
        assert_eq!(orgnr(""), "");
        assert_ne!(orgnr("212000-3006"), "2120003005");
    }

    #[test]
    fn an_import_only_goes_forward() {
        use Inlasningslage::{Angrad, Avbruten, Galler, Paborjad};
        let far: Vec<_> = Inlasningslage::ALLA
            .iter()
            .flat_map(|a| Inlasningslage::ALLA.iter().map(move |b| (*a, *b)))
            .filter(|(a, b)| a.far_bli(*b))
            .collect();
        assert_eq!(
            far,
            [(Paborjad, Galler), (Paborjad, Avbruten), (Galler, Angrad)]
        );
    }

    #[test]
    fn a_voucher_is_known_by_its_number_and_else_by_what_it_holds() {
        let innehall = |ore| {
            let mut i = Innehall::ny(date(2026, 1, 31));
            i.rad(5010, &[(6, "P1".into())], ore);
            i.klart()
        };
        let (en, annan) = (innehall(100), innehall(200));
        assert_ne!(en, annan);
        assert_eq!(identitet("A", "1", &en, 0), identitet("A", "1", &annan, 0));
        assert_ne!(identitet("A", "1", &en, 0), identitet("A1", "", &en, 0));
        assert_ne!(identitet("A", "", &en, 0), identitet("A", "", &annan, 0));
        assert_ne!(identitet("A", "", &en, 0), identitet("A", "", &en, 1));
    }

    #[test]
    fn what_a_file_did_and_whose_it_is_are_said_as_people_say_them() {
        let utfall = |nya, andrade, lika| Inlasningsutfall {
            nya,
            andrade,
            lika,
            saknas: 0,
        };
        assert_eq!(utfall(1, 1, 1).i_ord(), "1 ny, 1 ändrad, 1 som förut");
        assert_eq!(utfall(0, 2, 3).i_ord(), "0 nya, 2 ändrade, 3 som förut");
        for (skrivet, sagt) in [("2120003005", "212000-3005"), ("", ""), ("åäö", "åäö")] {
            assert_eq!(med_streck(skrivet), sagt);
        }
    }

    #[test]
    fn years_of_one_company_share_no_days() {
        let ar = |orgnr: &str, fran, till| Bokforingsar {
            orgnr: orgnr.into(),
            fran,
            till,
        };
        let hel = ar("1", date(2026, 1, 1), date(2026, 12, 31));
        assert!(hel.krockar(&ar("1", date(2026, 7, 1), date(2027, 6, 30))));
        assert!(!hel.krockar(&hel.clone()));
        assert!(!hel.krockar(&ar("1", date(2027, 1, 1), date(2027, 12, 31))));
        assert!(!hel.krockar(&ar("2", date(2026, 7, 1), date(2027, 6, 30))));
    }
}
