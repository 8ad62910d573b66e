//! What is kept of participants is destroyed: proposed by one, confirmed by another, by a
//! decision (arkivlagen 10 §). Neither of them sees anybody.

use crate::Tjanst;
use crate::brister::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::andring::Andring;
use utfall_domain::deltagare::andring::Deltagarandring;
use utfall_domain::deltagare::gallring::{
    Antal, Forfallet, Forslagsrad, Gallringsandring, Gallringsbeslut, Gallringsforslag,
    Gallringsregel, Gallringsslag, Gallringsunderlag, Protokoll, Protokollsinnehall, forfallna,
    gallande, grova,
};
use utfall_domain::id::{
    AnvandareId, GallringsforslagId, GallringsprotokollId, GallringsregelId, PersonId,
};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::Format;
use utfall_domain::tid;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::deltagare::Gallringslage;

const SLAG: Gallringsslag = Gallringsslag::Deltagaruppgifter;

fn andring(g: Gallringsandring) -> Vec<Andring> {
    vec![Andring::Deltagare(Deltagarandring::Gallring(g))]
}

/// What is due today, and the rule that says so; none without a rule.
fn att_gallra(laddat: &Gallringslage, idag: Date) -> Option<(&Gallringsregel, Vec<Forfallet>)> {
    let regel = gallande(&laddat.regler, SLAG, idag)?;
    Some((regel, forfallna(&laddat.underlag, regel, idag)))
}

fn forslaget(laddat: &Gallringslage, id: GallringsforslagId) -> Result<&Gallringsforslag, Problem> {
    let forslag = laddat.forslag.iter().find(|f| f.id == id);
    forslag.ok_or_else(Problem::finns_inte)
}

impl Tjanst {
    /// Rules, proposals and protocols, and what is kept: nobody in it.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn gallringen(&self, aktor: &Aktor) -> Result<Gallringslage, Problem> {
        let permit = prova(aktor, Atgard::LasaGallring)?;
        self.db
            .las_samtidigt(move |k| Ok(store::deltagare::gallring::las(k, &permit)?))
            .await
    }

    /// A protocol as a file.
    ///
    /// # Errors
    /// What the typesetter says.
    pub async fn gallringsprotokoll(
        &self,
        protokoll: &Protokoll,
        format: Format,
    ) -> Result<Vec<u8>, Problem> {
        self.satt(protokoll.dokument(), format).await
    }

    /// Carries out what another has proposed: first it is written what stays and the protocol,
    /// then the tombstones, and then the keys are destroyed. Cut off after the first, the next
    /// start does the rest before anybody is served.
    ///
    /// # Errors
    /// A named refusal: nothing is destroyed then.
    pub async fn gallra(
        &self,
        aktor: &Aktor,
        forslag: GallringsforslagId,
    ) -> Result<GallringsprotokollId, Problem> {
        let bekraftat = BekraftaGallring {
            forslag,
            av: aktor.anvandare(),
        };
        let protokoll = self.utfor(aktor, None, bekraftat).await?;
        self.utfor(aktor, None, ForstorNycklar { protokoll })
            .await?;
        Ok(protokoll)
    }
}

/// Enters the rule of a decision.
#[derive(Clone, Debug)]
pub struct LaggGallringsregel {
    /// Months after the last thing that is told.
    pub manader: u16,
    /// The decision.
    pub beslut: Gallringsbeslut,
    /// First day.
    pub fran: Date,
    /// Last day; none: until another takes its place.
    pub till: Option<Date>,
}

impl LaggGallringsregel {
    fn regel(&self, id: GallringsregelId) -> Gallringsregel {
        Gallringsregel {
            id,
            slag: SLAG,
            manader: self.manader,
            beslut: self.beslut.clone(),
            fran: self.fran,
            till: self.till,
        }
    }
}

impl Anvandningsfall for LaggGallringsregel {
    const ATGARD: Atgard = Atgard::ForberedaGallring;
    type Laddat = ();
    type Svar = GallringsregelId;

    fn ladda(&self, _: &Permit, _: &mut Las) -> Result<(), Problem> {
        Ok(())
    }

    fn brister(&self, (): &(), idag: Date) -> Brister {
        let regel = self.regel(GallringsregelId::FORSTA);
        Brister::default().med(regel.brister(idag))
    }

    fn planera(&self, (): (), miljo: &mut Miljo) -> Result<Plan<GallringsregelId>, Problem> {
        self.brister(&(), miljo.idag()).neka()?;
        let regel = self.regel(miljo.gallringsregel());
        Ok(Plan {
            handelse: Handelse {
                slag: "gallringsregel-lagd".into(),
                objekt: format!("gallringsregel {}", regel.id),
                text: format!(
                    "En regel om gallring lades in enligt {}: {} månader.",
                    regel.beslut.beteckning, regel.manader
                ),
                data: serde_json::json!({ "manader": regel.manader, "beslut": regel.beslut,
                    "fran": regel.fran.to_string(), "till": regel.till.map(|d| d.to_string()) }),
            },
            svar: regel.id,
            andringar: andring(Gallringsandring::NyRegel(regel)),
        })
    }
}

/// Proposes everything that is due today.
#[derive(Clone, Debug)]
pub struct ForberedGallring;

impl Anvandningsfall for ForberedGallring {
    const ATGARD: Atgard = Atgard::ForberedaGallring;
    type Laddat = Gallringslage;
    type Svar = GallringsforslagId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Gallringslage, Problem> {
        Ok(store::deltagare::gallring::las(k, permit)?)
    }

    fn planera(
        &self,
        laddat: Gallringslage,
        miljo: &mut Miljo,
    ) -> Result<Plan<GallringsforslagId>, Problem> {
        let (regel, alla) = att_gallra(&laddat, miljo.idag()).ok_or_else(ingen_regel)?;
        if alla.is_empty() {
            return Err(Problem::ogiltigt(
                "gallring-inget",
                "Inget ska gallras i dag.",
                "Vänta tills något har sparats så länge som regeln säger.",
            ));
        }
        let id = miljo.gallringsforslag();
        let rad = |f: &Forfallet| Forslagsrad {
            deltagande: f.deltagande,
            rader: f.rader,
        };
        Ok(Plan {
            andringar: andring(Gallringsandring::NyttForslag {
                id,
                regel: regel.id,
                rader: alla.iter().map(rad).collect(),
            }),
            handelse: Handelse {
                slag: "gallring-forberedd".into(),
                objekt: format!("gallringsforslag {id}"),
                text: format!("En gallring av {} deltaganden förbereddes.", alla.len()),
                data: serde_json::json!({ "regel": regel.id, "antal": alla.len() }),
            },
            svar: id,
        })
    }
}

fn ingen_regel() -> Problem {
    // Arkivlagen 10 §: what no decision lets go is kept.
    Problem::ogiltigt(
        "gallring-ingen-regel",
        "Ingen regel om gallring gäller i dag.",
        "Lägg in regeln med beslutet den vilar på.",
    )
}

/// Takes a proposal back.
#[derive(Clone, Debug)]
pub struct AterkallaGallring {
    /// Which.
    pub forslag: GallringsforslagId,
}

impl Anvandningsfall for AterkallaGallring {
    const ATGARD: Atgard = Atgard::ForberedaGallring;
    type Laddat = Gallringslage;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Gallringslage, Problem> {
        Ok(store::deltagare::gallring::las(k, permit)?)
    }

    fn planera(&self, laddat: Gallringslage, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let forslag = forslaget(&laddat, self.forslag)?;
        forslag.aterkalla()?;
        Ok(Plan {
            andringar: andring(Gallringsandring::Aterkalla(forslag.id)),
            handelse: Handelse {
                slag: "gallring-aterkallad".into(),
                objekt: format!("gallringsforslag {}", forslag.id),
                text: "Ett förslag till gallring återkallades. Inget är gallrat.".into(),
                data: serde_json::json!({}),
            },
            svar: (),
        })
    }
}

/// Carries out a proposal, short of destroying the keys ([`Tjanst::gallra`] does both).
#[derive(Clone, Debug)]
pub struct BekraftaGallring {
    /// Which.
    pub forslag: GallringsforslagId,
    /// Who confirms it.
    pub av: Option<AnvandareId>,
}

impl BekraftaGallring {
    fn innehall(
        &self,
        laddat: &Gallringslage,
        (forslag, regel): (&Gallringsforslag, &Gallringsregel),
        (vad, miljo): (&[&Gallringsunderlag], &Miljo),
    ) -> Protokollsinnehall {
        let namn = |id: AnvandareId| {
            let konto = laddat.konton.iter().find(|k| k.id == id);
            konto.map_or_else(String::new, |k| k.visningsnamn.clone())
        };
        let mut antal: BTreeMap<(String, i16), i64> = BTreeMap::new();
        for u in vad {
            let insats = laddat.insatser.iter().find(|i| i.id == u.insats);
            let namn = insats.map_or_else(String::new, |i| i.namn.clone());
            let plats = antal.entry((namn, u.slutar())).or_default();
            *plats = plats.saturating_add(1);
        }
        let rad = |((insats, ar), antal)| Antal { insats, ar, antal };
        Protokollsinnehall {
            huvudman: laddat.huvudman.namn.clone(),
            pahittad: laddat.huvudman.pahittad,
            slag: SLAG,
            manader: regel.manader,
            beslut: regel.beslut.clone(),
            forberett_av: namn(forslag.av),
            forberett: forslag.dag,
            bekraftat_av: self.av.map(namn).unwrap_or_default(),
            bekraftat: miljo.nu(),
            antal: antal.into_iter().map(rad).collect(),
        }
    }
}

impl Anvandningsfall for BekraftaGallring {
    const ATGARD: Atgard = Atgard::BekraftaGallring;
    type Laddat = Gallringslage;
    type Svar = GallringsprotokollId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Gallringslage, Problem> {
        if permit.anvandare() != self.av {
            return Err(Problem::finns_inte());
        }
        Ok(store::deltagare::gallring::las(k, permit)?)
    }

    fn planera(
        &self,
        laddat: Gallringslage,
        miljo: &mut Miljo,
    ) -> Result<Plan<GallringsprotokollId>, Problem> {
        let forslag = forslaget(&laddat, self.forslag)?;
        let idag = miljo.idag();
        let nu = att_gallra(&laddat, idag);
        let (regel, alla) = nu.map_or((None, Vec::new()), |(r, alla)| (Some(r), alla));
        forslag.prova(self.av, regel.map(|r| r.id), &alla)?;
        let regel = regel.ok_or_else(ingen_regel)?;
        let med: BTreeSet<_> = forslag.rader.iter().map(|r| r.deltagande).collect();
        let vad: Vec<&Gallringsunderlag> = laddat
            .underlag
            .iter()
            .filter(|u| med.contains(&u.id))
            .collect();
        let personer: BTreeSet<PersonId> = vad.iter().map(|u| u.person).collect();
        prova_hela(&laddat, &personer, &med)?;
        let innehall = self.innehall(&laddat, (forslag, regel), (&vad, miljo));
        let id = miljo.gallringsprotokoll();
        let kvar = grova(&vad, || miljo.person());
        Ok(Plan {
            andringar: andring(Gallringsandring::Verkstall {
                id,
                forslag: forslag.id,
                innehall: Box::new(innehall),
                personer: personer.into_iter().collect(),
                grova: kvar,
            }),
            handelse: Handelse {
                slag: "gallring-bekraftad".into(),
                objekt: format!("gallringsprotokoll {id}"),
                text: format!("En gallring av {} deltaganden bekräftades.", vad.len()),
                data: serde_json::json!({ "forslag": forslag.id, "antal": vad.len(),
                    "dag": tid::dag(miljo.nu()).to_string() }),
            },
            svar: id,
        })
    }
}

/// The key is the person's: what is kept of the person goes at once or not at all.
fn prova_hela(
    laddat: &Gallringslage,
    personer: &BTreeSet<PersonId>,
    med: &BTreeSet<utfall_domain::id::DeltagandeId>,
) -> Result<(), Problem> {
    let delad = |u: &Gallringsunderlag| personer.contains(&u.person) && !med.contains(&u.id);
    if laddat.underlag.iter().any(delad) {
        return Err(utfall_domain::deltagare::gallring::Gallringsvagran::Andrat.into());
    }
    Ok(())
}

/// Tombstones are written, and then keys destroyed.
#[derive(Clone, Debug)]
struct ForstorNycklar {
    protokoll: GallringsprotokollId,
}

impl Anvandningsfall for ForstorNycklar {
    const ATGARD: Atgard = Atgard::BekraftaGallring;
    type Laddat = ();
    type Svar = ();

    fn ladda(&self, _: &Permit, _: &mut Las) -> Result<(), Problem> {
        Ok(())
    }

    fn planera(&self, (): (), _: &mut Miljo) -> Result<Plan<()>, Problem> {
        Ok(Plan {
            andringar: andring(Gallringsandring::Forstor(self.protokoll)),
            handelse: Handelse {
                slag: "gallring-verkstalld".into(),
                objekt: format!("gallringsprotokoll {}", self.protokoll),
                text: "Nycklarna i en bekräftad gallring förstördes.".into(),
                data: serde_json::json!({}),
            },
            svar: (),
        })
    }
}
