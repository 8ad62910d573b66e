//! What a full-time year costs according to the books: what was distributed to an initiative,
//! divided by the positions it pays.

use crate::adress;
use crate::siffror::{Siffror, varde};
use utfall_domain::faktum::Enhet;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::kalkyl::{arsarbetare_i_ord, heltidsmanader_ar, per_heltid};
use utfall_domain::pengar::Ore;
use utfall_domain::varde::Varde;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// A row for each initiative and year whose positions are known; `None` without any.
pub fn tabell(s: &Siffror<'_>, insatser: &[&Insats]) -> Option<Tabell> {
    let mut rader = Vec::new();
    for i in insatser {
        let fran = i.tjanster.iter().filter_map(|t| t.ar).min();
        let till = i.tjanster.iter().filter_map(|t| t.till_ar.or(t.ar)).max();
        let Some((fran, till)) = fran.zip(till) else {
            continue;
        };
        for ar in fran..=till {
            rader.extend(rad(s, i, ar));
        }
    }
    if rader.is_empty() {
        return None;
    }
    let kolumner = vec![
        Kolumn::ord("Insats och år"),
        Kolumn::ord("Tjänster"),
        Kolumn::tal("Heltider\növer året"),
        Kolumn::kr("Budget"),
        Kolumn::kr("En heltid\nett år"),
    ];
    let caption = "Kronor. En heltid är insatsens budget delad med heltiderna: det som räcker \
                   för en person på heltid från januari till december.";
    Some(Tabell::ny("heltider", caption, kolumner, rader).klass("bredd smal"))
}

fn rad(s: &Siffror<'_>, i: &Insats, ar: i16) -> Option<Rad> {
    let manader = heltidsmanader_ar(&i.tjanster, ar)?;
    let urval = Urval::insats(i.id).ar(ar);
    let belopp = s.kant(Matt::Budget, &urval)?;
    let en = per_heltid(Ore(belopp), manader)?;
    let tjanster: Vec<&str> = i.tjanster.iter().map(|t| t.beskrivning.as_str()).collect();
    Some(Rad::ny(vec![
        Cell::rubriklank(
            format!("{}, {ar}", i.namn),
            adress::kalkyl(&i.slug).fraga("ar", &ar.to_string()),
            None,
        ),
        crate::ram::stor_forst(&tjanster.join(", ")).into(),
        Cell::Kort(arsarbetare_i_ord(manader), true),
        s.tal(Matt::Budget, &urval).into(),
        varde(Varde::Kant(en.0), Enhet::Ore).into(),
    ]))
}
