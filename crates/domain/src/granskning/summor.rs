//! `rader-mot-summa`: rows against the total that the paper prints for them.

use super::fynd::{Allvar, Fynd, Rad};
use super::kontext::{Kontext, citat, om_ar, rad};
use super::storhet::{Storhet, Utslag};
use crate::underlag::{
    AntalUppgift, Ar, Fordelning, FordelningSumma, Matt, RadBelopp, RadSlag, Tabell, TabellRad,
    TabellSumma, Tal, Volym, VolymRad, VolymSlag,
};

/// One term of a sum, with the row it comes from.
pub(super) struct Post {
    pub etikett: String,
    pub varde: Storhet,
    pub rad: Rad,
}

/// A stated total and what it should be the sum of.
struct Summering {
    /// What is added up, as the subject of a sentence.
    vad: String,
    plats: String,
    angivet: Storhet,
    summarad: Rad,
    poster: Vec<Post>,
    /// The years it is of.
    ar: Vec<Ar>,
    /// What else can be said about the difference.
    tillagg: String,
}

/// The rule.
pub(super) fn rader_mot_summa(k: &Kontext<'_>) -> Vec<Fynd> {
    let fordelningar =
        k.u.fordelningar.iter().enumerate().flat_map(|(nr, f)| {
            (0..f.summor.len()).filter_map(move |snr| fordelning(k, nr, f, snr))
        });
    let tabeller =
        k.u.tabeller
            .iter()
            .enumerate()
            .flat_map(|(nr, t)| tabell(nr, t));
    let volymer = k.u.volymer.iter().enumerate().flat_map(|(nr, v)| {
        v.rader
            .iter()
            .enumerate()
            .filter_map(move |(r, rad)| volym(nr, v, r, rad))
    });
    // Lazy all the way, so that what a hostile file could produce is never held at once.
    let ut = fordelningar
        .chain(tabeller)
        .chain(volymer)
        .filter_map(|s| bedom(&s));
    k.signera("rader-mot-summa", ut)
}

fn bedom(s: &Summering) -> Option<Fynd> {
    let summa = Storhet::summa(s.poster.iter().map(|p| p.varde))?;
    let utslag = if s.angivet.matt == summa.matt {
        s.angivet.mot(summa)
    } else {
        Utslag::Lika
    };
    let delar: Vec<Storhet> = s.poster.iter().map(|p| p.varde).collect();
    let till_kronor = utslag == Utslag::Skiljer && s.angivet.avrundad_summa(summa, &delar);
    let skillnad = s.angivet.minus(summa);
    let bas = format!(
        "{} ger tillsammans {summa}, men summan anges till {}. Skillnaden är {}.",
        s.vad,
        s.angivet,
        skillnad.som_skillnad()
    );
    let (allvar, text, atgard) = match utslag {
        Utslag::Lika => return None,
        Utslag::Avrundning => (
            Allvar::Upplysning,
            format!("{bas} Avrundningen av raderna förklarar den."),
            "Inget behöver göras.",
        ),
        Utslag::Skiljer if till_kronor => (
            Allvar::Upplysning,
            format!("{bas} Avrundning till hela kronor eller ören kan förklara den."),
            "Inget behöver göras.",
        ),
        Utslag::Skiljer => (
            Allvar::Fel,
            format!("{bas}{}{}", mojliga(s, skillnad), s.tillagg),
            "Kontrollera raderna mot beslutet eller bokföringen och rätta raden eller summan.",
        ),
    };
    let mut rader = vec![s.summarad.clone()];
    rader.extend(s.poster.iter().map(|p| p.rad.clone()));
    Some(
        Fynd::tal(allvar, &s.plats, s.angivet, summa)
            .sager(text, atgard)
            .pa(rader)
            .for_ar(s.ar.iter().copied()),
    )
}

/// What arithmetic can say about why rows and total differ.
fn mojliga(s: &Summering, skillnad: Storhet) -> String {
    let absolut = skillnad.absolut();
    let av_storleken = s
        .poster
        .iter()
        .find(|p| p.varde.varde != 0 && p.varde.mot(absolut) == Utslag::Lika);
    if let Some(p) = av_storleken {
        let vad = if skillnad.varde > 0 {
            "räknad två gånger i summan"
        } else {
            "glömd i summan"
        };
        return format!(
            " Det är lika mycket som raden {}: den kan vara {vad}.",
            citat(&p.etikett)
        );
    }
    let ratt = |p: &Post| Storhet {
        varde: p.varde.varde + skillnad.varde,
        ..p.varde
    };
    if let Some(p) = s.poster.iter().find(|p| p.varde.omkastad(ratt(p))) {
        let ratt = ratt(p);
        return format!(
            " Står det {ratt} i stället på raden {} går det ihop.",
            citat(&p.etikett)
        );
    }
    let summa = Storhet {
        varde: s.angivet.varde - skillnad.varde,
        ..s.angivet
    };
    if s.angivet.omkastad(summa) {
        return " Två siffror i summan kan ha bytt plats.".to_owned();
    }
    if skillnad.varde > 0 {
        format!(" En rad på {absolut} kan saknas.")
    } else {
        format!(" {absolut} kan vara med två gånger, eller summan för låg.")
    }
}

/// What a distribution's row gives in all: its stated total, or new and carried over.
pub(super) fn radens(b: &RadBelopp) -> Option<Storhet> {
    if let Some(totalt) = b.totalt {
        return Some(totalt.into());
    }
    Storhet::summa(
        [b.nytt, b.overfort]
            .into_iter()
            .flatten()
            .map(Storhet::from),
    )
}

/// What a distribution's row gives by its parts, also where it states another total.
pub(super) fn radens_delar(b: &RadBelopp) -> Option<Storhet> {
    let delar = [b.nytt, b.overfort].into_iter().flatten();
    Storhet::summa(delar.map(Storhet::from)).or_else(|| b.totalt.map(Storhet::from))
}

/// Every amount of a distribution's rows: its path, the row's name, the amount and its place.
pub(super) fn alla_rader(
    nr: usize,
    f: &Fordelning,
) -> impl Iterator<Item = (String, &str, &RadBelopp, &str)> {
    f.rader.iter().enumerate().flat_map(move |(radnr, r)| {
        let plats = r.plats.as_deref().unwrap_or(&f.plats);
        r.belopp.iter().enumerate().map(move |(bnr, b)| {
            let sokvag = format!("fordelningar[{nr}].rader[{radnr}].belopp[{bnr}]");
            (sokvag, r.etikett.as_str(), b, plats)
        })
    })
}

/// Those of a year; of no year when the table has none.
pub(super) fn arets_rader(
    nr: usize,
    f: &Fordelning,
    ar: Option<Ar>,
) -> impl Iterator<Item = (String, &str, &RadBelopp, &str)> {
    alla_rader(nr, f).filter(move |(_, _, b, _)| b.ar == ar)
}

fn fordelning(k: &Kontext<'_>, nr: usize, f: &Fordelning, snr: usize) -> Option<Summering> {
    let s = f.summor.get(snr)?;
    let summa = s.summa?;
    // A row whose parts and total disagree is told by the rule about that, and only there.
    let delar = Storhet::summa(arets_rader(nr, f, s.ar).filter_map(|(.., b, _)| radens_delar(b)));
    if delar.is_some_and(|delar| delar.mot(summa.into()) == Utslag::Lika) {
        return None;
    }
    let poster = arets_rader(nr, f, s.ar)
        .filter_map(|(sokvag, etikett, b, plats)| {
            let varde = radens(b)?;
            let rad = rad(sokvag, etikett, &varde.to_string(), plats);
            Some(Post {
                etikett: etikett.to_owned(),
                varde,
                rad,
            })
        })
        .collect();
    let vad = format!("Raderna i {}{}", citat(&f.titel), om_ar(s.ar));
    let sokvag = format!("fordelningar[{nr}].summor[{snr}].summa");
    Some(Summering {
        summarad: rad(sokvag, "Summa", &summa.som_skrivet(), &s.plats),
        vad,
        plats: s.plats.clone(),
        angivet: summa.into(),
        poster,
        ar: s.ar.into_iter().collect(),
        tillagg: format!("{}{}", rad_saknas(k, f), overfort(s)),
    })
}

/// When the text counts more rows than there are, the missing row may be the difference.
fn rad_saknas(k: &Kontext<'_>, f: &Fordelning) -> String {
    let finns = i64::try_from(f.rader.len()).unwrap_or(i64::MAX);
    let i_denna = |a: &&AntalUppgift| {
        a.rader_i.as_ref().is_some_and(|t| t.0 == f.id.0) && a.angivet.0 > finns
    };
    k.u.antal
        .iter()
        .find(i_denna)
        .map_or_else(String::new, |a| {
            format!(
                " Texten säger {} {} men tabellen har {finns} rader.",
                a.angivet.0, a.vad
            )
        })
}

/// An allocation beside the total says how much must have been carried over.
fn overfort(s: &FordelningSumma) -> String {
    match (s.summa, s.tilldelat, s.overfort) {
        (Some(summa), Some(tilldelat), None) => {
            let rest = Storhet::from(summa).minus(tilldelat.into());
            format!(
                " Utöver tilldelade {} förutsätter summan {rest} från tidigare år, ett belopp \
                 som papperet inte anger.",
                Storhet::from(tilldelat)
            )
        }
        _ => String::new(),
    }
}

/// Every stated total of a table: its total rows, and its total columns row by row.
fn tabell(nr: usize, t: &Tabell) -> impl Iterator<Item = Summering> {
    let kolumner = 0..t.kolumner.len();
    let rader = t.summor.iter().enumerate().flat_map(move |(snr, s)| {
        kolumner
            .clone()
            .filter_map(move |kol| kolumnsumma(nr, t, snr, s, kol))
    });
    let summakolumner = t.kolumner.iter().enumerate().filter(|(_, k)| k.summa);
    let kolumner = summakolumner.flat_map(move |(kol, _)| {
        let rader = t.rader.iter().map(|r| (&r.etikett, &r.varden)).enumerate();
        let summor = t.summor.iter().map(|s| (&s.etikett, &s.varden)).enumerate();
        let rader = rader.map(move |(r, rad)| ("rader", r, rad));
        let summor = summor.map(move |(r, rad)| ("summor", r, rad));
        rader
            .chain(summor)
            .filter_map(move |(lista, r, (etikett, varden))| {
                let bas = format!("tabeller[{nr}].{lista}[{r}]");
                radsumma_av(t, kol, &bas, etikett, varden)
            })
    });
    rader.chain(kolumner)
}

/// Is there anything to say of the total? Asked before the rows are put into words.
fn skiljer(angivet: Storhet, poster: impl Iterator<Item = Storhet>) -> bool {
    Storhet::summa(poster)
        .is_some_and(|summa| summa.matt == angivet.matt && angivet.mot(summa) != Utslag::Lika)
}

/// Is the row among those of this sign in a sum?
fn med(s: &TabellSumma, rad: &TabellRad) -> i128 {
    let i = |slag: &[RadSlag]| rad.slag.is_some_and(|r| slag.contains(&r));
    if i(&s.minus) {
        -1
    } else if i(&s.plus) || (s.plus.is_empty() && s.minus.is_empty()) {
        1
    } else {
        0
    }
}

fn ruta(varden: &[Option<Tal>], kol: usize) -> Option<Tal> {
    varden.get(kol).copied().flatten()
}

fn kolumnsumma(
    nr: usize,
    t: &Tabell,
    snr: usize,
    s: &TabellSumma,
    kol: usize,
) -> Option<Summering> {
    let angivet = ruta(&s.varden, kol)?;
    let varden = t.rader.iter().filter_map(|tr| {
        let tecken = med(s, tr);
        let tal = ruta(&tr.varden, kol).filter(|_| tecken != 0)?;
        Some(Storhet::from(tal).ganger(tecken))
    });
    if !skiljer(angivet.into(), varden) {
        return None;
    }
    let rubrik = t.kolumner.get(kol).map_or("", |k| k.rubrik.as_str());
    let poster: Vec<Post> = t
        .rader
        .iter()
        .enumerate()
        .filter_map(|(r, tr)| {
            let tecken = med(s, tr);
            let tal = ruta(&tr.varden, kol).filter(|_| tecken != 0)?;
            let varde = Storhet::from(tal).ganger(tecken);
            let sokvag = format!("tabeller[{nr}].rader[{r}].varden[{kol}]");
            let rad = rad(sokvag, &tr.etikett, &tal.to_string(), &t.plats);
            Some(Post {
                etikett: tr.etikett.clone(),
                varde,
                rad,
            })
        })
        .collect();
    let plats = s.plats.as_deref().unwrap_or(&t.plats);
    let sokvag = format!("tabeller[{nr}].summor[{snr}].varden[{kol}]");
    Some(Summering {
        vad: format!(
            "Raderna till {} i {}, {},",
            citat(&s.etikett),
            citat(&t.titel),
            citat(rubrik)
        ),
        plats: plats.to_owned(),
        angivet: angivet.into(),
        summarad: rad(sokvag, &s.etikett, &angivet.to_string(), plats),
        poster,
        ar: t.kolumner.get(kol).and_then(|k| k.ar).into_iter().collect(),
        tillagg: String::new(),
    })
}

fn radsumma_av(
    t: &Tabell,
    kol: usize,
    bas: &str,
    etikett: &str,
    varden: &[Option<Tal>],
) -> Option<Summering> {
    let angivet = ruta(varden, kol)?;
    let delar = t.kolumner.iter().zip(varden).filter(|(k, _)| !k.summa);
    if !skiljer(
        angivet.into(),
        delar.filter_map(|(_, v)| v.map(Storhet::from)),
    ) {
        return None;
    }
    let poster = t
        .kolumner
        .iter()
        .enumerate()
        .filter(|(_, k)| !k.summa)
        .filter_map(|(i, k)| {
            let tal = ruta(varden, i)?;
            let rad = rad(
                format!("{bas}.varden[{i}]"),
                &k.rubrik,
                &tal.to_string(),
                &t.plats,
            );
            Some(Post {
                etikett: k.rubrik.clone(),
                varde: tal.into(),
                rad,
            })
        })
        .collect();
    Some(Summering {
        vad: format!(
            "Kolumnerna på raden {} i {}",
            citat(etikett),
            citat(&t.titel)
        ),
        plats: t.plats.clone(),
        angivet: angivet.into(),
        summarad: rad(
            format!("{bas}.varden[{kol}]"),
            etikett,
            &angivet.to_string(),
            &t.plats,
        ),
        poster,
        ar: t.kolumner.iter().filter_map(|k| k.ar).collect(),
        tillagg: String::new(),
    })
}

/// The measure of a volume.
pub(super) const fn volymens(slag: VolymSlag) -> Matt {
    match slag {
        VolymSlag::Personer => Matt::Personer,
        VolymSlag::Antal => Matt::Antal,
    }
}

fn volym(nr: usize, v: &Volym, radnr: usize, r: &VolymRad) -> Option<Summering> {
    let matt = volymens(v.slag);
    let summa = r.summa?;
    let varden = r.varden.iter().flatten().map(|a| Storhet::antal(matt, *a));
    if !skiljer(Storhet::antal(matt, summa), varden) {
        return None;
    }
    let bas = format!("volymer[{nr}].rader[{radnr}]");
    let poster = r
        .varden
        .iter()
        .enumerate()
        .filter_map(|(i, antal)| {
            let antal = (*antal)?;
            let manad = v.fran.efter(i).map_or("", |m| m.namn());
            let rad = rad(
                format!("{bas}.varden[{i}]"),
                manad,
                &antal.0.to_string(),
                &v.plats,
            );
            Some(Post {
                etikett: manad.to_owned(),
                varde: Storhet::antal(matt, antal),
                rad,
            })
        })
        .collect();
    Some(Summering {
        vad: format!("Månaderna för {} i {}", citat(&r.etikett), citat(&v.titel)),
        plats: v.plats.clone(),
        angivet: Storhet::antal(matt, summa),
        summarad: rad(
            format!("{bas}.summa"),
            "Summa",
            &summa.0.to_string(),
            &v.plats,
        ),
        poster,
        ar: (0..r.varden.len())
            .filter_map(|i| v.fran.efter(i))
            .map(|m| Ar(m.ar))
            .collect(),
        tillagg: String::new(),
    })
}
