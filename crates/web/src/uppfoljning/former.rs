//! What is sent from the pages of follow-up.

use super::{Valt, insats, sidan};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::las;
use crate::parametrar::hundradelsprocent;
use crate::registrering::tal;
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::fakta::{RegistreraFaktum, om_insats};
use utfall_app::uppfoljning::{
    FaststallPrognos, KommenteraAvvikelse, Tjanstekostnad, ValjPrognosmetod,
};
use utfall_app::{Anvandningsfall, Bok, Brister};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::BeslutId;
use utfall_domain::insatser::Insats;
use utfall_domain::medel::prognos::{Avvikelseorsak, Prognosmetod};
use utfall_domain::pengar::{Belopp, Enhet, Ore, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;

/// POST `/uppfoljning/faststall`.
pub async fn faststall(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let valt = Valt::av(&a, &bok);
    let fall = FaststallPrognos {
        ar: valt.ar,
        manad: valt.manad,
        anmarkning: a.formular.lang("anmarkning"),
    };
    match a.utfor(fall, Brister::default()).await? {
        Ok(antal) => Ok(Svar::vidare(
            valt.i(adress::uppfoljning())
                .fraga("sparat", &antal.to_string()),
        )),
        Err(fel) => Svar::formularfel(&sidan(&a, &bok, &fel)),
    }
}

/// POST `/uppfoljning/budgetrader`.
pub async fn ny_budgetrad(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let valt = Valt::av(&a, &bok);
    let mut olasligt = Brister::default();
    let f = &a.formular;
    let varde = olasligt.prova(tal::pengar(f.text("belopp"), "kr", "belopp"));
    let (varde, precision) = varde.unwrap_or((Varde::Okant, Precision::EXAKT));
    let slag = if f.text("slag") == "anvant_rad" {
        FaktumSlag::AnvantRad
    } else {
        FaktumSlag::Budgetkostnad
    };
    let kategori = f.lang("kategori");
    if kategori.is_empty() {
        olasligt.prova::<()>(Err(Problem::ogiltigt(
            "budgetrad-namn",
            "Budgetraden saknar namn.",
            "Skriv till exempel Konferenser.",
        )
        .i_falt("kategori")));
    }
    let galler = Galler {
        ar: Some(valt.ar),
        kategori: Some(kategori).filter(|k| !k.is_empty()),
        ..Galler::default()
    };
    let fall = RegistreraFaktum {
        faktum: NyttFaktum {
            precision,
            beslut: f.tal("beslut").and_then(BeslutId::ny),
            orsak: Some(f.lang("orsak")),
            ..NyttFaktum::nytt(slag, galler, varde)
        },
        tillkommer: !olasligt.inga(),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(
            valt.i(adress::uppfoljning()).fraga("sparat", "budgetrad"),
        )),
        Err(fel) => Svar::formularfel(&sidan(&a, &bok, &fel)),
    }
}

/// Carries out what a form about an insats asks for, and comes back to its page.
async fn gor<F: Anvandningsfall>(
    a: &Inloggat,
    bok: &Bok,
    i: &Insats,
    (fall, olasligt): (F, Brister),
) -> Resultat {
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(
            Valt::av(a, bok)
                .i(adress::uppfoljning_insats(&i.slug))
                .fraga("sparat", "ja"),
        )),
        Err(fel) => Svar::formularfel(&insats::sidan(a, bok, i, &fel)),
    }
}

fn inte_vald(falt: &str, text: &str) -> Problem {
    Problem::ogiltigt("uppfoljning-val", text, "Välj i listan.").i_falt(falt)
}

/// POST `/uppfoljning/insatser/{insats}/metod`.
pub async fn valj_metod(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    let mut olasligt = Brister::default();
    let metod = Prognosmetod::av_kod(a.formular.text("metod"));
    let metod = metod.ok_or_else(|| inte_vald("metod", "Metoden saknas."));
    let skrivet = a.formular.text("eget");
    let eget = (!skrivet.is_empty())
        .then(|| olasligt.prova(tal::pengar(skrivet, "kr", "eget")))
        .flatten()
        .and_then(|(varde, precision)| {
            varde.kant().map(|ore| Belopp {
                ore: Ore(ore),
                precision,
                enhet: Enhet::Kr,
            })
        });
    let fall = ValjPrognosmetod {
        insats: i.id,
        ar: Valt::av(&a, &bok).ar,
        metod: olasligt.prova(metod).unwrap_or(Prognosmetod::Linjar),
        eget,
        skal: a.formular.lang("skal"),
    };
    gor(&a, &bok, i, (fall, olasligt)).await
}

/// POST `/uppfoljning/insatser/{insats}/poster`.
pub async fn ny_post(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    let mut olasligt = Brister::default();
    let f = &a.formular;
    let varde = olasligt.prova(tal::pengar(f.text("belopp"), "kr", "belopp"));
    let (varde, precision) = varde.unwrap_or((Varde::Okant, Precision::EXAKT));
    let ar = Valt::av(&a, &bok).ar;
    let manad = f.tal("nar").and_then(|m| i8::try_from(m).ok());
    let dag = manad.and_then(|m| Date::new(ar, m, 1).ok());
    let galler = Galler {
        ar: Some(ar),
        period_fran: dag,
        period_till: dag.map(Date::last_of_month),
        kategori: Some(f.lang("kategori")).filter(|k| !k.is_empty()),
        ..om_insats(&bok, i.id)
    };
    let fall = RegistreraFaktum {
        faktum: NyttFaktum {
            precision,
            orsak: Some(f.lang("orsak")),
            ..NyttFaktum::nytt(FaktumSlag::Prognospost, galler, varde)
        },
        tillkommer: !olasligt.inga(),
    };
    gor(&a, &bok, i, (fall, olasligt)).await
}

/// POST `/uppfoljning/insatser/{insats}/tjanster`.
pub async fn ny_tjanst(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    let mut olasligt = Brister::default();
    let f = &a.formular;
    let lon = olasligt.prova(tal::pengar(f.text("lon"), "kr", "lon"));
    let andel = hundradelsprocent(f.text("andel")).ok_or_else(|| {
        Problem::ogiltigt(
            "tjanst-andel",
            format!("”{}” är ingen del av heltid.", f.text("andel")),
            "Skriv procent, till exempel 75 eller 37,5.",
        )
        .i_falt("andel")
    });
    let manad = |namn: &str| f.tal(namn).and_then(|m| i8::try_from(m).ok()).unwrap_or(0);
    let lon = lon.and_then(|(varde, _)| varde.kant()).unwrap_or(1);
    let fall = Tjanstekostnad {
        insats: i.id,
        ar: Valt::av(&a, &bok).ar,
        tjanst: f.lang("tjanst"),
        manadslon: Belopp::exakt(Ore(lon)),
        andel: olasligt.prova(andel).unwrap_or(1),
        fran: manad("fran"),
        till: manad("till"),
    };
    gor(&a, &bok, i, (fall, olasligt)).await
}

/// POST `/uppfoljning/insatser/{insats}/kommentar`.
pub async fn kommentera(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let i = las::insats(&bok, a.stig.text("insats"))?;
    let mut olasligt = Brister::default();
    let orsak = Avvikelseorsak::av_kod(a.formular.text("avvikelseorsak"))
        .ok_or_else(|| inte_vald("avvikelseorsak", "Orsaken är inte vald."));
    let valt = Valt::av(&a, &bok);
    let fall = KommenteraAvvikelse {
        insats: i.id,
        ar: valt.ar,
        manad: valt.manad,
        orsak: olasligt.prova(orsak).unwrap_or(Avvikelseorsak::Annat),
        ord: a.formular.lang("ord"),
    };
    // Back to the report that waits for the words, when that is where they were asked for.
    match insats::rapporten(&a, &bok) {
        None => gor(&a, &bok, i, (fall, olasligt)).await,
        Some(r) => match a.utfor(fall, olasligt).await? {
            Ok(_) => Ok(Svar::vidare(adress::rapport(&r.slug).vid("hinder"))),
            Err(fel) => Svar::formularfel(&insats::sidan(&a, &bok, i, &fel)),
        },
    }
}
