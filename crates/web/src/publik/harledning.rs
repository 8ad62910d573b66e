//! The derivation of a published figure: unit and date, never a person or the journal.

use super::{dagar, om, publicerad};
use crate::adress;
use crate::anrop::{Publikt, Resultat};
use crate::harledning as h;
use crate::sidval::Sidval;
use crate::siffror::{Siffror, dag, enhet_i_rubrik, kort_dag, varde};
use crate::svar::{Fel, Svar};
use utfall_app::{Bok, Oppet};
use utfall_domain::faktum::Faktum;
use utfall_domain::matt::{Harledning, Matt, Synlighet, Urval};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::publicering::{Publicerat, Publicering};
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_domain::tid;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::publik as v;
use utfall_vyer::sidor::{PublikRad, Uppstallning};
use utfall_vyer::tabell::RadSlag;

/// What a public derivation is asked for: the figure, and the act or acts that show it.
struct Fragan {
    matt: Matt,
    urval: Urval,
    /// The published thing that the link stands in; `None` where several stand together.
    sak: Option<Publicerat>,
    bok: Bok,
}

impl Fragan {
    /// Only figures about something published, of measures the public may see.
    fn av(o: &Oppet, a: &Publikt) -> Result<Self, Fel> {
        let urval = Urval::av_fraga(a.fraga.alla()).map_err(|_| Problem::finns_inte())?;
        let sak = saken(o, a.fraga.text("sak"), &urval)?;
        let bok = match sak {
            Some(sak) => om(o, sak)?.1,
            None => o.samlat(),
        };
        let (matt, urval) = h::fragat(&bok, a.stig.text("matt"), &a.fraga)?;
        let synlig = matt.definition().synlighet != Synlighet::Inloggad;
        if !synlig || !ord_som_finns(&bok, &urval) {
            return Err(Problem::finns_inte().into());
        }
        Ok(Self {
            matt,
            urval,
            sak,
            bok,
        })
    }

    /// The page itself, as a huvudman's public pages lead to it.
    fn adress(&self, huvudman: &str) -> adress::Adress {
        adress::publik_harledning_av(huvudman, self.matt, &self.urval, self.sak)
    }

    /// The acts that the figure is as of.
    fn akter<'a>(&self, o: &'a Oppet) -> Vec<&'a Publicering> {
        let ror = |akt: &&Publicering| match (self.sak, akt.vad) {
            (Some(sak), vad) => sak == vad,
            (None, Publicerat::Rapport(_)) => false,
            (None, Publicerat::Bidrag(id)) => self.urval.bidrag.is_none_or(|b| b == id),
            (None, Publicerat::Insats(_)) => self.urval.bidrag.is_none(),
        };
        o.akter().iter().filter(ror).collect()
    }

    /// As of when: the day of the one act, or of each.
    fn per(&self, o: &Oppet) -> String {
        let akter = self.akter(o);
        match (akter.as_slice(), dagar(akter.iter().copied())) {
            ([akt], _) => publicerad(akt),
            (_, Some((forst, sist))) if forst == sist => {
                format!("Siffrorna är de som var kända {}.", dag(forst))
            }
            (_, Some((forst, sist))) => format!(
                "Varje uppgift gäller den dag som dess bidrag eller insats är publicerad per, \
                 från {} till {}.",
                dag(forst),
                dag(sist)
            ),
            (_, None) => String::new(),
        }
    }

    /// The public sees the figure as of its act and no other day: what it was before has
    /// perhaps never been public, and what it is now is not public yet.
    fn prova_dag(&self, o: &Oppet, onskad: &str) -> Result<(), Fel> {
        if onskad.is_empty() {
            return Ok(());
        }
        let akter = self.akter(o);
        let ratt = akter.iter().all(|akt| akt.per.0.to_string() == onskad);
        if ratt && !akter.is_empty() {
            return Ok(());
        }
        let slug = &o.huvudman().slug;
        let problem = Problem::nytt(
            ProblemSlag::FinnsInte,
            "publik-annan-dag",
            format!("Siffran är inte publicerad för den dagen. {}", self.per(o)),
            "Se den som den är publicerad.",
        );
        let har = self.adress(slug);
        let mut fel = Fel::from(problem).med_lank(Lank::ny("Siffran som den är publicerad", har));
        // A report prints figures as of a day, and has their derivations itself.
        let samlat = o.samlat();
        for r in samlat.rapporter.iter().filter(|r| per_dag(r, onskad)) {
            let till = adress::publik_rapport(slug, &r.slug);
            fel = fel.med_lank(Lank::ny(r.titel.clone(), till));
        }
        Err(fel)
    }
}

/// Whether a report's figures are as of this day.
fn per_dag(r: &Rapport, dag: &str) -> bool {
    matches!(&r.lage, Rapportlage::Utfardad { per, .. } if per.0.to_string() == dag)
}

/// Which published thing a link stands in. Only acts in force answer, and only about what
/// they show. A link without a word is about the thing it names.
fn saken(o: &Oppet, ord: &str, urval: &Urval) -> Result<Option<Publicerat>, Fel> {
    let bidrag = urval.bidrag.map(Publicerat::Bidrag);
    let insats = urval.insats.map(Publicerat::Insats);
    let publicerad = |sak: &Publicerat| o.akt(*sak).is_some();
    match ord {
        "" if *urval == Urval::default() => Ok(None),
        "" => {
            let sak = bidrag
                .filter(publicerad)
                .or_else(|| insats.filter(publicerad));
            match (sak, bidrag.or(insats)) {
                (None, Some(_)) => Err(Problem::finns_inte().into()),
                (sak, _) => Ok(sak),
            }
        }
        adress::ALLA => Ok(None),
        ord => {
            let sak = Publicerat::av_nyckel(ord).filter(publicerad);
            let om_saken = sak.filter(|sak| [bidrag, insats].contains(&Some(*sak)));
            Ok(Some(om_saken.ok_or_else(Problem::finns_inte)?))
        }
    }
}

/// GET `/{huvudman}/harledning/{matt}`.
pub async fn harledning(a: Publikt) -> Resultat {
    let o = a.oppet().await?;
    let fragan = Fragan::av(&o, &a)?;
    fragan.prova_dag(&o, a.fraga.text("per"))?;
    let slug = &o.huvudman().slug;
    let s = Siffror::publika(&fragan.bok, slug, fragan.sak);
    let harledning = s.matt(fragan.matt, &fragan.urval);
    let alla = Lank::ny("Så räknar vi", adress::publik_sa_raknar_vi(slug));
    Svar::publik_sida(&v::PublikHarledning {
        ram: a.ram(Some(o.huvudman())),
        huvud: Sidhuvud::ny(
            h::rubrik(&s, fragan.matt, &fragan.urval),
            ingress(&s, &harledning),
        )
        .overrad(overrad(&fragan))
        .under(vec![Lank::ny("Pengarna", adress::publik_pengar(slug))]),
        uppstallning: Uppstallning {
            per: fragan.per(&o).into(),
            anvands: leder_till(&s, &fragan),
            ..uppstallning(
                &s,
                &harledning,
                (Sidval::ur(&a.fraga), &fragan.adress(slug)),
                alla,
            )
        },
    })
}

/// The sum in words, or the definition where it may not be told.
pub(crate) fn ingress(s: &Siffror<'_>, harledning: &Harledning) -> Text {
    if s.far_visas(harledning) {
        h::i_ord(s, harledning)
    } else {
        harledning.matt.definition().text.into()
    }
}

/// How a figure comes about, told to somebody who sees no names.
pub(crate) fn uppstallning(
    s: &Siffror<'_>,
    harledning: &Harledning,
    (sida, hit): (Sidval, &adress::Adress),
    alla: Lank,
) -> Uppstallning {
    let matt = harledning.matt;
    let (rader, antal) = if s.far_visa_rader(harledning) {
        rader(s, harledning, sida)
    } else {
        (Vec::new(), 0)
    };
    Uppstallning {
        formeltext: h::formeltext(harledning),
        formelkolumner: h::kolumner(harledning),
        formel: h::formel(s, harledning),
        radtext: format!(
            "{}, {}",
            matt.text(),
            enhet_i_rubrik(matt.enhet()).to_lowercase()
        ),
        rader,
        bladdra: sida.lankar(antal, hit),
        definition: h::definition(matt, alla),
        per: Text::default(),
        anvands: Vec::new(),
    }
}

fn overrad(fragan: &Fragan) -> String {
    let om = if fragan.urval == Urval::default() {
        "allt som är publicerat".to_owned()
    } else {
        h::om(&fragan.bok, &fragan.urval)
    };
    format!("{} · {om}", fragan.matt.text())
}

/// The public pages that show the figure.
fn leder_till(s: &Siffror<'_>, fragan: &Fragan) -> Vec<Lank> {
    let mut ut = h::leder_till(s, &fragan.urval);
    let bidrag = fragan.urval.bidrag.and_then(|id| s.bok.bidrag(id));
    if let (Some(b), Some(huvudman)) = (bidrag, s.huvudman()) {
        let till = adress::publik_bidrag(huvudman, &b.slug);
        ut.push(Lank::ny(b.namn.clone(), till));
    }
    ut
}

/// Free words are told only when they stand in a fact, so that nobody can make this page say
/// anything else.
fn ord_som_finns(bok: &Bok, urval: &Urval) -> bool {
    let inga = urval.kategori.is_none() && urval.version.is_none();
    inga || bok.fakta.iter().map(Faktum::galler).any(|g| {
        (urval.kategori.is_none() || g.kategori == urval.kategori)
            && (urval.version.is_none() || g.version == urval.version)
            && (urval.insats.is_none() || g.insats == urval.insats)
    })
}

/// The rows of the part, with the sums of all rows, and how many facts there are.
fn rader(s: &Siffror<'_>, harledning: &Harledning, sida: Sidval) -> (Vec<PublikRad>, usize) {
    let blad = h::Rader::av(s, harledning);
    let alla: Vec<_> = blad.galler().map(|(h, f)| (h, f.to_vec())).collect();
    let antal = alla.iter().map(|(_, fakta)| fakta.len()).sum();
    let mut ut = Vec::new();
    for (summa, fakta) in sida.grupper(alla) {
        ut.extend(fakta.iter().map(|f| rad(s, f)));
        ut.push(PublikRad {
            slag: RadSlag::Delsumma,
            namn: summa.matt.text().to_owned(),
            kalla: String::new(),
            datum: String::new(),
            sakerhet: plusminus(summa.utfall.halv),
            varde: s.tal(summa.matt, &summa.urval),
        });
    }
    (ut, antal)
}

fn rad(s: &Siffror<'_>, f: &Faktum) -> PublikRad {
    let kalla = f.fakta.kalla.as_ref().and_then(|kalla| {
        let u = s.bok.underlag(kalla.underlag).filter(|u| u.offentligt)?;
        Some(format!("{}, {}", u.titel, kalla.plats))
    });
    PublikRad {
        slag: RadSlag::Vanlig,
        namn: h::om_faktum(s.bok, f).0,
        kalla: kalla.unwrap_or_default(),
        datum: kort_dag(tid::dag(f.registrerad)),
        sakerhet: plusminus(f.fakta.precision.halv()),
        varde: varde(f.varde(), f.fakta.slag.enhet()),
    }
}

fn plusminus(halv: i64) -> String {
    if halv == 0 {
        String::new()
    } else {
        format!("±\u{a0}{}", Ore(halv))
    }
}
