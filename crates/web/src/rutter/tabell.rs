//! The rows.

use super::Handtag::{Inloggat, Oppet, Publikt};
use super::Plats::{Fot, Meny};
use super::{Exempel, Handtag, Kropp, Menyord, Metod, Plats, Rutt};
use crate::adress::{self, Adress};
use crate::{
    behorighet, drift, granskning, harledning, insatser, konto, medel, sok, texter, underlag,
};
use utfall_behorighet::Atgard as A;

/// A handler as a plain function pointer.
macro_rules! h {
    ($stig:path) => {
        |a| Box::pin($stig(a))
    };
}

type Exempeladresser = fn(&Exempel) -> Vec<Adress>;

const INGA: Exempeladresser = |_| Vec::new();

const fn rutt(
    metod: Metod,
    (monster, namn): (&'static str, &'static str),
    handtag: Handtag,
    exempel: Exempeladresser,
) -> Rutt {
    Rutt {
        metod,
        monster,
        namn,
        handtag,
        plats: Plats::Ingen,
        kropp: Kropp::Formular,
        exempel,
    }
}

const fn las(
    monster: &'static str,
    namn: &'static str,
    handtag: Handtag,
    exempel: Exempeladresser,
) -> Rutt {
    rutt(Metod::Get, (monster, namn), handtag, exempel)
}

const fn skriv(
    monster: &'static str,
    namn: &'static str,
    handtag: Handtag,
    exempel: Exempeladresser,
) -> Rutt {
    rutt(Metod::Post, (monster, namn), handtag, exempel)
}

impl Rutt {
    const fn vid(mut self, plats: Plats) -> Self {
        self.plats = plats;
        self
    }

    const fn tar_filer(mut self) -> Self {
        self.kropp = Kropp::Fil;
        self
    }
}

fn var<T>(alla: &[T], till: impl Fn(&T) -> Adress) -> Vec<Adress> {
    alla.iter().map(till).collect()
}

fn matten(e: &Exempel, till: impl Fn(&str) -> Adress) -> Vec<Adress> {
    e.matt
        .iter()
        .map(|(matt, fraga)| {
            fraga.iter().fold(till(matt), |adress, (namn, varde)| {
                adress.fraga(namn, varde)
            })
        })
        .collect()
}

/// Every route there is.
pub static RUTTER: &[Rutt] = &[
    // For browsers and operators.
    las(
        "/statiskt/{fil}",
        "statisk-fil",
        Publikt(h!(drift::statisk_fil)),
        INGA,
    ),
    las("/halsa", "halsa", Publikt(h!(drift::halsa)), |_| {
        vec![adress::halsa()]
    }),
    // Signing in and out.
    las("/logga-in", "logga-in", Oppet(h!(konto::visa)), |_| {
        vec![adress::logga_in()]
    }),
    skriv("/logga-in", "logga-in", Oppet(h!(konto::logga_in)), |_| {
        vec![adress::logga_in()]
    }),
    skriv("/logga-ut", "logga-ut", Oppet(h!(konto::logga_ut)), |_| {
        vec![adress::logga_ut()]
    }),
    // Medel.
    las(
        "/medel",
        "medel",
        Inloggat(A::LasaMedel, h!(medel::oversikt)),
        |_| vec![adress::medel()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}",
        "bidrag",
        Inloggat(A::LasaMedel, h!(medel::bidrag)),
        |e| var(&e.bidrag, |b| adress::bidrag(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/harledning/{matt}",
        "harledning",
        Inloggat(A::LasaHarledning, h!(harledning::visa)),
        |e| matten(e, adress::harledning),
    )
    .vid(Meny(Menyord::Medel)),
    // Insatser.
    las(
        "/insatser",
        "insatser",
        Inloggat(A::LasaInsatser, h!(insatser::lista)),
        |_| vec![adress::insatser()],
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/{insats}",
        "insats",
        Inloggat(A::LasaInsatser, h!(insatser::visa)),
        |e| var(&e.insatser, |i| adress::insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/{insats}/andra",
        "andra-insats",
        Inloggat(A::AndraInsats, h!(insatser::andra)),
        |e| var(&e.insatser, |i| adress::andra_insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    skriv(
        "/insatser/{insats}/andra",
        "andra-insats",
        Inloggat(A::AndraInsats, h!(insatser::spara)),
        |e| var(&e.insatser, |i| adress::andra_insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    // Statistik och rapporter.
    las(
        "/granskning",
        "granskning",
        Inloggat(A::LasaGranskning, h!(granskning::oversikt)),
        |_| vec![adress::granskning()],
    )
    .vid(Meny(Menyord::Statistik)),
    las(
        "/granskning/{underlag}/{nyckel}",
        "fynd",
        Inloggat(A::LasaGranskning, h!(granskning::ett)),
        |e| var(&e.fynd, |(u, nyckel)| adress::fynd(u, nyckel)),
    )
    .vid(Meny(Menyord::Statistik)),
    skriv(
        "/granskning/{underlag}/{nyckel}",
        "acceptera-fynd",
        Inloggat(A::AccepteraFynd, h!(granskning::acceptera)),
        |e| var(&e.fynd, |(u, nyckel)| adress::fynd(u, nyckel)),
    )
    .vid(Meny(Menyord::Statistik)),
    // Underlag.
    las(
        "/underlag",
        "underlag",
        Inloggat(A::LasaUnderlag, h!(underlag::lista)),
        |_| vec![adress::underlag()],
    )
    .vid(Fot("Underlag")),
    las(
        "/underlag/importera",
        "importera",
        Inloggat(A::ImporteraUnderlag, h!(underlag::formular)),
        |_| vec![adress::importera()],
    ),
    skriv(
        "/underlag/importera",
        "importera",
        Inloggat(A::ImporteraUnderlag, h!(underlag::las_in)),
        |_| vec![adress::importera()],
    )
    .tar_filer(),
    las(
        "/underlag/{dokument}",
        "ett-underlag",
        Inloggat(A::LasaUnderlag, h!(underlag::ett)),
        |e| var(&e.underlag, |u| adress::ett_underlag(u)),
    ),
    // For everybody signed in, and for everybody.
    las(
        "/sok",
        "sok",
        Inloggat(A::LasaInsatser, h!(sok::sok)),
        |_| vec![adress::sok(), adress::sok().fraga("q", "skola")],
    ),
    las(
        "/behorighet",
        "behorighet",
        Inloggat(A::LasaEgenBehorighet, h!(behorighet::min)),
        |_| vec![adress::behorighet()],
    )
    .vid(Fot("Min behörighet")),
    las(
        "/om-siffrorna",
        "om-siffrorna",
        Oppet(h!(texter::om_siffrorna)),
        |_| vec![adress::om_siffrorna()],
    )
    .vid(Fot("Om siffrorna")),
    las("/hjalp", "hjalp", Oppet(h!(texter::hjalp)), |_| {
        vec![adress::hjalp()]
    })
    .vid(Fot("Hjälp")),
    las(
        "/tillganglighet",
        "tillganglighet",
        Oppet(h!(texter::tillganglighet)),
        |_| vec![adress::tillganglighet()],
    )
    .vid(Fot("Tillgänglighet")),
];
