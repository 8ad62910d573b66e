//! Grants, distributions, budgets and outcomes as facts.

use super::fordelning::{overfort_pa_rader, plus, rest};
use super::{Oversattning, Stalle, Uttalande};
use crate::miljo::Miljo;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum, Sakerhet};
use utfall_domain::id::BidragId;
use utfall_domain::pengar::{Belopp, Enhet, Ore};
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
                && f.faktum.galler.version.is_none()
        });
        let forsta = alla.next()?;
        alla.next().is_none().then_some(forsta)
    }
}

/// What the rows of the distributions that count say of an initiative's year.
enum PaRader {
    Inget,
    BaraOverfort(Belopp),
    Nytt,
}

impl Oversattning<'_> {
    fn pa_rader(&self, om: &Galler) -> PaRader {
        let om_den = self.fakta.iter().map(|f| &f.faktum).filter(|f| {
            f.galler.insats == om.insats && f.galler.ar == om.ar && f.galler.version.is_none()
        });
        let mut overfort: Option<Belopp> = None;
        for f in om_den {
            match (f.slag, f.varde.kant()) {
                (FaktumSlag::Fordelat, _) => return PaRader::Nytt,
                (FaktumSlag::Overfort, Some(ore)) => {
                    let belopp = Belopp {
                        ore: Ore(ore),
                        precision: f.precision,
                        enhet: Enhet::Kr,
                    };
                    overfort = Some(overfort.map_or(belopp, |fore| plus(fore, belopp)));
                }
                _ => {}
            }
        }
        overfort.map_or(PaRader::Inget, PaRader::BaraOverfort)
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
    namnder(o, &galler, (ar, &b.plats), bas);
    overforing(o, &galler, (b, ar), bas);
}

/// What each board got and used; where not all of them say what they used, the year's total.
fn namnder(
    o: &mut Oversattning<'_>,
    galler: &Galler,
    (ar, plats): (&u::BidragAr, &str),
    bas: &str,
) {
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
    let (sagda, tysta): (Vec<_>, Vec<_>) = ar.namnder.iter().partition(|n| !n.anvant.is_empty());
    if sagda.is_empty() || !tysta.is_empty() {
        let stallen = (ar.anvant.as_slice(), format!("{bas}.anvant"));
        o.uppgift(
            FaktumSlag::AnvantNamnd,
            galler.clone(),
            stallen,
            Sakerhet::Slutlig,
        );
    }
    // Some boards have reported: those that have not are waited for, and are not nothing.
    for n in tysta.iter().filter(|_| !sagda.is_empty()) {
        let namnd = Galler {
            organisation: o.register.organisation(&n.organisation),
            ..galler.clone()
        };
        let plats = n.fordelat.first().map_or(plats, |x| x.plats.as_str());
        let vantat = Varde::EjInrapporterat;
        o.utan_belopp(FaktumSlag::AnvantNamnd, namnd, vantat, plats);
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
        let stalle = format!("{bas}.overfort_in");
        overfort_till(o, galler, (nu.checked_sub(1), Some(nu)), (in_, stalle));
    }
    let nasta = nu.checked_add(1);
    let sags_nasta_ar =
        b.ar.iter()
            .any(|x| x.ar.map(|a| a.0) == nasta && !x.overfort_in.is_empty());
    if let Some(ut) = gallande(&ar.overfort_ut).filter(|_| !sags_nasta_ar) {
        let stalle = format!("{bas}.overfort_ut");
        overfort_till(o, galler, (Some(nu), nasta), (ut, stalle));
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

/// What a grant carries over into a year, less what the rows of a distribution already say
/// of the same money.
fn overfort_till(
    o: &mut Oversattning<'_>,
    galler: &Galler,
    (fran_ar, ar): (Option<i16>, Option<i16>),
    (sagt, stalle): (&u::Uppgift, String),
) {
    let g = Galler {
        ar,
        fran_ar,
        ..galler.clone()
    };
    let pa_rader = galler.bidrag.zip(ar);
    match pa_rader.and_then(|(id, ar)| overfort_pa_rader(o, id, ar)) {
        None => {
            let stalle = Some(Stalle::Uppgifter(stalle));
            o.belopp(FaktumSlag::Overfort, g, sagt.belopp, (&sagt.plats, stalle));
        }
        // What the rows already account for is not in the fact, so the fact alone does not
        // say what would stand in the paper. Where they account for more, that is for
        // granskning to say: nothing less than nothing was carried over.
        Some(pa_rader) => {
            let rest = rest(sagt.belopp, pa_rader).filter(|rest| rest.ore.0 != 0);
            if let Some(rest) = rest {
                o.belopp(FaktumSlag::Overfort, g, rest, (&sagt.plats, None));
            }
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
    let budget = (e.budget.as_slice(), format!("{bas}.budget"));
    match o.pa_rader(&galler) {
        _ if galler.bidrag.is_none() => {
            o.uppgift(
                FaktumSlag::Budget,
                galler.clone(),
                budget,
                Sakerhet::Slutlig,
            );
        }
        PaRader::Inget => {
            let slag = FaktumSlag::Fordelat;
            o.uppgift(slag, galler.clone(), budget, Sakerhet::Slutlig);
        }
        // The row says what was carried over; the rest of the budget is new money.
        PaRader::BaraOverfort(overfort) => {
            let sagd = gallande(&e.budget);
            if let Some((b, rest)) = sagd.and_then(|b| Some((b, rest(b.belopp, overfort)?))) {
                let slag = FaktumSlag::Fordelat;
                o.belopp(slag, galler.clone(), rest, (&b.plats, None));
            }
        }
        PaRader::Nytt => {
            let sagd = gallande(&e.budget).map(|b| b.belopp.ore.0);
            let rad = o.ensamt(FaktumSlag::Fordelat, &galler);
            // The row of the distribution and the initiative's budget are one fact, and where
            // they say the same both are where it stands.
            if let Some(rad) = rad.filter(|r| sagd.is_some() && r.faktum.varde.kant() == sagd) {
                rad.stallen.push(Stalle::Uppgifter(budget.1));
            }
        }
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
