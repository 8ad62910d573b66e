//! Where a publisher's money goes and what comes of it: the grants beside each other, and
//! what became of the money where they are few.

use super::bidrag::{del, publika_bidrag};
use super::{dagar, insatser, olika_dagar, om, publicerat_tillsammans};
use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::csv;
use crate::delar;
use crate::gemensamt;
use crate::sidval::{self, Sidval};
use crate::siffror::{Siffror, antal, dag, enhet, kort_dag};
use crate::svar::{Fel, Lagring, Svar};
use utfall_app::{Bok, Oppet};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::publicering::{Publicerat, Publicering};
use utfall_domain::tid;
use utfall_vyer::komponent::{Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;
use utfall_vyer::tabell::Tabell;
use utfall_vyer::tal::{TalVy, heltal};

/// So many distributions are shown whole here; where there are more, each on its grant's page.
const FA: usize = 3;

/// The figures of the overview.
const MATT: [Matt; 3] = [Matt::Tillgangligt, Matt::Fordelat, Matt::Anvant];

/// A published grant with its act and its own books.
struct Eget {
    akt: Publicering,
    bok: Bok,
    bidrag: Bidrag,
}

fn egna(o: &Oppet, samlat: &Bok) -> Result<Vec<Eget>, Fel> {
    publika_bidrag(o, samlat)
        .into_iter()
        .map(|b| {
            let (akt, bok) = om(o, Publicerat::Bidrag(b.id))?;
            Ok(Eget {
                akt: akt.clone(),
                bok,
                bidrag: b.clone(),
            })
        })
        .collect()
}

/// GET `/{huvudman}/pengar`.
pub async fn pengar(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    Svar::publik_sida(&sidan(&a, &o, Sidval::ur(&a.fraga))?)
}

/// GET `/{huvudman}/pengar/tabell.csv`: the overview, or every distribution of the page in one.
pub async fn pengar_csv(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    let sida = sidan(&a, &o, Sidval::Hela)?;
    let oversikt = sida
        .oversikt
        .as_ref()
        .filter(|_| sida.delar.is_empty() || a.fraga.text("tabell") == "oversikt");
    let tabeller: Vec<(String, Tabell)> = match oversikt {
        Some(oversikt) => vec![("Bidragen".to_owned(), oversikt.tabell())],
        None => sida.delar.into_iter().map(fordelning).collect(),
    };
    let lan: Vec<(&str, &Tabell)> = tabeller.iter().map(|(n, t)| (n.as_str(), t)).collect();
    let namn = format!("pengar-{}", o.huvudman().slug);
    let svar = csv::svar(&namn, tid::dag(a.nu), &lan)?;
    Ok(svar.lagras(Lagring::Kort))
}

/// A distribution for a file, where the tables share their columns.
fn fordelning(mut del: v::PengarDel) -> (String, Tabell) {
    del.insatser.bara_budget = false;
    (del.rubrik, del.insatser.tabell())
}

fn sidan(a: &Publikt, o: &Oppet, sida: Sidval) -> Result<v::PublikPengar, Fel> {
    let samlat = o.samlat();
    let slug = &o.huvudman().slug;
    let alla = Siffror::publika(&samlat, slug, None);
    let egna = egna(o, &samlat)?;
    let hela = hela(o, &egna);
    let oversikt =
        (egna.len() > 1 || hela.is_empty() && !egna.is_empty()).then(|| oversikt(o, &alla, &egna));
    Ok(v::PublikPengar {
        ram: a.ram(Some(o.huvudman())),
        huvud: Sidhuvud::ny(
            "Vart går pengarna – och vad blir det av dem?",
            antal(
                egna.len(),
                "Inget bidrag är publicerat än.",
                "Ett bidrag är publicerat. Här ser du vad pengarna används till.",
                "bidrag är publicerade. Här ser du vad pengarna används till.",
            ),
        )
        .overrad(publicerat_tillsammans(o)),
        nyckeltal: nyckeltal(o).into(),
        oversikt,
        delar: hela
            .into_iter()
            .chain(gemensamt::publik_del(&alla, olika_dagar(o), sida))
            .collect(),
        csv_href: Some(adress::publik_pengar_csv(slug).into()),
        utfall: None,
        resultat: super::resultat::alla(o, &samlat)?,
        rapporter: super::rapporter::lista(o, &samlat),
        kalla: kalla(&samlat, &o.huvudman().namn),
    })
}

/// The distributions to show whole: all when they are few and short, and one that is alone
/// with a word to the reader even before anything is distributed.
fn hela(o: &Oppet, egna: &[Eget]) -> Vec<v::PengarDel> {
    let (mut ut, mut antal) = (Vec::new(), 0_usize);
    for eget in egna {
        let sak = Publicerat::Bidrag(eget.bidrag.id);
        let s = Siffror::publika(&eget.bok, &o.huvudman().slug, Some(sak));
        let ensam = egna.len() == 1 && !eget.akt.kommentar.trim().is_empty();
        for ar in delar::bidragsar(&eget.bidrag) {
            if ensam || s.finns(Matt::Fordelat, &delar::bidragsurval(&eget.bidrag, ar)) {
                antal += delar::med_i_bidraget(&s, &eget.bidrag, ar).len();
                ut.push(del(
                    o,
                    &s,
                    (&eget.bidrag, ar),
                    (Some(&eget.akt), Sidval::Hela),
                ));
            }
        }
    }
    if ut.len() > FA || antal > sidval::RADER {
        return Vec::new();
    }
    ut
}

/// The figures of all published grants together, each only where it is what the grants' own
/// pages add up to: money that several grants share, or that a grant has not reported yet, is
/// in no such sum.
fn summor(alla: &Siffror<'_>, o: &Oppet, egna: &[Eget]) -> [Option<TalVy>; 3] {
    let delsumma = |matt: Matt| {
        egna.iter().try_fold(0_i64, |summa, eget| {
            let s = Siffror::publika(&eget.bok, &o.huvudman().slug, Some(eget.akt.vad));
            summa.checked_add(s.kant(matt, &Urval::bidrag(eget.bidrag.id))?)
        })
    };
    let urval = Urval::default();
    MATT.map(|matt| {
        let ihop = egna.len() > 1 && alla.kant(matt, &urval) == Some(delsumma(matt)?);
        ihop.then(|| alla.tal(matt, &urval))
    })
}

/// The grants beside each other. Each row is as of its own grant's act.
fn oversikt(o: &Oppet, alla: &Siffror<'_>, egna: &[Eget]) -> v::PublikOversikt {
    let rader = egna.iter().map(|Eget { akt, bok, bidrag }| {
        let s = Siffror::publika(bok, &o.huvudman().slug, Some(akt.vad));
        let urval = Urval::bidrag(bidrag.id);
        let fran = bok.organisationsnamn(bidrag.finansiar);
        let under = match akt.kommentar.trim() {
            "" => format!("Från {fran}"),
            ord => format!("Från {fran}. Kommentar: {ord}"),
        };
        v::PublikBidragRad {
            namn: bidrag.namn.clone(),
            href: adress::publik_bidrag(&o.huvudman().slug, &bidrag.slug).into(),
            under,
            per: kort_dag(akt.per.0),
            tal: MATT.map(|matt| s.tal(matt, &urval)),
        }
    });
    let summa = summor(alla, o, egna);
    v::PublikOversikt {
        rader: rader.collect(),
        not: not(egna, &summa),
        summa,
        csv_href: Some(
            adress::publik_pengar_csv(&o.huvudman().slug)
                .fraga("tabell", "oversikt")
                .into(),
        ),
    }
}

fn not(egna: &[Eget], summa: &[Option<TalVy>; 3]) -> Text {
    let mut ord = Vec::new();
    if let Some((forst, sist)) = dagar(egna.iter().map(|eget| &eget.akt))
        && forst != sist
    {
        ord.push(format!(
            "Varje rad gäller sin egen dag. En summa lägger ihop raderna som de är, från {} \
             till {}.",
            dag(forst),
            dag(sist)
        ));
    }
    if summa.iter().any(Option::is_some) && summa.iter().any(Option::is_none) {
        ord.push("Det som inte är redovisat för alla bidrag läggs inte ihop.".to_owned());
    }
    if ord.is_empty() {
        return Text::default();
    }
    ord.join(" ").into()
}

/// A publisher's key figures.
pub fn nyckeltal(o: &Oppet) -> Vec<Nyckeltal> {
    let samlat = o.samlat();
    let slug = &o.huvudman().slug;
    let s = Siffror::publika(&samlat, slug, None);
    let mut ut = Vec::new();
    if gemensamt::finns(&s) {
        ut.extend(gemensamt::nyckeltal(&s));
    } else if let [b] = publika_bidrag(o, &samlat).as_slice() {
        let sak = Publicerat::Bidrag(b.id);
        if let Some(bok) = o.om(sak) {
            ut.extend(bidragets(&Siffror::publika(&bok, slug, Some(sak)), b));
        }
    }
    if ut.is_empty()
        && let Ok(egna) = egna(o, &samlat)
    {
        let summor = summor(&s, o, &egna).into_iter().zip(MATT);
        ut.extend(summor.filter_map(|(tal, matt)| {
            let tal = tal?.enhet(enhet(matt.enhet()));
            Some(Nyckeltal::ny(matt.text(), tal, "alla publicerade bidrag"))
        }));
    }
    let n = insatser::publika_insatser(o, &samlat).len();
    let href = adress::publik_insatser(slug);
    let tal = TalVy::ny(heltal(i64::try_from(n).unwrap_or(i64::MAX)), href);
    ut.push(Nyckeltal::ny("Insatser", tal, "publicerade"));
    ut
}

fn bidragets(s: &Siffror<'_>, b: &Bidrag) -> Vec<Nyckeltal> {
    let urval = Urval::bidrag(b.id);
    [
        (Matt::Tillgangligt, "som bidraget ger"),
        (Matt::Anvant, "som är redovisat"),
        (Matt::AttAterbetala, "blev över"),
    ]
    .into_iter()
    .filter(|(matt, _)| s.finns(*matt, &urval))
    .map(|(matt, villkor)| Nyckeltal::ny(matt.text(), s.med_enhet(matt, &urval), villkor))
    .collect()
}

/// The public papers that the figures come from.
pub(super) fn kalla(bok: &Bok, namn: &str) -> Text {
    let papper: Vec<&str> = bok.underlag.iter().map(|u| u.titel.as_str()).collect();
    if papper.is_empty() {
        return Text::default();
    }
    Text::from(format!("Källa: {namn}, {}.", papper.join("; ")))
}
