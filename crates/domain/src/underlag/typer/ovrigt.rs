//! Statements that can be checked by themselves: calculations, shares, fees, counts, dates.

use crate::pengar::Belopp;
use crate::underlag::grund::{Antal, Ar, Id, RadRef, TabellRef, ValfriRef, Veckodag};
use crate::underlag::kontroll;
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
    kontroll kontroll::andel
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
    kontroll kontroll::avgift
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
    kontroll kontroll::antal
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

val! {
    /// Vilket tal som saknas.
    LuckaVad {
        /// Vad bidragsgivaren har tilldelat. För ett bidrag.
        Tilldelat = "tilldelat",
        /// Vad som rekvirerats. För ett bidrag.
        Rekvirerat = "rekvirerat",
        /// Vad som ska betalas tillbaka. För ett bidrag.
        Aterbetalas = "aterbetalas",
        /// Vad insatsen får. För en insats.
        Budget = "budget",
        /// Vad som har använts. För ett bidrag eller en insats.
        Utfall = "utfall",
        /// Antal deltagare. För en insats.
        Deltagare = "deltagare",
        /// Hur det gick; vilket utfall står i `kategori`. För en insats.
        Resultat = "resultat",
        /// En volym; vilken står i `kategori`. För en insats.
        Volym = "volym",
    }
}

val! {
    /// Varför ett tal saknas. Inget av dem är noll.
    LuckaSlag {
        /// Ingen vet, och ingen kommer att få veta.
        Okant = "okant",
        /// Beror på ett beslut som inte är fattat.
        EjBeslutat = "ej-beslutat",
        /// Väntas, men har inte rapporterats ännu.
        EjInrapporterat = "ej-inrapporterat",
        /// Finns, men får inte visas.
        Sekretess = "sekretess",
    }
}

post! {
    /// Ett tal som papperet säger saknas, och varför. Skriv det hellre än att utelämna talet,
    /// när papperet säger varför.
    Lucka {
        /// Beteckningen på det bidrag eller den insats som talet hör till.
        galler: ValfriRef,
        /// Vilket tal.
        vad: LuckaVad,
        /// Året.
        ar: Option<Ar>,
        /// Vilket utfall eller vilken volym, till exempel `arbete`.
        kategori: Option<String>,
        /// Varför det saknas.
        varfor: LuckaSlag,
        /// Närmare om varför, med egna ord.
        text: Option<String>,
        /// Var i papperet det står.
        plats: String,
    }
}
