//! The life of a grant: terms, decisions, proposals, and later requisitions and closings.

use crate::adress;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{h, las, skriv, var};
use crate::{beslut, forslag, tilldelning, villkor};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    las(
        "/beslut",
        "beslut",
        Inloggat(A::LasaMedel, h!(beslut::lista)),
        |_| vec![adress::beslut()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning("Beslut"),
    skriv(
        "/beslut",
        "beslut",
        Inloggat(A::RegistreraBeslut, h!(beslut::spara)),
        |_| vec![adress::beslut()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}/villkor",
        "villkor",
        Inloggat(A::AndraVillkor, h!(villkor::formular)),
        |e| var(&e.bidrag, |b| adress::villkor(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/villkor",
        "villkor",
        Inloggat(A::AndraVillkor, h!(villkor::spara)),
        |e| var(&e.bidrag, |b| adress::villkor(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}/tilldelning",
        "tilldelning",
        Inloggat(A::LasaMedel, h!(tilldelning::visa)),
        |e| var(&e.bidrag, |b| adress::tilldelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/tilldelning",
        "tilldelning",
        Inloggat(A::RattaFaktum, h!(tilldelning::spara)),
        |e| var(&e.bidrag, |b| adress::tilldelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}/forslag",
        "forslag",
        Inloggat(A::LasaMedel, h!(forslag::visa)),
        |e| var(&e.bidrag, |b| adress::forslag(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/forslag",
        "forslag",
        Inloggat(A::AndraFordelning, h!(forslag::skapa)),
        |e| var(&e.bidrag, |b| adress::forslag(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/buffert",
        "buffert",
        Inloggat(A::SkapaInsats, h!(forslag::skapa_buffert)),
        |e| var(&e.bidrag, |b| adress::buffert(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}/forslag/{forslag}",
        "ett-forslag",
        Inloggat(A::AndraFordelning, h!(forslag::ett)),
        |e| var(&e.forslag, |(b, f)| adress::ett_forslag(b, f)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/forslag/{forslag}",
        "ett-forslag",
        Inloggat(A::AndraFordelning, h!(forslag::andra)),
        |e| var(&e.forslag, |(b, f)| adress::ett_forslag(b, f)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/forslag/{forslag}/besluta",
        "besluta-forslag",
        Inloggat(A::AndraFordelning, h!(forslag::besluta)),
        |e| var(&e.forslag, |(b, f)| adress::besluta_forslag(b, f)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}/forstark",
        "forstark",
        Inloggat(A::AndraFordelning, h!(forslag::forstark)),
        |e| var(&e.bidrag, |b| adress::forstark(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/forstark",
        "forstark",
        Inloggat(A::AndraFordelning, h!(forslag::spara_forstarkning)),
        |e| var(&e.bidrag, |b| adress::forstark(b)),
    )
    .vid(Meny(Menyord::Medel)),
];
