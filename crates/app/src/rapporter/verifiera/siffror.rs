//! Every figure of an issued report against the books, as they were when it was issued.
//!
//! What each figure should be is told by where it stands in the report, not by the link that
//! is frozen with it: who could change the one could change the other.

use crate::lasning::{Bok, kanda};
use crate::rapporter::bygg::{Ram, Utkast, medverkande};
use crate::rapporter::sammanstall::sammanstall;
use crate::rapporter::tillagg;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::Enhet;
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::rapport::Indata;
use utfall_domain::rapport::aterrapport::{self as ater, Aterrapport, Siffra, Siffrenhet};
use utfall_domain::rapport::sammanstallning::{MALL, Sammanstallning, Stalle, stallen};
use utfall_domain::rapporter::{Rapport, Rapportlage, Rapportslag};
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;

/// A figure that the report and the books do not have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skillnad {
    /// Which: `Insats Lotsen: Använt enligt insatserna`.
    pub vad: String,
    /// What it is counted in.
    pub enhet: Enhet,
    /// As the report has it; `None` when it has no such figure.
    pub rapporterat: Option<Varde>,
    /// As the books had it; `None` when they have nothing of that name.
    pub nu: Option<Varde>,
}

/// The differences, in the report's order. What is registered after the report was issued,
/// later the same day too, is no error in it.
pub(super) fn skillnader(bok: &Bok, rapport: &Rapport, fryst: &Indata) -> Vec<Skillnad> {
    let mut da = Bocker::clone(bok);
    if let Rapportlage::Utfardad { tid, .. } = &rapport.lage {
        da.fakta = kanda(&bok.fakta, *tid);
        da.medelsposter.retain(|p| p.registrerad <= *tid);
    }
    let (fryst, bidrag) = match (fryst, rapport.bidrag) {
        (Indata::Aterrapport(fryst), Some(bidrag)) => (fryst, bidrag),
        (Indata::Aterrapport(_), None) => return Vec::new(),
        (Indata::Sammanstallning(fryst), _) => {
            let da = Bok::av(Arc::new(da), Some(PerDag(fryst.per_dag)));
            return sammanstallda(&da, rapport, fryst);
        }
    };
    let mut j = Jamforelse {
        bok: Bok::av(Arc::new(da), Some(PerDag(fryst.per_dag))),
        urval: Urval::bidrag(bidrag).ar(fryst.ar),
        ut: Vec::new(),
    };
    j.bidraget(fryst);
    j.namnderna(fryst);
    j.insatserna(fryst);
    j.delarna(fryst, rapport);
    j.ut
}

/// A report of figures is put together again from the books as they were, and compared figure by
/// figure: those that are missing too.
fn sammanstallda(bok: &Bok, rapport: &Rapport, fryst: &Sammanstallning) -> Vec<Skillnad> {
    let utkast = Utkast::av(&Indata::Sammanstallning(Box::new(fryst.clone())));
    let ram = Ram {
        ident: &fryst.ident,
        per: PerDag(fryst.per_dag),
        nu: fryst.skapad,
        adress: &fryst.adress,
        fynd: &[],
        bokforing: None,
        utfardas: Some(&rapport.slug),
    };
    let igen = sammanstall(bok, &rapport.slag, &utkast, &ram);
    let samma_mall = fryst.bakom.as_ref().is_some_and(|b| b.mall == MALL);
    jamfor(bok, (&fryst.stallen(), &igen.stallen()), samma_mall)
}

/// The figures that differ, and those that are missing. A report by an earlier template has other
/// figures than one of today has: each is then asked of the books by itself.
fn jamfor(
    bok: &Bok,
    (tryckta, nu): (&[Stalle<'_>], &[Stalle<'_>]),
    samma_mall: bool,
) -> Vec<Skillnad> {
    let bland = |alla: &[Stalle<'_>], s: &Stalle<'_>| {
        let samma = alla
            .iter()
            .find(|a| a.siffra.harledning == s.siffra.harledning);
        samma.map(|a| (a.siffra.varde, a.siffra.kand_del))
    };
    let skillnad = |s: &Stalle<'_>, rapporterat, nu| Skillnad {
        vad: s.var.clone(),
        enhet: match s.siffra.enhet {
            Siffrenhet::Ore => Enhet::Ore,
            Siffrenhet::Personer => Enhet::Personer,
            Siffrenhet::Antal => Enhet::Antal,
        },
        rapporterat,
        nu,
    };
    let mut ut = Vec::new();
    for s in tryckta {
        let da = match (bland(nu, s), samma_mall) {
            (None, false) => s.siffra.fraga().map(|(matt, urval)| {
                let utfall = bok.matt(matt, &urval).utfall;
                (utfall.varde, utfall.kand_del)
            }),
            (da, _) => da,
        };
        if da != Some((s.siffra.varde, s.siffra.kand_del)) {
            ut.push(skillnad(
                s,
                Some(s.siffra.varde),
                da.map(|(varde, _)| varde),
            ));
        }
    }
    let saknas = nu
        .iter()
        .filter(|s| samma_mall && bland(tryckta, s).is_none());
    ut.extend(saknas.map(|s| skillnad(s, None, Some(s.siffra.varde))));
    ut
}

struct Jamforelse {
    bok: Bok,
    urval: Urval,
    ut: Vec<Skillnad>,
}

impl Jamforelse {
    fn lika(&mut self, vad: &str, matt: Matt, urval: &Urval, siffra: &Siffra) {
        let nu = self.bok.matt(matt, urval).utfall;
        if nu.varde != siffra.varde {
            self.skiljer(vad, matt, Some(siffra.varde), Some(nu.varde));
        } else if siffra.kand_del.is_some() && siffra.kand_del != nu.kand_del {
            // The same sign, but another part of the sum is known.
            let del = |del: Option<i64>| del.map(Varde::Kant);
            self.skiljer(vad, matt, del(siffra.kand_del), del(nu.kand_del));
        }
    }

    fn skiljer(&mut self, vad: &str, matt: Matt, rapporterat: Option<Varde>, nu: Option<Varde>) {
        let vad = match vad {
            "" => matt.text().to_owned(),
            vad => format!("{vad}: {}", matt.text()),
        };
        self.ut.push(Skillnad {
            vad,
            enhet: matt.enhet(),
            rapporterat,
            nu,
        });
    }

    /// A figure that the books know and the report leaves out.
    fn saknas(&mut self, vad: &str, matt: Matt, urval: &Urval) {
        let nu = self.bok.varde(matt, urval);
        if nu.kant().is_some_and(|tal| tal != 0) {
            self.skiljer(vad, matt, None, Some(nu));
        }
    }

    fn bidraget(&mut self, fryst: &Aterrapport) {
        let urval = self.urval.clone();
        self.lika("", Matt::Rekvirerat, &urval, &fryst.rekvirerat);
        for (matt, siffra) in [
            (Matt::OverfortIn, &fryst.overfort_in),
            (Matt::OverfortUt, &fryst.overfort_ut),
        ] {
            match siffra {
                Some(siffra) => self.lika("", matt, &urval, siffra),
                None => self.saknas("", matt, &urval),
            }
        }
        self.lika("", Matt::Anvant, &urval, &fryst.anvant);
        self.lika("", Matt::AttAterbetala, &urval, &fryst.att_aterbetala);
        let namnder = "Alla nämnder";
        self.belopp(namnder, NAMND, &urval, &fryst.summa_namnder);
        self.belopp("Alla insatser", INSATS, &urval, &fryst.summa_insatser);
    }

    fn belopp(&mut self, vad: &str, matt: [Matt; 3], urval: &Urval, belopp: &ater::Belopp) {
        let siffror = [&belopp.budget, &belopp.utfall, &belopp.avvikelse];
        for (matt, siffra) in matt.into_iter().zip(siffror) {
            self.lika(vad, matt, urval, siffra);
        }
    }

    /// Nothing in the books has the name that the report gives.
    fn okand(&mut self, vad: &str, matt: [Matt; 3], belopp: &ater::Belopp) {
        let siffror = [&belopp.budget, &belopp.utfall, &belopp.avvikelse];
        for (matt, siffra) in matt.into_iter().zip(siffror) {
            self.skiljer(vad, matt, Some(siffra.varde), None);
        }
    }

    fn namnderna(&mut self, fryst: &Aterrapport) {
        let mut kvar: BTreeSet<OrganisationId> = [Matt::AnvantNamnd, Matt::FordelatNamnd]
            .into_iter()
            .flat_map(|matt| self.bok.matt(matt, &self.urval).rader)
            .filter_map(|id| self.bok.faktum(id)?.galler().organisation)
            .collect();
        for namnd in &fryst.namnder {
            let vad = format!("Nämnd {}", namnd.namn);
            let heter = |id: &&OrganisationId| {
                let organisation = self.bok.organisation(**id);
                organisation.is_some_and(|o| o.heter(&namnd.namn))
            };
            let Some(id) = kvar.iter().find(heter).copied() else {
                self.okand(&vad, NAMND, &namnd.belopp);
                continue;
            };
            kvar.remove(&id);
            let urval = self.urval.clone().for_organisation(id);
            self.belopp(&vad, NAMND, &urval, &namnd.belopp);
        }
        for id in kvar {
            let vad = format!("Nämnd {}", self.bok.organisationsnamn(id));
            let urval = self.urval.clone().for_organisation(id);
            for matt in NAMND {
                self.saknas(&vad, matt, &urval);
            }
        }
    }

    /// The parts that the funder's template has besides, put together again.
    fn delarna(&mut self, fryst: &Aterrapport, rapport: &Rapport) {
        let bidrag = self.urval.bidrag.and_then(|id| self.bok.bidrag(id));
        let (Rapportslag::Aterrapport { mall }, Some(bidrag)) = (&rapport.slag, bidrag) else {
            return;
        };
        let ram = Ram {
            ident: &fryst.ident,
            per: PerDag(fryst.per_dag),
            nu: fryst.skapad,
            adress: &fryst.adress,
            fynd: &[],
            bokforing: None,
            utfardas: Some(&rapport.slug),
        };
        let igen = tillagg::delarna(&self.bok, &ram, (bidrag, *mall), fryst.ar);
        let samma_mall = fryst.mall() == ater::MALL;
        let (tryckta, nu) = (stallen("", &fryst.delar), stallen("", &igen));
        let skiljer = jamfor(&self.bok, (&tryckta, &nu), samma_mall);
        self.ut.extend(skiljer);
    }

    fn insatserna(&mut self, fryst: &Aterrapport) {
        // Two may have the same name: they are taken in the order of the books, as the report
        // was made.
        let mut kvar: HashMap<String, Vec<Insats>> = HashMap::new();
        let alla = match self.urval.bidrag {
            Some(bidrag) => medverkande(&self.bok, bidrag, fryst.ar),
            None => Vec::new(),
        };
        for i in alla.into_iter().rev() {
            kvar.entry(i.namn.clone()).or_default().push(i.clone());
        }
        for insats in &fryst.insatser {
            let vad = format!("Insats {}", insats.namn);
            match kvar.get_mut(&insats.namn).and_then(Vec::pop) {
                Some(i) => self.insats(&vad, &i, insats),
                None => self.okand(&vad, INSATS, &insats.belopp),
            }
        }
        let mut kvar: Vec<Insats> = kvar.into_values().flatten().collect();
        kvar.sort_by_key(|i| i.id);
        for i in kvar {
            let urval = self.urval.clone().for_insats(i.id);
            for matt in INSATS {
                self.saknas(&format!("Insats {}", i.namn), matt, &urval);
            }
        }
    }

    fn insats(&mut self, vad: &str, i: &Insats, insats: &ater::Insats) {
        let urval = self.urval.clone().for_insats(i.id);
        self.belopp(vad, INSATS, &urval, &insats.belopp);
        let mut sagda = BTreeSet::new();
        let urval = Urval::insats(i.id).ar(self.urval.ar.unwrap_or_default());
        for tal in &insats.resultattal {
            let (matt, kategori) = resultat(&tal.namn);
            let urval = match kategori {
                Some(kategori) => urval.clone().for_kategori(kategori),
                None => urval.clone(),
            };
            self.lika(&format!("{vad}, {}", tal.namn), matt, &urval, &tal.siffra);
            sagda.insert((matt, kategori.map(str::to_owned)));
        }
        // The counts of another grant's initiative are reported with its own grant.
        if i.bidrag != self.urval.bidrag {
            return;
        }
        for matt in [Matt::Deltagare, Matt::Resultat, Matt::Volym] {
            let kategorier: BTreeSet<Option<String>> = self
                .bok
                .matt(matt, &urval)
                .rader
                .into_iter()
                .filter_map(|id| self.bok.faktum(id))
                .map(|f| {
                    f.galler()
                        .kategori
                        .clone()
                        .filter(|_| matt != Matt::Deltagare)
                })
                .collect();
            for kategori in kategorier {
                // Counts without a category have no row of their own in a report.
                let har_rad = matt == Matt::Deltagare || kategori.is_some();
                if har_rad && !sagda.contains(&(matt, kategori.clone())) {
                    let urval = Urval {
                        kategori,
                        ..urval.clone()
                    };
                    self.saknas(vad, matt, &urval);
                }
            }
        }
    }
}

const NAMND: [Matt; 3] = [Matt::FordelatNamnd, Matt::AnvantNamnd, Matt::AvvikelseNamnd];
const INSATS: [Matt; 3] = [Matt::Fordelat, Matt::AnvantInsats, Matt::Avvikelse];

/// What a count is, by the name it has in a report.
fn resultat(namn: &str) -> (Matt, Option<&str>) {
    match namn.strip_prefix("Varav ") {
        Some(kategori) => (Matt::Resultat, Some(kategori)),
        None if namn == "Deltagare" => (Matt::Deltagare, None),
        None => (Matt::Volym, Some(namn)),
    }
}
