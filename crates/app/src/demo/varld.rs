//! Building the demo world.

use super::StalldKlocka;
use super::forsby;
use super::papper::{PAPPER, Papper};
use crate::Tjanst;
use crate::bokforing::{Bekraftat, Siefil};
use crate::dorr::{Anvandningsfall, internt};
use crate::fakta::{RattaFaktum, Rattelse, RegistreraFaktum};
use crate::installation::{NyHuvudman, NyttKonto};
use crate::lasning::Bok;
use crate::medel::Beslutsval;
use crate::miljo::Slump;
use crate::publicering::Publicera;
use crate::rapporter::{SkapaRapport, SparaRapport, Utfardande, Utkast};
use crate::underlag::ImporteraUnderlag;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeMap;
use std::sync::Arc;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{AnvandareId, BidragId, HuvudmanId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::Publicerat;
use utfall_domain::rapport::Sattare;
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid::{Klocka as _, PerDag, dag};
use utfall_domain::underlag::las;
use utfall_domain::varde::Varde;
use utfall_store::Db;

/// The password of every demo account. `serve` refuses to start with such accounts.
pub const LOSENORD: &str = "utfall-demo-2026";

/// The roles that have something to do yet.
const ROLLER: [Roll; 10] = [
    Roll::Forbundschef,
    Roll::Ekonom,
    Roll::Insatsansvarig,
    Roll::Namndredovisare,
    Roll::Styrelse,
    Roll::Revisor,
    Roll::Administrator,
    Roll::Deltagaransvarig,
    Roll::Loggkontrollant,
    Roll::Gallringsansvarig,
];

/// A demo account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demokonto {
    /// The name to sign in with.
    pub inloggning: String,
    /// Its role.
    pub roll: Roll,
    /// The huvudman's address part.
    pub huvudman: String,
    /// The huvudman's name.
    pub huvudmansnamn: String,
    /// The huvudman is invented.
    pub pahittad: bool,
}

/// What was built.
#[derive(Clone, Debug)]
pub struct Demovarld {
    /// The accounts, huvudman by huvudman.
    pub konton: Vec<Demokonto>,
}

pub(super) struct Byggare {
    tjanst: Tjanst,
    klocka: Arc<StalldKlocka>,
    nu: Timestamp,
    mall: NyttKonto,
    aktorer: BTreeMap<(String, Roll), Aktor>,
    konton: Vec<Demokonto>,
}

/// Builds the demo world in an empty database. The papers are imported as of `nu`; Forsby
/// has a history before it, so that there is something to ask *as of*.
///
/// # Errors
/// What any use case refuses, or what went wrong in the database.
pub async fn bygg(
    db: Db,
    slump: Arc<dyn Slump>,
    sattare: Arc<dyn Sattare>,
    nu: Timestamp,
    adress: &str,
) -> Result<Demovarld, Problem> {
    bygg_del(db, slump, sattare, (nu, adress), true).await
}

/// As [`bygg`], with nothing booked in Forsby: for who wants to read in its accounts.
///
/// # Errors
/// As [`bygg`].
pub async fn bygg_fore_bokforingen(
    db: Db,
    slump: Arc<dyn Slump>,
    sattare: Arc<dyn Sattare>,
    nu: Timestamp,
    adress: &str,
) -> Result<Demovarld, Problem> {
    bygg_del(db, slump, sattare, (nu, adress), false).await
}

async fn bygg_del(
    db: Db,
    slump: Arc<dyn Slump>,
    sattare: Arc<dyn Sattare>,
    (nu, adress): (Timestamp, &str),
    bokforing: bool,
) -> Result<Demovarld, Problem> {
    let klocka = Arc::new(StalldKlocka::ny(nu));
    let mut salt = [0; 16];
    slump.fyll(&mut salt);
    let mall = NyttKonto::ny("demo", "demo", LOSENORD, &salt, &[Roll::Ekonom])?.som_demo();
    let tjanst = Tjanst::ny(db, Arc::clone(&klocka) as Arc<_>, slump, sattare);
    let mut b = Byggare {
        tjanst,
        klocka,
        nu,
        mall,
        aktorer: BTreeMap::new(),
        konton: Vec::new(),
    };
    for papper in PAPPER {
        b.las_in(papper).await?;
        if papper.stam == "forsby" {
            forsby::bygg(&b, bokforing).await?;
        }
    }
    b.forsby().await?;
    b.uppsala(adress).await?;
    b.publicera().await?;
    Ok(Demovarld { konton: b.konton })
}

impl Byggare {
    /// The day it is while the world is built.
    pub(super) fn klockans_dag(&self) -> jiff::civil::Date {
        dag(self.klocka.nu())
    }

    /// Sets the clock to so many days before `nu`. Never backwards: the journal follows time.
    pub(super) fn dagar_sedan(&self, dagar: i64) {
        self.klocka
            .stall(self.nu.checked_sub((dagar * 24).hours()).unwrap_or(self.nu));
    }

    async fn las_in(&mut self, papper: &Papper) -> Result<(), Problem> {
        let underlag = las(papper.stam, papper.json.as_bytes())
            .map_err(|p| p.into_iter().next().unwrap_or_else(Problem::finns_inte))?;
        let huvudman = underlag.dokument.huvudman.clone();
        self.dagar_sedan(if huvudman.pahittat { 290 } else { 0 });
        if !self
            .aktorer
            .contains_key(&(huvudman.slug.0.clone(), Roll::Ekonom))
        {
            let id = self.tjanst.skapa_huvudman(NyHuvudman {
                slug: huvudman.slug.0.clone(),
                namn: huvudman.namn.clone(),
                pahittad: huvudman.pahittat,
            });
            let id = id.await?;
            self.konton(id, (&huvudman.slug.0, &huvudman.namn), huvudman.pahittat)
                .await?;
        }
        let innehall = papper.json.as_bytes().to_vec();
        let import = ImporteraUnderlag {
            underlag,
            innehall,
            offentligt: true,
        };
        self.som(&huvudman.slug.0, Roll::Ekonom, import)
            .await
            .map(drop)
    }

    async fn konton(
        &mut self,
        id: HuvudmanId,
        (slug, namn): (&str, &str),
        pahittad: bool,
    ) -> Result<(), Problem> {
        for roll in ROLLER {
            let aktor = self
                .ett_konto(id, (slug, namn, pahittad), (roll, ""))
                .await?;
            self.aktorer.insert((slug.to_owned(), roll), aktor);
        }
        if pahittad {
            // Gallring takes two: one who prepares and another who confirms.
            let andra = (Roll::Gallringsansvarig, "-2");
            self.ett_konto(id, (slug, namn, pahittad), andra).await?;
        }
        Ok(())
    }

    async fn ett_konto(
        &mut self,
        id: HuvudmanId,
        (slug, namn, pahittad): (&str, &str, bool),
        (roll, nummer): (Roll, &str),
    ) -> Result<Aktor, Problem> {
        let inloggning = format!("{}{nummer}.{slug}", roll.kod());
        let visas = format!("{}{}", roll.namn(), nummer.replace('-', " "));
        let konto = self.mall.som(&inloggning, &visas, &[roll])?;
        let drift = Aktor::drift(id);
        let konto = self.tjanst.utfor(&drift, None, konto).await?;
        self.konton.push(Demokonto {
            inloggning,
            roll,
            huvudman: slug.to_owned(),
            huvudmansnamn: namn.to_owned(),
            pahittad,
        });
        Aktor::ny(konto, id, &[roll]).map_err(|e| internt(&e))
    }

    fn aktor(&self, slug: &str, roll: Roll) -> Result<Aktor, Problem> {
        self.aktorer
            .get(&(slug.to_owned(), roll))
            .cloned()
            .ok_or_else(Problem::finns_inte)
    }

    pub(super) async fn som<F: Anvandningsfall>(
        &self,
        slug: &str,
        roll: Roll,
        fall: F,
    ) -> Result<F::Svar, Problem> {
        self.tjanst
            .utfor(&self.aktor(slug, roll)?, None, fall)
            .await
    }

    /// Random bytes for one write about a person.
    pub(super) fn fro(&self) -> utfall_domain::deltagare::andring::Fro {
        self.tjanst.fro()
    }

    /// The account with a role.
    pub(super) fn konto(&self, slug: &str, roll: Roll) -> Result<Option<AnvandareId>, Problem> {
        Ok(self.aktor(slug, roll)?.anvandare())
    }

    pub(super) async fn bok(&self, slug: &str) -> Result<Bok, Problem> {
        let aktor = self.aktor(slug, Roll::Ekonom)?;
        self.tjanst.bok(&aktor, Atgard::LasaMedel, None).await
    }

    /// Reads in a SIE file, in a thread of its own as the program does.
    pub(super) async fn las_in_sie(
        &self,
        slug: &str,
        namn: &'static str,
        innehall: &'static [u8],
    ) -> Result<(), Problem> {
        let (tjanst, aktor) = (self.tjanst.clone(), self.aktor(slug, Roll::Ekonom)?);
        let inlasning = move || {
            let fil = Siefil::i_minnet(namn, innehall);
            let analys = tjanst.analysera_sie(&aktor, &fil)?;
            let svar = Bekraftat {
                komplett: false,
                ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
                ..Bekraftat::default()
            };
            let paborjad = tjanst.paborja_sie(&aktor, &analys, &svar)?;
            tjanst.fullfolj_sie(&paborjad, &fil, |_| {}).map(drop)
        };
        let svar = tokio::task::spawn_blocking(inlasning).await;
        svar.map_err(|e| internt(&e))?
    }

    /// Closes a grant's year, as the granskning stands.
    pub(super) async fn avsluta_ar(
        &self,
        slug: &str,
        roll: Roll,
        avslut: (BidragId, i16),
        beslut: Beslutsval,
    ) -> Result<(), Problem> {
        let aktor = self.aktor(slug, roll)?;
        let fall = self.tjanst.infor_avslut(&aktor, avslut, beslut).await?;
        self.tjanst.utfor(&aktor, None, fall).await.map(drop)
    }

    /// Own contribution entered by hand and corrected a month later.
    async fn forsby(&self) -> Result<(), Problem> {
        let bok = self.bok("forsby").await?;
        let Some(insats) = bok.insatser.iter().find(|i| i.slug == "sommarjobb-alla") else {
            return Ok(());
        };
        let galler = Galler {
            insats: Some(insats.id),
            ar: Some(2025),
            kategori: Some("pengar".into()),
            ..Galler::default()
        };
        let kr = |belopp: i64| Varde::Kant(belopp * 100);
        let mut faktum = NyttFaktum::nytt(FaktumSlag::Medfinansiering, galler, kr(150_000));
        faktum.orsak = Some("Enligt nämndens bokslut".into());
        self.dagar_sedan(0);
        let id = self
            .som(
                "forsby",
                Roll::Ekonom,
                RegistreraFaktum {
                    faktum,
                    tillkommer: false,
                },
            )
            .await?;
        let ratta = RattaFaktum {
            faktum: id,
            rattelse: Rattelse::NyttVarde(kr(165_000), Precision::EXAKT),
            orsak: "Bokslutet rättades efter revisionen".into(),
            beslut: crate::medel::Beslutsval::Saknas,
            efter_avslut: false,
        };
        self.som("forsby", Roll::Ekonom, ratta).await.map(drop)
    }

    /// Uppsala's återrapport, written and issued.
    async fn uppsala(&self, adress: &str) -> Result<(), Problem> {
        self.dagar_sedan(0);
        let bok = self.bok("uppsala").await?;
        let Some(bidrag) = bok.bidrag.first() else {
            return Ok(());
        };
        let skapa = SkapaRapport {
            bidrag: bidrag.id,
            ar: 2021,
            mall: Some(utfall_domain::rapporter::Aterrapportmall::Allman),
        };
        let slug = self.som("uppsala", Roll::Ekonom, skapa).await?;
        let bok = self.bok("uppsala").await?;
        let Some(rapport) = bok.rapporter.iter().find(|r| r.slug == slug) else {
            return Ok(());
        };
        let Rapportlage::Utkast { version, .. } = rapport.lage else {
            return Ok(());
        };
        let spara = SparaRapport {
            rapport: rapport.id,
            version,
            utkast: uppsalas_texter(),
        };
        let version = self.som("uppsala", Roll::Ekonom, spara).await?;
        let chef = self.aktor("uppsala", Roll::Forbundschef)?;
        let per = PerDag(dag(self.nu));
        let utfarda = self.tjanst.utfarda_rapport(
            &chef,
            None,
            Utfardande::sparat(rapport.id, version),
            per,
            adress,
        );
        utfarda.await.map(drop)
    }

    /// The papers are public already, so the grants and initiatives in them are published.
    async fn publicera(&self) -> Result<(), Problem> {
        let sluggar: std::collections::BTreeSet<&str> =
            self.konton.iter().map(|k| k.huvudman.as_str()).collect();
        for slug in sluggar {
            let bok = self.bok(slug).await?;
            let bidrag = bok
                .bidrag
                .iter()
                .filter(|b| har_fatt(&bok, b.id))
                .map(|b| Publicerat::Bidrag(b.id));
            let insatser = bok.insatser.iter().map(|i| Publicerat::Insats(i.id));
            let rapporter = bok
                .rapporter
                .iter()
                .filter(|r| matches!(r.lage, Rapportlage::Utfardad { .. }))
                .map(|r| Publicerat::Rapport(r.id));
            for vad in bidrag.chain(insatser).chain(rapporter) {
                let per = PerDag(dag(self.nu));
                let publicera = Publicera {
                    vad,
                    per,
                    kommentar: String::new(),
                };
                self.som(slug, Roll::Forbundschef, publicera).await?;
            }
        }
        Ok(())
    }
}

/// Whether anything is known of a grant's money: one that is only applied for has none.
fn har_fatt(bok: &Bok, bidrag: BidragId) -> bool {
    let tilldelat = bok.matt(Matt::Tilldelat, &Urval::bidrag(bidrag)).utfall;
    !tilldelat.har_fakta || tilldelat.varde != Varde::EjBeslutat
}

fn uppsalas_texter() -> Utkast {
    Utkast {
        ar: 2021,
        bakgrund: "Åren 2021–2023 gav regeringen pengar till socialt arbete med unga i \
                   områden med många som far illa. Uppsala kommun använde sin del i Gottsunda, \
                   fördelad på två nämnder och tio insatser."
            .into(),
        aterbetalning: "Pengarna som blev över hör till lovjobben. Pandemin gjorde att många \
                        arbetsplatser försvann, och färre unga än planerat nåddes."
            .into(),
        slutsatser: "Nio av tio insatser genomfördes som planerat. De nådde barn och unga i \
                     olika åldrar, och de som arbetar i området samarbetar mer än förut.\n\n\
                     Resultaten bygger på ett områdesarbete som redan fanns. Enstaka insatser \
                     hade inte nått lika långt."
            .into(),
        langsiktighet: "Bidraget ges för ett år i taget. Det gör det svårt att anställa och \
                        att planera. Kortvariga pengar passar bäst för utbildning, utredning \
                        och för att pröva en metod."
            .into(),
        meddelanden: "Vi önskar bidrag som gäller flera år i taget.".into(),
        underskrifter: "Stadsdirektör\nUtvecklingsdirektör".into(),
        ..Utkast::default()
    }
}
