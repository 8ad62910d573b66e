//! A report of figures as a file, for the command line.

use super::super::bygg::{Ram, Utkast};
use super::{forslag, sammanstall, skapa};
use crate::Tjanst;
use crate::lasning::Bok;
use jiff::civil::Date;
use utfall_behorighet::{Aktor, Atgard};
use utfall_domain::problem::Problem;
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::{Rapport, Rapportlage, Rapportslag};
use utfall_domain::tid::{PerDag, dag};

/// Which report. What is not said is what is most likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onskad {
    /// To the board.
    Ekonomirapport {
        /// The year.
        ar: Option<i16>,
        /// The last month, 1–12.
        till_manad: Option<i8>,
    },
    /// The coming year beside the last.
    Fordelningsmemo {
        /// The coming year.
        ar: Option<i16>,
    },
    /// The note in the annual accounts.
    Insatsnot {
        /// The year of the accounts.
        ar: Option<i16>,
    },
}

impl Onskad {
    fn slag(self, bok: &Bok, i_dag: Date) -> Rapportslag {
        let (aret, manaden) = forslag(bok, i_dag);
        match self {
            Self::Ekonomirapport { ar, till_manad } => Rapportslag::Ekonomirapport {
                ar: ar.unwrap_or(aret),
                till_manad: till_manad.unwrap_or(match ar {
                    Some(ar) if ar != aret => 12,
                    _ => manaden,
                }),
                namnd: None,
            },
            Self::Fordelningsmemo { ar } => Rapportslag::Fordelningsmemo {
                ar: ar.unwrap_or(aret.saturating_add(1)),
                bidrag: Vec::new(),
            },
            Self::Insatsnot { ar } => Rapportslag::Insatsnot {
                ar: ar.unwrap_or(aret),
            },
        }
    }
}

impl Tjanst {
    /// The file, and whether it is an issued report as it was issued: the newest one of just this
    /// kind, year and month, when no day is asked for.
    ///
    /// # Errors
    /// When no report can be about that, or the role may not read reports.
    pub async fn sammanstallning(
        &self,
        aktor: &Aktor,
        onskad: Onskad,
        per: Option<PerDag>,
        adress: &str,
        format: Format,
    ) -> Result<(Vec<u8>, bool), Problem> {
        let bok = self.bok(aktor, Atgard::LasaRapporter, None).await?;
        let nu = self.klocka.nu();
        let slag = onskad.slag(&bok, dag(nu));
        skapa::prova(&bok, &slag)?;
        per.map_or(Ok(()), |per| super::super::prova_dag(per, dag(nu)))?;
        let rapport = bok.rapporter.iter().rfind(|r| r.slag == slag);
        if let (Some(r), None) = (rapport.filter(|r| utfardad(r)), per)
            && let Some(fil) = self.utfardad_fil(aktor, r, format).await?
        {
            return Ok((fil, true));
        }
        let utkast = match rapport {
            Some(_) => self.texter(aktor, rapport, 0).await?,
            None => Utkast::default(),
        };
        let besked = self.bokforingsbesked(aktor, &bok, &slag).await?;
        let ident = format!("{}/{}", bok.huvudman.slug, skapa::grund(&bok, &slag));
        let ram = Ram {
            ident: &ident,
            per: per.unwrap_or(PerDag(dag(nu))),
            nu,
            adress,
            fynd: &[],
            bokforing: besked.as_ref(),
            utfardas: None,
        };
        let dokument = sammanstall(&bok, &slag, &utkast, &ram).dokument();
        Ok((self.satt(dokument, format).await?, false))
    }
}

const fn utfardad(r: &Rapport) -> bool {
    matches!(r.lage, Rapportlage::Utfardad { .. })
}
