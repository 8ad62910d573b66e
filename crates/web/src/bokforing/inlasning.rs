//! An import: how far it has come, what came of it, and how it is stopped or taken back.

use super::las_in::saknade;
use super::{aret, att_koppla, blockerande, lage, over, saker};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::medelsfalt::efter_avslut_vid_fel;
use crate::siffror::{antal, dag, klockslag};
use crate::svar::Svar;
use jiff::Timestamp;
use std::collections::HashMap;
use utfall_app::bokforing::{AngraInlasning, Bokforing};
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::Faktum;
use utfall_domain::id::{FaktumId, InlasningId};
use utfall_domain::medel::kontering::{Andrad, Faktanyckel};
use utfall_domain::medel::rackvidd::rackvidder;
use utfall_domain::medel::verifikation::{Inlasning, Inlasningslage, med_streck};
use utfall_domain::pengar::heltal;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Forlopp, Formulardel, Tabelldel, Tabellsida};

fn nummer(a: &Inloggat) -> Result<InlasningId, Problem> {
    let nr = a.stig.tal("inlasning").and_then(InlasningId::ny);
    nr.ok_or_else(Problem::finns_inte)
}

/// GET `/bokforing/inlasning/{inlasning}`.
pub async fn inlasning(a: Inloggat) -> Resultat {
    let b = a.webb.tjanst.bokforing(&a.session.aktor).await?;
    let id = nummer(&a)?;
    let borta = a.webb.tjanst.lagda_at_sidan(&a.session.aktor, id).await?;
    let bok = a.bok().await?;
    let mut sida = sida(&a, (&b, &bok), id, &[])?;
    sida.delar.extend(andrat(&b, id));
    let antal = i64::try_from(borta.len()).unwrap_or(i64::MAX);
    let om = "De lades åt sidan, för filen sa sig ha årets alla verifikationer.";
    sida.delar.extend(saknade(&borta, antal, om));
    Svar::sida(&sida)
}

fn sida(
    a: &Inloggat,
    (b, bok): (&Bokforing, &Bok),
    id: InlasningId,
    fel: &[Problem],
) -> Result<Tabellsida, Problem> {
    let egen = b.bokfort.inlasningar.iter().find(|i| i.id == id);
    let egen = egen.ok_or_else(Problem::finns_inte)?;
    let klara = b
        .pagar
        .and_then(|(nr, klara, lever)| (nr == id && lever).then_some(klara));
    let mut formular = Vec::new();
    if klara.is_some() && a.far(Atgard::ImporteraSie) {
        let till = adress::avbryt_inlasning(&id.to_string());
        formular.push(Formulardel::ny(a.ett_formular(till), vec![], "Avbryt inläsningen").andra());
    }
    if egen.lage == Inlasningslage::Galler && klara.is_none() {
        let period = utfall_app::rapporter::forslag(bok, tid::dag(a.nu));
        formular.extend(crate::rapporter::till_rapporten(a, Some(period)));
    }
    let sist = b.bokfort.av_aret(&egen.ar).last().copied() == Some(id);
    if egen.lage == Inlasningslage::Galler && sist && a.far(Atgard::AngraInlasning) {
        formular.push(angraformular(a, id, fel));
    }
    let mut ram = a.ram();
    let falt: Vec<Falt> = formular.iter().flat_map(|d| &d.falt).cloned().collect();
    ram.fel = sammanfattning("Inläsningen ångrades inte", &falt, fel);
    let rubrik = match klara {
        Some(_) => format!("Läser in {}", egen.filnamn),
        None => egen.filnamn.clone(),
    };
    let ingress = match klara {
        Some(_) => "Du kan lämna sidan. Inget syns i siffrorna förrän allt är inläst.".to_owned(),
        None => format!("{}.", lage(egen, false).ord),
    };
    Ok(Tabellsida {
        ram,
        huvud: Sidhuvud::ny(rubrik, ingress).under(over()),
        forlopp: klara.map(|klara| forlopp(klara, egen.verifikationer, a.nu, egen.registrerad)),
        besked: besked(b, egen, klara.is_some()),
        fakta: fakta(b, egen),
        formular,
        ..Tabellsida::default()
    })
}

/// The figures that the import changed, while it is in the books.
fn andrat(b: &Bokforing, id: InlasningId) -> Option<Tabelldel> {
    let egen = b.bokfort.inlasningar.iter().find(|i| i.id == id)?;
    if egen.lage != Inlasningslage::Galler {
        return None;
    }
    let bocker = &b.bokfort.bocker;
    let kant = |f: &Faktum| f.varde().kant().filter(|_| !f.fakta.struken);
    let egna = bocker.fakta.iter().filter(|f| {
        let kalla = f.fakta.bokforing.and_then(|k| k.inlasning);
        kalla == Some(id)
    });
    let alla: HashMap<FaktumId, &Faktum> = bocker.fakta.iter().map(|f| (f.id, f)).collect();
    let rattat = |f: &Faktum| f.fakta.rattar.and_then(|id| alla.get(&id)).copied();
    let andrade: Vec<Andrad> = egna
        .filter_map(|f| {
            Some(Andrad {
                faktum: f.fakta.rattar,
                nyckel: Faktanyckel::av(&f.fakta)?,
                fore: rattat(f).and_then(kant),
                nu: kant(f),
                delning: None,
            })
        })
        .collect();
    Some(Tabelldel {
        id: "andrat".into(),
        rubrik: antal(
            andrade.len(),
            "Inga siffror ändrades",
            "En siffra ändrades",
            "siffror ändrades",
        ),
        text: Text::default(),
        tabell: super::andringar(bocker, &andrade, "andrat-t"),
    })
}

/// How far the accounts of the import's year reach, in words.
fn bokfort_till(b: &Bokforing, i: &Inlasning) -> Option<String> {
    let ar = i.ar.till.year();
    let alla = rackvidder(&b.bokfort.bocker.inlasta, None);
    let egen = alla.iter().find(|r| r.ar == i.ar)?;
    let till = dag(egen.till());
    Some(match egen.sista_hela(ar) {
        Some(m @ 1..) => format!(
            "Till {till}. Den sista hela månaden är {} {ar}.",
            tid::manad(m)
        ),
        _ => format!("Till {till}. Ingen månad är hel än."),
    })
}

/// How far it has come, and at this pace how long is left.
fn forlopp(klara: i64, alla: i64, nu: Timestamp, borjade: Timestamp) -> Forlopp {
    let procent = klara
        .saturating_mul(100)
        .checked_div(alla.max(1))
        .unwrap_or(0);
    let gatt = nu.duration_since(borjade).as_secs().max(1);
    let kvar = alla.saturating_sub(klara).max(0);
    let sekunder = gatt.saturating_mul(kvar).checked_div(klara);
    Forlopp {
        text: format!(
            "{} av {} verifikationer{}",
            heltal(klara),
            heltal(alla),
            tid_kvar(sekunder)
        ),
        procent: u8::try_from(procent.clamp(0, 100)).unwrap_or(100),
    }
}

fn tid_kvar(sekunder: Option<i64>) -> String {
    match sekunder {
        // Nothing is done yet, so there is no pace.
        None => String::new(),
        Some(..2) => ", snart klart".to_owned(),
        Some(s @ 2..90) => format!(", ungefär {s} sekunder kvar"),
        Some(s) => format!(", ungefär {} minuter kvar", s.saturating_add(59) / 60),
    }
}

fn besked(b: &Bokforing, i: &Inlasning, pagar: bool) -> Vec<Besked> {
    match i.lage {
        _ if pagar => Vec::new(),
        Inlasningslage::Paborjad => vec![Besked::ny(
            Allvar::Varning,
            "inläsningen är avbruten",
            "Servern eller kommandot slutade innan allt var inläst. Inget har sparats. Läs in \
             filen igen.",
        )],
        Inlasningslage::Avbruten => {
            let skal = i.orsak.clone().unwrap_or_default();
            let text = format!("{skal} Inget av filen är sparat.");
            vec![Besked::ny(
                Allvar::Varning,
                "inläsningen är avbruten",
                text.trim().to_owned(),
            )]
        }
        Inlasningslage::Galler if !b.okopplade.is_empty() => {
            let ord = att_koppla(saker(&b.okopplade), "");
            let text = Text::from(format!("{ord}, som inte räknas i någon siffra. ")).lank(
                Lank::ny("Välj vart det hör", adress::koppling().vid("okopplade")),
            );
            vec![Besked::ny(Allvar::Upplysning, "filen är inläst", text)]
        }
        Inlasningslage::Galler => vec![Besked::ny(
            Allvar::Upplysning,
            "filen är inläst",
            "Siffrorna följer bokföringen.",
        )],
        Inlasningslage::Angrad => Vec::new(),
    }
}

fn fakta(b: &Bokforing, i: &Inlasning) -> Vec<Fakta> {
    let namn = |id| {
        b.bokfort
            .bocker
            .anvandare
            .get(&id)
            .cloned()
            .unwrap_or_default()
    };
    let u = i.utfall;
    let ord = |text: &str| if text.is_empty() { "anges inte" } else { text }.to_owned();
    let mut ut = vec![
        Fakta::ny("Räkenskapsår", aret(i)),
        Fakta::ny("Företag", ord(&i.foretag)),
        Fakta::ny("Organisationsnummer", ord(&med_streck(&i.ar.orgnr))),
        Fakta::ny("Program", ord(&i.program)),
        Fakta::ny("Teckenkod", i.kodning.as_str()),
        Fakta::ny("Verifikationer i filen", heltal(i.verifikationer)),
        Fakta::ny(
            "Började",
            format!("{}, {}", klockslag(i.registrerad), namn(i.registrerad_av)),
        ),
    ];
    if matches!(i.lage, Inlasningslage::Galler | Inlasningslage::Angrad) {
        ut.push(Fakta::ny("Det den gjorde", u.i_ord()));
        let borta = if i.komplett {
            format!("{}, som lades åt sidan", u.saknas)
        } else {
            format!("{}, som står kvar", u.saknas)
        };
        ut.push(Fakta::ny("Fanns förut, inte i filen", borta));
        if i.lage == Inlasningslage::Galler {
            ut.extend(bokfort_till(b, i).map(|text| Fakta::ny("Bokfört", text)));
        }
        let till = adress::verifikationer().fraga("inlasning", &i.id.to_string());
        let text = Text::default().lank(Lank::ny("Visa verifikationerna", till));
        ut.push(Fakta::ny("Verifikationer", text));
    }
    if i.lage == Inlasningslage::Angrad {
        let nar = format!("{}, {}", klockslag(i.andrad.0), namn(i.andrad.1));
        ut.push(Fakta::ny("Ångrad", nar));
        ut.push(Fakta::ny("Varför", i.orsak.clone().unwrap_or_default()));
    }
    ut
}

fn angraformular(a: &Inloggat, id: InlasningId, fel: &[Problem]) -> Formulardel {
    let orsak = Falt::ny("orsak", "Varför ångras den?", FaltSlag::Text)
        .varde(a.formular.som_sant("orsak").unwrap_or(""));
    let mut falt = vec![med_fel(orsak, fel)];
    falt.extend(efter_avslut_vid_fel(a, fel).map(|f| med_fel(f, fel)));
    Formulardel::ny(
        a.ett_formular(adress::angra_inlasning(&id.to_string())),
        falt,
        "Ångra inläsningen",
    )
    .under(
        "angra",
        "Ångra inläsningen",
        "Siffrorna blir som de var innan filen lästes in. Att den var inläst syns i historiken.",
    )
    .andra()
}

/// POST `/bokforing/inlasning/{inlasning}/avbryt`.
pub async fn avbryt(a: Inloggat) -> Resultat {
    let id = nummer(&a)?;
    let (tjanst, aktor) = (a.webb.tjanst.clone(), a.session.aktor.clone());
    blockerande(move || tjanst.avbryt(&aktor, id, "Någon avbröt inläsningen.".into())).await?;
    Ok(Svar::vidare(adress::inlasning(&id.to_string())))
}

/// POST `/bokforing/inlasning/{inlasning}/angra`.
pub async fn angra(a: Inloggat) -> Resultat {
    let id = nummer(&a)?;
    let fall = AngraInlasning {
        id,
        orsak: a.formular.lang("orsak"),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(_) => Ok(Svar::vidare(adress::inlasning(&id.to_string()))),
        Err(fel) => {
            let b = a.webb.tjanst.bokforing(&a.session.aktor).await?;
            let bok = a.bok().await?;
            Svar::formularfel(&sida(&a, (&b, &bok), id, &fel)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_the_pace_and_is_not_told_before_there_is_one() {
        let nu = Timestamp::from_second(1_000_060).unwrap();
        let borjade = Timestamp::from_second(1_000_000).unwrap();
        let vid = |klara| forlopp(klara, 6_000, nu, borjade);
        assert_eq!(
            (vid(0).text.as_str(), vid(0).procent),
            ("0 av 6\u{a0}000 verifikationer", 0)
        );
        assert!(vid(3_000).text.ends_with(", ungefär 60 sekunder kvar"));
        assert!(vid(600).text.ends_with(", ungefär 9 minuter kvar"));
        assert!(vid(5_990).text.ends_with(", snart klart"));
        assert_eq!(vid(9_000).procent, 100);
    }
}
