//! What is about to end without money after it, and other days that must not be missed.

use crate::adress::{self, Adress};
use crate::ataganden::laget_for;
use crate::siffror::{Siffror, dag as i_ord, kort_dag};
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_domain::id::InsatsId;
use utfall_domain::insatser::Insats;
use utfall_domain::medel::atagande::{
    Atagandelage, Finansieringslage, Koppling, Utlysningslage, ataganden, kopplingar, utlysning,
    utlysningar,
};
use utfall_domain::medel::parameter::{self, Parameter};
use utfall_domain::medel::post::Medelspost;
use utfall_domain::medel::villkor::om_dagar;
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};

/// Contracts of an initiative end, and the call they depend on gives no money yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Varsel {
    /// Which initiative.
    pub insats: InsatsId,
    /// Its name and address.
    pub namn: String,
    /// Its part of addresses.
    pub slug: String,
    /// The call.
    pub utlysning: String,
    /// Where the call is.
    pub lage: Utlysningslage,
    /// The day contracts end.
    pub dag: Date,
    /// Days from today; below zero when it has been.
    pub om: i32,
}

/// Days from one day to another.
pub fn dagar(idag: Date, dag: Date) -> i32 {
    idag.until((jiff::Unit::Day, dag))
        .map_or(0, |s| s.get_days())
}

fn forvarning(bok: &Bok, parameter: Parameter, idag: Date) -> i32 {
    let satt = parameter::varde(&bok.index(), parameter, idag.year());
    satt.and_then(|d| i32::try_from(d).ok()).unwrap_or(0)
}

/// The year that an initiative has to have money for when contracts end this day.
pub fn aret_efter(dag: Date) -> i16 {
    dag.tomorrow().map_or(dag.year(), Date::year)
}

/// The contracts that end within the set time, soonest first. What ended more than a year ago
/// is no longer warned of, nor where the year after has all the money it needs.
pub fn avtal(bok: &Bok, idag: Date) -> Vec<Varsel> {
    let poster = bok.poster();
    let s = Siffror::ny(bok);
    let grans = forvarning(bok, Parameter::VarselAvtal, idag);
    let mut ut: Vec<Varsel> = kopplingar(&poster)
        .into_iter()
        .filter_map(|(p, k)| {
            let Koppling::Beroende {
                utlysning: sak,
                avtal_till: Some(dag),
                ..
            } = k
            else {
                return None;
            };
            let u = utlysning(&poster, *sak)?;
            let i = bok.insats(p.post.om.insats?)?;
            let om = dagar(idag, *dag);
            let full = || laget_for(&s, i, aret_efter(*dag)) == Some(Finansieringslage::Full);
            let nara = (-365..=grans).contains(&om);
            let varnas = u.lage != Utlysningslage::Beviljad && nara && !full();
            varnas.then(|| Varsel {
                insats: i.id,
                namn: i.namn.clone(),
                slug: i.slug.clone(),
                utlysning: u.namn.clone(),
                lage: u.lage,
                dag: *dag,
                om,
            })
        })
        .collect();
    ut.sort_by_key(|v| v.dag);
    ut
}

/// Those of one initiative.
pub fn for_insats(bok: &Bok, insats: &Insats, idag: Date) -> Vec<Varsel> {
    let mut alla = avtal(bok, idag);
    alla.retain(|v| v.insats == insats.id);
    alla
}

impl Varsel {
    /// What the state of the call means for the contracts.
    pub fn mening(&self) -> String {
        let svar = match self.lage {
            Utlysningslage::BeskedSaknas => "besked om utlysningen saknas",
            Utlysningslage::Utlyst => "utlysningen är inte sökt",
            Utlysningslage::Ansokt => "ansökan är inte besvarad",
            Utlysningslage::Beviljad => "pengarna är beviljade",
            Utlysningslage::Nekad => "utlysningen ger inga pengar",
        };
        format!("{}: {svar}.", self.utlysning)
    }
}

/// The warnings as notices.
pub fn besked(alla: &[Varsel]) -> Vec<Besked> {
    alla.iter()
        .map(|v| {
            let gar = if v.om < 0 { "gick ut" } else { "går ut" };
            Besked::ny(
                if v.om <= 30 {
                    Allvar::Fel
                } else {
                    Allvar::Varning
                },
                format!("avtal i {} {gar} {}", v.namn, i_ord(v.dag)),
                Text::from(v.mening())
                    .ord(" Bestäm hur insatsen ska fortsätta, eller säg till de anställda i tid. ")
                    .lank(
                        Lank::ny("Finansiering framåt", adress::framat(&v.slug)).om(v.namn.clone()),
                    )
                    .ord("."),
            )
        })
        .collect()
}

/// A day among the deadlines on Start.
pub struct Frist {
    /// The day.
    pub dag: Date,
    /// What to do, as a link's words.
    pub gor: String,
    /// Where it is done.
    pub till: Adress,
    /// What it is about.
    pub vad: String,
    /// Why.
    pub under: String,
    /// How many days before it is told of.
    pub fore: i32,
}

/// Every deadline of coming money, near or far.
pub fn frister(bok: &Bok, idag: Date) -> Vec<Frist> {
    let poster = bok.poster();
    let fore = forvarning(bok, Parameter::VarselFrist, idag);
    let mut ut: Vec<Frist> = avtal(bok, idag)
        .into_iter()
        .map(|v| Frist {
            dag: v.dag,
            gor: "Avtal går ut utan pengar efteråt".into(),
            till: adress::framat(&v.slug),
            under: v.mening(),
            vad: v.namn,
            fore: i32::MAX,
        })
        .collect();
    ut.extend(utlysningarnas(&poster, fore));
    ut.extend(ansokningarnas(bok, &poster, fore));
    ut.extend(redovisningarnas(bok, &poster, (idag, fore)));
    ut
}

/// The last day to apply, and when an answer should have come.
fn utlysningarnas(poster: &[Medelspost], fore: i32) -> Vec<Frist> {
    let mut ut = Vec::new();
    for (p, u) in utlysningar(poster).iter().filter(|(_, u)| u.lage.oppen()) {
        let till = adress::utlysning(&p.post.sak.to_string());
        let soks = u.soks_senast.filter(|_| u.lage != Utlysningslage::Ansokt);
        let dagarna = [
            (soks, "Sök ur utlysningen", "Sista dag att söka", fore),
            (u.besked, "Hör efter om beskedet", "Besked väntades", 0),
        ];
        for (dag, gor, ord, fore) in dagarna {
            ut.extend(dag.map(|dag| Frist {
                dag,
                gor: gor.into(),
                till: till.clone(),
                vad: u.namn.clone(),
                under: format!("{ord} {}.", kort_dag(dag)),
                fore,
            }));
        }
    }
    ut
}

/// The applications that are not filed.
fn ansokningarnas(bok: &Bok, poster: &[Medelspost], fore: i32) -> Vec<Frist> {
    let mut ut = Vec::new();
    for (p, a) in ataganden(poster) {
        let inte_inlamnad = a.lage == Atagandelage::EjInlamnad;
        let insats = p.post.om.insats.and_then(|id| bok.insats(id));
        let dag = a.ansokan.lamnas_senast.filter(|_| inte_inlamnad);
        ut.extend(dag.map(|dag| Frist {
            dag,
            gor: "Lämna in ansökan".into(),
            till: adress::ett_atagande(&p.post.sak.to_string()),
            vad: insats.map_or_else(String::new, |i| i.namn.clone()),
            under: format!("{}, senast {}.", a.ansokan.namn, kort_dag(dag)),
            fore,
        }));
    }
    ut
}

/// The reports of those who got money passed on.
fn redovisningarnas(bok: &Bok, poster: &[Medelspost], (idag, fore): (Date, i32)) -> Vec<Frist> {
    let mut ut = Vec::new();
    for (p, k) in kopplingar(poster) {
        let Koppling::Vidare {
            redovisas: Some(dag),
            redovisat: None,
            plikt,
            ..
        } = k
        else {
            continue;
        };
        let Some(i) = p.post.om.insats.and_then(|id| bok.insats(id)) else {
            continue;
        };
        let vem = p
            .post
            .om
            .organisation
            .map_or("", |id| bok.organisationsnamn(id));
        ut.push(Frist {
            dag: *dag,
            gor: format!("Redovisning från {vem}"),
            till: adress::framat(&i.slug).vid("fors-vidare"),
            vad: i.namn.clone(),
            under: format!("{plikt}, {}.", om_dagar(idag, *dag)),
            fore,
        });
    }
    ut
}
