//! People and volumes that somebody has entered or corrected, as a paper would state them.

use super::{Sammanstallning, insats_id};
use crate::underlag::Kedja;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::{FaktumId, InsatsId};
use utfall_domain::insatser::{Fortsattning, Insats};
use utfall_domain::tid;
use utfall_domain::underlag::Genomforande;

/// How the papers speak of people: what no fact says, by the first fact of each chain.
pub(in crate::granskning) type Personsagt = HashMap<FaktumId, Sagt>;

/// What a paper says about its counts of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::granskning) struct Sagt {
    /// Those who are not mentioned are still there.
    pub(in crate::granskning) pagar: bool,
    /// Whom the outcomes divide; everybody when `None`.
    pub(in crate::granskning) utfall_av: Option<Genomforande>,
}

/// Counts as statements, and the initiatives they name.
#[derive(Default)]
pub(super) struct Antal {
    pub(super) personer: Vec<Value>,
    pub(super) volymer: Vec<Value>,
    pub(super) insatser: BTreeSet<InsatsId>,
}

impl Antal {
    pub(super) const fn tomt(&self) -> bool {
        self.personer.is_empty() && self.volymer.is_empty()
    }
}

/// The people of an initiative in a year, and the months of a count that were registered on
/// one day. Only where a person has said the last word of something in it.
pub(super) fn stall_samman(
    s: &mut Sammanstallning<'_>,
    kedjor: &[Kedja<'_>],
    sagt: &Personsagt,
) -> Antal {
    let mut ut = Antal::default();
    for (om, grupp) in persongrupper(kedjor) {
        let Some(insats) = s.bok.insats(om.0) else {
            continue;
        };
        let sokvag = format!("personer[{}]", ut.personer.len());
        if let Some((post, fakta)) = grupp.som_uppgift(insats, om.1, sagt) {
            let fakta = fakta.into_iter();
            s.fakta
                .extend(fakta.map(|(falt, id)| (format!("{sokvag}.{falt}"), id)));
            ut.personer.push(post);
            ut.insatser.insert(insats.id);
        }
    }
    for ((insats, dag, ..), manader) in volymgrupper(kedjor) {
        let insats = insats.and_then(|id| s.bok.insats(id));
        let sokvag = format!("volymer[{}].rader[0].varden", ut.volymer.len());
        let Some(volym) = volym(insats, dag, &manader) else {
            continue;
        };
        let forst = manader.keys().next().copied();
        for (manad, fakta) in &manader {
            let nr = forst.map_or(0, |forst| manad.saturating_sub(forst));
            let fakta = fakta.iter().map(|f| f.id).collect();
            s.fakta.insert(format!("{sokvag}[{nr}]"), fakta);
        }
        ut.volymer.push(volym);
        ut.insatser.extend(insats.map(|i| i.id));
    }
    ut
}

/// What is said of the people of an initiative in a year.
#[derive(Default)]
struct Persongrupp<'a> {
    for_hand: bool,
    kedjor: Vec<Kedja<'a>>,
}

fn persongrupper<'a>(kedjor: &[Kedja<'a>]) -> BTreeMap<(InsatsId, Option<i16>), Persongrupp<'a>> {
    use FaktumSlag::{Deltagare, Deltagarlage, Hjalp, Resultat};
    let mut ut: BTreeMap<_, Persongrupp<'a>> = BTreeMap::new();
    for k in kedjor {
        let g = k.sist.galler();
        let personer = matches!(
            k.sist.fakta.slag,
            Deltagare | Deltagarlage | Resultat | Hjalp
        );
        let (Some(insats), None, true) = (g.insats, &g.version, personer) else {
            continue;
        };
        let grupp = ut.entry((insats, g.ar)).or_default();
        grupp.for_hand |= k.for_hand;
        grupp.kedjor.push(*k);
    }
    ut.retain(|_, grupp| grupp.for_hand);
    ut
}

/// The largest count that a paper can state.
const MEST: i64 = 1_000_000_000;

/// A count, when it is known and one that a paper could state.
fn kant(f: &Faktum) -> Option<i64> {
    f.varde().kant().filter(|tal| (0..=MEST).contains(tal))
}

/// The sum of two counts, when both are known.
fn plus(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    let summa = a.zip(b).and_then(|(a, b)| a.checked_add(b));
    summa.filter(|tal| *tal <= MEST)
}

/// What is counted, as a paper would have room for it.
fn ord(kategori: &str) -> String {
    match kategori.chars().take(1000).collect::<String>() {
        ord if ord.trim().is_empty() => "utan namn".to_owned(),
        ord => ord,
    }
}

/// A count with the facts it is the sum of; none when one of them is not known.
#[derive(Default)]
struct Del {
    antal: Option<i64>,
    fakta: Vec<FaktumId>,
}

/// The parts of a whole by what they are called.
type Delar<'a> = BTreeMap<&'a str, Del>;

/// A statement with the facts of each of its fields.
type Uppgift = (Value, Vec<(String, Vec<FaktumId>)>);

impl Persongrupp<'_> {
    fn delar(&self, slag: FaktumSlag) -> Delar<'_> {
        let mut ut: Delar<'_> = BTreeMap::new();
        let gallande = self.kedjor.iter().map(|k| k.sist);
        for f in gallande.filter(|f| f.fakta.slag == slag && !f.fakta.struken) {
            let kategori = f.galler().kategori.as_deref().unwrap_or_default();
            let ny = !ut.contains_key(kategori);
            let del = ut.entry(kategori).or_default();
            del.antal = if ny {
                kant(f)
            } else {
                plus(del.antal, kant(f))
            };
            del.fakta.push(f.id);
        }
        ut
    }

    /// None when nobody knows how many they were.
    fn som_uppgift(&self, insats: &Insats, ar: Option<i16>, sagt: &Personsagt) -> Option<Uppgift> {
        let sagt = self.sagt(insats, ar, sagt)?;
        let mut alla = self.delar(FaktumSlag::Deltagare);
        let totalt = alla.remove("")?;
        let antal = totalt.antal?;
        let namn = ord(&insats.namn);
        let mut ut = json!({
            "rubrik": ar.map_or_else(|| namn.clone(), |ar| format!("{namn} {ar}")),
            "insats": insats_id(insats),
            "ar": ar,
            "totalt": antal,
            "pagar": sagt.pagar,
            "plats": insats.namn,
        });
        let mut fakta = vec![("totalt".to_owned(), totalt.fakta)];
        let falt = ut.as_object_mut()?;
        let mut lista = |namn: &str, falt_namn: &str, delar: Vec<(Value, Del)>| {
            let mut poster = Vec::new();
            for (nr, (vad, del)) in delar.into_iter().enumerate() {
                poster.push(json!({ falt_namn: vad, "antal": del.antal }));
                fakta.push((format!("{namn}[{nr}]"), del.fakta));
            }
            falt.insert(namn.to_owned(), poster.into());
        };
        let lagen = self.delar(FaktumSlag::Deltagarlage);
        let (mut utfall, mut okanda): (Delar<'_>, Delar<'_>) = self
            .delar(FaktumSlag::Resultat)
            .into_iter()
            .partition(|(vad, _)| !ar_okant(vad));
        let kod = |ord: &str| Genomforande::med_ord(ord).map(Genomforande::kod);
        // With a part that nobody knows, only that the others are too many can be shown.
        if gar_att_prova(lagen.values(), antal) && lagen.keys().all(|ord| kod(ord).is_some()) {
            let mut delar: Vec<_> = kanda(lagen).collect();
            delar.sort_by_key(|(vad, _)| Genomforande::ALLA.iter().position(|g| g.ord() == *vad));
            let delar = delar.into_iter().map(|(vad, del)| (kod(vad).into(), del));
            lista("genomforande", "slag", delar.collect());
        }
        if !gar_att_prova(utfall.values().chain(okanda.values()), antal) {
            utfall.clear();
            okanda.clear();
        }
        let delar = kanda(utfall).map(|(vad, del)| (ord(vad).into(), del));
        lista("utfall", "utfall", delar.collect());
        let (okant, bakom) = summa(okanda);
        if let Some(av) = sagt.utfall_av {
            falt.insert("utfall_av".into(), av.kod().into());
        }
        if !bakom.is_empty() {
            falt.insert("okant".into(), okant.into());
            fakta.push(("okant".to_owned(), bakom));
        }
        Some((ut, fakta))
    }

    /// What the paper says of them; of what no paper speaks, whether the time they were
    /// counted over had ended when they were. None when papers say different things.
    fn sagt(&self, insats: &Insats, ar: Option<i16>, sagt: &Personsagt) -> Option<Sagt> {
        let mut ur_papper = self.kedjor.iter().filter_map(|k| sagt.get(&k.rot.id));
        if let Some(forst) = ur_papper.next() {
            return ur_papper.all(|annat| annat == forst).then_some(*forst);
        }
        let senast = self.kedjor.iter().map(|k| k.sist.registrerad).max()?;
        let nu = tid::dag(senast).year();
        let slut = ar.or(insats.slut_ar);
        let avslutad = insats.fortsattning == Fortsattning::Avslutad && ar.is_none();
        Some(Sagt {
            pagar: !avslutad && slut.is_none_or(|slut| nu <= slut),
            utfall_av: None,
        })
    }
}

/// An outcome that says that nobody knows it.
fn ar_okant(vad: &str) -> bool {
    vad.to_lowercase().starts_with("okän")
}

/// Whether parts can be held against their whole: all are known, or those that are known are
/// already too many.
fn gar_att_prova<'a>(delar: impl Iterator<Item = &'a Del>, totalt: i64) -> bool {
    let (mut summa, mut alla_kanda) = (0_i64, true);
    for del in delar {
        summa = summa.saturating_add(del.antal.unwrap_or_default());
        alla_kanda &= del.antal.is_some();
    }
    alla_kanda || summa > totalt
}

fn kanda(delar: Delar<'_>) -> impl Iterator<Item = (&str, Del)> {
    delar.into_iter().filter(|(_, d)| d.antal.is_some())
}

fn summa(delar: Delar<'_>) -> (i64, Vec<FaktumId>) {
    let mut ut = (0_i64, Vec::new());
    for (_, del) in kanda(delar) {
        ut.0 = ut.0.saturating_add(del.antal.unwrap_or_default());
        ut.1.extend(del.fakta);
    }
    ut
}

/// A count of an initiative, the day its months were registered, and the year they are of.
type Volymnyckel<'a> = (Option<InsatsId>, Date, &'a str, i16);

/// The facts of each month, by the month's number.
type Manader<'a> = BTreeMap<usize, Vec<&'a Faktum>>;

fn volymgrupper<'a>(kedjor: &[Kedja<'a>]) -> BTreeMap<Volymnyckel<'a>, Manader<'a>> {
    let mut ut: BTreeMap<Volymnyckel<'a>, Manader<'a>> = BTreeMap::new();
    let for_hand = kedjor
        .iter()
        .filter(|k| k.for_hand && !k.sist.fakta.struken && k.sist.fakta.slag == FaktumSlag::Volym);
    for k in for_hand {
        let g = k.sist.galler();
        let (Some(manad), Some(vad)) = (g.period_fran, g.kategori.as_deref()) else {
            continue;
        };
        let Ok(nr) = usize::try_from(manad.month()) else {
            continue;
        };
        let nyckel = (g.insats, tid::dag(k.sist.registrerad), vad, manad.year());
        let manader = ut.entry(nyckel).or_default();
        manader.entry(nr).or_default().push(k.sist);
    }
    ut
}

/// The months from the first to the last of them; a month that nobody has counted is empty.
fn volym(insats: Option<&Insats>, dag: Date, manader: &Manader<'_>) -> Option<Value> {
    let (forst, fakta) = manader.first_key_value()?;
    let (sist, _) = manader.last_key_value()?;
    let g = fakta.first()?.galler();
    let vad = ord(g.kategori.as_deref()?);
    let fran = g.period_fran?;
    let varden: Vec<Option<i64>> = (*forst..=*sist)
        .map(|nr| {
            let kanda = manader.get(&nr)?.iter().map(|f| kant(f));
            kanda.reduce(plus).flatten()
        })
        .collect();
    let namn = insats.map_or(vad.as_str(), |i| i.namn.as_str());
    Some(json!({
        "titel": vad,
        "insats": insats.map(insats_id),
        "slag": "antal",
        "fran": format!("{:04}-{:02}", fran.year(), fran.month()),
        "per": dag.to_string(),
        "rader": [{ "etikett": vad, "varden": varden }],
        "plats": namn,
    }))
}
