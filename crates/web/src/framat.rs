//! What an initiative lives on in coming years: what it needs, which call it waits for, which
//! initiative it is an add-on to, and who gets the money passed on.

mod besked;
mod former;
pub mod kedja;
mod tillagg;
pub mod varsel;
mod vidare;

pub use former::spara;
pub use tillagg::besked as dubbelt;

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::ataganden::{finansiering, gap, laget_for};
use crate::las;
use crate::siffror::{Siffror, kort_dag};
use crate::svar::Svar;
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::atagande::{Koppling, kopplingar, utlysning};
use utfall_domain::medel::post::Medelspost;
use utfall_vyer::komponent::{Kvitto, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Ekonomisida, Framat, Tabelldel};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// The kinds of thing that are said here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gor {
    /// What it needs a year.
    Behov,
    /// The call that it hangs on.
    Utlysning,
    /// The initiative that it is an add-on to.
    Tillagg,
    /// Who gets the money passed on.
    Vidare,
}

impl Gor {
    const ALLA: [Self; 4] = [Self::Behov, Self::Utlysning, Self::Tillagg, Self::Vidare];

    /// Its code in addresses and forms.
    pub const fn kod(self) -> &'static str {
        match self {
            Self::Behov => "behov",
            Self::Utlysning => "utlysning",
            Self::Tillagg => "tillagg",
            Self::Vidare => "vidare",
        }
    }

    fn av(kod: &str) -> Option<Self> {
        Self::ALLA.into_iter().find(|g| g.kod() == kod)
    }
}

/// The links of one initiative as they stand.
pub fn egna<'a>(poster: &'a [Medelspost], i: &Insats) -> Vec<(&'a Medelspost, &'a Koppling)> {
    let alla = kopplingar(poster).into_iter();
    alla.filter(|(p, _)| p.post.om.insats == Some(i.id))
        .collect()
}

/// GET `/insatser/{insats}/framat`, and one of its forms when it is asked for.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let insats = las::insats(&bok, a.stig.text("insats"))?;
    let far = a.far(Atgard::HanteraAtagande) && bok.per_dag().is_none();
    if let Some(gor) = Gor::av(a.fraga.text("gor")).filter(|_| far) {
        let sak = a.fraga.tal("sak");
        return Svar::sida(&former::sidan(&a, &bok, (insats, gor, sak), &[])?);
    }
    let sida = sidan(&a, &bok, insats, far);
    match &sida.per {
        Some(per) => las::svar_per(&sida, per),
        None => Svar::sida(&sida),
    }
}

fn sidan(a: &Inloggat, bok: &Bok, insats: &Insats, far: bool) -> Ekonomisida {
    let s = Siffror::ny(bok);
    let poster = bok.poster();
    let per = a.perdatum(bok, adress::framat(&insats.slug), Vec::new());
    let mut besked = varsel::besked(&varsel::for_insats(bok, insats, a.dag(bok)));
    besked.extend(besked::motsagelser(a, &s, &poster, insats));
    besked.extend(tillagg::besked(&s, &poster, insats));
    let mut delar = vec![
        behov(&s, insats, far),
        hanger(bok, &poster, insats, far),
        tillagg::del(bok, &poster, insats, far),
        vidare::del(bok, &poster, insats, (a.dag(bok), far)),
    ];
    if let Some(kedjan) = kedja::kedjan(&s, insats) {
        delar.insert(
            0,
            Tabelldel {
                id: "kedjan".into(),
                rubrik: "Pengarna år för år".into(),
                text: Text::from(kedjan.fynd.clone()).ord("."),
                tabell: kedjan.tabell,
            },
        );
    }
    Ekonomisida {
        ram: a.ram_per(&per),
        huvud: Sidhuvud::ny(
            format!("Finansiering framåt: {}", insats.namn),
            "Vad insatsen behöver för att fortsätta, och vad pengarna hänger på.",
        )
        .overrad(las::som_det_var(bok).trim_start_matches(" · ").to_owned())
        .under(vec![
            Lank::ny("Insatser", adress::insatser()),
            Lank::ny(insats.namn.clone(), adress::insats(&insats.slug)),
        ]),
        kvitto: (a.fraga.text("sparat") == "ja").then(|| Kvitto::ny("Det är sparat.")),
        besked,
        delar,
        lankar: vec![
            Lank::ny("Åtaganden", adress::ataganden()),
            Lank::ny("Utlysningar", adress::utlysningar()),
        ],
        per: Some(per),
        ..Ekonomisida::default()
    }
}

/// A link to one of the forms, about something that is there or something new.
pub fn till(insats: &Insats, gor: Gor, sak: Option<&Medelspost>) -> adress::Adress {
    let till = adress::framat(&insats.slug).fraga("gor", gor.kod());
    match sak {
        Some(p) => till.fraga("sak", &p.post.sak.to_string()),
        None => till,
    }
}

/// The words before a table: the way to its form, for those who may.
pub fn vagen(insats: &Insats, gor: Gor, ord: &str, far: bool) -> Text {
    match far {
        true => Text::default().lank(Lank::ny(ord, till(insats, gor, None))),
        false => Text::default(),
    }
}

/// The last cell of a row: the way to change it.
pub fn andra(insats: &Insats, gor: Gor, p: &Medelspost, (om, far): (&str, bool)) -> Cell {
    if !far {
        return Cell::Kort(kort_dag(utfall_domain::tid::dag(p.registrerad)), false);
    }
    Cell::Lank(Lank::ny("Ändra", till(insats, gor, Some(p))).om(om))
}

/// What that last column is called.
pub const fn sista_kolumnen(far: bool) -> &'static str {
    if far { "Ändra" } else { "Registrerat" }
}

/// The years that a need is known of.
fn behovsar(s: &Siffror<'_>, insats: &Insats) -> BTreeSet<i16> {
    s.om_insats(insats.id)
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Behov)
        .filter_map(|f| f.galler().ar)
        .collect()
}

/// The funding of each year that something is said of: its state, and the gap in kronor.
pub fn statustabell(s: &Siffror<'_>, insats: &Insats) -> Tabell {
    let rader = behovsar(s, insats).into_iter().map(|ar| {
        let urval = Urval::insats(insats.id).ar(ar);
        let pengar = |matt| {
            let tal = s.finns(matt, &urval).then(|| s.tal(matt, &urval));
            Cell::tal_eller(tal, "inget")
        };
        Rad::ny(vec![
            Cell::rubrik(ar.to_string()),
            finansiering(laget_for(s, insats, ar)),
            s.tal(Matt::Behov, &urval).into(),
            pengar(Matt::Fordelat),
            pengar(Matt::Atagande),
            gap(s, &urval),
        ])
    });
    let kolumner = vec![
        Kolumn::ord("År"),
        Kolumn::ord("Finansiering"),
        Kolumn::kr("Behöver"),
        Kolumn::kr("Fördelat"),
        Kolumn::kr("Utlovat"),
        Kolumn::kr("Saknas"),
    ];
    Tabell::ny("behov-t", "Fortsättning, kronor", kolumner, rader.collect())
        .klass("bredd smal")
        .tomt("Ingen har sagt vad insatsen behöver.")
}

fn behov(s: &Siffror<'_>, insats: &Insats, far: bool) -> Tabelldel {
    Tabelldel {
        id: "behov".into(),
        rubrik: "Vad den behöver för att fortsätta".into(),
        text: vagen(insats, Gor::Behov, "Skriv vad den behöver ett år", far),
        tabell: statustabell(s, insats),
    }
}

fn hanger(bok: &Bok, poster: &[Medelspost], insats: &Insats, far: bool) -> Tabelldel {
    let rader = egna(poster, insats).into_iter().filter_map(|(p, k)| {
        let Koppling::Beroende {
            utlysning: sak,
            avtal_till,
            omfattning,
        } = k
        else {
            return None;
        };
        let u = utlysning(poster, *sak)?;
        Some(Rad::ny(vec![
            Cell::rubriklank(u.namn.clone(), adress::utlysning(&sak.to_string()), None),
            Cell::Lage(crate::utlysningar::laget(u.lage)),
            match omfattning.as_str() {
                "" => Cell::Kort("inte angivet".into(), false),
                text => text.into(),
            },
            Cell::Kort(
                avtal_till.map_or_else(|| "inte känt".into(), kort_dag),
                false,
            ),
            andra(insats, Gor::Utlysning, p, (&u.namn, far)),
        ]))
    });
    let kolumner = [
        "Utlysning",
        "Läge",
        "Det som hänger på den",
        "Avtal går ut",
        sista_kolumnen(far),
    ]
    .map(Kolumn::ord)
    .to_vec();
    let ord = match utfall_domain::medel::atagande::utlysningar(&bok.medelsposter).is_empty() {
        true => vagen(
            insats,
            Gor::Utlysning,
            "Skriv in utlysningen som den väntar på",
            far,
        ),
        false => vagen(insats, Gor::Utlysning, "Koppla till en utlysning", far),
    };
    Tabelldel {
        id: "hanger".into(),
        rubrik: "Utlysningar som den hänger på".into(),
        text: ord,
        tabell: Tabell::ny(
            "hanger-t",
            "Personal och verksamhet",
            kolumner,
            rader.collect(),
        )
        .klass("bredd smal")
        .tomt("Insatsen hänger inte på någon utlysning."),
    }
}

/// The part of the initiative's own page: the chain of money, its state each year, and the
/// way here.
pub fn pa_insatsens_sida(a: &Inloggat, s: &Siffror<'_>, insats: &Insats) -> Option<Framat> {
    if insats.reserv {
        return None;
    }
    let poster = s.bok.poster();
    let mut tabeller = Vec::new();
    if !behovsar(s, insats).is_empty() {
        tabeller.push(statustabell(s, insats));
    }
    let mut text = tillagg::mening(s.bok, &poster, insats);
    let per = s.bok.per_dag();
    let hit = adress::framat(&insats.slug).per(per);
    let ord = match a.far(Atgard::HanteraAtagande) && per.is_none() {
        true => "Skriv in eller ändra finansieringen framåt",
        false => "Mer om finansieringen framåt",
    };
    text = text.lank(Lank::ny(ord, hit)).ord(".");
    Some(Framat {
        band: kedja::kedjan(s, insats),
        tabeller,
        text,
    })
}
