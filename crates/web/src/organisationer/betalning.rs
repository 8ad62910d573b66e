//! How an organisation is paid: what holds, who has seen to it, and what it has been.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::siffror::klockslag;
use crate::svar::Svar;
use utfall_app::medel::{AndraBetalning, BekraftaBetalning};
use utfall_app::{Anvandningsfall, Bok, Brister};
use utfall_behorighet::Atgard;
use utfall_domain::id::AnvandareId;
use utfall_domain::medel::betalning::{
    Betalningslage, bankgiro_i_ord, laget, plusgiro_i_ord, rader,
};
use utfall_domain::medel::post::Medelspost;
use utfall_domain::organisation::Organisation;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lage, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// Which of the two forms was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vad {
    Andra,
    Bekrafta,
}

/// GET `/organisationer/{organisation}/betalning`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&sidan(&a, &bok, None)?)
}

/// POST `/organisationer/{organisation}/betalning`.
pub async fn andra(a: Inloggat) -> Resultat {
    let f = &a.formular;
    let fall = AndraBetalning {
        slug: a.stig.text("organisation").to_owned(),
        sedd: f.tal("version").unwrap_or(0),
        bankgiro: f.lang("bankgiro"),
        plusgiro: f.lang("plusgiro"),
        referens: f.lang("referens"),
        orsak: f.lang("orsak"),
    };
    gor(&a, Vad::Andra, fall).await
}

/// POST `/organisationer/{organisation}/betalning/bekrafta`.
pub async fn bekrafta(a: Inloggat) -> Resultat {
    let fall = BekraftaBetalning {
        slug: a.stig.text("organisation").to_owned(),
        sedd: a.formular.tal("version").unwrap_or(0),
        hur: a.formular.lang("hur"),
    };
    gor(&a, Vad::Bekrafta, fall).await
}

async fn gor<F: Anvandningsfall>(a: &Inloggat, vad: Vad, fall: F) -> Resultat {
    match a.utfor(fall, Brister::default()).await? {
        Ok(_) => Ok(Svar::vidare(adress::betalning(a.stig.text("organisation")))),
        Err(fel) => {
            let bok = a.bok().await?;
            Svar::formularfel(&sidan(a, &bok, Some((vad, &fel)))?)
        }
    }
}

/// Whether somebody else has seen to it, as a state.
pub fn lage(l: &Betalningslage<'_>) -> Lage {
    match (l.obekraftad(), l.bekraftad_av) {
        (true, _) => Lage::ny("Inte bekräftad", LageSlag::Fel),
        (false, Some(_)) => Lage::ny("Bekräftad", LageSlag::Lugn),
        (false, None) => Lage::ny("Utan konto", LageSlag::Upplysning),
    }
}

/// A warning for whoever is about to pay; `None` when two have seen to it.
pub fn varning(bok: &Bok, o: &Organisation, l: &Betalningslage<'_>) -> Option<Besked> {
    if !l.obekraftad() {
        return None;
    }
    let namn = |id: AnvandareId| bok.anvandare.get(&id).cloned().unwrap_or_default();
    let fore = l.fore.map(|f| format!(" Förut: {}.", f.i_ord()));
    Some(Besked::ny(
        Allvar::Fel,
        format!("kontot för {} är inte bekräftat", o.namn_nu()),
        Text::from(format!(
            "{} skrev in det {}.{} Betala inte förrän någon annan har bekräftat det. Ring \
             mottagaren på ett nummer som ni redan hade, inte på det i brevet eller mejlet. ",
            namn(l.andrad_av),
            klockslag(l.andrad),
            fore.unwrap_or_default()
        ))
        .lank(Lank::ny("Betalningsuppgiften", adress::betalning(&o.slug)).om(o.namn_nu()))
        .ord("."),
    ))
}

fn sidan(a: &Inloggat, bok: &Bok, fel: Option<(Vad, &[Problem])>) -> Result<Tabellsida, Problem> {
    let slug = a.stig.text("organisation");
    let o = bok.organisationer.iter().find(|o| o.slug == slug);
    let o = o.ok_or_else(Problem::finns_inte)?;
    let poster = bok.poster();
    let l = laget(&poster, o.id);
    let nu = bok.per_dag().is_none();
    let mut formular = Vec::new();
    let felen = |vad: Vad| fel.filter(|(v, _)| *v == vad).map_or(&[][..], |(_, f)| f);
    let jag = a.session.aktor.anvandare();
    if let Some(l) = l.as_ref().filter(|l| l.obekraftad())
        && nu
        && a.far(Atgard::BekraftaBetalning)
        && (Some(l.andrad_av) != jag || !felen(Vad::Bekrafta).is_empty())
    {
        formular.push(bekraftelse(a, o, l, felen(Vad::Bekrafta)));
    }
    if nu && a.far(Atgard::AndraBetalning) {
        formular.push(andring(a, o, l.as_ref(), felen(Vad::Andra)));
    }
    let mut ram = a.ram();
    let falten = formular.iter().flat_map(|d| &d.falt);
    ram.fel =
        fel.and_then(|(_, fel)| sammanfattning("Betalningsuppgiften sparades inte", falten, fel));
    let ingress = match &l {
        None => "Ingen har skrivit in hur organisationen får betalt.".to_owned(),
        Some(l) if l.obekraftad() && Some(l.andrad_av) == jag => {
            "Du skrev in kontot. Be någon annan att kontrollera och bekräfta det.".to_owned()
        }
        Some(l) if l.obekraftad() => "Kontot väntar på att någon bekräftar det.".to_owned(),
        Some(_) => "Två personer har sett till kontot.".to_owned(),
    };
    Ok(Tabellsida {
        ram,
        huvud: Sidhuvud::ny(format!("Betalning till {}", o.namn_nu()), ingress).under(vec![
            Lank::ny("Organisationer", adress::organisationer()),
            Lank::ny(o.namn_nu(), adress::organisation(&o.slug)),
        ]),
        besked: l.iter().filter_map(|l| varning(bok, o, l)).collect(),
        fakta: l.as_ref().map_or_else(Vec::new, |l| fakta(bok, l)),
        delar: vec![Tabelldel {
            id: "historik".into(),
            rubrik: "Vad som har gällt".into(),
            text: Text::default(),
            tabell: historik(bok, &rader(&poster, o.id)),
        }],
        formular,
        ..Tabellsida::default()
    })
}

fn fakta(bok: &Bok, l: &Betalningslage<'_>) -> Vec<Fakta> {
    let namn = |id: AnvandareId| bok.anvandare.get(&id).cloned().unwrap_or_default();
    let u = l.uppgift;
    let mut ut = Vec::new();
    if let Some(nr) = &u.bankgiro {
        ut.push(Fakta::ny("Bankgiro", bankgiro_i_ord(nr)));
    }
    if let Some(nr) = &u.plusgiro {
        ut.push(Fakta::ny("Plusgiro", plusgiro_i_ord(nr)));
    }
    if let Some(r) = &u.referens {
        ut.push(Fakta::ny("Referens eller kostnadskod", r.as_str()));
    }
    ut.push(Fakta::ny("Läge", lage(l).ord));
    ut.push(Fakta::ny("Kontot skrevs in av", namn(l.andrad_av)));
    if let Some(vem) = l.bekraftad_av {
        ut.push(Fakta::ny("Bekräftat av", namn(vem)));
    }
    ut
}

fn historik(
    bok: &Bok,
    alla: &[(
        &Medelspost,
        &utfall_domain::medel::betalning::Betalningsuppgift,
    )],
) -> Tabell {
    let rader = alla.iter().map(|(p, u)| {
        let vem = bok.anvandare.get(&p.registrerad_av).cloned();
        Rad::ny(vec![
            Cell::rubrik(match u.bekraftar {
                true => "Bekräftad",
                false => "Ändrad",
            }),
            u.i_ord().into(),
            p.post.orsak.clone().unwrap_or_default().into(),
            Cell::Kort(klockslag(p.registrerad), false),
            Cell::Kort(vem.unwrap_or_default(), false),
        ])
    });
    let kolumner = ["Vad", "Uppgift", "Varför eller hur", "När", "Av"]
        .map(Kolumn::ord)
        .to_vec();
    Tabell::ny("historik-t", "Det äldsta först", kolumner, rader.collect())
        .klass("bredd")
        .tomt("Inget är inskrivet.")
}

fn bekraftelse(
    a: &Inloggat,
    o: &Organisation,
    l: &Betalningslage<'_>,
    fel: &[Problem],
) -> Formulardel {
    let hur = Falt::ny("hur", "Hur kontrollerade du?", FaltSlag::Text)
        .hjalp("Till exempel: ringde växeln på numret i vårt eget register.")
        .varde(a.formular.som_sant("hur").unwrap_or(""));
    let till = a
        .ett_formular(adress::bekrafta_betalning(&o.slug))
        .med_version(l.rad.post.nr);
    Formulardel::ny(till, vec![med_fel(hur, fel)], "Bekräfta kontot").under(
        "bekrafta",
        "Bekräfta kontot",
        format!(
            "Du intygar att {} är rätt, och att du har hört det av mottagaren själv.",
            l.uppgift.i_ord()
        ),
    )
}

fn andring(
    a: &Inloggat,
    o: &Organisation,
    l: Option<&Betalningslage<'_>>,
    fel: &[Problem],
) -> Formulardel {
    let skickat = !fel.is_empty();
    let ifyllt = |namn: &str, nu: Option<String>| match a.formular.som_sant(namn) {
        Some(text) if skickat => text.to_owned(),
        _ => nu.unwrap_or_default(),
    };
    let u = l.map(|l| l.uppgift);
    let bankgiro = u.and_then(|u| u.bankgiro.as_deref()).map(bankgiro_i_ord);
    let plusgiro = u.and_then(|u| u.plusgiro.as_deref()).map(plusgiro_i_ord);
    let referens = u.and_then(|u| u.referens.clone());
    let falt = [
        Falt::ny("bankgiro", "Bankgiro", FaltSlag::Text)
            .hjalp("Kontrollsiffran prövas.")
            .varde(ifyllt("bankgiro", bankgiro))
            .frivilligt(),
        Falt::ny("plusgiro", "Plusgiro", FaltSlag::Text)
            .varde(ifyllt("plusgiro", plusgiro))
            .frivilligt(),
        Falt::ny("referens", "Referens eller kostnadskod", FaltSlag::Text)
            .hjalp("Det som betalningen ska märkas med.")
            .varde(ifyllt("referens", referens))
            .frivilligt(),
        Falt::ny(
            "orsak",
            "Varför ändras det, och varifrån vet du det?",
            FaltSlag::Text,
        )
        .varde(ifyllt("orsak", None)),
    ];
    let falt = falt.map(|f| med_fel(f, fel)).to_vec();
    let sedd = match a.formular.tal("version") {
        Some(version) if skickat => version,
        _ => l.map_or(0, |l| l.rad.post.nr),
    };
    let till = a.ett_formular(adress::betalning(&o.slug)).med_version(sedd);
    let (knapp, rubrik) = match l {
        None => ("Spara", "Skriv in hur organisationen får betalt"),
        Some(_) => ("Spara ändringen", "Ändra betalningsuppgiften"),
    };
    let del = Formulardel::ny(till, falt, knapp).under(
        "andra",
        rubrik,
        "Ett nytt konto märks som obekräftat tills någon annan har kontrollerat det.",
    );
    if l.is_some() { del.andra() } else { del }
}
