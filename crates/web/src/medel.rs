//! Medel: the grants, and one grant.

use crate::adress::{self, Adress};
use crate::anrop::{Inloggat, Resultat};
use crate::csv;
use crate::delar;
use crate::fordelning::kvar_i_ord;
use crate::fynd;
use crate::gemensamt;
use crate::las;
use crate::registrering;
use crate::sidval::{self, Sidval};
use crate::siffror::{Siffror, antal, dag};
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_app::granskning::Funnet;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::Galler;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::villkor::gallande;
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Handelse, Kvitto, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;

mod filter;

use filter::Urvalet;

/// GET `/medel`.
pub async fn oversikt(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funna = a.webb.tjanst.granska_per(&a.session.aktor, a.per()).await?;
    let sida = oversikten(&a, &bok, &funna);
    las::svar_per(&sida, &sida.per)
}

/// GET `/medel/tabell.csv`.
pub async fn oversikt_csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funna = a.webb.tjanst.granska_per(&a.session.aktor, a.per()).await?;
    let tabell = oversikten(&a, &bok, &funna).tabell();
    csv::svar("medel", a.dag(&bok), &[("Medel", &tabell)])
}

fn oversikten(a: &Inloggat, bok: &Bok, funna: &[Funnet]) -> sidor::Medel {
    let s = Siffror::ny(bok);
    let den = a.dag(bok);
    let alla: Vec<(&Bidrag, Option<i16>)> = bok
        .bidrag
        .iter()
        .flat_map(|b| delar::bidragsar(b).into_iter().map(move |ar| (b, ar)))
        .collect();
    let valt = Urvalet::av(a, &s, &alla);
    let rader: Vec<(&Bidrag, Option<i16>)> = alla
        .iter()
        .copied()
        .filter(|rad| valt.med(bok, *rad, funna))
        .collect();
    let filtret = || valt.falt.iter().filter(|f| !f.varde.is_empty());
    let dolda = filtret().map(|f| (f.namn.clone(), f.varde.clone()));
    let per = a.perdatum(bok, adress::medel(), dolda.collect());
    let csv_href = filtret().fold(adress::medel_csv(), |till, f| till.fraga(&f.namn, &f.varde));
    sidor::Medel {
        ram: a.ram_per(&per),
        huvud: Sidhuvud::ny("Medel", ingress(&s)).overrad(format!("Översikt den {}", dag(den))),
        caption: format!("Belopp i kronor den {}", dag(den)),
        filter_mal: adress::medel().into(),
        filter: valt.falt,
        bidrag: rader
            .iter()
            .map(|(b, ar)| bidragsrad(&s, (b, *ar), funna, den))
            .collect(),
        csv_href: Some(csv_href.per(bok.per_dag()).into()),
        ny_href: a
            .far(Atgard::SkapaBidrag)
            .then(|| adress::nytt_bidrag().into()),
        delar: i_detalj(&s, &rader)
            .into_iter()
            .map(|(b, ar)| del(&s, (b, ar), funna, den))
            .chain(gemensamt::del(&s, Sidval::ur(&a.fraga)))
            .collect(),
        per,
    }
}

/// The grants shown in detail below the overview: all when they are few. Somebody with forty
/// grants, or hundreds of insatser, looks in the table and goes to the one.
fn i_detalj<'a>(
    s: &Siffror<'_>,
    rader: &[(&'a Bidrag, Option<i16>)],
) -> Vec<(&'a Bidrag, Option<i16>)> {
    const FA: usize = 3;
    let fordelade: Vec<(&Bidrag, Option<i16>)> = rader
        .iter()
        .copied()
        .filter(|(b, ar)| s.finns(Matt::Fordelat, &delar::bidragsurval(b, *ar)))
        .collect();
    let rader: usize = fordelade
        .iter()
        .take(FA + 1)
        .map(|(b, ar)| delar::med_i_bidraget(s, b, *ar).len())
        .sum();
    if fordelade.len() <= FA && rader <= sidval::RADER {
        fordelade
    } else {
        Vec::new()
    }
}

fn ingress(s: &Siffror<'_>) -> Text {
    let bidrag = s.bok.bidrag.len();
    let finansiarer: BTreeSet<_> = s.bok.bidrag.iter().map(|b| b.finansiar).collect();
    if bidrag == 0 {
        return "Inga bidrag är registrerade än.".into();
    }
    let fran = antal(finansiarer.len(), "", "en finansiär", "finansiärer");
    let mut text = Text::from(format!(
        "{} från {fran}.",
        antal(bidrag, "", "Ett bidrag", "bidrag")
    ));
    let alla = Urval::default();
    if let Some(kvar) = s.kant(Matt::KvarAttFordela, &alla).filter(|tal| *tal != 0) {
        let (tal, efter) = kvar_i_ord(s, &alla, kvar);
        text = text.ord(" ").tal(tal).ord(format!("{efter}."));
    }
    let aterbetalning = Matt::Aterbetalning;
    if s.kant(aterbetalning, &alla).is_some_and(|tal| tal != 0) {
        text = text
            .ord(" ")
            .tal(s.med_enhet(aterbetalning, &alla))
            .ord(" är beslutat att betalas tillbaka, ");
        // What is paid already is nothing that somebody waits for.
        text = match s.kant(Matt::KvarAttAterbetala, &alla) {
            Some(0) => text.ord("och allt är betalt."),
            _ => text
                .ord("varav ")
                .tal(s.med_enhet(Matt::KvarAttAterbetala, &alla))
                .ord(" är kvar att betala."),
        };
    }
    text
}

fn bidragsrad(
    s: &Siffror<'_>,
    (b, ar): (&Bidrag, Option<i16>),
    funna: &[Funnet],
    i_dag: Date,
) -> sidor::BidragRad {
    let urval = delar::bidragsurval(b, ar);
    let finns = s.kant(Matt::Tillgangligt, &urval);
    let anvant = s.kant(Matt::Anvant, &urval);
    sidor::BidragRad {
        namn: delar::bidragsnamn(b, ar),
        href: med_ar(adress::bidrag(&b.slug), ar)
            .per(s.bok.per_dag())
            .into(),
        under: format!("Från {}", s.bok.organisationsnamn(b.finansiar)),
        anvand_andel: anvant
            .zip(finns)
            .and_then(|(del, hel)| hundradelar(del, hel)),
        att_rora: s.tal(Matt::Tillgangligt, &urval),
        fordelat: s.tal(Matt::Fordelat, &urval),
        anvant: s.tal(Matt::Anvant, &urval),
        kvar: s.tal(Matt::Kvar, &urval),
        overfort: s.tal(Matt::OverfortUt, &urval),
        aterbetala: s.tal(delar::aterbetalningsmatt(s, &urval, i_dag), &urval),
        granskning: fynd::lage(fynd::om_bidragsar(s.bok, funna, b, ar)),
    }
}

fn med_ar(till: Adress, ar: Option<i16>) -> Adress {
    match ar {
        Some(ar) => till.fraga("ar", &ar.to_string()),
        None => till,
    }
}

/// The insatser of a grant's year, with where the table is fetched.
fn insatstabell(
    s: &Siffror<'_>,
    b: &Bidrag,
    ar: Option<i16>,
    id: &str,
    sida: Sidval,
) -> sidor::InsatsTabell {
    let csv = med_ar(adress::bidrag_csv(&b.slug), ar).per(s.bok.per_dag());
    sidor::InsatsTabell {
        csv: Some(csv.into()),
        ..delar::insatstabell(s, b, ar, id, sida)
    }
}

/// A share for the width of a bar, in hundredths of a per cent.
fn hundradelar(del: i64, hel: i64) -> Option<i64> {
    if hel <= 0 {
        return None;
    }
    i64::try_from(i128::from(del) * 10_000 / i128::from(hel)).ok()
}

fn del(
    s: &Siffror<'_>,
    (b, ar): (&Bidrag, Option<i16>),
    funna: &[Funnet],
    i_dag: Date,
) -> sidor::MedelDel {
    sidor::MedelDel {
        id: delar::arsid("b", b, ar),
        rubrik: rubrik(s, b, ar),
        text: Text::default()
            .ord("Se ")
            .lank(Lank::ny(
                format!("hela {}", b.namn),
                adress::bidrag(&b.slug),
            ))
            .ord(" eller ")
            .lank(
                Lank::ny("hur pengarna är fördelade", adress::fordelning(&b.slug))
                    .om(delar::bidragsnamn(b, ar)),
            )
            .ord("."),
        nyckeltal: nyckeltal(s, b, ar, i_dag).into(),
        besked: besked(s, b, ar, funna),
        insatser: insatstabell(s, b, ar, &delar::arsid("t", b, ar), Sidval::Hela),
        not: delar::precision(s, &delar::bidragsurval(b, ar)),
    }
}

/// The finding: what became of the money that year, as a sentence.
fn rubrik(s: &Siffror<'_>, b: &Bidrag, ar: Option<i16>) -> String {
    let urval = delar::bidragsurval(b, ar);
    let namn = delar::bidragsnamn(b, ar);
    let kr = |tal: i64| format!("{}\u{a0}kr", utfall_domain::pengar::Ore(tal));
    let anvant = s.kant(Matt::Anvant, &urval);
    let kvar = s.kant(Matt::KvarAttFordela, &urval).filter(|k| *k > 0);
    let finns = s.kant(Matt::Tillgangligt, &urval);
    let fordelat = s.finns(Matt::Fordelat, &urval);
    if !fordelat && anvant.is_none() && finns.is_none() {
        return format!("{namn}: inget belopp är beslutat än");
    }
    match (anvant, finns, kvar) {
        (Some(anvant), Some(finns), _) => {
            format!("{namn}: {} av {} är använda", kr(anvant), kr(finns))
        }
        (Some(anvant), None, _) => format!("{namn}: {} är använda", kr(anvant)),
        (None, _, Some(kvar)) => format!("{namn}: {} är kvar att fördela", kr(kvar)),
        (None, Some(finns), None) if !fordelat => {
            format!("{namn}: {} att fördela", kr(finns))
        }
        _ => format!("{namn}: pengarna är fördelade, användningen är inte redovisad"),
    }
}

/// The key figures of a grant's year.
#[must_use]
pub fn nyckeltal(s: &Siffror<'_>, b: &Bidrag, ar: Option<i16>, i_dag: Date) -> Vec<Nyckeltal> {
    let urval = delar::bidragsurval(b, ar);
    let ater = match delar::aterbetalningsmatt(s, &urval, i_dag) {
        // While the year runs nothing is over: what is not used yet is not to be paid back.
        Matt::Aterbetalning => (Matt::Kvar, "Ännu inte använt", "av det som finns i år"),
        matt @ Matt::KvarAttAterbetala => (matt, matt.text(), "enligt beslut"),
        matt => (matt, matt.text(), "rekvirerat minus använt och överfört"),
    };
    [
        (
            Matt::Tillgangligt,
            "rekvirerat eller tilldelat, och det som förts över",
        ),
        (Matt::Fordelat, "till insatser"),
        (Matt::Anvant, "enligt nämnder eller insatser"),
        (Matt::KvarAttFordela, "som ingen insats har fått"),
    ]
    .map(|(matt, villkor)| (matt, matt.text(), villkor))
    .into_iter()
    .chain([ater])
    .filter(|(matt, ..)| s.finns(*matt, &urval))
    .map(|(matt, namn, villkor)| Nyckeltal::ny(namn, s.med_enhet(matt, &urval), villkor))
    .collect()
}

/// At most two notices: the gravest findings of the grant's papers.
fn besked(s: &Siffror<'_>, b: &Bidrag, ar: Option<i16>, funna: &[Funnet]) -> Vec<Besked> {
    let fynd = fynd::om_bidragsar(s.bok, funna, b, ar);
    let Some(lage) = fynd::lage(fynd.iter().copied()) else {
        return Vec::new();
    };
    let allvar = fynd
        .iter()
        .filter(|f| f.kvar())
        .map(|f| fynd::allvar(f.fynd.allvar))
        .min()
        .unwrap_or(Allvar::Upplysning);
    if allvar == Allvar::Upplysning {
        return Vec::new();
    }
    let lank = Lank::ny("Läs vad i granskningen", adress::granskning()).om(b.namn.clone());
    let text = Text::default().lank(lank).ord(".");
    vec![Besked::ny(
        allvar,
        format!("granskningen har {} om {}", lage.ord, b.namn),
        text,
    )]
}

/// GET `/medel/{bidrag}`.
pub async fn bidrag(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let funna = a.webb.tjanst.granska_per(&a.session.aktor, a.per()).await?;
    let s = Siffror::ny(&bok);
    let ar = delar::valt_ar(b, a.fraga.tal("ar"), &s);
    let fynd = fynd::om_bidrag(&bok, &funna, b);
    let finansiar = bok.organisationsnamn(b.finansiar);
    let dolda = ar.map(|ar| ("ar".to_owned(), ar.to_string()));
    let per = a.perdatum(&bok, adress::bidrag(&b.slug), dolda.into_iter().collect());
    let (sida, antal) = (Sidval::ur(&a.fraga), delar::med_i_bidraget(&s, b, ar).len());
    let mut insatser = insatstabell(&s, b, ar, "insatser", sida);
    let hit = adress::bidrag(&b.slug);
    let hit = match ar {
        Some(ar) => hit.fraga("ar", &ar.to_string()),
        None => hit,
    };
    insatser.bladdra = sida.lankar(antal, &hit.per(bok.per_dag()));
    let sida = sidor::Bidrag {
        ram: a.ram_per(&per),
        kvitto: kvitto(&a, &s, b),
        huvud: Sidhuvud::ny(b.namn.clone(), rubrik_som_mening(&s, b, ar))
            .overrad(format!(
                "{finansiar} · {}{}",
                delar::arsord(ar),
                las::som_det_var(&bok)
            ))
            .under(vec![Lank::ny("Medel", adress::medel())]),
        nyckeltal: nyckeltal(&s, b, ar, a.dag(&bok)).into(),
        besked: besked(&s, b, None, &funna),
        flode: delar::flode(&s, b, ar),
        insatser,
        arsvis: arsvis(&s, b),
        not: gemensamt::not(&s, b)
            .unwrap_or_else(|| delar::precision(&s, &delar::bidragsurval(b, ar))),
        fakta: fakta(&s, b, ar)
            .into_iter()
            .chain(crate::villkor::fakta(&bok, b, ar, a.dag(&bok)))
            .collect(),
        registrera_href: a
            .far(Atgard::RegistreraFaktum)
            .then(|| adress::registrera_om_bidrag(&b.slug).into()),
        lankar: lankar(&a, &bok, b, ar),
        beslut: beslut(&s, b).into(),
        fynd: fynd.into_iter().map(|f| fynd::rad(&bok, f)).collect(),
        per,
    };
    las::svar_per(&sida, &sida.per)
}

/// GET `/medel/{bidrag}/tabell.csv`.
pub async fn bidrag_csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let s = Siffror::ny(&bok);
    let ar = delar::valt_ar(b, a.fraga.tal("ar"), &s);
    let tabell = insatstabell(&s, b, ar, "insatser", Sidval::Hela).tabell();
    let namn = match ar {
        Some(ar) => format!("medel-{}-{ar}", b.slug),
        None => format!("medel-{}", b.slug),
    };
    csv::svar(&namn, a.dag(&bok), &[("Insatser", &tabell)])
}

/// What was just saved about the grant.
fn kvitto(a: &Inloggat, s: &Siffror<'_>, b: &Bidrag) -> Option<Kvitto> {
    let har = |g: &Galler| g.bidrag == Some(b.id) && g.insats.is_none();
    registrering::kvitto(a, s, har).or_else(|| {
        let vidare = a.far(Atgard::SkapaInsats).then(|| {
            let till = adress::ny_insats().fraga("bidrag", &b.slug);
            Lank::ny("Lägg upp en insats som får pengarna", till)
        });
        registrering::nyss_upplagd(a, &b.namn, vidare)
    })
}

/// What is registered about the grant itself, for the years and measures there is anything of.
fn arsvis(s: &Siffror<'_>, b: &Bidrag) -> sidor::Arsvis {
    let rader = [
        Matt::Tilldelat,
        Matt::Rekvirerat,
        Matt::Begart,
        Matt::OverfortIn,
        Matt::FordelatNamnd,
        Matt::AnvantNamnd,
        Matt::OverfortUt,
        Matt::Aterbetalning,
    ]
    .into_iter()
    .filter(|matt| {
        b.ar.iter()
            .any(|ar| s.finns(*matt, &Urval::bidrag(b.id).ar(*ar)))
    })
    .map(|matt| {
        let aren = b.ar.iter().map(|ar| Urval::bidrag(b.id).ar(*ar));
        (
            matt.text().to_owned(),
            aren.map(|u| s.tal(matt, &u)).collect(),
        )
    })
    .collect();
    sidor::Arsvis {
        ar: b.ar.iter().map(i16::to_string).collect(),
        rader,
    }
}

fn rubrik_som_mening(s: &Siffror<'_>, b: &Bidrag, ar: Option<i16>) -> String {
    format!("{}.", rubrik(s, b, ar))
}

/// What a grant is, for those who read: by its terms where somebody has entered them.
#[must_use]
pub fn fakta(s: &Siffror<'_>, b: &Bidrag, valt: Option<i16>) -> Vec<Fakta> {
    let v = gallande(&s.bok.poster(), b, valt);
    let okant = || "okänt".to_owned();
    let ar: Vec<String> = b.ar.iter().map(i16::to_string).collect();
    let mut fakta = vec![Fakta::ny("Finansiär", s.bok.organisationsnamn(b.finansiar))];
    if let Some(program) = &v.program {
        fakta.push(Fakta::ny("Program", program.as_str()));
    }
    if let Some((fran, till)) = v.program_ar {
        fakta.push(Fakta::ny("Programmets år", las::ar(Some(fran), Some(till))));
    }
    let ar = if ar.is_empty() {
        "anges inte".to_owned()
    } else {
        ar.join(", ")
    };
    fakta.push(Fakta::ny("Beviljade eller väntade år", ar));
    fakta.push(Fakta::ny(
        "Ändamål",
        v.andamal.clone().unwrap_or_else(okant),
    ));
    let far = crate::villkor::overforing_i_ord(&v);
    fakta.push(Fakta::ny("Överföring", far));
    fakta.push(Fakta::ny(
        "Diarienummer",
        v.diarienummer.clone().unwrap_or_else(okant),
    ));
    fakta
}

fn lankar(a: &Inloggat, bok: &Bok, b: &Bidrag, ar: Option<i16>) -> Vec<Lank> {
    let per = bok.per_dag();
    let mut ut: Vec<Lank> =
        b.ar.iter()
            .filter(|annat| Some(**annat) != ar)
            .map(|annat| {
                let href = med_ar(adress::bidrag(&b.slug), Some(*annat));
                Lank::ny(format!("Visa {annat}"), href.per(per))
            })
            .collect();
    ut.push(Lank::ny("Fördelning", adress::fordelning(&b.slug).per(per)));
    ut.push(Lank::ny(
        "Förslag och förstärkningar",
        adress::forslag(&b.slug),
    ));
    ut.push(Lank::ny(
        "Besked om tilldelning",
        adress::tilldelning(&b.slug),
    ));
    if a.far(Atgard::AndraFordelning) {
        ut.push(Lank::ny("Förstärk en insats", adress::forstark(&b.slug)));
    }
    ut.push(Lank::ny(
        "Rekvisitioner",
        adress::rekvisitioner().fraga("bidrag", &b.slug),
    ));
    if let Some(ar) = ar.filter(|_| a.far(Atgard::LasaGranskning)) {
        let till = adress::ett_arsavslut(&b.slug, &ar.to_string());
        ut.push(Lank::ny(format!("Årsavslut {ar}"), till));
    }
    if a.far(Atgard::AndraVillkor) {
        ut.push(crate::villkor::lank(b, None));
    }
    if a.far(Atgard::SkapaInsats) {
        let till = adress::ny_insats().fraga("bidrag", &b.slug);
        ut.push(Lank::ny("Lägg upp en insats", till));
    }
    if a.far(Atgard::LasaRapporter) {
        ut.push(Lank::ny("Återrapporter", adress::rapporter()));
    }
    if a.far(Atgard::LasaPublicering) {
        ut.push(Lank::ny("Vad som är publicerat", adress::publicering()));
    }
    ut
}

/// The grant's decisions, newest first.
#[must_use]
pub fn beslut(s: &Siffror<'_>, b: &Bidrag) -> Vec<Handelse> {
    let mut alla: Vec<_> = s
        .bok
        .beslut
        .iter()
        .filter(|x| x.bidrag == Some(b.id))
        .collect();
    alla.sort_by_key(|x| std::cmp::Reverse((x.datum, x.ar)));
    alla.iter()
        .enumerate()
        .map(|(nr, x)| Handelse {
            nar: match x.datum {
                Some(datum) => format!("{}, {}", dag(datum), x.kort()),
                None => x.kort(),
            },
            datum: x.datum.map(|d| d.to_string()).unwrap_or_default(),
            text: x.rubrik.as_str().into(),
            nu: nr == 0,
        })
        .collect()
}
