//! Initiatives: who answers for them, what they cost, who pays, how it went.

use super::Uppgift;
use crate::pengar::Belopp;
use crate::underlag::grund::{Antal, Ar, BidragRef, Id, InsatsRef, Manad, OrgRef, Tidpunkt};
use crate::underlag::kontroll;
use crate::underlag::las::{post, val};
use crate::underlag::tal::Tal;

post! {
    /// En insats, ett projekt eller en aktivitet.
    Insats {
        /// Beteckning, till exempel `lovjobb`.
        id: Id,
        /// Kort namn med egna ord.
        namn: String,
        /// De nämnder eller enheter som ansvarar. Flera är tillåtet.
        ansvariga: Vec<OrgRef>,
        /// Det bidrag som betalar.
        bidrag: Option<BidragRef>,
        /// När insatsen pågår eller pågick.
        period: Option<Period>,
        /// Vad som görs, med egna ord.
        beskrivning: Option<String>,
        /// För vem.
        malgrupp: Option<String>,
        /// Planerat antal deltagare. Krävs för varje insats i en ansökan.
        deltagare_planerat: Option<Antal>,
        /// Budget och utfall år för år.
        ekonomi: Vec<InsatsAr>,
        /// Tjänster som pengarna betalar.
        tjanster: Vec<Tjanst>,
        /// Kommentar till pengarna, med egna ord.
        kommentar: Option<String>,
        /// Resultat och bedömd effekt, med egna ord.
        resultat: Option<String>,
        /// Vad som händer sedan.
        fortsattning: Option<Fortsattning>,
        /// Var i papperet insatsen beskrivs.
        plats: String,
    }
    kontroll kontroll::insats
}

post! {
    /// När något pågår. Skriv det papperet säger; utelämna det som saknas.
    Period {
        /// Början.
        fran: Option<Tidpunkt>,
        /// Slut. Saknas det på en insats som inte pågår blir det en anmärkning.
        till: Option<Tidpunkt>,
        /// Sant när den pågår när papperet skrivs.
        pagar: bool,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// En insats pengar under ett år. Säger papperet både 500 tkr och 503 586 kr om samma
    /// utfall skrivs båda.
    InsatsAr {
        /// Året. Utelämna om papperet inte säger det.
        ar: Option<Ar>,
        /// Budget.
        budget: Vec<Uppgift>,
        /// Utfall.
        utfall: Vec<Uppgift>,
    }
}

post! {
    /// En eller flera lika tjänster.
    Tjanst {
        /// Yrke eller uppgift.
        titel: String,
        /// Hur många.
        antal: Option<Antal>,
        /// Del av heltid, till exempel `20 %`. Utelämna om papperet inte säger det.
        andel: Option<Tal>,
        /// Första månaden.
        fran: Option<Manad>,
        /// Sista månaden.
        till: Option<Manad>,
        /// Var i papperet det står.
        plats: String,
    }
    kontroll kontroll::tjanst
}

val! {
    /// Vad som händer med insatsen sedan.
    FortsattningSlag {
        /// Fortsätter, pengar finns.
        Fortsatter = "fortsatter",
        /// Ska fortsätta men pengar saknas helt eller delvis.
        UtanFinansiering = "utan-finansiering",
        /// Har blivit ordinarie verksamhet.
        Ordinarie = "ordinarie",
        /// Avslutas eller är genomförd.
        Avslutas = "avslutas",
        /// Papperet säger inget säkert.
        Okant = "okant",
    }
}

post! {
    /// Insatsens fortsättning.
    Fortsattning {
        /// Läget.
        status: FortsattningSlag,
        /// Med egna ord.
        text: Option<String>,
    }
}

post! {
    /// Ett projekts budget och de källor som betalar den.
    Finansiering {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad det gäller.
        rubrik: String,
        /// Insatsen.
        insats: Option<InsatsRef>,
        /// Året, om det gäller ett enda år.
        ar: Option<Ar>,
        /// Budgeten.
        budget: Vec<Uppgift>,
        /// Alla källor som papperet nämner.
        kallor: Vec<Kalla>,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// En källa till ett projekts pengar.
    Kalla {
        /// Den som betalar.
        finansiar: OrgRef,
        /// Hur mycket.
        belopp: Belopp,
        /// Sant när papperet säger ”cirka”.
        cirka: bool,
        /// Var i papperet det står.
        plats: String,
    }
}

val! {
    /// Slag av medfinansiering.
    MedfinansieringSlag {
        /// Pengar.
        Pengar = "pengar",
        /// Arbetstid.
        Arbetstid = "arbetstid",
        /// Lokaler, material eller annat.
        Annat = "annat",
    }
}

post! {
    /// Vad en organisation själv går in med.
    Medfinansiering {
        /// Organisationen.
        organisation: OrgRef,
        /// Slag.
        slag: MedfinansieringSlag,
        /// Det bidrag som det gäller.
        bidrag: Option<BidragRef>,
        /// Året.
        ar: Option<Ar>,
        /// Värdet. Utelämna om papperet inte värderar det.
        belopp: Option<Belopp>,
        /// Antal timmar, om papperet säger det.
        timmar: Option<Antal>,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// En förklaring till att pengar blev över eller inte räckte.
    Forklaring {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad som förklaras, med egna ord.
        rubrik: String,
        /// Det belopp som förklaringen säger sig gälla.
        belopp: Belopp,
        /// Den insats som förklaringen pekar ut.
        insats: InsatsRef,
        /// Året.
        ar: Option<Ar>,
        /// Var i papperet det står.
        plats: String,
    }
}
