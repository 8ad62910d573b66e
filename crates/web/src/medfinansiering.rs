//! Co-financing: what parties promise and give, in money and in working time.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::csv;
use crate::eget_kapital::{organisationsval, vald_organisation};
use crate::felen::{med_fel, sammanfattning};
use crate::las;
use crate::medelsfalt;
use crate::parametrar::{arsval, hundradelsprocent, valt_ar};
use crate::registrering::tal;
use crate::siffror::{Siffror, antal};
use crate::svar::Svar;
use crate::uppfoljning::falt;
use std::collections::BTreeSet;
use utfall_app::uppfoljning::{Lofte, Medfinansierat, RegistreraMedfinansiering};
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::{FaktumId, InsatsId, OrganisationId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::parameter::{schablon, schabloner};
use utfall_domain::pengar::{Belopp, Enhet, Ore};
use utfall_domain::problem::Problem;
use utfall_vyer::formular::FaltSlag;
use utfall_vyer::komponent::{Allvar, Besked, Kvitto, Lage, LageSlag, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Ekonomisida, Filter, Formulardel, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Radrubrik, Tabell};

/// One row: an insats, a party and a kind.
type Post = (Option<InsatsId>, Option<OrganisationId>, String);

/// GET `/medfinansiering`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sida = sidan(&a, &bok, &[]);
    las::svar_ekonomi(&sida)
}

/// GET `/medfinansiering/tabell.csv`.
pub async fn csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let s = Siffror::ny(&bok);
    let tabell = tabellen(&s, valt_ar(&a), &poster(&s, valt_ar(&a)));
    csv::svar(
        "medfinansiering",
        a.dag(&bok),
        &[("Medfinansiering", &tabell)],
    )
}

/// Co-financing in kronor of a year.
fn i_kronor<'a>(s: &Siffror<'a>, ar: i16) -> Vec<&'a Faktum> {
    let alla = s.fakta().iter().copied();
    alla.filter(|f| {
        matches!(
            f.fakta.slag,
            FaktumSlag::Medfinansiering | FaktumSlag::MedfinansieringLevererad
        )
    })
    .filter(|f| f.galler().ar == Some(ar) && f.galler().version.is_none())
    .collect()
}

fn poster(s: &Siffror<'_>, ar: i16) -> BTreeSet<Post> {
    i_kronor(s, ar)
        .into_iter()
        .map(|f| {
            let g = f.galler();
            (
                g.insats,
                g.organisation,
                g.kategori.clone().unwrap_or_default(),
            )
        })
        .collect()
}

fn sidan(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Ekonomisida {
    let (s, ar) = (Siffror::ny(bok), valt_ar(a));
    let per = a.perdatum(
        bok,
        adress::medfinansiering(),
        vec![("ar".to_owned(), ar.to_string())],
    );
    let formular = if a.far(Atgard::RegistreraFaktum) && bok.per_dag().is_none() {
        vec![formularet(a, &s, ar, fel)]
    } else {
        Vec::new()
    };
    let mut ram = a.ram_per(&per);
    if !fel.is_empty() {
        let falt = formular.iter().flat_map(|del: &Formulardel| &del.falt);
        ram.fel = sammanfattning("Medfinansieringen sparades inte", falt, fel);
    }
    let alla = poster(&s, ar);
    Ekonomisida {
        ram,
        huvud: Sidhuvud::ny(
            format!("Medfinansiering {ar}"),
            "Det andra lägger till vid sidan av bidragen, i pengar eller i arbetstid.",
        )
        .overrad(las::overrad_per(bok))
        .under(vec![Lank::ny("Medel", adress::medel())]),
        kvitto: (a.fraga.text("sparat") == "ja").then(|| Kvitto::ny("Det är sparat.")),
        filter: Some(Filter {
            mal: adress::medfinansiering().into(),
            falt: vec![arsval(a, ar)],
            knapp: "Visa".into(),
            hjalp: String::new(),
        }),
        nyckeltal: nyckeltal(&s, ar, alla.is_empty()).into(),
        besked: besked(&s, ar),
        delar: vec![Tabelldel {
            id: "rader".into(),
            rubrik: "Part för part".into(),
            text: Text::default(),
            tabell: tabellen(&s, ar, &alla).csv(Some(
                adress::medfinansiering_csv()
                    .fraga("ar", &ar.to_string())
                    .into(),
            )),
        }],
        formular,
        lankar: vec![Lank::ny(
            "Schabloner och andra inställningar",
            adress::parametrar(),
        )],
        per: Some(per),
        ..Ekonomisida::default()
    }
}

fn nyckeltal(s: &Siffror<'_>, ar: i16, tomt: bool) -> Vec<Nyckeltal> {
    if tomt {
        return Vec::new();
    }
    let urval = Urval::default().ar(ar);
    [
        (Matt::Medfinansiering, "Utlovad", "pengar och arbetstid"),
        (
            Matt::MedfinansieringLevererad,
            "Levererad",
            "pengar och arbetstid",
        ),
        (
            Matt::MedfinansieringKvar,
            "Återstår",
            "utlovad minus levererad",
        ),
    ]
    .map(|(matt, namn, ord)| Nyckeltal::ny(namn, s.med_enhet(matt, &urval), ord))
    .to_vec()
}

/// Rows whose value or kind is missing.
fn besked(s: &Siffror<'_>, ar: i16) -> Vec<Besked> {
    let alla = i_kronor(s, ar);
    let ovarderade = alla.iter().filter(|f| f.varde().kant().is_none()).count();
    let utan_slag = alla
        .iter()
        .filter(|f| {
            let slag = f.galler().kategori.as_deref();
            !matches!(slag, Some("pengar" | "arbetstid"))
        })
        .count();
    let mut ut = Vec::new();
    if ovarderade > 0 {
        ut.push(Besked::ny(
            Allvar::Varning,
            antal(
                ovarderade,
                "",
                "en uppgift är ej värderad",
                "uppgifter är ej värderade",
            ),
            "Summan i kronor är då inte hela sanningen. Skriv ett pris per timme när det är \
             bestämt.",
        ));
    }
    if utan_slag > 0 {
        ut.push(Besked::ny(
            Allvar::Varning,
            antal(
                utan_slag,
                "",
                "en uppgift säger inte om det är pengar eller arbetstid",
                "uppgifter säger inte om det är pengar eller arbetstid",
            ),
            "Registrera den igen med sitt slag, och stryk den gamla.",
        ));
    }
    ut
}

fn tabellen(s: &Siffror<'_>, ar: i16, alla: &BTreeSet<Post>) -> Tabell {
    let mut rader: Vec<Rad> = alla.iter().map(|post| rad(s, ar, post)).collect();
    if !rader.is_empty() {
        let urval = Urval::default().ar(ar);
        let timmar = |ord: &str| urval.clone().for_kategori(ord);
        rader.push(Rad::av(
            RadSlag::Summa,
            vec![
                Cell::rubrik("Summa"),
                Cell::Kort("alla".into(), false),
                s.tal(Matt::Medfinansiering, &urval).into(),
                s.tal(Matt::MedfinansieringLevererad, &urval).into(),
                s.tal(Matt::MedfinansieringKvar, &urval).into(),
                s.tal(Matt::Medfinansieringstimmar, &timmar(Lofte::Utlovad.ord()))
                    .into(),
                s.tal(
                    Matt::Medfinansieringstimmar,
                    &timmar(Lofte::Levererad.ord()),
                )
                .into(),
            ],
        ));
    }
    let kolumner = vec![
        Kolumn::ord("Part och insats"),
        Kolumn::ord("Slag"),
        Kolumn::kr("Utlovad"),
        Kolumn::kr("Levererad"),
        Kolumn::kr("Återstår"),
        Kolumn::tal("Timmar utlovade"),
        Kolumn::tal("Timmar levererade"),
    ];
    Tabell::ny(
        "rader-t",
        format!("Medfinansiering, kronor {ar}"),
        kolumner,
        rader,
    )
    .klass("bredd")
    .tomt("Ingen medfinansiering är registrerad för året.")
}

fn rad(s: &Siffror<'_>, ar: i16, (insats, part, kategori): &Post) -> Rad {
    let urval = Urval {
        insats: *insats,
        organisation: *part,
        kategori: Some(kategori.clone()).filter(|k| !k.is_empty()),
        ..Urval::default().ar(ar)
    };
    let timmar = |lofte: Lofte| Urval {
        kategori: Some(lofte.ord().to_owned()),
        ..urval.clone()
    };
    let namn = part.map_or("Part inte angiven", |id| s.bok.organisationsnamn(id));
    let i = insats.and_then(|id| s.bok.insats(id));
    let ovarderad = i_kronor(s, ar).iter().any(|f| {
        let g = f.galler();
        g.insats == *insats
            && g.organisation == *part
            && g.kategori.as_deref().unwrap_or("") == kategori
            && f.varde().kant().is_none()
    });
    let slag = if kategori.is_empty() {
        Cell::Lage(Lage::ny("Slag saknas", LageSlag::Varning))
    } else if ovarderad {
        Cell::Lage(Lage::ny(
            format!("{kategori}, ej värderad"),
            LageSlag::Varning,
        ))
    } else {
        Cell::Kort(crate::ram::stor_forst(kategori), false)
    };
    let i_tid = kategori == "arbetstid";
    let timcell = |lofte: Lofte| {
        if i_tid {
            s.tal(Matt::Medfinansieringstimmar, &timmar(lofte)).into()
        } else {
            Cell::Kort("gäller inte".into(), true)
        }
    };
    Rad::ny(vec![
        Cell::Rubrik(Radrubrik {
            text: namn.to_owned(),
            href: None,
            under: i.map(|i| i.namn.clone()),
            ..Radrubrik::default()
        }),
        slag,
        s.tal(Matt::Medfinansiering, &urval).into(),
        s.tal(Matt::MedfinansieringLevererad, &urval).into(),
        s.tal(Matt::MedfinansieringKvar, &urval).into(),
        timcell(Lofte::Utlovad),
        timcell(Lofte::Levererad),
    ])
}

fn val(alla: &[(&str, &str)]) -> FaltSlag {
    let par = alla.iter().map(|(v, o)| ((*v).to_owned(), (*o).to_owned()));
    FaltSlag::Val(par.collect())
}

/// The choice of a standard cost, where there is any.
fn schablonfalt(a: &Inloggat, s: &Siffror<'_>) -> Option<utfall_vyer::formular::Falt> {
    let namn = schabloner(&s.bok.index());
    if namn.is_empty() {
        return None;
    }
    let alla = namn.into_iter().map(|n| (n.clone(), n));
    let alla = std::iter::once((String::new(), "Ingen schablon".to_owned())).chain(alla);
    let slag = FaltSlag::Val(alla.collect());
    Some(
        falt(a, "schablon", "Eller en schablon", slag)
            .hjalp("Används som pris per timme när priset är tomt.")
            .frivilligt(),
    )
}

/// The newest fact when the form was opened. When the form is stopped by what somebody else
/// has saved since, that has been seen too.
fn sedd(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> String {
    let sagt = fel
        .iter()
        .any(|p| p.kod == "medfinansiering-andrad-av-annan");
    if !fel.is_empty() && !sagt {
        return a.formular.text("sedd").to_owned();
    }
    let nyast = bok.fakta.iter().map(|f| f.id).max();
    nyast.map(|id| id.to_string()).unwrap_or_default()
}

fn formularet(a: &Inloggat, s: &Siffror<'_>, ar: i16, fel: &[Problem]) -> Formulardel {
    let insatser = s.bok.insatser.iter().filter(|i| !i.reserv);
    let insatser = insatser.map(|i| (i.id.to_string(), i.namn.clone()));
    let insatser = std::iter::once((String::new(), "Välj".to_owned())).chain(insatser);
    let mut falten = vec![
        falt(a, "insats", "Insats", FaltSlag::Val(insatser.collect())),
        falt(a, "part", "Part som lägger till", organisationsval(s.bok)),
        falt(
            a,
            "lofte",
            "Är det utlovat eller levererat?",
            val(&[("utlovad", "Utlovat"), ("levererad", "Levererat")]),
        ),
        falt(
            a,
            "slag",
            "Vad är det?",
            val(&[
                ("pengar", "Pengar"),
                ("timmar", "Arbetstid, i timmar"),
                ("del", "Arbetstid, som del av en kostnad"),
            ]),
        ),
        falt(a, "belopp", "Belopp, kronor", FaltSlag::Tal)
            .hjalp("Bara för pengar.")
            .frivilligt(),
        falt(a, "timmar", "Timmar", FaltSlag::Tal)
            .hjalp("Bara för arbetstid i timmar.")
            .frivilligt(),
        falt(a, "pris", "Pris per timme, kronor", FaltSlag::Tal)
            .hjalp("Lämna tomt om tiden inte är värderad. Det går att värdera den senare.")
            .frivilligt(),
    ];
    falten.extend(schablonfalt(a, s));
    falten.extend([
        falt(a, "andel", "Del, procent", FaltSlag::Tal)
            .hjalp("Bara för del av en kostnad.")
            .frivilligt(),
        falt(a, "kostnad", "Kostnad för det hela, kronor", FaltSlag::Tal)
            .hjalp("Till exempel en heltidstjänst under året.")
            .frivilligt(),
        falt(a, "orsak", "Varifrån kommer uppgiften?", FaltSlag::Text),
    ]);
    falten.extend(medelsfalt::efter_avslut_och_varfor(a, fel));
    let falten = falten.into_iter().map(|f| med_fel(f, fel)).collect();
    let formular = a
        .ett_formular(adress::medfinansiering())
        .med_dolt("for-ar", ar.to_string())
        .med_dolt("sedd", sedd(a, s.bok, fel));
    Formulardel::ny(formular, falten, "Spara").under(
        "ny",
        format!("Registrera medfinansiering {ar}"),
        "Har parten redan sagt något om samma sak rättas det av det nya.",
    )
}

/// What was typed of what is added.
fn vad(a: &Inloggat, bok: &Bok, ar: i16) -> Result<Medfinansierat, Problem> {
    let f = &a.formular;
    let belopp = |namn: &str| -> Result<Belopp, Problem> {
        let (varde, precision) = tal::pengar(f.text(namn), "kr", namn)?;
        Ok(Belopp {
            ore: Ore(varde.kant().unwrap_or_default()),
            precision,
            enhet: Enhet::Kr,
        })
    };
    match f.text("slag") {
        "timmar" => {
            let (timmar, _) = tal::antal(f.text("timmar"), "timmar")?;
            let satt = schablon(&bok.index(), f.text("schablon"), ar);
            let pris = match (f.text("pris"), satt) {
                ("", Some(ore)) => Some(Belopp::exakt(Ore(ore))),
                ("", None) => None,
                _ => Some(belopp("pris")?),
            };
            Ok(Medfinansierat::Timmar {
                timmar: timmar.kant().unwrap_or_default(),
                pris,
            })
        }
        "del" => {
            let andel = hundradelsprocent(f.text("andel")).ok_or_else(|| {
                Problem::ogiltigt(
                    "medfinansiering-tal",
                    format!("”{}” är ingen del.", f.text("andel")),
                    "Skriv procent, till exempel 50.",
                )
                .i_falt("andel")
            })?;
            Ok(Medfinansierat::Del {
                andel,
                kostnad: belopp("kostnad")?,
            })
        }
        _ => Ok(Medfinansierat::Pengar(belopp("belopp")?)),
    }
}

/// POST `/medfinansiering`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let ar = valt_ar(&a);
    let mut olasligt = Brister::default();
    let insats = a.formular.tal("insats").and_then(InsatsId::ny);
    let insats = insats
        .filter(|id| bok.insats(*id).is_some())
        .ok_or_else(|| {
            Problem::ogiltigt("insats-vald", "Insatsen är inte vald.", "Välj i listan.")
                .i_falt("insats")
        });
    let (insats, part) = (
        olasligt.prova(insats),
        olasligt.prova(vald_organisation(&a, &bok, "part")),
    );
    let vad = olasligt.prova(vad(&a, &bok, ar));
    // Anything may stand for what cannot be read: nothing is saved then.
    let fall = RegistreraMedfinansiering {
        insats: insats.unwrap_or(InsatsId::FORSTA),
        part: part.unwrap_or(OrganisationId::FORSTA),
        ar,
        lofte: if a.formular.text("lofte") == "levererad" {
            Lofte::Levererad
        } else {
            Lofte::Utlovad
        },
        vad: vad.unwrap_or(Medfinansierat::Pengar(Belopp::exakt(Ore(100)))),
        kalla: olasligt
            .prova(medelsfalt::kalla_och_varfor(&a))
            .unwrap_or_default(),
        sedd: a.formular.tal("sedd").and_then(FaktumId::ny),
        efter_avslut: medelsfalt::sagt_efter_avslut(&a),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(
            adress::medfinansiering()
                .fraga("ar", &ar.to_string())
                .fraga("sparat", "ja"),
        )),
        Err(fel) => Svar::formularfel(&sidan(&a, &bok, &fel)),
    }
}
