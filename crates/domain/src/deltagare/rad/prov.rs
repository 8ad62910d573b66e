//! Participations for tests.

use super::Deltagarrad;
use crate::deltagare::deltagande::{
    Arbete, Bakgrund, Deltagande, Deltagandesteg, Forsorjning, Intrade, Lage, Omfattning,
    Situation, Uttrade,
};
use crate::id::{InsatsId, OrganisationId, PersonId};
use jiff::civil::Date;

pub(crate) fn situation(pa: &[&str], gor: &str, procent: Option<u8>) -> Situation {
    Situation {
        forsorjning: pa
            .iter()
            .map(|kod| Forsorjning {
                kod: (*kod).to_owned(),
                omfattning: None,
            })
            .collect(),
        sysselsattning: gor.to_owned(),
        arbete: (gor == "arbete").then(|| Arbete {
            typ: "visstid".to_owned(),
            omfattning: procent.and_then(Omfattning::ny),
        }),
    }
}

pub(crate) fn borja(person: i64, dag: Date, s: Situation) -> Deltagarrad {
    let intrade = Intrade {
        dag,
        kommun: Some("0486".to_owned()),
        kon: "kvinna".to_owned(),
        bakgrund: Bakgrund {
            utbildning: "gymnasial".to_owned(),
            tid_i_forsorjning: "1-2".to_owned(),
            startlage: "1-2".to_owned(),
            malgrupper: Vec::new(),
            remittent: "egen".to_owned(),
            behov: Vec::new(),
            status: Vec::new(),
        },
        situation: s,
    };
    Deltagarrad {
        insats: InsatsId::FORSTA,
        organisation: OrganisationId::FORSTA,
        person: PersonId::ny(person).unwrap(),
        alder: None,
        deltagande: Deltagande {
            intrade,
            lage: Lage::Pagaende,
        },
    }
}

pub(crate) fn uttrade(
    dag: Date,
    fullfoljande: &str,
    slut: &str,
    stod: &[&str],
    s: Situation,
) -> Uttrade {
    Uttrade {
        dag,
        anledning: "annat".to_owned(),
        fullfoljande: fullfoljande.to_owned(),
        avbrottsorsak: (fullfoljande == "ej-fullfoljt").then(|| "ohalsa".to_owned()),
        sluttillstand: slut.to_owned(),
        stod: stod.iter().map(|k| (*k).to_owned()).collect(),
        situation: s,
    }
}

pub(crate) fn slut(mut r: Deltagarrad, u: Uttrade) -> Deltagarrad {
    r.deltagande = r.deltagande.ga(&Deltagandesteg::Avsluta(u)).unwrap();
    r
}
