//! Insatsens budget: base funding apart from temporary grants, cost and income, and each
//! municipality's own share of a project with several. Year by year, and in total.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::las;
use crate::siffror::Siffror;
use crate::svar::Svar;
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag as F;
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};

const GRUND: [Matt; 3] = [
    Matt::Grundfinansiering,
    Matt::Fordelat,
    Matt::GrundOchTillfalligt,
];
const INTAKTER: [Matt; 5] = [
    Matt::Kostnad,
    Matt::Intaktsbudget,
    Matt::Nettokostnad,
    Matt::Intaktsutfall,
    Matt::Intaktsavvikelse,
];

/// GET `/insatser/{insats}/budget`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    let s = Siffror::ny(&bok);
    let mut text = Text::from(
        "Det nämnderna lägger på insatsen ur sin egen budget, det som bidrag ger tillfälligt, vad \
         den kostar och får in, och varje kommuns del.",
    );
    if a.far(Atgard::RegistreraFaktum) {
        let till = adress::registrera_om_insats(&i.slug);
        text = text
            .ord(" ")
            .lank(Lank::ny("Registrera en uppgift", till))
            .ord(".");
    }
    let sida = Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(format!("Budget, {}", i.namn), text).under(vec![
            Lank::ny("Insatser", adress::insatser()),
            Lank::ny(i.namn.clone(), adress::insats(&i.slug)),
        ]),
        besked: besked(&s, i),
        delar: delar(&s, i),
        ..Tabellsida::default()
    };
    Svar::sida(&sida)
}

/// GET `/insatser/{insats}/budget/tabell.csv`.
pub async fn csv(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    let s = Siffror::ny(&bok);
    let delar = delar(&s, i);
    let tabeller: Vec<(&str, &Tabell)> = delar
        .iter()
        .map(|d| (d.rubrik.as_str(), &d.tabell))
        .collect();
    crate::csv::svar(&format!("budget-{}", i.slug), a.dag(&bok), &tabeller)
}

/// The years that something of this is said of.
fn aren(s: &Siffror<'_>, i: &Insats, slag: &[F]) -> BTreeSet<i16> {
    let egna = s.fakta().iter().filter(|f| f.galler().insats == Some(i.id));
    egna.filter(|f| slag.contains(&f.fakta.slag) && f.galler().version.is_none())
        .filter_map(|f| f.galler().ar)
        .collect()
}

fn delar(s: &Siffror<'_>, i: &Insats) -> Vec<Tabelldel> {
    let aren_grund = aren(s, i, &[F::Grundfinansiering, F::Fordelat]);
    let aren_intakt = aren(s, i, &[F::Kostnad, F::Intaktsbudget]);
    let grund = matt_per_ar(s, (i, &aren_grund), &GRUND);
    let intakter = matt_per_ar(s, (i, &aren_intakt), &INTAKTER);
    vec![
        del(
            "finansiering",
            "Grundfinansiering och tillfälliga bidrag",
            grund.tomt("Ingen har skrivit vad nämnderna själva lägger, och inget är fördelat."),
        ),
        del(
            "intakter",
            "Kostnader och intäkter",
            intakter.tomt("Inga kostnader eller intäkter är budgeterade."),
        ),
        del("andelar", "Kommunernas delar av budgeten", andelar(s, i)),
    ]
}

fn del(id: &str, rubrik: &str, tabell: Tabell) -> Tabelldel {
    Tabelldel {
        id: id.into(),
        rubrik: rubrik.into(),
        text: Text::default(),
        tabell: Tabell {
            id: format!("{id}-t"),
            ..tabell
        },
    }
}

fn kolumner(forsta: &str, matt: &[Matt]) -> Vec<Kolumn> {
    let ovriga = matt.iter().map(|m| match m {
        Matt::Fordelat => Kolumn::kr("Tillfälliga bidrag"),
        Matt::GrundOchTillfalligt => Kolumn::kr("Tillsammans"),
        Matt::Kostnad => Kolumn::kr("Planerade kostnader"),
        m => Kolumn::kr(m.text()),
    });
    std::iter::once(Kolumn::ord(forsta)).chain(ovriga).collect()
}

fn rad(s: &Siffror<'_>, slag: RadSlag, namn: &str, urval: &Urval, matt: &[Matt]) -> Rad {
    let tal = matt.iter().map(|m| Cell::from(s.tal(*m, urval)));
    Rad::av(
        slag,
        std::iter::once(Cell::rubrik(namn)).chain(tal).collect(),
    )
}

/// A row for each year and their sum.
fn matt_per_ar(s: &Siffror<'_>, (i, aren): (&Insats, &BTreeSet<i16>), matt: &[Matt]) -> Tabell {
    let alla = Urval::insats(i.id);
    let mut rader: Vec<Rad> = aren
        .iter()
        .map(|ar| {
            let urval = alla.clone().ar(*ar);
            rad(s, RadSlag::Vanlig, &ar.to_string(), &urval, matt)
        })
        .collect();
    if aren.len() > 1 {
        rader.push(rad(s, RadSlag::Summa, "Alla år", &alla, matt));
    }
    Tabell::ny("ar-t", "Kronor per år", kolumner("År", matt), rader).klass("bredd")
}

/// The parties that have a share said of them.
fn parter(s: &Siffror<'_>, i: &Insats) -> BTreeSet<OrganisationId> {
    let egna = s.fakta().iter().filter(|f| f.fakta.slag == F::Budgetandel);
    egna.filter(|f| f.galler().insats == Some(i.id))
        .filter_map(|f| f.galler().organisation)
        .collect()
}

/// Each municipality's share of each year, their sum, the whole and what has no share.
fn andelar(s: &Siffror<'_>, i: &Insats) -> Tabell {
    let aren = aren(s, i, &[F::Budgetandel]);
    let mut rader = Vec::new();
    for ar in &aren {
        let urval = Urval::insats(i.id).ar(*ar);
        let cell = |namn: String, matt: Matt, urval: &Urval, slag: RadSlag| {
            Rad::av(slag, vec![Cell::rubrik(namn), s.tal(matt, urval).into()])
        };
        for part in parter(s, i) {
            let namn = format!("{}, {ar}", s.bok.organisationsnamn(part));
            let egen = urval.clone().for_organisation(part);
            rader.push(cell(namn, Matt::Budgetandelar, &egen, RadSlag::Vanlig));
        }
        for (namn, matt, slag) in [
            (
                "Kommunerna tillsammans",
                Matt::Budgetandelar,
                RadSlag::Delsumma,
            ),
            ("Hela projektet", Matt::Projektbudget, RadSlag::Delsumma),
            ("Utan angiven kommun", Matt::UtanBudgetandel, RadSlag::Summa),
        ] {
            rader.push(cell(format!("{namn}, {ar}"), matt, &urval, slag));
        }
    }
    let kolumner = vec![Kolumn::ord("Kommun och år"), Kolumn::kr("Belopp")];
    Tabell::ny("andelar-t", "Kronor. Okänt är inte noll.", kolumner, rader)
        .klass("smal")
        .tomt("Ingen kommuns del är angiven.")
}

/// Shares that come to more than the whole, and shares that nobody has said.
fn besked(s: &Siffror<'_>, i: &Insats) -> Vec<Besked> {
    let mut ut = Vec::new();
    for ar in aren(s, i, &[F::Budgetandel]) {
        let urval = Urval::insats(i.id).ar(ar);
        let over = s.kant(Matt::UtanBudgetandel, &urval);
        if over.is_some_and(|ore| ore < 0) {
            let text = Text::from("Det skiljer ")
                .tal(s.med_enhet(Matt::UtanBudgetandel, &urval))
                .ord(". Rätta en kommuns del eller hela budgeten.");
            let rubrik = format!("kommunernas delar är mer än hela projektets budget {ar}");
            ut.push(Besked::ny(Allvar::Varning, rubrik, text));
        }
        if s.kant(Matt::Budgetandelar, &urval).is_none() {
            ut.push(Besked::ny(
                Allvar::Upplysning,
                format!("någon kommuns del är inte känd {ar}"),
                "Därför går det inte att säga hur mycket som är utan kommun. Okänt räknas aldrig \
                 som noll.",
            ));
        }
    }
    ut
}

/// Of one year, for the follow-up: what is said of base funding and of income.
pub fn arets(s: &Siffror<'_>, i: &Insats, ar: i16) -> Vec<Tabelldel> {
    let urval = Urval::insats(i.id).ar(ar);
    let ettar = BTreeSet::from([ar]);
    let finns = |m: Matt| s.finns(m, &urval);
    let mut ut = Vec::new();
    if finns(Matt::Grundfinansiering) {
        let tabell = matt_per_ar(s, (i, &ettar), &GRUND);
        ut.push(del(
            "grund",
            "Grundfinansiering och tillfälliga bidrag",
            tabell,
        ));
    }
    if finns(Matt::Intaktsbudget) || finns(Matt::Intaktsutfall) {
        let tabell = matt_per_ar(s, (i, &ettar), &INTAKTER);
        ut.push(del("intakter", "Kostnader och intäkter", tabell));
    }
    ut
}

/// Of a grant's initiatives: what the boards put in themselves, and what the grant gives.
/// `None` when nobody has said what the boards put in.
pub fn grund(s: &Siffror<'_>, b: &Bidrag, insatser: &[&Insats]) -> Option<Tabell> {
    let bok: &Bok = s.bok;
    let mut rader = Vec::new();
    for ar in &b.ar {
        for i in insatser {
            let urval = Urval::insats(i.id).ar(*ar);
            if s.finns(Matt::Grundfinansiering, &urval) {
                let namn = format!("{}, {ar}", i.namn);
                rader.push(rad(s, RadSlag::Vanlig, &namn, &urval, &GRUND));
            }
        }
        let urval = Urval::bidrag(b.id).ar(*ar);
        if s.finns(Matt::Grundfinansiering, &urval) {
            let namn = format!("Alla insatser i {}, {ar}", b.namn);
            rader.push(rad(s, RadSlag::Summa, &namn, &urval, &GRUND));
        }
    }
    let nagot = !rader.is_empty() && !bok.insatser.is_empty();
    let kolumner = kolumner("Insats och år", &GRUND);
    nagot.then(|| Tabell::ny("grund-t", "Kronor", kolumner, rader).klass("bredd smal"))
}
