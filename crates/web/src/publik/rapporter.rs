//! Published reports: their page, their files, and how each printed figure comes about.

use super::kommentar;
use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::las;
use crate::siffror::{dag, klockslag};
use crate::svar::{Lagring, Svar};
use utfall_app::{Bok, Oppet};
use utfall_domain::problem::Problem;
use utfall_domain::publicering::Publicerat;
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;

/// The published reports, latest first, each with what it is and when it was issued.
pub(super) fn lista(o: &Oppet, samlat: &Bok) -> Vec<(Lank, String)> {
    let slug = &o.huvudman().slug;
    let mut alla: Vec<_> = samlat
        .rapporter
        .iter()
        .filter(|r| o.akt(Publicerat::Rapport(r.id)).is_some())
        .filter_map(|r| match &r.lage {
            Rapportlage::Utfardad { tid, .. } => Some((*tid, r)),
            Rapportlage::Utkast { .. } => None,
        })
        .collect();
    alla.sort_by_key(|(tid, r)| std::cmp::Reverse((*tid, r.id)));
    alla.into_iter()
        .map(|(tid, r)| {
            let lank = Lank::ny(r.titel.clone(), adress::publik_rapport(slug, &r.slug));
            let nar = dag(utfall_domain::tid::dag(tid));
            (lank, format!("{}, utfärdad {nar}", r.slag.text()))
        })
        .collect()
}

/// GET `/{huvudman}/rapporter/{rapport}`.
pub async fn rapport(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    let (h, bok) = (o.huvudman(), o.samlat());
    let r = las::rapport(&bok, a.stig.text("rapport"))?;
    let Rapportlage::Utfardad {
        per,
        tid,
        pdf_sha256,
        ..
    } = &r.lage
    else {
        return Err(Problem::finns_inte().into());
    };
    let indata = a.webb.tjanst.publik_rapportindata(h, r).await?;
    let summa: String = pdf_sha256
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut fakta = vec![
        Fakta::ny("Utfärdad", klockslag(*tid)),
        Fakta::ny("Siffrorna per", dag(per.0)),
        Fakta::ny("PDF-filens kontrollsumma (SHA-256)", summa),
    ];
    fakta.extend(o.akt(Publicerat::Rapport(r.id)).and_then(kommentar));
    if let Some(indata) = indata.as_ref().and_then(|i| i.aterrapport()) {
        fakta.insert(0, Fakta::ny("Till", indata.finansiar.as_str()));
    }
    let filer = [
        ("pdf", "Rapporten som PDF"),
        ("docx", "Rapporten som Word"),
        ("xlsx", "Rapporten som Excel"),
    ]
    .into_iter()
    .map(|(andelse, text)| {
        let fil = format!("rapport.{andelse}");
        Lank::ny(text, adress::publik_rapportfil(&h.slug, &r.slug, &fil))
    })
    .collect();
    Svar::publik_sida(&v::PublikRapport {
        ram: a.ram(Some(h)),
        ersatt: ersatt(&o, r),
        huvud: Sidhuvud::ny(
            r.titel.clone(),
            "Rapporten är utfärdad och ändras inte. Med kontrollsumman kan vem som helst se att \
             filen är densamma.",
        ),
        fakta,
        filer,
        nyckeltal: indata
            .map(|indata| crate::rapporter::huvudtal(&indata, Some(&h.slug), r))
            .unwrap_or_default()
            .into(),
    })
}

/// The latest published report of the same grant and year, when it is later than this one.
/// Of one that nobody has published nothing is said, not even that it exists.
fn ersatt(o: &Oppet, r: &Rapport) -> Option<Besked> {
    let utfardad = |r: &Rapport| match r.lage {
        Rapportlage::Utfardad { tid, .. } => Some((tid, r.id)),
        Rapportlage::Utkast { .. } => None,
    };
    let samlat = o.samlat();
    let senare = samlat
        .rapporter
        .iter()
        .filter(|annan| annan.bidrag == r.bidrag && annan.titel == r.titel)
        .filter(|annan| o.akt(Publicerat::Rapport(annan.id)).is_some())
        .max_by_key(|annan| utfardad(annan))
        .filter(|annan| utfardad(annan) > utfardad(r))?;
    let (nar, _) = utfardad(senare)?;
    let text = Text::from(format!(
        "Den utfärdades {} och ersätter den här. ",
        klockslag(nar)
    ))
    .lank(Lank::ny(
        "Läs den senare rapporten",
        adress::publik_rapport(&o.huvudman().slug, &senare.slug),
    ))
    .ord(".");
    Some(Besked::ny(
        Allvar::Varning,
        "Det finns en senare rapport.",
        text,
    ))
}

/// GET `/{huvudman}/rapporter/{rapport}/{fil}`.
pub async fn rapportfil(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    let (h, bok) = (o.huvudman(), o.samlat());
    let r = las::rapport(&bok, a.stig.text("rapport"))?;
    let namn = a.stig.text("fil");
    let (format, typ) = crate::rapporter::typ(namn).ok_or_else(Problem::finns_inte)?;
    if namn.split('.').next() != Some("rapport") {
        return Err(Problem::finns_inte().into());
    }
    let fil = a.webb.tjanst.publik_rapportfil(h, r, format).await?;
    let fil = fil.ok_or_else(Problem::finns_inte)?;
    Ok(Svar::fil(typ, &format!("{}-{namn}", r.slug), fil).lagras(Lagring::Kort))
}

/// GET `/{huvudman}/rapporter/{rapport}/harledning/{matt}`: how a printed figure comes about.
pub async fn rapportharledning(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    let (h, bok) = (o.huvudman(), o.samlat());
    let r = las::rapport(&bok, a.stig.text("rapport"))?;
    let indata = a.webb.tjanst.publik_rapportindata(h, r).await?;
    let indata = indata.ok_or_else(Problem::finns_inte)?;
    let alla = Lank::ny("Så räknar vi", adress::publik_sa_raknar_vi(&h.slug));
    let matt = a.stig.text("matt");
    let sagt = crate::rapporter::beratta((r, &indata), (h, true), (matt, &a.fraga), alla)?;
    let till = adress::publik_rapport(&h.slug, &r.slug);
    Svar::publik_sida(&v::PublikHarledning {
        ram: a.ram(Some(h)),
        huvud: sagt.huvud.under(vec![Lank::ny(r.titel.clone(), till)]),
        uppstallning: sagt.uppstallning,
    })
}
