//! What happened in the year: invented events, the same each time.

use jiff::civil::{Date, date};
use utfall_sie::Kontotyp::{self, Intakt, Kostnad, Skuld, Tillgang};

/// The chart of accounts: number, name, kind.
pub const KONTON: &[(u32, &str, Kontotyp)] = &[
    (1510, "Kundfordringar", Tillgang),
    (1930, "Bank", Tillgang),
    (2010, "Eget kapital", Skuld),
    (2440, "Leverantörsskulder", Skuld),
    (2710, "Personalens källskatt", Skuld),
    (2730, "Arbetsgivaravgifter", Skuld),
    (3110, "Försäljning av måltider", Intakt),
    (3510, "Statsbidrag", Intakt),
    (4010, "Livsmedel", Kostnad),
    (4630, "Köp av verksamhet", Kostnad),
    (5010, "Löner, arbetad tid", Kostnad),
    (5020, "Löner, feriearbete", Kostnad),
    (5610, "Personalomkostnader", Kostnad),
    (6010, "Lokalhyra", Kostnad),
    (6410, "Förbrukningsmaterial", Kostnad),
    (7050, "Resor och bil", Kostnad),
    (7400, "Kurser och konferenser", Kostnad),
    (7560, "Utvärdering", Kostnad),
];

/// The projects: number and name.
pub const PROJEKT: &[(&str, &str)] = &[
    ("2601", "Sommarjobb för alla"),
    ("2602", "Första jobbet"),
    ("2603", "Coach på komvux"),
    ("2604", "Uppsökande team"),
    ("2605", "Samtal på vårdcentralen"),
    ("2606", "Anhörigstöd"),
    ("2607", "Rörelse"),
    ("2608", "Middag"),
    ("2609", "Besök hemma"),
    ("2610", "Språk på jobbet"),
    ("2611", "Yrkessvenska"),
    ("2690", "Gemensamma kostnader"),
];

/// A row of a voucher.
pub struct Rad {
    pub konto: u32,
    pub objekt: Vec<(u32, String)>,
    /// Öre, debit positive.
    pub ore: i64,
    pub text: String,
    /// It was first booked with this amount.
    pub rattad_fran: Option<i64>,
}

/// A voucher before it has its number.
pub struct Handelse {
    pub serie: &'static str,
    pub dag: Date,
    pub text: String,
    pub rader: Vec<Rad>,
}

/// The year as far as it has come.
pub struct Arets {
    pub slut: Date,
    pub handelser: Vec<Handelse>,
}

/// Monthly pay in kronor, from a month to a month.
struct Lon(&'static str, &'static str, u32, i64, i8, i8);

const LONER: &[Lon] = &[
    Lon("2601", "210", 5010, 36_400, 1, 12),
    Lon("2601", "210", 5020, 180_000, 6, 6),
    Lon("2601", "210", 5020, 260_000, 7, 7),
    Lon("2601", "210", 5020, 120_000, 8, 8),
    Lon("2602", "210", 5010, 47_700, 2, 12),
    Lon("2603", "220", 5010, 51_000, 1, 12),
    Lon("2604", "240", 5010, 46_000, 1, 12),
    Lon("2605", "240", 5010, 61_000, 1, 3),
    Lon("2605", "240", 5010, 41_000, 4, 12),
    Lon("2608", "230", 5010, 18_900, 1, 12),
    Lon("2609", "240", 5010, 24_825, 6, 12),
    Lon("2610", "210", 5010, 55_000, 1, 12),
];

/// About so many kronor a month to a supplier, from a month to a month.
struct Inkop(&'static str, &'static str, u32, i64, i8, i8, &'static str);

const INKOP: &[Inkop] = &[
    Inkop("2601", "210", 6410, 22_400, 6, 6, "Arbetskläder"),
    Inkop("2601", "210", 4630, 64_000, 7, 7, "Handledning"),
    Inkop("2602", "210", 7050, 3_000, 1, 12, "Resor"),
    Inkop("2603", "220", 6010, 12_000, 1, 12, "Hyra"),
    Inkop("2604", "240", 7050, 7_200, 1, 12, "Bil"),
    Inkop(
        "2605",
        "240",
        7560,
        45_000,
        9,
        9,
        "Utvärdering, första delen",
    ),
    Inkop("2606", "240", 4630, 43_500, 1, 12, "Samtalsgrupper"),
    Inkop("2607", "230", 4630, 28_000, 1, 12, "Ledare"),
    Inkop("2607", "240", 6010, 11_500, 1, 12, "Hyra av hall"),
    Inkop("2608", "230", 4010, 31_200, 1, 12, "Matvaror"),
    Inkop("2608", "230", 6010, 8_400, 1, 12, "Hyra"),
    Inkop(
        "2609",
        "240",
        7400,
        38_500,
        5,
        5,
        "Introduktion för besökare",
    ),
    Inkop("2610", "210", 4630, 22_000, 1, 12, "Språkutbildning"),
    Inkop("2611", "220", 4630, 46_000, 2, 12, "Lärare"),
    Inkop("2611", "220", 6410, 38_000, 8, 8, "Kurslitteratur"),
    Inkop("2690", "100", 7400, 18_600, 3, 3, "Konferens"),
    Inkop("2690", "100", 7050, 4_200, 1, 12, "Resor"),
    Inkop("", "100", 6010, 96_000, 1, 12, "Hyra av kommunhuset"),
];

/// Grant money that came in: day, funding, kronor.
const BIDRAG: &[(Date, &str, i64)] = &[
    (date(2026, 2, 16), "UIA", 2_000_000),
    (date(2026, 2, 27), "MEN", 1_600_000),
    (date(2026, 3, 9), "PSH", 2_000_000),
    (date(2026, 8, 17), "UIA", 2_000_000),
];

/// Payroll overhead of the year, in hundredths of a per cent.
const PO: i64 = 4_015;

/// The same numbers each time: enough to make amounts look like amounts.
struct Slump(u64);

impl Slump {
    fn under(&mut self, tak: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 40).unwrap_or(0) % tak
    }
}

impl Arets {
    /// The events through a day; `rattat` with a September invoice as it was corrected.
    pub fn till(slut: Date, rattat: bool) -> Self {
        let mut handelser = Vec::new();
        let mut slump = Slump(2026);
        for manad in 1..=12_i8 {
            for lon in LONER.iter().filter(|l| (l.4..=l.5).contains(&manad)) {
                handelser.push(lonen(lon, manad));
            }
            for inkop in INKOP.iter().filter(|i| (i.4..=i.5).contains(&manad)) {
                let extra = if rattat && manad == 9 && inkop.0 == "2606" {
                    1_230_000
                } else {
                    0
                };
                handelser.push(fakturan(inkop, manad, extra, &mut slump));
            }
            handelser.push(kassan(manad, &mut slump));
        }
        handelser.extend(BIDRAG.iter().map(|(dag, kod, kr)| bidraget(*dag, kod, *kr)));
        handelser.retain(|h| h.dag <= slut);
        handelser.sort_by_key(|h| h.dag);
        Self { slut, handelser }
    }
}

fn rad(konto: u32, objekt: &[(u32, &str)], ore: i64) -> Rad {
    let objekt = objekt.iter().filter(|(_, o)| !o.is_empty());
    Rad {
        konto,
        objekt: objekt.map(|(d, o)| (*d, (*o).to_owned())).collect(),
        ore,
        text: String::new(),
        rattad_fran: None,
    }
}

/// A month's pay with overhead. The employee is a number in dimension 7, which must not
/// follow into anybody's books.
fn lonen(lon: &Lon, manad: i8) -> Handelse {
    let Lon(projekt, ansvar, konto, kr, ..) = lon;
    let brutto = kr * 100;
    let po = brutto * PO / 10_000;
    let skatt = brutto * 3 / 10;
    let anstalld = format!("A{}", &projekt[2..]);
    let mal = [(1, *ansvar), (6, *projekt)];
    let mut loner = rad(*konto, &mal, brutto);
    loner.objekt.push((7, anstalld));
    let mut palagg = rad(5610, &mal, po);
    // In April the overhead was first booked with last year's rate and put right.
    if manad == 4 && *projekt == "2603" {
        palagg.rattad_fran = Some(brutto * 3_992 / 10_000);
    }
    let mut rader = vec![loner, palagg];
    rader.extend([
        rad(2710, &[], -skatt),
        rad(2730, &[], -po),
        rad(1930, &[], skatt - brutto),
    ]);
    Handelse {
        serie: "L",
        dag: date(2026, manad, 25),
        text: format!("Lön {manad:02}/2026, Påhittad Personsson"),
        rader,
    }
}

fn fakturan(inkop: &Inkop, manad: i8, extra: i64, slump: &mut Slump) -> Handelse {
    let Inkop(projekt, ansvar, konto, kr, _, _, text) = inkop;
    let ore = kr * 97 + slump.under(kr * 6) + extra;
    let dag = i8::try_from(3 + slump.under(20)).unwrap_or(3);
    let mut kostnad = rad(*konto, &[(1, *ansvar), (6, *projekt)], ore);
    (*text).clone_into(&mut kostnad.text);
    Handelse {
        serie: "A",
        dag: date(2026, manad, dag),
        text: format!("{text}, leverantör {}", 400 + slump.under(90)),
        rader: vec![kostnad, rad(2440, &[], -ore)],
    }
}

/// What the dinners' guests paid in a month.
fn kassan(manad: i8, slump: &mut Slump) -> Handelse {
    let ore = 850_000 + slump.under(2_200) * 100;
    Handelse {
        serie: "K",
        dag: super::manadsslut(manad),
        text: "Dagskassor, middagar".to_owned(),
        rader: vec![
            rad(1930, &[], ore),
            rad(3110, &[(1, "230"), (6, "2608")], -ore),
        ],
    }
}

fn bidraget(dag: Date, kod: &str, kr: i64) -> Handelse {
    Handelse {
        serie: "K",
        dag,
        text: "Statsbidrag".to_owned(),
        rader: vec![
            rad(1930, &[], kr * 100),
            rad(3510, &[(1, "100"), (20, kod)], -kr * 100),
        ],
    }
}
