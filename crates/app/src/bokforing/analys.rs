//! What a file is and what it would do, before anything is saved.

use super::anmarkning::Radanm;
use super::fil::{Funnen, Genomgang, Konteringslista, Siefil, Skal, ga_igenom};
use super::foljder::{Foljder, foljder};
use super::foretag::{Andras, Dubbla, NyEnhet, krock, ny_enhet};
use super::laddat::Bokfort;
use super::mot::Mot;
use super::visa::far_namn;
use crate::Tjanst;
use std::collections::BTreeMap;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::id::{InlasningId, KonteringId, VerifikationId};
use utfall_domain::journal::Hash;
use utfall_domain::medel::kontering::{Andrad, Kontering, Konteringsslag, Varfor};
use utfall_domain::medel::verifikation::{
    Bokforingsar, Handverifikation, Inlasning, Inlasningslage, Inlasningsutfall, Kand, NyInlasning,
};
use utfall_domain::problem::Problem;
use utfall_sie::Allvar;
use utfall_store as store;

/// Changed and missing vouchers that are shown; of more there is only the number.
pub const FLEST_VISADE: usize = 100;

/// A voucher that was there and is otherwise in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AndradVerifikation {
    /// The one that is there.
    pub id: VerifikationId,
    /// As people call it.
    pub namn: String,
    /// Its rows as they are.
    pub fore: Vec<(Kontering, i64)>,
    /// Its rows as the file has them.
    pub nu: Vec<(Kontering, i64)>,
}

/// A voucher that is in the books and not in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saknad {
    /// The voucher.
    pub id: VerifikationId,
    /// As people call it.
    pub namn: String,
    /// Its day.
    pub datum: jiff::civil::Date,
    /// What it debited, in öre.
    pub ore: i64,
}

/// An account that nobody has said where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Okopplad {
    /// The account with its objects.
    pub kontering: Kontering,
    /// What it is by itself.
    pub slag: Konteringsslag,
    /// What it comes to, debit positive, in öre.
    pub ore: i64,
    /// Rows.
    pub antal: i64,
    /// Why, in order.
    pub varfor: Vec<Varfor>,
}

/// What a file is, and what it would do.
#[derive(Clone, Debug)]
pub struct Analys {
    /// What the file says of itself.
    pub huvud: NyInlasning,
    /// Its size in bytes.
    pub bytes: u64,
    /// The first and the last day of its vouchers.
    pub dagar: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// How many accounts it uses, and how many of them with different objects.
    pub konton: (usize, usize),
    /// What makes it unfit: nothing of it can be read in.
    pub fel: Vec<Radanm>,
    /// How many such there are: of many, only the first are listed.
    pub antal_fel: u64,
    /// What is odd, and does not stop it.
    pub varningar: Vec<Radanm>,
    /// How many of those.
    pub antal_varningar: u64,
    /// The import of the very same file, when it is in the books.
    pub redan: Option<InlasningId>,
    /// The company is new here, and must be confirmed.
    pub ny_enhet: Option<NyEnhet>,
    /// So many of its vouchers are booked already of another company that somebody must say that
    /// they are others.
    pub dubbla: Option<Dubbla>,
    /// How many vouchers are new, the same, changed and missing.
    pub utfall: Inlasningsutfall,
    /// The changed ones, the first of them.
    pub andrade: Vec<AndradVerifikation>,
    /// The facts that would change.
    pub fakta: Vec<Andrad>,
    /// What the file's accounts belong to is not said of these.
    pub okopplade: Vec<Okopplad>,
    /// The missing ones, the first of them.
    pub saknade: Vec<Saknad>,
    /// Years that are closed and would change, in words; empty when there are none.
    pub avslutade: String,
    /// Vouchers by hand of the same initiatives and months: the same may stand in the file.
    pub for_hand: Vec<Handverifikation>,
    /// Imports in force of the same year, as they were seen.
    pub sedda: Vec<InlasningId>,
    /// What else it was looked at against.
    pub(super) mot: Mot,
}

impl Analys {
    /// Whether it can be read in.
    #[must_use]
    pub const fn gar(&self) -> bool {
        self.fel.is_empty() && self.redan.is_none()
    }

    /// As it is shown to somebody: without what can name people for those who may not see it.
    #[must_use]
    pub fn synlig(self, aktor: &Aktor) -> Self {
        let mut ny = self;
        if far_namn(aktor) {
            return ny;
        }
        let inga = std::collections::BTreeSet::new();
        let dolj = |k: &mut Kontering| *k = std::mem::take(k).synlig(&inga);
        ny.okopplade.iter_mut().for_each(|o| dolj(&mut o.kontering));
        for v in &mut ny.andrade {
            v.fore
                .iter_mut()
                .chain(&mut v.nu)
                .for_each(|(k, _)| dolj(k));
        }
        ny
    }

    /// The financial year that it is of; `None` when it does not say.
    #[must_use]
    pub fn ar(&self) -> Option<&Bokforingsar> {
        Some(&self.huvud.ar).filter(|ar| **ar != utan_ar())
    }

    /// What stops it, as a refusal.
    #[must_use]
    pub fn hinder(&self) -> Option<Problem> {
        if self.redan.is_some() {
            return Some(Problem::nytt(
                utfall_domain::problem::ProblemSlag::Konflikt,
                "sie-redan-inlast",
                "Samma fil är redan inläst. Inget har ändrats.",
                "Du behöver inte läsa in den igen.",
            ));
        }
        let forst = self.fel.first()?;
        let fler = match self.antal_fel {
            ..=1 => String::new(),
            n => format!(" Det finns {} fel till.", n.saturating_sub(1)),
        };
        let text = super::mening(&forst.text);
        let fel = Problem::ogiltigt(
            "sie-fel",
            format!("{text}{fler} Inget har sparats."),
            forst.atgard.clone(),
        );
        Some(match forst.rad {
            0 => fel.pa(self.huvud.filnamn.clone()),
            rad => fel.pa(format!("{}, rad {rad}", self.huvud.filnamn)),
        })
    }
}

/// Account and month, with öre and how many rows.
pub(super) type Rader = BTreeMap<(KonteringId, jiff::civil::Date), (i64, i64)>;

/// What is known before a file is gone through.
pub(super) struct Kant {
    pub(super) bokfort: Bokfort,
    pub(super) kanda: Vec<Kand>,
    pub(super) ar: Option<Bokforingsar>,
}

impl Tjanst {
    /// What is booked and known of the file's year. Blocks: never call it where a future is
    /// being polled.
    pub(super) fn kant(&self, aktor: &Aktor, fil: &Siefil) -> Result<Kant, Problem> {
        let permit = prova(aktor, Atgard::ImporteraSie)?;
        let ar = fil.ar()?;
        let aret = ar.clone();
        let las = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            let kanda = match &aret {
                Some(ar) => store::bokforing::verifikationer::kanda(k, &permit, ar)?,
                None => Vec::new(),
            };
            Ok((Bokfort::las(k, &permit, (None, None))?, kanda))
        });
        let (bokfort, kanda) = las.vanta()?;
        Ok(Kant { bokfort, kanda, ar })
    }

    /// What a file is and what it would do. Saves nothing. Blocks: never call it where a
    /// future is being polled.
    ///
    /// # Errors
    /// When the role does not allow it, the file cannot be read, or the database fails.
    pub fn analysera_sie(&self, aktor: &Aktor, fil: &Siefil) -> Result<Analys, Problem> {
        let kant = self.kant(aktor, fil)?;
        let behall = kant.bokfort.regler().behall;
        let mut andrade: Vec<(Funnen, Vec<(Kontering, i64)>)> = Vec::new();
        let mut andras = Andras::ny(&kant.bokfort.inlasningar, kant.ar.as_ref());
        let gang = ga_igenom(fil, &behall, &kant.kanda, |funnen, _, konton| {
            andras.se(&funnen);
            if matches!(funnen.skal, Skal::Andrad(_)) && andrade.len() < FLEST_VISADE {
                let rader = i_ord(konton, &funnen);
                andrade.push((funnen, rader));
            }
            Ok(())
        })?;
        let andrade = self.jamforda(aktor, andrade, &kant.bokfort)?;
        let dubbla = self.dubbla(aktor, andras)?;
        let gamla = self.gamla_rader(aktor, &gang.ersatta, || Ok(()))?;
        let saknade = self.saknade(aktor, &gang.saknade)?;
        Ok(Analys {
            saknade,
            ..analys(fil, kant, gang, (andrade, &gamla, dubbla))
        })
    }

    /// Of which other company most of the file's vouchers are booked already.
    fn dubbla(&self, aktor: &Aktor, andras: Andras) -> Result<Option<Dubbla>, Problem> {
        let permit = prova(aktor, Atgard::ImporteraSie)?;
        let nya = andras.antal();
        let Some(fraga) = andras.fraga() else {
            return Ok(None);
        };
        let las = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            let har = |identitet: &Hash, innehall: &Hash| fraga.har(identitet, innehall);
            let vilka = (fraga.inlasningar(), fraga.inom());
            let funna = store::bokforing::verifikationer::bland(k, &permit, &vilka, har)?;
            Ok(fraga.flest(&funna, nya))
        });
        las.vanta()
    }

    /// The first of some vouchers, as a list shows them.
    pub(super) fn saknade(
        &self,
        aktor: &Aktor,
        vilka: &[VerifikationId],
    ) -> Result<Vec<Saknad>, Problem> {
        let permit = prova(aktor, Atgard::LasaBokforing)?;
        let vilka: Vec<VerifikationId> = vilka.iter().take(FLEST_VISADE).copied().collect();
        let las = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            let mut ut = Vec::with_capacity(vilka.len());
            for id in &vilka {
                ut.extend(store::bokforing::verifikationer::en(k, &permit, *id)?);
            }
            Ok(ut)
        });
        Ok(las.vanta()?.iter().map(Saknad::av).collect())
    }

    /// The rows of vouchers that are put aside; `kom` is called now and then on the way.
    pub(super) fn gamla_rader(
        &self,
        aktor: &Aktor,
        vilka: &[VerifikationId],
        mut kom: impl FnMut() -> Result<(), Problem>,
    ) -> Result<Rader, Problem> {
        let permit = prova(aktor, Atgard::ImporteraSie)?;
        let mut ut = BTreeMap::new();
        for del in vilka.chunks(500) {
            let (permit, del) = (permit.clone(), del.to_vec());
            let las = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::bokforing::verifikationer::rader_av(
                    k, &permit, &del,
                )?)
            });
            for (kontering, manad, ore) in las.vanta()? {
                let rad: &mut (i64, i64) = ut.entry((kontering, manad)).or_default();
                rad.0 = rad.0.checked_add(ore).ok_or_else(super::for_stort)?;
                rad.1 = rad.1.saturating_add(1);
            }
            kom()?;
        }
        Ok(ut)
    }

    fn jamforda(
        &self,
        aktor: &Aktor,
        andrade: Vec<(Funnen, Vec<(Kontering, i64)>)>,
        bokfort: &Bokfort,
    ) -> Result<Vec<AndradVerifikation>, Problem> {
        let permit = prova(aktor, Atgard::ImporteraSie)?;
        let mut ut = Vec::new();
        for (funnen, nu) in andrade {
            let Skal::Andrad(id) = funnen.skal else {
                continue;
            };
            let permit = permit.clone();
            let las = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::bokforing::verifikationer::en(k, &permit, id)?)
            });
            let Some(gammal) = las.vanta()? else { continue };
            let namn = gammal.namn();
            let fore = gammal.rader.into_iter().filter_map(|rad| {
                let (kontering, _) = bokfort.konteringar.get(&rad.kontering)?;
                Some((kontering.clone(), rad.ore))
            });
            ut.push(AndradVerifikation {
                id,
                namn,
                fore: fore.collect(),
                nu,
            });
        }
        Ok(ut)
    }
}

impl Saknad {
    pub(super) fn av(v: &utfall_domain::medel::verifikation::Verifikation) -> Self {
        let debet = v.rader.iter().map(|r| r.ore).filter(|ore| *ore > 0);
        Self {
            id: v.id,
            namn: v.namn(),
            datum: v.datum,
            ore: debet.fold(0, i64::saturating_add),
        }
    }
}

fn i_ord(konton: &Konteringslista, funnen: &Funnen) -> Vec<(Kontering, i64)> {
    let rader = funnen.rader.iter();
    rader
        .filter_map(|(plats, ore)| Some((konton.alla().get(*plats)?.clone(), *ore)))
        .collect()
}

fn analys(
    fil: &Siefil,
    mut kant: Kant,
    mut gang: Genomgang,
    (andrade, gamla, dubbla): (Vec<AndradVerifikation>, &Rader, Option<Dubbla>),
) -> Analys {
    let o = gang.granskad.oversikt.clone();
    let (mut fel, mut varningar) = anmarkningar(&gang);
    let (mut fler_fel, fler_varningar) = fler(&gang, &fel);
    fel.extend(om_filen(&gang, fel.is_empty()));
    if fil.bytes == 0 {
        // Everything else that is missing follows from that.
        (fel, varningar, fler_fel) = (vec![tom()], Vec::new(), 0);
    }
    let aret = kant.ar.clone().unwrap_or_else(utan_ar);
    let tidigare = &kant.bokfort.inlasningar;
    fel.extend(krock(tidigare, &aret));
    fel.extend(fil.fel_orgnr(o.orgnr.as_deref()));
    let huvud = huvud(fil, &gang, &aret);
    let redan = redan(tidigare, &gang.sha256);
    let ny_enhet = ny_enhet(&kant.bokfort, &huvud, o.orgnr.as_deref());
    let fraga = |d: &Dubbla| ny_enhet.is_some() || d.ar_manga();
    varningar.extend(dubbla.iter().filter(|d| !fraga(d)).map(Dubbla::anmarkning));
    let sparsam = fel.is_empty() && redan.is_none();
    let mut konton: Vec<u32> = gang.konteringar.alla().iter().map(|k| k.konto).collect();
    let konteringar = konton.len();
    konton.sort_unstable();
    konton.dedup();
    let f = match sparsam {
        true => foljder(&mut kant.bokfort, &mut gang, gamla),
        false => Foljder::default(),
    };
    let avslutade = kant.bokfort.avslutade(&f.fakta);
    fel.extend(f.krock.map(|p| {
        let text = p.text.trim_end_matches('.').to_owned();
        Radanm::ny(0, p.kod, text, p.atgard)
    }));
    Analys {
        bytes: fil.bytes,
        dagar: o.dagar,
        konton: (konton.len(), konteringar),
        antal_fel: over(&fel).saturating_add(fler_fel),
        fel,
        antal_varningar: over(&varningar).saturating_add(fler_varningar),
        varningar,
        redan,
        dubbla: dubbla.filter(fraga),
        ny_enhet,
        utfall: gang.utfall,
        andrade,
        fakta: f.fakta,
        okopplade: f.okopplade,
        saknade: Vec::new(),
        avslutade: kant.bokfort.avslutade_i_ord(&avslutade),
        for_hand: f.for_hand,
        sedda: kant.bokfort.av_aret(&aret),
        mot: Mot::av(&kant.bokfort),
        huvud,
    }
}

const fn utan_ar() -> Bokforingsar {
    Bokforingsar {
        orgnr: String::new(),
        fran: jiff::civil::Date::ZERO,
        till: jiff::civil::Date::ZERO,
    }
}

fn anmarkningar(gang: &Genomgang) -> (Vec<Radanm>, Vec<Radanm>) {
    let alla = &gang.granskad.anmarkningar;
    let (mut fel, mut varningar) = (Vec::new(), Vec::new());
    for a in alla {
        match a.allvar() {
            Allvar::Fel => fel.push(Radanm::from(a)),
            Allvar::Varning => varningar.push(Radanm::from(a)),
        }
    }
    fel.extend(gang.fel.iter().cloned());
    // The file as a whole comes last: a line that cannot be read often tells more.
    fel.sort_by_key(|f| (f.rad == 0, f.rad));
    (fel, varningar)
}

/// How many faults and warnings there are beyond those that are listed.
fn fler(gang: &Genomgang, listade: &[Radanm]) -> (u64, u64) {
    let egna = over(&gang.fel);
    let fel = gang
        .granskad
        .antal_fel()
        .saturating_sub(over(listade).saturating_sub(egna));
    let varningar = gang.granskad.fler.saturating_sub(fel);
    (fel.saturating_add(gang.fler_fel), varningar)
}

fn over(alla: &[Radanm]) -> u64 {
    u64::try_from(alla.len()).unwrap_or(u64::MAX)
}

/// What the file is not, for the books. That it has no vouchers is said when no line of it is
/// wrong: such a line may be why.
fn om_filen(gang: &Genomgang, felfri: bool) -> Vec<Radanm> {
    let o = &gang.granskad.oversikt;
    let mut ut = Vec::new();
    if !o.har_verifikationer() || o.ar_4i() {
        let text = "filen har inga verifikationer från en bokföring";
        ut.push(Radanm::ny(0, "inte-4e", text, "Exportera SIE typ 4E."));
    } else if o.verifikationer == 0 && felfri {
        let text = "filen har inga verifikationer";
        let gor = "Exportera med verifikationerna, för det år du följer upp.";
        ut.push(Radanm::ny(0, "utan-verifikationer", text, gor));
    }
    if let Some(valuta) = &o.valuta {
        let text = format!("beloppen är i {valuta}; bara svenska kronor läses in");
        let gor = "Exportera beloppen i svenska kronor.";
        ut.push(Radanm::ny(0, "annan-valuta", text, gor));
    }
    ut
}

fn tom() -> Radanm {
    let gor = "Välj en annan fil, eller exportera den på nytt.";
    Radanm::ny(0, "tom-fil", "filen är tom", gor)
}

fn redan(tidigare: &[Inlasning], sha256: &Hash) -> Option<InlasningId> {
    tidigare
        .iter()
        .find(|i| i.lage == Inlasningslage::Galler && i.sha256 == *sha256)
        .map(|i| i.id)
}

fn huvud(fil: &Siefil, gang: &Genomgang, ar: &Bokforingsar) -> NyInlasning {
    let o = &gang.granskad.oversikt;
    let tal = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    NyInlasning {
        sha256: gang.sha256,
        filnamn: fil.namn.clone(),
        ar: ar.clone(),
        foretag: o.namn.clone().unwrap_or_default(),
        program: o.program.clone(),
        kodning: gang.granskad.kodning.namn().to_owned(),
        verifikationer: tal(o.verifikationer),
        rader: tal(o.rader),
        komplett: false,
    }
}
