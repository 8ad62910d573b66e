//! Participants shown. The journal is written first: a page that is shown has been told of.

use super::skriva::deltagande;
use super::{insatsnamn, objekt};
use crate::Tjanst;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::collections::BTreeMap;
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::deltagare::deltagande::Deltagande;
use utfall_domain::deltagare::samtycke::{Samtyckeslage, Samtyckessteg};
use utfall_domain::id::{DeltagandeId, OrganisationId, SamtyckeId};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::deltagare::{Behorighet, Deltagarbild, Insatsnamn};

/// The page on which something about a person is shown: why it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sida {
    /// The list of an assignment's participants.
    Lista,
    /// A participant's own page.
    Deltagare,
    /// A form about a participant.
    Formular,
    /// Who matches what was searched for.
    Sokning,
    /// The figures of one's own participants.
    Siffror,
    /// What is kept about a person, for the person.
    Utdrag,
}

impl Sida {
    const fn kod(self) -> &'static str {
        match self {
            Self::Lista => "lista",
            Self::Deltagare => "deltagare",
            Self::Formular => "formular",
            Self::Sokning => "sokning",
            Self::Siffror => "siffror",
            Self::Utdrag => "utdrag",
        }
    }
}

/// A participation, as its page needs it.
#[derive(Clone, Debug)]
pub struct Deltagarpost {
    /// What is kept.
    pub bild: Deltagarbild,
    /// What the steps have made of it.
    pub deltagande: Deltagande,
    /// In which initiative.
    pub insats: Insatsnamn,
    /// The consents, each as it is.
    pub samtycken: BTreeMap<SamtyckeId, Samtyckeslage>,
    /// The organisations there are, in Swedish order.
    pub organisationer: Vec<(OrganisationId, String)>,
}

impl Deltagarpost {
    /// The present name of an organisation; empty when there is none.
    #[must_use]
    pub fn organisationsnamn(&self, id: OrganisationId) -> &str {
        let funnen = self.organisationer.iter().find(|(finns, _)| *finns == id);
        funnen.map_or("", |(_, namn)| namn.as_str())
    }
}

/// The participants of one's assignments.
#[derive(Clone, Debug)]
pub struct Deltagarlista {
    /// The initiatives, in the order they were opened, each with its participants in the order
    /// they were entered.
    pub insatser: Vec<(Insatsnamn, Vec<(Deltagarbild, Deltagande)>)>,
}

/// That participants are about to be shown: the journal's entry, and nothing else.
#[derive(Clone, Debug)]
struct Lasning {
    vilka: Vilka,
    sida: Sida,
    idag: Date,
}

#[derive(Clone, Copy, Debug)]
enum Vilka {
    /// Everybody in one's assignments.
    Alla,
    /// One.
    Ett(DeltagandeId),
}

/// What is to be shown.
#[derive(Debug)]
struct Uppslaget {
    oppet: Behorighet,
    insatser: Vec<Insatsnamn>,
    bilder: Vec<Deltagarbild>,
}

impl Lasning {
    fn las(&self, permit: &Permit, k: &mut Las) -> Result<Uppslaget, Problem> {
        let oppet = store::deltagare::uppdrag::behorighet(k, permit, self.idag)?;
        let mut bilder = Vec::new();
        match self.vilka {
            Vilka::Ett(id) => bilder.extend(store::deltagare::las::ett(k, &oppet, id)?),
            Vilka::Alla => {
                for var in oppet.oppna() {
                    bilder.extend(store::deltagare::las::insatsens(k, &oppet, *var)?);
                }
            }
        }
        Ok(Uppslaget {
            insatser: store::deltagare::las::insatser(k, &oppet)?,
            oppet,
            bilder,
        })
    }

    fn handelse(&self, u: &Uppslaget) -> Result<Handelse, Problem> {
        let sida = self.sida.kod();
        if let Vilka::Ett(id) = self.vilka {
            let bild = u.bilder.first().ok_or_else(Problem::finns_inte)?;
            let namn = insatsnamn(&u.insatser, bild.insats);
            return Ok(Handelse {
                slag: "deltagare-last".into(),
                objekt: objekt(id),
                text: format!("Uppgifter om en deltagare i {namn} visades."),
                data: serde_json::json!({
                    "sida": sida,
                    "insats": bild.insats,
                    "organisation": bild.organisation,
                    "skyddad": bild.uppgifter.skyddad,
                }),
            });
        }
        let antal = u.bilder.len();
        let insatser: Vec<_> = u.oppet.oppna().iter().map(|(insats, _)| insats).collect();
        Ok(Handelse {
            slag: "deltagare-listade".into(),
            objekt: "deltagare".into(),
            text: format!("En lista med {antal} deltagare visades."),
            data: serde_json::json!({ "sida": sida, "insatser": insatser, "antal": antal }),
        })
    }
}

impl Anvandningsfall for Lasning {
    const ATGARD: Atgard = Atgard::LasaDeltagare;
    type Laddat = Uppslaget;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Uppslaget, Problem> {
        self.las(permit, k)
    }

    fn planera(&self, laddat: Uppslaget, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        Ok(Plan {
            andringar: Vec::new(),
            handelse: self.handelse(&laddat)?,
            svar: (),
        })
    }
}

impl Tjanst {
    fn lasning(&self, vilka: Vilka, sida: Sida) -> Lasning {
        Lasning {
            vilka,
            sida,
            idag: utfall_domain::tid::dag(self.klocka.nu()),
        }
    }

    /// The initiatives whose participants the account may see today: no persons, so nothing is
    /// told of it.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn egna_uppdrag(&self, aktor: &Aktor) -> Result<Vec<Insatsnamn>, Problem> {
        let permit = prova(aktor, Atgard::LasaDeltagare)?;
        let idag = utfall_domain::tid::dag(self.klocka.nu());
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                let oppet = store::deltagare::uppdrag::behorighet(k, &permit, idag)?;
                Ok(store::deltagare::las::insatser(k, &oppet)?)
            })
            .await
    }

    /// The participants of one's assignments. The journal is told before they are shown.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn deltagarna(&self, aktor: &Aktor, sida: Sida) -> Result<Deltagarlista, Problem> {
        let fall = self.lasning(Vilka::Alla, sida);
        let permit = prova(aktor, Atgard::LasaDeltagare)?;
        self.utfor(aktor, None, fall.clone()).await?;
        self.db
            .las_samtidigt(move |k| fall.las(&permit, k).and_then(ordnade))
            .await
    }

    /// A participant of one's assignments. The journal is told before anything is shown.
    ///
    /// # Errors
    /// [`Problem::finns_inte`] for what is not there and for what is not in one's assignments;
    /// the refusal when the role does not allow it, or what went wrong in the database.
    pub async fn deltagaren(
        &self,
        aktor: &Aktor,
        id: DeltagandeId,
        sida: Sida,
    ) -> Result<Deltagarpost, Problem> {
        let fall = self.lasning(Vilka::Ett(id), sida);
        let permit = prova(aktor, Atgard::LasaDeltagare)?;
        self.utfor(aktor, None, fall.clone()).await?;
        self.db
            .las_samtidigt(move |k| {
                let u = fall.las(&permit, k)?;
                let samtycken = store::deltagare::las::samtycken(k, &u.oppet, id)?;
                let organisationer = store::deltagare::las::organisationer(k, &u.oppet)?;
                post(u, samtycken, organisationer)
            })
            .await
    }
}

type Samtyckesrader = BTreeMap<SamtyckeId, Vec<store::deltagare::Registrerat<Samtyckessteg>>>;

fn post(
    mut u: Uppslaget,
    rader: Samtyckesrader,
    organisationer: Vec<(OrganisationId, String)>,
) -> Result<Deltagarpost, Problem> {
    let bild = u.bilder.pop().ok_or_else(Problem::finns_inte)?;
    let insats = u
        .insatser
        .into_iter()
        .find(|i| i.id == bild.insats && i.organisation == bild.organisation);
    let mut samtycken = BTreeMap::new();
    for (id, rader) in rader {
        let steg: Vec<_> = rader.into_iter().map(|r| r.vad).collect();
        if let Ok(lage) = Samtyckeslage::av(&steg) {
            samtycken.insert(id, lage);
        }
    }
    Ok(Deltagarpost {
        deltagande: deltagande(&bild)?,
        insats: insats.ok_or_else(Problem::finns_inte)?,
        bild,
        samtycken,
        organisationer,
    })
}

fn ordnade(u: Uppslaget) -> Result<Deltagarlista, Problem> {
    let mut insatser: Vec<(Insatsnamn, Vec<_>)> =
        u.insatser.into_iter().map(|i| (i, Vec::new())).collect();
    for bild in u.bilder {
        let d = deltagande(&bild)?;
        let plats = insatser
            .iter_mut()
            .find(|(i, _)| i.id == bild.insats && i.organisation == bild.organisation);
        if let Some((_, alla)) = plats {
            alla.push((bild, d));
        }
    }
    Ok(Deltagarlista { insatser })
}
