//! The small values that every section is built of: texts, ids, years, dates, amounts.

use super::GRANSER;
use super::json::{Nod, Slag};
use super::las::{Lasare, Typer, Varde, kort, val};
use super::schema;
use crate::pengar::{Belopp, BeloppFel};
use crate::tecken;
use jiff::civil::{Date, Weekday};
use serde_json::{Value, json};

/// Reads a text with content and within the limit.
fn text(nod: &Nod, l: &mut Lasare, vantat: &str) -> Option<String> {
    let Slag::Text(text) = &nod.slag else {
        l.fel_slag(nod, vantat);
        return None;
    };
    let text = text.trim();
    if text.is_empty() {
        l.fel(
            "underlag-tomt",
            nod.rad,
            "Texten är tom.",
            "Skriv något eller ta bort fältet.",
        );
        return None;
    }
    if text.chars().count() > GRANSER.tecken {
        let fel = format!("Texten är längre än {} tecken.", GRANSER.tecken);
        l.fel("underlag-langd", nod.rad, fel, "Korta texten.");
        return None;
    }
    // A bare carriage return is no line break in a paper.
    if let Some(fel) = tecken::otillatet(text).or_else(|| text.chars().find(|c| *c == '\r')) {
        let fel = tecken::fel(fel);
        l.fel("underlag-tecken", nod.rad, fel, tecken::ATGARD);
        return None;
    }
    Some(text.to_owned())
}

/// Reads one word out of a closed choice.
pub(super) fn valj<T: Copy>(nod: &Nod, l: &mut Lasare, ord: &[(&str, T)]) -> Option<T> {
    let skrivet = text(nod, l, "ett av orden i formatet")?;
    let val = ord.iter().find(|(o, _)| *o == skrivet).map(|(_, v)| *v);
    if val.is_none() {
        let tillatna: Vec<_> = ord.iter().map(|(o, _)| *o).collect();
        let fel = format!("”{}” är inget av de ord som får stå här.", kort(&skrivet));
        let atgard = format!("Välj ett av: {}.", tillatna.join(", "));
        l.fel("underlag-val", nod.rad, fel, &atgard);
    }
    val
}

/// Free text in the writer's own words.
impl Varde for String {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        text(nod, l, "text inom citattecken")
    }

    fn skriv(&self) -> Option<Value> {
        Some(self.as_str().into())
    }

    fn schema(_: &mut Typer) -> Value {
        json!({ "type": "string", "minLength": 1, "maxLength": GRANSER.tecken })
    }
}

/// The form of every id: lower case a–z, digits and hyphens.
fn beteckning(nod: &Nod, l: &mut Lasare) -> Option<String> {
    let id = text(nod, l, "en beteckning inom citattecken")?;
    let tillatet = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.len() <= 80 && id.chars().all(tillatet) {
        return Some(id);
    }
    let fel = format!("”{}” kan inte vara en beteckning.", kort(&id));
    let atgard = "Använd bara små bokstäver a–z, siffror och bindestreck, högst 80 tecken.";
    l.fel("underlag-id", nod.rad, fel, atgard);
    None
}

fn beteckning_schema(dok: &str) -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9-]{1,80}$", "description": dok })
}

/// A short name of the huvudman for addresses; not an id within the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slug(pub String);

impl Varde for Slug {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        beteckning(nod, l).map(Self)
    }

    fn skriv(&self) -> Option<Value> {
        Some(self.0.as_str().into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = beteckning_schema("Kort namn för adresser: a–z, siffror, bindestreck.");
        schema::text(typer, "Slug", schema)
    }
}

/// What something is called within the file, so that other statements can refer to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(pub String);

impl Varde for Id {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        let id = beteckning(nod, l)?;
        l.definiera(&id, nod.rad);
        Some(Self(id))
    }

    fn skriv(&self) -> Option<Value> {
        Some(self.0.as_str().into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = beteckning_schema("Egen beteckning; får stå bara en gång i filen.");
        schema::text(typer, "Id", schema)
    }
}

/// Defines a reference to an id of certain sections (none named: any).
macro_rules! referens {
    ($(#[doc = $dok:literal])* $namn:ident => $($till:literal),*) => {
        $(#[doc = $dok])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $namn(pub String);

        impl Varde for $namn {
            fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
                let id = beteckning(nod, l)?;
                l.hanvisa(&id, &[$($till),*], nod.rad);
                Some(Self(id))
            }

            fn skriv(&self) -> Option<Value> {
                Some(self.0.as_str().into())
            }

            fn schema(typer: &mut Typer) -> Value {
                let dok = concat!($($dok),*).trim();
                schema::text(typer, stringify!($namn), beteckning_schema(dok))
            }
        }
    };
}

referens! {
    /// Beteckningen på något under `organisationer`.
    OrgRef => "organisationer"
}
referens! {
    /// Beteckningen på något under `bidrag`.
    BidragRef => "bidrag"
}
referens! {
    /// Beteckningen på något under `insatser`.
    InsatsRef => "insatser"
}
referens! {
    /// Beteckningen på en rad i en tabell eller en fördelning.
    RadRef => "tabeller.rader", "fordelningar.rader"
}
referens! {
    /// Beteckningen på en tabell eller en fördelning.
    TabellRef => "tabeller", "fordelningar"
}
referens! {
    /// Beteckningen på vad som helst i filen.
    ValfriRef =>
}

/// A calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ar(pub i16);

impl Varde for Ar {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        let Slag::Heltal(ar) = nod.slag else {
            l.fel_slag(nod, "ett årtal, till exempel 2021,");
            return None;
        };
        let inom = (1900..=2100)
            .contains(&ar)
            .then(|| i16::try_from(ar).ok())
            .flatten();
        if inom.is_none() {
            let fel = format!("{ar} är inget rimligt årtal.");
            l.fel(
                "underlag-ar",
                nod.rad,
                fel,
                "Skriv ett år mellan 1900 och 2100.",
            );
        }
        inom.map(Self)
    }

    fn skriv(&self) -> Option<Value> {
        Some(self.0.into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = json!({ "type": "integer", "minimum": 1900, "maximum": 2100,
            "description": "Årtal med fyra siffror." });
        schema::text(typer, "Ar", schema)
    }
}

/// A count: persons, projects, months. Never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Antal(pub i64);

/// More than anyone counts by hand; keeps sums within i64 with a wide margin.
const ANTAL_MAX: i64 = 1_000_000_000;

impl Varde for Antal {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        let antal = match nod.slag {
            Slag::Heltal(antal) => antal,
            Slag::AnnatTal(ref skrivet) => {
                let fel = format!("{} är inget heltal som kan räknas med.", kort(skrivet));
                l.fel(
                    "underlag-antal",
                    nod.rad,
                    fel,
                    "Skriv antalet som ett heltal.",
                );
                return None;
            }
            _ => {
                l.fel_slag(nod, "ett antal (heltal utan citattecken)");
                return None;
            }
        };
        if (0..=ANTAL_MAX).contains(&antal) {
            return Some(Self(antal));
        }
        let fel = format!("{antal} är inget rimligt antal.");
        let atgard = "Antal får vara mellan 0 och en miljard. Är antalet okänt: utelämna det.";
        l.fel("underlag-antal", nod.rad, fel, atgard);
        None
    }

    fn skriv(&self) -> Option<Value> {
        Some(self.0.into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = json!({ "type": "integer", "minimum": 0, "maximum": ANTAL_MAX,
            "description": "Ett heltal, noll eller mer." });
        schema::text(typer, "Antal", schema)
    }
}

/// A civil date, `2021-10-14`.
impl Varde for Date {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        let skrivet = text(nod, l, "ett datum, till exempel \"2021-10-14\",")?;
        let datum = datum(&skrivet);
        if datum.is_none() {
            let fel = format!("”{}” är inget datum som finns.", kort(&skrivet));
            let atgard = "Skriv datumet som ÅÅÅÅ-MM-DD och kontrollera dagen i almanackan.";
            l.fel("underlag-datum", nod.rad, fel, atgard);
        }
        datum
    }

    fn skriv(&self) -> Option<Value> {
        Some(self.to_string().into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = json!({ "type": "string", "format": "date",
            "pattern": "^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$",
            "description": "Ett datum som finns, ÅÅÅÅ-MM-DD." });
        schema::text(typer, "Datum", schema)
    }
}

/// `YYYY-MM-DD` and nothing else that a date parser might accept.
fn datum(skrivet: &str) -> Option<Date> {
    let (ar, rest) = skrivet.split_once('-')?;
    let (manad, dag) = rest.split_once('-')?;
    Date::new(siffror(ar, 4)?, i8::try_from(siffror(manad, 2)?).ok()?, {
        i8::try_from(siffror(dag, 2)?).ok()?
    })
    .ok()
    .filter(|d| (1900..=2100).contains(&d.year()))
}

fn siffror(text: &str, antal: usize) -> Option<i16> {
    let rena = text.len() == antal && text.bytes().all(|b| b.is_ascii_digit());
    rena.then(|| text.parse().ok()).flatten()
}

/// A month, `2021-06`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Manad {
    /// The year.
    pub ar: i16,
    /// The month, 1–12.
    pub manad: i8,
}

impl Manad {
    /// The month so many months later.
    #[must_use]
    pub fn efter(self, steg: usize) -> Option<Self> {
        let nummer = i64::from(self.ar) * 12 + i64::from(self.manad) - 1;
        let nummer = nummer.checked_add(i64::try_from(steg).ok()?)?;
        let ar = i16::try_from(nummer.div_euclid(12)).ok()?;
        Some(Self {
            ar,
            manad: i8::try_from(nummer.rem_euclid(12) + 1).ok()?,
        })
    }

    /// Its first day.
    #[must_use]
    pub fn forsta_dag(self) -> Option<Date> {
        Date::new(self.ar, self.manad, 1).ok()
    }

    /// Its name, `november`.
    #[must_use]
    pub fn namn(self) -> &'static str {
        crate::tid::manad(self.manad)
    }
}

fn manad(skrivet: &str) -> Option<Manad> {
    let dag = datum(&format!("{skrivet}-01"))?;
    Some(Manad {
        ar: dag.year(),
        manad: dag.month(),
    })
}

impl Varde for Manad {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        let skrivet = text(nod, l, "en månad, till exempel \"2021-06\",")?;
        let manad = manad(&skrivet);
        if manad.is_none() {
            let fel = format!("”{}” är ingen månad.", kort(&skrivet));
            l.fel("underlag-datum", nod.rad, fel, "Skriv månaden som ÅÅÅÅ-MM.");
        }
        manad
    }

    fn skriv(&self) -> Option<Value> {
        Some(format!("{:04}-{:02}", self.ar, self.manad).into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = json!({ "type": "string", "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])$",
            "description": "En månad, ÅÅÅÅ-MM." });
        schema::text(typer, "Manad", schema)
    }
}

/// A point in time as exactly as the paper gives it: a year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tidpunkt {
    /// Only the year.
    Ar(Ar),
    /// Year and month.
    Manad(Manad),
    /// The day.
    Dag(Date),
}

impl Tidpunkt {
    /// The year.
    #[must_use]
    pub fn ar(self) -> i16 {
        match self {
            Self::Ar(ar) => ar.0,
            Self::Manad(manad) => manad.ar,
            Self::Dag(dag) => dag.year(),
        }
    }
}

impl std::fmt::Display for Tidpunkt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ar(ar) => write!(f, "{:04}", ar.0),
            Self::Manad(m) => write!(f, "{:04}-{:02}", m.ar, m.manad),
            Self::Dag(dag) => write!(f, "{dag}"),
        }
    }
}

impl Varde for Tidpunkt {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        let skrivet = text(nod, l, "en tidpunkt, till exempel \"2021-06\",")?;
        let ar = || {
            siffror(&skrivet, 4)
                .filter(|ar| (1900..=2100).contains(ar))
                .map(Ar)
        };
        let tid = ar()
            .map(Self::Ar)
            .or_else(|| manad(&skrivet).map(Self::Manad))
            .or_else(|| datum(&skrivet).map(Self::Dag));
        if tid.is_none() {
            let fel = format!("”{}” är varken år, månad eller dag.", kort(&skrivet));
            let atgard = "Skriv \"2021\", \"2021-06\" eller \"2021-06-30\".";
            l.fel("underlag-datum", nod.rad, fel, atgard);
        }
        tid
    }

    fn skriv(&self) -> Option<Value> {
        Some(self.to_string().into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = json!({ "type": "string",
            "pattern": "^[12][0-9]{3}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?$",
            "description": "År, månad eller dag, så noga som papperet säger." });
        schema::text(typer, "Tidpunkt", schema)
    }
}

val! {
    /// En veckodag.
    Veckodag {
        /// Måndag.
        Mandag = "måndag",
        /// Tisdag.
        Tisdag = "tisdag",
        /// Onsdag.
        Onsdag = "onsdag",
        /// Torsdag.
        Torsdag = "torsdag",
        /// Fredag.
        Fredag = "fredag",
        /// Lördag.
        Lordag = "lördag",
        /// Söndag.
        Sondag = "söndag",
    }
}

impl Veckodag {
    /// The weekday of a date.
    #[must_use]
    pub fn av(datum: Date) -> Self {
        match datum.weekday() {
            Weekday::Monday => Self::Mandag,
            Weekday::Tuesday => Self::Tisdag,
            Weekday::Wednesday => Self::Onsdag,
            Weekday::Thursday => Self::Torsdag,
            Weekday::Friday => Self::Fredag,
            Weekday::Saturday => Self::Lordag,
            Weekday::Sunday => Self::Sondag,
        }
    }

    /// Saturday or Sunday.
    #[must_use]
    pub const fn helg(self) -> bool {
        matches!(self, Self::Lordag | Self::Sondag)
    }
}

/// An amount with its unit: `8 052 000 kr`, `1 400 tkr`, `12,5 Mkr`.
impl Varde for Belopp {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        if let Slag::Heltal(_) | Slag::AnnatTal(_) = nod.slag {
            let atgard = "Skriv beloppet som text med enhet: \"8 052 000 kr\", \"1 400 tkr\" \
                          eller \"14 Mkr\".";
            l.fel(
                "underlag-enhet",
                nod.rad,
                "Ett belopp måste ha enhet.",
                atgard,
            );
            return None;
        }
        let skrivet = text(nod, l, "ett belopp, till exempel \"1 400 tkr\",")?;
        match Self::las(&skrivet) {
            Ok(belopp) => Some(belopp),
            Err(fel) => {
                fel_belopp(nod, l, &skrivet, fel);
                None
            }
        }
    }

    fn skriv(&self) -> Option<Value> {
        Some(med_precision(self).into())
    }

    fn schema(typer: &mut Typer) -> Value {
        let schema = json!({ "type": "string", "description":
            "Ett belopp som text med enhet kr, tkr eller Mkr. Decimaltecknet är komma.",
            "examples": ["8 052 000 kr", "1 400 tkr", "12,5 Mkr", "-700 000 kr"] });
        schema::text(typer, "Belopp", schema)
    }
}

/// As it was written, with the decimals that its precision says it had: 14,0 Mkr is more
/// exact than 14 Mkr, and must be so again when it is read.
fn med_precision(belopp: &Belopp) -> String {
    let skrivet = belopp.som_skrivet();
    let Some((tal, enhet)) = skrivet.rsplit_once(crate::pengar::NBSP) else {
        return skrivet;
    };
    let mut kvar = i64::from(belopp.enhet.ore()).checked_div(belopp.precision.enhet());
    let mut behovs: usize = 0;
    while let Some(n) = kvar.filter(|n| *n >= 10) {
        kvar = Some(n / 10);
        behovs += 1;
    }
    let har = tal
        .split_once(',')
        .map_or(0, |(_, decimaler)| decimaler.len());
    let komma = if har == 0 && behovs > 0 { "," } else { "" };
    let nollor = "0".repeat(behovs.saturating_sub(har));
    format!("{tal}{komma}{nollor}{}{enhet}", crate::pengar::NBSP)
}

/// Says why an amount could not be read.
pub(super) fn fel_belopp(nod: &Nod, l: &mut Lasare, skrivet: &str, fel: BeloppFel) {
    let (kod, atgard) = match fel {
        BeloppFel::Enhet => (
            "underlag-enhet",
            "Skriv enheten kr, tkr eller Mkr efter talet.",
        ),
        BeloppFel::ForStort => (
            "underlag-belopp",
            "Kontrollera antalet nollor och enheten; så stora belopp finns inte.",
        ),
        _ => (
            "underlag-belopp",
            "Skriv siffror med mellanslag mellan tusental, komma före decimaler och sist enheten.",
        ),
    };
    let text = format!("”{}” går inte att läsa som belopp: {fel}.", kort(skrivet));
    l.fel(kod, nod.rad, text, atgard);
}
