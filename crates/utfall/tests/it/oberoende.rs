//! A plain second implementation of every measure, from their definitions in Swedish and
//! nothing else: no formulas, no registry, no selection of the program's own.

use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_domain::faktum::{Faktum, FaktumSlag as F};
use utfall_domain::id::{BidragId, InsatsId};
use utfall_domain::matt::{Matt as M, Urval};
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;

mod uppfoljning;

struct Bok<'a> {
    fakta: Vec<&'a Faktum>,
    u: Urval,
}

/// The day in Stockholm, counted from UTC and the last Sundays of March and October.
fn dag(f: &Faktum) -> Date {
    let utc = f.registrerad.to_zoned(jiff::tz::TimeZone::UTC);
    let sista_sondag = |manad: i8| {
        let sista = Date::new(utc.year(), manad, 31).unwrap();
        let back = i64::from(sista.weekday().to_sunday_zero_offset());
        sista
            .saturating_sub(jiff::Span::new().days(back))
            .at(1, 0, 0, 0)
    };
    let sommar = utc.datetime() >= sista_sondag(3) && utc.datetime() < sista_sondag(10);
    let timmar = if sommar { 2 } else { 1 };
    utc.datetime()
        .saturating_add(jiff::Span::new().hours(timmar))
        .date()
}

fn bok<'a>(fakta: &'a [Faktum], u: &Urval, per: Option<PerDag>) -> Bok<'a> {
    let kanda: Vec<&Faktum> = fakta
        .iter()
        .filter(|f| per.is_none_or(|per| dag(f) <= per.0))
        .collect();
    let galler = |f: &&Faktum| {
        !f.fakta.struken && !kanda.iter().any(|senare| senare.fakta.rattar == Some(f.id))
    };
    Bok {
        fakta: kanda.iter().copied().filter(galler).collect(),
        u: u.clone(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Ar {
    Till,
    Fran,
}

impl<'a> Bok<'a> {
    fn urval(&self, slag: F, ar: Ar, med_insats: bool) -> Vec<&'a Faktum> {
        let u = &self.u;
        let alla = self.fakta.iter().copied();
        let i_urvalet = alla
            .filter(|f| {
                let g = f.galler();
                let fel = f.fakta.slag != slag
                    || (med_insats && g.insats.is_none())
                    || u.bidrag.is_some_and(|id| g.bidrag != Some(id))
                    || (u.utan_bidrag && g.bidrag.is_some())
                    || (!u.insatser.is_empty()
                        && !g.insats.is_some_and(|id| u.insatser.contains(&id)))
                    || (u.utan_insats && g.insats.is_some())
                    || u.insats.is_some_and(|id| g.insats != Some(id))
                    || u.organisation.is_some_and(|id| g.organisation != Some(id))
                    || u.finansiar.is_some_and(|id| g.finansiar != Some(id))
                    || u.period.is_some_and(|p| g.period_fran != Some(p))
                    || u.kategori
                        .as_ref()
                        .is_some_and(|k| g.kategori.as_ref() != Some(k))
                    || u.ar.is_some_and(|a| {
                        a != if ar == Ar::Till { g.ar } else { g.fran_ar }.unwrap_or(0)
                    })
                    || u.version != g.version;
                !fel && (u.ar.is_some() || slag != F::Overfort || !self.inom(f, ar))
            })
            .filter(|f| !self.sagt_fast_bokfort(f))
            .collect();
        utan_delar(slag, i_urvalet)
    }

    /// Where the accounts tell what an initiative used of a grant in a year they hold, and
    /// what somebody has said of that year as a whole does not.
    fn sagt_fast_bokfort(&self, f: &Faktum) -> bool {
        let g = f.galler();
        let samma = |b: &&&Faktum| {
            let h = b.galler();
            b.fakta.slag == F::Anvant
                && b.fakta.bokforing.is_some()
                && h.version.is_none()
                && (h.insats, h.bidrag, h.ar) == (g.insats, g.bidrag, g.ar)
        };
        f.fakta.slag == F::Anvant
            && f.fakta.bokforing.is_none()
            && g.insats.is_some()
            && g.period_fran.is_none()
            && self.fakta.iter().any(|b| samma(&b))
    }

    /// Money carried from a year of the same grant that is itself in the selection is the
    /// same money: it is not counted again over all years.
    fn inom(&self, f: &Faktum, ar: Ar) -> bool {
        let g = f.galler();
        let andra = if ar == Ar::Till { g.fran_ar } else { g.ar };
        self.fakta.iter().any(|x| {
            let h = x.galler();
            matches!(x.fakta.slag, F::Tilldelat | F::Rekvirerat)
                && x.varde().kant().is_some()
                && (h.bidrag.is_some() && h.bidrag == g.bidrag)
                && (h.ar.is_some() && h.ar == andra)
        })
    }

    fn summa(&self, slag: F, tomt: Varde) -> (Varde, bool) {
        self.lagg_ihop(&self.urval(slag, Ar::Till, false), tomt)
    }

    /// Undecided years do not hide the decided ones when no year is asked for.
    fn lagg_ihop(&self, rader: &[&Faktum], tomt: Varde) -> (Varde, bool) {
        let kanda = rader.iter().any(|f| f.varde().kant().is_some());
        let rader: Vec<&Faktum> = rader
            .iter()
            .copied()
            .filter(|f| self.u.ar.is_some() || !kanda || f.varde() != Varde::EjBeslutat)
            .collect();
        lagg_ihop(&rader, tomt)
    }

    fn med_urval(&self, u: Urval) -> Self {
        Self {
            fakta: self.fakta.clone(),
            u,
        }
    }

    /// The selection with one grant (or none) in it.
    fn for_bidrag(&self, bidrag: Option<BidragId>) -> Self {
        let utan_bidrag = bidrag.is_none();
        self.med_urval(Urval {
            bidrag,
            utan_bidrag,
            ..self.u.clone()
        })
    }

    /// How the facts behind these measures can be told apart.
    fn delar(&self, alla: &[M]) -> Delar<'a> {
        let mut fakta = Vec::new();
        alla.iter().for_each(|m| samla(*m, self, &mut fakta));
        let galler: Vec<_> = fakta.iter().map(|f| f.galler()).collect();
        let u = &self.u;
        // A budget belongs to its initiative, all else to its grant.
        if alla.contains(&M::Projektbudget) {
            let insatser: BTreeSet<_> = galler.iter().map(|g| g.insats).collect();
            if insatser.len() > 1 {
                let en = |insats: Option<InsatsId>| Urval {
                    insats,
                    utan_insats: insats.is_none(),
                    ..u.clone()
                };
                let alla = insatser.into_iter().map(|i| self.med_urval(en(i)));
                return Delar::VarForSig(alla.collect());
            }
        } else {
            let bidrag: BTreeSet<_> = galler.iter().map(|g| g.bidrag).collect();
            if bidrag.len() > 1 {
                return Delar::VarForSig(bidrag.into_iter().map(|b| self.for_bidrag(b)).collect());
            }
        }
        let ar: BTreeSet<_> = galler.iter().map(|g| g.ar).collect();
        match (ar.len() > 1, ar.contains(&None)) {
            (false, _) => Delar::En,
            (true, true) => Delar::UtanAr,
            (true, false) => {
                let ett = |ar| self.med_urval(Urval { ar, ..u.clone() });
                Delar::VarForSig(ar.into_iter().map(ett).collect())
            }
        }
    }

    /// Of two: the first that has facts. Requests for a part of a year give way to what is
    /// granted, until the last of them is made.
    fn vald(&self, forst: M, annars: M) -> M {
        if let Some(hel) = self.hela_insatsen(forst, annars) {
            return hel.vald(forst, annars);
        }
        let mut fakta = Vec::new();
        samla(forst, self, &mut fakta);
        let del = |f: &&Faktum| {
            f.fakta.slag == F::Rekvirerat
                && f.galler().kategori.as_deref() == Some("delrekvisition")
        };
        let bara_delar = fakta.iter().all(del);
        let mut andra = Vec::new();
        samla(annars, self, &mut andra);
        // What is booked is not replaced by what somebody says.
        if andra.iter().any(|f| f.fakta.bokforing.is_some()) {
            return annars;
        }
        if fakta.is_empty() || (bara_delar && rakna(annars, self).1) {
            annars
        } else {
            forst
        }
    }

    /// The whole initiative, when the selection is only one funder's part of it: which of its
    /// budgets counts is asked of the whole.
    fn hela_insatsen(&self, forst: M, annars: M) -> Option<Self> {
        let u = &self.u;
        let del = u.bidrag.is_some() || u.utan_bidrag || u.finansiar.is_some();
        if annars != M::Projektbudget || !del {
            return None;
        }
        let mut fakta = Vec::new();
        [forst, annars]
            .iter()
            .for_each(|m| samla(*m, self, &mut fakta));
        let (mut insats, mut ar) = (u.insats, u.ar);
        if let Some(f) = fakta.first() {
            insats = insats.or(f.galler().insats);
            ar = ar.or(f.galler().ar);
        }
        insats?;
        Some(self.med_urval(Urval {
            insats,
            ar,
            bidrag: None,
            utan_bidrag: false,
            finansiar: None,
            ..u.clone()
        }))
    }

    /// The years that somebody has said are not decided, in a figure of what is left to
    /// distribute: new money that is planned for them is too much of nothing.
    fn obeslutade(&self, termer: &[M]) -> Vec<Self> {
        if self.u.ar.is_some() || termer.last() != Some(&M::Fordelat) {
            return Vec::new();
        }
        let mut fakta = Vec::new();
        termer.iter().for_each(|m| samla(*m, self, &mut fakta));
        let ar: BTreeSet<_> = fakta.iter().map(|f| f.galler().ar).collect();
        let decided = ar.iter().any(|ar| {
            let ett = self.med_urval(Urval {
                ar: *ar,
                ..self.u.clone()
            });
            ar.is_some() && rakna(termer[0], &ett).0 != Varde::EjBeslutat
        });
        if ar.contains(&None) || !decided {
            return Vec::new();
        }
        ar.into_iter()
            .map(|ar| {
                self.med_urval(Urval {
                    ar,
                    ..self.u.clone()
                })
            })
            .filter(|ett| rakna(termer[0], ett) == (Varde::EjBeslutat, true))
            .collect()
    }

    /// The first that has facts: grant by grant (initiative by initiative) and year by year.
    fn valj(&self, forst: M, annars: M) -> (Varde, bool) {
        let delar = match self.delar(&[forst, annars]) {
            Delar::En => return rakna(self.vald(forst, annars), self),
            Delar::UtanAr => {
                return match self.enda_valet(forst, annars) {
                    Some(m) => rakna(m, self),
                    None => (Varde::Okant, true),
                };
            }
            Delar::VarForSig(delar) => delar,
        };
        let alla: Vec<(Varde, bool)> = delar.iter().map(|d| d.valj(forst, annars)).collect();
        let kanda = self.u.ar.is_none() && alla.iter().any(|(v, _)| v.kant().is_some());
        let raknas: Vec<_> = alla
            .iter()
            .filter(|(v, _)| !kanda || *v != Varde::EjBeslutat)
            .map(|d| (1, *d))
            .collect();
        (plus(&raknas).0, alla.iter().any(|(_, finns)| *finns))
    }

    /// Where some facts name a year and some do not: the one measure that every year would
    /// choose, if it is one.
    fn enda_valet(&self, forst: M, annars: M) -> Option<M> {
        let ar = |m| -> BTreeSet<Option<i16>> {
            let mut fakta = Vec::new();
            samla(m, self, &mut fakta);
            fakta.iter().map(|f| f.galler().ar).collect()
        };
        let (forsta, andra) = (ar(forst), ar(annars));
        if andra.is_subset(&forsta) {
            Some(forst)
        } else {
            forsta.is_empty().then_some(annars)
        }
    }

    /// Each grant by itself, where there are several to tell apart. What an initiative
    /// outside them has used is of none of them; other money without a grant is of some of
    /// them, so that they cannot be told apart.
    fn bidragen(&self, termer: &[M]) -> Option<Vec<Self>> {
        let mut fakta = Vec::new();
        termer.iter().for_each(|m| samla(*m, self, &mut fakta));
        let alla: BTreeSet<_> = fakta.iter().map(|f| f.galler().bidrag).collect();
        let anvant = |f: &&Faktum| matches!(f.fakta.slag, F::Anvant | F::AnvantNamnd);
        let utan = |f: &&Faktum| f.galler().bidrag.is_none();
        if alla.len() < 2 || fakta.iter().copied().any(|f| utan(&f) && !anvant(&f)) {
            return None;
        }
        let namngivna = alla.into_iter().filter(Option::is_some);
        Some(namngivna.map(|b| self.for_bidrag(b)).collect())
    }

    /// A difference for each grant by itself, then added.
    fn per_bidrag(&self, termer: &[(i128, M)]) -> (Varde, bool) {
        let enkel = skillnad(termer, self);
        let matten: Vec<M> = termer.iter().map(|(_, m)| *m).collect();
        let Some(delar) = self.bidragen(&matten) else {
            let mut alla = vec![(1, enkel)];
            for ett in self.obeslutade(&matten) {
                let mut planerat = Vec::new();
                samla(M::FordelatNytt, &ett, &mut planerat);
                if planerat.iter().any(|f| f.varde().kant().is_some()) {
                    alla.push((1, rakna(M::FordelatNytt, &ett)));
                }
            }
            return (plus(&alla).0, enkel.1);
        };
        let in_ = |d: &Self| rakna(termer[0].1, d).0;
        let kanda = self.u.ar.is_none() && delar.iter().any(|d| in_(d).kant().is_some());
        let raknade = |d: &&Self| !kanda || in_(d) != Varde::EjBeslutat;
        let raknas: Vec<_> = delar
            .iter()
            .filter(raknade)
            .map(|d| (1, d.per_bidrag(termer)))
            .collect();
        (plus(&raknas).0, enkel.1)
    }
}

enum Delar<'a> {
    En,
    UtanAr,
    VarForSig(Vec<Bok<'a>>),
}

/// A figure stated for all years, or for all boards, is the whole that the others are parts
/// of: it counts and they do not. Unless they are more than it is.
fn utan_delar(slag: F, rader: Vec<&Faktum>) -> Vec<&Faktum> {
    let oppna: &[(bool, bool)] = match slag {
        F::Overfort | F::Helarsekvivalent => &[],
        F::AnvantNamnd | F::FordelatNamnd => &[(false, true), (true, false), (true, true)],
        _ => &[(true, false)],
    };
    let mut kvar = rader;
    for (ar, namnd) in oppna {
        let mut bort = BTreeSet::new();
        let oppen = |f: &Faktum| {
            let mut g = f.galler().clone();
            g.ar = g.ar.filter(|_| !ar);
            g.organisation = g.organisation.filter(|_| !namnd);
            g
        };
        for hel in kvar.iter().filter(|f| f.varde().kant().is_some()) {
            if oppen(hel) != *hel.galler() {
                continue;
            }
            let samma = kvar.iter().copied().filter(|f| oppen(f) == *hel.galler());
            let (hela, delar): (Vec<&Faktum>, Vec<&Faktum>) =
                samma.partition(|f| f.galler() == hel.galler());
            let tal = |fakta: &[&Faktum]| -> i128 {
                fakta
                    .iter()
                    .filter_map(|f| f.varde().kant())
                    .map(i128::from)
                    .sum()
            };
            let halv = |fakta: &[&Faktum]| -> i128 {
                fakta
                    .iter()
                    .map(|f| i128::from(f.fakta.precision.halv()))
                    .sum()
            };
            let for_mycket = tal(&delar) > tal(&hela) + halv(&hela) + halv(&delar);
            if !delar.is_empty() {
                bort.extend(if for_mycket { hela } else { delar }.iter().map(|f| f.id));
            }
        }
        kvar.retain(|f| !bort.contains(&f.id));
    }
    kvar
}

/// The first less the rest; an optional term without facts is left out.
fn skillnad(termer: &[(i128, M)], b: &Bok<'_>) -> (Varde, bool) {
    let delar: Vec<_> = termer
        .iter()
        .map(|(tecken, m)| (*m, (*tecken, rakna(*m, b))))
        .filter(|(m, (_, (_, finns)))| *finns || *m != M::OverfortUt)
        .map(|(_, del)| del)
        .collect();
    plus(&delar)
}

fn lagg_ihop(rader: &[&Faktum], tomt: Varde) -> (Varde, bool) {
    if rader.is_empty() {
        return (tomt, false);
    }
    let varden: Vec<Varde> = rader.iter().map(|f| f.varde()).collect();
    for skal in [
        Varde::Sekretess,
        Varde::Okant,
        Varde::EjBeslutat,
        Varde::EjInrapporterat,
    ] {
        if varden.contains(&skal) {
            return (skal, true);
        }
    }
    let summa: i128 = varden.iter().map(|v| i128::from(v.kant().unwrap())).sum();
    (i64::try_from(summa).map_or(Varde::Okant, Varde::Kant), true)
}

/// Adds and subtracts; a reason for a missing part wins over numbers.
fn plus(delar: &[(i128, (Varde, bool))]) -> (Varde, bool) {
    let finns = delar.iter().any(|(_, (_, finns))| *finns);
    for skal in [
        Varde::Sekretess,
        Varde::Okant,
        Varde::EjBeslutat,
        Varde::EjInrapporterat,
    ] {
        if delar.iter().any(|(_, (v, _))| *v == skal) {
            return (skal, finns);
        }
    }
    let summa: i128 = delar
        .iter()
        .map(|(t, (v, _))| t * i128::from(v.kant().unwrap()))
        .sum();
    (
        i64::try_from(summa).map_or(Varde::Okant, Varde::Kant),
        finns,
    )
}

/// The optional terms that have facts.
fn med(tecken: i128, del: (Varde, bool)) -> Vec<(i128, (Varde, bool))> {
    if del.1 {
        vec![(tecken, del)]
    } else {
        Vec::new()
    }
}

/// The same, of what is booked as other income.
fn intakterna<'a>(b: &Bok<'a>) -> Bok<'a> {
    Bok {
        fakta: b.fakta.clone(),
        u: Urval {
            kategori: Some("Annan intäkt".to_owned()),
            ..b.u.clone()
        },
    }
}

fn rakna(m: M, b: &Bok<'_>) -> (Varde, bool) {
    use Varde::{EjBeslutat, EjInrapporterat, Okant};
    let r = |m| rakna(m, b);
    match m {
        M::Tilldelat => b.summa(F::Tilldelat, EjBeslutat),
        M::Rekvirerat => b.summa(F::Rekvirerat, EjInrapporterat),
        M::Begart => b.summa(F::Begart, EjInrapporterat),
        M::BegartHittills => match (r(M::Rekvirerat), r(M::Begart)) {
            (svar, vantar) if !svar.1 && !vantar.1 => svar,
            (svar, vantar) => plus(&[med(1, svar), med(1, vantar)].concat()),
        },
        M::OverfortIn => b.summa(F::Overfort, EjBeslutat),
        M::OverfortUt => b.lagg_ihop(&b.urval(F::Overfort, Ar::Fran, false), EjBeslutat),
        M::Grundmedel => b.valj(M::Rekvirerat, M::Tilldelat),
        M::Tillgangligt => plus(&[vec![(1, r(M::Grundmedel))], med(1, r(M::OverfortIn))].concat()),
        M::FordelatNytt => b.summa(F::Fordelat, EjBeslutat),
        M::FordelatOverfort => b.lagg_ihop(&b.urval(F::Overfort, Ar::Till, true), EjBeslutat),
        M::Fordelat => match (r(M::FordelatNytt), r(M::FordelatOverfort)) {
            (nytt, over) if !nytt.1 && !over.1 => nytt,
            (nytt, over) => plus(&[med(1, nytt), med(1, over)].concat()),
        },
        M::FordelatNamnd => b.summa(F::FordelatNamnd, EjInrapporterat),
        M::KvarAttFordela => b.per_bidrag(&[(1, M::Tillgangligt), (-1, M::Fordelat)]),
        M::AnvantInsats => b.summa(F::Anvant, EjInrapporterat),
        M::BokfortBidrag => b.summa(F::BokfortBidrag, EjInrapporterat),
        M::AnvantNamnd => b.summa(F::AnvantNamnd, EjInrapporterat),
        M::Anvant => b.valj(M::AnvantNamnd, M::AnvantInsats),
        M::Kvar => b.per_bidrag(&[(1, M::Tillgangligt), (-1, M::Anvant)]),
        M::AttAterbetala => b.per_bidrag(&[
            (1, M::RekvireratOchOverfort),
            (-1, M::Anvant),
            (-1, M::OverfortUt),
        ]),
        M::RekvireratOchOverfort => {
            plus(&[vec![(1, r(M::Rekvirerat))], med(1, r(M::OverfortIn))].concat())
        }
        M::Aterbetalning => b.summa(F::Aterbetalning, EjBeslutat),
        M::Aterbetalt => b.summa(F::Aterbetalt, EjInrapporterat),
        M::KvarAttAterbetala => {
            plus(&[vec![(1, r(M::Aterbetalning))], med(-1, r(M::Aterbetalt))].concat())
        }
        M::RekvireratAvPart => b.summa(F::RekvireratAvPart, EjInrapporterat),
        M::Atagande => b.summa(F::Atagande, EjBeslutat),
        M::VantatAtagande => b.summa(F::VantatAtagande, EjBeslutat),
        M::Behov => b.summa(F::Behov, EjInrapporterat),
        M::Finansieringsgap => gap(b),
        M::Projektbudget => b.summa(F::Budget, EjInrapporterat),
        M::Budget => b.valj(M::Fordelat, M::Projektbudget),
        M::Avvikelse => plus(&[(1, r(M::Budget)), (-1, r(M::AnvantInsats))]),
        M::AvvikelseNamnd => plus(&[(1, r(M::FordelatNamnd)), (-1, r(M::AnvantNamnd))]),
        M::Nyttjandegrad => andel(r(M::Anvant), r(M::Fordelat)),
        M::Finansiering => b.summa(F::Finansiering, EjInrapporterat),
        M::Ofinansierat => plus(
            &[
                vec![(1, r(M::Projektbudget)), (-1, r(M::Finansiering))],
                med(-1, r(M::Medfinansiering)),
            ]
            .concat(),
        ),
        M::Medfinansiering => b.summa(F::Medfinansiering, EjInrapporterat),
        M::Kostnad => b.summa(F::Kostnad, EjInrapporterat),
        M::Grundfinansiering => b.summa(F::Grundfinansiering, EjInrapporterat),
        M::GrundOchTillfalligt => {
            plus(&[vec![(1, r(M::Grundfinansiering))], med(1, r(M::Fordelat))].concat())
        }
        M::Intaktsbudget => b.summa(F::Intaktsbudget, EjInrapporterat),
        M::Nettokostnad => plus(&[(1, r(M::Kostnad)), (-1, r(M::Intaktsbudget))]),
        M::Budgetandelar => b.summa(F::Budgetandel, EjInrapporterat),
        M::UtanBudgetandel => plus(&[(1, r(M::Projektbudget)), (-1, r(M::Budgetandelar))]),
        M::Intaktsutfall => plus(&[(-1, rakna(M::AnvantInsats, &intakterna(b)))]),
        M::Intaktsavvikelse => plus(&[(1, r(M::Intaktsutfall)), (-1, r(M::Intaktsbudget))]),
        M::Ansokt => b.summa(F::Ansokt, EjInrapporterat),
        M::Intakter => b.summa(F::Intakt, EjInrapporterat),
        M::Budgetkostnader => b.summa(F::Budgetkostnad, EjInrapporterat),
        M::Budgetresultat => plus(&[(1, r(M::Intakter)), (-1, r(M::Budgetkostnader))]),
        M::Medlemsbidrag => b.summa(F::Medlemsbidrag, EjInrapporterat),
        M::Deltagare => b.summa(F::Deltagare, Okant),
        M::Resultat => b.summa(F::Resultat, Okant),
        M::Hjalp => b.summa(F::Hjalp, Okant),
        M::Deltagarlage => b.summa(F::Deltagarlage, Okant),
        M::UtanResultat => plus(&[(1, r(M::Deltagare)), (-1, r(M::Resultat))]),
        M::Volym => b.summa(F::Volym, EjInrapporterat),
        M::Helarsekvivalent => b.summa(F::Helarsekvivalent, Okant),
        annan => uppfoljning::uppfoljning(annan, b),
    }
}

/// What one initiative lacks one year: less than nothing where there is more than enough.
fn ett_gap(b: &Bok<'_>) -> (Varde, bool) {
    let termer = [
        vec![(1, rakna(M::Behov, b))],
        med(-1, rakna(M::Fordelat, b)),
        med(-1, rakna(M::Atagande, b)),
    ];
    plus(&termer.concat())
}

/// The initiatives and years that lack money, each by itself; `None` where there is but one.
fn gapen<'a>(b: &Bok<'a>) -> Option<Vec<Bok<'a>>> {
    let mut behov = Vec::new();
    samla(M::Behov, b, &mut behov);
    let vilka: BTreeSet<_> = behov
        .iter()
        .map(|f| (f.galler().insats, f.galler().ar))
        .collect();
    let utpekad = |en: &(Option<InsatsId>, Option<i16>)| en.0.is_some() && en.1.is_some();
    if !vilka.iter().all(utpekad) || vilka.iter().all(|en| *en == (b.u.insats, b.u.ar)) {
        return None;
    }
    let alla = vilka.into_iter().map(|(insats, ar)| {
        b.med_urval(Urval {
            insats,
            ar,
            ..b.u.clone()
        })
    });
    let racker = |d: &Bok<'_>| matches!(ett_gap(d).0, Varde::Kant(tal) if tal <= 0);
    Some(alla.filter(|d| !racker(d)).collect())
}

fn gap(b: &Bok<'_>) -> (Varde, bool) {
    match gapen(b) {
        None => ett_gap(b),
        Some(delar) => {
            let delar: Vec<_> = delar.iter().map(|d| (1, ett_gap(d))).collect();
            (plus(&delar).0, true)
        }
    }
}

/// Tenths of a per cent, halves away from zero.
fn andel(del: (Varde, bool), helhet: (Varde, bool)) -> (Varde, bool) {
    let varde = match (del.0, helhet.0) {
        (Varde::Kant(_), Varde::Kant(0)) => Varde::Okant,
        (Varde::Kant(d), Varde::Kant(h)) => {
            let (d, h) = (i128::from(d) * 1000, i128::from(h));
            let (hel, rest) = (d / h, d % h);
            let upp = 2 * rest.abs() >= h.abs();
            let steg = if (d < 0) == (h < 0) { 1 } else { -1 };
            Varde::Kant(i64::try_from(hel + if upp { steg } else { 0 }).unwrap())
        }
        (Varde::Kant(_), skal) | (skal, _) => skal,
    };
    (varde, del.1 && helhet.1)
}

/// A measure over the whole ledger, as of a day.
pub fn varde(m: M, u: &Urval, fakta: &[Faktum], per: Option<PerDag>) -> Varde {
    rakna(m, &bok(fakta, u, per)).0
}

/// The facts in force that a measure rests on, by number.
pub fn rader<'a>(m: M, u: &Urval, fakta: &'a [Faktum], per: Option<PerDag>) -> Vec<&'a Faktum> {
    let b = bok(fakta, u, per);
    let mut ut = Vec::new();
    samla(m, &b, &mut ut);
    ut.sort_by_key(|f| f.id);
    ut.dedup_by_key(|f| f.id);
    // The selection's lifetime ends here; the facts' does not.
    let nummer: Vec<_> = ut.iter().map(|f| f.id).collect();
    fakta.iter().filter(|f| nummer.contains(&f.id)).collect()
}

fn samla<'a>(m: M, b: &Bok<'a>, ut: &mut Vec<&'a Faktum>) {
    let val = match m {
        M::Grundmedel => Some((M::Rekvirerat, M::Tilldelat)),
        M::Anvant => Some((M::AnvantNamnd, M::AnvantInsats)),
        M::Budget => Some((M::Fordelat, M::Projektbudget)),
        _ => None,
    };
    if let Some((forst, annars)) = val {
        match b.delar(&[forst, annars]) {
            Delar::VarForSig(delar) => delar.iter().for_each(|d| samla(m, d, ut)),
            Delar::UtanAr => match b.enda_valet(forst, annars) {
                Some(m) => samla(m, b, ut),
                None => [forst, annars].iter().for_each(|m| samla(*m, b, ut)),
            },
            Delar::En => samla(b.vald(forst, annars), b, ut),
        }
        return;
    }
    let termer: Option<&[M]> = match m {
        M::KvarAttFordela => Some(&[M::Tillgangligt, M::Fordelat]),
        M::Kvar => Some(&[M::Tillgangligt, M::Anvant]),
        M::AttAterbetala => Some(&[M::RekvireratOchOverfort, M::Anvant, M::OverfortUt]),
        _ => None,
    };
    if let Some(termer) = termer {
        match b.bidragen(termer) {
            Some(delar) => delar.iter().for_each(|d| samla(m, d, ut)),
            None => termer.iter().for_each(|m| samla(*m, b, ut)),
        }
        return;
    }
    let mut fler = |alla: &[M]| alla.iter().for_each(|m| samla(*m, b, ut));
    match m {
        M::Tillgangligt => fler(&[M::Grundmedel, M::OverfortIn]),
        M::Fordelat => fler(&[M::FordelatNytt, M::FordelatOverfort]),
        M::RekvireratOchOverfort => fler(&[M::Rekvirerat, M::OverfortIn]),
        M::BegartHittills => fler(&[M::Rekvirerat, M::Begart]),
        M::Avvikelse => fler(&[M::Budget, M::AnvantInsats]),
        M::AvvikelseNamnd => fler(&[M::FordelatNamnd, M::AnvantNamnd]),
        M::Nyttjandegrad => fler(&[M::Anvant, M::Fordelat]),
        M::Ofinansierat => fler(&[M::Projektbudget, M::Finansiering, M::Medfinansiering]),
        M::Budgetresultat => fler(&[M::Intakter, M::Budgetkostnader]),
        M::UtanResultat => fler(&[M::Deltagare, M::Resultat]),
        M::KvarAttAterbetala => fler(&[M::Aterbetalning, M::Aterbetalt]),
        M::Finansieringsgap => {
            let termer = [M::Behov, M::Fordelat, M::Atagande];
            for d in gapen(b).unwrap_or_else(|| vec![b.med_urval(b.u.clone())]) {
                termer.iter().for_each(|m| samla(*m, &d, ut));
            }
        }
        M::Grundmedel | M::Anvant | M::Budget => {}
        M::KvarAttFordela | M::Kvar | M::AttAterbetala => {}
        M::OverfortUt => ut.extend(b.urval(F::Overfort, Ar::Fran, false)),
        M::FordelatOverfort => ut.extend(b.urval(F::Overfort, Ar::Till, true)),
        M::Tilldelat => ut.extend(b.urval(F::Tilldelat, Ar::Till, false)),
        M::Rekvirerat => ut.extend(b.urval(F::Rekvirerat, Ar::Till, false)),
        M::Begart => ut.extend(b.urval(F::Begart, Ar::Till, false)),
        M::OverfortIn => ut.extend(b.urval(F::Overfort, Ar::Till, false)),
        M::FordelatNytt => ut.extend(b.urval(F::Fordelat, Ar::Till, false)),
        M::FordelatNamnd => ut.extend(b.urval(F::FordelatNamnd, Ar::Till, false)),
        M::AnvantInsats => ut.extend(b.urval(F::Anvant, Ar::Till, false)),
        M::BokfortBidrag => ut.extend(b.urval(F::BokfortBidrag, Ar::Till, false)),
        M::AnvantNamnd => ut.extend(b.urval(F::AnvantNamnd, Ar::Till, false)),
        M::Aterbetalning => ut.extend(b.urval(F::Aterbetalning, Ar::Till, false)),
        M::Aterbetalt => ut.extend(b.urval(F::Aterbetalt, Ar::Till, false)),
        M::RekvireratAvPart => ut.extend(b.urval(F::RekvireratAvPart, Ar::Till, false)),
        M::Atagande => ut.extend(b.urval(F::Atagande, Ar::Till, false)),
        M::VantatAtagande => ut.extend(b.urval(F::VantatAtagande, Ar::Till, false)),
        M::Behov => ut.extend(b.urval(F::Behov, Ar::Till, false)),
        M::Projektbudget => ut.extend(b.urval(F::Budget, Ar::Till, false)),
        M::Finansiering => ut.extend(b.urval(F::Finansiering, Ar::Till, false)),
        M::Medfinansiering => ut.extend(b.urval(F::Medfinansiering, Ar::Till, false)),
        M::Kostnad => ut.extend(b.urval(F::Kostnad, Ar::Till, false)),
        M::Grundfinansiering => ut.extend(b.urval(F::Grundfinansiering, Ar::Till, false)),
        M::Intaktsbudget => ut.extend(b.urval(F::Intaktsbudget, Ar::Till, false)),
        M::Budgetandelar => ut.extend(b.urval(F::Budgetandel, Ar::Till, false)),
        M::GrundOchTillfalligt => fler(&[M::Grundfinansiering, M::Fordelat]),
        M::Nettokostnad => fler(&[M::Kostnad, M::Intaktsbudget]),
        M::UtanBudgetandel => fler(&[M::Projektbudget, M::Budgetandelar]),
        M::Intaktsutfall => samla(M::AnvantInsats, &intakterna(b), ut),
        M::Intaktsavvikelse => fler(&[M::Intaktsutfall, M::Intaktsbudget]),
        M::Ansokt => ut.extend(b.urval(F::Ansokt, Ar::Till, false)),
        M::Intakter => ut.extend(b.urval(F::Intakt, Ar::Till, false)),
        M::Budgetkostnader => ut.extend(b.urval(F::Budgetkostnad, Ar::Till, false)),
        M::Medlemsbidrag => ut.extend(b.urval(F::Medlemsbidrag, Ar::Till, false)),
        M::Deltagare => ut.extend(b.urval(F::Deltagare, Ar::Till, false)),
        M::Resultat => ut.extend(b.urval(F::Resultat, Ar::Till, false)),
        M::Hjalp => ut.extend(b.urval(F::Hjalp, Ar::Till, false)),
        M::Deltagarlage => ut.extend(b.urval(F::Deltagarlage, Ar::Till, false)),
        M::Volym => ut.extend(b.urval(F::Volym, Ar::Till, false)),
        M::Helarsekvivalent => ut.extend(b.urval(F::Helarsekvivalent, Ar::Till, false)),
        annan => uppfoljning::samla(annan, b, ut),
    }
}
