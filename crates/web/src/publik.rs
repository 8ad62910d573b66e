//! The public pages: no cookies are read, no scripts are needed, nothing is shown that has
//! not been published, and each thing as of its own act.

mod bidrag;
mod harledning;
mod insatser;
mod pengar;
mod rapporter;
mod resultat;
mod utfall;

pub use bidrag::bidrag;
pub use harledning::harledning;
pub(crate) use harledning::{ingress, uppstallning};
pub use insatser::{insats, insatser, insatser_csv};
pub use pengar::{pengar, pengar_csv};
pub use rapporter::{rapport, rapportfil, rapportharledning};

use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::siffror::dag;
use crate::svar::{Fel, Svar};
use jiff::civil::Date;
use utfall_app::{Bok, Oppet};
use utfall_domain::matt::Synlighet;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::{Publicerat, Publicering};
use utfall_domain::tid;
use utfall_vyer::komponent::Fakta;
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;

impl Publikt {
    /// What the publisher that the address names shows.
    async fn oppet(&self) -> Result<Oppet, Fel> {
        Ok(self.webb.tjanst.oppet(self.stig.text("huvudman")).await?)
    }
}

/// A published thing with the act that shows it and its own books.
fn om(o: &Oppet, vad: Publicerat) -> Result<(&Publicering, Bok), Fel> {
    let akt = o.akt(vad).ok_or_else(Problem::finns_inte)?;
    Ok((akt, o.om(vad).ok_or_else(Problem::finns_inte)?))
}

/// When it was published, and as of when.
fn publicerad(akt: &Publicering) -> String {
    format!(
        "Publicerad {}. Siffrorna är de som var kända {}.",
        dag(tid::dag(akt.tid)),
        dag(akt.per.0)
    )
}

/// The first and the last of the days that acts about money and initiatives are as of.
fn dagar<'a>(akter: impl IntoIterator<Item = &'a Publicering>) -> Option<(Date, Date)> {
    let mut dagar: Vec<Date> = akter
        .into_iter()
        .filter(|akt| !matches!(akt.vad, Publicerat::Rapport(_)))
        .map(|akt| akt.per.0)
        .collect();
    dagar.sort_unstable();
    Some((*dagar.first()?, *dagar.last()?))
}

/// Whether the things published are as of different days, so that each must say its own.
fn olika_dagar(o: &Oppet) -> bool {
    dagar(o.akter()).is_some_and(|(forst, sist)| forst != sist)
}

/// As of when a page about several things is: one day, or each part its own.
fn publicerat_tillsammans(o: &Oppet) -> String {
    let senast = o.akter().iter().max_by_key(|akt| akt.tid);
    match (dagar(o.akter()), senast) {
        (Some((forst, sist)), _) if forst != sist => format!(
            "Siffrorna är publicerade per olika dagar, från {} till {}. Var och en säger sin.",
            dag(forst),
            dag(sist)
        ),
        (_, Some(akt)) => publicerad(akt),
        (_, None) => String::new(),
    }
}

/// What the publisher wants to say to the reader, when anything.
fn kommentar(akt: &Publicering) -> Option<Fakta> {
    let text = akt.kommentar.trim();
    (!text.is_empty()).then(|| Fakta::ny("Kommentar", text))
}

/// GET `/{huvudman}`: the address that one writes from memory leads to where the money goes.
pub async fn huvudman(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    Ok(Svar::vidare(adress::publik_pengar(&o.huvudman().slug)))
}

/// GET `/`.
pub async fn hem(a: Publikt) -> Resultat {
    let mut utgivare = Vec::new();
    for h in a.webb.tjanst.utgivare().await? {
        let o = a.webb.tjanst.oppet(&h.slug).await?;
        let senast = o.akter().iter().map(|akt| akt.tid).max();
        let hur_manga = crate::siffror::antal(o.akter().len(), "", "En sak", "saker");
        utgivare.push(v::Utgivare {
            nyckeltal: pengar::nyckeltal(&o).into(),
            href: adress::publik_pengar(&h.slug).into(),
            om: senast.map_or_else(String::new, |nar| {
                format!("{hur_manga} publicerade, senast {}.", dag(tid::dag(nar)))
            }),
            pahittat: h.pahittad,
            namn: h.namn,
        });
    }
    // Who comes to see what is real meets it first.
    utgivare.sort_by_key(|u| u.pahittat);
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

/// GET `/{huvudman}/sa-raknar-vi`.
pub async fn sa_raknar_vi(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    Svar::publik_sida(&v::PublikSaRaknarVi {
        ram: a.ram(Some(o.huvudman())),
        huvud: Sidhuvud::ny(
            "Så räknar vi",
            "Varje siffra kommer från ett av de här måtten och leder till sin uträkning.",
        ),
        matt: crate::texter::matt(|s| s != Synlighet::Inloggad),
    })
}
