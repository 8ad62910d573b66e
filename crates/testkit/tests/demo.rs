//! The demo world stands, and its figures are those of the papers.

use utfall_behorighet::{Atgard, Roll};
use utfall_domain::granskning::Allvar;
use utfall_testkit::Varld;

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_world_can_be_built_and_read() {
    let v = Varld::demo().await;
    for slug in [
        "forsby",
        "uppsala",
        "sandviken",
        "ragunda",
        "strangnas",
        "ornskoldsvik",
    ] {
        let aktor = v.aktor(slug, Roll::Ekonom).await;
        let bok = v.tjanst.bok(&aktor, Atgard::LasaMedel, None).await.unwrap();
        let fynd = v.tjanst.granska(&aktor).await.unwrap();
        let antal = |a| fynd.iter().filter(|f| f.fynd.allvar == a).count();
        println!(
            "{slug}: {} fakta, {} insatser, {} bidrag, {} fel, {} varningar, {} upplysningar",
            bok.fakta.len(),
            bok.insatser.len(),
            bok.bidrag.len(),
            antal(Allvar::Fel),
            antal(Allvar::Varning),
            antal(Allvar::Upplysning),
        );
        assert!(!bok.fakta.is_empty());
        assert!(!bok.publiceringar.is_empty() || bok.insatser.is_empty());
    }
}
