//! The vouchers behind a figure, and one voucher.

mod urval;

use super::{Namnen, hela, kr, over};
use crate::adress::{self, Adress};
use crate::anrop::{Inloggat, Resultat};
use crate::sidval::{RADER, Sidval};
use crate::siffror::{antal, kort_dag};
use crate::svar::Svar;
use utfall_app::bokforing::{Kalla, Sida, Verifikationsrad, delning_i_ord};
use utfall_behorighet::Atgard;
use utfall_domain::id::VerifikationId;
use utfall_domain::medel::verifikation::Verifikationsurval;
use utfall_domain::problem::Problem;
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};

/// GET `/bokforing/verifikationer`.
pub async fn verifikationer(a: Inloggat) -> Resultat {
    Svar::sida(&listan(&a, Sidval::ur(&a.fraga)).await?)
}

/// GET `/bokforing/verifikationer/tabell.csv`: every row of the choice.
pub async fn verifikationer_csv(a: Inloggat) -> Resultat {
    let sida = listan(&a, Sidval::Hela).await?;
    let tabell = sida.delar.first().map(|d| &d.tabell);
    let tabell = tabell.ok_or_else(Problem::finns_inte)?;
    let dag = utfall_domain::tid::dag(a.nu);
    crate::csv::svar("verifikationer", dag, &[("Verifikationer", tabell)])
}

async fn listan(a: &Inloggat, sidval: Sidval) -> Result<Tabellsida, crate::svar::Fel> {
    let bok = a.bok().await?;
    let (urval, fel) = urval::ur(a, &bok)?;
    let del = match sidval {
        Sidval::Hela => (0, usize::MAX),
        Sidval::Del(nr) => (nr.saturating_mul(RADER), RADER),
    };
    let tjanst = &a.webb.tjanst;
    let lasbart = fel.is_empty();
    let vald = if lasbart {
        (urval.clone(), del)
    } else {
        (Verifikationsurval::default(), (0, 0))
    };
    let mut sida = tjanst
        .verifikationer(&a.session.aktor, vald.0, vald.1)
        .await?;
    if !lasbart {
        sida.antal = 0;
    }
    let (rubrik, om) = rubriker(&bok, &urval, &sida);
    let hit = urval::adressen(a, adress::verifikationer());
    let csv = urval::adressen(a, adress::verifikationer_csv());
    // A fact is its own choice: its vouchers are the whole figure.
    let filter = sida
        .faktum
        .is_none()
        .then(|| urval::filter(a, &bok, &sida, &fel));
    let mut ram = a.ram();
    let falt = filter.iter().flat_map(|f| &f.falt);
    ram.fel = crate::felen::sammanfattning("Urvalet går inte att läsa", falt, &fel);
    Ok(Tabellsida {
        ram,
        huvud: Sidhuvud::ny(rubrik, om).under(over()),
        filter,
        besked: rattat(&bok, &sida)
            .into_iter()
            .chain(hela_belopp(&sida))
            .collect(),
        delar: vec![Tabelldel {
            id: "lista".into(),
            rubrik: antal(
                sida.antal,
                "Inga verifikationer",
                "En verifikation",
                "verifikationer",
            ),
            text: Text::default(),
            tabell: tabell(&sida)
                .bladdra(sidval.lankar(sida.antal, &hit))
                .csv((sida.antal > 0).then(|| csv.into())),
        }],
        ..Tabellsida::default()
    })
}

fn rubriker(bok: &utfall_app::Bok, urval: &Verifikationsurval, sida: &Sida) -> (String, String) {
    if let Some(f) = &sida.faktum {
        let (namn, _) = crate::harledning::om_faktum(bok, f);
        let belopp = f.varde().kant().map(|ore| kr(ore).text).unwrap_or_default();
        let helt = *urval
            == Verifikationsurval {
                faktum: urval.faktum,
                ..Verifikationsurval::default()
            };
        let om = if helt {
            "Raderna i listan är hela talet."
        } else {
            "De av talets rader som stämmer med allt som är valt."
        };
        return (
            format!("Verifikationer bakom {belopp}\u{a0}kr"),
            format!("{namn}. {om}"),
        );
    }
    let om = if *urval == Verifikationsurval::default() {
        "Allt som är inläst och inskrivet, i datumordning."
    } else {
        "De som stämmer med allt som är valt, i datumordning."
    };
    ("Verifikationer".to_owned(), om.to_owned())
}

/// A fact that has been corrected shows the vouchers as they are today.
fn rattat(bok: &utfall_app::Bok, sida: &Sida) -> Option<Besked> {
    let f = sida.faktum.as_ref()?;
    if sida.inaktuell {
        let text = "Fördelningen är ändrad sedan talet räknades. Det räknas om vid nästa \
                    inläsning, eller under Koppling till insatser.";
        return Some(Besked::ny(Allvar::Varning, "fördelningen är ändrad", text));
    }
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

/// Of a part of a month, or of a single voucher, nobody can say which grant pays how much.
fn hela_belopp(sida: &Sida) -> Option<Besked> {
    let text = "Flera bidrag betalar det här, och delningen räknas på hela månader. Välj hela \
                månader, och inte serie, nummer, belopp eller fil, så dras de andras del av.";
    sida.hela_belopp
        .then(|| Besked::ny(Allvar::Upplysning, "beloppen är hela", text))
}

fn tabell(sida: &Sida) -> Tabell {
    let kolumner = vec![
        Kolumn::ord("Verifikation"),
        Kolumn::ord("Datum"),
        Kolumn::tal("Rader"),
        Kolumn::kr("Belopp"),
    ];
    let mut rader: Vec<Rad> = sida.rader.iter().map(rad).collect();
    if let Some(andras) = sida.andras {
        let ord = sida.delning.as_ref().map_or_else(
            || "efter årets fördelning".to_owned(),
            |d| format!("hit hör {}", delning_i_ord(d)),
        );
        rader.push(Rad::ny(vec![
            Cell::rubrik("Räknas på andra bidrag"),
            ord.into(),
            Cell::Kort(String::new(), true),
            kr(andras).into(),
        ]));
    }
    if let Some(summa) = sida.summa {
        rader.push(Rad::av(
            RadSlag::Summa,
            vec![
                Cell::rubrik("Summa"),
                Cell::Text("av alla rader i urvalet".into()),
                Cell::Kort(String::new(), true),
                kr(summa).into(),
            ],
        ));
    }
    let caption = if sida.av_konton {
        "Belopp är det som räknas med här, kronor"
    } else {
        "Belopp är verifikationens debet, kronor"
    };
    Tabell::ny("verifikationer-t", caption, kolumner, rader)
        .klass("bredd")
        .tomt("Det finns inga verifikationer i urvalet.")
}

fn rad(r: &Verifikationsrad) -> Rad {
    let (rubrik, datum, antal) = match &r.kalla {
        Kalla::Fil(v) => (
            Cell::rubriklank(&v.namn, adress::verifikation(&v.id.to_string()), None),
            v.datum,
            v.rader,
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
        hela(antal).into(),
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
