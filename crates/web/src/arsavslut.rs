//! Årsavslut: what is left of a grant's year, what is decided about it, and the list that is
//! done before the year is closed.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::beslut::till_bidrag;
use crate::delar::{aterbetalningsmatt, bidragsnamn};
use crate::felen::sammanfattning;
use crate::las;
use crate::medelsfalt::{self, belopp, dag};
use crate::registrering::ar;
use crate::siffror::{Siffror, antal, dag as i_ord, kort_dag};
use crate::svar::{Fel, Svar};
use crate::villkor::{grans_i_ord, las_grans};
use jiff::civil::Date;
use utfall_app::medel::{
    BeslutaAterbetalning, BetalaAterbetalning, DECEMBER, OppnaAr, Punkt, RegistreraMedgivande,
    checklista, poster,
};
use utfall_app::uppfoljning::avslutsmanad;
use utfall_app::{Anvandningsfall, Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::arsavslut::{sista, stangt};
use utfall_domain::medel::aterbetalning::{Aterbetalning, Lage, Medgivande, en};
use utfall_domain::medel::avrakning::hela_kronor;
use utfall_domain::medel::post::Innehall;
use utfall_domain::medel::villkor::{gallande, om_dagar};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::komponent::{self, Fakta, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};
use utfall_vyer::tal::TalVy;

mod formular;
mod rattelser;

use formular::{avslutsformular, formularen};
use rattelser::{rattelser, rattelsetabell, sena};

/// GET `/arsavslut`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let s = Siffror::ny(&bok);
    let i_dag = a.dag(&bok);
    let i_ar = i_dag.year();
    let alla = bok
        .bidrag
        .iter()
        .flat_map(|b| b.ar.iter().map(move |ar| (b, *ar)))
        .filter(|(b, ar)| *ar <= i_ar || s.kant(Matt::Tilldelat, &om_aret(b, *ar)).is_some());
    let rader: Vec<Rad> = alla.map(|(b, ar)| listrad(&s, b, ar, i_dag)).collect();
    let kolumner = vec![
        Kolumn::ord("Bidrag och år"),
        Kolumn::kr("Rekvirerat"),
        Kolumn::kr("Använt"),
        Kolumn::kr("Överfört ut"),
        Kolumn::kr("Blev över"),
        Kolumn::kr("Kvar att betala tillbaka"),
        Kolumn::ord("Läge"),
    ];
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Årsavslut",
            "Öppna ett år för att se vad som är kvar att göra, besluta om det som blev över och \
             avsluta året.",
        )
        .under(vec![Lank::ny("Medel", adress::medel())]),
        delar: vec![Tabelldel {
            id: "aren".into(),
            rubrik: "Bidragens år".into(),
            text: "Det som blev över är det som har rekvirerats eller förts hit, minus det som är \
                   använt och det som är fört till ett senare år."
                .into(),
            tabell: Tabell::ny("aren-t", "Kronor", kolumner, rader)
                .klass("bredd")
                .tomt("Inga bidrag är registrerade."),
        }],
        ..Tabellsida::default()
    };
    Svar::sida(&sida)
}

fn om_aret(b: &Bidrag, ar: i16) -> Urval {
    Urval::bidrag(b.id).ar(ar)
}

fn listrad(s: &Siffror<'_>, b: &Bidrag, ar: i16, i_dag: Date) -> Rad {
    let urval = om_aret(b, ar);
    let over = match aterbetalningsmatt(s, &urval, i_dag) {
        Matt::KvarAttAterbetala => Matt::AttAterbetala,
        matt => matt,
    };
    let lage = if stangt(&s.bok.medelsposter, b.id, ar) {
        komponent::Lage::ny("Avslutat", LageSlag::Lugn)
    } else {
        komponent::Lage::ny("Öppet", LageSlag::Pagar)
    };
    Rad::ny(vec![
        Cell::rubriklank(
            bidragsnamn(b, Some(ar)),
            adress::ett_arsavslut(&b.slug, &ar.to_string()),
            None,
        ),
        s.tal(Matt::Rekvirerat, &urval).into(),
        s.tal(Matt::Anvant, &urval).into(),
        s.tal(Matt::OverfortUt, &urval).into(),
        s.tal(over, &urval).into(),
        s.tal(Matt::KvarAttAterbetala, &urval).into(),
        Cell::Lage(lage),
    ])
}

/// The grant and the year that the address names.
fn valt<'a>(a: &Inloggat, bok: &'a Bok) -> Result<(&'a Bidrag, i16), Fel> {
    let b = las::bidrag(bok, a.stig.text("bidrag"))?;
    let ar = a.stig.text("ar").parse().ok();
    ar.filter(|ar| b.ar.contains(ar))
        .map(|ar| (b, ar))
        .ok_or_else(|| Fel::from(Problem::finns_inte()))
}

/// GET `/arsavslut/{bidrag}/{ar}`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let (b, ar) = valt(&a, &bok)?;
    Svar::sida(&sida(&a, &bok, (b, ar), &[]).await?)
}

async fn gor<F: Anvandningsfall>(a: &Inloggat, fall: F, olasligt: Brister) -> Resultat {
    let bok = a.bok().await?;
    let (b, ar) = valt(a, &bok)?;
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(adress::ett_arsavslut(
            &b.slug,
            &ar.to_string(),
        ))),
        Err(fel) => Svar::formularfel(&sida(a, &bok, (b, ar), &fel).await?),
    }
}

/// POST `/arsavslut/{bidrag}/{ar}/medgivande`.
pub async fn medgivande(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let (b, fran_ar) = valt(&a, &bok)?;
    let mut olasligt = Brister::default();
    let datum = olasligt.prova(dag(&a, "datum")).flatten();
    let fall = RegistreraMedgivande {
        bidrag: b.id,
        fran_ar,
        medgivande: Medgivande {
            av: a.formular.lang("av"),
            datum: datum.unwrap_or_else(|| tid::dag(a.nu)),
            till_ar: olasligt.prova(ar(&a, "till-ar")).flatten().unwrap_or(0),
            grans: olasligt
                .prova(las_grans(a.formular.text("grans")))
                .flatten(),
            villkor: Some(a.formular.lang("villkor")).filter(|v| !v.is_empty()),
        },
        orsak: a.formular.lang("orsak"),
    };
    gor(&a, fall, olasligt).await
}

/// POST `/arsavslut/{bidrag}/{ar}/aterbetalning`.
pub async fn besluta(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let (b, ar) = valt(&a, &bok)?;
    let mut olasligt = Brister::default();
    let fall = BeslutaAterbetalning {
        bidrag: b.id,
        ar,
        belopp: olasligt
            .prova(belopp(&a, "belopp"))
            .map_or(0, |(ore, _)| ore),
        forfaller: olasligt.prova(dag(&a, "forfaller")).flatten(),
        konto: a.formular.lang("konto"),
        beslut: medelsfalt::valt_beslut(&a, &mut olasligt),
        version: a.formular.tal("version").unwrap_or(0),
        orsak: a.formular.lang("orsak"),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    gor(&a, fall, olasligt).await
}

/// POST `/arsavslut/{bidrag}/{ar}/betala`.
pub async fn betala(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let (b, ar) = valt(&a, &bok)?;
    let r = en(&bok.medelsposter, b.id, ar).ok_or_else(Problem::finns_inte)?;
    let mut olasligt = Brister::default();
    let fall = BetalaAterbetalning {
        sak: r.id,
        version: a.formular.tal("version").unwrap_or(0),
        belopp: olasligt
            .prova(belopp(&a, "belopp"))
            .map_or(0, |(ore, _)| ore),
        dag: olasligt.prova(dag(&a, "dag")).flatten(),
    };
    gor(&a, fall, olasligt).await
}

/// POST `/arsavslut/{bidrag}/{ar}/avsluta`.
pub async fn stang(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let (b, ar) = valt(&a, &bok)?;
    let mut olasligt = Brister::default();
    let beslut = medelsfalt::valt_beslut(&a, &mut olasligt);
    let (tjanst, aktor) = (&a.webb.tjanst, &a.session.aktor);
    let mut fall = tjanst.infor_avslut(aktor, (b.id, ar), beslut).await?;
    fall.fardigbokfort = a.formular.lang("fardigbokfort");
    fall.beslutet_galler = a.formular.text("beslutet-galler") == "ja";
    gor(&a, fall, olasligt).await
}

/// POST `/arsavslut/{bidrag}/{ar}/oppna`.
pub async fn oppna(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let (b, ar) = valt(&a, &bok)?;
    let fall = OppnaAr {
        bidrag: b.id,
        ar,
        orsak: a.formular.lang("orsak"),
    };
    gor(&a, fall, Brister::default()).await
}

async fn sida(
    a: &Inloggat,
    bok: &Bok,
    (b, ar): (&Bidrag, i16),
    fel: &[Problem],
) -> Result<Tabellsida, Problem> {
    let (tjanst, aktor) = (&a.webb.tjanst, &a.session.aktor);
    let fynd = tjanst.vantande_fynd(aktor, bok, b.id).await?;
    let idag = tid::dag(a.nu);
    let punkter = checklista(bok, (b.id, ar), fynd, idag);
    let s = Siffror::ny(bok);
    let stangt = stangt(&bok.medelsposter, b.id, ar);
    let ater = en(&bok.medelsposter, b.id, ar);
    let mut formular = Vec::new();
    if a.far(Atgard::HanteraAterbetalning) {
        formular.extend(formularen(a, bok, (b, ar), (ater.as_ref(), fel)));
    }
    let fardigt = punkter.iter().all(|p| p.kod != DECEMBER || p.klar);
    formular.extend(avslutsformular(a, bok, (b, ar), (stangt, fardigt, fel)));
    let mut ram = a.ram();
    let falten = formular.iter().flat_map(|f| &f.falt);
    ram.fel = sammanfattning("Inget sparades", falten, fel);
    // The list is of what is decided. Money that is owed is owed when it is all ticked too.
    let obetalt = s.kant(Matt::KvarAttAterbetala, &om_aret(b, ar));
    let obetalt = obetalt.filter(|ore| *ore > 0);
    let ingress = ingress(&punkter, stangt, (obetalt, ater.as_ref()));
    let mut delar = vec![
        listan(bok, (b, ar), (&punkter, idag)),
        avrakning(&s, b, ar, idag),
    ];
    delar.extend(betalningar(ater.as_ref()));
    let sena = sena(bok, b.id, ar);
    delar.extend(rattelsetabell(bok, b.id, &sena));
    Ok(Tabellsida {
        ram,
        huvud: Sidhuvud::ny(format!("Årsavslut {ar}, {}", b.namn), ingress).under({
            let mut under = till_bidrag(bok, b.id);
            under.push(Lank::ny("Årsavslut", adress::arsavslut()));
            under
        }),
        besked: rattelser(&sena)
            .into_iter()
            .chain(utan_betalning(a, (b, ar), (ater.is_none(), obetalt)))
            .collect(),
        fakta: fakta(a, bok, (b, ar), ater.as_ref()),
        delar,
        formular,
        ..Tabellsida::default()
    })
}

/// Where the closing stands, and what is owed all the same.
fn ingress(
    punkter: &[Punkt],
    stangt: bool,
    (obetalt, ater): (Option<i64>, Option<&Aterbetalning>),
) -> String {
    let kvar = punkter.iter().filter(|p| !p.klar).count();
    let mut ut = match (stangt, kvar) {
        (true, _) => "Året är avslutat. Det som ändras nu är rättelser, och syns som det.".into(),
        (false, 0) => "Allt på listan är klart. Året kan avslutas.".to_owned(),
        (false, n) => format!("{} är kvar att göra.", antal(n, "", "En sak", "saker")),
    };
    if let Some(ore) = obetalt {
        let senast = ater.map_or_else(String::new, |r| {
            format!(", senast den {}", i_ord(r.forfaller))
        });
        ut.push_str(&format!(
            " {}\u{a0}kr är kvar att betala tillbaka{senast}.",
            Ore(ore)
        ));
    }
    ut
}

/// A repayment that a paper or a registered figure tells of has no payments of its own: they
/// are entered where the figure was.
fn utan_betalning(
    a: &Inloggat,
    (b, ar): (&Bidrag, i16),
    (lost, obetalt): (bool, Option<i64>),
) -> Option<komponent::Besked> {
    let ore = obetalt.filter(|_| lost)?;
    let mut text = Text::from(format!(
        "Det är registrerat att {}\u{a0}kr ska betalas tillbaka, men inte med ett beslut på den \
         här sidan.",
        Ore(ore)
    ));
    if a.far(Atgard::RegistreraFaktum) {
        let till = adress::registrera_om_bidrag(&b.slug)
            .fraga("slag", FaktumSlag::Aterbetalt.kod())
            .fraga("ar", &ar.to_string())
            .fraga("belopp", &Ore(ore).to_string());
        text = text
            .ord(" ")
            .lank(Lank::ny("Registrera betalningen som Återbetalt", till))
            .ord(".");
    }
    let rubrik = "betalningen registreras för sig";
    Some(komponent::Besked::ny(
        komponent::Allvar::Upplysning,
        rubrik,
        text,
    ))
}

fn fakta(
    a: &Inloggat,
    bok: &Bok,
    (b, ar): (&Bidrag, i16),
    ater: Option<&Aterbetalning>,
) -> Vec<Fakta> {
    let v = gallande(&bok.medelsposter, b, Some(ar));
    let mut far = crate::villkor::overforing_i_ord(&v);
    if let Some(pengar) = crate::villkor::arets_pengar(&Siffror::ny(bok), b, ar) {
        far = far.ord(" Årets pengar: ").tal(pengar).ord(".");
    }
    let mut ut = vec![Fakta::ny("Överföring", far)];
    for p in bok.poster() {
        let Innehall::Medgivande(m) = &p.post.innehall else {
            continue;
        };
        if (p.post.om.bidrag, p.post.om.ar) != (Some(b.id), Some(ar)) {
            continue;
        }
        let grans = m
            .grans
            .map_or_else(String::new, |g| format!(", {}", grans_i_ord(g)));
        let villkor = m
            .villkor
            .as_ref()
            .map_or_else(String::new, |v| format!(" Villkor: {v}"));
        let text = format!(
            "Till {} enligt {}, {}{grans}.{villkor}",
            m.till_ar,
            m.av,
            i_ord(m.datum)
        );
        ut.push(Fakta::ny("Medgivande", text));
    }
    ut.extend(
        ater.map(|r| om_aterbetalning(a, bok, r))
            .unwrap_or_default(),
    );
    if let Some(p) = sista(&bok.medelsposter, b.id, ar) {
        let vem = bok
            .anvandare
            .get(&p.registrerad_av)
            .cloned()
            .unwrap_or_default();
        let ord = if stangt(&bok.medelsposter, b.id, ar) {
            "Avslutat"
        } else {
            "Öppnat igen"
        };
        let skal = p.post.orsak.clone().unwrap_or_default();
        let nar = i_ord(tid::dag(p.registrerad));
        ut.push(Fakta::ny(
            ord,
            format!("{nar}, {vem}. {skal}").trim().to_owned(),
        ));
    }
    ut
}

/// The repayment: how much, when, on what account and by which decision.
fn om_aterbetalning(a: &Inloggat, bok: &Bok, r: &Aterbetalning) -> Vec<Fakta> {
    let mut ut = Vec::new();
    let idag = tid::dag(a.nu);
    let lage = match r.lage() {
        Lage::Betald => "betald".to_owned(),
        Lage::DelvisBetald => format!("{}\u{a0}kr är kvar att betala", Ore(r.kvar())),
        Lage::Beslutad => "inte betald".to_owned(),
    };
    let forfaller = format!("{}, {}", i_ord(r.forfaller), om_dagar(idag, r.forfaller));
    ut.push(Fakta::ny(
        "Återbetalning",
        format!("{}\u{a0}kr, {lage}", Ore(r.belopp)),
    ));
    ut.push(Fakta::ny("Betalas senast", forfaller));
    if let Some(beraknat) = r.beraknat {
        ut.push(Fakta::ny(
            "Räknat när det beslutades",
            format!("{}\u{a0}kr", Ore(beraknat)),
        ));
    }
    if let Some(konto) = &r.konto {
        ut.push(Fakta::ny("Bokförs på konto", konto.as_str()));
    }
    let beslut =
        r.om.beslut
            .and_then(|id| bok.beslut.iter().find(|x| x.id == id));
    ut.extend(beslut.map(|x| Fakta::ny("Beslut", x.med_datum())));
    ut
}

fn listan(bok: &Bok, (b, ar): (&Bidrag, i16), (punkter, idag): (&[Punkt], Date)) -> Tabelldel {
    let manad = avslutsmanad(bok, ar, idag).to_string();
    let rader = punkter.iter().map(|p| {
        let lage = if p.klar {
            komponent::Lage::ny("Klart", LageSlag::Lugn)
        } else {
            komponent::Lage::ny("Kvar att göra", LageSlag::Varning)
        };
        let mut hur = Text::from(format!("{} ", p.hur));
        for i in p.insatser.iter().filter_map(|id| bok.insats(*id)) {
            hur = hur
                .lank(Lank::ny(i.namn.clone(), adress::insats(&i.slug)))
                .ord(" ");
        }
        let till = match p.kod {
            "rekvisitioner" => adress::rekvisitioner(),
            "fynd" => adress::granskning(),
            "anvant" => adress::insatser(),
            "december" => adress::bokforing(),
            "kommentarer" => adress::uppfoljning()
                .fraga("ar", &ar.to_string())
                .fraga("manad", &manad),
            _ => adress::ett_arsavslut(&b.slug, &ar.to_string()).vid("avrakning"),
        };
        Rad::ny(vec![
            Cell::rubriklank(p.text, till, None),
            Cell::Text(hur),
            Cell::Lage(lage),
        ])
    });
    let kolumner = ["Vad", "Hur det är", "Läge"].map(Kolumn::ord).to_vec();
    Tabelldel {
        id: "listan".into(),
        rubrik: "Före avslutet".into(),
        text: Text::default(),
        tabell: Tabell::ny("listan-t", "Räknat nu", kolumner, rader.collect()).klass("bredd"),
    }
}

/// What the sum of the settlement is called: of a year that is over, or of one that runs.
const fn slutorden(slut: bool, racker_inte: bool) -> &'static str {
    match (slut, racker_inte) {
        (true, _) => "Att betala tillbaka: ",
        (false, true) => "Det rekvirerade räcker inte till det använda än. Skillnaden: ",
        (false, false) => {
            "Ännu inte använt av det rekvirerade, och att betala tillbaka om året slutade i dag: "
        }
    }
}

/// Where the money went: what came in is what went somewhere.
fn avrakning(s: &Siffror<'_>, b: &Bidrag, ar: i16, i_dag: Date) -> Tabelldel {
    let urval = Urval::bidrag(b.id).ar(ar);
    let rad = |namn: &str, tal: TalVy| Rad::ny(vec![Cell::rubrik(namn), tal.into()]);
    let vantar = s.finns(Matt::Begart, &urval);
    let vantar = vantar.then(|| rad(Matt::Begart.text(), s.tal(Matt::Begart, &urval)));
    let mut rader = vec![rad("Rekvirerat", s.tal(Matt::Rekvirerat, &urval))];
    rader.extend(vantar);
    rader.extend([
        rad("Överfört från tidigare år", s.tal(Matt::OverfortIn, &urval)),
        rad("Använt", s.tal(Matt::Anvant, &urval)),
        rad("Överfört till senare år", s.tal(Matt::OverfortUt, &urval)),
        rad(
            "Återbetalning enligt beslut",
            s.tal(Matt::Aterbetalning, &urval),
        ),
        rad("Återbetalt", s.tal(Matt::Aterbetalt, &urval)),
    ]);
    let mut text =
        Text::from("Det går inte att räkna förrän det rekvirerade och det använda är känt.");
    if let Some(p) = poster(s.bok, b.id, ar) {
        let a = p.avrakna();
        // While the year runs more may be requested of what is granted.
        let utover = if ar < i_dag.year() {
            "Använt utöver bidraget: egen kostnad"
        } else {
            "Använt utöver det som är rekvirerat hittills"
        };
        for (namn, ore) in [
            ("Använt av bidraget", a.av_bidraget),
            (utover, a.egen_kostnad),
            ("Kvar utan beslut", a.kvar),
        ] {
            rader.push(rad(namn, TalVy::utan_lank(Ore(ore).to_string())));
        }
        let exakt = p.att_aterbetala();
        let kvar = s.kant(Matt::AttAterbetala, &urval).unwrap_or(0);
        let ord = slutorden(ar < i_dag.year(), kvar < 0);
        text = Text::from(ord)
            .tal(s.med_enhet(Matt::AttAterbetala, &urval))
            .ord(format!(
                ". Exakt {}\u{a0}kr, i hela kronor {}\u{a0}kr.",
                Ore(exakt),
                hela_kronor(exakt)
            ));
    }
    Tabelldel {
        id: "avrakning".into(),
        rubrik: "Vart pengarna gick".into(),
        text,
        tabell: Tabell::ny(
            "avrakning-t",
            format!("Kronor, {ar}"),
            vec![Kolumn::ord("Post"), Kolumn::kr("Belopp")],
            rader,
        ),
    }
}

fn betalningar(ater: Option<&Aterbetalning>) -> Option<Tabelldel> {
    let r = ater.filter(|r| !r.betalt.is_empty())?;
    let rader = r.betalt.iter().map(|(dag, ore, _)| {
        Rad::ny(vec![
            Cell::rubrik(kort_dag(*dag)),
            TalVy::utan_lank(Ore(*ore).to_string()).into(),
        ])
    });
    Some(Tabelldel {
        id: "betalningar".into(),
        rubrik: "Betalningar till finansiären".into(),
        text: Text::default(),
        tabell: Tabell::ny(
            "betalningar-t",
            "Kronor",
            vec![Kolumn::ord("Dag"), Kolumn::kr("Belopp")],
            rader.collect(),
        ),
    })
}
