//! Ångra: what was saved in a distribution at one time goes back, by a decision of its own.

use super::yta::nar_och_vem;
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::las;
use crate::medelsfalt;
use crate::registrering::falt;
use crate::svar::{Fel, Svar};
use utfall_app::medel::{AngraFordelning, Cellbyte, Sparning, sparningar, version};
use utfall_app::{Bok, Brister};
use utfall_domain::id::FaktumId;
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::arsavslut::stangt;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// The saving that the address or the form names; the latest when it names none.
fn vald(a: &Inloggat, bok: &Bok, b: &Bidrag) -> Result<Option<Sparning>, Fel> {
    let nr = a.formular.tal("sparning").or(a.fraga.tal("sparning"));
    let alla = sparningar(bok, b.id).into_iter();
    let Some(nr) = nr else {
        return Ok(alla.take(1).next());
    };
    let mut alla = alla;
    let funnen = alla.find(|s| FaktumId::ny(nr) == Some(s.senast));
    Ok(Some(funnen.ok_or_else(Problem::finns_inte)?))
}

/// GET `/medel/{bidrag}/fordelning/angra?sparning=…`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let vald = vald(&a, &bok, b)?;
    Svar::sida(&sida(&a, &bok, (b, vald.as_ref()), &[]))
}

/// POST `/medel/{bidrag}/fordelning/angra`.
pub async fn angra(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let vald = vald(&a, &bok, b)?.ok_or_else(Problem::finns_inte)?;
    let mut olasligt = Brister::default();
    let fall = AngraFordelning {
        bidrag: b.id,
        sparning: vald.senast,
        sedd: a.formular.tal("version").and_then(FaktumId::ny),
        beslut: medelsfalt::valt_beslut(&a, &mut olasligt),
        orsak: a.formular.lang("orsak"),
        efter_avslut: medelsfalt::sagt_efter_avslut(&a),
    };
    match a.utfor(fall, olasligt).await {
        Ok(Ok(_)) => {
            let senast = version(&a.bok().await?, b.id).map_or(0, FaktumId::nummer);
            let till = adress::fordelning(&b.slug);
            Ok(Svar::vidare(till.fraga("sparat", &senast.to_string())))
        }
        Ok(Err(fel)) => Svar::formularfel(&sida(&a, &bok, (b, Some(&vald)), &fel)),
        Err(fel) if fel.slag == ProblemSlag::Konflikt => {
            // What somebody else has saved meanwhile is told from the books as they are now.
            let bok = a.bok().await?;
            let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
            let vald = self::vald(&a, &bok, b)?;
            let fel = Problem {
                atgard: "Titta igenom beloppen nedan, som är de som gäller nu, och ångra igen."
                    .into(),
                ..fel
            };
            let svar = Svar::sida(&sida(&a, &bok, (b, vald.as_ref()), &[fel]))?;
            Ok(svar.med_status(axum::http::StatusCode::CONFLICT))
        }
        Err(fel) => Err(Fel::from(fel)),
    }
}

fn sida(
    a: &Inloggat,
    bok: &Bok,
    (b, vald): (&Bidrag, Option<&Sparning>),
    fel: &[Problem],
) -> Tabellsida {
    let ingress = match vald {
        Some(s) => format!("Sparad {}: {}", nar_och_vem(bok, s), s.orsak),
        None => "Ingen har ändrat fördelningen för hand.".to_owned(),
    };
    let mut sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(format!("Ångra en ändring, {}", b.namn), ingress).under(vec![
            Lank::ny("Medel", adress::medel()),
            Lank::ny(b.namn.clone(), adress::bidrag(&b.slug)),
            Lank::ny("Fördelning", adress::fordelning(&b.slug)),
        ]),
        ..Tabellsida::default()
    };
    let Some(s) = vald else {
        return sida;
    };
    sida.delar.push(beloppen(bok, s));
    if !s.orord {
        sida.besked.push(Besked::ny(
            Allvar::Varning,
            "det går inte att ångra",
            "Något av beloppen har ändrats igen sedan dess. Ångra den senare ändringen först, \
             eller skriv beloppen i tabellen.",
        ));
        sida.ram.fel = sammanfattning("Ändringen ångrades inte", std::iter::empty::<&Falt>(), fel);
        return sida;
    }
    let falten = falten(a, bok, (b, s), fel);
    sida.ram.fel = sammanfattning("Ändringen ångrades inte", &falten, fel);
    let formular = a
        .ett_formular(adress::angra_fordelning(&b.slug))
        .med_version(version(bok, b.id).map_or(0, FaktumId::nummer))
        .med_dolt("sparning", s.senast.to_string());
    sida.formular.push(
        Formulardel::ny(formular, falten, "Ångra ändringen")
            .under(
                "angra",
                "Beslut",
                "Det som gäller är beslutat. Rättar du ett skrivfel från i dag räcker beslutet \
                 som redan är valt. Annars behövs ett nytt beslut. Ändringen finns kvar bland \
                 det sparade.",
            )
            .avbryt(Lank::ny("Avbryt", adress::fordelning(&b.slug))),
    );
    sida
}

/// Why, the decision, and that it is after a closing when it is.
fn falten(a: &Inloggat, bok: &Bok, (b, s): (&Bidrag, &Sparning), fel: &[Problem]) -> Vec<Falt> {
    let orsak = falt(a, "orsak", "Varför ångras ändringen?", FaltSlag::Text)
        .hjalp("Till exempel att fel rad ändrades.");
    let mut falten = vec![med_fel(orsak, fel)];
    let samma_dag = tid::dag(s.registrerad) == tid::dag(a.nu);
    let eget = s.beslut.filter(|_| samma_dag && fel.is_empty());
    falten.extend(
        medelsfalt::beslut(a, bok, Some(b.id), fel)
            .into_iter()
            .map(|f| match eget {
                // A slip of the same day follows from the decision that was being entered.
                Some(id) if f.namn == "beslut" => f.varde(id.to_string()),
                _ => f,
            }),
    );
    let aren = s.celler.iter().filter_map(|c| c.ar);
    let mut stangda = aren.filter(|ar| stangt(&bok.medelsposter, b.id, *ar));
    falten.extend(medelsfalt::efter_avslut_om(
        a,
        fel,
        stangda.next().is_some(),
    ));
    falten
}

/// What goes back, cell by cell.
fn beloppen(bok: &Bok, s: &Sparning) -> Tabelldel {
    let kr = |ore: Option<Ore>| ore.map_or_else(|| "inget".to_owned(), |o| o.to_string());
    let namn = |c: &Cellbyte| {
        let insats = c.insats.and_then(|i| bok.insats(i));
        let namn = insats.map_or("", |i| i.namn.as_str());
        c.ar.map_or_else(|| namn.to_owned(), |ar| format!("{namn}, {ar}"))
    };
    let rader = s.celler.iter().map(|c| {
        Rad::ny(vec![
            Cell::rubrik(namn(c)),
            Cell::Kort(kr(c.efter), true),
            Cell::Kort(kr(c.fore), true),
        ])
    });
    let kolumner = vec![
        Kolumn::ord("Insats och år"),
        Kolumn::kr("Efter ändringen"),
        Kolumn::kr("Om du ångrar"),
    ];
    Tabelldel {
        id: "beloppen".into(),
        rubrik: "Det som går tillbaka".into(),
        text: Text::default(),
        tabell: Tabell::ny("beloppen-t", "Kronor", kolumner, rader.collect()).klass("smal"),
    }
}
