//! What a grant gives a year, version by version.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::beslut::till_bidrag;
use crate::felen::{med_fel, sammanfattning};
use crate::las;
use crate::medelsfalt::{belopp, dag, efter_avslut_vid_fel};
use crate::registrering::{ar, falt, orsaksfalt};
use crate::siffror::{Siffror, kort_dag, text, varde};
use crate::svar::Svar;
use utfall_app::Brister;
use utfall_app::medel::NyTilldelning;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::{Enhet, Sakerhet};
use utfall_domain::id::FaktumId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::tilldelning::versioner;
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Text;
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};
use utfall_vyer::tal::TalVy;

/// GET `/medel/{bidrag}/tilldelning`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    Svar::sida(&sida(&a, &Siffror::ny(&bok), b, &[]))
}

/// POST `/medel/{bidrag}/tilldelning`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let mut olasligt = Brister::default();
    let aret = olasligt.prova(ar(&a, "ar")).flatten();
    let sagt = olasligt.prova(belopp(&a, "belopp"));
    let (belopp, precision) = sagt.unwrap_or((0, Precision::EXAKT));
    let sakerhet = Sakerhet::av_kod(a.formular.text("sakerhet"));
    let fall = NyTilldelning {
        bidrag: b.id,
        ar: aret.unwrap_or(0),
        belopp,
        precision,
        sakerhet: sakerhet.unwrap_or(Sakerhet::Preliminar),
        benamning: a.formular.lang("benamning"),
        datum: olasligt.prova(dag(&a, "datum")).flatten(),
        sedd: aret.and_then(|ar| nu(&Siffror::ny(&bok), b, ar)),
        orsak: a.formular.lang("orsak"),
        efter_avslut: a.formular.text("efter-avslut") == "ja",
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(adress::tilldelning(&b.slug))),
        Err(fel) => Svar::formularfel(&sida(&a, &Siffror::ny(&bok), b, &fel)),
    }
}

/// The fact in force about a year.
fn nu(s: &Siffror<'_>, b: &Bidrag, ar: i16) -> Option<FaktumId> {
    let rader = s.matt(Matt::Tilldelat, &Urval::bidrag(b.id).ar(ar)).rader;
    rader.first().copied()
}

fn sida(a: &Inloggat, s: &Siffror<'_>, b: &Bidrag, fel: &[Problem]) -> Tabellsida {
    let delar = b.ar.iter().map(|ar| del(s, b, *ar)).collect();
    let formular = if a.far(Atgard::RattaFaktum) {
        vec![formularet(a, b, fel)]
    } else {
        Vec::new()
    };
    let mut ram = a.ram();
    let falten = formular.iter().flat_map(|f| &f.falt);
    ram.fel = sammanfattning("Beloppet sparades inte", falten, fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            format!("Tilldelning, {}", b.namn),
            "Besked efter besked, med vad varje nytt besked ändrade.",
        )
        .under(till_bidrag(s.bok, b.id)),
        delar,
        formular,
        ..Tabellsida::default()
    }
}

/// The versions of a year, the newest last.
#[must_use]
pub fn del(s: &Siffror<'_>, b: &Bidrag, ar: i16) -> Tabelldel {
    let alla = versioner(&s.bok.fakta, &s.bok.medelsposter, b.id, ar);
    let rader = alla.iter().map(|v| {
        let f = v.faktum;
        let dag = v
            .benamning
            .map_or_else(|| tid::dag(f.registrerad), |t| t.datum);
        let andring = v.andring.map_or_else(
            || Cell::Kort("–".to_owned(), true),
            |ore| {
                let tecken = if ore > 0 { "+" } else { "" };
                TalVy::utan_lank(format!("{tecken}{}", text(ore, Enhet::Ore))).into()
            },
        );
        Rad::ny(vec![
            Cell::rubrik(v.namn()),
            Cell::Kort(kort_dag(dag), false),
            varde(f.varde(), Enhet::Ore).into(),
            andring,
            Cell::Kort(f.fakta.sakerhet.text().to_owned(), false),
            Cell::Text(Text::from(f.fakta.orsak.clone().unwrap_or_default())),
        ])
    });
    let kolumner = vec![
        Kolumn::ord("Besked"),
        Kolumn::ord("Dag"),
        Kolumn::kr("Belopp"),
        Kolumn::kr("Ändring"),
        Kolumn::ord("Säkerhet"),
        Kolumn::ord("Källa"),
    ];
    let tal = s.med_enhet(Matt::Tilldelat, &Urval::bidrag(b.id).ar(ar));
    let gallande = Text::from("Nu gäller ").tal(tal).ord(".");
    Tabelldel {
        id: format!("ar-{ar}-rubrik"),
        rubrik: ar.to_string(),
        text: gallande,
        tabell: Tabell::ny(
            format!("ar-{ar}-t"),
            format!("Kronor, {ar}"),
            kolumner,
            rader.collect(),
        )
        .klass("bredd")
        .tomt("Inget besked är registrerat."),
    }
}

fn formularet(a: &Inloggat, b: &Bidrag, fel: &[Problem]) -> Formulardel {
    let sakerhet = Sakerhet::ALLA
        .iter()
        .map(|s| (s.kod().to_owned(), crate::ram::stor_forst(s.text())));
    let mut falten = vec![
        falt(a, "ar", "År", FaltSlag::Tal),
        falt(a, "benamning", "Vad beskedet kallas", FaltSlag::Text)
            .hjalp("Till exempel Preliminär 2 eller Slutlig."),
        falt(a, "datum", "Beskedets dag", FaltSlag::Datum),
        falt(a, "belopp", "Belopp i kronor", FaltSlag::Tal),
        falt(
            a,
            "sakerhet",
            "Hur säkert är det?",
            FaltSlag::Val(sakerhet.rev().collect()),
        ),
        orsaksfalt(a),
    ];
    falten.extend(efter_avslut_vid_fel(a, fel));
    let falten: Vec<Falt> = falten.into_iter().map(|f| med_fel(f, fel)).collect();
    Formulardel::ny(
        a.ett_formular(adress::tilldelning(&b.slug)),
        falten,
        "Spara beskedet",
    )
    .under(
        "nytt",
        "Registrera ett nytt besked",
        "Det nya beloppet gäller från nu. Det gamla står kvar i tabellen.",
    )
}
