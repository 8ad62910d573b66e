//! What belongs nowhere yet, the largest first, and those that can be told by their names.

use super::{Vad, med_vad};
use crate::adress;
use crate::anrop::Inloggat;
use crate::bokforing::{Namnen, hela, kr};
use crate::siffror::antal;
use std::collections::{BTreeMap, BTreeSet};
use utfall_app::bokforing::Bokforing;
use utfall_behorighet::Atgard;
use utfall_domain::medel::kontering::{Kontering, Regel, Till, Varfor, skriv_objekt};
use utfall_domain::svensk::sokform;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::sidor::{Formulardel, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// What belongs nowhere yet, as one chooses: by what it is marked with.
#[derive(Default)]
struct Grupp {
    /// What it is called.
    ord: String,
    /// The account, when it is marked with nothing.
    ensamt: String,
    konton: BTreeSet<u32>,
    ore: i64,
    rader: i64,
    objekt: Vec<(u32, String)>,
    /// The name of what it is marked with, alone.
    namn: String,
    varfor: BTreeSet<Varfor>,
}

impl Grupp {
    /// Whether it is a rule that is missing, and nothing else.
    fn utan_regel(&self) -> bool {
        self.varfor.iter().all(|v| *v == Varfor::IngenRegel)
    }
}

/// Accounts without an initiative, by their project, else by their cost centre, else each by
/// itself. The largest first.
fn grupper(b: &Bokforing) -> Vec<Grupp> {
    let namnen = Namnen::av(&b.namn);
    let mut ut: BTreeMap<(String, String), Grupp> = BTreeMap::new();
    for o in &b.okopplade {
        let k = &o.kontering;
        let med = |dim: u32| k.objekt.iter().find(|(d, _)| *d == dim).cloned();
        let objekt: Vec<(u32, String)> = med(6).or_else(|| med(1)).into_iter().collect();
        let (ord, ensamt) = if objekt.is_empty() {
            (namnen.konto(k), k.konto.to_string())
        } else {
            let ensam = Kontering::ny(k.orgnr.clone(), k.konto, objekt.clone());
            (namnen.objekt(&ensam), String::new())
        };
        let namn = objekt
            .first()
            .map(|(dim, nr)| namnen.namn(&k.orgnr, &dim.to_string(), nr).to_owned());
        let grupp = ut.entry((ord.clone(), ensamt.clone())).or_default();
        (grupp.ord, grupp.ensamt) = (ord, ensamt);
        grupp.konton.insert(k.konto);
        grupp.varfor.extend(o.varfor.iter().copied());
        grupp.ore = grupp.ore.saturating_add(o.ore);
        grupp.rader = grupp.rader.saturating_add(o.antal);
        grupp.namn = namn.unwrap_or_default();
        grupp.objekt = objekt;
    }
    let mut ut: Vec<Grupp> = ut.into_values().collect();
    ut.sort_by_key(|g| std::cmp::Reverse(g.ore.unsigned_abs()));
    ut
}

/// The initiative that it is called as, when there is just one.
fn namne(b: &Bokforing, g: &Grupp) -> Option<Till> {
    let sokt = sokform(&g.namn);
    if sokt.is_empty() || !g.utan_regel() {
        return None;
    }
    let insatser = b.bokfort.bocker.insatser.iter();
    let mut lika = insatser.filter(|i| !i.reserv && sokform(&i.namn) == sokt);
    match (lika.next(), lika.next()) {
        (Some(i), None) => Some(Till {
            insats: i.id,
            bidrag: None,
            organisation: None,
        }),
        _ => None,
    }
}

/// A rule for each that is called as an initiative is.
pub(super) fn forslag(b: &Bokforing) -> Vec<Regel> {
    let alla = grupper(b).into_iter();
    let med = alla.filter_map(|g| Some((namne(b, &g)?, g.objekt)));
    med.map(|(till, objekt)| Regel {
        objekt,
        till: Some(till),
        ..Regel::default()
    })
    .collect()
}

/// One press for all that are called as an initiative is; `None` when none is.
pub(super) fn forslagsformular(a: &Inloggat, b: &Bokforing) -> Option<Formulardel> {
    let antal_regler = forslag(b).len();
    if antal_regler == 0 {
        return None;
    }
    let till = a.ett_formular(adress::koppling());
    let till = med_vad(till, Vad::Forslag, b).med_dolt("steg", "prova");
    let text = antal(
        antal_regler,
        "",
        "En sak utan plats heter som en insats. Du ser vad det gör med siffrorna innan det sparas.",
        "saker utan plats heter som var sin insats. Du ser vad det gör med siffrorna innan det \
         sparas.",
    );
    Some(
        Formulardel::ny(till, vec![], "Koppla efter namn")
            .under("efter-namn", "Koppla dem som heter som en insats", text)
            .andra(),
    )
}

/// What waits for a place.
pub(super) fn okopplade(a: &Inloggat, b: &Bokforing) -> Tabelldel {
    let far = a.far(Atgard::AndraKoppling);
    let kolumner = vec![
        Kolumn::ord("Märkt med"),
        Kolumn::ord("Konton"),
        Kolumn::ord("Därför att"),
        Kolumn::tal("Rader"),
        Kolumn::kr("Debet minus kredit"),
        Kolumn::ord("Välj"),
    ];
    let rader = grupper(b).into_iter().map(|g| {
        let till = adress::koppling()
            .fraga("objekt", &skriv_objekt(&g.objekt))
            .fraga("konton", &g.ensamt);
        let foreslagen = namne(b, &g).map(|t| t.insats.to_string());
        let vald = foreslagen.map_or(till.clone(), |id| till.clone().fraga("insats", &id));
        let valj = if far {
            let ingen = till.fraga("slag", "balans").vid("regel");
            Cell::Text(
                Text::default()
                    .lank(Lank::ny("Välj insats", vald.vid("regel")).om(g.ord.clone()))
                    .ord(" · ")
                    .lank(Lank::ny("Räknas inte", ingen).om(g.ord.clone())),
            )
        } else {
            Cell::Kort("väntar".to_owned(), false)
        };
        let varfor: Vec<String> = g.varfor.iter().map(|v| b.bokfort.varfor(*v)).collect();
        let konton: Vec<String> = g.konton.iter().take(6).map(u32::to_string).collect();
        let mer = if g.konton.len() > 6 { " …" } else { "" };
        Rad::ny(vec![
            Cell::rubrik(g.ord),
            format!("{}{mer}", konton.join(", ")).into(),
            varfor.join(" ").into(),
            hela(g.rader).into(),
            kr(g.ore).into(),
            valj,
        ])
    });
    let rader: Vec<Rad> = rader.collect();
    let rubrik = antal(
        rader.len(),
        "Allt som är bokfört har sin plats",
        "En sak att välja plats för",
        "saker att välja plats för",
    );
    let caption = "Kostnader och intäkter utan insats, störst belopp först, kronor";
    Tabelldel {
        id: "okopplade".into(),
        rubrik,
        text: "Det här räknas inte i någon siffra. Hör något inte till någon insats väljer du \
               Räknas inte."
            .into(),
        tabell: Tabell::ny("okopplade-t", caption, kolumner, rader)
            .klass("bredd")
            .tomt("Inget väntar."),
    }
}
