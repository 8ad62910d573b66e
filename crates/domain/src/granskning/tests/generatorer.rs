//! For every rule a generator of papers: ten in which it must speak, ten repaired ones in
//! which it and every other rule must be silent. The papers differ in names, number of rows,
//! amounts and units; a fixed generator of numbers makes them the same on every run.

use super::*;
use serde_json::{Value, json};

mod pengar;
mod personer;
mod tabeller;
mod tid;

/// A linear congruential generator: enough variety, no clock.
pub(super) struct Slump(u64);

impl Slump {
    pub(super) fn ny(fro: u64) -> Self {
        Self(fro.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66)
    }

    /// A number from `fran` to `till`, both included.
    pub(super) fn tal(&mut self, fran: i64, till: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bredd = u64::try_from(till - fran + 1).expect("fran <= till");
        fran + i64::try_from((self.0 >> 33) % bredd).expect("litet")
    }

    /// So many numbers.
    pub(super) fn flera(&mut self, antal: i64, fran: i64, till: i64) -> Vec<i64> {
        (0..antal).map(|_| self.tal(fran, till)).collect()
    }

    /// One of them.
    pub(super) fn val<T: Copy>(&mut self, av: &[T]) -> T {
        let hogst = i64::try_from(av.len()).expect("få") - 1;
        av[usize::try_from(self.tal(0, hogst)).expect("inom")]
    }
}

/// A paper and, when it is broken, the difference that the rule must state in thousandths.
pub(super) struct Prov {
    pub underlag: Value,
    pub skillnad: Option<i128>,
}

/// Makes a paper of a rule: whole, or broken so that the rule must speak.
pub(super) type Generator = fn(&mut Slump, bool) -> Prov;

/// Every rule's generators. A rule may have several, one for each place it looks.
const GENERATORER: &[(&str, Generator)] = &[
    ("samma-uppgift", pengar::samma_uppgift),
    ("summa-mot-delar", pengar::summa_mot_namnder),
    ("summa-mot-delar", pengar::summa_mot_insatser),
    ("rekvirerat-anvant-aterbetalt", pengar::aterbetalning),
    ("namnd-mot-insatser", pengar::namnd),
    ("namnd-mot-insatser", pengar::namnd_med_exakt),
    (
        "rekvirerat-anvant-aterbetalt",
        pengar::aterbetalning_av_tilldelat,
    ),
    ("summa-mot-delar", pengar::summa_mot_delade_insatser),
    ("rekvirerat-mot-tilldelat", pengar::rekvirerat),
    ("samma-uppgift", pengar::tilldelat_i_fordelning),
    ("overfort-mellan-ar", pengar::overfort_mellan_ar),
    ("overfort-trots-forbud", pengar::overfort_trots_forbud),
    ("rad-mot-insats", pengar::rad_mot_insats),
    ("forklaring-mot-avvikelse", pengar::forklaring),
    ("overskridande-bakom-avrundning", pengar::overskridande),
    ("pastaende-mot-belopp", pengar::pastaende),
    ("fordelat-mot-tillgangligt", pengar::fordelat),
    ("nytt-och-overfort-mot-totalt", pengar::nytt_och_overfort),
    (
        "nytt-och-overfort-mot-totalt",
        pengar::nytt_och_overfort_utan_summa,
    ),
    ("kallor-mot-budget", pengar::kallor),
    ("rader-mot-summa", tabeller::fordelning),
    ("rader-mot-summa", tabeller::tabell),
    ("rader-mot-summa", tabeller::resultat),
    ("rader-mot-summa", tabeller::summakolumn),
    ("rader-mot-summa", tabeller::volym),
    ("finansiering-mot-kostnad", tabeller::finansiering),
    ("manader-mot-belopp", tabeller::manader),
    ("kalkyl-mot-resultat", tabeller::kalkyl),
    ("andel-mot-antal", tabeller::andel),
    ("avgift-mot-sats", tabeller::avgift),
    ("antal-mot-rader", personer::antal_uppraknat),
    ("antal-mot-rader", personer::antal_i_tabell),
    ("personer-mot-delar", personer::mot_delar),
    ("utfall-mot-personer", personer::utfall),
    ("obligatorisk-uppgift", personer::webbsida),
    ("obligatorisk-uppgift", personer::slutar),
    ("obligatorisk-uppgift", personer::ansokan),
    ("veckodag-mot-datum", tid::veckodag),
    ("datum-mot-omnamnande", tid::omnamnande),
    ("paragraf-mot-ar", tid::paragraf),
    ("framtida-manad-noll", tid::framtida),
    ("protokoll-tider", tid::protokoll),
    ("paragrafer-i-foljd", tid::paragrafer),
    ("period-i-ordning", tid::period),
];

const NAMN: &[&str] = &["Älvsborg", "Norrvik", "Sjöbo", "Åmål", "Lövånger", "Ekeby"];

/// A paper of a kind with these sections, besides three organisations.
pub(super) fn papper(s: &mut Slump, slag: &str, avsnitt: Value) -> Value {
    let namn = s.val(NAMN);
    let mut ut = json!({
        "format": "utfall-underlag/1",
        "dokument": {
            "titel": format!("Papper från {namn}"),
            "slag": slag,
            "huvudman": { "slug": "prov", "namn": namn, "slag": "kommun", "pahittat": true },
            "kalla": "Påhittat"
        },
        "organisationer": [
            { "id": "givaren", "namn": "Bidragsgivaren", "slag": "myndighet" },
            { "id": "namnd-a", "namn": "Nämnd A", "slag": "namnd" },
            { "id": "namnd-b", "namn": "Nämnd B", "slag": "namnd" },
        ],
    });
    let Value::Object(avsnitt) = avsnitt else {
        panic!("avsnitten är ett objekt")
    };
    let rot = ut.as_object_mut().expect("objekt");
    for (namn, innehall) in avsnitt {
        match (rot.get_mut(&namn), innehall) {
            (Some(Value::Object(finns)), Value::Object(mer)) => finns.extend(mer),
            (_, innehall) => {
                rot.insert(namn, innehall);
            }
        }
    }
    ut
}

pub(super) fn kr(kronor: i64) -> String {
    format!("{kronor} kr")
}

pub(super) fn tkr(tusen: i64) -> String {
    format!("{tusen} tkr")
}

/// One statement of an amount.
pub(super) fn uppgift(belopp: impl Into<Value>, plats: &str) -> Value {
    let belopp: Value = belopp.into();
    json!({ "belopp": belopp, "plats": plats })
}

/// A grant with this in its only year.
pub(super) fn bidrag(ar: i64, arets: Value) -> Value {
    let mut arets = arets;
    arets["ar"] = ar.into();
    arets["status"] = "slutlig".into();
    json!([{ "id": "bidraget", "namn": "Bidraget", "finansiar": "givaren", "plats": "s. 1",
             "ar": [arets] }])
}

/// An initiative of a board with these statements of budget and outcome.
pub(super) fn insats(
    nr: usize,
    ansvarig: &str,
    ar: i64,
    budget: impl Into<Value>,
    utfall: impl Into<Value>,
) -> Value {
    let (budget, utfall): (Value, Value) = (budget.into(), utfall.into());
    json!({ "id": format!("insats-{nr}"), "namn": format!("Insats {nr}"), "bidrag": "bidraget",
            "ansvariga": [ansvarig], "plats": "s. 3",
            "ekonomi": [{ "ar": ar, "budget": budget, "utfall": utfall }] })
}

pub(super) fn tusendelar(hela: i64) -> Option<i128> {
    Some(i128::from(hela) * 1000)
}

fn las_prov(prov: &Prov) -> Underlag {
    let text = prov.underlag.to_string();
    las("prov", text.as_bytes()).unwrap_or_else(|p| panic!("{p:#?}\n{text}"))
}

#[test]
fn every_rule_has_a_generator() {
    for r in REGLER {
        let mellan = [super::mellan::KOD, "namnd-mot-bokforing"].contains(&r.kod);
        assert!(
            mellan || GENERATORER.iter().any(|(kod, _)| *kod == r.kod),
            "{} saknar generator",
            r.kod
        );
    }
    for (kod, _) in GENERATORER {
        assert!(Regel::med_kod(kod).is_some(), "{kod} är ingen regel");
    }
}

#[test]
fn every_rule_speaks_of_what_is_broken_and_says_by_how_much() {
    for (nr, (kod, generator)) in GENERATORER.iter().enumerate() {
        for fro in 0..10 {
            let prov = generator(&mut Slump::ny(fro + 100 * nr as u64), true);
            let fynd = granska(&las_prov(&prov));
            let egna: Vec<_> = fynd.iter().filter(|f| f.regel == *kod).collect();
            assert!(
                !egna.is_empty(),
                "{kod} {fro} teg om {}\n{fynd:#?}",
                prov.underlag
            );
            if let Some(vantad) = prov.skillnad {
                let vantad = Some(FyndVarde::Tal(vantad));
                let sagd = egna.iter().any(|f| f.skillnad == vantad);
                assert!(sagd, "{kod} {fro}: {vantad:?}\n{egna:#?}");
            }
        }
    }
}

#[test]
fn no_rule_says_anything_about_what_agrees() {
    for (nr, (kod, generator)) in GENERATORER.iter().enumerate() {
        for fro in 0..10 {
            let prov = generator(&mut Slump::ny(fro + 100 * nr as u64), false);
            let fynd = granska(&las_prov(&prov));
            assert!(fynd.is_empty(), "{kod} {fro}: {}\n{fynd:#?}", prov.underlag);
        }
    }
}

#[test]
fn a_difference_is_what_is_stated_minus_what_is_computed() {
    for (nr, (kod, generator)) in GENERATORER.iter().enumerate() {
        for fro in 0..10 {
            let prov = generator(&mut Slump::ny(fro + 100 * nr as u64), true);
            for f in granska(&las_prov(&prov)) {
                let tal = |v| {
                    if let Some(FyndVarde::Tal(t)) = v {
                        Some(t)
                    } else {
                        None
                    }
                };
                if let (Some(a), Some(b)) = (tal(f.angivet), tal(f.beraknat)) {
                    assert_eq!(tal(f.skillnad), Some(a - b), "{kod}: {f:#?}");
                }
                assert!(
                    f.text.ends_with('.') && !f.rader.is_empty(),
                    "{kod}: {f:#?}"
                );
            }
        }
    }
}
