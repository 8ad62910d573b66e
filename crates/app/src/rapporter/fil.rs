//! A grant's report as a file, for the command line.

use super::bygg::{Ram, Utkast, bygg};
use crate::Tjanst;
use crate::dorr::internt;
use crate::lasning::Bok;
use jiff::civil::Date;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::rapport::aterrapport::dokument;
use utfall_domain::rapport::{Dokument, Format, Indata};
use utfall_domain::rapporter::{Aterrapportmall, Rapport, Rapportlage, Rapportslag};
use utfall_domain::tid::{PerDag, dag};
use utfall_store as store;

/// Which report, and how.
#[derive(Clone, Debug)]
pub struct Bidragsrapport {
    /// The grant's address part.
    pub bidrag: String,
    /// The year; the grant's last when `None`.
    pub ar: Option<i16>,
    /// As of when; `None` takes the issued report if there is one, else today.
    pub per: Option<PerDag>,
    /// The address the figures lead to.
    pub adress: String,
    /// The file's format.
    pub format: Format,
}

impl Tjanst {
    /// The file, and whether it is an issued report as it was issued.
    ///
    /// # Errors
    /// When there is no such grant, or the role may not read reports.
    pub async fn bidragsrapport(
        &self,
        aktor: &Aktor,
        fraga: Bidragsrapport,
    ) -> Result<(Vec<u8>, bool), Problem> {
        let bok = self.bok(aktor, Atgard::LasaRapporter, None).await?;
        let bidrag = bok
            .bidrag
            .iter()
            .find(|b| b.slug == fraga.bidrag)
            .ok_or_else(|| {
                Problem::nytt(
                    ProblemSlag::FinnsInte,
                    "bidrag-finns-inte",
                    format!("Bidraget {} finns inte.", fraga.bidrag),
                    "Skriv utfall bidrag för att se vilka som finns.",
                )
            })?;
        let nu = self.klocka.nu();
        prova_fraga(bidrag, &fraga, dag(nu))?;
        let ar = fraga
            .ar
            .or_else(|| senaste_ar(&bok, bidrag))
            .unwrap_or_default();
        let rapport = senaste(&bok, bidrag, ar);
        if let (Some(r), None) = (rapport, fraga.per)
            && let Some(fil) = self.utfardad_fil(aktor, r, fraga.format).await?
        {
            return Ok((fil, true));
        }
        let utkast = self.texter(aktor, rapport, ar).await?;
        let fynd = self.fynd_kvar(aktor, &bok.per(fraga.per), bidrag).await?;
        let ident = format!("{}/{}-{ar}", bok.huvudman.slug, bidrag.slug);
        let ram = Ram {
            ident: &ident,
            per: fraga.per.unwrap_or(PerDag(dag(nu))),
            nu,
            adress: &fraga.adress,
            fynd: &fynd,
            bokforing: None,
            utfardas: None,
        };
        let mall = match rapport.map(|r| &r.slag) {
            Some(Rapportslag::Aterrapport { mall }) => *mall,
            _ => Aterrapportmall::av_finansiar(bok.organisationsnamn(bidrag.finansiar)),
        };
        let dokument = dokument(&bygg(&bok, (bidrag, mall), &utkast, &ram));
        Ok((self.satt(dokument, fraga.format).await?, false))
    }

    /// A draft as a file, as issuing it now would make it but marked.
    ///
    /// # Errors
    /// As [`Tjanst::forhandsvisa_rapport`].
    pub async fn rapportutkast(
        &self,
        aktor: &Aktor,
        rapport: &Rapport,
        adress: &str,
        format: Format,
    ) -> Result<Vec<u8>, Problem> {
        let visning = self
            .forhandsvisa_rapport(aktor, rapport.id, None, adress)
            .await?;
        self.satt(visning.indata.dokument(), format).await
    }

    /// An issued report's file; `None` for a draft.
    ///
    /// # Errors
    /// When the role may not read reports, or the database fails.
    pub async fn utfardad_fil(
        &self,
        aktor: &Aktor,
        rapport: &Rapport,
        format: Format,
    ) -> Result<Option<Vec<u8>>, Problem> {
        let permit = prova(aktor, Atgard::LasaRapporter)?;
        let id = rapport.id;
        let fil = self
            .db
            .las(move |k| -> Result<_, Problem> {
                Ok(store::rapporter::fil(k, &permit, id, format)?)
            })
            .await?;
        match (fil, format) {
            (None, Format::Xlsx) => {
                let indata = self.rapportindata(aktor, rapport).await?;
                self.ur_indata(indata, format).await
            }
            (fil, _) => Ok(fil),
        }
    }

    /// A file of a report that was issued before such files were kept: set from the frozen input.
    pub(crate) async fn ur_indata(
        &self,
        indata: Option<Indata>,
        format: Format,
    ) -> Result<Option<Vec<u8>>, Problem> {
        let Some(indata) = indata else {
            return Ok(None);
        };
        self.satt(indata.dokument(), format).await.map(Some)
    }

    /// Sets a document beside the threads that answer.
    pub(crate) async fn satt(
        &self,
        dokument: Dokument,
        format: Format,
    ) -> Result<Vec<u8>, Problem> {
        let sattare = std::sync::Arc::clone(&self.sattare);
        let satt = tokio::task::spawn_blocking(move || sattare.satt(&dokument, format)).await;
        satt.map_err(|e| internt(&e))?.map_err(|e| internt(&e))
    }

    /// The chapters of a draft, or those frozen in an issued report.
    pub(crate) async fn texter(
        &self,
        aktor: &Aktor,
        rapport: Option<&Rapport>,
        ar: i16,
    ) -> Result<Utkast, Problem> {
        match rapport.map(|r| (r.id, &r.lage)) {
            None => Ok(Utkast {
                ar,
                ..Utkast::default()
            }),
            Some((_, Rapportlage::Utkast { text, .. })) => {
                serde_json::from_str(text).map_err(|e| internt(&e))
            }
            Some((id, Rapportlage::Utfardad { .. })) => {
                let permit = prova(aktor, Atgard::LasaRapporter)?;
                let frusen = self
                    .db
                    .las(move |k| -> Result<_, Problem> {
                        Ok(store::rapporter::utfardad(k, &permit, id)?)
                    })
                    .await?
                    .ok_or_else(Problem::finns_inte)?;
                let indata = Indata::las(&frusen.indata).map_err(|e| internt(&e))?;
                Ok(Utkast::av(&indata))
            }
        }
    }
}

/// Refuses what can give no report: a day to come, and a year that is not the grant's.
fn prova_fraga(bidrag: &Bidrag, fraga: &Bidragsrapport, i_dag: Date) -> Result<(), Problem> {
    if let Some(ar) = fraga.ar.filter(|ar| !bidrag.ar.contains(ar)) {
        let finns: Vec<String> = bidrag.ar.iter().map(i16::to_string).collect();
        let atgard = if finns.is_empty() {
            "Bidraget har inga år: utelämna --ar.".to_owned()
        } else {
            format!("Välj ett av bidragets år: {}.", finns.join(", "))
        };
        let text = format!("{} har inga uppgifter för {ar}.", bidrag.namn);
        return Err(Problem::ogiltigt("rapport-ar", text, atgard).i_falt("ar"));
    }
    let Some(per) = fraga.per else {
        return Ok(());
    };
    super::prova_dag(per, i_dag)
}

/// The grant's last year with money: years that nobody has decided have nothing to report.
fn senaste_ar(bok: &Bok, bidrag: &Bidrag) -> Option<i16> {
    let med_pengar = |ar: &&i16| {
        let urval = Urval::bidrag(bidrag.id).ar(**ar);
        bok.varde(Matt::Grundmedel, &urval).kant().is_some()
    };
    bidrag
        .ar
        .iter()
        .rfind(med_pengar)
        .or_else(|| bidrag.ar.last())
        .copied()
}

/// The grant's newest report for the year.
fn senaste<'a>(bok: &'a Bok, bidrag: &Bidrag, ar: i16) -> Option<&'a Rapport> {
    bok.rapporter
        .iter()
        .rfind(|r| r.om_bidragsaret(bidrag.id, ar))
}
