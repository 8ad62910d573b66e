//! A participant's own page: who it is, how it began and what came of it.

use super::{att_gora, far_skriva, ur_stigen};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::siffror::kort_dag;
use crate::svar::Svar;
use utfall_app::deltagare::ord::{gor, grunden, lever_pa, ord, resultatet, starten, steget, vem};
use utfall_app::deltagare::{Deltagarpost, Sida};
use utfall_domain::deltagare::deltagande::{Lage, Situation};
use utfall_domain::deltagare::kodlista::Listnamn;
use utfall_domain::deltagare::samtycke::{Samtyckeslage, Uppgiftsslag};
use utfall_domain::id::SamtyckeId;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// GET `/deltagare/{deltagare}`.
pub async fn visa(a: Inloggat) -> Resultat {
    let id = ur_stigen(&a)?;
    let tjanst = &a.webb.tjanst;
    let post = tjanst
        .deltagaren(&a.session.aktor, id, Sida::Deltagare)
        .await?;
    Svar::sida(&sidan(&a, &post, &[]))
}

/// The page, with what stopped one of its forms.
pub(super) fn sidan(a: &Inloggat, post: &Deltagarpost, fel: &[Problem]) -> Tabellsida {
    let formular = if far_skriva(a) {
        formular(a, post, fel)
    } else {
        Vec::new()
    };
    let mut ram = a.ram();
    let falten: Vec<_> = formular.iter().flat_map(|d| d.falt.iter()).collect();
    ram.fel = sammanfattning("Det sparades inte", falten, fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny("Deltagare", handlingar(a, post))
            .overrad(post.insats.namn.clone())
            .under(vec![Lank::ny("Deltagare", adress::deltagarna())]),
        besked: besked(a, post),
        fakta: fakta(post),
        delar: [
            Some(fore_och_efter(post)),
            uppfoljningar(a, post),
            Some(samtycken(a, post)),
            Some(historik(post)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        formular,
        ..Tabellsida::default()
    }
}

fn besked(a: &Inloggat, post: &Deltagarpost) -> Vec<Besked> {
    let mut ut = Vec::new();
    if post.bild.uppgifter.skyddad {
        ut.push(Besked::ny(
            Allvar::Varning,
            "personen har skyddade personuppgifter",
            "Säg inget om personen till någon. Skriv inget här som kan avslöja vem det är.",
        ));
    }
    let gjort = match a.fraga.text("gjort") {
        "registrerad" => Some((
            "deltagaren är registrerad",
            "Kontrollera det du skrev nedan.",
        )),
        "rattad" => Some((
            "starten är rättad",
            "Det som stod förut finns i historiken.",
        )),
        "avslutad" => Some(("avslutet är sparat", "Nästa gång är uppföljningen.")),
        "uppfoljd" => Some(("uppföljningen är sparad", "Tack.")),
        "aterupptagen" => Some(("deltagandet fortsätter", "Avslutet står kvar i historiken.")),
        "felregistrerad" => Some((
            "deltagandet är felregistrerat",
            "Det räknas inte någonstans.",
        )),
        "uppgifter" => Some((
            "uppgifterna är rättade",
            "Det som stod förut visas inte mer.",
        )),
        "samtycke" => Some(("samtycket är sparat", "Det gäller från dagen du skrev.")),
        "aterkallat" => Some((
            "samtycket är återkallat",
            "Den andra parten ser inget mer från och med nu.",
        )),
        _ => None,
    };
    ut.extend(gjort.map(|(rubrik, text)| Besked::ny(Allvar::Upplysning, rubrik, text)));
    ut
}

/// What one can do now, first on the page.
fn handlingar(a: &Inloggat, post: &Deltagarpost) -> Text {
    if !far_skriva(a) {
        return Text::default();
    }
    let id = post.bild.id.to_string();
    let mut ut = Text::default();
    match &post.deltagande.lage {
        Lage::Pagaende => {
            ut = ut.lank(Lank::ny(
                "Avsluta deltagandet",
                adress::avsluta_deltagare(&id),
            ));
        }
        Lage::Avslutat { .. } => {
            ut = ut.lank(Lank::ny("Rätta avslutet", adress::avsluta_deltagare(&id)));
            ut = att_gora(ut, &id, &post.deltagande, tid::dag(a.nu));
        }
        Lage::Felregistrerat { .. } => return "Felregistrerad. Räknas inte någonstans.".into(),
    }
    ut.ord(" · ")
        .lank(Lank::ny("Rätta starten", adress::deltagare_start(&id)))
        .ord(" · ")
        .lank(Lank::ny(
            "Rätta vem det är",
            adress::deltagare_uppgifter(&id),
        ))
        .ord(" · Till personen: ")
        .lank(Lank::ny(
            "utdrag (PDF)",
            adress::registerutdrag(&id, "utdrag.pdf"),
        ))
        .ord(" · ")
        .lank(Lank::ny("JSON", adress::registerutdrag(&id, "utdrag.json")))
}

fn fakta(post: &Deltagarpost) -> Vec<Fakta> {
    let i = &post.deltagande.intrade;
    let rader = vem(&post.bild.uppgifter, i.dag).into_iter();
    rader
        .chain(starten(i))
        .chain([grunden(&post.bild.grund)])
        .map(|(namn, text)| Fakta::ny(namn, text))
        .collect()
}

fn situationsrad(nar: &str, dag: &str, s: &Situation) -> Rad {
    Rad::ny(vec![
        Cell::rubrik(nar),
        Cell::Kort(dag.to_owned(), false),
        lever_pa(s).into(),
        gor(s).into(),
    ])
}

fn fore_och_efter(post: &Deltagarpost) -> Tabelldel {
    let d = &post.deltagande;
    let mut rader = vec![situationsrad(
        "Före",
        &kort_dag(d.intrade.dag),
        &d.intrade.situation,
    )];
    let mut text = Text::default();
    if let Lage::Avslutat { uttrade, uppfoljt } = &d.lage {
        rader.push(situationsrad(
            "Efter",
            &kort_dag(uttrade.dag),
            &uttrade.situation,
        ));
        for svar in uppfoljt.values() {
            let nar = format!("Efter {}", svar.vag.text());
            let nar = crate::ram::stor_forst(&nar);
            rader.push(match &svar.situation {
                Some(s) => situationsrad(&nar, &kort_dag(svar.dag), s),
                None => Rad::ny(vec![
                    Cell::rubrik(nar),
                    Cell::Kort(kort_dag(svar.dag), false),
                    ord(Listnamn::Uppfoljningssvar, &svar.svar).into(),
                    "okänt".into(),
                ]),
            });
        }
        text = resultatet(uttrade).into();
    }
    let kolumner = ["När", "Dag", "Försörjning", "Sysselsättning"].map(Kolumn::ord);
    Tabelldel {
        id: "fore-efter".into(),
        rubrik: "Före och efter".into(),
        text,
        tabell: Tabell::ny("fore-efter-t", "I tidsordning", kolumner.to_vec(), rader),
    }
}

/// The follow-ups there will be, each with its day.
fn uppfoljningar(a: &Inloggat, post: &Deltagarpost) -> Option<Tabelldel> {
    let id = post.bild.id.to_string();
    let idag = tid::dag(a.nu);
    let kvar = post.deltagande.att_folja_upp();
    if kvar.is_empty() {
        return None;
    }
    let rader = kvar.into_iter().map(|(vag, nar)| {
        let ord = format!("Efter {}", vag.text());
        let till = adress::folj_upp(&id, vag.kod());
        let lage = if nar <= idag { "Dags nu" } else { "Senare" };
        Rad::ny(vec![
            Cell::rubriklank(ord, till, None),
            Cell::Kort(kort_dag(nar), false),
            lage.into(),
        ])
    });
    let kolumner = ["Uppföljning", "Dag", "Läge"].map(Kolumn::ord).to_vec();
    Some(Tabelldel {
        id: "uppfoljning".into(),
        rubrik: "Kvar att följa upp".into(),
        text: Text::default(),
        tabell: Tabell::ny("uppfoljning-t", "I tidsordning", kolumner, rader.collect()),
    })
}

fn slagen(slag: impl IntoIterator<Item = Uppgiftsslag>) -> String {
    let ord: Vec<_> = slag.into_iter().map(|s| s.text()).collect();
    ord.join(", ")
}

fn samtycken(a: &Inloggat, post: &Deltagarpost) -> Tabelldel {
    let namn = |id| post.organisationsnamn(id).to_owned();
    let rader = post.samtycken.iter().map(|(id, lage)| {
        let s = lage.samtycke();
        let till: Vec<_> = s.till.iter().map(|id| namn(*id)).collect();
        let lage = match lage {
            Samtyckeslage::Lamnat(s) => match s.galler_till {
                Some(sist) => format!("Gäller {}–{}", kort_dag(s.dag), kort_dag(sist)),
                None => format!("Gäller från {}", kort_dag(s.dag)),
            },
            Samtyckeslage::Aterkallat { dag, .. } => format!("Återkallat {}", kort_dag(*dag)),
        };
        Rad::ny(vec![
            Cell::rubrik(namn(s.lamnar)),
            till.join(", ").into(),
            slagen(s.slag.iter().copied()).into(),
            lage.into(),
        ])
        .id(format!("samtycke-{id}"))
    });
    let id = post.bild.id.to_string();
    let mut text = Text::from(
        "Ett samtycke låter en myndighet lämna ut en uppgift till en annan. Att uppgifterna \
         sparas här vilar på en annan grund. ",
    );
    if far_skriva(a) {
        text = text.lank(Lank::ny(
            "Skriv in ett samtycke",
            adress::deltagare_samtycke(&id),
        ));
    }
    let kolumner = ["Får lämna ut", "Till", "Uppgifter", "Läge"].map(Kolumn::ord);
    Tabelldel {
        id: "samtycken".into(),
        rubrik: "Samtycken till att uppgifter lämnas ut".into(),
        text,
        tabell: Tabell::ny(
            "samtycken-t",
            "I den ordning de skrevs in",
            kolumner.to_vec(),
            rader.collect(),
        )
        .tomt("Inget samtycke är inskrivet. Då lämnas inget ut på den grunden."),
    }
}

fn historik(post: &Deltagarpost) -> Tabelldel {
    let rader = post.bild.steg.iter().map(|s| {
        let (vad, nar) = steget(&s.vad);
        Rad::ny(vec![
            Cell::rubrik(vad),
            Cell::Kort(kort_dag(nar), false),
            Cell::Kort(kort_dag(tid::dag(s.tid)), false),
        ])
    });
    let kolumner = ["Vad", "Gäller dagen", "Registrerat"]
        .map(Kolumn::ord)
        .to_vec();
    Tabelldel {
        id: "historik".into(),
        rubrik: "Historik".into(),
        text: "Inget skrivs över. Vem som skrev står i journalen.".into(),
        tabell: Tabell::ny(
            "historik-t",
            "I den ordning det registrerades",
            kolumner,
            rader.collect(),
        ),
    }
}

fn formular(a: &Inloggat, post: &Deltagarpost, fel: &[Problem]) -> Vec<Formulardel> {
    let id = post.bild.id.to_string();
    let idag = tid::dag(a.nu);
    let dagen = |id: &str, etikett: &str| {
        let falt = super::blankett::dagfalt(a, "dag", etikett, Some(idag)).med_id(id);
        med_fel(falt, fel)
    };
    let sedda = super::steg::sedda(a, post);
    let mut ut = Vec::new();
    for (samtycke, lage) in &post.samtycken {
        if matches!(lage, Samtyckeslage::Lamnat(_)) {
            ut.push(aterkalla(a, post, *samtycke, lage));
        }
    }
    match &post.deltagande.lage {
        Lage::Felregistrerat { .. } => return Vec::new(),
        Lage::Avslutat { .. } => ut.push(
            Formulardel::ny(
                a.ett_formular(adress::ateruppta_deltagare(&id))
                    .med_dolt("sedda", sedda.clone()),
                vec![dagen("ateruppta-dag", "Fortsätter från")],
                "Fortsätt deltagandet",
            )
            .under(
                "ateruppta",
                "Personen fortsätter ändå",
                "Samma deltagande går vidare. Börjar personen om senare: registrera på nytt.",
            )
            .andra(),
        ),
        Lage::Pagaende => {}
    }
    ut.push(
        Formulardel::ny(
            a.ett_formular(adress::felregistrera_deltagare(&id))
                .med_dolt("sedda", sedda),
            vec![dagen("felregistrera-dag", "Upptäckt den")],
            "Märk som felregistrerad",
        )
        .under(
            "felregistrera",
            "Det blev fel från början",
            "Fel person eller fel insats. Deltagandet räknas inte mer, och går inte att ändra.",
        )
        .andra(),
    );
    ut
}

fn aterkalla(
    a: &Inloggat,
    post: &Deltagarpost,
    samtycke: SamtyckeId,
    lage: &Samtyckeslage,
) -> Formulardel {
    let s = lage.samtycke();
    let till: Vec<_> = s
        .till
        .iter()
        .map(|id| post.organisationsnamn(*id))
        .collect();
    let formular = a
        .ett_formular(adress::aterkalla_samtycke(&post.bild.id.to_string()))
        .med_dolt("samtycke", samtycke.to_string());
    Formulardel::ny(formular, Vec::new(), "Återkalla samtycket")
        .under(
            format!("aterkalla-{samtycke}"),
            format!(
                "Personen tar tillbaka samtycket: {} till {}",
                post.organisationsnamn(s.lamnar),
                till.join(", ")
            ),
            "Det gäller genast. Personen behöver inte säga varför.",
        )
        .andra()
}
