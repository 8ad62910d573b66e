//! Papers about counts, persons and facts that must be there.

use super::*;

fn tre_insatser() -> Value {
    let en =
        |i: usize| json!({ "id": format!("i-{i}"), "namn": format!("I {i}"), "plats": "s. 1" });
    json!([en(0), en(1), en(2)])
}

pub(super) fn antal_uppraknat(s: &mut Slump, trasig: bool) -> Prov {
    let kanske = s.tal(0, 1) == 1;
    let fel = if trasig { s.val(&[-1, 1, 2]) } else { 0 };
    let (raknas, vid_sidan, finns) = if kanske {
        (json!(["i-0", "i-1"]), json!(["i-2"]), 2)
    } else {
        (json!(["i-0", "i-1", "i-2"]), json!([]), 3)
    };
    let avsnitt = json!({ "insatser": tre_insatser(), "antal": [{
        "vad": "insatser", "angivet": finns + fel, "raknas": raknas, "kanske": vid_sidan,
        "plats": "s. 1",
    }] });
    let skillnad = if trasig { tusendelar(fel) } else { None };
    Prov {
        underlag: papper(s, "svar", avsnitt),
        skillnad,
    }
}

pub(super) fn antal_i_tabell(s: &mut Slump, trasig: bool) -> Prov {
    let antal = s.tal(2, 20);
    let fel = if trasig { s.val(&[1, 2, 3]) } else { 0 };
    let reserv = s.tal(0, 1);
    let rader: Vec<_> = (0..antal)
        .map(|i| {
            json!({ "etikett": format!("Rad {i}"), "reserv": i == 0 && reserv == 1,
                         "belopp": [{ "nytt": "10 tkr" }] })
        })
        .collect();
    // A reserve may be counted or not.
    let angivet = if trasig {
        antal + fel
    } else {
        antal - reserv * s.tal(0, 1)
    };
    let avsnitt = json!({
        "fordelningar": [{ "id": "f", "titel": "Pengarna", "status": "beslutad", "rader": rader,
                           "plats": "s. 1" }],
        "antal": [{ "vad": "projekt", "angivet": angivet, "rader_i": "f", "plats": "s. 1" }],
    });
    let skillnad = if trasig { tusendelar(fel) } else { None };
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad,
    }
}

pub(super) fn mot_delar(s: &mut Slump, trasig: bool) -> Prov {
    let (klara, avbrutna, kvar) = (s.tal(1, 80), s.tal(0, 30), s.tal(0, 1) * s.tal(1, 9));
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 9)
    } else {
        0
    };
    let totalt = klara + avbrutna + kvar + fel + if fel < 0 { 10 } else { 0 };
    let klara = klara + if fel < 0 { 10 } else { 0 };
    let mut delar = vec![
        json!({ "slag": "fullfoljt", "antal": klara }),
        json!({ "slag": "avbrutet", "antal": avbrutna }),
    ];
    if kvar > 0 {
        delar.push(json!({ "slag": "kvar", "antal": kvar }));
    }
    let avsnitt = json!({ "personer": [{
        "rubrik": "Deltagare", "totalt": totalt, "pagar": kvar > 0, "genomforande": delar,
        "plats": "s. 1",
    }] });
    let skillnad = if trasig { tusendelar(fel) } else { None };
    Prov {
        underlag: papper(s, "svar", avsnitt),
        skillnad,
    }
}

pub(super) fn utfall(s: &mut Slump, trasig: bool) -> Prov {
    let (arbete, studier, okant) = (s.tal(1, 30), s.tal(0, 30), s.tal(0, 9));
    let fel = if trasig { s.val(&[-1, 1]) } else { 0 };
    let bas = arbete + studier + okant + fel;
    let mut p = json!({
        "rubrik": "Deltagare", "totalt": bas, "okant": okant, "plats": "s. 1",
        "utfall": [{ "utfall": "arbete", "antal": arbete },
                   { "utfall": "studier", "antal": studier }],
        // Help beside the outcome is never added, however many got it.
        "dessutom": [{ "utfall": "vårdkontakt", "antal": s.tal(0, 99) }],
    });
    if s.tal(0, 1) == 1 {
        let avbrutna = s.tal(0, 20);
        p["totalt"] = (bas + avbrutna).into();
        p["genomforande"] = json!([{ "slag": "fullfoljt", "antal": bas },
                                   { "slag": "avbrutet", "antal": avbrutna }]);
        p["utfall_av"] = "fullfoljt".into();
    }
    let skillnad = if trasig { tusendelar(fel) } else { None };
    Prov {
        underlag: papper(s, "svar", json!({ "personer": [p] })),
        skillnad,
    }
}

pub(super) fn webbsida(s: &mut Slump, trasig: bool) -> Prov {
    let mut underlag = papper(s, "webbsida", json!({}));
    if !trasig {
        underlag["dokument"]["publicerad"] = format!("2020-05-{:02}", s.tal(1, 31)).into();
    }
    Prov {
        underlag,
        skillnad: None,
    }
}

pub(super) fn slutar(s: &mut Slump, trasig: bool) -> Prov {
    let fran = s.tal(2010, 2020);
    let mut period = json!({ "fran": fran.to_string(), "plats": "s. 1" });
    match (trasig, s.tal(0, 1)) {
        (true, _) => {}
        (false, 0) => period["pagar"] = true.into(),
        (false, _) => period["till"] = format!("{}-06", fran + 2).into(),
    }
    let avsnitt = json!({ "insatser": [
        { "id": "i", "namn": "Insats", "period": period, "plats": "s. 1" },
    ] });
    Prov {
        underlag: papper(s, "svar", avsnitt),
        skillnad: None,
    }
}

pub(super) fn ansokan(s: &mut Slump, trasig: bool) -> Prov {
    let mut insats = json!({ "id": "i", "namn": "Insats", "plats": "s. 1" });
    if !trasig {
        insats["deltagare_planerat"] = s.tal(1, 90).into();
    }
    let underlag = papper(s, "ansokan", json!({ "insatser": [insats] }));
    Prov {
        underlag,
        skillnad: None,
    }
}
