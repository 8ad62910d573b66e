//! Our own requisitions and distributions handed over to the accounts: what a file would have,
//! the files there are, and one of them.

mod en;

pub use en::{en, fil, tillbaka};

use super::{Namnen, kr, over};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::falt::Falt as Svarsfalt;
use crate::felen::{med_fel, sammanfattning};
use crate::ram::stor_forst;
use crate::siffror::{antal, kort_dag};
use crate::svar::Svar;
use utfall_app::Brister;
use utfall_app::bokforing::{ExporteraBokforing, Underlag, Utkast};
use utfall_domain::medel::export::{
    Exporterad, Exportkonton, Exporturval, Verifikation, exporter, vantande,
};
use utfall_domain::medel::kontering::Kontering;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Lage, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Filter, Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Radgrupp, Tabell};

/// The fields of the choice, all of which the address holds.
const FALTEN: [&str; 9] = [
    "ar", "bidrag", "vad", "serie", "orgnr", "fordran", "intakt", "kostnad", "skuld",
];

/// GET `/bokforing/export`.
pub async fn export(a: Inloggat) -> Resultat {
    let u = a.webb.tjanst.exportunderlag(&a.session.aktor).await?;
    let (fall, fel) = val(&a.fraga, &u);
    Svar::sida(&sida(&a, &u, &fall, &fel.alla()))
}

/// POST `/bokforing/export`: the file is written and remembered.
pub async fn gor(a: Inloggat) -> Resultat {
    let u = a.webb.tjanst.exportunderlag(&a.session.aktor).await?;
    let (mut fall, fel) = val(&a.formular, &u);
    fall.sedd = Some(a.formular.text("sedd").to_owned());
    match a.utfor(fall.clone(), fel).await? {
        Ok(id) => Ok(Svar::vidare(adress::en_export(&id.to_string()))),
        Err(fel) => {
            let u = a.webb.tjanst.exportunderlag(&a.session.aktor).await?;
            Svar::formularfel(&sida(&a, &u, &fall, &fel))
        }
    }
}

/// What is asked for; what is not said is proposed.
fn val(f: &Svarsfalt, u: &Underlag) -> (ExporteraBokforing, Brister) {
    let mut fel = Brister::default();
    let b = &u.bokfort.bocker;
    let forslag = u.forslag();
    let mut konto = |namn: &str, annars: Option<u32>| match f.som_sant(namn).map(str::trim) {
        None => annars,
        Some("") => None,
        Some(text) => {
            let nummer = text
                .parse::<u32>()
                .ok()
                .filter(|n| (1_000..1_000_000_000).contains(n));
            let nej = || {
                let vad = format!("”{text}” är inget konto.");
                let gor = "Skriv kontots nummer, minst fyra siffror.";
                Problem::ogiltigt("export-konto", vad, gor).i_falt(namn)
            };
            fel.prova(nummer.ok_or_else(nej))
        }
    };
    let konton = Exportkonton {
        fordran: konto("fordran", forslag.fordran),
        intakt: konto("intakt", forslag.intakt),
        kostnad: konto("kostnad", forslag.kostnad),
        skuld: konto("skuld", forslag.skuld),
    };
    let valt = f.text("bidrag");
    let ar = f.tal("ar").and_then(|ar| i16::try_from(ar).ok());
    let fall = ExporteraBokforing {
        urval: Exporturval {
            ar: ar
                .filter(|ar| (2000..=2200).contains(ar))
                .unwrap_or_else(|| foreslaget_ar(u)),
            bidrag: b.bidrag.iter().find(|x| x.slug == valt).map(|x| x.id),
            rekvisitioner: f.text("vad") != "fordelning",
            fordelning: f.text("vad") != "rekvisitioner",
        },
        konton,
        serie: match f.som_sant("serie") {
            Some(serie) => serie.trim().to_owned(),
            None => exporter(&b.medelsposter)
                .last()
                .map_or_else(String::new, |e| e.export.serie.clone()),
        },
        orgnr: match f.som_sant("orgnr") {
            Some(nummer) => nummer.trim().to_owned(),
            None => u.foretag().0,
        },
        sedd: None,
    };
    (fall, fel)
}

/// The years that any grant has, in order.
fn aren(u: &Underlag) -> Vec<i16> {
    let b = &u.bokfort.bocker;
    let mut ar: Vec<i16> = b.bidrag.iter().flat_map(|x| x.ar.clone()).collect();
    ar.sort_unstable();
    ar.dedup();
    ar
}

/// The latest year that anything waits in, else the latest of all.
fn foreslaget_ar(u: &Underlag) -> i16 {
    let vantar = |ar: &&i16| {
        let urval = Exporturval {
            ar: **ar,
            bidrag: None,
            rekvisitioner: true,
            fordelning: true,
        };
        !vantande(&u.bokfort.bocker, &urval).is_empty()
    };
    let alla = aren(u);
    let forst = alla.iter().rev().find(vantar);
    forst.or(alla.last()).copied().unwrap_or(2000)
}

fn sida(a: &Inloggat, u: &Underlag, fall: &ExporteraBokforing, fel: &[Problem]) -> Tabellsida {
    let utkast = fall.utkast(u);
    let saknas: Vec<Problem> = if fel.is_empty() {
        fall.hinder(u).alla()
    } else {
        fel.to_vec()
    };
    // Nothing new is no fault of whoever looks.
    let saknas: Vec<Problem> = saknas
        .into_iter()
        .filter(|p| p.kod != "export-tom")
        .collect();
    let falt = filterfalt(a, u, (fall, &utkast), &saknas);
    let mut ram = a.ram();
    let rubrik = if fel.is_empty() {
        "Fyll i det som saknas och visa verifikationerna igen"
    } else {
        "Filen gjordes inte"
    };
    ram.fel = sammanfattning(rubrik, &falt, &saknas);
    let mut delar = Vec::new();
    if !utkast.verifikationer.is_empty() {
        let om = "Bara det som inte har lämnats över förut, och det som har ändrats sedan dess.";
        delar.push(verifikationer(u, &utkast.verifikationer, om));
    }
    delar.push(filerna(&exporter(&u.bokfort.bocker.medelsposter)));
    let gar = saknas.is_empty() && !utkast.verifikationer.is_empty();
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Lämna över till bokföringen",
            "Beviljade rekvisitioner och beslutade fördelningar blir verifikationer i en fil som \
             ekonomisystemet läser in (SIE typ 4I).",
        )
        .under(over()),
        filter: Some(Filter {
            mal: adress::export().into(),
            falt,
            knapp: "Visa verifikationerna".into(),
            hjalp: "Kontona är förslag ur bokföringen och ur den förra filen. Kontrollera dem mot \
                    er kontoplan."
                .into(),
        }),
        besked: besked(u, fall, &utkast),
        delar,
        formular: gar
            .then(|| gorformular(a, fall, &utkast))
            .into_iter()
            .collect(),
        ..Tabellsida::default()
    }
}

fn filterfalt(
    a: &Inloggat,
    u: &Underlag,
    (fall, utkast): (&ExporteraBokforing, &Utkast),
    fel: &[Problem],
) -> Vec<Falt> {
    let b = &u.bokfort.bocker;
    let mut ar = aren(u);
    ar.sort_unstable_by(|a, b| b.cmp(a));
    let ar: Vec<(String, String)> = ar
        .into_iter()
        .map(|ar| (ar.to_string(), ar.to_string()))
        .collect();
    let bidrag = std::iter::once((String::new(), "Alla bidrag".to_owned()))
        .chain(b.bidrag.iter().map(|x| (x.slug.clone(), x.namn.clone())))
        .collect();
    let vad = [
        ("", "Rekvisitioner och fördelningar"),
        ("rekvisitioner", "Bara rekvisitioner"),
        ("fordelning", "Bara fördelningar"),
    ];
    let vad = vad.map(|(kod, ord)| (kod.to_owned(), ord.to_owned()));
    let valt = fall.urval.bidrag.and_then(|id| b.bidrag(id));
    let vilket = match (fall.urval.rekvisitioner, fall.urval.fordelning) {
        (true, false) => "rekvisitioner",
        (false, true) => "fordelning",
        _ => "",
    };
    let mut falt = vec![
        Falt::ny("ar", "År", FaltSlag::Val(ar)).varde(fall.urval.ar.to_string()),
        Falt::ny("bidrag", "Bidrag", FaltSlag::Val(bidrag))
            .varde(valt.map_or("", |x| x.slug.as_str())),
        Falt::ny("vad", "Vad", FaltSlag::Val(vad.to_vec())).varde(vilket),
        Falt::ny("orgnr", "Organisationsnummer", FaltSlag::Text).varde(fall.orgnr.as_str()),
        Falt::ny("serie", "Serie, kan vara tom", FaltSlag::Text).varde(fall.serie.as_str()),
    ];
    falt.extend(kontofalt(a, fall, utkast, fel));
    falt.into_iter().map(|f| med_fel(f, fel)).collect()
}

/// The accounts that the vouchers need, and those that are wrong.
fn kontofalt(
    a: &Inloggat,
    fall: &ExporteraBokforing,
    utkast: &Utkast,
    fel: &[Problem],
) -> Vec<Falt> {
    let k = &fall.konton;
    let (till, fran) = (utkast.till_finansiar, utkast.fran_part);
    let intakt = till || utkast.fordelar || !utkast.utan_objekt.is_empty();
    let alla = [
        (
            till,
            "fordran",
            "Konto för fordran på finansiären",
            k.fordran,
        ),
        (intakt, "intakt", "Konto för bidragsintäkt", k.intakt),
        (fran, "kostnad", "Konto för det en part får", k.kostnad),
        (fran, "skuld", "Konto för skulden till parten", k.skuld),
    ];
    let fel_i = |namn: &str| fel.iter().any(|p| p.falt.as_deref() == Some(namn));
    let visade = alla
        .into_iter()
        .filter(|(visas, namn, ..)| *visas || fel_i(namn));
    visade
        .map(|(_, namn, ord, konto)| {
            let skrivet = a.formular.som_sant(namn).or_else(|| a.fraga.som_sant(namn));
            let konto = konto.map(|k| k.to_string());
            let varde = skrivet.map(str::to_owned).or(konto).unwrap_or_default();
            Falt::ny(namn, ord, FaltSlag::Tal).varde(varde)
        })
        .collect()
}

fn besked(u: &Underlag, fall: &ExporteraBokforing, utkast: &Utkast) -> Vec<Besked> {
    let mut ut = Vec::new();
    if !utkast.utan_objekt.is_empty() {
        let namn: Vec<&str> = utkast
            .utan_objekt
            .iter()
            .filter_map(|id| u.bokfort.bocker.insats(*id))
            .map(|i| i.namn.as_str())
            .collect();
        let text = Text::from(format!(
            "Kopplingen säger inte vilket projekt de har i bokföringen: {}. Deras fördelning är \
             inte med. ",
            namn.join(", ")
        ))
        .lank(Lank::ny(
            "Lägg till regler",
            adress::koppling().vid("regel"),
        ));
        let rubrik = antal(
            utkast.utan_objekt.len(),
            "",
            "en insats är inte med",
            "insatser är inte med",
        );
        ut.push(Besked::ny(Allvar::Varning, rubrik, text));
    }
    if utkast.verifikationer.is_empty() && utkast.utan_objekt.is_empty() {
        let text = "En rekvisition kommer med när den är beviljad, en fördelning när den är \
                    beslutad, och en ändring när den skiljer sig från det som lämnats över.";
        let rubrik = format!("inget nytt för {} att lämna över", fall.urval.ar);
        ut.push(Besked::ny(Allvar::Upplysning, rubrik, text));
    }
    let tillbaka = exporter(&u.bokfort.bocker.medelsposter)
        .into_iter()
        .filter(|e| e.tillbaka.is_some() && e.export.ar == fall.urval.ar)
        .count();
    if tillbaka > 0 && !utkast.verifikationer.is_empty() {
        let text = "Det som de hade kommer med igen. Kontrollera att det inte redan är bokfört.";
        let rubrik = antal(
            tillbaka,
            "",
            "en fil för året är tagen tillbaka",
            "filer för året är tagna tillbaka",
        );
        ut.push(Besked::ny(Allvar::Varning, rubrik, text));
    }
    ut
}

/// Vouchers with their rows, each under its own heading.
fn verifikationer(u: &Underlag, alla: &[Verifikation], om: &str) -> Tabelldel {
    let namnen = Namnen::av(&u.namn);
    let orgnr = u.foretag().0;
    let kolumner = vec![
        Kolumn::ord("Konto"),
        Kolumn::ord("Märkt med"),
        Kolumn::kr("Debet"),
        Kolumn::kr("Kredit"),
    ];
    let mut tabell = Tabell::ny(
        "verifikationer-t",
        "Serie och nummer sätter ekonomisystemet, kronor",
        kolumner,
        Vec::new(),
    )
    .klass("bredd");
    tabell.grupper = alla
        .iter()
        .map(|v| Radgrupp {
            rubrik: format!("{}, {}", kort_dag(v.dag), v.text),
            rader: v
                .rader
                .iter()
                .map(|r| {
                    let k = Kontering::ny(orgnr.clone(), r.konto, r.objekt.clone());
                    let tomt = || Cell::Kort(String::new(), true);
                    let (debet, kredit) = match r.ore {
                        0.. => (kr(r.ore).into(), tomt()),
                        ore => (tomt(), kr(ore.saturating_neg()).into()),
                    };
                    let konto = match r.konto {
                        0 => "konto saknas".to_owned(),
                        _ => namnen.konto(&k),
                    };
                    Rad::ny(vec![
                        Cell::rubrik(konto),
                        namnen.objekt(&k).into(),
                        debet,
                        kredit,
                    ])
                })
                .collect(),
        })
        .collect();
    Tabelldel {
        id: "verifikationer".into(),
        rubrik: stor_forst(&antal(alla.len(), "", "en verifikation", "verifikationer")),
        text: if om.is_empty() {
            Text::default()
        } else {
            om.into()
        },
        tabell,
    }
}

fn filerna(alla: &[Exporterad]) -> Tabelldel {
    let kolumner = vec![
        Kolumn::ord("Fil"),
        Kolumn::ord("År"),
        Kolumn::ord("Skriven"),
        Kolumn::tal("Verifikationer"),
        Kolumn::ord("Läge"),
    ];
    let rader = alla.iter().rev().map(|e| {
        let antal = i64::try_from(e.export.verifikationer.len()).unwrap_or(0);
        Rad::ny(vec![
            Cell::rubriklank(
                format!("Fil {}", e.nr),
                adress::en_export(&e.id.to_string()),
                None,
            ),
            Cell::Kort(e.export.ar.to_string(), false),
            Cell::Kort(kort_dag(e.export.skriven), false),
            super::hela(antal).into(),
            Cell::Lage(laget(e)),
        ])
    });
    Tabelldel {
        id: "filer".into(),
        rubrik: "Filer som har lämnats över".into(),
        text: Text::default(),
        tabell: Tabell::ny("filer-t", "Den senaste först", kolumner, rader.collect())
            .klass("bredd")
            .tomt("Ingen fil är gjord än."),
    }
}

fn laget(e: &Exporterad) -> Lage {
    if e.tillbaka.is_some() {
        Lage::ny("Tillbakatagen", LageSlag::Upplysning)
    } else {
        Lage::ny("Överlämnad", LageSlag::Lugn)
    }
}

fn gorformular(a: &Inloggat, fall: &ExporteraBokforing, utkast: &Utkast) -> Formulardel {
    let mut till = a
        .ett_formular(adress::export())
        .med_dolt("sedd", utkast.avtryck());
    let k = &fall.konton;
    let konto = |k: Option<u32>| k.map(|k| k.to_string()).unwrap_or_default();
    for namn in FALTEN {
        let varde = match namn {
            "ar" => fall.urval.ar.to_string(),
            "serie" => fall.serie.clone(),
            "orgnr" => fall.orgnr.clone(),
            "fordran" => konto(k.fordran),
            "intakt" => konto(k.intakt),
            "kostnad" => konto(k.kostnad),
            "skuld" => konto(k.skuld),
            annat => {
                let skickat = a
                    .formular
                    .som_sant(annat)
                    .or_else(|| a.fraga.som_sant(annat));
                skickat.unwrap_or("").to_owned()
            }
        };
        till = till.med_dolt(namn, varde);
    }
    Formulardel::ny(till, vec![], "Gör filen").under(
        "gor",
        "Gör filen",
        "Sedan räknas verifikationerna som överlämnade och kommer inte med i nästa fil. Filen \
         går att hämta igen, och att ta tillbaka om den aldrig lästes in.",
    )
}
