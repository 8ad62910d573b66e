//! Proposals for a distribution, beside what is decided, and money added by a decision.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::beslut::till_bidrag;
use crate::felen::{med_fel, sammanfattning};
use crate::fordelning::jamforelsetabell;
use crate::las;
use crate::medelsfalt::{self, efter_avslut_vid_fel};
use crate::registrering::{Blankett, falt, tal, val};
use crate::siffror::Siffror;
use crate::svar::Svar;
use std::collections::BTreeSet;
use utfall_app::medel::{
    AndraFordelning, Andrad, BeslutaForslag, Beslutsval, Forstark, SkapaForslag, SkapaReserv,
    forslag, version, version_av,
};
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::{Enhet, FORSTARKNING, FaktumSlag};
use utfall_domain::id::{FaktumId, InsatsId};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::svensk::slug;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Faltdel, Formulardel, Registrering, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// GET `/medel/{bidrag}/forslag`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    Svar::sida(&sida(&a, &bok, b, &[]))
}

/// POST `/medel/{bidrag}/forslag`: a new proposal.
pub async fn skapa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let fall = SkapaForslag {
        bidrag: b.id,
        fran: Some(a.formular.lang("fran")).filter(|f| !f.is_empty()),
        orsak: a.formular.lang("orsak"),
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(namn) => Ok(Svar::vidare(adress::ett_forslag(&b.slug, &slug(&namn)))),
        Err(fel) => Svar::formularfel(&sida(&a, &bok, b, &fel)),
    }
}

fn sida(a: &Inloggat, bok: &Bok, b: &Bidrag, fel: &[Problem]) -> Tabellsida {
    let s = Siffror::ny(bok);
    let alla = forslag(bok, b.id);
    let mut delar: Vec<Tabelldel> = jamforelsetabell(&s, b)
        .map(|tabell| Tabelldel {
            id: "jamfor".into(),
            rubrik: "Förslag bredvid det som gäller".into(),
            text: Text::default(),
            tabell,
        })
        .into_iter()
        .collect();
    delar.extend(forstarkningar(&s, b));
    let mut formular = Vec::new();
    if a.far(Atgard::AndraFordelning) {
        formular.push(nytt(a, b, &alla, fel));
    }
    if a.far(Atgard::SkapaInsats) {
        formular.push(ny_buffert(a, b, fel));
    }
    let mut ram = a.ram();
    let falten = formular.iter().flat_map(|f| &f.falt);
    ram.fel = sammanfattning("Inget sparades", falten, fel);
    let mut ingress = match alla.len() {
        0 => {
            Text::from("Det finns inget förslag. Ett förslag ändrar inget förrän det är beslutat.")
        }
        _ => Text::from("Öppna för att ändra eller besluta: "),
    };
    for (nr, namn) in alla.iter().enumerate() {
        let till = adress::ett_forslag(&b.slug, &slug(namn));
        let efter = if nr.saturating_add(1) == alla.len() {
            "."
        } else {
            ", "
        };
        ingress = ingress.lank(Lank::ny(namn.clone(), till)).ord(efter);
    }
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(format!("Förslag, {}", b.namn), ingress).under(under(bok, b)),
        delar,
        formular,
        ..Tabellsida::default()
    }
}

fn under(bok: &Bok, b: &Bidrag) -> Vec<Lank> {
    let mut ut = till_bidrag(bok, b.id);
    ut.push(Lank::ny("Fördelning", adress::fordelning(&b.slug)));
    ut
}

fn nytt(a: &Inloggat, b: &Bidrag, alla: &BTreeSet<String>, fel: &[Problem]) -> Formulardel {
    let fran = alla.iter().map(|f| (f.clone(), f.clone()));
    let falten = vec![
        falt(
            a,
            "fran",
            "Gör det av",
            val("Den gällande fördelningen", fran),
        )
        .frivilligt(),
        falt(a, "orsak", "Varför görs förslaget?", FaltSlag::Text)
            .hjalp("Till exempel inför styrelsens möte i mars."),
    ];
    let falten = falten.into_iter().map(|f| med_fel(f, fel)).collect();
    Formulardel::ny(
        a.ett_formular(adress::forslag(&b.slug)),
        falten,
        "Skapa ett förslag",
    )
    .under("nytt", "Nytt förslag", Text::default())
}

fn ny_buffert(a: &Inloggat, b: &Bidrag, fel: &[Problem]) -> Formulardel {
    let namn = falt(a, "namn", "Buffertens namn", FaltSlag::Text)
        .hjalp("Till exempel Buffert eller Styrelsens reserv.");
    Formulardel::ny(
        a.ett_formular(adress::buffert(&b.slug)),
        vec![med_fel(namn, fel)],
        "Lägg till bufferten",
    )
    .under(
        "buffert",
        "Lägg till en buffert",
        "En rad som ingen insats har fått än. Senare beslut flyttar pengar från den.",
    )
    .andra()
}

/// POST `/medel/{bidrag}/buffert`.
pub async fn skapa_buffert(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let fall = SkapaReserv {
        bidrag: b.id,
        namn: a.formular.lang("namn"),
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(_) => Ok(Svar::vidare(adress::fordelning(&b.slug))),
        Err(fel) => Svar::formularfel(&sida(&a, &bok, b, &fel)),
    }
}

/// What initiatives have got beyond what they had, with each decision.
fn forstarkningar(s: &Siffror<'_>, b: &Bidrag) -> Option<Tabelldel> {
    let alla: Vec<_> = s
        .fakta()
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().bidrag == Some(b.id))
        .filter(|f| f.galler().kategori.as_deref() == Some(FORSTARKNING))
        .filter(|f| f.galler().version.is_none())
        .collect();
    if alla.is_empty() {
        return None;
    }
    let rader = alla.iter().map(|f| {
        let g = f.galler();
        let namn = g
            .insats
            .and_then(|id| s.bok.insats(id))
            .map_or("", |i| &i.namn);
        let ar = g.ar.unwrap_or(0);
        let mut urval = Urval::bidrag(b.id).ar(ar);
        urval.insats = g.insats;
        let efter = s.kant(Matt::FordelatNytt, &urval).unwrap_or(0);
        let tillagt = f.varde().kant().unwrap_or(0);
        let fore = Ore(efter.saturating_sub(tillagt));
        let beslut = f
            .fakta
            .beslut
            .and_then(|id| s.bok.beslut.iter().find(|x| x.id == id));
        let beslut = beslut.map_or_else(String::new, utfall_domain::medel::Beslut::med_datum);
        Rad::ny(vec![
            Cell::rubrik(format!("{namn}, {ar}")),
            Cell::Kort(fore.to_string(), true),
            Cell::Kort(format!("+{}", Ore(tillagt)), true),
            s.tal(Matt::FordelatNytt, &urval).into(),
            Cell::Text(Text::from(format!(
                "{beslut}. {}",
                f.fakta.orsak.clone().unwrap_or_default()
            ))),
        ])
    });
    let kolumner = vec![
        Kolumn::ord("Insats och år"),
        Kolumn::kr("Övrigt"),
        Kolumn::kr("Förstärkning"),
        Kolumn::kr("Tillsammans"),
        Kolumn::ord("Beslut och källa"),
    ];
    Some(Tabelldel {
        id: "forstarkningar".into(),
        rubrik: "Förstärkningar under året".into(),
        text: Text::default(),
        tabell: Tabell::ny("forstarkningar-t", "Kronor", kolumner, rader.collect()).klass("bredd"),
    })
}

/// The proposal that an address names.
fn valt(bok: &Bok, b: &Bidrag, del: &str) -> Result<String, Problem> {
    forslag(bok, b.id)
        .into_iter()
        .find(|namn| slug(namn) == del)
        .ok_or_else(Problem::finns_inte)
}

/// GET `/medel/{bidrag}/forslag/{forslag}`.
pub async fn ett(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let namn = valt(&bok, b, a.stig.text("forslag"))?;
    Svar::sida(&redigera(&a, &bok, (b, &namn), &[]))
}

/// POST `/medel/{bidrag}/forslag/{forslag}`: other amounts.
pub async fn andra(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let namn = valt(&bok, b, a.stig.text("forslag"))?;
    let mut olasligt = Brister::default();
    let fall = AndraFordelning {
        bidrag: b.id,
        sedd: a.formular.tal("version").and_then(FaktumId::ny),
        celler: celler(&a, &bok, b, &mut olasligt),
        version: Some(namn.clone()),
        beslut: Beslutsval::Saknas,
        orsak: a.formular.lang("orsak"),
        efter_avslut: false,
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(adress::forslag(&b.slug).vid("jamfor"))),
        Err(fel) => Svar::formularfel(&redigera(&a, &bok, (b, &namn), &fel)),
    }
}

fn cellnamn(i: InsatsId, ar: i16) -> String {
    format!("b-{i}-{ar}")
}

/// Initiatives of the distribution or a proposal, and those that the grant pays.
fn rader<'a>(bok: &'a Bok, b: &Bidrag) -> Vec<&'a Insats> {
    let med: BTreeSet<InsatsId> = bok
        .fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().bidrag == Some(b.id))
        .filter_map(|f| f.galler().insats)
        .collect();
    bok.insatser
        .iter()
        .filter(|i| med.contains(&i.id) || i.bidrag == Some(b.id))
        .collect()
}

fn celler(a: &Inloggat, bok: &Bok, b: &Bidrag, fel: &mut Brister) -> Vec<Andrad> {
    let mut ut = Vec::new();
    for i in rader(bok, b) {
        for ar in &b.ar {
            let namn = cellnamn(i.id, *ar);
            let Some(skrivet) = a.formular.som_sant(&namn).map(str::trim) else {
                continue;
            };
            let belopp = if skrivet.is_empty() {
                None
            } else {
                let last = tal::varde(skrivet, "tal", (Enhet::Ore, "kr"), &namn);
                let Some((varde, precision)) = fel.prova(last) else {
                    continue;
                };
                varde.kant().map(|ore| Belopp {
                    precision,
                    ..Belopp::exakt(Ore(ore))
                })
            };
            ut.push(Andrad {
                insats: i.id,
                ar: *ar,
                belopp,
            });
        }
    }
    ut
}

/// A page's two forms: other amounts, and the decision.
fn redigera(a: &Inloggat, bok: &Bok, (b, namn): (&Bidrag, &str), fel: &[Problem]) -> Tabellsida {
    let beslutar = a.rutt.monster.ends_with("/besluta");
    let (felen, beslutsfelen) = if beslutar {
        (&[][..], fel)
    } else {
        (fel, &[][..])
    };
    let formular = vec![
        beloppsformular(a, bok, (b, namn), (beslutar, felen)),
        beslutsformular(a, bok, (b, namn), (beslutar, beslutsfelen)),
    ];
    let mut ram = a.ram();
    let falten = formular.iter().flat_map(|f| &f.falt);
    ram.fel = sammanfattning("Förslaget sparades inte", falten, fel);
    let mut overst = under(bok, b);
    overst.push(Lank::ny("Förslag", adress::forslag(&b.slug)));
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            format!("{}, {}", crate::ram::stor_forst(namn), b.namn),
            "Ändra fritt och jämför. Inget gäller förrän det är beslutat.",
        )
        .under(overst),
        delar: jamforelsetabell(&Siffror::ny(bok), b)
            .map(|tabell| Tabelldel {
                id: "jamfor".into(),
                rubrik: "Bredvid det som gäller".into(),
                text: Text::default(),
                tabell,
            })
            .into_iter()
            .collect(),
        formular,
        ..Tabellsida::default()
    }
}

fn skalet(a: &Inloggat, id: &str, ifyllt: bool) -> Falt {
    let mut f = falt(a, "orsak", "Varför?", FaltSlag::Text).med_id(id);
    if !ifyllt {
        f.varde.clear();
    }
    f
}

fn beloppsformular(
    a: &Inloggat,
    bok: &Bok,
    (b, namn): (&Bidrag, &str),
    (beslutar, fel): (bool, &[Problem]),
) -> Formulardel {
    let s = Siffror::ny(bok);
    let skickat = a.formular.som_sant("orsak").is_some() && !beslutar;
    let mut falten = Vec::new();
    for i in rader(bok, b) {
        for ar in &b.ar {
            let mut urval = Urval::bidrag(b.id).for_insats(i.id).ar(*ar);
            urval.version = Some(namn.to_owned());
            let nu = s.kant(Matt::FordelatNytt, &urval);
            let etikett = format!("{}, {ar}", i.namn);
            let mut f = falt(a, &cellnamn(i.id, *ar), &etikett, FaltSlag::Tal).frivilligt();
            if !skickat {
                f.varde = nu.map(|ore| Ore(ore).to_string()).unwrap_or_default();
            }
            falten.push(f);
        }
    }
    falten.push(skalet(a, "orsak", !beslutar));
    let version = version_av(bok, b.id, Some(namn)).map_or(0, FaktumId::nummer);
    let till = a.ett_formular(adress::ett_forslag(&b.slug, &slug(namn)));
    Formulardel::ny(
        till.med_version(version),
        med_felen(falten, fel),
        "Spara förslaget",
    )
    .under(
        "belopp",
        "Belopp i förslaget",
        "Kronor. Ett tomt fält är inget belopp. Det som gäller ändras inte.",
    )
}

fn beslutsformular(
    a: &Inloggat,
    bok: &Bok,
    (b, namn): (&Bidrag, &str),
    (beslutar, fel): (bool, &[Problem]),
) -> Formulardel {
    let mut falten = medelsfalt::beslut(a, bok, Some(b.id), None);
    falten.push(skalet(a, "orsak-beslut", beslutar));
    falten.extend(efter_avslut_vid_fel(a, fel));
    let version = version_av(bok, b.id, Some(namn)).map_or(0, FaktumId::nummer);
    let gallande = version_av(bok, b.id, None).map_or(0, FaktumId::nummer);
    let till = a.ett_formular(adress::besluta_forslag(&b.slug, &slug(namn)));
    Formulardel::ny(
        till.med_version(version)
            .med_dolt("gallande", gallande.to_string()),
        med_felen(falten, fel),
        "Besluta förslaget",
    )
    .under(
        "besluta",
        "Gör förslaget till det som gäller",
        "Förslaget ersätter fördelningen för de år det har belopp. Beslutet står bakom varje \
         belopp som ändras.",
    )
    .andra()
}

fn med_felen(falten: Vec<Falt>, fel: &[Problem]) -> Vec<Falt> {
    falten.into_iter().map(|f| med_fel(f, fel)).collect()
}

/// POST `/medel/{bidrag}/forslag/{forslag}/besluta`.
pub async fn besluta(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let namn = valt(&bok, b, a.stig.text("forslag"))?;
    let mut olasligt = Brister::default();
    let fall = BeslutaForslag {
        bidrag: b.id,
        forslag: namn.clone(),
        sedd: a.formular.tal("gallande").and_then(FaktumId::ny),
        sett_forslag: a.formular.tal("version").and_then(FaktumId::ny),
        beslut: medelsfalt::valt_beslut(&a, &mut olasligt),
        orsak: a.formular.lang("orsak"),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => {
            let senast = version(&a.bok().await?, b.id).map_or(0, FaktumId::nummer);
            let till = adress::fordelning(&b.slug);
            Ok(Svar::vidare(till.fraga("sparat", &senast.to_string())))
        }
        Err(fel) => Svar::formularfel(&redigera(&a, &bok, (b, &namn), &fel)),
    }
}

/// GET `/medel/{bidrag}/forstark`.
pub async fn forstark(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    Svar::sida(&forstarkning(&a, &bok, b, &[]))
}

/// POST `/medel/{bidrag}/forstark`.
pub async fn spara_forstarkning(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let mut olasligt = Brister::default();
    let insats = |namn: &str| {
        let slug = a.formular.text(namn);
        bok.insatser.iter().find(|i| i.slug == slug).map(|i| i.id)
    };
    let vald = insats("insats").ok_or_else(|| {
        Problem::ogiltigt(
            "insats-saknas",
            "Det saknas vilken insats som förstärks.",
            "Välj insatsen i listan.",
        )
        .i_falt("insats")
    });
    let ar = olasligt.prova(crate::registrering::ar(&a, "ar")).flatten();
    let fall = Forstark {
        bidrag: b.id,
        insats: olasligt.prova(vald).unwrap_or(InsatsId::FORSTA),
        ar: ar.unwrap_or(0),
        belopp: olasligt
            .prova(medelsfalt::belopp(&a, "belopp"))
            .map_or(1, |(ore, _)| ore),
        ur: insats("ur"),
        sedd: a.formular.tal("version").and_then(FaktumId::ny),
        beslut: medelsfalt::valt_beslut(&a, &mut olasligt),
        orsak: a.formular.lang("orsak"),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(adress::forslag(&b.slug).vid("forstarkningar"))),
        Err(fel) => Svar::formularfel(&forstarkning(&a, &bok, b, &fel)),
    }
}

fn forstarkning(a: &Inloggat, bok: &Bok, b: &Bidrag, fel: &[Problem]) -> Registrering {
    let alla = rader(bok, b);
    let som_val = |reserv: bool| {
        alla.iter()
            .filter(|i| i.reserv == reserv)
            .map(|i| (i.slug.clone(), i.namn.clone()))
            .collect::<Vec<_>>()
    };
    let aren = b.ar.iter().map(|ar| (ar.to_string(), ar.to_string()));
    let mut sist = medelsfalt::beslut(a, bok, Some(b.id), None);
    sist.push(
        falt(a, "orsak", "Varför?", FaltSlag::Text).hjalp("Syns vid beloppet, för alla som läser."),
    );
    sist.extend(efter_avslut_vid_fel(a, fel));
    let version = version(bok, b.id).map_or(0, FaktumId::nummer);
    let mut sida = Blankett {
        rubrik: "Förstärk en insats".to_owned(),
        ingress: "Pengarna läggs till det insatsen redan har, med ett eget beslut. Systemet \
                  prövar att de finns.",
        under: under(bok, b),
        mal: adress::forstark(&b.slug),
        knapp: "Spara förstärkningen",
        foljd: "Det insatsen hade står kvar, och förstärkningen visas för sig.",
        inte_sparat: "Förstärkningen sparades inte",
        avbryt: adress::fordelning(&b.slug),
    }
    .sida(
        a,
        vec![
            Faltdel::ny(
                "",
                vec![
                    falt(
                        a,
                        "insats",
                        "Vem får pengarna?",
                        val("Välj", som_val(false)),
                    ),
                    falt(a, "ar", "År", val("Välj", aren)),
                    falt(a, "belopp", "Hur mycket läggs till, kronor", FaltSlag::Tal),
                    falt(
                        a,
                        "ur",
                        "Varifrån tas pengarna?",
                        val("Det som är kvar att fördela", som_val(true)),
                    )
                    .frivilligt(),
                ],
            ),
            Faltdel::ny("Beslut", sist),
        ],
        fel,
    );
    sida.formular = sida.formular.med_version(version);
    sida
}
