//! A SIE file gone through voucher by voucher, with memory for one of them and for what is
//! known of the others: what each is known by, and what it holds.

use super::anmarkning::Radanm;
use super::igenkand::{Funnet, Igenkanning, kan_halla};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::civil::Date;
use utfall_domain::id::VerifikationId;
use utfall_domain::journal::Hash;
use utfall_domain::medel::kontering::{Behall, Kontering, Kontotyp};
use utfall_domain::medel::verifikation::{
    Bokforingsar, Inlasningsutfall, Innehall, Kand, STORSTA_RAD, med_streck, orgnr,
};
use utfall_domain::problem::Problem;
use utfall_sie::{Granskad, Inlasning, Kodning, Oversikt, Verifikation};

/// The largest file, in bytes.
pub const STORSTA_FIL: u64 = 200 * 1024 * 1024;
/// The most accounts with their objects. A large municipality has some ten thousand.
pub const FLEST_KONTERINGAR: usize = 100_000;
/// The most vouchers. A file of the largest size has hardly more with a text on each.
pub const FLEST_VERIFIKATIONER: i64 = 900_000;
/// What all accounts with their objects may take of memory, in bytes: objects on each row make
/// few accounts large.
const MEST_KONTERINGAR: usize = 32 * 1024 * 1024;
/// The longest series, number or object, in characters; the texts below say it too.
const LANGSTA_ORD: usize = 100;
/// The longest text that is kept, in characters.
const LANGSTA_TEXT: usize = 300;

/// What a file is read from.
trait Lasbar: Read + Seek + Send + fmt::Debug {}

impl<T: Read + Seek + Send + fmt::Debug> Lasbar for T {}

/// What the books cannot hold, and what to do about it.
type Vagran = (&'static str, &'static str);
const LANGT_NUMMER: Vagran = (
    "serien eller numret är längre än 100 tecken",
    "Korta det i ekonomisystemet och exportera på nytt.",
);
const LANGT_OBJEKT: Vagran = (
    "ett objekt är längre än 100 tecken",
    "Korta objektets nummer i ekonomisystemet och exportera på nytt.",
);
const STORT_BELOPP: Vagran = (
    "beloppet är större än tusen miljarder kronor",
    "Kontrollera beloppet i ekonomisystemet.",
);
const FOR_STOR_SUMMA: Vagran = (
    "summan på ett konto är större än böckerna rymmer",
    "Kontrollera beloppen i ekonomisystemet.",
);

/// A file that can be read from its beginning again and again.
#[derive(Debug)]
pub struct Siefil {
    /// Its name, without folders.
    pub namn: String,
    /// Its size.
    pub bytes: u64,
    /// Whose accounts it is said to be, in digits.
    orgnr: Option<String>,
    kodning: OnceLock<Kodning>,
    fil: Mutex<Box<dyn Lasbar>>,
}

impl Siefil {
    /// A file that is open for reading.
    ///
    /// # Errors
    /// When its size cannot be told.
    pub fn ny(namn: impl Into<String>, fil: File) -> io::Result<Self> {
        Ok(Self {
            namn: namn.into(),
            bytes: fil.metadata()?.len(),
            orgnr: None,
            kodning: OnceLock::new(),
            fil: Mutex::new(Box::new(fil)),
        })
    }

    /// A file that is in memory already: a small one, that the program carries.
    #[must_use]
    pub fn i_minnet(namn: impl Into<String>, innehall: &'static [u8]) -> Self {
        Self {
            namn: namn.into(),
            bytes: u64::try_from(innehall.len()).unwrap_or(u64::MAX),
            orgnr: None,
            kodning: OnceLock::new(),
            fil: Mutex::new(Box::new(Cursor::new(innehall))),
        }
    }

    /// Said to be this company's accounts: what the file does not say itself is then known,
    /// and a file that says another is refused.
    #[must_use]
    pub fn for_orgnr(mut self, skrivet: &str) -> Self {
        self.orgnr = Some(orgnr(skrivet)).filter(|nr| !nr.is_empty());
        self
    }

    /// Whose accounts, in digits.
    fn vems(&self, skrivet: Option<&str>) -> String {
        let egen = orgnr(skrivet.unwrap_or_default());
        if egen.is_empty() {
            return self.orgnr.clone().unwrap_or_default();
        }
        egen
    }

    /// The file says another company than the one it was said to be of.
    pub(super) fn fel_orgnr(&self, skrivet: Option<&str>) -> Option<Radanm> {
        let vill = self.orgnr.as_ref()?;
        let har = self.vems(skrivet);
        let text = format!(
            "filen gäller organisationsnummer {}, inte {} som du skrev",
            med_streck(&har),
            med_streck(vill)
        );
        let gor = "Välj rätt fil, eller ändra numret.";
        (har != *vill).then(|| Radanm::ny(0, "annat-nummer", text, gor))
    }

    fn fran_borjan(&self) -> io::Result<MutexGuard<'_, Box<dyn Lasbar>>> {
        let mut fil = self.fil.lock().unwrap_or_else(PoisonError::into_inner);
        fil.rewind()?;
        Ok(fil)
    }

    /// By all of it: the first letter outside ASCII may stand far into the file.
    fn kodning(&self) -> io::Result<Kodning> {
        if let Some(kodning) = self.kodning.get() {
            return Ok(*kodning);
        }
        let mut fil = self.fran_borjan()?;
        let gissad = Kodning::gissa_ur(&mut *fil)?;
        Ok(*self.kodning.get_or_init(|| gissad))
    }

    /// Whose accounts of which year, as the head of the file says; `None` when it does not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ar(&self) -> Result<Option<Bokforingsar>, Problem> {
        let kodning = self.kodning().map_err(|e| olaslig(&e))?;
        let mut fil = self.fran_borjan().map_err(|e| olaslig(&e))?;
        let mut las = Inlasning::ny(BufReader::new(&mut *fil), kodning);
        let _ = las.nasta();
        Ok(self.aret(las.oversikt()))
    }

    fn aret(&self, o: &Oversikt) -> Option<Bokforingsar> {
        let (fran, till) = o.arets()?;
        Some(Bokforingsar {
            orgnr: self.vems(o.orgnr.as_deref()),
            fran,
            till,
        })
    }
}

pub(super) fn olaslig(fel: &io::Error) -> Problem {
    Problem::ogiltigt(
        "sie-olaslig",
        format!("Filen går inte att läsa: {fel}."),
        "Välj filen igen.",
    )
}

/// Counts the bytes into a checksum on their way through.
struct Summerad<R> {
    kalla: R,
    summa: Sha256,
}

impl<R: Read> Read for Summerad<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let antal = self.kalla.read(buf)?;
        self.summa.update(buf.get(..antal).unwrap_or_default());
        Ok(antal)
    }
}

/// Why a voucher of the file is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skal {
    /// It is not known.
    Ny,
    /// It is known, and holds something else.
    Andrad(VerifikationId),
}

/// A voucher that is new or changed, as the file has it.
#[derive(Clone, Debug)]
pub struct Funnen {
    /// Why it is here.
    pub skal: Skal,
    /// What it is known by.
    pub identitet: Hash,
    /// What it holds.
    pub innehall: Hash,
    /// The same two as they may stand at another company, which has kept other dimensions.
    pub kan_vara: Vec<(Hash, Hash)>,
    /// Series.
    pub serie: String,
    /// Number.
    pub nummer: String,
    /// Its day.
    pub datum: Date,
    /// Its rows: place among the accounts of the file, and öre.
    pub rader: Vec<(usize, i64)>,
    /// What is kept of its texts.
    pub texter: Vec<(i64, String)>,
}

/// The accounts with objects of a file, in the order they were met, and each once.
#[derive(Debug, Default)]
pub struct Konteringslista {
    alla: Vec<Kontering>,
    /// Where each stands, by a sum of it: what it is itself stands there and only there.
    platser: HashMap<u64, usize>,
    summa: RandomState,
    bytes: usize,
}

impl Konteringslista {
    /// All of them.
    #[must_use]
    pub fn alla(&self) -> &[Kontering] {
        &self.alla
    }

    /// All of them, to keep.
    #[must_use]
    pub fn tag(self) -> Vec<Kontering> {
        self.alla
    }

    fn plats(&mut self, orgnr: &str, konto: u32, objekt: Vec<(u32, String)>) -> usize {
        let ny = Kontering::ny(orgnr, konto, objekt);
        // Another with the same sum stands at the next one.
        for varv in 0_u32.. {
            let summa = self.summa.hash_one((varv, konto, &ny.objekt));
            match self.platser.get(&summa) {
                Some(plats) if self.alla.get(*plats) == Some(&ny) => return *plats,
                Some(_) => {}
                None => {
                    self.platser.insert(summa, self.alla.len());
                    break;
                }
            }
        }
        let objekten = ny.objekt.iter();
        let bytes = objekten.fold(128_usize, |b, (_, o)| b.saturating_add(56 + o.len()));
        self.bytes = self.bytes.saturating_add(bytes);
        self.alla.push(ny);
        self.alla.len().saturating_sub(1)
    }
}

/// What a file was found to be when it had been gone through.
#[derive(Debug)]
pub struct Genomgang {
    /// What the reader says of it.
    pub granskad: Granskad,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// Its accounts with objects.
    pub konteringar: Konteringslista,
    /// What its new and changed vouchers come to: account and month, öre and rows.
    pub summor: BTreeMap<(usize, Date), (i64, i64)>,
    /// How many vouchers are new, the same, changed, and not in the file.
    pub utfall: Inlasningsutfall,
    /// Known vouchers that hold something else now.
    pub ersatta: Vec<VerifikationId>,
    /// Known vouchers that are not in the file.
    pub saknade: Vec<VerifikationId>,
    /// What is wrong beside what the reader found.
    pub fel: Vec<Radanm>,
    /// How many more such there are.
    pub fler_fel: u64,
}

impl Genomgang {
    /// The names of the accounts and objects that are used, with the accounts' types. Those
    /// of dimensions that are dropped are not among them.
    #[must_use]
    pub fn namn(&self) -> Vec<utfall_store::bokforing::skriv::Namn> {
        let r = &self.granskad.register;
        let mut ut = BTreeMap::new();
        for k in self.konteringar.alla() {
            if let Some(konto) = r.konton.get(&k.konto) {
                let nyckel = ("konto".to_owned(), k.konto.to_string());
                ut.entry(nyckel)
                    .or_insert_with(|| (kort(&konto.namn), konto.typ.map(kontotyp)));
            }
            for (dim, objekt) in &k.objekt {
                if let Some(namn) = r.objektets_namn(*dim, objekt) {
                    let nyckel = (dim.to_string(), objekt.clone());
                    ut.entry(nyckel).or_insert_with(|| (kort(namn), None));
                }
            }
        }
        ut.into_iter()
            .map(|((slag, kod), (namn, typ))| (slag, kod, namn, typ))
            .collect()
    }

    /// What an account is, as the file's chart says.
    #[must_use]
    pub fn typ(&self, konto: u32) -> Option<Kontotyp> {
        let konto = self.granskad.register.konton.get(&konto)?;
        konto.typ.map(kontotyp)
    }
}

const fn kontotyp(typ: utfall_sie::Kontotyp) -> Kontotyp {
    match typ {
        utfall_sie::Kontotyp::Tillgang => Kontotyp::Tillgang,
        utfall_sie::Kontotyp::Skuld => Kontotyp::Skuld,
        utfall_sie::Kontotyp::Kostnad => Kontotyp::Kostnad,
        utfall_sie::Kontotyp::Intakt => Kontotyp::Intakt,
    }
}

fn kort(text: &str) -> String {
    text.chars().take(LANGSTA_TEXT).collect()
}

/// Goes through a file. Each voucher that is new or changed is given to `ta`, with how many
/// have been read and the accounts met so far.
///
/// # Errors
/// When the file cannot be read, or `ta` says stop.
pub fn ga_igenom(
    fil: &Siefil,
    behall: &Behall,
    kanda: &[Kand],
    mut ta: impl FnMut(Funnen, i64, &Konteringslista) -> Result<(), Problem>,
) -> Result<Genomgang, Problem> {
    let kodning = fil.kodning().map_err(|e| olaslig(&e))?;
    let mut las_fil = fil.fran_borjan().map_err(|e| olaslig(&e))?;
    let mut kalla = Summerad {
        kalla: &mut *las_fil,
        summa: Sha256::new(),
    };
    let mut gang = Gang::ny(behall, kanda);
    let mut las = Inlasning::ny(&mut kalla, kodning);
    let mut antal = 0_i64;
    while let Some(ver) = las.nasta() {
        antal = antal.saturating_add(1);
        if antal == 1 {
            let nummer = fil.vems(las.oversikt().orgnr.as_deref());
            gang.orgnr = Some(nummer);
        }
        if let Some(funnen) = gang.ta(ver) {
            ta(funnen, antal, &gang.konteringar)?;
        }
        let k = &gang.konteringar;
        if k.alla.len() > FLEST_KONTERINGAR || k.bytes > MEST_KONTERINGAR {
            return Err(for_manga());
        }
        if antal > FLEST_VERIFIKATIONER {
            return Err(for_manga_verifikationer());
        }
    }
    let granskad = las.klar();
    io::copy(&mut kalla, &mut io::sink()).map_err(|e| olaslig(&e))?;
    let sha256 = kalla.summa.finalize().into();
    let sist = fil.vems(granskad.oversikt.orgnr.as_deref());
    Ok(gang.klar(granskad, sha256, &sist))
}

fn for_manga() -> Problem {
    Problem::ogiltigt(
        "sie-for-manga-konteringar",
        format!(
            "Filen har fler än {FLEST_KONTERINGAR} olika konton med objekt, eller så många objekt \
             på raderna att de inte ryms."
        ),
        "Exportera utan de dimensioner som är olika på varje rad, till exempel fakturanummer.",
    )
}

fn for_manga_verifikationer() -> Problem {
    Problem::ogiltigt(
        "sie-for-manga-verifikationer",
        format!("Filen har fler än {FLEST_VERIFIKATIONER} verifikationer."),
        "Exportera ett år i taget.",
    )
}

/// On the way through.
struct Gang<'a> {
    behall: &'a Behall,
    igenkanning: Igenkanning,
    /// As the head says it before the first voucher.
    orgnr: Option<String>,
    konteringar: Konteringslista,
    summor: BTreeMap<(usize, Date), (i64, i64)>,
    utfall: Inlasningsutfall,
    ersatta: Vec<VerifikationId>,
    fel: Vec<Radanm>,
    fler_fel: u64,
}

impl<'a> Gang<'a> {
    fn ny(behall: &'a Behall, kanda: &[Kand]) -> Self {
        Self {
            behall,
            igenkanning: Igenkanning::ny(kanda),
            orgnr: None,
            konteringar: Konteringslista::default(),
            summor: BTreeMap::new(),
            utfall: Inlasningsutfall::default(),
            ersatta: Vec::new(),
            fel: Vec::new(),
            fler_fel: 0,
        }
    }

    fn fel(&mut self, rad: u64, regel: &'static str, (text, gor): (&str, &str)) {
        if self.fel.len() < utfall_sie::FLEST_ANMARKNINGAR {
            self.fel.push(Radanm::ny(rad, regel, text, gor));
        } else {
            self.fler_fel = self.fler_fel.saturating_add(1);
        }
    }

    /// What is to be written of a voucher; `None` when it is as it was.
    fn ta(&mut self, ver: Verifikation) -> Option<Funnen> {
        self.prova(&ver);
        let mut innehall = Innehall::ny(ver.datum);
        let mut rader = Vec::with_capacity(ver.rader.len());
        for rad in &ver.rader {
            let mut objekt = rad.objekt.clone();
            objekt.retain(|(dim, _)| self.behall.dimension(*dim));
            innehall.rad(rad.konto, &objekt, rad.belopp);
            let nummer = self.orgnr.as_deref().unwrap_or_default();
            let plats = self.konteringar.plats(nummer, rad.konto, objekt);
            rader.push((plats, rad.belopp));
        }
        let innehall = innehall.klart();
        let (funnet, nycklar) = self.igenkanning.kann(&ver, &innehall);
        let (skal, nyckel) = match funnet {
            Funnet::Tom => return None,
            Funnet::Lika => {
                self.utfall.lika = self.utfall.lika.saturating_add(1);
                return None;
            }
            Funnet::Ny(nyckel) => {
                self.utfall.nya = self.utfall.nya.saturating_add(1);
                (Skal::Ny, nyckel)
            }
            Funnet::Andrad(nyckel, id) => {
                self.ersatta.push(id);
                self.utfall.andrade = self.utfall.andrade.saturating_add(1);
                (Skal::Andrad(id), nyckel)
            }
        };
        self.summera(&ver, &rader);
        let texter = texter(&ver, self.behall);
        let halla = kan_halla(&ver, innehall);
        let kan_vara = nycklar.iter().flat_map(|n| halla.iter().map(|h| (*n, *h)));
        Some(Funnen {
            kan_vara: kan_vara.collect(),
            skal,
            identitet: nyckel,
            innehall,
            serie: ver.serie,
            nummer: ver.nummer,
            datum: ver.datum,
            rader,
            texter,
        })
    }

    /// What the books could not hold, whatever the format allows.
    fn prova(&mut self, ver: &Verifikation) {
        let lang = |text: &str| text.chars().count() > LANGSTA_ORD;
        if lang(&ver.serie) || lang(&ver.nummer) {
            self.fel(ver.rad, "for-langt-ord", LANGT_NUMMER);
        }
        for rad in &ver.rader {
            if rad.belopp.unsigned_abs() > STORSTA_RAD.unsigned_abs() {
                self.fel(rad.rad, "for-stort", STORT_BELOPP);
            }
            if rad.objekt.iter().any(|(_, objekt)| lang(objekt)) {
                self.fel(rad.rad, "for-langt-ord", LANGT_OBJEKT);
            }
        }
    }

    fn summera(&mut self, ver: &Verifikation, rader: &[(usize, i64)]) {
        let manad = ver.datum.first_of_month();
        let mut ryms = true;
        for (plats, ore) in rader {
            let (summa, antal) = self.summor.entry((*plats, manad)).or_insert((0, 0));
            match summa.checked_add(*ore) {
                Some(ny) => *summa = ny,
                None => ryms = false,
            }
            *antal = antal.saturating_add(1);
        }
        if !ryms {
            self.fel(ver.rad, "for-stort", FOR_STOR_SUMMA);
        }
    }

    fn klar(self, granskad: Granskad, sha256: Hash, sist: &str) -> Genomgang {
        let saknade = self.igenkanning.saknade();
        let utfall = Inlasningsutfall {
            saknas: i64::try_from(saknade.len()).unwrap_or(i64::MAX),
            ..self.utfall
        };
        let mut fel = self.fel;
        if self.orgnr.is_some_and(|forst| sist != forst) {
            let text = "filens huvud med organisationsnumret står efter verifikationerna";
            let gor = "Exportera filen på nytt: den är ändrad på vägen.";
            fel.push(Radanm::ny(0, "huvudet-sist", text, gor));
        }
        Genomgang {
            granskad,
            sha256,
            konteringar: self.konteringar,
            summor: self.summor,
            utfall,
            ersatta: self.ersatta,
            saknade,
            fel,
            fler_fel: self.fler_fel,
        }
    }
}

/// What is kept of a voucher's texts: nothing unless the mapping says so.
fn texter(ver: &Verifikation, behall: &Behall) -> Vec<(i64, String)> {
    let mut ut = Vec::new();
    let mut med = |nr: i64, text: &str| {
        if !text.trim().is_empty() {
            ut.push((nr, kort(text)));
        }
    };
    if behall.signatur {
        med(-1, &ver.signatur);
    }
    if behall.text {
        med(0, &ver.text);
        for (nr, rad) in (1_i64..).zip(&ver.rader) {
            med(nr, &rad.text);
        }
    }
    ut
}
