//! The registry of measures: every figure shown anywhere comes from here.
//!
//! Invariant: pages, PDF, DOCX, CSV and the command line take numbers only from
//! [`berakna`], so that one figure has one definition and can always explain itself
//! (ARCHITECTURE.md).

mod berakning;
mod helhet;
mod index;
mod register;
mod urval;
mod val;

pub use berakning::{Harledning, Led, Ledtecken, Utfall, berakna};
pub use index::{Index, Indexerat, Liggare};
pub use register::{Arsfalt, Definition, Formel, Grupp, Krav, Synlighet};
pub use urval::Urval;

use crate::faktum::kodat;

kodat! {
    /// A measure. Its definition is in the register.
    Matt {
        /// What the funder has granted.
        Tilldelat = "tilldelat", "Tilldelat";
        /// What has been requested from the funder.
        Rekvirerat = "rekvirerat", "Rekvirerat";
        /// Carried over into the year.
        OverfortIn = "overfort-in", "Överfört från tidigare år";
        /// Carried over out of the year.
        OverfortUt = "overfort-ut", "Överfört till senare år";
        /// Requested, or granted when nothing has been requested.
        Grundmedel = "grundmedel", "Rekvirerat eller tilldelat";
        /// What there is to use.
        Tillgangligt = "tillgangligt", "Att röra sig med";
        /// New money distributed to insatser.
        FordelatNytt = "fordelat-nytt", "Fördelade nya medel";
        /// Carried-over money that belongs to an insats.
        FordelatOverfort = "fordelat-overfort", "Fördelade överförda medel";
        /// Distributed to insatser.
        Fordelat = "fordelat", "Fördelat";
        /// Distributed to a board, as stated.
        FordelatNamnd = "fordelat-namnd", "Fördelat enligt nämnd";
        /// Available but not distributed.
        KvarAttFordela = "kvar-att-fordela", "Kvar att fördela";
        /// Spent, insats by insats.
        AnvantInsats = "anvant-insats", "Använt enligt insatserna";
        /// Grant income in the accounts.
        BokfortBidrag = "bokfort-bidrag", "Bokförd bidragsintäkt";
        /// Spent, as the boards report.
        AnvantNamnd = "anvant-namnd", "Använt enligt nämnderna";
        /// Spent.
        Anvant = "anvant", "Använt";
        /// Available but not spent.
        Kvar = "kvar", "Kvar";
        /// Requested, and carried over into the year.
        RekvireratOchOverfort = "rekvirerat-och-overfort", "Rekvirerat och överfört";
        /// To be repaid to the funder.
        AttAterbetala = "att-aterbetala", "Att betala tillbaka";
        /// Repayment as decided.
        Aterbetalning = "aterbetalning", "Återbetalning enligt beslut";
        /// The whole budget of a project, whoever pays.
        Projektbudget = "projektbudget", "Projektets budget";
        /// The budget of an insats.
        Budget = "budget", "Budget";
        /// Budget less spent.
        Avvikelse = "avvikelse", "Avvikelse";
        /// A board's budget less what it spent.
        AvvikelseNamnd = "avvikelse-namnd", "Avvikelse enligt nämnd";
        /// Spent of what was distributed.
        Nyttjandegrad = "nyttjandegrad", "Andel använt";
        /// What named funders pay.
        Finansiering = "finansiering", "Finansiering";
        /// Budget without a named funder.
        Ofinansierat = "ofinansierat", "Utan angiven finansiär";
        /// Own contribution beside the grant.
        Medfinansiering = "medfinansiering", "Medfinansiering";
        /// Planned costs.
        Kostnad = "kostnad", "Kostnad";
        /// Applied for.
        Ansokt = "ansokt", "Ansökt";
        /// Income in an organisation's budget.
        Intakter = "intakter", "Intäkter";
        /// Costs in an organisation's budget.
        Budgetkostnader = "budgetkostnader", "Kostnader";
        /// Income less costs.
        Budgetresultat = "budgetresultat", "Resultat";
        /// A member's contribution.
        Medlemsbidrag = "medlemsbidrag", "Medlemsbidrag";
        /// People who took part.
        Deltagare = "deltagare", "Deltagare";
        /// People by how it ended.
        Resultat = "resultat", "Resultat för deltagare";
        /// People by help received beside the result.
        Hjalp = "hjalp", "Hjälp utöver resultatet";
        /// People by whether they completed.
        Deltagarlage = "deltagarlage", "Fullföljt, avbrutit eller kvar";
        /// People whose result is not stated.
        UtanResultat = "utan-resultat", "Deltagare utan angivet resultat";
        /// Things counted.
        Volym = "volym", "Volym";
        /// Full-year equivalents.
        Helarsekvivalent = "helarsekvivalent", "Helårsekvivalenter";
    }
}
