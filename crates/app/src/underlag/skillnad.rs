//! What a new version of a paper changes in the books: pure.
//!
//! The rules, in one place:
//! * What both versions say the same of stays as it is, with the place it was read from.
//! * Another value is a correction, read from the new version.
//! * What the new version does not say is struck. Where another paper states it too, that
//!   paper's statement takes its place: it was only left out because it was already said.
//! * Texts and positions of initiatives follow, as [`super::texter`] says.
//! * What a person has said the last word of is never changed. That the new version says
//!   something else is told, before and after.

use super::kedja::{Kedja, kedjor};
use super::ord::{self, Namn};
use super::oversatt::{Uttalande, tolka};
use super::rattat::{fordelade_fore, samma, tolka_igen};
use super::texter::{Textskillnad, folj};
use crate::miljo::Miljo;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet, VecDeque};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, Kalla, NyttFaktum};
use utfall_domain::id::UnderlagId;
use utfall_domain::problem::Problem;
use utfall_domain::underlag::Underlag;

/// A fact that a new version of a paper touches, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// What it is about.
    pub vad: String,
    /// What the books say; `None` when they say nothing.
    pub fore: Option<String>,
    /// What the new version says; `None` when it says nothing.
    pub nu: Option<String>,
}

/// What a new version of a paper changes in the books.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skillnad {
    /// Facts that stay as they are.
    pub lika: usize,
    /// Facts that the books did not have.
    pub nya: Vec<Post>,
    /// Facts with another value.
    pub andrade: Vec<Post>,
    /// Facts that are no longer stated.
    pub strukna: Vec<Post>,
    /// Facts that a person has decided and that the new version states otherwise: they stay.
    pub behallna: Vec<Post>,
    /// Texts and positions of initiatives.
    #[serde(default)]
    pub texter: Textskillnad,
}

/// The same as writes.
#[derive(Debug)]
pub(super) struct Utfall {
    /// Objects the books lack, and what is said anew of those they have.
    pub(super) objekt: Vec<Andring>,
    /// New facts, corrections and strikings.
    pub(super) fakta: Vec<NyttFaktum>,
    /// In words.
    pub(super) skillnad: Skillnad,
}

/// A new version on its way into the books.
pub(super) struct NyVersion<'a> {
    /// What it says.
    pub(super) papper: &'a Underlag,
    /// What the version it replaces says.
    pub(super) fore: &'a Underlag,
    /// Its number.
    pub(super) id: UnderlagId,
    /// The version it replaces.
    pub(super) ersatter: UnderlagId,
    /// Why.
    pub(super) orsak: &'a str,
}

type Sak<'a> = (FaktumSlag, &'a Galler);

/// Compares a new version with the books.
///
/// # Errors
/// As [`tolka`].
pub(super) fn rakna(
    ny: &NyVersion<'_>,
    bocker: &Bocker,
    andra: &[(UnderlagId, &Underlag)],
    miljo: &mut Miljo,
) -> Result<Utfall, Problem> {
    let versioner = bocker.versioner(ny.ersatter);
    let fordelade = fordelade_fore(bocker, ny.ersatter);
    let tolkat = tolka(ny.papper, ny.id, (bocker, fordelade), miljo)?;
    let (egna, ovriga): (Vec<_>, Vec<_>) = kedjor(&bocker.fakta, None).into_iter().partition(|k| {
        let ur = k.rot.fakta.kalla.as_ref().map(|kalla| kalla.underlag);
        ur.is_some_and(|id| versioner.contains(&id))
    });
    let av_andra: HashSet<Sak<'_>> = ovriga
        .iter()
        .filter(|k| !k.sist.fakta.struken)
        .map(|k| (k.sist.fakta.slag, k.sist.galler()))
        .collect();
    let namn = Namn {
        bocker,
        nya: &tolkat.objekt,
    };
    let mut r = Rakning {
        ny,
        namn,
        fakta: Vec::new(),
        skillnad: Skillnad::default(),
        strukna: Vec::new(),
    };
    let mut kvar: Vec<Option<Kedja<'_>>> = egna.into_iter().map(Some).collect();
    let sagda: Vec<&Uttalande> = tolkat
        .uttalanden
        .iter()
        .filter(|x| !av_andra.contains(&x.nyckel()))
        .collect();
    for (x, kedja) in sagda.iter().zip(para(&sagda, &mut kvar)) {
        r.sagd(&x.faktum, kedja);
    }
    for kedja in kvar.into_iter().flatten() {
        r.osagd(kedja);
    }
    r.stryk(bocker, andra);
    let (fakta, mut skillnad) = (r.fakta, r.skillnad);
    let versioner = (ny.fore, ny.papper);
    let (beskrivna, texter) = folj(versioner, bocker, &tolkat.insatser);
    skillnad.texter = texter;
    Ok(Utfall {
        objekt: tolkat.objekt.into_iter().chain(beskrivna).collect(),
        fakta,
        skillnad,
    })
}

/// The chain of each statement, taken out of `kvar`. Of several about one thing those that say
/// the same belong together, and the rest in order.
fn para<'s, 'b: 's>(
    sagda: &[&'s Uttalande],
    kvar: &mut [Option<Kedja<'b>>],
) -> Vec<Option<Kedja<'b>>> {
    let mut per: HashMap<Sak<'s>, VecDeque<usize>> = HashMap::new();
    for (nr, kedja) in kvar.iter().enumerate() {
        if let Some(kedja) = kedja {
            per.entry(kedja.nyckel()).or_default().push_back(nr);
        }
    }
    let mut ut = vec![None; sagda.len()];
    for bara_lika in [true, false] {
        for (x, plats) in sagda.iter().zip(&mut ut).filter(|(_, p)| p.is_none()) {
            let Some(nummer) = per.get_mut(&x.nyckel()) else {
                continue;
            };
            let passar = |nr: &usize| {
                let kedja = kvar.get(*nr).copied().flatten();
                kedja.is_some_and(|k| !bara_lika || samma(&k.sist.fakta, &x.faktum))
            };
            if let Some(funnen) = nummer.iter().position(passar)
                && let Some(nr) = nummer.remove(funnen)
            {
                *plats = kvar.get_mut(nr).and_then(Option::take);
            }
        }
    }
    ut
}

struct Rakning<'a, 'b> {
    ny: &'a NyVersion<'a>,
    namn: Namn<'a>,
    fakta: Vec<NyttFaktum>,
    skillnad: Skillnad,
    strukna: Vec<&'b Faktum>,
}

impl<'b> Rakning<'_, 'b> {
    fn post(&self, fore: Option<&NyttFaktum>, nu: Option<&NyttFaktum>) -> Post {
        let fore = fore.filter(|f| !f.struken);
        Post {
            vad: nu
                .or(fore)
                .map_or_else(String::new, |f| self.namn.faktum(f)),
            fore: fore.map(ord::varde),
            nu: nu.map(ord::varde),
        }
    }

    /// The new version states it.
    fn sagd(&mut self, x: &NyttFaktum, kedja: Option<Kedja<'b>>) {
        let Some(kedja) = kedja else {
            self.skillnad.nya.push(self.post(None, Some(x)));
            self.fakta.push(x.clone());
            return;
        };
        let fore = &kedja.sist.fakta;
        if samma(fore, x) || (kedja.for_hand && !fore.struken && fore.varde == x.varde) {
            self.skillnad.lika += 1;
        } else if kedja.for_hand {
            let post = Post {
                vad: self.namn.faktum(x),
                ..self.post(Some(fore), Some(x))
            };
            self.skillnad.behallna.push(post);
        } else {
            let post = self.post(Some(fore), Some(x));
            let lista = if fore.struken {
                &mut self.skillnad.nya
            } else {
                &mut self.skillnad.andrade
            };
            lista.push(post);
            self.ratta(kedja.sist, x);
        }
    }

    fn ratta(&mut self, fore: &Faktum, x: &NyttFaktum) {
        self.fakta.push(NyttFaktum {
            galler: fore.fakta.galler.clone(),
            rattar: Some(fore.id),
            orsak: Some(format!("Ny version av papperet: {}", self.ny.orsak)),
            ..x.clone()
        });
    }

    /// The new version does not state it.
    fn osagd(&mut self, kedja: Kedja<'b>) {
        let fore = &kedja.sist.fakta;
        if fore.struken {
            return;
        }
        if kedja.for_hand {
            let post = self.post(Some(fore), None);
            self.skillnad.behallna.push(post);
        } else {
            self.strukna.push(kedja.sist);
        }
    }

    /// Strikes what nothing states any more; what another paper states is that paper's now.
    fn stryk(&mut self, bocker: &Bocker, andra: &[(UnderlagId, &Underlag)]) {
        let mut strukna = std::mem::take(&mut self.strukna);
        for (id, papper) in andra {
            if strukna.is_empty() {
                return;
            }
            let tolkat = tolka_igen(papper, *id, bocker).unwrap_or_default();
            for x in &tolkat.uttalanden {
                let sak = |f: &&Faktum| (f.fakta.slag, f.galler()) == x.nyckel();
                if let Some(nr) = strukna.iter().position(sak) {
                    let fore = strukna.remove(nr);
                    let post = self.post(Some(&fore.fakta), Some(&x.faktum));
                    self.skillnad.andrade.push(post);
                    self.ratta(fore, &x.faktum);
                }
            }
        }
        for fore in strukna {
            self.skillnad
                .strukna
                .push(self.post(Some(&fore.fakta), None));
            let plats = fore.fakta.kalla.as_ref();
            self.fakta.push(NyttFaktum {
                rattar: Some(fore.id),
                orsak: Some(format!(
                    "Står inte i den nya versionen av papperet: {}",
                    self.ny.orsak
                )),
                struken: true,
                kalla: Some(Kalla {
                    underlag: self.ny.id,
                    plats: plats.map(|k| k.plats.clone()).unwrap_or_default(),
                    uttalande: None,
                }),
                efter_avslut: false,
                ..fore.fakta.clone()
            });
        }
    }
}
