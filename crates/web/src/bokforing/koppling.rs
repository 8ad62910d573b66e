//! Which accounts belong to which initiatives: the rules, what no rule is about yet, and what
//! a change would do before it is saved.

mod fil;
mod formular;
mod okopplade;

pub use fil::{kopplingsfil, las_in_koppling};
use formular::{behallformular, med_vad, omformular, regelformular};
use okopplade::{forslag, forslagsformular, okopplade};

use super::okopplat::antal_saker;
use super::{andringar, over};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::medelsfalt::efter_avslut;
use crate::ram::stor_forst;
use crate::siffror::{antal, klockslag};
use crate::svar::Svar;
use std::collections::BTreeSet;
use utfall_app::Brister;
use utfall_app::bokforing::{Bokforing, SparaKoppling};
use utfall_behorighet::Atgard;
use utfall_domain::id::{BidragId, InsatsId, OrganisationId};
use utfall_domain::medel::kontering::{
    Andrad, Behall, Konteringsslag, Koppling, Onskade, Regel, Till, las_konton, las_objekt_med,
};
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// Cost kinds to choose from; any words will do.
const KOSTNADSSLAG: [&str; 6] = [
    "Personal",
    "Ungdomslöner",
    "Externa handledare",
    "Kurser",
    "Lokaler",
    "Material",
];

/// What a form of the page changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vad {
    Ny,
    Andra(usize),
    Bort(usize),
    Behall,
    /// A rule for each that is called as an initiative is.
    Forslag,
    /// The whole of it, out of a file.
    Fil,
    /// Nothing but the figures, by the distribution as it is now.
    Om,
}

impl Vad {
    fn av(kod: &str, nr: Option<i64>) -> Self {
        let nr = nr
            .and_then(|nr| usize::try_from(nr).ok())
            .and_then(|nr| nr.checked_sub(1));
        match (kod, nr) {
            ("andra", Some(nr)) => Self::Andra(nr),
            ("bort", Some(nr)) => Self::Bort(nr),
            ("behall", _) => Self::Behall,
            ("forslag", _) => Self::Forslag,
            ("fil", _) => Self::Fil,
            ("om", _) => Self::Om,
            _ => Self::Ny,
        }
    }

    const fn kod(self) -> (&'static str, usize) {
        match self {
            Self::Ny => ("ny", 0),
            Self::Andra(nr) => ("andra", nr.saturating_add(1)),
            Self::Bort(nr) => ("bort", nr.saturating_add(1)),
            Self::Behall => ("behall", 0),
            Self::Forslag => ("forslag", 0),
            Self::Fil => ("fil", 0),
            Self::Om => ("om", 0),
        }
    }
}

/// GET `/bokforing/koppling`.
pub async fn koppling(a: Inloggat) -> Resultat {
    let b = a.webb.tjanst.bokforing(&a.session.aktor).await?;
    let vad = Vad::av(a.fraga.text("vad"), a.fraga.tal("nr"));
    Svar::sida(&sida(&a, &b, vad, &[]))
}

fn sida(a: &Inloggat, b: &Bokforing, vad: Vad, fel: &[Problem]) -> Tabellsida {
    let mut formular = Vec::new();
    if a.far(Atgard::AndraKoppling) {
        formular.extend(omformular(a, b));
        formular.push(regelformular(a, b, vad, fel));
        formular.extend(forslagsformular(a, b));
        formular.push(behallformular(a, b));
        formular.push(fil::filformular(a, b, vad, fel));
    }
    let mut ram = a.ram();
    let falt: Vec<Falt> = formular.iter().flat_map(|d| &d.falt).cloned().collect();
    ram.fel = sammanfattning("Kopplingen sparades inte", &falt, fel);
    let namn = |id| {
        b.bokfort
            .bocker
            .anvandare
            .get(&id)
            .cloned()
            .unwrap_or_default()
    };
    let ingress = b.versioner.first().map_or_else(
        || "Inga regler än. Det som är bokfört räknas när du har sagt vart det hör.".to_owned(),
        |v| {
            format!(
                "Version {}, sparad {} av {}: {}",
                v.version,
                klockslag(v.registrerad),
                namn(v.registrerad_av),
                v.orsak
            )
        },
    );
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny("Koppling till insatser", ingress).under(over()),
        delar: std::iter::once(regler(a, b))
            .chain(foretraden(b))
            .chain(std::iter::once(okopplade(a, b)))
            .collect(),
        formular,
        ..Tabellsida::default()
    }
}

fn hor_till(b: &Bokforing, till: Option<Till>) -> String {
    let Some(till) = till else {
        return String::new();
    };
    let bocker = &b.bokfort.bocker;
    let mut delar = vec![bocker.insats(till.insats).map_or("", |i| i.namn.as_str())];
    delar.extend(
        till.bidrag
            .and_then(|id| bocker.bidrag(id))
            .map(|x| x.namn.as_str()),
    );
    delar.extend(till.organisation.map(|id| bocker.organisationsnamn(id)));
    delar.join(", ")
}

fn regler(a: &Inloggat, b: &Bokforing) -> Tabelldel {
    let kolumner = ["Gäller", "År", "Hör till", "Slag", "Kostnadsslag", "Ändra"].map(Kolumn::ord);
    let koppling = b.bokfort.regler();
    let far = a.far(Atgard::AndraKoppling);
    let rader = (1_usize..).zip(&koppling.regler).map(|(nr, r)| {
        let nr_text = nr.to_string();
        let till = |vad: &str| adress::koppling().fraga("vad", vad).fraga("nr", &nr_text);
        let vem = r.to_string();
        let andra = if far && (b.far_namn || !r.namnger()) {
            Text::default()
                .lank(Lank::ny("Ändra", till("andra").vid("regel")).om(vem.clone()))
                .ord(" · ")
                .lank(Lank::ny("Ta bort", till("bort").vid("regel")).om(vem.clone()))
        } else {
            "".into()
        };
        Rad::ny(vec![
            Cell::rubrik(format!("{nr}. {}", stor_forst(&vem))),
            Cell::Kort(r.aren(), false),
            hor_till(b, r.till).into(),
            r.slag.map_or("", Konteringsslag::text).into(),
            r.kostnadsslag.clone().unwrap_or_default().into(),
            Cell::Text(andra),
        ])
    });
    Tabelldel {
        id: "regler".into(),
        rubrik: "Regler".into(),
        text: Text::from(
            "En regel gäller alla år om den inte säger vilka. Säger den inget bidrag hör raderna \
             till det som fördelar pengar till insatsen det året. Är de flera delas beloppet efter \
             vad de fördelar. Träffar flera regler går den närmaste före: flest objekt, sedan eget \
             företag, sedan vissa år, sedan minst antal konton. ",
        )
        .lank(Lank::ny("Hämta reglerna som fil", adress::kopplingsfil())),
        tabell: Tabell::ny(
            "regler-t",
            "I den ordning de lades till. Det som är tomt säger en annan regel, eller kontot",
            kolumner.to_vec(),
            rader.collect(),
        )
        .klass("bredd")
        .tomt("Det finns inga regler än."),
    }
}

/// Where rules meet and say different things: which goes before which, and why.
fn foretraden(b: &Bokforing) -> Option<Tabelldel> {
    const FLEST: usize = 50;
    let koppling = b.bokfort.regler();
    let alla = koppling.foretraden();
    if alla.is_empty() {
        return None;
    }
    let namn = |nr: usize| {
        let regel = koppling.regler.get(nr).map(ToString::to_string);
        format!(
            "{}. {}",
            nr.saturating_add(1),
            stor_forst(&regel.unwrap_or_default())
        )
    };
    let rader = alla.iter().take(FLEST).map(|(en, annan, skal)| {
        Rad::ny(vec![
            Cell::rubrik(namn(*en)),
            namn(*annan).into(),
            stor_forst(skal).into(),
        ])
    });
    let kolumner = ["Går före", "Den här", "Därför att"]
        .map(Kolumn::ord)
        .to_vec();
    let caption = match alla.len().saturating_sub(FLEST) {
        0 => "Där båda träffar och säger olika".to_owned(),
        fler => format!("Där båda träffar och säger olika. {fler} till visas inte."),
    };
    Some(Tabelldel {
        id: "foretraden".into(),
        rubrik: "När flera regler träffar".into(),
        text: Text::default(),
        tabell: Tabell::ny("foretraden-t", caption, kolumner, rader.collect()).klass("bredd"),
    })
}

/// What the form asks for: the whole of the new mapping.
fn tolka(a: &Inloggat, b: &Bokforing, vad: Vad) -> (Koppling, Brister) {
    let mut fel = Brister::default();
    let mut ny = b.hela_regler();
    match vad {
        Vad::Bort(nr) => {
            if nr < ny.regler.len() {
                ny.regler.remove(nr);
            }
        }
        Vad::Behall => {
            let ja = |namn: &str| a.formular.text(namn) == "ja";
            let med = |dim: &u32| ja(&format!("dim{dim}"));
            ny.behall = Behall {
                text: ja("text"),
                signatur: ja("signatur"),
                dimensioner: Behall::PERSONER.into_iter().filter(med).collect(),
            };
        }
        Vad::Om => {}
        Vad::Forslag => ny.regler.extend(forslag(b)),
        Vad::Fil => {
            let last = fil::las(a.formular.text("json").as_bytes(), b);
            ny = fel.prova(last).unwrap_or(ny);
        }
        Vad::Ny | Vad::Andra(_) => {
            let regel = regel(a, b, &mut fel);
            match vad {
                Vad::Andra(nr) => {
                    if let Some(gammal) = ny.regler.get_mut(nr) {
                        let orgnr = gammal.orgnr.take();
                        *gammal = Regel { orgnr, ..regel };
                    }
                }
                _ => ny.regler.push(regel),
            }
        }
    }
    fel.prova(b.prova_namn(&ny));
    (ny, fel)
}

/// The object of a dimension that is written with its name after it, as the tables write it.
fn heter(b: &Bokforing, dim: u32, skrivet: &str) -> Option<String> {
    let dim = dim.to_string();
    let egna = b.namn.iter().filter(|n| n.slag == dim);
    let mut lika = egna.filter(|n| format!("{} {}", n.kod, n.namn) == skrivet);
    lika.next().map(|n| n.kod.clone())
}

fn regel(a: &Inloggat, b: &Bokforing, fel: &mut Brister) -> Regel {
    let nej = |falt: &str, del: &str, gor: &str| {
        Problem::ogiltigt(
            "koppling-olaslig",
            format!("”{del}” går inte att läsa."),
            gor,
        )
        .i_falt(falt)
    };
    let f = &a.formular;
    let konton = las_konton(f.text("konton"))
        .map_err(|del| nej("konton", &del, "Skriv till exempel 5000-5999, 6110."));
    let objekt = las_objekt_med(f.text("objekt"), |dim, ord| heter(b, dim, ord)).map_err(|del| {
        nej(
            "objekt",
            &del,
            "Skriv till exempel projekt 2601, eller 6:2601.",
        )
    });
    let mut ar = |falt: &str| match f.text(falt).trim() {
        "" => None,
        skrivet => match skrivet.parse::<i16>() {
            Ok(ar) => Some(ar),
            Err(_) => {
                let nej = nej(
                    falt,
                    skrivet,
                    "Skriv året med fyra siffror, eller lämna tomt.",
                );
                fel.prova::<()>(Err(nej));
                None
            }
        },
    };
    let (fran_ar, till_ar) = (ar("fran-ar"), ar("till-ar"));
    let insats = f.tal("insats").and_then(InsatsId::ny);
    let (bidrag, organisation) = (
        f.tal("bidrag").and_then(BidragId::ny),
        f.tal("organisation").and_then(OrganisationId::ny),
    );
    if insats.is_none() && (bidrag.is_some() || organisation.is_some()) {
        let text = "Bidrag och nämnd hör till en insats.";
        let nej = Problem::ogiltigt("koppling-utan-insats", text, "Välj insatsen också.");
        fel.prova::<()>(Err(nej.i_falt("insats")));
    }
    Regel {
        orgnr: None,
        konton: fel.prova(konton).unwrap_or_default(),
        objekt: fel.prova(objekt).unwrap_or_default(),
        till: insats.map(|insats| Till {
            insats,
            bidrag,
            organisation,
        }),
        slag: Konteringsslag::av_kod(f.text("slag")),
        kostnadsslag: Some(f.text("kostnadsslag").to_owned()).filter(|t| !t.is_empty()),
        fran_ar,
        till_ar,
    }
}

/// POST `/bokforing/koppling`: shows what it would do, or saves it (`steg=spara`).
pub async fn andra_koppling(a: Inloggat) -> Resultat {
    let (tjanst, aktor) = (&a.webb.tjanst, &a.session.aktor);
    let b = tjanst.bokforing(aktor).await?;
    let vad = Vad::av(a.formular.text("vad"), a.formular.tal("nr"));
    let (ny, olasligt) = tolka(&a, &b, vad);
    let sparar = a.formular.text("steg") == "spara";
    let fall = SparaKoppling {
        sedd: a.formular.tal("version").unwrap_or(0),
        koppling: ny.clone(),
        orsak: if sparar {
            a.formular.lang("orsak")
        } else {
            "prövas".to_owned()
        },
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    let vid_falt = |fel: Vec<Problem>| -> Vec<Problem> {
        let flytta = |p: Problem| match p.falt.as_deref() {
            Some("regler") | None if vad == Vad::Fil => p.i_falt("fil"),
            Some("regler") | None => p.i_falt("konton"),
            _ => p,
        };
        fel.into_iter().map(flytta).collect()
    };
    if !sparar {
        let mut fel = olasligt.alla();
        if fel.is_empty() {
            fel = tjanst.brister(aktor, fall).await?.alla();
        }
        if fel.is_empty() {
            match tjanst.prova_koppling(aktor, ny).await {
                Ok((vill, andrade)) => {
                    let kvar = kvar(&b, &vill);
                    return Svar::sida(&prov(&a, &b, (vad, kvar), &andrade, &[]));
                }
                Err(nej) => fel.push(nej),
            }
        }
        return Svar::formularfel(&sida(&a, &b, vad, &vid_falt(fel)));
    }
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(adress::koppling())),
        Err(fel)
            if fel
                .iter()
                .all(|p| matches!(p.falt.as_deref(), Some("orsak" | "efter-avslut"))) =>
        {
            let (vill, andrade) = tjanst.prova_koppling(aktor, ny).await?;
            Svar::formularfel(&prov(&a, &b, (vad, kvar(&b, &vill)), &andrade, &fel))
        }
        Err(fel) => Svar::formularfel(&sida(&a, &b, vad, &vid_falt(fel))),
    }
}

/// How many things would be left to map.
fn kvar(b: &Bokforing, vill: &Onskade) -> usize {
    let vilka = vill.okopplade.iter();
    antal_saker(vilka.filter_map(|(id, o)| Some((&b.bokfort.konteringar.get(id)?.0, o.slag))))
}

/// What a change would do, with the yes.
fn prov(
    a: &Inloggat,
    b: &Bokforing,
    (vad, kvar): (Vad, usize),
    andrade: &[Andrad],
    fel: &[Problem],
) -> Tabellsida {
    let mut till = med_vad(a.ett_formular(adress::koppling()), vad, b).med_dolt("steg", "spara");
    for namn in [
        "objekt",
        "konton",
        "insats",
        "bidrag",
        "organisation",
        "slag",
        "kostnadsslag",
        "fran-ar",
        "till-ar",
        "text",
        "signatur",
        "dim7",
        "dim8",
        "dim9",
        "json",
    ] {
        if let Some(varde) = a.formular.som_sant(namn) {
            till = till.med_dolt(namn, varde);
        }
    }
    let orsak = Falt::ny("orsak", "Varför ändras kopplingen?", FaltSlag::Text)
        .varde(a.formular.som_sant("orsak").unwrap_or(""));
    let mut falt = vec![med_fel(orsak, fel)];
    let avslutade = b.bokfort.avslutade(andrade);
    if !avslutade.is_empty() {
        falt.push(med_fel(efter_avslut(a), fel));
    }
    let del = Formulardel::ny(till, falt, "Spara kopplingen")
        .avbryt(Lank::ny("Avbryt", adress::koppling()));
    let mut ram = a.ram();
    ram.fel = sammanfattning("Kopplingen sparades inte", &del.falt, fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny("Vad skulle ändras?", "Inget är sparat än.").under(vec![
            Lank::ny("Bokföring", adress::bokforing()),
            Lank::ny("Koppling till insatser", adress::koppling()),
        ]),
        besked: forebud(b, andrade, &avslutade, kvar),
        delar: vec![Tabelldel {
            id: "skulle".into(),
            rubrik: "Siffror som ändras".into(),
            text: Text::default(),
            tabell: andringar(&b.bokfort.bocker, andrade, "skulle-t"),
        }],
        formular: vec![del],
        ..Tabellsida::default()
    }
}

/// What would come of it, and which closed years it is about.
fn forebud(
    b: &Bokforing,
    andrade: &[Andrad],
    avslutade: &BTreeSet<(BidragId, i16)>,
    kvar: usize,
) -> Vec<Besked> {
    let aren: BTreeSet<i16> = andrade.iter().map(|a| a.nyckel.manad.year()).collect();
    let mut ut = vec![Besked::ny(
        Allvar::Upplysning,
        "så här blir det",
        foljd(andrade.len(), kvar),
    )];
    let senast = b.bokfort.summor.iter().map(|s| s.manad.year()).max();
    let tidigare = aren.iter().filter(|ar| Some(**ar) < senast);
    let tidigare: Vec<String> = tidigare.map(i16::to_string).collect();
    if let (false, Some(senast)) = (tidigare.is_empty(), senast) {
        let text = format!(
            "En regel gäller alla år om den inte säger vilka, så ändringen räknar också om det \
             som är bokfört före {senast}. Är det bara {senast} som är annorlunda: låt regeln \
             vara, och gör en till som gäller från {senast}."
        );
        let aren = tidigare.join(", ");
        ut.push(Besked::ny(
            Allvar::Varning,
            format!("siffrorna för {aren} ändras också"),
            text,
        ));
    }
    if !avslutade.is_empty() {
        let text = format!(
            "Ändringen rör {}. Den sparas bara som en rättelse efter avslutet.",
            b.bokfort.avslutade_i_ord(avslutade)
        );
        ut.push(Besked::ny(Allvar::Varning, "ett år är avslutat", text));
    }
    ut
}

/// What would come of it, in two sentences.
fn foljd(andrade: usize, kvar: usize) -> String {
    let siffror = antal(
        andrade,
        "Inga siffror ändras.",
        "En siffra ändras.",
        "siffror ändras.",
    );
    let rest = antal(
        kvar,
        "Inget blir kvar att koppla.",
        "En sak blir kvar att koppla.",
        "saker blir kvar att koppla.",
    );
    format!("{siffror} {rest}")
}
