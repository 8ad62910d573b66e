//! The forms of a year's end: repayment, payment, consent, closing and opening again.

use crate::adress;
use crate::anrop::Inloggat;
use crate::felen::med_fel;
use crate::medelsfalt::{self, efter_avslut_vid_fel};
use crate::registrering::{falt, orsaksfalt};
use utfall_app::Bok;
use utfall_app::medel::poster;
use utfall_behorighet::Atgard;
use utfall_domain::id::BidragId;
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::aterbetalning::Aterbetalning;
use utfall_domain::medel::avrakning::hela_kronor;
use utfall_domain::medel::villkor::gallande;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Text;
use utfall_vyer::sidor::Formulardel;

/// What was sent, in the form it was sent from.
fn eget<'a>(a: &Inloggat, slut: &str, fel: &'a [Problem]) -> (bool, &'a [Problem]) {
    if a.rutt.monster.ends_with(slut) {
        (true, fel)
    } else {
        (false, &[])
    }
}

pub(super) fn formularen(
    a: &Inloggat,
    bok: &Bok,
    (b, ar): (&Bidrag, i16),
    (ater, fel): (Option<&Aterbetalning>, &[Problem]),
) -> Vec<Formulardel> {
    let aret = ar.to_string();
    let mut ut = vec![aterbetalningsformular(a, bok, (b, ar), (ater, fel))];
    if let Some(r) = ater.filter(|r| r.kvar() > 0) {
        let (skickat, fel) = eget(a, "/betala", fel);
        let varde = |namn: &str, annars: String| match a.formular.som_sant(namn) {
            Some(text) if skickat => text.to_owned(),
            _ => annars,
        };
        let falten = vec![
            Falt::ny("belopp", "Betalt, kronor", FaltSlag::Tal)
                .med_id("betala-belopp")
                .varde(varde("belopp", Ore(r.kvar()).to_string())),
            Falt::ny("dag", "Dag", FaltSlag::Datum)
                .med_id("betala-dag")
                .varde(varde("dag", tid::dag(a.nu).to_string())),
        ];
        let till = a.ett_formular(adress::betala_aterbetalning(&b.slug, &aret));
        ut.push(
            Formulardel::ny(
                till.med_version(r.version),
                med_felen(falten, fel),
                "Spara betalningen",
            )
            .under(
                "betala",
                "Registrera en betalning",
                "Mer än det som är kvar går inte.",
            )
            .andra(),
        );
    }
    ut.push(medgivandeformular(a, b, (&aret, fel)));
    ut
}

fn medgivandeformular(a: &Inloggat, b: &Bidrag, (aret, fel): (&str, &[Problem])) -> Formulardel {
    let (skickat, fel) = eget(a, "/medgivande", fel);
    let rensa = |f: Falt, id: &str| {
        let f = f.med_id(format!("medgivande-{id}"));
        if skickat { f } else { f.varde("") }
    };
    let falten = vec![
        falt(a, "av", "Vem hos finansiären?", FaltSlag::Text)
            .hjalp("En enhet eller roll. Skriv inga namn på personer."),
        falt(a, "datum", "Medgivandets dag", FaltSlag::Datum),
        falt(a, "till-ar", "Till vilket år?", FaltSlag::Tal),
        falt(a, "grans", "Högst hur mycket", FaltSlag::Text)
            .hjalp("Till exempel 10 % eller 500 000 kr.")
            .frivilligt(),
        falt(a, "villkor", "På vilka villkor", FaltSlag::Text).frivilligt(),
        rensa(orsaksfalt(a), "orsak"),
    ];
    Formulardel::ny(
        a.ett_formular(adress::medgivande(&b.slug, aret)),
        med_felen(falten, fel),
        "Spara medgivandet",
    )
    .under(
        "medgivande",
        "Registrera finansiärens medgivande",
        "Att pengar som blev över får användas ett senare år.",
    )
    .andra()
}

fn aterbetalningsformular(
    a: &Inloggat,
    bok: &Bok,
    (b, ar): (&Bidrag, i16),
    (ater, fel): (Option<&Aterbetalning>, &[Problem]),
) -> Formulardel {
    let (skickat, fel) = eget(a, "/aterbetalning", fel);
    let v = gallande(&bok.medelsposter, b, Some(ar));
    let beraknat = poster(bok, b.id, ar).map(|p| hela_kronor(p.att_aterbetala()));
    let belopp = ater.map(|r| Ore(r.belopp)).or(beraknat);
    let forfaller = ater.map(|r| r.forfaller).or(v.aterbetalas);
    let konto = ater.and_then(|r| r.konto.clone());
    let varde = |namn: &str, annars: String| match a.formular.som_sant(namn) {
        Some(text) if skickat => text.to_owned(),
        _ => annars,
    };
    let mut falten = vec![
        Falt::ny("belopp", "Att betala tillbaka, kronor", FaltSlag::Tal)
            .hjalp("Systemets räkning i hela kronor är ifylld.")
            .varde(varde(
                "belopp",
                belopp.map(|b| b.to_string()).unwrap_or_default(),
            )),
        Falt::ny("forfaller", "Betalas senast", FaltSlag::Datum).varde(varde(
            "forfaller",
            forfaller.map(|d| d.to_string()).unwrap_or_default(),
        )),
        Falt::ny("konto", "Bokförs på konto", FaltSlag::Text)
            .varde(varde("konto", konto.unwrap_or_default()))
            .frivilligt(),
        Falt::ny(
            "orsak",
            "Varför skiljer det sig från räkningen?",
            FaltSlag::Text,
        )
        .varde(varde("orsak", String::new()))
        .frivilligt(),
    ];
    falten.extend(beslutsfalt(a, bok, b.id, ("aterbetalning", skickat)));
    if skickat {
        falten.extend(efter_avslut_vid_fel(a, fel));
    }
    let till = a.ett_formular(adress::aterbetalning(&b.slug, &ar.to_string()));
    let version = ater.map_or(0, |r| r.version);
    Formulardel::ny(
        till.med_version(version),
        med_felen(falten, fel),
        "Besluta återbetalningen",
    )
    .under("aterbetala", "Besluta om återbetalning", Text::default())
}

/// The fields of a decision, with ids of their own: the page has two such forms.
fn beslutsfalt(
    a: &Inloggat,
    bok: &Bok,
    bidrag: BidragId,
    (form, skickat): (&str, bool),
) -> Vec<Falt> {
    medelsfalt::beslut(a, bok, Some(bidrag), None)
        .into_iter()
        .map(|f| {
            let id = format!("{form}-{}", f.namn);
            let f = f.med_id(id);
            if skickat { f } else { f.varde("") }
        })
        .collect()
}

pub(super) fn avslutsformular(
    a: &Inloggat,
    bok: &Bok,
    (b, ar): (&Bidrag, i16),
    (stangt, fardigt, fel): (bool, bool, &[Problem]),
) -> Option<Formulardel> {
    let aret = ar.to_string();
    if stangt {
        let (skickat, fel) = eget(a, "/oppna", fel);
        let orsak = Falt::ny("orsak", "Varför öppnas året?", FaltSlag::Text).med_id("oppna-orsak");
        let orsak = if skickat {
            orsak.varde(a.formular.text("orsak"))
        } else {
            orsak
        };
        return a.far(Atgard::OppnaAr).then(|| {
            Formulardel::ny(
                a.ett_formular(adress::oppna_ar(&b.slug, &aret)),
                med_felen(vec![orsak], fel),
                "Öppna året igen",
            )
            .under(
                "oppna",
                "Öppna året igen",
                "Det syns för alla att året har öppnats, och varför.",
            )
            .andra()
        });
    }
    let (skickat, fel) = eget(a, "/avsluta", fel);
    a.far(Atgard::AvslutaAr).then(|| {
        let mut falten = beslutsfalt(a, bok, b.id, ("avslut", skickat));
        falten.extend(beslutet_galler(a, (skickat, fel)));
        if !fardigt {
            let etikett = "Varför bokförs inget mer på året?";
            let falt = Falt::ny("fardigbokfort", etikett, FaltSlag::Text)
                .hjalp(
                    "Bara om bokföringen är klar fast den slutar före december. Till exempel: \
                     Verksamheten slutade i juni.",
                )
                .frivilligt();
            let skrivet = if skickat {
                a.formular.text("fardigbokfort")
            } else {
                ""
            };
            falten.push(falt.varde(skrivet));
        }
        Formulardel::ny(
            a.ett_formular(adress::avsluta_ar(&b.slug, &aret)),
            med_felen(falten, fel),
            "Avsluta året",
        )
        .under(
            "avsluta",
            "Avsluta året",
            "När listan är klar. Sedan går årets siffror bara att ändra som rättelser.",
        )
    })
}

/// The box, when the decision was questioned or the box is ticked.
fn beslutet_galler(a: &Inloggat, (skickat, fel): (bool, &[Problem])) -> Option<Falt> {
    let namn = "beslutet-galler";
    let fragat = fel.iter().any(|p| p.falt.as_deref() == Some(namn));
    let kryssat = skickat && a.formular.text(namn) == "ja";
    (fragat || kryssat).then(|| {
        Falt::ny(namn, "Beslutet gäller ändå avslutet", FaltSlag::Kryss)
            .hjalp("Det syns på årets sida.")
            .varde(if kryssat { "ja" } else { "" })
            .frivilligt()
    })
}

fn med_felen(falten: Vec<Falt>, fel: &[Problem]) -> Vec<Falt> {
    falten.into_iter().map(|f| med_fel(f, fel)).collect()
}
