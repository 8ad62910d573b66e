//! Start and what stands beside the rooms: files for browsers, signing in and out.

use crate::adress;
use crate::rutter::Handtag::{Inloggat, Oppet, Publikt};
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{INGA, h, las, skriv};
use crate::{drift, konto, start};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    // For browsers and operators.
    las(
        "/statiskt/{fil}",
        "statisk-fil",
        Publikt(h!(drift::statisk_fil)),
        INGA,
    ),
    las("/favicon.ico", "ikon", Publikt(h!(drift::ikon)), |_| {
        vec![adress::ikon()]
    }),
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
    // Start.
    las(
        "/start",
        "start",
        Inloggat(A::LasaGranskning, h!(start::visa)),
        |_| vec![adress::start()],
    )
    .vid(Meny(Menyord::Start)),
];
