//! The distribution table: one row per insats, new and carried-over money per year.

use super::ifyllt::Ifyllt;
use super::vy::{Jamfor, Vy};
use crate::adress;
use crate::felen::mening;
use crate::sidval::Sidval;
use crate::siffror::Siffror;
use std::collections::HashMap;
use utfall_app::medel::fran_finansiaren;
use utfall_domain::id::InsatsId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::pengar::{Enhet, NBSP, Ore};
use utfall_domain::problem::Problem;
use utfall_vyer::komponent::{Lage, LageSlag};
use utfall_vyer::sidor::{FordelningCell as C, FordelningKolumner, FordelningRad};
use utfall_vyer::tabell::{CellFalt, RadSlag, Raknad};
use utfall_vyer::tal::TalVy;

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
    fel: &'a [Problem],
    andras: bool,
    insatser: Vec<&'a Insats>,
    visade: Vec<&'a Insats>,
    /// What is saved, cell by cell: found once.
    sparat: HashMap<(InsatsId, i16), i64>,
    vy: Vy,
    /// The years with carried-over money, and those with money of one's own: found once.
    overfort: Vec<i16>,
    egna: Vec<i16>,
    /// What each initiative got from the funder each year.
    finansiarens: HashMap<(InsatsId, i16), Ore>,
}

/// Which fields a figure is made of: of a row, of a column, or all of them.
type Falten = (Option<InsatsId>, Option<i16>);

impl<'a> Tabellen<'a> {
    /// A grant's table, with what the form holds and what is wrong with it.
    pub fn ny(
        s: &'a Siffror<'a>,
        b: &'a Bidrag,
        (ifyllt, fel): (Option<&'a Ifyllt>, &'a [Problem]),
        (andras, sida, vy): (bool, Sidval, Vy),
    ) -> Self {
        let ar_med = |alla: &[Matt]| {
            let urval = |ar| Urval::bidrag(b.id).ar(ar);
            let finns = |ar: &&i16| alla.iter().any(|m| s.finns(*m, &urval(**ar)));
            b.ar.iter().filter(finns).copied().collect()
        };
        let insatser = med_i_tabellen(s, b);
        let visade = sida.utsnitt(insatser.clone());
        let jamfors = vy.jamfor != Jamfor::Inget;
        let raknas = if jamfors { &insatser } else { &visade };
        let raknas = raknas.iter().filter(|_| andras || jamfors);
        let cell = |i: InsatsId, ar: i16| {
            let urval = Urval::bidrag(b.id).for_insats(i).ar(ar);
            Some(((i, ar), s.kant(Matt::FordelatNytt, &urval)?))
        };
        let sparat = raknas.flat_map(|i| b.ar.iter().filter_map(move |ar| cell(i.id, *ar)));
        Self {
            s,
            b,
            ifyllt,
            fel,
            andras,
            sparat: sparat.collect(),
            insatser,
            visade,
            vy,
            overfort: ar_med(&[Matt::FordelatOverfort, Matt::OverfortIn]),
            egna: ar_med(&[Matt::Medfinansiering]),
            finansiarens: match vy.jamfor {
                Jamfor::Ifjol => fran_finansiaren(s.bok, b.id),
                Jamfor::Inget | Jamfor::Sparat => HashMap::new(),
            },
        }
    }

    fn urval(&self, ar: i16) -> Urval {
        Urval::bidrag(self.b.id).ar(ar)
    }

    /// Years with carried-over money have two columns more: carried over, and the total.
    fn har_overfort(&self, ar: i16) -> bool {
        self.overfort.contains(&ar)
    }

    /// Several years have a column of them together.
    const fn har_alla_ar(&self) -> bool {
        self.b.ar.len() > 1
    }

    pub fn kolumner(&self) -> Vec<FordelningKolumner> {
        let mut rubriker = Vec::new();
        // A table in thousands says so in every heading: it is read apart from its caption.
        let enhet = if self.vy.enhet == Enhet::Tkr {
            ", tkr"
        } else {
            ""
        };
        for ar in &self.b.ar {
            rubriker.push(format!("{ar}\nnya medel{enhet}"));
            if self.har_overfort(*ar) {
                rubriker.push(format!("{ar}\növerfört{enhet}"));
                rubriker.push(format!("{ar}\ntotalt{enhet}"));
            }
            match self.vy.jamfor {
                Jamfor::Inget => {}
                Jamfor::Ifjol => {
                    rubriker.push(format!("{ar}\nmot {}{enhet}", ar.saturating_sub(1)))
                }
                Jamfor::Sparat => rubriker.push(format!("{ar}\nmot sparat{enhet}")),
            }
        }
        if self.har_alla_ar() {
            rubriker.push(format!("Alla år\ntotalt{enhet}"));
        }
        let finansiar = self.s.bok.organisationsnamn(self.b.finansiar).to_owned();
        let mut ut = vec![FordelningKolumner {
            finansiar,
            rubriker,
        }];
        if !self.egna.is_empty() {
            ut.push(FordelningKolumner {
                finansiar: "Egna medel och arbetstid".to_owned(),
                rubriker: self.egna.iter().map(|ar| format!("{ar}{enhet}")).collect(),
            });
        }
        ut
    }

    /// How many initiatives there are, in all parts.
    pub const fn antal(&self) -> usize {
        self.insatser.len()
    }

    /// The part's initiatives.
    pub fn visade(&self) -> &[&'a Insats] {
        &self.visade
    }

    /// The names of the cells that the part has in the form.
    pub fn falten(&self) -> impl Iterator<Item = String> {
        self.visade
            .iter()
            .flat_map(|i| self.b.ar.iter().map(move |ar| cellnamn(i.id, *ar)))
    }

    /// The part's initiatives, and the sums of all of them.
    pub fn rader(&self) -> Vec<FordelningRad> {
        if self.insatser.is_empty() {
            return Vec::new();
        }
        let mut ut: Vec<FordelningRad> = self.visade.iter().map(|i| self.insatsrad(i)).collect();
        ut.push(self.summarad("Fördelat", true));
        ut.push(self.summarad("Att röra sig med", false));
        ut.push(self.kvarrad());
        ut
    }

    /// A figure in the table's unit.
    fn tal(&self, matt: Matt, urval: &Urval) -> TalVy {
        self.vy
            .tal(self.s.tal(matt, urval), self.s.kant(matt, urval))
    }

    /// What is saved in a cell, in öre; nothing is 0.
    fn sparat(&self, insats: InsatsId, ar: i16) -> i64 {
        self.sparat.get(&(insats, ar)).copied().unwrap_or(0)
    }

    /// What a cell would hold: as typed when that can be read, and otherwise as saved.
    fn nu(&self, insats: InsatsId, ar: i16) -> i64 {
        let skrivet = self.ifyllt.and_then(|i| i.belopp(insats, ar));
        skrivet.map_or_else(|| self.sparat(insats, ar), |b| b.map_or(0, |b| b.0))
    }

    /// The sum of the fields as saved and as typed.
    fn falt_summa(&self, (rad, kol): Falten) -> (i64, i64) {
        let mut ut = (0_i64, 0_i64);
        let mut plus = |insats: InsatsId| {
            for ar in self.b.ar.iter().filter(|ar| kol.is_none_or(|k| k == **ar)) {
                ut.0 = ut.0.saturating_add(self.sparat(insats, *ar));
                ut.1 = ut.1.saturating_add(self.nu(insats, *ar));
            }
        };
        match rad {
            Some(insats) => plus(insats),
            None => self.visade.iter().for_each(|i| plus(i.id)),
        }
        ut
    }

    /// A figure that follows its fields. `sparat` is what it is in the books, and `tal` how it
    /// is told from there.
    fn raknad(&self, (tal, sparat): (TalVy, i64), falten: Falten, minskar: bool) -> Raknad {
        let (da, nu) = self.falt_summa(falten);
        let tecken = |summa: i64| {
            if minskar {
                summa.saturating_neg()
            } else {
                summa
            }
        };
        let bas = sparat.saturating_sub(tecken(da));
        let blir = bas.saturating_add(tecken(nu));
        Raknad {
            tal: if blir == sparat {
                self.vy.tal(tal, Some(sparat))
            } else {
                TalVy::utan_lank(self.vy.text(blir))
            },
            lage: None,
            rad: falten.0.map(|i| i.to_string()),
            kol: falten.1.map(|ar| ar.to_string()),
            bas,
            minskar,
            plus: false,
            over: "",
        }
    }

    /// A measure that follows its fields, where the table can be changed. What is not known
    /// shows its sign until something is typed.
    fn foljer(&self, matt: Matt, urval: &Urval, falten: Falten) -> C {
        if !self.andras {
            return C::Tal(self.tal(matt, urval));
        }
        let utfall = self.s.matt(matt, urval).utfall;
        let kant = utfall.varde.kant();
        let sparat = kant.or(utfall.kand_del).unwrap_or(0);
        let mut r = self.raknad((self.s.tal(matt, urval), sparat), falten, false);
        let (da, nu) = self.falt_summa(falten);
        if kant.is_none() && da == nu {
            r.tal = self.s.tal(matt, urval);
        }
        C::Raknad(r)
    }

    fn insatsrad(&self, insats: &Insats) -> FordelningRad {
        let mut celler = Vec::new();
        let alla = Urval::bidrag(self.b.id).for_insats(insats.id);
        for ar in &self.b.ar {
            let urval = alla.clone().ar(*ar);
            celler.push(if self.andras {
                C::Falt(self.falt(insats, *ar, &urval))
            } else {
                C::Tal(self.tal(Matt::FordelatNytt, &urval))
            });
            if self.har_overfort(*ar) {
                celler.push(C::Tal(self.tal(Matt::FordelatOverfort, &urval)));
                celler.push(self.foljer(Matt::Fordelat, &urval, (Some(insats.id), Some(*ar))));
            }
            celler.extend(self.skillnad((Some(insats.id), *ar)));
        }
        if self.har_alla_ar() {
            celler.push(self.foljer(Matt::Fordelat, &alla, (Some(insats.id), None)));
        }
        for ar in &self.egna {
            let urval = self.urval(*ar).for_insats(insats.id);
            celler.push(C::Tal(self.tal(Matt::Medfinansiering, &urval)));
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

    /// What the new money is more than what it is compared with.
    fn skillnad(&self, (insats, ar): (Option<InsatsId>, i16)) -> Option<C> {
        let mot = |i: InsatsId| match self.vy.jamfor {
            Jamfor::Inget => None,
            Jamfor::Sparat => Some(self.sparat(i, ar)),
            Jamfor::Ifjol => {
                let fore = (i, ar.checked_sub(1)?);
                Some(self.finansiarens.get(&fore).map_or(0, |o| o.0))
            }
        };
        let alla: Vec<InsatsId> = match insats {
            Some(i) => vec![i],
            None => self.insatser.iter().map(|i| i.id).collect(),
        };
        let jamfort = alla
            .iter()
            .try_fold(0_i64, |s, i| Some(s.saturating_add(mot(*i)?)))?;
        let sparat = alla
            .iter()
            .fold(0_i64, |s, i| s.saturating_add(self.sparat(*i, ar)))
            .saturating_sub(jamfort);
        let mut r = self.raknad((TalVy::default(), sparat), (insats, Some(ar)), false);
        let tal = r.bas.saturating_add(self.falt_summa((insats, Some(ar))).1);
        let plus = if tal > 0 { "+" } else { "" };
        r.plus = true;
        r.tal = TalVy::utan_lank(format!("{plus}{}", self.vy.text(tal)));
        Some(if self.andras {
            C::Raknad(r)
        } else {
            C::Tal(r.tal)
        })
    }

    fn radfel(&self, insats: InsatsId) -> Option<(String, String)> {
        let id = format!("fel-{insats}");
        let egna = self.ifyllt.and_then(|i| i.radfel(insats));
        let falt = format!("b-{insats}-");
        let nekat = self
            .fel
            .iter()
            .find(|fel| fel.falt.as_deref().is_some_and(|f| f.starts_with(&falt)))
            .map(mening);
        egna.or(nekat).map(|text| (id, text))
    }

    fn falt(&self, insats: &Insats, ar: i16, urval: &Urval) -> CellFalt {
        let sparat = self.s.kant(Matt::FordelatNytt, urval);
        let nu = sparat.map(|ore| self.vy.text(ore)).unwrap_or_default();
        let skrivet = self.ifyllt.and_then(|i| i.skrivet(insats.id, ar));
        let fel = self.ifyllt.is_some_and(|i| i.ar_fel(insats.id, ar));
        let enhet = if self.vy.enhet == Enhet::Tkr {
            "tusental kronor"
        } else {
            "kronor"
        };
        CellFalt {
            namn: cellnamn(insats.id, ar),
            varde: skrivet.map_or(nu, str::to_owned),
            etikett: format!("{}, nya medel {ar}, {enhet}", insats.namn),
            fel_id: fel.then(|| format!("fel-{}", insats.id)),
            rad: insats.id.to_string(),
            kol: ar.to_string(),
            fore: sparat.map(|ore| ore.to_string()).unwrap_or_default(),
        }
    }

    /// The sum of the rows, which follows the fields, or what there is to distribute.
    fn summarad(&self, namn: &str, fordelat: bool) -> FordelningRad {
        let [nytt, overfort, totalt] = if fordelat {
            [Matt::FordelatNytt, Matt::FordelatOverfort, Matt::Fordelat]
        } else {
            [Matt::Grundmedel, Matt::OverfortIn, Matt::Tillgangligt]
        };
        let cell = |matt, urval: &Urval, ar| {
            if fordelat {
                self.foljer(matt, urval, (None, ar))
            } else {
                C::Tal(self.tal(matt, urval))
            }
        };
        let mut celler = Vec::new();
        for ar in &self.b.ar {
            let urval = self.urval(*ar);
            if self.har_overfort(*ar) {
                celler.push(cell(nytt, &urval, Some(*ar)));
                celler.push(C::Tal(self.tal(overfort, &urval)));
            }
            celler.push(cell(totalt, &urval, Some(*ar)));
            if self.vy.jamfor != Jamfor::Inget {
                let skillnad = fordelat.then(|| self.skillnad((None, *ar))).flatten();
                celler.push(skillnad.unwrap_or(C::Ord("jämförs ej")));
            }
        }
        if self.har_alla_ar() {
            celler.push(cell(totalt, &Urval::bidrag(self.b.id), None));
        }
        for ar in &self.egna {
            celler.push(if fordelat {
                C::Tal(self.tal(Matt::Medfinansiering, &self.urval(*ar)))
            } else {
                C::Ord("ingår ej")
            });
        }
        FordelningRad {
            slag: RadSlag::Delsumma,
            namn: namn.to_owned(),
            href: None,
            under: None,
            fel: None,
            celler,
        }
    }

    /// What is left of a year, or of all of them, when that is known.
    fn kvar(&self, urval: &Urval) -> Option<i64> {
        self.s.kant(Matt::KvarAttFordela, urval).or_else(|| {
            let inget = !self.s.finns(Matt::Fordelat, urval);
            inget.then(|| self.s.kant(Matt::Tillgangligt, urval))?
        })
    }

    fn kvarcell(&self, urval: &Urval, ar: Option<i16>) -> C {
        let tal = self.s.tal(Matt::KvarAttFordela, urval);
        let for_mycket = || Lage::ny("För mycket", LageSlag::Fel);
        let Some(kvar) = self.kvar(urval) else {
            return C::Tal(tal);
        };
        if self.andras {
            let mut r = self.raknad((tal, kvar), (None, ar), true);
            let blir = r.bas.saturating_sub(self.falt_summa((None, ar)).1);
            r.lage = (blir < 0).then(for_mycket);
            r.over = "För mycket";
            return C::Raknad(r);
        }
        let tal = self.vy.tal(tal, self.s.kant(Matt::KvarAttFordela, urval));
        if kvar < 0 {
            C::TalMedLage(tal, for_mycket())
        } else {
            C::Tal(tal)
        }
    }

    /// What is left each year, in words, as typed: `2022: 5 000 kr kvar att fördela.`
    pub fn kvar_i_ord(&self) -> String {
        let mut ut = Vec::new();
        for ar in &self.b.ar {
            let urval = self.urval(*ar);
            let Some(kvar) = self.kvar(&urval) else {
                continue;
            };
            let (da, nu) = self.falt_summa((None, Some(*ar)));
            let blir = kvar.saturating_add(da).saturating_sub(nu);
            let ord = if blir < 0 {
                "för mycket"
            } else {
                "kvar att fördela"
            };
            let text = self.vy.text(blir.saturating_abs());
            ut.push(format!("{ar}: {text}{NBSP}{} {ord}.", self.vy.ord()));
        }
        ut.join(" ")
    }

    fn kvarrad(&self) -> FordelningRad {
        let mut celler = Vec::new();
        for ar in &self.b.ar {
            if self.har_overfort(*ar) {
                celler.extend([C::Ord("se totalt"), C::Ord("se totalt")]);
            }
            celler.push(self.kvarcell(&self.urval(*ar), Some(*ar)));
            if self.vy.jamfor != Jamfor::Inget {
                celler.push(C::Ord("jämförs ej"));
            }
        }
        if self.har_alla_ar() {
            celler.push(self.kvarcell(&Urval::bidrag(self.b.id), None));
        }
        celler.extend(self.egna.iter().map(|_| C::Ord("ingår ej")));
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
