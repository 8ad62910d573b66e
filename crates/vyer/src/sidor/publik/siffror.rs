//! How published figures come about, issued reports, texts and errors.

use askama::Template;

use crate::Sida;
use crate::exempel::{self, kr};
use crate::komponent::{Fakta, Faktalista, Lank, Text};
use crate::ram::{PublikRam, Sidhuvud};
use crate::sidor::{Definition, FormelRad, MattRad, Tecknad, Textdel};
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use crate::tal::TalVy;

/// Så räknar vi: the measures that published figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/sa_raknar_vi.html")]
pub struct PublikSaRaknarVi {
    /// Frame.
    pub ram: PublikRam,
    /// Head.
    pub huvud: Sidhuvud,
    /// The measures.
    pub matt: Vec<MattRad>,
}

/// The derivation of a published figure: unit and date, never a person or a voucher.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/harledning.html")]
pub struct PublikHarledning {
    /// Frame.
    pub ram: PublikRam,
    /// Head: `Varför 764 159 kr?`
    pub huvud: Sidhuvud,
    /// How to read the formula.
    pub formeltext: String,
    /// Columns of the formula.
    pub formelkolumner: Vec<String>,
    /// The formula with its figures.
    pub formel: Vec<FormelRad>,
    /// Caption of the rows.
    pub radtext: String,
    /// The rows.
    pub rader: Vec<PublikRad>,
    /// What the measure means.
    pub definition: Definition,
    /// As of when, and when it was published.
    pub per: Text,
    /// Public pages that show the figure.
    pub anvands: Vec<Lank>,
}

/// A row behind a published figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublikRad {
    /// Ordinary or sum.
    pub slag: RadSlag,
    /// Unit or insats.
    pub namn: String,
    /// The paper and place in it, when the paper is public.
    pub kalla: String,
    /// Day of registration.
    pub datum: String,
    /// Uncertainty.
    pub sakerhet: String,
    /// The value.
    pub varde: TalVy,
}

/// An issued report, published.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/rapport.html")]
pub struct PublikRapport {
    /// Frame.
    pub ram: PublikRam,
    /// Head.
    pub huvud: Sidhuvud,
    /// To whom, when, as of when, hash.
    pub fakta: Vec<Fakta>,
    /// The report as page, PDF and Word: text says kind and size.
    pub filer: Vec<Lank>,
}

/// A text page for everybody: accessibility, personal data.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/text.html")]
pub struct PublikText {
    /// Frame.
    pub ram: PublikRam,
    /// Head.
    pub huvud: Sidhuvud,
    /// The parts.
    pub delar: Vec<Textdel>,
}

/// A public page that cannot be shown. The same for what is not published as for what does not
/// exist.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/fel.html")]
pub struct PublikFel {
    /// Frame without publisher.
    pub ram: PublikRam,
    /// Head: what happened.
    pub huvud: Sidhuvud,
    /// Ways on.
    pub lankar: Vec<Lank>,
    /// Stable code.
    pub kod: String,
}

impl PublikSaRaknarVi {
    fn delar(&self) -> Vec<(&MattRad, Faktalista)> {
        let fakta = |m: &MattRad| {
            Faktalista::bred(vec![
                Fakta::ny("Så räknas det", m.formel.as_str()),
                Fakta::ny("Enhet", m.enhet.as_str()),
            ])
        };
        self.matt.iter().map(|m| (m, fakta(m))).collect()
    }
}

impl PublikHarledning {
    fn formeltabell(&self) -> Tabell {
        let mut kolumner = vec![Kolumn::ord("Del")];
        kolumner.extend(self.formelkolumner.iter().map(Kolumn::tal));
        let rader = self.formel.iter().map(FormelRad::rad).collect();
        Tabell::ny("formel", &self.formeltext, kolumner, rader).klass("uppst")
    }

    fn radtabell(&self) -> Tabell {
        let kolumner = vec![
            Kolumn::ord("Uppgift"),
            Kolumn::ord("Källa"),
            Kolumn::ord("Registrerad"),
            Kolumn::tal("Säkerhet"),
            Kolumn::tal("Värde"),
        ];
        let rader = self.rader.iter().map(|r| {
            let celler = vec![
                Cell::rubrik(&r.namn),
                r.kalla.as_str().into(),
                Cell::Kort(r.datum.clone(), false),
                Cell::Kort(r.sakerhet.clone(), true),
                r.varde.clone().into(),
            ];
            Rad::av(r.slag, celler)
        });
        Tabell::ny("rader-t", &self.radtext, kolumner, rader.collect())
            .klass("bredd smal")
            .tomt("Siffran har inga rader under sig.")
    }
}

impl PublikRapport {
    fn faktalista(&self) -> Faktalista {
        Faktalista::bred(self.fakta.clone())
    }
}

impl Sida for PublikSaRaknarVi {
    const NAMN: &'static str = "publik-sa-raknar-vi";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::publik_ram("Uppsala", "Så räknar vi"),
            huvud: Sidhuvud::ny(
                "Så räknar vi",
                "Varje siffra kommer från ett mått på den här sidan.",
            ),
            matt: vec![MattRad {
                kod: "anvant".into(),
                namn: "Använt".into(),
                definition: "Pengar som insatserna har gjort av med under året.".into(),
                formel: "summan av insatsernas utfall".into(),
                enhet: "kronor".into(),
                synlighet: "alla".into(),
            }],
        };
        vec![("ifylld", ifylld)]
    }
}

impl Sida for PublikHarledning {
    const NAMN: &'static str = "publik-harledning";

    fn exempel() -> Vec<(&'static str, Self)> {
        let term = |tecken, namn: &str, tal| FormelRad {
            tecken,
            namn: namn.into(),
            under: None,
            tal: vec![kr(tal)],
        };
        let rad = |slag, namn: &str, kalla: &str, sakerhet: &str, tal| PublikRad {
            slag,
            namn: namn.into(),
            kalla: kalla.into(),
            datum: if kalla.is_empty() {
                String::new()
            } else {
                "20\u{a0}jan 2022".into()
            },
            sakerhet: sakerhet.into(),
            varde: kr(tal),
        };
        let v = RadSlag::Vanlig;
        let ifylld = Self {
            ram: exempel::publik_ram("Uppsala", "Pengarna"),
            huvud: Sidhuvud::ny(
                "Varför 764\u{a0}159\u{a0}kr?",
                "Det som rekvirerades men inte användes ska betalas tillbaka.",
            )
            .overrad("Att betala tillbaka · Uppsala · 2021")
            .under(vec![Lank::ny("Pengarna", "/uppsala/pengar")]),
            formeltext: "Rekvirerat minus använt är att betala tillbaka. Kronor.".into(),
            formelkolumner: vec!["Kronor".into()],
            formel: vec![
                term(Tecknad::Start, "Rekvirerat", 8_052_000),
                term(Tecknad::Minus, "Använt", 7_287_841),
                term(Tecknad::Lika, "Att betala tillbaka", 764_159),
            ],
            radtext: "Använt 2021 per nämnd, kronor".into(),
            rader: vec![
                rad(v, "Arbetsmarknadsnämnden", "§ 64", "±\u{a0}0", 1_432_841),
                rad(v, "Socialnämnden", "§ 64", "±\u{a0}0", 5_855_000),
                rad(RadSlag::Summa, "Använt", "", "", 7_287_841),
            ],
            definition: Definition {
                namn: "Att betala tillbaka".into(),
                text: "Det som har rekvirerats men inte använts när året är slut.".into(),
                formel: "rekvirerat − använt".into(),
                enhet: "kronor".into(),
                lank: Some(Lank::ny("Så räknar vi", "/uppsala/sa-raknar-vi").om("alla mått")),
            },
            per: "Siffror per 2\u{a0}februari 2022. Publicerad samma dag.".into(),
            anvands: vec![Lank::ny("Vart går pengarna", "/uppsala/pengar")],
        };
        let mut tom = ifylld.clone();
        tom.rader.clear();
        vec![("ifylld", ifylld), ("tom", tom)]
    }
}

impl Sida for PublikRapport {
    const NAMN: &'static str = "publik-rapport";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::publik_ram("Uppsala", "Rapporter"),
            huvud: Sidhuvud::ny(
                "Återrapport 2021",
                "Rapporten lämnades till Socialstyrelsen.",
            )
            .overrad("Utfärdad 2\u{a0}februari 2022"),
            fakta: vec![
                Fakta::ny("Siffror per", "2\u{a0}februari 2022"),
                Fakta::ny("Kontrollsumma", "9f2c81a004be77d19f2c81a004be77d1"),
            ],
            filer: vec![
                Lank::ny("Läs på webben", "/uppsala/rapporter/1.html"),
                Lank::ny("PDF, 84 kB", "/uppsala/rapporter/1.pdf"),
            ],
        };
        vec![("ifylld", ifylld)]
    }
}

impl Sida for PublikText {
    const NAMN: &'static str = "publik-text";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::publik_ram("", ""),
            huvud: Sidhuvud::ny("Tillgänglighet", ""),
            delar: crate::texter::tillganglighet(),
        };
        vec![("tillganglighet", ifylld)]
    }
}

impl Sida for PublikFel {
    const NAMN: &'static str = "publik-fel";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::publik_ram("", ""),
            huvud: Sidhuvud::ny("Sidan finns inte", "Kontrollera adressen eller börja om."),
            lankar: vec![Lank::ny("Till alla som redovisar öppet", "/")],
            kod: "SIDA-SAKNAS".into(),
        };
        vec![("404", ifylld)]
    }
}
