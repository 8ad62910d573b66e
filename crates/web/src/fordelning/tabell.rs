//! The distribution table: one row per insats, new and carried-over money per year.

use super::ifyllt::Ifyllt;
use crate::adress;
use crate::felen::mening;
use crate::sidval::Sidval;
use crate::siffror::Siffror;
use utfall_domain::id::InsatsId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::Problem;
use utfall_vyer::komponent::{Lage, LageSlag};
use utfall_vyer::sidor::{FordelningCell as C, FordelningKolumner, FordelningRad};
use utfall_vyer::tabell::{CellFalt, RadSlag};

/// The name of a cell in the form, and its id in the page.
pub fn cellnamn(insats: InsatsId, ar: i16) -> String {
    format!("b-{insats}-{ar}")
}

/// The insatser of a grant: those that get money from it, and those that belong to it.
pub fn med_i_tabellen<'a>(s: &Siffror<'a>, b: &Bidrag) -> Vec<&'a Insats> {
    s.bok
        .insatser
        .iter()
        .filter(|i| {
            i.bidrag == Some(b.id) || s.finns(Matt::Fordelat, &Urval::bidrag(b.id).for_insats(i.id))
        })
        .collect()
}

/// What the table is made of.
pub struct Tabellen<'a> {
    s: &'a Siffror<'a>,
    b: &'a Bidrag,
    ifyllt: Option<&'a Ifyllt>,
    fel: Option<&'a Problem>,
    andras: bool,
    insatser: Vec<&'a Insats>,
    sida: Sidval,
    /// The years with carried-over money, and those with money of one's own: found once.
    overfort: Vec<i16>,
    egna: Vec<i16>,
}

impl<'a> Tabellen<'a> {
    /// A grant's table, with what the form holds and what is wrong with it.
    pub fn ny(
        s: &'a Siffror<'a>,
        b: &'a Bidrag,
        (ifyllt, fel): (Option<&'a Ifyllt>, Option<&'a Problem>),
        (andras, sida): (bool, Sidval),
    ) -> Self {
        let ar_med = |alla: &[Matt]| {
            let urval = |ar| Urval::bidrag(b.id).ar(ar);
            let finns = |ar: &&i16| alla.iter().any(|m| s.finns(*m, &urval(**ar)));
            b.ar.iter().filter(finns).copied().collect()
        };
        Self {
            s,
            b,
            ifyllt,
            fel,
            andras,
            insatser: med_i_tabellen(s, b),
            sida,
            overfort: ar_med(&[Matt::FordelatOverfort, Matt::OverfortIn]),
            egna: ar_med(&[Matt::Medfinansiering]),
        }
    }

    fn urval(&self, ar: i16) -> Urval {
        Urval::bidrag(self.b.id).ar(ar)
    }

    /// Years with carried-over money have two columns more: carried over, and the total.
    fn har_overfort(&self, ar: i16) -> bool {
        self.overfort.contains(&ar)
    }

    fn har_medfinansiering(&self) -> Vec<i16> {
        self.egna.clone()
    }

    pub fn kolumner(&self) -> Vec<FordelningKolumner> {
        let mut rubriker = Vec::new();
        for ar in &self.b.ar {
            rubriker.push(format!("{ar}\nnya medel"));
            if self.har_overfort(*ar) {
                rubriker.push(format!("{ar}\növerfört"));
                rubriker.push(format!("{ar}\ntotalt"));
            }
        }
        let finansiar = self.s.bok.organisationsnamn(self.b.finansiar).to_owned();
        let mut ut = vec![FordelningKolumner {
            finansiar,
            rubriker,
        }];
        let egna = self.har_medfinansiering();
        if !egna.is_empty() {
            ut.push(FordelningKolumner {
                finansiar: "Egna medel och arbetstid".to_owned(),
                rubriker: egna.iter().map(i16::to_string).collect(),
            });
        }
        ut
    }

    /// How many initiatives there are, in all parts.
    pub const fn antal(&self) -> usize {
        self.insatser.len()
    }

    fn visade(&self) -> Vec<&'a Insats> {
        self.sida.utsnitt(self.insatser.clone())
    }

    /// The names of the cells that the part has in the form.
    pub fn falten(&self) -> impl Iterator<Item = String> {
        self.visade()
            .into_iter()
            .flat_map(|i| self.b.ar.iter().map(move |ar| cellnamn(i.id, *ar)))
    }

    /// The part's initiatives, and the sums of all of them.
    pub fn rader(&self) -> Vec<FordelningRad> {
        if self.insatser.is_empty() {
            return Vec::new();
        }
        let visade = self.visade();
        let mut ut: Vec<FordelningRad> = visade.iter().map(|i| self.insatsrad(i)).collect();
        let summa = |slag, namn: &str, matt: [Matt; 3]| FordelningRad {
            slag,
            namn: namn.to_owned(),
            href: None,
            under: None,
            fel: None,
            celler: self.summaceller(matt),
        };
        let fordelat = [Matt::FordelatNytt, Matt::FordelatOverfort, Matt::Fordelat];
        let finns = [Matt::Grundmedel, Matt::OverfortIn, Matt::Tillgangligt];
        ut.push(summa(RadSlag::Delsumma, "Fördelat", fordelat));
        ut.push(summa(RadSlag::Delsumma, "Att röra sig med", finns));
        ut.push(self.kvarrad());
        ut
    }

    fn insatsrad(&self, insats: &Insats) -> FordelningRad {
        let mut celler = Vec::new();
        for ar in &self.b.ar {
            let urval = self.urval(*ar).for_insats(insats.id);
            celler.push(if self.andras {
                C::Falt(self.falt(insats, *ar, &urval))
            } else {
                C::Tal(self.s.tal(Matt::FordelatNytt, &urval))
            });
            if self.har_overfort(*ar) {
                celler.push(C::Tal(self.s.tal(Matt::FordelatOverfort, &urval)));
                celler.push(C::Tal(self.s.tal(Matt::Fordelat, &urval)));
            }
        }
        for ar in self.har_medfinansiering() {
            let urval = self.urval(ar).for_insats(insats.id);
            celler.push(C::Tal(self.s.tal(Matt::Medfinansiering, &urval)));
        }
        let tjanster: Vec<&str> = insats
            .tjanster
            .iter()
            .map(|t| t.beskrivning.as_str())
            .collect();
        FordelningRad {
            slag: RadSlag::Vanlig,
            namn: insats.namn.clone(),
            href: Some(adress::insats(&insats.slug).into()),
            under: (!tjanster.is_empty()).then(|| crate::ram::stor_forst(&tjanster.join(", "))),
            fel: self.radfel(insats.id),
            celler,
        }
    }

    fn radfel(&self, insats: InsatsId) -> Option<(String, String)> {
        let id = format!("fel-{insats}");
        let egna = self.ifyllt.and_then(|i| i.radfel(insats));
        let falt = format!("b-{insats}-");
        let nekat = self
            .fel
            .filter(|fel| fel.falt.as_deref().is_some_and(|f| f.starts_with(&falt)))
            .map(mening);
        egna.or(nekat).map(|text| (id, text))
    }

    fn falt(&self, insats: &Insats, ar: i16, urval: &Urval) -> CellFalt {
        let nu = self
            .s
            .kant(Matt::FordelatNytt, urval)
            .map(|ore| utfall_domain::pengar::Ore(ore).to_string())
            .unwrap_or_default();
        let skrivet = self.ifyllt.and_then(|i| i.skrivet(insats.id, ar));
        let fel = self.ifyllt.is_some_and(|i| i.ar_fel(insats.id, ar));
        CellFalt {
            namn: cellnamn(insats.id, ar),
            varde: skrivet.map_or(nu, str::to_owned),
            etikett: format!("{}, nya medel {ar}, kronor", insats.namn),
            fel_id: fel.then(|| format!("fel-{}", insats.id)),
        }
    }

    fn summaceller(&self, [nytt, overfort, totalt]: [Matt; 3]) -> Vec<C> {
        let mut celler = Vec::new();
        for ar in &self.b.ar {
            let urval = self.urval(*ar);
            if self.har_overfort(*ar) {
                celler.push(C::Tal(self.s.tal(nytt, &urval)));
                celler.push(C::Tal(self.s.tal(overfort, &urval)));
            }
            celler.push(C::Tal(self.s.tal(totalt, &urval)));
        }
        for ar in self.har_medfinansiering() {
            celler.push(if totalt == Matt::Fordelat {
                C::Tal(self.s.tal(Matt::Medfinansiering, &self.urval(ar)))
            } else {
                C::Ord("ingår ej")
            });
        }
        celler
    }

    fn kvarrad(&self) -> FordelningRad {
        let mut celler = Vec::new();
        for ar in &self.b.ar {
            let urval = self.urval(*ar);
            if self.har_overfort(*ar) {
                celler.extend([C::Ord("se totalt"), C::Ord("se totalt")]);
            }
            let tal = self.s.tal(Matt::KvarAttFordela, &urval);
            celler.push(match self.s.kant(Matt::KvarAttFordela, &urval) {
                Some(kvar) if kvar < 0 => C::TalMedLage(tal, Lage::ny("För mycket", LageSlag::Fel)),
                _ => C::Tal(tal),
            });
        }
        celler.extend(
            self.har_medfinansiering()
                .iter()
                .map(|_| C::Ord("ingår ej")),
        );
        FordelningRad {
            slag: RadSlag::Summa,
            namn: "Kvar att fördela".to_owned(),
            href: None,
            under: None,
            fel: None,
            celler,
        }
    }
}
