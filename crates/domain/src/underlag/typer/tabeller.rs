//! Tables: distributions over rows and years, and tables in general.

use crate::pengar::Belopp;
use crate::underlag::grund::{Ar, BidragRef, Id, InsatsRef, OrgRef};
use crate::underlag::kontroll;
use crate::underlag::las::{post, val};
use crate::underlag::tal::Tal;

val! {
    /// Var i beslutskedjan en fördelning är.
    FordelningStatus {
        /// Ett förslag.
        Forslag = "forslag",
        /// Beslutad.
        Beslutad = "beslutad",
    }
}

post! {
    /// Hur ett eller flera bidrag fördelas på rader och år.
    Fordelning {
        /// Beteckning.
        id: Id,
        /// Kort rubrik.
        titel: String,
        /// Bidragen som fördelas.
        bidrag: Vec<BidragRef>,
        /// Förslag eller beslut.
        status: FordelningStatus,
        /// Raderna.
        rader: Vec<FordelningRad>,
        /// Vad papperet säger att det blir tillsammans, ett för varje år.
        summor: Vec<FordelningSumma>,
        /// Var i papperet den står.
        plats: String,
    }
    kontroll kontroll::fordelning
}

post! {
    /// En rad i en fördelning.
    FordelningRad {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad raden heter, med egna ord.
        etikett: String,
        /// Insatsen.
        insats: Option<InsatsRef>,
        /// Ansvariga. Flera är tillåtet.
        organisationer: Vec<OrgRef>,
        /// Den som betalar just denna rad, om papperet säger det.
        finansiar: Option<OrgRef>,
        /// Sant för en buffert eller reserv som ännu inte är fördelad till någon insats.
        reserv: bool,
        /// Beloppen, ett för varje år.
        belopp: Vec<RadBelopp>,
        /// Var i papperet raden står, om det sägs närmare än för fördelningen.
        plats: Option<String>,
    }
    kontroll kontroll::fordelningsrad
}

post! {
    /// En rads pengar ett år. Nya och överförda pengar skrivs var för sig när papperet gör
    /// det; annars bara `nytt`.
    RadBelopp {
        /// Året. Utelämna om papperet inte säger det.
        ar: Option<Ar>,
        /// Årets pengar.
        nytt: Option<Belopp>,
        /// Flyttat från tidigare år.
        overfort: Option<Belopp>,
        /// Vad papperet säger att det blir tillsammans.
        totalt: Option<Belopp>,
    }
}

post! {
    /// Vad papperet säger om ett helt år.
    FordelningSumma {
        /// Året. Utelämna om papperet inte säger det.
        ar: Option<Ar>,
        /// Den summa som papperet skriver ut för raderna. Jämförs med raderna.
        summa: Option<Belopp>,
        /// Tilldelat. Jämförs med det som är fördelat på raderna.
        tilldelat: Option<Belopp>,
        /// Flyttat från tidigare år.
        overfort: Option<Belopp>,
        /// Sant när papperet säger ”cirka”. Gör inte beloppet mindre bindande.
        cirka: bool,
        /// Var i papperet det står.
        plats: String,
    }
}

val! {
    /// Vad en tabellrad är för något. Rader av olika slag läggs inte ihop.
    RadSlag {
        /// En intäkt.
        Intakt = "intakt",
        /// En kostnad.
        Kostnad = "kostnad",
        /// Pengar från någon som betalar kostnaderna.
        Finansiering = "finansiering",
        /// Något annat, som bara ska granskas. Blir ingen siffra vid inläsning.
        Varde = "varde",
    }
}

post! {
    /// En tabell med angivna summor. Varje rad har lika många värden som det finns kolumner;
    /// en tom ruta är `null`.
    Tabell {
        /// Beteckning.
        id: Id,
        /// Kort rubrik.
        titel: String,
        /// Den insats som tabellen gäller.
        insats: Option<InsatsRef>,
        /// Den organisation vars pengar tabellen visar, om det inte är huvudmannens.
        organisation: Option<OrgRef>,
        /// Kolumnerna.
        kolumner: Vec<Kolumn>,
        /// Raderna utom summarader.
        rader: Vec<TabellRad>,
        /// Summarader och resultatrader som papperet skriver ut.
        summor: Vec<TabellSumma>,
        /// Var i papperet den står.
        plats: String,
    }
    kontroll kontroll::tabell
}

post! {
    /// En kolumn.
    Kolumn {
        /// Rubriken.
        rubrik: String,
        /// Året, om kolumnen är ett år.
        ar: Option<Ar>,
        /// Sant när kolumnen är papperets summa av de andra.
        summa: bool,
    }
}

post! {
    /// En rad i en tabell.
    TabellRad {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad raden heter, med egna ord.
        etikett: String,
        /// Slag. Utelämna i en tabell där alla rader är av samma slag.
        slag: Option<RadSlag>,
        /// Den som betalar, på en finansieringsrad.
        finansiar: Option<OrgRef>,
        /// Sant för en kostnad som löper per månad, som lön och hyra. Då jämförs hur många
        /// månader raderna räcker till.
        lopande: bool,
        /// Ett värde per kolumn, med enhet; `null` för en tom ruta.
        varden: Vec<Option<Tal>>,
    }
}

post! {
    /// En summarad. Utan `plus` och `minus` är den summan av alla rader.
    TabellSumma {
        /// Vad raden heter, med egna ord.
        etikett: String,
        /// De slag av rader som läggs ihop.
        plus: Vec<RadSlag>,
        /// De slag av rader som dras ifrån, till exempel kostnader i ett resultat.
        minus: Vec<RadSlag>,
        /// Ett värde per kolumn, med enhet; `null` för en tom ruta.
        varden: Vec<Option<Tal>>,
        /// Var i papperet raden står, om det är på ett annat ställe än tabellen.
        plats: Option<String>,
    }
}
