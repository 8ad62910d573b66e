//! The paper that asks for money: how much, for when, on what ground, and who certifies it.

use super::{Byggare, Fakta, ord, rad, rubrik};
use crate::medel::{IPerioden, i_perioden};
use crate::rapporter::bokfort::Verifikationer;
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_domain::id::{MedelspostId, OrganisationId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::betalning;
use utfall_domain::medel::post::{Innehall, Medelspost, sakens};
use utfall_domain::medel::rekvisition::{
    Intygande, Lage, Rekvisition, Rekvisitionssteg, Riktning, alla,
};
use utfall_domain::medel::villkor::{self, Villkor};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::sammanstallning::{Del, Ord, Siffercell, Sifferrad, Siffertabell};
use utfall_domain::rapport::{Beskedsslag, Kolumn, Radslag, Underskrift};
use utfall_domain::tid::{self, i_ord};
use utfall_domain::varde::Varde;

/// A requisition with what belongs to it, as of the report's day.
pub(super) struct Underlag {
    r: Rekvisition,
    poster: Vec<Medelspost>,
    villkor: Option<Villkor>,
    /// Who certified it, and the day.
    intygat: Option<(Intygande, Date)>,
}

impl Underlag {
    pub(super) fn av(b: &Byggare<'_>, sak: MedelspostId) -> Option<Self> {
        let poster = b.bok.poster();
        let r = alla(&poster).into_iter().find(|r| r.id == sak)?;
        let bidrag = r.om.bidrag.and_then(|id| b.bok.bidrag(id));
        let villkor = bidrag.map(|x| villkor::gallande(&poster, x, r.om.ar));
        let intygat = intygat(&poster, sak);
        Some(Self {
            r,
            poster,
            villkor,
            intygat,
        })
    }

    /// Who signs besides those whom somebody has written: whoever certified it, by role.
    pub(super) fn underskrift(&self) -> Option<Underskrift> {
        let (intygande, _) = self.intygat.as_ref()?;
        Some(Underskrift {
            namn: String::new(),
            roll: format!(
                "{}, som intygar uppgifterna",
                super::versal(&intygande.roll)
            ),
        })
    }
}

/// What was certified when it was sent: it stands when it has been granted and paid too.
fn intygat(poster: &[Medelspost], sak: MedelspostId) -> Option<(Intygande, Date)> {
    let skickad = |p: &&Medelspost| match &p.post.innehall {
        Innehall::Rekvisition(Rekvisitionssteg::Skicka { dag, intygande }) => {
            Some((intygande.clone(), *dag))
        }
        _ => None,
    };
    sakens(poster, sak).iter().find_map(skickad)
}

/// Why the paper cannot be issued: nobody has certified what it says, or nothing came of it.
pub(crate) fn prova(poster: &[Medelspost], sak: MedelspostId) -> Result<(), Problem> {
    let r = alla(poster).into_iter().find(|r| r.id == sak);
    let r = r.ok_or_else(Problem::finns_inte)?;
    match r.lage {
        Lage::Utkast => Err(Problem::ogiltigt(
            "rekvisition-inte-skickad",
            format!(
                "Rekvisition {} är inte skickad, så ingen har intygat uppgifterna.",
                r.nummer
            ),
            "Skicka rekvisitionen först. Då prövas också att beloppet ryms.",
        )),
        Lage::Avslagen { .. } | Lage::Aterkallad { .. } => Err(Problem::ogiltigt(
            "rekvisition-utan-verkan",
            format!("Rekvisition {} är {}.", r.nummer, r.lage.text()),
            "Skriv en ny rekvisition och gör handlingen av den.",
        )),
        Lage::Inskickad { .. } | Lage::Beviljad { .. } | Lage::Utbetald { .. } => Ok(()),
    }
}

pub(super) fn rekvisition(b: &Byggare<'_>, sak: MedelspostId) -> (Fakta, Vec<Del>) {
    let Some(u) = Underlag::av(b, sak) else {
        let text = "Rekvisitionen fanns inte den här dagen.";
        let del = Del::Stycke {
            ord: vec![ord(text)],
        };
        return (Vec::new(), vec![del]);
    };
    let mut delar = begaran(b, &u);
    delar.push(Del::Tabell(ramen(b, &u)));
    delar.extend(underlaget(b, &u));
    delar.extend(verifikationerna(b));
    delar.extend(b.kapitel("underlag"));
    let egna = b.punkter("meddelanden");
    if !egna.is_empty() {
        delar.push(rubrik(1, "Till mottagaren", "text-meddelanden"));
        delar.push(Del::Lista { punkter: egna });
    }
    delar.extend(intygandet(&u));
    (fakta(b, &u), delar)
}

/// Our own entry in the register, when there is one.
fn vi(b: &Byggare<'_>) -> Option<OrganisationId> {
    let namn = &b.bok.huvudman.namn;
    let jag = b.bok.organisationer.iter().find(|o| o.heter(namn));
    jag.map(|o| o.id)
}

/// Who asks and who is asked.
fn parterna(b: &Byggare<'_>, u: &Underlag) -> (String, String) {
    let vi = b.bok.huvudman.namn.clone();
    match u.r.uppgift.riktning {
        Riktning::TillFinansiar => {
            let bidrag = u.r.om.bidrag.and_then(|id| b.bok.bidrag(id));
            let till = bidrag.map_or("", |x| b.bok.organisationsnamn(x.finansiar));
            (vi, till.to_owned())
        }
        Riktning::FranPart => {
            let part = u.r.om.organisation.map(|id| b.bok.organisationsnamn(id));
            let insats = u.r.om.insats.and_then(|id| b.bok.insats(id));
            let fran = part.or_else(|| insats.map(|i| i.namn.as_str()));
            (fran.unwrap_or_default().to_owned(), vi)
        }
    }
}

fn fakta(b: &Byggare<'_>, u: &Underlag) -> Fakta {
    let (fran, till) = parterna(b, u);
    let mut ut: Vec<(String, Vec<Ord>)> = Vec::new();
    let mut lagg = |namn: &str, varde: Vec<Ord>| ut.push((namn.to_owned(), varde));
    lagg("Rekvisition", vec![ord(format!("nummer {}", u.r.nummer))]);
    lagg("Från", vec![ord(fran)]);
    lagg("Till", vec![ord(till)]);
    if let Some(bidrag) = u.r.om.bidrag.and_then(|id| b.bok.bidrag(id)) {
        lagg("Bidrag", vec![ord(bidrag.namn.clone())]);
    }
    if let Some(insats) = u.r.om.insats.and_then(|id| b.bok.insats(id)) {
        lagg("Insats", vec![ord(insats.namn.clone())]);
    }
    let nummer = u.villkor.as_ref().and_then(|v| v.diarienummer.clone());
    lagg("Diarienummer", vec![ord(saknas(nummer))]);
    let grund = u.villkor.as_ref().and_then(|v| v.lagstod.clone());
    if let Some(grund) = grund {
        lagg("Rättslig grund", vec![ord(grund)]);
    }
    lagg("Period", vec![ord(perioden(u))]);
    lagg("Begärt belopp", beloppet(b, u));
    lagg("Läge", vec![ord(laget(u))]);
    lagg("Betalas till", vec![ord(saknas(betalning(b, u)))]);
    ut
}

/// What nobody has registered is said to be so.
fn saknas(sagt: Option<String>) -> String {
    sagt.unwrap_or_else(|| "inte registrerat".to_owned())
}

fn perioden(u: &Underlag) -> String {
    let (fran, till) = (u.r.uppgift.fran, u.r.uppgift.till);
    format!("{} till {}", i_ord(fran), i_ord(till))
}

fn laget(u: &Underlag) -> String {
    match &u.r.lage {
        Lage::Utkast => "utkast, inte skickad".to_owned(),
        Lage::Inskickad { dag, .. } => format!("skickad {}", i_ord(*dag)),
        Lage::Avslagen { dag } => format!("avslagen {}", i_ord(*dag)),
        Lage::Aterkallad { dag } => format!("återkallad {}", i_ord(*dag)),
        Lage::Beviljad { dag, belopp } => {
            format!("beviljad {}: {}\u{a0}kr", i_ord(*dag), Ore(*belopp))
        }
        Lage::Utbetald { dag, belopp } => {
            format!("utbetald {}: {}\u{a0}kr", i_ord(*dag), Ore(*belopp))
        }
    }
}

/// How whoever gets the money is paid, as it is registered.
fn betalning(b: &Byggare<'_>, u: &Underlag) -> Option<String> {
    let vem = match u.r.uppgift.riktning {
        Riktning::TillFinansiar => vi(b)?,
        Riktning::FranPart => u.r.om.organisation?,
    };
    let nu = betalning::laget(&u.poster, vem)?;
    let mut ut = format!("{}, {}", b.bok.organisationsnamn(vem), nu.uppgift.i_ord());
    if nu.obekraftad() {
        ut.push_str(" (kontot är ändrat och ingen annan har bekräftat det)");
    }
    Some(ut)
}

/// What the figure of the requisition is about.
fn urval(u: &Underlag) -> Urval {
    Urval {
        bidrag: u.r.om.bidrag,
        ar: u.r.om.ar,
        insats: match u.r.uppgift.riktning {
            Riktning::TillFinansiar => None,
            Riktning::FranPart => u.r.om.insats,
        },
        ..Urval::default()
    }
}

const fn matten(riktning: Riktning) -> (Matt, Matt) {
    match riktning {
        Riktning::TillFinansiar => (Matt::Tilldelat, Matt::BegartHittills),
        Riktning::FranPart => (Matt::Fordelat, Matt::RekvireratAvPart),
    }
}

/// The amount as it stands in the ledger, with its derivation; of a draft as it is written.
fn beloppet(b: &Byggare<'_>, u: &Underlag) -> Vec<Ord> {
    let (_, begart) = matten(u.r.uppgift.riktning);
    let egen = Urval {
        period: Some(u.r.uppgift.fran),
        ..urval(u)
    };
    if u.r.om.faktum.is_some() && b.bok.varde(begart, &egen) == Varde::Kant(u.r.uppgift.belopp) {
        return vec![Ord::Siffra(b.siffra(begart, &egen))];
    }
    vec![Ord::Stark(format!("{}\u{a0}kr", Ore(u.r.uppgift.belopp)))]
}

/// What is asked for, in a sentence.
fn begaran(b: &Byggare<'_>, u: &Underlag) -> Vec<Del> {
    let (fran, till) = parterna(b, u);
    let mut mening = vec![ord(format!("{fran} rekvirerar "))];
    mening.extend(beloppet(b, u));
    mening.push(ord(format!(" av {till} för perioden {}.", perioden(u))));
    if u.r.uppgift.sista {
        mening.push(ord(" Det är årets sista rekvisition."));
    }
    let mut ut = vec![rubrik(1, "Begäran", "begaran"), Del::Stycke { ord: mening }];
    if let Some(skal) = &u.r.uppgift.retroaktiv {
        ut.push(Del::Stycke {
            ord: vec![
                Ord::Stark("Perioden börjar före beslutet om pengarna: ".to_owned()),
                ord(skal.clone()),
            ],
        });
    }
    if b.ram.utfardas.is_none() && u.intygat.is_none() {
        ut.push(Del::Besked {
            allvar: Beskedsslag::Varning,
            ord: vec![ord(
                "Rekvisitionen är inte skickad. Handlingen kan utfärdas när uppgifterna är \
                 intygade.",
            )],
        });
    }
    ut
}

/// What the amount is taken of.
fn ramen(b: &Byggare<'_>, u: &Underlag) -> Siffertabell {
    let (ram, begart) = matten(u.r.uppgift.riktning);
    let om = urval(u);
    let namn = match u.r.uppgift.riktning {
        Riktning::TillFinansiar => {
            u.r.om
                .bidrag
                .and_then(|id| b.bok.bidrag(id))
                .map(|x| &x.namn)
        }
        Riktning::FranPart => {
            u.r.om
                .insats
                .and_then(|id| b.bok.insats(id))
                .map(|i| &i.namn)
        }
    };
    let (rubriken, kolumn, hittills) = match u.r.uppgift.riktning {
        Riktning::TillFinansiar => ("Bidraget", "Tilldelat", begart.text()),
        Riktning::FranPart => ("Insatsens pengar", "Fördelat", "Rekvirerat hittills"),
    };
    let (kvar, not) = match (&u.r.lage, u.r.uppgift.sista) {
        (Lage::Utkast, _) => (
            "Kvar att begära",
            "Utkastet räknas som begärt först när det är skickat.",
        ),
        (_, true) => (
            "Begärs inte",
            "Det är årets sista rekvisition: resten begärs inte.",
        ),
        (_, false) => ("Kvar att begära", ""),
    };
    let ar = u.r.om.ar.map_or_else(String::new, |ar| format!(" {ar}"));
    Siffertabell {
        rubrik: format!(
            "{rubriken}{ar} och det som är begärt, denna rekvisition medräknad, kronor."
        ),
        kolumner: vec![
            Kolumn::ord("Gäller"),
            Kolumn::tal(kolumn),
            Kolumn::tal(hittills),
            Kolumn::skillnad(kvar, 1, 2),
        ],
        rader: vec![rad(
            Radslag::Vanlig,
            namn.cloned().unwrap_or_default(),
            vec![b.cell(ram, &om), b.cell(begart, &om), Siffercell::Raknad],
        )],
        not: not.to_owned(),
    }
}

/// What was used of it, kind by kind: the months of the period that are booked in full.
fn underlaget(b: &Byggare<'_>, u: &Underlag) -> Vec<Del> {
    let i = i_perioden(b.bok, &u.r, b.ram.per.0);
    let mut ut = vec![rubrik(1, "Underlag", "underlaget")];
    let stycke = |text: &str| Del::Stycke {
        ord: vec![ord(text.to_owned())],
    };
    let hel = i.hel.filter(|hel| b.har(Matt::AnvantTill, &i.till(*hel)));
    let Some(hel) = hel else {
        let text = match b.har(Matt::AnvantInsats, &i.urval) {
            true => "Inget är bokfört i någon av periodens månader som är hela i bokföringen. ",
            false => "Inget är bokfört på bidraget för perioden. ",
        };
        ut.push(stycke(&format!("{text}{I_FORSKOTT}")));
        return ut;
    };
    ut.push(Del::Tabell(anvant(b, u, (&i, hel))));
    if i.ore.is_none_or(|ore| u.r.uppgift.belopp > ore) {
        ut.push(stycke(
            "Det begärda beloppet är större än det som är bokfört i perioden. Skillnaden begärs i \
             förskott eller styrks på annat sätt.",
        ));
    }
    ut
}

/// What is asked for without being booked.
const I_FORSKOTT: &str = "Beloppet begärs i förskott eller styrks på annat sätt.";

fn anvant(b: &Byggare<'_>, u: &Underlag, (i, hel): (&IPerioden, Date)) -> Siffertabell {
    let vid = |om: &Urval, dag: Date| Urval {
        period: Some(dag),
        ..om.clone()
    };
    let slag: BTreeSet<String> = b
        .bok
        .matt(Matt::AnvantInsats, &i.urval)
        .rader
        .into_iter()
        .filter_map(|id| b.bok.faktum(id)?.galler().kategori.clone())
        .collect();
    let bokfort_fore = i
        .fore
        .is_some_and(|dag| b.har(Matt::AnvantTill, &i.till(dag)));
    let celler = |om: &Urval| {
        let till = b.cell(Matt::AnvantTill, &vid(om, hel));
        match i.fore {
            None => vec![till],
            Some(dag) => vec![
                b.cell(Matt::AnvantTill, &vid(om, dag)),
                till.clone(),
                // A kind of cost that begins in the period is all of it.
                if bokfort_fore && !b.har(Matt::AnvantTill, &vid(om, dag)) {
                    till
                } else {
                    Siffercell::Raknad
                },
            ],
        }
    };
    let mut rader: Vec<Sifferrad> = slag
        .into_iter()
        .map(|slag| (i.urval.clone().for_kategori(slag.clone()), slag))
        // What begins after the last month that is booked in full is not in the table.
        .filter(|(om, _)| b.har(Matt::AnvantTill, &vid(om, hel)))
        .map(|(om, slag)| rad(Radslag::Vanlig, slag, celler(&om)))
        .collect();
    rader.push(rad(Radslag::Summa, "Allt som är använt", celler(&i.urval)));
    let sist = tid::manad(hel.month());
    let klar = hel.month() >= u.r.uppgift.till.month();
    Siffertabell {
        rubrik: format!(
            "Använt av pengarna {}, hela månader, kronor. Intäkter är minus.",
            hel.year()
        ),
        kolumner: kolumnerna(i.fore, (sist, klar)),
        rader,
        not: match klar {
            true => String::new(),
            false => format!("Bokföringen är hel till och med {sist}."),
        },
    }
}

/// Used in the period, told from what was used before it in the year. The books may end before
/// the period does, and then it says where.
fn kolumnerna(fore: Option<Date>, (sist, klar): (&str, bool)) -> Vec<Kolumn> {
    let i_perioden = match klar {
        true => "Använt i perioden".to_owned(),
        false => format!("Använt i perioden till och med {sist}"),
    };
    let slag = Kolumn::ord("Kostnadsslag");
    match fore {
        None => vec![slag, Kolumn::tal(i_perioden)],
        Some(dag) => vec![
            slag,
            Kolumn::tal(format!("Till och med {}", tid::manad(dag.month()))),
            Kolumn::tal(format!("Till och med {sist}")),
            Kolumn::skillnad(i_perioden, 2, 1),
        ],
    }
}

/// The vouchers behind it: names only.
fn verifikationerna(b: &Byggare<'_>) -> Vec<Del> {
    let Some(besked) = b.ram.bokforing.filter(|x| !x.bakom.is_empty()) else {
        return Vec::new();
    };
    let punkt = |(slag, v): (&Option<String>, &Verifikationer)| {
        let slag = slag.as_deref().unwrap_or("Utan kostnadsslag");
        let mut text = format!(" {} verifikationer: {}", v.antal, v.namn.join(", "));
        if v.antal == 1 {
            text = format!(" en verifikation: {}", v.namn.join(", "));
        }
        let fler = v.antal.saturating_sub(v.namn.len());
        let slut = match fler {
            0 => ".".to_owned(),
            n => format!(" och {n} till."),
        };
        vec![Ord::Stark(format!("{slag}:")), ord(text + &slut)]
    };
    vec![
        rubrik(2, "Verifikationer", "verifikationer"),
        Del::Lista {
            punkter: besked.bakom.iter().map(punkt).collect(),
        },
    ]
}

/// What was certified, when and in what role.
fn intygandet(u: &Underlag) -> Vec<Del> {
    let Some((intygande, dag)) = &u.intygat else {
        return Vec::new();
    };
    vec![
        rubrik(1, "Intygande", "intygande"),
        Del::Stycke {
            ord: vec![ord(intygande.text.clone())],
        },
        Del::Stycke {
            ord: vec![ord(format!(
                "Intygat {} i rollen {}.",
                i_ord(*dag),
                intygande.roll
            ))],
        },
    ]
}
