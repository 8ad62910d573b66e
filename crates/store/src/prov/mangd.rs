//! Many facts at once, and the frozen migrations.

use std::time::Duration;

use sha2::{Digest, Sha256};
use utfall_behorighet::Atgard;
use utfall_domain::andring::Andring;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::varde::Varde;

use super::{A, Varld, faktum, nu, nytt_faktum, permit, varldar};
use crate::db::prov::baser;
use crate::{DbFel, Installningar, fakta, tillampa_alla};

/// A hundred thousand in one transaction, and every öre of them.
#[test]
fn a_hundred_thousand_facts_go_in_together() {
    const ANTAL: i64 = 100_000;
    // What is asked is whether all of it comes in and out again, not how fast this machine is.
    let gott_om_tid = Installningar {
        tidsgrans_las: Duration::from_secs(3_600),
        tidsgrans_ensam: Duration::from_secs(3_600),
        ..Installningar::default()
    };
    for bas in baser() {
        let v = Varld::med(bas, &gott_om_tid);
        let lov = permit(A, Atgard::ImporteraUnderlag);
        let plan: Vec<Andring> = (1_000..1_000 + ANTAL)
            .map(|nr| {
                let insats = Some(30 + nr % 2);
                nytt_faktum(
                    nr,
                    faktum(FaktumSlag::Kostnad, insats, Varde::Kant(nr), Some(40)),
                )
            })
            .collect();
        v.db.skriv_ensam(move |k| tillampa_alla(k, &lov, nu(), &plan))
            .vanta()
            .unwrap();
        let alla = v.las(A, Atgard::LasaMedel, fakta::alla).unwrap();
        let summa: i64 = alla
            .iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Kostnad)
            .filter_map(|f| f.varde().kant())
            .sum();
        assert_eq!(summa, (1_000..1_000 + ANTAL).sum::<i64>());
        assert!(alla.windows(2).all(|par| par[0].id < par[1].id));
    }
}

#[test]
fn a_fault_in_a_large_import_leaves_nothing() {
    for v in varldar() {
        let lov = permit(A, Atgard::ImporteraUnderlag);
        let nytt = |nr: i64, id: i64| {
            nytt_faktum(
                id,
                faktum(FaktumSlag::Kostnad, Some(30), Varde::Kant(nr), None),
            )
        };
        let mut plan: Vec<Andring> = (1_000..6_000).map(|nr| nytt(nr, nr)).collect();
        plan.push(nytt(1, 1_000));
        let svar =
            v.db.skriv_ensam(move |k| tillampa_alla(k, &lov, nu(), &plan))
                .vanta();
        assert!(matches!(svar, Err(DbFel::Unik { .. })), "{svar:?}");
        assert_eq!(v.las(A, Atgard::LasaMedel, fakta::alla).unwrap().len(), 8);
    }
}

/// `migrations/SHA256SUMS` is what `sha256sum -c` reads. A migration that has left the house
/// is never edited: a change is a new number.
#[test]
fn migrations_are_frozen() {
    let mapp = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut summor = String::new();
    let mut filer: Vec<_> = std::fs::read_dir(&mapp)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|f| f.extension().is_some_and(|e| e == "sql"))
        .collect();
    filer.sort();
    for (fil, nr) in filer.iter().zip(1..) {
        let namn = fil.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            namn.starts_with(&format!("{nr:04}_")),
            "{namn}: numren är i följd"
        );
        let summa = Sha256::digest(std::fs::read(fil).unwrap());
        let hex: String = summa.iter().map(|b| format!("{b:02x}")).collect();
        summor.push_str(&format!("{hex}  {namn}\n"));
    }
    let frusna = std::fs::read_to_string(mapp.join("SHA256SUMS")).unwrap();
    assert_eq!(summor, frusna, "en migrering är ändrad");
}
