//! The pages over HTTP: one route table, sessions, forms and the two sides of the wall
//! between what is public and what is not.
//!
//! Handlers parse, call `app` and fill a page of `vyer`; they decide nothing. Everything
//! that must hold for all of them ([`anrop`]) is done in one place, in one order.

#![cfg_attr(not(test), warn(clippy::string_slice))]

pub mod adress;
mod anrop;
mod arsavslut;
mod ataganden;
mod avgifter;
mod behorighet;
mod beslut;
mod bokforing;
mod csv;
mod dela;
mod delar;
mod deltagare;
mod deltagarmatt;
mod drift;
mod eget_kapital;
mod falt;
mod felen;
mod fordelning;
mod forslag;
mod framat;
mod fynd;
mod gallring;
mod gemensamt;
mod granskning;
mod grind;
mod harledning;
mod insatsbudget;
mod insatser;
mod journal;
mod kaka;
mod kalkyl;
mod konto;
mod konton;
mod kvar;
mod las;
mod loggkontroll;
mod losenord;
mod medel;
mod medelsfalt;
mod medfinansiering;
mod organisationer;
mod parametrar;
mod platser;
#[cfg(test)]
mod prov;
mod publicering;
mod publik;
mod ram;
mod rapporter;
mod rattelse;
mod registrering;
mod rekvisitioner;
pub mod rutter;
mod server;
mod sidval;
mod siffror;
mod skydd;
mod sok;
mod start;
mod svar;
mod texter;
mod tilldelning;
mod underlag;
mod uppdrag;
mod uppfoljning;
mod utlysningar;
mod villkor;
mod volymer;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::Uri;
use axum::routing::{get, post};
use rutter::{Metod, RUTTER};
use std::sync::Arc;
use std::time::Duration;
use utfall_app::Tjanst;
use utfall_app::inloggning::{Dorrvakt, Token};
use utfall_vyer::sidor::DemoGrupp;

pub use platser::Platstal;
pub use server::Granser;

/// How this server is set up.
#[derive(Clone, Debug)]
pub struct Installningar {
    /// Behind a proxy that speaks https: cookies are for https only, and the sender's
    /// address is the one the proxy wrote.
    pub https: bool,
    /// Where the server is reached, without a slash at the end: `https://utfall.example.se`.
    /// Reports print it in their links.
    pub adress: String,
    /// How long a request may take.
    pub tidsgrans: Duration,
    /// How many connections, and how slow they may be.
    pub granser: Granser,
    /// How many pages are at work at once.
    pub platser: Platstal,
    /// The demo accounts, by huvudman; empty outside the demo.
    pub demo: Vec<DemoGrupp>,
    /// The password that all demo accounts share; `None` outside the demo.
    pub demolosenord: Option<String>,
}

impl Default for Installningar {
    fn default() -> Self {
        Self {
            https: false,
            adress: "http://localhost".to_owned(),
            tidsgrans: Duration::from_secs(60),
            granser: Granser::default(),
            platser: Platstal::default(),
            demo: Vec::new(),
            demolosenord: None,
        }
    }
}

/// The server's parts. Cheap to copy.
#[derive(Clone)]
pub struct Webb {
    tjanst: Tjanst,
    dorrvakt: Arc<Dorrvakt>,
    platser: Arc<platser::Platser>,
    installningar: Arc<Installningar>,
}

impl Webb {
    /// Puts the parts together.
    #[must_use]
    pub fn ny(tjanst: Tjanst, installningar: Installningar) -> Self {
        let mut hemlighet = [0; 32];
        tjanst.slump().fyll(&mut hemlighet);
        Self {
            tjanst,
            dorrvakt: Arc::new(Dorrvakt::ny(hemlighet)),
            platser: Arc::new(platser::Platser::ny(installningar.platser.clone())),
            installningar: Arc::new(installningar),
        }
    }

    /// The router: the table's routes and nothing else.
    pub fn router(&self) -> Router {
        let mut router = Router::new();
        for rutt in RUTTER.iter() {
            let webb = self.clone();
            let svara = move |begaran: Request| anrop::kor(webb, rutt, begaran);
            let metod = match rutt.metod {
                Metod::Get => get(svara),
                Metod::Post => post(svara),
            };
            let metod = metod.layer(DefaultBodyLimit::max(rutt.kropp.tak()));
            router = router.route(rutt.monster, metod);
        }
        let (utan_sida, utan_metod) = (self.clone(), self.clone());
        router
            .fallback(async move |uri: Uri| {
                let fel = svar::Fel::from(utfall_domain::problem::Problem::finns_inte());
                fel.sida_vid(&utan_sida, &uri).till_http(&utan_sida, &[])
            })
            .method_not_allowed_fallback(async move |uri: Uri| {
                svar::Fel::fel_metod()
                    .sida_vid(&utan_metod, &uri)
                    .till_http(&utan_metod, &[])
            })
            .layer(axum::middleware::from_fn_with_state(
                self.clone(),
                skydd::runt_om,
            ))
    }

    fn ny_token(&self) -> Token {
        let mut bytes = [0; 32];
        self.tjanst.slump().fyll(&mut bytes);
        Token::ny(bytes)
    }

    /// A key for a form.
    fn ny_nyckel(&self) -> String {
        self.slumptext::<16>()
    }

    /// A number to report a fault by.
    fn felnummer(&self) -> String {
        self.slumptext::<4>()
    }

    fn slumptext<const N: usize>(&self) -> String {
        let mut bytes = [0; N];
        self.tjanst.slump().fyll(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The password of a demo account; `None` outside the demo and for any other account.
    fn demolosenord(&self, konto: &str) -> Option<String> {
        let finns = self
            .installningar
            .demo
            .iter()
            .any(|grupp| grupp.konton.iter().any(|k| k.varde == konto));
        self.installningar.demolosenord.clone().filter(|_| finns)
    }
}
