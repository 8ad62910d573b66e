//! Grants, distributions, budgets and outcomes as facts.

use super::Oversattning;
use crate::miljo::Miljo;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum, Sakerhet};
use utfall_domain::id::{BidragId, InsatsId};
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::underlag as u;
use utfall_domain::varde::Varde;

/// The statement that holds: the most exact, of equally exact ones the first.
fn gallande(uppgifter: &[u::Uppgift]) -> Option<&u::Uppgift> {
    uppgifter.iter().min_by_key(|x| x.belopp.precision)
}

impl Oversattning<'_> {
    fn uppgift(&mut self, slag: FaktumSlag, galler: Galler, uppgifter: &[u::Uppgift], s: Sakerhet) {
        let Some(x) = gallande(uppgifter) else { return };
        let faktum = NyttFaktum {
            precision: x.belopp.precision,
            cirka: x.cirka,
            sakerhet: s,
            kalla: self.kalla(&x.plats, x.id.as_ref().map(|i| i.0.as_str())),
            ..NyttFaktum::nytt(slag, galler, Varde::Kant(x.belopp.ore.0))
        };
        self.fakta.push(faktum);
    }

    pub(super) fn belopp(&mut self, slag: FaktumSlag, galler: Galler, b: Belopp, plats: &str) {
        let faktum = NyttFaktum {
            precision: b.precision,
            kalla: self.kalla(plats, None),
            ..NyttFaktum::nytt(slag, galler, Varde::Kant(b.ore.0))
        };
        self.fakta.push(faktum);
    }

    pub(super) fn utan_belopp(
        &mut self,
        slag: FaktumSlag,
        galler: Galler,
        varde: Varde,
        plats: &str,
    ) {
        let kalla = self.kalla(plats, None);
        self.fakta.push(NyttFaktum {
            kalla,
            ..NyttFaktum::nytt(slag, galler, varde)
        });
    }
}

/// What the funder gave, year by year.
pub(super) fn bidrag(o: &mut Oversattning<'_>) {
    let papper = o.papper;
    for b in &papper.bidrag {
        let Some(id) = o.register.bidrag_av(&u::BidragRef(b.id.0.clone())) else {
            continue;
        };
        for ar in &b.ar {
            bidragsar(o, id, b, ar);
        }
    }
}

fn bidragsar(o: &mut Oversattning<'_>, id: BidragId, b: &u::Bidrag, ar: &u::BidragAr) {
    let galler = Galler {
        bidrag: Some(id),
        finansiar: o.register.finansiar(id),
        ar: ar.ar.map(|a| a.0),
        ..Galler::default()
    };
    let sakerhet = match ar.status {
        u::Beslutslage::Slutlig => Sakerhet::Slutlig,
        u::Beslutslage::Preliminar | u::Beslutslage::EjBeslutat => Sakerhet::Preliminar,
    };
    if ar.status == u::Beslutslage::EjBeslutat && ar.tilldelat.is_empty() {
        o.utan_belopp(
            FaktumSlag::Tilldelat,
            galler.clone(),
            Varde::EjBeslutat,
            &b.plats,
        );
    }
    o.uppgift(
        FaktumSlag::Tilldelat,
        galler.clone(),
        &ar.tilldelat,
        sakerhet,
    );
    o.uppgift(
        FaktumSlag::Rekvirerat,
        galler.clone(),
        &ar.rekvirerat,
        Sakerhet::Slutlig,
    );
    o.uppgift(
        FaktumSlag::Aterbetalning,
        galler.clone(),
        &ar.aterbetalas,
        Sakerhet::Slutlig,
    );
    for n in &ar.namnder {
        let namnd = Galler {
            organisation: o.register.organisation(&n.organisation),
            ..galler.clone()
        };
        o.uppgift(
            FaktumSlag::FordelatNamnd,
            namnd.clone(),
            &n.fordelat,
            Sakerhet::Slutlig,
        );
        o.uppgift(FaktumSlag::AnvantNamnd, namnd, &n.anvant, Sakerhet::Slutlig);
    }
    if ar.namnder.iter().all(|n| n.anvant.is_empty()) {
        o.uppgift(
            FaktumSlag::AnvantNamnd,
            galler.clone(),
            &ar.anvant,
            Sakerhet::Slutlig,
        );
    }
    overforing(o, &galler, b, ar);
}

/// Carried-over money that no row of a distribution already accounts for.
fn overforing(o: &mut Oversattning<'_>, galler: &Galler, b: &u::Bidrag, ar: &u::BidragAr) {
    let Some(nu) = galler.ar else { return };
    if let Some(in_) = gallande(&ar.overfort_in) {
        let pa_rader = overfort_pa_rader(o.papper, &b.id.0, nu);
        let rest = in_.belopp.ore.0.saturating_sub(pa_rader);
        if rest != 0 || in_.belopp.ore.0 == 0 {
            let g = Galler {
                fran_ar: nu.checked_sub(1),
                ..galler.clone()
            };
            o.belopp(
                FaktumSlag::Overfort,
                g,
                Belopp {
                    ore: Ore(rest),
                    ..in_.belopp
                },
                &in_.plats,
            );
        }
    }
    let nasta = nu.checked_add(1);
    let sags_nasta_ar =
        b.ar.iter()
            .any(|x| x.ar.map(|a| a.0) == nasta && !x.overfort_in.is_empty());
    if let Some(ut) = gallande(&ar.overfort_ut).filter(|_| !sags_nasta_ar) {
        let g = Galler {
            ar: nasta,
            fran_ar: Some(nu),
            ..galler.clone()
        };
        o.belopp(FaktumSlag::Overfort, g, ut.belopp, &ut.plats);
    }
    let forbjudet = b.overforing == Some(u::Overforing::EjTillaten);
    if forbjudet && ar.overfort_ut.is_empty() && !sags_nasta_ar {
        let g = Galler {
            ar: None,
            fran_ar: Some(nu),
            ..galler.clone()
        };
        o.utan_belopp(FaktumSlag::Overfort, g, Varde::Kant(0), &b.plats);
    }
}

fn overfort_pa_rader(papper: &u::Underlag, bidrag: &str, ar: i16) -> i64 {
    papper
        .fordelningar
        .iter()
        .filter(|f| f.bidrag.iter().any(|b| b.0 == bidrag))
        .flat_map(|f| &f.rader)
        .flat_map(|r| &r.belopp)
        .filter(|b| b.ar.is_some_and(|a| a.0 == ar))
        .filter_map(|b| b.overfort)
        .fold(0, |s, b| s.saturating_add(b.ore.0))
}

/// How a grant is split on rows and years. A row without an initiative becomes one.
pub(super) fn fordelningar(o: &mut Oversattning<'_>, miljo: &mut Miljo) -> Result<(), Problem> {
    let papper = o.papper;
    for f in &papper.fordelningar {
        // Money from several grants that the paper does not tell apart belongs to none.
        let bidrag = match f.bidrag.as_slice() {
            [enda] => o.register.bidrag_av(enda),
            _ => None,
        };
        let sakerhet = match f.status {
            u::FordelningStatus::Beslutad => Sakerhet::Slutlig,
            u::FordelningStatus::Forslag => Sakerhet::Preliminar,
        };
        let (fore, version) = (o.fakta.len(), version(o, f, bidrag));
        for rad in &f.rader {
            let insats = radens_insats(o, rad, bidrag, miljo)?;
            let plats = rad.plats.as_ref().unwrap_or(&f.plats);
            fordelningsrad(o, rad, bidrag, insats, (sakerhet, plats));
        }
        for faktum in o.fakta.iter_mut().skip(fore) {
            faktum.galler.version.clone_from(&version);
        }
    }
    Ok(())
}

/// A proposal is what holds, preliminarily, only when there is nothing else: beside another
/// distribution of the same grant it is a version under its own name, and counts in no sum.
fn version(o: &Oversattning<'_>, f: &u::Fordelning, bidrag: Option<BidragId>) -> Option<String> {
    let annan = o
        .papper
        .fordelningar
        .iter()
        .any(|x| x.id != f.id && x.bidrag.iter().any(|b| f.bidrag.contains(b)));
    let redan = bidrag.is_some_and(|b| o.register.har_fordelning(b));
    let forslag = f.status == u::FordelningStatus::Forslag;
    (forslag && (annan || redan)).then(|| f.titel.clone())
}

fn radens_insats(
    o: &mut Oversattning<'_>,
    rad: &u::FordelningRad,
    bidrag: Option<BidragId>,
    miljo: &mut Miljo,
) -> Result<InsatsId, Problem> {
    if let Some(id) = rad.insats.as_ref().and_then(|i| o.register.insats_av(i)) {
        return Ok(id);
    }
    let ansvariga = rad
        .organisationer
        .iter()
        .filter_map(|x| o.register.organisation(x))
        .collect();
    let id = o
        .register
        .insats_av_rad(&rad.etikett, bidrag, ansvariga, miljo)?;
    if rad.reserv {
        o.register.ar_reserv(id);
    }
    Ok(id)
}

fn fordelningsrad(
    o: &mut Oversattning<'_>,
    rad: &u::FordelningRad,
    bidrag: Option<BidragId>,
    insats: InsatsId,
    (sakerhet, plats): (Sakerhet, &str),
) {
    let (_, namnd) = o.register.om_insats(insats);
    let uttalande = rad.id.as_ref().map(|i| i.0.as_str());
    for b in &rad.belopp {
        let galler = Galler {
            bidrag,
            insats: Some(insats),
            organisation: namnd,
            finansiar: rad
                .finansiar
                .as_ref()
                .and_then(|x| o.register.organisation(x))
                .or_else(|| bidrag.and_then(|x| o.register.finansiar(x))),
            ar: b.ar.map(|a| a.0),
            ..Galler::default()
        };
        let fore = o.fakta.len();
        match (b.nytt, b.overfort, b.totalt) {
            (None, None, Some(totalt)) => {
                o.belopp(FaktumSlag::Fordelat, galler, totalt, plats);
            }
            (nytt, overfort, _) => {
                if let Some(nytt) = nytt {
                    o.belopp(FaktumSlag::Fordelat, galler.clone(), nytt, plats);
                }
                if let Some(overfort) = overfort {
                    let fran_ar = galler.ar.and_then(|a| a.checked_sub(1));
                    o.belopp(
                        FaktumSlag::Overfort,
                        Galler { fran_ar, ..galler },
                        overfort,
                        plats,
                    );
                }
            }
        }
        for f in o.fakta.iter_mut().skip(fore) {
            f.sakerhet = sakerhet;
            if let Some(kalla) = f.kalla.as_mut() {
                kalla.uttalande = uttalande.map(str::to_owned);
            }
        }
    }
}

/// Budget and outcome of each initiative.
pub(super) fn insatser(o: &mut Oversattning<'_>) {
    let papper = o.papper;
    for i in &papper.insatser {
        let Some(id) = o.register.insats_av(&u::InsatsRef(i.id.0.clone())) else {
            continue;
        };
        let (bidrag, organisation) = o.register.om_insats(id);
        for e in &i.ekonomi {
            let galler = Galler {
                bidrag,
                insats: Some(id),
                organisation,
                finansiar: bidrag.and_then(|b| o.register.finansiar(b)),
                ar: e.ar.map(|a| a.0),
                ..Galler::default()
            };
            let fordelad = o.fakta.iter().any(|f| {
                f.slag == FaktumSlag::Fordelat
                    && f.galler.insats == Some(id)
                    && f.galler.ar == galler.ar
            });
            if bidrag.is_none() {
                o.uppgift(
                    FaktumSlag::Budget,
                    galler.clone(),
                    &e.budget,
                    Sakerhet::Slutlig,
                );
            } else if !fordelad {
                o.uppgift(
                    FaktumSlag::Fordelat,
                    galler.clone(),
                    &e.budget,
                    Sakerhet::Slutlig,
                );
            }
            o.uppgift(FaktumSlag::Anvant, galler, &e.utfall, Sakerhet::Slutlig);
        }
    }
}

/// Who pays for a project, and what an organisation puts in itself.
pub(super) fn finansiering(o: &mut Oversattning<'_>, miljo: &mut Miljo) -> Result<(), Problem> {
    let papper = o.papper;
    for f in &papper.finansiering {
        let insats = match f.insats.as_ref().and_then(|i| o.register.insats_av(i)) {
            Some(id) => id,
            None => o
                .register
                .insats_av_rad(&f.rubrik, None, Vec::new(), miljo)?,
        };
        let galler = Galler {
            insats: Some(insats),
            ar: f.ar.map(|a| a.0),
            ..Galler::default()
        };
        let redan = o.fakta.iter().any(|x| {
            x.slag == FaktumSlag::Budget
                && x.galler.insats == Some(insats)
                && x.galler.ar == galler.ar
        });
        if !redan {
            o.uppgift(
                FaktumSlag::Budget,
                galler.clone(),
                &f.budget,
                Sakerhet::Slutlig,
            );
        }
        for k in &f.kallor {
            let g = Galler {
                finansiar: o.register.organisation(&k.finansiar),
                ..galler.clone()
            };
            o.belopp(FaktumSlag::Finansiering, g, k.belopp, &k.plats);
        }
    }
    for m in &papper.medfinansiering {
        let galler = Galler {
            bidrag: m.bidrag.as_ref().and_then(|b| o.register.bidrag_av(b)),
            organisation: o.register.organisation(&m.organisation),
            ar: m.ar.map(|a| a.0),
            kategori: Some(
                match m.slag {
                    u::MedfinansieringSlag::Pengar => "pengar",
                    u::MedfinansieringSlag::Arbetstid => "arbetstid",
                    u::MedfinansieringSlag::Annat => "annat",
                }
                .to_owned(),
            ),
            ..Galler::default()
        };
        match m.belopp {
            Some(b) => o.belopp(FaktumSlag::Medfinansiering, galler, b, &m.plats),
            // Said to exist but never valued: unknown, not nothing (R8).
            None => o.utan_belopp(FaktumSlag::Medfinansiering, galler, Varde::Okant, &m.plats),
        }
    }
    Ok(())
}

/// Figures that the paper says are missing, and why. None of them is zero.
pub(super) fn luckor(o: &mut Oversattning<'_>) {
    let papper = o.papper;
    for l in &papper.luckor {
        let insats = o.register.insats_av(&u::InsatsRef(l.galler.0.clone()));
        let eget = o.register.bidrag_av(&u::BidragRef(l.galler.0.clone()));
        let (insatsens, organisation) = insats.map_or((None, None), |i| o.register.om_insats(i));
        let bidrag = eget.or(insatsens);
        let galler = Galler {
            bidrag,
            insats,
            organisation,
            finansiar: bidrag.and_then(|b| o.register.finansiar(b)),
            ar: l.ar.map(|a| a.0),
            kategori: l.kategori.clone(),
            ..Galler::default()
        };
        let slag = match (l.vad, insats.is_some()) {
            (u::LuckaVad::Tilldelat, _) => FaktumSlag::Tilldelat,
            (u::LuckaVad::Rekvirerat, _) => FaktumSlag::Rekvirerat,
            (u::LuckaVad::Aterbetalas, _) => FaktumSlag::Aterbetalning,
            (u::LuckaVad::Budget, _) if bidrag.is_some() => FaktumSlag::Fordelat,
            (u::LuckaVad::Budget, _) => FaktumSlag::Budget,
            (u::LuckaVad::Utfall, true) => FaktumSlag::Anvant,
            (u::LuckaVad::Utfall, false) => FaktumSlag::AnvantNamnd,
            (u::LuckaVad::Deltagare, _) => FaktumSlag::Deltagare,
            (u::LuckaVad::Resultat, _) => FaktumSlag::Resultat,
            (u::LuckaVad::Volym, _) => FaktumSlag::Volym,
        };
        let varde = match l.varfor {
            u::LuckaSlag::Okant => Varde::Okant,
            u::LuckaSlag::EjBeslutat => Varde::EjBeslutat,
            u::LuckaSlag::EjInrapporterat => Varde::EjInrapporterat,
            u::LuckaSlag::Sekretess => Varde::Sekretess,
        };
        o.utan_belopp(slag, galler, varde, &l.plats);
    }
}
