//! What is kept of a participant, in words: the same on the page and in the extract that the
//! person gets.

use jiff::civil::Date;
use utfall_domain::deltagare::deltagande::{Deltagandesteg, Intrade, Situation, Uttrade};
use utfall_domain::deltagare::kodlista::Listnamn;
use utfall_domain::deltagare::kodlista::version::gallande;
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Kand, Uppgifter};
use utfall_domain::kommun;
use utfall_domain::tid;

/// A name with what it stands for.
pub type Ordrad = (&'static str, String);

/// The words of a code: as it is written when the list does not know it any more.
#[must_use]
pub fn ord(lista: Listnamn, kod: &str) -> String {
    let version = gallande(lista, &[], Date::MAX);
    let funnen = version.and_then(|l| l.finn(kod));
    funnen.map_or_else(|| kod.to_owned(), |k| k.text.clone())
}

/// A day, unbroken between day and month.
fn dagen(datum: Date) -> String {
    tid::i_ord(datum).replacen(' ', "\u{a0}", 1)
}

/// Several in words, or that nothing is told.
fn flera(ord: &[String], mellan: &str) -> String {
    if ord.is_empty() {
        return "inte angivet".to_owned();
    }
    ord.join(mellan)
}

fn alla(lista: Listnamn, koder: &[String]) -> String {
    let ord: Vec<String> = koder.iter().map(|kod| ord(lista, kod)).collect();
    flera(&ord, ", ")
}

/// Who it is, on a first day.
#[must_use]
pub fn vem(u: &Uppgifter, forsta_dagen: Date) -> Vec<Ordrad> {
    let mut ut = Vec::new();
    if let Some(namn) = &u.namn {
        ut.push(("Namn", namn.som_str().to_owned()));
    }
    ut.push(match &u.kand {
        Kand::Nummer(nummer) => {
            let alder = nummer.alder(forsta_dagen);
            let alder = alder.map_or(String::new(), |ar| format!(" ({ar}\u{a0}år vid start)"));
            ("Nummer", format!("{}{alder}", nummer.tryckt().som_str()))
        }
        Kand::Kod(kod) => ("Kod", kod.som_str().to_owned()),
    });
    ut
}

/// On what ground it is kept, and how the person was told.
#[must_use]
pub fn grunden(g: &Behandlingsgrund) -> Ordrad {
    let (info, grund) = (&g.information, g.grund.text());
    let text = format!("{}, {} ({grund})", dagen(info.dag), info.satt.text());
    ("Informerad", text)
}

/// What was so at the start.
#[must_use]
pub fn starten(i: &Intrade) -> Vec<Ordrad> {
    let b = &i.bakgrund;
    let hemkommun = i.kommun.as_deref().map_or("okänd", |kod| {
        kommun::av_kod(kod).map_or(kod, |k| k.namn.as_str())
    });
    let status = b.status.iter().map(|(m, l)| {
        let lage = ord(Listnamn::Myndighetsstatus, l);
        format!("{}: {lage}", ord(Listnamn::Myndighet, m))
    });
    let tid = ord(Listnamn::TidIForsorjning, &b.tid_i_forsorjning);
    let senast = ord(Listnamn::Startlage, &b.startlage);
    vec![
        ("Kön", ord(Listnamn::Kon, &i.kon)),
        ("Hemkommun", hemkommun.to_owned()),
        ("Började", dagen(i.dag)),
        ("Utbildning", ord(Listnamn::Utbildningsniva, &b.utbildning)),
        ("Tid i offentlig försörjning", tid),
        ("Senast i arbete eller studier", senast),
        ("Målgrupper", alla(Listnamn::Malgrupp, &b.malgrupper)),
        ("Hänvisad av", ord(Listnamn::Remittent, &b.remittent)),
        (
            "Hos myndigheterna",
            flera(&status.collect::<Vec<_>>(), "; "),
        ),
        ("Behöver ordnas", alla(Listnamn::Behov, &b.behov)),
    ]
}

/// What the person lives on.
#[must_use]
pub fn lever_pa(s: &Situation) -> String {
    let delar = s.forsorjning.iter().map(|f| {
        let namn = ord(Listnamn::Forsorjning, &f.kod);
        f.omfattning
            .map_or(namn.clone(), |o| format!("{namn} {}\u{a0}%", o.procent()))
    });
    delar.collect::<Vec<_>>().join(", ")
}

/// What the person does.
#[must_use]
pub fn gor(s: &Situation) -> String {
    let vad = ord(Listnamn::Sysselsattning, &s.sysselsattning);
    let Some(arbete) = &s.arbete else {
        return vad;
    };
    let typ = ord(Listnamn::TypAvArbete, &arbete.typ);
    let tid = arbete.omfattning.map_or("okänd arbetstid".to_owned(), |o| {
        format!("{}\u{a0}%", o.procent())
    });
    format!("{vad} ({typ}, {tid})")
}

/// How it ended.
#[must_use]
pub fn resultatet(u: &Uttrade) -> String {
    let mut ut = format!(
        "Resultat: {}. Avslutad: {}, {}",
        ord(Listnamn::Sluttillstand, &u.sluttillstand),
        ord(Listnamn::Avslutsanledning, &u.anledning),
        ord(Listnamn::Fullfoljande, &u.fullfoljande),
    );
    if let Some(orsak) = &u.avbrottsorsak {
        ut.push_str(&format!(" ({})", ord(Listnamn::Avbrottsorsak, orsak)));
    }
    ut.push('.');
    let stod: Vec<_> = u.stod.iter().map(|k| ord(Listnamn::AnnatStod, k)).collect();
    if !stod.is_empty() {
        ut.push_str(&format!(" Annat stöd: {}.", stod.join(", ")));
    }
    ut
}

/// The name of a step, and the day it is about.
#[must_use]
pub fn steget(steg: &Deltagandesteg) -> (&'static str, Date) {
    match steg {
        Deltagandesteg::Borja(i) => ("Start", i.dag),
        Deltagandesteg::Avsluta(u) => ("Avslut", u.dag),
        Deltagandesteg::FoljUpp(u) => ("Uppföljning", u.dag),
        Deltagandesteg::Ateruppta { dag } => ("Fortsätter", *dag),
        Deltagandesteg::Felregistrera { dag } => ("Felregistrerad", *dag),
    }
}

/// Everything that a step says.
#[must_use]
pub fn allt_i(steg: &Deltagandesteg) -> Vec<Ordrad> {
    let situation = |s: &Situation| vec![("Försörjning", lever_pa(s)), ("Sysselsättning", gor(s))];
    match steg {
        Deltagandesteg::Borja(i) => {
            let mut ut = starten(i);
            ut.extend(situation(&i.situation));
            ut
        }
        Deltagandesteg::Avsluta(u) => {
            let mut ut = vec![
                ("Sista dagen", dagen(u.dag)),
                ("Hur det gick", resultatet(u)),
            ];
            ut.extend(situation(&u.situation));
            ut
        }
        Deltagandesteg::FoljUpp(u) => {
            let mut ut = vec![
                ("Efter", u.vag.text().to_owned()),
                ("Gäller", dagen(u.dag)),
                ("Svar", ord(Listnamn::Uppfoljningssvar, &u.svar)),
            ];
            ut.extend(u.situation.as_ref().map(situation).unwrap_or_default());
            ut
        }
        Deltagandesteg::Ateruppta { dag } => vec![("Fortsätter från", dagen(*dag))],
        Deltagandesteg::Felregistrera { dag } => vec![("Upptäckt", dagen(*dag))],
    }
}
