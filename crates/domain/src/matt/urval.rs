//! Which facts a figure is about.

use super::register::Arsfalt;
use crate::faktum::Galler;
use crate::id::{BidragId, InsatsId, OrganisationId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A selection. What is `None` is not restricted. No free filters: only these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Urval {
    /// Only this grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bidrag: Option<BidragId>,
    /// Only what names no grant.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub utan_bidrag: bool,
    /// Only this initiative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insats: Option<InsatsId>,
    /// Only these initiatives: a board's, whether what is said of them names the board or not.
    /// Empty is no restriction.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub insatser: Vec<InsatsId>,
    /// Only what names no initiative.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub utan_insats: bool,
    /// Only this board or party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Only this funder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finansiar: Option<OrganisationId>,
    /// Only this year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ar: Option<i16>,
    /// Only the period that begins this day (a month of volumes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Date>,
    /// Only this category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kategori: Option<String>,
    /// Only this version; `None` is the one in force, not all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

impl Urval {
    /// Everything about a grant.
    #[must_use]
    pub fn bidrag(bidrag: BidragId) -> Self {
        Self {
            bidrag: Some(bidrag),
            ..Self::default()
        }
    }

    /// Everything about an initiative.
    #[must_use]
    pub fn insats(insats: InsatsId) -> Self {
        Self {
            insats: Some(insats),
            ..Self::default()
        }
    }

    /// The same, one year only.
    #[must_use]
    pub fn ar(mut self, ar: i16) -> Self {
        self.ar = Some(ar);
        self
    }

    /// The same, one initiative only.
    #[must_use]
    pub fn for_insats(mut self, insats: InsatsId) -> Self {
        self.insats = Some(insats);
        self
    }

    /// The same, these initiatives only; without any it is not restricted.
    #[must_use]
    pub fn for_insatser(mut self, insatser: impl IntoIterator<Item = InsatsId>) -> Self {
        self.insatser = insatser.into_iter().collect();
        self.insatser.sort_unstable();
        self.insatser.dedup();
        self
    }

    /// The same, one board or party only.
    #[must_use]
    pub fn for_organisation(mut self, organisation: OrganisationId) -> Self {
        self.organisation = Some(organisation);
        self
    }

    /// The same, one funder only.
    #[must_use]
    pub fn for_finansiar(mut self, finansiar: OrganisationId) -> Self {
        self.finansiar = Some(finansiar);
        self
    }

    /// The same, one category only.
    #[must_use]
    pub fn for_kategori(mut self, kategori: impl Into<String>) -> Self {
        self.kategori = Some(kategori.into());
        self
    }

    /// The selection as the query part of an address, without `?`: `bidrag=3&ar=2021`.
    #[must_use]
    pub fn fraga(&self) -> String {
        let tal = |namn: &str, tal: Option<i64>| tal.map(|t| format!("{namn}={t}"));
        let text =
            |namn: &str, text: Option<&String>| text.map(|t| format!("{namn}={}", procentkodat(t)));
        let ja = |namn: &str, ja: bool| ja.then(|| format!("{namn}=1"));
        let insatser: Vec<String> = self.insatser.iter().map(ToString::to_string).collect();
        [
            tal("bidrag", self.bidrag.map(BidragId::nummer)),
            ja("utan-bidrag", self.utan_bidrag),
            tal("insats", self.insats.map(InsatsId::nummer)),
            (!insatser.is_empty()).then(|| format!("insatser={}", insatser.join("."))),
            ja("utan-insats", self.utan_insats),
            tal(
                "organisation",
                self.organisation.map(OrganisationId::nummer),
            ),
            tal("finansiar", self.finansiar.map(OrganisationId::nummer)),
            tal("ar", self.ar.map(i64::from)),
            self.period.map(|dag| format!("period={dag}")),
            text("kategori", self.kategori.as_ref()),
            text("version", self.version.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("&")
    }

    /// Reads a selection from the query part of an address, as [`Urval::fraga`] writes it.
    ///
    /// # Errors
    /// The name whose value is no such thing; `"fraga"` when it is no query.
    pub fn av_text(fraga: &str) -> Result<Self, &'static str> {
        let par: Option<Vec<(&str, String)>> = fraga
            .split('&')
            .filter(|par| !par.is_empty())
            .map(|par| {
                let (namn, varde) = par.split_once('=')?;
                Some((namn, avkodat(varde)?))
            })
            .collect();
        let par = par.ok_or("fraga")?;
        Self::av_fraga(par.iter().map(|(namn, varde)| (*namn, varde.as_str())))
    }

    /// Reads a selection from an address's decoded names and values. Names of other things
    /// are passed over.
    ///
    /// # Errors
    /// The name whose value is no such thing.
    pub fn av_fraga<'a>(
        par: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, &'static str> {
        let mut urval = Self::default();
        for (namn, varde) in par {
            let tal = || varde.parse::<i64>().ok();
            match namn {
                "bidrag" => urval.bidrag = Some(tal().and_then(BidragId::ny).ok_or("bidrag")?),
                "insats" => urval.insats = Some(tal().and_then(InsatsId::ny).ok_or("insats")?),
                "insatser" => {
                    let alla = varde.split('.').map(|nr| InsatsId::ny(nr.parse().ok()?));
                    let alla: Option<Vec<InsatsId>> = alla.collect();
                    urval = urval.for_insatser(alla.ok_or("insatser")?);
                }
                "organisation" => {
                    let id = tal().and_then(OrganisationId::ny);
                    urval.organisation = Some(id.ok_or("organisation")?);
                }
                "finansiar" => {
                    let id = tal().and_then(OrganisationId::ny);
                    urval.finansiar = Some(id.ok_or("finansiar")?);
                }
                "ar" => urval.ar = Some(varde.parse().map_err(|_| "ar")?),
                "utan-bidrag" => urval.utan_bidrag = ja(varde).ok_or("utan-bidrag")?,
                "utan-insats" => urval.utan_insats = ja(varde).ok_or("utan-insats")?,
                "period" => urval.period = Some(varde.parse().map_err(|_| "period")?),
                "kategori" => urval.kategori = Some(varde.to_owned()),
                "version" => urval.version = Some(varde.to_owned()),
                _ => {}
            }
        }
        Ok(urval)
    }

    /// Whether a fact about this belongs, with the year read from the given field.
    #[must_use]
    pub fn omfattar(&self, galler: &Galler, arsfalt: Arsfalt) -> bool {
        let ar = match arsfalt {
            Arsfalt::Ar => galler.ar,
            Arsfalt::FranAr => galler.fran_ar,
        };
        passar(self.bidrag, galler.bidrag)
            && passar(self.insats, galler.insats)
            && (self.insatser.is_empty()
                || galler.insats.is_some_and(|id| self.insatser.contains(&id)))
            && !(self.utan_bidrag && galler.bidrag.is_some())
            && !(self.utan_insats && galler.insats.is_some())
            && passar(self.organisation, galler.organisation)
            && passar(self.finansiar, galler.finansiar)
            && passar(self.ar, ar)
            && passar(self.period, galler.period_fran)
            && (self.kategori.is_none() || self.kategori == galler.kategori)
            && self.version == galler.version
    }
}

/// Percent-encoding for a value in a query: everything but letters a–z, digits and `-._~`.
fn procentkodat(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(b).to_string()
            }
            _ => format!("%{b:02X}"),
        })
        .collect()
}

/// The opposite of [`procentkodat`]; `None` when it is no text.
fn avkodat(text: &str) -> Option<String> {
    let mut ut = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let siffra = |b: Option<u8>| char::from(b?).to_digit(16);
            let (hog, lag) = (siffra(bytes.next())?, siffra(bytes.next())?);
            ut.push(u8::try_from(hog * 16 + lag).ok()?);
        } else {
            ut.push(byte);
        }
    }
    String::from_utf8(ut).ok()
}

/// A yes in an address; a no is left out.
fn ja(varde: &str) -> Option<bool> {
    (varde == "1").then_some(true)
}

fn passar<T: PartialEq + Copy>(krav: Option<T>, har: Option<T>) -> bool {
    krav.is_none() || krav == har
}
