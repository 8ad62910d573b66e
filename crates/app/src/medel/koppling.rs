//! How initiatives hang on calls, on each other and on those who get the money passed on, and
//! what they need to go on.

use super::atagande::{nej, raden};
use super::efter_avslut;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_insats, prova_kalla};
use crate::miljo::Miljo;
use crate::namn::prova_ar;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum, gallande};
use utfall_domain::id::{FaktumId, InsatsId, MedelspostId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::atagande::{Koppling, kopplingar, utlysning};
use utfall_domain::medel::post::{Innehall, Medelspost, Postgaller, sista};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Says how an initiative hangs on something else, or what it needs to go on.
#[derive(Clone, Debug)]
pub struct KopplaInsats {
    /// The link that changes, with the version the person saw; a new one when `None`.
    pub fore: Option<(MedelspostId, i64)>,
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
    /// It is said to be a correction after the year was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for KopplaInsats {
    const ATGARD: Atgard = Atgard::HanteraAtagande;
    type Laddat = Bocker;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(self.prova(bocker, idag));
        fel.prova(prova_kalla(&self.orsak));
        if let Ok(fore) = self.finns(bocker) {
            let nytt = self.behovet(bocker, fore, "");
            fel.prova(efter_avslut(
                bocker,
                nytt.into_iter().collect(),
                self.efter_avslut,
            ));
        }
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
        let fore = self.finns(&bocker)?;
        if let (Koppling::Upphord, Some(p)) = (&self.koppling, fore) {
            om = Postgaller {
                beslut: None,
                faktum: None,
                ..p.post.om
            };
        }
        let mut andringar = Vec::new();
        let nytt = self.behovet(&bocker, fore, &orsak).into_iter().collect();
        if let Some(nytt) = efter_avslut(&bocker, nytt, self.efter_avslut)?.pop() {
            let faktum = miljo.faktum();
            om.faktum = Some(faktum);
            andringar.push(Andring::NyttFaktum {
                id: faktum,
                faktum: Box::new(nytt),
            });
        }
        let innehall = Innehall::Koppling(self.koppling.clone());
        let sedd = self.fore.or_else(|| fore.map(|p| (p.post.sak, p.post.nr)));
        let post = raden(&bocker, sedd, id, (om, innehall))?;
        let sak = post.sak;
        andringar.push(Andring::NyMedelspost(Box::new(post.med_orsak(orsak))));
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "insats-kopplad".into(),
                objekt: format!("insats {}", self.insats),
                text: format!("{namn}: {}.", self.handelse()),
                data: serde_json::json!({ "post": id, "sak": sak }),
            },
            svar: sak,
        })
    }
}

/// The initiative that a link of this kind is an add-on to.
fn tillagg_till(k: &Koppling) -> Option<InsatsId> {
    match k {
        Koppling::Tillagg { till } => Some(*till),
        _ => None,
    }
}

impl KopplaInsats {
    /// The row that this one continues: the one the person saw, or what is said already of the
    /// need of the same year, so that there is one need and its history.
    fn finns<'a>(&self, bocker: &'a Bocker) -> Result<Option<&'a Medelspost>, Problem> {
        if let Some((sak, _)) = self.fore {
            let alla = sista(&bocker.medelsposter).into_iter();
            let mut egna = alla.filter(|p| p.post.om.insats == Some(self.insats));
            let funnen = egna.find(|p| p.post.sak == sak);
            return funnen.map(Some).ok_or_else(Problem::finns_inte);
        }
        if !matches!(self.koppling, Koppling::Fortsattning { .. }) {
            return Ok(None);
        }
        Ok(self
            .egna(bocker)
            .find(|(p, k)| matches!(k, Koppling::Fortsattning { .. }) && p.post.om.ar == self.ar)
            .map(|(p, _)| p))
    }

    /// The initiative's links as they stand.
    fn egna<'a>(&self, bocker: &'a Bocker) -> impl Iterator<Item = (&'a Medelspost, &'a Koppling)> {
        let insats = self.insats;
        kopplingar(&bocker.medelsposter)
            .into_iter()
            .filter(move |(p, _)| p.post.om.insats == Some(insats))
    }

    fn handelse(&self) -> &'static str {
        match self.koppling {
            Koppling::Beroende { .. } => "det registrerades att den hänger på en utlysning",
            Koppling::Tillagg { .. } => "det registrerades att den är ett tillägg till en annan",
            Koppling::Vidare {
                redovisat: Some(_), ..
            } => "redovisningen av pengar som förts vidare kom in",
            Koppling::Vidare { .. } => "det registrerades att pengar förs vidare",
            Koppling::Fortsattning { .. } => "det registrerades vad den behöver för att fortsätta",
            Koppling::Upphord => "en uppgift om vad den hänger på togs bort",
        }
    }

    fn prova(&self, bocker: &Bocker, idag: Date) -> Result<(), Problem> {
        match &self.koppling {
            Koppling::Beroende { utlysning: sak, .. } => self.prova_beroende(bocker, *sak),
            Koppling::Tillagg { till } => self.prova_tillagg(bocker, *till),
            Koppling::Vidare {
                fran,
                plikt,
                redovisat,
                ..
            } => {
                self.prova_vidare(bocker, *fran)?;
                if plikt.trim().is_empty() {
                    return nej(
                        "vidare-plikt",
                        "Det saknas vad mottagaren ska redovisa.",
                        "Skriv till exempel bokslut och antal deltagare.",
                        "plikt",
                    );
                }
                if redovisat.is_some_and(|dag| dag > idag) {
                    return nej(
                        "dag-framtid",
                        "Dagen då redovisningen kom har inte varit.",
                        "Skriv i dag eller en dag före.",
                        "redovisat",
                    );
                }
                Ok(())
            }
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
            Koppling::Upphord if self.fore.is_none() => Err(Problem::finns_inte()),
            Koppling::Upphord => Ok(()),
        }
    }

    /// Whether the same is said already, in another link than the one that changes.
    fn redan(&self, bocker: &Bocker, samma: impl Fn(&Medelspost, &Koppling) -> bool) -> bool {
        let egen = self.fore.map(|(sak, _)| sak);
        self.egna(bocker)
            .any(|(p, k)| Some(p.post.sak) != egen && samma(p, k))
    }

    fn prova_beroende(&self, bocker: &Bocker, sak: MedelspostId) -> Result<(), Problem> {
        if utlysning(&bocker.medelsposter, sak).is_none() {
            return nej(
                "utlysning-saknas",
                "Utlysningen är inte vald.",
                "Välj en utlysning i listan.",
                "utlysning",
            );
        }
        let samma = |_: &Medelspost, k: &Koppling| match k {
            Koppling::Beroende { utlysning, .. } => *utlysning == sak,
            _ => false,
        };
        if self.redan(bocker, samma) {
            return nej(
                "koppling-finns",
                "Insatsen hänger redan på den utlysningen.",
                "Ändra den uppgift som finns.",
                "utlysning",
            );
        }
        Ok(())
    }

    fn prova_tillagg(&self, bocker: &Bocker, till: InsatsId) -> Result<(), Problem> {
        if till == self.insats {
            return nej(
                "koppling-till-sig-sjalv",
                "En insats är inget tillägg till sig själv.",
                "Välj den insats som den hör till.",
                "till",
            );
        }
        if bocker.insats(till).is_none() {
            return nej(
                "insats-vald",
                "Insatsen är inte vald.",
                "Välj den insats som den hör till.",
                "till",
            );
        }
        let omvant = kopplingar(&bocker.medelsposter)
            .into_iter()
            .any(|(p, k)| p.post.om.insats == Some(till) && tillagg_till(k) == Some(self.insats));
        if omvant {
            return nej(
                "koppling-omvand",
                "Den andra insatsen är redan ett tillägg till den här.",
                "Ta bort den uppgiften först, om det är tvärtom.",
                "till",
            );
        }
        if self.redan(bocker, |_, k| tillagg_till(k) == Some(till)) {
            return nej(
                "koppling-finns",
                "Insatsen är redan ett tillägg till den.",
                "Välj en annan insats, eller lämna det som det är.",
                "till",
            );
        }
        Ok(())
    }

    fn prova_vidare(&self, bocker: &Bocker, fran: Option<OrganisationId>) -> Result<(), Problem> {
        let Some(till) = self.organisation else {
            return nej(
                "koppling-utan-mottagare",
                "Det saknas vem pengarna förs vidare till.",
                "Välj organisationen i listan.",
                "organisation",
            );
        };
        if bocker.organisation(till).is_none() {
            return Err(Problem::finns_inte());
        }
        if fran == Some(till) {
            return nej(
                "vidare-till-sig-sjalv",
                "Pengarna förs vidare till den som har dem.",
                "Välj två olika organisationer.",
                "organisation",
            );
        }
        let har_fatt = |o: OrganisationId| {
            let fatt = |p: &Medelspost, k: &Koppling| {
                matches!(k, Koppling::Vidare { .. }) && p.post.om.organisation == Some(o)
            };
            self.egna(bocker).any(|(p, k)| fatt(p, k))
        };
        if fran.is_some_and(|o| !har_fatt(o)) {
            return nej(
                "vidare-utan-led",
                "Den som för vidare har inte själv fått några pengar i insatsen.",
                "Registrera det ledet först, eller välj den som fick bidraget.",
                "fran",
            );
        }
        let samma = |p: &Medelspost, k: &Koppling| {
            let fran_samma = matches!(k, Koppling::Vidare { fran: f, .. } if *f == fran);
            fran_samma && p.post.om.organisation == Some(till)
        };
        if self.redan(bocker, samma) {
            return nej(
                "koppling-finns",
                "Det ledet finns redan.",
                "Ändra den uppgift som finns.",
                "organisation",
            );
        }
        Ok(())
    }

    /// What the initiative needs; it takes the place of what was said before, and goes when
    /// the link goes.
    fn behovet(
        &self,
        bocker: &Bocker,
        fore: Option<&Medelspost>,
        orsak: &str,
    ) -> Option<NyttFaktum> {
        let ar = self.ar.or_else(|| fore?.post.om.ar)?;
        let gallt = || {
            gallande(&bocker.fakta, None).into_iter().find(|f| {
                f.fakta.slag == FaktumSlag::Behov
                    && (f.galler().insats, f.galler().ar) == (Some(self.insats), Some(ar))
            })
        };
        let rattar = |f: Option<&Faktum>| -> Option<FaktumId> { f.map(|f| f.id) };
        match &self.koppling {
            Koppling::Fortsattning { behov } => {
                let galler = Galler {
                    ar: Some(ar),
                    ..om_insats(bocker, self.insats)
                };
                Some(NyttFaktum {
                    rattar: rattar(gallt()),
                    orsak: Some(orsak.to_owned()),
                    ..NyttFaktum::nytt(FaktumSlag::Behov, galler, Varde::Kant(*behov))
                })
            }
            Koppling::Upphord => {
                let p = fore?;
                let Innehall::Koppling(Koppling::Fortsattning { .. }) = &p.post.innehall else {
                    return None;
                };
                let f = gallt()?;
                Some(NyttFaktum {
                    rattar: Some(f.id),
                    struken: true,
                    orsak: Some(orsak.to_owned()),
                    efter_avslut: false,
                    ..f.fakta.clone()
                })
            }
            _ => None,
        }
    }
}
