//! From the books to the typed input of an återrapport. Every figure comes from the
//! register of measures and leads to its derivation.

use super::bokfort::Bokforingsbesked;
use super::tillagg;
use crate::lasning::Bok;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::granskning::{Allvar, Fynd};
use utfall_domain::id::{BidragId, FaktumId, InsatsId, OrganisationId};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Harledning, Matt, Urval};
use utfall_domain::medel::arsavslut::{sista, stangt};
use utfall_domain::medel::aterbetalning::en;
use utfall_domain::medel::{Beslut, Bidrag};
use utfall_domain::pengar::Precision;
use utfall_domain::rapport::aterrapport::{
    self as ater, Aterrapport, Bakom, Belopp, Fritext, Fyndrad, Hanvisning, Kapitelsvar,
    Resultattal, Siffra, Siffrenhet,
};
use utfall_domain::rapport::{Beskedsslag, Indata, Underskrift};
use utfall_domain::rapporter::Aterrapportmall;
use utfall_domain::tid::PerDag;

/// The free text of a report, as the writer left it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Utkast {
    /// The year it reports.
    pub ar: i16,
    /// Why the grant exists and how it was shared.
    pub bakgrund: String,
    /// Why money goes back.
    pub aterbetalning: String,
    /// What the initiatives gave as a whole.
    pub slutsatser: String,
    /// What yearly money does to long-term work.
    pub langsiktighet: String,
    /// What the reporter wants the authority to know, one message a line.
    pub meddelanden: String,
    /// In what capacity it is signed, one line each. Names are written by hand.
    pub underskrifter: String,
    /// What the report's template asks for besides, by field name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fritext: BTreeMap<String, String>,
}

impl Utkast {
    /// The chapters that are written, with their field names.
    #[must_use]
    pub fn kapitel(&self) -> Vec<(&str, &str)> {
        let fasta = [
            ("bakgrund", &self.bakgrund),
            ("aterbetalning", &self.aterbetalning),
            ("slutsatser", &self.slutsatser),
            ("langsiktighet", &self.langsiktighet),
            ("meddelanden", &self.meddelanden),
            ("underskrifter", &self.underskrifter),
        ];
        let fritext = self.fritext.iter().map(|(n, t)| (n.as_str(), t));
        let alla = fasta.into_iter().chain(fritext);
        alla.map(|(namn, text)| (namn, text.as_str())).collect()
    }

    /// A chapter by its field name; empty when nobody has written it.
    #[must_use]
    pub fn text(&self, namn: &str) -> &str {
        let funnen = self.kapitel().into_iter().find(|(n, _)| *n == namn);
        funnen.map_or("", |(_, text)| text)
    }

    /// Writes a chapter.
    pub fn skriv(&mut self, namn: &str, text: String) {
        let falt = match namn {
            "bakgrund" => &mut self.bakgrund,
            "aterbetalning" => &mut self.aterbetalning,
            "slutsatser" => &mut self.slutsatser,
            "langsiktighet" => &mut self.langsiktighet,
            "meddelanden" => &mut self.meddelanden,
            "underskrifter" => &mut self.underskrifter,
            annat if text.is_empty() => {
                self.fritext.remove(annat);
                return;
            }
            annat => self.fritext.entry(annat.to_owned()).or_default(),
        };
        *falt = text;
    }

    /// The chapters as they are frozen in an issued report.
    #[must_use]
    pub fn av(indata: &Indata) -> Self {
        match indata {
            Indata::Aterrapport(a) => Self::av_aterrapport(a),
            Indata::Sammanstallning(s) => {
                let mut ut = Self::default();
                for (namn, text) in &s.texter {
                    ut.skriv(namn, text.clone());
                }
                ut
            }
        }
    }

    fn av_aterrapport(indata: &Aterrapport) -> Self {
        let roller: Vec<&str> = indata
            .underskrifter
            .iter()
            .map(|u| u.roll.as_str())
            .collect();
        let svar = indata.svar.iter().filter(|s| !s.text.is_empty());
        Self {
            ar: indata.ar,
            bakgrund: indata.bakgrund.join("\n\n"),
            aterbetalning: indata.aterbetalning.join("\n\n"),
            slutsatser: indata.slutsatser.join("\n\n"),
            langsiktighet: indata.langsiktighet.join("\n\n"),
            meddelanden: indata.meddelanden.join("\n"),
            underskrifter: roller.join("\n"),
            fritext: svar
                .map(|s| (s.namn.clone(), s.text.join("\n\n")))
                .collect(),
        }
    }
}

impl Utkast {
    /// The texts a new report of a grant's year begins with: those of the latest report that
    /// was issued, and where it had no background what the books say of the grant.
    #[must_use]
    pub fn borjan(bocker: &Bocker, bidrag: &Bidrag, ar: i16, forra: Option<&Self>) -> Self {
        let mut ny = forra.cloned().unwrap_or_default();
        ny.ar = ar;
        if ny.bakgrund.trim().is_empty() {
            ny.bakgrund = bakgrund(bocker, bidrag).join("\n\n");
        }
        ny
    }
}

/// What a report is built from besides the books.
#[derive(Clone, Copy, Debug)]
pub struct Ram<'a> {
    /// What identifies the report for ever.
    pub ident: &'a str,
    /// The figures are as of this day.
    pub per: PerDag,
    /// When it is set.
    pub nu: Timestamp,
    /// The address the derivations are reached at.
    pub adress: &'a str,
    /// The findings that remain.
    pub fynd: &'a [Fynd],
    /// What the accounts are like, where the report tells of it.
    pub bokforing: Option<&'a Bokforingsbesked>,
    /// The address part of the report that is issued: its figures lead to derivations of their
    /// own, and the rows behind them are frozen with it. `None` for a draft, which is marked as
    /// such on every page and leads to the derivations behind sign-in.
    pub utfardas: Option<&'a str>,
}

impl Ram<'_> {
    /// What every page must carry.
    pub(super) fn markning(&self, bok: &Bok) -> Option<String> {
        let pahittat = bok.huvudman.pahittad.then_some("Påhittade uppgifter");
        let utkast = self.utfardas.is_none().then_some("Utkast");
        let ord: Vec<&str> = pahittat.into_iter().chain(utkast).collect();
        (!ord.is_empty()).then(|| ord.join(" · "))
    }

    /// A figure of the books as of the report's day.
    pub(super) fn siffra(&self, bok: &Bok, matt: Matt, urval: &Urval) -> Siffra {
        let h = bok.matt(matt, urval);
        let halv = u32::try_from(h.utfall.halv.saturating_mul(2)).unwrap_or(u32::MAX);
        Siffra {
            varde: h.utfall.varde,
            kand_del: h.utfall.kand_del,
            enhet: match matt.enhet() {
                utfall_domain::faktum::Enhet::Ore => Siffrenhet::Ore,
                utfall_domain::faktum::Enhet::Personer => Siffrenhet::Personer,
                _ => Siffrenhet::Antal,
            },
            precision: Precision::steg(halv),
            harledning: Some(self.lank(bok, matt, urval)),
        }
    }

    /// Where a figure explains itself: as printed, from the rows that are frozen with it; in a
    /// draft as of the draft's day.
    fn lank(&self, bok: &Bok, matt: Matt, urval: &Urval) -> String {
        let (matt, fraga) = (matt.kod(), urval.fraga());
        match self.utfardas {
            Some(rapport) => format!(
                "/{}/rapporter/{rapport}/harledning/{matt}?{fraga}",
                bok.huvudman.slug
            ),
            None => format!("/harledning/{matt}?{fraga}&per={}", self.per.0),
        }
    }
}

/// What the funder's template asks for besides the parts that every återrapport has.
fn svar(mall: Aterrapportmall, utkast: &Utkast) -> Vec<Kapitelsvar> {
    let egna = |namn: &str| {
        let allmanna = Aterrapportmall::Allman.kapitel().iter();
        !allmanna.into_iter().any(|k| k.namn == namn)
    };
    mall.kapitel()
        .iter()
        .filter(|k| egna(k.namn))
        .map(|k| Kapitelsvar {
            namn: k.namn.to_owned(),
            rubrik: k.rubrik.to_owned(),
            kravs: k.kravs,
            text: stycken(utkast.text(k.namn)),
        })
        .collect()
}

/// The decisions about the accounts of a grant's year, in the order of their days: that of its
/// closing or of its repayment, the one that asked for the report and the one that approves it.
/// The papers tie neither of the last two to a year, so they are those about the grant that
/// nothing else stands on (no money is moved by them) and that are not known to be from another
/// time than the year or the one after it, when a year is accounted for.
fn om_redovisningen(bok: &Bok, bidrag: BidragId, ar: i16) -> Vec<&Beslut> {
    let poster = bok.poster();
    let avslut = sista(&poster, bidrag, ar).filter(|_| stangt(&poster, bidrag, ar));
    let ater = en(&poster, bidrag, ar);
    let arets: Vec<_> = [
        avslut.and_then(|p| p.post.om.beslut),
        ater.and_then(|p| p.om.beslut),
    ]
    .into_iter()
    .flatten()
    .collect();
    let om_pengar = bok.fakta().into_iter().filter_map(|f| f.fakta.beslut);
    let om_annat: HashSet<_> = om_pengar
        .chain(poster.iter().filter_map(|p| p.post.om.beslut))
        .collect();
    let i_tid = |x: &Beslut| {
        let fattat = x.datum.map(Date::year).or(x.ar);
        fattat.is_none_or(|fattat| (ar..=ar.saturating_add(1)).contains(&fattat))
    };
    let fritt = |x: &Beslut| x.bidrag == Some(bidrag) && !om_annat.contains(&x.id) && i_tid(x);
    let alla = bok.beslut.iter();
    let mut ut: Vec<&Beslut> = alla.filter(|x| arets.contains(&x.id) || fritt(x)).collect();
    ut.sort_by_key(|x| (x.datum.is_none(), x.datum, x.id));
    ut
}

/// Builds the input of a grant's återrapport.
#[must_use]
pub fn bygg(
    bok: &Bok,
    (bidrag, mall): (&Bidrag, Aterrapportmall),
    utkast: &Utkast,
    ram: &Ram<'_>,
) -> Aterrapport {
    let bok = &bok.per(Some(ram.per));
    let b = Byggare {
        bok,
        urval: Urval::bidrag(bidrag.id).ar(utkast.ar),
        ram,
    };
    let insatser = medverkande(bok, bidrag.id, utkast.ar);
    let beslut = om_redovisningen(bok, bidrag.id, utkast.ar);
    let beslut: Vec<String> = beslut.into_iter().map(Beslut::med_datum).collect();
    let mut indata = Aterrapport {
        ident: ram.ident.to_owned(),
        markning: ram.markning(bok),
        huvudman: bok.huvudman.namn.clone(),
        finansiar: bok.organisationsnamn(bidrag.finansiar).to_owned(),
        bidrag: bidrag.namn.clone(),
        ar: utkast.ar,
        diarienummer: bidrag.diarienummer.clone(),
        beslut: (!beslut.is_empty()).then(|| Hanvisning {
            text: beslut.join("; "),
            url: None,
        }),
        rekvirerat: b.siffra(Matt::Rekvirerat, &b.urval),
        overfort_in: b.siffra_om_sagd(Matt::OverfortIn),
        overfort_ut: b.siffra_om_sagd(Matt::OverfortUt),
        anvant: b.siffra(Matt::Anvant, &b.urval),
        att_aterbetala: b.siffra(Matt::AttAterbetala, &b.urval),
        aterbetalning: stycken(&utkast.aterbetalning),
        namnder: b.namnder(),
        summa_namnder: b.belopp(&b.urval, Matt::FordelatNamnd, Matt::AnvantNamnd),
        insatser: insatser.iter().map(|i| b.insats(i)).collect(),
        summa_insatser: b.belopp(&b.urval, Matt::Fordelat, Matt::AnvantInsats),
        bakgrund: b.bakgrund(bidrag, utkast),
        slutsatser: stycken(&utkast.slutsatser),
        langsiktighet: stycken(&utkast.langsiktighet),
        svar: svar(mall, utkast),
        villkor: tillagg::villkoren(bok, bidrag, utkast.ar, mall),
        delar: tillagg::delarna(bok, ram, (bidrag, mall), utkast.ar),
        fynd: ram.fynd.iter().map(fyndrad).collect(),
        meddelanden: rader(&utkast.meddelanden),
        per_dag: ram.per.0,
        datum: utfall_domain::tid::dag(ram.nu),
        skapad: ram.nu,
        underskrifter: underskrifter(utkast),
        adress: ram.adress.to_owned(),
        bakom: None,
    };
    if ram.utfardas.is_some() {
        let vad = (ater::MALL, [bidrag.id]);
        indata.bakom = Some(bakom(bok, (vad.0, &vad.1), indata.siffror(), |_| false));
    }
    indata
}

/// The initiatives that the grant is for, and those of other grants that it gives money to in
/// the year: what it paid must all be in the report to the one who gave it.
pub(super) fn medverkande(bok: &Bok, bidrag: BidragId, ar: i16) -> Vec<&Insats> {
    let far: HashSet<InsatsId> = bok
        .fakta()
        .iter()
        .map(|f| f.galler())
        .filter(|g| g.bidrag == Some(bidrag) && g.ar == Some(ar) && g.version.is_none())
        .filter_map(|g| g.insats)
        .collect();
    let med = |i: &&Insats| i.bidrag == Some(bidrag) || far.contains(&i.id);
    bok.insatser.iter().filter(med).collect()
}

/// The rows behind every figure that is printed, as of the report's day, and those of the kinds
/// that only say how others are counted (`ocksa`).
pub(super) fn bakom<'a>(
    bok: &Bok,
    (mall, bidrag): (&str, &[BidragId]),
    siffror: impl Iterator<Item = &'a Siffra>,
    ocksa: fn(FaktumSlag) -> bool,
) -> Bakom {
    let mut rader = HashSet::new();
    for (matt, urval) in siffror.filter_map(Siffra::fraga) {
        samla(&bok.matt(matt, &urval), &mut rader);
    }
    let mut fakta = bok.fakta();
    fakta.retain(|f| rader.contains(&f.id) || ocksa(f.fakta.slag));
    Bakom::fryst(bok, mall, bidrag, &fakta)
}

fn samla(h: &Harledning, rader: &mut HashSet<FaktumId>) {
    rader.extend(&h.rader);
    h.led.iter().for_each(|led| samla(&led.harledning, rader));
}

struct Byggare<'a> {
    bok: &'a Bok,
    urval: Urval,
    ram: &'a Ram<'a>,
}

impl Byggare<'_> {
    fn siffra(&self, matt: Matt, urval: &Urval) -> Siffra {
        self.ram.siffra(self.bok, matt, urval)
    }

    /// The figure for the whole grant and year; `None` when nothing is known or it is zero.
    fn siffra_om_sagd(&self, matt: Matt) -> Option<Siffra> {
        let utfall = self.bok.matt(matt, &self.urval).utfall;
        let sagd = utfall.har_fakta && utfall.varde.kant() != Some(0);
        sagd.then(|| self.siffra(matt, &self.urval))
    }

    fn belopp(&self, urval: &Urval, budget: Matt, utfall: Matt) -> Belopp {
        let avvikelse = match (budget, utfall) {
            (Matt::FordelatNamnd, _) => Matt::AvvikelseNamnd,
            _ => Matt::Avvikelse,
        };
        Belopp {
            budget: self.siffra(budget, urval),
            utfall: self.siffra(utfall, urval),
            avvikelse: self.siffra(avvikelse, urval),
        }
    }

    fn namnder(&self) -> Vec<ater::Namnd> {
        let mut ids: Vec<OrganisationId> = self
            .bok
            .matt(Matt::AnvantNamnd, &self.urval)
            .rader
            .into_iter()
            .chain(self.bok.matt(Matt::FordelatNamnd, &self.urval).rader)
            .filter_map(|id| self.bok.fakta.iter().find(|f| f.id == id))
            .filter_map(|f| f.galler().organisation)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
            .map(|id| ater::Namnd {
                namn: self.bok.organisationsnamn(id).to_owned(),
                belopp: self.belopp(
                    &self.urval.clone().for_organisation(id),
                    Matt::FordelatNamnd,
                    Matt::AnvantNamnd,
                ),
            })
            .collect()
    }

    fn insats(&self, i: &Insats) -> ater::Insats {
        if i.bidrag != self.urval.bidrag {
            return self.annans_insats(i);
        }
        let urval = self.urval.clone().for_insats(i.id);
        ater::Insats {
            namn: i.namn.clone(),
            namnder: self.namn_pa(&i.ansvariga),
            beskrivning: stycken(&i.text.beskrivning),
            belopp: self.belopp(&urval, Matt::Fordelat, Matt::AnvantInsats),
            kommentar: stycken(&i.text.kommentar),
            resultattal: self.resultattal(i.id),
            resultat: stycken(&i.text.resultat),
            fortsattning: self.fortsattning(i),
        }
    }

    /// An initiative of another grant, or of none, that this one gives money to. Its comment,
    /// counts and results are of the whole of it: they belong in the report of its own grant.
    fn annans_insats(&self, i: &Insats) -> ater::Insats {
        let urval = self.urval.clone().for_insats(i.id);
        let eget = i.bidrag.and_then(|id| self.bok.bidrag(id));
        let var = match eget {
            Some(eget) => format!("Insatsen redovisas i sin helhet med {}.", eget.namn),
            None => "Insatsen hör inte till bidraget.".to_owned(),
        };
        ater::Insats {
            namn: i.namn.clone(),
            namnder: self.namn_pa(&i.ansvariga),
            beskrivning: Fritext::new(),
            belopp: self.belopp(&urval, Matt::Fordelat, Matt::AnvantInsats),
            kommentar: vec![format!(
                "Här står bara pengarna från det här bidraget. {var}"
            )],
            resultattal: Vec::new(),
            resultat: Fritext::new(),
            fortsattning: self.fortsattning(i),
        }
    }

    fn namn_pa(&self, alla: &[OrganisationId]) -> Vec<String> {
        let namn = |id: &OrganisationId| self.bok.organisationsnamn(*id).to_owned();
        alla.iter().map(namn).collect()
    }

    fn fortsattning(&self, i: &Insats) -> Fritext {
        let mut ut = stycken(&i.text.fortsattning);
        if ut.is_empty() {
            ut.push(format!("Läget är: {}.", i.fortsattning.text()));
        }
        ut
    }

    fn resultattal(&self, insats: InsatsId) -> Vec<Resultattal> {
        let urval = Urval::insats(insats).ar(self.urval.ar.unwrap_or_default());
        let mut ut = Vec::new();
        if self.bok.matt(Matt::Deltagare, &urval).utfall.har_fakta {
            ut.push(Resultattal {
                namn: "Deltagare".into(),
                siffra: self.siffra(Matt::Deltagare, &urval),
            });
        }
        for (matt, prefix) in [(Matt::Resultat, "Varav "), (Matt::Volym, "")] {
            let mut kategorier: Vec<String> = self
                .bok
                .matt(matt, &urval)
                .rader
                .into_iter()
                .filter_map(|id| self.bok.fakta.iter().find(|f| f.id == id))
                .filter_map(|f| f.galler().kategori.clone())
                .collect();
            kategorier.sort();
            kategorier.dedup();
            ut.extend(kategorier.into_iter().map(|k| Resultattal {
                namn: format!("{prefix}{k}"),
                siffra: self.siffra(matt, &urval.clone().for_kategori(k)),
            }));
        }
        ut
    }

    fn bakgrund(&self, bidrag: &Bidrag, utkast: &Utkast) -> Fritext {
        let skriven = stycken(&utkast.bakgrund);
        if !skriven.is_empty() {
            return skriven;
        }
        bakgrund(self.bok, bidrag)
    }
}

/// What the books say of why a grant exists: the background that nobody has written yet.
pub(super) fn bakgrund(bocker: &Bocker, bidrag: &Bidrag) -> Fritext {
    let finansiar = bocker.organisationsnamn(bidrag.finansiar);
    let mut ut = vec![match &bidrag.andamal {
        Some(andamal) => format!("Bidraget kommer från {finansiar}. Ändamål: {andamal}"),
        None => format!("Bidraget kommer från {finansiar}."),
    }];
    if let (Some(program), Some((fran, till))) = (&bidrag.program, bidrag.program_ar) {
        ut.push(format!("Det hör till {program}, som pågår {fran}–{till}."));
    }
    ut
}

/// Who signs, by role.
pub(super) fn underskrifter(utkast: &Utkast) -> Vec<Underskrift> {
    let roller = rader(&utkast.underskrifter).into_iter();
    let utan_namn = |roll| Underskrift {
        namn: String::new(),
        roll,
    };
    roller.map(utan_namn).collect()
}

fn fyndrad(fynd: &Fynd) -> Fyndrad {
    Fyndrad {
        allvar: match fynd.allvar {
            Allvar::Fel => Beskedsslag::Fel,
            Allvar::Varning => Beskedsslag::Varning,
            Allvar::Upplysning => Beskedsslag::Upplysning,
        },
        text: fynd.text.clone(),
        url: None,
    }
}

/// Paragraphs: parted by an empty line. The lines of each are kept.
pub(super) fn stycken(text: &str) -> Fritext {
    let rad = |rad: &str| rad.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("\r\n", "\n")
        .split("\n\n")
        .map(|s| {
            let rader: Vec<String> = s.lines().map(rad).filter(|r| !r.is_empty()).collect();
            rader.join("\n")
        })
        .filter(|s| !s.is_empty())
        .collect()
}

/// One entry a line.
pub(super) fn rader(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|r| !r.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
