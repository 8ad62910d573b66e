//! Dates: weekdays, years, months that had not come, and the deadlines of minutes.

use super::fynd::{Allvar, Enhet, Fynd, FyndVarde, enhet};
use super::kontext::{Kontext, citat, lista, platser, rad};
use super::storhet::Storhet;
use super::summor::volymens;
use crate::underlag::{
    Antal, Ar, Beslut, DatumUppgift, Manad, Matt, Protokoll, Tempus, Veckodag, Volym,
};
use jiff::civil::Date;

/// Days from `b` to `a`.
fn dagar(a: Date, b: Date) -> i64 {
    b.until(a).map_or(0, |s| i64::from(s.get_days()))
}

/// A finding about a stated date and the one that fits.
fn datumfynd(plats: &str, angivet: Date, beraknat: Option<Date>) -> Fynd {
    Fynd {
        angivet: Some(FyndVarde::Dag(angivet)),
        beraknat: beraknat.map(FyndVarde::Dag),
        skillnad: beraknat.map(|b| FyndVarde::Tal(i128::from(dagar(angivet, b)) * 1000)),
        ..Fynd::utan_tal(Allvar::Varning, plats, Enhet::Datum)
    }
}

/// A date as it is said: `10 september 2021`.
fn sagt(datum: Date) -> String {
    let manad = Manad {
        ar: datum.year(),
        manad: datum.month(),
    };
    format!("{} {} {}", datum.day(), manad.namn(), datum.year())
}

/// The same day of another year.
fn annat_ar(datum: Date, steg: i16) -> Option<Date> {
    Date::new(datum.year().checked_add(steg)?, datum.month(), datum.day()).ok()
}

/// `veckodag-mot-datum`.
pub(super) fn veckodag(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.datum.iter().enumerate();
    let ut = alla.filter_map(|(nr, d)| veckodag_en(nr, d));
    k.signera("veckodag-mot-datum", ut)
}

fn veckodag_en(nr: usize, d: &DatumUppgift) -> Option<Fynd> {
    let angiven = d.veckodag?;
    let ratt = Veckodag::av(d.datum);
    if angiven == ratt {
        return None;
    }
    let forslag = [-1, 1, -2, 2]
        .into_iter()
        .filter_map(|steg| annat_ar(d.datum, steg))
        .find(|dag| Veckodag::av(*dag) == angiven);
    let text = format!(
        "{} sägs vara {} den {}, men den dagen är en {}.",
        citat(&d.handelse),
        angiven.kod(),
        sagt(d.datum),
        ratt.kod()
    );
    let kan = match forslag {
        Some(dag) => format!("Den {} är en {}.", sagt(dag), angiven.kod()),
        None => "Antingen är veckodagen eller datumet fel.".to_owned(),
    };
    let rader = vec![rad(
        format!("datum[{nr}]"),
        &d.handelse,
        &d.datum.to_string(),
        &d.plats,
    )];
    let fynd = datumfynd(&d.plats, d.datum, forslag);
    Some(
        fynd.sager(
            text,
            "Kontrollera datumet i almanackan och rätta dag eller år.",
        )
        .kan_bero_pa(kan)
        .pa(rader),
    )
}

/// Does the date agree with how every other place speaks of the event?
fn stammer(d: &DatumUppgift, datum: Date) -> bool {
    d.omnamns.iter().all(|o| match o.som {
        Tempus::Forfluten => datum <= o.datum,
        Tempus::Kommande => datum >= o.datum,
    })
}

/// `datum-mot-omnamnande`: an event cannot be discussed as past before it happens.
pub(super) fn omnamnande(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.datum.iter().enumerate();
    let ut = alla.filter_map(|(nr, d)| omnamnande_en(nr, d));
    k.signera("datum-mot-omnamnande", ut)
}

fn omnamnande_en(nr: usize, d: &DatumUppgift) -> Option<Fynd> {
    let emot = d.omnamns.iter().find(|o| match o.som {
        Tempus::Forfluten => d.datum > o.datum,
        Tempus::Kommande => d.datum < o.datum,
    })?;
    let passar = |steg: &i16| annat_ar(d.datum, *steg).filter(|dag| stammer(d, *dag));
    let vardag = |dag: &Date| !Veckodag::av(*dag).helg();
    let mojliga: Vec<Date> = [-1, 1, -2, 2].iter().filter_map(passar).collect();
    let forslag = mojliga
        .iter()
        .copied()
        .find(vardag)
        .or(mojliga.first().copied());
    let hur = match emot.som {
        Tempus::Forfluten => "har redan varit",
        Tempus::Kommande => "ska komma",
    };
    let text = format!(
        "{} dateras {}, som är en {}, men nämns den {} ({}) som något som {hur}.",
        citat(&d.handelse),
        sagt(d.datum),
        Veckodag::av(d.datum).kod(),
        sagt(emot.datum),
        emot.plats,
    );
    let mut rader = vec![rad(
        format!("datum[{nr}].datum"),
        &d.handelse,
        &d.datum.to_string(),
        &d.plats,
    )];
    rader.extend(d.omnamns.iter().enumerate().map(|(i, o)| {
        let sokvag = format!("datum[{nr}].omnamns[{i}]");
        rad(sokvag, "Nämns", &o.datum.to_string(), &o.plats)
    }));
    let fynd = datumfynd(&d.plats, d.datum, forslag);
    let fynd = fynd
        .sager(text, "Kontrollera årtalet och rätta det.")
        .pa(rader);
    Some(match forslag {
        Some(dag) => {
            let dagen = Veckodag::av(dag).kod();
            fynd.kan_bero_pa(format!("Den {} är en {dagen} och stämmer.", sagt(dag)))
        }
        None => fynd,
    })
}

/// `paragraf-mot-ar`: the year in a decision's number against when it is said to be taken.
pub(super) fn paragraf(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, b) in k.u.beslut.iter().enumerate() {
        let Some(ar) = b.ar else { continue };
        let sagda = b.sags.iter().enumerate().map(|(i, s)| {
            let sokvag = format!("beslut[{nr}].sags[{i}]");
            (s.ar.0, s.plats.as_str(), s.text.as_deref(), sokvag)
        });
        let dagen = b.datum.iter().map(|d| {
            (
                d.year(),
                b.plats.as_str(),
                None,
                format!("beslut[{nr}].datum"),
            )
        });
        let fel = sagda.chain(dagen).find(|(sagt, ..)| *sagt != ar.0);
        if let Some((sagt, plats, nar, sokvag)) = fel {
            ut.push(paragraf_en(b, (nr, ar.0), sagt, plats, nar, sokvag));
        }
    }
    k.signera("paragraf-mot-ar", ut)
}

fn paragraf_en(
    b: &Beslut,
    (nr, ar): (usize, i16),
    sagt: i16,
    plats: &str,
    nar: Option<&str>,
    sokvag: String,
) -> Fynd {
    let paragraf = b
        .paragraf
        .as_deref()
        .map_or_else(|| "okänt".to_owned(), |p| format!("§ {p}"));
    let nar = nar.map_or_else(String::new, |nar| format!(" ({nar})"));
    let text = format!(
        "Beslutet {} har nummer {paragraf}/{ar}, men sägs vara fattat {sagt}{nar}. Dagen är \
         inte känd, så skillnaden räknas inte i dagar. Antingen är numrets år eller tidsangivelsen \
         fel.",
        citat(&b.rubrik)
    );
    let rader = vec![
        rad(
            format!("beslut[{nr}].ar"),
            "Numrets år",
            &ar.to_string(),
            &b.plats,
        ),
        rad(sokvag, "Sagt år", &sagt.to_string(), plats),
    ];
    let fynd = Fynd::utan_tal(Allvar::Varning, plats, Enhet::Datum);
    Fynd {
        angivet: Some(FyndVarde::Ar(sagt)),
        beraknat: Some(FyndVarde::Ar(ar)),
        ..fynd
    }
    .sager(text, "Slå upp protokollet och rätta året.")
    .pa(rader)
}

/// One row's months after the day the figures were shown, that are printed as 0.
struct Nollor<'a> {
    volym: &'a Volym,
    rad: &'a str,
    manader: Vec<(usize, Manad)>,
    sokvag: String,
}

/// `framtida-manad-noll`: a month that has not come is not zero. One finding for each day.
pub(super) fn framtida(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut per_dag: std::collections::BTreeMap<Date, Vec<Nollor<'_>>> = Default::default();
    for (nr, v) in k.u.volymer.iter().enumerate() {
        let Some(per) = v.per.or(k.u.dokument.datum) else {
            continue;
        };
        for (radnr, r) in v.rader.iter().enumerate() {
            let manader: Vec<_> = r
                .varden
                .iter()
                .enumerate()
                .filter(|(_, antal)| **antal == Some(Antal(0)))
                .filter_map(|(i, _)| Some((i, v.fran.efter(i)?)))
                .filter(|(_, m)| m.forsta_dag().is_some_and(|dag| dag > per))
                .collect();
            if !manader.is_empty() {
                let sokvag = format!("volymer[{nr}].rader[{radnr}]");
                per_dag.entry(per).or_default().push(Nollor {
                    volym: v,
                    rad: &r.etikett,
                    manader,
                    sokvag,
                });
            }
        }
    }
    let ut = per_dag
        .iter()
        .map(|(per, nollor)| framtida_en(*per, nollor));
    k.signera("framtida-manad-noll", ut)
}

fn framtida_en(per: Date, nollor: &[Nollor<'_>]) -> Fynd {
    let mut manader: Vec<Manad> = nollor
        .iter()
        .flat_map(|n| n.manader.iter().map(|(_, m)| *m))
        .collect();
    manader.sort_unstable();
    manader.dedup();
    let aren: Vec<Ar> = manader.iter().map(|m| Ar(m.ar)).collect();
    let manader: Vec<String> = manader
        .iter()
        .map(|m| format!("{} {}", m.namn(), m.ar))
        .collect();
    let rubriker = platser(nollor.iter().map(|n| n.volym.titel.as_str()));
    let text = format!(
        "Siffrorna är från den {}, men {} står som 0 i {rubriker} ({}). En månad som inte \
         varit är okänd, inte noll, så inget beräknat tal finns.",
        sagt(per),
        lista(&manader),
        match nollor.len() {
            1 => "en rad".to_owned(),
            n => format!("{n} rader"),
        }
    );
    let rader = nollor
        .iter()
        .flat_map(|n| {
            n.manader.iter().map(|(i, m)| {
                let etikett = format!("{}, {} {}", n.rad, m.namn(), m.ar);
                rad(
                    format!("{}.varden[{i}]", n.sokvag),
                    &etikett,
                    "0",
                    &n.volym.plats,
                )
            })
        })
        .collect();
    let matt = nollor
        .first()
        .map_or(Matt::Antal, |n| volymens(n.volym.slag));
    let plats = platser(nollor.iter().map(|n| n.volym.plats.as_str()));
    let fynd = Fynd::utan_tal(Allvar::Varning, &plats, enhet(matt));
    Fynd {
        angivet: Some(FyndVarde::Tal(0)),
        ..fynd
    }
    .sager(text, "Lämna månader som inte varit tomma.")
    .pa(rader)
    .for_ar(aren)
}

/// `protokoll-tider`: the deadlines of minutes in kommunallagen (2017:725).
pub(super) fn protokoll(k: &Kontext<'_>) -> Vec<Fynd> {
    let alla = k.u.protokoll.iter().enumerate();
    let ut = alla.flat_map(|(nr, p)| protokoll_en(nr, p));
    k.signera("protokoll-tider", ut)
}

/// A deadline: what was done, when, and the last or first permitted day with its source.
struct Frist {
    vad: &'static str,
    falt: &'static str,
    gjort: Date,
    tidigast: Date,
    senast: Option<Date>,
    regel: &'static str,
}

fn frister(p: &Protokoll) -> Vec<Frist> {
    let plus = |dag: Date, dagar: i64| dag.checked_add(jiff::Span::new().days(dagar)).ok();
    let mut ut = Vec::new();
    if let Some(gjort) = p.justerat {
        ut.push(Frist {
            vad: "Justeringen",
            falt: "justerat",
            gjort,
            tidigast: p.sammantrade,
            senast: plus(p.sammantrade, 14),
            // 5 kap. 69 § and 6 kap. 35 § kommunallagen.
            regel: "Ett protokoll ska justeras inom 14 dagar från sammanträdet",
        });
    }
    if let Some(gjort) = p.anslag_upp {
        let (fran, dagar) = p.justerat.map_or((p.sammantrade, 16), |dag| (dag, 2));
        ut.push(Frist {
            vad: "Anslaget",
            falt: "anslag_upp",
            gjort,
            tidigast: fran,
            senast: plus(fran, dagar),
            // 8 kap. 12 § kommunallagen.
            regel: "Justeringen ska anslås senast andra dagen efter den, alltså senast 16 dagar \
                    efter sammanträdet",
        });
    }
    if let (Some(upp), Some(gjort)) = (p.anslag_upp, p.anslag_ned)
        && let Some(tidigast) = plus(upp, 21)
    {
        ut.push(Frist {
            vad: "Nedtagningen",
            falt: "anslag_ned",
            gjort,
            tidigast,
            senast: None,
            // 13 kap. 5 § kommunallagen: three weeks to appeal, counted from the posting.
            regel: "Anslaget ska sitta uppe i minst tre veckor, så länge beslutet kan överklagas",
        });
    }
    ut
}

fn protokoll_en(nr: usize, p: &Protokoll) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for f in frister(p) {
        let grans = if f.gjort < f.tidigast {
            f.tidigast
        } else if let Some(senast) = f.senast.filter(|senast| f.gjort > *senast) {
            senast
        } else {
            continue;
        };
        let ord = if f.gjort < grans {
            "tidigast"
        } else {
            "senast"
        };
        let text = format!(
            "{} för {} är daterad {}, men skulle ske {ord} {}. {}.",
            f.vad,
            citat(&p.rubrik),
            sagt(f.gjort),
            sagt(grans),
            f.regel
        );
        let sokvag = format!("protokoll[{nr}].{}", f.falt);
        ut.push(
            datumfynd(&p.plats, f.gjort, Some(grans))
                .sager(text, "Kontrollera datumen i anslagsbeviset.")
                .pa(vec![rad(sokvag, f.vad, &f.gjort.to_string(), &p.plats)]),
        );
    }
    ut
}

/// `paragrafer-i-foljd`: the stated range of paragraphs against how many there are.
pub(super) fn paragrafer(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, p) in k.u.protokoll.iter().enumerate() {
        let (Some(forsta), Some(sista), Some(finns)) =
            (p.paragraf_forsta, p.paragraf_sista, p.paragrafer)
        else {
            continue;
        };
        let angivet = sista.0 - forsta.0 + 1;
        if angivet == finns.0 {
            continue;
        }
        let text = format!(
            "Protokollet för {} anger paragraferna {}–{}, alltså {angivet} stycken, men {} finns.",
            citat(&p.rubrik),
            forsta.0,
            sista.0,
            finns.0
        );
        let antal = |n: i64| Storhet::exakt(Matt::Antal, i128::from(n) * 1000);
        let rader = vec![rad(
            format!("protokoll[{nr}]"),
            "Paragrafer",
            &finns.0.to_string(),
            &p.plats,
        )];
        ut.push(
            Fynd::tal(Allvar::Varning, &p.plats, antal(angivet), antal(finns.0))
                .sager(text, "Kontrollera att ingen paragraf saknas.")
                .pa(rader),
        );
    }
    k.signera("paragrafer-i-foljd", ut)
}
