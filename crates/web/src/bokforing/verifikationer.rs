//! The vouchers behind a figure, and one voucher.

use super::{Namnen, hela, kr, manaden, over};
use crate::adress::{self, Adress};
use crate::anrop::{Inloggat, Resultat};
use crate::las;
use crate::sidval::{RADER, Sidval};
use crate::siffror::{antal, kort_dag};
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::bokforing::{Kalla, Sida, Verifikationsrad};
use utfall_behorighet::Atgard;
use utfall_domain::id::{FaktumId, InlasningId, VerifikationId};
use utfall_domain::medel::verifikation::Verifikationsurval;
use utfall_domain::problem::Problem;
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};

/// GET `/bokforing/verifikationer`.
pub async fn verifikationer(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let insats = match a.fraga.text("insats") {
        "" => None,
        slug => Some(las::insats(&bok, slug)?.clone()),
    };
    let manad = a.fraga.text("manad");
    let manad = (!manad.is_empty()).then(|| format!("{manad}-01").parse::<Date>());
    let manad = manad.transpose().map_err(|_| Problem::finns_inte())?;
    let urval = Verifikationsurval {
        faktum: a.fraga.tal("faktum").and_then(FaktumId::ny),
        insats: insats.as_ref().map(|i| i.id),
        manad,
        konto: a.fraga.tal("konto").and_then(|k| u32::try_from(k).ok()),
        inlasning: a.fraga.tal("inlasning").and_then(InlasningId::ny),
        ..Verifikationsurval::default()
    };
    let sidval = Sidval::ur(&a.fraga);
    let del = match sidval {
        Sidval::Hela => (0, usize::MAX),
        Sidval::Del(nr) => (nr.saturating_mul(RADER), RADER),
    };
    let tjanst = &a.webb.tjanst;
    let sida = tjanst
        .verifikationer(&a.session.aktor, urval.clone(), del)
        .await?;
    let (rubrik, om) = rubriker(&bok, &urval, insats.map(|i| i.namn), &sida);
    let hit = ["faktum", "insats", "manad", "konto", "inlasning"]
        .into_iter()
        .filter(|namn| !a.fraga.text(namn).is_empty())
        .fold(adress::verifikationer(), |hit, namn| {
            hit.fraga(namn, a.fraga.text(namn))
        });
    Svar::sida(&Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(rubrik, om).under(over()),
        besked: rattat(&bok, &sida).into_iter().collect(),
        delar: vec![Tabelldel {
            id: "lista".into(),
            rubrik: antal(
                sida.antal,
                "Inga verifikationer",
                "En verifikation",
                "verifikationer",
            ),
            text: Text::default(),
            tabell: tabell(&sida).bladdra(sidval.lankar(sida.antal, &hit)),
        }],
        ..Tabellsida::default()
    })
}

fn rubriker(
    bok: &utfall_app::Bok,
    urval: &Verifikationsurval,
    insats: Option<String>,
    sida: &Sida,
) -> (String, String) {
    if let Some(f) = &sida.faktum {
        let (namn, _) = crate::harledning::om_faktum(bok, f);
        let belopp = f.varde().kant().map(|ore| kr(ore).text).unwrap_or_default();
        return (
            format!("Verifikationer bakom {belopp}\u{a0}kr"),
            format!("{namn}. Raderna i listan är hela talet."),
        );
    }
    let mut delar: Vec<String> = insats.into_iter().collect();
    delar.extend(urval.konto.map(|k| format!("konto {k}")));
    delar.extend(urval.manad.map(manaden));
    let om = if delar.is_empty() {
        "Allt som är inläst och inskrivet, i datumordning.".to_owned()
    } else {
        format!("{}.", crate::ram::stor_forst(&delar.join(", ")))
    };
    ("Verifikationer".to_owned(), om)
}

/// A fact that has been corrected shows the vouchers as they are today.
fn rattat(bok: &utfall_app::Bok, sida: &Sida) -> Option<Besked> {
    let f = sida.faktum.as_ref()?;
    if bok.faktum(f.id).is_some() {
        return None;
    }
    let text = "Bokföringen har ändrats sedan dess. Här visas verifikationerna som de är i dag.";
    Some(Besked::ny(
        Allvar::Upplysning,
        "talet gäller inte längre",
        text,
    ))
}

fn tabell(sida: &Sida) -> Tabell {
    let kolumner = vec![
        Kolumn::ord("Verifikation"),
        Kolumn::ord("Datum"),
        Kolumn::tal("Rader"),
        Kolumn::kr("Belopp"),
    ];
    let mut rader: Vec<Rad> = sida.rader.iter().map(rad).collect();
    if let Some(summa) = sida.summa {
        rader.push(Rad::av(
            RadSlag::Summa,
            vec![
                Cell::rubrik("Summa"),
                Cell::Bred("av alla rader i urvalet".into(), 2),
                kr(summa).into(),
            ],
        ));
    }
    let caption = match sida.summa {
        Some(_) => "Belopp är det som räknas med här, kronor",
        None => "Belopp är verifikationens debet, kronor",
    };
    Tabell::ny("verifikationer-t", caption, kolumner, rader)
        .klass("bredd")
        .tomt("Det finns inga verifikationer i urvalet.")
}

fn rad(r: &Verifikationsrad) -> Rad {
    let (rubrik, datum, antal) = match &r.kalla {
        Kalla::Fil(v) => (
            Cell::rubriklank(v.namn(), adress::verifikation(&v.id.to_string()), None),
            v.datum,
            v.rader.len(),
        ),
        Kalla::Hand(v) => (
            Cell::rubriklank(
                format!("För hand {}", v.nummer),
                adress::for_hand().vid(&format!("v-{}", v.nummer)),
                None,
            ),
            v.datum,
            1,
        ),
    };
    Rad::ny(vec![
        rubrik,
        Cell::Kort(kort_dag(datum), false),
        hela(i64::try_from(antal).unwrap_or(0)).into(),
        kr(r.ore).into(),
    ])
}

/// GET `/bokforing/verifikationer/{verifikation}`.
pub async fn verifikation(a: Inloggat) -> Resultat {
    let id = a.stig.tal("verifikation").and_then(VerifikationId::ny);
    let id = id.ok_or_else(Problem::finns_inte)?;
    let tjanst = &a.webb.tjanst;
    let (v, konteringar, namn) = tjanst.verifikation(&a.session.aktor, id).await?;
    let namnen = Namnen::av(&namn);
    let far_text = a.far(Atgard::LasaVerifikationstext);
    let med_text = far_text && v.rader.iter().any(|r| r.text.is_some());
    let mut kolumner = vec![
        Kolumn::ord("Konto"),
        Kolumn::ord("Märkt med"),
        Kolumn::kr("Debet"),
        Kolumn::kr("Kredit"),
    ];
    if med_text {
        kolumner.push(Kolumn::ord("Text"));
    }
    let tomt = || Cell::Kort(String::new(), true);
    let rader = v.rader.iter().map(|r| {
        let k = konteringar.get(&r.kontering).map(|(k, _)| k);
        let (debet, kredit) = match r.ore {
            0.. => (kr(r.ore).into(), tomt()),
            ore => (tomt(), kr(ore.saturating_neg()).into()),
        };
        let konto = k.map(|k| namnen.konto(k)).unwrap_or_default();
        let objekt = k.map(|k| namnen.objekt(k)).unwrap_or_default();
        let mut celler = vec![Cell::rubrik(konto), objekt.into(), debet, kredit];
        if med_text {
            celler.push(r.text.clone().unwrap_or_else(|| "ingen".into()).into());
        }
        Rad::ny(celler)
    });
    let fran = adress::inlasning(&v.inlasning.to_string());
    let mut fakta = vec![
        Fakta::ny("Datum", kort_dag(v.datum)),
        Fakta::ny(
            "Inläst med",
            Text::default().lank(Lank::ny("Inläsningen", fran)),
        ),
    ];
    fakta.extend(v.text.clone().map(|text| Fakta::ny("Text", text)));
    fakta.extend(v.signatur.clone().map(|text| Fakta::ny("Signatur", text)));
    let rader = rader.collect();
    Svar::sida(&Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(format!("Verifikation {}", v.namn()), kort_dag(v.datum)).under(vec![
            Lank::ny("Bokföring", adress::bokforing()),
            Lank::ny("Verifikationer", adress::verifikationer()),
        ]),
        besked: versioner(&v),
        fakta,
        delar: vec![Tabelldel {
            id: "rader".into(),
            rubrik: "Rader".into(),
            text: Text::default(),
            tabell: Tabell::ny("rader-t", "Kronor", kolumner, rader).klass("bredd"),
        }],
        ..Tabellsida::default()
    })
}

fn versioner(v: &utfall_domain::medel::verifikation::Verifikation) -> Vec<Besked> {
    let till = |id: VerifikationId| -> Adress { adress::verifikation(&id.to_string()) };
    let mut ut = Vec::new();
    match v.ersatt_av {
        Some(id) if id == v.id => ut.push(Besked::ny(
            Allvar::Varning,
            "den räknas inte längre",
            "En senare fil sa sig ha årets alla verifikationer, och den här fanns inte i den.",
        )),
        Some(id) => {
            let text = Text::from("En senare fil har den annorlunda. ")
                .lank(Lank::ny("Visa hur den är nu", till(id)));
            ut.push(Besked::ny(Allvar::Varning, "den räknas inte längre", text));
        }
        None => {}
    }
    if let Some(id) = v.ersatter {
        let text = Text::default().lank(Lank::ny("Visa hur den var", till(id)));
        ut.push(Besked::ny(Allvar::Upplysning, "den har ändrats", text));
    }
    ut
}
