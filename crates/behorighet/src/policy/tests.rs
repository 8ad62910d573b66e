use super::*;
use crate::{Aktor, Nekad, OforenligaRoller, far_ha_tillsammans, prova};
use std::path::Path;
use utfall_domain::id::{AnvandareId, HuvudmanId};
use utfall_domain::problem::{Problem, ProblemSlag};

fn huvudman() -> HuvudmanId {
    HuvudmanId::ny(3).unwrap()
}

fn aktor(roller: &[Roll]) -> Result<Aktor, OforenligaRoller> {
    Aktor::ny(AnvandareId::ny(7).unwrap(), huvudman(), roller)
}

fn aktor_med(roll: Roll) -> Aktor {
    match roll {
        Roll::Anonym => Aktor::anonym(huvudman()),
        Roll::Driftansvarig => Aktor::drift(huvudman()),
        roll => aktor(&[roll]).unwrap(),
    }
}

fn facit() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/behorighet.txt")
}

/// After a decided change of policy: `cargo test -p utfall-behorighet write_the -- --ignored`.
#[test]
#[ignore = "skriver docs/behorighet.txt"]
fn write_the_matrix() {
    std::fs::write(facit(), matris()).unwrap();
}

#[test]
fn the_committed_matrix_is_the_policy() {
    let facit = std::fs::read_to_string(facit()).unwrap();
    assert_eq!(facit, matris(), "docs/behorighet.txt is not the policy");
}

/// The cells of a matrix as text that are not what `prova` answers.
fn avvikelser(matris: &str) -> (usize, Vec<(Roll, Atgard)>) {
    let (mut celler, mut fel) = (0, Vec::new());
    for rad in matris.lines() {
        let kod = rad.split(' ').next().unwrap_or_default();
        let Some(atgard) = Atgard::av_kod(kod) else {
            continue;
        };
        let tecken: Vec<&str> = rad.split_whitespace().skip(1).collect();
        assert_eq!(tecken.len(), Roll::ALLA.len(), "{rad}");
        for (roll, tecken) in Roll::ALLA.iter().zip(tecken) {
            celler += 1;
            let svar = prova(&aktor_med(*roll), atgard);
            if svar.is_ok() != (tecken == "✔") {
                fel.push((*roll, atgard));
            }
            if let Ok(permit) = svar {
                assert_eq!((permit.roll(), permit.atgard()), (*roll, atgard));
                assert_eq!(permit.huvudman(), huvudman());
            }
        }
    }
    (celler, fel)
}

/// The committed document, not the table, is the oracle here.
#[test]
fn every_cell_of_the_document_is_what_prova_answers() {
    let fil = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/behorighet.txt");
    let facit = std::fs::read_to_string(fil).unwrap();
    let (celler, fel) = avvikelser(&facit);
    assert_eq!(celler, Atgard::ALLA.len() * Roll::ALLA.len());
    assert_eq!(fel, []);
}

/// Positive control: each cell turned in the document is found, alone.
#[test]
fn one_turned_cell_is_found_wherever_it_is() {
    let ratt = matris();
    let celler: Vec<usize> = ratt
        .match_indices("  ·")
        .chain(ratt.match_indices("  ✔"))
        .map(|(plats, _)| plats)
        .collect();
    assert_eq!(celler.len(), Atgard::ALLA.len() * Roll::ALLA.len());
    for plats in celler {
        let (fore, efter) = ratt.split_at(plats);
        let vand = match efter.strip_prefix("  ·") {
            Some(resten) => format!("{fore}  ✔{resten}"),
            None => format!("{fore}  ·{}", efter.strip_prefix("  ✔").unwrap()),
        };
        assert_eq!(avvikelser(&vand).1.len(), 1);
    }
}

#[test]
fn policy_lists_follow_the_order_of_the_matrix_without_repeats() {
    for atgard in Atgard::ALLA {
        let lista = roller(*atgard);
        assert!(!lista.is_empty(), "{} får ingen göra", atgard.kod());
        assert!(
            lista.windows(2).all(|par| par[0] < par[1]),
            "{}",
            atgard.kod()
        );
    }
}

#[test]
fn the_public_reads_what_is_published_and_nothing_else() {
    let anonym = Aktor::anonym(huvudman());
    let far: Vec<_> = Atgard::ALLA.iter().filter(|a| anonym.far(**a)).collect();
    assert_eq!(far, [&Atgard::LasaPublicerat]);
    let permit = prova(&anonym, Atgard::LasaPublicerat).unwrap();
    assert_eq!(permit.anvandare(), None);
}

#[test]
fn roles_without_work_yet_have_only_their_own_page() {
    for roll in [Roll::Jobbtorgspart, Roll::Sokande] {
        let aktor = aktor_med(roll);
        let far: Vec<_> = Atgard::ALLA.iter().filter(|a| aktor.far(**a)).collect();
        assert_eq!(
            far,
            [
                &Atgard::LasaPublicerat,
                &Atgard::LasaEgenBehorighet,
                &Atgard::BytaLosenord,
            ]
        );
    }
}

/// Who sees participants does nothing else, and nobody else sees them: what they may besides
/// everybody's own page is theirs alone.
#[test]
fn participants_are_seen_by_one_role_that_sees_nothing_else() {
    const EGNA: [Atgard; 4] = [
        Atgard::LasaDeltagare,
        Atgard::RegistreraDeltagare,
        Atgard::ImporteraDeltagare,
        Atgard::SkrivaDeltagande,
    ];
    let delt = aktor_med(Roll::Deltagaransvarig);
    let allas = aktor_med(Roll::Sokande);
    for atgard in Atgard::ALLA {
        let egen = EGNA.contains(atgard);
        assert_eq!(delt.far(*atgard), egen || allas.far(*atgard), "{atgard:?}");
        if egen {
            assert_eq!(roller(*atgard), [Roll::Deltagaransvarig], "{atgard:?}");
        }
    }
    // Who gives the assignments does not see, and who sees gives none.
    for roll in roller(Atgard::TilldelaUppdrag) {
        assert!(!crate::far_ha_tillsammans(*roll, Roll::Deltagaransvarig));
    }
}

/// What is typed in a report is saved with issuing it, in one form.
#[test]
fn whoever_issues_a_report_may_write_it() {
    for roll in Roll::ALLA.iter().copied().filter(|r| r.kan_tilldelas()) {
        let aktor = aktor_med(roll);
        let utfardar = aktor.far(Atgard::UtfardaRapport);
        assert!(!utfardar || aktor.far(Atgard::SparaRapport), "{roll}");
    }
}

#[test]
fn readers_never_write_and_administrators_see_no_money() {
    let skriver = [
        Atgard::ImporteraUnderlag,
        Atgard::SkapaBidrag,
        Atgard::SkapaInsats,
        Atgard::AndraFordelning,
        Atgard::RegistreraFaktum,
        Atgard::RattaFaktum,
        Atgard::AndraInsats,
        Atgard::AccepteraFynd,
        Atgard::SkapaRapport,
        Atgard::SparaRapport,
        Atgard::UtfardaRapport,
        Atgard::Publicera,
        Atgard::DraTillbaka,
        Atgard::HanteraOrganisationer,
        Atgard::HanteraAnvandare,
        Atgard::SattaUpp,
    ];
    for atgard in skriver {
        for roll in [Roll::Styrelse, Roll::Revisor, Roll::Anonym] {
            assert!(!aktor_med(roll).far(atgard), "{roll} × {}", atgard.kod());
        }
    }
    for atgard in [
        Atgard::LasaMedel,
        Atgard::LasaHarledning,
        Atgard::RegistreraFaktum,
    ] {
        assert!(!aktor_med(Roll::Administrator).far(atgard));
    }
    for roll in Roll::ALLA.iter().filter(|r| **r != Roll::Driftansvarig) {
        assert!(!aktor_med(*roll).far(Atgard::SattaUpp));
    }
}

#[test]
fn office_and_person_roles_cannot_be_combined() {
    let kontor = [
        Roll::Administrator,
        Roll::Forbundschef,
        Roll::Ekonom,
        Roll::Insatsansvarig,
        Roll::Namndredovisare,
        Roll::Styrelse,
        Roll::Revisor,
    ];
    for en in kontor {
        for annan in [Roll::Deltagaransvarig, Roll::Jobbtorgspart] {
            assert!(!far_ha_tillsammans(en, annan));
            let fel = aktor(&[en, annan]).unwrap_err();
            assert_eq!((fel.en, fel.annan), (en, annan));
        }
    }
    assert!(aktor(&[Roll::Deltagaransvarig, Roll::Jobbtorgspart]).is_ok());
    assert!(aktor(&[Roll::Ekonom, Roll::Insatsansvarig]).is_ok());
    assert!(aktor(&[Roll::Administrator, Roll::Loggkontrollant]).is_err());
}

#[test]
fn combination_is_symmetric_and_the_operator_is_always_alone() {
    for en in Roll::ALLA {
        for annan in Roll::ALLA {
            assert_eq!(
                far_ha_tillsammans(*en, *annan),
                far_ha_tillsammans(*annan, *en)
            );
        }
        assert_eq!(aktor(&[*en]).is_ok(), en.kan_tilldelas());
    }
    assert!(aktor(&[Roll::Driftansvarig]).is_err());
    assert!(aktor(&[Roll::Ekonom, Roll::Anonym]).is_err());
}

/// A role is described when there is something for it to do, and only then.
#[test]
fn a_role_is_described_when_it_may_do_something() {
    for roll in Roll::ALLA.iter().filter(|r| r.kan_tilldelas()) {
        let far = |atgard: &&Atgard| roller(**atgard).contains(roll);
        // What all who have signed in may do says nothing of a role.
        let eget = |atgard: &&Atgard| !roller(**atgard).contains(&Roll::Sokande);
        let antal = Atgard::ALLA.iter().filter(far).filter(eget).count();
        assert_eq!(roll.gor().is_some(), antal > 0, "{roll}: {antal}");
    }
}

#[test]
fn the_first_role_that_allows_it_is_the_one_in_the_journal() {
    let aktor = aktor(&[Roll::Insatsansvarig, Roll::Ekonom, Roll::Ekonom]).unwrap();
    assert_eq!(aktor.roller(), [Roll::Ekonom, Roll::Insatsansvarig]);
    let roll = |a| prova(&aktor, a).unwrap().roll();
    assert_eq!(roll(Atgard::ImporteraUnderlag), Roll::Ekonom);
    assert_eq!(roll(Atgard::AndraInsats), Roll::Ekonom);
    assert!(prova(&aktor, Atgard::Publicera).is_err());
}

#[test]
fn a_permit_is_for_one_action_only() {
    let aktor = aktor(&[Roll::Forbundschef]).unwrap();
    let permit = prova(&aktor, Atgard::LasaMedel).unwrap();
    assert!(permit.kraver(Atgard::LasaMedel).is_ok());
    let fel = permit.kraver(Atgard::RattaFaktum).unwrap_err();
    assert_eq!(
        fel.to_string(),
        "permit för lasa-medel använt till ratta-faktum"
    );
    assert!(
        permit
            .kraver_nagon(&[Atgard::LasaHarledning, Atgard::LasaMedel])
            .is_ok()
    );
    assert!(permit.kraver_nagon(&[]).is_err());
}

#[test]
fn a_refusal_names_the_action_and_who_may() {
    let nekad = prova(&aktor_med(Roll::Styrelse), Atgard::ImporteraUnderlag).unwrap_err();
    assert_eq!(
        nekad.to_string(),
        "Din roll får inte importera underlag. Det får den som är förbundschef, ekonom eller \
         driftansvarig."
    );
    let ensam = Nekad {
        atgard: Atgard::Publicera,
    };
    assert_eq!(ensam.vem_far(), "Det får bara den som är förbundschef.");
    let problem = Problem::from(nekad);
    assert_eq!(problem.slag, ProblemSlag::Nekad);
    assert_eq!(problem.kod, "behorighet-nekad");
}

#[test]
fn codes_are_unique_and_read_back() {
    for roll in Roll::ALLA {
        assert_eq!(Roll::av_kod(roll.kod()), Some(*roll));
    }
    for atgard in Atgard::ALLA {
        assert_eq!(Atgard::av_kod(atgard.kod()), Some(*atgard));
    }
    assert_eq!(Roll::av_kod("chef"), None);
}
