//! What a funder's template has besides the parts of every återrapport: the terms, and tables of
//! requisitions, kinds of cost, co-financing and repayment.

use super::bygg::Ram;
use crate::lasning::Bok;
use std::collections::BTreeSet;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::{InsatsId, OrganisationId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::rekvisition::{Lage, Rekvisition, Riktning, alla};
use utfall_domain::medel::villkor::{self, Overforing};
use utfall_domain::pengar::Ore;
use utfall_domain::rapport::sammanstallning::{Del, Ord, Siffercell, Sifferrad, Siffertabell};
use utfall_domain::rapport::{Beskedsslag, Kolumn, Led, Radslag};
use utfall_domain::rapporter::{Aterrapportdel, Aterrapportmall};
use utfall_domain::tid::i_ord;
use utfall_domain::varde::Varde;

/// What the funder has decided, as names and values. What is not registered is left out, or said
/// to be so where the funder asks for it.
pub(super) fn villkoren(
    bok: &Bok,
    bidrag: &Bidrag,
    ar: i16,
    mall: Aterrapportmall,
) -> Vec<(String, String)> {
    let v = villkor::gallande(&bok.poster(), bidrag, Some(ar));
    let dag = |dag: Option<jiff::civil::Date>| dag.map(i_ord);
    let tid = match (v.fran, v.till) {
        (Some(fran), Some(till)) => Some(format!("{} till {}", i_ord(fran), i_ord(till))),
        (Some(fran), None) => Some(format!("från {}", i_ord(fran))),
        (None, Some(till)) => Some(format!("till {}", i_ord(till))),
        (None, None) => None,
    };
    let overforing = match v.overforing {
        Overforing::Ja => Some("ja"),
        Overforing::MedMedgivande => Some("ja, med finansiärens medgivande"),
        Overforing::Nej => Some("nej"),
        Overforing::Okant => None,
    };
    // The number of the grant itself stands on its own row already.
    let nummer = v
        .diarienummer
        .filter(|d| bidrag.diarienummer.as_ref() != Some(d));
    [
        ("Finansiärens diarienummer", nummer),
        ("Rättslig grund", v.lagstod),
        ("Ändamål", v.andamal),
        ("Pengarna får användas", tid),
        ("Får föras över", overforing.map(str::to_owned)),
        ("Ska redovisas senast", dag(v.redovisas)),
        ("Ska betalas tillbaka senast", dag(v.aterbetalas)),
    ]
    .into_iter()
    .filter(|(_, sagt)| sagt.is_some() || mall.fragar_efter_villkor())
    .map(|(namn, sagt)| {
        let sagt = sagt.unwrap_or_else(|| "inte registrerat".to_owned());
        (namn.to_owned(), sagt)
    })
    .collect()
}

/// What the parts are made with.
struct Om<'a> {
    bok: &'a Bok,
    ram: &'a Ram<'a>,
    bidrag: &'a Bidrag,
    aret: Urval,
}

/// The counted parts of the template, in its order.
pub(super) fn delarna(
    bok: &Bok,
    ram: &Ram<'_>,
    (bidrag, mall): (&Bidrag, Aterrapportmall),
    ar: i16,
) -> Vec<Del> {
    let om = Om {
        bok,
        ram,
        bidrag,
        aret: Urval::bidrag(bidrag.id).ar(ar),
    };
    let mut ut = Vec::new();
    for (del, kravs) in mall.delar() {
        let tabell = match del {
            Aterrapportdel::ArForAr => om.ar_for_ar(),
            Aterrapportdel::Rekvisitioner => om.rekvisitioner(ar),
            Aterrapportdel::Kostnadsslag => om.kostnadsslag(),
            Aterrapportdel::Medfinansiering => om.medfinansiering(ar),
            Aterrapportdel::Aterbetalning => om.aterbetalning(),
        };
        if tabell.is_none() && !kravs {
            continue;
        }
        ut.push(Del::Rubrik {
            niva: 2,
            text: del.text().to_owned(),
            ankare: format!("del-{}", del.kod()),
        });
        ut.push(match tabell {
            Some(tabell) => Del::Tabell(tabell),
            None => Del::Besked {
                allvar: Beskedsslag::Varning,
                ord: vec![Ord::Text(saknas(*del).to_owned())],
            },
        });
    }
    ut
}

/// What is said where the funder asks and nobody knows: unknown is not zero.
const fn saknas(del: Aterrapportdel) -> &'static str {
    match del {
        Aterrapportdel::ArForAr => "Saknas. Inga år är registrerade för bidraget.",
        Aterrapportdel::Rekvisitioner => {
            "Saknas. Det finns ingen rekvisition registrerad, bara beloppet ovan."
        }
        Aterrapportdel::Kostnadsslag => {
            "Saknas. Det som är använt är inte uppdelat på kostnadsslag i böckerna."
        }
        Aterrapportdel::Medfinansiering => {
            "Saknas. Ingen medfinansiering är registrerad. Det betyder inte att den är noll."
        }
        Aterrapportdel::Aterbetalning => "Saknas. Ingen återbetalning är beslutad.",
    }
}

fn rad(slag: Radslag, namn: impl Into<String>, celler: Vec<Siffercell>) -> Sifferrad {
    Sifferrad {
        slag,
        namn: namn.into(),
        celler,
        led: Led::Plus,
    }
}

impl Om<'_> {
    fn cell(&self, matt: Matt, urval: &Urval) -> Siffercell {
        Siffercell::Siffra(self.ram.siffra(self.bok, matt, urval))
    }

    fn har(&self, matt: Matt, urval: &Urval) -> bool {
        self.bok.matt(matt, urval).utfall.har_fakta
    }

    /// Money given, requested and used each year of the grant.
    fn ar_for_ar(&self) -> Option<Siffertabell> {
        const MATT: [Matt; 4] = [
            Matt::Tilldelat,
            Matt::Rekvirerat,
            Matt::Anvant,
            Matt::AttAterbetala,
        ];
        let rader: Vec<Sifferrad> = self
            .bidrag
            .ar
            .iter()
            .map(|ar| {
                let urval = Urval::bidrag(self.bidrag.id).ar(*ar);
                let celler = MATT.iter().map(|matt| self.cell(*matt, &urval));
                rad(Radslag::Vanlig, ar.to_string(), celler.collect())
            })
            .collect();
        (!rader.is_empty()).then(|| Siffertabell {
            rubrik: "Bidraget år för år, kronor.".to_owned(),
            kolumner: vec![
                Kolumn::ord("År"),
                Kolumn::tal("Tilldelat"),
                Kolumn::tal("Rekvirerat"),
                Kolumn::tal("Använt"),
                Kolumn::tal("Att betala tillbaka"),
            ],
            rader,
            not: String::new(),
        })
    }

    fn rekvisitioner(&self, ar: i16) -> Option<Siffertabell> {
        let matt = match self.har(Matt::Begart, &self.aret) {
            true => Matt::BegartHittills,
            false => Matt::Rekvirerat,
        };
        let mut rader: Vec<Sifferrad> = alla(&self.bok.poster())
            .iter()
            .filter(|r| r.uppgift.riktning == Riktning::TillFinansiar)
            .filter(|r| (r.om.bidrag, r.om.ar) == (Some(self.bidrag.id), Some(ar)))
            .filter(|r| r.tar_av_ramen())
            .map(|r| {
                let (fran, till) = (i_ord(r.uppgift.fran), i_ord(r.uppgift.till));
                let celler = vec![
                    Siffercell::Text(format!("{fran} till {till}")),
                    Siffercell::Text(laget(r)),
                    self.begart(r),
                ];
                rad(Radslag::Vanlig, format!("Nummer {}", r.nummer), celler)
            })
            .collect();
        if rader.is_empty() {
            return None;
        }
        let streck = || Siffercell::Text("\u{2013}".to_owned());
        let summa = |matt| vec![streck(), streck(), self.cell(matt, &self.aret)];
        rader.push(rad(Radslag::Summa, matt.text(), summa(matt)));
        Some(Siffertabell {
            rubrik: format!("Rekvisitioner till finansiären {ar}, kronor."),
            kolumner: vec![
                Kolumn::ord("Rekvisition"),
                Kolumn::ord("Period"),
                Kolumn::ord("Läge"),
                Kolumn::tal("Belopp"),
            ],
            rader,
            not: String::new(),
        })
    }

    /// The amount as it stands in the ledger, where just this requisition is told by its period.
    fn begart(&self, r: &Rekvisition) -> Siffercell {
        let egen = Urval {
            period: Some(r.uppgift.fran),
            ..self.aret.clone()
        };
        match self.bok.varde(Matt::BegartHittills, &egen) == Varde::Kant(r.belopp()) {
            true => self.cell(Matt::BegartHittills, &egen),
            false => Siffercell::Text(Ore(r.belopp()).to_string()),
        }
    }

    /// The use by kind of cost; nothing where the books do not tell it.
    fn kostnadsslag(&self) -> Option<Siffertabell> {
        let rader = self.bok.matt(Matt::AnvantInsats, &self.aret).rader;
        let fakta: Vec<_> = rader
            .into_iter()
            .filter_map(|id| self.bok.faktum(id))
            .collect();
        let slag: BTreeSet<&String> = fakta
            .iter()
            .filter_map(|f| f.galler().kategori.as_ref())
            .collect();
        if slag.is_empty() {
            return None;
        }
        let utan = fakta.iter().any(|f| f.galler().kategori.is_none());
        let mut rader: Vec<Sifferrad> = slag
            .into_iter()
            .map(|slag| {
                let urval = self.aret.clone().for_kategori(slag.clone());
                let celler = vec![self.cell(Matt::AnvantInsats, &urval)];
                rad(Radslag::Vanlig, slag.clone(), celler)
            })
            .collect();
        let alla = vec![self.cell(Matt::AnvantInsats, &self.aret)];
        rader.push(rad(Radslag::Summa, "Använt enligt insatserna", alla));
        Some(Siffertabell {
            rubrik: "Använt per kostnadsslag, kronor. Intäkter är minus.".to_owned(),
            kolumner: vec![Kolumn::ord("Kostnadsslag"), Kolumn::tal("Belopp")],
            rader,
            not: match utan {
                true => "En del av det använda har inget kostnadsslag och står bara i summan.",
                false => "",
            }
            .to_owned(),
        })
    }

    /// What parties have promised and given to the insatser of the grant.
    fn medfinansiering(&self, ar: i16) -> Option<Siffertabell> {
        use FaktumSlag::{Medfinansiering, MedfinansieringLevererad};
        let par: BTreeSet<(InsatsId, Option<OrganisationId>)> = self
            .bok
            .fakta()
            .into_iter()
            .filter(|f| matches!(f.fakta.slag, Medfinansiering | MedfinansieringLevererad))
            .filter(|f| f.galler().ar == Some(ar) && f.galler().bidrag == Some(self.bidrag.id))
            .filter_map(|f| Some((f.galler().insats?, f.galler().organisation)))
            .collect();
        if par.is_empty() {
            return None;
        }
        let celler = |urval: &Urval| {
            vec![
                self.cell(Matt::Medfinansiering, urval),
                self.cell(Matt::MedfinansieringLevererad, urval),
                Siffercell::Raknad,
            ]
        };
        let mut rader: Vec<Sifferrad> = par
            .into_iter()
            .map(|(insats, part)| {
                let mut urval = self.aret.clone().for_insats(insats);
                urval.organisation = part;
                let vem = part.map_or("utan part", |id| self.bok.organisationsnamn(id));
                let vad = self.bok.insats(insats).map_or("", |i| i.namn.as_str());
                rad(Radslag::Vanlig, format!("{vem}: {vad}"), celler(&urval))
            })
            .collect();
        rader.push(rad(
            Radslag::Summa,
            "All medfinansiering",
            celler(&self.aret),
        ));
        Some(Siffertabell {
            rubrik: format!("Pengar och värderad arbetstid från andra {ar}, kronor."),
            kolumner: vec![
                Kolumn::ord("Part och insats"),
                Kolumn::tal("Utlovat"),
                Kolumn::tal("Levererat"),
                Kolumn::skillnad("Återstår", 1, 2),
            ],
            rader,
            not: "Arbetstid som ingen har värderat är okänd, inte noll.".to_owned(),
        })
    }

    /// What was decided to be repaid, what has been, and what is left.
    fn aterbetalning(&self) -> Option<Siffertabell> {
        if !self.har(Matt::Aterbetalning, &self.aret) {
            return None;
        }
        let rader = vec![rad(
            Radslag::Vanlig,
            self.bidrag.namn.clone(),
            vec![
                self.cell(Matt::Aterbetalning, &self.aret),
                self.cell(Matt::Aterbetalt, &self.aret),
                self.cell(Matt::KvarAttAterbetala, &self.aret),
            ],
        )];
        Some(Siffertabell {
            rubrik: "Återbetalning enligt beslut, kronor.".to_owned(),
            kolumner: vec![
                Kolumn::ord("Bidrag"),
                Kolumn::tal("Beslutat"),
                Kolumn::tal("Betalt"),
                Kolumn::skillnad("Kvar", 1, 2),
            ],
            rader,
            not: String::new(),
        })
    }
}

fn laget(r: &Rekvisition) -> String {
    let dag = match &r.lage {
        Lage::Inskickad { dag, .. }
        | Lage::Beviljad { dag, .. }
        | Lage::Avslagen { dag }
        | Lage::Aterkallad { dag }
        | Lage::Utbetald { dag, .. } => *dag,
        Lage::Utkast => return r.lage.text().to_owned(),
    };
    format!("{} {}", r.lage.text(), i_ord(dag))
}
