//! The rows that both the page and the file show.

use super::Deltagarmatt;
use std::collections::BTreeSet;
use utfall_domain::deltagare::kodlista::Listnamn;
use utfall_domain::deltagare::kodlista::alder::Band;
use utfall_domain::deltagare::kodlista::version::gallande;
use utfall_domain::deltagare::skydd::Visat;
use utfall_domain::deltagare::tabeller::{Arstabell, Rad, Utfall};
use utfall_domain::id::InsatsId;
use utfall_domain::kommun;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::svensk::{sorteringsnyckel, stor_forst};
use utfall_domain::varde::Varde;

/// A table of what came of the participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mattabell {
    /// Its part of addresses.
    pub id: String,
    /// Its heading.
    pub rubrik: String,
    /// What it is about, in a sentence.
    pub text: String,
    /// What the rows are: the first column.
    pub vad: &'static str,
    /// The other columns.
    pub kolumner: Vec<String>,
    /// The rows.
    pub rader: Vec<Mattrad>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mattrad {
    /// What it is about.
    pub rubrik: String,
    /// The initiative that it is about, by its part of addresses.
    pub insats: Option<String>,
    /// Whether it is all the rows together.
    pub alla: bool,
    /// The figures.
    pub celler: Vec<Mattcell>,
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mattcell {
    /// People.
    Antal(Varde),
    /// Money, in öre.
    Ore(Varde),
    /// Of a hundred.
    Procent(Varde),
}

/// The municipalities that somebody came from, by code.
pub(super) fn kommuner(aren: &[Arstabell]) -> Vec<String> {
    let alla: BTreeSet<&String> = aren
        .iter()
        .flat_map(|t| t.kommuner.iter().flatten())
        .collect();
    alla.into_iter().cloned().collect()
}

fn varde(visat: Visat) -> Varde {
    match visat {
        Visat::Tal(tal) => Varde::Kant(i64::try_from(tal).unwrap_or(i64::MAX)),
        Visat::Dolt => Varde::Sekretess,
    }
}

fn antal(visat: Visat) -> Mattcell {
    Mattcell::Antal(varde(visat))
}

fn utfallskolumner() -> Vec<String> {
    let namn = Utfall::ALLA.iter().map(|u| stor_forst(u.text()));
    std::iter::once("Deltagare".to_owned())
        .chain(namn)
        .collect()
}

fn utfall(t: &Arstabell, rad: &Rad) -> Vec<Mattcell> {
    let alla = std::iter::once(antal(t.rad(rad)));
    alla.chain(Utfall::ALLA.iter().map(|u| antal(t.utfall(rad, *u))))
        .collect()
}

fn allas(t: &Arstabell) -> Vec<Mattcell> {
    let alla = std::iter::once(antal(t.alla()));
    alla.chain(Utfall::ALLA.iter().map(|u| antal(t.med(*u))))
        .collect()
}

fn kommunnamn(kod: Option<&str>) -> String {
    kod.map_or_else(
        || "Okänd kommun".to_owned(),
        |kod| kommun::av_kod(kod).map_or_else(|| kod.to_owned(), |k| k.namn.clone()),
    )
}

fn konnamn(kod: &str) -> String {
    let lista = gallande(Listnamn::Kon, &[], jiff::civil::Date::MAX);
    let text = lista.and_then(|l| l.finn(kod)).map(|k| k.text.clone());
    stor_forst(&text.unwrap_or_else(|| kod.to_owned()))
}

fn aldersnamn(band: Option<Band>) -> String {
    band.map_or_else(
        || "Okänd ålder".to_owned(),
        |b| stor_forst(&format!("{}\u{a0}år", b.text())),
    )
}

impl Mattrad {
    fn ny(rubrik: impl Into<String>, celler: Vec<Mattcell>) -> Self {
        Self {
            rubrik: rubrik.into(),
            insats: None,
            alla: false,
            celler,
        }
    }

    fn alla(celler: Vec<Mattcell>) -> Self {
        Self {
            alla: true,
            ..Self::ny("Alla", celler)
        }
    }
}

impl Deltagarmatt {
    /// The name of the municipality that is asked about, with a preposition: `från Strängnäs`.
    #[must_use]
    pub fn varifran(&self) -> String {
        self.kommun.as_deref().map_or_else(String::new, |kod| {
            format!(" från {}", kommunnamn(Some(kod)))
        })
    }

    /// The years, as they stand in a sentence: `2018–2022`.
    #[must_use]
    pub fn period(&self) -> String {
        match (self.aren.first(), self.aren.last()) {
            (Some(en), Some(sista)) if en.ar != sista.ar => {
                format!("{}\u{2013}{}", en.ar, sista.ar)
            }
            (Some(en), _) => en.ar.to_string(),
            _ => String::new(),
        }
    }

    /// Whether anything is hidden in any of the years.
    #[must_use]
    pub fn nagot_dolt(&self) -> bool {
        self.aren.iter().any(Arstabell::nagot_dolt)
    }

    /// Whether anybody took part in any of the years.
    #[must_use]
    pub fn nagon(&self) -> bool {
        self.aren.iter().any(|t| t.alla() != Visat::Tal(0))
    }

    fn insatsnamn(&self, id: InsatsId) -> (String, Option<String>) {
        let funnen = self.bok.insatser.iter().find(|i| i.id == id);
        funnen.map_or_else(
            || (format!("Insats {id}"), None),
            |i| (i.namn.clone(), Some(i.slug.clone())),
        )
    }

    /// The two questions of the council, year by year (R165, R166, R279): how many, and what came
    /// of them. Of the municipality that is asked about, or of all.
    #[must_use]
    pub fn ar_for_ar(&self) -> Mattabell {
        let rad = |t: &Arstabell| {
            let mut celler = match &self.kommun {
                None => allas(t),
                Some(kod) => t.fran(kod).map_or_else(
                    || vec![Mattcell::Antal(Varde::Kant(0)); utfallskolumner().len()],
                    |rad| utfall(t, &rad),
                ),
            };
            if self.kommun.is_none() {
                let tackning = t.tackning().and_then(|p| i64::try_from(p).ok());
                let okand = match t.alla() {
                    Visat::Tal(0) => Varde::Okant,
                    _ => Varde::Sekretess,
                };
                celler.push(Mattcell::Procent(tackning.map_or(okand, Varde::Kant)));
            }
            let namn = if t.till.month() == 12 && t.till.day() == 31 {
                t.ar.to_string()
            } else {
                format!("{} till {}", t.ar, utfall_domain::tid::i_ord(t.till))
            };
            Mattrad::ny(namn, celler)
        };
        let mut kolumner = utfallskolumner();
        if self.kommun.is_none() {
            kolumner.push("Med uppgifter, procent".to_owned());
        }
        Mattabell {
            id: "aren".to_owned(),
            rubrik: "År för år".to_owned(),
            text: "Var och en räknas en gång om året, i ett utfall: det som gällde när året var \
                   slut. Den som deltar över ett årsskifte räknas båda åren."
                .to_owned(),
            vad: "År",
            kolumner,
            rader: self.aren.iter().map(rad).collect(),
        }
    }

    /// How many took part in each initiative each year, of the municipality that is asked about or
    /// of all (R165, R167).
    #[must_use]
    pub fn insatserna(&self) -> Mattabell {
        let mut alla: Vec<InsatsId> = self.aren.iter().flat_map(|t| t.insatser.clone()).collect();
        alla.sort_unstable();
        alla.dedup();
        alla.sort_by_cached_key(|id| sorteringsnyckel(&self.insatsnamn(*id).0));
        let cell = |t: &Arstabell, id: InsatsId| {
            let noll = Mattcell::Antal(Varde::Kant(0));
            let Some(nr) = t.insatser.iter().position(|i| *i == id) else {
                return noll;
            };
            match &self.kommun {
                None => antal(t.rad(&Rad::Insats(nr))),
                Some(kod) => t.fran(kod).map_or(noll, |rad| antal(t.bada(nr, &rad))),
            }
        };
        let rad = |id: InsatsId| {
            let (namn, slug) = self.insatsnamn(id);
            let celler = self.aren.iter().map(|t| cell(t, id)).collect();
            Mattrad {
                insats: slug,
                ..Mattrad::ny(namn, celler)
            }
        };
        Mattabell {
            id: "insatser".to_owned(),
            rubrik: format!("Deltagare{} i varje insats", self.varifran()),
            text: "Den som deltar i två insatser räknas i båda.".to_owned(),
            vad: "Insats",
            kolumner: self.aren.iter().map(|t| t.ar.to_string()).collect(),
            rader: alla.into_iter().map(rad).collect(),
        }
    }

    /// A year's tables: by initiative, municipality, sex and age, and what it cost (R280, R152).
    #[must_use]
    pub fn aret(&self, ar: i16) -> Vec<Mattabell> {
        let Some(t) = self.aren.iter().find(|t| t.ar == ar) else {
            return Vec::new();
        };
        let kommuner: Vec<(String, Rad)> = t
            .kommuner
            .iter()
            .enumerate()
            .map(|(nr, kod)| (kommunnamn(kod.as_deref()), Rad::Kommun(nr)))
            .collect();
        let kon: Vec<(String, Rad)> = t
            .kon
            .iter()
            .enumerate()
            .map(|(nr, kod)| (konnamn(kod), Rad::Kon(nr)))
            .collect();
        let aldrar: Vec<(String, Rad)> = t
            .aldrar
            .iter()
            .enumerate()
            .map(|(nr, band)| (aldersnamn(*band), Rad::Alder(nr)))
            .collect();
        let insatser =
            self.utfallstabell(t, ("utfall", "Insatserna", "Insats"), self.insatsrader(t));
        let resten = [
            self.utfallstabell(
                t,
                ("kommuner", "Hemkommunerna", "Kommun"),
                plana(&ordnade(kommuner.clone())),
            ),
            self.korstabell(t, ("kommun-insats", "Insatser och hemkommuner"), &kommuner),
            self.utfallstabell(t, ("kon", "Kvinnor och män", "Kön"), plana(&kon)),
            self.korstabell(t, ("insats-kon", "Insatser, kvinnor och män"), &kon),
            self.utfallstabell(t, ("alder", "Åldrar", "Ålder första dagen"), plana(&aldrar)),
        ];
        let forst = std::iter::once(insatser).chain(self.kostnader(t));
        forst.chain(resten).collect()
    }

    fn insatsrader(&self, t: &Arstabell) -> Vec<(String, Option<String>, Rad)> {
        let mut ut: Vec<_> = t
            .insatser
            .iter()
            .enumerate()
            .map(|(nr, id)| {
                let (namn, slug) = self.insatsnamn(*id);
                (namn, slug, Rad::Insats(nr))
            })
            .collect();
        ut.sort_by_cached_key(|(namn, ..)| sorteringsnyckel(namn));
        ut
    }

    fn utfallstabell(
        &self,
        t: &Arstabell,
        (id, rubrik, vad): (&str, &str, &'static str),
        rader: Vec<(String, Option<String>, Rad)>,
    ) -> Mattabell {
        let mut rader: Vec<Mattrad> = rader
            .into_iter()
            .map(|(namn, insats, rad)| Mattrad {
                insats,
                ..Mattrad::ny(namn, utfall(t, &rad))
            })
            .collect();
        rader.push(Mattrad::alla(allas(t)));
        Mattabell {
            id: id.to_owned(),
            rubrik: format!("{rubrik} {}", t.ar),
            text: String::new(),
            vad,
            kolumner: utfallskolumner(),
            rader,
        }
    }

    fn korstabell(
        &self,
        t: &Arstabell,
        (id, rubrik): (&str, &str),
        kolumner: &[(String, Rad)],
    ) -> Mattabell {
        let rad = |(namn, insats, rad): (String, Option<String>, Rad)| {
            let Rad::Insats(nr) = rad else {
                return Mattrad::ny(namn, Vec::new());
            };
            let celler = kolumner.iter().map(|(_, k)| antal(t.bada(nr, k)));
            let celler = std::iter::once(antal(t.rad(&rad))).chain(celler).collect();
            Mattrad {
                insats,
                ..Mattrad::ny(namn, celler)
            }
        };
        let namn = kolumner.iter().map(|(namn, _)| namn.clone());
        let mut rader: Vec<Mattrad> = self.insatsrader(t).into_iter().map(rad).collect();
        let alla = kolumner.iter().map(|(_, k)| antal(t.rad(k)));
        rader.push(Mattrad::alla(
            std::iter::once(antal(t.alla())).chain(alla).collect(),
        ));
        Mattabell {
            id: id.to_owned(),
            rubrik: format!("{rubrik} {}", t.ar),
            text: String::new(),
            vad: "Insats",
            kolumner: std::iter::once("Deltagare".to_owned())
                .chain(namn)
                .collect(),
            rader,
        }
    }

    /// What each initiative used, and what that is a participant and a person in work: only where
    /// both numbers are shown. Nothing of a year when no money is known.
    fn kostnader(&self, t: &Arstabell) -> Option<Mattabell> {
        let rad = |(namn, insats, rad): (String, Option<String>, Rad)| {
            let id = match rad {
                Rad::Insats(nr) => t.insatser.get(nr).copied(),
                _ => None,
            };
            let anvant = id.map_or(Varde::Okant, |id| {
                self.bok
                    .varde(Matt::AnvantInsats, &Urval::insats(id).ar(t.ar))
            });
            let (alla, arbete) = (t.rad(&rad), t.utfall(&rad, Utfall::Arbete));
            Mattrad {
                insats,
                ..Mattrad::ny(
                    namn,
                    vec![
                        Mattcell::Ore(anvant),
                        antal(alla),
                        Mattcell::Ore(per(anvant, alla)),
                        antal(arbete),
                        Mattcell::Ore(per(anvant, arbete)),
                    ],
                )
            }
        };
        let kolumner = [
            "Använt, kronor",
            "Deltagare",
            "Kronor per deltagare",
            "Till arbete",
            "Kronor per person i arbete",
        ];
        let rader: Vec<Mattrad> = self.insatsrader(t).into_iter().map(rad).collect();
        let kant =
            |rad: &Mattrad| matches!(rad.celler.first(), Some(Mattcell::Ore(Varde::Kant(_))));
        rader.iter().any(kant).then(|| Mattabell {
            id: "kostnader".to_owned(),
            rubrik: format!("Vad det kostade {}", t.ar),
            text: "Det som insatsen använde under året, delat med antalet. Jämför bara insatser \
                   vars deltagare hade lika långt till arbete."
                .to_owned(),
            vad: "Insats",
            kolumner: kolumner.map(str::to_owned).to_vec(),
            rader,
        })
    }
}

fn plana(rader: &[(String, Rad)]) -> Vec<(String, Option<String>, Rad)> {
    let en = |(namn, rad): &(String, Rad)| (namn.clone(), None, rad.clone());
    rader.iter().map(en).collect()
}

fn ordnade(mut rader: Vec<(String, Rad)>) -> Vec<(String, Rad)> {
    rader.sort_by_cached_key(|(namn, _)| sorteringsnyckel(namn));
    rader
}

/// Öre for each, in whole kronor with halves up; what is not known or is hidden stays so, and of
/// nobody there is none.
fn per(ore: Varde, antal: Visat) -> Varde {
    let antal = match antal {
        Visat::Dolt => return Varde::Sekretess,
        Visat::Tal(0) => return Varde::Okant,
        Visat::Tal(antal) => i128::from(antal),
    };
    let Some(ore) = ore.kant() else {
        return ore;
    };
    let kronor = i128::from(ore)
        .checked_add(antal.saturating_mul(50))
        .and_then(|n| n.checked_div_euclid(antal.saturating_mul(100)));
    let ore = kronor.and_then(|k| i64::try_from(k.checked_mul(100)?).ok());
    ore.map_or(Varde::Okant, Varde::Kant)
}
