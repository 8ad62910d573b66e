//! Whether what was typed can be so: every fault at its field, in words that never say what was
//! typed.

use super::{Bakgrund, Intrade, Situation, Uppfoljning, Uttrade};
use crate::deltagare::kodlista::version::gallande;
use crate::deltagare::kodlista::{Kodlista, Listnamn, Valfel};
use crate::problem::Problem;
use jiff::civil::Date;

const ARBETE: &str = "arbete";
const PAGAR: &str = "pagar";
const EJ_FULLFOLJT: &str = "ej-fullfoljt";
const SVARADE: &str = "svarade";
const FELREGISTRERING: &str = "felregistrering";
/// All of a person's time.
const HELA: u32 = 100;

/// The lists that hold, and today.
#[derive(Clone, Copy, Debug)]
pub struct Listor<'a> {
    /// A huvudman's own versions; the others are those that ship.
    pub egna: &'a [Kodlista],
    /// Today: no day may be after it.
    pub idag: Date,
}

impl Listor<'_> {
    /// Everything that is wrong with how it began.
    #[must_use]
    pub fn prova_intrade(&self, i: &Intrade) -> Vec<Problem> {
        let mut fel = self.dagen(i.dag, "dag");
        if i.kommun.as_deref().is_some_and(|k| !fyra_siffror(k)) {
            let text = "Hemkommunen är inte en kommunkod.";
            let atgard = "Välj kommunen i listan. Är den inte känd: välj okänt.";
            fel.push(Problem::ogiltigt("deltagande-kommun", text, atgard).i_falt("kommun"));
        }
        fel.extend(self.en((Listnamn::Kon, "kon"), &i.kon, i.dag));
        fel.extend(self.bakgrund(&i.bakgrund, i.dag));
        fel.extend(self.situation(&i.situation, i.dag));
        fel
    }

    /// Everything that is wrong with how it ended, of what began on a day.
    #[must_use]
    pub fn prova_uttrade(&self, u: &Uttrade, borjade: Date) -> Vec<Problem> {
        let mut fel = self.dagen(u.dag, "dag");
        if u.dag < borjade {
            let text = "Sista dagen är före den första.";
            let atgard = "Skriv en dag som är samma som den första eller senare.";
            fel.push(Problem::ogiltigt("deltagande-slut-fore-start", text, atgard).i_falt("dag"));
        }
        let val = [
            (Listnamn::Avslutsanledning, "anledning", &u.anledning),
            (Listnamn::Fullfoljande, "fullfoljande", &u.fullfoljande),
            (Listnamn::Sluttillstand, "sluttillstand", &u.sluttillstand),
        ];
        for (lista, falt, kod) in val {
            fel.extend(self.en((lista, falt), kod, u.dag));
        }
        if u.anledning == FELREGISTRERING {
            let text = "En felregistrering är inget avslut: den räknas inte alls.";
            let atgard = "Välj Felregistrerad i stället för Avsluta.";
            fel.push(
                Problem::ogiltigt("deltagande-felregistrering", text, atgard).i_falt("anledning"),
            );
        }
        if u.fullfoljande == PAGAR {
            let text = "Det som är avslutat pågår inte.";
            let atgard = "Välj fullföljt, inte fullföljt eller okänt.";
            fel.push(Problem::ogiltigt("deltagande-pagar", text, atgard).i_falt("fullfoljande"));
        }
        fel.extend(self.orsaken(u));
        fel.extend(self.flera((Listnamn::AnnatStod, "stod"), &u.stod, u.dag));
        fel.extend(self.situation(&u.situation, u.dag));
        fel
    }

    fn orsaken(&self, u: &Uttrade) -> Vec<Problem> {
        let falt = "avbrottsorsak";
        match (&u.avbrottsorsak, u.fullfoljande == EJ_FULLFOLJT) {
            (Some(kod), true) => self.en((Listnamn::Avbrottsorsak, falt), kod, u.dag),
            (None, false) => Vec::new(),
            (None, true) => {
                let text = "Det står inte varför det inte fullföljdes.";
                let atgard = "Välj orsaken. Är den inte känd: välj okänt.";
                vec![Problem::ogiltigt("deltagande-orsak", text, atgard).i_falt(falt)]
            }
            (Some(_), false) => {
                let text = "En orsak hör bara till det som inte fullföljdes.";
                let atgard = "Ta bort orsaken, eller välj inte fullföljt.";
                vec![Problem::ogiltigt("deltagande-orsak-over", text, atgard).i_falt(falt)]
            }
        }
    }

    /// Everything that is wrong with what was told afterwards. Whether it is time for it is the
    /// participation's to say.
    #[must_use]
    pub fn prova_uppfoljning(&self, u: &Uppfoljning) -> Vec<Problem> {
        let mut fel = self.dagen(u.dag, "dag");
        fel.extend(self.en((Listnamn::Uppfoljningssvar, "svar"), &u.svar, u.dag));
        match (&u.situation, u.svar == SVARADE) {
            (Some(situation), true) => fel.extend(self.situation(situation, u.dag)),
            (None, false) => {}
            (None, true) => {
                let text = "Personen svarade, men svaret saknas.";
                let atgard = "Fyll i försörjning och sysselsättning. Vet du inte: välj okänt.";
                fel.push(
                    Problem::ogiltigt("deltagande-svar", text, atgard).i_falt("sysselsattning"),
                );
            }
            (Some(_), false) => {
                let text = "Det finns ett svar, fast personen inte svarade.";
                let atgard = "Välj att personen svarade, eller töm svaret.";
                fel.push(Problem::ogiltigt("deltagande-svar-over", text, atgard).i_falt("svar"));
            }
        }
        fel
    }

    fn bakgrund(&self, b: &Bakgrund, dag: Date) -> Vec<Problem> {
        let mut fel = Vec::new();
        let val = [
            (Listnamn::Utbildningsniva, "utbildning", &b.utbildning),
            (Listnamn::TidIForsorjning, "tid", &b.tid_i_forsorjning),
            (Listnamn::Startlage, "startlage", &b.startlage),
            (Listnamn::Remittent, "remittent", &b.remittent),
        ];
        for (lista, falt, kod) in val {
            fel.extend(self.en((lista, falt), kod, dag));
        }
        fel.extend(self.flera((Listnamn::Malgrupp, "malgrupp"), &b.malgrupper, dag));
        fel.extend(self.flera((Listnamn::Behov, "behov"), &b.behov, dag));
        for (nr, (myndighet, status)) in b.status.iter().enumerate() {
            fel.extend(self.en((Listnamn::Myndighet, "status"), myndighet, dag));
            fel.extend(self.en((Listnamn::Myndighetsstatus, "status"), status, dag));
            if b.status
                .iter()
                .skip(nr.saturating_add(1))
                .any(|(m, _)| m == myndighet)
            {
                let text = "Samma myndighet står två gånger.";
                let atgard = "Ta bort den ena.";
                fel.push(Problem::ogiltigt("deltagande-myndighet", text, atgard).i_falt("status"));
            }
        }
        fel
    }

    fn situation(&self, s: &Situation, dag: Date) -> Vec<Problem> {
        let koder: Vec<String> = s.forsorjning.iter().map(|f| f.kod.clone()).collect();
        let mut fel = self.flera((Listnamn::Forsorjning, "forsorjning"), &koder, dag);
        if koder.is_empty() {
            let text = "Det står inte vad personen lever på.";
            let atgard = "Välj minst en försörjning. Vet du inte: välj okänt.";
            fel.push(
                Problem::ogiltigt("deltagande-forsorjning", text, atgard).i_falt("forsorjning"),
            );
        }
        let delar = s.forsorjning.iter().filter_map(|f| f.omfattning);
        if delar.map(|o| u32::from(o.procent())).sum::<u32>() > HELA {
            let text = "Försörjningarna är tillsammans mer än 100 procent.";
            let atgard = "Minska någon av dem, eller lämna omfattningen tom där den inte är känd.";
            fel.push(
                Problem::ogiltigt("deltagande-omfattning", text, atgard).i_falt("forsorjning"),
            );
        }
        let falt = "sysselsattning";
        fel.extend(self.en((Listnamn::Sysselsattning, falt), &s.sysselsattning, dag));
        match (&s.arbete, s.sysselsattning == ARBETE) {
            (Some(a), true) => fel.extend(self.en((Listnamn::TypAvArbete, "typ"), &a.typ, dag)),
            (None, false) => {}
            (None, true) => {
                let text = "Personen arbetar, men det står inte med vad för slags arbete.";
                let atgard = "Välj typ av arbete. Vet du inte: välj okänt.";
                fel.push(Problem::ogiltigt("deltagande-arbete", text, atgard).i_falt("typ"));
            }
            (Some(_), false) => {
                let text = "Ett arbete är ifyllt, fast personen inte arbetar.";
                let atgard = "Välj arbetar, eller töm arbetet.";
                fel.push(Problem::ogiltigt("deltagande-arbete-over", text, atgard).i_falt(falt));
            }
        }
        fel
    }

    /// What is wrong with the day of a step that says nothing else.
    #[must_use]
    pub fn prova_dag(&self, dag: Date) -> Vec<Problem> {
        self.dagen(dag, "dag")
    }

    fn dagen(&self, dag: Date, falt: &str) -> Vec<Problem> {
        if dag <= self.idag {
            return Vec::new();
        }
        let text = "Dagen har inte varit än.";
        let atgard = "Skriv en dag som är i dag eller tidigare.";
        vec![Problem::ogiltigt("deltagande-dag-framtid", text, atgard).i_falt(falt)]
    }

    fn en(&self, om: (Listnamn, &str), kod: &str, dag: Date) -> Vec<Problem> {
        self.valen(om, &[kod], dag)
    }

    fn flera(&self, om: (Listnamn, &str), koder: &[String], dag: Date) -> Vec<Problem> {
        let koder: Vec<&str> = koder.iter().map(String::as_str).collect();
        self.valen(om, &koder, dag)
    }

    /// A code that a list had not got on the day, or codes that cannot stand together.
    fn valen(&self, (namn, falt): (Listnamn, &str), koder: &[&str], dag: Date) -> Vec<Problem> {
        let lista = gallande(namn, self.egna, dag);
        let valfel = match lista.map(|l| l.prova_val(koder, dag)) {
            Some(Ok(())) => return Vec::new(),
            Some(Err(valfel)) => valfel,
            None => Valfel::Dag,
        };
        let namn = namn.text();
        let (kod, text, atgard) = match valfel {
            Valfel::Finns => (
                "deltagande-kod",
                format!("{namn}: valet finns inte i listan."),
                "Välj något i listan. Vet du inte: välj okänt.",
            ),
            Valfel::Dag => (
                "deltagande-kod-dag",
                format!("{namn}: valet gällde inte den dagen."),
                "Välj något som gällde då, eller rätta dagen.",
            ),
            Valfel::Flera | Valfel::Dubbel => (
                "deltagande-kod-flera",
                format!("{namn}: samma sak är vald två gånger, eller flera där bara en kan gälla."),
                "Ta bort det som är för mycket.",
            ),
            Valfel::Ensam => (
                "deltagande-kod-ensam",
                format!("{namn}: okänt eller inget är valt tillsammans med något annat."),
                "Välj det ena eller det andra.",
            ),
        };
        vec![Problem::ogiltigt(kod, text, atgard).i_falt(falt)]
    }
}

fn fyra_siffror(kod: &str) -> bool {
    kod.len() == 4 && kod.bytes().all(|b| b.is_ascii_digit())
}
