//! Dela: one row of a distribution over several boards or grants, by amount or per cent.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::las;
use crate::medelsfalt;
use crate::svar::{Fel, Svar};
use std::collections::BTreeSet;
use utfall_app::medel::{Del, DelaFordelning, Delstorlek, cellens_fakta};
use utfall_app::{Bok, Brister};
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::{BidragId, FaktumId, OrganisationId};
use utfall_domain::insatser::Insats;
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::arsavslut;
use utfall_domain::medel::kalkyl::las_procent;
use utfall_domain::medel::klistra::belopp;
use utfall_domain::pengar::{Enhet, NBSP, Ore};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use utfall_vyer::tal::TalVy;

/// How many parts the form has room for.
const DELAR: usize = 6;

/// A cell that can be split: whose money, and of which year.
type Val = (Option<BidragId>, Option<i16>);

/// The cells of an initiative that hold an amount, those of this grant and those of none.
fn celler(bok: &Bok, b: &Bidrag, insats: &Insats) -> Vec<Val> {
    let alla: BTreeSet<Val> = bok
        .fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
        .filter(|f| f.galler().insats == Some(insats.id))
        .filter(|f| f.galler().bidrag.is_none_or(|id| id == b.id))
        .map(|f| (f.galler().bidrag, f.galler().ar))
        .collect();
    alla.into_iter().collect()
}

fn kod((bidrag, ar): Val) -> String {
    let ar = ar.map_or_else(|| "alla".to_owned(), |ar| ar.to_string());
    match bidrag {
        Some(_) => ar,
        None => format!("{ar}.inget"),
    }
}

struct Sak<'a> {
    bok: &'a Bok,
    b: &'a Bidrag,
    insats: &'a Insats,
    celler: Vec<Val>,
    vald: Option<Val>,
}

impl Sak<'_> {
    fn fakta(&self) -> Vec<&Faktum> {
        let (bidrag, ar) = match self.vald {
            Some(vald) => vald,
            None => return Vec::new(),
        };
        cellens_fakta(self.bok, (bidrag, self.insats.id, ar))
    }

    /// The cell is of a year that is closed.
    fn stangt(&self) -> bool {
        let mut fakta = self.fakta().into_iter();
        fakta.any(|f| !arsavslut::ror(self.bok, &f.fakta).is_empty())
    }
}

fn sak<'a>(a: &Inloggat, bok: &'a Bok) -> Result<Sak<'a>, Fel> {
    let b = las::bidrag(bok, a.stig.text("bidrag"))?;
    let slug = match a.formular.text("insats") {
        "" => a.fraga.text("insats"),
        slug => slug,
    };
    // Without a choice the first row of the grant that holds an amount.
    let med = |i: &&Insats| {
        if slug.is_empty() {
            !celler(bok, b, i).is_empty()
        } else {
            i.slug == slug
        }
    };
    let insats = bok.insatser.iter().find(med);
    let insats = match (insats, slug.is_empty()) {
        (None, true) => bok.insatser.first(),
        (insats, _) => insats,
    };
    let insats = insats.ok_or_else(Problem::finns_inte)?;
    let celler = celler(bok, b, insats);
    let vald = match a.formular.text("cell") {
        "" => a.fraga.text("cell"),
        cell => cell,
    };
    let vald = celler
        .iter()
        .find(|c| kod(**c) == vald)
        .or(celler.first())
        .copied();
    Ok(Sak {
        bok,
        b,
        insats,
        celler,
        vald,
    })
}

/// GET `/medel/{bidrag}/fordelning/dela?insats=…&cell=…`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sak = sak(&a, &bok)?;
    Svar::sida(&sida(&a, &sak, &[]))
}

fn rubrik((bidrag, ar): Val) -> String {
    let ar = ar.map_or_else(|| "utan år".to_owned(), |ar| ar.to_string());
    match bidrag {
        Some(_) => ar,
        None => format!("{ar}, inte uppdelat på bidrag"),
    }
}

fn sida(a: &Inloggat, sak: &Sak<'_>, fel: &[Problem]) -> Tabellsida {
    let nu = sak.fakta();
    let summa: i64 = nu
        .iter()
        .filter_map(|f| f.varde().kant())
        .fold(0, i64::saturating_add);
    let namn = &sak.insats.namn;
    let mut sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(format!("Dela upp, {namn}"), ingress(sak, summa)).under(vec![
            Lank::ny("Medel", adress::medel()),
            Lank::ny(sak.b.namn.clone(), adress::bidrag(&sak.b.slug)),
            Lank::ny("Fördelning", adress::fordelning(&sak.b.slug)),
        ]),
        ..Tabellsida::default()
    };
    if nu.is_empty() {
        return sida;
    }
    if sak.celler.len() > 1 {
        sida.besked.push(andra_celler(sak));
    }
    sida.delar.push(delarna(sak, &nu, summa));
    let senast = nu.iter().map(|f| f.id).max().map_or(0, FaktumId::nummer);
    let version = a.formular.tal("version").unwrap_or(senast);
    let mut formular = a
        .ett_formular(adress::dela_fordelning(&sak.b.slug))
        .med_version(version)
        .med_dolt("insats", sak.insats.slug.clone());
    if let Some(vald) = sak.vald {
        formular = formular.med_dolt("cell", kod(vald));
    }
    let mut del = Formulardel::ny(formular, falten(a, sak, fel), "Dela upp").under(
        "dela",
        "Nya delar",
        "Skriv varje del i kronor, eller i procent med tecknet %. Tillsammans ska de bli hela \
         beloppet. En del som du lämnar tom räknas inte. Delningen är en ändring av fördelningen, \
         och behöver ett beslut.",
    );
    del = del.avbryt(Lank::ny("Avbryt", adress::fordelning(&sak.b.slug)));
    let falt: Vec<Falt> = del.falt.clone();
    sida.ram.fel = sammanfattning("Beloppet delades inte", &falt, fel);
    sida.formular.push(del);
    sida
}

fn ingress(sak: &Sak<'_>, summa: i64) -> String {
    match sak.vald {
        Some(vald) => format!("{}{NBSP}kr, {}.", Ore(summa), rubrik(vald)),
        None => "Insatsen har inget belopp att dela.".to_owned(),
    }
}

fn andra_celler(sak: &Sak<'_>) -> Besked {
    let mut text = Text::default();
    for cell in sak.celler.iter().filter(|c| Some(**c) != sak.vald) {
        let till = adress::dela_fordelning(&sak.b.slug)
            .fraga("insats", &sak.insats.slug)
            .fraga("cell", &kod(*cell));
        text = text.lank(Lank::ny(rubrik(*cell), till)).ord(" ");
    }
    Besked::ny(Allvar::Upplysning, "insatsen har fler belopp", text)
}

/// The parts there are.
fn delarna(sak: &Sak<'_>, nu: &[&Faktum], summa: i64) -> Tabelldel {
    let mut rader: Vec<Rad> = nu
        .iter()
        .map(|f| {
            let belopp = f.varde().kant().map_or(0, |t| t);
            Rad::ny(vec![
                Cell::rubrik(vem(sak.bok, f)),
                TalVy::ny(Ore(belopp).to_string(), crate::rattelse::tillbaka(f)).into(),
            ])
        })
        .collect();
    rader.push(Rad::av(
        RadSlag::Summa,
        vec![
            Cell::rubrik("Tillsammans"),
            TalVy::utan_lank(Ore(summa).to_string()).into(),
        ],
    ));
    Tabelldel {
        id: "nu".into(),
        rubrik: "Delarna nu".into(),
        text: Text::default(),
        tabell: Tabell::ny(
            "nu-t",
            "Kronor",
            vec![Kolumn::ord("Del"), Kolumn::kr("Belopp")],
            rader,
        ),
    }
}

fn vem(bok: &Bok, f: &Faktum) -> String {
    let namnd = f.galler().organisation.map(|o| bok.organisationsnamn(o));
    let bidrag = f.galler().bidrag.and_then(|b| bok.bidrag(b));
    match (namnd, bidrag) {
        (Some(namnd), _) => namnd.to_owned(),
        (None, Some(b)) => b.namn.clone(),
        (None, None) => "Inte uppdelat".to_owned(),
    }
}

/// Whom a part can be of: the boards of the register, and the grants.
fn val(sak: &Sak<'_>) -> Vec<(String, String)> {
    let mut ut = vec![(String::new(), "Välj nämnd eller bidrag".to_owned())];
    let bidragen = sak.bok.bidrag.iter();
    ut.extend(bidragen.map(|b| (format!("b{}", b.id), format!("Bidrag: {}", b.namn))));
    let alla = sak.bok.organisationer.iter();
    ut.extend(alla.map(|o| (format!("o{}", o.id), o.namn_nu().to_owned())));
    ut
}

fn falten(a: &Inloggat, sak: &Sak<'_>, fel: &[Problem]) -> Vec<Falt> {
    let mut ut = Vec::new();
    let val = val(sak);
    let forslag = sak.insats.ansvariga.iter().map(|o| format!("o{o}"));
    let forslag: Vec<String> = forslag.collect();
    let antal = forslag.len().max(2).saturating_add(1).min(DELAR);
    for nr in 1..=antal {
        let namn = format!("del-{nr}-vem");
        let skickat = a.formular.som_sant(&namn).map(str::to_owned);
        let forvalt = forslag
            .get(nr.saturating_sub(1))
            .cloned()
            .unwrap_or_default();
        let vem = Falt::ny(&namn, format!("Del {nr}"), FaltSlag::Val(val.clone()))
            .varde(skickat.unwrap_or(forvalt));
        let namn = format!("del-{nr}-storlek");
        let skrivet = a.formular.text(&namn).to_owned();
        let storlek = Falt::ny(
            &namn,
            format!("Del {nr}, kronor eller procent"),
            FaltSlag::Text,
        )
        .varde(skrivet);
        for falt in [vem, storlek] {
            let falt = if nr > 2 { falt.ettdera() } else { falt };
            ut.push(med_fel(falt, fel));
        }
    }
    let orsak = Falt::ny("orsak", "Varför delas beloppet?", FaltSlag::Text)
        .hjalp("Till exempel ett beslut med sin paragraf.")
        .varde(a.formular.text("orsak"));
    ut.push(med_fel(orsak, fel));
    ut.extend(medelsfalt::beslut(a, sak.bok, Some(sak.b.id), fel));
    ut.extend(medelsfalt::efter_avslut_om(a, fel, sak.stangt()));
    ut
}

/// A part as typed; `None` when nothing is written in it.
fn del(a: &Inloggat, nr: usize, fel: &mut Brister) -> Option<Del> {
    let (namn_vem, namn_storlek) = (format!("del-{nr}-vem"), format!("del-{nr}-storlek"));
    let (vem, skrivet) = (a.formular.text(&namn_vem), a.formular.text(&namn_storlek));
    if skrivet.is_empty() {
        return None;
    }
    let olasligt = |text: String, gor: &str, falt: &str| {
        Problem::ogiltigt("delning-olaslig", text, gor).i_falt(falt)
    };
    let storlek = if skrivet.ends_with('%') {
        las_procent(skrivet).map(Delstorlek::Procent)
    } else {
        belopp(skrivet, Enhet::Kr)
            .ok()
            .flatten()
            .map(Delstorlek::Belopp)
    };
    let storlek = fel.prova(storlek.ok_or_else(|| {
        let text = format!("”{skrivet}” går inte att läsa.");
        olasligt(text, "Skriv kronor, eller procent som 50 %.", &namn_storlek)
    }));
    let nummer = vem.get(1..).and_then(|t| t.parse::<i64>().ok());
    let organisation = nummer
        .filter(|_| vem.starts_with('o'))
        .and_then(OrganisationId::ny);
    let bidrag = nummer
        .filter(|_| vem.starts_with('b'))
        .and_then(BidragId::ny);
    if organisation.is_none() && bidrag.is_none() {
        fel.prova::<()>(Err(olasligt(
            "Delen har ingen nämnd och inget bidrag.".to_owned(),
            "Välj i listan vem delen hör till.",
            &namn_vem,
        )));
    }
    Some(Del {
        organisation,
        bidrag,
        storlek: storlek?,
    })
}

/// POST `/medel/{bidrag}/fordelning/dela`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sak = sak(&a, &bok)?;
    let mut olasligt = Brister::default();
    let delar = (1..=DELAR)
        .filter_map(|nr| del(&a, nr, &mut olasligt))
        .collect();
    let (bidrag, ar) = sak.vald.ok_or_else(Problem::finns_inte)?;
    let fall = DelaFordelning {
        bidrag,
        insats: sak.insats.id,
        ar,
        sedd: a.formular.tal("version").and_then(FaktumId::ny),
        delar,
        orsak: a.formular.lang("orsak"),
        beslut: medelsfalt::valt_beslut(&a, &mut olasligt),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, olasligt).await {
        Ok(Ok(_)) => Ok(Svar::vidare(
            adress::dela_fordelning(&sak.b.slug).fraga("insats", &sak.insats.slug),
        )),
        Ok(Err(fel)) => Svar::formularfel(&sida(&a, &sak, &fel)),
        Err(fel) if fel.slag == ProblemSlag::Konflikt => {
            let svar = Svar::sida(&sida(&a, &sak, &[fel]))?;
            Ok(svar.med_status(axum::http::StatusCode::CONFLICT))
        }
        Err(fel) => Err(Fel::from(fel)),
    }
}
