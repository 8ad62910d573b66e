//! What has been entered by hand, put as a paper so that the same rules read it.

mod antal;

use super::Papper;
use crate::dorr::internt;
use crate::lasning::Bok;
use crate::underlag::Kedja;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use utfall_domain::faktum::{Enhet, Faktum};
use utfall_domain::id::{BidragId, FaktumId, OrganisationId};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Harledning, Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::pengar::{Ore, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::underlag as u;
use utfall_domain::varde::Varde;

pub(super) use antal::{Personsagt, Sagt};

/// The short name of this paper in findings.
pub const REGISTER: &str = "registret";

/// The books as a paper, with the facts that each of its statements was made of.
pub(super) struct Registret {
    /// The paper and what the rules say of it.
    pub(super) papper: Papper,
    fakta: BTreeMap<String, Vec<FaktumId>>,
}

impl Registret {
    /// The facts behind a path: of the statement itself, of what holds it and what it holds.
    pub(super) fn bakom(&self, sokvag: &str) -> BTreeSet<FaktumId> {
        let inom = |inre: &str| {
            let rest = inre.strip_prefix(sokvag);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        };
        let inuti = self.fakta.range(sokvag.to_owned()..);
        let inuti = inuti.take_while(|(s, _)| s.starts_with(sokvag));
        let mut ut: BTreeSet<FaktumId> = inuti
            .filter(|(s, _)| inom(s))
            .flat_map(|(_, fakta)| fakta.iter().copied())
            .collect();
        let mut yttre = sokvag;
        while let Some(slut) = yttre.rfind(['[', '.']) {
            yttre = yttre.get(..slut).unwrap_or_default();
            ut.extend(self.fakta.get(yttre).into_iter().flatten());
        }
        ut
    }
}

/// The grants, and the initiatives that no grant pays, that somebody has entered or corrected
/// amounts of by hand, and the people and volumes that are, as a paper.
/// `None` when everything comes from papers: their own findings say it then.
///
/// # Errors
/// A fault in the program, when the books cannot be put as a paper.
pub(super) fn registret(
    bok: &Bok,
    kedjor: &[Kedja<'_>],
    sagt: &Personsagt,
) -> Result<Option<Registret>, Problem> {
    let mut s = Sammanstallning {
        bok,
        fakta: BTreeMap::new(),
        precision: BTreeMap::new(),
    };
    let bidrag: Vec<&Bidrag> = bok.bidrag.iter().filter(|b| for_hand(bok, b.id)).collect();
    let finns = |b: &BidragId| bidrag.iter().any(|x| x.id == *b);
    let med_pengar = |i: &Insats| match &i.bidrag {
        Some(b) => finns(b),
        None => insats_for_hand(bok, i),
    };
    let antal = antal::stall_samman(&mut s, kedjor, sagt);
    let insatser: Vec<&Insats> = bok
        .insatser
        .iter()
        .filter(|i| med_pengar(i) || antal.insatser.contains(&i.id))
        .collect();
    if bidrag.is_empty() && insatser.is_empty() && antal.tomt() {
        return Ok(None);
    }
    let bidragen: Vec<Value> = bidrag
        .iter()
        .enumerate()
        .map(|(nr, b)| s.ett_bidrag(nr, b))
        .collect();
    let insatserna: Vec<Value> = insatser
        .iter()
        .enumerate()
        .map(|(nr, i)| s.en_insats(nr, i, med_pengar(i)))
        .collect();
    let papper = json!({
        "format": u::FORMAT,
        "dokument": dokument(bok),
        "organisationer": organisationer(bok, &bidrag, &insatser),
        "bidrag": bidragen,
        "insatser": insatserna,
        "personer": antal.personer,
        "volymer": antal.volymer,
    });
    let bytes = serde_json::to_vec(&papper).map_err(|e| internt(&e))?;
    let mut underlag = u::las(REGISTER, &bytes).map_err(|p| internt(&format!("{p:?}")))?;
    s.satt_precision(&mut underlag);
    Ok(Some(Registret {
        papper: Papper::granskat(underlag),
        fakta: s.fakta,
    }))
}

fn dokument(bok: &Bok) -> Value {
    json!({
        "titel": "Uppgifter som registrerats för hand",
        "slag": "annat",
        "huvudman": {
            "slug": bok.huvudman.slug,
            "namn": bok.huvudman.namn,
            "slag": "annan",
            "pahittat": bok.huvudman.pahittad,
        },
        "kalla": "Utfall",
    })
}

fn for_hand(bok: &Bok, bidrag: BidragId) -> bool {
    bok.fakta()
        .iter()
        .any(|f| f.galler().bidrag == Some(bidrag) && ar_pengar_for_hand(f))
}

fn insats_for_hand(bok: &Bok, i: &Insats) -> bool {
    bok.fakta()
        .iter()
        .any(|f| f.galler().insats == Some(i.id) && ar_pengar_for_hand(f))
}

/// A count of people that was entered by hand says nothing of money, and neither does what
/// the office expects or has set.
fn ar_pengar_for_hand(f: &Faktum) -> bool {
    f.fakta.kalla.is_none() && f.fakta.slag.enhet() == Enhet::Ore && !f.fakta.slag.inre()
}

fn organisationer(bok: &Bok, bidrag: &[&Bidrag], insatser: &[&Insats]) -> Vec<Value> {
    let namnder = bok
        .fakta()
        .into_iter()
        .filter_map(|f| f.galler().organisation);
    let alla: BTreeSet<OrganisationId> = bidrag
        .iter()
        .map(|b| b.finansiar)
        .chain(insatser.iter().flat_map(|i| i.ansvariga.iter().copied()))
        .chain(namnder)
        .collect();
    alla.into_iter()
        .map(|id| json!({ "id": org(id), "namn": bok.organisationsnamn(id), "slag": "annan" }))
        .collect()
}

/// A paper under way: where its statements come from.
struct Sammanstallning<'a> {
    bok: &'a Bok,
    fakta: BTreeMap<String, Vec<FaktumId>>,
    /// How exact each amount is, where rounded facts are among what it is the sum of.
    precision: BTreeMap<String, Precision>,
}

impl Sammanstallning<'_> {
    /// No unit says how exact a sum of rounded amounts is, so it is told beside the text.
    fn satt_precision(&self, underlag: &mut u::Underlag) {
        let satt = |uppgifter: &mut Vec<u::Uppgift>, sokvag: String| {
            if let Some(precision) = self.precision.get(&sokvag) {
                for uppgift in uppgifter {
                    uppgift.belopp.precision = *precision;
                }
            }
        };
        for (nr, b) in underlag.bidrag.iter_mut().enumerate() {
            for (arnr, ar) in b.ar.iter_mut().enumerate() {
                let bas = format!("bidrag[{nr}].ar[{arnr}]");
                satt(&mut ar.tilldelat, format!("{bas}.tilldelat"));
                satt(&mut ar.overfort_in, format!("{bas}.overfort_in"));
                satt(&mut ar.rekvirerat, format!("{bas}.rekvirerat"));
                satt(&mut ar.anvant, format!("{bas}.anvant"));
                satt(&mut ar.aterbetalas, format!("{bas}.aterbetalas"));
                satt(&mut ar.overfort_ut, format!("{bas}.overfort_ut"));
                for (nnr, n) in ar.namnder.iter_mut().enumerate() {
                    satt(&mut n.fordelat, format!("{bas}.namnder[{nnr}].fordelat"));
                    satt(&mut n.anvant, format!("{bas}.namnder[{nnr}].anvant"));
                }
            }
        }
        for (nr, i) in underlag.insatser.iter_mut().enumerate() {
            for (arnr, e) in i.ekonomi.iter_mut().enumerate() {
                let bas = format!("insatser[{nr}].ekonomi[{arnr}]");
                satt(&mut e.budget, format!("{bas}.budget"));
                satt(&mut e.utfall, format!("{bas}.utfall"));
            }
        }
    }

    fn ett_bidrag(&mut self, nr: usize, b: &Bidrag) -> Value {
        let ar: Vec<Value> =
            b.ar.iter()
                .enumerate()
                .map(|(arnr, ar)| self.ett_ar(b, *ar, &format!("bidrag[{nr}].ar[{arnr}]")))
                .collect();
        json!({
            "id": bidrag_id(b.id),
            "namn": b.namn,
            "finansiar": org(b.finansiar),
            "plats": "registret",
            "ar": ar,
        })
    }

    fn ett_ar(&mut self, b: &Bidrag, ar: i16, bas: &str) -> Value {
        let urval = Urval::bidrag(b.id).ar(ar);
        let namnder: BTreeSet<OrganisationId> = self
            .bok
            .fakta()
            .into_iter()
            .filter(|f| urval.omfattar(f.galler(), utfall_domain::matt::Arsfalt::Ar))
            .filter_map(|f| f.galler().organisation)
            .collect();
        let namnder: Vec<Value> = namnder
            .into_iter()
            .enumerate()
            .map(|(nr, id)| {
                let u = urval.clone().for_organisation(id);
                let bas = format!("{bas}.namnder[{nr}]");
                let mut ut = json!({ "organisation": org(id) });
                let falten = [
                    ("fordelat", Matt::FordelatNamnd),
                    ("anvant", Matt::AnvantNamnd),
                ];
                self.uppgifter(&mut ut, &falten, &u, (&b.namn, &bas));
                ut
            })
            .collect();
        let mut ut = json!({ "ar": ar, "status": "slutlig", "namnder": namnder });
        let falten = [
            ("tilldelat", Matt::Tilldelat),
            ("overfort_in", Matt::OverfortIn),
            ("rekvirerat", Matt::Rekvirerat),
            ("anvant", Matt::Anvant),
            ("aterbetalas", Matt::Aterbetalning),
            ("overfort_ut", Matt::OverfortUt),
        ];
        // Requests for a part of the year are no total to hold against what is shared out.
        let delar = !crate::medel::helt_rekvirerat(self.bok, b.id, ar);
        let falten: Vec<(&str, Matt)> = falten
            .into_iter()
            .filter(|(_, matt)| !(delar && *matt == Matt::Rekvirerat))
            .collect();
        self.uppgifter(&mut ut, &falten, &urval, (&b.namn, bas));
        ut
    }

    fn en_insats(&mut self, nr: usize, i: &Insats, med_pengar: bool) -> Value {
        let ar: BTreeSet<i16> = self
            .bok
            .om_insats(i.id)
            .into_iter()
            .filter_map(|f| f.galler().ar)
            .filter(|_| med_pengar)
            .collect();
        let ekonomi: Vec<Value> = ar
            .into_iter()
            .enumerate()
            .map(|(arnr, ar)| {
                let bas = format!("insatser[{nr}].ekonomi[{arnr}]");
                let mut ut = json!({ "ar": ar });
                let falten = [("budget", Matt::Fordelat), ("utfall", Matt::AnvantInsats)];
                let urval = Urval::insats(i.id).ar(ar);
                self.uppgifter(&mut ut, &falten, &urval, (&i.namn, &bas));
                ut
            })
            .collect();
        let mut ut = json!({
            "id": insats_id(i),
            "namn": i.namn,
            "ansvariga": i.ansvariga.iter().map(|id| org(*id)).collect::<Vec<_>>(),
            "ekonomi": ekonomi,
            "plats": "registret",
        });
        if let (Some(falt), Some(b), true) = (ut.as_object_mut(), i.bidrag, med_pengar) {
            falt.insert("bidrag".into(), bidrag_id(b).into());
        }
        ut
    }

    /// Each measure as one statement in its field, when there is a known figure.
    fn uppgifter(
        &mut self,
        i: &mut Value,
        falten: &[(&str, Matt)],
        urval: &Urval,
        (plats, bas): (&str, &str),
    ) {
        for (falt, matt) in falten {
            let h = self.bok.matt(*matt, urval);
            let (Varde::Kant(ore), true) = (h.utfall.varde, h.utfall.har_fakta) else {
                continue;
            };
            let uppgift = json!([{ "belopp": format!("{} kr", Ore(ore)), "plats": plats }]);
            if let Some(post) = i.as_object_mut() {
                post.insert((*falt).to_owned(), uppgift);
            }
            let mut fakta = Vec::new();
            raderna(&h, &mut fakta);
            let sokvag = format!("{bas}.{falt}");
            let enhet = u32::try_from(h.utfall.halv.saturating_mul(2)).unwrap_or(u32::MAX);
            self.precision
                .insert(sokvag.clone(), Precision::steg(enhet));
            self.fakta.insert(sokvag, fakta);
        }
    }
}

/// Every fact that a figure was made of.
fn raderna(h: &Harledning, ut: &mut Vec<FaktumId>) {
    ut.extend(&h.rader);
    for led in &h.led {
        raderna(&led.harledning, ut);
    }
}

/// The name of a grant in this paper.
pub(super) fn bidrag_id(id: BidragId) -> String {
    format!("bidrag-{id}")
}

fn insats_id(i: &Insats) -> String {
    format!("insats-{}", i.id)
}

fn org(id: OrganisationId) -> String {
    format!("org-{id}")
}
