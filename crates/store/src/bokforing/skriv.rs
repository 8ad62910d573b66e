//! An import on its way in: many short transactions that nobody sees, and last the one that
//! the door carries out. Each wants the permit of the one who imports.

use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::id::{InlasningId, KonteringId, VerifikationId};
use utfall_domain::medel::kontering::{Kontering, Kontotyp, Summa};
use utfall_domain::medel::verifikation::{
    Inlasningslage, Inlasningsutfall, NyInlasning, NyVerifikation,
};

use crate::db::{DbFel, P, Skriv, infogning, p, sql};
use crate::falt::datum;
use crate::lov::Skribent;

const IMPORTERA: &[Atgard] = &[Atgard::ImporteraSie];

sql! {
    KOM = "UPDATE sie_pagar SET klara = CASE WHEN klara > $3 THEN klara ELSE $3 END, \
           senast = $4 WHERE huvudman = $1 AND inlasning = $2";
    KLAR = "DELETE FROM sie_pagar WHERE huvudman = $1 AND inlasning = $2";
}

infogning! {
    NY_INLASNING = "sie_inlasning" (
        "id", "huvudman", "sha256", "filnamn", "orgnr", "ar_fran", "ar_till", "foretag",
        "program", "kodning", "verifikationer", "rader", "komplett", "registrerad",
        "registrerad_av",
    );
    NYTT_LAGE = "sie_lage" (
        "huvudman", "inlasning", "lage", "orsak", "nya", "lika", "andrade", "saknas",
        "registrerad", "registrerad_av",
    );
    PAGAR = "sie_pagar" ("huvudman", "inlasning", "klara", "senast");
    NYA_KONTERINGAR = "kontering" (
        "id", "huvudman", "orgnr", "konto", "objekt", "registrerad", "registrerad_av",
    );
    NYA_NAMN = "bokforingsnamn" ("huvudman", "inlasning", "slag", "kod", "namn", "typ");
    NYA = "verifikation" (
        "id", "huvudman", "inlasning", "identitet", "innehall", "serie", "nummer", "datum",
    );
    NYA_RADER = "verifikationsrad" (
        "huvudman", "inlasning", "verifikation", "nr", "kontering", "ore",
    );
    NYA_TEXTER = "verifikationstext" ("huvudman", "inlasning", "verifikation", "nr", "text");
    NYA_ERSATTA = "verifikation_ersatt" ("huvudman", "inlasning", "verifikation", "av");
    NYA_SUMMOR = "konteringssumma" (
        "huvudman", "inlasning", "kontering", "manad", "ore", "antal",
    );
}

/// Begins an import.
///
/// # Errors
/// [`DbFel::Unik`] while another of the huvudman's is under way.
pub fn paborja(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    ny: &NyInlasning,
) -> Result<InlasningId, DbFel> {
    let av = Skribent::ny(permit, IMPORTERA, nu)?;
    let id = k.tag_id(1)?;
    let mut rad = p![
        id,
        av.huvudman,
        &ny.sha256,
        &ny.filnamn,
        &ny.ar.orgnr,
        datum(ny.ar.fran),
        datum(ny.ar.till),
        &ny.foretag,
        &ny.program,
        &ny.kodning,
        ny.verifikationer,
        ny.rader,
        ny.komplett,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY_INLASNING, [rad])?;
    k.infoga(&PAGAR, [p![av.huvudman, id, 0_i64, av.nu].to_vec()])?;
    InlasningId::ny(id).ok_or_else(utan_nummer)
}

fn utan_nummer() -> DbFel {
    DbFel::Regel {
        detalj: "numret är under 1".to_owned(),
    }
}

/// Says how far an import has come. Refused when it is no longer under way: it was stopped.
fn kom(k: &mut Skriv, av: Skribent, inlasning: InlasningId, klara: i64) -> Result<(), DbFel> {
    let par = p![av.huvudman, inlasning.nummer(), klara, av.nu];
    match k.kor(&KOM, par)? {
        1 => Ok(()),
        _ => Err(DbFel::IngenRad),
    }
}

/// Says that an import is alive while it does something that writes nothing.
///
/// # Errors
/// [`DbFel::IngenRad`] when it was stopped.
pub fn lever(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    inlasning: InlasningId,
    klara: i64,
) -> Result<(), DbFel> {
    kom(k, Skribent::ny(permit, IMPORTERA, nu)?, inlasning, klara)
}

/// Writes down accounts with their objects that have not been met before; their numbers, in
/// the same order.
pub fn konteringar(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    inlasning: InlasningId,
    nya: &[Kontering],
) -> Result<Vec<KonteringId>, DbFel> {
    let av = Skribent::ny(permit, IMPORTERA, nu)?;
    kom(k, av, inlasning, 0)?;
    let forsta = k.tag_id(i64::try_from(nya.len()).unwrap_or(i64::MAX))?;
    let mut rader = Vec::with_capacity(nya.len());
    let mut ut = Vec::with_capacity(nya.len());
    for (id, ny) in (forsta..).zip(nya) {
        let objekt = serde_json::to_string(&ny.objekt).map_err(|e| DbFel::Regel {
            detalj: e.to_string(),
        })?;
        let mut rad = p![id, av.huvudman, &ny.orgnr, i64::from(ny.konto), objekt].to_vec();
        rad.extend(av.stampel());
        rader.push(rad);
        ut.push(KonteringId::ny(id).ok_or_else(utan_nummer)?);
    }
    k.infoga(&NYA_KONTERINGAR, rader)?;
    Ok(ut)
}

/// A name in a chart: `konto` or a dimension's number, the account or object, its name and the
/// account's type.
pub type Namn = (String, String, String, Option<Kontotyp>);

/// The names of the accounts and objects that an import uses.
pub fn namn(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    inlasning: InlasningId,
    namn: &[Namn],
) -> Result<(), DbFel> {
    let av = Skribent::ny(permit, IMPORTERA, nu)?;
    kom(k, av, inlasning, 0)?;
    let rader = namn.iter().map(|(slag, kod, namn, typ)| {
        let id = inlasning.nummer();
        p![av.huvudman, id, slag, kod, namn, typ.map(Kontotyp::kod)].to_vec()
    });
    k.infoga(&NYA_NAMN, rader).map(drop)
}

/// Vouchers of an import, `klara` of the file's being done with these.
pub fn verifikationer(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    inlasning: InlasningId,
    (nya, klara): (&[NyVerifikation], i64),
) -> Result<(), DbFel> {
    let av = Skribent::ny(permit, IMPORTERA, nu)?;
    kom(k, av, inlasning, klara)?;
    let forsta = k.tag_id(i64::try_from(nya.len()).unwrap_or(i64::MAX))?;
    let (vem, vad) = (av.huvudman, inlasning.nummer());
    let med_id = || (forsta..).zip(nya);
    let huvuden = med_id().map(|(id, v)| {
        let (serie, nummer) = (v.serie.as_str(), v.nummer.as_str());
        let (identitet, innehall) = (&v.identitet, &v.innehall);
        p![
            id,
            vem,
            vad,
            identitet,
            innehall,
            serie,
            nummer,
            datum(v.datum)
        ]
        .to_vec()
    });
    k.infoga(&NYA, huvuden)?;
    let rader = med_id().flat_map(|(id, v)| {
        (1_i64..)
            .zip(&v.rader)
            .map(move |(nr, (kontering, ore))| -> Vec<P<'_>> {
                p![vem, vad, id, nr, kontering.nummer(), *ore].to_vec()
            })
    });
    k.infoga(&NYA_RADER, rader)?;
    let texter = med_id().flat_map(|(id, v)| {
        v.texter
            .iter()
            .map(move |(nr, text)| p![vem, vad, id, *nr, text.as_str()].to_vec())
    });
    k.infoga(&NYA_TEXTER, texter)?;
    let ersatta = med_id().filter_map(|(id, v)| {
        let ersatter = v.ersatter?.nummer();
        Some(p![vem, vad, ersatter, id].to_vec())
    });
    k.infoga(&NYA_ERSATTA, ersatta).map(drop)
}

/// Vouchers that are not in a file that is whole: gone, with nothing in their place.
pub fn borta(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    inlasning: InlasningId,
    (borta, klara): (&[VerifikationId], i64),
) -> Result<(), DbFel> {
    let av = Skribent::ny(permit, IMPORTERA, nu)?;
    kom(k, av, inlasning, klara)?;
    let inget: Option<i64> = None;
    let rader = borta
        .iter()
        .map(|id| p![av.huvudman, inlasning.nummer(), id.nummer(), inget].to_vec());
    k.infoga(&NYA_ERSATTA, rader).map(drop)
}

/// What an import changes on each account and month.
pub fn summor(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    inlasning: InlasningId,
    (summor, klara): (&[Summa], i64),
) -> Result<(), DbFel> {
    let av = Skribent::ny(permit, IMPORTERA, nu)?;
    kom(k, av, inlasning, klara)?;
    let rader = summor.iter().map(|s| {
        let (vad, kontering) = (inlasning.nummer(), s.kontering.nummer());
        p![av.huvudman, vad, kontering, datum(s.manad), s.ore, s.antal].to_vec()
    });
    k.infoga(&NYA_SUMMOR, rader).map(drop)
}

/// Stops an import that is under way: nothing of it will be in the books.
///
/// # Errors
/// [`DbFel::IngenRad`] when it is not under way.
pub fn avbryt(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    inlasning: InlasningId,
    orsak: &str,
) -> Result<(), DbFel> {
    let av = Skribent::ny(permit, IMPORTERA, nu)?;
    slut(k, av, inlasning)?;
    let steg = (Inlasningslage::Avbruten, Some(orsak));
    nytt_lage(k, av, inlasning, steg, Inlasningsutfall::default())
}

fn slut(k: &mut Skriv, av: Skribent, inlasning: InlasningId) -> Result<(), DbFel> {
    match k.kor(&KLAR, p![av.huvudman, inlasning.nummer()])? {
        1 => Ok(()),
        _ => Err(DbFel::IngenRad),
    }
}

/// Refused with [`DbFel::IngenRad`] if the import is not under way.
pub(crate) fn galler(
    k: &mut Skriv,
    av: Skribent,
    inlasning: InlasningId,
    utfall: Inlasningsutfall,
) -> Result<(), DbFel> {
    slut(k, av, inlasning)?;
    nytt_lage(k, av, inlasning, (Inlasningslage::Galler, None), utfall)
}

/// Refused with [`DbFel::Unik`] if it has been taken back already.
pub(crate) fn angrad(
    k: &mut Skriv,
    av: Skribent,
    inlasning: InlasningId,
    orsak: &str,
) -> Result<(), DbFel> {
    let steg = (Inlasningslage::Angrad, Some(orsak));
    nytt_lage(k, av, inlasning, steg, Inlasningsutfall::default())
}

fn nytt_lage(
    k: &mut Skriv,
    av: Skribent,
    inlasning: InlasningId,
    (lage, orsak): (Inlasningslage, Option<&str>),
    utfall: Inlasningsutfall,
) -> Result<(), DbFel> {
    let mut rad = p![
        av.huvudman,
        inlasning.nummer(),
        lage.kod(),
        orsak,
        utfall.nya,
        utfall.lika,
        utfall.andrade,
        utfall.saknas,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NYTT_LAGE, [rad]).map(drop)
}
