//! The terms of a grant: what holds, in how many versions, and a new one.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::beslut::till_bidrag;
use crate::las;
use crate::medelsfalt::dag;
use crate::registrering::{Blankett, ar, falt, orsaksfalt, tal, val};
use crate::siffror::{Siffror, dag as i_ord};
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::medel::{AndraVillkor, overforingens_granser};
use utfall_app::{Bok, Brister};
use utfall_domain::id::MedelspostId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::aterbetalning::medgivande;
use utfall_domain::medel::villkor::{
    Aterkravsgrund, Grans, Overforing, Villkor, gallande, om_dagar, raden,
};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Fakta, Lank, Text};
use utfall_vyer::sidor::{Faltdel, Registrering};
use utfall_vyer::tal::TalVy;

/// GET `/medel/{bidrag}/villkor`.
pub async fn formular(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    Svar::sida(&sida(&a, &bok, b, &[]))
}

/// POST `/medel/{bidrag}/villkor`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let mut olasligt = Brister::default();
    let aret = olasligt.prova(ar(&a, "ar")).flatten();
    let fall = AndraVillkor {
        bidrag: b.id,
        ar: aret,
        villkor: ifyllda(&a, &mut olasligt),
        sedd: a.formular.tal("version").and_then(MedelspostId::ny),
        orsak: a.formular.lang("orsak"),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(adress::bidrag(&b.slug).vid("villkor"))),
        Err(fel) => Svar::formularfel(&sida(&a, &bok, b, &fel)),
    }
}

fn ifyllda(a: &Inloggat, fel: &mut Brister) -> Villkor {
    let f = &a.formular;
    let text = |namn: &str| Some(f.lang(namn)).filter(|t| !t.is_empty());
    let program = (
        fel.prova(ar(a, "program-fran")).flatten(),
        fel.prova(ar(a, "program-till")).flatten(),
    );
    Villkor {
        program: text("program"),
        program_ar: program.0.zip(program.1.or(program.0)),
        behorighet: text("behorighet"),
        mottagare: text("mottagare"),
        andamal: text("andamal"),
        fran: fel.prova(dag(a, "fran")).flatten(),
        till: fel.prova(dag(a, "till")).flatten(),
        overforing: Overforing::av_kod(f.text("overforing")).unwrap_or(Overforing::Okant),
        grans: fel.prova(las_grans(f.text("grans"))).flatten(),
        rekvireras: fel.prova(dag(a, "rekvireras")).flatten(),
        redovisas: fel.prova(dag(a, "redovisas")).flatten(),
        aterbetalas: fel.prova(dag(a, "aterbetalas")).flatten(),
        aterkrav: Aterkravsgrund::ALLA
            .iter()
            .copied()
            .filter(|g| f.text(&format!("aterkrav-{}", g.kod())) == "ja")
            .collect(),
        aterkrav_ord: text("aterkrav-ord"),
        rekvisitionsform: text("rekvisitionsform"),
        lagstod: text("lagstod"),
        diarienummer: text("diarienummer"),
    }
}

/// `10 %` or `500 000 kr`, as typed; `None` when nothing is.
///
/// # Errors
/// What is typed is neither an amount nor a share.
pub fn las_grans(skrivet: &str) -> Result<Option<Grans>, Problem> {
    if skrivet.is_empty() {
        return Ok(None);
    }
    if let Some(andel) = skrivet.strip_suffix('%') {
        let andel = andel.trim().replace(',', ".");
        let (hela, del) = andel.split_once('.').unwrap_or((&andel, "0"));
        let promille = hela.parse::<i64>().ok().zip(del.parse::<i64>().ok());
        return match promille {
            Some((hela, del)) if del < 10 => Ok(Some(Grans::Promille(
                hela.saturating_mul(10).saturating_add(del),
            ))),
            _ => Err(Problem::ogiltigt(
                "villkor-grans",
                format!("Gränsen ”{skrivet}” går inte att läsa."),
                "Skriv till exempel 10 % eller 500 000 kr.",
            )
            .i_falt("grans")),
        };
    }
    let (varde, _) = tal::pengar(skrivet, "kr", "grans")?;
    Ok(varde.kant().map(Grans::Belopp))
}

fn grans_i_falt(grans: Option<Grans>) -> String {
    match grans {
        None => String::new(),
        Some(Grans::Belopp(ore)) => format!("{} kr", Ore(ore)),
        Some(Grans::Promille(p)) => format!("{},{} %", p / 10, p % 10),
    }
}

/// A limit in words.
#[must_use]
pub fn grans_i_ord(grans: Grans) -> String {
    match grans {
        Grans::Belopp(ore) => format!("högst {}\u{a0}kr", Ore(ore)),
        Grans::Promille(p) if p % 10 == 0 => format!("högst {}\u{a0}% av årets pengar", p / 10),
        Grans::Promille(p) => format!("högst {},{}\u{a0}% av årets pengar", p / 10, p % 10),
    }
}

/// A field that holds what is in force until something is sent.
fn forifyllt(
    a: &Inloggat,
    (namn, etikett): (&str, &str),
    slag: FaltSlag,
    varde: Option<String>,
) -> Falt {
    let mut f = falt(a, namn, etikett, slag).frivilligt();
    if a.formular.som_sant("orsak").is_none() {
        f.varde = varde.unwrap_or_default();
    }
    f
}

fn sida(a: &Inloggat, bok: &Bok, b: &Bidrag, fel: &[Problem]) -> Registrering {
    let aret: Option<i16> = a.fraga.text("ar").parse().ok();
    let v = gallande(&bok.medelsposter, b, aret);
    let version = raden(&bok.medelsposter, b.id, aret).map_or(0, |p| p.post.id.nummer());
    let skickat = a.formular.som_sant("orsak").is_some();
    let mut sida = Blankett {
        rubrik: format!("Villkor för {}", b.namn),
        ingress: "Fyll i det som står i finansiärens beslut. Det som lämnas tomt är okänt. Det \
                  som gällde förut finns kvar.",
        under: till_bidrag(bok, b.id),
        mal: adress::villkor(&b.slug),
        knapp: "Spara villkoren",
        foljd: "Fristerna syns på bidragets sida och under Att göra.",
        inte_sparat: "Villkoren sparades inte",
        avbryt: adress::bidrag(&b.slug),
    }
    .sida(
        a,
        vec![
            andamalet(a, &v),
            fristerna(a, &v),
            kvar(a, &v, skickat),
            kallan(a, b, aret, skickat),
        ],
        fel,
    );
    sida.formular = sida.formular.med_version(version);
    sida
}

fn andamalet(a: &Inloggat, v: &Villkor) -> Faltdel {
    let text = |namn, etikett, slag, varde: &Option<String>| {
        forifyllt(a, (namn, etikett), slag, varde.clone())
    };
    let tal = |namn, etikett, varde: Option<i16>| {
        let varde = varde.map(|d| d.to_string());
        forifyllt(a, (namn, etikett), FaltSlag::Tal, varde)
    };
    let (fran, till) = v.program_ar.unzip();
    Faltdel::ny(
        "Vad pengarna är till",
        vec![
            text("andamal", "Ändamål", FaltSlag::Lang(2), &v.andamal),
            text(
                "program",
                "Program eller utlysning",
                FaltSlag::Text,
                &v.program,
            ),
            tal("program-fran", "Programmets första år", fran),
            tal("program-till", "Programmets sista år", till),
            text("mottagare", "Mottagare", FaltSlag::Text, &v.mottagare),
            text(
                "behorighet",
                "Varför mottagaren får söka",
                FaltSlag::Lang(2),
                &v.behorighet,
            ),
            text(
                "lagstod",
                "Förordning eller annat stöd",
                FaltSlag::Text,
                &v.lagstod,
            ),
            text(
                "diarienummer",
                "Diarienummer hos finansiären",
                FaltSlag::Text,
                &v.diarienummer,
            ),
        ],
    )
}

fn fristerna(a: &Inloggat, v: &Villkor) -> Faltdel {
    let datum = |namn, etikett, varde: Option<Date>| {
        let varde = varde.map(|d| d.to_string());
        forifyllt(a, (namn, etikett), FaltSlag::Datum, varde)
    };
    Faltdel::ny(
        "När",
        vec![
            datum("fran", "Pengarna får användas från", v.fran)
                .hjalp("Får ligga före beslutet, om villkoren säger det."),
            datum("till", "Pengarna får användas till", v.till),
            datum("rekvireras", "Rekvireras senast", v.rekvireras),
            datum("redovisas", "Redovisas senast", v.redovisas),
            datum("aterbetalas", "Återbetalas senast", v.aterbetalas),
        ],
    )
}

fn kvar(a: &Inloggat, v: &Villkor, skickat: bool) -> Faltdel {
    let alla = Overforing::ALLA
        .iter()
        .map(|o| (o.kod().to_owned(), crate::ram::stor_forst(o.text())));
    let mut overforing = falt(
        a,
        "overforing",
        "Får pengar som blir över föras över?",
        FaltSlag::Val(alla.collect()),
    );
    let mut grans = falt(a, "grans", "Högst hur mycket", FaltSlag::Text)
        .hjalp("Till exempel 10 % eller 500 000 kr.")
        .frivilligt();
    let mut form = falt(
        a,
        "rekvisitionsform",
        "Hur pengarna rekvireras",
        FaltSlag::Lang(2),
    )
    .frivilligt();
    let mut ord = falt(
        a,
        "aterkrav-ord",
        "Återkrav, med villkorens egna ord",
        FaltSlag::Lang(2),
    )
    .frivilligt();
    if !skickat {
        v.overforing.kod().clone_into(&mut overforing.varde);
        grans.varde = grans_i_falt(v.grans);
        form.varde = v.rekvisitionsform.clone().unwrap_or_default();
        ord.varde = v.aterkrav_ord.clone().unwrap_or_default();
    }
    let mut falten = vec![overforing, grans, form];
    for grund in Aterkravsgrund::ALLA {
        let namn = format!("aterkrav-{}", grund.kod());
        let etikett = format!("Återkrav om {}", grund.text());
        let mut kryss = falt(a, &namn, &etikett, FaltSlag::Kryss).frivilligt();
        if !skickat && v.aterkrav.contains(grund) {
            "ja".clone_into(&mut kryss.varde);
        }
        falten.push(kryss);
    }
    falten.push(ord);
    Faltdel::ny("Det som blir över", falten)
}

fn kallan(a: &Inloggat, b: &Bidrag, aret: Option<i16>, skickat: bool) -> Faltdel {
    let aren = b.ar.iter().map(|ar| (ar.to_string(), format!("Bara {ar}")));
    let mut ar = falt(
        a,
        "ar",
        "Vilka år gäller villkoren?",
        val("Alla bidragets år", aren),
    );
    if !skickat {
        ar.varde = aret.map(|ar| ar.to_string()).unwrap_or_default();
    }
    Faltdel::ny("Källa", vec![ar.frivilligt(), orsaksfalt(a)])
}

/// The terms as facts on the grant's page, with how far away each deadline is.
#[must_use]
pub fn fakta(bok: &Bok, b: &Bidrag, ar: Option<i16>, idag: Date) -> Vec<Fakta> {
    let poster = bok.poster();
    let v = gallande(&poster, b, ar);
    let mut ut = Vec::new();
    let mut text = |namn: &str, varde: Option<&str>| {
        ut.extend(varde.map(|t| Fakta::ny(namn, t)));
    };
    text("Mottagare", v.mottagare.as_deref());
    text("Varför mottagaren får pengarna", v.behorighet.as_deref());
    text("Förordning", v.lagstod.as_deref());
    text("Rekvireras så", v.rekvisitionsform.as_deref());
    let period = match (v.fran, v.till) {
        (Some(fran), Some(till)) => Some(format!("{} till {}", i_ord(fran), i_ord(till))),
        (Some(fran), None) => Some(format!("från {}", i_ord(fran))),
        (None, Some(till)) => Some(format!("till {}", i_ord(till))),
        (None, None) => None,
    };
    ut.extend(period.map(|p| Fakta::ny("Får användas", p)));
    for (namn, dag) in [
        ("Rekvireras senast", v.rekvireras),
        ("Redovisas senast", v.redovisas),
        ("Återbetalas senast", v.aterbetalas),
    ] {
        let frist = dag.map(|d| format!("{}, {}", i_ord(d), om_dagar(idag, d)));
        ut.extend(frist.map(|t| Fakta::ny(namn, t)));
    }
    let grunder: Vec<&str> = v.aterkrav.iter().map(|g| g.text()).collect();
    if !grunder.is_empty() || v.aterkrav_ord.is_some() {
        let mut ord = grunder.join("; ");
        if let Some(eget) = &v.aterkrav_ord {
            if !ord.is_empty() {
                ord.push_str(". ");
            }
            ord.push_str(eget);
        }
        ut.push(Fakta::ny("Återkrävs om", ord));
    }
    if let Some(p) = raden(&poster, b.id, ar) {
        let vem = bok
            .anvandare
            .get(&p.registrerad_av)
            .cloned()
            .unwrap_or_default();
        let nar = i_ord(utfall_domain::tid::dag(p.registrerad));
        let kalla = p.post.orsak.clone().unwrap_or_default();
        ut.push(Fakta::ny(
            "Villkoren enligt",
            format!("{kalla} ({nar}, {vem})"),
        ));
    }
    ut
}

/// What a limit in per cent is counted of, with its derivation; `None` where none is.
#[must_use]
pub fn arets_pengar(s: &Siffror<'_>, b: &Bidrag, ar: i16) -> Option<TalVy> {
    let v = gallande(&s.bok.medelsposter, b, Some(ar));
    let sagt = medgivande(&s.bok.medelsposter, b.id, ar, ar.saturating_add(1));
    let granser = overforingens_granser(&v, sagt.and_then(|m| m.grans));
    let andel = granser.iter().any(|g| matches!(g, Grans::Promille(_)));
    andel.then(|| s.med_enhet(Matt::Grundmedel, &Urval::bidrag(b.id).ar(ar)))
}

/// Whether money may be carried over, in words.
#[must_use]
pub fn overforing_i_ord(v: &Villkor) -> Text {
    let far = match v.overforing {
        Overforing::Ja => "Pengar som blir över får föras över till nästa år",
        Overforing::MedMedgivande => {
            "Pengar som blir över får föras över om finansiären medger det"
        }
        Overforing::Nej => "Pengar som blir över får inte föras över",
        Overforing::Okant => "Okänt om pengar får föras över",
    };
    match v.grans {
        Some(grans) => format!("{far}, {}.", grans_i_ord(grans)).into(),
        None => format!("{far}.").into(),
    }
}

/// The way to the form, for those who may.
#[must_use]
pub fn lank(b: &Bidrag, ar: Option<i16>) -> Lank {
    let till = adress::villkor(&b.slug);
    let till = match ar {
        Some(ar) => till.fraga("ar", &ar.to_string()),
        None => till,
    };
    Lank::ny("Ändra villkoren", till)
}
