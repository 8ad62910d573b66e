//! A fact is entered by hand.

use super::prova_kalla;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use crate::namn::prova_ar;
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_behorighet::{Atgard, Permit, Roll};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum, gallande};
use utfall_domain::id::{BidragId, FaktumId, InsatsId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::aterbetalning::en;
use utfall_domain::problem::Problem;
use utfall_domain::underlag::Genomforande;
use utfall_store as store;
use utfall_store::Las;

/// The longest category, in characters.
const LANGSTA_KATEGORI: usize = 120;

/// Enters a fact.
#[derive(Clone, Debug)]
pub struct RegistreraFaktum {
    /// The fact; its `orsak` says where the figure comes from.
    pub faktum: NyttFaktum,
    /// It comes on top of a figure that is already there about the same thing. Without this
    /// a second figure is refused, so that nothing is counted twice by mistake.
    pub tillkommer: bool,
}

/// What a fact of a grant is about.
#[must_use]
pub fn om_bidrag(bocker: &Bocker, bidrag: BidragId) -> Galler {
    Galler {
        bidrag: Some(bidrag),
        finansiar: bocker.bidrag(bidrag).map(|b| b.finansiar),
        ..Galler::default()
    }
}

/// What a fact of an initiative is about: the grant that pays it and its one responsible
/// body with it, so that the sums of both find it.
#[must_use]
pub fn om_insats(bocker: &Bocker, insats: InsatsId) -> Galler {
    let i = bocker.insats(insats);
    let bidrag = i.and_then(|i| i.bidrag);
    Galler {
        insats: Some(insats),
        bidrag,
        organisation: i.and_then(|i| crate::medel::ensam(&i.ansvariga)),
        finansiar: bidrag.and_then(|id| bocker.bidrag(id)).map(|b| b.finansiar),
        ..Galler::default()
    }
}

impl Anvandningsfall for RegistreraFaktum {
    const ATGARD: Atgard = Atgard::RegistreraFaktum;
    /// The books, and the role that may: a nämndredovisare may less than the office.
    type Laddat = (Bocker, Roll);
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Self::Laddat, Problem> {
        Ok((store::bocker::las(k, permit)?, permit.roll()))
    }

    fn brister(&self, (bocker, roll): &Self::Laddat, _: Date) -> Brister {
        let f = &self.faktum;
        let mut fel = Brister::default();
        if fel.prova(prova_slag(f.slag)).is_some() {
            fel.prova(self.dubblett(bocker));
        }
        fel.prova(prova_rollen(f, *roll));
        prova_galler(f, &mut fel);
        fel.prova(prova_villkoren(f, bocker));
        fel.prova(prova_ar_i_bidraget(f, bocker));
        fel.prova(prova_varde(f));
        fel.prova(prova_kalla(f.orsak.as_deref().unwrap_or("")));
        fel.prova(self.marka(bocker));
        fel
    }

    fn planera(&self, laddat: Self::Laddat, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let f = &self.faktum;
        prova_finns(f, &laddat.0)?;
        self.brister(&laddat, miljo.idag()).neka()?;
        let (bocker, _) = laddat;
        let rattar = self.dubblett(&bocker)?;
        let orsak = prova_kalla(f.orsak.as_deref().unwrap_or(""))?;
        let id = miljo.faktum();
        let faktum = NyttFaktum {
            orsak: Some(orsak),
            rattar,
            struken: false,
            kalla: None,
            ..self.marka(&bocker)?
        };
        let slag = faktum.slag;
        let andringar = nytt_ar(f, &bocker)
            .into_iter()
            .chain([Andring::NyttFaktum {
                id,
                faktum: Box::new(faktum),
            }])
            .collect();
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "faktum-registrerat".into(),
                objekt: format!("faktum {id}"),
                text: format!("En uppgift registrerades: {}.", slag.text()),
                data: serde_json::json!({ "slag": slag, "ar": f.galler.ar, "rattar": rattar }),
            },
            svar: id,
        })
    }
}

impl RegistreraFaktum {
    /// The fact, marked as made after the closing where it touches a closed year.
    fn marka(&self, bocker: &Bocker) -> Result<NyttFaktum, Problem> {
        let ett = NyttFaktum {
            rattar: self.dubblett(bocker).unwrap_or(None),
            ..self.faktum.clone()
        };
        let sagt = ett.efter_avslut;
        let alla = crate::medel::efter_avslut(bocker, vec![ett], sagt)?;
        alla.into_iter().next().ok_or_else(Problem::finns_inte)
    }

    /// A figure that is already there is corrected, not doubled. Where a figure was awaited
    /// the new one takes its place: the number of what it replaces.
    fn dubblett(&self, bocker: &Bocker) -> Result<Option<FaktumId>, Problem> {
        if self.tillkommer {
            return Ok(None);
        }
        let samma: Vec<&Faktum> = gallande(&bocker.fakta, None)
            .into_iter()
            .filter(|f| ar_samma(&self.faktum, f))
            .collect();
        if samma.iter().all(|f| f.varde().kant().is_none()) {
            return Ok(samma.first().map(|f| f.id));
        }
        Err(Problem::ogiltigt(
            "faktum-finns-redan",
            "Det finns redan en uppgift om det här.",
            "Rätta den i stället. Kryssa i rutan längst ner om det nya ska läggas till.",
        )
        .i_falt("slag"))
    }
}

/// Whether a fact in the books says the same kind of thing about the same thing.
fn ar_samma(ny: &NyttFaktum, finns: &Faktum) -> bool {
    let (a, b) = (&ny.galler, finns.galler());
    let part = match ny.slag {
        FaktumSlag::FordelatNamnd
        | FaktumSlag::AnvantNamnd
        | FaktumSlag::Medfinansiering
        | FaktumSlag::MedfinansieringLevererad
        | FaktumSlag::Medfinansieringstimmar
        | FaktumSlag::Medlemsbidrag
        | FaktumSlag::Grundfinansiering
        | FaktumSlag::Budgetandel
        | FaktumSlag::EgetKapital => a.organisation == b.organisation,
        FaktumSlag::Partsmedel => (a.organisation, a.finansiar) == (b.organisation, b.finansiar),
        FaktumSlag::Finansiering => a.finansiar == b.finansiar,
        _ => true,
    };
    let om = if a.insats.is_some() || b.insats.is_some() {
        a.insats == b.insats
    } else {
        a.bidrag == b.bidrag
    };
    finns.fakta.slag == ny.slag
        && om
        && part
        && (a.ar, a.fran_ar, a.period_fran) == (b.ar, b.fran_ar, b.period_fran)
        && (&a.kategori, &a.version) == (&b.kategori, &b.version)
}

/// Whether a role that may register may register this kind of thing. What is granted,
/// requested, passed on to boards, carried over and repaid of a grant is the office's to tell;
/// a nämndredovisare tells what the board has used, and what is said of initiatives.
#[must_use]
pub const fn far_registreras_av(roll: Roll, slag: FaktumSlag) -> bool {
    use FaktumSlag as F;
    let kontorets = matches!(
        slag,
        F::Tilldelat
            | F::Rekvirerat
            | F::Begart
            | F::FordelatNamnd
            | F::Overfort
            | F::Aterbetalning
            | F::Aterbetalt
    );
    !(kontorets && matches!(roll, Roll::Namndredovisare))
}

fn prova_rollen(f: &NyttFaktum, roll: Roll) -> Result<(), Problem> {
    if far_registreras_av(roll, f.slag) {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "faktum-rollen",
        format!(
            "Uppgiften {} registreras inte av en {}.",
            f.slag.text(),
            roll.namn()
        ),
        "Be ekonomen eller chefen registrera den.",
    )
    .i_falt("slag"))
}

/// What the grant's terms say of it, and what has its own place.
fn prova_villkoren(f: &NyttFaktum, bocker: &Bocker) -> Result<(), Problem> {
    let (Some(bidrag), Some(ar)) = (f.galler.bidrag, f.galler.ar) else {
        return Ok(());
    };
    match f.slag {
        FaktumSlag::Overfort => crate::medel::prova_overforing(bocker, f),
        FaktumSlag::Rekvirerat if crate::medel::rekvirerat(bocker, bidrag, ar) => {
            Err(Problem::ogiltigt(
                "rekvisition-finns",
                "Årets pengar rekvireras med rekvisitioner. De är den enda uppgiften.",
                "Skriv en ny rekvisition, eller ändra den som finns.",
            )
            .i_falt("slag"))
        }
        FaktumSlag::Aterbetalning if en(&bocker.medelsposter, bidrag, ar).is_some() => {
            Err(Problem::ogiltigt(
                "aterbetalning-finns",
                "Årets återbetalning är beslutad. Beslutet är den enda uppgiften.",
                "Ändra det på sidan Årsavslut.",
            )
            .i_falt("slag"))
        }
        FaktumSlag::Aterbetalt if en(&bocker.medelsposter, bidrag, ar).is_some() => {
            Err(Problem::ogiltigt(
                "aterbetalning-betalas",
                "Årets återbetalning är beslutad, och betalningen hör till beslutet.",
                "Registrera betalningen på sidan Årsavslut.",
            )
            .i_falt("slag"))
        }
        _ => Ok(()),
    }
}

/// A distribution is changed as such, by those who may and never beyond what there is.
fn prova_slag(slag: FaktumSlag) -> Result<(), Problem> {
    use FaktumSlag as F;
    if matches!(
        slag,
        F::Prognos
            | F::Prognosmetod
            | F::Avvikelsekommentar
            | F::Parameterbelopp
            | F::Parameterandel
            | F::Parameterdagar
    ) {
        return Err(Problem::ogiltigt(
            "faktum-egen-sida",
            format!("Uppgiften {} registreras inte för sig.", slag.text()),
            "Gör det under Uppföljning eller Inställningar.",
        )
        .i_falt("slag"));
    }
    if slag == F::Begart {
        return Err(Problem::ogiltigt(
            "faktum-egen-sida",
            format!("Uppgiften {} registreras inte för sig.", slag.text()),
            "Skriv en rekvisition och skicka den.",
        )
        .i_falt("slag"));
    }
    if matches!(slag, F::Atagande | F::VantatAtagande | F::Behov) {
        return Err(Problem::ogiltigt(
            "faktum-egen-sida",
            format!("Uppgiften {} registreras inte för sig.", slag.text()),
            "Gör det under Åtaganden, eller på insatsens sida under Finansiering framåt.",
        )
        .i_falt("slag"));
    }
    if slag != FaktumSlag::Fordelat {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "faktum-fordelning",
        "En fördelning registreras inte som en lös uppgift.",
        "Ändra beloppet i bidragets fördelning.",
    )
    .i_falt("slag"))
}

/// What a fact is about must exist in the same books.
fn prova_finns(faktum: &NyttFaktum, bocker: &Bocker) -> Result<(), Problem> {
    let g = &faktum.galler;
    let finns = g.bidrag.is_none_or(|id| bocker.bidrag(id).is_some())
        && g.insats.is_none_or(|id| bocker.insats(id).is_some())
        && [g.organisation, g.finansiar]
            .into_iter()
            .flatten()
            .all(|id| bocker.organisation(id).is_some())
        && faktum
            .beslut
            .is_none_or(|id| bocker.beslut.iter().any(|b| b.id == id));
    if finns {
        return Ok(());
    }
    Err(Problem::finns_inte())
}

/// It must say enough to be placed.
fn prova_galler(faktum: &NyttFaktum, fel: &mut Brister) {
    let g = &faktum.galler;
    let mut rimligt = |ar: Option<i16>, falt| fel.prova(prova_ar(ar?, falt));
    let aren = (rimligt(g.fran_ar, "fran-ar"), rimligt(g.ar, "ar"));
    fel.prova(prova_om(faktum));
    fel.prova(prova_overforing(faktum, aren));
    fel.prova(prova_kategori(faktum));
}

fn saknas(falt: &str, text: &str, atgard: &str) -> Result<(), Problem> {
    Err(Problem::ogiltigt("faktum-ofullstandigt", text, atgard).i_falt(falt))
}

/// The thing that it is said of.
fn prova_om(faktum: &NyttFaktum) -> Result<(), Problem> {
    let g = &faktum.galler;
    if kraver_insats(faktum.slag) && g.insats.is_none() {
        return Err(Problem::ogiltigt(
            "insats-saknas",
            "Uppgiften måste höra till en insats.",
            "Välj vilken insats den gäller.",
        )
        .i_falt("insats"));
    }
    if kraver_bidrag(faktum.slag) && g.bidrag.is_none() {
        return saknas(
            "bidrag",
            "Uppgiften måste höra till ett bidrag.",
            "Registrera den från bidragets sida.",
        );
    }
    let av_forbund = matches!(
        faktum.slag,
        FaktumSlag::EgetKapital | FaktumSlag::Partsmedel | FaktumSlag::Medlemsbidrag
    );
    if av_forbund && (g.organisation.is_none() || g.ar.is_none()) {
        return saknas(
            "organisation",
            "Organisationen eller året saknas.",
            "Välj vilket förbund eller vilken medlem det gäller, och vilket år.",
        );
    }
    let av_part = matches!(
        faktum.slag,
        FaktumSlag::Grundfinansiering | FaktumSlag::Budgetandel
    );
    if av_part && g.organisation.is_none() {
        return saknas(
            "organisation",
            "Nämnden eller kommunen saknas.",
            "Välj vems pengar det är.",
        );
    }
    if faktum.slag == FaktumSlag::FordelatNamnd && g.organisation.is_none() {
        return saknas(
            "organisation",
            "Nämnden saknas.",
            "Välj vilken nämnd som har fått pengarna.",
        );
    }
    Ok(())
}

/// Money is carried over from a year to a later one: of these, those that can be right.
fn prova_overforing(
    faktum: &NyttFaktum,
    (fran, till): (Option<i16>, Option<i16>),
) -> Result<(), Problem> {
    let g = &faktum.galler;
    if faktum.slag != FaktumSlag::Overfort {
        return Ok(());
    }
    if g.fran_ar.is_none() {
        return saknas(
            "fran-ar",
            "Året som pengarna kommer från saknas.",
            "Skriv vilket år pengarna blev över.",
        );
    }
    if g.ar.is_none() {
        return saknas("ar", "Året saknas.", "Skriv vilket år uppgiften gäller.");
    }
    match fran.zip(till) {
        Some((fran, till)) if fran >= till => saknas(
            "fran-ar",
            "Pengar förs över till ett senare år.",
            "Skriv ett år som är före det år uppgiften gäller.",
        ),
        _ => Ok(()),
    }
}

fn prova_kategori(faktum: &NyttFaktum) -> Result<(), Problem> {
    let kategori = faktum.galler.kategori.as_deref().unwrap_or("").trim();
    let tecken = kategori.chars().count();
    if faktum.slag == FaktumSlag::Deltagarlage && Genomforande::med_ord(kategori).is_none() {
        return Err(Problem::ogiltigt(
            "faktum-deltagarlage",
            "Det går inte att se hur långt de kom.",
            format!(
                "Skriv ett av orden {}.",
                Genomforande::ALLA.map(Genomforande::ord).join(", ")
            ),
        )
        .i_falt("kategori"));
    }
    let text = if tecken > LANGSTA_KATEGORI {
        format!("Ordet för vad som räknas är {tecken} tecken.")
    } else if tecken == 0 && kraver_kategori(faktum.slag) {
        "Det saknas vad som räknas.".to_owned()
    } else {
        return Ok(());
    };
    Err(Problem::ogiltigt(
        "faktum-kategori",
        text,
        format!("Skriv vad det är, med högst {LANGSTA_KATEGORI} tecken."),
    )
    .i_falt("kategori"))
}

/// What an initiative used of a grant is used in one of the grant's years.
fn prova_ar_i_bidraget(faktum: &NyttFaktum, bocker: &Bocker) -> Result<(), Problem> {
    let g = &faktum.galler;
    let (FaktumSlag::Anvant, Some(ar)) = (faktum.slag, g.ar) else {
        return Ok(());
    };
    let Some(b) = g.bidrag.and_then(|id| bocker.bidrag(id)) else {
        return Ok(());
    };
    if b.ar.is_empty() || b.ar.contains(&ar) {
        return Ok(());
    }
    let aren: Vec<String> = b.ar.iter().map(i16::to_string).collect();
    Err(Problem::ogiltigt(
        "ar-utanfor-bidraget",
        format!("{} gäller inte {ar}, utan {}.", b.namn, aren.join(", ")),
        format!("Rätta året, eller registrera först vad bidraget ger {ar}."),
    )
    .i_falt("ar"))
}

/// Only what is spent or planned may be put back, and so be below zero.
fn prova_varde(faktum: &NyttFaktum) -> Result<(), Problem> {
    use FaktumSlag as F;
    let far = matches!(
        faktum.slag,
        F::Anvant
            | F::AnvantNamnd
            | F::AnvantRad
            | F::Kostnad
            | F::Prognospost
            | F::EgetKapital
            | F::Personalkop
    );
    if far || faktum.varde.kant().is_none_or(|tal| tal >= 0) {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "faktum-negativt",
        "Talet är under noll.",
        "Skriv noll eller mer.",
    )
    .i_falt("belopp"))
}

/// A grant gets a year more when something is registered about it for a new year.
fn nytt_ar(faktum: &NyttFaktum, bocker: &Bocker) -> Vec<Andring> {
    let g = &faktum.galler;
    let Some(b) = g.bidrag.and_then(|id| bocker.bidrag(id)) else {
        return Vec::new();
    };
    // A grant whose papers name no years is shown as one; a year would hide the rest.
    if g.insats.is_some() || b.ar.is_empty() {
        return Vec::new();
    }
    let nya: BTreeSet<i16> =
        g.ar.into_iter()
            .chain(g.fran_ar)
            .filter(|ar| !b.ar.contains(ar))
            .collect();
    if nya.is_empty() {
        return Vec::new();
    }
    vec![Andring::NyaBidragsar {
        bidrag: b.id,
        ar: nya.into_iter().collect(),
    }]
}

const fn kraver_insats(slag: FaktumSlag) -> bool {
    matches!(
        slag,
        FaktumSlag::Anvant
            | FaktumSlag::Budget
            | FaktumSlag::Intaktsbudget
            | FaktumSlag::Grundfinansiering
            | FaktumSlag::Budgetandel
            | FaktumSlag::Prognospost
            | FaktumSlag::MedfinansieringLevererad
            | FaktumSlag::Medfinansieringstimmar
            | FaktumSlag::Deltagare
            | FaktumSlag::Resultat
            | FaktumSlag::Hjalp
            | FaktumSlag::Deltagarlage
    )
}

const fn kraver_bidrag(slag: FaktumSlag) -> bool {
    matches!(
        slag,
        FaktumSlag::Tilldelat
            | FaktumSlag::Rekvirerat
            | FaktumSlag::Begart
            | FaktumSlag::FordelatNamnd
            | FaktumSlag::AnvantNamnd
            | FaktumSlag::Overfort
            | FaktumSlag::Aterbetalning
            | FaktumSlag::Aterbetalt
    )
}

const fn kraver_kategori(slag: FaktumSlag) -> bool {
    matches!(
        slag,
        FaktumSlag::Resultat
            | FaktumSlag::Hjalp
            | FaktumSlag::Deltagarlage
            | FaktumSlag::Volym
            | FaktumSlag::Prognospost
            | FaktumSlag::AnvantRad
            | FaktumSlag::Personalkop
            | FaktumSlag::Kostnad
            | FaktumSlag::Intaktsbudget
    )
}

#[cfg(test)]
mod tests;
