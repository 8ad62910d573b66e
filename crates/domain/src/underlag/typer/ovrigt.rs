//! Statements that can be checked by themselves: calculations, shares, fees, counts, dates.

use crate::pengar::Belopp;
use crate::underlag::grund::{Antal, Id, RadRef, TabellRef, ValfriRef, Veckodag};
use crate::underlag::las::{post, val};
use crate::underlag::tal::Tal;
use jiff::civil::Date;

post! {
    /// Ett belopp med den uträkning som papperet anger.
    Kalkyl {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad det gäller, med egna ord.
        etikett: String,
        /// Beloppet som papperet anger.
        angivet: Belopp,
        /// Den tabellrad som beloppet står på. Då räknas också summan om.
        rad: Option<RadRef>,
        /// Uträkningens delar. De läggs ihop.
        termer: Vec<Term>,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// En del av en uträkning: antal gånger pris.
    Term {
        /// Vad det är, med egna ord.
        etikett: String,
        /// Hur många, till exempel 12 månader.
        antal: Antal,
        /// Pris för var och en.
        pris: Belopp,
    }
}

post! {
    /// En andel som sägs både i procent och som antal av antal.
    Andel {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad det gäller, med egna ord.
        etikett: String,
        /// Andelen, till exempel `6 %`.
        andel: Tal,
        /// Antalet som andelen gäller: 1 i ”1 av 18”.
        del: Antal,
        /// Antalet den tas av: 18 i ”1 av 18”.
        hel: Antal,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// En avgift som är en sats av ett underlag.
    Avgift {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad det gäller, med egna ord.
        etikett: String,
        /// Satsen, till exempel `3 ‰`.
        sats: Tal,
        /// Det belopp som satsen tas av.
        underlag: Belopp,
        /// Avgiften som papperet anger.
        belopp: Belopp,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// Ett antal som sägs i texten och det som räknas upp. Skriv antingen `raknas` eller
    /// `rader_i`.
    AntalUppgift {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad som räknas, till exempel `projekt`.
        vad: String,
        /// Antalet som texten säger.
        angivet: Antal,
        /// Det som räknas upp, var för sig.
        raknas: Vec<ValfriRef>,
        /// Sådant som papperet nämner vid sidan om och som kanske ska räknas med.
        kanske: Vec<ValfriRef>,
        /// Den tabell eller fördelning vars rader räknas.
        rader_i: Option<TabellRef>,
        /// Var i papperet antalet står.
        plats: String,
    }
}

post! {
    /// Ett datum som papperet sätter på en händelse.
    DatumUppgift {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Händelsen med egna ord.
        handelse: String,
        /// Datumet som papperet anger.
        datum: Date,
        /// Veckodagen, om papperet säger den.
        veckodag: Option<Veckodag>,
        /// Andra ställen som talar om samma händelse.
        omnamns: Vec<Omnamnande>,
        /// Var i papperet datumet står.
        plats: String,
    }
}

val! {
    /// Hur en händelse nämns.
    Tempus {
        /// Som något som redan har skett.
        Forfluten = "forfluten",
        /// Som något som ska ske.
        Kommande = "kommande",
    }
}

post! {
    /// Ett annat ställe som talar om händelsen.
    Omnamnande {
        /// Dagen då det stället skrevs eller mötet hölls.
        datum: Date,
        /// Om händelsen där är förfluten eller kommande.
        som: Tempus,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// Ett protokolls datum och paragrafer.
    Protokoll {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vilket möte, med egna ord.
        rubrik: String,
        /// Dagen för sammanträdet.
        sammantrade: Date,
        /// Dagen för justeringen.
        justerat: Option<Date>,
        /// Dagen då anslaget sätts upp.
        anslag_upp: Option<Date>,
        /// Första dag då anslaget får tas ned.
        anslag_ned: Option<Date>,
        /// Första paragrafens nummer.
        paragraf_forsta: Option<Antal>,
        /// Sista paragrafens nummer.
        paragraf_sista: Option<Antal>,
        /// Hur många paragrafer som faktiskt finns i protokollet.
        paragrafer: Option<Antal>,
        /// Var i papperet det står.
        plats: String,
    }
}

val! {
    /// Påståenden som går att hålla mot siffrorna.
    PastaendeSlag {
        /// Beslutet har inga ekonomiska konsekvenser.
        IngaEkonomiskaKonsekvenser = "inga-ekonomiska-konsekvenser",
    }
}

post! {
    /// Ett påstående.
    Pastaende {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vilket påstående.
        slag: PastaendeSlag,
        /// Med egna ord.
        text: String,
        /// Var i papperet det står.
        plats: String,
    }
}
