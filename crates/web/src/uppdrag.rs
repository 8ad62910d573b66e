//! Who may see the participants of which initiatives.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::registrering::val;
use crate::siffror::kort_dag;
use crate::svar::Svar;
use jiff::ToSpan;
use jiff::civil::Date;
use utfall_app::Brister;
use utfall_app::deltagare::{AvslutaUppdrag, TilldelaUppdrag, Uppdragslista};
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::id::{AnvandareId, InsatsId, OrganisationId, UppdragId};
use utfall_domain::organisation::OrganisationSlag;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Lage, LageSlag, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// GET `/uppdrag`.
pub async fn lista(a: Inloggat) -> Resultat {
    let alla = a.webb.tjanst.uppdragen(&a.session.aktor).await?;
    Svar::sida(&sida(&a, &alla, &[]))
}

fn sida(a: &Inloggat, alla: &Uppdragslista, fel: &[Problem]) -> Tabellsida {
    let idag = tid::dag(a.nu);
    let far = a.far(Atgard::TilldelaUppdrag);
    let mut formular = Vec::new();
    if far {
        formular.push(nytt(a, alla, fel));
        formular.extend(slut(a, alla, fel));
    }
    let mut ram = a.ram();
    let falten: Vec<&Falt> = formular.iter().flat_map(|d| &d.falt).collect();
    ram.fel = sammanfattning("Uppdraget sparades inte", falten, fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Uppdrag",
            "Den som ska se deltagare behöver två saker: rollen deltagaransvarig, som \
             administratören ger, och ett uppdrag i insatsen, som ges här.",
        ),
        besked: gjort(a).into_iter().collect(),
        delar: vec![Tabelldel {
            id: "uppdragen".into(),
            rubrik: "Alla uppdrag".into(),
            text: Text::default(),
            tabell: tabell(alla, idag),
        }],
        formular,
        ..Tabellsida::default()
    }
}

fn gjort(a: &Inloggat) -> Option<Besked> {
    let (rubrik, text) = match a.fraga.text("gjort") {
        "nytt" => ("uppdraget är gett", "Det gäller från sin första dag."),
        "slut" => (
            "uppdraget är avslutat",
            "Kontot ser inga deltagare i insatsen mer.",
        ),
        _ => return None,
    };
    Some(Besked::ny(Allvar::Upplysning, rubrik, text))
}

fn kontonamn(alla: &Uppdragslista, id: AnvandareId) -> String {
    let konto = alla.konton.iter().find(|k| k.id == id);
    konto.map_or_else(String::new, |k| k.visningsnamn.clone())
}

fn insatsnamn(alla: &Uppdragslista, id: InsatsId) -> String {
    let insats = alla.insatser.iter().find(|i| i.id == id);
    insats.map_or_else(String::new, |i| i.namn.clone())
}

fn tabell(alla: &Uppdragslista, idag: Date) -> Tabell {
    let rader = alla.uppdrag.iter().rev().map(|rad| {
        let u = &rad.uppdrag;
        let verksamhet = alla.organisationer.iter().find(|o| o.id == u.organisation);
        let dagar = match u.till {
            Some(sist) => format!("{}–{}", kort_dag(u.fran), kort_dag(sist)),
            None => format!("från {}", kort_dag(u.fran)),
        };
        let lage = if u.galler(idag) {
            Lage::ny("Gäller", LageSlag::Pagar)
        } else if idag < u.fran {
            Lage::ny("Kommande", LageSlag::Lugn)
        } else {
            Lage::ny("Slut", LageSlag::Lugn)
        };
        Rad::ny(vec![
            Cell::rubrik(kontonamn(alla, u.konto)),
            insatsnamn(alla, u.insats).into(),
            verksamhet.map_or("", |o| o.namn_nu()).into(),
            Cell::Kort(dagar, false),
            Cell::Kort(kort_dag(u.utbildad), false),
            Cell::Lage(lage),
        ])
        .id(format!("uppdrag-{}", u.id))
    });
    let kolumner = ["Konto", "Insats", "Verksamhet", "Dagar", "Utbildad", "Läge"].map(Kolumn::ord);
    Tabell::ny(
        "uppdragen-t",
        "Det senast givna först",
        kolumner.to_vec(),
        rader.collect(),
    )
    .tomt("Ingen har ett uppdrag än. Då ser ingen några deltagare.")
}

fn nytt(a: &Inloggat, alla: &Uppdragslista, fel: &[Problem]) -> Formulardel {
    let idag = tid::dag(a.nu);
    let konton = alla
        .konton
        .iter()
        .filter(|k| k.lage.far_logga_in() && k.roller.contains(&Roll::Deltagaransvarig))
        .map(|k| (k.id.to_string(), k.visningsnamn.clone()));
    let insatser = alla
        .insatser
        .iter()
        .filter(|i| !i.reserv)
        .map(|i| (i.id.to_string(), i.namn.clone()));
    let verksamheter = alla
        .organisationer
        .iter()
        .filter(|o| o.slag != OrganisationSlag::Samordningsforbund)
        .map(|o| (o.id.to_string(), o.namn_nu().to_owned()));
    let falt = |namn: &str, etikett: &str, slag: FaltSlag| {
        crate::registrering::falt(a, namn, etikett, slag)
    };
    let mut fran = falt("fran", "Första dagen", FaltSlag::Datum);
    if a.formular.som_sant("fran").is_none() {
        fran = fran.varde(idag.to_string());
    }
    let falt = vec![
        falt("konto", "Vem?", val("Välj", konton))
            .hjalp("Konton med rollen deltagaransvarig. Rollen ges av administratören."),
        falt("insats", "I vilken insats?", val("Välj", insatser)),
        falt(
            "organisation",
            "Vilken verksamhet arbetar personen för?",
            val("Välj", verksamheter),
        )
        .hjalp("Den som utför insatsen och ansvarar för deltagarnas uppgifter."),
        fran,
        falt("till", "Sista dagen", FaltSlag::Datum).frivilligt(),
        falt("utbildad", "Gick utbildningen den", FaltSlag::Datum)
            .hjalp("I sekretess och i hur deltagare registreras."),
    ];
    let falt = falt.into_iter().map(|f| med_fel(f, fel)).collect();
    Formulardel::ny(a.ett_formular(adress::uppdrag()), falt, "Ge uppdraget").under(
        "nytt",
        "Ge ett uppdrag",
        "Kontot ser då deltagarna i insatsen, från den första dagen till den sista.",
    )
}

/// Ends one of those that hold or will; nothing when there is none.
fn slut(a: &Inloggat, alla: &Uppdragslista, fel: &[Problem]) -> Option<Formulardel> {
    let idag = tid::dag(a.nu);
    let oppna = alla.uppdrag.iter().map(|rad| &rad.uppdrag);
    let oppna = oppna.filter(|u| u.till.is_none_or(|sist| idag <= sist));
    let oppna: Vec<(String, String)> = oppna
        .map(|u| {
            let (vem, vad) = (kontonamn(alla, u.konto), insatsnamn(alla, u.insats));
            (u.id.to_string(), format!("{vem}, {vad}"))
        })
        .collect();
    if oppna.is_empty() {
        return None;
    }
    let vilket = crate::registrering::falt(a, "uppdrag", "Vilket?", val("Välj", oppna));
    let del = Formulardel::ny(
        a.ett_formular(adress::avsluta_uppdrag()),
        vec![med_fel(vilket, fel)],
        "Avsluta uppdraget",
    );
    Some(
        del.under(
            "slut",
            "Avsluta ett uppdrag",
            "Det slutar genast. Det som kontot har registrerat står kvar.",
        )
        .andra(),
    )
}

fn dagen(a: &Inloggat, fel: &mut Brister, namn: &str) -> Option<Date> {
    let last = a.formular.text(namn).parse::<Date>().map_err(|_| {
        let text = "Dagen går inte att läsa.";
        let atgard = "Skriv år, månad och dag, till exempel 2026-03-01.";
        Problem::ogiltigt("uppdrag-dag", text, atgard).i_falt(namn)
    });
    fel.prova(last)
}

/// POST `/uppdrag`.
pub async fn ge(a: Inloggat) -> Resultat {
    let mut fel = Brister::default();
    let till = match a.formular.text("till") {
        "" => None,
        _ => dagen(&a, &mut fel, "till"),
    };
    let fran = dagen(&a, &mut fel, "fran").unwrap_or(Date::MIN);
    let utbildad = dagen(&a, &mut fel, "utbildad").unwrap_or(Date::MIN);
    let fall = TilldelaUppdrag {
        konto: a.formular.tal("konto").and_then(AnvandareId::ny),
        insats: a.formular.tal("insats").and_then(InsatsId::ny),
        organisation: a.formular.tal("organisation").and_then(OrganisationId::ny),
        fran,
        till,
        utbildad,
    };
    match a.utfor(fall, fel).await? {
        Ok(_) => Ok(Svar::vidare(adress::uppdrag().fraga("gjort", "nytt"))),
        Err(fel) => {
            let alla = a.webb.tjanst.uppdragen(&a.session.aktor).await?;
            Svar::formularfel(&sida(&a, &alla, &fel))
        }
    }
}

/// POST `/uppdrag/avsluta`.
pub async fn avsluta(a: Inloggat) -> Resultat {
    let uppdrag = a.formular.tal("uppdrag").and_then(UppdragId::ny);
    // The day before: it opens nothing from this moment on.
    let sist = tid::dag(a.nu)
        .checked_sub(1.day())
        .map_err(|_| Problem::finns_inte())?;
    let mut fel = Brister::default();
    let valt = fel.prova(uppdrag.ok_or_else(|| {
        let text = "Det står inte vilket uppdrag som ska avslutas.";
        Problem::ogiltigt("uppdrag-vilket", text, "Välj ett i listan.").i_falt("uppdrag")
    }));
    let fall = AvslutaUppdrag {
        uppdrag: valt.unwrap_or(UppdragId::FORSTA),
        sist,
    };
    match a.utfor(fall, fel).await? {
        Ok(()) => Ok(Svar::vidare(adress::uppdrag().fraga("gjort", "slut"))),
        Err(fel) => {
            let alla = a.webb.tjanst.uppdragen(&a.session.aktor).await?;
            Svar::formularfel(&sida(&a, &alla, &fel))
        }
    }
}
