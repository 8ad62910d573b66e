//! Follow-up of one insats: its months, its forecast in words, and what can be changed.

use super::tabeller::{faststallda, historikrad, historiktabell, kommentarord};
use super::{Valt, falt};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::las;
use crate::siffror::{Siffror, dag};
use utfall_app::Bok;
use utfall_app::uppfoljning::{laget, metodord};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval, metod};
use utfall_domain::medel::prognos::{Avvikelseorsak, Prognosmetod};
use utfall_domain::problem::Problem;
use utfall_domain::rapporter::Rapport;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Kvitto, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Ekonomisida, Filter, Formulardel, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};

/// GET `/uppfoljning/insatser/{insats}`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    let sida = sidan(&a, &bok, i, &[]);
    las::svar_ekonomi(&sida)
}

/// The page, with what is wrong with the form that was sent.
pub(super) fn sidan(a: &Inloggat, bok: &Bok, i: &Insats, fel: &[Problem]) -> Ekonomisida {
    let s = Siffror::ny(bok);
    let valt = Valt::av(a, bok);
    let hit = adress::uppfoljning_insats(&i.slug);
    let per = a.perdatum(bok, hit.clone(), valt.dolda());
    let (hela, till) = (valt.helar().for_insats(i.id), valt.till().for_insats(i.id));
    let mut formular = Vec::new();
    if bok.per_dag().is_none() {
        formular = formularen(a, &s, (i, &valt), fel);
    }
    let mut ram = a.ram_per(&per);
    if !fel.is_empty() {
        let falt = formular.iter().flat_map(|del| &del.falt);
        ram.fel = sammanfattning("Det sparades inte", falt, fel);
    }
    let mut filter = valt.filter();
    filter.falt.truncate(2);
    let mut delar = vec![manader(&s, &valt, i)];
    delar.extend(poster(&s, &hela, i));
    delar.extend(tjanster(&s, &hela, i));
    delar.extend(crate::insatsbudget::arets(&s, i, valt.ar));
    delar.extend(kommentarer(&s, &valt, i));
    delar.extend(historik(&s, &valt, i));
    let manad = format!("till och med {}", tid::manad(valt.manad));
    Ekonomisida {
        ram,
        huvud: Sidhuvud::ny(format!("{} {}", i.namn, valt.ar), metodord(bok, &till))
            .overrad(format!("Uppföljning {manad}{}", las::som_det_var(bok)))
            .under(vec![Lank::ny(
                "Uppföljning och prognos",
                valt.i(adress::uppfoljning()),
            )]),
        kvitto: (a.fraga.text("sparat") == "ja").then(|| Kvitto::ny("Det är sparat.")),
        filter: Some(Filter {
            mal: hit.into(),
            ..filter
        }),
        nyckeltal: vec![
            Nyckeltal::ny("Budget", s.med_enhet(Matt::Budget, &hela), "hela året"),
            Nyckeltal::ny("Utfall", s.med_enhet(Matt::AnvantTill, &till), manad),
            Nyckeltal::ny(
                "Prognos",
                s.med_enhet(Matt::PrognosHelar, &till),
                "hela året",
            ),
            Nyckeltal::ny(
                "Väntad avvikelse",
                s.med_enhet(Matt::PrognosAvvikelse, &till),
                "budget minus prognos",
            ),
        ]
        .into(),
        besked: besked(&s, &till),
        fakta: fakta(&s, &valt, i),
        delar,
        formular,
        lankar: vec![Lank::ny("Insatsens sida", adress::insats(&i.slug))],
        per: Some(per),
    }
}

fn besked(s: &Siffror<'_>, till: &Urval) -> Vec<Besked> {
    let laget = laget(s.bok, till);
    if laget.forklarad {
        return Vec::new();
    }
    let rubrik = if laget.kommentar.is_some() {
        "avvikelsen har ändrats sedan den förklarades"
    } else {
        "avvikelsen är inte förklarad"
    };
    vec![Besked::ny(
        Allvar::Varning,
        rubrik,
        Text::from("Den är större än gränsen: ")
            .tal(s.med_enhet(Matt::PrognosAvvikelse, till))
            .ord("."),
    )]
}

fn fakta(s: &Siffror<'_>, valt: &Valt, i: &Insats) -> Vec<Fakta> {
    let index = s.bok.index();
    let (vald, faktum) = metod(i.id, valt.ar, &index);
    let mut ut = vec![Fakta::ny(
        "Prognosmetod",
        crate::ram::stor_forst(vald.text()),
    )];
    ut.extend(
        faktum
            .and_then(|f| f.fakta.orsak.clone())
            .filter(|_| faktum.is_some())
            .map(|skal| Fakta::ny("Varför den metoden", skal)),
    );
    let planerad = utfall_app::uppfoljning::planerad_start(s.bok, i.id, valt.ar);
    ut.extend(planerad.map(|m| {
        let text = format!("{} {}", tid::manad(m), valt.ar);
        Fakta::ny("Planerad start", text)
    }));
    ut
}

fn manader(s: &Siffror<'_>, valt: &Valt, i: &Insats) -> Tabelldel {
    let forra = valt.ar.checked_sub(1);
    let mut rader = super::manader::rader(s, valt.ar, &Urval::insats(i.id).ar(valt.ar));
    let hela = valt.helar().for_insats(i.id);
    let fjol = Urval {
        ar: forra,
        ..Urval::insats(i.id)
    };
    rader.push(Rad::av(
        RadSlag::Summa,
        vec![
            Cell::rubrik("Hela året"),
            s.tal(Matt::AnvantInsats, &hela).into(),
            s.tal(Matt::AnvantTill, &hela).into(),
            s.tal(Matt::AnvantInsats, &fjol).into(),
        ],
    ));
    let kolumner = super::manader::kolumner();
    Tabelldel {
        id: "manader".into(),
        rubrik: "Månad för månad".into(),
        text: Text::default(),
        tabell: Tabell::ny("manader-t", format!("Kronor {}", valt.ar), kolumner, rader),
    }
}

/// The facts in force of a kind about the insats and the year.
fn av_slag<'a>(s: &Siffror<'a>, i: &Insats, ar: Option<i16>, slag: FaktumSlag) -> Vec<&'a Faktum> {
    s.om_insats(i.id)
        .into_iter()
        .filter(|f| f.fakta.slag == slag && f.galler().ar == ar)
        .collect()
}

fn poster(s: &Siffror<'_>, hela: &Urval, i: &Insats) -> Option<Tabelldel> {
    let alla = av_slag(s, i, hela.ar, FaktumSlag::Prognospost);
    if alla.is_empty() {
        return None;
    }
    let rader = alla
        .iter()
        .map(|f| {
            let nar = f.galler().period_fran.map_or_else(
                || "senare på året".to_owned(),
                |d| tid::manad(d.month()).to_owned(),
            );
            Rad::ny(vec![
                Cell::rubrik(f.galler().kategori.clone().unwrap_or_default()),
                Cell::Kort(nar, false),
                egen_siffra(f),
                f.fakta.orsak.clone().unwrap_or_default().into(),
            ])
        })
        .collect();
    let kolumner = vec![
        Kolumn::ord("Vad"),
        Kolumn::ord("När"),
        Kolumn::kr("Belopp"),
        Kolumn::ord("Varifrån"),
    ];
    Some(Tabelldel {
        id: "poster".into(),
        rubrik: "Kända poster".into(),
        text: "Kostnader som kommer senare på året och som metoden inte ser.".into(),
        tabell: Tabell::ny("poster-t", "Kända poster, kronor", kolumner, rader),
    })
}

/// A fact's own amount, leading to its row.
fn egen_siffra(f: &Faktum) -> Cell {
    crate::siffror::varde(f.varde(), f.fakta.slag.enhet())
        .lank(crate::rattelse::tillbaka(f))
        .into()
}

fn tjanster(s: &Siffror<'_>, hela: &Urval, i: &Insats) -> Option<Tabelldel> {
    let alla = av_slag(s, i, hela.ar, FaktumSlag::Tjanstekostnad);
    if alla.is_empty() {
        return None;
    }
    let rader = alla
        .iter()
        .map(|f| {
            let g = f.galler();
            let period = g.period_fran.zip(g.period_till).map_or_else(
                || "hela året".to_owned(),
                |(a, b)| format!("{}–{}", tid::manad(a.month()), tid::manad(b.month())),
            );
            Rad::ny(vec![
                Cell::rubrik(g.kategori.clone().unwrap_or_default()),
                Cell::Kort(period, false),
                egen_siffra(f),
                f.fakta.orsak.clone().unwrap_or_default().into(),
            ])
        })
        .collect();
    let kolumner = vec![
        Kolumn::ord("Tjänst"),
        Kolumn::ord("Månader"),
        Kolumn::kr("Kostnad per månad"),
        Kolumn::ord("Räknad på"),
    ];
    Some(Tabelldel {
        id: "tjanster".into(),
        rubrik: "Vad tjänsterna kostar".into(),
        text: Text::default(),
        tabell: Tabell::ny("tjanster-t", "Tjänster, kronor per månad", kolumner, rader),
    })
}

/// Every explanation that has been given of the year, newest first.
fn kommentarer(s: &Siffror<'_>, valt: &Valt, i: &Insats) -> Option<Tabelldel> {
    let per = s.bok.per_dag();
    let rader: Vec<Rad> = s
        .bok
        .fakta
        .iter()
        .rev()
        .filter(|f| f.fakta.slag == FaktumSlag::Avvikelsekommentar && !f.fakta.struken)
        .filter(|f| f.galler().insats == Some(i.id) && f.galler().ar == Some(valt.ar))
        .filter(|f| per.is_none_or(|per| per.omfattar(f.registrerad)))
        .map(|f| {
            let galler = s.faktum(f.id).is_some();
            Rad::av(
                if galler {
                    RadSlag::Vanlig
                } else {
                    RadSlag::Ersatt
                },
                vec![
                    Cell::rubrik(dag(tid::dag(f.registrerad))),
                    egen_siffra(f),
                    kommentarord(f).into(),
                ],
            )
        })
        .collect();
    if rader.is_empty() {
        return None;
    }
    let kolumner = vec![
        Kolumn::ord("Dag"),
        Kolumn::kr("Avvikelse då"),
        Kolumn::ord("Förklaring"),
    ];
    Some(Tabelldel {
        id: "forklaringar".into(),
        rubrik: "Förklaringar av avvikelsen".into(),
        text: Text::default(),
        tabell: Tabell::ny("forklaringar-t", "Förklaringar, kronor", kolumner, rader),
    })
}

fn historik(s: &Siffror<'_>, valt: &Valt, i: &Insats) -> Option<Tabelldel> {
    let alla = faststallda(s, valt.ar, Some(i.id));
    if alla.is_empty() {
        return None;
    }
    let urval = valt.helar().for_insats(i.id);
    let rader = alla
        .iter()
        .rev()
        .map(|(nar, fakta)| historikrad(s, &urval, *nar, fakta))
        .collect();
    Some(Tabelldel {
        id: "historik".into(),
        rubrik: "Vad vi sade tidigare".into(),
        text: Text::default(),
        tabell: historiktabell(rader),
    })
}

fn formularen(
    a: &Inloggat,
    s: &Siffror<'_>,
    (i, valt): (&Insats, &Valt),
    fel: &[Problem],
) -> Vec<Formulardel> {
    let mut ut = Vec::new();
    if a.far(Atgard::KommenteraAvvikelse) {
        ut.push(kommentarformular(a, s.bok, (i, valt)));
    }
    if a.far(Atgard::Prognostisera) {
        ut.push(metodformular(a, s, (i, valt)));
    }
    if a.far(Atgard::RegistreraFaktum) {
        ut.push(postformular(a, (i, valt)));
    }
    if a.far(Atgard::Prognostisera) {
        ut.push(tjansteformular(a, (i, valt)));
    }
    for f in ut.iter_mut().flat_map(|del| &mut del.falt) {
        *f = med_fel(std::mem::take(f), fel);
    }
    ut
}

fn par<'a>(alla: impl IntoIterator<Item = (&'a str, String)>) -> FaltSlag {
    FaltSlag::Val(alla.into_iter().map(|(v, o)| (v.to_owned(), o)).collect())
}

fn formular(a: &Inloggat, valt: &Valt, till: adress::Adress) -> utfall_vyer::formular::Formular {
    a.ett_formular(till)
        .med_dolt("ar", valt.ar.to_string())
        .med_dolt("manad", valt.manad.to_string())
}

/// The draft of a report that waits for the explanation, when the person comes from it.
#[must_use]
pub(super) fn rapporten<'a>(a: &Inloggat, bok: &'a Bok) -> Option<&'a Rapport> {
    let skrivet = a.formular.som_sant("rapport");
    let slug = skrivet.unwrap_or_else(|| a.fraga.text("rapport"));
    let far = a.far(Atgard::LasaRapporter);
    bok.rapporter.iter().find(|r| far && r.slug == slug)
}

fn kommentarformular(a: &Inloggat, bok: &Bok, (i, valt): (&Insats, &Valt)) -> Formulardel {
    let orsaker = Avvikelseorsak::ALLA
        .iter()
        .map(|o| (o.kod(), crate::ram::stor_forst(o.text())));
    let orsaker = par(std::iter::once(("", "Välj".to_owned())).chain(orsaker));
    let mut falten = vec![
        falt(a, "avvikelseorsak", "Orsak", orsaker),
        falt(a, "ord", "Med egna ord", FaltSlag::Lang(3))
            .hjalp("Vad hände, och vad betyder det? Skriv inga namn på personer."),
    ];
    forra_orden(a, bok, (i, valt), &mut falten);
    let mut formularet = formular(a, valt, adress::avvikelsekommentar(&i.slug));
    if let Some(r) = rapporten(a, bok) {
        formularet = formularet.med_dolt("rapport", r.slug.clone());
    }
    Formulardel::ny(formularet, falten, "Spara förklaringen").under(
        "kommentar",
        "Förklara avvikelsen",
        "Förklaringen gäller avvikelsen som den är nu. Ändras den mer än gränsen ska den \
         förklaras igen.",
    )
}

/// What was said of the same year before: mostly it is only to be added to.
fn forra_orden(a: &Inloggat, bok: &Bok, (i, valt): (&Insats, &Valt), falten: &mut [Falt]) {
    let Some(f) = laget(bok, &valt.till().for_insats(i.id)).kommentar else {
        return;
    };
    let orsak = Avvikelseorsak::ALLA.iter().find(|o| {
        let sagd = f.galler().kategori.as_deref();
        sagd == Some(o.text())
    });
    for falt in falten {
        if a.formular.som_sant(&falt.namn).is_some() {
            continue;
        }
        match falt.namn.as_str() {
            "avvikelseorsak" => falt.varde = orsak.map_or("", |o| o.kod()).to_owned(),
            _ => falt.varde = f.fakta.orsak.clone().unwrap_or_default(),
        }
    }
}

fn metodformular(a: &Inloggat, s: &Siffror<'_>, (i, valt): (&Insats, &Valt)) -> Formulardel {
    let metoder = Prognosmetod::ALLA
        .iter()
        .map(|m| (m.kod(), crate::ram::stor_forst(m.text())));
    let index = s.bok.index();
    let vald = metod(i.id, valt.ar, &index).0;
    let mut metodfalt = falt(a, "metod", "Metod", par(metoder));
    if a.formular.som_sant("metod").is_none() {
        metodfalt = metodfalt.varde(vald.kod());
    }
    let falten = vec![
        metodfalt,
        falt(
            a,
            "eget",
            "Egen bedömning av hela året, kronor",
            FaltSlag::Tal,
        )
        .hjalp("Bara för egen bedömning.")
        .frivilligt(),
        falt(a, "skal", "Varför?", FaltSlag::Lang(2))
            .hjalp("Behövs för en egen bedömning.")
            .frivilligt(),
    ];
    Formulardel::ny(
        formular(a, valt, adress::prognosmetod(&i.slug)),
        falten,
        "Välj metoden",
    )
    .under(
        "metoden",
        "Välj hur prognosen görs",
        "Metoden gäller insatsen det här året, tills du väljer en annan.",
    )
    .andra()
}

fn postformular(a: &Inloggat, (i, valt): (&Insats, &Valt)) -> Formulardel {
    let manader = (1..=12_i8).map(|m| (m.to_string(), tid::manad(m).to_owned()));
    let manader = std::iter::once((String::new(), "Någon gång senare".to_owned())).chain(manader);
    let falten = vec![
        falt(a, "kategori", "Vad är det?", FaltSlag::Text)
            .hjalp("Till exempel merkostnad för kvällsarbete."),
        falt(a, "belopp", "Belopp, kronor", FaltSlag::Tal)
            .hjalp("Skriv minus framför en besparing."),
        falt(a, "nar", "När", FaltSlag::Val(manader.collect())).frivilligt(),
        falt(a, "orsak", "Varifrån kommer uppgiften?", FaltSlag::Text),
    ];
    Formulardel::ny(
        formular(a, valt, adress::prognospost(&i.slug)),
        falten,
        "Lägg till posten",
    )
    .under(
        "ny-post",
        "Lägg till en känd kostnad",
        "Något som kommer senare på året och som inte syns i utfallet än.",
    )
    .andra()
}

fn tjansteformular(a: &Inloggat, (i, valt): (&Insats, &Valt)) -> Formulardel {
    let manader = || {
        let alla = (1..=12_i8).map(|m| (m.to_string(), tid::manad(m).to_owned()));
        FaltSlag::Val(alla.collect())
    };
    let forslag = i.tjanster.iter().map(|t| t.beskrivning.clone()).collect();
    let mut till = falt(a, "till", "Sista månaden", manader());
    if a.formular.som_sant("till").is_none() {
        till = till.varde("12");
    }
    let falten = vec![
        falt(a, "tjanst", "Tjänst", FaltSlag::Forslag(forslag))
            .hjalp("Vad personen gör, aldrig vem det är."),
        falt(a, "lon", "Månadslön på heltid, kronor", FaltSlag::Tal),
        falt(a, "andel", "Del av heltid, procent", FaltSlag::Tal),
        falt(a, "fran", "Första månaden", manader()),
        till,
    ];
    Formulardel::ny(
        formular(a, valt, adress::tjanstekostnad(&i.slug)),
        falten,
        "Lägg till tjänsten",
    )
    .under(
        "ny-tjanst",
        "Skriv vad en tjänst kostar",
        "Kostnaden räknas med årets PO-pålägg och används när prognosen görs efter tjänsterna.",
    )
    .andra()
}
