//! The rows behind a figure: the facts, those that were replaced, and their sum.

use super::formel::regel;
use crate::adress;
use crate::anrop::Inloggat;
use crate::fynd;
use crate::sidval::Sidval;
use crate::siffror::{Siffror, enhet, enhet_i_rubrik, kort_dag, varde};
use std::collections::{HashMap, HashSet};
use utfall_behorighet::Atgard;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::Faktum;
use utfall_domain::id::FaktumId;
use utfall_domain::matt::{Arsfalt, Formel, Harledning, Matt, Prognosdel, Urval};
use utfall_domain::medel::arsavslut::vid_oppnat_igen;
use utfall_domain::pengar::{self, Belopp, Ore, Precision};
use utfall_domain::tid;
use utfall_domain::varde::Varde;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::sidor::{Definition, Underlagsrad, Underlagsrader};
use utfall_vyer::tabell::RadSlag;

/// The rows of a figure, by the measure that adds them up.
pub struct Rader<'a> {
    s: &'a Siffror<'a>,
    blad: Vec<Blad<'a>>,
    /// The corrections, by what they correct.
    rattelser: HashMap<FaktumId, &'a Faktum>,
}

/// A measure that is a sum of facts.
pub struct Blad<'a> {
    /// Which.
    pub harledning: Harledning,
    /// Its facts in force.
    pub galler: Vec<&'a Faktum>,
    /// Facts it had before they were corrected.
    pub rattade: Vec<&'a Faktum>,
    /// What is stated of the same initiative and year as the accounts tell of: not counted.
    pub uppgivna: Vec<&'a Faktum>,
}

impl<'a> Rader<'a> {
    /// Follows the formula down to facts. A measure met twice is told once.
    #[must_use]
    pub fn av(s: &'a Siffror<'a>, h: &Harledning) -> Self {
        let mut blad = Vec::new();
        let mut sedda = HashSet::new();
        ner(s, h, &mut sedda, &mut blad);
        let rattelser = s
            .bok
            .fakta
            .iter()
            .rev()
            .filter_map(|f| Some((f.fakta.rattar?, f)))
            .collect();
        Self { s, blad, rattelser }
    }

    /// The sums of facts with their facts in force, in the formula's order.
    pub fn galler(&self) -> impl Iterator<Item = (&Harledning, &[&'a Faktum])> {
        self.blad
            .iter()
            .map(|b| (&b.harledning, b.galler.as_slice()))
    }

    /// The facts of the rows that are shown, in force or not.
    #[must_use]
    pub fn visade(&self, sida: Sidval) -> Vec<&'a Faktum> {
        let grupper = sida.grupper(self.i_ordning()).into_iter();
        let fakta = grupper.flat_map(|(_, fakta)| fakta);
        fakta.map(|(f, _)| f).collect()
    }

    /// Whether a fact is about this figure, in force or not.
    #[must_use]
    pub fn hor_till(&self, f: &Faktum) -> bool {
        self.blad.iter().any(|b| passar(&b.harledning, f))
    }

    /// Whether there is any row to show.
    #[must_use]
    pub fn finns(&self) -> bool {
        self.blad
            .iter()
            .any(|b| !b.galler.is_empty() || !b.rattade.is_empty())
    }

    /// Every row with whether it is in force, by the sum it is in, in the order of the page.
    fn i_ordning(&self) -> Vec<(&Blad<'a>, Vec<(&'a Faktum, bool)>)> {
        let med_rader = self
            .blad
            .iter()
            .filter(|b| !b.galler.is_empty() || !b.rattade.is_empty());
        med_rader
            .map(|blad| {
                let galler = blad.galler.iter().map(|f| (*f, true));
                let rattade = blad.rattade.iter().map(|f| (*f, false));
                let uppgivna = blad.uppgivna.iter().map(|f| (*f, false));
                let mut fakta: Vec<(&Faktum, bool)> =
                    galler.chain(rattade).chain(uppgivna).collect();
                fakta.sort_by_key(|(f, _)| (f.galler().ar, f.id));
                (blad, fakta)
            })
            .collect()
    }

    /// How many rows there are.
    #[must_use]
    pub fn antal(&self) -> usize {
        self.blad
            .iter()
            .map(|b| {
                let utanfor = b.rattade.len().saturating_add(b.uppgivna.len());
                b.galler.len().saturating_add(utanfor)
            })
            .sum()
    }

    /// The place of a fact among the rows, counted from 0.
    #[must_use]
    pub fn plats_for(&self, faktum: FaktumId) -> Option<usize> {
        let alla = self.i_ordning();
        alla.iter()
            .flat_map(|(_, fakta)| fakta)
            .position(|(f, _)| f.id == faktum)
    }

    /// As tables, each with the sum of all its rows.
    #[must_use]
    pub fn tabeller(
        &self,
        a: &Inloggat,
        ankare: &HashMap<FaktumId, String>,
        sida: Sidval,
    ) -> Vec<Underlagsrader> {
        sida.grupper(self.i_ordning())
            .into_iter()
            .map(|(blad, fakta)| self.tabell(a, (blad, fakta), ankare))
            .collect()
    }

    fn tabell(
        &self,
        a: &Inloggat,
        (blad, fakta): (&Blad<'_>, Vec<(&Faktum, bool)>),
        ankare: &HashMap<FaktumId, String>,
    ) -> Underlagsrader {
        let matt = blad.harledning.matt;
        let mut rader: Vec<Underlagsrad> = fakta
            .into_iter()
            .map(|(f, galler)| self.rad(a, f, galler, ankare.get(&f.id)))
            .collect();
        rader.push(Underlagsrad {
            slag: RadSlag::Summa,
            id: None,
            namn: matt.text().to_owned(),
            href: None,
            star: String::new(),
            plats: Text::default(),
            sakerhet: plusminus(blad.harledning.utfall.halv),
            registrerad: String::new(),
            rattad: None,
            belopp: self.s.tal(matt, &blad.harledning.urval),
            ratta: None,
        });
        Underlagsrader {
            id: format!("rader-{}", matt.kod()),
            caption: format!(
                "{}, {}",
                matt.text(),
                enhet_i_rubrik(matt.enhet()).to_lowercase()
            ),
            rader,
        }
    }

    fn rad(&self, a: &Inloggat, f: &Faktum, galler: bool, ankare: Option<&String>) -> Underlagsrad {
        let bok = self.s.bok;
        let (namn, href) = om_faktum(bok, f);
        let kan_rattas = galler
            && a.per().is_none()
            && a.far(Atgard::RattaFaktum)
            // What is booked is corrected in the accounts.
            && f.fakta.bokforing.is_none();
        Underlagsrad {
            slag: RadSlag::Vanlig,
            id: Some(format!("f-{}", f.id)),
            belopp: varde(f.varde(), f.fakta.slag.enhet()).lank(format!("#f-{}", f.id)),
            href,
            star: star(f),
            plats: plats(a, bok, f, ankare),
            sakerhet: plusminus(f.fakta.precision.halv()),
            registrerad: format!(
                "{}, {}{}",
                kort_dag(tid::dag(f.registrerad)),
                fynd::namn(bok, f.registrerad_av),
                efter_avslut(bok, f)
            ),
            rattad: (!galler).then(|| match self.s.faktum(f.id) {
                Some(_) => "Räknas inte: bokföringen gäller".to_owned(),
                None => rattelse(self.rattelser.get(&f.id).copied()),
            }),
            ratta: kan_rattas
                .then(|| Lank::ny("Rätta", adress::ratta(&f.id.to_string())).om(namn.clone())),
            namn,
        }
    }
}

fn ner<'a>(
    s: &'a Siffror<'a>,
    h: &Harledning,
    sedda: &mut HashSet<(Matt, Urval)>,
    ut: &mut Vec<Blad<'a>>,
) {
    if !sedda.insert((h.matt, h.urval.clone())) {
        return;
    }
    for led in &h.led {
        ner(s, &led.harledning, sedda, ut);
    }
    let summerar = match h.matt.definition().formel {
        Formel::Fakta { .. } | Formel::Installning(_) => true,
        // What a forecast is looked up in stands with its own figure: in a whole it is among
        // the rows of what has been used.
        Formel::Prognos(Prognosdel::Rest) => sedda.len() == 1,
        Formel::Prognos(_) => h.led.is_empty(),
        _ => false,
    };
    if !summerar {
        return;
    }
    let med: HashSet<FaktumId> = h.rader.iter().copied().collect();
    let galler: Vec<&Faktum> = s
        .fakta()
        .iter()
        .copied()
        .filter(|f| med.contains(&f.id))
        .collect();
    let per = s.bok.per_dag();
    let rattade = s
        .bok
        .fakta
        .iter()
        .filter(|f| per.is_none_or(|per| per.omfattar(f.registrerad)))
        // What is in force but not counted (a part of a whole) has not been corrected.
        .filter(|f| !f.fakta.struken && passar(h, f) && s.faktum(f.id).is_none())
        .collect();
    ut.push(Blad {
        harledning: h.clone(),
        uppgivna: uppgivna(s, h, &galler),
        galler,
        rattade,
    });
}

/// What somebody has stated of the initiatives and years whose booked rows are counted.
fn uppgivna<'a>(s: &'a Siffror<'a>, h: &Harledning, galler: &[&Faktum]) -> Vec<&'a Faktum> {
    let om = |f: &Faktum| (f.galler().insats, f.galler().bidrag, f.galler().ar);
    let bokforda: HashSet<_> = galler
        .iter()
        .filter(|f| f.fakta.bokforing.is_some())
        .map(|f| om(f))
        .collect();
    if bokforda.is_empty() {
        return Vec::new();
    }
    let alla = s.fakta().iter().copied();
    alla.filter(|f| f.fakta.bokforing.is_none() && f.galler().period_fran.is_none())
        .filter(|f| passar(h, f) && bokforda.contains(&om(f)))
        .collect()
}

/// Whether a fact is of the kind and within the selection of a sum of facts.
fn passar(h: &Harledning, f: &Faktum) -> bool {
    match h.matt.definition().formel {
        Formel::Fakta {
            slag,
            ar,
            med_insats,
            ..
        } => {
            f.fakta.slag == slag
                && (!med_insats || f.galler().insats.is_some())
                && h.urval.omfattar(f.galler(), ar)
        }
        Formel::Installning(slag) => {
            let om = Urval {
                ar: None,
                ..h.urval.clone()
            };
            f.fakta.slag == slag && om.omfattar(f.galler(), Arsfalt::Ar)
        }
        // Through a month: what was corrected stands among the rows of that month.
        Formel::Prognos(del) => {
            let om = Urval {
                period: None,
                ..h.urval.clone()
            };
            let till = h.urval.period.map_or(12, |dag| dag.month());
            let tidig = f.galler().period_fran.is_none_or(|dag| dag.month() <= till);
            del.slag() == Some(f.fakta.slag) && tidig && om.omfattar(f.galler(), Arsfalt::Ar)
        }
        _ => false,
    }
}

/// What a fact is about, and its page.
#[must_use]
pub fn om_faktum(bocker: &Bocker, f: &Faktum) -> (String, Option<String>) {
    let g = f.galler();
    let insats = g.insats.and_then(|id| bocker.insats(id));
    let bidrag = g.bidrag.and_then(|id| bocker.bidrag(id));
    let organisation = g.organisation.map(|id| bocker.organisationsnamn(id));
    let (mut namn, href) = match (insats, organisation, bidrag) {
        (Some(i), ..) => (i.namn.clone(), Some(adress::insats(&i.slug).into())),
        (None, Some(namn), b) => (namn.to_owned(), b.map(|b| adress::bidrag(&b.slug).into())),
        (None, None, Some(b)) => (b.namn.clone(), Some(adress::bidrag(&b.slug).into())),
        (None, None, None) => (crate::ram::stor_forst(f.fakta.slag.text()), None),
    };
    if let Some(kategori) = &g.kategori {
        namn = format!("{namn}: {kategori}");
    }
    match (g.period_fran, g.ar) {
        (Some(dag), _) => namn = format!("{namn}, {} {}", tid::manad(dag.month()), dag.year()),
        (None, Some(ar)) => namn = format!("{namn}, {ar}"),
        (None, None) => {}
    }
    (namn, href)
}

/// How it is stated: `Använt av insats: 680 tkr`.
fn star(f: &Faktum) -> String {
    let slag = crate::ram::stor_forst(f.fakta.slag.text());
    let cirka = if f.fakta.cirka { "cirka " } else { "" };
    let varde = match f.varde() {
        Varde::Kant(tal) if f.fakta.slag.enhet() == utfall_domain::faktum::Enhet::Ore => {
            som_skrivet(tal, f.fakta.precision)
        }
        Varde::Kant(tal) => format!(
            "{} {}",
            crate::siffror::text(tal, f.fakta.slag.enhet()),
            enhet(f.fakta.slag.enhet())
        ),
        annat => annat
            .tecken()
            .map(|t| t.ord().to_owned())
            .unwrap_or_default(),
    };
    format!("{slag}: {cirka}{varde}")
}

/// An amount in the unit it was rounded to.
pub fn som_skrivet(tal: i64, precision: Precision) -> String {
    let enhet = match precision.enhet() {
        0..100_000 => pengar::Enhet::Kr,
        100_000..100_000_000 => pengar::Enhet::Tkr,
        _ => pengar::Enhet::Mkr,
    };
    Belopp {
        ore: Ore(tal),
        precision,
        enhet,
    }
    .som_skrivet()
}

fn plats(a: &Inloggat, bocker: &Bocker, f: &Faktum, ankare: Option<&String>) -> Text {
    if f.fakta.bokforing.is_some() {
        let ord = "Bokföringen";
        if !a.far(Atgard::LasaBokforing) {
            return ord.into();
        }
        let till = adress::verifikationer().fraga("faktum", &f.id.to_string());
        let (namn, _) = om_faktum(bocker, f);
        return Text::default().lank(Lank::ny("Verifikationerna i bokföringen", till).om(namn));
    }
    let Some(kalla) = &f.fakta.kalla else {
        let orsak = f.fakta.orsak.clone().unwrap_or_default();
        return Text::from(format!("Registrerad för hand. {orsak}"));
    };
    let Some(u) = bocker.underlag(kalla.underlag) else {
        return kalla.plats.as_str().into();
    };
    let papper = u.titel.clone();
    if !a.far(Atgard::LasaUnderlag) {
        return Text::from(format!("{papper}, {}", kalla.plats));
    }
    let sida = match ankare {
        Some(ankare) => adress::underlagsrad(bocker, u, ankare),
        None => adress::underlagets_sida(bocker, u),
    };
    Text::default().lank(Lank::ny(kalla.plats.clone(), sida).om(papper))
}

/// That a fact was made after its year was closed, and whether it was open again.
fn efter_avslut(bok: &Bocker, f: &Faktum) -> &'static str {
    if !f.fakta.efter_avslut {
        return "";
    }
    let insats = f.galler().insats.and_then(|id| bok.insats(id));
    let bidrag = f.galler().bidrag.or_else(|| insats?.bidrag);
    match bidrag.is_some_and(|id| vid_oppnat_igen(bok, id, f)) {
        true => ", efter avslut medan året var öppnat igen",
        false => ", rättelse efter avslut",
    }
}

/// Why a fact no longer counts.
fn rattelse(ny: Option<&Faktum>) -> String {
    let Some(ny) = ny else {
        return "Ersatt".to_owned();
    };
    let dag = kort_dag(tid::dag(ny.registrerad));
    let ord = if ny.fakta.struken {
        "Struken"
    } else {
        "Rättad"
    };
    let orsak = ny
        .fakta
        .orsak
        .clone()
        .map(|o| format!(": {o}"))
        .unwrap_or_default();
    let efter = if ny.fakta.efter_avslut {
        " efter avslut"
    } else {
        ""
    };
    format!("{ord} {dag}{efter}{orsak}")
}

/// How far the true amount may lie from the stated one; empty when it is exact.
#[must_use]
pub fn plusminus(halv: i64) -> String {
    if halv == 0 {
        String::new()
    } else {
        format!("±\u{a0}{}", Ore(halv))
    }
}

/// What the measure means.
#[must_use]
pub fn definition(matt: Matt, lank: Lank) -> Definition {
    let def = matt.definition();
    Definition {
        namn: matt.text().to_owned(),
        text: def.text.to_owned(),
        formel: regel(matt),
        enhet: enhet_i_rubrik(def.enhet).to_lowercase(),
        lank: Some(lank),
    }
}

/// Pages that show the figure.
#[must_use]
pub fn leder_till(s: &Siffror<'_>, urval: &Urval) -> Vec<Lank> {
    let mut ut = Vec::new();
    if let Some(i) = urval.insats.and_then(|id| s.bok.insats(id)) {
        ut.extend(
            s.insatsens_sida(i)
                .map(|href| Lank::ny(i.namn.clone(), href)),
        );
    }
    if let (Some(b), None) = (urval.bidrag.and_then(|id| s.bok.bidrag(id)), s.huvudman()) {
        ut.push(Lank::ny(b.namn.clone(), adress::bidrag(&b.slug)));
        ut.push(Lank::ny("Fördelning", adress::fordelning(&b.slug)));
    }
    ut
}
