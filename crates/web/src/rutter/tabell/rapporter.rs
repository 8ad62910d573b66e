//! Granskning, reports and what is published.

use crate::adress;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{h, las, rapportsiffror, skriv, var};
use crate::{granskning, publicering, rapporter};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    // Granskning.
    las(
        "/granskning",
        "granskning",
        Inloggat(A::LasaGranskning, h!(granskning::oversikt)),
        |_| vec![adress::granskning()],
    )
    .vid(Meny(Menyord::Granskning)),
    las(
        "/granskning/{underlag}/{nyckel}",
        "fynd",
        Inloggat(A::LasaGranskning, h!(granskning::ett)),
        |e| var(&e.fynd, |(u, nyckel)| adress::fynd(u, nyckel)),
    )
    .vid(Meny(Menyord::Granskning)),
    skriv(
        "/granskning/{underlag}/{nyckel}",
        "acceptera-fynd",
        Inloggat(A::AccepteraFynd, h!(granskning::acceptera)),
        |e| var(&e.fynd, |(u, nyckel)| adress::fynd(u, nyckel)),
    )
    .vid(Meny(Menyord::Granskning)),
    las(
        "/rapporter",
        "rapporter",
        Inloggat(A::LasaRapporter, h!(rapporter::lista)),
        |_| vec![adress::rapporter()],
    )
    .vid(Meny(Menyord::Rapporter)),
    skriv(
        "/rapporter",
        "skapa-rapport",
        Inloggat(A::SkapaRapport, h!(rapporter::skapa)),
        |_| vec![adress::rapporter()],
    )
    .vid(Meny(Menyord::Rapporter)),
    las(
        "/rapporter/{rapport}",
        "rapport",
        Inloggat(A::LasaRapporter, h!(rapporter::visa)),
        |e| var(&e.rapporter, |r| adress::rapport(r)),
    )
    .vid(Meny(Menyord::Rapporter)),
    skriv(
        "/rapporter/{rapport}",
        "spara-rapport",
        Inloggat(A::SparaRapport, h!(rapporter::spara)),
        |e| var(&e.rapporter, |r| adress::rapport(r)),
    )
    .vid(Meny(Menyord::Rapporter)),
    skriv(
        "/rapporter/{rapport}/utfarda",
        "utfarda-rapport",
        Inloggat(A::UtfardaRapport, h!(rapporter::utfarda)),
        |e| var(&e.rapporter, |r| adress::utfarda(r)),
    )
    .vid(Meny(Menyord::Rapporter)),
    las(
        "/rapporter/{rapport}/harledning/{matt}",
        "rapport-harledning",
        Inloggat(A::LasaRapporter, h!(rapporter::harledning)),
        |e| rapportsiffror(e, adress::rapportharledning),
    )
    .vid(Meny(Menyord::Rapporter)),
    las(
        "/rapporter/{rapport}/{fil}",
        "rapportfil",
        Inloggat(A::LasaRapporter, h!(rapporter::fil)),
        |e| var(&e.rapportfiler, |(r, fil)| adress::rapportfil(r, fil)),
    )
    .vid(Meny(Menyord::Rapporter)),
    las(
        "/publicering",
        "publicering",
        Inloggat(A::LasaPublicering, h!(publicering::visa)),
        |_| vec![adress::publicering()],
    )
    .vid(Meny(Menyord::Publicering)),
    skriv(
        "/publicering",
        "publicera",
        Inloggat(A::Publicera, h!(publicering::publicera)),
        |_| vec![adress::publicering()],
    )
    .vid(Meny(Menyord::Publicering)),
    skriv(
        "/publicering/andrat",
        "publicera-igen",
        Inloggat(A::Publicera, h!(publicering::publicera_igen)),
        |_| vec![adress::publicera_igen()],
    )
    .vid(Meny(Menyord::Publicering)),
    skriv(
        "/publicering/{publicering}/dra-tillbaka",
        "dra-tillbaka",
        Inloggat(A::DraTillbaka, h!(publicering::dra_tillbaka)),
        |e| var(&e.publiceringar, |p| adress::dra_tillbaka(p)),
    )
    .vid(Meny(Menyord::Publicering)),
];
