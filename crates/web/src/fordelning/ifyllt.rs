//! What the distribution form holds, as it was typed.

use super::tabell::{cellnamn, med_i_tabellen};
use super::vy::Vy;
use crate::falt::Falt;
use crate::rattelse::belopp;
use crate::siffror::{Siffror, varde};
use utfall_app::Bok;
use utfall_app::medel::Andrad;
use utfall_domain::faktum::{Enhet, Faktum, FaktumSlag, gallande};
use utfall_domain::id::{FaktumId, InsatsId};
use utfall_domain::matt::{Matt, Urval, berakna};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::klistra;
use utfall_domain::pengar::{Belopp, Enhet as Penningenhet, Ore};
use utfall_domain::varde::Varde;
use utfall_vyer::formular::FaltFel;
use utfall_vyer::komponent::Text;
use utfall_vyer::sidor::{Andring, Forhandsvisning};
use utfall_vyer::tal::TalVy;

/// A cell of the form.
struct Cell {
    insats: InsatsId,
    namn: String,
    ar: i16,
    skrivet: String,
    belopp: Result<Option<Belopp>, String>,
}

/// The cells of the form.
pub struct Ifyllt(Vec<Cell>);

impl Ifyllt {
    /// Reads the cells of this grant's table. Others are passed over.
    /// A bare number is in the unit that the form was shown in.
    pub fn av(formular: &Falt, bok: &Bok, b: &Bidrag) -> Self {
        let s = Siffror::ny(bok);
        let enhet = Vy::ur(formular).enhet;
        let mut celler = Vec::new();
        for insats in med_i_tabellen(&s, b) {
            for ar in &b.ar {
                let Some(skrivet) = formular.som_sant(&cellnamn(insats.id, *ar)) else {
                    continue;
                };
                celler.push(Cell {
                    insats: insats.id,
                    namn: insats.namn.clone(),
                    ar: *ar,
                    skrivet: skrivet.to_owned(),
                    belopp: tolka(skrivet, enhet),
                });
            }
        }
        Self(celler)
    }

    /// The same amounts as they are written in another unit. What cannot be read stands as it
    /// was typed.
    pub fn i_enhet(mut self, vy: Vy) -> Self {
        for cell in &mut self.0 {
            match &cell.belopp {
                Ok(Some(b)) => cell.skrivet = vy.text(b.ore.0),
                Ok(None) => cell.skrivet.clear(),
                Err(_) => {}
            }
        }
        self
    }

    /// With a block laid over the table: what stands in a cell of the block stands in the cell
    /// it was given. A cell of the block that is no amount leaves the table as it is.
    pub fn med_block(
        mut self,
        (s, b): (&Siffror<'_>, &Bidrag),
        celler: &[(InsatsId, i16, String)],
        enhet: Penningenhet,
    ) -> Self {
        for insats in med_i_tabellen(s, b) {
            for ar in &b.ar {
                let ny = celler
                    .iter()
                    .rev()
                    .find(|(i, a, _)| (*i, *a) == (insats.id, *ar));
                let Some((_, _, text)) = ny else { continue };
                if klistra::belopp(text, enhet).is_err() {
                    continue;
                }
                self.0.retain(|c| (c.insats, c.ar) != (insats.id, *ar));
                self.0.push(Cell {
                    insats: insats.id,
                    namn: insats.namn.clone(),
                    ar: *ar,
                    skrivet: text.clone(),
                    belopp: tolka(text, enhet),
                });
            }
        }
        self
    }

    /// What a cell is typed to be, when it can be read: `Some(None)` is nothing.
    pub fn belopp(&self, insats: InsatsId, ar: i16) -> Option<Option<Ore>> {
        let cell = self.0.iter().find(|c| c.insats == insats && c.ar == ar)?;
        let belopp = cell.belopp.as_ref().ok()?;
        Some(belopp.map(|b| b.ore))
    }

    /// The amounts that can be read, as the warnings want them.
    pub fn belopp_alla(&self) -> Vec<(InsatsId, i16, Option<Ore>)> {
        let lasta = self.0.iter().filter_map(|c| {
            let belopp = c.belopp.as_ref().ok()?;
            Some((c.insats, c.ar, belopp.map(|b| b.ore)))
        });
        lasta.collect()
    }

    /// Only the cells that differ from the distribution the person saw.
    pub fn bara_andrade(mut self, bok: &Bok, b: &Bidrag, sedd: Option<FaktumId>) -> Self {
        let davarande: Vec<Faktum> = bok
            .fakta
            .iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && sedd.is_some_and(|s| f.id <= s))
            .cloned()
            .collect();
        let gallde = gallande(&davarande, None);
        self.0.retain(|c| {
            let urval = Urval::bidrag(b.id).for_insats(c.insats).ar(c.ar);
            let fore = berakna(Matt::FordelatNytt, &urval, &gallde).utfall.varde;
            c.belopp
                .as_ref()
                .map_or(true, |x| x.map(|x| x.ore.0) != fore.kant())
        });
        self
    }

    /// The fields that say something else than what is saved, with what was typed.
    pub fn andrade<'a>(
        &'a self,
        bok: &'a Bok,
        b: &'a Bidrag,
    ) -> impl Iterator<Item = (String, &'a str)> {
        let fakta = bok.fakta();
        self.0.iter().filter_map(move |c| {
            let urval = Urval::bidrag(b.id).for_insats(c.insats).ar(c.ar);
            let nu = berakna(Matt::FordelatNytt, &urval, &fakta).utfall.varde;
            let samma = c
                .belopp
                .as_ref()
                .is_ok_and(|x| x.map(|x| x.ore.0) == nu.kant());
            (!samma).then(|| (cellnamn(c.insats, c.ar), c.skrivet.as_str()))
        })
    }

    /// What was typed in a cell.
    pub fn skrivet(&self, insats: InsatsId, ar: i16) -> Option<&str> {
        let cell = self.0.iter().find(|c| c.insats == insats && c.ar == ar)?;
        Some(&cell.skrivet)
    }

    /// What is wrong in a row.
    pub fn radfel(&self, insats: InsatsId) -> Option<String> {
        let fel: Vec<String> = self
            .0
            .iter()
            .filter(|c| c.insats == insats)
            .filter_map(|c| c.belopp.as_ref().err().cloned())
            .collect();
        (!fel.is_empty()).then(|| fel.join(" "))
    }

    /// Whether this cell is what is wrong.
    pub fn ar_fel(&self, insats: InsatsId, ar: i16) -> bool {
        self.0
            .iter()
            .any(|c| c.insats == insats && c.ar == ar && c.belopp.is_err())
    }

    /// Every field that cannot be read.
    pub fn fel(&self) -> Vec<FaltFel> {
        self.0
            .iter()
            .filter_map(|c| {
                let fel = c.belopp.as_ref().err()?;
                Some(FaltFel {
                    falt: cellnamn(c.insats, c.ar),
                    text: format!("{}, {}: {fel}", c.namn, c.ar),
                })
            })
            .collect()
    }

    /// The cells as the use case wants them.
    pub fn celler(&self) -> Vec<Andrad> {
        self.0
            .iter()
            .filter_map(|c| {
                let belopp = *c.belopp.as_ref().ok()?;
                Some(Andrad {
                    insats: c.insats,
                    ar: c.ar,
                    belopp,
                })
            })
            .collect()
    }

    /// How much more (or less, below 0) would be distributed if this was saved, in öre.
    pub fn netto(&self, s: &Siffror<'_>, b: &Bidrag) -> i64 {
        self.0
            .iter()
            .filter_map(|c| {
                let urval = Urval::bidrag(b.id).for_insats(c.insats).ar(c.ar);
                let fore = s.kant(Matt::FordelatNytt, &urval).unwrap_or(0);
                let efter = c.belopp.as_ref().ok()?.map_or(0, |x| x.ore.0);
                Some(efter.saturating_sub(fore))
            })
            .fold(0, i64::saturating_add)
    }

    /// What saving would change.
    pub fn forhandsvisning(&self, s: &Siffror<'_>, b: &Bidrag) -> Forhandsvisning {
        let mut rader = Vec::new();
        let mut netto = 0_i64;
        for c in &self.0 {
            let urval = Urval::bidrag(b.id).for_insats(c.insats).ar(c.ar);
            let fore = s.kant(Matt::FordelatNytt, &urval);
            let efter = c.belopp.as_ref().ok().copied().flatten().map(|x| x.ore.0);
            if fore == efter {
                continue;
            }
            let skillnad = efter.unwrap_or(0).saturating_sub(fore.unwrap_or(0));
            netto = netto.saturating_add(skillnad);
            let tal = |v: Option<i64>| {
                v.map_or_else(|| TalVy::tecken(utfall_vyer::tal::Tecken::EjBeslutat), kr)
            };
            rader.push(Andring {
                namn: format!("{}, {}", c.namn, c.ar),
                fore: s.tal(Matt::FordelatNytt, &urval),
                efter: tal(efter),
                skillnad: kr(skillnad),
            });
        }
        let text = match netto {
            0 => Text::from("Summan för bidraget ändras inte."),
            n if n > 0 => Text::from("Summan för bidraget ökar med ")
                .tal(kr(n).enhet("kr"))
                .ord("."),
            n => Text::from("Summan för bidraget minskar med ")
                .tal(kr(n.saturating_neg()).enhet("kr"))
                .ord("."),
        };
        Forhandsvisning { text, rader }
    }
}

fn kr(ore: i64) -> TalVy {
    varde(Varde::Kant(ore), Enhet::Ore)
}

/// An empty cell takes the amount away. What a spreadsheet writes is read as there. An amount
/// with a unit of its own is as exact as that unit; one in the table's unit is exact.
fn tolka(skrivet: &str, enhet: Penningenhet) -> Result<Option<Belopp>, String> {
    let ore = match klistra::belopp(skrivet, enhet) {
        Ok(Some(ore)) => ore,
        Ok(None) => return Ok(None),
        // The same words as for any amount that is typed.
        Err(fel) => {
            let ord = belopp(skrivet).err();
            return Err(ord.unwrap_or_else(|| {
                format!("Beloppet ”{}” går inte att läsa: {fel}.", skrivet.trim())
            }));
        }
    };
    if ore.0 < 0 {
        return Err("Beloppet är under noll. Skriv noll eller mer.".to_owned());
    }
    let med_enhet = Belopp::las(skrivet).ok().filter(|b| b.ore == ore);
    Ok(Some(med_enhet.unwrap_or_else(|| Belopp::exakt(ore))))
}
