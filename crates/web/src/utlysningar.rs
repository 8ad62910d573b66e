//! Utlysningar: calls, where they are, and the initiatives whose staff depend on them.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::framat::varsel::{self, Varsel};
use crate::medelsfalt::dag;
use crate::ram::stor_forst;
use crate::registrering::{Blankett, falt, orsaksfalt, val};
use crate::rutter::Metod;
use crate::siffror::{Siffror, antal, dag as i_ord, kort_dag};
use crate::svar::Svar;
use utfall_app::medel::RegistreraUtlysning;
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::id::MedelspostId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::atagande::{
    Koppling, Utlysning, Utlysningslage, kopplingar, utlysningar,
};
use utfall_domain::medel::post::{Innehall, Medelspost, sakens};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Fakta, Lage, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Faltdel, Registrering, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// What depends on a call: the link's row, its day and what it is.
struct Beroende<'a> {
    rad: &'a Medelspost,
    avtal_till: Option<jiff::civil::Date>,
    omfattning: &'a str,
}

fn beroende<'a>(poster: &'a [Medelspost], sak: MedelspostId) -> Vec<Beroende<'a>> {
    kopplingar(poster)
        .into_iter()
        .filter_map(|(rad, k)| match k {
            Koppling::Beroende {
                utlysning,
                avtal_till,
                omfattning,
            } if *utlysning == sak => Some(Beroende {
                rad,
                avtal_till: *avtal_till,
                omfattning,
            }),
            _ => None,
        })
        .collect()
}

/// GET `/utlysningar`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let poster = bok.poster();
    let alla = utlysningar(&poster);
    let vantar = alla.iter().filter(|(_, u)| u.lage.oppen()).count();
    let mut ingress = Text::from(match alla.len() {
        0 => "Ingen utlysning är inskriven än. Skriv in den som ni väntar på, och vilka insatser \
              som hänger på den."
            .to_owned(),
        n => format!(
            "{}, och {}.",
            antal(n, "", "En utlysning", "utlysningar"),
            antal(
                vantar,
                "ingen väntar på svar",
                "en väntar på svar",
                "väntar på svar"
            )
        ),
    });
    let kan = a.far(Atgard::HanteraAtagande) && bok.per_dag().is_none();
    if kan {
        let lank = Lank::ny("Skriv in en utlysning", adress::ny_utlysning());
        ingress = ingress.ord(" ").lank(lank).ord(".");
    }
    let rader = alla
        .iter()
        .map(|(p, u)| rad(&bok, &poster, (p, u)))
        .collect();
    let kolumner = [
        "Utlysning",
        "Läge",
        "Sök senast",
        "Besked väntas",
        "Insatser som hänger på den",
        "Avtal går ut",
    ]
    .map(Kolumn::ord)
    .to_vec();
    let idag = a.dag(&bok);
    Svar::sida(&Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny("Utlysningar", ingress).under(vec![Lank::ny("Medel", adress::medel())]),
        besked: varsel::besked(&varsel::avtal(&bok, idag)),
        delar: vec![Tabelldel {
            id: "alla".into(),
            rubrik: "Alla utlysningar".into(),
            text: Text::default(),
            tabell: Tabell::ny("alla-t", "I den ordning de skrevs in", kolumner, rader)
                .klass("bredd")
                .tomt("Ingen utlysning."),
        }],
        ..Tabellsida::default()
    })
}

fn rad(bok: &Bok, poster: &[Medelspost], (p, u): (&Medelspost, &Utlysning)) -> Rad {
    let hanger = beroende(poster, p.post.sak);
    let namn: Vec<&str> = hanger
        .iter()
        .filter_map(|b| bok.insats(b.rad.post.om.insats?))
        .map(|i| i.namn.as_str())
        .collect();
    let forst = hanger.iter().filter_map(|b| b.avtal_till).min();
    let kort = |dag: Option<jiff::civil::Date>| {
        Cell::Kort(dag.map_or_else(|| "inte känt".into(), kort_dag), false)
    };
    let finansiar = p.post.om.organisation.map(|id| bok.organisationsnamn(id));
    Rad::ny(vec![
        Cell::rubriklank(
            u.namn.clone(),
            adress::utlysning(&p.post.sak.to_string()),
            finansiar.map(str::to_owned),
        ),
        Cell::Lage(laget(u.lage)),
        kort(u.soks_senast),
        kort(u.besked),
        if namn.is_empty() {
            Cell::Kort("ingen".into(), false)
        } else {
            namn.join(", ").into()
        },
        Cell::Kort(forst.map_or_else(|| "–".into(), kort_dag), false),
    ])
}

/// Where a call is.
pub fn laget(lage: Utlysningslage) -> Lage {
    let slag = match lage {
        Utlysningslage::BeskedSaknas => LageSlag::Varning,
        Utlysningslage::Utlyst => LageSlag::Upplysning,
        Utlysningslage::Ansokt => LageSlag::Pagar,
        Utlysningslage::Beviljad => LageSlag::Lugn,
        Utlysningslage::Nekad => LageSlag::Fel,
    };
    Lage::ny(stor_forst(lage.text()), slag)
}

fn vald<'a>(
    a: &Inloggat,
    poster: &'a [Medelspost],
) -> Result<(&'a Medelspost, &'a Utlysning), Problem> {
    let sak = a.stig.tal("utlysning").and_then(MedelspostId::ny);
    let alla = utlysningar(poster).into_iter();
    let mut alla = alla.filter(|(p, _)| Some(p.post.sak) == sak);
    alla.next().ok_or_else(Problem::finns_inte)
}

/// GET `/utlysningar/{utlysning}`.
pub async fn en(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let poster = bok.poster();
    let (p, u) = vald(&a, &poster)?;
    let mut ingress = Text::from(format!("{}.", stor_forst(u.lage.text())));
    if a.far(Atgard::HanteraAtagande) && bok.per_dag().is_none() {
        let till = adress::andra_utlysning(&p.post.sak.to_string());
        ingress = ingress
            .ord(" ")
            .lank(Lank::ny("Ändra utlysningen", till))
            .ord(".");
    }
    let hanger = beroende(&poster, p.post.sak);
    let egna: Vec<Varsel> = varsel::avtal(&bok, a.dag(&bok))
        .into_iter()
        .filter(|v| {
            hanger
                .iter()
                .any(|b| b.rad.post.om.insats == Some(v.insats))
        })
        .collect();
    Svar::sida(&Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(u.namn.clone(), ingress).under(vec![
            Lank::ny("Medel", adress::medel()),
            Lank::ny("Utlysningar", adress::utlysningar()),
        ]),
        besked: varsel::besked(&egna),
        fakta: fakta(&bok, p, u),
        delar: vec![
            Tabelldel {
                id: "hanger".into(),
                rubrik: "Insatser som hänger på den".into(),
                text: "Koppla en insats på insatsens sida, under Finansiering framåt.".into(),
                tabell: hangtabell(&bok, &hanger, a.dag(&bok).year()),
            },
            Tabelldel {
                id: "historik".into(),
                rubrik: "Vad som har hänt".into(),
                text: Text::default(),
                tabell: historik(&bok, &poster, p.post.sak),
            },
        ],
        ..Tabellsida::default()
    })
}

fn fakta(bok: &Bok, p: &Medelspost, u: &Utlysning) -> Vec<Fakta> {
    let dag = |d: Option<jiff::civil::Date>| d.map_or_else(|| "Inte känt".to_owned(), i_ord);
    let mut ut = Vec::new();
    if let Some(id) = p.post.om.organisation {
        ut.push(Fakta::ny("Finansiär", bok.organisationsnamn(id)));
    }
    ut.push(Fakta::ny("Läge", stor_forst(u.lage.text())));
    ut.push(Fakta::ny("Sök senast", dag(u.soks_senast)));
    ut.push(Fakta::ny("Besked väntas", dag(u.besked)));
    ut
}

fn hangtabell(bok: &Bok, hanger: &[Beroende<'_>], i_ar: i16) -> Tabell {
    let s = Siffror::ny(bok);
    let nasta = i_ar.saturating_add(1);
    let rader = hanger.iter().filter_map(|b| {
        let i = bok.insats(b.rad.post.om.insats?)?;
        let avtal = b.avtal_till.map_or_else(|| "inte känt".into(), kort_dag);
        // The need of the year that the contracts end before.
        let ar = b
            .avtal_till
            .and_then(|dag| dag.tomorrow().ok())
            .map_or(nasta, |dag| dag.year());
        let urval = Urval::insats(i.id).ar(ar);
        let behov = s
            .finns(Matt::Behov, &urval)
            .then(|| s.tal(Matt::Behov, &urval));
        Some(Rad::ny(vec![
            Cell::rubriklank(i.namn.clone(), adress::framat(&i.slug), None),
            match b.omfattning {
                "" => Cell::Kort("inte angivet".into(), false),
                text => text.into(),
            },
            Cell::Kort(avtal, false),
            Cell::Kort(ar.to_string(), false),
            Cell::tal_eller(behov, "inte angivet"),
            crate::ataganden::gap(&s, &urval),
        ]))
    });
    let kolumner = vec![
        Kolumn::ord("Insats"),
        Kolumn::ord("Det som hänger på den"),
        Kolumn::ord("Avtal går ut"),
        Kolumn::ord("År"),
        Kolumn::kr("Behöver"),
        Kolumn::kr("Saknas"),
    ];
    let rader = rader.collect();
    Tabell::ny("hanger-t", "Kronor för året efter avtalen", kolumner, rader)
        .klass("bredd smal")
        .tomt("Ingen insats är kopplad till utlysningen.")
}

fn historik(bok: &Bok, poster: &[Medelspost], sak: MedelspostId) -> Tabell {
    let rader = sakens(poster, sak).into_iter().filter_map(|p| {
        let Innehall::Utlysning(u) = &p.post.innehall else {
            return None;
        };
        let vem = bok.anvandare.get(&p.registrerad_av).cloned();
        Some(Rad::ny(vec![
            Cell::rubrik(stor_forst(u.lage.text())),
            p.post.orsak.clone().unwrap_or_default().into(),
            Cell::Kort(kort_dag(tid::dag(p.registrerad)), false),
            Cell::Kort(vem.unwrap_or_default(), false),
        ]))
    });
    let kolumner = ["Läge", "Varifrån", "Registrerat", "Av"]
        .map(Kolumn::ord)
        .to_vec();
    Tabell::ny("historik-t", "Det äldsta först", kolumner, rader.collect())
}

/// The call that is changed.
type Fore<'a> = Option<(&'a Medelspost, &'a Utlysning)>;

/// GET `/utlysningar/ny`.
pub async fn ny(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&blanketten(&a, &bok, None, &[]))
}

/// GET `/utlysningar/{utlysning}/andra`.
pub async fn andra(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let poster = bok.poster();
    let fore = vald(&a, &poster)?;
    Svar::sida(&blanketten(&a, &bok, Some(fore), &[]))
}

/// POST `/utlysningar/ny`.
pub async fn skriv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    utfor(&a, &bok, None).await
}

/// POST `/utlysningar/{utlysning}/andra`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let poster = bok.poster();
    let fore = vald(&a, &poster)?;
    utfor(&a, &bok, Some(fore)).await
}

async fn utfor(a: &Inloggat, bok: &Bok, fore: Fore<'_>) -> Resultat {
    let mut olasligt = Brister::default();
    let f = &a.formular;
    let lage = Utlysningslage::av_kod(f.text("lage")).ok_or_else(|| {
        let fel = "Det saknas var utlysningen är.";
        Problem::ogiltigt("utlysning-lage", fel, "Välj i listan.").i_falt("lage")
    });
    let finansiar = bok
        .organisationer
        .iter()
        .find(|o| o.slug == f.text("finansiar"));
    let fall = RegistreraUtlysning {
        fore: fore.map(|(p, _)| (p.post.sak, f.tal("version").unwrap_or(0))),
        finansiar: finansiar.map(|o| o.id),
        utlysning: Utlysning {
            namn: f.lang("namn"),
            lage: olasligt.prova(lage).unwrap_or(Utlysningslage::BeskedSaknas),
            besked: olasligt.prova(dag(a, "besked")).flatten(),
            soks_senast: olasligt.prova(dag(a, "soks-senast")).flatten(),
        },
        orsak: f.lang("orsak"),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(sak) => Ok(Svar::vidare(adress::utlysning(&sak.to_string()))),
        Err(fel) => Svar::formularfel(&blanketten(a, bok, fore, &fel)),
    }
}

fn blanketten(a: &Inloggat, bok: &Bok, fore: Fore<'_>, fel: &[Problem]) -> Registrering {
    let (rubrik, mal, avbryt) = match fore {
        None => (
            "Skriv in en utlysning".to_owned(),
            adress::ny_utlysning(),
            adress::utlysningar(),
        ),
        Some((p, u)) => {
            let sak = p.post.sak.to_string();
            (
                format!("Ändra {}", u.namn),
                adress::andra_utlysning(&sak),
                adress::utlysning(&sak),
            )
        }
    };
    let delar = vec![
        Faltdel::ny("", falten(a, bok, fore)),
        Faltdel::ny("Källa", vec![orsaksfalt(a)]),
    ];
    let mut sida = Blankett {
        rubrik,
        ingress: "En finansiärs inbjudan att söka, också när ingen vet om den kommer.",
        under: vec![
            Lank::ny("Medel", adress::medel()),
            Lank::ny("Utlysningar", adress::utlysningar()),
        ],
        mal,
        knapp: "Spara utlysningen",
        foljd: "Insatser kopplas till utlysningen på sin egen sida.",
        inte_sparat: "Utlysningen sparades inte",
        avbryt,
    }
    .sida(a, delar, fel);
    if let Some((p, _)) = fore {
        let version = match a.rutt.metod {
            Metod::Post => a.formular.tal("version").unwrap_or(0),
            Metod::Get => p.post.nr,
        };
        sida.formular = sida.formular.med_version(version);
    }
    sida
}

fn falten(a: &Inloggat, bok: &Bok, fore: Fore<'_>) -> Vec<Falt> {
    let u = fore.map(|(_, u)| u);
    let ifyllt = |f: Falt, nu: String| match a.rutt.metod {
        Metod::Post => f,
        Metod::Get => f.varde(nu),
    };
    let dag = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let lagen = Utlysningslage::ALLA.iter();
    let lagen = lagen.map(|l| (l.kod().to_owned(), stor_forst(l.text())));
    let parter = bok
        .organisationer
        .iter()
        .map(|o| (o.slug.clone(), o.namn_nu().to_owned()));
    let finansiar = fore
        .and_then(|(p, _)| bok.organisation(p.post.om.organisation?))
        .map(|o| o.slug.clone());
    vec![
        ifyllt(
            falt(a, "namn", "Vad heter utlysningen?", FaltSlag::Text),
            u.map(|u| u.namn.clone()).unwrap_or_default(),
        ),
        ifyllt(
            falt(a, "finansiar", "Finansiär", val("Inte känd", parter)).frivilligt(),
            finansiar.unwrap_or_default(),
        ),
        ifyllt(
            falt(a, "lage", "Hur är läget?", val("Välj", lagen)),
            u.map(|u| u.lage.kod().to_owned()).unwrap_or_default(),
        ),
        ifyllt(
            falt(a, "soks-senast", "Sista dag att söka", FaltSlag::Datum).frivilligt(),
            dag(u.and_then(|u| u.soks_senast)),
        ),
        ifyllt(
            falt(a, "besked", "När väntas besked?", FaltSlag::Datum).frivilligt(),
            dag(u.and_then(|u| u.besked)),
        ),
    ]
}
