//! Rapporter: the list, writing one, issuing it, and its files.

mod filer;
mod handling;
mod hinder;
mod nya;
mod siffror;
mod skriva;
mod utgavor;

pub use filer::{fil, namn as filnamn, typ};
pub use handling::{handlingar, till_handlingen};
pub use nya::till_rapporten;
pub use siffror::{beratta, harledning, huvudtal};
pub use skriva::{spara, utfarda};
pub use utgavor::Utgavor;

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::delar;
use crate::felen::{med_fel, mening};
use crate::fynd;
use crate::las;
use crate::sidval::Sidval;
use crate::siffror::{Siffror, dag, klockslag};
use crate::svar::{Fel, Svar};
use skriva::{Skrivet, Stopp};
use utfall_app::Bok;
use utfall_app::granskning::Funnet;
use utfall_app::rapporter::{Rapportsiffra, SkapaRapport, Utkast, oforklarade, senast_utfardad};
use utfall_behorighet::Atgard;
use utfall_domain::granskning::Allvar;
use utfall_domain::id::BidragId;
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::rapport::Indata;
use utfall_domain::rapport::aterrapport::Siffra;
use utfall_domain::rapporter::{Rapport, Rapportlage, Rapportslag};
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltFel, FaltSlag, Felsammanfattning};
use utfall_vyer::komponent::{Fakta, Lage, LageSlag, Lank, Nyckeltal};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;

/// GET `/rapporter`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&listsida(&a, &bok, None))
}

fn listsida(a: &Inloggat, bok: &Bok, fel: Option<&Problem>) -> sidor::RapportLista {
    let skriver = skriver(a);
    let klar = |r: &&Rapport| skriver || matches!(r.lage, Rapportlage::Utfardad { .. });
    let mut rapporter: Vec<&Rapport> = bok.rapporter.iter().filter(klar).collect();
    rapporter.sort_by_key(|r| (matches!(r.lage, Rapportlage::Utfardad { .. }), r.id));
    let val = bok
        .bidrag
        .iter()
        .flat_map(|b| b.ar.iter().map(move |ar| (b, *ar)))
        .map(|(b, ar)| (format!("{}:{ar}", b.id), delar::bidragsnamn(b, Some(ar))))
        .collect();
    let falt = med_fel(Falt::ny("bidrag", "Bidrag och år", FaltSlag::Val(val)), fel);
    let mut ram = a.ram();
    if let Some(fel) = fel {
        let rubrik = "Rapporten skapades inte";
        ram.fel = Felsammanfattning::av(rubrik, [&falt])
            .or_else(|| Some(Felsammanfattning::utan_falt(rubrik, mening(fel))));
    }
    let kan = a.far(Atgard::SkapaRapport) && !bok.bidrag.is_empty();
    sidor::RapportLista {
        ram,
        huvud: Sidhuvud::ny("Rapporter", ingress(bok, skriver)),
        rader: rapporter.into_iter().map(|r| listrad(bok, r)).collect(),
        skapa: kan.then(|| (a.ett_formular(adress::rapporter()), falt)),
        fler: if a.far(Atgard::SkapaRapport) {
            nya::formularen(a, bok, fel)
        } else {
            Vec::new()
        },
    }
}

fn ingress(bok: &Bok, skriver: bool) -> &'static str {
    if !skriver {
        return "Siffrorna kommer ur böckerna. En utfärdad rapport ändras aldrig.";
    }
    if bok.bidrag.is_empty() {
        return "En återrapport redovisar ett bidrag. När det finns ett bidrag under Medel går \
                det att börja skriva här.";
    }
    "Siffrorna hämtas ur böckerna. Du skriver orden. En utfärdad rapport ändras aldrig."
}

fn listrad(bok: &Bok, r: &Rapport) -> sidor::RapportRad {
    let utgavor = Utgavor::av(bok, r);
    let (per, lage, filer) = match &r.lage {
        Rapportlage::Utkast { .. } => (
            "I dag".to_owned(),
            Lage::ny("Utkast", LageSlag::Pagar),
            Vec::new(),
        ),
        Rapportlage::Utfardad { per, .. } => (
            per.0.to_string(),
            Lage::ny(utgavor.lage(), LageSlag::Lugn),
            filer::lankar(r),
        ),
    };
    sidor::RapportRad {
        namn: utgavor.namn(),
        href: adress::rapport(&r.slug).into(),
        under: [till(bok, r), utgavor.mening()]
            .into_iter()
            .filter(|del| !del.is_empty())
            .collect::<Vec<_>>()
            .join(". "),
        per,
        lage,
        filer,
    }
}

fn till(bok: &Bok, r: &Rapport) -> String {
    match r.bidrag.and_then(|id| bok.bidrag(id)) {
        Some(b) => format!("Till {}", bok.organisationsnamn(b.finansiar)),
        None => r.slag.text().to_owned(),
    }
}

/// POST `/rapporter`.
pub async fn skapa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    if let Some(slag) = nya::slag(&a, &bok)? {
        return nya::skapa(&a, &bok, slag).await;
    }
    let valt = a.formular.text("bidrag").split_once(':');
    let valt = valt.and_then(|(id, ar)| {
        Some((
            id.parse().ok().and_then(BidragId::ny)?,
            ar.parse::<i16>().ok()?,
        ))
    });
    let Some((bidrag, ar)) = valt else {
        let fel = Problem::ogiltigt(
            "rapport-val",
            "Inget bidrag är valt.",
            "Välj vilket bidrag och år rapporten gäller.",
        )
        .i_falt("bidrag");
        return Svar::formularfel(&listsida(&a, &bok, Some(&fel)));
    };
    let fall = SkapaRapport {
        bidrag,
        ar,
        mall: None,
    };
    match a
        .webb
        .tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(slug) => Ok(Svar::vidare(adress::rapport(&slug))),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => {
            Svar::formularfel(&listsida(&a, &bok, Some(&fel)))
        }
        Err(fel) => Err(fel.into()),
    }
}

/// The report that the address names. What is not issued is no report yet, for those who only
/// read them: to them there is none.
fn i_adressen<'a>(a: &Inloggat, bok: &'a Bok) -> Result<&'a Rapport, Fel> {
    let r = las::rapport(bok, a.stig.text("rapport"))?;
    if skriver(a) || matches!(r.lage, Rapportlage::Utfardad { .. }) {
        return Ok(r);
    }
    Err(Problem::finns_inte().into())
}

/// Whether whoever asks writes reports, or issues them.
fn skriver(a: &Inloggat) -> bool {
    a.far(Atgard::SparaRapport) || a.far(Atgard::UtfardaRapport)
}

/// GET `/rapporter/{rapport}`.
pub async fn visa(a: Inloggat) -> Resultat {
    Svar::sida(&sida(&a, None, None).await?)
}

/// The page of a report: with the person's own text when it could not be saved.
async fn sida(
    a: &Inloggat,
    skrivet: Option<&Skrivet>,
    stopp: Option<&Stopp<'_>>,
) -> Result<sidor::Rapport, Fel> {
    let bok = a
        .webb
        .tjanst
        .bok(&a.session.aktor, Atgard::LasaRapporter, None)
        .await?;
    let r = i_adressen(a, &bok)?;
    let adress = &a.webb.installningar.adress;
    let visning = a
        .webb
        .tjanst
        .forhandsvisa_rapport(&a.session.aktor, r.id, None, adress)
        .await?;
    let funna = a.webb.tjanst.granska(&a.session.aktor).await?;
    let (per, version) = match &r.lage {
        Rapportlage::Utfardad { per, .. } => (Some(*per), None),
        Rapportlage::Utkast { version, .. } => (None, Some(*version)),
    };
    // What was typed for a report that somebody has issued is none of its texts.
    let (i_falten, vid_sidan) = match version {
        Some(_) => (skrivet, None),
        None => (None, skrivet),
    };
    let utkast = i_falten.map_or(&visning.utkast, |s| &s.utkast);
    let version = version.map(|nu| i_falten.map_or(nu, |s| s.version));
    let bok_per = bok.per(per);
    let s = Siffror::ny(&bok_per);
    let b = r.bidrag.and_then(|id| bok.bidrag(id));
    let skrivet_ar = Some(i64::from(utkast.ar));
    let om = b.map(|b| (b, delar::valt_ar(b, skrivet_ar, &s)));
    let kvar = kvarvarande(&bok, &funna, r);
    let hamtat = match b {
        Some(b) => hamtat(a, &bok, r, b).await?,
        None => Vec::new(),
    };
    let mut ram = a.ram();
    ram.fel = stopp.map(felet);
    Ok(sidor::Rapport {
        ram,
        huvud: huvud(&bok, r, &kvar, a),
        nyckeltal: nyckeltal(a, &s, om, (r, &visning.indata)).await?.into(),
        insatser: om.map(|om| insatserna(a, &s, om, r)),
        kapitel: kapitel(r, utkast, &hamtat, stopp.map(|s| s.fel)),
        fynd: kvar.iter().map(|f| fynd::rad(&bok, f)).collect(),
        hinder: version.map_or_else(Vec::new, |_| hinder::alla_hinder(&s, r)),
        spara: version
            .filter(|_| a.far(Atgard::SparaRapport))
            .map(|v| a.ett_formular(adress::rapport(&r.slug)).med_version(v)),
        utfarda: version
            .filter(|_| a.far(Atgard::UtfardaRapport))
            .map(|_| (adress::utfarda(&r.slug).into(), last(i_falten, stopp))),
        osparat: vid_sidan.map_or_else(Vec::new, |s| skriva::osparat(r, s, utkast)),
        forhandsvisa: forhandsvisa(r),
        utfardad: utfardad(&bok, r),
    })
}

/// The initiatives of the report's year, a part at a time where they are many.
fn insatserna(
    a: &Inloggat,
    s: &Siffror<'_>,
    (b, ar): (&Bidrag, Option<i16>),
    r: &Rapport,
) -> sidor::InsatsTabell {
    let sida = Sidval::ur(&a.fraga);
    let antal = delar::med_i_bidraget(s, b, ar).len();
    sidor::InsatsTabell {
        bladdra: sida.lankar(antal, &adress::rapport(&r.slug)),
        ..delar::insatstabell(s, b, ar, "insatser", sida)
    }
}

/// The main figures: of a draft as they are now, of an issued report as printed.
async fn nyckeltal(
    a: &Inloggat,
    s: &Siffror<'_>,
    om: Option<(&Bidrag, Option<i16>)>,
    (r, utkast): (&Rapport, &Indata),
) -> Result<Vec<Nyckeltal>, Fel> {
    let fryst = a.webb.tjanst.rapportindata(&a.session.aktor, r).await?;
    Ok(match (fryst, om) {
        (Some(fryst), _) => huvudtal(&fryst, None, r),
        (None, Some((b, ar))) => crate::medel::nyckeltal(s, b, ar, a.dag(s.bok)),
        (None, None) => utkastets_tal(s, r, utkast),
    })
}

/// The first figures of a draft of many grants.
fn utkastets_tal(s: &Siffror<'_>, r: &Rapport, indata: &Indata) -> Vec<Nyckeltal> {
    Rapportsiffra::huvudtal(indata)
        .into_iter()
        .filter_map(Siffra::fraga)
        .map(|(matt, urval)| {
            Nyckeltal::ny(
                siffror::namnet(r, matt, &urval),
                s.med_enhet(matt, &urval),
                "",
            )
        })
        .collect()
}

fn last(skrivet: Option<&Skrivet>, stopp: Option<&Stopp<'_>>) -> Falt {
    let last = "Jag har läst fynden och vill utfärda ändå";
    let varde = skrivet.filter(|s| s.last).map_or("", |_| "ja");
    let falt = Falt::ny("last", last, FaltSlag::Kryss).varde(varde);
    med_fel(falt, stopp.map(|s| s.fel))
}

fn forhandsvisa(r: &Rapport) -> Vec<Lank> {
    [
        ("Visa utkastet som PDF", "utkast.pdf"),
        ("Visa utkastet som Word", "utkast.docx"),
        ("Visa utkastet som Excel", "utkast.xlsx"),
        ("Visa utkastet som webbsida", "utkast.html"),
    ]
    .map(|(text, fil)| Lank::ny(text, adress::rapportfil(&r.slug, fil)))
    .to_vec()
}

/// What stopped the report, headed by what did not happen and leading to its field.
fn felet(Stopp { rubrik, fel }: &Stopp<'_>) -> Felsammanfattning {
    Felsammanfattning {
        rubrik: (*rubrik).to_owned(),
        fel: vec![FaltFel {
            falt: fel.falt.clone().unwrap_or_default(),
            text: mening(fel),
        }],
    }
}

/// Findings about the grant that nobody has explained.
fn kvarvarande<'a>(bok: &Bok, funna: &'a [Funnet], r: &Rapport) -> Vec<&'a Funnet> {
    let om = r.bidrag.and_then(|id| bok.bidrag(id));
    om.map(|b| fynd::om_bidrag(bok, funna, b))
        .unwrap_or_default()
        .into_iter()
        .filter(|f| f.kvar() && f.fynd.allvar != Allvar::Upplysning)
        .collect()
}

fn huvud(bok: &Bok, r: &Rapport, kvar: &[&Funnet], a: &Inloggat) -> Sidhuvud {
    let (lage, ingress) = match &r.lage {
        Rapportlage::Utkast { .. } => (
            format!(
                "Utkast · {} · siffror per {}",
                till(bok, r),
                dag(tid::dag(a.nu))
            ),
            match kvar.len() {
                0 if r.bidrag.is_none() => aterstar(bok, r),
                0 => "Inget återstår att förklara.".to_owned(),
                1 => "Ett fynd återstår. Det står i rapporten om du inte rättar det.".to_owned(),
                n => format!("{n} fynd återstår. De står i rapporten om du inte rättar dem."),
            },
        ),
        Rapportlage::Utfardad { per, .. } => (
            format!("Utfärdad · {} · siffror per {}", till(bok, r), dag(per.0)),
            format!(
                "Rapporten är utfärdad och ändras inte. {}.",
                Utgavor::av(bok, r).mening()
            ),
        ),
    };
    Sidhuvud::ny(r.titel.clone(), ingress)
        .overrad(lage)
        .under(vec![Lank::ny("Rapporter", adress::rapporter())])
}

/// What remains to do in a draft of many grants: deviations that nobody has explained.
fn aterstar(bok: &Bok, r: &Rapport) -> String {
    match (oforklarade(bok, &r.slag).len(), &r.slag) {
        (0, Rapportslag::Rekvisition { .. }) => {
            "Uppgifterna är hämtade ur rekvisitionen och bokföringen.".to_owned()
        }
        (0, _) => "Siffrorna är hämtade. Skriv det som bara du vet.".to_owned(),
        (1, _) => {
            "En avvikelse är inte förklarad. Rapporten går inte att utfärda förrän den är det."
                .to_owned()
        }
        (n, _) => format!(
            "{n} avvikelser är inte förklarade. Rapporten går inte att utfärda förrän de är det."
        ),
    }
}

/// The texts that a draft began with, and where they came from.
async fn hamtat(
    a: &Inloggat,
    bok: &Bok,
    r: &Rapport,
    b: &Bidrag,
) -> Result<Vec<(Utkast, String)>, Fel> {
    if matches!(r.lage, Rapportlage::Utfardad { .. }) {
        return Ok(Vec::new());
    }
    let borjan = Utkast::borjan(bok, b, 0, None);
    let mut ut = vec![(borjan, "Hämtat från bidragets ändamål.".to_owned())];
    if let Some(forra) = senast_utfardad(bok, b.id, None) {
        let adress = &a.webb.installningar.adress;
        let tjanst = &a.webb.tjanst;
        let forra = tjanst
            .forhandsvisa_rapport(&a.session.aktor, forra.id, None, adress)
            .await?
            .utkast;
        let varifran = format!("Hämtat från rapporten för {}.", forra.ar);
        ut.push((forra, varifran));
    }
    Ok(ut)
}

fn kapitel(
    r: &Rapport,
    utkast: &Utkast,
    hamtat: &[(Utkast, String)],
    fel: Option<&Problem>,
) -> Vec<sidor::Kapitel> {
    let varifran = |namn: &str, text: &str| {
        let samma = |u: &Utkast| u.text(namn) == text;
        let funnen = hamtat.iter().find(|(u, _)| samma(u));
        funnen.filter(|_| !text.trim().is_empty())
    };
    r.slag
        .kapitel()
        .iter()
        .map(|mall| {
            let text = utkast.text(mall.namn);
            let mut hjalp = mall.hjalp.to_owned();
            if mall.kravs && text.trim().is_empty() {
                hjalp.push_str(" Mottagaren frågar efter det; i rapporten står det annars saknas.");
            }
            if let Some((_, varifran)) = varifran(mall.namn, text) {
                hjalp = format!("{hjalp} {varifran}");
            }
            let falt = Falt::ny(mall.namn, mall.rubrik, FaltSlag::Lang(6))
                .hjalp(hjalp)
                .varde(text)
                .frivilligt();
            sidor::Kapitel {
                falt: med_fel(falt, fel),
                stycken: text
                    .lines()
                    .filter(|r| !r.trim().is_empty())
                    .map(str::to_owned)
                    .collect(),
            }
        })
        .collect()
}

fn utfardad(bok: &Bok, r: &Rapport) -> Option<sidor::Utfardad> {
    let Rapportlage::Utfardad {
        per,
        tid,
        av,
        pdf_sha256,
        ..
    } = &r.lage
    else {
        return None;
    };
    let summa: String = pdf_sha256
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Some(sidor::Utfardad {
        fakta: vec![
            Fakta::ny(
                "Utfärdad",
                format!("{} av {}", klockslag(*tid), fynd::namn(bok, *av)),
            ),
            Fakta::ny("Siffrorna per", dag(per.0)),
            Fakta::ny("PDF-filens kontrollsumma (SHA-256)", summa),
        ],
        filer: filer::lankar(r),
    })
}
