//! Writes: versions, duplicates, corrections, reports, sign-in and repeated POSTs.

use jiff::ToSpan;
use jiff::civil::date;
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::andring::{Andring, NyAnvandare};
use utfall_domain::faktum::{FaktumSlag, NyttFaktum};
use utfall_domain::id::{AnvandareId, BidragId, FaktumId, InsatsId, OrganisationId, UnderlagId};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText, Insatsbeskrivning, Tjanst};
use utfall_domain::organisation::{NamnArt, OrganisationsNamn};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::{Rapportlage, Rapportslag, UtfardadRapport};
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;

use super::{
    A, B, Varld, chefen, faktum, handelse, nu, nytt_faktum, papper, permit, rapport_id, sha,
    varldar,
};
use crate::{
    DbFel, anvandare, bocker, idempotens, inloggning, insatser, journal, rapporter, underlag,
};

fn andra(vantad_version: i64, kommentar: &str) -> Vec<Andring> {
    vec![Andring::AndraInsats {
        insats: InsatsId::ny(30).unwrap(),
        vantad_version,
        text: InsatsText {
            kommentar: kommentar.to_owned(),
            mal: "Ett\nTvå".to_owned(),
            ..InsatsText::default()
        },
        fortsattning: Fortsattning::Delvis,
    }]
}

#[test]
fn only_the_version_that_was_seen_can_be_saved() {
    for v in varldar() {
        v.gor(A, Atgard::AndraInsats, andra(1, "först")).unwrap();
        assert_eq!(
            v.gor(A, Atgard::AndraInsats, andra(1, "sedan")),
            Err(DbFel::Version)
        );
        let alla = v.las(A, Atgard::LasaInsatser, insatser::alla).unwrap();
        let insats = alla.iter().find(|i| i.id.nummer() == 30).unwrap();
        assert_eq!(
            (insats.version, insats.text.kommentar.as_str()),
            (2, "först")
        );
        assert_eq!(insats.fortsattning, Fortsattning::Delvis);
        assert!(insats.text.malen().eq(["Ett", "Två"]), "{:?}", insats.text);
        let problem = Problem::from(DbFel::Version);
        assert_eq!(
            (problem.slag, problem.kod),
            (ProblemSlag::Konflikt, "andrad-under-tiden")
        );
    }
}

#[test]
fn an_initiative_is_described_anew_with_positions_that_may_be_unstated() {
    let tjanst = |antal| Tjanst {
        beskrivning: "coach".to_owned(),
        antal,
        andel: None,
        ar: Some(2023),
        till_ar: Some(2023),
        fran_manad: None,
        till_manad: None,
    };
    let ny = |vantad_version| {
        let text = InsatsText {
            beskrivning: "Ny beskrivning".to_owned(),
            ..InsatsText::default()
        };
        vec![Andring::BeskrivInsats {
            insats: InsatsId::ny(30).unwrap(),
            vantad_version,
            beskrivning: Box::new(Insatsbeskrivning {
                text,
                fortsattning: Fortsattning::Avslutad,
                start_ar: Some(2022),
                slut_ar: None,
                tjanster: vec![tjanst(None), tjanst(Some(0)), tjanst(Some(3_000_000_000))],
            }),
        }]
    };
    for v in varldar() {
        let fore = v.las(A, Atgard::LasaInsatser, insatser::alla).unwrap();
        let andra = |alla: &[Insats]| -> Vec<Insats> {
            let alla = alla.iter().filter(|i| i.id.nummer() != 30);
            alla.cloned().collect()
        };
        v.gor(A, Atgard::ImporteraUnderlag, ny(1)).unwrap();
        let igen = v.gor(A, Atgard::ImporteraUnderlag, ny(1));
        assert_eq!(igen, Err(DbFel::Version));
        let svar = v.gor(A, Atgard::AndraInsats, ny(2));
        assert!(matches!(svar, Err(DbFel::FelPermit { .. })), "{svar:?}");
        let nu = v.las(A, Atgard::LasaInsatser, insatser::alla).unwrap();
        let i = nu.iter().find(|i| i.id.nummer() == 30).unwrap();
        assert_eq!(i.text.beskrivning, "Ny beskrivning");
        assert_eq!(i.fortsattning, Fortsattning::Avslutad);
        assert_eq!((i.start_ar, i.slut_ar, i.version), (Some(2022), None, 2));
        let antal: Vec<Option<i64>> = i.tjanster.iter().map(|t| t.antal).collect();
        assert_eq!(antal, [None, Some(0), Some(3_000_000_000)]);
        assert_eq!(andra(&fore), andra(&nu));
    }
}

#[test]
fn same_paper_is_not_imported_twice() {
    for v in varldar() {
        let igen = Andring::NyttUnderlag(papper(60, b"{\"papper\": 40}", true));
        let svar = v.gor(A, Atgard::ImporteraUnderlag, vec![igen]);
        assert!(matches!(svar, Err(DbFel::Unik { .. })), "{svar:?}");
        let funnet = v.las(A, Atgard::ImporteraUnderlag, |k, p| {
            underlag::med_summa(k, p, &sha(b"{\"papper\": 40}"))
        });
        assert_eq!(funnet.unwrap(), UnderlagId::ny(40));
        let mut fel = papper(60, b"annat", true);
        fel.sha256 = sha(b"inte det");
        let svar = v.gor(
            A,
            Atgard::ImporteraUnderlag,
            vec![Andring::NyttUnderlag(fel)],
        );
        assert!(matches!(svar, Err(DbFel::Regel { .. })), "{svar:?}");
    }
}

#[test]
fn refused_import_stores_nothing() {
    for v in varldar() {
        let fore = v.las(A, Atgard::LasaMedel, bocker::las).unwrap();
        let mut plan: Vec<Andring> = (100..200)
            .map(|nr| {
                nytt_faktum(
                    nr,
                    faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(nr), None),
                )
            })
            .collect();
        plan.push(Andring::NyttUnderlag(papper(60, b"{\"papper\": 40}", true)));
        v.gor(A, Atgard::ImporteraUnderlag, plan).unwrap_err();
        assert_eq!(v.las(A, Atgard::LasaMedel, bocker::las).unwrap(), fore);
    }
}

#[test]
fn fact_is_corrected_once_by_a_later_one() {
    for v in varldar() {
        let ratta = |nr: i64, rattar: i64, struken: bool| NyttFaktum {
            rattar: FaktumId::ny(rattar),
            orsak: Some("fel rad".to_owned()),
            struken,
            ..faktum(FaktumSlag::Rekvirerat, None, Varde::Kant(nr), None)
        };
        let gor = |nr: i64, f: NyttFaktum| v.gor(A, Atgard::RattaFaktum, vec![nytt_faktum(nr, f)]);
        gor(100, ratta(100, 51, false)).unwrap();
        // A second correction of the same fact would count twice.
        assert!(matches!(
            gor(101, ratta(101, 51, false)),
            Err(DbFel::Unik { .. })
        ));
        gor(101, ratta(101, 100, true)).unwrap();
        // A fact cannot correct itself or a later one, and only a correction strikes.
        assert!(matches!(
            gor(102, ratta(102, 102, false)),
            Err(DbFel::Regel { .. })
        ));
        let struken = NyttFaktum {
            rattar: None,
            ..ratta(102, 1, true)
        };
        assert!(matches!(gor(102, struken), Err(DbFel::Regel { .. })));
        let b = v.las(A, Atgard::LasaMedel, bocker::las).unwrap();
        let galler = utfall_domain::faktum::gallande(&b.fakta, None);
        assert!(
            galler
                .iter()
                .all(|f| ![51, 100, 101].contains(&f.id.nummer()))
        );
    }
}

#[test]
fn new_name_moves_the_organisation_in_the_list() {
    for v in varldar() {
        let namn = OrganisationsNamn {
            namn: "Aspnämnden".to_owned(),
            art: NamnArt::Namn,
            fran: Some(date(2022, 1, 1)),
        };
        let byt = |nr: i64| {
            let organisation = OrganisationId::ny(nr).unwrap();
            let namn = namn.clone();
            v.gor(
                A,
                Atgard::HanteraOrganisationer,
                vec![Andring::NyttNamn { organisation, namn }],
            )
        };
        byt(11).unwrap();
        let b = v.las(A, Atgard::LasaMedel, bocker::las).unwrap();
        assert_eq!(b.organisationer[0].namn_nu(), "Aspnämnden");
        assert_eq!(b.organisationer[0].namn.len(), 3);
        assert!(byt(999).is_err());
    }
}

fn utkast() -> Vec<Andring> {
    vec![Andring::NyRapport {
        id: rapport_id(70),
        slug: "aterrapport-2021".to_owned(),
        titel: "Återrapport 2021".to_owned(),
        bidrag: BidragId::ny(20),
        slag: utfall_domain::rapporter::Rapportslag::ALLMAN,
        utkast: "{}".to_owned(),
    }]
}

fn spara(vantad_version: i64) -> Vec<Andring> {
    let utkast = format!("{{\"v\":{vantad_version}}}");
    vec![Andring::SparaRapport {
        rapport: rapport_id(70),
        vantad_version,
        utkast,
    }]
}

fn utfarda(vantad_version: i64) -> UtfardadRapport {
    let (indata, pdf) = ("{\"tal\":1}".to_owned(), b"%PDF-1.7".to_vec());
    UtfardadRapport {
        rapport: rapport_id(70),
        vantad_version,
        per: PerDag(date(2022, 2, 2)),
        indata_sha256: sha(indata.as_bytes()),
        pdf_sha256: sha(&pdf),
        indata,
        pdf,
        docx: b"PK".to_vec(),
        html: b"<!doctype html>".to_vec(),
        xlsx: Some(b"PK2".to_vec()),
    }
}

fn gor_utfardad(v: &Varld) {
    v.gor(A, Atgard::SkapaRapport, utkast()).unwrap();
    v.gor(A, Atgard::SparaRapport, spara(1)).unwrap();
    let plan = vec![Andring::UtfardaRapport(Box::new(utfarda(2)))];
    v.gor(A, Atgard::UtfardaRapport, plan).unwrap();
}

#[test]
fn issued_report_is_frozen() {
    for v in varldar() {
        gor_utfardad(&v);
        assert_eq!(
            v.gor(A, Atgard::SparaRapport, spara(2)),
            Err(DbFel::BaraTillagg)
        );
        let igen = vec![Andring::UtfardaRapport(Box::new(utfarda(2)))];
        assert_eq!(
            v.gor(A, Atgard::UtfardaRapport, igen),
            Err(DbFel::BaraTillagg)
        );
        let svar = v.las(A, Atgard::LasaRapporter, |k, p| {
            rapporter::utfardad(k, p, rapport_id(70))
        });
        assert_eq!(svar.unwrap(), Some(utfarda(2)));
        let fil = v.las(A, Atgard::LasaRapporter, |k, p| {
            rapporter::fil(k, p, rapport_id(70), Format::Html)
        });
        assert_eq!(fil.unwrap(), Some(utfarda(2).html));
        let bok = v.las(A, Atgard::LasaRapporter, |k, p| {
            rapporter::fil(k, p, rapport_id(70), Format::Xlsx)
        });
        assert_eq!(bok.unwrap(), utfarda(2).xlsx);
        let med = v.las(A, Atgard::VerifieraJournal, |k, p| {
            rapporter::med_pdf(k, p, &utfarda(2).pdf_sha256)
        });
        assert_eq!(med.unwrap(), [rapport_id(70)]);
        let alla = v.las(A, Atgard::LasaRapporter, rapporter::alla).unwrap();
        assert!(matches!(alla[0].lage, Rapportlage::Utfardad { tid, .. } if tid == nu()));
    }
}

#[test]
fn a_report_of_no_grant_keeps_its_kind() {
    let slag = Rapportslag::Ekonomirapport {
        ar: 2022,
        till_manad: 3,
        namnd: None,
    };
    for v in varldar() {
        let ny = Andring::NyRapport {
            id: rapport_id(70),
            slug: "ekonomi".into(),
            titel: "Ekonomi".into(),
            bidrag: None,
            slag: slag.clone(),
            utkast: "{}".into(),
        };
        v.gor(A, Atgard::SkapaRapport, vec![ny]).unwrap();
        let alla = v.las(A, Atgard::LasaRapporter, rapporter::alla).unwrap();
        assert_eq!((alla[0].bidrag, &alla[0].slag), (None, &slag));
    }
}

#[test]
fn report_with_wrong_sum_or_version_is_not_issued() {
    for v in varldar() {
        v.gor(A, Atgard::SkapaRapport, utkast()).unwrap();
        let gor = |r: UtfardadRapport| {
            v.gor(
                A,
                Atgard::UtfardaRapport,
                vec![Andring::UtfardaRapport(Box::new(r))],
            )
        };
        assert_eq!(gor(utfarda(2)), Err(DbFel::Version));
        let fel = UtfardadRapport {
            pdf: b"%PDF-annan".to_vec(),
            ..utfarda(1)
        };
        assert!(matches!(gor(fel), Err(DbFel::Regel { .. })));
        gor(utfarda(1)).unwrap();
    }
}

#[test]
fn finding_is_accepted_once() {
    for v in varldar() {
        let acceptera = || {
            vec![Andring::AccepteraFynd {
                underlag: UnderlagId::ny(40).unwrap(),
                nyckel: "summa:bilaga 1".to_owned(),
                motivering: "Avrundning".to_owned(),
            }]
        };
        v.gor(A, Atgard::AccepteraFynd, acceptera()).unwrap();
        let igen = v.gor(A, Atgard::AccepteraFynd, acceptera());
        assert!(matches!(igen, Err(DbFel::Unik { .. })));
        let b = v.las(A, Atgard::LasaGranskning, bocker::las).unwrap();
        assert_eq!(b.accepterade.len(), 1);
        assert_eq!(b.accepterade[0].motivering, "Avrundning");
    }
}

#[test]
fn paper_is_replaced_once_by_a_later_one_of_the_same_books() {
    for v in varldar() {
        let ersatt = |nr: i64, fore: i64| Andring::ErsattUnderlag {
            underlag: UnderlagId::ny(nr).unwrap(),
            ersatter: UnderlagId::ny(fore).unwrap(),
            orsak: "Rättad".to_owned(),
        };
        let ny = |nr: i64| Andring::NyttUnderlag(papper(nr, nr.to_string().as_bytes(), false));
        let atgard = Atgard::ImporteraUnderlag;
        v.gor(A, atgard, vec![ny(620), ersatt(620, 40)]).unwrap();
        let igen = v.gor(A, atgard, vec![ny(621), ersatt(621, 40)]);
        assert!(matches!(igen, Err(DbFel::Unik { .. })), "{igen:?}");
        let bakat = v.gor(A, atgard, vec![ny(622), ersatt(40, 622)]);
        assert!(bakat.is_err(), "en äldre ersätter ingen nyare");
        let annans = v.gor(B, atgard, vec![ny(623), ersatt(623, 620)]);
        assert!(annans.is_err(), "ingen ersätter en annans papper");
        let utan_lov = v.gor(A, Atgard::AccepteraFynd, vec![ersatt(620, 40)]);
        assert!(
            matches!(utan_lov, Err(DbFel::FelPermit { .. })),
            "{utan_lov:?}"
        );
        let b = v.las(A, Atgard::LasaUnderlag, bocker::las).unwrap();
        let (gammalt, nytt) = (UnderlagId::ny(40).unwrap(), UnderlagId::ny(620).unwrap());
        assert_eq!(b.ersatt_av(gammalt, None).map(|u| u.id), Some(nytt));
        assert_eq!(b.versioner(nytt), [nytt, gammalt]);
        assert!(!b.gallande_underlag(None).iter().any(|u| u.id == gammalt));
        let ersatter = b.underlag(nytt).unwrap().ersatter.as_ref().unwrap();
        assert_eq!(ersatter.orsak, "Rättad");
    }
}

#[test]
fn a_grant_gets_more_years_each_once_and_in_order() {
    for v in varldar() {
        let nya = |ar: &[i16]| {
            vec![Andring::NyaBidragsar {
                bidrag: BidragId::ny(20).unwrap(),
                ar: ar.to_vec(),
            }]
        };
        let ar = |v: &Varld| {
            let b = v.las(A, Atgard::LasaMedel, bocker::las).unwrap();
            b.bidrag(BidragId::ny(20).unwrap()).unwrap().ar.clone()
        };
        let fore = ar(&v);
        v.gor(A, Atgard::ImporteraUnderlag, nya(&[2031, 2017]))
            .unwrap();
        let mut vantat = fore.clone();
        vantat.extend([2017, 2031]);
        vantat.sort_unstable();
        assert_eq!(ar(&v), vantat);
        let igen = v.gor(A, Atgard::ImporteraUnderlag, nya(&[2031]));
        assert!(matches!(igen, Err(DbFel::Unik { .. })), "{igen:?}");
    }
}

#[test]
fn accounts_hold_only_roles_that_go_together() {
    for v in varldar() {
        let ny = |roller: &[&str]| {
            let roller = roller.iter().map(|&r| r.to_owned()).collect();
            let id = AnvandareId::ny(80).unwrap();
            let konto = NyAnvandare {
                id,
                inloggning: "ny".to_owned(),
                roller,
                demo: false,
                ..chefen()
            };
            v.gor(
                A,
                Atgard::HanteraAnvandare,
                vec![Andring::NyAnvandare(konto)],
            )
        };
        assert!(matches!(
            ny(&["ekonom", "deltagaransvarig"]),
            Err(DbFel::Regel { .. })
        ));
        assert!(matches!(ny(&["kejsare"]), Err(DbFel::Regel { .. })));
        assert!(matches!(ny(&["driftansvarig"]), Err(DbFel::Regel { .. })));
        ny(&["revisor", "revisor"]).unwrap();
        let alla = v.las(A, Atgard::HanteraAnvandare, anvandare::alla).unwrap();
        let funnen = alla.iter().find(|k| k.inloggning == "ny").unwrap();
        assert_eq!(funnen.roller, [Roll::Revisor]);
        assert!(!alla.iter().any(|k| k.id == AnvandareId::DRIFT));
    }
}

#[test]
fn session_opens_for_its_token_until_it_ends() {
    for v in varldar() {
        let konto =
            v.db.las(|k| inloggning::konto(k, "chef"))
                .vanta()
                .unwrap()
                .unwrap();
        assert_eq!(konto.losenord, "$argon2id$prov");
        assert!(!format!("{konto:?}").contains("argon2id"));
        // The operator's account has the empty name and no password; it is never one.
        assert_eq!(
            v.db.las(|k| inloggning::konto(k, "")).vanta().unwrap(),
            None
        );
        let hash = sha(b"token");
        let ny = konto.clone();
        v.db.skriv(move |k| inloggning::skapa_session(k, &hash, &ny, nu()))
            .vanta()
            .unwrap();
        let hamta = || {
            v.db.las(move |k| inloggning::session(k, &hash))
                .vanta()
                .unwrap()
        };
        let session = hamta().unwrap();
        assert_eq!(session.aktor.roller(), [Roll::Forbundschef, Roll::Ekonom]);
        assert_eq!(session.huvudman.slug, "a");
        assert_eq!((session.skapad, session.sedd), (nu(), nu()));
        let senare = nu() + 5.minutes();
        v.db.skriv(move |k| inloggning::sedd(k, &hash, senare))
            .vanta()
            .unwrap();
        v.db.skriv(move |k| inloggning::sedd(k, &hash, nu()))
            .vanta()
            .unwrap();
        assert_eq!(hamta().unwrap().sedd, senare, "tiden går inte bakåt");
        assert!(
            v.db.las(|k| inloggning::session(k, &sha(b"annan")))
                .vanta()
                .unwrap()
                .is_none()
        );
        let stada = |sedd, skapad| {
            v.db.skriv(move |k| inloggning::stada(k, sedd, skapad))
                .vanta()
        };
        assert_eq!(stada(nu(), nu()), Ok(0));
        assert_eq!(stada(senare + 1.second(), nu()), Ok(1));
        assert!(hamta().is_none());
        v.db.skriv(move |k| inloggning::skapa_session(k, &hash, &konto, nu()))
            .vanta()
            .unwrap();
        v.db.skriv(move |k| inloggning::avsluta(k, &hash))
            .vanta()
            .unwrap();
        assert!(hamta().is_none());
    }
}

#[test]
fn repeated_post_gets_the_first_answer() {
    for v in varldar() {
        let importera = permit(A, Atgard::ImporteraUnderlag);
        let annan = permit(A, Atgard::RattaFaktum);
        let lov = importera.clone();
        let en_gang = move |k: &mut crate::Skriv| {
            if let Some(svar) = idempotens::hitta(k, &lov, "nyckel-1")? {
                return Ok::<_, DbFel>((svar, false));
            }
            journal::skriv(k, &lov, nu(), &handelse("underlag-importerat"))?;
            idempotens::spara(k, &lov, nu(), "nyckel-1", "{\"id\":7}")?;
            Ok(("{\"id\":7}".to_owned(), true))
        };
        let svar: Vec<_> = (0..5).map(|_| v.db.skriv(en_gang.clone())).collect();
        let svar: Vec<_> = svar.into_iter().map(|s| s.vanta().unwrap()).collect();
        assert_eq!(svar.iter().filter(|(_, ny)| *ny).count(), 1);
        assert!(svar.iter().all(|(svar, _)| svar == "{\"id\":7}"));
        let hos_annan =
            v.db.las(move |k| idempotens::hitta(k, &annan, "nyckel-1"))
                .vanta();
        assert_eq!(hos_annan, Ok(None), "nyckeln hör till åtgärden");
        let stada =
            v.db.skriv(|k| idempotens::stada(k, nu() + 1.second()))
                .vanta();
        assert_eq!(stada, Ok(1));
    }
}
