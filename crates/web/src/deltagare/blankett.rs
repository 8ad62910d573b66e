//! What the forms about a participant share: choices out of the code lists, and how what was
//! chosen is read.

use crate::anrop::Inloggat;
use crate::registrering::{falt, val};
use jiff::civil::Date;
use utfall_app::Brister;
use utfall_domain::deltagare::deltagande::{Arbete, Forsorjning, Omfattning, Situation};
use utfall_domain::deltagare::kodlista::version::gallande;
use utfall_domain::deltagare::kodlista::{Kod, Listnamn};
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::Faltdel;

/// Livelihoods that a form has room for.
const FORSORJNINGAR: [(&str, &str); 3] = [
    ("forsorjning", "omfattning"),
    ("forsorjning-2", "omfattning-2"),
    ("forsorjning-3", "omfattning-3"),
];

/// The codes that a list has on a day.
fn koder(lista: Listnamn, dag: Date) -> Vec<&'static Kod> {
    gallande(lista, &[], dag).map_or(Vec::new(), |l| l.koder_den(dag))
}

/// The help of a list: what its words mean.
fn hjalp(lista: Listnamn, dag: Date) -> Option<&'static str> {
    gallande(lista, &[], dag)?.hjalp.as_deref()
}

/// One of a list's codes.
pub(super) fn kodval(
    a: &Inloggat,
    (namn, lista): (&str, Listnamn),
    etikett: &str,
    dag: Date,
) -> Falt {
    let alla = koder(lista, dag)
        .into_iter()
        .map(|k| (k.kod.clone(), k.text.clone()));
    falt(a, namn, etikett, val("Välj", alla))
}

/// As [`kodval`], with what the list's words mean.
pub(super) fn kodval_med_hjalp(
    a: &Inloggat,
    vilken: (&str, Listnamn),
    etikett: &str,
    dag: Date,
) -> Falt {
    let ut = kodval(a, vilken, etikett, dag);
    match hjalp(vilken.1, dag) {
        Some(text) => ut.hjalp(text),
        None => ut,
    }
}

/// A box for each code of a list; what is ticked is read by [`kryssade`].
pub(super) fn kryss(a: &Inloggat, namn: &str, lista: Listnamn, dag: Date) -> Vec<Falt> {
    let koder = koder(lista, dag).into_iter();
    koder
        .map(|k| {
            let namn = format!("{namn}-{}", k.kod);
            let ut = falt(a, &namn, &crate::ram::stor_forst(&k.text), FaltSlag::Kryss);
            match &k.hjalp {
                Some(text) => ut.hjalp(text.as_str()),
                None => ut,
            }
        })
        .collect()
}

/// The codes whose boxes were ticked.
pub(super) fn kryssade(a: &Inloggat, namn: &str, lista: Listnamn, dag: Date) -> Vec<String> {
    let koder = koder(lista, dag).into_iter();
    koder
        .filter(|k| a.formular.text(&format!("{namn}-{}", k.kod)) == "ja")
        .map(|k| k.kod.clone())
        .collect()
}

/// The code that was chosen. Nothing chosen is told as that, and not as a wrong choice.
pub(super) fn valt(a: &Inloggat, fel: &mut Brister, namn: &str, lista: Listnamn) -> String {
    let kod = a.formular.text(namn);
    if kod.is_empty() {
        let text = format!("{} är inte vald.", lista.text());
        let atgard = "Välj i listan. Vet du inte: välj okänt.";
        let p = Problem::ogiltigt("deltagande-inte-vald", text, atgard).i_falt(namn);
        fel.prova::<()>(Err(p));
    }
    kod.to_owned()
}

/// A day of the form.
pub(super) fn dagen(a: &Inloggat, fel: &mut Brister, namn: &str) -> Date {
    let skrivet = a.formular.text(namn);
    let last = skrivet.parse::<Date>().map_err(|_| {
        Problem::ogiltigt(
            "deltagande-dag-olaslig",
            "Dagen går inte att läsa.",
            "Skriv år, månad och dag, till exempel 2026-03-01.",
        )
        .i_falt(namn)
    });
    fel.prova(last).unwrap_or(Date::MIN)
}

/// A field for a day, with today in it until something else is typed.
pub(super) fn dagfalt(a: &Inloggat, namn: &str, etikett: &str, forval: Option<Date>) -> Falt {
    let ut = falt(a, namn, etikett, FaltSlag::Datum);
    match (a.formular.som_sant(namn), forval) {
        (None, Some(dag)) => ut.varde(dag.to_string()),
        _ => ut,
    }
}

/// An extent in per cent, or nothing.
fn omfattning(a: &Inloggat, fel: &mut Brister, namn: &str) -> Option<Omfattning> {
    let skrivet = a.formular.text(namn);
    let skrivet = skrivet.strip_suffix('%').unwrap_or(skrivet).trim();
    if skrivet.is_empty() {
        return None;
    }
    let last = skrivet.parse().ok().and_then(Omfattning::ny);
    fel.prova(last.ok_or_else(|| {
        Problem::ogiltigt(
            "deltagande-procent",
            "Omfattningen är inte ett helt tal från 1 till 100.",
            "Skriv procent, till exempel 50. Lämna tomt om det inte är känt.",
        )
        .i_falt(namn)
    }))
}

/// What the person lives on and does: the fields.
pub(super) fn situationsdelar(a: &Inloggat, nar: &str, dag: Date) -> Vec<Faltdel> {
    let procent = |namn: &str, etikett: &str| falt(a, namn, etikett, FaltSlag::Tal).frivilligt();
    let mut delar = Vec::new();
    for (nr, (kod, del)) in FORSORJNINGAR.into_iter().enumerate() {
        let lista = (kod, Listnamn::Forsorjning);
        let falten = if nr == 0 {
            vec![
                kodval(a, lista, "Försörjning", dag),
                procent(del, "Procent"),
            ]
        } else {
            let etikett = format!("Försörjning {}", nr + 1);
            vec![
                kodval(a, lista, &etikett, dag).frivilligt(),
                procent(del, &format!("Procent av försörjning {}", nr + 1)),
            ]
        };
        let rubrik = if nr == 0 {
            format!("Försörjning {nar}")
        } else {
            String::new()
        };
        let faltdel = Faltdel::rad(rubrik, falten);
        delar.push(match hjalp(Listnamn::Forsorjning, dag) {
            Some(text) if nr == 0 => faltdel.hjalp(text),
            _ => faltdel,
        });
    }
    delar.push(
        Faltdel::rad(
            format!("Sysselsättning {nar}"),
            vec![
                kodval(
                    a,
                    ("sysselsattning", Listnamn::Sysselsattning),
                    "Sysselsättning",
                    dag,
                ),
                kodval(a, ("typ", Listnamn::TypAvArbete), "Typ av arbete", dag).frivilligt(),
                procent("arbetstid", "Arbetstid i procent"),
            ],
        )
        .hjalp(
            "Det som faktiskt görs. Typ av arbete och arbetstid fylls i för den som arbetar. \
             100 procent är 40 timmar i veckan.",
        ),
    );
    delar
}

/// What the person lives on and does, as chosen.
pub(super) fn situation(a: &Inloggat, fel: &mut Brister) -> Situation {
    let mut forsorjning = Vec::new();
    for (kod, del) in FORSORJNINGAR {
        let vald = a.formular.text(kod).to_owned();
        let omfattning = omfattning(a, fel, del);
        if vald.is_empty() && omfattning.is_some() {
            let text = "Det står hur mycket, men inte av vad.";
            let atgard = "Välj försörjningen, eller töm procenten.";
            let p = Problem::ogiltigt("deltagande-utan-forsorjning", text, atgard).i_falt(kod);
            fel.prova::<()>(Err(p));
        }
        if !vald.is_empty() {
            forsorjning.push(Forsorjning {
                kod: vald,
                omfattning,
            });
        }
    }
    let sysselsattning = valt(a, fel, "sysselsattning", Listnamn::Sysselsattning);
    let (typ, tid) = (a.formular.text("typ"), omfattning(a, fel, "arbetstid"));
    let arbete = (!typ.is_empty() || tid.is_some()).then(|| Arbete {
        typ: typ.to_owned(),
        omfattning: tid,
    });
    Situation {
        forsorjning,
        sysselsattning,
        arbete,
    }
}

/// What was said of a situation, as the fields of a form would have it.
pub(super) fn falt_av(s: &Situation) -> Vec<(String, String)> {
    let mut ut = Vec::new();
    let procent = |o: Option<Omfattning>| o.map_or(String::new(), |o| o.procent().to_string());
    for ((kod, del), f) in FORSORJNINGAR.into_iter().zip(&s.forsorjning) {
        ut.push((kod.to_owned(), f.kod.clone()));
        ut.push((del.to_owned(), procent(f.omfattning)));
    }
    ut.push(("sysselsattning".to_owned(), s.sysselsattning.clone()));
    if let Some(arbete) = &s.arbete {
        ut.push(("typ".to_owned(), arbete.typ.clone()));
        ut.push(("arbetstid".to_owned(), procent(arbete.omfattning)));
    }
    ut
}
