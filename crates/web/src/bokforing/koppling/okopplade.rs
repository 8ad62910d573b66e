//! What belongs nowhere yet, the largest first, and those that can be told by their names.

use super::{Vad, med_vad};
use crate::adress;
use crate::anrop::Inloggat;
use crate::bokforing::okopplat::{Grupp, att_koppla, grupper};
use crate::bokforing::{Namnen, hela, kr};
use crate::ram::stor_forst;
use crate::siffror::antal;
use std::collections::BTreeMap;
use utfall_app::bokforing::Bokforing;
use utfall_behorighet::Atgard;
use utfall_domain::medel::kontering::{Konteringsslag, Regel, Till, Varfor, skriv_objekt};
use utfall_domain::svensk::sokform;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::sidor::{Formulardel, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// The initiative that it is called as, when there is just one.
fn namne(b: &Bokforing, g: &Grupp) -> Option<Till> {
    let mut namn = g.namn.iter();
    let (Some(namn), None) = (namn.next(), namn.next()) else {
        return None;
    };
    let sokt = sokform(namn);
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
    let alla = grupper(&b.okopplade, &Namnen::av(&b.namn)).into_iter();
    let med = alla.filter_map(|g| Some((g.objekt.clone(), namne(b, &g)?)));
    // Costs and income with the same mark are one rule's.
    let med: BTreeMap<_, _> = med.collect();
    med.into_iter()
        .map(|(objekt, till)| Regel {
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
        "En sak att koppla heter som en insats. Du ser vad det gör med siffrorna innan det sparas.",
        "saker att koppla heter som var sin insats. Du ser vad det gör med siffrorna innan det \
         sparas.",
    );
    Some(
        Formulardel::ny(till, vec![], "Koppla efter namn")
            .under("efter-namn", "Koppla dem som heter som en insats", text)
            .andra(),
    )
}

/// The ways on: to an initiative, or to nothing. What is not to count is just this, and not what
/// else has the same mark.
fn valj(b: &Bokforing, far: bool, g: &Grupp) -> Cell {
    if !far {
        return Cell::Kort("väntar".to_owned(), false);
    }
    let ensamt = g.ensamt.map(|k| k.to_string()).unwrap_or_default();
    let egna: Vec<String> = g.konton.iter().map(u32::to_string).collect();
    let till = adress::koppling().fraga("objekt", &skriv_objekt(&g.objekt));
    let vald = till.clone().fraga("konton", &ensamt);
    let vald = match namne(b, g) {
        Some(t) => vald.fraga("insats", &t.insats.to_string()),
        None => vald,
    };
    let bara = if g.delad { egna.join(", ") } else { ensamt };
    let ingen = till.fraga("konton", &bara).fraga("slag", "balans");
    let slag = g.slag.map_or("", Konteringsslag::text);
    let om = if g.delad {
        format!("{}, {slag}", g.heter())
    } else {
        g.heter()
    };
    Cell::Text(
        Text::default()
            .lank(Lank::ny("Välj insats", vald.vid("regel")).om(om.clone()))
            .ord(" · ")
            .lank(Lank::ny("Räknas inte", ingen.vid("regel")).om(om)),
    )
}

/// What waits for a place.
pub(super) fn okopplade(a: &Inloggat, b: &Bokforing) -> Tabelldel {
    let far = a.far(Atgard::AndraKoppling);
    let grupper = grupper(&b.okopplade, &Namnen::av(&b.namn));
    // The common reason goes without saying.
    let varfor = |g: &Grupp| -> String {
        let egna = g.varfor.iter().filter(|v| **v != Varfor::IngenRegel);
        let egna: Vec<String> = egna.map(|v| b.bokfort.varfor(*v)).collect();
        egna.join(" ")
    };
    let med_skal = grupper.iter().any(|g| !varfor(g).is_empty());
    let mut kolumner = vec![
        Kolumn::ord("Märkt med"),
        Kolumn::ord("Slag"),
        Kolumn::ord("Konton"),
    ];
    kolumner.extend(med_skal.then(|| Kolumn::ord("Därför att")));
    kolumner.extend([
        Kolumn::tal("Rader"),
        Kolumn::kr("Debet minus kredit"),
        Kolumn::ord("Välj"),
    ]);
    let rader = grupper.into_iter().map(|g| {
        let konton: Vec<String> = g.konton.iter().take(6).map(u32::to_string).collect();
        let mer = if g.konton.len() > 6 { " …" } else { "" };
        let slag = g.slag.map(|s| stor_forst(s.text())).unwrap_or_default();
        let mut celler = vec![
            Cell::rubrik(g.heter()),
            Cell::Kort(slag, false),
            format!("{}{mer}", konton.join(", ")).into(),
        ];
        celler.extend(med_skal.then(|| varfor(&g).into()));
        celler.extend([hela(g.rader).into(), kr(g.ore).into(), valj(b, far, &g)]);
        Rad::ny(celler)
    });
    let rader: Vec<Rad> = rader.collect();
    let rubrik = att_koppla(rader.len(), "Allt som är bokfört har sin plats");
    let caption = "Kostnader och intäkter utan insats, störst belopp först, kronor";
    Tabelldel {
        id: "okopplade".into(),
        rubrik,
        text: "Det här räknas inte i någon siffra, för ingen regel säger vart det hör. Hör något \
               inte till någon insats väljer du Räknas inte."
            .into(),
        tabell: Tabell::ny("okopplade-t", caption, kolumner, rader)
            .klass("bredd")
            .tomt("Inget väntar."),
    }
}
