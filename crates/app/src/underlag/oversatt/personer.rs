//! People and volumes as stated counts. Never a single person.

use super::{Oversattning, Stalle, Uttalande};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::InsatsId;
use utfall_domain::problem::Problem;
use utfall_domain::underlag as u;
use utfall_domain::varde::Varde;

/// The category of those whose outcome the paper itself says is unknown.
const OKANT: &str = "okänt enligt papperet";

/// Participants, how far they came and how it ended.
pub(super) fn personer(o: &mut Oversattning<'_>, miljo: &mut Miljo) -> Result<(), Problem> {
    let papper = o.papper;
    for (nr, p) in papper.personer.iter().enumerate() {
        let insats = insats(o, p.insats.as_ref(), &p.rubrik, miljo)?;
        let (bidrag, organisation) = o.register.om_insats(insats);
        let galler = Galler {
            bidrag,
            insats: Some(insats),
            organisation,
            ar: p.ar.map(|a| a.0),
            ..Galler::default()
        };
        let uttalande = p.id.as_ref().map(|i| i.0.clone());
        let mut antal = |slag, kategori: Option<&str>, antal: u::Antal, falt: String| {
            let g = Galler {
                kategori: kategori.map(str::to_owned),
                ..galler.clone()
            };
            let kalla = o.kalla(&p.plats, uttalande.as_deref());
            let faktum = NyttFaktum {
                kalla,
                ..NyttFaktum::nytt(slag, g, Varde::Kant(antal.0))
            };
            let stalle = Stalle::Antal(format!("personer[{nr}].{falt}"));
            o.fakta.push(Uttalande::pa(faktum, stalle));
        };
        antal(FaktumSlag::Deltagare, None, p.totalt, "totalt".into());
        for (i, g) in p.genomforande.iter().enumerate() {
            let falt = format!("genomforande[{i}].antal");
            let slag = Some(g.slag.ord());
            antal(FaktumSlag::Deltagarlage, slag, g.antal, falt);
        }
        for (i, r) in p.utfall.iter().enumerate() {
            let falt = format!("utfall[{i}].antal");
            antal(FaktumSlag::Resultat, Some(&r.utfall), r.antal, falt);
        }
        if let Some(okant) = p.okant {
            let kategori = Some(OKANT);
            antal(FaktumSlag::Resultat, kategori, okant, "okant".into());
        }
        for (i, h) in p.dessutom.iter().enumerate() {
            let falt = format!("dessutom[{i}].antal");
            antal(FaktumSlag::Hjalp, Some(&h.utfall), h.antal, falt);
        }
    }
    Ok(())
}

fn insats(
    o: &mut Oversattning<'_>,
    namngiven: Option<&u::InsatsRef>,
    rubrik: &str,
    miljo: &mut Miljo,
) -> Result<InsatsId, Problem> {
    match namngiven.and_then(|i| o.register.insats_av(i)) {
        Some(id) => Ok(id),
        None => o.register.insats_av_rad(rubrik, None, Vec::new(), miljo),
    }
}

/// Counts by month. A month that had not passed when the paper was shown is not reported,
/// whatever the paper prints there (docs/granskning.md D39).
pub(super) fn volymer(o: &mut Oversattning<'_>) {
    let papper = o.papper;
    for (vnr, v) in papper.volymer.iter().enumerate() {
        let insats = v.insats.as_ref().and_then(|i| o.register.insats_av(i));
        let per = v.per.or(papper.dokument.datum);
        for (radnr, rad) in v.rader.iter().enumerate() {
            for (nr, antal) in rad.varden.iter().enumerate() {
                let manad = v.fran.efter(nr).and_then(|m| m.forsta_dag());
                let (Some(manad), Some(antal)) = (manad, antal) else {
                    continue;
                };
                let varde = if per.is_some_and(|dag| manad > dag) {
                    Varde::EjInrapporterat
                } else {
                    Varde::Kant(antal.0)
                };
                let galler = manadens(insats, &v.titel, &rad.etikett, manad);
                let stalle = format!("volymer[{vnr}].rader[{radnr}].varden[{nr}]");
                let faktum = NyttFaktum {
                    kalla: o.kalla(&v.plats, None),
                    ..NyttFaktum::nytt(FaktumSlag::Volym, galler, varde)
                };
                o.fakta.push(Uttalande::pa(faktum, Stalle::Antal(stalle)));
            }
        }
    }
}

fn manadens(insats: Option<InsatsId>, titel: &str, etikett: &str, manad: Date) -> Galler {
    Galler {
        insats,
        ar: Some(manad.year()),
        period_fran: Some(manad),
        period_till: Some(manad.last_of_month()),
        kategori: Some(format!("{titel}: {etikett}")),
        ..Galler::default()
    }
}
