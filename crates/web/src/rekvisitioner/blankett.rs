//! The form of a requisition: a new one, and a draft that is written again.

use super::valda;
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::medelsfalt::{belopp, dag};
use crate::ram::stor_forst;
use crate::registrering::{Blankett, falt, val};
use crate::svar::Svar;
use utfall_app::medel::SkrivRekvisition;
use utfall_app::{Bok, Brister};
use utfall_domain::id::{BidragId, MedelspostId};
use utfall_domain::medel::rekvisition::{Lage, Rekvisition, Riktning, Uppgift};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// GET `/rekvisitioner/ny`.
pub async fn ny(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&blanketten(&a, &bok, None, &[]))
}

/// POST `/rekvisitioner/ny`.
pub async fn skriv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    spara(&a, &bok, None).await
}

/// GET `/rekvisitioner/{rekvisition}/utkast`. What is sent is no longer a draft: its page tells.
pub async fn utkast(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let r = valda(&a, &bok)?;
    if r.lage != Lage::Utkast {
        return Ok(Svar::vidare(adress::rekvisition(&r.id.to_string())));
    }
    Svar::sida(&blanketten(&a, &bok, Some(&r), &[]))
}

/// POST `/rekvisitioner/{rekvisition}/utkast`.
pub async fn andra(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let r = valda(&a, &bok)?;
    spara(&a, &bok, Some(&r)).await
}

async fn spara(a: &Inloggat, bok: &Bok, r: Option<&Rekvisition>) -> Resultat {
    let mut olasligt = Brister::default();
    let sedd = a.formular.tal("version").unwrap_or(0);
    let fall = ifyllt(a, bok, r.map(|r| (r.id, sedd)), &mut olasligt);
    match a.utfor(fall, olasligt).await? {
        Ok(id) => Ok(Svar::vidare(adress::rekvisition(&id.to_string()))),
        Err(fel) => Svar::formularfel(&blanketten(a, bok, r, &fel)),
    }
}

fn ifyllt(
    a: &Inloggat,
    bok: &Bok,
    utkast: Option<(MedelspostId, i64)>,
    olasligt: &mut Brister,
) -> SkrivRekvisition {
    let f = &a.formular;
    let bidrag = bok.bidrag.iter().find(|b| b.slug == f.text("bidrag"));
    let bidrag = bidrag
        .map(|b| b.id)
        .ok_or_else(|| saknas("bidrag", "bidrag"));
    let mut dagen = |namn: &str| {
        let dagen = olasligt.prova(dag(a, namn)).flatten();
        dagen.unwrap_or_else(|| {
            olasligt.prova::<()>(Err(saknas("dag", namn)));
            tid::dag(a.nu)
        })
    };
    let (fran, till) = (dagen("fran"), dagen("till"));
    let sagt = olasligt.prova(belopp(a, "belopp"));
    SkrivRekvisition {
        utkast,
        bidrag: olasligt.prova(bidrag).unwrap_or(BidragId::FORSTA),
        insats: bok
            .insatser
            .iter()
            .find(|i| i.slug == f.text("insats"))
            .map(|i| i.id),
        organisation: bok
            .organisationer
            .iter()
            .find(|o| o.slug == f.text("part"))
            .map(|o| o.id),
        uppgift: Uppgift {
            riktning: Riktning::av_kod(f.text("riktning")).unwrap_or(Riktning::TillFinansiar),
            belopp: sagt.map_or(1, |(ore, _)| ore),
            fran,
            till,
            sista: f.text("sista") == "ja",
            retroaktiv: Some(f.lang("retroaktiv")).filter(|r| !r.is_empty()),
            senast: olasligt.prova(dag(a, "senast")).flatten(),
        },
    }
}

fn saknas(vad: &str, falt: &str) -> Problem {
    let (text, gor) = match vad {
        "bidrag" => (
            "Det saknas vilket bidrag det gäller.",
            "Välj bidraget i listan.",
        ),
        _ => ("Dagen saknas.", "Skriv till exempel 2026-01-01."),
    };
    Problem::ogiltigt("rekvisition-saknas", text, gor).i_falt(falt)
}

/// Who asks whom, and for what.
fn vilken(a: &Inloggat, bok: &Bok) -> Vec<Falt> {
    let bidrag = bok.bidrag.iter().map(|b| (b.slug.clone(), b.namn.clone()));
    let insatser = bok.insatser.iter().filter(|i| !i.reserv);
    let insatser = insatser.map(|i| (i.slug.clone(), i.namn.clone()));
    let parter = bok
        .organisationer
        .iter()
        .map(|o| (o.slug.clone(), o.namn_nu().to_owned()));
    let riktning = Riktning::ALLA
        .iter()
        .map(|r| (r.kod().to_owned(), stor_forst(r.text())));
    let riktning = FaltSlag::Val(riktning.collect());
    vec![
        falt(a, "riktning", "Vart går den?", riktning),
        falt(a, "bidrag", "Bidrag", val("Välj", bidrag)),
        falt(a, "insats", "Insats", val("Ingen särskild", insatser))
            .hjalp("Behövs när en part rekvirerar.")
            .frivilligt(),
        falt(a, "part", "Part", val("Ingen särskild", parter))
            .hjalp("Den som begär och får pengarna. Behövs när en part rekvirerar.")
            .frivilligt(),
    ]
}

/// When the money is for, and how much.
fn perioden(a: &Inloggat) -> Vec<Falt> {
    let sista = "Det här är årets sista rekvisition";
    let retroaktiv = "Varför börjar perioden före beslutet?";
    vec![
        falt(a, "fran", "Periodens första dag", FaltSlag::Datum),
        falt(a, "till", "Periodens sista dag", FaltSlag::Datum),
        falt(a, "belopp", "Belopp i kronor", FaltSlag::Tal),
        falt(a, "sista", sista, FaltSlag::Kryss)
            .hjalp(
                "När den är beviljad räknas det rekvirerade som årets pengar. Det som är beviljat \
                 men inte rekvirerat går då inte längre att fördela.",
            )
            .frivilligt(),
        falt(a, "senast", "Ska skickas senast", FaltSlag::Datum).frivilligt(),
        falt(a, "retroaktiv", retroaktiv, FaltSlag::Text)
            .hjalp("Bara när den gör det.")
            .frivilligt(),
    ]
}

/// What a draft says, as its form has it.
fn skrivet(bok: &Bok, r: &Rekvisition, namn: &str) -> String {
    let u = &r.uppgift;
    let slug = match namn {
        "bidrag" => r.om.bidrag.and_then(|id| bok.bidrag(id)).map(|b| &b.slug),
        "insats" => r.om.insats.and_then(|id| bok.insats(id)).map(|i| &i.slug),
        "part" => {
            let part = r.om.organisation.and_then(|id| bok.organisation(id));
            part.map(|o| &o.slug)
        }
        _ => None,
    };
    match namn {
        "riktning" => u.riktning.kod().to_owned(),
        "fran" => u.fran.to_string(),
        "till" => u.till.to_string(),
        "belopp" => Ore(u.belopp).to_string(),
        "sista" => if u.sista { "ja" } else { "" }.to_owned(),
        "senast" => u.senast.map(|d| d.to_string()).unwrap_or_default(),
        "retroaktiv" => u.retroaktiv.clone().unwrap_or_default(),
        _ => slug.cloned().unwrap_or_default(),
    }
}

/// A form that has not been sent begins with what the draft says, or with the grant that the
/// address names.
fn forifyll(a: &Inloggat, bok: &Bok, r: Option<&Rekvisition>, falten: &mut [Falt]) {
    for f in falten {
        match r {
            Some(r) => f.varde = skrivet(bok, r, &f.namn),
            None if f.namn == "bidrag" => a.fraga.text("bidrag").clone_into(&mut f.varde),
            None => {}
        }
    }
}

fn andrat(fel: &[Problem]) -> bool {
    fel.iter().any(|fel| fel.slag == ProblemSlag::Konflikt)
}

fn blanketten(a: &Inloggat, bok: &Bok, r: Option<&Rekvisition>, fel: &[Problem]) -> Registrering {
    let (mut om, mut nar) = (vilken(a, bok), perioden(a));
    if fel.is_empty() {
        forifyll(a, bok, r, &mut om);
        forifyll(a, bok, r, &mut nar);
    }
    let mut under = vec![
        Lank::ny("Medel", adress::medel()),
        Lank::ny("Rekvisitioner", adress::rekvisitioner()),
    ];
    let (mut rubrik, mut mal) = ("Skriv en rekvisition", adress::ny_rekvisition());
    let mut avbryt = adress::rekvisitioner();
    if let Some(r) = r {
        let id = r.id.to_string();
        avbryt = adress::rekvisition(&id);
        under.push(Lank::ny(
            format!("Rekvisition {}", r.nummer),
            avbryt.clone(),
        ));
        (rubrik, mal) = ("Ändra utkastet", adress::rekvisitionsutkast(&id));
    }
    let mut sida = Blankett {
        rubrik: rubrik.to_owned(),
        ingress: "Ett utkast går att ändra tills det skickas. Taket prövas när det skickas.",
        under,
        mal,
        knapp: "Spara utkastet",
        foljd: "Inget räknas som rekvirerat förrän den är skickad.",
        inte_sparat: "Rekvisitionen sparades inte",
        avbryt,
    }
    .sida(
        a,
        vec![Faltdel::ny("", om), Faltdel::ny("Period och belopp", nar)],
        fel,
    );
    if let Some(r) = r {
        // Whoever is told what another wrote, and saves once more, has seen it.
        let sedd = a.formular.tal("version").filter(|_| !andrat(fel));
        sida.formular = sida.formular.med_version(sedd.unwrap_or(r.version));
    }
    sida
}
