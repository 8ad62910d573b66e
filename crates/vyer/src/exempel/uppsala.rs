//! Uppsala's report of 2021, as views.

use super::kr;
use crate::diagram::{Flode, Kalla, Malpunkt};
use crate::komponent::{
    Allvar, Avklarat, Besked, Fakta, FyndRad, Handelse, Lage, LageSlag, Lank, Nyckeltal, Text,
};
use crate::ram::Sidhuvud;
use crate::sidor::{
    Arsvis, Bidrag, BidragRad, Insats, InsatsAr, InsatsGrupp, InsatsRad, InsatsTabell, MedelDel,
    Resultatrad, TreTal, Underlagsrad,
};
use crate::tabell::RadSlag;
use crate::tal::{TalVy, Tecken, heltal};

fn tre(budget: i64, anvant: i64) -> TreTal {
    TreTal {
        budget: kr(budget),
        anvant: kr(anvant),
        kvar: kr(budget - anvant),
    }
}

fn insats(namn: &str, budget: i64, anvant: i64) -> InsatsRad {
    InsatsRad {
        namn: namn.into(),
        href: adress(namn),
        under: None,
        budget_vikt: Some(budget),
        anvant_vikt: Some(anvant),
        utan_rad: false,
        tal: tre(budget, anvant),
    }
}

pub(crate) fn bidrag() -> Vec<BidragRad> {
    let vantar = || TalVy::tecken(Tecken::EjInrapporterat);
    let obeslutat = || TalVy::tecken(Tecken::EjBeslutat);
    vec![
        BidragRad {
            namn: "Sociala insatser i utsatta områden 2021".into(),
            href: "/medel/1".into(),
            under: "Uppsala, från Social\u{ad}styrelsen".into(),
            anvand_andel: Some(9_050),
            att_rora: kr(8_052_000),
            fordelat: kr(8_005_000),
            anvant: kr(7_287_841),
            kvar: kr(764_159),
            overfort: kr(0),
            aterbetala: kr(764_159),
            granskning: Some(Lage::ny("3 fel", LageSlag::Fel)),
        },
        BidragRad {
            namn: "Sociala insatser i utsatta områden 2022".into(),
            href: "/medel/2".into(),
            under: "Uppsala, från Social\u{ad}styrelsen".into(),
            anvand_andel: None,
            att_rora: obeslutat(),
            fordelat: obeslutat(),
            anvant: vantar(),
            kvar: vantar(),
            overfort: obeslutat(),
            aterbetala: obeslutat(),
            granskning: None,
        },
    ]
}

pub(crate) fn insatser() -> InsatsTabell {
    InsatsTabell {
        csv: Some("/medel/1/tabell.csv".into()),
        id: "insatser-t".into(),
        caption: "Kronor. Fylld stapel är använt, strecket är budgeten.".into(),
        grupper: vec![
            InsatsGrupp {
                namn: "Arbetsmarknads\u{ad}nämnden".into(),
                rader: vec![
                    insats("Meningsfullt lovjobb", 1_400_000, 680_000),
                    insats("Stöd till Generation Corona", 250_000, 250_000),
                    insats("Ungdomssamtal i Gottsunda", 500_000, 503_586),
                ],
                summa: Some(tre(2_150_000, 1_433_586)),
            },
            InsatsGrupp {
                namn: "Socialnämnden".into(),
                rader: vec![
                    insats("Barn- och ungdomsenhet 5, ny enhet", 2_400_000, 2_400_000),
                    insats(
                        "Barn- och ungdomsenhet 5, extra förstärkning",
                        1_600_000,
                        1_600_000,
                    ),
                    insats("Sociala insatsgrupper", 800_000, 800_000),
                    insats("Socialarbetare i skolan, mellanstadiet", 440_000, 440_000),
                    insats("Modell för SSPF i lågstadiet", 375_000, 375_000),
                    insats("Kompetenssatsning i Tryggare barn", 140_000, 140_000),
                    insats("Fokus pojkar på ungdomsmottagningen", 100_000, 100_000),
                ],
                summa: Some(tre(5_855_000, 5_855_000)),
            },
        ],
        summa: Some(("Tio insatser".into(), tre(8_005_000, 7_288_586))),
        bara_budget: false,
        bladdra: Vec::new(),
    }
}

pub(crate) fn nyckeltal() -> Vec<Nyckeltal> {
    vec![
        Nyckeltal::ny(
            "Rekvirerat",
            kr(8_052_000),
            "Bilagan säger 8\u{a0}005\u{a0}000",
        ),
        Nyckeltal::ny("Fördelat", kr(8_005_000), "tio insatser, två nämnder"),
        Nyckeltal::ny("Använt", kr(7_287_841), "91\u{a0}procent av det fördelade"),
        Nyckeltal::ny("Kvar", kr(764_159), "av det rekvirerade"),
        Nyckeltal::ny("Överfört", kr(0), "allt betalas tillbaka"),
        Nyckeltal::ny(
            "Att betala tillbaka",
            kr(764_159),
            Text::from("senast: ").tal(TalVy::tecken(Tecken::EjBeslutat)),
        ),
    ]
}

pub(crate) fn del() -> MedelDel {
    MedelDel {
        id: "uppsala".into(),
        rubrik: "Lovjobben står för det som blev över".into(),
        text: "Nio av tio insatser har använt sina pengar. Lovjobben använde 680\u{a0}000 av \
            1\u{a0}400\u{a0}000\u{a0}kr."
            .into(),
        nyckeltal: nyckeltal().into(),
        besked: vec![besked()],
        insatser: insatser(),
        not: "Nio utfall anges i tusental kronor och kan skilja sig upp till 500\u{a0}kr. \
            Ungdomssamtalen anges på kronan."
            .into(),
    }
}

pub(crate) fn besked() -> Besked {
    Besked::ny(
        Allvar::Varning,
        "insatserna summerar till mer än nämnderna redovisar",
        Text::from("Nämnderna redovisar ")
            .tal(kr(7_287_841))
            .ord("\u{a0}kr. Insatserna summerar till ")
            .tal(kr(7_288_586))
            .ord("\u{a0}kr, alltså 745\u{a0}kr mer. ")
            .lank(Lank::ny("Visa fyndet om summan", "/granskning/4")),
    )
}

/// Kind, sentence, reason and place, link, stated and computed.
type FyndData = (Allvar, &'static str, &'static str, &'static str, [i64; 2]);

const FYND: [FyndData; 6] = [
    (
        Allvar::Fel,
        "Beslutet och bilagan anger olika belopp för det som rekvirerats.",
        "De tio insatserna summerar till 8\u{a0}005\u{a0}000\u{a0}kr. § 64 och bilaga 1.",
        "Visa tre ställen",
        [8_052_000, 8_005_000],
    ),
    (
        Allvar::Fel,
        "Beloppet att betala tillbaka är högre än det som nämnderna har kvar.",
        "Samma 47\u{a0}000\u{a0}kr som ovan. § 64.",
        "Visa härledning",
        [764_159, 717_159],
    ),
    (
        Allvar::Fel,
        "Lovjobben förklarar inte hela återbetalningen.",
        "Lovjobben fick 1\u{a0}400\u{a0}000\u{a0}kr och använde 680\u{a0}000\u{a0}kr.",
        "Visa två rader",
        [764_159, 720_000],
    ),
    (
        Allvar::Varning,
        "Arbetsmarknadsnämndens tre insatser summerar inte till nämndens utfall.",
        "Med ungdomssamtalens exakta belopp blir skillnaden 745\u{a0}kr. Bilaga 1.",
        "Visa tre rader",
        [1_432_841, 1_430_000],
    ),
    (
        Allvar::Varning,
        "Ungdomssamtalen kostade mer än budgeten. Det syns inte när utfallet avrundas.",
        "Avvikelsen saknar kommentar. Bilaga 1.",
        "Visa en rad",
        [500_000, 503_586],
    ),
    (
        Allvar::Varning,
        "Papperet säger att inget kostar, men pengar ska betalas tillbaka.",
        "Tjänsteskrivelsen.",
        "Visa en rad",
        [0, 764_159],
    ),
];

pub(crate) fn fynd() -> Vec<FyndRad> {
    let rad = |(nr, (allvar, text, plats, lank, [angivet, beraknat])): (usize, FyndData)| {
        let nr = nr + 1;
        let href = format!("/granskning/{nr}");
        FyndRad {
            id: format!("fynd-{nr}"),
            allvar,
            text: text.into(),
            plats: plats.into(),
            lank: Some(Lank::ny(lank, &href).om(text)),
            angivet: Some(kr(angivet)),
            beraknat: Some(kr(beraknat)),
            skillnad: Some(TalVy::ny(heltal(angivet - beraknat), href)),
            avklarat: avklarat(nr),
        }
    };
    let mut fynd: Vec<FyndRad> = FYND.into_iter().enumerate().map(rad).collect();
    let text = "”Hälften” av lovjobbens pengar är 48,6\u{a0}procent.";
    fynd.push(FyndRad {
        id: "fynd-7".into(),
        allvar: Allvar::Upplysning,
        text: text.into(),
        plats: "Tjänsteskrivelsen.".into(),
        lank: Some(Lank::ny("Visa en rad", "/granskning/7").om(text)),
        angivet: Some(TalVy::ny("50", "/granskning/7")),
        beraknat: Some(TalVy::ny("48,6", "/granskning/7")),
        skillnad: Some(TalVy::ny("1,4", "/granskning/7").enhet("procent")),
        avklarat: None,
    });
    fynd
}

fn avklarat(nr: usize) -> Option<Avklarat> {
    let (ord, text) = match nr {
        5 => (
            "Rättat i böckerna",
            "Uppgiften rättades 2022-02-03. Papperet är oförändrat.",
        ),
        6 => ("Accepterad", "Accepterad av ekonom 2022-01-31."),
        _ => return None,
    };
    Some(Avklarat {
        ord: ord.into(),
        text: text.into(),
    })
}

/// Kind, what, how it is stated, where, how exactly, amount.
type RadData = (
    RadSlag,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
);

const UNDERLAGSRADER: [RadData; 6] = {
    use RadSlag::{Delsumma, Summa, Vanlig};
    [
        (
            Vanlig,
            "Meningsfullt lovjobb",
            "680 tkr",
            "Bilaga 1, rad 195",
            "± 500",
            680_000,
        ),
        (
            Vanlig,
            "Ungdomssamtal i Gottsunda",
            "503 586 kr",
            "Bilaga 1, rad 225",
            "± 0",
            503_586,
        ),
        (
            Vanlig,
            "Stöd till Generation Corona",
            "250 tkr",
            "Bilaga 1, rad 257",
            "± 500",
            250_000,
        ),
        (Delsumma, "Tre insatser", "", "", "± 1 000", 1_433_586),
        (
            Vanlig,
            "Nämnden redovisar",
            "1 432 841 kr",
            "§ 64, rad 19",
            "± 0",
            1_432_841,
        ),
        (Summa, "Skillnad", "", "", "", 745),
    ]
};

pub(crate) fn underlagsrader() -> Vec<Underlagsrad> {
    let fast = |text: &str| text.replace(' ', "\u{a0}");
    let rad = |(slag, namn, star, plats, sakerhet, belopp): RadData| Underlagsrad {
        slag,
        id: None,
        namn: namn.into(),
        href: plats.starts_with("Bilaga").then(|| adress(namn)),
        star: fast(star),
        plats: if plats.is_empty() {
            Text::default()
        } else {
            Text::default().lank(Lank::ny(plats, format!("/underlag/1#u{belopp}")))
        },
        sakerhet: fast(sakerhet),
        registrerad: if star.is_empty() {
            "".into()
        } else {
            "20\u{a0}jan 2022, ekonom".into()
        },
        rattad: None,
        belopp: kr(belopp),
        ratta: (!star.is_empty()).then(|| Lank::ny("Rätta", format!("/ratta/{belopp}")).om(namn)),
    };
    let mut rader: Vec<Underlagsrad> = UNDERLAGSRADER.into_iter().map(rad).collect();
    let gammal = rader.first().map(|ny| Underlagsrad {
        star: "690\u{a0}tkr".into(),
        belopp: kr(690_000),
        rattad: Some("Ersatt 1\u{a0}feb 2022: avläst fel".into()),
        ratta: None,
        href: None,
        ..ny.clone()
    });
    rader.splice(1..1, gammal);
    rader
}

fn adress(namn: &str) -> String {
    format!("/insatser/{}", namn.to_lowercase().replace(' ', "-"))
}

fn lovjobbsresultat() -> Vec<Resultatrad> {
    let rad = |namn: &str, antal: TalVy, kalla: &str| Resultatrad {
        namn: namn.into(),
        slag: RadSlag::Vanlig,
        antal,
        kalla: kalla.into(),
    };
    let tal = |t: &str| TalVy::ny(t, "/harledning/antal");
    vec![
        rad("Sommarlov", tal("30"), "30 lovjobb"),
        rad("Höstlov", tal("70"), "70 lovjobb, hälften av alla"),
        rad("Vinterlov", tal("40"), "40 lovjobb"),
        Resultatrad {
            slag: RadSlag::Summa,
            ..rad("Alla lovjobb", tal("140"), "summan av de tre loven")
        },
        rad(
            "I arbete efteråt",
            TalVy::tecken(Tecken::Okant),
            "papperet säger inget",
        ),
    ]
}

pub(crate) fn lovjobb(tom: Insats) -> Insats {
    let tal = |t: &str| TalVy::ny(t, "/harledning/antal");
    Insats {
        huvud: Sidhuvud::ny(
            "Meningsfullt lovjobb",
            "140 unga fick lovjobb. Det kostade hälften av vad som var tänkt.",
        )
        .overrad("Insats · Uppsala · 2021")
        .under(vec![Lank::ny("Insatser", "/insatser")]),
        nyckeltal: vec![
            Nyckeltal::ny("Budget", kr(1_400_000).enhet("kr"), "för 2021"),
            Nyckeltal::ny(
                "Använt",
                kr(680_000).enhet("kr"),
                "49\u{a0}procent av budgeten",
            ),
            Nyckeltal::ny("Kvar", kr(720_000).enhet("kr"), "ska betalas tillbaka"),
            Nyckeltal::ny("Lovjobb", tal("140"), "på tre lov"),
        ]
        .into(),
        mal: vec![
            "Unga ska få ett första jobb.".into(),
            "Färre ska dras in i brott.".into(),
        ],
        beskrivning: vec!["Unga fick jobb under sommaren, hösten och vintern.".into()],
        kommentar: vec![
            "Färre kunde arbeta under pandemin. Därför blev kostnaden lägre än budgeten.".into(),
        ],
        fakta: vec![
            Fakta::ny("Ansvarig nämnd", "Arbetsmarknadsnämnden"),
            Fakta::ny("Målgrupp", "Unga i utsatta områden"),
            Fakta::ny("Fortsättning", "Ej beslutat"),
        ],
        dokument: vec![Lank::ny("Bilaga 1", "/underlag/1")],
        beslut: vec![Handelse {
            nar: "2\u{a0}februari 2022, § 64".into(),
            datum: "2022-02-02".into(),
            text: Text::from("Arbetsutskottet fick återrapporten. ")
                .lank(Lank::ny("Läs § 64", "/beslut/64")),
            nu: true,
        }]
        .into(),
        pengar: vec![InsatsAr {
            namn: "2021, Socialstyrelsen".into(),
            slag: RadSlag::Vanlig,
            budget: kr(1_400_000),
            anvant: kr(680_000),
            kvar: kr(720_000),
        }],
        resultat: lovjobbsresultat(),
        resultat_not: "Papperet räknar jobb, inte personer. En ung kan ha haft flera.".into(),
        fynd: fynd().into_iter().filter(|f| f.id == "fynd-3").collect(),
        andra_href: Some("/insatser/meningsfullt-lovjobb/andra".into()),
        ..tom
    }
}

pub(crate) fn flode() -> Flode {
    let mal = insatser()
        .grupper
        .into_iter()
        .flat_map(|g| g.rader)
        .map(|r| Malpunkt {
            namn: r.namn,
            tal: r.tal.budget,
            fran: vec![(0, r.budget_vikt.unwrap_or_default())],
            utan_rad: false,
        });
    let mut mal: Vec<Malpunkt> = mal.collect();
    mal.sort_by_key(|m| std::cmp::Reverse(m.fran.first().map(|(_, v)| *v)));
    Flode {
        id: "flode".into(),
        fynd: "Två av tre kronor går till tre insatser".into(),
        under: "Fördelat 2021, kronor. Ju bredare band, desto mer pengar.".into(),
        titel: "Pengarnas väg från Socialstyrelsen till tio insatser".into(),
        beskrivning: "Socialstyrelsens 8\u{a0}005\u{a0}000 kronor delas på tio insatser. \
            Störst är Barn- och ungdomsenhet 5 med 2\u{a0}400\u{a0}000."
            .into(),
        kallor: vec![Kalla {
            namn: "Socialstyrelsen".into(),
            tal: kr(8_005_000),
        }],
        mal,
    }
}

pub(crate) fn bidragssida() -> Bidrag {
    Bidrag {
        ram: super::ram("Medel"),
        huvud: Sidhuvud::ny(
            "Sociala insatser i utsatta områden 2021",
            "Nio av tio kronor är använda. 764\u{a0}159\u{a0}kr ska betalas tillbaka.",
        )
        .overrad("Bidrag · Socialstyrelsen · 2021")
        .under(vec![Lank::ny("Medel", "/medel")]),
        nyckeltal: nyckeltal().into(),
        kvitto: None,
        besked: vec![besked()],
        flode: Some(flode()),
        insatser: insatser(),
        arsvis: Arsvis {
            ar: vec!["2021".into()],
            rader: vec![("Rekvirerat".into(), vec![kr(8_052_000)])],
        },
        not: "Nio utfall anges i tusental kronor och kan skilja sig upp till 500\u{a0}kr.".into(),
        fakta: vec![
            Fakta::ny("Finansiär", "Socialstyrelsen"),
            Fakta::ny("Får föras över", "Nej"),
            Fakta::ny("Betalas tillbaka senast", "Ej beslutat"),
        ],
        lankar: vec![
            Lank::ny("Fördelning", "/medel/1/fordelning"),
            Lank::ny("Återrapport 2021", "/rapporter/1"),
            Lank::ny("Underlaget som lästes in", "/underlag/1"),
        ],
        beslut: vec![Handelse {
            nar: "2\u{a0}februari 2022, § 64".into(),
            datum: "2022-02-02".into(),
            text: "Arbetsutskottet fick återrapporten.".into(),
            nu: true,
        }]
        .into(),
        fynd: fynd().into_iter().take(3).collect(),
        registrera_href: Some("/medel/sociala-insatser-2021/registrera".into()),
        per: super::per("/medel/sociala-insatser-2021"),
    }
}
