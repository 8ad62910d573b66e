//! The second implementation of follow-up: what the definitions say, counted another way.

use super::{Ar, Bok, andel, plus, rakna};
use std::collections::BTreeSet;
use utfall_domain::faktum::{Faktum, FaktumSlag as F};
use utfall_domain::id::InsatsId;
use utfall_domain::matt::{Matt as M, Urval};
use utfall_domain::varde::Varde;

type Tal = (Varde, bool);

const INGET: Tal = (Varde::EjInrapporterat, false);

fn till(u: &Urval) -> i8 {
    match u.period {
        Some(p) if u.ar == Some(p.year()) => p.month(),
        Some(p) if u.ar.is_some_and(|ar| ar > p.year()) => 0,
        _ => 12,
    }
}

/// The same selection with other things in it and no month.
fn utan<'a>(b: &Bok<'a>, andra: impl FnOnce(&mut Urval)) -> Bok<'a> {
    let mut u = b.u.clone();
    u.period = None;
    andra(&mut u);
    b.med_urval(u)
}

fn fakta<'a>(b: &Bok<'a>, slag: F) -> Vec<&'a Faktum> {
    utan(b, |_| {}).urval(slag, Ar::Till, false)
}

fn manad(f: &Faktum) -> Option<i8> {
    f.galler().period_fran.map(jiff::civil::Date::month)
}

/// While the year goes on, that its total is awaited is no news.
fn anvant<'a>(b: &Bok<'a>) -> Vec<&'a Faktum> {
    let nytt = |f: &&Faktum| {
        let vantat = matches!(f.varde(), Varde::EjInrapporterat | Varde::EjBeslutat);
        till(&b.u) == 12 || manad(f).is_some() || !vantat
    };
    fakta(b, F::Anvant).into_iter().filter(nytt).collect()
}

fn hittills<'a>(b: &Bok<'a>) -> Vec<&'a Faktum> {
    let m = till(&b.u);
    let alla = anvant(b).into_iter();
    alla.filter(|f| m == 12 || manad(f).unwrap_or(0) <= m)
        .collect()
}

fn poster<'a>(b: &Bok<'a>) -> Vec<&'a Faktum> {
    let m = till(&b.u);
    let alla = fakta(b, F::Prognospost).into_iter();
    alla.filter(|f| m < 12 && manad(f).unwrap_or(13) > m)
        .collect()
}

fn summan(b: &Bok<'_>, rader: &[&Faktum]) -> Tal {
    b.lagg_ihop(rader, Varde::EjInrapporterat)
}

/// The chosen method's code and its fact.
fn metod<'a>(b: &Bok<'a>) -> (String, Option<&'a Faktum>) {
    let vald = b.fakta.iter().copied().rfind(|f| {
        f.fakta.slag == F::Prognosmetod
            && f.galler().insats == b.u.insats
            && f.galler().ar == b.u.ar
    });
    let kod = vald.and_then(|f| f.galler().kategori.clone());
    (kod.unwrap_or_else(|| "linjar".to_owned()), vald)
}

/// Whole kronor, halves away from zero, in öre.
fn kronor(ore: i128, delat: i128) -> i64 {
    let (t, n) = (ore, delat * 100);
    let hel = t.abs() / n;
    let upp = i128::from(2 * (t.abs() % n) >= n);
    i64::try_from((hel + upp) * t.signum() * 100).unwrap()
}

/// What remains of the year, and the facts it is looked up in.
fn rest<'a>(b: &Bok<'a>) -> Option<(i64, Vec<&'a Faktum>)> {
    let (m, ar) = (till(&b.u), b.u.ar?);
    b.u.insats?;
    let alla = anvant(b);
    if alla.iter().any(|f| f.varde().kant().is_none()) {
        return None;
    }
    let tal = |f: &&Faktum| i128::from(f.varde().kant().unwrap_or(0));
    let nu = hittills(b);
    let summa: i128 = nu.iter().map(tal).sum();
    if m == 12 {
        return (!nu.is_empty()).then(|| (0, Vec::new()));
    }
    let kvar = 12 - i128::from(m);
    let (kod, vald) = metod(b);
    match kod.as_str() {
        "tjanster" => {
            let rader = fakta(b, F::Tjanstekostnad);
            let manader = |f: &&Faktum| {
                let g = f.galler();
                let fran = g.period_fran.map_or(1, jiff::civil::Date::month);
                let sist = g.period_till.map_or(12, jiff::civil::Date::month);
                i128::from((sist - fran.max(m + 1) + 1).max(0))
            };
            let belopp: i128 = rader.iter().map(|f| tal(f) * manader(f)).sum();
            let kant = !nu.is_empty() || m == 0 || bokfort(b, (m, ar));
            (kant && !rader.is_empty()).then(|| (i64::try_from(belopp).unwrap(), rader))
        }
        "forra-aret" => {
            let forra = fakta(&utan(b, |u| u.ar = Some(ar - 1)), F::Anvant);
            let med: Vec<_> = forra
                .iter()
                .copied()
                .filter(|f| manad(f).is_some())
                .collect();
            let hela: i128 = med.iter().map(tal).sum();
            let da: i128 = med.iter().filter(|f| manad(f) <= Some(m)).map(tal).sum();
            if da <= 0 || hela < da || nu.is_empty() {
                return None;
            }
            let rader = forra.into_iter().chain(nu).collect();
            Some((kronor(summa * (hela - da), da), rader))
        }
        "egen" => {
            let f = vald?;
            let rest = i128::from(f.varde().kant()?) - summa;
            Some((i64::try_from(rest.max(0)).unwrap(), vec![f]))
        }
        _ => linjar(b, (m, ar), kvar, nu),
    }
}

/// Whether anything at all is booked by month, of whatever insats.
fn bokfort(b: &Bok<'_>, (m, ar): (i8, i16)) -> bool {
    b.fakta.iter().any(|f| {
        let g = f.galler();
        f.fakta.slag == F::Anvant && g.ar == Some(ar) && manad(f).is_some_and(|x| x <= m)
    })
}

fn linjar<'a>(
    b: &Bok<'a>,
    (m, ar): (i8, i16),
    kvar: i128,
    nu: Vec<&'a Faktum>,
) -> Option<(i64, Vec<&'a Faktum>)> {
    if let Some(forst) = nu.iter().filter_map(|f| manad(f)).min() {
        let med: i128 = nu
            .iter()
            .filter(|f| manad(f).is_some())
            .filter_map(|f| f.varde().kant())
            .map(i128::from)
            .sum();
        return Some((kronor(med * kvar, i128::from(m - forst + 1)), nu));
    }
    if !nu.is_empty() {
        return Some((0, Vec::new()));
    }
    let budget = rakna(M::Budget, &utan(b, |_| {})).0.kant();
    let budget = budget.filter(|_| bokfort(b, (m, ar)))?;
    Some((kronor(i128::from(budget) * kvar, 12), Vec::new()))
}

fn insatser(b: &Bok<'_>) -> BTreeSet<InsatsId> {
    [
        F::Anvant,
        F::Fordelat,
        F::Overfort,
        F::Budget,
        F::Prognospost,
    ]
    .into_iter()
    .flat_map(|slag| {
        let b = utan(b, |_| {});
        let alla: Vec<&Faktum> = b.fakta.clone();
        alla.into_iter()
            .filter(move |f| f.fakta.slag == slag)
            .filter(move |f| {
                let (g, u) = (f.galler(), &b.u);
                u.bidrag.is_none_or(|x| g.bidrag == Some(x))
                    && u.organisation.is_none_or(|x| g.organisation == Some(x))
                    && u.finansiar.is_none_or(|x| g.finansiar == Some(x))
                    && u.ar.is_none_or(|x| g.ar == Some(x))
                    && u.kategori
                        .as_ref()
                        .is_none_or(|x| g.kategori.as_ref() == Some(x))
                    && u.version == g.version
            })
    })
    .filter_map(|f| f.galler().insats)
    .collect()
}

fn en_insats<'a>(b: &Bok<'a>, id: InsatsId) -> Bok<'a> {
    let mut u = b.u.clone();
    u.insats = Some(id);
    b.med_urval(u)
}

fn helar(b: &Bok<'_>) -> Tal {
    if b.u.insats.is_none() {
        let alla = insatser(b);
        if alla.is_empty() {
            return INGET;
        }
        let delar: Vec<(i128, Tal)> = alla
            .into_iter()
            .map(|id| (1, helar(&en_insats(b, id))))
            .collect();
        return plus(&delar);
    }
    let nu = summan(b, &hittills(b));
    let rest = rest(b).map_or(INGET, |(tal, _)| (Varde::Kant(tal), true));
    let kommer = summan(b, &poster(b));
    let mut delar = vec![(1, rest)];
    if nu.1 || rest.0.kant().is_none() {
        delar.insert(0, (1, nu));
    }
    if kommer.1 {
        delar.push((1, kommer));
    }
    plus(&delar)
}

/// The setting of a kind in force for the selection's year.
fn satt<'a>(b: &Bok<'a>, slag: F, namn: &str) -> Option<&'a Faktum> {
    let ar = b.u.ar.unwrap_or(i16::MAX);
    let med = b.fakta.iter().copied().filter(|f| {
        f.fakta.slag == slag
            && f.galler().kategori.as_deref() == Some(namn)
            && f.galler().ar.unwrap_or(0) <= ar
            && f.varde().kant().is_some()
    });
    med.max_by_key(|f| (f.galler().ar, f.id))
}

fn installning(b: &Bok<'_>, slag: F, namn: &str) -> Tal {
    if let Some(f) = satt(b, slag, namn) {
        return (f.varde(), true);
    }
    let forslag = match namn {
        "avvikelse-kr" if slag == F::Parameterbelopp => Some(5_000_000),
        _ if slag == F::Parameterbelopp => None,
        "varsel-avtal" if slag == F::Parameterdagar => Some(90),
        "varsel-frist" if slag == F::Parameterdagar => Some(60),
        _ if slag == F::Parameterdagar => None,
        "tak-eget-kapital" => Some(2_000),
        "nyckel-stat" => Some(5_000),
        "nyckel-region" | "nyckel-kommun" => Some(2_500),
        _ => None,
    };
    (forslag.map_or(Varde::EjBeslutat, Varde::Kant), false)
}

/// Which settings a product is made with.
fn satser(m: M, b: &Bok<'_>) -> Vec<String> {
    let namn: &[&str] = match m {
        M::EgetKapitalTak => &["tak-eget-kapital"],
        M::Serviceavgift => &["serviceavgift"],
        M::ServiceavgiftTill => &["serviceavgift-forslag"],
        M::ServiceavgiftMed => &["serviceavgift", "serviceavgift-forslag"],
        _ => return b.u.kategori.clone().into_iter().collect(),
    };
    namn.iter().map(|n| (*n).to_owned()).collect()
}

fn ganger(m: M, b: &Bok<'_>) -> Tal {
    let satser = satser(m, b);
    if satser.is_empty() {
        return (Varde::Okant, false);
    }
    let mut u = b.u.clone();
    u.kategori = None;
    let bas = rakna(M::Partsmedel, &b.med_urval(u));
    let andelar: Option<i128> = satser
        .iter()
        .map(|n| {
            installning(b, F::Parameterandel, n)
                .0
                .kant()
                .map(i128::from)
        })
        .sum();
    let varde = match (bas.0, andelar) {
        (Varde::Kant(tal), Some(andel)) => {
            let (t, n) = (i128::from(tal) * andel, 10_000);
            let hel = t.abs() / n + i128::from(2 * (t.abs() % n) >= n);
            Varde::Kant(i64::try_from(hel * t.signum()).unwrap())
        }
        (Varde::Kant(_), None) => Varde::EjBeslutat,
        (skal, _) => skal,
    };
    (varde, bas.1)
}

pub(super) fn uppfoljning(m: M, b: &Bok<'_>) -> Tal {
    let r = |m| rakna(m, b);
    let s = |slag| b.summa(slag, Varde::EjInrapporterat);
    let namn = b.u.kategori.clone().unwrap_or_default();
    match m {
        M::AnvantTill => summan(b, &hittills(b)),
        M::Prognosposter => summan(b, &poster(b)),
        M::PrognosRest => rest(b).map_or(INGET, |(tal, _)| (Varde::Kant(tal), true)),
        M::PrognosHelar => helar(b),
        M::PrognosAvvikelse => {
            let budget = rakna(M::Budget, &utan(b, |_| {}));
            plus(&[(1, budget), (-1, helar(b))])
        }
        M::PrognosAndel => andel(r(M::PrognosAvvikelse), rakna(M::Budget, &utan(b, |_| {}))),
        M::PrognosKvar => {
            let finns = rakna(M::Tillgangligt, &utan(b, |_| {}));
            plus(&[(1, finns), (-1, helar(b))])
        }
        M::Utrymme => {
            let kvar = rakna(M::KvarAttFordela, &utan(b, |_| {}));
            let vantat = r(M::PrognosAvvikelse);
            match vantat.0.kant() {
                Some(_) => plus(&[(1, kvar), (1, vantat)]),
                None => plus(&[(1, kvar)]),
            }
        }
        M::Prognos => s(F::Prognos),
        M::PrognosEgen => s(F::Prognosmetod),
        M::AvvikelseForklarad => s(F::Avvikelsekommentar),
        M::Tjanstekostnad => s(F::Tjanstekostnad),
        M::AnvantRad => s(F::AnvantRad),
        M::AvvikelseRad => plus(&[(1, r(M::Budgetkostnader)), (-1, r(M::AnvantRad))]),
        M::MedfinansieringLevererad => s(F::MedfinansieringLevererad),
        M::MedfinansieringKvar => {
            let levererat = r(M::MedfinansieringLevererad);
            let mut delar = vec![(1, r(M::Medfinansiering))];
            if levererat.1 {
                delar.push((-1, levererat));
            }
            plus(&delar)
        }
        M::Medfinansieringstimmar => s(F::Medfinansieringstimmar),
        M::Partsmedel => s(F::Partsmedel),
        M::EgetKapital => s(F::EgetKapital),
        M::EgetKapitalAndel => andel(r(M::EgetKapital), r(M::Partsmedel)),
        M::EgetKapitalOverTak => plus(&[(1, r(M::EgetKapital)), (-1, r(M::EgetKapitalTak))]),
        M::EgetKapitalOverMal => {
            let mal = installning(b, F::Parameterbelopp, "mal-eget-kapital");
            plus(&[(1, r(M::EgetKapital)), (-1, mal)])
        }
        M::ServiceavgiftMerTill => plus(&[(1, r(M::ServiceavgiftTill)), (-1, r(M::Serviceavgift))]),
        M::ServiceavgiftMerMed => plus(&[(1, r(M::ServiceavgiftMed)), (-1, r(M::Serviceavgift))]),
        M::Personalkop => s(F::Personalkop),
        M::InstallningKr => installning(b, F::Parameterbelopp, &namn),
        M::InstallningAndel => installning(b, F::Parameterandel, &namn),
        M::InstallningDagar => installning(b, F::Parameterdagar, &namn),
        _ => ganger(m, b),
    }
}

/// The facts that the rows of a derivation show.
pub(super) fn samla<'a>(m: M, b: &Bok<'a>, ut: &mut Vec<&'a Faktum>) {
    let mut fler = |alla: &[M], b: &Bok<'a>| alla.iter().for_each(|m| super::samla(*m, b, ut));
    let helt = utan(b, |_| {});
    match m {
        M::PrognosHelar if b.u.insats.is_none() => {
            for id in insatser(b) {
                fler(&[M::PrognosHelar], &en_insats(b, id));
            }
        }
        M::PrognosHelar => fler(&[M::AnvantTill, M::Prognosposter], b),
        M::PrognosAvvikelse | M::PrognosAndel => {
            fler(&[M::Budget], &helt);
            fler(&[M::PrognosHelar], b);
        }
        M::PrognosKvar => {
            fler(&[M::Tillgangligt], &helt);
            fler(&[M::PrognosHelar], b);
        }
        M::Utrymme => {
            fler(&[M::KvarAttFordela], &helt);
            if uppfoljning(M::PrognosAvvikelse, b).0.kant().is_some() {
                fler(&[M::PrognosAvvikelse], b);
            }
        }
        M::AvvikelseRad => fler(&[M::Budgetkostnader, M::AnvantRad], b),
        M::MedfinansieringKvar => fler(&[M::Medfinansiering, M::MedfinansieringLevererad], b),
        M::EgetKapitalAndel => fler(&[M::EgetKapital, M::Partsmedel], b),
        M::EgetKapitalOverTak => fler(&[M::EgetKapital, M::EgetKapitalTak], b),
        M::ServiceavgiftMerTill => fler(&[M::ServiceavgiftTill, M::Serviceavgift], b),
        M::ServiceavgiftMerMed => fler(&[M::ServiceavgiftMed, M::Serviceavgift], b),
        M::EgetKapitalOverMal => {
            fler(&[M::EgetKapital], b);
            ut.extend(satt(b, F::Parameterbelopp, "mal-eget-kapital"));
        }
        M::EgetKapitalTak
        | M::EnligtNyckeln
        | M::Serviceavgift
        | M::ServiceavgiftTill
        | M::ServiceavgiftMed => {
            let satser = satser(m, b);
            let mut u = b.u.clone();
            u.kategori = None;
            fler(&[M::Partsmedel], &b.med_urval(u));
            ut.extend(satser.iter().filter_map(|n| satt(b, F::Parameterandel, n)));
        }
        _ => ut.extend(enkla(m, b)),
    }
}

fn enkla<'a>(m: M, b: &Bok<'a>) -> Vec<&'a Faktum> {
    let slag = match m {
        M::AnvantTill => return hittills(b),
        M::Prognosposter => return poster(b),
        M::PrognosRest => return rest(b).filter(|(t, _)| *t != 0).map_or(vec![], |(_, r)| r),
        M::InstallningKr | M::InstallningAndel | M::InstallningDagar => {
            let slag = match m {
                M::InstallningKr => F::Parameterbelopp,
                M::InstallningDagar => F::Parameterdagar,
                _ => F::Parameterandel,
            };
            let namn = b.u.kategori.clone().unwrap_or_default();
            return satt(b, slag, &namn).into_iter().collect();
        }
        M::Prognos => F::Prognos,
        M::PrognosEgen => F::Prognosmetod,
        M::AvvikelseForklarad => F::Avvikelsekommentar,
        M::Tjanstekostnad => F::Tjanstekostnad,
        M::AnvantRad => F::AnvantRad,
        M::MedfinansieringLevererad => F::MedfinansieringLevererad,
        M::Medfinansieringstimmar => F::Medfinansieringstimmar,
        M::Partsmedel => F::Partsmedel,
        M::EgetKapital => F::EgetKapital,
        M::Personalkop => F::Personalkop,
        _ => return Vec::new(),
    };
    b.urval(slag, Ar::Till, false)
}
