//! Every finding in a huvudman's papers, each with where it stands: pure, from the books and
//! the papers alone.

use super::registret::{Registret, Sagt, registret};
use super::{Funnet, Fyndlage, Papper, nyckel, om};
use crate::lasning::Bok;
use crate::underlag::{
    Kedja, Namn, Stalle, Tolkat, Uttalande, kedjor, kopplade, med_varden, ord, tolka_igen,
};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use utfall_domain::bocker::UnderlagHuvud;
use utfall_domain::faktum::{Enhet, Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::granskning::{
    self, Allvar, Fynd, Papperssagt, RADER_MAX, granska, granska_mellan,
};
use utfall_domain::id::{BidragId, FaktumId, InsatsId, UnderlagId};
use utfall_domain::problem::Problem;

/// A paper with its statements tied to the facts of the books.
struct Kopplat<'a> {
    huvud: &'a UnderlagHuvud,
    papper: &'a Papper,
    tolkat: Tolkat,
    kedjor: Vec<Option<Kedja<'a>>>,
}

/// A fact that a person has said the last word of, with the places that state it.
type Rattat<'a, 'b> = (&'a [Stalle], &'b Faktum);

impl Kopplat<'_> {
    /// The statements that a person has said the last word of, before the paper came or since:
    /// a later version that is as wrong is as settled.
    fn rattade(&self) -> Vec<Rattat<'_, '_>> {
        self.tolkat
            .uttalanden
            .iter()
            .zip(&self.kedjor)
            .filter_map(|(x, kedja)| {
                let kedja = kedja.as_ref().filter(|k| k.for_hand)?;
                (!x.stallen.is_empty()).then_some((x.stallen.as_slice(), kedja.sist))
            })
            .collect()
    }

    /// Those that somebody has decided with the paper in hand.
    fn rattade_efter(&self) -> Vec<Rattat<'_, '_>> {
        let mut ut = self.rattade();
        ut.retain(|(_, f)| f.id.nummer() > self.huvud.id.nummer());
        ut
    }

    /// The facts in force behind a finding's rows.
    fn bakom(&self, fynd: &Fynd) -> Vec<FaktumId> {
        let egna: Vec<&str> = egna_rader(fynd).collect();
        let par = self.tolkat.uttalanden.iter().zip(&self.kedjor);
        let bakom = par.filter_map(|(x, kedja)| {
            let kedja = (*kedja).filter(|k| !k.sist.fakta.struken)?;
            ror(&x.stallen, &egna).then_some(kedja.sist.id)
        });
        bakom.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// The paths of the rows that stand in the finding's own paper.
fn egna_rader(fynd: &Fynd) -> impl Iterator<Item = &str> {
    let egna = fynd.rader.iter().filter(|r| r.dokument.is_none());
    egna.map(|r| r.sokvag.as_str())
}

/// Whether any of the places is one of the rows, or holds it, or is held by it.
fn ror(stallen: &[Stalle], rader: &[&str]) -> bool {
    let inom = |yttre: &str, inre: &str| {
        inre.strip_prefix(yttre)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
    };
    let mut platser = stallen.iter().map(Stalle::sokvag);
    platser.any(|s| rader.iter().any(|r| inom(s, r) || inom(r, s)))
}

/// The findings of papers, as of the book's day. Papers that have been replaced by then are
/// to be left out by the caller.
pub(crate) fn fynd_i<'a>(
    bok: &'a Bok,
    alla: &'a [(&'a UnderlagHuvud, Arc<Papper>)],
) -> Vec<Funnet> {
    let kedjor = kedjor(&bok.fakta, bok.per_dag());
    papperens(bok, &koppla_alla(bok, alla, &kedjor), &kedjor)
}

/// The same, and those of what a person has entered or corrected.
///
/// # Errors
/// A fault in the program, when the books cannot be put as a paper.
pub(crate) fn alla<'a>(
    bok: &'a Bok,
    papper: &'a [(&'a UnderlagHuvud, Arc<Papper>)],
) -> Result<Vec<Funnet>, Problem> {
    let kedjor = kedjor(&bok.fakta, bok.per_dag());
    let kopplade = koppla_alla(bok, papper, &kedjor);
    let mut ut = papperens(bok, &kopplade, &kedjor);
    let sagt = kopplade.iter().flat_map(personsagt).collect();
    if let Some(registret) = registret(bok, &kedjor, &sagt)? {
        let nya = for_hand(bok, &registret, &kedjor, &ut);
        ut.extend(nya);
    }
    ut.extend(super::bokfort::fynd(bok));
    Ok(ut)
}

fn koppla_alla<'a>(
    bok: &'a Bok,
    alla: &'a [(&'a UnderlagHuvud, Arc<Papper>)],
    kedjor: &[Kedja<'a>],
) -> Vec<Kopplat<'a>> {
    alla.iter()
        .map(|(huvud, papper)| koppla(bok, huvud, papper, kedjor))
        .collect()
}

fn papperens(bok: &Bok, kopplade: &[Kopplat<'_>], kedjor: &[Kedja<'_>]) -> Vec<Funnet> {
    let mut ut: Vec<Funnet> = kopplade.iter().flat_map(|k| i_ett(bok, k)).collect();
    ut.extend(mellan(bok, kopplade, kedjor));
    ut
}

/// How a paper speaks of the people it counts, by the fact that each count became.
fn personsagt(k: &Kopplat<'_>) -> Vec<(FaktumId, Sagt)> {
    let par = k.tolkat.uttalanden.iter().zip(&k.kedjor);
    let ett = |(x, kedja): (&Uttalande, &Option<Kedja<'_>>)| {
        let stalle = x.stallen.first()?.sokvag();
        let nr = stalle.strip_prefix("personer[")?.split_once(']')?.0;
        let p = k.papper.underlag.personer.get(nr.parse::<usize>().ok()?)?;
        let sagt = Sagt {
            pagar: p.pagar,
            utfall_av: p.utfall_av,
        };
        Some((kedja.as_ref()?.rot.id, sagt))
    };
    par.filter_map(ett).collect()
}

/// What is wrong with what a person has entered or corrected. What a paper's own finding
/// already says is said once, and what nobody has entered anything about is the papers'.
fn for_hand(
    bok: &Bok,
    registret: &Registret,
    kedjor: &[Kedja<'_>],
    papperens: &[Funnet],
) -> Vec<Funnet> {
    let sagt = Handsagt::av(kedjor);
    let ett = |f: &Fynd| -> Option<Funnet> {
        let rad = |r: &utfall_domain::granskning::Rad| registret.bakom(&r.sokvag);
        let radernas: Vec<BTreeSet<FaktumId>> = f.rader.iter().map(rad).collect();
        let bakom: BTreeSet<FaktumId> = radernas.iter().flatten().copied().collect();
        let fakta: Vec<&Faktum> = bakom.iter().filter_map(|id| bok.faktum(*id)).collect();
        if !fakta.is_empty() && !sagt.talar_om(&fakta) {
            return None;
        }
        // Of a finding with more rows than it shows nobody knows what the others are.
        let egen = sagt.vilar_pa(&fakta) || f.rader.len() >= RADER_MAX;
        let samma = match egen {
            true => papperens.iter().any(|p| sager_samma(p, f, &fakta)),
            false => papperens.iter().any(|p| om_samma(p, &fakta)),
        };
        if samma {
            return None;
        }
        Some(Funnet {
            bidrag: om::registrets(bok, &registret.papper.underlag, f, &fakta),
            nyckel: nyckel(f),
            underlag: None,
            bakom: bakom.into_iter().collect(),
            radernas: radernas
                .into_iter()
                .map(|r| r.into_iter().collect())
                .collect(),
            fynd: f.clone(),
            lage: Fyndlage::Kvar,
        })
    };
    registret.papper.fynd.iter().filter_map(ett).collect()
}

/// What a person has said the last word of.
struct Handsagt {
    /// What it is about.
    aren: HashSet<Aret>,
    /// What somebody has taken a known figure from: what is left may be wrong without it.
    borttaget: HashSet<Aret>,
    fakta: HashSet<FaktumId>,
}

impl Handsagt {
    fn av(kedjor: &[Kedja<'_>]) -> Self {
        let for_hand = || kedjor.iter().filter(|k| k.for_hand).map(|k| k.sist);
        let borta = |f: &&Faktum| f.fakta.struken || f.varde().kant().is_none();
        Self {
            aren: for_hand().flat_map(aren).collect(),
            borttaget: for_hand().filter(borta).flat_map(aren).collect(),
            fakta: for_hand().map(|f| f.id).collect(),
        }
    }

    /// Whether a person has said anything of the same kind about the same year. A count of
    /// people says nothing of money.
    fn talar_om(&self, fakta: &[&Faktum]) -> bool {
        let mut om = fakta.iter().flat_map(|f| aren(f));
        om.any(|aret| self.aren.contains(&aret))
    }

    /// Whether a finding on these facts is a person's doing: one of them is what somebody
    /// said, or somebody took one away beside them.
    fn vilar_pa(&self, fakta: &[&Faktum]) -> bool {
        let mut om = fakta.iter().flat_map(|f| aren(f));
        fakta.iter().any(|f| self.fakta.contains(&f.id))
            || om.any(|aret| self.borttaget.contains(&aret))
    }
}

/// Whether it is money, a grant or an initiative, and a year.
type Aret = (bool, Option<BidragId>, Option<InsatsId>, Option<i16>);

/// The years of the grant and of the initiative that a fact is about.
fn aren(f: &Faktum) -> impl Iterator<Item = Aret> + use<> {
    let pengar = f.fakta.slag.enhet() == Enhet::Ore;
    let g = f.galler();
    let (bidrag, insats, ar, fran) = (g.bidrag, g.insats, g.ar, g.fran_ar);
    let agare = [(bidrag, None), (None, insats)];
    let agare = agare.into_iter().filter(|om| *om != (None, None));
    agare.flat_map(move |(bidrag, insats)| {
        let aren = [Some(ar), fran.map(Some)].into_iter().flatten();
        aren.map(move |ar| (pengar, bidrag, insats, ar))
    })
}

/// Whether a paper's finding by the same rule, at least as grave, rests on one of the same
/// facts and is not settled.
fn sager_samma(papperets: &Funnet, f: &Fynd, fakta: &[&Faktum]) -> bool {
    let regel = papperets.fynd.regel == f.regel && papperets.fynd.allvar <= f.allvar;
    regel && om_samma(papperets, fakta)
}

/// Whether a paper's finding rests on one of the same facts and still waits, or has been
/// explained since they were all registered.
fn om_samma(papperets: &Funnet, fakta: &[&Faktum]) -> bool {
    let galler = match &papperets.lage {
        Fyndlage::Kvar => true,
        Fyndlage::Forklarat(a) => fakta.iter().all(|f| f.registrerad <= a.registrerad),
        Fyndlage::Rattat(_) | Fyndlage::Ersatt(_) => false,
    };
    galler && fakta.iter().any(|f| papperets.bakom.contains(&f.id))
}

fn koppla<'a>(
    bok: &'a Bok,
    huvud: &'a UnderlagHuvud,
    papper: &'a Papper,
    alla: &[Kedja<'a>],
) -> Kopplat<'a> {
    let tolkat = tolka_igen(&papper.underlag, huvud.id, bok).unwrap_or_default();
    let kedjor = kopplade(&tolkat.uttalanden, alla, &bok.versioner(huvud.id));
    Kopplat {
        huvud,
        papper,
        tolkat,
        kedjor,
    }
}

fn i_ett(bok: &Bok, k: &Kopplat<'_>) -> Vec<Funnet> {
    let rattade = k.rattade();
    let kvar = kvar_efter(&k.papper.underlag, &rattade);
    k.papper
        .fynd
        .iter()
        .map(|f| {
            let lost = kvar.as_ref().is_some_and(|kvar| !finns_kvar(f, kvar));
            let lage = if lost {
                Fyndlage::Rattat(rattelser(f, &rattade))
            } else {
                forklarat(bok, k.huvud.id, f)
            };
            Funnet {
                bidrag: om::bidragen(&k.papper.underlag, f),
                nyckel: nyckel(f),
                underlag: Some(k.huvud.id),
                bakom: k.bakom(f),
                radernas: Vec::new(),
                fynd: f.clone(),
                lage,
            }
        })
        .collect()
}

/// What the rules say of the paper with the corrections in it; none when nothing has been
/// corrected or the paper cannot be read so.
fn kvar_efter(
    papper: &utfall_domain::underlag::Underlag,
    rattade: &[Rattat<'_, '_>],
) -> Option<Vec<Fynd>> {
    if rattade.is_empty() {
        return None;
    }
    let nya: Vec<(&[Stalle], &NyttFaktum)> = rattade.iter().map(|(s, f)| (*s, &f.fakta)).collect();
    Some(granska(&med_varden(papper, &nya)?))
}

/// Whether the same rule still speaks of one of the same rows. That it then says another
/// amount, or is a little less grave, does not settle it; that only rounding is left does.
fn finns_kvar(f: &Fynd, kvar: &[Fynd]) -> bool {
    let rad = |f: &Fynd| -> BTreeSet<(Option<String>, String)> {
        f.rader
            .iter()
            .map(|r| (r.dokument.clone(), r.sokvag.clone()))
            .collect()
    };
    let egna = rad(f);
    kvar.iter()
        .filter(|g| g.regel == f.regel)
        .filter(|g| g.allvar <= f.allvar || g.allvar != Allvar::Upplysning)
        .any(|g| {
            let andra = rad(g);
            !egna.is_disjoint(&andra) || (egna.is_empty() && g.plats == f.plats)
        })
}

/// The corrections that a settled finding owes itself to: those of its own rows, or of others
/// where its own are untouched.
fn rattelser(f: &Fynd, rattade: &[Rattat<'_, '_>]) -> Vec<FaktumId> {
    let rader: Vec<&str> = egna_rader(f).collect();
    let egna: BTreeSet<FaktumId> = rattade
        .iter()
        .filter(|(stallen, _)| ror(stallen, &rader))
        .map(|(_, f)| f.id)
        .collect();
    if egna.is_empty() {
        let alla: BTreeSet<FaktumId> = rattade.iter().map(|(_, f)| f.id).collect();
        return alla.into_iter().collect();
    }
    egna.into_iter().collect()
}

/// Whether somebody has explained the finding, in this version of the paper or an earlier one
/// that says the same.
pub(super) fn forklarat(bok: &Bok, id: UnderlagId, fynd: &Fynd) -> Fyndlage {
    let nyckel = nyckel(fynd);
    let versioner = bok.versioner(id);
    bok.accepterade
        .iter()
        .filter(|a| bok.per_dag().is_none_or(|per| per.omfattar(a.registrerad)))
        .rfind(|a| versioner.contains(&a.underlag) && a.nyckel == nyckel)
        .map_or(Fyndlage::Kvar, |a| Fyndlage::Forklarat(a.clone()))
}

type Sak<'a> = (FaktumSlag, &'a Galler);

/// What the papers say differently of one thing, and what they say otherwise than a person
/// had already decided when they came.
fn mellan(bok: &Bok, alla: &[Kopplat<'_>], kedjor: &[Kedja<'_>]) -> Vec<Funnet> {
    let mut senast: HashMap<Sak<'_>, UnderlagId> = HashMap::new();
    for k in alla {
        for x in &k.tolkat.uttalanden {
            let id = senast.entry(x.nyckel()).or_insert(k.huvud.id);
            *id = (*id).max(k.huvud.id);
        }
    }
    let for_hand = ensamma_for_hand(kedjor);
    let namn = Namn {
        bocker: bok,
        nya: &[],
    };
    let fore = for_hand.iter().filter(|(sak, ny)| {
        let efter = senast.get(*sak);
        efter.is_some_and(|id| id.nummer() > ny.id.nummer())
    });
    let registrerat = Papperssagt {
        dokument: super::REGISTER.to_owned(),
        titel: String::new(),
        for_hand: true,
        sagt: fore
            .filter(|(_, ny)| !ny.fakta.struken)
            .filter_map(|(_, ny)| sagt(&namn, &ny.fakta, String::new()))
            .collect(),
    };
    let sagda = alla.iter().map(|k| Papperssagt {
        dokument: k.huvud.dokument.clone(),
        titel: k.huvud.titel.clone(),
        for_hand: false,
        sagt: k
            .tolkat
            .uttalanden
            .iter()
            .filter(|x| {
                // What a person decided after this paper but before a later one is what the
                // later one is held against.
                let ny = for_hand.get(&x.nyckel());
                let senast = senast.get(&x.nyckel());
                ny.zip(senast).is_none_or(|(ny, senast)| {
                    ny.id.nummer() < k.huvud.id.nummer() || ny.id.nummer() > senast.nummer()
                })
            })
            .filter_map(|x| {
                let sokvag = x.stallen.first()?.sokvag().to_owned();
                sagt(&namn, &x.faktum, forsta_stallet(&x.stallen, sokvag))
            })
            .collect(),
    });
    let papper: Vec<Papperssagt> = std::iter::once(registrerat).chain(sagda).collect();
    granska_mellan(&papper)
        .into_iter()
        .filter_map(|fynd| {
            let k = alla.iter().find(|k| k.huvud.dokument == fynd.dokument)?;
            Some(mellan_funnet(bok, k, fynd))
        })
        .collect()
}

/// The path of one statement, as findings name it: the first of a list.
fn forsta_stallet(stallen: &[Stalle], sokvag: String) -> String {
    match stallen.first() {
        Some(Stalle::Uppgifter(_)) => format!("{sokvag}[0]"),
        _ => sokvag,
    }
}

/// What a person has said of things that the books have one chain of.
fn ensamma_for_hand<'a>(kedjor: &[Kedja<'a>]) -> HashMap<Sak<'a>, &'a Faktum> {
    let mut antal: HashMap<Sak<'_>, usize> = HashMap::new();
    for k in kedjor {
        *antal.entry(k.nyckel()).or_default() += 1;
    }
    kedjor
        .iter()
        .filter(|k| k.for_hand && antal.get(&k.nyckel()) == Some(&1))
        .map(|k| (k.nyckel(), k.sist))
        .collect()
}

fn sagt(namn: &Namn<'_>, f: &NyttFaktum, sokvag: String) -> Option<granskning::Sagt> {
    let plats = f.kalla.as_ref().map(|k| k.plats.clone());
    Some(granskning::Sagt {
        slag: f.slag,
        galler: f.galler.clone(),
        etikett: namn.faktum(f),
        varde: f.varde.kant()?,
        precision: f.precision,
        cirka: f.cirka,
        sakerhet: f.sakerhet,
        skrivet: ord::varde(f),
        plats: plats.unwrap_or_else(|| "registrerat för hand".to_owned()),
        sokvag,
    })
}

fn mellan_funnet(bok: &Bok, k: &Kopplat<'_>, fynd: Fynd) -> Funnet {
    let rader: Vec<&str> = egna_rader(&fynd).collect();
    let rattade = k.rattade_efter();
    let rattelser: BTreeSet<FaktumId> = rattade
        .iter()
        .filter(|(stallen, _)| ror(stallen, &rader))
        .map(|(_, f)| f.id)
        .collect();
    let lage = if rattelser.is_empty() {
        forklarat(bok, k.huvud.id, &fynd)
    } else {
        Fyndlage::Rattat(rattelser.into_iter().collect())
    };
    let egna = Fynd {
        rader: fynd
            .rader
            .iter()
            .filter(|r| r.dokument.is_none())
            .cloned()
            .collect(),
        ..fynd.clone()
    };
    Funnet {
        bidrag: om::bidragen(&k.papper.underlag, &egna),
        nyckel: nyckel(&fynd),
        underlag: Some(k.huvud.id),
        bakom: k.bakom(&fynd),
        radernas: Vec::new(),
        fynd,
        lage,
    }
}
