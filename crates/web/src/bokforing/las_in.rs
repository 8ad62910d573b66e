//! A file of the accounts is sent, looked at, and read in after a yes. Nothing is saved before.

use super::{andringar, blockerande, hela, kr, over};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, sammanfattning};
use crate::siffror::{antal, dag};
use crate::svar::Svar;
use std::sync::Arc;
use utfall_app::bokforing::{
    Analys, Bekraftat, FLEST_VISADE, Radanm, STORSTA_FIL, Saknad, Siefil, Uppladdad,
};
use utfall_domain::bocker::Bocker;
use utfall_domain::medel::kontering::Kontering;
use utfall_domain::medel::verifikation::med_streck;
use utfall_domain::pengar::heltal;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::{Allvar, Besked, Fakta, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Formulardel, Tabelldel, Tabellsida};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Tabell};

/// GET `/bokforing/las-in`.
pub async fn formular(a: Inloggat) -> Resultat {
    std::future::ready(Svar::sida(&sida(&a, None))).await
}

fn sida(a: &Inloggat, fel: Option<&Problem>) -> Tabellsida {
    let falt = Falt::ny(
        "fil",
        "Välj en fil",
        FaltSlag::Fil(".se,.si,.sie,.txt".into()),
    )
    .hjalp("SIE typ 4 (4E) med årets verifikationer. Högst 200 MB.");
    let falt = med_fel(falt, fel);
    let orgnr = Falt::ny("orgnr", "Organisationsnummer", FaltSlag::Text)
        .hjalp(
            "Behövs bara om filen inte säger det själv. Säger den ett annat nummer läses den \
             inte in.",
        )
        .varde(a.formular.text("orgnr"))
        .frivilligt();
    let del = Formulardel::ny(
        a.ett_formular(adress::las_in_bokforing()).med_filer(),
        vec![falt, med_fel(orgnr, fel)],
        "Pröva filen",
    )
    .avbryt(Lank::ny("Avbryt", adress::bokforing()));
    let mut ram = a.ram();
    ram.fel = sammanfattning(
        "Filen kunde inte prövas",
        &del.falt,
        fel.map_or(&[], std::slice::from_ref),
    );
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(
            "Läs in bokföring",
            "Du ser vad filen är och vad den skulle ändra innan något sparas. Texter, signaturer \
             och anställda, kunder och leverantörer läggs inte in om ni inte har valt det.",
        )
        .under(over()),
        formular: vec![del],
        ..Tabellsida::default()
    }
}

/// POST `/bokforing/las-in`: the file is looked at and waits.
pub async fn ta_emot(mut a: Inloggat) -> Resultat {
    let ingen = |text: &str, gor: &str| Problem::ogiltigt("sie-ingen-fil", text, gor).i_falt("fil");
    let Some(stor) = a.anrop.storfil.take() else {
        let fel = ingen("Ingen fil är vald.", "Välj filen ur ekonomisystemet.");
        return Svar::formularfel(&sida(&a, Some(&fel)));
    };
    let fil = Siefil::ny(stor.namn, stor.fil).map_err(|e| crate::svar::Fel::internt(&e))?;
    if fil.bytes > STORSTA_FIL {
        let fel = ingen("Filen är större än 200 MB.", "Exportera ett år i taget.");
        return Svar::formularfel(&sida(&a, Some(&fel)));
    }
    let skrivet = a.formular.text("orgnr").to_owned();
    let nummer = utfall_domain::medel::verifikation::orgnr(&skrivet);
    if !skrivet.is_empty() && nummer.len() != 10 {
        let text = "Organisationsnumret har inte tio siffror.";
        let fel = Problem::ogiltigt("sie-orgnr", text, "Skriv till exempel 212000-3005.");
        return Svar::formularfel(&sida(&a, Some(&fel.i_falt("orgnr"))));
    }
    let fil = fil.for_orgnr(&skrivet);
    let (tjanst, aktor, nu) = (a.webb.tjanst.clone(), a.session.aktor.clone(), a.nu);
    let nyckel = a.webb.ny_nyckel();
    let egen = nyckel.clone();
    let svar = blockerande(move || {
        let analys = tjanst.analysera_sie(&aktor, &fil)?;
        let ny = Uppladdad {
            huvudman: aktor.huvudman(),
            av: aktor.anvandare(),
            fil: Arc::new(fil),
            analys,
            nar: nu,
        };
        tjanst.bank().lagg(egen, ny);
        Ok(())
    });
    match svar.await {
        Ok(()) => Ok(Svar::vidare(adress::granska_bokforing(&nyckel))),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => {
            Svar::formularfel(&sida(&a, Some(&fel.i_falt("fil"))))
        }
        Err(fel) => Err(fel.into()),
    }
}

/// The file, while it waits: it goes after two hours, and with the server. Another's file and
/// none are the same.
fn hitta(a: &Inloggat) -> Result<Arc<Uppladdad>, Problem> {
    let huvudman = a.session.aktor.huvudman();
    let bank = a.webb.tjanst.bank();
    bank.ta_fram(a.stig.text("fil"), huvudman)
        .ok_or_else(Problem::finns_inte)
}

/// GET `/bokforing/granska/{fil}`.
pub async fn granska(a: Inloggat) -> Resultat {
    let u = hitta(&a)?;
    let bok = a.bok().await?;
    Svar::sida(&granskad(
        &a,
        &u.analys.clone().synlig(&a.session.aktor),
        &bok,
        &[],
    ))
}

/// POST `/bokforing/granska/{fil}`: it is read in, in a thread of its own.
pub async fn bekrafta(a: Inloggat) -> Resultat {
    let u = hitta(&a)?;
    let svar = Bekraftat {
        komplett: a.formular.text("komplett") == "ja",
        ny_enhet: a.formular.text("ny-enhet").to_owned(),
        // The page says how many, and the answer is to that page.
        dubbla: (a.formular.text("dubbla") == "ja")
            .then(|| u.analys.dubbla.as_ref().map(|d| d.antal))
            .flatten(),
        efter_avslut: (a.formular.text("efter-avslut") == "ja")
            .then(|| a.formular.lang("efter-avslut-orsak")),
        for_hand_bada: a.formular.text("for-hand") == "ja",
    };
    let (tjanst, aktor, fil) = (
        a.webb.tjanst.clone(),
        a.session.aktor.clone(),
        Arc::clone(&u),
    );
    let paborjad = blockerande(move || tjanst.paborja_sie(&aktor, &fil.analys, &svar)).await;
    let paborjad = match paborjad {
        Ok(paborjad) => paborjad,
        Err(fel) if matches!(fel.slag, ProblemSlag::Ogiltigt | ProblemSlag::Konflikt) => {
            let bok = a.bok().await?;
            let analys = u.analys.clone().synlig(&a.session.aktor);
            return Svar::formularfel(&granskad(&a, &analys, &bok, &[fel]));
        }
        Err(fel) => return Err(fel.into()),
    };
    let id = paborjad.id.to_string();
    let bank = a.webb.tjanst.bank();
    bank.ta_bort(a.stig.text("fil"), a.session.aktor.huvudman());
    // What it was found to be is not needed any more, and may be large.
    let fil = Arc::clone(&u.fil);
    drop(u);
    let start = a.webb.tjanst.fullfolj_i_bakgrunden(paborjad, fil);
    start.map_err(|e| crate::svar::Fel::internt(&e))?;
    Ok(Svar::vidare(adress::inlasning(&id)))
}

fn granskad(a: &Inloggat, analys: &Analys, bocker: &Bocker, fel: &[Problem]) -> Tabellsida {
    let h = &analys.huvud;
    let mut delar = Vec::new();
    delar.extend(anmarkningar("fel", "Fel", &analys.fel, analys.antal_fel));
    if analys.gar() {
        delar.push(Tabelldel {
            id: "skulle".into(),
            rubrik: "Vad som ändras".into(),
            text: Text::default(),
            tabell: andringar(bocker, &analys.fakta, "skulle-t"),
        });
        delar.extend(for_hand(bocker, analys));
        delar.extend(okopplade(analys));
        delar.extend(andrade(analys));
        let om = "De står kvar om du inte säger att filen har årets alla verifikationer.";
        delar.extend(saknade(&analys.saknade, analys.utfall.saknas, om));
    }
    // What nobody has anything to do about is noise before a yes.
    let varningar: Vec<Radanm> = analys
        .varningar
        .iter()
        .filter(|v| v.att_gora())
        .cloned()
        .collect();
    let brus = analys.varningar.len().saturating_sub(varningar.len());
    let brus = u64::try_from(brus).unwrap_or(u64::MAX);
    let antal = analys.antal_varningar.saturating_sub(brus);
    delar.extend(anmarkningar("varningar", "Varningar", &varningar, antal));
    let formular: Vec<Formulardel> = analys
        .gar()
        .then(|| ja(a, analys, fel))
        .into_iter()
        .collect();
    let mut ram = a.ram();
    let falten = formular
        .iter()
        .flat_map(|d| &d.falt)
        .cloned()
        .collect::<Vec<_>>();
    ram.fel = sammanfattning("Filen lästes inte in", &falten, fel);
    Tabellsida {
        ram,
        huvud: Sidhuvud::ny(format!("Pröva {}", h.filnamn), "Inget är sparat än.").under(over()),
        besked: besked(analys),
        fakta: fakta(analys),
        delar,
        formular,
        ..Tabellsida::default()
    }
}

fn fakta(analys: &Analys) -> Vec<Fakta> {
    let h = &analys.huvud;
    let u = analys.utfall;
    let ord = |text: &str| if text.is_empty() { "anges inte" } else { text }.to_owned();
    let dagar = analys.dagar.map_or_else(
        || "inga".to_owned(),
        |(fran, till)| format!("{} till {}", dag(fran), dag(till)),
    );
    let aret = analys.ar().map_or_else(
        || ord(""),
        |ar| format!("{} till {}", dag(ar.fran), dag(ar.till)),
    );
    vec![
        Fakta::ny("Företag", ord(&h.foretag)),
        Fakta::ny("Organisationsnummer", ord(&med_streck(&h.ar.orgnr))),
        Fakta::ny("Räkenskapsår", aret),
        Fakta::ny("Program", ord(&h.program)),
        Fakta::ny("Teckenkod", h.kodning.as_str()),
        Fakta::ny("Verifikationer daterade", dagar),
        Fakta::ny(
            "Verifikationer",
            format!("{} i filen: {}", heltal(h.verifikationer), u.i_ord()),
        ),
        Fakta::ny("Fanns förut, inte i filen", u.saknas.to_string()),
        Fakta::ny("Konton", analys.konton.0.to_string()),
    ]
}

fn besked(analys: &Analys) -> Vec<Besked> {
    if let Some(id) = analys.redan {
        let till = adress::inlasning(&id.to_string());
        let text = Text::from("Inget behöver göras. ").lank(Lank::ny("Se inläsningen", till));
        return vec![Besked::ny(
            Allvar::Upplysning,
            "samma fil är redan inläst",
            text,
        )];
    }
    if analys.gar() && analys.avslutade.is_empty() {
        return Vec::new();
    }
    if analys.gar() {
        let text = format!(
            "Filen ändrar siffror i år som är avslutade: {}. Den läses in bara som en rättelse \
             efter avslutet.",
            analys.avslutade
        );
        return vec![Besked::ny(Allvar::Varning, "året är avslutat", text)];
    }
    let text = "Det som står under Fel ska rättas först. Inget är sparat.";
    vec![Besked::ny(Allvar::Fel, "filen kan inte läsas in", text)]
}

fn anmarkningar(id: &str, rubrik: &str, alla: &[Radanm], antal: u64) -> Option<Tabelldel> {
    if alla.is_empty() {
        return None;
    }
    let kolumner = vec![
        Kolumn::ord("Var"),
        Kolumn::ord("Vad"),
        Kolumn::ord("Gör så här"),
    ];
    let rader = alla.iter().map(|a| {
        let var = match a.rad {
            0 => "Filen".to_owned(),
            rad => format!("Rad {rad}"),
        };
        let text = crate::ram::stor_forst(&a.text);
        Rad::ny(vec![
            Cell::rubrik(var),
            text.into(),
            a.atgard.as_str().into(),
        ])
    });
    let antal = i64::try_from(antal).unwrap_or(i64::MAX);
    let visade = i64::try_from(alla.len()).unwrap_or(i64::MAX);
    let text = match antal > visade {
        true => format!("De första {} visas.", heltal(visade)),
        false => String::new(),
    };
    Some(Tabelldel {
        id: id.to_owned(),
        rubrik: format!("{rubrik} ({})", heltal(antal)),
        text: ledtext(text),
        tabell: Tabell::ny(
            format!("{id}-t"),
            "I filens ordning",
            kolumner,
            rader.collect(),
        )
        .klass("bredd"),
    })
}

/// Words under a heading; nothing where there are none.
fn ledtext(text: String) -> Text {
    match text.is_empty() {
        true => Text::default(),
        false => text.into(),
    }
}

/// Vouchers by hand that the file may have too.
fn for_hand(bocker: &Bocker, analys: &Analys) -> Option<Tabelldel> {
    const FLEST: usize = 100;
    if analys.for_hand.is_empty() {
        return None;
    }
    let kolumner = vec![
        Kolumn::ord("För hand"),
        Kolumn::ord("Datum"),
        Kolumn::ord("Insats"),
        Kolumn::kr("Belopp"),
    ];
    let rader = analys.for_hand.iter().take(FLEST).map(|v| {
        let till = adress::for_hand().vid(&format!("v-{}", v.nummer));
        let insats = bocker.insats(v.till.insats);
        Rad::ny(vec![
            Cell::rubriklank(format!("För hand {}", v.nummer), till, None),
            Cell::Kort(crate::siffror::kort_dag(v.datum), false),
            insats.map_or("", |i| i.namn.as_str()).into(),
            kr(v.ore).into(),
        ])
    });
    let caption = match analys.for_hand.len().saturating_sub(FLEST) {
        0 => "I den ordning de skrevs in, kronor".to_owned(),
        fler => format!("I den ordning de skrevs in, kronor. {fler} till visas inte."),
    };
    Some(Tabelldel {
        id: "for-hand".into(),
        rubrik: format!("Bokfört för hand samma månader ({})", analys.for_hand.len()),
        text: "De gäller samma insatser och månader som filen. Det som finns på båda ställena \
               räknas två gånger."
            .into(),
        tabell: Tabell::ny("for-hand-t", caption, kolumner, rader.collect()).klass("bredd"),
    })
}

fn okopplade(analys: &Analys) -> Option<Tabelldel> {
    if analys.okopplade.is_empty() {
        return None;
    }
    let kolumner = vec![
        Kolumn::ord("Kontering"),
        Kolumn::ord("Slag"),
        Kolumn::tal("Rader"),
        Kolumn::kr("Debet minus kredit"),
    ];
    let antal = i64::try_from(analys.okopplade.len()).unwrap_or(i64::MAX);
    let caption = match analys.okopplade.len() > FLEST_VISADE {
        true => format!("De {FLEST_VISADE} största som inte räknas i någon siffra, kronor"),
        false => "Räknas inte i någon siffra, störst belopp först, kronor".to_owned(),
    };
    let mut storst: Vec<_> = analys.okopplade.iter().collect();
    storst.sort_by_key(|o| std::cmp::Reverse(o.ore.unsigned_abs()));
    let rader = storst.into_iter().take(FLEST_VISADE).map(|o| {
        Rad::ny(vec![
            Cell::rubrik(crate::ram::stor_forst(&o.kontering.to_string())),
            o.slag.text().into(),
            hela(o.antal).into(),
            kr(o.ore).into(),
        ])
    });
    Some(Tabelldel {
        id: "okopplade".into(),
        rubrik: format!("Hör inte till någon insats än ({})", hela(antal).text),
        text: "Det gör inget att läsa in filen ändå. Välj vart de hör efteråt, en gång för alla."
            .into(),
        tabell: Tabell::ny("okopplade-t", caption, kolumner, rader.collect()).klass("bredd"),
    })
}

fn andrade(analys: &Analys) -> Option<Tabelldel> {
    if analys.andrade.is_empty() {
        return None;
    }
    let rader_i_ord = |rader: &[(Kontering, i64)]| {
        let ord: Vec<String> = rader
            .iter()
            .map(|(k, ore)| format!("{} {}", k, kr(*ore).text))
            .collect();
        ord.join("; ")
    };
    let rader = analys.andrade.iter().map(|v| {
        Rad::ny(vec![
            Cell::rubriklank(&v.namn, adress::verifikation(&v.id.to_string()), None),
            rader_i_ord(&v.fore).into(),
            rader_i_ord(&v.nu).into(),
        ])
    });
    let kolumner = ["Verifikation", "Så står den", "Så står den i filen"]
        .map(Kolumn::ord)
        .to_vec();
    let fler = analys
        .utfall
        .andrade
        .saturating_sub(i64::try_from(FLEST_VISADE).unwrap_or(0));
    let text = match fler {
        1.. => format!("De första {FLEST_VISADE} visas."),
        _ => String::new(),
    };
    Some(Tabelldel {
        id: "andrade".into(),
        rubrik: format!("Ändrade verifikationer ({})", analys.utfall.andrade),
        text: ledtext(text),
        tabell: Tabell::ny("andrade-t", "Före och efter", kolumner, rader.collect()).klass("bredd"),
    })
}

/// Vouchers that are in the books and not in a file.
pub(super) fn saknade(alla: &[Saknad], antal: i64, om: &str) -> Option<Tabelldel> {
    if alla.is_empty() {
        return None;
    }
    let kolumner = vec![
        Kolumn::ord("Verifikation"),
        Kolumn::ord("Datum"),
        Kolumn::kr("Debet"),
    ];
    let rader = alla.iter().map(|v| {
        Rad::ny(vec![
            Cell::rubriklank(&v.namn, adress::verifikation(&v.id.to_string()), None),
            Cell::Kort(crate::siffror::kort_dag(v.datum), false),
            kr(v.ore).into(),
        ])
    });
    let fler = antal.saturating_sub(i64::try_from(alla.len()).unwrap_or(0));
    let caption = match fler {
        1.. => format!("De första {FLEST_VISADE}, kronor"),
        _ => "I den ordning de lästes in, kronor".to_owned(),
    };
    Some(Tabelldel {
        id: "saknade".into(),
        rubrik: format!("Fanns förut, inte i filen ({antal})"),
        text: om.into(),
        tabell: Tabell::ny("saknade-t", caption, kolumner, rader.collect()).klass("bredd"),
    })
}

/// What makes it a correction of closed years.
fn efter_avslut(a: &Inloggat) -> [Falt; 2] {
    [
        Falt::ny("efter-avslut", "Rättelse efter avslut", FaltSlag::Kryss)
            .hjalp("Rättelsen syns som en sådan överallt där årets siffror visas.")
            .varde(a.formular.text("efter-avslut"))
            .frivilligt(),
        Falt::ny("efter-avslut-orsak", "Varför rättas året?", FaltSlag::Text)
            .varde(a.formular.som_sant("efter-avslut-orsak").unwrap_or(""))
            .frivilligt(),
    ]
}

/// Whose it is, and that it is not another's too.
fn vems(a: &Inloggat, analys: &Analys) -> Vec<Falt> {
    let mut falt = Vec::new();
    if let Some(ny) = &analys.ny_enhet {
        let vem = ny.varfor();
        let ett = Falt::ny("ny-enhet", "Bekräfta företaget", FaltSlag::Text)
            .hjalp(format!("{vem} Är det rätt: skriv {}.", ny.namn))
            .varde(a.formular.text("ny-enhet"));
        falt.push(ett);
    }
    if let Some(dubbla) = &analys.dubbla {
        let ett = Falt::ny(
            "dubbla",
            "Det är en annan bokföring: räkna dem ändå",
            FaltSlag::Kryss,
        )
        .hjalp(dubbla.varfor())
        .varde(a.formular.text("dubbla"));
        falt.push(ett);
    }
    falt
}

/// The form that says yes.
fn ja(a: &Inloggat, analys: &Analys, fel: &[Problem]) -> Formulardel {
    let mut falt = Vec::new();
    falt.extend(vems(a, analys).into_iter().map(|f| med_fel(f, fel)));
    if analys.utfall.saknas > 0 {
        let antal = antal(
            usize::try_from(analys.utfall.saknas).unwrap_or(usize::MAX),
            "",
            "En verifikation",
            "verifikationer",
        );
        let ett = Falt::ny(
            "komplett",
            "Filen har årets alla verifikationer hittills",
            FaltSlag::Kryss,
        )
        .hjalp(format!(
            "{antal} som är inlästa finns inte i filen. De står kvar om du inte kryssar här."
        ))
        .varde(a.formular.text("komplett"))
        .frivilligt();
        falt.push(ett);
    }
    if !analys.for_hand.is_empty() {
        let ett = Falt::ny(
            "for-hand",
            "Det som är bokfört för hand finns inte i filen: räkna båda",
            FaltSlag::Kryss,
        )
        .hjalp("Finns det i filen: ta tillbaka det för hand först, och välj sedan filen igen.")
        .varde(a.formular.text("for-hand"))
        .frivilligt();
        falt.push(med_fel(ett, fel));
    }
    if !analys.avslutade.is_empty() {
        falt.extend(efter_avslut(a).map(|f| med_fel(f, fel)));
    }
    Formulardel::ny(
        a.ett_formular(adress::granska_bokforing(a.stig.text("fil"))),
        falt,
        "Läs in filen",
    )
    .under("ja", "Läs in", "Hela inläsningen går att ångra efteråt.")
    .avbryt(Lank::ny("Avbryt", adress::bokforing()))
}
