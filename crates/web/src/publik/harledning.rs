//! The derivation of a published figure: unit and date, never a person or the journal.

use super::{akt, publicerad};
use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::harledning as h;
use crate::siffror::{Siffror, enhet_i_rubrik, kort_dag, varde};
use crate::svar::{Fel, Svar};
use utfall_app::Bok;
use utfall_domain::faktum::Faktum;
use utfall_domain::matt::{Matt, Synlighet, Urval};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::{Publicerat, gallande};
use utfall_domain::tid;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;
use utfall_vyer::tabell::RadSlag;

/// GET `/{huvudman}/harledning/{matt}`.
pub async fn harledning(a: Publikt) -> Resultat {
    let (huvudman, bok) = a.utgivare().await?;
    let (matt, urval) = h::fragat(&bok, a.stig.text("matt"), &a.fraga)?;
    let per = publikt(&bok, matt, &urval)?;
    let s = Siffror::publika(&bok, &huvudman.slug);
    let harledning = s.matt(matt, &urval);
    let dold = !s.far_visas(&harledning);
    let rader = if dold {
        Vec::new()
    } else {
        rader(&s, &harledning)
    };
    let alla = Lank::ny("Så räknar vi", adress::publik_sa_raknar_vi(&huvudman.slug));
    let ingress = if dold {
        Text::from(matt.definition().text)
    } else {
        h::i_ord(&s, &harledning)
    };
    Svar::publik_sida(&v::PublikHarledning {
        ram: a.ram(Some(&huvudman)),
        huvud: Sidhuvud::ny(h::rubrik(&s, matt, &urval), ingress)
            .overrad(overrad(&bok, matt, &urval))
            .under(vec![Lank::ny(
                "Pengarna",
                adress::publik_pengar(&huvudman.slug),
            )]),
        formeltext: h::formeltext(&harledning),
        formelkolumner: h::kolumner(&harledning),
        formel: h::formel(&s, &harledning),
        radtext: format!(
            "{}, {}",
            matt.text(),
            enhet_i_rubrik(matt.enhet()).to_lowercase()
        ),
        rader,
        definition: h::definition(matt, alla),
        per: per.into(),
        anvands: h::leder_till(&s, &urval),
    })
}

fn overrad(bok: &Bok, matt: Matt, urval: &Urval) -> String {
    let om = if *urval == Urval::default() {
        "allt som är publicerat".to_owned()
    } else {
        h::om(bok, urval)
    };
    format!("{} · {om}", matt.text())
}

/// Only figures about something published, of measures the public may see. As of when.
fn publikt(bok: &Bok, matt: Matt, urval: &Urval) -> Result<String, Fel> {
    if matt.definition().synlighet == Synlighet::Inloggad {
        return Err(Problem::finns_inte().into());
    }
    let om_insats = urval
        .insats
        .map(Publicerat::Insats)
        .and_then(|vad| akt(bok, vad));
    let om_bidrag = urval
        .bidrag
        .map(Publicerat::Bidrag)
        .and_then(|vad| akt(bok, vad));
    // About nothing in particular: what is published, together. The books hold nothing else.
    let om_allt = (urval.insats.is_none() && urval.bidrag.is_none())
        .then(|| {
            gallande(&bok.publiceringar)
                .into_iter()
                .max_by_key(|akt| akt.tid)
        })
        .flatten()
        .cloned();
    let akt = om_insats
        .or(om_bidrag)
        .or(om_allt)
        .filter(|_| ord_som_finns(bok, urval))
        .ok_or_else(Problem::finns_inte)?;
    Ok(publicerad(&akt))
}

/// Free words are told only when they stand in a fact, so that nobody can make this page say
/// anything else.
fn ord_som_finns(bok: &Bok, urval: &Urval) -> bool {
    let inga = urval.kategori.is_none() && urval.version.is_none();
    inga || bok.fakta.iter().map(Faktum::galler).any(|g| {
        (urval.kategori.is_none() || g.kategori == urval.kategori)
            && (urval.version.is_none() || g.version == urval.version)
            && (urval.insats.is_none() || g.insats == urval.insats)
    })
}

fn rader(s: &Siffror<'_>, harledning: &utfall_domain::matt::Harledning) -> Vec<v::PublikRad> {
    let blad = h::Rader::av(s, harledning);
    let mut ut = Vec::new();
    for (summa, fakta) in blad.galler() {
        ut.extend(fakta.iter().map(|f| rad(s, f)));
        ut.push(v::PublikRad {
            slag: RadSlag::Delsumma,
            namn: summa.matt.text().to_owned(),
            kalla: String::new(),
            datum: String::new(),
            sakerhet: plusminus(summa.utfall.halv),
            varde: s.tal(summa.matt, &summa.urval),
        });
    }
    ut
}

fn rad(s: &Siffror<'_>, f: &Faktum) -> v::PublikRad {
    let kalla = f.fakta.kalla.as_ref().and_then(|kalla| {
        let u = s.bok.underlag(kalla.underlag).filter(|u| u.offentligt)?;
        Some(format!("{}, {}", u.titel, kalla.plats))
    });
    v::PublikRad {
        slag: RadSlag::Vanlig,
        namn: h::om_faktum(s.bok, f).0,
        kalla: kalla.unwrap_or_default(),
        datum: kort_dag(tid::dag(f.registrerad)),
        sakerhet: plusminus(f.fakta.precision.halv()),
        varde: varde(f.varde(), f.fakta.slag.enhet()),
    }
}

fn plusminus(halv: i64) -> String {
    if halv == 0 {
        String::new()
    } else {
        format!("±\u{a0}{}", Ore(halv))
    }
}
