//! Rekvisitioner: money asked for, towards funders and by parties.

pub(crate) mod blankett;
mod innan;
mod mottagare;

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::medelsfalt::{belopp, dag, efter_avslut_vid_fel};
use crate::ram::stor_forst;
use crate::rapporter;
use crate::siffror::{Siffror, antal, dag as i_ord, kort_dag};
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::medel::{Rekvisitionshandling, StegRekvisition, raknas_som_rekvirerat};
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::id::MedelspostId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::post::{Innehall, sakens};
use utfall_domain::medel::rekvisition::{Lage, Rekvisition, Rekvisitionssteg, Riktning, alla};
use utfall_domain::medel::villkor::om_dagar;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{self, Fakta, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};
use utfall_vyer::tal::TalVy;

/// GET `/rekvisitioner`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let skriver = a.far(Atgard::HanteraRekvisition);
    let valt = a.fraga.text("bidrag");
    let valt = bok.bidrag.iter().find(|b| b.slug == valt);
    let egna: Vec<Rekvisition> = alla(&bok.poster())
        .into_iter()
        .filter(|r| valt.is_none_or(|b| r.om.bidrag == Some(b.id)))
        .filter(|r| skickad(&bok, r) || (skriver && r.lage == Lage::Utkast))
        .collect();
    let ingress = match (
        egna.len(),
        egna.iter().filter(|r| !r.lage.avslutad()).count(),
    ) {
        (0, _) => "Ingen rekvisition är skriven än.".to_owned(),
        (n, oppna) => format!(
            "{}, varav {}.",
            antal(n, "", "En rekvisition", "rekvisitioner"),
            antal(oppna, "ingen är öppen", "en är öppen", "är öppna")
        ),
    };
    let mut rubrik = "Rekvisitioner".to_owned();
    if let Some(b) = valt {
        rubrik = format!("Rekvisitioner, {}", b.namn);
    }
    let idag = a.dag(&bok);
    let mut huvud = Sidhuvud::ny(rubrik, lead(&a, ingress, valt.map(|b| b.slug.as_str())));
    huvud = huvud.under(vec![Lank::ny("Medel", adress::medel())]);
    let delar = [Riktning::TillFinansiar, Riktning::FranPart]
        .into_iter()
        .map(|riktning| del(&bok, &egna, riktning, idag))
        .collect();
    Svar::sida(&Tabellsida {
        ram: a.ram(),
        huvud,
        delar,
        ..Tabellsida::default()
    })
}

/// Whether it was ever sent: a draft concerns only those who write them, and one that was thrown
/// away nobody; its page stands with what happened.
fn skickad(bok: &Bok, r: &Rekvisition) -> bool {
    let steg = |i: &Innehall| matches!(i, Innehall::Rekvisition(Rekvisitionssteg::Skicka { .. }));
    let egna = sakens(&bok.medelsposter, r.id);
    egna.into_iter().any(|p| steg(&p.post.innehall))
}

fn lead(a: &Inloggat, ingress: String, bidrag: Option<&str>) -> Text {
    let text = Text::from(ingress);
    if !a.far(Atgard::HanteraRekvisition) {
        return text;
    }
    let till = adress::ny_rekvisition();
    let till = match bidrag {
        Some(slug) => till.fraga("bidrag", slug),
        None => till,
    };
    text.ord(" ")
        .lank(Lank::ny("Skriv en rekvisition", till))
        .ord(".")
}

fn del(bok: &Bok, egna: &[Rekvisition], riktning: Riktning, idag: Date) -> Tabelldel {
    let rader = egna
        .iter()
        .filter(|r| r.uppgift.riktning == riktning)
        .map(|r| rad(bok, r, idag));
    let (id, rubrik) = match riktning {
        Riktning::TillFinansiar => ("till-finansiar", "Till finansiärer"),
        Riktning::FranPart => ("fran-part", "Från parter och insatser"),
    };
    let kolumner = vec![
        Kolumn::ord("Rekvisition"),
        Kolumn::ord("Period"),
        Kolumn::kr("Begärt"),
        Kolumn::kr("Beviljat"),
        Kolumn::ord("Skickas senast"),
        Kolumn::ord("Läge"),
    ];
    Tabelldel {
        id: id.to_owned(),
        rubrik: rubrik.to_owned(),
        text: Text::default(),
        tabell: Tabell::ny(format!("{id}-t"), "Kronor", kolumner, rader.collect())
            .klass("bredd")
            .tomt("Ingen rekvisition."),
    }
}

fn vad(bok: &Bok, r: &Rekvisition) -> String {
    let bidrag =
        r.om.bidrag
            .and_then(|id| bok.bidrag(id))
            .map_or("", |b| &b.namn);
    let insats =
        r.om.insats
            .and_then(|id| bok.insats(id))
            .map(|i| i.namn.as_str());
    insats.map_or_else(|| bidrag.to_owned(), |i| format!("{i}, {bidrag}"))
}

fn rad(bok: &Bok, r: &Rekvisition, idag: Date) -> Rad {
    let beviljat = match r.lage {
        Lage::Beviljad { belopp, .. } | Lage::Utbetald { belopp, .. } => {
            Cell::Tal(TalVy::utan_lank(Ore(belopp).to_string()))
        }
        _ => Cell::Kort("–".to_owned(), true),
    };
    let senast = match (r.uppgift.senast, &r.lage) {
        (Some(dag), Lage::Utkast) => format!("{}, {}", kort_dag(dag), om_dagar(idag, dag)),
        // What is sent is no longer to be sent.
        _ => "–".to_owned(),
    };
    let under = r
        .uppgift
        .retroaktiv
        .as_ref()
        .map(|_| "Retroaktiv".to_owned());
    Rad::ny(vec![
        Cell::rubriklank(
            format!("Nr {}, {}", r.nummer, vad(bok, r)),
            adress::rekvisition(&r.id.to_string()),
            under,
        ),
        Cell::Kort(period(r), false),
        TalVy::utan_lank(Ore(r.uppgift.belopp).to_string()).into(),
        beviljat,
        Cell::Kort(senast, false),
        Cell::Lage(laget(&r.lage)),
    ])
}

fn period(r: &Rekvisition) -> String {
    format!("{}–{}", kort_dag(r.uppgift.fran), kort_dag(r.uppgift.till))
}

fn laget(lage: &Lage) -> komponent::Lage {
    let slag = match lage {
        Lage::Utkast => LageSlag::Pagar,
        Lage::Inskickad { .. } | Lage::Beviljad { .. } => LageSlag::Upplysning,
        Lage::Avslagen { .. } => LageSlag::Varning,
        Lage::Aterkallad { .. } | Lage::Utbetald { .. } => LageSlag::Lugn,
    };
    komponent::Lage::ny(stor_forst(lage.text()), slag)
}

/// The requisition that the address names. One that was never sent is nobody's but theirs who
/// write them.
fn valda(a: &Inloggat, bok: &Bok) -> Result<Rekvisition, Problem> {
    let id = a.stig.tal("rekvisition").and_then(MedelspostId::ny);
    let skriver = a.far(Atgard::HanteraRekvisition);
    let alla = alla(&bok.medelsposter);
    alla.into_iter()
        .find(|r| Some(r.id) == id)
        .filter(|r| skriver || skickad(bok, r))
        .ok_or_else(Problem::finns_inte)
}

/// GET `/rekvisitioner/{rekvisition}`.
pub async fn en(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let r = valda(&a, &bok)?;
    Svar::sida(&sidan(&a, &bok, &r, &[]))
}

/// POST `/rekvisitioner/{rekvisition}/steg`.
pub async fn steg(a: Inloggat) -> Resultat {
    use Rekvisitionshandling as H;
    let bok = a.bok().await?;
    let r = valda(&a, &bok)?;
    let mut olasligt = Brister::default();
    let handling = match a.formular.text("handling") {
        "skicka" => H::Skicka {
            intygande: a.formular.lang("intygande"),
        },
        "bevilja" => H::Bevilja(
            olasligt
                .prova(belopp(&a, "belopp"))
                .map_or(1, |(ore, _)| ore),
        ),
        "avsla" => H::Avsla,
        "betala" => H::Betala,
        "som-begart" => H::SomBegart,
        _ => H::Aterkalla,
    };
    let fall = StegRekvisition {
        sak: r.id,
        version: a.formular.tal("version").unwrap_or(0),
        handling,
        dag: olasligt.prova(dag(&a, "dag")).flatten(),
        orsak: a.formular.lang("orsak"),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, olasligt).await? {
        Ok(id) => Ok(Svar::vidare(adress::rekvisition(&id.to_string()))),
        Err(fel) => Svar::formularfel(&sidan(&a, &bok, &r, &fel)),
    }
}

fn sidan(a: &Inloggat, bok: &Bok, r: &Rekvisition, fel: &[Problem]) -> Tabellsida {
    let mut formular = if a.far(Atgard::HanteraRekvisition) {
        stegen(a, bok, r, fel)
    } else {
        Vec::new()
    };
    formular.extend(rapporter::till_handlingen(a, r.id));
    let mut delar = vec![Tabelldel {
        id: "handelser".into(),
        rubrik: "Vad som har hänt".into(),
        text: Text::default(),
        tabell: historik(bok, r),
    }];
    delar.extend(rapporter::handlingar(a, bok, r.id));
    let mut ram = a.ram();
    let falten = formular.iter().flat_map(|f| &f.falt);
    ram.fel = sammanfattning("Steget togs inte", falten, fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            format!("Rekvisition {}", r.nummer),
            format!(
                "{}: {}\u{a0}kr, {}.",
                vad(bok, r),
                Ore(r.belopp()),
                r.lage.text()
            ),
        )
        .under(vec![
            Lank::ny("Medel", adress::medel()),
            Lank::ny("Rekvisitioner", adress::rekvisitioner()),
        ]),
        besked: mottagare::besked(bok, r)
            .into_iter()
            .chain(innan::besked(bok, r, tid::dag(a.nu)))
            .collect(),
        fakta: fakta(bok, r).into_iter().chain(skriv_om(a, r)).collect(),
        delar,
        formular,
        ..Tabellsida::default()
    }
}

/// The way to the form of a draft.
fn skriv_om(a: &Inloggat, r: &Rekvisition) -> Option<Fakta> {
    let far = r.lage == Lage::Utkast && a.far(Atgard::HanteraRekvisition);
    let till = adress::rekvisitionsutkast(&r.id.to_string());
    let lank = Lank::ny("Ändra utkastet", till);
    far.then(|| Fakta::ny("Rätta", Text::default().lank(lank)))
}

fn fakta(bok: &Bok, r: &Rekvisition) -> Vec<Fakta> {
    let s = Siffror::ny(bok);
    let u = &r.uppgift;
    let mut ut = vec![Fakta::ny("Vart den går", stor_forst(u.riktning.text()))];
    if let Some(b) = r.om.bidrag.and_then(|id| bok.bidrag(id)) {
        let lank = Lank::ny(b.namn.clone(), adress::bidrag(&b.slug));
        ut.push(Fakta::ny("Bidrag", Text::default().lank(lank)));
        let mut urval = Urval::bidrag(b.id);
        urval.ar = r.om.ar;
        let (ram, redan) = match u.riktning {
            Riktning::TillFinansiar => (Matt::Tilldelat, Matt::Rekvirerat),
            Riktning::FranPart => {
                urval.insats = r.om.insats;
                (Matt::Fordelat, Matt::RekvireratAvPart)
            }
        };
        let mut taket = Text::default()
            .tal(s.med_enhet(ram, &urval))
            .ord(", varav rekvirerat ")
            .tal(s.med_enhet(redan, &urval));
        if redan == Matt::Rekvirerat && s.finns(Matt::Begart, &urval) {
            taket = taket
                .ord(" och begärt men inte beviljat ")
                .tal(s.med_enhet(Matt::Begart, &urval));
        }
        ut.push(Fakta::ny("Tak", taket));
    }
    if let Some(o) = r.om.organisation {
        ut.push(Fakta::ny("Part", bok.organisationsnamn(o)));
    }
    ut.extend(mottagare::fakta(bok, r));
    ut.push(Fakta::ny(
        "Period",
        format!("{} till {}", i_ord(u.fran), i_ord(u.till)),
    ));
    ut.push(Fakta::ny("Begärt", format!("{}\u{a0}kr", Ore(u.belopp))));
    let sista = if u.sista {
        "Ja, årets sista"
    } else {
        "Nej, fler ska komma"
    };
    ut.push(Fakta::ny("Sista för året", sista));
    if let Some(skal) = &u.retroaktiv {
        ut.push(Fakta::ny("Retroaktiv", skal.as_str()));
    }
    if let Some(dag) = u.senast.filter(|_| r.lage == Lage::Utkast) {
        ut.push(Fakta::ny("Skickas senast", i_ord(dag)));
    }
    ut
}

fn historik(bok: &Bok, r: &Rekvisition) -> Tabell {
    let rader = sakens(&bok.medelsposter, r.id).into_iter().map(|p| {
        let vem = bok
            .anvandare
            .get(&p.registrerad_av)
            .cloned()
            .unwrap_or_default();
        let (vad, text) = match &p.post.innehall {
            Innehall::Rekvisition(steg) => steget(steg),
            _ => ("", String::new()),
        };
        let skal = p.post.orsak.clone().unwrap_or_default();
        Rad::ny(vec![
            Cell::rubrik(vad),
            Cell::Text(Text::from(format!("{text} {skal}").trim().to_owned())),
            Cell::Kort(kort_dag(tid::dag(p.registrerad)), false),
            Cell::Kort(vem, false),
        ])
    });
    let kolumner = ["Steg", "Vad", "Registrerat", "Av"]
        .map(Kolumn::ord)
        .to_vec();
    Tabell::ny("handelser-t", "Det äldsta först", kolumner, rader.collect()).klass("bredd")
}

fn steget(steg: &Rekvisitionssteg) -> (&'static str, String) {
    match steg {
        Rekvisitionssteg::Utkast(u) => ("Skriven", format!("{}\u{a0}kr.", Ore(u.belopp))),
        Rekvisitionssteg::Skicka { dag, intygande } => (
            "Skickad",
            format!(
                "{}. Intygat av {}: {}",
                i_ord(*dag),
                intygande.roll,
                intygande.text
            ),
        ),
        Rekvisitionssteg::Bevilja { dag, belopp } => (
            "Beviljad",
            format!("{}: {}\u{a0}kr.", i_ord(*dag), Ore(*belopp)),
        ),
        Rekvisitionssteg::Avsla { dag } => ("Avslagen", format!("{}.", i_ord(*dag))),
        Rekvisitionssteg::Aterkalla { dag } => ("Återkallad", format!("{}.", i_ord(*dag))),
        Rekvisitionssteg::Betala { dag } => ("Utbetald", format!("{}.", i_ord(*dag))),
        Rekvisitionssteg::SomBegart { dag } => (
            "Räknad som begärd",
            format!("{}. Begärt, inte beviljat.", i_ord(*dag)),
        ),
    }
}

/// A step: its code, its button and what it means.
type Steg = (&'static str, &'static str, &'static str);

const BEVILJA: Steg = ("bevilja", "Bevilja", "Hela beloppet, eller en del av det.");
const AVSLA: Steg = (
    "avsla",
    "Avslå",
    "Beloppet räknas inte längre som begärt eller rekvirerat.",
);
const ATERKALLA: Steg = (
    "aterkalla",
    "Återkalla",
    "Beloppet räknas inte längre som begärt eller rekvirerat.",
);
const SOM_BEGART: Steg = (
    "som-begart",
    "Räkna som begärt",
    "Rekvisitionen skickades i en äldre version, och beloppet räknas som om pengarna hade kommit. \
     Rätta det, så räknas det som rekvirerat först när det är beviljat.",
);

/// The steps that can be taken now, each a form.
fn stegen(a: &Inloggat, bok: &Bok, r: &Rekvisition, fel: &[Problem]) -> Vec<Formulardel> {
    let mojliga: &[Steg] = match r.lage {
        Lage::Inskickad { .. } if raknas_som_rekvirerat(bok, r) => {
            &[SOM_BEGART, BEVILJA, AVSLA, ATERKALLA]
        }
        Lage::Utkast => &[
            ("skicka", "Skicka", "Systemet prövar att beloppet ryms."),
            (
                "aterkalla",
                "Ta bort utkastet",
                "Det står kvar i listan som återkallat.",
            ),
        ],
        Lage::Inskickad { .. } => &[BEVILJA, AVSLA, ATERKALLA],
        Lage::Beviljad { .. } => &[
            (
                "betala",
                "Registrera utbetalning",
                "Pengarna har kommit, eller betalats ut.",
            ),
            ATERKALLA,
        ],
        _ => &[],
    };
    let tagen = a.formular.text("handling");
    mojliga
        .iter()
        .enumerate()
        .map(|(nr, (kod, knapp, text))| {
            let eget = if *kod == tagen { fel } else { &[][..] };
            let till = a
                .ett_formular(adress::rekvisitionssteg(&r.id.to_string()))
                .med_version(r.version)
                .med_dolt("handling", *kod);
            let falten = stegfalt(a, r, (kod, *kod == tagen), eget);
            let form = Formulardel::ny(till, falten, *knapp).under(
                *kod,
                stor_forst(knapp),
                Text::from(*text),
            );
            if nr == 0 { form } else { form.andra() }
        })
        .collect()
}

fn stegfalt(
    a: &Inloggat,
    r: &Rekvisition,
    (kod, skickat): (&str, bool),
    fel: &[Problem],
) -> Vec<Falt> {
    let ifyllt = |namn: &str, annars: String| match a.formular.som_sant(namn) {
        Some(text) if skickat => text.to_owned(),
        _ => annars,
    };
    let idag = tid::dag(a.nu).to_string();
    let mut ut = Vec::new();
    if kod == "bevilja" {
        let etikett = "Beviljat belopp i kronor";
        ut.push(
            Falt::ny("belopp", etikett, FaltSlag::Tal)
                .varde(ifyllt("belopp", Ore(r.uppgift.belopp).to_string())),
        );
    }
    if kod == "skicka" {
        ut.push(
            Falt::ny("intygande", "Vad intygar du?", FaltSlag::Lang(2))
                .hjalp("Till exempel att kostnaderna finns i bokföringen. Din roll sparas.")
                .varde(ifyllt("intygande", String::new())),
        );
    }
    ut.push(
        Falt::ny("dag", "Dag", FaltSlag::Datum)
            .med_id(format!("{kod}-dag"))
            .varde(ifyllt("dag", idag)),
    );
    if matches!(kod, "avsla" | "aterkalla") {
        ut.push(
            Falt::ny("orsak", "Varför?", FaltSlag::Text)
                .med_id(format!("{kod}-orsak"))
                .varde(ifyllt("orsak", String::new())),
        );
    }
    if skickat {
        ut.extend(efter_avslut_vid_fel(a, fel));
    }
    ut.into_iter().map(|f| med_fel(f, fel)).collect()
}
