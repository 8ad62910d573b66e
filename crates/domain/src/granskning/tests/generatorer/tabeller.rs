//! Papers with tables, calculations, shares and fees.

use super::*;

fn trasigt(trasig: bool, fel: i64) -> Option<i128> {
    if trasig { tusendelar(fel) } else { None }
}

pub(super) fn fordelning(s: &mut Slump, trasig: bool) -> Prov {
    let antal = s.tal(2, 15);
    let belopp = s.flera(antal, 20, 3_000);
    let fel = if trasig {
        s.val(&[-1, 1]) * (antal * 500 + s.tal(1, 90_000))
    } else {
        0
    };
    let rader: Vec<_> = belopp
        .iter()
        .enumerate()
        .map(|(i, b)| json!({ "etikett": format!("Rad {i}"), "belopp": [{ "nytt": tkr(*b) }] }))
        .collect();
    let summa = kr(belopp.iter().sum::<i64>() * 1000 + fel);
    let avsnitt = json!({ "fordelningar": [{
        "id": "f", "titel": "Pengarna", "status": "beslutad", "rader": rader,
        "summor": [{ "summa": summa, "cirka": true, "plats": "s. 1" }], "plats": "s. 1",
    }] });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: trasigt(trasig, fel),
    }
}

/// A table with one stated total, and blanks that are not zero.
pub(super) fn tabell(s: &mut Slump, trasig: bool) -> Prov {
    let antal = s.tal(2, 12);
    let belopp = s.flera(antal, 1, 90_000);
    let enhet = s.val(&["kr", "personer", "st"]);
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 900)
    } else {
        0
    };
    let mut rader: Vec<_> = belopp
        .iter()
        .enumerate()
        .map(|(i, b)| json!({ "etikett": format!("Rad {i}"), "varden": [format!("{b} {enhet}")] }))
        .collect();
    rader.push(json!({ "etikett": "Tom", "varden": [null] }));
    // The total must not become negative: that is not what is tested here.
    let summa = belopp.iter().sum::<i64>() + fel + if fel < 0 { 1_000 } else { 0 };
    if fel < 0 {
        rader.push(json!({ "etikett": "Extra", "varden": [format!("1000 {enhet}")] }));
    }
    let avsnitt = json!({ "tabeller": [{
        "id": "t", "titel": "Tabellen", "kolumner": [{ "rubrik": "2021" }], "rader": rader,
        "summor": [{ "etikett": "Totalt", "varden": [format!("{summa} {enhet}")] }],
        "plats": "s. 1",
    }] });
    Prov {
        underlag: papper(s, "budget", avsnitt),
        skillnad: trasigt(trasig, fel),
    }
}

/// Income, cost and result in several columns.
pub(super) fn resultat(s: &mut Slump, trasig: bool) -> Prov {
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 900)
    } else {
        0
    };
    let intakter = [s.flera(3, 0, 90_000), s.flera(3, 0, 90_000)];
    let kostnader = [s.flera(3, 0, 90_000), s.flera(3, 0, 90_000)];
    let rad = |slag: &str, v: &[i64]| {
        let varden: Vec<_> = v.iter().map(|b| kr(*b)).collect();
        json!({ "etikett": slag, "slag": slag, "varden": varden })
    };
    let summa = |delar: &[Vec<i64>; 2], kol: usize| delar[0][kol] + delar[1][kol];
    let kolumner = |f: &dyn Fn(usize) -> i64| (0..3).map(|k| kr(f(k))).collect::<Vec<_>>();
    let inn = kolumner(&|k| summa(&intakter, k));
    let ut = kolumner(&|k| summa(&kostnader, k));
    let netto =
        kolumner(&|k| summa(&intakter, k) - summa(&kostnader, k) + if k == 1 { fel } else { 0 });
    let avsnitt = json!({ "tabeller": [{
        "id": "t", "titel": "Budget", "plats": "s. 1",
        "kolumner": [{ "rubrik": "2020" }, { "rubrik": "Justerad" }, { "rubrik": "2021" }],
        "rader": [rad("intakt", &intakter[0]), rad("intakt", &intakter[1]),
                  rad("kostnad", &kostnader[0]), rad("kostnad", &kostnader[1])],
        "summor": [
            { "etikett": "Summa intäkter", "plus": ["intakt"], "varden": inn },
            { "etikett": "Summa kostnader", "plus": ["kostnad"], "varden": ut },
            { "etikett": "Resultat", "plus": ["intakt"], "minus": ["kostnad"], "varden": netto },
        ],
    }] });
    Prov {
        underlag: papper(s, "budget", avsnitt),
        skillnad: trasigt(trasig, fel),
    }
}

pub(super) fn summakolumn(s: &mut Slump, trasig: bool) -> Prov {
    let v = s.flera(3, 0, 90_000);
    let fel = if trasig { s.tal(1, 900) } else { 0 };
    let summa = v.iter().sum::<i64>() + fel;
    let varden: Vec<_> = v.iter().map(|b| kr(*b)).chain([kr(summa)]).collect();
    let avsnitt = json!({ "tabeller": [{
        "id": "t", "titel": "Åren", "plats": "s. 1",
        "kolumner": [{ "rubrik": "2021", "ar": 2021 }, { "rubrik": "2022", "ar": 2022 },
                     { "rubrik": "2023", "ar": 2023 }, { "rubrik": "Summa", "summa": true }],
        "rader": [{ "etikett": "Resor", "slag": "kostnad", "varden": varden }],
    }] });
    Prov {
        underlag: papper(s, "budget", avsnitt),
        skillnad: trasigt(trasig, fel),
    }
}

pub(super) fn volym(s: &mut Slump, trasig: bool) -> Prov {
    let v = s.flera(8, 0, 200);
    let fel = if trasig { s.tal(1, 9) } else { 0 };
    let avsnitt = json!({ "volymer": [{
        "titel": "Besök", "slag": s.val(&["personer", "antal"]), "fran": "2021-03",
        "per": "2021-12-31", "plats": "s. 1",
        "rader": [{ "etikett": "Besök", "varden": v, "summa": v.iter().sum::<i64>() + fel }],
    }] });
    Prov {
        underlag: papper(s, "uppfoljning", avsnitt),
        skillnad: trasigt(trasig, fel),
    }
}

/// Costs and financing per year; moving money between the years breaks two of them.
pub(super) fn finansiering(s: &mut Slump, trasig: bool) -> Prov {
    let kostnad = s.flera(3, 100_000, 900_000);
    let flytt = if trasig { s.tal(1, 90_000) } else { 0 };
    let egna = s.flera(3, 0, 50_000);
    let sokt = [
        kostnad[0] - egna[0] + flytt,
        kostnad[1] - egna[1] - flytt,
        kostnad[2] - egna[2],
    ];
    let rad = |namn: &str, slag: &str, v: &[i64]| {
        let varden: Vec<_> = v.iter().map(|b| kr(*b)).collect();
        json!({ "etikett": namn, "slag": slag, "varden": varden })
    };
    let avsnitt = json!({ "tabeller": [{
        "id": "t", "titel": "Ekonomi", "plats": "s. 1",
        "kolumner": [{ "rubrik": "2021", "ar": 2021 }, { "rubrik": "2022", "ar": 2022 },
                     { "rubrik": "2023", "ar": 2023 }],
        "rader": [rad("Allt", "kostnad", &kostnad), rad("Sökt", "finansiering", &sokt),
                  rad("Eget", "finansiering", &egna)],
    }] });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: trasigt(trasig, flytt),
    }
}

/// Wages and rent for the same months of a first year, or for different ones.
pub(super) fn manader(s: &mut Slump, trasig: bool) -> Prov {
    let (lon, hyra) = (s.tal(20_000, 50_000), s.tal(1_000, 9_000));
    let manader = s.tal(2, 10);
    let andra = if trasig {
        manader + s.val(&[-1, 1, 2])
    } else {
        manader
    };
    let rad = |namn: &str, i_manaden: i64, antal: i64| {
        let varden = [
            kr(i_manaden * antal),
            kr(i_manaden * 12),
            kr(i_manaden * 12),
        ];
        json!({ "etikett": namn, "slag": "kostnad", "lopande": true, "varden": varden })
    };
    let avsnitt = json!({ "tabeller": [{
        "id": "t", "titel": "Kostnader", "plats": "s. 1",
        "kolumner": [{ "rubrik": "2021", "ar": 2021 }, { "rubrik": "2022", "ar": 2022 },
                     { "rubrik": "2023", "ar": 2023 }],
        "rader": [rad("Lön", lon, manader), rad("Hyra", hyra, andra)],
    }] });
    Prov {
        underlag: papper(s, "pm", avsnitt),
        skillnad: trasigt(trasig, manader - andra),
    }
}

pub(super) fn kalkyl(s: &mut Slump, trasig: bool) -> Prov {
    let (antal, pris, fast) = (s.tal(2, 12), s.tal(50, 900), s.tal(100, 9_000));
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 49)
    } else {
        0
    };
    let angivet = antal * pris + fast + fel;
    let avsnitt = json!({ "kalkyler": [{
        "etikett": "Dator", "angivet": kr(angivet), "plats": "s. 1",
        "termer": [{ "etikett": "hyra", "antal": antal, "pris": kr(pris) },
                   { "etikett": "licens", "antal": 1, "pris": kr(fast) }],
    }] });
    Prov {
        underlag: papper(s, "utredning", avsnitt),
        skillnad: trasigt(trasig, fel),
    }
}

pub(super) fn andel(s: &mut Slump, trasig: bool) -> Prov {
    let hel = s.tal(20, 200);
    let del = s.tal(hel / 2, hel);
    let procent = (del * 100 + hel / 2) / hel;
    let procent = if trasig {
        procent + s.val(&[-3, -2, 2, 3])
    } else {
        procent
    };
    let avsnitt = json!({ "andelar": [{
        "etikett": "Fick arbete", "andel": format!("{procent} %"), "del": del, "hel": hel,
        "plats": "s. 1",
    }] });
    Prov {
        underlag: papper(s, "aterrapport", avsnitt),
        skillnad: None,
    }
}

pub(super) fn avgift(s: &mut Slump, trasig: bool) -> Prov {
    let underlag = s.tal(1_000, 9_000) * 1000;
    let sats = s.tal(1, 9);
    let fel = if trasig {
        s.val(&[-1, 1]) * s.tal(1, 900)
    } else {
        0
    };
    let avgift = underlag / 1000 * sats + fel;
    let avsnitt = json!({ "avgifter": [{
        "etikett": "Serviceavgift", "sats": format!("{sats} ‰"), "underlag": kr(underlag),
        "belopp": kr(avgift), "plats": "s. 1",
    }] });
    Prov {
        underlag: papper(s, "protokoll", avsnitt),
        skillnad: trasigt(trasig, fel),
    }
}
