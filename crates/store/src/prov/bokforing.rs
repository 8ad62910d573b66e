//! What is booked: nothing is seen before it is in force, sums are those of the rows, and what
//! never came in can be cleared away.

mod planer;

use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use utfall_behorighet::{Aktor, Atgard, Permit, Roll, prova};
use utfall_domain::andring::{Andring, NyKoppling};
use utfall_domain::faktum::{Bokforingskalla, FaktumSlag};
use utfall_domain::id::{
    AnvandareId, FaktumId, InlasningId, InsatsId, KonteringId, KopplingId, OrganisationId,
    VerifikationId,
};
use utfall_domain::insatser::Insats;
use utfall_domain::medel::kontering::{
    Behall, Intervall, Kontering, Konteringsslag, Kontotyp, Koppling, Regel, Summa, Till,
};
use utfall_domain::medel::verifikation::{
    Bokforingsar, Handverifikation, Inlasningslage, Inlasningsutfall, NyInlasning, NyVerifikation,
};
use utfall_domain::varde::Varde;

use super::{A, B, Varld, faktum, huvudman_id, insats, nu, permit, varldar};
use crate::bokforing::{self, Inbokat, koppling, rackvidd, skriv, stada, verifikationer};
use crate::{DbFel, Skriv};

fn ar() -> Bokforingsar {
    Bokforingsar {
        orgnr: "2120000000".to_owned(),
        fran: date(2026, 1, 1),
        till: date(2026, 12, 31),
    }
}

fn ny(nr: u8) -> NyInlasning {
    NyInlasning {
        sha256: [nr; 32],
        filnamn: format!("fil-{nr}.se"),
        ar: ar(),
        foretag: "Forsby (påhittat)".to_owned(),
        program: "Prov 1".to_owned(),
        kodning: "PC8 (CP437)".to_owned(),
        verifikationer: 2,
        rader: 4,
        komplett: false,
    }
}

impl Varld {
    fn sie<T: Send + 'static>(
        &self,
        huvudman: i64,
        f: impl Fn(&mut Skriv, &Permit) -> Result<T, DbFel> + Send + 'static,
    ) -> Result<T, DbFel> {
        let permit = permit(huvudman, Atgard::ImporteraSie);
        self.db.skriv(move |k| f(k, &permit)).vanta()
    }

    /// An import with these vouchers, staged; each is number, replaced, and rows.
    fn upplagd(&self, huvudman: i64, nr: u8, vad: &[Ver]) -> InlasningId {
        let vad = vad.to_vec();
        self.sie(huvudman, move |k, p| {
            let id = skriv::paborja(k, p, nu(), &ny(nr))?;
            let finns = Inbokat::las(k, p, (None, None), None)?.konteringar();
            let konton: Vec<KonteringId> = [5010, 1930]
                .into_iter()
                .map(|konto| {
                    let vill = Kontering::ny("2120000000", konto, vec![(6, "P1".into())]);
                    match finns.iter().find(|(_, (k, _))| *k == vill) {
                        Some((id, _)) => Ok(*id),
                        None => Ok(skriv::konteringar(k, p, nu(), id, &[vill])?[0]),
                    }
                })
                .collect::<Result<_, DbFel>>()?;
            let namn = (
                "konto".into(),
                "5010".into(),
                "Löner".into(),
                Some(Kontotyp::Kostnad),
            );
            skriv::namn(k, p, nu(), id, &[namn])?;
            let nya: Vec<NyVerifikation> = vad
                .iter()
                .map(|v| NyVerifikation {
                    identitet: [v.nr; 32],
                    innehall: [u8::try_from(v.ore % 251).unwrap(); 32],
                    serie: "A".into(),
                    nummer: v.nr.to_string(),
                    datum: v.dag,
                    ersatter: v.ersatter,
                    rader: vec![(konton[0], v.ore), (konton[1], -v.ore)],
                    texter: vec![(-1, "Sara Signatur".into()), (0, "Lön Nils Nilsson".into())],
                })
                .collect();
            skriv::verifikationer(k, p, nu(), id, (&nya, 2))?;
            let mut delta: BTreeMap<(KonteringId, Date), (i64, i64)> = BTreeMap::new();
            for v in &vad {
                for (konto, tecken) in [(konton[0], 1), (konton[1], -1)] {
                    let s = delta.entry((konto, v.dag.first_of_month())).or_default();
                    s.0 += tecken * (v.ore - v.fore);
                    s.1 += i64::from(v.ersatter.is_none());
                }
            }
            let summor: Vec<Summa> = delta
                .into_iter()
                .map(|((kontering, manad), (ore, antal))| Summa {
                    kontering,
                    manad,
                    ore,
                    antal,
                })
                .collect();
            skriv::summor(k, p, nu(), id, (&summor, 2))?;
            Ok(id)
        })
        .unwrap()
    }

    fn galler(&self, huvudman: i64, inlasning: InlasningId) -> Result<(), DbFel> {
        let utfall = Inlasningsutfall {
            nya: 2,
            ..Inlasningsutfall::default()
        };
        let andring = Andring::InlasningGaller { inlasning, utfall };
        self.gor(huvudman, Atgard::ImporteraSie, vec![andring])
    }

    fn bokfort(&self, huvudman: i64) -> i64 {
        self.las(huvudman, Atgard::LasaBokforing, |k, p| {
            let konteringar = Inbokat::las(k, p, (None, None), None)?.konteringar();
            let summor = Inbokat::las(k, p, (None, None), None)?.summor();
            Ok(summor
                .iter()
                .filter(|s| konteringar[&s.kontering].0.konto == 5010)
                .map(|s| s.ore)
                .sum())
        })
        .unwrap()
    }

    fn synliga(&self, huvudman: i64) -> Vec<VerifikationId> {
        let sokning = verifikationer::Sokning {
            inom: (date(2026, 1, 1), date(2026, 12, 31)),
            inlasning: None,
            konteringar: None,
            serie: None,
            nummer: None,
            belopp: None,
            med_summor: false,
        };
        let funna = self.las(huvudman, Atgard::LasaBokforing, move |k, p| {
            verifikationer::sok(k, p, &sokning)
        });
        funna.unwrap().into_iter().map(|(v, _)| v.id).collect()
    }
}

#[derive(Clone)]
struct Ver {
    nr: u8,
    ore: i64,
    dag: Date,
    ersatter: Option<VerifikationId>,
    fore: i64,
}

fn ver(nr: u8, ore: i64) -> Ver {
    Ver {
        nr,
        ore,
        dag: date(2026, 3, i8::try_from(nr).unwrap()),
        ersatter: None,
        fore: 0,
    }
}

#[test]
fn rows_on_their_way_in_are_seen_by_nobody() {
    for v in varldar() {
        let id = v.upplagd(A, 1, &[ver(1, 100), ver(2, 250)]);
        assert_eq!((v.bokfort(A), v.synliga(A).len()), (0, 0));
        // Control: the one who brings them in reads them.
        let med = v
            .las(A, Atgard::ImporteraSie, move |k, p| {
                Ok(Inbokat::las(k, p, (Some(id), None), None)?.summor())
            })
            .unwrap();
        assert_eq!(med.len(), 2);
        let tva = v.sie(A, |k, p| skriv::paborja(k, p, nu(), &ny(9)));
        assert!(matches!(tva, Err(DbFel::Unik { .. })), "{tva:?}");
        v.galler(A, id).unwrap();
        assert_eq!((v.bokfort(A), v.synliga(A).len()), (350, 2));
        assert_eq!(v.galler(A, id), Err(DbFel::IngenRad), "once");
        assert_eq!((v.bokfort(B), v.synliga(B).len()), (0, 0), "the other's");
        let sedda = v
            .las(A, Atgard::LasaBokforing, bokforing::inlasningar)
            .unwrap();
        assert_eq!(sedda[0].lage, Inlasningslage::Galler);
        assert_eq!(sedda[0].utfall.nya, 2);
    }
}

#[test]
fn the_latest_import_says_what_a_voucher_holds_and_taking_it_back_restores_it() {
    for v in varldar() {
        let forsta = v.upplagd(A, 1, &[ver(1, 100), ver(2, 250)]);
        v.galler(A, forsta).unwrap();
        let fore = v.synliga(A);
        let andrad = Ver {
            ersatter: Some(fore[1]),
            fore: 250,
            ..ver(2, 300)
        };
        let andra = v.upplagd(A, 2, &[andrad]);
        v.galler(A, andra).unwrap();
        assert_eq!(v.bokfort(A), 400);
        let efter = v.synliga(A);
        assert!(efter.contains(&fore[0]) && !efter.contains(&fore[1]));
        let gammal = fore[1];
        let visad = v
            .las(A, Atgard::LasaBokforing, move |k, p| {
                verifikationer::en(k, p, gammal)
            })
            .unwrap()
            .unwrap();
        assert_eq!(
            visad.ersatt_av,
            efter.iter().copied().find(|id| !fore.contains(id))
        );
        let kanda = v
            .las(A, Atgard::ImporteraSie, |k, p| {
                verifikationer::kanda(k, p, &ar())
            })
            .unwrap();
        assert_eq!(kanda.len(), 2);
        let angra = Andring::InlasningAngrad {
            inlasning: andra,
            orsak: "fel fil".into(),
        };
        v.gor(A, Atgard::AngraInlasning, vec![angra.clone()])
            .unwrap();
        assert_eq!((v.bokfort(A), v.synliga(A)), (350, fore));
        let igen = v.gor(A, Atgard::AngraInlasning, vec![angra]);
        assert!(matches!(igen, Err(DbFel::Unik { .. })), "{igen:?}");
    }
}

#[test]
fn texts_are_read_only_with_the_permit_for_them() {
    for v in varldar() {
        let id = v.upplagd(A, 1, &[ver(1, 100)]);
        v.galler(A, id).unwrap();
        let ver = v.synliga(A)[0];
        let visad = |permit: Permit| {
            v.db.las(move |k| verifikationer::en(k, &permit, ver))
                .vanta()
                .unwrap()
                .unwrap()
        };
        let utan = visad(permit(A, Atgard::LasaBokforing));
        assert!(!format!("{utan:?}").contains("Nilsson"));
        assert!(!format!("{utan:?}").contains("Sara"));
        let ekonom = Aktor::ny(AnvandareId::ny(4).unwrap(), huvudman_id(A), &[Roll::Ekonom]);
        let lov = prova(&ekonom.unwrap(), Atgard::LasaVerifikationstext).unwrap();
        let med = visad(lov);
        assert_eq!(med.text.as_deref(), Some("Lön Nils Nilsson"));
        assert_eq!(med.signatur.as_deref(), Some("Sara Signatur"));
    }
}

#[test]
fn what_never_came_in_is_cleared_away_and_what_did_is_never_touched() {
    for v in varldar() {
        let inne = v.upplagd(A, 1, &[ver(1, 100)]);
        v.galler(A, inne).unwrap();
        let rest = v.upplagd(A, 2, &[ver(2, 250)]);
        let senare = nu() + jiff::SignedDuration::from_mins(5);
        let kvar = |grans| {
            let mut varv = 0;
            while v
                .db
                .skriv(move |k| stada::stada(k, senare, grans))
                .vanta()
                .unwrap()
            {
                varv += 1;
            }
            varv
        };
        assert_eq!(
            kvar(nu() - jiff::SignedDuration::from_mins(1)),
            0,
            "still at work"
        );
        assert!(kvar(senare) > 0);
        let sedda = v
            .las(A, Atgard::LasaBokforing, bokforing::inlasningar)
            .unwrap();
        assert_eq!(sedda[0].lage, Inlasningslage::Avbruten);
        assert_eq!(v.galler(A, rest), Err(DbFel::IngenRad), "it is over");
        let permit_text = v.las(A, Atgard::LasaBokforing, bokforing::pagar).unwrap();
        assert_eq!(permit_text, None);
        assert_eq!((v.bokfort(A), v.synliga(A).len()), (100, 1));
        for tabell in [
            "verifikation",
            "verifikationsrad",
            "verifikationstext",
            "konteringssumma",
            "bokforingsnamn",
        ] {
            for sats in [
                format!("DELETE FROM {tabell}"),
                format!("UPDATE {tabell} SET inlasning = inlasning"),
            ] {
                let fel = v.ra(&sats).expect_err(&sats);
                assert!(fel.contains("UT001"), "{sats}: {fel}");
            }
        }
    }
}

#[test]
fn the_mapping_comes_back_as_it_was_and_each_version_once() {
    for v in varldar() {
        let koppling = Koppling {
            regler: vec![
                Regel {
                    orgnr: Some("2120000000".into()),
                    konton: vec![
                        Intervall {
                            fran: 5000,
                            till: 5999,
                        },
                        Intervall {
                            fran: 6110,
                            till: 6110,
                        },
                    ],
                    objekt: vec![(1, "K 9".into()), (6, "P\"1".into())],
                    till: Some(Till {
                        insats: InsatsId::ny(30).unwrap(),
                        bidrag: None,
                        organisation: None,
                    }),
                    slag: Some(Konteringsslag::Kostnad),
                    kostnadsslag: Some("Löner".into()),
                    fran_ar: Some(2026),
                    till_ar: Some(2027),
                },
                Regel::default(),
            ],
            behall: Behall {
                text: true,
                signatur: false,
                dimensioner: [7].into(),
            },
        };
        let ny = |id, version| {
            Andring::NyKoppling(Box::new(NyKoppling {
                id: KopplingId::ny(id).unwrap(),
                version,
                koppling: koppling.clone(),
                orsak: "första".into(),
            }))
        };
        v.gor(A, Atgard::AndraKoppling, vec![ny(9_001, 1)]).unwrap();
        let last = v
            .las(A, Atgard::LasaBokforing, koppling::gallande)
            .unwrap()
            .unwrap();
        assert_eq!((last.version, last.koppling), (1, koppling.clone()));
        assert_eq!(
            v.las(B, Atgard::LasaBokforing, koppling::gallande).unwrap(),
            None
        );
        let igen = v.gor(A, Atgard::AndraKoppling, vec![ny(9_002, 1)]);
        assert!(matches!(igen, Err(DbFel::Unik { .. })), "{igen:?}");
        let svar = v.gor(B, Atgard::AndraKoppling, vec![ny(9_003, 1)]);
        assert!(
            matches!(svar, Err(DbFel::FrammandeNyckel { .. })),
            "{svar:?}"
        );
    }
}

#[test]
fn a_voucher_by_hand_and_a_booked_fact_are_kept_as_they_are() {
    for v in varldar() {
        let hand = Handverifikation {
            id: VerifikationId::ny(8_000).unwrap(),
            nummer: 1,
            datum: date(2026, 4, 2),
            till: Till {
                insats: InsatsId::ny(30).unwrap(),
                bidrag: None,
                organisation: None,
            },
            slag: Konteringsslag::Kostnad,
            kostnadsslag: Some("Material".into()),
            ore: 12_345,
            vad: "Färg".into(),
            referens: "F 12".into(),
            rattar: None,
        };
        let ny = Andring::NyHandverifikation(Box::new(hand.clone()));
        v.gor(A, Atgard::BokforForHand, vec![ny.clone()]).unwrap();
        let lasta = v
            .las(A, Atgard::LasaBokforing, bokforing::handverifikationer)
            .unwrap();
        let utan_text = Handverifikation {
            vad: String::new(),
            referens: String::new(),
            ..hand
        };
        assert_eq!(lasta[0].0, utan_text);
        assert!(v.gor(B, Atgard::BokforForHand, vec![ny]).is_err());

        let inlasning = v.upplagd(A, 1, &[ver(1, 100)]);
        let mut bokfort = faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(100), None);
        bokfort.bokforing = Some(Bokforingskalla {
            inlasning: Some(inlasning),
            koppling: None,
        });
        let id = FaktumId::ny(8_100).unwrap();
        let andring = Andring::NyttFaktum {
            id,
            faktum: Box::new(bokfort.clone()),
        };
        v.gor(A, Atgard::ImporteraSie, vec![andring]).unwrap();
        let ett = v
            .las(A, Atgard::LasaMedel, move |k, p| {
                crate::fakta::ett(k, p, id)
            })
            .unwrap();
        // Written without the funder, it is of its grant's; two boards answer for the insats.
        bokfort.galler.finansiar = OrganisationId::ny(12);
        assert_eq!(ett.unwrap().fakta, bokfort);
        let alla = v.las(A, Atgard::LasaMedel, crate::fakta::alla).unwrap();
        assert_eq!(alla.last().unwrap().fakta, bokfort);
        assert!(alla[0].fakta.bokforing.is_none());
    }
}

/// As many as a re-count corrects, in several questions; one that is not there is not told.
#[test]
fn what_is_corrected_is_read_whatever_the_number() {
    for v in varldar() {
        let id = |nr: i64| FaktumId::ny(nr).unwrap();
        let nya = (9_000..9_070).map(|nr| Andring::NyttFaktum {
            id: id(nr),
            faktum: Box::new(faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(nr), None)),
        });
        v.gor(A, Atgard::RegistreraFaktum, nya.collect()).unwrap();
        for antal in [0, 1, 31, 32, 33, 64, 70] {
            let mut vilka: Vec<FaktumId> = (9_000..9_000 + antal).map(id).collect();
            vilka.push(id(99_999));
            let svar = v.db.skriv(move |k| crate::fakta::om(k, A, &vilka)).vanta();
            assert_eq!(svar.unwrap().len(), usize::try_from(antal).unwrap());
        }
    }
}

/// Facts from the accounts that were written before they said whose they are.
#[test]
fn what_is_booked_is_of_its_grants_funder_and_its_one_board() {
    for v in varldar() {
        let en_namnd = Insats {
            ansvariga: vec![OrganisationId::ny(11).unwrap()],
            ..insats(77, "En nämnd", 20)
        };
        v.gor(A, Atgard::SkapaInsats, vec![Andring::NyInsats(en_namnd)])
            .unwrap();
        let inlasning = v.upplagd(A, 1, &[ver(1, 100)]);
        let kalla = Some(Bokforingskalla {
            inlasning: Some(inlasning),
            koppling: None,
        });
        let sagd = OrganisationId::ny(10);
        let fall = [
            (kalla, None, 8_201),
            (kalla, sagd, 8_202),
            (None, None, 8_203),
        ];
        for (bokforing, organisation, nr) in fall {
            let mut f = faktum(FaktumSlag::Anvant, Some(77), Varde::Kant(nr), None);
            f.bokforing = bokforing;
            f.galler.organisation = organisation;
            let andring = Andring::NyttFaktum {
                id: FaktumId::ny(nr).unwrap(),
                faktum: Box::new(f),
            };
            let atgard = match bokforing {
                Some(_) => Atgard::ImporteraSie,
                None => Atgard::RegistreraFaktum,
            };
            v.gor(A, atgard, vec![andring]).unwrap();
        }
        let alla = v.las(A, Atgard::LasaMedel, crate::fakta::alla).unwrap();
        let om = |nr: i64| {
            let f = alla.iter().find(|f| f.id.nummer() == nr).unwrap();
            let ett = v.las(A, Atgard::LasaMedel, {
                let id = f.id;
                move |k, p| crate::fakta::ett(k, p, id)
            });
            assert_eq!(ett.unwrap().as_ref(), Some(f));
            (f.galler().finansiar, f.galler().organisation)
        };
        let finansiar = OrganisationId::ny(12);
        assert_eq!(om(8_201), (finansiar, OrganisationId::ny(11)));
        assert_eq!(om(8_202), (finansiar, sagd), "what is said stands");
        assert_eq!(
            om(8_203),
            (None, None),
            "what is stated by hand says it itself"
        );
    }
}

/// What is read on from before is what is read anew, and what has not changed is not read.
#[test]
fn what_was_read_before_is_read_on_from() {
    for v in varldar() {
        let las = |fore: Option<Inbokat>| {
            v.las(A, Atgard::LasaBokforing, move |k, p| {
                Inbokat::las(k, p, (None, None), fore.as_ref())
            })
            .unwrap()
        };
        let mut fore = las(None);
        let mut lika = |nar: &str| {
            let (vidare, anyo) = (las(Some(fore.clone())), las(None));
            assert_eq!(format!("{vidare:?}"), format!("{anyo:?}"), "{nar}");
            let igen = las(Some(vidare.clone()));
            assert!(std::sync::Arc::ptr_eq(&igen.summor(), &vidare.summor()));
            assert!(std::sync::Arc::ptr_eq(
                &igen.konteringar(),
                &vidare.konteringar()
            ));
            fore = vidare;
            fore.summor().iter().map(|s| s.ore.abs()).sum::<i64>()
        };
        assert_eq!(lika("tomt"), 0);
        let en = v.upplagd(A, 1, &[ver(1, 100), ver(2, 250)]);
        assert_eq!(lika("på väg"), 0);
        v.galler(A, en).unwrap();
        assert_eq!(lika("en"), 700);
        let annan = v.upplagd(A, 2, &[ver(3, 30)]);
        v.galler(A, annan).unwrap();
        assert_eq!(lika("två"), 760);
        let ut = Andring::InlasningAngrad {
            inlasning: annan,
            orsak: "Fel".into(),
        };
        v.gor(A, Atgard::AngraInlasning, vec![ut]).unwrap();
        assert_eq!(lika("ångrad"), 700);
        // Another's is never read on from.
        let anyo = v
            .las(B, Atgard::LasaBokforing, move |k, p| {
                Inbokat::las(k, p, (None, None), Some(&fore))
            })
            .unwrap();
        assert_eq!(*anyo.summor(), []);
    }
}
