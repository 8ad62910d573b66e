//! Grants and how they are distributed.

use crate::adress;
use crate::rutter::Avdelning;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{h, las, matten, skriv, var};
use crate::{dela, fordelning, harledning, medel, rattelse, registrering};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    // Medel.
    las(
        "/medel",
        "medel",
        Inloggat(A::LasaMedel, h!(medel::oversikt)),
        |_| vec![adress::medel()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Oversikt),
    las(
        "/medel/tabell.csv",
        "medel-csv",
        Inloggat(A::LasaMedel, h!(medel::oversikt_csv)),
        |_| vec![adress::medel_csv()],
    ),
    las(
        "/registrera/bidrag",
        "nytt-bidrag",
        Inloggat(A::SkapaBidrag, h!(registrering::nytt_bidrag)),
        |_| vec![adress::nytt_bidrag()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/registrera/bidrag",
        "nytt-bidrag",
        Inloggat(A::SkapaBidrag, h!(registrering::spara_bidrag)),
        |_| vec![adress::nytt_bidrag()],
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
        "/medel/{bidrag}/tabell.csv",
        "bidrag-csv",
        Inloggat(A::LasaMedel, h!(medel::bidrag_csv)),
        |e| var(&e.bidrag, |b| adress::bidrag_csv(b)),
    ),
    las(
        "/medel/{bidrag}/registrera",
        "registrera-om-bidrag",
        Inloggat(A::RegistreraFaktum, h!(registrering::om_bidrag)),
        |e| var(&e.bidrag, |b| adress::registrera_om_bidrag(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/registrera",
        "registrera-om-bidrag",
        Inloggat(A::RegistreraFaktum, h!(registrering::spara_om_bidrag)),
        |e| var(&e.bidrag, |b| adress::registrera_om_bidrag(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/harledning/{matt}",
        "harledning",
        Inloggat(A::LasaHarledning, h!(harledning::visa)),
        |e| matten(e, adress::harledning),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/harledning/{matt}/tabell.csv",
        "harledning-csv",
        Inloggat(A::LasaHarledning, h!(harledning::csv)),
        |e| matten(e, adress::harledning_csv),
    ),
    las(
        "/medel/{bidrag}/fordelning/tabell.csv",
        "fordelning-csv",
        Inloggat(A::LasaMedel, h!(fordelning::csv)),
        |e| var(&e.bidrag, |b| adress::fordelning_csv(b)),
    ),
    las(
        "/medel/{bidrag}/fordelning",
        "fordelning",
        Inloggat(A::LasaMedel, h!(fordelning::visa)),
        |e| var(&e.bidrag, |b| adress::fordelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/fordelning",
        "fordelning",
        Inloggat(A::AndraFordelning, h!(fordelning::spara)),
        |e| var(&e.bidrag, |b| adress::fordelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}/fordelning/angra",
        "angra-fordelning",
        Inloggat(A::AndraFordelning, h!(fordelning::visa_angra)),
        |e| var(&e.bidrag, |b| adress::angra_fordelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/fordelning/angra",
        "angra-fordelning",
        Inloggat(A::AndraFordelning, h!(fordelning::angra)),
        |e| var(&e.bidrag, |b| adress::angra_fordelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}/fordelning/dela",
        "dela-fordelning",
        Inloggat(A::AndraFordelning, h!(dela::visa)),
        |e| var(&e.bidrag, |b| adress::dela_fordelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/fordelning/dela",
        "dela-fordelning",
        Inloggat(A::AndraFordelning, h!(dela::spara)),
        |e| var(&e.bidrag, |b| adress::dela_fordelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/fakta/{faktum}/ratta",
        "ratta",
        Inloggat(A::RattaFaktum, h!(rattelse::formular)),
        |e| var(&e.fakta, |f| adress::ratta(f)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/fakta/{faktum}/ratta",
        "ratta",
        Inloggat(A::RattaFaktum, h!(rattelse::spara)),
        |e| var(&e.fakta, |f| adress::ratta(f)),
    )
    .vid(Meny(Menyord::Medel)),
];
