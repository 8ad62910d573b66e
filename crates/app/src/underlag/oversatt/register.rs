//! The objects a paper names: found in the books or made.

use crate::miljo::Miljo;
use crate::namn::ledig;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::{BidragId, InsatsId, OrganisationId};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText, Insatsbeskrivning, Tjanst};
use utfall_domain::medel::{Beslut, Bidrag};
use utfall_domain::organisation::{NamnArt, Organisation, OrganisationSlag, OrganisationsNamn};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::svensk::slug;
use utfall_domain::underlag as u;

/// Objects by the paper's own ids.
pub(super) struct Register<'a> {
    bocker: &'a Bocker,
    fordelade: BTreeSet<BidragId>,
    organisationer: BTreeMap<String, OrganisationId>,
    bidrag: BTreeMap<String, BidragId>,
    insatser: BTreeMap<String, InsatsId>,
    nya_organisationer: Vec<Organisation>,
    nya_bidrag: Vec<Bidrag>,
    nya_bidragsar: Vec<Andring>,
    nya_beslut: Vec<Beslut>,
    nya_insatser: Vec<Insats>,
}

impl<'a> Register<'a> {
    pub(super) fn ny(bocker: &'a Bocker, fordelade: BTreeSet<BidragId>) -> Self {
        Self {
            bocker,
            fordelade,
            organisationer: BTreeMap::new(),
            bidrag: BTreeMap::new(),
            insatser: BTreeMap::new(),
            nya_organisationer: Vec::new(),
            nya_bidrag: Vec::new(),
            nya_bidragsar: Vec::new(),
            nya_beslut: Vec::new(),
            nya_insatser: Vec::new(),
        }
    }

    /// What is new, in an order where everything comes before what points at it.
    pub(super) fn andringar(&mut self) -> Vec<Andring> {
        let organisationer = take(&mut self.nya_organisationer).into_iter();
        let bidrag = take(&mut self.nya_bidrag).into_iter();
        let beslut = take(&mut self.nya_beslut).into_iter();
        let insatser = take(&mut self.nya_insatser).into_iter();
        organisationer
            .map(Andring::NyOrganisation)
            .chain(bidrag.map(Andring::NyttBidrag))
            .chain(take(&mut self.nya_bidragsar))
            .chain(beslut.map(Andring::NyttBeslut))
            .chain(insatser.map(Andring::NyInsats))
            .collect()
    }

    /// The initiatives of the books, or new, by the paper's own ids.
    pub(super) fn insatserna(&mut self) -> BTreeMap<String, InsatsId> {
        take(&mut self.insatser)
    }

    pub(super) fn organisation(&self, id: &u::OrgRef) -> Option<OrganisationId> {
        self.organisationer.get(&id.0).copied()
    }

    pub(super) fn bidrag_av(&self, id: &u::BidragRef) -> Option<BidragId> {
        self.bidrag.get(&id.0).copied()
    }

    pub(super) fn insats_av(&self, id: &u::InsatsRef) -> Option<InsatsId> {
        self.insatser.get(&id.0).copied()
    }

    /// The grant of an initiative and its one responsible body.
    pub(super) fn om_insats(&self, id: InsatsId) -> (Option<BidragId>, Option<OrganisationId>) {
        let insats = self
            .nya_insatser
            .iter()
            .find(|i| i.id == id)
            .or_else(|| self.bocker.insats(id));
        insats.map_or((None, None), |i| {
            (i.bidrag, crate::medel::ensam(&i.ansvariga))
        })
    }

    /// Whether a grant had a distribution before this paper.
    pub(super) fn har_fordelning(&self, bidrag: BidragId) -> bool {
        self.fordelade.contains(&bidrag)
    }

    /// Who gives a grant.
    pub(super) fn finansiar(&self, id: BidragId) -> Option<OrganisationId> {
        let ny = self.nya_bidrag.iter().find(|b| b.id == id);
        ny.or_else(|| self.bocker.bidrag(id)).map(|b| b.finansiar)
    }

    pub(super) fn organisationer(
        &mut self,
        papper: &u::Underlag,
        miljo: &mut Miljo,
    ) -> Result<(), Problem> {
        for org in &papper.organisationer {
            let id = match self
                .bocker
                .organisationer
                .iter()
                .find(|o| o.heter(&org.namn))
            {
                Some(finns) => finns.id,
                None => self.ny_organisation(org, miljo)?,
            };
            self.organisationer.insert(org.id.0.clone(), id);
        }
        // Units point at each other in any order, so the second round ties them together.
        for org in &papper.organisationer {
            let over = org.overordnad.as_ref().and_then(|o| self.organisation(o));
            let id = self.organisationer.get(&org.id.0).copied();
            if let Some(ny) = self
                .nya_organisationer
                .iter_mut()
                .find(|o| Some(o.id) == id)
            {
                ny.overordnad = over.filter(|o| *o != ny.id);
            }
        }
        self.nya_organisationer
            .sort_by_key(|o| o.overordnad.is_some());
        Ok(())
    }

    fn ny_organisation(
        &mut self,
        org: &u::Organisation,
        miljo: &mut Miljo,
    ) -> Result<OrganisationId, Problem> {
        let namn = |namn: &str, art| OrganisationsNamn {
            namn: namn.to_owned(),
            art,
            fran: None,
        };
        let id = miljo.organisation();
        let alla = self
            .bocker
            .organisationer
            .iter()
            .chain(&self.nya_organisationer);
        let slug = ledig(&org.namn, alla.map(|o| o.slug.as_str()))?;
        let alias = org.alias.iter().map(|a| namn(a, NamnArt::Alias));
        self.nya_organisationer.push(Organisation {
            id,
            slug,
            slag: organisation_slag(org.slag),
            orgnr: None,
            overordnad: None,
            namn: std::iter::once(namn(&org.namn, NamnArt::Namn))
                .chain(alias)
                .collect(),
        });
        Ok(id)
    }

    pub(super) fn bidrag(
        &mut self,
        papper: &u::Underlag,
        miljo: &mut Miljo,
    ) -> Result<(), Problem> {
        for b in &papper.bidrag {
            let id = match self.bocker.bidrag.iter().find(|x| x.slug == b.id.0) {
                Some(finns) => {
                    self.nya_ar(finns, b);
                    finns.id
                }
                None => self.nytt_bidrag(b, miljo)?,
            };
            self.bidrag.insert(b.id.0.clone(), id);
        }
        Ok(())
    }

    /// The years of a grant that the books did not know.
    fn nya_ar(&mut self, finns: &Bidrag, b: &u::Bidrag) {
        let ar = b.ar.iter().filter_map(|a| a.ar.map(|x| x.0));
        let nya: BTreeSet<i16> = ar.filter(|ar| !finns.ar.contains(ar)).collect();
        if !nya.is_empty() {
            self.nya_bidragsar.push(Andring::NyaBidragsar {
                bidrag: finns.id,
                ar: nya.into_iter().collect(),
            });
        }
    }

    fn nytt_bidrag(&mut self, b: &u::Bidrag, miljo: &mut Miljo) -> Result<BidragId, Problem> {
        let finansiar = self
            .organisation(&b.finansiar)
            .ok_or_else(|| saknas("bidragets finansiär", &b.id.0))?;
        let id = miljo.bidrag();
        let program_ar = b
            .program
            .as_ref()
            .and_then(|p| Some((p.fran?.0, p.till?.0)));
        let mut ar: Vec<i16> = b.ar.iter().filter_map(|a| a.ar.map(|x| x.0)).collect();
        ar.sort_unstable();
        self.nya_bidrag.push(Bidrag {
            id,
            slug: b.id.0.clone(),
            namn: b.namn.clone(),
            finansiar,
            program: b.program.as_ref().map(|p| p.namn.clone()),
            program_ar,
            ar,
            andamal: b.andamal.clone(),
            overforing_tillaten: match b.overforing {
                Some(u::Overforing::Tillaten) => Some(true),
                Some(u::Overforing::EjTillaten) => Some(false),
                Some(u::Overforing::Okant) | None => None,
            },
            diarienummer: b.diarienummer.clone(),
        });
        Ok(id)
    }

    pub(super) fn beslut(&mut self, papper: &u::Underlag, miljo: &mut Miljo) {
        for b in &papper.beslut {
            let instans = papper
                .organisationer
                .iter()
                .find(|o| o.id.0 == b.instans.0)
                .map_or_else(|| b.instans.0.clone(), |o| o.namn.clone());
            let samma = |x: &Beslut| {
                x.instans == instans
                    && x.paragraf == b.paragraf
                    && x.ar == b.ar.map(|a| a.0)
                    && x.datum == b.datum
            };
            if self.bocker.beslut.iter().any(samma) {
                continue;
            }
            let bidrag = b.bidrag.as_ref().and_then(|x| self.bidrag_av(x));
            self.nya_beslut.push(Beslut {
                id: miljo.beslut(),
                instans,
                paragraf: b.paragraf.clone(),
                ar: b.ar.map(|a| a.0),
                datum: b.datum,
                diarienummer: b.diarienummer.clone(),
                rubrik: b.rubrik.clone(),
                bidrag,
                villkor: None,
            });
        }
    }

    pub(super) fn insatser(
        &mut self,
        papper: &u::Underlag,
        miljo: &mut Miljo,
    ) -> Result<(), Problem> {
        for i in &papper.insatser {
            let id = match self.finns(i) {
                Some(finns) => finns,
                None => self.ny_insats(i, miljo)?,
            };
            self.insatser.insert(i.id.0.clone(), id);
        }
        Ok(())
    }

    /// The initiative in the books: by its designation and, where that was taken by another
    /// grant's, by its name.
    fn finns(&self, i: &u::Insats) -> Option<InsatsId> {
        let bidrag = i.bidrag.as_ref().and_then(|b| self.bidrag_av(b));
        let samma = self.bocker.insatser.iter().filter(|x| x.bidrag == bidrag);
        let tagen = |x: &&Insats| self.insatser.values().any(|id| *id == x.id);
        let grund = slug(&i.id.0);
        let numrerad = |x: &&Insats| {
            let nummer = x
                .slug
                .strip_prefix(&grund)
                .and_then(|s| s.strip_prefix('-'));
            nummer.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())) && x.namn == i.namn
        };
        samma
            .clone()
            .find(|x| x.slug == grund)
            .or_else(|| samma.clone().find(|x| numrerad(x) && !tagen(x)))
            .map(|x| x.id)
    }

    fn ny_insats(&mut self, i: &u::Insats, miljo: &mut Miljo) -> Result<InsatsId, Problem> {
        let id = miljo.insats();
        let alla = self.bocker.insatser.iter().chain(&self.nya_insatser);
        let slug = ledig(&i.id.0, alla.map(|x| x.slug.as_str()))?;
        let sagt = beskrivning(i);
        self.nya_insatser.push(Insats {
            id,
            slug,
            namn: i.namn.clone(),
            bidrag: i.bidrag.as_ref().and_then(|b| self.bidrag_av(b)),
            start_ar: sagt.start_ar,
            slut_ar: sagt.slut_ar,
            ansvariga: i
                .ansvariga
                .iter()
                .filter_map(|o| self.organisation(o))
                .collect(),
            text: sagt.text,
            fortsattning: sagt.fortsattning,
            reserv: false,
            tjanster: sagt.tjanster,
            version: 1,
        });
        Ok(id)
    }

    /// An initiative that the paper names only as a row: found by name or made.
    pub(super) fn insats_av_rad(
        &mut self,
        etikett: &str,
        bidrag: Option<BidragId>,
        ansvariga: Vec<OrganisationId>,
        miljo: &mut Miljo,
    ) -> Result<InsatsId, Problem> {
        let alla = self.bocker.insatser.iter().chain(&self.nya_insatser);
        if let Some(finns) = alla
            .clone()
            .find(|i| i.namn == etikett && i.bidrag == bidrag)
        {
            return Ok(finns.id);
        }
        let slug = ledig(etikett, alla.map(|x| x.slug.as_str()))?;
        let id = miljo.insats();
        self.nya_insatser.push(Insats {
            id,
            slug,
            namn: etikett.to_owned(),
            bidrag,
            start_ar: None,
            slut_ar: None,
            ansvariga,
            text: InsatsText::default(),
            fortsattning: Fortsattning::Okand,
            reserv: false,
            tjanster: Vec::new(),
            version: 1,
        });
        Ok(id)
    }

    /// A row that the paper calls a reserve: no initiative, if it is new to the books.
    pub(super) fn ar_reserv(&mut self, id: InsatsId) {
        if let Some(ny) = self.nya_insatser.iter_mut().find(|i| i.id == id) {
            ny.reserv = true;
        }
    }
}

/// What a paper says of an initiative besides its figures.
pub(in crate::underlag) fn beskrivning(i: &u::Insats) -> Insatsbeskrivning {
    let ar = |tid: Option<u::Tidpunkt>| tid.map(u::Tidpunkt::ar);
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let sedan = i.fortsattning.as_ref();
    Insatsbeskrivning {
        text: InsatsText {
            beskrivning: text(&i.beskrivning),
            malgrupp: text(&i.malgrupp),
            mal: String::new(),
            kommentar: text(&i.kommentar),
            resultat: text(&i.resultat),
            fortsattning: sedan.and_then(|f| f.text.clone()).unwrap_or_default(),
        },
        fortsattning: sedan.map_or(Fortsattning::Okand, fortsattning),
        start_ar: ar(i.period.as_ref().and_then(|p| p.fran)),
        slut_ar: ar(i.period.as_ref().and_then(|p| p.till)),
        tjanster: i.tjanster.iter().map(tjanst).collect(),
    }
}

fn tjanst(t: &u::Tjanst) -> Tjanst {
    let manad = |m: Option<u::Manad>| m.map(|m| i16::from(m.manad));
    Tjanst {
        beskrivning: t.titel.clone(),
        antal: t.antal.map(|a| a.0),
        andel: t
            .andel
            .filter(|a| a.matt == u::Matt::Procent)
            .map(|a| a.varde),
        ar: t.fran.or(t.till).map(|m| m.ar),
        till_ar: t.till.map(|m| m.ar),
        fran_manad: manad(t.fran),
        till_manad: manad(t.till),
    }
}

const fn fortsattning(f: &u::Fortsattning) -> Fortsattning {
    match f.status {
        u::FortsattningSlag::Fortsatter => Fortsattning::Finansierad,
        u::FortsattningSlag::UtanFinansiering => Fortsattning::SaknarFinansiering,
        u::FortsattningSlag::Ordinarie => Fortsattning::Ordinarie,
        u::FortsattningSlag::Avslutas => Fortsattning::Avslutad,
        u::FortsattningSlag::Okant => Fortsattning::Okand,
    }
}

const fn organisation_slag(slag: u::OrganisationSlag) -> OrganisationSlag {
    match slag {
        u::OrganisationSlag::Kommun => OrganisationSlag::Kommun,
        u::OrganisationSlag::Namnd => OrganisationSlag::Namnd,
        u::OrganisationSlag::Enhet => OrganisationSlag::Enhet,
        u::OrganisationSlag::Region => OrganisationSlag::Region,
        u::OrganisationSlag::Myndighet => OrganisationSlag::Myndighet,
        u::OrganisationSlag::Samordningsforbund => OrganisationSlag::Samordningsforbund,
        u::OrganisationSlag::Fond => OrganisationSlag::Fond,
        u::OrganisationSlag::Forening => OrganisationSlag::Forening,
        u::OrganisationSlag::Foretag => OrganisationSlag::Bolag,
        u::OrganisationSlag::Annan => OrganisationSlag::Annan,
    }
}

fn saknas(vad: &str, vilket: &str) -> Problem {
    Problem::nytt(
        ProblemSlag::Ogiltigt,
        "underlag-hanvisning",
        format!("Det finns inte {vad} {vilket}."),
        "Lägg till det i underlaget eller ta bort hänvisningen.",
    )
}
