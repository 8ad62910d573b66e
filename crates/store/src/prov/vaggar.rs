//! The walls: permits, tenants, and tables that can only be added to.

use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::andring::Andring;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::{BidragId, HuvudmanId};
use utfall_domain::publicering::Publicerat;
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;

use super::{
    A, B, bidrag, faktum, handelse, huvudman, import, insats, nu, nytt_faktum, papper, permit,
    varldar,
};
use crate::{DbFel, bocker, journal, publik, tillampa};

fn ar_fel_permit<T>(svar: &Result<T, DbFel>) -> bool {
    matches!(svar, Err(DbFel::FelPermit { .. }))
}

/// Every action against every kind of write: what is not meant to write it, cannot.
#[test]
fn a_permit_writes_only_what_its_action_is_for() {
    let plan: Vec<Andring> = import()
        .into_iter()
        .chain([
            Andring::NyHuvudman(huvudman(B, "b2")),
            Andring::Publicera {
                id: utfall_domain::id::PubliceringId::ny(99).unwrap(),
                vad: Publicerat::Bidrag(BidragId::ny(20).unwrap()),
                per: PerDag(jiff::civil::date(2022, 1, 1)),
                kommentar: String::new(),
                innehall: None,
            },
        ])
        .collect();
    for v in varldar() {
        for atgard in Atgard::ALLA {
            let lasande = atgard.kod().starts_with("lasa") || *atgard == Atgard::VerifieraJournal;
            if !lasande {
                continue;
            }
            let Ok(permit) = std::panic::catch_unwind(|| permit(A, *atgard)) else {
                continue;
            };
            for andring in &plan {
                let (permit, andring) = (permit.clone(), andring.clone());
                let svar =
                    v.db.skriv(move |k| tillampa(k, &permit, nu(), &andring))
                        .vanta();
                assert!(ar_fel_permit(&svar), "{atgard:?}: {svar:?}");
            }
        }
        let importera = permit(A, Atgard::ImporteraUnderlag);
        let ny = Andring::NyHuvudman(huvudman(A, "ny"));
        let svar =
            v.db.skriv(move |k| tillampa(k, &importera, nu(), &ny))
                .vanta();
        assert!(ar_fel_permit(&svar));
    }
}

#[test]
fn only_the_office_reads_the_books() {
    for v in varldar() {
        for atgard in [
            Atgard::LasaPublicerat,
            Atgard::LasaEgenBehorighet,
            Atgard::LasaOrganisationer,
            Atgard::HanteraAnvandare,
            Atgard::SattaUpp,
        ] {
            let svar = v.las(A, atgard, bocker::las);
            assert!(ar_fel_permit(&svar), "{atgard:?}");
            assert!(ar_fel_permit(&v.las(A, atgard, bocker::lage)), "{atgard:?}");
        }
        let lage = v.las(A, Atgard::LasaPublicerat, publik::lage);
        assert_eq!(lage, v.las(A, Atgard::LasaMedel, bocker::lage));
        for atgard in [
            Atgard::LasaMedel,
            Atgard::HanteraAnvandare,
            Atgard::SattaUpp,
        ] {
            assert!(ar_fel_permit(&v.las(A, atgard, publik::las)), "{atgard:?}");
            assert!(ar_fel_permit(
                &v.las(A, atgard, |k, p| journal::sida(k, p, None, 9))
            ));
        }
    }
}

#[test]
fn the_public_never_writes() {
    for v in varldar() {
        let anonym = Aktor::anonym(HuvudmanId::ny(A).unwrap());
        let permit = prova(&anonym, Atgard::LasaPublicerat).unwrap();
        let svar =
            v.db.skriv(move |k| journal::skriv(k, &permit, nu(), &handelse("x")))
                .vanta();
        assert!(ar_fel_permit(&svar));
    }
}

#[test]
fn a_tenant_is_set_up_with_its_own_permit() {
    for v in varldar() {
        let svar = v.gor(
            A,
            Atgard::SattaUpp,
            vec![Andring::NyHuvudman(huvudman(9, "nio"))],
        );
        assert!(ar_fel_permit(&svar));
    }
}

/// B knows the numbers of A's things and points at them: the database refuses each row, and
/// what B cannot see B cannot change.
#[test]
fn no_row_points_into_another_tenants_books() {
    for v in varldar() {
        let plan = [
            Andring::NyttBidrag(bidrag(210, "lånat", 12)),
            Andring::NyInsats(insats(310, "Lånad", 20)),
            nytt_faktum(510, faktum(FaktumSlag::Anvant, None, Varde::Kant(1), None)),
            Andring::NyOrganisation(super::org(110, "enhet", Some(10), &[])),
        ];
        for andring in plan {
            let svar = v.gor(B, Atgard::ImporteraUnderlag, vec![andring]);
            assert!(
                matches!(svar, Err(DbFel::FrammandeNyckel { .. })),
                "{svar:?}"
            );
        }
        let publicera = Andring::Publicera {
            id: utfall_domain::id::PubliceringId::ny(99).unwrap(),
            vad: Publicerat::Bidrag(BidragId::ny(20).unwrap()),
            per: PerDag(jiff::civil::date(2022, 1, 1)),
            kommentar: String::new(),
            innehall: None,
        };
        assert_eq!(
            v.gor(B, Atgard::Publicera, vec![publicera]),
            Err(DbFel::IngenRad)
        );
        let andra = Andring::AndraInsats {
            insats: utfall_domain::id::InsatsId::ny(30).unwrap(),
            vantad_version: 1,
            text: utfall_domain::insatser::InsatsText::default(),
            fortsattning: utfall_domain::insatser::Fortsattning::Avslutad,
        };
        assert_eq!(
            v.gor(B, Atgard::AndraInsats, vec![andra]),
            Err(DbFel::IngenRad)
        );
        // The same paper in two tenants' books is two imports.
        let samma = Andring::NyttUnderlag(papper(610, b"{\"papper\": 40}", false));
        v.gor(B, Atgard::ImporteraUnderlag, vec![samma]).unwrap();
    }
}

const BARA_TILLAGG: &[(&str, &str)] = &[
    ("organisation_namn", "namn"),
    ("beslut", "rubrik"),
    ("underlag", "titel"),
    ("underlag_ersattning", "orsak"),
    ("faktum", "slag"),
    ("medelspost", "slag"),
    ("accepterat_fynd", "motivering"),
    ("utfardad_rapport", "indata"),
    ("publicering", "kommentar"),
    ("journal", "mening"),
];

/// Not the façade but the engine itself refuses, also for somebody with the password.
#[test]
fn the_engine_refuses_to_change_what_is_only_added_to() {
    for v in varldar() {
        v.ra(
            "INSERT INTO accepterat_fynd (huvudman, underlag, nyckel, motivering, registrerad, \
              registrerad_av) VALUES (2, 40, 'n', 'm', 0, 1);\
              INSERT INTO underlag (id, huvudman, dokument, titel, offentligt, sha256, innehall, \
              registrerad, registrerad_av) SELECT 702, huvudman, dokument, titel, offentligt, \
              innehall, innehall, 0, 1 FROM underlag WHERE id = 40;\
              INSERT INTO underlag_ersattning (huvudman, underlag, ersatter, orsak, registrerad, \
              registrerad_av) VALUES (2, 702, 40, 'o', 0, 1);\
              INSERT INTO medelspost (id, huvudman, sak, nr, slag, innehall, registrerad, \
              registrerad_av) VALUES (703, 2, 703, 1, 'arsavslut', '{}', 0, 1);\
              INSERT INTO rapport (id, huvudman, slug, titel, bidrag, utkast, version, \
              registrerad, registrerad_av) VALUES (700, 2, 's', 't', 20, '', 1, 0, 1);\
              INSERT INTO publicering (id, huvudman, slag, objekt, per, kommentar, registrerad, \
              registrerad_av) VALUES (701, 2, 'bidrag', 20, '2022-01-01', '', 0, 1)",
        )
        .unwrap();
        let tom = if v.bas.ar_postgres() {
            "''::bytea"
        } else {
            "x''"
        };
        v.ra(&format!(
            "INSERT INTO utfardad_rapport (rapport, huvudman, per, indata, pdf, docx, html, \
             indata_sha256, pdf_sha256, registrerad, registrerad_av) \
             VALUES (700, 2, '2022-01-01', '', {tom}, {tom}, {tom}, {tom}, {tom}, 0, 1)"
        ))
        .unwrap();
        for (tabell, kolumn) in BARA_TILLAGG {
            let mut satser = vec![
                format!("UPDATE {tabell} SET {kolumn} = 'ändrat'"),
                format!("DELETE FROM {tabell}"),
            ];
            if v.bas.ar_postgres() {
                satser.push(format!("TRUNCATE {tabell} CASCADE"));
            } else {
                let allt = format!(
                    "PRAGMA recursive_triggers = ON; \
                     REPLACE INTO {tabell} SELECT * FROM {tabell}"
                );
                satser.push(allt);
            }
            for sats in satser {
                let fel = v.ra(&sats).expect_err(&sats);
                assert!(fel.contains("UT001"), "{sats}: {fel}");
            }
        }
    }
}
