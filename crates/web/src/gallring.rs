//! Gallring: what is due, what somebody has prepared and another is to confirm, and what has gone.
//! Nobody is seen here: initiatives, years and numbers.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::rapporter;
use crate::registrering::falt;
use crate::siffror::{antal, kort_dag};
use crate::svar::Svar;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};
use utfall_app::Brister;
use utfall_app::deltagare::{
    AterkallaGallring, ForberedGallring, Gallringslage, LaggGallringsregel,
};
use utfall_behorighet::Atgard;
use utfall_domain::deltagare::gallring::{
    Forfallet, Forslagslage, Gallringsbeslut, Gallringsforslag, Gallringsslag, Protokoll,
    forfallna, gallande,
};
use utfall_domain::id::{AnvandareId, GallringsforslagId, GallringsprotokollId, InsatsId};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lage, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use utfall_vyer::tal::{TalVy, heltal};

const SLAG: Gallringsslag = Gallringsslag::Deltagaruppgifter;

/// GET `/gallring`.
pub async fn visa(a: Inloggat) -> Resultat {
    let lage = a.webb.tjanst.gallringen(&a.session.aktor).await?;
    Svar::sida(&sida(&a, &lage, &[]))
}

fn over() -> Vec<Lank> {
    vec![Lank::ny("Gallring", adress::gallring())]
}

/// What is due today, by the rule that holds.
fn att_gallra(lage: &Gallringslage, idag: Date) -> Vec<Forfallet> {
    let regel = gallande(&lage.regler, SLAG, idag);
    regel.map_or_else(Vec::new, |regel| forfallna(&lage.underlag, regel, idag))
}

fn sida(a: &Inloggat, lage: &Gallringslage, fel: &[Problem]) -> Tabellsida {
    let idag = tid::dag(a.nu);
    let alla = att_gallra(lage, idag);
    let mut formular = Vec::new();
    if a.far(Atgard::ForberedaGallring) {
        if !alla.is_empty() {
            formular.push(forbered_formular(a, alla.len()));
        }
        formular.push(regelformular(a, fel));
    }
    let mut ram = a.ram();
    let falten: Vec<&Falt> = formular.iter().flat_map(|d| &d.falt).collect();
    ram.fel = sammanfattning("Det sparades inte", falten, fel);
    let mut delar = vec![forfallet(lage, &alla), forslagen(lage)];
    if !lage.protokoll.is_empty() {
        delar.push(protokollen(lage));
    }
    delar.push(reglerna(lage, idag));
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Gallring",
            "Det som sparas om deltagare tas bort när ett beslut säger det: en förbereder, och \
             en annan bekräftar. Här syns inga personer, bara insatser, år och antal.",
        ),
        besked: besked(a, lage, idag),
        delar,
        formular,
        ..Tabellsida::default()
    }
}

fn besked(a: &Inloggat, lage: &Gallringslage, idag: Date) -> Vec<Besked> {
    let mut ut = Vec::new();
    let gjort = match a.fraga.text("gjort") {
        "regel" => Some(("regeln är inlagd", "Den gäller från sin första dag.")),
        "aterkallat" => Some(("förslaget är återkallat", "Inget är gallrat.")),
        _ => None,
    };
    if let Some((rubrik, text)) = gjort {
        ut.push(Besked::ny(Allvar::Upplysning, rubrik, text));
    }
    if gallande(&lage.regler, SLAG, idag).is_none() {
        // Arkivlagen 10 §: what no decision lets go is kept.
        ut.push(Besked::ny(
            Allvar::Upplysning,
            "ingen regel gäller i dag",
            "Utan ett gallringsbeslut sparas allt. Lägg in regeln med beslutet den vilar på.",
        ));
    }
    ut
}

fn insatsnamn(lage: &Gallringslage, id: InsatsId) -> String {
    let insats = lage.insatser.iter().find(|i| i.id == id);
    insats.map_or_else(String::new, |i| i.namn.clone())
}

fn kontonamn(lage: &Gallringslage, id: AnvandareId) -> String {
    let konto = lage.konton.iter().find(|k| k.id == id);
    konto.map_or_else(String::new, |k| k.visningsnamn.clone())
}

fn antalcell(n: usize) -> Cell {
    TalVy::utan_lank(heltal(i64::try_from(n).unwrap_or(i64::MAX))).into()
}

/// How many, by initiative and the year it ended.
fn raknade(lage: &Gallringslage, alla: &[Forfallet]) -> Vec<Rad> {
    let mut per: BTreeMap<(String, i16), usize> = BTreeMap::new();
    for f in alla {
        let plats = per
            .entry((insatsnamn(lage, f.insats), f.slutade))
            .or_default();
        *plats = plats.saturating_add(1);
    }
    let mut rader: Vec<Rad> = per
        .into_iter()
        .map(|((insats, ar), n)| {
            Rad::ny(vec![
                Cell::rubrik(insats),
                ar.to_string().as_str().into(),
                antalcell(n),
            ])
        })
        .collect();
    if rader.len() > 1 {
        let celler = vec![Cell::rubrik("Alla"), "".into(), antalcell(alla.len())];
        rader.push(Rad::av(RadSlag::Summa, celler));
    }
    rader
}

fn rakningstabell(id: &str, rader: Vec<Rad>, tomt: &str) -> Tabell {
    let kolumner = vec![
        Kolumn::ord("Insats"),
        Kolumn::ord("Slutade"),
        Kolumn::tal("Deltaganden"),
    ];
    Tabell::ny(id, "Antal deltaganden", kolumner, rader).tomt(tomt)
}

fn forfallet(lage: &Gallringslage, alla: &[Forfallet]) -> Tabelldel {
    Tabelldel {
        id: "forfallet".into(),
        rubrik: "Ska gallras".into(),
        text: "Det som regeln säger, och som redan är räknat i siffrorna för ett slutat kvartal. \
               Siffrorna står kvar när personerna är borta."
            .into(),
        tabell: rakningstabell(
            "forfallet-t",
            raknade(lage, alla),
            "Inget ska gallras i dag.",
        ),
    }
}

fn laget(f: &Gallringsforslag) -> Lage {
    match f.lage {
        Forslagslage::Forberett => Lage::ny("Väntar på en annan", LageSlag::Pagar),
        Forslagslage::Aterkallat => Lage::ny("Återkallat", LageSlag::Lugn),
        Forslagslage::Verkstallt(_) => Lage::ny("Verkställt", LageSlag::Lugn),
    }
}

fn forslagen(lage: &Gallringslage) -> Tabelldel {
    let rad = |f: &Gallringsforslag| {
        let id = f.id.to_string();
        let till = adress::gallringsforslag(&id);
        Rad::ny(vec![
            Cell::rubriklank(format!("Förslag {id}"), till, None),
            Cell::Kort(kort_dag(f.dag), false),
            kontonamn(lage, f.av).into(),
            antalcell(f.rader.len()),
            Cell::Lage(laget(f)),
        ])
    };
    let kolumner = vec![
        Kolumn::ord("Förslag"),
        Kolumn::ord("Förberett"),
        Kolumn::ord("Av"),
        Kolumn::tal("Deltaganden"),
        Kolumn::ord("Läge"),
    ];
    let rader = lage.forslag.iter().rev().map(rad).collect();
    Tabelldel {
        id: "forslagen".into(),
        rubrik: "Förslag".into(),
        text: Text::default(),
        tabell: Tabell::ny("forslagen-t", "Det senaste först", kolumner, rader)
            .tomt("Ingen har förberett en gallring."),
    }
}

fn protokollen(lage: &Gallringslage) -> Tabelldel {
    let rad = |p: &Protokoll| {
        let id = p.id.to_string();
        Rad::ny(vec![
            Cell::rubriklank(
                format!("Protokoll {id}"),
                adress::gallringsprotokoll(&id),
                None,
            ),
            Cell::Kort(kort_dag(tid::dag(p.innehall.bekraftat)), false),
            TalVy::utan_lank(heltal(p.innehall.summa())).into(),
        ])
    };
    let kolumner = vec![
        Kolumn::ord("Protokoll"),
        Kolumn::ord("Gallrat"),
        Kolumn::tal("Deltaganden"),
    ];
    let rader = lage.protokoll.iter().rev().map(rad).collect();
    Tabelldel {
        id: "protokollen".into(),
        rubrik: "Protokoll".into(),
        text: Text::default(),
        tabell: Tabell::ny("protokollen-t", "Det senaste först", kolumner, rader),
    }
}

fn reglerna(lage: &Gallringslage, idag: Date) -> Tabelldel {
    let galler = gallande(&lage.regler, SLAG, idag).map(|r| r.id);
    let rader = lage.regler.iter().rev().map(|r| {
        let slut = r.till.map_or_else(String::new, kort_dag);
        let nu = if galler == Some(r.id) {
            Lage::ny("Gäller", LageSlag::Pagar)
        } else if idag < r.fran {
            Lage::ny("Kommande", LageSlag::Lugn)
        } else {
            Lage::ny("Gäller inte", LageSlag::Lugn)
        };
        Rad::ny(vec![
            Cell::rubrik(format!("{} månader", r.manader)),
            format!("{}, {}", r.beslut.beteckning, kort_dag(r.beslut.dag)).into(),
            Cell::Kort(format!("{}–{slut}", kort_dag(r.fran)), false),
            Cell::Lage(nu),
        ])
    });
    let kolumner = ["Efter den sista uppgiften", "Beslut", "Dagar", "Läge"].map(Kolumn::ord);
    Tabelldel {
        id: "regler".into(),
        rubrik: "Regler".into(),
        text: "Den regel som började gälla sist är den som gäller.".into(),
        tabell: Tabell::ny(
            "regler-t",
            "Den senast inlagda först",
            kolumner.to_vec(),
            rader.collect(),
        )
        .tomt("Ingen regel är inlagd."),
    }
}

fn forbered_formular(a: &Inloggat, hur_manga: usize) -> Formulardel {
    let text = antal(hur_manga, "", "Ett deltagande", "deltaganden");
    Formulardel::ny(
        a.ett_formular(adress::forbered_gallring()),
        Vec::new(),
        "Förbered gallringen",
    )
    .under(
        "forbered",
        "Förbered",
        format!("{text} i tabellen överst. Inget tas bort förrän en annan har bekräftat."),
    )
}

fn regelformular(a: &Inloggat, fel: &[Problem]) -> Formulardel {
    let falten = vec![
        falt(
            a,
            "manader",
            "Månader efter den sista uppgiften",
            FaltSlag::Tal,
        )
        .hjalp("Uppföljningar som återstår räknas som uppgifter."),
        falt(a, "beteckning", "Beslutets beteckning", FaltSlag::Text)
            .hjalp("Till exempel 2026/14 § 7."),
        falt(a, "beslutad", "Beslutet fattades den", FaltSlag::Datum),
        falt(a, "fran", "Gäller från och med", FaltSlag::Datum),
        falt(a, "till", "Gäller till och med", FaltSlag::Datum).frivilligt(),
    ];
    let falten = falten.into_iter().map(|f| med_fel(f, fel)).collect();
    Formulardel::ny(
        a.ett_formular(adress::gallringsregel()),
        falten,
        "Lägg in regeln",
    )
    .under(
        "ny-regel",
        "Lägg in en regel",
        "Den tar den förra regelns plats från sin första dag.",
    )
    .andra()
}

fn dagen(a: &Inloggat, fel: &mut Brister, namn: &str) -> Date {
    let last = a.formular.text(namn).parse::<Date>().map_err(|_| {
        let text = "Dagen går inte att läsa.";
        let atgard = "Skriv år, månad och dag, till exempel 2026-03-01.";
        Problem::ogiltigt("gallring-dag", text, atgard).i_falt(namn)
    });
    fel.prova(last).unwrap_or(Date::MIN)
}

/// POST `/gallring/regel`.
pub async fn lagg_regel(a: Inloggat) -> Resultat {
    let mut fel = Brister::default();
    let manader = a.formular.text("manader").parse::<u16>().map_err(|_| {
        let text = "Antalet månader går inte att läsa.";
        Problem::ogiltigt(
            "gallring-antal",
            text,
            "Skriv bara siffror, till exempel 24.",
        )
        .i_falt("manader")
    });
    let manader = fel.prova(manader).unwrap_or(0);
    let till = match a.formular.text("till") {
        "" => None,
        _ => Some(dagen(&a, &mut fel, "till")),
    };
    let fall = LaggGallringsregel {
        manader,
        beslut: Gallringsbeslut {
            dag: dagen(&a, &mut fel, "beslutad"),
            beteckning: a.formular.text("beteckning").to_owned(),
        },
        fran: dagen(&a, &mut fel, "fran"),
        till,
    };
    match a.utfor(fall, fel).await? {
        Ok(_) => Ok(Svar::vidare(adress::gallring().fraga("gjort", "regel"))),
        Err(fel) => {
            let lage = a.webb.tjanst.gallringen(&a.session.aktor).await?;
            Svar::formularfel(&sida(&a, &lage, &fel))
        }
    }
}

/// POST `/gallring/forbered`.
pub async fn forbered(a: Inloggat) -> Resultat {
    match a.utfor(ForberedGallring, Brister::default()).await? {
        Ok(id) => Ok(Svar::vidare(adress::gallringsforslag(&id.to_string()))),
        Err(fel) => {
            let lage = a.webb.tjanst.gallringen(&a.session.aktor).await?;
            Svar::formularfel(&sida(&a, &lage, &fel))
        }
    }
}

fn i_adressen(a: &Inloggat) -> Result<GallringsforslagId, Problem> {
    let nr = a.stig.tal("forslag").and_then(GallringsforslagId::ny);
    nr.ok_or_else(Problem::finns_inte)
}

/// GET `/gallring/forslag/{forslag}`.
pub async fn forslag(a: Inloggat) -> Resultat {
    let id = i_adressen(&a)?;
    let lage = a.webb.tjanst.gallringen(&a.session.aktor).await?;
    Svar::sida(&forslagssida(&a, &lage, id, &[])?)
}

fn forslagssida(
    a: &Inloggat,
    lage: &Gallringslage,
    id: GallringsforslagId,
    fel: &[Problem],
) -> Result<Tabellsida, Problem> {
    let forslag = lage.forslag.iter().find(|f| f.id == id);
    let forslag = forslag.ok_or_else(Problem::finns_inte)?;
    let nr = id.to_string();
    let (besked, formular) = att_gora(a, forslag, &nr);
    let mut ram = a.ram();
    ram.fel = sammanfattning("Det gick inte", Vec::new(), fel);
    Ok(Tabellsida {
        ram,
        huvud: Sidhuvud::ny(format!("Gallringsförslag {nr}"), laget(forslag).ord).under(over()),
        besked,
        fakta: forslagsfakta(lage, forslag),
        delar: vec![Tabelldel {
            id: "vad".into(),
            rubrik: "Det som gallras".into(),
            text: Text::default(),
            tabell: rakningstabell(
                "vad-t",
                forslagets(lage, forslag),
                "Inget av det finns kvar.",
            ),
        }],
        formular,
        ..Tabellsida::default()
    })
}

/// What the one who looks may do with a proposal: never confirm an own one.
fn att_gora(a: &Inloggat, forslag: &Gallringsforslag, nr: &str) -> (Vec<Besked>, Vec<Formulardel>) {
    if forslag.lage != Forslagslage::Forberett {
        return (Vec::new(), Vec::new());
    }
    let aterkalla = aterkalla_formular(a, nr);
    if a.session.aktor.anvandare() != Some(forslag.av) {
        return (Vec::new(), vec![bekrafta_formular(a, nr), aterkalla]);
    }
    let besked = Besked::ny(
        Allvar::Upplysning,
        "en annan ska bekräfta",
        "Du har förberett gallringen. Be en annan gallringsansvarig att pröva den.",
    );
    (vec![besked], vec![aterkalla])
}

fn forslagsfakta(lage: &Gallringslage, forslag: &Gallringsforslag) -> Vec<Fakta> {
    let av = kontonamn(lage, forslag.av);
    let mut fakta = vec![
        Fakta::ny("Förberett", format!("{} av {av}", kort_dag(forslag.dag))),
        Fakta::ny("Deltaganden", forslag.rader.len().to_string()),
    ];
    if let Forslagslage::Verkstallt(protokoll) = forslag.lage {
        let protokoll = protokoll.to_string();
        let lank = Lank::ny(
            format!("Protokoll {protokoll}"),
            adress::gallringsprotokoll(&protokoll),
        );
        fakta.push(Fakta::ny("Verkställt", Text::default().lank(lank)));
    }
    fakta
}

/// What of a proposal is there still, counted.
fn forslagets(lage: &Gallringslage, forslag: &Gallringsforslag) -> Vec<Rad> {
    let med: HashSet<_> = forslag.rader.iter().map(|r| r.deltagande).collect();
    let kvar: Vec<Forfallet> = lage
        .underlag
        .iter()
        .filter(|u| med.contains(&u.id))
        .map(|u| Forfallet {
            deltagande: u.id,
            insats: u.insats,
            borjade: u.deltagande.intrade.dag.year(),
            slutade: u.slutar(),
            forfoll: u.slutar(),
            rader: u.rader,
        })
        .collect();
    raknade(lage, &kvar)
}

fn bekrafta_formular(a: &Inloggat, nr: &str) -> Formulardel {
    Formulardel::ny(
        a.ett_formular(adress::bekrafta_gallring(nr)),
        Vec::new(),
        "Gallra nu",
    )
    .under(
        "bekrafta",
        "Bekräfta",
        "Uppgifterna om personerna försvinner för gott, också ur säkerhetskopiorna. Det går inte \
         att ångra.",
    )
}

fn aterkalla_formular(a: &Inloggat, nr: &str) -> Formulardel {
    Formulardel::ny(
        a.ett_formular(adress::aterkalla_gallring(nr)),
        Vec::new(),
        "Återkalla förslaget",
    )
    .under("aterkalla", "Återkalla", "Inget tas bort.")
    .andra()
}

/// POST `/gallring/forslag/{forslag}/bekrafta`.
pub async fn bekrafta(a: Inloggat) -> Resultat {
    let id = i_adressen(&a)?;
    let tjanst = &a.webb.tjanst;
    match tjanst.gallra(&a.session.aktor, id).await {
        Ok(protokoll) => Ok(Svar::vidare(adress::gallringsprotokoll(
            &protokoll.to_string(),
        ))),
        Err(fel) => nekad(&a, id, fel).await,
    }
}

/// POST `/gallring/forslag/{forslag}/aterkalla`.
pub async fn aterkalla(a: Inloggat) -> Resultat {
    let id = i_adressen(&a)?;
    let fall = AterkallaGallring { forslag: id };
    match a.utfor(fall, Brister::default()).await? {
        Ok(()) => Ok(Svar::vidare(
            adress::gallring().fraga("gjort", "aterkallat"),
        )),
        Err(fel) => match fel.into_iter().next() {
            Some(fel) => nekad(&a, id, fel).await,
            None => Err(Problem::finns_inte().into()),
        },
    }
}

/// What cannot be done, on the proposal's own page.
async fn nekad(a: &Inloggat, id: GallringsforslagId, fel: Problem) -> Resultat {
    if !matches!(
        fel.slag,
        ProblemSlag::Nekad | ProblemSlag::Konflikt | ProblemSlag::Ogiltigt
    ) {
        return Err(fel.into());
    }
    let lage = a.webb.tjanst.gallringen(&a.session.aktor).await?;
    Svar::formularfel(&forslagssida(a, &lage, id, &[fel])?)
}

fn protokollet(lage: &Gallringslage, a: &Inloggat) -> Result<Protokoll, Problem> {
    let nr = a.stig.tal("protokoll").and_then(GallringsprotokollId::ny);
    let funnet = lage.protokoll.iter().find(|p| Some(p.id) == nr);
    funnet.cloned().ok_or_else(Problem::finns_inte)
}

/// GET `/gallring/protokoll/{protokoll}`.
pub async fn protokoll(a: Inloggat) -> Resultat {
    let lage = a.webb.tjanst.gallringen(&a.session.aktor).await?;
    let p = protokollet(&lage, &a)?;
    let nr = p.id.to_string();
    let fakta = p.innehall.fakta();
    let fakta = fakta.into_iter().map(|(namn, text)| Fakta::ny(namn, text));
    let rader = p.innehall.antal.iter().map(|rad| {
        Rad::ny(vec![
            Cell::rubrik(rad.insats.clone()),
            rad.ar.to_string().as_str().into(),
            TalVy::utan_lank(heltal(rad.antal)).into(),
        ])
    });
    let mut fil = Text::from("Som fil: ");
    for (nr_i, (andelse, namn)) in rapporter::filnamn().enumerate() {
        if nr_i > 0 {
            fil = fil.ord(" · ");
        }
        let till = adress::gallringsprotokoll_fil(&nr, &format!("protokoll.{andelse}"));
        fil = fil.lank(Lank::ny(namn, till));
    }
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(format!("Gallringsprotokoll {nr}"), fil).under(over()),
        besked: if p.klart {
            Vec::new()
        } else {
            vec![Besked::ny(
                Allvar::Varning,
                "gallringen är inte klar",
                "Några nycklar är inte förstörda än. Det görs nästa gång programmet startar.",
            )]
        },
        fakta: fakta.collect(),
        delar: vec![Tabelldel {
            id: "vad".into(),
            rubrik: "Det som gallrades".into(),
            text: utfall_domain::deltagare::gallring::HUR.into(),
            tabell: rakningstabell("vad-t", rader.collect(), "Inget."),
        }],
        ..Tabellsida::default()
    };
    Svar::sida(&sida)
}

/// GET `/gallring/protokoll/{protokoll}/{fil}`.
pub async fn protokollfil(a: Inloggat) -> Resultat {
    let namn = a.stig.text("fil").to_owned();
    let (format, typ) = rapporter::typ(&namn).ok_or_else(Problem::finns_inte)?;
    let lage = a.webb.tjanst.gallringen(&a.session.aktor).await?;
    let p = protokollet(&lage, &a)?;
    let bytes = a.webb.tjanst.gallringsprotokoll(&p, format).await?;
    Ok(Svar::fil(typ, &format!("gallring-{}-{namn}", p.id), bytes))
}
