//! Sign-in.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{Allvar, Besked};
use crate::ram::{Ram, Sidhuvud};

/// The sign-in page. In demo mode it also lists the demo accounts, one click each.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/logga_in.html")]
pub struct LoggaIn {
    /// Frame, with nobody signed in.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// What became of what was being written when the session ended.
    pub besked: Option<Besked>,
    /// Posts `konto` and `losenord`.
    pub formular: Formular,
    /// Account name.
    pub konto: Falt,
    /// Password; never filled in.
    pub losenord: Falt,
    /// Demo accounts by huvudman; empty outside demo mode.
    pub demo: Vec<DemoGrupp>,
    /// Posts `demokonto`; each account is a button of that name.
    pub demoformular: Option<Formular>,
}

/// The demo accounts of one huvudman.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoGrupp {
    /// The huvudman.
    pub huvudman: String,
    /// Invented.
    pub pahittat: bool,
    /// Its accounts.
    pub konton: Vec<DemoKonto>,
}

/// One demo account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoKonto {
    /// Value of the button: the account name.
    pub varde: String,
    /// The role, as shown: `Ekonom`.
    pub roll: String,
    /// What the role does here, in a few words.
    pub gor: String,
}

impl LoggaIn {
    /// The two fields, empty.
    #[must_use]
    pub fn falt() -> (Falt, Falt) {
        (
            Falt::ny("konto", "Användarnamn", FaltSlag::Konto),
            Falt::ny("losenord", "Lösenord", FaltSlag::Losenord),
        )
    }
}

impl Sida for LoggaIn {
    const NAMN: &'static str = "logga-in";

    fn exempel() -> Vec<(&'static str, Self)> {
        let (konto, losenord) = Self::falt();
        let tom = Self {
            ram: exempel::ram_utloggad(),
            huvud: Sidhuvud::ny("Logga in", "Följ pengarna från kronan till resultatet."),
            besked: None,
            formular: exempel::formular("/logga-in"),
            konto,
            losenord,
            demo: vec![],
            demoformular: None,
        };
        let mut fel = tom.clone();
        fel.konto = fel.konto.varde("ekonom.uppsala");
        fel.losenord = fel
            .losenord
            .fel("Namnet eller lösenordet stämmer inte. Försök igen.");
        fel.ram.fel = Felsammanfattning::av("Du är inte inloggad", [&fel.konto, &fel.losenord]);
        let mut demo = tom.clone();
        demo.huvud = Sidhuvud::ny(
            "Välj ett konto",
            "Fem huvudmän visar riktiga papper. Den sjätte är påhittad.",
        );
        demo.demoformular = Some(exempel::formular("/logga-in"));
        demo.demo = vec![
            DemoGrupp {
                huvudman: "Uppsala".into(),
                pahittat: false,
                konton: vec![
                    konto_rad("ekonom.uppsala", "Ekonom", "för in belopp och rättar"),
                    konto_rad("namnd.uppsala", "Nämndredovisare", "skriver återrapporten"),
                    konto_rad("revisor.uppsala", "Revisor", "läser allt och ändrar inget"),
                ],
            },
            DemoGrupp {
                huvudman: "Forsby".into(),
                pahittat: true,
                konton: vec![
                    konto_rad("chef.forsby", "Förbundschef", "beslutar och publicerar"),
                    konto_rad("styrelse.forsby", "Styrelse", "läser och frågar"),
                ],
            },
        ];
        let mut kvar = tom.clone();
        kvar.huvud = Sidhuvud::ny("Logga in igen", "Din inloggning har gått ut.");
        kvar.besked = Some(Besked::ny(
            Allvar::Upplysning,
            "det du skrev finns kvar",
            "Logga in med samma konto, så kan du spara det.",
        ));
        kvar.formular = kvar
            .formular
            .med_dolt("kvar.kommentar", "Färre unga än väntat.");
        vec![("tom", tom), ("fel", fel), ("demo", demo), ("kvar", kvar)]
    }
}

fn konto_rad(varde: &str, roll: &str, gor: &str) -> DemoKonto {
    DemoKonto {
        varde: varde.into(),
        roll: roll.into(),
        gor: gor.into(),
    }
}
