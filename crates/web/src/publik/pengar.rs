//! Where a publisher's money goes and what comes of it: the grants beside each other, and
//! what became of the money where they are few.

use super::bidrag::{del, publika_bidrag};
use super::{dagar, insatser, olika_dagar, om, publicerat_tillsammans};
use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::delar;
use crate::gemensamt;
use crate::siffror::{Siffror, antal, dag, kort_dag};
use crate::svar::{Fel, Svar};
use utfall_app::{Bok, Oppet};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::publicering::{Publicerat, Publicering};
use utfall_vyer::komponent::{Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;
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
    let samlat = o.samlat();
    let slug = &o.huvudman().slug;
    let alla = Siffror::publika(&samlat, slug, None);
    let egna = egna(&o, &samlat)?;
    let hela = hela(&o, &egna);
    let oversikt =
        (egna.len() > 1 || hela.is_empty() && !egna.is_empty()).then(|| oversikt(&o, &alla, &egna));
    Svar::publik_sida(&v::PublikPengar {
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
        .overrad(publicerat_tillsammans(&o)),
        nyckeltal: nyckeltal(&o).into(),
        oversikt,
        delar: hela
            .into_iter()
            .chain(gemensamt::publik_del(&alla, olika_dagar(&o)))
            .collect(),
        utfall: None,
        kalla: kalla(&samlat, &o.huvudman().namn),
    })
}

/// The distributions to show whole: all when they are few, and one that is alone with a word
/// to the reader even before anything is distributed.
fn hela(o: &Oppet, egna: &[Eget]) -> Vec<v::PengarDel> {
    let mut ut = Vec::new();
    for eget in egna {
        let sak = Publicerat::Bidrag(eget.bidrag.id);
        let s = Siffror::publika(&eget.bok, &o.huvudman().slug, Some(sak));
        let ensam = egna.len() == 1 && !eget.akt.kommentar.trim().is_empty();
        for ar in delar::bidragsar(&eget.bidrag) {
            if ensam || s.finns(Matt::Fordelat, &delar::bidragsurval(&eget.bidrag, ar)) {
                ut.push(del(o, &s, (&eget.bidrag, ar), Some(&eget.akt)));
            }
        }
    }
    if ut.len() > FA { Vec::new() } else { ut }
}

/// The grants beside each other. Each row is as of its own grant's act.
fn oversikt(o: &Oppet, alla: &Siffror<'_>, egna: &[Eget]) -> v::PublikOversikt {
    let (mut rader, mut summor) = (Vec::new(), [0_i64; 3]);
    for Eget { akt, bok, bidrag } in egna {
        let s = Siffror::publika(bok, &o.huvudman().slug, Some(akt.vad));
        let urval = Urval::bidrag(bidrag.id);
        for (summa, matt) in summor.iter_mut().zip(MATT) {
            *summa = summa.saturating_add(s.kant(matt, &urval).unwrap_or_default());
        }
        let fran = bok.organisationsnamn(bidrag.finansiar);
        let under = match akt.kommentar.trim() {
            "" => format!("Från {fran}"),
            ord => format!("Från {fran}. Kommentar: {ord}"),
        };
        rader.push(v::PublikBidragRad {
            namn: bidrag.namn.clone(),
            href: adress::publik_bidrag(&o.huvudman().slug, &bidrag.slug).into(),
            under,
            per: kort_dag(akt.per.0),
            tal: MATT.map(|matt| s.tal(matt, &urval)),
        });
    }
    // A sum stands only under rows that add up to it: money that several grants share, or
    // that belongs to none, is told below.
    let urval = Urval::default();
    let ihop = MATT
        .iter()
        .zip(summor)
        .all(|(matt, summa)| alla.kant(*matt, &urval).unwrap_or_default() == summa);
    v::PublikOversikt {
        rader,
        summa: (egna.len() > 1 && ihop).then(|| MATT.map(|matt| alla.tal(matt, &urval))),
        not: not(egna, ihop),
    }
}

fn not(egna: &[Eget], ihop: bool) -> Text {
    let ord = match dagar(egna.iter().map(|eget| &eget.akt)) {
        Some((forst, sist)) if forst != sist && ihop => format!(
            "Varje rad gäller sin egen dag. Summan lägger ihop raderna som de är, från {} till {}.",
            dag(forst),
            dag(sist)
        ),
        Some((forst, sist)) if forst != sist => "Varje rad gäller sin egen dag.".to_owned(),
        _ => String::new(),
    };
    if ord.is_empty() {
        return Text::default();
    }
    ord.into()
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
        (Matt::Anvant, "hittills"),
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
