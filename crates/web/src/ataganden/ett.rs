//! One commitment: what it is, year by year, and what has happened to it.

use super::tabeller::{ansokan, laget};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::siffror::{Siffror, kort_dag};
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_app::medel::kategori;
use utfall_behorighet::Atgard;
use utfall_domain::id::MedelspostId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::atagande::{Atagande, Atagandelage, utlysning};
use utfall_domain::medel::post::{Innehall, Medelspost, sakens};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::komponent::{Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use utfall_vyer::tal::TalVy;

/// The commitment that the address names: its last row.
pub fn valt<'a>(
    a: &Inloggat,
    poster: &'a [Medelspost],
) -> Result<(&'a Medelspost, &'a Atagande), Problem> {
    let sak = a.stig.tal("atagande").and_then(MedelspostId::ny);
    let alla = utfall_domain::medel::atagande::ataganden(poster);
    alla.into_iter()
        .find(|(p, _)| Some(p.post.sak) == sak)
        .ok_or_else(Problem::finns_inte)
}

/// GET `/ataganden/{atagande}`.
pub async fn ett(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let poster = bok.poster();
    let (p, x) = valt(&a, &poster)?;
    let s = Siffror::ny(&bok);
    let namn = insatsens_namn(&bok, p);
    let kan = a.far(Atgard::HanteraAtagande) && bok.per_dag().is_none();
    let mut ingress = Text::from(format!(
        "{}\u{a0}kr tillsammans, {}.",
        Ore(x.totalt()),
        x.lage.text()
    ));
    if kan {
        let till = adress::andra_atagande(&p.post.sak.to_string());
        ingress = ingress
            .ord(" ")
            .lank(Lank::ny("Ändra åtagandet", till))
            .ord(".");
    }
    Svar::sida(&Tabellsida {
        ram: a.ram(),
        huvud: Sidhuvud::ny(format!("Åtagande till {namn}"), ingress).under(vec![
            Lank::ny("Medel", adress::medel()),
            Lank::ny("Åtaganden", adress::ataganden()),
        ]),
        fakta: fakta(&bok, &poster, (p, x)),
        delar: vec![
            Tabelldel {
                id: "aren".into(),
                rubrik: "År för år".into(),
                text: Text::default(),
                tabell: aren(&s, p, x),
            },
            Tabelldel {
                id: "historik".into(),
                rubrik: "Vad som har hänt".into(),
                text: Text::default(),
                tabell: historik(&bok, &poster, p.post.sak),
            },
        ],
        ..Tabellsida::default()
    })
}

/// The initiative's name, in words when it is gone.
pub fn insatsens_namn<'a>(bok: &'a Bok, p: &Medelspost) -> &'a str {
    let insats = p.post.om.insats.and_then(|id| bok.insats(id));
    insats.map_or("en insats som inte finns", |i| i.namn.as_str())
}

fn fakta(bok: &Bok, poster: &[Medelspost], (p, x): (&Medelspost, &Atagande)) -> Vec<Fakta> {
    let mut ut = Vec::new();
    if let Some(i) = p.post.om.insats.and_then(|id| bok.insats(id)) {
        let lank = Lank::ny(i.namn.clone(), adress::insats(&i.slug));
        ut.push(Fakta::ny("Insats", Text::default().lank(lank)));
    }
    ut.push(Fakta::ny("Läge", laget(x.lage).ord));
    if let Some(text) = ansokan(x) {
        ut.push(Fakta::ny("Ansökan", text));
    }
    if let Some(u) = x.ansokan.utlysning.and_then(|sak| utlysning(poster, sak)) {
        let sak = x.ansokan.utlysning.map(|id| id.to_string());
        let lank = Lank::ny(u.namn.clone(), adress::utlysning(&sak.unwrap_or_default()));
        let text = Text::default().lank(lank);
        ut.push(Fakta::ny(
            "Utlysning",
            text.ord(format!(", {}", u.lage.text())),
        ));
    }
    let beslut = p.post.om.beslut;
    if let Some(b) = beslut.and_then(|id| bok.beslut.iter().find(|b| b.id == id)) {
        ut.push(Fakta::ny(
            "Beslut",
            format!("{}: {}", b.med_datum(), b.rubrik),
        ));
    }
    ut
}

fn aren(s: &Siffror<'_>, p: &Medelspost, x: &Atagande) -> Tabell {
    let matt = match x.lage.binder() {
        true => Matt::Atagande,
        false => Matt::VantatAtagande,
    };
    let urval = Urval {
        insats: p.post.om.insats,
        ..Urval::default()
    }
    .for_kategori(kategori(p.post.sak));
    let mut belopp = x.belopp.clone();
    belopp.sort_unstable();
    let mut rader: Vec<Rad> = belopp
        .iter()
        .map(|(ar, ore)| {
            let raknas = !x.fordelade.contains(ar) && x.lage != Atagandelage::Utgatt;
            let tal: Cell = match raknas {
                true => s.tal(matt, &urval.clone().ar(*ar)).into(),
                false => TalVy::utan_lank(Ore(*ore).to_string()).into(),
            };
            let ord = match (raknas, x.lage) {
                (true, lage) if lage.binder() => "binder årets pengar",
                (true, _) => "väntas, binder inget",
                (false, Atagandelage::Utgatt) => "räknas inte",
                (false, _) => "står i fördelningen och räknas där",
            };
            Rad::ny(vec![Cell::rubrik(ar.to_string()), tal, ord.into()])
        })
        .collect();
    rader.push(Rad::av(
        RadSlag::Summa,
        vec![
            Cell::rubrik("Alla år"),
            TalVy::utan_lank(Ore(x.totalt()).to_string()).into(),
            "som det är utlovat eller sökt".into(),
        ],
    ));
    let kolumner = vec![
        Kolumn::ord("År"),
        Kolumn::kr("Belopp"),
        Kolumn::ord("Vad det betyder"),
    ];
    Tabell::ny("aren-t", "Kronor", kolumner, rader)
}

fn historik(bok: &Bok, poster: &[Medelspost], sak: MedelspostId) -> Tabell {
    let rader = sakens(poster, sak).into_iter().filter_map(|p| {
        let Innehall::Atagande(x) = &p.post.innehall else {
            return None;
        };
        let mut belopp = x.belopp.clone();
        belopp.sort_unstable();
        let ord: Vec<String> = belopp
            .iter()
            .map(|(ar, ore)| format!("{ar}: {}", Ore(*ore)))
            .collect();
        let vem = bok.anvandare.get(&p.registrerad_av).cloned();
        Some(Rad::ny(vec![
            Cell::rubrik(laget(x.lage).ord),
            Cell::Text(format!("{}\u{a0}kr", ord.join(", ")).into()),
            p.post.orsak.clone().unwrap_or_default().into(),
            Cell::Kort(kort_dag(tid::dag(p.registrerad)), false),
            Cell::Kort(vem.unwrap_or_default(), false),
        ]))
    });
    let kolumner = ["Läge", "Belopp", "Varifrån", "Registrerat", "Av"]
        .map(Kolumn::ord)
        .to_vec();
    Tabell::ny("historik-t", "Det äldsta först", kolumner, rader.collect()).klass("bredd")
}
