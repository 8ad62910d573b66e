//! Start: what needs attention.

use askama::Template;

use crate::Sida;
use crate::exempel::{self, kr};
use crate::komponent::{
    Handelse, Lage, LageSlag, Lank, Nyckeltal, Nyckeltalsrad, Text, Tidslinje, Uppgift,
    UppgiftsGrupp,
};
use crate::ram::{Ram, Sidhuvud};
use crate::tal::TalVy;

/// Start, also called Att göra.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/start.html")]
pub struct Start {
    /// Frame.
    pub ram: Ram,
    /// Head: the weekday and date above, what is late or due in the lead.
    pub huvud: Sidhuvud,
    /// What to begin with where nothing is entered yet; empty otherwise.
    pub forsta: Vec<Forstasteg>,
    /// Tasks by urgency, most urgent first.
    pub grupper: Vec<UppgiftsGrupp>,
    /// A few figures of the state of things.
    pub nyckeltal: Nyckeltalsrad,
    /// The figures stand before the tasks.
    pub pengarna_forst: bool,
    /// What happened last, newest first.
    pub handelser: Tidslinje,
}

/// One of the first things to do in empty books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forstasteg {
    /// What to do, leading to where it is done; words alone for those who may not.
    pub lank: Lank,
    /// Why, and what comes of it.
    pub text: String,
    /// It has been done.
    pub klart: bool,
}

impl Sida for Start {
    const NAMN: &'static str = "start";

    fn exempel() -> Vec<(&'static str, Self)> {
        let tom = Self {
            ram: exempel::ram("Start"),
            huvud: Sidhuvud::ny("Att göra", "Inget väntar på dig i dag.")
                .overrad("Onsdag 2\u{a0}februari 2022"),
            forsta: vec![],
            grupper: vec![],
            nyckeltal: Nyckeltalsrad::default(),
            pengarna_forst: false,
            handelser: Tidslinje::default(),
        };
        let mut nystart = tom.clone();
        nystart.huvud = Sidhuvud::ny("Välkommen", "Här finns inget än. Börja med ett bidrag.")
            .overrad("Onsdag 2\u{a0}februari 2022");
        nystart.forsta = forsta();
        let mut ifylld = tom.clone();
        ifylld.huvud = Sidhuvud::ny(
            "Att göra",
            "En uppgift är försenad. Återrapporten ska vara klar i dag.",
        )
        .overrad("Onsdag 2\u{a0}februari 2022");
        ifylld.grupper = grupper();
        ifylld.nyckeltal = vec![
            Nyckeltal::ny(
                "Använt 2021",
                kr(7_287_841).enhet("kr"),
                "av 8\u{a0}005\u{a0}000 kr",
            ),
            Nyckeltal::ny(
                "Att betala tillbaka",
                kr(764_159).enhet("kr"),
                "oklart belopp",
            ),
            Nyckeltal::ny(
                "Fel i granskningen",
                TalVy::ny("3", "/granskning"),
                "och 3 varningar",
            ),
        ]
        .into();
        ifylld.handelser = vec![
            Handelse {
                nar: "1\u{a0}feb, 16.20".into(),
                datum: "2022-02-01 16:20".into(),
                text: Text::from("Granskningen hittade två nya fynd. ")
                    .lank(Lank::ny("Visa fynden", "/granskning")),
                nu: true,
            },
            Handelse {
                nar: "20\u{a0}jan, 09.40".into(),
                datum: "2022-01-20 09:40".into(),
                text: "Insatsansvarig rapporterade lovjobbens utfall.".into(),
                nu: false,
            },
        ]
        .into();
        vec![("tom", tom), ("ny", nystart), ("ifylld", ifylld)]
    }
}

fn forsta() -> Vec<Forstasteg> {
    let steg = |text: &str, href: &str, under: &str, klart| Forstasteg {
        lank: Lank::ny(text, href),
        text: under.into(),
        klart,
    };
    vec![
        steg(
            "Lägg upp ett bidrag",
            "/registrera/bidrag",
            "Vem ger pengarna, för vilka år och hur mycket.",
            true,
        ),
        steg(
            "Lägg upp en insats",
            "/registrera/insats",
            "Vad pengarna ska användas till, och vem som ansvarar.",
            false,
        ),
        steg(
            "Läs in ett papper",
            "/underlag/importera",
            "Har du siffrorna i ett underlag kommer bidrag och insatser därifrån.",
            false,
        ),
    ]
}

fn grupper() -> Vec<UppgiftsGrupp> {
    let uppgift = |text: &str, href: &str, under: &str, frist: &str, ord: &str| Uppgift {
        lank: Lank::ny(text, href),
        under: under.into(),
        vad: "Sociala insatser 2021".into(),
        frist: frist.into(),
        frist_ord: ord.into(),
        brattom: ord.ends_with("sen") || ord == "i dag",
        lage: Lage::ny("Inte påbörjad", LageSlag::Lugn),
    };
    let mut rapport = uppgift(
        "Skicka återrapporten till Socialstyrelsen",
        "/rapporter/1",
        "Det rekvirerade beloppet anges på två sätt",
        "2\u{a0}feb",
        "i dag",
    );
    rapport.lage = Lage::ny("Behöver kompletteras", LageSlag::Varning);
    vec![
        UppgiftsGrupp {
            id: "forsenat".into(),
            rubrik: "Försenat".into(),
            uppgifter: vec![uppgift(
                "Förklara beloppet att betala tillbaka",
                "/granskning/1",
                "44\u{a0}159\u{a0}kr ryms inte i förklaringen",
                "31\u{a0}jan",
                "2 dagar sen",
            )],
        },
        UppgiftsGrupp {
            id: "idag".into(),
            rubrik: "I dag, 2\u{a0}februari".into(),
            uppgifter: vec![rapport],
        },
        UppgiftsGrupp {
            id: "senare".into(),
            rubrik: "Senare i februari".into(),
            uppgifter: vec![uppgift(
                "Kommentera lovjobbens avvikelse",
                "/insatser/lovjobb",
                "680\u{a0}000 av 1\u{a0}400\u{a0}000\u{a0}kr är använda",
                "15\u{a0}feb",
                "om 13 dagar",
            )],
        },
    ]
}
