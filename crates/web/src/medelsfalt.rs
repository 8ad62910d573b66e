//! Fields that several forms about money have: the decision behind a change, and that it is
//! made after the year was closed.

use crate::anrop::Inloggat;
use crate::felen::med_fel;
use crate::registrering::{falt, tal};
use jiff::civil::Date;
use utfall_app::medel::{Beslutsuppgift, Beslutsval};
use utfall_app::{Bok, Brister};
use utfall_domain::faktum::Enhet;
use utfall_domain::id::{BeslutId, BidragId};
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};

const FALTEN: [&str; 6] = [
    "beslut-instans",
    "beslut-paragraf",
    "beslut-datum",
    "beslut-diarienummer",
    "beslut-rubrik",
    "beslut-villkor",
];

/// The fields of a new decision.
#[must_use]
pub fn nytt_beslut(a: &Inloggat) -> Vec<Falt> {
    vec![
        falt(a, "beslut-instans", "Vem har beslutat?", FaltSlag::Text)
            .hjalp("Till exempel Kommunstyrelsen eller Styrelsen."),
        falt(a, "beslut-datum", "Beslutets dag", FaltSlag::Datum),
        falt(a, "beslut-paragraf", "Paragraf", FaltSlag::Text).frivilligt(),
        falt(
            a,
            "beslut-diarienummer",
            "Beslutets diarienummer",
            FaltSlag::Text,
        )
        .frivilligt(),
        falt(a, "beslut-rubrik", "Vad beslutades?", FaltSlag::Text)
            .hjalp("I några ord, till exempel Fördelning av 2026 års bidrag."),
    ]
}

/// The decision behind a change: a list of those in the books, and a new one.
#[must_use]
pub fn beslut<'a>(
    a: &Inloggat,
    bok: &Bok,
    bidrag: Option<BidragId>,
    fel: impl IntoIterator<Item = &'a Problem>,
) -> Vec<Falt> {
    let fel: Vec<&Problem> = fel.into_iter().collect();
    let inget = (String::new(), "Ett nytt, som jag fyller i nedan".to_owned());
    let mut grupper = vec![(String::new(), vec![inget])];
    grupper.extend(beslutsgrupper(bok, bidrag));
    let val = FaltSlag::Grupper(grupper);
    let mut ut = vec![falt(a, "beslut", "Vilket beslut?", val)];
    // Needed unless one is chosen: neither demanded by the browser nor called voluntary.
    ut.extend(
        nytt_beslut(a)
            .into_iter()
            .map(|f| if f.frivilligt { f } else { f.ettdera() }),
    );
    ut.into_iter()
        .map(|f| med_fel(f, fel.iter().copied()))
        .collect()
}

/// The decisions in the books, newest first: those of the grant, those of no grant, and last
/// those of other grants, which can be the same meeting's and are told apart by their grant.
fn beslutsgrupper(bok: &Bok, bidrag: Option<BidragId>) -> Vec<(String, Vec<(String, String)>)> {
    let mut alla: Vec<_> = bok.beslut.iter().collect();
    alla.sort_by_key(|b| std::cmp::Reverse((b.datum, b.id)));
    let grupp = |namn: &str, med: &dyn Fn(Option<BidragId>) -> bool| {
        let egna = alla.iter().filter(|b| med(b.bidrag)).map(|b| {
            let annat = b.bidrag.filter(|id| Some(*id) != bidrag);
            let om = annat.and_then(|id| bok.bidrag(id));
            let om = om.map_or_else(String::new, |b| format!(" (om {})", b.namn));
            (
                b.id.to_string(),
                format!("{}: {}{om}", b.med_datum(), b.rubrik),
            )
        });
        (namn.to_owned(), egna.collect::<Vec<_>>())
    };
    let Some(bidrag) = bidrag else {
        return vec![grupp("", &|_| true)];
    };
    let alla = [
        grupp("Om det här bidraget", &|om| om == Some(bidrag)),
        grupp("Om inget bidrag", &|om| om.is_none()),
        grupp("Om andra bidrag", &|om| om.is_some_and(|id| id != bidrag)),
    ];
    let fyllda = alla.into_iter().filter(|(_, val)| !val.is_empty());
    fyllda.collect()
}

/// Whether anything about a decision was sent.
#[must_use]
pub fn nagot_om_beslut(a: &Inloggat) -> bool {
    let skrivet = |namn: &&str| !a.formular.text(namn).is_empty();
    FALTEN.iter().any(skrivet) || skrivet(&"beslut")
}

/// The new decision as it was typed.
pub fn ifyllt_beslut(a: &Inloggat, fel: &mut Brister) -> Beslutsuppgift {
    let f = &a.formular;
    Beslutsuppgift {
        instans: f.lang("beslut-instans"),
        paragraf: f.lang("beslut-paragraf"),
        datum: fel.prova(dag(a, "beslut-datum")).flatten(),
        diarienummer: f.lang("beslut-diarienummer"),
        rubrik: f.lang("beslut-rubrik"),
        villkor: f.lang("beslut-villkor"),
    }
}

/// Which decision was chosen.
pub fn valt_beslut(a: &Inloggat, fel: &mut Brister) -> Beslutsval {
    let valt = a.formular.tal("beslut").and_then(BeslutId::ny);
    if let Some(id) = valt {
        return Beslutsval::Finns(id);
    }
    let nytt = ifyllt_beslut(a, fel);
    if nytt.tom() {
        Beslutsval::Saknas
    } else {
        Beslutsval::Nytt(nytt)
    }
}

/// A day that may be left out.
///
/// # Errors
/// What is typed is no day.
pub fn dag(a: &Inloggat, namn: &str) -> Result<Option<Date>, Problem> {
    let skrivet = a.formular.text(namn);
    if skrivet.is_empty() {
        return Ok(None);
    }
    skrivet.parse().map(Some).map_err(|_| {
        Problem::ogiltigt(
            "dag-olaslig",
            format!("Dagen ”{skrivet}” går inte att läsa."),
            "Skriv till exempel 2026-03-09.",
        )
        .i_falt(namn)
    })
}

/// An amount in öre that must be there, with how exactly it was stated.
///
/// # Errors
/// What is typed is no amount, or nothing is.
pub fn belopp(a: &Inloggat, namn: &str) -> Result<(i64, Precision), Problem> {
    let (varde, precision) = tal::varde(a.formular.text(namn), "tal", (Enhet::Ore, "kr"), namn)?;
    Ok((varde.kant().unwrap_or(0), precision))
}

/// The box that says that a change is made after the year was closed.
#[must_use]
pub fn efter_avslut(a: &Inloggat) -> Falt {
    falt(
        a,
        "efter-avslut",
        "Det här är en rättelse efter att året avslutats",
        FaltSlag::Kryss,
    )
    .hjalp("Rättelsen syns som en sådan överallt där årets siffror visas.")
    .frivilligt()
}

/// The box, when it is asked for: a closed year stopped the form, or it was ticked.
#[must_use]
pub fn efter_avslut_vid_fel(a: &Inloggat, fel: &[Problem]) -> Option<Falt> {
    efter_avslut_om(a, fel, false)
}

/// As [`efter_avslut_vid_fel`], and at once where it is known that a closed year is touched.
#[must_use]
pub fn efter_avslut_om(a: &Inloggat, fel: &[Problem], stangt: bool) -> Option<Falt> {
    let stoppad = stangt || fel.iter().any(|p| p.kod == "aret-avslutat");
    (stoppad || sagt_efter_avslut(a)).then(|| med_fel(efter_avslut(a), fel))
}

/// Whether the box was ticked.
#[must_use]
pub fn sagt_efter_avslut(a: &Inloggat) -> bool {
    a.formular.text("efter-avslut") == "ja"
}

/// Why something is entered after the closing, where the form's other text says where the
/// figure comes from and not why it comes so late.
#[must_use]
pub fn varfor_efter_avslut(a: &Inloggat, fel: &[Problem]) -> Falt {
    let falt = falt(
        a,
        "efter-avslut-varfor",
        "Varför görs det efter avslutet?",
        FaltSlag::Text,
    )
    .hjalp("Syns vid uppgiften. Fylls i bara om du kryssade.");
    med_fel(falt.ettdera(), fel)
}

/// The box, when it is asked for, with why it is entered so late.
#[must_use]
pub fn efter_avslut_och_varfor(a: &Inloggat, fel: &[Problem]) -> Vec<Falt> {
    let kryss = efter_avslut_vid_fel(a, fel);
    kryss
        .map(|kryss| vec![kryss, varfor_efter_avslut(a, fel)])
        .unwrap_or_default()
}

/// Where a figure comes from, and why after the closing when it is.
///
/// # Errors
/// It is after the closing and nothing says why.
pub fn kalla_och_varfor(a: &Inloggat) -> Result<String, Problem> {
    let kalla = a.formular.lang("orsak");
    let varfor = a.formular.lang("efter-avslut-varfor");
    if !sagt_efter_avslut(a) || kalla.is_empty() {
        return Ok(kalla);
    }
    if varfor.chars().count() < 3 {
        return Err(Problem::ogiltigt(
            "efter-avslut-varfor",
            "Skälet till att det görs efter avslutet saknas.",
            "Skriv kort varför, så att den som läser förstår.",
        )
        .i_falt("efter-avslut-varfor"));
    }
    Ok(format!("{kalla} Efter avslut: {varfor}"))
}
