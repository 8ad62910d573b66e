//! Reports: drafts with a row version, and issued ones that nothing can change.

use utfall_behorighet::{Atgard, Permit};
use utfall_domain::id::{AnvandareId, BidragId, RapportId};
use utfall_domain::journal::Hash;
use utfall_domain::rapport::{Format, kanonisk};
use utfall_domain::rapporter::{Rapport, Rapportlage, Rapportslag, UtfardadRapport};
use utfall_domain::tid::PerDag;

use crate::db::{DbFel, Las, Rad, Skriv, Sql, infogning, p, sql};
use crate::falt::{Falt, datum};
use crate::lov::{self, Skribent};

sql! {
    ALLA = "SELECT r.id AS id, r.slug AS slug, r.titel AS titel, r.bidrag AS bidrag, \
            r.slag AS slag, r.utkast AS utkast, r.version AS version, u.per AS per, \
            u.registrerad AS tid, \
            u.registrerad_av AS av, u.indata_sha256 AS indata_sha256, u.pdf_sha256 AS pdf_sha256 \
            FROM rapport r LEFT JOIN utfardad_rapport u ON u.rapport = r.id \
            WHERE r.huvudman = $1 ORDER BY r.id";
    UTFARDAD = "SELECT u.rapport AS rapport, r.version AS version, u.per AS per, \
                u.indata AS indata, u.pdf AS pdf, u.docx AS docx, u.html AS html, \
                COALESCE(u.xlsx, u.pdf) AS xlsx, u.xlsx IS NOT NULL AS har_xlsx, \
                u.indata_sha256 AS indata_sha256, u.pdf_sha256 AS pdf_sha256 \
                FROM utfardad_rapport u JOIN rapport r ON r.id = u.rapport \
                WHERE u.huvudman = $1 AND u.rapport = $2";
    PDF = "SELECT pdf AS fil FROM utfardad_rapport WHERE huvudman = $1 AND rapport = $2";
    DOCX = "SELECT docx AS fil FROM utfardad_rapport WHERE huvudman = $1 AND rapport = $2";
    HTML = "SELECT html AS fil FROM utfardad_rapport WHERE huvudman = $1 AND rapport = $2";
    XLSX = "SELECT xlsx AS fil FROM utfardad_rapport \
            WHERE huvudman = $1 AND rapport = $2 AND xlsx IS NOT NULL";
    INDATA = "SELECT indata FROM utfardad_rapport WHERE huvudman = $1 AND rapport = $2";
    MED_PDF = "SELECT rapport FROM utfardad_rapport WHERE huvudman = $1 AND pdf_sha256 = $2";
    LAGE = "SELECT r.version AS version, u.rapport AS utfardad \
            FROM rapport r LEFT JOIN utfardad_rapport u ON u.rapport = r.id \
            WHERE r.huvudman = $1 AND r.id = $2";
    SPARA = "UPDATE rapport SET utkast = $4, version = version + 1 \
             WHERE huvudman = $1 AND id = $2 AND version = $3";
}

infogning! {
    NY = "rapport" (
        "id", "huvudman", "slug", "titel", "bidrag", "slag", "utkast", "version", "registrerad",
        "registrerad_av",
    );
    NY_UTFARDAD = "utfardad_rapport" (
        "rapport", "huvudman", "per", "indata", "pdf", "docx", "html", "xlsx", "indata_sha256",
        "pdf_sha256", "registrerad", "registrerad_av",
    );
}

/// The reports without their files, in order of number.
pub fn alla(k: &mut Las, permit: &Permit) -> Result<Vec<Rapport>, DbFel> {
    i_huvudman(k, lov::las(permit, lov::BOCKER)?)
}

pub(crate) fn i_huvudman(k: &mut Las, huvudman: i64) -> Result<Vec<Rapport>, DbFel> {
    k.alla(&ALLA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "rapport", "id")?;
        let lage = if f.text_eller_null("per")?.is_some() {
            Rapportlage::Utfardad {
                per: PerDag(f.datum("per")?),
                tid: f.tid("tid")?,
                av: f.id("av", AnvandareId::ny)?,
                indata_sha256: f.hash("indata_sha256")?,
                pdf_sha256: f.hash("pdf_sha256")?,
            }
        } else {
            Rapportlage::Utkast {
                text: f.text("utkast")?,
                version: f.tal("version")?,
            }
        };
        Ok(Rapport {
            id: f.id("id", RapportId::ny)?,
            slug: f.text("slug")?,
            titel: f.text("titel")?,
            bidrag: f.id_eller_null("bidrag", BidragId::ny)?,
            slag: slag(&f)?,
            lage,
        })
    })
}

/// The kind of a report; none is what all were before there were kinds.
fn slag(f: &Falt<'_>) -> Result<Rapportslag, DbFel> {
    match f.text_eller_null("slag")? {
        None => Ok(Rapportslag::ALLMAN),
        Some(text) => serde_json::from_str(&text).map_err(|fel| f.omojlig("slag", &fel)),
    }
}

fn slag_text(slag: &Rapportslag) -> Result<Option<String>, DbFel> {
    if *slag == Rapportslag::ALLMAN {
        return Ok(None);
    }
    kanonisk::json(slag).map(Some).map_err(|fel| DbFel::Regel {
        detalj: fel.to_string(),
    })
}

/// An issued report with its frozen input and files; `None` if it is not issued, does not
/// exist or is another huvudman's.
pub fn utfardad(
    k: &mut Las,
    permit: &Permit,
    id: RapportId,
) -> Result<Option<UtfardadRapport>, DbFel> {
    let huvudman = lov::las(permit, lov::BOCKER)?;
    k.kanske(&UTFARDAD, p![huvudman, id.nummer()], utfardad_rad)
}

fn utfardad_rad(rad: &Rad<'_>) -> Result<UtfardadRapport, DbFel> {
    let f = Falt::ny(rad, "utfardad_rapport", "rapport")?;
    Ok(UtfardadRapport {
        rapport: f.id("rapport", RapportId::ny)?,
        vantad_version: f.tal("version")?,
        per: PerDag(f.datum("per")?),
        indata: f.text("indata")?,
        pdf: rad.bytes("pdf")?,
        docx: rad.bytes("docx")?,
        html: rad.bytes("html")?,
        xlsx: rad
            .bool("har_xlsx")?
            .then(|| rad.bytes("xlsx"))
            .transpose()?,
        indata_sha256: f.hash("indata_sha256")?,
        pdf_sha256: f.hash("pdf_sha256")?,
    })
}

/// One file of an issued report; `None` also for the workbook of a report issued before there
/// were any.
pub fn fil(
    k: &mut Las,
    permit: &Permit,
    id: RapportId,
    format: Format,
) -> Result<Option<Vec<u8>>, DbFel> {
    let huvudman = lov::las(permit, lov::BOCKER)?;
    fil_i(k, huvudman, id, format)
}

pub(crate) fn fil_i(
    k: &mut Las,
    huvudman: i64,
    id: RapportId,
    format: Format,
) -> Result<Option<Vec<u8>>, DbFel> {
    let fraga: &Sql = match format {
        Format::Pdf => &PDF,
        Format::Docx => &DOCX,
        Format::Html => &HTML,
        Format::Xlsx => &XLSX,
    };
    k.kanske(fraga, p![huvudman, id.nummer()], |r| r.bytes("fil"))
}

/// The frozen input of an issued report, as canonical JSON.
pub fn indata(k: &mut Las, permit: &Permit, id: RapportId) -> Result<Option<String>, DbFel> {
    let huvudman = lov::las(permit, lov::BOCKER)?;
    indata_i(k, huvudman, id)
}

pub(crate) fn indata_i(k: &mut Las, huvudman: i64, id: RapportId) -> Result<Option<String>, DbFel> {
    k.kanske(&INDATA, p![huvudman, id.nummer()], |r| r.text("indata"))
}

/// The issued reports with this very PDF: for `utfall verifiera FIL.pdf`.
pub fn med_pdf(k: &mut Las, permit: &Permit, pdf: &Hash) -> Result<Vec<RapportId>, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::VerifieraJournal, Atgard::LasaRapporter])?;
    k.alla(&MED_PDF, p![huvudman, pdf], |rad| {
        Falt::ny(rad, "utfardad_rapport", "rapport")?.id("rapport", RapportId::ny)
    })
}

pub(crate) fn ny(
    k: &mut Skriv,
    av: Skribent,
    (id, bidrag, slag): (RapportId, Option<BidragId>, &Rapportslag),
    (slug, titel, utkast): (&str, &str, &str),
) -> Result<(), DbFel> {
    let mut rad = p![
        id.nummer(),
        av.huvudman,
        slug,
        titel,
        bidrag.map(BidragId::nummer),
        slag_text(slag)?,
        utkast,
        1_i64
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY, [rad]).map(drop)
}

/// Refused if somebody saved in between, and if the report is issued.
fn prova_utkast(k: &mut Skriv, av: Skribent, id: RapportId, vantad: i64) -> Result<(), DbFel> {
    let (version, utfardad) = k.en(&LAGE, p![av.huvudman, id.nummer()], |r| {
        Ok((r.tal("version")?, r.tal_eller_null("utfardad")?))
    })?;
    match utfardad {
        Some(_) => Err(DbFel::BaraTillagg),
        None if version != vantad => Err(DbFel::Version),
        None => Ok(()),
    }
}

pub(crate) fn spara(
    k: &mut Skriv,
    av: Skribent,
    id: RapportId,
    vantad: i64,
    utkast: &str,
) -> Result<(), DbFel> {
    prova_utkast(k, av, id, vantad)?;
    match k.kor(&SPARA, p![av.huvudman, id.nummer(), vantad, utkast])? {
        1 => Ok(()),
        _ => Err(DbFel::Version),
    }
}

pub(crate) fn utfarda(k: &mut Skriv, av: Skribent, ny: &UtfardadRapport) -> Result<(), DbFel> {
    prova_utkast(k, av, ny.rapport, ny.vantad_version)?;
    crate::falt::ratt_summa("indata", ny.indata.as_bytes(), &ny.indata_sha256)?;
    crate::falt::ratt_summa("pdf", &ny.pdf, &ny.pdf_sha256)?;
    let mut rad = p![
        ny.rapport.nummer(),
        av.huvudman,
        datum(ny.per.0),
        &ny.indata,
        &ny.pdf,
        &ny.docx,
        &ny.html,
        ny.xlsx.as_deref(),
        &ny.indata_sha256,
        &ny.pdf_sha256,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY_UTFARDAD, [rad]).map(drop)
}
