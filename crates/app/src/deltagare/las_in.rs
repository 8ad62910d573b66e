//! Many participants are entered at once: those whose way is already known, from another register.
//!
//! All of them are entered, or none: a refused list leaves nothing behind.

use super::{forsta, insatsnamn, prova_oppen};
use crate::brister::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::deltagare::andring::{Deltagarandring, Fro, NyttDeltagande, Person};
use utfall_domain::deltagare::deltagande::{
    Deltagande, Deltagandesteg, Intrade, Listor, Uppfoljning, Uttrade,
};
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Inskrivet, Kand, Uppgifter};
use utfall_domain::id::{InsatsId, OrganisationId, PersonId};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::deltagare::{Behorighet, Deltagarbild, Insatsnamn};

/// At most so many at once: one write that others wait for.
pub const FLEST: usize = 5_000;

/// One of them, with the way as far as it is known.
#[derive(Clone, Debug)]
pub struct Inlast {
    /// The row of the list, as the person who reads it counts.
    pub rad: usize,
    /// Who, as written.
    pub vem: Inskrivet,
    /// On what ground it is kept, and what the person was told.
    pub grund: Behandlingsgrund,
    /// How it began.
    pub intrade: Intrade,
    /// How it ended, when it has.
    pub uttrade: Option<Uttrade>,
    /// What was told since, in order.
    pub uppfoljt: Vec<Uppfoljning>,
    /// What keys are made of: its own.
    pub fro: Fro,
}

/// Enters them.
#[derive(Clone, Debug)]
pub struct LasInDeltagare {
    /// In which initiative.
    pub insats: InsatsId,
    /// At which performer.
    pub organisation: OrganisationId,
    /// Who.
    pub rader: Vec<Inlast>,
    /// Today.
    pub idag: Date,
}

/// What entering needs to know.
#[derive(Debug)]
pub struct Vidinlasning {
    oppet: Behorighet,
    insatser: Vec<Insatsnamn>,
    redan: Vec<Deltagarbild>,
    /// The rows whose person has a key already.
    kanda: BTreeMap<usize, PersonId>,
}

impl Inlast {
    fn steg(&self) -> Vec<Deltagandesteg> {
        let slut = self.uttrade.iter().cloned().map(Deltagandesteg::Avsluta);
        let sedan = self.uppfoljt.iter().cloned().map(Deltagandesteg::FoljUpp);
        slut.chain(sedan).collect()
    }

    /// What is wrong with one row, by itself.
    fn fel(&self, listor: Listor<'_>) -> Vec<Problem> {
        let mut fel = self.vem.las(listor.idag).err().unwrap_or_default();
        fel.extend(listor.prova_intrade(&self.intrade));
        if let Some(uttrade) = &self.uttrade {
            fel.extend(listor.prova_uttrade(uttrade, self.intrade.dag));
        }
        for svar in &self.uppfoljt {
            fel.extend(listor.prova_uppfoljning(svar));
        }
        if fel.is_empty() {
            let mut alla = vec![Deltagandesteg::Borja(self.intrade.clone())];
            alla.extend(self.steg());
            fel.extend(
                Deltagande::av(&alla)
                    .err()
                    .map(|v| super::skriva::nekat(v, None)),
            );
        }
        fel.into_iter().map(|p| p.pa(self.plats())).collect()
    }

    fn plats(&self) -> String {
        format!("rad {}", self.rad)
    }
}

/// Somebody who begins on a day: the same again is the same row twice.
type Borjan = (String, Date);

fn borjan(kand: &Kand, dag: Date) -> Borjan {
    let vem = match kand {
        Kand::Nummer(nummer) => nummer.tolv_siffror().som_str().to_owned(),
        Kand::Kod(kod) => format!("kod {}", kod.som_str()),
    };
    (vem, dag)
}

impl LasInDeltagare {
    fn dubbletter(&self, redan: &[Deltagarbild]) -> Vec<Problem> {
        let mut sedda: BTreeMap<Borjan, Option<usize>> = BTreeMap::new();
        for bild in redan {
            let steg: Vec<_> = bild.steg.iter().map(|s| s.vad.clone()).collect();
            if let Ok(d) = Deltagande::av(&steg) {
                sedda.insert(borjan(&bild.uppgifter.kand, d.intrade.dag), None);
            }
        }
        let mut fel = Vec::new();
        for rad in &self.rader {
            let Ok(vem) = rad.vem.las(self.idag) else {
                continue;
            };
            let text = match sedda.insert(borjan(&vem.kand, rad.intrade.dag), Some(rad.rad)) {
                None => continue,
                Some(None) => "Personen är redan registrerad i insatsen från samma dag.".to_owned(),
                Some(Some(annan)) => format!("Samma person och dag står också på rad {annan}."),
            };
            let atgard = "Ta bort raden, eller ändra första dagen om personen började om.";
            let fel_rad = Problem::ogiltigt("inlasning-dubblett", text, atgard);
            fel.push(fel_rad.pa(rad.plats()).i_falt("kand"));
        }
        fel
    }

    fn prova_mangd(&self) -> Option<Problem> {
        let antal = self.rader.len();
        if antal == 0 {
            let text = "Listan har inga deltagare.";
            let atgard = "Lägg till minst en rad under rubrikerna.";
            return Some(Problem::ogiltigt("inlasning-tom", text, atgard));
        }
        (antal > FLEST).then(|| {
            let text = format!("Listan har {antal} deltagare. Högst {FLEST} läses in åt gången.");
            Problem::ogiltigt("inlasning-for-stor", text, "Dela listan i flera filer.")
        })
    }

    fn andringar(&self, laddat: &Vidinlasning, miljo: &mut Miljo) -> Result<Vec<Andring>, Problem> {
        let mut ut = Vec::new();
        let mut nya: BTreeMap<String, PersonId> = BTreeMap::new();
        for (nr, rad) in self.rader.iter().enumerate() {
            let uppgifter = rad.vem.las(self.idag).map_err(forsta)?;
            let person = vems(&uppgifter, laddat.kanda.get(&nr), &mut nya, miljo);
            let id = miljo.deltagande();
            ut.push(Deltagarandring::NyttDeltagande(Box::new(NyttDeltagande {
                id,
                person,
                insats: self.insats,
                organisation: self.organisation,
                uppgifter,
                grund: rad.grund.clone(),
                uppgiftsrad: miljo.personrad(),
                intrade: rad.intrade.clone(),
                stegrad: miljo.personrad(),
                fro: rad.fro.clone(),
            })));
            for (nr, steg) in (2..).zip(rad.steg()) {
                ut.push(Deltagarandring::Steg {
                    rad: miljo.personrad(),
                    deltagande: id,
                    nr,
                    steg: Box::new(steg),
                    fro: rad.fro.clone(),
                });
            }
        }
        Ok(ut.into_iter().map(Andring::Deltagare).collect())
    }
}

/// One key for a person: one that exists, one made for an earlier row, or a new one.
fn vems(
    uppgifter: &Uppgifter,
    kand: Option<&PersonId>,
    nya: &mut BTreeMap<String, PersonId>,
    miljo: &mut Miljo,
) -> Person {
    if let Some(id) = kand {
        return Person::Kand(*id);
    }
    let Kand::Nummer(nummer) = &uppgifter.kand else {
        return Person::Ny(miljo.person());
    };
    let siffror = nummer.tolv_siffror();
    if let Some(id) = nya.get(siffror.som_str()) {
        return Person::Kand(*id);
    }
    let id = miljo.person();
    nya.insert(siffror.som_str().to_owned(), id);
    Person::Ny(id)
}

impl Anvandningsfall for LasInDeltagare {
    const ATGARD: Atgard = Atgard::ImporteraDeltagare;
    type Laddat = Vidinlasning;
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vidinlasning, Problem> {
        let oppet = store::deltagare::uppdrag::behorighet(k, permit, self.idag)?;
        let var = (self.insats, self.organisation);
        let mut kanda = BTreeMap::new();
        if oppet.oppnar(var.0, var.1) {
            for (nr, rad) in self.rader.iter().enumerate() {
                let Ok(uppgifter) = rad.vem.las(self.idag) else {
                    continue;
                };
                let Kand::Nummer(nummer) = &uppgifter.kand else {
                    continue;
                };
                let kand = store::deltagare::las::kand(k, permit, self.organisation, nummer)?;
                kanda.extend(kand.map(|id| (nr, id)));
            }
        }
        Ok(Vidinlasning {
            insatser: store::deltagare::las::insatser(k, &oppet)?,
            redan: store::deltagare::las::insatsens(k, &oppet, var)?,
            kanda,
            oppet,
        })
    }

    fn brister(&self, laddat: &Vidinlasning, idag: Date) -> Brister {
        let listor = Listor { egna: &[], idag };
        let mut fel: Vec<Problem> = self.prova_mangd().into_iter().collect();
        fel.extend(self.rader.iter().flat_map(|rad| rad.fel(listor)));
        fel.extend(self.dubbletter(&laddat.redan));
        Brister::default().med(fel)
    }

    fn planera(&self, laddat: Vidinlasning, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        prova_oppen(&laddat.oppet, self.insats, self.organisation)?;
        self.brister(&laddat, miljo.idag()).neka()?;
        let antal = self.rader.len();
        let namn = insatsnamn(&laddat.insatser, self.insats);
        let deltagare: BTreeSet<Date> = self.rader.iter().map(|r| r.intrade.dag).collect();
        Ok(Plan {
            andringar: self.andringar(&laddat, miljo)?,
            handelse: Handelse {
                slag: "deltagare-inlasta".into(),
                objekt: format!("insats {}", self.insats),
                text: format!("{antal} deltagare lästes in i {namn}."),
                data: serde_json::json!({
                    "insats": self.insats,
                    "antal": antal,
                    "fran": deltagare.first().map(ToString::to_string),
                    "till": deltagare.last().map(ToString::to_string),
                }),
            },
            svar: antal,
        })
    }
}
