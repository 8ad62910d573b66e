//! Papers about dates.

use super::*;
use crate::underlag::Veckodag;
use jiff::civil::{Date, date};

fn plus(dag: Date, dagar: i64) -> Date {
    dag.checked_add(jiff::Span::new().days(dagar))
        .expect("inom kalendern")
}

fn nagon_dag(s: &mut Slump) -> Date {
    plus(date(2018, 1, 1), s.tal(0, 2_000))
}

pub(super) fn veckodag(s: &mut Slump, trasig: bool) -> Prov {
    let dag = nagon_dag(s);
    let sagd = if trasig { plus(dag, s.tal(1, 6)) } else { dag };
    let avsnitt = json!({ "datum": [{
        "handelse": "Mötet", "datum": dag.to_string(), "veckodag": Veckodag::av(sagd).kod(),
        "plats": "s. 1",
    }] });
    Prov {
        underlag: papper(s, "protokoll", avsnitt),
        skillnad: None,
    }
}

/// An event a year too late for a paper that says it is over, or a year too early for one
/// that looks forward to it.
pub(super) fn omnamnande(s: &mut Slump, trasig: bool) -> Prov {
    let dag = nagon_dag(s);
    let (som, nar) = if s.tal(0, 1) == 0 {
        ("forfluten", plus(dag, s.tal(1, 200)))
    } else {
        ("kommande", plus(dag, -s.tal(1, 200)))
    };
    let steg = if som == "forfluten" { 366 } else { -366 };
    let angivet = if trasig { plus(dag, steg) } else { dag };
    let avsnitt = json!({ "datum": [{
        "handelse": "Samrådet", "datum": angivet.to_string(), "plats": "s. 1",
        "omnamns": [{ "datum": nar.to_string(), "som": som, "plats": "s. 9" }],
    }] });
    Prov {
        underlag: papper(s, "protokoll", avsnitt),
        skillnad: None,
    }
}

pub(super) fn paragraf(s: &mut Slump, trasig: bool) -> Prov {
    let ar = s.tal(2015, 2024);
    let sagt = if trasig { ar + s.val(&[-1, 1]) } else { ar };
    let mut beslut = json!({
        "rubrik": "Fördelningen", "instans": "namnd-a", "paragraf": s.tal(1, 300).to_string(),
        "ar": ar, "plats": "s. 1",
    });
    if s.tal(0, 1) == 0 {
        beslut["sags"] = json!([{ "ar": sagt, "text": "på hösten", "plats": "s. 2" }]);
    } else {
        beslut["datum"] = format!("{sagt}-10-02").into();
    }
    Prov {
        underlag: papper(s, "pm", json!({ "beslut": [beslut] })),
        skillnad: None,
    }
}

pub(super) fn framtida(s: &mut Slump, trasig: bool) -> Prov {
    // Shown on a day of a month; the twelve months of the year are printed.
    let manad = s.tal(3, 11);
    let varden: Vec<Value> = (1..=12)
        .map(|m| match (m > manad, trasig) {
            (true, true) => json!(0),
            (true, false) => json!(null),
            // A month that has been may well be zero, the month that is under way too.
            (false, _) => json!(s.tal(0, 3)),
        })
        .collect();
    let avsnitt = json!({
        "dokument": { "datum": format!("2021-{manad:02}-14") },
        "volymer": [{ "titel": "Besök", "slag": "personer", "fran": "2021-01", "plats": "s. 1",
                      "rader": [{ "etikett": "Besök", "varden": varden }] }],
    });
    Prov {
        underlag: papper(s, "uppfoljning", avsnitt),
        skillnad: None,
    }
}

pub(super) fn protokoll(s: &mut Slump, trasig: bool) -> Prov {
    let mote = nagon_dag(s);
    let fel = if trasig { s.tal(1, 3) } else { 0 };
    let (mut just, mut upp) = (s.tal(0, 14), s.tal(0, 2));
    let mut uppe = s.tal(21, 30);
    match fel {
        1 => just = s.tal(15, 30),
        2 => upp = s.tal(3, 9),
        3 => uppe = s.tal(1, 20),
        _ => {}
    }
    let justerat = plus(mote, just);
    let anslaget = plus(justerat, upp);
    let avsnitt = json!({ "protokoll": [{
        "rubrik": "Styrelsen", "sammantrade": mote.to_string(), "justerat": justerat.to_string(),
        "anslag_upp": anslaget.to_string(), "anslag_ned": plus(anslaget, uppe).to_string(),
        "plats": "s. 1",
    }] });
    Prov {
        underlag: papper(s, "protokoll", avsnitt),
        skillnad: None,
    }
}

pub(super) fn paragrafer(s: &mut Slump, trasig: bool) -> Prov {
    let (forsta, antal) = (s.tal(1, 90), s.tal(2, 20));
    let fel = if trasig { 1 } else { 0 };
    let avsnitt = json!({ "protokoll": [{
        "rubrik": "Styrelsen", "sammantrade": "2021-10-14", "paragraf_forsta": forsta,
        "paragraf_sista": forsta + antal - 1, "paragrafer": antal - fel, "plats": "s. 1",
    }] });
    let skillnad = if trasig { tusendelar(fel) } else { None };
    Prov {
        underlag: papper(s, "protokoll", avsnitt),
        skillnad,
    }
}

pub(super) fn period(s: &mut Slump, trasig: bool) -> Prov {
    let (ar, manad) = (s.tal(2012, 2024), s.tal(2, 11));
    let (fore, efter) = match s.tal(0, 2) {
        0 => (ar.to_string(), (ar + s.tal(1, 3)).to_string()),
        1 => (format!("{ar}-{manad:02}"), format!("{ar}-{:02}", manad + 1)),
        _ => (
            format!("{ar}-{manad:02}-{:02}", s.tal(1, 14)),
            format!("{ar}-{manad:02}-15"),
        ),
    };
    let (fran, till) = if trasig { (efter, fore) } else { (fore, efter) };
    let mut insats = json!({ "id": "i", "namn": "Insats", "plats": "s. 1",
        "period": { "fran": fran, "till": till, "plats": "s. 1" } });
    if !trasig {
        // A year says nothing about the months within it.
        insats["period"]["till"] = ar.to_string().into();
        insats["period"]["fran"] = format!("{ar}-{manad:02}").into();
    }
    Prov {
        underlag: papper(s, "svar", json!({ "insatser": [insats] })),
        skillnad: None,
    }
}
