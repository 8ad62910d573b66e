//! Persons and their outcomes as counts, and monthly volumes. Never a single person.

use crate::underlag::grund::{Antal, Ar, Id, InsatsRef, Manad};
use crate::underlag::las::{post, val};
use jiff::civil::Date;

val! {
    /// Hur långt en person kom i en insats. Var och en hör till högst ett.
    Genomforande {
        /// Fullföljde.
        Fullfoljt = "fullfoljt",
        /// Avbröt eller kunde inte genomföra.
        Avbrutet = "avbrutet",
        /// Har slutat, utan att papperet säger om det var fullföljt.
        Avslutat = "avslutat",
        /// Är kvar.
        Kvar = "kvar",
    }
}

impl Genomforande {
    /// Every one, in the order of the source.
    pub const ALLA: [Self; 4] = [Self::Fullfoljt, Self::Avbrutet, Self::Avslutat, Self::Kvar];

    /// The word in sentences, and the category of the facts.
    #[must_use]
    pub const fn ord(self) -> &'static str {
        match self {
            Self::Fullfoljt => "fullföljde",
            Self::Avbrutet => "avbröt",
            Self::Avslutat => "avslutade",
            Self::Kvar => "är kvar",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn med_ord(ord: &str) -> Option<Self> {
        Self::ALLA.into_iter().find(|slag| slag.ord() == ord)
    }
}

post! {
    /// Antal personer i en insats och hur det gick. Skriv bara det papperet säger; räkna
    /// inte ut det som fattas.
    PersonUppgift {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Vad det gäller, med egna ord.
        rubrik: String,
        /// Insatsen.
        insats: Option<InsatsRef>,
        /// Året, om antalet gäller ett enda år.
        ar: Option<Ar>,
        /// Hur många det var totalt.
        totalt: Antal,
        /// Sant när insatsen pågår: de som inte nämns är då kvar.
        pagar: bool,
        /// De totalt uppdelade efter hur långt de kom.
        genomforande: Vec<GenomforandeAntal>,
        /// Hur det gick. Var och en räknas i högst ett utfall.
        utfall: Vec<UtfallAntal>,
        /// De som `utfall` delar upp, till exempel `fullfoljt`. Utelämnat: alla.
        utfall_av: Option<Genomforande>,
        /// Antal vars utfall papperet självt säger är okänt.
        okant: Option<Antal>,
        /// Hjälp som samma person kan ha fått vid sidan om; läggs aldrig ihop.
        dessutom: Vec<UtfallAntal>,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// Antal som kom så långt.
    GenomforandeAntal {
        /// Hur långt.
        slag: Genomforande,
        /// Hur många.
        antal: Antal,
    }
}

post! {
    /// Antal med ett visst utfall.
    UtfallAntal {
        /// Utfallet med egna ord, till exempel `arbete`.
        utfall: String,
        /// Hur många.
        antal: Antal,
    }
}

val! {
    /// Vad en volym räknar.
    VolymSlag {
        /// Personer.
        Personer = "personer",
        /// Annat: samtal, besök, tillfällen.
        Antal = "antal",
    }
}

post! {
    /// Antal månad för månad.
    Volym {
        /// Beteckning, om något annat hänvisar hit.
        id: Option<Id>,
        /// Kort rubrik.
        titel: String,
        /// Insatsen.
        insats: Option<InsatsRef>,
        /// Vad som räknas.
        slag: VolymSlag,
        /// Första månaden. Värdena följer månad för månad.
        fran: Manad,
        /// Dagen då siffrorna visades. Utelämnat: papperets datum.
        per: Option<Date>,
        /// Raderna.
        rader: Vec<VolymRad>,
        /// Var i papperet det står.
        plats: String,
    }
}

post! {
    /// En rad månadsvärden.
    VolymRad {
        /// Vad raden heter, med egna ord.
        etikett: String,
        /// Ett antal per månad; `null` för en tom ruta.
        varden: Vec<Option<Antal>>,
        /// Papperets summa.
        summa: Option<Antal>,
    }
}
