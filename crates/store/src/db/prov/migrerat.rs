//! What was there before a change of the schema is there after it.

use super::{Db, Installningar, baser};
use crate::db::{MIGRERINGAR, Migrering};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::id::{HuvudmanId, RapportId};
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::Rapportlage;

/// The migration that gave reports a kind.
const RAPPORTSLAG: i64 = 12;

const FORE: &str = "
INSERT INTO huvudman (id, slug, namn, pahittad, sortering, registrerad)
  VALUES (2, 'a', 'A', FALSE, {BYTE}, 0);
INSERT INTO organisation (id, huvudman, slug, slag, sortering, registrerad, registrerad_av)
  VALUES (3, 2, 'f', 'finansiar', {BYTE}, 0, 1);
INSERT INTO bidrag (id, huvudman, slug, namn, finansiar, sortering, sok, registrerad,
  registrerad_av) VALUES (4, 2, 'b', 'B', 3, {BYTE}, '', 0, 1);
INSERT INTO rapport (id, huvudman, slug, titel, bidrag, utkast, version, registrerad,
  registrerad_av) VALUES (5, 2, 'ett', 'Ett', 4, '{}', 3, 0, 1),
  (6, 2, 'tva', 'Två', 4, '{}', 7, 0, 1);
INSERT INTO utfardad_rapport (rapport, huvudman, per, indata, pdf, docx, html, indata_sha256,
  pdf_sha256, registrerad, registrerad_av) VALUES (5, 2, '2022-02-02', '{}', {BYTE}, {BYTE},
  {BYTE}, {SUMMA}, {SUMMA}, 0, 1);
";

#[test]
fn reports_are_kept_when_they_get_a_kind() {
    for bas in baser() {
        let bytes = |hex: &str| match bas.ar_postgres() {
            true => format!("'\\x{hex}'::bytea"),
            false => format!("x'{hex}'"),
        };
        let fore = FORE
            .replace("{BYTE}", &bytes("41"))
            .replace("{SUMMA}", &bytes(&"07".repeat(32)));
        let text = |version: i64| {
            let funnen = MIGRERINGAR.iter().find(|m| m.version == version);
            funnen.unwrap().text
        };
        let mut lista: Vec<Migrering> = MIGRERINGAR
            .iter()
            .filter(|m| m.version < RAPPORTSLAG)
            .copied()
            .collect();
        let mut mer = |text: &'static str| {
            let version = RAPPORTSLAG + i64::try_from(lista.len()).unwrap();
            lista.push(Migrering { version, text });
        };
        mer(Box::leak(fore.into_boxed_str()));
        mer(text(RAPPORTSLAG));
        let db = Db::oppna_med(&bas.mal, &Installningar::default(), &lista).unwrap();
        let aktor = Aktor::drift(HuvudmanId::ny(2).unwrap());
        let permit = prova(&aktor, Atgard::LasaRapporter).unwrap();
        let alla = db
            .las(move |k| {
                let fil = |k: &mut _, format| {
                    crate::rapporter::fil(k, &permit, RapportId::ny(5).unwrap(), format)
                };
                let filer = [fil(k, Format::Pdf)?, fil(k, Format::Xlsx)?];
                Ok::<_, crate::DbFel>((crate::rapporter::alla(k, &permit)?, filer))
            })
            .vanta()
            .unwrap();
        let (rapporter, filer) = alla;
        assert_eq!(filer, [Some(b"A".to_vec()), None]);
        let [ett, tva] = &rapporter[..] else {
            panic!("{rapporter:?}")
        };
        assert!(
            matches!(ett.lage, Rapportlage::Utfardad { pdf_sha256, .. } if pdf_sha256 == [7; 32])
        );
        assert!(matches!(tva.lage, Rapportlage::Utkast { version: 7, .. }));
    }
}
