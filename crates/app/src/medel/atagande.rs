//! Money promised for coming years, the calls it hangs on, and how initiatives hang together.

use super::Beslutsval;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_insats, prova_kalla};
use crate::miljo::Miljo;
use crate::namn::{prova_ar, prova_namn};
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum, Sakerhet, gallande};
use utfall_domain::id::{BeslutId, InsatsId, MedelspostId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::atagande::{Atagande, Atagandelage, Koppling, Utlysning, utlysningar};
use utfall_domain::medel::post::{Innehall, Medelspost, NyMedelspost, Postgaller, sakens};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// A row that continues a thing the person saw, or begins a new one.
fn raden(
    bocker: &Bocker,
    fore: Option<(MedelspostId, i64)>,
    id: MedelspostId,
    (om, innehall): (Postgaller, Innehall),
) -> Result<NyMedelspost, Problem> {
    let Some((sak, version)) = fore else {
        return Ok(NyMedelspost::forsta(id, om, innehall));
    };
    let rader = sakens(&bocker.medelsposter, sak);
    let forra: &Medelspost = rader.last().copied().ok_or_else(Problem::finns_inte)?;
    if forra.post.nr != version {
        return Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "andrad-av-annan",
            "Någon annan har ändrat uppgiften medan du arbetade.",
            "Läs hur den ser ut nu och gör om det som behövs.",
        ));
    }
    Ok(NyMedelspost {
        om,
        ..NyMedelspost::efter(forra, id, innehall)
    })
}

/// Enters a commitment to an initiative, or how it stands now.
#[derive(Clone, Debug)]
pub struct RegistreraAtagande {
    /// The commitment that changes, with the version the person saw.
    pub fore: Option<(MedelspostId, i64)>,
    /// Which initiative.
    pub insats: InsatsId,
    /// How settled it is, and its amounts.
    pub atagande: Atagande,
    /// The decision; needed when the money is bound.
    pub beslut: Beslutsval,
    /// Where it comes from.
    pub orsak: String,
}

impl Anvandningsfall for RegistreraAtagande {
    const ATGARD: Atgard = Atgard::HanteraAtagande;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        let a = &self.atagande;
        let nej = |kod, text: &str, gor: &str, falt: &str| {
            Err::<(), _>(Problem::ogiltigt(kod, text, gor).i_falt(falt))
        };
        if a.belopp.is_empty() {
            fel.prova(nej(
                "atagande-utan-belopp",
                "Åtagandet har inget belopp.",
                "Skriv minst ett år med belopp.",
                "belopp-1",
            ));
        }
        let mut sedda = std::collections::BTreeSet::new();
        for (nr, (ar, ore)) in a.belopp.iter().enumerate() {
            let falt = format!("ar-{}", nr.saturating_add(1));
            if fel.prova(prova_ar(*ar, &falt)).is_some() && !sedda.insert(*ar) {
                let text = format!("Året {ar} står två gånger.");
                fel.prova(nej("atagande-samma-ar", &text, "Ta bort det ena.", &falt));
            }
            if *ore <= 0 {
                let falt = format!("belopp-{}", nr.saturating_add(1));
                fel.prova(nej(
                    "atagande-belopp",
                    "Beloppet är noll eller mindre.",
                    "Skriv vad som är utlovat.",
                    &falt,
                ));
            }
        }
        if a.lage.binder() {
            self.beslut.brister(bocker, idag, "Pengar binds", &mut fel);
        }
        fel.prova(prova_kalla(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let namn = bocker
            .insats(self.insats)
            .ok_or_else(Problem::finns_inte)?
            .namn
            .clone();
        self.brister(&bocker, miljo.idag()).neka()?;
        let orsak = prova_kalla(&self.orsak)?;
        let (beslut, nytt_beslut) = if self.atagande.lage.binder() {
            self.beslut.plan(None, miljo)
        } else {
            (None, None)
        };
        let om = Postgaller {
            insats: Some(self.insats),
            beslut,
            ..Postgaller::default()
        };
        let innehall = Innehall::Atagande(self.atagande.clone());
        let id = miljo.medelspost();
        let post = raden(&bocker, self.fore, id, (om, innehall))?.med_orsak(orsak.clone());
        let sak = post.sak;
        let fakta = self.fakta(&bocker, sak, (beslut, &orsak));
        let andringar = nytt_beslut
            .into_iter()
            .chain(fakta.into_iter().map(|f| Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(f),
            }))
            .chain([Andring::NyMedelspost(Box::new(post))])
            .collect();
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "atagande".into(),
                objekt: format!("insats {}", self.insats),
                text: format!(
                    "Ett åtagande till {namn} på {}\u{a0}kr: {}.",
                    Ore(self.atagande.totalt()),
                    self.atagande.lage.text()
                ),
                data: serde_json::json!({ "sak": sak, "beslut": beslut }),
            },
            svar: sak,
        })
    }
}

impl RegistreraAtagande {
    /// One fact for each year while the money is bound; those that held before are replaced.
    fn fakta(
        &self,
        bocker: &Bocker,
        sak: MedelspostId,
        (beslut, orsak): (Option<BeslutId>, &str),
    ) -> Vec<NyttFaktum> {
        let kategori = format!("åtagande {sak}");
        let fore: Vec<&Faktum> = gallande(&bocker.fakta, None)
            .into_iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Atagande)
            .filter(|f| f.galler().kategori.as_deref() == Some(&kategori))
            .collect();
        let strukna = fore.iter().map(|f| NyttFaktum {
            rattar: Some(f.id),
            struken: true,
            orsak: Some(orsak.to_owned()),
            efter_avslut: false,
            ..f.fakta.clone()
        });
        let sakerhet = match self.atagande.lage {
            Atagandelage::Beslutat => Sakerhet::Slutlig,
            _ => Sakerhet::Preliminar,
        };
        let nya = self.atagande.belopp.iter().map(|(ar, ore)| {
            let galler = Galler {
                ar: Some(*ar),
                kategori: Some(kategori.clone()),
                ..om_insats(bocker, self.insats)
            };
            NyttFaktum {
                sakerhet,
                beslut,
                orsak: Some(orsak.to_owned()),
                ..NyttFaktum::nytt(FaktumSlag::Atagande, galler, Varde::Kant(*ore))
            }
        });
        let nya = nya.filter(|_| self.atagande.lage.binder());
        strukna.chain(nya).collect()
    }
}

/// Enters a call, or where it is now.
#[derive(Clone, Debug)]
pub struct RegistreraUtlysning {
    /// The call that changes, with the version the person saw.
    pub fore: Option<(MedelspostId, i64)>,
    /// Whose call it is.
    pub finansiar: Option<OrganisationId>,
    /// What is known of it.
    pub utlysning: Utlysning,
    /// Where it comes from.
    pub orsak: String,
}

impl Anvandningsfall for RegistreraUtlysning {
    const ATGARD: Atgard = Atgard::HanteraAtagande;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_namn(&self.utlysning.namn, "utlysningen", "namn"));
        fel.prova(prova_kalla(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        if self
            .finansiar
            .is_some_and(|id| bocker.organisation(id).is_none())
        {
            return Err(Problem::finns_inte());
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let om = Postgaller {
            organisation: self.finansiar,
            ..Postgaller::default()
        };
        let innehall = Innehall::Utlysning(self.utlysning.clone());
        let id = miljo.medelspost();
        let post =
            raden(&bocker, self.fore, id, (om, innehall))?.med_orsak(prova_kalla(&self.orsak)?);
        let sak = post.sak;
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post))],
            handelse: Handelse {
                slag: "utlysning".into(),
                objekt: format!("utlysning {sak}"),
                text: format!(
                    "Utlysningen {}: {}.",
                    self.utlysning.namn,
                    self.utlysning.lage.text()
                ),
                data: serde_json::json!({ "sak": sak }),
            },
            svar: sak,
        })
    }
}

/// Says how an initiative hangs on something else, or what it needs to go on.
#[derive(Clone, Debug)]
pub struct KopplaInsats {
    /// Which initiative.
    pub insats: InsatsId,
    /// On what.
    pub koppling: Koppling,
    /// The party that money is passed on to.
    pub organisation: Option<OrganisationId>,
    /// The year, for what it needs.
    pub ar: Option<i16>,
    /// Where it comes from.
    pub orsak: String,
}

impl Anvandningsfall for KopplaInsats {
    const ATGARD: Atgard = Atgard::HanteraAtagande;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(self.prova(bocker));
        fel.prova(prova_kalla(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let i = bocker.insats(self.insats).ok_or_else(Problem::finns_inte)?;
        let namn = i.namn.clone();
        self.brister(&bocker, miljo.idag()).neka()?;
        let orsak = prova_kalla(&self.orsak)?;
        let id = miljo.medelspost();
        let mut om = Postgaller {
            insats: Some(self.insats),
            organisation: self.organisation,
            ar: self.ar,
            ..Postgaller::default()
        };
        let mut andringar = Vec::new();
        if let (Koppling::Fortsattning { behov }, Some(ar)) = (&self.koppling, self.ar) {
            let faktum = miljo.faktum();
            om.faktum = Some(faktum);
            andringar.push(Andring::NyttFaktum {
                id: faktum,
                faktum: Box::new(self.behovet(&bocker, (ar, *behov), &orsak)),
            });
        }
        let post = NyMedelspost::forsta(id, om, Innehall::Koppling(self.koppling.clone()));
        andringar.push(Andring::NyMedelspost(Box::new(post.med_orsak(orsak))));
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "insats-kopplad".into(),
                objekt: format!("insats {}", self.insats),
                text: format!("Vad {namn} hänger på registrerades."),
                data: serde_json::json!({ "post": id }),
            },
            svar: id,
        })
    }
}

impl KopplaInsats {
    fn prova(&self, bocker: &Bocker) -> Result<(), Problem> {
        let nej =
            |kod, text: &str, gor: &str, falt| Err(Problem::ogiltigt(kod, text, gor).i_falt(falt));
        match &self.koppling {
            Koppling::Beroende { utlysning, .. } => {
                let alla = utlysningar(&bocker.medelsposter);
                if !alla.iter().any(|(p, _)| p.post.sak == *utlysning) {
                    return Err(Problem::finns_inte());
                }
                Ok(())
            }
            Koppling::Tillagg { till } if *till == self.insats => nej(
                "koppling-till-sig-sjalv",
                "En insats är inget tillägg till sig själv.",
                "Välj den insats som den hör till.",
                "till",
            ),
            Koppling::Tillagg { till } if bocker.insats(*till).is_none() => {
                Err(Problem::finns_inte())
            }
            Koppling::Tillagg { .. } => Ok(()),
            Koppling::Vidare { .. } => match self.organisation {
                None => nej(
                    "koppling-utan-mottagare",
                    "Det saknas vem pengarna förs vidare till.",
                    "Välj organisationen i listan.",
                    "organisation",
                ),
                Some(id) if bocker.organisation(id).is_none() => Err(Problem::finns_inte()),
                Some(_) => Ok(()),
            },
            Koppling::Fortsattning { behov } => {
                prova_ar(self.ar.unwrap_or(0), "ar")?;
                if *behov <= 0 {
                    return nej(
                        "behov-belopp",
                        "Behovet är noll eller mindre.",
                        "Skriv vad insatsen behöver för att fortsätta.",
                        "behov",
                    );
                }
                Ok(())
            }
        }
    }

    /// What the initiative needs; it takes the place of what was said before.
    fn behovet(&self, bocker: &Bocker, (ar, behov): (i16, i64), orsak: &str) -> NyttFaktum {
        let rattar = gallande(&bocker.fakta, None)
            .into_iter()
            .find(|f| {
                f.fakta.slag == FaktumSlag::Behov
                    && (f.galler().insats, f.galler().ar) == (Some(self.insats), Some(ar))
            })
            .map(|f| f.id);
        let galler = Galler {
            ar: Some(ar),
            ..om_insats(bocker, self.insats)
        };
        NyttFaktum {
            rattar,
            orsak: Some(orsak.to_owned()),
            ..NyttFaktum::nytt(FaktumSlag::Behov, galler, Varde::Kant(behov))
        }
    }
}
