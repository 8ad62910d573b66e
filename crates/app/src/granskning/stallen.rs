//! Where in its paper a fact stands: the statement it was read from.

use crate::Tjanst;
use crate::lasning::Bok;
use crate::underlag::{Stalle, Uttalande, tolka_igen};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use utfall_behorighet::Aktor;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler};
use utfall_domain::id::{FaktumId, UnderlagId};
use utfall_domain::problem::Problem;
use utfall_domain::underlag as u;

impl Tjanst {
    /// The paths of the statements that facts were read from, in the paper that each fact
    /// names: `insatser[3].ekonomi[0].utfall[0]`. What has no figure of its own there leads to
    /// the first statement at its place.
    ///
    /// # Errors
    /// When the role may not read papers, or the database fails.
    pub async fn stallen(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        fakta: &[&Faktum],
    ) -> Result<HashMap<FaktumId, String>, Problem> {
        let mut per: BTreeMap<UnderlagId, Vec<&Faktum>> = BTreeMap::new();
        for f in fakta {
            if let Some(kalla) = &f.fakta.kalla {
                per.entry(kalla.underlag).or_default().push(f);
            }
        }
        let mut ut = HashMap::new();
        for (id, fakta) in per {
            let papper = self.papper(aktor, bok, id).await?;
            ut.extend(i_papperet(bok, id, &papper.underlag, &fakta));
        }
        Ok(ut)
    }
}

/// The statements of one paper that these facts were read from.
pub(super) fn i_papperet(
    bok: &Bok,
    id: UnderlagId,
    papper: &u::Underlag,
    fakta: &[&Faktum],
) -> HashMap<FaktumId, String> {
    let tolkat = tolka_igen(papper, id, bok).unwrap_or_default();
    let mut om: HashMap<(FaktumSlag, &Galler), Vec<&Uttalande>> = HashMap::new();
    for x in &tolkat.uttalanden {
        om.entry(x.nyckel()).or_default().push(x);
    }
    let rot = u::skriv(papper);
    let mut platser = HashMap::new();
    pa_platser(&rot, String::new(), &mut platser);
    let ett = |f: &&Faktum| {
        let plats = f.fakta.kalla.as_ref()?.plats.as_str();
        let sagda = om.get(&(f.fakta.slag, f.galler()));
        let x = sagda.and_then(|sagda| sagda.iter().find(|x| sager(x, f)));
        let sokvag = match x.and_then(|x| x.stallen.first()) {
            Some(stalle) => sokvag(&rot, stalle, plats),
            None => platser.get(plats)?.clone(),
        };
        Some((f.id, sokvag))
    };
    fakta.iter().filter_map(ett).collect()
}

/// The first statement at each place: what a fact without a figure of its own was read from.
fn pa_platser<'a>(varde: &'a Value, sokvag: String, ut: &mut HashMap<&'a str, String>) {
    match varde {
        Value::Object(falt) => {
            for (namn, inre) in falt {
                let punkt = if sokvag.is_empty() { "" } else { "." };
                pa_platser(inre, format!("{sokvag}{punkt}{namn}"), ut);
            }
            if let Some(plats) = falt.get("plats").and_then(Value::as_str) {
                ut.entry(plats).or_insert(sokvag);
            }
        }
        Value::Array(lista) => {
            for (nr, inre) in lista.iter().enumerate() {
                pa_platser(inre, format!("{sokvag}[{nr}]"), ut);
            }
        }
        _ => {}
    }
}

/// Whether it is this that the fact was read from: the same figure at the same place. A fact
/// that was struck by hand keeps the place it was struck at.
fn sager(x: &Uttalande, f: &Faktum) -> bool {
    let (sagt, last) = (&x.faktum.kalla, &f.fakta.kalla);
    let plats = |kalla: &Option<utfall_domain::faktum::Kalla>| {
        kalla
            .as_ref()
            .map(|k| (k.plats.clone(), k.uttalande.clone()))
    };
    plats(sagt) == plats(last) && (x.faktum.varde == f.varde() || f.fakta.struken)
}

/// The path of the one statement: in a list the first that stands at the place.
fn sokvag(rot: &Value, stalle: &Stalle, plats: &str) -> String {
    let sokvag = stalle.sokvag();
    if !matches!(stalle, Stalle::Uppgifter(_)) {
        return sokvag.to_owned();
    }
    let pekare = format!("/{}", sokvag.replace(['[', '.'], "/").replace(']', ""));
    let lista = rot.pointer(&pekare).and_then(Value::as_array);
    let har = |v: &Value| v.get("plats").and_then(Value::as_str) == Some(plats);
    let nr = lista.and_then(|lista| lista.iter().position(har));
    format!("{sokvag}[{}]", nr.unwrap_or_default())
}
