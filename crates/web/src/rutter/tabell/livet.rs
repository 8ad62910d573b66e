//! The life of a grant: terms, decisions, proposals, and later requisitions and closings.

use crate::adress;
use crate::rekvisitioner::blankett;
use crate::rutter::Avdelning;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{h, las, skriv, var};
use crate::{arsavslut, beslut, forslag, rekvisitioner, tilldelning, villkor};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    las(
        "/beslut",
        "beslut",
        Inloggat(A::LasaMedel, h!(beslut::lista)),
        |_| vec![adress::beslut()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Beslut),
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
    las(
        "/rekvisitioner",
        "rekvisitioner",
        Inloggat(A::LasaMedel, h!(rekvisitioner::lista)),
        |_| vec![adress::rekvisitioner()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Rekvisitioner),
    las(
        "/rekvisitioner/ny",
        "ny-rekvisition",
        Inloggat(A::HanteraRekvisition, h!(blankett::ny)),
        |_| vec![adress::ny_rekvisition()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/rekvisitioner/ny",
        "ny-rekvisition",
        Inloggat(A::HanteraRekvisition, h!(blankett::skriv)),
        |_| vec![adress::ny_rekvisition()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/rekvisitioner/{rekvisition}",
        "rekvisition",
        Inloggat(A::LasaMedel, h!(rekvisitioner::en)),
        |e| var(&e.rekvisitioner, |r| adress::rekvisition(r)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/rekvisitioner/{rekvisition}/utkast",
        "rekvisitionsutkast",
        Inloggat(A::HanteraRekvisition, h!(blankett::utkast)),
        |e| var(&e.rekvisitioner, |r| adress::rekvisitionsutkast(r)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/rekvisitioner/{rekvisition}/utkast",
        "rekvisitionsutkast",
        Inloggat(A::HanteraRekvisition, h!(blankett::andra)),
        |e| var(&e.rekvisitioner, |r| adress::rekvisitionsutkast(r)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/rekvisitioner/{rekvisition}/steg",
        "rekvisitionssteg",
        Inloggat(A::HanteraRekvisition, h!(rekvisitioner::steg)),
        |e| var(&e.rekvisitioner, |r| adress::rekvisitionssteg(r)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/arsavslut",
        "arsavslut",
        Inloggat(A::LasaMedel, h!(arsavslut::lista)),
        |_| vec![adress::arsavslut()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Arsavslut),
    las(
        "/arsavslut/{bidrag}/{ar}",
        "ett-arsavslut",
        Inloggat(A::LasaGranskning, h!(arsavslut::visa)),
        |e| var(&e.bidragsar, |(b, ar)| adress::ett_arsavslut(b, ar)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/arsavslut/{bidrag}/{ar}/medgivande",
        "arsavslut-medgivande",
        Inloggat(A::HanteraAterbetalning, h!(arsavslut::medgivande)),
        |e| var(&e.bidragsar, |(b, ar)| adress::medgivande(b, ar)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/arsavslut/{bidrag}/{ar}/aterbetalning",
        "arsavslut-aterbetalning",
        Inloggat(A::HanteraAterbetalning, h!(arsavslut::besluta)),
        |e| var(&e.bidragsar, |(b, ar)| adress::aterbetalning(b, ar)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/arsavslut/{bidrag}/{ar}/betala",
        "arsavslut-betala",
        Inloggat(A::HanteraAterbetalning, h!(arsavslut::betala)),
        |e| var(&e.bidragsar, |(b, ar)| adress::betala_aterbetalning(b, ar)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/arsavslut/{bidrag}/{ar}/avsluta",
        "arsavslut-avsluta",
        Inloggat(A::AvslutaAr, h!(arsavslut::stang)),
        |e| var(&e.bidragsar, |(b, ar)| adress::avsluta_ar(b, ar)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/arsavslut/{bidrag}/{ar}/oppna",
        "arsavslut-oppna",
        Inloggat(A::OppnaAr, h!(arsavslut::oppna)),
        |e| var(&e.bidragsar, |(b, ar)| adress::oppna_ar(b, ar)),
    )
    .vid(Meny(Menyord::Medel)),
];
