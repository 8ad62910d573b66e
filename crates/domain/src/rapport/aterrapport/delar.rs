//! The parts of the report around the insatser.

use super::insats::ankare;
use super::{Aterrapport, Belopp, Siffra, absolut};
use crate::rapport::diagram::{MAX_STAPLAR, Stapel, Staplar};
use crate::rapport::modell::{
    Besked, Beskedsslag, Block, Faktarad, Faktaruta, Figur, Kolumn, Rad, Radslag, Rubrik, Tabell,
    Text,
};
use crate::rapport::rakning::Led;
use crate::tid::i_ord;
use crate::varde::Varde;

pub(super) fn rubrik(niva: u8, text: &str, ankare: &str) -> Block {
    Block::Rubrik(Rubrik {
        niva,
        text: text.to_owned(),
        ankare: ankare.to_owned(),
    })
}

pub(super) fn stycke(text: &str) -> Block {
    Block::Stycke {
        text: vec![Text::ren(text)],
    }
}

/// What stands where nobody has written: never left out, and no figure that is missing.
const OSKRIVET: &str = "Ingen text är skriven.";

/// What stands where the one who gets the report has asked and nobody has answered.
pub(in crate::rapport) fn saknas() -> Block {
    Block::Besked(Besked {
        slag: Beskedsslag::Varning,
        text: vec![Text::ren("Saknas. Ingen har skrivit det här än.")],
    })
}

/// Free text as it was laid out. What nobody has written is said to be so.
pub(in crate::rapport) fn fritext(text: &[String]) -> Vec<Block> {
    let skrivet = upplagt(text);
    if skrivet.is_empty() {
        return vec![stycke(OSKRIVET)];
    }
    skrivet
}

/// Free text as it was laid out: every line for itself, and lines that begin with a dash as
/// the points of one list.
pub(in crate::rapport) fn upplagt(text: &[String]) -> Vec<Block> {
    let mut ut = Vec::new();
    let rader = text.iter().flat_map(|t| t.lines()).map(str::trim);
    for rad in rader.filter(|rad| !rad.is_empty()) {
        let Some(punkt) = punkt(rad) else {
            ut.push(stycke(rad));
            continue;
        };
        let punkt = vec![Text::ren(punkt)];
        match ut.last_mut() {
            Some(Block::Lista { punkter, .. }) => punkter.push(punkt),
            _ => ut.push(Block::Lista {
                numrerad: false,
                punkter: vec![punkt],
            }),
        }
    }
    ut
}

/// What stands after the dash (or star, or dot) that a line begins with; `None` without one.
fn punkt(rad: &str) -> Option<&str> {
    let rest = rad.strip_prefix(['-', '–', '—', '•', '·', '*'])?;
    let punkt = rest.trim_start();
    (punkt.len() < rest.len() && !punkt.is_empty()).then_some(punkt)
}

/// What the report is, in facts and in one sentence.
pub(super) fn inledning(rapport: &Aterrapport) -> Vec<Block> {
    let rad = |namn: &str, varde: Vec<Text>| Faktarad {
        namn: namn.to_owned(),
        varde,
    };
    let mut rader = vec![
        rad(
            "Bidrag",
            vec![Text::ren(format!("{}, {}", rapport.bidrag, rapport.ar))],
        ),
        rad("Finansiär", vec![Text::ren(rapport.finansiar.clone())]),
        rad("Redovisas av", vec![Text::ren(rapport.huvudman.clone())]),
    ];
    if let Some(nummer) = &rapport.diarienummer {
        rader.push(rad("Diarienummer", vec![Text::ren(nummer.clone())]));
    }
    for (namn, varde) in &rapport.villkor {
        rader.push(rad(namn, vec![Text::ren(varde.clone())]));
    }
    if let Some(beslut) = &rapport.beslut {
        let text = match &beslut.url {
            Some(url) => Text::lank(beslut.text.clone(), absolut(&rapport.adress, url)),
            None => Text::ren(beslut.text.clone()),
        };
        rader.push(rad("Beslut om redovisningen", vec![text]));
    }
    rader.push(rad(
        "Uppgifter till och med",
        vec![Text::ren(i_ord(rapport.per_dag))],
    ));
    let mut block = Vec::new();
    block.extend(ingress(rapport));
    block.push(Block::Faktaruta(Faktaruta {
        rubrik: "Om rapporten".to_owned(),
        rader,
    }));
    block.push(Block::Innehall {
        rubrik: "Innehåll".to_owned(),
    });
    block
}

/// The answer first: drawn, used, to be repaid. Only when all three are known.
fn ingress(rapport: &Aterrapport) -> Option<Block> {
    let tal = |siffra: &Siffra| {
        siffra
            .varde
            .kant()
            .map(|_| siffra.med_enhet(&rapport.adress))
    };
    let (rekvirerat, anvant) = (tal(&rapport.rekvirerat)?, tal(&rapport.anvant)?);
    let ater = tal(&rapport.att_aterbetala)?;
    let mut text = vec![Text::ren(format!("{} rekvirerade ", rapport.huvudman))];
    text.extend(rekvirerat);
    text.push(Text::ren(" och använde "));
    text.extend(anvant);
    if rapport.att_aterbetala.varde.kant()? <= 0 {
        text.push(Text::ren(". Inget ska betalas tillbaka."));
    } else {
        text.push(Text::ren(". "));
        text.extend(ater);
        text.push(Text::ren(" ska betalas tillbaka."));
    }
    Some(Block::Stycke { text })
}

/// The money: from the grant, to the boards, to the insatser.
pub(super) fn ekonomi(rapport: &Aterrapport) -> Vec<Block> {
    let mut block = vec![
        rubrik(1, "Ekonomi i sammandrag", "ekonomi"),
        rubrik(2, "Från rekvirerat till använt", "rekvirerat"),
        Block::Tabell(rekvirerat(rapport)),
    ];
    if !rapport.namnder.is_empty() {
        block.push(rubrik(2, "Fördelning mellan nämnder", "namnder"));
        block.push(Block::Tabell(namnder(rapport)));
    }
    block.push(rubrik(2, "Alla insatser", "alla-insatser"));
    if rapport.insatser.is_empty() {
        block.push(stycke("Det finns inga insatser registrerade för bidraget."));
    } else {
        block.push(Block::Figur(figur(rapport)));
    }
    block
}

fn rekvirerat(rapport: &Aterrapport) -> Tabell {
    let rad = |slag: Radslag, namn: &str, siffra: &Siffra| Rad {
        slag,
        rubrik: vec![Text::ren(namn)],
        celler: vec![vec![siffra.text(&rapport.adress)]],
        led: led(namn),
    };
    Tabell {
        rubrik: "Rekvirerat, använt och att betala tillbaka, kronor.".to_owned(),
        kolumner: vec![Kolumn::ord("Post"), Kolumn::tal("Belopp")],
        rader: [
            (Radslag::Vanlig, "Rekvirerat", Some(&rapport.rekvirerat)),
            (
                Radslag::Vanlig,
                "+ Överfört från tidigare år",
                rapport.overfort_in.as_ref(),
            ),
            (Radslag::Vanlig, "\u{2212} Använt", Some(&rapport.anvant)),
            (
                Radslag::Vanlig,
                "\u{2212} Överfört till senare år",
                rapport.overfort_ut.as_ref(),
            ),
            (
                Radslag::Summa,
                "= Att betala tillbaka",
                Some(&rapport.att_aterbetala),
            ),
        ]
        .into_iter()
        .filter_map(|(slag, namn, siffra)| siffra.map(|s| rad(slag, namn, s)))
        .collect(),
        not: noggrannhet(
            &[&rapport.rekvirerat],
            &[&rapport.anvant, &rapport.att_aterbetala],
        ),
    }
}

fn namnder(rapport: &Aterrapport) -> Tabell {
    let mut rader: Vec<Rad> = rapport
        .namnder
        .iter()
        .map(|n| {
            rad(
                Radslag::Vanlig,
                Text::ren(n.namn.clone()),
                None,
                &n.belopp,
                &rapport.adress,
            )
        })
        .collect();
    let summa = &rapport.summa_namnder;
    rader.push(rad(
        Radslag::Summa,
        Text::ren("Summa"),
        None,
        summa,
        &rapport.adress,
    ));
    Tabell {
        rubrik: "Budget och använda pengar per nämnd, kronor. Avvikelse är budget minus använt."
            .to_owned(),
        kolumner: vec![
            Kolumn::ord("Nämnd"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::skillnad("Avvikelse", 1, 2),
        ],
        rader,
        not: noggrannhet_i_tabell(rapport.namnder.iter().map(|n| &n.belopp), summa),
    }
}

/// The summary of all insatser: the table that such reports use to lack.
fn insatser(rapport: &Aterrapport) -> Tabell {
    let mut rader: Vec<Rad> = (1..)
        .zip(&rapport.insatser)
        .map(|(nr, insats)| {
            let namn = Text::lank(insats.namn.clone(), format!("#{}", ankare(nr)));
            let ansvar = if insats.namnder.is_empty() {
                Text::antal(Varde::EjInrapporterat, None)
            } else {
                Text::ren(insats.namnder.join(", "))
            };
            rad(
                Radslag::Vanlig,
                namn,
                Some(ansvar),
                &insats.belopp,
                &rapport.adress,
            )
        })
        .collect();
    let summa = &rapport.summa_insatser;
    let tom = Some(Text::ren("Alla nämnder"));
    rader.push(rad(
        Radslag::Summa,
        Text::ren("Summa"),
        tom,
        summa,
        &rapport.adress,
    ));
    Tabell {
        rubrik: "Budget och använda pengar per insats, kronor. Avvikelse är budget minus använt; \
                 minus betyder att mer användes än planerat."
            .to_owned(),
        kolumner: vec![
            Kolumn::ord("Insats"),
            Kolumn::ord("Ansvarig nämnd"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::skillnad("Avvikelse", 2, 3),
        ],
        rader,
        not: noggrannhet_i_tabell(rapport.insatser.iter().map(|i| &i.belopp), summa),
    }
}

fn rad(slag: Radslag, namn: Text, ansvar: Option<Text>, belopp: &Belopp, adress: &str) -> Rad {
    let tal = [&belopp.budget, &belopp.utfall, &belopp.avvikelse];
    let tal = tal.into_iter().map(|siffra| vec![siffra.text(adress)]);
    Rad {
        slag,
        rubrik: vec![namn],
        celler: ansvar
            .map(|text| vec![text])
            .into_iter()
            .chain(tal)
            .collect(),
        led: Led::Plus,
    }
}

/// How a row of an account on paper counts: its name begins with the sign.
pub(super) fn led(namn: &str) -> Led {
    if namn.starts_with('\u{2212}') {
        Led::Minus
    } else {
        Led::Plus
    }
}

/// As [`noggrannhet`], for rows of budget, use and deviation with their sums.
fn noggrannhet_i_tabell<'a>(rader: impl Iterator<Item = &'a Belopp>, summa: &Belopp) -> Vec<Text> {
    let rader: Vec<&Belopp> = rader.collect();
    let angivna: Vec<&Siffra> = rader.iter().flat_map(|b| [&b.budget, &b.utfall]).collect();
    let raknade: Vec<&Siffra> = rader
        .iter()
        .map(|b| &b.avvikelse)
        .chain([&summa.budget, &summa.utfall, &summa.avvikelse])
        .collect();
    noggrannhet(&angivna, &raknade)
}

/// How exactly the amounts of a table are known, when some are rounded where they come from.
///
/// An amount that is registered can differ by half its unit; one that is counted
/// from several (`raknade`) by the halves of all of them together. Said as one, the least
/// exact sum would speak for every amount.
pub(super) fn noggrannhet(angivna: &[&Siffra], raknade: &[&Siffra]) -> Vec<Text> {
    let halva = |s: &&Siffra| s.varde.kant().map(|_| s.precision.halv());
    let kanda: Vec<i64> = angivna.iter().filter_map(halva).collect();
    let grova = kanda.iter().filter(|h| **h > 0).count();
    let kronor = |ore: i64| Text::ore(Varde::Kant(ore), None).visas();
    let summor = raknade.iter().filter_map(halva).max().unwrap_or(0);
    let mening = match (kanda.iter().max().copied().unwrap_or(0), summor) {
        (0, 0) => return Vec::new(),
        (0, summor) => format!(
            "Det som räknas fram kan skilja upp till {}\u{a0}kronor, därför att belopp bakom \
             är avrundade.",
            kronor(summor)
        ),
        (vart, summor) => {
            let vilka = if grova == kanda.len() {
                "Beloppen är avrundade".to_owned()
            } else {
                format!("{grova} av {} belopp är avrundade", kanda.len())
            };
            let resten = if summor > vart {
                format!(
                    " Summor och skillnader av dem kan skilja upp till {}\u{a0}kronor.",
                    kronor(summor)
                )
            } else {
                String::new()
            };
            format!(
                "{vilka}; vart och ett kan skilja upp till {}\u{a0}kronor.{resten}",
                kronor(vart)
            )
        }
    };
    vec![Text::ren(mening)]
}

fn figur(rapport: &Aterrapport) -> Figur {
    let rader = rapport.insatser.iter().map(|insats| Stapel {
        namn: insats.namn.clone(),
        budget: insats.belopp.budget.varde,
        utfall: insats.belopp.utfall.varde,
    });
    let bild = Staplar::storsta(rader.collect());
    let lashjalp = if rapport.insatser.len() > MAX_STAPLAR {
        format!("De {MAX_STAPLAR} insatserna med störst budget. Använt av budget, kronor.")
    } else {
        "Använt av budget, kronor.".to_owned()
    };
    let visade = bild.rader.len();
    Figur {
        bild,
        alt: format!(
            "Liggande stapeldiagram över använda pengar mot budget för {visade} insatser. \
             Alla tal står i tabellen efter figuren."
        ),
        rubrik: slutsats(rapport),
        lashjalp,
        tabell: Some(insatser(rapport)),
    }
}

/// What the chart shows, as a sentence.
fn slutsats(rapport: &Aterrapport) -> String {
    let kanda: Vec<(&str, i64, i64)> = rapport
        .insatser
        .iter()
        .filter_map(|i| {
            let (budget, utfall) = (i.belopp.budget.varde.kant()?, i.belopp.utfall.varde.kant()?);
            let kvar = budget.saturating_sub(utfall);
            // Within what the amounts may be off, nobody knows that it was more.
            let ryms = kvar.saturating_neg() <= i.belopp.avvikelse.precision.halv();
            Some((
                i.namn.as_str(),
                budget,
                if ryms { kvar.max(0) } else { kvar },
            ))
        })
        .collect();
    if kanda.len() < rapport.insatser.len() || kanda.is_empty() {
        return format!(
            "Budget och använda pengar är kända för {} av {} insatser",
            kanda.len(),
            rapport.insatser.len()
        );
    }
    let tal = |ore: i64| Text::ore(Varde::Kant(ore), None).visas();
    let mest = kanda
        .iter()
        .filter(|(_, _, kvar)| *kvar > 0)
        .min_by_key(|(_, _, kvar)| std::cmp::Reverse(*kvar));
    let borjan = anvandningen(&kanda);
    match mest {
        Some((namn, budget, kvar)) => format!(
            "{borjan}; mest kvar har {namn}: {} av {}\u{a0}kronor",
            tal(*kvar),
            tal(*budget)
        ),
        None => borjan,
    }
}

/// How many insatser used their budgets, or more: of each its name, budget and what is left.
fn anvandningen(kanda: &[(&str, i64, i64)]) -> String {
    let alla = kanda.len();
    let tal = |ore: i64| Text::ore(Varde::Kant(ore), None).visas();
    let over: Vec<_> = kanda.iter().filter(|(_, _, kvar)| *kvar < 0).collect();
    let hela = kanda.iter().filter(|(_, _, kvar)| *kvar == 0).count();
    match (over.iter().min_by_key(|(_, _, kvar)| *kvar), hela) {
        (Some((_, budget, kvar)), _) if alla == 1 => format!(
            "Insatsen använde {}\u{a0}kronor mer än sin budget på {}\u{a0}kronor",
            tal(kvar.saturating_neg()),
            tal(*budget)
        ),
        (Some((namn, budget, kvar)), hela) => {
            let ocksa = match hela {
                0 => String::new(),
                hela => format!("; {hela} använde hela sin"),
            };
            format!(
                "{} av {alla} insatser använde mer än sin budget, mest {namn}: {}\u{a0}kronor \
                 mer än {}{ocksa}",
                over.len(),
                tal(kvar.saturating_neg()),
                tal(*budget)
            )
        }
        (None, 1) if alla == 1 => "Insatsen använde hela sin budget".to_owned(),
        (None, 0) if alla == 1 => "Insatsen använde inte hela sin budget".to_owned(),
        (None, 0) => "Ingen insats använde hela sin budget".to_owned(),
        (None, hela) if hela == alla => format!("Alla {alla} insatser använde hela sin budget"),
        (None, hela) => format!("{hela} av {alla} insatser använde hela sin budget"),
    }
}

/// Background, conclusions and the trouble with yearly money.
pub(super) fn overgripande(rapport: &Aterrapport) -> Vec<Block> {
    let mut block = vec![rubrik(1, "Bakgrund", "bakgrund")];
    block.extend(fritext(&rapport.bakgrund));
    for svar in &rapport.svar {
        block.push(rubrik(1, &svar.rubrik, &format!("svar-{}", svar.namn)));
        match upplagt(&svar.text) {
            tomt if tomt.is_empty() && svar.kravs => block.push(saknas()),
            _ => block.extend(fritext(&svar.text)),
        }
    }
    block.push(rubrik(1, "Slutsatser som helhet", "slutsatser"));
    block.extend(fritext(&rapport.slutsatser));
    block.push(rubrik(
        1,
        "Svårigheten att planera långsiktigt",
        "langsiktighet",
    ));
    block.extend(fritext(&rapport.langsiktighet));
    block
}

/// Repayment, remaining findings, messages, how the report was made, signatures.
pub(super) fn avslutning(rapport: &Aterrapport) -> Vec<Block> {
    let mut block = vec![rubrik(1, "Pengar att betala tillbaka", "aterbetalning")];
    let mut belopp = vec![Text::stark("Att betala tillbaka: ")];
    belopp.extend(rapport.att_aterbetala.med_enhet(&rapport.adress));
    block.push(Block::Stycke { text: belopp });
    if rapport.att_aterbetala.varde != Varde::Kant(0) || !rapport.aterbetalning.is_empty() {
        block.extend(fritext(&rapport.aterbetalning));
    }
    if !rapport.fynd.is_empty() {
        block.push(rubrik(1, "Uppgifter som inte går ihop", "fynd"));
        block.push(stycke(
            "Granskningen har funnit detta i underlaget. Det är inte rättat när rapporten lämnas.",
        ));
        block.extend(rapport.fynd.iter().map(|fynd| {
            let mut text = vec![Text::ren(fynd.text.clone())];
            if let Some(url) = &fynd.url {
                text.push(Text::ren(" "));
                text.push(Text::lank(
                    "Visa raderna bakom",
                    absolut(&rapport.adress, url),
                ));
            }
            Block::Besked(Besked {
                slag: fynd.allvar,
                text,
            })
        }));
    }
    if !rapport.meddelanden.is_empty() {
        let text = format!("Meddelanden till {}", rapport.finansiar);
        block.push(rubrik(1, &text, "meddelanden"));
        let punkter = rapport
            .meddelanden
            .iter()
            .map(|m| vec![Text::ren(punkt(m).unwrap_or(m))]);
        block.push(Block::Lista {
            numrerad: false,
            punkter: punkter.collect(),
        });
    }
    block.extend(tillkomst(rapport));
    block
}

fn tillkomst(rapport: &Aterrapport) -> Vec<Block> {
    // A draft's figures lead behind sign-in, where it is told who registered what.
    let harledning = match rapport.bakom {
        Some(_) => {
            "formeln och raderna bakom, som de var när rapporten utfärdades. Alla kan följa \
             länkarna när rapporten är publicerad, annars den som loggar in"
        }
        None => "formeln, raderna bakom och vem som registrerade dem",
    };
    let mut block = vec![
        rubrik(1, "Så är rapporten gjord", "tillkomst"),
        stycke(&format!(
            "Talen är de som var registrerade till och med {}. Varje tal är en länk till sin \
             härledning: {harledning}. Okänt, ej beslutat, ej inrapporterat och sekretess är inte \
             noll och skrivs därför ut med egna tecken.",
            i_ord(rapport.per_dag)
        )),
    ];
    if !rapport.underskrifter.is_empty() {
        block.push(rubrik(1, "Underskrift", "underskrift"));
        block.push(Block::Underskrifter {
            namn: rapport.underskrifter.clone(),
        });
    }
    block
}
