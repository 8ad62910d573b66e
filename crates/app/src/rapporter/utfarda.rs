//! A report is issued: built, set in all formats, frozen, and never changed again.

use super::bokfort::Bokforingsbesked;
use super::bygg::{Ram, Utkast, bygg};
use super::hinder;
use super::sammanstall::sammanstall;
use super::skriv::{prova_langd, prova_utkast, sparning};
use crate::Tjanst;
use crate::dorr::{Anvandningsfall, Idempotensnyckel, Plan, internt};
use crate::lasning::Bok;
use crate::miljo::Miljo;
use crate::underlag::hex;
use sha2::{Digest, Sha256};
use utfall_behorighet::{Aktor, Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::granskning::Fynd;
use utfall_domain::id::RapportId;
use utfall_domain::journal::{Handelse, Hash};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::rapport::{Format, Indata, Sattare};
use utfall_domain::rapporter::{Rapport, Rapportslag, UtfardadRapport};
use utfall_domain::tid::{PerDag, dag};
use utfall_store as store;
use utfall_store::Las;

/// A report as it would be issued now.
#[derive(Clone, Debug)]
pub struct Forhandsvisning {
    /// The report.
    pub rapport: Rapport,
    /// The draft it is made of.
    pub utkast: Utkast,
    /// The typed input.
    pub indata: Indata,
    /// The findings that remain.
    pub fynd: Vec<Fynd>,
}

/// What somebody wants to issue: the draft they saw, and what they have written since.
#[derive(Clone, Debug)]
pub struct Utfardande {
    /// Which report.
    pub rapport: RapportId,
    /// The version the person saw.
    pub version: i64,
    /// The chapters as they stand in the form; `None` issues those that are saved.
    pub skrivet: Option<Utkast>,
}

impl Utfardande {
    /// Issues the chapters as they are saved in this version.
    #[must_use]
    pub const fn sparat(rapport: RapportId, version: i64) -> Self {
        Self {
            rapport,
            version,
            skrivet: None,
        }
    }
}

/// Freezes a report. Made by [`Tjanst::utfarda_rapport`], which sets the files first.
#[derive(Clone, Debug)]
pub struct UtfardaRapport {
    frusen: UtfardadRapport,
    /// The version the person saw.
    sedd: i64,
    /// What was written in that version and is saved with the issuing; `None` when nothing was.
    sparas: Option<Utkast>,
    /// The books' position when the figures were taken.
    lage: i64,
}

impl Tjanst {
    /// The report with the figures as of a day, as issuing would freeze it.
    ///
    /// # Errors
    /// When there is no such report, or the role may not read reports.
    pub async fn forhandsvisa_rapport(
        &self,
        aktor: &Aktor,
        rapport: RapportId,
        per: Option<PerDag>,
        adress: &str,
    ) -> Result<Forhandsvisning, Problem> {
        let bok = self.bok(aktor, Atgard::LasaRapporter, None).await?;
        let fynd = self.fynd_om(aktor, &bok.per(per), rapport).await?;
        let skrivet = self.rapporttexter(aktor, &bok, rapport).await?;
        let besked = self.besked_om(aktor, &bok, rapport).await?;
        let (bakom, om) = ((&*fynd, besked.as_ref()), (rapport, skrivet));
        self.bygg_rapport(&bok, om, per, adress, (bakom, true))
    }

    /// Issues a report with the figures as of a day. What has been written since the draft was
    /// saved is saved in the same transaction, so that what is issued is what was on the screen.
    ///
    /// # Errors
    /// A conflict when the draft or the books have changed meanwhile, or the refusals of
    /// [`UtfardaRapport`].
    pub async fn utfarda_rapport(
        &self,
        aktor: &Aktor,
        nyckel: Option<Idempotensnyckel>,
        utfardande: Utfardande,
        per: PerDag,
        adress: &str,
    ) -> Result<Hash, Problem> {
        let Utfardande {
            rapport,
            version: sedd,
            skrivet,
        } = utfardande;
        // The permit is asked for at once: nothing is set for somebody who may not issue it.
        utfall_behorighet::prova(aktor, Atgard::UtfardaRapport)?;
        let bok = self.bok(aktor, Atgard::LasaRapporter, None).await?;
        let fynd = self.fynd_om(aktor, &bok.per(Some(per)), rapport).await?;
        super::prova_dag(per, dag(self.klocka.nu()))?;
        let slag = &bok.rapport(rapport).ok_or_else(Problem::finns_inte)?.slag;
        hinder::prova(&bok.per(Some(per)), slag)?;
        let besked = self.besked_om(aktor, &bok, rapport).await?;
        let sparat = self.rapporttexter(aktor, &bok, rapport).await?;
        let sparas = skrivet.filter(|skrivet| *skrivet != sparat);
        sparas.as_ref().map_or(Ok(()), prova_langd)?;
        // A draft that is saved on the way is issued as its next version.
        let version = sedd.saturating_add(i64::from(sparas.is_some()));
        let om = (rapport, sparas.clone().unwrap_or(sparat));
        let bakom = (&*fynd, besked.as_ref());
        let visning = self.bygg_rapport(&bok, om, Some(per), adress, (bakom, false))?;
        let sattare = std::sync::Arc::clone(&self.sattare);
        let frusen = tokio::task::spawn_blocking(move || {
            frys(sattare.as_ref(), &visning.indata, (rapport, version), per)
        })
        .await
        .map_err(|e| internt(&e))??;
        self.utfor(
            aktor,
            nyckel,
            UtfardaRapport {
                frusen,
                sedd,
                sparas,
                lage: bok.lage,
            },
        )
        .await
    }

    /// What remains to explain about the report's grant.
    async fn fynd_om(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        rapport: RapportId,
    ) -> Result<Vec<Fynd>, Problem> {
        let rapport = bok.rapport(rapport).ok_or_else(Problem::finns_inte)?;
        match rapport.bidrag.and_then(|id| bok.bidrag(id)) {
            Some(bidrag) => self.fynd_kvar(aktor, bok, bidrag).await,
            None => Ok(Vec::new()),
        }
    }

    /// What the accounts are like, for a report that tells of it.
    async fn besked_om(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        rapport: RapportId,
    ) -> Result<Option<Bokforingsbesked>, Problem> {
        let rapport = bok.rapport(rapport).ok_or_else(Problem::finns_inte)?;
        self.bokforingsbesked(aktor, bok, &rapport.slag).await
    }

    /// The chapters of a report: of the draft, or as they were frozen.
    async fn rapporttexter(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        rapport: RapportId,
    ) -> Result<Utkast, Problem> {
        let rapport = bok.rapport(rapport).ok_or_else(Problem::finns_inte)?;
        self.texter(aktor, Some(rapport), 0).await
    }

    fn bygg_rapport(
        &self,
        bok: &Bok,
        (rapport, skrivet): (RapportId, Utkast),
        per: Option<PerDag>,
        adress: &str,
        ((fynd, bokforing), utkast): ((&[Fynd], Option<&Bokforingsbesked>), bool),
    ) -> Result<Forhandsvisning, Problem> {
        let rapport = bok.rapport(rapport).ok_or_else(Problem::finns_inte)?;
        let nu = self.klocka.nu();
        let ident = format!("{}/{}", bok.huvudman.slug, rapport.slug);
        let ram = Ram {
            ident: &ident,
            per: per.unwrap_or(PerDag(dag(nu))),
            nu,
            adress,
            fynd,
            bokforing,
            utfardas: (!utkast).then_some(rapport.slug.as_str()),
        };
        let indata = indata(bok, rapport, &skrivet, &ram)?;
        let fynd = fynd.to_vec();
        Ok(Forhandsvisning {
            rapport: rapport.clone(),
            utkast: skrivet,
            indata,
            fynd,
        })
    }
}

/// The input of a report of any kind.
pub(super) fn indata(
    bok: &Bok,
    rapport: &Rapport,
    skrivet: &Utkast,
    ram: &Ram<'_>,
) -> Result<Indata, Problem> {
    match &rapport.slag {
        Rapportslag::Aterrapport { mall } => {
            let bidrag = rapport.bidrag.and_then(|id| bok.bidrag(id));
            let bidrag = bidrag.ok_or_else(Problem::finns_inte)?;
            let indata = bygg(bok, (bidrag, *mall), skrivet, ram);
            Ok(Indata::Aterrapport(Box::new(indata)))
        }
        slag => {
            let indata = sammanstall(bok, slag, skrivet, ram);
            Ok(Indata::Sammanstallning(Box::new(indata)))
        }
    }
}

/// Sets every format and hashes what was set.
fn frys(
    sattare: &dyn Sattare,
    indata: &Indata,
    (rapport, vantad_version): (RapportId, i64),
    per: PerDag,
) -> Result<UtfardadRapport, Problem> {
    let dokument = indata.dokument();
    let satt = |format| sattare.satt(&dokument, format).map_err(|e| internt(&e));
    let (pdf, docx, html) = (satt(Format::Pdf)?, satt(Format::Docx)?, satt(Format::Html)?);
    let xlsx = Some(satt(Format::Xlsx)?);
    let indata = indata.json().map_err(|e| internt(&e))?;
    Ok(UtfardadRapport {
        rapport,
        vantad_version,
        per,
        indata_sha256: Sha256::digest(&indata).into(),
        pdf_sha256: Sha256::digest(&pdf).into(),
        indata,
        pdf,
        docx,
        html,
        xlsx,
    })
}

impl Anvandningsfall for UtfardaRapport {
    const ATGARD: Atgard = Atgard::UtfardaRapport;
    type Laddat = Bocker;
    /// SHA-256 of the PDF.
    type Svar = Hash;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, _: &mut Miljo) -> Result<Plan<Hash>, Problem> {
        let rapport = bocker
            .rapport(self.frusen.rapport)
            .ok_or_else(Problem::finns_inte)?;
        prova_utkast(rapport, self.sedd)?;
        if bocker.lage != self.lage {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "rapport-siffror-andrade",
                "Någon ändrade uppgifter medan rapporten skapades.",
                "Läs igenom rapporten igen och utfärda den sedan.",
            ));
        }
        let hash = self.frusen.pdf_sha256;
        let sparning = self
            .sparas
            .iter()
            .map(|utkast| sparning((self.frusen.rapport, self.sedd), utkast));
        let mut andringar = sparning.collect::<Result<Vec<_>, _>>()?;
        andringar.push(Andring::UtfardaRapport(Box::new(self.frusen.clone())));
        let ocksa = match self.sparas {
            Some(_) => " Texterna sparades samtidigt.",
            None => "",
        };
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "rapport-utfardad".into(),
                objekt: format!("rapport {}", self.frusen.rapport),
                text: format!(
                    "{} utfärdades med siffrorna per {}.{ocksa}",
                    rapport.titel,
                    utfall_domain::tid::i_ord(self.frusen.per.0)
                ),
                data: serde_json::json!({
                    "per": self.frusen.per,
                    "pdf_sha256": hex(&hash),
                    "indata_sha256": hex(&self.frusen.indata_sha256),
                }),
            },
            svar: hash,
        })
    }
}
