//! What is kept about a person, for the person (dataskyddsförordningen 15): as a document to be
//! read, and as data to be taken elsewhere.

use super::lasning::{Deltagarpost, Sida};
use super::ord::{allt_i, grunden, steget, vem};
use crate::Tjanst;
use jiff::Timestamp;
use utfall_behorighet::Aktor;
use utfall_domain::deltagare::samtycke::Samtyckeslage;
use utfall_domain::id::DeltagandeId;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::{Block, Dokument, Faktarad, Faktaruta, Format, Rubrik, Text};
use utfall_domain::tid::{dag, i_ord};

const MALL: &str = "registerutdrag-1";

/// The file an extract can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Utdragsformat {
    /// To be read.
    Dokument(Format),
    /// To be read by a program.
    Json,
}

impl Tjanst {
    /// The extract. The journal is told first, as of every sight of a person.
    ///
    /// # Errors
    /// As [`Tjanst::deltagaren`], and what the typesetter says.
    pub async fn registerutdrag(
        &self,
        aktor: &Aktor,
        id: DeltagandeId,
        format: Utdragsformat,
    ) -> Result<Vec<u8>, Problem> {
        let post = self.deltagaren(aktor, id, Sida::Utdrag).await?;
        let nu = self.klocka.nu();
        match format {
            Utdragsformat::Json => Ok(json(&post, nu).to_string().into_bytes()),
            Utdragsformat::Dokument(format) => self.satt(dokument(&post, nu), format).await,
        }
    }
}

/// What each part of the extract is, in order.
fn delar(post: &Deltagarpost) -> Vec<(String, Vec<(String, String)>)> {
    let egen = |rader: Vec<(&'static str, String)>| -> Vec<(String, String)> {
        rader.into_iter().map(|(n, t)| (n.to_owned(), t)).collect()
    };
    let mut forst = vem(&post.bild.uppgifter, post.deltagande.intrade.dag);
    forst.push(("Insats", post.insats.namn.clone()));
    forst.push((
        "Ansvarar för uppgifterna",
        post.organisationsnamn(post.bild.organisation).to_owned(),
    ));
    forst.push(grunden(&post.bild.grund));
    let mut ut = vec![("Vem det gäller".to_owned(), egen(forst))];
    for s in &post.bild.steg {
        let (namn, _) = steget(&s.vad);
        let mut rader = egen(allt_i(&s.vad));
        rader.push(("Registrerat".to_owned(), i_ord(dag(s.tid))));
        ut.push((namn.to_owned(), rader));
    }
    for lage in post.samtycken.values() {
        ut.push(("Samtycke".to_owned(), samtycket(post, lage)));
    }
    ut
}

fn samtycket(post: &Deltagarpost, lage: &Samtyckeslage) -> Vec<(String, String)> {
    let s = lage.samtycke();
    let till: Vec<&str> = s
        .till
        .iter()
        .map(|id| post.organisationsnamn(*id))
        .collect();
    let slag: Vec<&str> = s.slag.iter().map(|s| s.text()).collect();
    let nu = match lage {
        Samtyckeslage::Lamnat(s) => format!("lämnat {}", i_ord(s.dag)),
        Samtyckeslage::Aterkallat { dag, .. } => format!("återkallat {}", i_ord(*dag)),
    };
    [
        ("Får lämna ut", post.organisationsnamn(s.lamnar).to_owned()),
        ("Till", till.join(", ")),
        ("Uppgifter", slag.join(", ")),
        ("Läge", nu),
    ]
    .map(|(namn, text)| (namn.to_owned(), text))
    .to_vec()
}

fn stycke(text: &str) -> Block {
    Block::Stycke {
        text: vec![Text::ren(text)],
    }
}

fn dokument(post: &Deltagarpost, nu: Timestamp) -> Dokument {
    let mut block = Vec::new();
    for (nr, (rubrik, rader)) in delar(post).into_iter().enumerate() {
        block.push(Block::Rubrik(Rubrik {
            niva: 1,
            text: rubrik.clone(),
            ankare: format!("del-{nr}"),
        }));
        let rad = |(namn, text): (String, String)| Faktarad {
            namn,
            varde: vec![Text::ren(text)],
        };
        block.push(Block::Faktaruta(Faktaruta {
            rubrik,
            rader: rader.into_iter().map(rad).collect(),
        }));
    }
    block.push(Block::Rubrik(Rubrik {
        niva: 1,
        text: "Dina rättigheter".to_owned(),
        ankare: "rattigheter".to_owned(),
    }));
    block.push(stycke(
        "Är något fel har du rätt att få det rättat. Du kan också begära att uppgifterna inte \
         används medan det prövas. Vill du klaga vänder du dig till Integritetsskyddsmyndigheten.",
    ));
    block.push(stycke(
        "Kontoret, styrelsen och allmänheten ser aldrig dina uppgifter, bara antal där ingen kan \
         pekas ut. Uppgifterna tas bort när ett gallringsbeslut säger det.",
    ));
    Dokument {
        mallversion: MALL.to_owned(),
        titel: "Utdrag ur deltagarregistret".to_owned(),
        underrubrik: "Allt som finns om dig i den här insatsen".to_owned(),
        sprak: "sv-SE".to_owned(),
        organisation: post.organisationsnamn(post.bild.organisation).to_owned(),
        datum: dag(nu),
        skapad: nu,
        // Our number and never the person's: the file's own data is read by many programs.
        ident: format!("deltagande/{}", post.bild.id),
        nyckelord: vec!["registerutdrag".to_owned()],
        markning: None,
        block,
    }
}

fn json(post: &Deltagarpost, nu: Timestamp) -> serde_json::Value {
    let steg: Vec<serde_json::Value> = post
        .bild
        .steg
        .iter()
        .map(|s| {
            serde_json::json!({
                "registrerat": dag(s.tid).to_string(),
                "innehall": s.vad,
            })
        })
        .collect();
    let ord: Vec<serde_json::Value> = delar(post)
        .into_iter()
        .map(|(rubrik, rader)| {
            let rader: serde_json::Map<String, serde_json::Value> =
                rader.into_iter().map(|(n, t)| (n, t.into())).collect();
            serde_json::json!({ "rubrik": rubrik, "uppgifter": rader })
        })
        .collect();
    serde_json::json!({
        "format": "utfall-registerutdrag/1",
        "datum": dag(nu).to_string(),
        "i_ord": ord,
        "steg": steg,
    })
}
