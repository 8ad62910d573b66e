//! Initiatives.

use crate::adress;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{h, las, skriv, var};
use crate::{insatsbudget, insatser, kalkyl, registrering};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    // Insatser.
    las(
        "/insatser",
        "insatser",
        Inloggat(A::LasaInsatser, h!(insatser::lista)),
        |_| vec![adress::insatser()],
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/tabell.csv",
        "insatser-csv",
        Inloggat(A::LasaInsatser, h!(insatser::lista_csv)),
        |_| vec![adress::insatser_csv()],
    ),
    las(
        "/registrera/insats",
        "ny-insats",
        Inloggat(A::SkapaInsats, h!(registrering::ny_insats)),
        |_| vec![adress::ny_insats()],
    )
    .vid(Meny(Menyord::Insatser)),
    skriv(
        "/registrera/insats",
        "ny-insats",
        Inloggat(A::SkapaInsats, h!(registrering::spara_insats)),
        |_| vec![adress::ny_insats()],
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/{insats}/registrera",
        "registrera-om-insats",
        Inloggat(A::RegistreraFaktum, h!(registrering::om_insats)),
        |e| var(&e.insatser, |i| adress::registrera_om_insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    skriv(
        "/insatser/{insats}/registrera",
        "registrera-om-insats",
        Inloggat(A::RegistreraFaktum, h!(registrering::spara_om_insats)),
        |e| var(&e.insatser, |i| adress::registrera_om_insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/{insats}/budget",
        "insatsbudget",
        Inloggat(A::LasaInsatser, h!(insatsbudget::visa)),
        |e| var(&e.insatser, |i| adress::insatsbudget(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/{insats}/budget/tabell.csv",
        "insatsbudget-csv",
        Inloggat(A::LasaInsatser, h!(insatsbudget::csv)),
        |e| var(&e.insatser, |i| adress::insatsbudget_csv(i)),
    ),
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
    las(
        "/insatser/{insats}/kalkyl",
        "kalkyl",
        Inloggat(A::LasaMedel, h!(kalkyl::visa)),
        |e| var(&e.insatser, |i| adress::kalkyl(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    skriv(
        "/insatser/{insats}/kalkyl",
        "kalkyl",
        Inloggat(A::SparaKalkyl, h!(kalkyl::spara)),
        |e| var(&e.insatser, |i| adress::kalkyl(i)),
    )
    .vid(Meny(Menyord::Insatser)),
];
