//! What the public sees: nothing by being saved, and no more than what was published.

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{
    AnvandareId, BeslutId, BidragId, FaktumId, HuvudmanId, InsatsId, PubliceringId,
};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::medel::Beslut;
use utfall_domain::publicering::{Insatsinnehall, OppnaBocker, Publicerat};
use utfall_domain::rapport::Format;
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;

use super::{A, Varld, faktum, nu, nytt_faktum, permit, rapport_id, varldar};
use crate::{DbFel, publik, tillampa};

fn oppet(v: &Varld) -> OppnaBocker {
    v.las(A, Atgard::LasaPublicerat, publik::las).unwrap()
}

/// What the pages about several things read.
fn publikt(v: &Varld) -> Bocker {
    oppet(v).samlat.as_ref().clone()
}

/// What the page about one thing reads.
fn om(v: &Varld, vad: Publicerat) -> Bocker {
    oppet(v).egna[&vad].as_ref().clone()
}

fn publicera(v: &Varld, nr: i64, vad: Publicerat, dag: i8) -> Result<(), DbFel> {
    publicera_med(v, nr, (vad, dag), None, nu())
}

fn publicera_med(
    v: &Varld,
    nr: i64,
    (vad, dag): (Publicerat, i8),
    innehall: Option<Insatsinnehall>,
    tid: Timestamp,
) -> Result<(), DbFel> {
    let andring = Andring::Publicera {
        id: PubliceringId::ny(nr).unwrap(),
        vad,
        per: PerDag(date(2022, 2, dag)),
        kommentar: "beslut § 4".to_owned(),
        innehall,
    };
    gor_vid(v, Atgard::Publicera, tid, andring)
}

fn gor_vid(v: &Varld, atgard: Atgard, tid: Timestamp, andring: Andring) -> Result<(), DbFel> {
    let lov = permit(A, atgard);
    v.db.skriv(move |k| tillampa(k, &lov, tid, &andring))
        .vanta()
}

fn dra_tillbaka(v: &Varld, nr: i64, publicering: i64) -> Result<(), DbFel> {
    let andring = Andring::DraTillbaka {
        id: PubliceringId::ny(nr).unwrap(),
        publicering: PubliceringId::ny(publicering).unwrap(),
        skal: "fel".to_owned(),
    };
    v.gor(A, Atgard::DraTillbaka, vec![andring])
}

fn fakta(b: &Bocker) -> Vec<i64> {
    b.fakta.iter().map(|f| f.id.nummer()).collect()
}

fn insats(nr: i64) -> Publicerat {
    Publicerat::Insats(InsatsId::ny(nr).unwrap())
}

fn bidrag() -> Publicerat {
    Publicerat::Bidrag(BidragId::ny(20).unwrap())
}

#[test]
fn nothing_is_public_by_being_saved() {
    for v in varldar() {
        let b = publikt(&v);
        assert!(b.organisationer.is_empty() && b.bidrag.is_empty() && b.insatser.is_empty());
        assert!(b.fakta.is_empty() && b.beslut.is_empty() && b.underlag.is_empty());
        assert!(b.rapporter.is_empty() && b.anvandare.is_empty() && b.accepterade.is_empty());
        assert!(v.db.las(publik::utgivare).vanta().unwrap().is_empty());
        let en =
            v.db.las(|k| publik::utgivare_med_slug(k, "a"))
                .vanta()
                .unwrap();
        assert_eq!(en, None);
    }
}

#[test]
fn published_initiative_shows_its_facts_and_only_public_counts_of_people() {
    for v in varldar() {
        publicera(&v, 700, insats(30), 2).unwrap();
        let b = om(&v, insats(30));
        // 50 is a proposal, 56 has no source, 55 is another initiative's: counts of people.
        assert_eq!(fakta(&b), [52, 54, 57]);
        assert!(b.bidrag.is_empty(), "bidraget är inte publicerat");
        assert_eq!(b.insatser.len(), 1);
        let utgivare = v.db.las(publik::utgivare).vanta().unwrap();
        assert_eq!(utgivare.len(), 1);
    }
}

#[test]
fn published_grant_shows_money_and_only_names_of_the_rest() {
    for v in varldar() {
        publicera(&v, 700, bidrag(), 2).unwrap();
        let b = om(&v, bidrag());
        assert_eq!(
            fakta(&b),
            [51, 52, 53, 57],
            "pengar, inga personer, inga förslag"
        );
        assert_eq!(b.bidrag.len(), 1);
        assert_eq!(b.beslut.len(), 1);
        assert_eq!(b.insatser.len(), 2);
        assert!(
            b.insatser
                .iter()
                .all(|i| i.text.beskrivning.is_empty() && i.tjanster.is_empty())
        );
        assert_eq!(b.organisationer.len(), 3);
    }
}

#[test]
fn nobodys_name_or_reason_is_public() {
    for v in varldar() {
        publicera(&v, 700, insats(30), 10).unwrap();
        let ratta = NyttFaktum {
            rattar: FaktumId::ny(57),
            orsak: Some("verifikation 17, Anna".to_owned()),
            ..faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(1), None)
        };
        v.gor(A, Atgard::RattaFaktum, vec![nytt_faktum(800, ratta)])
            .unwrap();
        let b = om(&v, insats(30));
        assert!(fakta(&b).contains(&800));
        let allt = format!("{:?}", oppet(&v));
        assert!(!allt.contains("Anna") && !allt.contains("Chefen"));
        assert!(
            b.fakta
                .iter()
                .all(|f| f.registrerad_av == AnvandareId::DRIFT)
        );
        assert!(b.publiceringar.iter().all(|p| p.av == AnvandareId::DRIFT));
        assert!(
            b.underlag
                .iter()
                .all(|u| u.registrerad_av == AnvandareId::DRIFT)
        );
    }
}

#[test]
fn what_is_registered_later_waits_for_the_next_publication() {
    for v in varldar() {
        publicera(&v, 700, insats(30), 2).unwrap();
        let sent = nytt_faktum(
            800,
            faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(1), None),
        );
        let nasta_dag = nu() + 24.hours();
        gor_vid(&v, Atgard::RegistreraFaktum, nasta_dag, sent).unwrap();
        assert!(!fakta(&om(&v, insats(30))).contains(&800));
        publicera_med(&v, 701, (insats(30), 3), None, nasta_dag).unwrap();
        assert!(fakta(&om(&v, insats(30))).contains(&800));
    }
}

#[test]
fn what_is_registered_an_hour_after_the_act_waits_too() {
    for v in varldar() {
        publicera(&v, 700, insats(30), 2).unwrap();
        publicera(&v, 701, bidrag(), 2).unwrap();
        let senare = nu() + 1.hours();
        let sent = nytt_faktum(
            800,
            faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(1), None),
        );
        gor_vid(&v, Atgard::RegistreraFaktum, senare, sent).unwrap();
        for vad in [insats(30), bidrag()] {
            assert!(!fakta(&om(&v, vad)).contains(&800));
        }
        assert!(!fakta(&publikt(&v)).contains(&800));
        publicera_med(&v, 702, (insats(30), 2), None, senare).unwrap();
        assert!(fakta(&om(&v, insats(30))).contains(&800));
    }
}

/// A late correction hides nothing either: the public goes on seeing what was published.
#[test]
fn correction_after_the_act_waits_with_the_old_figure_standing() {
    for v in varldar() {
        publicera(&v, 700, insats(30), 2).unwrap();
        let ratta = NyttFaktum {
            rattar: FaktumId::ny(57),
            ..faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(1), Some(40))
        };
        let andring = nytt_faktum(800, ratta);
        gor_vid(&v, Atgard::RattaFaktum, nu() + 1.hours(), andring).unwrap();
        let kvar = fakta(&om(&v, insats(30)));
        assert!(kvar.contains(&57) && !kvar.contains(&800), "{kvar:?}");
    }
}

#[test]
fn texts_are_those_of_the_act_in_force_and_not_those_saved_since() {
    for v in varldar() {
        let text = |v: &Varld| om(v, insats(30)).insatser[0].text.clone();
        // Published before texts were frozen: none are shown.
        publicera(&v, 700, insats(30), 2).unwrap();
        assert_eq!(text(&v), InsatsText::default());
        let nar = |ord: &str| Insatsinnehall {
            text: InsatsText {
                beskrivning: ord.to_owned(),
                mal: format!("{ord} för alla"),
                ..InsatsText::default()
            },
            fortsattning: Fortsattning::Ordinarie,
            start_ar: None,
            slut_ar: None,
        };
        publicera_med(&v, 701, (insats(30), 2), Some(nar("Lovjobb")), nu()).unwrap();
        let andra = Andring::AndraInsats {
            insats: InsatsId::ny(30).unwrap(),
            vantad_version: 1,
            text: nar("Inte publicerat än").text,
            fortsattning: Fortsattning::Okand,
        };
        v.gor(A, Atgard::AndraInsats, vec![andra]).unwrap();
        let b = om(&v, insats(30));
        assert_eq!(b.insatser[0].text.beskrivning, "Lovjobb");
        assert_eq!(b.insatser[0].text.mal, "Lovjobb för alla");
        assert_eq!(b.insatser[0].fortsattning, Fortsattning::Ordinarie);
        let nu_publicerat = Some(nar("Inte publicerat än"));
        publicera_med(&v, 702, (insats(30), 2), nu_publicerat, nu()).unwrap();
        assert_eq!(text(&v).beskrivning, "Inte publicerat än");
        assert!(!format!("{:?}", oppet(&v)).contains("Lovjobb"));
    }
}

/// A new version of its paper says other years: they wait for the next act, as its texts do.
#[test]
fn years_from_a_later_version_of_the_paper_wait_for_the_next_act() {
    for v in varldar() {
        let aren = |v: &Varld| {
            let b = om(v, insats(30));
            (b.insatser[0].start_ar, b.insatser[0].slut_ar)
        };
        // Published before years were frozen: none are shown.
        publicera(&v, 700, insats(30), 2).unwrap();
        assert_eq!(aren(&v), (None, None));
        let nu_i_bockerna = |v: &Varld| {
            let b = v.las(A, Atgard::LasaInsatser, crate::insatser::alla);
            let alla = b.unwrap();
            alla.into_iter().find(|i| i.id.nummer() == 30).unwrap()
        };
        let innehall = Insatsinnehall::av(&nu_i_bockerna(&v));
        let fore = (innehall.start_ar, innehall.slut_ar);
        publicera_med(&v, 701, (insats(30), 2), Some(innehall), nu()).unwrap();
        assert_eq!(aren(&v), fore);
        let sedan = Insats {
            start_ar: Some(2031),
            slut_ar: Some(2032),
            ..nu_i_bockerna(&v)
        };
        let beskriv = Andring::BeskrivInsats {
            insats: sedan.id,
            vantad_version: sedan.version,
            beskrivning: Box::new(sedan.beskrivning()),
        };
        v.gor(A, Atgard::ImporteraUnderlag, vec![beskriv]).unwrap();
        assert_eq!(nu_i_bockerna(&v).start_ar, Some(2031), "böckerna har dem");
        assert_eq!(aren(&v), fore);
        assert!(!format!("{:?}", oppet(&v)).contains("2031"));
        let innehall = Some(Insatsinnehall::av(&sedan));
        publicera_med(&v, 702, (insats(30), 2), innehall, nu()).unwrap();
        assert_eq!(aren(&v), (Some(2031), Some(2032)));
    }
}

#[test]
fn decision_registered_after_the_act_waits() {
    for v in varldar() {
        publicera(&v, 700, bidrag(), 2).unwrap();
        let sent = Andring::NyttBeslut(Beslut {
            id: BeslutId::ny(800).unwrap(),
            instans: "Kommunstyrelsen".to_owned(),
            paragraf: Some("70".to_owned()),
            ar: Some(2022),
            datum: Some(date(2022, 1, 9)),
            diarienummer: None,
            rubrik: "Omfördelning".to_owned(),
            bidrag: BidragId::ny(20),
            villkor: None,
        });
        let senare = nu() + 1.hours();
        gor_vid(&v, Atgard::ImporteraUnderlag, senare, sent).unwrap();
        assert_eq!(om(&v, bidrag()).beslut.len(), 1);
        publicera_med(&v, 701, (bidrag(), 2), None, senare).unwrap();
        assert_eq!(om(&v, bidrag()).beslut.len(), 2);
    }
}

#[test]
fn withdrawn_is_gone_and_withdrawn_once() {
    for v in varldar() {
        publicera(&v, 700, insats(30), 2).unwrap();
        dra_tillbaka(&v, 701, 700).unwrap();
        let b = oppet(&v);
        assert!(b.samlat.fakta.is_empty() && b.samlat.insatser.is_empty());
        assert!(b.egna.is_empty() && b.akter.is_empty());
        let akter = v.las(A, Atgard::LasaPublicering, crate::publicering::alla);
        assert_eq!(akter.unwrap().len(), 2, "akterna står kvar");
        assert!(matches!(
            dra_tillbaka(&v, 702, 700),
            Err(DbFel::Unik { .. })
        ));
        assert_eq!(dra_tillbaka(&v, 702, 701), Err(DbFel::IngenRad));
        assert_eq!(dra_tillbaka(&v, 702, 999), Err(DbFel::IngenRad));
        assert!(v.db.las(publik::utgivare).vanta().unwrap().is_empty());
    }
}

#[test]
fn draft_report_cannot_be_published_and_no_file_leaks() {
    for v in varldar() {
        let utkast = Andring::NyRapport {
            id: rapport_id(70),
            slug: "r".to_owned(),
            titel: "R".to_owned(),
            bidrag: BidragId::ny(20),
            slag: utfall_domain::rapporter::Rapportslag::ALLMAN,
            utkast: "{}".to_owned(),
        };
        v.gor(A, Atgard::SkapaRapport, vec![utkast]).unwrap();
        assert_eq!(
            publicera(&v, 700, Publicerat::Rapport(rapport_id(70)), 2),
            Err(DbFel::IngenRad)
        );
        let anonym = Aktor::anonym(HuvudmanId::ny(A).unwrap());
        let permit = prova(&anonym, Atgard::LasaPublicerat).unwrap();
        let fil =
            v.db.las(move |k| publik::rapportfil(k, &permit, rapport_id(70), Format::Pdf));
        assert_eq!(fil.vanta(), Ok(None));
    }
}

/// A correction that the public may not see still says that the old figure is wrong.
#[test]
fn figure_with_a_hidden_correction_is_not_shown() {
    for v in varldar() {
        publicera(&v, 700, insats(30), 28).unwrap();
        assert!(fakta(&om(&v, insats(30))).contains(&54));
        let ratta = |nr: i64, rattar: i64, f: NyttFaktum| {
            let f = NyttFaktum {
                rattar: FaktumId::ny(rattar),
                ..f
            };
            v.gor(A, Atgard::RattaFaktum, vec![nytt_faktum(nr, f)])
                .unwrap();
        };
        // Moved to an initiative that is not published.
        let flyttat = faktum(FaktumSlag::Anvant, Some(31), Varde::Kant(1), Some(40));
        ratta(800, 57, flyttat);
        // A count of people corrected by hand: no public paper says the new number.
        let for_hand = faktum(FaktumSlag::Deltagare, Some(30), Varde::Kant(16), None);
        ratta(801, 54, for_hand);
        let kvar = fakta(&om(&v, insats(30)));
        assert!(
            ![54, 57, 800, 801].iter().any(|nr| kvar.contains(nr)),
            "{kvar:?}"
        );
        // Moved back: the last correction is shown, and what it corrects is not there.
        let tillbaka = faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(2), Some(40));
        ratta(802, 800, tillbaka);
        let kvar = fakta(&om(&v, insats(30)));
        assert!(kvar.contains(&802) && !kvar.contains(&57), "{kvar:?}");
    }
}

/// A person says once more what the public paper says: the number is printed there still.
/// Another number is not.
#[test]
fn a_confirmed_count_of_a_public_paper_is_still_shown() {
    for v in varldar() {
        let i_papper = |b: &Bocker, nr: i64| b.fakta.iter().find(|f| f.id.nummer() == nr).cloned();
        publicera(&v, 700, insats(30), 28).unwrap();
        let tryckt = i_papper(&om(&v, insats(30)), 54).unwrap();
        let ratta = |nr: i64, rattar: i64, varde: Varde| {
            let f = NyttFaktum {
                rattar: FaktumId::ny(rattar),
                kalla: None,
                varde,
                ..tryckt.fakta.clone()
            };
            v.gor(A, Atgard::RattaFaktum, vec![nytt_faktum(nr, f)])
                .unwrap();
        };
        ratta(800, 54, tryckt.varde());
        ratta(801, 800, tryckt.varde());
        let b = om(&v, insats(30));
        let bekraftat = i_papper(&b, 801).unwrap();
        assert_eq!(bekraftat.fakta.kalla, tryckt.fakta.kalla);
        assert!(!fakta(&b).contains(&54) && !fakta(&b).contains(&800));
        ratta(802, 801, Varde::Kant(1));
        let kvar = fakta(&om(&v, insats(30)));
        assert!(
            ![54, 800, 801, 802].iter().any(|nr| kvar.contains(nr)),
            "{kvar:?}"
        );
    }
}

#[test]
fn paper_that_is_not_public_is_not_named() {
    for v in varldar() {
        publicera(&v, 700, insats(30), 28).unwrap();
        let b = om(&v, insats(30));
        let visad = b.fakta.iter().find(|f| f.id.nummer() == 57).unwrap();
        assert_eq!(visad.fakta.kalla, None);
        assert!(b.underlag.iter().all(|u| u.offentligt));
        assert_eq!(b.underlag.len(), 1);
    }
}

/// A grant published in January and one of its initiatives in October: the grant's page must
/// not know in between what only the initiative's act shows, whichever came first.
#[test]
fn each_page_is_as_of_its_own_act_and_not_of_anothers() {
    for v in varldar() {
        publicera(&v, 700, bidrag(), 2).unwrap();
        let senare = nu() + 24.hours();
        let sent = nytt_faktum(
            800,
            faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(1), Some(40)),
        );
        gor_vid(&v, Atgard::RegistreraFaktum, senare, sent).unwrap();
        publicera_med(&v, 701, (insats(30), 3), None, senare).unwrap();
        assert!(fakta(&om(&v, insats(30))).contains(&800));
        assert!(!fakta(&om(&v, bidrag())).contains(&800));
        assert!(
            !fakta(&publikt(&v)).contains(&800),
            "raden följer bidragets akt"
        );
        // The correction of a figure likewise: each page has the figure of its own day.
        let ratta = NyttFaktum {
            rattar: FaktumId::ny(57),
            ..faktum(FaktumSlag::Anvant, Some(30), Varde::Kant(2), Some(40))
        };
        let rattad = nytt_faktum(801, ratta);
        gor_vid(&v, Atgard::RattaFaktum, senare, rattad).unwrap();
        let ensam = |b: &Bocker| (fakta(b).contains(&57), fakta(b).contains(&801));
        assert_eq!(ensam(&om(&v, insats(30))), (false, true));
        assert_eq!(ensam(&om(&v, bidrag())), (true, false));
        assert_eq!(ensam(&publikt(&v)), (true, false));
    }
}

/// What belongs to no grant is shown together with the rest by its initiative's act.
#[test]
fn money_of_no_grant_follows_its_initiative_in_the_overview() {
    for v in varldar() {
        let utan = Galler {
            bidrag: None,
            ..faktum(FaktumSlag::Fordelat, Some(30), Varde::Kant(9), None).galler
        };
        let ny = NyttFaktum::nytt(FaktumSlag::Fordelat, utan, Varde::Kant(9));
        v.gor(A, Atgard::RegistreraFaktum, vec![nytt_faktum(800, ny)])
            .unwrap();
        publicera(&v, 700, bidrag(), 2).unwrap();
        assert!(!fakta(&publikt(&v)).contains(&800));
        publicera(&v, 701, insats(30), 2).unwrap();
        assert!(fakta(&publikt(&v)).contains(&800));
        assert!(!fakta(&om(&v, bidrag())).contains(&800));
    }
}

/// All that is counted and is not money, from a paper that is not public, from none, and (the
/// control) from one that is.
#[test]
fn counts_from_no_public_paper_are_not_shown() {
    use FaktumSlag::{Deltagare, Deltagarlage, Helarsekvivalent, Hjalp, Resultat, Volym};
    for v in varldar() {
        let slag = [
            Deltagare,
            Deltagarlage,
            Hjalp,
            Resultat,
            Volym,
            Helarsekvivalent,
        ];
        let mut tryckta = Vec::new();
        let fall = slag
            .into_iter()
            .flat_map(|s| [None, Some(41), Some(40)].map(|p| (s, p)));
        for (nr, (slag, papper)) in (800..).zip(fall) {
            let ny = nytt_faktum(nr, faktum(slag, Some(30), Varde::Kant(3), papper));
            v.gor(A, Atgard::RegistreraFaktum, vec![ny]).unwrap();
            if papper == Some(40) {
                tryckta.push(nr);
            }
        }
        publicera(&v, 700, insats(30), 2).unwrap();
        let visade: Vec<i64> = fakta(&om(&v, insats(30)))
            .into_iter()
            .filter(|nr| *nr >= 800)
            .collect();
        assert_eq!(visade, tryckta);
    }
}
