//! The paper itself, its organisations, grants and decisions.

use crate::pengar::Belopp;
use crate::underlag::grund::{Ar, BidragRef, Id, OrgRef, Slug};
use crate::underlag::kontroll;
use crate::underlag::las::{post, val};
use jiff::civil::Date;

val! {
    /// Formatets namn och version.
    Format {
        /// Den version som beskrivs här.
        Ett = "utfall-underlag/1",
    }
}

val! {
    /// Vilket slags papper det är. Avgör vilka uppgifter som måste finnas.
    PapperSlag {
        /// En återrapport till en bidragsgivare.
        Aterrapport = "aterrapport",
        /// En webbsida. Måste ha publiceringsdatum.
        Webbsida = "webbsida",
        /// En promemoria eller tjänsteskrivelse.
        Pm = "pm",
        /// Ett protokoll eller minnesanteckningar.
        Protokoll = "protokoll",
        /// En utredning.
        Utredning = "utredning",
        /// En ansökan om medel. Varje insats måste ha planerat antal deltagare.
        Ansokan = "ansokan",
        /// Statistik.
        Statistik = "statistik",
        /// En verksamhetsuppföljning.
        Uppfoljning = "uppfoljning",
        /// En budget eller verksamhetsplan.
        Budget = "budget",
        /// Ett svar på en interpellation eller fråga.
        Svar = "svar",
        /// Något annat.
        Annat = "annat",
    }
}

post! {
    /// Papperet självt. Filens namn utan `.json` är dess korta namn.
    Papper {
        /// En kort rubrik med egna ord.
        titel: String,
        /// Slag av papper.
        slag: PapperSlag,
        /// Den vars papper det är.
        huvudman: Huvudman,
        /// Dagen papperet är daterat. Utelämna om den saknas.
        datum: Option<Date>,
        /// Dagen det publicerades. Utelämna om papperet inte säger det.
        publicerad: Option<Date>,
        /// Diarienummer.
        diarienummer: Option<String>,
        /// Var papperet finns eller hur det kom hit.
        kalla: String,
    }
}

post! {
    /// Den som för räkenskaperna och vars sidor uppgifterna hamnar på.
    Huvudman {
        /// Kort namn i adresser, till exempel `uppsala`.
        slug: Slug,
        /// Namnet.
        namn: String,
        /// Slag av organisation.
        slag: OrganisationSlag,
        /// Sant när huvudmannen är påhittad; det visas överallt.
        pahittat: bool,
    }
}

val! {
    /// Slag av organisation.
    OrganisationSlag {
        /// En kommun.
        Kommun = "kommun",
        /// En nämnd eller styrelse i en kommun eller region.
        Namnd = "namnd",
        /// En förvaltning, avdelning eller enhet.
        Enhet = "enhet",
        /// En region.
        Region = "region",
        /// En statlig myndighet.
        Myndighet = "myndighet",
        /// Ett samordningsförbund.
        Samordningsforbund = "samordningsforbund",
        /// En EU-fond.
        Fond = "fond",
        /// En förening.
        Forening = "forening",
        /// Ett företag.
        Foretag = "foretag",
        /// Något annat.
        Annan = "annan",
    }
}

post! {
    /// En organisation som papperet nämner: bidragsgivare, nämnd, utförare.
    Organisation {
        /// Beteckning som andra uppgifter hänvisar till.
        id: Id,
        /// Namnet.
        namn: String,
        /// Slag.
        slag: OrganisationSlag,
        /// Andra namn eller stavningar som papperet använder.
        alias: Vec<String>,
        /// Den organisation som den hör till.
        overordnad: Option<OrgRef>,
    }
}

post! {
    /// Ett belopp som papperet säger på ett visst ställe.
    Uppgift {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Beloppet med den enhet papperet använder.
        belopp: Belopp,
        /// Sant när papperet säger ”cirka”. Gör inte beloppet mindre bindande.
        cirka: bool,
        /// Var i papperet det står.
        plats: String,
    }
}

val! {
    /// Får pengar som blir över flyttas till nästa år?
    Overforing {
        /// Ja.
        Tillaten = "tillaten",
        /// Nej, de betalas tillbaka.
        EjTillaten = "ej-tillaten",
        /// Papperet säger inget.
        Okant = "okant",
    }
}

val! {
    /// Hur säkert ett års belopp är.
    Beslutslage {
        /// Kan ändras.
        Preliminar = "preliminar",
        /// Beslutat.
        Slutlig = "slutlig",
        /// Inget beslut ännu. Inte samma sak som noll kronor.
        EjBeslutat = "ej-beslutat",
    }
}

post! {
    /// Ett bidrag: från vem, till vad och hur mycket.
    Bidrag {
        /// Beteckning, till exempel `socialstyrelsen-2021`.
        id: Id,
        /// Kort namn med egna ord.
        namn: String,
        /// Bidragsgivaren.
        finansiar: OrgRef,
        /// Vad pengarna ska användas till.
        andamal: Option<String>,
        /// Programmet eller utlysningen.
        program: Option<Program>,
        /// Diarienummer hos mottagaren.
        diarienummer: Option<String>,
        /// Får pengar som blir över flyttas till nästa år?
        overforing: Option<Overforing>,
        /// Var i papperet bidraget beskrivs.
        plats: String,
        /// Beloppen år för år.
        ar: Vec<BidragAr>,
    }
    kontroll kontroll::bidrag
}

post! {
    /// Det program som bidraget hör till.
    Program {
        /// Namn med egna ord.
        namn: String,
        /// Första året.
        fran: Option<Ar>,
        /// Sista året.
        till: Option<Ar>,
    }
}

post! {
    /// Ett bidrags pengar under ett år. Varje lista har en uppgift per ställe i papperet;
    /// utelämna listan om papperet inget säger.
    BidragAr {
        /// Året. Utelämna om papperet inte säger det.
        ar: Option<Ar>,
        /// Hur säkert beloppet är.
        status: Beslutslage,
        /// Tilldelat.
        tilldelat: Vec<Uppgift>,
        /// Flyttat hit från tidigare år.
        overfort_in: Vec<Uppgift>,
        /// Rekvirerat, alltså begärt och utbetalt.
        rekvirerat: Vec<Uppgift>,
        /// Använt.
        anvant: Vec<Uppgift>,
        /// Ska betalas tillbaka.
        aterbetalas: Vec<Uppgift>,
        /// Flyttat till nästa år.
        overfort_ut: Vec<Uppgift>,
        /// Samma pengar uppdelade på nämnder.
        namnder: Vec<NamndAr>,
    }
}

post! {
    /// En nämnds del av ett bidrag under ett år.
    NamndAr {
        /// Nämnden.
        organisation: OrgRef,
        /// Fördelat till nämnden.
        fordelat: Vec<Uppgift>,
        /// Använt av nämnden.
        anvant: Vec<Uppgift>,
    }
}

post! {
    /// Ett beslut.
    Beslut {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad beslutet gäller, med egna ord.
        rubrik: String,
        /// Den som beslutade.
        instans: OrgRef,
        /// Paragrafens nummer, till exempel `220`.
        paragraf: Option<String>,
        /// Året i beslutets nummer: 2020 i § 220/2020.
        ar: Option<Ar>,
        /// Dagen för beslutet.
        datum: Option<Date>,
        /// Vad texten säger om när det togs.
        sags: Vec<Tidsuppgift>,
        /// Det bidrag som beslutet gäller.
        bidrag: Option<BidragRef>,
        /// Diarienummer.
        diarienummer: Option<String>,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// Vad texten säger om när något skedde.
    Tidsuppgift {
        /// Året.
        ar: Ar,
        /// Närmare om tiden, till exempel `mot slutet av året`.
        text: Option<String>,
        /// Var i papperet det står.
        plats: String,
    }
}
