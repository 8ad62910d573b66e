//! Grants, distributions, budgets and outcomes as facts.

use super::{Oversattning, Stalle, Uttalande};
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
    /// One fact of the paper: the statement that holds becomes the fact, and all of them are
    /// where it stands.
    fn uppgift(
        &mut self,
        slag: FaktumSlag,
        galler: Galler,
        (uppgifter, sokvag): (&[u::Uppgift], String),
        sakerhet: Sakerhet,
    ) {
        let Some(x) = gallande(uppgifter) else { return };
        let faktum = NyttFaktum {
            precision: x.belopp.precision,
            cirka: x.cirka,
            sakerhet,
            kalla: self.kalla(&x.plats, x.id.as_ref().map(|i| i.0.as_str())),
            ..NyttFaktum::nytt(slag, galler, Varde::Kant(x.belopp.ore.0))
        };
        self.fakta
            .push(Uttalande::pa(faktum, Stalle::Uppgifter(sokvag)));
    }

    pub(super) fn belopp(
        &mut self,
        slag: FaktumSlag,
        galler: Galler,
        b: Belopp,
        (plats, stalle): (&str, Option<Stalle>),
    ) {
        let faktum = NyttFaktum {
            precision: b.precision,
            kalla: self.kalla(plats, None),
            ..NyttFaktum::nytt(slag, galler, Varde::Kant(b.ore.0))
        };
        self.fakta.push(Uttalande {
            faktum,
            stallen: stalle.into_iter().collect(),
        });
    }

    pub(super) fn utan_belopp(
        &mut self,
        slag: FaktumSlag,
        galler: Galler,
        varde: Varde,
        plats: &str,
    ) {
        let kalla = self.kalla(plats, None);
        self.fakta.push(Uttalande::utan_stalle(NyttFaktum {
            kalla,
            ..NyttFaktum::nytt(slag, galler, varde)
        }));
    }

    /// The only fact of this kind about an initiative and year, if there is just one.
    fn ensamt(&mut self, slag: FaktumSlag, om: &Galler) -> Option<&mut Uttalande> {
        let mut alla = self.fakta.iter_mut().filter(|f| {
            f.faktum.slag == slag
                && f.faktum.galler.insats == om.insats
                && f.faktum.galler.ar == om.ar
        });
        let forsta = alla.next()?;
        alla.next().is_none().then_some(forsta)
    }
}

/// What the funder gave, year by year.
pub(super) fn bidrag(o: &mut Oversattning<'_>) {
    let papper = o.papper;
    for (nr, b) in papper.bidrag.iter().enumerate() {
        let Some(id) = o.register.bidrag_av(&u::BidragRef(b.id.0.clone())) else {
            continue;
        };
        for (arnr, ar) in b.ar.iter().enumerate() {
            bidragsar(o, id, (b, ar), &format!("bidrag[{nr}].ar[{arnr}]"));
        }
    }
}

fn bidragsar(
    o: &mut Oversattning<'_>,
    id: BidragId,
    (b, ar): (&u::Bidrag, &u::BidragAr),
    bas: &str,
) {
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
    for (slag, uppgifter, falt, sakerhet) in [
        (FaktumSlag::Tilldelat, &ar.tilldelat, "tilldelat", sakerhet),
        (
            FaktumSlag::Rekvirerat,
            &ar.rekvirerat,
            "rekvirerat",
            Sakerhet::Slutlig,
        ),
        (
            FaktumSlag::Aterbetalning,
            &ar.aterbetalas,
            "aterbetalas",
            Sakerhet::Slutlig,
        ),
    ] {
        let stallen = (uppgifter.as_slice(), format!("{bas}.{falt}"));
        o.uppgift(slag, galler.clone(), stallen, sakerhet);
    }
    namnder(o, &galler, ar, bas);
    overforing(o, &galler, (b, ar), bas);
}

/// What each board got and used; where none says what it used, the year's total.
fn namnder(o: &mut Oversattning<'_>, galler: &Galler, ar: &u::BidragAr, bas: &str) {
    for (nr, n) in ar.namnder.iter().enumerate() {
        let namnd = Galler {
            organisation: o.register.organisation(&n.organisation),
            ..galler.clone()
        };
        for (slag, uppgifter, falt) in [
            (FaktumSlag::FordelatNamnd, &n.fordelat, "fordelat"),
            (FaktumSlag::AnvantNamnd, &n.anvant, "anvant"),
        ] {
            let stallen = (uppgifter.as_slice(), format!("{bas}.namnder[{nr}].{falt}"));
            o.uppgift(slag, namnd.clone(), stallen, Sakerhet::Slutlig);
        }
    }
    if ar.namnder.iter().all(|n| n.anvant.is_empty()) {
        o.uppgift(
            FaktumSlag::AnvantNamnd,
            galler.clone(),
            (&ar.anvant, format!("{bas}.anvant")),
            Sakerhet::Slutlig,
        );
    }
}

/// Carried-over money that no row of a distribution already accounts for.
fn overforing(
    o: &mut Oversattning<'_>,
    galler: &Galler,
    (b, ar): (&u::Bidrag, &u::BidragAr),
    bas: &str,
) {
    let Some(nu) = galler.ar else { return };
    if let Some(in_) = gallande(&ar.overfort_in) {
        let pa_rader = overfort_pa_rader(o.papper, &b.id.0, nu);
        let rest = in_.belopp.ore.0.saturating_sub(pa_rader);
        if rest != 0 || in_.belopp.ore.0 == 0 {
            let g = Galler {
                fran_ar: nu.checked_sub(1),
                ..galler.clone()
            };
            // What the rows already account for is not in the fact, so the fact alone does
            // not say what would stand in the paper.
            let stalle = (pa_rader == 0).then(|| Stalle::Uppgifter(format!("{bas}.overfort_in")));
            let belopp = Belopp {
                ore: Ore(rest),
                ..in_.belopp
            };
            o.belopp(FaktumSlag::Overfort, g, belopp, (&in_.plats, stalle));
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
        let stalle = Some(Stalle::Uppgifter(format!("{bas}.overfort_ut")));
        o.belopp(FaktumSlag::Overfort, g, ut.belopp, (&ut.plats, stalle));
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
    for (nr, f) in papper.fordelningar.iter().enumerate() {
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
        for (radnr, rad) in f.rader.iter().enumerate() {
            let insats = radens_insats(o, rad, bidrag, miljo)?;
            let plats = rad.plats.as_ref().unwrap_or(&f.plats);
            let sokvag = format!("fordelningar[{nr}].rader[{radnr}]");
            let om = Galler {
                bidrag,
                insats: Some(insats),
                ..Galler::default()
            };
            let fore = o.fakta.len();
            fordelningsrad(o, rad, &om, (plats, &sokvag));
            for f in o.fakta.iter_mut().skip(fore) {
                f.faktum.sakerhet = sakerhet;
            }
        }
        for f in o.fakta.iter_mut().skip(fore) {
            f.faktum.galler.version.clone_from(&version);
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
    om: &Galler,
    (plats, sokvag): (&str, &str),
) {
    let namnd = om.insats.and_then(|i| o.register.om_insats(i).1);
    let uttalande = rad.id.as_ref().map(|i| i.0.as_str());
    let fore = o.fakta.len();
    for (nr, b) in rad.belopp.iter().enumerate() {
        let stalle = |falt: &str| {
            let falt = format!("{sokvag}.belopp[{nr}].{falt}");
            (plats, Some(Stalle::Belopp(falt)))
        };
        let galler = Galler {
            organisation: namnd,
            finansiar: rad
                .finansiar
                .as_ref()
                .and_then(|x| o.register.organisation(x))
                .or_else(|| om.bidrag.and_then(|x| o.register.finansiar(x))),
            ar: b.ar.map(|a| a.0),
            ..om.clone()
        };
        match (b.nytt, b.overfort, b.totalt) {
            (None, None, Some(totalt)) => {
                o.belopp(FaktumSlag::Fordelat, galler, totalt, stalle("totalt"));
            }
            (nytt, overfort, _) => {
                if let Some(nytt) = nytt {
                    o.belopp(FaktumSlag::Fordelat, galler.clone(), nytt, stalle("nytt"));
                }
                if let Some(overfort) = overfort {
                    let fran_ar = galler.ar.and_then(|a| a.checked_sub(1));
                    let galler = Galler { fran_ar, ..galler };
                    o.belopp(FaktumSlag::Overfort, galler, overfort, stalle("overfort"));
                }
            }
        }
    }
    for f in o.fakta.iter_mut().skip(fore) {
        if let Some(kalla) = f.faktum.kalla.as_mut() {
            kalla.uttalande = uttalande.map(str::to_owned);
        }
    }
}

/// Budget and outcome of each initiative.
pub(super) fn insatser(o: &mut Oversattning<'_>) {
    let papper = o.papper;
    for (nr, i) in papper.insatser.iter().enumerate() {
        let Some(id) = o.register.insats_av(&u::InsatsRef(i.id.0.clone())) else {
            continue;
        };
        let (bidrag, organisation) = o.register.om_insats(id);
        for (arnr, e) in i.ekonomi.iter().enumerate() {
            let galler = Galler {
                bidrag,
                insats: Some(id),
                organisation,
                finansiar: bidrag.and_then(|b| o.register.finansiar(b)),
                ar: e.ar.map(|a| a.0),
                ..Galler::default()
            };
            insatsar(o, galler, e, &format!("insatser[{nr}].ekonomi[{arnr}]"));
        }
    }
}

fn insatsar(o: &mut Oversattning<'_>, galler: Galler, e: &u::InsatsAr, bas: &str) {
    let fordelad = o.fakta.iter().any(|f| {
        f.faktum.slag == FaktumSlag::Fordelat
            && f.faktum.galler.insats == galler.insats
            && f.faktum.galler.ar == galler.ar
    });
    let budget = format!("{bas}.budget");
    if galler.bidrag.is_none() || !fordelad {
        let slag = match galler.bidrag {
            None => FaktumSlag::Budget,
            Some(_) => FaktumSlag::Fordelat,
        };
        let stallen = (e.budget.as_slice(), budget);
        o.uppgift(slag, galler.clone(), stallen, Sakerhet::Slutlig);
    } else if let Some(rad) = o
        .ensamt(FaktumSlag::Fordelat, &galler)
        .filter(|_| !e.budget.is_empty())
    {
        // The row of the distribution and the initiative's budget are one fact.
        rad.stallen.push(Stalle::Uppgifter(budget));
    }
    let utfall = (e.utfall.as_slice(), format!("{bas}.utfall"));
    o.uppgift(FaktumSlag::Anvant, galler, utfall, Sakerhet::Slutlig);
}

/// Who pays for a project, and what an organisation puts in itself.
pub(super) fn finansiering(o: &mut Oversattning<'_>, miljo: &mut Miljo) -> Result<(), Problem> {
    let papper = o.papper;
    for (nr, f) in papper.finansiering.iter().enumerate() {
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
            x.faktum.slag == FaktumSlag::Budget
                && x.faktum.galler.insats == Some(insats)
                && x.faktum.galler.ar == galler.ar
        });
        let budget = format!("finansiering[{nr}].budget");
        if !redan {
            let stallen = (f.budget.as_slice(), budget);
            o.uppgift(
                FaktumSlag::Budget,
                galler.clone(),
                stallen,
                Sakerhet::Slutlig,
            );
        } else if let Some(sagd) = o
            .ensamt(FaktumSlag::Budget, &galler)
            .filter(|_| !f.budget.is_empty())
        {
            sagd.stallen.push(Stalle::Uppgifter(budget));
        }
        for (knr, k) in f.kallor.iter().enumerate() {
            let g = Galler {
                finansiar: o.register.organisation(&k.finansiar),
                ..galler.clone()
            };
            let sokvag = format!("finansiering[{nr}].kallor[{knr}].belopp");
            let stalle = (k.plats.as_str(), Some(Stalle::Belopp(sokvag)));
            o.belopp(FaktumSlag::Finansiering, g, k.belopp, stalle);
        }
    }
    medfinansiering(o);
    Ok(())
}

fn medfinansiering(o: &mut Oversattning<'_>) {
    let papper = o.papper;
    for (nr, m) in papper.medfinansiering.iter().enumerate() {
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
            Some(b) => {
                let stalle = Stalle::Belopp(format!("medfinansiering[{nr}].belopp"));
                let stalle = (m.plats.as_str(), Some(stalle));
                o.belopp(FaktumSlag::Medfinansiering, galler, b, stalle);
            }
            // Said to exist but never valued: unknown, not nothing (R8).
            None => o.utan_belopp(FaktumSlag::Medfinansiering, galler, Varde::Okant, &m.plats),
        }
    }
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
