use super::*;
use utfall_domain::id::{AnvandareId, BidragId, RapportId};
use utfall_domain::tid::PerDag;

fn rapport(nr: i64, titel: &str, tid: Option<&str>) -> Rapport {
    let lage = match tid.map(|t| t.parse::<Timestamp>().unwrap()) {
        None => Rapportlage::Utkast {
            text: String::new(),
            version: 1,
        },
        Some(tid) => Rapportlage::Utfardad {
            per: PerDag(tid::dag(tid)),
            tid,
            av: AnvandareId::ny(1).unwrap(),
            indata_sha256: [0; 32],
            pdf_sha256: [0; 32],
        },
    };
    Rapport {
        id: RapportId::ny(nr).unwrap(),
        slug: format!("r-{nr}"),
        titel: titel.to_owned(),
        bidrag: BidragId::ny(1),
        slag: utfall_domain::rapporter::Rapportslag::ALLMAN,
        lage,
    }
}

#[test]
fn two_issued_reports_of_a_year_are_told_apart() {
    let alla = vec![
        rapport(1, "Stöd 2021", Some("2026-11-22T11:50:00Z")),
        rapport(2, "Stöd 2021", Some("2026-11-22T11:59:00Z")),
        rapport(3, "Stöd 2021", Some("2026-11-23T11:59:00Z")),
        rapport(4, "Stöd 2020", Some("2026-11-22T11:55:00Z")),
        rapport(5, "Stöd 2021", None),
    ];
    let ord = |nr: usize| {
        let u = Utgavor::bland(&alla, &alla[nr]);
        (u.lage(), u.namn(), u.mening())
    };
    let har = |(lage, namn, mening): (&str, String, String), vantat: [&str; 3]| {
        assert_eq!(
            [lage, &namn, &mening].map(|t| t.replace('\u{a0}', " ")),
            vantat
        );
    };
    har(
        ord(0),
        [
            "Ersatt",
            "Stöd 2021, utfärdad 22 november 2026 kl. 12.50",
            "Utfärdad 22 november 2026 kl. 12.50. Ersatt av den från kl. 12.59",
        ],
    );
    har(
        ord(1),
        [
            "Ersatt",
            "Stöd 2021, utfärdad 22 november 2026 kl. 12.59",
            "Utfärdad 22 november 2026 kl. 12.59, ersätter den från kl. 12.50. \
             Ersatt av den från 23 november 2026 kl. 12.59",
        ],
    );
    har(
        ord(3),
        [
            "Utfärdad",
            "Stöd 2020",
            "Utfärdad 22 november 2026 kl. 12.55",
        ],
    );
    har(ord(4), ["Utfärdad", "Stöd 2021", ""]);
}
