//! The ledger. Append-only: the engine itself refuses UPDATE and DELETE.

use std::collections::HashMap;

use utfall_behorighet::Permit;
use utfall_domain::faktum::{
    Bokforingskalla, Faktum, FaktumSlag, Galler, Kalla, NyttFaktum, Sakerhet,
};
use utfall_domain::id::{
    AnvandareId, BeslutId, BidragId, FaktumId, InlasningId, InsatsId, KopplingId, OrganisationId,
    UnderlagId,
};
use utfall_domain::pengar::Precision;
use utfall_domain::varde::Varde;

use crate::db::{DbFel, Las, P, Rad, Skriv, infogning, p, sql};
use crate::falt::{Falt, datum};
use crate::lov::{self, Skribent};

sql! {
    ALLA = "SELECT id, slag, bidrag, insats, organisation, finansiar, ar, fran_ar, period_fran, \
            period_till, kategori, version, lage, tal, precision_ore, cirka, sakerhet, beslut, \
            underlag, plats, uttalande, rattar, orsak, struken, efter_avslut, registrerad, \
            registrerad_av \
            FROM faktum WHERE huvudman = $1 ORDER BY id";
    OM = "SELECT id, slag, bidrag, insats, organisation, finansiar, ar, fran_ar, period_fran, \
          period_till, kategori, version, lage, tal, precision_ore, cirka, sakerhet, beslut, \
          underlag, plats, uttalande, rattar, orsak, struken, efter_avslut, registrerad, \
          registrerad_av \
          FROM faktum WHERE huvudman = $1 AND id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
          $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, \
          $29, $30, $31, $32, $33)";
    BOKFORDA = "SELECT faktum, inlasning, koppling FROM faktum_bokforing WHERE huvudman = $1";
    BOKFORT = "SELECT faktum, inlasning, koppling FROM faktum_bokforing \
               WHERE huvudman = $1 AND faktum = $2";
    FINANSIARER = "SELECT id, finansiar FROM bidrag WHERE huvudman = $1";
    ENSAMMA = "SELECT insats, MIN(organisation) AS organisation FROM insats_ansvarig \
               WHERE huvudman = $1 GROUP BY insats HAVING COUNT(*) = 1";
    ETT = "SELECT id, slag, bidrag, insats, organisation, finansiar, ar, fran_ar, period_fran, \
           period_till, kategori, version, lage, tal, precision_ore, cirka, sakerhet, beslut, \
           underlag, plats, uttalande, rattar, orsak, struken, efter_avslut, registrerad, \
            registrerad_av \
           FROM faktum WHERE huvudman = $1 AND id = $2";
}

infogning! {
    NYA = "faktum" (
        "id", "huvudman", "slag", "bidrag", "insats", "organisation", "finansiar", "ar",
        "fran_ar", "period_fran", "period_till", "kategori", "version", "lage", "tal",
        "precision_ore", "cirka", "sakerhet", "beslut", "underlag", "plats", "uttalande",
        "rattar", "orsak", "struken", "efter_avslut", "registrerad", "registrerad_av",
    );
    NYA_BOKFORDA = "faktum_bokforing" ("huvudman", "faktum", "inlasning", "koppling");
}

/// Every fact ever registered, corrected ones too, in order of number.
pub fn alla(k: &mut Las, permit: &Permit) -> Result<Vec<Faktum>, DbFel> {
    i_huvudman(k, lov::las(permit, lov::BOCKER)?)
}

/// One fact, or `None` if it does not exist or is another huvudman's.
pub fn ett(k: &mut Las, permit: &Permit, id: FaktumId) -> Result<Option<Faktum>, DbFel> {
    let huvudman = lov::las(permit, lov::BOCKER)?;
    let Some(mut faktum) = k.kanske(&ETT, p![huvudman, id.nummer()], faktum_rad)? else {
        return Ok(None);
    };
    let bokfort = k.kanske(&BOKFORT, p![huvudman, id.nummer()], bokforingsrad)?;
    faktum.fakta.bokforing = bokfort.map(|(_, kalla)| kalla);
    hemma(k, huvudman, std::slice::from_mut(&mut faktum))?;
    Ok(Some(faktum))
}

pub(crate) fn i_huvudman(k: &mut Las, huvudman: i64) -> Result<Vec<Faktum>, DbFel> {
    let mut fakta = k.alla(&ALLA, p![huvudman], faktum_rad)?;
    let bokforda = k.alla(&BOKFORDA, p![huvudman], bokforingsrad)?;
    if !bokforda.is_empty() {
        let bokforda: HashMap<FaktumId, Bokforingskalla> = bokforda.into_iter().collect();
        for f in &mut fakta {
            f.fakta.bokforing = bokforda.get(&f.id).copied();
        }
        hemma(k, huvudman, &mut fakta)?;
    }
    Ok(fakta)
}

/// What is booked is of its grant's funder and of the one board that answers for its insats,
/// also when the fact was written before facts from the accounts said so themselves.
fn hemma(k: &mut Las, huvudman: i64, fakta: &mut [Faktum]) -> Result<(), DbFel> {
    let utan = |g: &Galler| {
        (g.finansiar.is_none() && g.bidrag.is_some())
            || (g.organisation.is_none() && g.insats.is_some())
    };
    let bokfort = |f: &&mut Faktum| f.fakta.bokforing.is_some() && utan(&f.fakta.galler);
    if !fakta.iter_mut().any(|f| bokfort(&f)) {
        return Ok(());
    }
    let finansiarer = k.alla(&FINANSIARER, p![huvudman], |rad| {
        let f = Falt::ny(rad, "bidrag", "id")?;
        Ok((
            f.id("id", BidragId::ny)?,
            f.id("finansiar", OrganisationId::ny)?,
        ))
    })?;
    let ensamma = k.alla(&ENSAMMA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "insats_ansvarig", "insats")?;
        let organisation = f.id("organisation", OrganisationId::ny)?;
        Ok((f.id("insats", InsatsId::ny)?, organisation))
    })?;
    let finansiarer: HashMap<BidragId, OrganisationId> = finansiarer.into_iter().collect();
    let ensamma: HashMap<InsatsId, OrganisationId> = ensamma.into_iter().collect();
    for f in fakta.iter_mut().filter(bokfort) {
        let g = &mut f.fakta.galler;
        let finansiar = g.bidrag.and_then(|id| finansiarer.get(&id));
        g.finansiar = g.finansiar.or(finansiar.copied());
        let ensam = g.insats.and_then(|id| ensamma.get(&id));
        g.organisation = g.organisation.or(ensam.copied());
    }
    Ok(())
}

/// Ids in one question of [`OM`].
const I_EN_FRAGA: usize = 32;

/// What facts say and what they are about. Of one that is written together with its correction
/// there is none.
pub(crate) fn om(
    k: &mut Skriv,
    huvudman: i64,
    vilka: &[FaktumId],
) -> Result<HashMap<FaktumId, (FaktumSlag, Galler)>, DbFel> {
    let mut ut = HashMap::with_capacity(vilka.len());
    for del in vilka.chunks(I_EN_FRAGA) {
        let sist = del.iter().rev().take(1).cycle();
        let alla = del.iter().chain(sist).take(I_EN_FRAGA);
        let mut par = p![huvudman].to_vec();
        par.extend(alla.map(|id| P::from(id.nummer())));
        for faktum in k.alla(&OM, &par, faktum_rad)? {
            ut.insert(faktum.id, (faktum.fakta.slag, faktum.fakta.galler));
        }
    }
    Ok(ut)
}

fn bokforingsrad(rad: &Rad<'_>) -> Result<(FaktumId, Bokforingskalla), DbFel> {
    let f = Falt::ny(rad, "faktum_bokforing", "faktum")?;
    let kalla = Bokforingskalla {
        inlasning: f.id_eller_null("inlasning", InlasningId::ny)?,
        koppling: f.id_eller_null("koppling", KopplingId::ny)?,
    };
    Ok((f.id("faktum", FaktumId::ny)?, kalla))
}

fn faktum_rad(rad: &Rad<'_>) -> Result<Faktum, DbFel> {
    let f = Falt::ny(rad, "faktum", "id")?;
    let tal = f.tal_eller_null("tal")?;
    let steg =
        u32::try_from(f.tal("precision_ore")?).map_err(|e| f.omojlig("precision_ore", &e))?;
    Ok(Faktum {
        id: f.id("id", FaktumId::ny)?,
        registrerad: f.tid("registrerad")?,
        registrerad_av: f.id("registrerad_av", AnvandareId::ny)?,
        fakta: NyttFaktum {
            slag: f.kod("slag", FaktumSlag::av_kod)?,
            galler: galler(&f)?,
            varde: f.kod("lage", |kod| Varde::av_kod(kod, tal))?,
            precision: Precision::steg(steg),
            cirka: f.bool("cirka")?,
            sakerhet: f.kod("sakerhet", Sakerhet::av_kod)?,
            beslut: f.id_eller_null("beslut", BeslutId::ny)?,
            kalla: kalla(&f)?,
            rattar: f.id_eller_null("rattar", FaktumId::ny)?,
            orsak: f.text_eller_null("orsak")?,
            struken: f.bool("struken")?,
            bokforing: None,
            efter_avslut: f.bool("efter_avslut")?,
        },
    })
}

fn galler(f: &Falt<'_>) -> Result<Galler, DbFel> {
    Ok(Galler {
        bidrag: f.id_eller_null("bidrag", BidragId::ny)?,
        insats: f.id_eller_null("insats", InsatsId::ny)?,
        organisation: f.id_eller_null("organisation", OrganisationId::ny)?,
        finansiar: f.id_eller_null("finansiar", OrganisationId::ny)?,
        ar: f.litet_eller_null("ar")?,
        fran_ar: f.litet_eller_null("fran_ar")?,
        period_fran: f.datum_eller_null("period_fran")?,
        period_till: f.datum_eller_null("period_till")?,
        kategori: f.text_eller_null("kategori")?,
        version: f.text_eller_null("version")?,
    })
}

fn kalla(f: &Falt<'_>) -> Result<Option<Kalla>, DbFel> {
    let Some(underlag) = f.id_eller_null("underlag", UnderlagId::ny)? else {
        return Ok(None);
    };
    Ok(Some(Kalla {
        underlag,
        plats: f.text("plats")?,
        uttalande: f.text_eller_null("uttalande")?,
    }))
}

/// Adds facts, many at a time. Those about a closed year are refused, unless they say that they
/// are made after it.
pub(crate) fn nya<'a>(
    k: &mut Skriv,
    av: Skribent,
    fakta: impl IntoIterator<Item = (FaktumId, &'a NyttFaktum)>,
) -> Result<(), DbFel> {
    let fakta: Vec<(FaktumId, &NyttFaktum)> = fakta.into_iter().collect();
    crate::medelsposter::prova_oppna(k, av.huvudman, fakta.iter().map(|(_, f)| *f))?;
    k.infoga(&NYA, fakta.iter().map(|(id, f)| rad(av, *id, f)))?;
    let bokforda = fakta.iter().filter_map(|(id, f)| {
        let kalla = f.bokforing?;
        let inlasning = kalla.inlasning.map(InlasningId::nummer);
        let koppling = kalla.koppling.map(KopplingId::nummer);
        Some(p![av.huvudman, id.nummer(), inlasning, koppling].to_vec())
    });
    k.infoga(&NYA_BOKFORDA, bokforda).map(drop)
}

fn rad<'a>(av: Skribent, id: FaktumId, f: &'a NyttFaktum) -> Vec<P<'a>> {
    let g = &f.galler;
    let kalla = f.kalla.as_ref();
    let mut rad = p![
        id.nummer(),
        av.huvudman,
        f.slag.kod(),
        g.bidrag.map(BidragId::nummer),
        g.insats.map(InsatsId::nummer),
        g.organisation.map(OrganisationId::nummer),
        g.finansiar.map(OrganisationId::nummer),
        g.ar.map(i64::from),
        g.fran_ar.map(i64::from),
        g.period_fran.map(datum),
        g.period_till.map(datum),
        g.kategori.as_deref(),
        g.version.as_deref(),
        f.varde.kod(),
        f.varde.kant(),
        f.precision.enhet(),
        f.cirka,
        f.sakerhet.kod(),
        f.beslut.map(BeslutId::nummer),
        kalla.map(|k| k.underlag.nummer()),
        kalla.map(|k| k.plats.as_str()),
        kalla.and_then(|k| k.uttalande.as_deref()),
        f.rattar.map(FaktumId::nummer),
        f.orsak.as_deref(),
        f.struken,
        f.efter_avslut,
    ]
    .to_vec();
    rad.extend(av.stampel());
    rad
}
