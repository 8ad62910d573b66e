//! Papers about a grant's money.

use super::*;

pub(super) fn samma_uppgift(s: &mut Slump, trasig: bool) -> Prov {
    let belopp = s.tal(1_000, 90_000) * 100 + 5;
    let fel = s.tal(1, 9_999);
    let falt = s.val(&["tilldelat", "rekvirerat", "anvant", "overfort_ut"]);
    let andra = match (trasig, s.tal(0, 1)) {
        (true, _) => uppgift(kr(belopp + fel), "bilagan"),
        (false, 0) => uppgift(kr(belopp), "bilagan"),
        // Rounded to thousands, it is still the same amount.
        (false, _) => uppgift(tkr((belopp + 500) / 1000), "bilagan"),
    };
    let arets = json!({ falt: [uppgift(kr(belopp), "s. 1"), andra] });
    let underlag = papper(s, "pm", json!({ "bidrag": bidrag(2021, arets) }));
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(-fel) * 1000),
    }
}

pub(super) fn summa_mot_namnder(s: &mut Slump, trasig: bool) -> Prov {
    let delar = s.flera(2, 10_000, 900_000);
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 5_000)
    } else {
        0
    };
    let (total, del) = s.val(&[("rekvirerat", "fordelat"), ("anvant", "anvant")]);
    let namnder: Vec<_> = ["namnd-a", "namnd-b"]
        .iter()
        .zip(&delar)
        .map(|(n, d)| json!({ "organisation": n, del: [uppgift(kr(*d), "s. 2")] }))
        .collect();
    let summa = delar.iter().sum::<i64>() + fel;
    let arets = json!({ total: [uppgift(kr(summa), "s. 1")], "namnder": namnder });
    let underlag = papper(s, "aterrapport", json!({ "bidrag": bidrag(2022, arets) }));
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

pub(super) fn summa_mot_insatser(s: &mut Slump, trasig: bool) -> Prov {
    let antal = s.tal(2, 8);
    let delar = s.flera(antal, 10, 900);
    // More than the rounding of every row together, so that it cannot be an explanation.
    let fel = if trasig {
        antal * 500 + s.tal(1, 90_000)
    } else {
        0
    };
    let insatser: Vec<_> = delar
        .iter()
        .enumerate()
        .map(|(i, d)| {
            insats(
                i,
                "namnd-a",
                2021,
                json!([uppgift(tkr(*d), "s. 3")]),
                json!([]),
            )
        })
        .collect();
    let summa = delar.iter().sum::<i64>() * 1000 + fel;
    let arets = json!({ "rekvirerat": [uppgift(kr(summa), "s. 1")] });
    let avsnitt = json!({ "bidrag": bidrag(2021, arets), "insatser": insatser });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

pub(super) fn aterbetalning(s: &mut Slump, trasig: bool) -> Prov {
    let anvant = s.tal(10_000, 900_000);
    let kvar = s.tal(1_000, 99_000);
    let (fore, efter) = (s.tal(0, 1) * s.tal(1, 9_999), s.tal(0, 1) * s.tal(1, 999));
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 999)
    } else {
        0
    };
    let rekvirerat = anvant + kvar + efter - fore;
    let mut arets = json!({
        "rekvirerat": [uppgift(kr(rekvirerat), "s. 1")],
        "anvant": [uppgift(kr(anvant), "s. 1")],
        "aterbetalas": [uppgift(kr(kvar + fel), "s. 1")],
    });
    if fore > 0 {
        arets["overfort_in"] = json!([uppgift(kr(fore), "s. 1")]);
    }
    if efter > 0 {
        arets["overfort_ut"] = json!([uppgift(kr(efter), "s. 1")]);
    }
    let underlag = papper(s, "aterrapport", json!({ "bidrag": bidrag(2023, arets) }));
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

/// A board's use and its initiatives in thousands.
pub(super) fn namnd(s: &mut Slump, trasig: bool) -> Prov {
    let antal = s.tal(1, 6);
    let delar = s.flera(antal, 50, 900);
    let fel = if trasig {
        antal * 500 + s.tal(1, 99_000)
    } else {
        0
    };
    let insatser: Vec<_> = delar
        .iter()
        .enumerate()
        .map(|(i, d)| {
            insats(
                i,
                "namnd-b",
                2021,
                json!([]),
                json!([uppgift(tkr(*d), "s. 3")]),
            )
        })
        .collect();
    let anvant = delar.iter().sum::<i64>() * 1000 + fel;
    let namnder = json!([{ "organisation": "namnd-b", "anvant": [uppgift(kr(anvant), "s. 2")] }]);
    let avsnitt = json!({
        "bidrag": bidrag(2021, json!({ "namnder": namnder })), "insatser": insatser,
    });
    let skillnad = trasig.then(|| i128::from(fel) * 1000);
    Prov {
        underlag: papper(s, "aterrapport", avsnitt),
        skillnad,
    }
}

/// The same, but the text gives an exact figure that brings it within rounding.
pub(super) fn namnd_med_exakt(s: &mut Slump, trasig: bool) -> Prov {
    let grovt = s.tal(100, 900);
    let ovrigt = s.tal(100, 900);
    // The exact figure is far above the reported one, but below budget: nothing is hidden.
    let mer = if trasig { s.tal(2_000, 9_000) } else { 0 };
    let rest = if trasig { s.tal(1, 499) } else { 0 };
    let utfall = json!([
        uppgift(tkr(grovt), "s. 3"),
        uppgift(kr(grovt * 1000 + mer), "s. 4")
    ]);
    let budget = json!([uppgift(tkr(2_000), "s. 3")]);
    let insatser = json!([
        insats(0, "namnd-a", 2021, budget, utfall),
        insats(
            1,
            "namnd-a",
            2021,
            json!([]),
            json!([uppgift(tkr(ovrigt), "s. 3")])
        ),
    ]);
    let anvant = (grovt + ovrigt) * 1000 + mer - rest;
    let namnder = json!([{ "organisation": "namnd-a", "anvant": [uppgift(kr(anvant), "s. 2")] }]);
    let avsnitt = json!({
        "bidrag": bidrag(2021, json!({ "namnder": namnder })), "insatser": insatser,
    });
    let skillnad = trasig.then(|| i128::from(rest) * 1000);
    Prov {
        underlag: papper(s, "aterrapport", avsnitt),
        skillnad,
    }
}

pub(super) fn forklaring(s: &mut Slump, trasig: bool) -> Prov {
    let (budget, utfall) = (s.tal(500, 2_000), s.tal(10, 499));
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1_001, 90_000)
    } else {
        s.tal(-900, 900)
    };
    let ett = insats(
        0,
        "namnd-a",
        2021,
        json!([uppgift(tkr(budget), "s. 3")]),
        json!([uppgift(tkr(utfall), "s. 3")]),
    );
    let belopp = kr((budget - utfall) * 1000 + fel);
    let avsnitt = json!({
        "bidrag": bidrag(2021, json!({})),
        "insatser": [ett],
        "forklaringar": [{ "rubrik": "Det som blev över", "belopp": belopp, "insats": "insats-0",
                           "plats": "s. 1" }],
    });
    let underlag = papper(s, "aterrapport", avsnitt);
    // Stated without sign against the size of the deviation.
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

pub(super) fn overskridande(s: &mut Slump, trasig: bool) -> Prov {
    let tusen = s.tal(100, 2_000);
    let over = if trasig {
        s.tal(501, 40_000)
    } else {
        s.tal(-400, 400)
    };
    let utfall = json!([
        uppgift(tkr(tusen), "s. 3"),
        uppgift(kr(tusen * 1000 + over), "s. 4")
    ]);
    let ett = insats(
        0,
        "namnd-a",
        2021,
        json!([uppgift(tkr(tusen), "s. 3")]),
        utfall,
    );
    let avsnitt = json!({ "bidrag": bidrag(2021, json!({})), "insatser": [ett] });
    let underlag = papper(s, "aterrapport", avsnitt);
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(over) * 1000),
    }
}

pub(super) fn pastaende(s: &mut Slump, trasig: bool) -> Prov {
    let belopp = if trasig { s.tal(1, 900_000) } else { 0 };
    let pastaende = json!([{ "slag": "inga-ekonomiska-konsekvenser",
                             "text": "Beslutet kostar ingenting", "plats": "s. 2" }]);
    let mut arets = json!({});
    if trasig || s.tal(0, 1) == 1 {
        arets["aterbetalas"] = json!([uppgift(kr(belopp), "s. 1")]);
    }
    let avsnitt = json!({ "bidrag": bidrag(2021, arets), "pastaenden": pastaende });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: None,
    }
}

/// A distribution of this year's money over rows, with this line about the year.
fn fordelningen(rader: &[Value], summa: &Value) -> Value {
    json!([{ "id": "fordelningen", "titel": "Fördelning", "bidrag": ["bidraget"],
             "status": "forslag", "rader": rader, "summor": [summa], "plats": "s. 5" }])
}

pub(super) fn fordelat(s: &mut Slump, trasig: bool) -> Prov {
    let antal = s.tal(2, 7);
    let nytt = s.flera(antal, 10_000, 500_000);
    let overfort = s.tal(0, 1) * s.tal(1_000, 90_000);
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 9_000)
    } else {
        0
    };
    let rader: Vec<Value> = nytt
        .iter()
        .enumerate()
        .map(|(i, n)| {
            let mut belopp = json!({ "ar": 2022, "nytt": kr(*n) });
            if i == 0 && overfort > 0 {
                belopp["overfort"] = kr(overfort).into();
            }
            json!({ "etikett": format!("Rad {i}"), "belopp": [belopp] })
        })
        .collect();
    let tilldelat = nytt.iter().sum::<i64>() + fel;
    let mut summa = json!({ "ar": 2022, "tilldelat": kr(tilldelat), "plats": "s. 5" });
    if overfort > 0 {
        summa["overfort"] = kr(overfort).into();
    }
    let avsnitt = json!({
        "bidrag": bidrag(2022, json!({})), "fordelningar": fordelningen(&rader, &summa),
    });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

/// A row's parts and total are compared whether the table has a sum of the year or not.
pub(super) fn nytt_och_overfort_utan_summa(s: &mut Slump, trasig: bool) -> Prov {
    let mut prov = nytt_och_overfort(s, trasig);
    prov.underlag["fordelningar"][0]["summor"] = json!([]);
    prov
}

pub(super) fn nytt_och_overfort(s: &mut Slump, trasig: bool) -> Prov {
    let (nytt, overfort) = (s.tal(10_000, 900_000), s.tal(1_000, 90_000));
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 900)
    } else {
        0
    };
    let totalt = nytt + overfort + fel;
    let belopp = json!({ "ar": 2022, "nytt": kr(nytt), "overfort": kr(overfort),
                         "totalt": kr(totalt) });
    let rader = vec![json!({ "etikett": "Rad", "belopp": [belopp] })];
    let summa = json!({ "ar": 2022, "summa": kr(totalt), "plats": "s. 5" });
    let avsnitt = json!({
        "bidrag": bidrag(2022, json!({})), "fordelningar": fordelningen(&rader, &summa),
    });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

pub(super) fn kallor(s: &mut Slump, trasig: bool) -> Prov {
    let antal = s.tal(1, 3);
    let kallor = s.flera(antal, 10_000, 5_000_000);
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 9_000)
    } else {
        0
    };
    let budget = kallor.iter().sum::<i64>() + fel;
    let kallor: Vec<_> = kallor
        .iter()
        .zip(["givaren", "namnd-a", "namnd-b"])
        .map(|(k, vem)| json!({ "finansiar": vem, "belopp": kr(*k), "plats": "s. 6" }))
        .collect();
    let avsnitt = json!({ "finansiering": [{
        "rubrik": "Projektet", "budget": [uppgift(kr(budget), "s. 6")], "kallor": kallor,
        "plats": "s. 6",
    }] });
    Prov {
        underlag: papper(s, "svar", avsnitt),
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

/// A grant that is paid out without any requisition.
pub(super) fn aterbetalning_av_tilldelat(s: &mut Slump, trasig: bool) -> Prov {
    let (tilldelat, kvar) = (s.tal(100_000, 900_000), s.tal(1_000, 90_000));
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 900)
    } else {
        0
    };
    let arets = json!({
        "tilldelat": [uppgift(kr(tilldelat), "s. 1")],
        "anvant": [uppgift(kr(tilldelat - kvar), "s. 1")],
        "aterbetalas": [uppgift(kr(kvar + fel), "s. 1")],
    });
    let underlag = papper(s, "aterrapport", json!({ "bidrag": bidrag(2023, arets) }));
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

/// Boards that agree with the total, and initiatives that two boards share.
pub(super) fn summa_mot_delade_insatser(s: &mut Slump, trasig: bool) -> Prov {
    let delar = s.flera(3, 10_000, 900_000);
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 9_000)
    } else {
        0
    };
    let summa = delar.iter().sum::<i64>() + fel;
    let mut insatser: Vec<_> = delar
        .iter()
        .enumerate()
        .map(|(i, d)| {
            insats(
                i,
                "namnd-a",
                2021,
                json!([]),
                json!([uppgift(kr(*d), "s. 3")]),
            )
        })
        .collect();
    insatser[0]["ansvariga"] = json!(["namnd-a", "namnd-b"]);
    let namnder = json!([
        { "organisation": "namnd-a", "anvant": [uppgift(kr(summa - 5_000), "s. 2")] },
        { "organisation": "namnd-b", "anvant": [uppgift(kr(5_000), "s. 2")] },
    ]);
    let arets = json!({ "anvant": [uppgift(kr(summa), "s. 1")], "namnder": namnder });
    let avsnitt = json!({ "bidrag": bidrag(2021, arets), "insatser": insatser });
    let skillnad = trasig.then(|| i128::from(fel) * 1000);
    Prov {
        underlag: papper(s, "aterrapport", avsnitt),
        skillnad,
    }
}

pub(super) fn rekvirerat(s: &mut Slump, trasig: bool) -> Prov {
    let (tilldelat, fore) = (s.tal(100_000, 900_000), s.tal(0, 1) * s.tal(1, 9_000));
    let over = if trasig {
        s.tal(1, 90_000)
    } else {
        -s.tal(0, 90_000)
    };
    let mut arets = json!({
        "tilldelat": [uppgift(kr(tilldelat), "s. 1")],
        "rekvirerat": [uppgift(kr(tilldelat + fore + over), "s. 2")],
    });
    if fore > 0 {
        arets["overfort_in"] = json!([uppgift(kr(fore), "s. 1")]);
    }
    let underlag = papper(s, "pm", json!({ "bidrag": bidrag(2021, arets) }));
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(over) * 1000),
    }
}

pub(super) fn tilldelat_i_fordelning(s: &mut Slump, trasig: bool) -> Prov {
    let tusen = s.tal(100, 900);
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(501, 9_000)
    } else {
        s.tal(-500, 500)
    };
    let belopp = kr(tusen * 1000 + fel);
    let rader = vec![json!({ "etikett": "Allt", "belopp": [{ "ar": 2022, "nytt": belopp }] })];
    let summa = json!({ "ar": 2022, "tilldelat": belopp, "plats": "s. 5" });
    let arets = json!({ "tilldelat": [uppgift(tkr(tusen), "s. 1")] });
    let avsnitt = json!({
        "bidrag": bidrag(2022, arets), "fordelningar": fordelningen(&rader, &summa),
    });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

pub(super) fn overfort_mellan_ar(s: &mut Slump, trasig: bool) -> Prov {
    let flyttat = s.tal(1_000, 90_000);
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 900)
    } else {
        0
    };
    let mut ett = bidrag(
        2021,
        json!({ "overfort_ut": [uppgift(kr(flyttat), "s. 1")] }),
    );
    let nasta = json!({ "ar": 2022, "status": "preliminar",
                        "overfort_in": [uppgift(kr(flyttat + fel), "s. 2")] });
    ett[0]["ar"].as_array_mut().expect("lista").push(nasta);
    let underlag = papper(s, "pm", json!({ "bidrag": ett }));
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}

pub(super) fn overfort_trots_forbud(s: &mut Slump, trasig: bool) -> Prov {
    let flyttat = s.tal(1, 90_000);
    let falt = s.val(&["overfort_ut", "overfort_in"]);
    let mut ett = bidrag(2021, json!({ falt: [uppgift(kr(flyttat), "s. 1")] }));
    // Whole: it is allowed, nothing is said of it, or nothing is carried over.
    match (trasig, s.tal(0, 2)) {
        (true, _) => ett[0]["overforing"] = "ej-tillaten".into(),
        (false, 0) => ett[0]["overforing"] = "tillaten".into(),
        (false, 1) => {}
        (false, _) => {
            ett[0]["overforing"] = "ej-tillaten".into();
            ett[0]["ar"][0][falt] = json!([uppgift(kr(0), "s. 1")]);
        }
    }
    let underlag = papper(s, "pm", json!({ "bidrag": ett }));
    Prov {
        underlag,
        skillnad: trasig.then(|| i128::from(flyttat) * 1000),
    }
}

pub(super) fn rad_mot_insats(s: &mut Slump, trasig: bool) -> Prov {
    let (nytt, overfort) = (s.tal(10_000, 900_000), s.tal(0, 1) * s.tal(1_000, 9_000));
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(9_001, 9_900)
    } else {
        0
    };
    // The initiative's budget may count what was carried over, or not.
    let budget = nytt
        + if trasig {
            overfort
        } else {
            overfort * s.tal(0, 1)
        };
    let ett = insats(
        0,
        "namnd-a",
        2022,
        json!([uppgift(kr(budget), "s. 3")]),
        json!([]),
    );
    let mut belopp = json!({ "ar": 2022, "nytt": kr(nytt + fel) });
    if overfort > 0 {
        belopp["overfort"] = kr(overfort).into();
    }
    let rader = vec![json!({ "etikett": "Rad", "insats": "insats-0", "belopp": [belopp] })];
    let summa = json!({ "ar": 2022, "plats": "s. 5" });
    let avsnitt = json!({
        "bidrag": bidrag(2022, json!({})), "insatser": [ett],
        "fordelningar": fordelningen(&rader, &summa),
    });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: trasig.then(|| i128::from(fel) * 1000),
    }
}
