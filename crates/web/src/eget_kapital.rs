//! Own capital of associations: what they have, against their ceiling and target, and what
//! they have been given year by year.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::csv;
use crate::felen::{med_fel, sammanfattning};
use crate::las;
use crate::parametrar::{arsval, i_ord, valt_ar};
use crate::registrering::tal;
use crate::siffror::Siffror;
use crate::svar::Svar;
use crate::uppfoljning::falt;
use std::collections::{BTreeMap, BTreeSet};
use utfall_app::fakta::RegistreraFaktum;
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum, Sakerhet};
use utfall_domain::id::OrganisationId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::parameter::{self, NYCKEL, Parameter};
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Kvitto, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Ekonomisida, Filter, Formulardel, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Radgrupp, Tabell};

/// The words of a part of the funding key, as facts have them.
#[must_use]
pub const fn nyckeldel(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::NyckelStat => "stat",
        Parameter::NyckelRegion => "region",
        _ => "kommun",
    }
}

/// The associations that something is said of, with the years.
#[must_use]
pub fn forbunden(s: &Siffror<'_>) -> BTreeMap<OrganisationId, BTreeSet<i16>> {
    let mut ut: BTreeMap<OrganisationId, BTreeSet<i16>> = BTreeMap::new();
    for f in s.fakta() {
        let g = f.galler();
        let med = matches!(
            f.fakta.slag,
            FaktumSlag::EgetKapital | FaktumSlag::Partsmedel
        );
        if let (true, Some(id), Some(ar)) = (med, g.organisation, g.ar) {
            ut.entry(id).or_default().insert(ar);
        }
    }
    ut
}

/// GET `/eget-kapital`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sida = sidan(&a, &bok, &[]);
    las::svar_ekonomi(&sida)
}

/// GET `/eget-kapital/tabell.csv`.
pub async fn csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let s = Siffror::ny(&bok);
    let tabell = serier(&s);
    csv::svar("eget-kapital", a.dag(&bok), &[("Eget kapital", &tabell)])
}

fn sidan(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Ekonomisida {
    let (s, ar) = (Siffror::ny(bok), valt_ar(a));
    let per = a.perdatum(
        bok,
        adress::eget_kapital(),
        vec![("ar".to_owned(), ar.to_string())],
    );
    let formular = if a.far(Atgard::RegistreraFaktum) && bok.per_dag().is_none() {
        former(a, bok, ar, fel)
    } else {
        Vec::new()
    };
    let mut ram = a.ram_per(&per);
    if !fel.is_empty() {
        let falt = formular.iter().flat_map(|del| &del.falt);
        ram.fel = sammanfattning("Det sparades inte", falt, fel);
    }
    Ekonomisida {
        ram,
        huvud: Sidhuvud::ny(
            format!("Eget kapital {ar}"),
            "Pengar som ett samordningsförbund har fått men inte använt. Blir det mycket undrar \
             parterna varför.",
        )
        .overrad(las::overrad_per(bok))
        .under(vec![Lank::ny("Medel", adress::medel())]),
        kvitto: (a.fraga.text("sparat") == "ja").then(|| Kvitto::ny("Det är sparat.")),
        filter: Some(Filter {
            mal: adress::eget_kapital().into(),
            falt: vec![arsval(a, ar)],
            knapp: "Visa".into(),
            hjalp: String::new(),
        }),
        besked: besked(&s, ar),
        fakta: granser(&s, ar),
        delar: vec![
            Tabelldel {
                id: "forbund".into(),
                rubrik: "Förbunden jämförda".into(),
                text: "Andelen gör dem jämförbara. Ett preliminärt värde är en prognos.".into(),
                tabell: jamforelse(&s, ar),
            },
            Tabelldel {
                id: "ar".into(),
                rubrik: "År för år".into(),
                text: "Vad parterna har gett, och vad som var sparat när året var slut.".into(),
                tabell: serier(&s).csv(Some(adress::eget_kapital_csv().into())),
            },
        ],
        formular,
        lankar: vec![
            Lank::ny("Avgifter och fördelningsnyckel", adress::avgifter()),
            Lank::ny("Inställningar", adress::parametrar()),
        ],
        per: Some(per),
        ..Ekonomisida::default()
    }
}

fn granser(s: &Siffror<'_>, ar: i16) -> Vec<Fakta> {
    let index = s.bok.index();
    [Parameter::TakEgetKapital, Parameter::MalEgetKapital]
        .into_iter()
        .map(|p| {
            let g = parameter::gallande(&index, p, ar);
            let text = g.map_or_else(
                || "Inte bestämt.".to_owned(),
                |g| {
                    let forslag = if g.faktum.is_none() {
                        " (förslag)"
                    } else {
                        ""
                    };
                    format!("{}{forslag}", i_ord(p, g.varde))
                },
            );
            Fakta::ny(p.text(), text)
        })
        .collect()
}

fn tal(s: &Siffror<'_>, urval: &Urval) -> Vec<Cell> {
    [
        Matt::Partsmedel,
        Matt::EgetKapital,
        Matt::EgetKapitalAndel,
        Matt::EgetKapitalTak,
        Matt::EgetKapitalOverTak,
        Matt::EgetKapitalOverMal,
    ]
    .map(|matt| s.tal(matt, urval).into())
    .to_vec()
}

fn kolumner(forst: &str) -> Vec<Kolumn> {
    vec![
        Kolumn::ord(forst),
        Kolumn::kr("Medel från parterna"),
        Kolumn::kr("Eget kapital"),
        Kolumn::tal("Del av medlen %"),
        Kolumn::kr("Tak"),
        Kolumn::kr("Över taket"),
        Kolumn::kr("Över målet"),
    ]
}

fn jamforelse(s: &Siffror<'_>, ar: i16) -> Tabell {
    let rader = forbunden(s)
        .into_iter()
        .filter(|(_, aren)| aren.contains(&ar))
        .map(|(id, _)| {
            let urval = Urval::default().ar(ar).for_organisation(id);
            let mut celler = vec![Cell::rubrik(s.bok.organisationsnamn(id))];
            celler.extend(tal(s, &urval));
            Rad::ny(celler)
        })
        .collect();
    Tabell::ny(
        "forbund-t",
        format!("Kronor {ar}"),
        kolumner("Förbund"),
        rader,
    )
    .klass("bredd")
    .tomt("Inget är registrerat om något förbund det året.")
}

fn serier(s: &Siffror<'_>) -> Tabell {
    let grupper = forbunden(s)
        .into_iter()
        .map(|(id, aren)| Radgrupp {
            rubrik: s.bok.organisationsnamn(id).to_owned(),
            rader: aren
                .into_iter()
                .map(|ar| {
                    let urval = Urval::default().ar(ar).for_organisation(id);
                    let mut celler = vec![Cell::rubrik(ar.to_string())];
                    celler.extend(tal(s, &urval));
                    Rad::ny(celler)
                })
                .collect(),
        })
        .collect();
    Tabell {
        grupper,
        ..Tabell::ny(
            "serier-t",
            "Förbunden år för år, kronor",
            kolumner("År"),
            Vec::new(),
        )
        .klass("bredd")
        .tomt("Inget är registrerat om något förbund.")
    }
}

/// Associations over their ceiling or their target.
fn besked(s: &Siffror<'_>, ar: i16) -> Vec<Besked> {
    let mut ut = Vec::new();
    for (id, _) in forbunden(s) {
        let urval = Urval::default().ar(ar).for_organisation(id);
        let namn = s.bok.organisationsnamn(id);
        let over = |matt| s.kant(matt, &urval).is_some_and(|t| t > 0);
        if over(Matt::EgetKapitalOverTak) {
            let text = Text::from("Det egna kapitalet är ")
                .tal(s.med_enhet(Matt::EgetKapitalOverTak, &urval))
                .ord(" över taket, och ")
                .tal(s.med_enhet(Matt::EgetKapitalAndel, &urval))
                .ord(" av årets medel. Pengarna används inte.");
            ut.push(Besked::ny(
                Allvar::Varning,
                format!("{namn} har för stort eget kapital"),
                text,
            ));
        }
        if over(Matt::EgetKapitalOverMal) {
            let text = Text::from("Det egna kapitalet är ")
                .tal(s.med_enhet(Matt::EgetKapitalOverMal, &urval))
                .ord(" över det mål som är beslutat. Kommande budgetar kan använda det.");
            ut.push(Besked::ny(
                Allvar::Upplysning,
                format!("{namn} ligger över sitt mål"),
                text,
            ));
        }
    }
    ut
}

/// A choice of organisation, with nothing chosen first.
#[must_use]
pub fn organisationsval(bok: &Bok) -> FaltSlag {
    let alla = bok
        .organisationer
        .iter()
        .map(|o| (o.id.to_string(), o.namn_nu().to_owned()));
    FaltSlag::Val(
        std::iter::once((String::new(), "Välj".to_owned()))
            .chain(alla)
            .collect(),
    )
}

/// The fields that both forms have, under ids of their own.
fn gemensamma(a: &Inloggat, bok: &Bok, (id, skickat): (&str, bool)) -> Vec<Falt> {
    let ifyllt = |namn: &str, etikett: &str, slag: FaltSlag| {
        let f = if skickat {
            falt(a, namn, etikett, slag)
        } else {
            Falt::ny(namn, etikett, slag)
        };
        f.med_id(format!("{id}-{namn}"))
    };
    vec![
        ifyllt("organisation", "Förbund", organisationsval(bok)),
        ifyllt("belopp", "Belopp, kronor", FaltSlag::Tal),
        ifyllt("orsak", "Varifrån kommer uppgiften?", FaltSlag::Text),
    ]
}

fn former(a: &Inloggat, bok: &Bok, ar: i16, fel: &[Problem]) -> Vec<Formulardel> {
    let kapital = a.formular.text("vad") != "medel";
    let egna = |del: bool| if del { fel } else { &[] };
    let lagen = [("slutlig", "Bokslut"), ("preliminar", "Prognos")];
    let lagen = lagen.map(|(v, o)| (v.to_owned(), o.to_owned())).to_vec();
    let delar = NYCKEL.map(|p| {
        let ord = nyckeldel(p);
        (ord.to_owned(), crate::ram::stor_forst(ord))
    });
    let gemensamma = |id, skickat| gemensamma(a, bok, (id, skickat));
    let skickat = !a.formular.text("vad").is_empty();
    let skrivet = |namn: &str, har: bool| {
        let text = a.formular.som_sant(namn).filter(|_| har && skickat);
        text.unwrap_or("").to_owned()
    };
    let mut forsta = gemensamma("kapital", kapital && skickat);
    forsta.insert(
        2,
        Falt::ny("lage", "Vad är det?", FaltSlag::Val(lagen))
            .med_id("kapital-lage")
            .varde(skrivet("lage", kapital)),
    );
    let mut andra = gemensamma("medel", !kapital && skickat);
    andra.insert(
        1,
        Falt::ny("part", "Part som ger pengarna", organisationsval(bok))
            .med_id("medel-part")
            .varde(skrivet("part", !kapital)),
    );
    andra.insert(
        2,
        Falt::ny("del", "Del av nyckeln", FaltSlag::Val(delar.to_vec()))
            .med_id("medel-del")
            .varde(skrivet("del", !kapital)),
    );
    let bygg = |vad: &str, falten: Vec<Falt>, egna: &[Problem]| {
        let formular = a
            .ett_formular(adress::eget_kapital())
            .med_dolt("vad", vad)
            .med_dolt("for-ar", ar.to_string());
        let falten = falten.into_iter().map(|f| med_fel(f, egna)).collect();
        Formulardel::ny(formular, falten, "Spara")
    };
    vec![
        bygg("kapital", forsta, egna(kapital)).under(
            "kapital",
            format!("Registrera eget kapital vid slutet av {ar}"),
            "Ett bokslut, eller en prognos för året.",
        ),
        bygg("medel", andra, egna(!kapital))
            .under(
                "medel",
                format!("Registrera medel från en part {ar}"),
                "Det staten, regionen eller en kommun ger förbundet för året.",
            )
            .andra(),
    ]
}

/// The organisation chosen in a list.
///
/// # Errors
/// When none is, at the field.
pub fn vald_organisation(a: &Inloggat, bok: &Bok, namn: &str) -> Result<OrganisationId, Problem> {
    let id = a.formular.tal(namn).and_then(OrganisationId::ny);
    id.filter(|id| bok.organisation(*id).is_some())
        .ok_or_else(|| {
            Problem::ogiltigt("organisation-vald", "Ingen är vald.", "Välj i listan.").i_falt(namn)
        })
}

/// POST `/eget-kapital`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let ar = valt_ar(&a);
    let mut olasligt = Brister::default();
    let f = &a.formular;
    let organisation = olasligt.prova(vald_organisation(&a, &bok, "organisation"));
    let varde = olasligt.prova(tal::pengar(f.text("belopp"), "kr", "belopp"));
    let (varde, precision) = varde.unwrap_or((Varde::Okant, Precision::EXAKT));
    let mut galler = Galler {
        organisation,
        ar: Some(ar),
        ..Galler::default()
    };
    let slag = if f.text("vad") == "medel" {
        galler.finansiar = olasligt.prova(vald_organisation(&a, &bok, "part"));
        let del = NYCKEL.into_iter().find(|p| nyckeldel(*p) == f.text("del"));
        galler.kategori = Some(nyckeldel(del.unwrap_or(Parameter::NyckelKommun)).to_owned());
        FaktumSlag::Partsmedel
    } else {
        FaktumSlag::EgetKapital
    };
    let sakerhet = if f.text("lage") == "preliminar" {
        Sakerhet::Preliminar
    } else {
        Sakerhet::Slutlig
    };
    let fall = RegistreraFaktum {
        faktum: NyttFaktum {
            precision,
            sakerhet,
            orsak: Some(f.lang("orsak")),
            ..NyttFaktum::nytt(slag, galler, varde)
        },
        tillkommer: !olasligt.inga(),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(
            adress::eget_kapital()
                .fraga("ar", &ar.to_string())
                .fraga("sparat", "ja"),
        )),
        Err(fel) => Svar::formularfel(&sidan(&a, &bok, &fel)),
    }
}
