//! A fact about a grant or an initiative.

use super::{Blankett, ar, falt, lankat, orsaksfalt, tal, val};
use crate::adress::{self, Adress};
use crate::anrop::{Inloggat, Resultat};
use crate::las;
use crate::medelsfalt;
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::fakta::{self, RegistreraFaktum};
use utfall_app::{Bok, Brister};
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::faktum::{Enhet, FaktumSlag, Galler, NyttFaktum, Sakerhet};
use utfall_domain::id::{BeslutId, OrganisationId};
use utfall_domain::insatser::Insats;
use utfall_domain::medel::Bidrag;
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_domain::varde::Varde;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// What the fact is about.
#[derive(Clone, Copy)]
enum Om<'a> {
    Bidrag(&'a Bidrag),
    Insats(&'a Insats),
}

/// What can be said of a grant, in words that need no glossary.
const OM_BIDRAG: &[(FaktumSlag, &str)] = &[
    (FaktumSlag::Tilldelat, "Tilldelat: beviljat av finansiären"),
    (
        FaktumSlag::Rekvirerat,
        "Rekvirerat: begärt från finansiären",
    ),
    (FaktumSlag::FordelatNamnd, "Pengar som en nämnd har fått"),
    (
        FaktumSlag::AnvantNamnd,
        "Använt, av en nämnd eller av hela bidraget",
    ),
    (FaktumSlag::Overfort, "Överfört från ett tidigare år"),
    (FaktumSlag::Aterbetalning, "Återbetalning som är beslutad"),
    (
        FaktumSlag::Aterbetalt,
        "Återbetalt: betalt till finansiären",
    ),
];

/// What can be said of an initiative.
const OM_INSATS: &[(FaktumSlag, &str)] = &[
    (FaktumSlag::Anvant, "Använda pengar"),
    (FaktumSlag::Budget, "Hela projektets budget"),
    (FaktumSlag::Finansiering, "Det en finansiär betalar"),
    (FaktumSlag::Medfinansiering, "Egna pengar eller arbetstid"),
    (
        FaktumSlag::Grundfinansiering,
        "Grundfinansiering: nämndens egen budget",
    ),
    (FaktumSlag::Kostnad, "Planerad kostnad"),
    (
        FaktumSlag::Intaktsbudget,
        "Budgeterad intäkt, till exempel försäljning",
    ),
    (
        FaktumSlag::Budgetandel,
        "En kommuns del av projektets budget",
    ),
    (FaktumSlag::Ansokt, "Sökta pengar"),
    (FaktumSlag::Deltagare, "Antal deltagare"),
    (
        FaktumSlag::Deltagarlage,
        "Hur långt de kom: fullföljde, avbröt, är kvar",
    ),
    (
        FaktumSlag::Resultat,
        "Resultat: hur det gick för deltagarna",
    ),
    (FaktumSlag::Hjalp, "Hjälp utöver resultatet"),
    (FaktumSlag::Volym, "Volym: besök, föreläsningar, jobb"),
];

impl Om<'_> {
    /// A budget that a grant pays is changed in the distribution.
    fn slag(self) -> Vec<(FaktumSlag, &'static str)> {
        match self {
            Self::Bidrag(_) => OM_BIDRAG.to_vec(),
            Self::Insats(i) => OM_INSATS
                .iter()
                .copied()
                .filter(|(slag, _)| *slag != FaktumSlag::Budget || i.bidrag.is_none())
                .collect(),
        }
    }

    fn sida(self) -> Adress {
        match self {
            Self::Bidrag(b) => adress::bidrag(&b.slug),
            Self::Insats(i) => adress::insats(&i.slug),
        }
    }

    fn mal(self) -> Adress {
        match self {
            Self::Bidrag(b) => adress::registrera_om_bidrag(&b.slug),
            Self::Insats(i) => adress::registrera_om_insats(&i.slug),
        }
    }

    fn under(self) -> Vec<Lank> {
        match self {
            Self::Bidrag(b) => vec![
                Lank::ny("Medel", adress::medel()),
                Lank::ny(b.namn.clone(), self.sida()),
            ],
            Self::Insats(i) => vec![
                Lank::ny("Insatser", adress::insatser()),
                Lank::ny(i.namn.clone(), self.sida()),
            ],
        }
    }

    /// A kind that nothing particular is demanded of: what stands for one that is not chosen.
    const fn nagot(self) -> FaktumSlag {
        match self {
            Self::Bidrag(_) => FaktumSlag::Tilldelat,
            Self::Insats(_) => FaktumSlag::Ansokt,
        }
    }

    fn galler(self, bok: &Bok) -> Galler {
        match self {
            Self::Bidrag(b) => fakta::om_bidrag(bok, b.id),
            Self::Insats(i) => fakta::om_insats(bok, i.id),
        }
    }
}

/// GET `/medel/{bidrag}/registrera`.
pub async fn om_bidrag(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    Svar::sida(&sida(&a, &bok, Om::Bidrag(b), &[]))
}

/// GET `/insatser/{insats}/registrera`.
pub async fn om_insats(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    Svar::sida(&sida(&a, &bok, Om::Insats(i), &[]))
}

/// POST `/medel/{bidrag}/registrera`.
pub async fn spara_om_bidrag(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    spara(&a, &bok, Om::Bidrag(b)).await
}

/// POST `/insatser/{insats}/registrera`.
pub async fn spara_om_insats(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    spara(&a, &bok, Om::Insats(i)).await
}

fn sida(a: &Inloggat, bok: &Bok, om: Om<'_>, fel: &[Problem]) -> Registrering {
    let mut sist = Vec::new();
    if !bok.beslut.is_empty() {
        let beslut = bok.beslut.iter().map(|b| {
            let text = format!("{}: {}", b.med_datum(), b.rubrik);
            (b.id.to_string(), text)
        });
        let slag = val("Inget beslut, eller inte i listan", beslut);
        sist.push(falt(a, "beslut", "Beslut", slag).frivilligt());
    }
    sist.push(orsaksfalt(a));
    sist.extend(medelsfalt::efter_avslut_och_varfor(a, fel));
    // Asked only when it is the question: otherwise it is one more thing to understand.
    let redan = fel.iter().any(|p| p.kod == "faktum-finns-redan");
    if redan || a.formular.text("tillkommer") == "ja" {
        sist.push(falt(
            a,
            "tillkommer",
            "Lägg till det nya utöver det som redan finns",
            FaltSlag::Kryss,
        ));
    }
    Blankett {
        rubrik: "Registrera uppgift".to_owned(),
        ingress: "Uppgiften syns genast, och granskningen läser den. Blir något fel rättas den, \
                  och båda finns kvar.",
        under: om.under(),
        mal: om.mal(),
        knapp: "Spara uppgiften",
        foljd: "Det som är publicerat och utfärdat ändras inte.",
        inte_sparat: "Uppgiften sparades inte",
        avbryt: om.sida(),
    }
    .sida(
        a,
        vec![
            Faltdel::rad("", vad(a, om)),
            Faltdel::rad("Belopp eller antal", talen(a, om)),
            Faltdel::rad("Mer om uppgiften", vidare(a, bok, om))
                .hjalp("Fyll i det som passar. Resten lämnar du tomt."),
            Faltdel::ny("Källa", sist),
        ],
        fel,
    )
}

fn vad(a: &Inloggat, om: Om<'_>) -> Vec<Falt> {
    // A board is offered what is a board's to tell.
    let kontoret = a.far(Atgard::RattaFaktum);
    let far = |slag| kontoret || fakta::far_registreras_av(Roll::Namndredovisare, slag);
    let slag = om
        .slag()
        .into_iter()
        .filter(|(slag, _)| far(*slag))
        .map(|(slag, ord)| (slag.kod().to_owned(), ord.to_owned()));
    let mut ut = vec![
        lankat(a, "slag", "Vad är det?", val("Välj", slag)),
        lankat(a, "ar", "År", FaltSlag::Tal),
    ];
    match om {
        Om::Bidrag(_) => ut.push(
            falt(a, "fran-ar", "Från år", FaltSlag::Tal)
                .hjalp("Bara för överförda pengar.")
                .frivilligt(),
        ),
        Om::Insats(_) => {
            let manader = (1..=12).map(|nr| (nr.to_string(), tid::manad(nr).to_owned()));
            ut.push(
                falt(a, "manad", "Månad", val("Hela året", manader))
                    .hjalp("Bara för volymer.")
                    .frivilligt(),
            );
        }
    }
    ut
}

fn talen(a: &Inloggat, om: Om<'_>) -> Vec<Falt> {
    let ord = |alla: &[(&str, &str)]| {
        let par = alla.iter().map(|(v, o)| ((*v).to_owned(), (*o).to_owned()));
        FaltSlag::Val(par.collect())
    };
    let enheter = ord(&[
        ("kr", "kronor"),
        ("tkr", "tkr"),
        ("Mkr", "Mkr"),
        ("antal", "antal"),
    ]);
    let enheter = match (om, enheter) {
        (Om::Bidrag(_), FaltSlag::Val(alla)) => FaltSlag::Val(alla.into_iter().take(3).collect()),
        (_, alla) => alla,
    };
    let lagen = ord(&[
        ("tal", "Talet gäller"),
        ("preliminar", "Talet är preliminärt"),
        ("okant", "Okänt"),
        ("ej-beslutat", "Ej beslutat"),
        ("ej-inrapporterat", "Ej inrapporterat"),
    ]);
    vec![
        lankat(a, "belopp", "Tal", FaltSlag::Tal).frivilligt(),
        falt(a, "enhet", "Enhet", enheter),
        falt(a, "lage", "Läge", lagen).hjalp("Finns det inget tal väljer du varför."),
    ]
}

fn vidare(a: &Inloggat, bok: &Bok, om: Om<'_>) -> Vec<Falt> {
    let organisationer = bok
        .organisationer
        .iter()
        .map(|o| (o.id.to_string(), o.namn_nu().to_owned()));
    match om {
        Om::Bidrag(_) => vec![
            falt(
                a,
                "organisation",
                "Nämnd",
                val("Hela bidraget", organisationer),
            )
            .frivilligt(),
        ],
        Om::Insats(_) => vec![
            falt(a, "kategori", "Vad räknas?", FaltSlag::Text)
                .hjalp(
                    "För resultat, hjälp och volym: till exempel arbete eller besök. För kostnad \
                     och intäkt: till exempel lokal eller försäljning. För hur långt \
                     de kom: fullföljde, avbröt, avslutade eller är kvar.",
                )
                .frivilligt(),
            falt(
                a,
                "organisation",
                "Finansiär, nämnd eller kommun",
                val("Ingen särskild", organisationer),
            )
            .hjalp(
                "För det en finansiär betalar, för grundfinansiering (nämnden) och för en kommuns \
                 del av budgeten.",
            )
            .frivilligt(),
        ],
    }
}

/// What the form says, as a fact, and what of it cannot be read. Something stands for that in
/// the fact, so that the rest of it can be looked at.
fn tolka(a: &Inloggat, bok: &Bok, om: Om<'_>) -> (NyttFaktum, Brister) {
    let mut fel = Brister::default();
    let f = &a.formular;
    let valt = fel.prova(valt_slag(f.text("slag"), om));
    let aret = fel.prova(kravt_ar(a));
    let fran_ar = fel.prova(ar(a, "fran-ar")).flatten();
    let organisation = fel.prova(vald(f.text("organisation"), bok)).flatten();
    let beslut = fel.prova(valt_beslut(f.text("beslut"), bok)).flatten();
    let lage = f.text("lage");
    // What is no amount is no number either.
    let enhet = valt.map_or(Enhet::Ore, FaktumSlag::enhet);
    let varde = tal::varde(f.text("belopp"), lage, (enhet, f.text("enhet")), "belopp");
    let (varde, precision) = fel.prova(varde).unwrap_or((Varde::Okant, Precision::EXAKT));
    let period = valt.and_then(|slag| fel.prova(manad(f.text("manad"), slag, aret)).flatten());
    let slag = valt.unwrap_or_else(|| om.nagot());
    let mut galler = om.galler(bok);
    galler.ar = aret;
    galler.fran_ar = fran_ar.filter(|_| slag == FaktumSlag::Overfort);
    (galler.period_fran, galler.period_till) = period.unzip();
    galler.kategori = Some(f.lang("kategori")).filter(|k| !k.is_empty());
    match slag {
        FaktumSlag::FordelatNamnd | FaktumSlag::AnvantNamnd => galler.organisation = organisation,
        FaktumSlag::Finansiering => galler.finansiar = organisation,
        // The board's and the municipality's own money, and not the funder's.
        FaktumSlag::Grundfinansiering | FaktumSlag::Budgetandel => {
            (galler.organisation, galler.finansiar) = (organisation, None);
        }
        _ => {}
    }
    let sakerhet = if lage == "preliminar" {
        Sakerhet::Preliminar
    } else {
        Sakerhet::Slutlig
    };
    let faktum = NyttFaktum {
        precision,
        sakerhet,
        beslut,
        orsak: Some(
            fel.prova(medelsfalt::kalla_och_varfor(a))
                .unwrap_or_default(),
        ),
        efter_avslut: medelsfalt::sagt_efter_avslut(a),
        ..NyttFaktum::nytt(slag, galler, varde)
    };
    (faktum, fel)
}

fn valt_slag(kod: &str, om: Om<'_>) -> Result<FaktumSlag, Problem> {
    let funnet = om.slag().into_iter().find(|(slag, _)| slag.kod() == kod);
    funnet.map(|(slag, _)| slag).ok_or_else(|| {
        Problem::ogiltigt(
            "uppgift-slag",
            "Det saknas vad uppgiften är.",
            "Välj i listan.",
        )
        .i_falt("slag")
    })
}

fn kravt_ar(a: &Inloggat) -> Result<i16, Problem> {
    ar(a, "ar")?.ok_or_else(|| {
        Problem::ogiltigt(
            "uppgift-ar",
            "Året saknas.",
            "Skriv vilket år uppgiften gäller.",
        )
        .i_falt("ar")
    })
}

fn vald(kod: &str, bok: &Bok) -> Result<Option<OrganisationId>, Problem> {
    if kod.is_empty() {
        return Ok(None);
    }
    let id = kod.parse().ok().and_then(OrganisationId::ny);
    let finns = id.filter(|id| bok.organisation(*id).is_some());
    finns.map(Some).ok_or_else(|| inte_i_listan("organisation"))
}

fn valt_beslut(kod: &str, bok: &Bok) -> Result<Option<BeslutId>, Problem> {
    if kod.is_empty() {
        return Ok(None);
    }
    let id = kod.parse().ok().and_then(BeslutId::ny);
    let finns = id.filter(|id| bok.beslut.iter().any(|b| b.id == *id));
    finns.map(Some).ok_or_else(|| inte_i_listan("beslut"))
}

fn inte_i_listan(falt: &str) -> Problem {
    Problem::ogiltigt(
        "uppgift-val",
        "Det valda finns inte i listan.",
        "Välj något av det som står i listan.",
    )
    .i_falt(falt)
}

/// The first and last day of a month. Volumes are counted by month, and nothing else is.
fn manad(kod: &str, slag: FaktumSlag, ar: Option<i16>) -> Result<Option<(Date, Date)>, Problem> {
    let fel = |text: &str, atgard: &str| {
        Err(Problem::ogiltigt("uppgift-manad", text, atgard).i_falt("manad"))
    };
    match (kod.is_empty(), slag == FaktumSlag::Volym) {
        (true, false) => Ok(None),
        (true, true) => fel("Månaden saknas.", "Volymer räknas per månad. Välj vilken."),
        (false, false) => fel("Bara volymer har en månad.", "Välj Hela året."),
        (false, true) => {
            // Without a year, which is told of itself, any has the same months.
            let ar = ar.unwrap_or(2000);
            let forsta = kod.parse().ok().and_then(|nr| Date::new(ar, nr, 1).ok());
            let dag = forsta.ok_or_else(|| inte_i_listan("manad"))?;
            Ok(Some((dag, dag.last_of_month())))
        }
    }
}

async fn spara(a: &Inloggat, bok: &Bok, om: Om<'_>) -> Resultat {
    let (faktum, olasligt) = tolka(a, bok, om);
    let fall = RegistreraFaktum {
        faktum,
        // What is half read cannot be told from what is there already.
        tillkommer: a.formular.text("tillkommer") == "ja" || !olasligt.inga(),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(id) => Ok(Svar::vidare(om.sida().fraga("sparat", &id.to_string()))),
        Err(fel) => Svar::formularfel(&sida(a, bok, om, &fel)),
    }
}
