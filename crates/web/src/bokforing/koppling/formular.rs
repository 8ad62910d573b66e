//! The forms of the mapping: a rule, and what is kept that can name people.

use super::{KOSTNADSSLAG, Vad};
use crate::adress;
use crate::anrop::Inloggat;
use crate::felen::med_fel;
use crate::ram::stor_forst;
use utfall_app::bokforing::Bokforing;
use utfall_domain::id::{BidragId, InsatsId, OrganisationId};
use utfall_domain::medel::kontering::{Konteringsslag, Regel, skriv_konton, skriv_objekt};
use utfall_domain::problem::Problem;
use utfall_vyer::formular::{Falt, FaltSlag, Formular};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::Formulardel;

fn val<T: Copy>(
    alla: impl Iterator<Item = (T, String)>,
    nummer: impl Fn(T) -> i64,
    inget: &str,
) -> FaltSlag {
    let forst = std::iter::once((String::new(), inget.to_owned()));
    FaltSlag::Val(
        forst
            .chain(alla.map(|(id, namn)| (nummer(id).to_string(), namn)))
            .collect(),
    )
}

/// The form for a rule: what was typed, else what the rule says, else what the link says.
pub(super) fn regelformular(a: &Inloggat, b: &Bokforing, vad: Vad, fel: &[Problem]) -> Formulardel {
    let koppling = b.bokfort.regler();
    let gammal = match vad {
        Vad::Andra(nr) | Vad::Bort(nr) => koppling.regler.get(nr).cloned(),
        Vad::Ny | Vad::Behall | Vad::Forslag | Vad::Fil | Vad::Om => None,
    };
    let vad = if gammal.is_none() { Vad::Ny } else { vad };
    let till = a.ett_formular(adress::koppling());
    let till = med_vad(till, vad, b).med_dolt("steg", "prova");
    if let (Vad::Bort(_), Some(r)) = (vad, &gammal) {
        return Formulardel::ny(till, vec![], "Se vad som ändras")
            .under(
                "regel",
                "Ta bort en regel",
                format!("{}.", stor_forst(&r.to_string())),
            )
            .avbryt(Lank::ny("Avbryt", adress::koppling()));
    }
    let r = gammal.unwrap_or_default();
    let ifyllt = |namn: &str, annars: String| {
        let sant = a.formular.som_sant(namn).or_else(|| a.fraga.som_sant(namn));
        sant.map_or(annars, str::to_owned)
    };
    let rubrik = match vad {
        Vad::Andra(_) => "Ändra en regel",
        _ => "Lägg till en regel",
    };
    let falt = regelfalt(b, &r, &ifyllt)
        .into_iter()
        .map(|f| med_fel(f, fel))
        .collect();
    Formulardel::ny(till, falt, "Se vad som ändras")
        .under(
            "regel",
            rubrik,
            "Inget sparas förrän du har sett vad det gör med siffrorna.",
        )
        .avbryt(Lank::ny("Avbryt", adress::koppling()))
}

fn regelfalt(b: &Bokforing, r: &Regel, ifyllt: &dyn Fn(&str, String) -> String) -> Vec<Falt> {
    let slagen = std::iter::once((String::new(), "Efter kontot".to_owned())).chain(
        Konteringsslag::ALLA
            .iter()
            .map(|s| (s.kod().to_owned(), stor_forst(s.text()))),
    );
    let slag = r.slag.map(|s| s.kod().to_owned()).unwrap_or_default();
    let mut falt = vec![
        Falt::ny("objekt", "Märkt med", FaltSlag::Text)
            .hjalp(
                "Till exempel projekt 2601, eller 6:2601. Flera: projekt 2601, kostnadsställe 210.",
            )
            .varde(ifyllt("objekt", skriv_objekt(&r.objekt))),
        Falt::ny("konton", "Konton", FaltSlag::Text)
            .hjalp("Till exempel 5000-5999, 6110. Tomt är alla konton.")
            .varde(ifyllt("konton", skriv_konton(&r.konton))),
    ];
    falt.extend(vart(b, r, ifyllt));
    falt.push(
        Falt::ny("slag", "Slag", FaltSlag::Val(slagen.collect()))
            .hjalp("Annan intäkt gör det använda mindre. Bidrag räknas för sig.")
            .varde(ifyllt("slag", slag)),
    );
    falt.push(
        Falt::ny(
            "kostnadsslag",
            "Kostnadsslag",
            FaltSlag::Forslag(KOSTNADSSLAG.map(str::to_owned).to_vec()),
        )
        .hjalp("Vad pengarna gick till, med egna ord.")
        .varde(ifyllt(
            "kostnadsslag",
            r.kostnadsslag.clone().unwrap_or_default(),
        )),
    );
    let ar = |ar: Option<i16>| ar.map(|ar| ar.to_string()).unwrap_or_default();
    for (namn, rubrik, hjalp, varde) in [
        ("fran-ar", "Gäller från år", "Tomt är alla år.", r.fran_ar),
        (
            "till-ar",
            "Till och med år",
            "Tomt är tills vidare.",
            r.till_ar,
        ),
    ] {
        falt.push(
            Falt::ny(namn, rubrik, FaltSlag::Text)
                .hjalp(hjalp)
                .varde(ifyllt(namn, ar(varde))),
        );
    }
    falt.into_iter().map(Falt::frivilligt).collect()
}

/// What is shared by the year's distribution is counted again when somebody says so: figures
/// do not move by themselves. `None` when nothing would change.
pub(super) fn omformular(a: &Inloggat, b: &Bokforing) -> Option<Formulardel> {
    if b.andrade.is_empty() {
        return None;
    }
    let till = a.ett_formular(adress::koppling());
    let till = med_vad(till, Vad::Om, b).med_dolt("steg", "prova");
    Some(
        Formulardel::ny(till, vec![], "Se vad som ändras")
            .under(
                "om",
                "Räkna om efter fördelningen",
                "Fördelningen till insatserna är ändrad sedan det bokförda räknades. Siffrorna \
                 står kvar tills du eller nästa inläsning räknar om dem.",
            )
            .andra(),
    )
}

/// Where it belongs.
fn vart(b: &Bokforing, r: &Regel, ifyllt: &dyn Fn(&str, String) -> String) -> [Falt; 3] {
    let bocker = &b.bokfort.bocker;
    let id = |nr: Option<i64>| nr.map(|nr| nr.to_string()).unwrap_or_default();
    let insatser = bocker.insatser.iter().map(|i| (i.id, i.namn.clone()));
    let bidrag = bocker.bidrag.iter().map(|x| (x.id, x.namn.clone()));
    let organisationer = bocker.organisationer.iter();
    let organisationer = organisationer.map(|o| (o.id, o.namn_nu().to_owned()));
    let insats = r.till.map(|t| t.insats.nummer());
    let eget = r.till.and_then(|t| t.bidrag).map(BidragId::nummer);
    let namnd = r.till.and_then(|t| t.organisation);
    let namnd = namnd.map(OrganisationId::nummer);
    [
        Falt::ny(
            "insats",
            "Hör till insatsen",
            val(insatser, InsatsId::nummer, "Sägs inte här"),
        )
        .varde(ifyllt("insats", id(insats))),
        Falt::ny(
            "bidrag",
            "Bidrag",
            val(bidrag, BidragId::nummer, "Efter årets fördelning"),
        )
        .varde(ifyllt("bidrag", id(eget))),
        Falt::ny(
            "organisation",
            "Nämnd eller part",
            val(organisationer, OrganisationId::nummer, "Ingen"),
        )
        .varde(ifyllt("organisation", id(namnd))),
    ]
}

pub(super) fn med_vad(formular: Formular, vad: Vad, b: &Bokforing) -> Formular {
    let (kod, nr) = vad.kod();
    formular
        .med_version(b.versioner.first().map_or(0, |v| v.version))
        .med_dolt("vad", kod)
        .med_dolt("nr", nr.to_string())
}

pub(super) fn behallformular(a: &Inloggat, b: &Bokforing) -> Formulardel {
    let behall = b.bokfort.regler().behall;
    let ja = |har: bool| if har { "ja" } else { "" };
    let kryss = |namn: &str, ord: &str, har: bool| {
        Falt::ny(namn, ord, FaltSlag::Kryss)
            .varde(ja(har))
            .frivilligt()
    };
    let dim = |nr: u32| behall.dimensioner.contains(&nr);
    let falt = vec![
        kryss("text", "Texter på verifikationer och rader", behall.text),
        kryss("signatur", "Signaturer", behall.signatur),
        kryss("dim7", "Anställd (dimension 7)", dim(7)),
        kryss("dim8", "Kund (dimension 8)", dim(8)),
        kryss("dim9", "Leverantör (dimension 9)", dim(9)),
    ];
    let till =
        med_vad(a.ett_formular(adress::koppling()), Vad::Behall, b).med_dolt("steg", "prova");
    Formulardel::ny(till, falt, "Se vad som ändras")
        .under(
            "behall",
            "Det som kan namnge personer",
            "Det läggs inte in om du inte kryssar här, och syns då bara för ekonom och revisor. \
             Ett nytt kryss gäller filer som läses in efteråt. Tar du bort ett kryss visas det \
             inte längre, inte heller det som redan är inläst.",
        )
        .andra()
}
