//! The public pages: no cookies are read, no scripts are needed, nothing is shown that has
//! not been published.

mod harledning;
mod pengar;

pub use harledning::harledning;
pub use pengar::pengar;

use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::delar;
use crate::insatser::arstext;
use crate::las;
use crate::siffror::{Siffror, dag, klockslag};
use crate::svar::{Fel, Lagring, Svar};
use crate::volymer;
use utfall_app::Bok;
use utfall_domain::matt::{Matt, Synlighet, Urval};
use utfall_domain::organisation::Huvudman;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::{Publicerat, Publicering, gallande};
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid;
use utfall_vyer::komponent::{Fakta, Lank};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;

impl Publikt {
    /// The publisher the address names, and its published books.
    async fn utgivare(&self) -> Result<(Huvudman, Bok), Fel> {
        Ok(self
            .webb
            .tjanst
            .publik_bok(self.stig.text("huvudman"))
            .await?)
    }
}

/// The act that made something public.
fn akt(bok: &Bok, vad: Publicerat) -> Option<Publicering> {
    gallande(&bok.publiceringar)
        .into_iter()
        .find(|akt| akt.vad == vad)
        .cloned()
}

/// When it was published, and as of when.
fn publicerad(akt: &Publicering) -> String {
    format!(
        "Publicerad {}. Siffrorna är de som var kända {}.",
        dag(tid::dag(akt.tid)),
        dag(akt.per.0)
    )
}

/// What the publisher wants to say to the reader, when anything.
fn kommentar(akt: &Publicering) -> Option<Fakta> {
    let text = akt.kommentar.trim();
    (!text.is_empty()).then(|| Fakta::ny("Kommentar", text))
}

/// GET `/`.
pub async fn hem(a: Publikt) -> Resultat {
    let mut utgivare = Vec::new();
    for h in a.webb.tjanst.utgivare().await? {
        let (_, bok) = a.webb.tjanst.publik_bok(&h.slug).await?;
        let akter = gallande(&bok.publiceringar);
        let senast = akter.iter().map(|akt| akt.tid).max();
        let n = akter.len();
        let hur_manga = crate::siffror::antal(n, "", "En sak", "saker");
        let s = Siffror::publika(&bok, &h.slug);
        let nyckeltal = pengar::nyckeltal(&s, &bok);
        utgivare.push(v::Utgivare {
            nyckeltal: nyckeltal.into(),
            href: adress::publik_pengar(&h.slug).into(),
            om: senast.map_or_else(String::new, |nar| {
                format!("{hur_manga} publicerade, senast {}.", dag(tid::dag(nar)))
            }),
            pahittat: h.pahittad,
            namn: h.namn,
        });
    }
    Svar::publik_sida(&v::PublikStart {
        ram: a.ram(None),
        huvud: Sidhuvud::ny(
            "Vart går pengarna – och vad blir det av dem?",
            "Kommuner och samordningsförbund får pengar för att fler ska komma i arbete eller \
             utbildning. Här visar de vad pengarna används till och hur det gick.",
        ),
        utgivare,
        logga_in_href: adress::logga_in().into(),
    })
}

/// The published initiatives, in Swedish order.
fn publika_insatser(bok: &Bok) -> Vec<&utfall_domain::insatser::Insats> {
    bok.insatser
        .iter()
        .filter(|i| akt(bok, Publicerat::Insats(i.id)).is_some())
        .collect()
}

/// GET `/{huvudman}/insatser`.
pub async fn insatser(a: Publikt) -> Resultat {
    let (h, bok) = a.utgivare().await?;
    let s = Siffror::publika(&bok, &h.slug);
    let alla = publika_insatser(&bok);
    let ingress = crate::siffror::antal(
        alla.len(),
        "Ingen insats är publicerad än.",
        "En insats är publicerad.",
        "insatser är publicerade.",
    );
    Svar::publik_sida(&v::PublikInsatser {
        ram: a.ram(Some(&h)),
        huvud: Sidhuvud::ny("Insatser", ingress),
        rader: alla
            .into_iter()
            .map(|i| {
                let urval = Urval::insats(i.id);
                v::PublikInsatsRad {
                    namn: i.namn.clone(),
                    href: adress::publik_insats(&h.slug, &i.slug).into(),
                    utforare: las::ansvariga(&bok, &i.ansvariga),
                    ar: arstext(&s, i),
                    budget: s.tal(Matt::Budget, &urval),
                    anvant: s.tal(Matt::AnvantInsats, &urval),
                }
            })
            .collect(),
    })
}

/// GET `/{huvudman}/insatser/{insats}`.
pub async fn insats(a: Publikt) -> Resultat {
    let (h, bok) = a.utgivare().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    let akt = akt(&bok, Publicerat::Insats(i.id)).ok_or_else(Problem::finns_inte)?;
    let s = Siffror::publika(&bok, &h.slug);
    let om = if i.text.beskrivning.is_empty() {
        las::ansvariga(&bok, &i.ansvariga)
    } else {
        i.text.beskrivning.clone()
    };
    Svar::publik_sida(&v::PublikInsats {
        ram: a.ram(Some(&h)),
        huvud: Sidhuvud::ny(i.namn.clone(), om)
            .overrad(publicerad(&akt))
            .under(vec![Lank::ny("Insatser", adress::publik_insatser(&h.slug))]),
        nyckeltal: crate::insatser::nyckeltal(&s, i).into(),
        besked: Vec::new(),
        mal: Vec::new(),
        beskrivning: delar::stycken(&i.text.resultat),
        fakta: delar::insatsfakta(&s, i)
            .into_iter()
            .chain(kommentar(&akt))
            .collect(),
        pengar: delar::pengar(&s, i),
        volymer: volymer::diagram(&s, i),
        resultat: delar::resultat(&s, i),
        resultat_not: "Antal visas bara när de redan står i ett offentligt papper.".into(),
    })
}

/// GET `/{huvudman}/sa-raknar-vi`.
pub async fn sa_raknar_vi(a: Publikt) -> Resultat {
    let (h, _) = a.utgivare().await?;
    Svar::publik_sida(&v::PublikSaRaknarVi {
        ram: a.ram(Some(&h)),
        huvud: Sidhuvud::ny(
            "Så räknar vi",
            "Varje siffra kommer från ett av de här måtten och leder till sin uträkning.",
        ),
        matt: crate::texter::matt(|s| s != Synlighet::Inloggad),
    })
}

/// GET `/{huvudman}/rapporter/{rapport}`.
pub async fn rapport(a: Publikt) -> Resultat {
    let (h, bok) = a.utgivare().await?;
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
    let summa: String = pdf_sha256
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let till = bok
        .bidrag(r.bidrag)
        .map(|b| bok.organisationsnamn(b.finansiar).to_owned());
    let mut fakta = vec![
        Fakta::ny("Utfärdad", klockslag(*tid)),
        Fakta::ny("Siffrorna per", dag(per.0)),
        Fakta::ny("PDF-filens kontrollsumma (SHA-256)", summa),
    ];
    fakta.extend(
        akt(&bok, Publicerat::Rapport(r.id))
            .as_ref()
            .and_then(kommentar),
    );
    if let Some(till) = till {
        fakta.insert(0, Fakta::ny("Till", till));
    }
    let filer = [("pdf", "Rapporten som PDF"), ("docx", "Rapporten som Word")]
        .into_iter()
        .map(|(andelse, text)| {
            let fil = format!("rapport.{andelse}");
            Lank::ny(text, adress::publik_rapportfil(&h.slug, &r.slug, &fil))
        })
        .collect();
    Svar::publik_sida(&v::PublikRapport {
        ram: a.ram(Some(&h)),
        huvud: Sidhuvud::ny(
            r.titel.clone(),
            "Rapporten är utfärdad och ändras inte. Med kontrollsumman kan vem som helst se att \
             filen är densamma.",
        ),
        fakta,
        filer,
    })
}

/// GET `/{huvudman}/rapporter/{rapport}/{fil}`.
pub async fn rapportfil(a: Publikt) -> Resultat {
    let (h, bok) = a.utgivare().await?;
    let r = las::rapport(&bok, a.stig.text("rapport"))?;
    let namn = a.stig.text("fil");
    let (format, typ) = crate::rapporter::typ(namn).ok_or_else(Problem::finns_inte)?;
    if namn.split('.').next() != Some("rapport") {
        return Err(Problem::finns_inte().into());
    }
    let fil = a.webb.tjanst.publik_rapportfil(&h, r, format).await?;
    let fil = fil.ok_or_else(Problem::finns_inte)?;
    Ok(Svar::fil(typ, &format!("{}-{namn}", r.slug), fil).lagras(Lagring::Kort))
}
