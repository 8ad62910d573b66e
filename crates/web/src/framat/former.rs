//! The forms about coming money of one initiative, one at a time.

use super::{Gor, egna};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::las;
use crate::medelsfalt::{
    belopp, dag, efter_avslut_och_varfor, kalla_och_varfor, sagt_efter_avslut,
};
use crate::registrering::{Blankett, falt, orsaksfalt, val};
use crate::rutter::Metod;
use crate::svar::Svar;
use jiff::civil::Date;
use utfall_app::medel::KopplaInsats;
use utfall_app::{Bok, Brister};
use utfall_domain::id::{InsatsId, MedelspostId, OrganisationId};
use utfall_domain::insatser::Insats;
use utfall_domain::medel::atagande::{Koppling, utlysningar};
use utfall_domain::medel::post::Medelspost;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// What the form is about: the initiative, the kind, and the number of what is changed.
type Om<'a> = (&'a Insats, Gor, Option<i64>);

/// The link that is changed.
type Fore<'a> = Option<(&'a Medelspost, &'a Koppling)>;

fn vald<'a>(poster: &'a [Medelspost], (insats, _, sak): Om<'_>) -> Result<Fore<'a>, Problem> {
    let Some(sak) = sak else {
        return Ok(None);
    };
    let sak = MedelspostId::ny(sak).ok_or_else(Problem::finns_inte)?;
    let mut alla = egna(poster, insats).into_iter();
    let funnen = alla.find(|(p, _)| p.post.sak == sak);
    funnen.map(Some).ok_or_else(Problem::finns_inte)
}

/// POST `/insatser/{insats}/framat`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let insats = las::insats(&bok, a.stig.text("insats"))?;
    let gor = Gor::av(a.formular.text("gor")).ok_or_else(Problem::finns_inte)?;
    let om = (insats, gor, a.formular.tal("sak"));
    let poster = bok.poster();
    let fore = vald(&poster, om)?;
    let mut olasligt = Brister::default();
    let tas_bort = a.formular.text("tas-bort") == "ja" && fore.is_some();
    let koppling = if tas_bort {
        Koppling::Upphord
    } else {
        ifylld(&a, &bok, gor, &mut olasligt)
    };
    let organisation = match gor {
        Gor::Vidare => vald_organisation(&a, &bok, "organisation"),
        _ => None,
    };
    let ar = match (gor, fore) {
        (Gor::Behov, _) => a.formular.tal("ar").and_then(|ar| i16::try_from(ar).ok()),
        _ => None,
    };
    let fall = KopplaInsats {
        fore: fore.map(|(p, _)| (p.post.sak, a.formular.tal("version").unwrap_or(0))),
        insats: insats.id,
        koppling,
        organisation,
        ar,
        orsak: olasligt.prova(kalla_och_varfor(&a)).unwrap_or_default(),
        efter_avslut: sagt_efter_avslut(&a),
    };
    match a.utfor(fall, olasligt).await? {
        Ok(_) => Ok(Svar::vidare(
            adress::framat(&insats.slug)
                .fraga("sparat", "ja")
                .vid(plats(gor)),
        )),
        Err(fel) => Svar::formularfel(&sidan(&a, &bok, om, &fel)?),
    }
}

/// The part of the page that a form belongs to.
const fn plats(gor: Gor) -> &'static str {
    match gor {
        Gor::Behov => "behov",
        Gor::Utlysning => "hanger",
        Gor::Tillagg => "tillagg",
        Gor::Vidare => "vidare",
    }
}

fn vald_organisation(a: &Inloggat, bok: &Bok, namn: &str) -> Option<OrganisationId> {
    let vald = a.formular.text(namn);
    let alla = bok.organisationer.iter();
    alla.filter(|o| o.slug == vald).map(|o| o.id).next()
}

fn ifylld(a: &Inloggat, bok: &Bok, gor: Gor, olasligt: &mut Brister) -> Koppling {
    let f = &a.formular;
    match gor {
        Gor::Behov => Koppling::Fortsattning {
            behov: olasligt.prova(belopp(a, "behov")).map_or(1, |(ore, _)| ore),
        },
        Gor::Utlysning => {
            let vald = f
                .tal("utlysning")
                .and_then(MedelspostId::ny)
                .ok_or_else(|| {
                    let fel = "Utlysningen är inte vald.";
                    Problem::ogiltigt("utlysning-saknas", fel, "Välj en utlysning i listan.")
                        .i_falt("utlysning")
                });
            Koppling::Beroende {
                utlysning: olasligt.prova(vald).unwrap_or(MedelspostId::FORSTA),
                avtal_till: olasligt.prova(dag(a, "avtal-till")).flatten(),
                omfattning: f.lang("omfattning"),
            }
        }
        Gor::Tillagg => {
            let vald = bok.insatser.iter().find(|i| i.slug == f.text("till"));
            let vald = vald.map(|i| i.id).ok_or_else(|| {
                let gor = "Välj den insats som den hör till.";
                Problem::ogiltigt("insats-vald", "Insatsen är inte vald.", gor).i_falt("till")
            });
            Koppling::Tillagg {
                till: olasligt.prova(vald).unwrap_or(InsatsId::FORSTA),
            }
        }
        Gor::Vidare => Koppling::Vidare {
            fran: vald_organisation(a, bok, "fran"),
            redovisas: olasligt.prova(dag(a, "redovisas")).flatten(),
            plikt: f.lang("plikt"),
            redovisat: olasligt.prova(dag(a, "redovisat")).flatten(),
        },
    }
}

/// The form, with what was typed and each error at its field.
///
/// # Errors
/// There is no such link.
pub fn sidan(
    a: &Inloggat,
    bok: &Bok,
    om: Om<'_>,
    fel: &[Problem],
) -> Result<Registrering, Problem> {
    let (insats, gor, _) = om;
    let poster = bok.poster();
    let fore = vald(&poster, om)?;
    let (rubrik, ingress, foljd) = orden(gor);
    let mut falten = falten(a, bok, (&poster, om, fore));
    if fore.is_some() {
        falten.push(
            falt(
                a,
                "tas-bort",
                "Det gäller inte längre: ta bort det",
                FaltSlag::Kryss,
            )
            .hjalp("Det står kvar i historiken.")
            .frivilligt(),
        );
    }
    let mut kalla = vec![orsaksfalt(a)];
    kalla.extend(efter_avslut_och_varfor(a, fel));
    let mut sida = Blankett {
        rubrik: format!("{rubrik}: {}", insats.namn),
        ingress,
        under: vec![
            Lank::ny("Insatser", adress::insatser()),
            Lank::ny(insats.namn.clone(), adress::insats(&insats.slug)),
            Lank::ny("Finansiering framåt", adress::framat(&insats.slug)),
        ],
        mal: adress::framat(&insats.slug),
        knapp: "Spara",
        foljd,
        inte_sparat: "Det sparades inte",
        avbryt: adress::framat(&insats.slug),
    }
    .sida(
        a,
        vec![Faltdel::ny("", falten), Faltdel::ny("Källa", kalla)],
        fel,
    );
    sida.formular = sida.formular.med_dolt("gor", gor.kod());
    if let Some((p, _)) = fore {
        let version = match a.rutt.metod {
            Metod::Post => a.formular.tal("version").unwrap_or(0),
            Metod::Get => p.post.nr,
        };
        let sak = p.post.sak.to_string();
        sida.formular = sida.formular.med_dolt("sak", sak).med_version(version);
    }
    Ok(sida)
}

fn falten(
    a: &Inloggat,
    bok: &Bok,
    (poster, (insats, gor, _), fore): (&[Medelspost], Om<'_>, Fore<'_>),
) -> Vec<Falt> {
    match gor {
        Gor::Behov => behov(a, fore),
        Gor::Utlysning => utlysning(a, poster, fore),
        Gor::Tillagg => tillagg(a, bok, (insats, fore)),
        Gor::Vidare => vidare(a, bok, (poster, insats, fore)),
    }
}

const fn orden(gor: Gor) -> (&'static str, &'static str, &'static str) {
    match gor {
        Gor::Behov => (
            "Vad insatsen behöver",
            "Vad ett år kostar om insatsen ska fortsätta.",
            "Det som redan är fördelat och utlovat dras av. Resten visas som det som saknas.",
        ),
        Gor::Utlysning => (
            "Hänger på en utlysning",
            "Vilken utlysning insatsen väntar på, och när avtalen går ut.",
            "Du varnas på Start innan avtalen går ut, så länge utlysningen inte är beviljad.",
        ),
        Gor::Tillagg => (
            "Tillägg till en annan insats",
            "När insatsen bygger på en annan som redan har pengar.",
            "Du varnas om samma slags kostnad finns i båda under samma år.",
        ),
        Gor::Vidare => (
            "Pengar som förs vidare",
            "När den som fått pengarna lämnar dem till någon annan som gör jobbet.",
            "Fristen visas på Start tills redovisningen har kommit.",
        ),
    }
}

/// As typed, or as it is saved when the form is opened.
fn ifyllt(a: &Inloggat, f: Falt, nu: Option<String>) -> Falt {
    match (a.rutt.metod, nu) {
        (Metod::Get, Some(nu)) => f.varde(nu),
        _ => f,
    }
}

fn som_text(dag: Option<Date>) -> Option<String> {
    dag.map(|d| d.to_string())
}

fn behov(a: &Inloggat, fore: Fore<'_>) -> Vec<Falt> {
    let i_ar = tid::dag(a.nu).year();
    let nasta = i_ar.saturating_add(1);
    let vald = fore.and_then(|(p, _)| p.post.om.ar).unwrap_or(nasta);
    let aren = (i_ar..=i_ar.saturating_add(5)).map(|ar| (ar.to_string(), ar.to_string()));
    vec![
        ifyllt(
            a,
            falt(a, "ar", "Vilket år?", FaltSlag::Val(aren.collect())),
            Some(vald.to_string()),
        ),
        falt(a, "behov", "Vad behöver insatsen, i kronor?", FaltSlag::Tal)
            .hjalp("Hela årets kostnad. Har du skrivit något förut för samma år ersätts det."),
    ]
}

fn utlysning(a: &Inloggat, poster: &[Medelspost], fore: Fore<'_>) -> Vec<Falt> {
    let nu = fore.and_then(|(_, k)| match k {
        Koppling::Beroende {
            utlysning,
            avtal_till,
            omfattning,
        } => Some((utlysning.to_string(), *avtal_till, omfattning.clone())),
        _ => None,
    });
    let alla = utlysningar(poster);
    let alla = alla.iter().map(|(p, u)| {
        (
            p.post.sak.to_string(),
            format!("{}, {}", u.namn, u.lage.text()),
        )
    });
    vec![
        ifyllt(
            a,
            falt(a, "utlysning", "Vilken utlysning?", val("Välj", alla))
                .hjalp("Saknas den i listan skriver du först in den under Utlysningar."),
            nu.as_ref().map(|n| n.0.clone()),
        ),
        ifyllt(
            a,
            falt(a, "omfattning", "Vad hänger på den?", FaltSlag::Text)
                .hjalp("Till exempel två tjänster och sommarens läger. Skriv inga namn.")
                .frivilligt(),
            nu.as_ref().map(|n| n.2.clone()),
        ),
        ifyllt(
            a,
            falt(a, "avtal-till", "När går avtalen ut?", FaltSlag::Datum)
                .hjalp("Sista dagen som är betald, för den anställning som slutar först.")
                .frivilligt(),
            nu.and_then(|n| som_text(n.1)),
        ),
    ]
}

fn tillagg(a: &Inloggat, bok: &Bok, (insats, fore): (&Insats, Fore<'_>)) -> Vec<Falt> {
    let nu = fore.and_then(|(_, k)| match k {
        Koppling::Tillagg { till } => bok.insats(*till).map(|i| i.slug.clone()),
        _ => None,
    });
    let andra = bok
        .insatser
        .iter()
        .filter(|i| !i.reserv && i.id != insats.id);
    let andra = andra.map(|i| (i.slug.clone(), i.namn.clone()));
    vec![ifyllt(
        a,
        falt(
            a,
            "till",
            "Vilken insats är den ett tillägg till?",
            val("Välj", andra),
        ),
        nu,
    )]
}

fn vidare(
    a: &Inloggat,
    bok: &Bok,
    (poster, insats, fore): (&[Medelspost], &Insats, Fore<'_>),
) -> Vec<Falt> {
    let namn = |id: OrganisationId| {
        let o = bok.organisation(id);
        o.map(|o| (o.slug.clone(), o.namn_nu().to_owned()))
    };
    let nu = fore.and_then(|(p, k)| match k {
        Koppling::Vidare { fran, .. } => Some((p.post.om.organisation, *fran)),
        _ => None,
    });
    let slug = |id: Option<OrganisationId>| id.and_then(namn).map(|(slug, _)| slug);
    let fatt = egna(poster, insats)
        .into_iter()
        .filter_map(|(p, k)| match k {
            Koppling::Vidare { .. } => p.post.om.organisation.and_then(namn),
            _ => None,
        });
    let alla = bok
        .organisationer
        .iter()
        .map(|o| (o.slug.clone(), o.namn_nu().to_owned()));
    let mut ut = vec![
        ifyllt(
            a,
            falt(
                a,
                "fran",
                "Vem för pengarna vidare?",
                val("Den som fick bidraget", fatt),
            )
            .frivilligt(),
            nu.as_ref().and_then(|n| slug(n.1)),
        ),
        ifyllt(
            a,
            falt(a, "organisation", "Till vem?", val("Välj", alla))
                .hjalp("Saknas den i listan lägger administratören upp den under Organisationer."),
            nu.as_ref().and_then(|n| slug(n.0)),
        ),
    ];
    ut.extend(redovisning(a, fore));
    ut
}

/// What is reported back, when, and that it has come.
fn redovisning(a: &Inloggat, fore: Fore<'_>) -> Vec<Falt> {
    let nu = fore.and_then(|(_, k)| match k {
        Koppling::Vidare {
            redovisas,
            plikt,
            redovisat,
            ..
        } => Some((*redovisas, plikt.clone(), *redovisat)),
        _ => None,
    });
    vec![
        ifyllt(
            a,
            falt(
                a,
                "plikt",
                "Vad ska mottagaren redovisa tillbaka?",
                FaltSlag::Text,
            )
            .hjalp("Till exempel bokslut och antal deltagare."),
            nu.as_ref().map(|n| n.1.clone()),
        ),
        ifyllt(
            a,
            falt(a, "redovisas", "Senast när?", FaltSlag::Datum).frivilligt(),
            nu.as_ref().and_then(|n| som_text(n.0)),
        ),
        ifyllt(
            a,
            falt(a, "redovisat", "När kom redovisningen?", FaltSlag::Datum)
                .hjalp("Lämna tomt tills den har kommit.")
                .frivilligt(),
            nu.as_ref().and_then(|n| som_text(n.2)),
        ),
    ]
}
