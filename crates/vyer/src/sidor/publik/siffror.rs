//! How published figures come about, issued reports, texts and errors.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::komponent::{Allvar, Besked, Fakta, Faktalista, Lank, Nyckeltal, Nyckeltalsrad, Text};
use crate::ram::{PublikRam, Sidhuvud};
use crate::sidor::{MattRad, Textdel, Uppstallning};

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
    /// How it comes about.
    pub uppstallning: Uppstallning,
}

/// An issued report, published.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/rapport.html")]
pub struct PublikRapport {
    /// Frame.
    pub ram: PublikRam,
    /// Head.
    pub huvud: Sidhuvud,
    /// That a later report has replaced it.
    pub ersatt: Option<Besked>,
    /// To whom, when, as of when, hash.
    pub fakta: Vec<Fakta>,
    /// The report as page, PDF and Word: text says kind and size.
    pub filer: Vec<Lank>,
    /// Its main figures as printed, each leading to its derivation in the report.
    pub nyckeltal: Nyckeltalsrad,
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
        let ifylld = Self {
            ram: exempel::publik_ram("Uppsala", "Pengarna"),
            huvud: Sidhuvud::ny(
                "Varför 764\u{a0}159\u{a0}kr?",
                "Det som rekvirerades men inte användes ska betalas tillbaka.",
            )
            .overrad("Att betala tillbaka · Uppsala · 2021")
            .under(vec![Lank::ny("Pengarna", "/uppsala/pengar")]),
            uppstallning: Uppstallning::exempel(),
        };
        let mut tom = ifylld.clone();
        tom.uppstallning.rader.clear();
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
            ersatt: None,
            fakta: vec![
                Fakta::ny("Siffror per", "2\u{a0}februari 2022"),
                Fakta::ny("Kontrollsumma", "9f2c81a004be77d19f2c81a004be77d1"),
            ],
            filer: vec![
                Lank::ny("Läs på webben", "/uppsala/rapporter/1.html"),
                Lank::ny("PDF, 84 kB", "/uppsala/rapporter/1.pdf"),
            ],
            nyckeltal: vec![
                Nyckeltal::ny(
                    "Rekvirerat",
                    exempel::kr(8_052_000).enhet("kr"),
                    "i rapporten",
                ),
                Nyckeltal::ny(
                    "Att betala tillbaka",
                    exempel::kr(764_159).enhet("kr"),
                    "i rapporten",
                ),
            ]
            .into(),
        };
        let mut tom = ifylld.clone();
        tom.nyckeltal = Nyckeltalsrad::default();
        let mut ersatt = ifylld.clone();
        ersatt.ersatt = Some(Besked::ny(
            Allvar::Varning,
            "Det finns en senare rapport.",
            Text::from("Den ersätter den här. ")
                .lank(Lank::ny("Läs den senare", "/uppsala/rapporter/2")),
        ));
        vec![("ifylld", ifylld), ("tom", tom), ("ersatt", ersatt)]
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
