//! The rows behind a report's figures, frozen with it: a printed figure is derived from
//! these and never from the books of today. Nobody's name and no reason is among them.

use crate::bocker::{Bocker, UnderlagHuvud};
use crate::faktum::{Faktum, NyttFaktum};
use crate::id::{AnvandareId, BidragId, FaktumId, InsatsId, OrganisationId, UnderlagId};
use crate::insatser::{Fortsattning, Insats, InsatsText};
use crate::medel::Bidrag;
use crate::organisation::{Huvudman, NamnArt, Organisation, OrganisationSlag, OrganisationsNamn};
use crate::tryckt::Tryckta;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The rows behind the figures, with the names they are told by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bakom {
    /// The template that set the report.
    pub mall: String,
    /// The facts in force, in order of number.
    pub rader: Vec<FrystRad>,
    /// The grants that rows or figures name, with who gives them.
    pub bidrag: Vec<(BidragId, String, OrganisationId)>,
    /// The initiatives, by name.
    pub insatser: Vec<(InsatsId, String)>,
    /// The boards, parties and funders, by name.
    pub organisationer: Vec<(OrganisationId, String)>,
    /// The papers the rows stand in.
    pub papper: Vec<FrystPapper>,
}

/// A fact as it was when the report was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrystRad {
    /// Its number.
    pub id: FaktumId,
    /// When it was registered.
    pub registrerad: Timestamp,
    /// What it says.
    pub fakta: NyttFaktum,
}

/// A paper that rows stand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrystPapper {
    /// Its number.
    pub id: UnderlagId,
    /// Its title.
    pub titel: String,
    /// It was public already.
    pub offentligt: bool,
}

impl Bakom {
    /// Freezes these facts of the books, which must be in force, with what they name, for a
    /// report set by the template `mall`. The grants are named even when no row does.
    #[must_use]
    pub fn fryst(bocker: &Bocker, mall: &str, bidrag: &[BidragId], fakta: &[&Faktum]) -> Self {
        let tryckta = Tryckta::i(bocker);
        let rader: Vec<FrystRad> = fakta.iter().map(|f| FrystRad::av(f, &tryckta)).collect();
        let om = || rader.iter().map(|rad| &rad.fakta.galler);
        let mut bidragen: BTreeSet<BidragId> = om().filter_map(|g| g.bidrag).collect();
        bidragen.extend(bidrag);
        let insatser: BTreeSet<InsatsId> = om().filter_map(|g| g.insats).collect();
        let papper: BTreeSet<UnderlagId> = rader
            .iter()
            .filter_map(|rad| rad.fakta.kalla.as_ref())
            .map(|kalla| kalla.underlag)
            .collect();
        let bidrag: Vec<(BidragId, String, OrganisationId)> = bidragen
            .into_iter()
            .filter_map(|id| bocker.bidrag(id))
            .map(|b| (b.id, b.namn.clone(), b.finansiar))
            .collect();
        let organisationer: BTreeSet<OrganisationId> = om()
            .flat_map(|g| [g.organisation, g.finansiar])
            .flatten()
            .chain(bidrag.iter().map(|(_, _, finansiar)| *finansiar))
            .collect();
        let namn = |id: OrganisationId| (id, bocker.organisationsnamn(id).to_owned());
        Self {
            mall: mall.to_owned(),
            insatser: insatser
                .into_iter()
                .filter_map(|id| bocker.insats(id))
                .map(|i| (i.id, i.namn.clone()))
                .collect(),
            organisationer: organisationer.into_iter().map(namn).collect(),
            papper: papper
                .into_iter()
                .filter_map(|id| bocker.underlag(id))
                .map(|u| FrystPapper {
                    id: u.id,
                    titel: u.titel.clone(),
                    offentligt: u.offentligt,
                })
                .collect(),
            bidrag,
            rader,
        }
    }

    /// The frozen rows as books to calculate from. They hold nothing else.
    #[must_use]
    pub fn bocker(&self, huvudman: Huvudman) -> Bocker {
        Bocker {
            huvudman,
            lage: 0,
            organisationer: self.organisationer.iter().map(organisation).collect(),
            bidrag: self.bidrag.iter().map(bidrag).collect(),
            beslut: Vec::new(),
            medelsposter: Vec::new(),
            insatser: self.insatser.iter().map(insats).collect(),
            fakta: self.rader.iter().map(FrystRad::faktum).collect(),
            underlag: self.papper.iter().map(FrystPapper::huvud).collect(),
            accepterade: Vec::new(),
            publiceringar: Vec::new(),
            rapporter: Vec::new(),
            inlasta: Vec::new(),
            anvandare: std::collections::BTreeMap::new(),
        }
    }
}

impl FrystRad {
    /// What a person has confirmed stands in the public paper that it confirms.
    fn av(f: &Faktum, tryckta: &Tryckta<'_>) -> Self {
        let kalla = tryckta.kalla(f).or(f.fakta.kalla.as_ref());
        Self {
            id: f.id,
            registrerad: f.registrerad,
            fakta: NyttFaktum {
                orsak: None,
                rattar: None,
                beslut: None,
                kalla: kalla.cloned(),
                ..f.fakta.clone()
            },
        }
    }

    fn faktum(&self) -> Faktum {
        Faktum {
            id: self.id,
            registrerad: self.registrerad,
            registrerad_av: AnvandareId::DRIFT,
            fakta: self.fakta.clone(),
        }
    }
}

impl FrystPapper {
    fn huvud(&self) -> UnderlagHuvud {
        UnderlagHuvud {
            id: self.id,
            dokument: String::new(),
            titel: self.titel.clone(),
            offentligt: self.offentligt,
            sha256: [0; 32],
            registrerad: Timestamp::UNIX_EPOCH,
            registrerad_av: AnvandareId::DRIFT,
            ersatter: None,
        }
    }
}

fn organisation((id, namn): &(OrganisationId, String)) -> Organisation {
    Organisation {
        id: *id,
        slug: String::new(),
        slag: OrganisationSlag::Annan,
        orgnr: None,
        overordnad: None,
        namn: vec![OrganisationsNamn {
            namn: namn.clone(),
            art: NamnArt::Namn,
            fran: None,
        }],
    }
}

fn bidrag((id, namn, finansiar): &(BidragId, String, OrganisationId)) -> Bidrag {
    Bidrag {
        id: *id,
        slug: String::new(),
        namn: namn.clone(),
        finansiar: *finansiar,
        program: None,
        program_ar: None,
        ar: Vec::new(),
        andamal: None,
        overforing_tillaten: None,
        diarienummer: None,
    }
}

fn insats((id, namn): &(InsatsId, String)) -> Insats {
    Insats {
        id: *id,
        slug: String::new(),
        namn: namn.clone(),
        bidrag: None,
        start_ar: None,
        slut_ar: None,
        ansvariga: Vec::new(),
        text: InsatsText::default(),
        fortsattning: Fortsattning::Okand,
        reserv: false,
        tjanster: Vec::new(),
        version: 1,
    }
}
