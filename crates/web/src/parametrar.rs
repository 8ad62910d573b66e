//! Settings: what holds for a year, where it comes from, and what is only proposed.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::csv;
use crate::felen::{med_fel, sammanfattning};
use crate::las;
use crate::registrering::tal;
use crate::siffror::{Siffror, antal};
use crate::svar::Svar;
use utfall_app::uppfoljning::{Satt, SattParametrar};
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::{Enhet, Faktum, FaktumSlag};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::parameter::{self, Parameter, SCHABLON};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Kvitto, Lage, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Ekonomisida, Faltdel, Filter, Registrering, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Radgrupp, Tabell};

/// The settings in groups, as one thinks of them.
const GRUPPER: [(&str, &[Parameter]); 5] = [
    (
        "Uppföljning",
        &[
            Parameter::AvvikelseKr,
            Parameter::AvvikelseAndel,
            Parameter::Po,
        ],
    ),
    (
        "Eget kapital",
        &[Parameter::TakEgetKapital, Parameter::MalEgetKapital],
    ),
    (
        "Fördelningsnyckel",
        &[
            Parameter::NyckelStat,
            Parameter::NyckelRegion,
            Parameter::NyckelKommun,
        ],
    ),
    (
        "Avgifter",
        &[
            Parameter::Serviceavgift,
            Parameter::ServiceavgiftForslag,
            Parameter::Medlemsavgift,
        ],
    ),
    ("Varsel", &[Parameter::VarselAvtal, Parameter::VarselFrist]),
];

/// A setting's or a standard cost's name in words.
#[must_use]
pub fn namn(kod: &str) -> String {
    Parameter::av_kod(kod).map_or_else(
        || crate::ram::stor_forst(kod),
        |parameter| parameter.text().to_owned(),
    )
}

/// A measure of a setting.
const fn matt(slag: FaktumSlag) -> Matt {
    match slag {
        FaktumSlag::Parameterandel => Matt::InstallningAndel,
        FaktumSlag::Parameterdagar => Matt::InstallningDagar,
        _ => Matt::InstallningKr,
    }
}

/// Whether it is spoken of in per mille.
const fn i_promille(parameter: Parameter) -> bool {
    matches!(
        parameter,
        Parameter::Serviceavgift | Parameter::ServiceavgiftForslag
    )
}

/// A share as it was typed: `39,25` or `39,25 %`, in hundredths of a per cent.
#[must_use]
pub fn hundradelsprocent(text: &str) -> Option<i64> {
    decimaltal(text.trim().trim_end_matches(['%', '\u{a0}', ' ']), 2)
}

/// Per mille as it was typed: `2` or `2,5`, in hundredths of a per cent.
fn promille(text: &str) -> Option<i64> {
    decimaltal(text.trim().trim_end_matches(['‰', '\u{a0}', ' ']), 1)
}

/// A number with at most so many decimals, in units of the last of them.
fn decimaltal(text: &str, decimaler: usize) -> Option<i64> {
    let (hela, del) = text.split_once(',').unwrap_or((text, ""));
    let siffror = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if hela.is_empty() || !siffror(hela) || !siffror(del) || del.len() > decimaler {
        return None;
    }
    format!("{hela}{del:0<decimaler$}").parse().ok()
}

/// A setting's value with its unit, as it is spoken of.
#[must_use]
pub fn i_ord(parameter: Parameter, varde: i64) -> String {
    if i_promille(parameter) {
        let (hela, del) = (varde / 10, varde % 10);
        return match del {
            0 => format!("{hela}\u{a0}‰"),
            _ => format!("{hela},{del}\u{a0}‰"),
        };
    }
    match parameter.slag() {
        FaktumSlag::Parameterandel => {
            let text = crate::siffror::text(varde, Enhet::Hundradelsprocent);
            format!("{text}\u{a0}procent")
        }
        FaktumSlag::Parameterdagar => format!("{varde}\u{a0}dagar"),
        _ => format!("{}\u{a0}kr", crate::siffror::text(varde, Enhet::Ore)),
    }
}

/// The year a page is about: the one asked for, or this year.
#[must_use]
pub fn valt_ar(a: &Inloggat) -> i16 {
    let i_ar = tid::dag(a.nu).year();
    let onskat = a.fraga.tal("ar").or_else(|| a.formular.tal("for-ar"));
    onskat
        .and_then(|ar| i16::try_from(ar).ok())
        .filter(|ar| (1990..=2100).contains(ar))
        .unwrap_or(i_ar)
}

/// Some years around one, to choose from.
#[must_use]
pub fn arsval(a: &Inloggat, ar: i16) -> Falt {
    let i_ar = tid::dag(a.nu).year();
    let mut aren: Vec<i16> = (i_ar.saturating_sub(5)..=i_ar.saturating_add(1)).collect();
    if !aren.contains(&ar) {
        aren.push(ar);
    }
    aren.sort_unstable();
    let val = aren.iter().rev().map(|a| (a.to_string(), a.to_string()));
    Falt::ny("ar", "År", FaltSlag::Val(val.collect())).varde(ar.to_string())
}

/// GET `/parametrar`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sida = sida(&a, &bok);
    las::svar_ekonomi(&sida)
}

/// GET `/parametrar/tabell.csv`.
pub async fn csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let s = Siffror::ny(&bok);
    let tabell = tabell(&s, valt_ar(&a));
    csv::svar("installningar", a.dag(&bok), &[("Inställningar", &tabell)])
}

fn sida(a: &Inloggat, bok: &Bok) -> Ekonomisida {
    let (s, ar) = (Siffror::ny(bok), valt_ar(a));
    let per = a.perdatum(
        bok,
        adress::parametrar(),
        vec![("ar".to_owned(), ar.to_string())],
    );
    let andra = a.far(Atgard::SattaParametrar).then(|| {
        Lank::ny(
            "Ändra inställningar",
            adress::andra_parametrar().fraga("ar", &ar.to_string()),
        )
    });
    let kvitto = a.fraga.tal("sparat").and_then(|n| usize::try_from(n).ok());
    Ekonomisida {
        ram: a.ram_per(&per),
        huvud: Sidhuvud::ny(
            format!("Inställningar {ar}"),
            "Gränser, satser och schabloner som siffrorna räknas med. Det som ingen har bestämt \
             är ett förslag.",
        )
        .overrad(las::overrad_per(bok))
        .under(vec![Lank::ny("Medel", adress::medel())]),
        kvitto: kvitto.map(|n| {
            Kvitto::ny(antal(
                n,
                "Inget ändrades.",
                "En inställning är sparad.",
                "inställningar är sparade.",
            ))
        }),
        filter: Some(Filter {
            mal: adress::parametrar().into(),
            falt: vec![arsval(a, ar)],
            knapp: "Visa".into(),
            hjalp: String::new(),
        }),
        delar: vec![Tabelldel {
            id: "installningar".into(),
            rubrik: "Det som gäller".into(),
            text: andra.map_or_else(Text::default, |lank| Text::default().lank(lank)),
            tabell: tabell(&s, ar).csv(Some(
                adress::parametrar_csv().fraga("ar", &ar.to_string()).into(),
            )),
        }],
        per: Some(per),
        ..Ekonomisida::default()
    }
}

fn tabell(s: &Siffror<'_>, ar: i16) -> Tabell {
    let mut grupper: Vec<Radgrupp> = GRUPPER
        .iter()
        .map(|(rubrik, alla)| Radgrupp {
            rubrik: (*rubrik).to_owned(),
            rader: alla.iter().map(|p| rad(s, *p, ar)).collect(),
        })
        .collect();
    let schabloner = parameter::schabloner(&s.bok.index());
    if !schabloner.is_empty() {
        grupper.push(Radgrupp {
            rubrik: "Schabloner".to_owned(),
            rader: schabloner.iter().map(|n| schablonrad(s, n, ar)).collect(),
        });
    }
    let kolumner = vec![
        Kolumn::ord("Inställning"),
        Kolumn::tal("Värde"),
        Kolumn::ord("Gäller från"),
        Kolumn::ord("Varifrån"),
    ];
    Tabell {
        grupper,
        ..Tabell::ny(
            "installningar-t",
            format!("Det som gäller {ar}"),
            kolumner,
            Vec::new(),
        )
        .klass("bredd smal")
    }
}

fn rad(s: &Siffror<'_>, parameter: Parameter, ar: i16) -> Rad {
    let index = s.bok.index();
    let gallande = parameter::gallande(&index, parameter, ar);
    let urval = Urval::default().ar(ar).for_kategori(parameter.kod());
    let tal = s.med_enhet(matt(parameter.slag()), &urval);
    let ord = gallande.filter(|_| i_promille(parameter));
    let faktum = gallande.and_then(|g| g.faktum);
    let foreslagen = gallande.is_some() && faktum.is_none();
    let varde = if foreslagen {
        Cell::TalMedLage(tal, Lage::ny("Förslag", LageSlag::Upplysning))
    } else {
        tal.into()
    };
    Rad::ny(vec![
        Cell::Rubrik(utfall_vyer::tabell::Radrubrik {
            text: parameter.text().to_owned(),
            under: ord.map(|g| i_ord(parameter, g.varde)),
            ..Default::default()
        }),
        varde,
        fran(faktum),
        faktum.map_or_else(|| parameter.stod().into(), kalla),
    ])
}

fn schablonrad(s: &Siffror<'_>, namn: &str, ar: i16) -> Rad {
    let kod = format!("{SCHABLON}{namn}");
    let urval = Urval::default().ar(ar).for_kategori(&kod);
    let index = s.bok.index();
    let faktum = parameter::faktum(&index, FaktumSlag::Parameterbelopp, &kod, ar);
    Rad::ny(vec![
        Cell::rubrik(namn),
        s.med_enhet(Matt::InstallningKr, &urval).into(),
        fran(faktum),
        faktum.map_or_else(|| "Gäller inte än det här året.".into(), kalla),
    ])
}

fn fran(faktum: Option<&Faktum>) -> Cell {
    let ar = faktum.and_then(|f| f.galler().ar);
    Cell::Kort(
        ar.map_or_else(|| "inte bestämt".to_owned(), |ar| ar.to_string()),
        false,
    )
}

fn kalla(f: &Faktum) -> Cell {
    f.fakta.orsak.clone().unwrap_or_default().into()
}

/// GET `/parametrar/andra`.
pub async fn formular(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&andra_sida(&a, &bok, &[]))
}

fn falt(a: &Inloggat, namn: &str, etikett: &str, slag: FaltSlag) -> Falt {
    let varde = a.formular.som_sant(namn).unwrap_or("");
    Falt::ny(namn, etikett, slag).varde(varde)
}

fn parameterfalt(a: &Inloggat, bok: &Bok, parameter: Parameter, ar: i16) -> Falt {
    let enhet = match parameter.slag() {
        _ if i_promille(parameter) => "promille",
        FaktumSlag::Parameterandel => "procent",
        FaktumSlag::Parameterdagar => "dagar",
        _ => "kronor",
    };
    let index = bok.index();
    let nu = parameter::gallande(&index, parameter, ar);
    let nu = nu.map_or_else(
        || "Inte bestämt än.".to_owned(),
        |g| {
            let slag = if g.faktum.is_some() { "Nu" } else { "Förslag" };
            format!("{slag}: {}.", i_ord(parameter, g.varde))
        },
    );
    let utan_enhet = parameter.text().trim_end_matches(", kronor");
    let utan_enhet = utan_enhet.trim_end_matches(", dagar");
    let etikett = format!("{utan_enhet}, {enhet}");
    falt(a, parameter.kod(), &etikett, FaltSlag::Tal)
        .hjalp(nu)
        .frivilligt()
}

/// The parts of the form.
fn delarna(a: &Inloggat, bok: &Bok, ar: i16) -> Vec<Faltdel> {
    let ars = a
        .formular
        .som_sant("fran-och-med")
        .map_or_else(|| ar.to_string(), str::to_owned);
    let mut delar = vec![Faltdel::ny(
        "",
        vec![Falt::ny("fran-och-med", "Gäller från år", FaltSlag::Tal).varde(ars)],
    )];
    for (rubrik, alla) in GRUPPER {
        let falten = alla.iter().map(|p| parameterfalt(a, bok, *p, ar)).collect();
        let mut del = Faltdel::rad(rubrik, falten);
        if rubrik == "Fördelningsnyckel" {
            del = del.hjalp(
                "Skriv alla tre. Tillsammans ska de bli 100 procent. En part kan bära båda \
                 fjärdedelarna: då har den andra 0.",
            );
        }
        delar.push(del);
    }
    delar.push(Faltdel::rad(
        "Schablon",
        vec![
            falt(a, "schablon", "Vad schablonen gäller", FaltSlag::Text).frivilligt(),
            falt(a, "schablon-belopp", "Belopp, kronor", FaltSlag::Tal).frivilligt(),
        ],
    ));
    delar.push(Faltdel::ny(
        "Källa",
        vec![
            falt(a, "orsak", "Varifrån kommer uppgiften?", FaltSlag::Lang(2))
                .hjalp("Till exempel ett beslut. Det syns för alla som följer en siffra bakåt."),
        ],
    ));
    delar
}

fn andra_sida(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Registrering {
    let ar = valt_ar(a);
    let delar = delarna(a, bok, ar);
    let mut sida = Registrering {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Ändra inställningar",
            "Fyll i det som ska ändras och lämna resten tomt. Äldre år räknas som förut.",
        )
        .under(vec![Lank::ny("Inställningar", adress::parametrar())]),
        formular: a
            .ett_formular(adress::andra_parametrar())
            .med_dolt("for-ar", ar.to_string()),
        delar,
        knapp: "Spara inställningarna".into(),
        foljd: "Alla siffror som räknas med dem ändras från det året. Utfärdade rapporter ändras \
                inte."
            .into(),
        avbryt_href: adress::parametrar().into(),
    };
    // The use case calls the year's field `ar`, as everywhere else.
    let fel: Vec<Problem> = fel
        .iter()
        .cloned()
        .map(|p| match p.falt.as_deref() {
            Some("ar") => p.i_falt("fran-och-med"),
            _ => p,
        })
        .collect();
    for falt in sida.delar.iter_mut().flat_map(|del| &mut del.falt) {
        *falt = med_fel(std::mem::take(falt), &fel);
    }
    sida.ram.fel = sammanfattning("Inställningarna sparades inte", sida.falt(), &fel);
    sida
}

/// What was typed for one setting; `None` when nothing was.
fn skrivet(a: &Inloggat, parameter: Parameter) -> Option<Result<Satt, Problem>> {
    let text = a.formular.text(parameter.kod());
    if text.is_empty() {
        return None;
    }
    let olasligt = |exempel: &str| {
        Problem::ogiltigt(
            "parameter-olaslig",
            format!("”{text}” går inte att läsa."),
            format!("Skriv till exempel {exempel}."),
        )
        .i_falt(parameter.kod())
    };
    let varde = match parameter.slag() {
        _ if i_promille(parameter) => promille(text).ok_or_else(|| olasligt("2 eller 2,5")),
        FaktumSlag::Parameterandel => {
            hundradelsprocent(text).ok_or_else(|| olasligt("20 eller 39,25"))
        }
        FaktumSlag::Parameterdagar => {
            tal::antal(text, parameter.kod()).map(|(varde, _)| varde.kant().unwrap_or_default())
        }
        _ => tal::pengar(text, "kr", parameter.kod())
            .map(|(varde, _)| varde.kant().unwrap_or_default()),
    };
    Some(varde.map(|varde| Satt {
        namn: parameter.kod().to_owned(),
        varde,
    }))
}

/// POST `/parametrar/andra`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let mut olasligt = Brister::default();
    let mut varden: Vec<Satt> = Parameter::ALLA
        .iter()
        .filter_map(|p| skrivet(&a, *p))
        .filter_map(|s| olasligt.prova(s))
        .collect();
    let (schablon, belopp) = (
        a.formular.text("schablon"),
        a.formular.text("schablon-belopp"),
    );
    if !schablon.is_empty() || !belopp.is_empty() {
        let varde = olasligt.prova(tal::pengar(belopp, "kr", "schablon-belopp"));
        varden.push(Satt {
            namn: format!("{SCHABLON}{schablon}"),
            varde: varde.and_then(|(v, _)| v.kant()).unwrap_or_default(),
        });
    }
    let ar = a.formular.text("fran-och-med").parse::<i16>().map_err(|_| {
        Problem::ogiltigt(
            "parameter-ar",
            "Året går inte att läsa.",
            "Skriv fyra siffror, till exempel 2026.",
        )
        .i_falt("ar")
    });
    let ar = olasligt.prova(ar).unwrap_or_else(|| valt_ar(&a));
    let fall = SattParametrar {
        ar,
        varden,
        beslut: None,
        kalla: a.formular.lang("orsak"),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(antal) => Ok(Svar::vidare(
            adress::parametrar()
                .fraga("ar", &ar.to_string())
                .fraga("sparat", &antal.to_string()),
        )),
        Err(fel) => Svar::formularfel(&andra_sida(&a, &bok, &fel)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_and_written_as_they_are_spoken_of() {
        for (text, tal) in [
            ("2", Some(20)),
            ("2,5 ‰", Some(25)),
            ("2,55", None),
            ("två", None),
        ] {
            assert_eq!(promille(text), tal, "{text}");
        }
        for (text, tal) in [
            ("39,25 %", Some(3_925)),
            ("20", Some(2_000)),
            ("0,125", None),
        ] {
            assert_eq!(hundradelsprocent(text), tal, "{text}");
        }
        assert_eq!(i_ord(Parameter::Serviceavgift, 25), "2,5\u{a0}‰");
        assert_eq!(i_ord(Parameter::Po, 3_925), "39,25\u{a0}procent");
        assert_eq!(
            i_ord(Parameter::MalEgetKapital, 70_000_000),
            "700\u{a0}000\u{a0}kr"
        );
    }
}
