//! The frame around each page: who, where, and the ways on, all from the route table.

use crate::Webb;
use crate::adress;
use crate::anrop::{Anrop, Inloggat, Publikt};
use crate::rutter::{Avdelning, Handtag, Menyord, Metod, RUTTER, Rutt};
use jiff::Timestamp;
use utfall_app::inloggning::Session;
use utfall_behorighet::{Aktor, Roll};
use utfall_domain::organisation::Huvudman;
pub use utfall_domain::svensk::stor_forst;
use utfall_domain::tid;
use utfall_vyer::formular::Formular;
use utfall_vyer::komponent::{Flik, Flikrad, Lank};
use utfall_vyer::ram::{Aktuell, Inloggad, MenyVal, PublikRam, Ram};

/// The name before anyone has signed in.
const INGEN: &str = "Öppen redovisning";

impl Inloggat {
    /// The frame of this page.
    #[must_use]
    pub fn ram(&self) -> Ram {
        ram(
            Some(&self.session),
            Some((self.rutt, &self.sokvag)),
            self.nu,
        )
    }

    /// A form that posts to an address, with the session's token and a new key.
    #[must_use]
    pub fn ett_formular(&self, till: adress::Adress) -> Formular {
        self.anrop.ett_formular(till)
    }
}

impl Anrop {
    /// The frame of this page.
    #[must_use]
    pub fn ram(&self) -> Ram {
        ram(
            self.session.as_ref(),
            Some((self.rutt, &self.sokvag)),
            self.nu,
        )
    }

    /// A form that posts to an address, with its token and a new key.
    #[must_use]
    pub fn ett_formular(&self, till: adress::Adress) -> Formular {
        Formular::ny(till, self.csrf.clone(), self.webb.ny_nyckel())
    }
}

/// The frame of a page that tells what went wrong.
pub(crate) fn for_fel(webb: &Webb, session: Option<&Session>) -> Ram {
    ram(session, None, webb.tjanst.klocka().nu())
}

/// The public frame of such a page, whoever's address it is.
pub(crate) fn publik_for_fel(webb: &Webb) -> PublikRam {
    publik_ram(None, Vec::new(), webb.tjanst.klocka().nu())
}

fn publik_ram(huvudman: Option<&Huvudman>, meny: Vec<MenyVal>, nu: Timestamp) -> PublikRam {
    PublikRam {
        huvudman: huvudman.map_or_else(String::new, |h| h.namn.clone()),
        pahittat: huvudman.is_some_and(|h| h.pahittad),
        hem_href: adress::hem().into(),
        meny,
        fot: vec![
            Lank::ny("Tillgänglighet", adress::tillganglighet()),
            Lank::ny("Logga in", adress::logga_in()),
        ],
        dag: tid::i_ord(tid::dag(nu)),
    }
}

fn ram(session: Option<&Session>, har: Option<(&Rutt, &str)>, nu: Timestamp) -> Ram {
    let dag = tid::dag(nu).to_string();
    let Some(session) = session else {
        return Ram {
            huvudman: INGEN.to_owned(),
            hem_href: adress::hem().into(),
            fot: fot(None),
            dag,
            ..Ram::default()
        };
    };
    let far_soka = session.aktor.far(utfall_behorighet::Atgard::LasaInsatser);
    Ram {
        huvudman: session.huvudman.namn.clone(),
        pahittat: session.huvudman.pahittad,
        hem_href: hem(&session.aktor),
        inloggad: Some(Inloggad {
            roll: roller(&session.aktor),
            behorighet_href: adress::behorighet().into(),
            logga_ut: logga_ut(session),
        }),
        meny: meny(&session.aktor, har),
        avdelningar: avdelningar(&session.aktor, har),
        flikar: Flikrad {
            namn: "Sidor som hör ihop".to_owned(),
            flikar: flikar(&session.aktor, har),
        },
        sok_href: far_soka.then(|| adress::sok().into()),
        fot: fot(Some(&session.aktor)),
        dag,
        ..Ram::default()
    }
}

/// Where somebody begins: the first room of the menu, or the page about one's own roles.
#[must_use]
pub fn hem(aktor: &Aktor) -> String {
    Menyord::ALLA
        .into_iter()
        .find_map(|ord| rummets_ingang(aktor, ord))
        .map_or_else(|| utan_rum(aktor).into(), |rutt| rutt.monster.to_owned())
}

/// Where somebody begins who has no room of the menu.
fn utan_rum(aktor: &Aktor) -> adress::Adress {
    if aktor.far(utfall_behorighet::Atgard::HanteraAnvandare) {
        adress::konton()
    } else {
        adress::behorighet()
    }
}

/// The main menu: the words that have something for this person, in their fixed order.
fn meny(aktor: &Aktor, har: Option<(&Rutt, &str)>) -> Vec<MenyVal> {
    Menyord::ALLA
        .into_iter()
        .filter_map(|ord| {
            let ingang = rummets_ingang(aktor, ord)?;
            let aktuell = match har {
                Some((_, stig)) if stig == ingang.monster => Aktuell::Sidan,
                Some((rutt, _)) if rutt.plats.meny() == Some(ord) => Aktuell::Inom,
                _ => Aktuell::Nej,
            };
            let (namn, href) = (ord.ord().to_owned(), ingang.monster.to_owned());
            Some(MenyVal {
                namn,
                href,
                aktuell,
            })
        })
        .collect()
}

/// The parts of the room that the page lies in, when there is more than one to choose from.
fn avdelningar(aktor: &Aktor, har: Option<(&Rutt, &str)>) -> Vec<MenyVal> {
    let Some((rutt, stig)) = har else {
        return Vec::new();
    };
    let Some(rum) = rutt.plats.meny() else {
        return Vec::new();
    };
    let ingangar = ingangar(aktor, rum);
    let har = narmast(&ingangar, stig).and_then(|r| r.avdelning);
    let delar = Avdelning::ALLA.into_iter().filter_map(|del| {
        let ingang = ingangar.iter().find(|r| r.avdelning == Some(del))?;
        Some(MenyVal {
            namn: del.ord().to_owned(),
            href: ingang.monster.to_owned(),
            aktuell: match har {
                _ if stig == ingang.monster => Aktuell::Sidan,
                Some(har) if har == del => Aktuell::Inom,
                _ => Aktuell::Nej,
            },
        })
    });
    Some(delar.collect())
        .filter(|alla: &Vec<MenyVal>| alla.len() > 1)
        .unwrap_or_default()
}

/// The pages that share a part of the room with this one, when it is one of several.
fn flikar(aktor: &Aktor, har: Option<(&Rutt, &str)>) -> Vec<Flik> {
    let Some((rutt, stig)) = har else {
        return Vec::new();
    };
    let (Some(rum), Some(_)) = (rutt.plats.meny(), rutt.flik) else {
        return Vec::new();
    };
    ingangar(aktor, rum)
        .iter()
        .filter(|r| r.avdelning == rutt.avdelning)
        .filter_map(|r| Some(Flik::ny(r.flik?, r.monster, stig == r.monster)))
        .collect()
}

/// The ways in to the parts of a room that this person may open.
fn ingangar(aktor: &Aktor, rum: Menyord) -> Vec<&'static Rutt> {
    RUTTER
        .iter()
        .filter(|r| r.metod == Metod::Get && r.plats.meny() == Some(rum) && r.fast())
        .filter(|r| r.avdelning.is_some())
        .filter(|r| r.atgard().is_some_and(|atgard| aktor.far(atgard)))
        .collect()
}

/// The way in that an address lies closest under.
fn narmast(ingangar: &[&'static Rutt], stig: &str) -> Option<&'static Rutt> {
    ingangar
        .iter()
        .copied()
        .filter(|r| under(stig, r.monster))
        .max_by_key(|r| r.monster.len())
}

/// Whether an address is this one or lies below it.
fn under(stig: &str, ovan: &str) -> bool {
    stig.strip_prefix(ovan)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The first route of a room that this person may open.
fn rummets_ingang(aktor: &Aktor, ord: Menyord) -> Option<&'static Rutt> {
    RUTTER.iter().find(|rutt| {
        rutt.metod == Metod::Get
            && rutt.plats.meny() == Some(ord)
            && rutt.fast()
            && rutt.atgard().is_some_and(|atgard| aktor.far(atgard))
    })
}

fn fot(aktor: Option<&Aktor>) -> Vec<Lank> {
    RUTTER
        .iter()
        .filter(|rutt| match rutt.handtag {
            Handtag::Publikt(_) | Handtag::Oppet(_) => true,
            Handtag::Inloggat(atgard, _) => aktor.is_some_and(|a| a.far(atgard)),
        })
        .filter_map(|rutt| Some(Lank::ny(rutt.plats.fot()?, rutt.monster)))
        .collect()
}

/// Signing out twice is signing out once, so its key can be the session's: then a page about
/// what does not exist is the same page each time, to the byte.
fn logga_ut(session: &Session) -> Formular {
    let nyckel = session.csrf.get(..32).unwrap_or(&session.csrf);
    Formular::ny(adress::logga_ut(), session.csrf.clone(), nyckel)
}

/// `Ekonom` or `Ekonom och insatsansvarig`.
fn roller(aktor: &Aktor) -> String {
    let namn: Vec<&str> = aktor
        .roller()
        .iter()
        .map(|roll: &Roll| roll.namn())
        .collect();
    let text = match namn.split_last() {
        Some((sista, forsta)) if !forsta.is_empty() => {
            format!("{} och {sista}", forsta.join(", "))
        }
        _ => namn.concat(),
    };
    stor_forst(&text)
}

impl Publikt {
    /// The frame of a publisher's page; without a publisher that of the list of them.
    #[must_use]
    pub fn ram(&self, huvudman: Option<&Huvudman>) -> PublikRam {
        let meny = huvudman.map_or_else(Vec::new, |h| {
            [
                ("Pengarna", adress::publik_pengar(&h.slug)),
                ("Insatser", adress::publik_insatser(&h.slug)),
                ("Så räknar vi", adress::publik_sa_raknar_vi(&h.slug)),
            ]
            .into_iter()
            .map(|(namn, till)| {
                let href = String::from(till);
                let aktuell = self.forhallande(&href, &h.slug);
                MenyVal {
                    namn: namn.to_owned(),
                    href,
                    aktuell,
                }
            })
            .collect()
        });
        publik_ram(huvudman, meny, self.nu)
    }

    /// How this page relates to a page of the publisher's menu.
    fn forhallande(&self, href: &str, huvudman: &str) -> Aktuell {
        let har = self.rutt.monster.replacen("{huvudman}", huvudman, 1);
        if har == href {
            return Aktuell::Sidan;
        }
        let inom = har
            .strip_prefix(href)
            .is_some_and(|rest| rest.starts_with('/'));
        if inom { Aktuell::Inom } else { Aktuell::Nej }
    }
}
