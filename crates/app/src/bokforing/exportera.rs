//! Our own requisitions and distributions are handed over to the accounts, as a file that the
//! accounting system reads in (SIE 4I). What has been handed over is remembered.

use super::exportfil::{Underlag, Utkast};
use super::laddat::Bokfort;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::miljo::Miljo;
use crate::{Brister, Tjanst};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::andring::Andring;
use utfall_domain::id::MedelspostId;
use utfall_domain::journal::Handelse;
use utfall_domain::medel::export::{Exportkonton, Exportsteg, Exporturval, Verifikation, exporter};
use utfall_domain::medel::post::{Innehall, NyMedelspost, Postgaller, sakens};
use utfall_domain::medel::verifikation::orgnr;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store::Las;

/// The longest series, in characters.
const LANGSTA_SERIE: usize = 10;

/// Writes a file of what the accounts have not been told of.
#[derive(Clone, Debug)]
pub struct ExporteraBokforing {
    /// Which of it.
    pub urval: Exporturval,
    /// The accounts.
    pub konton: Exportkonton,
    /// The series; empty lets the accounting system choose.
    pub serie: String,
    /// Whose accounts: organisation number, with or without a hyphen.
    pub orgnr: String,
    /// What the person saw ([`Utkast::avtryck`]); `None` when nobody looked.
    pub sedd: Option<String>,
}

impl ExporteraBokforing {
    /// The vouchers that the file would have.
    #[must_use]
    pub fn utkast(&self, u: &Underlag) -> Utkast {
        u.utkast(&self.urval, &self.konton)
    }

    /// What stops the file.
    #[must_use]
    pub fn hinder(&self, u: &Underlag) -> Brister {
        let mut fel = Brister::default();
        let utkast = self.utkast(u);
        if utkast.verifikationer.is_empty() {
            fel.prova::<()>(Err(inget_nytt(&self.urval)));
            return fel;
        }
        fel.prova(self.prova_orgnr());
        fel.prova(self.prova_serie());
        self.prova_konton(&utkast, &mut fel);
        fel
    }

    fn prova_orgnr(&self) -> Result<(), Problem> {
        if orgnr(&self.orgnr).len() == 10 {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "export-orgnr",
            "Filen ska säga vems bokföring den är till.",
            "Skriv organisationsnumret med tio siffror: 212000-3005.",
        )
        .i_falt("orgnr"))
    }

    fn prova_serie(&self) -> Result<(), Problem> {
        let rent = |c: char| c.is_alphanumeric() || c == '-';
        if self.serie.chars().count() <= LANGSTA_SERIE && self.serie.chars().all(rent) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "export-serie",
            "Serien går inte att skriva så.",
            format!("Skriv högst {LANGSTA_SERIE} bokstäver och siffror, eller låt den vara tom."),
        )
        .i_falt("serie"))
    }

    /// The accounts that the vouchers need, each with its field and what it is for.
    fn prova_konton(&self, utkast: &Utkast, fel: &mut Brister) {
        let k = &self.konton;
        for (behovs, konto, falt, vad) in [
            (
                utkast.till_finansiar,
                k.fordran,
                "fordran",
                "fordran på finansiären",
            ),
            (
                utkast.till_finansiar || utkast.fordelar,
                k.intakt,
                "intakt",
                "bidragsintäkten",
            ),
            (utkast.fran_part, k.kostnad, "kostnad", "kostnaden"),
            (utkast.fran_part, k.skuld, "skuld", "skulden till parten"),
        ] {
            if behovs && konto.is_none() {
                let text = format!("Kontot för {vad} saknas.");
                let gor = "Skriv kontots nummer ur er kontoplan, till exempel 1650.";
                let nej = Problem::ogiltigt("export-konto", text, gor);
                fel.prova::<()>(Err(nej.i_falt(falt)));
            }
        }
    }
}

impl Utkast {
    /// A mark that changes when the vouchers do.
    #[must_use]
    pub fn avtryck(&self) -> String {
        avtryck(&self.verifikationer)
    }
}

fn avtryck(verifikationer: &[Verifikation]) -> String {
    let json = serde_json::to_vec(verifikationer).unwrap_or_default();
    crate::underlag::hex(&<[u8; 32]>::from(Sha256::digest(json)))
}

impl Anvandningsfall for ExporteraBokforing {
    const ATGARD: Atgard = Atgard::ExporteraSie;
    type Laddat = Underlag;
    /// The file's number.
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Underlag, Problem> {
        Underlag::las(k, permit)
    }

    fn brister(&self, u: &Underlag, _: Date) -> Brister {
        self.hinder(u)
    }

    fn planera(&self, u: Underlag, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let utkast = self.utkast(&u);
        if self.sedd.as_ref().is_some_and(|s| *s != utkast.avtryck()) {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "export-andrad",
                "Det som ska lämnas över har ändrats sedan du såg det. Ingen fil är skriven.",
                "Se verifikationerna igen och gör filen sedan.",
            )
            .i_falt("verifikationer"));
        }
        self.brister(&u, miljo.idag()).neka()?;
        let export = u.export(self, utkast, miljo.idag());
        // What cannot be written is not remembered as written.
        super::exportfil::skriv(&export)?;
        let id = miljo.medelspost();
        let (ar, antal) = (export.ar, export.verifikationer.len());
        let summa = Sha256::digest(serde_json::to_vec(&export).unwrap_or_default());
        let om = Postgaller {
            bidrag: self.urval.bidrag,
            ar: Some(ar),
            ..Postgaller::default()
        };
        let steg = Innehall::Export(Exportsteg::Skriven(Box::new(export)));
        let post = NyMedelspost::forsta(id, om, steg);
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post))],
            handelse: Handelse {
                slag: "bokforing-exporterad".into(),
                objekt: format!("export {id}"),
                text: format!(
                    "{antal} verifikationer för {ar} skrevs till en fil för bokföringen."
                ),
                data: serde_json::json!({
                    "ar": ar,
                    "verifikationer": antal,
                    "avtryck": crate::underlag::hex(&<[u8; 32]>::from(summa)),
                }),
            },
            svar: id,
        })
    }
}

fn inget_nytt(urval: &Exporturval) -> Problem {
    Problem::ogiltigt(
        "export-tom",
        format!("Det finns inget nytt för {} att lämna över.", urval.ar),
        "En rekvisition kommer med när den är beviljad, och en fördelning när den är beslutad.",
    )
    .i_falt("ar")
}

/// A file never came into the accounts: what it had comes with the next.
#[derive(Clone, Debug)]
pub struct TaTillbakaExport {
    /// Which.
    pub id: MedelspostId,
    /// The version the person saw.
    pub version: i64,
    /// Why.
    pub orsak: String,
}

impl Anvandningsfall for TaTillbakaExport {
    const ATGARD: Atgard = Atgard::ExporteraSie;
    type Laddat = Underlag;
    type Svar = MedelspostId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Underlag, Problem> {
        Underlag::las(k, permit)
    }

    fn brister(&self, _: &Underlag, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_orsak(&self.orsak));
        fel
    }

    fn planera(&self, u: Underlag, miljo: &mut Miljo) -> Result<Plan<MedelspostId>, Problem> {
        let poster = &u.bokfort.bocker.medelsposter;
        let alla = exporter(poster);
        let egen = alla.iter().find(|e| e.id == self.id);
        let egen = egen.ok_or_else(Problem::finns_inte)?;
        if egen.tillbaka.is_some() || egen.version != self.version {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "export-redan-tillbaka",
                "Filen är redan tagen tillbaka.",
                "Gör en ny fil om något fattas i bokföringen.",
            ));
        }
        // A later file rests on what this one said: take them back from the end.
        let senare = alla
            .iter()
            .find(|e| e.id > egen.id && e.tillbaka.is_none() && delar_sak(&e.export, &egen.export));
        if let Some(senare) = senare {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "export-senare-finns",
                "En senare fil ändrar det som den här lämnade över.",
                format!("Ta tillbaka fil {} först.", senare.nr),
            ));
        }
        let orsak = prova_orsak(&self.orsak)?;
        let sist = sakens(poster, self.id).last().copied();
        let sist = sist.ok_or_else(Problem::finns_inte)?;
        let steg = Innehall::Export(Exportsteg::Tillbakatagen);
        let post = NyMedelspost::efter(sist, miljo.medelspost(), steg).med_orsak(orsak);
        Ok(Plan {
            andringar: vec![Andring::NyMedelspost(Box::new(post))],
            handelse: Handelse {
                slag: "bokforing-export-tillbaka".into(),
                objekt: format!("export {}", self.id),
                text: format!("Fil {} till bokföringen togs tillbaka.", egen.nr),
                data: serde_json::json!({ "ar": egen.export.ar }),
            },
            svar: self.id,
        })
    }
}

fn delar_sak(
    en: &utfall_domain::medel::export::Export,
    annan: &utfall_domain::medel::export::Export,
) -> bool {
    let saker = |e: &utfall_domain::medel::export::Export| {
        let alla = e.verifikationer.iter().flat_map(|v| &v.saker);
        alla.map(|(sak, _)| *sak)
            .collect::<std::collections::BTreeSet<_>>()
    };
    !saker(en).is_disjoint(&saker(annan))
}

impl Tjanst {
    /// What a file for the accounts is made of.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn exportunderlag(&self, aktor: &Aktor) -> Result<Underlag, Problem> {
        let permit = prova(aktor, Atgard::ExporteraSie)?;
        self.db
            .las_samtidigt(move |k| Underlag::las(k, &permit))
            .await
    }
}

impl Underlag {
    fn las(k: &mut Las, permit: &Permit) -> Result<Self, Problem> {
        let bokfort = Bokfort::las(k, permit, (None, None))?;
        let namn = bokfort.inbokat.namn();
        Ok(Self { bokfort, namn })
    }
}
