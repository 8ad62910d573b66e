//! Kalkyl: what an initiative costs in a year is computed, saved and used as an amount of the
//! distribution.

mod blankett;
mod heltider;

use crate::adress::{self, Adress};
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::siffror::{Siffror, klockan, varde};
use crate::svar::{Fel, Svar};
use axum::http::StatusCode;
use blankett::{Blankett, Satser};
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_app::medel::{Fordelningsstod, SparaKalkyl, version};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::Enhet;
use utfall_domain::id::{FaktumId, KalkylId};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::kalkyl::{Kalkyl, Kalkylsvar, arsarbetare_i_ord};
use utfall_domain::medel::{Bidrag, SparadKalkyl};
use utfall_domain::pengar::{NBSP, Ore};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tid;
use utfall_domain::varde::Varde;
use utfall_vyer::komponent::{Allvar, Besked, Flik, Kvitto, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;
use utfall_vyer::sidor::KalkylRad;
use utfall_vyer::tabell::RadSlag;
use utfall_vyer::tal::TalVy;

pub use heltider::tabell as heltider;

/// What a page is made of: the initiative, the year and what has been saved.
struct Sak<'a> {
    bok: &'a Bok,
    stod: &'a Fordelningsstod,
    insats: &'a Insats,
    ar: i16,
}

impl<'a> Sak<'a> {
    fn sparad(&self) -> Option<&'a SparadKalkyl> {
        self.stod.kalkyl(self.insats.id, self.ar)
    }

    fn hit(&self) -> Adress {
        adress::kalkyl(&self.insats.slug).fraga("ar", &self.ar.to_string())
    }
}

async fn stod(a: &Inloggat) -> Result<Fordelningsstod, Fel> {
    let atgard = a.rutt.atgard().unwrap_or(Atgard::LasaMedel);
    let aktor = &a.session.aktor;
    Ok(a.webb.tjanst.fordelningsstod(aktor, atgard).await?)
}

fn hitta<'a>(a: &Inloggat, bok: &'a Bok) -> Result<&'a Insats, Fel> {
    let slug = a.stig.text("insats");
    let funnen = bok.insatser.iter().find(|i| i.slug == slug);
    Ok(funnen.ok_or_else(Problem::finns_inte)?)
}

/// The grants that the initiative gets money from, or belongs to.
fn bidragen<'a>(bok: &'a Bok, insats: &Insats) -> Vec<&'a Bidrag> {
    let ur = |b: &&Bidrag| {
        let urval = Urval::bidrag(b.id).for_insats(insats.id);
        insats.bidrag == Some(b.id) || bok.matt(Matt::Fordelat, &urval).utfall.har_fakta
    };
    bok.bidrag.iter().filter(ur).collect()
}

/// The years that can be computed: of the grants, the initiative and what has been saved.
fn aren(bok: &Bok, stod: &Fordelningsstod, insats: &Insats) -> BTreeSet<i16> {
    let bidragets = bidragen(bok, insats).into_iter().flat_map(|b| b.ar.clone());
    let sparade = stod.kalkyler.iter().filter(|k| k.ny.insats == insats.id);
    bidragets
        .chain(sparade.map(|k| k.ny.ar))
        .chain(insats.start_ar)
        .chain(insats.slut_ar)
        .collect()
}

/// GET `/insatser/{insats}/kalkyl`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let insats = hitta(&a, &bok)?;
    let stod = stod(&a).await?;
    let sak = Sak {
        bok: &bok,
        stod: &stod,
        insats,
        ar: valt_ar(&a, &bok, &stod, insats),
    };
    let sparad = sak
        .sparad()
        .map(|k| k.ny.kalkyl.clone())
        .unwrap_or_default();
    let b = Blankett::av_sparad(&sparad);
    Svar::sida(&sida(&a, &sak, (b, Some(sparad)), &[]))
}

/// The year in the address or the form, or the latest there is.
fn valt_ar(a: &Inloggat, bok: &Bok, stod: &Fordelningsstod, insats: &Insats) -> i16 {
    let valt = a.formular.tal("ar").or_else(|| a.fraga.tal("ar"));
    let rimligt = |ar: &i16| utfall_app::medel::AR.contains(ar);
    let valt = valt.and_then(|ar| i16::try_from(ar).ok()).filter(rimligt);
    let aren = aren(bok, stod, insats);
    valt.or_else(|| aren.last().copied())
        .unwrap_or_else(|| tid::dag(a.nu).year())
}

fn kr(ore: Ore) -> TalVy {
    varde(Varde::Kant(ore.0), Enhet::Ore)
}

/// `kalkyl` is `None` when what was written cannot be read.
fn sida(
    a: &Inloggat,
    sak: &Sak<'_>,
    (blankett, kalkyl): (Blankett, Option<Kalkyl>),
    fel: &[Problem],
) -> sidor::Kalkyl {
    let svar = kalkyl
        .as_ref()
        .filter(|k| !k.tom())
        .and_then(|k| k.rakna().ok());
    let sparat = kalkyl
        .as_ref()
        .is_some_and(|k| sak.sparad().is_some_and(|s| &s.ny.kalkyl == k));
    let satser = Satser::av(sak.bok, sak.ar);
    let mut sida = resultat(a, sak, svar.as_ref(), sparat);
    if let Some(k) = &kalkyl {
        for (rad, t) in sida.rader.iter_mut().zip(&k.tjanster) {
            if let Some(kalla) = satser.po_kalla(t.po) {
                rad.hur = std::mem::take(&mut rad.hur).ord(format!(" Källa: {kalla}."));
            }
        }
        sida.besked.extend(gamla_satser(k, &satser));
    }
    if a.far(Atgard::SparaKalkyl) {
        let version = sak.sparad().map_or(0, |k| k.ny.id.nummer());
        let version = a.formular.tal("version").unwrap_or(version);
        let formular = a
            .ett_formular(adress::kalkyl(&sak.insats.slug))
            .med_version(version)
            .med_dolt("ar", sak.ar.to_string());
        sida.formular = Some(formular);
        sida.delar = blankett.delar(&satser);
    }
    for falt in sida.delar.iter_mut().flat_map(|del| &mut del.falt) {
        *falt = med_fel(std::mem::take(falt), fel);
    }
    sida.ram.fel = sammanfattning("Kalkylen sparades inte", sida.falt(), fel);
    sida
}

/// Standard rates that have another amount now than when the calculation was made.
fn gamla_satser(kalkyl: &Kalkyl, satser: &Satser) -> Vec<Besked> {
    let anvanda = kalkyl.rader.iter().filter_map(|r| r.schablon.as_ref());
    let gamla = anvanda.filter(|s| satser.schablon(&s.namn) != Some(s));
    gamla
        .map(|s| {
            let nu = match satser.schablon(&s.namn) {
                Some(nu) => format!("Nu är den {}{NBSP}kr. Räkna om", nu.belopp),
                None => "Nu har den inget belopp för året. Välj en annan".to_owned(),
            };
            Besked::ny(
                Allvar::Varning,
                format!("schablonen {} är ändrad", s.namn),
                format!(
                    "Kalkylen räknar med {}{NBSP}kr. {nu} och spara, om det nya ska gälla.",
                    s.belopp
                ),
            )
        })
        .collect()
}

/// The page without its form.
fn resultat(a: &Inloggat, sak: &Sak<'_>, svar: Option<&Kalkylsvar>, sparat: bool) -> sidor::Kalkyl {
    let namn = &sak.insats.namn;
    let far_anvandas = sparat && a.far(Atgard::AndraFordelning);
    let mut sida = sidor::Kalkyl {
        ram: a.ram(),
        kvitto: kvitto(a, sak),
        huvud: Sidhuvud::ny(format!("Kalkyl, {namn}"), ingress(sak, svar, sparat)).under(vec![
            Lank::ny("Insatser", adress::insatser()),
            Lank::ny(namn.clone(), adress::insats(&sak.insats.slug)),
        ]),
        nyckeltal: svar
            .map(|s| nyckeltal(s, sak.ar))
            .unwrap_or_default()
            .into(),
        ar: flikar(sak),
        rader: svar.map(rader).unwrap_or_default(),
        kolumn: sak.ar.to_string(),
        anvand: svar
            .filter(|_| far_anvandas)
            .map(|s| anvand(sak, s.summa))
            .unwrap_or_default(),
        jamforelse: heltider::tabell(&Siffror::ny(sak.bok), &jamforbara(sak)),
        ..sidor::Kalkyl::default()
    };
    if svar.is_some() && !sparat {
        sida.besked.push(Besked::ny(
            Allvar::Upplysning,
            "det som visas är inte sparat än",
            "Tryck på Spara kalkylen längst ner när du är nöjd.",
        ));
    }
    sida
}

/// The initiative first, then the others of the same grant.
fn jamforbara<'a>(sak: &Sak<'a>) -> Vec<&'a Insats> {
    let andra = sak.bok.insatser.iter();
    let andra = andra.filter(|i| i.id != sak.insats.id && i.bidrag.is_some());
    let andra = andra.filter(|i| i.bidrag == sak.insats.bidrag);
    std::iter::once(sak.insats).chain(andra).take(30).collect()
}

fn ingress(sak: &Sak<'_>, svar: Option<&Kalkylsvar>, sparat: bool) -> String {
    match (svar, sak.sparad()) {
        (Some(s), Some(k)) if sparat => format!(
            "Kalkylen för {} kommer till {}{NBSP}kr. Sparad {}.",
            sak.ar,
            s.summa,
            klockan(k.registrerad),
        ),
        (Some(s), _) => format!("Det som står här kommer till {}{NBSP}kr.", s.summa),
        (None, _) => format!("Ingen kalkyl är sparad för {}.", sak.ar),
    }
}

fn nyckeltal(s: &Kalkylsvar, ar: i16) -> Vec<Nyckeltal> {
    let mut ut = vec![
        Nyckeltal::ny(
            format!("Kostnad {ar}"),
            kr(s.summa).enhet("kr"),
            "alla rader",
        ),
        Nyckeltal::ny(
            "Ett helt år",
            kr(s.helar).enhet("kr"),
            "om det fortsätter januari till december",
        ),
    ];
    if let Some(per_heltid) = s.per_heltid() {
        ut.push(Nyckeltal::ny(
            "Heltider över året",
            TalVy::utan_lank(arsarbetare_i_ord(s.heltidsmanader)),
            "antal × procent × månader av tolv",
        ));
        ut.push(Nyckeltal::ny(
            "En heltid ett år",
            kr(per_heltid).enhet("kr"),
            "lön med PO, för att jämföra",
        ));
    }
    ut
}

fn rader(s: &Kalkylsvar) -> Vec<KalkylRad> {
    let mut ut: Vec<KalkylRad> = s
        .rader
        .iter()
        .map(|r| {
            let kalla = if r.kalla.is_empty() {
                String::new()
            } else {
                format!(" Källa: {}.", r.kalla)
            };
            KalkylRad {
                slag: RadSlag::Vanlig,
                namn: r.benamning.clone(),
                hur: format!("{}{kalla}", r.kommentar).into(),
                belopp: kr(r.belopp),
                helar: kr(r.helar),
            }
        })
        .collect();
    ut.push(KalkylRad {
        slag: RadSlag::Summa,
        namn: "Summa".into(),
        hur: "Alla rader.".into(),
        belopp: kr(s.summa),
        helar: kr(s.helar),
    });
    ut
}

fn flikar(sak: &Sak<'_>) -> Vec<Flik> {
    let mut aren = aren(sak.bok, sak.stod, sak.insats);
    aren.insert(sak.ar);
    let hit = |ar: i16| adress::kalkyl(&sak.insats.slug).fraga("ar", &ar.to_string());
    aren.into_iter()
        .map(|ar| Flik::ny(ar.to_string(), hit(ar), ar == sak.ar))
        .collect()
}

/// To the distribution with the sum in its cell: seen before it is saved.
fn anvand(sak: &Sak<'_>, summa: Ore) -> Vec<Lank> {
    bidragen(sak.bok, sak.insats)
        .into_iter()
        .filter(|b| b.ar.contains(&sak.ar))
        .map(|b| {
            let cell = crate::fordelning::cellnamn(sak.insats.id, sak.ar);
            let version = version(sak.bok, b.id).map_or(0, FaktumId::nummer);
            let till = adress::fordelning(&b.slug)
                .fraga("steg", "rakna")
                .fraga("version", &version.to_string())
                .fraga(&cell, &summa.to_string())
                .vid(&cell);
            Lank::ny(
                format!("Använd {summa}{NBSP}kr i fördelningen av {}", b.namn),
                till,
            )
        })
        .collect()
}

fn kvitto(a: &Inloggat, sak: &Sak<'_>) -> Option<Kvitto> {
    let id = a.fraga.tal("sparat").and_then(KalkylId::ny)?;
    let sparad = sak.sparad().filter(|k| k.ny.id == id)?;
    let egen = Some(sparad.registrerad_av) == a.session.aktor.anvandare();
    egen.then(|| Kvitto::ny(Text::from(format!("kalkylen för {}.", sak.ar))))
}

/// POST `/insatser/{insats}/kalkyl`: counts and stores nothing, or saves (`steg=spara`).
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let insats = hitta(&a, &bok)?;
    let stod = stod(&a).await?;
    let sak = Sak {
        bok: &bok,
        stod: &stod,
        insats,
        ar: valt_ar(&a, &bok, &stod, insats),
    };
    let (blankett, kalkyl, olasligt) =
        Blankett::av_formular(&a.formular, &Satser::av(&bok, sak.ar));
    if a.formular.text("steg") != "spara" {
        let fel = olasligt.alla();
        let kalkyl = fel.is_empty().then_some(kalkyl);
        let sida = sida(&a, &sak, (blankett, kalkyl), &fel);
        return if fel.is_empty() {
            Svar::sida(&sida)
        } else {
            Svar::formularfel(&sida)
        };
    }
    let fall = SparaKalkyl {
        insats: insats.id,
        ar: sak.ar,
        kalkyl: kalkyl.clone(),
        sedd: a.formular.tal("version").and_then(KalkylId::ny),
    };
    match a.utfor(fall, olasligt).await {
        Ok(Ok(id)) => Ok(Svar::vidare(sak.hit().fraga("sparat", &id.to_string()))),
        Ok(Err(fel)) => Svar::formularfel(&sida(&a, &sak, (blankett, Some(kalkyl)), &fel)),
        Err(fel) if fel.slag == ProblemSlag::Konflikt => {
            konflikt(&a, insats, (blankett, kalkyl), fel).await
        }
        Err(fel) => Err(Fel::from(fel)),
    }
}

/// Somebody else saved first: what was typed stands, with the saved one a press away.
async fn konflikt(
    a: &Inloggat,
    insats: &Insats,
    (blankett, kalkyl): (Blankett, Kalkyl),
    fel: Problem,
) -> Resultat {
    let bok = a.bok().await?;
    let stod = stod(a).await?;
    let sak = Sak {
        bok: &bok,
        stod: &stod,
        insats,
        ar: valt_ar(a, &bok, &stod, insats),
    };
    let mut sida = sida(a, &sak, (blankett, Some(kalkyl)), &[fel]);
    let version = sak.sparad().map_or(0, |k| k.ny.id.nummer());
    sida.formular = sida.formular.map(|f| f.med_version(version));
    let text = Text::from("Öppna ").lank(Lank::ny("den sparade kalkylen", sak.hit()));
    sida.besked.push(Besked::ny(
        Allvar::Varning,
        "någon annan har sparat en kalkyl för samma år",
        text.ord(" i ett nytt fönster och jämför."),
    ));
    Ok(Svar::sida(&sida)?.med_status(StatusCode::CONFLICT))
}
