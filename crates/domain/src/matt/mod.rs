//! The registry of measures: every figure shown anywhere comes from here.
//!
//! Invariant: pages, PDF, DOCX, CSV and the command line take numbers only from
//! [`berakna`], so that one figure has one definition and can always explain itself
//! (ARCHITECTURE.md).

mod berakning;
mod helhet;
mod index;
mod installning;
mod prognos;
mod register;
mod uppfoljning;
mod urval;
mod val;

pub use berakning::{Harledning, Led, Ledtecken, Utfall, berakna};
pub use index::{Index, Indexerat, Liggare};
pub use prognos::{foljs, metod, underlag as prognosunderlag};
pub use register::{Arsfalt, Definition, Formel, Grupp, Krav, Prognosdel, Synlighet};
pub use urval::Urval;

use crate::faktum::kodat;

kodat! {
    /// A measure. Its definition is in the register.
    Matt {
        /// What the funder has granted.
        Tilldelat = "tilldelat", "Tilldelat";
        /// What has been requested from the funder and is not refused or waited for.
        Rekvirerat = "rekvirerat", "Rekvirerat";
        /// What has been asked for and not been answered.
        Begart = "begart", "Begärt, inte beviljat";
        /// Requested, and what is waited for.
        BegartHittills = "begart-hittills", "Beviljat och väntande";
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
        /// Paid back to the funder.
        Aterbetalt = "aterbetalt", "Återbetalt";
        /// Decided repayment that is not paid.
        KvarAttAterbetala = "kvar-att-aterbetala", "Kvar att betala tillbaka";
        /// Requested by parties and for initiatives.
        RekvireratAvPart = "rekvirerat-av-part", "Rekvirerat av parter";
        /// Promised for coming years.
        Atagande = "atagande", "Åtaganden";
        /// What commitments come to if their applications are granted.
        VantatAtagande = "vantat-atagande", "Väntade åtaganden";
        /// What initiatives need to go on.
        Behov = "behov", "Behov för att fortsätta";
        /// What of the need has no money.
        Finansieringsgap = "finansieringsgap", "Saknas för att fortsätta";
        /// The whole budget of a project, whoever pays.
        Projektbudget = "projektbudget", "Projektets budget";
        /// The budget of an insats.
        Budget = "budget", "Budget";
        /// Budget less spent.
        Avvikelse = "avvikelse", "Avvikelse";
        /// A board's budget less what it spent.
        AvvikelseNamnd = "avvikelse-namnd", "Avvikelse enligt nämnd";
        /// Spent through a month.
        AnvantTill = "anvant-till", "Utfall till och med månaden";
        /// Expected for the rest of the year by the chosen method.
        PrognosRest = "prognos-rest", "Beräknat för resten av året";
        /// Known costs to come that no method sees.
        Prognosposter = "prognosposter", "Kända poster som tillkommer";
        /// Used in the whole year, as it is expected now.
        PrognosHelar = "prognos-helar", "Prognos helår";
        /// Budget less the forecast.
        PrognosAvvikelse = "prognos-avvikelse", "Väntad avvikelse";
        /// The expected deviation as a share of the budget.
        PrognosAndel = "prognos-andel", "Väntad avvikelse, del av budgeten";
        /// Of a grant: available less the forecast.
        PrognosKvar = "prognos-kvar", "Väntas bli kvar";
        /// Room for new initiatives.
        Utrymme = "utrymme", "Utrymme för nya insatser";
        /// The settled forecast.
        Prognos = "prognos", "Fastställd prognos";
        /// The own figure of a forecast.
        PrognosEgen = "prognos-egen", "Egen bedömning av helåret";
        /// A deviation that has been explained.
        AvvikelseForklarad = "avvikelse-forklarad", "Förklarad avvikelse";
        /// What positions cost a month.
        Tjanstekostnad = "tjanstekostnad", "Månadskostnad för tjänster";
        /// Spent on a budget line that is no insats.
        AnvantRad = "anvant-rad", "Använt på budgetrad";
        /// A budget line less what was spent on it.
        AvvikelseRad = "avvikelse-rad", "Kvar på budgetrad";
        /// Spent of what was distributed.
        Nyttjandegrad = "nyttjandegrad", "Andel använt";
        /// What named funders pay.
        Finansiering = "finansiering", "Finansiering";
        /// Budget without a named funder.
        Ofinansierat = "ofinansierat", "Utan angiven finansiär";
        /// Own contribution beside the grant.
        Medfinansiering = "medfinansiering", "Medfinansiering";
        /// Own contribution that has been given.
        MedfinansieringLevererad = "medfinansiering-levererad", "Levererad medfinansiering";
        /// Promised less given.
        MedfinansieringKvar = "medfinansiering-kvar", "Medfinansiering som återstår";
        /// Hours of working time.
        Medfinansieringstimmar = "medfinansieringstimmar", "Timmar i medfinansiering";
        /// Planned costs.
        Kostnad = "kostnad", "Kostnad";
        /// Base funding from the boards' own budgets.
        Grundfinansiering = "grundfinansiering", "Grundfinansiering";
        /// Base funding and temporary grants together.
        GrundOchTillfalligt = "grund-och-tillfalligt", "Grundfinansiering och bidrag";
        /// Income of its own that an insats is budgeted to have.
        Intaktsbudget = "intaktsbudget", "Budgeterade intäkter";
        /// Planned costs less budgeted income.
        Nettokostnad = "nettokostnad", "Budgeterad nettokostnad";
        /// Income of its own in the accounts.
        Intaktsutfall = "intaktsutfall", "Egna intäkter";
        /// Income in the accounts less what was budgeted.
        Intaktsavvikelse = "intaktsavvikelse", "Intäkter utöver budget";
        /// The municipalities' own shares of a project's budget.
        Budgetandelar = "budgetandelar", "Kommunernas delar av budgeten";
        /// A project's budget less the municipalities' shares.
        UtanBudgetandel = "utan-budgetandel", "Budget utan angiven kommun";
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
        /// What the parties give an association.
        Partsmedel = "partsmedel", "Medel från parterna";
        /// A party's part by the funding key.
        EnligtNyckeln = "enligt-nyckeln", "Del enligt fördelningsnyckeln";
        /// Own capital at the end of a year.
        EgetKapital = "eget-kapital", "Eget kapital";
        /// Own capital as a share of the year's funds.
        EgetKapitalAndel = "eget-kapital-andel", "Eget kapital, del av årets medel";
        /// The ceiling of the own capital in kronor.
        EgetKapitalTak = "eget-kapital-tak", "Tak för eget kapital";
        /// Own capital over its ceiling.
        EgetKapitalOverTak = "eget-kapital-over-tak", "Eget kapital över taket";
        /// Own capital over the decided target.
        EgetKapitalOverMal = "eget-kapital-over-mal", "Eget kapital över målet";
        /// The service fee as it is.
        Serviceavgift = "serviceavgift", "Serviceavgift";
        /// The service fee if it is raised to the proposed number.
        ServiceavgiftTill = "serviceavgift-till", "Serviceavgift, höjd till förslaget";
        /// The service fee if it is raised by the proposed number.
        ServiceavgiftMed = "serviceavgift-med", "Serviceavgift, höjd med förslaget";
        /// How much more it is when raised to the number.
        ServiceavgiftMerTill = "serviceavgift-mer-till", "Ändring om avgiften sätts till förslaget";
        /// How much more it is when raised by the number.
        ServiceavgiftMerMed = "serviceavgift-mer-med", "Ändring om avgiften höjs med förslaget";
        /// Staff bought from another association.
        Personalkop = "personalkop", "Köpt och såld personal";
        /// A setting in kronor, as it holds for a year.
        InstallningKr = "installning-kr", "Inställning i kronor";
        /// A setting in per cent, as it holds for a year.
        InstallningAndel = "installning-andel", "Inställning i procent";
        /// A setting in days, as it holds for a year.
        InstallningDagar = "installning-dagar", "Inställning i dagar";
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
