//! Vouchers by hand: for those without a file of their accounts. Nothing is changed; what was
//! wrong is taken back by a voucher of its own.

use super::koppling::LANGSTA_KOSTNADSSLAG;
use super::laddat::Bokfort;
use super::uppslag::Beraknat;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::faktum::Bokforingskalla;
use utfall_domain::id::VerifikationId;
use utfall_domain::journal::Handelse;
use utfall_domain::medel::kontering::{Betalas, Konteringsslag, Till, Varfor};
use utfall_domain::medel::verifikation::{Handverifikation, STORSTA_RAD};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store::Las;

/// The longest description or reference, in characters.
const LANGSTA_ORD: usize = 200;

/// A voucher by hand.
#[derive(Clone, Debug)]
pub struct NyForHand {
    /// Its day.
    pub datum: Date,
    /// Where it belongs.
    pub till: Till,
    /// What it is.
    pub slag: Konteringsslag,
    /// What it went to; empty when it is not said.
    pub kostnadsslag: String,
    /// What was spent or came in, in öre: above zero.
    pub ore: i64,
    /// What for.
    pub vad: String,
    /// Invoice or voucher it refers to; may be empty.
    pub referens: String,
    /// Made after the year was closed.
    pub efter_avslut: bool,
}

impl NyForHand {
    fn verifikation(&self, id: VerifikationId, nummer: i64) -> Handverifikation {
        let ord = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        Handverifikation {
            id,
            nummer,
            datum: self.datum,
            till: self.till,
            slag: self.slag,
            kostnadsslag: ord(&self.kostnadsslag),
            ore: self.ore,
            vad: self.vad.trim().to_owned(),
            referens: self.referens.trim().to_owned(),
            rattar: None,
        }
    }
}

fn nasta(bokfort: &Bokfort) -> i64 {
    let hogst = bokfort.for_hand.iter().map(|v| v.nummer).max();
    hogst.unwrap_or(0).saturating_add(1)
}

/// With what a voucher changes worked out, if it has not been already. What it is called and its
/// number are given in the writer's turn, and no fact follows from them.
fn med(mut laddat: Beraknat, ny: Option<Handverifikation>) -> Beraknat {
    let (Some(ny), None) = (ny, &laddat.andringar) else {
        return laddat;
    };
    let regler = laddat.bokfort.regler();
    laddat.bokfort.for_hand.push(ny);
    let mut laddat = laddat.med_andringar(&regler, None);
    laddat.bokfort.for_hand.pop();
    laddat
}

/// The plan that puts a voucher in the books with the facts it changes.
fn plan(
    laddat: Beraknat,
    ny: &Handverifikation,
    (slag, text, efter): (&str, String, bool),
    miljo: &mut Miljo,
) -> Result<Plan<i64>, Problem> {
    let laddat = med(laddat, Some(ny.clone()));
    let regler = laddat.bokfort.regler();
    let (bokfort, _, andrade) = laddat.delar(&regler)?;
    bokfort.prova_avslut(&andrade, efter)?;
    let kalla = Bokforingskalla {
        inlasning: None,
        koppling: bokfort.koppling.as_ref().map(|v| v.id),
    };
    let nummer = ny.nummer;
    let skal = format!("Verifikation {nummer} för hand.");
    let mut andringar = vec![Andring::NyHandverifikation(Box::new(ny.clone()))];
    // What it was for can name people: the voucher says it, and facts do not.
    let efter = efter.then_some("verifikationen säger varför.");
    andringar.extend(bokfort.som_fakta(&andrade, kalla, (&skal, efter), miljo));
    Ok(Plan {
        andringar,
        handelse: Handelse {
            slag: slag.into(),
            objekt: format!("verifikation för hand {nummer}"),
            text,
            data: serde_json::json!({
                "datum": ny.datum.to_string(),
                "insats": ny.till.insats,
                "ore": ny.ore,
                "fakta": andrade.len(),
            }),
        },
        svar: nummer,
    })
}

impl Anvandningsfall for NyForHand {
    const ATGARD: Atgard = Atgard::BokforForHand;
    const I_FORVAG: bool = true;
    type Laddat = Beraknat;
    /// Its number in its series.
    type Svar = i64;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Beraknat, Problem> {
        Ok(Bokfort::las(k, permit, (None, None))?.into())
    }

    fn berakna(&self, laddat: Beraknat) -> Beraknat {
        med(laddat, Some(self.verifikation(VerifikationId::FORSTA, 1)))
    }

    fn brister(&self, laddat: &Beraknat, idag: Date) -> Brister {
        let bokfort = &laddat.bokfort;
        let mut fel = Brister::default();
        fel.prova(self.prova_datum(idag));
        fel.prova(self.prova_till(bokfort));
        fel.prova(self.prova_belopp());
        fel.prova(self.prova_ord());
        fel
    }

    fn planera(&self, laddat: Beraknat, miljo: &mut Miljo) -> Result<Plan<i64>, Problem> {
        self.brister(&laddat, miljo.idag()).neka()?;
        let ny = self.verifikation(miljo.verifikation(), nasta(&laddat.bokfort));
        let text = format!("Verifikation {} skrevs in för hand.", ny.nummer);
        let om = ("verifikation-for-hand", text, self.efter_avslut);
        plan(laddat, &ny, om, miljo)
    }
}

impl NyForHand {
    fn prova_datum(&self, idag: Date) -> Result<(), Problem> {
        if self.datum <= idag && self.datum.year() >= 2000 {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "for-hand-datum",
            format!(
                "{} kan inte vara bokfört.",
                utfall_domain::tid::i_ord(self.datum)
            ),
            "Skriv dagen då det bokfördes: i dag eller tidigare.",
        )
        .i_falt("datum"))
    }

    fn prova_till(&self, bokfort: &Bokfort) -> Result<(), Problem> {
        let b = &bokfort.bocker;
        let falt = if b.insats(self.till.insats).is_none() {
            "insats"
        } else if self.till.bidrag.is_some_and(|id| b.bidrag(id).is_none()) {
            "bidrag"
        } else if self
            .till
            .organisation
            .is_some_and(|id| b.organisation(id).is_none())
        {
            "organisation"
        } else {
            return self.prova_ar(bokfort);
        };
        let text = "Det valda finns inte.";
        Err(Problem::ogiltigt("for-hand-till", text, "Välj i listan.").i_falt(falt))
    }

    /// A grant that does not have the year pays nothing in it.
    fn prova_ar(&self, bokfort: &Bokfort) -> Result<(), Problem> {
        let Betalas::Inget(varfor) = bokfort.hemvist(self.till, self.datum.year()).betalas else {
            return Ok(());
        };
        let (text, gor) = match varfor {
            Varfor::UtanforBidraget(_, ar) => (
                format!("Det valda bidraget gäller inte {ar}."),
                format!("Rätta datumet, välj ett annat, eller registrera vad det ger {ar}."),
            ),
            Varfor::IngetBidrag(_, ar) => (
                format!("Insatsen har inget bidrag {ar}."),
                format!("Fördela pengar till den {ar}, eller välj bidraget."),
            ),
            Varfor::IngenRegel => return Ok(()),
        };
        Err(Problem::ogiltigt("ar-utanfor-bidraget", text, gor).i_falt("bidrag"))
    }

    fn prova_belopp(&self) -> Result<(), Problem> {
        if self.slag == Konteringsslag::Balans {
            let text = "Det som inte räknas behöver inte skrivas in.";
            return Err(Problem::ogiltigt("for-hand-slag", text, "Välj vad det är.").i_falt("slag"));
        }
        if (1..=STORSTA_RAD).contains(&self.ore) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "for-hand-belopp",
            "Beloppet ska vara större än noll.",
            "Är något fel inskrivet: ta tillbaka den verifikationen i stället.",
        )
        .i_falt("belopp"))
    }

    fn prova_ord(&self) -> Result<(), Problem> {
        let for_lang = |text: &str, tak| text.trim().chars().count() > tak;
        let (falt, text) = if self.vad.trim().chars().count() < 3 {
            ("vad", "Det saknas vad det var.".to_owned())
        } else if for_lang(&self.vad, LANGSTA_ORD) {
            ("vad", format!("Texten är längre än {LANGSTA_ORD} tecken."))
        } else if for_lang(&self.referens, LANGSTA_ORD) {
            (
                "referens",
                format!("Referensen är längre än {LANGSTA_ORD} tecken."),
            )
        } else if for_lang(&self.kostnadsslag, LANGSTA_KOSTNADSSLAG) {
            let text = format!("Kostnadsslaget är längre än {LANGSTA_KOSTNADSSLAG} tecken.");
            ("kostnadsslag", text)
        } else {
            return Ok(());
        };
        let gor = "Skriv kort, och inte namn på personer.";
        Err(Problem::ogiltigt("for-hand-ord", text, gor).i_falt(falt))
    }
}

/// Takes a voucher by hand back, by one with the opposite amount.
#[derive(Clone, Debug)]
pub struct TaTillbaka {
    /// The number of the one that was wrong, in its series.
    pub nummer: i64,
    /// Why.
    pub orsak: String,
    /// Made after the year was closed.
    pub efter_avslut: bool,
}

impl Anvandningsfall for TaTillbaka {
    const ATGARD: Atgard = Atgard::BokforForHand;
    const I_FORVAG: bool = true;
    type Laddat = Beraknat;
    /// The number of the voucher that takes it back.
    type Svar = i64;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Beraknat, Problem> {
        Ok(Bokfort::las(k, permit, (None, None))?.into())
    }

    fn berakna(&self, laddat: Beraknat) -> Beraknat {
        let alla = &laddat.bokfort.for_hand;
        let gammal = alla.iter().find(|v| v.nummer == self.nummer);
        let ny = gammal.and_then(|g| g.motsatt(VerifikationId::FORSTA, 1, ""));
        med(laddat, ny)
    }

    fn brister(&self, _: &Beraknat, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_orsak(&self.orsak));
        fel
    }

    fn planera(&self, laddat: Beraknat, miljo: &mut Miljo) -> Result<Plan<i64>, Problem> {
        let bokfort = &laddat.bokfort;
        let gammal = bokfort.for_hand.iter().find(|v| v.nummer == self.nummer);
        let gammal = gammal.ok_or_else(Problem::finns_inte)?;
        let redan = bokfort.for_hand.iter().any(|v| v.rattar == Some(gammal.id));
        if redan || gammal.rattar.is_some() {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "for-hand-redan-tillbaka",
                "Verifikationen är redan tagen tillbaka, eller tar själv tillbaka en annan.",
                "Skriv in en ny verifikation om något fattas.",
            ));
        }
        let orsak = prova_orsak(&self.orsak)?;
        let ny = gammal
            .motsatt(miljo.verifikation(), nasta(bokfort), &orsak)
            .ok_or_else(super::for_stort)?;
        let text = format!(
            "Verifikation {} för hand togs tillbaka av verifikation {}.",
            gammal.nummer, ny.nummer
        );
        let om = ("verifikation-tillbaka", text, self.efter_avslut);
        plan(laddat, &ny, om, miljo)
    }
}
