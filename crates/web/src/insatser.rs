//! Insatser: the list, one insats, and changing its texts.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::csv;
use crate::delar;
use crate::felen::{med_fel, sammanfattning};
use crate::fynd;
use crate::las;
use crate::registrering;
use crate::sidval::Sidval;
use crate::siffror::{Siffror, antal};
use crate::svar::Svar;
use crate::volymer;
use utfall_app::insatser::AndraInsats;
use utfall_app::{Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::faktum::Galler;
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::svensk::sokform;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Besked, Lage, LageSlag, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;
use utfall_vyer::tal::TalVy;

/// GET `/insatser`.
pub async fn lista(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let sida = listan(&a, &bok, Sidval::ur(&a.fraga));
    las::svar_per(&sida, &sida.per)
}

/// GET `/insatser/tabell.csv`.
pub async fn lista_csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    csv::svar(
        "insatser",
        a.dag(&bok),
        &[("Insatser", &listan(&a, &bok, Sidval::Hela).tabell())],
    )
}

fn listan(a: &Inloggat, bok: &Bok, sida: Sidval) -> sidor::InsatsLista {
    let s = Siffror::ny(bok);
    let (ord, ar) = (a.fraga.text("ord"), a.fraga.tal("ar"));
    let sokt = sokform(ord);
    let traffar: Vec<&Insats> = bok
        .insatser
        .iter()
        .filter(|i| sokt.is_empty() || sokform(&i.namn).contains(&sokt))
        .filter(|i| ar.is_none_or(|ar| under_ar(&s, i).contains(&ar)))
        .collect();
    let filtret = || {
        ["ord", "ar"]
            .map(|namn| (namn.to_owned(), a.fraga.text(namn).to_owned()))
            .into_iter()
            .filter(|(_, varde)| !varde.is_empty())
    };
    let per = a.perdatum(bok, adress::insatser(), filtret().collect());
    let csv_href = filtret().fold(adress::insatser_csv(), |till, (namn, varde)| {
        till.fraga(&namn, &varde)
    });
    let hit = filtret().fold(adress::insatser(), |till, (namn, varde)| {
        till.fraga(&namn, &varde)
    });
    sidor::InsatsLista {
        ram: a.ram_per(&per),
        huvud: Sidhuvud::ny("Insatser", listans_ingress(&s, traffar.len()))
            .overrad(las::overrad_per(bok)),
        csv_href: Some(csv_href.per(bok.per_dag()).into()),
        ny_href: a
            .far(Atgard::SkapaInsats)
            .then(|| adress::ny_insats().into()),
        filter_mal: adress::insatser().into(),
        filter: filter(&s, ord, ar),
        filtrerat: !sokt.is_empty() || ar.is_some(),
        bladdra: sida.lankar(traffar.len(), &hit.per(bok.per_dag())),
        rader: sida
            .utsnitt(traffar)
            .into_iter()
            .map(|i| listrad(&s, i))
            .collect(),
        per,
    }
}

fn listans_ingress(s: &Siffror<'_>, traffar: usize) -> Text {
    let alla = s.bok.insatser.len();
    let hur_manga = if traffar == alla {
        format!(
            "{}.",
            crate::ram::stor_forst(&antal(alla, "inga insatser", "en insats", "insatser"))
        )
    } else {
        format!("{traffar} av {alla} insatser.")
    };
    let urval = Urval::default();
    let text = Text::from(hur_manga);
    if s.kant(Matt::AnvantInsats, &urval).is_some() {
        return text
            .ord(" Tillsammans har insatserna använt ")
            .tal(s.med_enhet(Matt::AnvantInsats, &urval))
            .ord(".");
    }
    text
}

fn filter(s: &Siffror<'_>, ord: &str, ar: Option<i64>) -> Vec<Falt> {
    let mut alla: Vec<i64> = s.bok.insatser.iter().flat_map(|i| under_ar(s, i)).collect();
    alla.sort_unstable();
    alla.dedup();
    let mut val = vec![(String::new(), "Alla år".to_owned())];
    val.extend(alla.iter().map(|ar| (ar.to_string(), ar.to_string())));
    vec![
        Falt::ny("ord", "Ord i namnet", FaltSlag::Sok)
            .varde(ord)
            .frivilligt(),
        Falt::ny("ar", "År", FaltSlag::Val(val))
            .varde(ar.map(|ar| ar.to_string()).unwrap_or_default())
            .frivilligt(),
    ]
}

/// The years something is known of.
fn under_ar(s: &Siffror<'_>, insats: &Insats) -> Vec<i64> {
    let mut ar: Vec<i64> = s
        .om_insats(insats.id)
        .iter()
        .filter_map(|f| f.galler().ar)
        .chain(insats.start_ar)
        .chain(insats.slut_ar)
        .map(i64::from)
        .collect();
    ar.sort_unstable();
    ar.dedup();
    ar
}

fn listrad(s: &Siffror<'_>, insats: &Insats) -> sidor::InsatsListRad {
    let urval = Urval::insats(insats.id);
    sidor::InsatsListRad {
        namn: insats.namn.clone(),
        href: adress::insats(&insats.slug).into(),
        utforare: las::ansvariga(s.bok, &insats.ansvariga),
        ar: arstext(s, insats),
        lage: lage(insats),
        budget: s.tal(Matt::Budget, &urval),
        anvant: s.tal(Matt::AnvantInsats, &urval),
        deltagare: s.tal(Matt::Deltagare, &urval),
    }
}

/// The stated time, else the years of its figures.
#[must_use]
pub fn arstext(s: &Siffror<'_>, insats: &Insats) -> String {
    if insats.start_ar.is_some() || insats.slut_ar.is_some() {
        return las::ar(insats.start_ar, insats.slut_ar);
    }
    let ar = under_ar(s, insats);
    let till = |ar: Option<&i64>| ar.and_then(|ar| i16::try_from(*ar).ok());
    las::ar(till(ar.first()), till(ar.last()))
}

fn lage(insats: &Insats) -> Lage {
    match insats.fortsattning {
        Fortsattning::Avslutad => Lage::ny("Avslutad", LageSlag::Lugn),
        Fortsattning::SaknarFinansiering => Lage::ny("Saknar finansiering", LageSlag::Varning),
        Fortsattning::VantarUtlysning => Lage::ny("Väntar på besked", LageSlag::Pagar),
        Fortsattning::Ordinarie | Fortsattning::Finansierad | Fortsattning::Delvis => {
            Lage::ny("Fortsätter", LageSlag::Lugn)
        }
        Fortsattning::Okand => Lage::ny("Okänt", LageSlag::Lugn),
    }
}

/// GET `/insatser/{insats}`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let insats = las::insats(&bok, a.stig.text("insats"))?;
    let funna = a.webb.tjanst.granska_per(&a.session.aktor, a.per()).await?;
    let om = fynd::om_insats(&bok, &funna, insats);
    let s = Siffror::ny(&bok);
    let (resultat, resultat_not) = (delar::resultat(&s, insats), resultat_not(&s, insats));
    let per = a.perdatum(&bok, adress::insats(&insats.slug), Vec::new());
    let har = |g: &Galler| g.insats == Some(insats.id);
    let kvitto = registrering::kvitto(&a, &s, har)
        .or_else(|| registrering::nyss_upplagd(&a, &insats.namn, None));
    let sida = sidor::Insats {
        ram: a.ram_per(&per),
        kvitto,
        huvud: Sidhuvud::ny(insats.namn.clone(), ingress(insats))
            .overrad(format!(
                "{} · {}{}",
                las::ansvariga(&bok, &insats.ansvariga),
                arstext(&s, insats),
                las::som_det_var(&bok),
            ))
            .under(vec![Lank::ny("Insatser", adress::insatser())]),
        nyckeltal: nyckeltal(&s, insats).into(),
        besked: varsel(&bok, insats, a.dag(&bok), besked(&om)),
        mal: insats.text.malen().map(str::to_owned).collect(),
        beskrivning: delar::stycken(&insats.text.resultat),
        kommentar: delar::stycken(&insats.text.kommentar),
        fakta: delar::insatsfakta(&s, insats),
        dokument: dokument(&a, &bok, insats),
        beslut: beslut(&s, insats).into(),
        pengar: delar::pengar(&s, insats),
        pengar_ur: pengar_ur(&a, &bok, insats),
        framat: crate::framat::pa_insatsens_sida(&a, &s, insats),
        tjanster: insats.tjanster.iter().map(tjanst).collect(),
        volymer: volymer::diagram(&s, insats),
        resultat,
        resultat_not,
        fynd: om.iter().map(|f| fynd::rad(&bok, f)).collect(),
        andra_href: a
            .far(Atgard::AndraInsats)
            .then(|| adress::andra_insats(&insats.slug).into()),
        registrera_href: a
            .far(Atgard::RegistreraFaktum)
            .then(|| adress::registrera_om_insats(&insats.slug).into()),
        per,
    };
    las::svar_per(&sida, &sida.per)
}

/// The grant that pays for it, and where its money is distributed.
fn pengar_ur(a: &Inloggat, bok: &Bok, insats: &Insats) -> Text {
    let per = bok.per_dag();
    let kalkyl = Lank::ny("kalkylen", adress::kalkyl(&insats.slug)).om(insats.namn.clone());
    let budget = Lank::ny("budgeten", adress::insatsbudget(&insats.slug)).om(insats.namn.clone());
    let med_budget = |text: Text| {
        text.ord(". Grundfinansiering, intäkter och kommunernas delar står i ")
            .lank(budget.clone())
            .ord(".")
    };
    let Some(b) = insats.bidrag.and_then(|id| bok.bidrag(id)) else {
        return med_budget(Text::from("Vad den kostar räknas i ").lank(kalkyl));
    };
    let bidraget = Lank::ny(b.namn.clone(), adress::bidrag(&b.slug).per(per));
    let fordelning = Lank::ny("fördelningen", adress::fordelning(&b.slug).per(per));
    let ord = match per.is_none() && a.far(Atgard::AndraFordelning) {
        true => ". Beloppen skrivs i ",
        false => ". Beloppen står i ",
    };
    let text = Text::from("Insatsen får pengar ur ")
        .lank(bidraget)
        .ord(ord)
        .lank(fordelning.om(b.namn.clone()))
        .ord(". Vad den kostar räknas i ")
        .lank(kalkyl);
    med_budget(text)
}

fn ingress(insats: &Insats) -> String {
    if insats.text.beskrivning.is_empty() {
        return "Ingen beskrivning är skriven än.".to_owned();
    }
    insats.text.beskrivning.clone()
}

/// The key figures of an initiative: those that something is known of.
#[must_use]
pub fn nyckeltal(s: &Siffror<'_>, insats: &Insats) -> Vec<Nyckeltal> {
    let urval = Urval::insats(insats.id);
    [
        (Matt::Budget, "alla år"),
        (Matt::AnvantInsats, "enligt insatsen"),
        (Matt::Avvikelse, "budget minus använt"),
        (Matt::Finansiering, "från namngivna finansiärer"),
        (Matt::Medfinansiering, "vid sidan av bidraget"),
        (Matt::MedfinansieringLevererad, "vid sidan av bidraget"),
        (Matt::Ansokt, "i ansökan"),
        (Matt::Deltagare, "som det är registrerat"),
    ]
    .into_iter()
    .filter(|(matt, _)| s.finns(*matt, &urval))
    .map(|(matt, villkor)| Nyckeltal::ny(matt.text(), s.med_enhet(matt, &urval), villkor))
    .collect()
}

/// What is about to end without money comes before what does not add up.
fn varsel(bok: &Bok, insats: &Insats, idag: jiff::civil::Date, fynd: Vec<Besked>) -> Vec<Besked> {
    let mut ut =
        crate::framat::varsel::besked(&crate::framat::varsel::for_insats(bok, insats, idag));
    let poster = bok.poster();
    let dubbelt = crate::framat::dubbelt(&Siffror::ny(bok), &poster, insats);
    ut.extend(dubbelt);
    ut.extend(fynd);
    ut
}

fn besked(om: &[&utfall_app::granskning::Funnet]) -> Vec<Besked> {
    om.iter()
        .filter(|f| f.kvar())
        .filter(|f| f.fynd.allvar != utfall_domain::granskning::Allvar::Upplysning)
        .take(2)
        .map(|f| {
            let text = Text::from(f.fynd.atgard.clone())
                .ord(" ")
                .lank(Lank::ny("Visa fyndet", fynd::href(f)).om(f.fynd.text.clone()))
                .ord(".");
            Besked::ny(fynd::allvar(f.fynd.allvar), liten_forst(&f.fynd.text), text)
        })
        .collect()
}

/// With a small first letter, unless the word is a name or an abbreviation.
fn liten_forst(text: &str) -> String {
    let mut tecken = text.chars();
    let (Some(forst), andra) = (tecken.next(), tecken.clone().next()) else {
        return String::new();
    };
    if andra.is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    forst.to_lowercase().chain(tecken).collect()
}

fn resultat_not(s: &Siffror<'_>, insats: &Insats) -> Text {
    let har_hjalp = s.finns(Matt::Hjalp, &Urval::insats(insats.id));
    if har_hjalp {
        return "Hjälp utöver resultatet överlappar: en person kan räknas flera gånger.".into();
    }
    Text::default()
}

fn dokument(a: &Inloggat, bok: &Bok, insats: &Insats) -> Vec<Lank> {
    if !a.far(Atgard::LasaUnderlag) {
        return Vec::new();
    }
    fynd::papper_om_insats(bok, insats.id)
        .into_iter()
        .filter(|id| bok.ersatt_av(*id, bok.per_dag()).is_none())
        .filter_map(|id| bok.underlag(id))
        .map(|u| Lank::ny(u.titel.clone(), adress::underlagets_sida(bok, u)))
        .collect()
}

fn beslut(s: &Siffror<'_>, insats: &Insats) -> Vec<utfall_vyer::komponent::Handelse> {
    insats
        .bidrag
        .and_then(|id| s.bok.bidrag(id))
        .map(|b| crate::medel::beslut(s, b))
        .unwrap_or_default()
}

fn tjanst(t: &utfall_domain::insatser::Tjanst) -> sidor::Tjanst {
    let okant = || TalVy::tecken(utfall_vyer::tal::Tecken::Okant);
    let ar = match (t.ar, t.till_ar) {
        (Some(fran), Some(till)) if fran != till => format!(", {fran}–{till}"),
        (Some(ar), _) | (None, Some(ar)) => format!(", {ar}"),
        (None, None) => String::new(),
    };
    sidor::Tjanst {
        namn: format!("{}{ar}", crate::ram::stor_forst(&t.beskrivning)),
        antal: t
            .antal
            .map_or_else(okant, |n| TalVy::utan_lank(utfall_vyer::tal::heltal(n))),
        andel: t
            .andel
            .map_or_else(okant, |andel| TalVy::utan_lank(procent(andel))),
        manader: t
            .manader()
            .map_or_else(okant, |m| TalVy::utan_lank(m.to_string())),
    }
}

/// Thousandths of a per cent with the decimals they need: `37,5`.
fn procent(tusendelar: i64) -> String {
    let (hela, rest) = (tusendelar / 1000, tusendelar.unsigned_abs() % 1000);
    if rest == 0 {
        return hela.to_string();
    }
    format!("{hela},{}", format!("{rest:03}").trim_end_matches('0'))
}

/// The help of the goals.
pub const MAL_HJALP: &str = "Vad insatsen ska nå, helst så att det går att mäta. Ett mål per rad.";

/// The form's fields, in order: name, label, help.
const FALT: [(&str, &str, &str); 6] = [
    (
        "beskrivning",
        "Beskrivning",
        "Vad insatsen gör och för vem, i en eller två meningar.",
    ),
    ("malgrupp", "Målgrupp", "Vilka den är till för."),
    ("mal", "Mål", MAL_HJALP),
    (
        "kommentar",
        "Kommentar till ekonomin",
        "Vad pengarna gick till och varför det avviker.",
    ),
    ("resultat", "Resultat", "Vad det blev av insatsen."),
    ("fortsattning", "Vad som händer sedan", "Med egna ord."),
];

fn text_i<'a>(text: &'a InsatsText, namn: &str) -> &'a str {
    match namn {
        "beskrivning" => &text.beskrivning,
        "malgrupp" => &text.malgrupp,
        "mal" => &text.mal,
        "kommentar" => &text.kommentar,
        "resultat" => &text.resultat,
        _ => &text.fortsattning,
    }
}

/// What the form holds as it was typed.
struct Ifyllt {
    text: InsatsText,
    fortsattning: Fortsattning,
    version: i64,
}

impl Ifyllt {
    fn av_insats(insats: &Insats) -> Self {
        Self {
            text: insats.text.clone(),
            fortsattning: insats.fortsattning,
            version: insats.version,
        }
    }

    fn av_formular(a: &Inloggat, insats: &Insats) -> Self {
        let f = &a.formular;
        Self {
            text: InsatsText {
                beskrivning: f.lang("beskrivning"),
                malgrupp: f.lang("malgrupp"),
                mal: f.lang("mal"),
                kommentar: f.lang("kommentar"),
                resultat: f.lang("resultat"),
                fortsattning: f.lang("fortsattning"),
            },
            fortsattning: Fortsattning::av_kod(f.text("lage")).unwrap_or(insats.fortsattning),
            version: f.tal("version").unwrap_or_default(),
        }
    }
}

/// GET `/insatser/{insats}/andra`.
pub async fn andra(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let insats = las::insats(&bok, a.stig.text("insats"))?;
    Svar::sida(&formularsida(&a, insats, &Ifyllt::av_insats(insats), &[]))
}

fn formularsida(
    a: &Inloggat,
    insats: &Insats,
    ifyllt: &Ifyllt,
    fel: &[Problem],
) -> sidor::InsatsAndra {
    let falt: Vec<Falt> = FALT
        .iter()
        .map(|(namn, etikett, hjalp)| {
            let rader = match *namn {
                "malgrupp" => 2,
                "mal" => 3,
                _ => 5,
            };
            let falt = Falt::ny(*namn, *etikett, FaltSlag::Lang(rader))
                .hjalp(*hjalp)
                .varde(text_i(&ifyllt.text, namn))
                .frivilligt();
            med_fel(falt, fel)
        })
        .chain([med_fel(lagesfalt(ifyllt.fortsattning), fel)])
        .collect();
    let mut ram = a.ram();
    ram.fel = sammanfattning("Insatsen sparades inte", &falt, fel);
    sidor::InsatsAndra {
        ram,
        huvud: Sidhuvud::ny(
            format!("Ändra {}", insats.namn),
            "Beloppen ändras inte här: de kommer från papperen och rättas var för sig.",
        )
        .under(vec![
            Lank::ny("Insatser", adress::insatser()),
            Lank::ny(insats.namn.clone(), adress::insats(&insats.slug)),
        ]),
        formular: a
            .ett_formular(adress::andra_insats(&insats.slug))
            .med_version(ifyllt.version),
        falt,
        avbryt_href: adress::insats(&insats.slug).into(),
    }
}

/// The label of what happens afterwards.
const LAGE: &str = "Fortsättning";

fn lagesfalt(nu: Fortsattning) -> Falt {
    let val = Fortsattning::ALLA
        .iter()
        .map(|f| (f.kod().to_owned(), crate::ram::stor_forst(f.text())))
        .collect();
    Falt::ny("lage", LAGE, FaltSlag::Val(val)).varde(nu.kod())
}

/// POST `/insatser/{insats}/andra`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let insats = las::insats(&bok, a.stig.text("insats"))?;
    let ifyllt = Ifyllt::av_formular(&a, insats);
    let mut olasligt = Brister::default();
    olasligt.prova(vald_fortsattning(&a));
    let fall = AndraInsats {
        insats: insats.id,
        version: ifyllt.version,
        text: ifyllt.text.clone(),
        fortsattning: ifyllt.fortsattning,
    };
    match a.utfor(fall, olasligt).await {
        Ok(Ok(_)) => Ok(Svar::vidare(adress::insats(&insats.slug))),
        Ok(Err(fel)) => Svar::formularfel(&formularsida(&a, insats, &ifyllt, &fel)),
        Err(fel) if fel.slag == ProblemSlag::Konflikt => konflikt(&a, &ifyllt).await,
        Err(fel) => Err(fel.into()),
    }
}

fn vald_fortsattning(a: &Inloggat) -> Result<Fortsattning, Problem> {
    Fortsattning::av_kod(a.formular.text("lage")).ok_or_else(|| {
        Problem::ogiltigt(
            "insats-fortsattning",
            "Fortsättningen finns inte i listan.",
            "Välj en av dem som står i listan.",
        )
        .i_falt("lage")
    })
}

/// Somebody else saved first: both texts of each field that differs, to choose between.
async fn konflikt(a: &Inloggat, mitt: &Ifyllt) -> Resultat {
    let bok = a.bok().await?;
    let insats = las::insats(&bok, a.stig.text("insats"))?;
    let mut formular = a
        .ett_formular(adress::andra_insats(&insats.slug))
        .med_version(insats.version);
    let mut rader = Vec::new();
    for (namn, etikett, _) in FALT {
        let (ditt, deras) = (text_i(&mitt.text, namn), text_i(&insats.text, namn));
        if ditt == deras {
            formular = formular.med_dolt(namn, ditt);
        } else {
            rader.push(sidor::KonfliktRad {
                namn: namn.to_owned(),
                etikett: etikett.to_owned(),
                ditt: ditt.to_owned(),
                deras: deras.to_owned(),
                ord: None,
            });
        }
    }
    let (ditt, deras) = (mitt.fortsattning, insats.fortsattning);
    if ditt == deras {
        formular = formular.med_dolt("lage", ditt.kod());
    } else {
        rader.push(sidor::KonfliktRad {
            namn: "lage".to_owned(),
            etikett: LAGE.to_owned(),
            ditt: ditt.kod().to_owned(),
            deras: deras.kod().to_owned(),
            ord: Some((
                crate::ram::stor_forst(ditt.text()),
                crate::ram::stor_forst(deras.text()),
            )),
        });
    }
    let sida = sidor::Konflikt {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Någon annan hann spara före dig",
            format!(
                "{} ändrades medan du skrev. Välj vad som ska gälla.",
                insats.namn
            ),
        ),
        formular,
        rader,
        avbryt_href: adress::insats(&insats.slug).into(),
    };
    Ok(Svar::sida(&sida)?.med_status(axum::http::StatusCode::CONFLICT))
}
