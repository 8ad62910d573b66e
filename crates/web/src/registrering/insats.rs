//! A new initiative.

use super::{Blankett, ar, falt, organisationer, val};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::insatser::MAL_HJALP;
use crate::svar::Svar;
use utfall_app::insatser::SkapaInsats;
use utfall_app::{Bok, Brister};
use utfall_domain::id::BidragId;
use utfall_domain::problem::Problem;
use utfall_vyer::formular::FaltSlag;
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// GET `/registrera/insats`.
pub async fn ny_insats(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&sida(&a, &bok, &[]))
}

fn sida(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Registrering {
    let bidragen = bok.bidrag.iter().map(|b| (b.slug.clone(), b.namn.clone()));
    let mut bidrag = falt(
        a,
        "bidrag",
        "Vilket bidrag betalar?",
        val("Inget bidrag, eller okänt", bidragen),
    )
    .frivilligt();
    if a.formular.som_sant("bidrag").is_none() {
        a.fraga.text("bidrag").clone_into(&mut bidrag.varde);
    }
    let om = vec![
        falt(a, "namn", "Insatsens namn", FaltSlag::Text),
        bidrag,
        falt(a, "ansvarig", "Vem ansvarar?", organisationer(bok))
            .hjalp("En nämnd eller en verksamhet, aldrig en person. En ny läggs till i registret.")
            .frivilligt(),
    ];
    let nar = vec![
        falt(a, "start", "Första året", FaltSlag::Tal).frivilligt(),
        falt(a, "slut", "Sista året", FaltSlag::Tal).frivilligt(),
    ];
    let text = vec![
        falt(a, "beskrivning", "Beskrivning", FaltSlag::Lang(3))
            .hjalp("Vad insatsen gör och för vem, i en eller två meningar.")
            .frivilligt(),
        falt(a, "malgrupp", "Målgrupp", FaltSlag::Lang(2))
            .hjalp("Vilka den är till för.")
            .frivilligt(),
        falt(a, "mal", "Mål", FaltSlag::Lang(3))
            .hjalp(MAL_HJALP)
            .frivilligt(),
    ];
    Blankett {
        rubrik: "Lägg upp en insats".to_owned(),
        ingress: "En insats är det som pengarna används till: ett projekt eller en verksamhet.",
        under: vec![Lank::ny("Insatser", adress::insatser())],
        mal: adress::ny_insats(),
        knapp: "Spara insatsen",
        foljd: "Insatsen syns genast under Insatser. Pengarna fördelas från bidragets sida.",
        inte_sparat: "Insatsen sparades inte",
        avbryt: adress::insatser(),
    }
    .sida(
        a,
        vec![
            Faltdel::ny("", om),
            Faltdel::rad("När", nar),
            Faltdel::ny("Vad", text),
        ],
        fel,
    )
}

/// The grant chosen; an unknown one is refused, never taken for none.
fn valt(bok: &Bok, slug: &str) -> Result<Option<BidragId>, Problem> {
    if slug.is_empty() {
        return Ok(None);
    }
    let funnet = bok.bidrag.iter().find(|b| b.slug == slug).map(|b| b.id);
    funnet.map(Some).ok_or_else(|| {
        Problem::ogiltigt(
            "insats-bidrag",
            "Bidraget finns inte i listan.",
            "Välj ett av dem som står i listan.",
        )
        .i_falt("bidrag")
    })
}

/// POST `/registrera/insats`.
pub async fn spara_insats(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let mut olasligt = Brister::default();
    let bidrag = olasligt.prova(valt(&bok, a.formular.text("bidrag")));
    let start_ar = olasligt.prova(ar(&a, "start"));
    let slut_ar = olasligt.prova(ar(&a, "slut"));
    let fall = SkapaInsats {
        namn: a.formular.lang("namn"),
        bidrag: bidrag.flatten(),
        ansvarig: a.formular.lang("ansvarig"),
        start_ar: start_ar.flatten(),
        slut_ar: slut_ar.flatten(),
        beskrivning: a.formular.lang("beskrivning"),
        malgrupp: a.formular.lang("malgrupp"),
        mal: a.formular.lang("mal"),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(slug) => Ok(Svar::vidare(
            adress::insats(&slug).fraga("sparat", "upplagt"),
        )),
        Err(fel) => Svar::formularfel(&sida(&a, &bok, &fel)),
    }
}
