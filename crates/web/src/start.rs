//! Start: what needs attention.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::delar;
use crate::fynd;
use crate::siffror::{Siffror, antal, dag, klockslag};
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_app::granskning::Funnet;
use utfall_behorighet::Atgard;
use utfall_domain::granskning::Allvar;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::betalning::laget as laget_for;
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid;
use utfall_vyer::komponent::{
    Handelse, Lage, LageSlag, Lank, Nyckeltal, Text, Uppgift, UppgiftsGrupp,
};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;

mod bokforing;
mod frister;
mod hant;
mod pengar;

/// Tasks shown of each kind.
const FLEST: usize = 12;

/// GET `/start`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let funna = a.webb.tjanst.granska(&a.session.aktor).await?;
    let kvar: Vec<&Funnet> = funna.iter().filter(|f| f.kvar()).collect();
    let s = Siffror::ny(&bok);
    let idag = tid::dag(a.nu);
    let grupper: Vec<UppgiftsGrupp> = [
        fyndgrupp(&bok, &kvar, Allvar::Fel, ("fel", "Fel att rätta")),
        fyndgrupp(
            &bok,
            &kvar,
            Allvar::Varning,
            ("varningar", "Varningar att ta ställning till"),
        ),
        rapportgrupp(&bok),
        pengar::grupp(&a, &bok, idag).await?,
        betalningsgrupp(&a, &bok),
        frister::grupp(&a, &bok, idag),
        bokforing::grupp(&a, &bok, idag),
    ]
    .into_iter()
    .filter(|grupp| !grupp.uppgifter.is_empty())
    .collect();
    let mutar = [
        Atgard::RattaFaktum,
        Atgard::AccepteraFynd,
        Atgard::RegistreraFaktum,
        Atgard::AndraInsats,
    ];
    // Somebody who can put nothing right is told of the money first, and of the rest in a line.
    let bara_laser = !mutar.into_iter().any(|atgard| a.far(atgard));
    let (rubrik, ingress, grupper) = if bara_laser {
        ("Läget just nu", laget(&s, &kvar), Vec::new())
    } else {
        let annat = grupper.iter().any(|g| !FYND.contains(&g.id.as_str()));
        ("Att göra", att_gora(&kvar, annat).into(), grupper)
    };
    let (forsta, tomt) = (forsta_stegen(&a, &bok), tomt(&bok));
    let (rubrik, ingress) = match (forsta.is_empty(), tomt) {
        (true, false) => (rubrik, ingress),
        (false, tomt) => ("Välkommen", valkommen(&a, tomt).into()),
        (true, true) => (
            "Välkommen",
            "Här finns inget än. Ekonomen eller förbundschefen lägger in det första.".into(),
        ),
    };
    let veckodag = crate::ram::stor_forst(tid::veckodag(idag));
    let sida = sidor::Start {
        ram: a.ram(),
        huvud: Sidhuvud::ny(rubrik, ingress).overrad(format!("{veckodag} {}", dag(idag))),
        forsta,
        grupper,
        nyckeltal: nyckeltal(&s, bara_laser).into(),
        pengarna_forst: bara_laser,
        handelser: handelser(&a, &bok).await?.into(),
    };
    Svar::sida(&sida)
}

/// The first steps, until there is both a grant and an initiative: for those who may take
/// them.
fn forsta_stegen(a: &Inloggat, bok: &Bok) -> Vec<sidor::Forstasteg> {
    if !bok.bidrag.is_empty() && !bok.insatser.is_empty() {
        return Vec::new();
    }
    [
        (
            Atgard::SkapaBidrag,
            Lank::ny("Lägg upp ett bidrag", adress::nytt_bidrag()),
            "Vem ger pengarna, för vilka år och hur mycket.",
            !bok.bidrag.is_empty(),
        ),
        (
            Atgard::SkapaInsats,
            Lank::ny("Lägg upp en insats", adress::ny_insats()),
            "Vad pengarna ska användas till, och vem som ansvarar.",
            !bok.insatser.is_empty(),
        ),
        (
            Atgard::ImporteraUnderlag,
            Lank::ny("Läs in ett papper", adress::importera()),
            "Har du siffrorna i ett underlag kommer bidrag och insatser därifrån.",
            !bok.underlag.is_empty(),
        ),
    ]
    .into_iter()
    .filter(|(atgard, ..)| a.far(*atgard))
    .map(|(_, lank, text, klart)| sidor::Forstasteg {
        lank,
        text: text.to_owned(),
        klart,
    })
    .collect()
}

/// Nothing has been entered.
fn tomt(bok: &Bok) -> bool {
    bok.bidrag.is_empty() && bok.insatser.is_empty() && bok.underlag.is_empty()
}

fn valkommen(a: &Inloggat, tomt: bool) -> String {
    if tomt {
        return format!(
            "Här finns inget om {} än. Börja där det passar dig: med det du vet, eller med ett \
             papper.",
            a.session.huvudman.namn
        );
    }
    "Du har börjat. Här är det som är kvar innan siffrorna går ihop.".to_owned()
}

fn ingress(kvar: &[&Funnet]) -> String {
    let av = |allvar| kvar.iter().filter(|f| f.fynd.allvar == allvar).count();
    match (av(Allvar::Fel), av(Allvar::Varning)) {
        (0, 0) => "Inget väntar på dig. Allt som går att räkna efter stämmer.".to_owned(),
        (fel, varningar) => format!(
            "{} och {} väntar på en rättelse eller en förklaring.",
            antal(fel, "Inga fel", "Ett fel", "fel"),
            antal(varningar, "inga varningar", "en varning", "varningar"),
        ),
    }
}

/// The groups that the granskning fills.
const FYND: [&str; 2] = ["fel", "varningar"];

/// As [`ingress`]; that no finding waits is not that nothing does.
fn att_gora(kvar: &[&Funnet], annat: bool) -> String {
    let fynd = kvar.iter().any(|f| f.fynd.allvar != Allvar::Upplysning);
    if annat && !fynd {
        return "Allt som går att räkna efter stämmer. Det här är kvar att göra.".to_owned();
    }
    ingress(kvar)
}

fn fyndgrupp(
    bok: &Bok,
    kvar: &[&Funnet],
    allvar: Allvar,
    (id, rubrik): (&str, &str),
) -> UppgiftsGrupp {
    let alla: Vec<&&Funnet> = kvar.iter().filter(|f| f.fynd.allvar == allvar).collect();
    let mut uppgifter: Vec<Uppgift> = alla
        .iter()
        .take(FLEST)
        .map(|f| Uppgift {
            // The sentence is for the page that it leads to.
            lank: Lank::ny(fynd::titel(f.fynd.regel), fynd::href(f)).om(f.fynd.plats.clone()),
            under: fynd::i_korthet(&f.fynd),
            vad: papper(bok, &f.fynd.dokument),
            frist: String::new(),
            frist_ord: String::new(),
            brattom: false,
            lage: fynd::allvar(allvar).into(),
        })
        .collect();
    let fler = alla.len().saturating_sub(FLEST);
    if fler > 0 {
        uppgifter.push(Uppgift {
            lank: Lank::ny(
                format!("Visa {fler} till"),
                adress::granskning().fraga("slag", allvar.kod()),
            )
            .om(rubrik),
            under: "Hela listan finns i granskningen.".to_owned(),
            vad: String::new(),
            frist: String::new(),
            frist_ord: String::new(),
            brattom: false,
            lage: fynd::allvar(allvar).into(),
        });
    }
    UppgiftsGrupp {
        id: id.to_owned(),
        rubrik: rubrik.to_owned(),
        uppgifter,
    }
}

fn papper(bok: &Bok, dokument: &str) -> String {
    bok.underlag
        .iter()
        .find(|u| u.dokument == dokument)
        .map_or_else(|| "Registrerat för hand".to_owned(), |u| u.titel.clone())
}

fn rapportgrupp(bok: &Bok) -> UppgiftsGrupp {
    let uppgifter = bok
        .rapporter
        .iter()
        .filter(|r| matches!(r.lage, Rapportlage::Utkast { .. }))
        .map(|r| Uppgift {
            lank: Lank::ny(r.titel.clone(), adress::rapport(&r.slug)),
            under: "Utkastet är inte utfärdat.".to_owned(),
            vad: match r.bidrag.and_then(|id| bok.bidrag(id)) {
                Some(b) => b.namn.clone(),
                None => r.slag.text().to_owned(),
            },
            frist: String::new(),
            frist_ord: String::new(),
            brattom: false,
            lage: Lage::ny("Pågår", LageSlag::Pagar),
        })
        .collect();
    UppgiftsGrupp {
        id: "rapporter".to_owned(),
        rubrik: "Rapporter att skriva klart".to_owned(),
        uppgifter,
    }
}

/// The accounts that nobody but the one who changed them has seen.
fn betalningsgrupp(a: &Inloggat, bok: &Bok) -> UppgiftsGrupp {
    let jag = a.session.aktor.anvandare();
    let far = a.far(Atgard::BekraftaBetalning);
    let obekraftade = bok.organisationer.iter().filter(|_| far).filter_map(|o| {
        let l = laget_for(&bok.medelsposter, o.id).filter(|l| l.obekraftad())?;
        Some((o, Some(l.andrad_av) == jag))
    });
    let uppgifter = obekraftade.map(|(o, mitt)| Uppgift {
        lank: Lank::ny("Bekräfta kontot", adress::betalning(&o.slug)).om(o.namn_nu()),
        under: match mitt {
            true => "Du skrev in det. Be någon annan att kontrollera det.".to_owned(),
            false => "Det är nytt, och bara en person har sett det.".to_owned(),
        },
        vad: o.namn_nu().to_owned(),
        frist: String::new(),
        frist_ord: String::new(),
        brattom: false,
        lage: Lage::ny("Inte bekräftad", LageSlag::Fel),
    });
    UppgiftsGrupp {
        id: "betalningar".to_owned(),
        rubrik: "Konton att bekräfta".to_owned(),
        uppgifter: uppgifter.collect(),
    }
}

/// What became of the money, and what others are working on.
fn laget(s: &Siffror<'_>, kvar: &[&Funnet]) -> Text {
    let alla = Urval::default();
    let mut text = Text::default();
    if s.kant(Matt::Tillgangligt, &alla).is_some() {
        text = text
            .tal(s.med_enhet(Matt::Tillgangligt, &alla))
            .ord(" finns att röra sig med. ");
    }
    if s.kant(Matt::Anvant, &alla).is_some() {
        text = text
            .tal(s.med_enhet(Matt::Anvant, &alla))
            .ord(" är använda. ");
    }
    if kvar.iter().any(|f| fynd::vantar(f)) {
        let granskning = Lank::ny("granskningen", adress::granskning());
        text = text
            .ord(ingress(kvar))
            .ord(" Se ")
            .lank(granskning)
            .ord(".");
    }
    text
}

fn nyckeltal(s: &Siffror<'_>, bara_laser: bool) -> Vec<Nyckeltal> {
    let urval = Urval::default();
    let val: &[(Matt, &str)] = if bara_laser {
        &[
            (Matt::Tillgangligt, "alla bidrag och år"),
            (Matt::Fordelat, "till insatser"),
            (Matt::Anvant, "alla bidrag och år"),
            (Matt::Kvar, "alla bidrag och år"),
            (Matt::KvarAttAterbetala, "enligt beslut"),
        ]
    } else {
        &[
            (Matt::KvarAttFordela, "alla bidrag och år"),
            (Matt::Anvant, "alla bidrag och år"),
            (Matt::KvarAttAterbetala, "enligt beslut"),
        ]
    };
    val.iter()
        .filter(|(matt, _)| s.finns(*matt, &urval))
        .map(|(matt, villkor)| {
            let tal = s.med_enhet(*matt, &urval);
            let saknas = tal.kand_del.as_ref().and_then(|_| saknas(s, *matt));
            let villkor = saknas.unwrap_or_else(|| (*villkor).to_owned());
            Nyckeltal::ny(matt.text(), tal, villkor)
        })
        .collect()
}

/// Of what is used, where a part of it is missing: for how many years of grants.
fn saknas(s: &Siffror<'_>, matt: Matt) -> Option<String> {
    let aren = s
        .bok
        .bidrag
        .iter()
        .flat_map(|b| delar::bidragsar(b).into_iter().map(move |ar| (b, ar)))
        .map(|(b, ar)| delar::bidragsurval(b, ar))
        .filter(|u| matt == Matt::Anvant && s.finns(Matt::Tillgangligt, u));
    let saknas = aren.filter(|u| s.kant(matt, u).is_none()).count();
    let ar = antal(saknas, "", "ett bidragsår", "bidragsår");
    (saknas > 0).then(|| format!("{ar} saknas"))
}

/// What happened last: the journal for those who may read it, else what the books tell of.
async fn handelser(a: &Inloggat, bok: &Bok) -> Result<Vec<Handelse>, crate::svar::Fel> {
    if a.far(Atgard::LasaJournal) {
        let sida = a.webb.tjanst.journalsida(&a.session.aktor, None, 6).await?;
        return Ok(sida
            .poster
            .iter()
            .enumerate()
            .map(|(nr, egen)| (nr, &egen.post))
            .map(|(nr, post)| Handelse {
                nar: klockslag(post.tid),
                datum: tid::dag(post.tid).to_string(),
                text: post.handelse.text.as_str().into(),
                nu: nr == 0,
            })
            .collect());
    }
    Ok(hant::av(bok))
}
