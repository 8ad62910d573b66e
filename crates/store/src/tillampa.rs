//! Carries out what a use case has planned.

use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::deltagare::andring::Deltagarandring;
use utfall_domain::deltagare::gallring::Gallringsandring;
use utfall_domain::faktum::NyttFaktum;
use utfall_domain::id::FaktumId;
use utfall_domain::medel::arsavslut::Avslutssteg;
use utfall_domain::medel::post::Innehall;

use crate::db::{DbFel, Skriv};
use crate::lov::Skribent;
use crate::{
    anvandare, bokforing, deltagare, fakta, fordelning, insatser, medel, medelsposter,
    organisation, publicering, rapporter, underlag,
};

/// Carries out one write of a plan.
///
/// # Errors
/// [`DbFel::FelPermit`] if the permit's action never makes such a write;
/// [`DbFel::Version`], [`DbFel::IngenRad`], [`DbFel::Unik`] as the write meets them.
pub fn tillampa(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    andring: &Andring,
) -> Result<(), DbFel> {
    let av = Skribent::ny(permit, atgarder(andring), nu)?;
    match andring {
        Andring::NyHuvudman(ny) => organisation::ny_huvudman(k, av, ny),
        Andring::Deltagare(andring) => deltagare::skriv::tillampa(k, permit, av, andring),
        Andring::NyOrganisation(ny) => organisation::ny(k, av, ny),
        Andring::NyttNamn { organisation, namn } => {
            organisation::nytt_namn(k, av, *organisation, namn)
        }
        Andring::SattOrganisationsslag { organisation, slag } => {
            organisation::satt_slag(k, av, *organisation, *slag)
        }
        Andring::NyAnvandare(ny) => anvandare::ny(k, av, ny),
        Andring::SattRoller { konto, roller } => anvandare::satt_roller(k, av, *konto, roller),
        Andring::StangAvKonto { konto } => anvandare::stang_av(k, av, *konto),
        Andring::BytLosenord {
            konto,
            losenord,
            lage,
        } => anvandare::byt_losenord(k, av, *konto, losenord, *lage),
        Andring::AvslutaSessioner { konto, utom } => {
            anvandare::avsluta_sessioner(k, av, *konto, utom.as_ref())
        }
        Andring::NyttBidrag(ny) => medel::nytt_bidrag(k, av, ny),
        Andring::NyaBidragsar { bidrag, ar } => medel::nya_ar(k, av, *bidrag, ar),
        Andring::NyttBeslut(ny) => medel::nytt_beslut(k, av, ny),
        Andring::NyMedelspost(ny) => medelsposter::ny(k, av, ny),
        Andring::NyKalkyl(_) | Andring::GodtaVarning { .. } => tillampa_fordelning(k, av, andring),
        Andring::NyInsats(ny) => insatser::ny(k, av, ny),
        Andring::AndraInsats {
            insats,
            vantad_version,
            text,
            fortsattning,
        } => insatser::spara(k, av, *insats, *vantad_version, text, *fortsattning),
        Andring::BeskrivInsats {
            insats,
            vantad_version,
            beskrivning,
        } => insatser::beskriv(k, av, *insats, *vantad_version, beskrivning),
        Andring::NyttFaktum { id, faktum } => fakta::nya(k, av, [(*id, faktum.as_ref())]),
        Andring::NyttUnderlag(ny) => underlag::nytt(k, av, ny),
        Andring::ErsattUnderlag {
            underlag,
            ersatter,
            orsak,
        } => underlag::ersatt(k, av, (*underlag, *ersatter), orsak),
        Andring::AccepteraFynd {
            underlag,
            nyckel,
            motivering,
        } => underlag::acceptera(k, av, *underlag, nyckel, motivering),
        annan => tillampa_bokforing(k, av, annan),
    }
}

fn tillampa_bokforing(k: &mut Skriv, av: Skribent, andring: &Andring) -> Result<(), DbFel> {
    match andring {
        Andring::InlasningGaller { inlasning, utfall } => {
            bokforing::skriv::galler(k, av, *inlasning, *utfall)
        }
        Andring::InlasningAngrad { inlasning, orsak } => {
            bokforing::skriv::angrad(k, av, *inlasning, orsak)
        }
        Andring::NyKoppling(ny) => bokforing::koppling::ny(k, av, ny),
        Andring::NyHandverifikation(ny) => bokforing::ny_handverifikation(k, av, ny),
        annan => tillampa_rapport(k, av, annan),
    }
}

fn tillampa_fordelning(k: &mut Skriv, av: Skribent, andring: &Andring) -> Result<(), DbFel> {
    match andring {
        Andring::NyKalkyl(ny) => fordelning::ny_kalkyl(k, av, ny),
        Andring::GodtaVarning {
            bidrag,
            insats,
            ar,
            regel,
            belopp,
            motivering,
        } => {
            let cell = (*bidrag, *insats, *ar);
            fordelning::godta(k, av, cell, (*regel, *belopp), motivering)
        }
        annan => tillampa_rapport(k, av, annan),
    }
}

fn tillampa_rapport(k: &mut Skriv, av: Skribent, andring: &Andring) -> Result<(), DbFel> {
    match andring {
        Andring::NyRapport {
            id,
            slug,
            titel,
            bidrag,
            slag,
            utkast,
        } => rapporter::ny(k, av, (*id, *bidrag, slag), (slug, titel, utkast)),
        Andring::SparaRapport {
            rapport,
            vantad_version,
            utkast,
        } => rapporter::spara(k, av, *rapport, *vantad_version, utkast),
        Andring::UtfardaRapport(ny) => rapporter::utfarda(k, av, ny),
        Andring::Publicera {
            id,
            vad,
            per,
            kommentar,
            innehall,
        } => {
            let ord = (kommentar.as_str(), innehall.as_ref());
            publicering::publicera(k, av, *id, (*vad, *per), ord)
        }
        Andring::DraTillbaka {
            id,
            publicering,
            skal,
        } => publicering::dra_tillbaka(k, av, *id, *publicering, skal),
        annan => Err(DbFel::Regel {
            detalj: format!("okänd ändring: {annan:?}"),
        }),
    }
}

/// Carries out a plan in order; facts that follow each other go in with few statements.
///
/// # Errors
/// As [`tillampa`]; nothing of the plan is kept then.
pub fn tillampa_alla(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    plan: &[Andring],
) -> Result<(), DbFel> {
    let ar_fakta = |a: &Andring| matches!(a, Andring::NyttFaktum { .. });
    for lopa in plan.chunk_by(|a, b| ar_fakta(a) && ar_fakta(b)) {
        match lopa {
            [ensam] => tillampa(k, permit, nu, ensam)?,
            flera => {
                let av = Skribent::ny(permit, FAKTA, nu)?;
                fakta::nya(k, av, flera.iter().filter_map(som_faktum))?;
            }
        }
    }
    Ok(())
}

fn som_faktum(andring: &Andring) -> Option<(FaktumId, &NyttFaktum)> {
    match andring {
        Andring::NyttFaktum { id, faktum } => Some((*id, faktum)),
        _ => None,
    }
}

pub(crate) const FAKTA: &[Atgard] = &[
    Atgard::ImporteraUnderlag,
    Atgard::ImporteraSie,
    Atgard::AngraInlasning,
    Atgard::AndraKoppling,
    Atgard::BokforForHand,
    Atgard::SkapaBidrag,
    Atgard::AndraFordelning,
    Atgard::HanteraRekvisition,
    Atgard::HanteraAterbetalning,
    Atgard::HanteraAtagande,
    Atgard::RegistreraFaktum,
    Atgard::SattaParametrar,
    Atgard::Prognostisera,
    Atgard::KommenteraAvvikelse,
    Atgard::RattaFaktum,
];

/// The actions that may write such a row.
const fn postens(innehall: &Innehall) -> &'static [Atgard] {
    match innehall {
        Innehall::Villkor(_) => &[Atgard::AndraVillkor],
        Innehall::Tilldelning(_) => &[Atgard::RattaFaktum],
        Innehall::Rekvisition(_) => &[Atgard::HanteraRekvisition],
        Innehall::Medgivande(_) | Innehall::Aterbetalning(_) => &[Atgard::HanteraAterbetalning],
        Innehall::Arsavslut(Avslutssteg::Stang) => &[Atgard::AvslutaAr],
        Innehall::Arsavslut(Avslutssteg::Oppna) => &[Atgard::OppnaAr],
        Innehall::Atagande(_) | Innehall::Utlysning(_) | Innehall::Koppling(_) => {
            &[Atgard::HanteraAtagande]
        }
        Innehall::Betalning(b) if b.bekraftar => &[Atgard::BekraftaBetalning],
        Innehall::Betalning(_) => &[Atgard::AndraBetalning],
        Innehall::Export(_) => &[Atgard::ExporteraSie],
    }
}

/// The actions that may make such a write about participants.
const fn deltagarens(andring: &Deltagarandring) -> &'static [Atgard] {
    match andring {
        Deltagarandring::NyttUppdrag(_) | Deltagarandring::AvslutaUppdrag { .. } => {
            &[Atgard::TilldelaUppdrag]
        }
        Deltagarandring::Gallring(g) => gallringens(g),
        Deltagarandring::Anonyma(_) => &[Atgard::RegistreraDeltagare],
        Deltagarandring::NyttDeltagande(_) => {
            &[Atgard::RegistreraDeltagare, Atgard::ImporteraDeltagare]
        }
        Deltagarandring::Steg { .. } => &[Atgard::SkrivaDeltagande, Atgard::ImporteraDeltagare],
        Deltagarandring::Uppgifter { .. } | Deltagarandring::Samtycke { .. } => {
            &[Atgard::SkrivaDeltagande]
        }
    }
}

/// The actions that may make such a write of gallring.
const fn gallringens(andring: &Gallringsandring) -> &'static [Atgard] {
    match andring {
        Gallringsandring::NyRegel(_)
        | Gallringsandring::NyttForslag { .. }
        | Gallringsandring::Aterkalla(_) => &[Atgard::ForberedaGallring],
        Gallringsandring::Verkstall { .. } | Gallringsandring::Forstor(_) => {
            &[Atgard::BekraftaGallring]
        }
    }
}

/// The actions whose use cases may make this write. A second lock behind the policy: a use
/// case that was let in for one thing cannot do another.
fn atgarder(andring: &Andring) -> &'static [Atgard] {
    match andring {
        Andring::NyHuvudman(_) => &[Atgard::SattaUpp],
        Andring::NyAnvandare(_) => &[Atgard::HanteraAnvandare, Atgard::SattaUpp],
        Andring::SattRoller { .. } | Andring::StangAvKonto { .. } => &[Atgard::HanteraAnvandare],
        Andring::BytLosenord { .. } | Andring::AvslutaSessioner { .. } => {
            &[Atgard::HanteraAnvandare, Atgard::BytaLosenord]
        }
        Andring::NyOrganisation(_) | Andring::NyttNamn { .. } => &[
            Atgard::HanteraOrganisationer,
            Atgard::ImporteraUnderlag,
            Atgard::SkapaBidrag,
            Atgard::SkapaInsats,
            Atgard::SattaUpp,
        ],
        Andring::SattOrganisationsslag { .. } => &[Atgard::HanteraOrganisationer],
        Andring::NyttBidrag(_) => &[Atgard::ImporteraUnderlag, Atgard::SkapaBidrag],
        Andring::NyInsats(_) => &[Atgard::ImporteraUnderlag, Atgard::SkapaInsats],
        Andring::NyaBidragsar { .. } => &[
            Atgard::ImporteraUnderlag,
            Atgard::RegistreraFaktum,
            Atgard::RattaFaktum,
        ],
        Andring::NyttBeslut(_) => &[
            Atgard::ImporteraUnderlag,
            Atgard::AndraFordelning,
            Atgard::RattaFaktum,
            Atgard::RegistreraBeslut,
            Atgard::HanteraAterbetalning,
            Atgard::HanteraAtagande,
            Atgard::AvslutaAr,
        ],
        Andring::NyMedelspost(ny) => postens(&ny.innehall),
        Andring::NyKalkyl(_) => &[Atgard::SparaKalkyl],
        Andring::GodtaVarning { .. } => &[Atgard::AndraFordelning],
        Andring::NyttUnderlag(_)
        | Andring::ErsattUnderlag { .. }
        | Andring::BeskrivInsats { .. } => &[Atgard::ImporteraUnderlag],
        Andring::InlasningGaller { .. } => &[Atgard::ImporteraSie],
        Andring::InlasningAngrad { .. } => &[Atgard::AngraInlasning],
        Andring::NyKoppling(_) => &[Atgard::AndraKoppling],
        Andring::NyHandverifikation(_) => &[Atgard::BokforForHand],
        Andring::AndraInsats { .. } => &[Atgard::AndraInsats],
        Andring::Deltagare(andring) => deltagarens(andring),
        Andring::NyttFaktum { .. } => FAKTA,
        Andring::AccepteraFynd { .. } => &[Atgard::AccepteraFynd],
        Andring::NyRapport { .. } => &[Atgard::SkapaRapport],
        // What is typed when a report is issued is saved with it.
        Andring::SparaRapport { .. } => &[Atgard::SparaRapport, Atgard::UtfardaRapport],
        Andring::UtfardaRapport(_) => &[Atgard::UtfardaRapport],
        Andring::Publicera { .. } => &[Atgard::Publicera],
        Andring::DraTillbaka { .. } => &[Atgard::DraTillbaka],
    }
}
