//! What happens with money that is left of a grant's year, in words: how much of it may be
//! carried over by terms and consent, and what is repaid.

use crate::lasning::Bok;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::BidragId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::aterbetalning::medgivande;
use utfall_domain::medel::villkor::{Grans, Overforing, Villkor, gallande};
use utfall_domain::pengar::Ore;
use utfall_domain::tid;

/// A limit for what is carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overforingsgrans {
    /// At most so many öre from the year in all, of which some may be carried over already.
    pub hogst: i64,
    /// What is carried over already, in öre.
    pub redan: i64,
    /// Whence the limit: `10 % av årets pengar`.
    pub ord: String,
}

impl Overforingsgrans {
    /// What more may be carried over, in öre.
    #[must_use]
    pub const fn kvar(&self) -> i64 {
        let kvar = self.hogst.saturating_sub(self.redan);
        if kvar > 0 { kvar } else { 0 }
    }
}

/// The narrowest of the limits, of what the grant has got in the year. An unknown amount is not
/// known to allow anything.
#[must_use]
pub fn overforingsgrans(
    bok: &Bok,
    (bidrag, fran): (BidragId, i16),
    granser: &[Grans],
) -> Option<Overforingsgrans> {
    let urval = Urval::bidrag(bidrag).ar(fran);
    let av = bok.varde(Matt::Grundmedel, &urval).kant().unwrap_or(0);
    let (hogst, snavast) = granser
        .iter()
        .map(|g| (g.i_ore(av), g))
        .min_by_key(|x| x.0)?;
    let redan = bok
        .fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Overfort)
        .filter(|f| (f.galler().bidrag, f.galler().fran_ar) == (Some(bidrag), Some(fran)))
        .filter_map(|f| f.varde().kant())
        .fold(0, i64::saturating_add);
    let ord = match snavast {
        Grans::Belopp(_) => "enligt villkoren".to_owned(),
        Grans::Promille(p) => format!("{} av årets pengar", procent(*p)),
    };
    Some(Overforingsgrans { hogst, redan, ord })
}

/// Tenths of a per cent: `10 %`, `12,5 %`.
fn procent(promille: i64) -> String {
    let hela = promille.div_euclid(10);
    match promille.rem_euclid(10) {
        0 => format!("{hela}\u{a0}%"),
        del => format!("{hela},{del}\u{a0}%"),
    }
}

/// The limits of terms and consent.
#[must_use]
pub fn overforingens_granser(v: &Villkor, medgiven: Option<Grans>) -> Vec<Grans> {
    v.grans.into_iter().chain(medgiven).collect()
}

/// What happens with `kvar` öre that are expected to be left of a grant's year, or to lack.
#[must_use]
pub fn foljd_i_ord(bok: &Bok, bidrag: &Bidrag, ar: i16, kvar: i64) -> String {
    match kvar {
        0 => return "Bidraget går jämnt ut.".into(),
        n if n < 0 => return "Bidraget räcker inte. Mellanskillnaden får ni betala själva.".into(),
        _ => {}
    }
    let v = gallande(&bok.medelsposter, bidrag, Some(ar));
    let senast = match v.aterbetalas {
        Some(dag) => format!("senast den {}", tid::i_ord(dag)),
        None => "efter årets slut".to_owned(),
    };
    let nasta = ar.saturating_add(1);
    let sagt = medgivande(&bok.medelsposter, bidrag.id, ar, nasta);
    let om = match (v.overforing, sagt) {
        (Overforing::Nej, _) => {
            return format!(
                "Får inte föras över. Det som inte används ska betalas tillbaka {senast}."
            );
        }
        (Overforing::Okant, None) => {
            return "Det är okänt om pengarna får föras över. Fråga finansiären.".into();
        }
        (Overforing::MedMedgivande, None) => " om finansiären medger det",
        (Overforing::MedMedgivande | Overforing::Okant, Some(_)) => {
            " enligt finansiärens medgivande"
        }
        (Overforing::Ja, _) => "",
    };
    // Without the consent that is needed nothing may be carried over.
    let utan = match (v.overforing, sagt) {
        (Overforing::MedMedgivande, None) => {
            format!(" Utan medgivande ska allt betalas tillbaka {senast}.")
        }
        _ => String::new(),
    };
    let granser = overforingens_granser(&v, sagt.and_then(|m| m.grans));
    match overforingsgrans(bok, (bidrag.id, ar), &granser) {
        None => format!("Får föras över till {nasta}{om}.{utan}"),
        Some(g) => format!("{}{utan}", med_grans(&g, kvar, (nasta, om), &senast)),
    }
}

fn med_grans(g: &Overforingsgrans, kvar: i64, (nasta, om): (i16, &str), senast: &str) -> String {
    let (far, ord) = (g.kvar(), &g.ord);
    let redan = match g.redan {
        0 => String::new(),
        n => format!(", varav {}\u{a0}kr redan är överförda", Ore(n)),
    };
    let grans = format!("högst {}\u{a0}kr, {ord}{redan}", Ore(g.hogst));
    if kvar <= far {
        return format!("Får föras över till {nasta}{om} ({grans}).");
    }
    let resten = Ore(kvar.saturating_sub(far));
    format!(
        "Bara {}\u{a0}kr får föras över till {nasta}{om} ({grans}). Resten, {resten}\u{a0}kr, ska \
         betalas tillbaka {senast}.",
        Ore(far)
    )
}

/// All that is expected to be left of a grant's year may be carried over without asking.
#[must_use]
pub fn ryms_i_overforingen(bok: &Bok, bidrag: &Bidrag, ar: i16, kvar: i64) -> bool {
    let v = gallande(&bok.medelsposter, bidrag, Some(ar));
    let sagt = medgivande(&bok.medelsposter, bidrag.id, ar, ar.saturating_add(1));
    let far = match v.overforing {
        Overforing::Ja => true,
        Overforing::MedMedgivande | Overforing::Okant => sagt.is_some(),
        Overforing::Nej => false,
    };
    let granser = overforingens_granser(&v, sagt.and_then(|m| m.grans));
    far && overforingsgrans(bok, (bidrag.id, ar), &granser).is_none_or(|g| kvar <= g.kvar())
}
