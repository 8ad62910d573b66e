//! What is sent from the page of fees: what a member gives, and staff that is shared.

use super::{Valt, sidan};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::eget_kapital::{organisationsval, vald_organisation};
use crate::felen::med_fel;
use crate::parametrar::{hundradelsprocent, valt_ar};
use crate::registrering::tal;
use crate::svar::Svar;
use crate::uppfoljning::falt;
use utfall_app::fakta::RegistreraFaktum;
use utfall_app::uppfoljning::Personalkop;
use utfall_app::{Anvandningsfall, Bok, Brister};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::OrganisationId;
use utfall_domain::pengar::{Belopp, Ore, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_domain::varde::Varde;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::Formulardel;

/// What a member gives.
pub(super) fn medlemsformular(
    a: &Inloggat,
    bok: &Bok,
    valt: &Valt,
    fel: &[Problem],
) -> Formulardel {
    let skickat = a.formular.text("vad") == "medlem";
    let ifyllt = |namn: &str, etikett: &str, slag: FaltSlag| {
        let varde = a.formular.som_sant(namn).filter(|_| skickat).unwrap_or("");
        let f = Falt::ny(namn, etikett, slag).varde(varde);
        med_fel(f.med_id(format!("medlem-{namn}")), fel)
    };
    let falten = vec![
        ifyllt("organisation", "Medlem", organisationsval(bok)),
        ifyllt("belopp", "Belopp, kronor", FaltSlag::Tal),
        ifyllt("orsak", "Varifrån kommer uppgiften?", FaltSlag::Text),
    ];
    let formular = a
        .ett_formular(adress::avgifter())
        .med_dolt("vad", "medlem")
        .med_dolt("for-ar", valt.ar.to_string());
    Formulardel::ny(formular, falten, "Spara")
        .under(
            "ny-medlem",
            format!("Registrera vad en medlem ger {}", valt.ar),
            "Sidan jämför det med vad som har gått till medlemmens insatser.",
        )
        .andra()
}

/// What a member gives, as it was typed.
fn medlemsbidrag(a: &Inloggat, bok: &Bok, ar: i16) -> (RegistreraFaktum, Brister) {
    let mut olasligt = Brister::default();
    let organisation = olasligt.prova(vald_organisation(a, bok, "organisation"));
    let varde = olasligt.prova(tal::pengar(a.formular.text("belopp"), "kr", "belopp"));
    let (varde, precision) = varde.unwrap_or((Varde::Okant, Precision::EXAKT));
    let galler = Galler {
        organisation,
        ar: Some(ar),
        ..Galler::default()
    };
    let fall = RegistreraFaktum {
        faktum: NyttFaktum {
            precision,
            orsak: Some(a.formular.lang("orsak")),
            ..NyttFaktum::nytt(FaktumSlag::Medlemsbidrag, galler, varde)
        },
        tillkommer: !olasligt.inga(),
    };
    (fall, olasligt)
}

/// Staff of another association.
pub(super) fn personalformular(
    a: &Inloggat,
    bok: &Bok,
    valt: &Valt,
    fel: &[Problem],
) -> Formulardel {
    let manader = || {
        let alla = (1..=12_i8).map(|m| (m.to_string(), tid::manad(m).to_owned()));
        FaltSlag::Val(alla.collect())
    };
    let kop = [("kopt", "Vi köper"), ("sald", "Vi säljer")];
    let kop = kop.map(|(v, o)| (v.to_owned(), o.to_owned())).to_vec();
    let mut till = falt(a, "till", "Sista månaden", manader());
    if a.formular.som_sant("till").is_none() {
        till = till.varde("12");
    }
    let falten = vec![
        falt(a, "motpart", "Annat förbund", organisationsval(bok)),
        falt(a, "kop", "Köper eller säljer ni?", FaltSlag::Val(kop)),
        falt(a, "uppgift", "Vad personen gör", FaltSlag::Text)
            .hjalp("Till exempel ekonomi. Skriv aldrig vem det är."),
        falt(a, "andel", "Del av heltid, procent", FaltSlag::Tal),
        falt(
            a,
            "kostnad",
            "Vad heltid kostar i månaden, kronor",
            FaltSlag::Tal,
        )
        .hjalp("Självkostnaden: lön, PO och omkostnader."),
        falt(a, "fran", "Första månaden", manader()),
        till,
        falt(a, "orsak", "Varifrån kommer uppgiften?", FaltSlag::Text),
    ];
    let falten = falten.into_iter().map(|f| med_fel(f, fel)).collect();
    let formular = a
        .ett_formular(adress::avgifter())
        .med_dolt("vad", "personal")
        .med_dolt("for-ar", valt.ar.to_string());
    Formulardel::ny(formular, falten, "Spara")
        .under(
            "ny-personal",
            format!("Registrera köpt eller såld personal {}", valt.ar),
            "Byter andelen under året registrerar du varje del för sig.",
        )
        .andra()
}

/// POST `/avgifter`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let ar = valt_ar(&a);
    if a.formular.text("vad") == "medlem" {
        let (fall, olasligt) = medlemsbidrag(&a, &bok, ar);
        return gor(&a, &bok, ar, (fall, olasligt)).await;
    }
    let mut olasligt = Brister::default();
    let f = &a.formular;
    let motpart = olasligt.prova(vald_organisation(&a, &bok, "motpart"));
    let kostnad = olasligt.prova(tal::pengar(f.text("kostnad"), "kr", "kostnad"));
    let andel = hundradelsprocent(f.text("andel")).ok_or_else(|| {
        Problem::ogiltigt(
            "personalkop-tal",
            format!("”{}” är ingen del av heltid.", f.text("andel")),
            "Skriv procent, till exempel 20.",
        )
        .i_falt("andel")
    });
    let andel = olasligt.prova(andel).unwrap_or(1);
    let manad = |namn: &str| f.tal(namn).and_then(|m| i8::try_from(m).ok()).unwrap_or(0);
    // Any organisation may stand for one that is not chosen: nothing is saved then.
    let fall = Personalkop {
        motpart: motpart.unwrap_or(OrganisationId::FORSTA),
        sald: f.text("kop") == "sald",
        uppgift: f.lang("uppgift"),
        andel,
        sjalvkostnad: Belopp::exakt(Ore(kostnad.and_then(|(v, _)| v.kant()).unwrap_or(1))),
        ar,
        fran: manad("fran"),
        till: manad("till"),
        kalla: f.lang("orsak"),
    };
    gor(&a, &bok, ar, (fall, olasligt)).await
}

async fn gor<F: Anvandningsfall>(
    a: &Inloggat,
    bok: &Bok,
    ar: i16,
    (fall, olasligt): (F, Brister),
) -> Resultat {
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(
            adress::avgifter()
                .fraga("ar", &ar.to_string())
                .fraga("sparat", "ja"),
        )),
        Err(fel) => Svar::formularfel(&sidan(a, bok, &fel)),
    }
}
