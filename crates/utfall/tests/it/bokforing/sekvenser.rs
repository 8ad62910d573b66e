//! Accounts read in, exported again, changed, vanished, taken back and mapped otherwise, in
//! random order, against plain lists that share no code with the program. After each step the
//! facts are the lists' sums; a step that is taken back leaves the state it found.
//!
//! `UTFALL_BOKFORING` says how many seeds; `cargo xtask prov bokforing` runs a thousand.

use super::*;

/// Numbers that look random and are the same each time.
struct Tal(u64);

impl Tal {
    fn nasta(&mut self, under: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % under
    }
}

/// A voucher in the accounting system: number, month, project, cost account, öre.
type Ver = (u32, i8, &'static str, u32, i64);
/// What is in the books: number to voucher.
type Inne = Vec<Ver>;

const PROJEKTEN: [&str; 3] = ["2601", "2602", "2603"];
const KONTONA: [u32; 3] = [5010, 6110, 3730];

/// The accounting system, the books as the lists tell them, and what was there before each
/// import that can be taken back.
struct Facit {
    system: Vec<Ver>,
    inne: Inne,
    fore: Vec<(utfall_domain::id::InlasningId, Inne)>,
    /// Which initiative each project leads to; `None` is none.
    koppling: [Option<usize>; 3],
}

impl Facit {
    fn fil(&self, salt: u64) -> Vec<u8> {
        let mut text = format!(
            "#FLAGGA 0\n#PROGRAM Prov {salt}\n#FORMAT PC8\n#GEN 20261101\n#SIETYP 4\n\
             #ORGNR 999900-0012\n#FNAMN \"Prov\"\n#RAR 0 20260101 20261231\n#KONTO 1930 Bank\n\
             #KONTO 5010 Lon\n#KONTO 6110 Papper\n#KONTO 3730 Annat\n"
        );
        for (nr, manad, projekt, konto, ore) in &self.system {
            let tal = |ore: i64| {
                let (t, b) = (if ore < 0 { "-" } else { "" }, ore.unsigned_abs());
                format!("{t}{}.{:02}", b / 100, b % 100)
            };
            text.push_str(&format!(
                "#VER A {nr} 2026{manad:02}15 \"\"\n{{\n#TRANS {konto} {{6 {projekt}}} {}\n\
                 #TRANS 1930 {{}} {}\n}}\n",
                tal(*ore),
                tal(-ore)
            ));
        }
        text.into_bytes()
    }

    /// A file comes: what it has is as it says; what it lacks is left, or gone.
    fn las_in(&mut self, hel: bool) {
        let system = self.system.clone();
        let saknas = |v: &Ver| !system.iter().any(|s| s.0 == v.0);
        let mut ny: Inne = if hel {
            Vec::new()
        } else {
            self.inne.iter().copied().filter(saknas).collect()
        };
        ny.extend(system.iter().copied());
        self.inne = ny;
    }

    fn fakta(&self) -> Vec<facit::Rad> {
        let mut ut: Vec<facit::Rad> = Vec::new();
        for (_, manad, projekt, konto, ore) in &self.inne {
            let plats = PROJEKTEN.iter().position(|p| p == projekt).unwrap();
            let Some(insats) = self.koppling[plats] else {
                continue;
            };
            let rad = facit::Rad {
                insats: PROJEKT[insats].1.to_owned(),
                intakt: false,
                kategori: if *konto == 3730 { "Annan intäkt" } else { "" }.to_owned(),
                manad: date(2026, *manad, 1),
                ore: 0,
            };
            let lika = |r: &&mut facit::Rad| {
                (&r.insats, &r.kategori, r.manad) == (&rad.insats, &rad.kategori, rad.manad)
            };
            match ut.iter_mut().find(lika) {
                Some(finns) => finns.ore += ore,
                None => ut.push(facit::Rad { ore: *ore, ..rad }),
            }
        }
        ut.sort();
        ut
    }
}

async fn kopplingen(f: &Forsby, facit: &Facit) -> Koppling {
    let mut regler = Vec::new();
    for (projekt, insats) in PROJEKTEN.iter().zip(facit.koppling) {
        let Some(insats) = insats else { continue };
        regler.push(Regel {
            objekt: vec![(6, (*projekt).to_owned())],
            till: Some(till(f.insats(PROJEKT[insats].1).await)),
            ..Regel::default()
        });
    }
    Koppling {
        regler,
        ..Koppling::default()
    }
}

/// Something happens in the accounting system.
fn bokfor(facit: &mut Facit, tal: &mut Tal) {
    let manad = 1 + i8::try_from(tal.nasta(6)).unwrap();
    let projekt = PROJEKTEN[usize::try_from(tal.nasta(3)).unwrap()];
    let konto = KONTONA[usize::try_from(tal.nasta(3)).unwrap()];
    let ore = i64::try_from(tal.nasta(200_000)).unwrap() - 60_000;
    let antal = u64::try_from(facit.system.len()).unwrap();
    match tal.nasta(4) {
        0 if antal > 2 => {
            facit
                .system
                .remove(usize::try_from(tal.nasta(antal)).unwrap());
        }
        1 if antal > 0 => {
            let plats = usize::try_from(tal.nasta(antal)).unwrap();
            let nr = facit.system[plats].0;
            facit.system[plats] = (nr, manad, projekt, konto, ore);
        }
        _ => {
            let nr = 1 + u32::try_from(tal.nasta(40)).unwrap();
            if !facit.system.iter().any(|v| v.0 == nr) {
                facit.system.push((nr, manad, projekt, konto, ore));
            }
        }
    }
}

async fn ett_fro(fro: u64, steg: usize) {
    let f = Forsby::ny().await;
    let mut tal = Tal(fro);
    let mut facit = Facit {
        system: vec![(1, 1, "2601", 5010, 10_000)],
        inne: Vec::new(),
        fore: Vec::new(),
        koppling: [Some(0), None, Some(1)],
    };
    f.koppla(kopplingen(&f, &facit).await).await.unwrap();
    for nr in 0..steg {
        let fore = f.bokfort().await;
        match tal.nasta(8) {
            0..=2 => bokfor(&mut facit, &mut tal),
            3..=4 => {
                let hel = tal.nasta(2) == 0;
                let fil = facit.fil(tal.nasta(1 << 40));
                let svar = f
                    .las_in_med(&fil, move |analys| Bekraftat {
                        komplett: hel,
                        ny_enhet: analys.ny_enhet.clone().map(|n| n.namn).unwrap_or_default(),
                        ..Bekraftat::default()
                    })
                    .await
                    .unwrap();
                facit.fore.push((svar.id, facit.inne.clone()));
                facit.las_in(hel);
            }
            5 => {
                // Read in and taken back: as if it never had been.
                let fil = facit.fil(tal.nasta(1 << 40));
                let svar = f.las_in(&fil).await.unwrap();
                f.angra(svar.id).await.unwrap();
                assert_eq!(f.bokfort().await, fore, "frö {fro}, steg {nr}");
            }
            6 => {
                if let Some((id, inne)) = facit.fore.pop() {
                    f.angra(id).await.unwrap();
                    facit.inne = inne;
                }
            }
            _ => {
                let plats = usize::try_from(tal.nasta(3)).unwrap();
                facit.koppling[plats] = match tal.nasta(4) {
                    0 => None,
                    n => Some(usize::try_from(n).unwrap()),
                };
                f.koppla(kopplingen(&f, &facit).await).await.unwrap();
            }
        }
        assert_eq!(f.bokfort().await, facit.fakta(), "frö {fro}, steg {nr}");
        hyllan::som_nystartad(&f, &format!("frö {fro}, steg {nr}")).await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "hur många frön som prövas sägs utifrån"
)]
fn antal_fron() -> u64 {
    let sagt = std::env::var("UTFALL_BOKFORING").ok();
    sagt.and_then(|t| t.parse().ok()).unwrap_or(3)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_with_the_accounts_the_facts_are_the_sums_of_what_is_booked() {
    for fro in 0..antal_fron() {
        ett_fro(fro, 25).await;
    }
}
