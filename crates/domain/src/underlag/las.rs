//! From a JSON tree to typed values, collecting every fault instead of the first.
//!
//! A value says of itself how it is read, written and described ([`Varde`]), so that the
//! parser, the writer and the JSON Schema cannot drift apart.

use super::GRANSER;
use super::json::{Falt, Nod, Slag};
use crate::problem::Problem;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Something that can stand in an underlag.
pub(super) trait Varde: Sized {
    /// Reads it, or reports why not and gives nothing.
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self>;

    /// What an absent field means; nothing when the field is required.
    fn saknas() -> Option<Self> {
        None
    }

    /// Writes it; nothing when the field is to be left out.
    fn skriv(&self) -> Option<Value>;

    /// Its JSON Schema. Named types go into `typer` once and are referred to.
    fn schema(typer: &mut Typer) -> Value;

    /// Its JSON Schema as an element of a list, where an empty cell is `null`.
    fn elementschema(typer: &mut Typer) -> Value {
        Self::schema(typer)
    }
}

/// The named types of the schema, by name.
pub(super) type Typer = BTreeMap<String, Value>;

/// Reads one file: knows where it is and keeps what was wrong.
pub(super) struct Lasare {
    stam: String,
    sokvag: Vec<String>,
    problem: Vec<Problem>,
    /// Faults found, also those that were not kept.
    antal: usize,
    id: BTreeMap<String, String>,
    hanvisningar: Vec<Hanvisning>,
}

/// A reference that must lead to something once the whole file is read.
struct Hanvisning {
    id: String,
    till: &'static [&'static str],
    plats: String,
}

impl Lasare {
    pub fn ny(stam: &str) -> Self {
        Self {
            stam: stam.to_owned(),
            sokvag: Vec::new(),
            problem: Vec::new(),
            antal: 0,
            id: BTreeMap::new(),
            hanvisningar: Vec::new(),
        }
    }

    /// The JSON path of where the reader is: `insatser[3].ekonomi[0].budget[0]`.
    fn har(&self) -> String {
        let mut ut = String::new();
        for steg in &self.sokvag {
            if !ut.is_empty() && !steg.starts_with('[') {
                ut.push('.');
            }
            ut.push_str(steg);
        }
        ut
    }

    /// The path without its list positions and last step: the section an id belongs to.
    fn sektion(&self) -> String {
        let mut namn: Vec<&str> = self
            .sokvag
            .iter()
            .map(String::as_str)
            .filter(|s| !s.starts_with('['))
            .collect();
        namn.pop();
        namn.join(".")
    }

    fn plats(&self, rad: usize) -> String {
        let har = self.har();
        let led = if har.is_empty() {
            String::new()
        } else {
            format!(", {har}")
        };
        format!("{}.json, rad {rad}{led}", self.stam)
    }

    /// Keeps a fault. After the limit only the fact that there are more is kept.
    pub fn fel(&mut self, kod: &'static str, rad: usize, text: impl Into<String>, atgard: &str) {
        let plats = self.plats(rad);
        self.fel_pa(kod, plats, text.into(), atgard);
    }

    /// Keeps a fault in a part of the value that is being read: `rader`, `[3]`.
    pub fn fel_i(
        &mut self,
        steg: &[String],
        kod: &'static str,
        rad: usize,
        text: impl Into<String>,
        atgard: &str,
    ) {
        let langd = self.sokvag.len();
        self.sokvag.extend_from_slice(steg);
        self.fel(kod, rad, text, atgard);
        self.sokvag.truncate(langd);
    }

    /// No more faults are kept, so no more effort is spent on wording them.
    fn full(&self) -> bool {
        self.problem.len() >= GRANSER.problem
    }

    fn fel_pa(&mut self, kod: &'static str, plats: String, text: String, atgard: &str) {
        self.antal = self.antal.saturating_add(1);
        if !self.full() {
            self.problem
                .push(Problem::ogiltigt(kod, text, atgard).pa(plats));
        }
    }

    fn inne<T>(&mut self, steg: String, f: impl FnOnce(&mut Self) -> T) -> T {
        self.sokvag.push(steg);
        let ut = f(self);
        self.sokvag.pop();
        ut
    }

    /// Wrong kind of JSON value.
    pub fn fel_slag(&mut self, nod: &Nod, vantat: &str) {
        let text = format!("Här ska {vantat} stå, men det är {}.", nod.slag.benamning());
        self.fel(
            "underlag-slag",
            nod.rad,
            text,
            "Se fältets beskrivning i formatet.",
        );
    }

    /// Registers an id where it is defined.
    pub fn definiera(&mut self, id: &str, rad: usize) {
        let sektion = self.sektion();
        if self.id.insert(id.to_owned(), sektion).is_some() {
            let text = format!("Beteckningen ”{id}” används redan tidigare i filen.");
            self.fel(
                "underlag-id-dubblett",
                rad,
                text,
                "Ge var och en sin egen beteckning.",
            );
        }
    }

    /// Registers a reference; it is checked when everything is read.
    pub fn hanvisa(&mut self, id: &str, till: &'static [&'static str], rad: usize) {
        let plats = self.plats(rad);
        self.hanvisningar.push(Hanvisning {
            id: id.to_owned(),
            till,
            plats,
        });
    }

    /// Checks the references and gives what was wrong, if anything.
    pub fn slut(mut self) -> Vec<Problem> {
        for h in std::mem::take(&mut self.hanvisningar) {
            if self.full() {
                break;
            }
            let fel = match self.id.get(&h.id) {
                Some(finns) if h.till.is_empty() || h.till.contains(&finns.as_str()) => continue,
                Some(finns) => format!(
                    "Beteckningen ”{}” står under {finns}, men ska här leda till {}.",
                    h.id,
                    h.till.join(" eller ")
                ),
                None => format!("Beteckningen ”{}” finns inte i filen.", h.id),
            };
            let atgard = narmast(&h.id, self.id.keys().map(String::as_str)).map_or_else(
                || "Lägg till den, eller rätta hänvisningen.".to_owned(),
                |lik| format!("Menade du ”{lik}”? Lägg annars till den som saknas."),
            );
            self.fel_pa("underlag-hanvisning", h.plats, fel, &atgard);
        }
        let fler = self.antal.saturating_sub(self.problem.len());
        if fler > 0 {
            let text = format!("Minst {fler} fel till visas inte.");
            let atgard = "Rätta de visade felen och kör igen.";
            let fler = Problem::ogiltigt("underlag-fler-fel", text, atgard);
            self.problem.push(fler.pa(format!("{}.json", self.stam)));
        }
        self.problem
    }
}

/// An object being read field by field.
pub(super) struct Objekt<'a> {
    falt: &'a [Falt],
    rad: usize,
    lasta: BTreeSet<&'static str>,
}

impl<'a> Objekt<'a> {
    pub fn oppna(nod: &'a Nod, l: &mut Lasare) -> Option<Self> {
        if let Slag::Objekt(falt) = &nod.slag {
            return Some(Self {
                falt,
                rad: nod.rad,
                lasta: BTreeSet::new(),
            });
        }
        l.fel_slag(nod, "ett objekt { … }");
        None
    }

    /// One field; `null` means that it is left out.
    pub fn falt<T: Varde>(&mut self, namn: &'static str, l: &mut Lasare) -> Option<T> {
        self.lasta.insert(namn);
        let finns = self
            .falt
            .iter()
            .find(|f| f.namn == namn && f.nod.slag != Slag::Tomt);
        if let Some(falt) = finns {
            return l.inne(namn.to_owned(), |l| T::las(&falt.nod, l));
        }
        let utelamnat = T::saknas();
        if utelamnat.is_none() {
            let text = format!("Fältet ”{namn}” saknas.");
            l.fel(
                "underlag-falt-saknas",
                self.rad,
                text,
                "Lägg till fältet; det krävs.",
            );
        }
        utelamnat
    }

    /// Refuses the fields that nobody asked for.
    pub fn stang(self, l: &mut Lasare) {
        for falt in self
            .falt
            .iter()
            .filter(|f| !self.lasta.contains(f.namn.as_str()))
        {
            if l.full() {
                return;
            }
            let atgard = narmast(&falt.namn, self.lasta.iter().copied()).map_or_else(
                || {
                    let tillatna: Vec<_> = self.lasta.iter().copied().collect();
                    format!("Ta bort det. Här får stå: {}.", tillatna.join(", "))
                },
                |lik| format!("Menade du ”{lik}”? Ta annars bort fältet."),
            );
            let text = format!("Fältet ”{}” finns inte här.", kort(&falt.namn));
            l.fel("underlag-falt-okant", falt.rad, text, &atgard);
        }
    }
}

/// Long input shortened for a message.
pub(super) fn kort(text: &str) -> String {
    let mut ut: String = text.chars().take(60).collect();
    if ut.len() < text.len() {
        ut.push('…');
    }
    ut
}

/// The known name that is at most two letters away.
fn narmast<'a>(skrivet: &str, kanda: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if skrivet.chars().count() > 40 {
        return None;
    }
    kanda
        .map(|k| (avstand(skrivet, k), k))
        .filter(|(d, _)| *d <= 2)
        .min()
        .map(|(_, k)| k)
}

/// Edit distance.
fn avstand(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut rad: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut forra = i;
        let mut vanster = i + 1;
        for (cell, cb) in rad.iter_mut().skip(1).zip(&b) {
            let byte = forra + usize::from(ca != *cb);
            forra = *cell;
            vanster = byte.min(forra + 1).min(vanster + 1);
            *cell = vanster;
        }
        if let Some(forsta) = rad.first_mut() {
            *forsta = i + 1;
        }
    }
    rad.last().copied().unwrap_or_default()
}

impl<T: Varde> Varde for Option<T> {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        if nod.slag == Slag::Tomt {
            Some(None)
        } else {
            T::las(nod, l).map(Some)
        }
    }

    fn saknas() -> Option<Self> {
        Some(None)
    }

    fn skriv(&self) -> Option<Value> {
        self.as_ref().and_then(Varde::skriv)
    }

    fn schema(typer: &mut Typer) -> Value {
        T::schema(typer)
    }

    fn elementschema(typer: &mut Typer) -> Value {
        serde_json::json!({ "anyOf": [T::schema(typer), { "type": "null" }] })
    }
}

impl<T: Varde> Varde for Vec<T> {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        let Slag::Lista(noder) = &nod.slag else {
            l.fel_slag(nod, "en lista [ … ]");
            return None;
        };
        // Every element is read even after a fault, so that one run shows all of them.
        let lasta: Vec<Option<T>> = noder
            .iter()
            .enumerate()
            .map(|(nr, nod)| l.inne(format!("[{nr}]"), |l| T::las(nod, l)))
            .collect();
        lasta.into_iter().collect()
    }

    fn saknas() -> Option<Self> {
        Some(Self::new())
    }

    fn skriv(&self) -> Option<Value> {
        let ut = || {
            self.iter()
                .map(|v| v.skriv().unwrap_or(Value::Null))
                .collect()
        };
        (!self.is_empty()).then(|| Value::Array(ut()))
    }

    fn schema(typer: &mut Typer) -> Value {
        let mut schema = Map::new();
        schema.insert("type".into(), "array".into());
        schema.insert("maxItems".into(), GRANSER.rader.into());
        schema.insert("items".into(), T::elementschema(typer));
        Value::Object(schema)
    }
}

/// Yes or no; left out means no.
impl Varde for bool {
    fn las(nod: &Nod, l: &mut Lasare) -> Option<Self> {
        if let Slag::Sant(sant) = nod.slag {
            return Some(sant);
        }
        l.fel_slag(nod, "true eller false");
        None
    }

    fn saknas() -> Option<Self> {
        Some(false)
    }

    fn skriv(&self) -> Option<Value> {
        self.then_some(Value::Bool(true))
    }

    fn schema(_: &mut Typer) -> Value {
        serde_json::json!({ "type": "boolean", "default": false })
    }
}

/// Defines a record of the format: the struct, how it is read and written, and its schema.
/// The doc comments are Swedish because they are also the schema's descriptions.
macro_rules! post {
    (
        $(#[doc = $dok:literal])*
        $namn:ident {
            $( $(#[doc = $fdok:literal])* $falt:ident : $typ:ty ),* $(,)?
        }
        $( kontroll $kontroll:path )?
    ) => {
        $(#[doc = $dok])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $namn {
            $( $(#[doc = $fdok])* pub $falt: $typ, )*
        }

        impl $crate::underlag::las::Varde for $namn {
            fn las(
                nod: &$crate::underlag::json::Nod,
                l: &mut $crate::underlag::las::Lasare,
            ) -> Option<Self> {
                let mut o = $crate::underlag::las::Objekt::oppna(nod, l)?;
                $( let $falt: Option<$typ> = o.falt(stringify!($falt), l); )*
                o.stang(l);
                let ut = Self { $( $falt: $falt?, )* };
                $( $kontroll(&ut, nod, l); )?
                Some(ut)
            }

            fn skriv(&self) -> Option<serde_json::Value> {
                let mut ut = serde_json::Map::new();
                $(
                    if let Some(v) = $crate::underlag::las::Varde::skriv(&self.$falt) {
                        ut.insert(stringify!($falt).to_owned(), v);
                    }
                )*
                Some(serde_json::Value::Object(ut))
            }

            fn schema(typer: &mut $crate::underlag::las::Typer) -> serde_json::Value {
                $crate::underlag::schema::post(
                    typer,
                    stringify!($namn),
                    concat!($($dok),*),
                    |typer| vec![$(
                        $crate::underlag::schema::falt::<$typ>(
                            typer,
                            stringify!($falt),
                            concat!($($fdok),*),
                        ),
                    )*],
                )
            }
        }
    };
}

/// Defines a closed choice of words.
macro_rules! val {
    (
        $(#[doc = $dok:literal])*
        $namn:ident { $( $(#[doc = $vdok:literal])* $variant:ident = $ord:literal ),* $(,)? }
    ) => {
        $(#[doc = $dok])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $namn { $( $(#[doc = $vdok])* $variant, )* }

        impl $namn {
            /// The word in the file.
            #[must_use]
            pub const fn kod(self) -> &'static str {
                match self { $( Self::$variant => $ord, )* }
            }
        }

        impl $crate::underlag::las::Varde for $namn {
            fn las(
                nod: &$crate::underlag::json::Nod,
                l: &mut $crate::underlag::las::Lasare,
            ) -> Option<Self> {
                $crate::underlag::grund::valj(nod, l, &[$( ($ord, Self::$variant) ),*])
            }

            fn skriv(&self) -> Option<serde_json::Value> {
                Some(self.kod().into())
            }

            fn schema(typer: &mut $crate::underlag::las::Typer) -> serde_json::Value {
                $crate::underlag::schema::val(
                    typer,
                    stringify!($namn),
                    concat!($($dok),*),
                    &[$( ($ord, concat!($($vdok),*)) ),*],
                )
            }
        }
    };
}

pub(super) use {post, val};
