//! The file for the accounts: its vouchers out of what waits, with the accounts and objects
//! that the mapping knows, and its bytes, today and each time it is asked for again.

use super::exportera::ExporteraBokforing;
use super::laddat::Bokfort;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use utfall_domain::id::{BidragId, InsatsId, KonteringId};
use utfall_domain::medel::export::{
    Export, Exportkonton, Exportpost, Exporturval, Rad, Verifikation, exporter, vantande,
};
use utfall_domain::medel::kontering::{Behall, Konteringsslag, Tolkning};
use utfall_domain::medel::rekvisition::{Riktning, alla};
use utfall_domain::medel::verifikation::{Bokforingsnamn, Inlasningslage, orgnr};
use utfall_domain::problem::Problem;
use utfall_sie::{Exportfil, Exportrad, Exportverifikation, Handelse, Plats, Skriven};

/// What a file for the accounts is made of, in one snapshot.
#[derive(Clone, Debug)]
pub struct Underlag {
    /// The books with what is booked.
    pub bokfort: Bokfort,
    /// Names of accounts and objects.
    pub namn: Vec<Bokforingsnamn>,
}

/// The vouchers that a file would have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Utkast {
    /// The vouchers.
    pub verifikationer: Vec<Verifikation>,
    /// Initiatives whose distribution is left out: no rule says what they are marked with.
    pub utan_objekt: Vec<InsatsId>,
    /// What is among them: requisitions to funders.
    pub till_finansiar: bool,
    /// Requisitions by parties.
    pub fran_part: bool,
    /// Distributions.
    pub fordelar: bool,
}

impl Underlag {
    /// The vouchers of what waits, on these accounts. An account that is not said is 0.
    #[must_use]
    pub fn utkast(&self, urval: &Exporturval, konton: &Exportkonton) -> Utkast {
        let mut ut = Utkast::default();
        let mut fordelade: BTreeMap<BidragId, Vec<Exportpost>> = BTreeMap::new();
        for post in vantande(&self.bokfort.bocker, urval) {
            match post.riktning {
                Some(riktning) => {
                    match riktning {
                        Riktning::TillFinansiar => ut.till_finansiar = true,
                        Riktning::FranPart => ut.fran_part = true,
                    }
                    let ny = self.rekvisition(&post, riktning, konton);
                    ut.verifikationer.push(ny);
                }
                None => {
                    let (Some(bidrag), Some(insats)) = (post.bidrag, post.insats) else {
                        continue;
                    };
                    if self.objekt(insats).is_empty() {
                        ut.utan_objekt.push(insats);
                    } else {
                        fordelade.entry(bidrag).or_default().push(post);
                    }
                }
            }
        }
        for (bidrag, poster) in fordelade {
            ut.fordelar = true;
            let ny = self.fordelning(bidrag, urval.ar, &poster, konton);
            ut.verifikationer.push(ny);
        }
        ut.utan_objekt.sort_unstable();
        ut.utan_objekt.dedup();
        ut
    }

    /// What an initiative is marked with in the accounts: the objects of the simplest rule
    /// that leads to it. Those that can name people are never written.
    #[must_use]
    pub fn objekt(&self, insats: InsatsId) -> Vec<(u32, String)> {
        let regler = self.bokfort.regler().regler;
        let egna = regler.into_iter().filter(|r| {
            r.till.is_some_and(|t| t.insats == insats)
                && !r.objekt.is_empty()
                && !r.objekt.iter().any(|(d, _)| Behall::PERSONER.contains(d))
        });
        egna.map(|r| r.objekt)
            .min_by_key(Vec::len)
            .unwrap_or_default()
    }

    fn plats(&self, konto: Option<u32>, insats: Option<InsatsId>) -> Plats {
        Plats {
            konto: konto.unwrap_or(0),
            objekt: insats.map(|id| self.objekt(id)).unwrap_or_default(),
        }
    }

    fn rekvisition(
        &self,
        post: &Exportpost,
        riktning: Riktning,
        konton: &Exportkonton,
    ) -> Verifikation {
        let bidrag = post.bidrag.and_then(|id| self.bokfort.bocker.bidrag(id));
        let namn = bidrag.map_or("", |b| b.namn.as_str());
        let nummer = match post.sak {
            utfall_domain::medel::export::Exportsak::Rekvisition { rekvisition } => {
                let poster = &self.bokfort.bocker.medelsposter;
                let r = alla(poster).into_iter().find(|r| r.id == rekvisition);
                r.map_or_else(String::new, |r| r.nummer.to_string())
            }
            utfall_domain::medel::export::Exportsak::Fordelning { .. } => String::new(),
        };
        let ord = if post.ore < 0 {
            "Återkallad rekvisition"
        } else {
            "Rekvisition"
        };
        let text = format!("{ord} {nummer}, {namn}");
        let (debet, kredit) = match riktning {
            Riktning::TillFinansiar => (
                self.plats(konton.fordran, None),
                self.plats(konton.intakt, post.insats),
            ),
            Riktning::FranPart => (
                self.plats(konton.kostnad, post.insats),
                self.plats(konton.skuld, None),
            ),
        };
        let handelse = Handelse::rekvisition(post.dag, &text, debet, kredit, post.ore);
        som_sparas(handelse.into(), vec![(post.sak, post.ore)])
    }

    /// A grant's year: what is distributed leaves the income that is marked with nothing.
    fn fordelning(
        &self,
        bidrag: BidragId,
        ar: i16,
        poster: &[Exportpost],
        konton: &Exportkonton,
    ) -> Verifikation {
        let namn = self.bokfort.bocker.bidrag(bidrag);
        let namn = namn.map_or("", |b| b.namn.as_str());
        let andrad = poster.iter().any(|p| p.forut != 0);
        let ord = if andrad {
            "Ändrad fördelning"
        } else {
            "Fördelning"
        };
        let dag = poster.iter().map(|p| p.dag).max();
        let till = poster
            .iter()
            .map(|p| {
                let plats = self.plats(konton.intakt, p.insats);
                (plats, p.ore.saturating_neg())
            })
            .collect();
        let fran = self.plats(konton.intakt, None);
        let dag = dag.unwrap_or_else(|| date(ar, 12, 31));
        let handelse = Handelse::fordelning(dag, &format!("{ord} {ar}, {namn}"), fran, till);
        let saker = poster.iter().map(|p| (p.sak, p.ore)).collect();
        som_sparas(handelse.into(), saker)
    }

    /// Accounts to begin with: those of the last file, else those that are booked on most.
    #[must_use]
    pub fn forslag(&self) -> Exportkonton {
        let forra = exporter(&self.bokfort.bocker.medelsposter);
        if let Some(forra) = forra.last() {
            return forra.export.konton;
        }
        let antal = self.antal();
        let vanligast = |passar: &dyn Fn(KonteringId, u32) -> bool| {
            let mut per_konto: BTreeMap<u32, i64> = BTreeMap::new();
            for (id, (k, _)) in self.bokfort.konteringar.iter() {
                if passar(*id, k.konto) {
                    let n = antal.get(id).copied().unwrap_or(0);
                    let rad = per_konto.entry(k.konto).or_default();
                    *rad = rad.saturating_add(n);
                }
            }
            per_konto
                .into_iter()
                .max_by_key(|(_, n)| *n)
                .map(|(k, _)| k)
        };
        let borjar = |konto: u32, med: &[&str]| {
            let konto = konto.to_string();
            med.iter().any(|m| konto.starts_with(m))
        };
        let intakter = self.bidragsintakter();
        Exportkonton {
            fordran: vanligast(&|_, k| borjar(k, &["15", "16", "17"])),
            intakt: vanligast(&|id, _| intakter.contains(&id)),
            kostnad: vanligast(&|_, k| borjar(k, &["45"])),
            skuld: vanligast(&|_, k| borjar(k, &["24", "25", "28", "29"])),
        }
    }

    fn antal(&self) -> BTreeMap<KonteringId, i64> {
        let mut ut: BTreeMap<KonteringId, i64> = BTreeMap::new();
        for s in self.bokfort.summor.iter() {
            let rad = ut.entry(s.kontering).or_default();
            *rad = rad.saturating_add(s.antal);
        }
        ut
    }

    fn bidragsintakter(&self) -> BTreeSet<KonteringId> {
        let koppling = self.bokfort.regler();
        // What an account is for hardly follows the year: the latest one with rows says.
        let sist = self.bokfort.summor.iter().map(|s| s.manad.year()).max();
        let ar_intakt = |k, typ| match koppling.tolka(k, typ, sist.unwrap_or(0)) {
            Ok(Tolkning::Raknas { slag, .. } | Tolkning::Okopplad(slag)) => {
                slag == Konteringsslag::Bidragsintakt
            }
            Ok(Tolkning::Balans) | Err(_) => false,
        };
        let alla = self.bokfort.konteringar.iter();
        alla.filter(|(_, (k, typ))| ar_intakt(k, *typ))
            .map(|(id, _)| *id)
            .collect()
    }

    /// Whose accounts: number and name, as the latest file in force says; else the huvudman.
    #[must_use]
    pub fn foretag(&self) -> (String, String) {
        let b = &self.bokfort.bocker;
        let inlasningar = self.bokfort.inlasningar.iter();
        let sist = inlasningar
            .filter(|i| i.lage == Inlasningslage::Galler && !i.ar.orgnr.is_empty())
            .max_by_key(|i| i.id);
        if let Some(i) = sist {
            return (i.ar.orgnr.clone(), i.foretag.clone());
        }
        let egen = b
            .organisationer
            .iter()
            .find(|o| o.namn_nu() == b.huvudman.namn);
        let nummer = egen.and_then(|o| o.orgnr.as_deref()).map(orgnr);
        (nummer.unwrap_or_default(), b.huvudman.namn.clone())
    }

    pub(super) fn export(&self, val: &ExporteraBokforing, utkast: Utkast, idag: Date) -> Export {
        let nummer = orgnr(&val.orgnr);
        let (eget, namn) = self.foretag();
        let namn = if eget == nummer && !namn.trim().is_empty() {
            namn
        } else {
            self.bokfort.bocker.huvudman.namn.clone()
        };
        let rader = || utkast.verifikationer.iter().flat_map(|v| &v.rader);
        let anvanda: BTreeSet<u32> = rader().map(|r| r.konto).collect();
        let kontonamn: BTreeMap<u32, String> = anvanda
            .iter()
            .filter_map(|konto| {
                let kod = konto.to_string();
                let namn = self
                    .namn
                    .iter()
                    .find(|n| n.orgnr == nummer && n.slag == "konto" && n.kod == kod)?;
                Some((*konto, namn.namn.clone()))
            })
            .collect();
        let kontonamn = if kontonamn.len() == anvanda.len() {
            kontonamn
        } else {
            BTreeMap::new()
        };
        Export {
            ar: val.urval.ar,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            skriven: idag,
            objekt: self.objektnamn(rader()),
            orgnr: nummer,
            namn,
            serie: val.serie.clone(),
            konton: val.konton,
            kontonamn,
            verifikationer: utkast.verifikationer,
        }
    }

    /// Each object that is used, with the name of the initiative it marks.
    fn objektnamn<'a>(&self, rader: impl Iterator<Item = &'a Rad>) -> Vec<(u32, String, String)> {
        let mut ut: BTreeMap<(u32, String), String> = BTreeMap::new();
        for objekt in rader.map(|r| &r.objekt) {
            let insats = self.bokfort.bocker.insatser.iter();
            let namn = insats
                .filter(|i| self.objekt(i.id) == *objekt)
                .map(|i| i.namn.clone())
                .next();
            for (dim, nr) in objekt {
                let eget = self
                    .namn
                    .iter()
                    .find(|n| n.slag == dim.to_string() && n.kod == *nr);
                let eget = eget.map(|n| n.namn.clone()).or_else(|| namn.clone());
                if let Some(namn) = eget {
                    ut.entry((*dim, nr.clone())).or_insert(namn);
                }
            }
        }
        ut.into_iter().map(|((d, nr), n)| (d, nr, n)).collect()
    }
}

fn som_sparas(
    ver: Exportverifikation,
    saker: Vec<(utfall_domain::medel::export::Exportsak, i64)>,
) -> Verifikation {
    Verifikation {
        dag: ver.datum,
        text: ver.text,
        rader: ver
            .rader
            .into_iter()
            .map(|r| Rad {
                konto: r.plats.konto,
                objekt: r.plats.objekt,
                ore: r.belopp,
            })
            .collect(),
        saker,
    }
}

/// The bytes of a file that was handed over: the same each time.
///
/// # Errors
/// What the format does not allow, in words.
pub fn skriv(export: &Export) -> Result<Skriven, Problem> {
    let fil = Exportfil {
        program: ("Utfall".to_owned(), export.program.clone()),
        skriven: export.skriven,
        orgnr: skrivet_orgnr(&export.orgnr),
        namn: export.namn.clone(),
        ar: Some((date(export.ar, 1, 1), date(export.ar, 12, 31))),
        konton: export
            .kontonamn
            .iter()
            .map(|(konto, namn)| (*konto, (namn.clone(), None)))
            .collect(),
        objekt: export
            .objekt
            .iter()
            .map(|(dim, nr, namn)| ((*dim, nr.clone()), namn.clone()))
            .collect(),
        verifikationer: export
            .verifikationer
            .iter()
            .map(|v| ver(&export.serie, v))
            .collect(),
        ..Exportfil::default()
    };
    fil.skriv_4i().map_err(|hinder| {
        let ord: Vec<String> = hinder.iter().map(ToString::to_string).collect();
        Problem::ogiltigt(
            "export-gar-inte",
            format!("Filen går inte att skriva: {}.", ord.join("; ")),
            "Rätta kopplingen eller kontona och försök igen. Ingen fil är skriven.",
        )
    })
}

fn ver(serie: &str, v: &Verifikation) -> Exportverifikation {
    Exportverifikation {
        serie: serie.to_owned(),
        nummer: String::new(),
        datum: v.dag,
        text: v.text.clone(),
        rader: v
            .rader
            .iter()
            .map(|r| Exportrad {
                plats: Plats {
                    konto: r.konto,
                    objekt: r.objekt.clone(),
                },
                belopp: r.ore,
                text: String::new(),
            })
            .collect(),
    }
}

fn skrivet_orgnr(nummer: &str) -> String {
    match (nummer.get(..6), nummer.get(6..)) {
        (Some(forst), Some(sist)) => format!("{forst}-{sist}"),
        _ => nummer.to_owned(),
    }
}
