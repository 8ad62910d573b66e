//! The exact figures of one's own participants, for the performer that has them and nobody else.

use super::lasning::{Deltagarlista, Sida};
use crate::Tjanst;
use jiff::civil::Date;
use utfall_behorighet::Aktor;
use utfall_domain::deltagare::deltagande::{Deltagande, Vag};
use utfall_domain::deltagare::matt::{
    Antal, ArbeteEllerStudier, Fordelning, Overgangar, Overlapp, Tackning, Uppfoljt, anledningar,
    antal, arbete_eller_studier, avbrottsorsaker, forsorjning, fullfoljande, langder, median,
    overgangar, sluttillstand, stod, tackning, uppdelat, uppfoljt,
};
use utfall_domain::deltagare::rad::{Anonyma, Deltagarrad, Period};
use utfall_domain::deltagare::uppgifter::Kand;
use utfall_domain::problem::Problem;
use utfall_store::deltagare::{Deltagarbild, Insatsnamn};

/// What came of an initiative's participants in a year.
#[derive(Clone, Debug)]
pub struct Insatssiffror {
    /// The initiative.
    pub insats: Insatsnamn,
    /// How many took part, began, ended and went on.
    pub antal: Antal,
    /// How many of all have data.
    pub tackning: Tackning,
    /// Of those that ended, how many work or study.
    pub mal: ArbeteEllerStudier,
    /// How far they came.
    pub fullfoljande: Fordelning,
    /// Why they broke off.
    pub avbrott: Fordelning,
    /// Why they ended.
    pub anledningar: Fordelning,
    /// Where they went.
    pub sluttillstand: Fordelning,
    /// Results by how far from work they began (R174).
    pub startlagen: Vec<(String, ArbeteEllerStudier)>,
    /// Results by target group, several each.
    pub malgrupper: Vec<(String, ArbeteEllerStudier)>,
    /// Other help.
    pub stod: Overlapp,
    /// What they lived on before, and after.
    pub forsorjning: (Overlapp, Overlapp),
    /// From which occupation to which.
    pub overgangar: Overgangar,
    /// Days in the initiative: the middle one, and the longest.
    pub dagar: Option<(u32, u32)>,
    /// What was told afterwards, time by time.
    pub uppfoljt: Vec<(Vag, Uppfoljt)>,
}

/// A year of one's initiatives.
#[derive(Clone, Debug)]
pub struct Egnasiffror {
    /// The year.
    pub ar: i16,
    /// The years there is something of, in order.
    pub aren: Vec<i16>,
    /// Each initiative.
    pub insatser: Vec<Insatssiffror>,
}

fn rad((bild, d): &(Deltagarbild, Deltagande)) -> Deltagarrad {
    let alder = match &bild.uppgifter.kand {
        Kand::Nummer(nummer) => nummer.alder(d.intrade.dag),
        Kand::Kod(_) => None,
    };
    Deltagarrad {
        insats: bild.insats,
        organisation: bild.organisation,
        person: bild.person,
        alder,
        deltagande: d.clone(),
    }
}

fn siffror(
    insats: Insatsnamn,
    rader: &[Deltagarrad],
    anonyma: &[Anonyma],
    (ar, idag): (i16, Date),
) -> Option<Insatssiffror> {
    let period = Period::ar(ar)?;
    let dagar = langder(rader, period);
    Some(Insatssiffror {
        insats,
        antal: antal(rader, period),
        tackning: tackning(rader, anonyma, ar),
        mal: arbete_eller_studier(rader, period),
        fullfoljande: fullfoljande(rader, period),
        avbrott: avbrottsorsaker(rader, period),
        anledningar: anledningar(rader, period),
        sluttillstand: sluttillstand(rader, period),
        startlagen: uppdelat(rader, period, |r| {
            vec![r.deltagande.intrade.bakgrund.startlage.clone()]
        }),
        malgrupper: uppdelat(rader, period, |r| {
            r.deltagande.intrade.bakgrund.malgrupper.clone()
        }),
        stod: stod(rader, period),
        forsorjning: forsorjning(rader, period),
        overgangar: overgangar(rader, period),
        dagar: median(&dagar).zip(dagar.last().copied()),
        uppfoljt: Vag::ALLA
            .iter()
            .map(|vag| (*vag, uppfoljt(rader, period, (*vag, idag))))
            .collect(),
    })
}

fn aren(lista: &Deltagarlista, anonyma: &[Anonyma], idag: Date) -> Vec<i16> {
    let borjade = lista
        .insatser
        .iter()
        .flat_map(|(_, alla)| alla)
        .map(|(_, d)| d.intrade.dag.year());
    let forsta = borjade.chain(anonyma.iter().map(|a| a.ar)).min();
    (forsta.unwrap_or(idag.year())..=idag.year()).collect()
}

impl Tjanst {
    /// A year of one's own participants, exactly. The journal is told, as of a list of them.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn egna_siffror(
        &self,
        aktor: &Aktor,
        ar: Option<i16>,
    ) -> Result<Egnasiffror, Problem> {
        let idag = utfall_domain::tid::dag(self.klocka.nu());
        let lista = self.deltagarna(aktor, Sida::Siffror).await?;
        let raknat = self.raknade(aktor).await?;
        let anonyma: Vec<Anonyma> = raknat.raknade.into_iter().map(|r| r.anonyma).collect();
        let aren = aren(&lista, &anonyma, idag);
        let ar = ar.unwrap_or(idag.year());
        let insatser = lista.insatser.into_iter().filter_map(|(insats, alla)| {
            let rader: Vec<Deltagarrad> = alla.iter().map(rad).collect();
            let har = |a: &&Anonyma| (a.insats, a.organisation) == (insats.id, insats.organisation);
            let anonyma: Vec<Anonyma> = anonyma.iter().filter(har).cloned().collect();
            siffror(insats, &rader, &anonyma, (ar, idag))
        });
        Ok(Egnasiffror {
            ar,
            aren,
            insatser: insatser.collect(),
        })
    }
}
